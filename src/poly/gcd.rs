//! Greatest common divisors, Bézout coefficients, least common multiples, inverses modulo a polynomial.
//!
//! The gcd itself is the ring's hook, `poly_gcd`; where a ring has no better one than that of [`half_gcd`], which needs units, a gcd
//! domain falls back on subresultants ([`remainders::gcd`]). Extended: the hook `poly_xgcd`.

use super::{Poly, settle};
use crate::ring::{Field, GcdDomain, Ring, generic::half_gcd, remainders};
use crate::{Error, Result};

impl<R: Ring> Poly<R> {
    /// The greatest common divisor by the ring's own algorithm, over any ring; zero of two zeros.
    ///
    /// # Errors
    /// Kind undefined, with the factor, where a leading coefficient is not invertible modulo a composite number;
    /// kind unsupported over floats, and where the ring knows no inverse; kind ring mismatch.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let f = ZZ.poly([-1, 0, 1]).try_gcd(&ZZ.poly([2, 2]))?;
    /// assert_eq!(f, ZZ.poly([1, 1]));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_gcd(&self, other: &Self) -> Result<Self> {
        self.check_ring(other)?;
        Ok(self.sibling(self.ring.poly_gcd(&self.coefficients, &other.coefficients)?))
    }

    /// `(g, s, t)` with `g = s*self + t*other` the monic greatest common divisor, over any ring.
    ///
    /// # Errors
    /// Kind undefined where a leading coefficient on the way is no unit, with the factor it shares with a modulus;
    /// kind unsupported over floats, and where the ring knows no inverse; kind ring mismatch.
    pub fn try_xgcd(&self, other: &Self) -> Result<(Self, Self, Self)> {
        self.check_ring(other)?;
        let (g, s, t) = self.ring.poly_xgcd(&self.coefficients, &other.coefficients)?;
        Ok((self.sibling(g), self.sibling(s), self.sibling(t)))
    }

    /// The `g` of smaller degree with `self * g = 1` modulo `modulus`, over any ring.
    ///
    /// # Errors
    /// Kind undefined where there is none, when `modulus` is zero, or where a leading coefficient on the way is no
    /// unit; kind unsupported over floats; kind ring mismatch.
    ///
    /// # Examples
    /// ```
    /// use monic::QQ;
    /// let inverse = QQ.poly([0, 1]).try_inverse_mod(&QQ.poly([1, 0, 1]))?; // 1/i = -i
    /// assert_eq!(inverse, QQ.poly([0, -1]));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_inverse_mod(&self, modulus: &Self) -> Result<Self> {
        let (g, s, _) = self.try_rem(modulus)?.try_xgcd(modulus)?;
        if g.is_one() {
            s.try_rem(modulus)
        } else {
            Err(Error::undefined("no inverse: the polynomial and the modulus have a factor in common"))
        }
    }
}

impl<R: Ring> Poly<R> {
    /// `(r, t)` with `r/t = self` modulo `modulus`, `deg r <= n`, `deg t <= d` and `t` monic, in lowest terms: the rational function that
    /// this polynomial is an image of. With `n + d` below the degree of the modulus there is one at most.
    ///
    /// # Errors
    /// Kind undefined where there is none, when `modulus` is zero, or where a leading coefficient on the way is no unit; kind
    /// unsupported over floats; kind ring mismatch.
    ///
    /// # Examples
    /// ```
    /// use monic::QQ;
    /// // 1 + x + 2x^2 + 3x^3 + 5x^4 + ... = 1/(1 - x - x^2), here with a monic denominator
    /// let series = QQ.poly([1, 1, 2, 3, 5]);
    /// let (r, t) = series.try_rational_reconstruct(&QQ.x().pow(5), 0, 2)?;
    /// assert_eq!((r, t), (QQ.poly([-1]), QQ.poly([-1, 1, 1])));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_rational_reconstruct(&self, modulus: &Self, n: usize, d: usize) -> Result<(Self, Self)> {
        self.check_ring(modulus)?;
        if modulus.is_zero() {
            return Err(Error::undefined("a rational function modulo the zero polynomial"));
        }
        match half_gcd::rational(&self.ring, &self.coefficients, &modulus.coefficients, n)? {
            Some((r, t)) if t.len() <= d.saturating_add(1) => Ok((self.sibling(r), self.sibling(t))),
            _ => Err(Error::undefined(format!(
                "no rational function of degrees up to {n} and {d} is this polynomial modulo the other"
            ))),
        }
    }
}

