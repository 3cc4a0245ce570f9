//! Z/n for `n` of any size: [`ZmodBig`], and [`PrimeFieldBig`], the same with `n` prime.
//!
//! It stands apart from [`Zmod`](super::Zmod) because its elements are no words. The modulus is shared, so a ring is a
//! pointer, and two rings are compared by that pointer first.
//!
//! # Method
//! [`BigModulus`] for elements; a product of sequences is one over Z, reduced once a coefficient. What passes for a prime is what
//! passes [`is_probable_prime`](crate::integer::prime::is_probable_prime): a proof up to 64 bits, beyond that a test that no
//! composite number is known to pass.
//!
//! # Invariants
//! An element is a [`BigUint`] in `0..n`, operands included.

use super::{
    Domain, ExtensionField, Field, FiniteField, GcdDomain, IntegerImage, Ring, Style, ZZ, engine, generic,
    roots,
};
use crate::convolution::{Want, natural_product, plan::Plan};
use crate::integer::BigModulus;
use crate::{Error, Result};
use num_bigint::{BigInt, BigUint};
use num_traits::{One, ToPrimitive, Zero};
use std::fmt;

/// The integers modulo `n`, of any size.
///
/// # Examples
/// ```
/// use monic::{Ring, ZmodBig};
/// use num_bigint::BigUint;
/// let ring = ZmodBig::new(BigUint::from(10u8).pow(40));
/// assert_eq!(ring.add(&ring.from_integer((-1).into()), &ring.from_integer(3.into())), 2u8.into());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ZmodBig {
    modulus: BigModulus,
}

/// The field of the integers modulo a prime of any size, from [`ZmodBig::prime`].
///
/// # Examples
/// ```
/// use monic::{ZmodBig, ring::Field};
/// use num_bigint::BigUint;
/// let field = ZmodBig::prime((BigUint::from(1u8) << 127) - 1u8)?;
/// assert_eq!(field.inverse(&2u8.into()), BigUint::from(1u8) << 126);
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PrimeFieldBig {
    modulus: BigModulus,
}

impl ZmodBig {
    /// Z/n.
    ///
    /// # Panics
    /// When `n` is 0.
    #[track_caller]
    pub fn new(n: impl Into<BigUint>) -> Self {
        match Self::try_new(n) {
            Ok(ring) => ring,
            Err(error) => panic!("{error}"),
        }
    }

    /// Z/n, for a modulus that comes from data.
    ///
    /// # Errors
    /// Kind undefined when `n` is 0.
    pub fn try_new(n: impl Into<BigUint>) -> Result<Self> {
        match BigModulus::with_product(n.into(), natural_product) {
            Ok(modulus) => Ok(ZmodBig { modulus }),
            Err(_) => Err(Error::undefined("the modulus of Z/n is at least 1, not 0")),
        }
    }

    /// The field Z/p, for a number that passes [`is_probable_prime`](crate::integer::prime::is_probable_prime).
    ///
    /// # Errors
    /// Kind undefined when `p` is certainly not a prime; the error carries a factor where a small one was found.
    pub fn prime(p: impl Into<BigUint>) -> Result<PrimeFieldBig> {
        let p = p.into();
        if p.is_zero() {
            return Err(Error::undefined("0 is not a prime"));
        }
        let modulus = Self::try_new(p)?.modulus;
        if modulus.is_probable_prime() {
            return Ok(PrimeFieldBig { modulus });
        }
        let p = modulus.value();
        let name = super::text::abbreviated(&BigInt::from(p.clone()));
        Err(match (2u64..100).find(|&factor| (p % factor).is_zero()) {
            Some(factor) => Error::undefined(format!("{name} is not a prime: it is divisible by {factor}"))
                .with_factor(factor.into()),
            None => Error::undefined(format!("{name} is not a prime")),
        })
    }

    /// The field Z/p, on the word of the caller.
    ///
    /// With a composite `p` nothing is unsafe: an inverse that does not exist is an error that carries the factor, or
    /// a panic of the forms that promise one; gcds and factorisations mean nothing then.
    ///
    /// # Panics
    /// When `p` is below 2.
    #[track_caller]
    pub fn assume_prime(p: impl Into<BigUint>) -> PrimeFieldBig {
        let ring = Self::new(p);
        assert!(*ring.modulus() > BigUint::one(), "a prime is at least 2, not {}", ring.modulus());
        PrimeFieldBig { modulus: ring.modulus }
    }
}

impl PrimeFieldBig {
    /// The same ring, without the promise that it is a field.
    pub fn to_zmod(&self) -> ZmodBig {
        ZmodBig { modulus: self.modulus.clone() }
    }
}

