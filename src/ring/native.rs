//! Any number type that has the operations: [`Native<T>`] makes `T` of num-traits a ring.
//!
//! It stands apart because it knows nothing of `T` but its operators: no fast product, no limits, and
//! whatever `T` does on overflow happens. For `i64` and `i128` with overflow as an error there is
//! [`Checked`](super::Checked), for `f64` [`Reals`](super::Reals), for `BigInt` [`Integers`](super::Integers).
//!
//! What it does not do: read decimals or names, and claim to be a domain or a field. Quotients are tried and
//! multiplied back, so that `1/2` is an error over integers and `1/2` over fractions.

use super::{IntoElement, Ring, Style, generic};
use crate::convolution::Want;
use crate::{Error, Result};
use num_complex::Complex;
use num_integer::Integer;
use num_rational::Ratio;
use num_traits::Num;
use std::{
    any::{self, TypeId},
    fmt,
    marker::PhantomData,
    num::Wrapping,
    ops::Neg,
};

/// What [`Native`] asks of a type; every type that fits has it.
pub trait NativeNumber:
    Num + Neg<Output = Self> + Clone + fmt::Debug + fmt::Display + Send + Sync + 'static
{
}

impl<T: Num + Neg<Output = T> + Clone + fmt::Debug + fmt::Display + Send + Sync + 'static> NativeNumber
    for T
{
}

/// The ring of a type with the operators of a number.
///
/// # Examples
/// Arithmetic modulo 2^8, and fractions of machine integers:
/// ```
/// use monic::ring::{Native, Ring};
/// use num_rational::Ratio;
/// use std::num::Wrapping;
/// let bytes = Native::<Wrapping<u8>>::new();
/// assert_eq!(bytes.mul(&Wrapping(16), &Wrapping(17)), Wrapping(16));
/// let fractions = Native::<Ratio<i32>>::new();
/// assert_eq!(fractions.try_inverse(&Ratio::new(2, 3))?, Ratio::new(3, 2));
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(PartialEq, Eq, Hash)]
pub struct Native<T>(PhantomData<fn() -> T>);

impl<T> Native<T> {
    /// The ring of `T`.
    pub const fn new() -> Self {
        Native(PhantomData)
    }
}

impl<T> Clone for Native<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Native<T> {}

impl<T> Default for Native<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for Native<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Native<{}>", any::type_name::<T>())
    }
}

impl<T> fmt::Display for Native<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(any::type_name::<T>())
    }
}

impl<T: NativeNumber> Ring for Native<T> {
    type Element = T;

    fn zero(&self) -> T {
        T::zero()
    }
    fn one(&self) -> T {
        T::one()
    }
    fn add(&self, a: &T, b: &T) -> T {
        a.clone() + b.clone()
    }
    fn neg(&self, a: &T) -> T {
        -a.clone()
    }
    fn mul(&self, a: &T, b: &T) -> T {
        a.clone() * b.clone()
    }
    fn sub(&self, a: &T, b: &T) -> T {
        a.clone() - b.clone()
    }
    fn is_zero(&self, a: &T) -> bool {
        a.is_zero()
    }
    fn is_one(&self, a: &T) -> bool {
        a.is_one()
    }
    fn try_inverse(&self, a: &T) -> Result<T> {
        self.try_exact_quo(&T::one(), a)
    }
    fn try_exact_quo(&self, a: &T, b: &T) -> Result<T> {
        if b.is_zero() {
            return Err(Error::undefined("division by zero"));
        }
        let quotient = a.clone() / b.clone();
        if quotient.clone() * b.clone() == *a {
            Ok(quotient)
        } else {
            Err(Error::not_exact(format!("{a} / {b} is not exact in {self}")))
        }
    }
    /// False for `f32`, `f64` and their complex numbers, true for all else.
    fn is_exact(&self) -> bool {
        let id = TypeId::of::<T>();
        ![
            TypeId::of::<f32>(),
            TypeId::of::<f64>(),
            TypeId::of::<Complex<f32>>(),
            TypeId::of::<Complex<f64>>(),
        ]
        .contains(&id)
    }
    fn convolve_into(&self, a: &[T], b: &[T], want: &Want, out: &mut Vec<T>) -> Result<()> {
        generic::convolve_into(self, a, b, want, out)
    }
    fn convolve_assign(&self, a: &mut Vec<T>, b: &[T], want: &Want) -> Result<()> {
        generic::convolve_assign(self, a, b, want)
    }
    fn fmt_element(&self, a: &T, _: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{a}")
    }
    fn is_negative(&self, a: &T) -> bool {
        let text = a.to_string();
        text.starts_with('-') && !has_inner_sign(&text)
    }
    fn is_sum(&self, a: &T) -> bool {
        has_inner_sign(&a.to_string())
    }
}

/// Whether a sign stands inside the text, other than in an exponent.
fn has_inner_sign(text: &str) -> bool {
    let bytes = text.as_bytes();
    (1..bytes.len()).any(|i| matches!(bytes[i], b'+' | b'-') && !matches!(bytes[i - 1], b'e' | b'E'))
}

impl<T> IntoElement<Native<Wrapping<T>>> for Wrapping<T>
where
    Wrapping<T>: NativeNumber,
{
    fn into_element(self, _: &Native<Wrapping<T>>) -> Wrapping<T> {
        self
    }
}

impl<T: Clone + Integer> IntoElement<Native<Ratio<T>>> for Ratio<T>
where
    Ratio<T>: NativeNumber,
{
    fn into_element(self, _: &Native<Ratio<T>>) -> Ratio<T> {
        self
    }
}

impl<T> IntoElement<Native<Complex<T>>> for Complex<T>
where
    Complex<T>: NativeNumber,
{
    fn into_element(self, _: &Native<Complex<T>>) -> Complex<T> {
        self
    }
}

macro_rules! native_floats {
    ($($type:ty)*) => { $(
        impl IntoElement<Native<$type>> for $type {
            fn into_element(self, _: &Native<$type>) -> $type {
                self
            }
        }
    )* };
}
native_floats!(f32 f64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_in_text() {
        let ring = Native::<Complex<i32>>::new();
        assert!(ring.is_sum(&Complex::new(1, -2)) && !ring.is_negative(&Complex::new(-1, -2)));
        assert!(Native::<f64>::new().is_negative(&-1e-7) && !Native::<f64>::new().is_sum(&-1e-7));
        assert_eq!(
            Native::<i32>::new().try_exact_quo(&7, &2).unwrap_err().kind(),
            crate::ErrorKind::NotExact
        );
        assert_eq!(Native::<i32>::new().try_inverse(&-1), Ok(-1));
    }
}
