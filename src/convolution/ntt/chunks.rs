//! Coefficients in chunks: `a_i = sum a_(i,t) 2^(ct)` to residues of two primes, and `sum x_t 2^(ct)` back from them.
//!
//! Apart from remaindering, whose cost a coefficient grows with the square of its bits: here it is linear. A chunk is shorter than a
//! prime, so that it is its own residue, and no integer is ever built between the transforms and the limbs of the result.
//! What is here runs on words; [`simd`](super::simd) does the same on vectors.
//!
//! # Bounds
//! The two largest primes of a family have a product over 2^97. Sums of products of natural chunks stay below that, signed ones below
//! `2^96` in absolute value: with `x = r + p t`, `r` the residue modulo the first prime `p`, and an offset added to `t`, `t` is a residue modulo the second one.
//!
//! # Source
//! L. Kronecker (1882); two primes: H. Garner, "The residue number system", 1959.

use super::prime::{Family, Prime, Twiddle, primes};
use crate::integer::IntegerSlice;
use std::{
    ops::Range,
    sync::{Arc, OnceLock},
};

/// Bits of a product of two chunks, summed, without a sign.
pub(in crate::convolution) const BITS: u64 = 97;

/// The widest chunk: below every prime.
pub(in crate::convolution) const WIDEST: u64 = 48;

/// The narrowest chunk, of the longest transform.
pub(in crate::convolution) const NARROWEST: u64 = 32;

/// The two primes of a family.
pub(in crate::convolution) fn pair(family: Family) -> &'static [Arc<Prime>; 2] {
    static PAIRS: [OnceLock<[Arc<Prime>; 2]>; 2] = [const { OnceLock::new() }; 2];
    PAIRS[family as usize].get_or_init(|| {
        let [p, q] = primes(family, 2).try_into().unwrap_or_else(|_| unreachable!("two primes"));
        [p, q]
    })
}

/// A sequence of integers in chunks, laid out as one sequence: chunk `t` of coefficient `i` at `i * stride + t`.
#[derive(Clone, Copy)]
pub(in crate::convolution) struct Chunks<'a> {
    /// The coefficients.
    pub(in crate::convolution) rows: IntegerSlice<'a>,
    /// Bits of a chunk.
    pub(in crate::convolution) bits: u64,
    /// Chunks of a coefficient.
    pub(in crate::convolution) count: usize,
    /// From one coefficient to the next.
    pub(in crate::convolution) stride: usize,
    /// Whether the top chunk has the sign of a coefficient; otherwise rows are natural numbers.
    pub(in crate::convolution) signed: bool,
}

impl Chunks<'_> {
    /// The length of the whole sequence.
    pub(in crate::convolution) fn len(&self) -> usize {
        (self.rows.len() - 1) * self.stride + self.count
    }

    /// Residues of a range of the sequence, by the cut of a kernel: `(row, first bit, out)`.
    pub(super) fn fill(
        &self,
        prime: &Prime,
        range: Range<usize>,
        out: &mut [u64],
        cut: impl Fn(&[u64], u64, &mut [u64]),
    ) {
        let mut at = range.start;
        while at < range.end {
            let (i, t) = (at / self.stride, at % self.stride);
            let end = range.end.min((i + 1) * self.stride);
            let (chunks, gap) =
                out[at - range.start..end - range.start].split_at_mut(self.count.clamp(t, t + end - at) - t);
            gap.fill(0);
            let row = self.rows.row(i);
            cut(row, t as u64 * self.bits, chunks);
            if self.signed
                && t + chunks.len() == self.count
                && let Some(top) = chunks.last_mut()
            {
                *top = self.top(prime, row);
            }
            at = end;
        }
    }

    /// The residue of the last chunk, with its sign.
    fn top(&self, prime: &Prime, row: &[u64]) -> u64 {
        let bit = (self.count - 1) as u64 * self.bits;
        let (first, shift) = ((bit / 64) as usize, bit % 64);
        let sign = ((row[row.len() - 1] as i64) >> 63) as u64;
        let limb = |k: usize| row.get(k).copied().unwrap_or(sign);
        let pair = u128::from(limb(first)) | u128::from(limb(first + 1)) << 64;
        let value = ((pair >> shift) as u64) << (64 - self.bits);
        let value = (value as i64) >> (64 - self.bits);
        if value < 0 { prime.p() - value.unsigned_abs() } else { value as u64 }
    }
}

