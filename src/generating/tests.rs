//! Every construction against the structures themselves, listed one by one, and against known sequences (numbers of the OEIS, oeis.org).

use super::*;
use crate::ring::ZZ;
use crate::{ErrorKind, sequences};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::ops::RangeBounds;

const ORDER: usize = 8;

/// Kinds of components: how many there are of each size from 1 on.
const KINDS: [[u64; 4]; 5] = [[1, 0, 0, 0], [2, 0, 0, 0], [1, 1, 1, 1], [0, 2, 1, 0], [1, 0, 3, 2]];

fn components(kinds: &[u64]) -> Vec<BigInt> {
    [0].iter().chain(kinds).map(|&n| n.into()).collect()
}

/// All sequences of components of a total size, as numbers of components; each component is its size and kind.
fn sequences_of_size(kinds: &[u64], size: usize) -> Vec<Vec<(usize, u64)>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (part, &count) in (1..=size).zip(kinds) {
        for rest in sequences_of_size(kinds, size - part) {
            for kind in 0..count {
                all.push([(part, kind)].into_iter().chain(rest.iter().copied()).collect());
            }
        }
    }
    all
}

/// How many sequences of each size a test keeps.
fn listed(kinds: &[u64], keep: impl Fn(&[(usize, u64)]) -> bool) -> Vec<BigInt> {
    (0..ORDER).map(|n| sequences_of_size(kinds, n).iter().filter(|s| keep(s)).count().into()).collect()
}

/// Whether a sequence is the first of its rotations.
fn is_necklace(s: &[(usize, u64)]) -> bool {
    !s.is_empty()
        && (1..s.len()).all(|k| {
            let rotated: Vec<_> = s[k..].iter().chain(&s[..k]).copied().collect();
            s <= &rotated[..]
        })
}

fn ascends(s: &[(usize, u64)]) -> bool {
    s.windows(2).all(|pair| pair[0] <= pair[1])
}

fn ascends_strictly(s: &[(usize, u64)]) -> bool {
    s.windows(2).all(|pair| pair[0] < pair[1])
}

#[test]
fn unlabelled_constructions_against_lists() {
    for kinds in KINDS {
        let a = Ogf::new(components(&kinds), ORDER);
        assert_eq!(a.sequence().unwrap().counts(), listed(&kinds, |_| true));
        assert_eq!(a.multiset().unwrap().counts(), listed(&kinds, ascends));
        assert_eq!(a.powerset().unwrap().counts(), listed(&kinds, ascends_strictly));
        assert_eq!(a.cycle().unwrap().counts(), listed(&kinds, is_necklace));
        assert_eq!(a.multiset().unwrap().components().unwrap(), a);
        ranges(|range| {
            let allowed = |s: &[(usize, u64)]| range.contains(&s.len());
            assert_eq!(a.sequence_of(range).unwrap().counts(), listed(&kinds, allowed));
            assert_eq!(a.multiset_of(range).unwrap().counts(), listed(&kinds, |s| allowed(s) && ascends(s)));
            assert_eq!(
                a.powerset_of(range).unwrap().counts(),
                listed(&kinds, |s| allowed(s) && ascends_strictly(s))
            );
            assert_eq!(a.cycle_of(range).unwrap().counts(), listed(&kinds, |s| allowed(s) && is_necklace(s)));
        });
    }
}

type Range = (std::ops::Bound<usize>, std::ops::Bound<usize>);

/// Ranges of numbers of components, among them empty ones and such as have no end.
fn ranges(mut test: impl FnMut(Range)) {
    use std::ops::Bound::{Excluded, Included, Unbounded};
    for range in [
        (Unbounded, Unbounded),
        (Included(1), Unbounded),
        (Excluded(1), Unbounded),
        (Included(3), Unbounded),
        (Unbounded, Included(2)),
        (Unbounded, Excluded(3)),
        (Included(2), Included(2)),
        (Included(0), Included(0)),
        (Included(1), Included(4)),
        (Included(3), Excluded(3)),
        (Included(5), Included(1)),
        (Included(ORDER + 3), Unbounded),
        (Included(1), Included(ORDER + 9)),
    ] {
        test(range);
    }
}

