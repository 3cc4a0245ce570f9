//! Properties of factors over Z: their product is the polynomial, each passes a certificate of irreducibility that knows nothing of
//! factoring, and operations that keep factors keep them.
//!
//! The certificate: modulo a prime the degree of a factor is a sum of degrees of factors there. Degrees modulo a prime are counted from
//! scratch here, by the gcds of `x^(p^k) - x`, with powers one multiplication at a time.

use super::{Outcome, config};
use monic::{Integers, Poly, PrimeField, ZZ, Zmod};
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The degrees of the factors modulo `p`, if there are as many as over Z and no two are equal.
fn pattern(f: &Poly<Integers>, p: u64) -> Option<Vec<usize>> {
    let field = Zmod::prime(p).expect("a prime");
    let mut rest: Poly<PrimeField> = f.to_ring(&field);
    if rest.len() != f.len() || rest.gcd(&rest.derivative()).len() != 1 {
        return None;
    }
    let (mut degrees, mut k, mut power) = (Vec::new(), 0, field.x());
    while !rest.is_constant() {
        k += 1;
        power = (1..p).fold(power.rem(&rest), |product, _| (&product * &power).rem(&rest));
        let common = rest.gcd(&(&power - &field.x()));
        degrees.extend(vec![k; common.degree().unwrap_or(0) / k]);
        rest = rest.quo(&common);
        power = power.rem(&rest);
    }
    Some(degrees)
}

/// Whether some primes together leave no degree between 0 and that of `f`.
fn is_certified(f: &Poly<Integers>) -> bool {
    let n = f.degree().unwrap_or(0);
    let mut possible: BTreeSet<usize> = (1..n).collect();
    let primes = (2..200).filter(|p| (2..*p).all(|d| p % d != 0));
    for degrees in primes.filter_map(|p| pattern(f, p)) {
        let mut sums = BTreeSet::from([0]);
        for degree in degrees {
            sums.extend(sums.clone().into_iter().map(|sum| sum + degree));
        }
        possible.retain(|degree| sums.contains(degree));
        if possible.is_empty() {
            return true;
        }
    }
    n == 1
}

fn holds(f: &Poly<Integers>) -> Outcome {
    let factored = f.factor();
    prop_assert_eq!(&factored.expand(), f);
    let degree: usize = factored.iter().map(|(g, e)| g.degree().unwrap_or(0) * e).sum();
    prop_assert_eq!(Some(degree), f.degree());
    for (i, (g, e)) in factored.iter().enumerate() {
        prop_assert!(
            *e > 0 && g.content().is_one() && g.leading_coefficient().is_some_and(Signed::is_positive)
        );
        prop_assert!(factored.factors()[..i].iter().all(|(h, _)| h != g && g.gcd(h).is_one()));
        prop_assert!(g.is_irreducible());
    }
    // Square-free parts are the products of the factors with one exponent.
    for (part, e) in &f.squarefree() {
        let same = factored.iter().filter(|(_, exponent)| exponent == e).map(|(g, _)| g.clone());
        prop_assert_eq!(part, &ZZ.product(same));
    }
    // Shifts and reversals of factors are factors of shifts and reversals.
    let shifted = f.taylor_shift(-3).factor();
    prop_assert_eq!(shifted.len(), factored.len());
    let negative = f.dilate(-1).factor();
    prop_assert_eq!(negative.len(), factored.len());
    Ok(())
}

fn coefficients(bound: i64, len: std::ops::Range<usize>) -> impl Strategy<Value = Poly<Integers>> {
    prop::collection::vec(-bound..=bound, len).prop_map(|c| ZZ.poly(c))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn products(factors in prop::collection::vec((coefficients(9, 1..6), 1u64..4), 1..4)) {
        let f = factors.iter().fold(ZZ.poly([1]), |f, (g, e)| f * g.pow(*e));
        prop_assume!(!f.is_zero());
        holds(&f)?;
    }

    #[test]
    fn powers_of_the_variable(f in coefficients(5, 1..4), d in 1usize..9, k in 0usize..4) {
        prop_assume!(!f.is_zero());
        let mut inflated = vec![BigInt::zero(); k + (f.len() - 1) * d + 1];
        f.iter().enumerate().for_each(|(i, c)| inflated[k + i * d] = c.clone());
        holds(&ZZ.poly(inflated))?;
    }

    #[test]
    fn products_with_huge_coefficients(f in coefficients(i64::MAX, 2..6), g in coefficients(i64::MAX, 2..6)) {
        prop_assume!(!f.is_zero() && !g.is_zero());
        holds(&(f * g))?;
    }
}

/// Irreducible by a certificate, all of them: none of these is reducible modulo every prime.
#[test]
fn factors_are_certified() {
    let mut state = 20_261_126u64;
    let mut draw = |bound: i64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as i64).rem_euclid(2 * bound + 1) - bound
    };
    let mut count = 0;
    for degree in 3..24 {
        let mut random = |degree: i64| ZZ.poly((0..=degree).map(|_| draw(50)).chain([1]).collect::<Vec<_>>());
        let f = random(degree) * random(degree / 2) * random(2).pow(2);
        for (g, _) in &f.factor() {
            assert!(is_certified(g), "{g} of {f}");
            count += 1;
        }
    }
    assert!(count >= 63);
    // The certificate says nothing of what is reducible, nor where it cannot.
    assert!(!is_certified(&ZZ.parse("x^4 + 1").unwrap()));
    assert!(!is_certified(&ZZ.parse("x^2 + 3*x + 2").unwrap()));
}
