//! Products of many polynomials, `f_1*f_2*...*f_k` and `(x - x_1)*...*(x - x_k)`, and the tree of the products on the way.
//!
//! They stand apart because what matters is the order of the products: operands of like size, whatever the sizes of
//! the factors are.
//!
//! # Method
//! The factors, sorted by size where their order does not matter, are cut where half of the whole size is reached,
//! and so on: a factor of a `1/w` of the size takes part in some `log2(w) + 2` products (the weight-balanced trees of
//! K. Mehlhorn, "A best possible bound for the weighted path length of binary search trees", SIAM J. Comput. 6,
//! 1977). The size is that in bits: length times the logarithm of the norm.
//!
//! Remainders of one polynomial by all leaves are the transpose of summing fractions. The coefficients of `f/M`, `M`
//! the product of all, that are below `x^0` go down the tree by middle products, `c_left = c *t M_right`, and a
//! remainder is `m*c` without its fraction (A. Bostan, G. Lecerf, É. Schost, "Tellegen's principle into practice",
//! ISSAC 2003). Where elements grow, by divisions, because that power series has far larger coefficients than the
//! remainders.
//!
//! # Invariants
//! Factors keep their order in products over rings that do not commute. Nodes of a tree stand behind their children,
//! the root last.

use super::{QuoRem, series, trim};
use crate::{
    Result,
    convolution::{Want, tuning},
    ring::Ring,
};

