//! Z inside `i64` and `i128`: exact where every value fits, an error where one does not.
//!
//! It stands apart from [`Integers`](super::Integers) because its elements are machine words, and from
//! [`Native`](super::Native) because nothing here wraps around. The ring is partial: the `try_` forms return an
//! error of kind overflow, the plain forms panic with the operands.
//!
//! # Method
//! Operations on whole sequences (products, powers, values, gcds) are computed over Z by the integer engine
//! and checked once at the end. Checking every step instead would refuse results that fit: Karatsuba's sums of
//! halves and Horner's partial sums are larger than what they lead to.
//!
//! # Invariants
//! The smallest value has no negative and no normal form: `neg(i64::MIN)` overflows, and so does
//! `gcd(i64::MIN, 0)`.

use super::{Domain, GcdDomain, IntegerImage, Ring, Style, ZZ};
use crate::convolution::{self, Want, plan::Plan};
use crate::integer::IntegerVec;
use crate::{Error, Result};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{CheckedAdd, CheckedMul, CheckedSub, PrimInt, Signed};
use std::{fmt, marker::PhantomData};

mod sealed {
    pub trait Sealed {}
    impl Sealed for i64 {}
    impl Sealed for i128 {}
}

/// The machine integers of [`Checked`]: `i64` and `i128`.
pub trait MachineInteger:
    sealed::Sealed
    + PrimInt
    + Integer
    + Signed
    + CheckedAdd
    + CheckedSub
    + CheckedMul
    + Into<BigInt>
    + TryFrom<BigInt>
    + fmt::Debug
    + fmt::Display
    + Send
    + Sync
    + 'static
{
    /// `i64` or `i128`.
    const NAME: &'static str;

    /// One row a value.
    fn to_flat(values: &[Self]) -> IntegerVec;

    /// Every row as a value.
    ///
    /// # Errors
    /// Kind overflow when one does not fit.
    fn from_flat(rows: &IntegerVec) -> Result<Vec<Self>>;
}

impl MachineInteger for i64 {
    const NAME: &'static str = "i64";

    fn to_flat(values: &[i64]) -> IntegerVec {
        IntegerVec::from_i64s(values)
    }
    fn from_flat(rows: &IntegerVec) -> Result<Vec<i64>> {
        rows.to_i64s()
    }
}

impl MachineInteger for i128 {
    const NAME: &'static str = "i128";

    fn to_flat(values: &[i128]) -> IntegerVec {
        IntegerVec::from_i128s(values)
    }
    fn from_flat(rows: &IntegerVec) -> Result<Vec<i128>> {
        rows.to_i128s()
    }
}

/// The integers that fit `T`, with overflow as an error.
///
/// # Examples
/// ```
/// use monic::{ErrorKind, I64, Ring};
/// assert_eq!(I64.mul(&6, &7), 42);
/// assert_eq!(I64.try_mul(&i64::MAX, &2).unwrap_err().kind(), ErrorKind::Overflow);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Checked<T>(PhantomData<T>);

/// The integers that fit an `i64`.
pub const I64: Checked<i64> = Checked(PhantomData);

/// The integers that fit an `i128`.
pub const I128: Checked<i128> = Checked(PhantomData);

impl<T> Default for Checked<T> {
    fn default() -> Self {
        Checked(PhantomData)
    }
}

impl<T: MachineInteger> fmt::Debug for Checked<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Checked<{}>", T::NAME)
    }
}

impl<T: MachineInteger> fmt::Display for Checked<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::NAME)
    }
}

impl<T: MachineInteger> Checked<T> {
    fn fit(self, value: BigInt) -> Result<T> {
        T::try_from(value).map_err(|_| Error::overflow(format!("the value does not fit {}", T::NAME)))
    }

    /// The whole sequence, or an error that names the first coefficient that does not fit.
    fn fit_all(self, values: Vec<BigInt>, first: usize) -> Result<Vec<T>> {
        values
            .into_iter()
            .enumerate()
            .map(|(k, value)| {
                T::try_from(value.clone()).map_err(|_| {
                    Error::overflow(format!(
                        "coefficient {} of the result is {}, which does not fit {}",
                        first + k,
                        super::text::abbreviated(&value),
                        T::NAME
                    ))
                })
            })
            .collect()
    }
}

/// The refusal of an operation on two operands.
#[cold]
fn overflow<T: MachineInteger>(a: &T, operation: &str, b: &T) -> Error {
    Error::overflow(format!("{a} {operation} {b} does not fit {}", T::NAME))
}

/// The value, or a panic at the caller's place.
#[track_caller]
fn settle<T>(result: Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}

fn integers<T: MachineInteger>(values: &[T]) -> Vec<BigInt> {
    values.iter().map(|&v| v.into()).collect()
}

impl<T: MachineInteger> Ring for Checked<T> {
    type Element = T;

