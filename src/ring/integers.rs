//! Z: the integers, as `BigInt`.

use super::{Domain, GcdDomain, Ring, Style};
use crate::{Error, Result};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Zero};
use std::fmt;

/// The ring of integers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Integers;

/// The ring of integers, to write `ZZ.poly([1, 2, 3])`.
pub const ZZ: Integers = Integers;

impl Ring for Integers {
    type Element = BigInt;

    fn zero(&self) -> BigInt {
        BigInt::zero()
    }
    fn one(&self) -> BigInt {
        BigInt::one()
    }
    fn add(&self, a: &BigInt, b: &BigInt) -> BigInt {
        a + b
    }
    fn neg(&self, a: &BigInt) -> BigInt {
        -a
    }
    fn mul(&self, a: &BigInt, b: &BigInt) -> BigInt {
        a * b
    }
    fn sub(&self, a: &BigInt, b: &BigInt) -> BigInt {
        a - b
    }
    fn is_zero(&self, a: &BigInt) -> bool {
        a.is_zero()
    }
    fn is_one(&self, a: &BigInt) -> bool {
        a.is_one()
    }
    fn from_integer(&self, n: BigInt) -> BigInt {
        n
    }
    fn try_exact_quo(&self, a: &BigInt, b: &BigInt) -> Result<BigInt> {
        if b.is_zero() {
            return Err(Error::undefined("division by zero"));
        }
        let (quo, rem) = a.div_rem(b);
        if rem.is_zero() { Ok(quo) } else { Err(Error::not_exact("the integers do not divide exactly")) }
    }
    fn fmt_element(&self, a: &BigInt, _: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{a}")
    }
    fn poly_gcd(&self, f: &[BigInt], g: &[BigInt]) -> Result<Vec<BigInt>> {
        super::remainders::gcd(self, f, g)
    }
    fn log2_norm(&self, f: &[BigInt]) -> f64 {
        super::norm::of_integers(f)
    }
    fn is_negative(&self, a: &BigInt) -> bool {
        a.sign() == Sign::Minus
    }
}

impl Domain for Integers {}

impl GcdDomain for Integers {
    fn gcd(&self, a: &BigInt, b: &BigInt) -> BigInt {
        a.gcd(b)
    }
    fn normalizing_unit(&self, a: &BigInt) -> BigInt {
        BigInt::from(if a.sign() == Sign::Minus { -1 } else { 1 })
    }
}
