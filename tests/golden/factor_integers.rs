//! Factors over Z and Q: `factor_integers.toml`.

use super::cases;
use monic::{Integers, Poly, QQ, ZZ};
use num_bigint::BigInt;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    polynomial: String,
    constant: String,
    factors: Vec<(String, String)>,
}

#[test]
fn factors() {
    let cases: Vec<Case> = cases(include_str!("factor_integers.toml"));
    assert!(cases.len() >= 34);
    for case in &cases {
        let f = ZZ.parse(&case.polynomial).expect("a polynomial");
        let factored = f.factor();
        let constant: BigInt = case.constant.parse().expect("an integer");
        assert_eq!(*factored.unit(), constant, "{}", case.polynomial);
        let mut expected: Vec<(Poly<Integers>, usize)> = case
            .factors
            .iter()
            .map(|(factor, e)| (ZZ.parse(factor).expect("a factor"), e.parse().expect("an exponent")))
            .collect();
        expected
            .sort_by(|(f, _), (g, _)| f.len().cmp(&g.len()).then_with(|| f.iter().rev().cmp(g.iter().rev())));
        assert_eq!(factored.factors(), expected, "{}", case.polynomial);
        assert_eq!(f.is_irreducible(), expected.iter().map(|(_, e)| e).sum::<usize>() == 1);
        // The same over Q, where factors are monic.
        let over_q = f.try_to_ring(&QQ).expect("integers").factor();
        assert_eq!(over_q.len(), expected.len());
        assert!(over_q.iter().all(|(g, _)| g.is_monic()));
        assert_eq!(over_q.expand(), f.try_to_ring(&QQ).expect("integers"));
    }
}
