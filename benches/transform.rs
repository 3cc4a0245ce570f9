//! Transforms and whole products of every back end of this machine, beside the portable one, in one run.
//!
//! `cargo bench --bench transform -- [transforms|products] [largest power of two]`. Prints nanoseconds, the least of
//! several runs, back ends in turn; every result is compared with that of the portable back end. Cycles are
//! nanoseconds times the clock that a chain of dependent multiplications shows.

mod support;

use monic::{
    convolution::{Backend, Transforms, Want, integers, with_backend},
    integer::IntegerVec,
};
use std::{hint::black_box, time::Instant};
use support::testing;

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

/// The least time of several runs, each with its own preparation.
struct Least(f64);

impl Least {
    fn run<T>(&mut self, f: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = f();
        self.0 = self.0.min(start.elapsed().as_secs_f64() * 1e9);
        result
    }
}

/// Cycles a nanosecond: a multiplication that waits for the one before takes three.
fn clock() -> f64 {
    let mut chain = Least(f64::MAX);
    for _ in 0..20 {
        chain.run(|| {
            let mut x = black_box(3u64);
            for _ in 0..1_000_000 {
                x = x.wrapping_mul(x);
            }
            black_box(x)
        });
    }
    3_000_000.0 / chain.0
}

/// Cycles a point and layer where two operations of 512 bits start in a cycle and nothing else costs: in 52-bit integers three layers on 64 points are 72, on
/// the two units that multiply. Doubles are told against the same.
const BOUND: f64 = 0.1875;

/// `n` words from a multiple of 64 bytes on, as the crate lays out its own: vectors that cross lines of the cache take a fourteenth longer.
fn aligned(buffer: &mut Vec<u64>, n: usize) -> &mut [u64] {
    buffer.resize(n + 7, 0);
    let start = buffer.as_ptr().align_offset(64);
    &mut buffer[start..start + n]
}

fn transforms(backends: &[Backend], largest: u32) {
    let clock = clock();
    println!(
        "clock about {clock:.2} GHz; forward, inverse: cycles a point and layer over {BOUND}; mul: cycles a point"
    );
    print!("{:>6}", "log2");
    for backend in backends {
        print!("{:>28}", format!("{backend}: fwd / inv / mul"));
    }
    println!();
    for k in 6..=largest {
        let n = 1usize << k;
        print!("{k:>6}");
        let mut expected: Option<Vec<u64>> = None;
        let repetitions = if testing() { 1 } else { ((1 << 24) / n / k as usize).clamp(3, 3000) };
        for &backend in backends {
            let transforms = Transforms::new(backend).expect("available");
            let p = transforms.modulus();
            let a: Vec<u64> = words(n, 1).iter().map(|x| x % p).collect();
            let b: Vec<u64> = words(n, 2).iter().map(|x| x % p).collect();
            let (mut x, mut y) = (Vec::new(), Vec::new());
            let (x, y) = (aligned(&mut x, n), aligned(&mut y, n));
            y.copy_from_slice(&b);
            transforms.forward(y);
            let (mut forward, mut inverse, mut multiply) =
                (Least(f64::MAX), Least(f64::MAX), Least(f64::MAX));
            for _ in 0..repetitions {
                x.copy_from_slice(&a);
                forward.run(|| transforms.forward(x));
                multiply.run(|| transforms.pointwise(x, y));
                inverse.run(|| transforms.inverse(x));
            }
            transforms.scale(x);
            match &expected {
                None => expected = Some(x.to_vec()),
                Some(expected) => assert!(*expected == x, "{backend} differs at 2^{k}"),
            }
            let over = |t: &Least| t.0 * clock / n as f64 / f64::from(k) / BOUND;
            let [forward, inverse] = [over(&forward), over(&inverse)];
            let times = format!("{forward:.2} / {inverse:.2} / {:.2}", multiply.0 * clock / n as f64);
            print!("{times:>28}");
        }
        println!();
    }
}

fn products(backends: &[Backend], largest: u32) {
    println!("microseconds a product (and how many times faster than portable)");
    print!("{:>6}{:>6}", "bits", "log2");
    for backend in backends {
        print!("{:>20}", backend.to_string());
    }
    println!();
    for bits in [8u32, 30, 62, 128, 1024] {
        for k in (6..=largest).step_by(2) {
            let n = 1usize << k;
            if n * bits as usize > 1 << 27 {
                break;
            }
            let width = bits as usize / 64 + 1;
            let operand = |seed| {
                let mut limbs = words(n * width, seed);
                for row in limbs.chunks_exact_mut(width) {
                    // `bits` bits with a sign.
                    let top = 64 * width as u32 - bits - 1;
                    row[width - 1] = ((row[width - 1] as i64) >> top) as u64;
                }
                IntegerVec::from_limbs(limbs, width)
            };
            let (a, b) = (operand(3), operand(4));
            let mut least: Vec<Least> = backends.iter().map(|_| Least(f64::MAX)).collect();
            let mut expected: Option<IntegerVec> = None;
            for _ in 0..if testing() { 1 } else { ((1 << 21) / n / width).clamp(3, 500) } {
                for (&backend, least) in backends.iter().zip(&mut least) {
                    let product = with_backend(backend, || {
                        least.run(|| integers(a.as_slice(), b.as_slice(), &Want::full()))
                    });
                    let product = product.expect("available").expect("small enough");
                    match &expected {
                        None => expected = Some(product),
                        Some(expected) => assert!(*expected == product, "{backend} differs"),
                    }
                }
            }
            print!("{bits:>6}{k:>6}");
            for t in &least {
                print!("{:>20}", format!("{:.1} ({:.2})", t.0 / 1e3, least[0].0 / t.0));
            }
            println!();
        }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let what = arguments.first().map_or("all", String::as_str);
    let largest = arguments.get(1).and_then(|n| n.parse().ok()).unwrap_or(if testing() { 10 } else { 20 });
    // The portable one first.
    let mut backends = Backend::available();
    backends.reverse();
    if what != "products" {
        transforms(&backends, largest);
    }
    if what != "transforms" {
        products(&backends, largest);
    }
}
