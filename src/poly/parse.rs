//! Polynomials from text: `3*x^2 - x + 1/2`, any expression of `+ - * / ^`, parentheses, numbers and names.
//!
//! # Method
//! Operator precedence with two explicit stacks (Dijkstra 1961), so that no text, however nested, costs call
//! stack. Terms stay monomials until they are added, and sums grow in place: a polynomial of n terms is read in
//! time proportional to n plus its degree.
//!
//! # Grammar
//! - Precedence from low to high: `+ -`, then `* /` (and a number directly before a name or a parenthesis), then
//!   the sign, then `^`, from the right: `-x^2` is `-(x^2)`, `2^3^2` is `2^9`, `1/2x` is `(1/2)*x`.
//! - An exponent is an expression of integers that is not negative.
//! - `/` is exact division, or an error.
//! - A name that the ring knows (`i` in complex rings) is an element, any other is the variable.
//!
//! What it does not do: calls, lists, several variables (but for those that the ring has itself).

use super::lexer::{Lexer, Token, TokenKind};
use super::{Poly, check_size};
use crate::ring::{Literal, Ring, generic};
use crate::{Error, Result, limit};
use std::str::FromStr;

/// How deep parentheses may be nested.
pub const MAX_DEPTH: usize = 1000;

impl<R: Ring> Poly<R> {
    /// Reads a polynomial; the variable is whatever one name stands in the text that the ring does not know.
    ///
    /// # Errors
    /// Kind parse with the byte position; and the errors of what the text asks for (division that is not exact,
    /// results over the limit, overflow), at the position of the operator.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, QQ, ZZ};
    /// assert_eq!(Poly::parse(ZZ, "(t - 1)(t + 1)").unwrap_err().position(), Some(7));
    /// assert_eq!(Poly::parse(ZZ, "(t - 1)*(t + 1)")?, ZZ.poly([-1, 0, 1]));
    /// assert_eq!(Poly::parse(QQ, "1/2x^2 + 3(x - 1)")?.to_string(), "1/2*x^2 + 3*x - 3");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn parse(ring: R, text: &str) -> Result<Self> {
        Parser { ring, variable: None, fixed: false, values: Vec::new(), stored: 0, operators: Vec::new() }
            .run(text)
    }

    /// Reads a polynomial in the variable `variable`; every other name must be one that the ring knows.
    ///
    /// # Errors
    /// As for [`parse`](Poly::parse).
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// assert_eq!(Poly::parse_in(ZZ, "t", "t^2")?, ZZ.poly([0, 0, 1]));
    /// assert!(Poly::parse_in(ZZ, "t", "x").is_err());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn parse_in(ring: R, variable: &str, text: &str) -> Result<Self> {
        let variable = Some(variable.to_owned());
        Parser { ring, variable, fixed: true, values: Vec::new(), stored: 0, operators: Vec::new() }.run(text)
    }
}

/// Where the ring is known from its type; run-time rings parse through the ring.
impl<R: Ring + Default> FromStr for Poly<R> {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Poly::parse(R::default(), text)
    }
}

/// What a value is as an integer, which an exponent must be, whatever the ring makes of it.
#[derive(Clone, Copy)]
enum Whole {
    No,
    Known(i128),
    Huge,
}

impl Whole {
    fn combine(self, other: Self, operation: impl Fn(i128, i128) -> Option<i128>) -> Self {
        match (self, other) {
            (Whole::No, _) | (_, Whole::No) => Whole::No,
            (Whole::Known(a), Whole::Known(b)) => operation(a, b).map_or(Whole::Huge, Whole::Known),
            _ => Whole::Huge,
        }
    }

    fn pow(self, n: u64) -> Self {
        match (self, u32::try_from(n)) {
            (Whole::Known(a), Ok(n)) => a.checked_pow(n).map_or(Whole::Huge, Whole::Known),
            (Whole::Known(a @ (0 | 1)), _) => Whole::Known(a),
            (Whole::Known(-1), _) => Whole::Known(if n.is_multiple_of(2) { 1 } else { -1 }),
            (Whole::Known(_) | Whole::Huge, _) => Whole::Huge,
            (Whole::No, _) => Whole::No,
        }
    }
}

