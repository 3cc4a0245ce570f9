//! Chinese remaindering: signed integers from residues, `X = sum s_i * (M/p_i) - alpha * M`.
//!
//! With `M` the product of the primes and `s_i = x_i * (M/p_i)^-1 mod p_i`, the sum is congruent to `X`, and
//! `alpha = round(sum s_i / p_i)` makes it the representative closest to zero: the explicit form, with no serial
//! chain from prime to prime, signs for nothing, and for a result modulo `n` no large integer at all:
//! `M/p_i mod n` in place of `M/p_i`. Everything runs modulo `2^(64*width)` or in 128-bit sums, one carry pass an
//! output.
//!
//! # Exactness
//! Let `4|X| < M`. Then `sum s_i/p_i` lies within 1/4 of the integer `alpha`, and its value in `f64`, a sum of at most 256
//! terms below 1 with relative errors below 2^-51 each and as many roundings below 2^-45, is off by less than 2^-36: rounding gives `alpha`.
//! Sums: `s_i < 2^49`, at most 256 terms below `2^49 * 2^64`, and `alpha * 2^64`: below 2^122.
//!
//! # Source
//! P. Montgomery, R. Silverman, "An FFT extension to the P-1 factoring algorithm", Math. Comp. 54 (1990), section 4; D.
//! Bernstein, "Multidigit modular multiplication with the explicit Chinese remainder theorem" (1995).

use super::ntt::{
    Kernel, Reconstruction, Weights,
    prime::{Prime, Twiddle, primes},
};
use crate::integer::WordModulus;
use num_bigint::BigUint;
use std::sync::{Arc, OnceLock};

/// The most primes of one basis.
pub(super) const MAX_PRIMES: usize = 256;

/// The first primes of the family with `M/p_i` and its inverse modulo `p_i`.
pub(super) struct Basis {
    primes: Vec<Arc<Prime>>,
    product: BigUint,
    cofactors: Vec<BigUint>,
    inverses: Vec<u64>,
}

impl Basis {
    /// The basis of the first `n` primes, computed once.
    pub(super) fn of(n: usize) -> &'static Basis {
        static BASES: [OnceLock<Basis>; MAX_PRIMES + 1] = [const { OnceLock::new() }; MAX_PRIMES + 1];
        BASES[n].get_or_init(|| Basis::new(n))
    }

    fn new(n: usize) -> Basis {
        let primes = primes(n);
        let product: BigUint = primes.iter().map(|p| p.p()).product();
        let cofactors: Vec<BigUint> = primes.iter().map(|p| &product / p.p()).collect();
        let inverses = primes
            .iter()
            .zip(&cofactors)
            .map(|(p, c)| p.modulus().inverse(p.modulus().reduce_biguint(c)).expect("distinct primes"))
            .collect();
        Basis { primes, product, cofactors, inverses }
    }

    /// The primes.
    pub(super) fn primes(&self) -> &[Arc<Prime>] {
        &self.primes
    }

    /// The product of the primes.
    pub(super) fn product(&self) -> &BigUint {
        &self.product
    }

    /// `(M/p_i)^-1 * scale(p_i) mod p_i`, and the sizes of the `p_i`.
    fn digits(&self, scale: impl Fn(&Prime) -> u64) -> Digits<'_> {
        let factor = |(p, &inverse): (&Arc<Prime>, &u64)| {
            p.twiddle(p.modulus().mul(p.modulus().reduce(inverse), scale(p)))
        };
        Digits {
            primes: &self.primes,
            factors: self.primes.iter().zip(&self.inverses).map(factor).collect(),
            reciprocals: self.primes.iter().map(|p| 1.0 / p.p() as f64).collect(),
        }
    }

    /// For results in rows of `width` limbs.
    pub(super) fn rows(&self, kernel: &dyn Kernel, width: usize, scale: impl Fn(&Prime) -> u64) -> Rows<'_> {
        let n = self.primes.len();
        let mut weights = vec![0; width * (n + 1)];
        for (i, cofactor) in self.cofactors.iter().enumerate() {
            for (t, limb) in cofactor.iter_u64_digits().take(width).enumerate() {
                weights[t * (n + 1) + i] = limb;
            }
        }
        // alpha * (2^(64*width) - M) takes alpha * M away.
        let mut negative: Vec<u64> =
            self.product.iter_u64_digits().chain(std::iter::repeat(0)).take(width).collect();
        crate::integer::limbs::negate(&mut negative);
        for (t, limb) in negative.into_iter().enumerate() {
            weights[t * (n + 1) + n] = limb;
        }
        let digits = self.digits(scale);
        let vector = kernel.reconstruction(&digits.weights(&weights, width));
        Rows { digits, weights, width, vector }
    }

    /// For results modulo a word.
    pub(super) fn words(
        &self,
        kernel: &dyn Kernel,
        modulus: WordModulus,
        scale: impl Fn(&Prime) -> u64,
    ) -> Words<'_> {
        let mut weights: Vec<u64> = self.cofactors.iter().map(|c| modulus.reduce_biguint(c)).collect();
        weights.push(modulus.neg(modulus.reduce_biguint(&self.product)));
        let digits = self.digits(scale);
        let vector = kernel.reconstruction(&digits.weights(&[], 0));
        Words { digits, weights, modulus, vector }
    }
}

/// The step that both results share: residues to `s_i` and `alpha`.
struct Digits<'a> {
    primes: &'a [Arc<Prime>],
    factors: Vec<Twiddle>,
    reciprocals: Vec<f64>,
}

