//! Products of rational numbers over common denominators, `a/m * b/n = (a*b)/(m*n)`, for sequences of integers `a` and `b`.
//!
//! They stand apart because a sequence of fractions is a matrix of limbs and one number here, as [`IntegerVec`] is for integers: a
//! `Vec<BigRational>` takes a line of the cache a coefficient and a reduction to lowest terms, which is longer than the rest
//! of a product.
//!
//! # Method
//! A product of integers; then what all numerators share with the denominator is cancelled, which is known to be nothing after the
//! first few of them.
//!
//! # Invariants
//! The denominator is not 0 and shares no factor with all numerators at once; that of zeros is 1. So equal sequences have equal
//! parts.

use super::{Want, integers_into};
use crate::integer::{IntegerSlice, IntegerVec};
use crate::{Error, Result};
use num_bigint::{BigInt, BigUint};
use num_traits::{One, Zero};

/// Rational numbers over one common denominator, which is as small as it can be.
///
/// # Examples
/// ```
/// use monic::convolution::RationalVec;
/// use num_rational::BigRational;
/// let fraction = |n: i32, d: i32| BigRational::new(n.into(), d.into());
/// let f = RationalVec::from_rationals(&[fraction(1, 2), fraction(1, 3)])?;
/// assert_eq!(f.numerators().to_i64s()?, [3, 2]);
/// assert_eq!(f.denominator(), &6u8.into());
/// let square = f.convolve(&f);
/// assert_eq!(square.to_rationals(), [fraction(1, 4), fraction(1, 3), fraction(1, 9)]);
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RationalVec {
    numerators: IntegerVec,
    denominator: BigUint,
}

impl Default for RationalVec {
    /// No number.
    fn default() -> Self {
        RationalVec { numerators: IntegerVec::default(), denominator: BigUint::one() }
    }
}

impl RationalVec {
    /// Integers over a denominator, in lowest terms.
    ///
    /// # Errors
    /// Kind undefined, when the denominator is 0.
    pub fn new(numerators: IntegerVec, denominator: BigUint) -> Result<Self> {
        if denominator.is_zero() {
            return Err(Error::undefined("division by zero"));
        }
        let mut fractions = RationalVec { numerators, denominator };
        fractions.reduce();
        Ok(fractions)
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.numerators.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.numerators.is_empty()
    }

    /// The numerators over the common denominator.
    pub fn numerators(&self) -> IntegerSlice<'_> {
        self.numerators.as_slice()
    }

    /// The common denominator.
    pub fn denominator(&self) -> &BigUint {
        &self.denominator
    }

    /// The numerators and the common denominator.
    pub fn into_parts(self) -> (IntegerVec, BigUint) {
        (self.numerators, self.denominator)
    }

    /// The product with another sequence, all coefficients, by the algorithm that is best.
    ///
    /// # Panics
    /// When the result would be over [the limit](crate::limit); [`rationals`] returns an error instead.
    #[track_caller]
    pub fn convolve(&self, other: &RationalVec) -> RationalVec {
        match rationals(self, other, &Want::full()) {
            Ok(product) => product,
            Err(error) => panic!("{error}"),
        }
    }

    /// The parts, to write; what does not keep the invariants calls [`reduce`](Self::reduce).
    pub(crate) fn parts_mut(&mut self) -> (&mut IntegerVec, &mut BigUint) {
        (&mut self.numerators, &mut self.denominator)
    }

    /// Cancels what all numerators share with the denominator.
    pub(crate) fn reduce(&mut self) {
        if self.denominator.is_one() {
            return;
        }
        let common = self.numerators.as_slice().content_with(self.denominator.clone());
        if !common.is_one() {
            self.denominator /= &common;
            let exact = self.numerators.try_exact_div(&BigInt::from(common));
            debug_assert!(exact.is_ok(), "a common factor divides");
        }
    }
}

/// The product of two sequences of rational numbers: exactly the wanted window, in lowest terms.
///
/// # Errors
/// As for [`integers`](super::integers).
///
/// # Complexity
/// That of the product of the numerators, and a gcd of the denominator and some numerators; a division of each numerator where they
/// all share a factor with the denominator.
///
/// # Examples
/// ```
/// use monic::{convolution::{RationalVec, Want, rationals}, integer::IntegerVec};
/// let f = RationalVec::new(IntegerVec::from_i64s(&[1, 2, 3]), 6u8.into())?;
/// let low = rationals(&f, &f, &Want::low(2))?;
/// assert_eq!((low.numerators().to_i64s()?, low.denominator()), (vec![1, 4], &36u8.into()));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn rationals(a: &RationalVec, b: &RationalVec, want: &Want) -> Result<RationalVec> {
    let mut out = RationalVec::default();
    rationals_into(a, b, want, &mut out)?;
    Ok(out)
}

