//! One opaque error with a kind: what failed, where, and, for a modulus, the factor that was found.
//!
//! It stands apart because every layer raises it. Misuse that a program can check beforehand panics
//! instead; whatever depends on the data (no inverse, not divisible, malformed text, over a limit) is
//! an [`Error`].

use num_bigint::BigInt;
use std::{borrow::Cow, fmt};

/// The result of every operation that depends on its data.
pub type Result<T> = std::result::Result<T, Error>;

/// What kind of failure an [`Error`] reports.
///
/// # Examples
/// ```
/// use monic::{Error, ErrorKind};
/// assert_eq!(Error::parse(2, "an exponent is missing").kind(), ErrorKind::Parse);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operation has no value there: division by zero, the inverse of a non-unit.
    Undefined,
    /// A quotient, a root or a conversion would not be exact.
    NotExact,
    /// A value does not fit its fixed-size type.
    Overflow,
    /// The result would be larger than the limit in force.
    Limit,
    /// Operands belong to different rings.
    RingMismatch,
    /// Text that does not follow the grammar.
    Parse,
    /// Meaningful, but not offered for this ring, size or algorithm.
    Unsupported,
    /// Stopped by an [observer](crate::progress::watch) of its progress.
    Interrupted,
}

/// Why an operation has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    message: Cow<'static, str>,
    position: Option<usize>,
    factor: Option<BigInt>,
}

impl Error {
    /// An error of a kind with a message that says what is wrong (lower case, no full stop).
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Error(Box::new(Inner { kind, message: message.into(), position: None, factor: None }))
    }

    /// The operation is not defined on these operands.
    pub fn undefined(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Undefined, message)
    }

    /// The result would not be exact.
    pub fn not_exact(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::NotExact, message)
    }

    /// A value does not fit its type.
    pub fn overflow(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Overflow, message)
    }

    /// A limit would be exceeded.
    pub fn limit(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Limit, message)
    }

    /// Not offered here.
    pub fn unsupported(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Unsupported, message)
    }

    /// Operands of two rings met.
    pub fn ring_mismatch(left: &dyn fmt::Debug, right: &dyn fmt::Debug) -> Self {
        Self::new(ErrorKind::RingMismatch, format!("different rings: {left:?} and {right:?}"))
    }

    /// Malformed text at a byte offset.
    pub fn parse(position: usize, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Parse, message).at(position)
    }

    /// No inverse modulo `n`, because of the common factor `factor`.
    pub fn not_invertible(element: &dyn fmt::Display, factor: BigInt) -> Self {
        let mut error = Self::undefined(format!(
            "{element} has no inverse: it shares the factor {factor} with the modulus"
        ));
        error.0.factor = Some(factor);
        error
    }

    /// The same error, with a factor of the modulus that was found.
    pub fn with_factor(mut self, factor: BigInt) -> Self {
        self.0.factor = Some(factor);
        self
    }

    /// The same error, with the factor that another one carries, if any: for an error that says more than the one it came from.
    pub(crate) fn with_factor_of(mut self, other: &Error) -> Self {
        self.0.factor.clone_from(&other.0.factor);
        self
    }

    /// The same error, placed at a byte offset of the text that was read.
    pub fn at(mut self, position: usize) -> Self {
        self.0.position = Some(position);
        self
    }

    /// The kind, to match on.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What is wrong, without the position.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The byte offset in the text that was read, for parse errors.
    pub fn position(&self) -> Option<usize> {
        self.0.position
    }

    /// A proper factor of the modulus, or the modulus, that an inversion ran into.
    pub fn factor(&self) -> Option<&BigInt> {
        self.0.factor.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        match self.0.position {
            Some(position) => write!(f, ", at position {}", position + 1),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
