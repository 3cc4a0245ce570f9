//! The weights of a distribution, once: where they are the same read from both ends, the first half of them.
//!
//! They are a type of their own because sums of fair dice are palindromes, and large ones spend most of their time on memory:
//! half of the weights are neither computed nor stored. The product of palindromes `f`, `g` of degrees `m`, `n` is one,
//! `x^(m+n) f(1/x) g(1/x) = f(x) g(x)`, and so is every power. Whoever needs the polynomial gets a copy that is made once.

use crate::Result;
use crate::convolution::Want;
use crate::poly::Poly;
use crate::ring::{Integers, Ring, ZZ, remainders};
use num_bigint::BigInt;
use std::{
    borrow::Cow,
    ops::{Index, Range},
    sync::OnceLock,
};

#[derive(Debug)]
pub(super) enum Weights {
    Whole(Poly<Integers>),
    Palindrome {
        /// The first half, the middle one of an odd number included.
        half: Vec<BigInt>,
        len: usize,
        whole: OnceLock<Poly<Integers>>,
    },
}

impl Weights {
    /// A palindrome of `len` weights with this first half.
    pub(super) fn palindrome(half: Vec<BigInt>, len: usize) -> Self {
        debug_assert_eq!(half.len(), len.div_ceil(2));
        Self::Palindrome { half, len, whole: OnceLock::new() }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Whole(whole) => whole.len(),
            Self::Palindrome { len, .. } => *len,
        }
    }

    /// All weights, or the first half of a palindrome.
    fn stored(&self) -> &[BigInt] {
        match self {
            Self::Whole(whole) => whole.coefficients(),
            Self::Palindrome { half, .. } => half,
        }
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &BigInt> + ExactSizeIterator + Clone {
        self.range(0..self.len())
    }

    /// Those with an index in the range, which must be within the length.
    pub(super) fn range(
        &self,
        range: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = &BigInt> + ExactSizeIterator + Clone {
        let (stored, len) = (self.stored(), self.len());
        range.map(move |k| stored.get(k).unwrap_or_else(|| &stored[len - 1 - k]))
    }

    /// As a polynomial for an operation, which nothing is kept of.
    pub(super) fn polynomial(&self) -> Cow<'_, Poly<Integers>> {
        match self {
            Self::Palindrome { whole, .. } if whole.get().is_none() => {
                Cow::Owned(Poly::from_vec(ZZ, self.iter().cloned().collect()))
            }
            _ => Cow::Borrowed(self.whole()),
        }
    }

    /// As a polynomial that is kept.
    pub(super) fn whole(&self) -> &Poly<Integers> {
        match self {
            Self::Whole(whole) => whole,
            Self::Palindrome { whole, .. } => {
                whole.get_or_init(|| Poly::from_vec(ZZ, self.iter().cloned().collect()))
            }
        }
    }

    /// In the opposite order.
    pub(super) fn reversed(self) -> Self {
        match self {
            // The first weight is not zero, so that none is lost.
            Self::Whole(whole) => Self::Whole(whole.reverse()),
            palindrome => palindrome,
        }
    }

    /// Whether they are the same from both ends.
    pub(super) fn is_palindrome(&self) -> bool {
        match self {
            Self::Whole(whole) => {
                let half = whole.len() / 2;
                whole.iter().take(half).eq(whole.iter().rev().take(half))
            }
            Self::Palindrome { .. } => true,
        }
    }

    /// The greatest common divisor of all of them.
    pub(super) fn content(&self) -> BigInt {
        remainders::content(&ZZ, self.stored())
    }

    /// Each divided by a common divisor.
    pub(super) fn divided_by(&self, divisor: &BigInt) -> Self {
        let quotients = remainders::divide(&ZZ, self.stored(), divisor).expect("a common divisor");
        match self {
            Self::Whole(_) => Poly::from_vec(ZZ, quotients).into(),
            Self::Palindrome { len, .. } => Self::palindrome(quotients, *len),
        }
    }

    /// What is the same for equal weights, however they are stored: their number, and all of them or the first half of a palindrome.
    pub(super) fn key(&self) -> (usize, &[BigInt]) {
        let len = self.len();
        (len, if self.is_palindrome() { &self.stored()[..len.div_ceil(2)] } else { self.stored() })
    }

    /// The power with an exponent of at least 2.
    ///
    /// # Errors
    /// Those of [`Poly::try_pow`].
    pub(super) fn try_pow(&self, n: u64) -> Result<Self> {
        let whole = self.polynomial();
        if !self.is_palindrome() {
            return Ok(whole.try_pow(n)?.into());
        }
        let Some(len) =
            (whole.len() as u64 - 1).checked_mul(n).and_then(|degree| usize::try_from(degree).ok())
        else {
            // It has an error for that.
            return Ok(whole.try_pow(n)?.into());
        };
        let len = len + 1;
        let half = ZZ.power(whole.coefficients(), n, &Want::low(len.div_ceil(2)))?;
        Ok(Self::palindrome(half, len))
    }
}

