//! Counting with generating functions: what a structure is made of says how many there are of each size.
//!
//! Ordinary ones for what has no labels, exponential ones for what has; a pair is a product, a sequence `1/(1 - A)`, a labelled set `exp A`, a
//! tree `T = x*phi(T)` (P. Flajolet, R. Sedgewick, "Analytic Combinatorics", 2009). Each line is held against known numbers; the A-numbers are those of the
//! On-Line Encyclopedia of Integer Sequences, oeis.org. Change and partitions have examples of their own, `coins` and `partitions`.
//!
//! `cargo run --release --example combinatorics`

use monic::Result;
use monic::generating::{Egf, Ogf};
use monic::sequences::bell_numbers;
use num_bigint::BigInt;

const ORDER: usize = 13;

/// Prints the counts and holds the first ones against what is known.
fn show(name: &str, counts: &[BigInt], known: &[u64]) {
    let text: Vec<String> = counts.iter().map(BigInt::to_string).collect();
    println!("{name}: {}", text.join(" "));
    assert!(counts.iter().take(known.len()).cloned().eq(known.iter().map(|&n| n.into())), "{name}");
}

fn main() -> Result<()> {
    sets_and_permutations()?;
    labelled_trees_and_graphs()?;
    plane_trees()?;
    unlabelled_trees()?;
    necklaces()
}

/// Labels `1..=n`: the product of two structures distributes them, so counts have binomials and series factorials.
fn sets_and_permutations() -> Result<()> {
    let atom = Egf::atom(ORDER);
    let block = atom.set_of(1..)?; // e^x - 1: the labels of a block, in no order

    let partitions = block.set()?; // exp(e^x - 1)
    show("set partitions, A000110", &partitions.counts()?, &[1, 1, 2, 5, 15, 52, 203, 877, 4140]);
    assert_eq!(partitions.counts()?, bell_numbers(ORDER)?);
    show("into three blocks, A000392", &block.set_of(3..=3)?.counts()?, &[0, 0, 0, 1, 6, 25, 90, 301, 966]);
    show("ordered set partitions, A000670", &block.sequence()?.counts()?, &[1, 1, 3, 13, 75, 541, 4683]);

    // A permutation is a set of cycles.
    let permutations = atom.cycle()?.set()?;
    assert_eq!(permutations, atom.sequence()?);
    let derangements = atom.cycle_of(2..)?.set()?; // no cycle of length 1
    show("derangements, A000166", &derangements.counts()?, &[1, 0, 1, 2, 9, 44, 265, 1854, 14833]);
    let involutions = atom.cycle_of(1..=2)?.set()?;
    show("involutions, A000085", &involutions.counts()?, &[1, 1, 2, 4, 10, 26, 76, 232, 764]);

    // Permutations that go up and down by turns: tan x + sec x (D. André, 1879).
    let x = atom.series();
    let (sine, cosine) = x.sin_cos()?;
    let zigzags = Egf::from_series((sine + 1).quo(&cosine)?);
    show("zigzags, A000111", &zigzags.counts()?, &[1, 1, 1, 2, 5, 16, 61, 272, 1385]);
    Ok(())
}

/// A rooted tree is a root and a set of trees, `T = x*exp(T)`.
fn labelled_trees_and_graphs() -> Result<()> {
    let set = Egf::atom(ORDER - 1).set()?;
    let rooted = Egf::lagrange(&set)?;
    show("rooted trees with labels, A000169", &rooted.counts()?, &[0, 1, 2, 9, 64, 625, 7776, 117_649]);
    for n in 1..ORDER {
        assert_eq!(rooted.count(n), BigInt::from(n).pow(n as u32 - 1)); // A. Cayley, 1889
    }
    show(
        "forests of them, A000272 from size 2 on",
        &rooted.set()?.counts()?,
        &[1, 1, 3, 16, 125, 1296, 16_807],
    );
    // Maps of a set into itself: sets of cycles of trees.
    let maps = rooted.cycle()?.set()?;
    assert!((1..ORDER).all(|n| maps.count(n) == BigInt::from(n).pow(n as u32)));

    let graphs = Egf::new((0..ORDER).map(|n| BigInt::from(1) << (n * n.saturating_sub(1) / 2)), ORDER)?;
    show(
        "connected graphs, A001187",
        &graphs.components()?.counts()?[1..],
        &[1, 1, 4, 38, 728, 26_704, 1_866_256],
    );
    Ok(())
}

