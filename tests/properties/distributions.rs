//! Properties of distributions: sums by one tree are sums one by one, generating functions and data come back as they went, what
//! is known of a sum without an end agrees with the whole, floats and decimals with the fraction, samples with the mass.

use super::config;
use monic::distribution::{Decimals, Distribution, Truncated, decimal, to_f64};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;
use proptest::prelude::*;

/// Weighted faces on lattices of every kind, some of them large numbers.
fn distribution() -> impl Strategy<Value = Distribution> {
    let weight = prop_oneof![
        3 => (0u64..8).prop_map(BigInt::from),
        1 => any::<u128>().prop_map(BigInt::from),
    ];
    (prop::collection::vec(weight, 1..8), -20i64..20, prop::sample::select(vec![1i64, 2, 3, 10, 1_000_000]))
        .prop_filter("some weight", |(weights, ..)| weights.iter().any(|w| *w != BigInt::ZERO))
        .prop_map(|(weights, offset, step)| {
            let outcomes = (0..).map(|k| offset + step * k);
            Distribution::from_weights(outcomes.zip(weights)).expect("valid weights")
        })
}

fn probability() -> impl Strategy<Value = BigRational> {
    (0u64..1000, 1u64..1000).prop_map(|(p, q)| BigRational::new((p % (q + 1)).into(), q.into()))
}

fn half() -> BigRational {
    BigRational::new(1.into(), 2.into())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_tree_of_sums_is_the_sum(terms in prop::collection::vec((distribution(), 1usize..4), 0..6), shift in -100i64..100) {
        // Steps far apart would spread over millions of outcomes.
        let small: Vec<_> = terms.into_iter().filter(|(d, _)| d.max() - d.min() < 1000).collect();
        let mut all: Vec<Distribution> = small.iter().flat_map(|(d, n)| std::iter::repeat_n(d.clone(), *n)).collect();
        all.push(Distribution::constant(shift));
        let sum = Distribution::try_sum(&all).unwrap();
        let one_by_one = all.iter().fold(Distribution::constant(0), |sum, term| &sum + term);
        prop_assert_eq!((sum.min(), sum.step(), sum.denominator()), (one_by_one.min(), one_by_one.step(), one_by_one.denominator()));
        prop_assert_eq!(sum, one_by_one);
    }

    #[test]
    fn equal_steps_are_added_before_they_are_spread(n in 1u64..6, a in distribution()) {
        let wide = Distribution::die(6).scaled(5).unwrap();
        let b = Distribution::from_weights(a.outcomes().map(|(k, w)| (k % 50, w.clone()))).unwrap();
        let terms: Vec<_> = std::iter::repeat_n(&wide, n as usize).chain([&b]).collect();
        prop_assert_eq!(Distribution::try_sum(terms).unwrap(), wide.times(n) + b);
    }

    #[test]
    fn trials_are_sums_of_coins(ps in prop::collection::vec(probability(), 0..20)) {
        let coins: Vec<_> = ps.iter().map(|p| Distribution::bernoulli(p).unwrap()).collect();
        let hits = Distribution::poisson_binomial(&ps).unwrap();
        prop_assert_eq!(&hits, &coins.iter().fold(Distribution::constant(0), |sum, coin| sum + coin));
        prop_assert_eq!(hits.mean(), ps.iter().sum::<BigRational>());
        prop_assert_eq!(hits.variance(), ps.iter().map(|p| p * (BigRational::one() - p)).sum::<BigRational>());
    }

    #[test]
    fn generating_functions_come_back(a in distribution(), shift in 20i64..40) {
        let a = if a.max() - a.min() < 1000 { a + shift } else { Distribution::die(5) };
        prop_assert_eq!(&Distribution::from_pgf(&a.pgf().unwrap()).unwrap(), &a);
        let (first, f) = a.generating_function().unwrap();
        prop_assert_eq!(Distribution::from_generating_function(first, f).unwrap(), a);
    }

    #[test]
    fn the_beginning_of_a_sum_agrees_with_the_whole(a in distribution(), b in distribution(), (i, j) in (0i64..60, 0i64..60)) {
        let near = |d: &Distribution| d.max() - d.min() < 100;
        prop_assume!(near(&a) && near(&b));
        let (end_a, end_b) = (a.min() + i, b.min() + j);
        let sum = &a + &b;
        let beginning = a.truncated(end_a).unwrap().try_add(&b.truncated(end_b).unwrap()).unwrap();
        for (outcome, p) in beginning.probabilities() {
            prop_assert_eq!(p, sum.probability(outcome));
        }
        prop_assert_eq!(beginning.tail(), if beginning.is_complete() { BigRational::default() } else { sum.at_least(beginning.end()) });
    }

    #[test]
    fn waiting_times_have_rational_generating_functions(p in probability(), r in 1u64..6, shift in 0i64..3) {
        prop_assume!(p != BigRational::default());
        let wait = |end| Distribution::negative_binomial(r, &p, end).unwrap().shifted(shift).unwrap();
        // As many probabilities as decide it, and many.
        let (numerator, denominator) = wait(2 * r + 1).rational_pgf().unwrap();
        let series = Truncated::from_rational_pgf(&numerator, &denominator, 50 + shift as usize).unwrap();
        prop_assert_eq!(series, wait(50));
    }

    #[test]
    fn waiting_times_add_up(p in probability(), r in 0u64..5, s in 0u64..5, end in 0u64..30) {
        prop_assume!(p != BigRational::default());
        let wait = |n| Distribution::negative_binomial(n, &p, end).unwrap();
        let sum = wait(r).try_add(&wait(s)).unwrap();
        let direct: Truncated = wait(r + s);
        for k in 0..end as i64 {
            prop_assert_eq!(sum.at_most(k).unwrap(), direct.at_most(k).unwrap());
        }
    }

    #[test]
    fn floats_and_decimals_are_those_of_the_fraction(a in distribution(), digits in 1usize..40) {
        let mut decimals = Decimals::new(digits);
        for ((outcome, float), (_, p)) in a.floats().zip(a.probabilities()) {
            prop_assert_eq!(float, to_f64(&p));
            prop_assert_eq!(decimals.write(a.weight(outcome).magnitude(), a.denominator().magnitude()), decimal(&p, digits));
            prop_assert!((a.ln(outcome) - float.ln()).abs() <= 1e-15 * float.ln().abs() + 2e-16);
        }
    }

    #[test]
    fn moments_do_not_depend_on_the_place(a in distribution(), shift in -1000i64..1000, factor in 1i64..5) {
        let moved = a.clone().scaled(-factor).unwrap() + shift;
        for k in 2..6u32 {
            prop_assert_eq!(moved.central_moment(k), a.central_moment(k) * BigInt::from(-factor).pow(k));
        }
        prop_assert_eq!(moved.entropy(), a.scaled(-1).unwrap().entropy());
        prop_assert_eq!(moved.quantile(&half()).unwrap(), moved.cdf().find(|(_, p)| *p >= half()).unwrap().0);
    }
}
