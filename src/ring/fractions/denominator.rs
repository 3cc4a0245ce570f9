//! Numerators over one common denominator in lowest terms: `x/d = (x/g) / (d/g)` with `g = gcd(x, d)`, for many `x`.
//!
//! It stands apart because the denominator is prepared once and no step for a numerator depends on the numerator: a gcd takes a
//! branch that cannot be foreseen a bit.
//!
//! # Method
//! The denominators of practice are products of small primes. For each power of a prime that divides the denominator one
//! multiplication by its inverse modulo 2^64 tells whether it divides the numerator as well; the inverse of the common factor is
//! the product of the inverses of the primes that do, and quotients are products with that. Numerators of several limbs are
//! remaindered first, up to a power of two: modulo an odd number, from the lowest limb on. What is left of the denominator
//! takes a gcd of words.
//!
//! # Source
//! Divisibility by the inverse: T. Granlund, P. Montgomery, "Division by invariant integers using multiplication",
//! PLDI 1994, section 9. From the lowest limb on: T. Jebelean, "An algorithm for exact division", J. Symb. Comp. 15 (1993).

use crate::integer::bigints;
use crate::integer::limbs::{inverse_mod_word, trimmed};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use std::hint::select_unpredictable;

/// Odd primes that are looked for in a denominator.
const PRIMES: [u64; 24] =
    [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97];

/// Powers of primes that are looked for in a numerator; what is left takes a gcd.
const STEPS: usize = 16;

/// A power of a prime.
#[derive(Clone, Copy)]
struct Step {
    /// Its inverse modulo 2^64.
    inverse: u64,
    /// The largest quotient by it: only multiples have a product with the inverse that small.
    most: u64,
    /// The inverse of the prime modulo 2^64.
    prime_inverse: u64,
}

/// The powers of each prime, from the first on.
static POWERS: [[Step; STEPS]; PRIMES.len()] = {
    let none = Step { inverse: 1, most: 0, prime_inverse: 1 };
    let mut table = [[none; STEPS]; PRIMES.len()];
    let mut k = 0;
    while k < PRIMES.len() {
        let prime = PRIMES[k];
        let prime_inverse = inverse_mod_word(prime);
        let (mut inverse, mut most, mut power) = (1u64, u64::MAX, 0);
        while power < STEPS {
            inverse = inverse.wrapping_mul(prime_inverse);
            most /= prime;
            table[k][power] = Step { inverse, most, prime_inverse };
            power += 1;
        }
        k += 1;
    }
    table
};

/// The odd primes of [`smooth`], which are the first ones, and their product.
const RADICAL: (usize, u64) = {
    let (mut product, mut k) = (1, 0);
    while k < 15 {
        product *= PRIMES[k];
        k += 1;
    }
    (k, product)
};

/// The first odd primes of an odd number, as far as a word holds their powers, and the rest.
pub(super) fn smooth(value: u128) -> (u64, u128) {
    const INVERSE: u64 = inverse_mod_word(RADICAL.1);
    let residue = shifted_residue(&[value as u64, (value >> 64) as u64], RADICAL.1, INVERSE);
    let (mut part, mut rest) = (1u64, value);
    for (powers, prime) in POWERS.iter().zip(PRIMES).take(RADICAL.0) {
        if residue.wrapping_mul(powers[0].inverse) > powers[0].most {
            continue;
        }
        while let Some(more) = part.checked_mul(prime) {
            let quotient = rest / u128::from(prime);
            if quotient * u128::from(prime) != rest {
                break;
            }
            (part, rest) = (more, quotient);
        }
    }
    (part, rest)
}

/// A word, with what finds the factors that it shares with many numbers.
pub(super) struct Divisor {
    value: u64,
    twos: u32,
    /// The word without factors of two, and the inverse of that.
    odd: u64,
    inverse: u64,
    steps: [Step; STEPS],
    count: usize,
    /// The part of the word without twos and without the primes of the steps.
    rest: u64,
}

impl Divisor {
    #[inline]
    pub(super) fn new(value: u64) -> Self {
        let twos = value.trailing_zeros();
        let odd = value >> twos;
        let mut steps = [POWERS[0][0]; STEPS];
        let (mut rest, mut count) = (odd, 0);
        for powers in &POWERS {
            if rest == 1 || count == STEPS {
                break;
            }
            let prime = powers[0];
            for (power, step) in powers.iter().zip(&mut steps[count..]) {
                let quotient = rest.wrapping_mul(prime.inverse);
                if quotient > prime.most {
                    break;
                }
                rest = quotient;
                *step = *power;
                count += 1;
            }
        }
        Divisor { value, twos, odd, inverse: inverse_mod_word(odd), steps, count, rest }
    }

