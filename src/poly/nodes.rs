//! [`Nodes`]: points that are prepared for many interpolations, and for values of the interpolating polynomial
//! without its coefficients.
//!
//! It stands apart from single interpolations because it keeps what depends on the points alone: the tree of products
//! and the weights `w_i = 1/prod over j != i of (x_i - x_j)`.
//!
//! # Method
//! The barycentric formula, `f(x) = M(x) * sum of w_i*f(x_i)/(x - x_i)` with `M = prod (x - x_i)` (J.-P. Berrut, L.
//! Trefethen, "Barycentric Lagrange interpolation", SIAM Review 46, 2004). The sum is taken as a fraction over
//! `M(x)`, part by part, so that nothing is divided: it holds at the points themselves too, and where `x - x_i` is no
//! unit.

use super::{Poly, check_size, settle};
use crate::{
    Error, Result,
    ring::{
        Ring,
        generic::{chains, points::Tree},
    },
};

/// Points that are all different, prepared for interpolation.
///
/// # Examples
/// ```
/// use monic::{Nodes, Zmod};
/// let field = Zmod::prime(101)?;
/// let nodes = Nodes::try_new(&field, &[1, 2, 5])?;
/// assert_eq!(nodes.interpolate(&[1, 4, 25]), field.poly([0, 0, 1]));
/// assert_eq!(nodes.eval(&[1, 4, 25], &9), 81); // without the polynomial
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Nodes<R: Ring> {
    tree: Tree<R>,
    weights: Vec<R::Element>,
}

impl<R: Ring> Nodes<R> {
    /// These points, prepared.
    ///
    /// # Errors
    /// Kind undefined where two points are the same, or their difference is no unit, with the factor that it shares
    /// with a modulus; kind unsupported over a ring that does not commute, and where the ring knows no inverse.
    ///
    /// # Complexity
    /// `O(M(n) log n)` over residues; elsewhere the weights one by one.
    ///
    /// # Examples
    /// ```
    /// use monic::{Nodes, Zmod};
    /// let error = Nodes::try_new(&Zmod::new(15), &[1, 2, 7]).unwrap_err();
    /// assert_eq!(error.factor(), Some(&3.into())); // of 7 - 1
    /// ```
    pub fn try_new(ring: &R, points: &[R::Element]) -> Result<Self> {
        let tree = Tree::new(ring, points)?;
        let weights = tree.weights()?;
        Ok(Nodes { tree, weights })
    }

    /// The ring of the points.
    pub fn ring(&self) -> &R {
        self.tree.ring()
    }

    /// The points.
    pub fn points(&self) -> &[R::Element] {
        self.tree.points()
    }

    /// The weights `w_i = 1/prod over j != i of (x_i - x_j)`.
    pub fn weights(&self) -> &[R::Element] {
        &self.weights
    }

    /// The product of all `x - x_i`.
    pub fn poly(&self) -> Poly<R> {
        Poly::from_vec(self.ring().clone(), self.tree.product())
    }

    /// The values of a polynomial at the points.
    ///
    /// # Errors
    /// Kind ring mismatch; those of [`Poly::try_eval_many`].
    pub fn try_eval_poly(&self, f: &Poly<R>) -> Result<Vec<R::Element>> {
        let ring = self.ring();
        if f.ring != *ring {
            return Err(Error::ring_mismatch(ring, &f.ring));
        }
        if ring.grows() { f.try_eval_many(self.points()) } else { self.tree.evaluate(&f.coefficients) }
    }

    /// The polynomial of fewest coefficients that has these values at the points.
    ///
    /// # Panics
    /// When there are not as many values as points.
    #[track_caller]
    pub fn interpolate(&self, values: &[R::Element]) -> Poly<R> {
        settle(self.try_interpolate(values))
    }

    /// The polynomial of fewest coefficients that has these values at the points.
    ///
    /// # Errors
    /// Kind unsupported for another number of values; those of the ring's products.
    ///
    /// # Complexity
    /// `O(M(n) log n)`.
    pub fn try_interpolate(&self, values: &[R::Element]) -> Result<Poly<R>> {
        Ok(Poly::from_vec(self.ring().clone(), self.tree.numerator(&self.weighted(values)?)?))
    }

    /// The value at `x` of the polynomial that has these values at the points.
    ///
    /// # Panics
    /// When there are not as many values as points; over the [limit](crate::limit).
    #[track_caller]
    pub fn eval(&self, values: &[R::Element], x: &R::Element) -> R::Element {
        settle(self.try_eval(values, x))
    }

