//! Every algorithm against the definition: short lengths, windows, extreme values, squares; and plans as data.

// A slice of windows often holds one range.
#![allow(clippy::single_range_in_vec_init)]

use super::{
    ntt::prime::forced::with_family,
    plan::{Family, plan, plan_by},
    schoolbook::naive,
    *,
};
use crate::{
    ErrorKind,
    integer::{BigModulus, IntegerVec, WordModulus},
};
use num_bigint::{BigInt, BigUint};

/// The algorithms that apply to every exact product.
const EXACT: [Algorithm; 4] =
    [Algorithm::Schoolbook, Algorithm::Karatsuba, Algorithm::Kronecker, Algorithm::Ntt];

/// Words from a fixed sequence.
pub(super) fn words(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state ^ state >> 29
    }
}

/// Values of up to `bits` bits, of both signs.
pub(super) fn random(len: usize, bits: u32, seed: u64) -> Vec<BigInt> {
    let mut next = words(seed);
    (0..len)
        .map(|_| {
            let limbs: BigInt = (0..bits / 64 + 1).fold(BigInt::ZERO, |v, _| (v << 64) + next());
            let value = limbs >> (64 - bits % 64);
            if next() & 4 == 0 { -value } else { value }
        })
        .collect()
}

/// Every algorithm and the plan's choice, on these windows of the product; passing one slice twice is a square.
fn check(a: &[BigInt], b: &[BigInt], windows: &[Range<usize>]) {
    let (x, y) = (IntegerVec::from_bigints(a), IntegerVec::from_bigints(b));
    let y = if std::ptr::eq(a, b) { &x } else { &y };
    let expected = naive(a, b);
    for window in windows {
        let wants = EXACT.iter().map(|&by| Want::range(window.clone()).by(by));
        for want in wants.chain([Want::range(window.clone())]) {
            let result = integers(x.as_slice(), y.as_slice(), &want).expect("within the limit");
            // The values themselves would fill the screen.
            assert!(result.to_bigints() == expected[window.clone()], "{} x {}, {want:?}", a.len(), b.len());
        }
    }
}

/// Outputs are computed in several pieces.
#[test]
fn long_operands_by_short_ones() {
    let m = 2 * tuning::PIECE + 100;
    for (bits, n) in [(8, 7), (62, 20), (128, 3)] {
        let (a, b) = (random(m, bits, 71), random(n, bits, 72));
        check(&a, &b, &[0..m + n - 1, 50..m - 20]);
        check(&b, &a, &[0..m + n - 1]);
    }
}

#[test]
fn integers_of_all_widths_and_lengths() {
    for bits in [1, 31, 62, 63, 64, 127, 128, 200, 500] {
        for (m, n) in [(1, 1), (2, 1), (1, 40), (3, 5), (8, 8), (9, 9), (16, 17), (33, 20), (40, 7)] {
            let (a, b) = (random(m, bits, 7), random(n, bits, 8));
            check(&a, &b, &[0..m + n - 1]);
        }
    }
    // Operands of very different sizes.
    check(&random(12, 700, 1), &random(9, 5, 2), &[0..20, 3..11]);
}

#[test]
fn every_length_up_to_forty() {
    for n in 1..=40 {
        let (a, b) = (random(n, 50, 4), random(41 - n, 40, 5));
        check(&a, &b, &[0..40]);
    }
}

#[test]
fn every_window() {
    for (m, n, bits) in [(7, 5, 20), (3, 12, 90), (1, 6, 64)] {
        let full = m + n - 1;
        let windows: Vec<_> = (0..=full).flat_map(|s| (s..=full).map(move |e| s..e)).collect();
        check(&random(m, bits, 1), &random(n, bits, 2), &windows);
    }
    let empty = IntegerVec::zeros(0, 1);
    let one = IntegerVec::from_i64s(&[1]);
    for (a, b) in [(&empty, &one), (&one, &empty), (&empty, &empty)] {
        assert_eq!(integers(a.as_slice(), b.as_slice(), &Want::full()).expect("nothing").len(), 0);
    }
}

