//! [`Coefficients`] for every ring of the library that the calculator offers.

use super::Coefficients;
use crate::failure::{Failure, Outcome};
use monic::convolution::integer_facts;
use monic::convolution::plan::Facts;
use monic::integer::IntegerVec;
use monic::ring::{IntegerImage, MachineInteger, Ring};
use monic::{
    Checked, Complexes, GaussianIntegers, GaussianRationals, Integers, Poly, PrimeField, PrimeFieldBig,
    Rationals, Reals, Zmod, ZmodBig,
};
use num_bigint::BigInt;
use num_complex::Complex;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{FromPrimitive, Signed, Zero};

/// What the planner is told of two sequences of integers.
fn integers(f: &[BigInt], g: &[BigInt]) -> Outcome<Facts> {
    let (a, b) = (IntegerVec::try_from_bigints(f)?, IntegerVec::try_from_bigints(g)?);
    Ok(integer_facts(a.as_slice(), b.as_slice(), f == g))
}

/// The numerators over the common denominator.
fn numerators<'a>(f: impl Iterator<Item = &'a BigRational> + Clone) -> Vec<BigInt> {
    let denominator = f.clone().fold(BigInt::from(1), |lcm, c| lcm.lcm(c.denom()));
    f.map(|c| c.numer() * (&denominator / c.denom())).collect()
}

/// What follows from greatest common divisors of elements, and from having no zero divisors.
macro_rules! of_a_gcd_domain {
    () => {
        fn content_of(&self, f: &Poly<Self>) -> Outcome<Self::Element> {
            Ok(f.content())
        }
        of_a_domain!();
    };
}

macro_rules! of_a_domain {
    () => {
        fn resultant_of(&self, f: &Poly<Self>, g: &Poly<Self>) -> Outcome<Self::Element> {
            Ok(f.try_resultant(g)?)
        }
        fn discriminant_of(&self, f: &Poly<Self>) -> Outcome<Self::Element> {
            Ok(f.try_discriminant()?)
        }
    };
}

impl Coefficients for Integers {
    of_a_gcd_domain!();
    fn to_integer(&self, c: &BigInt) -> Option<BigInt> {
        Some(c.clone())
    }
    fn height_of(&self, f: &Poly<Self>) -> Outcome<BigInt> {
        Ok(f.iter().map(Signed::abs).max().unwrap_or_default())
    }
    fn facts(&self, f: &Poly<Self>, g: &Poly<Self>) -> Outcome<Facts> {
        integers(f.coefficients(), g.coefficients())
    }
}

impl Coefficients for Rationals {
    const DECIMALS: bool = true;
    of_a_gcd_domain!();
    fn to_integer(&self, c: &BigRational) -> Option<BigInt> {
        c.is_integer().then(|| c.numer().clone())
    }
    fn height_of(&self, f: &Poly<Self>) -> Outcome<BigRational> {
        Ok(f.iter().map(Signed::abs).max().unwrap_or_else(BigRational::zero))
    }
    fn facts(&self, f: &Poly<Self>, g: &Poly<Self>) -> Outcome<Facts> {
        integers(&numerators(f.iter()), &numerators(g.iter()))
    }
}

impl Coefficients for GaussianIntegers {
    of_a_gcd_domain!();
    fn to_integer(&self, c: &Complex<BigInt>) -> Option<BigInt> {
        c.im.is_zero().then(|| c.re.clone())
    }
    /// Those of the sums of both parts, the largest of the three products that one takes.
    fn facts(&self, f: &Poly<Self>, g: &Poly<Self>) -> Outcome<Facts> {
        let sums = |f: &Poly<Self>| f.iter().map(|c| &c.re + &c.im).collect::<Vec<_>>();
        integers(&sums(f), &sums(g))
    }
}

impl Coefficients for GaussianRationals {
    const DECIMALS: bool = true;
    of_a_gcd_domain!();
    fn to_integer(&self, c: &Complex<BigRational>) -> Option<BigInt> {
        (c.im.is_zero() && c.re.is_integer()).then(|| c.re.numer().clone())
    }
    fn facts(&self, f: &Poly<Self>, g: &Poly<Self>) -> Outcome<Facts> {
        let sums = |f: &Poly<Self>| {
            let parts = numerators(f.iter().flat_map(|c| [&c.re, &c.im]));
            parts.chunks(2).map(|part| &part[0] + &part[1]).collect::<Vec<_>>()
        };
        integers(&sums(f), &sums(g))
    }
}

