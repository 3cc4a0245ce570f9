//! Numerators of a series from its images: as many as a bound asks for, or as it takes to be sure of numerators that are far smaller.
//!
//! It stands apart because it does not know what the images are of.
//!
//! # Method
//! Coefficients that need fewer images than others are put together from those alone, in a few parts. Where numerators do not change any more they are a guess, and what
//! shows that it is right is the equation that the series satisfies: its two sides, over `D_k`, are integers whose size follows from that of the guess. They agree modulo every
//! prime whose image is that of the guess, and are equal when the product of those primes is larger than their difference can be. Both sides are integral over `D_k` because
//! `D_a * D_b` divides `D_(a+b)`; with the least common multiples of a logarithm it does not, but there the equation is linear in what has them.

use super::{
    super::{Lift, Operand, field},
    grading::{Grading, Scale},
};
use crate::{
    Result,
    convolution::images,
    integer::{IntegerVec, WordModulus},
    limit,
    ring::PrimeField,
};
use num_bigint::BigInt;

/// Parts of a result that are put together from as many primes as their own coefficients need.
const PARTS: usize = 8;

/// Integers of so many bits from the images of their quotients by `D_k`; `None` where there are not enough primes. Of a guess `check` tells how many bits the sides of an
/// equation have that shows it; `None` where there is no equation.
///
/// # Errors
/// Kind limit.
pub(super) fn numerators(
    bits: &[u64],
    grading: &Grading,
    check: impl Fn(&[BigInt]) -> Option<u64>,
    image: impl Fn(usize, &PrimeField, &Scale) -> Option<Vec<u64>>,
) -> Result<Option<Vec<BigInt>>> {
    let n = bits.len();
    let most = bits.iter().copied().max().unwrap_or(0);
    limit::check(n as u64, most)?;
    if most >= 48 * (images::COUNT as u64 - 1000) {
        return Ok(None);
    }
    // What the engine puts together at once is not cut.
    let parts = if most <= images::bits(images::MOST) { 1 } else { PARTS };
    let len = n.div_ceil(parts);
    let mut lifts: Vec<(u64, Lift)> =
        bits.chunks(len).map(|bits| (bits.iter().copied().max().unwrap_or(0), Lift::new())).collect();
    let operand = Operand::new(&grading.ratios)?;
    let ratio_images = operand.images()?;
    let first_look = if n as u64 * most < LEAST_BITS { usize::MAX } else { FIRST_LOOK };
    let (mut guess, mut all, mut look) = (None::<Guess>, Lift::new(), first_look);
    for i in 0..images::COUNT {
        if lifts.iter().all(|(bits, lift)| lift.bits() >= *bits) {
            return integers(&lifts).map(Some);
        }
        let field = field(i);
        let scale = Scale::new(field.word_modulus(), ratio_images.residues(i));
        // A prime may divide a denominator.
        let Some(mut residues) = image(i, &field, &scale) else { continue };
        scale.multiply(&mut residues);
        all.push(i, Vec::new());
        if guess.as_ref().is_some_and(|guess| !guess.has(field.word_modulus(), &residues)) {
            guess = None;
        }
        for ((bits, lift), part) in lifts.iter_mut().zip(residues.chunks(len)) {
            if lift.bits() < *bits {
                lift.push(i, part.to_vec());
            }
        }
        if guess.is_none() && all.len() == look && all.bits() < most {
            look *= 2;
            if is_settled(&lifts)? {
                let values = integers(&lifts)?;
                match check(&values) {
                    Some(needed) if needed < most => guess = Some(Guess::new(values, needed)?),
                    _ => look = usize::MAX,
                }
            }
        }
        if guess.as_ref().is_some_and(|guess| guess.needed <= all.bits()) {
            return Ok(guess.map(|guess| guess.values));
        }
    }
    Ok(None)
}

/// After so many images numerators are looked at for the first time, and then after twice as many each time.
const FIRST_LOOK: usize = 2;

/// Of results of fewer bits all images take less time than looks: with 12 coefficients of 360 bits those took 2 us of 10.
const LEAST_BITS: u64 = 1 << 14;