/// The product of two sequences of rational numbers, into the memory that `out` has.
///
/// # Errors
/// As for [`integers`](super::integers); `out` is of any contents then.
///
/// # Examples
/// ```
/// use monic::{convolution::{RationalVec, Want, rationals_into}, integer::IntegerVec};
/// let half = RationalVec::new(IntegerVec::from_i64s(&[1, 1]), 2u8.into())?;
/// let (mut tosses, mut next) = (half.clone(), RationalVec::default());
/// for _ in 1..10 {
///     rationals_into(&tosses, &half, &Want::full(), &mut next)?;
///     std::mem::swap(&mut tosses, &mut next);
/// }
/// assert_eq!((tosses.numerators().get(5), tosses.denominator()), (252.into(), &1024u16.into()));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn rationals_into(a: &RationalVec, b: &RationalVec, want: &Want, out: &mut RationalVec) -> Result<()> {
    integers_into(a.numerators.as_slice(), b.numerators.as_slice(), want, &mut out.numerators)?;
    out.denominator = match (u64::try_from(&a.denominator), u64::try_from(&b.denominator)) {
        (Ok(1), Ok(1)) => BigUint::one(),
        (Ok(m), Ok(n)) if m.checked_mul(n).is_some() => BigUint::from(m * n),
        _ => &a.denominator * &b.denominator,
    };
    out.reduce();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_rational::BigRational;

    fn value(k: u64, bits: u32, below: u64) -> BigRational {
        let mixed = k.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let n = BigInt::from(mixed >> 2) * ((BigInt::from(1) << bits) - 1);
        BigRational::new(if mixed & 1 == 0 { n } else { -n }, (mixed % below + 1).into())
    }

    #[test]
    fn products_of_every_size_in_lowest_terms() {
        for (bits, below) in [(1, 1), (1, 16), (60, 30), (200, 1 << 20), (3, u64::MAX)] {
            for (m, n) in [(1, 1), (2, 5), (17, 4), (40, 40)] {
                let a: Vec<_> = (0..m).map(|k| value(k, bits, below)).collect();
                let b: Vec<_> = (0..n).map(|k| value(k + 99, bits, below) / BigInt::from(6)).collect();
                let mut expected = vec![BigRational::zero(); a.len() + b.len() - 1];
                for (i, x) in a.iter().enumerate() {
                    for (j, y) in b.iter().enumerate() {
                        expected[i + j] += x * y;
                    }
                }
                let [x, y] = [&a, &b].map(|v| RationalVec::from_rationals(v).expect("small"));
                assert_eq!(x.to_rationals(), a);
                let mut out = x.clone();
                for want in [Want::full(), Want::low(3), Want::range(2..6), Want::range(1..1)] {
                    rationals_into(&x, &y, &want, &mut out).expect("small");
                    let expected = &expected[want.window(a.len(), b.len())];
                    assert_eq!(out.to_rationals(), expected, "{bits} bits below {below}, {want:?}");
                    // The same parts as from the fractions.
                    assert_eq!(out, RationalVec::from_rationals(expected).expect("small"));
                    let mut written = vec![value(1, 90, 7); 20];
                    out.write_rationals(&mut written);
                    assert_eq!(written, expected);
                }
            }
        }
    }

    #[test]
    fn denominators_of_nothing() {
        let zeros = RationalVec::new(IntegerVec::zeros(3, 2), 12u8.into()).expect("not 0");
        assert!(zeros.denominator().is_one());
        assert_eq!(zeros, RationalVec::from_rationals(&vec![BigRational::zero(); 3]).expect("small"));
        assert_eq!(
            RationalVec::default(),
            RationalVec::new(IntegerVec::default(), 5u8.into()).expect("not 0")
        );
        let error = RationalVec::new(IntegerVec::default(), BigUint::zero()).expect_err("0");
        assert_eq!(error.kind(), crate::ErrorKind::Undefined);
    }
}
