//! Factoring over Z and Q.
//!
//! It stands apart from finite fields because here a factorisation is guessed modulo a prime, lifted, and recombined.
//!
//! - here: what is taken out first: content, powers of `x`, multiplicities, powers of `x` as the variable, short factors
//! - [`modular`]: the prime, and which degrees are possible
//! - [`lift`]: factors modulo powers of it, [`digits`] in words
//! - [`subsets`], [`knapsack`]: few and many of them recombined; [`lattice`] reduces lattices, [`bounds`] says how large things are
//! - [`cyclotomic`]: factors whose roots are roots of unity
//! - [`inflation`]: what stays irreducible with a power of `x` as the variable
//!
//! # Method
//! H. Zassenhaus 1969, with the tests of Abbott, Shoup and Zimmermann, and M. van Hoeij 2002 in the form of Hart, van Hoeij and Novocin 2011.
//! Recombination is tried again and again while factors are lifted as far as they are expected to need, not as they might; what it finds last
//! and cannot prove irreducible is factored on its own.

mod bounds;
mod cyclotomic;
mod digits;
mod inflation;
mod knapsack;
mod lattice;
mod lift;
mod modular;
mod subsets;

use super::{Factor, Factored, squarefree::parts};
use crate::ring::{Integers, PrimeField, Rationals};
use crate::{Poly, Result, integer::sqrt::sqrt_rem, natural_product};
use lift::{Lifting, Residues};
use modular::{Degrees, Modular};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::cmp::Ordering;
use subsets::Found;

/// Up to so many factors modulo a prime all of their products are tried.
const MOST_SUBSETS: usize = 12;

/// Bits that factors are expected to have beyond those of the polynomial.
const EXPECTED_BITS: f64 = 12.0;

/// Recombination is not tried with a modulus of fewer bits, unless it is the last one.
const LEAST_BITS: f64 = 64.0;

impl Factor for Integers {
    fn factor_poly(&self, f: &Poly<Self>) -> Result<Factored<Self>> {
        let Some((unit, f)) = primitive(f) else { return Ok(Factored::zero(Integers)) };
        let mut factors = Vec::new();
        for (part, exponent) in squarefree(f)? {
            factors.extend(of_squarefree(&part)?.into_iter().map(|factor| (factor, exponent)));
        }
        Ok(Factored::new(Integers, unit, factors))
    }

    fn squarefree_poly(&self, f: &Poly<Self>) -> Result<Factored<Self>> {
        let Some((unit, f)) = primitive(f) else { return Ok(Factored::zero(Integers)) };
        Ok(Factored::new(Integers, unit, squarefree(f)?))
    }

    fn is_irreducible_poly(&self, f: &Poly<Self>) -> Result<bool> {
        let Some((_, f)) = primitive(f).filter(|(_, f)| !f.is_constant()) else { return Ok(false) };
        let parts = squarefree(f)?;
        let [(part, 1)] = &parts[..] else { return Ok(false) };
        Ok(of_squarefree(part)?.len() == 1)
    }

    fn compare(&self, a: &BigInt, b: &BigInt) -> Ordering {
        a.cmp(b)
    }
}

impl Factor for Rationals {
    fn factor_poly(&self, f: &Poly<Self>) -> Result<Factored<Self>> {
        over_fractions(f, Integers.factor_poly(&f.numerator_denominator().0)?)
    }

    fn squarefree_poly(&self, f: &Poly<Self>) -> Result<Factored<Self>> {
        over_fractions(f, Integers.squarefree_poly(&f.numerator_denominator().0)?)
    }

    fn is_irreducible_poly(&self, f: &Poly<Self>) -> Result<bool> {
        Integers.is_irreducible_poly(&f.numerator_denominator().0)
    }

    fn compare(&self, a: &BigRational, b: &BigRational) -> Ordering {
        a.cmp(b)
    }
}

/// Monic factors, from those of the numerators.
fn over_fractions(f: &Poly<Rationals>, numerators: Factored<Integers>) -> Result<Factored<Rationals>> {
    let Some(leading) = f.leading_coefficient() else { return Ok(Factored::zero(Rationals)) };
    let monic = |(factor, exponent): (Poly<Integers>, usize)| {
        let leading = factor.leading_coefficient().cloned().unwrap_or_else(BigInt::one);
        Ok((Poly::from_numerator_denominator(&factor, &leading)?, exponent))
    };
    let factors: Result<Vec<_>> = numerators.into_iter().map(monic).collect();
    Ok(Factored::new(Rationals, leading.clone(), factors?))
}

