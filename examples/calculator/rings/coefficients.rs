//! [`Coefficients`] for every ring of the library that the calculator offers.

use super::Coefficients;
use crate::algebra::hold_room;
use crate::failure::{Failure, Outcome};
use monic::ring::{IntegerImage, MachineInteger, Ring, Style};
use monic::roots::{ComplexRoot, FloatRoot, RealRoot};
use monic::{
    CC, Checked, Complexes, ExtensionField, Factored, GaloisField, GaussianIntegers, GaussianRationals,
    Integers, Poly, PrimeField, PrimeFieldBig, Rationals, Reals, Zmod, ZmodBig,
};
use num_bigint::BigInt;
use num_complex::Complex;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{FromPrimitive, Signed, Zero};
use std::fmt;

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
        fn subresultants_of(&self, f: &Poly<Self>, g: &Poly<Self>) -> Outcome<Vec<Poly<Self>>> {
            Ok(f.try_subresultants(g)?)
        }
    };
}

/// What rings have whose elements are real numbers, exactly.
macro_rules! with_real_and_complex_roots {
    () => {
        fn real_roots_of(&self, f: &Poly<Self>) -> Outcome<Vec<RealRoot>> {
            Ok(f.try_real_roots()?)
        }
        fn complex_roots_of(&self, f: &Poly<Self>, decimals: Option<u32>) -> Outcome<Vec<String>> {
            certified_roots(&f.try_complex_roots(64)?, decimals)
        }
    };
}

/// What rings have over which polynomials are factored.
macro_rules! with_factors {
    () => {
        fn factor_of(&self, f: &Poly<Self>) -> Outcome<Factored<Self>> {
            Ok(f.try_factor()?)
        }
        fn squarefree_of(&self, f: &Poly<Self>) -> Outcome<Factored<Self>> {
            Ok(f.try_squarefree()?)
        }
        fn is_irreducible_of(&self, f: &Poly<Self>) -> Outcome<bool> {
            Ok(f.try_is_irreducible()?)
        }
    };
}

macro_rules! with_roots {
    () => {
        fn roots_of(&self, f: &Poly<Self>) -> Outcome<Vec<(Self::Element, usize)>> {
            Ok(f.try_roots()?)
        }
    };
}

impl Coefficients for Integers {
    with_real_and_complex_roots!();
    of_a_gcd_domain!();
    with_factors!();
    with_roots!();
    fn to_integer(&self, c: &BigInt) -> Option<BigInt> {
        Some(c.clone())
    }
    fn height_of(&self, f: &Poly<Self>) -> Outcome<BigInt> {
        Ok(f.iter().map(Signed::abs).max().unwrap_or_default())
    }
}

impl Coefficients for Rationals {
    const DECIMALS: bool = true;
    with_real_and_complex_roots!();
    of_a_gcd_domain!();
    with_factors!();
    with_roots!();
    fn to_integer(&self, c: &BigRational) -> Option<BigInt> {
        c.is_integer().then(|| c.numer().clone())
    }
    fn height_of(&self, f: &Poly<Self>) -> Outcome<BigRational> {
        Ok(f.iter().map(Signed::abs).max().unwrap_or_else(BigRational::zero))
    }
}

impl Coefficients for GaussianIntegers {
    of_a_gcd_domain!();
    fn to_integer(&self, c: &Complex<BigInt>) -> Option<BigInt> {
        c.im.is_zero().then(|| c.re.clone())
    }
}

