//! Accurate products of non-negative floats beside the plain transform of the same lengths, sums of dice, and of trials.
//!
//! `cargo bench --bench accurate [-- product|sums]`. Milliseconds, the least of several runs, on one thread; what is compared runs
//! in turn.

mod support;

use monic::convolution::{Algorithm, Want, floats};
use monic::distribution::Distribution;
use monic::nonnegative::Nonnegative;
use std::{hint::black_box, time::Instant};
use support::testing;

fn least<T>(runs: usize, mut call: impl FnMut() -> T) -> f64 {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(call());
            start.elapsed().as_secs_f64() * 1e3
        })
        .fold(f64::INFINITY, f64::min)
}

fn main() {
    let only: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    for (name, table) in [("product", products as fn()), ("sums", sums)] {
        if only.is_empty() || only.iter().any(|o| o == name) {
            table();
        }
    }
}

fn logs(len: usize, log: impl FnMut(f64) -> f64) -> Nonnegative {
    let values: Vec<f64> = (0..len).map(|k| k as f64).map(log).collect();
    Nonnegative::from_logs(&values).expect("logarithms")
}

fn binomial(n: usize, p: f64) -> Nonnegative {
    let odds = (p / (1.0 - p)).ln();
    let mut log = n as f64 * (1.0 - p).ln();
    logs(n + 1, |k| {
        if k > 0.0 {
            log += ((n as f64 - k + 1.0) / k).ln() + odds;
        }
        log
    })
}

fn die(faces: usize, n: u64) -> Nonnegative {
    Nonnegative::from_f64(&vec![1.0 / faces as f64; faces])
        .and_then(|d| d.try_pow(n))
        .expect("within the limits")
}

fn products() {
    println!("product: plain transform, accurate, ratio, bound of the relative error of the product");
    let n = if testing() { 3000 } else { 1_000_000 };
    let mut state = 1u64;
    let mut random = move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let bell = |k: f64| -((k / n as f64 - 0.5) * 60.0).powi(2) / 2.0;
    let (s, t) = (n / 10, n / 100);
    let humps = |k: f64| {
        let hump = |c: f64| -((k / s as f64 - c) * 100.0).powi(2) / 2.0;
        hump(0.25).max(hump(0.75) - 80.0)
    };
    let cases = [
        ("binomials", binomial(n, 0.5), binomial(n, 0.3)),
        ("dice", die(6, n as u64 / 5), die(20, n as u64 / 19)),
        ("uniform", logs(n, |_| 0.0), logs(n, |_| 0.0)),
        ("random", logs(n, |_| random().ln()), logs(n, |_| random().ln())),
        ("geometric", logs(n, |k| -1.5 * k), logs(n, |k| -0.5 * k)),
        ("bells, 30 sigma", logs(n, bell), logs(n, bell)),
        ("1/k^2", logs(s, |k| -2.0 * (k + 1.0).ln()), logs(s, |k| -2.0 * (k + 1.0).ln())),
        ("two humps", logs(s, humps), logs(s, humps)),
        ("random exponents", logs(t, |_| 1400.0 * random()), logs(t, |_| 1400.0 * random())),
    ];
    for (name, a, b) in &cases {
        let (x, y) = (a.to_f64().iter().map(|x| x.min(1.0)).collect::<Vec<_>>(), b.to_f64());
        let y: Vec<f64> = y.iter().map(|y| y.min(1.0)).collect();
        let fft = Want::full().by(Algorithm::Fft);
        let plain = least(3, || floats(&x, &y, &fft).expect("finite"));
        let accurate = least(3, || a.try_mul(b).expect("within the limits"));
        let error = (a * b).relative_error() - a.relative_error() - b.relative_error();
        assert!(error < 1e-12);
        println!("{name:18} {:8} {plain:9.3} {accurate:9.3} {:6.2} {error:9.1e}", a.len(), accurate / plain);
    }
}

fn sums() {
    println!("sums: milliseconds, bound of the relative error");
    let d6 = Distribution::die(6);
    let row = |name: &str, run: &dyn Fn() -> Nonnegative| {
        let time = least(if testing() { 1 } else { 10 }, run);
        println!("{name:32} {time:9.3} {:9.1e}", run().relative_error());
    };
    row("1000d6, exact and rounded once", &|| Nonnegative::try_from(&d6.times(1000)).expect("in range"));
    row("1000d6, power of floats", &|| die(6, 1000));
    for n in if testing() { &[100usize, 1000][..] } else { &[100, 1000, 10_000, 100_000] } {
        let p: Vec<f64> = (0..*n).map(|k| ((k * 7919 + 13) % 999 + 1) as f64 / 1000.0).collect();
        row(&format!("poisson-binomial, n = {n}"), &|| {
            Nonnegative::poisson_binomial(&p).expect("probabilities")
        });
    }
}
