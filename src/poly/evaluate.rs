//! Values `f(a) = sum of c[k]*a^k` and substitution `f(g(x))`.
//!
//! How is in [`generic`](crate::ring::generic) and in the rings; what this adds is the check of rings and sizes.

use super::{Poly, check_size, settle};
use crate::Result;
use crate::ring::{IntoElement, Ring, generic::geometric};

impl<R: Ring> Poly<R> {
    /// The value at `a`, anything that converts into an element.
    ///
    /// # Panics
    /// In a partial ring, where a value does not fit; over the [limit](crate::limit).
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([-1, 0, 1]).eval(5), 24.into());
    /// ```
    #[track_caller]
    pub fn eval(&self, a: impl IntoElement<R>) -> R::Element {
        settle(self.try_eval(&a.into_element(&self.ring)))
    }

    /// The value at the element `a`.
    ///
    /// # Errors
    /// Kind overflow in a partial ring, kind limit for a value over the limit.
    pub fn try_eval(&self, a: &R::Element) -> Result<R::Element> {
        self.check_growth(1, self.len() as u64, std::slice::from_ref(a))?;
        self.ring.evaluate(&self.coefficients, a)
    }

    /// The value at an element of another ring, to which `map` carries the coefficients.
    ///
    /// # Errors
    /// Those of the map and of the other ring's operations.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, ZZ, Ring};
    /// use num_rational::BigRational;
    /// let half = BigRational::new(1.into(), 2.into());
    /// let value = ZZ.poly([1, 0, 4]).eval_in(&QQ, &half, |c| Ok(QQ.from_integer(c.clone())))?;
    /// assert_eq!(value, QQ.from_integer(2.into()));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn eval_in<S: Ring>(
        &self,
        ring: &S,
        a: &S::Element,
        map: impl FnMut(&R::Element) -> Result<S::Element>,
    ) -> Result<S::Element> {
        self.try_map(ring, map)?.try_eval(a)
    }

    /// `self(x + a)`: the coefficients of the Taylor expansion at `a`.
    ///
    /// # Panics
    /// Over the [limit](crate::limit), or where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([0, 0, 1]).taylor_shift(3), ZZ.poly([9, 6, 1]));
    /// ```
    #[track_caller]
    pub fn taylor_shift(&self, a: impl IntoElement<R>) -> Self {
        settle(self.try_taylor_shift(&a.into_element(&self.ring)))
    }

    /// `self(x + a)`.
    ///
    /// # Errors
    /// Kind limit (found from the degree and the coefficients beforehand), kind overflow in a partial ring.
    ///
    /// # Complexity
    /// One product where factorials are units, else `O(M(n) log n)`.
    pub fn try_taylor_shift(&self, a: &R::Element) -> Result<Self> {
        let len = self.len() as u64;
        self.check_growth(len, len, &[a.clone(), self.ring.one()])?;
        Ok(self.sibling(self.ring.taylor_shift(&self.coefficients, a)?))
    }

    /// `self(x + a)` into `out`, whose memory is used again, that of its coefficients too.
    ///
    /// # Panics
    /// Over the [limit](crate::limit), or where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// let f = ZZ.poly([0, 0, 1]);
    /// let mut shifted = Poly::zero(ZZ);
    /// for a in 1..4 {
    ///     f.taylor_shift_into(a, &mut shifted); // allocates the first time only
    /// }
    /// assert_eq!(shifted, ZZ.poly([9, 6, 1]));
    /// ```
    #[track_caller]
    pub fn taylor_shift_into(&self, a: impl IntoElement<R>, out: &mut Self) {
        settle(self.try_taylor_shift_into(&a.into_element(&self.ring), out));
    }

    /// `self(x + a)` into `out`.
    ///
    /// # Errors
    /// Those of [`try_taylor_shift`](Poly::try_taylor_shift); `out` is zero then.
    pub fn try_taylor_shift_into(&self, a: &R::Element, out: &mut Self) -> Result<()> {
        let len = self.len() as u64;
        let result = self
            .check_growth(len, len, &[a.clone(), self.ring.one()])
            .and_then(|()| self.ring.taylor_shift_into(&self.coefficients, a, &mut out.coefficients));
        out.settled(&self.ring, result)
    }

    /// `self(a*x)`.
    ///
    /// # Panics
    /// Over the [limit](crate::limit), or where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([1, 1, 1]).dilate(3), ZZ.poly([1, 3, 9]));
    /// ```
    #[track_caller]
    pub fn dilate(&self, a: impl IntoElement<R>) -> Self {
        settle(self.try_dilate(&a.into_element(&self.ring)))
    }

    /// `self(a*x)`.
    ///
    /// # Errors
    /// Kind limit (found from the degree and the coefficients beforehand), kind overflow in a partial ring.
    pub fn try_dilate(&self, a: &R::Element) -> Result<Self> {
        let len = self.len() as u64;
        self.check_growth(len, len, std::slice::from_ref(a))?;
        Ok(self.sibling(geometric::scaled(&self.ring, &self.coefficients, a)?))
    }

    /// `self(other(x))`.
    ///
    /// # Panics
    /// On different rings, over the [limit](crate::limit), or where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let f = ZZ.poly([0, 0, 1]); // x^2
    /// assert_eq!(f.compose(&ZZ.poly([1, 1])), ZZ.poly([1, 2, 1]));
    /// ```
    #[track_caller]
    pub fn compose(&self, other: &Self) -> Self {
        settle(self.try_compose(other))
    }

    /// `self(other(x))`.
    ///
    /// # Errors
    /// Kind ring mismatch, kind limit (found from degrees and coefficients beforehand), kind overflow.
    ///
    /// # Complexity
    /// `O(M(m*n) log m)` for degrees `m` and `n`.
    pub fn try_compose(&self, other: &Self) -> Result<Self> {
        self.check_ring(other)?;
        if self.is_constant() {
            return Ok(self.clone());
        }
        if other.is_constant() {
            return Ok(Poly::constant(self.ring.clone(), self.try_eval(&other.coefficient(0))?));
        }
        let degree = (self.len() - 1) as u64;
        let len = degree.saturating_mul((other.len() - 1) as u64).saturating_add(1);
        self.check_growth(len, degree, &other.coefficients)?;
        Ok(self.sibling(self.ring.compose(&self.coefficients, &other.coefficients)?))
    }

    /// Refuses a result of `len` coefficients that are sums of coefficients times so many factors of the size of `by` each.
    fn check_growth(&self, len: u64, factors: u64, by: &[R::Element]) -> Result<()> {
        let ring = &self.ring;
        let most =
            ring.norm_bits(by).saturating_mul(factors).saturating_add(ring.norm_bits(&self.coefficients));
        if check_size(ring, len, most).is_ok() {
            return Ok(());
        }
        let bits = ring.log2_norm(&self.coefficients) + factors as f64 * ring.log2_norm(by).max(0.0);
        check_size(ring, len, bits.ceil() as u64)
    }
}
