//! Chinese remaindering: signed integers from residues, `X = sum s_i * (M/p_i) - alpha * M`.
//!
//! With `M` the product of the primes and `s_i = x_i * (M/p_i)^-1 mod p_i`, the sum is congruent to `X`, and
//! `alpha = round(sum s_i / p_i)` makes it the representative closest to zero: the explicit form, with no serial
//! chain from prime to prime and signs for nothing. For a result modulo `n` there is no large integer at all:
//! [`modular`] has `M/p_i mod n` in place of `M/p_i`.
//!
//! - [`Basis`]: the primes with all that depends on them alone, computed once
//! - [`Crt`]: a basis with the factors of one product; what a [`Kernel`](super::ntt::Kernel) reconstructs with
//! - [`scalar`]: the kernels in 64-bit arithmetic; those for vector units stand with them
//!
//! # Exactness
//! Let `4|X| < M`. Then `sum s_i/p_i` lies within 1/4 of the integer `alpha`, and its value in `f64`, a sum of at most 256
//! terms below 1 with relative errors below 2^-51 each and as many roundings below 2^-45, is off by less than 2^-36: rounding gives `alpha`.
//!
//! # Source
//! P. Montgomery, R. Silverman, "An FFT extension to the P-1 factoring algorithm", Math. Comp. 54 (1990), section 4; D.
//! Bernstein, "Multidigit modular multiplication with the explicit Chinese remainder theorem" (1995).

mod modular;
pub(crate) mod scalar;
#[cfg(test)]
mod tests;

pub(crate) use modular::{Modular, Modulus};

use super::{
    ntt::prime::{Family, PRIME_BITS, Prime, Twiddle, primes},
    scratch::{self, Scratch},
};
use crate::integer::limbs::negate;
use num_bigint::BigUint;
use std::sync::{Arc, OnceLock};

/// Bits of a digit of the tables for vector units.
pub(crate) const DIGIT_BITS: usize = 52;

/// Bits of a digit of the tables for doubles.
pub(crate) const BALANCED_BITS: usize = 48;

/// Digits of a table row are padded to a multiple of this.
pub(crate) const TILE: usize = 8;

/// The first primes of a family with what remaindering over them needs.
pub(crate) struct Basis {
    family: Family,
    primes: Vec<Arc<Prime>>,
    product: BigUint,
    cofactors: Vec<BigUint>,
    /// `(M/p_i)^-1 mod p_i`.
    inverses: Vec<u64>,
    /// Limb by limb: of every cofactor, then of `-M`.
    limbs: Vec<u64>,
    /// The same in digits of 52 bits, for vector units.
    digits: OnceLock<Digits>,
    /// The same in halves of limbs: four of every term, then the next four.
    halves: OnceLock<Vec<u64>>,
    /// Balanced digits of 48 bits: as many of every cofactor as there are primes, then one more of `-M`.
    balanced: OnceLock<Vec<f64>>,
}

/// A table of digits of 52 bits.
pub(crate) struct Digits {
    /// A row a term: a zero, the digits, least significant first, zeros up to a whole number of tiles.
    pub(crate) rows: Vec<u64>,
    /// Words of a row.
    pub(crate) stride: usize,
    /// Digits of a row, of 52 bits.
    pub(crate) count: usize,
}

impl Digits {
    /// The low `count` digits of non-negative numbers.
    fn new(numbers: &[BigUint], count: usize) -> Self {
        let stride = 1 + count.next_multiple_of(TILE);
        let mut rows = vec![0; numbers.len() * stride];
        for (row, number) in rows.chunks_exact_mut(stride).zip(numbers) {
            let limbs: Vec<u64> = number.iter_u64_digits().collect();
            let limb = |t: usize| limbs.get(t).copied().unwrap_or(0);
            for (k, digit) in row[1..=count].iter_mut().enumerate() {
                let (t, shift) = (DIGIT_BITS * k / 64, DIGIT_BITS * k % 64);
                let pair = u128::from(limb(t)) | u128::from(limb(t + 1)) << 64;
                *digit = (pair >> shift) as u64 & ((1 << DIGIT_BITS) - 1);
            }
        }
        Digits { rows, stride, count }
    }
}

/// `count` digits of 48 bits between `-2^47` and `2^47`, of which the last one has what is left.
fn balanced_digits(number: &BigUint, count: usize) -> Vec<f64> {
    let half = 1i64 << (BALANCED_BITS - 1);
    let mut carry = 0;
    let digit = |k: usize| {
        let digit = number >> (BALANCED_BITS * k) & BigUint::from((1u64 << BALANCED_BITS) - 1);
        let digit = i64::try_from(digit).expect("48 bits") + carry;
        carry = i64::from(digit >= half && k + 1 < count);
        (digit - (carry << BALANCED_BITS)) as f64
    };
    (0..count).map(digit).collect()
}

