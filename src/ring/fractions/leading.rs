//! A word or a double word as the leading coefficient of a divisor, and fractions over products of its divisors in lowest terms.
//!
//! It stands apart from [`powers`](super::powers), whose numbers have any length: here most gcds are tests by inverses of primes, and one gcd tells for all
//! numerators at once that they share no other prime with the leading coefficient.
//!
//! # Method
//! The leading coefficient is a power of two times powers of small primes times a rest. Zeros at the end tell about the first, [`Divisor`] about the
//! second; the product of the residues of all numerators modulo the rest is nearly always prime to it. What a numerator shares with these numbers is
//! divided out of it and of the denominator as often as both have it.

use super::denominator::{Divisor, shifted_residue, smooth};
use crate::integer::{
    bigints::from_magnitude,
    gcd::word::{gcd_double_words, gcd_words},
    limbs::{div_exact_odd, inverse_mod_word, mul_word, shift_right, trimmed},
};
use num_bigint::Sign;
use num_rational::BigRational;
use num_traits::Zero;

/// Leading coefficients have fewer bits: a step of [`Odd::residue`] stays below 2^128.
pub(super) const MOST_BITS: u64 = 126;

/// An odd word or double word below 2^126.
#[derive(Clone, Copy)]
struct Odd {
    value: u128,
    /// That of the low limb modulo 2^64.
    inverse: u64,
}

impl Odd {
    fn new(value: u128) -> Self {
        Odd { value, inverse: inverse_mod_word(value as u64) }
    }

    /// `x / 2^(64 len)` modulo this number, or its negative, and perhaps this number itself for 0.
    fn residue(&self, x: &[u64]) -> u128 {
        let [low, high] = limbs(self.value);
        if high == 0 {
            return shifted_residue(x, low, self.inverse).into();
        }
        let mut residue = 0u128;
        for &limb in x {
            // At most the modulus and 2^64, then at most the modulus and one.
            let sum = residue + u128::from(limb);
            let digit = (sum as u64).wrapping_mul(self.inverse).wrapping_neg();
            let carry = u128::from(digit) * u128::from(low) + u128::from(sum as u64);
            residue = (sum >> 64) + (carry >> 64) + u128::from(digit) * u128::from(high);
        }
        if residue >= self.value { residue - self.value } else { residue }
    }

    /// A product times a power of two modulo this number, or its negative.
    fn product(&self, x: u128, y: u128) -> u128 {
        let [low, high] = limbs(x);
        let mut product = [low, high, 0, 0];
        mul_double(&mut product, y);
        self.residue(&product)
    }

    /// What it shares with a natural number.
    fn shared(&self, x: &[u64]) -> u128 {
        if self.value == 1 { 1 } else { gcd_double_words(self.value, self.residue(x)) }
    }
}

/// A number from 1 to below `2^`[`MOST_BITS`].
pub(super) struct Leading {
    twos: u32,
    odd: Odd,
}

impl Leading {
    pub(super) fn new(value: u128) -> Self {
        let twos = value.trailing_zeros();
        Leading { twos, odd: Odd::new(value >> twos) }
    }

    pub(super) fn value(&self) -> u128 {
        self.odd.value << self.twos
    }

    /// What it shares with a natural number that is not 0.
    pub(super) fn shared(&self, x: &[u64]) -> u128 {
        self.odd.shared(x) << self.twos.min(trailing_zeros(x))
    }
}

/// Those of a natural number that is not 0.
fn trailing_zeros(x: &[u64]) -> u32 {
    let zeros = x.iter().take_while(|&&limb| limb == 0).count();
    64 * zeros as u32 + x[zeros].trailing_zeros()
}

/// The limbs of a product with a double word, from those of the other factor, one after the other.
pub(super) struct Multiples {
    low: u64,
    high: u64,
    /// The limb before, and what the products with the two words carry.
    before: u64,
    first: u64,
    second: u64,
}

impl Multiples {
    #[inline(always)]
    pub(super) fn of(y: u128) -> Self {
        let [low, high] = limbs(y);
        Multiples { low, high, before: 0, first: 0, second: 0 }
    }

    #[inline(always)]
    pub(super) fn next(&mut self, limb: u64) -> u64 {
        let t = u128::from(limb) * u128::from(self.low) + u128::from(self.first);
        // At most (B-1)^2 + 2(B-1) = B^2 - 1.
        let u =
            u128::from(self.before) * u128::from(self.high) + u128::from(t as u64) + u128::from(self.second);
        (self.before, self.first, self.second) = (limb, (t >> 64) as u64, (u >> 64) as u64);
        u as u64
    }
}

