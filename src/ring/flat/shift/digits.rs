//! Taylor shifts in digits of 32 bits that are words or doubles: additions without carries, as many at a time as a vector has lanes.
//!
//! It stands apart because a chain of carries takes a cycle a limb and a vector of four digits no longer. Carries are taken once in many passes, and several
//! passes go over the digits together.
//!
//! # Method
//! An integer is `sum of d[j] * 2^(32 j)` with signed digits. A pass multiplies their bound by `1 + |a|`; before it reaches what a digit holds, every digit but the
//! last keeps a remainder modulo `2^32` and hands the rest on. Where a pass adds or subtracts, digits are words: below `2^33` after carries, and below `2^62` at most. Where it
//! multiplies they are doubles, because vectors have no product of words: at most `2^32` at first, `2^31 + 2^21` after carries, and `2^53` at most, so that all sums and
//! products are exact.

use crate::convolution::{ROUND, Vectorise, vectorised};

/// Coefficients from which passes over digits may take less time than those over limbs.
const MIN_LEN: usize = 12;

/// Limbs of all rows from which they do, by 1 and -1, and by other numbers, which multiply: kernels alone, digits over limbs, by 1 at 16 rows of 4, 6, 8, 17 limbs 1.1, .99, .70, .53, at 32 of
/// 2, 4, 17 .86, .87, .38; by 5 at 32 of 6, 8, 12, 17 1.05, 1.01, .51, .51, at 64 of 3, 4, 6 1.12, .86, .69.
const MIN_LIMBS: [usize; 2] = [96, 240];

/// `|a|` is below, so that there is room for a pass at least.
const MOST: u64 = 1 << 17;

/// Digits that are added at a time.
const LANES: usize = 4;

/// Whether so many rows of `width` limbs are to be shifted here.
pub(super) fn pays(len: usize, width: usize, a: i64) -> bool {
    let least = MIN_LIMBS[usize::from(a.unsigned_abs() != 1)];
    len >= MIN_LEN && len * width >= least && a.unsigned_abs() < MOST
}

/// `f(x + a)` for rows of `width` limbs in two's complement, which hold the result.
pub(super) fn shift(rows: &mut [u64], width: usize, a: i64) {
    match a {
        1 => vectorised(Shift { rows, width, step: Sum }),
        -1 => vectorised(Shift { rows, width, step: Difference }),
        _ => vectorised(Shift { rows, width, step: Multiple(a as f64) }),
    }
}

/// What a pass does to two digits.
trait Step: Copy {
    type Digit: Copy + Default;
    /// Bits that the bound after carries may grow by.
    const ROOM: f64;
    /// Whether carries have to be taken before digits are read.
    const CARRIED: bool;

    /// By what a bound grows in a pass.
    fn growth(self) -> f64;
    fn digit(half: u32) -> Self::Digit;
    fn top(half: i32) -> Self::Digit;
    fn word(digit: Self::Digit) -> i64;
    fn step(self, x: Self::Digit, y: Self::Digit) -> Self::Digit;
    /// What a digit keeps and what it hands on.
    fn carry(digit: Self::Digit) -> (Self::Digit, Self::Digit);
    fn add(x: Self::Digit, y: Self::Digit) -> Self::Digit;
}

/// `x + y`
#[derive(Clone, Copy)]
struct Sum;

/// `x - y`
#[derive(Clone, Copy)]
struct Difference;

/// `x + a*y`
#[derive(Clone, Copy)]
struct Multiple(f64);

macro_rules! of_words {
    ($name:ident, $step:ident) => {
        impl Step for $name {
            type Digit = i64;
            const ROOM: f64 = 29.0;
            const CARRIED: bool = false;

            #[inline(always)]
            fn growth(self) -> f64 {
                2.0
            }
            #[inline(always)]
            fn digit(half: u32) -> i64 {
                half.into()
            }
            #[inline(always)]
            fn top(half: i32) -> i64 {
                half.into()
            }
            #[inline(always)]
            fn word(digit: i64) -> i64 {
                digit
            }
            #[inline(always)]
            fn step(self, x: i64, y: i64) -> i64 {
                x.$step(y)
            }
            #[inline(always)]
            fn carry(digit: i64) -> (i64, i64) {
                (digit & 0xFFFF_FFFF, digit >> 32)
            }
            #[inline(always)]
            fn add(x: i64, y: i64) -> i64 {
                x.wrapping_add(y)
            }
        }
    };
}

of_words!(Sum, wrapping_add);
of_words!(Difference, wrapping_sub);

impl Step for Multiple {
    type Digit = f64;
    const ROOM: f64 = 20.9;
    const CARRIED: bool = true;

