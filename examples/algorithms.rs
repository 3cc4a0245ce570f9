//! One convolution, many algorithms: all give the same product, and which is fastest depends on the length.
//!
//! The definition, `c[k] = sum of a[i]*b[k-i]`, takes a product for each pair, `n^2` of them. Karatsuba's algorithm takes `n^1.58`, a
//! transform `n log n` steps. All are exact over the integers: the floating-point transform is taken only where its
//! rounding error is proved to be below 1/4, the number-theoretic one computes modulo primes and puts the residues together.
//!
//! `cargo run --release --example algorithms` times them on random coefficients of 10 bits, prints a table and draws it.

mod support;

use monic::convolution::{Algorithm, Want};
use monic::{Ring, ZZ};
use num_bigint::BigInt;
use plotters::style::RGBColor;
use std::time::{Duration, Instant};
use support::Result;
use support::canvas::{self, BLACK, BLUE, GREEN, GREY, ORANGE, RED, SKY};
use support::chart::{self, Axis};

/// Lengths go to `2^LONGEST`.
const LONGEST: u32 = 16;
/// An algorithm that takes longer than this is not tried at larger lengths.
const PATIENCE: Duration = Duration::from_millis(40);
/// An algorithm is run so often, unless that takes too long.
const RUNS: u32 = 50;

/// The definition, as it stands.
fn naive(a: &[BigInt], b: &[BigInt]) -> Vec<BigInt> {
    let mut c = vec![BigInt::ZERO; a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            c[i + j] += x * y;
        }
    }
    c
}

/// What is timed: the definition, one algorithm of the engine, or what the engine picks.
enum Method {
    Naive,
    By(Algorithm),
    Engine,
}

impl Method {
    fn multiply(&self, a: &[BigInt], b: &[BigInt]) -> monic::Result<Vec<BigInt>> {
        match self {
            Method::Naive => Ok(naive(a, b)),
            Method::By(algorithm) => ZZ.convolve(a, b, &Want::full().by(*algorithm)),
            Method::Engine => ZZ.convolve(a, b, &Want::full()),
        }
    }
}

/// A method with its times so far, as binary logarithm of the length and time.
struct Column {
    name: &'static str,
    method: Method,
    colour: RGBColor,
    times: Vec<(u32, Duration)>,
}

/// The shortest of many runs, since what else the machine does only adds.
fn time(method: &Method, a: &[BigInt], b: &[BigInt]) -> monic::Result<(Duration, Vec<BigInt>)> {
    let begin = Instant::now();
    let product = method.multiply(a, b)?;
    let mut best = begin.elapsed();
    for _ in 1..RUNS {
        if begin.elapsed() > 2 * PATIENCE {
            break;
        }
        let begin = Instant::now();
        method.multiply(a, b)?;
        best = best.min(begin.elapsed());
    }
    Ok((best, product))
}

fn main() -> Result {
    let column = |name, method, colour| Column { name, method, colour, times: Vec::new() };
    let by = Method::By;
    let mut columns = [
        column("definition", Method::Naive, BLACK),
        column("schoolbook", by(Algorithm::Schoolbook), ORANGE),
        column("karatsuba", by(Algorithm::Karatsuba), RED),
        column("kronecker", by(Algorithm::Kronecker), GREEN),
        column("fft", by(Algorithm::Fft), GREY),
        column("ntt", by(Algorithm::Ntt), SKY),
        column("engine", Method::Engine, BLUE),
    ];
    let mut state = 1u64;
    let mut random = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        BigInt::from(state >> 54)
    };
    let names: String = columns.iter().map(|column| format!("{:>12}", column.name)).collect();
    println!("microseconds for a product of two polynomials with n coefficients of 10 bits");
    println!("{:>7}{names}  the engine's plan", "n");
    for log in 2..=LONGEST {
        let n = 1usize << log;
        let (a, b): (Vec<_>, Vec<_>) = (0..n).map(|_| (random(), random())).unzip();
        let right = ZZ.convolve(&a, &b, &Want::full())?;
        let mut line = format!("{n:>7}");
        for column in &mut columns {
            let fast = column.times.last().is_none_or(|&(_, time)| time < PATIENCE);
            // An algorithm that does not apply to a length says so.
            let cell = match fast.then(|| time(&column.method, &a, &b)) {
                None => "-".to_owned(),
                Some(Err(_)) => "n/a".to_owned(),
                Some(Ok((time, product))) => {
                    assert_eq!(product, right, "{} with {n} coefficients", column.name);
                    column.times.push((log, time));
                    format!("{:.1}", time.as_secs_f64() * 1e6)
                }
            };
            line += &format!("{cell:>12}");
        }
        println!("{line}  {}", ZZ.plan(&a, &b, &Want::full())?);
    }
    println!("every product above is the same by every algorithm");
    let at = |k: usize, log: u32| columns[k].times.iter().find(|time| time.0 == log).map(|time| time.1);
    let crossover = (2..=LONGEST).find(|&log| at(5, log) < at(1, log));
    if let Some(log) = crossover {
        println!("the number-theoretic transform is faster than pairs from {} coefficients on", 1 << log);
    }
    draw(&columns)
}

/// Both axes are logarithmic: a power of `n` is a straight line.
fn draw(columns: &[Column]) -> Result {
    canvas::picture("algorithms.svg", (960, 600), |canvas| {
        let lengths = (2..=LONGEST).step_by(2).map(|log| (f64::from(log), format!("{}", 1u64 << log)));
        let x = Axis {
            label: "coefficients".into(),
            range: 1.8..f64::from(LONGEST) + 0.2,
            ticks: lengths.collect(),
        };
        let micros = |time: Duration| (time.as_secs_f64() * 1e6).log10();
        let all = columns.iter().flat_map(|column| &column.times).map(|&(_, time)| micros(time));
        let (low, high) = all.fold((f64::MAX, f64::MIN), |(low, high), t| (low.min(t), high.max(t)));
        let (low, high) = (low.floor(), high.ceil());
        let ticks = (low as i32..=high as i32).map(|e| (f64::from(e), decade(e)));
        let y = Axis { label: "time".into(), range: low..high, ticks: ticks.collect() };
        let title = "products of polynomials over Z: the definition and the engine's algorithms";
        let mut chart = chart::axes(canvas, title, &x, &y)?;
        for column in columns {
            let points = column.times.iter().map(|&(log, time)| (f64::from(log), micros(time))).collect();
            let thick = if matches!(column.method, Method::Engine) { 5 } else { 2 };
            chart::line(&mut chart, points, column.colour, thick)?;
        }
        let names: Vec<_> = columns.iter().map(|column| (column.name, column.colour)).collect();
        chart::legend_at(canvas, (canvas.dim_in_pixel().0 as i32 - 150, 320), &names)
    })
}

/// A power of ten of microseconds.
fn decade(exponent: i32) -> String {
    let (unit, exponent) = match exponent {
        ..0 => ("ns", exponent + 3),
        0..3 => ("µs", exponent),
        3..6 => ("ms", exponent - 3),
        _ => ("s", exponent - 6),
    };
    match exponent {
        0.. => format!("{} {unit}", 10u64.pow(exponent as u32)),
        _ => format!("10^{exponent} {unit}"),
    }
}
