//! Taylor shifts in digits of 32 bits that are words: additions without carries, as many at a time as a vector has lanes.
//!
//! It stands apart because a chain of carries takes a cycle a limb and a vector of four digits no longer. Carries are taken once in many passes, and several
//! passes go over the digits together.
//!
//! # Method
//! An integer is `sum of d[j] * 2^(32 j)` with signed digits. With `|d| < 2^33` after carries, a pass multiplies the bound by `1 + |a|`; before it reaches
//! `2^62`, every digit but the last keeps its low half and hands the rest on. For `a < 0`, `f(x - b)` is `g(-x)` with `g = f(-x)` at `x + b`: rows change
//! their signs, and passes add.

use crate::convolution::{Vectorise, vectorised};
use num_bigint::{BigInt, Sign};

/// Coefficients from which passes over digits take less time than those over limbs.
pub(super) const MIN_LEN: usize = 16;

/// Limbs of rows from which that is so for shifts by other numbers than 1 and -1, which multiply: by 5, of FLINT's time, in limbs and in digits, 1.28 and 1.66 at 32
/// coefficients of 3 limbs, 1.60 and 1.35 at 32 of 17 (`z-algebra` in benches/peers).
pub(super) const MIN_WIDTH: usize = 12;

/// `|a|` is below.
pub(super) const MOST: u64 = 1 << 28;

/// Digits that are added at a time.
const LANES: usize = 4;

/// `f(x + a)`, for results of up to `width` limbs in two's complement.
pub(super) fn shift(f: &[BigInt], a: i64, width: usize) -> Vec<BigInt> {
    let places = (2 * width).next_multiple_of(LANES);
    let mut digits = vec![0i64; f.len() * places];
    let turned = |k: usize| a < 0 && k % 2 == 1;
    for (k, (row, c)) in digits.chunks_exact_mut(places).zip(f).enumerate() {
        let negative = (c.sign() == Sign::Minus) != turned(k);
        let sign = if negative { -1 } else { 1 };
        for (pair, limb) in row.as_chunks_mut::<2>().0.iter_mut().zip(c.iter_u64_digits()) {
            *pair = [sign * i64::from(limb as u32), sign * i64::from((limb >> 32) as u32)];
        }
    }
    vectorised(Passes { digits: &mut digits, places, a: a.unsigned_abs() as i64 });
    let mut halves = vec![0; places];
    digits.chunks_exact(places).enumerate().map(|(k, row)| integer(row, turned(k), &mut halves)).collect()
}

/// The integer with these digits, or its negative where it is `turned`; as many halves of limbs are overwritten.
fn integer(row: &[i64], turned: bool, halves: &mut [u32]) -> BigInt {
    let mut carry = 0i64;
    for (half, &d) in halves.iter_mut().zip(row) {
        // Below 2^63 in absolute value.
        let value = d + carry;
        *half = value as u32;
        carry = value >> 32;
    }
    let negative = carry < 0;
    if negative {
        let mut carry = true;
        for half in &mut *halves {
            (*half, carry) = (!*half).overflowing_add(u32::from(carry));
        }
    }
    let len = halves.iter().rposition(|&half| half != 0).map_or(0, |last| last + 1);
    BigInt::from_slice(if negative != turned { Sign::Minus } else { Sign::Plus }, &halves[..len])
}

/// All passes of a shift by `a >= 0` over rows of so many digits.
struct Passes<'a> {
    digits: &'a mut [i64],
    places: usize,
    a: i64,
}

impl Vectorise for Passes<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        if self.a == 1 {
            self.all(|x, y| x.wrapping_add(y));
        } else {
            let a = self.a;
            self.all(|x, y| x.wrapping_add(y.wrapping_mul(a)));
        }
    }
}

impl Passes<'_> {
    #[inline(always)]
    fn all(self, step: impl Fn(i64, i64) -> i64 + Copy) {
        let Passes { digits, places, a } = self;
        // (1 + a)^period <= 2^29
        let period = (29.0 / ((a + 1) as f64).log2()) as usize;
        let mut first = (digits.len() / places).saturating_sub(1);
        let mut since = 0;
        while first > 0 {
            // As many as go together before carries have to be taken.
            let count = match first.min(period) {
                0..4 => 1,
                4..8 => 4,
                _ => 8,
            };
            if since + count > period {
                digits[first * places..].chunks_exact_mut(places).for_each(carry);
                since = 0;
            }
            let rows = &mut digits[(first - count) * places..];
            match count {
                1 => together::<1>(rows, places, step),
                4 => together::<4>(rows, places, step),
                _ => together::<8>(rows, places, step),
            }
            first -= count;
            since += count;
        }
    }
}

/// `T` passes `row[k] = step(row[k], row[k+1])`, each from one row further down: the last one from the first row on.
#[inline(always)]
fn together<const T: usize>(rows: &mut [i64], places: usize, step: impl Fn(i64, i64) -> i64 + Copy) {
    let count = rows.len() / places;
    for column in (0..places).step_by(LANES) {
        // What a pass finds in the row above.
        let mut above = [[0; LANES]; T];
        for k in (T - 1..count).rev() {
            let place = lanes(rows, k * places + column);
            *place = through(&mut above, *place, step);
        }
        // The first passes end before the last rows.
        for k in (0..T - 1).rev() {
            let place = lanes(rows, k * places + column);
            *place = through(&mut above[T - 1 - k..], *place, step);
        }
    }
}

#[inline(always)]
fn lanes(rows: &mut [i64], start: usize) -> &mut [i64; LANES] {
    rows[start..].first_chunk_mut().expect("whole lanes")
}

/// Digits after some passes, each of which keeps what it finds for the next row.
#[inline(always)]
fn through(
    above: &mut [[i64; LANES]],
    mut x: [i64; LANES],
    step: impl Fn(i64, i64) -> i64 + Copy,
) -> [i64; LANES] {
    for above in above {
        let mut y = x;
        for (y, &above) in y.iter_mut().zip(&*above) {
            *y = step(*y, above);
        }
        (*above, x) = (x, y);
    }
    x
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