    #[inline(always)]
    fn growth(self) -> f64 {
        self.0.abs() + 1.0
    }
    #[inline(always)]
    fn digit(half: u32) -> f64 {
        half.into()
    }
    #[inline(always)]
    fn top(half: i32) -> f64 {
        half.into()
    }
    #[inline(always)]
    fn word(digit: f64) -> i64 {
        ((digit + ROUND).to_bits() as i64).wrapping_sub(ROUND.to_bits() as i64)
    }
    #[inline(always)]
    fn step(self, x: f64, y: f64) -> f64 {
        x + self.0 * y
    }
    #[inline(always)]
    fn carry(digit: f64) -> (f64, f64) {
        const SIZE: f64 = (1u64 << 32) as f64;
        let above = (digit * (1.0 / SIZE) + ROUND) - ROUND;
        (digit - above * SIZE, above)
    }
    #[inline(always)]
    fn add(x: f64, y: f64) -> f64 {
        x + y
    }
}

/// A shift of rows of so many limbs.
struct Shift<'a, S> {
    rows: &'a mut [u64],
    width: usize,
    step: S,
}

impl<S: Step> Vectorise for Shift<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Shift { rows, width, step } = self;
        let places = (2 * width).next_multiple_of(LANES);
        let mut digits = vec![S::Digit::default(); rows.len() / width * places];
        for (digits, row) in digits.chunks_exact_mut(places).zip(rows.chunks_exact(width)) {
            for (pair, &limb) in digits.as_chunks_mut::<2>().0.iter_mut().zip(row) {
                *pair = [S::digit(limb as u32), S::digit((limb >> 32) as u32)];
            }
            digits[2 * width - 1] = S::top((row[width - 1] >> 32) as i32);
        }
        passes(&mut digits, places, step);
        let mut words = vec![0; places];
        for (digits, row) in digits.chunks_exact_mut(places).zip(rows.chunks_exact_mut(width)) {
            let pairs = digits.as_chunks::<2>().0.iter();
            if !S::CARRIED {
                joined(pairs.map(|pair| [S::word(pair[0]), S::word(pair[1])]), row);
                continue;
            }
            carry::<S>(digits);
            for (word, &digit) in words.iter_mut().zip(&*digits) {
                *word = S::word(digit);
            }
            joined(words.as_chunks::<2>().0.iter().copied(), row);
        }
    }
}

/// Writes a row with digits in pairs, which are below `2^62` in absolute value.
#[inline(always)]
fn joined(pairs: impl Iterator<Item = [i64; 2]>, row: &mut [u64]) {
    let mut carry = 0;
    for ([low, high], limb) in pairs.zip(row) {
        let low = low + carry;
        let high = high + (low >> 32);
        *limb = u64::from(low as u32) | (high as u64) << 32;
        carry = high >> 32;
    }
}

/// All passes over rows of so many digits.
#[inline(always)]
fn passes<S: Step>(digits: &mut [S::Digit], places: usize, step: S) {
    let period = (S::ROOM / step.growth().log2()) as usize;
    let mut first = (digits.len() / places).saturating_sub(1);
    let mut since = 0;
    while first > 0 {
        // As many as go together before carries have to be taken.
        let count = match first.min(period) {
            8.. => 8,
            6.. => 6,
            4.. => 4,
            2.. => 2,
            _ => 1,
        };
        if since + count > period {
            digits[first * places..].chunks_exact_mut(places).for_each(carry::<S>);
            since = 0;
        }
        let rows = &mut digits[(first - count) * places..];
        match count {
            8 => together::<S, 8>(rows, places, step),
            6 => together::<S, 6>(rows, places, step),
            4 => together::<S, 4>(rows, places, step),
            2 => together::<S, 2>(rows, places, step),
            _ => together::<S, 1>(rows, places, step),
        }
        first -= count;
        since += count;
    }
}

/// `T` passes `row[k] = step(row[k], row[k+1])`, each from one row further down: the last one from the first row on.
#[inline(always)]
fn together<S: Step, const T: usize>(rows: &mut [S::Digit], places: usize, step: S) {
    let count = rows.len() / places;
    for column in (0..places).step_by(LANES) {
        // What a pass finds in the row above.
        let mut above = [[S::Digit::default(); LANES]; T];
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
fn lanes<D>(rows: &mut [D], start: usize) -> &mut [D; LANES] {
    rows[start..].first_chunk_mut().expect("whole lanes")
}

/// Digits after some passes, each of which keeps what it finds for the next row.
#[inline(always)]
fn through<S: Step>(above: &mut [[S::Digit; LANES]], mut x: [S::Digit; LANES], step: S) -> [S::Digit; LANES] {
    for above in above {
        let mut y = x;
        for (y, &above) in y.iter_mut().zip(&*above) {
            *y = step.step(*y, above);
        }
        (*above, x) = (x, y);
    }
    x
}

/// Takes all digits but the last to the bound after carries.
#[inline(always)]
fn carry<S: Step>(row: &mut [S::Digit]) {
    let mut above = S::Digit::default();
    let last = row.len() - 1;
    for d in &mut row[..last] {
        let (kept, next) = S::carry(*d);
        (*d, above) = (S::add(kept, above), next);
    }
    row[last] = S::add(row[last], above);
}
