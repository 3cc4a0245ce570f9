//! Distributions against enumeration of all outcomes, and decimals against hand values.

use super::*;
use crate::ErrorKind;
use num_rational::BigRational;
use num_traits::One;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn ratio(text: &str) -> BigRational {
    text.parse().expect("a fraction")
}

/// All outcomes of independent variables by enumeration, in fractions.
fn enumerate(terms: &[&[(i64, BigRational)]]) -> BTreeMap<i64, BigRational> {
    let mut table = BTreeMap::from([(0, BigRational::one())]);
    for term in terms {
        let mut next = BTreeMap::new();
        for (sum, p) in &table {
            for (outcome, q) in *term {
                *next.entry(sum + outcome).or_insert_with(BigRational::zero) += p * q;
            }
        }
        table = next;
    }
    table
}

fn table(distribution: &Distribution) -> BTreeMap<i64, BigRational> {
    let table: BTreeMap<_, _> = distribution.probabilities().collect();
    for (outcome, p) in &table {
        assert_eq!(*p, distribution.probability(*outcome));
        assert_eq!(*p, BigRational::new(p.numer().clone(), p.denom().clone()), "in lowest terms");
    }
    assert!(distribution.weights.iter().sum::<BigInt>() == distribution.denominator);
    table
}

/// Small weighted dice on lattices of every kind.
fn faces() -> impl Strategy<Value = Vec<(i64, u32)>> {
    (prop::collection::vec((-9i64..9, 0u32..7), 1..6), prop::sample::select(vec![1i64, 2, 6, 1000]))
        .prop_filter("some weight", |(faces, _)| faces.iter().any(|f| f.1 > 0))
        .prop_map(|(faces, step)| faces.into_iter().map(|(o, w)| (o * step, w)).collect())
}

fn given(faces: &[(i64, u32)]) -> (Distribution, Vec<(i64, BigRational)>) {
    let total: u32 = faces.iter().map(|f| f.1).sum();
    let probabilities = faces
        .iter()
        .filter(|f| f.1 > 0)
        .map(|&(o, w)| (o, BigRational::new(w.into(), total.into())))
        .collect();
    (Distribution::from_weights(faces.iter().copied()).expect("valid weights"), probabilities)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn sums_are_those_of_enumeration(a in faces(), b in faces(), n in 0u64..4) {
        let ((a, pa), (b, pb)) = (given(&a), given(&b));
        let minus_b: Vec<_> = pb.iter().map(|(o, p)| (-o, p.clone())).collect();
        prop_assert_eq!(table(&(&a + &b)), enumerate(&[&pa, &pb]));
        prop_assert_eq!(&a + &b, &b + &a);
        prop_assert_eq!(table(&(&a - &b)), enumerate(&[&pa, &minus_b]));
        let copies: Vec<&[_]> = (0..n).map(|_| &pa[..]).collect();
        prop_assert_eq!(table(&a.times(n)), enumerate(&copies));
        let mut all = copies;
        all.push(&pb);
        let terms = std::iter::repeat_n(&a, n as usize).chain([&b]);
        prop_assert_eq!(table(&Distribution::try_sum(terms).unwrap()), enumerate(&all));
    }

    #[test]
    fn questions_are_those_of_enumeration(a in faces(), b in faces(), low in -20i64..20, len in 0i64..20) {
        let ((a, pa), (b, pb)) = (given(&a), given(&b));
        let t = enumerate(&[&pa]);
        let mass = |keep: &dyn Fn(i64) -> bool| -> BigRational {
            t.iter().filter(|e| keep(*e.0)).map(|e| e.1).sum()
        };
        prop_assert_eq!(a.probability_in(low..low + len), mass(&|o| (low..low + len).contains(&o)));
        prop_assert_eq!(a.at_least(low), mass(&|o| o >= low));
        prop_assert_eq!(a.at_most(low), mass(&|o| o <= low));
        prop_assert_eq!(a.probability_in((std::ops::Bound::Excluded(low), std::ops::Bound::Unbounded)), mass(&|o| o > low));
        let mean: BigRational = t.iter().map(|(o, p)| p * BigInt::from(*o)).sum();
        let second: BigRational = t.iter().map(|(o, p)| p * BigInt::from(o * o)).sum();
        prop_assert_eq!(a.mean(), mean.clone());
        prop_assert_eq!(a.variance(), second - &mean * &mean);
        let c = a.compare(&b);
        let difference = &a - &b;
        prop_assert_eq!(c.greater, difference.at_least(1));
        prop_assert_eq!(c.equal, difference.probability(0));
        prop_assert_eq!(c.less, difference.at_most(-1));
        let sum = &a + &b;
        for (c, p) in sum.probabilities() {
            let first = a.posterior(&b, c).unwrap();
            for (x, q) in first.probabilities() {
                prop_assert_eq!(q, a.probability(x) * b.probability(c - x) / &p);
            }
        }
        let half = ratio("1/2");
        let mixture = Distribution::mixture([(half.clone(), &a), (half.clone(), &b)]).unwrap();
        let mut expected = enumerate(&[&pa]);
        for (o, p) in pb.iter() {
            *expected.entry(*o).or_insert_with(BigRational::zero) += p;
        }
        expected.values_mut().for_each(|p| *p *= &half);
        prop_assert_eq!(table(&mixture), expected);
    }

    #[test]
    fn median_and_quantiles_split_the_mass(a in faces(), q in 0u32..=12) {
        let (a, _) = given(&a);
        let median = a.median();
        let half = ratio("1/2");
        let floor = i64::try_from(median.floor().to_integer()).unwrap();
        let ceil = i64::try_from(median.ceil().to_integer()).unwrap();
        prop_assert!(a.at_most(floor) >= half && a.at_least(ceil) >= half);
        let q = BigRational::new(q.into(), 12.into());
        let x = a.quantile(&q).unwrap();
        prop_assert!(a.at_most(x) >= q && (x == a.min() || a.at_most(x - 1) < q));
    }

    #[test]
    fn decimals_and_floats_are_the_nearest(p in -1_000_000i64..1_000_000, q in 1i64..1_000_000, digits in 1usize..17) {
        let value = BigRational::new(p.into(), q.into());
        prop_assert_eq!(to_f64(&value), p as f64 / q as f64);
        let text = decimal(&value, digits);
        // The standard library rounds decimals of floats; 17 digits of a quotient are too few to see a tie.
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let places = mantissa.split_once('.').map_or(0, |(_, d)| d.len()) as i32;
        let exponent = exponent.parse::<i32>().unwrap();
        let ten = ratio("10");
        let read = ratio(&mantissa.replace('.', "")) * ten.pow(exponent - places);
        let error = num_traits::Signed::abs(&(&read - &value));
        if value.is_zero() {
            prop_assert_eq!(text, "0");
        } else {
            let size = num_traits::Signed::abs(&value);
            let mut top = 0;
            while ten.pow(top + 1) <= size { top += 1; }
            while ten.pow(top) > size { top -= 1; }
            prop_assert!(error * BigInt::from(2) <= ten.pow(top + 1 - digits as i32));
            let written = mantissa.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit).count();
            prop_assert!(written == digits || (read == value), "{} for {}", text, value);
        }
    }
}

