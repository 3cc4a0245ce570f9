//! R\[x\] as a ring of coefficients, so that polynomials over it have two variables.
//!
//! Products of sequences of polynomials go into the engine of the base ring by Kronecker substitution: every
//! coefficient gets a slot of the length that the coefficients of the product need (Kronecker 1882).

use super::Poly;
use crate::ring::{Domain, GcdDomain, IntoElement, Literal, Ring, Style};
use crate::{Error, Result};
use num_bigint::BigInt;
use std::fmt;
use std::sync::Arc;

/// The ring of polynomials over `R` in a named variable.
///
/// # Examples
/// ```
/// use monic::{PolyRing, ZZ};
/// let zx = PolyRing::new(ZZ, "x");
/// let x = zx.generator();
/// let f = zx.poly([x.clone(), ZZ.poly([1])]); // the outer variable plus x
/// assert_eq!(f.square().display(Default::default(), "y").to_string(), "y^2 + 2*x*y + x^2");
/// ```
#[derive(Clone, Debug)]
pub struct PolyRing<R: Ring> {
    base: R,
    name: Arc<str>,
}

impl<R: Ring> PartialEq for PolyRing<R> {
    fn eq(&self, other: &Self) -> bool {
        self.base == other.base && (Arc::ptr_eq(&self.name, &other.name) || self.name == other.name)
    }
}

impl<R: Ring + Eq> Eq for PolyRing<R> {}

impl<R: Ring> PolyRing<R> {
    /// The ring of polynomials over `base` in the variable `name`.
    pub fn new(base: R, name: impl Into<Arc<str>>) -> Self {
        PolyRing { base, name: name.into() }
    }

    /// The ring of the coefficients.
    pub fn base(&self) -> &R {
        &self.base
    }

    /// The name of the variable.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The variable, as an element of this ring.
    pub fn generator(&self) -> Poly<R> {
        Poly::x(self.base.clone())
    }
}

impl<R: Ring> Ring for PolyRing<R> {
    type Element = Poly<R>;

    fn zero(&self) -> Poly<R> {
        Poly::zero(self.base.clone())
    }
    fn one(&self) -> Poly<R> {
        Poly::one(self.base.clone())
    }
    fn add(&self, a: &Poly<R>, b: &Poly<R>) -> Poly<R> {
        a + b
    }
    fn neg(&self, a: &Poly<R>) -> Poly<R> {
        -a
    }
    fn mul(&self, a: &Poly<R>, b: &Poly<R>) -> Poly<R> {
        a * b
    }
    fn sub(&self, a: &Poly<R>, b: &Poly<R>) -> Poly<R> {
        a - b
    }
    fn is_zero(&self, a: &Poly<R>) -> bool {
        a.is_zero()
    }
    fn is_one(&self, a: &Poly<R>) -> bool {
        a.is_one()
    }
    fn from_integer(&self, n: BigInt) -> Poly<R> {
        Poly::constant(self.base.clone(), self.base.from_integer(n))
    }
    fn try_add(&self, a: &Poly<R>, b: &Poly<R>) -> Result<Poly<R>> {
        a.try_add(b)
    }
    fn try_sub(&self, a: &Poly<R>, b: &Poly<R>) -> Result<Poly<R>> {
        a.try_sub(b)
    }
    fn try_neg(&self, a: &Poly<R>) -> Result<Poly<R>> {
        a.try_neg()
    }
    fn try_mul(&self, a: &Poly<R>, b: &Poly<R>) -> Result<Poly<R>> {
        a.try_mul(b)
    }
    fn try_from_integer(&self, n: BigInt) -> Result<Poly<R>> {
        Ok(Poly::constant(self.base.clone(), self.base.try_from_integer(n)?))
    }
    fn try_inverse(&self, a: &Poly<R>) -> Result<Poly<R>> {
        match a.coefficients() {
            [] => Err(Error::undefined("division by zero")),
            [c] => Ok(Poly::constant(self.base.clone(), self.base.try_inverse(c)?)),
            _ => Err(Error::undefined("a polynomial of positive degree is no unit")),
        }
    }
    fn try_exact_quo(&self, a: &Poly<R>, b: &Poly<R>) -> Result<Poly<R>> {
        a.try_exact_quo(b)
    }
    fn is_commutative(&self) -> bool {
        self.base.is_commutative()
    }
    fn is_exact(&self) -> bool {
        self.base.is_exact()
    }
    fn fmt_element(&self, a: &Poly<R>, style: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&a.display(style, &self.name), f)
    }
    fn is_negative(&self, a: &Poly<R>) -> bool {
        !self.is_sum(a) && a.leading_coefficient().is_some_and(|c| self.base.is_negative(c))
    }
    fn is_sum(&self, a: &Poly<R>) -> bool {
        match a.valuation() {
            None => false,
            Some(0) if a.is_constant() => self.base.is_sum(&a.coefficients()[0]),
            Some(k) => k + 1 < a.len(),
        }
    }
    fn from_literal(&self, literal: &Literal<'_>) -> Result<Poly<R>> {
        match literal {
            Literal::Name(name) if *name == &*self.name => Ok(self.generator()),
            _ => Ok(Poly::constant(self.base.clone(), self.base.from_literal(literal)?)),
        }
    }
}

impl<R: Domain> Domain for PolyRing<R> {}

/// Normal form: the leading coefficient is in normal form.
impl<R: GcdDomain> GcdDomain for PolyRing<R> {
    fn gcd(&self, a: &Poly<R>, b: &Poly<R>) -> Poly<R> {
        a.gcd(b)
    }
    fn normalizing_unit(&self, a: &Poly<R>) -> Poly<R> {
        let unit = a.leading_coefficient().map_or_else(|| self.base.one(), |c| self.base.normalizing_unit(c));
        Poly::constant(self.base.clone(), unit)
    }
}

impl<R: Ring> IntoElement<PolyRing<R>> for Poly<R> {
    fn into_element(self, _: &PolyRing<R>) -> Poly<R> {
        self
    }
}
