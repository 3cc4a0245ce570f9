//! Series against identities and against the recurrences.

use super::*;
use crate::{
    ErrorKind,
    convolution::{Want, tuning},
    ring::{QQ, RR, ZZ, Zmod},
};

/// `q*g = f` for every length around the base and its doubles, for short and long operands.
#[test]
fn quotients_times_divisors() {
    for n in [2u64, 6, 998_244_353, (1 << 61) - 1, u64::MAX] {
        let ring = Zmod::new(n);
        let draw = |len: usize, seed: u64| -> Vec<u64> {
            let word = |k: u64| (seed + k).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
            let mut v: Vec<u64> =
                (0..len as u64).map(|k| word(k * k + 1).wrapping_mul(word(k)) % n).collect();
            v[0] = 1;
            v
        };
        let base = tuning::SERIES_BASE;
        for len in [1, 2, 3, base - 1, base, base + 1, 2 * base + 1, 5 * base - 3, 16 * base] {
            for divisor in [1, 2, base / 2, len, len + 7] {
                let (f, g) = (draw(len, 5), draw(divisor, 9));
                let q = quotient(&ring, &f, &g, len).unwrap();
                assert_eq!(q.len(), len);
                assert_eq!(ring.convolve(&q, &g, &Want::low(len)).unwrap(), f, "{n} {len} {divisor}");
                let mut one = ring.convolve(&inverse(&ring, &g, len).unwrap(), &g, &Want::low(len)).unwrap();
                assert_eq!(std::mem::take(&mut one[0]), 1);
                assert!(one.iter().all(|&c| c == 0));
            }
        }
    }
}

#[test]
fn constants_that_are_no_units() {
    assert_eq!(inverse(&QQ, &[], 3).unwrap_err().kind(), ErrorKind::Undefined);
    assert_eq!(inverse(&Zmod::new(6), &[4, 1], 3).unwrap_err().factor(), Some(&2.into()));
    assert!(inverse(&ZZ, &[2, 1].map(Into::into), 3).is_err());
    assert_eq!(inverse(&Zmod::new(1), &[0], 3).unwrap(), [0, 0, 0]);
    assert_eq!(inverse(&ZZ, &[1.into()], 0).unwrap(), []);
}

fn draw(n: u64, len: usize, seed: u64) -> Vec<u64> {
    let word = |k: u64| (seed + k).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    (0..len as u64).map(|k| word(k * k + 1).wrapping_mul(word(k)) % n).collect()
}

/// Lengths around those where Newton's iteration begins, and an operand of few and of many terms.
fn lengths() -> [usize; 11] {
    let base = tuning::SERIES_BASE;
    [1, 2, 3, base - 1, base, base + 1, 2 * base, 2 * base + 1, 5 * base - 3, 8 * base + 1, 16 * base]
}

const PRIMES: [u64; 3] = [998_244_353, (1 << 61) - 1, 1009];

#[test]
fn exponentials_and_logarithms() {
    for p in PRIMES {
        let field = Zmod::prime(p).unwrap();
        for n in lengths() {
            for terms in [n, n.min(3), n.min(tuning::SERIES_TERMS), n.min(tuning::SERIES_TERMS + 2), n + 9] {
                let mut f = draw(p, terms, 7);
                f[0] = 0;
                let e = elementary(&field, Elementary::Exp, &f, n).unwrap();
                assert_eq!(e, recurrence::exp(&field, &f, n).unwrap(), "{p} {n} {terms}");
                let mut log = elementary(&field, Elementary::Log, &e, n).unwrap();
                log.truncate(terms);
                let mut cut = f.clone();
                cut.truncate(n);
                cut.resize(log.len(), 0);
                assert_eq!(log, cut, "{p} {n} {terms}");
                let (s, c) = sine_cosine(&field, &f, n).unwrap();
                assert_eq!((s.clone(), c.clone()), recurrence::sine_cosine(&field, &f, false, n).unwrap());
                let one = field.convolve_sum(&[(&s, &s), (&c, &c)], &Want::low(n)).unwrap();
                assert_eq!(one, padded_one(n), "sin^2 + cos^2");
                let inverse = |function, f: &[u64]| elementary(&field, function, f, n).unwrap();
                for (function, back) in [
                    (Elementary::Sin, Elementary::Asin),
                    (Elementary::Tan, Elementary::Atan),
                    (Elementary::Sinh, Elementary::Asinh),
                    (Elementary::Tanh, Elementary::Atanh),
                ] {
                    assert_eq!(
                        inverse(back, &inverse(function, &f))[..terms.min(n)],
                        cut[..terms.min(n)],
                        "{function} {p} {n}"
                    );
                }
            }
        }
    }
}

