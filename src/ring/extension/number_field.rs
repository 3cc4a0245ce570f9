//! Products over a number field on integers: operands over one denominator each, every slot reduced by integers, one division by the
//! denominator at the end.
//!
//! It stands apart because over Q a coefficient in lowest terms costs a gcd, and reduction has as many products as a coefficient has coordinates, squared.

use super::ExtensionField;
use crate::convolution::Want;
use crate::ring::fractions::divided;
use crate::ring::{Rationals, Ring, ZZ, generic, numbers};
use crate::{Result, limit};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// The slots that `want` asks for of a product of packed sequences, reduced: [`Field::extension_slots`](crate::ring::Field::extension_slots).
pub(in crate::ring) fn product(
    field: &ExtensionField<Rationals>,
    a: &[BigRational],
    b: &[BigRational],
    want: &Want,
    stride: usize,
) -> Result<Vec<Vec<BigRational>>> {
    let (x, m) = numbers::cleared(a)?;
    let (product, denominator) = if std::ptr::eq(a, b) {
        (ZZ.convolve(&x, &x, want)?, &m * &m)
    } else {
        let (y, n) = numbers::cleared(b)?;
        (ZZ.convolve(&x, &y, want)?, m * n)
    };
    let k = field.degree();
    if stride > k && field.0.table.is_empty() {
        return field.unpack(divided(product, &denominator), stride);
    }
    let flat: Vec<BigRational> =
        field.0.table.iter().take(stride.saturating_sub(k)).flatten().cloned().collect();
    let (rows, scale) = numbers::cleared(&flat)?;
    limit::check(product.len() as u64, 64)?;
    let len = stride.min(k);
    let mut reduced = Vec::with_capacity(product.len().div_ceil(stride) * len);
    for slot in product.chunks(stride) {
        let (low, high) = slot.split_at(slot.len().min(k));
        let first = reduced.len();
        reduced.extend(low.iter().map(|c| if scale.is_one() { c.clone() } else { c * &scale }));
        reduced.resize(first + len, BigInt::ZERO);
        for (h, row) in high.iter().zip(rows.chunks(k)).filter(|(h, _)| !h.is_zero()) {
            for (c, r) in reduced[first..].iter_mut().zip(row).filter(|(_, r)| !r.is_zero()) {
                *c += h * r;
            }
        }
    }
    let trimmed = |c: &[BigRational]| {
        let mut c = c.to_vec();
        generic::trim(&Rationals, &mut c);
        c
    };
    Ok(divided(reduced, &(denominator * scale)).chunks(len).map(trimmed).collect())
}
