//! Prepared operands against products of plain ones: random shapes, sizes, windows and back ends, frames that are larger than
//! they need to be, sums in any order; polynomials that are prepared.

use crate::sample::Words;
use monic::{
    Poly, QQ, Ring, ZZ, Zmod,
    convolution::{
        Backend, Frame, Transformed, Want, integers, integers_dot, plan::Shape, with_backend, words_mod,
        words_mod_dot,
    },
    integer::{IntegerVec, WordModulus},
};
use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, RngSeed};

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 24,
        rng_seed: RngSeed::Fixed(2024),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    }
}

/// `sum += c * product`, exactly.
fn add(sum: &mut IntegerVec, product: &IntegerVec, c: i64) {
    let scaled = product.as_slice().try_scale(c).expect("small");
    sum.try_add_assign_at(0, scaled.as_slice()).expect("small");
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn sums_of_products_of_integers(seed in any::<u64>()) {
        let mut words = Words(seed);
        let backend = words.choose(&Backend::available());
        with_backend(backend, || {
            let count = 1 + words.below(4);
            let (longest, bits) = (words.logarithmic(1, 400), words.logarithmic(1, 300));
            let pairs: Vec<_> = (0..count)
                .map(|_| {
                    let [m, n] = [(); 2].map(|()| words.logarithmic(1, longest));
                    let [x, y] = [(); 2].map(|()| words.logarithmic(1, bits));
                    (words.integers(m, x), words.integers(n, y))
                })
                .collect();
            let (want, window) = words.want(2 * longest - 1);
            let shape = Shape::new(longest, longest, &want);
            let frame = Frame::integers(&shape, (bits as u64, bits as u64), 8 * count).unwrap();
            let mut expected = IntegerVec::zeros(window.len(), 1);
            let mut sum = frame.zero().unwrap();
            for (a, b) in &pairs {
                let c = words.choose(&[1i64, -1, 3, -7]);
                let (f, g) = (frame.transform(a).unwrap(), frame.transform(b).unwrap());
                if c == 1 {
                    sum.add_product(&f, &g).unwrap();
                } else {
                    let mut product = g.mul(&f).unwrap();
                    product.scale(c).unwrap();
                    sum.add(&product).unwrap();
                }
                add(&mut expected, &integers(a.as_slice(), b.as_slice(), &want).unwrap(), c);
            }
            // Shorter where the longest product is, zero beyond it.
            let got = sum.to_integers(&want).unwrap();
            let got_len = got.len();
            let mut padded = IntegerVec::zeros(window.len(), got.width());
            padded.try_add_assign_at(0, got.as_slice()).unwrap();
            assert!(padded == expected && got_len <= window.len(), "{backend}");
            let slices: Vec<_> = pairs.iter().map(|(a, b)| (a.as_slice(), b.as_slice())).collect();
            let mut plain = IntegerVec::zeros(0, 1);
            for &(a, b) in &slices {
                plain.try_add_assign_at(0, integers(a, b, &Want::full()).unwrap().as_slice()).unwrap();
            }
            let dot = integers_dot(&slices, &Want::full()).unwrap();
            assert!(dot == plain);
            let (want, window) = words.want(plain.len());
            assert!(integers_dot(&slices, &want).unwrap().as_slice() == plain.range(window));
        })
        .unwrap();
    }

    #[test]
    fn sums_of_products_of_residues(seed in any::<u64>()) {
        let mut words = Words(seed);
        let backend = words.choose(&Backend::available());
        let any = u128::from(words.next() >> words.below(64)).max(1);
        let moduli = [1, 2, 12_289, 998_244_353, (1 << 61) - 1, (1 << 64) - 59, 1 << 64, any];
        let n = WordModulus::from_u128(words.choose(&moduli)).unwrap();
        with_backend(backend, || {
            let count = 1 + words.below(4);
            let longest = words.logarithmic(1, 600);
            let (want, window) = words.want(2 * longest - 1);
            let frame = Frame::words(&n, &Shape::new(longest, longest, &want), count).unwrap();
            let mut expected = vec![0; window.len()];
            let mut sum: Option<Transformed> = None;
            let mut pairs = Vec::new();
            for _ in 0..count {
                let [a, b] = [(); 2].map(|()| {
                    let len = words.logarithmic(1, longest);
                    words.residues(n.modulus(), len)
                });
                let (f, g) = (frame.transform(&a).unwrap(), frame.transform(&b).unwrap());
                match &mut sum {
                    Some(sum) => sum.add_product(&f, &g).unwrap(),
                    None => sum = Some(f.mul(&g).unwrap()),
                }
                for (x, y) in expected.iter_mut().zip(words_mod(&n, &a, &b, &want).unwrap()) {
                    *x = n.add(*x, y);
                }
                pairs.push((a, b));
            }
            let mut got = sum.unwrap().to_words(&want).unwrap();
            got.resize(window.len(), 0);
            assert_eq!(got, expected, "{backend}, modulo {}", n.modulus());
            let slices: Vec<_> = pairs.iter().map(|(a, b)| (&a[..], &b[..])).collect();
            let mut dot = words_mod_dot(&n, &slices, &want).unwrap();
            // Counted over the longest product, which may be shorter than what the frame holds.
            dot.resize(window.len(), 0);
            assert_eq!(dot, expected, "{backend}, modulo {}", n.modulus());
        })
        .unwrap();
    }

    /// Partners that fit, that are too long, and that are too large: always the product.
    #[test]
    fn prepared_polynomials(seed in any::<u64>()) {
        let mut words = Words(seed);
        let [m, n] = [(); 2].map(|()| words.logarithmic(1, 700));
        let polys = |words: &mut Words, len: usize, bits: usize| ZZ.poly(words.integers(len, bits).to_bigints());
        let (f, like) = (polys(&mut words, m, 40), polys(&mut words, n, 60));
        let prepared = f.prepare(&like);
        let zmod = Zmod::new(words.choose(&[998_244_353, (1 << 61) - 1, 97]));
        let reduce = |f: &Poly<_>| zmod.poly(f.coefficients().to_vec());
        let prepared_mod = reduce(&f).prepare(&reduce(&like));
        for (len, bits) in [(n, 60), (n / 2 + 1, 20), (3 * n, 60), (n, 2000), (1, 1)] {
            let g = polys(&mut words, len, bits);
            prop_assert_eq!(g.mul_prepared(&prepared), &f * &g);
            prop_assert_eq!(reduce(&g).mul_prepared(&prepared_mod), reduce(&f) * reduce(&g));
            let (want, _) = words.want(m + len - 1);
            prop_assert_eq!(g.convolve_prepared(&prepared, &want)?, f.convolve(&g, &want)?);
        }
    }
}

