//! The prime modulo which a polynomial over Z is factored first, and what the degrees of its factors modulo several primes tell.
//!
//! It stands apart because it often is all that is needed: a factor over Z has, modulo every prime, a degree that is a sum of degrees of
//! factors there, and where no such number lies strictly between 0 and the degree for all of a few primes, the polynomial is
//! irreducible (D. Musser, "On the efficiency of a polynomial irreducibility test", J. ACM 25, 1978).

use crate::factor::finite;
use crate::integer::WordModulus;
use crate::ring::{PrimeField, Ring};
use crate::{Poly, Result, progress};
use num_bigint::BigInt;

/// As many primes are tried at least, and at most.
const PRIMES: (usize, usize) = (3, 9);

/// With so few factors modulo a prime no other one is looked for, once the least number of them was tried.
const FEW_FACTORS: usize = 3;

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

/// What is known modulo primes.
pub(super) struct Modular {
    /// The monic factors modulo the prime that has fewest of them.
    pub(super) factors: Vec<Poly<PrimeField>>,
    /// The degrees that factors over Z may have.
    pub(super) degrees: Degrees,
}

/// Factors modulo a prime that divides neither end of `f`, which is square-free, of degree 2 at least, with a constant coefficient; `None` where
/// `f` is irreducible.
pub(super) fn factors(f: &Poly<crate::Integers>) -> Result<Option<Modular>> {
    let n = f.len() - 1;
    let mut degrees = Degrees::all(n);
    let mut best: Option<(usize, Poly<PrimeField>)> = None;
    let mut tried = 0;
    for p in (3..).step_by(2) {
        let modulus = WordModulus::new(p)?;
        let divides = |c: Option<&BigInt>| c.is_none_or(|c| modulus.reduce_bigint(c) == 0);
        if !modulus.is_prime() || divides(f.leading_coefficient()) || divides(f.coefficients().first()) {
            continue;
        }
        let field = PrimeField::of_prime(modulus);
        let image = f.to_ring(&field).monic();
        let derivative = image.derivative();
        if field.poly_gcd(image.coefficients(), derivative.coefficients())?.len() != 1 {
            continue;
        }
        progress::report("factoring modulo primes", tried as u64, PRIMES.1 as u64)?;
        let pattern = finite::degrees(&image)?;
        degrees.intersect(&Degrees::sums(n, &pattern));
        if degrees.are_irreducible(n) {
            return Ok(None);
        }
        let count = pattern.iter().map(|(_, count)| count).sum();
        if best.as_ref().is_none_or(|(fewest, _)| count < *fewest) {
            best = Some((count, image));
        }
        tried += 1;
        let few = best.as_ref().is_some_and(|(count, _)| *count <= FEW_FACTORS);
        if tried >= PRIMES.1 || tried >= PRIMES.0 && few {
            break;
        }
    }
    let Some((_, image)) = best else { return Ok(None) };
    Ok(Some(Modular { factors: finite::squarefree_factors(&image)?, degrees }))
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