    fn zero(&self) -> T {
        T::zero()
    }
    fn one(&self) -> T {
        T::one()
    }
    #[track_caller]
    fn add(&self, a: &T, b: &T) -> T {
        settle(self.try_add(a, b))
    }
    #[track_caller]
    fn neg(&self, a: &T) -> T {
        settle(self.try_neg(a))
    }
    #[track_caller]
    fn mul(&self, a: &T, b: &T) -> T {
        settle(self.try_mul(a, b))
    }
    #[track_caller]
    fn sub(&self, a: &T, b: &T) -> T {
        settle(self.try_sub(a, b))
    }
    fn is_zero(&self, a: &T) -> bool {
        a.is_zero()
    }
    fn is_one(&self, a: &T) -> bool {
        a.is_one()
    }
    #[track_caller]
    fn from_integer(&self, n: BigInt) -> T {
        settle(self.try_from_integer(n))
    }
    fn try_add(&self, a: &T, b: &T) -> Result<T> {
        a.checked_add(b).ok_or_else(|| overflow(a, "+", b))
    }
    fn try_sub(&self, a: &T, b: &T) -> Result<T> {
        a.checked_sub(b).ok_or_else(|| overflow(a, "-", b))
    }
    fn try_neg(&self, a: &T) -> Result<T> {
        T::zero().checked_sub(a).ok_or_else(|| Error::overflow(format!("-({a}) does not fit {}", T::NAME)))
    }
    fn try_mul(&self, a: &T, b: &T) -> Result<T> {
        a.checked_mul(b).ok_or_else(|| overflow(a, "*", b))
    }
    fn try_from_integer(&self, n: BigInt) -> Result<T> {
        T::try_from(n.clone()).map_err(|_| {
            Error::overflow(format!("{} does not fit {}", super::text::abbreviated(&n), T::NAME))
        })
    }
    fn try_inverse(&self, a: &T) -> Result<T> {
        ZZ.try_inverse(&(*a).into()).and_then(|b| self.fit(b))
    }
    fn try_exact_quo(&self, a: &T, b: &T) -> Result<T> {
        ZZ.try_exact_quo(&(*a).into(), &(*b).into()).and_then(|q| self.fit(q))
    }
    fn fmt_element(&self, a: &T, _: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{a}")
    }
    fn is_negative(&self, a: &T) -> bool {
        a.is_negative()
    }

    fn plan(&self, a: &[T], b: &[T], want: &Want) -> Result<Plan> {
        let first = integers(a);
        if std::ptr::eq(a, b) { ZZ.plan(&first, &first, want) } else { ZZ.plan(&first, &integers(b), want) }
    }
    fn convolve(&self, a: &[T], b: &[T], want: &Want) -> Result<Vec<T>> {
        let first = want.window(a.len(), b.len()).start;
        let x = T::to_flat(a);
        let product = if std::ptr::eq(a, b) {
            convolution::integers(x.as_slice(), x.as_slice(), want)?
        } else {
            convolution::integers(x.as_slice(), T::to_flat(b).as_slice(), want)?
        };
        // Where one does not fit, the error names it by its place in the full product.
        T::from_flat(&product).or_else(|_| self.fit_all(product.to_bigints(), first))
    }
    fn power(&self, f: &[T], n: u64, want: &Want) -> Result<Vec<T>> {
        let first = want.window(super::generic::power_len(f.len(), n)?, 1).start;
        self.fit_all(ZZ.power(&integers(f), n, want)?, first)
    }
    fn evaluate(&self, f: &[T], x: &T) -> Result<T> {
        let value = ZZ.evaluate(&integers(f), &(*x).into())?;
        self.try_from_integer(value)
    }
    fn poly_gcd(&self, f: &[T], g: &[T]) -> Result<Vec<T>> {
        self.fit_all(ZZ.poly_gcd(&integers(f), &integers(g))?, 0)
    }
}

impl<T: MachineInteger> Domain for Checked<T> {}

impl<T: MachineInteger> GcdDomain for Checked<T> {
    /// # Panics
    /// When the gcd is `2^63` (`2^127`), which does not fit: both arguments are 0 or the smallest value.
    #[track_caller]
    fn gcd(&self, a: &T, b: &T) -> T {
        settle(self.fit(ZZ.gcd(&(*a).into(), &(*b).into())))
    }
    fn normalizing_unit(&self, a: &T) -> T {
        if a.is_negative() { -T::one() } else { T::one() }
    }
}

impl<T: MachineInteger> IntegerImage for Checked<T> {
    fn lift(&self, a: &T) -> BigInt {
        (*a).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn overflow_is_an_error_and_names_the_coefficient() {
        let error = I64.convolve(&[1, i64::MAX], &[2, 3], &Want::full()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Overflow);
        assert!(error.message().contains("coefficient 1 of the result is 18446744073709551617"), "{error}");
        let error = I64.convolve(&[1, i64::MAX], &[2, 3], &Want::range(2..3)).unwrap_err();
        assert!(error.message().contains("coefficient 2 "), "{error}");
        assert_eq!(I64.try_neg(&i64::MIN).unwrap_err().kind(), ErrorKind::Overflow);
        assert_eq!(I64.try_exact_quo(&i64::MIN, &-1).unwrap_err().kind(), ErrorKind::Overflow);
        assert_eq!(I64.try_exact_quo(&i64::MIN, &0).unwrap_err().kind(), ErrorKind::Undefined);
    }

    #[test]
    fn what_fits_is_not_refused_for_its_intermediate_values() {
        // Horner would pass through 2*10^18 * 10 on its way to 0.
        let x = 10;
        assert_eq!(I64.evaluate(&[0, -20_000_000_000_000_000, 2_000_000_000_000_000], &x).unwrap(), 0);
        assert_eq!(
            I64.evaluate(&[0, 0, -2_000_000_000_000_000_000, 200_000_000_000_000_000], &x).unwrap(),
            0
        );
        // The outer coefficient of the product overflows, the wanted one does not.
        assert_eq!(I64.convolve(&[1, i64::MAX], &[1, 2], &Want::low(1)).unwrap(), [1]);
        assert_eq!(I64.gcd(&i64::MIN, &6), 2);
        assert_eq!(I64.normalizing_unit(&i64::MIN), -1);
    }

    #[test]
    #[should_panic(expected = "9223372036854775807 + 1 does not fit i64")]
    fn plain_forms_panic_with_the_operands() {
        let _ = I64.add(&i64::MAX, &1);
    }

    #[test]
    #[should_panic(expected = "does not fit i64")]
    fn the_gcd_that_does_not_fit() {
        let _ = I64.gcd(&i64::MIN, &0);
    }
}
