//! Transformed operands against products of plain ones: lengths, windows, sums, extreme values, errors, every back end.

use super::*;
use crate::integer::WordModulus;
use crate::{
    ErrorKind,
    convolution::{
        Backend, integers,
        plan::Shape,
        schoolbook::naive,
        tests::{random, words},
        with_backend, words_mod,
    },
};
use num_bigint::BigInt;

fn each_backend(test: impl Fn(Backend)) {
    for backend in Backend::available() {
        with_backend(backend, || test(backend)).expect("it is available");
    }
}

#[test]
fn windows_of_products() {
    each_backend(|backend| {
        for (m, n, bits) in [
            (1, 1, 5),
            (1, 9, 64),
            (7, 4, 30),
            (16, 33, 62),
            (33, 32, 130),
            (300, 41, 18),
            (290, 300, 63),
            (2300, 41, 18),
        ] {
            let (a, b) = (random(m, bits, 1), random(n, bits, 2));
            let expected = naive(&a, &b);
            let (x, y) = (IntegerVec::from_bigints(&a), IntegerVec::from_bigints(&b));
            let full = m + n - 1;
            for window in [0..full, 0..full / 2, full / 3..full, m.min(n) - 1..m.max(n), full - 1..full, 1..1]
            {
                let want = Want::range(window.clone());
                let bits = u64::from(bits);
                let frame = Frame::integers(&Shape::new(m, n, &want), (bits, bits), 1).unwrap();
                let (f, g) = (frame.transform(&x).unwrap(), frame.transform(&y).unwrap());
                let products = [
                    f.mul(&g).unwrap().to_integers(&want),
                    g.mul_integers(x.as_slice(), &want),
                    f.mul_integers(y.as_slice(), &want),
                ];
                for product in products {
                    let got = product.unwrap().to_bigints();
                    assert!(got == expected[window.clone()], "{backend}: {m} x {n}, {bits} bits, {window:?}");
                }
                // All that is clean is right, and nothing else is given out.
                let product = f.mul(&g).unwrap();
                let clean = product.window();
                let got = product.to_integers(&Want::range(clean.clone())).unwrap();
                assert!(got.to_bigints() == expected[clean.clone()]);
                assert_eq!(product.to_integers(&Want::full()).is_ok(), clean == (0..full));
                let square = f.square();
                assert_eq!(square.is_ok(), frame.is_cyclic() || 2 * m - 1 <= frame.length(), "{frame:?}");
            }
        }
    });
}

/// As many primes as hold the result, and the result as large as they hold.
#[test]
fn extreme_coefficients() {
    each_backend(|backend| {
        for primes in [1u64, 2, 3, 4, 7, 17, 48] {
            let total = 49 * primes - 3;
            for (len, sums) in [(1u64, 1), (16, 1), (16, 4), (2, 8), (13, 3)] {
                let terms = u64::from((len * sums).next_power_of_two().ilog2());
                let bits = ((total - terms) / 2, (total - terms).div_ceil(2));
                let shape = Shape::new(len as usize, len as usize, &Want::full());
                let frame = Frame::integers(&shape, bits, sums as usize).unwrap();
                assert!(frame.plan().to_string().starts_with(&format!("ntt(primes={primes},")), "{frame:?}");
                let (x, y): (BigInt, BigInt) =
                    ((BigInt::from(1) << bits.0) - 1, (BigInt::from(1) << bits.1) - 1);
                for signs in 0..4 {
                    let sign = |k: u64| if signs & 1 == 0 || k.is_multiple_of(2) { 1 } else { -1 };
                    let a: Vec<BigInt> = (0..len).map(|k| &x * sign(k)).collect();
                    let b: Vec<BigInt> = (0..len).map(|k| &y * sign(k) * (1 - (signs & 2) as i64)).collect();
                    let expected: Vec<BigInt> = naive(&a, &b).iter().map(|c| c * sums).collect();
                    let f = frame.transform(&IntegerVec::from_bigints(&a)).unwrap();
                    let g = frame.transform(&IntegerVec::from_bigints(&b)).unwrap();
                    let mut sum = frame.zero().unwrap();
                    (0..sums).for_each(|_| sum.add_product(&f, &g).unwrap());
                    let got = sum.to_integers(&Want::full()).unwrap();
                    assert!(got.to_bigints() == expected, "{backend}: {primes} primes, {len} x {sums}");
                    // Twice as much four times is over the bound, and an error; the sum stays as it was.
                    let error = (0..4).find_map(|_| sum.clone().scale(17).and(sum.scale(2)).err());
                    assert_eq!(error.unwrap().kind(), ErrorKind::Limit);
                }
            }
        }
    });
}