fn padded_one(n: usize) -> Vec<u64> {
    let mut one = vec![0; n];
    one[0] = 1;
    one
}

/// `(f^a)^b = f^(a*b)`, with valuations, roots of constants and exponents of any size, against products.
#[test]
fn powers() {
    let rational = |a: i64, b: i64| BigRational::new(a.into(), b.into());
    for p in PRIMES {
        let field = Zmod::prime(p).unwrap();
        for n in lengths() {
            for v in [0, 1, 2] {
                let mut f = draw(p, n, 3);
                f.rotate_right(v.min(n));
                f.iter_mut().take(v).for_each(|c| *c = 0);
                if n > v {
                    f[v] = 9;
                }
                let whole = field.power(&f, 12, &Want::low(n)).unwrap();
                let mut expected = whole.clone();
                expected.resize(n, 0);
                assert_eq!(power(&field, &f, &rational(12, 1), n).unwrap(), expected, "{p} {n} {v}");
                let root = root(&field, &expected, 2, n);
                if n > 12 * v {
                    let square = power(&field, &root.unwrap(), &rational(2, 1), n).unwrap();
                    assert_eq!(square[..n - 6 * v], expected[..n - 6 * v], "{p} {n} {v}");
                }
                if v == 0 {
                    let third = power(&field, &f, &rational(-5, 3), n);
                    if let Ok(third) = third {
                        let back = power(&field, &third, &rational(3, 1), n).unwrap();
                        assert_eq!(back, power(&field, &f, &rational(-5, 1), n).unwrap());
                    }
                    let huge = power(&field, &f, &rational(1_000_000_000_000_000_000, 1), n).unwrap();
                    let a = Plain::new(&field);
                    let expected = roots::low_power(&a, &f, &1_000_000_000_000_000_000u64.into(), n).unwrap();
                    assert_eq!(huge, padded(&a, expected, n));
                }
            }
        }
    }
}

/// Lengths beyond the characteristic: binary powering of polynomials is the oracle.
#[test]
fn small_characteristic() {
    let rational = |a: i64, b: i64| BigRational::new(a.into(), b.into());
    for p in [2u64, 3, 5, 7] {
        let field = Zmod::prime(p).unwrap();
        for n in [1, 2, 5, 9, 30, 70] {
            let mut f = draw(p, n, 11);
            f[0] = 1;
            for e in [1u64, 2, 4, 5, 6, 7, 25, 100, 12345] {
                let mut expected = field.power(&f, e, &Want::low(n)).unwrap();
                expected.resize(n, 0);
                let found = power(&field, &f, &rational(e as i64, 1), n).unwrap();
                assert_eq!(found, expected, "{p} {n} ^{e}");
                let one = power(&field, &expected, &rational(-1, e as i64), n);
                if e % p != 0 {
                    let root = power(&field, &found, &rational(1, e as i64), n).unwrap();
                    assert_eq!(root, f, "{p} {n} {e}-th root");
                    let product = field.convolve(&one.unwrap(), &f, &Want::low(n)).unwrap();
                    assert_eq!(product, padded_one(n));
                }
            }
            // A p-th power has a p-th root, which takes p times as many coefficients.
            let whole = field.power(&f, 2 * p, &Want::full()).unwrap();
            let root = root(&field, &whole, 2 * p, n).unwrap();
            let mut expected = f.clone();
            expected.truncate(n);
            let negative: Vec<u64> = expected.iter().map(|c| field.neg(c)).collect();
            assert!(root == expected || root == negative, "{p} {n}");
        }
        // x^n/n! is not there from n = p on; with x^7 for x that is from x^(7p) on.
        let of = |function, n| elementary(&field, function, &[0, 0, 0, 0, 0, 0, 0, 1], n);
        let e = of(Elementary::Exp, 7 * p as usize).unwrap();
        assert_eq!(
            e.iter().step_by(7).copied().collect::<Vec<_>>(),
            elementary(&field, Elementary::Exp, &[0, 1], p as usize).unwrap()
        );
        let error = of(Elementary::Exp, 7 * p as usize + 1).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("the coefficient of x^{} would have to be divided by {p},", 7 * p)),
            "{error}"
        );
        let error = root(&field, &[1, 1], p, 5).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotExact);
        let error = elementary(&field, Elementary::Exp, &[0, 1], p as usize + 1).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Undefined);
        assert!(error.to_string().starts_with(&format!("the coefficient of x^{p} ")), "{error}");
    }
    let error = elementary(&Zmod::new(35), Elementary::Log, &[1, 1], 9).unwrap_err();
    assert_eq!(error.factor(), Some(&5.into()));
}

