//! Greatest common divisors of large natural numbers, `gcd(a, b) = gcd(b, a mod b)`, many quotients at a time.
//!
//! It stands apart because num-bigint's is the binary algorithm, one pass over all limbs for every bit or two, even where one operand is
//! long and the other a word. Fractions are reduced by it at every step.
//!
//! # Method
//! A long operand is first reduced by a short one. Then D. H. Lehmer's algorithm ("Euclid's algorithm for large numbers", American
//! Mathematical Monthly 45, 1938; Knuth, TAOCP 2, 4.5.2, algorithm L) on the leading two words: quotients are taken from these alone
//! as long as they are certain by the condition of G. E. Collins and T. Jebelean ("A double-digit Lehmer-Euclid algorithm for finding the
//! GCD of long integers", J. Symbolic Computation 19, 1995), collected in a matrix of words and applied to the whole numbers at once,
//! about 60 bits a pass. The matrix has determinant 1 or -1, so the gcd stays what it was whatever the quotients were: the condition
//! decides about speed alone.
//!
//! What it does not do: half-gcd; time is quadratic in the length.

use super::limbs::{negate, to_biguint, trimmed};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::Zero;

/// The greatest common divisor; `gcd(0, b) = b`.
///
/// # Complexity
/// Quadratic in the length of the shorter number, plus one division.
///
/// # Examples
/// ```
/// use monic::integer::gcd::gcd;
/// use num_bigint::BigUint;
/// let (a, b) = (BigUint::from(6u8).pow(500), BigUint::from(10u8).pow(400));
/// assert_eq!(gcd(&a, &b), BigUint::from(2u8).pow(400));
/// ```
pub fn gcd(a: &BigUint, b: &BigUint) -> BigUint {
    let (long, short) = if a < b { (b, a) } else { (a, b) };
    if short.is_zero() {
        return long.clone();
    }
    if let (Ok(long), Ok(short)) = (u128::try_from(long), u128::try_from(short)) {
        return long.gcd(&short).into();
    }
    // The first quotient may be long; all others are short.
    let (mut x, mut y) = (short.to_u64_digits(), (long % short).to_u64_digits());
    while y.len() > 2 {
        if lehmer_step(&mut x, &mut y).is_none() {
            let rest = to_biguint(&x) % to_biguint(&y);
            x = std::mem::replace(&mut y, rest.to_u64_digits());
        }
    }
    if y.is_empty() {
        return to_biguint(&x);
    }
    let y = double_word(&y);
    let rest = if x.len() > 2 { &to_biguint(&x) % y } else { BigUint::from(double_word(&x) % y) };
    BigUint::from(y.gcd(&double_word(&rest.to_u64_digits())))
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
    (a.magnitude() * (b.magnitude() / gcd(a.magnitude(), b.magnitude()))).into()
}

/// The number of at most two limbs.
fn double_word(limbs: &[u64]) -> u128 {
    limbs.iter().rev().fold(0, |n, &limb| n << 64 | u128::from(limb))
}

/// The 127 bits of `x` from the leading one of a number with `length` limbs and `zeros` leading zero bits on.
fn leading(x: &[u64], length: usize, zeros: u32) -> u128 {
    let limb = |k: usize| u128::from(x.get(k).copied().unwrap_or(0));
    let two = limb(length - 1) << 64 | limb(length - 2);
    let third = limb(length - 3) as u64;
    // Without the lowest bit, so that sums of the condition do not overflow.
    (two << zeros | u128::from(third.checked_shr(64 - zeros).unwrap_or(0))) >> 1
}

/// Quotient and remainder of `r >= s > 0`, where the quotient is a word.
#[inline]
fn short_quotient(r: u128, s: u128) -> Option<(u64, u128)> {
    let shift = r.leading_zeros();
    let (high, divisor) = ((r << shift >> 64) as u64, (s << shift >> 64) as u64);
    if divisor >> 32 == 0 {
        return Some((u64::try_from(r / s).ok()?, r % s));
    }
    // From below, by two at most: a division of words, where one of double words takes ten times as long.
    let mut q = high / divisor.saturating_add(1);
    let mut t = r - u128::from(q) * s;
    while t >= s {
        t -= s;
        q += 1;
    }
    Some((q, t))
}

