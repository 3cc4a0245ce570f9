//! Series as text: terms in ascending order, and what is not known as `O(x^n)`.

use super::Series;
use crate::ring::{Ring, Style, text};
use std::fmt;

/// A series with the style and the variable to write it in; from [`Series::display`].
#[derive(Clone, Copy, Debug)]
pub struct Display<'a, R: Ring> {
    series: &'a Series<R>,
    style: Style,
    variable: &'a str,
}

impl<R: Ring> Series<R> {
    /// The series in a style and a variable, to be formatted.
    ///
    /// # Examples
    /// ```
    /// use monic::{Series, ZZ, ring::Style};
    /// let f = Series::new(ZZ, [0, 1, -2], 10);
    /// assert_eq!(f.display(Style::Plain, "t").to_string(), "t - 2*t^2 + O(t^10)");
    /// assert_eq!(f.display(Style::Latex, "x").to_string(), "x - 2x^{2} + O(x^{10})");
    /// ```
    pub fn display<'a>(&'a self, style: Style, variable: &'a str) -> Display<'a, R> {
        Display { series: self, style, variable }
    }
}

/// In the plain style, in `x`.
impl<R: Ring> fmt::Display for Series<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.display(Style::Plain, "x").fmt(f)
    }
}

impl<R: Ring> fmt::Display for Display<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Series { ring, coefficients, precision } = self.series;
        let known = crate::poly::Display::ascending(ring, coefficients, self.style, self.variable);
        if !coefficients.is_empty() {
            write!(f, "{known} + ")?;
        }
        f.write_str("O(")?;
        match precision {
            0 => f.write_str("1")?,
            _ => text::power(self.variable, *precision, self.style, f)?,
        }
        f.write_str(")")
    }
}
