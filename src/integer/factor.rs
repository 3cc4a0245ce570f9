//! The prime factors of an integer, of the sizes that orders of finite fields have.
//!
//! It stands apart because it may fail: it is for numbers whose factors but one are of up to some 40 bits.
//!
//! # Method
//! Trial division, then R. P. Brent's form of J. M. Pollard's rho method (BIT 20, 1980), with differences multiplied together before a gcd. `p^n - 1` is
//! the product of the values of the cyclotomic polynomials of the divisors of `n`, which are far smaller.

use super::{BigModulus, WordModulus, gcd::gcd, prime::is_probable_prime};
use crate::{Error, Result};
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// Primes with their exponents, ascending.
pub type Factors = Vec<(BigUint, u32)>;

/// Trial divisors are below.
const TRIAL: u32 = 1 << 10;
/// Steps of rho for a number of more than a word.
const MOST_STEPS: u64 = 1 << 21;
/// Differences that are multiplied before a gcd.
const BATCH: u64 = 128;

/// The prime factors of `n` with their exponents, ascending; none of 1. What passes for a prime is what passes [`is_probable_prime`].
///
/// # Errors
/// Kind undefined for 0; kind unsupported where a factor has two primes of more than some 40 bits, and more than 64 bits itself.
///
/// # Complexity
/// `O(sqrt(p))` products for the largest prime but one.
///
/// # Examples
/// ```
/// use monic::integer::factor::factor;
/// assert_eq!(factor(&360u32.into())?, [(2u8.into(), 3), (3u8.into(), 2), (5u8.into(), 1)]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn factor(n: &BigUint) -> Result<Factors> {
    let mut found = BTreeMap::new();
    split(n.clone(), &mut found)?;
    Ok(found.into_iter().collect())
}

/// The prime factors of `p^n - 1` for `p > 1`.
///
/// # Errors
/// As for [`factor`].
///
/// # Examples
/// ```
/// use monic::integer::factor::power_minus_one;
/// let factors = power_minus_one(&2u8.into(), 100)?;
/// assert_eq!(factors.last(), Some(&(268_501u32.into(), 1)));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn power_minus_one(p: &BigUint, n: usize) -> Result<Factors> {
    let mut found = BTreeMap::new();
    let mut values: Vec<(usize, BigUint)> = Vec::new();
    for d in (1..=n).filter(|d| n.is_multiple_of(*d)) {
        // The value of the cyclotomic polynomial: p^d - 1 without those of smaller divisors.
        let mut value = num_traits::pow(p.clone(), d) - 1u8;
        for (_, smaller) in values.iter().filter(|(e, _)| d.is_multiple_of(*e)) {
            value /= smaller;
        }
        split(value.clone(), &mut found)?;
        values.push((d, value));
    }
    Ok(found.into_iter().collect())
}

/// The primes that divide a number, ascending, by trial division: for degrees and orders, which are small.
pub(crate) fn prime_divisors(mut n: u64) -> Vec<u64> {
    let mut primes = Vec::new();
    let mut p = 2;
    while p * p <= n {
        if n.is_multiple_of(p) {
            primes.push(p);
            while n.is_multiple_of(p) {
                n /= p;
            }
        }
        p += 1 + p % 2;
    }
    primes.extend((n > 1).then_some(n));
    primes
}

/// Adds the primes of `n`.
fn split(mut n: BigUint, found: &mut BTreeMap<BigUint, u32>) -> Result<()> {
    if n.is_zero() {
        return Err(Error::undefined("the prime factors of 0"));
    }
    for d in (2..TRIAL).filter(|d| d % 2 == 1 || *d == 2) {
        while (&n % d).is_zero() {
            n /= d;
            *found.entry(d.into()).or_default() += 1;
        }
    }
    let mut left = vec![n];
    while let Some(n) = left.pop() {
        if n.is_one() {
            continue;
        }
        if n < BigUint::from(TRIAL) * TRIAL || is_probable_prime(&n) {
            *found.entry(n).or_default() += 1;
            continue;
        }
        let factor = match n.to_u64() {
            Some(word) => of_word(word)?.into(),
            None => of_long(&n)?,
        };
        left.push(&n / &factor);
        left.push(factor);
    }
    Ok(())
}

