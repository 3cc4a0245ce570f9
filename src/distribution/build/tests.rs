//! Named distributions against enumeration and closed forms, generating functions there and back.

use super::super::{Distribution, Truncated};
use crate::{Error, ErrorKind, QQ};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;

fn ratio(text: &str) -> BigRational {
    text.parse().expect("a fraction")
}

fn small(p: i64, q: i64) -> BigRational {
    BigRational::new(p.into(), q.into())
}

fn kind<T: std::fmt::Debug>(result: Result<T, Error>) -> ErrorKind {
    result.unwrap_err().kind()
}

/// `C(n, k)` from Pascal's triangle.
fn choose(n: u64, k: u64) -> BigInt {
    (0..n)
        .fold(vec![BigInt::one()], |row, _| {
            let shifted = [BigInt::ZERO].into_iter().chain(row.clone());
            let row = row.into_iter().chain([BigInt::ZERO]);
            row.zip(shifted).map(|(a, b)| a + b).collect()
        })
        .get(k as usize)
        .cloned()
        .unwrap_or_default()
}

#[test]
fn trials_with_one_probability() {
    for p in ["0", "1/3", "1/2", "5/7", "1"].map(ratio) {
        let q = BigRational::one() - &p;
        let coin = Distribution::bernoulli(&p).unwrap();
        assert_eq!((coin.probability(0), coin.probability(1)), (q.clone(), p.clone()));
        for n in 0..6u64 {
            let successes = Distribution::binomial(n, &p).unwrap();
            for k in 0..=n {
                let expected = p.pow(k as i32) * q.pow((n - k) as i32) * choose(n, k);
                assert_eq!(successes.probability(k as i64), expected, "{k} of {n} at {p}");
            }
            assert_eq!(successes.mean(), &p * BigInt::from(n));
        }
    }
    for p in ["-1/2", "3/2"].map(ratio) {
        assert_eq!(kind(Distribution::bernoulli(&p)), ErrorKind::Undefined);
        assert_eq!(kind(Distribution::geometric(&p, 3)), ErrorKind::Undefined);
    }
    assert_eq!(kind(Distribution::binomial(1 << 40, &ratio("1/2"))), ErrorKind::Limit);
}

#[test]
fn trials_with_different_probabilities() {
    let trials = ["1/2", "0", "3/1000", "1", "999/1000", "2/7", "1/2"].map(ratio);
    let successes = Distribution::poisson_binomial(&trials).unwrap();
    let mut expected = vec![BigRational::default(); trials.len() + 1];
    for outcome in 0..1usize << trials.len() {
        let hits = |i: usize| outcome >> i & 1 == 1;
        let factor = |(i, p): (usize, &BigRational)| if hits(i) { p.clone() } else { BigRational::one() - p };
        expected[outcome.count_ones() as usize] +=
            trials.iter().enumerate().map(factor).product::<BigRational>();
    }
    for (k, p) in (0..).zip(expected) {
        assert_eq!(successes.probability(k), p);
    }
    assert_eq!(Distribution::poisson_binomial([]).unwrap(), Distribution::constant(0));
    assert_eq!(kind(Distribution::poisson_binomial(&[ratio("1/2"), ratio("2")])), ErrorKind::Undefined);
}

#[test]
fn draws_without_putting_back() {
    for population in 0..8u32 {
        for marked in 0..=population {
            for draws in 0..=population {
                // All hands of that size; the marked ones are the lowest bits.
                let mut counts = vec![0; population as usize + 1];
                for hand in (0..1u32 << population).filter(|hand| hand.count_ones() == draws) {
                    counts[(hand & ((1 << marked) - 1)).count_ones() as usize] += 1;
                }
                let expected = Distribution::from_counts(0, counts).unwrap();
                let [population, marked, draws] = [population, marked, draws].map(u64::from);
                let found = Distribution::hypergeometric(population, marked, draws).unwrap();
                assert_eq!(found, expected, "{population} {marked} {draws}");
            }
        }
    }
    let few = Distribution::hypergeometric(1_000_000_000_000, 3, 500_000_000_000).unwrap();
    assert_eq!((few.max(), few.mean()), (3, small(3, 2)));
    let large = Distribution::hypergeometric(u64::MAX, 2, u64::MAX - 1).unwrap();
    assert_eq!((large.min(), large.max()), (1, 2));
    assert_eq!(kind(Distribution::hypergeometric(5, 6, 1)), ErrorKind::Undefined);
    assert_eq!(kind(Distribution::hypergeometric(5, 1, 6)), ErrorKind::Undefined);
    assert_eq!(kind(Distribution::hypergeometric(1 << 50, 1 << 49, 1 << 48)), ErrorKind::Limit);
}