/// The product of two polynomials of weights, of which the first half is enough where both are palindromes.
///
/// # Errors
/// Those of [`Poly::try_mul`].
pub(super) fn product(f: &Poly<Integers>, g: &Poly<Integers>, palindromes: bool) -> Result<Weights> {
    if !palindromes {
        return Ok(f.try_mul(g)?.into());
    }
    let len = f.len() + g.len() - 1;
    let half = ZZ.convolve(f.coefficients(), g.coefficients(), &Want::low(len.div_ceil(2)))?;
    Ok(Weights::palindrome(half, len))
}

/// Without the copy of a palindrome, which the clone can make for itself.
impl Clone for Weights {
    fn clone(&self) -> Self {
        match self {
            Self::Whole(whole) => Self::Whole(whole.clone()),
            Self::Palindrome { half, len, .. } => Self::palindrome(half.clone(), *len),
        }
    }
}

impl From<Poly<Integers>> for Weights {
    fn from(whole: Poly<Integers>) -> Self {
        Self::Whole(whole)
    }
}

impl Index<usize> for Weights {
    type Output = BigInt;
    fn index(&self, k: usize) -> &BigInt {
        let stored = self.stored();
        stored.get(k).unwrap_or_else(|| &stored[self.len() - 1 - k])
    }
}

impl PartialEq for Weights {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Weights {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::Distribution;
    use proptest::prelude::*;

    fn both(half: &[u64], odd: bool) -> [Weights; 2] {
        let len = 2 * half.len() - usize::from(odd);
        let half: Vec<BigInt> = half.iter().map(|&w| w.into()).collect();
        let palindrome = Weights::palindrome(half, len);
        let whole = Weights::Whole(ZZ.poly((0..len).map(|k| palindrome[k].clone())));
        [palindrome, whole]
    }

    proptest! {
        /// Both forms are the same to everybody.
        #[test]
        fn halves_are_wholes(mut half in prop::collection::vec(0u64..5, 1..8), odd: bool, n in 2u64..6) {
            half[0] += 1;
            let [palindrome, whole] = both(&half, odd);
            prop_assert!(whole.is_palindrome());
            prop_assert_eq!(&palindrome, &whole);
            prop_assert_eq!(palindrome.whole(), whole.whole());
            prop_assert!(palindrome.iter().rev().eq(whole.whole().iter()));
            prop_assert_eq!(palindrome.key(), whole.key());
            prop_assert_eq!(palindrome.content(), whole.whole().content());
            for form in [&palindrome, &whole] {
                let divided = form.divided_by(&form.content());
                prop_assert_eq!(divided.whole(), &whole.whole().primitive_part());
            }
            let power = whole.whole().pow(n);
            for form in [&palindrome, &whole] {
                let value = form.try_pow(n).unwrap();
                prop_assert_eq!(value.whole(), &power);
                prop_assert_eq!(value.len(), power.len());
                let product = product(form.whole(), &power, true).unwrap();
                prop_assert_eq!(product.whole(), &power.clone().try_mul(whole.whole()).unwrap());
            }
        }
    }

    #[test]
    fn reduced_by_what_all_weights_share() {
        let common = BigInt::from(10).pow(40);
        let faces =
            |weights: [u32; 4]| Distribution::from_weights((1..).zip(weights.map(|w| &common * w))).unwrap();
        for die in [faces([1, 1, 1, 1]), faces([6, 0, 4, 8])] {
            for sum in [die.clone(), die.times(3), &die + &die] {
                let reduced = sum.reduced();
                assert_eq!(reduced, sum);
                assert_eq!(reduced.weights(), &sum.weights().primitive_part());
                assert_eq!(reduced.denominator() * sum.weights().content(), *sum.denominator());
                assert_eq!(reduced.reduced().denominator(), reduced.denominator());
                assert_eq!(reduced.weights.len(), sum.weights.len());
            }
        }
        let d6 = Distribution::die(6);
        assert_eq!(d6.times(9).reduced().denominator(), d6.times(9).denominator());
    }

    #[test]
    fn dice_are_stored_by_halves() {
        let half_of = |d: &Distribution| match &d.weights {
            Weights::Palindrome { half, .. } => Some(half.len()),
            Weights::Whole(_) => None,
        };
        let sum = Distribution::die(6).times(3);
        assert_eq!(half_of(&sum), Some(8));
        assert_eq!(half_of(&(&sum + &sum)), Some(16));
        assert_eq!(half_of(&(&sum - &Distribution::die(4).scaled(2).unwrap())), Some(11));
        let mixed = [Distribution::die(4), Distribution::die(6), Distribution::die(10)];
        assert_eq!(half_of(&Distribution::try_sum(&mixed).unwrap()), Some(9));
        let loaded = Distribution::from_weights([(1, 1), (2, 2)]).unwrap();
        assert_eq!(half_of(&loaded.times(300)), None);
        assert_eq!(half_of(&(sum + loaded)), None);
    }
}
