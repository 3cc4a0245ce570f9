//! Transforms against their definition: values at roots, inverse of forward, truncation, every plan of a product.

use super::{
    prime::{Family, primes, user_prime},
    *,
};
use crate::convolution::{
    Algorithm, Want,
    plan::{Facts, Ntt, Plan, Shape, plan_by},
    words,
};
use crate::integer::WordModulus;

pub(super) fn random(n: u64, len: usize, seed: u64) -> Vec<u64> {
    let mut state = seed;
    (0..len)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ((u128::from(state ^ state >> 31) * u128::from(n)) >> 64) as u64
        })
        .collect()
}

/// The window of a product, all pairs.
fn naive(m: &WordModulus, a: &[u64], b: &[u64], window: Range<usize>) -> Vec<u64> {
    let mut out = vec![1; window.len()];
    words::schoolbook_into(m, &mut out, a, b, window);
    out
}

/// The same by a plan.
fn words(plan: &Ntt, m: &WordModulus, a: &[u64], b: &[u64], shape: &Shape) -> Vec<u64> {
    let mut out = vec![1; shape.window.len()];
    product::words_into(plan, m, a, b, shape, &mut out).expect("small");
    out
}

/// Every back end of this machine, and the emulations.
pub(crate) fn kernels() -> Vec<(String, &'static dyn Kernel)> {
    let available = Backend::available().into_iter().map(|b| (b.to_string(), b.kernel()));
    available.chain(simd::emulated().map(|(name, kernel)| (name.to_string(), kernel))).collect()
}

/// The cyclic product by the transforms of a back end, for a whole or a truncated length; on several threads, where they
/// pay.
fn cyclic(
    kernel: &'static dyn Kernel,
    prime: &Prime,
    a: &[u64],
    b: &[u64],
    length: usize,
    many: bool,
) -> Vec<u64> {
    let m = prime.modulus();
    let transform = values::Transform { kernel, prime, length };
    let filled = |v: &[u64]| v.len() - v.iter().rev().take_while(|&&c| c == 0).count();
    // Whatever stands beyond the operand.
    let buffer = || vec![u64::MAX; transform.length];
    let scaled = |x: Vec<u64>| x.iter().map(|&x| m.mul(m.reduce(x), transform.scale())).collect::<Vec<_>>();
    let (a, b) = (Source::Direct(&a[..filled(a)]), Source::Direct(&b[..filled(b)]));
    let (mut x, mut y) = (buffer(), buffer());
    transform.product(a, Some((b, &mut y)), &mut x, many);
    let product = scaled(x);
    if !many {
        let values = |v| {
            let mut buffer = buffer();
            transform.forward(v, &mut buffer);
            buffer
        };
        let (mut x, y) = (values(a), values(b));
        kernel.pointwise(prime, &mut x, &y);
        transform.inverse(&mut x);
        assert!(scaled(x) == product, "a product in one go, {length} points");
    }
    product
}

#[test]
fn cyclic_products_of_all_lengths() {
    for prime in [
        primes(Family::Common, 1)[0].clone(),
        primes(Family::Common, 64)[63].clone(),
        primes(Family::Long, 64)[63].clone(),
        user_prime(998_244_353).expect("prime"),
        user_prime(12_289).expect("prime"),
        user_prime(193).expect("prime"),
        user_prime(97).expect("prime"),
    ] {
        let m = *prime.modulus();
        for k in 0..11 {
            let n = 1 << k;
            if n > prime.max_length() {
                break;
            }
            for (a, b) in [
                (random(prime.p(), n, 1), random(prime.p(), n, 2)),
                (vec![prime.p() - 1; n], vec![prime.p() - 1; n]),
            ] {
                let full = naive(&m, &a, &b, 0..2 * n - 1);
                let mut expected = full[..n].to_vec();
                for (e, &high) in expected.iter_mut().zip(&full[n..]) {
                    *e = m.add(*e, high);
                }
                for (name, kernel) in kernels() {
                    if k == 10 && name.starts_with("emulated") {
                        continue;
                    }
                    let product = cyclic(kernel, &prime, &a, &b, n, false);
                    assert_eq!(product, expected, "{name}: length {n} modulo {}", prime.p());
                }
            }
        }
    }
}

