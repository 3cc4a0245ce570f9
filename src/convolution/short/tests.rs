//! Every kernel of short products on every lane, and on emulated ones that check their bounds, against the definition.

// A slice of windows often holds one range.
#![allow(clippy::single_range_in_vec_init)]

use super::*;
use crate::{
    convolution::{euclid::reduce_by, schoolbook::naive, words::schoolbook_into},
    integer::IntegerVec,
};
use emulation::Emulated;
use few::PAD;
use num_bigint::BigInt;

static EIGHT: On<Emulated<8, 52>> = On(Emulated);
static FOUR: On<Emulated<4, 28>> = On(Emulated);

/// The units of this machine, and the emulations.
fn units() -> Vec<(String, &'static dyn Kernels)> {
    let available = Backend::available().into_iter();
    let units = available.filter_map(|backend| Some((backend.to_string(), unit(backend)?)));
    units.chain([("emulated 8".into(), &EIGHT as &dyn Kernels), ("emulated 4".into(), &FOUR)]).collect()
}

/// Words from a fixed sequence.
fn words(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state ^ state >> 29
    }
}

/// Values of all kinds below `2^bits`: random, all the largest, all the least, alternating, mostly zero.
fn values(len: usize, bits: u64, kind: usize, seed: u64) -> Vec<BigInt> {
    let mut next = words(seed);
    let most: BigInt = (BigInt::from(1) << bits) - 1;
    (0..len)
        .map(|k| match kind {
            0 => {
                let value = (0..bits.div_ceil(64)).fold(BigInt::ZERO, |v, _| (v << 64) + next());
                let value = value & &most;
                if next() & 4 == 0 { -value } else { value }
            }
            1 => most.clone(),
            2 => -&most,
            3 => {
                if k % 2 == 0 {
                    most.clone()
                } else {
                    -&most
                }
            }
            _ => {
                if k % 3 == 1 {
                    BigInt::from(1) << (bits - 1)
                } else {
                    BigInt::ZERO
                }
            }
        })
        .collect()
}

fn check_leaves(a: &[BigInt], b: &[BigInt], bits: u64, windows: &[Range<usize>]) {
    let (x, y) = (IntegerVec::from_bigints(a), IntegerVec::from_bigints(b));
    let square = std::ptr::eq(a, b);
    let expected = naive(a, b);
    let width = IntegerVec::from_bigints(&expected).width();
    for (name, unit) in units() {
        if unit.estimate(bits, a.len(), b.len()).is_none() {
            continue;
        }
        for window in windows {
            for width in [width, width + 1] {
                let mut out = vec![7; window.len() * width];
                let operands = (x.as_slice(), if square { x.as_slice() } else { y.as_slice() });
                unit.leaves((&mut out, width), operands, bits, window.clone(), square).expect("small");
                let out = IntegerVec::from_limbs(out, width).to_bigints();
                assert!(out == expected[window.clone()], "{name}: {} x {}, {bits} bits", a.len(), b.len());
            }
        }
    }
}

#[test]
fn leaves_of_every_shape() {
    for m in 1..=33 {
        for n in [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 31] {
            let full = m + n - 1;
            let kind = (m + n) % 5;
            let (a, b) = (values(m, 70, kind, 3), values(n, 70, (m + kind) % 5, 4));
            check_leaves(&a, &b, 70, &[0..full, full / 3..full - full / 4]);
        }
    }
    for (m, n) in [(80, 80), (79, 40), (100, 3), (64, 65), (130, 1)] {
        let (a, b) = (values(m, 120, 0, 3), values(n, 120, 3, 4));
        check_leaves(&a, &b, 120, &[0..m + n - 1]);
    }
}

#[test]
fn leaves_of_every_size_with_extreme_values() {
    // Around the bits where a digit more is needed, with all levels: 52 d - 2, 28 d - 2.
    let near = |d: u64| [52 * d - 3, 52 * d - 2, 52 * d - 1, 28 * d - 2, 28 * d - 1];
    for bits in (2..=9).flat_map(near).chain([1, 64, 65, 1024, 2000]) {
        for kind in 0..5 {
            let a = values(4, bits, kind, 5);
            check_leaves(&a, &a, bits, &[0..7]);
            let b = values(4, bits, (kind + 1) % 5, 6);
            check_leaves(&a, &b, bits, &[0..7, 3..5]);
        }
    }
}

