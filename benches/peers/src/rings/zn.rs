//! Z/n[x]: `nmod_poly_mul`, and `fmpz_mod_poly_mul` for moduli of more than a word, against the flat product and the
//! product of `Poly`s.
//!
//! `flat` is `convolution::words_mod` (a fresh `Vec<u64>`) or `convolution::integers_mod` (a fresh `IntegerVec`), `fresh` is `&f * &g` over
//! `Zmod` or `ZmodBig` (a fresh `Vec<BigUint>`).

use super::lengths;
use crate::{
    flint::{ModPoly, Modulus, WordPoly},
    goals,
    inputs::{generator, magnitude, rotation},
    options::Options,
    others::{self, Series},
    table::{Csv, Layout, RUST, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};
use monic::{
    Poly, Ring, Zmod, ZmodBig,
    convolution::{Want, integers_mod, words_mod, words_mod_into},
    integer::{BigModulus, IntegerVec, WordModulus},
};
use num_bigint::BigUint;
use rand::{RngExt, rngs::StdRng};
use std::rc::Rc;

const LENGTHS: [usize; 10] = [4, 16, 64, 256, 1024, 4096, 16384, 65536, 262_144, 1_048_576];
/// Moduli below 2^64, with the names that they have in the table.
const WORDS: [(&str, u64); 5] = [
    ("998244353", 998_244_353),
    ("10^9+7", 1_000_000_007),
    ("2^32", 1 << 32),
    ("2^61-1", (1 << 61) - 1),
    ("2^64-59", 0u64.wrapping_sub(59)),
];

/// `--bits` chooses moduli by their size.
pub fn products(options: &Options, csv: &mut Option<Csv>) {
    let layout = Layout {
        ring: "zn",
        title: "products in Z/n[x]".into(),
        columns: vec!["FLINT", "FLINT fresh", "flat", "flat into", "fresh", "into"],
        ratios: vec![
            Ratio::new("flat ratio", "flat", "FLINT fresh", goals::mean(0.5)),
            Ratio::new("flat into", "flat into", "FLINT", goals::mean(0.5)),
            Ratio::new("fresh ratio", "fresh", "FLINT fresh", goals::mean(0.5)),
            Ratio::new("into ratio", "into", "FLINT", goals::mean(0.5)),
            Ratio::new("Rust ratio", "fresh", RUST, None),
        ],
    };
    let mut table = Table::new(layout, csv);
    let asked = |bits| options.bits.as_ref().is_none_or(|asked| asked.contains(&bits));
    for (name, n) in WORDS {
        if asked(64 - n.leading_zeros() as usize) {
            let mut series = Series::new(options);
            for len in lengths(options, &LENGTHS) {
                series.at(len);
                words(options, name, n, len, &mut series, &mut table);
            }
        }
    }
    if asked(65) {
        for len in lengths(options, &LENGTHS) {
            wrapping(options, len, &mut table);
        }
    }
    for (name, bits) in [("200 bits", 200), ("1000 bits", 1000)] {
        if asked(bits) {
            let most = if options.quick { 1 << 23 } else { 400_000_000 };
            for len in lengths(options, &LENGTHS).into_iter().filter(|len| 2 * len * bits <= most) {
                large(options, name, bits, len, &mut table);
            }
        }
    }
    table.finish();
}

fn words(
    options: &Options,
    name: &'static str,
    n: u64,
    len: usize,
    series: &mut Series,
    table: &mut Table<'_>,
) {
    let inputs = rotation(2 * len);
    let mut random = generator(&[n, len as u64]);
    let pairs: Vec<[Vec<u64>; 2]> =
        (0..inputs).map(|_| [(); 2].map(|()| residues(&mut random, len, |x| x % n))).collect();
    let (modulus, ring) = (WordModulus::new(n).expect("not zero"), Zmod::new(n));
    let flint: Vec<_> =
        pairs.iter().map(|pair| pair.each_ref().map(|f| WordPoly::from_words(n, f))).collect();
    let polys: Vec<_> =
        pairs.iter().map(|pair| pair.each_ref().map(|f| Poly::from_vec(ring, f.clone()))).collect();
    let flat = |k: usize| {
        let [a, b]: &[Vec<u64>; 2] = &pairs[k];
        words_mod(&modulus, a, b, &Want::full()).expect("under the limit")
    };
    let mut flat_destination = Vec::new();
    for k in 0..if len <= 4096 { inputs } else { 1 } {
        let mut expected = WordPoly::new(n);
        expected.mul(&flint[k][0], &flint[k][1]);
        let mut product = flat(k);
        words_mod_into(&modulus, &pairs[k][0], &pairs[k][1], &Want::full(), &mut flat_destination)
            .expect("under the limit");
        assert!(product == flat_destination, "the two flat products differ");
        for product in [&polys[k][0] * &polys[k][1], into(&polys[k])] {
            assert!(product.coefficients() == expected.words(), "differs from FLINT's");
        }
        let end = product.iter().rposition(|&x| x != 0).map_or(0, |last| last + 1);
        product.truncate(end);
        assert!(product == expected.words(), "the flat product differs from FLINT's");
    }
    let mut destination = WordPoly::new(n);
    let mut poly_destination = Poly::zero(ring);
    let mut contestants = vec![
        Contestant::new("FLINT", Role::Flint, inputs, |k| destination.mul(&flint[k][0], &flint[k][1])),
        Contestant::new("FLINT fresh", Role::Flint, inputs, |k| {
            let mut fresh = WordPoly::new(n);
            fresh.mul(&flint[k][0], &flint[k][1]);
            fresh
        }),
        Contestant::new("flat", Role::Monic, inputs, flat),
        Contestant::new("flat into", Role::Monic, inputs, |k| {
            let [a, b] = &pairs[k];
            words_mod_into(&modulus, a, b, &Want::full(), &mut flat_destination).expect("under the limit")
        }),
        Contestant::new("fresh", Role::Monic, inputs, |k| &polys[k][0] * &polys[k][1]),
        Contestant::new("into", Role::Monic, inputs, |k| {
            polys[k][0].mul_into(&polys[k][1], &mut poly_destination)
        }),
    ];
    let mut expected = WordPoly::new(n);
    expected.mul(&flint[0][0], &flint[0][1]);
    contestants.extend(others::of_words(series, n, &pairs, expected.words()));
    row(options, name, len, contestants, series, table);
}

/// Z/2^64, for which FLINT has no type of words: `fmpz_mod_poly` it is.
fn wrapping(options: &Options, len: usize, table: &mut Table<'_>) {
    let inputs = rotation(2 * len);
    let mut random = generator(&[64, len as u64]);
    let pairs: Vec<[Vec<u64>; 2]> =
        (0..inputs).map(|_| [(); 2].map(|()| residues(&mut random, len, |x| x))).collect();
    let (modulus, ring) = (WordModulus::wrapping(), Zmod::wrapping());
    let context = Modulus::new(&[0, 1]);
    let rows = |f: &Vec<u64>| ModPoly::from_rows(&context, IntegerVec::from_u64s(f).as_slice());
    let flint: Vec<_> = pairs.iter().map(|pair| pair.each_ref().map(rows)).collect();
    let polys: Vec<_> =
        pairs.iter().map(|pair| pair.each_ref().map(|f| Poly::from_vec(ring, f.clone()))).collect();
    let flat = |k: usize| {
        let [a, b]: &[Vec<u64>; 2] = &pairs[k];
        words_mod(&modulus, a, b, &Want::full()).expect("under the limit")
    };
    let mut flat_destination = Vec::new();
    for k in 0..if len <= 4096 { inputs } else { 1 } {
        let mut expected = ModPoly::new(&context);
        expected.mul(&flint[k][0], &flint[k][1]);
        let product = flat(k);
        words_mod_into(&modulus, &pairs[k][0], &pairs[k][1], &Want::full(), &mut flat_destination)
            .expect("under the limit");
        assert!(product == flat_destination, "the two flat products differ");
        let rows = expected.rows(product.len(), 2);
        assert!(
            rows.chunks_exact(2).map(|row| &row[0]).eq(&product),
            "the flat product differs from FLINT's"
        );
        let poly = into(&polys[k]);
        assert!(poly == &polys[k][0] * &polys[k][1], "the two products differ");
        assert!(poly.coefficients() == &product[..poly.len()], "differs from FLINT's");
    }
    let mut destination = ModPoly::new(&context);
    let mut poly_destination = Poly::zero(ring);
    let contestants = vec![
        Contestant::new("FLINT", Role::Flint, inputs, |k| destination.mul(&flint[k][0], &flint[k][1])),
        Contestant::new("FLINT fresh", Role::Flint, inputs, |k| fresh(&context, &flint[k])),
        Contestant::new("flat", Role::Monic, inputs, flat),
        Contestant::new("flat into", Role::Monic, inputs, |k| {
            let [a, b] = &pairs[k];
            words_mod_into(&modulus, a, b, &Want::full(), &mut flat_destination).expect("under the limit")
        }),
        Contestant::new("fresh", Role::Monic, inputs, |k| &polys[k][0] * &polys[k][1]),
        Contestant::new("into", Role::Monic, inputs, |k| {
            polys[k][0].mul_into(&polys[k][1], &mut poly_destination)
        }),
    ];
    row(options, "2^64", len, contestants, &mut Series::nobody(), table);
}

fn large(options: &Options, name: &'static str, bits: usize, len: usize, table: &mut Table<'_>) {
    let width = bits / 64 + 1;
    let mut random = generator(&[bits as u64, len as u64]);
    let mut n = vec![0; width];
    magnitude(&mut random, &mut n, bits, true);
    n[0] |= 1;
    let modulus = natural(&n);
    let inputs = rotation(2 * len);
    let pairs: Vec<[IntegerVec; 2]> = (0..inputs)
        .map(|_| {
            [(); 2].map(|()| {
                // One bit less than the modulus has: a residue without a division.
                let mut limbs = vec![0; len * width];
                limbs.chunks_exact_mut(width).for_each(|row| magnitude(&mut random, row, bits - 1, false));
                limbs[(len - 1) * width] |= 1;
                IntegerVec::from_limbs(limbs, width)
            })
        })
        .collect();
    let context = Modulus::new(&n);
    let ring = ZmodBig::new(modulus.clone());
    let modulus = BigModulus::with_product(modulus, monic::natural_product).expect("not zero");
    let poly = |f: &IntegerVec| Poly::from_vec(ring.clone(), f.rows().map(natural).collect());
    let flint: Vec<_> = pairs
        .iter()
        .map(|pair| pair.each_ref().map(|f| ModPoly::from_rows(&context, f.as_slice())))
        .collect();
    let polys: Vec<_> = pairs.iter().map(|pair| pair.each_ref().map(poly)).collect();
    let flat = |k: usize| {
        let [a, b]: &[IntegerVec; 2] = &pairs[k];
        integers_mod(&modulus, a.as_slice(), b.as_slice(), &Want::full()).expect("under the limit")
    };
    for k in 0..if len <= 1024 { inputs } else { 1 } {
        let mut expected = ModPoly::new(&context);
        expected.mul(&flint[k][0], &flint[k][1]);
        let product = flat(k);
        let rows = expected.rows(product.len(), product.width());
        assert!(product.limbs() == rows, "the flat product differs from FLINT's");
        let poly = into(&polys[k]);
        assert!(poly == &polys[k][0] * &polys[k][1], "the two products differ");
        let values = rows.chunks_exact(product.width()).map(natural);
        assert!(values.take(poly.len()).eq(poly.into_coefficients()), "differs from FLINT's");
    }
    let mut destination = ModPoly::new(&context);
    let mut poly_destination = Poly::zero(ring.clone());
    let contestants = vec![
        Contestant::new("FLINT", Role::Flint, inputs, |k| destination.mul(&flint[k][0], &flint[k][1])),
        Contestant::new("FLINT fresh", Role::Flint, inputs, |k| fresh(&context, &flint[k])),
        Contestant::new("flat", Role::Monic, inputs, flat),
        Contestant::new("fresh", Role::Monic, inputs, |k| &polys[k][0] * &polys[k][1]),
        Contestant::new("into", Role::Monic, inputs, |k| {
            polys[k][0].mul_into(&polys[k][1], &mut poly_destination)
        }),
    ];
    row(options, name, len, contestants, &mut Series::nobody(), table);
}

fn row(
    options: &Options,
    name: &str,
    len: usize,
    mut contestants: Vec<Contestant<'_>>,
    series: &mut Series,
    table: &mut Table<'_>,
) {
    let times = measure(&mut contestants, options.effort);
    series.learn(&contestants, &times);
    let size = Size { length: len.to_string(), bits: name.into(), sign: "" };
    let limits =
        [goals::fresh_words(), goals::reused(), goals::fresh_words(), goals::reused(), goals::rust()];
    table.row(size, &contestants, &times, &limits);
}

/// The product, written over another one.
fn into<R: Ring>(pair: &[Poly<R>; 2]) -> Poly<R> {
    let mut product = pair[0].clone();
    pair[0].mul_into(&pair[1], &mut product);
    product
}

fn fresh(context: &Rc<Modulus>, pair: &[ModPoly; 2]) -> ModPoly {
    let mut fresh = ModPoly::new(context);
    fresh.mul(&pair[0], &pair[1]);
    fresh
}

/// Random residues, the last of them not zero.
fn residues(random: &mut StdRng, len: usize, reduce: impl Fn(u64) -> u64) -> Vec<u64> {
    let mut words: Vec<u64> = (0..len).map(|_| reduce(random.random())).collect();
    words[len - 1] = words[len - 1].max(1);
    words
}

/// The natural number of these limbs, the lowest first.
fn natural(limbs: &[u64]) -> BigUint {
    BigUint::new(limbs.iter().flat_map(|&limb| [limb as u32, (limb >> 32) as u32]).collect())
}
