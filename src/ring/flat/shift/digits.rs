//! Taylor shifts in digits of 32 bits that are words: additions without carries, as many at a time as a vector has lanes.
//!
//! It stands apart because a chain of carries takes a cycle a limb and a vector of four digits no longer. Carries are taken once in many passes.
//!
//! # Method
//! An integer is `sum of d[j] * 2^(32 j)` with signed digits. With `|d| < 2^33` after carries, a pass multiplies the bound by `1 + |a|`; before it reaches
//! `2^62`, every digit but the last keeps its low half and hands the rest on. For `a < 0`, `f(x - b)` is `g(-x)` with `g = f(-x)` at `x + b`: rows change
//! their signs, and passes add.

use crate::{
    Result,
    convolution::{Vectorise, vectorised},
    integer::IntegerVec,
};
use num_bigint::{BigInt, Sign};

/// Coefficients from which passes over digits take less time than those over limbs.
pub(super) const MIN_LEN: usize = 16;

/// `|a|` is below.
pub(super) const MOST: u64 = 1 << 28;

/// Digits that are added at a time.
const LANES: usize = 8;

/// `f(x + a)`, for results of up to `width` limbs in two's complement.
///
/// # Errors
/// Kind limit when memory is refused.
pub(super) fn shift(f: &[BigInt], a: i64, width: usize) -> Result<Vec<BigInt>> {
    let places = 2 * width;
    let mut digits = vec![0i64; f.len() * places];
    let turned = |k: usize| a < 0 && k % 2 == 1;
    for (k, (row, c)) in digits.chunks_exact_mut(places).zip(f).enumerate() {
        let negative = (c.sign() == Sign::Minus) != turned(k);
        let sign = if negative { -1 } else { 1 };
        for (pair, limb) in row.chunks_exact_mut(2).zip(c.iter_u64_digits()) {
            (pair[0], pair[1]) = (sign * i64::from(limb as u32), sign * i64::from((limb >> 32) as u32));
        }
    }
    vectorised(Passes { digits: &mut digits, places, a: a.unsigned_abs() as i64 });
    let mut rows = IntegerVec::try_zeros(f.len(), width)?;
    for (k, (row, digits)) in
        rows.limbs_mut().chunks_exact_mut(width).zip(digits.chunks_exact(places)).enumerate()
    {
        let sign = if turned(k) { -1 } else { 1 };
        let mut carry = 0i128;
        for (limb, pair) in row.iter_mut().zip(digits.chunks_exact(2)) {
            let value = carry + i128::from(sign * pair[0]) + (i128::from(sign * pair[1]) << 32);
            *limb = value as u64;
            carry = value >> 64;
        }
    }
    Ok(rows.to_bigints())
}

/// All passes of a shift by `a > 0` over rows of so many digits.
struct Passes<'a> {
    digits: &'a mut [i64],
    places: usize,
    a: i64,
}

impl Vectorise for Passes<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Passes { digits, places, a } = self;
        let last = (digits.len() / places).saturating_sub(1);
        // (1 + a)^period <= 2^29
        let period = (29.0 / ((a + 1) as f64).log2()) as usize;
        for i in (0..last).rev() {
            let rows = &mut digits[i * places..];
            if a == 1 {
                pass(rows, places, |x, y| x.wrapping_add(y));
            } else {
                pass(rows, places, |x, y| x.wrapping_add(y.wrapping_mul(a)));
            }
            if (last - i).is_multiple_of(period) {
                rows.chunks_exact_mut(places).for_each(carry);
            }
        }
    }
}

/// `row[k] = step(row[k], row[k+1])` for all rows but the last. What is read has not been written yet, within a vector too.
#[inline(always)]
fn pass(rows: &mut [i64], places: usize, step: impl Fn(i64, i64) -> i64) {
    let len = rows.len() - places;
    let whole = len - len % LANES;
    for start in (0..whole).step_by(LANES) {
        let next: [i64; LANES] = *rows[start + places..].first_chunk().expect("rows of the matrix");
        let to: &mut [i64; LANES] = rows[start..].first_chunk_mut().expect("rows of the matrix");
        for (x, y) in to.iter_mut().zip(next) {
            *x = step(*x, y);
        }
    }
    for k in whole..len {
        rows[k] = step(rows[k], rows[k + places]);
    }
}

/// Takes all digits but the last to less than `2^33`.
#[inline(always)]
fn carry(row: &mut [i64]) {
    let mut above = 0;
    let last = row.len() - 1;
    for d in &mut row[..last] {
        (*d, above) = ((*d & 0xFFFF_FFFF) + above, *d >> 32);
    }
    row[last] = row[last].wrapping_add(above);
}
