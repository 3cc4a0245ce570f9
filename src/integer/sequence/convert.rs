//! Integers into rows and out of them: `BigInt`, `BigUint`, `i64`, `i128`, and one width into another.
//!
//! It stands apart because here, and only here, a coefficient may cost an allocation: on the way in there is
//! none, on the way out the destination's own are reused. A fresh `BigInt` over one limb costs 70 to 110 cycles, more than
//! the rest of a product; one that is overwritten 15 to 30.

use super::super::limbs::{is_negative, row_magnitude, row_to_bigint, write_row};
use super::{IntegerSlice, IntegerVec, minimal, or_panic, try_zeroed, width_for};
use crate::{Error, Result, limit};
use num_bigint::{BigInt, BigUint, Sign};

impl IntegerVec {
    /// One word a row.
    pub fn from_i64s(values: &[i64]) -> Self {
        IntegerVec { limbs: values.iter().map(|&v| v as u64).collect(), width: 1 }
    }

    /// Two words a row.
    pub fn from_i128s(values: &[i128]) -> Self {
        let limbs = values.iter().flat_map(|&v| [v as u64, (v >> 64) as u64]).collect();
        IntegerVec { limbs, width: 2 }
    }

    /// Words without sign: rows of one limb where all are below 2^63, of two otherwise.
    pub fn from_u64s(values: &[u64]) -> Self {
        if values.iter().all(|&v| v >> 63 == 0) {
            return IntegerVec { limbs: values.to_vec(), width: 1 };
        }
        IntegerVec { limbs: values.iter().flat_map(|&v| [v, 0]).collect(), width: 2 }
    }

    /// Rows of the smallest width that holds every absolute value and a sign bit.
    ///
    /// # Panics
    /// When the matrix is over the limit.
    ///
    /// # Examples
    /// ```
    /// use monic::integer::IntegerVec;
    /// use num_bigint::BigInt;
    /// let v = IntegerVec::from_bigints(&[BigInt::from(i64::MIN), BigInt::from(7)]);
    /// assert_eq!(v.width(), 2);
    /// assert_eq!(v.to_i64s()?, [i64::MIN, 7]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn from_bigints(values: &[BigInt]) -> Self {
        or_panic(Self::try_from_bigints(values))
    }

    /// Rows of the smallest width that holds every absolute value and a sign bit.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    pub fn try_from_bigints(values: &[BigInt]) -> Result<Self> {
        Self::try_from_refs(values)
    }

    /// The same from borrowed integers wherever they lie: numerators, real parts, values of a map.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    pub fn try_from_refs<'a, I>(values: I) -> Result<Self>
    where
        I: IntoIterator<Item = &'a BigInt>,
        I::IntoIter: Clone,
    {
        Self::fill(values.into_iter().map(|v| (v.sign() == Sign::Minus, v.magnitude())))
    }

    /// Rows of the smallest width that holds every natural number.
    ///
    /// # Panics
    /// When the matrix is over the limit.
    #[track_caller]
    pub fn from_biguints(values: &[BigUint]) -> Self {
        or_panic(Self::try_from_biguints(values))
    }

    /// Rows of the smallest width that holds every natural number.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    pub fn try_from_biguints(values: &[BigUint]) -> Result<Self> {
        Self::fill(values.iter().map(|v| (false, v)))
    }

    /// Two passes over the values: the widest, then the digits.
    fn fill<'a>(values: impl Iterator<Item = (bool, &'a BigUint)> + Clone) -> Result<Self> {
        let (mut bits, mut len) = (0, 0usize);
        for (_, magnitude) in values.clone() {
            bits = bits.max(magnitude.bits());
            len += 1;
        }
        let width = width_for(bits);
        limit::check(len as u64, 64 * width as u64)?;
        let mut limbs = try_zeroed(len * width)?;
        for (row, (negative, magnitude)) in limbs.chunks_exact_mut(width).zip(values) {
            write_row(row, magnitude.iter_u64_digits(), negative);
        }
        Ok(IntegerVec { limbs, width })
    }

    /// Every row as a `BigInt`.
    pub fn to_bigints(&self) -> Vec<BigInt> {
        self.as_slice().to_bigints()
    }

    /// Every row into `out`, which keeps the allocations of the integers that it holds.
    pub fn write_bigints(&self, out: &mut Vec<BigInt>) {
        self.as_slice().write_bigints(out);
    }

    /// Every row as an `i64`.
    ///
    /// # Errors
    /// Kind overflow, with the index of the first integer that does not fit.
    pub fn to_i64s(&self) -> Result<Vec<i64>> {
        self.as_slice().to_i64s()
    }

    /// Every row as an `i128`.
    ///
    /// # Errors
    /// Kind overflow, with the index of the first integer that does not fit.
    pub fn to_i128s(&self) -> Result<Vec<i128>> {
        self.as_slice().to_i128s()
    }

    /// The same integers in rows of the smallest width.
    pub fn shrink(&mut self) {
        let width = self.as_slice().minimal_width();
        if width == self.width {
            return;
        }
        for k in 0..self.len() {
            self.limbs.copy_within(k * self.width..k * self.width + width, k * width);
        }
        self.limbs.truncate(self.len() * width);
        self.width = width;
    }

    /// Removes the zeros at the end.
    pub fn trim(&mut self) {
        let len = self.rows().rposition(|row| row.iter().any(|&l| l != 0)).map_or(0, |k| k + 1);
        self.limbs.truncate(len * self.width);
    }

    /// Keeps `len` rows at most.
    pub fn truncate(&mut self, len: usize) {
        self.limbs.truncate(len.saturating_mul(self.width));
    }
}

