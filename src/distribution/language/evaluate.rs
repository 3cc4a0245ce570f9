//! Runs an expression over a stack of values: of sizes first, of distributions then.
//!
//! Both follow the same rules, so that no distribution is larger than its size. Dice stay dice until their sum is asked for: a
//! suffix may still sort them.

use super::super::pool::{self, Pool};
use super::super::{Distribution, Extent};
use super::{Condition, Die, Expression, Extreme, Keep, Operation};
use crate::{Error, Result};

/// What an expression can be evaluated to.
pub(super) trait Value: Clone {
    fn constant(outcome: i64) -> Self;
    fn die(die: &Die) -> Result<Self>;
    fn times(&self, n: u64) -> Result<Self>;
    fn scaled(self, factor: i64) -> Result<Self>;
    fn sum(terms: &[Self]) -> Result<Self>;
    fn as_constant(&self) -> Option<i64>;
    fn product(&self, other: &Self) -> Result<Self>;
    fn extreme(&self, other: &Self, which: Extreme) -> Result<Self>;
    fn absolute(&self) -> Result<Self>;
    fn compound(&self, each: &Self) -> Result<Self>;
    /// Exploding on the highest face.
    fn explode(&self, depth: u64) -> Result<Self>;
    fn reroll(&self, conditions: &[Condition]) -> Result<Self>;
    /// 1 where the condition holds, else 0.
    fn indicator(&self, condition: Condition) -> Self;
    /// The sum of a slice of the sorted dice.
    fn slice(dice: &[(Self, u64)], parts: [u64; 3]) -> Result<Self>;
    /// How many of the places from `low` on, `kept` of them, are among the highest or the lowest `self` of `n`.
    fn overlap(&self, parts: [u64; 3], highest: bool) -> Result<Self>;
}

fn checked(extent: Extent) -> Result<Extent> {
    extent.check().map(|()| extent)
}

