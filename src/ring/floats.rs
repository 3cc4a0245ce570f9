//! R and C in floating point: [`Reals`] and [`Complexes`] over `f64` or `f32`.
//!
//! They stand apart from the exact rings because the laws hold up to rounding only: [`is_exact`](Ring::is_exact) is false,
//! and gcd and factoring refuse them. Real and complex numbers share a file, for every line of one is a line
//! of the other.
//!
//! # Method
//! Products of sequences come from the engine, whose error bounds are with
//! [`convolution::floats`](crate::convolution::floats()). Complex quotients follow R. Smith, "Algorithm 116: Complex division", CACM 5(8),
//! 1962, which does not overflow where the quotient is moderate. Decimals are read correctly rounded and written
//! with the fewest digits that read back as the same number.
//!
//! # Invariants
//! None: infinities and NaN may come out of an operation, and zero has two signs that compare equal. A *literal*
//! that is too large for the type is refused.

use super::{
    Domain, Elementary, Field, GcdDomain, IntoElement, Literal, Ring, Style, elementary::of_float, engine,
    generic, roots, text,
};
use crate::convolution::plan::{Facts, Plan};
use crate::convolution::{self, Want, format_integer};
use crate::{Error, Result};
use num_bigint::BigInt;
use num_complex::Complex;
use num_traits::{Float, ToPrimitive};
use std::{fmt, marker::PhantomData, str::FromStr};

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

/// The floating-point types: `f64` and `f32`.
pub trait FloatingPoint:
    sealed::Sealed + Float + FromStr + fmt::Debug + fmt::Display + fmt::LowerExp + Send + Sync + 'static
{
    /// `f64` or `f32`.
    const NAME: &'static str;

    /// The nearest value, ties to even; infinite beyond the range.
    fn from_bigint(n: &BigInt) -> Self;

    /// The product of two real sequences, into the memory that `out` has.
    ///
    /// # Errors
    /// Those of [`convolution::floats_into`](crate::convolution::floats_into()).
    fn real_product_into(a: &[Self], b: &[Self], want: &Want, out: &mut Vec<Self>) -> Result<()>;

    /// The product of two complex sequences, into the memory that `out` has.
    ///
    /// # Errors
    /// Those of [`convolution::complexes_into`](crate::convolution::complexes_into()).
    fn complex_product_into(
        a: &[Complex<Self>],
        b: &[Complex<Self>],
        want: &Want,
        out: &mut Vec<Complex<Self>>,
    ) -> Result<()>;

    /// The product of two real sequences in place of the first.
    ///
    /// # Errors
    /// Those of [`convolution::floats_into`](crate::convolution::floats_into()); `a` is as it was then.
    fn real_product_assign(a: &mut Vec<Self>, b: &[Self], want: &Want) -> Result<()>;

    /// The product of two complex sequences in place of the first.
    ///
    /// # Errors
    /// Those of [`convolution::complexes_into`](crate::convolution::complexes_into()); `a` is as it was then.
    fn complex_product_assign(a: &mut Vec<Complex<Self>>, b: &[Complex<Self>], want: &Want) -> Result<()>;
}

