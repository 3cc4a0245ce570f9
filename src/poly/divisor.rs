//! [`Divisor`]: a polynomial `g` by which many others are divided, and arithmetic modulo it, `R[x]/(g)`.
//!
//! It stands apart from single divisions because it keeps what they would compute each time: the power series `1/g` and the transforms
//! of both ([`generic::divisor`](crate::ring::generic::divisor)).

use super::{Poly, settle};
use crate::{
    Error, Result,
    ring::{
        Ring,
        generic::{self, composition},
    },
};
use num_bigint::BigUint;

/// A polynomial whose leading coefficient is a unit, prepared for many divisions; its methods are also the arithmetic of the
/// residue classes modulo it.
///
/// # Examples
/// The Frobenius map modulo an irreducible polynomial: `x^(p^2) = x` in the field of `p^2` elements.
/// ```
/// use monic::Zmod;
/// let field = Zmod::prime(998_244_353)?;
/// let divisor = field.poly([-3, 0, 1]).divisor(); // 3 has no square root
/// let frobenius = divisor.pow(&field.x(), 998_244_353u64);
/// assert_eq!(divisor.compose(&frobenius, &frobenius), field.x());
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Divisor<R: Ring> {
    poly: Poly<R>,
    inner: generic::divisor::Divisor<R>,
}

impl<R: Ring> Poly<R> {
    /// This polynomial as a divisor of many others.
    ///
    /// # Panics
    /// When it is zero, or its leading coefficient is no unit.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let divisor = ZZ.poly([1, 1]).divisor();
    /// assert_eq!(divisor.rem(&ZZ.poly([0, 0, 0, 1])), ZZ.poly([-1]));
    /// ```
    #[track_caller]
    pub fn divisor(&self) -> Divisor<R> {
        settle(self.try_divisor())
    }

    /// This polynomial as a divisor of many others.
    ///
    /// # Errors
    /// Kind undefined when it is zero or its leading coefficient is no unit, with the factor it shares with a modulus; kind
    /// unsupported where the ring does not know an inverse.
    pub fn try_divisor(&self) -> Result<Divisor<R>> {
        let inner = generic::divisor::Divisor::new(&self.ring, &self.coefficients)?;
        Ok(Divisor { poly: self.clone(), inner })
    }
}

impl<R: Ring> Divisor<R> {
    /// The divisor itself.
    pub fn poly(&self) -> &Poly<R> {
        &self.poly
    }

    /// The same on coefficient sequences.
    pub(crate) fn inner(&self) -> &generic::divisor::Divisor<R> {
        &self.inner
    }

    /// Quotient and remainder of `f`.
    ///
    /// # Panics
    /// On different rings; where a partial ring overflows.
    #[track_caller]
    pub fn quo_rem(&self, f: &Poly<R>) -> (Poly<R>, Poly<R>) {
        settle(self.try_quo_rem(f))
    }

    /// Quotient and remainder of `f`.
    ///
    /// # Errors
    /// Kind ring mismatch; kind overflow in a partial ring; kind limit, when memory is refused.
    pub fn try_quo_rem(&self, f: &Poly<R>) -> Result<(Poly<R>, Poly<R>)> {
        self.poly.check_ring(f)?;
        let (quo, rem) = self.inner.quo_rem(&f.coefficients)?;
        Ok((f.sibling(quo), f.sibling(rem)))
    }

    /// The remainder of `f`.
    ///
    /// # Panics
    /// On different rings; where a partial ring overflows.
    #[track_caller]
    pub fn rem(&self, f: &Poly<R>) -> Poly<R> {
        settle(self.try_quo_rem(f)).1
    }

    /// `a * b` modulo the divisor.
    ///
    /// # Panics
    /// On different rings; where a partial ring overflows.
    #[track_caller]
    pub fn mul(&self, a: &Poly<R>, b: &Poly<R>) -> Poly<R> {
        settle(self.try_mul(a, b))
    }

    /// `a * b` modulo the divisor.
    ///
    /// # Errors
    /// Those of [`try_quo_rem`](Self::try_quo_rem) and of [`Poly::try_mul`].
    pub fn try_mul(&self, a: &Poly<R>, b: &Poly<R>) -> Result<Poly<R>> {
        Ok(self.try_quo_rem(&a.try_mul(b)?)?.1)
    }

