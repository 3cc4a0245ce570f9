//! Sequences of fractions as rows of numerators over one common denominator, and back to lowest terms.
//!
//! It stands apart from [`numbers`](super::numbers), which takes one fraction at a time: over a denominator of one word a whole
//! sequence is scaled, multiplied and reduced without a `BigInt` but those of the result.
//!
//! # Method
//! Numerators of one limb and their denominators are read in one pass. Small denominators are collected as bits of a word: their
//! least common multiple takes a test a power of a prime, and no division. What a numerator shares with the
//! common denominator: [`denominator`], or where it is long [`lowest`] and [`powers`]. Products of a few fractions do not leave the stack:
//! [`short`]. Gaussian rationals: [`gaussian`]; number fields: [`slots`]. Division: [`division`], of words and double words [`short_division`] with [`leading`]. Taylor shifts: [`shift`]. Interpolation: [`points`]. Power series: [`series`].

mod denominator;
pub(super) mod division;
#[cfg(test)]
mod draw;
mod flat;
pub(super) mod gaussian;
mod leading;
mod lowest;
pub(super) mod points;
mod powers;
pub(super) mod series;
pub(super) mod shift;
mod short;
mod short_division;
pub(super) mod slots;

use super::engine;
use crate::Result;
use crate::convolution::{self, Rows, Want, scratch};
use crate::integer::IntegerSlice;
use crate::integer::bigints::{self, Extent, FromRow, by_width};
use crate::integer::limbs::{is_negative, negate};
use denominator::Denominator;
pub(super) use lowest::{divided, primes_of};

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::One;

/// The product of two sequences of fractions into `out`, whose memory is kept, where the denominators of each have a common
/// multiple of one word and the numerators over it do not differ too much in size; false for everything else. Without `a`, `out`
/// itself is the first operand.
///
/// # Errors
/// Those of [`convolution::integers`]; `out` is as it was then.
pub(super) fn product(
    a: Option<&[BigRational]>,
    b: &[BigRational],
    want: &Want,
    out: &mut Vec<BigRational>,
) -> Result<bool> {
    let first = a.unwrap_or(out);
    let (m, n) = (first.len(), b.len());
    if m == 0 || n == 0 {
        out.clear();
        return Ok(true);
    }
    if want.algorithm().is_none() && m.max(n) <= short::MAX_LEN && short::product(a, b, want, out)? {
        return Ok(true);
    }
    let first = a.unwrap_or(out);
    let square = std::ptr::eq(first, b);
    let Some(x) = Operand::read(first)? else { return Ok(false) };
    let other = if square { None } else { Operand::read(b)? };
    let y = match &other {
        Some(other) => other,
        None if square => &x,
        None => return Ok(false),
    };
    let outputs = want.window(m, n).len();
    if engine::sparse(&x.extent, &y.extent, outputs) {
        return Ok(false);
    }
    let facts = engine::facts(&x.extent, &y.extent);
    let product = convolution::integers_rows(x.rows.as_slice(), y.rows.as_slice(), facts, want)?;
    over_word(product.as_slice(), Denominator::new(x.common, y.common), out);
    Ok(true)
}

/// Numerators over a common denominator.
struct Operand {
    rows: Rows,
    extent: Extent,
    common: u64,
}

impl Operand {
    /// `None` where the common denominator is longer than a word, or the matrix would be much larger than what stands in it.
    fn read(values: &[BigRational]) -> Result<Option<Self>> {
        let mut rows = Rows::take(values.len(), 1)?;
        if let Some(Words { bits, negative, terms, common }) =
            read_words(values, rows.limbs_mut(), |word| word as u64)
        {
            let extent = Extent { len: values.len(), bits, limbs: terms, terms, negative };
            return Ok(Some(Operand { rows, extent, common }));
        }
        let Some(common) = common_word(values) else { return Ok(None) };
        let extent = Extent::of(values.iter().map(|value| bigints::parts(value.numer())));
        if !engine::fits(&extent) {
            return Ok(None);
        }
        let (rows, extent) = numerators(values.iter(), extent, common)?;
        Ok(Some(Operand { rows, extent, common }))
    }
}

/// What is known of numerators that are words.
struct Words {
    /// Of the largest absolute value.
    bits: u64,
    negative: bool,
    /// How many are not zero.
    terms: usize,
    /// The denominator.
    common: u64,
}

/// Denominators below are collected as bits.
const SMALL: u64 = 32;