/// Words of all kinds below `2^bits` in absolute value.
fn small(len: usize, bits: u64, kind: usize, seed: u64) -> Vec<u64> {
    values(len, bits, kind, seed).iter().map(|x| i64::try_from(x).expect("a word") as u64).collect()
}

fn check_sums(a: &[u64], b: &[u64], kind: Kind, window: Range<usize>) {
    let product = |x: u64, y: u64| i128::from(x as i64) * i128::from(y as i64);
    let at = |k: usize| -> i128 {
        let range = k.saturating_sub(b.len() - 1)..(k + 1).min(a.len());
        range.map(|i| product(a[i], b[k - i])).sum()
    };
    let expected: Vec<i128> = window.clone().map(at).collect();
    for (name, unit) in units() {
        let mut out = vec![7; 2 * window.len()];
        unit.sums(kind, (&mut out, 2), (a, b), window.clone()).expect("small");
        let rows = out.as_chunks::<2>().0.iter();
        let wide: Vec<i128> = rows.map(|&[l, h]| (i128::from(h as i64) << 64) + i128::from(l)).collect();
        let exact = kind != Kind::Wrapping;
        assert!(!exact || wide == expected, "{name}: {} x {}, {kind:?}, {window:?}", a.len(), b.len());
        let mut out = vec![7; window.len()];
        unit.sums(kind, (&mut out, 1), (a, b), window.clone()).expect("small");
        let low: Vec<u64> = expected.iter().map(|&x| x as u64).collect();
        assert!(out == low, "{name}: {} x {}, {kind:?}, {window:?}", a.len(), b.len());
    }
}

#[test]
fn sums_of_every_shape() {
    for m in 1..=80 {
        for n in (1..=80).filter(|n| m < 20 || n % 7 == m % 7) {
            let (full, kind) = (m + n - 1, (m + n) % 5);
            let (a, b) = (small(m, 31, kind, 3), small(n, 31, (m + kind) % 5, 4));
            check_sums(&a, &b, Kind::Halves { fold: 2 }, 0..full);
            check_sums(&a, &b, Kind::Halves { fold: 2 }, full / 3..full - full / 4);
            let (a, b) = (small(m, 62, kind, 3), small(n, 50, kind, 4));
            check_sums(&a, &b, Kind::Wrapping, full / 5..full);
        }
    }
}

#[test]
fn pairs_of_every_shape_at_the_bound() {
    // Sums of 31 bits, with all bits in one operand or shared.
    for (m, n) in (1..=70).flat_map(|m| [1, 2, 3, 8, 15, 16, 17, 33, 64, 65, 70].map(|n| (m, n))) {
        let left = 31 - crate::convolution::plan::ceil_log2(m.min(n) as u64);
        let bits = if m % 2 == 0 { 15.min(left - 1) } else { left / 2 };
        let (full, kind) = (m + n - 1, (m + n) % 5);
        let a = small(m, bits, kind, 3);
        let b = small(n, (left - bits).min(15), (m + kind) % 5, 4);
        check_sums(&a, &b, Kind::Pairs, 0..full);
        check_sums(&a, &b, Kind::Pairs, full / 3..full - full / 4);
    }
    for (m, n) in [(300, 300), (1000, 129), (3000, 7), (2500, 300)] {
        for kind in 0..5 {
            let (a, b) = (small(m, 11, kind, 3), small(n, 11, (kind + 1) % 5, 4));
            let full = m + n - 1;
            for window in [0..full, full - 70..full, full / 2..full / 2 + 3] {
                check_sums(&a, &b, Kind::Pairs, window.clone());
                check_sums(&a, &b, Kind::Halves { fold: 1 << 13 }, window);
            }
        }
    }
}

