use super::*;
use crate::convolution::with_backend;

const MODULI: [u128; 14] = [
    2,
    3,
    7,
    101,
    998_244_353,
    (1 << 31) - 1,
    4_294_967_291,
    (1 << 49) - 81,
    (1 << 61) - 1,
    (1 << 62) - 57,
    (1 << 62) + 135,
    (1 << 64) - 59,
    // No primes.
    6 << 40,
    1 << 64,
];

/// Primes of [`MODULI`].
const PRIMES: usize = 12;

/// Coefficients of which many are the largest.
fn draw(n: &WordModulus, len: usize, seed: u64, constant: u64) -> Vec<u64> {
    let top = (n.modulus() - 1) as u64;
    let word = |k: u64| (k + seed).wrapping_mul(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31);
    let mut f: Vec<u64> =
        (0..len as u64).map(|k| if word(k) % 3 == 0 { top } else { n.reduce(word(k)) }).collect();
    f.iter_mut().take(1).for_each(|c| *c = constant);
    f
}

/// The definition of a product, to `len` coefficients.
fn product(n: &WordModulus, f: &[u64], g: &[u64], len: usize) -> Vec<u64> {
    let mut product = vec![0; len];
    for (i, &x) in f.iter().enumerate() {
        for (c, &y) in product.iter_mut().skip(i).zip(g) {
            *c = n.mul_add(x, y, *c);
        }
    }
    product
}

/// `x*f'`, or its negative.
fn slope(n: &WordModulus, f: &[u64], len: usize, negative: bool) -> Vec<u64> {
    let number = |k: usize| if negative { n.neg(n.reduce(k as u64)) } else { n.reduce(k as u64) };
    (0..len).map(|k| n.mul(number(k), f.get(k).copied().unwrap_or(0))).collect()
}

/// All lengths around blocks, and operands that are shorter and longer.
fn cases(n: &WordModulus, constant: u64, check: impl Fn(&[u64], &[u64], usize)) {
    for backend in Backend::available() {
        for len in (1..18).chain([25, 64, 65, 80, 129, MAX_LEN]) {
            for (first, second) in [(len, len), (len + 5, 1), (len / 2 + 1, len / 3 + 1)] {
                let (f, g) = (draw(n, first, 3 + len as u64, constant), draw(n, second, 5, constant));
                with_backend(backend, || check(&f, &g, len)).unwrap();
            }
        }
    }
}

#[test]
fn quotients() {
    for modulus in MODULI {
        let n = WordModulus::from_u128(modulus).unwrap();
        for constant in [1, n.neg(1)] {
            cases(&n, constant, |f, g, len| {
                let unit = n.inverse(g[0]).unwrap();
                let q = series(&n, Function::Quotient(f, g, unit), len).unwrap().unwrap();
                let mut expected = f.to_vec();
                expected.resize(len, 0);
                assert_eq!(q.len(), len);
                assert_eq!(product(&n, &q, g, len), expected, "{modulus}: {len}");
            });
        }
    }
}

#[test]
fn divisions() {
    for modulus in MODULI {
        let n = WordModulus::from_u128(modulus).unwrap();
        for backend in Backend::available() {
            for (len, degree) in [
                (1, 0),
                (1, 1),
                (1, 9),
                (3, 2),
                (8, 8),
                (9, 7),
                (17, 15),
                (16, 40),
                (70, 5),
                (65, 64),
                (MAX_LEN, MAX_LEN),
            ] {
                let (f, mut g) = (draw(&n, len + degree, 3, 1), draw(&n, degree + 1, 5, 1));
                g[degree] = n.neg(1);
                let divided = with_backend(backend, || quo_rem(&n, &f, &g, n.neg(1))).unwrap().unwrap();
                let (quo, rem) = divided.unwrap();
                assert_eq!((quo.len(), rem.len()), (len, degree));
                let mut sum = product(&n, &quo, &g, len + degree);
                sum.iter_mut().zip(&rem).for_each(|(s, &r)| *s = n.add(*s, r));
                assert_eq!(sum, f, "{modulus}: {len}, {degree}");
            }
        }
    }
}

