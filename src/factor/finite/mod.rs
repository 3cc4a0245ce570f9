//! Factoring over GF(q): square-free, distinct-degree, equal-degree.
//!
//! It stands apart because everything here rests on one map: `a -> a^q` fixes GF(q), and modulo an irreducible polynomial of degree `d` its
//! `d`-th power is the identity, so that `x^(q^d) - x` is the product of all of them whose degrees divide `d`.
//!
//! - `squarefree`: one factor for each exponent, in characteristic `p`
//! - `frobenius`: `a^(q^i)` modulo a polynomial
//! - `distinct`: factors of one degree each, by baby steps and giant steps; `interval`: the products where they meet
//! - `equal`: factors of one degree apart; `linear`: those of degree 1
//! - `irreducible`: the tests of Ben-Or and of Rabin
//! - `roots`: linear factors alone
//! - `random`: irreducible polynomials by chance
//!
//! Small prime fields have a way of their own for polynomials that are not long ([`FiniteField::own_factors`]).
//!
//! # Invariants
//! Polynomials are monic inside; random choices start from one seed for every polynomial.

mod distinct;
mod equal;
mod frobenius;
mod interval;
mod irreducible;
mod linear;
#[cfg(feature = "rand")]
mod random;
pub(super) mod roots;
mod squarefree;
#[cfg(test)]
mod tests;

use super::{Factor, Factored};
use crate::ring::FiniteField;
use crate::{Error, Poly, Result};
use std::cmp::Ordering;

pub(crate) use distinct::{Distinct, degrees};

impl<F: FiniteField> Factor for F {
    fn factor_poly(&self, f: &Poly<F>) -> Result<Factored<F>> {
        let Some(unit) = f.leading_coefficient() else { return Ok(Factored::zero(self.clone())) };
        if let Some(factors) = self.own_factors(f.coefficients()) {
            let factors =
                factors.into_iter().map(|(f, exponent)| (Poly::from_vec(self.clone(), f), exponent));
            return Ok(Factored::new(self.clone(), unit.clone(), factors.collect()));
        }
        let mut factors = Vec::new();
        for (part, exponent) in squarefree::parts(f)? {
            factors.extend(squarefree_factors(&part)?.into_iter().map(|factor| (factor, exponent)));
        }
        Ok(Factored::new(self.clone(), unit.clone(), factors))
    }

    fn squarefree_poly(&self, f: &Poly<F>) -> Result<Factored<F>> {
        let Some(unit) = f.leading_coefficient() else { return Ok(Factored::zero(self.clone())) };
        Ok(Factored::new(self.clone(), unit.clone(), squarefree::together(squarefree::parts(f)?)?))
    }

    fn is_irreducible_poly(&self, f: &Poly<F>) -> Result<bool> {
        irreducible::test(f)
    }

    fn compare(&self, a: &F::Element, b: &F::Element) -> Ordering {
        FiniteField::compare(self, a, b)
    }
}

/// Random choices that cut nothing before a field is no field. Modulo a prime at most 5 in 9 fail, so that so many in a row have a probability below `2^-100`.
const TRIES: usize = 128;

/// The error where choices fail that do not in a field.
fn no_field<F: FiniteField>(field: &F) -> Error {
    Error::undefined(format!(
        "{TRIES} random choices in {field:?} do not tell factors apart: its characteristic is not prime"
    ))
}

/// The irreducible factors of a monic square-free polynomial, in no order.
///
/// # Errors
/// Those of the ring's products; kind interrupted.
pub(crate) fn squarefree_factors<F: FiniteField>(f: &Poly<F>) -> Result<Vec<Poly<F>>> {
    match f.degree() {
        None | Some(0) => return Ok(Vec::new()),
        Some(1) => return Ok(vec![f.clone()]),
        _ => {}
    }
    Distinct::of(f)?.split()
}

impl<F: FiniteField> Distinct<F> {
    /// The irreducible factors, in no order.
    ///
    /// # Errors
    /// Those of the ring's products; kind interrupted.
    pub(crate) fn split(self) -> Result<Vec<Poly<F>>> {
        let mut factors = Vec::new();
        for (part, degree) in self.parts {
            if degree == 1 {
                let ring = part.ring().clone();
                let mut roots = Vec::new();
                linear::roots(part, None, &mut roots)?;
                let factor = |root| Poly::from_vec(ring.clone(), vec![ring.neg(root), ring.one()]);
                factors.extend(roots.iter().map(factor));
            } else {
                equal::split(part, degree, &self.frobenius, &mut factors)?;
            }
        }
        Ok(factors)
    }
}

impl<F: FiniteField> Poly<F> {
    /// The degrees of the irreducible factors of a square-free polynomial, each with the number of factors, ascending: less work than the
    /// factors themselves.
    ///
    /// # Errors
    /// Kind undefined for a polynomial that is not square-free, or zero; those of [`try_factor`](Poly::try_factor).
    ///
    /// # Examples
    /// ```
    /// use monic::Zmod;
    /// let f = Zmod::prime(7)?.parse("x^6 + x + 1")?;
    /// assert_eq!(f.try_factor_degrees()?, [(1, 1), (5, 1)]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_factor_degrees(&self) -> Result<Vec<(usize, usize)>> {
        if self.is_zero() {
            return Err(Error::undefined("degrees of the factors of zero"));
        }
        let f = self.try_monic()?;
        if f.len() > 1 && !f.try_gcd(&f.try_derivative(1)?)?.is_one() {
            return Err(Error::undefined("degrees of the factors of a polynomial that is not square-free"));
        }
        degrees(&f)
    }
}