/// All partitions of the labels `0..n` into blocks, as the sizes of the blocks.
fn set_partitions(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for smaller in set_partitions(n - 1) {
        for block in 0..smaller.len() {
            let mut joined = smaller.clone();
            joined[block] += 1;
            all.push(joined);
        }
        all.push(smaller.into_iter().chain([1]).collect());
    }
    all
}

/// How many labelled structures there are: for each partition into blocks the ways to arrange so many, times those of the blocks.
fn arranged(kinds: &[u64], arrangements: impl Fn(usize) -> u64) -> Vec<BigInt> {
    let ways = |sizes: &Vec<usize>| {
        let inside: u64 = sizes.iter().map(|&size| kinds.get(size - 1).copied().unwrap_or(0)).product();
        BigInt::from(inside * arrangements(sizes.len()))
    };
    (0..ORDER).map(|n| set_partitions(n).iter().map(ways).sum()).collect()
}

#[test]
fn labelled_constructions_against_lists() {
    let factorial = |j: usize| (1..=j as u64).product::<u64>();
    for kinds in KINDS {
        let a = Egf::new(components(&kinds), ORDER).unwrap();
        let counts = |f: Result<Egf>| f.unwrap().counts().unwrap();
        assert_eq!(counts(a.sequence()), arranged(&kinds, factorial));
        assert_eq!(counts(a.set()), arranged(&kinds, |_| 1));
        assert_eq!(counts(a.cycle()), arranged(&kinds, |j| if j == 0 { 0 } else { factorial(j - 1) }));
        assert_eq!(a.set().unwrap().components().unwrap(), a);
        ranges(|range| {
            let allowed = |j: usize| u64::from(range.contains(&j));
            assert_eq!(counts(a.sequence_of(range)), arranged(&kinds, |j| allowed(j) * factorial(j)));
            assert_eq!(counts(a.set_of(range)), arranged(&kinds, allowed));
            let cycles = |j: usize| if j == 0 { 0 } else { allowed(j) * factorial(j - 1) };
            assert_eq!(counts(a.cycle_of(range)), arranged(&kinds, cycles));
        });
        // Structures of another kind on the blocks.
        let outer = [3, 0, 1, 2, 5];
        let composed = Egf::new(outer, ORDER).unwrap().compose(&a);
        assert_eq!(counts(composed), arranged(&kinds, |j| outer.get(j).copied().unwrap_or(0)));
    }
}

#[test]
fn many_components() {
    let order = 40;
    let counts = [0u64, 1, 2, 0, 3];
    let (a, b) = (Ogf::new(counts, order), Egf::new(counts, order).unwrap());
    let beads = 2 * &Ogf::atom(order);
    let times =
        |counts: Vec<BigInt>, factor: BigInt| counts.into_iter().map(|c| c * &factor).collect::<Vec<_>>();
    for j in [1, 14, 15, 16, 17, 30] {
        let only = j..=j;
        let (p, q) = (0..j).fold((Ogf::one(order), Egf::one(order)), |(p, q), _| (p * &a, q * &b));
        assert_eq!(a.sequence_of(only.clone()).unwrap(), p);
        assert_eq!(b.sequence_of(only.clone()).unwrap(), q);
        let (sets, cycles) = (b.set_of(only.clone()).unwrap(), b.cycle_of(only.clone()).unwrap());
        let all = q.counts().unwrap();
        assert_eq!(times(sets.counts().unwrap(), (1..=j).product()), all);
        assert_eq!(times(cycles.counts().unwrap(), j.into()), all);
        // Beads are of size 1: as many components as the size.
        let necklaces = beads.cycle_of(only).unwrap();
        assert_eq!(necklaces.count(j), beads.cycle().unwrap().count(j));
        assert!((0..order).filter(|&n| n != j).all(|n| necklaces.count(n) == BigInt::ZERO));
    }
}

#[test]
fn more_components_than_there_is_room_for() {
    let (order, a) = (300, Ogf::new([0, 0, 1], 300));
    assert_eq!(a.multiset_of(1_000_000..).unwrap(), Ogf::zero(order));
    assert_eq!(a.powerset_of(150..=200).unwrap(), Ogf::zero(order));
    assert_eq!(a.sequence_of(149..).unwrap(), Ogf::new((0..=298).map(|n| usize::from(n == 298)), order));
    assert_eq!(Ogf::zero(order).multiset_of(1..).unwrap(), Ogf::zero(order));
    assert_eq!(Ogf::lagrange(&Ogf::zero(usize::MAX)).unwrap_err().kind(), ErrorKind::Limit);
}

