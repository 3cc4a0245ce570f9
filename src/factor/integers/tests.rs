//! Factorisations over Z that are known by construction, and those of products against the factors that they were made of.

use super::*;
use crate::{ErrorKind, QQ, ZZ, progress, sequences};
use proptest::prelude::*;
use std::ops::ControlFlow;

fn factored(text: &str) -> String {
    ZZ.parse(text).unwrap().factor().to_string()
}

#[test]
fn hand_values() {
    for (f, factors) in [
        ("0", "0"),
        ("-12", "-12"),
        ("1", "1"),
        ("x", "(x)"),
        ("-x", "-(x)"),
        ("6*x + 4", "2*(3*x + 2)"),
        ("7*x^5", "7*(x)^5"),
        ("x^2 - 2", "(x^2 - 2)"),
        ("6*x^2 + 5*x - 6", "(2*x + 3)*(3*x - 2)"),
        ("-4*x^2 + 1", "-(2*x - 1)*(2*x + 1)"),
        ("x^4 + 4", "(x^2 - 2*x + 2)*(x^2 + 2*x + 2)"),
        ("x^4 - 10*x^2 + 1", "(x^4 - 10*x^2 + 1)"),
        ("x^8 + x^4 + 1", "(x^2 - x + 1)*(x^2 + x + 1)*(x^4 - x^2 + 1)"),
        ("x^6 - 64", "(x - 2)*(x + 2)*(x^2 - 2*x + 4)*(x^2 + 2*x + 4)"),
        ("(x + 1)^2*x^3*(x - 1)^3", "(x - 1)^3*(x)^3*(x + 1)^2"),
        ("(2*x^3 - 3)^2*(5*x^2 + 7*x + 1)*(x^3 + x + 1)", "(5*x^2 + 7*x + 1)*(x^3 + x + 1)*(2*x^3 - 3)^2"),
        ("x^12 - 2*x^6 + 1", "(x - 1)^2*(x + 1)^2*(x^2 - x + 1)^2*(x^2 + x + 1)^2"),
        // Divisible by all small primes at both ends.
        (
            "(9699690*x + 1)*(x - 9699690)*(9699690*x^2 + x + 9699690)",
            "(x - 9699690)*(9699690*x + 1)*(9699690*x^2 + x + 9699690)",
        ),
    ] {
        assert_eq!(factored(f), factors);
        assert_eq!(ZZ.parse(f).unwrap().factor().expand(), ZZ.parse(f).unwrap());
    }
    assert_eq!(QQ.parse("1/2*x^2 - 1/8").unwrap().factor().to_string(), "1/2*(x - 1/2)*(x + 1/2)");
    assert_eq!(QQ.parse("3/7").unwrap().factor().to_string(), "3/7");
    assert_eq!(QQ.parse("0").unwrap().factor().to_string(), "0");
}

#[test]
fn square_free_parts() {
    let parts = |f: &str| ZZ.parse(f).unwrap().squarefree().to_string();
    assert_eq!(parts("12*x^2*(x - 1)^2*(x + 5)"), "12*(x + 5)*(x^2 - x)^2");
    assert_eq!(parts("-(x^3 + 2)^7"), "-(x^3 + 2)^7");
    assert_eq!(parts("x^9"), "(x)^9");
    assert_eq!(parts("0"), "0");
    assert_eq!(
        QQ.parse("2*(x - 1/2)^2*(x + 1/3)").unwrap().squarefree().to_string(),
        "2*(x - 1/2)^2*(x + 1/3)"
    );
}

#[test]
fn irreducibility() {
    for (f, irreducible) in [
        ("0", false),
        ("7", false),
        ("2*x", true),
        ("x^2", false),
        ("6*x^2 + 6", true),
        ("x^4 + 1", true),
        ("(x^2 + 1)^2", false),
        ("x^2 + 3*x + 2", false),
        ("x^105 - 2", true),
        ("x^105 - 128", false),
    ] {
        assert_eq!(ZZ.parse(f).unwrap().is_irreducible(), irreducible, "{f}");
        assert_eq!(QQ.parse(f).unwrap().is_irreducible(), irreducible, "{f}");
    }
}

/// All factors modulo primes are of degree 1 and 2.
#[test]
fn swinnerton_dyer() {
    for n in 2..=5 {
        let f = sequences::swinnerton_dyer(ZZ, n).unwrap();
        assert!(f.is_irreducible(), "{n}");
        let g = f.taylor_shift(1);
        let factors = (&f * &g).factor();
        assert_eq!(factors.len(), 2);
        assert!(factors.iter().all(|(h, e)| *e == 1 && (*h == f || *h == g)));
    }
}

/// Polynomials in a power of x have the factors that they have after a shift, which hides it: also where some of those in between come apart.
#[test]
fn powers_of_x_as_the_variable() {
    for (g, d) in [
        ("x - 2", 9),
        ("x - 8", 9),
        ("x - 512", 9),
        ("x + 4", 8),
        ("x + 64", 12),
        ("x - 64", 12),
        ("(x - 27)*(x - 3)*(x + 1)", 9),
        ("x^2 + x + 1", 9),
        ("x^2 - 14*x - 1", 9),
        ("x^2 - 76*x + 1", 9),
        ("x^2 - 3*x + 1", 4),
        ("x^2 + 11*x - 1", 15),
    ] {
        let f = ZZ.parse(g).unwrap().inflate(d);
        let sorted = |factors: Vec<Poly<Integers>>| {
            let mut texts: Vec<String> = factors.iter().map(ToString::to_string).collect();
            texts.sort();
            texts
        };
        let shifted = f.taylor_shift(1).factor().into_iter().map(|(h, _)| h.taylor_shift(-1));
        let direct = f.factor().into_iter().map(|(h, _)| h);
        assert_eq!(sorted(direct.collect()), sorted(shifted.collect()), "{g}, {d}");
    }
}