#[test]
fn every_ring_prepares_and_sums() {
    let (f, g) = (QQ.poly([1, 2, 3]), QQ.parse("x/2 + 1").expect("text"));
    assert_eq!(g.mul_prepared(&f.prepare(&g)), &f * &g);
    assert_eq!(QQ.sum_of_products(&[(&f, &g), (&g, &g), (&f, &f)]), &f * &g + g.square() + f.square());
    let zero = Poly::zero(ZZ);
    let h = ZZ.poly(1..200);
    assert_eq!(zero.mul_prepared(&h.prepare(&h)), zero);
    assert_eq!(h.mul_prepared(&zero.prepare(&h)), zero);
    assert_eq!(ZZ.sum_of_products(&[]), zero);
    let (a, b) = (ZZ.poly(-300..300), ZZ.poly((0..500).map(|k| k * k)));
    assert_eq!(ZZ.sum_of_products(&[(&a, &b), (&h, &zero), (&b, &b)]), &a * &b + b.square());
    let mismatch = Zmod::new(7)
        .poly([1])
        .convolve_prepared(&Zmod::new(5).poly([1]).prepare(&Zmod::new(5).poly([1])), &Want::full());
    assert_eq!(mismatch.unwrap_err().kind(), monic::ErrorKind::RingMismatch);
    let sum = Zmod::new(7).convolve_sum(&[(&[1, 2][..], &[3][..]), (&[], &[5])], &Want::full());
    assert_eq!(sum, Ok(vec![3, 6]));
}
