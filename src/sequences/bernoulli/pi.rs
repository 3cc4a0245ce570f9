//! `pi` to so many bits: `1/pi = 12 * sum of (-1)^k * (6k)!*(13591409 + 545140134k)/((3k)!*k!^3*640320^(3k+3/2))`.
//!
//! It stands apart because it is a sum of fractions, by binary splitting on integers.
//!
//! # Source
//! D. Chudnovsky, G. Chudnovsky, "Approximations and complex multiplication according to Ramanujan", 1988; B. Haible, T. Papanikolaou, "Fast
//! multiprecision evaluation of series of rational numbers", ANTS 1998. The square root by Newton's iteration for `1/sqrt(a)`.

use super::float::Float;
use crate::{integer_product, natural_product};
use num_bigint::{BigInt, BigUint};
use num_traits::One;

/// `pi`, off by less than `2^(8-bits)`.
pub(super) fn pi(bits: u64) -> Float {
    // A term has 47.11 bits more than the one before it.
    let terms = bits / 47 + 2;
    let [_, q, t] = split(0, terms, false);
    let guard = bits + 32;
    let sum = t + &q * 13_591_409u32;
    let (q, sum) = (Float::of(q.magnitude(), 0), Float::of(sum.magnitude(), 0));
    let root = Float::of(&square_root(10_005, guard), -(guard as i64));
    let scaled = q.mul(&root, guard).mul(&Float::new(vec![426_880], 0), guard);
    scaled.mul(&sum.recip(guard), guard)
}

/// The products of `p(k)` and `q(k)` and the sum of `a(k)*p(..=k)*q(k+1..)` for the terms `a..b`; term 0 has no `p`. The product of `p` is left out
/// where nobody asks for it.
fn split(a: u64, b: u64, with_p: bool) -> [BigInt; 3] {
    if b - a == 1 {
        let k = u128::from(a);
        let (p, q) = if a == 0 {
            (BigInt::one(), BigInt::one())
        } else {
            // Both fit two words for 10^7 terms and more, which are over every limit.
            let p = (6 * k - 5) * (2 * k - 1) * (6 * k - 1);
            (-BigInt::from(p), BigInt::from(k * k * k * 10_939_058_860_032_000))
        };
        // The first term stands apart, so that the sum has no factor q that is taken out of it.
        let t = if a == 0 { BigInt::ZERO } else { &p * (13_591_409 + 545_140_134 * k) };
        return [p, q, t];
    }
    let middle = a + (b - a) / 2;
    let [p1, q1, t1] = split(a, middle, true);
    let [p2, q2, t2] = split(middle, b, with_p);
    let t = integer_product(&t1, &q2) + integer_product(&p1, &t2);
    let p = if with_p { integer_product(&p1, &p2) } else { BigInt::ZERO };
    [p, integer_product(&q1, &q2), t]
}

/// `sqrt(a)*2^bits` for a number below 2^16, off by less than `2^18`.
fn square_root(a: u64, bits: u64) -> BigUint {
    // y = 2^b/sqrt(a), off by a few units; the number of bits doubles but for 20.
    let mut lengths = vec![bits];
    while lengths[lengths.len() - 1] > 48 {
        lengths.push((lengths[lengths.len() - 1] + 20).div_ceil(2));
    }
    let mut b = lengths[lengths.len() - 1];
    let mut y = BigUint::from((2f64.powi(b as i32) / (a as f64).sqrt()) as u64);
    for &next in lengths.iter().rev().skip(1) {
        let more = next - b;
        y <<= more;
        // e = 1 - a*y^2, then y := y + y*e/2
        let square = BigInt::from(natural_product(&y, &y) * a);
        let error = ((BigInt::one() << (2 * next)) - square) >> next;
        let change = integer_product(&error, &BigInt::from(y.clone())) >> (next + 1);
        y = (BigInt::from(y) + change).into_parts().1;
        b = next;
    }
    y * a
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integer::from_limbs;

    /// Machin's formula, `pi = 16*atan(1/5) - 4*atan(1/239)`.
    fn machin(bits: u64) -> BigInt {
        let atan = |x: u64| {
            let mut power = (BigInt::one() << bits) / x;
            let mut sum = BigInt::ZERO;
            for k in 0.. {
                if power == BigInt::ZERO {
                    return sum;
                }
                let term = &power / (2 * k + 1);
                if k % 2 == 0 {
                    sum += term
                } else {
                    sum -= term
                }
                power /= x * x;
            }
            unreachable!("powers become zero")
        };
        atan(5) * 16 - atan(239) * 4
    }

    #[test]
    fn against_machin() {
        for bits in [1u64, 10, 47, 48, 64, 100, 1000, 3333, 20_000] {
            let expected = machin(bits + 64);
            let found = BigInt::from(from_limbs(&pi(bits).fixed(bits + 64)));
            let error = (expected - found).magnitude().bits();
            assert!(error < 64 + 8, "{bits}: 2^{error}");
        }
        assert_eq!(from_limbs(&pi(40).fixed(40)) >> 20u32, BigUint::from(3_294_198u32));
    }

    #[test]
    fn square_roots() {
        for a in [2u64, 3, 10_005, 65_521] {
            for bits in [20u64, 48, 49, 100, 1000, 5000] {
                let exact = (BigUint::from(a) << (2 * bits)).sqrt();
                let error = (BigInt::from(exact) - BigInt::from(square_root(a, bits))).magnitude().bits();
                assert!(error <= 18, "{a} {bits}: 2^{error}");
            }
        }
    }
}