/// The content with the sign, and the primitive polynomial with positive leading coefficient; `None` for zero.
fn primitive(f: &Poly<Integers>) -> Option<(BigInt, Poly<Integers>)> {
    let negative = f.leading_coefficient()?.is_negative();
    let (content, primitive) = (f.content(), f.primitive_part());
    Some(if negative { (-content, -primitive) } else { (content, primitive) })
}

/// Square-free parts of a primitive polynomial with positive leading coefficient, primitive and coprime in pairs, with their exponents.
fn squarefree(f: Poly<Integers>) -> Result<Vec<(Poly<Integers>, usize)>> {
    let valuation = f.valuation().unwrap_or(0);
    let f = Poly::from_vec(Integers, f.into_coefficients().split_off(valuation));
    let mut parts = parts(&f)?;
    // A power of x belongs to the part with its exponent, if there is one.
    if valuation > 0 {
        match parts.iter_mut().find(|(_, exponent)| *exponent == valuation) {
            Some((part, _)) => *part = part.try_mul(&Integers.x())?,
            None => parts.push((Integers.x(), valuation)),
        }
    }
    Ok(parts)
}

/// The irreducible factors of a square-free primitive polynomial with positive leading coefficient.
fn of_squarefree(f: &Poly<Integers>) -> Result<Vec<Poly<Integers>>> {
    let mut factors = Vec::new();
    let mut f = f.clone();
    if f.valuation() == Some(1) {
        factors.push(Integers.x());
        f = Poly::from_vec(Integers, f.into_coefficients().split_off(1));
    }
    if f.is_constant() {
        return Ok(factors);
    }
    // As a polynomial in x^d: its factors are factored again with the primes of d as exponents, one at a time.
    let mut d = f.iter().enumerate().filter(|(_, c)| !c.is_zero()).fold(0, |gcd, (k, _)| gcd.gcd(&k));
    let deflated = Poly::from_vec(Integers, f.into_coefficients().into_iter().step_by(d).collect());
    let (cyclotomic, rest) = cyclotomic::factors(deflated, d as u64)?;
    factors.extend(cyclotomic);
    let mut parts = with_constant(&rest)?;
    for prime in 2.. {
        // For odd q, g(x^(q^k)) is irreducible where g(x^q) is.
        let mut lasting: Vec<Poly<Integers>> = Vec::new();
        while d.is_multiple_of(prime) {
            d /= prime;
            lasting.iter_mut().for_each(|part| *part = part.inflate(prime));
            let mut inflated = Vec::new();
            for part in parts {
                let longer = part.inflate(prime);
                let factors = match inflation::is_irreducible(&part, prime as u64)? {
                    true => vec![longer],
                    false => with_constant(&longer)?,
                };
                match &factors[..] {
                    [_] if prime > 2 => lasting.extend(factors),
                    _ => inflated.extend(factors),
                }
            }
            parts = inflated;
        }
        parts.extend(lasting);
        if d == 1 {
            break;
        }
    }
    factors.extend(parts);
    Ok(factors)
}

/// The irreducible factors of a square-free primitive polynomial with positive leading coefficient that `x` does not divide.
fn with_constant(f: &Poly<Integers>) -> Result<Vec<Poly<Integers>>> {
    match f.coefficients() {
        [] | [_] => Ok(Vec::new()),
        [_, _] => Ok(vec![f.clone()]),
        [c, b, a] => Ok(quadratic(a, b, c)),
        [first, .., last] if first.magnitude() < last.magnitude() => {
            // The leading coefficient is what factors are multiplied by: the smaller one shall be it.
            let reversed = |f: &Poly<Integers>| {
                let f = Poly::from_vec(Integers, f.iter().rev().cloned().collect());
                if f.leading_coefficient().is_some_and(Signed::is_negative) { -f } else { f }
            };
            Ok(by_primes(&reversed(f))?.iter().map(reversed).collect())
        }
        _ => by_primes(f),
    }
}