/// An operand: `c*x^k`, or a polynomial.
enum Value<R: Ring> {
    Monomial(R::Element, u64, Whole),
    /// With the bits that its coefficients take beyond their fixed part, at most.
    Sum(Poly<R>, u64),
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Operator {
    Open,
    Add,
    Sub,
    Mul,
    Div,
    Neg,
    Pow,
}

impl Operator {
    fn precedence(self) -> u8 {
        match self {
            Operator::Open => 0,
            Operator::Add | Operator::Sub => 1,
            Operator::Mul | Operator::Div => 2,
            Operator::Neg => 3,
            Operator::Pow => 4,
        }
    }
}

struct Parser<R: Ring> {
    ring: R,
    variable: Option<String>,
    fixed: bool,
    values: Vec<Value<R>>,
    /// The bits of all values together.
    stored: u64,
    operators: Vec<(Operator, usize)>,
}

impl<R: Ring> Parser<R> {
    fn run(mut self, text: &str) -> Result<Poly<R>> {
        let mut depth = 0;
        let mut previous: Option<Token<'_>> = None;
        for token in Lexer::new(text) {
            let token = token?;
            let at = token.span.start;
            // After an operator or `(` an operand must come, after an operand it must not.
            let after_operand = match &previous {
                None => false,
                Some(Token { kind: TokenKind::Symbol(symbol), .. }) => *symbol == ')',
                Some(_) => true,
            };
            match (&token.kind, after_operand) {
                (TokenKind::Symbol(')'), true) => {
                    self.reduce(1)?;
                    if self.operators.pop().is_none() {
                        return Err(Error::parse(at, "this parenthesis closes nothing"));
                    }
                    depth -= 1;
                }
                (TokenKind::Symbol(symbol @ ('+' | '-' | '*' | '/' | '^')), true) => {
                    self.binary(*symbol, at)?
                }
                (TokenKind::Symbol('+'), false) => {}
                (TokenKind::Symbol('-'), false) => match self.operators.last() {
                    Some((Operator::Neg, _)) => drop(self.operators.pop()),
                    _ => self.operators.push((Operator::Neg, at)),
                },
                (TokenKind::Symbol('('), _) | (TokenKind::Name(_) | TokenKind::Number(_), _) => {
                    if after_operand {
                        self.implicit(previous.as_ref(), &token)?;
                    }
                    match &token.kind {
                        TokenKind::Name(name) => {
                            let value = self.name(name).map_err(|e| e.at(at))?;
                            self.push(value).map_err(|e| place(e, at))?;
                        }
                        TokenKind::Number(literal) => {
                            let value = self.number(literal).map_err(|e| e.at(at))?;
                            self.push(value).map_err(|e| place(e, at))?;
                        }
                        TokenKind::Symbol(_) => {
                            depth += 1;
                            if depth > MAX_DEPTH {
                                return Err(Error::parse(
                                    at,
                                    format!("parentheses nested deeper than {MAX_DEPTH}"),
                                ));
                            }
                            self.operators.push((Operator::Open, at));
                        }
                    }
                }
                (TokenKind::Symbol(symbol), false) => {
                    return Err(Error::parse(at, format!("an operand is missing before `{symbol}`")));
                }
                (TokenKind::Symbol(symbol), true) => {
                    return Err(Error::parse(at, format!("`{symbol}` has no meaning here")));
                }
            }
            previous = Some(token);
        }
        match previous {
            None => return Err(Error::parse(text.len(), "nothing to read")),
            Some(Token { kind: TokenKind::Symbol(symbol), span }) if symbol != ')' => {
                return Err(Error::parse(span.end, format!("an operand is missing after `{symbol}`")));
            }
            Some(_) => {}
        }
        self.reduce(1)?;
        if let Some((_, at)) = self.operators.pop() {
            return Err(Error::parse(at, "this parenthesis is never closed"));
        }
        let value = self.pop();
        self.into_poly(value)
    }

    /// Applies what binds at least as tightly as `precedence`, down to a parenthesis.
    fn reduce(&mut self, precedence: u8) -> Result<()> {
        while let Some(&(operator, at)) = self.operators.last() {
            if operator.precedence() < precedence {
                break;
            }
            self.operators.pop();
            let value = self.apply(operator).map_err(|e| place(e, at))?;
            self.push(value).map_err(|e| place(e, at))?;
        }
        Ok(())
    }

    fn binary(&mut self, symbol: char, at: usize) -> Result<()> {
        let operator = match symbol {
            '+' => Operator::Add,
            '-' => Operator::Sub,
            '*' => Operator::Mul,
            '/' => Operator::Div,
            _ => Operator::Pow,
        };
        // From the right for `^`: an earlier one waits.
        let own = operator.precedence();
        self.reduce(if operator == Operator::Pow { own + 1 } else { own })?;
        self.operators.push((operator, at));
        Ok(())
    }

