//! Fractions over one denominator in lowest terms, `w/D` for many `w`, by the exponents of the primes of `D`.
//!
//! It stands apart because denominators of dice are powers of small numbers: what a numerator has in common with one is found by
//! divisions by those primes, where a gcd of two numbers as long as that would be most of the time of a table.

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Fractions over one denominator in lowest terms, without a gcd each where that denominator has only small
/// prime factors, as denominators of dice have.
#[derive(Clone, Debug)]
pub(in super::super) struct Reducer<'a> {
    denominator: &'a BigInt,
    /// The primes of the denominator with their exponents; none when a larger factor is left over.
    primes: Option<Vec<(u32, u64)>>,
}

/// Denominators are searched for primes below this; dice with more faces take the general gcd.
const PRIME_BOUND: u32 = 1024;

impl<'a> Reducer<'a> {
    pub(in super::super) fn new(denominator: &'a BigInt) -> Self {
        let mut rest = denominator.magnitude().clone();
        let mut primes = Vec::new();
        for p in (2..PRIME_BOUND).filter(|&p| (2..).take_while(|d| d * d <= p).all(|d| p % d != 0)) {
            let exponent = valuation(&rest, p, u64::MAX);
            if exponent > 0 {
                rest /= power(p, exponent);
                primes.push((p, exponent));
            }
            if rest.is_one() {
                break;
            }
        }
        Reducer { denominator, primes: rest.is_one().then_some(primes) }
    }

    /// `weight` over the denominator.
    pub(in super::super) fn fraction(&self, weight: &BigInt) -> BigRational {
        if weight.is_zero() {
            return BigRational::zero();
        }
        let Some(primes) = &self.primes else {
            return BigRational::new(weight.clone(), self.denominator.clone());
        };
        let mut common = BigUint::one();
        for &(p, exponent) in primes {
            let shared = valuation(weight.magnitude(), p, exponent);
            if shared > 0 {
                common *= power(p, shared);
            }
        }
        if common.is_one() {
            return BigRational::new_raw(weight.clone(), self.denominator.clone());
        }
        let common = BigInt::from(common);
        BigRational::new_raw(weight / &common, self.denominator / &common)
    }
}

fn power(p: u32, exponent: u64) -> BigUint {
    BigUint::from(p).pow(u32::try_from(exponent).expect("the number whose factor it is fits memory"))
}

/// The exponent of the prime `p` in `n > 0`, at most `cap`.
fn valuation(n: &BigUint, p: u32, cap: u64) -> u64 {
    if p == 2 {
        return n.trailing_zeros().unwrap_or(0).min(cap);
    }
    if cap == 0 || !(n % p).is_zero() {
        return 0;
    }
    // Repeated squares of p keep the number of divisions logarithmic.
    let mut squares = vec![BigUint::from(p)];
    let mut rest = n / p;
    let mut exponent = 1;
    loop {
        let last = &squares[squares.len() - 1];
        let (quotient, remainder) = rest.div_rem(last);
        if !remainder.is_zero() {
            break;
        }
        rest = quotient;
        exponent += 1 << (squares.len() - 1);
        let next = last * last;
        squares.push(next);
    }
    for (k, square) in squares.iter().enumerate().rev() {
        let (quotient, remainder) = rest.div_rem(square);
        if remainder.is_zero() {
            rest = quotient;
            exponent += 1 << k;
        }
    }
    exponent.min(cap)
}
