//! Logarithms of probabilities as the nearest floats, `-ln(w/D)` and multiples of it, at any magnitude.
//!
//! They stand apart from floats because no library function is exact, and none has the range. Leading words of the probability make
//! leading words of its logarithm, in integers, with a bound of the error; where that leaves more than one float, twice as many
//! bits of the logarithm decide, and so on (A. Ziv, "Fast evaluation of elementary mathematical functions with correctly rounded
//! last bit", 1991). It ends: the logarithm of a rational number is irrational, or an integer, which is a float itself.
//!
//! # Method
//! With `p = f 2^-k`, `1/2 <= f < 1`, and `c` of eight bits that is nearly `1/f`,
//! ```text
//! -ln p = k ln 2 + ln c - ln(1 - u),    u = 1 - f c < 1/32,    -ln(1 - u) = u + u^2/2 + u^3/3 + ...
//! ```
//! Close to 1 the series begins with `u = 1 - p`, which is exact. With more bits `ln y = 2 atanh((y-1)/(y+1))`, a series too.
//!
//! # Invariants
//! Numbers are rounded down, and what that takes is bounded by the slack of [`Leading`].

use super::nearest_f64;
use super::quotients::{Leading, Quotients, product_high};
use num_bigint::{BigInt, BigUint};
use num_traits::{One, Zero};

/// What logarithms are to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// `e`.
    Natural,
    /// 10.
    Decimal,
    /// 2.
    Binary,
}

/// Terms of the series in `u`: `0.0233^25 / 25 < 2^-128`.
const TERMS: usize = 24;

/// Units of `2^-128` that a logarithm by [`ln_over_128`] is below the true one, at most: two for each of 41 terms and for the remainder.
const TABLE_SLACK: u128 = 128;

/// Units of `2^-128` that the series in `u` is below the true one, at most.
const SERIES_SLACK: u128 = 4;

/// `-log2` of how close to 1 a probability is when the series begins with `1 - p`.
const CLOSE: u32 = 30;

/// `floor(2^128 / n)` for `n >= 2`.
const RECIPROCALS: [u128; TERMS + 1] = {
    let mut table = [0; TERMS + 1];
    let mut n = 2;
    while n <= TERMS {
        // Of 2^128 - 1; they differ where n divides 2^128.
        table[n] = u128::MAX / n as u128 + (n.is_power_of_two()) as u128;
        n += 1;
    }
    table
};

/// `2^7 c` for `f` from `i/128` on, `i >= 64`: `f c < 1`.
const fn factor(i: u128) -> u128 {
    (1 << 14) / (i + 1)
}

/// `ln c` of those.
const LOGARITHMS: [u128; 64] = {
    let mut table = [0; 64];
    let mut i = 0;
    while i < 64 {
        table[i] = ln_over_128(factor(64 + i as u128));
        i += 1;
    }
    table
};

const LN_2: u128 = ln_over_128(256);

/// `ln(n/128)` for `n` in `128..=256`, in units of `2^-128`: `2 atanh(a/b)` with `a/b <= 1/3`.
const fn ln_over_128(n: u128) -> u128 {
    let (a, b) = (n - 128, n + 128);
    // t a/b, rounded down.
    const fn times(t: u128, a: u128, b: u128) -> u128 {
        t / b * a + t % b * a / b
    }
    let mut power = times(u128::MAX, a, b);
    let (mut sum, mut n) = (0, 1);
    while power > 0 {
        sum += power / n;
        power = times(times(power, a, b), a, b);
        n += 2;
    }
    2 * sum
}

/// Logarithms of fractions over one denominator.
pub(super) struct Logarithms<'a> {
    quotients: &'a Quotients,
    base: Base,
    /// `1/ln` of the base, where that is not 1.
    scale: Option<Leading>,
}

impl<'a> Logarithms<'a> {
    pub(super) fn new(quotients: &'a Quotients, base: Base) -> Self {
        let inverse = |n: u32| {
            // Of 1/n, which is f 2^-k.
            let leading = Leading::of_inverse(&n.into());
            below_one(&leading).inverse()
        };
        let scale = match base {
            Base::Natural => None,
            Base::Decimal => Some(inverse(10)),
            Base::Binary => Some(inverse(2)),
        };
        Logarithms { quotients, base, scale }
    }

    /// The logarithm of `n` over the denominator, which is not smaller; minus infinity for 0.
    pub(super) fn of(&self, n: &BigUint) -> f64 {
        if n.is_zero() {
            return f64::NEG_INFINITY;
        }
        match self.leading(n) {
            None => 0.0,
            Some(leading) => {
                -leading.to_f64().unwrap_or_else(|| by_more_bits(n, self.quotients.denominator(), self.base))
            }
        }
    }

