//! Hand values; the random ones stand in tests/properties.

use crate::ring::Ring;
use crate::{ErrorKind, I64, I128, Poly, PolyRing, QQ, ZZ, ZZ_I, Zmod, ZmodBig};
use num_bigint::{BigInt, BigUint};
use num_complex::Complex;
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
    // Gaps: 10!/7! and 4!/1!.
    assert_eq!(ZZ.parse("x^10 + 2*x^4 + x^2 + 1").unwrap().derivative_n(3).to_string(), "720*x^7 + 48*x");
    assert_eq!(QQ.poly([4, 6, 6]).integral(), QQ.poly([0, 4, 3, 2]));
    let g = ZZ.poly([1, -1, 2]);
    let mut expected = ZZ.poly([0]);
    for c in f.coefficients().iter().rev() {
        expected = expected * &g + c.clone();
    }
    assert_eq!(f.compose(&g), expected);
    assert_eq!(f.compose(&ZZ.poly([3])), ZZ.poly([f.eval(3)]));
}

#[test]
fn text_in() {
    let z = |text: &str| ZZ.parse(text);
    let same = [
        ("x^2 - 1", ZZ.poly([-1, 0, 1])),
        ("-x^2", ZZ.poly([0, 0, -1])),
        ("2^3^2", ZZ.poly([512])),
        ("x^3 + 2x + 1", ZZ.poly([1, 2, 0, 1])),
        ("3(x+1)**2", ZZ.poly([3, 6, 3])),
        ("2^3x", ZZ.poly([0, 8])),
        ("--x---1", ZZ.poly([-1, 1])),
        ("2*-x*+3", ZZ.poly([0, -6])),
        ("  ( ( 7 ) )  ", ZZ.poly([7])),
        ("x^(2*3-5)", ZZ.poly([0, 1])),
        ("x^(6/2)", ZZ.poly([0, 0, 0, 1])),
        ("(x^4-1)/(x^2+1)", ZZ.poly([-1, 0, 1])),
        ("(4x+2)/2*x", ZZ.poly([0, 1, 2])),
        ("6x^3/x/3", ZZ.poly([0, 0, 2])),
        ("long_name1 + 1", ZZ.poly([1, 1])),
        ("x - x", ZZ.poly([0])),
        ("1 + x + x^2", ZZ.poly([1, 1, 1])),
        ("5 - x^2 - x^2", ZZ.poly([5, 0, -2])),
        ("0^0", ZZ.poly([1])),
        ("x/(x - x + 1)", ZZ.poly([0, 1])),
    ];
    for (text, value) in same {
        assert_eq!(z(text).as_ref(), Ok(&value), "{text}");
    }
    let q = QQ.parse("1/2x - x/3 + 1/6").unwrap();
    assert_eq!(q, QQ.poly([1, 1]) / 6);
    let zx = PolyRing::new(ZZ, "x");
    let text = "(x - 1)*y^2 - 2*x*y + (x + 1)";
    assert_eq!(zx.parse(text).unwrap().display(crate::ring::Style::Plain, "y").to_string(), text);
}

#[test]
fn bad_text_is_refused_with_its_place() {
    use ErrorKind::{Limit, NotExact, Parse, Undefined};
    let deep = "(".repeat(100_000);
    for (text, kind, position) in [
        ("", Parse, 0),
        ("   ", Parse, 3),
        ("(x", Parse, 0),
        ("x)", Parse, 1),
        ("x +", Parse, 3),
        ("x + * 2", Parse, 4),
        ("()", Parse, 1),
        ("x y", Parse, 2),
        ("x(x+1)", Parse, 1),
        ("2 x", Parse, 2),
        ("(x)(x)", Parse, 3),
        ("(x)2", Parse, 3),
        ("x + y", Parse, 4),
        ("é + 1", Parse, 0),
        ("1 + é", Parse, 4),
        ("x − 1", Parse, 2),
        ("1.5", Parse, 0),
        ("1.", Parse, 1),
        ("[1]", Parse, 0),
        ("x = 1", Parse, 2),
        ("1/0", Undefined, 1),
        ("1/(x - x)", Undefined, 1),
        ("1/2", NotExact, 1),
        ("(x^2+1)/(x+1)", NotExact, 7),
        ("x^-1", Undefined, 1),
        ("x^x", Undefined, 1),
        ("x^(1+x-x)", Undefined, 1),
        ("x^(10^12)", Limit, 1),
        ("x^10^100", Limit, 1),
        ("3 + 2^(10^12)", Limit, 5),
        ("x^99999999999999999999999999999999999999999999", Limit, 1),
        (&deep, Parse, super::MAX_DEPTH),
    ] {
        let error = ZZ.parse(text).expect_err(text);
        assert_eq!((error.kind(), error.position()), (kind, Some(position)), "{text}: {error}");
    }
    assert_eq!(ZZ.parse(&"-".repeat(100_001)).unwrap_err().position(), Some(100_001));
    assert!(ZZ.parse(&format!("{}x{}", "(".repeat(1000), ")".repeat(1000))).is_ok());
    assert_eq!(ZZ.parse(&format!("{}x", "-".repeat(100_001))), Ok(-ZZ.x()));
    assert!(ZZ.parse(&["1^"; 10_000].concat()).is_err());
    assert_eq!(ZZ.parse(&format!("{}1", "1^".repeat(10_000))), Ok(ZZ.poly([1])));
}