/// Chunks of `bits` bits of a natural number, from bit `first` on.
pub(super) fn cut(row: &[u64], first: u64, bits: u64, out: &mut [u64]) {
    let mask = (1u64 << bits) - 1;
    let limb = |k: usize| row.get(k).copied().unwrap_or(0);
    for (out, at) in out.iter_mut().zip((first..).step_by(bits as usize)) {
        let (k, shift) = ((at / 64) as usize, at % 64);
        let pair = u128::from(limb(k)) | u128::from(limb(k + 1)) << 64;
        *out = (pair >> shift) as u64 & mask;
    }
}

/// From residues to integers: `x = r + p*t` with `r = x mod p` and `t = ((x mod q) - r)/p mod q`, less an offset.
pub(crate) struct Joint {
    /// Bits of a chunk.
    pub(super) bits: u64,
    /// The fields of `p` and `q`.
    pub(super) fields: &'static [Arc<Prime>; 2],
    /// `p` and `q`.
    pub(super) primes: [u64; 2],
    /// What the residues modulo each prime are multiplied by.
    pub(super) scales: [Twiddle; 2],
    /// `p^-1` modulo `q`.
    pub(super) inverse: Twiddle,
    /// What is added before that product: as much as adds the offset over `p` to it, below `q`.
    pub(super) shift: u64,
    /// A multiple of `p`.
    pub(super) offset: u128,
}

impl Joint {
    /// `r + p*t` less the offset: a sum of products of chunks.
    #[inline(always)]
    pub(super) fn chunk(&self, r: u64, t: u64) -> i128 {
        (u128::from(self.primes[0]) * u128::from(t) + u128::from(r)).wrapping_sub(self.offset) as i128
    }

    /// For chunks of `bits` bits and residues that have to be multiplied by `scale`.
    pub(in crate::convolution) fn new(
        family: Family,
        bits: u64,
        signed: bool,
        scale: impl Fn(&Prime) -> u64,
    ) -> Joint {
        let fields = pair(family);
        let [first, second] = fields;
        let (p, q) = (first.p(), second.p());
        let m = second.modulus();
        let inverse = m.inverse(m.reduce(p)).expect("distinct primes");
        let middle = if signed { q / 2 } else { 0 };
        let product = u128::from(p) * u128::from(q);
        debug_assert!(product >> BITS != 0 && u128::from(p) * u128::from(q / 2) > 1 << (BITS - 1));
        Joint {
            bits,
            fields,
            primes: [p, q],
            scales: [first.twiddle(scale(first)), second.twiddle(scale(second))],
            inverse: second.twiddle(inverse),
            shift: m.mul(middle, m.reduce(p)),
            offset: u128::from(p) * u128::from(middle),
        }
    }
}

