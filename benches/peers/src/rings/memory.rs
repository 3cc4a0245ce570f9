//! Peaks of memory of one product in Z[x], each in a process of its own, FLINT's beside this crate's.
//!
//! A peak contains operands and result; `own` is what these take in their own types. Limits: 3 times FLINT's peak, and 10 times
//! `own`.

use super::{bits, lengths};
use crate::{
    child::{Memory, Product, Who, memory},
    options::Options,
    table::Csv,
};

pub fn peaks(options: &Options, _: &mut Option<Csv>) {
    println!("\n## memory: peak of one product in Z[x], operands and result included, MB\n");
    println!(
        "| {:>8} | {:>6} | {:>8} | {:>8} | {:>8} | {:>8} | {:>8} | {:>11} | {:>11} | {:>10} |",
        "length",
        "bits",
        "FLINT",
        "flat",
        "flat own",
        "fresh",
        "own",
        "flat/FLINT",
        "fresh/FLINT",
        "fresh/own"
    );
    println!("|{}", "---:|".repeat(10));
    for bits in bits(options, &[8, 62, 256, 1024, 16384]) {
        for n in lengths(options, &[1024, 16384, 65536, 262_144, 1_048_576]) {
            if 2 * n * bits <= 400_000_000 {
                row(Product { m: n, n, bits });
            }
        }
    }
    // What an unbalanced product needs is another matter: its blocks.
    if options.lengths.is_none() {
        row(Product { m: 1_000_000, n: 100, bits: 16 });
    }
}

fn row(product: Product) {
    let measured = [Who::Flint, Who::Flat, Who::Fresh].map(|who| memory(who, product));
    let [Ok(flint), Ok(flat), Ok(fresh)] = &measured else {
        let errors = measured.iter().filter_map(|result| result.as_ref().err());
        println!("{product:?}: {}", errors.map(ToString::to_string).collect::<Vec<_>>().join("; "));
        return;
    };
    let megabytes = |bytes: u64| format!("{:.2}", bytes as f64 / 1e6);
    let ratio = |a: u64, b: u64, limit: f64| {
        let ratio = a as f64 / b as f64;
        format!("{}{ratio:.2}", if ratio > limit { "*" } else { "" })
    };
    let Memory { peak, own } = *fresh;
    println!(
        "| {:>8} | {:>6} | {:>8} | {:>8} | {:>8} | {:>8} | {:>8} | {:>11} | {:>11} | {:>10} |",
        if product.m == product.n { product.n.to_string() } else { format!("{}x{}", product.m, product.n) },
        product.bits,
        megabytes(flint.peak),
        megabytes(flat.peak),
        megabytes(flat.own),
        megabytes(peak),
        megabytes(own),
        ratio(flat.peak, flint.peak, 3.0),
        ratio(peak, flint.peak, 3.0),
        ratio(peak, own, 10.0)
    );
}
