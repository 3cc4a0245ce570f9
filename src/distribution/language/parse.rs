//! Text to a postfix program, by one loop over the bytes and a stack of open parentheses.
//!
//! It stands apart because all positions and all refusals are decided here. An operand is read where one is due;
//! after it comes an operator, a closing parenthesis or the end; everything else is an error.

use super::tokens::Parser;
use super::{Condition, Expression, Extreme, Keep, MAX_BYTES, MAX_DEPTH, Operation, Relation, Step};
use crate::{Error, Result};

/// How often a die explodes if that is not said.
const EXPLOSIONS: u64 = 10;

pub(super) fn parse(text: &str) -> Result<Expression> {
    if text.len() > MAX_BYTES {
        return Err(Error::limit(format!(
            "the expression has {} bytes, over the limit of {MAX_BYTES} bytes",
            text.len()
        )));
    }
    let mut parser = Parser { text, at: 0, steps: Vec::new() };
    parser.expression()?;
    Ok(Expression { steps: parser.steps })
}

/// A function of values in parentheses.
#[derive(Clone, Copy)]
enum Function {
    Extreme(Extreme),
    Absolute,
}

/// What is known of the expression, or of one inside a parenthesis, while it is read.
struct Level {
    /// Where it begins: its parenthesis, or its function.
    open: usize,
    /// Whether a minus stands before that.
    negative: bool,
    /// Terms that are complete or begun, of the last argument of a function.
    terms: usize,
    /// The place of a `*` that still lacks its right factor.
    times: Option<usize>,
    /// The function, and how many of its arguments are complete or begun.
    function: Option<(Function, usize)>,
}

impl Level {
    fn new(open: usize, negative: bool, function: Option<Function>) -> Self {
        Level { open, negative, terms: 1, times: None, function: function.map(|f| (f, 1)) }
    }
}

