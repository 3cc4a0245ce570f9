//! Polynomials as text: terms in descending degree, in a [`Style`], in a variable of choice.
//!
//! The plain style is one that [`Poly::parse`] and, with `^` as `**`, Python read again: `3*x^2 - x + 1/2`.

use super::Poly;
use crate::ring::{Ring, Style, text::Terms};
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
        Terms {
            ring: self.ring,
            coefficients: self.coefficients,
            style: self.style,
            variable: self.variable,
            ascending: self.ascending,
        }
        .fmt(f)
    }
}
