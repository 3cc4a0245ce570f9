//! Values as text that the calculator reads again: terms in descending order, `3*x^2 - x + 1/2`.
//!
//! It stands apart from the library's own text because that has one variable. Coefficients are written by the rings.

use crate::algebra::{Monomial, Name, Polynomial};
use crate::rings::Coefficients;
use crate::value::Value;
use monic::ring::Style;
use std::fmt::{self, Write};

/// A value over a ring, to be written.
pub struct Shown<'a, R: Coefficients> {
    pub ring: &'a R,
    pub value: &'a Value<R>,
}

impl<R: Coefficients> fmt::Display for Shown<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ring = self.ring;
        match self.value {
            Value::Number(n) => match ring.try_from_integer(n.clone()) {
                Ok(c) => Element { ring, c: &c }.fmt(f),
                Err(_) => f.write_str("?"),
            },
            Value::Integer(n) => f.write_str(&monic::format_integer(n)),
            Value::Fraction(a) => {
                write!(f, "{}/{}", monic::format_integer(a.numer()), monic::format_integer(a.denom()))
            }
            Value::Infinity { negative } => f.write_str(if *negative { "-oo" } else { "oo" }),
            Value::Text(text) => f.write_str(text),
            Value::Product(name, product) => f.write_str(&product.display(Style::Plain, name)),
            Value::List(values) => {
                f.write_char('[')?;
                for (k, value) in values.iter().enumerate() {
                    if k > 0 {
                        f.write_str(", ")?;
                    }
                    Shown { ring, value }.fmt(f)?;
                }
                f.write_char(']')
            }
            Value::Polynomial(Polynomial::Constant(c)) => Element { ring, c }.fmt(f),
            Value::Polynomial(Polynomial::Dense(name, poly)) => {
                let mut terms = Terms { ring, f, first: true };
                for (k, c) in poly.iter().enumerate().rev() {
                    let power = |f: &mut fmt::Formatter<'_>| write_power(name, k as u32, f);
                    terms.write(c, k == 0, power)?;
                }
                Ok(())
            }
            Value::Polynomial(Polynomial::Sparse(map)) => {
                let mut terms = Terms { ring, f, first: true };
                for (monomial, c) in map.iter().rev() {
                    terms.write(c, monomial.is_one(), |f| write_monomial(monomial, f))?;
                }
                Ok(())
            }
        }
    }
}

/// One element of the ring.
struct Element<'a, R: Coefficients> {
    ring: &'a R,
    c: &'a R::Element,
}

impl<R: Coefficients> fmt::Display for Element<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ring.write_element(self.c, f)
    }
}

/// The terms of a polynomial, with the signs between them.
struct Terms<'a, 'b, 'c, R: Coefficients> {
    ring: &'a R,
    f: &'b mut fmt::Formatter<'c>,
    first: bool,
}

impl<R: Coefficients> Terms<'_, '_, '_, R> {
    /// Writes a term: nothing for the coefficient 1, parentheses around a coefficient of several terms.
    fn write(
        &mut self,
        c: &R::Element,
        constant: bool,
        monomial: impl FnOnce(&mut fmt::Formatter<'_>) -> fmt::Result,
    ) -> fmt::Result {
        let ring = self.ring;
        if ring.is_zero(c) {
            return Ok(());
        }
        let text = Element { ring, c }.to_string();
        let sum = ring.is_sum(c);
        let negative = match text.strip_prefix('-') {
            _ if sum => None,
            // The least machine integer keeps its sign, `x + -128`, for 128 would not be read again.
            Some(_) if !self.first && ring.try_neg(c).is_err() => None,
            negative => negative,
        };
        self.f.write_str(match (self.first, negative.is_some()) {
            (true, false) => "",
            (true, true) => "-",
            (false, false) => " + ",
            (false, true) => " - ",
        })?;
        self.first = false;
        let digits = negative.unwrap_or(&text);
        match (sum, constant) {
            (true, _) => write!(self.f, "({digits})")?,
            (false, false) if digits == "1" => return monomial(self.f),
            _ => self.f.write_str(digits)?,
        }
        if !constant {
            self.f.write_char('*')?;
            monomial(self.f)?;
        }
        Ok(())
    }
}

fn write_monomial(monomial: &Monomial, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (k, (name, exponent)) in monomial.factors().enumerate() {
        if k > 0 {
            f.write_char('*')?;
        }
        write_power(name, *exponent, f)?;
    }
    Ok(())
}

fn write_power(name: &Name, exponent: u32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match exponent {
        1 => f.write_str(name),
        _ => write!(f, "{name}^{exponent}"),
    }
}