#[test]
fn sums_products_and_marks() {
    let (f, g) = ([2u64, 1, 0, 3, 1], [1u64, 4, 2, 0, 5]);
    let (a, b) = (Ogf::new(f, 5), Ogf::new(g, 5));
    let (x, y) = (Egf::new(f, 5).unwrap(), Egf::new(g, 5).unwrap());
    let binomial = |n: u64, k: u64| (0..k).fold(1, |b, i| b * (n - i) / (i + 1));
    let pairs = |weight: &dyn Fn(u64, u64) -> u64| -> Vec<BigInt> {
        let sum = |n: u64| (0..=n).map(|k| weight(n, k) * f[k as usize] * g[(n - k) as usize]).sum::<u64>();
        (0..5).map(|n| sum(n).into()).collect()
    };
    assert_eq!((&a * &b).counts(), pairs(&|_, _| 1));
    assert_eq!((&x * &y).counts().unwrap(), pairs(&binomial));
    // The smallest label is in the first of two: the rest of it is chosen from the others.
    let boxed = x.boxed_product(&y).unwrap().counts().unwrap();
    assert_eq!(boxed, pairs(&|n, k| if k == 0 { 0 } else { binomial(n - 1, k - 1) }));
    assert_eq!(x.boxed_product(&y).unwrap() + y.boxed_product(&x).unwrap() + 2, &x * &y);
    assert_eq!((&a + &b - &b), a);
    assert_eq!(3 * &a, &a + &(&a + &a));
    assert_eq!(a.pointed().unwrap().counts(), [0, 1, 0, 9, 4].map(BigInt::from));
    assert_eq!(x.pointed().unwrap().counts().unwrap(), [0, 1, 0, 9, 4].map(BigInt::from));
    assert_eq!(a.derivative().unwrap().counts(), [1, 0, 9, 4].map(BigInt::from));
    assert_eq!(x.derivative().unwrap().counts().unwrap(), [1, 0, 3, 1].map(BigInt::from));
    assert_eq!(a.to_egf().unwrap(), x);
    assert_eq!(x.to_ogf().unwrap(), a);
    assert_eq!((&a * &b.truncate(3).unwrap()).order(), 3);
    assert_eq!(Ogf::atom(0) * Ogf::one(7), Ogf::zero(0));
}

#[test]
fn equations() {
    let numbers = |counts: &[i64]| counts.iter().map(|&n| n.into()).collect::<Vec<BigInt>>();
    // Rooted trees without labels: a root and a multiset of trees (A000081).
    let trees = |order: usize| {
        Ogf::solve(order, |t| {
            let forest = Ogf::atom(t.order()) * t.multiset()?;
            Ok((forest.clone(), forest))
        })
    };
    let rooted = numbers(&[0, 1, 1, 2, 4, 9, 20, 48, 115, 286, 719, 1842, 4766, 12486, 32973, 87811]);
    for order in 0..=16 {
        assert_eq!(trees(order).unwrap().counts(), rooted[..order]);
    }
    // Those in which no two subtrees of a node are equal (A004111): a powerset, of which the derivative is another one.
    let identity = Ogf::solve(13, |t| {
        let forest = Ogf::atom(t.order()) * t.powerset()?;
        Ok((forest.clone(), forest))
    });
    assert_eq!(identity.unwrap().counts(), numbers(&[0, 1, 1, 1, 2, 3, 6, 12, 25, 52, 113, 247, 548]));
    // Binary trees, with and without labels (A000108; times n!).
    let catalan = numbers(&[1, 1, 2, 5, 14, 42, 132, 429, 1430]);
    let binary = Ogf::solve(9, |t| {
        let x = Ogf::atom(t.order());
        Ok((&x * (t * t) + 1, 2 * &(&x * t)))
    });
    assert_eq!(binary.unwrap().counts(), catalan);
    // Schröder's trees: leaves, and nodes with two children or more (A001003).
    let schroeder = Ogf::solve(9, |t| {
        let more = t.sequence_of(2..)?;
        let slope = t.sequence()? * t.sequence()? - 1;
        Ok((Ogf::atom(t.order()) + more, slope))
    });
    assert_eq!(schroeder.unwrap().counts(), numbers(&[0, 1, 1, 3, 11, 45, 197, 903, 4279]));
    // Rooted trees with labels (A000169), and as Lagrange has them.
    let cayley = Egf::solve(9, |t| {
        let forest = Egf::atom(t.order()) * t.set()?;
        Ok((forest.clone(), forest))
    });
    let cayley = cayley.unwrap();
    assert_eq!(cayley.counts().unwrap(), numbers(&[0, 1, 2, 9, 64, 625, 7776, 117649, 2097152]));
    assert_eq!(cayley, Egf::lagrange(&Egf::atom(8).set().unwrap()).unwrap());
}

