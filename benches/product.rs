//! Products over every ring at several sizes: `cargo bench --bench product`.
//!
//! Ids are `product/ring/length`, and `product/ring/into/length` for products into a polynomial that is there. Operands are random from a fixed seed, four pairs in rotation, and every product
//! is held once against its value at a point before it is timed.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use monic::poly::Poly;
use monic::ring::Ring;
use monic::{CC, I64, QQ, RR, ZZ, Zmod, ZmodBig};
use num_bigint::{BigInt, BigUint};
use num_complex::Complex;
use num_rational::BigRational;
use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};
use std::hint::black_box;
use std::time::Duration;

const LENGTHS: [usize; 5] = [4, 64, 1024, 16384, 65536];

fn integer(rng: &mut StdRng, bits: u64) -> BigInt {
    let mut digits: Vec<u32> = (0..bits.div_ceil(32)).map(|_| rng.next_u32()).collect();
    if let (Some(top), rest @ 1..) = (digits.last_mut(), bits % 32) {
        *top &= (1 << rest) - 1;
    }
    let magnitude = BigInt::from(BigUint::new(digits));
    if rng.random() { -magnitude } else { magnitude }
}

/// Times products of pairs whose coefficients `element` draws.
fn products<R: Ring>(
    criterion: &mut Criterion,
    id: &str,
    ring: &R,
    longest: usize,
    mut element: impl FnMut(&mut StdRng) -> R::Element,
) {
    let mut group = criterion.benchmark_group(format!("product/{id}"));
    group
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800))
        .sample_size(10);
    for length in LENGTHS.into_iter().filter(|&length| length <= longest) {
        let mut rng = StdRng::seed_from_u64(length as u64);
        let mut draw = || Poly::from_vec(ring.clone(), (0..length).map(|_| element(&mut rng)).collect());
        let pairs: Vec<_> = (0..4).map(|_| (draw(), draw())).collect();
        if ring.is_exact() {
            let (f, g) = &pairs[0];
            assert_eq!((f * g).eval(-1), ring.mul(&f.eval(-1), &g.eval(-1)), "{id} {length}");
        }
        group.throughput(Throughput::Elements(2 * length as u64 - 1));
        group.bench_with_input(BenchmarkId::from_parameter(length), &pairs, |bencher, pairs| {
            let mut next = pairs.iter().cycle();
            bencher.iter_batched(
                || next.next().expect("a cycle"),
                |(f, g)| black_box(f) * black_box(g),
                BatchSize::SmallInput,
            );
        });
        group.bench_with_input(BenchmarkId::new("into", length), &pairs, |bencher, pairs| {
            let mut next = pairs.iter().cycle();
            let mut out = Poly::zero(ring.clone());
            bencher.iter_batched(
                || next.next().expect("a cycle"),
                |(f, g)| black_box(f).mul_into(black_box(g), &mut out),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

fn all(criterion: &mut Criterion) {
    for (bits, longest) in [(8, 65536), (62, 65536), (128, 65536), (1024, 16384), (16384, 1024)] {
        products(criterion, &format!("ZZ-{bits}"), &ZZ, longest, |rng| integer(rng, bits));
    }
    products(criterion, "QQ-30", &QQ, 1024, |rng| {
        BigRational::new(integer(rng, 30), BigInt::from(rng.random_range(1..100u32)))
    });
    products(criterion, "i64-16", &I64, 16384, |rng| rng.random_range(-(1 << 15)..1 << 15));
    for n in [998_244_353, (1 << 61) - 1, 18_446_744_073_709_551_557, 1 << 32] {
        products(criterion, &format!("ZZ-mod-{n}"), &Zmod::new(n), 65536, |rng| rng.next_u64() % n);
    }
    products(criterion, "ZZ-mod-2^64", &Zmod::wrapping(), 65536, |rng| rng.next_u64());
    for bits in [200, 1000] {
        let modulus: BigUint = (BigUint::from(1u8) << bits) - 1u8;
        let ring = ZmodBig::new(modulus);
        products(criterion, &format!("ZZ-mod-{bits}-bit"), &ring.clone(), 16384, |rng| {
            ring.from_integer(integer(rng, bits))
        });
    }
    products(criterion, "RR", &RR, 65536, |rng| rng.random::<f64>() - 0.5);
    products(criterion, "CC", &CC, 65536, |rng| Complex::new(rng.random::<f64>() - 0.5, rng.random()));
}

criterion_group!(benches, all);
criterion_main!(benches);