/// The product of many sequences; one for none, empty if one of them is.
///
/// # Errors
/// Those of the ring's products.
///
/// # Complexity
/// `O(M(n) log k)` for the whole length `n`, and less where a few factors are most of it.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::products};
/// let factors = vec![vec![1, 1], vec![1, 0, 0, 0, 1], vec![6, 1]];
/// assert_eq!(products::product(&Zmod::new(7), factors)?, [6, 0, 1, 0, 6, 0, 1]); // (x^2 - 1)*(x^4 + 1)
/// # Ok::<(), monic::Error>(())
/// ```
pub fn product<R: Ring>(ring: &R, factors: Vec<Vec<R::Element>>) -> Result<Vec<R::Element>> {
    if factors.iter().any(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let weight = |f: Vec<R::Element>| (f.len() as f64 * (1.0 + ring.log2_norm(&f).max(0.0)), f);
    let mut weighted: Vec<_> = factors.into_iter().map(weight).collect();
    if ring.is_commutative() {
        crate::sorting::by(&mut weighted, |a, b| a.0.total_cmp(&b.0));
    }
    let (weights, mut factors): (Vec<f64>, Vec<_>) = weighted.into_iter().unzip();
    product_of(ring, &sums(&weights), &mut factors)
}

fn product_of<R: Ring>(ring: &R, sums: &[f64], factors: &mut [Vec<R::Element>]) -> Result<Vec<R::Element>> {
    match factors {
        [] => Ok(vec![ring.one()]),
        [f] => Ok(std::mem::take(f)),
        _ => {
            let cut = middle(sums);
            let (low, high) = factors.split_at_mut(cut);
            let f = product_of(ring, &sums[..=cut], low)?;
            let g = product_of(ring, &sums[cut..], high)?;
            ring.convolve(&f, &g, &Want::full())
        }
    }
}

/// `0, w_0, w_0 + w_1, ...`.
fn sums(weights: &[f64]) -> Vec<f64> {
    let running = weights.iter().scan(0.0, |sum, w| {
        *sum += w;
        Some(*sum)
    });
    std::iter::once(0.0).chain(running).collect()
}

/// Where to cut at least two weights, given by their sums, so that both sides weigh about as much; neither is empty.
fn middle(sums: &[f64]) -> usize {
    let last = sums.len() - 1;
    let (start, end) = (sums[0], sums[last]);
    let above = sums.partition_point(|s| s - start < end - s).clamp(1, last - 1);
    let side = |cut: usize| (sums[cut] - start).max(end - sums[cut]);
    if above > 1 && side(above - 1) <= side(above) { above - 1 } else { above }
}

/// The product of `x - x_i` over all roots; one for none.
///
/// # Errors
/// Those of the ring's products.
///
/// # Complexity
/// `O(M(n) log n)`.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::products};
/// assert_eq!(products::from_roots(&Zmod::new(7), &[1, 6, 2])?, [2, 6, 5, 1]); // (x^2 - 1)*(x - 2)
/// # Ok::<(), monic::Error>(())
/// ```
pub fn from_roots<R: Ring>(ring: &R, roots: &[R::Element]) -> Result<Vec<R::Element>> {
    if roots.len() <= tuning::POINTS_FEW {
        return expanded(ring, roots);
    }
    if ring.grows() {
        let leaves = roots.chunks(tuning::POINTS_FEW).map(|part| expanded(ring, part));
        return product(ring, leaves.collect::<Result<_>>()?);
    }
    // Degrees that are powers of two, for cyclic products.
    let (low, high) = roots.split_at(roots.len().next_power_of_two() / 2);
    monic_product(ring, &ring.from_roots(low)?, &ring.from_roots(high)?)
}

/// The same, root by root.
fn expanded<R: Ring>(ring: &R, roots: &[R::Element]) -> Result<Vec<R::Element>> {
    let mut product = Vec::with_capacity(roots.len() + 1);
    product.push(ring.one());
    for x in roots {
        // product*(y - x) in the variable y.
        product.push(ring.zero());
        for k in (0..product.len()).rev() {
            let below = if k > 0 { product[k - 1].clone() } else { ring.zero() };
            product[k] = ring.try_sub(&below, &ring.try_mul(&product[k], x)?)?;
        }
    }
    Ok(product)
}

/// The product of two monic polynomials: where their degrees sum to a power of two, all but the leading coefficient
/// from a cyclic product.
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

/// The products over parts of a sequence of polynomials, the leaves, in order.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::products::ProductTree};
/// let tree = ProductTree::new(&Zmod::prime(7)?, vec![vec![6, 1], vec![1, 0, 1]])?; // x - 1 and x^2 + 1
/// assert_eq!(tree.product(), [6, 1, 6, 1]);
/// assert_eq!(tree.remainders(&[0, 0, 0, 1])?, [vec![1], vec![0, 6]]); // of x^3
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ProductTree<R: Ring> {
    ring: R,
    nodes: Vec<Node<R::Element>>,
    leaves: usize,
}

#[derive(Clone, Debug)]
struct Node<E> {
    product: Vec<E>,
    below: Below,
}

/// What a node is the product of: one leaf, with its number, or two nodes.
#[derive(Clone, Copy, Debug)]
enum Below {
    Leaf(usize),
    Nodes(usize, usize),
}

impl<R: Ring> ProductTree<R> {
    /// The tree over these leaves, none of them empty, balanced by their degrees.
    ///
    /// # Errors
    /// Those of the ring's products.
    ///
    /// # Complexity
    /// `O(M(n) log n)` at most, and as much memory as `n log n` coefficients.
    pub fn new(ring: &R, leaves: Vec<Vec<R::Element>>) -> Result<Self> {
        let weights: Vec<f64> = leaves.iter().map(|f| f.len() as f64).collect();
        let mut tree = ProductTree { ring: ring.clone(), nodes: Vec::new(), leaves: leaves.len() };
        if !leaves.is_empty() {
            tree.nodes.reserve_exact(2 * leaves.len() - 1);
            let mut leaves = leaves.into_iter().enumerate();
            tree.build(&sums(&weights), &mut leaves)?;
        }
        Ok(tree)
    }

    /// Appends the nodes over the next leaves, and gives the number of the last.
    fn build(
        &mut self,
        sums: &[f64],
        leaves: &mut impl Iterator<Item = (usize, Vec<R::Element>)>,
    ) -> Result<usize> {
        let node = if sums.len() == 2
            && let Some((number, product)) = leaves.next()
        {
            Node { product, below: Below::Leaf(number) }
        } else {
            let cut = middle(sums);
            let low = self.build(&sums[..=cut], leaves)?;
            let high = self.build(&sums[cut..], leaves)?;
            let (ring, a, b) = (&self.ring, &self.nodes[low].product, &self.nodes[high].product);
            let monic = |f: &[R::Element]| f.last().is_some_and(|c| ring.is_one(c));
            let product = if monic(a) && monic(b) {
                monic_product(ring, a, b)?
            } else {
                ring.convolve(a, b, &Want::full())?
            };
            Node { product, below: Below::Nodes(low, high) }
        };
        self.nodes.push(node);
        Ok(self.nodes.len() - 1)
    }

    /// The ring of the coefficients.
    pub fn ring(&self) -> &R {
        &self.ring
    }

    /// The product of all leaves; one for none.
    pub fn product(&self) -> Vec<R::Element> {
        self.nodes.last().map_or_else(|| vec![self.ring.one()], |root| root.product.clone())
    }

    /// What belongs to the root, from the leaves upwards: `leaf` gives that of a leaf from its number and the leaf
    /// itself, `join` that of a node from those of its two parts and from the products of these.
    ///
    /// # Errors
    /// Those of `leaf` and `join`.
    pub fn fold<T>(
        &self,
        leaf: &mut impl FnMut(usize, &[R::Element]) -> Result<T>,
        join: &mut impl FnMut(T, T, [&[R::Element]; 2]) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut stack = Vec::new();
        for node in &self.nodes {
            let value = match node.below {
                Below::Leaf(number) => leaf(number, &node.product)?,
                Below::Nodes(low, high) => match (stack.pop(), stack.pop()) {
                    (Some(b), Some(a)) => join(a, b, [low, high].map(|i| self.nodes[i].product.as_slice()))?,
                    _ => unreachable!("nodes stand behind their children"),
                },
            };
            stack.push(value);
        }
        Ok(stack.pop())
    }

    /// `sum of v_i*M/m_i` over the leaves `m_i` with their product `M`: the numerator of `sum of v_i/m_i`.
    ///
    /// # Errors
    /// Those of the ring's products.
    ///
    /// # Panics
    /// When there are not as many values as leaves.
    ///
    /// # Complexity
    /// `O(M(n) log n)` for values no longer than their leaves.
    pub fn numerator(&self, values: &[Vec<R::Element>]) -> Result<Vec<R::Element>> {
        assert!(values.len() == self.leaves, "{} values for {} leaves", values.len(), self.leaves);
        let sum = self.fold(&mut |i, _| Ok(values[i].clone()), &mut |v, w, [m, n]| {
            let pairs: Vec<_> =
                [(&v[..], n), (&w[..], m)].into_iter().filter(|(v, _)| !v.is_empty()).collect();
            if pairs.is_empty() { Ok(Vec::new()) } else { self.ring.convolve_sum(&pairs, &Want::full()) }
        })?;
        Ok(sum.unwrap_or_default())
    }

    /// The digits `d_i` with `f = d_0 + m_0*(d_1 + m_1*(d_2 + ...))`, each of smaller degree than its leaf `m_i`, one
    /// after the other; what the last leaf is multiplied by is returned.
    ///
    /// # Errors
    /// Kind undefined where a leading coefficient is no unit; those of the ring's products, and those of `take`.
    ///
    /// # Complexity
    /// `O(M(n) log n)`.
    pub fn digits(
        &self,
        f: &[R::Element],
        take: &mut impl FnMut(Vec<R::Element>) -> Result<()>,
    ) -> Result<Vec<R::Element>> {
        let mut f = f.to_vec();
        trim(&self.ring, &mut f);
        let Some(root) = self.nodes.last() else { return Ok(f) };
        let (quo, rem) = self.divided(f, &root.product)?;
        self.digits_below(self.nodes.len() - 1, rem, take)?;
        Ok(quo)
    }

    fn digits_below(
        &self,
        node: usize,
        f: Vec<R::Element>,
        take: &mut impl FnMut(Vec<R::Element>) -> Result<()>,
    ) -> Result<()> {
        match self.nodes[node].below {
            Below::Leaf(_) => take(f),
            Below::Nodes(low, high) => {
                let (quo, rem) = self.divided(f, &self.nodes[low].product)?;
                self.digits_below(low, rem, take)?;
                self.digits_below(high, quo, take)
            }
        }
    }

    /// Quotient and remainder, also of a polynomial that is shorter than the divisor.
    fn divided(&self, f: Vec<R::Element>, g: &[R::Element]) -> Result<QuoRem<R::Element>> {
        if f.len() < g.len() { Ok((Vec::new(), f)) } else { self.ring.quo_rem(&f, g) }
    }

    /// The polynomial with these [`digits`](Self::digits) and this factor of the last leaf; it may have trailing zeros.
    ///
    /// # Errors
    /// Those of the ring's products.
    ///
    /// # Panics
    /// When there are not as many digits as leaves.
    pub fn from_digits(
        &self,
        mut digits: Vec<Vec<R::Element>>,
        last: Vec<R::Element>,
    ) -> Result<Vec<R::Element>> {
        assert!(digits.len() == self.leaves, "{} digits for {} leaves", digits.len(), self.leaves);
        let ring = &self.ring;
        let join = |low: Vec<R::Element>, high: Vec<R::Element>, m: &[R::Element]| {
            let mut sum = if high.is_empty() { Vec::new() } else { ring.convolve(m, &high, &Want::full())? };
            sum.resize(sum.len().max(low.len()), ring.zero());
            for (s, c) in sum.iter_mut().zip(&low) {
                *s = ring.try_add(s, c)?;
            }
            Ok(sum)
        };
        let sum = self.fold(&mut |i, _| Ok(std::mem::take(&mut digits[i])), &mut |low, high, [m, _]| {
            join(low, high, m)
        })?;
        match (sum, self.nodes.last()) {
            (Some(sum), Some(root)) => join(sum, last, &root.product),
            _ => Ok(last),
        }
    }

    /// The remainders of a sequence without trailing zeros by all leaves, themselves without trailing zeros.
    ///
    /// # Errors
    /// Kind undefined where a leading coefficient is no unit; those of the ring's products.
    ///
    /// # Complexity
    /// `O(M(n) log n)` for an `f` that is no longer than the product.
    pub fn remainders(&self, f: &[R::Element]) -> Result<Vec<Vec<R::Element>>> {
        let mut remainders = vec![Vec::new(); self.leaves];
        self.each_remainder(f, &mut |i, mut remainder| {
            trim(&self.ring, &mut remainder);
            remainders[i] = remainder;
            Ok(())
        })?;
        Ok(remainders)
    }

    /// The remainders, one after the other with the number of the leaf; they may have trailing zeros.
    ///
    /// # Errors
    /// As for [`remainders`](Self::remainders), and those of `take`.
    pub fn each_remainder(
        &self,
        f: &[R::Element],
        take: &mut impl FnMut(usize, Vec<R::Element>) -> Result<()>,
    ) -> Result<()> {
        let ring = &self.ring;
        let Some(root) = self.nodes.last() else { return Ok(()) };
        let top = self.nodes.len() - 1;
        if f.is_empty() || ring.grows() || !ring.is_commutative() || !ring.is_exact() {
            return self.divide(top, f.to_vec(), take);
        }
        let m = root.product.len() - 1;
        // Coefficient k of f *t 1/rev(M): the sum over j of f[k+j] times coefficient j of the power series.
        let n = f.len();
        let reversed: Vec<R::Element> = root.product.iter().rev().cloned().collect();
        let mut inverse = series::inverse(ring, &reversed, n)?;
        inverse.reverse();
        let mut fraction = ring.convolve(f, &inverse, &Want::range(n - 1..n - 1 + m))?;
        fraction.resize(m, ring.zero());
        self.descend(top, fraction, take)
    }

    /// From the fraction at a node, highest power last, to the remainders at its leaves.
    fn descend(
        &self,
        node: usize,
        c: Vec<R::Element>,
        take: &mut impl FnMut(usize, Vec<R::Element>) -> Result<()>,
    ) -> Result<()> {
        let (ring, node) = (&self.ring, &self.nodes[node]);
        match node.below {
            Below::Leaf(number) if node.product.len() < 2 => take(number, Vec::new()),
            Below::Leaf(number) => {
                let n = node.product.len() - 1;
                let mut remainder = ring.convolve(&node.product[1..], &c, &Want::range(n - 1..2 * n - 1))?;
                remainder.resize(n, ring.zero());
                take(number, remainder)
            }
            Below::Nodes(low, high) => {
                let [left, right] = [low, high].map(|i| &self.nodes[i].product);
                let (a, b) = (left.len() - 1, right.len() - 1);
                let prepared = ring.prepare(c, right, &Want::range(b..a + b))?;
                let mut first = ring.convolve_prepared(&prepared, right, &Want::range(b..b + a))?;
                let mut second = ring.convolve_prepared(&prepared, left, &Want::range(a..a + b))?;
                first.resize(a, ring.zero());
                second.resize(b, ring.zero());
                drop(prepared);
                self.descend(low, first, take)?;
                self.descend(high, second, take)
            }
        }
    }

    /// From any polynomial at a node to the remainders at its leaves, by divisions.
    fn divide(
        &self,
        node: usize,
        mut f: Vec<R::Element>,
        take: &mut impl FnMut(usize, Vec<R::Element>) -> Result<()>,
    ) -> Result<()> {
        let node = &self.nodes[node];
        f = self.divided(f, &node.product)?.1;
        match node.below {
            Below::Leaf(number) => take(number, f),
            Below::Nodes(low, high) => {
                self.divide(low, f.clone(), take)?;
                self.divide(high, f, take)
            }
        }
    }
}

#[cfg(test)]
mod tests;
