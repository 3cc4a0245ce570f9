//! Cuts a line into numbers, names and signs, one at a time, so that a long line costs no list of tokens.
//!
//! Whether `2e3` is a number depends on the ring: where decimals are read (floats, rationals) it is 2000, elsewhere
//! it is two times the variable `e3`.

use crate::failure::{Failure, Outcome};
use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Integer,
    Decimal,
    Name,
    Plus,
    Minus,
    Star,
    Slash,
    Caret,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    Equals,
    End,
}

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub span: Range<usize>,
}

/// The rest of a line.
pub struct Lexer<'a> {
    text: &'a str,
    position: usize,
    exponents: bool,
}

impl<'a> Lexer<'a> {
    /// The tokens of `text`; with `exponents`, `1e5` is a number.
    pub fn new(text: &'a str, exponents: bool) -> Self {
        Lexer { text, position: 0, exponents }
    }

    /// The whole line.
    pub fn line(&self) -> &'a str {
        self.text
    }

    /// The text of a token.
    pub fn text(&self, token: &Token) -> &'a str {
        &self.text[token.span.clone()]
    }

    fn byte(&self, offset: usize) -> u8 {
        self.text.as_bytes().get(self.position + offset).copied().unwrap_or(0)
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        let rest = &self.text.as_bytes()[self.position..];
        self.position += rest.iter().position(|&b| !wanted(b)).unwrap_or(rest.len());
    }

    /// The next token; the end again and again after the last.
    pub fn next(&mut self) -> Outcome<Token> {
        self.skip(|b| b.is_ascii_whitespace());
        let start = self.position;
        let Some(&first) = self.text.as_bytes().get(start) else {
            return Ok(Token { kind: Kind::End, span: start..start });
        };
        let kind = match first {
            b'0'..=b'9' => self.number(),
            b'.' if self.byte(1).is_ascii_digit() => self.number(),
            b'A'..=b'Z' | b'a'..=b'z' => {
                self.skip(|b| b.is_ascii_alphanumeric() || b == b'_');
                Kind::Name
            }
            _ => {
                let kind = match first {
                    b'+' => Kind::Plus,
                    b'-' => Kind::Minus,
                    b'*' if self.byte(1) == b'*' => {
                        self.position += 1;
                        Kind::Caret
                    }
                    b'*' => Kind::Star,
                    b'/' => Kind::Slash,
                    b'^' => Kind::Caret,
                    b'(' => Kind::Open,
                    b')' => Kind::Close,
                    b'[' => Kind::OpenList,
                    b']' => Kind::CloseList,
                    b',' => Kind::Comma,
                    b'=' => Kind::Equals,
                    _ => {
                        let found = self.text[start..].chars().next().unwrap_or('\u{fffd}');
                        return Err(Failure::new(start, format!("unexpected character {found:?}")));
                    }
                };
                self.position += 1;
                kind
            }
        };
        Ok(Token { kind, span: start..self.position })
    }

    fn number(&mut self) -> Kind {
        let mut kind = Kind::Integer;
        self.skip(|b| b.is_ascii_digit());
        if self.byte(0) == b'.' {
            kind = Kind::Decimal;
            self.position += 1;
            self.skip(|b| b.is_ascii_digit());
        }
        if self.exponents && matches!(self.byte(0), b'e' | b'E') {
            let sign = usize::from(matches!(self.byte(1), b'+' | b'-'));
            if self.byte(1 + sign).is_ascii_digit() {
                kind = Kind::Decimal;
                self.position += 1 + sign;
                self.skip(|b| b.is_ascii_digit());
            }
        }
        kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str, exponents: bool) -> Vec<(Kind, &str)> {
        let mut lexer = Lexer::new(text, exponents);
        std::iter::from_fn(|| {
            let token = lexer.next().expect("no stray character");
            (token.kind != Kind::End).then(|| (token.kind, lexer.text(&token)))
        })
        .collect()
    }

    #[test]
    fn an_exponent_of_ten_is_read_where_the_ring_has_decimals() {
        assert_eq!(kinds("2e3", false), [(Kind::Integer, "2"), (Kind::Name, "e3")]);
        assert_eq!(kinds("2e3", true), [(Kind::Decimal, "2e3")]);
        assert_eq!(kinds("2e", true), [(Kind::Integer, "2"), (Kind::Name, "e")]);
        assert_eq!(kinds(".5E-3+1.", true)[0], (Kind::Decimal, ".5E-3"));
    }

    #[test]
    fn two_stars_are_a_power() {
        assert_eq!(kinds("x**2*y_1", false).iter().map(|t| t.0).collect::<Vec<_>>(), {
            use Kind::*;
            [Name, Caret, Integer, Star, Name]
        });
    }

    #[test]
    fn a_stray_character_is_named_with_its_place() {
        let mut lexer = Lexer::new("x $", false);
        lexer.next().expect("a name");
        assert_eq!(lexer.next().unwrap_err().to_string(), "unexpected character '$', at position 3");
    }
}