/// The numerators over a common denominator as words of up to 63 bits and a sign, into places that are there; `None`
/// when one does not fit.
#[inline(always)]
fn read_words<T>(values: &[BigRational], out: &mut [T], store: impl Fn(i64) -> T) -> Option<Words> {
    let signed = |value: &BigRational, magnitude: u64| {
        let mask = if value.numer().sign() == Sign::Minus { -1 } else { 0 };
        store((magnitude as i64 ^ mask).wrapping_sub(mask))
    };
    // Of all values of a sequence, what is largest has the most bits, and so has their union.
    let (mut magnitudes, mut denominators, mut small) = (0, 0, 0u32);
    let (mut negative, mut terms) = (false, 0);
    for (slot, value) in out.iter_mut().zip(values) {
        let (magnitude, denominator) = (word(value.numer())?, word(value.denom())?);
        *slot = signed(value, magnitude);
        magnitudes |= magnitude;
        denominators |= denominator;
        small |= 1 << (denominator % SMALL);
        negative |= value.numer().sign() == Sign::Minus;
        terms += usize::from(magnitude != 0);
    }
    let mut common = 1;
    if denominators > 1 {
        let mut factors = [0; SMALL as usize];
        let bits = denominators < SMALL;
        if bits {
            common = common_of_small(small);
            while small != 0 {
                let d = small.trailing_zeros();
                factors[d as usize] = common / u64::from(d);
                small &= small - 1;
            }
        } else {
            common = common_word(values)?;
        }
        let mut high = 0;
        magnitudes = 0;
        for (slot, value) in out.iter_mut().zip(values) {
            let (magnitude, d) = (word(value.numer())?, word(value.denom())?);
            let factor = if bits { factors[(d % SMALL) as usize] } else { common / d };
            let scaled = u128::from(magnitude) * u128::from(factor);
            high |= (scaled >> 64) as u64;
            magnitudes |= scaled as u64;
            *slot = signed(value, scaled as u64);
        }
        if high != 0 {
            return None;
        }
    }
    let bits = u64::from(64 - magnitudes.leading_zeros());
    (bits < 64).then_some(Words { bits, negative, terms, common })
}

/// An absolute value of one limb.
#[inline(always)]
pub(super) fn word(value: &BigInt) -> Option<u64> {
    let mut digits = value.iter_u64_digits();
    if digits.len() > 1 { None } else { Some(digits.next().unwrap_or(0)) }
}

/// The least common multiple of numbers below [`SMALL`], given as bits.
#[inline]
fn common_of_small(numbers: u32) -> u64 {
    /// The prime of a power and the multiples of the power as bits.
    const fn multiples(prime: u64, power: u64) -> (u64, u32) {
        let (mut multiple, mut bits) = (power, 0);
        while multiple < SMALL {
            bits |= 1 << multiple;
            multiple += power;
        }
        (prime, bits)
    }
    const POWERS: [(u64, u32); 10] = [
        multiples(2, 2),
        multiples(2, 4),
        multiples(2, 8),
        multiples(2, 16),
        multiples(3, 3),
        multiples(3, 9),
        multiples(5, 5),
        multiples(7, 7),
        multiples(11, 11),
        multiples(13, 13),
    ];
    /// Of which no multiple is below 17.
    const LARGE: [(u64, u32); 7] = [
        multiples(17, 17),
        multiples(19, 19),
        multiples(23, 23),
        multiples(5, 25),
        multiples(3, 27),
        multiples(29, 29),
        multiples(31, 31),
    ];
    let part = |powers: &[(u64, u32)]| -> u64 {
        powers.iter().map(|&(prime, multiples)| if numbers & multiples == 0 { 1 } else { prime }).product()
    };
    let (low, high) = POWERS.split_at(5);
    part(low) * part(high) * if numbers >> 17 == 0 { 1 } else { part(&LARGE) }
}

/// The least common multiple of the denominators, if it is a word.
pub(super) fn common_word<'a>(values: impl IntoIterator<Item = &'a BigRational>) -> Option<u64> {
    let mut lcm = 1u64;
    for value in values {
        let low = word(value.denom())?;
        if low != 1 && !lcm.is_multiple_of(low) {
            lcm = (lcm / lcm.gcd(&low)).checked_mul(low)?;
        }
    }
    Some(lcm)
}

