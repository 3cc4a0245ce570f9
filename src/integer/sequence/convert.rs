//! Machine integers into rows and out of them, and one width into another.
//!
//! It stands apart from [`bigints`](super::bigints) because nothing here allocates but the result.

use super::super::limbs::is_negative;
use super::{IntegerSlice, IntegerVec, minimal};
use crate::{Error, Result};

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
    /// Every row as an `i64`.
    ///
    /// # Errors
    /// Kind overflow, with the index of the first integer that does not fit.
    pub fn to_i64s(&self) -> Result<Vec<i64>> {
        let mut out = Vec::new();
        self.write_i64s(&mut out)?;
        Ok(out)
    }

    /// Every row as an `i64`, into the memory that `out` has.
    ///
    /// # Errors
    /// As for [`to_i64s`](Self::to_i64s); `out` is as it was then.
    pub fn write_i64s(&self, out: &mut Vec<i64>) -> Result<()> {
        // Every limb above the lowest repeats its sign.
        let fits = |row: &[u64]| {
            let sign = ((row[0] as i64) >> 63) as u64;
            row[1..].iter().fold(0, |all, &limb| all | (limb ^ sign)) == 0
        };
        if self.width > 1
            && let Some((k, row)) = self.rows().enumerate().find(|(_, row)| !fits(row))
        {
            return Err(does_not_fit(k, row, "i64"));
        }
        out.clear();
        out.reserve_exact(self.len());
        if self.width == 1 {
            out.extend(self.limbs.iter().map(|&limb| limb as i64));
        } else {
            out.extend(self.rows().map(|row| row[0] as i64));
        }
        Ok(())
    }

    /// Every row as an `i128`.
    ///
    /// # Errors
    /// Kind overflow, with the index of the first integer that does not fit.
    pub fn to_i128s(&self) -> Result<Vec<i128>> {
        let mut out = Vec::new();
        self.write_i128s(&mut out)?;
        Ok(out)
    }

    /// Every row as an `i128`, into the memory that `out` has.
    ///
    /// # Errors
    /// As for [`to_i128s`](Self::to_i128s); `out` is as it was then.
    pub fn write_i128s(&self, out: &mut Vec<i128>) -> Result<()> {
        if self.width > 2
            && let Some((k, row)) = self.rows().enumerate().find(|(_, row)| minimal(row).len() > 2)
        {
            return Err(does_not_fit(k, row, "i128"));
        }
        out.clear();
        out.reserve_exact(self.len());
        if self.width == 1 {
            out.extend(self.limbs.iter().map(|&low| i128::from(low as i64)));
        } else {
            out.extend(self.rows().map(|row| (u128::from(row[1]) << 64 | u128::from(row[0])) as i128));
        }
        Ok(())
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
    use num_bigint::BigInt;
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
