//! Row by row: `a + b`, `a - b`, `-a`, `c * a`, `a` modulo a word; the width grows where the values need it.
//!
//! It stands apart from conversion because nothing here makes a `BigInt`. Nothing wraps around: the width of a
//! result is chosen from the bits of the operands before the limbs are computed.

use super::super::limbs::{add_carry, is_negative, mul_word, negate, row_bits, sub_borrow};
use super::super::word::WordModulus;
use super::{IntegerSlice, IntegerVec, or_panic, width_for};
use crate::Result;
use std::ops::{Add, Neg, Sub};

impl IntegerSlice<'_> {
    /// `a + b`, the shorter one continued with zeros.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    pub fn try_add(&self, other: IntegerSlice<'_>) -> Result<IntegerVec> {
        self.combine(other, false)
    }

    /// `a - b`, the shorter one continued with zeros.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    pub fn try_sub(&self, other: IntegerSlice<'_>) -> Result<IntegerVec> {
        self.combine(other, true)
    }

    fn combine(&self, other: IntegerSlice<'_>, subtract: bool) -> Result<IntegerVec> {
        let width = width_for(self.bits().max(other.bits()) + 1);
        let mut result = IntegerVec::try_zeros(self.len().max(other.len()), width)?;
        for (to, from) in result.limbs.chunks_exact_mut(width).zip(self.rows()) {
            copy_extended(to, from);
        }
        result.accumulate(0, other, subtract);
        Ok(result)
    }

    /// `c * a`.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    ///
    /// # Examples
    /// ```
    /// use monic::integer::IntegerVec;
    /// let v = IntegerVec::from_i64s(&[i64::MAX, -2]);
    /// let w = v.as_slice().try_scale(-3)?;
    /// assert_eq!(w.to_i128s()?, [-3 * i128::from(i64::MAX), 6]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_scale(&self, c: i64) -> Result<IntegerVec> {
        let bits = u64::from(64 - c.unsigned_abs().leading_zeros());
        let width = width_for(self.bits() + bits);
        let mut result = IntegerVec::try_zeros(self.len(), width)?;
        for (to, from) in result.limbs.chunks_exact_mut(width).zip(self.rows()) {
            copy_extended(to, from);
            // The true product fits the row, so its low limbs are right modulo 2^(64 * width) and nothing is lost
            // by dropping the carry.
            mul_word(to, c.unsigned_abs(), 0);
            if c < 0 {
                negate(to);
            }
        }
        Ok(result)
    }

    /// Every integer modulo `m`, at least 0.
    pub fn residues(&self, m: &WordModulus) -> Vec<u64> {
        self.rows().map(|row| m.reduce_row(row)).collect()
    }
}

impl IntegerVec {
    /// The sign of every integer turned around; the width grows by a limb if a row is the most negative one.
    pub fn negate(&mut self) {
        let edge =
            |row: &[u64]| row[row.len() - 1] == 1 << 63 && row[..row.len() - 1].iter().all(|&l| l == 0);
        if self.rows().any(edge) {
            *self = or_panic(self.as_slice().with_width(self.width + 1));
        }
        for row in self.limbs.chunks_exact_mut(self.width) {
            negate(row);
        }
    }

    /// `self[offset + k] += a[k]`: more rows and a larger width where they are needed. Overlapping blocks of a product
    /// are put together like this.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    pub fn try_add_assign_at(&mut self, offset: usize, a: IntegerSlice<'_>) -> Result<()> {
        self.grow_for(offset, a)?;
        self.accumulate(offset, a, false);
        Ok(())
    }

    /// `self[offset + k] -= a[k]`: more rows and a larger width where they are needed.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    pub fn try_sub_assign_at(&mut self, offset: usize, a: IntegerSlice<'_>) -> Result<()> {
        self.grow_for(offset, a)?;
        self.accumulate(offset, a, true);
        Ok(())
    }

    /// Room for `a` at `offset` and for the carry.
    fn grow_for(&mut self, offset: usize, a: IntegerSlice<'_>) -> Result<()> {
        let len = self.len().max(offset.saturating_add(a.len()));
        let width = width_for(self.bits().max(a.bits()) + 1).max(self.width);
        if len != self.len() || width != self.width {
            let mut grown = IntegerVec::try_zeros(len, width)?;
            for (to, from) in grown.limbs.chunks_exact_mut(width).zip(self.rows()) {
                copy_extended(to, from);
            }
            *self = grown;
        }
        Ok(())
    }

    /// Adds or subtracts rows, at a width that holds the results.
    fn accumulate(&mut self, offset: usize, a: IntegerSlice<'_>, subtract: bool) {
        let width = self.width;
        let step = if subtract { sub_borrow } else { add_carry };
        for (to, from) in self.limbs[offset * width..].chunks_exact_mut(width).zip(a.rows()) {
            let sign = if is_negative(from) { u64::MAX } else { 0 };
            // Rows of `a` may be wider than their values; what is cut off repeats the sign.
            let digits = from.iter().copied().chain(std::iter::repeat(sign));
            let mut carry = false;
            for (x, y) in to.iter_mut().zip(digits) {
                (*x, carry) = step(*x, y, carry);
            }
        }
    }
}

