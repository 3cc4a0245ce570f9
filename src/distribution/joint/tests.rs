//! Joint distributions against tables of all pairs.

use super::*;
use crate::ErrorKind;
use proptest::prelude::*;

type Table = BTreeMap<(i64, i64), BigRational>;

fn pairs() -> impl Strategy<Value = Joint> {
    let pair = ((-3i64..4, -3i64..4), 0u32..5);
    (
        prop::collection::vec(pair, 1..6),
        prop::sample::select(vec![1i64, 4]),
        prop::sample::select(vec![1i64, 6]),
    )
        .prop_filter_map("some weight", |(pairs, s, t)| {
            Joint::from_weights(pairs.into_iter().map(|((x, y), w)| ((x * s, y * t), w))).ok()
        })
}

fn table(joint: &Joint) -> Table {
    assert_eq!(joint.weights.iter().sum::<BigInt>(), joint.denominator);
    let again = Joint::from_weights(joint.outcomes().map(|(pair, w)| (pair, w.clone()))).unwrap();
    assert_eq!((again.first, again.second), (joint.first, joint.second));
    joint.probabilities().collect()
}

fn add(a: &Table, b: &Table) -> Table {
    let mut sums = Table::new();
    for ((x, y), p) in a {
        for ((u, v), q) in b {
            *sums.entry((x + u, y + v)).or_insert_with(BigRational::zero) += p * q;
        }
    }
    sums
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn sums_are_those_of_all_pairs(a in pairs(), b in pairs(), n in 0u64..4) {
        prop_assert_eq!(table(&(&a + &b)), add(&table(&a), &table(&b)));
        let none = Table::from([((0, 0), BigRational::from_integer(1.into()))]);
        let expected = (0..n).fold(none, |sum, _| add(&sum, &table(&a)));
        prop_assert_eq!(table(&a.times(n)), expected);
        prop_assert_eq!((&a + &b).first(), a.first() + b.first());
        prop_assert_eq!(a.times(n).second(), a.second().times(n));
        let (f, g) = (a.generating_function().unwrap(), b.generating_function().unwrap());
        prop_assert_eq!(Joint::from_generating_function(a.min(), &f).unwrap(), a.clone());
        let both = &a + &b;
        prop_assert_eq!(Joint::from_generating_function(both.min(), &(f * g)).unwrap(), both.clone());
        prop_assert_eq!(both.max(), (both.first().max(), both.second().max()));
        prop_assert_eq!((&a + &b).swapped(), &b.swapped() + &a.swapped());
    }

    #[test]
    fn answers_are_those_of_the_table(a in pairs(), x in -4i64..5, y in -7i64..7) {
        let t = table(&a);
        let mass = |keep: &dyn Fn(i64, i64) -> bool| -> BigRational {
            t.iter().filter(|(pair, _)| keep(pair.0, pair.1)).map(|(_, p)| p).sum()
        };
        prop_assert_eq!(a.probability(x, y), t.get(&(x, y)).cloned().unwrap_or_else(BigRational::zero));
        prop_assert_eq!(a.probability_of(|u, v| u * v > x), mass(&|u, v| u * v > x));
        prop_assert_eq!(a.first().probability(x), mass(&|u, _| u == x));
        prop_assert_eq!(a.second().probability(y), mass(&|_, v| v == y));
        match a.given_first(x) {
            Ok(given) => prop_assert_eq!(given.probability(y), a.probability(x, y) / mass(&|u, _| u == x)),
            Err(error) => prop_assert!(error.kind() == ErrorKind::Undefined && mass(&|u, _| u == x).is_zero()),
        }
        match a.given_second(y) {
            Ok(given) => prop_assert_eq!(given.probability(x), a.probability(x, y) / mass(&|_, v| v == y)),
            Err(error) => prop_assert!(error.kind() == ErrorKind::Undefined && mass(&|_, v| v == y).is_zero()),
        }
        match a.given(|u, v| u > v) {
            Ok(given) => {
                let all = mass(&|u, v| u > v);
                let expected: Table = t.iter().filter(|(p, _)| p.0 > p.1).map(|(pair, p)| (*pair, p / &all)).collect();
                prop_assert_eq!(table(&given), expected);
            }
            Err(_) => prop_assert!(mass(&|u, v| u > v).is_zero()),
        }
        let map = a.map(|u, v| u * v - u).unwrap();
        prop_assert_eq!(map.probability(x), mass(&|u, v| u * v - u == x));
        let product: BigRational = t.iter().map(|((u, v), p)| p * BigInt::from(u * v)).sum();
        prop_assert_eq!(a.covariance(), product - a.first().mean() * a.second().mean());
        let independent = a.first().joint(&a.second()).unwrap();
        prop_assert!(independent.is_independent() && independent.covariance().is_zero());
        prop_assert_eq!(a.is_independent(), a == independent);
        if let Ok(squared) = a.correlation_squared() {
            prop_assert!(squared <= BigRational::from_integer(1.into()));
        }
    }
}

#[test]
fn edges_of_pairs() {
    let kind = |joint: Result<Joint>| joint.unwrap_err().kind();
    assert_eq!(kind(Joint::from_weights([((0, 0), 0)])), ErrorKind::Undefined);
    assert_eq!(kind(Joint::from_weights([((0, 0), 2), ((1, 1), -1)])), ErrorKind::Undefined);
    assert_eq!(kind(Joint::from_weights([((0, i64::MIN), 1), ((0, i64::MAX), 1)])), ErrorKind::Overflow);
    let far = Joint::from_weights([((0, 0), 1), ((1, 0), 1), ((1 << 40, 1), 1)]);
    assert_eq!(kind(far), ErrorKind::Limit);
    let d6 = Distribution::die(6);
    let both = d6.joint(&d6).unwrap();
    assert_eq!(kind(both.try_times(1 << 20)), ErrorKind::Limit);
    assert_eq!(kind(both.try_times(u64::MAX)), ErrorKind::Overflow);
    assert_eq!(kind(both.given(|x, _| x > 6)), ErrorKind::Undefined);
    let size = both.extent_of_times(5).unwrap();
    assert_eq!((size.len(), size.weight_bits()), (26 * 26, both.times(5).denominator.bits()));
    // Work grows faster than the number of cells, whose weights are longer too.
    let more = both.extent_of_times(50).unwrap();
    assert!(more.work() / size.work() > more.len() as f64 / size.len() as f64);
    let line = d6.joint_map(|x| (x, 3 - 2 * x)).unwrap();
    assert_eq!(line.correlation_squared().unwrap(), BigRational::from_integer(1.into()));
    let point = d6.joint_map(|_| (7, 7)).unwrap();
    assert_eq!(point.correlation_squared().unwrap_err().kind(), ErrorKind::Undefined);
    let point = Joint::from_weights([((7, 7), 1)]).unwrap();
    assert_eq!(point.times(1 << 40).probability(7 << 40, 7 << 40), BigRational::from_integer(1.into()));
}
