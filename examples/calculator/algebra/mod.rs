//! Polynomials whose number of variables is known only when a line is read, over the rings of the library.
//!
//! In one variable the library does the work ([`Poly`]). What it has no type for stands here: terms in several
//! variables, and very sparse ones (`x^200000000 + 1`), as a map from monomials to coefficients. Products in several
//! variables go through Kronecker substitution into one long product in one variable where the exponents are dense
//! (Kronecker 1882; von zur Gathen and Gerhard, Modern Computer Algebra, section 8.4).
//!
//! # Invariants
//! A [`Polynomial`] has exactly one form for zero and constants. Names in a monomial ascend, exponents are at least 1
//! and below [`MAX_COEFFICIENTS`]; no stored coefficient of a sparse polynomial is zero. Sizes are held against the
//! limits before memory is taken.

mod divide;
mod monomial;
mod power;
mod product;
mod substitute;
mod sum;
#[cfg(test)]
mod tests;

pub use monomial::{Monomial, Name};

use crate::failure::{Failure, Outcome};
use monic::ring::Ring;
use monic::{Poly, limit};
use std::collections::{BTreeMap, BTreeSet};

/// How many coefficients a result may have, zeros below the degree included.
pub const MAX_COEFFICIENTS: u64 = 1 << 28;

/// The room that may be taken whatever the limit of a result: 2^32 bits, 512 MiB.
const ROOM_BITS: u64 = 1 << 32;

/// A map from monomials to coefficients that are not zero.
pub type Terms<R> = BTreeMap<Monomial, <R as Ring>::Element>;

/// A polynomial in any number of variables.
#[derive(Clone, Debug)]
pub enum Polynomial<R: Ring> {
    /// No variable occurs.
    Constant(R::Element),
    /// One variable; the degree is at least 1.
    Dense(Name, Poly<R>),
    /// At least one variable.
    Sparse(Terms<R>),
}

impl<R: Ring> Polynomial<R> {
    /// The variables that occur, in order.
    pub fn variables(&self) -> BTreeSet<Name> {
        match self {
            Polynomial::Constant(_) => BTreeSet::new(),
            Polynomial::Dense(name, _) => BTreeSet::from([name.clone()]),
            Polynomial::Sparse(terms) => {
                let mut names = BTreeSet::new();
                for (name, _) in terms.keys().flat_map(Monomial::factors) {
                    if !names.contains(name) {
                        names.insert(name.clone());
                    }
                }
                names
            }
        }
    }

    /// How many terms are stored.
    pub fn len(&self) -> usize {
        match self {
            Polynomial::Constant(_) => 1,
            Polynomial::Dense(_, poly) => poly.len(),
            Polynomial::Sparse(terms) => terms.len(),
        }
    }
}

/// The arithmetic of [`Polynomial`] over one ring.
#[derive(Clone, Debug)]
pub struct Algebra<R: Ring> {
    ring: R,
}

impl<R: Ring> Algebra<R> {
    /// Polynomials over `ring`.
    pub fn new(ring: R) -> Self {
        Algebra { ring }
    }

    /// The ring of the coefficients.
    pub fn ring(&self) -> &R {
        &self.ring
    }

    /// The variable of that name.
    pub fn variable(&self, name: Name) -> Polynomial<R> {
        self.from_terms(BTreeMap::from([(Monomial::power(name, 1), self.ring.one())]))
    }

    /// Whether it is the constant zero.
    pub fn is_zero(&self, f: &Polynomial<R>) -> bool {
        matches!(f, Polynomial::Constant(c) if self.ring.is_zero(c))
    }

    /// Terms in their normal form.
    pub fn from_terms(&self, mut terms: Terms<R>) -> Polynomial<R> {
        terms.retain(|_, c| !self.ring.is_zero(c));
        self.from_nonzero(terms)
    }

    /// Terms of which none is zero, in their normal form.
    fn from_nonzero(&self, terms: Terms<R>) -> Polynomial<R> {
        let constant = match terms.last_key_value() {
            None => Some(self.ring.zero()),
            Some((monomial, c)) if monomial.is_one() => Some(c.clone()),
            Some(_) => None,
        };
        match constant {
            Some(c) => Polynomial::Constant(c),
            None => Polynomial::Sparse(terms),
        }
    }

    /// A polynomial of the library, in the variable `name`.
    pub fn from_poly(&self, name: Name, poly: Poly<R>) -> Polynomial<R> {
        match poly.degree() {
            Some(1..) => Polynomial::Dense(name, poly),
            _ => Polynomial::Constant(poly.coefficient(0)),
        }
    }