/// Where coefficients cease to be defined: those of the functions over Q, whose denominators say it, composed by Horner's rule.
#[test]
fn as_many_coefficients_as_there_are() {
    const MOST: usize = 34;
    let functions =
        Elementary::ALL.into_iter().filter(|f| !matches!(f, Elementary::Acos | Elementary::Acosh));
    for function in functions {
        let c = u8::from(function == Elementary::Log);
        let x = [c, 1].map(|c| BigRational::from_integer(c.into()));
        let outer = elementary(&QQ, function, &x, MOST).unwrap();
        for modulus in [2u64, 3, 4, 5, 6, 7, 9, 11, 15] {
            let ring = Zmod::new(modulus);
            let image = |c: &BigRational| {
                let inverse = ring.try_inverse(&ring.try_from_integer(c.denom().clone())?)?;
                ring.try_mul(&ring.try_from_integer(c.numer().clone())?, &inverse)
            };
            let outer: Vec<Result<u64>> = outer.iter().map(image).collect();
            let first = outer.iter().position(Result::is_err).unwrap_or(MOST);
            for v in 1..4 {
                let mut f = draw(modulus, 2 * v + 1, 7);
                f[..v].fill(0);
                (f[0], f[v]) = (c.into(), 1);
                let mut h = f.clone();
                h[0] = 0;
                for n in (1..=MOST).filter(|n| n.abs_diff(first * v) < 4 || *n < 4 || *n == MOST) {
                    let found = elementary(&ring, function, &f, n);
                    if first * v < n {
                        let error = found.unwrap_err().to_string();
                        let start =
                            format!("the coefficient of x^{} would have to be divided by ", first * v);
                        assert!(error.starts_with(&start), "{function} modulo {modulus}, {v} {n}: {error}");
                        continue;
                    }
                    let mut expected = vec![0; n];
                    for a in outer[..(n - 1) / v + 1].iter().rev() {
                        expected = ring.convolve(&expected, &h, &Want::low(n)).unwrap();
                        expected.resize(n, 0);
                        expected[0] = ring.add(&expected[0], a.as_ref().unwrap());
                    }
                    assert_eq!(found.unwrap(), expected, "{function} modulo {modulus}, {v} {n}");
                }
            }
        }
    }
    // Of the sine one coefficient less is there than of the cosine.
    let field = Zmod::prime(7).unwrap();
    assert_eq!(sine_cosine(&field, &[0, 1], 7).unwrap().1[6], field.try_inverse(&(720 * 6 % 7)).unwrap());
    assert!(sine_cosine(&field, &[0, 1], 8).unwrap_err().to_string().contains("x^7"));
    let two = Zmod::prime(2).unwrap();
    assert!(sine_cosine(&two, &[0, 1], 4).unwrap_err().to_string().contains("x^2"));
}

#[test]
fn constants() {
    let [half, one, two] = [(1, 2), (1, 1), (2, 1)].map(|(a, b)| BigRational::new(a.into(), b.into()));
    let error = elementary(&QQ, Elementary::Log, std::slice::from_ref(&two), 3).unwrap_err();
    assert_eq!(
        error.to_string(),
        "log of a power series is defined here for the constant coefficient 1, not 2"
    );
    let error = elementary(&QQ, Elementary::Exp, std::slice::from_ref(&one), 3).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Undefined);
    // acos(1 - x^2/2) = x + x^3/24 + ...
    let zero = QQ.zero();
    let f = elementary(&QQ, Elementary::Acos, &[one.clone(), zero.clone(), -&half], 4).unwrap();
    let text: Vec<String> = f.iter().map(ToString::to_string).collect();
    assert!(text == ["0", "1", "0", "1/24"] || text == ["0", "-1", "0", "-1/24"], "{text:?}");
    let error = root(&ZZ, &[0, 1].map(Into::into), 2, 3).unwrap_err();
    assert_eq!(error.to_string(), "x^1 has no square root among the power series");
    let error = quotient(&QQ, std::slice::from_ref(&one), &[zero, one.clone()], 3).unwrap_err();
    assert_eq!(error.to_string(), "the result would begin with x^-1");
}