macro_rules! floating_point {
    ($type:ident, $to:ident, [$reals:ident $complexes:ident], [$reals_assign:ident $complexes_assign:ident]) => {
        impl FloatingPoint for $type {
            const NAME: &'static str = stringify!($type);

            fn from_bigint(n: &BigInt) -> Self {
                // None does not occur: beyond the range the conversion is infinite.
                n.$to().unwrap_or($type::NAN)
            }
            fn real_product_into(a: &[Self], b: &[Self], want: &Want, out: &mut Vec<Self>) -> Result<()> {
                convolution::$reals(a, b, want, out)
            }
            fn complex_product_into(
                a: &[Complex<Self>],
                b: &[Complex<Self>],
                want: &Want,
                out: &mut Vec<Complex<Self>>,
            ) -> Result<()> {
                convolution::$complexes(a, b, want, out)
            }
            fn real_product_assign(a: &mut Vec<Self>, b: &[Self], want: &Want) -> Result<()> {
                convolution::$reals_assign(a, b, want)
            }
            fn complex_product_assign(
                a: &mut Vec<Complex<Self>>,
                b: &[Complex<Self>],
                want: &Want,
            ) -> Result<()> {
                convolution::$complexes_assign(a, b, want)
            }
        }

        impl IntoElement<Reals<$type>> for $type {
            fn into_element(self, _: &Reals<$type>) -> $type {
                self
            }
        }
        impl IntoElement<Complexes<$type>> for $type {
            fn into_element(self, _: &Complexes<$type>) -> Complex<$type> {
                self.into()
            }
        }
        impl IntoElement<Complexes<$type>> for Complex<$type> {
            fn into_element(self, _: &Complexes<$type>) -> Complex<$type> {
                self
            }
        }
    };
}
floating_point!(f64, to_f64, [floats_into complexes_into], [floats_assign complexes_assign]);
floating_point!(f32, to_f32, [floats32_into complexes32_into], [floats32_assign complexes32_assign]);

/// The real numbers, in floating point.
///
/// # Examples
/// ```
/// use monic::{RR, Ring};
/// assert_eq!(RR.mul(&0.5, &3.0), 1.5);
/// assert!(!RR.is_exact());
/// ```
pub struct Reals<T = f64>(PhantomData<fn() -> T>);

/// The complex numbers, in floating point.
///
/// # Examples
/// ```
/// use monic::{CC, Ring};
/// use num_complex::Complex;
/// assert_eq!(CC.mul(&Complex::I, &Complex::I), Complex::from(-1.0));
/// ```
pub struct Complexes<T = f64>(PhantomData<fn() -> T>);

/// The real numbers, as `f64`.
pub const RR: Reals = Reals(PhantomData);

/// The real numbers, as `f32`.
pub const RR32: Reals<f32> = Reals(PhantomData);

/// The complex numbers, as `Complex<f64>`.
pub const CC: Complexes = Complexes(PhantomData);

/// The complex numbers, as `Complex<f32>`.
pub const CC32: Complexes<f32> = Complexes(PhantomData);

macro_rules! marker {
    ($type:ident, $display:literal) => {
        impl<T> Clone for $type<T> {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl<T> Copy for $type<T> {}
        impl<T> Default for $type<T> {
            fn default() -> Self {
                $type(PhantomData)
            }
        }
        impl<T> PartialEq for $type<T> {
            fn eq(&self, _: &Self) -> bool {
                true
            }
        }
        impl<T> Eq for $type<T> {}
        impl<T> std::hash::Hash for $type<T> {
            fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
        }
        impl<T: FloatingPoint> fmt::Debug for $type<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
        /// `RR`, `CC`; with `32` behind it for `f32`.
        impl<T: FloatingPoint> fmt::Display for $type<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($display)?;
                f.write_str(if T::NAME == "f32" { "32" } else { "" })
            }
        }
    };
}
marker!(Reals, "RR");
marker!(Complexes, "CC");

/// The float nearest to a literal.
fn literal_value<T: FloatingPoint>(literal: &Literal<'_>) -> Result<Option<T>> {
    let value = match literal {
        Literal::Integer(n) => T::from_bigint(n),
        Literal::Decimal { digits, exponent } => {
            // The standard library rounds any number of digits correctly.
            let text = format!("{}e{exponent}", format_integer(digits));
            text.parse().map_err(|_| Error::parse(0, "a decimal that does not read as a number"))?
        }
        Literal::Name(_) => return Ok(None),
    };
    if value.is_finite() {
        Ok(Some(value))
    } else {
        Err(Error::overflow(format!("the number is too large for {}", T::NAME)))
    }
}

fn finite<T: FloatingPoint>(n: &BigInt) -> Result<T> {
    let value = T::from_bigint(n);
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Error::overflow(format!("{} is too large for {}", text::abbreviated(n), T::NAME)))
    }
}