impl Basis {
    /// The basis of the first `n` primes, computed once.
    pub(crate) fn of(family: Family, n: usize) -> &'static Basis {
        const COMMON: usize = Family::Common.most_primes() + 1;
        const LONG: usize = Family::Long.most_primes() + 1;
        static COMMONS: [OnceLock<Basis>; COMMON] = [const { OnceLock::new() }; COMMON];
        static LONGS: [OnceLock<Basis>; LONG] = [const { OnceLock::new() }; LONG];
        let basis = match family {
            Family::Common => &COMMONS[n],
            Family::Long => &LONGS[n],
        };
        basis.get_or_init(|| Basis::new(family, n))
    }

    fn new(family: Family, n: usize) -> Basis {
        let primes = primes(family, n);
        let product: BigUint = primes.iter().map(|p| p.p()).product();
        let cofactors: Vec<BigUint> = primes.iter().map(|p| &product / p.p()).collect();
        let inverses = primes
            .iter()
            .zip(&cofactors)
            .map(|(p, c)| p.modulus().inverse(p.modulus().reduce_biguint(c)).expect("distinct primes"))
            .collect();
        // Of a wider result all further limbs are those of a sign, see `scalar::rows`.
        let width = Self::limb_width(n);
        let mut limbs = vec![0; width * (n + 1)];
        for (i, cofactor) in cofactors.iter().enumerate() {
            for (t, limb) in cofactor.iter_u64_digits().enumerate() {
                limbs[t * (n + 1) + i] = limb;
            }
        }
        // alpha * (2^(64*width) - M) takes alpha * M away.
        let mut negative: Vec<u64> =
            product.iter_u64_digits().chain(std::iter::repeat(0)).take(width).collect();
        negate(&mut negative);
        for (t, limb) in negative.into_iter().enumerate() {
            limbs[t * (n + 1) + n] = limb;
        }
        Basis {
            family,
            primes,
            product,
            cofactors,
            inverses,
            limbs,
            digits: OnceLock::new(),
            halves: OnceLock::new(),
            balanced: OnceLock::new(),
        }
    }

    /// Limbs that hold `M`, and with it every result and its sign.
    fn limb_width(n: usize) -> usize {
        (PRIME_BITS as usize * n).div_ceil(64)
    }

    /// The primes.
    pub(crate) fn primes(&self) -> &[Arc<Prime>] {
        &self.primes
    }

    /// The product of the primes.
    pub(crate) fn product(&self) -> &BigUint {
        &self.product
    }

    /// The cofactors and `-M` in digits of 52 bits; as many as hold `M`.
    pub(crate) fn digits(&self) -> &Digits {
        self.digits.get_or_init(|| {
            let count = (PRIME_BITS as usize * self.primes.len()).div_ceil(DIGIT_BITS);
            let mut numbers = self.cofactors.clone();
            numbers.push((BigUint::from(1u8) << (DIGIT_BITS * count)) - &self.product);
            Digits::new(&numbers, count)
        })
    }

    /// The low limbs of the cofactors and of `-M`.
    pub(crate) fn low_limbs(&self) -> &[u64] {
        &self.limbs[..=self.primes.len()]
    }

    /// The limbs of the cofactors and of `-M` in halves: of every pair of limbs, term by term, four words below 2^32.
    pub(crate) fn halves(&self) -> &[[u64; 4]] {
        let halves = self.halves.get_or_init(|| {
            let terms = self.primes.len() + 1;
            let rows: Vec<&[u64]> = self.limbs.chunks_exact(terms).collect();
            let mut halves = Vec::with_capacity(2 * self.limbs.len() + 2 * terms);
            for t in (0..rows.len()).step_by(2) {
                for i in 0..terms {
                    let low = rows[t][i];
                    // Beyond M a cofactor has zeros, -M its sign.
                    let beyond = if i + 1 == terms { u64::MAX } else { 0 };
                    let high = rows.get(t + 1).map_or(beyond, |row| row[i]);
                    halves.extend([low, high].into_iter().flat_map(|l| [l & 0xFFFF_FFFF, l >> 32]));
                }
            }
            halves
        });
        halves.as_chunks().0
    }

    /// The cofactors, as many digits each as there are primes, and `-M`, one more, in digits of 48 bits between
    /// `-2^47` and `2^47`. A cofactor is below `2^(49(n - 1))`, which leaves the last digit short for `n < 48`.
    pub(crate) fn balanced(&self) -> &[f64] {
        self.balanced.get_or_init(|| {
            let n = self.primes.len();
            let mut table: Vec<f64> = self.cofactors.iter().flat_map(|c| balanced_digits(c, n)).collect();
            table.extend(balanced_digits(&self.product, n + 1).into_iter().map(|d| -d));
            table
        })
    }

    /// Remaindering of residues that have to be multiplied by `scale`.
    pub(crate) fn crt(&'static self, scale: impl Fn(&Prime) -> u64) -> Crt {
        let mut factors = scratch::list(2 * self.primes.len());
        let (pairs, _) = factors.as_chunks_mut::<2>();
        for ((pair, p), &inverse) in pairs.iter_mut().zip(&self.primes).zip(&self.inverses) {
            let factor = p.twiddle(p.modulus().mul(inverse, scale(p)));
            *pair = [factor.value, factor.quotient];
        }
        Crt { basis: self, factors }
    }
}

/// A basis, and the factors from the residues of one product to `s_i`.
pub(crate) struct Crt {
    pub(crate) basis: &'static Basis,
    /// `(M/p_i)^-1 * scale(p_i) mod p_i`, each with its quotient.
    factors: Scratch,
}

impl Crt {
    /// How many primes.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.basis.primes.len()
    }

    /// The factor of prime `i`.
    #[inline]
    pub(crate) fn factor(&self, i: usize) -> Twiddle {
        let [value, quotient] = self.factors.as_chunks().0[i];
        Twiddle { value, quotient }
    }
}
