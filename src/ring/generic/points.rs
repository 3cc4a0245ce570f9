//! Values at many points and polynomials through many values, on one tree of products `prod (x - x_i)`.
//!
//! It stands apart from [`horner`](super::horner) because the points share their work: a tree has `log n` levels of
//! products, and each way along it takes a product or two a node.
//!
//! # Method
//! A value is a remainder by `x - x_i`: those of all points go down the tree together ([`ProductTree::remainders`]).
//! The leaves are blocks of points: there a polynomial of the block's length is left, which is evaluated point by
//! point. Interpolation divides every value by that of `M'` and sums `v_l*M_r + v_r*M_l` up the tree (J. von zur
//! Gathen, J. Gerhard, Modern Computer Algebra, 10.2).
//!
//! # Invariants
//! A leaf is the monic product over a block of points, all as long but the last.

use super::{
    chains::{inverses, pairwise},
    products::ProductTree,
};
use crate::{
    Error, Result,
    convolution::{Want, tuning},
    ring::Ring,
};
use std::ops::Range;

/// Points with the tree of products over them.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::points::Tree};
/// let field = Zmod::prime(101)?;
/// let tree = Tree::new(&field, &[1, 2, 3])?;
/// assert_eq!(tree.evaluate(&[0, 0, 1])?, [1, 4, 9]);
/// assert_eq!(tree.interpolate(&[1, 4, 9])?, [0, 0, 1]);
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Tree<R: Ring> {
    points: Vec<R::Element>,
    products: ProductTree<R>,
}

impl<R: Ring> Tree<R> {
    /// The tree over these points.
    ///
    /// # Errors
    /// Kind unsupported over a ring that does not commute; those of the ring's products.
    ///
    /// # Complexity
    /// `O(M(n) log n)`, and as much memory as `n log n` coefficients.
    pub fn new(ring: &R, points: &[R::Element]) -> Result<Self> {
        if !ring.is_commutative() {
            return Err(Error::unsupported(format!(
                "{ring:?} does not commute: values at points are no products"
            )));
        }
        let leaves = points.chunks(tuning::POINTS_LEAF).map(|block| ring.from_roots(block));
        let products = ProductTree::new(ring, leaves.collect::<Result<_>>()?)?;
        Ok(Tree { points: points.to_vec(), products })
    }

    /// The ring of the points.
    pub fn ring(&self) -> &R {
        self.products.ring()
    }

    /// The points.
    pub fn points(&self) -> &[R::Element] {
        &self.points
    }

    /// The product of all `x - x_i`; one for no points.
    pub fn product(&self) -> Vec<R::Element> {
        self.products.product()
    }

    /// The products over blocks of [`POINTS_LEAF`](tuning::POINTS_LEAF) points, in order, and over blocks of those.
    pub fn products(&self) -> &ProductTree<R> {
        &self.products
    }

    /// The points of a leaf of [`products`](Self::products).
    pub fn block(&self, leaf: usize) -> &[R::Element] {
        let start = leaf * tuning::POINTS_LEAF;
        &self.points[start..self.points.len().min(start + tuning::POINTS_LEAF)]
    }

    /// The values of a polynomial at all points.
    ///
    /// # Errors
    /// Those of the ring's products.
    ///
    /// # Complexity
    /// `O(M(n) log n)` for as many points as coefficients.
    pub fn evaluate(&self, f: &[R::Element]) -> Result<Vec<R::Element>> {
        let (ring, m) = (self.ring(), self.points.len());
        if f.is_empty() {
            return Ok(vec![ring.zero(); m]);
        }
        if m.min(f.len()) <= tuning::POINTS_LEAF {
            return ring.evaluate_each(f, &self.points);
        }
        let mut values = Vec::with_capacity(m);
        self.products.each_remainder(f, &mut |leaf, remainder| {
            values.extend(ring.evaluate_each(&remainder, self.block(leaf))?);
            Ok(())
        })?;
        Ok(values)
    }

    /// `M'(x_i)` for the product `M` of all `x - x_i`: the products of all differences `x_i - x_j`.
    ///
    /// # Errors
    /// Those of the ring's products.
    ///
    /// # Complexity
    /// `O(M(n) log n)`; where elements grow, the products one by one.
    pub fn derivatives(&self) -> Result<Vec<R::Element>> {
        let ring = self.ring();
        if ring.grows() {
            let n = self.points.len();
            return (0..n).map(|i| self.differences(i, 0..n)).collect();
        }
        let mut derivative = Vec::with_capacity(self.points.len());
        let mut factor = ring.zero();
        for c in &self.product()[1..] {
            factor = ring.try_add(&factor, &ring.one())?;
            derivative.push(ring.try_mul(&factor, c)?);
        }
        if self.points.len() <= tuning::POINTS_EACH {
            return ring.evaluate_each(&derivative, &self.points);
        }
        self.evaluate(&derivative)
    }