#[test]
fn equations_that_determine_nothing() {
    let kind = |result: Result<Ogf>| result.unwrap_err().kind();
    assert_eq!(kind(Ogf::solve(5, |t| Ok((t.clone(), Ogf::one(t.order()))))), ErrorKind::Undefined);
    assert_eq!(kind(Ogf::solve(5, |t| Ok((t + 1, Ogf::zero(t.order()))))), ErrorKind::Undefined);
    assert_eq!(kind(Ogf::solve(5, |_| Ok((Ogf::atom(2), Ogf::zero(9))))), ErrorKind::Undefined);
    assert_eq!(kind(Ogf::solve(5, |t| Ok((t.sequence()?, t.sequence()?)))), ErrorKind::Undefined);
}

#[test]
fn lagrange_inversion() {
    for phi in [
        [1i64, 1, 0, 0, 0, 0],
        [1, 2, 1, 5, 0, 1],
        [-1, 3, 0, 0, 2, 0],
        [2, 1, 0, 0, 0, 3],
        [3, 0, 0, 1, 0, 0],
        [0, 1, 1, 0, 0, 0],
    ] {
        let phi = Ogf::new(phi, 9);
        let t = Ogf::lagrange(&phi).unwrap();
        assert_eq!(t.order(), 10);
        assert_eq!(t.truncate(9).unwrap(), Ogf::atom(9) * phi.compose(&t).unwrap());
        for n in 0..10 {
            assert_eq!(Ogf::lagrange_count(&phi, n).unwrap(), t.count(n), "{phi} {n}");
        }
        let labelled = Egf::from_series(ogf::rationals(phi.series()));
        assert_eq!(Egf::lagrange(&labelled).unwrap().into_series(), ogf::rationals(t.series()));
    }
    assert!(Ogf::lagrange_count(&Ogf::one(3), 4).is_err());
}

#[test]
fn known_sequences() {
    let order = 12;
    let atom = Ogf::atom(order);
    let parts = atom.sequence_of(1..).unwrap();
    assert_eq!(parts.multiset().unwrap().counts(), sequences::partitions(&ZZ, order).unwrap());
    let labelled = Egf::atom(order);
    let bell = labelled.set_of(1..).unwrap().set().unwrap();
    assert_eq!(bell.counts().unwrap(), sequences::bell_numbers(order).unwrap());
    // Ordered set partitions (A000670).
    let fubini = labelled.set_of(1..).unwrap().sequence().unwrap();
    assert_eq!(fubini.count(10), 102_247_563.into());
    // Derangements (A000166), connected graphs (A001187), necklaces of 12 beads in 2 colours (A000031) and of 6 in 10.
    assert_eq!(labelled.cycle_of(2..).unwrap().set().unwrap().count(11), 14_684_570.into());
    assert_eq!((2 * &Ogf::atom(13)).cycle().unwrap().count(12), 352.into());
    assert_eq!((10 * &Ogf::atom(7)).cycle().unwrap().count(6), 166_870.into());
    // Irreducible polynomials over GF(2): monic ones are multisets of them (A001037).
    let monic = Ogf::rational(&ZZ.poly([1]), &ZZ.poly([1, -2]), order).unwrap();
    let irreducible = monic.components().unwrap();
    assert_eq!(irreducible.counts()[1..], [2, 1, 2, 3, 6, 9, 18, 30, 56, 99, 186].map(BigInt::from));
    // Multisets with negative counts, too: 1 - x is what has -1 atoms.
    let fewer = Ogf::new([1, -1], order).components().unwrap();
    assert_eq!(fewer, Ogf::new([0, -1], order));
    assert_eq!(fewer.multiset().unwrap(), Ogf::new([1, -1], order));
}