/// A proper factor of a composite word without small primes.
fn of_word(n: u64) -> Result<u64> {
    let root = n.isqrt();
    if root * root == n {
        return Ok(root);
    }
    let m = WordModulus::new(n)?;
    for c in 1.. {
        let step = |x: &u64| m.mul_add(*x, *x, c);
        let common = |x: &u64| x.gcd(&n);
        let found =
            rho(2u64, step, |a, b| m.mul(*a, *b), |a, b| m.sub(*a, *b), common, |g| *g == 1, u64::MAX);
        if let Some(factor) = found.filter(|g| *g != n) {
            return Ok(factor);
        }
    }
    unreachable!("one of all constants leads to a factor")
}

/// A proper factor of a composite number without small primes.
fn of_long(n: &BigUint) -> Result<BigUint> {
    for k in 2..=8u32 {
        let root = n.nth_root(k);
        if num_traits::pow(root.clone(), k as usize) == *n {
            return Ok(root);
        }
    }
    let m = BigModulus::new(n.clone())?;
    for c in 1u8..=3 {
        let c = BigUint::from(c);
        let step = |x: &BigUint| m.add(&m.mul(x, x), &c);
        let common = |x: &BigUint| gcd(x, n);
        let found = rho(
            BigUint::from(2u8),
            step,
            |a, b| m.mul(a, b),
            |a, b| m.sub(a, b),
            common,
            One::is_one,
            MOST_STEPS,
        );
        match found {
            Some(factor) if factor != *n => return Ok(factor),
            // A cycle modulo all primes at once: another constant.
            Some(_) => {}
            None => break,
        }
    }
    Err(Error::unsupported(format!(
        "a number of {} bits that has no small factor is not factored: {n}",
        n.bits()
    )))
}

/// What a number shares with a difference of two members of a sequence, not 1; `None` after too many steps.
fn rho<T: Clone>(
    start: T,
    step: impl Fn(&T) -> T,
    mul: impl Fn(&T, &T) -> T,
    sub: impl Fn(&T, &T) -> T,
    common: impl Fn(&T) -> T,
    is_one: impl Fn(&T) -> bool,
    most: u64,
) -> Option<T> {
    let mut y = start;
    let (mut length, mut done) = (1u64, 0u64);
    while done < most {
        let x = y.clone();
        for _ in 0..length {
            y = step(&y);
        }
        let mut tried = 0;
        while tried < length {
            let before = y.clone();
            let count = BATCH.min(length - tried);
            let mut product: Option<T> = None;
            for _ in 0..count {
                y = step(&y);
                let difference = sub(&x, &y);
                product = Some(match product {
                    None => difference,
                    Some(product) => mul(&product, &difference),
                });
            }
            if let Some(product) = product
                && !is_one(&common(&product))
            {
                // One by one, for all primes may have come together.
                let mut y = before;
                loop {
                    y = step(&y);
                    let shared = common(&sub(&x, &y));
                    if !is_one(&shared) {
                        return Some(shared);
                    }
                }
            }
            tried += count;
        }
        done += 2 * length;
        length *= 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(n: &BigUint, factors: &Factors) {
        let product: BigUint = factors.iter().map(|(p, e)| p.pow(*e)).product();
        assert_eq!(product, *n);
        assert!(factors.windows(2).all(|w| w[0].0 < w[1].0));
        assert!(factors.iter().all(|(p, e)| *e > 0 && is_probable_prime(p)));
    }

    #[test]
    fn small_and_large_words() {
        for n in (1..3000u64).chain([
            1 << 63,
            u64::MAX,
            1_000_003 * 1_000_033,
            4_294_967_291 * 4_294_967_279,
            4_294_967_291 * 4_294_967_291,
        ]) {
            let n = BigUint::from(n);
            check(&n, &factor(&n).unwrap());
        }
        assert!(factor(&BigUint::ZERO).is_err());
        assert!(factor(&BigUint::one()).unwrap().is_empty());
    }

    #[test]
    fn orders_of_fields() {
        for (p, n) in [(2u64, 100), (2, 128), (3, 40), ((1 << 31) - 1, 4), (7, 30), (5, 1)] {
            let order = num_traits::pow(BigUint::from(p), n) - 1u8;
            check(&order, &power_minus_one(&p.into(), n).unwrap());
        }
        let p = (BigUint::one() << 89) - 1u8;
        assert_eq!(factor(&(&p * &p)).unwrap(), [(p, 2)]);
    }

    #[test]
    #[ignore = "a second of steps that lead nowhere: cargo test --release --lib -- --ignored"]
    fn hard_numbers_are_refused() {
        let (p, q) = ((BigUint::one() << 89) - 1u8, (BigUint::one() << 107) - 1u8);
        assert_eq!(factor(&(&p * &q)).unwrap_err().kind(), crate::ErrorKind::Unsupported);
    }
}