    /// The value at `x` of the polynomial that has these values at the points.
    ///
    /// # Errors
    /// Kind unsupported for another number of values; kind limit.
    ///
    /// # Complexity
    /// Four products of elements a point.
    pub fn try_eval(&self, values: &[R::Element], x: &R::Element) -> Result<R::Element> {
        let ring = self.ring();
        let weighted = self.weighted(values)?;
        let norm = |y: &R::Element| ring.log2_norm(&[x.clone(), y.clone(), ring.one()]).max(0.0);
        let bits = self.points().iter().map(norm).sum::<f64>() + ring.log2_norm(&weighted).max(0.0);
        check_size(ring, 1, bits.ceil() as u64)?;
        Ok(fraction(ring, self.points(), &weighted, x)?.1)
    }

    fn weighted(&self, values: &[R::Element]) -> Result<Vec<R::Element>> {
        if values.len() != self.weights.len() {
            return Err(Error::unsupported(format!(
                "{} values at {} points",
                values.len(),
                self.weights.len()
            )));
        }
        chains::pairwise(self.ring(), values, &self.weights)
    }
}

/// Where numbers grow, products of numbers of like size: parts of so many points are summed point by point.
const PART: usize = 8;

/// The product of all `x - x_i`, and the sum of `c_i/(x - x_i)` times that.
fn fraction<R: Ring>(
    ring: &R,
    points: &[R::Element],
    factors: &[R::Element],
    x: &R::Element,
) -> Result<(R::Element, R::Element)> {
    if ring.grows() && points.len() > PART {
        let half = points.len() / 2;
        let (m, v) = fraction(ring, &points[..half], &factors[..half], x)?;
        let (n, w) = fraction(ring, &points[half..], &factors[half..], x)?;
        let sum = ring.try_add(&ring.try_mul(&v, &n)?, &ring.try_mul(&w, &m)?)?;
        return Ok((ring.try_mul(&m, &n)?, sum));
    }
    let (mut product, mut sum) = (ring.one(), ring.zero());
    for (y, c) in points.iter().zip(factors) {
        let difference = ring.try_sub(x, y)?;
        sum = ring.try_add(&ring.try_mul(&sum, &difference)?, &ring.try_mul(c, &product)?)?;
        product = ring.try_mul(&product, &difference)?;
    }
    Ok((product, sum))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{QQ, ZZ, Zmod};

    #[test]
    fn values_at_points_and_elsewhere() {
        for p in [101u64, 998_244_353, 1009 * 1013] {
            let ring = Zmod::new(p);
            for n in [0u64, 1, 2, 33, 100] {
                let points: Vec<u64> = (0..n).map(|k| (k * 37 + 5) % p).collect();
                let points = if p == 101 { (0..n).collect() } else { points };
                let nodes = Nodes::try_new(&ring, &points).unwrap();
                assert_eq!(nodes.poly(), Poly::from_roots(ring, points.iter().copied()));
                let f = ring.poly((0..n).map(|k| k * k * 991 + 3));
                let values = nodes.try_eval_poly(&f).unwrap();
                assert_eq!(values, f.eval_many(&points));
                assert_eq!(nodes.interpolate(&values), f);
                for x in [0, 5, 42, p - 1] {
                    assert_eq!(nodes.eval(&values, &x), f.try_eval(&x).unwrap(), "{p} {n} {x}");
                }
                assert!(nodes.try_interpolate(&[1; 7]).is_err() && nodes.try_eval(&[1; 7], &1).is_err());
            }
        }
    }

    #[test]
    fn fractions() {
        let points: Vec<_> = (0..40).map(|k| QQ.poly([(3 * k + 1, k % 3 + 1)]).coefficient(0)).collect();
        let nodes = Nodes::try_new(&QQ, &points).unwrap();
        let f = QQ.poly((0..40).map(|k| (k * k - 30, k + 1)));
        let values = f.eval_many(&points);
        assert_eq!(nodes.interpolate(&values), f);
        let x = QQ.poly([(22, 7)]).coefficient(0);
        assert_eq!(nodes.eval(&values, &x), f.try_eval(&x).unwrap());
        assert!(Nodes::try_new(&ZZ, &[0.into(), 2.into()]).is_err());
        assert!(Nodes::try_new(&QQ, &[x.clone(), x]).is_err());
    }
}
