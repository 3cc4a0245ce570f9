//! Hand values; the random ones stand in tests/properties.rs.

use crate::{ErrorKind, Poly, PolyRing, QQ, ZZ};
use num_bigint::BigInt;
use num_rational::BigRational;

#[test]
fn vectors_are_taken_as_they_are() {
    let v: Vec<BigInt> = (1..1000).map(BigInt::from).collect();
    let place = v.as_ptr();
    let f = ZZ.poly(v);
    assert_eq!(f.coefficients().as_ptr(), place);
    let v = f.into_coefficients();
    assert_eq!(v.as_ptr(), place);
}

#[test]
fn trailing_zeros_go() {
    assert_eq!(ZZ.poly([1, 2, 0, 0]).len(), 2);
    assert!(ZZ.poly([0, 0]).is_zero());
    assert!((ZZ.poly([1, 2]) - ZZ.poly([0, 2])).is_one());
}

#[test]
fn operators_in_all_forms() {
    let (f, g) = (ZZ.poly([1, 1]), ZZ.poly([0, 0, 2]));
    let sum = ZZ.poly([1, 1, 2]);
    assert_eq!(&f + &g, sum);
    assert_eq!(f.clone() + &g, sum);
    assert_eq!(&f + g.clone(), sum);
    assert_eq!(f.clone() + g.clone(), sum);
    assert_eq!(&f - &g, ZZ.poly([1, 1, -2]));
    assert_eq!(&g - &f, ZZ.poly([-1, -1, 2]));
    assert_eq!(&f * &g, ZZ.poly([0, 0, 2, 2]));
    assert_eq!(-&f, ZZ.poly([-1, -1]));
    assert_eq!(2 * &f - 1u64, ZZ.poly([1, 2]));
    assert_eq!(5 - f.clone(), ZZ.poly([4, -1]));
    assert_eq!(BigInt::from(3) * &f, &f * BigInt::from(3));
    let mut h = f.clone();
    h += &g;
    h *= 2;
    h -= ZZ.poly([2]);
    h *= &f;
    assert_eq!(h, ZZ.poly([0, 2, 6, 4]));
    let third = BigRational::new(1.into(), 3.into());
    assert_eq!((QQ.poly([1, 2]) * third + 1).to_string(), "2/3*x + 4/3");
    assert_eq!((QQ.poly([1, 2]) / -2).to_string(), "-x - 1/2");
}

#[test]
fn rings_must_agree() {
    let (zx, zy) = (PolyRing::new(ZZ, "x"), PolyRing::new(ZZ, "y"));
    let (f, g) = (zx.poly([1, 2]), zy.poly([1, 2]));
    for error in [f.try_add(&g), f.try_sub(&g), f.try_mul(&g), f.try_compose(&g), f.try_gcd(&g)] {
        assert_eq!(error.unwrap_err().kind(), ErrorKind::RingMismatch);
    }
    let message = std::panic::catch_unwind(|| &f + &g).unwrap_err();
    let message = message.downcast::<String>().unwrap();
    assert!(message.contains("\"x\"") && message.contains("\"y\""), "{message}");
}

#[test]
fn sizes_are_refused_before_anything_is_built() {
    let huge = 1_000_000_000_000;
    let two = ZZ.poly([2]);
    for refused in [
        ZZ.x().try_pow(huge),
        two.try_pow(huge),
        ZZ.poly([1, 1]).try_pow(u64::MAX),
        ZZ.x().try_pow(600_000_000),
        ZZ.x().try_mul_x_pow(u64::MAX),
        Poly::try_monomial(ZZ, 1.into(), huge),
        ZZ.x().try_inflate(huge),
        ZZ.poly([0, 0, 1]).inflate(50_000).try_compose(&ZZ.x().inflate(50_000)),
    ] {
        assert_eq!(refused.unwrap_err().kind(), ErrorKind::Limit);
    }
    assert_eq!(ZZ.poly([-1]).pow(huge), ZZ.poly([1]));
    assert_eq!(ZZ.poly([0, 1]).pow_low(huge, 5), ZZ.poly([0]));
    assert!(ZZ.poly([0]).pow(huge).is_zero());
    assert!(ZZ.poly([0]).pow(0).is_one());
}

#[test]
fn display_in_every_style() {
    use crate::ring::Style::{Latex, Plain, Unicode};
    let f = ZZ.poly([-1, 0, 1, -3]).mul_x_pow(10) - 1;
    assert_eq!(f.to_string(), "-3*x^13 + x^12 - x^10 - 1");
    assert_eq!(f.display(Latex, "t").to_string(), "-3t^{13} + t^{12} - t^{10} - 1");
    assert_eq!(f.display(Unicode, "t").to_string(), "-3t¹³ + t¹² - t¹⁰ - 1");
    assert_eq!(ZZ.poly([0]).to_string(), "0");
    assert_eq!(ZZ.poly([-1]).to_string(), "-1");
    let zx = PolyRing::new(ZZ, "x");
    let f = zx.poly([ZZ.poly([1, 1]), ZZ.poly([0, -2]), ZZ.poly([-1, 1])]);
    assert_eq!(f.display(Plain, "y").to_string(), "(x - 1)*y^2 - 2*x*y + (x + 1)");
    assert_eq!(f.display(Latex, "y").to_string(), r"\left(x - 1\right)y^{2} - 2xy + \left(x + 1\right)");
    assert_eq!(zx.poly([ZZ.poly([1, 1])]).display(Plain, "y").to_string(), "x + 1");
}

#[test]
fn calculus_and_substitution() {
    let f = ZZ.poly([5, 4, 3, 2]);
    assert_eq!(f.derivative(), ZZ.poly([4, 6, 6]));
    assert_eq!(f.derivative_n(2), f.derivative().derivative());
    assert_eq!(f.derivative_n(4), ZZ.poly([0]));
    assert_eq!(QQ.poly([4, 6, 6]).integral(), QQ.poly([0, 4, 3, 2]));
    let g = ZZ.poly([1, -1, 2]);
    let mut expected = ZZ.poly([0]);
    for c in f.coefficients().iter().rev() {
        expected = expected * &g + c.clone();
    }
    assert_eq!(f.compose(&g), expected);
    assert_eq!(f.compose(&ZZ.poly([3])), ZZ.poly([f.eval(3)]));
}
