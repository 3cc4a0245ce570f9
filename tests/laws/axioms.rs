//! Every ring passes the laws of its rung, on samples that hold 0, 1, -1, non-units and the extremes.

use monic::{
    CC, CC32, I64, I128, Native, PolyRing, QQ, QQ_I, RR, RR32, Ring, ZZ, ZZ_I, Zmod, ZmodBig,
    ring::laws::{Laws, check},
};
use num_bigint::{BigInt, BigUint};
use num_complex::Complex;
use num_rational::{BigRational, Ratio};
use std::num::Wrapping;

fn integers() -> Vec<BigInt> {
    let mut samples: Vec<BigInt> = [0, 1, -1, 2, 6, -35, i64::MAX].map(BigInt::from).into();
    samples.push(-(BigInt::from(1) << 64u8));
    samples.push((BigInt::from(3) << 200u8) + 1);
    samples
}

fn rationals() -> Vec<BigRational> {
    let mut samples: Vec<_> = [(0, 1), (1, 1), (-1, 1), (1, 2), (-22, 7), (6, 35)]
        .map(|(n, d)| BigRational::new(n.into(), d.into()))
        .into();
    samples.push(BigRational::new(BigInt::from(5), BigInt::from(1) << 100u8));
    samples
}

#[test]
fn integer_ring() {
    assert_eq!(Laws::new(&ZZ, &integers()).gcd_domain(), Ok(()));
}

#[test]
fn rational_field() {
    assert_eq!(Laws::new(&QQ, &rationals()).field(), Ok(()));
}

#[test]
fn gaussian_integers_and_rationals() {
    let samples: Vec<_> = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 2), (5, -3), (-4, 6)]
        .map(|(re, im)| Complex::new(BigInt::from(re), BigInt::from(im) << if im == 6 { 70 } else { 0 }))
        .into();
    assert_eq!(Laws::new(&ZZ_I, &samples).gcd_domain(), Ok(()));
    let halves: Vec<_> = samples
        .iter()
        .zip([1, 1, 1, 1, 2, 3, 7, 10])
        .map(|(z, d)| {
            let over = |n: &BigInt| BigRational::new(n.clone(), d.into());
            Complex::new(over(&z.re), over(&z.im))
        })
        .collect();
    assert_eq!(Laws::new(&QQ_I, &halves).field(), Ok(()));
}

/// Small samples; larger ones hold the laws wherever every value fits.
#[test]
fn checked_machine_integers() {
    assert_eq!(Laws::new(&I64, &[0, 1, -1, 2, -7, 30]).gcd_domain(), Ok(()));
    assert_eq!(Laws::new(&I128, &[0, 1, -1, 2, -7, 30]).gcd_domain(), Ok(()));
    assert_eq!(check(&I64, &[0, 1, -1, 3, i64::MAX, i64::MIN, 1 << 32]), Ok(()));
    assert_eq!(check(&I128, &[0, 1, -1, 3, i128::MAX, i128::MIN, 1 << 64]), Ok(()));
}

fn residues(n: u128) -> Vec<u64> {
    let mut samples: Vec<u64> =
        [0, 1, 2, 3, n / 2, n / 2 + 1, n.saturating_sub(2), n - 1].map(|a| (a % n) as u64).into();
    samples.sort_unstable();
    samples.dedup();
    samples
}

#[test]
fn residues_modulo_a_word() {
    for n in [1, 2, 3, 4, 6, 7, 9, 12, 1 << 32, 998_244_353, (1 << 61) - 1, u64::MAX - 58, u64::MAX] {
        assert_eq!(check(&Zmod::new(n), &residues(n.into())), Ok(()));
    }
    assert_eq!(check(&Zmod::wrapping(), &residues(1 << 64)), Ok(()));
    for p in [2, 3, 7, 998_244_353, (1 << 61) - 1, u64::MAX - 58] {
        let field = Zmod::prime(p).expect("a prime");
        assert_eq!(Laws::new(&field, &residues(p.into())).field(), Ok(()));
    }
}

