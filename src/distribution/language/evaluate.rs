//! Runs an expression over a stack of values: of sizes first, of distributions then.
//!
//! Both follow the same rules, so that no distribution is larger than its size. Dice stay dice until their sum is asked for: a
//! suffix may still sort them.

use super::super::extent::too_far;
use super::super::pool::{self, Pool};
use super::super::{Distribution, Extent};
use super::{Condition, Die, Expression, Extreme, Keep, Operation};
use crate::{Error, Result, limit};
use num_rational::BigRational;

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
    /// Exploding on the highest face, with the remainder where it is known.
    fn explode(&self, depth: u64) -> Result<(Self, Option<BigRational>)>;
    fn reroll(&self, conditions: &[Condition]) -> Result<Self>;
    /// 1 where the condition holds, else 0.
    fn indicator(&self, condition: Condition) -> Self;
    /// The sum of a slice of the sorted dice.
    fn slice(dice: &[(Self, u64)], parts: [u64; 3]) -> Result<Self>;
    /// How many of the places from `low` on, `kept` of them, are among the highest or the lowest `self` of `n`.
    fn overlap(&self, parts: [u64; 3], highest: bool) -> Result<Self>;
    /// Bits that it occupies, as far as they are to be held against the limit.
    fn stored_bits(&self) -> u64;
    /// The same value, with the work that a value took of which only the outcome is used.
    fn after(self, spent: &Self) -> Result<Self>;
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
        Extent::sum(terms.iter().copied()).and_then(checked)
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
    fn explode(&self, depth: u64) -> Result<(Self, Option<BigRational>)> {
        let exploded = if self.len() == 1 {
            let rolls = i64::try_from(depth).ok().and_then(|depth| depth.checked_add(1));
            self.scaled(rolls.ok_or_else(too_far)?)?
        } else {
            // All that is known of a highest face below zero is that it is one of these.
            let first = if self.max() < 0 { self.min() } else { self.max() };
            let step = Extent::step_with(self, self.max());
            self.exploded(depth, (first, self.max()), step)?
        };
        checked(exploded).map(|extent| (extent, None))
    }
    fn reroll(&self, conditions: &[Condition]) -> Result<Self> {
        // Conditions are sorted, and every face is sought among them.
        let n = conditions.len() as f64;
        self.rerolled(1).map(|e| e.with_work((n + self.len() as f64) * (n + 1.0).log2())).and_then(checked)
    }
    fn indicator(&self, _: Condition) -> Self {
        let hit = Extent::new(0, 1, 2, self.log2_denominator()).expect("0 and 1 fit");
        hit.with_work(self.work() + self.writing())
    }
    fn slice(dice: &[(Self, u64)], parts: [u64; 3]) -> Result<Self> {
        let slice = pool::extent(dice, parts)?;
        // Dice of which none is kept are built all the same.
        let built: f64 = if parts[1] == 0 { dice.iter().map(|(die, _)| die.work()).sum() } else { 0.0 };
        checked(slice.with_work(built))
    }
    fn overlap(&self, [_, kept, _]: [u64; 3], _: bool) -> Result<Self> {
        let len = self.len().min(kept.saturating_add(1));
        let overlap = Extent::new(0, 1, len, self.log2_denominator())?;
        checked(overlap.with_work(self.work() + self.sorting()))
    }
    fn stored_bits(&self) -> u64 {
        Extent::stored_bits(self)
    }
    fn after(self, spent: &Self) -> Result<Self> {
        checked(self.with_work(spent.work()))
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
    fn explode(&self, depth: u64) -> Result<(Self, Option<BigRational>)> {
        let highest = self.max();
        let exploded = Distribution::explode(self, depth, |face| face == highest)?;
        Ok((exploded.distribution, Some(exploded.remainder)))
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
    fn stored_bits(&self) -> u64 {
        // The sizes were held against the limit before.
        0
    }
    fn after(self, _: &Self) -> Result<Self> {
        Ok(self)
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
    Dice(Dice<V>),
}

/// Dice that are not added yet, some of them dropped: below, kept, above. They come from a place in the text.
struct Dice<V> {
    groups: Vec<(V, u64)>,
    parts: [u64; 3],
    at: usize,
    stored_bits: u64,
}

impl<V: Value> Dice<V> {
    fn new(groups: Vec<(V, u64)>, parts: [u64; 3], at: usize) -> Self {
        let stored_bits = groups.iter().fold(0u64, |bits, (die, _)| bits.saturating_add(die.stored_bits()));
        Dice { groups, parts, at, stored_bits }
    }

    /// The sum of what is kept.
    fn number(self) -> Result<V> {
        let sum = || match (&self.groups[..], self.parts) {
            ([(die, n)], [0, _, 0]) => die.times(*n),
            (groups, [0, _, 0]) => {
                let sums = groups.iter().map(|(die, n)| die.times(*n)).collect::<Result<Vec<_>>>()?;
                V::sum(&sums)
            }
            (groups, parts) => V::slice(groups, parts),
        };
        sum().map_err(|error| placed(error, self.at))
    }
}

impl<V: Value> Item<V> {
    fn number(self) -> Result<V> {
        match self {
            Item::Number(value) => Ok(value),
            Item::Dice(dice) => dice.number(),
        }
    }

    fn stored_bits(&self) -> u64 {
        match self {
            Item::Number(value) => value.stored_bits(),
            Item::Dice(dice) => dice.stored_bits,
        }
    }
}

/// The values that wait, and what is known beside them.
struct Stack<V> {
    items: Vec<Item<V>>,
    /// What the items occupy together.
    stored_bits: u64,
    /// A constant, with the work of the numbers that became factors and counts of dice.
    spent: V,
    remainders: Vec<BigRational>,
}

impl<V: Value> Stack<V> {
    /// Each value is within the limit; all that wait have to be so together.
    fn push(&mut self, item: Item<V>) -> Result<()> {
        self.stored_bits = self.stored_bits.saturating_add(item.stored_bits());
        let limit = limit::result_bits();
        if self.stored_bits > limit {
            return Err(Error::limit(format!(
                "the values in this text take {} bits together, over the limit of {limit} bits",
                self.stored_bits
            )));
        }
        self.items.push(item);
        Ok(())
    }

    fn pop(&mut self) -> Item<V> {
        let item = self.items.pop().expect("the parser pushed it");
        self.stored_bits -= item.stored_bits();
        item
    }

    fn number(&mut self) -> Result<V> {
        self.pop().number()
    }

    /// The outcome of a value that has only one.
    fn as_constant(&mut self, value: &V) -> Result<Option<i64>> {
        let constant = value.as_constant();
        if constant.is_some() {
            self.spent = self.spent.clone().after(value)?;
        }
        Ok(constant)
    }

    /// The topmost ones, in the order of the text.
    fn split_off(&mut self, n: usize) -> Vec<Item<V>> {
        let items = self.items.split_off(self.items.len() - n);
        self.stored_bits -= items.iter().map(Item::stored_bits).sum::<u64>();
        items
    }
}

/// An error keeps the place that it has.
fn placed(error: Error, at: usize) -> Error {
    if error.position().is_some() { error } else { error.at(at) }
}

/// The value, and the remainders of explosions.
pub(super) fn run<V: Value>(expression: &Expression) -> Result<(V, Vec<BigRational>)> {
    let mut stack =
        Stack::<V> { items: Vec::new(), stored_bits: 0, spent: V::constant(0), remainders: Vec::new() };
    for step in &expression.steps {
        let item = apply(&step.operation, step.at, &mut stack);
        item.and_then(|item| stack.push(item)).map_err(|error| placed(error, step.at))?;
    }
    let value = stack.number()?.after(&stack.spent).map_err(|error| placed(error, 0))?;
    Ok((value, stack.remainders))
}

fn apply<V: Value>(operation: &Operation, at: usize, stack: &mut Stack<V>) -> Result<Item<V>> {
    match operation {
        Operation::Constant(outcome) => Ok(Item::Number(V::constant(*outcome))),
        Operation::Roll(count, die) => roll(*count, die, at),
        Operation::RollCounted(die) => {
            let count = stack.number()?;
            match stack.as_constant(&count)? {
                Some(count) => {
                    let count = u64::try_from(count)
                        .map_err(|_| Error::undefined(format!("{count} dice: the number is negative")))?;
                    roll(count, die, at)
                }
                None => Ok(Item::Number(count.compound(&V::die(die)?)?)),
            }
        }
        Operation::Keep(keep, n) => match stack.pop() {
            Item::Dice(dice) => Ok(Item::Dice(Dice { parts: keep.of(*n, dice.parts)?, ..dice })),
            Item::Number(_) => {
                Err(Error::unsupported("only dice can be kept or dropped, not what was computed from them"))
            }
        },
        Operation::Explode(depth) => {
            let mut remainders = Vec::new();
            let dice = each(stack, "explode", |die| {
                let (exploded, remainder) = die.explode(*depth)?;
                remainders.extend(remainder);
                Ok(exploded)
            });
            stack.remainders.append(&mut remainders);
            dice
        }
        Operation::Reroll(conditions) => each(stack, "be rolled again", |die| die.reroll(conditions)),
        Operation::Count(condition) => count(stack, *condition),
        Operation::Negate => Ok(Item::Number(stack.number()?.scaled(-1)?)),
        Operation::Absolute => Ok(Item::Number(stack.number()?.absolute()?)),
        Operation::Number => stack.number().map(Item::Number),
        Operation::Multiply => {
            let (b, a) = (stack.number()?, stack.number()?);
            let product = if let Some(factor) = stack.as_constant(&a)? {
                b.scaled(factor)
            } else if let Some(factor) = stack.as_constant(&b)? {
                a.scaled(factor)
            } else {
                a.product(&b)
            };
            product.map(Item::Number)
        }
        Operation::Extreme(which) => {
            let (b, a) = (stack.number()?, stack.number()?);
            a.extreme(&b, *which).map(Item::Number)
        }
        Operation::Sum(terms) => {
            let terms = stack.split_off(*terms);
            // Dice that are added are dice still: a parenthesis around them is a pool.
            let whole = |term: &Item<V>| matches!(term, Item::Dice(Dice { parts: [0, _, 0], .. }));
            if terms.iter().all(whole) {
                let mut all = Vec::new();
                for term in terms {
                    if let Item::Dice(dice) = term {
                        all.extend(dice.groups);
                    }
                }
                let n = all.iter().try_fold(0u64, |n, group| n.checked_add(group.1));
                let n = n.ok_or_else(|| Error::overflow("over 2^64 dice"))?;
                return Ok(Item::Dice(Dice::new(all, [0, n, 0], at)));
            }
            let terms = terms.into_iter().map(Item::number).collect::<Result<Vec<_>>>()?;
            V::sum(&terms).map(Item::Number)
        }
    }
}

fn roll<V: Value>(count: u64, die: &Die, at: usize) -> Result<Item<V>> {
    // No die is built for no roll.
    let groups = if count == 0 { Vec::new() } else { vec![(V::die(die)?, count)] };
    Ok(Item::Dice(Dice::new(groups, [0, count, 0], at)))
}

/// Changes each die, as long as none is dropped.
fn each<V: Value>(
    stack: &mut Stack<V>,
    what: &str,
    mut change: impl FnMut(&V) -> Result<V>,
) -> Result<Item<V>> {
    match stack.pop() {
        Item::Dice(Dice { groups, parts: parts @ [0, _, 0], at, .. }) => {
            let groups = groups.into_iter().map(|(die, n)| Ok((change(&die)?, n))).collect::<Result<_>>()?;
            Ok(Item::Dice(Dice::new(groups, parts, at)))
        }
        Item::Dice(_) => Err(Error::unsupported(format!("dice can {what} only before some are dropped"))),
        Item::Number(_) => {
            Err(Error::unsupported(format!("only dice can {what}, not what was computed from them")))
        }
    }
}

/// How many of the kept dice a condition holds for.
fn count<V: Value>(stack: &mut Stack<V>, condition: Condition) -> Result<Item<V>> {
    let Item::Dice(Dice { groups, parts, .. }) = stack.pop() else {
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
