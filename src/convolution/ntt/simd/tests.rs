//! Lanes of this machine against the emulation, composed factors against computed ones, digits against residues.
//!
//! Transforms of every back end are held against definitions in the tests of the folder above.

use super::{
    arithmetic::Arithmetic,
    double::Double,
    emulation::{Floats, Integers},
    ifma::Ifma,
    lane::{FloatLane, IntegerLane, Lane},
    table::{Direction, Roots},
    *,
};
use crate::convolution::ntt::{
    prime::{Family, primes},
    split,
    tests::kernels,
};
use crate::integer::{IntegerVec, WordModulus};

fn words(count: usize, seed: u64) -> Vec<u64> {
    let mut state = seed;
    (0..count)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state ^ state >> 31
        })
        .collect()
}

/// Operands of a lane, all pairs of edges and random ones.
fn operands(edges: &[u64], random: Vec<u64>) -> Vec<[u64; 8]> {
    let mut all = edges.to_vec();
    all.extend(random);
    all.resize(all.len().next_multiple_of(8), 0);
    all.as_chunks::<8>().0.to_vec()
}

/// Every operation on one triple of operands.
fn integer_results<L: IntegerLane>(lane: L, a: &[u64; 8], b: &[u64; 8], c: &[u64; 8]) -> Vec<[u64; 8]> {
    let (a, b, c) = (lane.load(a), lane.load(b), lane.load(c));
    let small = lane.shift_right::<12>(a);
    let results = [
        lane.low(c, a, b),
        lane.high(c, a, b),
        lane.add(a, b),
        lane.sub(a, b),
        lane.and(a, b),
        lane.min(a, b),
        small,
        lane.shift_right::<63>(a),
        lane.shift_right_signed::<12>(a),
        lane.or(a, b),
        lane.xor(a, b),
        lane.mul_halves(a, b),
        lane.sub_where_above(a, b, c),
        lane.sub_where_above(a, a, c),
        lane.shift_right_by(a, 0),
        lane.shift_right_by(a, 51),
        lane.shift_right_by(a, 64),
        lane.shift_left_by(a, 4),
        lane.shift_left_by(a, 52),
        lane.shift_left_by(a, 104),
        lane.splat(77),
        lane.shift_right_each(a, lane.shift_right::<57>(b)),
        lane.shift_left_each(a, lane.shift_right::<57>(b)),
        lane.pick(a, b, c),
        lane.shift_in(a, b),
        lane.window::<1>(a, b),
        lane.window::<6>(a, b),
        lane.add_where(a, lane.at_least(a, b), c),
        lane.add_where(a, lane.equal(a, b), c),
        lane.load_part(&words(3, 5)),
        lane.load_part(&words(9, 6)),
        lane.floor(lane.accumulate(lane.accumulate(lane.doubles(0.5), small, 0.001), small, 1e-7)),
    ];
    let eight = [a, b, c, small, results[0], results[1], results[2], results[3]];
    let vectors = results.into_iter().chain(lane.transpose(eight)).chain(lane.untranspose(eight));
    let mut out: Vec<[u64; 8]> = vectors
        .map(|v| {
            let mut chunk = [0; 8];
            lane.store(&mut chunk, v);
            chunk
        })
        .collect();
    out.extend(columns_of::<L, 1>(lane, &out[..1]));
    out.extend(columns_of::<L, 2>(lane, &out[..2]));
    out.extend(columns_of::<L, 3>(lane, &out[..3]));
    out.extend(columns_of::<L, 4>(lane, &out[..4]));
    for len in 0..=8 {
        let part = out[0][..len].to_vec();
        let mut words = [5; 8];
        lane.store_part(&mut words[..len], lane.load_part(&part));
        assert!(words[..len] == part && words[len..].iter().all(|&w| w == 5));
        let mut chunk = [5; 8];
        lane.store(&mut chunk, lane.load_part(&part));
        assert!(chunk[..len] == part && chunk[len..].iter().all(|&w| w == 0));
    }
    out
}

