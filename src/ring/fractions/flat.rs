//! [`RationalVec`] from fractions and back.
//!
//! It stands apart from the type because the layer of convolutions knows no fractions.

use super::{Denominator, Operand, divided, over_word};
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
}
