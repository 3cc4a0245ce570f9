//! The ladder against num-bigint: every step of it, every back end, edges of sizes and of values.

use super::*;
use crate::{
    ErrorKind,
    convolution::{Backend, with_backend},
};
use proptest::prelude::*;

/// A number of exactly `bits` bits from a fixed seed, or all ones.
fn number(bits: u64, seed: u64) -> BigUint {
    let one = BigUint::from(1u8);
    if seed == 0 {
        return (one << bits) - 1u8;
    }
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let limbs: Vec<u64> = (0..bits.div_ceil(64))
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state ^ state >> 29
        })
        .collect();
    let x: BigUint = from_limbs(&limbs) | (&one << (64 * limbs.len() as u64 - 1));
    let spare = x.bits() - bits;
    x >> spare
}

/// Limbs in patterns that carry far, and random ones.
fn patterns(len: usize) -> Vec<Vec<u64>> {
    let random = number(64 * len as u64, 7).to_u64_digits();
    let each = |f: fn(usize, usize) -> u64| (0..len).map(|k| f(k, len)).collect::<Vec<_>>();
    vec![
        vec![u64::MAX; len],
        each(|k, n| if k < n / 2 { 0 } else { u64::MAX }),
        each(|k, n| if k < n / 2 { u64::MAX } else { 1 }),
        each(|k, _| if k % 2 == 0 { u64::MAX } else { 0 }),
        each(|k, n| if k + 1 == n { 1 } else { 0 }),
        random,
    ]
}

fn check(a: &[u64], b: &[u64], expected: &BigUint, step: &str, product: impl FnOnce(&mut [u64])) {
    let mut out = vec![0xAAAA; a.len() + b.len()];
    product(&mut out);
    assert!(from_limbs(&out) == *expected, "{} by {} limbs, {step}", a.len(), b.len());
}

/// Every step of the ladder that takes these operands, and the ladder itself under every back end.
fn check_all(a: &[u64], b: &[u64]) {
    let (x, y) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let expected = from_limbs(a) * from_limbs(b);
    if y.len() < 70 {
        check(x, y, &expected, "schoolbook", |out| schoolbook::product(out, x, y));
    }
    let mut scratch = vec![3; karatsuba::scratch_len(y.len())];
    check(x, y, &expected, "Karatsuba", |out| {
        karatsuba::product(out, x, y, &mut scratch, &|_, _, _| false);
    });
    let small = |out: &mut [u64], x: &[u64], y: &[u64]| {
        let small = x.len().max(y.len()) < 50;
        if small {
            schoolbook::product(out, x, y);
        }
        small
    };
    check(x, y, &expected, "Karatsuba over another way", |out| {
        karatsuba::product(out, x, y, &mut scratch, &small);
    });
    check(x, y, &expected, "in parts", |out| in_parts(out, x, y));
    check(a, b, &expected, "slices", |out| integer_product_limbs(a, b, out));
    for backend in Backend::available() {
        with_backend(backend, || check(a, b, &expected, backend.name(), |out| mul_limbs(out, a, b)))
            .expect("available");
    }
}

#[test]
fn all_short_lengths_and_patterns() {
    for m in (1..=36).chain([63, 64, 65, 77, 104, 117, 150]) {
        let operands = patterns(m);
        for x in &operands {
            check_all(x, &operands[0]);
            check_all(x, &operands[5]);
            check_all(x, x);
        }
        check_all(&operands[0], &vec![u64::MAX; m / 3 + 1]);
        check_all(&operands[1], &patterns(2 * m + 5)[0]);
        check_all(&operands[5], &patterns(m + 1)[2]);
    }
}

#[test]
fn slices_of_all_lengths_with_leading_zeros() {
    for (m, n) in (0..=20).flat_map(|m| (0..=20).map(move |n| (m, n))) {
        for zeros in 0..=m.min(3) {
            let (mut a, b) =
                (number(64 * m as u64 + 64, 5).to_u64_digits(), patterns(n + 1)[5][..n].to_vec());
            a.truncate(m);
            a[m - zeros..].fill(0);
            let expected = from_limbs(&a) * from_limbs(&b);
            check(&a, &b, &expected, "slices", |out| integer_product_limbs(&a, &b, out));
        }
    }
}

#[test]
#[should_panic = "a product has the limbs of both factors"]
fn a_slice_too_short() {
    integer_product_limbs(&[1, 2], &[3], &mut [0; 2]);
}

