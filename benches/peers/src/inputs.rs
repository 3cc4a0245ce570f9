//! Random operands from a fixed seed, the same for every contestant.

use crate::flint::IntegerPoly;
use monic::{Integers, Poly, ZZ, integer::IntegerVec};
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};

/// The generator of a cell. Cells do not depend on which others are measured.
pub fn generator(cell: &[u64]) -> StdRng {
    let seed = cell
        .iter()
        .fold(0x9e37_79b9_7f4a_7c15u64, |h, &x| (h ^ x).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(29));
    StdRng::seed_from_u64(seed)
}

/// How many inputs take turns: so many that a branch predictor cannot learn the signs of short ones.
pub fn rotation(coefficients: usize) -> usize {
    (65536 / coefficients.max(1)).clamp(2, 64)
}

/// `len` coefficients below `2^bits` in absolute value, in rows; the first and the last have exactly `bits` bits.
pub fn rows(random: &mut StdRng, len: usize, bits: usize, signed: bool) -> IntegerVec {
    let width = bits / 64 + 1;
    let mut limbs = vec![0; len * width];
    for (k, row) in limbs.chunks_exact_mut(width).enumerate() {
        magnitude(random, &mut row[..], bits, k == 0 || k + 1 == len);
        if signed && random.random() {
            let mut carry = true;
            for limb in row {
                (*limb, carry) = (!*limb).overflowing_add(u64::from(carry));
            }
        }
    }
    IntegerVec::from_limbs(limbs, width)
}

/// A random number of `bits` bits; with its highest set, if that is wanted.
pub fn magnitude(random: &mut StdRng, limbs: &mut [u64], bits: usize, exact: bool) {
    limbs.fill_with(|| random.next_u64());
    let (top, rest) = (bits / 64, bits % 64);
    if top < limbs.len() {
        limbs[top] &= (1u64 << rest) - 1;
        limbs[top + 1..].fill(0);
    }
    if exact && bits > 0 {
        limbs[(bits - 1) / 64] |= 1 << ((bits - 1) % 64);
    }
}

/// A polynomial over Z in the type of every contestant.
pub struct Operand {
    pub flat: IntegerVec,
    pub poly: Poly<Integers>,
    pub flint: IntegerPoly,
}

impl Operand {
    pub fn random(random: &mut StdRng, len: usize, bits: usize, signed: bool) -> Self {
        Self::from_rows(rows(random, len, bits, signed))
    }

    pub fn from_rows(flat: IntegerVec) -> Self {
        let poly = Poly::from_vec(ZZ, flat.to_bigints());
        let flint = IntegerPoly::from_rows(flat.as_slice());
        Operand { flat, poly, flint }
    }
}