/// The fewest digits that read back, with an exponent where the number is very large or small.
fn fmt_float<T: FloatingPoint>(a: &T, style: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if a.is_zero() {
        return f.write_str("0");
    }
    let decimal = a.abs().to_f64().is_some_and(|m| (1e-5..1e16).contains(&m));
    if decimal || !a.is_finite() {
        return write!(f, "{a}");
    }
    let text = format!("{a:e}");
    match (style, text.split_once('e')) {
        (Style::Latex, Some((digits, exponent))) => write!(f, "{digits} \\cdot 10^{{{exponent}}}"),
        _ => f.write_str(&text),
    }
}

impl<T: FloatingPoint> Ring for Reals<T> {
    type Element = T;

    fn zero(&self) -> T {
        T::zero()
    }
    fn one(&self) -> T {
        T::one()
    }
    fn add(&self, a: &T, b: &T) -> T {
        *a + *b
    }
    fn neg(&self, a: &T) -> T {
        -*a
    }
    fn mul(&self, a: &T, b: &T) -> T {
        *a * *b
    }
    fn sub(&self, a: &T, b: &T) -> T {
        *a - *b
    }
    fn is_zero(&self, a: &T) -> bool {
        a.is_zero()
    }
    fn from_integer(&self, n: BigInt) -> T {
        T::from_bigint(&n)
    }
    fn try_from_integer(&self, n: BigInt) -> Result<T> {
        finite(&n)
    }
    fn try_inverse(&self, a: &T) -> Result<T> {
        self.try_exact_quo(&T::one(), a)
    }
    fn try_exact_quo(&self, a: &T, b: &T) -> Result<T> {
        if b.is_zero() { Err(Error::undefined("division by zero")) } else { Ok(*a / *b) }
    }
    fn try_root(&self, a: &T, k: u64) -> Result<T> {
        if let Some(root) = roots::trivial(self, a, k)? {
            return Ok(root);
        }
        if *a < T::zero() && k.is_multiple_of(2) {
            return Err(roots::none(self, a, k));
        }
        let root = match k {
            2 => a.sqrt(),
            3 => a.cbrt(),
            _ => a.abs().powf(T::one() / self.try_from_integer(k.into())?).copysign(*a),
        };
        Ok(root)
    }
    fn try_elementary(&self, function: Elementary, a: &T) -> Result<T> {
        let value = of_float!(function, *a);
        match value.is_finite() || !a.is_finite() {
            true => Ok(value),
            false => Err(Error::undefined(format!("{function} of {a} is no finite real number"))),
        }
    }
    fn is_exact(&self) -> bool {
        false
    }
    fn fmt_element(&self, a: &T, style: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_float(a, style, f)
    }
    fn is_negative(&self, a: &T) -> bool {
        *a < T::zero()
    }
    fn from_literal(&self, literal: &Literal<'_>) -> Result<T> {
        match literal_value(literal)? {
            Some(value) => Ok(value),
            None => text::default_literal(self, literal),
        }
    }
    fn plan(&self, a: &[T], b: &[T], want: &Want) -> Result<Plan> {
        engine::choose(&Facts::Floats, &generic::shape(a, b, want), want)
    }
    fn convolve(&self, a: &[T], b: &[T], want: &Want) -> Result<Vec<T>> {
        let mut product = Vec::new();
        T::real_product_into(a, b, want, &mut product)?;
        Ok(product)
    }
    fn convolve_into(&self, a: &[T], b: &[T], want: &Want, out: &mut Vec<T>) -> Result<()> {
        T::real_product_into(a, b, want, out)
    }
    fn convolve_assign(&self, a: &mut Vec<T>, b: &[T], want: &Want) -> Result<()> {
        T::real_product_assign(a, b, want)
    }
}

impl<T: FloatingPoint> Ring for Complexes<T> {
    type Element = Complex<T>;

