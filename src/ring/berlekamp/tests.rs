//! Against products, trial division and numbers of irreducible polynomials.

use super::*;

fn product(field: &Residues, f: &[u16], g: &[u16]) -> Digits {
    let mut product = vec![0; f.len() + g.len() - 1];
    for (i, &c) in f.iter().enumerate() {
        field.add(&mut product[i..i + g.len()], c, g);
    }
    product
}

fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
    *state >> 33
}

/// A monic polynomial.
fn draw(field: &Residues, degree: usize, state: &mut u64) -> Digits {
    (0..degree).map(|_| (next(state) % u64::from(field.p)) as u16).chain([1]).collect()
}

/// By all monic polynomials of at most half the degree.
fn is_irreducible(field: &Residues, f: &[u16]) -> bool {
    let p = usize::from(field.p);
    (1..=(f.len() - 1) / 2).all(|degree| {
        (0..p.pow(degree as u32)).all(|number| {
            let digit = |k: usize| (number / p.pow(k as u32) % p) as u16;
            let g: Digits = (0..degree).map(digit).chain([1]).collect();
            !field.remainder(f.to_vec(), &g).is_empty()
        })
    })
}

#[test]
fn residues() {
    for p in [2, 3, 5, 127, 251] {
        let field = Residues::new(p);
        assert!((0..=u16::MAX).all(|x| u64::from(field.reduce(x)) == u64::from(x) % p), "{p}");
        assert!((1..p as u16).all(|a| field.reduce(a * field.inverses[usize::from(a)]) == 1), "{p}");
    }
}

/// The product of the factors is the polynomial, each factor is irreducible, each is there once.
#[test]
fn factors_multiply_to_the_polynomial() {
    let mut state = 7;
    for (p, most) in [(2, 12), (3, 9), (5, 7), (7, 6), (251, 3)] {
        let field = Residues::new(p);
        for round in 0..100 {
            let mut f = draw(&field, 1 + round % most, &mut state);
            for _ in 0..round % 4 {
                let g = draw(&field, (next(&mut state) % 3) as usize, &mut state);
                for _ in 0..1 + next(&mut state) % (2 * p.min(4)) {
                    f = product(&field, &f, &g);
                }
            }
            let top = 1 + (next(&mut state) % (p - 1)) as u16;
            let words: Vec<u64> = f.iter().map(|&c| u64::from(field.reduce(c * top))).collect();
            let mut found = factors(p, &words).unwrap();
            let mut expanded = vec![1];
            for (factor, exponent) in &found {
                let factor: Digits = factor.iter().map(|&c| c as u16).collect();
                assert!(is_irreducible(&field, &factor), "{p} {factor:?}");
                for _ in 0..*exponent {
                    expanded = product(&field, &expanded, &factor);
                }
            }
            assert_eq!(expanded, f, "modulo {p}");
            let mut expected: Vec<_> = found.iter().filter(|(factor, _)| factor.len() == 2).collect();
            expected.sort_by_key(|(factor, _)| (p - factor[0]) % p);
            let expected: Vec<_> =
                expected.into_iter().map(|(factor, exponent)| ((p - factor[0]) % p, *exponent)).collect();
            assert_eq!(roots(p, &words).unwrap(), expected);
            let count = found.len();
            found.sort();
            found.dedup_by(|a, b| a.0 == b.0);
            assert_eq!(found.len(), count);
        }
    }
}

/// `x^(p^k) - x` is the product of all irreducible polynomials whose degrees divide `k`, once each.
#[test]
fn all_irreducible_polynomials() {
    for (p, k, counts) in [
        (2, 6, &[(1, 2), (2, 1), (3, 2), (6, 9)][..]),
        (3, 4, &[(1, 3), (2, 3), (4, 18)]),
        (13, 2, &[(1, 13), (2, 78)]),
    ] {
        let n = (p as usize).pow(k);
        let mut f = vec![0; n + 1];
        (f[1], f[n]) = (p - 1, 1);
        let found = factors(p, &f).unwrap();
        assert!(found.iter().all(|(_, exponent)| *exponent == 1));
        for &(degree, count) in counts {
            assert_eq!(
                found.iter().filter(|(factor, _)| factor.len() == degree + 1).count(),
                count,
                "{p} {degree}"
            );
        }
    }
}

#[test]
fn constants_and_high_multiplicities() {
    assert_eq!((factors(5, &[3]), roots(5, &[3])), (Some(vec![]), Some(vec![])));
    assert_eq!((factors(257, &[1, 1]), roots(257, &[1, 1]), factors(2, &[1; 4000])), (None, None, None));
    // Square-free and long, and as long with a short square-free part.
    let mut f = vec![0; 1501];
    (f[0], f[1], f[1500]) = (1, 1, 1);
    assert_eq!(factors(2, &f), None);
    assert!(factors(2, &[1; 1500]).is_some_and(|factors| factors.iter().all(|(f, _)| f.len() < 400)));
    for (p, n) in [(2, 100), (3, 81), (3, 200), (61, 62)] {
        let mut f = vec![0; n + 1];
        f[n] = 1;
        assert_eq!(factors(p, &f), Some(vec![(vec![0, 1], n)]));
        // (x + 1)^n, and behind it an irreducible polynomial to the power p.
        let field = Residues::new(p);
        let mut f = vec![1];
        for _ in 0..n {
            f = product(&field, &f, &[1, 1]);
        }
        let words: Vec<u64> = f.iter().map(|&c| c.into()).collect();
        assert_eq!(factors(p, &words), Some(vec![(vec![1, 1], n)]));
        assert_eq!(roots(p, &words), Some(vec![(p - 1, n)]));
        // -2 is no square modulo 61.
        let square: &[u16] = if p == 2 {
            &[1, 1, 1]
        } else if p == 3 {
            &[1, 0, 1]
        } else {
            &[2, 0, 1]
        };
        for _ in 0..p {
            f = product(&field, &f, square);
        }
        let words: Vec<u64> = f.iter().map(|&c| c.into()).collect();
        let expected = vec![(vec![1, 1], n), (square.iter().map(|&c| c.into()).collect(), p as usize)];
        assert_eq!(factors(p, &words), Some(expected));
    }
}
