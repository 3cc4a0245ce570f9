//! The rational roots of a square-free integer polynomial.
//!
//! It stands apart from the isolation of real roots, which takes them out first: without them no end of an interval is a root, and the roots
//! that are rational come out exactly.
//!
//! # Method
//! Roots modulo a prime that are simple, lifted by Newton's iteration until they are larger than a numerator over the leading coefficient can be
//! (R. Loos, "Computing rational zeros of integral polynomials by p-adic expansion", SIAM J. Comput. 12, 1983). Most polynomials have none modulo one of
//! a few small primes, and are done.

use super::bounds;
use crate::convolution::{integer_product, try_integer_div_rem};
use crate::integer::WordModulus;
use crate::ring::{QQ, Ring, ZZ};
use crate::{Poly, Result, Zmod};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// Primes whose product is a word.
const SMALL_PRIMES: [u64; 15] = [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];

/// The rational roots, ascending; `f` is square-free, of degree 1 or more, and its constant coefficient is not 0.
pub(super) fn rational_roots(f: &[BigInt]) -> Result<Vec<BigRational>> {
    let (Some(constant), Some(leading)) = (f.first(), f.last()) else { return Ok(Vec::new()) };
    if f.len() == 2 {
        return Ok(vec![BigRational::new(-constant, leading.clone())]);
    }
    if none_modulo_small_primes(f)? {
        return Ok(Vec::new());
    }
    let (p, residues) = simple_roots(f)?;
    let bound = integer_product(&leading.abs(), &(BigInt::one() << bounds::fujiwara(f).max(0)));
    // A wrong candidate passes once in a million.
    let wanted: BigInt = bound.clone() << 21u32;
    let mut candidates = Vec::new();
    let lifting = Lifting::new(f, p, &wanted)?;
    for r in residues {
        let (root, modulus) = lifting.lifted(r, &wanted)?;
        let mut numerator = remainder(&integer_product(leading, &root), &modulus)?;
        if &numerator << 1u32 > modulus {
            numerator -= &modulus;
        }
        if numerator.abs() <= bound {
            candidates.push(BigRational::new(numerator, leading.clone()));
        }
    }
    candidates.sort_unstable();
    if let [_, _, ..] = candidates[..] {
        // All at once.
        let factors = candidates.iter().map(|root| linear(root));
        let product = Poly::try_product(ZZ, factors.map(|c| Poly::from_vec(ZZ, c)))?;
        if ZZ.exact_quo(f, product.coefficients()).is_ok() {
            return Ok(candidates);
        }
    }
    let over_q: Vec<BigRational> = f.iter().cloned().map(BigRational::from).collect();
    let mut roots = Vec::new();
    for root in candidates {
        if QQ.evaluate(&over_q, &root)?.is_zero() {
            roots.push(root);
        }
    }
    Ok(roots)
}

/// `q*x - p` for the root `p/q`.
pub(super) fn linear(root: &BigRational) -> Vec<BigInt> {
    vec![-root.numer(), root.denom().clone()]
}

fn remainder(a: &BigInt, n: &BigInt) -> Result<BigInt> {
    let r = try_integer_div_rem(a, n)?.1;
    Ok(if r.is_negative() { r + n } else { r })
}

/// Whether there is a small prime that does not divide the leading coefficient and modulo which there is no root.
fn none_modulo_small_primes(f: &[BigInt]) -> Result<bool> {
    let all = WordModulus::new(SMALL_PRIMES.iter().product())?;
    let residues: Vec<u64> = f.iter().map(|c| all.reduce_bigint(c)).collect();
    Ok(SMALL_PRIMES.iter().any(|&p| {
        let reduced: Vec<u64> = residues.iter().map(|c| c % p).collect();
        let value = |x: u64| reduced.iter().rev().fold(0, |sum, c| (sum * x + c) % p);
        reduced.last() != Some(&0) && (0..p).all(|x| value(x) != 0)
    }))
}

/// A prime that does not divide the leading coefficient and modulo which all roots are simple, and these.
fn simple_roots(f: &[BigInt]) -> Result<(u64, Vec<u64>)> {
    /// Fewer primes than this are tried at once, where a coefficient is long and reduced by their product.
    const BATCH: usize = 3;
    let mut next = 59u64;
    loop {
        let mut primes = Vec::new();
        while primes.len() < BATCH {
            if WordModulus::new(next)?.is_prime() {
                primes.push(next);
            }
            next += 2;
        }
        // As many roots as there may be are seldom simple modulo a prime that is not much larger.
        next += next / 2 & !1;
        let all = WordModulus::new(primes.iter().product())?;
        let residues: Vec<u64> = f.iter().map(|c| all.reduce_bigint(c)).collect();
        for p in primes {
            let ring = Zmod::prime(p)?;
            let g = Poly::from_vec(ring, residues.iter().map(|c| c % p).collect());
            if g.len() < f.len() {
                continue;
            }
            let points: Vec<u64> = (0..p).collect();
            let values = g.try_eval_many(&points)?;
            let roots: Vec<u64> = points.into_iter().zip(values).filter(|(_, v)| *v == 0).map(|(x, _)| x).collect();
            if g.derivative().try_eval_many(&roots)?.iter().all(|&slope| slope != 0) {
                return Ok((p, roots));
            }
        }
    }
}

