//! Polynomials `sum of c[k]*x^k` in one variable over any ring.
//!
//! [`Poly`] is a ring and a vector; whatever multiplies goes through the hooks of the ring, so that every
//! method here serves every ring. One subject a file:
//!
//! - `operators`: `+ - *` in all reference forms, with scalars
//! - `product`: products by window and by algorithm, powers
//! - `divide`, `gcd`, `resultant`: the Euclidean side
//! - [`Divisor`]: what divides many others, powers and compositions modulo it
//! - `evaluate`, `calculus`: substitution, derivative, integral
//! - `points`, [`Nodes`]: values at many points and back; `chinese`: remainders by many polynomials and back
//! - `basis`: coefficients in other bases; `decompose`: `f = g(h)`
//! - `maps`: from one ring to another
//! - `display`, [`lexer`], `parse`: text
//! - `extension`: fields from their moduli, minimal polynomials
//! - [`PolyRing`]: R\[x\] as a ring of coefficients
//!
//! # Invariants
//! Coefficients ascend and the last one is not zero; the zero polynomial has none.

mod basis;
mod calculus;
mod chinese;
mod construct;
mod decompose;
mod display;
mod divide;
mod divisor;
mod evaluate;
mod extension;
mod gcd;
pub mod lexer;
mod maps;
mod nodes;
mod operators;
mod parse;
mod points;
mod poly_ring;
mod product;
#[cfg(feature = "rand")]
mod random;
mod resultant;
mod ring_methods;
mod series;
mod shape;

pub use display::Display;
pub(crate) use divisor::Argument;
pub use divisor::Divisor;
pub use nodes::Nodes;
pub use parse::MAX_DEPTH;
pub use poly_ring::PolyRing;

use crate::ring::Ring;
use crate::{Error, Result, limit};

/// A polynomial over the ring `R`: the ring, and the coefficients in ascending order.
///
/// # Examples
/// ```
/// use monic::{Integers, Poly, ZZ, Zmod};
///
/// let f = ZZ.poly([-1, 0, 1]); // x^2 - 1, anything that converts into the element
/// let g: Poly<Integers> = "x^3 + 2x + 1".parse()?;
/// let h = &f * &g + 3; // operators by reference and by value, with scalars
/// assert_eq!(h.to_string(), "x^5 + x^3 + x^2 - 2*x + 2");
/// let f7 = Zmod::prime(7)?.poly([6, 0, 1]); // run-time modulus
/// let (q, r) = h.try_quo_rem(&f)?; // total over a field: quo_rem
/// assert_eq!(q * &f + r, h);
/// let s = f7.ring().parse("x^2 + 3")?; // run-time rings parse through the ring
/// assert_eq!(s.gcd(&f7).degree(), Some(0));
/// # let vec_of_bigint: Vec<num_bigint::BigInt> = vec![1.into(), 2.into()];
/// let big = ZZ.poly(vec_of_bigint); // takes the vector as it is
/// assert_eq!(big.degree(), Some(1));
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Poly<R: Ring> {
    ring: R,
    coefficients: Vec<R::Element>,
}

impl<R: Ring> Poly<R> {
    /// The coefficients in ascending order; none for the zero polynomial, else the last is not zero.
    pub fn coefficients(&self) -> &[R::Element] {
        &self.coefficients
    }

    /// The coefficients in ascending order, as the vector itself.
    pub fn into_coefficients(self) -> Vec<R::Element> {
        self.coefficients
    }

    /// The coefficient of `x^k`; zero beyond the degree.
    pub fn coefficient(&self, k: usize) -> R::Element {
        self.coefficients.get(k).cloned().unwrap_or_else(|| self.ring.zero())
    }

