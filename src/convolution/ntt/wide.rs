//! Coefficients in chunks of one, two or four limbs, `a_i = sum d_(i,t) 2^(64wt)`, over three, six or eleven primes, and `sum x_t 2^(64wt)` back.
//!
//! The same as in [`chunks`](super::chunks), where a chunk is its own residue and two primes are enough. A longer chunk has to be
//! remaindered, but a sum of products of chunks wastes fewer bits of the primes on its terms: of 64 bits and three primes 21 bits a
//! point and prime, in place of 18 to 20, of 256 bits and eleven primes 23. So transforms are shorter, the more the longer they are. Chunks end where limbs do, and are the rows
//! that products of integers have anyway.
//!
//! # Bounds
//! A chunk is balanced, `-2^(c-1) <= d < 2^(c-1)` with `c = 64w`: what a coefficient of `b` bits leaves for the last of
//! `(b + 2)/c` chunks, rounded up, is below a quarter of `2^c`. A sum of `n` products is at most `n 2^(2c-2)` in size, and remaindering takes a
//! quarter of the product of the primes, over `2^(49m - 3)` of `m`: [`terms`] of so many primes. Sums of neighbouring outputs with
//! what is carried stay below twice that, which three, five or nine limbs hold.

use super::{Kernel, chunks::Chunks};
use crate::{
    Result,
    convolution::{
        crt::Crt,
        scratch::{self, Scratch},
    },
};

/// Outputs that are remaindered in one go.
const BLOCK: usize = 256;

/// Limbs of an output with chunks of one, two or four limbs.
const ONE: usize = 3;
const TWO: usize = 5;
const FOUR: usize = 9;

/// Numbers of primes, and the bits of the chunks that they hold sums of products of.
pub(in crate::convolution) const WIDTHS: [(usize, u64); 3] = [(3, 64), (6, 128), (11, 256)];

/// The logarithm of the most products that `primes` primes hold sums of, with chunks of `bits` bits.
pub(in crate::convolution) fn terms(primes: usize, bits: u64) -> u64 {
    (49 * primes as u64 - 1).saturating_sub(2 * bits)
}

/// Whether chunks of so many bits are whole limbs.
pub(in crate::convolution) fn is_wide(bits: u64) -> bool {
    bits >= 64
}

/// Chunks of a coefficient of so many bits, with its sign.
pub(in crate::convolution) fn count(bits: u64, chunk: u64) -> u64 {
    (bits + 2).div_ceil(chunk)
}

/// The chunks of all coefficients, one after the other, as rows of `chunks.bits/64` limbs.
pub(super) fn digits(chunks: &Chunks<'_>) -> Result<Scratch> {
    let limbs = chunks.bits as usize / 64;
    let mut out = scratch::take(chunks.rows.len() * chunks.count * limbs)?;
    for (k, digits) in out.chunks_exact_mut(chunks.count * limbs).enumerate() {
        let row = chunks.rows.row(k);
        let sign = if chunks.signed { ((row[row.len() - 1] as i64) >> 63) as u64 } else { 0 };
        match limbs {
            1 => balanced::<1>(row, sign, digits),
            2 => balanced::<2>(row, sign, digits),
            _ => balanced::<4>(row, sign, digits),
        }
    }
    Ok(out)
}

/// The balanced digits of a number whose limbs go on with `sign`.
fn balanced<const LIMBS: usize>(row: &[u64], sign: u64, out: &mut [u64]) {
    let mut limbs = row.iter().copied().chain(std::iter::repeat(sign));
    let mut carry = false;
    for digit in out.as_chunks_mut::<LIMBS>().0 {
        digit.fill_with(|| limbs.next().expect("without end"));
        carry = balance(digit, carry);
    }
}

/// Adds what the digit before has left, and tells whether this one leaves something.
#[inline(always)]
pub(super) fn balance(digit: &mut [u64], mut carry: bool) -> bool {
    for limb in &mut *digit {
        (*limb, carry) = limb.overflowing_add(u64::from(carry));
    }
    // What is over half counts for one more of the next digit, and is negative.
    carry || digit.last().is_some_and(|top| top >> 63 == 1)
}

/// Rows of `width` limbs from `first` on: the sums of their chunks, `stride` residues each, from the residues as `inverse` leaves them.
pub(super) fn join(
    kernel: &dyn Kernel,
    crt: &Crt,
    residues: &[&[u64]],
    chunks: &Chunks<'_>,
    (first, width): (usize, usize),
    out: &mut [u64],
) {
    match chunks.bits {
        64 => join_limbs::<1, ONE>(kernel, crt, residues, chunks.stride, (first, width), out),
        128 => join_limbs::<2, TWO>(kernel, crt, residues, chunks.stride, (first, width), out),
        _ => join_limbs::<4, FOUR>(kernel, crt, residues, chunks.stride, (first, width), out),
    }
}