/// Sign-extends a row, or cuts limbs that only repeat the sign.
fn copy_extended(to: &mut [u64], from: &[u64]) {
    debug_assert!(row_bits(from) <= 64 * to.len() as u64);
    let common = to.len().min(from.len());
    to[..common].copy_from_slice(&from[..common]);
    if is_negative(from) {
        to[common..].fill(u64::MAX);
    }
}

impl Add for IntegerSlice<'_> {
    type Output = IntegerVec;

    /// # Panics
    /// When the matrix is over the limit.
    #[track_caller]
    fn add(self, other: Self) -> IntegerVec {
        or_panic(self.try_add(other))
    }
}

impl Sub for IntegerSlice<'_> {
    type Output = IntegerVec;

    /// # Panics
    /// When the matrix is over the limit.
    #[track_caller]
    fn sub(self, other: Self) -> IntegerVec {
        or_panic(self.try_sub(other))
    }
}

impl Add for &IntegerVec {
    type Output = IntegerVec;

    /// # Panics
    /// When the matrix is over the limit.
    #[track_caller]
    fn add(self, other: Self) -> IntegerVec {
        self.as_slice() + other.as_slice()
    }
}

impl Sub for &IntegerVec {
    type Output = IntegerVec;

    /// # Panics
    /// When the matrix is over the limit.
    #[track_caller]
    fn sub(self, other: Self) -> IntegerVec {
        self.as_slice() - other.as_slice()
    }
}

impl Neg for IntegerVec {
    type Output = IntegerVec;

    fn neg(mut self) -> IntegerVec {
        self.negate();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;
    use proptest::{collection::vec, prelude::*};

    fn rows() -> impl Strategy<Value = IntegerVec> {
        let limb = prop_oneof![any::<u64>(), Just(0), Just(u64::MAX), Just(1 << 63), Just((1 << 63) - 1)];
        (vec(limb, 0..20), 1usize..5).prop_map(|(mut limbs, width)| {
            limbs.truncate(limbs.len() / width * width);
            IntegerVec::from_limbs(limbs, width)
        })
    }

    fn at(values: &[BigInt], k: usize) -> BigInt {
        values.get(k).cloned().unwrap_or_default()
    }

    #[test]
    fn carries_at_the_edges() {
        let low = IntegerVec::from_i64s(&[i64::MIN, i64::MAX]);
        assert_eq!(
            (&low + &low).to_i128s().ok(),
            Some(vec![2 * i128::from(i64::MIN), 2 * i128::from(i64::MAX)])
        );
        assert_eq!((&low - &low).trimmed_len(), 0);
        assert_eq!((-low.clone()).to_i128s().ok(), Some(vec![1 << 63, -i128::from(i64::MAX)]));
        let wide = IntegerVec::from_i128s(&[i128::MIN]);
        assert_eq!((-wide).get(0), BigInt::from(1) << 127);
    }

    impl IntegerVec {
        fn trimmed_len(mut self) -> usize {
            self.trim();
            self.len()
        }
    }

    proptest! {
        #[test]
        fn sums_and_differences(a in rows(), b in rows(), offset in 0usize..4) {
            let (x, y) = (a.to_bigints(), b.to_bigints());
            let len = x.len().max(y.len());
            let sum: Vec<BigInt> = (0..len).map(|k| at(&x, k) + at(&y, k)).collect();
            let difference: Vec<BigInt> = (0..len).map(|k| at(&x, k) - at(&y, k)).collect();
            prop_assert_eq!((&a + &b).to_bigints(), sum);
            prop_assert_eq!((&a - &b).to_bigints(), difference);
            let mut c = a.clone();
            c.try_add_assign_at(offset, b.as_slice()).expect("small");
            c.try_add_assign_at(offset, b.as_slice()).expect("small");
            for k in 0..c.len() {
                let term: BigInt = if k < offset { BigInt::ZERO } else { at(&y, k - offset) * 2 };
                prop_assert_eq!(c.get(k), at(&x, k) + term);
            }
            c.try_sub_assign_at(offset, b.as_slice()).expect("small");
            c.try_sub_assign_at(offset, b.as_slice()).expect("small");
            c.truncate(a.len());
            prop_assert_eq!(c, a);
        }

        #[test]
        fn scaled(a in rows(), c: i64) {
            for c in [c, 0, 1, -1, i64::MIN, i64::MAX] {
                let expected: Vec<BigInt> = a.iter().map(|x| x * c).collect();
                prop_assert_eq!(a.as_slice().try_scale(c).expect("small").to_bigints(), expected);
            }
            let negated: Vec<BigInt> = a.iter().map(|x| -x).collect();
            prop_assert_eq!((-a).to_bigints(), negated);
        }

        #[test]
        fn residues_agree(a in rows(), n in 1..=u64::MAX) {
            let m = WordModulus::new(n).expect("n is not 0");
            let expected: Vec<u64> = a.iter().map(|x| m.reduce_bigint(&x)).collect();
            prop_assert_eq!(a.as_slice().residues(&m), expected);
        }
    }
}