#[test]
fn long_texts_are_read_in_linear_time() {
    let f = Poly::from_fn(ZZ, 20_000, |k| BigInt::from(k) - 9_000);
    assert_eq!(ZZ.parse(&f.to_string()), Ok(f.clone()));
    let ascending: Vec<String> = f.iter().enumerate().map(|(k, c)| format!("({c})*x^{k}")).collect();
    assert_eq!(ZZ.parse(&ascending.join(" + ")), Ok(f));
}

/// The whole power would be over every limit, what is wanted of it is small.
#[test]
fn low_coefficients_of_huge_powers() {
    let n = 1_000_000_000_000u64;
    let expected = BigInt::from(n) * (n - 1) / 2;
    assert_eq!(ZZ.poly([1, 1]).pow_low(n, 3).coefficient(2), expected);
    assert_eq!(QQ.poly([1, 1]).pow_low(n, 3).coefficient(2), expected.clone().into());
    assert_eq!(ZZ_I.poly([1, 1]).pow_low(n, 3).coefficient(2).re, expected);
    assert_eq!(ZZ.poly([2, 1]).try_pow_low(n, 3).unwrap_err().kind(), ErrorKind::Limit);
}

/// The integers, each of which claims to take a gigabyte.
#[derive(Clone, Debug, PartialEq)]
struct Heavy;

impl Ring for Heavy {
    type Element = i64;
    fn zero(&self) -> i64 {
        0
    }
    fn one(&self) -> i64 {
        1
    }
    fn add(&self, a: &i64, b: &i64) -> i64 {
        a + b
    }
    fn neg(&self, a: &i64) -> i64 {
        -a
    }
    fn mul(&self, a: &i64, b: &i64) -> i64 {
        a * b
    }
    fn log2_norm(&self, f: &[i64]) -> f64 {
        if f.iter().any(|&c| c != 0) { (1u64 << 33) as f64 } else { 0.0 }
    }
}

/// No value is over the limit, all of them together are: in one sum, or waiting on the stack.
#[test]
fn values_of_a_text_are_held_against_the_limit_together() {
    let few = crate::limit::DEFAULT_RESULT_BITS >> 34;
    let sum = |count: u64| (0..count).map(|k| format!("3*x^{k} + ")).collect::<String>() + "1";
    assert!(Poly::parse(Heavy, &sum(few)).is_ok());
    let refused = Poly::parse(Heavy, &sum(4 * few)).unwrap_err();
    assert_eq!((refused.kind(), refused.position().is_some()), (ErrorKind::Limit, true));
    let refused = Poly::parse(Heavy, &"2 + (".repeat(4 * few as usize)).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Limit);
    // What has been used up is given back.
    assert!(Poly::parse(Heavy, &format!("3{}", "*1".repeat(100 * few as usize))).is_ok());
}

/// A few long coefficients far apart: packed they would take half a billion slots.
#[test]
fn sparse_products_in_two_variables() {
    let zx = PolyRing::new(ZZ, "x");
    let f = Poly::monomial(zx.clone(), zx.one(), 2000) + Poly::monomial(ZZ, 1.into(), 100_000);
    let square = f.square();
    assert_eq!(square.coefficient(2000), Poly::monomial(ZZ, 2.into(), 100_000));
    assert_eq!(square.coefficient(0), Poly::monomial(ZZ, 1.into(), 200_000));
    assert_eq!(square.iter().filter(|c| !c.is_zero()).count(), 3);
}

#[test]
fn division() {
    let (f, g) = (ZZ.poly([1, 2, 3, 4, 5]), ZZ.poly([-1, 0, 3]));
    let (q, r) = f.pseudo_quo_rem(&g);
    assert_eq!(f.scale(&27.into()), &q * &g + &r);
    assert_eq!(f.try_quo_rem(&g).unwrap_err().kind(), ErrorKind::Undefined);
    assert_eq!((&f * &g).exact_quo(&g), f);
    assert_eq!((&f * &g + 1).try_exact_quo(&g).unwrap_err().kind(), ErrorKind::NotExact);
    let zero = ZZ.poly([0]);
    for undefined in [f.try_exact_quo(&zero), f.try_quo(&zero), zero.try_exact_quo(&zero)] {
        assert_eq!(undefined.unwrap_err().kind(), ErrorKind::Undefined);
    }
    assert_eq!(f.try_pseudo_quo_rem(&zero).unwrap_err().kind(), ErrorKind::Undefined);
    assert!(f.divides(&zero) && !zero.divides(&f) && zero.divides(&zero));
    let (q, r) = QQ.poly([1, 2]).quo_rem(&QQ.poly([1, 2, 3]));
    assert!(q.is_zero() && r == QQ.poly([1, 2]));
}

