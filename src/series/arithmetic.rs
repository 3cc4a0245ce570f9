//! Sums, products and quotients of series, and the operators for them.
//!
//! # Precision
//! `f + O(x^m)` and `g + O(x^n)` have a sum that is known to `min(m, n)`. With valuations `v` and `w` their product is known to
//! `min(v + n, w + m)`, their quotient to `min(m - w, n + v - 2w)`: as many coefficients behind the first as both have.

use super::Series;
use crate::{
    Error, Result,
    convolution::Want,
    ring::{IntegerScalar, Ring, generic::series},
};
use num_bigint::BigInt;
use std::ops;

impl<R: Ring> Series<R> {
    /// The sum.
    ///
    /// # Errors
    /// Kind ring mismatch; kind overflow in partial rings.
    pub fn try_add(&self, other: &Self) -> Result<Self> {
        self.combined(other, R::try_add)
    }

    /// The difference.
    ///
    /// # Errors
    /// As for [`try_add`](Self::try_add).
    pub fn try_sub(&self, other: &Self) -> Result<Self> {
        self.combined(other, R::try_sub)
    }

    fn combined(
        &self,
        other: &Self,
        sum: impl Fn(&R, &R::Element, &R::Element) -> Result<R::Element>,
    ) -> Result<Self> {
        self.check_ring(other)?;
        let precision = self.precision.min(other.precision);
        let len = self.coefficients.len().max(other.coefficients.len()).min(precision);
        let zero = self.ring.zero();
        let at = |f: &Self, k: usize| f.coefficients.get(k).unwrap_or(&zero).clone();
        let sums = (0..len).map(|k| sum(&self.ring, &at(self, k), &at(other, k)));
        Ok(self.sibling(sums.collect::<Result<_>>()?, precision))
    }

    /// The negative.
    ///
    /// # Errors
    /// Kind overflow in partial rings.
    pub fn try_neg(&self) -> Result<Self> {
        let negatives = self.coefficients.iter().map(|c| self.ring.try_neg(c));
        Ok(self.sibling(negatives.collect::<Result<_>>()?, self.precision))
    }

    /// The multiple by an element.
    ///
    /// # Errors
    /// Kind overflow in partial rings.
    pub fn try_scale(&self, c: &R::Element) -> Result<Self> {
        let multiples = self.coefficients.iter().map(|x| self.ring.try_mul(c, x));
        Ok(self.sibling(multiples.collect::<Result<_>>()?, self.precision))
    }

    /// The product.
    ///
    /// # Errors
    /// Kind ring mismatch; those of the ring's products.
    ///
    /// # Examples
    /// ```
    /// use monic::{Series, ZZ};
    /// let (f, g) = (Series::new(ZZ, [0, 1], 3), Series::new(ZZ, [0, 0, 1, 1], 5));
    /// assert_eq!(f.try_mul(&g)?.to_string(), "x^3 + x^4 + O(x^5)"); // x * (x^2 + ...): the unknown x^3 of f comes to x^5
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_mul(&self, other: &Self) -> Result<Self> {
        self.check_ring(other)?;
        let precision =
            (self.order().saturating_add(other.precision)).min(other.order().saturating_add(self.precision));
        let product = self.ring.convolve(&self.coefficients, &other.coefficients, &Want::low(precision))?;
        Ok(self.sibling(product, precision))
    }

