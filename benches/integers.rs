//! Large integers against num-bigint: products, squares, division, radix conversion and gcds, either side of the thresholds.
//!
//! `cargo bench --bench integers -- product division radix leaves gcd` (any of them; all without arguments). Every answer is
//! checked once. Times are the least of several runs, in milliseconds; the last column is num-bigint over monic. `leaves` times
//! the cutoffs of radix conversion, each as a multiple of the time with the default ones.

mod support;

use monic::DecimalWriter;
use monic::convolution::natural_product;
use monic::integer::{division, gcd, radix, radix::Cutoffs};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use std::{hint::black_box, time::Instant};
use support::testing;

/// The least time of several runs, within about half a second.
fn time<T>(mut f: impl FnMut() -> T) -> f64 {
    let mut least = f64::INFINITY;
    let start = Instant::now();
    for _ in 0..50 {
        let run = Instant::now();
        black_box(f());
        least = least.min(run.elapsed().as_secs_f64());
        if testing() || start.elapsed().as_secs_f64() > 0.4 {
            break;
        }
    }
    least * 1e3
}

/// A number of so many limbs, from a fixed seed.
fn number(limbs: usize, seed: u64) -> BigUint {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    BigUint::new(
        (0..2 * limbs)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) as u32 | 1 << 31
            })
            .collect(),
    )
}

fn row(name: &str, ours: f64, theirs: Option<f64>) {
    match theirs {
        Some(theirs) => println!("{name:36} {ours:12.4} {theirs:12.4} {:8.2}", theirs / ours),
        None => println!("{name:36} {ours:12.4}"),
    }
}

/// Balanced products below and above the threshold.
fn product() {
    for limbs in [250, 500, 700, 1000, 1400, 2000, 3000, 5000, 10_000, 30_000, 100_000, 500_000] {
        if testing() && limbs > 3000 {
            break;
        }
        let (a, b) = (number(limbs, 1), number(limbs, 2));
        let small = limbs <= 100_000;
        if small {
            assert_eq!(natural_product(&a, &b), &a * &b);
            assert_eq!(natural_product(&a, &a), &a * &a);
        }
        row(
            &format!("product/integers/{limbs} limbs"),
            time(|| natural_product(&a, &b)),
            small.then(|| time(|| &a * &b)),
        );
        row(
            &format!("square/integers/{limbs} limbs"),
            time(|| natural_product(&a, &a)),
            small.then(|| time(|| &a * &a)),
        );
    }
    for (long, short) in [(100_000, 1000), (100_000, 10_000)] {
        if testing() {
            break;
        }
        let (a, b) = (number(long, 1), number(short, 2));
        assert_eq!(natural_product(&a, &b), &a * &b);
        row(
            &format!("product/integers/{long} by {short} limbs"),
            time(|| natural_product(&a, &b)),
            Some(time(|| &a * &b)),
        );
    }
}

fn division() {
    for limbs in [60, 100, 160, 250, 400, 700, 1500, 5000, 20_000] {
        if testing() && limbs > 700 {
            break;
        }
        for (a, b) in [(2 * limbs, limbs), (10 * limbs, limbs)] {
            let (x, y) = (number(a, 1), number(b, 2));
            let ours = || division::div_rem(&x, &y, natural_product);
            assert_eq!(ours(), x.div_rem(&y));
            row(&format!("div_rem/integers/{a} by {b} limbs"), time(ours), Some(time(|| x.div_rem(&y))));
        }
    }
}

fn radix_conversion() {
    for digits in [100, 300, 1000, 3000, 10_000, 30_000, 100_000, 1_000_000, 10_000_000] {
        if testing() && digits > 30_000 {
            break;
        }
        let x = number((digits as f64 / 19.27) as usize + 1, 3);
        let text = radix::format(&x, 10, natural_product);
        assert_eq!(radix::parse(&text, 10, natural_product).as_ref(), Ok(&x));
        let small = digits <= 300_000;
        if small {
            assert_eq!(text, x.to_string());
        }
        row(
            &format!("parse/decimal/{digits} digits"),
            time(|| radix::parse(&text, 10, natural_product)),
            (digits <= 1_000_000).then(|| time(|| BigUint::parse_bytes(text.as_bytes(), 10))),
        );
        row(
            &format!("format/decimal/{digits} digits"),
            time(|| radix::format(&x, 10, natural_product)),
            small.then(|| time(|| x.to_string())),
        );
    }
    let signed = BigInt::from(number(50_000, 4));
    assert_eq!(monic::parse_integer(&monic::format_integer(&-&signed)), Ok(-signed));
}

