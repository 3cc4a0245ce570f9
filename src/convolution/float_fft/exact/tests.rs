use super::*;
use crate::ErrorKind;

/// The definition, modulo 2^128.
fn naive(a: &[i64], b: &[i64]) -> Vec<i128> {
    let mut c = vec![0i128; if a.is_empty() || b.is_empty() { 0 } else { a.len() + b.len() - 1 }];
    for (i, &x) in a.iter().enumerate() {
        for (j, &y) in b.iter().enumerate() {
            c[i + j] += i128::from(x) * i128::from(y);
        }
    }
    c
}

/// Integers in `-max..=max`, from a fixed seed.
fn random(seed: u64, max: u64) -> impl FnMut() -> i64 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let mixed = u128::from((state ^ state >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        (((mixed * (2 * u128::from(max) + 1)) >> 64) as i128 - i128::from(max)) as i64
    }
}

/// The largest `max` for which products of `n` by `n` coefficients of at most `max` are proved in one piece.
fn edge(n: usize) -> u64 {
    let (mut yes, mut no) = (0, 1 << 52);
    while no - yes > 1 {
        let middle = yes + (no - yes) / 2;
        if proved(middle, middle, n, n) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    yes
}

/// One piece, one block: the product and the largest distance from an integer.
fn measured(a: &[i64], b: &[i64]) -> (Vec<i64>, f64) {
    let operands = Operands::cut(a, b, &Want::full()).unwrap();
    let layers = layers_for(a.len() + b.len() - 1).unwrap();
    let layout = Layout { layers, step: operands.window.len(), blocks: 1, width: 64, pieces: [1, 1] };
    let (mut out, mut worst) = (vec![0; operands.window.len()], 0f64);
    let put = &mut |_, k: usize, c| out[k] = c;
    operands.observed(&layout, |c| c, put, &mut |d| worst = worst.max(d)).expect("small");
    (out, worst)
}

/// Adversaries at the exact edge of the proof, each with the coefficients of its square or product in closed form.
fn attack(n: usize, max: i64) -> f64 {
    let mut worst = 0f64;
    let mut check = |a: &[i64], b: &[i64], expected: &dyn Fn(usize) -> i64| {
        let (out, distance) = measured(a, b);
        for (k, &c) in out.iter().enumerate() {
            assert_eq!(c, expected(k), "length {n}, coefficient {k}");
        }
        worst = worst.max(distance);
    };
    let terms = |k: usize| (k + 1).min(2 * n - 1 - k) as i64;
    let sign = |k: usize| if k.is_multiple_of(2) { 1 } else { -1 };
    let plus = vec![max; n];
    let minus = vec![-max; n];
    let alternating: Vec<i64> = (0..n).map(|k| sign(k) * max).collect();
    check(&plus, &plus, &|k| max * max * terms(k));
    check(&plus, &minus, &|k| -max * max * terms(k));
    check(&alternating, &alternating, &|k| max * max * terms(k) * sign(k));
    // Signs in the pattern of x^M = i: the energy meets in few values.
    check(&plus, &alternating, &|k| {
        let first = (k + 1).saturating_sub(n);
        if terms(k) % 2 == 0 { 0 } else { max * max * sign(k - first) }
    });
    let mut next = random(n as u64, max as u64);
    let noise: Vec<i64> = (0..n).map(|_| next()).collect();
    for at in [0, n / 2, n - 1] {
        let mut spike = vec![0; n];
        spike[at] = max;
        check(&spike, &noise, &|k| if (at..at + n).contains(&k) { max * noise[k - at] } else { 0 });
    }
    // Random signs at full size: a sample of coefficients against the definition.
    let signs: Vec<i64> = (0..n).map(|_| if next() < 0 { -max } else { max }).collect();
    for b in [&signs, &noise] {
        let (out, distance) = measured(&signs, b);
        for k in (0..2 * n - 1).step_by((n / 13).max(1)) {
            let range = (k + 1).saturating_sub(n)..=k.min(n - 1);
            assert_eq!(out[k], range.map(|i| signs[i] * b[k - i]).sum::<i64>());
        }
        worst = worst.max(distance);
    }
    worst
}

#[test]
fn rounding_errors_stay_below_the_bound_at_its_edge() {
    println!("length       edge   measured   proved");
    for n in [1, 2, 3, 5, 16, 31, 100, 256, 1000, 4096] {
        let max = edge(n);
        assert!(proved(max, max, n, n) && !proved(max + 1, max + 1, n, n) && !proved(max, max + 1, n, n + 1));
        let layers = layers_for(2 * n - 1).unwrap() as f64;
        let bound = (12.0 * layers + 3.0) * 2f64.powi(-53) * (max as f64).powi(2) * n as f64;
        let worst = attack(n, max as i64);
        println!("{n:6} {max:10}   {worst:8.6}   {bound:.6}");
        assert!(bound <= 0.25 && worst < bound, "length {n}: {worst} against {bound}");
    }
}

#[test]
fn the_edge_at_length_two_to_the_sixteen() {
    let n = 1 << 16;
    let max = edge(n) as i64;
    assert!(max > 1 << 13, "14 bits and a sign at 2^16, as the derivation promises: {max}");
    let (out, worst) = measured(&vec![max; n], &vec![-max; n]);
    assert!(worst < 0.25);
    for (k, &c) in out.iter().enumerate() {
        assert_eq!(c, -max * max * (k + 1).min(2 * n - 1 - k) as i64);
    }
}

#[test]
fn the_condition_in_integers_is_the_inequality() {
    // 2^51 / (s * (12L + 2 + s)) is no integer for these, so the edge is its integer part.
    for (layers, terms) in [(0, 1), (1, 1), (9, 2), (16, 1), (20, 5)] {
        let product = (1u64 << 51) / (terms * (12 * layers + 2 + terms)) as u64;
        assert!(within(layers, terms, [product, 1], [1, 1]));
        assert!(!within(layers, terms, [product + 1, 1], [1, 1]));
        assert!(!within(layers, terms, [1, product], [2, 1]));
    }
    assert!(!proved(u64::MAX, u64::MAX, usize::MAX, usize::MAX));
    assert!(!proved(1, 1, 1 << 21, 1 << 20) && proved(1, 1, 1 << 20, 1 << 20));
    assert!(proved(0, 0, 0, 5));
}

#[test]
fn every_shape_window_and_number_of_pieces() {
    for (m, n) in [(0, 4), (1, 1), (1, 9), (2, 3), (8, 8), (30, 33), (5, 200), (129, 128), (3, 700)] {
        for (bits_a, bits_b) in [(1, 1), (10, 10), (25, 20), (50, 4), (30, 22), (0, 7)] {
            let mut next = random((m * n) as u64, 1 << bits_a);
            let a: Vec<i64> = (0..m).map(|_| next()).collect();
            let mut next = random((m + n) as u64, 1 << bits_b);
            let b: Vec<i64> = (0..n).map(|_| next()).collect();
            let c = naive(&a, &b);
            let len = c.len();
            for range in [0..len, 0..len / 2, len / 2..len, len / 3..2 * len / 3, len / 2..len / 2 + 1] {
                let want = Want::range(range).by(Algorithm::Fft);
                let got = exact_integers(&a, &b, &want).unwrap();
                let got: Vec<i128> = got.into_iter().map(Into::into).collect();
                assert_eq!(got, c[want.window(m, n)], "{m} {n} {bits_a} {bits_b} {want:?}");
            }
            let square: Vec<i64> = exact_integers(&b, &b, &Want::full()).unwrap();
            let square: Vec<i128> = square.into_iter().map(Into::into).collect();
            assert_eq!(square, naive(&b, &b));
        }
    }
}

#[test]
fn residues_of_every_size_of_modulus() {
    let moduli =
        [1u128, 2, 3, 6, 998_244_353, 1 << 32, (1 << 61) - 1, (1 << 63) + 1, (1 << 64) - 59, 1 << 64];
    for modulus in moduli {
        let n = WordModulus::from_u128(modulus).unwrap();
        for (len_a, len_b) in [(1, 1), (20, 13), (400, 7), (90, 90)] {
            let mut next = random(7, (1 << 63) - 1);
            let mut draw = |len: usize| (0..len).map(|_| n.reduce(next() as u64)).collect::<Vec<_>>();
            let (mut a, b) = (draw(len_a), draw(len_b));
            // The ends of the range, where a representative is largest.
            for (c, edge) in a.iter_mut().zip([modulus / 2, modulus / 2 + 1, modulus - 1]) {
                *c = n.reduce_u128(edge);
            }
            for b in [&a, &b] {
                let mut c = vec![0; a.len() + b.len() - 1];
                for (i, &x) in a.iter().enumerate() {
                    for (j, &y) in b.iter().enumerate() {
                        c[i + j] = n.mul_add(x, y, c[i + j]);
                    }
                }
                assert_eq!(exact_residues(&n, &a, b, &Want::full()).unwrap(), c, "modulo {modulus}");
            }
        }
    }
}

#[test]
fn pieces_are_balanced_and_add_up() {
    for width in [1, 2, 7, 13, 32, 63] {
        for c in [0, 1, -1, i64::MAX, i64::MIN, i64::MIN + 1, 0x5555_5555_5555_5555, -0x1234_5678_9ABC_DEF0] {
            let pieces = 64u32.div_ceil(width) as usize;
            let mut out = vec![0.0; pieces];
            split(&[c], 0, width, |c| c, &mut out, 1);
            let mut sum = num_bigint::BigInt::ZERO;
            for (t, &piece) in out.iter().enumerate() {
                let half = 2f64.powi(width as i32 - 1);
                assert!(t + 1 == pieces || (-half..half).contains(&piece));
                sum += num_bigint::BigInt::from(piece as i64) << (t * width as usize);
            }
            // A piece of 63 bits is rounded on its way to a float; the proof admits none of more than 52.
            assert!(width > 52 || sum == c.into(), "{c} in pieces of {width}: {sum}");
        }
    }
}

#[test]
fn layouts_are_the_cheapest_that_are_proved() {
    let whole = |max: u64, n: usize| Layout::choose([max; 2], [n, n], &(0..2 * n - 1)).unwrap();
    assert_eq!((whole(1000, 1000).pieces, whole(1000, 1000).length()), ([1, 1], 2048));
    assert_eq!(whole(499_122_176, 1 << 13).pieces, [2, 2]);
    assert_eq!(whole(499_122_176, 1 << 16).pieces, [3, 3]);
    assert_eq!(whole(1 << 63, 1 << 10).pieces, [4, 4]);
    assert_eq!(whole(1 << 63, 1 << 13).pieces, [5, 5]);
    // The middle product wraps around once; a long operand meets a short one in blocks.
    assert_eq!(Layout::choose([9, 9], [2047, 1024], &(1023..2047)).unwrap().length(), 2048);
    let long = Layout::choose([9, 9], [100_000, 60], &(0..100_059)).unwrap();
    assert!(long.blocks > 10 && long.length() <= 1024);
    assert!(Layout::choose([1 << 63; 2], [1 << 20; 2], &(0..(1 << 21) - 1)).is_none());
}

#[test]
fn what_is_not_covered_is_refused() {
    let kind = |a: &[i64], b: &[i64], want: &Want| exact_integers(a, b, want).unwrap_err().kind();
    assert_eq!(kind(&[i64::MIN], &[1], &Want::full()), ErrorKind::Unsupported);
    assert_eq!(kind(&[1 << 40], &[1 << 23], &Want::full()), ErrorKind::Unsupported);
    assert_eq!(kind(&[1], &[1], &Want::full().by(Algorithm::Ntt)), ErrorKind::Unsupported);
    let error = exact_integers(&[1 << 40; 3], &[1 << 22; 5], &Want::full()).unwrap_err();
    assert!(error.message().contains("3 products of 23 and 41 bits"), "{error}");
    assert_eq!(exact_integers(&[1 << 40], &[1 << 22], &Want::full()).unwrap(), [1 << 62]);
    let long = vec![0; 1 << 18];
    let error = exact_residues(&WordModulus::wrapping(), &long, &long, &Want::full()).unwrap_err();
    assert!(
        error.message().contains("lengths 262144 and 262144 with coefficients of 64 and 64 bits"),
        "{error}"
    );
}

#[test]
fn the_engine_takes_it_where_it_is_proved_and_faster() {
    use crate::convolution::{
        Backend, integers,
        plan::{Facts, Shape, plan, plan_by},
        with_backend, words_mod,
    };
    use crate::integer::IntegerVec;
    let shape = Shape::new(1024, 1024, &Want::full());
    // Vector units make the other transforms so fast that it depends on the back end.
    let portable = with_backend(Backend::Portable, || plan(&Facts::Word { modulus: 257 }, &shape));
    assert_eq!(portable.unwrap().to_string(), "fft(length=2048, pieces=1x1)");
    assert_eq!(plan(&Facts::Word { modulus: 998_244_353 }, &shape).algorithm(), Algorithm::Ntt);
    let forced = |facts, shape: &Shape| plan_by(&facts, shape, Algorithm::Fft);
    assert_eq!(
        forced(Facts::Word { modulus: 998_244_353 }, &shape).unwrap().to_string(),
        "fft(length=2048, pieces=2x2)"
    );
    let error = forced(Facts::integers(40, 20), &shape).unwrap_err();
    assert_eq!(
        error.message(),
        "fft does not apply: coefficients of the product may have 70 bits, the most is 63"
    );
    assert!(forced(Facts::Word { modulus: 1 << 64 }, &Shape::square(1 << 18)).is_err());
    assert!(forced(Facts::Big { bits: 100 }, &shape).is_err() && forced(Facts::Generic, &shape).is_err());
    // Through the engine, the shorter operand first, against another algorithm.
    let mut next = random(3, 1 << 20);
    let a: Vec<i64> = (0..70).map(|_| next()).collect();
    let b: Vec<i64> = (0..150).map(|_| next() >> 6).collect();
    let (x, y) = (IntegerVec::from_i64s(&a), IntegerVec::from_i64s(&b));
    let by = |algorithm| integers(x.as_slice(), y.as_slice(), &Want::range(60..190).by(algorithm)).unwrap();
    assert_eq!(by(Algorithm::Fft), by(Algorithm::Schoolbook));
    let n = WordModulus::new((1 << 61) - 1).unwrap();
    let residues = |a: &[i64]| a.iter().map(|&c| n.pow(n.reduce_i64(c), 5)).collect::<Vec<_>>();
    let (x, y) = (residues(&a), residues(&b));
    let by = |algorithm| words_mod(&n, &x, &y, &Want::full().by(algorithm)).unwrap();
    assert_eq!(by(Algorithm::Fft), by(Algorithm::Schoolbook));
}
