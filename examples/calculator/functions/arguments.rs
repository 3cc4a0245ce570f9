//! The arguments of a call, taken one after the other as what the function needs.

use crate::algebra::{Algebra, MAX_COEFFICIENTS, Name, Polynomial};
use crate::failure::{Failure, Outcome};
use crate::rings::Coefficients;
use crate::value::Value;
use monic::Poly;
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// What a function was called with. Parser and table agree on the number of arguments.
pub struct Arguments<'a, R: Coefficients> {
    algebra: &'a Algebra<R>,
    values: std::vec::IntoIter<Value<R>>,
}

impl<'a, R: Coefficients> Arguments<'a, R> {
    /// The arguments of one call.
    pub fn new(algebra: &'a Algebra<R>, values: Vec<Value<R>>) -> Self {
        Arguments { algebra, values: values.into_iter() }
    }

    /// The polynomials over the ring.
    pub fn algebra(&self) -> &'a Algebra<R> {
        self.algebra
    }

    /// The ring.
    pub fn ring(&self) -> &'a R {
        self.algebra.ring()
    }

    /// How many arguments are left.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    fn value(&mut self) -> Outcome<Value<R>> {
        self.values.next().ok_or_else(|| Failure::of("an argument is missing"))
    }

    /// A polynomial in any number of variables.
    pub fn polynomial(&mut self) -> Outcome<Polynomial<R>> {
        let value = self.value()?;
        self.algebra.polynomial(value)
    }

    /// A polynomial in one variable.
    pub fn univariate(&mut self) -> Outcome<Univariate<R>> {
        let (variable, poly) = self.algebra.to_poly(self.polynomial()?)?;
        Ok(Univariate { variable: variable.unwrap_or_else(|| "x".into()), poly })
    }

    /// Two polynomials in the same variable.
    pub fn pair(&mut self) -> Outcome<Pair<R>> {
        let (f, g) = (self.polynomial()?, self.polynomial()?);
        self.pair_of(f, g)
    }

    /// Two polynomials that have been taken, which are in the same variable.
    pub fn pair_of(&self, f: Polynomial<R>, g: Polynomial<R>) -> Outcome<Pair<R>> {
        let (x, f) = self.algebra.to_poly(f)?;
        let (y, g) = self.algebra.to_poly(g)?;
        match (&x, &y) {
            (Some(x), Some(y)) if x != y => {
                Err(Failure::of(format!("polynomials in one variable are expected here, not in {x} and {y}")))
            }
            _ => Ok(Pair { variable: x.or(y).unwrap_or_else(|| "x".into()), f, g }),
        }
    }

    /// Two polynomials in the same variable, over a ring that has greatest common divisors.
    pub fn exact_pair(&mut self) -> Outcome<Pair<R>> {
        if self.ring().is_exact() {
            self.pair()
        } else {
            Err(Failure::of(format!(
                "{} is not exact: common divisors are not defined up to rounding",
                self.ring()
            )))
        }
    }

    /// A plain integer.
    pub fn integer(&mut self) -> Outcome<BigInt> {
        let value = self.value()?;
        self.algebra.integer(value)
    }

    /// A quotient of plain integers.
    pub fn rational(&mut self) -> Outcome<BigRational> {
        let value = self.value()?;
        self.algebra.rational(value)
    }

    /// An exponent of any size.
    pub fn exponent(&mut self) -> Outcome<BigUint> {
        let value = self.value()?;
        self.algebra.exponent(value)
    }

    /// A number of coefficients; what is over the limit counts as the limit, since nothing is longer.
    pub fn count(&mut self) -> Outcome<usize> {
        Ok(self.length()?.min(MAX_COEFFICIENTS as usize))
    }

    /// A number of coefficients to compute, whatever it is.
    pub fn length(&mut self) -> Outcome<usize> {
        self.number_of("coefficients")
    }

    /// A number of what is named, whatever it is.
    pub fn number_of(&mut self, what: &str) -> Outcome<usize> {
        let n = self.integer()?;
        match n.to_biguint() {
            Some(n) => Ok(n.to_usize().unwrap_or(usize::MAX)),
            None => Err(Failure::of(format!("a number of {what} is expected here, not {n}"))),
        }
    }

    /// Polynomials in one variable, as a list. The variable is that of all lists and polynomials that are taken with the same `variable`.
    pub fn polynomials(&mut self, variable: &mut Option<Name>) -> Outcome<Vec<Poly<R>>> {
        let Value::List(values) = self.value()? else {
            return Err(Failure::of("a list is expected here, like [x + 1, x + 2]"));
        };
        values.into_iter().map(|value| self.in_variable(self.algebra.polynomial(value)?, variable)).collect()
    }

    /// A polynomial in the variable of others.
    pub fn polynomial_in(&mut self, variable: &mut Option<Name>) -> Outcome<Poly<R>> {
        let f = self.polynomial()?;
        self.in_variable(f, variable)
    }

    fn in_variable(&self, f: Polynomial<R>, variable: &mut Option<Name>) -> Outcome<Poly<R>> {
        let (name, poly) = self.algebra.to_poly(f)?;
        match (&name, &variable) {
            (Some(x), Some(y)) if x != y => {
                Err(Failure::of(format!("polynomials in one variable are expected here, not in {y} and {x}")))
            }
            (Some(_), None) => {
                *variable = name;
                Ok(poly)
            }
            _ => Ok(poly),
        }
    }

    /// A value of the function: a polynomial in that variable, `x` where only constants were taken.
    pub fn result(&self, variable: &Option<Name>, poly: Poly<R>) -> Value<R> {
        Value::Polynomial(self.algebra.from_poly(variable.clone().unwrap_or_else(|| "x".into()), poly))
    }

    /// An element of the ring.
    pub fn element(&mut self) -> Outcome<R::Element> {
        match self.polynomial()? {
            Polynomial::Constant(c) => Ok(c),
            _ => Err(Failure::of("an element of the ring is expected here, not a polynomial")),
        }
    }

    /// Elements of the ring, as a list.
    pub fn elements(&mut self) -> Outcome<Vec<R::Element>> {
        let Value::List(values) = self.value()? else {
            return Err(Failure::of("a list is expected here, like [1, 2, 3]"));
        };
        let element = |value| match self.algebra.polynomial(value)? {
            Polynomial::Constant(c) => Ok(c),
            _ => Err(Failure::of("elements of the ring are expected here, not polynomials")),
        };
        values.into_iter().map(element).collect()
    }

    /// A word.
    pub fn word(&mut self) -> Outcome<String> {
        match self.value()? {
            Value::Text(text) => Ok(text),
            _ => Err(Failure::of("a name is expected here")),
        }
    }
}

/// A polynomial and its variable, `x` for constants.
pub struct Univariate<R: Coefficients> {
    pub variable: Name,
    pub poly: Poly<R>,
}

/// Two polynomials and their variable.
pub struct Pair<R: Coefficients> {
    pub variable: Name,
    pub f: Poly<R>,
    pub g: Poly<R>,
}