    fn zero(&self) -> Complex<T> {
        Complex::new(T::zero(), T::zero())
    }
    fn one(&self) -> Complex<T> {
        Complex::new(T::one(), T::zero())
    }
    fn add(&self, a: &Complex<T>, b: &Complex<T>) -> Complex<T> {
        a + b
    }
    fn neg(&self, a: &Complex<T>) -> Complex<T> {
        -a
    }
    fn mul(&self, a: &Complex<T>, b: &Complex<T>) -> Complex<T> {
        a * b
    }
    fn sub(&self, a: &Complex<T>, b: &Complex<T>) -> Complex<T> {
        a - b
    }
    fn is_zero(&self, a: &Complex<T>) -> bool {
        a.re.is_zero() && a.im.is_zero()
    }
    fn from_integer(&self, n: BigInt) -> Complex<T> {
        T::from_bigint(&n).into()
    }
    fn try_from_integer(&self, n: BigInt) -> Result<Complex<T>> {
        finite::<T>(&n).map(Complex::from)
    }
    fn try_inverse(&self, a: &Complex<T>) -> Result<Complex<T>> {
        self.try_exact_quo(&self.one(), a)
    }
    fn try_exact_quo(&self, a: &Complex<T>, b: &Complex<T>) -> Result<Complex<T>> {
        if self.is_zero(b) {
            return Err(Error::undefined("division by zero"));
        }
        // Smith: divide through by the larger part of the divisor.
        if b.re.abs() >= b.im.abs() {
            let ratio = b.im / b.re;
            let norm = b.re + b.im * ratio;
            Ok(Complex::new((a.re + a.im * ratio) / norm, (a.im - a.re * ratio) / norm))
        } else {
            let ratio = b.re / b.im;
            let norm = b.re * ratio + b.im;
            Ok(Complex::new((a.re * ratio + a.im) / norm, (a.im * ratio - a.re) / norm))
        }
    }
    fn try_root(&self, a: &Complex<T>, k: u64) -> Result<Complex<T>> {
        if let Some(root) = roots::trivial(self, a, k)? {
            return Ok(root);
        }
        Ok(if k == 2 {
            a.sqrt()
        } else {
            a.powf(T::one() / Reals::<T>::default().try_from_integer(k.into())?)
        })
    }
    fn try_elementary(&self, function: Elementary, a: &Complex<T>) -> Result<Complex<T>> {
        let value = of_float!(function, *a);
        let finite = |z: &Complex<T>| z.re.is_finite() && z.im.is_finite();
        match finite(&value) || !finite(a) {
            true => Ok(value),
            false => Err(Error::undefined(format!("{function} of {a} is no finite number"))),
        }
    }
    fn is_exact(&self) -> bool {
        false
    }
    fn fmt_element(&self, a: &Complex<T>, style: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::fmt_complex(&Reals::<T>::default(), &a.re, &a.im, style, f)
    }
    fn is_negative(&self, a: &Complex<T>) -> bool {
        text::is_negative_complex(&Reals::<T>::default(), &a.re, &a.im)
    }
    fn is_sum(&self, a: &Complex<T>) -> bool {
        !a.re.is_zero() && !a.im.is_zero()
    }
    fn from_literal(&self, literal: &Literal<'_>) -> Result<Complex<T>> {
        match literal_value::<T>(literal)? {
            Some(value) => Ok(value.into()),
            None if *literal == Literal::Name("i") => Ok(Complex::new(T::zero(), T::one())),
            None => text::default_literal(self, literal),
        }
    }
    fn plan(&self, a: &[Complex<T>], b: &[Complex<T>], want: &Want) -> Result<Plan> {
        engine::choose(&Facts::Complex, &generic::shape(a, b, want), want)
    }
    fn convolve(&self, a: &[Complex<T>], b: &[Complex<T>], want: &Want) -> Result<Vec<Complex<T>>> {
        let mut product = Vec::new();
        T::complex_product_into(a, b, want, &mut product)?;
        Ok(product)
    }
    fn convolve_into(
        &self,
        a: &[Complex<T>],
        b: &[Complex<T>],
        want: &Want,
        out: &mut Vec<Complex<T>>,
    ) -> Result<()> {
        T::complex_product_into(a, b, want, out)
    }
    fn convolve_assign(&self, a: &mut Vec<Complex<T>>, b: &[Complex<T>], want: &Want) -> Result<()> {
        T::complex_product_assign(a, b, want)
    }
}

