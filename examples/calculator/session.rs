//! A conversation over one ring: runs the steps of a line on a stack and keeps the values that were given names.

use crate::algebra::{Algebra, Name};
use crate::failure::{Failure, Outcome};
use crate::functions::{self, Arguments, LATER, Row};
use crate::output::Shown;
use crate::parser::{self, Callable, Names, Placed, Step};
use crate::rings::Coefficients;
use crate::value::{Operator, Value};
use monic::ring::Literal;
use num_bigint::BigInt;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What the program needs of a session, whatever the ring.
pub trait Conversation {
    /// The ring, as `--ring` takes it.
    fn title(&self) -> String;
    /// Computes a line and says what it is.
    fn answer(&mut self, line: &str) -> Outcome<String>;
    /// The names that were given, with what they stand for.
    fn assigned(&self) -> Vec<(String, String)>;
}

/// A conversation over the ring `R`.
pub struct Session<R: Coefficients> {
    algebra: Algebra<R>,
    rows: Vec<Row<R>>,
    values: BTreeMap<String, Value<R>>,
    imaginary: Option<R::Element>,
}

impl<R: Coefficients> Names for Session<R> {
    fn callable(&self, name: &str) -> Option<Callable> {
        let row = |(number, row): (usize, &Row<R>)| {
            (row.name == name).then_some(Callable::Function {
                number,
                parameters: row.parameters,
                optional: row.optional,
            })
        };
        let function = self.rows.iter().enumerate().find_map(row);
        function.or_else(|| LATER.contains(&name).then_some(Callable::Later))
    }

    fn is_fixed(&self, name: &str) -> bool {
        name == "i" && self.imaginary.is_some()
    }
}

impl<R: Coefficients> Conversation for Session<R> {
    fn title(&self) -> String {
        self.algebra.ring().to_string()
    }

    fn answer(&mut self, line: &str) -> Outcome<String> {
        let statement = parser::parse(line, R::DECIMALS, self)?;
        let value = self.run(line, &statement.steps)?;
        let text = Shown { ring: self.algebra.ring(), value: &value }.to_string();
        if let Some(name) = statement.target {
            self.values.insert(name, value);
        }
        Ok(text)
    }

    fn assigned(&self) -> Vec<(String, String)> {
        let shown = |value| Shown { ring: self.algebra.ring(), value }.to_string();
        self.values.iter().map(|(name, value)| (name.clone(), shown(value))).collect()
    }
}

impl<R: Coefficients> Session<R> {
    /// A conversation in which nothing was said yet.
    pub fn new(ring: R) -> Self {
        let imaginary = ring.imaginary_unit();
        Session { algebra: Algebra::new(ring), rows: functions::rows(), values: BTreeMap::new(), imaginary }
    }

    /// The value of an expression.
    pub fn value(&self, line: &str) -> Outcome<Value<R>> {
        self.run(line, &parser::parse(line, R::DECIMALS, self)?.steps)
    }

    /// The value of a line whose steps these are.
    fn run(&self, line: &str, steps: &[Placed]) -> Outcome<Value<R>> {
        let mut machine = Machine { session: self, line, stack: Vec::new(), variables: BTreeSet::new() };
        for placed in steps {
            machine.step(placed).map_err(|failure| failure.at(placed.at as usize))?;
        }
        let value = machine.stack.pop().expect("the parser leaves one value");
        // Digits become an element of the ring at the latest here.
        let value = match value {
            Value::Number(_) => self.algebra.polynomial(value).map(Value::Polynomial).map_err(|f| f.at(0))?,
            value => value,
        };
        self.algebra.check_numbers(&value).map_err(|failure| failure.at(0))?;
        Ok(value)
    }
}

/// The stack while a line runs.
struct Machine<'a, R: Coefficients> {
    session: &'a Session<R>,
    line: &'a str,
    stack: Vec<Value<R>>,
    /// The variables met, so that equal names share one allocation.
    variables: BTreeSet<Name>,
}

impl<R: Coefficients> Machine<'_, R> {
    fn step(&mut self, placed: &Placed) -> Outcome<()> {
        let algebra = &self.session.algebra;
        let at = placed.at as usize;
        let text = |end: u32| &self.line[at..end as usize];
        let value = match placed.step {
            Step::Number { end } => Value::Number(digits(text(end))?),
            Step::Integer { end } => Value::Integer(digits(text(end))?),
            Step::Decimal { end } => Value::element(decimal(algebra.ring(), text(end))?),
            Step::Word { end } => Value::Text(text(end).to_string()),
            Step::Name { end } => self.name(text(end)),
            Step::Negate => {
                let a = self.pop();
                algebra.negate(a)?
            }
            Step::Add => self.operate(Operator::Add)?,
            Step::Subtract => self.operate(Operator::Subtract)?,
            Step::Multiply => self.operate(Operator::Multiply)?,
            Step::Divide => self.operate(Operator::Divide)?,
            Step::Power => self.operate(Operator::Power)?,
            Step::List { count } => {
                let values = self.pop_many(count as usize);
                let element = |value| match value {
                    Value::Number(_) => algebra.polynomial(value).map(Value::Polynomial),
                    value => Ok(value),
                };
                Value::List(values.into_iter().map(element).collect::<Outcome<_>>()?)
            }
            Step::Call { function, count } => {
                let arguments = self.pop_many(count as usize);
                (self.session.rows[function as usize].call)(Arguments::new(algebra, arguments))?
            }
        };
        self.stack.push(value);
        Ok(())
    }

    fn pop(&mut self) -> Value<R> {
        self.stack.pop().expect("the parser puts operands before their operator")
    }

    fn pop_many(&mut self, count: usize) -> Vec<Value<R>> {
        self.stack.split_off(self.stack.len() - count)
    }

    fn operate(&mut self, op: Operator) -> Outcome<Value<R>> {
        let b = self.pop();
        let a = self.pop();
        self.session.algebra.operate(op, a, b)
    }

    fn name(&mut self, name: &str) -> Value<R> {
        if let Some(value) = self.session.values.get(name) {
            return value.clone();
        }
        if let (true, Some(unit)) = (self.session.is_fixed(name), &self.session.imaginary) {
            return Value::element(unit.clone());
        }
        let name: Name = match self.variables.get(name) {
            Some(known) => known.clone(),
            None => {
                let new: Name = Rc::from(name);
                self.variables.insert(new.clone());
                new
            }
        };
        Value::Polynomial(self.session.algebra.variable(name))
    }
}

/// An integer from its digits.
fn digits(text: &str) -> Outcome<BigInt> {
    hold_digits(text.len() as f64)?;
    Ok(monic::parse_integer(text)?)
}

/// Refuses so many decimal digits where they are over the limit.
fn hold_digits(count: f64) -> Outcome<()> {
    Ok(monic::limit::check(1, (count * std::f64::consts::LOG2_10) as u64)?)
}

/// An element of the ring from a decimal.
fn decimal<R: Coefficients>(ring: &R, text: &str) -> Outcome<R::Element> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let too_large = || Failure::of(format!("the exponent {exponent} is too large for a decimal"));
    let exponent: i64 = exponent.parse().map_err(|_| too_large())?;
    if !R::DECIMALS {
        return Err(Failure::of(format!("{text} is no element of {ring}")));
    }
    if ring.is_exact() {
        hold_digits(text.len() as f64 + exponent.unsigned_abs() as f64)?;
    }
    let exponent = exponent.checked_sub(fraction.len() as i64).ok_or_else(too_large)?;
    let digits = digits(&format!("{whole}{fraction}"))?;
    Ok(ring.from_literal(&Literal::Decimal { digits, exponent })?)
}
