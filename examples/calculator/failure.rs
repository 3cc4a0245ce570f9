//! What is wrong with a line, and where: the text after `error: `.
//!
//! It stands apart from the library's error because an expression has places that the library does not know: the
//! operator or the call that failed.

use std::fmt;

/// A message and the byte of the line that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    message: String,
    at: Option<usize>,
}

/// The result of every step of reading and computing.
pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// Something wrong at a byte of the line, counted from zero.
    pub fn new(at: usize, message: impl Into<String>) -> Self {
        Failure { message: message.into(), at: Some(at) }
    }

    /// What a function found wrong with its arguments; the place is that of the call, see [`at`](Self::at).
    pub fn of(message: impl Into<String>) -> Self {
        Failure { message: message.into(), at: None }
    }

    /// The same, placed there unless it has a place already.
    pub fn at(mut self, at: usize) -> Self {
        self.at.get_or_insert(at);
        self
    }
}

impl From<monic::Error> for Failure {
    fn from(error: monic::Error) -> Self {
        Failure::of(error.message())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match self.at {
            Some(at) => write!(f, ", at position {}", at + 1),
            None => Ok(()),
        }
    }
}
