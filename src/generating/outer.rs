//! The outer function of a structure, `sum over allowed j of w(j)*y^j` for a number `j` of components: `w = 1` for sequences, `1/j!` for sets, `1/j` for
//! cycles.
//!
//! It stands apart because the restriction to some numbers of components is the same for all: coefficients that are left out. A restricted structure is then one
//! composition of power series, whatever the range.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::ops::{Bound, RangeBounds};

/// The numbers of components that a range allows, as `first..end`, below `order`: more components of size 1 and more are larger than what is known.
pub(super) fn allowed(range: &impl RangeBounds<usize>, order: usize) -> std::ops::Range<usize> {
    let first = match range.start_bound() {
        Bound::Included(&a) => a,
        Bound::Excluded(&a) => a.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(&b) => b.saturating_add(1),
        Bound::Excluded(&b) => b,
        Bound::Unbounded => order,
    };
    first.min(order)..end.min(order)
}

/// `w = 1`.
pub(super) fn sequences(range: &impl RangeBounds<usize>, order: usize) -> Vec<BigInt> {
    let allowed = allowed(range, order);
    (0..allowed.end).map(|j| BigInt::from(u8::from(allowed.contains(&j)))).collect()
}

/// `w = 1/j!`.
pub(super) fn sets(range: &impl RangeBounds<usize>, order: usize) -> Vec<BigRational> {
    let allowed = allowed(range, order);
    let mut factorial = BigInt::one();
    let weight = |j: usize| {
        factorial *= j.max(1);
        if allowed.contains(&j) {
            BigRational::new_raw(BigInt::one(), factorial.clone())
        } else {
            BigRational::zero()
        }
    };
    (0..allowed.end).map(weight).collect()
}

/// `w = 1/j`; there is no cycle of nothing.
pub(super) fn cycles(range: &impl RangeBounds<usize>, order: usize) -> Vec<BigRational> {
    let allowed = allowed(range, order);
    let weight = |j: usize| {
        if j > 0 && allowed.contains(&j) {
            BigRational::new_raw(BigInt::one(), j.into())
        } else {
            BigRational::zero()
        }
    };
    (0..allowed.end).map(weight).collect()
}