#[test]
fn digits_at_the_most_terms() {
    let n = (1u128 << 64) - 59;
    let modulus = WordModulus::from_u128(n).expect("in range");
    let x = vec![(n - 1) as u64; digits::MAX_TERMS];
    let full = 2 * x.len() - 1;
    let mut expected = vec![0; 3];
    schoolbook_into(&modulus, &mut expected, &x, &x, full / 2 - 1..full / 2 + 2);
    for (name, unit) in units() {
        if let Some(kind) = unit.kind_of_residues(n, x.len()) {
            let mut out = vec![7; full];
            unit.residues(kind, &modulus, &mut out, (&x, &x), 0..full).expect("small");
            assert!(out[full / 2 - 1..full / 2 + 2] == expected, "{name}");
        }
    }
}

#[test]
fn every_window_of_sums() {
    for (m, n) in [(7, 5), (3, 20), (40, 1), (35, 33)] {
        let (a, b) = (small(m, 25, 0, 3), small(n, 25, 3, 4));
        for start in 0..m + n - 1 {
            for end in start + 1..m + n {
                check_sums(&a, &b, Kind::Halves { fold: 1 << 13 }, start..end);
                check_sums(&a, &b, Kind::Halves { fold: 5 }, start..end);
                check_sums(&a, &b, Kind::Wrapping, start..end);
                let short = |x: &[u64]| x.iter().map(|&x| (x as i64 >> 13) as u64).collect::<Vec<_>>();
                check_sums(&short(&a), &short(&b), Kind::Pairs, start..end);
            }
        }
    }
}

#[test]
fn sums_at_the_bound_of_a_fold() {
    for (bits, fold) in [(31, 2), (30, 8), (29, 32), (28, 128)] {
        for (x, y) in [(1, 1), (1, 2), (2, 2), (3, 1)] {
            for n in [fold - 1, fold, fold + 1, 3 * fold] {
                check_sums(
                    &small(n, bits, x, 1),
                    &small(n + 3, bits, y, 1),
                    Kind::Halves { fold },
                    0..2 * n + 2,
                );
            }
        }
    }
}

#[test]
fn residues_modulo_everything() {
    let moduli = [
        2u128,
        3,
        255,
        12289,
        998_244_353,
        1_000_000_007,
        (1 << 32) - 5,
        (1 << 32) - 1,
        1 << 32,
        1 << 40,
        1 << 64,
        (1 << 33) + 2,
        (1 << 61) - 1,
        (1 << 64) - 59,
        (1 << 64) - 1,
    ];
    for n in moduli {
        let modulus = WordModulus::from_u128(n).expect("in range");
        let mut next = words(5);
        for (a, b) in [(1, 1), (4, 4), (9, 8), (40, 3), (33, 47), (70, 70), (100, 160), (600, 9)] {
            let full = a + b - 1;
            let mut random =
                |len: usize| (0..len).map(|_| (u128::from(next()) % n) as u64).collect::<Vec<_>>();
            for (x, y) in [(random(a), random(b)), (vec![(n - 1) as u64; a], vec![(n - 1) as u64; b])] {
                for window in [0..full, full / 2..full, full / 3..full / 2 + 1] {
                    let mut expected = vec![0; window.len()];
                    schoolbook_into(&modulus, &mut expected, &x, &y, window.clone());
                    for (name, unit) in units() {
                        let Some(kind) = unit.kind_of_residues(n, a.min(b)) else { continue };
                        let mut out = vec![7; window.len()];
                        unit.residues(kind, &modulus, &mut out, (&x, &y), window.clone()).expect("small");
                        assert!(out == expected, "{name}: {a} x {b} modulo {n}, {window:?}");
                    }
                }
            }
        }
    }
    assert_eq!(EIGHT.kind_of_residues(6, 9), None);
    assert_eq!(EIGHT.kind_of_residues((1 << 32) + 1, 9), Some(Kind::Digits));
    assert_eq!(EIGHT.kind_of_residues((1 << 32) + 1, digits::MAX_TERMS + 1), None);
    assert_eq!(FOUR.kind_of_residues((1 << 32) + 1, 9), None);
}

