//! Functions, conditions, explosions and compound sums against enumeration of all rolls.

use super::*;
use crate::ring::ZZ;
use crate::{ErrorKind, progress};
use num_rational::BigRational;
use num_traits::One;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Small weighted variables, with gaps, steps and negative outcomes.
fn variable() -> impl Strategy<Value = Distribution> {
    (prop::collection::vec((-4i64..7, 0u32..5), 1..5), prop::sample::select(vec![1i64, 2, 5]))
        .prop_filter_map("some weight", |(faces, step)| {
            Distribution::from_weights(faces.into_iter().map(|(f, w)| (f * step, w))).ok()
        })
}

/// Exact probabilities of all outcomes; also that the lattice and the denominator are those of an invariant distribution.
fn table(d: &Distribution) -> BTreeMap<i64, BigRational> {
    assert_eq!(d.weights.iter().sum::<BigInt>(), d.denominator);
    let again = Distribution::from_weights(d.outcomes().map(|(o, w)| (o, w.clone()))).unwrap();
    assert_eq!((again.offset, again.step, again.weights.len()), (d.offset, d.step, d.weights.len()));
    d.probabilities().collect()
}

fn collect(pairs: impl IntoIterator<Item = (i64, BigRational)>) -> BTreeMap<i64, BigRational> {
    let mut sums = BTreeMap::new();
    for (outcome, p) in pairs {
        *sums.entry(outcome).or_insert_with(BigRational::zero) += p;
    }
    sums.retain(|_, p| !p.is_zero());
    sums
}

/// What a die shows that explodes on some faces, by following every path.
fn exploded(die: &Distribution, depth: u64, explodes: &dyn Fn(i64) -> bool) -> BTreeMap<i64, BigRational> {
    let mut sums = BTreeMap::new();
    for (face, p) in die.probabilities() {
        if depth > 0 && explodes(face) {
            for (rest, q) in exploded(die, depth - 1, explodes) {
                *sums.entry(face + rest).or_insert_with(BigRational::zero) += &p * q;
            }
        } else {
            *sums.entry(face).or_insert_with(BigRational::zero) += p;
        }
    }
    sums
}

