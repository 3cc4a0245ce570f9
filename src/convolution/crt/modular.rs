//! [`Modular`]: results modulo `n` without the large integer, `X mod n = sum s_i * (M/p_i mod n) + alpha * (-M mod n) mod n`.
//!
//! The cost of an output is the primes times the digits of `n`, not the primes squared, and one reduction.
//!
//! # Reduction on vector units
//! With `w_i` the weights, `f_i = floor(w_i * 2^104 / n)` and `Q = floor(sum s_i * f_i / 2^104)`, the sum minus `Q*n` lies
//! in `0..2n`: `w_i/n` is short by less than `2^-104`, all of them together by less than `2^(8 + 49 - 104)`, and the
//! floor by less than 1. With at most seven primes the high 52 bits of `f_i` do as well: they are short by less than
//! `2^-52`, together by less than `7/8 + 2^-49`. So there is no reduction in sequence: `Q` is one more share,
//! and its weight is `-n`.

use super::{Basis, DIGIT_BITS, Digits};
use crate::convolution::ntt::prime::Family;
use crate::integer::{BigModulus, WordModulus};
use num_bigint::BigUint;
use std::sync::{Arc, Mutex, PoisonError};

/// How many tables are kept.
const KEPT: usize = 16;

/// The modulus of results.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Modulus {
    /// At most 2^64.
    Word(WordModulus),
    /// Of any size.
    Big(BigModulus),
}

/// The weights of a basis modulo a modulus.
pub(crate) struct Modular {
    modulus: Modulus,
    primes: usize,
    family: Family,
    /// Limb by limb: of every weight, one limb more than the modulus has; for words, just the weights.
    limbs: Vec<u64>,
    /// The weights, `-n` and `-n * 2^52` in digits of 52 bits, enough for `2n`.
    digits: Digits,
    /// The two digits of every `f_i`, high ones first.
    fractions: Vec<u64>,
    /// For words: the representatives of the weights closest to zero, in two's complement, and their quotients by `n`.
    centred: Vec<(u64, f64)>,
}

impl Modular {
    /// The weights of a basis, from the tables that are kept or computed now.
    pub(crate) fn of(basis: &Basis, modulus: Modulus) -> Arc<Modular> {
        static TABLES: Mutex<Vec<Arc<Modular>>> = Mutex::new(Vec::new());
        let primes = basis.primes.len();
        let lock = || TABLES.lock().unwrap_or_else(PoisonError::into_inner);
        let mut tables = lock();
        if let Some(at) =
            tables.iter().position(|t| t.primes == primes && t.family == basis.family && t.modulus == modulus)
        {
            // The last one is the one that was used last.
            let end = tables.len() - 1;
            tables.swap(at, end);
            return Arc::clone(&tables[end]);
        }
        drop(tables);
        let made = Arc::new(Modular::new(basis, modulus));
        let mut tables = lock();
        if tables.len() == KEPT {
            tables.remove(0);
        }
        tables.push(Arc::clone(&made));
        made
    }

    fn new(basis: &Basis, modulus: Modulus) -> Self {
        let n = match &modulus {
            Modulus::Word(n) => BigUint::from(n.modulus()),
            Modulus::Big(n) => n.value().clone(),
        };
        let mut weights: Vec<BigUint> = basis.cofactors.iter().map(|c| c % &n).collect();
        weights.push((&n - &basis.product % &n) % &n);
        let width = match &modulus {
            Modulus::Word(_) => 1,
            Modulus::Big(_) => n.iter_u64_digits().len() + 1,
        };
        let terms = weights.len();
        let mut limbs = vec![0; width * terms];
        let mut fractions = vec![0; 2 * terms];
        let mut centred = Vec::new();
        for (i, weight) in weights.iter().enumerate() {
            for (t, limb) in weight.iter_u64_digits().enumerate() {
                limbs[t * terms + i] = limb;
            }
            let fraction = (weight << (2 * DIGIT_BITS)) / &n;
            fractions[i] = u64::try_from(&fraction >> DIGIT_BITS).expect("a weight is below the modulus");
            let low = fraction & BigUint::from((1u64 << DIGIT_BITS) - 1);
            fractions[terms + i] = u64::try_from(low).expect("a digit");
            if let Modulus::Word(word) = &modulus {
                let weight = word.centred(limbs[i]);
                // Its size over n, in 104 bits; two of them are exact, and their sum is rounded once.
                let fraction = (BigUint::from(weight.unsigned_abs()) << (2 * DIGIT_BITS)) / &n;
                let part = |x: BigUint| u64::try_from(x).expect("a digit") as f64;
                let low = part(&fraction & BigUint::from((1u64 << DIGIT_BITS) - 1));
                let size = part(fraction >> DIGIT_BITS) * 2f64.powi(-52) + low * 2f64.powi(-104);
                centred.push((weight as u64, if weight < 0 { -size } else { size }));
            }
        }
        let count = (n.bits() as usize + 1).div_ceil(DIGIT_BITS);
        let size = BigUint::from(1u8) << (DIGIT_BITS * count);
        weights.push(&size - &n);
        weights.push((&size - &n) * (BigUint::from(1u8) << DIGIT_BITS) % &size);
        let digits = Digits::new(&weights, count);
        Modular {
            modulus,
            primes: basis.primes.len(),
            family: basis.family,
            limbs,
            digits,
            fractions,
            centred,
        }
    }

    /// The modulus.
    pub(crate) fn modulus(&self) -> &Modulus {
        &self.modulus
    }

    /// Limbs of a result: residues, and a sign bit where the modulus is large.
    pub(crate) fn width(&self) -> usize {
        match &self.modulus {
            Modulus::Word(_) => 1,
            Modulus::Big(n) => n.row_width(),
        }
    }

    /// Whether the modulus is 2^64, where nothing needs a reduction.
    pub(crate) fn is_wrapping(&self) -> bool {
        matches!(&self.modulus, Modulus::Word(n) if n.is_wrapping())
    }

    /// Limb by limb, of every weight.
    pub(crate) fn limbs(&self) -> &[u64] {
        &self.limbs
    }

    /// The weights, then `-n` and `-n * 2^52`.
    pub(crate) fn digits(&self) -> &Digits {
        &self.digits
    }

    /// For words: the weights closest to zero with their quotients by `n`, off by a unit in the last place at most.
    pub(crate) fn centred(&self) -> &[(u64, f64)] {
        &self.centred
    }

    /// The high digits of `w_i/n`, then the next ones.
    pub(crate) fn fractions(&self) -> (&[u64], &[u64]) {
        self.fractions.split_at(self.primes + 1)
    }
}