#[test]
fn expressions() {
    each_backend(|backend| {
        let polys: Vec<Vec<BigInt>> = (0..4).map(|k| random(20 + 3 * k, 40, k as u64)).collect();
        let [a, b, c, d] = &polys[..] else { unreachable!() };
        // 3 (a b c - d) + b d - 5 a
        let term = |p: &[BigInt], s: i32, sum: &mut Vec<BigInt>| {
            sum.resize(sum.len().max(p.len()), BigInt::ZERO);
            sum.iter_mut().zip(p).for_each(|(x, y)| *x += y * s);
        };
        let mut expected = Vec::new();
        term(&naive(&naive(a, b), c), 3, &mut expected);
        term(d, -3, &mut expected);
        term(&naive(b, d), 1, &mut expected);
        term(a, -5, &mut expected);
        for length in [expected.len(), 2 * expected.len(), 300] {
            let shape = Shape::new(length / 2, length.div_ceil(2) + 1, &Want::full());
            let frame = Frame::integers(&shape, (80, 80), 8).unwrap();
            let [a, b, c, d] = [a, b, c, d].map(|p| frame.transform(&IntegerVec::from_bigints(p)).unwrap());
            let mut sum = a.mul(&b).unwrap().mul(&c).unwrap();
            sum.sub(&d).unwrap();
            sum.scale(3).unwrap();
            sum.add_product(&b, &d).unwrap();
            let mut five = a.clone();
            five.scale(-5).unwrap();
            sum.add(&five).unwrap();
            let got = sum.to_integers(&Want::full()).unwrap();
            assert!(got.to_bigints() == expected, "{backend}: {frame:?}");
            assert_eq!(a.to_integers(&Want::full()).unwrap().to_bigints(), polys[0]);
            let square = a.square().unwrap().to_integers(&Want::full()).unwrap();
            assert!(square.to_bigints() == naive(&polys[0], &polys[0]));
        }
    });
}

#[test]
fn residues() {
    for n in [1, 2, 3, 6, 1 << 32, 97, 998_244_353, (1 << 61) - 1, (1 << 64) - 59, (1 << 64) - 1, 1 << 64] {
        let modulus = WordModulus::from_u128(n).expect("in range");
        each_backend(|backend| {
            for (m, l) in [(1, 1), (5, 30), (64, 64), (70, 9), (300, 290)] {
                let mut next = words(m as u64);
                let mut residues = |len| -> Vec<u64> { (0..len).map(|_| modulus.reduce(next())).collect() };
                let (a, b) = (residues(m), residues(l));
                // Furthest from zero on either side.
                let half = |len: usize| (0..len).map(|k| ((n - (k as u128 & 1)) / 2 % n) as u64).collect();
                for (a, b) in [(a, b), (vec![(n - 1) as u64; m], vec![(n - 1) as u64; l]), (half(m), half(l))]
                {
                    let want = Want::range(l / 2..m + l - 1);
                    let frame = Frame::words(&modulus, &Shape::new(m, l, &want), 3).unwrap();
                    let (f, g) = (frame.transform(&a).unwrap(), frame.transform(&b).unwrap());
                    let once = words_mod(&modulus, &a, &b, &want.clone().by(Algorithm::Schoolbook)).unwrap();
                    assert_eq!(f.mul_words(&b, &want).unwrap(), once, "{backend}: modulo {n}, {m} x {l}");
                    let mut sum = f.mul(&g).unwrap();
                    sum.scale(-2).unwrap();
                    sum.sub(&g.mul(&f).unwrap()).unwrap();
                    let thrice: Vec<u64> =
                        once.iter().map(|&c| modulus.neg(modulus.mul(modulus.reduce(3), c))).collect();
                    assert_eq!(sum.to_words(&want).unwrap(), thrice, "{backend}: modulo {n}, {m} x {l}");
                    if sum.frame.capacity_bits().is_none() {
                        (0..50).for_each(|_| sum.scale(i64::MIN).unwrap());
                    }
                }
            }
        });
    }
}

