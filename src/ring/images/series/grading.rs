//! Denominators that the coefficients of a series are known to have, and images of coefficients with and without them.
//!
//! They stand apart because numerators over them are integers whose size is known, and that is all that images need.
//!
//! # Invariants
//! A denominator divides the next one.

use super::super::{Images, Operand};
use crate::{
    Result,
    integer::{WordModulus, gcd::signed_gcd},
    ring::{fractions, norm::log2, numbers},
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;
use std::collections::BTreeSet;

/// The least prime that divides a number from 2 on.
pub(super) fn least_factor(n: u64) -> u64 {
    (2..).take_while(|p| p * p <= n).find(|p| n.is_multiple_of(*p)).unwrap_or(n)
}

/// Fractions over shorter denominators take no longer by a gcd than by their primes: with 60 coefficients and 370 bits `exp` and the square root took 155 us and 250.
const LONG_BITS: u64 = 1 << 11;

/// Denominators `D_0 = 1`, `D_1`, `D_2`, ..., each a multiple of the one before.
pub(super) struct Grading {
    /// `D_k/D_(k-1)`; the first is 1.
    pub(super) ratios: Vec<BigInt>,
    /// Every prime of `D_k` divides one of those up to `k`.
    bases: Vec<BigInt>,
    /// Whether they are those of coefficients that are multiplied by factorials.
    pub(super) factorials: bool,
    /// Bits of the last denominator, and of the product of what single coefficients bring, both without further factors.
    pub(super) bits: (u64, u64),
}

impl Grading {
    /// Denominators of all products of coefficients of a series whose indices add up to `k`, or of such that are multiplied by the factorials of their indices. The
    /// series starts with its linear coefficient.
    pub(super) fn new(g: &[BigRational], n: usize, factorials: bool) -> Self {
        let (mut ratios, mut bases) = (vec![BigInt::one(); n], vec![BigInt::one(); n]);
        let (mut whole, mut factorial, mut product) = (BigInt::one(), BigInt::one(), 0);
        for k in 1..n {
            if !ratios[k].is_one() {
                whole *= &ratios[k];
            }
            if factorials {
                factorial *= k;
            }
            let without = |denominator: &BigInt, factor: &BigInt| match factor.is_one() {
                true => denominator.clone(),
                false => denominator / signed_gcd(denominator, &(factor % denominator)),
            };
            let Some(denominator) = g.get(k - 1).map(BigRational::denom).filter(|d| !d.is_one()) else {
                continue;
            };
            let new = without(&without(denominator, &factorial), &whole);
            if !new.is_one() {
                whole *= &new;
                ratios[k..].iter_mut().step_by(k).for_each(|ratio| *ratio *= &new);
                product += new.bits();
                bases[k] = new;
            }
        }
        Grading { ratios, bases, factorials, bits: (whole.bits(), product) }
    }

    /// With further factors at `x, x^2, ...`.
    pub(super) fn times(mut self, ratio: impl Fn(u64) -> u64) -> Self {
        let mut primes = BTreeSet::new();
        for (k, (whole, base)) in self.ratios.iter_mut().zip(&mut self.bases).enumerate().skip(1) {
            let ratio = ratio(k as u64);
            *whole *= ratio;
            let mut rest = ratio;
            while rest > 1 {
                let p = least_factor(rest);
                rest /= p;
                if primes.insert(p) {
                    *base *= p;
                }
            }
        }
        self
    }

    /// The same from the next power of `x` on.
    pub(super) fn shifted(mut self) -> Self {
        self.ratios.insert(0, BigInt::one());
        self.bases.insert(0, BigInt::one());
        self
    }

    /// Those of the denominators.
    pub(super) fn logarithms(&self) -> impl Iterator<Item = f64> {
        self.ratios.iter().scan(0.0, |sum, ratio| {
            *sum += log2(ratio.magnitude());
            Some(*sum)
        })
    }

    /// Every numerator over `first*D_k`.
    pub(super) fn over(&self, numerators: Vec<BigInt>, first: BigInt) -> Vec<BigRational> {
        let (mut denominator, mut base) = (first.clone(), first);
        let quotient = |(c, (ratio, new)): (BigInt, (&BigInt, &BigInt))| {
            if !ratio.is_one() {
                denominator *= ratio;
            }
            if !new.is_one() {
                base *= new;
            }
            if denominator.bits() < LONG_BITS {
                numbers::fraction(c, &denominator)
            } else {
                fractions::primes_of(c, &denominator, &base)
            }
        };
        numerators.into_iter().zip(self.ratios.iter().zip(&self.bases)).map(quotient).collect()
    }
}

/// Residues of `D_k/D_(k-1)` and of `D_k` modulo a prime.
pub(super) struct Scale {
    modulus: WordModulus,
    ratios: Vec<u64>,
    wholes: Vec<u64>,
}

impl Scale {
    pub(super) fn new(modulus: &WordModulus, ratios: Vec<u64>) -> Self {
        let product = |whole: &mut u64, &ratio: &u64| {
            *whole = modulus.mul(*whole, ratio);
            Some(*whole)
        };
        let wholes = ratios.iter().scan(modulus.one(), product).collect();
        Scale { modulus: *modulus, ratios, wholes }
    }

    /// Every residue times `D_k`.
    pub(super) fn multiply(&self, residues: &mut [u64]) {
        for (c, &whole) in residues.iter_mut().zip(&self.wholes) {
            *c = self.modulus.mul(*c, whole);
        }
    }

    /// Every residue over `D_k`; `None` where one of them has no inverse.
    fn divide(&self, residues: &mut [u64]) -> Option<()> {
        let mut inverse = self.modulus.inverse(*self.wholes[..residues.len()].last()?).ok()?;
        for (c, &ratio) in residues.iter_mut().zip(&self.ratios).rev() {
            *c = self.modulus.mul(*c, inverse);
            inverse = self.modulus.mul(inverse, ratio);
        }
        Some(())
    }

    /// Every residue over `D_k/D_(k-1)`; `None` where one of them has no inverse.
    fn divide_each(&self, residues: &mut [u64]) -> Option<()> {
        let modulus = &self.modulus;
        let mut inverse = modulus.inverse(*self.wholes[..residues.len()].last()?).ok()?;
        for (k, (c, &ratio)) in residues.iter_mut().zip(&self.ratios).enumerate().rev() {
            let before = if k == 0 { modulus.one() } else { self.wholes[k - 1] };
            *c = modulus.mul(*c, modulus.mul(inverse, before));
            inverse = modulus.mul(inverse, ratio);
        }
        Some(())
    }
}

/// The coefficients of a series in the form that takes the least to reduce: as they are given, as operands, and as what images are taken of.
pub(super) struct Coefficients<N> {
    numerators: N,
    denominators: Denominators<N>,
}

/// What numerators are over.
enum Denominators<N> {
    One(u64),
    Each(N),
    /// Those of a grading but for a power of a word with the index as exponent.
    Grading(u64),
}

impl<N> Coefficients<N> {
    fn try_map<'a, M>(&'a self, map: impl Fn(&'a N) -> Result<M>) -> Result<Coefficients<M>> {
        let denominators = match &self.denominators {
            Denominators::One(denominator) => Denominators::One(*denominator),
            Denominators::Each(denominators) => Denominators::Each(map(denominators)?),
            Denominators::Grading(factor) => Denominators::Grading(*factor),
        };
        Ok(Coefficients { numerators: map(&self.numerators)?, denominators })
    }
}

impl Coefficients<Vec<BigInt>> {
    /// Of a series whose denominators divide those of the grading; images will be asked for with one that has the powers of a word besides.
    ///
    /// # Errors
    /// Kind limit.
    pub(super) fn new(g: &[BigRational], grading: &Grading, factor: u64) -> Result<Self> {
        if let Some(denominator) = fractions::common_word(g) {
            let numerators = numbers::cleared(g)?.0;
            return Ok(Coefficients { numerators, denominators: Denominators::One(denominator) });
        }
        let (mut each, mut graded) = (0, 0.0);
        for (c, whole) in g.iter().zip(grading.logarithms()) {
            let (numerator, denominator) = (c.numer().bits(), c.denom().bits());
            each += numerator + denominator;
            if numerator > 0 {
                graded += (numerator as f64 - denominator as f64 + whole).max(1.0);
            }
        }
        if (each as f64) < graded {
            let numerators = g.iter().map(|c| c.numer().clone()).collect();
            let denominators = Denominators::Each(g.iter().map(|c| c.denom().clone()).collect());
            return Ok(Coefficients { numerators, denominators });
        }
        let mut whole = BigInt::one();
        let numerator = |(c, ratio): (&BigRational, &BigInt)| {
            whole *= ratio;
            if *c.denom() == whole {
                return c.numer().clone();
            }
            numbers::signed_product(c.numer(), &numbers::div_rem(&whole, c.denom()).0)
        };
        let numerators = g.iter().zip(&grading.ratios).map(numerator).collect();
        Ok(Coefficients { numerators, denominators: Denominators::Grading(factor) })
    }

    /// # Errors
    /// Kind limit when memory is refused.
    pub(super) fn operands(&self) -> Result<Coefficients<Operand<'_>>> {
        self.try_map(|values| Operand::new(values))
    }
}

