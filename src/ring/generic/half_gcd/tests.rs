//! Against Euclid's algorithm on whole operands, subresultants and the identities that define the results.

use super::*;
use crate::{
    convolution::{Want, tuning},
    ring::{Domain, PrimeField, QQ, Zmod, generic::division::long, remainders},
};

fn draw(field: &PrimeField, len: usize, seed: u64) -> Vec<u64> {
    let mut v: Vec<u64> = (0..len as u64)
        .map(|k| (k + 1).wrapping_mul(seed | 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31))
        .map(|x| field.word_modulus().reduce(x))
        .collect();
    trim(field, &mut v);
    v
}

fn mul(field: &PrimeField, a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut product = field.convolve(a, b, &Want::full()).unwrap();
    trim(field, &mut product);
    product
}

/// Euclid's algorithm on whole operands.
fn euclid(field: &PrimeField, f: &[u64], g: &[u64]) -> Vec<u64> {
    let (mut a, mut b) = (f.to_vec(), g.to_vec());
    while !b.is_empty() {
        let (_, r) = long(field, &a, &b).unwrap();
        a = std::mem::replace(&mut b, r);
    }
    monic(field, &mut a).unwrap();
    a
}

/// Common factors of all degrees, over small fields (jumps in the degrees) and large ones.
#[test]
fn gcds_and_cofactors() {
    for p in [2u64, 3, 101, 998_244_353, (1 << 61) - 1] {
        let field = Zmod::prime(p).unwrap();
        // Twice what Euclid's algorithm takes alone at most.
        let base = if p < 1 << 30 { tuning::GCD_HALVES } else { tuning::GCD_WORDS }[1];
        for (m, n, common) in [
            (0, 0, 0),
            (0, 9, 1),
            (9, 0, 2),
            (5, 5, 3),
            (base, base + 1, 1),
            (2 * base, 2 * base - 1, 7),
            (3 * base + 3, 2 * base + 2, base / 2),
            (2 * base, 2 * base, base),
            (3 * base, 10, base),
            (10, 3 * base, 1),
        ] {
            // Whole operands are divided slowly, and jumps are as many in short sequences.
            if p < 100 && m.max(n) > base {
                continue;
            }
            let h = draw(&field, common, 17);
            let (f, g) = (mul(&field, &draw(&field, m, 3), &h), mul(&field, &draw(&field, n, 5), &h));
            let expected = euclid(&field, &f, &g);
            assert_eq!(gcd(&field, &f, &g).unwrap(), expected, "{p}: {m}, {n}, {common}");
            let (d, s, t) = xgcd(&field, &f, &g).unwrap();
            assert_eq!(d, expected);
            let mut sum = mul(&field, &s, &f);
            let other = mul(&field, &t, &g);
            sum.resize(sum.len().max(other.len()), 0);
            sum.iter_mut().zip(&other).for_each(|(x, y)| *x = field.add(x, y));
            trim(&field, &mut sum);
            assert_eq!(sum, d, "{p}: {m}, {n}, {common}");
            if f.len() > d.len() && g.len() > d.len() {
                // The degrees of Euclid's algorithm.
                assert!(s.len() + d.len() <= g.len() && t.len() + d.len() <= f.len());
            }
            if f.len().min(g.len()) <= base {
                assert_eq!(
                    resultant(&field, &f, &g).unwrap(),
                    remainders::resultant(&field, &f, &g).unwrap(),
                    "{p}: {m}, {n}, {common}"
                );
            }
        }
    }
}

/// `res(f, g*h) = res(f, g) * res(f, h)`, which are not zero mostly.
#[test]
fn resultants_of_long_products() {
    for p in [101u64, 998_244_353, (1 << 61) - 1] {
        let field = Zmod::prime(p).unwrap();
        let [euclid, half] = field.euclid_lengths();
        for (m, n, k) in
            [(euclid + 1, half, half + 3), (2 * euclid, euclid, euclid / 2 + 1), (euclid, euclid, 5)]
        {
            let [f, g, h] = [(m, 3), (n, 5), (k, 7)].map(|(len, seed)| draw(&field, len, seed));
            let [x, y, z] = [&g, &h, &mul(&field, &g, &h)].map(|g| resultant(&field, &f, g).unwrap());
            assert_eq!(z, field.mul(&x, &y), "{p}: {m}, {n}, {k}");
            assert!(z != 0 || p == 101);
        }
    }
}

