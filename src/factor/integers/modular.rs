//! The prime modulo which a polynomial over Z is factored first, and what the degrees of its factors modulo several primes tell.
//!
//! It stands apart because it often is all that is needed: a factor over Z has, modulo every prime, a degree that is a sum of degrees of
//! factors there, and where no such number lies strictly between 0 and the degree for all of a few primes, the polynomial is
//! irreducible (D. Musser, "On the efficiency of a polynomial irreducibility test", J. ACM 25, 1978).

use crate::factor::finite::Distinct;
use crate::integer::WordModulus;
use crate::ring::{FiniteField, Integers, PrimeField, Ring};
use crate::{Poly, Result, progress};
use num_bigint::BigInt;

/// So many primes are tried, and twice as many where none of them has few factors but some prime might, or where a factor that was found may have
/// factors. Six primes took half of the time of polynomials of degree 900 with 32 factors modulo the best of them.
const PRIMES: usize = 3;

/// The degrees that a factor may have.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Degrees {
    n: usize,
    bits: Vec<u64>,
}

impl Degrees {
    /// All from 0 to `n`.
    fn all(n: usize) -> Self {
        let mut bits = vec![u64::MAX; n / 64 + 1];
        bits[n / 64] >>= 63 - n % 64;
        Degrees { n, bits }
    }

    /// The sums of some degrees, each with its count.
    fn sums(n: usize, pattern: &[(usize, usize)]) -> Self {
        let mut bits = vec![0; n / 64 + 1];
        bits[0] = 1;
        for &(degree, count) in pattern {
            for _ in 0..count {
                for i in (degree / 64..bits.len()).rev() {
                    let mut moved = bits[i - degree / 64] << (degree % 64);
                    if !degree.is_multiple_of(64) && i > degree / 64 {
                        moved |= bits[i - degree / 64 - 1] >> (64 - degree % 64);
                    }
                    bits[i] |= moved;
                }
            }
        }
        Degrees { n, bits }
    }

    fn intersect(&mut self, other: &Self) {
        self.bits.iter_mut().zip(&other.bits).for_each(|(a, b)| *a &= b);
    }

    pub(super) fn contains(&self, degree: usize) -> bool {
        degree <= self.n && self.bits[degree / 64] >> (degree % 64) & 1 == 1
    }

    /// Whether a factor of this degree has no factor but 1 and itself.
    pub(super) fn are_irreducible(&self, degree: usize) -> bool {
        (1..=degree / 2).all(|k| !(self.contains(k) && self.contains(degree - k)))
    }
}

/// A square-free polynomial modulo a prime.
pub(super) enum Image {
    /// Its factors, where the field has a way of its own to all of them at once.
    Factors(Vec<Poly<PrimeField>>),
    /// The products of those of each degree.
    Parts(Distinct<PrimeField>),
}

impl Image {
    /// The degrees of factors, each with their count.
    fn degrees(&self) -> Vec<(usize, usize)> {
        match self {
            Image::Factors(factors) => factors.iter().map(|factor| (factor.len() - 1, 1)).collect(),
            Image::Parts(parts) => parts.degrees(),
        }
    }

    /// Products of factors of one degree, each with the degree.
    pub(super) fn parts(&self) -> Vec<(&Poly<PrimeField>, usize)> {
        match self {
            Image::Factors(factors) => factors.iter().map(|factor| (factor, factor.len() - 1)).collect(),
            Image::Parts(parts) => parts.parts.iter().map(|(part, degree)| (part, *degree)).collect(),
        }
    }
}

/// What is known of a polynomial modulo primes.
pub(super) struct Modular {
    f: Poly<Integers>,
    /// The degrees that factors over Z may have.
    pub(super) degrees: Degrees,
    /// The number of factors modulo a prime, and the image that has fewest of them.
    best: Option<(usize, Image)>,
    /// The last number that was looked at.
    last: u64,
}

