//! Rows of limbs: `acc += x * y`, negation, sign and magnitude. What every algorithm over integers shares.
//!
//! Limbs are least significant first. [`Magnitudes`] takes the signs out of a whole sequence in one pass.

use super::{
    integer_product::{self, mul_limbs},
    scratch::{self, Scratch},
};
use crate::{
    Result,
    integer::{
        IntegerSlice,
        limbs::{
            add_carry, add_mul, inverse_mod_word, is_negative, negate, row_bits, sub_borrow, sub_mul,
            trimmed, with_carries,
        },
    },
};

/// Products of rows this long leave the quadratic loop.
pub(super) const LARGE_ROW: usize = 20;

/// `acc += value`, at the lowest limb; what leaves the top is dropped.
#[inline]
pub(super) fn add_limb(acc: &mut [u64], value: u64) {
    let mut carry = value;
    for limb in acc {
        if carry == 0 {
            return;
        }
        let (sum, over) = limb.overflowing_add(carry);
        *limb = sum;
        carry = u64::from(over);
    }
}

/// `acc += x` modulo the size of `acc`.
#[inline]
pub(super) fn add_row(acc: &mut [u64], x: &[u64]) {
    let (low, high) = acc.split_at_mut(x.len().min(acc.len()));
    if with_carries(low, &x[..low.len()], add_carry) {
        add_limb(high, 1);
    }
}

/// `acc -= x` modulo the size of `acc`.
#[inline]
pub(super) fn sub_row(acc: &mut [u64], x: &[u64]) {
    let (low, high) = acc.split_at_mut(x.len().min(acc.len()));
    let mut borrow = with_carries(low, &x[..low.len()], sub_borrow);
    for limb in high {
        if !borrow {
            break;
        }
        (*limb, borrow) = limb.overflowing_sub(1);
    }
}

/// `acc += x * y` for two unsigned rows, modulo the size of `acc`.
pub(super) fn add_product(acc: &mut [u64], x: &[u64], y: &[u64]) {
    if x.len().min(y.len()) >= LARGE_ROW
        && let Ok(mut product) = scratch::take(x.len() + y.len())
    {
        mul_limbs(&mut product, x, y);
        add_row(acc, &product[..product.len().min(acc.len())]);
    } else {
        integer_product::add_product(acc, x, y);
    }
}

/// A sequence as signs and magnitudes, each with its number of significant limbs.
pub(super) struct Magnitudes {
    limbs: Scratch,
    width: usize,
    /// Of each, twice its number of limbs, and 1 more where it is below zero.
    signed_sizes: Scratch,
}

impl Magnitudes {
    /// # Errors
    /// Kind limit when memory is refused.
    pub(super) fn new(rows: IntegerSlice<'_>) -> Result<Self> {
        let width = rows.width();
        let mut limbs = scratch::take(rows.limbs().len())?;
        limbs.copy_from_slice(rows.limbs());
        let mut signed_sizes = scratch::take(rows.len())?;
        for (row, size) in limbs.chunks_exact_mut(width).zip(signed_sizes.iter_mut()) {
            let below = row[width - 1] >> 63 == 1;
            if below {
                negate(row);
            }
            *size = 2 * trimmed(row).len() as u64 + u64::from(below);
        }
        Ok(Magnitudes { limbs, width, signed_sizes })
    }

    /// The magnitude of coefficient `k`, without leading zero limbs: empty for zero.
    #[inline]
    pub(super) fn magnitude(&self, k: usize) -> &[u64] {
        &self.limbs[k * self.width..][..self.signed_sizes[k] as usize / 2]
    }

    #[inline]
    pub(super) fn is_negative(&self, k: usize) -> bool {
        self.signed_sizes[k] % 2 == 1
    }
}

/// What a plan has to know of a sequence.
#[derive(Clone, Copy)]
pub(super) struct Survey {
    /// The largest number of bits of an absolute value.
    pub(super) bits: u64,
    /// How many limbs of all magnitudes together are significant: sign limbs and zeros do not count.
    pub(super) limbs: u64,
    /// Whether one is below zero.
    pub(super) negative: bool,
}

impl Survey {
    /// One pass over the sequence.
    pub(super) fn new(rows: IntegerSlice<'_>) -> Self {
        if rows.width() == 1 {
            let (mut magnitudes, mut words, mut limbs) = (0, 0, 0);
            // No comparison: these are vectors everywhere.
            for &x in rows.limbs() {
                let sign = ((x as i64) >> 63) as u64;
                magnitudes |= (x ^ sign).wrapping_sub(sign);
                words |= x;
                limbs += (x | x.wrapping_neg()) >> 63;
            }
            return Survey {
                bits: u64::from(64 - magnitudes.leading_zeros()),
                limbs,
                negative: words >> 63 == 1,
            };
        }
        let mut survey = Survey { bits: 0, limbs: 0, negative: false };
        for row in rows.rows() {
            let bits = row_bits(row);
            survey.bits = survey.bits.max(bits);
            survey.limbs += bits.div_ceil(64);
            survey.negative |= is_negative(row);
        }
        survey
    }
}

/// A row in another width, two's complement; a narrower one keeps the low limbs.
pub(crate) fn sign_extend(row: &[u64], out: &mut [u64]) {
    let sign = ((row[row.len() - 1] as i64) >> 63) as u64;
    let common = row.len().min(out.len());
    out[..common].copy_from_slice(&row[..common]);
    out[common..].fill(sign);
}

/// `sum += row * factor` for a row in two's complement, modulo the size of the sum, which is longer.
#[inline]
pub(super) fn add_signed_product(sum: &mut [u64], row: &[u64], factor: i64) {
    let magnitude = factor.unsigned_abs();
    let (low, high) = sum.split_at_mut(row.len());
    // As a natural number a negative row is 2^(64 len) too large.
    let excess = if row.last().is_some_and(|&top| top >> 63 == 1) { magnitude } else { 0 };
    if factor >= 0 {
        let carry = add_mul(low, row, magnitude);
        add_limb(high, carry);
        sub_row(high, &[excess]);
    } else {
        let borrow = sub_mul(low, row, magnitude);
        sub_row(high, &[borrow]);
        add_limb(high, excess);
    }
}

/// `row /= d` for a row in two's complement that `d` divides.
pub(super) fn divide_exact(row: &mut [u64], d: i64) {
    let twos = d.trailing_zeros();
    let odd = d.unsigned_abs() >> twos;
    let inverse = inverse_mod_word(odd);
    let top = row.last().map_or(0, |&top| ((top as i64) >> 63) as u64);
    let (mut carry, mut borrow) = (0u64, false);
    for k in 0..row.len() {
        let next = row.get(k + 1).copied().unwrap_or(top);
        let limb = if twos == 0 { row[k] } else { row[k] >> twos | next << (64 - twos) };
        // The quotient so far times the divisor has been taken away below; its high part is due here.
        let (rest, below) = sub_borrow(limb, carry, borrow);
        let quotient = rest.wrapping_mul(inverse);
        carry = ((u128::from(quotient) * u128::from(odd)) >> 64) as u64;
        borrow = below;
        row[k] = quotient;
    }
    if d < 0 {
        negate(row);
    }
}

/// The least number of limbs that hold a two's complement row, 1 at least.
#[inline]
pub(super) fn signed_size(row: &[u64]) -> usize {
    let sign = ((row[row.len() - 1] as i64) >> 63) as u64;
    let mut size = row.len();
    while size > 1 && row[size - 1] == sign && (row[size - 2] ^ sign) >> 63 == 0 {
        size -= 1;
    }
    size
}