    /// `x` and the word without what they share.
    #[inline(always)]
    fn cancel_word(&self, x: u64) -> (u64, u64) {
        let twos = self.twos.min(x.trailing_zeros());
        let mut scale = 1u64;
        for step in &self.steps[..self.count] {
            let divides = x.wrapping_mul(step.inverse) <= step.most;
            scale = scale.wrapping_mul(select_unpredictable(divides, step.prime_inverse, 1));
        }
        let (x, rest) = ((x >> twos).wrapping_mul(scale), (self.value >> twos).wrapping_mul(scale));
        if self.rest == 1 {
            return (x, rest);
        }
        // A prime of the steps may be left in the rest, where the word has a high power of it; then it is left in `x` too.
        let common = x.gcd(&self.rest);
        (x / common, rest / common)
    }

    /// What a natural number that is not 0 shares with the odd part of the word, and the inverse of that modulo 2^64.
    #[inline(always)]
    pub(super) fn odd_common(&self, x: &[u64]) -> (u64, u64) {
        let residue = shifted_residue(x, self.odd, self.inverse);
        let mut scale = 1u64;
        for step in &self.steps[..self.count] {
            let divides = residue.wrapping_mul(step.inverse) <= step.most;
            scale = scale.wrapping_mul(select_unpredictable(divides, step.prime_inverse, 1));
        }
        // The quotient of the odd part by what is found, and so that itself.
        let mut common = self.odd / self.odd.wrapping_mul(scale);
        if self.rest > 1 {
            let more = residue.wrapping_mul(scale).gcd(&self.rest);
            // The residue shares with the word what x does, the quotient of the residue by a part of that the other part.
            common *= more;
            scale = scale.wrapping_mul(inverse_mod_word(more));
        }
        (common, scale)
    }

    /// Divides a natural number that is not 0 by what it shares with the word; returns the rest of the word.
    #[inline(always)]
    fn cancel(&self, x: &mut [u64]) -> u64 {
        let twos = self.twos.min(x[0].trailing_zeros());
        let (common, scale) = self.odd_common(x);
        let mut owed = 0;
        for k in 0..x.len() {
            let above = x.get(k + 1).copied().unwrap_or(0);
            let limb = x[k] >> twos | above << 1 << (63 - twos);
            let (value, borrow) = limb.overflowing_sub(owed);
            let digit = value.wrapping_mul(scale);
            x[k] = digit;
            owed = high(digit, common) + u64::from(borrow);
        }
        debug_assert_eq!(owed, 0, "a common factor divides");
        (self.value >> twos).wrapping_mul(scale)
    }
}

/// `-x / 2^(64 len)` modulo an odd word, at most that word, which stands for 0 then.
#[inline(always)]
pub(super) fn shifted_residue(x: &[u64], odd: u64, inverse: u64) -> u64 {
    let mut residue = 0;
    for &limb in x {
        let (value, borrow) = limb.overflowing_sub(residue);
        residue = high(value.wrapping_mul(inverse), odd) + u64::from(borrow);
    }
    residue
}

/// The high word of a product.
#[inline(always)]
fn high(x: u64, y: u64) -> u64 {
    ((u128::from(x) * u128::from(y)) >> 64) as u64
}

/// A denominator of one word or of two, as one factor or two.
pub(super) struct Denominator {
    first: Divisor,
    second: Option<Box<Divisor>>,
}

impl Denominator {
    /// The product of two words; `None` when it is 1.
    #[inline]
    pub(super) fn new(m: u64, n: u64) -> Option<Self> {
        match m.checked_mul(n) {
            Some(1) => None,
            Some(product) => Some(Denominator { first: Divisor::new(product), second: None }),
            None => Some(Denominator { first: Divisor::new(m), second: Some(Box::new(Divisor::new(n))) }),
        }
    }

