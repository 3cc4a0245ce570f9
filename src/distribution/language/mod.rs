//! Dice notation: `3d6 + 2d4 - 1` as text, read into a distribution.
//!
//! It stands apart from the distributions because text is hostile: it is parsed without recursion into a program
//! in postfix order, the sizes of all values are computed first, and only then the values.
//!
//! # Grammar
//! ```text
//! sum     = term { ("+" | "-") term }
//! term    = factor { "*" factor }              one factor at most is random
//! factor  = { "+" | "-" } operand
//! operand = [ integer ] "d" faces  |  integer  |  "(" sum ")" [ "d" faces ]
//! faces   = integer  |  "%"  |  "F"  |  "{" face { "," face } "}"
//! face    = [ "-" ] integer [ ":" probability ]      a probability is 1/3 or 0.25, read exactly
//! ```
//! Blanks are free between tokens. `3d6` is the sum of three rolls, `3 * d6` one roll tripled. Every `d` is a roll
//! of its own: `d6 - d6` is not 0. `d%` has the faces 1 to 100, `dF` the faces -1, 0 and 1.
//!
//! Keeping and dropping (`kh kl dh dl`), exploding (`!`), rerolling (`r`), counting successes (`>=`), `max`, `min`,
//! a random number of dice (`d6 d4`) and products of two rolls are recognised and refused, at their position.
//!
//! # Invariants
//! Positions in errors are byte offsets. Nesting is at most [`MAX_DEPTH`] deep; nothing here recurses.

mod evaluate;
mod parse;

use super::{Distribution, Extent};
use crate::{Error, Result};
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
/// let error = "3d6 + 4d6kh3".parse::<Expression>().unwrap_err();
/// assert_eq!(error.position(), Some(9));
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
    /// Pop one, push its negative.
    Negate,
    /// Pop two, push their product.
    Multiply,
    /// Pop some, push their sum.
    Sum(usize),
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
        evaluate::run(self)
    }

    /// The distribution.
    ///
    /// # Errors
    /// As [`extent`](Self::extent), before any work.
    pub fn distribution(&self) -> Result<Distribution> {
        evaluate::run::<Extent>(self)?;
        evaluate::run(self)
    }
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
