//! Fractions over denominators whose primes are known to divide a small number, in lowest terms.
//!
//! They stand apart because the factor to cancel takes no gcd of long numbers then: what a numerator shares with the small number says which primes count,
//! and most of the time there are none, or a few that fit in a word.
//!
//! # Method
//! With `h = gcd(base, n)` every prime that numerator `n` and denominator `d` share divides `h`. They are divided by `gcd(h, n, d)`, which then takes the place of `h`, until it is 1: a
//! prime leaves `h` when it no longer divides both, and for long numbers and after two rounds powers of `h` take its place, ever longer ones, but the gcd where `h` has most of the primes. The small number is a factor that the denominator is a power of, or for denominators of any kind what they share with the product of
//! all numerators.

use crate::convolution::integer_product::ExactDivisor;
use crate::integer::gcd::{gcd, word::gcd_words};
use crate::ring::numbers;
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Zero};

/// So often what primes share is cancelled as it is found in shorter ones; then by powers.
const ROUNDS: u32 = 2;

/// Bits of the powers by which fractions are cancelled, the first and the longest: divisions by longer ones would not be linear.
const FIRST_BITS: u64 = 1 << 8;
const POWER_BITS: u64 = 1 << 11;

/// Numerators of so many bits are cancelled by powers at once: passes over them are what costs.
const LONG_BITS: u64 = 1 << 12;

/// Whether finding common primes by a number of so many bits is less work than a gcd with the denominator.
pub(super) fn pays(base: u64, denominator: &BigInt) -> bool {
    let bits = denominator.bits();
    2 * base <= bits || (base <= 64 && bits > 64)
}

/// `numerator / denominator` in lowest terms, where every prime of the positive denominator that divides the numerator divides `base`.
pub(super) fn fraction(numerator: BigInt, denominator: &BigInt, base: &BigUint) -> BigRational {
    if numerator.is_zero() {
        return BigRational::zero();
    }
    let shared = match u64::try_from(base) {
        Ok(base) => gcd_words(rest(&numerator, base), base).into(),
        Err(_) => gcd(base, numbers::div_rem(&numerator, &base.clone().into()).1.magnitude()),
    };
    match u64::try_from(&shared) {
        Ok(1) => BigRational::new_raw(numerator, denominator.clone()),
        Ok(shared) if numerator.bits() < LONG_BITS => cancelled(numerator, denominator.clone(), shared),
        // Where much of all primes is shared, their powers mostly are.
        _ if shared.bits() > FIRST_BITS && 4 * shared.bits() > base.bits() => {
            numbers::fraction(numerator, denominator)
        }
        _ => powers_cancelled(numerator, denominator.clone(), shared),
    }
}

/// The same, where every such prime divides a word that divides the numerator.
fn cancelled(mut numerator: BigInt, mut denominator: BigInt, mut shared: u64) -> BigRational {
    for _ in 0..ROUNDS {
        shared = gcd_words(shared, rest(&denominator, shared));
        if shared == 1 {
            return BigRational::new_raw(numerator, denominator);
        }
        numerator /= shared;
        denominator /= shared;
        shared = gcd_words(shared, rest(&numerator, shared));
    }
    if shared == 1 {
        BigRational::new_raw(numerator, denominator)
    } else {
        powers_cancelled(numerator, denominator, shared.into())
    }
}

/// The same, where every such prime divides a number that divides the numerator: by what both share with its powers, twice as long in every round.
fn powers_cancelled(mut numerator: BigInt, mut denominator: BigInt, mut shared: BigUint) -> BigRational {
    let mut bits = FIRST_BITS;
    loop {
        shared = gcd(&shared, &(denominator.magnitude() % &shared));
        if shared.is_one() {
            return BigRational::new_raw(numerator, denominator);
        }
        let power = shared.pow((bits / shared.bits()).max(1) as u32);
        let common = gcd(&power, &(numerator.magnitude() % &power));
        let common = gcd(&common, &(denominator.magnitude() % &common));
        let mut divisor = ExactDivisor::new(&common);
        for value in [&mut numerator, &mut denominator] {
            *value = divisor.quotient(value).expect("a multiple of a common divisor");
        }
        shared = gcd(&shared, &(numerator.magnitude() % &shared));
        bits = (2 * bits).min(POWER_BITS);
    }
}

