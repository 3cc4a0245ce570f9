//! Division: `f = q*g + r` with `deg r < deg g`; exact, pseudo- and total.
//!
//! Quotient and remainder exist where the leading coefficient of `g` is a unit, so for every `g` over a field; on any ring the
//! `try_` forms say where it fails. Over a domain pseudo-division does without units, and exact division needs only
//! exact quotients of coefficients. The quotient with remainder is the ring's hook, quasi-linear for long operands.

use super::{Poly, settle};
use crate::ring::{Domain, Field, GcdDomain, Ring, remainders};
use crate::{Error, ErrorKind, Result};

impl<R: Ring> Poly<R> {
    /// Quotient and remainder, over any ring.
    ///
    /// # Errors
    /// Kind undefined when `other` is zero or its leading coefficient is no unit (with the factor it shares with
    /// a modulus); kind unsupported where the ring does not know an inverse; kind ring mismatch; kind overflow in a
    /// partial ring.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let (q, r) = ZZ.poly([1, 2, 3]).try_quo_rem(&ZZ.poly([1, 1]))?;
    /// assert_eq!((q, r), (ZZ.poly([-1, 3]), ZZ.poly([2])));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_quo_rem(&self, other: &Self) -> Result<(Self, Self)> {
        self.check_division(other)?;
        let (quo, rem) = self.ring.quo_rem(&self.coefficients, &other.coefficients)?;
        Ok((self.sibling(quo), self.sibling(rem)))
    }

    /// The quotient, over any ring.
    ///
    /// # Errors
    /// Those of [`try_quo_rem`](Poly::try_quo_rem).
    pub fn try_quo(&self, other: &Self) -> Result<Self> {
        Ok(self.try_quo_rem(other)?.0)
    }

    /// The remainder, over any ring.
    ///
    /// # Errors
    /// Those of [`try_quo_rem`](Poly::try_quo_rem).
    pub fn try_rem(&self, other: &Self) -> Result<Self> {
        Ok(self.try_quo_rem(other)?.1)
    }

    /// `(q, r)` with `l^d * self == q*other + r`, `deg r < deg other`, where `l` is the leading coefficient of
    /// `other` and `d = max(deg self - deg other + 1, 0)`; over any commutative ring.
    ///
    /// # Panics
    /// When `other` is zero; on different rings; where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let (q, r) = ZZ.poly([1, 0, 1]).pseudo_quo_rem(&ZZ.poly([1, 2]));
    /// assert_eq!((q, r), (ZZ.poly([-1, 2]), ZZ.poly([5]))); // 4*(x^2 + 1) = (2*x - 1)*(2*x + 1) + 5
    /// ```
    #[track_caller]
    pub fn pseudo_quo_rem(&self, other: &Self) -> (Self, Self) {
        settle(self.try_pseudo_quo_rem(other))
    }

    /// Pseudo-quotient and pseudo-remainder, as [`pseudo_quo_rem`](Poly::pseudo_quo_rem).
    ///
    /// # Errors
    /// Kind undefined when `other` is zero; kind ring mismatch; kind overflow in a partial ring.
    pub fn try_pseudo_quo_rem(&self, other: &Self) -> Result<(Self, Self)> {
        self.check_division(other)?;
        let (quo, rem) = self.ring.pseudo_quo_rem(&self.coefficients, &other.coefficients)?;
        Ok((self.sibling(quo), self.sibling(rem)))
    }

    /// The pseudo-remainder.
    ///
    /// # Panics
    /// As [`pseudo_quo_rem`](Poly::pseudo_quo_rem).
    #[track_caller]
    pub fn pseudo_rem(&self, other: &Self) -> Self {
        self.pseudo_quo_rem(other).1
    }

    /// The `q` with `q*other == self`, over any ring.
    ///
    /// # Errors
    /// Kind not exact where there is none; kind undefined when `other` is zero, or its leading coefficient is a zero
    /// divisor; kind ring mismatch; kind overflow in a partial ring.
    ///
    /// # Examples
    /// ```
    /// use monic::{ErrorKind, ZZ};
    /// let f = ZZ.poly([-1, 0, 4]);
    /// assert_eq!(f.try_exact_quo(&ZZ.poly([1, 2]))?, ZZ.poly([-1, 2]));
    /// assert_eq!(f.try_exact_quo(&ZZ.poly([1, 1])).unwrap_err().kind(), ErrorKind::NotExact);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_exact_quo(&self, other: &Self) -> Result<Self> {
        self.check_division(other)?;
        Ok(self.sibling(self.ring.exact_quo(&self.coefficients, &other.coefficients)?))
    }

    /// Whether some `q` gives `q*self == other`, over any ring. Zero divides zero only.
    ///
    /// # Errors
    /// Those of [`try_exact_quo`](Poly::try_exact_quo) but not exact: where it cannot be decided by division.
    pub fn try_divides(&self, other: &Self) -> Result<bool> {
        self.check_ring(other)?;
        if self.is_zero() || other.is_zero() {
            return Ok(other.is_zero());
        }
        match other.try_exact_quo(self) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotExact => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The multiple by the inverse of the leading coefficient; zero stays zero.
    ///
    /// # Errors
    /// Kind undefined where the leading coefficient is no unit, with the factor it shares with a modulus.
    pub fn try_monic(&self) -> Result<Self> {
        match self.leading_coefficient() {
            None => Ok(self.clone()),
            Some(c) if self.ring.is_one(c) => Ok(self.clone()),
            Some(c) => self.try_scale(&self.ring.try_inverse(c)?),
        }
    }

    fn check_division(&self, other: &Self) -> Result<()> {
        self.check_ring(other)?;
        if other.is_zero() { Err(Error::undefined("division by the zero polynomial")) } else { Ok(()) }
    }
}

