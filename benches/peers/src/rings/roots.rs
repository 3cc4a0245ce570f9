//! Real roots isolated, complex roots to a precision: FLINT's `fmpz_poly_isolate_real_roots` and `arb_fmpz_poly_complex_roots`.
//!
//! This crate finds out first that a polynomial is square-free and which of its roots are rational; FLINT is told the former.

use super::sign;
use crate::{
    flint::IntegerPoly,
    goals,
    inputs::{generator, rows},
    options::Options,
    table::{Csv, Layout, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};
use monic::{Integers, Poly, ZZ, sequences::chebyshev_t};

/// The families, by the degree.
fn families(n: usize) -> Vec<(String, Poly<Integers>)> {
    let x = ZZ.x();
    let random = |bits: usize| {
        let flat = rows(&mut generator(&[n as u64, bits as u64, 61]), n + 1, bits, true);
        ZZ.poly(flat.to_bigints())
    };
    let mignotte = |a: i64| x.pow(n as u64) - 2 * ZZ.poly([-1, a]).square();
    let wilkinson = Poly::from_roots(ZZ, 1..=n as i64);
    vec![
        (format!("Chebyshev {n}"), chebyshev_t(ZZ, n as u64).expect("small")),
        (format!("random {n}"), random(10)),
        (format!("random {n}"), random(1000)),
        (format!("Mignotte 5 {n}"), mignotte(5)),
        (format!("Mignotte 2^14 {n}"), mignotte(16_384)),
        (format!("Wilkinson {n}"), wilkinson.clone()),
        (format!("Wilkinson+1 {n}"), wilkinson + 1),
    ]
}

/// Whether FLINT takes minutes and more: for clusters whose depth goes with the degree.
fn too_slow_for_flint(name: &str, n: usize) -> bool {
    (name.starts_with("Mignotte 5") && n > 200)
        || (name.starts_with("Mignotte 2^14") && n > 100)
        || (name.starts_with("Wilkinson") || name.starts_with("Chebyshev")) && n > 300
}

pub fn real(options: &Options, csv: &mut Option<Csv>) {
    let layout = Layout {
        ring: "real-roots",
        title: "real roots isolated, degree n".into(),
        columns: vec!["FLINT", "fresh"],
        ratios: vec![Ratio::new("ratio", "fresh", "FLINT", None)],
    };
    let mut table = Table::new(layout, csv);
    for n in super::lengths(options, &[100, 200, 300, 1000]) {
        for (name, f) in families(n) {
            if too_slow_for_flint(&name, n) {
                continue;
            }
            let peer = IntegerPoly::from_rows(f.to_integer_vec().as_slice());
            assert_eq!(peer.isolate_real_roots(), f.real_roots().len(), "{name}");
            let mut contestants = vec![
                Contestant::new("FLINT", Role::Flint, 1, |_| peer.isolate_real_roots()),
                Contestant::new("fresh", Role::Monic, 1, |_| f.real_roots().len()),
            ];
            let times = measure(&mut contestants, options.effort);
            let size = Size { length: name, bits: f.height_bits().to_string(), sign: sign(true) };
            table.row(size, &contestants, &times, &[goals::reused()]);
        }
    }
    table.finish();
}

pub fn complex(options: &Options, csv: &mut Option<Csv>) {
    let layout = Layout {
        ring: "complex-roots",
        title: "complex roots of random polynomials with 30-bit coefficients, to so many bits".into(),
        columns: vec!["FLINT", "fresh"],
        ratios: vec![Ratio::new("ratio", "fresh", "FLINT", None)],
    };
    let mut table = Table::new(layout, csv);
    for n in super::lengths(options, &[20, 100]) {
        for bits in [64, 1000, 3322] {
            let flat = rows(&mut generator(&[n as u64, 62]), n + 1, 30, true);
            let f = ZZ.poly(flat.to_bigints());
            let peer = IntegerPoly::from_rows(flat.as_slice());
            assert_eq!(f.complex_roots(bits).len(), n);
            let mut contestants = vec![
                Contestant::new("FLINT", Role::Flint, 1, |_| peer.complex_roots(bits as usize)),
                Contestant::new("fresh", Role::Monic, 1, |_| drop(f.complex_roots(bits))),
            ];
            let times = measure(&mut contestants, options.effort);
            let size = Size { length: n.to_string(), bits: bits.to_string(), sign: sign(true) };
            table.row(size, &contestants, &times, &[goals::reused()]);
        }
    }
    table.finish();
}
