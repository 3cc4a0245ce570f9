//! Greatest common divisors in `Z[x]`, by images modulo word primes.
//!
//! It stands apart from [`remainders`](super::remainders) because over Z the coefficients of a remainder sequence grow without need:
//! the gcd itself is small, and so are its images modulo primes.
//!
//! # Method
//! Contents out first. With `d = gcd(lc f, lc g)` the polynomial `d * gcd / lc(gcd)` is integral; it is computed
//! modulo one prime after the other (62 bits, not dividing `d * lc f * lc g`), images of too high a degree are dropped,
//! the rest is combined by Chinese remaindering into the symmetric range. When one more prime changes nothing, the
//! primitive part is tried: it is the gcd if it divides both, whatever led to it, because no common divisor has a
//! higher degree than the gcd and the degree of an image is at least that.
//! (W. S. Brown, "On Euclid's algorithm and the computation of polynomial greatest common divisors", J. ACM 18, 1971;
//! J. von zur Gathen, J. Gerhard, Modern Computer Algebra, algorithm 6.38.)
//!
//! # Invariants
//! Operands without trailing zeros; the result has a positive leading coefficient.
//!

use super::{Integers, PrimeField, Ring, Zmod, remainders};
use crate::Result;
use crate::integer::gcd::signed_gcd;
use num_bigint::BigInt;
use num_traits::{Signed, Zero};

/// The primes are taken downwards from here.
const FIRST_PRIME_BELOW: u64 = 1 << 62;

/// The gcd of two integer polynomials, content included.
pub(super) fn integers(f: &[BigInt], g: &[BigInt]) -> Result<Vec<BigInt>> {
    let ring = Integers;
    let (cf, cg) = (remainders::content(&ring, f), remainders::content(&ring, g));
    let common = signed_gcd(&cf, &cg);
    let (Some(lf), Some(lg)) = (f.last(), g.last()) else {
        // One is zero, so the other one it is.
        let other = if f.is_empty() { g } else { f };
        let negative = other.last().is_some_and(BigInt::is_negative);
        return Ok(other.iter().map(|c| if negative { -c } else { c.clone() }).collect());
    };
    if f.len() == 1 || g.len() == 1 {
        return Ok(vec![common]);
    }
    let f: Vec<BigInt> = f.iter().map(|c| c / &cf).collect();
    let g: Vec<BigInt> = g.iter().map(|c| c / &cg).collect();
    let (lf, lg) = (lf / &cf, lg / &cg);
    let d = signed_gcd(&lf, &lg);

    let mut primes = primes();
    let mut best: Option<Combined> = None;
    loop {
        let field = primes.next().expect("there are more word primes than any gcd needs");
        let p = BigInt::from(field.characteristic());
        if (&lf % &p).is_zero() || (&lg % &p).is_zero() {
            continue;
        }
        let image =
            |v: &[BigInt]| -> Vec<u64> { v.iter().map(|c| field.word_modulus().reduce_bigint(c)).collect() };
        let mut gcd = field.poly_gcd(&image(&f), &image(&g))?;
        if gcd.len() == 1 {
            return Ok(vec![common]);
        }
        let scale = field.word_modulus().reduce_bigint(&d);
        for c in &mut gcd {
            *c = field.mul(c, &scale);
        }
        let stable = match &mut best {
            Some(combined) if combined.values.len() < gcd.len() => continue,
            Some(combined) if combined.values.len() == gcd.len() => combined.add(&field, &gcd)?,
            other => {
                *other = Some(Combined::new(&field, &gcd));
                // A first image may well be the whole answer.
                true
            }
        };
        let Some(combined) = best.as_ref().filter(|_| stable) else { continue };
        let content = remainders::content(&ring, &combined.values);
        let sign = if combined.values.last().is_some_and(BigInt::is_negative) { -content } else { content };
        let candidate: Vec<BigInt> = combined.values.iter().map(|c| c / &sign).collect();
        if ring.exact_quo(&f, &candidate).is_ok() && ring.exact_quo(&g, &candidate).is_ok() {
            return Ok(candidate.into_iter().map(|c| c * &common).collect());
        }
    }
}