    /// Leading words of minus the logarithm, for `n > 0`; none where it is 0.
    pub(super) fn leading(&self, n: &BigUint) -> Option<Leading> {
        let denominator = self.quotients.denominator();
        let leading = self.quotients.of(n).normalized();
        let close = leading.exponent >= -128 && leading.mantissa.leading_ones() >= CLOSE;
        let natural = if close || n == denominator {
            let rest = denominator - n;
            if rest.is_zero() {
                return None;
            }
            next_to_one(&self.quotients.of(&rest))
        } else {
            below_one(&leading)
        };
        Some(self.scale.map_or(natural, |scale| natural.times(&scale)))
    }
}

/// `-ln x` for `x` below 1, and not next to it.
fn below_one(x: &Leading) -> Leading {
    let Leading { mantissa: f, exponent, slack } = x.normalized();
    let i = f >> 121;
    let c = factor(i);
    // 1 - f c in units of 2^-128, rounded down; it fits, f c does not.
    let product = (f >> 7).wrapping_mul(c).wrapping_add(((f & 127) * c) >> 7);
    let u = product.wrapping_neg() - 1;
    // 1/2 + u/3 + u^2/4 + ...
    let series = RECIPROCALS[2..].iter().rev().fold(0, |sum, reciprocal| product_high(u, sum) + reciprocal);
    let rest = u + product_high(u, product_high(u, series)) + LOGARITHMS[(i - 64) as usize];
    // k ln 2 + rest, as an integer and a fraction of 2^128 parts.
    let k = (-128 - exponent) as u128;
    let (high, low) = (k * (LN_2 >> 64), k * (LN_2 & u128::from(u64::MAX)));
    let (fraction, carry) = (high << 64).overflowing_add(low);
    let (fraction, more) = fraction.overflowing_add(rest);
    let whole = (high >> 64) + u128::from(carry) + u128::from(more);
    // What f lacks makes up to twice as much here, the other way.
    let (fraction, borrow) = fraction.overflowing_sub(2 * slack);
    let whole = whole - u128::from(borrow);
    Leading::of_fixed(whole, fraction, (k + 1) * TABLE_SLACK + SERIES_SLACK + 2 * slack)
}

/// `-ln(1 - x) = x + x (x/2 + x^2/3 + x^3/4 + ...)` for `x` below `2^-29`.
fn next_to_one(x: &Leading) -> Leading {
    let Leading { mantissa, exponent, slack } = x.normalized();
    let fraction =
        u32::try_from(-128 - exponent).ok().and_then(|zeros| mantissa.checked_shr(zeros)).unwrap_or(0);
    let series =
        RECIPROCALS[2..7].iter().rev().fold(0, |sum, reciprocal| product_high(fraction, sum) + reciprocal);
    // Half of the mantissa, so that the sum fits.
    let half = mantissa >> 1;
    let sum = half + product_high(half, product_high(fraction, series));
    Leading { mantissa: sum, exponent: exponent + 1, slack: slack + 6 }
}

/// Minus the logarithm of `n/d`, below 1 and where it is no float itself, as the nearest float: with as many bits as that takes.
fn by_more_bits(n: &BigUint, d: &BigUint, base: Base) -> f64 {
    // Bits behind the point; what is next to 1 has zeros there.
    let mut bits = 192 + d.bits() - (d - n).bits();
    loop {
        let (low, high) = natural(n, d, bits);
        let ends = match base {
            Base::Natural => {
                let one = BigUint::one() << bits;
                [nearest_f64(&low, &one), nearest_f64(&high, &one)]
            }
            Base::Decimal | Base::Binary => {
                let unit = BigUint::from(if base == Base::Decimal { 10u32 } else { 2 });
                let (least, most) = natural(&BigUint::one(), &unit, bits);
                [nearest_f64(&low, &most), nearest_f64(&high, &least)]
            }
        };
        if ends[0] == ends[1] {
            return ends[0];
        }
        bits *= 2;
    }
}

