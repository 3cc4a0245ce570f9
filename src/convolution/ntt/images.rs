//! Images of integer sequences modulo one prime after the other, and integers from images: what algorithms over Z that compute modulo
//! primes share.
//!
//! Apart from the products, which transform what they split: here residues are handed out. The primes are those of the transforms, so that
//! products of images are one transform each way, and the conversions are those of the engine.
//!
//! # Invariants
//! Residues are canonical. Prime `i` is the same on every machine. Beyond [`MOST`] primes there are no tables that are kept, and no
//! remaindering here.

use super::{
    Backend, Kernel, Planes, Source, backend,
    prime::{self, Family},
    product::buffer,
    simd,
};
use crate::{
    Result,
    convolution::crt::Basis,
    integer::{IntegerSlice, IntegerVec, WordModulus},
};

pub(crate) use super::prime::PRIME_BITS;

/// How many primes [`lift`] takes at most.
pub(crate) const MOST: usize = Family::Common.most_primes();

/// Limbs of rows of which residues are taken one by one; in vectors beyond, which takes a prime with all its tables.
const FEW: usize = 16;

/// How many primes there are to take images modulo: all that are above 2^48, and a few less.
pub(crate) const COUNT: usize = 60_000;

/// Limbs of rows that hold every integer below the product of `n` primes, and a sign.
pub(crate) fn width(n: usize) -> usize {
    PRIME_BITS as usize * n / 64 + 1
}

/// Prime `i` below [`COUNT`], of 49 bits; the larger ones come first.
pub(crate) fn modulus(i: usize) -> WordModulus {
    prime::image_modulus(i)
}

/// Bits of the absolute values that `n` primes determine, for `n` up to [`MOST`].
pub(crate) fn bits(n: usize) -> u64 {
    (PRIME_BITS * n as u64).saturating_sub(3)
}

fn kernel() -> Result<&'static dyn Kernel> {
    let backend: Backend = backend()?;
    Ok(simd::kernel(backend).expect("a back end that was chosen is there"))
}

/// A sequence of which images are taken.
pub(crate) struct Images<'a> {
    rows: IntegerSlice<'a>,
    planes: Option<Planes>,
    kernel: &'static dyn Kernel,
}

impl<'a> Images<'a> {
    /// # Errors
    /// Kind unsupported where `MONIC_SIMD` names no back end of this machine.
    pub(crate) fn new(rows: IntegerSlice<'a>) -> Result<Self> {
        let kernel = kernel()?;
        let planes = if rows.width() > 1 { kernel.planes(rows) } else { None };
        Ok(Images { rows, planes, kernel })
    }

    /// The residues modulo prime `i`.
    pub(crate) fn modulo(&self, i: usize) -> Vec<u64> {
        if i >= MOST || self.rows.limbs().len() <= FEW {
            return self.rows.residues(&modulus(i));
        }
        let prime = prime::family_prime(i);
        let mut out = vec![0; self.rows.len()];
        Source::rows(self.rows, &self.planes).fill(self.kernel, &prime, 0..self.rows.len(), &mut out);
        for x in &mut out {
            // Below 4p.
            *x = prime.canonical(prime.reduce(*x));
        }
        out
    }
}

/// Integers with residues modulo the first primes, in rows of `width` limbs: those closest to zero where they are below a quarter of the product
/// of the primes and the rows hold them; otherwise others below the product where the rows are of its [`width`].
/// `residues[i]` are those modulo prime `i`, all as many.
///
/// # Errors
/// Kind limit when memory is refused.
pub(crate) fn lift(residues: &[&[u64]], width: usize) -> Result<IntegerVec> {
    let len = residues.first().map_or(0, |residues| residues.len());
    let crt = Basis::of(Family::Common, residues.len()).crt(|_| 1);
    let mut out = buffer(len * width)?;
    if len > 0 {
        kernel()?.rows(&crt, residues, 0, width, &mut out);
    }
    Ok(IntegerVec::from_limbs(out, width))
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

    /// There and back, over every number of primes up to some, at the bound, for all widths.
    #[test]
    fn there_and_back() {
        for n in (1..12).chain([48, 49, 100, 256]) {
            let top = (BigInt::from(1) << bits(n)) - 1;
            let values: Vec<BigInt> =
                (0..40).map(|k| (&top >> (k * bits(n) / 40)) * (1 - 2 * (k % 2) as i32)).collect();
            let rows = IntegerVec::from_bigints(&values);
            let images = Images::new(rows.as_slice()).unwrap();
            let residues: Vec<Vec<u64>> = (0..n).map(|i| images.modulo(i)).collect();
            for (i, residues) in residues.iter().enumerate() {
                let m = modulus(i);
                assert!(residues.iter().zip(&values).all(|(&r, v)| r == m.reduce_bigint(v)));
            }
            let views: Vec<&[u64]> = residues.iter().map(Vec::as_slice).collect();
            for width in [rows.width(), rows.width() + 3] {
                assert_eq!(lift(&views, width).unwrap().to_bigints(), values, "{n} primes");
            }
        }
        let rows = IntegerVec::from_i64s(&[-5, i64::MIN, 7]);
        let images = Images::new(rows.as_slice()).unwrap();
        for i in [0, MOST - 1, MOST, MOST + 50] {
            let m = modulus(i);
            assert!(m.is_prime() && m.modulus() < 1 << 49 && m.modulus() > 1 << 48);
            assert_eq!(images.modulo(i), [-5, i64::MIN, 7].map(|x| m.reduce_i64(x)));
        }
    }

    #[test]
    #[ignore = "a search for 60,000 primes takes seconds: cargo test --release --lib -- --ignored"]
    fn the_last_prime() {
        let last = modulus(COUNT - 1);
        assert!(last.is_prime() && last.modulus() > 1 << 48 && last.modulus() < modulus(0).modulus());
    }
}
