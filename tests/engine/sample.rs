//! Random operands: a fixed sequence of words, and sequences of coefficients of every pattern that has ever mattered.

use monic::{convolution::Want, integer::IntegerVec};
use std::ops::Range;

/// A fixed sequence of words (splitmix64).
pub(crate) struct Words(pub(crate) u64);

impl Words {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// In `0..n`, for `n >= 1`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// In `from..=to`, every number of bits as often.
    pub(crate) fn logarithmic(&mut self, from: usize, to: usize) -> usize {
        let (low, high) = ((from as f64).ln(), (to as f64 + 1.0).ln());
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((low + unit * (high - low)).exp() as usize).clamp(from, to)
    }

    pub(crate) fn choose<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A part of `0..len`, the whole of it often.
    pub(crate) fn window(&mut self, len: usize) -> Range<usize> {
        let (x, y) = (self.below(len + 1), self.below(len + 1));
        match self.below(8) {
            0..=2 => 0..len,
            3 => 0..x,
            4 => x..len,
            5 => len / 3..2 * len / 3,
            6 => x..(x + 1).min(len),
            _ => x.min(y)..x.max(y),
        }
    }

    /// A window as a user asks for it, and what it comes to.
    pub(crate) fn want(&mut self, len: usize) -> (Want, Range<usize>) {
        let window = self.window(len);
        let want = if window == (0..len) && self.below(2) == 0 {
            Want::full()
        } else {
            // Beyond the end there is nothing.
            Want::range(window.start..window.end + if window.end == len { self.below(3) } else { 0 })
        };
        (want, window)
    }

    /// A sequence of integers of up to `bits` bits.
    pub(crate) fn integers(&mut self, len: usize, bits: usize) -> IntegerVec {
        let width = bits / 64 + 1;
        let mut limbs = vec![0u64; len * width];
        let (pattern, signs) = (self.below(9), self.below(4));
        for (k, row) in limbs.chunks_exact_mut(width).enumerate() {
            let size = match pattern {
                // Full size, so often that most of the operands are.
                0..=2 => Some(bits),
                3 => Some(self.below(bits + 1)),
                4 => (self.below(20) == 0).then_some(bits),
                5 => Some(if k == len / 2 { bits } else { bits.min(9) }),
                _ => None,
            };
            match size {
                Some(size) => {
                    for limb in row.iter_mut().take(size.div_ceil(64)) {
                        *limb = self.next();
                    }
                    if size % 64 != 0 {
                        row[size / 64] &= (1 << (size % 64)) - 1;
                    }
                }
                // The largest there are.
                None if pattern < 8 => {
                    row[..bits / 64].fill(u64::MAX);
                    row[bits / 64] = (1 << (bits % 64)) - 1;
                }
                None => row[0] = u64::from(pattern == 8 && k % 3 != 1),
            }
            let negative = match signs {
                0 => false,
                1 => true,
                2 => k % 2 == 1,
                _ => self.next() & 1 == 1,
            };
            if negative {
                let mut carry = true;
                for limb in row {
                    (*limb, carry) = (!*limb).overflowing_add(u64::from(carry));
                }
            }
        }
        IntegerVec::from_limbs(limbs, width)
    }

    /// A sequence of residues modulo `n`.
    pub(crate) fn residues(&mut self, n: u128, len: usize) -> Vec<u64> {
        let pattern = self.below(6);
        let one = |words: &mut Self, k: usize| match pattern {
            0 => n - 1,
            1 => (n - (k as u128 & 1)) / 2 % n,
            2 if words.below(20) > 0 => 0,
            3 => u128::from(words.next()) % n.min(4),
            _ => u128::from(words.next()) % n,
        };
        (0..len).map(|k| one(self, k) as u64).collect()
    }
}
