//! [`Few`]: `c[k] = sum over i+j=k of a[i]*b[j]` for up to some sixty words of 31 bits and a sign, neighbouring outputs side by side in
//! vectors.
//!
//! Apart from [`blocks`](super::blocks), where operands are packed first and a shorter one counts as sixteen words or a multiple of them: that takes longer
//! than all products of so few. Here one operand stands between zeros, `c[k + l] = sum over j of b[j] * padded[k + l - j]`, and a
//! vector costs a load and a product.
//!
//! Sums that may leave a word are parted into halves after some products, as there: `c = 2^32 high + low`.
//!
//! Output convention: `=`. No scratch; who calls brings the padded operand.

use super::lane::{Lane, Task};

/// Zeros before the padded operand, and at least as many behind it.
pub(in crate::convolution) const PAD: usize = 32;

/// Vectors of outputs that are summed at a time.
const ROWS: usize = 4;

/// A product of a few words.
pub(in crate::convolution) struct Few<'a> {
    /// The first operand behind [`PAD`] zeros and before as many.
    pub(in crate::convolution) padded: &'a [u64],
    /// Its length.
    pub(in crate::convolution) len: usize,
    pub(in crate::convolution) b: &'a [u64],
    /// How many products and 2^32 fit 63 bits.
    pub(in crate::convolution) fold: usize,
    /// The sums, and a vector's words more at most; their lower halves where [`high`](Self::high) is there.
    pub(in crate::convolution) low: &'a mut [u64],
    /// What is over 2^32, where there are more than [`fold`](Self::fold) products.
    pub(in crate::convolution) high: Option<&'a mut [u64]>,
}

impl Task for Few<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lane>(mut self, lane: L) {
        const { assert!(ROWS * L::N <= PAD) };
        let outputs = self.len + self.b.len() - 1;
        let mut k = 0;
        while k < outputs {
            k += match (outputs - k).div_ceil(L::N) {
                1 => self.rows::<L, 1>(lane, k),
                2 => self.rows::<L, 2>(lane, k),
                3 => self.rows::<L, 3>(lane, k),
                _ => self.rows::<L, ROWS>(lane, k),
            };
        }
    }
}

impl Few<'_> {
    /// `R` vectors of outputs from `k` on; returns how many outputs that are.
    #[inline(always)]
    fn rows<L: Lane, const R: usize>(&mut self, lane: L, k: usize) -> usize {
        let wide = R * L::N;
        // With the other factors the padded operand gives zeros.
        let factors = (k + 1).saturating_sub(self.len)..self.b.len().min(k + wide);
        let low_half = lane.splat(u64::from(u32::MAX));
        let (mut low, mut high) = ([lane.splat(0); R], [lane.splat(0); R]);
        let mut first = factors.start;
        while first < factors.end {
            let end = if self.high.is_some() { factors.end.min(first + self.fold) } else { factors.end };
            for j in first..end {
                let y = lane.splat(self.b[j]);
                let x = &self.padded[PAD + k - j..][..wide];
                for r in 0..R {
                    low[r] = lane.add_product_i32(low[r], lane.load(&x[r * L::N..]), y);
                }
            }
            if self.high.is_some() {
                for r in 0..R {
                    high[r] = lane.add(high[r], lane.half(low[r]));
                    low[r] = lane.and(low[r], low_half);
                }
            }
            first = end;
        }
        for r in 0..R {
            lane.store(&mut self.low[k + r * L::N..], low[r]);
            if let Some(out) = &mut self.high {
                lane.store(&mut out[k + r * L::N..], high[r]);
            }
        }
        wide
    }
}