    /// The inverse.
    ///
    /// # Errors
    /// Kind undefined where the constant coefficient is no unit, with the factor that it shares with a modulus.
    ///
    /// # Examples
    /// ```
    /// use monic::{Series, ZZ};
    /// let fibonacci = Series::new(ZZ, [1, -1, -1], 8).inverse()?;
    /// assert_eq!(fibonacci.coefficient(7), Some(21.into()));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn inverse(&self) -> Result<Self> {
        self.first()?;
        Ok(self.sibling(series::inverse(&self.ring, &self.coefficients, self.precision)?, self.precision))
    }

    /// The quotient: the series `q` with `q*other = self`.
    ///
    /// # Errors
    /// Kind undefined where the first coefficient of `other` that is not zero is no unit, where the quotient would begin with a negative
    /// power of `x`, and where all that is known of `other` is zero; kind ring mismatch.
    ///
    /// # Examples
    /// ```
    /// use monic::{Series, ZZ};
    /// let (f, g) = (Series::new(ZZ, [0, 2, 2], 5), Series::new(ZZ, [0, 1, -1], 5));
    /// assert_eq!(f.quo(&g)?.to_string(), "2 + 4*x + 4*x^2 + 4*x^3 + O(x^4)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn quo(&self, other: &Self) -> Result<Self> {
        self.check_ring(other)?;
        let Some(w) = other.valuation() else {
            return Err(Error::undefined(format!("division by {other}, which may be 0")));
        };
        let v = self.order();
        if v < w {
            return Err(Error::undefined(format!("the quotient would begin with x^-{}", w - v)));
        }
        let precision = (self.precision - w).min((other.precision - w).saturating_add(v - w));
        let quotient = series::quotient(&self.ring, &self.coefficients, &other.coefficients, precision)?;
        Ok(self.sibling(quotient, precision))
    }
}

impl<R: Ring> ops::Neg for &Series<R> {
    type Output = Series<R>;
    #[track_caller]
    fn neg(self) -> Series<R> {
        settle(self.try_neg())
    }
}

impl<R: Ring> ops::Neg for Series<R> {
    type Output = Series<R>;
    #[track_caller]
    fn neg(self) -> Series<R> {
        settle(self.try_neg())
    }
}

/// The value, or a panic with the error.
#[track_caller]
fn settle<T>(result: Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}

impl<R: Ring> Series<R> {
    /// An integer, known as far as this series.
    #[track_caller]
    fn integer(&self, n: BigInt) -> Self {
        let n = settle(self.ring.try_from_integer(n));
        Series::constant(self.ring.clone(), n, self.precision.max(1))
    }
}

/// An operator between series, by reference and by value, and with an integer on either side, which is known to any power.
///
/// They panic with the message of the `try_` form.
macro_rules! operator {
    ($trait:ident $method:ident $try_:ident) => {
        operator!(@forms $trait $method $try_, [&Series<R>, &Series<R>], |f, g| (f, g));
        operator!(@forms $trait $method $try_, [Series<R>, &Series<R>], |f, g| (&f, g));
        operator!(@forms $trait $method $try_, [&Series<R>, Series<R>], |f, g| (f, &g));
        operator!(@forms $trait $method $try_, [Series<R>, Series<R>], |f, g| (&f, &g));
        impl<R: Ring, T: IntegerScalar> ops::$trait<T> for &Series<R> {
            type Output = Series<R>;
            #[track_caller]
            fn $method(self, n: T) -> Series<R> {
                settle(self.$try_(&self.integer(n.into())))
            }
        }
        impl<R: Ring, T: IntegerScalar> ops::$trait<T> for Series<R> {
            type Output = Series<R>;
            #[track_caller]
            fn $method(self, n: T) -> Series<R> {
                ops::$trait::$method(&self, n)
            }
        }
        operator!(@left $trait $method $try_ i64);
        operator!(@left $trait $method $try_ BigInt);
    };
    (@left $trait:ident $method:ident $try_:ident $integer:ty) => {
        impl<R: Ring> ops::$trait<&Series<R>> for $integer {
            type Output = Series<R>;
            #[track_caller]
            fn $method(self, f: &Series<R>) -> Series<R> {
                settle(f.integer(self.into()).$try_(f))
            }
        }
        impl<R: Ring> ops::$trait<Series<R>> for $integer {
            type Output = Series<R>;
            #[track_caller]
            fn $method(self, f: Series<R>) -> Series<R> {
                settle(f.integer(self.into()).$try_(&f))
            }
        }
    };
    (@forms $trait:ident $method:ident $try_:ident, [$left:ty, $right:ty], |$f:ident, $g:ident| $pair:expr) => {
        impl<R: Ring> ops::$trait<$right> for $left {
            type Output = Series<R>;
            #[track_caller]
            fn $method(self, other: $right) -> Series<R> {
                let ($f, $g) = (self, other);
                let (f, g): (&Series<R>, &Series<R>) = $pair;
                settle(f.$try_(g))
            }
        }
    };
}

operator!(Add add try_add);
operator!(Sub sub try_sub);
operator!(Mul mul try_mul);
operator!(Div div quo);