/// Multiplies by a double word, modulo the size of the limbs.
pub(super) fn mul_double(x: &mut [u64], y: u128) {
    let mut multiples = Multiples::of(y);
    for limb in x {
        *limb = multiples.next(*limb);
    }
}

/// The two limbs of a double word.
pub(super) fn limbs(x: u128) -> [u64; 2] {
    [x as u64, (x >> 64) as u64]
}

/// Multiplies a natural number by another one; by 0 nothing is left.
pub(super) fn times(x: &mut Vec<u64>, y: u128) {
    match limbs(y) {
        [0, 0] => x.clear(),
        [1, 0] => {}
        [word, 0] => {
            let carry = mul_word(x, word, 0);
            if carry > 0 {
                x.push(carry);
            }
        }
        _ => {
            x.extend([0; 2]);
            mul_double(x, y);
            x.truncate(trimmed(x).len());
        }
    }
}

/// Divides a natural number by one that divides it.
pub(super) fn divide(x: &mut Vec<u64>, by: u128) {
    if by == 1 {
        return;
    }
    let twos = by.trailing_zeros();
    shift(x, twos);
    let odd = by >> twos;
    if odd > 1 {
        div_exact_odd(x, trimmed(&limbs(odd)), inverse_mod_word(odd as u64));
    }
    x.truncate(trimmed(x).len());
}

/// Divides by a power of two, which divides.
fn shift(x: &mut Vec<u64>, twos: u32) {
    if twos >= 64 {
        x.drain(..(twos / 64) as usize);
    }
    let bits = twos % 64;
    if bits > 0 {
        shift_right(x, bits);
        x.truncate(trimmed(x).len());
    }
}

/// Numerators over products of divisors of a leading coefficient.
pub(super) struct Terms {
    /// The primes that are looked for in each numerator: those of a word, and small ones of the leading coefficient.
    primes: Divisor,
    more: Option<Box<Divisor>>,
    /// What the small ones leave of the leading coefficient, or 1 where no numerator has a prime of that.
    rest: Odd,
    /// The products of the first factors, of none, of one, and so on, and where each ends.
    products: Vec<u64>,
    ends: Vec<usize>,
    /// A numerator and a denominator.
    numerator: Vec<u64>,
    denominator: Vec<u64>,
}

impl Terms {
    /// The factors divide the leading coefficient; the word is a multiple of those that numerators will be over.
    pub(super) fn new(leading: &Leading, factors: &[u128], word: u64) -> Self {
        let (part, rest) = smooth(leading.odd.value);
        let (primes, more) = match part.checked_mul(word) {
            Some(product) => (product, None),
            None => (part, Some(Box::new(Divisor::new(word)))),
        };
        let len = 2 * factors.len();
        let mut products = Vec::with_capacity((len + 2) * (factors.len() + 1) / 2);
        let mut ends = Vec::with_capacity(factors.len() + 1);
        let mut product = Vec::with_capacity(len + 3);
        product.push(1);
        for factor in factors.iter().map(Some).chain([None]) {
            products.extend_from_slice(&product);
            ends.push(products.len());
            times(&mut product, *factor.unwrap_or(&1));
        }
        let [numerator, denominator] = [(); 2].map(|()| Vec::with_capacity(len + 6));
        Terms {
            primes: Divisor::new(primes),
            more,
            rest: Odd::new(rest),
            products,
            ends,
            numerator,
            denominator,
        }
    }

