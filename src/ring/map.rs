//! Maps between rings, one element at a time: into any ring from Z and Q, and back to Z.
//!
//! It stands apart because a map has two rings. The map out of Z exists for every ring and is
//! [`Ring::from_integer`]; the map out of Q exists where the denominator is a unit; a way back is no
//! homomorphism but a choice of representative, [`IntegerImage`].

use super::Ring;
use crate::Result;
use num_bigint::BigInt;
use num_rational::BigRational;

/// A ring whose elements have an integer that stands for them: residues, machine integers, integers.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::IntegerImage};
/// assert_eq!(Zmod::new(7).lift(&5), 5.into());
/// assert_eq!(Zmod::new(7).lift_centred(&5), (-2).into());
/// ```
pub trait IntegerImage: Ring {
    /// The representative that is printed: in `0..n` for residues.
    fn lift(&self, a: &Self::Element) -> BigInt;

    /// The representative closest to zero, `-n/2 < r <= n/2` for residues; elsewhere the same as [`lift`](Self::lift).
    fn lift_centred(&self, a: &Self::Element) -> BigInt {
        self.lift(a)
    }
}

/// The image of a fraction: numerator times inverse of the denominator.
///
/// # Errors
/// Kind undefined, with the common factor, where the denominator is no unit of Z/n; whatever kind
/// [`Ring::try_exact_quo`] gives elsewhere (not exact in Z).
///
/// # Examples
/// ```
/// use monic::{ZZ, Zmod, ring::map};
/// use num_rational::BigRational;
/// let half = BigRational::new(1.into(), 2.into());
/// assert_eq!(map::from_rational(&Zmod::new(7), &half)?, 4);
/// assert!(map::from_rational(&Zmod::new(6), &half).is_err());
/// assert!(map::from_rational(&ZZ, &half).is_err());
/// # Ok::<(), monic::Error>(())
/// ```
pub fn from_rational<R: Ring>(ring: &R, a: &BigRational) -> Result<R::Element> {
    let numerator = ring.try_from_integer(a.numer().clone())?;
    if a.is_integer() {
        return Ok(numerator);
    }
    ring.try_exact_quo(&numerator, &ring.try_from_integer(a.denom().clone())?)
}