    /// The coefficients in ascending order, one by one.
    pub fn iter(&self) -> std::slice::Iter<'_, R::Element> {
        self.coefficients.iter()
    }

    /// The ring of the coefficients.
    pub fn ring(&self) -> &R {
        &self.ring
    }

    /// The degree; `None` for the zero polynomial.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([5, 0, 1]).degree(), Some(2));
    /// assert_eq!(ZZ.poly([0]).degree(), None);
    /// ```
    pub fn degree(&self) -> Option<usize> {
        self.coefficients.len().checked_sub(1)
    }

    /// The number of stored coefficients: degree plus one, 0 for the zero polynomial.
    pub fn len(&self) -> usize {
        self.coefficients.len()
    }

    /// Whether no coefficient is stored: the same as [`is_zero`](Poly::is_zero).
    pub fn is_empty(&self) -> bool {
        self.coefficients.is_empty()
    }

    /// Whether this is the zero polynomial.
    pub fn is_zero(&self) -> bool {
        self.coefficients.is_empty()
    }

    /// Whether this is the constant one.
    pub fn is_one(&self) -> bool {
        match self.coefficients.as_slice() {
            [] => self.ring.is_zero(&self.ring.one()),
            [c] => self.ring.is_one(c),
            _ => false,
        }
    }

    /// Whether the degree is 0 or there is none.
    pub fn is_constant(&self) -> bool {
        self.coefficients.len() <= 1
    }

    /// Whether the leading coefficient is one.
    pub fn is_monic(&self) -> bool {
        self.leading_coefficient().is_some_and(|c| self.ring.is_one(c))
    }

    /// The coefficient of the highest power; `None` for the zero polynomial.
    pub fn leading_coefficient(&self) -> Option<&R::Element> {
        self.coefficients.last()
    }

    /// The largest `k` for which `x^k` divides the polynomial; `None` for the zero polynomial.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([0, 0, 3, 1]).valuation(), Some(2));
    /// ```
    pub fn valuation(&self) -> Option<usize> {
        self.coefficients.iter().position(|c| !self.ring.is_zero(c))
    }

    /// An error of kind ring mismatch unless both are over the same ring.
    fn check_ring(&self, other: &Self) -> Result<()> {
        if self.ring == other.ring { Ok(()) } else { Err(Error::ring_mismatch(&self.ring, &other.ring)) }
    }

    /// Another polynomial over the same ring.
    fn sibling(&self, coefficients: Vec<R::Element>) -> Self {
        Poly::from_vec(self.ring.clone(), coefficients)
    }
}

/// Refuses a polynomial of `len` coefficients that may need `bits` more bits each than their fixed part.
fn check_size<R: Ring>(_: &R, len: u64, bits: u64) -> Result<()> {
    limit::check(len, (8 * size_of::<R::Element>() as u64).saturating_add(bits))
}

/// Room for `count` more, or an error of kind limit where the memory is not there.
fn reserve<T>(vector: &mut Vec<T>, count: usize) -> Result<()> {
    vector.try_reserve(count).map_err(|_| Error::limit(format!("no memory for {count} coefficients")))
}

/// The value of a `try_` form, or a panic with its error.
#[track_caller]
pub(crate) fn settle<T>(result: Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => fail(&error),
    }
}

#[cold]
#[track_caller]
fn fail(error: &Error) -> ! {
    panic!("{error}")
}

impl<R: Ring + Eq> Eq for Poly<R> where R::Element: Eq {}

/// By the coefficients; equal polynomials have equal hashes.
impl<R: Ring> std::hash::Hash for Poly<R>
where
    R::Element: std::hash::Hash,
{
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.coefficients.hash(state);
    }
}

impl<R: Ring> IntoIterator for Poly<R> {
    type Item = R::Element;
    type IntoIter = std::vec::IntoIter<R::Element>;

    fn into_iter(self) -> Self::IntoIter {
        self.coefficients.into_iter()
    }
}

impl<'a, R: Ring> IntoIterator for &'a Poly<R> {
    type Item = &'a R::Element;
    type IntoIter = std::slice::Iter<'a, R::Element>;

    fn into_iter(self) -> Self::IntoIter {
        self.coefficients.iter()
    }
}

#[cfg(test)]
mod tests;