fn extent_holds(extent: &Extent, d: &Distribution) -> bool {
    let inside = |outcome: i64| {
        outcome >= extent.min()
            && outcome <= extent.max()
            && (i128::from(outcome) - i128::from(extent.min())) % i128::from(extent.step()) == 0
    };
    d.outcomes().all(|(outcome, _)| inside(outcome))
        && d.weights.iter().all(|w| w.bits() <= extent.weight_bits())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn functions_are_those_of_enumeration(a in variable(), b in variable(), low in -9i64..9, len in 0i64..9) {
        let pairs = |f: &dyn Fn(i64, i64) -> i64| {
            let all = a.probabilities().flat_map(|(x, p)| b.probabilities().map(move |(y, q)| (f(x, y), &p * q)));
            collect(all.collect::<Vec<_>>())
        };
        prop_assert_eq!(table(&a.map2(&b, |x, y| x * x - 3 * y).unwrap()), pairs(&|x, y| x * x - 3 * y));
        prop_assert_eq!(table(&(&a * &b)), pairs(&|x, y| x * y));
        prop_assert_eq!(table(&a.maximum(&b).unwrap()), pairs(&|x, y| x.max(y)));
        prop_assert_eq!(table(&a.minimum(&b).unwrap()), pairs(&|x, y| x.min(y)));
        let single = |f: &dyn Fn(i64) -> i64| collect(a.probabilities().map(|(x, p)| (f(x), p)));
        prop_assert_eq!(table(&a.map(|x| x.rem_euclid(3)).unwrap()), single(&|x| x.rem_euclid(3)));
        prop_assert_eq!(table(&a.absolute().unwrap()), single(&i64::abs));
        prop_assert_eq!(table(&a.clamp(low..=low + len).unwrap()), single(&|x| x.clamp(low, low + len)));
        let (x, y) = (a.extent(), b.extent());
        prop_assert!(extent_holds(&x.product(&y).unwrap(), &(&a * &b)));
        prop_assert!(extent_holds(&x.maximum(&y).unwrap(), &a.maximum(&b).unwrap()));
        prop_assert!(extent_holds(&x.minimum(&y).unwrap(), &a.minimum(&b).unwrap()));
        prop_assert!(extent_holds(&x.absolute().unwrap(), &a.absolute().unwrap()));
    }

    #[test]
    fn conditions_are_those_of_enumeration(a in variable(), low in -9i64..9, n in 0u64..4) {
        let event = |x: i64| x >= low && x % 2 == 0;
        let mass: BigRational = a.probabilities().filter(|(x, _)| event(*x)).map(|(_, p)| p).sum();
        match a.given(event) {
            Ok(given) => {
                let expected = a.probabilities().filter(|(x, _)| event(*x)).map(|(x, p)| (x, p / &mass));
                prop_assert_eq!(table(&given), collect(expected));
                prop_assert_eq!(&a.reroll_until(event).unwrap(), &given);
            }
            Err(error) => {
                prop_assert!(mass.is_zero());
                prop_assert_eq!(error.kind(), ErrorKind::Undefined);
            }
        }
        match a.given_range(low..) {
            Ok(given) => prop_assert_eq!(given, a.given(|x| x >= low).unwrap()),
            Err(_) => prop_assert!(a.at_least(low).is_zero()),
        }
        // Rolling again, one roll after the other.
        let mut expected = collect(a.probabilities());
        for _ in 0..n {
            let stay = a.probabilities().filter(|(x, _)| !event(*x));
            let again: Vec<_> = expected.iter().map(|(x, p)| (*x, p * &mass)).collect();
            expected = collect(stay.chain(again));
        }
        let rerolled = a.reroll_up_to(n, event).unwrap();
        prop_assert_eq!(table(&rerolled), expected);
        prop_assert!(extent_holds(&a.extent().rerolled(n).unwrap(), &rerolled));
        let hits = a.indicator(event);
        prop_assert_eq!(hits.probability(1), mass);
        prop_assert_eq!(table(&a.count_successes(n, event).unwrap()), table(&hits.times(n)));
    }

    #[test]
    fn explosions_are_those_of_enumeration(die in variable(), depth in 0u64..4, cut in -5i64..8) {
        let highest = die.max();
        for explodes in [&(|x| x == highest) as &dyn Fn(i64) -> bool, &|x| x > cut, &|_| true, &|_| false] {
            let open = die.explode(depth, explodes).unwrap();
            prop_assert_eq!(table(&open.distribution), collect(exploded(&die, depth, explodes)));
            let mass: BigRational = die.probabilities().filter(|(x, _)| explodes(*x)).map(|(_, p)| p).sum();
            prop_assert_eq!(open.remainder, mass.pow(depth as i32 + 1));
        }
        // Without a limit: below the end nothing depends on it.
        let end = 3 * cut;
        match die.explode_below(end, |x| x == highest || x > 3) {
            Ok(open) => {
                let deep = exploded(&die, 5, &|x| x == highest || x > 3);
                prop_assume!(deep.len() < 400);
                if 6 * die.outcomes().map(|o| o.0).find(|&x| x == highest || x > 3).unwrap() + die.min().min(0) >= end {
                    for (outcome, p) in &deep {
                        if *outcome < end {
                            prop_assert_eq!(&open.probability(*outcome).unwrap(), p);
                        }
                    }
                    let beyond: BigRational = deep.iter().filter(|(x, _)| **x >= end).map(|(_, p)| p).sum();
                    prop_assert_eq!(open.tail(), beyond);
                }
            }
            Err(error) => prop_assert!(highest <= 0 && error.kind() == ErrorKind::Undefined, "{}", error),
        }
        let extent = die.extent().exploded(depth, (highest, highest), die.extent().step_with(highest)).unwrap();
        prop_assert!(extent_holds(&extent, &die.explode(depth, |x| x == highest).unwrap().distribution));
    }

    #[test]
    fn compound_sums_are_mixtures(
        counts in prop::collection::vec(0u32..4, 1..12), first in 0i64..4, step in 1i64..4, die in variable(),
    ) {
        prop_assume!(counts.iter().any(|w| *w > 0));
        let weights = counts.iter().enumerate().map(|(k, &w)| (first + step * k as i64, w));
        let count = Distribution::from_weights(weights).unwrap();
        let sum = count.compound(&die).unwrap();
        let parts: Vec<_> = count.probabilities().map(|(n, p)| (p, die.times(n as u64))).collect();
        let mixture = Distribution::mixture(parts.iter().map(|(p, d)| (p.clone(), d))).unwrap();
        prop_assert_eq!(table(&sum), table(&mixture));
        prop_assert!(extent_holds(&count.extent().compound(&die.extent()).unwrap(), &sum));
    }
}

