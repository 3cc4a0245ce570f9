//! Row by row: `a / d` where it is exact, and the content `gcd(a[0], a[1], ..)`.
//!
//! It stands apart because dividing needs magnitudes, and because both fail or stop early: a quotient that is not
//! exact is an error, a content of 1 is known long before the last row.
//!
//! # Source
//! T. Jebelean, "An algorithm for exact division", J. Symb. Comp. 15, 1993: quotient limbs from the least significant
//! one up, by the inverse of the divisor's lowest limb modulo 2^64.

use super::super::gcd::gcd;
use super::super::limbs::{div_exact_odd, inverse_mod_word, is_negative, negate, shift_right};
use super::super::word::WordModulus;
use super::{IntegerSlice, IntegerVec};
use crate::{Error, Result};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;

impl IntegerVec {
    /// Divides every integer by `d` in place.
    ///
    /// # Errors
    /// Kind undefined for `d = 0`; kind not exact with the index of the first integer that `d` does not divide (what
    /// the rows hold then is unspecified).
    pub fn try_exact_div_word(&mut self, d: i64) -> Result<()> {
        self.exact_div(&[d.unsigned_abs()], d < 0)
    }

    /// Divides every integer by `d` in place.
    ///
    /// # Errors
    /// Kind undefined for `d = 0`; kind not exact with the index of the first integer that `d` does not divide (what
    /// the rows hold then is unspecified).
    ///
    /// # Complexity
    /// `O(q * w)` word operations a row for a quotient of `q` limbs and a divisor of `w`.
    ///
    /// # Examples
    /// ```
    /// use monic::integer::IntegerVec;
    /// let mut v = IntegerVec::from_i64s(&[12, -18, 0]);
    /// v.try_exact_div(&(-6).into())?;
    /// assert_eq!(v.to_i64s()?, [-2, 3, 0]);
    /// assert!(v.try_exact_div(&2.into()).unwrap_err().message().contains("coefficient 1"));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_exact_div(&mut self, d: &BigInt) -> Result<()> {
        self.exact_div(&d.magnitude().to_u64_digits(), d.sign() == Sign::Minus)
    }

    fn exact_div(&mut self, d: &[u64], negative: bool) -> Result<()> {
        let Some(low) = d.iter().position(|&l| l != 0) else {
            return Err(Error::undefined("division by zero"));
        };
        // The power of two goes first: whole limbs, then bits.
        let mut odd = d[low..].to_vec();
        let bits = odd[0].trailing_zeros();
        shift_right(&mut odd, bits);
        while odd.last() == Some(&0) {
            odd.pop();
        }
        let inverse = inverse_mod_word(odd[0]);
        for (k, row) in self.limbs.chunks_exact_mut(self.width).enumerate() {
            let below = is_negative(row);
            if below {
                negate(row);
            }
            // The magnitude of the most negative row has its top bit set and is still a natural number here.
            let cut = low.min(row.len());
            let exact = row[..cut].iter().all(|&l| l == 0)
                && (row.get(low).is_none_or(|&l| l & ((1u64 << bits) - 1) == 0));
            row.copy_within(cut.., 0);
            let kept = row.len() - cut;
            row[kept..].fill(0);
            shift_right(row, bits);
            if !exact || !div_exact_odd(row, &odd, inverse) {
                return Err(Error::not_exact(format!("the divisor does not divide coefficient {k}")));
            }
            if below {
                negate(row);
            }
        }
        if negative {
            self.negate();
        }
        Ok(())
    }

    /// The greatest common divisor of all integers, at least 0; 0 when all are zero.
    pub fn content(&self) -> BigUint {
        self.as_slice().content()
    }
}