    /// `f^n` modulo the divisor, by squaring; the zeroth power is one.
    ///
    /// # Panics
    /// On different rings; where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let golden = ZZ.poly([-1, -1, 1]).divisor(); // x^2 = x + 1: powers of x are Fibonacci numbers
    /// assert_eq!(golden.pow(&ZZ.x(), 100u32).coefficient(1).to_string(), "354224848179261915075");
    /// ```
    #[track_caller]
    pub fn pow(&self, f: &Poly<R>, n: impl Into<BigUint>) -> Poly<R> {
        settle(self.try_pow(f, &n.into()))
    }

    /// `f^n` modulo the divisor.
    ///
    /// # Errors
    /// Those of [`try_mul`](Self::try_mul).
    pub fn try_pow(&self, f: &Poly<R>, n: &BigUint) -> Result<Poly<R>> {
        self.poly.check_ring(f)?;
        Ok(f.sibling(self.inner.power(&f.coefficients, n)?))
    }

    /// The `g` with `f * g = 1` modulo the divisor.
    ///
    /// # Errors
    /// Those of [`Poly::try_inverse_mod`].
    pub fn try_inverse(&self, f: &Poly<R>) -> Result<Poly<R>> {
        f.try_inverse_mod(&self.poly)
    }

    /// `f(g(x))` modulo the divisor.
    ///
    /// # Panics
    /// On different rings; where a partial ring overflows.
    #[track_caller]
    pub fn compose(&self, f: &Poly<R>, g: &Poly<R>) -> Poly<R> {
        settle(self.try_compose(f, g))
    }

    /// `f(g(x))` modulo the divisor, by baby steps and giant steps.
    ///
    /// # Errors
    /// Those of [`try_mul`](Self::try_mul).
    pub fn try_compose(&self, f: &Poly<R>, g: &Poly<R>) -> Result<Poly<R>> {
        self.poly.check_ring(f)?;
        self.poly.check_ring(g)?;
        Ok(f.sibling(composition::modular(&f.coefficients, &g.coefficients, &self.inner)?))
    }
}

/// A polynomial that others are composed with modulo a divisor.
#[derive(Clone, Debug)]
pub(crate) struct Argument<R: Ring>(composition::Argument<R>);

impl<R: Ring> Divisor<R> {
    /// `g` for about `times` compositions of polynomials that are reduced.
    ///
    /// # Errors
    /// Those of [`try_mul`](Self::try_mul).
    pub(crate) fn try_argument(&self, g: &Poly<R>, times: usize) -> Result<Argument<R>> {
        let len = self.inner.degree();
        Ok(Argument(composition::Argument::new(&g.coefficients, len, times, &self.inner)?))
    }
}

impl<R: Ring> Argument<R> {
    /// `f(g)` modulo the divisor that made it.
    ///
    /// # Errors
    /// Those of [`Divisor::try_mul`].
    pub(crate) fn try_compose(&self, f: &Poly<R>, divisor: &Divisor<R>) -> Result<Poly<R>> {
        Ok(f.sibling(self.0.compose(&f.coefficients, &divisor.inner)?))
    }

    /// The same modulo a divisor of the one that made it.
    ///
    /// # Errors
    /// Those of [`Divisor::try_mul`].
    pub(crate) fn try_reduced(&self, divisor: &Divisor<R>) -> Result<Self> {
        Ok(Argument(self.0.reduced(&divisor.inner)?))
    }
}

impl<R: Ring> Poly<R> {
    /// `self^n` modulo `modulus`, by squaring.
    ///
    /// # Panics
    /// When `modulus` is zero or its leading coefficient is no unit; on different rings; where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::Zmod;
    /// let field = Zmod::prime(7)?;
    /// assert_eq!(field.x().pow_mod(7u32, &field.poly([1, 0, 1])), field.poly([0, 6])); // x^7 = -x where x^2 = -1
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn pow_mod(&self, n: impl Into<BigUint>, modulus: &Self) -> Self {
        settle(self.try_pow_mod(&n.into(), modulus))
    }

    /// `self^n` modulo `modulus`.
    ///
    /// # Errors
    /// Those of [`try_divisor`](Poly::try_divisor) and [`Divisor::try_pow`].
    pub fn try_pow_mod(&self, n: &BigUint, modulus: &Self) -> Result<Self> {
        modulus.try_divisor()?.try_pow(self, n)
    }

    /// `self(g(x))` modulo `modulus`.
    ///
    /// # Errors
    /// Those of [`try_divisor`](Poly::try_divisor) and [`Divisor::try_compose`].
    pub fn try_compose_mod(&self, g: &Self, modulus: &Self) -> Result<Self> {
        if modulus.is_zero() {
            return Err(Error::undefined("composition modulo the zero polynomial"));
        }
        modulus.try_divisor()?.try_compose(self, g)
    }
}