fn common_divisors() {
    for limbs in [1, 2, 4, 8, 16, 32, 64, 133, 250, 400, 550, 800, 1500, 4000, 20_000] {
        if testing() && limbs > 800 {
            break;
        }
        let (x, y) = (number(limbs, 1), number(limbs, 2));
        let small = limbs <= 1500;
        if small {
            assert_eq!(gcd::gcd(&x, &y), x.gcd(&y));
        }
        // Short ones take less than the clock can tell.
        let times = (4000 / limbs).max(1);
        let many =
            |f: &dyn Fn() -> BigUint| time(|| (0..times).for_each(|_| drop(black_box(f())))) / times as f64;
        row(
            &format!("gcd/integers/{limbs} limbs"),
            many(&|| gcd::gcd(&x, &y)),
            small.then(|| many(&|| x.gcd(&y))),
        );
    }
}

/// One line: several runs of each setting, in turns, and the time of each over that of the first.
fn settings(label: &str, settings: &[String], mut run: impl FnMut(usize)) {
    let rounds = if testing() { 1 } else { 15 };
    let mut least = vec![f64::INFINITY; settings.len()];
    for _ in 0..rounds {
        for (k, least) in least.iter_mut().enumerate() {
            // Several times, or the clock would not see it.
            let start = Instant::now();
            let mut runs = 0;
            while runs == 0 || start.elapsed().as_secs_f64() < 2e-3 && !testing() {
                run(k);
                runs += 1;
            }
            *least = least.min(start.elapsed().as_secs_f64() / f64::from(runs));
        }
    }
    print!("{label:32}{:>9.1} us", least[0] * 1e6);
    for (setting, time) in settings.iter().zip(&least).skip(1) {
        print!("  {setting}: {:.2}", time / least[0]);
    }
    println!();
}

/// Radix conversion with other cutoffs, and many numbers on one thread and on all.
fn leaves() {
    let default = Cutoffs::default();
    let names = |name: &str, values: &[usize]| {
        [name.to_owned()].into_iter().chain(values.iter().map(usize::to_string)).collect::<Vec<_>>()
    };
    let sizes = if testing() { &[40][..] } else { &[40, 80, 120, 200, 400, 1000, 5000] };
    for &words in sizes {
        let x = number(words, 3);
        let text = radix::format(&x, 10, natural_product);
        let leaves = [24, 32, 48, 64, 96, 128, 192, 256];
        let cutoffs = |k: usize, write: bool| match k {
            0 => default,
            k if write => Cutoffs { write_leaf: leaves[k - 1], ..default },
            k => Cutoffs { parse_leaf: leaves[k - 1], ..default },
        };
        let writers: Vec<_> = (0..=leaves.len())
            .map(|k| radix::Writer::with_cutoffs(10, x.bits(), &cutoffs(k, true), natural_product))
            .collect();
        writers.iter().for_each(|writer| assert_eq!(writer.format(&x), text));
        settings(&format!("format/leaf/{words} limbs"), &names("", &leaves), |k| {
            black_box(writers[k].format(&x));
        });
        settings(&format!("parse/leaf/{words} limbs"), &names("", &leaves), |k| {
            black_box(radix::parse_with(&text, 10, &cutoffs(k, false), natural_product).expect("digits"));
        });
    }
    let sizes = if testing() { &[8][..] } else { &[4, 6, 8, 10, 12, 14, 16, 20, 24, 32] };
    for &words in sizes {
        let x = number(words, 3);
        let writers = [default.quartered, 0, usize::MAX].map(|quartered| {
            radix::Writer::with_cutoffs(10, x.bits(), &Cutoffs { quartered, ..default }, natural_product)
        });
        let names = ["default", "quartered", "short"].map(str::to_owned);
        settings(&format!("format/quartered/{words} limbs"), &names, |k| {
            black_box(writers[k].format(&x));
        });
    }
    let counts = if testing() { &[2][..] } else { &[2, 8, 32, 128, 512] };
    for &count in counts {
        for words in [1, 8, 64, 400] {
            let values: Vec<BigInt> = (0..count).map(|k| number(words, k).into()).collect();
            let writer = DecimalWriter::new(64 * words as u64);
            let names = ["one by one", "all at once"].map(str::to_owned);
            settings(&format!("format/{count} x {words} limbs"), &names, |k| {
                if k == 0 {
                    black_box(values.iter().map(|x| writer.format(x)).collect::<Vec<_>>());
                } else {
                    black_box(writer.format_all(&values));
                }
            });
        }
    }
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let groups: [(&str, fn()); 5] = [
        ("product", product),
        ("division", division),
        ("radix", radix_conversion),
        ("leaves", leaves),
        ("gcd", common_divisors),
    ];
    println!("{:36} {:>12} {:>12} {:>8}", "operation/ring/size", "monic ms", "num-bigint", "ratio");
    for (name, run) in groups {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            run();
        }
    }
}
