//! Ways to a polynomial: `sum of c[k]*x^k` from coefficients, a closure, its roots.
//!
//! They stand apart because each has its own conversion and its own check of size.

use super::{Poly, check_size, reserve, settle};
use crate::integer::IntegerVec;
use crate::ring::generic::{self, products};
use crate::ring::{Integers, IntoElement, Ring};
use crate::{Error, Result};
use num_bigint::BigInt;
use std::iter;

impl<R: Ring> Poly<R> {
    /// The polynomial with these coefficients, ascending; anything that converts into the element.
    ///
    /// A vector of elements is taken as it is, without copying.
    ///
    /// # Panics
    /// In partial rings (checked machine integers), where a value does not fit.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// assert_eq!(Poly::new(ZZ, [-1, 0, 1]).to_string(), "x^2 - 1");
    /// ```
    pub fn new<T: IntoElement<R>>(ring: R, coefficients: impl IntoIterator<Item = T>) -> Self {
        let coefficients = coefficients.into_iter().map(|c| c.into_element(&ring)).collect();
        Poly::from_vec(ring, coefficients)
    }

    /// The polynomial with these elements as coefficients, ascending; the vector is taken as it is.
    pub fn from_vec(ring: R, mut coefficients: Vec<R::Element>) -> Self {
        generic::trim(&ring, &mut coefficients);
        Poly { ring, coefficients }
    }

    /// The zero polynomial.
    pub fn zero(ring: R) -> Self {
        Poly { ring, coefficients: Vec::new() }
    }

    /// The constant one.
    pub fn one(ring: R) -> Self {
        let one = ring.one();
        Poly::constant(ring, one)
    }

    /// The generator `x`.
    pub fn x(ring: R) -> Self {
        let coefficients = vec![ring.zero(), ring.one()];
        Poly::from_vec(ring, coefficients)
    }

    /// The constant `c`.
    pub fn constant(ring: R, c: R::Element) -> Self {
        Poly::from_vec(ring, vec![c])
    }

    /// `c*x^k`.
    ///
    /// # Panics
    /// When `k + 1` coefficients are over the [limit](crate::limit).
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// assert_eq!(Poly::monomial(ZZ, 3.into(), 5).to_string(), "3*x^5");
    /// ```
    #[track_caller]
    pub fn monomial(ring: R, c: R::Element, k: usize) -> Self {
        settle(Self::try_monomial(ring, c, k as u64))
    }

    /// `c*x^k`.
    ///
    /// # Errors
    /// Kind limit when `k + 1` coefficients are over the [limit](crate::limit).
    pub fn try_monomial(ring: R, c: R::Element, k: u64) -> Result<Self> {
        if ring.is_zero(&c) {
            return Ok(Poly::zero(ring));
        }
        check_size(&ring, k.saturating_add(1), 0)?;
        let mut coefficients = Vec::new();
        reserve(&mut coefficients, k as usize + 1)?;
        coefficients.resize(k as usize, ring.zero());
        coefficients.push(c);
        Ok(Poly { ring, coefficients })
    }

    /// The polynomial with `coefficient(k)` for each `k` in `0..len`.
    ///
    /// # Panics
    /// When `len` coefficients are over the [limit](crate::limit).
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// let squares = Poly::from_fn(ZZ, 4, |k| (k * k).into());
    /// assert_eq!(squares.to_string(), "9*x^3 + 4*x^2 + x");
    /// ```
    #[track_caller]
    pub fn from_fn(ring: R, len: usize, coefficient: impl FnMut(usize) -> R::Element) -> Self {
        settle(check_size(&ring, len as u64, 0));
        let coefficients = (0..len).map(coefficient).collect();
        Poly::from_vec(ring, coefficients)
    }

    /// The monic polynomial `(x - r1)*(x - r2)*...` with these roots, by a balanced tree of products.
    ///
    /// # Panics
    /// When the product is over the [limit](crate::limit), or does not fit a partial ring.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// assert_eq!(Poly::from_roots(ZZ, [1, -2, 0]).to_string(), "x^3 + x^2 - 2*x");
    /// ```
    #[track_caller]
    pub fn from_roots<T: IntoElement<R>>(ring: R, roots: impl IntoIterator<Item = T>) -> Self {
        settle(Self::try_from_roots(ring, roots))
    }

    /// The monic polynomial with these roots.
    ///
    /// # Errors
    /// Kind limit, or kind overflow in a partial ring.
    pub fn try_from_roots<T: IntoElement<R>>(ring: R, roots: impl IntoIterator<Item = T>) -> Result<Self> {
        let roots: Vec<R::Element> = roots.into_iter().map(|root| root.into_element(&ring)).collect();
        let norm = |root: &R::Element| ring.log2_norm(&[root.clone(), ring.one()]).max(0.0);
        check_size(&ring, roots.len() as u64 + 1, roots.iter().map(norm).sum::<f64>().ceil() as u64)?;
        let coefficients = ring.from_roots(&roots)?;
        Ok(Poly::from_vec(ring, coefficients))
    }