impl<R: Domain> Poly<R> {
    /// The `q` with `q*other == self`.
    ///
    /// # Panics
    /// Where there is none, when `other` is zero, on different rings.
    #[track_caller]
    pub fn exact_quo(&self, other: &Self) -> Self {
        settle(self.try_exact_quo(other))
    }

    /// Whether some `q` gives `q*self == other`. Zero divides zero only.
    ///
    /// # Panics
    /// On different rings; where the ring knows no exact quotients or overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert!(ZZ.poly([1, 1]).divides(&ZZ.poly([-1, 0, 1])));
    /// assert!(!ZZ.poly([2]).divides(&ZZ.poly([2, 1])));
    /// ```
    #[track_caller]
    pub fn divides(&self, other: &Self) -> bool {
        settle(self.try_divides(other))
    }
}

impl<R: GcdDomain> Poly<R> {
    /// The greatest common divisor of the coefficients, in the ring's normal form (positive over Z); zero for
    /// the zero polynomial.
    ///
    /// Over Q it is a fraction, and the primitive part has coprime integer coefficients; over other fields it is one.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let f = ZZ.poly([4, -6]);
    /// assert_eq!(f.content(), 2.into());
    /// assert_eq!(f.primitive_part(), ZZ.poly([2, -3]));
    /// ```
    pub fn content(&self) -> R::Element {
        remainders::content(&self.ring, &self.coefficients)
    }

    /// The polynomial divided by its [content](Poly::content); zero stays zero.
    #[track_caller]
    pub fn primitive_part(&self) -> Self {
        if self.is_zero() {
            return self.clone();
        }
        self.sibling(settle(remainders::divide(&self.ring, &self.coefficients, &self.content())))
    }
}

impl<R: Field> Poly<R> {
    /// Quotient and remainder.
    ///
    /// # Panics
    /// When `other` is zero; on different rings.
    ///
    /// # Examples
    /// ```
    /// use monic::QQ;
    /// let (q, r) = QQ.poly([1, 0, 1]).quo_rem(&QQ.poly([1, 2]));
    /// assert_eq!((q.to_string(), r.to_string()), ("1/2*x - 1/4".into(), "5/4".into()));
    /// ```
    #[track_caller]
    pub fn quo_rem(&self, other: &Self) -> (Self, Self) {
        settle(self.try_quo_rem(other))
    }

    /// The quotient.
    ///
    /// # Panics
    /// When `other` is zero; on different rings.
    #[track_caller]
    pub fn quo(&self, other: &Self) -> Self {
        settle(self.try_quo(other))
    }

    /// The remainder.
    ///
    /// # Panics
    /// When `other` is zero; on different rings.
    #[track_caller]
    pub fn rem(&self, other: &Self) -> Self {
        settle(self.try_rem(other))
    }

    /// The multiple with leading coefficient one; zero stays zero.
    ///
    /// # Examples
    /// ```
    /// use monic::QQ;
    /// assert_eq!(QQ.poly([1, 2]).monic().to_string(), "x + 1/2");
    /// ```
    #[track_caller]
    pub fn monic(&self) -> Self {
        settle(self.try_monic())
    }
}
