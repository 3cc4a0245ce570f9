//! How elements are written and read: styles out, literals in.

use super::Ring;
use crate::convolution::format_integer;
use crate::{Error, Result};
use num_bigint::BigInt;
use num_traits::Signed;
use std::fmt;

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

impl Style {
    /// An exponent behind its base; nothing for 1.
    pub(crate) fn exponent(self, k: usize) -> String {
        const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
        match self {
            _ if k == 1 => String::new(),
            Style::Plain => format!("^{k}"),
            Style::Latex => format!("^{{{k}}}"),
            Style::Unicode => {
                k.to_string().bytes().map(|digit| SUPERSCRIPTS[usize::from(digit - b'0')]).collect()
            }
        }
    }
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

/// One element as text, as it stands inside a polynomial.
///
/// # Examples
/// ```
/// use monic::{QQ, ring::text::{Style, element_text}};
/// let half = num_rational::BigRational::new((-1).into(), 2.into());
/// assert_eq!(element_text(&QQ, &half, Style::Plain), "-1/2");
/// assert_eq!(element_text(&QQ, &half, Style::Latex), "-\\frac{1}{2}");
/// ```
pub fn element_text<R: Ring>(ring: &R, element: &R::Element, style: Style) -> String {
    struct Shown<'a, R: Ring>(&'a R, &'a R::Element, Style);
    impl<R: Ring> fmt::Display for Shown<'_, R> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.fmt_element(self.1, self.2, f)
        }
    }
    Shown(ring, element, style).to_string()
}

/// The terms of a polynomial, to be written in a variable of choice.
pub(crate) struct Terms<'a, R: Ring> {
    pub(crate) ring: &'a R,
    pub(crate) coefficients: &'a [R::Element],
    pub(crate) style: Style,
    pub(crate) variable: &'a str,
    /// As power series are written.
    pub(crate) ascending: bool,
}

impl<R: Ring> fmt::Display for Terms<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ring = self.ring;
        let n = self.coefficients.len();
        let order = (0..n).map(|i| if self.ascending { i } else { n - 1 - i });
        let mut first = true;
        for k in order {
            let c = &self.coefficients[k];
            if ring.is_zero(c) {
                continue;
            }
            let alone = first && k == 0;
            let sum = ring.is_sum(c);
            let negative = !sum && ring.is_negative(c);
            f.write_str(match (first, negative) {
                (true, false) => "",
                (true, true) => "-",
                (false, false) => " + ",
                (false, true) => " - ",
            })?;
            first = false;
            let negated;
            let c = if negative {
                match ring.try_neg(c) {
                    Ok(n) if !ring.is_negative(&n) => negated = n,
                    // The smallest machine integer has no negative: its text without the minus.
                    _ => {
                        let text = element_text(ring, c, self.style);
                        f.write_str(text.strip_prefix('-').unwrap_or(&text))?;
                        if k > 0 {
                            f.write_str(if self.style == Style::Plain { "*" } else { "" })?;
                            power(self.variable, k, self.style, f)?;
                        }
                        continue;
                    }
                }
                &negated
            } else {
                c
            };
            if k > 0 && ring.is_one(c) {
                power(self.variable, k, self.style, f)?;
                continue;
            }
            let (open, close) = match self.style {
                _ if !sum || alone => ("", ""),
                Style::Latex => ("\\left(", "\\right)"),
                _ => ("(", ")"),
            };
            f.write_str(open)?;
            ring.fmt_element(c, self.style, f)?;
            f.write_str(close)?;
            if k > 0 {
                if self.style == Style::Plain {
                    f.write_str("*")?;
                }
                power(self.variable, k, self.style, f)?;
            }
        }
        if first { f.write_str("0") } else { Ok(()) }
    }
}

/// A variable with its exponent.
pub(crate) fn power(variable: &str, k: usize, style: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(variable)?;
    f.write_str(&style.exponent(k))
}

/// An element for an error message: cut where it would fill a page.
pub(super) fn short_element<R: Ring>(ring: &R, element: &R::Element) -> String {
    const MOST: usize = 80;
    let text = element_text(ring, element, Style::Plain);
    match text.char_indices().nth(MOST) {
        None => text,
        Some((end, _)) => format!("{}...", &text[..end]),
    }
}

/// Writes an integer in decimal, below quadratic time.
pub(super) fn fmt_integer(n: &BigInt, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if n.bits() <= 1024 { write!(f, "{n}") } else { f.write_str(&format_integer(n)) }
}

/// An integer for an error message: its digits, or its size where these would fill a page.
pub(super) fn abbreviated(n: &BigInt) -> String {
    if n.bits() <= 256 {
        n.to_string()
    } else {
        format!("{}2^{} or more", if n.is_negative() { "-" } else { "" }, n.bits() - 1)
    }
}

/// Writes `re + im*i`, without a part that is zero and a factor that is one.
pub(super) fn fmt_complex<R: Ring>(
    parts: &R,
    re: &R::Element,
    im: &R::Element,
    style: Style,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    if parts.is_zero(im) {
        return parts.fmt_element(re, style, f);
    }
    let negative = parts.is_negative(im);
    if parts.is_zero(re) {
        f.write_str(if negative { "-" } else { "" })?;
    } else {
        parts.fmt_element(re, style, f)?;
        f.write_str(if negative { " - " } else { " + " })?;
    }
    let magnitude = if negative { parts.neg(im) } else { im.clone() };
    if !parts.is_one(&magnitude) {
        parts.fmt_element(&magnitude, style, f)?;
        f.write_str(if style == Style::Plain { "*" } else { "" })?;
    }
    f.write_str("i")
}

/// Whether a complex number is written with a leading minus and nothing behind it that would be added.
pub(super) fn is_negative_complex<R: Ring>(parts: &R, re: &R::Element, im: &R::Element) -> bool {
    if parts.is_zero(im) { parts.is_negative(re) } else { parts.is_zero(re) && parts.is_negative(im) }
}
