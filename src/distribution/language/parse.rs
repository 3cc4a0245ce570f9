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
    /// The place of a minus before that.
    negative: Option<usize>,
    /// Terms that are complete or begun, of the last argument of a function.
    terms: usize,
    /// The place of a `*` that still lacks its right factor.
    times: Option<usize>,
    /// The function, and how many of its arguments are complete or begun.
    function: Option<(Function, usize)>,
}

impl Level {
    fn new(open: usize, negative: Option<usize>, function: Option<Function>) -> Self {
        Level { open, negative, terms: 1, times: None, function: function.map(|f| (f, 1)) }
    }
}

impl Parser<'_> {
    fn expression(&mut self) -> Result<()> {
        let mut levels = vec![Level::new(0, None, None)];
        let mut negative = None;
        loop {
            // An operand is due.
            let next = self.peek();
            let open = self.at;
            let function = self.function()?;
            match next {
                Some(sign @ (b'+' | b'-')) => {
                    if sign == b'-' {
                        negative = negative.xor(Some(self.at));
                    }
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
                    levels.push(Level::new(open, negative.take(), function));
                    self.at += 1;
                    continue;
                }
                _ => self.operand()?,
            }
            // What follows an operand.
            loop {
                self.suffixes()?;
                if let Some(at) = negative.take() {
                    self.push(at, Operation::Negate);
                }
                let nested = levels.len() > 1;
                let level = levels.last_mut().expect("the outermost level is popped on return");
                if let Some(at) = level.times.take() {
                    self.push(at, Operation::Multiply);
                }
                match self.peek() {
                    Some(sign @ (b'+' | b'-')) => {
                        level.terms += 1;
                        negative = (sign == b'-').then_some(self.at);
                    }
                    Some(b'*') => level.times = Some(self.at),
                    Some(b',') if matches!(level.function, Some((Function::Extreme(_), _))) => {
                        self.argument(level);
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

    /// Ends a level; the place of the minus that its value is negated by.
    fn close(&mut self, levels: &mut Vec<Level>) -> Option<usize> {
        let level = levels.pop()?;
        self.argument(&level);
        level.negative
    }

    /// Ends what stands in a parenthesis, or one argument of a function: adds the terms, and compares an argument with those before it
    /// at once, so that no more than two values wait.
    fn argument(&mut self, level: &Level) {
        if level.terms > 1 {
            self.push(level.open, Operation::Sum(level.terms));
        }
        match level.function {
            Some((Function::Extreme(_), 1)) => self.push(level.open, Operation::Number),
            Some((Function::Extreme(extreme), _)) => self.push(level.open, Operation::Extreme(extreme)),
            Some((Function::Absolute, _)) => self.push(level.open, Operation::Absolute),
            None => {}
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
        let first = self.steps.len();
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
                        // Conditions side by side are one question, those on two sides of a parenthesis are two.
                        if let Some(Step { operation: Operation::Reroll(others), .. }) =
                            self.steps[first..].last_mut()
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
        let rest = &self.text.as_bytes()[self.at..];
        let (suffix, len) = [
            ("kh", Suffix::Keep(Keep::Highest)),
            ("kl", Suffix::Keep(Keep::Lowest)),
            ("dh", Suffix::Keep(Keep::AllButHighest)),
            ("dl", Suffix::Keep(Keep::AllButLowest)),
            ("k", Suffix::Keep(Keep::Highest)),
            ("r", Suffix::Reroll),
        ]
        .into_iter()
        .find_map(|(name, suffix)| {
            let start = rest.get(..name.len())?;
            start.eq_ignore_ascii_case(name.as_bytes()).then_some((suffix, name.len()))
        })?;
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
        if self.peek().is_some_and(|next| !next.is_ascii_digit()) {
            let found = self.found();
            let why = format!("a roll is compared with a number, and {found} starts none");
            return Err(Error::parse(self.at, why));
        }
        let number = self.number()?;
        Ok(Condition { relation, value: if negative { -number } else { number } })
    }
}

enum Suffix {
    Keep(Keep),
    Reroll,
}