#[test]
fn numbers_without_a_largest_have_sums_with_a_tail() {
    let half = BigRational::new(1.into(), 2.into());
    let die = Distribution::from_weights([(2, 1), (3, 4), (7, 2)]).unwrap();
    for (successes, known) in [(1, 0), (1, 1), (1, 6), (2, 9)] {
        let count = Distribution::negative_binomial(successes, &half, known).unwrap();
        match count.compound(&die) {
            Ok(sum) => {
                assert_eq!(sum.end(), known as i64 * 2);
                // Larger numbers do not change what is known.
                let more = Distribution::negative_binomial(successes, &half, known + 5)
                    .unwrap()
                    .compound(&die)
                    .unwrap();
                let parts = more.probabilities().filter(|(x, _)| *x < sum.end());
                assert!(sum.probabilities().eq(parts), "{successes} {known}");
                let below: BigRational = sum.probabilities().map(|(_, p)| p).sum();
                assert_eq!(sum.tail(), BigRational::one() - below);
            }
            Err(error) => assert!(known == 0 && error.kind() == ErrorKind::Undefined, "{error}"),
        }
    }
    let count = Distribution::geometric(&half, 5).unwrap();
    assert_eq!(count.compound(&Distribution::uniform(0..=1)).unwrap_err().kind(), ErrorKind::Undefined);
    let all = Distribution::die(4).truncated(5).unwrap();
    assert_eq!(
        all.compound(&die).unwrap().to_distribution().unwrap(),
        Distribution::die(4).compound(&die).unwrap()
    );
}

#[test]
fn a_long_compound_sum() {
    // The number of heads of a number of coins that is the sum of a hundred dice: the coins of each die are independent.
    let coin = Distribution::from_weights([(0, 1), (1, 1)]).unwrap();
    let d6 = Distribution::die(6);
    assert_eq!(d6.times(100).compound(&coin).unwrap(), d6.compound(&coin).unwrap().times(100));
    let back = Distribution::from_weights([(-1, 1), (1, 2)]).unwrap();
    assert_eq!(d6.times(30).compound(&back).unwrap(), d6.compound(&back).unwrap().times(30));
}

#[test]
fn outcomes_further_apart_than_any_outcome() {
    let end = 9_000_000_000_000_000_000i64;
    let far = Distribution::from_faces([-end, 0, end]).unwrap();
    assert_eq!((far.min(), far.max(), far.step()), (-end, end, end));
    assert_eq!(far.outcomes().map(|(x, _)| x).collect::<Vec<_>>(), [-end, 0, end]);
    assert_eq!(far.absolute().unwrap().probability(end), BigRational::new(2.into(), 3.into()));
}

#[test]
fn functions_of_two_with_too_many_values_stop_early() {
    // A thousand outcomes each, over a denominator of 300,000 bits: a million values would take 6*10^11 bits.
    let weights = (0..1000).map(|x| (x, BigInt::one() << if x == 999 { 300_000 } else { 0 }));
    let rare = Distribution::from_weights(weights).unwrap();
    let mut calls = 0;
    let error = rare.map2(&rare, |x, y| {
        calls += 1;
        1000 * x + y
    });
    assert_eq!((error.unwrap_err().kind(), calls), (ErrorKind::Limit, 229_000));
}

#[test]
fn absolute_values_of_one_sign() {
    let d6 = Distribution::die(6);
    assert_eq!(d6.absolute().unwrap(), d6);
    assert_eq!((-&d6).absolute().unwrap(), d6);
    assert_eq!((d6.clone() - 1).absolute().unwrap(), d6.clone() - 1);
    assert_eq!((1 * -d6.clone() + 1).absolute().unwrap(), d6 - 1);
}