impl<'a> IntegerSlice<'a> {
    /// Every row as a `BigInt`.
    pub fn to_bigints(&self) -> Vec<BigInt> {
        let mut scratch = Vec::with_capacity(2 * self.width);
        self.rows().map(|row| row_to_bigint(row, &mut scratch)).collect()
    }

    /// Every row into `out`, which keeps the allocations of the integers that it holds.
    pub fn write_bigints(&self, out: &mut Vec<BigInt>) {
        out.truncate(self.len());
        let mut scratch = Vec::with_capacity(2 * self.width);
        let mut rows = self.rows();
        for (value, row) in out.iter_mut().zip(rows.by_ref()) {
            let sign = row_magnitude(row, &mut scratch);
            value.assign_from_slice(sign, &scratch);
        }
        let rest = self.range(out.len()..self.len());
        out.extend(rest.rows().map(|row| row_to_bigint(row, &mut scratch)));
    }

    /// Every row as an `i64`.
    ///
    /// # Errors
    /// Kind overflow, with the index of the first integer that does not fit.
    pub fn to_i64s(&self) -> Result<Vec<i64>> {
        self.rows()
            .enumerate()
            .map(|(k, row)| match minimal(row) {
                [low] => Ok(*low as i64),
                _ => Err(does_not_fit(k, row, "i64")),
            })
            .collect()
    }

    /// Every row as an `i128`.
    ///
    /// # Errors
    /// Kind overflow, with the index of the first integer that does not fit.
    pub fn to_i128s(&self) -> Result<Vec<i128>> {
        self.rows()
            .enumerate()
            .map(|(k, row)| match minimal(row) {
                [low] => Ok(i128::from(*low as i64)),
                [low, high] => Ok((u128::from(*high) << 64 | u128::from(*low)) as i128),
                _ => Err(does_not_fit(k, row, "i128")),
            })
            .collect()
    }

    /// The same integers in rows of `width` limbs.
    ///
    /// # Errors
    /// Kind overflow, with the index of the first integer that is too wide; kind limit when the matrix is over the
    /// [limit](crate::limit) or memory is refused.
    ///
    /// # Panics
    /// When `width` is 0.
    ///
    /// # Examples
    /// ```
    /// use monic::integer::IntegerVec;
    /// let v = IntegerVec::from_i64s(&[-1, 5]);
    /// assert_eq!(v.as_slice().with_width(2)?.limbs(), [u64::MAX, u64::MAX, 5, 0]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn with_width(&self, width: usize) -> Result<IntegerVec> {
        let mut result = IntegerVec::try_zeros(self.len(), width)?;
        for (k, (to, from)) in result.limbs.chunks_exact_mut(width).zip(self.rows()).enumerate() {
            if width < self.width && minimal(from).len() > width {
                return Err(Error::overflow(format!(
                    "coefficient {k} does not fit {width} limbs: it has {} bits",
                    super::row_bits(from)
                )));
            }
            let common = width.min(self.width);
            to[..common].copy_from_slice(&from[..common]);
            if is_negative(from) {
                to[common..].fill(u64::MAX);
            }
        }
        Ok(result)
    }

    /// The smallest number of limbs that holds every row.
    pub fn minimal_width(&self) -> usize {
        if self.width == 1 {
            return 1;
        }
        self.rows().map(|row| minimal(row).len()).max().unwrap_or(1)
    }
}