    /// All terms.
    pub fn to_terms(&self, f: Polynomial<R>) -> Outcome<Terms<R>> {
        match f {
            Polynomial::Constant(c) if self.ring.is_zero(&c) => Ok(Terms::<R>::new()),
            Polynomial::Constant(c) => Ok([(Monomial::one(), c)].into()),
            Polynomial::Sparse(terms) => Ok(terms),
            Polynomial::Dense(name, poly) => {
                self.hold_terms(poly.len() as u64)?;
                let terms = poly.into_coefficients().into_iter().enumerate();
                Ok(terms
                    .filter(|(_, c)| !self.ring.is_zero(c))
                    .map(|(k, c)| (Monomial::power(name.clone(), k as u32), c))
                    .collect())
            }
        }
    }

    /// The polynomial of the library and its variable, none for a constant.
    ///
    /// # Errors
    /// For several variables, and for a degree whose coefficients, zeros included, are over the limit.
    pub fn to_poly(&self, f: Polynomial<R>) -> Outcome<(Option<Name>, Poly<R>)> {
        match f {
            Polynomial::Constant(c) => Ok((None, Poly::constant(self.ring.clone(), c))),
            Polynomial::Dense(name, poly) => Ok((Some(name), poly)),
            Polynomial::Sparse(terms) => {
                let degree = terms.last_key_value().map_or(0, |(monomial, _)| monomial.leading().1);
                self.hold(u64::from(degree) + 1, 0.0)?;
                let mut coefficients = vec![self.ring.zero(); degree as usize + 1];
                let mut variable: Option<Name> = None;
                for (monomial, c) in terms {
                    if monomial.is_one() {
                        coefficients[0] = c;
                        continue;
                    }
                    let (name, k) = monomial.single().ok_or_else(several_variables)?;
                    match &variable {
                        Some(other) if other != name => return Err(several_variables()),
                        Some(_) => {}
                        None => variable = Some(name.clone()),
                    }
                    coefficients[k as usize] = c;
                }
                Ok((variable, Poly::from_vec(self.ring.clone(), coefficients)))
            }
        }
    }

    /// The one variable of a polynomial and its highest exponent; 0 for a constant; none for several variables.
    fn univariate(&self, f: &Polynomial<R>) -> Option<(Option<Name>, u32)> {
        match f {
            Polynomial::Constant(_) => Some((None, 0)),
            Polynomial::Dense(name, poly) => Some((Some(name.clone()), poly.len() as u32 - 1)),
            Polynomial::Sparse(terms) => {
                let (name, degree) = terms.last_key_value()?.0.leading();
                terms
                    .keys()
                    .all(|m| m.is_one() || m.single().is_some_and(|(other, _)| other == name))
                    .then(|| (Some(name.clone()), degree))
            }
        }
    }

    /// Holds a result of `count` coefficients of `bits` bits each, and the room for it, against the limits.
    pub fn hold(&self, count: u64, bits: f64) -> Outcome<()> {
        if count > MAX_COEFFICIENTS {
            return Err(Failure::of(format!(
                "the result would have {count} coefficients, over the limit of {MAX_COEFFICIENTS}"
            )));
        }
        // The cast saturates: an estimate past every limit stays past every limit.
        limit::check(count, bits.ceil() as u64)?;
        hold_room(count.saturating_mul(size_of::<R::Element>() as u64))
    }

    /// Holds `count` sparse terms against the limits.
    fn hold_terms(&self, count: u64) -> Outcome<()> {
        self.hold(count, 0.0)?;
        let room = size_of::<R::Element>() + size_of::<Monomial>() + size_of::<(Name, u32)>();
        hold_room(count.saturating_mul(room as u64))
    }

    /// The base-2 logarithm of a norm of the coefficients, see [`Ring::log2_norm`].
    fn log2_norm(&self, f: &Polynomial<R>) -> f64 {
        match f {
            Polynomial::Constant(c) => self.ring.log2_norm(std::slice::from_ref(c)),
            Polynomial::Dense(_, poly) => self.ring.log2_norm(poly.coefficients()),
            Polynomial::Sparse(terms) => self.ring.log2_norm(&terms.values().cloned().collect::<Vec<_>>()),
        }
    }
}

/// Holds so many bytes of memory against the limit of bits, or against [`ROOM_BITS`] where that is lower: a low limit
/// is one for results and not for the slots that they stand in.
pub fn hold_room(bytes: u64) -> Outcome<()> {
    let bits = bytes.saturating_mul(8);
    let limit = limit::result_bits().max(ROOM_BITS);
    if bits <= limit {
        return Ok(());
    }
    Err(Failure::of(format!("this would take {bits} bits of memory, over the limit of {limit} bits")))
}

/// An exponent that is one too large for what is held.
fn exponent_too_large(exponent: impl std::fmt::Display) -> Failure {
    Failure::of(format!("the exponent {exponent} is over the limit of {MAX_COEFFICIENTS} coefficients"))
}

fn several_variables() -> Failure {
    Failure::of("polynomials in one variable are expected here, not in several")
}