#[test]
fn misfits_are_errors() {
    let frame = Frame::integers(&Shape::new(1200, 1190, &Want::full()), (20, 20), 1).unwrap();
    let (one, many) = (IntegerVec::from_i64s(&[1; 1200]), IntegerVec::from_i64s(&[1; 4000]));
    let kind = |result: Result<Transformed>| result.unwrap_err().kind();
    assert_eq!(kind(frame.transform(&many)), ErrorKind::Unsupported);
    assert_eq!(kind(frame.transform(&IntegerVec::from_bigints(&[BigInt::from(1) << 100]))), ErrorKind::Limit);
    assert_eq!(kind(frame.transform(&[1u64][..])), ErrorKind::Unsupported);
    let f = frame.transform(&one).unwrap();
    // 2399 coefficients on 2560 points that do not wrap around.
    assert!(!frame.is_cyclic());
    let product = f.square().unwrap();
    assert_eq!(kind(product.mul(&f)), ErrorKind::Unsupported);
    let large = frame.transform(&IntegerVec::from_i64s(&[(1 << 60) - 1; 2])).unwrap();
    let error = large.square().unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (ErrorKind::Limit, "coefficients of up to 121 bits are 26 more than the frame holds")
    );
    let other = Frame::integers(&Shape::new(1200, 1190, &Want::full()), (80, 20), 1).unwrap();
    assert_eq!(kind(other.transform(&one).unwrap().mul(&f)), ErrorKind::RingMismatch);
    // Another frame of the same kind is the same.
    let same = Frame::integers(&Shape::new(1190, 1200, &Want::full()), (21, 19), 1).unwrap();
    assert!(same == frame && same.transform(&one).unwrap().mul(&f).is_ok());
    let forced = product.to_integers(&Want::full().by(Algorithm::Karatsuba));
    assert_eq!(forced.unwrap_err().kind(), ErrorKind::Unsupported);
    assert_eq!(product.to_words(&Want::full()).unwrap_err().kind(), ErrorKind::Unsupported);
    let huge = Frame::integers(&Shape::new(3, 3, &Want::full()), (100_000, 5), 1);
    assert_eq!(huge.unwrap_err().kind(), ErrorKind::Unsupported);
    let long = Frame::integers(&Shape::new(1 << 33, 1 << 20, &Want::full()), (5, 5), 1);
    assert!(long.is_err());
}

#[test]
fn empty_operands() {
    let none = IntegerVec::from_i64s(&[]);
    let frame = Frame::integers(&Shape::new(5, 0, &Want::full()), (20, 20), 1).unwrap();
    let (zero, f) =
        (frame.transform(&none).unwrap(), frame.transform(&IntegerVec::from_i64s(&[7; 5])).unwrap());
    assert!(f.mul(&zero).unwrap().to_integers(&Want::full()).unwrap().is_empty());
    let mut sum = frame.zero().unwrap();
    assert!(sum.is_empty() && sum.to_integers(&Want::low(4)).unwrap().is_empty());
    sum.add(&f).unwrap();
    sum.add_product(&f, &zero).unwrap();
    assert_eq!(sum.to_integers(&Want::full()).unwrap(), IntegerVec::from_i64s(&[7; 5]));
    // A frame for zeros takes what they are multiplied by.
    let frame = Frame::integers(&Shape::new(5, 5, &Want::full()), (60, 0), 1).unwrap();
    let f = frame.transform(&IntegerVec::from_i64s(&[(1 << 60) - 1; 5])).unwrap();
    assert_eq!(f.mul_integers(IntegerVec::from_i64s(&[0; 5]).as_slice(), &Want::full()).unwrap().bits(), 0);
    assert!(integers_dot(&[], &Want::full()).unwrap().is_empty());
}

