//! Trees against one factor, one division or one sum after the other.

use super::*;
use crate::ring::{QQ, ZZ, Zmod};
use num_bigint::BigInt;

fn draw(n: u64, len: usize, seed: u64) -> Vec<u64> {
    let word = |k: u64| (k + seed).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31) ^ k;
    (0..len as u64).map(|k| word(k * k + 1).wrapping_mul(word(k)) % n).collect()
}

#[test]
fn cuts_are_balanced() {
    let cut = |w: &[f64]| middle(&sums(w));
    assert_eq!(cut(&[1.0, 1.0]), 1);
    assert_eq!(cut(&[1.0, 1.0, 1.0, 1.0]), 2);
    assert_eq!(cut(&[1.0, 1.0, 100.0]), 2);
    assert_eq!(cut(&[100.0, 1.0, 1.0]), 1);
    assert_eq!(cut(&[3.0, 4.0, 4.0]), 2);
    assert_eq!(cut(&[0.0, 0.0, 0.0]), 1);
    assert_eq!(cut(&[1.0, 2.0, 4.0, 8.0]), 3);
}

/// Against one factor after the other, for sizes from equal to very different, in any order.
#[test]
fn products_of_factors_of_many_sizes() {
    let ring = Zmod::new(998_244_353);
    for lengths in
        [&[][..], &[1], &[5], &[1, 1, 1], &[2; 40], &[300, 1, 2, 3, 2, 1], &[1, 2, 4, 8, 16, 32, 64, 128]]
    {
        let factors: Vec<Vec<u64>> =
            lengths.iter().enumerate().map(|(i, &n)| draw(998_244_353, n, i as u64)).collect();
        let expected = factors
            .iter()
            .try_fold(vec![1], |f, g| crate::ring::generic::convolve(&ring, &f, g, &Want::full()))
            .unwrap();
        assert_eq!(product(&ring, factors).unwrap(), expected, "{lengths:?}");
    }
    assert!(product(&ring, vec![vec![1, 2], vec![]]).unwrap().is_empty());
    let powers = (0..30u32).map(|k| vec![BigInt::from(3).pow(k * k), 1.into()]).collect();
    let value = product(&ZZ, powers).unwrap();
    assert_eq!((value.len(), value[0] == BigInt::from(3).pow(29 * 30 * 59 / 6)), (31, true));
}

#[test]
fn polynomials_with_roots() {
    for p in [2u64, 101, 998_244_353, (1 << 61) - 1] {
        let field = Zmod::prime(p).unwrap();
        for n in [0usize, 1, 2, 8, 9, 31, 64, 65, 200, 256] {
            let roots = draw(p, n, 3);
            assert_eq!(from_roots(&field, &roots).unwrap(), expanded(&field, &roots).unwrap(), "{p} {n}");
        }
    }
    for n in [0i32, 1, 9, 100] {
        let roots: Vec<BigInt> = (0..n).map(|k| BigInt::from(k - 40) << (k % 7 * 30)).collect();
        assert_eq!(from_roots(&ZZ, &roots).unwrap(), expanded(&ZZ, &roots).unwrap());
    }
}

/// By middle products and by divisions against one division a leaf, for leaves of many degrees; and the numerator that has them.
#[test]
fn remainders_by_all_leaves() {
    for p in [101u64, 998_244_353] {
        let field = Zmod::prime(p).unwrap();
        for degrees in [&[][..], &[1], &[0, 3], &[1, 1, 1, 1, 1], &[40, 1, 0, 2, 70, 33], &[1; 100]] {
            let leaf = |(i, &n): (usize, &usize)| {
                let mut m = draw(p, n, i as u64);
                m.push(i as u64 % (p - 1) + 1);
                m
            };
            let leaves: Vec<Vec<u64>> = degrees.iter().enumerate().map(leaf).collect();
            let tree = ProductTree::new(&field, leaves.clone()).unwrap();
            let n: usize = degrees.iter().sum();
            for len in [0, 1, n / 2, n, n + 1, 2 * n + 30] {
                let mut f = draw(p, len, 99);
                trim(&field, &mut f);
                let expected: Vec<_> = leaves.iter().map(|m| field.quo_rem(&f, m).unwrap().1).collect();
                assert_eq!(tree.remainders(&f).unwrap(), expected, "{p} {degrees:?} {len}");
                let mut divided = vec![Vec::new(); leaves.len()];
                if !leaves.is_empty() {
                    tree.divide(tree.nodes.len() - 1, f, &mut |i, r| {
                        divided[i] = r;
                        Ok(())
                    })
                    .unwrap();
                }
                assert_eq!(divided, expected);
            }
            let values: Vec<Vec<u64>> = degrees.iter().map(|&n| draw(p, n, 7)).collect();
            let mut expected = vec![0; n];
            for (i, v) in values.iter().enumerate() {
                let mut others = leaves.clone();
                others[i] = v.clone();
                let term = product(&field, others).unwrap();
                expected.iter_mut().zip(&term).for_each(|(s, c)| *s = field.add(s, c));
            }
            let mut sum = tree.numerator(&values).unwrap();
            sum.resize(n, 0);
            assert_eq!(sum, expected);
        }
    }
    let leaves = vec![QQ.poly([-1, 2]).into_coefficients(), QQ.poly([1, 0, 3]).into_coefficients()];
    let tree = ProductTree::new(&QQ, leaves).unwrap();
    let remainders = tree.remainders(QQ.poly([0, 0, 1]).coefficients()).unwrap();
    assert_eq!(remainders[0], QQ.poly([(1, 4)]).into_coefficients());
    assert_eq!(remainders[1], QQ.poly([(-1, 3)]).into_coefficients());
}