/// Modulo words of every size, at the largest residues too, where folds, groups and panels begin and end.
#[test]
fn combinations_of_every_shape() {
    let moduli = [
        2u64,
        3,
        101,
        998_244_353,
        (1 << 31) - 1,
        4_294_967_291,
        1 << 32,
        (1 << 52) - 1,
        (1 << 61) - 1,
        u64::MAX - 58,
    ];
    for modulus in moduli {
        let n = WordModulus::new(modulus).expect("not zero");
        let mut next = words(modulus);
        for rows in [1, 2, 3, 4, 17, 18, 19, 60] {
            for (parts, len) in [(1, 1), (2, 7), (4, 8), (5, 9), (3, 16), (8, 17), (9, 40)] {
                for largest in [true, false] {
                    let mut row = |len: usize| -> Vec<u64> {
                        (0..len).map(|_| if largest { modulus - 1 } else { next() % modulus }).collect()
                    };
                    // Short rows and short combinations among them.
                    let matrix: Vec<Vec<u64>> =
                        (0..rows).map(|t| row(if t % 3 == 2 { len / 2 } else { len + t % 2 })).collect();
                    let factors: Vec<Vec<u64>> =
                        (0..parts).map(|r| row(if r % 4 == 3 { rows / 2 } else { rows })).collect();
                    let matrix: Vec<&[u64]> = matrix.iter().map(Vec::as_slice).collect();
                    let factors: Vec<&[u64]> = factors.iter().map(Vec::as_slice).collect();
                    let expected: Vec<Vec<u64>> = factors
                        .iter()
                        .map(|factors| {
                            let column = |j: usize| {
                                let terms = factors.iter().zip(&matrix);
                                terms.fold(0, |sum, (f, row)| {
                                    n.mul_add(*f, row.get(j).copied().unwrap_or(0), sum)
                                })
                            };
                            (0..len).map(column).collect()
                        })
                        .collect();
                    for (name, unit) in units() {
                        if let Some(found) = unit.combinations(&n, &factors, &matrix, len).expect("small") {
                            assert!(found == expected, "{name}: {parts} of {rows} x {len} modulo {modulus}");
                        }
                    }
                }
            }
        }
    }
}

/// Steps of Euclid's algorithm as they are defined, with what a step is scaled by beside the square of a leading coefficient.
fn steps_of_euclid(
    n: &WordModulus,
    unit: u64,
    [a, b]: &mut [Vec<u64>; 2],
    least: usize,
    matrix: &mut [Vec<u64>; 4],
) -> Vec<u64> {
    let combined = |a: &[u64], b: &[u64], s: u64, q: [u64; 2]| -> Vec<u64> {
        let at = |v: &[u64], k: usize| v.get(k).copied().unwrap_or(0);
        let coefficient = |k: usize| {
            let upper = if k > 0 { n.mul(q[1], at(b, k - 1)) } else { 0 };
            n.sub(n.sub(n.mul(s, at(a, k)), n.mul(q[0], at(b, k))), upper)
        };
        let mut row: Vec<u64> = (0..a.len().max(b.len() + 1)).map(coefficient).collect();
        row.truncate(row.iter().rposition(|&x| x != 0).map_or(0, |k| k + 1));
        row
    };
    let mut leading = Vec::new();
    while b.len() > least.max(1) && a.len() == b.len() + 1 {
        let k = b.len() - 1;
        let l = b[k];
        let q = [n.sub(n.mul(l, a[k]), n.mul(a[k + 1], b[k - 1])), n.mul(l, a[k + 1])];
        let (s, q) = (n.mul(unit, n.mul(l, l)), q.map(|q| n.mul(unit, q)));
        let r = combined(a, b, s, q);
        *a = std::mem::replace(b, r);
        for column in 0..2 {
            let row = combined(&matrix[column], &matrix[2 + column], s, q);
            matrix[column] = std::mem::replace(&mut matrix[2 + column], row);
        }
        leading.push(l);
    }
    leading
}

