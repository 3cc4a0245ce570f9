//! How large a distribution is, and how much work it is, known before it is computed: `offset + step*k` for `k` in
//! `0..len`, weights below a power of two.
//!
//! It stands apart because every operation asks it first: the lattice of a sum, of a multiple or of an n-fold
//! sum follows from the lattices of the operands alone, so what would be too large is refused before any work.
//!
//! # Work
//! Counted in operations on words, to within a small factor: a product of weight polynomials takes about
//! `2*log2(N) + 10` of them a word of the result, `N` words in all, or as many as the shorter operand has words, where
//! that is less; a power is a product that also has a recurrence, with an operation a word and term of its base.
//!
//! # Invariants
//! `len >= 1`, `step >= 1`, `step == 1` when `len == 1`, the largest outcome fits an `i64`.

use crate::{Error, Result, limit};
use num_bigint::BigInt;
use num_integer::Integer;

/// What one weight occupies apart from its digits.
pub(super) const BITS_PER_WEIGHT: u64 = 8 * size_of::<BigInt>() as u64;

/// The size of a distribution, its lattice of outcomes and the size of its weights, with the work on the way to it.
///
/// Extents follow the operations of distributions (`plus`, `times`, ...) without doing them, so they are the cost estimate of
/// whatever those would compute; [`check`](Self::check) holds it against the budget of [`limit`](crate::limit). Two extents
/// are equal when they describe the same lattice and size, whatever the work.
///
/// # Examples
/// ```
/// use monic::distribution::Extent;
/// let many = Extent::uniform(1, 6)?.times(1_000_000_000)?;
/// assert_eq!(many.len(), 5_000_000_001);
/// assert!(many.check().is_err()); // and nothing was computed
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    offset: i64,
    step: i64,
    len: u64,
    /// An upper bound of log2 of the denominator.
    bits: f64,
    /// Word operations.
    work: f64,
}

impl PartialEq for Extent {
    fn eq(&self, other: &Self) -> bool {
        (self.offset, self.step, self.len, self.bits) == (other.offset, other.step, other.len, other.bits)
    }
}

impl Extent {
    /// The lattice `offset + step*k`, `k` in `0..len`, with a denominator of at most `2^bits`.
    pub(super) fn new(offset: i64, step: i64, len: u64, bits: f64) -> Result<Self> {
        debug_assert!(len >= 1 && step >= 1);
        let step = if len == 1 { 1 } else { step };
        let extent = Extent { offset, step, len, bits, work: 0.0 };
        extent.last().map(|_| extent)
    }

    /// The one outcome of a constant.
    pub fn constant(outcome: i64) -> Self {
        Extent { offset: outcome, step: 1, len: 1, bits: 0.0, work: 0.0 }
    }

    /// All integers from `low` to `high`, equally likely.
    ///
    /// # Errors
    /// Kind undefined when there is none.
    pub fn uniform(low: i64, high: i64) -> Result<Self> {
        let len = high as i128 - low as i128 + 1;
        if len < 1 {
            return Err(Error::undefined(format!("no outcome lies in {low}..={high}")));
        }
        let len = u64::try_from(len).map_err(|_| too_far())?;
        let extent = Self::new(low, 1, len, (len as f64).log2())?;
        Ok(extent.with_work(extent.writing()))
    }

    /// The smallest outcome.
    pub fn min(&self) -> i64 {
        self.offset
    }

    /// The largest outcome.
    pub fn max(&self) -> i64 {
        self.last().expect("an extent is only built when its last outcome fits")
    }

    /// The distance of neighbours on the lattice.
    pub fn step(&self) -> i64 {
        self.step
    }

    /// The number of lattice points from the smallest to the largest outcome.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Never: a distribution has an outcome.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// An upper bound of the number of bits of a weight.
    pub fn weight_bits(&self) -> u64 {
        // `as` saturates; one more covers the rounding of the logarithms.
        (self.bits as u64).saturating_add(1)
    }

