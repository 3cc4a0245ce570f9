//! Every algorithm of every ring agrees with the product by definition, over the ring's own operations, in all
//! windows and at lengths around the thresholds.

use monic::{
    ExtensionField, GaloisField, I64, I128, Native, NumberField, PolyRing, QQ, QQ_I, Ring, ZZ, ZZ_I, Zmod,
    ZmodBig,
    convolution::{Algorithm, Want},
};
use num_bigint::{BigInt, BigUint};
use num_complex::Complex;
use num_rational::BigRational;

const ALGORITHMS: [Algorithm; 5] =
    [Algorithm::Schoolbook, Algorithm::Karatsuba, Algorithm::Kronecker, Algorithm::Fft, Algorithm::Ntt];

/// A fixed sequence of words (splitmix64).
struct Words(u64);

impl Words {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Of either sign, of up to so many bits.
    fn integer(&mut self, bits: u64) -> BigInt {
        let mut n = (0..bits.div_ceil(64)).fold(BigInt::ZERO, |n, _| (n << 64u8) + self.next());
        n >>= bits.next_multiple_of(64) - bits + self.next() % (bits / 2 + 1);
        if self.next().is_multiple_of(2) { -n } else { n }
    }
}

fn naive<R: Ring>(ring: &R, a: &[R::Element], b: &[R::Element]) -> Vec<R::Element> {
    let mut product = vec![ring.zero(); (a.len() + b.len()).saturating_sub(1)];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            product[i + j] = ring.add(&product[i + j], &ring.mul(x, y));
        }
    }
    product
}

/// Full, low, middle and high products of operands of several lengths, squares included; how many products were
/// computed by a forced algorithm other than the FFT, which applies to small coefficients only.
fn agree<R: Ring>(ring: &R, shapes: &[(usize, usize)], mut element: impl FnMut() -> R::Element) -> usize {
    let mut applied = 0;
    // What one product leaves the next one overwrites: longer and shorter ones, of other values.
    let mut out = Vec::new();
    for &(m, n) in shapes {
        let a: Vec<_> = (0..m).map(|_| element()).collect();
        let b: Vec<_> = (0..n).map(|_| element()).collect();
        for (a, b) in [(&a, &b), (&b, &a), (&a, &a)] {
            let expected = naive(ring, a, b);
            let full = expected.len();
            for window in
                [0..full, 0..full / 2, full / 2..full, m / 2..full.min(m / 2 + n), full / 3..full / 3 + 1]
            {
                for algorithm in ALGORITHMS.map(Some).into_iter().chain([None]) {
                    let mut want = Want::range(window.clone());
                    if let Some(algorithm) = algorithm {
                        want = want.by(algorithm);
                    }
                    match ring.convolve(a, b, &want) {
                        Ok(product) => {
                            let context = format!("{algorithm:?} over {ring:?}, {m} x {n}, {window:?}");
                            assert_eq!(product, expected[window.clone()], "{context}");
                            ring.convolve_into(a, b, &want, &mut out).expect(&context);
                            assert_eq!(out, product, "{context}, into {} elements", out.len());
                            let mut assigned = a.clone();
                            ring.convolve_assign(&mut assigned, b, &want).expect(&context);
                            assert_eq!(assigned, product, "{context}, in place");
                            if !window.is_empty() {
                                applied += usize::from(!matches!(algorithm, None | Some(Algorithm::Fft)));
                            }
                        }
                        Err(error) => {
                            let mut assigned = a.clone();
                            assert!(ring.convolve_into(a, b, &want, &mut out).is_err());
                            assert!(ring.convolve_assign(&mut assigned, b, &want).is_err());
                            assert!(assigned == *a, "as it was");
                            assert!(algorithm.is_some(), "{error}");
                            assert_eq!(error.kind(), monic::ErrorKind::Unsupported, "{error}");
                        }
                    }
                }
            }
        }
    }
    applied
}

const SHAPES: [(usize, usize); 7] = [(1, 1), (1, 40), (2, 3), (17, 16), (33, 5), (40, 40), (7, 130)];

/// For elements whose arithmetic is slow.
const FEW: [(usize, usize); 4] = [(1, 1), (2, 9), (17, 16), (5, 33)];

/// How many products an algorithm has to do that always applies: 3 orders, 5 windows; the first half of a product of
/// one coefficient is empty.
fn products(shapes: &[(usize, usize)]) -> usize {
    let single: usize = shapes
        .iter()
        .map(|s| match s {
            (1, 1) => 3,
            (1, _) => 1,
            _ => 0,
        })
        .sum();
    shapes.len() * 3 * 5 - single
}

#[test]
fn integers() {
    let mut words = Words(1);
    for bits in [1, 31, 64] {
        let applied = agree(&ZZ, &SHAPES, || words.integer(bits));
        assert_eq!(applied, 4 * products(&SHAPES), "{bits} bits");
    }
    for bits in [127, 300, 2000] {
        assert_eq!(agree(&ZZ, &FEW, || words.integer(bits)), 4 * products(&FEW), "{bits} bits");
    }
}

/// One coefficient of 5,000 bits among small ones and zeros.
#[test]
fn integers_of_very_different_sizes() {
    let mut words = Words(2);
    let mut count = 0;
    let applied = agree(&ZZ, &[(30, 20)], || {
        count += 1;
        words.integer(if count % 23 == 3 {
            5_000
        } else if count % 3 == 0 {
            1
        } else {
            60
        })
    });
    assert_eq!(applied, 4 * products(&[(30, 20)]));
}