#[test]
fn rational_functions_and_recurrences() {
    let tribonacci = Ogf::rational(&ZZ.poly([0, 0, 1]), &ZZ.poly([1, -1, -1, -1]), 20).unwrap();
    let recurrence = tribonacci.recurrence().unwrap().unwrap();
    assert_eq!(Ogf::from_recurrence(&recurrence, 20).unwrap(), tribonacci);
    assert_eq!(recurrence.term(19).unwrap(), tribonacci.count(19));
    assert!(Ogf::new([1, 1, 2, 5, 14, 42, 132], 7).recurrence().unwrap().is_none(), "too few to tell");
    // Common powers of x cancel.
    let shifted = Ogf::rational(&ZZ.poly([0, 0, 0, 1]), &ZZ.poly([0, 1, -1, -1, -1]), 20).unwrap();
    assert_eq!(shifted, tribonacci);
    assert!(Ogf::rational(&ZZ.poly([1]), &ZZ.poly([2, 1]), 5).is_err());
    assert!(Ogf::rational(&ZZ.poly([1]), &ZZ.poly([0, 1]), 5).is_err());
    assert!(Ogf::rational(&ZZ.poly([1]), &ZZ.poly([0]), 5).is_err());
}

#[test]
fn what_is_undefined() {
    let (a, b) = (Ogf::one(5) + Ogf::atom(5), Egf::one(5) + Egf::atom(5));
    let kinds = [
        a.sequence(),
        a.sequence_of(1..3),
        a.multiset(),
        a.multiset_of(2..),
        a.powerset(),
        a.powerset_of(..2),
        a.cycle(),
        a.cycle_of(3..4),
        a.compose(&a),
        Ogf::atom(5).components(),
        (2 * &a).components(),
        a.truncate(6),
    ];
    assert!(kinds.into_iter().all(|result| result.unwrap_err().kind() == ErrorKind::Undefined));
    let kinds = [
        b.sequence(),
        b.set(),
        b.set_of(1..),
        b.cycle(),
        b.cycle_of(..),
        b.compose(&b),
        Egf::atom(5).components(),
    ];
    assert!(kinds.into_iter().all(|result| result.unwrap_err().kind() == ErrorKind::Undefined));
    assert_eq!(
        a.sequence().unwrap_err().to_string(),
        "a sequence of components of size 0, of which there are 1"
    );
    assert_eq!(a.try_count(5).unwrap_err().kind(), ErrorKind::Undefined);
    assert_eq!(b.try_count(5).unwrap_err().kind(), ErrorKind::Undefined);
    let half = Egf::new([BigRational::new(1.into(), 2.into())], 3).unwrap();
    assert_eq!(half.counts().unwrap_err().kind(), ErrorKind::NotExact);
    assert_eq!(half.try_count(0).unwrap_err().to_string(), "the number of structures of size 0 would be 1/2");
    assert_eq!(half.value(0).unwrap() + half.value(1).unwrap(), BigRational::new(1.into(), 2.into()));
    // Orders 0 and 1.
    for order in [0, 1] {
        let nothing = Ogf::zero(order);
        assert_eq!(nothing.cycle().unwrap(), nothing);
        assert_eq!(nothing.multiset().unwrap(), Ogf::one(order));
        assert_eq!(nothing.powerset_of(1..).unwrap(), nothing);
        assert_eq!(Egf::zero(order).set().unwrap(), Egf::one(order));
        assert_eq!(Egf::zero(order).boxed_product(&Egf::one(order)).unwrap(), Egf::zero(order));
    }
}

#[test]
fn what_is_too_large() {
    let order = 1 << 50;
    let kinds = [Ogf::atom(order).sequence(), Ogf::atom(order).multiset(), Ogf::atom(order).cycle()];
    assert!(kinds.into_iter().all(|result| result.unwrap_err().kind() == ErrorKind::Limit));
    assert_eq!(Egf::atom(order).set().unwrap_err().kind(), ErrorKind::Limit);
    assert_eq!(Ogf::solve(order, |t| Ok((t.clone(), t.clone()))).unwrap_err().kind(), ErrorKind::Limit);
}
