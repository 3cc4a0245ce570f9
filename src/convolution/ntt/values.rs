//! [`Transform`]: one operand or one product modulo one prime, to values and back.
//!
//! Products and prepared operands share it: how a length is reached (a whole transform, or a truncated one in a buffer of the
//! next power of two), and by what its inverse is too large.

use super::{Kernel, prime::Prime, product::Source, truncated};

/// The transform of one length modulo one prime, by one back end.
#[derive(Clone, Copy)]
pub(in crate::convolution) struct Transform<'a> {
    pub(in crate::convolution) kernel: &'static dyn Kernel,
    pub(in crate::convolution) prime: &'a Prime,
    /// A power of two, or so many blocks of a truncated transform.
    pub(in crate::convolution) length: usize,
}

impl Transform<'_> {
    /// Blocks of a truncated transform; 0 for a whole one.
    fn known(&self) -> usize {
        if self.length.is_power_of_two() {
            0
        } else {
            self.length / (self.length.next_power_of_two() / truncated::BLOCKS)
        }
    }

    /// Words of a buffer.
    pub(in crate::convolution) fn size(&self) -> usize {
        self.length.next_power_of_two()
    }

    /// The values of an operand, in the first [`length`](Self::length) words of the buffer.
    pub(in crate::convolution) fn forward(&self, source: Source<'_>, buffer: &mut [u64]) {
        let filled = source.len();
        source.fill(self.kernel, self.prime, 0..filled, buffer);
        match self.known() {
            0 => self.kernel.forward(self.prime, buffer, 0, filled),
            known => truncated::forward(self.kernel, self.prime, buffer, known, filled),
        }
    }

    /// The coefficients of the product of two operands, of which the values stand in the buffer: words times
    /// [`scale`](Self::scale).
    pub(in crate::convolution) fn inverse(&self, buffer: &mut [u64]) {
        match self.known() {
            0 => self.kernel.inverse(self.prime, buffer, 0),
            known => truncated::inverse(self.kernel, self.prime, buffer, known),
        }
    }

    /// By what the coefficients of one product have to be multiplied.
    pub(in crate::convolution) fn scale(&self) -> u64 {
        let m = self.prime.modulus();
        let layers = if self.known() == 0 { self.size() } else { self.size() / truncated::BLOCKS };
        let inverse = m.inverse(m.reduce(layers as u64)).expect("the prime is odd");
        m.mul(inverse, self.kernel.unfactor(self.prime))
    }
}