#[test]
fn functions() {
    for modulus in &MODULI[..PRIMES] {
        let n = WordModulus::from_u128(*modulus).unwrap();
        let compute = |function: Function<'_>, len| series(&n, function, len).unwrap().unwrap();
        cases(&n, 0, |f, _, len| {
            if len as u128 > *modulus {
                return;
            }
            let e = compute(Function::Exp(f), len);
            assert_eq!((e[0], e.len()), (1, len));
            assert_eq!(
                slope(&n, &e, len, false),
                product(&n, &slope(&n, f, len, false), &e, len),
                "exp, {modulus}: {len}"
            );
            let log = compute(Function::Log(&e), len);
            let mut padded = f.to_vec();
            padded.resize(len, 0);
            assert_eq!(log, padded, "log, {modulus}: {len}");
            let sine = compute(Function::SineCosine(f), len);
            let (sine, cosine) = sine.split_at(len);
            assert_eq!((sine[0], cosine[0], cosine.len()), (0, 1, len));
            let expected = product(&n, &slope(&n, f, len, false), cosine, len);
            assert_eq!(slope(&n, sine, len, false), expected, "sin, {modulus}: {len}");
            let expected = product(&n, &slope(&n, f, len, true), sine, len);
            assert_eq!(slope(&n, cosine, len, false), expected, "cos, {modulus}: {len}");
            let tangent = compute(Function::Tangent(f), len);
            assert_eq!(tangent.len(), len);
            assert_eq!(product(&n, &tangent, cosine, len), sine, "tan, {modulus}: {len}");
        });
    }
}

#[test]
fn square_roots() {
    for modulus in MODULI.into_iter().filter(|n| n % 2 == 1) {
        let n = WordModulus::from_u128(modulus).unwrap();
        cases(&n, 1, |f, _, len| {
            let s = series(&n, Function::SquareRoot(f, n.inverse(2).unwrap()), len).unwrap().unwrap();
            let mut expected = f.to_vec();
            expected.resize(len, 0);
            assert_eq!((s[0], s.len()), (1, len));
            assert_eq!(product(&n, &s, &s, len), expected, "{modulus}: {len}");
        });
    }
}

/// `f(g)` by Horner's rule.
fn composition(n: &WordModulus, f: &[u64], g: &[u64], len: usize) -> Vec<u64> {
    f.iter().rev().fold(vec![0; len], |value, &c| {
        let mut value = product(n, &value, g, len);
        value[0] = n.add(value[0], c);
        value
    })
}

#[test]
fn compositions() {
    for (modulus, constant) in MODULI.into_iter().flat_map(|n| [(n, 0), (n, 1)]) {
        let n = WordModulus::from_u128(modulus).unwrap();
        for backend in Backend::available() {
            // With all coefficients of polynomials, and to fewer and more than those.
            for (terms, degree) in [(1, 3), (2, 1), (3, 4), (5, 4), (9, 8), (17, 3), (4, 20), (64, 63)] {
                let (f, g) = (draw(&n, terms, 3, 1), draw(&n, degree + 1, 5, constant));
                let whole = (terms - 1) * degree + 1;
                for len in [1, terms.min(20), whole.min(100), whole.min(64) + 9] {
                    let h = with_backend(backend, || series(&n, Function::Composition(&f, &g), len));
                    let expected = composition(&n, &f, &g, len);
                    assert_eq!(h.unwrap(), Ok(Some(expected)), "{modulus}: {terms}, {degree} to {len}");
                }
            }
        }
    }
}

#[test]
fn reversions() {
    for modulus in &MODULI[..PRIMES] {
        let n = WordModulus::from_u128(*modulus).unwrap();
        for backend in Backend::available() {
            for len in (2..20).chain([25, 26, 33, 49, 50, 63, 64]).filter(|&len| len as u128 <= *modulus) {
                for given in [len, len / 2 + 1, len + 3] {
                    let mut g = draw(&n, given, 3 + len as u64, 0);
                    g[1] = n.neg(1);
                    let r = with_backend(backend, || series(&n, Function::Reversion(&g, g[1]), len));
                    let mut x = vec![0; len];
                    x[1] = 1;
                    let r = r.unwrap().unwrap().unwrap();
                    assert_eq!((r[0], r.len()), (0, len));
                    assert_eq!(
                        composition(&n, &g[..given.min(len)], &r, len),
                        x,
                        "{modulus}: {given} to {len}"
                    );
                }
            }
        }
    }
}

