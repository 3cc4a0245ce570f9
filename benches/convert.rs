//! Conversions of every back end of this machine: rows to residues, residues to rows, to residues modulo words and
//! large moduli.
//!
//! `cargo bench --bench convert -- [split|join|mod]`. Prints cycles a coefficient for all primes together, the least of several runs,
//! back ends in turn; every result is compared with that of the portable back end. Cycles are nanoseconds times the clock that a chain of
//! dependent multiplications shows.

mod support;

use monic::{
    convolution::{Backend, Conversions},
    integer::{BigModulus, IntegerSlice, WordModulus},
};
use num_bigint::BigUint;
use std::{hint::black_box, time::Instant};
use support::testing;

/// Coefficients of a conversion: all buffers stay in the second-level cache.
const LEN: usize = 1024;

/// Words that look random.
fn words(len: usize, seed: u64) -> Vec<u64> {
    let mut state = seed;
    (0..len)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state ^ state >> 29
        })
        .collect()
}

/// The least nanoseconds of several runs.
fn least(runs: usize, mut f: impl FnMut()) -> f64 {
    let mut least = f64::MAX;
    for _ in 0..runs {
        let start = Instant::now();
        f();
        least = least.min(start.elapsed().as_secs_f64() * 1e9);
    }
    least
}

/// Cycles a nanosecond: a multiplication that waits for the one before takes three.
fn clock() -> f64 {
    let chain = least(20, || {
        let mut x = black_box(3u64);
        for _ in 0..1_000_000 {
            x = x.wrapping_mul(x);
        }
        black_box(x);
    });
    3_000_000.0 / chain
}

/// One line: the cycles of every back end for what `convert` writes into a buffer of `words` words.
fn line(
    label: &str,
    primes: usize,
    words: usize,
    clock: f64,
    reduced: bool,
    convert: impl Fn(&Conversions, &mut [u64]),
) {
    print!("{label:<22}");
    let mut expected: Option<Vec<u64>> = None;
    let mut backends = Backend::available();
    backends.reverse();
    for backend in backends {
        let conversions = Conversions::new(backend, primes).expect("available");
        let mut out = vec![0; words];
        let runs = if testing() { 1 } else { (1 << 22) / (words + LEN * primes) };
        let time = least(runs, || convert(&conversions, black_box(&mut out)));
        if !reduced {
            // Any representatives of the same residues.
            for (part, p) in out.chunks_exact_mut(LEN).zip(conversions.moduli()) {
                part.iter_mut().for_each(|x| *x %= p);
            }
        }
        match &expected {
            None => expected = Some(out),
            Some(expected) => assert!(*expected == out, "{label}: {backend} differs"),
        }
        print!("{:>10.2}", time * clock / LEN as f64);
    }
    println!();
}

/// Residues for all primes.
fn residues(primes: usize) -> Vec<Vec<u64>> {
    let moduli = Conversions::new(Backend::Portable, primes).expect("everywhere").moduli();
    moduli.into_iter().map(|p| words(LEN, p).iter().map(|x| x % p).collect()).collect()
}

fn split(clock: f64) {
    for (primes, width) in
        [(1, 1), (2, 1), (4, 1), (4, 2), (6, 2), (8, 2), (9, 4), (12, 4), (16, 6), (24, 8), (43, 16)]
    {
        let limbs = words(LEN * width, 3);
        line(&format!("split {primes} x {width}"), primes, LEN * primes, clock, false, |c, out| {
            c.split(IntegerSlice::new(&limbs, width), out);
        });
    }
}

fn join(clock: f64) {
    for (primes, width) in [
        (1, 1),
        (2, 1),
        (2, 2),
        (3, 2),
        (3, 3),
        (4, 3),
        (5, 4),
        (6, 5),
        (7, 6),
        (8, 6),
        (9, 7),
        (12, 9),
        (16, 12),
        (24, 18),
        (43, 33),
    ] {
        let residues = residues(primes);
        let views: Vec<&[u64]> = residues.iter().map(Vec::as_slice).collect();
        line(&format!("join {primes} x {width}"), primes, LEN * width, clock, true, |c, out| {
            c.rows(&views, width, out);
        });
    }
}

fn modular(clock: f64) {
    for (primes, n) in [
        (1, 10_007),
        (2, 1_000_000_007),
        (2, 1 << 32),
        (3, (1 << 61) - 1),
        (3, (1 << 64) - 59),
        (3, 1 << 64),
        (4, (1 << 64) - 59),
    ] {
        let residues = residues(primes);
        let views: Vec<&[u64]> = residues.iter().map(Vec::as_slice).collect();
        let n = WordModulus::from_u128(n).expect("at most 2^64");
        let label = format!("{primes} modulo {:.1} bits", (n.modulus() as f64).log2());
        line(&label, primes, LEN, clock, true, |c, out| c.words(&views, &n, out));
    }
    for (primes, bits) in [(5, 100), (9, 200), (43, 1000)] {
        let residues = residues(primes);
        let views: Vec<&[u64]> = residues.iter().map(Vec::as_slice).collect();
        let n = BigModulus::new((BigUint::from(1u8) << bits) - 9u8).expect("above 0");
        let width = n.bits() as usize / 64 + 1;
        let label = format!("{primes} modulo {bits} bits");
        line(&label, primes, LEN * width, clock, true, |c, out| c.rows_mod(&views, &n, out));
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let what = arguments.first().map_or("all", String::as_str);
    let clock = clock();
    let mut backends = Backend::available();
    backends.reverse();
    print!("{:<22}", format!("clock about {clock:.2} GHz"));
    backends.iter().for_each(|backend| print!("{:>10}", backend.name()));
    println!();
    if what == "all" || what == "split" {
        split(clock);
    }
    if what == "all" || what == "join" {
        join(clock);
    }
    if what == "all" || what == "mod" {
        modular(clock);
    }
}
