//! Polynomials as text: terms in descending degree, in a [`Style`], in a variable of choice.
//!
//! The plain style is one that [`Poly::parse`] and, with `^` as `**`, Python read again: `3*x^2 - x + 1/2`.

use super::Poly;
use crate::ring::{Ring, Style, text::element_text};
use std::fmt;

/// A polynomial with the style and the variable to write it in; from [`Poly::display`].
#[derive(Clone, Copy, Debug)]
pub struct Display<'a, R: Ring> {
    ring: &'a R,
    coefficients: &'a [R::Element],
    style: Style,
    variable: &'a str,
    ascending: bool,
}

impl<'a, R: Ring> Display<'a, R> {
    /// Coefficients in ascending order, as power series are written.
    pub(crate) fn ascending(
        ring: &'a R,
        coefficients: &'a [R::Element],
        style: Style,
        variable: &'a str,
    ) -> Self {
        Display { ring, coefficients, style, variable, ascending: true }
    }
}

impl<R: Ring> Poly<R> {
    /// The polynomial in a style and a variable, to be formatted.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, ring::Style};
    /// use num_rational::BigRational;
    /// let f = QQ.poly([1, -2, 6]) / 2;
    /// assert_eq!(f.display(Style::Plain, "t").to_string(), "3*t^2 - t + 1/2");
    /// assert_eq!(f.display(Style::Latex, "x").to_string(), r"3x^{2} - x + \frac{1}{2}");
    /// assert_eq!(f.display(Style::Unicode, "x").to_string(), "3x² - x + 1/2");
    /// ```
    pub fn display<'a>(&'a self, style: Style, variable: &'a str) -> Display<'a, R> {
        Display { ring: &self.ring, coefficients: &self.coefficients, style, variable, ascending: false }
    }
}

/// In the plain style, in `x`.
impl<R: Ring> fmt::Display for Poly<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.display(Style::Plain, "x").fmt(f)
    }
}

impl<R: Ring> fmt::Display for Display<'_, R> {
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
                            self.power(k, f)?;
                        }
                        continue;
                    }
                }
                &negated
            } else {
                c
            };
            if k > 0 && ring.is_one(c) {
                self.power(k, f)?;
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
                self.power(k, f)?;
            }
        }
        if first { f.write_str("0") } else { Ok(()) }
    }
}

impl<R: Ring> Display<'_, R> {
    /// The variable with its exponent.
    pub(crate) fn power(&self, k: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.variable)?;
        f.write_str(&self.style.exponent(k))
    }
}
