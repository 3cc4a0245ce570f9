//! Products over a number field on integers: operands over one denominator each, every slot reduced by integers, one division by the
//! denominator at the end.
//!
//! It stands apart because over Q a coefficient in lowest terms costs a gcd, and reduction has as many products as a coefficient has coordinates, squared.

use super::ExtensionField;
use crate::convolution::Want;
use crate::ring::fractions::{self, divided};
use crate::ring::{Rationals, Ring, ZZ, generic, numbers};
use crate::{Result, limit};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// The product of sequences of coordinates, into `out`, whose memory is kept: [`Field::extension_product`](crate::ring::Field::extension_product).
pub(in crate::ring) fn product<A: AsRef<[BigRational]>>(
    field: &ExtensionField<Rationals>,
    a: &[A],
    b: Option<&[A]>,
    want: &Want,
    stride: usize,
    out: &mut Vec<Vec<BigRational>>,
) -> Result<()> {
    let over = stride.saturating_sub(field.degree());
    if over <= field.0.table.len()
        && fractions::slots::product(a, b, want, stride, (field.degree(), &field.0.table[..over]), out)?
    {
        return Ok(());
    }
    *out = over_long_denominators(field, a, b, want, stride)?;
    Ok(())
}

/// The same for denominators of any length.
fn over_long_denominators<A: AsRef<[BigRational]>>(
    field: &ExtensionField<Rationals>,
    a: &[A],
    b: Option<&[A]>,
    want: &Want,
    stride: usize,
) -> Result<Vec<Vec<BigRational>>> {
    let (x, m) = numbers::cleared(&field.pack(a, stride)?)?;
    let (product, denominator) = match b {
        None => (ZZ.convolve(&x, &x, want)?, &m * &m),
        Some(b) => {
            let (y, n) = numbers::cleared(&field.pack(b, stride)?)?;
            (ZZ.convolve(&x, &y, want)?, m * n)
        }
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
