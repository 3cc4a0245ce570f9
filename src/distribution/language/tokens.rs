//! The text that is read, and what may stand at a place of it: digits, words, blanks.

use super::{Operation, Step};
use crate::{Error, Result};

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) steps: Vec<Step>,
}

impl<'a> Parser<'a> {
    /// At least one digit, as text.
    pub(super) fn digits(&mut self) -> Result<&'a str> {
        self.peek();
        let start = self.at;
        self.at += self.text[start..].bytes().take_while(u8::is_ascii_digit).count();
        if self.at == start {
            return Err(Error::parse(start, format!("digits are missing before {}", self.found())));
        }
        Ok(&self.text[start..self.at])
    }

    /// An integer that fits a word.
    pub(super) fn number(&mut self) -> Result<i64> {
        let at = self.at;
        let digits = self.digits()?;
        digits.parse().map_err(|_| {
            let digits = digits.len();
            Error::limit(format!("a number of {digits} digits is over the limit of 2^63 - 1")).at(at)
        })
    }

    /// The next byte that is not blank; `at` is moved there.
    pub(super) fn peek(&mut self) -> Option<u8> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn accept(&mut self, byte: u8) -> bool {
        let accepted = self.peek() == Some(byte);
        self.at += usize::from(accepted);
        accepted
    }

    /// The letters that come next.
    pub(super) fn word(&self) -> &'a str {
        let rest = &self.text[self.at..];
        &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()]
    }

    /// What comes next, for a message.
    pub(super) fn found(&self) -> String {
        match self.text[self.at..].chars().next() {
            Some(c) => format!("'{}'", c.escape_debug()),
            None => "the end".into(),
        }
    }

    pub(super) fn unexpected(&self) -> Error {
        Error::parse(self.at, format!("unexpected {}", self.found()))
    }

    pub(super) fn push(&mut self, at: usize, operation: Operation) {
        self.steps.push(Step { at, operation });
    }
}
