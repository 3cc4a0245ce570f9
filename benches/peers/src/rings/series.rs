//! Power series over Z/p: quotients, functions, composition and reversion.
//!
//! Where a table of products has the size of the coefficients, this one has the operation. Operands have as many coefficients as results.

use super::{lengths, operations::Operations};
use crate::{
    flint::WordPoly,
    inputs::{generator, rotation},
    options::Options,
    table::Csv,
};
use monic::{
    Result, Zmod,
    ring::{Elementary, PrimeField, generic::series},
};
use num_rational::BigRational;
use rand::RngExt;

const LENGTHS: [usize; 6] = [16, 64, 256, 1024, 16384, 65536];
/// Moduli, with the names that they have in the table.
const MODULI: [(&str, u64); 2] = [("998244353", 998_244_353), ("2^61-1", (1 << 61) - 1)];
/// The exponent of powers, as FLINT's function takes one.
const EXPONENT: u64 = 123_456_789;

/// `--bits` chooses moduli by their size.
pub fn over_words(options: &Options, csv: &mut Option<Csv>) {
    for (name, p) in MODULI {
        let size = 64 - p.leading_zeros() as usize;
        if options.bits.as_ref().is_some_and(|bits| !bits.contains(&size)) {
            continue;
        }
        let title = format!("power series over Z/p, p = {name}");
        let mut table = Operations::new("zp-series", title, "", options, csv);
        for len in lengths(options, &LENGTHS) {
            cells(p, len, &mut table);
        }
        table.finish();
    }
}

/// Operands of a cell: series with the constant coefficients 1, 1 and 0.
struct Operands {
    ours: [Vec<u64>; 3],
    flint: [WordPoly; 3],
}

/// A function of the operands of each library, to so many coefficients.
type Theirs = fn(&mut WordPoly, &[WordPoly; 3], usize);
type Ours = fn(&PrimeField, &[Vec<u64>; 3], usize) -> Result<Vec<u64>>;

const OPERATIONS: [(&str, Theirs, Ours); 11] = [
    ("inverse", |out, [f, ..], n| out.inverse_series(f, n), |field, [f, ..], n| series::inverse(field, f, n)),
    (
        "quotient",
        |out, [f, g, _], n| out.div_series(f, g, n),
        |field, [f, g, _], n| series::quotient(field, f, g, n),
    ),
    ("exp", |out, [.., g], n| out.exp_series(g, n), |field, [.., g], n| of(field, Elementary::Exp, g, n)),
    ("log", |out, [f, ..], n| out.log_series(f, n), |field, [f, ..], n| of(field, Elementary::Log, f, n)),
    ("sqrt", |out, [f, ..], n| out.sqrt_series(f, n), |field, [f, ..], n| series::root(field, f, 2, n)),
    (
        "power",
        |out, [f, ..], n| out.power_series(f, EXPONENT, n),
        |field, [f, ..], n| series::power(field, f, &BigRational::from_integer(EXPONENT.into()), n),
    ),
    ("sin", |out, [.., g], n| out.sin_series(g, n), |field, [.., g], n| of(field, Elementary::Sin, g, n)),
    ("cos", |out, [.., g], n| out.cos_series(g, n), |field, [.., g], n| of(field, Elementary::Cos, g, n)),
    ("tan", |out, [.., g], n| out.tan_series(g, n), |field, [.., g], n| of(field, Elementary::Tan, g, n)),
    (
        "compose",
        |out, [f, _, g], n| out.compose_series(f, g, n),
        |field, [f, _, g], n| series::compose(field, f, g, n),
    ),
    ("revert", |out, [.., g], n| out.revert_series(g, n), |field, [.., g], n| series::reverse(field, g, n)),
];

fn of(field: &PrimeField, function: Elementary, f: &[u64], n: usize) -> Result<Vec<u64>> {
    series::elementary(field, function, f, n)
}

fn cells(p: u64, n: usize, table: &mut Operations<'_>) {
    let field = Zmod::prime(p).expect("a prime");
    let inputs = rotation(4 * n);
    let mut random = generator(&[p, n as u64, 81]);
    let operands: Vec<Operands> = (0..inputs)
        .map(|_| {
            let ours = [1, 1, 0].map(|constant| {
                let mut f: Vec<u64> = (0..n).map(|_| random.random_range(1..p)).collect();
                f[0] = constant;
                f
            });
            Operands { flint: ours.each_ref().map(|f| WordPoly::from_words(p, f)), ours }
        })
        .collect();
    let mut out = WordPoly::new(p);
    for (name, theirs, ours) in OPERATIONS {
        theirs(&mut out, &operands[0].flint, n);
        let mut expected = out.words().to_vec();
        expected.resize(n, 0);
        assert!(ours(&field, &operands[0].ours, n) == Ok(expected), "{name}: differs from FLINT's");
        table.row(
            name,
            n,
            inputs,
            |k| theirs(&mut out, &operands[k].flint, n),
            |k| ours(&field, &operands[k].ours, n),
        );
    }
}