    /// The product of `x_i - x_j` over the others of a range, of factors of like size.
    fn differences(&self, i: usize, others: Range<usize>) -> Result<R::Element> {
        let ring = self.ring();
        if others.len() > tuning::POINTS_FEW {
            let middle = others.start + others.len() / 2;
            let low = self.differences(i, others.start..middle)?;
            return ring.try_mul(&low, &self.differences(i, middle..others.end)?);
        }
        others.filter(|&j| j != i).try_fold(ring.one(), |product, j| {
            ring.try_mul(&product, &ring.try_sub(&self.points[i], &self.points[j])?)
        })
    }

    /// `1/M'(x_i)` for the product `M` of all `x - x_i`: what interpolation multiplies every value by.
    ///
    /// # Errors
    /// Kind undefined where the difference of two points is no unit, with the factor that it shares with a modulus;
    /// those of the ring's products.
    pub fn weights(&self) -> Result<Vec<R::Element>> {
        inverses(self.ring(), &self.derivatives()?)
    }

    /// The sum of `c_i*M/(x - x_i)` for the product `M` of all `x - x_i`, without trailing zeros.
    ///
    /// # Errors
    /// Kind unsupported for another number of factors; those of the ring's products.
    ///
    /// # Complexity
    /// `O(M(n) log n)`.
    pub fn numerator(&self, factors: &[R::Element]) -> Result<Vec<R::Element>> {
        let (ring, m) = (self.ring(), self.points.len());
        if factors.len() != m {
            return Err(Error::unsupported(format!("{} values at {m} points", factors.len())));
        }
        let mut start = 0;
        let mut leaf = |number: usize, m: &[R::Element]| {
            // The sum of c_i*M/(x - x_i) is the upper half of M*s with the power sums s, from the highest down.
            let points = self.block(number);
            let n = points.len();
            let mut powers = ring.power_sums(&factors[start..start + n], points, n)?;
            start += n;
            powers.reverse();
            ring.convolve(&m[1..], &powers, &Want::range(n - 1..2 * n - 1))
        };
        let sum = self
            .products
            .fold(&mut leaf, &mut |v, w, [m, n]| ring.convolve_sum(&[(&v, n), (&w, m)], &Want::full()))?;
        let mut sum = sum.unwrap_or_default();
        super::trim(ring, &mut sum);
        Ok(sum)
    }

    /// The polynomial of fewer coefficients than there are points that has these values at them.
    ///
    /// # Errors
    /// Kind undefined where the difference of two points is no unit, with the factor that it shares with a modulus;
    /// kind unsupported for another number of values; those of the ring's products.
    ///
    /// # Complexity
    /// `O(M(n) log n)`.
    pub fn interpolate(&self, values: &[R::Element]) -> Result<Vec<R::Element>> {
        if values.len() != self.points.len() {
            return Err(Error::unsupported(format!(
                "{} values at {} points",
                values.len(),
                self.points.len()
            )));
        }
        self.numerator(&pairwise(self.ring(), values, &self.weights()?)?)
    }
}

/// The values of a polynomial at points: on a tree where elements have one size, else one by one, because the power
/// series of a tree has far larger coefficients than the values.
///
/// # Errors
/// Those of [`Tree`], and of the ring's [`evaluate`](Ring::evaluate).
pub fn evaluate<R: Ring>(ring: &R, f: &[R::Element], points: &[R::Element]) -> Result<Vec<R::Element>> {
    if points.len().min(f.len()) <= tuning::POINTS_EACH || ring.grows() || !ring.is_commutative() {
        return ring.evaluate_each(f, points);
    }
    Tree::new(ring, points)?.evaluate(f)
}

/// The polynomial of fewer coefficients than there are points that has these values at them: on a tree where elements
/// have one size, else by divided differences, which are integers for polynomials over the integers, and do not lose
/// accuracy over floats.
///
/// # Errors
/// As for [`Tree::interpolate`]; kind not exact where the polynomial has coefficients outside of the ring.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic::points};
/// let f = points::interpolate(&ZZ, &[0, 1, 2].map(Into::into), &[1, 2, 5].map(Into::into))?;
/// assert_eq!(f, [1, 0, 1].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn interpolate<R: Ring>(
    ring: &R,
    points: &[R::Element],
    values: &[R::Element],
) -> Result<Vec<R::Element>> {
    if points.len() != values.len() {
        return Err(Error::unsupported(format!("{} values at {} points", values.len(), points.len())));
    }
    if ring.grows() || !ring.is_commutative() {
        return by_differences(ring, points, values);
    }
    Tree::new(ring, points)?.interpolate(values)
}

