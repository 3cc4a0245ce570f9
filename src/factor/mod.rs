//! Factoring: `f = c * f1^e1 * f2^e2 * ...` with irreducible, or with square-free, `f1, f2, ...`.
//!
//! [`Factored`] is the result, [`Factor`] what a ring has to offer, and the methods of [`Poly`] what a user calls.
//!
//! - `factored`: the type
//! - `extension`: fields from moduli that are looked at
//! - `finite`: over GF(p) and GF(p^k)
//! - `integers`: over Z and Q
//! - `number_field`: over Q(a) and Q(i)
//! - `roots`: roots in the ring, without factoring
//!
//! # Order
//! Factors are ordered by degree, then by coefficients from the highest down, as [`Factor::compare`] orders them: the same
//! polynomial has the same factors in the same order on every machine. Choices that are random by nature come from a generator with a
//! seed of its own.

mod extension;
mod factored;
pub(crate) mod finite;
mod integers;
mod number_field;
pub(crate) mod random;
pub(crate) mod roots;
mod squarefree;

pub use factored::Factored;
pub use roots::Roots;

use crate::ring::GcdDomain;
use crate::{Poly, Result};
use std::cmp::Ordering;

/// A ring over which polynomials can be factored.
///
/// # Errors
/// Of all methods: kind limit, when memory is refused; kind interrupted, when an [observer](crate::progress::watch) stops the work.
pub trait Factor: GcdDomain {
    /// The irreducible factors of a polynomial.
    fn factor_poly(&self, f: &Poly<Self>) -> Result<Factored<Self>>;

    /// Square-free factors that are coprime in pairs, one for each exponent.
    fn squarefree_poly(&self, f: &Poly<Self>) -> Result<Factored<Self>>;

    /// Whether a polynomial is irreducible: not constant, and no product of two that are not constant.
    fn is_irreducible_poly(&self, f: &Poly<Self>) -> Result<bool>;

    /// The order of coefficients by which factors of the same degree are listed.
    fn compare(&self, a: &Self::Element, b: &Self::Element) -> Ordering;
}

impl<R: Factor> Poly<R> {
    /// The irreducible factors with their exponents, and a constant: over a field the factors are monic; over Z they are primitive with positive
    /// leading coefficients, and the constant (the content, with the sign) is not factored.
    ///
    /// # Panics
    /// Where [`try_factor`](Poly::try_factor) is an error.
    ///
    /// # Examples
    /// ```
    /// use monic::{ZZ, Zmod};
    /// let f = ZZ.parse("-2*x^5 - 2*x^4 + 4*x^3 + 4*x^2 - 2*x - 2")?;
    /// assert_eq!(f.factor().to_string(), "-2*(x - 1)^2*(x + 1)^3");
    /// assert_eq!(ZZ.parse("x^6 - 1")?.factor().to_string(), "(x - 1)*(x + 1)*(x^2 - x + 1)*(x^2 + x + 1)");
    /// assert_eq!(Zmod::prime(5)?.parse("x^4 + 1")?.factor().to_string(), "(x^2 + 2)*(x^2 + 3)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn factor(&self) -> Factored<R> {
        crate::poly::settle(self.try_factor())
    }

    /// The irreducible factors with their exponents, and a constant.
    ///
    /// # Errors
    /// Kind limit, when memory is refused; kind interrupted, when an [observer](crate::progress::watch) stops the work.
    pub fn try_factor(&self) -> Result<Factored<R>> {
        self.ring().factor_poly(self)
    }

    /// Square-free factors, coprime in pairs, one for each exponent that occurs, and a constant.
    ///
    /// # Panics
    /// Where [`try_squarefree`](Poly::try_squarefree) is an error.
    ///
    /// # Examples
    /// ```
    /// use monic::{ZZ, Zmod};
    /// let f = ZZ.parse("(x^2 - 1)^2 * (x + 2)")?;
    /// assert_eq!(f.squarefree().to_string(), "(x + 2)*(x^2 - 1)^2");
    /// // In characteristic 3 the derivative of x^3 + 2 = (x + 2)^3 is zero.
    /// assert_eq!(Zmod::prime(3)?.parse("x^3 + 2")?.squarefree().to_string(), "(x + 2)^3");
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn squarefree(&self) -> Factored<R> {
        crate::poly::settle(self.try_squarefree())
    }

    /// Square-free factors, coprime in pairs, one for each exponent that occurs, and a constant.
    ///
    /// # Errors
    /// Those of [`try_factor`](Poly::try_factor).
    pub fn try_squarefree(&self) -> Result<Factored<R>> {
        self.ring().squarefree_poly(self)
    }

    /// Whether the polynomial is irreducible: not constant, and no product of two that are not constant. Over Z a content other than 1 does
    /// not count: it is a constant here.
    ///
    /// # Panics
    /// Where [`try_is_irreducible`](Poly::try_is_irreducible) is an error.
    ///
    /// # Examples
    /// ```
    /// use monic::{ZZ, Zmod};
    /// let f = ZZ.parse("x^4 + 1")?;
    /// assert!(f.is_irreducible());
    /// assert!(!f.to_ring(&Zmod::prime(7)?).is_irreducible()); // as modulo every prime
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn is_irreducible(&self) -> bool {
        crate::poly::settle(self.try_is_irreducible())
    }

    /// Whether the polynomial is irreducible: not constant, and no product of two that are not constant.
    ///
    /// # Errors
    /// Those of [`try_factor`](Poly::try_factor).
    pub fn try_is_irreducible(&self) -> Result<bool> {
        self.ring().is_irreducible_poly(self)
    }
}
