//! The thresholds of the products by floating-point transform: prints the tables from which the constants in
//! `convolution/float_fft` and the plan of exact products were taken.
//!
//! `cargo bench --bench floats [-- floats|exact]`. Medians of several runs, one thread, nanoseconds.

mod support;

use monic::convolution::{Algorithm, Want, complexes, float_fft, floats, floats32, integers, words_mod};
use monic::integer::{IntegerVec, WordModulus};
use num_complex::Complex;
use std::{hint::black_box, time::Instant};
use support::testing;

/// The median time of a call, with as many calls a sample as fill a millisecond.
fn time<T>(mut call: impl FnMut() -> T) -> f64 {
    black_box(call());
    if testing() {
        return f64::NAN;
    }
    let start = Instant::now();
    black_box(call());
    let calls = (1e-3 / start.elapsed().as_secs_f64().max(1e-8)).ceil() as usize;
    let mut samples: Vec<f64> = (0..15)
        .map(|_| {
            let start = Instant::now();
            (0..calls).for_each(|_| {
                black_box(call());
            });
            start.elapsed().as_secs_f64() / calls as f64
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    samples[7] * 1e9
}

fn random(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state ^ state >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

fn main() {
    let only: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    for (name, table) in [("floats", float_products as fn()), ("exact", exact_products)] {
        if only.is_empty() || only.iter().any(|o| o == name) {
            table();
        }
    }
}

fn float_products() {
    let mut next = random(1);
    println!("floats: direct and transform; f32; complex");
    let balanced = [4usize, 8, 16, 24, 32, 48, 64, 96, 128, 256, 512, 1024, 4096].map(|n| (n, n));
    let long = [5, 10, 20, 30, 50, 100, 200].map(|n| (100_000, n));
    for (m, n) in balanced.into_iter().chain([(300, 20), (300, 40), (1000, 30), (1000, 60)]).chain(long) {
        if testing() && m > 1024 {
            continue;
        }
        let a: Vec<f64> = (0..m).map(|_| next() as f64 / 2f64.powi(64)).collect();
        let b: Vec<f64> = (0..n).map(|_| next() as f64 / 2f64.powi(64)).collect();
        let narrow = |a: &[f64]| a.iter().map(|&x| x as f32).collect::<Vec<_>>();
        let (a32, b32) = (narrow(&a), narrow(&b));
        let turn = |a: &[f64]| a.iter().map(|&x| Complex::new(x, 1.0 - x)).collect::<Vec<_>>();
        let (ac, bc) = (turn(&a), turn(&b));
        let [direct, fft] = [Algorithm::Schoolbook, Algorithm::Fft].map(|by| Want::full().by(by));
        println!(
            "{m:6} x {n:4}  f64 {:9.0} {:9.0} ({:.0})  f32 {:9.0} {:9.0}  complex {:9.0} {:9.0} ({:.0})",
            time(|| floats(&a, &b, &direct)),
            time(|| floats(&a, &b, &fft)),
            time(|| floats(&a, &b, &Want::full())),
            time(|| floats32(&a32, &b32, &direct)),
            time(|| floats32(&a32, &b32, &fft)),
            time(|| complexes(&ac, &bc, &direct)),
            time(|| complexes(&ac, &bc, &fft)),
            time(|| complexes(&ac, &bc, &Want::full())),
        );
    }
}

fn exact_products() {
    let mut next = random(1);
    println!("exact: residues by the best of the others, by ntt and by fft");
    for modulus in [2u64, 257, 12289, 65537, 998_244_353, (1 << 61) - 1] {
        let n = WordModulus::new(modulus).expect("not zero");
        for len in [32usize, 64, 128, 512, 1024, 2048, 4096, 8192, 16384, 65536] {
            if testing() && len > 1024 {
                break;
            }
            let a: Vec<u64> = (0..len).map(|_| n.reduce(next())).collect();
            let b: Vec<u64> = (0..len).map(|_| n.reduce(next())).collect();
            let by = |algorithm| Want::full().by(algorithm);
            let fft = float_fft::exact_residues(&n, &a, &b, &Want::full());
            let Ok(fft) = fft else { continue };
            assert_eq!(fft, words_mod(&n, &a, &b, &by(Algorithm::Ntt)).expect("within the limits"));
            println!(
                "{modulus:20} {len:6} {:11.0} {:11.0} {:11.0}",
                time(|| words_mod(&n, &a, &b, &Want::full())),
                time(|| words_mod(&n, &a, &b, &by(Algorithm::Ntt))),
                time(|| float_fft::exact_residues(&n, &a, &b, &Want::full())),
            );
        }
    }
    println!("exact: integers of so many bits");
    for bits in [1u32, 8, 14, 20] {
        for len in [32usize, 64, 128, 512, 1024, 4096, 16384, 65536] {
            if testing() && len > 1024 {
                break;
            }
            let mut draw = || (0..len).map(|_| (next() >> (64 - bits)) as i64 - (1 << bits >> 1)).collect();
            let (a, b): (Vec<i64>, Vec<i64>) = (draw(), draw());
            let (x, y) = (IntegerVec::from_i64s(&a), IntegerVec::from_i64s(&b));
            let by = |algorithm| Want::full().by(algorithm);
            if float_fft::exact_integers(&a, &b, &Want::full()).is_err() {
                continue;
            }
            println!(
                "{bits:20} {len:6} {:11.0} {:11.0} {:11.0}",
                time(|| integers(x.as_slice(), y.as_slice(), &Want::full())),
                time(|| integers(x.as_slice(), y.as_slice(), &by(Algorithm::Ntt))),
                time(|| float_fft::exact_integers(&a, &b, &Want::full())),
            );
        }
    }
}