#[test]
fn edges_of_functions() {
    let d6 = Distribution::die(6);
    let kind = |d: crate::Result<Distribution>| d.unwrap_err().kind();
    let far = Distribution::from_faces([i64::MIN, i64::MIN + 1]).unwrap();
    assert_eq!(kind(far.absolute()), ErrorKind::Overflow);
    assert_eq!(kind(far.try_product(&d6)), ErrorKind::Overflow);
    assert_eq!(kind((d6.clone() - 2).compound(&d6)), ErrorKind::Undefined);
    assert_eq!(kind(Distribution::die(1_000_000).compound(&Distribution::die(1_000_000))), ErrorKind::Limit);
    #[expect(clippy::reversed_empty_ranges)]
    let empty = d6.clamp(3..=2);
    assert_eq!(kind(empty), ErrorKind::Undefined);
    assert_eq!(kind(d6.reroll_up_to(u64::MAX, |x| x == 1)), ErrorKind::Limit);
    assert_eq!(kind(d6.map(|x| if x == 1 { i64::MIN } else { i64::MAX })), ErrorKind::Overflow);
    assert_eq!(
        d6.given_range(7..).unwrap_err().message(),
        "an outcome from 7 has probability 0: nothing can be concluded from it"
    );
    let zero = Distribution::constant(0);
    assert_eq!(zero.compound(&d6).unwrap(), zero);
    assert_eq!(d6.compound(&zero).unwrap(), zero);
    assert_eq!(Distribution::constant(3).compound(&d6).unwrap(), d6.times(3));
    assert_eq!(d6.compound(&Distribution::constant(-2)).unwrap(), d6.clone().scaled(-2).unwrap());
    let open = Distribution::constant(5).explode(3, |_| true).unwrap();
    assert_eq!((open.distribution, open.remainder), (Distribution::constant(20), BigRational::one()));
    let far = Distribution::constant(5).explode(u64::MAX, |_| true).unwrap_err();
    assert_eq!(far.kind(), ErrorKind::Overflow);
    let ends = Distribution::from_faces([i64::MIN / 2, i64::MAX / 3]).unwrap().explode(u64::MAX, |_| true);
    assert_eq!(ends.unwrap_err().kind(), ErrorKind::Overflow);
    let again = Distribution::from_weights([(0, 1), (1, 1)]).unwrap().explode(100_000, |x| x == 0).unwrap();
    assert_eq!(again.distribution.weight(0), BigInt::one());
    assert_eq!(d6.reroll_up_to(5, |_| true).unwrap(), d6);
    assert_eq!((d6.indicator(|_| true), d6.indicator(|_| false)), (Distribution::constant(1), zero));
}

#[test]
fn outcomes_as_far_apart_as_they_may_be() {
    let far = 9_000_000_000_000_000_000;
    let lattice = |offset: i64, weights: &[i64]| {
        let weights = ZZ.poly(weights.iter().copied());
        Distribution::from_lattice(2 * i128::from(offset), far.into(), weights)
    };
    assert_eq!(lattice(-far, &[0, 0, 0, 5]).unwrap(), Distribution::constant(far));
    assert_eq!(lattice(-far, &[0, 1, 1]).unwrap(), Distribution::from_faces([-far, 0]).unwrap());
    let kind = |d: crate::Result<Distribution>| d.unwrap_err().kind();
    assert_eq!(kind(lattice(-far, &[1, 0, 0, 1])), ErrorKind::Overflow);
    assert_eq!(kind(lattice(-far, &[0, 1, 0, 1])), ErrorKind::Overflow); // the step does not fit
    assert_eq!(kind(lattice(0, &[0, 0])), ErrorKind::Undefined);
    let die = Distribution::from_faces([-far, 0, far]).unwrap();
    let pairs = Joint::from_weights([((-far, 0), 1), ((0, 1), 1), ((far, 2), 1)]).unwrap();
    assert_eq!((pairs.max(), pairs.weight(far, 2)), ((far, 2), BigInt::one()));
    assert_eq!(pairs.first(), die);
    assert_eq!(Distribution::mixture([(BigRational::one(), &die)]).unwrap(), die);
    assert_eq!(die.given(|x| x > 0).unwrap(), Distribution::constant(far));
    assert_eq!(die.given(|x| x >= 0).unwrap(), Distribution::from_faces([0, far]).unwrap());
    assert_eq!(die.explode(0, |x| x == far).unwrap().distribution, die);
    let root = Distribution::from_faces([-3_000_000_000, 0, 3_000_000_000]).unwrap();
    assert_eq!(&root * &root, Distribution::from_weights([(-far, 2), (0, 5), (far, 2)]).unwrap());
}