#[test]
fn the_lattice_is_the_smallest() {
    let far = Distribution::from_faces([7, 1_000_000_007]).unwrap().times(100);
    assert_eq!((far.weights().len(), far.step(), far.max()), (101, 1_000_000_000, 100_000_000_700));
    let extremes = Distribution::from_faces([i64::MIN, i64::MAX]);
    assert_eq!(extremes.unwrap_err().kind(), ErrorKind::Overflow);
    let ends = Distribution::from_weights([(5, 0), (10, 3), (20, 0), (16, 1), (100, 0)]).unwrap();
    assert_eq!((ends.min(), ends.max(), ends.step()), (10, 16, 6));
    assert_eq!(
        (Distribution::die(1).times(1 << 40).as_constant(), Distribution::die(6).scaled(0).unwrap()),
        (Some(1 << 40), Distribution::constant(0))
    );
}

#[test]
fn what_is_no_distribution_is_an_error() {
    let kind = |d: crate::Result<Distribution>| d.unwrap_err().kind();
    assert_eq!(kind(Distribution::from_faces([])), ErrorKind::Undefined);
    assert_eq!(kind(Distribution::from_weights([(1, 0), (2, 0)])), ErrorKind::Undefined);
    assert_eq!(kind(Distribution::from_weights([(1, 2), (2, -1)])), ErrorKind::Undefined);
    assert_eq!(kind(Distribution::from_probabilities([(1, ratio("1/2"))])), ErrorKind::Undefined);
    assert_eq!(
        kind(Distribution::from_probabilities([(1, ratio("3/2")), (2, ratio("-1/2"))])),
        ErrorKind::Undefined
    );
    assert_eq!(kind(Distribution::try_die(0)), ErrorKind::Undefined);
    assert!(Distribution::try_uniform(3..=3).is_ok());
    #[expect(clippy::reversed_empty_ranges)]
    let empty = Distribution::try_uniform(3..=2);
    assert_eq!(kind(empty), ErrorKind::Undefined);
    let d6 = Distribution::die(6);
    assert_eq!(d6.quantile(&ratio("7/6")).unwrap_err().kind(), ErrorKind::Undefined);
    assert!(d6.posterior(&d6, 1).is_err() && d6.posterior(&d6, i64::MIN).is_err());
}