/// `out = sum x[t] * 2^(bits*t)` modulo the size of `out`, from the residues of the `x[t]`.
pub(super) fn join(joint: &Joint, residues: [&[u64]; 2], out: &mut [u64]) {
    let [first, second] = joint.fields;
    let [_, q] = joint.primes;
    let mut terms = residues[0].iter().zip(residues[1]).map(|(&x, &y)| {
        let r = first.canonical(first.mul(x, joint.scales[0]));
        let difference = second.mul(y, joint.scales[1]) + 2 * q + joint.shift - r;
        let t = second.canonical(second.mul(difference, joint.inverse));
        joint.chunk(r, t)
    });
    let mask = (1i128 << joint.bits) - 1;
    let (mut sum, mut held, mut count) = (0i128, 0u128, 0);
    for limb in out {
        while count < 64 {
            sum += terms.next().unwrap_or(0);
            held |= ((sum & mask) as u128) << count;
            sum >>= joint.bits;
            count += joint.bits;
        }
        *limb = held as u64;
        held >>= 64;
        count -= 64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        convolution::ntt::tests::kernels,
        integer::{IntegerVec, from_limbs},
    };
    use num_bigint::{BigInt, BigUint};

    #[test]
    fn chunks_have_the_values_of_the_rows() {
        for bits in [1u64, 47, 48, 100, 192, 500, 3000] {
            let top: BigInt = (BigInt::from(1) << bits) - 1;
            let values = [
                top.clone(),
                -&top,
                BigInt::ZERO,
                BigInt::from(-1),
                -(BigInt::from(1) << (bits - 1)),
                &top / 3,
            ];
            let rows = IntegerVec::from_bigints(&values);
            for chunk in NARROWEST..=WIDEST {
                let count = (bits / chunk + 1) as usize;
                let chunks =
                    Chunks { rows: rows.as_slice(), bits: chunk, count, stride: count + 3, signed: true };
                for (name, kernel) in kernels() {
                    for prime in pair(Family::Common) {
                        let len = chunks.len();
                        for range in [0..len, 1..len, len / 3..len - 1] {
                            let mut out = vec![99; range.len()];
                            chunks.fill(prime, range.clone(), &mut out, |row, first, out| {
                                kernel.cut_chunks(row, first, chunk, out)
                            });
                            for (k, &residue) in range.zip(&out) {
                                let (i, t) = (k / chunks.stride, k % chunks.stride);
                                let value: BigInt = &values[i] >> (chunk * t as u64);
                                let part = match t + 1 {
                                    next if next < count => value & ((BigInt::from(1) << chunk) - 1),
                                    next if next == count => value,
                                    _ => BigInt::ZERO,
                                };
                                let expected = prime.modulus().reduce_bigint(&part);
                                assert_eq!(residue, expected, "{bits} bits, {chunk} a chunk, {k}, {name}");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn residues_join_to_the_sum_at_the_bound_too() {
        for (family, signed) in
            [Family::Common, Family::Long].into_iter().flat_map(|f| [(f, false), (f, true)])
        {
            let bound: BigInt = (BigInt::from(1) << (BITS - u64::from(signed))) - 1;
            for bits in NARROWEST..=WIDEST {
                for len in [1usize, 2, 7, 8, 9, 16, 63, 64, 65, 130] {
                    let value = |k: usize| match (k * 7 + len) % 5 {
                        0 => BigInt::ZERO,
                        1 if signed => -&bound,
                        2 if signed => BigInt::ZERO - (&bound >> (k % 90)),
                        3 => &bound >> (k % 50),
                        _ => bound.clone(),
                    };
                    let values: Vec<BigInt> = (0..len).map(value).collect();
                    let total: BigInt =
                        values.iter().enumerate().map(|(k, v)| v << (bits as usize * k)).sum();
                    let width = (bits as usize * len + 100) / 64 + 2;
                    let modulus = BigInt::from(1) << (64 * width);
                    let expected = ((total % &modulus) + &modulus) % &modulus;
                    let residues: Vec<Vec<u64>> = (pair(family).iter())
                        .map(|p| values.iter().map(|v| p.modulus().reduce_bigint(v)).collect())
                        .collect();
                    for (name, kernel) in kernels() {
                        let joint = Joint::new(family, bits, signed, |_| 1);
                        for width in [width, width / 2] {
                            let mut out = vec![55; width];
                            kernel.join_chunks(&joint, [&residues[0], &residues[1]], &mut out);
                            let expected = BigUint::try_from(expected.clone()).expect("not negative");
                            let expected = expected % (BigUint::from(1u8) << (64 * width));
                            assert_eq!(
                                from_limbs(&out),
                                expected,
                                "{len} of {bits} bits, {width} limbs, {name}"
                            );
                        }
                    }
                }
            }
        }
    }
}
