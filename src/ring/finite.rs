//! [`FiniteField`]: GF(q) with `q = p^k`, as factoring sees it.
//!
//! It stands apart from [`Field`] because its algorithms count: powers by `q`, roots by `p`, elements one after the other.

use super::{Field, PrimeField, PrimeFieldBig, Ring};
use num_bigint::BigUint;
use std::cmp::Ordering;

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

    /// The order in which polynomials are listed: of residues as `0..p`, of elements of an extension by their coordinates from the highest down.
    fn compare(&self, a: &Self::Element, b: &Self::Element) -> Ordering;
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
