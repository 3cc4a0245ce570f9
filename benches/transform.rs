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

/// Cycles a point and layer of a forward transform of `2^k` points, where nothing but products of 512 bits costs, one a
/// cycle (Zen 4, whose vectors of 256 bits multiply twice as often): 36 for three layers on 64 points in 52-bit
/// integers, 48 in doubles; what reduces, and what twists the last layers of the base.
fn bound(backend: Backend, k: u32) -> Option<f64> {
    let [one, two, three, base] = match backend {
        Backend::Ifma => [12.0, 24.0 + 8.0, 36.0 + 8.0, 72.0 + 10.0 + 21.0],
        Backend::Avx512 | Backend::Avx2 => [16.0, 32.0, 48.0, 96.0 + 28.0],
        _ => return None,
    };
    let (mut cycles, mut layers) = (base, k - 6);
    while layers > 0 {
        let (pass, cost) = match layers {
            1 => (1, one),
            2 | 4 => (2, two),
            _ => (3, three),
        };
        cycles += cost;
        layers -= pass;
    }
    Some(cycles / 64.0 / f64::from(k))
}

fn transforms(backends: &[Backend], largest: u32) {
    let clock = clock();
    println!(
        "clock about {clock:.2} GHz; cycles a point and layer (forward: how many times the bound of its products)"
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
            let (mut x, mut y) = (a.clone(), b.clone());
            transforms.forward(&mut y);
            let (mut forward, mut inverse, mut multiply) =
                (Least(f64::MAX), Least(f64::MAX), Least(f64::MAX));
            for _ in 0..repetitions {
                x.copy_from_slice(&a);
                forward.run(|| transforms.forward(&mut x));
                multiply.run(|| transforms.pointwise(&mut x, &y));
                inverse.run(|| transforms.inverse(&mut x));
            }
            transforms.scale(&mut x);
            match &expected {
                None => expected = Some(x),
                Some(expected) => assert!(*expected == x, "{backend} differs at 2^{k}"),
            }
            let layers = |t: &Least| t.0 * clock / n as f64 / f64::from(k);
            let over =
                bound(backend, k).map_or_else(String::new, |b| format!(" ({:.2})", layers(&forward) / b));
            let times = format!(
                "{:.3}{over} / {:.3} / {:.2}",
                layers(&forward),
                layers(&inverse),
                multiply.0 * clock / n as f64
            );
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