impl<T: MachineInteger + 'static> Coefficients for Checked<T> {
    of_a_domain!();
    fn to_integer(&self, c: &T) -> Option<BigInt> {
        Some(self.lift(c))
    }
    fn height_of(&self, f: &Poly<Self>) -> Outcome<T> {
        let height = f.iter().map(|c| self.lift(c).abs()).max().unwrap_or_default();
        Ok(self.try_from_integer(height)?)
    }
    /// Over Z, for the content of the least integer alone does not fit.
    fn content_of(&self, f: &Poly<Self>) -> Outcome<T> {
        let content = f.iter().fold(BigInt::zero(), |gcd, c| gcd.gcd(&self.lift(c)));
        Ok(self.try_from_integer(content)?)
    }
    fn facts(&self, f: &Poly<Self>, g: &Poly<Self>) -> Outcome<Facts> {
        let lifted = |f: &Poly<Self>| f.iter().map(|c| self.lift(c)).collect::<Vec<_>>();
        integers(&lifted(f), &lifted(g))
    }
}

impl Coefficients for Zmod {
    fn facts(&self, _: &Poly<Self>, _: &Poly<Self>) -> Outcome<Facts> {
        Ok(Facts::Word { modulus: self.modulus() })
    }
}

impl Coefficients for PrimeField {
    of_a_gcd_domain!();
    fn facts(&self, _: &Poly<Self>, _: &Poly<Self>) -> Outcome<Facts> {
        Ok(Facts::Word { modulus: self.modulus() })
    }
}

/// A product of large residues is one of integers, reduced.
macro_rules! large_residues {
    () => {
        fn facts(&self, f: &Poly<Self>, g: &Poly<Self>) -> Outcome<Facts> {
            let lifted = |f: &Poly<Self>| f.iter().map(|c| self.lift(c)).collect::<Vec<_>>();
            integers(&lifted(f), &lifted(g))
        }
    };
}

impl Coefficients for ZmodBig {
    large_residues!();
}

impl Coefficients for PrimeFieldBig {
    of_a_gcd_domain!();
    large_residues!();
}

/// The integer that a float is, none for very large ones, which stand for many.
fn exact_integer(x: f64) -> Option<BigInt> {
    (x.fract() == 0.0 && x.abs() < 9e15).then(|| BigInt::from_f64(x)).flatten()
}

const NO_GCD: &str = "is not exact: content is not defined up to rounding";

impl Coefficients for Reals {
    const DECIMALS: bool = true;
    fn to_integer(&self, c: &f64) -> Option<BigInt> {
        exact_integer(*c)
    }
    fn is_number(&self, c: &f64) -> bool {
        c.is_finite()
    }
    fn height_of(&self, f: &Poly<Self>) -> Outcome<f64> {
        Ok(f.iter().fold(0.0, |height, c| c.abs().max(height)))
    }
    fn content_of(&self, _: &Poly<Self>) -> Outcome<f64> {
        Err(Failure::of(format!("{self} {NO_GCD}")))
    }
    of_a_domain!();
    fn facts(&self, _: &Poly<Self>, _: &Poly<Self>) -> Outcome<Facts> {
        Ok(Facts::Floats)
    }
}

impl Coefficients for Complexes {
    const DECIMALS: bool = true;
    fn to_integer(&self, c: &Complex<f64>) -> Option<BigInt> {
        if c.im == 0.0 { exact_integer(c.re) } else { None }
    }
    fn is_number(&self, c: &Complex<f64>) -> bool {
        c.is_finite()
    }
    fn height_of(&self, f: &Poly<Self>) -> Outcome<Complex<f64>> {
        Ok(f.iter().fold(0.0_f64, |height, c| c.norm().max(height)).into())
    }
    fn content_of(&self, _: &Poly<Self>) -> Outcome<Complex<f64>> {
        Err(Failure::of(format!("{self} {NO_GCD}")))
    }
    of_a_domain!();
    fn facts(&self, _: &Poly<Self>, _: &Poly<Self>) -> Outcome<Facts> {
        Ok(Facts::Complex)
    }
}
