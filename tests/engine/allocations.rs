//! What a product allocates on one thread: the result, and nothing where that is there already.

use crate::{differential::on_threads, sample::Words};
use allocation_counter::measure;
use monic::{
    Poly, ZZ,
    convolution::{Backend, Want, integers_into, integers_mod_into, with_backend, words_mod_into},
    integer::{BigModulus, IntegerVec, WordModulus},
};
use num_bigint::{BigInt, BigUint};

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
