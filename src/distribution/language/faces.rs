//! A die as text: `d6`, `d%`, `dF`, faces in braces with or without probabilities.

use super::super::Distribution;
use super::Die;
use super::tokens::Parser;
use crate::ring::{Ring, ZZ, numbers};
use crate::{Error, Result, limit, parse_integer};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

/// The beginning of a probability that an error repeats.
const STATED_CHARACTERS: usize = 40;

impl Parser<'_> {
    /// Whether a `d` with its faces comes next, and not a word that begins with `d`.
    pub(super) fn die_follows(&mut self) -> bool {
        if !matches!(self.peek(), Some(b'd' | b'D')) {
            return false;
        }
        // A letter makes a word of it (`dh`, `dl`), but for the F of `dF`, which a word may follow: `4dFkh3`.
        let rest = self.text[self.at + 1..].trim_start();
        rest.starts_with(['F', 'f']) || !rest.starts_with(|c: char| c.is_ascii_alphabetic())
    }

    /// `d` and its faces.
    pub(super) fn die(&mut self) -> Result<Die> {
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
            let digits = integer(&format!("{numerator}{decimals}")).map_err(|error| error.at(start))?;
            numbers::fraction(digits, &ZZ.pow(&BigInt::from(10), decimals.len() as u64))
        } else if self.accept(b'/') {
            self.peek();
            let at = self.at;
            let denominator = integer(self.digits()?).map_err(|error| error.at(at))?;
            if denominator.is_zero() {
                return Err(Error::undefined("a probability with the denominator 0").at(at));
            }
            numbers::fraction(integer(numerator).map_err(|error| error.at(start))?, &denominator)
        } else {
            BigRational::from_integer(integer(numerator).map_err(|error| error.at(start))?)
        };
        if negative && !magnitude.is_zero() {
            let text = &self.text[start..self.at];
            let stated: String = text.chars().take(STATED_CHARACTERS).collect();
            let more = if stated.len() < text.len() { "..." } else { "" };
            return Err(Error::undefined(format!("a probability is negative: {stated}{more}")).at(start));
        }
        Ok(magnitude)
    }
}

/// Digits as an integer.
fn integer(digits: &str) -> Result<BigInt> {
    // A digit has less than four bits.
    limit::check(1, 4 * digits.len() as u64)?;
    parse_integer(digits)
}
