//! [`Recurrence`]: `a(k) = c1*a(k-1) + c2*a(k-2) + ... + cd*a(k-d)`, with its first terms.
//!
//! It stands apart because a recurrence is a rational function of which single coefficients are wanted, however far away.
//!
//! - here: the type, its generating function `P/Q`, the shortest recurrence of given terms
//! - `terms`: one term, consecutive terms; `fibonacci`: the recurrence that everyone asks for
//!
//! # Invariants
//! There are at least as many first terms as coefficients; the recurrence gives the terms after all of them.

mod fibonacci;
mod terms;

pub use fibonacci::fibonacci;

use crate::{
    Error, Poly, Result,
    convolution::Want,
    ring::{IntoElement, Ring},
};

/// A sequence whose terms are linear combinations of those before them.
///
/// # Examples
/// ```
/// use monic::{Zmod, sequences::Recurrence};
/// let field = Zmod::prime(998_244_353)?;
/// let fibonacci = Recurrence::new(field, [1, 1], [0, 1])?;
/// assert_eq!(fibonacci.term(10)?, 55);
/// assert_eq!(fibonacci.terms(10, 4)?, [55, 89, 144, 233]);
/// assert_eq!(fibonacci.term(1_000_000_000_000_000_000)?, 23_849_548);
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Recurrence<R: Ring> {
    ring: R,
    coefficients: Vec<R::Element>,
    initial: Vec<R::Element>,
}

impl<R: Ring> Recurrence<R> {
    /// The recurrence with coefficients `c1, c2, ...` and first terms `a(0), a(1), ...`, at least as many.
    ///
    /// # Errors
    /// Kind undefined for fewer first terms than coefficients; kind unsupported over a ring that does not commute.
    ///
    /// # Panics
    /// In partial rings (checked machine integers), where a value does not fit.
    pub fn new<C: IntoElement<R>, A: IntoElement<R>>(
        ring: R,
        coefficients: impl IntoIterator<Item = C>,
        initial: impl IntoIterator<Item = A>,
    ) -> Result<Self> {
        let coefficients = coefficients.into_iter().map(|c| c.into_element(&ring)).collect();
        let initial = initial.into_iter().map(|a| a.into_element(&ring)).collect();
        Self::from_vecs(ring, coefficients, initial)
    }

    /// The same from elements of the ring, in vectors that are taken as they are.
    ///
    /// # Errors
    /// As for [`new`](Self::new).
    pub fn from_vecs(ring: R, coefficients: Vec<R::Element>, initial: Vec<R::Element>) -> Result<Self> {
        if !ring.is_commutative() {
            return Err(Error::unsupported(format!(
                "{ring:?} does not commute: recurrences are not offered"
            )));
        }
        if initial.len() < coefficients.len() {
            return Err(Error::undefined(format!(
                "a recurrence of order {} begins with as many terms, not with {}",
                coefficients.len(),
                initial.len()
            )));
        }
        Ok(Recurrence { ring, coefficients, initial })
    }

    /// The shortest recurrence that all given terms satisfy (Berlekamp and Massey). Where twice its order is at most the number of terms it is the
    /// only one of that order.
    ///
    /// # Errors
    /// Kind undefined, with the factor, where a number on the way is no unit modulo a composite one; kind not exact over Z, where a
    /// coefficient is no integer (over Q it is a fraction); kind unsupported for floats; kind limit.
    ///
    /// # Complexity
    /// `O(M(n) log n)` for `n` terms of a field whose elements have one size; over Z and Q that modulo as many primes as the coefficients take.
    ///
    /// # Source
    /// See [`generic::recurrence`](crate::ring::generic::recurrence).
    ///
    /// # Examples
    /// ```
    /// use monic::{ZZ, sequences::Recurrence};
    /// let squares = Recurrence::shortest(ZZ, [0, 1, 4, 9, 16, 25])?;
    /// assert_eq!(squares.coefficients(), [3, -3, 1].map(Into::into));
    /// assert_eq!(squares.term(1000)?, 1_000_000.into());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn shortest<T: IntoElement<R>>(ring: R, terms: impl IntoIterator<Item = T>) -> Result<Self> {
        let mut terms: Vec<R::Element> = terms.into_iter().map(|a| a.into_element(&ring)).collect();
        let coefficients = ring.shortest_recurrence(&terms)?;
        terms.truncate(coefficients.len());
        Self::from_vecs(ring, coefficients, terms)
    }

    /// The ring of the terms.
    pub fn ring(&self) -> &R {
        &self.ring
    }

    /// `c1, c2, ...`.
    pub fn coefficients(&self) -> &[R::Element] {
        &self.coefficients
    }

    /// `a(0), a(1), ...`, as many as there are of them.
    pub fn initial(&self) -> &[R::Element] {
        &self.initial
    }

    /// How many terms before it a term is made from.
    pub fn order(&self) -> usize {
        self.coefficients.len()
    }

    /// `(P, Q)` with `a(0) + a(1)*x + a(2)*x^2 + ... = P/Q`, `Q = 1 - c1*x - c2*x^2 - ...`, and `P` of lower degree than there are first
    /// terms.
    ///
    /// # Errors
    /// Those of the ring's products.
    ///
    /// # Examples
    /// ```
    /// use monic::{ZZ, sequences::Recurrence};
    /// let (p, q) = Recurrence::new(ZZ, [1, 1], [0, 1])?.generating_function()?;
    /// assert_eq!((p.to_string(), q.to_string()), ("x".into(), "-x^2 - x + 1".into()));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn generating_function(&self) -> Result<(Poly<R>, Poly<R>)> {
        let q = self.denominator()?;
        let p = self.ring.convolve(&self.initial, &q, &Want::low(self.initial.len()))?;
        Ok((Poly::from_vec(self.ring.clone(), p), Poly::from_vec(self.ring.clone(), q)))
    }

    /// `1 - c1*x - c2*x^2 - ...`, all `order + 1` coefficients.
    fn denominator(&self) -> Result<Vec<R::Element>> {
        let minus = self.coefficients.iter().map(|c| self.ring.try_neg(c));
        [Ok(self.ring.one())].into_iter().chain(minus).collect()
    }
}
