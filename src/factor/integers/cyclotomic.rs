//! Factors whose roots are roots of unity: `x^n - 1`, `x^n + 1`, and cyclotomic factors of polynomials that read the same backwards.
//!
//! It stands apart because modulo every prime such polynomials have many factors, which recombination would have to put together
//! again, and because their factors are known.
//!
//! # Method
//! A product of cyclotomic polynomials is its own reversal up to the sign. If one of them divides such an `f`, its roots `z` are conjugate to `-z`, `z^2` or `-z^2`, so that it divides
//! `f(-x)`, `f(x^2)` or `f(-x^2)` (R. Bradford, J. Davenport 1988; F. Beukers, C. Smyth 2002): common divisors modulo a prime say how long all of them are together at
//! most. Then every `n` with such a `phi(n)` is tried: the value of `f` at an element of order `n` modulo a prime `p = 1` modulo `n` is 0 if the `n`-th
//! cyclotomic polynomial divides `f`; a division says whether it does. As `n <= 6*phi(n)` for all `n` in question there are not many.

use crate::integer::{WordModulus, factor::prime_divisors};
use crate::ring::{Integers, PrimeField};
use crate::sequences;
use crate::{Poly, Result, ZZ, Zmod, progress};
use num_integer::Integer;
use num_traits::One;

/// `n/phi(n) < 6` below `2*10^8`.
const RATIO: usize = 6;

/// Beyond this degree nobody looks: the search takes as many divisions of words as ten times the square of the degree.
const MOST_DEGREE: usize = 4000;

/// The prime modulo which common divisors are computed.
const PRIME: u64 = 998_244_353;

/// The cyclotomic factors of `f(x^d)` for a square-free polynomial `f`, as far as they are looked for, and the cofactor of those of `f`.
pub(super) fn factors(f: Poly<Integers>, d: u64) -> Result<(Vec<Poly<Integers>>, Poly<Integers>)> {
    let (orders, rest) = orders(f)?;
    let mut factors = Vec::new();
    for n in orders {
        // The roots of Phi_n(x^d) are those roots of unity whose d-th powers have order n.
        for e in (1..=n * d).filter(|e| (n * d).is_multiple_of(*e) && e / e.gcd(&d) == n) {
            factors.push(sequences::cyclotomic(ZZ, e)?);
        }
    }
    Ok((factors, rest))
}

/// The orders of the roots of unity that are roots of a square-free polynomial, and the cofactor of their cyclotomic polynomials.
fn orders(f: Poly<Integers>) -> Result<(Vec<u64>, Poly<Integers>)> {
    let n = f.len() - 1;
    let mut orders = Vec::new();
    if !f.is_monic() || !f.coefficients()[0].magnitude().is_one() || n > MOST_DEGREE {
        return Ok((orders, f));
    }
    let negative = f.coefficients()[0] != 1.into();
    let mut pairs = f.iter().zip(f.iter().rev());
    if !pairs.all(|(a, b)| if negative { *a == -b } else { a == b }) {
        return Ok((orders, f));
    }
    let mut left = most_degree(&f)?;
    let mut rest = f;
    for (d, phi) in totients(RATIO * left).into_iter().enumerate().skip(1) {
        progress::report("looking for cyclotomic factors", d as u64, RATIO as u64 * n as u64)?;
        if phi > left || !vanishes(&rest, d as u64)? {
            continue;
        }
        let candidate = sequences::cyclotomic(ZZ, d as u64)?;
        match rest.try_exact_quo(&candidate) {
            Ok(quotient) => {
                rest = quotient;
                left -= phi;
                orders.push(d as u64);
            }
            Err(error) if error.kind() == crate::ErrorKind::NotExact => {}
            Err(error) => return Err(error),
        }
    }
    Ok((orders, rest))
}

/// The degree that the product of all cyclotomic factors of a monic polynomial has at most.
fn most_degree(f: &Poly<Integers>) -> Result<usize> {
    let n = f.len() - 1;
    let field: PrimeField = Zmod::prime(PRIME)?;
    let image = f.to_ring(&field);
    let at_minus_x = image.try_dilate(&(PRIME - 1))?;
    let mut degree = 0;
    for other in [image.inflate(2), at_minus_x.inflate(2), at_minus_x] {
        degree += image.try_gcd(&other)?.len() - 1;
    }
    Ok(degree.min(n))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The bound is that of the factors there are, or above, also where `f(x)` and `f(-x)` have others in common.
    #[test]
    fn degrees_of_all_together() {
        for (f, d) in [
            ("x^2 - 3*x + 1", 0),
            ("(x^2 - 3*x + 1)*(x^2 + 3*x + 1)", 4),
            ("x^8 - 7*x^5 + 2*x^4 - 7*x^3 + 1", 0),
        ] {
            assert_eq!(most_degree(&ZZ.parse(f).unwrap()).unwrap(), d);
        }
        let other = ZZ.parse("x^4 - 7*x^3 + 3*x^2 - 7*x + 1").unwrap();
        for n in 1..40u64 {
            let cyclotomic = sequences::cyclotomic(ZZ, n).unwrap();
            let f = &cyclotomic * &other;
            assert_eq!(most_degree(&f).unwrap(), cyclotomic.len() - 1, "{n}");
            for d in [1, 2, 6, 9] {
                let (factors, rest) = factors(f.clone(), d).unwrap();
                assert_eq!(rest, other);
                assert_eq!(ZZ.product(factors), cyclotomic.inflate(d as usize), "{n}, {d}");
            }
        }
    }
}
