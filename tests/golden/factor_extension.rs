//! Factors over extensions of prime fields and over number fields: `factor_extension.toml`.

use super::cases;
use monic::factor::Factor;
use monic::{ExtensionField, GaloisField, NumberField, Poly, QQ, Zmod, ZmodBig};
use num_bigint::BigUint;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    base: String,
    modulus: String,
    polynomial: String,
    factors: Vec<(String, String)>,
}

fn hold<R: Factor>(ring: R, case: &Case) {
    let read = |text: &str| Poly::parse(ring.clone(), text).expect("a polynomial");
    let f = read(&case.polynomial);
    let factored = f.factor();
    assert_eq!(factored.len(), case.factors.len(), "{} modulo {}", case.polynomial, case.modulus);
    for (factor, exponent) in &case.factors {
        let expected = (read(factor), exponent.parse().expect("an exponent"));
        assert!(factored.iter().any(|found| *found == expected), "{factor} of {}", case.polynomial);
        assert!(expected.0.is_irreducible());
    }
    assert_eq!(factored.expand(), f);
    let read_again = factored.iter().all(|(factor, _)| read(&factor.to_string()) == *factor);
    assert!(read_again, "what is written is read again");
}

#[test]
fn factors() {
    let cases: Vec<Case> = cases(include_str!("factor_extension.toml"));
    assert!(cases.len() >= 36);
    for case in &cases {
        if case.base == "QQ" {
            let modulus = QQ.parse(&case.modulus).expect("a modulus");
            hold(NumberField::with_modulus(&modulus).expect("irreducible"), case);
            continue;
        }
        let p: BigUint = case.base.parse().expect("a prime");
        let Ok(p) = u64::try_from(&p) else {
            let base = ZmodBig::prime(p).expect("a prime");
            let modulus = base.parse(&case.modulus).expect("a modulus");
            hold(ExtensionField::with_modulus(&modulus).expect("irreducible"), case);
            continue;
        };
        let modulus = Zmod::prime(p).expect("a prime").parse(&case.modulus).expect("a modulus");
        let field = ExtensionField::with_modulus(&modulus).expect("irreducible");
        if let Ok(words) = GaloisField::try_from(field.clone()) {
            hold(words, case);
        }
        hold(field, case);
    }
}
