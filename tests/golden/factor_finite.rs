//! Factors over prime fields of every size: `factor_finite.toml`.

use super::cases;
use monic::ring::FiniteField;
use monic::{Poly, Zmod, ZmodBig};
use num_bigint::BigUint;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    prime: String,
    polynomial: String,
    factored: String,
}

fn hold<F: FiniteField>(field: F, case: &Case) {
    let f = Poly::parse(field.clone(), &case.polynomial).expect("a polynomial");
    let factored = f.factor();
    assert_eq!(factored.to_string(), case.factored, "{} modulo {}", case.polynomial, case.prime);
    assert_eq!(factored.expand(), f);
    assert_eq!(f.is_irreducible(), factored.iter().map(|(_, e)| e).sum::<usize>() == 1);
    let linear = factored.iter().filter(|(factor, _)| factor.len() == 2);
    let mut expected: Vec<_> = linear.map(|(f, e)| (field.neg(&f.coefficients()[0]), *e)).collect();
    expected.sort_by(|(a, _), (b, _)| field.compare(a, b));
    assert_eq!(f.roots(), expected, "roots of {} modulo {}", case.polynomial, case.prime);
}

#[test]
fn factors() {
    let cases: Vec<Case> = cases(include_str!("factor_finite.toml"));
    assert!(cases.len() >= 75);
    for case in &cases {
        let p: BigUint = case.prime.parse().expect("a prime");
        match u64::try_from(&p) {
            Ok(p) => hold(Zmod::prime(p).expect("a prime"), case),
            Err(_) => hold(ZmodBig::prime(p).expect("a prime"), case),
        }
    }
}
