//! What a step of the stack machine leaves behind: polynomials, plain integers, lists, words.

use crate::algebra::{Algebra, Name, Polynomial};
use crate::failure::{Failure, Outcome};
use crate::rings::Coefficients;
use monic::ring::Ring;
use monic::{Factored, QQ, ZZ};
use num_bigint::BigInt;
use num_rational::BigRational;

/// A value over the ring `R`.
#[derive(Clone, Debug)]
pub enum Value<R: Ring> {
    /// Digits in the line: an element of the ring, unless it meets a plain integer first.
    Number(BigInt),
    /// A plain integer, whatever the ring: an exponent, an index, a degree.
    Integer(BigInt),
    /// A quotient of plain integers that is none itself: an exponent.
    Fraction(BigRational),
    /// A polynomial; elements of the ring are constant ones.
    Polynomial(Polynomial<R>),
    /// A polynomial in a variable as a product of factors.
    Product(Name, Factored<R>),
    /// Several values.
    List(Vec<Value<R>>),
    /// The degree of zero, and its valuation.
    Infinity { negative: bool },
    /// A name or a description.
    Text(String),
}

impl<R: Ring> Value<R> {
    /// A constant.
    pub fn element(c: R::Element) -> Self {
        Value::Polynomial(Polynomial::Constant(c))
    }

    /// A list of elements of the ring.
    pub fn elements(values: Vec<R::Element>) -> Self {
        Value::List(values.into_iter().map(Value::element).collect())
    }

    /// The bytes of the slots that it has, found without looking through them.
    pub fn outer_room(&self) -> u64 {
        // What a map takes for a few entries, and for each of many.
        const NODE: usize = 640;
        const ENTRY: usize = 128;
        let bytes = match self {
            Value::Polynomial(Polynomial::Dense(_, poly)) => poly.len() * size_of::<R::Element>(),
            Value::Polynomial(Polynomial::Sparse(terms)) => NODE + terms.len() * ENTRY,
            Value::Number(n) | Value::Integer(n) => large(n.bits() as f64) as usize,
            Value::Fraction(a) => large((a.numer().bits() + a.denom().bits()) as f64) as usize,
            Value::Text(text) => text.len(),
            Value::Product(_, product) => {
                product.iter().map(|(f, _)| f.len() * size_of::<R::Element>() + NODE).sum()
            }
            _ => 0,
        };
        (bytes + size_of::<Self>()) as u64
    }

    /// What it is, for messages.
    fn kind(&self) -> &'static str {
        match self {
            Value::Number(_) | Value::Integer(_) => "an integer",
            Value::Fraction(_) => "a fraction",
            Value::Polynomial(_) => "a polynomial",
            Value::Product(..) => "a product",
            Value::List(_) => "a list",
            Value::Infinity { .. } => "an infinite degree",
            Value::Text(_) => "a text",
        }
    }
}

/// What a value takes, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Its slots.
    pub outer: u64,
    /// What the slots own elsewhere: the digits of large coefficients, the elements of lists.
    pub inner: u64,
}

impl Room {
    /// Both together.
    pub fn total(self) -> u64 {
        self.outer.saturating_add(self.inner)
    }
}

/// The bytes that a number of so many bits takes elsewhere: none where it fits a word.
fn large(bits: f64) -> u64 {
    if bits > 64.0 { (bits / 8.0) as u64 } else { 0 }
}

/// `a op b` for quotients of plain integers, and for plain integers whose quotient is none.
fn plain_fraction<R: Ring>(op: Operator, a: BigRational, b: BigRational) -> Outcome<Value<R>> {
    let [a, b] = [a, b].map(Polynomial::Constant);
    match Algebra::new(QQ).apply(op, a, b)? {
        Polynomial::Constant(c) if c.is_integer() => Ok(Value::Integer(c.to_integer())),
        Polynomial::Constant(c) => Ok(Value::Fraction(c)),
        _ => unreachable!("numbers make numbers"),
    }
}

/// The operators between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

impl<R: Coefficients> Algebra<R> {
    /// The bits of all coefficients together.
    pub fn bits(&self, value: &Value<R>) -> u64 {
        let of = |c: &R::Element| self.ring().log2_norm(std::slice::from_ref(c)).max(1.0) as u64;
        match value {
            Value::Polynomial(Polynomial::Constant(c)) => of(c),
            Value::Polynomial(Polynomial::Dense(_, poly)) => poly.iter().map(of).sum(),
            Value::Polynomial(Polynomial::Sparse(terms)) => terms.values().map(of).sum(),
            Value::Product(_, product) => {
                of(product.unit()) + product.iter().flat_map(|(f, _)| f.iter()).map(of).sum::<u64>()
            }
            Value::List(values) => values.iter().map(|value| self.bits(value)).sum(),
            Value::Number(n) | Value::Integer(n) => n.bits(),
            Value::Fraction(a) => a.numer().bits() + a.denom().bits(),
            Value::Text(_) | Value::Infinity { .. } => 0,
        }
    }

    /// The bytes that a value takes beside its slots.
    pub fn inner_room(&self, value: &Value<R>) -> u64 {
        let of = |c: &R::Element| large(self.ring().log2_norm(std::slice::from_ref(c)));
        match value {
            Value::Polynomial(Polynomial::Constant(c)) => of(c),
            Value::Polynomial(Polynomial::Dense(_, poly)) => poly.iter().map(of).sum(),
            Value::Polynomial(Polynomial::Sparse(terms)) => terms.values().map(of).sum(),
            Value::Product(_, product) => product.iter().flat_map(|(f, _)| f.iter()).map(of).sum(),
            Value::List(values) => values.iter().map(|v| v.outer_room() + self.inner_room(v)).sum(),
            _ => 0,
        }
    }

