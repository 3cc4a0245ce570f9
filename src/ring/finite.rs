//! [`FiniteField`]: GF(q) with `q = p^k`, as factoring sees it.
//!
//! It stands apart from [`Field`] because its algorithms count: powers by `q`, roots by `p`, elements one after the other.

use super::{Field, PrimeField, PrimeFieldBig, Ring, berlekamp, roots};
use crate::integer::factor;
use crate::{Error, Result};
use num_bigint::BigUint;
use num_traits::Zero;
use std::cmp::Ordering;

/// Factors with their exponents, or roots with their multiplicities.
pub type Multiples<T> = Vec<(T, usize)>;

/// A field of `q = p^k` elements.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::FiniteField};
/// let field = Zmod::prime(7)?;
/// assert_eq!(field.order(), 7u8.into());
/// assert_eq!(field.nth_element(&10u8.into()), 3);
/// # Ok::<(), monic::Error>(())
/// ```
pub trait FiniteField: Field {
    /// The prime `p`.
    fn characteristic(&self) -> BigUint;

    /// The degree `k` over GF(p).
    fn extension_degree(&self) -> usize {
        1
    }

    /// The number `q = p^k` of elements.
    fn order(&self) -> BigUint {
        num_traits::pow(FiniteField::characteristic(self), self.extension_degree())
    }

    /// `a^p`.
    fn frobenius(&self, a: &Self::Element) -> Self::Element;

    /// The one element whose `p`-th power is `a`.
    fn pth_root(&self, a: &Self::Element) -> Self::Element;

    /// Element number `n` modulo `q`: the digits of `n` in base `p` are its coordinates, the constant one lowest, so that number 0 is zero,
    /// number 1 one, and the numbers below `p` are GF(p).
    fn nth_element(&self, n: &BigUint) -> Self::Element;

    /// `a^e`.
    fn pow_big(&self, a: &Self::Element, e: &BigUint) -> Self::Element {
        roots::power(self, a, e)
    }

    /// An element whose `k`-th power is `a`: the first in the order of [`compare`](Self::compare) of at most 65,536, of more one of them.
    ///
    /// # Errors
    /// Kind not exact where there is none; kind undefined for `k = 0`; kind unsupported where `k` and `q - 1` share a prime over `2^20`.
    ///
    /// # Examples
    /// ```
    /// use monic::{ExtensionField, Zmod, ring::FiniteField};
    /// let field = ExtensionField::new(Zmod::prime(7)?, 2)?;
    /// assert_eq!(field.kth_root(&vec![6], 2)?, [0, 1]); // a^2 = -1
    /// # Ok::<(), monic::Error>(())
    /// ```
    fn kth_root(&self, a: &Self::Element, k: u64) -> Result<Self::Element> {
        let order = FiniteField::order(self);
        roots::in_finite_field(
            self,
            &order,
            a,
            k,
            |z| self.nth_element(&candidate(self, z)),
            |a, b| self.compare(a, b),
        )
    }

    /// The least `n > 0` with `a^n = 1`.
    ///
    /// # Errors
    /// Kind undefined for zero; kind unsupported where `q - 1` is not factored.
    ///
    /// # Examples
    /// ```
    /// use monic::{Zmod, ring::FiniteField};
    /// assert_eq!(Zmod::prime(7)?.try_multiplicative_order(&2)?, 3u8.into());
    /// # Ok::<(), monic::Error>(())
    /// ```
    fn try_multiplicative_order(&self, a: &Self::Element) -> Result<BigUint> {
        if self.is_zero(a) {
            return Err(Error::undefined("zero has no multiplicative order"));
        }
        let mut order = FiniteField::order(self) - 1u8;
        for (r, _) in factor::power_minus_one(&FiniteField::characteristic(self), self.extension_degree())? {
            while (&order % &r).is_zero() && self.is_one(&self.pow_big(a, &(&order / &r))) {
                order /= &r;
            }
        }
        Ok(order)
    }

    /// An element of order `q - 1`, of which all others but zero are powers: in GF(p) the least, in an extension the first from its
    /// generator on, in the order of their numbers.
    ///
    /// # Errors
    /// Kind unsupported where `q - 1` is not factored.
    ///
    /// # Examples
    /// ```
    /// use monic::{Zmod, ring::FiniteField};
    /// assert_eq!(Zmod::prime(7)?.try_primitive_element()?, 3);
    /// # Ok::<(), monic::Error>(())
    /// ```
    fn try_primitive_element(&self) -> Result<Self::Element> {
        let order = FiniteField::order(self) - 1u8;
        let factors = factor::power_minus_one(&FiniteField::characteristic(self), self.extension_degree())?;
        for z in 0.. {
            let a = self.nth_element(&candidate(self, z));
            let is_power = |r: &BigUint| self.is_one(&self.pow_big(&a, &(&order / r)));
            if !self.is_zero(&a) && !factors.iter().any(|(r, _)| is_power(r)) {
                return Ok(a);
            }
        }
        Err(Error::undefined("a field without a primitive element"))
    }

    /// The monic irreducible factors of a polynomial that is not zero, with their exponents, in no order, where the field has a way of its own
    /// that is faster than the one for all fields.
    fn own_factors(&self, f: &[Self::Element]) -> Option<Multiples<Vec<Self::Element>>> {
        let _ = f;
        None
    }

    /// The roots of a polynomial that is not zero, with their multiplicities, in no order, where the field has a way of its own.
    fn own_roots(&self, f: &[Self::Element]) -> Option<Multiples<Self::Element>> {
        let _ = f;
        None
    }

    /// The order in which polynomials are listed: of residues as `0..p`, of elements of an extension by their coordinates from the highest down.
    fn compare(&self, a: &Self::Element, b: &Self::Element) -> Ordering;
}

/// The numbers of elements in which one that generates is looked for: all of them, in an extension from the generator on, because those
/// before, which lie in GF(p), may all be powers.
fn candidate<F: FiniteField>(field: &F, z: u64) -> BigUint {
    let first = if field.extension_degree() > 1 { FiniteField::characteristic(field) } else { BigUint::ZERO };
    (first + z) % FiniteField::order(field)
}

impl FiniteField for PrimeField {
    fn characteristic(&self) -> BigUint {
        self.modulus().into()
    }
    fn frobenius(&self, a: &u64) -> u64 {
        *a
    }
    fn pth_root(&self, a: &u64) -> u64 {
        *a
    }
    fn nth_element(&self, n: &BigUint) -> u64 {
        self.word_modulus().reduce_biguint(n)
    }
    fn own_factors(&self, f: &[u64]) -> Option<Multiples<Vec<u64>>> {
        berlekamp::factors(PrimeField::characteristic(self), f)
    }
    fn own_roots(&self, f: &[u64]) -> Option<Multiples<u64>> {
        berlekamp::roots(PrimeField::characteristic(self), f)
    }
    fn compare(&self, a: &u64, b: &u64) -> Ordering {
        a.cmp(b)
    }
}

impl FiniteField for PrimeFieldBig {
    fn characteristic(&self) -> BigUint {
        self.modulus().clone()
    }
    fn frobenius(&self, a: &BigUint) -> BigUint {
        a.clone()
    }
    fn pth_root(&self, a: &BigUint) -> BigUint {
        a.clone()
    }
    fn nth_element(&self, n: &BigUint) -> BigUint {
        self.from_integer(n.clone().into())
    }
    fn compare(&self, a: &BigUint, b: &BigUint) -> Ordering {
        a.cmp(b)
    }
}
