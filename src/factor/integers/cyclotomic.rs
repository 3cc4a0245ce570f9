//! Factors whose roots are roots of unity: `x^n - 1`, `x^n + 1`, and cyclotomic factors of polynomials that read the same backwards.
//!
//! It stands apart because modulo every prime such polynomials have many factors, which recombination would have to put together
//! again, and because their factors are known.
//!
//! # Method
//! A product of cyclotomic polynomials is its own reversal up to the sign. Where `f` is, every `n` with `phi(n) <= deg f` is tried: the value
//! of `f` at an element of order `n` modulo a prime `p = 1` modulo `n` is 0 if the `n`-th cyclotomic polynomial divides `f`; a division says whether it
//! does. As `n <= 6*phi(n)` for all `n` in question there are not many.

use crate::integer::{WordModulus, factor::prime_divisors};
use crate::ring::Integers;
use crate::sequences;
use crate::{Poly, Result, ZZ, progress};
use num_traits::{One, Zero};

/// `n/phi(n) < 6` below `2*10^8`.
const RATIO: usize = 6;

/// Beyond this degree nobody looks: the search takes as many divisions of words as ten times the square of the degree.
const MOST_DEGREE: usize = 4000;

/// The cyclotomic factors of a square-free polynomial, as far as they are looked for, and the cofactor.
pub(super) fn factors(f: Poly<Integers>) -> Result<(Vec<Poly<Integers>>, Poly<Integers>)> {
    let n = f.len() - 1;
    let mut factors = Vec::new();
    if !f.is_monic() || !f.coefficients()[0].magnitude().is_one() {
        return Ok((factors, f));
    }
    if f.coefficients()[1..n].iter().all(Zero::is_zero) {
        // x^n - 1, or x^n + 1 = (x^(2n) - 1)/(x^n - 1).
        let minus = f.coefficients()[0] == (-1).into();
        let whole = if minus { n } else { 2 * n };
        for d in (1..=whole).filter(|&d| whole.is_multiple_of(d) && (minus || !n.is_multiple_of(d))) {
            factors.push(sequences::cyclotomic(ZZ, d as u64)?);
        }
        return Ok((factors, ZZ.poly([1])));
    }
    let negative = f.coefficients()[0] != 1.into();
    let pairs = f.iter().zip(f.iter().rev());
    if n > MOST_DEGREE || !pairs.clone().all(|(a, b)| if negative { *a == -b } else { a == b }) {
        return Ok((factors, f));
    }
    let mut rest = f;
    for (d, phi) in totients(RATIO * n).into_iter().enumerate().skip(1) {
        progress::report("looking for cyclotomic factors", d as u64, RATIO as u64 * n as u64)?;
        if phi > rest.len() - 1 || !vanishes(&rest, d as u64)? {
            continue;
        }
        let candidate = sequences::cyclotomic(ZZ, d as u64)?;
        match rest.try_exact_quo(&candidate) {
            Ok(quotient) => {
                rest = quotient;
                factors.push(candidate);
            }
            Err(error) if error.kind() == crate::ErrorKind::NotExact => {}
            Err(error) => return Err(error),
        }
    }
    Ok((factors, rest))
}

/// Euler's function up to `most`.
fn totients(most: usize) -> Vec<usize> {
    let mut phi: Vec<usize> = (0..=most).collect();
    for p in 2..=most {
        if phi[p] == p {
            (p..=most).step_by(p).for_each(|multiple| phi[multiple] -= phi[multiple] / p);
        }
    }
    phi
}

/// Whether `f` is 0 at an element of order `n` modulo some prime.
fn vanishes(f: &Poly<Integers>, n: u64) -> Result<bool> {
    // Large enough that a value is hardly ever 0 by chance.
    let mut p = ((1u64 << 50) / n) * n + 1;
    let modulus = loop {
        let modulus = WordModulus::new(p)?;
        if modulus.is_prime() {
            break modulus;
        }
        p += n;
    };
    let primes = prime_divisors(n);
    let root = (2..)
        .map(|base| modulus.pow(base, (p - 1) / n))
        .find(|&root| primes.iter().all(|q| modulus.pow(root, n / q) != 1))
        .unwrap_or(1);
    let value = f.iter().rev().fold(0, |value, c| modulus.mul_add(value, root, modulus.reduce_bigint(c)));
    Ok(value == 0)
}
