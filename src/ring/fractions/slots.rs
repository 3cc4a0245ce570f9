//! Products of sequences over a number field: numerators of all coordinates over one denominator of a word, each slot reduced in rows of limbs.
//!
//! It stands apart from [`product`](super::product) because what is read are slots with zeros between them, and because a slot is reduced, by
//! multiples of rows of words, before its coordinates go to lowest terms.

use super::{Denominator, common_word, numerators, resize, write_each};
use crate::convolution::{self, Rows, Want, scratch};
use crate::integer::bigints::{self, Extent};
use crate::integer::limbs::is_negative;
use crate::{Result, ring::engine};
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

/// The product of two sequences, or without `b` the square of one, into `out`, whose memory is kept, and that of its elements: `stride` coordinates a coefficient, reduced to
/// `k` by the table of `x^k, x^(k+1), ...`. False where a common denominator is longer than a word, an entry of the table too, or a matrix would be much
/// larger than what stands in it.
///
/// # Errors
/// Those of [`convolution::integers`]; `out` is as it was then.
pub(in crate::ring) fn product<A: AsRef<[BigRational]>>(
    a: &[A],
    b: Option<&[A]>,
    want: &Want,
    stride: usize,
    (k, table): (usize, &[Vec<BigRational>]),
    out: &mut Vec<Vec<BigRational>>,
) -> Result<bool> {
    // The table as words over a denominator.
    let Some(scale) = common_word(table.iter().flatten()).and_then(|scale| i64::try_from(scale).ok()) else {
        return Ok(false);
    };
    let mut words = scratch::take(table.len() * k)?;
    for (word, entry) in words.iter_mut().zip(table.iter().flatten()) {
        let denominator = entry.denom().to_i64().unwrap_or(scale);
        let Some(value) = entry.numer().to_i64().and_then(|n| n.checked_mul(scale / denominator)) else {
            return Ok(false);
        };
        *word = value as u64;
    }
    let Some(x) = Operand::read(a, stride)? else { return Ok(false) };
    let other = match b {
        None => None,
        Some(b) => match Operand::read(b, stride)? {
            Some(other) => Some(other),
            None => return Ok(false),
        },
    };
    let y = other.as_ref().unwrap_or(&x);
    let denominator = match scale as u64 {
        1 => Denominator::new(x.common, y.common),
        scale => match x.common.checked_mul(scale) {
            Some(common) => Denominator::new(common, y.common),
            None => return Ok(false),
        },
    };
    let outputs = want.window(x.extent.len, y.extent.len).len();
    if engine::sparse(&x.extent, &y.extent, outputs) {
        return Ok(false);
    }
    let facts = engine::facts(&x.extent, &y.extent);
    let product = convolution::integers_rows(x.rows.as_slice(), y.rows.as_slice(), facts, want)?;
    let product = product.as_slice();
    // A coordinate is the sum of one a row and itself, each by a word: fewer than 2^64 of them.
    let (width, slots, kept) = (product.width() + 2, product.len().div_ceil(stride), stride.min(k));
    let mut reduced = Rows::take(slots * kept, width)?;
    reduced.limbs_mut().fill(0);
    let slots_of_rows = product.limbs().chunks(stride * product.width());
    for (slot, rows) in slots_of_rows.zip(reduced.limbs_mut().chunks_exact_mut(kept * width)) {
        let mut coordinates = slot.chunks_exact(product.width());
        for (row, c) in rows.chunks_exact_mut(width).zip(coordinates.by_ref().take(kept)) {
            add_multiple(row, c, scale);
        }
        let zero = |c: &&[u64]| c.iter().all(|&limb| limb == 0);
        for (c, factors) in coordinates.zip(words.chunks_exact(k)).filter(|(c, _)| !zero(c)) {
            for (row, &factor) in
                rows.chunks_exact_mut(width).zip(factors).filter(|(_, factor)| **factor != 0)
            {
                add_multiple(row, c, factor as i64);
            }
        }
    }
    out.truncate(slots);
    out.reserve_exact(slots - out.len());
    out.resize_with(slots, Vec::new);
    out.iter_mut().for_each(|element| resize(element, kept));
    write_each(reduced.as_slice(), denominator.as_ref(), out.iter_mut().flatten());
    for element in out {
        let len = element.iter().rposition(|c| !c.is_zero()).map_or(0, |last| last + 1);
        element.truncate(len);
    }
    Ok(true)
}

/// `out += factor * a` in two's complement, where `out` is wide enough.
fn add_multiple(out: &mut [u64], a: &[u64], factor: i64) {
    let fill = if is_negative(a) { u64::MAX } else { 0 };
    let (magnitude, mask) = (factor.unsigned_abs(), (factor >> 63) as u64);
    // The negative is the complement and one.
    let (mut high, mut carry) = (0, mask & 1 == 1);
    for (limb, x) in out.iter_mut().zip(a.iter().copied().chain(std::iter::repeat(fill))) {
        let product = u128::from(x) * u128::from(magnitude) + u128::from(high);
        high = (product >> 64) as u64;
        let (sum, first) = limb.overflowing_add(product as u64 ^ mask);
        let (sum, second) = sum.overflowing_add(u64::from(carry));
        *limb = sum;
        carry = first | second;
    }
}

/// Numerators over a common denominator, a coefficient in a slot.
struct Operand {
    rows: Rows,
    extent: Extent,
    common: u64,
}