#[test]
fn either_side_of_the_thresholds() {
    let limits = [
        tuning::INTEGER_COLUMNS_LIMBS,
        tuning::INTEGER_DIGITS_LIMBS,
        tuning::INTEGER_KARATSUBA_LIMBS,
        2 * tuning::INTEGER_KARATSUBA_LIMBS,
        tuning::INTEGER_SQUARE_LIMBS,
        2 * tuning::INTEGER_SQUARE_LIMBS,
        tuning::INTEGER_PRODUCT_LIMBS,
        tuning::INTEGER_PRODUCT_LIMBS_DOUBLES,
        tuning::INTEGER_PRODUCT_LIMBS_IFMA,
    ];
    for limbs in limits {
        for limbs in limbs - 1..=limbs + 1 {
            let (a, b) = (number(64 * limbs as u64, 0), number(64 * limbs as u64 + 700, 3));
            check_all(&a.to_u64_digits(), &b.to_u64_digits());
            check_all(&a.to_u64_digits(), &a.to_u64_digits());
            assert!(natural_product(&a, &b) == &a * &b);
            assert!(natural_product(&b, &b) == &b * &b);
        }
    }
}

#[test]
fn products_of_very_different_lengths() {
    for (m, n) in [(300, 1), (300, 7), (300, 19), (1000, 90), (5000, 33), (2000, 1100), (1300, 1200)] {
        check_all(&number(64 * m, 11).to_u64_digits(), &number(64 * n, 12).to_u64_digits());
        check_all(&number(64 * n, 0).to_u64_digits(), &number(64 * m, 0).to_u64_digits());
    }
}

#[test]
fn into_integers_of_any_size() {
    let integer = |limbs: u64, seed: u64| {
        let sign = if seed.is_multiple_of(2) { Sign::Plus } else { Sign::Minus };
        let bits = (64 * limbs).saturating_sub(seed % 3);
        BigInt::from_biguint(sign, if limbs == 0 { BigUint::ZERO } else { number(bits, seed) })
    };
    let mut out = BigInt::ZERO;
    // One destination for all, longer ones after shorter ones and the other way round.
    for m in (0..=36).chain([90, 700]) {
        for n in [0, 1, 2, 3, 4, 5, 8, 9, 12, 13, 16, 17, 31, 32, 33, 70] {
            let (a, b) = (integer(m, m + n), integer(n, 3 * m + 1));
            integer_product_into(&a, &b, &mut out);
            assert_eq!(out, &a * &b, "{m} by {n} limbs");
            assert_eq!(integer_product(&a, &b), out, "{m} by {n} limbs");
            integer_product_into(&b, &b, &mut out);
            assert_eq!(out, &b * &b, "{n} limbs squared");
        }
    }
}

#[test]
fn leading_zeros_and_dirty_results() {
    let x = [u64::MAX, 5, 0, 0];
    for (a, b) in [(&x[..], &x[..1]), (&x[..1], &x[..]), (&x[2..], &x[..2]), (&x[..], &[]), (&[], &[])] {
        check(a, b, &(from_limbs(a) * from_limbs(b)), "ladder", |out| mul_limbs(out, a, b));
    }
}

#[test]
fn sums_of_products_wrap_at_the_end_of_the_sum() {
    for m in [1usize, 3, 4, 5, 8, 21] {
        for n in 1..=m {
            for len in 1..m + n + 3 {
                let (a, b, start) = (vec![u64::MAX; m], vec![u64::MAX; n], vec![u64::MAX; len]);
                let mut sum = start.clone();
                add_product(&mut sum, &a, &b);
                let whole = from_limbs(&a) * from_limbs(&b) + from_limbs(&start);
                assert_eq!(
                    from_limbs(&sum),
                    whole % (BigUint::from(1u8) << (64 * len)),
                    "{m} by {n} into {len}"
                );
            }
        }
    }
}

#[test]
fn zero_and_signs() {
    let big = BigInt::from(number(200_000, 5));
    let zero = BigInt::ZERO;
    assert_eq!(integer_product(&big, &zero), zero);
    assert_eq!(integer_product(&-&big, &big), -integer_square(&big));
    assert_eq!(integer_product(&-&big, &-&big), integer_square(&big));
    assert_eq!(try_integer_div_rem(&big, &zero).unwrap_err().kind(), ErrorKind::Undefined);
    for (a, b) in [(7, 2), (-7, 2), (7, -2), (-7, -2), (0, 3), (6, -3)] {
        let (q, r) = integer_div_rem(&BigInt::from(a), &BigInt::from(b));
        assert_eq!((q, r), ((a / b).into(), (a % b).into()));
    }
}

#[test]
fn division_of_long_numbers() {
    let (b, q) = (BigInt::from(number(70_000, 7)), BigInt::from(number(90_000, 8)));
    let r: BigInt = &b - 1;
    let a = &q * &b + &r;
    assert_eq!(integer_div_rem(&a, &b), (q.clone(), r.clone()));
    assert_eq!(integer_div_rem(&-&a, &b), (-q, -r));
}

proptest! {
    #[test]
    fn random_limbs(a in proptest::collection::vec(any::<u64>(), 1..90), b in proptest::collection::vec(any::<u64>(), 1..90)) {
        let (a, b) = (from_limbs(&a), from_limbs(&b));
        prop_assert_eq!(natural_product(&a, &b), a * b);
    }
}
