//! Distributions and what is asked of them as data, with the feature `serde`: integers of any size as decimal text, fractions as `p/q`.
//!
//! It stands apart because what comes in is not trusted: it is held against every invariant of the types, and what violates one
//! is an error that names it.
//!
//! - `rows`: [`Distribution`](super::Distribution) and [`Truncated`](super::Truncated)
//! - `table`: [`Joint`](super::Joint)
//! - `answers`: [`Proportion`](super::Proportion), [`Exploded`](super::Exploded), [`Comparison`](super::Comparison)

mod answers;
mod rows;
mod table;

use crate::{DecimalWriter, Error, Result, format_integer, parse_integer, ring::numbers};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::One;

/// Integers as decimal text.
fn texts(values: &[BigInt]) -> Vec<String> {
    let writer = DecimalWriter::new(values.iter().map(BigInt::bits).max().unwrap_or(0));
    writer.format_all(values)
}

fn integers(texts: &[String]) -> Result<Vec<BigInt>> {
    texts.iter().enumerate().map(|(k, text)| integer(&format!("weight {k}"), text)).collect()
}

fn integer(what: &str, text: &str) -> Result<BigInt> {
    parse_integer(text).map_err(|error| Error::new(error.kind(), format!("{what}: {error}")))
}

/// Refuses a step of a lattice that is not positive.
fn check_step(step: i64) -> Result<()> {
    if step < 1 {
        return Err(Error::undefined(format!("the step {step} is not positive")));
    }
    Ok(())
}

/// Refuses weights that do not sum to the denominator.
fn check_sum(sum: &BigInt, denominator: &BigInt) -> Result<()> {
    if sum != denominator {
        return Err(Error::undefined(format!(
            "the weights sum to {sum}, not to the denominator {denominator}"
        )));
    }
    Ok(())
}

/// A fraction as text, `p/q` or an integer.
pub(crate) fn fraction_text(value: &BigRational) -> String {
    let numerator = format_integer(value.numer());
    if value.denom().is_one() { numerator } else { format!("{numerator}/{}", format_integer(value.denom())) }
}

/// A fraction from text, in lowest terms or not.
///
/// # Errors
/// Kind parse for what is no integer, kind undefined for a denominator that is not positive; both say what it is of.
pub(crate) fn fraction(what: &str, text: &str) -> Result<BigRational> {
    let Some((numerator, denominator)) = text.split_once('/') else {
        return Ok(integer(what, text)?.into());
    };
    let denominator = integer(what, denominator)?;
    if denominator.sign() != Sign::Plus {
        return Err(Error::undefined(format!("{what}: the denominator {denominator} is not positive")));
    }
    Ok(numbers::fraction(integer(what, numerator)?, &denominator))
}