impl Modular {
    /// Of a polynomial that is square-free, of degree 2 at least, with a constant coefficient.
    pub(super) fn new(f: &Poly<Integers>) -> Self {
        Modular { f: f.clone(), degrees: Degrees::all(f.len() - 1), best: None, last: 1 }
    }

    /// Takes some more primes into account, until one of them has at most `few` factors, or all of the first ones more than twice as many; whether `f`
    /// is known to be irreducible then.
    pub(super) fn is_irreducible(&mut self, few: usize) -> Result<bool> {
        let n = self.f.len() - 1;
        for done in 0..2 * PRIMES {
            if self.degrees.are_irreducible(n) {
                return Ok(true);
            }
            let fewest = self.best.as_ref().map_or(0, |(count, _)| *count);
            if done >= PRIMES && few > 0 && !(few + 1..=2 * few).contains(&fewest) {
                break;
            }
            progress::report("factoring modulo primes", done as u64, 2 * PRIMES as u64)?;
            let image = self.next_image()?;
            let pattern = image.degrees();
            self.degrees.intersect(&Degrees::sums(n, &pattern));
            let count = pattern.iter().map(|(_, count)| count).sum();
            if self.best.as_ref().is_none_or(|(fewest, _)| count < *fewest) {
                self.best = Some((count, image));
            }
        }
        Ok(self.degrees.are_irreducible(n))
    }

    /// The monic factors modulo the prime that has fewest of them, of those that were tried; none the next time.
    pub(super) fn factors(&mut self) -> Result<Vec<Poly<PrimeField>>> {
        match self.best.take() {
            Some((_, Image::Factors(factors))) => Ok(factors),
            Some((_, Image::Parts(parts))) => parts.split(),
            None => Ok(Vec::new()),
        }
    }

    /// The image modulo the next prime that divides neither end of `f` and leaves it square-free.
    pub(super) fn next_image(&mut self) -> Result<Image> {
        loop {
            self.last += 2;
            let modulus = WordModulus::new(self.last)?;
            let divides = |c: Option<&BigInt>| c.is_none_or(|c| modulus.reduce_bigint(c) == 0);
            if !modulus.is_prime()
                || divides(self.f.leading_coefficient())
                || divides(self.f.coefficients().first())
            {
                continue;
            }
            let field = PrimeField::of_prime(modulus);
            let image = self.f.to_ring(&field).monic();
            if let Some(factors) = field.own_factors(image.coefficients()) {
                if factors.iter().all(|(_, exponent)| *exponent == 1) {
                    let factors = factors.into_iter().map(|(f, _)| Poly::from_vec(field, f));
                    return Ok(Image::Factors(factors.collect()));
                }
                continue;
            }
            let derivative = image.derivative();
            if field.poly_gcd(image.coefficients(), derivative.coefficients())?.len() == 1 {
                return Ok(Image::Parts(Distinct::of(&image)?));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_degrees() {
        let sums = Degrees::sums(10, &[(2, 2), (6, 1)]);
        let members: Vec<usize> = (0..12).filter(|&d| sums.contains(d)).collect();
        assert_eq!(members, [0, 2, 4, 6, 8, 10]);
        assert!(sums.are_irreducible(2) && !sums.are_irreducible(10) && !sums.are_irreducible(4));
        let mut other = Degrees::sums(10, &[(5, 2)]);
        other.intersect(&sums);
        assert!(other.are_irreducible(10) && !other.contains(5));
        for n in [63, 64, 65, 200] {
            let all = Degrees::all(n);
            assert!((0..=n).all(|d| all.contains(d)) && !all.contains(n + 1));
            let far = Degrees::sums(n, &[(n - 1, 1), (1, 1)]);
            assert_eq!((0..=n).filter(|&d| far.contains(d)).collect::<Vec<_>>(), [0, 1, n - 1, n]);
            assert_eq!(Degrees::sums(n, &[(1, n)]), all);
        }
    }
}
