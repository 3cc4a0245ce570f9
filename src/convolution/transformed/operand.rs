//! [`Operand`]: what is transformed, integers or residues, and how the kernel of a frame reads it.

use super::{
    Frame,
    bound::Bound,
    frame::{Coefficients, centred_bound},
};
use crate::{
    Error, Result,
    convolution::{
        ntt::{Planes, product::Source},
        same,
    },
    integer::{IntegerSlice, IntegerVec},
};

/// A plain operand: integers, or residues modulo the word of a frame.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Operand<'a> {
    /// Integers.
    Integers(IntegerSlice<'a>),
    /// Residues, reduced.
    Words(&'a [u64]),
}

impl<'a> From<IntegerSlice<'a>> for Operand<'a> {
    fn from(rows: IntegerSlice<'a>) -> Self {
        Operand::Integers(rows)
    }
}

impl<'a> From<&'a IntegerVec> for Operand<'a> {
    fn from(rows: &'a IntegerVec) -> Self {
        Operand::Integers(rows.as_slice())
    }
}

impl<'a> From<&'a [u64]> for Operand<'a> {
    fn from(words: &'a [u64]) -> Self {
        Operand::Words(words)
    }
}

impl<'a> From<&'a Vec<u64>> for Operand<'a> {
    fn from(words: &'a Vec<u64>) -> Self {
        Operand::Words(words)
    }
}

impl Operand<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Operand::Integers(rows) => rows.len(),
            Operand::Words(words) => words.len(),
        }
    }

    /// What its coefficients are below, in a frame of such coefficients.
    ///
    /// # Errors
    /// Kind unsupported, in a frame of other coefficients; kind unsupported, too, where it is longer than the frame.
    pub(super) fn bound(&self, frame: &Frame) -> Result<Bound> {
        if self.len() > frame.length() {
            return Err(Error::unsupported(format!(
                "an operand of {} coefficients in a frame of length {}",
                self.len(),
                frame.length()
            )));
        }
        match (self, frame.coefficients()) {
            (Operand::Integers(rows), Coefficients::Integers) => Ok(Bound::of_bits(rows.bits())),
            (Operand::Words(words), Coefficients::Residues(n) | Coefficients::Direct(n)) => {
                debug_assert!(words.iter().all(|&x| u128::from(x) < n.modulus()), "operands are reduced");
                Ok(Bound::new(centred_bound(&n)))
            }
            (Operand::Integers(_), _) => Err(Error::unsupported("integers in a frame of residues")),
            (Operand::Words(_), _) => Err(Error::unsupported("residues in a frame of integers")),
        }
    }

    /// Its digits laid out, where the kernel does that.
    pub(super) fn planes(&self, frame: &Frame) -> Option<Planes> {
        match self {
            Operand::Integers(rows) => frame.kernel().planes(*rows),
            Operand::Words(_) => None,
        }
    }

    /// As the kernel reads it; its bound has been asked for.
    pub(super) fn source<'b>(&'b self, frame: &Frame, planes: &'b Option<Planes>) -> Source<'b> {
        match (self, frame.coefficients()) {
            (Operand::Integers(rows), _) => Source::rows(*rows, planes),
            (Operand::Words(words), Coefficients::Residues(n)) => {
                // 0 stands for 2^64.
                Source::Words(words, if n.is_wrapping() { 0 } else { n.modulus() as u64 })
            }
            (Operand::Words(words), _) => Source::Direct(words),
        }
    }

    /// Whether it is the same operand, not only an equal one.
    pub(super) fn is(&self, other: &Operand<'_>) -> bool {
        match (self, other) {
            (Operand::Integers(a), Operand::Integers(b)) => {
                same(a.limbs(), b.limbs()) && a.width() == b.width()
            }
            (Operand::Words(a), Operand::Words(b)) => same(a, b),
            _ => false,
        }
    }
}
