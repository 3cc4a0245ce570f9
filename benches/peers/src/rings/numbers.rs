//! Numbers known by name, all up to one and one alone: FLINT's functions against `sequences`.

use super::sign;
use crate::{
    flint::{Fractions, Integers},
    goals,
    options::Options,
    table::{Csv, Layout, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};
use monic::sequences;
use num_bigint::BigInt;

pub fn numbers(options: &Options, csv: &mut Option<Csv>) {
    let layout = Layout {
        ring: "numbers",
        title: "numbers known by name: all up to one (no caches), or one alone".into(),
        columns: vec!["FLINT", "fresh"],
        ratios: vec![Ratio::new("ratio", "fresh", "FLINT", None)],
    };
    let mut table = Table::new(layout, csv);
    for n in [100, 1000, 5000] {
        row(
            options,
            &mut table,
            ("Bell", n),
            || Integers::bell(n),
            || sequences::bell_numbers(n).expect("small"),
            |f, k| f.magnitude(k),
        );
    }
    for n in [1000, 10_000, 100_000] {
        row(
            options,
            &mut table,
            ("partitions", n),
            || Integers::partitions(n),
            || sequences::partitions(&monic::ZZ, n).expect("small"),
            |f, k| f.magnitude(k),
        );
    }
    for n in [100, 1000, 10_000] {
        let all = || -> Vec<BigInt> {
            sequences::bernoulli_numbers(n).expect("small").into_iter().map(|b| b.into_raw().0).collect()
        };
        row(options, &mut table, ("Bernoulli", n), || Fractions::bernoulli(n), all, |f, k| f.numerator(k));
        if n <= 1000 {
            row(
                options,
                &mut table,
                ("Euler", n),
                || Integers::euler(n),
                || sequences::euler_numbers(n).expect("small"),
                |f, k| f.magnitude(k),
            );
        }
    }
    for n in [1000, 10_000, 100_000] {
        let one = || vec![sequences::bernoulli_number(n).expect("small").into_raw().0];
        row(
            options,
            &mut table,
            ("B alone", n as usize),
            || Fractions::bernoulli_alone(n),
            one,
            |f, k| f.numerator(k),
        );
    }
    table.finish();
}

fn row<T>(
    options: &Options,
    table: &mut Table<'_>,
    (name, n): (&str, usize),
    flint: impl Fn() -> T,
    ours: impl Fn() -> Vec<BigInt>,
    magnitude: impl Fn(&T, usize) -> Vec<u64>,
) {
    let (expected, found) = (flint(), ours());
    for (k, number) in found.iter().enumerate() {
        assert!(
            number.iter_u64_digits().eq(magnitude(&expected, k)),
            "{name} {n}: number {k} differs from FLINT's"
        );
    }
    let mut contestants = vec![
        Contestant::new("FLINT", Role::Flint, 1, |_| flint()),
        Contestant::new("fresh", Role::Monic, 1, |_| ours()),
    ];
    let times = measure(&mut contestants, options.effort);
    let bits = found.iter().map(BigInt::bits).max().unwrap_or(0);
    let size = Size { length: format!("{name} {n}"), bits: bits.to_string(), sign: sign(false) };
    table.row(size, &contestants, &times, &[goals::reused()]);
}