#[test]
fn extreme_rows() {
    for width in 1..6u64 {
        let least = -(BigInt::from(1) << (64 * width - 1));
        let most = -&least - 1;
        for (x, y) in [(&least, &least), (&least, &most), (&most, &most)] {
            check(&vec![x.clone(); 9], &vec![y.clone(); 12], &[0..20]);
            let alternating: Vec<_> = (0..10).map(|k| if k % 2 == 0 { x.clone() } else { -y }).collect();
            check(&alternating, &alternating, &[0..19]);
        }
    }
}

#[test]
fn products_at_the_exact_bound_of_the_primes() {
    for primes in [1u64, 2, 3, 4, 7] {
        // 16 terms: bits + bits + 4 + 3 = 49 * primes, the last size that so many primes hold.
        let total = 49 * primes - 7;
        let (x, y): (BigInt, BigInt) = (BigInt::from(1) << (total / 2), BigInt::from(1) << total.div_ceil(2));
        let facts = Facts::integers(total / 2, total.div_ceil(2));
        let shape = Shape::new(16, 16, &Want::full());
        let plan = plan_by(&facts, &shape, Algorithm::Ntt).expect("applies");
        assert!(plan.to_string().starts_with(&format!("ntt(primes={primes},")), "{plan}");
        for sign in [1, -1] {
            let (a, b) = (vec![&x - 1; 16], vec![(&y - 1) * sign; 16]);
            check(&a, &b, &[0..31]);
        }
    }
}

/// All counts of primes, where no chunks are taken in their place: prepared operands.
#[test]
fn prepared_operands_at_the_exact_bound_of_the_primes() {
    for primes in 1..=tuning::NTT_MAX_PRIMES as u64 {
        for total in [49 * primes - 7, 49 * primes - 6] {
            // One bit more is for one prime more.
            let (x, y) = (total / 2, total.div_ceil(2));
            let shape = Shape::new(16, 16, &Want::full());
            let frame = match Frame::integers(&shape, (x, y), 1) {
                Ok(frame) => frame,
                Err(error) => {
                    assert!(total > 49 * primes - 7 && primes == tuning::NTT_MAX_PRIMES as u64, "{error}");
                    continue;
                }
            };
            let expected = primes + u64::from(total > 49 * primes - 7);
            assert_eq!(ntt::primes_for(total + 4), expected as usize);
            assert!(frame.capacity_bits().expect("over the primes of the family") >= total + 4);
            for sign in [1, -1] {
                let [a, b]: [Vec<BigInt>; 2] =
                    [(x, 1), (y, sign)].map(|(bits, sign)| vec![((BigInt::from(1) << bits) - 1) * sign; 16]);
                let f = frame.transform(&IntegerVec::from_bigints(&a)).expect("it fits");
                let product =
                    f.mul_integers(IntegerVec::from_bigints(&b).as_slice(), &Want::full()).expect("it fits");
                assert!(product.to_bigints() == naive(&a, &b), "{primes} primes, {total} bits");
            }
        }
    }
}

#[test]
fn everything_over_the_primes_of_long_transforms() {
    let m = WordModulus::new((1 << 61) - 1).expect("in range");
    let (f, g) = (random(60, 90, 1), random(70, 90, 2));
    let (x, y) = (IntegerVec::from_bigints(&f), IntegerVec::from_bigints(&g));
    let residues = |v: &[BigInt]| v.iter().map(|v| m.reduce_bigint(v)).collect::<Vec<_>>();
    let (big, other) = (random(1, 99_000, 3).remove(0), random(1, 60_000, 4).remove(0));
    let work = || {
        let by_transforms = Want::full().by(Algorithm::Ntt);
        let shape = Shape::new(60, 70, &Want::full());
        let frame = Frame::integers(&shape, (90, 90), 1).expect("small");
        let prepared =
            [&x, &y].map(|operand| frame.transform(operand.as_slice()).expect("it fits the frame"));
        (
            integers(x.as_slice(), y.as_slice(), &by_transforms).expect("small").to_bigints(),
            prepared[0]
                .mul(&prepared[1])
                .and_then(|p| p.to_integers(&Want::full()))
                .expect("small")
                .to_bigints(),
            words_mod(&m, &residues(&f), &residues(&g), &by_transforms).expect("small"),
            integers_power(x.as_slice(), 5, &Want::full()).expect("small").to_bigints(),
            integer_product(&big, &other),
        )
    };
    let expected = work();
    for backend in Backend::available() {
        let (plan, found) = with_backend(backend, || {
            with_family(Family::Long, || {
                products_at_the_exact_bound_of_the_primes();
                integers_of_all_widths_and_lengths();
                extreme_rows();
                coefficients_of_a_hundred_thousand_bits();
                let long = Shape::new(1000, 1000, &Want::full());
                (plan(&Facts::integers(30, 30), &long), work())
            })
        })
        .expect("available");
        assert!(plan.to_string().contains("family=long"), "{plan}");
        assert!(found == expected, "{backend}");
    }
}