/// Up to rounding.
macro_rules! float_field {
    ($type:ident, $element:ty) => {
        impl<T: FloatingPoint> Domain for $type<T> {}

        impl<T: FloatingPoint> GcdDomain for $type<T> {
            fn gcd(&self, a: &$element, b: &$element) -> $element {
                if self.is_zero(a) && self.is_zero(b) { self.zero() } else { self.one() }
            }
            fn normalizing_unit(&self, a: &$element) -> $element {
                if self.is_zero(a) { self.one() } else { self.inverse(a) }
            }
        }

        impl<T: FloatingPoint> Field for $type<T> {}
    };
}
float_field!(Reals, T);
float_field!(Complexes, Complex<T>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ErrorKind, ring::text::element_text};

    #[test]
    fn text_of_floats() {
        let show = |a: f64| element_text(&RR, &a, Style::Plain);
        assert_eq!(
            [0.1, 2.0, -0.0, 1e300, -1.5e-7, 0.1 + 0.2].map(show),
            ["0.1", "2", "0", "1e300", "-1.5e-7", "0.30000000000000004"]
        );
        assert_eq!(element_text(&RR, &2.5e20, Style::Latex), "2.5 \\cdot 10^{20}");
        let show = |re, im| element_text(&CC, &Complex::new(re, im), Style::Plain);
        assert_eq!(show(1.0, -2.0), "1 - 2*i");
        assert_eq!(
            (show(0.0, -1.0), show(0.0, 1.0), show(-0.5, 0.0)),
            ("-i".into(), "i".into(), "-0.5".into())
        );
        assert!(CC.is_negative(&Complex::new(0.0, -1.0)) && !CC.is_negative(&Complex::new(-1.0, -1.0)));
    }

    #[test]
    fn literals_are_correctly_rounded() {
        let decimal =
            |digits: &str, exponent| Literal::Decimal { digits: digits.parse().expect("digits"), exponent };
        // Half way between two floats: to even; one digit above: up.
        assert_eq!(RR.from_literal(&decimal("9007199254740993", 0)), Ok(9_007_199_254_740_992.0));
        assert_eq!(RR.from_literal(&decimal("90071992547409930000000001", -10)), Ok(9_007_199_254_740_994.0));
        assert_eq!(RR.from_literal(&decimal("1", 400)).unwrap_err().kind(), ErrorKind::Overflow);
        assert_eq!(RR.from_literal(&decimal("1", -400)), Ok(0.0));
        assert_eq!(RR.try_from_integer(BigInt::from(1) << 2000).unwrap_err().kind(), ErrorKind::Overflow);
        assert_eq!(RR.from_integer((BigInt::from(1) << 60) + 65), 1_152_921_504_606_847_104.0);
        assert_eq!(CC.from_literal(&Literal::Name("i")), Ok(Complex::I));
        assert_eq!(RR.from_literal(&Literal::Name("i")).unwrap_err().kind(), ErrorKind::Parse);
    }

    #[test]
    fn division() {
        assert_eq!(RR.try_inverse(&-0.0).unwrap_err().kind(), ErrorKind::Undefined);
        let huge = Complex::new(1e300, 1e300);
        assert_eq!(CC.try_exact_quo(&huge, &huge), Ok(Complex::from(1.0)));
        assert_eq!(CC.inverse(&Complex::new(0.0, 2.0)), Complex::new(0.0, -0.5));
    }
}
