//! Products of every shape beside whole products of plain operands: windows, prepared operands, sums of products, arrays.
//!
//! `cargo bench --bench shapes -- [windows|prepared|sums|arrays|axes]`. Prints quotients of the least times of several runs, taken in turn
//! on the same operands; every result is compared.

mod support;

use monic::{
    Ring, ZZ, Zmod,
    convolution::multidimensional::Way,
    convolution::{
        Algorithm, Array, Border, Frame, Mode, Want, integers, integers_dot, multidimensional, plan,
        words_mod, words_mod_dot,
    },
    integer::{IntegerVec, WordModulus},
    ring::multidimensional::convolve_by,
};
use num_bigint::BigInt;
use std::{hint::black_box, time::Instant};
use support::testing;

/// The least time of each of several ways, in seconds a call, taken in turn.
fn least<const N: usize>(mut ways: [&mut dyn FnMut(); N]) -> [f64; N] {
    let mut best = [f64::INFINITY; N];
    let rounds = if testing() { 1 } else { 25 };
    let mut calls = [1u32; N];
    for round in 0..rounds {
        for (k, way) in ways.iter_mut().enumerate() {
            let start = Instant::now();
            (0..calls[k]).for_each(|_| way());
            let time = start.elapsed().as_secs_f64() / f64::from(calls[k]);
            best[k] = best[k].min(time);
            if round == 0 && !testing() {
                calls[k] = (2e-4 / time.max(1e-9)).ceil() as u32;
            }
        }
    }
    best
}

/// Words that look random.
fn random(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state ^ state >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// Integers of both signs.
fn rows(len: usize, bits: usize, next: &mut impl FnMut() -> u64) -> IntegerVec {
    let width = bits / 64 + 1;
    let mut limbs = vec![0u64; len * width];
    for row in limbs.chunks_exact_mut(width) {
        row.iter_mut().for_each(|limb| *limb = next());
        row[width - 1] = ((next() as i64) >> (63 - bits % 64)) as u64;
    }
    IntegerVec::from_limbs(limbs, width)
}

fn main() {
    let only: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let tables: [(&str, fn()); 5] =
        [("windows", windows), ("prepared", prepared), ("sums", sums), ("arrays", arrays), ("axes", axes)];
    for (name, table) in tables {
        if only.is_empty() || only.iter().any(|o| o == name) {
            table();
        }
    }
}

fn lengths() -> &'static [usize] {
    if testing() { &[16, 100] } else { &[8, 16, 32, 64, 128, 256, 600, 1024, 4096, 16384, 65536] }
}

/// The low and the high half of n by n, the middle n of 2n by n; over the whole product of n by n.
fn windows() {
    let mut next = random(1);
    println!("windows: bits, length, us of the whole n x n; over it: low n, high n, middle n of 2n x n");
    let line = |bits: usize, n: usize, times: [f64; 4]| {
        let [whole, low, high, middle] = times;
        println!(
            "{bits:5} {n:6} {:10.2} {:6.2} {:6.2} {:6.2}",
            whole * 1e6,
            low / whole,
            high / whole,
            middle / whole
        );
    };
    for bits in [20, 62, 250, 1000] {
        for &n in lengths().iter().filter(|&&n| n * bits < 1 << 22) {
            let (a, b, c) =
                (rows(n, bits, &mut next), rows(n, bits, &mut next), rows(2 * n, bits, &mut next));
            let wants =
                [Want::full(), Want::low(n), Want::range(n - 1..2 * n), Want::range(n - 1..2 * n - 1)];
            let product = |k: usize| {
                let second = if k == 3 { &c } else { &b };
                integers(a.as_slice(), second.as_slice(), &wants[k]).expect("within the limit")
            };
            let whole = product(0);
            assert!(
                product(1).as_slice() == whole.range(0..n)
                    && product(2).as_slice() == whole.range(n - 1..2 * n - 1)
            );
            let ways = [0, 1, 2, 3].map(|k| move || drop(black_box(product(k))));
            let [mut w, mut x, mut y, mut z] = ways;
            line(bits, n, least([&mut w, &mut x, &mut y, &mut z]));
        }
    }
    for modulus in [998_244_353u64, (1 << 61) - 1] {
        let m = WordModulus::new(modulus).expect("not 0");
        for &n in lengths() {
            let [a, b, c] = [n, n, 2 * n].map(|n| (0..n).map(|_| m.reduce(next())).collect::<Vec<_>>());
            let wants =
                [Want::full(), Want::low(n), Want::range(n - 1..2 * n), Want::range(n - 1..2 * n - 1)];
            let product =
                |k: usize| words_mod(&m, &a, if k == 3 { &c } else { &b }, &wants[k]).expect("small");
            assert!(product(1) == product(0)[..n]);
            let [mut w, mut x, mut y, mut z] = [0, 1, 2, 3].map(|k| move || drop(black_box(product(k))));
            line(modulus.ilog2() as usize + 1, n, least([&mut w, &mut x, &mut y, &mut z]));
        }
    }
}