/// `|x|` modulo a word that is not 0.
fn rest(x: &BigInt, word: u64) -> u64 {
    (x.magnitude() % word).iter_u64_digits().next().unwrap_or(0)
}

/// A small number with all primes that the denominator shares with one of the numerators; `None` where it is not small.
pub(super) fn shared(numerators: &[BigInt], denominator: &BigInt) -> Option<BigUint> {
    // Where numerators share more and more from one to the other, as those of power series do, it shows at an end.
    let few = |shared: &BigUint| 8 * shared.bits() <= denominator.bits();
    let mut nonzero = numerators.iter().filter(|c| !c.is_zero());
    let mut ends = nonzero.next().into_iter().chain(nonzero.next_back());
    if !ends.all(|c| few(&gcd(denominator.magnitude(), c.magnitude()))) {
        return None;
    }
    let mut product = BigInt::one();
    for c in numerators.iter().filter(|c| !c.is_zero()) {
        product = numbers::signed_product(&product, &numbers::div_rem(c, denominator).1);
        product = numbers::div_rem(&product, denominator).1;
    }
    Some(gcd(denominator.magnitude(), product.magnitude())).filter(|shared| pays(shared.bits(), denominator))
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::Sign;
    use proptest::{collection::vec, prelude::*};

    fn signed(n: &[u32], negative: bool) -> BigInt {
        BigInt::from_biguint(if negative { Sign::Minus } else { Sign::Plus }, BigUint::new(n.to_vec()))
    }

    proptest! {
        #[test]
        fn lowest_terms(n in vec(any::<u32>(), 0..12), negative: bool, base in 1u128..1 << 100, small in 1u32..5000, e in 1u32..20, f in 0u32..9) {
            for base in [BigUint::from(small), BigUint::from(base as u64 | 1), BigUint::from(base)] {
                let denominator = BigInt::from(base.pow(e));
                for n in [signed(&n, negative), signed(&n, negative) * BigInt::from(base.pow(f)), BigInt::from(base.pow(f)) * small] {
                    prop_assert_eq!(fraction(n.clone(), &denominator, &base), BigRational::new(n, denominator.clone()));
                }
            }
        }

        #[test]
        fn some_primes_are_shared(n in vec(vec(any::<u32>(), 0..6), 1..6), d in vec(any::<u32>(), 6..9), small in 1u32..40, e in 0u32..12, f in 0u32..12) {
            let denominator = (signed(&d, false) + 1) * BigInt::from(small).pow(e);
            let mut numerators: Vec<BigInt> = n.iter().map(|n| signed(n, true) * BigInt::from(small).pow(f)).collect();
            // Odd and even polynomials have zeros at their ends.
            numerators.insert(0, BigInt::ZERO);
            numerators.push(BigInt::ZERO);
            if let Some(base) = shared(&numerators, &denominator) {
                for n in numerators {
                    prop_assert_eq!(fraction(n.clone(), &denominator, &base), BigRational::new(n, denominator.clone()));
                }
            }
        }
    }
    /// Few primes are found between zeros at both ends, and many are left to the gcd.
    #[test]
    fn few_primes_or_none() {
        let power = |base: u32, e: u32| BigInt::from(base).pow(e);
        let denominator: BigInt = power(7, 100) * 12u8;
        let numerators = [BigInt::ZERO, power(10, 30) + 2u8, 5.into(), 9.into(), BigInt::ZERO];
        let base = shared(&numerators, &denominator).expect("6 at most");
        assert!(num_integer::Integer::is_multiple_of(&base, &6u8.into()));
        assert_eq!(shared(&[power(7, 60), 1.into()], &denominator), None);
        let fourteen = BigUint::from(14u8);
        for e in 0..10 {
            let n = power(14, e) * 3u8;
            assert_eq!(fraction(n.clone(), &power(14, 9), &fourteen), BigRational::new(n, power(14, 9)));
        }
    }
}