/// Word primes downwards.
pub(super) fn primes() -> impl Iterator<Item = PrimeField> {
    (1..FIRST_PRIME_BELOW / 2).filter_map(|k| Zmod::prime(FIRST_PRIME_BELOW - (2 * k - 1)).ok())
}

/// Images modulo several primes, combined: symmetric residues modulo the product of the primes.
struct Combined {
    values: Vec<BigInt>,
    modulus: BigInt,
}

impl Combined {
    fn new(field: &PrimeField, image: &[u64]) -> Self {
        let values = image.iter().map(|c| field.centred(c).into()).collect();
        Combined { values, modulus: field.characteristic().into() }
    }

    /// Takes one more image in; true when it changed nothing.
    fn add(&mut self, field: &PrimeField, image: &[u64]) -> Result<bool> {
        let words = field.word_modulus();
        let inverse = words.inverse(words.reduce_bigint(&self.modulus))?;
        let next = &self.modulus * field.characteristic();
        let half = &next >> 1u8;
        let mut stable = true;
        for (value, c) in self.values.iter_mut().zip(image) {
            // value + modulus*t = c modulo p, with the symmetric t.
            let t = words.mul(words.sub(*c, words.reduce_bigint(value)), inverse);
            if t != 0 {
                stable = false;
                *value += &self.modulus * field.centred(&t);
                if value.magnitude() > half.magnitude() {
                    if value.is_negative() { *value += &next } else { *value -= &next }
                }
            }
        }
        self.modulus = next;
        Ok(stable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::Want;
    use crate::ring::{ZZ, generic};
    use proptest::prelude::*;

    fn poly(coefficients: &[i64]) -> Vec<BigInt> {
        coefficients.iter().map(|&c| c.into()).collect()
    }

    fn product(f: &[BigInt], g: &[BigInt]) -> Vec<BigInt> {
        ZZ.convolve(f, g, &Want::full()).expect("small")
    }

    #[test]
    fn hand_values() {
        assert_eq!(integers(&poly(&[-12, 6, 6]), &poly(&[-4, -8, 12])).unwrap(), poly(&[-2, 2]));
        assert_eq!(integers(&poly(&[]), &poly(&[2, -4])).unwrap(), poly(&[-2, 4]));
        assert_eq!(integers(&poly(&[6]), &poly(&[4, 8])).unwrap(), poly(&[2]));
        assert_eq!(integers(&[], &[]).unwrap(), []);
        assert_eq!(integers(&poly(&[1, 1]), &poly(&[1, -1])).unwrap(), poly(&[1]));
    }

    /// Knuth's example, whose Euclidean remainder sequence over Z reaches 35 digits (TAOCP 2, 4.6.1).
    #[test]
    fn coprime_with_a_long_remainder_sequence() {
        let f = poly(&[-5, 2, 8, -3, -3, 0, 1, 0, 1]);
        let g = poly(&[21, -9, -4, 0, 5, 0, 3]);
        assert_eq!(integers(&f, &g).unwrap(), poly(&[1]));
        // And with a common factor whose coefficients need several primes.
        let huge: Vec<BigInt> =
            [(7, 200), (-3, 150), (5, 190)].map(|(c, bits)| (BigInt::from(c) << bits) + 1).into();
        assert_eq!(integers(&product(&f, &huge), &product(&g, &huge)).unwrap(), huge);
    }

    proptest! {
        #[test]
        fn agrees_with_the_subresultant_sequence(
            f in prop::collection::vec(-9i64..10, 0..7),
            g in prop::collection::vec(-9i64..10, 0..7),
            h in prop::collection::vec(-9i64..10, 1..5),
        ) {
            let trimmed = |v: &[i64]| { let mut v = poly(v); generic::trim(&ZZ, &mut v); v };
            let mut a = product(&trimmed(&f), &trimmed(&h));
            let mut b = product(&trimmed(&g), &trimmed(&h));
            generic::trim(&ZZ, &mut a);
            generic::trim(&ZZ, &mut b);
            prop_assert_eq!(integers(&a, &b).unwrap(), remainders::gcd(&ZZ, &a, &b).unwrap());
        }
    }
}