#[test]
fn residues_modulo_a_large_number() {
    let samples = |n: &BigUint| -> Vec<BigUint> {
        let mut samples: Vec<BigUint> =
            [0u8.into(), 1u8.into(), 2u8.into(), n >> 1u8, n - 1u8].iter().map(|a: &BigUint| a % n).collect();
        samples.push((BigUint::from(7u8) << 90u8) % n);
        samples
    };
    let one = BigUint::from(1u8);
    let moduli: [BigUint; 5] = [one.clone(), 6u8.into(), &one << 64u8, &one << 200u8, (&one << 200u8) - 1u8];
    for n in moduli {
        assert_eq!(check(&ZmodBig::new(n.clone()), &samples(&n)), Ok(()));
    }
    let primes: [BigUint; 3] = [2u8.into(), (&one << 127u8) - 1u8, (&one << 255u8) - 19u8];
    for p in primes {
        let field = ZmodBig::prime(p.clone()).expect("a prime");
        assert_eq!(Laws::new(&field, &samples(&p)).field(), Ok(()));
    }
}

/// Rounding: each side of a law takes at most 16 roundings (sums of 7 products, or the layers of a short transform), each of
/// at most a unit in the last place of a value below 8^5, the fifth power of the largest sample.
#[test]
fn floats_within_their_rounding() {
    let near = |unit: f64| move |a: f64, b: f64| (a - b).abs() <= 16.0 * unit * f64::from(1 << 15);
    let samples = [0.0, 1.0, -1.0, 0.1, 1.5, -7.3, 1.0 / 3.0];
    let close = near(f64::EPSILON);
    assert_eq!(Laws::new(&RR, &samples).within(|a, b| close(*a, *b)).field(), Ok(()));
    let complex =
        [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (-0.1, 2.5), (3.0, -4.0)].map(|(a, b)| Complex::new(a, b));
    let both = |a: &Complex<f64>, b: &Complex<f64>| close(a.re, b.re) && close(a.im, b.im);
    assert_eq!(Laws::new(&CC, &complex).within(both).field(), Ok(()));

    let close = near(f32::EPSILON.into());
    let samples = samples.map(|a| a as f32);
    assert_eq!(Laws::new(&RR32, &samples).within(|a, b| close((*a).into(), (*b).into())).field(), Ok(()));
    let complex = complex.map(|z| Complex::new(z.re as f32, z.im as f32));
    let both = |a: &Complex<f32>, b: &Complex<f32>| {
        close(a.re.into(), b.re.into()) && close(a.im.into(), b.im.into())
    };
    assert_eq!(Laws::new(&CC32, &complex).within(both).field(), Ok(()));
}

/// Polynomials as a ring of coefficients; over a field and over Z with gcds.
#[test]
fn polynomials_over_a_ring() {
    let over_z = PolyRing::new(ZZ, "y");
    let samples = [vec![], vec![1], vec![-1], vec![0, 1], vec![2, 0, -6], vec![3, 3]].map(|c| ZZ.poly(c));
    assert_eq!(Laws::new(&over_z, &samples).gcd_domain(), Ok(()));
    let field = Zmod::prime(5).expect("a prime");
    let samples = [vec![], vec![1], vec![4], vec![0, 2], vec![1, 0, 3]].map(|c| field.poly(c));
    assert_eq!(Laws::new(&PolyRing::new(field, "y"), &samples).gcd_domain(), Ok(()));
    let even = Zmod::new(6);
    let samples = [vec![], vec![1], vec![3], vec![2, 3], vec![0, 0, 5]].map(|c| even.poly(c));
    assert_eq!(check(&PolyRing::new(even, "y"), &samples), Ok(()));
}

#[test]
fn native_number_types() {
    assert_eq!(check(&Native::<i32>::new(), &[0, 1, -1, 2, 10]), Ok(()));
    assert_eq!(check(&Native::<Wrapping<i8>>::new(), &[0, 1, -1, 2, 100, -128].map(Wrapping)), Ok(()));
    let fractions = [(0, 1), (1, 1), (-1, 2), (3, 4)].map(|(n, d)| Ratio::<i64>::new(n, d));
    assert_eq!(check(&Native::<Ratio<i64>>::new(), &fractions), Ok(()));
    let gaussian = [(0, 0), (1, 0), (0, 1), (2, -3)].map(|(re, im)| Complex::<i64>::new(re, im));
    assert_eq!(check(&Native::<Complex<i64>>::new(), &gaussian), Ok(()));
    assert!(!Native::<f32>::new().is_exact() && Native::<i32>::new().is_exact());
}
