//! Z/n for `n` of any size: [`ZmodBig`], and [`PrimeFieldBig`], the same with `n` prime.
//!
//! It stands apart from [`Zmod`](super::Zmod) because its elements are no words. The modulus is shared, so a ring is a
//! pointer, and two rings are compared by that pointer first.
//!
//! # Method
//! A sequence is multiplied over Z by the integer engine and reduced once a coefficient. The primality test is
//! Miller-Rabin with the first 40 primes as bases (M. Rabin, "Probabilistic
//! algorithm for testing primality", J. Number Theory 12, 1980). For `n` below 3.3 * 10^24 that is a proof
//! (J. Sorenson, J. Webster, Math. Comp. 86, 2017, for the first 13); above it a composite that was not chosen to
//! deceive passes with a probability below `4^-40`. Composites made to pass fixed bases exist (F. Arnault,
//! 1995), so a modulus from an adversary needs a certificate from elsewhere.
//!
//! # Invariants
//! An element is a [`BigUint`] in `0..n`, operands included.

use super::{Domain, Field, GcdDomain, IntegerImage, Ring, Style};
use crate::convolution::Want;
use crate::{Error, Result};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};
use std::{fmt, sync::Arc};

/// How many prime bases the probable prime test takes.
const WITNESSES: usize = 40;

/// The first primes: bases of the test, and the factors that error messages name.
pub(super) const SMALL_PRIMES: [u64; WITNESSES] = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103,
    107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173,
];

/// The integers modulo `n`, of any size.
///
/// # Examples
/// ```
/// use monic::{Ring, ZmodBig};
/// use num_bigint::BigUint;
/// let ring = ZmodBig::new(BigUint::from(10u8).pow(40));
/// assert_eq!(ring.add(&ring.from_integer((-1).into()), &ring.from_integer(3.into())), 2u8.into());
/// ```
#[derive(Clone)]
pub struct ZmodBig {
    modulus: Arc<BigUint>,
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
#[derive(Clone)]
pub struct PrimeFieldBig {
    modulus: Arc<BigUint>,
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
        let n = n.into();
        if n.is_zero() {
            return Err(Error::undefined("the modulus of Z/n is at least 1, not 0"));
        }
        Ok(ZmodBig { modulus: Arc::new(n) })
    }