/// The factors of `a*x^2 + b*x + c`.
fn quadratic(a: &BigInt, b: &BigInt, c: &BigInt) -> Vec<Poly<Integers>> {
    let whole = || vec![Integers.poly([c.clone(), b.clone(), a.clone()])];
    let discriminant: BigInt = b * b - a * c * 4;
    if discriminant.is_negative() {
        return whole();
    }
    let (root, rest) = sqrt_rem(discriminant.magnitude(), natural_product);
    if !rest.is_zero() {
        return whole();
    }
    let root = BigInt::from(root);
    // a*x^2 + b*x + c = (2*a*x + b - root)*(2*a*x + b + root)/(4*a)
    [b - &root, b + &root]
        .map(|constant| {
            let twice: BigInt = a * 2;
            let common = twice.gcd(&constant);
            Integers.poly([constant / &common, twice / &common])
        })
        .into()
}

fn by_primes(f: &Poly<Integers>) -> Result<Vec<Poly<Integers>>> {
    let mut modular = Modular::new(f);
    if modular.is_irreducible(MOST_SUBSETS)? {
        return Ok(vec![f.clone()]);
    }
    let factors = modular.factors()?;
    let mut lifting = Lifting::new(f.coefficients(), &factors)?;
    if factors.len() > MOST_SUBSETS {
        return knapsack::factors(f, &mut lifting);
    }
    let norm = bounds::norm(f.coefficients());
    let likely = exponent(&lifting, norm + EXPECTED_BITS);
    let proven = exponent(&lifting, bounds::factor(norm, (f.len() - 1) / 2));
    let most = likely.min(proven);
    let mut found = Vec::new();
    // Factors are mostly shorter than their product, and seen long before it would be.
    for part in [8, 4, 2, 1] {
        let next = most.div_ceil(part);
        if part > 1 && next < exponent(&lifting, LEAST_BITS) {
            continue;
        }
        found = lifted(f, &mut lifting, next, &modular.degrees, part == 1)?;
        if found.iter().all(|found| found.proven) {
            return Ok(found.into_iter().map(|found| found.factor).collect());
        }
    }
    // What was found divides f; what may have factors still is looked at more closely.
    if let [_] = found[..] {
        return match modular.is_irreducible(0)? {
            true => Ok(vec![f.clone()]),
            false => proved(f, &mut lifting, &modular.degrees),
        };
    }
    let mut irreducible = Vec::new();
    for Found { factor, indices, proven } in found {
        if proven {
            irreducible.push(factor);
            continue;
        }
        let mut own = Modular::new(&factor);
        if own.is_irreducible(0)? {
            irreducible.push(factor);
            continue;
        }
        let factors: Vec<Poly<PrimeField>> = indices.iter().map(|&i| factors[i].clone()).collect();
        let mut lifting = Lifting::new(factor.coefficients(), &factors)?;
        irreducible.extend(proved(&factor, &mut lifting, &own.degrees)?);
    }
    Ok(irreducible)
}

/// The exponent of a modulus more than twice as large as this power of two.
fn exponent(lifting: &Lifting, bits: f64) -> usize {
    ((bits + 2.0) / (lifting.prime() as f64).log2()).ceil() as usize
}

/// Factors from subsets of factors that are lifted this far.
fn lifted(
    f: &Poly<Integers>,
    lifting: &mut Lifting,
    exponent: usize,
    degrees: &Degrees,
    all: bool,
) -> Result<Vec<Found>> {
    lifting.lift(exponent)?;
    let residues = Residues::new(lifting.modulus())?;
    subsets::factors(f, &lifting.factors(), &residues, degrees, all)
}

/// The irreducible factors, from subsets of factors that are lifted as far as the proof needs.
fn proved(f: &Poly<Integers>, lifting: &mut Lifting, degrees: &Degrees) -> Result<Vec<Poly<Integers>>> {
    let bits = bounds::factor(bounds::norm(f.coefficients()), (f.len() - 1) / 2);
    let exponent = exponent(lifting, bits);
    Ok(lifted(f, lifting, exponent, degrees, true)?.into_iter().map(|found| found.factor).collect())
}

#[cfg(test)]
mod tests;