/// One operand prepared, and both with a transform back, over the product of plain ones.
fn prepared() {
    let mut next = random(2);
    println!("prepared: bits, length, plan, us plain; over it: one prepared, both");
    for bits in [20, 62, 250, 1000] {
        for &n in lengths().iter().filter(|&&n| n * bits < 1 << 22) {
            let (a, b) = (rows(n, bits, &mut next), rows(n, bits, &mut next));
            let shape = plan::Shape::new(n, n, &Want::full());
            let frame = Frame::integers(&shape, (bits as u64, bits as u64), 1).expect("few primes");
            let (f, g) = (frame.transform(&a).expect("it fits"), frame.transform(&b).expect("it fits"));
            let want = Want::full();
            let plain = || integers(a.as_slice(), b.as_slice(), &want).expect("within the limit");
            let one = || f.mul_integers(b.as_slice(), &want).expect("it fits");
            let both = || f.mul(&g).expect("it fits").to_integers(&want).expect("it fits");
            assert!(plain() == one() && one() == both());
            let [p, o, t] =
                least([&mut || drop(black_box(plain())), &mut || drop(black_box(one())), &mut || {
                    drop(black_box(both()))
                }]);
            let plan = plan::plan(&plan::Facts::integers(bits as u64, bits as u64), &shape);
            println!("{bits:5} {n:6} {:40} {:10.2} {:6.2} {:6.2}", plan.to_string(), p * 1e6, o / p, t / p);
        }
    }
}

/// Eight products with one transform back, over eight products and their sum.
fn sums() {
    let mut next = random(3);
    println!("sums of eight products: bits, length, over one by one");
    for bits in [20, 62, 250] {
        for &n in lengths().iter().filter(|&&n| n >= 64 && n * bits < 1 << 20) {
            let flat: Vec<_> = (0..8).map(|_| [(); 2].map(|()| rows(n, bits, &mut next))).collect();
            let pairs: Vec<_> = flat.iter().map(|[a, b]| (a.as_slice(), b.as_slice())).collect();
            let want = Want::full();
            let single = || {
                let mut sum = integers(pairs[0].0, pairs[0].1, &want).expect("within the limit");
                for &(a, b) in &pairs[1..] {
                    let product = integers(a, b, &want).expect("within the limit");
                    sum.try_add_assign_at(0, product.as_slice()).expect("within the limit");
                }
                sum
            };
            let together = || integers_dot(&pairs, &want).expect("within the limit");
            assert!(single() == together());
            let [s, t] = least([&mut || drop(black_box(single())), &mut || drop(black_box(together()))]);
            println!("{bits:5} {n:6} {:6.2}", t / s);
        }
    }
    let m = WordModulus::new(998_244_353).expect("not 0");
    for &n in lengths().iter().filter(|&&n| n >= 64) {
        let flat: Vec<[Vec<u64>; 2]> =
            (0..8).map(|_| [(); 2].map(|()| (0..n).map(|_| m.reduce(next())).collect())).collect();
        let pairs: Vec<(&[u64], &[u64])> = flat.iter().map(|[a, b]| (&a[..], &b[..])).collect();
        let want = Want::full();
        let single = || {
            let mut sum = vec![0; 2 * n - 1];
            for (a, b) in &pairs {
                let product = words_mod(&m, a, b, &want).expect("small");
                sum.iter_mut().zip(product).for_each(|(x, y)| *x = m.add(*x, y));
            }
            sum
        };
        let together = || words_mod_dot(&m, &pairs, &want).expect("small");
        assert!(single() == together());
        let [s, t] = least([&mut || drop(black_box(single())), &mut || drop(black_box(together()))]);
        println!("mod p {n:6} {:6.2}", t / s);
    }
}

/// Arrays: direct summation over one product of sequences, by the size of the kernel.
fn arrays() {
    let mut next = random(4);
    println!("arrays of 128 x 128: kernel side, direct over one sequence: Z of 8 bits, modulo 998244353");
    let ring = Zmod::new(998_244_353);
    for side in [1usize, 2, 3, 4, 5, 7, 9, 12, 16, 32] {
        let mut draw = |side: usize| Array::from_fn([side, side], |_| next() >> 56);
        let (image, kernel) = (draw(if testing() { 16 } else { 128 }), draw(side));
        let over_z = |a: &Array<u64>| a.map(|&c| BigInt::from(c));
        let (a, b) = (over_z(&image), over_z(&kernel));
        println!("{side:6} {:8.2} {:8.2}", quotient(&ZZ, &a, &b), quotient(&ring, &image, &kernel));
    }
}