    /// A product without `*`: a number directly before a name or a parenthesis.
    fn implicit(&mut self, previous: Option<&Token<'_>>, token: &Token<'_>) -> Result<()> {
        let at = token.span.start;
        let touches = previous.is_some_and(|p| p.span.end == at);
        match (previous.map(|p| &p.kind), &token.kind) {
            (Some(TokenKind::Number(_)), TokenKind::Name(_) | TokenKind::Symbol(_)) if touches => {
                self.binary('*', at)
            }
            (Some(TokenKind::Name(name)), TokenKind::Symbol(_)) => {
                Err(Error::parse(at, format!("{name} is no function; a product is written {name}*(...)")))
            }
            _ => Err(Error::parse(
                at,
                "an operator is missing; only a number multiplies what follows it at once without `*`",
            )),
        }
    }

    fn number(&self, literal: &Literal<'_>) -> Result<Value<R>> {
        let whole = match literal {
            Literal::Integer(n) => i128::try_from(n).map_or(Whole::Huge, Whole::Known),
            _ => Whole::No,
        };
        Ok(Value::Monomial(self.ring.from_literal(literal)?, 0, whole))
    }

    fn name(&mut self, name: &str) -> Result<Value<R>> {
        let is_variable = |variable: &Option<String>| variable.as_deref() == Some(name);
        if !is_variable(&self.variable) {
            if let Ok(element) = self.ring.from_literal(&Literal::Name(name)) {
                return Ok(Value::Monomial(element, 0, Whole::No));
            }
            match &self.variable {
                Some(variable) if self.fixed => {
                    return Err(Error::parse(
                        0,
                        format!("{name} is neither the variable {variable} nor an element"),
                    ));
                }
                Some(variable) => {
                    return Err(Error::parse(0, format!("a second variable, {name}, beside {variable}")));
                }
                None => self.variable = Some(name.to_owned()),
            }
        }
        Ok(Value::Monomial(self.ring.one(), 1, Whole::No))
    }

    /// Holds a value; all of them together stay under the limit.
    fn push(&mut self, value: Value<R>) -> Result<()> {
        self.stored = self.stored.saturating_add(self.bits(&value));
        let limit = limit::result_bits();
        if self.stored > limit {
            return Err(Error::limit(format!(
                "the values in this text take {} bits together, over the limit of {limit} bits",
                self.stored
            )));
        }
        self.values.push(value);
        Ok(())
    }

    fn pop(&mut self) -> Value<R> {
        let value = self
            .values
            .pop()
            .expect("an operator is pushed only where its operands come before and after it");
        self.stored -= self.bits(&value);
        value
    }

    /// The bits that a value takes, at most.
    fn bits(&self, value: &Value<R>) -> u64 {
        let (len, more) = match value {
            Value::Monomial(c, ..) => (1, self.element_bits(c)),
            Value::Sum(f, more) => (f.len() as u64, *more),
        };
        len.saturating_mul(8 * size_of::<R::Element>() as u64).saturating_add(more)
    }

    /// The bits of an element beyond its fixed part.
    fn element_bits(&self, c: &R::Element) -> u64 {
        self.ring.log2_norm(std::slice::from_ref(c)) as u64
    }

    /// A result as a value.
    fn sum(&self, f: Poly<R>) -> Value<R> {
        let bits = f.iter().fold(0, |sum: u64, c| sum.saturating_add(self.element_bits(c)));
        Value::Sum(f, bits)
    }

    fn apply(&mut self, operator: Operator) -> Result<Value<R>> {
        let b = self.pop();
        if operator == Operator::Neg {
            return self.negate(b);
        }
        let a = self.pop();
        match operator {
            Operator::Add => self.add(a, b),
            Operator::Sub => {
                let b = self.negate(b)?;
                self.add(a, b)
            }
            Operator::Mul => self.multiply(a, b),
            Operator::Div => self.divide(a, b),
            _ => self.raise(a, b),
        }
    }

    fn negate(&self, a: Value<R>) -> Result<Value<R>> {
        Ok(match a {
            Value::Monomial(c, k, whole) => {
                Value::Monomial(self.ring.try_neg(&c)?, k, Whole::Known(0).combine(whole, i128::checked_sub))
            }
            Value::Sum(f, bits) => Value::Sum(f.try_neg()?, bits),
        })
    }

    fn add(&self, a: Value<R>, b: Value<R>) -> Result<Value<R>> {
        match (a, b) {
            (Value::Monomial(c, k, m), Value::Monomial(d, l, n)) if k == l => {
                Ok(Value::Monomial(self.ring.try_add(&c, &d)?, k, m.combine(n, i128::checked_add)))
            }
            (Value::Sum(f, bits), Value::Monomial(c, k, _))
            | (Value::Monomial(c, k, _), Value::Sum(f, bits)) => self.add_term(f, bits, c, k),
            (Value::Sum(f, m), Value::Sum(g, n)) => {
                let (long, short) = if f.len() < g.len() { (g, f) } else { (f, g) };
                Ok(Value::Sum(long.try_add_owned(&short)?, m.saturating_add(n)))
            }
            (Value::Monomial(d, l, _), Value::Monomial(c, k, _)) => {
                let bits = self.element_bits(&d);
                let f = Poly::try_monomial(self.ring.clone(), d, l)?;
                self.add_term(f, bits, c, k)
            }
        }
    }