    /// The value as a polynomial.
    pub fn polynomial(&self, value: Value<R>) -> Outcome<Polynomial<R>> {
        match value {
            Value::Number(n) | Value::Integer(n) => {
                Ok(Polynomial::Constant(self.ring().try_from_integer(n)?))
            }
            Value::Polynomial(f) => Ok(f),
            Value::Product(name, product) => Ok(self.from_poly(name, product.try_expand()?)),
            other => Err(Failure::of(format!("a polynomial is expected here, not {}", other.kind()))),
        }
    }

    /// The value as a plain integer.
    pub fn integer(&self, value: Value<R>) -> Outcome<BigInt> {
        match value {
            Value::Number(n) | Value::Integer(n) => Ok(n),
            Value::Polynomial(Polynomial::Constant(c)) => self.ring().to_integer(&c).ok_or_else(|| {
                Failure::of(format!("a plain integer is expected here, not an element of {}", self.ring()))
            }),
            other => Err(Failure::of(format!("a plain integer is expected here, not {}", other.kind()))),
        }
    }

    /// The value as a quotient of plain integers.
    pub fn rational(&self, value: Value<R>) -> Outcome<BigRational> {
        match value {
            Value::Fraction(a) => Ok(a),
            value => self.integer(value).map(BigRational::from_integer),
        }
    }

    /// `a op b`.
    pub fn operate(&self, op: Operator, a: Value<R>, b: Value<R>) -> Outcome<Value<R>> {
        match (op, a, b) {
            (Operator::Power, Value::Integer(a), n) => {
                let n = self.exponent(n)?;
                let power = Algebra::new(ZZ).pow(Polynomial::Constant(a), &n)?;
                Algebra::new(ZZ).integer(Value::Polynomial(power)).map(Value::Integer)
            }
            (Operator::Power, a, n) => {
                let n = self.exponent(n)?;
                Ok(Value::Polynomial(self.pow(self.polynomial(a)?, &n)?))
            }
            (op, a @ Value::Fraction(_), b) | (op, a, b @ Value::Fraction(_)) => {
                let [a, b] = [self.rational(a)?, self.rational(b)?];
                plain_fraction(op, a, b)
            }
            (Operator::Divide, Value::Integer(a), Value::Integer(b) | Value::Number(b))
            | (Operator::Divide, Value::Number(a), Value::Integer(b)) => {
                plain_fraction(Operator::Divide, a.into(), b.into())
            }
            (op, Value::Integer(a), Value::Integer(b) | Value::Number(b))
            | (op, Value::Number(a), Value::Integer(b)) => {
                let plain = Algebra::new(ZZ);
                let [a, b] = [a, b].map(Polynomial::Constant);
                plain.integer(Value::Polynomial(plain.apply(op, a, b)?)).map(Value::Integer)
            }
            (op, a, b) => Ok(Value::Polynomial(self.apply(op, self.polynomial(a)?, self.polynomial(b)?)?)),
        }
    }

    fn apply(&self, op: Operator, a: Polynomial<R>, b: Polynomial<R>) -> Outcome<Polynomial<R>> {
        match op {
            Operator::Add => self.add(a, b),
            Operator::Subtract => self.sub(a, b),
            Operator::Multiply => self.mul(a, b),
            Operator::Divide => self.exact_quo(a, b),
            Operator::Power => Err(Failure::of("a power takes a plain integer")),
        }
    }

    /// `-a`.
    pub fn negate(&self, a: Value<R>) -> Outcome<Value<R>> {
        match a {
            Value::Integer(n) => Ok(Value::Integer(-n)),
            Value::Number(n) => Ok(Value::Number(-n)),
            Value::Fraction(a) => Ok(Value::Fraction(-a)),
            Value::Infinity { negative } => Ok(Value::Infinity { negative: !negative }),
            a => Ok(Value::Polynomial(self.neg(self.polynomial(a)?)?)),
        }
    }

    /// The value as an exponent.
    pub fn exponent(&self, value: Value<R>) -> Outcome<num_bigint::BigUint> {
        let n = self.integer(value)?;
        n.to_biguint().ok_or_else(|| {
            // Not in full: the reader knows the digits.
            let shown = if n.bits() > 256 { "a negative one".into() } else { n.to_string() };
            Failure::of(format!("exponents are non-negative integers, not {shown}"))
        })
    }

    /// Refuses a value with a coefficient that is no number: a float that is infinite or undefined.
    pub fn check_numbers(&self, value: &Value<R>) -> Outcome<()> {
        let ring = self.ring();
        let all = match value {
            Value::Polynomial(Polynomial::Constant(c)) => ring.is_number(c),
            Value::Polynomial(Polynomial::Dense(_, poly)) => poly.iter().all(|c| ring.is_number(c)),
            Value::Polynomial(Polynomial::Sparse(terms)) => terms.values().all(|c| ring.is_number(c)),
            Value::List(values) => return values.iter().try_for_each(|value| self.check_numbers(value)),
            _ => true,
        };
        if all {
            Ok(())
        } else {
            Err(Failure::of(format!("the result leaves the range of the numbers of {}", ring)))
        }
    }
}