#[test]
fn long_transforms_return() {
    // Over the cache, over the tables of roots, and with the largest operands: times 3x^5 is a rotation.
    let prime = &primes(Family::Common, 1)[0];
    let m = prime.modulus();
    for (name, kernel) in kernels() {
        let lengths: &[u32] = if name.starts_with("emulated") { &[11] } else { &[11, 12, 13, 17] };
        for k in lengths {
            let n = 1usize << k;
            let mut factor = vec![0; n];
            factor[5] = 3;
            kernel.forward(prime, &mut factor, 0, n);
            let scale = prime.twiddle(m.mul(m.inverse(n as u64).expect("odd"), kernel.unfactor(prime)));
            for a in [random(4 * prime.p(), n, 3), vec![4 * prime.p() - 1; n]].into_iter().take(1 + 4096 / n)
            {
                let mut x = a.clone();
                kernel.forward(prime, &mut x, 0, n);
                kernel.pointwise(prime, &mut x, &factor);
                kernel.inverse(prime, &mut x, 0);
                kernel.scale(prime, &mut x, scale);
                x.rotate_left(5);
                assert!(x.iter().zip(&a).all(|(&x, &a)| x == m.mul(3, m.reduce(a))), "{name}: length {n}");
            }
        }
    }
}

/// Whole where that is faster: to the sixteenth where `tuning::TRUNCATED` says so, and never shorter than what is asked for.
#[test]
fn fast_lengths() {
    let asked = [1, 1025, 2048, 2305, 2816, 2817, 4096, 12288, 12289, 16384, 196_608, 196_609];
    let expected = [1, 2048, 2048, 2560, 2816, 4096, 4096, 12288, 16384, 16384, 196_608, 212_992];
    assert_eq!(asked.map(fast_length), expected);
    assert!((1..20_000).all(|n| fast_length(n) >= n && fast_length(n) <= n.next_power_of_two()));
}

#[test]
fn truncated_products_of_all_block_counts() {
    for prime in [
        primes(Family::Common, 1)[0].clone(),
        primes(Family::Long, 2)[1].clone(),
        user_prime(998_244_353).expect("prime"),
    ] {
        let m = *prime.modulus();
        for size in [64usize, 128, 256, 512, 1024, 2048] {
            let points = truncated::Cut::of(size - 1, false).map_or(size, |cut| cut.points);
            for known in size / points / 2 + 1..=size / points {
                let used = known * points;
                assert_eq!(truncated::length(used - 1), used);
                for left in [1, used / 3 + 1, used.div_ceil(2), used] {
                    let right = used + 1 - left;
                    let a = random(prime.p(), left, 5);
                    let b = random(prime.p(), right, 6);
                    let expected = naive(&m, &a, &b, 0..used);
                    for (name, kernel) in kernels() {
                        let emulated = name.starts_with("emulated");
                        if size > 512 && (left == 1 || emulated && (known % 7 != 2 || left < used)) {
                            continue;
                        }
                        let product = cyclic(kernel, &prime, &a, &b, used, false);
                        assert_eq!(product, expected, "{name}: {known} of {size}");
                    }
                }
            }
        }
    }
}

#[cfg(feature = "parallel")]
fn pools() -> [rayon::ThreadPool; 4] {
    [1, 2, 3, 4].map(|n| rayon::ThreadPoolBuilder::new().num_threads(n).build().expect("threads"))
}

#[cfg(feature = "parallel")]
#[test]
fn transforms_do_not_depend_on_the_number_of_threads() {
    let prime = &primes(Family::Common, 1)[0];
    let points = 4 * tuning::PARALLEL_POINTS / 2;
    let (a, b) = (random(prime.p(), points / 2 - 7, 1), random(prime.p(), points / 2 + 8, 2));
    for backend in Backend::available() {
        let kernel = backend.kernel();
        for length in [points, points / 16 * 11] {
            let (a, b) = (&a[..length / 2 - 7], &b[..length / 2 + 8]);
            let expected = cyclic(kernel, prime, a, b, length, false);
            for pool in pools() {
                assert!(pool.install(|| cyclic(kernel, prime, a, b, length, true)) == expected, "{backend}");
            }
        }
    }
}

