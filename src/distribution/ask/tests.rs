//! Moments, distances and orders against their definitions over all outcomes.

use super::super::Distribution;
use crate::{ErrorKind, QQ};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed};
use proptest::prelude::*;
use std::cmp::Ordering;

fn ratio(p: i64, q: i64) -> BigRational {
    BigRational::new(p.into(), q.into())
}

/// Small distributions on lattices of every kind.
fn distributions() -> impl Strategy<Value = Distribution> {
    (prop::collection::vec(0u32..7, 1..7), -9i64..9, 1i64..4)
        .prop_filter("some weight", |(weights, ..)| weights.iter().any(|w| *w > 0))
        .prop_map(|(weights, offset, step)| {
            Distribution::from_weights((0..).map(|k| offset + step * k).zip(weights)).expect("valid weights")
        })
}

fn expectation(distribution: &Distribution, g: impl Fn(BigRational) -> BigRational) -> BigRational {
    distribution.probabilities().map(|(x, p)| g(BigRational::from_integer(x.into())) * p).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn moments_are_expected_values(a in distributions(), b in distributions()) {
        let mean = expectation(&a, |x| x);
        prop_assert_eq!(a.mean(), mean.clone());
        for k in 0..7u32 {
            let n = k as i32;
            prop_assert_eq!(a.moment(k), expectation(&a, |x| x.pow(n)));
            prop_assert_eq!(a.central_moment(k), expectation(&a, |x| (x - &mean).pow(n)));
            let falling = |x: BigRational| (0..k).map(|i| &x - BigInt::from(i)).product();
            prop_assert_eq!(a.factorial_moment(k), expectation(&a, falling));
        }
        let g = QQ.parse("2/3*x^3 - x + 1/5").unwrap();
        prop_assert_eq!(a.expected(&g), expectation(&a, |x| g.eval(x)));
        if let Ok(pgf) = a.pgf() {
            for k in 0..4 {
                prop_assert_eq!(a.factorial_moment(k as u32), pgf.derivative_n(k).eval(BigRational::one()));
            }
        }
        // Those of a sum are the sums; and the first three are central moments.
        let (c, d) = (a.cumulants(6), b.cumulants(6));
        let both: Vec<_> = c.iter().zip(&d).map(|(c, d)| c + d).collect();
        prop_assert_eq!((&a + &b).cumulants(6), both);
        prop_assert_eq!(&c[..3], &[mean, a.variance(), a.central_moment(3)][..]);
        if a.as_constant().is_none() {
            let fourth = &c[3] / (&c[1] * &c[1]) + BigInt::from(3);
            prop_assert_eq!(a.kurtosis().unwrap(), fourth);
            let skewness: f64 = a.skewness(17).unwrap().parse().unwrap();
            let square = crate::distribution::to_f64(&a.skewness_squared().unwrap());
            prop_assert!((skewness * skewness.abs() - square).abs() <= 1e-15 * square.abs());
        }
    }

    #[test]
    fn distances_and_orders_follow_their_definitions(a in distributions(), b in distributions()) {
        let all = || -40..40i64;
        let differences = all().map(|x| (a.probability(x) - b.probability(x)).abs());
        prop_assert_eq!(a.total_variation(&b), differences.sum::<BigRational>() / BigInt::from(2));
        let above = |x: &Distribution, y: &Distribution| all().all(|t| x.at_least(t) >= y.at_least(t));
        let expected = match (above(&a, &b), above(&b, &a)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Greater),
            (false, true) => Some(Ordering::Less),
            (false, false) => None,
        };
        prop_assert_eq!(a.stochastic_order(&b), expected);
        prop_assert_eq!(a.stochastic_order(&a), Some(Ordering::Equal));
        // A variable lies below itself with something added.
        let more = &a + &Distribution::from_weights([(0, 1), (3, 2)]).unwrap();
        prop_assert_eq!(a.stochastic_order(&more), Some(Ordering::Less));
    }

    #[test]
    fn cumulative_probabilities_and_quantiles_agree(a in distributions(), qs in prop::collection::vec(0i64..=30, 0..6)) {
        for (x, p) in a.cdf() {
            prop_assert_eq!(p, a.at_most(x));
        }
        let qs: Vec<_> = qs.into_iter().map(|q| ratio(q, 30)).collect();
        let each: Vec<_> = qs.iter().map(|q| a.quantile(q).unwrap()).collect();
        for (q, x) in qs.iter().zip(&each) {
            prop_assert!(a.at_most(*x) >= *q && (*x == a.min() || a.at_most(x - 1) < *q));
        }
        prop_assert_eq!(a.quantiles(&qs).unwrap(), each);
    }
}

#[test]
fn moments_of_what_is_known() {
    // Hits are C(n,k) k! p^k on average; the cumulants of a constant vanish but for the first.
    let hits = Distribution::binomial(100, &ratio(1, 10)).unwrap();
    assert_eq!(hits.factorial_moment(4), ratio(100 * 99 * 98 * 97, 10_000));
    assert_eq!((hits.mean(), hits.variance()), (ratio(10, 1), ratio(9, 1)));
    let constant = Distribution::constant(-5);
    assert_eq!(constant.cumulants(3), [ratio(-5, 1), ratio(0, 1), ratio(0, 1)]);
    assert_eq!(
        (constant.moment(3), constant.central_moment(0), constant.central_moment(5)),
        (ratio(-125, 1), ratio(1, 1), ratio(0, 1))
    );
    assert!(constant.cumulants(0).is_empty());
    for error in [constant.kurtosis().unwrap_err(), constant.skewness(3).unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::Undefined);
    }
    // A thousand dice: cumulants a thousand times those of one.
    let thousand = Distribution::die(6).times(1000).cumulants(6);
    let one = Distribution::die(6).cumulants(6);
    assert!(thousand.iter().zip(&one).all(|(many, one)| *many == one * BigInt::from(1000)));
    let left = Distribution::from_weights([(0, 1), (1, 3)]).unwrap();
    assert_eq!(left.skewness(5).unwrap(), "-1.1547");
    // Outcomes at the ends of their range.
    let far = Distribution::from_faces([i64::MIN, i64::MIN + 1]).unwrap();
    assert_eq!(far.variance(), ratio(1, 4));
    let squares = (BigInt::from(1) << 127u8) - (BigInt::from(1) << 64u8) + 1; // 2^126 + (2^63 - 1)^2
    assert_eq!(far.moment(2), BigRational::new(squares, 2.into()));
}

#[test]
fn distances_of_what_is_far_apart() {
    let (low, high) = (Distribution::die(6), Distribution::die(6) + 100);
    assert_eq!((low.total_variation(&high), low.total_variation(&low)), (ratio(1, 1), ratio(0, 1)));
    assert_eq!(low.stochastic_order(&high), Some(Ordering::Less));
    assert!(low.quantiles(&[ratio(1, 2), ratio(-1, 2)]).is_err());
}