    /// About how many operations on words it takes to compute it; nothing for a distribution that is there.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::{Distribution, Extent};
    /// let thousand = Extent::uniform(1, 6)?.times(1000)?;
    /// assert!((1e5..1e7).contains(&thousand.work()));
    /// assert_eq!(Distribution::die(6).times(1000).extent().work(), 0.0);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn work(&self) -> f64 {
        self.work
    }

    /// The same size, with more word operations on the way to it.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Extent;
    /// let far = Extent::uniform(0, 1)?.with_work(1e18);
    /// assert!(far.check().is_err());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn with_work(self, operations: f64) -> Self {
        Extent { work: self.work + operations, ..self }
    }

    /// Words of all weights together, were each as long as the denominator.
    pub(super) fn words(&self) -> f64 {
        self.len as f64 * (self.bits / 64.0 + 1.0)
    }

    /// Bits that it takes: for each lattice point the digits of a weight and the place that holds it.
    pub(super) fn stored_bits(&self) -> u64 {
        self.len.saturating_mul(self.weight_bits().saturating_add(BITS_PER_WEIGHT))
    }

    /// Operations of writing it down.
    pub(super) fn writing(&self) -> f64 {
        self.stored_bits() as f64 / 64.0
    }

    /// Operations of collecting its outcomes in their order.
    pub(super) fn sorting(&self) -> f64 {
        self.writing() + 2.0 * self.len as f64 * (self.len as f64).log2()
    }

    /// Operations of one product of weight polynomials with this as the result.
    pub(super) fn product_work(&self) -> f64 {
        let words = self.words();
        words * (2.0 * words.log2() + 10.0)
    }

    /// An upper bound of the binary logarithm of the denominator.
    pub(super) fn log2_denominator(&self) -> f64 {
        self.bits
    }

    /// The sum of two independent variables.
    ///
    /// # Errors
    /// Kind overflow when an outcome does not fit.
    pub fn plus(&self, other: &Self) -> Result<Self> {
        let step = match (self.len, other.len) {
            (1, _) => other.step,
            (_, 1) => self.step,
            _ => self.step.gcd(&other.step),
        };
        let points = |e: &Self| i128::from(e.len - 1) * i128::from(e.step) / i128::from(step);
        let len = u64::try_from(points(self) + points(other) + 1).map_err(|_| too_far())?;
        let offset = self.offset.checked_add(other.offset).ok_or_else(too_far)?;
        let sum = Self::new(offset, step, len, self.bits + other.bits)?;
        let pairs = self.words() * other.words();
        Ok(sum.with_work(self.work + other.work + sum.product_work().min(pairs)))
    }

    /// The sum of many independent variables, as a tree of products.
    ///
    /// # Errors
    /// Kind overflow when an outcome does not fit.
    pub fn sum(terms: impl IntoIterator<Item = Self>) -> Result<Self> {
        let mut parts = 0;
        let sum = Self::lattice(terms.into_iter().inspect(|_| parts += 1))?;
        Ok(sum.with_tree(parts))
    }

    /// The sum of many independent variables without the work of adding them.
    pub(super) fn lattice(terms: impl IntoIterator<Item = Self>) -> Result<Self> {
        terms.into_iter().try_fold(Self::constant(0), |sum, term| {
            let work = sum.work + term.work;
            Ok(Extent { work, ..sum.plus(&term)? })
        })
    }

    /// With the work of so many parts that are multiplied in pairs: each level of the tree is as large as the whole.
    pub(super) fn with_tree(self, parts: usize) -> Self {
        let levels = parts.max(1).next_power_of_two().ilog2();
        self.with_work(f64::from(levels) * self.product_work())
    }

    /// The sum of `n` independent copies.
    ///
    /// # Errors
    /// Kind overflow when an outcome does not fit.
    pub fn times(&self, n: u64) -> Result<Self> {
        let len = (self.len - 1).checked_mul(n).and_then(|l| l.checked_add(1)).ok_or_else(too_far)?;
        let offset = i128::from(self.offset)
            .checked_mul(i128::from(n))
            .and_then(|o| i64::try_from(o).ok())
            .ok_or_else(too_far)?;
        let sum = Self::new(offset, self.step, len, self.bits * n as f64)?;
        let recurrence = sum.words() * self.words();
        Ok(sum.with_work(self.work + sum.product_work().min(recurrence)))
    }

    /// Every outcome multiplied by `factor`.
    ///
    /// # Errors
    /// Kind overflow when an outcome does not fit.
    pub fn scaled(&self, factor: i64) -> Result<Self> {
        if factor == 0 {
            // What is multiplied by 0 is computed all the same.
            return Ok(Self::constant(0).with_work(self.work));
        }
        let (first, last) = if factor < 0 { (self.max(), self.offset) } else { (self.offset, self.max()) };
        let offset = first.checked_mul(factor).ok_or_else(too_far)?;
        last.checked_mul(factor).ok_or_else(too_far)?;
        let step = if self.len == 1 {
            1
        } else {
            factor.checked_abs().and_then(|a| a.checked_mul(self.step)).ok_or_else(too_far)?
        };
        Ok(Extent { offset, step, ..*self })
    }

    /// Every outcome moved by `distance`.
    ///
    /// # Errors
    /// Kind overflow when an outcome does not fit.
    pub fn shifted(&self, distance: i64) -> Result<Self> {
        let offset = self.offset.checked_add(distance).ok_or_else(too_far)?;
        self.max().checked_add(distance).ok_or_else(too_far)?;
        Ok(Extent { offset, ..*self })
    }

    /// Refuses what is over [`limit::result_bits`], counting for each lattice point the digits of a weight and
    /// the place that holds it, and what takes more than [`limit::work`].
    ///
    /// # Errors
    /// Kind limit, with the numbers.
    pub fn check(&self) -> Result<()> {
        let bits = self.weight_bits();
        limit::check(self.len, bits.saturating_add(BITS_PER_WEIGHT)).map_err(|_| {
            Error::limit(format!(
                "the distribution would have {} outcomes with weights of up to {bits} bits, over the limit of {} bits in all",
                self.len,
                limit::result_bits()
            ))
        })?;
        limit::check_work(self.work)
    }

    /// Refuses what is made by long products where their operands are over the limit together with the result: as long as that again.
    pub(super) fn check_operands(&self) -> Result<()> {
        let bits = self.weight_bits();
        limit::check(self.len, bits.saturating_mul(2)).map_err(|_| {
            Error::limit(format!(
                "the distribution would have {} outcomes with weights of up to {bits} bits, and what they are made of as many, over the limit \
                 of {} bits in all",
                self.len,
                limit::result_bits()
            ))
        })
    }

    /// The largest outcome, if it fits.
    fn last(&self) -> Result<i64> {
        i128::from(self.len - 1)
            .checked_mul(i128::from(self.step))
            .and_then(|span| span.checked_add(i128::from(self.offset)))
            .and_then(|last| i64::try_from(last).ok())
            .ok_or_else(too_far)
    }
}

#[cold]
pub(super) fn too_far() -> Error {
    Error::overflow("an outcome would be over the limit of 2^63 - 1")
}
