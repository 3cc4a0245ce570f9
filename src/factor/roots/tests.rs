//! Against all elements, and against roots that were put in.

use super::super::random::Random;
use crate::ring::{FiniteField, QQ, Ring, ZZ, Zmod, ZmodBig};
use crate::{ErrorKind, Poly};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::One;

/// The multiplicity of a root by divisions.
fn multiplicity<R: Ring>(f: &Poly<R>, root: &R::Element) -> usize {
    let ring = f.ring();
    let factor = Poly::from_vec(ring.clone(), vec![ring.neg(root), ring.one()]);
    let (mut rest, mut times) = (f.clone(), 0);
    while rest.len() > 1 {
        let (quotient, remainder) = rest.try_quo_rem(&factor).unwrap();
        if !remainder.is_zero() {
            break;
        }
        rest = quotient;
        times += 1;
    }
    times
}

#[test]
fn modulo_prime_powers() {
    let mut random = Random::new(5);
    for n in [2u64, 4, 8, 64, 3, 9, 81, 243, 5, 25, 625, 7, 49, 343, 101, 121, 10_201] {
        let ring = Zmod::new(n);
        let big = ZmodBig::new(n);
        for round in 0..12 {
            let len = 1 + (random.word() % 6) as usize;
            let mut f = ring.poly((0..=len).map(|_| random.word() % n));
            if round % 2 == 1 {
                let root = ring.poly([random.word() % n, 1]);
                f = &f * &root.pow(1 + random.word() % 4);
            }
            if round % 3 == 2 {
                f = f.scale(&ring.from_integer(random.word().into()));
            }
            if f.is_zero() {
                assert_eq!(f.try_roots().unwrap_err().kind(), ErrorKind::Undefined);
                continue;
            }
            let all = (0..n).filter(|r| ring.is_zero(&f.eval(r)));
            let expected: Vec<_> = all.map(|r| (r, multiplicity(&f, &r))).collect();
            assert_eq!(f.roots(), expected, "{f} modulo {n}");
            let expected: Vec<_> = expected.into_iter().map(|(r, e)| (BigUint::from(r), e)).collect();
            assert_eq!(f.map(&big, |c| (*c).into()).roots(), expected);
        }
    }
}

#[test]
fn modulo_large_prime_powers() {
    // 2^64, and a power of a prime above 64 bits.
    let square = Zmod::wrapping().poly([-17i64, 0, 1]);
    let roots = square.roots();
    assert_eq!(roots.len(), 4);
    assert!(roots.iter().all(|(r, e)| r.wrapping_mul(*r) == 17 && *e == 1));
    let p = (BigUint::one() << 89u32) - 1u8;
    let ring = ZmodBig::new(p.pow(5));
    let linear = |root: &BigUint| ring.poly([-BigInt::from(root.clone()), BigInt::one()]);
    let known: Vec<BigUint> = (1u32..4).map(|k| &p * k + 1000u32 * k).collect();
    let f = known.iter().fold(ring.poly([1]), |f, root| f * linear(root));
    assert_eq!(f.roots(), known.into_iter().map(|root| (root, 1)).collect::<Vec<_>>());
}

#[test]
fn refusals() {
    for (n, factor) in [(6u64, Some(2)), (15, Some(3)), (101 * 103, None)] {
        let error = Zmod::new(n).poly([1, 2, 1]).try_roots().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        assert_eq!(error.factor().cloned(), factor.map(BigInt::from));
    }
    assert_eq!(Zmod::new(1 << 60).poly([0, 0, 1]).try_roots().unwrap_err().kind(), ErrorKind::Limit);
    assert_eq!(ZZ.poly::<i64>([]).try_roots().unwrap_err().kind(), ErrorKind::Undefined);
    assert_eq!(ZZ.poly([3]).roots(), []);
    assert_eq!(Zmod::new(4).poly([2]).roots(), []);
}

#[test]
fn in_fields() {
    let mut random = Random::new(11);
    for p in [2u64, 3, 5, 17, 101, 65_537, 998_244_353, (1 << 61) - 1, 18_446_744_073_709_551_557] {
        let field = Zmod::prime(p).unwrap();
        for len in [1usize, 2, 5, 30] {
            let roots: Vec<u64> = (0..len).map(|_| random.element(&field)).collect();
            let mut expected = roots.clone();
            expected.sort_unstable();
            expected.dedup();
            let f = roots.iter().fold(field.poly([-1]), |f, r| f * (field.x() - Poly::constant(field, *r)));
            let count = |r: &u64| roots.iter().filter(|s| *s == r).count();
            let expected: Vec<_> = expected.iter().map(|r| (*r, count(r))).collect();
            assert_eq!(f.roots(), expected);
        }
    }
    let field = ZmodBig::prime((BigUint::one() << 127u32) - 1u8).unwrap();
    let roots: Vec<BigUint> = (1u8..6).map(|k| field.nth_element(&(BigUint::from(k) << 100u8))).collect();
    let f = Poly::try_from_roots(field, roots.clone()).unwrap();
    assert_eq!(f.roots(), roots.into_iter().map(|r| (r, 1)).collect::<Vec<_>>());
}

#[test]
fn integers_and_fractions() {
    let rational = |n: &str, d: &str| BigRational::new(n.parse().unwrap(), d.parse().unwrap());
    let big = "123456789012345678901234567890123456789012345678901234567890";
    let roots = [
        rational(big, "7"),
        rational("-1", big),
        rational("5", "1"),
        rational("-5", "1"),
        rational("1", "2"),
    ];
    let linear = |r: &BigRational| ZZ.poly([-r.numer(), r.denom().clone()]);
    let noise = ZZ.parse("x^4 - 10*x^2 + 1").unwrap() * ZZ.parse("3*x^3 - 7").unwrap();
    let mut f = noise.scale(&12.into());
    for (times, root) in (1u64..).zip(&roots) {
        f *= linear(root).pow(times);
    }
    f = f.mul_x_pow(3);
    let mut expected: Vec<_> = roots.iter().cloned().zip(1..).collect();
    expected.push((rational("0", "1"), 3));
    expected.sort();
    assert_eq!(f.to_ring(&QQ).roots(), expected);
    let integers = expected.iter().filter(|(r, _)| r.denom().is_one());
    assert_eq!(f.roots(), integers.map(|(r, e)| (r.numer().clone(), *e)).collect::<Vec<_>>());
    // Wilkinson's, and no roots at all.
    let wilkinson = Poly::from_roots(ZZ, 1..=40);
    assert_eq!(wilkinson.roots(), (1..=40).map(|k| (k.into(), 1)).collect::<Vec<_>>());
    assert_eq!(noise.to_ring(&QQ).roots(), []);
    assert_eq!(ZZ.poly([-3, 2]).roots(), []);
    assert_eq!(QQ.poly([-3, 2]).roots(), [(rational("3", "2"), 1)]);
    // Coefficients that nobody factors.
    let hard = Poly::monomial(ZZ, BigInt::one() << 3000, 5) + ZZ.poly([BigInt::one() << 2999u32]) + 1;
    assert_eq!(hard.to_ring(&QQ).roots(), []);
}