#[test]
fn waiting_times() {
    for p in ["1/6", "2/3", "1"].map(ratio) {
        let q = BigRational::one() - &p;
        for successes in 0..5u64 {
            for end in 0..8u64 {
                let failures = Distribution::negative_binomial(successes, &p, end).unwrap();
                let mut rest = BigRational::one();
                for k in 0..end {
                    let paths = if successes == 0 {
                        BigInt::from(u8::from(k == 0))
                    } else {
                        choose(k + successes - 1, k)
                    };
                    let expected = p.pow(successes as i32) * q.pow(k as i32) * paths;
                    assert_eq!(failures.probability(k as i64).unwrap(), expected, "{successes} {k} at {p}");
                    rest -= expected;
                }
                assert_eq!(failures.tail(), rest);
            }
        }
    }
    assert_eq!(kind(Distribution::geometric(&ratio("0"), 5)), ErrorKind::Undefined);
    assert_eq!(kind(Distribution::geometric(&ratio("1/3"), 1 << 40)), ErrorKind::Limit);
}

#[test]
fn tallies() {
    let tally = Distribution::from_counts(-2, [0, 4, 0, 2, 0]).unwrap();
    assert_eq!((tally.min(), tally.max(), tally.step()), (-1, 1, 2));
    assert_eq!(tally.probability(1), small(1, 3));
    assert_eq!(kind(Distribution::from_counts(0, [0, 0])), ErrorKind::Undefined);
    assert_eq!(kind(Distribution::from_counts(i64::MAX, [1, 1])), ErrorKind::Overflow);
}

#[test]
fn generating_functions_there_and_back() {
    let dice = Distribution::from_weights([(2, 1), (5, 3), (11, 2)]).unwrap();
    let g = dice.pgf().unwrap();
    assert_eq!(g.to_string(), "1/3*x^11 + 1/2*x^5 + 1/6*x^2");
    assert_eq!(Distribution::from_pgf(&g).unwrap(), dice);
    let (first, f) = dice.generating_function().unwrap();
    assert_eq!(Distribution::from_generating_function(first, f).unwrap(), dice);
    let far = Distribution::from_faces([-1, 1 << 50]).unwrap();
    assert_eq!(kind(far.pgf()), ErrorKind::Undefined);
    assert_eq!(kind(far.clone().shifted(1).unwrap().pgf()), ErrorKind::Limit);
    assert_eq!(kind(far.generating_function()), ErrorKind::Limit);
    let error = Distribution::from_pgf(&QQ.parse("x/2 + 1/3").unwrap()).unwrap_err();
    assert_eq!(error.message(), "the probabilities sum to 5/6, not to 1");
}

#[test]
fn rational_generating_functions() {
    let read = |p: &str, q: &str, end| {
        Truncated::from_rational_pgf(&QQ.parse(p).unwrap(), &QQ.parse(q).unwrap(), end)
    };
    // Rolls until two sixes in a row, as a walk over "the last roll was a six".
    let rolls = read("x^2", "36 - 30*x - 5*x^2", 40).unwrap();
    let (mut other, mut six) = (BigRational::one(), BigRational::default());
    for k in 1..40 {
        assert_eq!(rolls.probability(k).unwrap(), &six * small(1, 6), "{k}");
        (other, six) = ((&other + &six) * small(5, 6), other * small(1, 6));
    }
    assert_eq!(rolls.min(), 2);
    // A factor in common with the denominator, which has its root at 1 and one inside of the circle.
    let geometric = read("(x - 1)*(2*x - 1)", "(x - 1)*(2*x - 1)*(2 - x)", 10).unwrap();
    assert_eq!(geometric, Distribution::geometric(&small(1, 2), 10).unwrap());
    let die = read("x*(1 - x^6)", "6*(1 - x)", 7).unwrap();
    assert_eq!(die.to_distribution().unwrap(), Distribution::die(6));
    assert_eq!(kind(read("x*(1 - x^6)", "6*(1 - x)", 6).unwrap().to_distribution()), ErrorKind::NotExact);
    for (p, q, message) in [
        ("1", "0", "a generating function with the denominator 0"),
        ("1", "x", "the generating function has a pole at 0"),
        ("x", "2*x - 1", "the generating function has a pole in 0 < x <= 1"),
        ("1", "1 - x", "the generating function has a pole in 0 < x <= 1"),
        ("1", "3 - x", "the generating function is 1/2 at 1, not 1"),
        ("0", "3 - x", "the generating function is 0 at 1, not 1"),
        ("3", "2 + x", "the coefficient of x^1 is negative: -3/4"),
    ] {
        let error = read(p, q, 5).unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Undefined, message));
    }
}

