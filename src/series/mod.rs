//! Power series that know how many of their coefficients are right: `c_0 + c_1*x + ... + c_(n-1)*x^(n-1) + O(x^n)`.
//!
//! They stand apart from polynomials because a sum of terms that is cut is no polynomial: what is beyond `x^n` is unknown, and a result claims no
//! coefficient that the operands do not determine.
//!
//! - here: the type, its coefficients, what is known of them
//! - `arithmetic`: sums, products, quotients, operators
//! - `functions`: powers and roots, exponentials, circular and hyperbolic functions, derivative and integral
//! - `display`: text
//!
//! The algorithms are those of [`ring::generic::series`](crate::ring::generic::series), on whatever the ring is fastest with.
//!
//! # Invariants
//! As many coefficients are stored as there are up to the last one that is not zero, and none from `x^n` on.

mod arithmetic;
mod display;
mod functions;

#[cfg(test)]
mod tests;

pub use display::Display;

use crate::{
    Error, Poly, Result,
    ring::{IntoElement, Ring, generic},
};

/// A power series over a ring, known modulo `x^n`.
///
/// # Examples
/// ```
/// use monic::{QQ, Series};
/// let x = Series::x(QQ, 6);                         // x + O(x^6)
/// let e = x.exp()?;
/// assert_eq!((&e - 1).to_string(), "x + 1/2*x^2 + 1/6*x^3 + 1/24*x^4 + 1/120*x^5 + O(x^6)");
/// let b = x.quo(&(e - 1))?;                         // x/(e^x - 1), one coefficient less
/// assert_eq!(b.to_string(), "1 - 1/2*x + 1/12*x^2 - 1/720*x^4 + O(x^5)");
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Series<R: Ring> {
    ring: R,
    coefficients: Vec<R::Element>,
    precision: usize,
}

impl<R: Ring> Series<R> {
    /// The series with these first coefficients, ascending, and zeros behind them, known modulo `x^precision`.
    ///
    /// # Examples
    /// ```
    /// use monic::{Series, ZZ};
    /// assert_eq!(Series::new(ZZ, [1, 2, 3], 2).to_string(), "1 + 2*x + O(x^2)");
    /// assert_eq!(Series::new(ZZ, [1, 2], 4).to_string(), "1 + 2*x + O(x^4)");
    /// ```
    pub fn new<T: IntoElement<R>>(
        ring: R,
        coefficients: impl IntoIterator<Item = T>,
        precision: usize,
    ) -> Self {
        let coefficients = coefficients.into_iter().take(precision).map(|c| c.into_element(&ring)).collect();
        Self::from_vec(ring, coefficients, precision)
    }

    /// The same from elements.
    pub fn from_vec(ring: R, mut coefficients: Vec<R::Element>, precision: usize) -> Self {
        coefficients.truncate(precision);
        generic::trim(&ring, &mut coefficients);
        Series { ring, coefficients, precision }
    }

    /// `x + O(x^precision)`.
    pub fn x(ring: R, precision: usize) -> Self {
        let coefficients = vec![ring.zero(), ring.one()];
        Self::from_vec(ring, coefficients, precision)
    }

    /// `c + O(x^precision)`.
    pub fn constant(ring: R, c: R::Element, precision: usize) -> Self {
        Self::from_vec(ring, vec![c], precision)
    }

    /// The ring of the coefficients.
    pub fn ring(&self) -> &R {
        &self.ring
    }

    /// How many coefficients are known: the series is one modulo `x^n`.
    pub fn precision(&self) -> usize {
        self.precision
    }

    /// The known coefficients up to the last that is not zero.
    pub fn coefficients(&self) -> &[R::Element] {
        &self.coefficients
    }

    /// The coefficient of `x^k`; `None` where it is not known.
    ///
    /// # Examples
    /// ```
    /// use monic::{Series, ZZ};
    /// let f = Series::new(ZZ, [1, 2], 3);
    /// assert_eq!((f.coefficient(1), f.coefficient(2), f.coefficient(3)), (Some(2.into()), Some(0.into()), None));
    /// ```
    pub fn coefficient(&self, k: usize) -> Option<R::Element> {
        let known = || self.coefficients.get(k).cloned().unwrap_or_else(|| self.ring.zero());
        (k < self.precision).then(known)
    }

    /// All known coefficients.
    pub fn to_vec(&self) -> Vec<R::Element> {
        let mut all = self.coefficients.clone();
        all.resize(self.precision, self.ring.zero());
        all
    }

    /// The polynomial of the known coefficients.
    pub fn to_poly(&self) -> Poly<R> {
        Poly::from_vec(self.ring.clone(), self.coefficients.clone())
    }

    /// The first power of `x` with a coefficient that is not zero; `None` where all known ones are zero.
    pub fn valuation(&self) -> Option<usize> {
        self.coefficients.iter().position(|c| !self.ring.is_zero(c))
    }

    /// The series modulo a lower power of `x`.
    ///
    /// # Errors
    /// Kind undefined for more coefficients than are known.
    ///
    /// # Examples
    /// ```
    /// use monic::{Series, ZZ};
    /// let f = Series::new(ZZ, [1, 2, 3], 3);
    /// assert_eq!(f.truncate(2)?, Series::new(ZZ, [1, 2], 2));
    /// assert_eq!(f.truncate(4).unwrap_err().to_string(), "a series that is known modulo x^3 is asked for modulo x^4");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn truncate(&self, precision: usize) -> Result<Self> {
        if precision > self.precision {
            return Err(Error::undefined(format!(
                "a series that is known modulo x^{} is asked for modulo x^{precision}",
                self.precision
            )));
        }
        Ok(Self::from_vec(self.ring.clone(), self.coefficients.clone(), precision))
    }

    /// The valuation, or the precision where all known coefficients are zero: what is below is zero for certain.
    fn order(&self) -> usize {
        self.valuation().unwrap_or(self.precision)
    }

    /// The constant coefficient.
    ///
    /// # Errors
    /// Kind undefined where not even that is known.
    fn first(&self) -> Result<R::Element> {
        self.coefficient(0).ok_or_else(|| Error::undefined("nothing is known of a series modulo x^0"))
    }

    fn check_ring(&self, other: &Self) -> Result<()> {
        if self.ring == other.ring { Ok(()) } else { Err(Error::ring_mismatch(&self.ring, &other.ring)) }
    }

    /// Another series over the same ring.
    fn sibling(&self, coefficients: Vec<R::Element>, precision: usize) -> Self {
        Self::from_vec(self.ring.clone(), coefficients, precision)
    }
}

impl<R: Ring> Poly<R> {
    /// The polynomial as a power series modulo `x^n`.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let partitions_into_1_and_2 = ZZ.poly([1, -1, -1, 1]).to_series(6).inverse()?;
    /// assert_eq!(partitions_into_1_and_2.to_string(), "1 + x + 2*x^2 + 2*x^3 + 3*x^4 + 3*x^5 + O(x^6)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn to_series(&self, n: usize) -> Series<R> {
        let coefficients = &self.coefficients()[..self.len().min(n)];
        Series::from_vec(self.ring().clone(), coefficients.to_vec(), n)
    }
}
