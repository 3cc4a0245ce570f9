//! Dice notation: `3d6 + 2d4 - 1` as text, read into a distribution.
//!
//! It stands apart from the distributions because text is hostile: it is parsed without recursion into a program
//! in postfix order, the sizes of all values are computed first, and only then the values.
//!
//! # Grammar
//! ```text
//! sum     = term { ("+" | "-") term }
//! term    = factor { "*" factor }
//! factor  = { "+" | "-" } operand { suffix }
//! operand = [ integer ] "d" faces  |  integer  |  "(" sum ")"
//!         | ("max" | "min") "(" sum { "," sum } ")"  |  "abs" "(" sum ")"
//! faces   = integer  |  "%"  |  "F"  |  "{" face { "," face } "}"
//! face    = [ "-" ] integer [ ":" probability ]      a probability is 1/3 or 0.25, read exactly
//! suffix  = "d" faces                                so many dice as the operand says: d6 d4
//!         | "!" [ integer ]                          each die explodes on its highest face, 10 times at most or as said
//!         | "r" condition                            each die is rolled again once where it shows that
//!         | ("kh" | "kl" | "dh" | "dl") [ integer ]  keep or drop the highest or lowest dice, one if not said
//!         | relation [ "-" ] integer                 how many dice show that
//! condition = [ relation ] [ "-" ] integer           r1 is r=1
//! relation  = ">=" | "<=" | ">" | "<" | "=" | "=="
//! ```
//! Blanks are free between tokens. `3d6` is the sum of three rolls, `3 * d6` one roll tripled. Every `d` is a roll
//! of its own: `d6 - d6` is not 0. `d%` has the faces 1 to 100, `dF` the faces -1, 0 and 1. `k` is short for `kh`.
//!
//! Suffixes apply from left to right: `4d6r1kh3` rolls ones again and then keeps three. A die that explodes counts as the sum of its
//! rolls. Conditions side by side are one: `r1r2` rolls again once, on a one or a two. Dice in parentheses, `(2d6 + d8)kh2`, are a pool; what was
//! computed from dice is a number, of which nothing can be kept or counted.
//!
//! # Invariants
//! Positions in errors are byte offsets. Nesting is at most [`MAX_DEPTH`] deep; nothing here recurses.

mod evaluate;
mod faces;
mod parse;
mod tokens;

use super::{Distribution, Extent};
use crate::{Error, Result};
use num_rational::BigRational;
use std::str::FromStr;

/// How deep parentheses may be nested.
pub const MAX_DEPTH: usize = 1000;

/// How many bytes an expression may have.
pub const MAX_BYTES: usize = 64 << 20;

/// A dice expression that has been read but not computed.
///
/// # Examples
/// ```
/// use monic::distribution::language::Expression;
/// let roll: Expression = "3d6 + 2d4 - 1".parse()?;
/// assert_eq!((roll.extent()?.min(), roll.extent()?.max()), (4, 25));
/// assert_eq!(roll.distribution()?.mean().to_string(), "29/2");
/// let ability: Expression = "4d6kh3".parse()?; // the best three of four
/// assert_eq!(ability.distribution()?.probability(18).to_string(), "7/432");
/// let error = "3d6 + 4d".parse::<Expression>().unwrap_err();
/// assert_eq!(error.position(), Some(8));
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Expression {
    steps: Vec<Step>,
}

/// One operation on a stack of values, with the byte offset that it comes from.
#[derive(Clone, Debug)]
struct Step {
    at: usize,
    operation: Operation,
}

#[derive(Clone, Debug)]
enum Operation {
    /// Push an integer.
    Constant(i64),
    /// Push the sum of some rolls.
    Roll(u64, Die),
    /// Pop how many, push the sum of so many rolls.
    RollCounted(Die),
    /// Pop dice, push some of them.
    Keep(Keep, u64),
    /// Pop dice, push dice that explode at most so often.
    Explode(u64),
    /// Pop dice, push dice that are rolled again where one of these holds.
    Reroll(Vec<Condition>),
    /// Pop dice, push how many show that.
    Count(Condition),
    /// Pop one, push its negative.
    Negate,
    /// Pop one, push its absolute value.
    Absolute,
    /// Pop two, push their product.
    Multiply,
    /// Pop two, push the larger or the smaller.
    Extreme(Extreme),
    /// Pop one, push it as a number: dice are added.
    Number,
    /// Pop some, push their sum.
    Sum(usize),
}