    /// The sum of polynomials over `ring`.
    ///
    /// # Errors
    /// Kind ring mismatch, or kind overflow in a partial ring.
    pub fn try_sum(ring: R, terms: impl IntoIterator<Item = Self>) -> Result<Self> {
        terms.into_iter().try_fold(Poly::zero(ring), |sum, term| sum.try_add(&term))
    }

    /// The product of polynomials over `ring`, by a tree that is balanced by their sizes.
    ///
    /// # Errors
    /// Kind ring mismatch; kind limit, found from degrees and coefficients beforehand; kind overflow in a partial ring.
    ///
    /// # Complexity
    /// `O(M(n) log n)` for the degree `n` of the product.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// let factors = (1..=4).map(|k| ZZ.poly([1, k]));
    /// assert_eq!(Poly::try_product(ZZ, factors)?, ZZ.poly([1, 10, 35, 50, 24]));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_product(ring: R, factors: impl IntoIterator<Item = Self>) -> Result<Self> {
        let (mut len, mut bits) = (1, 0.0);
        let mut sequences = Vec::new();
        for factor in factors {
            if factor.ring != ring {
                return Err(Error::ring_mismatch(&ring, &factor.ring));
            }
            len += factor.degree().unwrap_or(0) as u64;
            bits += ring.log2_norm(&factor.coefficients).max(0.0);
            sequences.push(factor.coefficients);
        }
        if sequences.iter().any(Vec::is_empty) {
            return Ok(Poly::zero(ring));
        }
        check_size(&ring, len, bits.ceil() as u64)?;
        let coefficients = products::product(&ring, sequences)?;
        Ok(Poly::from_vec(ring, coefficients))
    }
}

/// The zero polynomial, where the ring is known from its type.
impl<R: Ring + Default> Default for Poly<R> {
    fn default() -> Self {
        Poly::zero(R::default())
    }
}

impl<R: Ring + Default> num_traits::Zero for Poly<R> {
    fn zero() -> Self {
        Self::default()
    }
    fn is_zero(&self) -> bool {
        self.coefficients.is_empty()
    }
}

impl<R: Ring + Default> num_traits::One for Poly<R> {
    fn one() -> Self {
        Poly::one(R::default())
    }
    fn is_one(&self) -> bool {
        Poly::is_one(self)
    }
}

impl<R: Ring + Default> iter::Sum for Poly<R> {
    #[track_caller]
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        settle(Poly::try_sum(R::default(), terms))
    }
}

impl<'a, R: Ring + Default> iter::Sum<&'a Poly<R>> for Poly<R> {
    #[track_caller]
    fn sum<I: Iterator<Item = &'a Self>>(terms: I) -> Self {
        settle(Poly::try_sum(R::default(), terms.cloned()))
    }
}

impl<R: Ring + Default> iter::Product for Poly<R> {
    #[track_caller]
    fn product<I: Iterator<Item = Self>>(factors: I) -> Self {
        settle(Poly::try_product(R::default(), factors))
    }
}

impl<'a, R: Ring + Default> iter::Product<&'a Poly<R>> for Poly<R> {
    #[track_caller]
    fn product<I: Iterator<Item = &'a Self>>(factors: I) -> Self {
        settle(Poly::try_product(R::default(), factors.cloned()))
    }
}

/// From the flat form.
impl From<&IntegerVec> for Poly<Integers> {
    fn from(coefficients: &IntegerVec) -> Self {
        Poly::from_vec(Integers, coefficients.to_bigints())
    }
}

impl From<IntegerVec> for Poly<Integers> {
    fn from(coefficients: IntegerVec) -> Self {
        Poly::from(&coefficients)
    }
}

impl Poly<Integers> {
    /// The coefficients in flat form, for work that wants no `BigInt`.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// let f = ZZ.poly([3, 0, -1]);
    /// let flat = f.to_integer_vec();
    /// assert_eq!((flat.len(), flat.width()), (3, 1));
    /// assert_eq!(Poly::from(flat), f);
    /// ```
    pub fn to_integer_vec(&self) -> IntegerVec {
        IntegerVec::from_bigints(&self.coefficients)
    }

    /// The largest absolute value of a coefficient; 0 for the zero polynomial.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([3, -7, 1]).height(), 7.into());
    /// ```
    pub fn height(&self) -> BigInt {
        let height = self.coefficients.iter().map(|c| c.magnitude()).max();
        height.map_or(BigInt::ZERO, |h| h.clone().into())
    }

    /// The number of bits of the [height](Poly::height), without building it.
    pub fn height_bits(&self) -> u64 {
        self.coefficients.iter().map(|c| c.bits()).max().unwrap_or(0)
    }
}
