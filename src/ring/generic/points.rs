//! Values at many points and polynomials through many values, on one tree of products `prod (x - x_i)`.
//!
//! It stands apart from [`horner`](super::horner) because the points share their work: a tree has `log n` levels of products, and
//! each way along it takes a product or two a node.
//!
//! # Method
//! Evaluation is the transpose of summing fractions. The coefficients of `sum f_i/(1 - x_i*z)` are what multiplying up the tree gives;
//! transposed, it begins with the upper part of `f/M`, `M` the product of all, and goes down by middle products,
//! `c_left = c *t M_right` (A. Bostan, G. Lecerf, É. Schost, "Tellegen's principle into practice", ISSAC 2003). The leaves are blocks of
//! points: there a polynomial of the block's length is left, which is evaluated point by point. Interpolation divides every value by
//! that of `M'` and sums `v_l*M_r + v_r*M_l` up the tree (J. von zur Gathen, J. Gerhard, Modern Computer Algebra, 10.2).
//!
//! # Invariants
//! Node `i` of level `k` is the monic product over blocks `i*2^k .. (i+1)*2^k`, the last node of a level of those that there are.

use super::series;
use crate::{
    Error, Result,
    convolution::{Want, tuning},
    ring::Ring,
};

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
    ring: R,
    points: Vec<R::Element>,
    /// From single points upwards.
    levels: Vec<Vec<Vec<R::Element>>>,
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
        let block = |points: &[R::Element]| product_over(ring, points);
        let mut levels = vec![points.chunks(tuning::POINTS_LEAF).map(block).collect::<Result<Vec<_>>>()?];
        while levels[levels.len() - 1].len() > 1 {
            let below = &levels[levels.len() - 1];
            let nodes = below.chunks(2).map(|pair| match pair {
                [a, b] => monic_product(ring, a, b),
                _ => Ok(pair[0].clone()),
            });
            let nodes = nodes.collect::<Result<Vec<_>>>()?;
            levels.push(nodes);
        }
        Ok(Tree { ring: ring.clone(), points: points.to_vec(), levels })
    }

    /// The points.
    pub fn points(&self) -> &[R::Element] {
        &self.points
    }

    /// The product of all `x - x_i`; one for no points.
    pub fn product(&self) -> Vec<R::Element> {
        match self.levels.last().and_then(|level| level.first()) {
            Some(root) => root.clone(),
            None => vec![self.ring.one()],
        }
    }

    /// The values of a polynomial at all points.
    ///
    /// # Errors
    /// Those of the ring's products.
    ///
    /// # Complexity
    /// `O(M(n) log n)` for as many points as coefficients.
    pub fn evaluate(&self, f: &[R::Element]) -> Result<Vec<R::Element>> {
        let (ring, m) = (&self.ring, self.points.len());
        let mut values = vec![ring.zero(); m];
        if m == 0 || f.is_empty() {
            return Ok(values);
        }
        if m.min(f.len()) <= tuning::POINTS_LEAF {
            return ring.evaluate_each(f, &self.points);
        }
        // Coefficient k of f *t 1/rev(M): the sum over j of f[k+j] times coefficient j of the power series.
        let n = f.len();
        let reversed: Vec<R::Element> = self.product().into_iter().rev().collect();
        let mut inverse = series::inverse(ring, &reversed, n)?;
        inverse.reverse();
        let mut top = ring.convolve(f, &inverse, &Want::range(n - 1..n - 1 + m))?;
        top.resize(m, ring.zero());
        let height = self.levels.len() - 1;
        self.descend(height, 0, top, &mut values)?;
        Ok(values)
    }

    /// From the coefficients at a node to the values at its points.
    fn descend(
        &self,
        level: usize,
        node: usize,
        c: Vec<R::Element>,
        values: &mut [R::Element],
    ) -> Result<()> {
        let ring = &self.ring;
        if level == 0 {
            // The upper half of M*c is the polynomial with the values at the points of the block.
            let m = &self.levels[0][node];
            let n = m.len() - 1;
            let f = ring.convolve(&m[1..], &c, &Want::range(n - 1..2 * n - 1))?;
            let start = node * tuning::POINTS_LEAF;
            values.clone_from_slice(&ring.evaluate_each(&f, &self.points[start..start + n])?);
            return Ok(());
        }
        let below = &self.levels[level - 1];
        let left = &below[2 * node];
        let Some(right) = below.get(2 * node + 1) else {
            return self.descend(level - 1, 2 * node, c, values);
        };
        let (a, b) = (left.len() - 1, right.len() - 1);
        let prepared = ring.prepare(&c, right, &Want::range(b..a + b))?;
        let mut first = ring.convolve_prepared(&prepared, right, &Want::range(b..b + a))?;
        let mut second = ring.convolve_prepared(&prepared, left, &Want::range(a..a + b))?;
        first.resize(a, ring.zero());
        second.resize(b, ring.zero());
        let (low, high) = values.split_at_mut(a);
        self.descend(level - 1, 2 * node, first, low)?;
        self.descend(level - 1, 2 * node + 1, second, high)
    }

    /// The polynomial of fewer coefficients than there are points that has these values at them.
    ///
    /// # Errors
    /// Kind undefined where the difference of two points is no unit, with the factor that it shares with a modulus; kind unsupported for
    /// another number of values; those of the ring's products.
    ///
    /// # Complexity
    /// `O(M(n) log n)`.
    pub fn interpolate(&self, values: &[R::Element]) -> Result<Vec<R::Element>> {
        let (ring, m) = (&self.ring, self.points.len());
        if values.len() != m {
            return Err(Error::unsupported(format!("{} values at {m} points", values.len())));
        }
        if m == 0 {
            return Ok(Vec::new());
        }
        let root = self.product();
        let mut derivative = Vec::with_capacity(m);
        let mut factor = ring.zero();
        for c in &root[1..] {
            factor = ring.try_add(&factor, &ring.one())?;
            derivative.push(ring.try_mul(&factor, c)?);
        }
        let weights = inverses(ring, &self.evaluate(&derivative)?)?;
        let weighted: Vec<R::Element> =
            values.iter().zip(&weights).map(|(v, w)| ring.try_mul(v, w)).collect::<Result<_>>()?;
        let blocks = weighted.chunks(tuning::POINTS_LEAF).zip(self.points.chunks(tuning::POINTS_LEAF));
        let mut sums = Vec::with_capacity(self.levels[0].len());
        for ((weights, points), m) in blocks.zip(&self.levels[0]) {
            // The sum of w_i*M/(x - x_i) is the upper half of M*s with the power sums s, from the highest down.
            let n = points.len();
            let mut powers = ring.power_sums(weights, points, n)?;
            powers.reverse();
            sums.push(ring.convolve(&m[1..], &powers, &Want::range(n - 1..2 * n - 1))?);
        }
        for level in &self.levels[..self.levels.len() - 1] {
            let mut next = Vec::with_capacity(sums.len().div_ceil(2));
            for (v, m) in sums.chunks(2).zip(level.chunks(2)) {
                next.push(match (v, m) {
                    ([v, w], [m, n]) => ring.convolve_sum(&[(v, n), (w, m)], &Want::full())?,
                    _ => v[0].clone(),
                });
            }
            sums = next;
        }
        let mut f = sums.swap_remove(0);
        super::trim(ring, &mut f);
        Ok(f)
    }
}