#[test]
fn steps_of_remainder_sequences() {
    // Around the bounds of every way, odd and even; the smallest have jumps in the degrees.
    let halves = [3, 7, 101, 998_244_353, 1_431_655_765, 1_431_655_767, (3 << 29) - 1, (3 << 29) + 1];
    let longer =
        [(1 << 31) - 1, (1 << 32) - 5, (1 << 61) - 1, (1 << 62) - 57, (1 << 62) + 135, u64::MAX - 58];
    let mut ends = [0; 2];
    for n in halves.into_iter().chain(longer).chain([2, 1 << 20]) {
        let modulus = WordModulus::new(n).unwrap();
        for len in [2, 3, 4, 7, 8, 9, 15, 16, 17, 18, 33, 40] {
            for least in [0, 1, len / 2, len - 1, len] {
                let mut next = words(n ^ (len * 64 + least) as u64);
                // Random residues and the largest ones, in turns.
                let mut draw = |len: usize, all: bool| -> Vec<u64> {
                    let mut v: Vec<u64> = (0..len)
                        .map(|k| if all && k % 8 < 6 { n - 1 } else { modulus.reduce(next()) })
                        .collect();
                    v[len - 1] = v[len - 1].max(1);
                    v
                };
                for all in [false, true] {
                    let pair = [draw(len + 1, all), draw(len, all)];
                    let matrix = [vec![1], Vec::new(), draw(2, all), draw(3, all)];
                    for unit in units().into_iter().map(|(_, unit)| Some(unit)).chain([None]) {
                        let (mut found, mut rows, mut leading) = (pair.clone(), matrix.clone(), Vec::new());
                        let [a, b] = &mut found;
                        let scale =
                            reduce_by(unit, &modulus, [a, b], least, Some(&mut rows), Some(&mut leading))
                                .unwrap();
                        let (mut expected, mut entries) = (pair.clone(), matrix.clone());
                        let divisors = steps_of_euclid(&modulus, scale, &mut expected, least, &mut entries);
                        assert_eq!((&found, &leading), (&expected, &divisors), "{n}: {len}, {least}");
                        assert_eq!(rows, entries, "{n}: {len}, {least}");
                        let (mut alone, [a, b]) = (pair.clone(), &expected);
                        let [x, y] = &mut alone;
                        reduce_by(unit, &modulus, [x, y], least, None, None).unwrap();
                        assert_eq!([&*x, &*y], [a, b], "{n}: {len}, {least}");
                        ends[usize::from(found[1].len() <= least.max(1))] += 1;
                    }
                }
            }
        }
    }
    assert!(ends.iter().all(|&count| count > 100), "{ends:?}");
}

#[test]
fn few_words_at_their_bounds() {
    for bits in [1u64, 14, 15, 16, 29, 30, 31] {
        for (m, n) in
            [(1, 1), (3, 2), (8, 8), (9, 7), (16, 16), (17, 3), (31, 30), (33, 33), (64, 1), (64, 64)]
        {
            for kind in 0..5 {
                let (a, b) = (values(m, bits, kind, 1), values(n, bits, (kind + 2) % 5, 2));
                let word = |v: &BigInt| i64::try_from(v).expect("31 bits") as u64;
                let mut padded = vec![0; m + 2 * PAD];
                padded[PAD..PAD + m].iter_mut().zip(&a).for_each(|(word_of, a)| *word_of = word(a));
                let b_words: Vec<u64> = b.iter().map(word).collect();
                let expected = naive(&a, &b);
                let fold = 1usize << (63 - 2 * bits).min(62);
                for (name, unit) in units() {
                    let room = (m + n - 1).next_multiple_of(8);
                    let (mut low, mut high) = (vec![7; room], vec![7; room]);
                    let padded = &padded[..];
                    unit.few(Few { padded, len: m, b: &b_words, fold, low: &mut low, high: Some(&mut high) });
                    let sum = |k: usize| (i128::from(high[k] as i64) << 32) + i128::from(low[k]);
                    let all = (0..m + n - 1).all(|k| expected[k] == sum(k).into());
                    assert!(all, "{name}: {m} x {n}, {bits} bits, in halves");
                    if expected.iter().all(|c| c.bits() < 63) {
                        unit.few(Few { padded, len: m, b: &b_words, fold, low: &mut low, high: None });
                        let all = (0..m + n - 1).all(|k| expected[k] == (low[k] as i64).into());
                        assert!(all, "{name}: {m} x {n}, {bits} bits");
                    }
                }
            }
        }
    }
}
