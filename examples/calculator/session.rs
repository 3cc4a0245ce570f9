//! A conversation over one ring: runs the steps of a line on a stack and keeps the values that were given names.

use crate::algebra::{Algebra, Name, hold_room};
use crate::failure::{Failure, Outcome};
use crate::functions::{self, Arguments, Row};
use crate::output::Shown;
use crate::parser::{self, Callable, Names, Placed, Step};
use crate::rings::Coefficients;
use crate::value::{Operator, Room, Value};
use monic::limit;
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
    fn assigned(&self) -> Vec<Assigned>;
    /// Takes names over from another ring, and says which do not convert. No value sees another one's name.
    fn adopt(&mut self, assigned: Vec<Assigned>) -> Vec<String>;
}

/// A name with its value as text, so that it can go to another ring.
pub struct Assigned {
    name: String,
    text: String,
    /// Whether it is a plain integer, in no ring.
    plain: bool,
}

/// A conversation over the ring `R`.
pub struct Session<R: Coefficients> {
    algebra: Algebra<R>,
    rows: Vec<Row<R>>,
    values: BTreeMap<String, Value<R>>,
    /// The names that stand for elements of the ring.
    constants: Vec<(String, R::Element)>,
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
        self.rows.iter().enumerate().find_map(row)
    }

    fn is_fixed(&self, name: &str) -> bool {
        self.constants.iter().any(|(constant, _)| constant == name)
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

    fn assigned(&self) -> Vec<Assigned> {
        let assigned = |(name, value): (&String, &Value<R>)| Assigned {
            name: name.clone(),
            text: Shown { ring: self.algebra.ring(), value }.to_string(),
            plain: matches!(value, Value::Integer(_)),
        };
        self.values.iter().map(assigned).collect()
    }

    fn adopt(&mut self, assigned: Vec<Assigned>) -> Vec<String> {
        let (mut values, mut dropped) = (BTreeMap::new(), Vec::new());
        for Assigned { name, text, plain } in assigned {
            let value = match plain {
                _ if self.is_fixed(&name) => Err(Failure::of("a name that has a fixed meaning here")),
                true => digits(&text).map(Value::Integer),
                false => self.value(&text),
            };
            match value {
                Ok(value) => drop(values.insert(name, value)),
                Err(_) => dropped.push(name),
            }
        }
        self.values.append(&mut values);
        dropped
    }
}

impl<R: Coefficients> Session<R> {
    /// A conversation in which nothing was said yet.
    pub fn new(ring: R) -> Self {
        let constants = ring.constants();
        Session { algebra: Algebra::new(ring), rows: functions::rows(), values: BTreeMap::new(), constants }
    }

    /// The value of an expression.
    pub fn value(&self, line: &str) -> Outcome<Value<R>> {
        self.run(line, &parser::parse(line, R::DECIMALS, self)?.steps)
    }

    /// The value of a line whose steps these are.
    fn run(&self, line: &str, steps: &[Placed]) -> Outcome<Value<R>> {
        let mut machine =
            Machine { session: self, line, stack: Vec::new(), held: 0, variables: BTreeSet::new() };
        for placed in steps {
            machine.step(placed).map_err(|failure| failure.at(placed.at as usize))?;
        }
        // Digits become an element of the ring at the latest here.
        let value = match machine.pop().value {
            Value::Number(n) => {
                let element = self.algebra.polynomial(Value::Number(n)).map_err(|failure| failure.at(0))?;
                Value::Polynomial(element)
            }
            value => value,
        };
        self.algebra.check_numbers(&value).map_err(|failure| failure.at(0))?;
        // Estimates beforehand bound what is built; this holds the result itself.
        limit::check(1, self.algebra.bits(&value)).map_err(|error| Failure::from(error).at(0))?;
        Ok(value)
    }
}

/// A value on the stack with the room that it takes.
struct Held<R: Coefficients> {
    value: Value<R>,
    room: Room,
}

/// The stack while a line runs.
struct Machine<'a, R: Coefficients> {
    session: &'a Session<R>,
    line: &'a str,
    stack: Vec<Held<R>>,
    /// What all values on the stack take together, in bytes.
    held: u64,
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
                let value = algebra.negate(a.value)?;
                return self.push_as(value, a.room.inner);
            }
            // A sum in place is not looked through again: that would make a long sum quadratic.
            Step::Add => return self.operate(Operator::Add, true),
            Step::Subtract => return self.operate(Operator::Subtract, true),
            Step::Multiply => return self.operate(Operator::Multiply, false),
            Step::Divide => return self.operate(Operator::Divide, false),
            Step::Power => return self.operate(Operator::Power, false),
            Step::List { count } => {
                let (values, inner) = self.pop_many(count as usize);
                let element = |value| match value {
                    Value::Number(_) => algebra.polynomial(value).map(Value::Polynomial),
                    value => Ok(value),
                };
                let value = Value::List(values.into_iter().map(element).collect::<Outcome<_>>()?);
                return self.push_as(value, inner);
            }
            Step::Call { function, count } => {
                let (arguments, _) = self.pop_many(count as usize);
                (self.session.rows[function as usize].call)(Arguments::new(algebra, arguments))?
            }
        };
        self.push(value)
    }

    fn push(&mut self, value: Value<R>) -> Outcome<()> {
        let inner = self.session.algebra.inner_room(&value);
        self.push_as(value, inner)
    }

    /// Pushes a value whose parts take so many bytes beside their slots.
    fn push_as(&mut self, value: Value<R>, inner: u64) -> Outcome<()> {
        let room = Room { outer: value.outer_room(), inner };
        self.held = self.held.saturating_add(room.total());
        // One value alone is held against the limits where it is made.
        if !self.stack.is_empty() {
            hold_room(self.held)?;
        }
        self.stack.push(Held { value, room });
        Ok(())
    }

    fn pop(&mut self) -> Held<R> {
        let held = self.stack.pop().expect("the parser puts operands before their operator");
        self.held -= held.room.total();
        held
    }

    /// The last values, and the room that they take.
    fn pop_many(&mut self, count: usize) -> (Vec<Value<R>>, u64) {
        let values = self.stack.split_off(self.stack.len() - count);
        let room = values.iter().map(|held| held.room.total()).sum();
        self.held -= room;
        (values.into_iter().map(|held| held.value).collect(), room)
    }

    fn operate(&mut self, op: Operator, in_place: bool) -> Outcome<()> {
        let b = self.pop();
        let a = self.pop();
        let inner = a.room.inner.saturating_add(b.room.inner);
        let value = self.session.algebra.operate(op, a.value, b.value)?;
        if in_place { self.push_as(value, inner) } else { self.push(value) }
    }

    fn name(&mut self, name: &str) -> Value<R> {
        if let Some(value) = self.session.values.get(name) {
            return value.clone();
        }
        if let Some((_, element)) = self.session.constants.iter().find(|(constant, _)| constant == name) {
            return Value::element(element.clone());
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
    Ok(limit::check(1, (count * std::f64::consts::LOG2_10) as u64)?)
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