/// The columns of rows, which give the rows back.
fn columns_of<L: IntegerLane, const W: usize>(lane: L, rows: &[[u64; 8]]) -> [[u64; 8]; W] {
    let rows: &[[u64; 8]; W] = rows.try_into().expect("as many");
    let columns = lane.load_rows(rows);
    let mut back = [[0; 8]; W];
    lane.store_rows(&mut back, columns);
    assert_eq!(&back, rows);
    columns.map(|v| {
        let mut chunk = [0; 8];
        lane.store(&mut chunk, v);
        chunk
    })
}

/// Every operation on one triple of doubles and a chunk of words.
fn float_results<L: FloatLane>(lane: L, a: L::Chunk, b: L::Chunk, c: L::Chunk, w: L::Chunk) -> Vec<Vec<u64>> {
    let (a, b, c) = (lane.load(&a), lane.load(&b), lane.load(&c));
    let from = lane.from_words(&w);
    let results = [
        lane.add(a, b),
        lane.sub(a, b),
        lane.mul(a, b),
        lane.div(a, b),
        lane.mul_add(a, b, c),
        lane.mul_sub(a, b, c),
        lane.neg_mul_add(a, b, c),
        lane.add_where_negative(a, b),
        from,
        lane.splat(2.5f64.to_bits()),
        lane.and(a, b),
        lane.or(a, b),
        lane.xor(a, b),
        lane.word_add(a, b),
        lane.word_sub(a, b),
        lane.shift_right::<20>(a),
        lane.shift_right_by(a, 33),
        lane.shift_right_by(a, 64),
        lane.shift_left_by(a, 20),
        lane.shift_left_by(a, 64),
        lane.mul_halves(a, b),
        lane.sub_where_above(a, b, c),
        lane.sub_where_above(b, a, c),
    ];
    let eight = [a, b, c, from, results[0], results[1], results[2], results[3]];
    let vectors = results.into_iter().chain(lane.transpose(eight)).chain(lane.untranspose(eight));
    let mut out: Vec<Vec<u64>> = vectors
        .map(|v| {
            let mut chunk = L::Chunk::default();
            lane.store(&mut chunk, v);
            chunk.as_ref().to_vec()
        })
        .collect();
    let mut chunk = L::Chunk::default();
    lane.to_words(&mut chunk, from);
    out.push(chunk.as_ref().to_vec());
    out
}

fn compare_floats<L: FloatLane, E: FloatLane<Chunk = L::Chunk>>(lane: L, emulation: E) {
    let edges =
        [0.0, 1.0, -1.0, 0.5, 281_474_976_710_655.0, 4_503_599_627_370_495.0, -4_503_599_627_370_495.0];
    let mut random: Vec<f64> = edges.to_vec();
    random.extend(words(200, 5).iter().map(|&x| (x as i64 >> (x % 50 + 11)) as f64));
    let bits: Vec<u64> = random.iter().map(|x| x.to_bits()).collect();
    let chunk = |words: &[u64], at: usize| {
        let mut chunk = L::Chunk::default();
        for (i, word) in chunk.as_mut().iter_mut().enumerate() {
            *word = words[(at + i) % words.len()];
        }
        chunk
    };
    let small: Vec<u64> = words(50, 6).iter().map(|x| x >> 12).chain([0, ifma::MASK]).collect();
    for at in 0..bits.len() {
        let (a, c, w) = (chunk(&bits, at), chunk(&bits, 5 * at + 1), chunk(&small, at));
        // No division of zero by zero, whose bits are not specified.
        let mut b = chunk(&bits, 3 * at);
        b.as_mut().iter_mut().filter(|b| **b == 0).for_each(|b| *b = 3f64.to_bits());
        assert_eq!(float_results(lane, a, b, c, w), float_results(emulation, a, b, c, w));
    }
}

