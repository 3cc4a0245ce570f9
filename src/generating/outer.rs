//! The outer function of a structure, `sum over allowed j of w(j)*y^j` for a number `j` of components: `w = 1` for sequences, `1/j!` for sets, `1/j` for
//! cycles.
//!
//! It stands apart because the restriction to some numbers of components is the same for all: coefficients that are left out. A restricted structure is then one
//! composition of power series, whatever the range; where all numbers from one on are allowed, it is all of them without a few.

use crate::ring::Ring;
use crate::{Poly, Result, Series};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::ops::{Bound, Range, RangeBounds};

/// Up to so many coefficients a composition is evaluated by Horner's rule, a product each: over Q and to order 1000 a composition takes as long as
/// some hundred products, to order 100 as some twenty.
const HORNER: usize = 16;

/// Structures whose number of components is in a range, from all of them and from those with a number in `first..end`.
///
/// Components that are of size `v` and more are at most `(order - 1)/v`, or the structure is larger than what is known.
pub(super) fn restricted<R: Ring>(
    components: &Series<R>,
    range: &impl RangeBounds<usize>,
    all: impl FnOnce() -> Result<Series<R>>,
    some: impl FnOnce(Range<usize>) -> Result<Series<R>>,
) -> Result<Series<R>> {
    let order = components.precision();
    let end = components.valuation().map_or(1, |v| order.saturating_sub(1) / v.max(1) + 1);
    let allowed = allowed(range, end);
    if allowed.is_empty() {
        Ok(Series::from_vec(components.ring().clone(), Vec::new(), order))
    } else if allowed.end < end {
        some(allowed)
    } else if allowed.start == 0 {
        all()
    } else {
        all()?.try_sub(&some(0..allowed.start)?)
    }
}

/// The numbers below `limit` that a range allows, as `first..end`.
fn allowed(range: &impl RangeBounds<usize>, limit: usize) -> Range<usize> {
    let first = match range.start_bound() {
        Bound::Included(&a) => a,
        Bound::Excluded(&a) => a.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(&b) => b.saturating_add(1),
        Bound::Excluded(&b) => b,
        Bound::Unbounded => limit,
    };
    first.min(limit)..end.min(limit)
}

/// `w = 1`.
pub(super) fn sequences<R: Ring>(ring: &R, allowed: &Range<usize>) -> Vec<R::Element> {
    (0..allowed.end).map(|j| if allowed.contains(&j) { ring.one() } else { ring.zero() }).collect()
}

/// `w = 1/j!`.
pub(super) fn sets(allowed: &Range<usize>) -> Vec<BigRational> {
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
pub(super) fn cycles(allowed: &Range<usize>) -> Vec<BigRational> {
    let weight = |j: usize| {
        if j > 0 && allowed.contains(&j) {
            BigRational::new_raw(BigInt::one(), j.into())
        } else {
            BigRational::zero()
        }
    };
    (0..allowed.end).map(weight).collect()
}

/// The composition of a polynomial with a series whose constant coefficient is 0.
pub(super) fn composed<R: Ring>(outer: Vec<R::Element>, inner: &Series<R>) -> Result<Series<R>> {
    let order = inner.precision();
    let ring = inner.ring();
    if outer.len() > HORNER {
        return Series::from_vec(ring.clone(), outer, order).compose(inner);
    }
    let f = inner.to_poly();
    let mut value = Poly::zero(ring.clone());
    for c in outer.into_iter().rev() {
        value = value.try_mul_low(&f, order)?.try_add(&Poly::constant(ring.clone(), c))?;
    }
    Ok(value.to_series(order))
}