    /// The field Z/p, for a number that passes the test of [`is_probable_prime`].
    ///
    /// # Errors
    /// Kind undefined when `p` is certainly not a prime; the error carries a factor where a small one was found.
    pub fn prime(p: impl Into<BigUint>) -> Result<PrimeFieldBig> {
        let p = p.into();
        if is_probable_prime(&p) {
            return Ok(Self::assume_prime(p));
        }
        let name = super::text::abbreviated(&BigInt::from(p.clone()));
        Err(match small_factor_of(&p) {
            Some(factor) if p > BigUint::one() => {
                Error::undefined(format!("{name} is not a prime: it is divisible by {factor}"))
                    .with_factor(factor.into())
            }
            _ => Error::undefined(format!("{name} is not a prime")),
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
        let p = p.into();
        assert!(p > BigUint::one(), "a prime is at least 2, not {p}");
        PrimeFieldBig { modulus: Arc::new(p) }
    }
}

impl PrimeFieldBig {
    /// The same ring, without the promise that it is a field.
    pub fn to_zmod(&self) -> ZmodBig {
        ZmodBig { modulus: self.modulus.clone() }
    }
}

/// Whether `n` passes Miller-Rabin with the first 40 primes; below 2^64 that is a proof.
///
/// A prime always passes; the module header says what is known of a composite that does.
pub fn is_probable_prime(n: &BigUint) -> bool {
    if let Some(word) = n.to_u64() {
        return crate::integer::WordModulus::new(word).is_ok_and(|m| m.is_prime());
    }
    if small_factor_of(n).is_some() {
        return false;
    }
    let one = BigUint::one();
    let minus_one = n - &one;
    let twos = minus_one.trailing_zeros().unwrap_or(0);
    let odd = &minus_one >> twos;
    SMALL_PRIMES.iter().all(|&base| {
        let mut x = BigUint::from(base).modpow(&odd, n);
        if x == one || x == minus_one {
            return true;
        }
        (1..twos).any(|_| {
            x = &x * &x % n;
            x == minus_one
        })
    })
}

/// The least prime factor, when it is one of the small primes and not `n` itself.
fn small_factor_of(n: &BigUint) -> Option<u64> {
    SMALL_PRIMES.iter().copied().find(|&p| (n % p).is_zero() && *n != BigUint::from(p))
}

/// What both types share.
macro_rules! big_ring {
    ($type:ident, $debug:literal, $display:literal) => {
        impl $type {
            /// The modulus.
            pub fn modulus(&self) -> &BigUint {
                &self.modulus
            }

            fn reduce(&self, a: &BigInt) -> BigUint {
                let rest = a.magnitude() % &*self.modulus;
                if a.sign() == Sign::Minus { self.neg(&rest) } else { rest }
            }
        }

        impl PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                Arc::ptr_eq(&self.modulus, &other.modulus) || self.modulus == other.modulus
            }
        }

        impl Eq for $type {}

        impl std::hash::Hash for $type {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.modulus.hash(state);
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, $debug, self.modulus())
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, $display, self.modulus())
            }
        }

        impl Ring for $type {
            type Element = BigUint;

            fn zero(&self) -> BigUint {
                BigUint::ZERO
            }
            fn one(&self) -> BigUint {
                BigUint::from(u8::from(!self.modulus.is_one()))
            }
            fn add(&self, a: &BigUint, b: &BigUint) -> BigUint {
                let sum = a + b;
                if sum >= *self.modulus { sum - &*self.modulus } else { sum }
            }
            fn neg(&self, a: &BigUint) -> BigUint {
                if a.is_zero() { BigUint::ZERO } else { &*self.modulus - a }
            }
            fn mul(&self, a: &BigUint, b: &BigUint) -> BigUint {
                a * b % &*self.modulus
            }
            fn sub(&self, a: &BigUint, b: &BigUint) -> BigUint {
                if a >= b { a - b } else { &*self.modulus - (b - a) }
            }
            fn is_zero(&self, a: &BigUint) -> bool {
                a.is_zero()
            }
            fn pow(&self, a: &BigUint, n: u64) -> BigUint {
                a.modpow(&n.into(), &self.modulus)
            }
            fn from_integer(&self, n: BigInt) -> BigUint {
                self.reduce(&n)
            }
            fn try_inverse(&self, a: &BigUint) -> Result<BigUint> {
                if a.is_zero() && !self.modulus.is_one() {
                    return Err(Error::undefined("division by zero"));
                }
                match a.modinv(&self.modulus) {
                    Some(inverse) => Ok(inverse),
                    None if self.modulus.is_one() => Ok(BigUint::ZERO),
                    None => Err(Error::not_invertible(a, a.gcd(&self.modulus).into())),
                }
            }
            fn fmt_element(&self, a: &BigUint, _: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                super::text::fmt_integer(&BigInt::from(a.clone()), f)
            }
            fn convolve(&self, a: &[BigUint], b: &[BigUint], want: &Want) -> Result<Vec<BigUint>> {
                let product = super::engine::biguints(a, b, want)?;
                Ok(product.iter().map(|c| self.reduce(&c)).collect())
            }
        }

        impl IntegerImage for $type {
            fn lift(&self, a: &BigUint) -> BigInt {
                a.clone().into()
            }
            fn lift_centred(&self, a: &BigUint) -> BigInt {
                let twice = a << 1u8;
                if twice > *self.modulus {
                    BigInt::from(a.clone()) - BigInt::from((*self.modulus).clone())
                } else {
                    a.clone().into()
                }
            }
        }
    };
}
big_ring!(ZmodBig, "ZmodBig({})", "ZZ/{}");
big_ring!(PrimeFieldBig, "PrimeFieldBig({})", "GF({})");

impl Domain for PrimeFieldBig {}

impl GcdDomain for PrimeFieldBig {
    fn gcd(&self, a: &BigUint, b: &BigUint) -> BigUint {
        BigUint::from(u8::from(!a.is_zero() || !b.is_zero()))
    }
    fn normalizing_unit(&self, a: &BigUint) -> BigUint {
        if a.is_zero() { BigUint::one() } else { self.inverse(a) }
    }
}

impl Field for PrimeFieldBig {}

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
    fn probable_primes() {
        for p in [
            "170141183460469231731687303715884105727",
            "57896044618658097711785492504343953926634992332820282019728792003956564819949",
            "18446744073709551629",
        ] {
            assert!(is_probable_prime(&big(p)), "{p}");
        }
        // A strong pseudoprime to the first twelve prime bases; a product of two 64-bit primes; RSA-100.
        for c in [
            "318665857834031151167461",
            "340282366920938461286658806734041124249",
            "1522605027922533360535618378132637429718068114961380688657908494580122963258952897654000350692006139",
        ] {
            assert!(!is_probable_prime(&big(c)), "{c}");
        }
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
