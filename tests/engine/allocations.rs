//! What a product allocates on one thread: the result, and nothing where that is there already.

use crate::{differential::on_threads, sample::Words};
use allocation_counter::measure;
use monic::{
    CC, ExtensionField, GaloisField, I64, I128, Native, NumberField, Poly, PolyRing, QQ, QQ_I, RR, RR32,
    Ring, ZZ, ZZ_I, Zmod, ZmodBig,
    convolution::{Backend, Want, integers_into, integers_mod_into, with_backend, words_mod_into},
    integer::{BigModulus, IntegerVec, WordModulus},
};
use num_bigint::{BigInt, BigUint};
use num_complex::Complex;
use num_rational::BigRational;
use std::num::Wrapping;

/// Lengths and bits, of every kind of plan, below what is shared among threads.
const SHAPES: [(usize, usize); 15] = [
    (3, 30),
    (8, 62),
    (16, 8),
    (20, 30),
    (12, 300),
    (4, 1000),
    (100, 62),
    (200, 120),
    (500, 30),
    (6, 3000),
    (1000, 8),
    (1000, 60),
    (40, 1000),
    (16, 1024),
    (4, 8192),
];

/// Every shape on every back end.
fn each(check: impl Fn(Backend, usize, usize)) {
    for backend in Backend::available() {
        for (len, bits) in SHAPES {
            with_backend(backend, || check(backend, len, bits)).expect("available");
        }
    }
}

fn operands(len: usize, bits: usize) -> [IntegerVec; 2] {
    let mut words = Words((len + bits) as u64);
    [(); 2].map(|()| {
        let width = bits / 64 + 1;
        let rows = (0..len).flat_map(|_| {
            let mut row: Vec<u64> = (0..width).map(|_| words.next()).collect();
            // Half of them negative.
            let (top, spare) = (row[width - 1], 64 - bits % 64);
            row[width - 1] = ((top as i64) >> (spare - 1)) as u64;
            row
        });
        IntegerVec::from_limbs(rows.collect(), width)
    })
}

/// How many allocations a product makes, at least `own`. Twice first: working memory stays with the thread, and the result finds its room.
/// Then once more as often as it takes, since tests beside this one have steps of transforms kept in place of its own.
fn allocations(own: u64, mut product: impl FnMut()) -> u64 {
    allocations_after(own, || (), |()| product())
}

/// The same after `before`, whose allocations do not count.
fn allocations_after<T>(own: u64, before: impl Fn() -> T, mut product: impl FnMut(T)) -> u64 {
    product(before());
    product(before());
    let mut least = u64::MAX;
    for _ in 0..100 {
        let operand = before();
        least = least.min(measure(|| product(operand)).count_total);
        if least <= own {
            break;
        }
    }
    least
}

#[test]
fn nothing_into_memory_that_is_there() {
    let moduli = [(1 << 61) - 1, 998_244_353, 1 << 40].map(|n| WordModulus::new(n).expect("not 0"));
    let large = [
        BigUint::from(u128::MAX >> 1),
        (BigUint::from(1u8) << 300) - 1u8,
        (BigUint::from(1u8) << 1000) - 1u8,
    ];
    let large = large.map(|n| BigModulus::new(n).expect("not 0"));
    each(|backend, len, bits| {
        let [a, b] = operands(len, bits);
        let [f, g] = [&a, &b].map(|v| Poly::from_vec(ZZ, v.as_slice().to_bigints()));
        for (x, y, f, g) in [(&a, &b, &f, &g), (&a, &a, &f, &f)] {
            let case = format!("{backend}: {len} of {bits} bits{}", if x == y { ", a square" } else { "" });
            let mut out = IntegerVec::default();
            let mut product = || integers_into(x.as_slice(), y.as_slice(), &Want::full(), &mut out);
            assert_eq!(allocations(0, || product().expect("small")), 0, "{case}, flat");
            let mut out = Poly::zero(ZZ);
            assert_eq!(allocations(0, || f.mul_into(g, &mut out)), 0, "{case}");
            for n in &moduli {
                let (x, y) = (x.as_slice().residues(n), y.as_slice().residues(n));
                let (y, mut out) = (if f == g { &x } else { &y }, Vec::new());
                let mut product = || words_mod_into(n, &x, y, &Want::full(), &mut out);
                assert_eq!(allocations(0, || product().expect("small")), 0, "{case}, modulo {}", n.modulus());
            }
            // Longer ones are shared among threads.
            for n in large.iter().filter(|n| len as u64 * n.bits() <= 60_000) {
                let [x, y] = [x, y].map(|v| n.try_reduce_rows(v.as_slice()).expect("small"));
                let (y, mut out) = (if f == g { &x } else { &y }, IntegerVec::default());
                let mut product =
                    || integers_mod_into(n, x.as_slice(), y.as_slice(), &Want::full(), &mut out);
                assert_eq!(allocations(0, || product().expect("small")), 0, "{case}, modulo {}", n.value());
            }
        }
    });
}

