//! Vectors of non-negative numbers of any magnitude, `m * 2^e`, and their windows in the range of a float.
//!
//! It stands apart because the kernels compute on plain floats: a window of a vector is multiplied by a geometric
//! progression, `v[i] * 2^(t*(i - o) - s)`, which levels a slope of `t` bits a coefficient, and what comes out of a
//! kernel is multiplied by the inverse. The progressions of two factors multiply to that of the product, because
//! `i + j = k`. (The exponential shift of Keich, sFFT, 2005, and Wilson and Keich, 2016.)
//!
//! # Error
//! Slopes are multiples of `2^-20`, so an entry of a progression is an exact power of two times `2^(f/2^20)`, `0 <= f <
//! 2^20`, a product of two tabulated values, each rounded once: off by a factor within `(1 + u)^3`. A window takes two
//! entries, one for a block of 64 and one inside it, and two products: within `(1 + u)^8`. Where the slope is a whole number of
//! bits, nothing is rounded.

use super::double_double::DoubleDouble;
use std::sync::OnceLock;

/// The unit roundoff of `f64`.
pub(super) const UNIT: f64 = f64::EPSILON / 2.0;

/// A tilt by a fraction of a bit is off by at most this factor less 1, for an entry of a window: `(1 + u)^8 - 1`.
pub(super) const TILT_ERROR: f64 = 8.001 * UNIT;

/// The exponent that stands beside the mantissa 0.
pub(super) const ZERO: i32 = -(1 << 30);

/// Exponents are below this in size.
pub(super) const MAX_EXPONENT: i32 = 1 << 28;

/// What has a power of two below `2^LOW` in a window is left out: with a mantissa and a factor below 2, and one of at most `2^31.5`,
/// it is below `2^-466`.
const LOW: i64 = -500;

/// Fractional bits of a slope.
pub(super) const SLOPE_BITS: u32 = 20;

/// Entries a block of a progression.
const BLOCK: usize = 64;

/// Numbers `m * 2^e` with `1 <= m < 2`, or `m = 0` and `e = ZERO`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Scaled {
    pub(super) m: Vec<f64>,
    pub(super) e: Vec<i32>,
}

/// A part of such a vector.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    pub(super) m: &'a [f64],
    pub(super) e: &'a [i32],
}

impl Scaled {
    pub(super) fn zeros(len: usize) -> Self {
        Scaled { m: vec![0.0; len], e: vec![ZERO; len] }
    }

    pub(super) fn len(&self) -> usize {
        self.m.len()
    }

    pub(super) fn view(&self) -> View<'_> {
        View { m: &self.m, e: &self.e }
    }

    pub(super) fn set(&mut self, k: usize, value: (f64, i32)) {
        self.m[k] = value.0;
        self.e[k] = value.1;
    }

    /// Overwrites every `step`-th entry from `from` on.
    pub(super) fn replace(&mut self, from: usize, step: usize, other: View<'_>) {
        for (k, (&m, &e)) in (from..).step_by(step).zip(other.m.iter().zip(other.e)) {
            self.set(k, (m, e));
        }
    }

    /// Adds a vector that starts at index `from` of this one; a sum is rounded once.
    pub(super) fn add(&mut self, from: usize, other: View<'_>) {
        for (k, (&m, &e)) in other.m.iter().zip(other.e).enumerate() {
            let k = from + k;
            let sum = sum((self.m[k], self.e[k]), (m, e));
            self.set(k, sum);
        }
    }
}

impl<'a> View<'a> {
    pub(super) fn len(&self) -> usize {
        self.m.len()
    }

    pub(super) fn range(&self, range: std::ops::Range<usize>) -> View<'a> {
        View { m: &self.m[range.clone()], e: &self.e[range] }
    }

    /// From the first to the last entry that is not zero.
    pub(super) fn support(&self) -> std::ops::Range<usize> {
        let start = self.m.iter().position(|&m| m != 0.0).unwrap_or(0);
        let end = self.m.iter().rposition(|&m| m != 0.0).map_or(0, |last| last + 1);
        start..end
    }

    /// A lower bound of the binary logarithm, at most 0.0861 below it; far below everything for 0.
    pub(super) fn height(&self, i: usize) -> f64 {
        f64::from(self.e[i]) + (self.m[i] - 1.0)
    }
}

/// The smallest and the largest exponent of an entry that is not zero.
pub(super) fn extremes(e: &[i32]) -> Option<(i32, i32)> {
    let low = e.iter().copied().filter(|&e| e != ZERO).min()?;
    Some((low, e.iter().copied().max()?))
}

/// `x = m * 2^e` for a number that is normal, or 0.
#[inline(always)]
pub(super) fn normal(x: f64) -> (f64, i32) {
    let bits = x.to_bits();
    let m = f64::from_bits(bits & (u64::MAX >> 12) | 1023 << 52);
    if x == 0.0 { (0.0, ZERO) } else { (m, (bits >> 52) as i32 - 1023) }
}

/// `2^e` for `-1022 <= e <= 1023`.
#[inline(always)]
pub(super) fn power_of_two(e: i64) -> f64 {
    f64::from_bits(((e + 1023) as u64) << 52)
}