    /// `f + c*x^k` in the storage of `f`.
    fn add_term(&self, f: Poly<R>, bits: u64, c: R::Element, k: u64) -> Result<Value<R>> {
        check_size(&self.ring, k.saturating_add(1), 0)?;
        let k = k as usize;
        let bits = bits.saturating_add(self.element_bits(&c));
        let mut coefficients = f.into_coefficients();
        if let Some(place) = coefficients.get_mut(k) {
            *place = self.ring.try_add(place, &c)?;
        } else if !self.ring.is_zero(&c) {
            super::reserve(&mut coefficients, k)?;
            coefficients.resize(k, self.ring.zero());
            coefficients.push(c);
        }
        generic::trim(&self.ring, &mut coefficients);
        Ok(Value::Sum(Poly { ring: self.ring.clone(), coefficients }, bits))
    }

    fn multiply(&self, a: Value<R>, b: Value<R>) -> Result<Value<R>> {
        match (a, b) {
            (Value::Monomial(c, k, m), Value::Monomial(d, l, n)) => {
                let product = self.ring.try_mul(&c, &d)?;
                let degree = k.saturating_add(l);
                check_size(&self.ring, degree.saturating_add(1), 0)?;
                Ok(Value::Monomial(product, degree, m.combine(n, i128::checked_mul)))
            }
            (Value::Monomial(c, k, _), Value::Sum(f, _)) => {
                let product =
                    f.coefficients.iter().map(|a| self.ring.try_mul(&c, a)).collect::<Result<_>>()?;
                Ok(self.sum(f.sibling(product).try_mul_x_pow(k)?))
            }
            (Value::Sum(f, _), Value::Monomial(c, k, _)) => {
                let product =
                    f.coefficients.iter().map(|a| self.ring.try_mul(a, &c)).collect::<Result<_>>()?;
                Ok(self.sum(f.sibling(product).try_mul_x_pow(k)?))
            }
            (Value::Sum(f, _), Value::Sum(g, _)) => Ok(self.sum(f.try_mul(&g)?)),
        }
    }

    fn divide(&self, a: Value<R>, b: Value<R>) -> Result<Value<R>> {
        match (a, b) {
            (Value::Monomial(c, k, m), Value::Monomial(d, 0, n)) => {
                let exact =
                    |a: i128, b: i128| if a.checked_rem(b) == Some(0) { a.checked_div(b) } else { None };
                let whole = match m.combine(n, exact) {
                    Whole::Huge => Whole::No,
                    whole => whole,
                };
                Ok(Value::Monomial(self.ring.try_exact_quo(&c, &d)?, k, whole))
            }
            (Value::Sum(f, _), Value::Monomial(d, 0, _)) => {
                let quo =
                    f.coefficients.iter().map(|c| self.ring.try_exact_quo(c, &d)).collect::<Result<_>>()?;
                Ok(self.sum(f.sibling(quo)))
            }
            (a, b) => Ok(self.sum(self.into_poly(a)?.try_exact_quo(&self.into_poly(b)?)?)),
        }
    }

    fn raise(&self, a: Value<R>, b: Value<R>) -> Result<Value<R>> {
        let n = match b {
            Value::Monomial(_, 0, Whole::Known(n)) if n >= 0 => u64::try_from(n).ok(),
            Value::Monomial(_, 0, Whole::Huge) => None,
            _ => {
                return Err(Error::new(
                    crate::ErrorKind::Undefined,
                    "an exponent must be an integer that is not negative",
                ));
            }
        };
        let n = n.ok_or_else(|| Error::limit("the exponent is over the limit of 2^64"))?;
        match a {
            Value::Monomial(c, k, whole) => {
                let degree = k.saturating_mul(n);
                check_size(&self.ring, degree.saturating_add(1), 0)?;
                let power = Poly::constant(self.ring.clone(), c).try_pow(n)?;
                Ok(Value::Monomial(power.coefficient(0), degree, whole.pow(n)))
            }
            Value::Sum(f, _) => Ok(self.sum(f.try_pow(n)?)),
        }
    }

    fn into_poly(&self, value: Value<R>) -> Result<Poly<R>> {
        match value {
            Value::Monomial(c, k, _) => Poly::try_monomial(self.ring.clone(), c, k),
            Value::Sum(f, _) => Ok(f),
        }
    }
}

/// The error at the operator, unless it has a place already.
fn place(error: Error, at: usize) -> Error {
    if error.position().is_some() { error } else { error.at(at) }
}