/// `-ln(n/d)` for `n/d < 1`, in units of `2^-bits`: two numbers that it is between.
fn natural(n: &BigUint, d: &BigUint, bits: u64) -> (BigUint, BigUint) {
    // n/d = y 2^-k with y in 2/3..4/3, so that no bits are lost where n/d is next to 1.
    let mut k = d.bits() - n.bits();
    if (n << k) * 3u32 > d * 4u32 {
        k -= 1;
    } else if (n << k) * 3u32 < d * 2u32 {
        k += 1;
    }
    let (rest, terms) = artanh(&(BigInt::from(n << k) - BigInt::from(d.clone())), &((n << k) + d), bits);
    let (ln_2, more) = artanh(&BigInt::one(), &BigUint::from(3u32), bits);
    let log = (ln_2 * k - rest) * 2;
    // Each term is a unit too small, and so is each power, at most.
    let slack = BigInt::from(4 * (terms + 1) + 4 * k * (more + 1));
    let end = |log: BigInt| log.to_biguint().unwrap_or_default();
    (end(&log - &slack), end(log + slack))
}

/// `artanh(a/b) = a/b + (a/b)^3/3 + ...` in units of `2^-bits`, for `|a/b| <= 1/3`, and the number of terms.
fn artanh(a: &BigInt, b: &BigUint, bits: u64) -> (BigInt, u64) {
    let ratio = (a.magnitude() << bits) / b;
    let square: BigUint = (&ratio * &ratio) >> bits;
    let (mut power, mut sum, mut terms) = (ratio, BigUint::ZERO, 0u64);
    while !power.is_zero() {
        sum += &power / (2 * terms + 1);
        power = (power * &square) >> bits;
        terms += 1;
    }
    (BigInt::from_biguint(a.sign(), sum), terms)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASES: [Base; 3] = [Base::Natural, Base::Decimal, Base::Binary];

    /// Leading words hold the true logarithm, and floats are the nearest: against 400 bits.
    fn check(n: &BigUint, d: &BigUint) {
        let quotients = Quotients::new(d.clone());
        for base in BASES {
            let logarithms = Logarithms::new(&quotients, base);
            let found = logarithms.of(n);
            let [low, high] = exact(n, d, base, 400 + 2 * (d.bits() - (d - n).bits()));
            // In units of 2^-bits of both.
            let leading = logarithms.leading(n).expect("it is not 1");
            let end = |m: u128| {
                let unit = BigUint::one() << leading.exponent.unsigned_abs();
                if leading.exponent < 0 { (BigUint::from(m), unit) } else { (m * unit, BigUint::one()) }
            };
            let below = |x: &(BigUint, BigUint), y: &(BigUint, BigUint)| &x.0 * &y.1 <= &y.0 * &x.1;
            assert!(below(&end(leading.mantissa), &high), "{n}/{d}, {base:?}");
            let beyond = BigUint::from(leading.mantissa) + leading.slack;
            let unit = end(1);
            assert!(below(&low, &(beyond * unit.0, unit.1)), "{n}/{d}, {base:?}");
            assert_eq!(-found, nearest_f64(&low.0, &low.1), "{n}/{d}, {base:?}");
            assert_eq!(-found, nearest_f64(&high.0, &high.1), "{n}/{d}, {base:?}");
            assert_eq!(-found, by_more_bits(n, d, base));
        }
    }

    /// Two fractions that the logarithm is between.
    fn exact(n: &BigUint, d: &BigUint, base: Base, bits: u64) -> [(BigUint, BigUint); 2] {
        let (low, high) = natural(n, d, bits);
        let unit = match base {
            Base::Natural => return [low, high].map(|end| (end, BigUint::one() << bits)),
            Base::Decimal => BigUint::from(10u32),
            Base::Binary => BigUint::from(2u32),
        };
        let (least, most) = natural(&BigUint::one(), &unit, bits);
        [(low, most), (high, least)]
    }

    /// `e^-t` by its series, in units of `2^-bits`, to within a few hundred of them for `t` in these units below 1000.
    fn exponential(t: &BigUint, bits: u64) -> BigUint {
        let (halvings, more) = (20u64, 40u64);
        let work = bits + more;
        let one = BigUint::one() << work;
        let small: BigUint = (t << more) >> halvings;
        let (mut even, mut odd) = (one.clone(), BigUint::ZERO);
        let (mut power, mut k) = (one, 0u32);
        while !power.is_zero() {
            k += 1;
            power = ((power * &small) >> work) / k;
            if k % 2 == 0 { even += &power } else { odd += &power }
        }
        let mut value: BigUint = even - odd;
        for _ in 0..halvings {
            value = (&value * &value) >> work;
        }
        value >> more
    }

    #[test]
    fn exponentials_undo_logarithms() {
        let mut seed = 3;
        for k in 0..20u64 {
            let d = random(&mut seed, 100 + 5 * k) | (BigUint::one() << (100 + 5 * k));
            let n = &d - (random(&mut seed, 99 + 5 * k) >> (k % 7 * 10));
            let (low, high) = natural(&n, &d, 1000);
            assert!(low < high && &high - &low < BigUint::from(10_000u32));
            let (p, slack) = ((&n << 1000u32) / &d, BigUint::from(1000u32));
            assert!(exponential(&high, 1000) < &p + &slack && p < exponential(&low, 1000) + slack);
        }
    }

    fn random(seed: &mut u64, bits: u64) -> BigUint {
        let limbs = (0..bits.div_ceil(64)).map(|_| {
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            seed.rotate_left(32)
        });
        let n = limbs.fold(BigUint::ZERO, |n, limb| (n << 64u32) + limb);
        (n >> (bits.div_ceil(64) * 64 - bits)) | BigUint::one()
    }

    #[test]
    fn random_fractions() {
        let mut seed = 1;
        for k in (0..120u64).step_by(4) {
            let d = random(&mut seed, 20 + 7 * k);
            let n = random(&mut seed, 10 + k);
            check(&(&n % &d + 1u32).min(&d - 1u32), &d);
            // Anywhere between 1/2 and 1, and between 1 and its neighbours.
            check(&(&d - random(&mut seed, d.bits() - 2)), &d);
            check(&(&d - random(&mut seed, (d.bits() - 2) / (1 + k % 5) + 1)), &d);
        }
    }

    /// Places of the table, the first and the last among them, from both ends; powers of two and of ten and what is next to them.
    #[test]
    fn places_and_ends() {
        let one = BigUint::one();
        for i in (64..128u32).step_by(3) {
            for shift in [7u64, 8, 135, 300] {
                let d = &one << shift;
                let n = (&d >> 7u32) * i;
                for n in [&n - 1u32, n.clone(), &n + 1u32] {
                    if n < d {
                        check(&n, &d);
                    }
                }
            }
        }
        for k in [1u32, 2, 3, 22, 23, 300] {
            for power in [BigUint::from(2u32).pow(k), BigUint::from(10u32).pow(k)] {
                check(&one, &power);
                check(&(&power - 1u32), &power);
                check(&power, &(&power + 1u32));
                check(&power, &(&power * 2u32 + 1u32));
                check(&power, &(&power * 10u32 - 1u32));
            }
            let quotients = Quotients::new(BigUint::from(10u32).pow(k));
            assert_eq!(Logarithms::new(&quotients, Base::Decimal).of(&one), -f64::from(k));
            let quotients = Quotients::new(BigUint::from(2u32).pow(k));
            assert_eq!(Logarithms::new(&quotients, Base::Binary).of(&one), -f64::from(k));
        }
        let quotients = Quotients::new(7u32.into());
        for base in BASES {
            let logarithms = Logarithms::new(&quotients, base);
            assert_eq!(logarithms.of(&7u32.into()).to_bits(), 0);
            assert_eq!(logarithms.of(&BigUint::ZERO), f64::NEG_INFINITY);
        }
    }

    /// Probabilities whose logarithms are next to the middle of two floats: `e^-t` for `t` of 54 bits, from either side.
    #[test]
    fn middles_of_floats() {
        let mut seed = 7;
        for exponent in [-40i64, -4, -1, 0, 1, 3, 7] {
            for _ in 0..2 {
                let floor = random(&mut seed, 52) | (BigUint::one() << 52u32);
                // (floor + 1/2) * 2^(exponent - 52)
                let t = (&floor * 2u32 + 1u32) << (1100 + exponent - 53) as u64;
                let n = exponential(&t, 1100);
                let quotients = Quotients::new(BigUint::one() << 1100u32);
                let logarithms = Logarithms::new(&quotients, Base::Natural);
                assert_eq!(logarithms.leading(&n).expect("it is not 1").to_f64(), None);
                let unit = 2f64.powi(exponent as i32 - 52);
                let floor = u64::try_from(&floor).expect("53 bits") as f64 * unit;
                assert_eq!(logarithms.of(&(&n + 1000u32)), -floor);
                assert_eq!(logarithms.of(&(&n - 1000u32)), -(floor + unit));
            }
        }
    }

    /// `1 - p` half way between two floats: the square of it decides, however small.
    #[test]
    fn next_to_one_half_way() {
        for shift in [130u64, 300, 5000] {
            let d = BigUint::one() << shift;
            let n = &d - ((BigUint::one() << 53u32) + 1u32);
            let quotients = Quotients::new(d.clone());
            let above = 2f64.powi(-1000) * ((1u64 << 53) + 2) as f64;
            let expected = if shift == 5000 { 0.0 } else { above / 2f64.powi(shift as i32 - 1000) };
            assert_eq!(Logarithms::new(&quotients, Base::Natural).of(&n), -expected);
        }
    }
}