#[test]
fn nothing_but_the_result() {
    each(|backend, len, bits| {
        let [f, g] = operands(len, bits).map(|v| Poly::from_vec(ZZ, v.as_slice().to_bigints()));
        let result = &f * &g;
        // One for the sequence, one for each integer of more than a word.
        let own = 1 + result.coefficients().iter().filter(|c| c.bits() > 64).count() as u64;
        let all = allocations(own, || drop(std::hint::black_box(&f * &g)));
        assert_eq!(all, own, "{backend}: {len} of {bits} bits");
    });
}

#[test]
fn nothing_in_place_of_an_operand_but_what_is_longer() {
    let limbs = |c: &BigInt| c.bits().div_ceil(64);
    each(|backend, len, bits| {
        let [f, g] = operands(len, bits).map(|v| Poly::from_vec(ZZ, v.as_slice().to_bigints()));
        for g in [&g, &f, &ZZ.poly([-1])] {
            let result = &f * g;
            // One for the sequence, one for each integer of more than a word that had fewer limbs in the operand.
            let before = f.coefficients().iter().map(limbs).chain(std::iter::repeat(0));
            let longer = result.coefficients().iter().map(limbs).zip(before).filter(|&(c, f)| c > f.max(1));
            let own = u64::from(result.len() > len) + longer.count() as u64;
            let all = allocations_after(
                own,
                || f.clone(),
                |mut f| {
                    f *= g;
                    drop(std::hint::black_box(f));
                },
            );
            assert_eq!(all, own, "{backend}: {len} of {bits} bits by {} coefficients", g.len());
        }
    });
}

/// Lengths of products of every ring, by all that they choose from.
const LENGTHS: [usize; 6] = [1, 4, 16, 40, 100, 300];

/// Products of every kind and window into what is there allocate nothing. In place of an operand they allocate the sequence, where it grows or the operand
/// stands behind the product, `parts` on the way to what was not there, the `integers` of each element, which may grow too, and its `vectors` where it
/// was not there.
fn reuses<R: Ring>(
    ring: R,
    lengths: &[usize],
    (parts, integers, vectors): (u64, u64, u64),
    value: impl Fn(u64) -> R::Element,
) {
    for &len in lengths {
        let f = Poly::from_vec(ring.clone(), (0..len as u64).map(|k| value(k + 1)).collect());
        let g = Poly::from_vec(ring.clone(), (0..len as u64).map(|k| value(2 * k + 11)).collect());
        assert!(f.len() == len && g.len() == len, "leading coefficients that are not zero, over {ring:?}");
        for g in [&g, &f] {
            let case = format!("{len} coefficients over {ring:?}{}", if *g == f { ", a square" } else { "" });
            let mut out = Poly::zero(ring.clone());
            assert_eq!(allocations(0, || f.mul_into(g, &mut out)), 0, "{case}");
            assert_eq!(out, &f * g, "{case}");
            assert_eq!(allocations(0, || f.mul_low_into(g, len, &mut out)), 0, "{case}, low");
            assert_eq!(allocations(0, || f.mul_mid_into(g, len / 2..len, &mut out)), 0, "{case}, middle");
            assert_eq!(allocations(0, || f.mul_high_into(g, len - 1, &mut out)), 0, "{case}, high");
            let (all, new) = (2 * len as u64 - 1, len as u64 - 1);
            let own = 1 + parts + integers * all + vectors * new;
            let all = allocations_after(
                own,
                || f.clone(),
                |mut f| {
                    f *= g;
                    drop(std::hint::black_box(f));
                },
            );
            assert!(all <= own, "{case}, in place: {all} in place of {own}");
        }
    }
}

fn mixed(k: u64) -> u64 {
    Words(k).next()
}

