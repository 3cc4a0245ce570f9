//! How elements are written and read: styles out, literals in.

use super::Ring;
use crate::{Error, Result};
use num_bigint::BigInt;

/// How polynomials and their coefficients are written.
///
/// # Examples
/// `3*x^2 - x + 1/2`, `3x^{2} - x + \frac{1}{2}`, `3x² - x + 1/2`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Style {
    /// With `*` and `^`, so that it can be read again.
    #[default]
    Plain,
    /// LaTeX, for math mode.
    Latex,
    /// Superscript digits for exponents, no `*`.
    Unicode,
}

/// A number or a name as it stands in text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Literal<'a> {
    /// Digits.
    Integer(BigInt),
    /// `digits * 10^exponent`, from a decimal point or an exponent in the text.
    Decimal {
        /// All digits as one integer.
        digits: BigInt,
        /// The power of ten.
        exponent: i64,
    },
    /// A name that is not the variable of the polynomial, as `i` in the complex rings.
    Name(&'a str),
}

/// What a literal means in a ring that only knows the image of Z.
pub(super) fn default_literal<R: Ring>(ring: &R, literal: &Literal<'_>) -> Result<R::Element> {
    match literal {
        Literal::Integer(n) => ring.try_from_integer(n.clone()),
        Literal::Decimal { .. } => Err(Error::parse(0, format!("a decimal is not an element of {ring:?}"))),
        Literal::Name(name) => Err(Error::parse(0, format!("{name} is not an element of {ring:?}"))),
    }
}
