//! One number by Euler's product, `F / prod (1 - chi(p)*p^-s)` over the primes.
//!
//! It stands apart from all at once because `p^s` is made by powering, each to the bits that are left of it: `p^-s` counts from bit
//! `s*log2(p)` on, and only primes up to `n/17` or so count at all.
//!
//! # Exactness
//! In units of the last place of the product: each prime adds at most four (a power and a quotient cut, a product cut twice); what is left
//! out beyond the last prime is below `2^-bits`. The guard holds them all, and the number is rounded from closer than a quarter.

use super::{Kind, float::Float, pi::pi};
use crate::{Result, natural_product};
use num_bigint::BigUint;
use num_traits::One;

/// `|B(n)|` or `|E(n)|` times its denominator, for even `n` from `FIRST` on.
///
/// # Errors
/// None so far; the sizes have been checked.
pub(super) fn magnitude(kind: Kind, n: u64, denominator: &BigUint) -> Result<BigUint> {
    let s = kind.exponent(n);
    let needed = kind.bits(n, denominator);
    // Four units a prime and a few for the rest.
    let bits = (needed + (n as f64).log2() + 8.0).ceil() as u64;
    let last = 2f64.powf(bits as f64 / s as f64).ceil() as u64 + 1;
    let mut product = BigUint::one() << bits;
    if kind == Kind::Bernoulli {
        product -= BigUint::one() << bits.saturating_sub(s);
    }
    for p in odd_primes(last) {
        let left = bits as f64 - s as f64 * (p as f64).log2();
        if left < 0.0 {
            break;
        }
        // The bits of p^-s that stand in the product, and what powering loses.
        let width = left as u64 + 2 * u64::from(s.ilog2()) + 16;
        let one = Float::new(BigUint::one(), 0);
        let inverse = one.div(&Float::new(p.into(), 0).pow(s, width), width);
        // The leading bits of the product are enough for the bits that are left.
        let cut = bits.saturating_sub(width);
        let change = natural_product(&(&product >> cut), &inverse.m);
        let change = Float::new(change, cut as i64 + inverse.e).fixed(0);
        if kind.is_negative(p) {
            product += change;
        } else {
            product -= change;
        }
    }
    let value = prefactor(kind, n, bits + 32).div(&Float::new(product, -(bits as i64)), bits + 16);
    Ok(rounded(value, denominator))
}

/// `F`, off by less than `2^-bits` of its value.
pub(super) fn prefactor(kind: Kind, n: u64, bits: u64) -> Float {
    let bits = bits + 2 * u64::from(n.ilog2()) + 16;
    let s = kind.exponent(n);
    let power = pi(bits).pow(s, bits);
    let factorial = Float::new(crate::sequences::integers::factorial(n).into_parts().1, 0).cut(bits);
    let twos = if kind == Kind::Bernoulli { -(s as i64) } else { s as i64 };
    let quotient = factorial.div(&power, bits);
    Float::new(quotient.m, quotient.e + twos + 1)
}

/// The integer next to a number times its denominator.
fn rounded(value: Float, denominator: &BigUint) -> BigUint {
    const BEHIND: u64 = 8;
    let eighths = Float::new(natural_product(&value.m, denominator), value.e).fixed(BEHIND);
    let half = BigUint::one() << (BEHIND - 1);
    debug_assert!(
        {
            let behind = (&eighths + &half) % (BigUint::one() << BEHIND);
            behind >= &half - 4u8 && behind <= &half + 4u8
        },
        "a number next to an integer"
    );
    (eighths + half) >> BEHIND
}

/// The odd primes up to a bound.
fn odd_primes(last: u64) -> Vec<u64> {
    let mut composite = vec![false; last as usize + 1];
    let mut primes = Vec::new();
    for p in (3..=last).step_by(2) {
        if !composite[p as usize] {
            primes.push(p);
            (p * p..=last).step_by(2 * p as usize).for_each(|k| composite[k as usize] = true);
        }
    }
    primes
}
