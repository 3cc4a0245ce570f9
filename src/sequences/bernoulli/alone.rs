//! One number by Euler's product, `F / prod (1 - chi(p)*p^-s)` over the primes.
//!
//! It stands apart from all at once because `p^s` is made by powering, each to the bits that are left of it: `p^-s` counts from bit
//! `s*log2(p)` on, and only primes up to `n/17` or so count at all.
//!
//! # Exactness
//! In units of the last place of the product: each prime adds at most four (a power and its inverse cut, a product cut twice); what is left
//! out beyond the last prime is below `2^-bits`, and so is, from its root on, the product of two: those are a sum. The guard holds
//! them all, and the number is rounded from closer than a quarter.

use super::{
    Kind,
    float::Float,
    modular::{self, Known},
    pi::pi,
};
use crate::{
    Result,
    integer::{from_limbs, limbs},
    integer_div_rem, natural_product,
    ring::norm::log2,
    sequences::integers::factorial,
};
use num_bigint::{BigInt, BigUint};
use num_traits::One;

/// From here on it pays to know the numerator modulo primes.
const MODULAR: u64 = 4000;

/// `|B(n)|` or `|E(n)|` times its denominator, for even `n` from `FIRST` on.
///
/// # Errors
/// None so far; the sizes have been checked.
pub(super) fn magnitude(kind: Kind, n: u64, denominator: &BigUint) -> Result<BigUint> {
    let s = kind.exponent(n);
    // What is known modulo primes up to about half the number takes as many bits from the product, with the primes that they would bring.
    let known = match kind {
        Kind::Bernoulli if n >= MODULAR => modular::magnitude(n, denominator, n / 2)?,
        _ => None,
    };
    let needed = kind.bits(n, denominator) - known.as_ref().map_or(0.0, |known| log2(&known.modulus));
    // Four units a prime and a few for the rest.
    let count = ((needed + (n as f64).log2() + 8.0) / 64.0).ceil() as usize;
    let bits = 64 * count as u64;
    let last = 2f64.powf(bits as f64 / s as f64).ceil() as u64 + 1;
    let mut product = vec![0; count + 1];
    product[count] = 1;
    if kind == Kind::Bernoulli {
        let at = bits.saturating_sub(s);
        limbs::sub_assign(&mut product[(at / 64) as usize..], &[1 << (at % 64)]);
    }
    // From its root on, products of two primes are beyond the last.
    let (mut minus, mut plus) = (vec![0; count], vec![0; count]);
    for p in odd_primes(last) {
        let left = bits as f64 - s as f64 * (p as f64).log2();
        if left < 0.0 {
            break;
        }
        // The bits of p^-s that stand in the product, and what powering loses.
        let width = left as u64 + 2 * u64::from(s.ilog2()) + 16;
        let inverse = Float::new(vec![p], 0).pow(s, width).recip(width);
        if p * p > last {
            let sum = if kind.is_negative(p) { &mut plus } else { &mut minus };
            limbs::add_assign(sum, &inverse.fixed(bits));
            continue;
        }
        multiply(&mut product, &inverse, width, bits, kind.is_negative(p));
    }
    for (sum, is_plus) in [(minus, false), (plus, true)] {
        let sum = Float::new(sum, -(bits as i64));
        multiply(&mut product, &sum, bits, bits, is_plus);
    }
    let product = Float::new(product, -(bits as i64));
    let value = prefactor(kind, n, bits).mul(&product.recip(bits), bits);
    Ok(match known {
        None => rounded(&value, denominator),
        Some(known) => congruent(&value, denominator, &known),
    })
}

/// The integer in the class that is known next to a number times its denominator: the distance of the class is far more than that of the number.
fn congruent(value: &Float, denominator: &BigUint, known: &Known) -> BigUint {
    let number = from_limbs(&value.mul(&Float::of(denominator, 0), u64::MAX).fixed(0));
    let residue = &known.residue;
    if number < *residue {
        return residue.clone();
    }
    let multiple = BigInt::from((number - residue) * 2u8 + &known.modulus);
    let (quotient, rest) = integer_div_rem(&multiple, &BigInt::from(&known.modulus * 2u8));
    debug_assert!(
        {
            let quarter = &known.modulus >> 1u8;
            *rest.magnitude() > quarter && *rest.magnitude() < quarter * 3u8
        },
        "a number next to its class"
    );
    natural_product(quotient.magnitude(), &known.modulus) + residue
}

/// Multiplies a number in units of `2^-bits` by `1 + x` or `1 - x`, of which so many leading bits count.
fn multiply(product: &mut Vec<u64>, x: &Float, width: u64, bits: u64, is_plus: bool) {
    let whole = Float::new(std::mem::take(product), -(bits as i64));
    let change = x.mul(&whole, width).fixed(bits);
    *product = whole.fixed(bits);
    // The product of numbers around 1 may come to it from below.
    product.resize(bits as usize / 64 + 1, 0);
    if is_plus {
        limbs::add_assign(product, &change);
    } else {
        limbs::sub_assign(product, &change);
    }
}

/// `F`, off by less than `2^-bits` of its value.
pub(super) fn prefactor(kind: Kind, n: u64, bits: u64) -> Float {
    let bits = bits + 2 * u64::from(n.ilog2()) + 16;
    let s = kind.exponent(n);
    let power = pi(bits).pow(s, bits);
    let factorial = Float::of(factorial(n).magnitude(), 0);
    let twos = if kind == Kind::Bernoulli { -(s as i64) } else { s as i64 };
    factorial.mul(&power.recip(bits), bits).shifted(twos + 1)
}

/// The integer next to a number times its denominator.
fn rounded(value: &Float, denominator: &BigUint) -> BigUint {
    const BEHIND: u64 = 8;
    let product = value.mul(&Float::of(denominator, 0), u64::MAX);
    let eighths = from_limbs(&product.fixed(BEHIND));
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