/// Against products and divisions.
#[test]
fn powers() {
    for modulus in MODULI {
        let n = WordModulus::from_u128(modulus).unwrap();
        for backend in Backend::available() {
            for degree in [1, 2, 3, 8, 9, 15, 16, 17, 33, MAX_DEGREE] {
                let mut divisor = draw(&n, degree + 1, 3, 1);
                divisor[degree] = 1;
                for base in [&[0, 1][..degree.min(2)], &[n.neg(1)], &draw(&n, degree, 5, n.neg(1)), &[]] {
                    let mut expected = vec![0; degree];
                    expected[0] = 1;
                    for exponent in 0..7u32 {
                        let power = Function::Power(base, &exponent.into(), &divisor);
                        let found = with_backend(backend, || series(&n, power, degree)).unwrap();
                        assert_eq!(
                            found,
                            Ok(Some(expected.clone())),
                            "{modulus}: {degree}, {base:?}^{exponent}"
                        );
                        let mut next = product(&n, &expected, base, 2 * degree);
                        for k in (degree..2 * degree).rev() {
                            for (i, &c) in divisor[..degree].iter().enumerate() {
                                next[k - degree + i] = n.sub(next[k - degree + i], n.mul(next[k], c));
                            }
                        }
                        next.truncate(degree);
                        expected = next;
                    }
                }
            }
        }
    }
}

/// Against compositions of polynomials, and divisions.
#[test]
fn modular_compositions() {
    for modulus in MODULI {
        let n = WordModulus::from_u128(modulus).unwrap();
        for backend in Backend::available() {
            for degree in [1, 2, 7, 8, 9, 16, 33, MAX_DEGREE] {
                let mut divisor = draw(&n, degree + 1, 3, 1);
                divisor[degree] = 1;
                for (terms, given) in
                    [(1, degree), (2, 1), (5, degree), (degree, degree), (MAX_TERMS, degree)]
                {
                    let (f, g) = (draw(&n, terms, 7, 1), draw(&n, given, 5, n.neg(1)));
                    let mut expected = vec![0; degree];
                    for &c in f.iter().rev() {
                        let mut next = product(&n, &expected, &g, 2 * degree);
                        for k in (degree..2 * degree).rev() {
                            for (i, &c) in divisor[..degree].iter().enumerate() {
                                next[k - degree + i] = n.sub(next[k - degree + i], n.mul(next[k], c));
                            }
                        }
                        next.truncate(degree);
                        next[0] = n.add(next[0], c);
                        expected = next;
                    }
                    let composition = Function::ModularComposition(&f, &g, &divisor);
                    let found = with_backend(backend, || series(&n, composition, degree)).unwrap();
                    assert_eq!(found, Ok(Some(expected)), "{modulus}: {terms}, {given} modulo {degree}");
                }
            }
        }
    }
}

#[test]
fn left_to_others() {
    let n = WordModulus::new(7).unwrap();
    assert_eq!(series(&n, Function::Exp(&[0, 1]), MAX_LEN + 1), Ok(None));
    assert_eq!(series(&WordModulus::new(1).unwrap(), Function::Quotient(&[0], &[0], 0), 3), Ok(None));
    assert_eq!(series(&n, Function::Exp(&[0, 1]), 0), Ok(Some(Vec::new())));
    assert_eq!(series(&n, Function::Composition(&[1; MAX_TERMS + 1], &[0, 1]), 3), Ok(None));
    assert_eq!(series(&n, Function::Composition(&[], &[0, 1]), 3), Ok(None));
    assert_eq!(series(&n, Function::Reversion(&[0, 1], 1), MAX_TERMS + 1), Ok(None));
    assert_eq!(quo_rem(&n, &[1; MAX_LEN + 3], &[1, 1], 1), Ok(None));
}