impl Digits<'_> {
    fn weights<'a>(&'a self, limbs: &'a [u64], width: usize) -> Weights<'a> {
        Weights { primes: self.primes, factors: &self.factors, limbs, width }
    }

    /// `s_1, ..., s_n, alpha` of output `k`, from residues that may be any words.
    #[inline(always)]
    fn of(&self, residues: &[Vec<u64>], k: usize, digits: &mut [u64]) {
        let n = self.factors.len();
        let mut quotient = 0.5;
        for i in 0..n {
            let prime = &self.primes[i];
            let s = prime.canonical(prime.mul(residues[i][k], self.factors[i]));
            digits[i] = s;
            // Below 2^49, so that the conversion is exact.
            quotient += s as i64 as f64 * self.reciprocals[i];
        }
        digits[n] = quotient as i64 as u64;
    }
}

/// Reconstruction into rows of limbs in two's complement.
pub(super) struct Rows<'a> {
    digits: Digits<'a>,
    /// Limb by limb: of every cofactor, then of `-M`.
    weights: Vec<u64>,
    width: usize,
    /// The same on a vector unit.
    vector: Option<Box<dyn Reconstruction>>,
}

impl Rows<'_> {
    /// `out` row `k - first` = the integer with residues `residues[i][k]`.
    pub(super) fn write(&self, residues: &[Vec<u64>], first: usize, out: &mut [u64]) {
        if let Some(vector) = &self.vector {
            return vector.rows(residues, first, out);
        }
        match self.digits.factors.len() {
            1 => self.write_some::<2>(residues, first, out),
            2 => self.write_some::<3>(residues, first, out),
            3 => self.write_some::<4>(residues, first, out),
            4 => self.write_some::<5>(residues, first, out),
            n => {
                let mut digits = vec![0; n + 1];
                for (k, row) in (first..).zip(out.chunks_exact_mut(self.width)) {
                    self.digits.of(residues, k, &mut digits);
                    combine(row, &digits, &self.weights);
                }
            }
        }
    }

    /// The same with the number of terms known to the compiler.
    fn write_some<const TERMS: usize>(&self, residues: &[Vec<u64>], first: usize, out: &mut [u64]) {
        let mut digits = [0; TERMS];
        for (k, row) in (first..).zip(out.chunks_exact_mut(self.width)) {
            self.digits.of(residues, k, &mut digits);
            combine(row, &digits, &self.weights);
        }
    }
}

/// `row = sum digits[i] * weights[.][i]`, with carries, modulo the size of the row.
#[inline(always)]
fn combine(row: &mut [u64], digits: &[u64], weights: &[u64]) {
    let mut carry = 0u128;
    for (limb, weights) in row.iter_mut().zip(weights.chunks_exact(digits.len())) {
        let terms = digits.iter().zip(weights);
        let sum = terms.fold(carry, |sum, (&d, &w)| sum + u128::from(d) * u128::from(w));
        *limb = sum as u64;
        carry = sum >> 64;
    }
}

/// Reconstruction modulo a word.
pub(super) struct Words<'a> {
    digits: Digits<'a>,
    weights: Vec<u64>,
    modulus: WordModulus,
    /// The same on a vector unit.
    vector: Option<Box<dyn Reconstruction>>,
}

impl Words<'_> {
    /// `out[k - first]` = the residue of the integer with residues `residues[i][k]`.
    pub(super) fn write(&self, residues: &[Vec<u64>], first: usize, out: &mut [u64]) {
        if let Some(vector) = &self.vector {
            return vector.words(residues, first, &self.modulus, &self.weights, out);
        }
        let mut digits = vec![0; self.weights.len()];
        for (k, out) in (first..).zip(out) {
            self.digits.of(residues, k, &mut digits);
            let terms = digits.iter().zip(&self.weights);
            let sum = terms.fold(0, |sum: u128, (&d, &w)| sum + u128::from(d) * u128::from(w));
            *out = self.modulus.reduce_u128(sum);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integer::IntegerVec;
    use num_bigint::BigInt;

    #[test]
    fn integers_at_the_bound_come_back() {
        for n in [1, 2, 3, 4, 5, 8, 17, 48, 64] {
            let basis = Basis::of(n);
            let bound = BigInt::from(basis.product.clone() / 4u32);
            let mut values =
                vec![BigInt::ZERO, 1.into(), (-1).into(), bound.clone(), -&bound, &bound / 3, -&bound / 7];
            values.push(-(BigInt::from(1) << (bound.bits() - 1)));
            // Groups of eight, and less than one.
            values.extend((0..11).map(|k| (&bound >> (7 * k * n)) * (1 - 2 * (k as i32 % 2))));
            let residues: Vec<Vec<u64>> = (basis.primes.iter())
                .map(|p| values.iter().map(|v| p.modulus().reduce_bigint(v)).collect())
                .collect();
            for (name, kernel) in crate::convolution::ntt::tests::kernels() {
                for width in [n * 49 / 64 + 1, n + 2] {
                    let mut out = IntegerVec::zeros(values.len(), width);
                    basis.rows(kernel, width, |_| 1).write(&residues, 0, out.limbs_mut());
                    assert_eq!(out.to_bigints(), values, "{n} primes, {name}");
                }
                for modulus in [1, 2, 10, (1 << 61) - 1, (1 << 64) - 59, 1 << 64] {
                    let modulus = WordModulus::from_u128(modulus).expect("in range");
                    let mut out = vec![0; values.len()];
                    basis.words(kernel, modulus, |_| 1).write(&residues, 0, &mut out);
                    let expected: Vec<u64> = values.iter().map(|v| modulus.reduce_bigint(v)).collect();
                    assert_eq!(out, expected, "{n} primes, {name}");
                }
            }
        }
    }
}