#[test]
fn greatest_common_divisors() {
    let (a, b, c) = (ZZ.poly([-3, 0, 2]), ZZ.poly([1, 5, -7]), ZZ.poly([4, 6]));
    assert_eq!((&a * &c).gcd(&(&b * &c)), c);
    assert_eq!((-&c).gcd(&ZZ.poly([0])), c);
    assert!(ZZ.poly([0]).gcd(&ZZ.poly([0])).is_zero());
    assert_eq!(ZZ.poly([12]).gcd(&ZZ.poly([8, 16])), ZZ.poly([4]));
    let zx = PolyRing::new(ZZ, "x");
    let lift = |text: &str| zx.parse(text).unwrap();
    let (f, g) = (lift("(x*y + 2)*(x + y)*2*x"), lift("(x*y + 2)*(x - y)*4*x^2"));
    assert_eq!(f.gcd(&g), lift("(x*y + 2)*2*x"));
    assert_eq!(f.lcm(&g), lift("(x*y + 2)*(y^2 - x^2)*4*x^2"));
    let half = QQ.poly([1, 2]) / 3;
    assert_eq!((&half * &QQ.poly([5, 7])).gcd(&half), QQ.poly([1, 2]) / 2);
    assert_eq!(QQ.poly([0]).xgcd(&QQ.poly([0])).0, QQ.poly([0]));
}

#[test]
fn resultants_of_products() {
    let (a, b, c) = (ZZ.poly([-3, 0, 2]), ZZ.poly([1, 5, -7, 0, 2]), ZZ.poly([4, 6, 1, 3]));
    assert_eq!((&a * &b).resultant(&c), a.resultant(&c) * b.resultant(&c));
    assert_eq!(a.resultant(&c), c.resultant(&a));
    assert_eq!(b.resultant(&c), c.resultant(&b));
    assert_eq!(c.resultant(&ZZ.poly([1, 3])), -ZZ.poly([1, 3]).resultant(&c));
    assert_eq!(a.resultant(&ZZ.poly([3])), 9.into());
    assert_eq!(ZZ.poly([3]).resultant(&a), 9.into());
    assert_eq!((&a * &b).resultant(&(&a * &c)), 0.into());
    // disc(x^3 + p*x + q) = -4*p^3 - 27*q^2
    assert_eq!(ZZ.poly([5, -2, 0, 1]).discriminant(), (32 - 27 * 25).into());
    assert_eq!(ZZ.poly([1, 0, 0, 0, 1]).discriminant(), 256.into());
    assert_eq!(ZZ.poly([4, 7]).discriminant(), 1.into());
}

#[test]
fn products_of_two_variables_agree_by_every_way() {
    use crate::convolution::{Algorithm, Want};
    let zx = PolyRing::new(ZZ, "x");
    // Coefficients of mixed lengths, zeros among them.
    let sample = |len: i64, seed: i64| {
        zx.poly((0..len).map(|k| ZZ.poly((0..(k * seed) % 5).map(|j| (k + 3 * j) * seed % 11 - 5))))
    };
    for (m, n) in [(1, 1), (1, 9), (7, 8), (20, 13)] {
        let (f, g) = (sample(m, 3), sample(n, 7));
        let expected = f.mul_by(&g, Algorithm::Schoolbook).unwrap();
        assert_eq!(f.mul_by(&g, Algorithm::Kronecker).unwrap(), expected);
        assert_eq!(&f * &g, expected);
        let square = f.mul_by(&f.clone(), Algorithm::Schoolbook).unwrap();
        assert_eq!(f.mul_by(&f, Algorithm::Kronecker).unwrap(), square);
        let part = f.convolve(&g, &Want::range(3..8).by(Algorithm::Kronecker)).unwrap();
        assert_eq!(part, expected.quo_x_pow(3).truncate(5));
    }
    let f = zx.parse("y^2*(x + 1) - 3*y*x^2 + x - 2").unwrap();
    let mut expected = Poly::one(zx.clone());
    for n in 0..6 {
        assert_eq!(f.pow(n), expected);
        assert_eq!(f.pow_low(n, 4), expected.truncate(4));
        expected *= &f;
    }
    assert_eq!(f.try_pow(10_000_000).unwrap_err().kind(), ErrorKind::Limit);
}

