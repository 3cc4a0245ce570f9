//! Bernoulli numbers, `x/(e^x - 1) = sum of B(n)*x^n/n!`, and Euler numbers, `1/cosh x = sum of E(n)*x^n/n!`, alone and all at once.
//!
//! They stand apart from other numbers because they are computed as real numbers: a size that is known, a denominator that is known, and what is left
//! an integer next to a fixed-point number.
//!
//! # Method
//! With `F = 2*n!/(2*pi)^n` and `zeta` Riemann's function `|B(n)| = F*zeta(n)`, with the denominator of von Staudt and Clausen, the product of
//! the primes `p` with `p - 1 | n`; with `F = 2*n!*(2/pi)^(n+1)` and `beta` Dirichlet's function `|E(n)| = F*beta(n+1)`.
//! - here: the small ones, denominators, how many bits are needed ([`Kind`], [`Sizes`])
//! - `descent`: all, from the last one down; `triangle`: all where they are few, by sums
//! - `alone`: one, by Euler's product; `modular`: modulo small primes, so that the product may be shorter
//! - `float`: powers and quotients to so many bits; `pi`
//!
//! # Source
//! A. Fillebrown, "Faster computation of Bernoulli numbers", J. Algorithms 13 (1992); F. Johansson, "Bernoulli numbers: past, present, and
//! future" (2021), for all at once as S. Bloemen, "Even faster zeta(2n) calculation!" (2009).

mod alone;
mod descent;
mod float;
mod modular;
mod pi;
mod triangle;

use crate::{
    Result,
    sequences::integers::{check, log2_factorial},
};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::f64::consts::{LOG2_E, PI};

/// `B(n)` for even `n` from 2 on, below [`FIRST`].
const BERNOULLI: [(i64, u32); 15] = [
    (1, 6),
    (-1, 30),
    (1, 42),
    (-1, 30),
    (5, 66),
    (-691, 2730),
    (7, 6),
    (-3617, 510),
    (43_867, 798),
    (-174_611, 330),
    (854_513, 138),
    (-236_364_091, 2730),
    (8_553_103, 6),
    (-23_749_461_029, 870),
    (8_615_841_276_005, 14_322),
];

/// `|E(n)|` for even `n` below [`FIRST`].
const EULER: [u128; 16] = [
    1,
    1,
    5,
    61,
    1385,
    50_521,
    2_702_765,
    199_360_981,
    19_391_512_145,
    2_404_879_675_441,
    370_371_188_237_525,
    69_348_874_393_137_901,
    15_514_534_163_557_086_905,
    4_087_072_509_293_123_892_361,
    1_252_259_641_403_629_865_468_285,
    441_543_893_249_023_104_553_682_821,
];

/// The first index that is not in the tables; from there on `F` grows with `n`.
const FIRST: u64 = 32;

/// Bits beyond the unit of a numerator, half of which decide how it is rounded.
const GUARD: f64 = 48.0;

/// The Bernoulli number `B(n)`, with `B(1) = -1/2`.
///
/// # Errors
/// Kind limit, before the work: where `n/256` numbers of that size are over the limit.
///
/// # Complexity
/// For `b = n*log2(n)` bits some eight products of `1.4*n` bits for each of `n/17/ln(n/17)` primes, and `pi` to `b` bits.
///
/// # Examples
/// ```
/// use monic::sequences::bernoulli_number;
/// assert_eq!(bernoulli_number(1)?.to_string(), "-1/2");
/// assert_eq!(bernoulli_number(60)?.to_string(), "-1215233140483755572040304994079820246041491/56786730");
/// # Ok::<(), monic::Error>(())
/// ```
pub fn bernoulli_number(n: u64) -> Result<BigRational> {
    if n < FIRST || n % 2 == 1 {
        return Ok(small_bernoulli(n));
    }
    check(n / 256, Kind::Bernoulli.log2(n))?;
    let denominator = denominator(n);
    let magnitude = alone::magnitude(Kind::Bernoulli, n, &denominator)?;
    Ok(BigRational::new_raw(signed(magnitude, n.is_multiple_of(4)), denominator.into()))
}

