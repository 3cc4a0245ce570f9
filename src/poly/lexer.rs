//! Text to tokens: numbers, names and the operator characters, each with its place.
//!
//! It stands apart from the parser of polynomials so that other grammars (a calculator with calls, lists and
//! assignments) read numbers and names in the same way.
//!
//! # Invariants
//! Positions are byte offsets and lie on character boundaries. Numbers are ASCII digits with an optional
//! fraction and exponent; names are an ASCII letter followed by letters, digits or `_`; `**` is read as `^`.

use crate::convolution::parse_integer;
use crate::ring::Literal;
use crate::{Error, Result};
use std::ops::Range;

/// What stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenKind<'a> {
    /// Digits, or a decimal.
    Number(Literal<'a>),
    /// A letter and what follows it.
    Name(&'a str),
    /// One of `+ - * / ^ ( ) [ ] , =`.
    Symbol(char),
}

/// A token and the bytes that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind<'a>,
    /// Where it stands.
    pub span: Range<usize>,
}

/// Reads one token after the other.
///
/// # Examples
/// ```
/// use monic::poly::lexer::{Lexer, TokenKind};
/// let kinds: Result<Vec<_>, _> = Lexer::new("2x ** y_1").map(|token| token.map(|t| t.kind)).collect();
/// assert_eq!(kinds?[1..], [TokenKind::Name("x"), TokenKind::Symbol('^'), TokenKind::Name("y_1")]);
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    text: &'a str,
    position: usize,
}

impl<'a> Lexer<'a> {
    /// At the start of `text`.
    pub fn new(text: &'a str) -> Self {
        Lexer { text, position: 0 }
    }

    /// The byte offset that has been read up to.
    pub fn position(&self) -> usize {
        self.position
    }

    /// The end of the stretch of bytes from `start` on that all satisfy `accept`.
    fn stretch(&self, start: usize, accept: impl Fn(u8) -> bool) -> usize {
        let rest = &self.text.as_bytes()[start..];
        start + rest.iter().position(|&b| !accept(b)).unwrap_or(rest.len())
    }

    fn number(&self, start: usize) -> Result<(Literal<'a>, usize)> {
        let bytes = self.text.as_bytes();
        let digits = |from| self.stretch(from, |b| b.is_ascii_digit());
        let whole_end = digits(start);
        let mut end = whole_end;
        let mut fraction = "";
        if bytes.get(end) == Some(&b'.') {
            end = digits(end + 1);
            fraction = &self.text[whole_end + 1..end];
            if fraction.is_empty() {
                return Err(Error::parse(whole_end, "a digit must follow the decimal point"));
            }
        }
        let mut power = None;
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let power_end = digits(end + 1 + sign);
            if power_end > end + 1 + sign {
                let text = &self.text[end + 1..power_end];
                power = Some(
                    text.parse::<i64>().map_err(|_| Error::parse(end, "the power of ten is out of range"))?,
                );
                end = power_end;
            }
        }
        let read = |text: &str| parse_integer(text).map_err(|error| error.at(start));
        let whole = &self.text[start..whole_end];
        if whole_end == end {
            return Ok((Literal::Integer(read(whole)?), end));
        }
        let exponent = power.unwrap_or(0).checked_sub(fraction.len() as i64);
        let exponent = exponent.ok_or_else(|| Error::parse(start, "the power of ten is out of range"))?;
        let digits = if fraction.is_empty() { read(whole)? } else { read(&[whole, fraction].concat())? };
        Ok((Literal::Decimal { digits, exponent }, end))
    }

    fn token(&mut self) -> Result<Option<Token<'a>>> {
        let start = self.text.len() - self.text[self.position..].trim_start().len();
        self.position = start;
        let Some(first) = self.text[start..].chars().next() else { return Ok(None) };
        let second = self.text.as_bytes().get(start + 1);
        let (kind, end) = match first {
            '0'..='9' | '.' if first != '.' || second.is_some_and(u8::is_ascii_digit) => {
                let (literal, end) = self.number(start)?;
                (TokenKind::Number(literal), end)
            }
            'a'..='z' | 'A'..='Z' => {
                let end = self.stretch(start, |b| b.is_ascii_alphanumeric() || b == b'_');
                (TokenKind::Name(&self.text[start..end]), end)
            }
            '*' if second == Some(&b'*') => (TokenKind::Symbol('^'), start + 2),
            '+' | '-' | '*' | '/' | '^' | '(' | ')' | '[' | ']' | ',' | '=' => {
                (TokenKind::Symbol(first), start + 1)
            }
            _ => return Err(Error::parse(start, format!("the character {first:?} has no meaning here"))),
        };
        self.position = end;
        Ok(Some(Token { kind, span: start..end }))
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Result<Token<'a>>;

    /// The next token; nothing after the end or after an error.
    fn next(&mut self) -> Option<Self::Item> {
        let token = self.token();
        if token.is_err() {
            self.position = self.text.len();
        }
        token.transpose()
    }
}
