//! Factors over prime fields of every size and over their extensions: `factor_finite.toml`.

use super::cases;
use monic::ring::FiniteField;
use monic::{ExtensionField, Poly, Zmod, ZmodBig};
use num_bigint::BigUint;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    prime: String,
    modulus: Option<String>,
    polynomial: String,
    factored: String,
}

/// Over a prime field, or its extension where there is a modulus.
fn over<F: FiniteField>(field: F, case: &Case) {
    let Some(modulus) = &case.modulus else { return hold(field, case) };
    let modulus = Poly::parse_in(field.clone(), "a", modulus).expect("a modulus");
    hold(ExtensionField::assume_irreducible(field, modulus.coefficients(), "a").expect("a modulus"), case);
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
    assert!(cases.len() >= 120);
    for case in &cases {
        let p: BigUint = case.prime.parse().expect("a prime");
        match u64::try_from(&p) {
            Ok(p) => over(Zmod::prime(p).expect("a prime"), case),
            Err(_) => over(ZmodBig::prime(p).expect("a prime"), case),
        }
    }
}