/// The Bernoulli numbers `B(0), ..., B(n - 1)`, with `B(1) = -1/2`.
///
/// # Errors
/// Kind limit, before the work.
///
/// # Complexity
/// `O(n^3)` bit operations with a small constant factor, and two products a number.
///
/// # Examples
/// ```
/// use monic::sequences::bernoulli_numbers;
/// let all: Vec<String> = bernoulli_numbers(7)?.iter().map(|b| b.to_string()).collect();
/// assert_eq!(all.join(", "), "1, -1/2, 1/6, 0, -1/30, 0, 1/42");
/// # Ok::<(), monic::Error>(())
/// ```
pub fn bernoulli_numbers(n: usize) -> Result<Vec<BigRational>> {
    check(n as u64 / 2, Kind::Bernoulli.log2((n as u64).max(FIRST)))?;
    let denominators = denominators(n as u64);
    let magnitudes = magnitudes(Kind::Bernoulli, n as u64, |k| &denominators[k as usize / 2])?;
    let mut magnitudes = magnitudes.into_iter();
    let number = |k: u64| {
        if k < FIRST || k % 2 == 1 {
            return small_bernoulli(k);
        }
        let magnitude = magnitudes.next().unwrap_or_else(|| unreachable!("one for every even number"));
        BigRational::new_raw(
            signed(magnitude, k.is_multiple_of(4)),
            denominators[k as usize / 2].clone().into(),
        )
    };
    Ok((0..n as u64).map(number).collect())
}

/// The Euler number `E(n)`, with `E(2) = -1`.
///
/// # Errors
/// Kind limit, before the work, as for [`bernoulli_number`].
///
/// # Complexity
/// As for [`bernoulli_number`].
///
/// # Examples
/// ```
/// use monic::sequences::euler_number;
/// assert_eq!(euler_number(10)?, (-50_521).into());
/// # Ok::<(), monic::Error>(())
/// ```
pub fn euler_number(n: u64) -> Result<BigInt> {
    if n < FIRST || n % 2 == 1 {
        return Ok(small_euler(n));
    }
    check(n / 256, Kind::Euler.log2(n))?;
    Ok(signed(alone::magnitude(Kind::Euler, n, &BigUint::one())?, n % 4 == 2))
}

/// The Euler numbers `E(0), ..., E(n - 1)`.
///
/// # Errors
/// Kind limit, before the work.
///
/// # Complexity
/// As for [`bernoulli_numbers`].
///
/// # Examples
/// ```
/// use monic::sequences::euler_numbers;
/// assert_eq!(euler_numbers(7)?, [1, 0, -1, 0, 5, 0, -61].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn euler_numbers(n: usize) -> Result<Vec<BigInt>> {
    check(n as u64 / 2, Kind::Euler.log2((n as u64).max(FIRST)))?;
    let one = BigUint::one();
    let mut magnitudes = magnitudes(Kind::Euler, n as u64, |_| &one)?.into_iter();
    let number = |k: u64| {
        if k < FIRST || k % 2 == 1 {
            return small_euler(k);
        }
        let magnitude = magnitudes.next().unwrap_or_else(|| unreachable!("one for every even number"));
        signed(magnitude, k % 4 == 2)
    };
    Ok((0..n as u64).map(number).collect())
}

/// So many numbers come from sums: 100 Bernoulli numbers took 16 us and by descent 50, 100 Euler numbers 12 and 62; 500 took 1.2 ms, 1000 by descent 2.1 and 3.4;
/// `numbers` in benches/peers. The bound is an estimate between.
const SUMS: u64 = 256;

/// `|B(k)|` or `|E(k)|` times their denominators, for even `k` from [`FIRST`] on and below `n`, ascending.
fn magnitudes<'a>(kind: Kind, n: u64, denominator: impl Fn(u64) -> &'a BigUint) -> Result<Vec<BigUint>> {
    if n <= SUMS {
        Ok(triangle::magnitudes(kind, n, denominator))
    } else {
        descent::magnitudes(kind, n, denominator)
    }
}

fn signed(magnitude: BigUint, negative: bool) -> BigInt {
    if negative { -BigInt::from(magnitude) } else { magnitude.into() }
}

fn small_bernoulli(n: u64) -> BigRational {
    match n {
        0 => BigRational::one(),
        1 => BigRational::new_raw((-1).into(), 2.into()),
        _ if n % 2 == 1 => BigRational::zero(),
        _ => {
            let (numerator, denominator) = BERNOULLI[n as usize / 2 - 1];
            BigRational::new_raw(numerator.into(), denominator.into())
        }
    }
}

fn small_euler(n: u64) -> BigInt {
    if n % 2 == 1 { BigInt::zero() } else { signed(EULER[n as usize / 2].into(), n % 4 == 2) }
}

/// The denominator of `B(n)` for even `n`: the product of the primes `p` with `p - 1 | n`.
fn denominator(n: u64) -> BigUint {
    let is_prime = |p: &u64| crate::integer::WordModulus::new(*p).is_ok_and(|p| p.is_prime());
    let divisors = (1..).take_while(|d| d * d <= n).filter(|d| n.is_multiple_of(*d));
    let all = divisors.flat_map(|d| if d * d == n { vec![d] } else { vec![d, n / d] });
    all.map(|d| d + 1).filter(is_prime).product()
}

