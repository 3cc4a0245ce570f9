//! Every method of powers against the repeated product.

use super::*;
use crate::convolution::{Algorithm, schoolbook::naive};
use num_bigint::BigInt;

fn reference(f: &[BigInt], n: u64) -> Vec<BigInt> {
    (0..n).fold(vec![1.into()], |power, _| naive(&power, f))
}

#[test]
fn every_method_gives_the_repeated_product() {
    let cases: [&[i64]; 13] = [
        &[1, 1],
        &[1, -1],
        &[2, 3],
        &[1, 1, 1, 1, 1, 1],
        &[0, 1, 1, 1, 1, 1, 1],
        &[-3, -3, -3, -3],
        &[1, 2, 3, 2, 1],
        &[0, 0, 5, 0, 0, -7, 0, 0],
        &[4],
        &[0, -1],
        &[i64::MAX, i64::MIN, 3],
        &[1 << 40, -(1 << 41), 7, 1],
        &[-6, 0, 0, 0, 0, 0, 0, 0, 1],
    ];
    for f in cases {
        let rows = IntegerVec::from_i64s(f);
        let big = rows.to_bigints();
        for n in [0, 1, 2, 3, 7, 20] {
            let expected = reference(&big, n);
            let (full, half) = (expected.len(), expected.len() / 2);
            for window in [0..full, 0..half, half..full, 0..1, full - 1..full, half..half] {
                for by in
                    [None, Some(Algorithm::Schoolbook), Some(Algorithm::Ntt), Some(Algorithm::Karatsuba)]
                {
                    let mut want = Want::range(window.clone());
                    want.algorithm = by;
                    let power = integers_power(rows.as_slice(), n, &want).expect("small");
                    assert!(power.to_bigints() == expected[window.clone()], "{f:?}^{n} {want:?}");
                }
            }
        }
    }
}

/// Coefficients of many limbs, by the three terms of a run and by transforms; into memory that is there.
#[test]
fn runs_of_every_length_and_window() {
    let mut out = IntegerVec::from_i128s(&[-1; 3000]);
    for (c, size, n) in [
        (1, 6, 300),
        (-3, 4, 101),
        (-5, 7, 64),
        (1, 40, 30),
        (1 << 40, 5, 33),
        (i64::MIN, 4, 9),
        (2, 1000, 3),
    ] {
        let rows = IntegerVec::from_i64s(&vec![c; size]);
        let expected = integers_power(rows.as_slice(), n, &Want::full().by(Algorithm::Ntt)).expect("small");
        let full = expected.len();
        let middle = full / 2;
        for window in [0..full, 0..1, 0..middle, middle..full, middle - 3..middle + 4, full - 2..full, 3..9] {
            let want = Want::range(window.clone()).by(Algorithm::Schoolbook);
            integers_power_into(rows.as_slice(), n, &want, &mut out).expect("small");
            assert!(out.as_slice() == expected.range(window.clone()), "({c} of {size})^{n} in {window:?}");
            let values = bigints_power(rows.as_slice(), n, &Want::range(window.clone())).expect("small");
            assert!(
                values == expected.range(window.clone()).to_bigints(),
                "({c} of {size})^{n} in {window:?}"
            );
        }
    }
}

#[test]
fn wide_coefficients_and_zero() {
    let f: Vec<BigInt> = (0..9).map(|k: i32| BigInt::from(k - 4) << (30 * k)).collect();
    let rows = IntegerVec::from_bigints(&f);
    let power = integers_power(rows.as_slice(), 6, &Want::full()).expect("small");
    assert!(power.to_bigints() == reference(&f, 6));
    let zero = IntegerVec::zeros(3, 2);
    let power = integers_power(zero.as_slice(), 4, &Want::full()).expect("small");
    assert_eq!(power.to_bigints(), vec![BigInt::ZERO; 9]);
    let none = IntegerVec::zeros(0, 1);
    assert_eq!(integers_power(none.as_slice(), 0, &Want::full()).expect("small").len(), 1);
    assert_eq!(integers_power(none.as_slice(), 2, &Want::full()).expect("small").len(), 0);
}

#[test]
fn low_coefficients_of_a_huge_power() {
    // Binomials of 10^9 over k.
    let power = integers_power(IntegerVec::from_i64s(&[1, 1]).as_slice(), 1_000_000_000, &Want::low(4));
    let n = BigInt::from(1_000_000_000);
    let pairs: BigInt = &n * (&n - 1) / 2;
    let triples = &pairs * (&n - 2) / 3;
    assert_eq!(power.expect("small").to_bigints(), [1.into(), n, pairs, triples]);
}

/// A constant term that is nothing beside the leading one.
#[test]
fn low_coefficients_below_large_ones() {
    let mut f = vec![BigInt::ZERO; 41];
    (f[0], f[1], f[40]) = (-(BigInt::from(3) << 900u32), 5.into(), BigInt::from(1) << 2500u32);
    let rows = IntegerVec::from_bigints(&f);
    let expected = reference(&f, 3);
    for end in [1, 2, 3, 40, 41, 60, 121] {
        let power = integers_power(rows.as_slice(), 3, &Want::low(end)).expect("small");
        assert!(power.to_bigints() == expected[..end], "{end}");
    }
}

#[test]
fn sizes_over_the_limit_are_refused() {
    let f = IntegerVec::from_i64s(&[1, 1]);
    for n in [u64::MAX, 1 << 62, 1 << 40] {
        let error = integers_power(f.as_slice(), n, &Want::full()).expect_err("too large");
        assert_eq!(error.kind(), crate::ErrorKind::Limit);
        let seven = WordModulus::new(7).expect("not 0");
        assert!(words_mod_power(&seven, &[1, 1], n, &Want::full()).is_err());
    }
}

#[test]
fn powers_modulo_a_large_number() {
    let n = BigModulus::new((num_bigint::BigUint::from(1u8) << 200) + 235u8).expect("not 0");
    let f: Vec<BigInt> = (1..6).map(|k: i32| (BigInt::from(k) << (200 - k)) - k).collect();
    let rows = IntegerVec::from_bigints(&f);
    for e in 0..9 {
        let expected: Vec<BigInt> = reference(&f, e).iter().map(|c| n.reduce(c).into()).collect();
        for window in [0..expected.len(), 0..1, expected.len() / 2..expected.len()] {
            let power = integers_mod_power(&n, rows.as_slice(), e, &Want::range(window.clone()));
            assert!(power.expect("small").to_bigints() == expected[window]);
        }
    }
}

#[test]
fn powers_of_residues() {
    for n in [1, 2, 6, 97, 998_244_353, (1 << 61) - 1, 1 << 64] {
        let modulus = WordModulus::from_u128(n).expect("in range");
        let f: Vec<u64> = (1..8u64).map(|k| modulus.reduce(k.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
        let mut expected = vec![modulus.one()];
        for e in 0..40 {
            let full = expected.len();
            for window in [0..full, 0..full.div_ceil(3), full / 2..full] {
                let power = words_mod_power(&modulus, &f, e, &Want::range(window.clone())).expect("small");
                assert_eq!(power, expected[window], "modulo {n} to the {e}");
            }
            let by = Want::full().by(Algorithm::Schoolbook);
            expected = words_mod(&modulus, &expected, &f, &by).expect("small");
        }
    }
}