fn quotient<R: Ring>(ring: &R, a: &Array<R::Element>, b: &Array<R::Element>) -> f64 {
    let by = |algorithm| convolve_by(ring, a, b, &Mode::Full, algorithm).expect("small");
    assert!(by(Algorithm::Schoolbook) == by(Algorithm::Ntt));
    let [direct, flat] = least([&mut || drop(black_box(by(Algorithm::Schoolbook))), &mut || {
        drop(black_box(by(Algorithm::Ntt)))
    }]);
    direct / flat
}

/// Arrays: transforms along each axis over one product of sequences; a star where the plan takes the slower way.
fn axes() {
    let mut next = random(5);
    println!(
        "axes over one sequence: window, shapes, plan modulo 998244353, us; modulo 998244353, 2^61 - 1, Z of 8, 30, 62 bits (full only)"
    );
    let shapes: &[(&str, &[usize], &[usize])] = &[
        ("full", &[32, 32], &[32, 32]),
        ("full", &[64, 64], &[64, 64]),
        ("full", &[100, 100], &[100, 100]),
        ("full", &[128, 128], &[128, 128]),
        ("full", &[256, 256], &[256, 256]),
        ("full", &[300, 300], &[300, 300]),
        ("full", &[700, 700], &[700, 700]),
        ("full", &[1024, 1024], &[1024, 1024]),
        ("full", &[2048, 2048], &[2048, 2048]),
        ("full", &[1024, 1024], &[31, 31]),
        ("valid", &[1024, 1024], &[31, 31]),
        ("same", &[1024, 1024], &[31, 31]),
        ("valid", &[1024, 1024], &[5, 5]),
        ("same", &[1024, 1024], &[5, 5]),
        ("full", &[1024, 1024], &[256, 256]),
        ("valid", &[1024, 1024], &[256, 256]),
        ("full", &[20, 20, 20], &[20, 20, 20]),
        ("full", &[64, 64, 64], &[64, 64, 64]),
        ("full", &[16, 65536], &[16, 65536]),
        ("full", &[65536, 20], &[65536, 20]),
    ];
    for &(name, m, n) in if testing() { &shapes[..1] } else { shapes } {
        let mode = || match name {
            "full" => Mode::Full,
            "valid" => Mode::Valid,
            _ => Mode::Same(Border::Zero),
        };
        print!("{name:5} {m:?} {n:?}");
        for (k, p) in [998_244_353u64, (1 << 61) - 1].into_iter().enumerate() {
            let modulus = WordModulus::new(p).expect("not 0");
            let mut draw = |shape: &[usize]| Array::from_fn(shape, |_| modulus.reduce(next()));
            let (a, b) = (draw(m), draw(n));
            let facts = plan::Facts::Word { modulus: modulus.modulus() };
            let plan = multidimensional::plan(&facts, m, n, &mode(), None).expect("a product");
            let by =
                |way| multidimensional::words_mod(&modulus, &a, &b, &mode(), Some(way)).expect("it applies");
            ways(&plan, k == 0, by);
        }
        if name == "full" {
            for bits in [8u64, 30, 62] {
                let mut draw = |shape: &[usize]| Array::from_fn(shape, |_| (next() as i64) >> (63 - bits));
                let (a, b) = (draw(m), draw(n));
                let facts = plan::Facts::integers(bits, bits);
                let plan = multidimensional::plan(&facts, m, n, &mode(), None).expect("a product");
                let by = |way| multidimensional::integers_full(&a, &b, way).expect("it applies").to_bigints();
                assert!(by(Some(Way::Axes)) == by(Some(Way::Sequence)));
                ways(&plan, false, |way| {
                    multidimensional::integers_full(&a, &b, Some(way)).expect("it applies").width()
                });
            }
        }
        println!();
    }
}

/// Prints the quotient of both ways.
fn ways<T: PartialEq>(plan: &multidimensional::Plan, first: bool, by: impl Fn(Way) -> T) {
    let [axes, sequence] =
        least([&mut || drop(black_box(by(Way::Axes))), &mut || drop(black_box(by(Way::Sequence)))]);
    if first {
        print!(" {plan} {:10.1}", axes * 1e6);
    }
    let slower = plan.to_string().starts_with("axes") != (axes < sequence);
    print!(" {:6.2}{}", axes / sequence, if slower { "*" } else { " " });
}