#[test]
fn transforms_over_the_limit_are_refused_with_their_bytes() {
    // 3 * 2^30 points and what comes with them take 72 GiB; nothing is allocated.
    let facts = Facts::integers(8, 8);
    let shape = |n: usize| Shape::new(n, n, &Want::full());
    let Ok(Plan::Ntt(long)) = plan_by(&facts, &shape(3 << 29), Algorithm::Ntt) else {
        panic!("transforms of 3 * 2^30 points apply")
    };
    assert_eq!((long.family, long.length), (Family::Long, 3 << 30));
    assert!(plan_by(&facts, &shape(5 << 30), Algorithm::Ntt).is_err());
    let error = ntt::product::check_size(&long).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert!(error.to_string().contains("bytes"), "{error}");
}

/// `cargo test --release --lib -- --ignored beyond`: 9 GiB, and 14 seconds on one thread.
#[test]
#[ignore = "takes 9 GiB: cargo test --release --lib -- --ignored, before a change of the second family lands"]
fn a_product_beyond_the_common_primes() {
    let n = 3usize << 26;
    let operand = |seed: u64| {
        let mut next = words(seed);
        let values: Vec<u64> = (0..n).map(|_| next() >> 56).collect();
        IntegerVec::from_limbs(values, 1)
    };
    let (a, b) = (operand(1), operand(2));
    let facts = Facts::integers(8, 8);
    let plan = plan_by(&facts, &Shape::new(n, n, &Want::full()), Algorithm::Ntt).expect("applies");
    assert!(plan.to_string().contains("family=long"), "{plan}");
    let start = std::time::Instant::now();
    let product = integers(a.as_slice(), b.as_slice(), &Want::full()).expect("within the limit");
    println!("{plan}: {:.1} s", start.elapsed().as_secs_f64());
    let m = WordModulus::new((1 << 61) - 1).expect("in range");
    let point = 0x0123_4567_89AB_CDEF;
    let value = |v: &IntegerVec| v.limbs().iter().rev().fold(0, |sum, &x| m.add(m.mul(sum, point), x));
    assert_eq!(value(&product), m.mul(value(&a), value(&b)));
}

#[test]
fn squares_are_recognised_and_right() {
    for bits in [20, 62, 120, 200, 300, 2100] {
        for n in [1, 2, 3, 8, 21] {
            let a = random(n, bits, 3);
            check(&a, &a, &[0..2 * n - 1, n / 2..n]);
        }
    }
}

#[test]
fn mostly_zero_rows_and_one_huge() {
    let mut a = vec![BigInt::ZERO; 50];
    a[3] = BigInt::from(-5);
    a[40] = BigInt::from(1) << 3000;
    let b = random(30, 9, 1);
    check(&a, &b, &[0..79]);
    check(&b, &a, &[10..60]);
}

#[test]
fn coefficients_of_a_hundred_thousand_bits() {
    let (a, b) = (random(3, 100_000, 1), random(5, 99_000, 2));
    check(&a, &b, &[0..7, 2..4]);
    let long = plan_by(&Facts::integers(100_000, 100_000), &Shape::new(3, 5, &Want::full()), Algorithm::Ntt);
    assert!(long.expect("in chunks").to_string().contains("chunk="));
}

