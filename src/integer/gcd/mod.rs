//! Greatest common divisors of large natural numbers, `gcd(a, b) = gcd(b, a mod b)`, many quotients at a time.
//!
//! They stand apart because num-bigint's gcd is the binary algorithm, one pass over all limbs for every bit or two, even where one operand is
//! long and the other a word. Fractions are reduced by it at every step.
//!
//! # The ladder
//! `word` for one and two words, `lehmer` for some hundred limbs: quotients from the leading 128 bits, and a pass over both numbers
//! for 60 bits of quotients, in place. Longer ones lose a quarter of their bits at a time to `half`, which takes a few products of that size. Numbers of
//! different lengths are divided first. Where a cofactor is asked for, `cofactor` runs over the same steps.
//!
//! Products of long numbers are the engine's: a gcd has many callers in this layer and above, none of which would choose another one.

pub(crate) mod cofactor;
mod half;
mod lehmer;
pub(crate) mod word;

use super::{division, limbs::to_biguint};
use crate::natural_product;
use half::Step;
use lehmer::{Quotients, order};
use num_bigint::{BigInt, BigUint};
use num_traits::Zero;
use word::gcd_double_words;

/// Numbers of so many limbs stand on the stack.
const SHORT: usize = 32;

/// Longer numbers are shortened by [`half`]. Measured with `cargo bench --bench integers -- gcd`.
const LONG_BITS: u64 = 64 * 250;

/// The greatest common divisor; `gcd(0, b) = b`.
///
/// # Complexity
/// Quadratic in the length of the shorter number up to some hundred limbs, then a logarithm times a product; plus one division of the
/// longer one.
///
/// # Examples
/// ```
/// use monic::integer::gcd::gcd;
/// use num_bigint::BigUint;
/// let (a, b) = (BigUint::from(6u8).pow(500), BigUint::from(10u8).pow(400));
/// assert_eq!(gcd(&a, &b), BigUint::from(2u8).pow(400));
/// ```
pub fn gcd(a: &BigUint, b: &BigUint) -> BigUint {
    let (long, short) = if places(a) < places(b) { (b, a) } else { (a, b) };
    match (places(long), places(short)) {
        (_, 0) => long.clone(),
        (..=2, _) => gcd_double_words(double_word(long), double_word(short)).into(),
        (_, 1) => {
            let short = double_word(short) as u64;
            gcd_double_words((long % short).iter_u64_digits().next().unwrap_or(0).into(), short.into()).into()
        }
        (m, n) if m > n + 1 || n == 2 => {
            let rest = division::div_rem(long, short, natural_product).1;
            if n == 2 {
                gcd_double_words(double_word(short), double_word(&rest)).into()
            } else {
                similar(short, &rest)
            }
        }
        _ => similar(long, short),
    }
}

/// That of numbers of any length, as long as each other in the best case, of which the first has more than two limbs.
fn similar(a: &BigUint, b: &BigUint) -> BigUint {
    if b.bits() > LONG_BITS {
        let (x, y) = shortened(a.max(b).clone(), a.min(b).clone());
        return gcd(&x, &y);
    }
    let len = places(a).max(places(b));
    if len <= SHORT {
        let (mut x, mut y) = ([0; SHORT], [0; SHORT]);
        by_words(read(a, &mut x[..len]), read(b, &mut y[..len]))
    } else {
        let (mut x, mut y) = (vec![0; len], vec![0; len]);
        by_words(read(a, &mut x), read(b, &mut y))
    }
}

/// Takes `x >= y` through their remainder sequence until the second is not long.
fn shortened(mut x: BigUint, mut y: BigUint) -> (BigUint, BigUint) {
    while y.bits() > LONG_BITS {
        let n = x.bits();
        let step = Step::leading(&x, &y, n / 2, n - n / 2, natural_product);
        (x, y) = if step.matrix.is_one() {
            let rest = division::div_rem(&x, &y, natural_product).1;
            (y, rest)
        } else {
            (step.x, step.y)
        };
    }
    (x, y)
}

/// The greatest common divisor of two numbers with as many places, which are overwritten.
fn by_words<'a>(mut x: &'a mut [u64], mut y: &'a mut [u64]) -> BigUint {
    loop {
        order(&mut x, &mut y, 2);
        if let (&mut [p, q], &mut [r, s]) = (&mut *x, &mut *y) {
            let double = |low: u64, high: u64| u128::from(high) << 64 | u128::from(low);
            return gcd_double_words(double(p, q), double(r, s)).into();
        }
        if let Some(quotients) = Quotients::of_limbs(x, y) {
            quotients.apply(x, y);
            continue;
        }
        // A quotient of more than 30 bits, or numbers that agree in their leading words.
        let divisor = to_biguint(y);
        if divisor.is_zero() {
            return to_biguint(x);
        }
        let rest = to_biguint(x) % divisor;
        x.fill(0);
        read(&rest, x);
    }
}

/// The number of limbs.
#[inline]
fn places(x: &BigUint) -> usize {
    x.iter_u64_digits().len()
}

/// Writes a number into places that hold zeros.
#[inline]
fn read<'a>(x: &BigUint, places: &'a mut [u64]) -> &'a mut [u64] {
    for (place, limb) in places.iter_mut().zip(x.iter_u64_digits()) {
        *place = limb;
    }
    places
}

/// The number of at most two limbs.
#[inline]
fn double_word(x: &BigUint) -> u128 {
    let mut limbs = x.iter_u64_digits().map(u128::from);
    let low = limbs.next().unwrap_or(0);
    limbs.next().unwrap_or(0) << 64 | low
}

/// The greatest common divisor of two integers, not negative.
pub fn signed_gcd(a: &BigInt, b: &BigInt) -> BigInt {
    gcd(a.magnitude(), b.magnitude()).into()
}