impl<R: GcdDomain> Poly<R> {
    /// The greatest common divisor in normal form: monic over a field; over Z the primitive gcd times the gcd of the
    /// contents, with positive leading coefficient; zero of two zeros.
    ///
    /// # Panics
    /// Over floats, which have no gcd; on different rings; where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, ZZ};
    /// assert_eq!(ZZ.poly([-2, 0, 2]).gcd(&ZZ.poly([-4, 4])), ZZ.poly([-2, 2]));
    /// assert_eq!(QQ.poly([-2, 0, 2]).gcd(&QQ.poly([-4, 4])), QQ.poly([-1, 1]));
    /// ```
    #[track_caller]
    pub fn gcd(&self, other: &Self) -> Self {
        settle(self.gcd_or_subresultants(other))
    }

    fn gcd_or_subresultants(&self, other: &Self) -> Result<Self> {
        self.check_ring(other)?;
        match self.try_gcd(other) {
            Err(_) if self.ring.is_exact() => {
                Ok(self.sibling(remainders::gcd(&self.ring, &self.coefficients, &other.coefficients)?))
            }
            result => result,
        }
    }

    /// The greatest common divisor of any number of polynomials, in normal form; zero of none and of zeros only.
    ///
    /// Short ones come first: the gcd is known to be one as soon as that of some of them is.
    ///
    /// # Errors
    /// Kind unsupported over floats; kind ring mismatch; kind overflow in a partial ring.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// let f = ["x^2 - 1", "x^2 + 2*x + 1", "x^3 + 1"].map(|text| ZZ.parse(text).unwrap());
    /// assert_eq!(Poly::try_gcd_many(ZZ, &f)?, ZZ.poly([1, 1]));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_gcd_many(ring: R, polynomials: &[Self]) -> Result<Self> {
        let mut order: Vec<&Self> = polynomials.iter().collect();
        crate::sorting::by_key(&mut order, |f| f.len());
        let mut gcd = Poly::zero(ring);
        for f in order {
            gcd.check_ring(f)?;
            if !gcd.is_one() {
                gcd = gcd.gcd_or_subresultants(f)?;
            }
        }
        Ok(gcd)
    }

    /// The greatest common divisor of all coefficients of two polynomials, in the ring's normal form; zero of two zeros.
    ///
    /// # Panics
    /// On different rings.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([4, 8]).gcd_content(&ZZ.poly([6, 10])), 2.into());
    /// ```
    #[track_caller]
    pub fn gcd_content(&self, other: &Self) -> R::Element {
        settle(self.check_ring(other));
        let (short, long) = if self.len() < other.len() { (self, other) } else { (other, self) };
        let content = short.content();
        long.iter().fold(content, |gcd, c| if self.ring.is_one(&gcd) { gcd } else { self.ring.gcd(&gcd, c) })
    }

    /// The least common multiple in normal form; zero when either is zero.
    ///
    /// # Panics
    /// As [`gcd`](Poly::gcd); over the limit.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([-1, 0, 1]).lcm(&ZZ.poly([2, 2])), ZZ.poly([-2, 0, 2]));
    /// ```
    #[track_caller]
    pub fn lcm(&self, other: &Self) -> Self {
        if self.is_zero() || other.is_zero() {
            settle(self.check_ring(other));
            return Poly::zero(self.ring.clone());
        }
        let lcm = self.exact_quo(&self.gcd(other)) * other;
        // The gcd with zero is the normal form.
        lcm.gcd(&Poly::zero(self.ring.clone()))
    }
}

impl<R: Field> Poly<R> {
    /// `(g, s, t)` with `g = s*self + t*other` the monic greatest common divisor.
    ///
    /// # Panics
    /// Over floats; on different rings.
    ///
    /// # Examples
    /// ```
    /// use monic::QQ;
    /// let (f, h) = (QQ.poly([-1, 0, 1]), QQ.poly([1, 2, 1]));
    /// let (g, s, t) = f.xgcd(&h);
    /// assert_eq!(g, QQ.poly([1, 1]));
    /// assert_eq!(s * &f + t * &h, g);
    /// ```
    #[track_caller]
    pub fn xgcd(&self, other: &Self) -> (Self, Self, Self) {
        settle(self.try_xgcd(other))
    }
}
