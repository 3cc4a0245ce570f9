//! Factors over Z and Q: `factor_integers.toml`.

use super::cases;
use monic::{Integers, Poly, QQ, ZZ, sequences};
use num_bigint::BigInt;
use num_rational::BigRational;
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

/// The sums of five of the eleven roots of a polynomial whose group is M11, which has two orbits on the sets of five. It is P4 of
/// the polynomials that P. Zimmermann and M. van Hoeij test with.
#[test]
fn sums_of_five_roots() {
    let f = ZZ.poly([
        -332150625i64,
        -1660753125,
        1119536201,
        -12236299,
        -113111674,
        -5948674,
        4621826,
        976826,
        87851,
        4151,
        101,
        1,
    ]);
    let (k, n) = (5usize, 462);
    let mut factorials = vec![BigInt::from(1)];
    (1..=n).for_each(|m| factorials.push(&factorials[m - 1] * m));
    let sums = [vec![11.into()], sequences::power_sums(&f, n).unwrap()].concat();
    // The sums of exp(j*a*t) over the roots a, and from them those of products of k different exponentials (Newton).
    let exponentials = |j: usize| {
        let term =
            |m: usize| BigRational::new(&sums[m] * BigInt::from(j).pow(m as u32), factorials[m].clone());
        Poly::from_vec(QQ, (0..=n).map(term).collect())
    };
    let mut symmetric = vec![QQ.poly([1])];
    for r in 1..=k {
        let mut sum = QQ.poly([0]);
        for i in 1..=r {
            let product = symmetric[r - i].mul_low(&exponentials(i), n + 1);
            sum = if i % 2 == 1 { sum + product } else { sum - product };
        }
        symmetric.push(sum.scale(&BigRational::new(1.into(), r.into())));
    }
    let sums: Vec<BigInt> =
        (1..=n).map(|m| (symmetric[k].coefficient(m) * &factorials[m]).to_integer()).collect();
    let g = sequences::from_power_sums(ZZ, &sums).unwrap();
    assert_eq!(g.coefficient(n - 1), 21210.into());
    let degrees: Vec<_> = g.factor().iter().map(|(f, e)| (f.degree().unwrap(), *e)).collect();
    assert_eq!(degrees, [(66, 1), (396, 1)]);
}