fn join_limbs<const LIMBS: usize, const WIDTH: usize>(
    kernel: &dyn Kernel,
    crt: &Crt,
    residues: &[&[u64]],
    stride: usize,
    (first, width): (usize, usize),
    out: &mut [u64],
) {
    let total = residues[0].len();
    let mut block = [[0; WIDTH]; BLOCK];
    let mut held = 0..0;
    for (k, row) in (first..).zip(out.chunks_exact_mut(width)) {
        let (mut sum, mut to) = ([0u64; WIDTH], 0);
        for at in k * stride..((k + 1) * stride).min(total) {
            if at >= held.end {
                held = at..(at + BLOCK).min(total);
                kernel.rows(crt, residues, at, WIDTH, block[..held.len()].as_flattened_mut());
            }
            let mut carry = false;
            for (sum, &x) in sum.iter_mut().zip(&block[at - held.start]) {
                let (part, over) = sum.overflowing_add(x);
                let (part, again) = part.overflowing_add(u64::from(carry));
                (*sum, carry) = (part, over || again);
            }
            match row.get_mut(to..).and_then(|row| row.first_chunk_mut::<LIMBS>()) {
                Some(row) => row.copy_from_slice(&sum[..LIMBS]),
                None => row[to.min(width)..].iter_mut().zip(sum).for_each(|(row, limb)| *row = limb),
            }
            to += LIMBS;
            let sign = ((sum[WIDTH - 1] as i64) >> 63) as u64;
            for k in 0..WIDTH {
                sum[k] = if k + LIMBS < WIDTH { sum[k + LIMBS] } else { sign };
            }
        }
        let sign = ((sum[WIDTH - 1] as i64) >> 63) as u64;
        let rest = sum.into_iter().chain(std::iter::repeat(sign));
        row[to.min(width)..].iter_mut().zip(rest).for_each(|(row, limb)| *row = limb);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        convolution::{
            crt::Basis,
            ntt::{prime::Family, tests::kernels},
        },
        integer::IntegerVec,
    };
    use num_bigint::BigInt;

    #[test]
    fn digits_are_balanced_and_count_to_the_number() {
        for bits in [1u64, 61, 62, 63, 64, 65, 126, 127, 128, 190, 254, 255, 256, 300] {
            let top: BigInt = (BigInt::from(1) << bits) - 1;
            let half: BigInt = BigInt::from(1) << (bits - 1);
            let values = [top.clone(), -&top, BigInt::ZERO, BigInt::from(-1), half.clone(), -&half, &top / 3];
            let rows = IntegerVec::from_bigints(&values);
            for (_, chunk) in WIDTHS {
                let count = count(bits, chunk) as usize;
                for (signed, rows) in [(true, rows.as_slice()), (false, rows.as_slice().range(2..3))] {
                    let chunks = Chunks { rows, bits: chunk, count, stride: count + 2, signed };
                    let digits = digits(&chunks).expect("small");
                    let digits = IntegerVec::from_limbs(digits.to_vec(), chunk as usize / 64).to_bigints();
                    for k in 0..rows.len() {
                        let part = &digits[k * count..][..count];
                        let value: BigInt = part.iter().rev().fold(BigInt::ZERO, |v, d| (v << chunk) + d);
                        assert_eq!(value, values[if signed { k } else { 2 }], "{bits} bits in {chunk}");
                    }
                }
            }
        }
        // Natural numbers with their top bit set.
        let row = [u64::MAX, u64::MAX];
        let mut out = [0; 4];
        balanced::<1>(&row, 0, &mut out);
        assert_eq!(out, [u64::MAX, 0, 1, 0]);
        balanced::<2>(&row, 0, &mut out);
        assert_eq!(out, [u64::MAX, u64::MAX, 1, 0]);
    }

    #[test]
    fn sums_at_the_bound_join() {
        for (primes, chunk) in WIDTHS {
            let bound: BigInt = BigInt::from(1) << (2 * chunk - 2 + terms(primes, chunk));
            let basis = Basis::of(Family::Common, primes);
            for stride in [1usize, 3, 5] {
                let (len, coefficients) = (stride * 4 - stride / 2, 4);
                let value = |k: usize| match (k * 5 + stride) % 4 {
                    0 => bound.clone(),
                    1 => -&bound,
                    2 => BigInt::from(-1),
                    _ => &bound >> (3 * k),
                };
                let values: Vec<BigInt> = (0..len).map(value).collect();
                let residues: Vec<Vec<u64>> = (basis.primes().iter())
                    .map(|p| values.iter().map(|v| p.modulus().reduce_bigint(v)).collect())
                    .collect();
                let views: Vec<&[u64]> = residues.iter().map(Vec::as_slice).collect();
                for width in [1, 2, stride * chunk as usize / 64 + 6] {
                    let modulus = BigInt::from(1) << (64 * width);
                    for (name, kernel) in kernels() {
                        let mut out = IntegerVec::zeros(coefficients, width);
                        let rows = IntegerVec::zeros(1, 1);
                        let chunks =
                            Chunks { rows: rows.as_slice(), bits: chunk, count: 1, stride, signed: true };
                        let crt = basis.crt(|_| 1);
                        for first in [0, 1] {
                            let part = &mut out.limbs_mut()[first * width..];
                            part.fill(9);
                            join(kernel, &crt, &views, &chunks, (first, width), part);
                        }
                        for (k, found) in out.to_bigints().into_iter().enumerate() {
                            let part = &values[k * stride..((k + 1) * stride).min(len)];
                            let sum: BigInt = part.iter().rev().fold(BigInt::ZERO, |v, x| (v << chunk) + x);
                            let same = (sum - found) % &modulus == BigInt::ZERO;
                            assert!(same, "{name}: coefficient {k} of {width} limbs, {chunk} a chunk");
                        }
                    }
                }
            }
        }
    }
}