/// Every product into every destination: empty, shorter, longer, of smaller and larger coefficients, a clone of an operand.
fn products_into<R: Ring>(operands: &[Poly<R>]) {
    for f in operands {
        for g in operands {
            let full = f * g;
            for dirty in operands.iter().chain([&Poly::zero(f.ring().clone()), &full, f]) {
                let mut out = dirty.clone();
                f.mul_into(g, &mut out);
                assert_eq!(out, full);
                f.mul_low_into(g, 3, &mut out);
                assert_eq!(out, f.mul_low(g, 3));
                f.mul_high_into(g, 2, &mut out);
                assert_eq!(out, f.mul_high(g, 2));
                f.mul_mid_into(g, 1..5, &mut out);
                assert_eq!(out, f.mul_mid(g, 1..5));
                out = dirty.clone();
                f.square_into(&mut out);
                assert_eq!(out, f.square());
            }
            let mut product = f.clone();
            product *= g;
            assert_eq!(product, full);
            assert_eq!(f.clone() * g.clone(), full);
        }
    }
}

#[test]
fn products_into_any_destination() {
    let big = |k: i64, bits: u32| (BigInt::from(k) << bits) - 3 * k;
    let sequence = |len: i64, bits: u32| {
        ZZ.poly((1..=len).map(|k| big(k * (1 - 2 * (k % 2)), bits)).collect::<Vec<_>>())
    };
    let integers = [
        Poly::zero(ZZ),
        ZZ.poly([7]),
        sequence(3, 0),
        sequence(40, 20),
        sequence(5, 70),
        sequence(90, 64),
        sequence(9, 700),
        sequence(200, 130),
    ];
    products_into(&integers);
    let ring = Zmod::new(1_000_000_007u64);
    let residues: Vec<_> = [0u64, 1, 4, 90]
        .iter()
        .map(|&n| ring.poly((0..n).map(|k| k * k + 1).collect::<Vec<u64>>()))
        .collect();
    products_into(&residues);
    let fractions: Vec<_> = [0i64, 1, 4, 30]
        .iter()
        .map(|&n| QQ.poly((0..n).map(|k| (k * 5 - 7, k % 9 + 1)).collect::<Vec<_>>()))
        .collect();
    products_into(&fractions);
    let large = ZmodBig::new((BigUint::from(1u8) << 130) + 7u8);
    let lengths = [0i64, 1, 4, 30];
    let of = |len: i64, bits: u32| (1..=len).map(|k| big(k * (1 - 2 * (k % 2)), bits)).collect::<Vec<_>>();
    products_into(&lengths.map(|n| large.poly(of(n, 140))));
    products_into(&lengths.map(|n| I128.poly(of(n, 50))));
    let gaussian = |(re, im)| Complex::new(re, im);
    products_into(
        &lengths.map(|n| Poly::from_vec(ZZ_I, of(n, 70).into_iter().zip(of(n, 20)).map(gaussian).collect())),
    );
}

#[test]
fn a_refused_product_leaves_nothing_and_a_refused_assignment_everything() {
    let (f, g) = (I64.poly([i64::MAX, 1]), I64.poly([2]));
    let mut out = g.clone();
    assert_eq!(f.try_mul_into(&g, &mut out).unwrap_err().kind(), ErrorKind::Overflow);
    assert!(out.is_zero());
    let mut product = f.clone();
    assert_eq!(product.try_mul_assign(&g).unwrap_err().kind(), ErrorKind::Overflow);
    assert_eq!(product, f);
    let (f, mut out) = (Zmod::new(7u64).poly([1, 2]), Zmod::new(5u64).poly([3]));
    f.mul_into(&f, &mut out);
    assert_eq!(out, f.square());
    assert_eq!(out.ring(), f.ring());
    let other = Zmod::new(5u64).poly([3]);
    assert_eq!(f.try_mul_into(&other, &mut out).unwrap_err().kind(), ErrorKind::RingMismatch);
}

#[test]
#[cfg(feature = "parallel")]
fn any_number_of_threads_gives_the_same() {
    let f = ZZ.poly((1..1500).map(|k| (BigInt::from(k) << 97) - k * k).collect::<Vec<_>>());
    let g = ZZ.poly((1..1200).map(|k| (BigInt::from(-k) << 90) + 7).collect::<Vec<_>>());
    let products: Vec<_> = (1..4)
        .map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| {
                let mut out = g.clone();
                f.mul_into(&g, &mut out);
                assert_eq!(out, &f * &g, "{threads} threads");
                out
            })
        })
        .collect();
    assert!(products.iter().all(|product| *product == products[0]));
    assert_eq!(products[0].eval(-1), f.eval(-1) * g.eval(-1));
}