/// The numerators, of this extent, over a common multiple of the denominators, and how large they are then.
fn numerators<'a>(
    values: impl Iterator<Item = &'a BigRational>,
    mut extent: Extent,
    common: u64,
) -> Result<(Rows, Extent)> {
    if common == 1 {
        let rows = engine::rows(values.map(|value| bigints::parts(value.numer())), &extent)?;
        return Ok((rows, extent));
    }
    let width = ((extent.bits + u64::from(64 - common.leading_zeros())) / 64 + 1) as usize;
    let mut rows = Rows::take(extent.len, width)?;
    (extent.bits, extent.limbs) = (0, 0);
    let out = rows.limbs_mut();
    by_width!(width, scale_fixed(values, common, out, &mut extent), {
        for (row, value) in out.chunks_exact_mut(width).zip(values) {
            scale(value, common, row, &mut extent);
        }
    });
    Ok((rows, extent))
}

fn scale_fixed<'a, const W: usize>(
    values: impl Iterator<Item = &'a BigRational>,
    common: u64,
    out: &mut [u64],
    extent: &mut Extent,
) {
    for (row, value) in out.as_chunks_mut::<W>().0.iter_mut().zip(values) {
        scale(value, common, row, extent);
    }
}

/// The numerator over a common denominator as a row in two's complement.
#[inline(always)]
fn scale(value: &BigRational, common: u64, row: &mut [u64], extent: &mut Extent) {
    let factor = common / word(value.denom()).expect("a divisor of a word");
    let mut digits = value.numer().iter_u64_digits();
    let mask = if value.numer().sign() == Sign::Minus { u64::MAX } else { 0 };
    let (mut high, mut carry, mut bits) = (0, mask & 1, 0);
    for (k, limb) in row.iter_mut().enumerate() {
        let t = u128::from(digits.next().unwrap_or(0)) * u128::from(factor) + u128::from(high);
        let magnitude = t as u64;
        high = (t >> 64) as u64;
        if magnitude != 0 {
            bits = 64 * (k as u64 + 1) - u64::from(magnitude.leading_zeros());
        }
        let (value, over) = (magnitude ^ mask).overflowing_add(carry);
        *limb = value;
        carry = u64::from(over);
    }
    extent.bits = extent.bits.max(bits);
    extent.limbs += bits.div_ceil(64) as usize;
}

/// Every row over a denominator, or over none, in lowest terms, into `out`, whose memory is kept.
fn over_word(rows: IntegerSlice<'_>, denominator: Option<Denominator>, out: &mut Vec<BigRational>) {
    match denominator {
        None => bigints::write_values(rows, out),
        Some(denominator) => write(rows, &denominator, out),
    }
}

/// Every row over the denominator, in lowest terms, into `out`, whose memory is kept.
fn write(rows: IntegerSlice<'_>, denominator: &Denominator, out: &mut Vec<BigRational>) {
    resize(out, rows.len());
    write_each(rows, Some(denominator), out.iter_mut());
}

/// Every row over the denominator, or over none, in lowest terms, into a fraction that is there, wherever it lies.
fn write_each<'a>(
    rows: IntegerSlice<'_>,
    denominator: Option<&Denominator>,
    out: impl Iterator<Item = &'a mut BigRational>,
) {
    fn fixed<'a, const W: usize>(
        rows: IntegerSlice<'_>,
        denominator: &Denominator,
        out: impl Iterator<Item = &'a mut BigRational>,
    ) {
        out.zip(rows.limbs().as_chunks::<W>().0).for_each(|(value, row)| denominator.write(row, value));
    }
    let Some(denominator) = denominator else { return bigints::assign_each(out, rows) };
    by_width!(rows.width(), fixed(rows, denominator, out), {
        let mut magnitude = scratch::list(rows.width());
        for (value, row) in out.zip(rows.rows()) {
            magnitude.copy_from_slice(row);
            let negative = is_negative(row);
            if negative {
                negate(&mut magnitude);
            }
            denominator.write_long(&mut magnitude, if negative { u64::MAX } else { 0 }, value);
        }
    });
}

/// So many fractions of any value, those that are there first.
fn resize(out: &mut Vec<BigRational>, len: usize) {
    out.truncate(len);
    let new = len - out.len();
    out.reserve_exact(new);
    out.extend((0..new).map(|_| blank()));
}

/// What takes nothing to make, and is written before it is read.
fn blank() -> BigRational {
    BigRational::new_raw(BigInt::ZERO, BigInt::ZERO)
}