#[test]
fn nothing_over_rings_of_words() {
    on_threads(1, || {
        reuses(I64, &LENGTHS, (0, 0, 0), |k| (mixed(k) >> 44) as i64 - (1 << 19));
        reuses(I128, &LENGTHS, (0, 0, 0), |k| i128::from(mixed(k) as i64 >> 8));
        reuses(Native::<Wrapping<i64>>::new(), &LENGTHS, (0, 0, 0), |k| Wrapping(mixed(k) as i64));
        reuses(Native::<f64>::new(), &LENGTHS, (0, 0, 0), |k| (mixed(k) >> 40) as f64);
        reuses(RR, &LENGTHS, (0, 0, 0), |k| (mixed(k) >> 40) as f64);
        reuses(RR32, &LENGTHS, (0, 0, 0), |k| (mixed(k) >> 60) as f32 + 1.0);
        reuses(CC, &LENGTHS, (0, 0, 0), |k| Complex::new((mixed(k) >> 40) as f64, k as f64));
        for n in [2, 1 << 20, 998_244_353, u64::MAX - 58] {
            reuses(Zmod::new(n), &LENGTHS, (0, 0, 0), |k| mixed(k) % (n - 1) + 1);
        }
        // By logarithms, words and strings of bits, slots.
        for (p, k) in [(2, 8), (2, 40), (2, 64), (7, 5), (3, 20), (998_244_353, 2)] {
            let field = GaloisField::new(Zmod::prime(p).expect("a prime"), k).expect("it fits");
            let values = field.clone();
            reuses(field, &LENGTHS, (0, 0, 0), |i| {
                values.pack(&(0..k as u64).map(|j| mixed(i * 100 + j) % (p - 1) + 1).collect::<Vec<_>>())
            });
        }
    });
}

/// Elements own memory, which the next product takes.
#[test]
fn nothing_over_rings_of_longer_elements() {
    let long = |k: u64, bits: u32| (BigInt::from(mixed(k) | 1 << 63) << bits) - 1;
    let fraction = |k: u64, bits: u32| {
        BigRational::new(long(k, bits) * if k.is_multiple_of(3) { -1 } else { 1 }, (mixed(k) % 12 + 1).into())
    };
    on_threads(1, || {
        reuses(QQ, &LENGTHS, (0, 1, 0), |k| fraction(k, 100));
        reuses(ZZ_I, &LENGTHS, (2, 2, 0), |k| Complex::new(long(k, 100), -long(k + 7, 90)));
        for bits in [0, 100, 700] {
            reuses(QQ_I, &LENGTHS[..4], (0, 2, 0), |k| {
                Complex::new(fraction(k, bits), fraction(k + 5, bits))
            });
        }
        let large = ZmodBig::new((BigUint::from(1u8) << 300) - 1u8);
        let modulus = large.modulus().clone();
        reuses(large, &LENGTHS, (0, 1, 0), |k| long(k, 230).magnitude() % &modulus);
        // A remainder by a few terms, and by a table of powers; beyond degree 64 by a quotient of series, which allocates.
        let moduli =
            [(998_244_353, vec![5, 1, 0, 1]), (2, (0..=100).map(|i| u64::from(i % 50 < 2)).collect())];
        let dense = [(998_244_353, 3), (7, 20)];
        let dense = dense.map(|(p, k)| (p, (0..k).map(|i| mixed(i) % p).chain([1]).collect()));
        for (p, modulus) in moduli.into_iter().chain(dense) {
            let prime = Zmod::prime(p).expect("a prime");
            let k = modulus.len() as u64 - 1;
            let field = ExtensionField::assume_irreducible(prime, &modulus, "a").expect("not constant");
            let values = field.clone();
            let value = |i: u64| values.element((0..k).map(|j| mixed(100 * i + j) % (p - 1) + 1));
            reuses(field, &LENGTHS[..4], (0, 0, 1), value);
        }
        for modulus in ["x^2 - 2", "x^4 - x/2 - 5"] {
            let field = NumberField::with_modulus(&QQ.parse(modulus).expect("text")).expect("irreducible");
            for bits in [0, 100] {
                let (values, k) = (field.clone(), field.degree() as u64);
                let value = |i: u64| values.element((0..k).map(|j| fraction(10 * i + j, bits)));
                reuses(field.clone(), &LENGTHS[..4], (0, k, 1), value);
            }
        }
        // Packed; in place of an operand every polynomial is new.
        let ring = PolyRing::new(Zmod::new(998_244_353), "y");
        let base = *ring.base();
        for len in [40, 100] {
            let [f, g] = [1, 2].map(|seed| {
                let value = |i: u64| base.poly((0..8).map(|j| mixed(seed * 1000 + 10 * i + j)));
                Poly::from_vec(ring.clone(), (0..len).map(value).collect())
            });
            let mut out = Poly::zero(ring.clone());
            assert_eq!(allocations(0, || f.mul_into(&g, &mut out)), 0, "{len} polynomials");
            assert_eq!(out, &f * &g);
        }
    });
}

/// Transforms of many rows, on one thread, from two shapes and back.
#[test]
fn nothing_for_a_long_product() {
    on_threads(1, || {
        let ([a, _], [_, b]) = (operands(300_000, 8), operands(250_000, 8));
        let mut out = IntegerVec::default();
        let mut product = || integers_into(a.as_slice(), b.as_slice(), &Want::full(), &mut out);
        assert_eq!(allocations(0, || product().expect("small")), 0);
    });
}