#[derive(Clone, Copy, Debug)]
enum Keep {
    Highest,
    Lowest,
    AllButHighest,
    AllButLowest,
}

#[derive(Clone, Copy, Debug)]
enum Extreme {
    Maximum,
    Minimum,
}

/// What a die shows, compared with a number.
#[derive(Clone, Copy, Debug)]
struct Condition {
    relation: Relation,
    value: i64,
}

#[derive(Clone, Copy, Debug)]
enum Relation {
    AtLeast,
    AtMost,
    Above,
    Below,
    Equal,
}

impl Condition {
    fn holds(self, outcome: i64) -> bool {
        self.range().is_some_and(|(low, high)| (low..=high).contains(&outcome))
    }

    /// The lowest and the highest number that it holds for.
    fn range(self) -> Option<(i64, i64)> {
        let value = self.value;
        match self.relation {
            Relation::AtLeast => Some((value, i64::MAX)),
            Relation::AtMost => Some((i64::MIN, value)),
            Relation::Above => value.checked_add(1).map(|low| (low, i64::MAX)),
            Relation::Below => value.checked_sub(1).map(|high| (i64::MIN, high)),
            Relation::Equal => Some((value, value)),
        }
    }

    /// Whether it holds for the highest dice of a pool, or for the lowest ones.
    fn highest(self) -> Option<bool> {
        match self.relation {
            Relation::AtLeast | Relation::Above => Some(true),
            Relation::AtMost | Relation::Below => Some(false),
            Relation::Equal => None,
        }
    }
}

#[derive(Clone, Debug)]
enum Die {
    /// Equally likely, from the first to the second.
    Uniform(i64, i64),
    Custom(Distribution),
}

impl Expression {
    /// How large the distribution will be, without computing it.
    ///
    /// # Errors
    /// Kind limit or overflow where that or something on the way to it is too large, kind unsupported, with positions.
    pub fn extent(&self) -> Result<Extent> {
        evaluate::run(self).map(|(extent, _)| extent)
    }

    /// The distribution.
    ///
    /// # Errors
    /// As [`extent`](Self::extent), before any work.
    pub fn distribution(&self) -> Result<Distribution> {
        self.evaluate().map(|evaluated| evaluated.distribution)
    }

    /// The distribution, and what the limits of its explosions cut off.
    ///
    /// # Errors
    /// As [`extent`](Self::extent), before any work.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::language::Expression;
    /// let roll = "2d6!2 + d4".parse::<Expression>()?.evaluate()?;
    /// assert_eq!(roll.distribution.max(), 40);
    /// assert_eq!(roll.remainders[0].to_string(), "1/216"); // a third six of one die explodes no more
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn evaluate(&self) -> Result<Evaluated> {
        evaluate::run::<Extent>(self)?;
        evaluate::run(self).map(|(distribution, remainders)| Evaluated { distribution, remainders })
    }
}

/// The value of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluated {
    /// Its distribution, where the last roll that a die is allowed counts as it falls.
    pub distribution: Distribution,
    /// For the dice of each roll that explode, in the order of the text, the probability that the last roll of one would explode
    /// again.
    pub remainders: Vec<BigRational>,
}

impl FromStr for Expression {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        parse::parse(text)
    }
}

/// Dice notation, computed.
///
/// # Examples
/// ```
/// use monic::distribution::Distribution;
/// let roll: Distribution = "2d6 - d{1, 1, 2, 5}".parse()?;
/// assert_eq!((roll.min(), roll.max()), (-3, 11));
/// # Ok::<(), monic::Error>(())
/// ```
impl FromStr for Distribution {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        text.parse::<Expression>()?.distribution()
    }
}

#[cfg(test)]
mod tests;