#[test]
fn lanes_of_this_machine_agree_with_the_emulation() {
    #[cfg(target_arch = "x86_64")]
    {
        if let Some(lane) = x86::Words512::detect() {
            let edges = [0, 1, ifma::MASK, ifma::MASK + 1, u64::MAX, 1 << 63, (1 << 49) - 1, 1 << 51];
            let all = operands(&edges, words(256, 1));
            for (i, a) in all.iter().enumerate() {
                for turn in 0..8 {
                    let mut b = all[(i * turn) % all.len()];
                    b.rotate_left(turn);
                    let c = all[(i + turn) % all.len()];
                    assert_eq!(integer_results(lane, a, &b, &c), integer_results(Integers, a, &b, &c));
                }
            }
        }
        if let Some(lane) = x86::Doubles512::detect() {
            compare_floats(lane, Floats::<8>);
        }
        if let Some(lane) = x86::Doubles256::detect() {
            compare_floats(lane, Floats::<4>);
        }
    }
}

#[test]
fn transposition_takes_groups_to_vectors() {
    let v: [[u64; 4]; 8] = std::array::from_fn(|k| std::array::from_fn(|i| (4 * k + i) as u64));
    let t = Floats::<4>.transpose(v);
    // Word c of group r stands in vector c, element r.
    assert!((0..8).all(|c| (0..4).all(|r| t[c][r] == (8 * r + c) as u64)));
    assert_eq!(Floats::<4>.untranspose(t), v);
}

/// Records beyond the kept ones, composed, against those of the definition.
fn composed_records<A: Arithmetic>(lane: A::Lane) {
    let prime = &primes(Family::Common, 1)[0];
    let m = prime.modulus();
    let table = prime.table(1 << 16);
    let a = A::new(lane, prime);
    for direction in [Direction::Forward, Direction::Inverse] {
        let mut roots = Roots::new::<A>(prime, direction, 1 << 20);
        let value = |j: usize| {
            let w = prime.root(&table, j).value;
            if direction == Direction::Forward { w } else { m.inverse(w).expect("a root") }
        };
        for j in [0, 1, 1023, 1024, 1025, 3071, 3072, 70_001, (1 << 20) - 1] {
            let record = roots.record(a, j);
            for (i, t) in
                [j, 2 * j, 2 * j + 1, 4 * j, 4 * j + 1, 4 * j + 2, 4 * j + 3].into_iter().enumerate()
            {
                assert_eq!([record.roots[0][i], record.roots[1][i]], A::factor(prime, value(t)), "root {t}");
            }
            for c in 0..8 {
                let power = A::factor(prime, m.pow(value(32 * j), c as u64));
                assert_eq!([record.twists[0][c], record.twists[1][c]], power, "twist {c} of {j}");
            }
        }
    }
}

#[test]
fn records_compose() {
    composed_records::<Ifma<Integers, true>>(Integers);
    composed_records::<Double<Floats<8>>>(Floats);
    composed_records::<Double<Floats<4>>>(Floats);
}

#[test]
fn rows_have_the_residues_of_their_digits() {
    let prime = &primes(Family::Common, 3)[2];
    for width in [1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 20, 40] {
        let mut limbs = words(21 * width, width as u64);
        limbs[..width].fill(u64::MAX);
        limbs[width..2 * width].fill(0);
        limbs[3 * width - 1] = 1 << 63;
        limbs[2 * width..3 * width - 1].fill(0);
        limbs[4 * width - 1] = u64::MAX >> 1;
        limbs[3 * width..4 * width - 1].fill(u64::MAX);
        let rows = IntegerVec::from_limbs(limbs, width);
        let expected: Vec<u64> = rows.to_bigints().iter().map(|x| prime.modulus().reduce_bigint(x)).collect();
        let check = |out: &[u64], expected: &[u64], name: &str| {
            assert!(out.iter().all(|&x| x < 4 * prime.p()), "{name}, width {width}");
            let out: Vec<u64> = out.iter().map(|&x| prime.canonical(prime.reduce(x))).collect();
            assert_eq!(out, expected, "{name}, width {width}");
        };
        if width > 1 {
            let mut out = vec![7; 21];
            split::rows(prime, rows.as_slice(), &mut out);
            check(&out, &expected, "one by one");
        }
        for (name, kernel) in kernels() {
            let Some(planes) = kernel.planes(rows.as_slice()) else { continue };
            for range in [0..21, 0..8, 8..16, 3..20, 8..9, 5..7, 20..21, 4..4] {
                let mut out = vec![7; range.len()];
                kernel.split_planes(prime, &planes, range.clone(), &mut out);
                check(&out, &expected[range], &name);
            }
        }
    }
}