    /// Looks for large primes of the leading coefficient in natural numbers, all at once: where there are none, none is looked for any more.
    pub(super) fn look<'a>(&mut self, numerators: impl Iterator<Item = &'a [u64]>) {
        if self.rest.value == 1 {
            return;
        }
        let mut product = 1;
        for numerator in numerators.filter(|x| x.iter().any(|&limb| limb != 0)) {
            product = self.rest.product(product, self.rest.residue(numerator));
        }
        if gcd_double_words(self.rest.value, product) == 1 {
            self.rest = Odd::new(1);
        }
    }

    /// A natural number times a word over the first factors and a word, with a sign, in lowest terms.
    pub(super) fn lowest(
        &mut self,
        (row, factor): (&[u64], u64),
        negative: bool,
        steps: usize,
        below: u64,
    ) -> BigRational {
        let (x, denominator) = (&mut self.numerator, &mut self.denominator);
        x.clear();
        x.extend_from_slice(trimmed(row));
        if x.is_empty() {
            return BigRational::zero();
        }
        times(x, factor.into());
        denominator.clear();
        let start = if steps == 0 { 0 } else { self.ends[steps - 1] };
        denominator.extend_from_slice(&self.products[start..self.ends[steps]]);
        times(denominator, below.into());
        let twos = trailing_zeros(x).min(trailing_zeros(denominator));
        if twos > 0 {
            shift(x, twos);
            shift(denominator, twos);
        }
        for divisor in [Some(&self.primes), self.more.as_deref()].into_iter().flatten() {
            loop {
                let shared = divisor.odd_common(x).0;
                if shared == 1 {
                    break;
                }
                let common =
                    gcd_words(shared, shifted_residue(denominator, shared, inverse_mod_word(shared)));
                if common == 1 {
                    break;
                }
                divide(x, common.into());
                divide(denominator, common.into());
            }
        }
        if self.rest.value > 1 {
            loop {
                let shared = self.rest.shared(x);
                let common = if shared == 1 { 1 } else { Odd::new(shared).shared(denominator) };
                if common == 1 {
                    break;
                }
                divide(x, common);
                divide(denominator, common);
            }
        }
        let sign = if negative { Sign::Minus } else { Sign::Plus };
        BigRational::new_raw(from_magnitude(sign, x), from_magnitude(Sign::Plus, denominator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::{BigInt, BigUint};
    use proptest::{collection::vec, prelude::*};

    fn natural(limbs: &[u64]) -> BigUint {
        crate::integer::limbs::to_biguint(trimmed(limbs))
    }

    proptest! {
        #[test]
        fn against_integers(x in vec(any::<u64>(), 1..8), y: u128, shift in 0u32..127, small in 1u64..1000, twos in 0u32..100) {
            let value = (y >> shift.max(2)).max(1);
            let (n, value) = (natural(&x), value >> value.trailing_zeros());
            let odd = Odd::new(value);
            let scaled = num_integer::gcd(n.clone(), BigUint::from(value));
            prop_assert_eq!(BigUint::from(odd.shared(&x)), scaled.clone());
            // Multiples, by a single limb and by more.
            for factor in [u128::from(small), y, value] {
                let mut product = trimmed(&x).to_vec();
                times(&mut product, factor);
                prop_assert_eq!(natural(&product), &n * factor);
                prop_assert!(product.last() != Some(&0));
                if factor != 0 {
                    divide(&mut product, factor);
                    prop_assert_eq!(natural(&product), n.clone());
                }
            }
            if n != BigUint::ZERO && value >> 26 == 0 {
                let leading = Leading::new(value << twos);
                let mut product = trimmed(&x).to_vec();
                times(&mut product, small.into());
                prop_assert_eq!(BigUint::from(leading.shared(&product)), num_integer::gcd(n.clone() * small, BigUint::from(value << twos)));
            }
            let (a, b) = (u128::from(x[0]) * u128::from(small), y % value);
            let product = BigUint::from(odd.product(a % value, b));
            prop_assert_eq!(num_integer::gcd(product, value.into()), num_integer::gcd(BigUint::from(a) * b, value.into()));
        }

        /// Numerators that share small and large primes with the factors, none, and all of them.
        #[test]
        fn lowest_terms(x in vec(any::<u64>(), 0..5), small in 1u64..5000, large in 0u32..3, e in 0u32..9, word in 1u64..100_000, wide: bool) {
            const PRIME: u128 = (1 << 61) - 1;
            let value = (if wide { PRIME } else { 10_007 }) * u128::from(small);
            let leading = Leading::new(value);
            let factors = [value, u128::from(small), value / u128::from(small)];
            let mut terms = Terms::new(&leading, &factors, word);
            let mut row = trimmed(&x).to_vec();
            for _ in 0..e {
                times(&mut row, small.into());
            }
            for _ in 0..large {
                times(&mut row, value / u128::from(small));
            }
            terms.look([&row[..], &[word | 1]].into_iter());
            let mut denominator = BigInt::from(word);
            for steps in 0..=3 {
                let found = terms.lowest((&row, word | 1), steps % 2 == 1, steps, word);
                let sign = if steps % 2 == 1 { -1 } else { 1 };
                let expected = BigRational::new(BigInt::from(natural(&row)) * (word | 1) * sign, denominator.clone());
                prop_assert_eq!((found.numer(), found.denom()), (expected.numer(), expected.denom()));
                denominator *= factors.get(steps).copied().unwrap_or(1);
            }
        }
    }
}