/// The values of a polynomial at points: on a tree where elements have one size, else one by one, because the power series of a tree
/// has far larger coefficients than the values.
///
/// # Errors
/// Those of [`Tree`], and of the ring's [`evaluate`](Ring::evaluate).
pub fn evaluate<R: Ring>(ring: &R, f: &[R::Element], points: &[R::Element]) -> Result<Vec<R::Element>> {
    if points.len().min(f.len()) <= tuning::POINTS_EACH || ring.grows() || !ring.is_commutative() {
        return ring.evaluate_each(f, points);
    }
    Tree::new(ring, points)?.evaluate(f)
}

/// The polynomial of fewer coefficients than there are points that has these values at them: on a tree where elements have one size, else
/// by divided differences, which are integers for polynomials over the integers, and do not lose accuracy over floats.
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

/// The product of `x - x_i` over the points of one block.
fn product_over<R: Ring>(ring: &R, points: &[R::Element]) -> Result<Vec<R::Element>> {
    if points.len() > tuning::POINTS_FEW {
        let (low, high) = points.split_at(points.len() / 2);
        return ring.convolve(&product_over(ring, low)?, &product_over(ring, high)?, &Want::full());
    }
    let mut product = Vec::with_capacity(points.len() + 1);
    product.push(ring.one());
    for x in points {
        // product*(y - x) in the variable y.
        product.push(ring.zero());
        for k in (0..product.len()).rev() {
            let below = if k > 0 { product[k - 1].clone() } else { ring.zero() };
            product[k] = ring.try_sub(&below, &ring.try_mul(x, &product[k])?)?;
        }
    }
    Ok(product)
}

/// The product of two monic polynomials: where their degrees sum to a power of two, all but the leading coefficient from a cyclic
/// product.
fn monic_product<R: Ring>(ring: &R, a: &[R::Element], b: &[R::Element]) -> Result<Vec<R::Element>> {
    let n = a.len() + b.len() - 2;
    if !n.is_power_of_two() || n <= tuning::SERIES_BASE || !ring.is_exact() {
        return ring.convolve(a, b, &Want::full());
    }
    let mut product = ring.convolve_cyclic(a, b, n)?;
    product[0] = ring.try_sub(&product[0], &ring.one())?;
    product.push(ring.one());
    Ok(product)
}

/// The inverses of units, by one inverse and three products each; where that fails, one by one, for the error.
pub fn inverses<R: Ring>(ring: &R, units: &[R::Element]) -> Result<Vec<R::Element>> {
    let mut products = Vec::with_capacity(units.len());
    let mut product = ring.one();
    for unit in units {
        products.push(product.clone());
        product = ring.try_mul(&product, unit)?;
    }
    let Ok(mut inverse) = ring.try_inverse(&product) else {
        return units.iter().map(|unit| ring.try_inverse(unit)).collect();
    };
    for (before, unit) in products.iter_mut().zip(units).rev() {
        *before = ring.try_mul(before, &inverse)?;
        inverse = ring.try_mul(&inverse, unit)?;
    }
    Ok(products)
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
