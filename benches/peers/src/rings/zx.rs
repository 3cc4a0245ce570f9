//! Z[x]: `fmpz_poly_mul` and its neighbours against the flat product, the product with a fresh `Vec<BigInt>`, and (where there
//! is one) that into the allocations of the last.
//!
//! A product is one [`Task`]: two operands, or one for a square, and the window of coefficients that is wanted.

use super::{bits, lengths, sign};
use crate::{
    flint::{IntegerPoly, same},
    goals,
    inputs::{Operand, generator, rotation},
    options::Options,
    others::{self, Series},
    table::{Csv, Layout, RUST, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};
use monic::{
    Integers, Poly, ZZ,
    convolution::{self, Want},
    integer::IntegerVec,
};
use std::ops::Range;

const LENGTHS: [usize; 10] = [4, 16, 64, 256, 1024, 4096, 16384, 65536, 262_144, 1_048_576];
const BITS: [usize; 9] = [8, 30, 62, 128, 256, 1024, 4096, 16384, 65536];
/// Operands of more bits are left out: they would take minutes and show nothing new.
const MAX_INPUT_BITS: usize = 400_000_000;
/// The same with `--quick`.
const MAX_QUICK_BITS: usize = 1 << 23;

/// What is computed of two operands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Task {
    Product,
    Square,
    Low,
    Middle,
    High,
}

impl Task {
    /// The window of a product of lengths `m` and `n`.
    fn window(self, m: usize, n: usize) -> Range<usize> {
        let full = m + n - 1;
        match self {
            Task::Product | Task::Square => 0..full,
            Task::Low => 0..m.min(n),
            Task::Middle => m.min(n) - 1..m.max(n),
            Task::High => m.max(n) - 1..full,
        }
    }

    fn flint(self, out: &mut IntegerPoly, a: &IntegerPoly, b: &IntegerPoly, window: &Range<usize>) {
        match self {
            Task::Product => out.mul(a, b),
            Task::Square => out.square(a),
            Task::Low => out.mul_low(a, b, window.end),
            Task::Middle | Task::High => out.mul_mid(a, b, window.clone()),
        }
    }
}

/// One row: lengths `m`, `n`, and the same of coefficients on both sides.
struct Cell {
    task: Task,
    m: usize,
    n: usize,
    bits: usize,
    signed: bool,
    label: String,
}

pub fn products(options: &Options, csv: &mut Option<Csv>) {
    let mut table = Table::new(layout("zx", "products in Z[x]", goals::mean(0.35)), csv);
    balanced(options, Task::Product, "", &mut table);
    table.finish();
}

pub fn squares(options: &Options, csv: &mut Option<Csv>) {
    let mut table = Table::new(layout("zx-square", "squares in Z[x]", goals::mean(0.35)), csv);
    balanced(options, Task::Square, "", &mut table);
    table.finish();
}

pub fn windows(options: &Options, csv: &mut Option<Csv>) {
    let title = "low n, middle n of 2n x n, high n coefficients of products in Z[x]";
    let mut table = Table::new(layout("zx-window", title, None), csv);
    for (task, name) in [(Task::Low, "low "), (Task::Middle, "mid "), (Task::High, "high ")] {
        balanced(options, task, name, &mut table);
    }
    table.finish();
}

pub fn unbalanced(options: &Options, csv: &mut Option<Csv>) {
    let mut table = Table::new(layout("zx-unbalanced", "long times short in Z[x]", goals::mean(0.33)), csv);
    let shapes = [(1_000_000, 10), (1_000_000, 50), (1_000_000, 100), (100_000, 1000)];
    for (m, n) in shapes {
        if options.lengths.as_ref().is_some_and(|lengths| !lengths.contains(&m) && !lengths.contains(&n)) {
            continue;
        }
        // Other peers would take minutes here.
        let mut nobody = Series::nobody();
        for bits in bits(options, &[8, 16, 62, 128]) {
            for &signed in &options.signs {
                row(
                    options,
                    &Cell { task: Task::Product, m, n, bits, signed, label: format!("{m}x{n}") },
                    &mut nobody,
                    &mut table,
                );
            }
        }
    }
    table.finish();
}

fn layout(ring: &'static str, title: &str, flat: Option<f64>) -> Layout {
    let goal = if ring == "zx" { goals::mean(0.45) } else { flat };
    Layout {
        ring,
        title: title.into(),
        columns: vec!["FLINT", "FLINT fresh", "flat", "flat into", "fresh", "into"],
        ratios: vec![
            Ratio::new("flat ratio", "flat", "FLINT", flat),
            Ratio::new("flat into", "flat into", "FLINT", flat),
            Ratio::new("fresh ratio", "fresh", "FLINT fresh", goal),
            Ratio::new("into ratio", "into", "FLINT", goal),
            Ratio::new("Rust ratio", "fresh", RUST, None),
        ],
    }
}

