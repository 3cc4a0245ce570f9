//! Conversions of every back end of this machine: rows to residues, residues to rows, to residues modulo words and
//! large moduli; rows to `BigInt`s beside the ways that num-bigint has.
//!
//! `cargo bench --bench convert -- [split|join|mod|bigints]`. Prints cycles a coefficient for all primes together, the least of several runs,
//! back ends in turn; every result is compared with that of the portable back end. Cycles are nanoseconds times the clock that a chain of
//! dependent multiplications shows. `bigints` prints nanoseconds an integer: what a product that ends in a `Vec<BigInt>` takes at least.

mod support;

use monic::{
    convolution::{Backend, Conversions},
    integer::{BigModulus, IntegerSlice, IntegerVec, WordModulus},
};
use num_bigint::{BigInt, BigUint, Sign};
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

/// Sequences that are written in turn: no predictor remembers the signs of all of them.
const SEQUENCES: usize = 64;

/// Signs and magnitudes in halves of limbs.
type Parts = Vec<(Sign, Vec<u32>)>;

/// Integers of so many limbs, as rows of one limb more, of one for words, and in parts.
fn integers(limbs: usize, signs: bool, seed: u64) -> (IntegerVec, Parts) {
    let width = if limbs == 1 { 1 } else { limbs + 1 };
    let mut state = words(LEN * (limbs + 1), seed).into_iter();
    let mut parts = Vec::new();
    let mut rows = Vec::new();
    for _ in 0..LEN {
        let sign =
            if signs && state.next().expect("enough") >> 40 & 1 == 1 { Sign::Minus } else { Sign::Plus };
        let mut magnitude: Vec<u64> = (0..limbs).map(|_| state.next().expect("enough")).collect();
        magnitude[limbs - 1] = magnitude[limbs - 1] >> 2 | 1;
        parts.push((sign, magnitude.iter().flat_map(|&limb| [limb as u32, (limb >> 32) as u32]).collect()));
        let mut row = magnitude;
        row.resize(width, 0);
        if sign == Sign::Minus {
            let mut carry = true;
            for limb in &mut row {
                (*limb, carry) = (!*limb).overflowing_add(u64::from(carry));
            }
        }
        rows.extend(row);
    }
    (IntegerVec::from_limbs(rows, width), parts)
}

/// Nanoseconds an integer: made and dropped, and written into one that is there, by this crate and by num-bigint from the same
/// signs and magnitudes.
fn bigints() {
    let ways = ["fresh", "num-bigint", "ratio", "into", "num-bigint", "ratio"];
    print!("{:<22}", "ns a BigInt of limbs");
    ways.iter().for_each(|way| print!("{way:>12}"));
    println!();
    for limbs in [1, 2, 3, 4, 8, 16, 64] {
        for signs in [false, true] {
            let sequences: Vec<_> = (0..SEQUENCES).map(|k| integers(limbs, signs, k as u64)).collect();
            let expected: Vec<BigInt> =
                sequences[0].1.iter().map(|(sign, halves)| BigInt::from_slice(*sign, halves)).collect();
            assert_eq!(sequences[0].0.as_slice().to_bigints(), expected);
            let (mut out, mut theirs) = (expected.clone(), expected);
            let runs = if testing() { 1 } else { 4000 / limbs };
            let mut k = 0;
            let mut time = |f: &mut dyn FnMut(&(IntegerVec, Parts))| {
                least(runs, || {
                    k = (k + 1) % SEQUENCES;
                    f(&sequences[k]);
                }) / LEN as f64
            };
            let fresh = time(&mut |(rows, _)| drop(black_box(rows.as_slice().to_bigints())));
            let from_slice = time(&mut |(_, parts)| {
                let values = parts.iter().map(|(sign, halves)| BigInt::from_slice(*sign, halves));
                drop(black_box(values.collect::<Vec<_>>()));
            });
            let into = time(&mut |(rows, _)| rows.as_slice().write_bigints(black_box(&mut out)));
            let assign = time(&mut |(_, parts)| {
                for (value, (sign, halves)) in black_box(&mut theirs).iter_mut().zip(parts) {
                    value.assign_from_slice(*sign, halves);
                }
            });
            print!("{:<22}", format!("{limbs}{}", if signs { ", both signs" } else { "" }));
            for time in [fresh, from_slice, fresh / from_slice, into, assign, into / assign] {
                print!("{time:>12.2}");
            }
            println!();
        }
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
    if what == "all" || what == "bigints" {
        bigints();
    }
}
