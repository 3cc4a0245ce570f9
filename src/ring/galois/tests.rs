//! Against the field whose elements are vectors: every element of small fields, edges of large ones, under each back end.

use super::*;
use crate::convolution::{Algorithm, Backend, with_backend};
use crate::ring::{Zmod, laws::Laws};

const FIELDS: [(u64, usize); 17] = [
    (2, 1),
    (2, 2),
    (2, 8),
    (2, 16),
    (2, 17),
    (2, 31),
    (2, 63),
    (2, 64),
    (3, 1),
    (3, 2),
    (3, 5),
    (3, 21),
    (5, 3),
    (7, 12),
    (251, 2),
    (2_147_483_647, 2),
    (9_223_372_036_854_775_783, 1),
];

fn gf(p: u64, k: usize) -> GaloisField {
    GaloisField::new(Zmod::prime(p).unwrap(), k).unwrap()
}

/// All elements of small fields; of others the first, the last and some between.
fn samples(field: &GaloisField, most: u64) -> Vec<u64> {
    let order = FiniteField::order(field);
    let count = u64::try_from(&order).unwrap_or(u64::MAX).min(most);
    let step = &order / count;
    (0..count).map(|i| field.nth_element(&(&step * i))).chain([field.nth_element(&(&order - 1u8))]).collect()
}

#[test]
fn elements_against_vectors() {
    for (p, k) in FIELDS {
        let field = gf(p, k);
        let wide = field.extension();
        let all = samples(&field, 40);
        for &a in &all {
            let x = field.coordinates(a);
            assert_eq!(field.pack(&x), a);
            assert_eq!(field.coordinates(field.neg(&a)), wide.neg(&x));
            assert_eq!(field.coordinates(field.frobenius(&a)), wide.frobenius(&x));
            assert_eq!(field.pth_root(&field.frobenius(&a)), a, "GF({p}^{k})");
            assert_eq!(field.coordinates(field.pow(&a, 12_345)), wide.pow(&x, 12_345));
            assert_eq!((field.trace(a), field.norm(a)), (wide.trace(&x), wide.norm(&x)));
            if a != 0 {
                assert_eq!(field.coordinates(field.inverse(&a)), wide.inverse(&x));
            }
            for &b in &all {
                let y = field.coordinates(b);
                assert_eq!(field.coordinates(field.add(&a, &b)), wide.add(&x, &y));
                assert_eq!(field.coordinates(field.sub(&a, &b)), wide.sub(&x, &y));
                assert_eq!(field.coordinates(field.mul(&a, &b)), wide.mul(&x, &y), "GF({p}^{k})");
                assert_eq!(field.compare(&a, &b), wide.compare(&x, &y));
            }
        }
    }
}

#[test]
fn laws() {
    for (p, k) in FIELDS {
        let field = gf(p, k);
        assert_eq!(Laws::new(&field, &samples(&field, 6)).field(), Ok(()), "GF({p}^{k})");
    }
}

#[test]
fn sequences_against_vectors() {
    for (p, k) in FIELDS {
        let field = gf(p, k);
        let wide = field.extension();
        let pool = samples(&field, 100);
        let sequence = |n: usize, seed: usize| -> Vec<u64> {
            (0..n).map(|i| pool[(i * i * 31 + seed * 7 + i * 13) % pool.len()]).collect()
        };
        for backend in [Backend::Portable, crate::convolution::backend().unwrap()] {
            with_backend(backend, || {
                for (m, n) in [(1, 1), (3, 9), (9, 40), (33, 34), (70, 45)] {
                    let (a, b) = (sequence(m, 1), sequence(n, 2));
                    for (a, b) in [(&a, &b), (&a, &a)] {
                        let lift = |f: &[u64]| -> Vec<Vec<u64>> {
                            f.iter().map(|&c| field.coordinates(c)).collect()
                        };
                        let expected: Vec<u64> = wide
                            .convolve(&lift(a), &lift(b), &Want::full())
                            .unwrap()
                            .iter()
                            .map(|c| field.pack(c))
                            .collect();
                        let full = expected.len();
                        for window in [0..full, 0..full / 2, full / 3..full - full / 4, full - 1..full] {
                            let want = Want::range(window.clone());
                            assert_eq!(
                                field.convolve(a, b, &want).unwrap(),
                                expected[window.clone()],
                                "GF({p}^{k})"
                            );
                            let packed = field.convolve(a, b, &want.by(Algorithm::Kronecker)).unwrap();
                            assert_eq!(packed, expected[window]);
                        }
                        let rows: Vec<&[u64]> = vec![a, b, &b[..1]];
                        let factors = sequence(3, 5);
                        let sum = field.linear_combination(&factors, &rows, a.len()).unwrap();
                        let direct = generic::linear_combination(&field, &factors, &rows, a.len());
                        assert_eq!(sum, direct.unwrap());
                    }
                }
            })
            .unwrap();
        }
    }
}

#[test]
fn roots_factors_and_refusals() {
    let field = gf(2, 8);
    for a in 0..256u64 {
        let root = field.try_root(&a, 3).ok();
        assert_eq!(root, (0..256).find(|r| field.pow(r, 3) == a));
    }
    let f = field.parse("(x^3 + a*x + 1)*(x^2 + (a + 1)*x + a^5)*(x + a)^2").unwrap();
    assert_eq!(f.factor().expand(), f);
    assert_eq!(f.roots().iter().find(|(r, _)| *r == 2), Some(&(2, 2)));
    let g = gf(3, 21).parse("x^4 + a*x^3 + 2*x + a^2 + 1").unwrap();
    assert_eq!(g.factor().expand(), g);
    assert!(GaloisField::new(Zmod::prime(2).unwrap(), 65).is_err());
    assert!(GaloisField::new(Zmod::prime(3).unwrap(), 22).is_err());
    assert_eq!(GaloisField::conway(Zmod::prime(3).unwrap(), 2).unwrap().to_string(), "GF(3, a^2 + 2*a + 2)");
    let tower = ExtensionField::new(gf(2, 4), 3).unwrap();
    let a = tower.generator();
    assert_eq!(tower.pow(&tower.try_root(&tower.pow(&a, 6), 3).unwrap(), 3), tower.pow(&a, 6));
}