/// What both types share.
macro_rules! big_ring {
    ($type:ident, $name:literal, $field:literal) => {
        impl $type {
            /// The modulus.
            pub fn modulus(&self) -> &BigUint {
                self.modulus.value()
            }

            /// The arithmetic that the ring stands on.
            pub fn big_modulus(&self) -> &BigModulus {
                &self.modulus
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, $name, self.modulus())
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, $name, self.modulus())
            }
        }

        impl Ring for $type {
            type Element = BigUint;

            fn zero(&self) -> BigUint {
                BigUint::ZERO
            }
            fn one(&self) -> BigUint {
                self.modulus.one()
            }
            fn add(&self, a: &BigUint, b: &BigUint) -> BigUint {
                self.modulus.add(a, b)
            }
            fn neg(&self, a: &BigUint) -> BigUint {
                self.modulus.neg(a)
            }
            fn mul(&self, a: &BigUint, b: &BigUint) -> BigUint {
                self.modulus.mul(a, b)
            }
            fn sub(&self, a: &BigUint, b: &BigUint) -> BigUint {
                self.modulus.sub(a, b)
            }
            fn is_zero(&self, a: &BigUint) -> bool {
                a.is_zero()
            }
            fn pow(&self, a: &BigUint, n: u64) -> BigUint {
                self.modulus.pow(a, &n.into())
            }
            fn from_integer(&self, n: BigInt) -> BigUint {
                self.modulus.reduce(&n)
            }
            fn try_inverse(&self, a: &BigUint) -> Result<BigUint> {
                if a.is_zero() && !self.modulus().is_one() {
                    return Err(Error::undefined("division by zero"));
                }
                self.modulus.inverse(a)
            }
            fn prime_order(&self) -> Option<u64> {
                if $field { self.modulus().to_u64() } else { None }
            }
            fn try_root(&self, a: &BigUint, k: u64) -> Result<BigUint> {
                if $field || self.modulus.is_probable_prime() {
                    return roots::in_prime_field(self, self.modulus(), a, k);
                }
                roots::of_residue(self, a, &a.clone().into(), k)
            }
            fn fmt_element(&self, a: &BigUint, _: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                super::text::fmt_integer(&BigInt::from(a.clone()), f)
            }
            /// That of the product over Z.
            fn plan(&self, a: &[BigUint], b: &[BigUint], want: &Want) -> Result<Plan> {
                let lift = |v: &[BigUint]| v.iter().map(|c| self.lift(c)).collect::<Vec<_>>();
                let first = lift(a);
                if std::ptr::eq(a, b) {
                    ZZ.plan(&first, &first, want)
                } else {
                    ZZ.plan(&first, &lift(b), want)
                }
            }
            fn convolve(&self, a: &[BigUint], b: &[BigUint], want: &Want) -> Result<Vec<BigUint>> {
                let mut product = Vec::new();
                engine::residues(&self.modulus, Some(a), b, want, &mut product)?;
                Ok(product)
            }
            fn convolve_into(
                &self,
                a: &[BigUint],
                b: &[BigUint],
                want: &Want,
                out: &mut Vec<BigUint>,
            ) -> Result<()> {
                engine::residues(&self.modulus, Some(a), b, want, out)
            }
            fn convolve_assign(&self, a: &mut Vec<BigUint>, b: &[BigUint], want: &Want) -> Result<()> {
                engine::residues(&self.modulus, None, b, want, a)
            }
            fn grows(&self) -> bool {
                false
            }
            fn power(&self, f: &[BigUint], n: u64, want: &Want) -> Result<Vec<BigUint>> {
                engine::residues_power(&self.modulus, f, n, want)
            }
        }

        impl IntegerImage for $type {
            fn lift(&self, a: &BigUint) -> BigInt {
                a.clone().into()
            }
            fn lift_centred(&self, a: &BigUint) -> BigInt {
                let twice = a << 1u8;
                if twice > *self.modulus() {
                    BigInt::from(a.clone()) - BigInt::from(self.modulus().clone())
                } else {
                    a.clone().into()
                }
            }
        }
    };
}
big_ring!(ZmodBig, "ZZ/{}", false);
big_ring!(PrimeFieldBig, "GF({})", true);

impl Domain for PrimeFieldBig {
    fn poly_resultant(&self, f: &[BigUint], g: &[BigUint]) -> Result<BigUint> {
        generic::half_gcd::resultant(self, f, g)
    }
}

impl GcdDomain for PrimeFieldBig {
    fn gcd(&self, a: &BigUint, b: &BigUint) -> BigUint {
        BigUint::from(u8::from(!a.is_zero() || !b.is_zero()))
    }
    fn normalizing_unit(&self, a: &BigUint) -> BigUint {
        if a.is_zero() { BigUint::one() } else { self.inverse(a) }
    }
}

impl Field for PrimeFieldBig {
    fn extension_root(field: &ExtensionField<Self>, a: &[BigUint], k: u64) -> Result<Vec<BigUint>> {
        field.kth_root(&a.to_vec(), k)
    }
}

impl From<PrimeFieldBig> for ZmodBig {
    fn from(field: PrimeFieldBig) -> Self {
        field.to_zmod()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    fn big(text: &str) -> BigUint {
        text.parse().expect("a literal of the test")
    }

    #[test]
    fn refusals() {
        assert_eq!(ZmodBig::try_new(0u8).unwrap_err().kind(), ErrorKind::Undefined);
        let error = ZmodBig::prime(big("300000000000000000000000000000000000000000")).unwrap_err();
        assert_eq!(error.factor(), Some(&2.into()));
        assert!(ZmodBig::prime(1u8).is_err() && ZmodBig::prime(6u8).is_err());
        let ring = ZmodBig::new(big("1000000000000000000000000000000"));
        assert_eq!(ring.try_inverse(&6u8.into()).unwrap_err().factor(), Some(&2.into()));
        assert_eq!(ZmodBig::new(1u8).try_inverse(&BigUint::ZERO), Ok(BigUint::ZERO));
        assert_eq!(ring, ZmodBig::new(big("1000000000000000000000000000000")));
        assert_eq!(ring.lift_centred(&(ring.modulus() - 1u8)), (-1).into());
    }
}
