//! [`Transform`]: one operand or one product modulo one prime, to values and back.
//!
//! Products and prepared operands share it: how a length is reached (a whole transform, or a truncated one in a buffer of the
//! next power of two), and by what its inverse is too large.

use super::{Kernel, prime::Prime, product::Source, threads, truncated};
use std::ops::Range;

/// The transform of one length modulo one prime, by one back end.
#[derive(Clone, Copy)]
pub(in crate::convolution) struct Transform<'a> {
    pub(in crate::convolution) kernel: &'static dyn Kernel,
    pub(in crate::convolution) prime: &'a Prime,
    /// A power of two, or so many blocks of a truncated transform.
    pub(in crate::convolution) length: usize,
}

impl Transform<'_> {
    /// Blocks of a truncated transform and their points; none for a whole one.
    fn truncation(&self) -> Option<(usize, usize)> {
        let points = truncated::block_points(self.size());
        (!self.length.is_power_of_two()).then(|| (self.length / points, points))
    }

    /// Words of a buffer.
    pub(in crate::convolution) fn size(&self) -> usize {
        self.length.next_power_of_two()
    }

    /// The values of an operand, in the first [`length`](Self::length) words of the buffer.
    pub(in crate::convolution) fn forward(&self, source: Source<'_>, buffer: &mut [u64]) {
        self.forward_range(source, 0..source.len(), buffer, false);
    }

    /// The same of some of its coefficients, on several threads where `many`.
    pub(super) fn forward_range(
        &self,
        source: Source<'_>,
        range: Range<usize>,
        buffer: &mut [u64],
        many: bool,
    ) {
        let filled = range.len();
        source.fill(self.kernel, self.prime, range, buffer);
        self.forward_residues(buffer, filled, many);
    }

    /// The values of residues below 4p that stand in the buffer, `filled` of them.
    pub(super) fn forward_residues(&self, buffer: &mut [u64], filled: usize, many: bool) {
        match self.truncation() {
            None => threads::forward(self.kernel, self.prime, buffer, 0, filled, many),
            Some(cut) => truncated::forward(self.kernel, self.prime, buffer, cut, filled, many),
        }
    }

    /// The coefficients of the product of two operands, of which the values stand in the buffer: words times
    /// [`scale`](Self::scale).
    pub(in crate::convolution) fn inverse(&self, buffer: &mut [u64]) {
        self.inverse_many(buffer, false);
    }

    /// The same, on several threads where `many`.
    pub(super) fn inverse_many(&self, buffer: &mut [u64], many: bool) {
        match self.truncation() {
            None => threads::inverse(self.kernel, self.prime, buffer, 0, many),
            Some(cut) => truncated::inverse(self.kernel, self.prime, buffer, cut, many),
        }
    }

    /// By what the coefficients of one product have to be multiplied.
    pub(in crate::convolution) fn scale(&self) -> u64 {
        let layers = self.truncation().map_or(self.size(), |(_, points)| points);
        self.prime.modulus().mul(self.prime.inverse_length(layers), self.kernel.unfactor(self.prime))
    }
}
