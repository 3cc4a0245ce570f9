//! Exact densities of continuous random variables, piecewise polynomials over Q: the sum of independent variables has the
//! convolution of their densities, `(f*g)(x) = integral of f(t)*g(x - t) dt`.
//!
//! It stands apart from [`distribution`](crate::distribution), which has masses on a lattice: here the box is the die, the triangle is two
//! dice, and products of polynomials become integrals. They do so through a second form, sums of truncated powers
//! `c*(x - a)_+^k/k!`: one convolves with another as `e^(-a*s)/s^(k+1)` multiplies, so a convolution is a product of polynomials in two variables, and an
//! n-fold one is a power.
//!
//! - `build`: boxes, triangles, any pieces, Irwin-Hall
//! - `combine`: sums, differences, multiples, mixtures, sums with a discrete variable, largest and smallest, conditions
//! - `ask`: values, moments, probabilities, comparison, smoothness, points of a plot
//! - `locate`: quantiles and the median, as algebraic numbers; `modes`
//! - [`Piecewise`]: the pieces, and what is done with pieces of any function
//! - `truncated`: the second form
//! - `serialized`: densities as data, with the feature `serde`
//!
//! # Invariants
//! A density is nowhere negative and its integral is exactly 1. It has an interval of positive length to live on: a constant has no density, and what
//! would be one is an error.

mod ask;
mod build;
mod combine;
mod locate;
mod modes;
mod piecewise;
#[cfg(feature = "serde")]
mod serialized;
#[cfg(test)]
mod tests;
mod truncated;

pub use piecewise::Piecewise;

use crate::{Poly, Rationals, Result};
use num_rational::BigRational;
use std::{fmt, sync::OnceLock};
use truncated::TruncatedPowers;

/// The exact density of a random variable: polynomials with rational coefficients between rational knots.
///
/// # Examples
/// ```
/// use monic::density::Density;
/// let unit = Density::uniform(0, 1);
/// let triangle = &unit + &unit; // the sum of two independent variables
/// assert_eq!(triangle.to_string(), "[0, 1): x; [1, 2): -x + 2");
/// assert_eq!(triangle, Density::triangular(0, 1, 2));
/// assert_eq!(unit.times(12).variance().to_string(), "1"); // the sum of twelve, nearly normal
/// ```
#[derive(Clone, Debug)]
pub struct Density {
    terms: TruncatedPowers,
    /// The same as pieces, and its integral, once they were asked for.
    pieces: OnceLock<Piecewise>,
    cdf: OnceLock<Piecewise>,
}

impl Density {
    /// A density from what is known to be one.
    fn from_terms(terms: TruncatedPowers) -> Self {
        debug_assert!(terms.knots().count() >= 2, "a density has two ends");
        Density { terms, pieces: OnceLock::new(), cdf: OnceLock::new() }
    }

    /// The points where the polynomial changes, ascending; the first and the last are the ends of the [support](Self::support).
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let sum = Density::uniform(0, 1) + Density::uniform(0, (5, 2));
    /// let knots: Vec<String> = sum.knots().map(|knot| knot.to_string()).collect();
    /// assert_eq!(knots, ["0", "1", "5/2", "7/2"]);
    /// ```
    pub fn knots(&self) -> impl DoubleEndedIterator<Item = &BigRational> + ExactSizeIterator {
        self.terms.knots()
    }

    /// The smallest interval outside of which the density is zero.
    pub fn support(&self) -> (&BigRational, &BigRational) {
        let mut knots = self.knots();
        let first = knots.next().expect("a density has two ends");
        (first, knots.next_back().expect("a density has two ends"))
    }

    /// The density as a function on the line, zero before the first knot and after the last.
    ///
    /// # Panics
    /// Where [`try_piecewise`](Self::try_piecewise) is an error.
    #[track_caller]
    pub fn piecewise(&self) -> &Piecewise {
        crate::poly::settle(self.try_piecewise())
    }

    /// The density as a function on the line.
    ///
    /// # Errors
    /// Kind limit for pieces that are too large together, before any work.
    ///
    /// # Complexity
    /// One Taylor shift a knot, the first time.
    pub fn try_piecewise(&self) -> Result<&Piecewise> {
        once(&self.pieces, || self.terms.to_piecewise())
    }

    /// The pieces, ascending: from where, to where, and the polynomial in between.
    ///
    /// # Panics
    /// Where [`try_piecewise`](Self::try_piecewise) is an error.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// for (from, to, polynomial) in Density::irwin_hall(3).pieces() {
    ///     println!("{from} to {to}: {polynomial}"); // 0 to 1: 1/2*x^2 ...
    /// }
    /// ```
    #[track_caller]
    pub fn pieces(&self) -> impl Iterator<Item = (&BigRational, &BigRational, &Poly<Rationals>)> {
        self.piecewise().bounded_pieces()
    }

    /// The distribution function `F(x) = P(X <= x)`: 0 before the first knot, 1 after the last.
    ///
    /// # Panics
    /// Where [`try_cdf`](Self::try_cdf) is an error.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let cdf = Density::triangular(0, 1, 2).cdf().to_string();
    /// assert_eq!(cdf, "[0, 1): 1/2*x^2; [1, 2): -1/2*x^2 + 2*x - 1; [2, oo): 1");
    /// ```
    #[track_caller]
    pub fn cdf(&self) -> &Piecewise {
        crate::poly::settle(self.try_cdf())
    }

    /// The distribution function.
    ///
    /// # Errors
    /// Kind limit for pieces that are too large together, before any work.
    pub fn try_cdf(&self) -> Result<&Piecewise> {
        once(&self.cdf, || self.terms.integral().to_piecewise())
    }
}

/// What is in the cell, computed if nothing is.
fn once(cell: &OnceLock<Piecewise>, compute: impl FnOnce() -> Result<Piecewise>) -> Result<&Piecewise> {
    match cell.get() {
        Some(pieces) => Ok(pieces),
        None => {
            let pieces = compute()?;
            Ok(cell.get_or_init(|| pieces))
        }
    }
}

/// As functions.
impl PartialEq for Density {
    fn eq(&self, other: &Self) -> bool {
        self.terms == other.terms
    }
}

impl Eq for Density {}

/// The pieces, each with the interval on which it holds.
impl fmt::Display for Density {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.piecewise().fmt(f)
    }
}