/// The numerators that all images give.
fn integers(lifts: &[(u64, Lift)]) -> Result<Vec<BigInt>> {
    let parts: Vec<Vec<BigInt>> =
        lifts.iter().map(|(_, lift)| lift.integers(lift.len())).collect::<Result<_>>()?;
    Ok(parts.into_iter().flatten().collect())
}

/// Whether the first and the last numerators of the parts that need more images are what they were without the last image.
fn is_settled(lifts: &[(u64, Lift)]) -> Result<bool> {
    for (_, lift) in lifts.iter().rev().filter(|(bits, lift)| lift.bits() < *bits) {
        if !lift.is_settled(&[0, lift.width() - 1])? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Numerators that have all images so far.
struct Guess {
    values: Vec<BigInt>,
    /// The same in rows, unless those would be far longer than what stands in them.
    rows: Option<IntegerVec>,
    /// Bits of the primes that show that they are right.
    needed: u64,
}

impl Guess {
    fn new(values: Vec<BigInt>, needed: u64) -> Result<Self> {
        let rows = Operand::new(&values)?.into_rows();
        Ok(Guess { values, rows, needed })
    }

    /// Whether they have these images.
    fn has(&self, modulus: &WordModulus, residues: &[u64]) -> bool {
        match &self.rows {
            Some(rows) => rows.as_slice().residues(modulus) == residues,
            None => self.values.iter().zip(residues).all(|(value, &c)| modulus.reduce_bigint(value) == c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_rational::BigRational;
    use num_traits::{One, Signed};

    /// Integers up to a bound that takes so many bits, over factorials, from their images.
    fn lifted(values: &[BigInt], bits: &[u64], needed: Option<u64>) -> (Vec<BigInt>, usize) {
        let none: Vec<BigRational> = Vec::new();
        let grading = Grading::new(&none, values.len(), false).times(|k| k);
        let operand = Operand::new(values).unwrap();
        let images = operand.images().unwrap();
        let count = std::cell::Cell::new(0);
        let image = |i: usize, field: &PrimeField, scale: &Scale| {
            // Some primes are left out.
            if i % 7 == 3 {
                return None;
            }
            count.set(count.get() + 1);
            let modulus = field.word_modulus();
            let mut wholes = vec![modulus.one(); values.len()];
            scale.multiply(&mut wholes);
            let quotient = |(c, whole): (u64, &u64)| modulus.mul(c, modulus.inverse(*whole).unwrap());
            Some(images.residues(i).into_iter().zip(&wholes).map(quotient).collect())
        };
        let found = numerators(bits, &grading, |_| needed, image).unwrap().expect("there are enough primes");
        (found, count.get())
    }

    /// Up to the bound, in one part and in several, over more primes than the engine remainders together.
    #[test]
    fn as_large_as_the_bound() {
        for most in [40, 1000, 16_000] {
            let bits: Vec<u64> = (0..21).map(|k| 1 + most * k / 20).collect();
            let sign = |k: usize, c: BigInt| if k % 3 == 1 { -c } else { c };
            let values: Vec<BigInt> =
                bits.iter().enumerate().map(|(k, &bits)| sign(k, (BigInt::one() << bits) - 1)).collect();
            for needed in [None, Some(10)] {
                assert_eq!(lifted(&values, &bits, needed).0, values, "{most} bits");
            }
        }
    }

    /// Small integers under a large bound: as many images as their equation asks for, which may be more than give them, and all where it asks for more than the bound or there is none. A
    /// guess that another image shows to be wrong is given up.
    #[test]
    fn far_smaller_than_the_bound() {
        let bits = vec![16_000; 20];
        let values: Vec<BigInt> = (-10..10).map(BigInt::from).collect();
        let count = |needed| {
            let (found, count) = lifted(&values, &bits, needed);
            assert_eq!(found, values);
            count
        };
        assert_eq!(count(Some(60)), 2);
        assert_eq!(count(Some(490)), 11);
        assert_eq!(count(None), count(Some(16_000)));
        assert!(count(None) > 300);
        // What looks like a small integer modulo two primes, but not in others.
        let modulus: BigInt = (0..2).map(|i| BigInt::from(images::modulus(i).modulus())).product();
        let more: Vec<BigInt> = values.iter().map(|c| c + &modulus * c.abs()).collect();
        assert_eq!(lifted(&more, &bits, Some(200)).0, more);
    }
}