#[test]
fn residues_by_every_algorithm() {
    for n in [1, 2, 3, 6, 1 << 32, 998_244_353, (1 << 61) - 1, (1 << 64) - 59, (1 << 64) - 1, 1 << 64] {
        let modulus = WordModulus::from_u128(n).expect("in range");
        for (m, l) in [(1, 1), (1, 30), (12, 12), (33, 40), (70, 9)] {
            let mut next = words(m as u64);
            let mut residues = |len| -> Vec<u64> { (0..len).map(|_| modulus.reduce(next())).collect() };
            let (a, b) = (residues(m), residues(l));
            let maximal = |len| vec![(n - 1) as u64; len];
            for (a, b) in [(a, b), (maximal(m), maximal(l))] {
                for window in [0..m + l - 1, m / 2..l, 0..m] {
                    let want = Want::range(window);
                    let expected = words_mod(&modulus, &a, &b, &want.clone().by(Algorithm::Schoolbook));
                    for by in EXACT {
                        assert_eq!(words_mod(&modulus, &a, &b, &want.clone().by(by)), expected, "{n} {by}");
                    }
                    assert_eq!(words_mod(&modulus, &a, &b, &want), expected, "{n}");
                }
                let square = words_mod(&modulus, &a, &a, &Want::full());
                assert_eq!(square, words_mod(&modulus, &a, &a.clone(), &Want::full()));
            }
        }
    }
}

#[test]
fn residues_of_two_hundred_bits() {
    let n = BigModulus::new((BigUint::from(1u8) << 200) + 235u8).expect("not 0");
    let reduce = |v: Vec<BigInt>| -> Vec<BigInt> { v.iter().map(|c| n.reduce(c).into()).collect() };
    let (a, b) = (reduce(random(30, 250, 1)), reduce(random(22, 250, 2)));
    let expected = reduce(naive(&a, &b));
    let (x, y) = (IntegerVec::from_bigints(&a), IntegerVec::from_bigints(&b));
    for by in EXACT {
        let product = integers_mod(&n, x.as_slice(), y.as_slice(), &Want::range(5..40).by(by));
        assert!(product.expect("small").to_bigints() == expected[5..40], "{by}");
    }
}

#[test]
fn plans_follow_sizes_and_shapes() {
    let planned = |facts: &Facts, m, n, want: &Want| plan(facts, &Shape::new(m, n, want)).to_string();
    let full = Want::full();
    // The coefficients decide, not the degree alone.
    assert!(planned(&Facts::integers(8, 8), 8, 8, &full).starts_with("schoolbook"));
    // One prime of the ring itself, several others elsewhere.
    let friendly = Facts::Word { modulus: 998_244_353 };
    assert_eq!(planned(&friendly, 5000, 5000, &full), "ntt(primes=1, length=10240, direct=true)");
    // Truncated where that is faster.
    assert_eq!(planned(&friendly, 7000, 7000, &full), "ntt(primes=1, length=16384, direct=true)");
    let other = Facts::Word { modulus: (1 << 61) - 1 };
    assert_eq!(planned(&other, 5000, 5000, &full), "ntt(primes=3, length=10240)");
    // A middle product wraps around, in whatever transform is the fastest on the back end.
    let middle = planned(&other, 4096, 8192, &Want::range(4095..8192));
    assert!(middle.contains("length=8192"), "{middle}");
    // A short operand is transformed once, the long one in blocks.
    assert!(planned(&Facts::integers(62, 62), 1_000_000, 300, &full).contains("block="));
    // Rings known by their operations only.
    assert_eq!(planned(&Facts::Generic, 500, 500, &full), "karatsuba(cutoff=16)");
    assert_eq!(planned(&Facts::Generic, 3, 500, &full), "schoolbook(pairs=1500)");
}