/// The denominators of `B(0), B(2), B(4), ...`, below `n`.
fn denominators(n: u64) -> Vec<BigUint> {
    let mut denominators = vec![BigUint::from(2u8); n.div_ceil(2) as usize];
    let mut composite = vec![false; n as usize + 2];
    for p in 3..=n {
        if p % 2 == 0 || composite[p as usize] {
            continue;
        }
        (p * p..=n).step_by(2 * p as usize).for_each(|k| composite[k as usize] = true);
        for k in (p - 1..n).step_by(p as usize - 1) {
            denominators[k as usize / 2] *= p;
        }
    }
    denominators
}

/// Which numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bernoulli,
    Euler,
}

impl Kind {
    /// The exponent of the Dirichlet series.
    fn exponent(self, n: u64) -> u64 {
        match self {
            Kind::Bernoulli => n,
            Kind::Euler => n + 1,
        }
    }

    /// The logarithm to the base 2 of `F`, to a bit or so.
    fn log2(self, n: u64) -> f64 {
        let factorial = log2_factorial(n) + 1.0;
        match self {
            Kind::Bernoulli => factorial - n as f64 * (PI.ln() * LOG2_E + 1.0),
            Kind::Euler => factorial + (n as f64 + 1.0) * (1.0 - PI.ln() * LOG2_E),
        }
    }

    /// The sign of `i^-s` in the Dirichlet series, for odd `i`.
    fn is_negative(self, i: u64) -> bool {
        self == Kind::Euler && i % 4 == 3
    }

    /// Bits before and behind the point that a number with that denominator takes.
    fn bits(self, n: u64, denominator: &BigUint) -> f64 {
        self.log2(n).max(0.0) + denominator.bits() as f64 + GUARD
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sequences::integers::binomial;

    /// Against the recurrences, across the first one that is computed.
    #[test]
    fn against_recurrences() {
        let n = 100u64;
        let mut b: Vec<BigRational> = Vec::new();
        let mut e: Vec<BigInt> = Vec::new();
        for m in 0..n {
            let sum: BigRational =
                (0..m).map(|k| &b[k as usize] * BigRational::from_integer(binomial(m + 1, k))).sum();
            let start = if m == 0 { BigRational::one() } else { BigRational::zero() };
            b.push((start - sum) / BigRational::from_integer((m + 1).into()));
            let sum: BigInt =
                (0..m).filter(|k| (m - k) % 2 == 0).map(|k| &e[k as usize] * binomial(m, k)).sum();
            e.push(if m == 0 {
                BigInt::one()
            } else if m % 2 == 1 {
                BigInt::zero()
            } else {
                -sum
            });
        }
        for len in [0usize, 1, 2, 3, 31, 32, 33, 34, 35, 36, 99, 100] {
            assert_eq!(bernoulli_numbers(len).unwrap(), b[..len], "{len}");
            assert_eq!(euler_numbers(len).unwrap(), e[..len], "{len}");
        }
        for k in 0..n as usize {
            assert_eq!(bernoulli_number(k as u64).unwrap(), b[k], "B {k}");
            assert_eq!(euler_number(k as u64).unwrap(), e[k], "E {k}");
        }
    }

    /// Sums against the descent, on both sides of the bound.
    #[test]
    fn sums_against_descent() {
        let denominators = denominators(SUMS + 3);
        let (denominator, one) = (|k: u64| &denominators[k as usize / 2], BigUint::one());
        for n in [0, 1, FIRST, FIRST + 1, FIRST + 2, 37, SUMS, SUMS + 3] {
            let by_sums = triangle::magnitudes(Kind::Bernoulli, n, denominator);
            assert_eq!(Ok(by_sums), descent::magnitudes(Kind::Bernoulli, n, denominator), "{n}");
            let by_sums = triangle::magnitudes(Kind::Euler, n, |_| &one);
            assert_eq!(Ok(by_sums), descent::magnitudes(Kind::Euler, n, |_| &one), "{n}");
        }
    }

    /// Two ways that share only `F`.
    #[test]
    fn all_against_alone() {
        let len = 1203;
        let (b, e) = (bernoulli_numbers(len).unwrap(), euler_numbers(len).unwrap());
        for k in [200usize, 512, 720, 1000, 1200, 1202] {
            assert_eq!(bernoulli_number(k as u64).unwrap(), b[k]);
            assert_eq!(euler_number(k as u64).unwrap(), e[k]);
            assert_eq!(b[k].denom().magnitude(), &denominator(k as u64));
        }
    }

    #[test]
    fn limits() {
        for n in [1u64 << 40, u64::MAX - 1] {
            assert_eq!(bernoulli_number(n).unwrap_err().kind(), crate::ErrorKind::Limit);
            assert_eq!(euler_number(n).unwrap_err().kind(), crate::ErrorKind::Limit);
        }
        assert!(bernoulli_numbers(1 << 40).is_err() && euler_numbers(usize::MAX).is_err());
        assert!(bernoulli_number(u64::MAX).unwrap().is_zero());
    }
}
