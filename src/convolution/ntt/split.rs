//! Words and rows of limbs to residues in 64-bit arithmetic, without a division.
//!
//! `sum limb_t * (2^(64(t+1)) mod p)` in 128 bits, one Montgomery step. The sign is the top bit flipped and its weight
//! taken away. Apart from the products because every back end falls back to it, and is held against it.

use super::prime::Prime;
use crate::{convolution::scratch, integer::IntegerSlice};

/// The sign of a word.
pub(super) const TOP: u64 = 1 << 63;

/// Residues below 4p of words: residues modulo `n`, taken as the integers closest to zero; with `n = 0`, which stands
/// for 2^64, signed integers.
pub(super) fn words(prime: &Prime, words: &[u64], n: u64, out: &mut [u64]) {
    let half = if n == 0 { u64::MAX } else { n / 2 };
    let sign = prime.modulus().neg(prime.power_of_two(63));
    for (out, &x) in out.iter_mut().zip(words) {
        let x = x.wrapping_sub(n & 0u64.wrapping_sub(u64::from(x > half)));
        *out = prime.reduce(x ^ TOP) + sign;
    }
}

/// Residues below 4p of rows of two limbs or more.
pub(super) fn rows(prime: &Prime, rows: IntegerSlice<'_>, out: &mut [u64]) {
    let m = prime.modulus();
    let width = rows.width();
    let sign = m.neg(prime.power_of_two(64 * width as u64 - 1));
    // Montgomery's step divides by 2^64.
    let base = prime.power_of_two(64);
    let mut weights = scratch::list(width);
    let mut weight = base;
    for out in weights.iter_mut() {
        *out = weight;
        weight = m.mul(weight, base);
    }
    // So many products below 2^113 fit a sum, and the quotients below 2^13 p a word.
    const PART: usize = 1 << 12;
    for (out, row) in out.iter_mut().zip(rows.limbs().chunks_exact(width)) {
        let (&top, low) = row.split_last().expect("a row has a limb");
        let mut total = sign;
        let mut sum = u128::from(top ^ TOP) * u128::from(weights[width - 1]);
        for (limbs, weights) in low.chunks(PART).zip(weights.chunks(PART)) {
            sum = limbs.iter().zip(weights).fold(sum, |sum, (&l, &w)| sum + u128::from(l) * u128::from(w));
            total = prime.reduce(total + prime.montgomery(sum));
            sum = 0;
        }
        *out = total;
    }
}