/// The product of quotient matrices from one pair of a remainder sequence to a later one: `|a*x - b*y|` and `|c*x - d*y|`, of which
/// the first is positive as it stands after an even number of quotients.
pub(super) struct Quotients {
    pub(super) first: (u64, u64),
    pub(super) second: (u64, u64),
    pub(super) even: bool,
}

impl Quotients {
    /// The quotients that the leading words of `x > y` (at least three limbs of `x`) settle; `None` where they do not settle one.
    fn of(x: &[u64], y: &[u64]) -> Option<Self> {
        let (length, zeros) = (x.len(), x[x.len() - 1].leading_zeros());
        let (mut r, mut s) = (leading(x, length, zeros), leading(y, length, zeros));
        // r = |a*x - b*y|, s = |c*x - d*y|, with signs that alternate; b <= d and a <= c bound each other.
        let (mut a, mut b, mut c, mut d) = (1u64, 0u64, 0u64, 1u64);
        let mut even = true;
        while s != 0 {
            let Some((q, t)) = short_quotient(r, s) else { break };
            let step =
                |low: u64, high: u64| u64::try_from(u128::from(q) * u128::from(high) + u128::from(low)).ok();
            let (Some(e), Some(f)) = (step(a, c), step(b, d)) else { break };
            if t < u128::from(f) || s - t < u128::from(f) + u128::from(d) {
                break;
            }
            (r, s, a, b, c, d) = (s, t, c, d, e, f);
            even = !even;
        }
        (b != 0).then_some(Quotients { first: (a, b), second: (c, d), even })
    }
}

/// Replaces `x > y` (at least three limbs each) by later remainders of their sequence, about 60 bits further on; nothing is changed where the
/// leading words do not settle one quotient.
pub(super) fn lehmer_step(x: &mut Vec<u64>, y: &mut Vec<u64>) -> Option<Quotients> {
    let quotients = Quotients::of(x, y)?;
    let Quotients { first: (a, b), second: (c, d), even } = quotients;
    // With an even number of quotients a*x - b*y and d*y - c*x are positive, with an odd number the other way round.
    y.resize(x.len(), 0);
    let first = combine(x, y, if even { (a, b) } else { (b, a) }, even);
    let second = combine(x, y, if even { (d, c) } else { (c, d) }, !even);
    (*x, *y) = if second.len() > first.len() { (second, first) } else { (first, second) };
    Some(quotients)
}

/// `|p*x - q*y|`, or `|p*y - q*x|` unless `x_first`, without leading zeros.
fn combine(x: &[u64], y: &[u64], (p, q): (u64, u64), x_first: bool) -> Vec<u64> {
    let (plus, minus) = if x_first { (x, y) } else { (y, x) };
    let (mut high, mut low, mut borrow) = (0u64, 0u64, false);
    let mut out = Vec::with_capacity(x.len() + 1);
    for (&u, &v) in plus.iter().zip(minus) {
        let u = u128::from(u) * u128::from(p) + u128::from(high);
        let v = u128::from(v) * u128::from(q) + u128::from(low);
        (high, low) = ((u >> 64) as u64, (v >> 64) as u64);
        let (difference, first) = (u as u64).overflowing_sub(v as u64);
        let (difference, second) = difference.overflowing_sub(u64::from(borrow));
        borrow = first || second;
        out.push(difference);
    }
    let (top, first) = high.overflowing_sub(low);
    let (top, second) = top.overflowing_sub(u64::from(borrow));
    out.push(top);
    if first || second {
        negate(&mut out);
    }
    out.truncate(trimmed(&out).len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(limbs: &[u32]) -> BigUint {
        BigUint::new(limbs.to_vec())
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

    /// A long number and a word: one division, where the binary algorithm passes over the long one a million times.
    #[test]
    fn very_different_lengths() {
        let long = (BigUint::from(1u8) << 3_000_000u32) - 1u8;
        assert_eq!(gcd(&long, &BigUint::from(7u8 * 31)), BigUint::from(7u8 * 31));
    }

    proptest! {
        #[test]
        fn agrees_with_the_binary_algorithm(
            a in prop::collection::vec(any::<u32>(), 0..40),
            b in prop::collection::vec(any::<u32>(), 0..40),
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