#[test]
fn rational_generating_functions_come_back() {
    let poly = |text: &str| QQ.parse(text).unwrap();
    // As few probabilities as decide them, and one less; degrees as they are said to be.
    for (p, q, d) in [
        ("x^2", "36 - 30*x - 5*x^2", 2),
        ("1", "2 - x", 1),
        ("x^5 + 1", "4 - x - x^4", 6),
        ("8*x^3", "(3 - x)^3", 3),
        ("x^40", "11 - 10*x^3", 3),
        ("1", "(20 - 19*x)^25", 25),
    ] {
        let (p, q) = (poly(p), poly(q));
        let unit = q.coefficient(0).recip();
        let expected = (p.try_scale(&unit).unwrap(), q.try_scale(&unit).unwrap());
        let first = p.valuation().unwrap();
        let read = |end| Truncated::from_rational_pgf(&p, &q, end).unwrap().rational_pgf();
        for more in [1, 2, 17, 60] {
            assert_eq!(read(first + 2 * d + more).unwrap(), expected);
        }
        let error = read(first + 2 * d).unwrap_err();
        let message = format!("{} probabilities do not decide a rational generating function", 2 * d);
        assert_eq!((error.kind(), error.message()), (ErrorKind::Undefined, message.as_str()));
    }
    let geometric = Distribution::geometric(&small(1, 3), 9).unwrap().shifted(-2).unwrap();
    assert_eq!(geometric.rational_pgf().unwrap(), (poly("1/3"), poly("x^2 - 2/3*x^3")));
    let die = Distribution::die(6);
    assert_eq!(die.rational_pgf().unwrap(), (die.pgf().unwrap(), poly("1")));
    assert_eq!(die.truncated(7).unwrap().rational_pgf(), die.rational_pgf());
    assert_eq!((die - 3).rational_pgf().unwrap().1, poly("x^2"));
    assert_eq!(kind(Distribution::from_faces([-(1 << 50), 0]).unwrap().rational_pgf()), ErrorKind::Limit);
    // 1/2, 1/4, ..., 1/2^9, and more of them than 1: the tail is not that of the series.
    let halves = |denominator: i64| {
        Truncated::new(0, (1..10).map(|k| BigInt::from(1 << (10 - k))).collect(), denominator.into()).unwrap()
    };
    assert!(halves(1024).rational_pgf().is_ok());
    let error = halves(1025).rational_pgf().unwrap_err();
    let message = "9 probabilities decide a rational function that is of no distribution: the generating function is 1024/1025 at 1, not 1";
    assert_eq!((error.kind(), error.message()), (ErrorKind::Undefined, message));
    let nothing = Truncated::new(0, Vec::new(), 1.into()).unwrap();
    assert_eq!(kind(nothing.rational_pgf()), ErrorKind::Undefined);
    // No recurrence: what is known of a sum of dice.
    assert_eq!(
        kind(Distribution::die(6).times(20).truncated(70).unwrap().rational_pgf()),
        ErrorKind::Undefined
    );
}

#[test]
fn series_are_refused_before_they_are_computed() {
    let poly = |text: &str| QQ.parse(text).unwrap();
    let series = |end| Truncated::from_rational_pgf(&poly("x^2"), &poly("36 - 30*x - 5*x^2"), end);
    assert_eq!(kind(series(300_000)), ErrorKind::Limit);
    assert_eq!(kind(series(1 << 40)), ErrorKind::Limit);
    // Not one of a distribution, and as long as its numerator in every coefficient.
    let huge = &poly("x - x^2")
        * &crate::Poly::constant(QQ, BigRational::from_integer(BigInt::from(1) << 3_000_000))
        + poly("1");
    let long = Truncated::from_rational_pgf(&huge, &poly("2 - x"), 100_000);
    assert_eq!(long.unwrap_err().kind(), ErrorKind::Limit);
    let many = Truncated::from_rational_pgf(&poly("x*(1 - x^6)"), &poly("6*(1 - x)"), 7).unwrap();
    assert!(many.is_complete());
}

#[test]
fn proportions_of_a_count() {
    let share = Distribution::from_weights([(-2, 1), (1, 2), (4, 1)]).unwrap().proportion(6).unwrap();
    let pairs: Vec<_> = share.probabilities().map(|(x, p)| format!("{x}: {p}")).collect();
    assert_eq!(pairs, ["-1/3: 1/4", "1/6: 1/2", "2/3: 1/4"]);
    assert_eq!(share.to_string(), pairs.join(", "));
    let mean: BigRational = share.probabilities().map(|(x, p)| x * p).sum();
    let second: BigRational = share.probabilities().map(|(x, p)| &x * &x * p).sum();
    assert_eq!(share.mean(), mean);
    assert_eq!(share.variance(), second - &mean * &mean);
    for x in -12..12 {
        let x = small(x, 12);
        let sum = |keep: &dyn Fn(&BigRational) -> bool| -> BigRational {
            share.probabilities().filter(|(y, _)| keep(y)).map(|(_, p)| p).sum()
        };
        assert_eq!(share.probability(&x), sum(&|y| *y == x));
        assert_eq!(share.at_most(&x), sum(&|y| *y <= x));
        assert_eq!(share.at_least(&x), sum(&|y| *y >= x));
    }
    let far = BigRational::from_integer(BigInt::from(1) << 70);
    assert_eq!((share.at_most(&far), share.at_least(&far)), (small(1, 1), small(0, 1)));
    assert_eq!((share.at_most(&-&far), share.at_least(&-far)), (small(0, 1), small(1, 1)));
    assert_eq!((share.median(), share.quantile(&small(4, 5)).unwrap()), (small(1, 6), small(2, 3)));
    assert_eq!(share.standard_deviation(3), "0.354");
    assert_eq!(kind(Distribution::die(6).proportion(0)), ErrorKind::Undefined);
}
