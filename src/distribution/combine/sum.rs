//! Sums of many independent variables: one product of all weight polynomials, in rows of limbs from the first to the last.
//!
//! It stands apart because it is where large sums spend their time. Equal distributions, wherever they start, are one power;
//! those on lattices of equal steps are multiplied first, so that none is spread before it has to be; and factors are
//! paired by halves of the whole size (as [`products`](crate::ring::generic::products) does it), so that the last and largest products have
//! operands of equal size. No integer of its own is made before the result, and a product goes into the memory of operands that are
//! done: the first touch of fresh memory would be a quarter of the time.

use super::super::{Distribution, Extent, weights::Weights};
use crate::convolution::{Want, integer_product, integers_into, integers_power};
use crate::integer::IntegerVec;
use crate::poly::Poly;
use crate::ring::{Ring, ZZ};
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
        let mut known = HashMap::<(i64, usize, &[BigInt]), usize>::new();
        for term in terms {
            // A single point only moves the others.
            if term.weights.len() == 1 && term.denominator.is_one() {
                continue;
            }
            let (len, weights) = term.weights.key();
            let group = *known.entry((term.step, len, weights)).or_insert(groups.len());
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
        let palindromes = groups.iter().all(|(term, _)| term.weights.is_palindrome());
        let mut tree = Tree { done: 0.0, total: whole.work(), free: Vec::new() };
        let mut factors = Vec::with_capacity(groups.len());
        let mut denominators = Vec::with_capacity(groups.len());
        for (term, count) in groups {
            let rows = IntegerVec::try_from_bigints(term.weights.polynomial().coefficients())?;
            let mut rows =
                if count == 1 { rows } else { integers_power(rows.as_slice(), count, &Want::full())? };
            rows.shrink();
            factors.push(Factor { step: term.step, rows });
            denominators.push(ZZ.pow(&term.denominator, count));
        }
        crate::sorting::by_key(&mut factors, |factor| (factor.step, factor.size()));
        // The last product of all is cut in half where its other half is the same.
        let one_step = factors.windows(2).all(|pair| pair[0].step == pair[1].step);
        let mut parts = Vec::new();
        for equal in factors.chunk_by_mut(|a, b| a.step == b.step) {
            let mut blocks = Vec::new();
            tree.small(equal, &mut blocks)?;
            parts.push(tree.product(&mut blocks, palindromes && one_step)?);
        }
        let sum = tree.product(&mut parts, palindromes)?;
        let weights = if palindromes {
            let len = whole.len() as usize;
            Weights::palindrome(sum.rows.as_slice().range(0..len.div_ceil(2)).to_bigints(), len)
        } else {
            Poly::from_vec(ZZ, sum.rows.to_bigints()).into()
        };
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

/// Words of a product that is small.
const SMALL_WORDS: usize = 1 << 16;

/// Words of the smallest memory that is kept for other products.
const KEPT_WORDS: usize = 1 << 14;

/// Multiplies by halves, and tells how far it is.
struct Tree {
    /// Word operations, by the estimate of [`Extent`].
    done: f64,
    total: f64,
    /// Memory of operands that are done.
    free: Vec<Vec<u64>>,
}

impl Tree {
    /// The products of neighbours that are small, in order. They are done before all large ones: between two of these, the engine would give
    /// the memory of its transforms away.
    fn small(&mut self, factors: &mut [Factor], out: &mut Vec<Factor>) -> Result<()> {
        let len: usize = factors.iter().map(|factor| factor.rows.len()).sum();
        let width: usize = factors.iter().map(|factor| factor.rows.width()).sum();
        if factors.len() == 1 || len.saturating_mul(width) <= SMALL_WORDS {
            out.push(self.product(factors, false)?);
            return Ok(());
        }
        let (low, high) = factors.split_at_mut(middle(factors));
        self.small(low, out)?;
        self.small(high, out)
    }

    /// The product of all factors, or the first half of it; 1 for none. They are taken. A single factor is not cut.
    fn product(&mut self, factors: &mut [Factor], half: bool) -> Result<Factor> {
        match factors {
            [] => Ok(Factor { step: 1, rows: IntegerVec::from_i64s(&[1]) }),
            [factor] => Ok(std::mem::take(factor)),
            _ => {
                let (low, high) = factors.split_at_mut(middle(factors));
                let (low, high) = (self.product(low, false)?, self.product(high, false)?);
                let product = self.times(low, high, half)?;
                let words = product.size() as f64;
                self.done = (self.done + words * (2.0 * words.log2() + 10.0)).min(self.total);
                progress::report("adding distributions", self.done as u64, self.total as u64)?;
                Ok(product)
            }
        }
    }

    fn times(&mut self, a: Factor, b: Factor, half: bool) -> Result<Factor> {
        let step = match (a.rows.len(), b.rows.len()) {
            (1, _) => b.step,
            (_, 1) => a.step,
            _ => a.step.gcd(&b.step),
        };
        let (a, b) = (a.spread(step)?, b.spread(step)?);
        let len = a.len() + b.len() - 1;
        let want = if half { Want::low(len.div_ceil(2)) } else { Want::full() };
        let words = want.window(a.len(), b.len()).len() * (a.width() + b.width());
        let mut rows = IntegerVec::from_limbs(self.memory(words), 1);
        integers_into(a.as_slice(), b.as_slice(), &want, &mut rows)?;
        let done = [a, b].map(IntegerVec::into_limbs);
        self.free.extend(done.into_iter().filter(|piece| piece.capacity() >= KEPT_WORDS));
        rows.shrink();
        Ok(Factor { step, rows })
    }

    /// The smallest piece that holds so many words; fresh memory, once there is some, where none does.
    fn memory(&mut self, words: usize) -> Vec<u64> {
        let fitting = self.free.iter().enumerate().filter(|(_, piece)| piece.capacity() >= words);
        match fitting.min_by_key(|(_, piece)| piece.capacity()) {
            Some((k, _)) => self.free.swap_remove(k),
            None => Vec::new(),
        }
    }
}

/// Where to cut at least two factors, so that both sides are about as large.
fn middle(factors: &[Factor]) -> usize {
    let half = factors.iter().map(Factor::size).sum::<usize>() / 2;
    let mut size = 0;
    let below = factors.iter().take_while(|factor| {
        size += factor.size();
        size <= half
    });
    below.count().clamp(1, factors.len() - 1)
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