#[cfg(feature = "parallel")]
#[test]
fn blocks_do_not_depend_on_the_number_of_threads() {
    // Long enough for threads, one prime, so that they are left.
    let m = WordModulus::new(998_244_353).expect("in range");
    let long = random(998_244_353, 4 * tuning::PARALLEL_POINTS + 77, 1);
    let short = random(998_244_353, 900, 2);
    let full = long.len() + short.len() - 1;
    let whole = Ntt {
        primes: 1,
        length: full.next_power_of_two(),
        block: 0,
        direct: true,
        chunk: 0,
        slice: 0,
        family: Family::Common,
    };
    let shape = |window| Shape { a: long.len(), b: short.len(), window, square: false };
    let expected = words(&whole, &m, &long, &short, &shape(0..full));
    let plan = Ntt { length: 4096, block: 4096 - 899, ..whole };
    for pool in pools() {
        for window in [0..full, 5000..20_000, 899..long.len(), 3197..6394, full - 1..full] {
            let out = pool.install(|| words(&plan, &m, &long, &short, &shape(window.clone())));
            assert!(out == expected[window.clone()], "{window:?}");
        }
    }
}

#[cfg(feature = "parallel")]
#[test]
fn integer_products_do_not_depend_on_the_number_of_threads() {
    use crate::{convolution::integers, integer::IntegerVec};
    // As many primes as occupy all threads, fewer, and some that are left; beyond the lengths where a transform is spread.
    let points = 4 * tuning::PARALLEL_POINTS;
    let pools = pools();
    for (len, short, bits) in [
        (points - 1000, 1001, 20),
        (points / 2, points / 2, 8),
        (points / 2 + 9, points / 4, 60),
        (points / 2, points / 2 - 5, 64),
        (3 * points / 8, 3 * points / 8, 120),
    ] {
        let rows = |len: usize, seed| {
            let words = random(1 << 63, 2 * len, seed);
            let narrow = words.chunks(2).flat_map(|w| {
                let x = (i128::from(w[0]) << 63 | i128::from(w[1])) >> (126 - bits);
                let x = if w[0] & 1 == 1 { -x } else { x };
                [x as u64, (x >> 64) as u64]
            });
            IntegerVec::from_limbs(narrow.collect(), 2)
        };
        let (a, b) = (rows(len, 1), rows(short, 2));
        for (a, b) in [(&a, &b), (&a, &a)] {
            let full = a.len() + b.len() - 1;
            for window in [0..full, full / 3..full / 3 * 2] {
                let want = Want::range(window).by(Algorithm::Ntt);
                let product = || integers(a.as_slice(), b.as_slice(), &want).expect("under the limit");
                let expected = pools[0].install(product);
                for pool in &pools[1..] {
                    assert!(pool.install(product) == expected, "{len} by {short} of {bits} bits");
                }
                assert!(product() == expected, "{len} by {short} of {bits} bits, from outside");
            }
        }
    }
}

