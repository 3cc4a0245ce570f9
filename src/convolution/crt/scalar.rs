//! Chinese remaindering in 64-bit arithmetic: 128-bit sums limb by limb, one carry pass an output.
//!
//! Apart from the vector units because every machine has it, and because it is what they are held against.
//!
//! # Exactness
//! `s_i < 2^49`, at most 256 terms below `2^49 * 2^64`, `alpha * 2^64` and a carry: below 2^122.

use super::{Basis, Crt, Modular, Modulus};
use crate::{
    convolution::{ntt::prime::Twiddle, scratch},
    integer::WordModulus,
};

impl Crt {
    /// `s_1, ..., s_n, alpha` of output `k`, from residues that may be any words.
    #[inline(always)]
    fn shares(&self, residues: &[&[u64]], k: usize, shares: &mut [u64]) {
        let n = shares.len() - 1;
        let (primes, residues) = (&self.basis.primes[..n], &residues[..n]);
        let factors = &self.factors.as_chunks::<2>().0[..n];
        let mut quotient = 0.5;
        for i in 0..n {
            let prime = &primes[i];
            let s = prime.canonical(
                prime.mul(residues[i][k], Twiddle { value: factors[i][0], quotient: factors[i][1] }),
            );
            shares[i] = s;
            // Below 2^49, so that the conversion is exact.
            quotient += s as i64 as f64 * prime.float_inverse();
        }
        shares[n] = quotient as i64 as u64;
    }
}

/// Row `k - first` of `out`, `width` limbs in two's complement: the integer with residues `residues[i][k]`.
pub(crate) fn rows(crt: &Crt, residues: &[&[u64]], first: usize, width: usize, out: &mut [u64]) {
    match crt.len() {
        1 => some_rows(crt, residues, first, width, out, &mut [0; 2]),
        2 => some_rows(crt, residues, first, width, out, &mut [0; 3]),
        3 => some_rows(crt, residues, first, width, out, &mut [0; 4]),
        4 => some_rows(crt, residues, first, width, out, &mut [0; 5]),
        5 => some_rows(crt, residues, first, width, out, &mut [0; 6]),
        6 => some_rows(crt, residues, first, width, out, &mut [0; 7]),
        7 => some_rows(crt, residues, first, width, out, &mut [0; 8]),
        8 => some_rows(crt, residues, first, width, out, &mut [0; 9]),
        n => some_rows(crt, residues, first, width, out, &mut scratch::list(n + 1)[..]),
    }
}

/// The same; arrays let the compiler know the number of terms.
#[inline(always)]
fn some_rows<S: AsMut<[u64]> + ?Sized>(
    crt: &Crt,
    residues: &[&[u64]],
    first: usize,
    width: usize,
    out: &mut [u64],
    shares: &mut S,
) {
    let shares = shares.as_mut();
    let held = Basis::limb_width(crt.len());
    for (k, row) in (first..).zip(out.chunks_exact_mut(width)) {
        crt.shares(residues, k, shares);
        let (row, beyond) = row.split_at_mut(width.min(held));
        combine(row, shares, &crt.basis.limbs);
        if !beyond.is_empty() {
            beyond.fill(((row[held - 1] as i64) >> 63) as u64);
        }
    }
}

/// `row = sum shares[i] * weights[.][i]`, with carries, modulo the size of the row.
#[inline(always)]
fn combine(row: &mut [u64], shares: &[u64], weights: &[u64]) {
    let mut carry = 0u128;
    for (limb, weights) in row.iter_mut().zip(weights.chunks_exact(shares.len())) {
        let terms = shares.iter().zip(weights);
        let sum = terms.fold(carry, |sum, (&d, &w)| sum + u128::from(d) * u128::from(w));
        *limb = sum as u64;
        carry = sum >> 64;
    }
}

/// Row `k - first` of `out`: the same integers modulo the modulus, in rows of its width.
pub(crate) fn modular(crt: &Crt, modular: &Modular, residues: &[&[u64]], first: usize, out: &mut [u64]) {
    match modular.modulus() {
        Modulus::Word(n) => match crt.len() {
            1 => words(crt, n, modular.limbs(), residues, first, out, &mut [0; 2]),
            2 => words(crt, n, modular.limbs(), residues, first, out, &mut [0; 3]),
            3 => words(crt, n, modular.limbs(), residues, first, out, &mut [0; 4]),
            4 => words(crt, n, modular.limbs(), residues, first, out, &mut [0; 5]),
            terms => words(crt, n, modular.limbs(), residues, first, out, &mut scratch::list(terms + 1)[..]),
        },
        Modulus::Big(n) => {
            let width = modular.width();
            let mut shares = scratch::list(crt.len() + 1);
            // The sum is below 2^58 n. The division wants one limb more, which is 0.
            let mut sum = scratch::list(modular.limbs().len() / shares.len() + 1);
            sum.fill(0);
            for (k, row) in (first..).zip(out.chunks_exact_mut(width)) {
                crt.shares(residues, k, &mut shares);
                let (_, low) = sum.split_last_mut().expect("a modulus has limbs");
                combine(low, &shares, modular.limbs());
                n.reduce_limbs(&mut sum);
                let kept = width.min(sum.len());
                row[..kept].copy_from_slice(&sum[..kept]);
                row[kept..].fill(0);
                sum.fill(0);
            }
        }
    }
}

#[inline(always)]
fn words<S: AsMut<[u64]> + ?Sized>(
    crt: &Crt,
    n: &WordModulus,
    weights: &[u64],
    residues: &[&[u64]],
    first: usize,
    out: &mut [u64],
    shares: &mut S,
) {
    let shares = shares.as_mut();
    for (k, out) in (first..).zip(out) {
        crt.shares(residues, k, shares);
        let terms = shares.iter().zip(weights);
        let sum = terms.fold(0, |sum: u128, (&d, &w)| sum + u128::from(d) * u128::from(w));
        *out = n.reduce_u128(sum);
    }
}