/// Remainder sequences whose degrees drop by more than one, at every place.
#[test]
fn abnormal_sequences() {
    let field = Zmod::prime(101).unwrap();
    let (mut a, mut b) = (vec![3, 1], vec![1]);
    let mut seed = 1u64;
    for step in 0..60 {
        seed = seed.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
        let q = draw(&field, 2 + (seed >> 60) as usize, seed);
        let mut next = mul(&field, &q, &a);
        next.iter_mut().zip(&b).for_each(|(x, y)| *x = field.add(x, y));
        b = std::mem::replace(&mut a, next);
        assert_eq!(gcd(&field, &a, &b).unwrap(), [1], "{step}");
        let (_, s, t) = xgcd(&field, &a, &b).unwrap();
        let (x, y) = (mul(&field, &s, &a), mul(&field, &t, &b));
        let sum: Vec<u64> = x.iter().zip(&y).map(|(x, y)| field.add(x, y)).collect();
        assert_eq!(sum[0], 1);
        assert!(x.len() == y.len() && sum[1..].iter().all(|&c| c == 0));
        assert_eq!(resultant(&field, &a, &b).unwrap(), remainders::resultant(&field, &a, &b).unwrap());
    }
}

/// A fraction from its power series, and modulo any polynomial, with numerators and denominators of all degrees.
#[test]
fn fractions_from_their_images() {
    for p in [101u64, 998_244_353, (1 << 61) - 1] {
        let field = Zmod::prime(p).unwrap();
        // Beyond it halves are taken.
        let base = field.euclid_lengths()[1];
        let long = [(base, base), (3 * base, 2 * base), (4 * base, 9), (9, 4 * base)];
        for (n, d) in [(0, 0), (0, 3), (3, 0), (4, 7), (30, 2)].into_iter().chain(long) {
            let (r, mut t) = (draw(&field, n + 1, 3), draw(&field, d + 1, 5));
            let common = gcd(&field, &r, &t).unwrap();
            let (r, _) = field.quo_rem(&r, &common).unwrap();
            t = field.quo_rem(&t, &common).unwrap().0;
            let modulus = draw(&field, n + d + 2, 7);
            if modulus.len() < n + d + 2 || gcd(&field, &t, &modulus).unwrap() != [1] {
                continue;
            }
            let (_, inverse, _) = xgcd(&field, &t, &modulus).unwrap();
            let f = field.quo_rem(&mul(&field, &r, &inverse), &modulus).unwrap().1;
            let (x, y) = rational(&field, &f, &modulus, n).unwrap().unwrap();
            assert_eq!(mul(&field, &x, &t), mul(&field, &y, &r), "{p}: {n} over {d}");
        }
    }
    // An image of a middling degree: the first division is the long one.
    let field = Zmod::prime(998_244_353).unwrap();
    let (f, mut power) = (draw(&field, 301, 3), vec![0; 1000]);
    power.push(1);
    for n in [100, 250, 299, 300, usize::MAX] {
        let (r, t) = rational(&field, &f, &power, n).unwrap().unwrap();
        assert!(r.len() <= n.saturating_add(1) && !t.is_empty());
        assert_eq!(r, field.quo_rem(&mul(&field, &f, &t), &power).unwrap().1);
    }
    // x modulo x^2 is no fraction of constants: 0/x only.
    assert!(rational(&Zmod::prime(7).unwrap(), &[0, 1], &[0, 0, 1], 0).unwrap().is_none());
}

#[test]
fn composite_moduli_and_other_fields() {
    let error = gcd(&Zmod::new(6), &[1, 0, 1], &[1, 2]).unwrap_err();
    assert_eq!(error.factor(), Some(&2.into()));
    let (f, g) = (QQ.poly([-1, 0, 1]), QQ.poly([2, 2]));
    let (d, s, t) = xgcd(&QQ, f.coefficients(), g.coefficients()).unwrap();
    assert_eq!((d, s.len()), (QQ.poly([1, 1]).into_coefficients(), 0));
    assert_eq!(t, QQ.poly([(1, 2)]).into_coefficients());
    assert_eq!(QQ.poly_resultant(&d_of(&f), &d_of(&g)).unwrap(), QQ.zero());
}

fn d_of(f: &crate::Poly<crate::ring::Rationals>) -> Vec<num_rational::BigRational> {
    f.coefficients().to_vec()
}