#[test]
fn moments_and_mixtures_are_refused_before_they_are_computed() {
    let dice = Distribution::die(6).times(10);
    for result in [
        dice.try_moment(u32::MAX).map(drop),
        dice.try_central_moment(u32::MAX).map(drop),
        (&dice - 11).try_factorial_moment(u32::MAX).map(drop),
        dice.try_cumulants(usize::MAX).map(drop),
        dice.try_cumulants(1 << 20).map(drop),
        Distribution::die(2).times(10_000).try_moment(1 << 20).map(drop),
    ] {
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Limit);
    }
    // What is short may be of any order, whatever the denominator is.
    let seven = Distribution::from_weights([(7, 3)]).unwrap();
    assert_eq!(seven.central_moment(u32::MAX), BigRational::default());
    assert_eq!(seven.central_moment(0), BigRational::one());
    assert!(seven.cumulants(5)[1..].iter().all(|c| *c == BigRational::default()));
    for x in [u32::MAX - 1, u32::MAX] {
        let constant = Distribution::constant(x.into());
        assert_eq!(constant.factorial_moment(1), BigInt::from(x).into());
        assert_eq!(constant.factorial_moment(2), (BigInt::from(x) * (x - 1)).into());
    }
    assert_eq!(Distribution::die(1).moment(u32::MAX), BigRational::one());
    assert_eq!(Distribution::constant(7).central_moment(u32::MAX), BigRational::default());
    assert_eq!(Distribution::from_faces([0, 5]).unwrap().factorial_moment(u32::MAX), BigRational::default());
    let half = BigRational::new(1.into(), 2.into());
    let far = [0, i64::MAX].map(Distribution::constant);
    let mixed = Distribution::mixture(far.iter().map(|d| (half.clone(), d))).unwrap();
    assert_eq!((mixed.min(), mixed.max(), mixed.step()), (0, i64::MAX, i64::MAX));
    let third = [0, 1, i64::MAX].map(Distribution::constant);
    let parts = third.iter().map(|d| (BigRational::new(1.into(), 3.into()), d));
    assert_eq!(Distribution::mixture(parts).unwrap_err().kind(), ErrorKind::Limit);
    // On the lattice of all parts, each over a denominator of its own.
    let (a, b) = (Distribution::die(3).scaled(6).unwrap(), Distribution::die(4).scaled(-9).unwrap());
    let mixed = Distribution::mixture([(half.clone(), &a), (half, &b)]).unwrap();
    assert_eq!((mixed.min(), mixed.max(), mixed.step(), mixed.denominator()), (-36, 18, 3, &24.into()));
    for x in -40..40 {
        assert_eq!(mixed.probability(x), (a.probability(x) + b.probability(x)) / BigInt::from(2));
    }
}

#[test]
fn functions_can_be_stopped() {
    let d6 = Distribution::die(6);
    let stop = |work: &dyn Fn() -> crate::Result<Distribution>| {
        progress::watch(|_| ControlFlow::Break(()), work).unwrap_err().kind()
    };
    for work in [
        &|| d6.map(|x| x + 1) as crate::Result<Distribution>,
        &|| d6.map2(&d6, |x, y| x + y),
        &|| d6.try_product(&d6),
        &|| Pool::of(&d6, 1).and(Distribution::die(4), 2).keep_highest(1),
    ] as [&dyn Fn() -> crate::Result<Distribution>; 4]
    {
        assert_eq!(stop(work), ErrorKind::Interrupted);
    }
}

#[test]
fn explosions_can_be_stopped_and_their_size_is_known() {
    let d6 = Distribution::die(6);
    let stopped = progress::watch(|_| ControlFlow::Break(()), || d6.explode(100, |x| x == 6));
    assert_eq!(stopped.unwrap_err().kind(), ErrorKind::Interrupted);
    let size = d6.extent_of_explode(9, |x| x > 4).unwrap();
    let open = d6.explode(9, |x| x > 4).unwrap().distribution;
    assert!(extent_holds(&size, &open) && size.work() > 0.0);
    assert_eq!(d6.extent_of_explode(9, |_| false).unwrap(), d6.extent());
    let point = Distribution::constant(-3);
    assert!(extent_holds(&point.extent_of_explode(4, |_| true).unwrap(), &Distribution::constant(-15)));
    let again = d6.reroll_up_to(3, |x| x < 3).unwrap();
    assert!(extent_holds(&d6.extent_of_reroll(3).unwrap(), &again));
}