#[cold]
fn does_not_fit(k: usize, row: &[u64], kind: &str) -> Error {
    Error::overflow(format!("coefficient {k} does not fit {kind}: it has {} bits", super::row_bits(row)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use proptest::{collection::vec, prelude::*};
    use std::hash::{BuildHasher, RandomState};

    fn borders() -> Vec<BigInt> {
        let mut values = vec![BigInt::ZERO];
        for bits in [1u32, 31, 32, 62, 63, 64, 65, 126, 127, 128, 129, 191, 192, 200] {
            for offset in [-1, 0, 1] {
                let power = (BigInt::from(1) << bits) + offset;
                values.push(-&power);
                values.push(power);
            }
        }
        values
    }

    #[test]
    fn each_border_alone_has_the_smallest_width() {
        for value in borders() {
            let mut v = IntegerVec::from_bigints(std::slice::from_ref(&value));
            assert_eq!(v.to_bigints(), std::slice::from_ref(&value));
            v.shrink();
            assert_eq!(v.get(0), value);
            let smallest = value.to_signed_bytes_le().len().div_ceil(8);
            assert_eq!(v.width(), smallest, "{value}");
            assert_eq!(v.to_i64s().ok(), i64::try_from(&value).ok().map(|x| vec![x]));
            assert_eq!(v.to_i128s().ok(), i128::try_from(&value).ok().map(|x| vec![x]));
        }
    }

    #[test]
    fn equality_and_hash_ignore_the_width() {
        let values = borders();
        let v = IntegerVec::from_bigints(&values);
        let wide = v.as_slice().with_width(9).expect("wide enough");
        let state = RandomState::new();
        assert_eq!(v, wide);
        assert_eq!(state.hash_one(&v), state.hash_one(&wide));
        assert_eq!(wide.to_bigints(), values);
        assert_ne!(v, IntegerVec::from_bigints(&values[1..]));
        assert_ne!(IntegerVec::from_i64s(&[-1]), IntegerVec::from_limbs(vec![u64::MAX, 0], 2));
    }

    #[test]
    fn reuse_takes_every_shape_of_destination() {
        let values = borders();
        let v = IntegerVec::from_bigints(&values);
        for len in [0, 1, values.len(), values.len() + 5] {
            let mut out: Vec<BigInt> = (0..len).map(|k| -(BigInt::from(3) << (7 * k))).collect();
            v.write_bigints(&mut out);
            assert_eq!(out, values);
        }
    }

    #[test]
    fn overflow_names_the_index() {
        let v = IntegerVec::from_i128s(&[1, i128::MIN, 3]);
        let error = v.to_i64s().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Overflow);
        assert!(error.message().contains("coefficient 1"), "{error}");
        assert_eq!(v.to_i128s().expect("it came from there"), [1, i128::MIN, 3]);
        assert_eq!(v.as_slice().with_width(1).unwrap_err().kind(), ErrorKind::Overflow);
    }

    #[test]
    fn a_matrix_over_the_limit_is_refused_before_it_is_made() {
        let mut values = vec![BigInt::from(1); 1 << 12];
        values[7] = BigInt::from(1) << (1u64 << 26);
        let error = IntegerVec::try_from_bigints(&values).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit);
        assert_eq!(IntegerVec::try_zeros(usize::MAX, 2).unwrap_err().kind(), ErrorKind::Limit);
    }

    #[test]
    fn empty_and_zero() {
        let mut v = IntegerVec::from_i128s(&[0, 0]);
        v.shrink();
        assert_eq!((v.len(), v.width()), (2, 1));
        v.trim();
        assert!(v.is_empty() && v.to_bigints().is_empty() && v.bits() == 0);
        assert_eq!(v, IntegerVec::default());
        assert_eq!(IntegerVec::from_u64s(&[u64::MAX, 0]).to_i128s().ok(), Some(vec![u64::MAX.into(), 0]));
        let mut v = IntegerVec::from_i64s(&[0, 4, 0]);
        v.trim();
        assert_eq!(v.to_i64s().ok(), Some(vec![0, 4]));
    }

    proptest! {
        #[test]
        fn round_trip(limbs in vec(any::<u64>(), 0..30), width in 1usize..6) {
            let len = limbs.len() / width * width;
            let mut v = IntegerVec::from_limbs(limbs[..len].to_vec(), width);
            let values = v.to_bigints();
            prop_assert_eq!(&IntegerVec::from_bigints(&values), &v);
            v.shrink();
            prop_assert_eq!(v.iter().collect::<Vec<_>>(), values);
        }
    }
}
