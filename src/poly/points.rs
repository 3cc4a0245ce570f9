//! Values at many points, and the polynomial through many values.

use super::{Poly, settle};
use crate::{
    Result,
    ring::{Ring, generic::points},
};

impl<R: Ring> Poly<R> {
    /// The values at many points.
    ///
    /// # Panics
    /// In a partial ring, where a value does not fit; over the [limit](crate::limit).
    ///
    /// # Complexity
    /// `O(M(n) log n)` over residues for as many points as coefficients; else a value at a time.
    ///
    /// # Examples
    /// ```
    /// use monic::Zmod;
    /// let field = Zmod::prime(101)?;
    /// assert_eq!(field.poly([0, 0, 1]).eval_many(&[1, 2, 3]), [1, 4, 9]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn eval_many(&self, points: &[R::Element]) -> Vec<R::Element> {
        settle(self.try_eval_many(points))
    }

    /// The values at many points.
    ///
    /// # Errors
    /// Kind overflow in a partial ring; kind limit for values over the limit.
    pub fn try_eval_many(&self, points: &[R::Element]) -> Result<Vec<R::Element>> {
        points::evaluate(&self.ring, &self.coefficients, points)
    }

    /// The polynomial of fewest coefficients that has these values at these points, which are all different.
    ///
    /// # Errors
    /// Kind undefined where two points are the same, or their difference shares a factor with a modulus, which the error carries; kind not
    /// exact where the polynomial has coefficients outside of the ring; kind unsupported for points and values that are not as many.
    ///
    /// # Complexity
    /// `O(M(n) log n)` over residues, quadratic elsewhere.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, QQ};
    /// let points = [0, 1, 2].map(|x| monic::Ring::from_integer(&QQ, x.into()));
    /// let values = [1, 2, 5].map(|y| monic::Ring::from_integer(&QQ, y.into()));
    /// assert_eq!(Poly::try_interpolate(&QQ, &points, &values)?, QQ.poly([1, 0, 1]));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_interpolate(ring: &R, points: &[R::Element], values: &[R::Element]) -> Result<Self> {
        Ok(Poly::from_vec(ring.clone(), points::interpolate(ring, points, values)?))
    }
}
