//! Q: the rational numbers, as `BigRational`.

use super::{Domain, Field, GcdDomain, IntoElement, Ring, Style};
use crate::{Error, Result};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::fmt;

/// The field of rational numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rationals;

/// The field of rational numbers, to write `QQ.poly([1, 2, 3])`.
pub const QQ: Rationals = Rationals;

impl Ring for Rationals {
    type Element = BigRational;

    fn zero(&self) -> BigRational {
        BigRational::zero()
    }
    fn one(&self) -> BigRational {
        BigRational::one()
    }
    fn add(&self, a: &BigRational, b: &BigRational) -> BigRational {
        a + b
    }
    fn neg(&self, a: &BigRational) -> BigRational {
        -a
    }
    fn mul(&self, a: &BigRational, b: &BigRational) -> BigRational {
        a * b
    }
    fn from_integer(&self, n: BigInt) -> BigRational {
        n.into()
    }
    fn try_inverse(&self, a: &BigRational) -> Result<BigRational> {
        if a.is_zero() { Err(Error::undefined("division by zero")) } else { Ok(a.recip()) }
    }
    fn fmt_element(&self, a: &BigRational, style: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match style {
            Style::Latex if !a.is_integer() => write!(f, "\\frac{{{}}}{{{}}}", a.numer(), a.denom()),
            _ => write!(f, "{a}"),
        }
    }
    fn poly_gcd(&self, f: &[BigRational], g: &[BigRational]) -> Result<Vec<BigRational>> {
        // Over Z, where the coefficients stay small: the gcd there differs by a constant.
        let clear = |f: &[BigRational]| -> Vec<BigInt> {
            let denominator = f.iter().fold(BigInt::one(), |d, c| d.lcm(c.denom()));
            f.iter().map(|c| c.numer() * (&denominator / c.denom())).collect()
        };
        let gcd = super::ZZ.poly_gcd(&clear(f), &clear(g))?;
        let Some(leading) = gcd.last() else { return Ok(Vec::new()) };
        Ok(gcd.iter().map(|c| BigRational::new(c.clone(), leading.clone())).collect())
    }
    fn log2_norm(&self, f: &[BigRational]) -> f64 {
        super::norm::of_rationals(f)
    }
    fn is_negative(&self, a: &BigRational) -> bool {
        a.numer().sign() == Sign::Minus
    }
}

impl Domain for Rationals {}

/// The gcd of two fractions is that of the numerators over the lcm of the denominators, so that the primitive
/// part of a polynomial over Q is the primitive polynomial over Z (the convention of PARI/GP).
impl GcdDomain for Rationals {
    fn gcd(&self, a: &BigRational, b: &BigRational) -> BigRational {
        BigRational::new(a.numer().gcd(b.numer()), a.denom().lcm(b.denom()))
    }
    fn normalizing_unit(&self, a: &BigRational) -> BigRational {
        BigRational::from_integer(if self.is_negative(a) { -BigInt::one() } else { BigInt::one() })
    }
}

impl Field for Rationals {}

impl IntoElement<Rationals> for BigRational {
    fn into_element(self, _: &Rationals) -> BigRational {
        self
    }
}