impl Coefficients<Operand<'_>> {
    /// # Errors
    /// Those of [`Operand::images`].
    pub(super) fn images(&self) -> Result<Coefficients<Images<'_>>> {
        self.try_map(Operand::images)
    }
}

impl Coefficients<Images<'_>> {
    /// The image modulo prime `i`; `None` where a denominator has no inverse.
    pub(super) fn residues(&self, i: usize, scale: &Scale) -> Option<Vec<u64>> {
        let modulus = &scale.modulus;
        let mut residues = self.numerators.residues(i);
        match &self.denominators {
            Denominators::One(1) => {}
            Denominators::One(denominator) => {
                let inverse = modulus.inverse(modulus.reduce(*denominator)).ok()?;
                residues.iter_mut().for_each(|c| *c = modulus.mul(*c, inverse));
            }
            Denominators::Each(denominators) => {
                // One inverse for all: over the product, times that of those before.
                Scale::new(modulus, denominators.residues(i)).divide_each(&mut residues)?;
            }
            Denominators::Grading(factor) => {
                if *factor > 1 {
                    let mut power = modulus.one();
                    for c in &mut residues {
                        *c = modulus.mul(*c, power);
                        power = modulus.mul(power, *factor);
                    }
                }
                scale.divide(&mut residues)?;
            }
        }
        Some(residues)
    }
}
