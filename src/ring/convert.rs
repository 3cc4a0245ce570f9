//! What converts into a coefficient: [`IntoElement`], implemented on the value.
//!
//! On the value and not on the ring, so that every integer type can stand for a coefficient of every ring
//! and a ring's own element types can be added beside it without a conflict of implementations.

use super::Ring;
use num_bigint::{BigInt, BigUint};

/// A value that can stand for a coefficient of `R`.
///
/// Every integer type converts into every ring (negative integers into Z/n too).
///
/// # Panics
/// In partial rings (checked machine integers), where the value does not fit.
#[diagnostic::on_unimplemented(message = "`{Self}` does not convert into a coefficient of `{R}`")]
pub trait IntoElement<R: Ring> {
    /// The element of `ring` that this value stands for.
    fn into_element(self, ring: &R) -> R::Element;
}

impl<R: Ring, T: IntoElement<R> + Clone> IntoElement<R> for &T {
    fn into_element(self, ring: &R) -> R::Element {
        self.clone().into_element(ring)
    }
}

/// An integer type that may stand beside a polynomial in an operator: `f + 3`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no integer scalar",
    note = "other coefficients: `f.scale(&element)`, or an operator that the ring offers"
)]
pub trait IntegerScalar: Into<BigInt> {}

macro_rules! integer_types {
    ($($type:ty)*) => { $(
        impl<R: Ring> IntoElement<R> for $type {
            fn into_element(self, ring: &R) -> R::Element {
                ring.from_integer(self.into())
            }
        }
        impl IntegerScalar for $type {}
    )* };
}
integer_types!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize BigInt BigUint);
