//! Pools against enumeration of all rolls, and order statistics against their closed form.

use super::*;
use crate::{ErrorKind, progress};
use num_rational::BigRational;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};

/// The sum of the sorted dice in some places, by rolling everything.
fn enumerate(dice: &[Distribution], places: Range<usize>) -> Distribution {
    let mut rolls = vec![(Vec::new(), BigInt::one())];
    for die in dice {
        rolls = rolls
            .into_iter()
            .flat_map(|(roll, weight)| {
                die.outcomes().map(move |(face, w)| {
                    let mut roll: Vec<i64> = roll.clone();
                    roll.push(face);
                    (roll, &weight * w)
                })
            })
            .collect();
    }
    let mut sums = BTreeMap::<i64, BigInt>::new();
    for (mut roll, weight) in rolls {
        roll.sort_unstable();
        *sums.entry(roll[places.clone()].iter().sum()).or_default() += weight;
    }
    Distribution::from_weights(sums).expect("some roll")
}

/// Small weighted dice, with gaps, steps and negative faces.
fn die() -> impl Strategy<Value = Distribution> {
    (prop::collection::vec((-4i64..5, 0u32..4), 1..5), prop::sample::select(vec![1i64, 3]))
        .prop_filter_map("some weight", |(faces, step)| {
            Distribution::from_weights(faces.into_iter().map(|(f, w)| (f * step, w))).ok()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn equal_dice_are_those_of_enumeration(die in die(), n in 1usize..6, big in any::<bool>()) {
        // The same die over a large denominator, and with weights over a word, takes the other ways.
        let dice = vec![die.clone(); n];
        for low in 0..=n {
            for end in low..=n {
                let expected = enumerate(&dice, low..end);
                prop_assert_eq!(&Pool::of(&die, n as u64).sum_of(low as u64..end as u64).unwrap(), &expected);
                if big {
                    let [a, k, h] = [low, end - low, n - end].map(|n| n as u64);
                    for way in 0..2 {
                        if k > 0 && a + h > 0 && die.as_constant().is_none() {
                            let sums = forced(&die, [a, k, h], way);
                            prop_assert_eq!(sums, expected.clone());
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn mixed_dice_are_those_of_enumeration(dice in prop::collection::vec(die(), 1..5)) {
        let pool = Pool::new(dice.clone());
        for low in 0..=dice.len() {
            for end in low..=dice.len() {
                let (sum, size) = (pool.sum_of(low as u64..end as u64), pool.extent_of(low as u64..end as u64));
                let (sum, size) = (sum.unwrap(), size.unwrap());
                prop_assert_eq!(&sum, &enumerate(&dice, low..end));
                prop_assert!((size.min(), size.max()) == (sum.min(), sum.max()) && sum.step() % size.step() == 0);
            }
        }
    }

    /// Many equal dice of each kind: products of distribution functions.
    #[test]
    fn highest_of_groups(a in die(), b in die(), m in 1u64..6, n in 1u64..6) {
        let highest = Pool::of(&a, m).and(b.clone(), n).keep_highest(1).unwrap();
        let lowest = Pool::of(&a, m).and(b.clone(), n).keep_lowest(1).unwrap();
        for x in a.min().min(b.min()) - 1..=a.max().max(b.max()) + 1 {
            let all = |p: BigRational, q: BigRational| p.pow(m as i32) * q.pow(n as i32);
            prop_assert_eq!(highest.at_most(x), all(a.at_most(x), b.at_most(x)));
            prop_assert_eq!(lowest.at_least(x), all(a.at_least(x), b.at_least(x)));
        }
    }

    #[test]
    fn places_add_up(die in die(), n in 1u64..30) {
        // The mean of the sum is the sum of the means of the places.
        let pool = Pool::of(&die, n);
        let means: BigRational = (0..n).map(|place| pool.order_statistic(place).unwrap().mean()).sum();
        prop_assert_eq!(means, die.mean() * BigInt::from(n));
        let middle = pool.sum_of(n / 3..n - n / 4).unwrap();
        let means: BigRational = (n / 3..n - n / 4).map(|place| pool.order_statistic(place).unwrap().mean()).sum();
        prop_assert_eq!(means, middle.mean());
    }
}

/// The sum by planes of digits or by products, however small the pool.
fn forced(die: &Distribution, parts: [u64; 3], way: usize) -> Distribution {
    let reversed = parts[0] == 0;
    let last = die.weights.len() - 1;
    let mut faces: Vec<_> = die.weights.iter().cloned().enumerate().filter(|f| !f.1.is_zero()).collect();
    if reversed {
        faces = faces.into_iter().rev().map(|(k, w)| (last - k, w)).collect();
    }
    let turned = if reversed { [parts[2], parts[1], 0] } else { parts };
    let len = parts[1] as usize * last + 1;
    let n: u64 = parts.iter().sum();
    let mut weights = match way {
        0 => with(&faces, turned, Planes::new(len, n * die.denominator.bits())),
        _ => with(&faces, turned, Products::new(len)),
    }
    .expect("small");
    if reversed {
        weights.reverse();
    }
    let offset = i128::from(die.offset) * i128::from(parts[1]);
    Distribution::from_lattice(offset, die.step.into(), Poly::from_vec(ZZ, weights)).expect("small")
}

#[test]
fn all_ways_agree_where_they_meet() {
    // 64 and 128 bits of rolls, one either side; and weights over a word.
    let d4 = Distribution::die(4);
    let loaded = Distribution::from_weights([(0, 1u64), (1, 2), (5, 1)]).unwrap();
    // Of equal weights but for the lowest face: a window from one side.
    let again = d4.reroll(|x| x == 1).unwrap();
    for n in [31, 32, 33, 63, 64, 65] {
        for die in [&d4, &loaded, &again] {
            for parts in [[n - 5, 5, 0], [0, 7, n - 7], [3, n - 5, 2], [n / 2, 1, n - n / 2 - 1]] {
                let sum = Pool::of(die, n).sum(parts).unwrap();
                assert_eq!(sum, forced(die, parts, 0), "{n} {parts:?}");
                assert_eq!(sum, forced(die, parts, 1), "{n} {parts:?}");
                if n == 33 {
                    let groups = [(Cow::Borrowed(die), n)];
                    assert_eq!(
                        sum,
                        different(&groups, &[(die.extent(), n)], parts).unwrap(),
                        "{n} {parts:?}"
                    );
                }
            }
        }
    }
    let heavy = Distribution::from_weights([(1, BigInt::one() << 70), (2, 3.into()), (4, 5.into())]).unwrap();
    assert_eq!(Pool::of(&heavy, 4).keep_highest(2).unwrap(), enumerate(&vec![heavy; 4], 2..4));
    for kept in 1..4 {
        assert_eq!(
            Pool::of(&again, 4).keep_highest(kept).unwrap(),
            enumerate(&vec![again.clone(); 4], 4 - kept as usize..4)
        );
    }
    let many = Pool::of(&d4, 300);
    assert_eq!(many.keep_highest(280).unwrap(), forced(&d4, [20, 280, 0], 0));
}

#[test]
fn order_statistics_have_their_closed_form() {
    // P(place r of n <= x) = sum over m > r of C(n, m) F(x)^m (1 - F(x))^(n-m).
    let (n, die) = (9u64, Distribution::from_weights([(-2, 3), (0, 1), (1, 4), (7, 2)]).unwrap());
    let pool = Pool::of(&die, n);
    for place in 0..n {
        let value = pool.order_statistic(place).unwrap();
        for x in -3..=8 {
            let f = die.at_most(x);
            let rest = BigRational::one() - &f;
            let ways = ZZ.poly([1, 1]).pow(n);
            let expected: BigRational = (place as i32 + 1..=n as i32)
                .map(|m| f.pow(m) * rest.pow(n as i32 - m) * ways.coefficient(m as usize))
                .sum();
            assert_eq!(value.at_most(x), expected, "place {place} at {x}");
        }
    }
}

#[test]
fn edges_of_pools() {
    let d6 = Distribution::die(6);
    let pool = Pool::of(&d6, 4);
    assert_eq!(pool.keep_highest(4).unwrap(), d6.times(4));
    assert_eq!(pool.keep_highest(0).unwrap(), Distribution::constant(0));
    assert_eq!(pool.drop_lowest(1).unwrap(), pool.keep_highest(3).unwrap());
    assert_eq!(pool.drop_highest(3).unwrap(), pool.keep_lowest(1).unwrap());
    assert_eq!(Pool::of(&d6, 0).sum_of(..).unwrap(), Distribution::constant(0));
    assert!(Pool::new([]).is_empty());
    let coins = Pool::of(&Distribution::constant(5), 3).and(Distribution::constant(-1), 2);
    assert_eq!(coins.sum_of(1..4).unwrap(), Distribution::constant(9));
    for error in [
        pool.keep_highest(5),
        pool.drop_lowest(5),
        pool.order_statistic(4),
        pool.sum_of(2..5),
        pool.sum_of(5..),
        pool.sum_of(..=u64::MAX),
        Pool::new([]).order_statistic(0),
    ] {
        assert_eq!(error.unwrap_err().kind(), ErrorKind::Undefined);
    }
    let message = pool.keep_highest(5).unwrap_err();
    assert_eq!(message.message(), "cannot keep the 5 highest of 4 dice");
    let far = Distribution::from_faces([i64::MAX - 1, i64::MAX]).unwrap();
    assert_eq!(Pool::of(&far, 3).keep_lowest(2).unwrap_err().kind(), ErrorKind::Overflow);
    let ends = Distribution::from_faces([i64::MIN / 2, i64::MAX / 3]).unwrap();
    let most = Pool::of(&ends, u64::MAX).keep_highest(u64::MAX - 1);
    assert_eq!(most.unwrap_err().kind(), ErrorKind::Overflow);
    assert_eq!(Pool::of(&d6, 1 << 50).keep_highest(1).unwrap_err().kind(), ErrorKind::Limit);
    assert_eq!(Pool::of(&d6, u64::MAX).keep_lowest(3).unwrap_err().kind(), ErrorKind::Limit);
}

#[test]
fn constants_and_dice_without_choice_take_no_room() {
    let far = 1_000_000_000_000;
    let constants = Pool::new([0, 1, far].map(Distribution::constant));
    assert_eq!(constants.keep_highest(2).unwrap(), Distribution::constant(far + 1));
    assert_eq!(constants.order_statistic(1).unwrap(), Distribution::constant(1));
    let weighted = Pool::new([Distribution::from_weights([(far, 3)]).unwrap(), Distribution::constant(0)]);
    assert_eq!(weighted.keep_lowest(1).unwrap(), Distribution::constant(0));
    // What varies is dropped.
    let rest = Pool::of(&Distribution::die(2), 1).and(Distribution::constant(far), 2);
    assert_eq!(rest.drop_lowest(1).unwrap(), Distribution::constant(2 * far));
    assert_eq!(rest.extent_of(1..).unwrap().len(), 1);
    // 2^63 dice of which nothing has to be counted.
    let many = 9_000_000_000_000_000_000;
    for faces in [2, 7] {
        let pool = Pool::of(&Distribution::constant(1), many).and(Distribution::die(faces), 1);
        assert_eq!(pool.keep_highest(1).unwrap(), Distribution::die(faces));
        assert_eq!(pool.keep_highest(2).unwrap(), Distribution::die(faces) + 1);
        assert_eq!(pool.keep_lowest(3).unwrap(), Distribution::constant(3));
        let error = pool.drop_lowest(2).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
        assert_eq!(pool.sum_of(1..3).unwrap(), Distribution::constant(2));
    }
    // One lattice of dice far apart.
    let apart = Pool::of(&Distribution::die(2), 2).and(Distribution::constant(far), 1);
    let error = apart.keep_lowest(1).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert!(error.message().starts_with("the distribution would have 2 outcomes, and "), "{error}");
}

#[test]
fn ends_of_the_range_of_outcomes() {
    let far = 9_000_000_000_000_000_000;
    let die = Distribution::from_faces([-far, 0]).unwrap();
    let pool = Pool::of(&die, 1).and(Distribution::constant(0), 3);
    assert_eq!(pool.keep_lowest(2).unwrap(), die);
    // 2^128 outcomes.
    let wide = |end: i64| Distribution::from_faces([-end, 0, end]).unwrap();
    let pool = Pool::of(&wide(far), u64::MAX / 2).and(wide(far + 1), u64::MAX / 2);
    assert_eq!(pool.drop_lowest(1).unwrap_err().kind(), ErrorKind::Overflow);
}

#[test]
fn work_is_that_of_the_weights() {
    // Neighbours that differ: each face is multiplied on its own, or by products.
    let faces = 300_000;
    let rough = (0..faces).map(|k| BigInt::from(1 + k % 3)).collect();
    let rough = Distribution::from_generating_function(1, Poly::from_vec(ZZ, rough)).unwrap();
    let pool = Pool::of(&rough, 5);
    let fair = Pool::of(&Distribution::die(faces), 5);
    assert!(pool.extent_of(1..).unwrap().work() > 10.0 * fair.extent_of(1..).unwrap().work());
    assert_eq!(pool.keep_highest(4).unwrap_err().kind(), ErrorKind::Limit);
    // Rolled again, all but one are equal.
    let again = Distribution::die(60_000).reroll(|x| x == 1).unwrap();
    let (highest, lowest) = (Pool::of(&again, 5).extent_of(1..), Pool::of(&again, 5).extent_of(..4));
    assert!(lowest.unwrap().work() > 10.0 * highest.unwrap().work());
}

#[test]
fn many_faces_of_different_dice() {
    // P(median of a d2, a d2 and a die of F faces is 1) = 1/4 + 1/(2F), in time linear in F.
    let faces = 20_000;
    let pool = Pool::of(&Distribution::die(2), 2).and(Distribution::die(faces), 1);
    let median = pool.order_statistic(1).unwrap();
    assert_eq!(median.probability(1), BigRational::new((faces + 2).into(), (4 * faces).into()));
    assert_eq!(median.max(), 2);
    let two = Pool::new([faces, faces + 1].map(Distribution::die));
    let best = two.keep_highest(1).unwrap();
    assert_eq!(best.weight(faces as i64 + 1), BigInt::from(faces));
    assert_eq!(best.weight(faces as i64), BigInt::from(2 * faces - 1));
}

#[test]
fn sorting_can_be_stopped() {
    let mixed = Pool::new([4, 6, 8].map(Distribution::die));
    let equal = Pool::of(&Distribution::die(6), 4);
    for (pool, places) in [(&mixed, 1..2), (&mixed, 1..3), (&equal, 1..4), (&equal, 1..2)] {
        let stopped = progress::watch(|_| ControlFlow::Break(()), || pool.sum_of(places));
        assert_eq!(stopped.unwrap_err().kind(), ErrorKind::Interrupted);
    }
}