impl IntegerSlice<'_> {
    /// The greatest common divisor of all integers, at least 0; 0 when all are zero.
    ///
    /// # Complexity
    /// Ends at the first row that brings the divisor down to 1. While the divisor has one word, linear in the limbs;
    /// above, that of [`gcd`](crate::integer::gcd::gcd) a row.
    ///
    /// # Examples
    /// ```
    /// use monic::integer::IntegerVec;
    /// assert_eq!(IntegerVec::from_i64s(&[12, -18, 0]).as_slice().content(), 6u8.into());
    /// ```
    pub fn content(&self) -> BigUint {
        self.content_with(BigUint::ZERO)
    }

    /// The greatest common divisor of `g` and all integers.
    pub(crate) fn content_with(&self, mut g: BigUint) -> BigUint {
        for (k, row) in self.rows().enumerate() {
            if let Ok(word @ 1..) = u64::try_from(&g) {
                return BigUint::from(self.range(k..self.len()).content_with_word(word));
            }
            if row.iter().all(|&l| l == 0) {
                continue;
            }
            let magnitude = self.get(k).into_parts().1;
            g = gcd(&g, &magnitude);
        }
        g
    }

    /// The same for a word that is not 0.
    fn content_with_word(&self, mut g: u64) -> u64 {
        if self.width == 1 {
            for &x in self.limbs {
                if g == 1 {
                    break;
                }
                g = g.gcd(&((x as i64).unsigned_abs() % g));
            }
            return g;
        }
        // A divisor of the modulus sees no difference, and a new modulus would take longer than a row.
        let m = WordModulus::new(g).expect("not 0");
        for row in self.rows() {
            if g == 1 {
                break;
            }
            g = g.gcd(&m.reduce_row(row));
        }
        g
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use proptest::{collection::vec, prelude::*};

    fn integer() -> impl Strategy<Value = BigInt> {
        let limb = prop_oneof![any::<u64>(), Just(0), Just(u64::MAX), Just(1 << 63), Just(6)];
        (any::<bool>(), vec(limb, 0..4)).prop_map(|(negative, limbs)| {
            let magnitude = super::super::super::limbs::to_biguint(&limbs);
            BigInt::from_biguint(if negative { Sign::Minus } else { Sign::Plus }, magnitude)
        })
    }

    #[test]
    fn most_negative_rows() {
        let mut v = IntegerVec::from_i64s(&[i64::MIN]);
        v.try_exact_div_word(-1).expect("exact");
        assert_eq!(v.get(0), BigInt::from(1) << 63);
        let mut v = IntegerVec::from_i64s(&[i64::MIN]);
        v.try_exact_div_word(i64::MIN).expect("exact");
        assert_eq!(v.to_i64s().ok(), Some(vec![1]));
        assert_eq!(v.try_exact_div_word(0).unwrap_err().kind(), ErrorKind::Undefined);
        assert_eq!(IntegerVec::from_i64s(&[i64::MIN, 0]).content(), BigUint::from(1u64 << 63));
        assert_eq!(IntegerVec::from_i64s(&[0, 0]).content(), BigUint::ZERO);
        assert_eq!(IntegerVec::default().content(), BigUint::ZERO);
    }

    proptest! {
        #[test]
        fn exact_quotients(rows in vec(integer(), 0..6), d in integer(), spoil in 0i32..3) {
            prop_assume!(d != BigInt::ZERO);
            let products: Vec<BigInt> = rows.iter().map(|x| x * &d).collect();
            let mut v = IntegerVec::from_bigints(&products);
            v.try_exact_div(&d).expect("products of it");
            prop_assert_eq!(v.to_bigints(), rows);
            for product in &products {
                let spoilt = product + spoil;
                let mut v = IntegerVec::from_bigints(std::slice::from_ref(&spoilt));
                let result = v.try_exact_div(&d);
                if spoilt.is_multiple_of(&d) {
                    prop_assert_eq!(result, Ok(()));
                    prop_assert_eq!(v.get(0), spoilt / &d);
                } else {
                    prop_assert_eq!(result.unwrap_err().kind(), ErrorKind::NotExact);
                }
            }
        }

        #[test]
        fn content_divides_and_is_largest(rows in vec(integer(), 0..6), d in integer()) {
            let products: Vec<BigInt> = rows.iter().map(|x| x * &d).collect();
            let expected = products.iter().fold(BigInt::ZERO, |g, x| g.gcd(x));
            prop_assert_eq!(BigInt::from(IntegerVec::from_bigints(&products).content()), expected);
        }
    }
}