#[test]
fn rationals_and_gaussians() {
    let mut words = Words(3);
    let mut rational = move || BigRational::new(words.integer(50), (1 + words.next() % 12).into());
    assert_eq!(agree(&QQ, &FEW, &mut rational), 4 * products(&FEW));
    assert_eq!(agree(&QQ_I, &FEW[..3], || Complex::new(rational(), rational())), 4 * products(&FEW[..3]));
    let mut words = Words(4);
    let applied = agree(&ZZ_I, &FEW, || Complex::new(words.integer(100), words.integer(70)));
    assert_eq!(applied, 4 * products(&FEW));
}

#[test]
fn residues() {
    let mut words = Words(5);
    let all = 4 * products(&SHAPES);
    for n in [1, 2, 3, 6, 1 << 32, 998_244_353, (1 << 61) - 1, u64::MAX - 58, u64::MAX] {
        assert_eq!(agree(&Zmod::new(n), &SHAPES, || words.next() % n), all, "modulo {n}");
    }
    assert_eq!(agree(&Zmod::wrapping(), &SHAPES, || words.next()), all);
    let field = Zmod::prime(998_244_353).expect("a prime");
    assert_eq!(agree(&field, &SHAPES, || words.next() % 998_244_353), all);
}

#[test]
fn residues_modulo_a_large_number() {
    let mut words = Words(6);
    let n: BigUint = (BigUint::from(1u8) << 200u8) - 1u8;
    let element = |words: &mut Words| words.integer(230).magnitude() % &n;
    assert_eq!(agree(&ZmodBig::new(n.clone()), &FEW, || element(&mut words)), 4 * products(&FEW));
}

#[test]
fn machine_and_native_numbers() {
    let mut words = Words(7);
    let applied = agree(&I128, &SHAPES, || i128::from(words.next() as i64 >> 8));
    assert_eq!(applied, 4 * products(&SHAPES));
    let applied = agree(&I64, &SHAPES, || words.next() as i64 >> 36);
    assert_eq!(applied, 4 * products(&SHAPES));
    let applied = agree(&Native::<i64>::new(), &SHAPES, || (words.next() % 2001) as i64 - 1000);
    assert_eq!(applied, 2 * products(&SHAPES));
}

/// For elements whose arithmetic is slowest.
const FEWER: [(usize, usize); 3] = [(1, 1), (2, 5), (7, 6)];

#[test]
fn galois_fields() {
    let mut words = Words(8);
    // By logarithms, words and strings of bits, slots.
    for (p, k) in [(2, 3), (2, 40), (2, 63), (3, 2), (3, 20)] {
        let field = GaloisField::new(Zmod::prime(p).expect("a prime"), k).expect("it fits");
        let mut element = || field.pack(&(0..k).map(|_| words.next() % p).collect::<Vec<_>>());
        assert_eq!(agree(&field, &FEW, &mut element), 4 * products(&FEW), "{field}");
    }
}

#[test]
fn extensions() {
    let mut words = Words(9);
    let prime = |p: u64| Zmod::prime(p).expect("a prime");
    // Few terms below the leading one, a table of powers, and neither.
    for (p, k, dense) in [(7, 5, false), (998_244_353, 3, true), (3, 66, true)] {
        let field = if dense {
            let modulus: Vec<u64> = (0..k).map(|_| words.next() % p).chain([1]).collect();
            ExtensionField::assume_irreducible(prime(p), &modulus, "a").expect("not constant")
        } else {
            ExtensionField::new(prime(p), k).expect("positive")
        };
        let shapes = if k < 9 { &FEWER[..] } else { &FEWER[..2] };
        let element = |words: &mut Words| {
            let len = words.next() as usize % (k + 1);
            field.element((0..len).map(|_| words.next() % p))
        };
        assert_eq!(agree(&field, shapes, || element(&mut words)), 4 * products(shapes), "{field}");
    }
    let below = ExtensionField::new(prime(5), 2).expect("positive");
    let tower = ExtensionField::new(below.clone(), 2).expect("positive");
    let element =
        |words: &mut Words| tower.element((0..2).map(|_| below.element((0..2).map(|_| words.next() % 5))));
    assert_eq!(agree(&tower, &FEWER[..2], || element(&mut words)), 4 * products(&FEWER[..2]));
}

#[test]
fn number_fields() {
    let mut words = Words(10);
    let field = NumberField::with_modulus(&QQ.parse("x^3 - x/2 - 5").expect("text")).expect("irreducible");
    for (bits, below) in [(20, 12), (100, u64::MAX)] {
        let element = |words: &mut Words| {
            field.element((0..words.next() % 4).map(|_| (words.integer(bits), 1 + words.next() % below)))
        };
        let applied = agree(&field, &FEWER[..2], || element(&mut words));
        assert_eq!(applied, 4 * products(&FEWER[..2]), "{bits} bits");
    }
}

#[test]
fn polynomials() {
    let mut words = Words(11);
    let ring = PolyRing::new(ZZ, "x");
    for most in [3, 9] {
        let applied = agree(&ring, &FEW, || {
            let len = words.next() % most;
            ZZ.poly((0..len).map(|_| words.integer(70)).collect::<Vec<_>>())
        });
        assert_eq!(applied, 4 * products(&FEW), "up to {most} coefficients");
    }
}