/// The grid: all lengths of all sizes of coefficients, with both signs.
fn balanced(options: &Options, task: Task, prefix: &str, table: &mut Table<'_>) {
    let whole = matches!(task, Task::Product | Task::Square);
    for bits in bits(options, &BITS) {
        for &signed in &options.signs {
            let mut series = if whole { Series::new(options) } else { Series::nobody() };
            for n in lengths(options, &LENGTHS) {
                let m = if task == Task::Middle { 2 * n } else { n };
                if (m + n) * bits <= if options.quick { MAX_QUICK_BITS } else { MAX_INPUT_BITS } {
                    series.at(n);
                    let cell = Cell { task, m, n, bits, signed, label: format!("{prefix}{n}") };
                    row(options, &cell, &mut series, table);
                }
            }
        }
    }
}

fn row(options: &Options, cell: &Cell, series: &mut Series, table: &mut Table<'_>) {
    let Cell { task, m, n, bits, signed, .. } = *cell;
    let window = task.window(m, n);
    let want = Want::range(window.clone());
    let inputs = rotation(m + n);
    let mut random = generator(&[m as u64, n as u64, bits as u64, signed.into()]);
    let pairs: Vec<[Operand; 2]> =
        (0..inputs).map(|_| [m, n].map(|len| Operand::random(&mut random, len, bits, signed))).collect();
    // A square is that of the first of a pair, as one slice twice.
    let second = usize::from(task != Task::Square);
    check(&pairs[..if m + n <= 4096 { inputs } else { 1 }], second, task, &window);

    let mut destination = IntegerPoly::new();
    let (mut flat_destination, mut poly_destination) = (IntegerVec::default(), Poly::zero(ZZ));
    let mut contestants = vec![
        Contestant::new("FLINT", Role::Flint, inputs, |k| {
            task.flint(&mut destination, &pairs[k][0].flint, &pairs[k][second].flint, &window)
        }),
        Contestant::new("FLINT fresh", Role::Flint, inputs, |k| {
            let mut fresh = IntegerPoly::new();
            task.flint(&mut fresh, &pairs[k][0].flint, &pairs[k][second].flint, &window);
            fresh
        }),
        Contestant::new("flat", Role::Monic, inputs, |k| flat(&pairs[k], second, &want)),
        Contestant::new("flat into", Role::Monic, inputs, |k| {
            flat_into(&pairs[k], second, &want, &mut flat_destination)
        }),
        Contestant::new("fresh", Role::Monic, inputs, |k| fresh(&pairs[k], second, task, &want)),
        Contestant::new("into", Role::Monic, inputs, |k| {
            into(&pairs[k], second, task, &want, &mut poly_destination)
        }),
    ];
    contestants.extend(others::over_integers(series, &pairs, second));
    let times = measure(&mut contestants, options.effort);
    series.learn(&contestants, &times);
    let size = Size { length: cell.label.clone(), bits: bits.to_string(), sign: sign(signed) };
    table.row(
        size,
        &contestants,
        &times,
        &[goals::reused(), goals::reused(), goals::fresh(m.min(n), bits), goals::reused(), goals::rust()],
    );
}

fn flat(pair: &[Operand; 2], second: usize, want: &Want) -> IntegerVec {
    let (a, b) = (pair[0].flat.as_slice(), pair[second].flat.as_slice());
    convolution::integers(a, b, want).expect("under the limit")
}

fn flat_into(pair: &[Operand; 2], second: usize, want: &Want, out: &mut IntegerVec) {
    let (a, b) = (pair[0].flat.as_slice(), pair[second].flat.as_slice());
    convolution::integers_into(a, b, want, out).expect("under the limit");
}

fn fresh(pair: &[Operand; 2], second: usize, task: Task, want: &Want) -> Poly<Integers> {
    let (a, b) = (&pair[0].poly, &pair[second].poly);
    match task {
        Task::Product | Task::Square => a * b,
        _ => a.convolve(b, want).expect("under the limit"),
    }
}

fn into(pair: &[Operand; 2], second: usize, task: Task, want: &Want, out: &mut Poly<Integers>) {
    let (a, b) = (&pair[0].poly, &pair[second].poly);
    match task {
        Task::Product | Task::Square => a.mul_into(b, out),
        _ => a.convolve_into(b, want, out).expect("under the limit"),
    }
}

/// Every coefficient of all products of this crate against FLINT's, the destinations being used again.
fn check(pairs: &[[Operand; 2]], second: usize, task: Task, window: &Range<usize>) {
    let want = Want::range(window.clone());
    let mut expected = IntegerPoly::new();
    let (mut flat_destination, mut poly_destination) = (IntegerVec::default(), Poly::zero(ZZ));
    for pair in pairs {
        task.flint(&mut expected, &pair[0].flint, &pair[second].flint, window);
        flat_into(pair, second, &want, &mut flat_destination);
        for product in [&flat(pair, second, &want), &flat_destination] {
            let rows = expected.rows(0..window.len(), product.width());
            assert!(product.limbs() == rows, "the flat product differs from FLINT's");
        }
        into(pair, second, task, &want, &mut poly_destination);
        for product in [&fresh(pair, second, task, &want), &poly_destination] {
            assert!(same(&expected, product.coefficients()), "the product differs from FLINT's");
        }
    }
}
