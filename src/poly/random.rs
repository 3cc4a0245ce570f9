//! Random polynomials, with the feature `rand`: for tests, benchmarks and probabilistic algorithms.
//!
//! Coefficients are images of uniform integers, so that one method serves every ring. The source of randomness is the
//! caller's; from the same seed come the same polynomials on every machine.

use super::{Poly, check_size, settle};
use crate::ring::Ring;
use num_bigint::{BigInt, BigUint, Sign};
use rand::Rng;

impl<R: Ring> Poly<R> {
    /// `len` coefficients that are images of integers `c`, uniform in `|c| < 2^bits`. The leading ones may come out
    /// zero.
    ///
    /// Over Z/n the residues are as good as uniform once `bits` is 64 more than those of `n`: their probabilities then differ by
    /// less than one part in 2^64.
    ///
    /// # Panics
    /// When the coefficients are over the [limit](crate::limit), or do not fit a partial ring.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, ZZ};
    /// use rand::{SeedableRng, rngs::StdRng};
    /// let f = Poly::random(ZZ, 10, 100, &mut StdRng::seed_from_u64(1));
    /// assert!(f.len() <= 10 && f.height_bits() <= 100);
    /// ```
    #[track_caller]
    pub fn random(ring: R, len: usize, bits: u64, rng: &mut (impl Rng + ?Sized)) -> Self {
        settle(check_size(&ring, len as u64, bits));
        let coefficients = (0..len).map(|_| settle(ring.try_from_integer(integer(bits, rng)))).collect();
        Poly::from_vec(ring, coefficients)
    }
}

/// Uniform in `|c| < 2^bits`.
fn integer(bits: u64, rng: &mut (impl Rng + ?Sized)) -> BigInt {
    loop {
        let mut digits: Vec<u32> = (0..bits.div_ceil(32)).map(|_| rng.next_u32()).collect();
        if let (Some(top), partial @ 1..) = (digits.last_mut(), bits % 32) {
            *top &= (1 << partial) - 1;
        }
        let magnitude = BigUint::new(digits);
        let negative = rng.next_u32() & 1 == 1;
        // Zero has two signs; one of them is drawn again, so that it is as likely as any other.
        if bits == 0 || !negative || magnitude != BigUint::ZERO {
            return BigInt::from_biguint(if negative { Sign::Minus } else { Sign::Plus }, magnitude);
        }
    }
}