impl Operand {
    /// `None` where the common denominator is longer than a word, or the matrix would be much larger than what stands in it.
    fn read<A: AsRef<[BigRational]>>(f: &[A], stride: usize) -> Result<Option<Self>> {
        let Some(common) = common_word(f.iter().flat_map(|c| c.as_ref())) else { return Ok(None) };
        let (zero, last) = (BigRational::zero(), f.last().map_or(0, |last| last.as_ref().len()));
        let len = f.len().saturating_sub(1).saturating_mul(stride).saturating_add(last);
        let padded = |c: &A| stride.saturating_sub(c.as_ref().len());
        let values = f.iter().flat_map(|c| c.as_ref().iter().chain(std::iter::repeat_n(&zero, padded(c))));
        let extent = Extent::of(values.clone().take(len).map(|value| bigints::parts(value.numer())));
        if !engine::fits(&extent) {
            return Ok(None);
        }
        let (rows, extent) = numerators(values.take(len), extent, common)?;
        Ok(Some(Operand { rows, extent, common }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ExtensionField, NumberField, QQ, Ring, convolution::Algorithm};
    use num_bigint::BigInt;

    /// Every size of coordinates and moduli, tables with denominators and with long entries, against products of elements; the elements against multiplication
    /// and division of polynomials.
    #[test]
    fn every_size_and_destination() {
        let long: BigInt = BigInt::from(1) << 70u8;
        let moduli = [
            QQ.poly([-2, 0, 1]),
            QQ.poly([-1, 1]),
            QQ.poly([(1, 3), (-1, 2), (0, 1), (5, 1), (1, 1)]),
            QQ.poly([-1_000_000_007, 3, -999_999_937, 1]),
            QQ.poly([-long, 3.into(), 1.into()]),
        ];
        let mut taken = [0; 2];
        for modulus in moduli {
            let field =
                NumberField::assume_irreducible(QQ, modulus.coefficients(), "a").expect("not constant");
            let k = field.degree();
            for (bits, below) in [(0, 1), (0, 16), (62, 1), (64, 97), (300, 12), (3, u64::MAX)] {
                let part = |k: u64| {
                    let mixed = k.wrapping_mul(0x9E37_79B9_7F4A_7C15);
                    let n = BigInt::from(mixed >> 3 & 7) * ((BigInt::from(1) << bits) - 1) - k;
                    BigRational::new(if mixed & 1 == 0 { n } else { -n }, (mixed % below + 1).into())
                };
                let value =
                    |i: u64| field.element((0..k as u64 - i % 5 % k as u64).map(|j| part(i * j + i + j)));
                for (m, n) in [(1, 1), (4, 2), (9, 17)] {
                    let a: Vec<_> = (1..m + 1).map(value).collect();
                    let b: Vec<_> = (3..n + 3).map(value).collect();
                    for b in [&a, &b] {
                        for want in [Want::full(), Want::low(3), Want::range(2..9)] {
                            let expected = by_definition(&field, &a, b, &want);
                            for dirty in [0, 3, 200] {
                                let mut out: Vec<_> = (0..dirty).map(|i| value(i + 1)).collect();
                                field.convolve_into(&a, b, &want, &mut out).expect("small");
                                assert_eq!(
                                    out, expected,
                                    "{field}, {bits} bits below {below}, {m} by {n}, {want:?}"
                                );
                            }
                            let mut out = a.clone();
                            field.convolve_assign(&mut out, b, &want).expect("small");
                            assert_eq!(
                                out, expected,
                                "{field}, {bits} bits below {below}, {m} by {n}, {want:?}"
                            );
                            let forced = field.convolve(&a, b, &want.clone().by(Algorithm::Schoolbook));
                            assert_eq!(forced.expect("small"), expected);
                        }
                    }
                    let over = 2 * k - 1 - k;
                    let table: Vec<Vec<BigRational>> = (k..2 * k - 1)
                        .map(|i| {
                            let mut power = vec![BigRational::zero(); i];
                            power.push(BigRational::from_integer(1.into()));
                            let mut power = field.element(power);
                            power.resize(k, BigRational::zero());
                            power
                        })
                        .collect();
                    let mut out = Vec::new();
                    let want = Want::range(0..(m + n - 1) as usize * (2 * k - 1));
                    let done = product(&a, Some(&b), &want, 2 * k - 1, (k, &table[..over]), &mut out)
                        .expect("small");
                    taken[usize::from(done)] += 1;
                    if done {
                        assert_eq!(out, by_definition(&field, &a, &b, &Want::full()));
                    }
                }
            }
        }
        assert!(taken[0] > 0 && taken[1] > taken[0], "words and what is longer");
    }

    /// Sums of products of polynomials, each divided by the modulus.
    fn by_definition(
        field: &ExtensionField<crate::Rationals>,
        a: &[Vec<BigRational>],
        b: &[Vec<BigRational>],
        want: &Want,
    ) -> Vec<Vec<BigRational>> {
        let poly = |c: &[BigRational]| crate::Poly::from_vec(QQ, c.to_vec());
        let modulus = poly(field.modulus_coefficients());
        let coefficient = |k: usize| {
            let pairs = (0..a.len()).filter_map(|i| Some((&a[i], b.get(k.checked_sub(i)?)?)));
            let sum = pairs.fold(poly(&[]), |sum, (x, y)| sum + poly(x) * poly(y));
            sum.quo_rem(&modulus).1.coefficients().to_vec()
        };
        want.window(a.len(), b.len()).map(coefficient).collect()
    }
}
