//! Partitions of an integer: multisets of positive integers, `sum of p(n) x^n = product over k >= 1 of 1/(1 - x^k)`.
//!
//! A positive integer is a sequence of at least one atom, `x + x^2 + ...`, and everything about partitions is a construction on those.
//!
//! `cargo run --release --example partitions`

use monic::generating::Ogf;
use monic::sequences::partition_number;
use monic::{Result, ZZ};

fn main() -> Result<()> {
    let order = 151;
    let parts = Ogf::atom(order).sequence_of(1..)?;
    let partitions = parts.multiset()?;
    println!("{}", partitions.truncate(11)?);
    for n in [5, 10, 100, 150] {
        println!("p({n}) = {}", partitions.count(n));
        assert_eq!(partitions.count(n), partition_number(n as u64)?);
    }
    // 5 = 4+1 = 3+2 = 3+1+1 = 2+2+1 = 2+1+1+1 = 1+1+1+1+1
    assert_eq!(partitions.count(5), 7.into());
    assert_eq!(partitions.count(100), 190_569_292.into()); // P. A. MacMahon, by hand, 1918
    assert_eq!(partitions.count(150), 40_853_235_313i64.into()); // PARI/GP: numbpart(150)

    // Euler's pentagonal number theorem: the reciprocal has the coefficients 0, 1 and -1 only.
    let reciprocal = Ogf::from_series(partitions.series().inverse()?);
    println!("its reciprocal: {}", reciprocal.truncate(27)?);
    let mut pentagonal = vec![0; order];
    for k in -50i64..50 {
        let n = (k * (3 * k - 1) / 2) as usize;
        if n < order {
            pentagonal[n] = if k % 2 == 0 { 1 } else { -1 };
        }
    }
    assert_eq!(reciprocal, Ogf::new(pentagonal, order));
    // Back from partitions to what they are multisets of.
    assert_eq!(partitions.components()?, parts);

    // As many partitions into distinct parts, (1 + x)(1 + x^2)(1 + x^3)..., as into odd parts (Euler, 1748).
    let odd = Ogf::rational(&ZZ.x(), &ZZ.poly([1, 0, -1]), order)?;
    assert_eq!(parts.powerset()?, odd.multiset()?);
    println!("into distinct parts, or into odd ones: {} of 100", parts.powerset()?.count(100));
    assert_eq!(parts.powerset()?.count(100), 444_793.into());

    // As many into exactly k parts as into parts of which k is the largest.
    for k in [1, 3, 7] {
        let small = Ogf::new((0..order).map(|n| usize::from(1 <= n && n <= k)), order).multiset()?;
        let exactly = parts.multiset_of(k..=k)?;
        let shifted = exactly.series().to_poly().quo_x_pow(k).to_series(order - k);
        assert_eq!(shifted, small.truncate(order - k)?.into_series());
        println!("into {k} parts: {} of 100", exactly.count(100));
    }

    // Compositions, in which the order counts: every gap between the n atoms is a border or not.
    let compositions = parts.sequence()?;
    assert!((1..order).all(|n| compositions.count(n) == num_bigint::BigInt::from(1) << (n - 1)));
    println!("compositions of 100: {}", compositions.count(100));
    Ok(())
}
