//! Values at many points, and the polynomial through many values; points of a geometric progression, and `0, 1, 2, ...`.
//!
//! Points that serve more than once are [`Nodes`](super::Nodes).

use super::{Poly, check_size, settle};
use crate::{
    Result,
    ring::{
        Ring,
        generic::{geometric, points},
    },
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
    /// Kind undefined where two points are the same, or their difference shares a factor with a modulus, which the
    /// error carries; kind not exact where the polynomial has coefficients outside of the ring; kind unsupported for
    /// points and values that are not as many.
    ///
    /// # Complexity
    /// `O(M(n) log n)` over residues and, in numbers as large as the result, over Z and Q; quadratic elsewhere.
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
        Ok(Poly::from_vec(ring.clone(), ring.interpolate(points, values)?))
    }
}

impl<R: Ring> Poly<R> {
    /// The values at the `n` points `a, a*q, a*q^2, ...`.
    ///
    /// # Panics
    /// In a partial ring, where a value does not fit; over the [limit](crate::limit).
    ///
    /// # Complexity
    /// One middle product over residues, where `q` is a unit.
    ///
    /// # Examples
    /// ```
    /// use monic::Zmod;
    /// let field = Zmod::prime(101)?;
    /// assert_eq!(field.poly([1, 0, 1]).eval_geometric(&5, &2, 3), [26, 0, 98]); // at 5, 10, 20
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn eval_geometric(&self, a: &R::Element, q: &R::Element, n: usize) -> Vec<R::Element> {
        settle(self.try_eval_geometric(a, q, n))
    }

    /// The values at the `n` points `a, a*q, a*q^2, ...`.
    ///
    /// # Errors
    /// Kind overflow in a partial ring; kind limit for values over the limit.
    pub fn try_eval_geometric(&self, a: &R::Element, q: &R::Element, n: usize) -> Result<Vec<R::Element>> {
        let norm = |c: &R::Element| self.ring.log2_norm(std::slice::from_ref(c)).max(0.0);
        let point = norm(a) + n as f64 * norm(q);
        let bits = self.ring.log2_norm(&self.coefficients) + self.len() as f64 * point;
        check_size(&self.ring, n as u64, bits.ceil() as u64)?;
        geometric::evaluate(&self.ring, &self.coefficients, a, q, n)
    }

    /// The polynomial of fewest coefficients that has these values at `a, a*q, a*q^2, ...`.
    ///
    /// # Errors
    /// Kind undefined where two points are the same, or their difference shares a factor with a modulus, which the
    /// error carries; kind not exact where the polynomial has coefficients outside of the ring.
    ///
    /// # Complexity
    /// Two products over residues, quadratic elsewhere.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, Zmod};
    /// let field = Zmod::prime(101)?;
    /// let f = Poly::try_interpolate_geometric(&field, &5, &2, &[26, 0, 98])?;
    /// assert_eq!(f, field.poly([1, 0, 1]));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_interpolate_geometric(
        ring: &R,
        a: &R::Element,
        q: &R::Element,
        values: &[R::Element],
    ) -> Result<Self> {
        Ok(Poly::from_vec(ring.clone(), geometric::interpolate(ring, a, q, values)?))
    }

    /// The values at `a, a + 1, ..., a + m - 1` of the polynomial of fewest coefficients that has these values at
    /// `0, 1, 2, ...`.
    ///
    /// # Errors
    /// Kind undefined where a number below the number of values is no unit, with the factor it shares with a modulus;
    /// kind not exact where the new values are outside of the ring; kind limit; kind overflow in a partial ring.
    ///
    /// # Complexity
    /// One middle product over residues, one a prime over Z and, between integers, over Q; `O(n*(n + m))` sums
    /// elsewhere, for `n` values.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// let triangular = [0, 1, 3].map(Into::into);
    /// assert_eq!(Poly::try_shift_samples(&ZZ, &triangular, &100.into(), 2)?, [5050, 5151].map(Into::into));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_shift_samples(
        ring: &R,
        values: &[R::Element],
        a: &R::Element,
        m: usize,
    ) -> Result<Vec<R::Element>> {
        // |f(a + i)| is at most the sum of the |f(j)| times a binomial, (|a| + m + n)^n at most.
        let norm = ring.log2_norm(&[a.clone(), ring.one()]).max(0.0);
        let point = if ring.grows() { norm + ((m + values.len()).max(1) as f64).log2() } else { 0.0 };
        let bits = ring.log2_norm(values) + values.len() as f64 * point;
        check_size(ring, m as u64, bits.ceil() as u64)?;
        ring.shift_samples(values, a, m)
    }
}