/// Newton's form `c[0] + (x - x0)*(c[1] + (x - x1)*(c[2] + ...))`, quadratic.
fn by_differences<R: Ring>(
    ring: &R,
    points: &[R::Element],
    values: &[R::Element],
) -> Result<Vec<R::Element>> {
    let m = points.len();
    let mut c = values.to_vec();
    for j in 1..m {
        for i in (j..m).rev() {
            let difference = ring.try_sub(&points[i], &points[i - j])?;
            c[i] = ring.try_exact_quo(&ring.try_sub(&c[i], &c[i - 1])?, &difference)?;
        }
    }
    let mut f: Vec<R::Element> = Vec::with_capacity(m);
    for (x, c) in points.iter().zip(c).rev() {
        // f := f*(y - x) + c in the variable y
        f.insert(0, ring.zero());
        for k in 0..f.len() - 1 {
            f[k] = ring.try_sub(&f[k], &ring.try_mul(x, &f[k + 1])?)?;
        }
        f[0] = ring.try_add(&f[0], &c)?;
    }
    super::trim(ring, &mut f);
    Ok(f)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{QQ, ZZ, Zmod, generic::horner};

    fn draw(n: u64, len: usize, seed: u64) -> Vec<u64> {
        (0..len as u64).map(|k| (k + 1).wrapping_mul(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) % n).collect()
    }

    /// Values against Horner's rule, for all kinds of numbers of points and coefficients; and back.
    #[test]
    fn values_and_back() {
        for p in [65537u64, 998_244_353, (1 << 61) - 1] {
            let field = Zmod::prime(p).unwrap();
            for m in [0usize, 1, 2, 3, 7, 16, 31, 64, 100, 128, 257, 600] {
                let points: Vec<u64> = (0..m as u64).map(|k| (k * k * 3 + 5 * k + 1) % p).collect();
                let tree = Tree::new(&field, &points).unwrap();
                for n in [0, 1, 5, m, m + 1, 3 * m + 40] {
                    let f = draw(p, n, 7);
                    let values = tree.evaluate(&f).unwrap();
                    let expected: Vec<u64> = points.iter().map(|x| horner(&field, &f, x).unwrap()).collect();
                    assert_eq!(values, expected, "{p}: {n} coefficients at {m} points");
                    if n <= m
                        && (1..m as u64)
                            .all(|k| points[..k as usize].iter().all(|x| *x != points[k as usize]))
                    {
                        let mut back = f.clone();
                        crate::ring::generic::trim(&field, &mut back);
                        assert_eq!(tree.interpolate(&values).unwrap(), back);
                    }
                }
            }
        }
    }

    #[test]
    fn points_that_are_not_apart() {
        let tree = Tree::new(&Zmod::new(15), &[1, 4]).unwrap();
        assert_eq!(tree.interpolate(&[0, 1]).unwrap_err().factor(), Some(&3.into()));
        assert!(tree.interpolate(&[0]).is_err());
        let twice = Tree::new(&Zmod::prime(7).unwrap(), &[3, 3]).unwrap();
        assert_eq!(twice.interpolate(&[1, 1]).unwrap_err().kind(), crate::ErrorKind::Undefined);
        assert_eq!(twice.evaluate(&[1, 1]).unwrap(), [4, 4]);
        let points = QQ.poly([(1, 2), (2, 3), (5, 1)]).into_coefficients();
        let tree = Tree::new(&QQ, &points).unwrap();
        let f = QQ.poly([(1, 3), (-2, 1), (7, 5)]).into_coefficients();
        let values = tree.evaluate(&f).unwrap();
        assert_eq!(tree.interpolate(&values).unwrap(), f);
        assert_eq!(interpolate(&QQ, &points, &values).unwrap(), f);
        // (x^2 + x)/2 has integer values.
        let half = interpolate(&ZZ, &[0, 1, 2].map(Into::into), &[0, 1, 3].map(Into::into));
        assert_eq!(half.unwrap_err().kind(), crate::ErrorKind::NotExact);
        assert_eq!(interpolate(&Zmod::new(15), &[1, 4], &[0, 1]).unwrap_err().factor(), Some(&3.into()));
        assert_eq!(interpolate(&ZZ, &[], &[]).unwrap(), []);
    }
}