/// Rows in two's complement over a denominator, or over none, into `out`, whose memory is kept.
#[inline(always)]
fn write_rows<const W: usize>(
    mut rows: impl ExactSizeIterator<Item = [u64; W]> + Clone,
    denominator: Option<&Denominator>,
    out: &mut Vec<BigRational>,
) {
    out.truncate(rows.len());
    match denominator {
        None if W == 2 && rows.clone().all(|row| bigints::is_word(&row)) => {
            out.iter_mut()
                .zip(rows.by_ref())
                .for_each(|(value, row)| *value = FromRow::from_word(row[0] as i64));
            out.reserve_exact(rows.len());
            out.extend(rows.map(|row| -> BigRational { FromRow::from_word(row[0] as i64) }));
        }
        None => {
            out.iter_mut().zip(rows.by_ref()).for_each(|(value, row)| bigints::reuse(value, &row));
            out.reserve_exact(rows.len());
            out.extend(rows.map(|row| bigints::fresh::<W, BigRational>(&row)));
        }
        Some(denominator) => {
            resize(out, rows.len());
            out.iter_mut().zip(rows).for_each(|(value, row)| denominator.write(&row, value));
        }
    }
}

/// The numerator and the denominator; what stays behind takes nothing to drop.
#[inline(always)]
fn taken(value: &mut BigRational) -> (BigInt, BigInt) {
    std::mem::replace(value, blank()).into_raw()
}

/// Integers as fractions.
impl FromRow for BigRational {
    #[inline]
    fn from_halves(sign: Sign, halves: &[u32]) -> Self {
        BigRational::new_raw(FromRow::from_halves(sign, halves), BigInt::one())
    }
    #[inline]
    fn from_word(word: i64) -> Self {
        BigRational::new_raw(word.into(), BigInt::one())
    }
    #[inline]
    fn from_limb(sign: Sign, limb: u64) -> Self {
        BigRational::new_raw(FromRow::from_limb(sign, limb), BigInt::one())
    }
    #[inline]
    fn from_limbs(sign: Sign, limbs: [u64; 2]) -> Self {
        BigRational::new_raw(FromRow::from_limbs(sign, limbs), BigInt::one())
    }
    #[inline]
    fn assign_limbs(&mut self, sign: Sign, limbs: [u64; 2]) {
        let (mut numerator, _) = taken(self);
        numerator.assign_limbs(sign, limbs);
        *self = BigRational::new_raw(numerator, BigInt::one());
    }
    #[inline]
    fn assign(&mut self, sign: Sign, halves: &[u32]) {
        let (mut numerator, _) = taken(self);
        numerator.assign_from_slice(sign, halves);
        *self = BigRational::new_raw(numerator, BigInt::one());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_traits::Zero;

    #[test]
    fn every_size_of_numerators_and_denominators() {
        let value = |k: u64, bits: u32, below: u64| {
            let n: BigInt = BigInt::from(k.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 3)
                * ((BigInt::from(1) << bits) - 1)
                - k;
            BigRational::new(if k.is_multiple_of(3) { -n } else { n }, (k * k % below + 1).into())
        };
        let tables = [(0, 1), (0, 16), (3, 40), (60, 16), (60, 1 << 20), (100, 16), (300, 97), (0, u64::MAX)];
        for (bits, below) in tables {
            let mut taken = 0;
            for (m, n) in [(1, 1), (3, 4), (9, 16), (17, 2), (30, 5), (40, 3), (66, 2)] {
                let a: Vec<_> = (0..m).map(|k| value(k, bits, below)).collect();
                let b: Vec<_> = (0..n).map(|k| value(k + 7, bits, below)).collect();
                for (a, b) in [(&a, &b), (&a, &a)] {
                    let mut expected = vec![BigRational::zero(); a.len() + b.len() - 1];
                    for (i, x) in a.iter().enumerate() {
                        for (j, y) in b.iter().enumerate() {
                            expected[i + j] += x * y;
                        }
                    }
                    for want in [Want::full(), Want::low(5), Want::range(2..30)] {
                        let window = want.window(a.len(), b.len());
                        for dirty in [0, 2, 100] {
                            let mut out: Vec<_> = (0..dirty).map(|k| value(k, 99, 77)).collect();
                            if product(Some(a), b, &want, &mut out).expect("small") {
                                taken += 1;
                                let expected = &expected[window.clone()];
                                assert_eq!(out, expected, "{bits} bits, denominators to {below}, {want:?}");
                            }
                        }
                        let mut out = a.clone();
                        if product(None, b, &want, &mut out).expect("small") {
                            assert_eq!(
                                out, expected[window],
                                "{bits} bits, denominators to {below}, in place"
                            );
                        }
                    }
                }
            }
            assert!(below > 100 || taken > 0, "denominators to {below} are few enough to be collected");
        }
    }
}
