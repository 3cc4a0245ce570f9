//! The shortest linear recurrence of a sequence of integers, over Q, by images.
//!
//! It stands apart because over Q the remainder sequence that finds it has fractions at every step that are far larger than the coefficients in
//! the end; modulo a prime all of it takes a few products ([`generic::recurrence`]).
//!
//! # Method
//! The coefficients are quotients of minors of the Hankel matrix `a(i+j)`. Modulo a prime its rank, and the degree of what is left, are those
//! over Q or less, so of images that differ those with the larger lengths are kept. From as many primes as a schedule says come fractions
//! over one denominator, which are held against all terms. That decides where twice the order is at most the number of terms, since
//! then a minor of the order is not zero. Where it is more, primes go on up to Hadamard's bound of the minors, which not all of them divide.

use super::{Lift, Operand, Schedule, field};
use crate::{
    Error, Result,
    convolution::{Want, images, integer_product::integer_product, natural_product},
    integer::{division::Reciprocal, rational_reconstruct_within},
    limit,
    ring::{Ring, ZZ, fractions::divided, generic::recurrence},
};
use num_bigint::{BigInt, BigUint, Sign};
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Of more images one coefficient is put together before all of them are.
const FEW: usize = 8;

/// The coefficients `c1, c2, ...` of the shortest recurrence.
///
/// # Errors
/// Kind limit for coefficients that may be over the limit, and when memory is refused; kind unsupported where `MONIC_SIMD` names no back end
/// of this machine.
pub(in crate::ring) fn shortest(terms: &[BigInt]) -> Result<Vec<BigRational>> {
    if terms.iter().all(Zero::is_zero) {
        return Ok(Vec::new());
    }
    let n = terms.len() as u64;
    let operand = Operand::new(terms)?;
    let size = n / 2 + 1;
    // Numerator and denominator are minors of that size.
    let minors = size * (operand.bits() + u64::from(size.ilog2()) / 2 + 1);
    limit::check(n, 2 * minors)?;
    let residues = operand.images()?;
    let (mut lift, mut schedule) = (Lift::new(), Schedule::new());
    let mut lengths = (0, 0);
    for i in 0..images::COUNT {
        let image = recurrence::shortest(&field(i), &residues.residues(i))?;
        if image.lengths < lengths {
            continue;
        }
        if image.lengths > lengths {
            (lengths, schedule) = (image.lengths, Schedule::new());
            lift.clear();
        }
        let order = image.coefficients.len();
        lift.push(i, image.coefficients);
        let last = lift.bits() >= 2 * minors + 4;
        let determined = 2 * order as u64 <= n;
        if (last || determined && schedule.is_due(lift.len()))
            && let Some((numerators, denominator)) = fractions(&lift)?
            && holds(terms, &numerators, &denominator)?
        {
            return Ok(divided(numerators, &denominator));
        }
    }
    Err(Error::limit(format!(
        "coefficients of up to {} bits are longer than all primes together",
        2 * minors
    )))
}

/// Bits of a modulus beyond those of a numerator and a denominator, so that no fraction is there by chance.
const SPARE: u64 = 48;

/// The fractions with all images over their common denominator, where there are some that are small enough.
fn fractions(lift: &Lift) -> Result<Option<(Vec<BigInt>, BigInt)>> {
    let modulus = lift.modulus();
    let bits = modulus.bits().saturating_sub(SPARE) / 2;
    let bound = BigUint::one() << bits;
    let fraction = |residue: &BigInt| rational_reconstruct_within(residue, &modulus, &bound, &bound);
    // One alone tells most often that there are too few images.
    if lift.len() > FEW && fraction(&lift.part(&[0]).integers(lift.len())?[0]).is_none() {
        return Ok(None);
    }
    let residues = lift.integers(lift.len())?;
    let reduced = Reciprocal::new(modulus.clone(), natural_product);
    let half = &modulus >> 1u8;
    let scaled = |c: &BigInt, d: &BigInt| {
        let product = integer_product(c, d);
        let mut rest = BigInt::from(reduced.div_rem(product.magnitude()).1);
        if rest.magnitude() > &half {
            rest -= BigInt::from(modulus.clone());
        }
        if product.sign() == Sign::Minus { -rest } else { rest }
    };
    // Each coefficient times the denominator so far is a small integer most often, and a fraction with what is missing of it else.
    let mut denominator = BigInt::one();
    for residue in &residues {
        let c = scaled(residue, &denominator);
        if c.bits() <= bits {
            continue;
        }
        let Some(missing) = fraction(&c) else { return Ok(None) };
        denominator *= missing.denom();
    }
    Ok(Some((residues.iter().map(|c| scaled(c, &denominator)).collect(), denominator)))
}

/// Whether `d*a(k) = c1*a(k-1) + ...` for all terms.
fn holds(terms: &[BigInt], numerators: &[BigInt], denominator: &BigInt) -> Result<bool> {
    let order = numerators.len();
    let relation: Vec<BigInt> = [-denominator].into_iter().chain(numerators.iter().cloned()).collect();
    let sums = ZZ.convolve(terms, &relation, &Want::range(order..terms.len()))?;
    Ok(sums.iter().all(Zero::is_zero))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::QQ;

    /// Against Euclid's algorithm on fractions: recurrences with fractions and without, few terms, terms that some primes divide.
    #[test]
    fn against_fractions() {
        let first = BigInt::from(images::modulus(0).modulus());
        let sequences: Vec<Vec<BigInt>> = vec![
            vec![],
            [0, 0, 0].map(BigInt::from).into(),
            [0, 0, 5].map(BigInt::from).into(),
            [1, 2, 4, 8, 16, 31].map(BigInt::from).into(),
            [0, 1, 1, 2, 3, 5, 8, 13].map(BigInt::from).into(),
            [16, 24, 36, 54, 81].map(BigInt::from).into(),
            (0..12).map(|k| BigInt::from(k * k * k - 7)).collect(),
            (0..9).map(|k: i64| BigInt::from((k * k * 7919 + 3 * k + 1) % 1009 - 500)).collect(),
            (0..10).map(|k: i64| BigInt::from((k * k * k * 7919 + 3 * k + 1) % 1009 - 500)).collect(),
            // Shorter modulo the first prime: 1, 2, 4, 8, ... with a term more.
            [1, 2, 4, 8, 16, 32, 64]
                .map(BigInt::from)
                .into_iter()
                .enumerate()
                .map(|(k, c)| if k == 4 { c + &first } else { c })
                .collect(),
            vec![first.clone(), BigInt::one(), BigInt::zero(), first.clone(), first],
        ];
        for terms in sequences {
            let fractions: Vec<BigRational> = terms.iter().cloned().map(Into::into).collect();
            let expected = recurrence::shortest(&QQ, &fractions).unwrap().coefficients;
            assert_eq!(shortest(&terms).unwrap(), expected, "{terms:?}");
        }
    }
}
