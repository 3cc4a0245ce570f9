//! Sums of many independent variables: one product of all weight polynomials, in rows of limbs from the first to the last.
//!
//! It stands apart because it is where large sums spend their time. Equal distributions, wherever they start, are one power;
//! those on lattices of equal steps are multiplied first, so that none is spread before it has to be; and factors are
//! paired by halves of the whole size (as [`products`](crate::ring::generic::products) does it), so that the last and largest products have
//! operands of equal size. No integer of its own is made before the result.

use super::super::{Distribution, Extent};
use crate::convolution::{Want, integer_product, integers, integers_power};
use crate::integer::IntegerVec;
use crate::poly::Poly;
use crate::ring::{Integers, Ring, ZZ};
use crate::{Result, progress};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::One;
use std::collections::HashMap;

impl Distribution {
    /// The sum of many independent variables; 0 for none.
    ///
    /// # Errors
    /// Kind limit or overflow for a result that is too large, before any work.
    ///
    /// # Complexity
    /// A tree of products of integer polynomials, each level of which is about as large as the result.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let pool = [4, 6, 8, 6].map(Distribution::die);
    /// assert_eq!(Distribution::try_sum(&pool)?.max(), 24);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_sum<'a>(terms: impl IntoIterator<Item = &'a Self>) -> Result<Self> {
        let terms: Vec<_> = terms.into_iter().collect();
        let whole = Extent::lattice(terms.iter().map(|term| term.extent()))?;
        let mut groups = Vec::<(&Self, u64)>::new();
        let mut known = HashMap::<(i64, &Poly<Integers>), usize>::new();
        for term in terms {
            // A single point only moves the others.
            if term.weights.len() == 1 && term.denominator.is_one() {
                continue;
            }
            let group = *known.entry((term.step, &term.weights)).or_insert(groups.len());
            match groups.get_mut(group) {
                Some((_, count)) => *count += 1,
                None => groups.push((term, 1)),
            }
        }
        let whole = whole.with_tree(2 * groups.len()); // a level more for the powers
        whole.check()?;
        if let [(term, count)] = groups[..] {
            let weights = term.weights.try_pow(count)?;
            return Ok(Self::with_extent(&whole, weights, ZZ.pow(&term.denominator, count)));
        }
        let mut tree = Tree { done: 0.0, total: whole.work() };
        let mut factors = Vec::with_capacity(groups.len());
        let mut denominators = Vec::with_capacity(groups.len());
        for (term, count) in groups {
            let rows = IntegerVec::try_from_bigints(term.weights.coefficients())?;
            let rows = if count == 1 { rows } else { integers_power(rows.as_slice(), count, &Want::full())? };
            factors.push(Factor { step: term.step, rows: narrowed(rows) });
            denominators.push(ZZ.pow(&term.denominator, count));
        }
        factors.sort_by_key(|factor| (factor.step, factor.size()));
        let mut parts = Vec::new();
        for equal in factors.chunk_by_mut(|a, b| a.step == b.step) {
            parts.push(tree.product(equal)?);
        }
        let sum = tree.product(&mut parts)?;
        let weights = Poly::from_vec(ZZ, sum.rows.to_bigints());
        Ok(Self::with_extent(&whole, weights, product_of(&denominators)))
    }
}

/// A factor of the product: weights on a lattice that starts at 0.
#[derive(Default)]
struct Factor {
    step: i64,
    rows: IntegerVec,
}

impl Factor {
    fn size(&self) -> usize {
        self.rows.limbs().len()
    }

    fn times(self, other: Self) -> Result<Self> {
        let step = match (self.rows.len(), other.rows.len()) {
            (1, _) => other.step,
            (_, 1) => self.step,
            _ => self.step.gcd(&other.step),
        };
        let (a, b) = (self.spread(step)?, other.spread(step)?);
        Ok(Factor { step, rows: narrowed(integers(a.as_slice(), b.as_slice(), &Want::full())?) })
    }

    /// The weights on a lattice with a step that divides this one's.
    fn spread(self, step: i64) -> Result<IntegerVec> {
        let (factor, width) = ((self.step / step) as usize, self.rows.width());
        if factor == 1 || self.rows.len() == 1 {
            return Ok(self.rows);
        }
        let mut spread = IntegerVec::try_zeros((self.rows.len() - 1) * factor + 1, width)?;
        for (row, place) in self.rows.rows().zip(spread.limbs_mut().chunks_mut(factor * width)) {
            place[..width].copy_from_slice(row);
        }
        Ok(spread)
    }
}

/// Multiplies by halves, and tells how far it is.
struct Tree {
    /// Word operations, by the estimate of [`Extent`].
    done: f64,
    total: f64,
}

impl Tree {
    /// The product of all factors; 1 for none. They are taken.
    fn product(&mut self, factors: &mut [Factor]) -> Result<Factor> {
        match factors {
            [] => Ok(Factor { step: 1, rows: IntegerVec::from_i64s(&[1]) }),
            [factor] => Ok(std::mem::take(factor)),
            _ => {
                let half = factors.iter().map(Factor::size).sum::<usize>() / 2;
                let mut size = 0;
                let below = factors.iter().take_while(|factor| {
                    size += factor.size();
                    size <= half
                });
                let cut = below.count().clamp(1, factors.len() - 1);
                let (low, high) = factors.split_at_mut(cut);
                let (low, high) = (self.product(low)?, self.product(high)?);
                let product = low.times(high)?;
                let words = product.size() as f64;
                self.done = (self.done + words * (2.0 * words.log2() + 10.0)).min(self.total);
                progress::report("adding distributions", self.done as u64, self.total as u64)?;
                Ok(product)
            }
        }
    }
}

/// The same rows, no wider than their largest needs.
fn narrowed(mut rows: IntegerVec) -> IntegerVec {
    rows.shrink();
    rows
}

/// The product of integers, by halves.
fn product_of(factors: &[BigInt]) -> BigInt {
    match factors {
        [] => BigInt::one(),
        [factor] => factor.clone(),
        _ => {
            let (low, high) = factors.split_at(factors.len() / 2);
            integer_product(&product_of(low), &product_of(high))
        }
    }
}