/// Cyclotomic polynomials have many factors modulo primes; shifted they are no longer seen for what they are.
#[test]
fn roots_of_unity() {
    for n in [1u64, 2, 7, 12, 30, 105, 120] {
        let f = ZZ.poly([-1]) + Poly::monomial(ZZ, 1.into(), n as usize);
        let orders: Vec<u64> = (1..=n).filter(|d| n % d == 0).collect();
        let mut factors = f.factor();
        assert_eq!(factors.len(), orders.len());
        assert!(
            orders.iter().all(|&d| factors.iter().any(|(g, _)| *g == sequences::cyclotomic(ZZ, d).unwrap()))
        );
        factors = f.taylor_shift(1).factor();
        assert_eq!(factors.len(), orders.len(), "{n}");
        assert_eq!(factors.expand(), f.taylor_shift(1));
        let plus = Poly::monomial(ZZ, 1.into(), n as usize) + 1;
        assert_eq!(plus.factor().expand(), plus);
        assert_eq!(plus.factor().len(), (1..=2 * n).filter(|d| 2 * n % d == 0 && n % d != 0).count());
    }
    let product = ["x^4 + x^3 + x^2 + x + 1", "x^2 - 7*x + 1", "x^2 + 1"].map(|f| ZZ.parse(f).unwrap());
    let f = ZZ.product(product);
    assert_eq!(f.factor().to_string(), "(x^2 - 7*x + 1)*(x^2 + 1)*(x^4 + x^3 + x^2 + x + 1)");
}

#[test]
fn many_linear_factors() {
    let f = Poly::from_roots(ZZ, (1..=30).map(BigInt::from));
    let factors = f.factor();
    assert!(
        factors
            .iter()
            .zip(1..)
            .all(|((g, e), k)| *e == 1 && g.len() == 2 && g.coefficient(0) == (k - 31).into())
    );
    assert_eq!(factors.len(), 30);
}

#[test]
fn an_observer_stops_it() {
    let f = sequences::swinnerton_dyer(ZZ, 4).unwrap();
    let error = progress::watch(|_| ControlFlow::Break(()), || f.try_factor()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert_eq!(f.factor().len(), 1);
}

/// Irreducible modulo 2 or 3, hence over Z: by the test of finite fields.
fn irreducible(coefficients: Vec<i64>) -> Option<Poly<Integers>> {
    let f = ZZ.poly(coefficients);
    let certain = [2, 3, 5, 7].into_iter().any(|p| {
        let image = f.to_ring(&crate::Zmod::prime(p).unwrap());
        image.len() == f.len() && image.is_irreducible()
    });
    (f.len() > 1 && certain && f.content().is_one()).then_some(f)
}

/// Found while the modulus is far below what the product would need.
#[test]
fn factors_much_shorter_than_their_product() {
    let mut state = 1u64;
    let mut coefficient = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state as i64) >> 6
    };
    for degrees in [&[2, 2, 2, 3, 3][..], &[4, 9], &[1, 1, 5, 5, 6], &[12, 2, 12], &[1; 13], &[3; 7]] {
        let factors: Vec<Poly<Integers>> = degrees
            .iter()
            .map(|d| {
                loop {
                    match irreducible((0..=*d).map(|_| coefficient()).collect()) {
                        Some(f) if f.len() == d + 1 => break f.primitive_part(),
                        _ => continue,
                    }
                }
            })
            .map(|f| if f.leading_coefficient().is_some_and(Signed::is_negative) { -f } else { f })
            .collect();
        let product = ZZ.product(factors.clone());
        let found = product.factor();
        assert_eq!(found.len(), degrees.len());
        assert!(found.iter().all(|(f, e)| *e == 1 && factors.contains(f)), "{degrees:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn products_of_irreducible_polynomials(
        factors in prop::collection::vec((prop::collection::vec(-1000i64..1000, 2..9), 1usize..3), 1..5),
        content in prop_oneof![-30i64..0, 1i64..30],
    ) {
        let factors: Vec<_> = factors.into_iter().filter_map(|(f, e)| Some((irreducible(f)?, e))).collect();
        let signed = |f: Poly<Integers>| if f.leading_coefficient().is_some_and(Signed::is_negative) { -f } else { f };
        let product = factors.iter().fold(ZZ.poly([content]), |product, (f, e)| product * f.pow(*e as u64));
        let positive = factors.into_iter().map(|(f, e)| (signed(f), e)).collect();
        let unit = product.content();
        let unit = if product.leading_coefficient().is_some_and(Signed::is_negative) { -unit } else { unit };
        prop_assert_eq!(product.factor(), Factored::new(ZZ, unit, positive));
    }
}
