//! Integers from text and to text, `"-123" <-> -123`, in any radix and at any length.
//!
//! It stands apart from [`integer::radix`](crate::integer::radix), which does the work, because here the product is known: the
//! engine's. num-bigint's own conversions are quadratic.

use super::natural_product;
use crate::{Result, integer::radix, threads};
use num_bigint::{BigInt, Sign};
use std::borrow::Borrow;

/// Reads an integer in decimal: an optional sign, then digits, nothing else.
///
/// # Errors
/// Kind parse with the byte offset of the first character that does not belong there; kind limit when the number is over
/// the [limit](crate::limit).
///
/// # Complexity
/// `O(M(n) log n)` for `n` digits and products of cost `M`.
///
/// # Examples
/// ```
/// use monic::parse_integer;
/// assert_eq!(parse_integer("-120")?, (-120).into());
/// assert_eq!(parse_integer("-1 20").unwrap_err().position(), Some(2));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn parse_integer(text: &str) -> Result<BigInt> {
    parse_integer_radix(text, 10)
}

/// Reads an integer in a radix of 2..=36: an optional sign, then digits and letters of either case.
///
/// # Errors
/// As for [`parse_integer`].
///
/// # Panics
/// When the radix is not in 2..=36.
#[track_caller]
pub fn parse_integer_radix(text: &str, radix: u32) -> Result<BigInt> {
    let (sign, digits) = match text.as_bytes().first() {
        Some(b'-') => (Sign::Minus, &text[1..]),
        Some(b'+') => (Sign::Plus, &text[1..]),
        _ => (Sign::Plus, text),
    };
    let skipped = text.len() - digits.len();
    match radix::parse(digits, radix, natural_product) {
        Ok(magnitude) => Ok(BigInt::from_biguint(sign, magnitude)),
        Err(error) => Err(match error.position() {
            Some(position) => error.at(position + skipped),
            None => error,
        }),
    }
}

/// Writes an integer in decimal.
///
/// # Complexity
/// `O(M(n) log n)` for `n` digits and products of cost `M`.
///
/// # Examples
/// ```
/// use monic::format_integer;
/// assert_eq!(format_integer(&(-120).into()), "-120");
/// ```
pub fn format_integer(x: &BigInt) -> String {
    format_integer_radix(x, 10)
}

/// Writes an integer in a radix of 2..=36, with lower-case letters.
///
/// # Panics
/// When the radix is not in 2..=36.
#[track_caller]
pub fn format_integer_radix(x: &BigInt, radix: u32) -> String {
    let mut text = radix::format(x.magnitude(), radix, natural_product);
    if x.sign() == Sign::Minus {
        text.insert(0, '-');
    }
    text
}

/// Bits of integers together from which they are written on several threads: some 0.2 ms, where handing parts to threads takes some 10 us.
const PARALLEL_BITS: u64 = 1 << 18;

/// Writes many integers in decimal: what they are divided by is computed once.
///
/// # Examples
/// ```
/// use monic::DecimalWriter;
/// let powers: Vec<num_bigint::BigInt> = (0..4).map(|k| num_bigint::BigInt::from(-12).pow(k)).collect();
/// let writer = DecimalWriter::new(powers.iter().map(|x| x.bits()).max().unwrap());
/// let text: Vec<_> = powers.iter().map(|x| writer.format(x)).collect();
/// assert_eq!(text, ["1", "-12", "144", "-1728"]);
/// ```
#[derive(Debug)]
pub struct DecimalWriter(radix::Writer);

impl DecimalWriter {
    /// For integers of up to `bits` bits.
    ///
    /// # Complexity
    /// About three products of half that size.
    pub fn new(bits: u64) -> Self {
        DecimalWriter(radix::Writer::new(10, bits, natural_product))
    }

    /// The integer in decimal.
    ///
    /// # Panics
    /// When it has more bits than this was made for.
    #[track_caller]
    pub fn format(&self, x: &BigInt) -> String {
        let mut text = String::new();
        self.push(x, &mut text);
        text
    }

    /// Each of the integers in decimal; on several threads with the feature `parallel`, where they are long.
    ///
    /// # Panics
    /// When one has more bits than this was made for.
    #[track_caller]
    pub fn format_all<T: Borrow<BigInt> + Sync>(&self, values: &[T]) -> Vec<String> {
        let mut texts = vec![String::new(); values.len()];
        let many = values.iter().map(|x| x.borrow().bits()).sum::<u64>() >= PARALLEL_BITS;
        let block = values.len().div_ceil(if many { 8 * threads::count() } else { 1 }).max(1);
        let mut parts: Vec<_> = texts.chunks_mut(block).zip(values.chunks(block)).collect();
        threads::for_each(&mut parts, |_, (texts, values)| {
            texts.iter_mut().zip(*values).for_each(|(text, x)| self.push(x.borrow(), text));
        });
        texts
    }

    /// Appends the integer in decimal.
    ///
    /// # Panics
    /// When it has more bits than this was made for.
    #[track_caller]
    pub fn push(&self, x: &BigInt, text: &mut String) {
        if x.sign() == Sign::Minus {
            text.push('-');
        }
        self.0.push(x.magnitude(), text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn signs_and_places() {
        for (text, value) in [("0", 0), ("-0", 0), ("+7", 7), ("-7", -7), ("007", 7), ("-128", -128)] {
            assert_eq!(parse_integer(text).expect("an integer"), value.into(), "{text}");
        }
        for (text, position) in
            [("", 0), ("-", 1), ("+", 1), ("--1", 1), ("+x", 1), ("1-", 1), (" 1", 0), ("-1_0", 2)]
        {
            let error = parse_integer(text).unwrap_err();
            assert_eq!((error.kind(), error.position()), (ErrorKind::Parse, Some(position)), "{text:?}");
        }
        assert_eq!(parse_integer_radix("-fF", 16).expect("an integer"), (-255).into());
        assert_eq!(format_integer_radix(&BigInt::from(-255), 16), "-ff");
    }

    #[test]
    fn many_at_once() {
        let values: Vec<BigInt> = (0..300).map(|k: u32| BigInt::from(-7).pow(5 * k)).collect();
        let writer = DecimalWriter::new(values.iter().map(BigInt::bits).max().expect("some"));
        let expected: Vec<String> = values.iter().map(BigInt::to_string).collect();
        assert_eq!(writer.format_all(&values), expected);
        assert_eq!(writer.format_all(&values[..5]), expected[..5]);
    }

    /// Long enough for transforms in both directions; the value is known without a conversion.
    #[test]
    fn long_numbers() {
        const DIGITS: u32 = 120_000;
        let power = BigInt::from(10).pow(DIGITS);
        let nines = "9".repeat(DIGITS as usize);
        assert_eq!(parse_integer(&nines).expect("digits"), &power - 1);
        assert_eq!(format_integer(&(&power - 1)), nines);
        let text = format_integer(&-power);
        assert!(text.starts_with("-1") && text.len() == DIGITS as usize + 2);
        assert!(text[2..].bytes().all(|c| c == b'0'));
    }
}