fn sum(a: (f64, i32), b: (f64, i32)) -> (f64, i32) {
    let (a, b) = if a.1 >= b.1 { (a, b) } else { (b, a) };
    if b.0 == 0.0 {
        return a;
    }
    // Beyond 60 bits the smaller one does not change the rounded sum.
    let shift = i64::from(b.1 - a.1).max(-100);
    let (m, e) = normal(a.0 + b.0 * power_of_two(shift));
    (m, e + a.1)
}

/// The tables `2^(j/2^10)` and `2^(j/2^20)`, `0 <= j < 2^10`, each rounded once.
///
/// They come from a chain of products of pairs of floats, off by less than `2^-90` in all.
fn tables() -> &'static [[f64; 1024]; 2] {
    static TABLES: OnceLock<[[f64; 1024]; 2]> = OnceLock::new();
    TABLES.get_or_init(|| {
        [10, 20].map(|bits| {
            let step = DoubleDouble::exp2_small(bits);
            let mut next = DoubleDouble::from(1.0);
            std::array::from_fn(|_| {
                let value = next.high();
                next = next.times(step);
                value
            })
        })
    })
}

/// `2^(f/2^20)` for `0 <= f < 2^20`, within `(1 + u)^3`, in `1..2`.
pub(super) fn fraction_power(f: i64) -> f64 {
    let [coarse, fine] = tables();
    coarse[(f >> 10) as usize] * fine[(f & 1023) as usize]
}

/// A geometric progression `2^(t*(i - o)/2^20)`: blocks of 64, each with a power of two and a factor.
pub(super) struct Progression {
    whole: i64,
    part: i64,
    slope: [i64; BLOCK],
    factor: [f64; BLOCK],
}

impl Progression {
    /// With the exponent `t`.
    pub(super) fn new(tilt: i64) -> Self {
        let whole = (tilt + (1 << (SLOPE_BITS - 1))) >> SLOPE_BITS;
        let part = tilt - (whole << SLOPE_BITS);
        let factor = |s: usize| {
            let x = part * s as i64;
            fraction_power(x & ((1 << SLOPE_BITS) - 1)) * power_of_two(x >> SLOPE_BITS)
        };
        Progression {
            whole,
            part,
            slope: std::array::from_fn(|s| whole * s as i64),
            factor: if part == 0 { [1.0; BLOCK] } else { std::array::from_fn(factor) },
        }
    }

    /// The power of two and the factor in `1..2` of the block that starts at distance `at` from the origin.
    fn block(&self, at: i64) -> (i64, f64) {
        let x = self.part * at;
        let factor = if self.part == 0 { 1.0 } else { fraction_power(x & ((1 << SLOPE_BITS) - 1)) };
        (self.whole * at + (x >> SLOPE_BITS), factor)
    }
}

/// Whether a tilt is by whole bits.
pub(super) fn is_whole(tilt: i64) -> bool {
    tilt & ((1 << SLOPE_BITS) - 1) == 0
}

/// Writes `v[i] * 2^(t*(i - origin)/2^20 - shift)`, `i` from `from` on, and says whether something was left out because
/// it is below `2^-466`. The results are below 2.
#[inline(always)]
pub(super) fn tilted(
    v: View<'_>,
    from: usize,
    (progression, origin): (&Progression, usize),
    shift: i64,
    out: &mut [f64],
) -> bool {
    let part = v.range(from..from + out.len());
    let first = from as i64 - origin as i64;
    let mut lost = false;
    for (q, out) in out.chunks_mut(BLOCK).enumerate() {
        let (base, block) = progression.block(first + (BLOCK * q) as i64);
        let base = base - shift;
        let (m, e) = (&part.m[BLOCK * q..], &part.e[BLOCK * q..]);
        let lanes = progression.slope.iter().zip(&progression.factor);
        for (((out, &m), &e), (slope, factor)) in out.iter_mut().zip(m).zip(e).zip(lanes) {
            let x = i64::from(e) + slope + base;
            let keep = (x >= LOW) & (m > 0.0);
            debug_assert!(!keep || x < 128, "a window is scaled to at most 2");
            let power = f64::from_bits(if keep { ((x + 1023) as u64) << 52 } else { 0 });
            *out = m * power * factor * block;
            lost |= !keep & (m > 0.0);
        }
    }
    lost
}

/// Writes `v[k] * 2^(shift - tilt*(k - origin)/2^20)`, the first `k` at distance `first` from the origin; the entries are 0 or
/// above `2^-900`.
#[inline(always)]
pub(super) fn restored(v: &[f64], first: i64, tilt: i64, shift: i64, m: &mut [f64], e: &mut [i32]) {
    let progression = Progression::new(-tilt);
    for (q, ((v, m), e)) in v.chunks(BLOCK).zip(m.chunks_mut(BLOCK)).zip(e.chunks_mut(BLOCK)).enumerate() {
        let (base, block) = progression.block(first + (BLOCK * q) as i64);
        let base = base + shift - 1023;
        let lanes = progression.slope.iter().zip(&progression.factor);
        for (((&v, m), e), (slope, factor)) in v.iter().zip(m).zip(e).zip(lanes) {
            let bits = (v * factor * block).to_bits();
            let mantissa = f64::from_bits(bits & (u64::MAX >> 12) | 1023 << 52);
            let exponent = (bits >> 52) as i64 + slope + base;
            (*m, *e) = if v == 0.0 { (0.0, ZERO) } else { (mantissa, exponent as i32) };
        }
    }
}