impl Parser<'_> {
    fn expression(&mut self) -> Result<()> {
        let mut levels = vec![Level::new(0, false, None)];
        let mut negative = false;
        loop {
            // An operand is due.
            let next = self.peek();
            let open = self.at;
            let function = self.function()?;
            match next {
                Some(sign @ (b'+' | b'-')) => {
                    negative ^= sign == b'-';
                    self.at += 1;
                    continue;
                }
                _ if function.is_some() || next == Some(b'(') => {
                    if levels.len() > MAX_DEPTH {
                        return Err(Error::limit(format!(
                            "parentheses are nested over the limit of {MAX_DEPTH}"
                        ))
                        .at(self.at));
                    }
                    levels.push(Level::new(open, std::mem::take(&mut negative), function));
                    self.at += 1;
                    continue;
                }
                _ => self.operand()?,
            }
            // What follows an operand.
            loop {
                self.suffixes()?;
                if std::mem::take(&mut negative) {
                    self.push(self.at, Operation::Negate);
                }
                let nested = levels.len() > 1;
                let level = levels.last_mut().expect("the outermost level is popped on return");
                if let Some(at) = level.times.take() {
                    self.push(at, Operation::Multiply);
                }
                match self.peek() {
                    Some(sign @ (b'+' | b'-')) => {
                        level.terms += 1;
                        negative = sign == b'-';
                    }
                    Some(b'*') => level.times = Some(self.at),
                    Some(b',') if matches!(level.function, Some((Function::Extreme(_), _))) => {
                        self.sum(level);
                        level.terms = 1;
                        level.function = level.function.map(|(f, arguments)| (f, arguments + 1));
                    }
                    Some(b')') if nested => {
                        self.at += 1;
                        negative = self.close(&mut levels);
                        continue;
                    }
                    None if !nested => {
                        self.close(&mut levels);
                        return Ok(());
                    }
                    None => return Err(Error::parse(level.open, "the parenthesis is not closed")),
                    Some(_) => return Err(self.unexpected()),
                }
                self.at += 1;
                break;
            }
        }
    }

    /// Ends a level; whether its value is negated.
    fn close(&mut self, levels: &mut Vec<Level>) -> bool {
        let Some(level) = levels.pop() else { return false };
        self.sum(&level);
        match level.function {
            Some((Function::Extreme(extreme), arguments)) => {
                self.push(level.open, Operation::Extreme(extreme, arguments));
            }
            Some((Function::Absolute, _)) => self.push(level.open, Operation::Absolute),
            None => {}
        }
        level.negative
    }

    /// Adds the terms of a level.
    fn sum(&mut self, level: &Level) {
        if level.terms > 1 {
            self.push(level.open, Operation::Sum(level.terms));
        }
    }

    /// The name of a function, where one comes; its parenthesis is next.
    fn function(&mut self) -> Result<Option<Function>> {
        let word = self.word();
        let function = match word.to_ascii_lowercase().as_str() {
            "max" => Function::Extreme(Extreme::Maximum),
            "min" => Function::Extreme(Extreme::Minimum),
            "abs" => Function::Absolute,
            _ => return Ok(None),
        };
        self.at += word.len();
        match self.peek() {
            Some(b'(') => Ok(Some(function)),
            _ => Err(Error::parse(self.at, format!("'(' is missing after {word}, before {}", self.found()))),
        }
    }

    /// A number, a roll, or both.
    fn operand(&mut self) -> Result<()> {
        let at = self.at;
        match self.peek() {
            Some(b'0'..=b'9') => {
                let at = self.at;
                let number = self.number()?;
                if self.die_follows() {
                    let count = number as u64;
                    let die = self.die()?;
                    self.push(at, Operation::Roll(count, die));
                } else if self.peek() == Some(b'(') {
                    return Err(Error::parse(
                        self.at,
                        format!(
                            "a number before a parenthesis: write {number} * (...) for {number} times one roll"
                        ),
                    ));
                } else {
                    self.push(at, Operation::Constant(number));
                }
                Ok(())
            }
            Some(b'd' | b'D') if self.die_follows() => {
                let at = self.at;
                let die = self.die()?;
                self.push(at, Operation::Roll(1, die));
                Ok(())
            }
            Some(b'a'..=b'z' | b'A'..=b'Z') => {
                let name = self.word();
                Err(match name.starts_with(['d', 'D']) {
                    true => Error::parse(self.at + 1, "the number of faces is missing"),
                    false => Error::parse(self.at, format!("unknown name {name}")),
                })
            }
            None if at == 0 || self.text.trim().is_empty() => Err(Error::parse(0, "the expression is empty")),
            None => Err(Error::parse(self.at, "a number or a die is missing at the end")),
            Some(b')' | b'*' | b',') => {
                Err(Error::parse(self.at, format!("a number or a die is missing before {}", self.found())))
            }
            Some(_) => Err(self.unexpected()),
        }
    }

    /// What may be written after a roll or a parenthesis.
    fn suffixes(&mut self) -> Result<()> {
        while let Some(next) = self.peek() {
            let at = self.at;
            let operation = match next.to_ascii_lowercase() {
                b'd' if self.die_follows() => {
                    let die = self.die()?;
                    // A number may count dice only where it stands before them at once: that is an operand.
                    Operation::RollCounted(die)
                }
                b'!' => {
                    self.at += 1;
                    let depth = match self.peek() {
                        Some(b'0'..=b'9') => self.number()? as u64,
                        _ => EXPLOSIONS,
                    };
                    Operation::Explode(depth)
                }
                b'<' | b'>' | b'=' => Operation::Count(self.condition()?),
                b'k' | b'd' | b'r' => match self.suffix() {
                    Some(Suffix::Keep(keep)) => {
                        let number = match self.peek() {
                            Some(b'0'..=b'9') => self.number()? as u64,
                            _ => 1,
                        };
                        Operation::Keep(keep, number)
                    }
                    Some(Suffix::Reroll) => {
                        let condition = match self.peek() {
                            Some(b'<' | b'>' | b'=' | b'-' | b'0'..=b'9') => self.condition()?,
                            _ => return Err(Error::parse(self.at, "the face to roll again is missing")),
                        };
                        // Conditions side by side are one question.
                        if let Some(Step { operation: Operation::Reroll(others), .. }) = self.steps.last_mut()
                        {
                            others.push(condition);
                            continue;
                        }
                        Operation::Reroll(vec![condition])
                    }
                    None => return Err(self.unexpected()),
                },
                _ => return Ok(()),
            };
            self.push(at, operation);
        }
        Ok(())
    }

    /// The letters of a suffix; what follows them may be a letter again (`khd4`).
    fn suffix(&mut self) -> Option<Suffix> {
        let rest = self.word().to_ascii_lowercase();
        let (suffix, len) = [
            ("kh", Suffix::Keep(Keep::Highest)),
            ("kl", Suffix::Keep(Keep::Lowest)),
            ("dh", Suffix::Keep(Keep::AllButHighest)),
            ("dl", Suffix::Keep(Keep::AllButLowest)),
            ("k", Suffix::Keep(Keep::Highest)),
            ("r", Suffix::Reroll),
        ]
        .into_iter()
        .find_map(|(name, suffix)| rest.starts_with(name).then_some((suffix, name.len())))?;
        self.at += len;
        Some(suffix)
    }

    /// `>= 8`, or a number alone for `= 8`.
    fn condition(&mut self) -> Result<Condition> {
        let relations = [
            (">=", Relation::AtLeast),
            ("<=", Relation::AtMost),
            ("==", Relation::Equal),
            (">", Relation::Above),
            ("<", Relation::Below),
            ("=", Relation::Equal),
        ];
        let rest = &self.text[self.at..];
        let found = relations.into_iter().find(|(sign, _)| rest.starts_with(sign));
        let (sign, relation) = found.unwrap_or(("", Relation::Equal));
        self.at += sign.len();
        let negative = self.accept(b'-');
        let number = self.number()?;
        Ok(Condition { relation, value: if negative { -number } else { number } })
    }
}

enum Suffix {
    Keep(Keep),
    Reroll,
}
