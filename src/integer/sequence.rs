//! [`IntegerVec`]: a sequence of integers as one matrix of limbs, a fixed number a row.
//!
//! It stands apart from `Vec<BigInt>` because dense work cannot afford an allocation a coefficient: the
//! engine reads its operands once into this form and writes the result once out of it.
//!
//! # Invariants
//! Row `k` is coefficient `k` in two's complement, least significant limb first, `width >= 1` limbs. The
//! width need not be minimal. A row of width 1 is an `i64`, of width 2 an `i128`.

use num_bigint::{BigInt, BigUint, Sign};

/// A sequence of integers, flat: `len` rows of `width` limbs in two's complement.
///
/// # Examples
/// ```
/// use monic::integer::IntegerVec;
/// let v = IntegerVec::from_i64s(&[3, -1, 4]);
/// assert_eq!((v.len(), v.width(), v.bits()), (3, 1, 3));
/// ```
#[derive(Clone, Debug)]
pub struct IntegerVec {
    limbs: Vec<u64>,
    width: usize,
}

/// A borrowed [`IntegerVec`], or a part of one.
#[derive(Clone, Copy, Debug)]
pub struct IntegerSlice<'a> {
    limbs: &'a [u64],
    width: usize,
}

impl IntegerVec {
    /// `len` zeros of `width` limbs each.
    ///
    /// # Panics
    /// When `width` is 0.
    pub fn zeros(len: usize, width: usize) -> Self {
        assert!(width > 0, "a row has at least one limb");
        IntegerVec { limbs: vec![0; len * width], width }
    }

    /// Takes a matrix of limbs as it is.
    ///
    /// # Panics
    /// When `width` is 0 or does not divide the number of limbs.
    pub fn from_limbs(limbs: Vec<u64>, width: usize) -> Self {
        assert!(
            width > 0 && limbs.len().is_multiple_of(width),
            "{} limbs are no rows of {width}",
            limbs.len()
        );
        IntegerVec { limbs, width }
    }

    /// One word a row.
    pub fn from_i64s(values: &[i64]) -> Self {
        IntegerVec { limbs: values.iter().map(|&v| v as u64).collect(), width: 1 }
    }

    /// The smallest width that holds every value, signs included; one pass, no allocation a coefficient.
    pub fn from_bigints(values: &[BigInt]) -> Self {
        let bits = values.iter().map(|v| v.bits()).max().unwrap_or(0);
        let width = (bits / 64 + 1) as usize;
        let mut limbs = vec![0u64; values.len() * width];
        for (row, value) in limbs.chunks_exact_mut(width).zip(values) {
            for (limb, digit) in row.iter_mut().zip(value.iter_u64_digits()) {
                *limb = digit;
            }
            if value.sign() == Sign::Minus {
                negate(row);
            }
        }
        IntegerVec { limbs, width }
    }

    /// Every row as a `BigInt`.
    pub fn to_bigints(&self) -> Vec<BigInt> {
        self.limbs
            .chunks_exact(self.width)
            .map(|row| {
                let negative = row[self.width - 1] >> 63 == 1;
                let mut magnitude = row.to_vec();
                if negative {
                    negate(&mut magnitude);
                }
                let digits = magnitude.iter().flat_map(|&l| [l as u32, (l >> 32) as u32]).collect();
                BigInt::from_biguint(if negative { Sign::Minus } else { Sign::Plus }, BigUint::new(digits))
            })
            .collect()
    }

    /// The number of integers.
    pub fn len(&self) -> usize {
        self.limbs.len() / self.width
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.limbs.is_empty()
    }

    /// Limbs a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// All limbs, row by row.
    pub fn limbs(&self) -> &[u64] {
        &self.limbs
    }

    /// All limbs, row by row, to write.
    pub fn limbs_mut(&mut self) -> &mut [u64] {
        &mut self.limbs
    }

    /// The matrix itself.
    pub fn into_limbs(self) -> Vec<u64> {
        self.limbs
    }

    /// Row `k` in two's complement.
    pub fn row(&self, k: usize) -> &[u64] {
        &self.limbs[k * self.width..(k + 1) * self.width]
    }

    /// The largest number of bits of an absolute value; 0 when all are zero.
    pub fn bits(&self) -> u64 {
        self.as_slice().bits()
    }

    /// The whole, borrowed.
    pub fn as_slice(&self) -> IntegerSlice<'_> {
        IntegerSlice { limbs: &self.limbs, width: self.width }
    }
}

impl<'a> IntegerSlice<'a> {
    /// Rows of `width` limbs over a borrowed matrix.
    ///
    /// # Panics
    /// When `width` is 0 or does not divide the number of limbs.
    pub fn new(limbs: &'a [u64], width: usize) -> Self {
        assert!(
            width > 0 && limbs.len().is_multiple_of(width),
            "{} limbs are no rows of {width}",
            limbs.len()
        );
        IntegerSlice { limbs, width }
    }

    /// The number of integers.
    pub fn len(&self) -> usize {
        self.limbs.len() / self.width
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.limbs.is_empty()
    }

    /// Limbs a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// All limbs, row by row.
    pub fn limbs(&self) -> &'a [u64] {
        self.limbs
    }

    /// Row `k` in two's complement.
    pub fn row(&self, k: usize) -> &'a [u64] {
        &self.limbs[k * self.width..(k + 1) * self.width]
    }

    /// Rows `range` alone.
    pub fn range(&self, range: std::ops::Range<usize>) -> IntegerSlice<'a> {
        IntegerSlice {
            limbs: &self.limbs[range.start * self.width..range.end * self.width],
            width: self.width,
        }
    }

    /// The largest number of bits of an absolute value; 0 when all are zero.
    pub fn bits(&self) -> u64 {
        self.limbs.chunks_exact(self.width).map(row_bits).max().unwrap_or(0)
    }

    /// Whether some row is below zero.
    pub fn has_negative(&self) -> bool {
        self.limbs.chunks_exact(self.width).any(|row| row[row.len() - 1] >> 63 == 1)
    }
}

/// The number of bits of the absolute value of a two's complement row.
fn row_bits(row: &[u64]) -> u64 {
    let sign = ((row[row.len() - 1] as i64) >> 63) as u64;
    for (k, &limb) in row.iter().enumerate().rev() {
        let flipped = limb ^ sign;
        if flipped != 0 {
            let bits = 64 * k as u64 + u64::from(64 - flipped.leading_zeros());
            // -2^m flips to 2^m - 1, one bit short.
            let power =
                sign != 0 && flipped & flipped.wrapping_add(1) == 0 && row[..k].iter().all(|&l| l == 0);
            return bits + u64::from(power);
        }
    }
    // Zero, or -1, whose flipped row is zero.
    sign & 1
}

/// Two's complement negation in place.
fn negate(row: &mut [u64]) {
    let mut carry = true;
    for limb in row {
        let (value, overflow) = (!*limb).overflowing_add(u64::from(carry));
        *limb = value;
        carry = overflow;
    }
}
