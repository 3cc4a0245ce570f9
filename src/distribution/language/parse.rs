//! Text to a postfix program, by one loop over the bytes and a stack of open parentheses.
//!
//! It stands apart because all positions and all refusals are decided here. An operand is read where one is due;
//! after it comes an operator, a closing parenthesis or the end; everything else is an error.

use super::super::Distribution;
use super::{Die, Expression, MAX_BYTES, MAX_DEPTH, Operation, Step};
use crate::{Error, Result};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

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

struct Parser<'a> {
    text: &'a str,
    at: usize,
    steps: Vec<Step>,
}

/// What is known of the expression, or of one inside a parenthesis, while it is read.
struct Level {
    /// Where its parenthesis stands.
    open: usize,
    /// Whether a minus stands before that.
    negative: bool,
    /// Terms that are complete or begun.
    terms: usize,
    /// The place of a `*` that still lacks its right factor.
    times: Option<usize>,
}

impl Level {
    fn new(open: usize, negative: bool) -> Self {
        Level { open, negative, terms: 1, times: None }
    }
}

impl<'a> Parser<'a> {
    fn expression(&mut self) -> Result<()> {
        let mut levels = vec![Level::new(0, false)];
        let mut negative = false;
        loop {
            // An operand is due.
            match self.peek() {
                Some(sign @ (b'+' | b'-')) => {
                    negative ^= sign == b'-';
                    self.at += 1;
                    continue;
                }
                Some(b'(') => {
                    if levels.len() > MAX_DEPTH {
                        return Err(Error::limit(format!(
                            "parentheses are nested over the limit of {MAX_DEPTH}"
                        ))
                        .at(self.at));
                    }
                    levels.push(Level::new(self.at, std::mem::take(&mut negative)));
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
        if level.terms > 1 {
            self.push(level.open, Operation::Sum(level.terms));
        }
        level.negative
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
                Err(match name.to_ascii_lowercase().as_str() {
                    "max" | "min" => {
                        Error::unsupported(format!("{name}(...) is not supported yet")).at(self.at)
                    }
                    _ if name.starts_with(['d', 'D']) => {
                        Error::parse(self.at + 1, "the number of faces is missing")
                    }
                    _ => Error::parse(self.at, format!("unknown name {name}")),
                })
            }
            None if at == 0 || self.text.trim().is_empty() => Err(Error::parse(0, "the expression is empty")),
            None => Err(Error::parse(self.at, "a number or a die is missing at the end")),
            Some(b')' | b'*') => {
                Err(Error::parse(self.at, format!("a number or a die is missing before {}", self.found())))
            }
            Some(_) => Err(self.unexpected()),
        }
    }

    /// What may be written after a roll or a parenthesis.
    fn suffixes(&mut self) -> Result<()> {
        while self.die_follows() {
            let at = self.at;
            let die = self.die()?;
            self.push(at, Operation::RollCounted(die));
        }
        let what = match self.peek() {
            Some(b'!') => "to let dice explode (!)",
            Some(b'<' | b'>' | b'=') => "to count successes (>=)",
            Some(b'a'..=b'z' | b'A'..=b'Z') => match self.word().to_ascii_lowercase().as_str() {
                "k" | "kh" | "kl" => "to keep dice (kh, kl)",
                "dh" | "dl" => "to drop dice (dh, dl)",
                "r" | "ro" => "to roll dice again (r)",
                _ => return Err(self.unexpected()),
            },
            _ => return Ok(()),
        };
        Err(Error::unsupported(format!("{what} is not supported yet")).at(self.at))
    }

    /// Whether a `d` with its faces comes next, and not a word that begins with `d`.
    fn die_follows(&mut self) -> bool {
        if !matches!(self.peek(), Some(b'd' | b'D')) {
            return false;
        }
        // A letter makes a word of it (`dh`, `dl`), but for the F of `dF`, which a word may follow: `4dFkh3`.
        let rest = self.text[self.at + 1..].trim_start();
        rest.starts_with(['F', 'f']) || !rest.starts_with(|c: char| c.is_ascii_alphabetic())
    }

    /// `d` and its faces.
    fn die(&mut self) -> Result<Die> {
        self.at += 1;
        let next = self.peek();
        let at = self.at;
        match next {
            Some(b'0'..=b'9') => match self.number()? {
                0 => Err(Error::undefined("a die without faces").at(at)),
                faces => Ok(Die::Uniform(1, faces)),
            },
            Some(b'%') => {
                self.at += 1;
                Ok(Die::Uniform(1, 100))
            }
            Some(b'F' | b'f') => {
                self.at += 1;
                Ok(Die::Uniform(-1, 1))
            }
            Some(b'{') => self.faces(),
            Some(b'(') => Err(Error::unsupported("a computed number of faces is not supported").at(at)),
            _ => Err(Error::parse(at, "the number of faces is missing")),
        }
    }

    /// `{1, 1, 2, 5}` or `{1:1/2, 2:1/3, 3:1/6}`.
    fn faces(&mut self) -> Result<Die> {
        let open = self.at;
        let mut faces = Vec::new();
        let mut probabilities = Vec::new();
        loop {
            self.at += 1;
            self.peek();
            let start = self.at;
            let negative = self.accept(b'-');
            if !matches!(self.peek(), Some(b'0'..=b'9')) {
                return Err(Error::parse(self.at, format!("a face is missing before {}", self.found())));
            }
            let face = self.number()?;
            let face = if negative { -face } else { face };
            if self.accept(b':') {
                probabilities.push((face, self.probability()?));
            } else {
                faces.push(face);
            }
            if !faces.is_empty() && !probabilities.is_empty() {
                return Err(Error::parse(start, "either all faces have a probability or none"));
            }
            match self.peek() {
                Some(b',') => {}
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                None => return Err(Error::parse(open, "the brace is not closed")),
                Some(_) => return Err(self.unexpected()),
            }
        }
        let die = if probabilities.is_empty() {
            Distribution::from_faces(faces)
        } else {
            Distribution::from_probabilities(probabilities)
        };
        die.map(Die::Custom).map_err(|error| error.at(open))
    }

    /// `1/2`, `3` or `0.25`.
    fn probability(&mut self) -> Result<BigRational> {
        self.peek();
        let start = self.at;
        let negative = self.accept(b'-');
        let numerator = self.digits()?;
        let magnitude = if self.text[self.at..].starts_with('.') {
            self.at += 1;
            let decimals = self.digits()?;
            let scale = BigInt::from(10).pow(decimals.len() as u32);
            BigRational::new(integer(&format!("{numerator}{decimals}")), scale)
        } else if self.accept(b'/') {
            self.peek();
            let at = self.at;
            let denominator = integer(self.digits()?);
            if denominator.is_zero() {
                return Err(Error::undefined("a probability with the denominator 0").at(at));
            }
            BigRational::new(integer(numerator), denominator)
        } else {
            BigRational::from_integer(integer(numerator))
        };
        if negative && !magnitude.is_zero() {
            return Err(Error::undefined(format!("a probability is negative: -{magnitude}")).at(start));
        }
        Ok(magnitude)
    }

    /// At least one digit, as text.
    fn digits(&mut self) -> Result<&'a str> {
        self.peek();
        let start = self.at;
        self.at += self.text[start..].bytes().take_while(u8::is_ascii_digit).count();
        if self.at == start {
            return Err(Error::parse(start, format!("digits are missing before {}", self.found())));
        }
        Ok(&self.text[start..self.at])
    }