    /// A row in two's complement over this denominator, in lowest terms, in the memory of a fraction that is there.
    ///
    /// Values go from here to their place in one expression where they are words: what is put together from alternatives is written
    /// in parts and then moved as a whole, which waits for the parts and takes longer than all the rest.
    #[inline(always)]
    pub(super) fn write<const W: usize>(&self, row: &[u64; W], to: &mut BigRational) {
        let mask = ((row[W - 1] as i64) >> 63) as u64;
        let (mut magnitude, mut carry) = ([0; W], mask & 1);
        for k in 0..W {
            let (value, over) = (row[k] ^ mask).overflowing_add(carry);
            carry = u64::from(over);
            magnitude[k] = value;
        }
        let long = magnitude[1..].iter().any(|&limb| limb != 0);
        if long || magnitude[0] >> 63 == 1 || self.second.is_some() {
            return self.write_long(&mut magnitude, mask, to);
        }
        let (x, denominator) = self.first.cancel_word(magnitude[0]);
        let word = (x ^ mask).wrapping_sub(mask) as i64;
        *to = BigRational::new_raw(word.into(), natural(denominator));
    }

    /// The same for a natural number, which is spoilt, with a sign: all ones for a minus.
    #[inline(always)]
    pub(super) fn write_long(&self, magnitude: &mut [u64], mask: u64, to: &mut BigRational) {
        let len = trimmed(magnitude).len();
        let x = &mut magnitude[..len];
        if x.is_empty() {
            *to = BigRational::new_raw(BigInt::ZERO, natural(1));
            return;
        }
        // What is left after the first factor shares nothing with the rest of that factor, nor does its quotient by the second.
        let first = self.first.cancel(x);
        let second = self.second.as_ref().map_or(1, |second| second.cancel(x));
        let x = trimmed(x);
        if x.len() == 1 && x[0] >> 63 == 0 && second == 1 {
            let word = (x[0] ^ mask).wrapping_sub(mask) as i64;
            *to = BigRational::new_raw(word.into(), natural(first));
            return;
        }
        let (mut numerator, _) = super::taken(to);
        bigints::assign_magnitude(&mut numerator, if mask == 0 { Sign::Plus } else { Sign::Minus }, x);
        let denominator = match second {
            1 => natural(first),
            _ => (u128::from(first) * u128::from(second)).into(),
        };
        *to = BigRational::new_raw(numerator, denominator);
    }
}

/// A word as an integer.
#[inline(always)]
fn natural(word: u64) -> BigInt {
    BigInt::from_biguint(Sign::Plus, BigUint::from(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smooth_parts() {
        assert_eq!(RADICAL.1, PRIMES[..15].iter().product::<u64>());
        let cases = [
            (1, 1),
            (3u128.pow(40) * 59, 3u64.pow(40)),
            (3u128.pow(80), 3u64.pow(40)),
            (59 * 61, 1),
            (59 * 53, 53),
            (u128::from(RADICAL.1) * 3, RADICAL.1 / 53 * 3),
            (25 * ((1 << 61) - 1), 25),
        ];
        for (value, part) in cases {
            assert_eq!(smooth(value), (part, value / u128::from(part)), "{value}");
        }
    }

    #[test]
    fn divisors_against_the_gcd() {
        let mut state = 88_172_645_463_325_252u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        let words = [
            1,
            2,
            3,
            4,
            96,
            720_720,
            720_720 * 720_720,
            101 * 103 * 97,
            1 << 63,
            u64::MAX,
            (1 << 61) - 1,
            3u64.pow(40),
            3u64.pow(20) * 5u64.pow(10) * 101,
        ];
        for value in words {
            let divisor = Divisor::new(value);
            for k in 0..400 {
                let x = match k {
                    0 => 0,
                    1 => u64::MAX,
                    2 => value,
                    _ if k % 3 == 0 => next(),
                    _ if k % 3 == 1 => (next() % value.min(1000)).wrapping_mul(value >> (k % 23)),
                    _ => 3u64.pow(k % 41),
                };
                let common = x.gcd(&value);
                assert_eq!(divisor.cancel_word(x), (x / common, value / common), "{x} and {value}");
                let mut long = [x, next() >> 1, 0];
                let whole = u128::from(long[1]) << 64 | u128::from(x);
                let scaled = if k % 2 == 0 { whole } else { (whole >> 66) * u128::from(value) };
                if scaled == 0 {
                    continue;
                }
                long = [scaled as u64, (scaled >> 64) as u64, 0];
                let common = (scaled % u128::from(value)) as u64;
                let common = common.gcd(&value);
                assert_eq!(divisor.cancel(&mut long), value / common, "{scaled} and {value}");
                let quotient = scaled / u128::from(common);
                assert_eq!(long, [quotient as u64, (quotient >> 64) as u64, 0], "{scaled} and {value}");
            }
        }
    }
}