#[test]
fn words_have_the_residues_closest_to_zero() {
    let prime = &primes(Family::Common, 3)[2];
    for n in [0, 1, 2, 3, 1 << 32, (1 << 61) - 1, (1 << 63) + 1, u64::MAX - 58, u64::MAX] {
        let modulus = if n == 0 { WordModulus::wrapping() } else { WordModulus::new(n).expect("above 0") };
        let edges = [0, 1, n / 2, n / 2 + 1, n.wrapping_sub(1), u64::MAX, 1 << 63, (1 << 63) - 1];
        let mut all: Vec<u64> = edges.map(|x| modulus.reduce(x)).to_vec();
        all.extend(words(29, 3).iter().map(|&x| modulus.reduce(x)));
        // Of the two closest ones modulo 2^64 the signed word.
        let closest = |x: u64| if n == 0 { i128::from(x as i64) } else { modulus.centred(x) };
        let expected: Vec<u64> = all.iter().map(|&x| prime.modulus().reduce_i128(closest(x))).collect();
        for (name, kernel) in kernels() {
            for len in [0, 1, 7, 8, 9, 37] {
                let mut out = vec![7; len];
                kernel.split_words(prime, &all[..len], n, &mut out);
                assert!(out.iter().all(|&x| x < 4 * prime.p()), "{name}, modulo {n}");
                let out: Vec<u64> = out.iter().map(|&x| prime.canonical(prime.reduce(x))).collect();
                assert_eq!(out, expected[..len], "{name}, modulo {n}");
            }
        }
    }
}

#[test]
fn products_in_digits_agree_with_num_bigint() {
    use crate::integer::limbs::to_biguint;
    let check = |a: &[u64], b: &[u64]| {
        for (name, kernel) in kernels() {
            let mut out = vec![1; a.len() + b.len()];
            if kernel.integer_product(&mut out, a, b) {
                let expected = to_biguint(a) * to_biguint(b);
                assert!(to_biguint(&out) == expected, "{} by {} limbs, {name}", a.len(), b.len());
            }
        }
    };
    for n in (1usize..=40).chain([57, 58, 59, 60, 64, 77, 116, 117, 118, 119, 150, 240, 500]) {
        for m in [1, 2, n.div_ceil(2), n, n + 1, 2 * n + 7] {
            check(&vec![u64::MAX; n], &vec![u64::MAX; m]);
            check(&words(n, 1), &words(m, 2));
        }
        let x = words(n, 3);
        check(&x, &x);
        let half: Vec<u64> = (0..n).map(|k| if k < n / 2 { 0 } else { u64::MAX }).collect();
        let comb: Vec<u64> = (0..n).map(|k| if k % 3 == 0 { u64::MAX } else { 0 }).collect();
        check(&half, &half);
        check(&half, &comb);
        check(&comb, &vec![u64::MAX; n]);
    }
    check(&words(900, 4), &words(400, 5));
    check(&words(936, 4), &words(936, 5));
    check(&vec![u64::MAX; 936], &vec![u64::MAX; 936]);
    check(&vec![u64::MAX; 936], &vec![u64::MAX; 930]);
}
