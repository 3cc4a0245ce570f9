//! Functions of series: as many coefficients of the result as those of the operand determine.
//!
//! # Precision
//! A function at `f + O(x^n)` is known to `n` coefficients, where its derivative is finite. With a valuation `v` the power `f^e` is known to
//! `v*e + n - v`: as many coefficients behind the first. In characteristic `p` a root of degree `p^s*j` knows one in `p^s` of them. Where an
//! inverse function has a branch point, `acos(1 - c*x^v + ...)`, half of the valuation is lost.

use super::Series;
use crate::{
    Error, Result,
    ring::{
        Elementary, Ring,
        generic::series::{self, Function},
    },
};
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

impl<R: Ring> Series<R> {
    /// An elementary function of the series.
    ///
    /// Over exact rings the constant coefficient is 0 (1 for `log`, `acos` and `acosh`); floats take any at which the function has a value.
    ///
    /// # Errors
    /// Kind undefined for another constant coefficient, and where a coefficient would have to be divided by a number that is no unit, which
    /// the error names; kind not exact for a result outside of the ring (over Z).
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, Series, ring::Elementary};
    /// let x = Series::x(QQ, 8);
    /// assert_eq!(x.elementary(Elementary::Asin)?.to_string(), "x + 1/6*x^3 + 3/40*x^5 + 5/112*x^7 + O(x^8)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn elementary(&self, function: Elementary) -> Result<Self> {
        let c = self.first()?;
        let mut precision = self.precision;
        if matches!(function, Elementary::Asin | Elementary::Acos | Elementary::Acosh) {
            let square = self.ring.try_mul(&c, &c)?;
            if self.ring.is_one(&square) {
                let rest = self.coefficients.get(1..).unwrap_or_default().to_vec();
                let rest = self.sibling(rest, self.precision - 1);
                let v = rest.order() + 1;
                precision -= v / 2;
            }
        }
        Ok(self.sibling(series::elementary(&self.ring, function, &self.coefficients, precision)?, precision))
    }

    /// `(sin f, cos f)`, in the time of one of them.
    ///
    /// # Errors
    /// As for [`elementary`](Self::elementary).
    pub fn sin_cos(&self) -> Result<(Self, Self)> {
        self.first()?;
        let (sine, cosine) = series::sine_cosine(&self.ring, &self.coefficients, self.precision)?;
        Ok((self.sibling(sine, self.precision), self.sibling(cosine, self.precision)))
    }

    /// The square root, whose first coefficient is the [root](Ring::try_root) of the first one here.
    ///
    /// # Errors
    /// As for [`root`](Self::root).
    ///
    /// # Examples
    /// ```
    /// use monic::{Series, ZZ};
    /// // x^2 - 4*x^3 = (x*sqrt(1 - 4*x))^2
    /// assert_eq!(Series::new(ZZ, [0, 0, 1, -4], 6).sqrt()?.to_string(), "x - 2*x^2 - 2*x^3 - 4*x^4 + O(x^5)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn sqrt(&self) -> Result<Self> {
        self.root(2)
    }

    /// The `k`-th root.
    ///
    /// # Errors
    /// Kind not exact where there is none; kind undefined for `k = 0`, where `k` is no unit, and where all that is known is zero.
    pub fn root(&self, k: u64) -> Result<Self> {
        if k == 0 {
            return Err(Error::undefined("a 0-th root"));
        }
        self.power(&BigRational::new(1.into(), k.into()))
    }

    /// The power with any rational exponent; the exponent 0 gives 1.
    ///
    /// # Errors
    /// Kind undefined where the result would begin with a negative power of `x`, where a coefficient would have to be divided by what is no unit, and
    /// where all that is known is zero; kind not exact where a root that the exponent asks for is not there; kind limit.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, Series};
    /// use num_rational::BigRational;
    /// let f = Series::new(QQ, [1, 1], 4);
    /// assert_eq!(f.power(&BigRational::new(1.into(), 3.into()))?.to_string(), "1 + 1/3*x - 1/9*x^2 + 5/81*x^3 + O(x^4)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn power(&self, e: &BigRational) -> Result<Self> {
        if e.is_zero() {
            return Ok(Self::constant(self.ring.clone(), self.ring.one(), self.precision));
        }
        let v = self.order();
        let shift = e * BigRational::from_integer(v.into());
        let Some(v) = self.valuation() else {
            // A power of O(x^n) is O of something, if that is a whole power of x.
            let Some(precision) =
                Some(shift.ceil()).filter(|_| e.is_positive()).and_then(|p| p.numer().to_usize())
            else {
                return Err(Error::undefined(format!("the power {e} of {self}")));
            };
            return Ok(self.sibling(Vec::new(), precision));
        };
        let mut known = self.precision - v;
        if let (Some(p), Some(mut k)) = (self.ring.prime_order(), e.denom().to_u64()) {
            while k.is_multiple_of(p) {
                k /= p;
                known = known.div_ceil(usize::try_from(p).unwrap_or(usize::MAX));
            }
        }
        let shift = if shift.is_integer() { shift.numer().to_usize() } else { Some(0) };
        let precision = shift.unwrap_or(0).saturating_add(known);
        if shift.is_none() && e.is_positive() {
            return Err(Error::limit(format!("a power that begins with x^({v}*{e})")));
        }
        let result = self.ring.power_series(&Function::Power(&self.coefficients, e), precision)?;
        Ok(self.sibling(result, precision))
    }

    /// The composition `f(g)`, for a `g` with constant coefficient 0.
    ///
    /// # Errors
    /// Kind undefined for a `g` whose constant coefficient is not 0 or not known; kind ring mismatch; those of the ring's products.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, Series};
    /// let x = Series::x(QQ, 5);
    /// let bell = x.exp()?.compose(&(x.exp()? - 1))?; // exp(exp(x) - 1)
    /// assert_eq!(bell.to_string(), "1 + x + x^2 + 5/6*x^3 + 5/8*x^4 + O(x^5)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn compose(&self, g: &Self) -> Result<Self> {
        self.check_ring(g)?;
        if !self.ring.is_zero(&g.first()?) {
            return Err(Error::undefined(
                "the composition of a power series with one whose constant coefficient is not 0",
            ));
        }
        let order = g.order();
        // What is unknown of f comes in with g^n, what is unknown of g with the first term of f' that is there.
        let slope = self.coefficients.iter().skip(1).position(|c| !self.ring.is_zero(c));
        let slope = slope.unwrap_or(self.precision.saturating_sub(1));
        let precision = (self.precision.saturating_mul(order))
            .min(g.precision.saturating_add(slope.saturating_mul(order)));
        let result = series::compose(&self.ring, &self.coefficients, &g.coefficients, precision)?;
        Ok(self.sibling(result, precision))
    }

    /// The reversion: the series `r` with `f(r) = x`, for an `f = c*x + ...` with a unit `c`.
    ///
    /// # Errors
    /// Kind undefined where the constant coefficient is not 0, or the next one is no unit or not known.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, Series};
    /// // Rooted trees with labels: t = x*e^t.
    /// let x = Series::x(QQ, 5);
    /// let t = (&x * &(-&x).exp()?).reversion()?;
    /// assert_eq!(t.to_string(), "x + x^2 + 3/2*x^3 + 8/3*x^4 + O(x^5)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn reversion(&self) -> Result<Self> {
        self.first()?;
        if self.precision == 1 {
            return Err(Error::undefined(format!("the reversion of {self}")));
        }
        Ok(self.sibling(series::reverse(&self.ring, &self.coefficients, self.precision)?, self.precision))
    }

    /// The derivative; one coefficient less is known.
    ///
    /// # Errors
    /// Kind overflow in partial rings.
    ///
    /// # Examples
    /// ```
    /// use monic::{Series, ZZ};
    /// assert_eq!(Series::new(ZZ, [1, 2, 3], 3).derivative()?.to_string(), "2 + 6*x + O(x^2)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn derivative(&self) -> Result<Self> {
        let slope = self.to_poly().try_derivative(1)?;
        Ok(self.sibling(slope.into_coefficients(), self.precision.saturating_sub(1)))
    }

    /// The integral with constant coefficient 0; one coefficient more is known.
    ///
    /// # Errors
    /// Kind undefined or not exact where a coefficient of `x^k` does not divide by `k + 1`.
    ///
    /// # Examples
    /// ```
    /// use monic::{Series, ZZ};
    /// assert_eq!(Series::new(ZZ, [1, 2, 3], 3).integral()?.to_string(), "x + x^2 + x^3 + O(x^4)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn integral(&self) -> Result<Self> {
        let integral = self.to_poly().try_integral()?;
        Ok(self.sibling(integral.into_coefficients(), self.precision.saturating_add(1)))
    }
}

/// An elementary function as a method.
macro_rules! methods {
    ($($method:ident $function:ident $text:literal)*) => {
        impl<R: Ring> Series<R> {
            $(
                #[doc = $text]
                ///
                /// # Errors
                /// As for [`elementary`](Self::elementary).
                pub fn $method(&self) -> Result<Self> {
                    self.elementary(Elementary::$function)
                }
            )*
        }
    };
}

methods! {
    exp Exp "The exponential, of a series with constant coefficient 0."
    log Log "The natural logarithm, of a series with constant coefficient 1."
    sin Sin "The sine."
    cos Cos "The cosine."
    tan Tan "The tangent."
    asin Asin "The inverse of the sine."
    acos Acos "The inverse of the cosine."
    atan Atan "The inverse of the tangent."
    sinh Sinh "The hyperbolic sine."
    cosh Cosh "The hyperbolic cosine."
    tanh Tanh "The hyperbolic tangent."
    asinh Asinh "The inverse of the hyperbolic sine."
    acosh Acosh "The inverse of the hyperbolic cosine."
    atanh Atanh "The inverse of the hyperbolic tangent."
}