/// The least common multiple, not negative; zero when either is zero.
///
/// # Examples
/// ```
/// use monic::integer::gcd::signed_lcm;
/// assert_eq!(signed_lcm(&6.into(), &(-4).into()), 12.into());
/// ```
pub fn signed_lcm(a: &BigInt, b: &BigInt) -> BigInt {
    if a.is_zero() || b.is_zero() {
        return BigInt::ZERO;
    }
    let gcd = gcd(a.magnitude(), b.magnitude());
    natural_product(a.magnitude(), &division::div_rem(b.magnitude(), &gcd, natural_product).0).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_integer::Integer;
    use proptest::prelude::*;

    fn number(limbs: &[u32]) -> BigUint {
        BigUint::new(limbs.to_vec())
    }

    fn euclid(a: &BigUint, b: &BigUint) -> BigUint {
        let (mut x, mut y) = (a.clone(), b.clone());
        while !y.is_zero() {
            (x, y) = (y.clone(), x.mod_floor(&y));
        }
        x
    }

    #[test]
    fn bounds() {
        let zero = BigUint::ZERO;
        let big = BigUint::from(3u8).pow(1000);
        assert_eq!(gcd(&zero, &zero), zero);
        assert_eq!(
            (gcd(&zero, &big), gcd(&big, &zero), gcd(&big, &big)),
            (big.clone(), big.clone(), big.clone())
        );
        assert_eq!(gcd(&big, &(&big * 7u8)), big);
        assert_eq!(signed_lcm(&BigInt::ZERO, &5.into()), BigInt::ZERO);
        // Neighbours in Fibonacci's sequence: every quotient is one.
        let (mut f, mut g) = (BigUint::from(1u8), BigUint::from(1u8));
        for _ in 0..2000 {
            (f, g) = (&f + &g, f);
        }
        assert_eq!(gcd(&f, &g), BigUint::from(1u8));
        let ones = (BigUint::from(1u8) << 1000u32) - 1u8;
        assert_eq!(gcd(&ones, &((BigUint::from(1u8) << 600u32) - 1u8)), (BigUint::from(1u8) << 200u32) - 1u8);
    }

    /// Powers of two, their neighbours and what lies between, of one limb to some: every length beside every other.
    #[test]
    fn beside_powers_of_two() {
        let mut values = Vec::new();
        for bits in [
            0u32, 1, 31, 33, 63, 64, 65, 97, 127, 128, 129, 160, 191, 192, 193, 256, 300, 2047, 2048, 2049,
            2112,
        ] {
            let power = BigUint::from(1u8) << bits;
            values.extend([&power - 1u8, &power + 1u8, &power * 3u8, power]);
        }
        for a in &values {
            for b in &values {
                assert_eq!(gcd(a, b), euclid(a, b), "{a}, {b}");
            }
        }
    }

    /// Long quotients at every place, and short ones between them.
    #[test]
    fn long_quotients() {
        for (every, bits) in
            [(1, 20u32), (1, 33), (1, 64), (1, 100), (2, 31), (3, 63), (5, 128), (20, 32), (40, 700)]
        {
            let common = BigUint::from(10u8).pow(25);
            let (mut x, mut y) = (common.clone(), BigUint::ZERO);
            for k in 1..200u32 {
                let quotient =
                    if k % every == 0 { (BigUint::from(1u8) << bits) - k } else { (k % 3 + 1).into() };
                (x, y) = (quotient * &x + y, x);
                assert_eq!(gcd(&x, &y), common, "{every}, {bits}, {k}");
            }
        }
    }

    /// Across all thresholds: neighbours among the numerators of a continued fraction have no factor.
    #[test]
    fn long_numbers() {
        let common = BigUint::from(6u8).pow(1000);
        let (mut x, mut y) = (BigUint::from(1u8), BigUint::ZERO);
        let mut word = 1u64;
        while x.bits() < 5 * LONG_BITS / 2 {
            for _ in 0..400 {
                word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (x, y) = ((word >> (40 + word % 24)) * &x + &y, x);
            }
            assert_eq!(gcd(&(&x * &common), &(&y * &common)), common, "{} bits", x.bits());
            assert_eq!(gcd(&y, &x), BigUint::from(1u8), "{} bits", x.bits());
        }
        // Of different lengths.
        assert_eq!(gcd(&(&x * &x * &common), &(&y * &common)), common);
    }

    /// A long number and a word: one division, where the binary algorithm passes over the long one a million times.
    #[test]
    fn very_different_lengths() {
        let long = (BigUint::from(1u8) << 3_000_000u32) - 1u8;
        assert_eq!(gcd(&long, &BigUint::from(7u8 * 31)), BigUint::from(7u8 * 31));
    }

    proptest! {
        #[test]
        fn agrees_with_the_binary_algorithm(
            a in prop::collection::vec(any::<u32>(), 0..100),
            b in prop::collection::vec(any::<u32>(), 0..100),
            c in prop::collection::vec(any::<u32>(), 0..20),
            shift in 0u32..200,
        ) {
            let (a, b, c) = (number(&a), number(&b), number(&c));
            prop_assert_eq!(gcd(&a, &b), a.gcd(&b));
            let (x, y) = ((&a * &c) << shift, &b * &c);
            prop_assert_eq!(gcd(&x, &y), x.gcd(&y));
            // A long quotient on the way, and a difference in the last words only.
            let (x, y) = (&a * &c + &b, a);
            prop_assert_eq!(gcd(&x, &y), x.gcd(&y));
            let (x, y) = ((&c << 700u32) + &b, (&c << 700u32) + 1u8);
            prop_assert_eq!(gcd(&x, &y), x.gcd(&y));
        }
    }
}