/// Children in order: a node and a sequence of trees, or as many as are allowed.
fn plane_trees() -> Result<()> {
    let catalan = [1, 1, 2, 5, 14, 42, 132, 429, 1430, 4862];
    let plane = Ogf::lagrange(&Ogf::atom(ORDER).sequence()?)?;
    show("plane trees, A000108", &plane.counts()[1..], &catalan);
    // Binary trees, T = 1 + x*T^2, by Newton's iteration: H and its derivative.
    let binary = Ogf::solve(ORDER, |t| {
        let x = Ogf::atom(t.order());
        Ok((&x * &(t * t) + 1, 2 * &(x * t)))
    })?;
    show("binary trees, A000108", &binary.counts(), &catalan);
    let unary_binary = Ogf::lagrange(&Ogf::new([1, 1, 1], ORDER))?;
    show(
        "trees with at most two children, A001006",
        &unary_binary.counts()[1..],
        &[1, 1, 2, 4, 9, 21, 51, 127, 323],
    );
    // One number far away: n*[x^n] T = [u^(n-1)] phi^n.
    let thousand = Ogf::lagrange_count(&Ogf::new([1, 1, 1], 1000), 1000)?;
    println!("  with 1000 nodes: a number of {} digits", thousand.to_string().len());
    Ok(())
}

/// Children in no order: a node and a multiset of trees, `T = x*exp(T(x) + T(x^2)/2 + T(x^3)/3 + ...)` (G. Pólya, 1937).
fn unlabelled_trees() -> Result<()> {
    let rooted = Ogf::solve(ORDER, |t| {
        let tree = Ogf::atom(t.order()) * t.multiset()?;
        Ok((tree.clone(), tree)) // its own derivative: T(x^2) and the others are known far enough
    })?;
    show("rooted trees, A000081", &rooted.counts(), &[0, 1, 1, 2, 4, 9, 20, 48, 115, 286, 719, 1842, 4766]);
    // Without a root: fewer by the pairs of different rooted trees that an edge joins (R. Otter, 1948).
    let trees = &rooted - rooted.powerset_of(2..=2)?;
    show("trees, A000055", &trees.counts()[1..], &[1, 1, 1, 2, 3, 6, 11, 23, 47, 106, 235, 551]);
    // A carbon atom with up to three such radicals behind it, and hydrogen where there is none.
    let radicals = Ogf::solve(ORDER, |t| {
        let x = Ogf::atom(t.order());
        Ok((&x * &t.multiset_of(..=3)?, x * t.multiset_of(..=2)?))
    })?;
    show(
        "alkyl radicals, A000598",
        &radicals.counts()[1..],
        &[1, 1, 2, 4, 8, 17, 39, 89, 211, 507, 1238, 3057],
    );
    Ok(())
}

/// Cycles up to rotation: `sum of phi(k)/k * log 1/(1 - A(x^k))`.
fn necklaces() -> Result<()> {
    let beads = 2 * &Ogf::atom(ORDER);
    let necklaces = beads.cycle()?;
    show(
        "necklaces in two colours, A000031",
        &necklaces.counts()[1..],
        &[2, 3, 4, 6, 8, 14, 20, 36, 60, 108, 188, 352],
    );
    // Words are multisets of Lyndon words, which are the necklaces without a period (K.-T. Chen, R. Fox, R. Lyndon, 1958).
    let lyndon = beads.sequence()?.components()?;
    show("without a period, A001037", &lyndon.counts()[1..], &[2, 1, 2, 3, 6, 9, 18, 30, 56, 99, 186, 335]);
    for n in 1..ORDER {
        let periods = (1..=n).filter(|d| n % d == 0).map(|d| lyndon.count(d));
        assert_eq!(necklaces.count(n), periods.sum());
    }
    Ok(())
}
