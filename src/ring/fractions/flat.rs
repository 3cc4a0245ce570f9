//! [`RationalVec`] from fractions and back, and as coefficients of polynomials.
//!
//! It stands apart from the type because the layer of convolutions knows no fractions.
//!
//! # Method
//! Taylor shifts: [`shift`](super::shift). By an integer the gcd of all numerators stays what it is, so nothing is to be cancelled. By `p/q` the numerators of `q^d * F(x + p/q)` have
//! common factors only with the leading coefficient and `q`.

use super::{Denominator, Operand, divided, over_word, shift};
use crate::Result;
use crate::convolution::RationalVec;
use crate::integer::IntegerVec;
use crate::ring::numbers;
use num_rational::BigRational;

impl RationalVec {
    /// Fractions over their least common denominator.
    ///
    /// # Errors
    /// Kind limit when the numerators are over the [limit](crate::limit) or memory is refused.
    pub fn from_rationals(values: &[BigRational]) -> Result<Self> {
        if let Some(Operand { rows, common, .. }) = Operand::read(values)? {
            return RationalVec::new(rows.as_slice().to_vec(), common.into());
        }
        let (numerators, common) = numbers::cleared(values)?;
        RationalVec::new(IntegerVec::try_from_bigints(&numerators)?, common.into_parts().1)
    }

    /// Every number as a fraction in lowest terms.
    pub fn to_rationals(&self) -> Vec<BigRational> {
        let mut out = Vec::new();
        self.write_rationals(&mut out);
        out
    }

    /// Every number into `out`, which keeps its memory and that of the fractions that it holds.
    pub fn write_rationals(&self, out: &mut Vec<BigRational>) {
        let Ok(word) = u64::try_from(self.denominator()) else {
            *out = divided(self.numerators().to_bigints(), &self.denominator().clone().into());
            return;
        };
        over_word(self.numerators(), Denominator::new(word, 1), out);
    }

    /// `f(x + a)` for the polynomial `f` with these coefficients, the lowest first.
    ///
    /// # Errors
    /// Kind limit when the result is over the [limit](crate::limit) or memory is refused.
    ///
    /// # Complexity
    /// That of a product of the same length, the numerators of which have `len * log2(|p| + q)` bits more for `a = p/q`; below a length that was measured, a
    /// quadratic number of additions of rows.
    ///
    /// # Examples
    /// ```
    /// use monic::convolution::RationalVec;
    /// use num_rational::BigRational;
    /// let fraction = |n: i32, d: i32| BigRational::new(n.into(), d.into());
    /// // x^2/2 becomes (x + 1/3)^2/2.
    /// let f = RationalVec::from_rationals(&[fraction(0, 1), fraction(0, 1), fraction(1, 2)])?;
    /// let shifted = f.try_taylor_shift(&fraction(1, 3))?;
    /// assert_eq!(shifted.numerators().to_i64s()?, [1, 6, 9]);
    /// assert_eq!(shifted.denominator(), &18u8.into());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_taylor_shift(&self, a: &BigRational) -> Result<Self> {
        let mut out = RationalVec::default();
        self.try_taylor_shift_into(a, &mut out)?;
        Ok(out)
    }

    /// The same into the memory that `out` has.
    ///
    /// # Errors
    /// Those of [`try_taylor_shift`](Self::try_taylor_shift); `out` is of any contents then.
    pub fn try_taylor_shift_into(&self, a: &BigRational, out: &mut Self) -> Result<()> {
        let common = shift::flat(self.numerators(), a, out.parts_mut().0)?;
        let (_, denominator) = out.parts_mut();
        denominator.clone_from(self.denominator());
        if let Some(common) = common {
            *denominator *= common;
            out.reduce();
        }
        Ok(())
    }
}
