//! Compositions and projections against Horner's rule, and against each other.

use super::*;
use crate::ring::{QQ, ZZ, Zmod};

/// `f(g)` modulo `x^n` by Horner's rule on products of all pairs.
fn horner<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element], n: usize) -> Vec<R::Element> {
    let mut h = vec![ring.zero(); n];
    for c in f.iter().take(n).rev() {
        let mut next = vec![ring.zero(); n];
        for (i, x) in h.iter().enumerate() {
            for (j, y) in g.iter().enumerate().take(n - i) {
                next[i + j] = ring.add(&next[i + j], &ring.mul(x, y));
            }
        }
        if n > 0 {
            next[0] = ring.add(&next[0], c);
        }
        h = next;
    }
    h
}

fn draw(n: u64, len: usize, seed: u64, valuation: usize) -> Vec<u64> {
    let word = |k: u64| (seed + k).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29).wrapping_mul(k | 1);
    (0..len).map(|k| if k < valuation { 0 } else { word(k as u64) % n }).collect()
}

/// All three methods, for lengths around each other's, operands shorter and longer than the result, powers of `x` in front.
#[test]
fn against_horner() {
    for modulus in [1u64, 2, 6, 998_244_353, (1 << 61) - 1] {
        let ring = Zmod::new(modulus);
        let a = Plain::new(&ring);
        for n in (0..14).chain([31, 32, 33, 65]) {
            for (terms, len, valuation) in [
                (n, n, 1),
                (n + 3, n + 5, 1),
                (n / 2, n, 1),
                (2, n, 1),
                (3, n / 3, 1),
                (n, n, 2),
                (n, n, 5),
                (n, 0, 0),
                (0, n, 1),
                (n, 2, 1),
            ] {
                let f = draw(modulus, terms, 3, 0);
                let g = draw(modulus, len, 11, valuation);
                let expected = horner(&ring, &f, &g, n);
                let found = compose(&ring, &f, &g, n).unwrap();
                assert_eq!(found, expected, "{modulus}: {terms}, {len}, {valuation} to {n}");
                let f = f[..terms.min(n)].to_vec();
                if n > 1 && f.len() > 1 {
                    let mut found = by_halves(&a, &f, &g, n).unwrap();
                    found.resize(n, 0);
                    assert_eq!(found, expected, "{modulus}: {terms}, {len}, {valuation} to {n}");
                    let mut found = by_steps(&a, &f, &g, 1, n).unwrap();
                    found.resize(n, 0);
                    assert_eq!(found, expected, "{modulus}: {terms}, {len}, {valuation} to {n}");
                }
            }
        }
    }
}

/// Each coefficient of the projection against a power.
#[test]
fn projections() {
    for modulus in [1u64, 2, 6, 998_244_353, (1 << 61) - 1] {
        let ring = Zmod::new(modulus);
        for n in (0..12).chain([23, 32, 33]) {
            for (count, len, valuation) in
                [(n, n, 1), (n + 2, n + 3, 1), (n / 2, n, 1), (2, n, 1), (n, n, 3), (5, 2, 1)]
            {
                let (h, g) = (draw(modulus, len, 5, 0), draw(modulus, len, 7, valuation));
                let found = project_powers(&ring, &h, &g, n, count).unwrap();
                let expected: Vec<u64> = (0..count)
                    .map(|i| {
                        let mut power = vec![0; i + 1];
                        power[i] = ring.one();
                        let power = horner(&ring, &power, &g, if i < n { n } else { 0 });
                        let product = ring.convolve(&power, &h, &crate::convolution::Want::low(n)).unwrap();
                        n.checked_sub(1).and_then(|last| product.get(last)).copied().unwrap_or(0)
                    })
                    .collect();
                assert_eq!(found, expected, "{modulus}: {n}, {count}, {len}, {valuation}");
            }
        }
    }
}

/// Longer ones, where products go through transforms: `f(g)` at `f = 1/(1 - t)` is `1/(1 - g)`.
#[test]
fn geometric_series() {
    for (modulus, lengths) in [
        (998_244_353, &[65, tuning::COMPOSITION_STEPS, tuning::COMPOSITION_STEPS + 1][..]),
        ((1 << 61) - 1, &[130]),
        (1 << 32, &[65]),
    ] {
        let ring = Zmod::new(modulus);
        for &n in lengths {
            let g = draw(modulus, n, 17, 1);
            let mut divisor: Vec<u64> = g.iter().map(|c| ring.neg(c)).collect();
            divisor[0] = 1;
            let expected = crate::ring::generic::series::inverse(&ring, &divisor, n).unwrap();
            assert_eq!(compose(&ring, &vec![1; n], &g, n).unwrap(), expected, "{modulus}: {n}");
            let a = Plain::new(&ring);
            assert_eq!(by_halves(&a, &vec![1; n], &g, n).unwrap(), expected, "{modulus}: {n}");
            // The scalar product of f with the projection is the last coefficient of h*f(g).
            let h = draw(modulus, n, 23, 0);
            let f = draw(modulus, n, 29, 0);
            let values = project_powers(&ring, &h, &g, n, n).unwrap();
            let scalar = values.iter().zip(&f).fold(0, |sum, (x, y)| ring.add(&sum, &ring.mul(x, y)));
            let last = ring.coefficient_of_product(&h, &compose(&ring, &f, &g, n).unwrap(), n - 1).unwrap();
            assert_eq!(scalar, last, "{modulus}: {n}");
        }
    }
}

#[test]
fn over_integers_and_fractions() {
    let f: Vec<_> = (0..40).map(|k| (k * k - 30 * k + 7).into()).collect();
    let g: Vec<num_bigint::BigInt> = (0..40).map(|k| (k * (17 - k)).into()).collect();
    let expected = horner(&ZZ, &f, &g, 40);
    assert_eq!(compose(&ZZ, &f, &g, 40).unwrap(), expected);
    let a = Plain::new(&ZZ);
    assert_eq!(by_halves(&a, &f, &g, 40).unwrap(), expected);
    let over = |v: &[num_bigint::BigInt]| -> Vec<_> {
        v.iter()
            .enumerate()
            .map(|(k, c)| num_rational::BigRational::new(c.clone(), (k as i64 + 1).into()))
            .collect()
    };
    let (f, g) = (over(&f[..20]), over(&g[..20]));
    assert_eq!(compose(&QQ, &f, &g, 20).unwrap(), horner(&QQ, &f, &g, 20));
}

#[test]
fn refused() {
    let error = compose(&Zmod::new(6), &[1, 2], &[3, 1], 4).unwrap_err();
    assert_eq!(error.kind(), crate::ErrorKind::Undefined);
}