/// Floats with any constant coefficient, against values at a small argument.
#[test]
fn floats() {
    let f = [0.25f64, -0.5, 0.125, 0.75];
    let at = |f: &[f64], x: f64| f.iter().rev().fold(0.0, |v, c| v * x + c);
    let x = 1e-2;
    for function in Elementary::ALL {
        let f = if function == Elementary::Acosh { [1.25, -0.5, 0.125, 0.75] } else { f };
        let series = elementary(&RR, function, &f, 12).unwrap();
        let expected = RR.try_elementary(function, &at(&f, x)).unwrap();
        let found = at(&series, x);
        assert!(
            (found - expected).abs() <= 1e-14 * expected.abs().max(1.0),
            "{function}: {found} {expected}"
        );
    }
    let e = BigRational::new(1.into(), 3.into());
    let found = at(&power(&RR, &f, &e, 12).unwrap(), x);
    assert!((found - at(&f, x).cbrt()).abs() < 1e-14);
}

/// Arguments beside the branch cuts, and at a branch point with many coefficients, which rounding does not move.
#[test]
fn branches() {
    use crate::ring::CC;
    use num_complex::Complex;
    let x = 1e-3;
    for c in
        [Complex::new(-2.0, 1.0), Complex::new(-2.0, -1.0), Complex::new(0.5, 3.0), Complex::new(3.0, -0.25)]
    {
        for function in Elementary::ALL {
            let f = [c, Complex::new(1.0, 0.0)];
            let series = elementary(&CC, function, &f, 8).unwrap();
            let found = series.iter().rev().fold(Complex::new(0.0, 0.0), |v, c| v * x + c);
            let expected = CC.try_elementary(function, &(c + x)).unwrap();
            assert!(
                (found - expected).norm() < 1e-12 * expected.norm().max(1.0),
                "{function} at {c}: {found} {expected}"
            );
        }
    }
    let n = 3000;
    let mut f: Vec<f64> = (0..n).map(|k| ((k * k % 17) as f64 - 8.0) / 20.0 / (k + 1) as f64).collect();
    (f[0], f[1], f[2]) = (1.0, 0.0, -0.5);
    let short = elementary(&RR, Elementary::Acos, &f[..6], 5).unwrap();
    let long = elementary(&RR, Elementary::Acos, &f, n - 1).unwrap();
    assert!(short.iter().zip(&long).all(|(a, b)| (a - b).abs() < 1e-9), "{short:?} {:?}", &long[..5]);
}

/// What a review found: natural powers without inverses, few coefficients where 2 is no unit, and results that would not be series.
#[test]
fn where_little_is_a_unit() {
    let rational = |a: i64| BigRational::from_integer(a.into());
    assert_eq!(power(&Zmod::new(4), &[2, 1], &rational(4), 5).unwrap(), [0, 0, 0, 0, 1]);
    let big = BigRational::from_integer(num_bigint::BigInt::from(10).pow(30));
    assert_eq!(power(&Zmod::new(6), &[1, 1], &big, 2).unwrap(), [1, 4]);
    let two = Zmod::prime(2).unwrap();
    assert_eq!(elementary(&two, Elementary::Sinh, &[0, 1], 2).unwrap(), [0, 1]);
    assert_eq!(elementary(&two, Elementary::Sinh, &[0, 1], 3).unwrap(), [0, 1, 0]);
    assert!(elementary(&two, Elementary::Sinh, &[0, 1], 4).unwrap_err().to_string().contains("x^3"));
    assert!(elementary(&two, Elementary::Acos, &[1, 1], 2).is_err());
    let one = Zmod::new(1);
    for function in Elementary::ALL {
        let _ = elementary(&one, function, &[0], 3);
    }
    // Coefficients of their own denominators, not one for all.
    let log = elementary(&ZZ, Elementary::Log, &[1, 1].map(Into::into), 3000);
    assert_eq!(log.unwrap_err().kind(), ErrorKind::NotExact);
    let f = [1, 1].map(rational);
    assert_eq!(
        elementary(&QQ, Elementary::Log, &f, 3000).unwrap()[2999],
        BigRational::new(1.into(), 2999.into())
    );
}