/// A polynomial whose roots modulo a prime are lifted: as long as powers of the prime are words, in words.
struct Lifting<'a> {
    f: &'a [BigInt],
    p: u64,
    /// The largest power that is wanted and below `2^63`, and the coefficients modulo it.
    power: WordModulus,
    residues: Vec<u64>,
}

impl<'a> Lifting<'a> {
    fn new(f: &'a [BigInt], p: u64, wanted: &BigInt) -> Result<Self> {
        let mut power = p;
        while BigInt::from(power) < *wanted
            && let Some(square) = power.checked_mul(power).filter(|&square| square < 1 << 63)
        {
            power = square;
        }
        let power = WordModulus::new(power)?;
        let residues = f.iter().map(|c| power.reduce_bigint(c)).collect();
        Ok(Lifting { f, p, power, residues })
    }

    /// A root modulo a power of `p`, at least `wanted`, from a simple one modulo `p`, and the power.
    fn lifted(&self, root: u64, wanted: &BigInt) -> Result<(BigInt, BigInt)> {
        let n = &self.power;
        let value_and_slope = |x: u64| {
            self.residues.iter().rev().fold((0, 0), |(value, slope), &c| {
                (n.mul_add(value, x, c), n.mul_add(slope, x, value))
            })
        };
        // Every step doubles the number of digits that are right.
        let (mut x, mut right) = (root, u128::from(self.p));
        let mut inverse = n.inverse(value_and_slope(x).1)?;
        while right < n.modulus() {
            let (value, slope) = value_and_slope(x);
            inverse = n.mul(inverse, n.sub(n.reduce(2), n.mul(slope, inverse)));
            x = n.sub(x, n.mul(value, inverse));
            right *= right;
        }
        inverse = n.inverse(value_and_slope(x).1)?;
        self.lifted_far(x, inverse, wanted)
    }

    /// From a root modulo a word, and the inverse of the slope there.
    fn lifted_far(&self, x: u64, inverse: u64, wanted: &BigInt) -> Result<(BigInt, BigInt)> {
        let (mut x, mut modulus) = (BigInt::from(x), BigInt::from(self.power.modulus()));
        let mut inverse = BigInt::from(inverse);
        while modulus < *wanted {
            let square = integer_product(&modulus, &modulus);
            let (value, slope) = value_and_slope(self.f, &x, &square)?;
            // So far that of the slope at the x before, modulo the power before. The step for x needs it modulo this one.
            let defect = BigInt::from(2) - integer_product(&slope, &inverse);
            inverse = remainder(&integer_product(&inverse, &remainder(&defect, &modulus)?), &modulus)?;
            x = remainder(&(x - integer_product(&value, &inverse)), &square)?;
            modulus = square;
        }
        Ok((x, modulus))
    }
}

fn value_and_slope(f: &[BigInt], x: &BigInt, modulus: &BigInt) -> Result<(BigInt, BigInt)> {
    let (mut value, mut slope) = (BigInt::ZERO, BigInt::ZERO);
    let long = modulus.bits() > 2000;
    for c in f.iter().rev() {
        let next = |sum: &BigInt, c: &BigInt| {
            let sum = integer_product(sum, x) + c;
            if long { remainder(&sum, modulus) } else { Ok(sum.mod_floor(modulus)) }
        };
        slope = next(&slope, &value)?;
        value = next(&value, c)?;
    }
    Ok((value, slope))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roots(text: &str) -> String {
        let f = ZZ.parse(text).unwrap();
        let roots = rational_roots(f.coefficients()).unwrap();
        roots.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn known_roots() {
        assert_eq!(roots("3*x + 2"), "-2/3");
        assert_eq!(roots("x^2 - 2"), "");
        assert_eq!(roots("x^2 - 4"), "-2 2");
        assert_eq!(roots("(2*x - 3)*(5*x + 7)*(x^2 + 1)*(x^3 - 2)"), "-7/5 3/2");
        assert_eq!(roots("(10^40*x - 3)*(x + 10^50)"), "-100000000000000000000000000000000000000000000000000 3/10000000000000000000000000000000000000000");
        // Roots modulo every prime, and none over Q.
        assert_eq!(roots("(x^2 - 13)*(x^2 - 17)*(x^2 - 221)"), "");
        assert_eq!(roots("(x^2 - 13)*(x^2 - 17)*(x^2 - 221)*(7*x - 1)"), "1/7");
        // Leading coefficients that all small primes divide.
        let primorial: u64 = SMALL_PRIMES.iter().product();
        assert_eq!(roots(&format!("({primorial}*x - 1)*(x - 1)")), format!("1/{primorial} 1"));
        let many = Poly::from_roots(ZZ, 1..=120);
        assert_eq!(rational_roots(many.coefficients()).unwrap().len(), 120);
    }
}
