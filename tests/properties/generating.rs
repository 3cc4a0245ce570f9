//! Generating functions: structures that can be described in two ways are as many.

use super::{Outcome, config};
use monic::generating::{Egf, Ogf};
use proptest::prelude::*;

const ORDER: usize = 12;

/// Counts with none of size 0, negative ones too.
fn counts() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(prop_oneof![3 => 0i64..4, 1 => -3i64..100], 0..ORDER).prop_map(|mut counts| {
        counts.insert(0, 0);
        counts
    })
}

fn unlabelled(a: &Ogf, b: &Ogf, k: usize) -> Outcome {
    let one = Ogf::one(ORDER);
    let (sets, multisets) = (a.powerset()?, a.multiset()?);
    prop_assert_eq!(a.sequence()? * (&one - a), one.clone());
    prop_assert_eq!((a + b).multiset()?, &multisets * b.multiset()?);
    prop_assert_eq!((a + b).powerset()?, &sets * b.powerset()?);
    // A multiset is a set of those that are there an odd number of times, and pairs.
    let pairs = multisets.series().to_poly().inflate(2).to_series(ORDER);
    prop_assert_eq!(&multisets, &(&sets * Ogf::from_series(pairs)));
    prop_assert_eq!(&multisets.components()?, a);
    for whole in [
        (a.sequence()?, a.sequence_of(..k)?, a.sequence_of(k..)?),
        (multisets.clone(), a.multiset_of(..k)?, a.multiset_of(k..)?),
        (sets.clone(), a.powerset_of(..k)?, a.powerset_of(k..)?),
        (a.cycle()?, a.cycle_of(..k)?, a.cycle_of(k..)?),
    ] {
        prop_assert_eq!(whole.0, whole.1 + whole.2);
    }
    prop_assert_eq!((a * b).pointed()?, a.pointed()? * b + a * b.pointed()?);
    Ok(())
}

fn labelled(a: &Egf, b: &Egf, k: usize) -> Outcome {
    prop_assert_eq!(a.cycle()?.set()?, a.sequence()?);
    prop_assert_eq!((a + b).set()?, a.set()? * b.set()?);
    prop_assert_eq!(&a.set()?.components()?, a);
    for whole in [
        (a.sequence()?, a.sequence_of(..k)?, a.sequence_of(k..)?),
        (a.set()?, a.set_of(..k)?, a.set_of(k..)?),
        (a.cycle()?, a.cycle_of(..k)?, a.cycle_of(k..)?),
    ] {
        prop_assert_eq!(whole.0, whole.1 + whole.2);
    }
    prop_assert_eq!(a.set()?.compose(b)?, a.compose(b)?.set()?);
    prop_assert_eq!(a.boxed_product(&Egf::one(ORDER))?, a.clone());
    let trees = Egf::lagrange(&a.set()?)?;
    let forest = a.set()?.compose(&trees)?;
    prop_assert_eq!(trees.truncate(ORDER)?, Egf::atom(ORDER) * forest);
    prop_assert_eq!(a.to_ogf()?.to_egf()?, a.clone());
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn without_labels(a in counts(), b in counts(), k in 0usize..ORDER + 2) {
        unlabelled(&Ogf::new(a, ORDER), &Ogf::new(b, ORDER), k)?;
    }

    #[test]
    fn with_labels(a in counts(), b in counts(), k in 0usize..ORDER + 2) {
        labelled(&Egf::new(a, ORDER)?, &Egf::new(b, ORDER)?, k)?;
    }
}