/// A thread that has planned other products, or on another back end, plans the same as a new one.
#[test]
fn plans_that_are_kept() {
    let all: Vec<(Facts, Shape)> = (0..300)
        .map(|k| {
            let (m, n) = (40 + k % 7, 40 + 50 * (k % 3));
            let facts = match k % 6 {
                0 => Facts::integers(20 + (k / 50) as u64, 62),
                1 => Facts::integers(300 * (k / 50 + 1) as u64, 62),
                // Sparse, half full, dense, and without signs: of one size, so that they drive each other out.
                2 | 3 => {
                    let limbs = [1, 200, 399, 400][k / 6 % 4];
                    Facts::Integers { bits: (640, 640), signed: k % 6 == 2, limbs: Some((limbs, limbs)) }
                }
                4 => Facts::Word { modulus: 998_244_353 },
                _ => Facts::Word { modulus: 1 << (k / 10) },
            };
            let window = if k % 5 == 0 { Want::low(n) } else { Want::full() };
            (facts, if k % 11 == 0 { Shape::square(n) } else { Shape::new(m, n, &window) })
        })
        .collect();
    let plans =
        |backend| with_backend(backend, || all.iter().map(|(f, s)| plan(f, s)).collect::<Vec<_>>()).ok();
    let alone = |backend, (facts, shape): &(Facts, Shape)| {
        let plan = || with_backend(backend, || plan(facts, shape)).ok();
        std::thread::scope(|scope| scope.spawn(plan).join().expect("no panic"))
    };
    let backends = [Backend::Portable, Backend::Avx2, Backend::Avx512, Backend::Ifma];
    for backend in backends.into_iter().chain(backends) {
        // Each in a thread that has planned nothing.
        let fresh: Option<Vec<Plan>> = all.iter().map(|product| alone(backend, product)).collect();
        assert_eq!(plans(backend), fresh);
        // Each of them alone, next to one that it may have driven out.
        for (k, (facts, shape)) in all.iter().enumerate() {
            let again = with_backend(backend, || [plan(facts, shape), plan(facts, shape)]);
            if let (Ok([once, twice]), Some(fresh)) = (again, &fresh) {
                assert_eq!((&once, &twice), (&fresh[k], &fresh[k]));
            }
        }
    }
}

/// Lengths that there is no memory for wrap nowhere around: a plan is one, and prepared operands are refused.
#[test]
fn impossible_lengths() {
    let all = [
        Facts::integers(30, 30),
        Facts::integers(5000, 1),
        Facts::Word { modulus: 2 },
        Facts::Word { modulus: 998_244_353 },
        Facts::Generic,
        Facts::Floats,
    ];
    for length in [1 << 32, (1 << 33) + 1, 1 << 40, (1 << 40) + 1, usize::MAX / 2, usize::MAX] {
        for other in [1, 1000, length] {
            for want in [
                Want::full(),
                Want::low(10),
                Want::range(length - 1..length),
                Want::range(length - 1..usize::MAX),
            ] {
                let shape = Shape::new(length, other, &want);
                for facts in &all {
                    let plan = plan(facts, &shape);
                    assert!(!plan.to_string().is_empty() && plan.cost(facts, &shape) >= 0.0);
                    let _ = (plan.work(facts, &shape), plan.scratch(facts, &shape));
                    let _ = plan_by(facts, &shape, Algorithm::Ntt);
                }
                if length > ntt::MAX_LENGTH {
                    let error = Frame::integers(&shape, (30, 30), 1).map(|_| ()).unwrap_err();
                    assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
                    let p = WordModulus::new(998_244_353).expect("in range");
                    assert!(Frame::words(&p, &shape, 1).is_err());
                }
            }
        }
    }
    // Nor do sizes of coefficients.
    for bits in [1 << 20, 1 << 61, 1 << 62, 1 << 63, u64::MAX] {
        for sums in [1, usize::MAX] {
            let error = Frame::integers(&Shape::new(4, 4, &Want::full()), (bits, bits), sums)
                .map(|_| ())
                .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
        }
    }
}

#[test]
fn what_does_not_apply_is_refused_with_a_reason() {
    let shape = Shape::new(100, 100, &Want::full());
    for (facts, by) in [
        (Facts::Generic, Algorithm::Ntt),
        (Facts::Generic, Algorithm::Kronecker),
        (Facts::Floats, Algorithm::Karatsuba),
        (Facts::Complex, Algorithm::Ntt),
        (Facts::integers(500, 500), Algorithm::Fft),
    ] {
        let error = plan_by(&facts, &shape, by).expect_err("does not apply");
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        assert!(error.message().starts_with(&format!("{by} does not apply: ")), "{error}");
    }
    let rows = IntegerVec::from_bigints(&random(9, 300, 1));
    assert!(integers(rows.as_slice(), rows.as_slice(), &Want::full().by(Algorithm::Fft)).is_err());
}