impl Value for Extent {
    fn constant(outcome: i64) -> Self {
        Extent::constant(outcome)
    }
    fn die(die: &Die) -> Result<Self> {
        match die {
            Die::Uniform(low, high) => Extent::uniform(*low, *high).and_then(checked),
            Die::Custom(distribution) => Ok(distribution.extent()),
        }
    }
    fn times(&self, n: u64) -> Result<Self> {
        Extent::times(self, n).and_then(checked)
    }
    fn scaled(self, factor: i64) -> Result<Self> {
        Extent::scaled(&self, factor)
    }
    fn sum(terms: &[Self]) -> Result<Self> {
        terms.iter().try_fold(Extent::constant(0), |sum, term| sum.plus(term)).and_then(checked)
    }
    fn as_constant(&self) -> Option<i64> {
        (self.len() == 1).then(|| self.min())
    }
    fn product(&self, other: &Self) -> Result<Self> {
        self.of_pairs(other)?;
        Extent::product(self, other).and_then(checked)
    }
    fn extreme(&self, other: &Self, which: Extreme) -> Result<Self> {
        match which {
            Extreme::Maximum => self.maximum(other),
            Extreme::Minimum => self.minimum(other),
        }
        .and_then(checked)
    }
    fn absolute(&self) -> Result<Self> {
        Extent::absolute(self).and_then(checked)
    }
    fn compound(&self, each: &Self) -> Result<Self> {
        Extent::compound(self, each).and_then(checked)
    }
    fn explode(&self, depth: u64) -> Result<Self> {
        let step = Extent::step_with(self, self.max());
        self.exploded(depth, (self.max(), self.max()), step).and_then(checked)
    }
    fn reroll(&self, _: &[Condition]) -> Result<Self> {
        self.rerolled(1).and_then(checked)
    }
    fn indicator(&self, _: Condition) -> Self {
        Extent::new(0, 1, 2, self.log2_denominator()).expect("0 and 1 fit")
    }
    fn slice(dice: &[(Self, u64)], parts: [u64; 3]) -> Result<Self> {
        pool::extent(dice, parts).and_then(checked)
    }
    fn overlap(&self, [_, kept, _]: [u64; 3], _: bool) -> Result<Self> {
        let len = self.len().min(kept.saturating_add(1));
        Extent::new(0, 1, len, self.log2_denominator())
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
    fn times(&self, n: u64) -> Result<Self> {
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
    fn product(&self, other: &Self) -> Result<Self> {
        self.try_product(other)
    }
    fn extreme(&self, other: &Self, which: Extreme) -> Result<Self> {
        match which {
            Extreme::Maximum => self.maximum(other),
            Extreme::Minimum => self.minimum(other),
        }
    }
    fn absolute(&self) -> Result<Self> {
        Distribution::absolute(self)
    }
    fn compound(&self, each: &Self) -> Result<Self> {
        Distribution::compound(self, each)
    }
    fn explode(&self, depth: u64) -> Result<Self> {
        let highest = self.max();
        Ok(Distribution::explode(self, depth, |face| face == highest)?.distribution)
    }
    fn reroll(&self, conditions: &[Condition]) -> Result<Self> {
        let faces = union(conditions);
        Distribution::reroll(self, |face| {
            let from = faces.partition_point(|range| range.0 <= face);
            from.checked_sub(1).is_some_and(|k| face <= faces[k].1)
        })
    }
    fn indicator(&self, condition: Condition) -> Self {
        Distribution::indicator(self, |face| condition.holds(face))
    }
    fn slice(dice: &[(Self, u64)], parts: [u64; 3]) -> Result<Self> {
        let pool = dice.iter().fold(Pool::new([]), |pool, (die, n)| pool.and(die.clone(), *n));
        pool.sum_of(parts[0]..parts[0] + parts[1])
    }
    fn overlap(&self, [low, kept, high]: [u64; 3], highest: bool) -> Result<Self> {
        let outside = if highest { high } else { low };
        self.map(|hits| (hits as u64).saturating_sub(outside).min(kept) as i64)
    }
}

/// What any of the conditions holds for, as ranges that ascend and are disjoint: a text has room for many conditions.
fn union(conditions: &[Condition]) -> Vec<(i64, i64)> {
    let mut ranges: Vec<_> = conditions.iter().filter_map(|condition| condition.range()).collect();
    ranges.sort_unstable();
    let mut union = Vec::<(i64, i64)>::new();
    for (low, high) in ranges {
        match union.last_mut() {
            Some(last) if low <= last.1 => last.1 = last.1.max(high),
            _ => union.push((low, high)),
        }
    }
    union
}

/// A value on the stack.
enum Item<V> {
    Number(V),
    /// Dice that are not added yet, some of them dropped: below, kept, above. They come from a place in the text.
    Dice {
        groups: Vec<(V, u64)>,
        parts: [u64; 3],
        at: usize,
    },
}

impl<V: Value> Item<V> {
    /// The sum of what is kept.
    fn number(self) -> Result<V> {
        let (groups, parts, at) = match self {
            Item::Number(value) => return Ok(value),
            Item::Dice { groups, parts, at } => (groups, parts, at),
        };
        let sum = || match (&groups[..], parts) {
            ([(die, n)], [0, _, 0]) => die.times(*n),
            (groups, [0, _, 0]) => {
                let sums = groups.iter().map(|(die, n)| die.times(*n)).collect::<Result<Vec<_>>>()?;
                V::sum(&sums)
            }
            (groups, parts) => V::slice(groups, parts),
        };
        sum().map_err(|error| placed(error, at))
    }
}

/// An error keeps the place that it has.
fn placed(error: Error, at: usize) -> Error {
    if error.position().is_some() { error } else { error.at(at) }
}

pub(super) fn run<V: Value>(expression: &Expression) -> Result<V> {
    let mut stack = Vec::<Item<V>>::new();
    for step in &expression.steps {
        let item = apply(&step.operation, step.at, &mut stack);
        stack.push(item.map_err(|error| placed(error, step.at))?);
    }
    stack.pop().expect("the parser leaves one value").number()
}

fn apply<V: Value>(operation: &Operation, at: usize, stack: &mut Vec<Item<V>>) -> Result<Item<V>> {
    let number = |stack: &mut Vec<Item<V>>| stack.pop().expect("the parser pushed it").number();
    match operation {
        Operation::Constant(outcome) => Ok(Item::Number(V::constant(*outcome))),
        Operation::Roll(count, die) => roll(*count, die, at),
        Operation::RollCounted(die) => {
            let count = number(stack)?;
            match count.as_constant() {
                Some(count) => {
                    let count = u64::try_from(count)
                        .map_err(|_| Error::undefined(format!("{count} dice: the number is negative")))?;
                    roll(count, die, at)
                }
                None => Ok(Item::Number(count.compound(&V::die(die)?)?)),
            }
        }
        Operation::Keep(keep, n) => match stack.pop().expect("the parser pushed it") {
            Item::Dice { groups, parts, at } => Ok(Item::Dice { groups, parts: keep.of(*n, parts)?, at }),
            Item::Number(_) => {
                Err(Error::unsupported("only dice can be kept or dropped, not what was computed from them"))
            }
        },
        Operation::Explode(depth) => each(stack, "explode", |die| die.explode(*depth)),
        Operation::Reroll(conditions) => each(stack, "be rolled again", |die| die.reroll(conditions)),
        Operation::Count(condition) => count(stack, *condition),
        Operation::Negate => Ok(Item::Number(number(stack)?.scaled(-1)?)),
        Operation::Absolute => Ok(Item::Number(number(stack)?.absolute()?)),
        Operation::Multiply => {
            let (b, a) = (number(stack)?, number(stack)?);
            let product = match (a.as_constant(), b.as_constant()) {
                (Some(factor), _) => b.scaled(factor),
                (_, Some(factor)) => a.scaled(factor),
                _ => a.product(&b),
            };
            product.map(Item::Number)
        }
        Operation::Extreme(which, arguments) => {
            let mut values = stack.split_off(stack.len() - arguments).into_iter().map(Item::number);
            let first = values.next().expect("the parser counts from 1")?;
            values.try_fold(first, |best, value| best.extreme(&value?, *which)).map(Item::Number)
        }
        Operation::Sum(terms) => {
            let terms = stack.split_off(stack.len() - terms);
            // Dice that are added are dice still: a parenthesis around them is a pool.
            let dice = |term: &Item<V>| matches!(term, Item::Dice { parts: [0, _, 0], .. });
            if terms.iter().all(dice) {
                let mut all = Vec::new();
                for term in terms {
                    if let Item::Dice { groups, .. } = term {
                        all.extend(groups);
                    }
                }
                let n = all.iter().try_fold(0u64, |n, group| n.checked_add(group.1));
                let n = n.ok_or_else(|| Error::overflow("over 2^64 dice"))?;
                return Ok(Item::Dice { groups: all, parts: [0, n, 0], at });
            }
            let terms = terms.into_iter().map(Item::number).collect::<Result<Vec<_>>>()?;
            V::sum(&terms).map(Item::Number)
        }
    }
}

fn roll<V: Value>(count: u64, die: &Die, at: usize) -> Result<Item<V>> {
    // No die is built for no roll.
    let groups = if count == 0 { Vec::new() } else { vec![(V::die(die)?, count)] };
    Ok(Item::Dice { groups, parts: [0, count, 0], at })
}

/// Changes each die, as long as none is dropped.
fn each<V: Value>(stack: &mut Vec<Item<V>>, what: &str, change: impl Fn(&V) -> Result<V>) -> Result<Item<V>> {
    match stack.pop().expect("the parser pushed it") {
        Item::Dice { groups, parts: parts @ [0, _, 0], at } => {
            let groups = groups.into_iter().map(|(die, n)| Ok((change(&die)?, n))).collect::<Result<_>>()?;
            Ok(Item::Dice { groups, parts, at })
        }
        Item::Dice { .. } => Err(Error::unsupported(format!("dice can {what} only before some are dropped"))),
        Item::Number(_) => {
            Err(Error::unsupported(format!("only dice can {what}, not what was computed from them")))
        }
    }
}

/// How many of the kept dice a condition holds for.
fn count<V: Value>(stack: &mut Vec<Item<V>>, condition: Condition) -> Result<Item<V>> {
    let Item::Dice { groups, parts, .. } = stack.pop().expect("the parser pushed it") else {
        return Err(Error::unsupported(
            "successes are counted among dice, not of what was computed from them",
        ));
    };
    let hits: Vec<_> =
        groups.iter().map(|(die, n)| die.indicator(condition).times(*n)).collect::<Result<_>>()?;
    let hits = V::sum(&hits)?;
    if let [0, _, 0] = parts {
        return Ok(Item::Number(hits));
    }
    // Sorted dice that are high enough are the highest ones, so how many of all are is enough to know.
    match condition.highest() {
        Some(highest) => hits.overlap(parts, highest).map(Item::Number),
        None => {
            Err(Error::unsupported("dice that show one face can be counted only before some are dropped"))
        }
    }
}

impl Keep {
    /// What is dropped below, kept, and dropped above, after this.
    fn of(self, n: u64, [low, kept, high]: [u64; 3]) -> Result<[u64; 3]> {
        let (what, rest) = match self {
            Keep::Highest | Keep::Lowest => ("keep", kept.checked_sub(n)),
            Keep::AllButHighest | Keep::AllButLowest => ("drop", kept.checked_sub(n)),
        };
        let rest = rest.ok_or_else(|| Error::undefined(format!("cannot {what} {n} of {kept} dice")))?;
        Ok(match self {
            Keep::Highest => [low + rest, n, high],
            Keep::Lowest => [low, n, high + rest],
            Keep::AllButHighest => [low, rest, high + n],
            Keep::AllButLowest => [low + n, rest, high],
        })
    }
}
