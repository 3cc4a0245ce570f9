//! From one ring to another: coefficient by coefficient, and the maps that everyone needs ready-made.
//!
//! `Z -> R` for every ring, `Q -> Z` with the denominator, `Q -> R` where the denominator is a unit, `Z/n -> Z` by least or centred
//! representatives.

use super::{Poly, settle};
use crate::Result;
use crate::integer::gcd::signed_lcm;
use crate::ring::{IntegerImage, Integers, Rationals, Ring, map};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;

impl<R: Ring> Poly<R> {
    /// The polynomial whose coefficients are the images under `map`, which need not be a ring map.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, ZZ, Ring};
    /// assert_eq!(ZZ.poly([1, 2]).map(&QQ, |c| QQ.from_integer(c.clone())), QQ.poly([1, 2]));
    /// ```
    pub fn map<S: Ring>(&self, ring: &S, map: impl FnMut(&R::Element) -> S::Element) -> Poly<S> {
        Poly::from_vec(ring.clone(), self.coefficients.iter().map(map).collect())
    }

    /// The polynomial whose coefficients are the images under `map`.
    ///
    /// # Errors
    /// The first of `map`.
    pub fn try_map<S: Ring>(
        &self,
        ring: &S,
        map: impl FnMut(&R::Element) -> Result<S::Element>,
    ) -> Result<Poly<S>> {
        Ok(Poly::from_vec(ring.clone(), self.coefficients.iter().map(map).collect::<Result<_>>()?))
    }
}

impl Poly<Integers> {
    /// The image in another ring, under the one ring map from Z.
    ///
    /// # Panics
    /// In partial rings, where a coefficient does not fit.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, ZZ};
    /// assert_eq!(ZZ.poly([1, 2]).to_ring(&QQ) / 2, QQ.poly([1, 2]) / 2);
    /// ```
    #[track_caller]
    pub fn to_ring<S: Ring>(&self, ring: &S) -> Poly<S> {
        settle(self.try_to_ring(ring))
    }

    /// The image in another ring.
    ///
    /// # Errors
    /// Kind overflow in partial rings.
    pub fn try_to_ring<S: Ring>(&self, ring: &S) -> Result<Poly<S>> {
        self.try_map(ring, |c| ring.try_from_integer(c.clone()))
    }
}

impl<R: IntegerImage> Poly<R> {
    /// The polynomial over Z with the representatives in `0..n` of residues as coefficients.
    ///
    /// # Examples
    /// ```
    /// use monic::{ZZ, Zmod};
    /// let f = Zmod::new(6).poly([-1, 0, 2]);
    /// assert_eq!(f.lift(), ZZ.poly([5, 0, 2]));
    /// assert_eq!(f.lift_centred(), ZZ.poly([-1, 0, 2]));
    /// assert_eq!(f.lift().to_ring(f.ring()), f);
    /// ```
    pub fn lift(&self) -> Poly<Integers> {
        self.map(&Integers, |c| self.ring.lift(c))
    }

    /// The polynomial over Z with the representatives closest to zero as coefficients.
    pub fn lift_centred(&self) -> Poly<Integers> {
        self.map(&Integers, |c| self.ring.lift_centred(c))
    }
}

impl Poly<Rationals> {
    /// `(f, d)` with `self == f/d`: integer coefficients over the least common denominator, which is positive.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, ZZ};
    /// let (f, d) = (QQ.poly([3, 2]) / 6).numerator_denominator(); // x/3 + 1/2
    /// assert_eq!((f, d), (ZZ.poly([3, 2]), 6.into()));
    /// ```
    pub fn numerator_denominator(&self) -> (Poly<Integers>, BigInt) {
        let denominator = self.coefficients.iter().fold(BigInt::one(), |d, c| signed_lcm(&d, c.denom()));
        let numerators = self.map(&Integers, |c| c.numer() * (&denominator / c.denom()));
        (numerators, denominator)
    }

    /// The polynomial `f/d`.
    ///
    /// # Errors
    /// Kind undefined when `d` is zero.
    pub fn from_numerator_denominator(f: &Poly<Integers>, d: &BigInt) -> Result<Self> {
        f.try_map(&Rationals, |c| Rationals.try_exact_quo(&c.clone().into(), &BigRational::from(d.clone())))
    }

    /// The image in a ring where the fractions have one.
    ///
    /// # Errors
    /// Kind undefined where a denominator is no unit, with the factor it shares with a modulus; kind not exact over Z.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, Zmod};
    /// let f = QQ.poly([1, 2]) / 3;
    /// assert_eq!(f.try_to_ring(&Zmod::prime(7)?)?.coefficients(), [5, 3]);
    /// assert_eq!(f.try_to_ring(&Zmod::new(6)).unwrap_err().factor(), Some(&3.into()));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_to_ring<S: Ring>(&self, ring: &S) -> Result<Poly<S>> {
        self.try_map(ring, |c| map::from_rational(ring, c))
    }
}
