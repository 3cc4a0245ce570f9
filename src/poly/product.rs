//! Products and powers: `c[k] = sum over i+j=k of f[i]*g[j]`, by window, by algorithm, repeated.
//!
//! Nothing is multiplied here: the ring's `convolve` and `power` do it. What this adds is the check of rings
//! and sizes, and the factor `x^k` that is taken out of a power first. The `_into` and `_assign` forms write into memory that is
//! there, over every ring of the crate (but `PolyRing` in place): over Z a product of one allocation a coefficient becomes one without any.

use super::{Poly, check_size, settle};
use crate::convolution::{Algorithm, Want};
use crate::ring::{Prepared, Ring, generic, norm};
use crate::{Error, Result};
use std::ops::Range;

impl<R: Ring> Poly<R> {
    /// `self * other`.
    ///
    /// # Errors
    /// Kind ring mismatch; kind limit; kind overflow in a partial ring.
    pub fn try_mul(&self, other: &Self) -> Result<Self> {
        self.convolve(other, &Want::full())
    }

    /// The product by this algorithm, or an error where it does not apply.
    ///
    /// # Errors
    /// Kind unsupported; and those of [`try_mul`](Poly::try_mul).
    ///
    /// # Examples
    /// ```
    /// use monic::{ZZ, convolution::Algorithm};
    /// let f = ZZ.poly([1, 1]);
    /// assert_eq!(f.mul_by(&f, Algorithm::Schoolbook)?, f.square());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn mul_by(&self, other: &Self, algorithm: Algorithm) -> Result<Self> {
        self.convolve(other, &Want::full().by(algorithm))
    }

    /// The product modulo `x^n`.
    ///
    /// # Panics
    /// On different rings, over the limit, or where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let f = ZZ.poly([1, 1, 1]);
    /// assert_eq!(f.mul_low(&f, 2), ZZ.poly([1, 2]));
    /// ```
    #[track_caller]
    pub fn mul_low(&self, other: &Self, n: usize) -> Self {
        settle(self.try_mul_low(other, n))
    }

    /// The product modulo `x^n`.
    ///
    /// # Errors
    /// Those of [`try_mul`](Poly::try_mul).
    pub fn try_mul_low(&self, other: &Self, n: usize) -> Result<Self> {
        self.convolve(other, &Want::low(n))
    }

    /// Coefficients `window` of the product, the first of them as constant term.
    ///
    /// # Panics
    /// On different rings, over the limit, or where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let f = ZZ.poly([1, 1, 1]); // the square is 1 2 3 2 1
    /// assert_eq!(f.mul_mid(&f, 1..4), ZZ.poly([2, 3, 2]));
    /// ```
    #[track_caller]
    pub fn mul_mid(&self, other: &Self, window: Range<usize>) -> Self {
        settle(self.try_mul_mid(other, window))
    }

    /// Coefficients `window` of the product, the first of them as constant term.
    ///
    /// # Errors
    /// Those of [`try_mul`](Poly::try_mul).
    pub fn try_mul_mid(&self, other: &Self, window: Range<usize>) -> Result<Self> {
        self.convolve(other, &Want::range(window))
    }

    /// Coefficients `n..` of the product: its quotient by `x^n`.
    ///
    /// # Panics
    /// On different rings, over the limit, or where a partial ring overflows.
    #[track_caller]
    pub fn mul_high(&self, other: &Self, n: usize) -> Self {
        settle(self.try_mul_high(other, n))
    }

    /// Coefficients `n..` of the product: its quotient by `x^n`.
    ///
    /// # Errors
    /// Those of [`try_mul`](Poly::try_mul).
    pub fn try_mul_high(&self, other: &Self, n: usize) -> Result<Self> {
        self.convolve(other, &Want::range(n..usize::MAX))
    }

    /// The part of the product that `want` asks for, by the algorithm that it asks for.
    ///
    /// # Errors
    /// Kind unsupported for an algorithm that does not apply; and those of [`try_mul`](Poly::try_mul).
    pub fn convolve(&self, other: &Self, want: &Want) -> Result<Self> {
        self.check_ring(other)?;
        if self.is_zero() || other.is_zero() {
            return Ok(Poly::zero(self.ring.clone()));
        }
        check_size(&self.ring, want.window(self.len(), other.len()).len() as u64, 0)?;
        Ok(self.sibling(self.ring.convolve(&self.coefficients, &other.coefficients, want)?))
    }

    /// This polynomial for many products, with partners as long as `like` and with coefficients as large.
    ///
    /// Over rings whose products go through exact transforms ([`ZZ`](crate::ZZ), [`Zmod`](crate::Zmod)) its transform is kept;
    /// over others the coefficients are. Partners of any size are multiplied, those that are no larger than `like` faster.
    ///
    /// # Panics
    /// On different rings; when memory is refused.
    ///
    /// # Examples
    /// ```
    /// use monic::Zmod;
    /// let ring = Zmod::new(998_244_353);
    /// let (f, g) = (ring.poly(0u64..300), ring.poly(7u64..307));
    /// let prepared = f.prepare(&g);
    /// assert_eq!(g.mul_prepared(&prepared), &f * &g);
    /// ```
    #[track_caller]
    pub fn prepare(&self, like: &Self) -> Prepared<R> {
        settle(
            self.check_ring(like).and_then(|()| {
                self.ring.prepare(self.coefficients.clone(), &like.coefficients, &Want::full())
            }),
        )
    }

    /// The product with a prepared polynomial.
    ///
    /// # Panics
    /// On different rings, over the limit, or where a partial ring overflows.
    #[track_caller]
    pub fn mul_prepared(&self, other: &Prepared<R>) -> Self {
        settle(self.convolve_prepared(other, &Want::full()))
    }

    /// The part of the product with a prepared polynomial that `want` asks for.
    ///
    /// # Errors
    /// Those of [`convolve`](Poly::convolve).
    pub fn convolve_prepared(&self, other: &Prepared<R>, want: &Want) -> Result<Self> {
        if self.ring != *other.ring() {
            return Err(Error::ring_mismatch(&self.ring, other.ring()));
        }
        if self.is_zero() || other.coefficients().is_empty() {
            return Ok(Poly::zero(self.ring.clone()));
        }
        check_size(&self.ring, want.window(self.len(), other.coefficients().len()).len() as u64, 0)?;
        Ok(self.sibling(self.ring.convolve_prepared(other, &self.coefficients, want)?))
    }

    /// The sum of products of polynomials over this ring.
    ///
    /// # Errors
    /// Those of [`try_mul`](Poly::try_mul).
    pub fn try_sum_of_products(ring: &R, pairs: &[(&Self, &Self)]) -> Result<Self> {
        for f in pairs.iter().flat_map(|(f, g)| [f, g]) {
            if f.ring != *ring {
                return Err(Error::ring_mismatch(ring, &f.ring));
            }
        }
        let pairs: Vec<_> = pairs.iter().map(|(f, g)| (&f.coefficients[..], &g.coefficients[..])).collect();
        Ok(Poly::from_vec(ring.clone(), ring.convolve_sum(&pairs, &Want::full())?))
    }

    /// `self * self`.
    ///
    /// # Panics
    /// Over the limit, or where a partial ring overflows.
    #[track_caller]
    pub fn square(&self) -> Self {
        settle(self.try_mul(self))
    }

    /// `self * other` into `out`, which keeps its memory and that of its coefficients; whatever it held, and over which ring,
    /// is gone.
    ///
    /// # Panics
    /// On different rings, over the limit, or where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// let (f, g) = (ZZ.poly([1, 2]), ZZ.poly([3, 4]));
    /// let mut product = Poly::zero(ZZ);
    /// for _ in 0..3 {
    ///     f.mul_into(&g, &mut product); // allocates the first time only
    /// }
    /// assert_eq!(product, ZZ.poly([3, 10, 8]));
    /// ```
    #[track_caller]
    pub fn mul_into(&self, other: &Self, out: &mut Self) {
        settle(self.try_mul_into(other, out));
    }

    /// `self * other` into `out`.
    ///
    /// # Errors
    /// Those of [`try_mul`](Poly::try_mul); `out` is zero then.
    pub fn try_mul_into(&self, other: &Self, out: &mut Self) -> Result<()> {
        self.convolve_into(other, &Want::full(), out)
    }

    /// The product modulo `x^n` into `out`; see [`mul_into`](Poly::mul_into).
    ///
    /// # Panics
    /// On different rings, over the limit, or where a partial ring overflows.
    #[track_caller]
    pub fn mul_low_into(&self, other: &Self, n: usize, out: &mut Self) {
        settle(self.convolve_into(other, &Want::low(n), out));
    }

    /// Coefficients `window` of the product into `out`, the first of them as constant term; see
    /// [`mul_into`](Poly::mul_into).
    ///
    /// # Panics
    /// On different rings, over the limit, or where a partial ring overflows.
    #[track_caller]
    pub fn mul_mid_into(&self, other: &Self, window: Range<usize>, out: &mut Self) {
        settle(self.convolve_into(other, &Want::range(window), out));
    }

    /// Coefficients `n..` of the product into `out`; see [`mul_into`](Poly::mul_into).
    ///
    /// # Panics
    /// On different rings, over the limit, or where a partial ring overflows.
    #[track_caller]
    pub fn mul_high_into(&self, other: &Self, n: usize, out: &mut Self) {
        settle(self.convolve_into(other, &Want::range(n..usize::MAX), out));
    }

    /// `self * self` into `out`; see [`mul_into`](Poly::mul_into).
    ///
    /// # Panics
    /// Over the limit, or where a partial ring overflows.
    #[track_caller]
    pub fn square_into(&self, out: &mut Self) {
        settle(self.try_mul_into(self, out));
    }

    /// The part of the product that `want` asks for into `out`; see [`mul_into`](Poly::mul_into).
    ///
    /// # Errors
    /// Those of [`convolve`](Poly::convolve); `out` is zero then.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ, convolution::{Algorithm, Want}};
    /// let f = ZZ.poly([1, 1, 1]);
    /// let mut out = Poly::zero(ZZ);
    /// f.convolve_into(&f, &Want::low(2).by(Algorithm::Ntt), &mut out)?;
    /// assert_eq!(out, ZZ.poly([1, 2]));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn convolve_into(&self, other: &Self, want: &Want, out: &mut Self) -> Result<()> {
        let result = self.write_product(other, want, &mut out.coefficients);
        out.settled(&self.ring, result)
    }

    /// Makes what an operation has written a polynomial over its ring, zero where it failed.
    pub(super) fn settled(&mut self, ring: &R, result: Result<()>) -> Result<()> {
        match result {
            Ok(()) => generic::trim(ring, &mut self.coefficients),
            Err(_) => self.coefficients.clear(),
        }
        if self.ring != *ring {
            self.ring = ring.clone();
        }
        result
    }

    fn write_product(&self, other: &Self, want: &Want, out: &mut Vec<R::Element>) -> Result<()> {
        self.check_ring(other)?;
        if self.is_zero() || other.is_zero() {
            out.clear();
            return Ok(());
        }
        check_size(&self.ring, want.window(self.len(), other.len()).len() as u64, 0)?;
        self.ring.convolve_into(&self.coefficients, &other.coefficients, want, out)
    }

    /// `self * other` in the memory of `self`; the operator `*=` does the same.
    ///
    /// # Errors
    /// Those of [`try_mul`](Poly::try_mul); `self` is as it was then.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let mut f = ZZ.poly([1, 1]);
    /// f.try_mul_assign(&ZZ.poly([-1, 1]))?;
    /// f *= &ZZ.poly([1, 0, 1]);
    /// assert_eq!(f, ZZ.poly([-1, 0, 0, 0, 1]));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_mul_assign(&mut self, other: &Self) -> Result<()> {
        self.check_ring(other)?;
        if self.is_zero() || other.is_zero() {
            self.coefficients.clear();
            return Ok(());
        }
        let want = Want::full();
        check_size(&self.ring, want.window(self.len(), other.len()).len() as u64, 0)?;
        self.ring.convolve_assign(&mut self.coefficients, &other.coefficients, &want)?;
        generic::trim(&self.ring, &mut self.coefficients);
        Ok(())
    }

    /// The `n`-th power; the zeroth is one.
    ///
    /// # Panics
    /// When the power is over the [limit](crate::limit), or does not fit a partial ring.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([1, 1]).pow(3).to_string(), "x^3 + 3*x^2 + 3*x + 1");
    /// ```
    #[track_caller]
    pub fn pow(&self, n: u64) -> Self {
        settle(self.try_pow(n))
    }

    /// The `n`-th power; the zeroth is one.
    ///
    /// # Errors
    /// Kind limit, found from the degree and the coefficients before anything is computed; kind overflow in a
    /// partial ring.
    ///
    /// # Examples
    /// ```
    /// use monic::{ErrorKind, ZZ};
    /// let refused = ZZ.x().try_pow(1_000_000_000_000).unwrap_err();
    /// assert_eq!(refused.kind(), ErrorKind::Limit);
    /// ```
    pub fn try_pow(&self, n: u64) -> Result<Self> {
        self.power(n, None)
    }

    /// The `n`-th power modulo `x^m`.
    ///
    /// # Panics
    /// When the result is over the [limit](crate::limit), or does not fit a partial ring.
    #[track_caller]
    pub fn pow_low(&self, n: u64, m: usize) -> Self {
        settle(self.try_pow_low(n, m))
    }

    /// The `n`-th power modulo `x^m`.
    ///
    /// # Errors
    /// Those of [`try_pow`](Poly::try_pow).
    pub fn try_pow_low(&self, n: u64, m: usize) -> Result<Self> {
        self.power(n, Some(m))
    }

    fn power(&self, n: u64, low: Option<usize>) -> Result<Self> {
        let cut = |f: Self| low.map_or(f.clone(), |m| f.truncate(m));
        if n == 0 {
            return Ok(cut(Poly::one(self.ring.clone())));
        }
        let Some(valuation) = self.valuation() else { return Ok(self.clone()) };
        if n == 1 || self.is_one() {
            return Ok(cut(self.clone()));
        }
        // f = x^v * g: the factor x^v costs nothing, and makes a power of a monomial one of a constant.
        let shift = (valuation as u64).saturating_mul(n);
        let core = &self.coefficients[valuation..];
        let full = ((core.len() - 1) as u64).saturating_mul(n).saturating_add(1);
        let (len, want) = match low {
            Some(m) if m as u64 <= shift => return Ok(Poly::zero(self.ring.clone())),
            Some(m) if (m as u64 - shift) < full => (m as u64 - shift, Want::low(m - shift as usize)),
            _ => (full, Want::full()),
        };
        let bits = norm::of_power(&self.ring, core, n, len).ceil() as u64;
        check_size(&self.ring, len, bits)?;
        check_size(&self.ring, len.saturating_add(shift), 0)?;
        let power = self.ring.power(core, n, &want)?;
        Ok(self.sibling(power).shift_up(shift as usize))
    }
}