#[test]
fn dot_products() {
    let seven = WordModulus::new(998_244_353).expect("not 0");
    let other = WordModulus::new((1 << 61) - 1).expect("not 0");
    each_backend(|backend| {
        let lengths = [(0, 5), (200, 190), (210, 180), (3, 2), (1500, 7), (130, 260), (200, 190), (64, 64)];
        let operands: Vec<(Vec<BigInt>, Vec<BigInt>)> = lengths
            .iter()
            .zip([3, 60, 61, 20, 62, 64, 130, 600])
            .map(|(&(m, n), bits)| (random(m, bits, m as u64), random(n, bits, n as u64 + 1)))
            .collect();
        let flat: Vec<_> = operands
            .iter()
            .map(|(a, b)| (IntegerVec::from_bigints(a), IntegerVec::from_bigints(b)))
            .collect();
        let mut pairs: Vec<_> = flat.iter().map(|(a, b)| (a.as_slice(), b.as_slice())).collect();
        // Squares, too.
        pairs.push((flat[1].0.as_slice(), flat[1].0.as_slice()));
        for window in [0..1506, 0..100, 300..420, 1000..1506, 2000..3000] {
            let want = Want::range(window.clone());
            let window = want.window(1506, 1);
            let mut expected = vec![BigInt::ZERO; window.len()];
            for (a, b) in &pairs {
                let by = want.clone().by(Algorithm::Schoolbook);
                let product = integers(*a, *b, &by).unwrap().to_bigints();
                expected.iter_mut().zip(product).for_each(|(x, y)| *x += y);
            }
            let got = integers_dot(&pairs, &want).unwrap();
            assert!(got.to_bigints() == expected, "{backend}: {window:?}");
            for n in [seven, other] {
                let residues = |v: &IntegerVec| v.as_slice().residues(&n);
                let reduced: Vec<_> = flat.iter().map(|(a, b)| (residues(a), residues(b))).collect();
                let mut pairs: Vec<(&[u64], &[u64])> =
                    reduced.iter().map(|(a, b)| (&a[..], &b[..])).collect();
                pairs.push((&reduced[1].0, &reduced[1].0));
                let expected: Vec<u64> = expected.iter().map(|c| n.reduce_bigint(c)).collect();
                assert_eq!(words_mod_dot(&n, &pairs, &want).unwrap(), expected, "{backend}: {window:?}");
            }
        }
    });
}

/// Sums of products of residues with one transform back, squares among them, and values of several products; what the frame does not hold is
/// an error.
#[test]
fn sums_of_words() {
    each_backend(|backend| {
        for n in [2u128, 998_244_353, (1 << 61) - 1, (1 << 64) - 59, 1 << 64] {
            let modulus = WordModulus::from_u128(n).unwrap();
            let top = (n - 1) as u64;
            for len in [1, 40, 64, 100] {
                let operand = |k: u64| -> Vec<u64> {
                    (0..len as u64)
                        .map(|i| if (i + k).is_multiple_of(3) { top } else { modulus.reduce(i * k) })
                        .collect()
                };
                let operands = [1, 2, 3].map(operand);
                for want in [Want::full(), Want::low(len), Want::range(len / 2..len)] {
                    let frame = Frame::words(&modulus, &Shape::new(len, len, &want), 1).unwrap();
                    let values = operands.each_ref().map(|f| frame.transform(f).unwrap());
                    for pairs in
                        [&[(0, 0)][..], &[(0, 1)], &[(1, 1), (0, 2)], &[(0, 1), (2, 2), (1, 2), (0, 0)]]
                    {
                        let plain: Vec<(&[u64], &[u64])> =
                            pairs.iter().map(|&(i, j)| (&operands[i][..], &operands[j][..])).collect();
                        let expected = words_mod_dot(&modulus, &plain, &want).unwrap();
                        let of: Vec<_> = pairs.iter().map(|&(i, j)| (&values[i], &values[j])).collect();
                        match Transformed::dot_words(&of, &want) {
                            Ok(sum) => assert_eq!(sum, expected, "{backend}: {n}, {len}, {pairs:?}"),
                            Err(error) => {
                                assert!(pairs.len() > 1, "{error}");
                                assert_eq!(error.kind(), ErrorKind::Limit);
                            }
                        }
                    }
                }
            }
            let other = Frame::words(&modulus, &Shape::new(500, 500, &Want::full()), 1).unwrap();
            let frame = Frame::words(&modulus, &Shape::new(3, 3, &Want::full()), 4).unwrap();
            let [f, g] = [frame.transform(&vec![top, 1]).unwrap(), other.transform(&vec![top, 1]).unwrap()];
            let mismatch = Transformed::dot_words(&[(&f, &g)], &Want::full()).unwrap_err();
            assert_eq!(mismatch.kind(), ErrorKind::RingMismatch);
            // A value that is a product itself beside one that is not, where the frame has no bound.
            if frame.capacity_bits().is_none() {
                let square = f.square().unwrap();
                let one = frame.transform(&vec![1u64]).unwrap();
                let sum = Transformed::dot_words(&[(&square, &one), (&f, &f)], &Want::full()).unwrap();
                let expected = words_mod(&modulus, &[top, 1], &[top, 1], &Want::full()).unwrap();
                assert_eq!(sum, expected.iter().map(|&c| modulus.add(c, c)).collect::<Vec<_>>());
            }
        }
    });
}