impl Coefficients for GaussianRationals {
    const DECIMALS: bool = true;
    of_a_gcd_domain!();
    with_factors!();
    with_roots!();
    fn to_integer(&self, c: &Complex<BigRational>) -> Option<BigInt> {
        (c.im.is_zero() && c.re.is_integer()).then(|| c.re.numer().clone())
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
}

impl Coefficients for Zmod {
    with_roots!();
}

impl Coefficients for PrimeField {
    of_a_gcd_domain!();
    with_factors!();
    with_roots!();
}

impl Coefficients for GaloisField {
    of_a_gcd_domain!();
    with_factors!();
    with_roots!();
    fn constants(&self) -> Vec<(String, u64)> {
        vec![(self.extension().name().into(), self.generator())]
    }
}

impl Coefficients for ExtensionField<PrimeField> {
    of_a_gcd_domain!();
    with_factors!();
    with_roots!();
    fn constants(&self) -> Vec<(String, Self::Element)> {
        vec![(self.name().into(), self.generator())]
    }
}

impl Coefficients for ExtensionField<PrimeFieldBig> {
    of_a_gcd_domain!();
    with_factors!();
    with_roots!();
    fn constants(&self) -> Vec<(String, Self::Element)> {
        vec![(self.name().into(), self.generator())]
    }
}

impl Coefficients for ExtensionField<Rationals> {
    const DECIMALS: bool = true;
    of_a_gcd_domain!();
    with_factors!();
    with_roots!();
    fn to_integer(&self, c: &Vec<BigRational>) -> Option<BigInt> {
        match c.as_slice() {
            [] => Some(BigInt::zero()),
            [c] => c.is_integer().then(|| c.numer().clone()),
            _ => None,
        }
    }
    fn constants(&self) -> Vec<(String, Self::Element)> {
        vec![(self.name().into(), self.generator())]
    }
}

impl Coefficients for ZmodBig {
    with_roots!();
}

impl Coefficients for PrimeFieldBig {
    of_a_gcd_domain!();
    with_factors!();
    with_roots!();
}

/// The integer that a float is, none for very large ones, which stand for many.
fn exact_integer(x: f64) -> Option<BigInt> {
    (x.fract() == 0.0 && x.abs() < 9e15).then(|| BigInt::from_f64(x)).flatten()
}

/// Roots in discs, each as often as it is one.
fn certified_roots(roots: &[ComplexRoot], decimals: Option<u32>) -> Outcome<Vec<String>> {
    let text = |root: &ComplexRoot| -> Outcome<String> {
        let Some(d) = decimals else { return Ok(float_text(float(root)?)) };
        Ok(match root.try_to_decimal(d)? {
            (re, _) if root.is_real() => re,
            (re, im) => match im.strip_prefix('-') {
                Some(im) => format!("{re} - {im}*i"),
                None => format!("{re} + {im}*i"),
            },
        })
    };
    let mut list = Vec::new();
    for root in roots {
        let text = text(root)?;
        hold_room((root.multiplicity() as u64).saturating_mul((size_of::<String>() + text.len()) as u64))?;
        list.extend(std::iter::repeat_n(text, root.multiplicity()));
    }
    Ok(list)
}

/// The nearest float, where the range of floats has one.
fn float(root: &ComplexRoot) -> Outcome<Complex<f64>> {
    let z = root.to_complex();
    if z.is_finite() && (!z.is_zero() || root.disc().re().is_zero() && root.disc().im().is_zero()) {
        return Ok(z);
    }
    Err(Failure::of("a root is beyond the range of floats: ask for it with decimals, complexroots(f, d)"))
}

fn float_text(z: Complex<f64>) -> String {
    struct Text(Complex<f64>);
    impl fmt::Display for Text {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            CC.fmt_element(&self.0, Style::Plain, f)
        }
    }
    Text(z).to_string()
}

/// Roots in double precision, which have no decimals that one could rely on.
fn float_roots(ring: &dyn fmt::Display, roots: &[FloatRoot], decimals: Option<u32>) -> Outcome<Vec<String>> {
    if decimals.is_some() {
        return Err(Failure::of(format!(
            "decimals over {ring} are those of floats: leave their number out, or compute over QQ"
        )));
    }
    Ok(roots.iter().map(|root| float_text(root.value)).collect())
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
    /// Those of the polynomial with exactly these coefficients.
    fn real_roots_of(&self, f: &Poly<Self>) -> Outcome<Vec<RealRoot>> {
        let exact = |c: &f64| {
            BigRational::from_f64(*c)
                .ok_or_else(|| Failure::of(format!("{c} is no coefficient of a polynomial with roots")))
        };
        let exact = f.iter().map(exact).collect::<Outcome<Vec<_>>>()?;
        Ok(Poly::from_vec(Rationals, exact).try_real_roots()?)
    }
    fn complex_roots_of(&self, f: &Poly<Self>, decimals: Option<u32>) -> Outcome<Vec<String>> {
        float_roots(self, &f.try_complex_roots()?, decimals)
    }
    of_a_domain!();
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
    fn complex_roots_of(&self, f: &Poly<Self>, decimals: Option<u32>) -> Outcome<Vec<String>> {
        float_roots(self, &f.try_complex_roots()?, decimals)
    }
    of_a_domain!();
}
