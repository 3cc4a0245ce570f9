//! Numbers of ways, in a word, in two, or as large as they are: one code for pools of every size.
//!
//! It stands apart because small pools are counted in microseconds and large ones in thousands of bits. Words wrap:
//! whoever chooses a type knows that what it is asked for fits, and what is on the way there may not.

use crate::ring::{Ring, ZZ};
use num_bigint::BigInt;
use num_traits::{One, ToPrimitive};

pub(super) trait Count: Clone + PartialEq {
    fn from_bigint(n: &BigInt) -> Self;
    fn into_bigint(self) -> BigInt;
    fn plus(&self, other: &Self) -> Self;
    fn minus(&self, other: &Self) -> Self;
    fn times(&self, other: &Self) -> Self;

    fn small(n: u8) -> Self {
        Self::from_bigint(&BigInt::from(n))
    }

    /// `self^n`, by squaring.
    fn power(&self, n: u64) -> Self {
        let mut power = Self::small(1);
        for bit in (0..u64::BITS - n.leading_zeros()).rev() {
            power = power.times(&power);
            if n >> bit & 1 == 1 {
                power = power.times(self);
            }
        }
        power
    }
}

macro_rules! words {
    ($($word:ty, $from:ident;)*) => { $(
        impl Count for $word {
            fn from_bigint(n: &BigInt) -> Self {
                n.$from().expect("the type was chosen for it")
            }
            fn into_bigint(self) -> BigInt {
                self.into()
            }
            fn plus(&self, other: &Self) -> Self {
                self.wrapping_add(*other)
            }
            fn minus(&self, other: &Self) -> Self {
                self.wrapping_sub(*other)
            }
            fn times(&self, other: &Self) -> Self {
                self.wrapping_mul(*other)
            }
            fn small(n: u8) -> Self {
                n.into()
            }
        }
    )* };
}
words! {
    u64, to_u64;
    u128, to_u128;
}

impl Count for BigInt {
    fn from_bigint(n: &BigInt) -> Self {
        n.clone()
    }
    fn into_bigint(self) -> BigInt {
        self
    }
    fn plus(&self, other: &Self) -> Self {
        self + other
    }
    fn minus(&self, other: &Self) -> Self {
        self - other
    }
    fn times(&self, other: &Self) -> Self {
        ZZ.mul(self, other)
    }
    fn power(&self, n: u64) -> Self {
        ZZ.pow(self, n)
    }
}

/// `C(n, k)` for `k` in `0..len`.
pub(super) fn binomials<N: Count>(n: u64, len: usize) -> Vec<N> {
    let mut binomial = BigInt::one();
    let row = (0..len as u64).map(|k| {
        if k > 0 {
            binomial = &binomial * (n + 1).saturating_sub(k) / k;
        }
        N::from_bigint(&binomial)
    });
    row.collect()
}

/// `C(n + k, n)` for `k` in `0..len`.
pub(super) fn diagonal<N: Count>(n: u64, len: usize) -> Vec<N> {
    let mut binomial = BigInt::one();
    let row = (0..len as u64).map(|k| {
        if k > 0 {
            binomial = &binomial * (n + k) / k;
        }
        N::from_bigint(&binomial)
    });
    row.collect()
}
