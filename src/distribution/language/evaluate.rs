//! Runs an expression over a stack of values: of sizes first, of distributions then.
//!
//! Both follow the same rules, so that the sizes are those of the distributions.

use super::super::{Distribution, Extent};
use super::{Die, Expression, Operation};
use crate::{Error, Result};

/// What an expression can be evaluated to.
pub(super) trait Value: Sized {
    fn constant(outcome: i64) -> Self;
    fn die(die: &Die) -> Result<Self>;
    fn times(self, n: u64) -> Result<Self>;
    fn scaled(self, factor: i64) -> Result<Self>;
    fn sum(terms: &[Self]) -> Result<Self>;
    fn as_constant(&self) -> Option<i64>;
}

impl Value for Extent {
    fn constant(outcome: i64) -> Self {
        Extent::constant(outcome)
    }
    fn die(die: &Die) -> Result<Self> {
        match die {
            Die::Uniform(low, high) => Extent::uniform(*low, *high),
            Die::Custom(distribution) => Ok(distribution.extent()),
        }
    }
    fn times(self, n: u64) -> Result<Self> {
        // One die is built before it is summed, unless there is none.
        if n > 0 {
            self.check()?;
        }
        let sum = Extent::times(&self, n)?;
        sum.check().map(|()| sum)
    }
    fn scaled(self, factor: i64) -> Result<Self> {
        Extent::scaled(&self, factor)
    }
    fn sum(terms: &[Self]) -> Result<Self> {
        let sum = terms.iter().try_fold(Extent::constant(0), |sum, term| sum.plus(term))?;
        sum.check().map(|()| sum)
    }
    fn as_constant(&self) -> Option<i64> {
        (self.len() == 1).then(|| self.min())
    }
}

impl Value for Distribution {
    fn constant(outcome: i64) -> Self {
        Distribution::constant(outcome)
    }
    fn die(die: &Die) -> Result<Self> {
        match die {
            Die::Uniform(low, high) => Distribution::try_uniform(*low..=*high),
            Die::Custom(distribution) => Ok(distribution.clone()),
        }
    }
    fn times(self, n: u64) -> Result<Self> {
        self.try_times(n)
    }
    fn scaled(self, factor: i64) -> Result<Self> {
        Distribution::scaled(self, factor)
    }
    fn sum(terms: &[Self]) -> Result<Self> {
        Distribution::try_sum(terms)
    }
    fn as_constant(&self) -> Option<i64> {
        Distribution::as_constant(self)
    }
}

pub(super) fn run<V: Value>(expression: &Expression) -> Result<V> {
    let mut stack = Vec::<V>::new();
    for step in &expression.steps {
        let value = match &step.operation {
            Operation::Constant(outcome) => Ok(V::constant(*outcome)),
            Operation::Roll(count, die) => roll(*count, die),
            Operation::RollCounted(die) => {
                let count = stack.pop().expect("the parser pushed it");
                match count.as_constant() {
                    Some(count) => u64::try_from(count)
                        .map_err(|_| Error::undefined(format!("{count} dice: the number is negative")))
                        .and_then(|count| roll(count, die)),
                    None => Err(Error::unsupported("a random number of dice is not supported yet")),
                }
            }
            Operation::Negate => stack.pop().expect("the parser pushed it").scaled(-1),
            Operation::Multiply => {
                let (b, a) = stack.pop().zip(stack.pop()).expect("the parser pushed both");
                match (a.as_constant(), b.as_constant()) {
                    (Some(factor), _) => b.scaled(factor),
                    (_, Some(factor)) => a.scaled(factor),
                    _ => Err(Error::unsupported("a product of two random values is not supported yet")),
                }
            }
            Operation::Sum(terms) => {
                let terms = stack.split_off(stack.len() - terms);
                V::sum(&terms)
            }
        };
        stack.push(value.map_err(|error| error.at(step.at))?);
    }
    Ok(stack.pop().expect("the parser leaves one value"))
}

fn roll<V: Value>(count: u64, die: &Die) -> Result<V> {
    // No die is built for no roll.
    if count == 0 { Ok(V::constant(0)) } else { V::die(die)?.times(count) }
}
