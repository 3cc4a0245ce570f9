//! Greatest common divisors in `Z[x]`, by images.
//!
//! It stands apart from [`remainders`](crate::ring::remainders) because over Z the coefficients of a remainder sequence grow without need:
//! the gcd itself is small, and so are its images modulo primes.
//!
//! # Method
//! Contents out first. With `d = gcd(lc f, lc g)` the polynomial `d * gcd / lc(gcd)` is integral; it is computed
//! modulo one prime after the other (not dividing `lc f` or `lc g`), images of too high a degree are dropped,
//! the rest is combined by Chinese remaindering into the symmetric range. After one image, and when one more is what the others predict, the
//! primitive part is tried: it is the gcd if it divides both, whatever led to it, because no common divisor has a
//! higher degree than the gcd and the degree of an image is at least that.
//! Where coefficients are small, the gcd of two values is tried first ([`flat::gcd`]).
//! (W. S. Brown, "On Euclid's algorithm and the computation of polynomial greatest common divisors", J. ACM 18, 1971;
//! J. von zur Gathen, J. Gerhard, Modern Computer Algebra, algorithm 6.38.)
//!
//! # Invariants
//! Operands without trailing zeros; the result has a positive leading coefficient.

use super::{Lift, Operand, Schedule, field};
use crate::{
    ErrorKind, Result,
    convolution::{images, tuning},
    integer::gcd::signed_gcd,
    ring::{Integers, Ring, flat, remainders},
};
use num_bigint::BigInt;
use num_traits::{One, Signed};
use std::borrow::Cow;

/// The gcd of two integer polynomials, content included.
pub(in crate::ring) fn integers(f: &[BigInt], g: &[BigInt]) -> Result<Vec<BigInt>> {
    let ring = Integers;
    let (Some(lf), Some(lg)) = (f.last(), g.last()) else {
        // One is zero, so the other one it is.
        let other = if f.is_empty() { g } else { f };
        let negative = other.last().is_some_and(BigInt::is_negative);
        return Ok(other.iter().map(|c| if negative { -c } else { c.clone() }).collect());
    };
    if f == g {
        return integers(f, &[]);
    }
    let (cf, cg) = (remainders::content(&ring, f), remainders::content(&ring, g));
    let common = signed_gcd(&cf, &cg);
    if f.len() == 1 || g.len() == 1 {
        return Ok(vec![common]);
    }
    let (f, g) = (without(f, &cf), without(g, &cg));
    let finished = |gcd: Vec<BigInt>| match common.is_one() {
        true => gcd,
        false => gcd.iter().map(|c| c * &common).collect(),
    };
    // A heuristic, which finds most of them where coefficients are small.
    if f.len().min(g.len()) >= tuning::GCD_VALUES
        && let Some(candidate) = flat::gcd::candidate(&f, &g)
        && divides(&candidate, &f)?
        && divides(&candidate, &g)?
    {
        return Ok(finished(candidate));
    }
    let d = signed_gcd(&(lf / &cf), &(lg / &cg));
    let (x, y) = (Operand::new(&f)?, Operand::new(&g)?);
    let (x, y) = (x.images()?, y.images()?);
    let (mut lift, mut schedule, mut len) = (Lift::new(), Schedule::new(), usize::MAX);
    for i in 0..images::COUNT {
        let (Some(x), Some(y)) = (x.modulo(i), y.modulo(i)) else { continue };
        let field = field(i);
        let mut gcd = field.poly_gcd(&x, &y)?;
        if gcd.len() == 1 {
            return Ok(vec![common]);
        }
        if gcd.len() > len {
            continue;
        }
        if gcd.len() < len {
            // All primes so far were unlucky.
            len = gcd.len();
            lift.clear();
            schedule = Schedule::new();
        }
        let scale = field.word_modulus().reduce_bigint(&d);
        gcd.iter_mut().for_each(|c| *c = field.mul(c, &scale));
        lift.push(i, gcd);
        let n = lift.len();
        if !schedule.is_due(n) {
            continue;
        }
        // A first image may well be the whole answer; of more of them the last one has to follow from the others.
        let candidate = match n {
            1 => lift.integers(1)?,
            _ => {
                let candidate = lift.integers(n - 1)?;
                if !lift.confirms(n - 1, &candidate) {
                    continue;
                }
                candidate
            }
        };
        let content = remainders::content(&ring, &candidate);
        let sign = if candidate.last().is_some_and(BigInt::is_negative) { -content } else { content };
        let candidate = without(&candidate, &sign);
        if divides(&candidate, &f)? && divides(&candidate, &g)? {
            return Ok(finished(candidate.into_owned()));
        }
    }
    // What is longer than all primes together has a remainder sequence like any other.
    remainders::gcd(&ring, &f, &g).map(finished)
}

/// Every coefficient divided by what divides it.
fn without<'a>(f: &'a [BigInt], content: &BigInt) -> Cow<'a, [BigInt]> {
    if content.is_one() { f.into() } else { f.iter().map(|c| c / content).collect() }
}

fn divides(g: &[BigInt], f: &[BigInt]) -> Result<bool> {
    match Integers.exact_quo(f, g) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotExact => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::Want;
    use crate::ring::{ZZ, generic, remainders};
    use proptest::prelude::*;

    fn poly(coefficients: &[i64]) -> Vec<BigInt> {
        coefficients.iter().map(|&c| c.into()).collect()
    }

    fn product(f: &[BigInt], g: &[BigInt]) -> Vec<BigInt> {
        ZZ.convolve(f, g, &Want::full()).expect("small")
    }

    /// Operands of very different sizes, where the value of one at the power of two that suits the other is below zero; and equal ones.
    #[test]
    fn coefficients_longer_than_the_digits_of_values() {
        let mut g = vec![BigInt::ZERO; 49];
        (g[0], g[48]) = ((-1).into(), 1.into());
        let f = product(&g, &poly(&[-1000, 1]));
        assert_eq!(integers(&f, &g).unwrap(), g);
        assert_eq!(integers(&g, &f).unwrap(), g);
        let negative: Vec<BigInt> = f.iter().map(|c| -c).collect();
        assert_eq!(integers(&f, &f).unwrap(), f);
        assert_eq!(integers(&negative, &negative).unwrap(), f);
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