    /// An integer that fits a word.
    fn number(&mut self) -> Result<i64> {
        let at = self.at;
        let digits = self.digits()?;
        digits.parse().map_err(|_| {
            let digits = digits.len();
            Error::limit(format!("a number of {digits} digits is over the limit of 2^63 - 1")).at(at)
        })
    }

    /// The next byte that is not blank; `at` is moved there.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text.as_bytes().get(self.at).copied()
    }

    fn accept(&mut self, byte: u8) -> bool {
        let accepted = self.peek() == Some(byte);
        self.at += usize::from(accepted);
        accepted
    }

    /// The letters that come next.
    fn word(&self) -> &'a str {
        let rest = &self.text[self.at..];
        &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()]
    }

    /// What comes next, for a message.
    fn found(&self) -> String {
        match self.text[self.at..].chars().next() {
            Some(c) => format!("'{}'", c.escape_debug()),
            None => "the end".into(),
        }
    }

    fn unexpected(&self) -> Error {
        Error::parse(self.at, format!("unexpected {}", self.found()))
    }

    fn push(&mut self, at: usize, operation: Operation) {
        self.steps.push(Step { at, operation });
    }
}

/// Digits as an integer.
fn integer(digits: &str) -> BigInt {
    digits.parse().expect("only digits are passed")
}