#[test]
fn residue_products_by_every_layout() {
    for n in [1, 2, 3, 6, 97, 1 << 32, 998_244_353, (1 << 61) - 1, (1 << 64) - 59, (1 << 64) - 1, 1 << 64] {
        let modulus = WordModulus::from_u128(n).expect("in range");
        for (m, l) in [(1, 1), (5, 9), (40, 40), (300, 301), (7, 700), (90, 1000)] {
            let maximal = |len: usize| vec![(n - 1) as u64; len];
            let limited = |len, seed| random(u64::try_from(n).unwrap_or(u64::MAX), len, seed);
            for (a, b) in [(limited(m, 1), limited(l, 2)), (maximal(m), maximal(l))] {
                for window in [0..m + l - 1, 0..m, m / 2..l, m - 1..m, l - 1..m + l - 1] {
                    let want = Want::range(window.clone());
                    let shape = Shape::new(m, l, &want);
                    let full = (m + l - 1).next_power_of_two();
                    let expected = naive(&modulus, &a, &b, window);
                    let Ok(Plan::Ntt(plan)) = plan_by(
                        &Facts::Word { modulus: n },
                        &Shape { window: 0..m + l - 1, ..shape.clone() },
                        Algorithm::Ntt,
                    ) else {
                        panic!("transforms apply")
                    };
                    let mut plans = vec![Ntt { length: full, block: 0, ..plan }];
                    plans.push(Ntt { direct: false, primes: 3, ..plans[0] });
                    plans.push(Ntt { direct: false, primes: 3, ..plan });
                    plans.push(Ntt { family: Family::Long, ..plans[2] });
                    let length = m.min(l).next_power_of_two() * 4;
                    plans.push(Ntt {
                        length,
                        block: length - m.min(l) + 1,
                        direct: false,
                        primes: 3,
                        chunk: 0,
                        slice: 0,
                        family: Family::Common,
                    });
                    for plan in plans {
                        if plan.direct && plan.length > direct_length(n) {
                            continue;
                        }
                        let result = words(&plan, &modulus, &a, &b, &shape);
                        assert_eq!(result, expected, "{n} {m} {l} {plan:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn only_known_back_ends_are_accepted() {
    let available = [Backend::Portable, Backend::Avx2];
    assert_eq!(choose("portable", &available), Ok(Backend::Portable));
    assert_eq!(choose("avx2", &available), Ok(Backend::Avx2));
    for name in ["", "Portable", "ifma", "avx512", "none"] {
        let message = choose(name, &available).expect_err("not there");
        assert!(message.contains(name) && message.contains("portable, avx2"), "{message}");
    }
}

#[test]
fn sums_of_products_of_values() {
    for prime in [
        primes(Family::Common, 1)[0].clone(),
        primes(Family::Common, 64)[63].clone(),
        user_prime(193).expect("prime"),
    ] {
        let m = *prime.modulus();
        for n in [1usize, 2, 8, 16, 64, 128, 512] {
            if n > prime.max_length() {
                break;
            }
            let cyclic = |a: &[u64], b: &[u64]| {
                let full = naive(&m, a, b, 0..2 * n - 1);
                (0..n)
                    .map(|k| full.get(k + n).map_or(full[k], |&high| m.add(full[k], high)))
                    .collect::<Vec<_>>()
            };
            for operands in [
                [1, 2, 3, 4, 5].map(|seed| random(prime.p(), n, seed)),
                [const { Vec::new() }; 5].map(|_: Vec<u64>| vec![prime.p() - 1; n]),
            ] {
                let [a, b, c, d, e] = &operands;
                let (w, v) = (prime.p() - 2, 3);
                let (ab, cd) = (cyclic(a, b), cyclic(c, d));
                let expected: Vec<u64> = (0..n)
                    .map(|k| m.mul(v, m.add(m.add(ab[k], m.add(cd[k], cd[k])), m.mul(w, e[k]))))
                    .collect();
                for (name, kernel) in kernels() {
                    let values = |x: &[u64]| {
                        let mut x = x.to_vec();
                        kernel.forward(&prime, &mut x, 0, n);
                        x
                    };
                    let mut sum = values(a);
                    kernel.pointwise(&prime, &mut sum, &values(b));
                    kernel.accumulate(&prime, &mut sum, &values(c), &values(d));
                    let unfactor = kernel.unfactor(&prime);
                    let once = m.mul(w, m.inverse(unfactor).expect("a power of two"));
                    kernel.add_scaled(&prime, &mut sum, &values(e), prime.twiddle(once));
                    kernel.accumulate(&prime, &mut sum, &values(d), &values(c));
                    kernel.multiply(&prime, &mut sum, prime.twiddle(v));
                    // Fresh values as the sum.
                    let mut fresh = values(a);
                    kernel.add_scaled(&prime, &mut fresh, &values(a), prime.twiddle(prime.p() - 1));
                    kernel.add_scaled(&prime, &mut fresh, &sum, prime.twiddle(1));
                    kernel.inverse(&prime, &mut fresh, 0);
                    let scale = m.mul(m.inverse(m.reduce(n as u64)).expect("odd"), unfactor);
                    let got: Vec<u64> = fresh.iter().map(|&x| m.mul(m.reduce(x), scale)).collect();
                    assert_eq!(got, expected, "{name}: length {n} modulo {}", prime.p());
                }
            }
        }
    }
}
