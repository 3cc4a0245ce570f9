//! [`Spread`]: a sequence in blocks of equal length, each followed by zeros, `block` words of it at multiples of `stride`.
//!
//! Chunks of coefficients are laid out so: between those of two coefficients lies room for the products of chunks. It stands apart
//! because a source that is split for many primes is read once for each of them: of what is laid out without the zeros that is half.

use std::ops::Range;

/// Where the words of a sequence go.
#[derive(Clone, Copy, Debug)]
pub(in crate::convolution) struct Spread {
    /// Words that stand side by side.
    pub(super) block: usize,
    /// From one block to the next.
    pub(super) stride: usize,
}

impl Spread {
    /// The length of so many words, at least one, without zeros behind the last.
    pub(super) fn len(self, words: usize) -> usize {
        (words - 1) / self.block * self.stride + (words - 1) % self.block + 1
    }

    /// How many words lie before a place.
    fn before(self, place: usize) -> usize {
        place / self.stride * self.block + (place % self.stride).min(self.block)
    }

    /// The places `range`, at the start of `out`, from what `fill` provides of the sequence.
    pub(super) fn fill(
        self,
        range: Range<usize>,
        out: &mut [u64],
        fill: impl FnOnce(Range<usize>, &mut [u64]),
    ) {
        let out = &mut out[..range.len()];
        let words = self.before(range.start)..self.before(range.end);
        // They come to stand at the end, from where each block moves to the left, or stays.
        let mut from = out.len() - words.len();
        if !words.is_empty() {
            fill(words, &mut out[from..]);
        }
        let mut to = 0;
        while to < out.len() {
            let within = (range.start + to) % self.stride;
            let block = self.block.saturating_sub(within).min(out.len() - to);
            out.copy_within(from..from + block, to);
            from += block;
            let next = (to + self.stride - within).min(out.len());
            out[to + block..next].fill(0);
            to = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_has_the_words_in_their_places() {
        for (block, stride) in [(1, 1), (1, 5), (2, 3), (3, 3), (4, 7), (7, 20)] {
            let spread = Spread { block, stride };
            for words in [1, block, block + 1, 3 * block - 1, 4 * block] {
                let len = spread.len(words);
                let place = |k: usize| k / block * stride + k % block;
                assert_eq!(len, place(words - 1) + 1);
                let mut whole = vec![0; len];
                (0..words).for_each(|k| whole[place(k)] = k as u64 + 1);
                for start in 0..=len {
                    for end in start..=len {
                        let mut out = vec![u64::MAX; end - start + 1];
                        spread.fill(start..end, &mut out, |range, out| {
                            assert!(range.end <= words);
                            out.iter_mut().zip(range).for_each(|(out, k)| *out = k as u64 + 1);
                        });
                        assert_eq!(out[..end - start], whole[start..end], "{spread:?} {start}..{end}");
                        assert_eq!(out[end - start], u64::MAX, "beyond the range");
                    }
                }
            }
        }
    }
}
