//! Factoring over Z, by families of polynomials: FLINT, PARI, and `Poly::factor`.

use super::exact_algebra::over_z;
use crate::{
    goals,
    inputs::{generator, rows},
    options::Options,
    others,
    table::{Csv, Layout, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};
use monic::{Integers, Poly, ZZ, sequences};
use num_bigint::BigInt;
use std::{fs, path::Path};

pub fn over_integers(options: &Options, csv: &mut Option<Csv>) {
    let layout = Layout {
        ring: "z-factor",
        title: "factors over Z".into(),
        columns: vec!["FLINT", "monic"],
        ratios: vec![Ratio::new("ratio", "monic", "FLINT", None)],
    };
    let mut table = Table::new(layout, csv);
    if let Some(folder) = &options.polynomials {
        for (name, f) in from_files(folder) {
            row(options, &mut table, (&name, f.len() - 1), &f);
        }
        return table.finish();
    }
    let asked = |degree: usize| options.lengths.as_ref().is_none_or(|lengths| lengths.contains(&degree));
    let mut cell = |name: &str, n: usize, f: &dyn Fn() -> Poly<Integers>| {
        if asked(n) {
            row(options, &mut table, (name, n), &f());
        }
    };
    let random = |seed: u64, n: usize, bits: usize| {
        let mut random = generator(&[seed, n as u64, bits as u64]);
        Poly::from_vec(ZZ, rows(&mut random, n + 1, bits, true).to_bigints())
    };
    for n in [10, 50, 200, 500] {
        cell("two random of 100 bits", n, &|| random(1, n, 100) * random(2, n, 100));
    }
    for n in [20, 60] {
        cell("ten random of 20 bits", n, &|| ZZ.product((0..10).map(|k| random(k, n / 10, 20))));
    }
    for n in [10, 50, 200, 500] {
        cell("one random of 100 bits", n, &|| random(3, n, 100));
    }
    for n in [120, 360, 1155] {
        cell("x^n - 1", n, &|| ZZ.x().pow(n as u64) - 1);
    }
    for n in 4..=8 {
        cell("Swinnerton-Dyer", n, &|| sequences::swinnerton_dyer(ZZ, n as u32).expect("small"));
    }
    for n in [5, 6] {
        cell("two Swinnerton-Dyer", n, &|| {
            let f = sequences::swinnerton_dyer(ZZ, n as u32).expect("small");
            f.taylor_shift(1) * f
        });
    }
    for n in [50, 200, 500] {
        cell("Chebyshev", n, &|| sequences::chebyshev_t(ZZ, n as u64).expect("small"));
    }
    for n in [20, 100, 200] {
        cell("Wilkinson", n, &|| Poly::from_roots(ZZ, (1..=n).map(BigInt::from)));
    }
    for n in [60, 105] {
        cell("x^n - 1 at x + 1", n, &|| (ZZ.x().pow(n as u64) - 1).taylor_shift(1));
    }
    table.finish();
}

/// The polynomials in a folder, by the names of their files: the number of coefficients and these, from the constant one on.
fn from_files(folder: &Path) -> Vec<(String, Poly<Integers>)> {
    let files = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut polynomials: Vec<_> = files
        .map(|file| {
            let path = file.expect("a file").path();
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let numbers =
                text.split_whitespace().skip(1).map(|c| c.parse::<BigInt>().expect("a coefficient"));
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, Poly::from_vec(ZZ, numbers.collect()))
        })
        .collect();
    polynomials.sort_by(|a, b| a.0.cmp(&b.0));
    polynomials
}

fn row(options: &Options, table: &mut Table<'_>, (name, n): (&str, usize), f: &Poly<Integers>) {
    let flint = over_z(f);
    let ours = f.factor();
    assert_eq!(ours.expand(), *f, "{name} {n}");
    let count = flint.factor();
    assert_eq!(ours.len(), count, "{name} {n}: FLINT has another number of factors");
    let mut contestants = vec![
        Contestant::new("FLINT", Role::Flint, 1, |_| flint.factor()),
        Contestant::new("monic", Role::Monic, 1, |_| f.factor()),
    ];
    contestants.extend(others::factoring(options, f, count));
    let times = measure(&mut contestants, options.effort);
    let size = Size { length: n.to_string(), bits: format!("{name}: {count} factors"), sign: "random" };
    table.row(size, &contestants, &times, &[goals::reused()]);
}
