//! Every algorithm against the definition: all short lengths, all windows, extreme values, squares.

use super::{schoolbook::naive, *};
use num_bigint::BigInt;

/// The algorithms for exact coefficients.
const EXACT: [Algorithm; 4] =
    [Algorithm::Schoolbook, Algorithm::Karatsuba, Algorithm::Kronecker, Algorithm::Ntt];

/// Values of up to `bits` bits from a fixed sequence, of both signs.
fn random(len: usize, bits: u32, seed: u64) -> Vec<BigInt> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state ^ state >> 29
    };
    (0..len)
        .map(|_| {
            let limbs: BigInt = (0..bits / 64 + 1).fold(BigInt::ZERO, |v, _| (v << 64) + next());
            let value = limbs >> (64 - bits % 64);
            if next() & 4 == 0 { -value } else { value }
        })
        .collect()
}

fn check(a: &[BigInt], b: &[BigInt], want: &Want) {
    let (x, y) = (IntegerVec::from_bigints(a), IntegerVec::from_bigints(b));
    let expected = naive(a, b);
    let window = want.window(a.len(), b.len());
    for want in EXACT.iter().map(|&by| want.clone().by(by)).chain([want.clone()]) {
        let result = integers(x.as_slice(), y.as_slice(), &want).expect("within the limit");
        // The values themselves would fill the screen.
        assert!(result.to_bigints() == expected[window.clone()], "{} x {}, {want:?}", a.len(), b.len());
    }
}

#[test]
fn integers_of_all_widths_lengths_and_windows() {
    for bits in [1, 20, 31, 62, 63, 64, 127, 128, 500] {
        for m in [1, 2, 3, 7, 20] {
            for n in [1, 2, 5, 13, 40] {
                let (a, b) = (random(m, bits, 7), random(n, bits, 8));
                for start in [0, 1, m / 2, m + n - 2] {
                    for end in [start, start + 1, m.max(n), m + n - 1] {
                        check(&a, &b, &Want::range(start..end));
                    }
                }
            }
        }
    }
}

#[test]
fn extreme_rows() {
    for width in 1..5u64 {
        let least = -(BigInt::from(1) << (64 * width - 1));
        let most = -&least - 1;
        for (x, y) in [(&least, &least), (&least, &most), (&most, &most)] {
            check(&vec![x.clone(); 9], &vec![y.clone(); 12], &Want::full());
        }
    }
}

#[test]
fn squares_are_recognised_and_right() {
    for bits in [20, 62, 200] {
        for n in 1..30 {
            let a = random(n, bits, 3);
            let x = IntegerVec::from_bigints(&a);
            let square = integers(x.as_slice(), x.as_slice(), &Want::full()).expect("small");
            assert_eq!(square.to_bigints(), naive(&a, &a));
        }
    }
}

#[test]
fn mostly_zero_rows_and_one_huge() {
    let mut a = vec![BigInt::ZERO; 50];
    a[3] = BigInt::from(-5);
    a[40] = BigInt::from(1) << 3000;
    let b = random(30, 9, 1);
    check(&a, &b, &Want::full());
    check(&b, &a, &Want::range(10..60));
}