#[test]
fn what_is_too_large_is_refused_before_work() {
    let kind = |d: crate::Result<Distribution>| d.unwrap_err().kind();
    assert_eq!(kind(Distribution::try_die(1_000_000_000_000)), ErrorKind::Limit);
    assert_eq!(kind(Distribution::try_die(u64::MAX)), ErrorKind::Limit);
    let d6 = Distribution::die(6);
    assert_eq!(kind(d6.try_times(1_000_000_000)), ErrorKind::Limit);
    assert_eq!(kind(d6.try_times(u64::MAX)), ErrorKind::Overflow);
    assert_eq!(kind(d6.clone().scaled(i64::MAX)), ErrorKind::Overflow);
    assert_eq!(kind(Distribution::from_faces([0, 1, i64::MAX])), ErrorKind::Limit);
    let wide = d6.clone().scaled(1_000_000_000_000).unwrap();
    assert_eq!(kind(wide.try_add(&d6)), ErrorKind::Limit);
    assert_eq!(kind(Distribution::try_sum([&wide, &d6])), ErrorKind::Limit);
}

#[test]
fn work_is_estimated_and_refused() {
    let d6 = Extent::uniform(1, 6).unwrap();
    let far = d6.with_work(1e17).plus(&d6.with_work(2e17)).unwrap();
    assert!((3e17..3.001e17).contains(&far.work()));
    let error = far.check().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert!(error.message().contains("about 3e17 word operations"), "{error}");
    assert_eq!(far.scaled(-3).unwrap().shifted(5).unwrap().work(), far.work());
    // Ten times the dice: ten times the outcomes with ten times the words, and a little for the logarithm.
    let thousand = d6.times(1000).unwrap();
    let growth = d6.times(10_000).unwrap().work() / thousand.work();
    assert!((80.0..130.0).contains(&growth), "{growth}");
    let tree = Extent::sum(vec![d6; 1000]).unwrap();
    assert_eq!((tree.min(), tree.max(), tree.step()), (1000, 6000, 1));
    assert!(tree.work() > thousand.work() && tree.work() < 200.0 * thousand.work());
    assert_eq!(Extent::sum([]).unwrap(), Extent::constant(0));
}

#[test]
fn decimals_at_any_magnitude() {
    let six = BigRational::from_integer(6.into());
    assert_eq!(decimal(&six.pow(-1000), 6), "7.05910e-779");
    assert_eq!(decimal(&six.pow(1000), 6), "1.41661e778");
    for (value, digits, text) in [
        ("0", 6, "0"),
        ("1/36", 6, "0.0277778"),
        ("1/6", 1, "0.2"),
        ("999999/1000000", 3, "1.00"),
        ("1999/2", 3, "1.00e3"),
        ("5/2", 1, "2"),
        ("7/2", 1, "4"),
        ("-7/2", 6, "-3.5"),
        ("100", 6, "100"),
        ("1234567", 6, "1.23457e6"),
        ("1/10000", 6, "0.0001"),
        ("1/100000", 6, "1e-5"),
        ("350", 2, "3.5e2"),
        ("1000000", 6, "1e6"),
    ] {
        assert_eq!(decimal(&ratio(value), digits), text, "{value} to {digits}");
    }
    assert_eq!(decimal_sqrt(&ratio("175/6"), 8), "5.4006172");
    assert_eq!(decimal_sqrt(&ratio("1/1000000"), 3), "0.001");
    assert_eq!(decimal_sqrt(&ratio("25/4"), 1), "2"); // 2.5, a tie, to even
    assert_eq!(decimal_sqrt(&six.pow(-2000), 6), "7.05910e-779");
}

#[test]
fn floats_at_the_ends_of_their_range() {
    let two = ratio("2");
    assert_eq!(to_f64(&two.pow(-1074)), f64::from_bits(1));
    assert_eq!(to_f64(&two.pow(-1075)), 0.0); // half way, to even
    assert_eq!(to_f64(&(two.pow(-1075) * ratio("3"))), f64::from_bits(2)); // half way, to even
    assert_eq!(to_f64(&(two.pow(-1075) * ratio("5/4"))), f64::from_bits(1));
    assert_eq!(to_f64(&two.pow(-1022)), f64::MIN_POSITIVE);
    assert_eq!(to_f64(&(two.pow(1024) - two.pow(970))), f64::INFINITY);
    assert_eq!(to_f64(&(two.pow(1024) - two.pow(971))), f64::MAX);
    assert_eq!(to_f64(&ratio("-7/2")), -3.5);
}
