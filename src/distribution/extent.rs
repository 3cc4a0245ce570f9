//! How large a distribution is, known before it is computed: `offset + step*k` for `k` in `0..len`, weights
//! below a power of two.
//!
//! It stands apart because every operation asks it first: the lattice of a sum, of a multiple or of an n-fold
//! sum follows from the lattices of the operands alone, so what would be too large is refused before any work.
//!
//! # Invariants
//! `len >= 1`, `step >= 1`, `step == 1` when `len == 1`, the largest outcome fits an `i64`.

use crate::{Error, Result, limit};
use num_bigint::BigInt;
use num_integer::Integer;

/// What one weight occupies apart from its digits.
const BITS_PER_WEIGHT: u64 = 8 * size_of::<BigInt>() as u64;

/// The size of a distribution: its lattice of outcomes and the size of its weights.
///
/// # Examples
/// ```
/// use monic::distribution::Extent;
/// let many = Extent::uniform(1, 6)?.times(1_000_000_000)?;
/// assert_eq!(many.len(), 5_000_000_001);
/// assert!(many.check().is_err()); // and nothing was computed
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    offset: i64,
    step: i64,
    len: u64,
    /// An upper bound of log2 of the denominator.
    bits: f64,
}

impl Extent {
    /// The lattice `offset + step*k`, `k` in `0..len`, with a denominator of at most `2^bits`.
    pub(super) fn new(offset: i64, step: i64, len: u64, bits: f64) -> Result<Self> {
        debug_assert!(len >= 1 && step >= 1);
        let step = if len == 1 { 1 } else { step };
        let extent = Extent { offset, step, len, bits };
        extent.last().map(|_| extent)
    }

    /// The one outcome of a constant.
    pub fn constant(outcome: i64) -> Self {
        Extent { offset: outcome, step: 1, len: 1, bits: 0.0 }
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
        Self::new(low, 1, len, (len as f64).log2())
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
        Self::new(offset, step, len, self.bits + other.bits)
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
        Self::new(offset, self.step, len, self.bits * n as f64)
    }

    /// Every outcome multiplied by `factor`.
    ///
    /// # Errors
    /// Kind overflow when an outcome does not fit.
    pub fn scaled(&self, factor: i64) -> Result<Self> {
        if factor == 0 {
            return Ok(Self::constant(0));
        }
        let first = if factor < 0 { self.max() } else { self.offset };
        let offset = first.checked_mul(factor).ok_or_else(too_far)?;
        let step = if self.len == 1 {
            1
        } else {
            factor.checked_abs().and_then(|a| a.checked_mul(self.step)).ok_or_else(too_far)?
        };
        Self::new(offset, step, self.len, self.bits)
    }

    /// Every outcome moved by `distance`.
    ///
    /// # Errors
    /// Kind overflow when an outcome does not fit.
    pub fn shifted(&self, distance: i64) -> Result<Self> {
        Self::new(self.offset.checked_add(distance).ok_or_else(too_far)?, self.step, self.len, self.bits)
    }

    /// Refuses what is over [`limit::result_bits`], counting for each lattice point the digits of a weight and
    /// the place that holds it.
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
fn too_far() -> Error {
    Error::overflow("an outcome would be over the limit of 2^63 - 1")
}
