//! [`Transform`]: one operand or one product modulo one prime, to values and back.
//!
//! Products and prepared operands share it: how a length is reached (a whole transform, or the [rows](super::truncated) of a longer one),
//! and by what its inverse is too large. A product of which both operands are at hand goes through its rows one by one: forward, multiplied,
//! and back, while a row of each stands in the cache.

use super::{Kernel, prime::Prime, product::Source, tiles, truncated::Cut};
use crate::convolution::threads;
use std::ops::Range;

/// The transform of one length modulo one prime, by one back end.
#[derive(Clone, Copy)]
pub(in crate::convolution) struct Transform<'a> {
    pub(in crate::convolution) kernel: &'static dyn Kernel,
    pub(in crate::convolution) prime: &'a Prime,
    /// A power of two, or the points of some rows of a longer transform.
    pub(in crate::convolution) length: usize,
}

impl Transform<'_> {
    /// The values of an operand, in a buffer of [`length`](Self::length) words.
    pub(in crate::convolution) fn forward(&self, source: Source<'_>, buffer: &mut [u64]) {
        self.forward_range(source, 0..source.len(), buffer);
    }

    /// The same of some of its coefficients.
    pub(super) fn forward_range(&self, source: Source<'_>, range: Range<usize>, buffer: &mut [u64]) {
        self.top(source, range, buffer, false);
        if let Some(cut) = Cut::of(self.length, false) {
            for (k, row) in buffer.chunks_exact_mut(cut.points).enumerate() {
                self.kernel.forward(self.prime, row, k, cut.points);
            }
        }
    }

    /// The values of some coefficients of an operand, or where the transform is cut, its rows before their own transforms.
    fn top(&self, source: Source<'_>, range: Range<usize>, buffer: &mut [u64], many: bool) {
        let Transform { kernel, prime, length } = *self;
        let filled = range.len();
        match Cut::of(length, many) {
            None => {
                source.fill(kernel, prime, range, buffer);
                kernel.forward(prime, buffer, 0, filled);
            }
            Some(cut) => tiles::forward(kernel, prime, buffer, cut, filled, many, |first, out| {
                let first = range.start + first;
                source.fill(kernel, prime, first..first + out.len(), out);
            }),
        }
    }

    /// The values of residues below 4p that stand in the buffer, `filled` of them.
    pub(super) fn forward_residues(&self, buffer: &mut [u64], filled: usize) {
        let Transform { kernel, prime, length } = *self;
        match Cut::of(length, false) {
            None => kernel.forward(prime, buffer, 0, filled),
            Some(cut) => {
                tiles::forward_residues(kernel, prime, buffer, cut, filled);
                for (k, row) in buffer.chunks_exact_mut(cut.points).enumerate() {
                    kernel.forward(prime, row, k, cut.points);
                }
            }
        }
    }

    /// The coefficients of the product of two operands, of which the values stand in the buffer: words times
    /// [`scale`](Self::scale).
    pub(in crate::convolution) fn inverse(&self, buffer: &mut [u64]) {
        let Transform { kernel, prime, length } = *self;
        match Cut::of(length, false) {
            None => kernel.inverse(prime, buffer, 0),
            Some(cut) => {
                for (k, row) in buffer.chunks_exact_mut(cut.points).enumerate() {
                    kernel.inverse(prime, row, k);
                    kernel.reduce(prime, row);
                }
                tiles::inverse(kernel, prime, buffer, cut, false);
            }
        }
    }

    /// The same of two operands, or of the square of one, of which no values are there; in two buffers of [`length`](Self::length)
    /// words, on several threads where `many`. What stays in the second one is anything.
    pub(super) fn product(
        &self,
        a: Source<'_>,
        b: Option<(Source<'_>, &mut [u64])>,
        buffer: &mut [u64],
        many: bool,
    ) {
        let Transform { kernel, prime, length } = *self;
        let cut = Cut::of(length, many);
        // From rows to their values where there are rows; then the values of the product, and back.
        let forward = |k: usize, row: &mut [u64]| {
            if let Some(cut) = cut {
                kernel.forward(prime, row, k, cut.points);
            }
        };
        let inverse = |k: usize, row: &mut [u64]| {
            kernel.inverse(prime, row, k);
            if cut.is_some() {
                kernel.reduce(prime, row);
            }
        };
        let points = cut.map_or(length, |cut| cut.points);
        match b {
            None => {
                self.top(a, 0..a.len(), buffer, many);
                threads::chunks(many, buffer, points, |k, row| {
                    forward(k, row);
                    kernel.square(prime, row);
                    inverse(k, row);
                });
            }
            Some((b, other)) => {
                threads::join(
                    many,
                    || self.top(a, 0..a.len(), buffer, many),
                    || self.top(b, 0..b.len(), other, many),
                );
                threads::pairs(many, buffer, other, points, |k, row, other| {
                    forward(k, row);
                    forward(k, other);
                    kernel.pointwise(prime, row, other);
                    inverse(k, row);
                });
            }
        }
        if let Some(cut) = cut {
            tiles::inverse(kernel, prime, buffer, cut, many);
        }
    }

    /// By what the coefficients of one product have to be multiplied.
    pub(in crate::convolution) fn scale(&self) -> u64 {
        // The top layers of a truncated transform halve.
        let layers = match Cut::of(self.length, false) {
            Some(cut) if cut.is_truncated() => cut.points,
            _ => self.length,
        };
        self.prime.modulus().mul(self.prime.inverse_length(layers), self.kernel.unfactor(self.prime))
    }
}
