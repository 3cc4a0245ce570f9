//! Q[x]: `fmpq_poly_mul` against `&f * &g`.
//!
//! The two keep results differently: FLINT's is a vector of numerators over one denominator, this crate's a `Vec<BigRational>` in
//! which every fraction is in lowest terms. What is timed is each library's product in its own type; and the product of
//! `RationalVec`s, which are laid out and reduced as FLINT's polynomials are. Coefficients are random
//! integers over nothing (denominator 1) or over random numbers up to 16.

use super::{bits, lengths, sign};
use crate::{
    flint::{Integer, IntegerPoly, RationalPoly},
    goals,
    inputs::{generator, rotation, rows},
    options::Options,
    table::{Csv, Layout, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};
use monic::{
    Poly, QQ, Rationals, Ring, ZZ,
    convolution::{self, RationalVec, Want},
    integer::{IntegerSlice, IntegerVec},
};
use num_bigint::BigInt;
use num_rational::BigRational;
use rand::{RngExt, rngs::StdRng};

const LENGTHS: [usize; 8] = [4, 16, 64, 256, 1024, 4096, 16384, 65536];
/// The least common multiple of 1, ..., 16.
const DENOMINATOR: u64 = 720_720;

pub fn products(options: &Options, csv: &mut Option<Csv>) {
    let layout = Layout {
        ring: "q",
        title: "products in Q[x], denominators 1 or up to 16".into(),
        columns: vec!["FLINT", "FLINT fresh", "flat", "flat into", "fresh", "into"],
        ratios: vec![
            Ratio::new("flat ratio", "flat", "FLINT fresh", goals::mean(0.5)),
            Ratio::new("flat into", "flat into", "FLINT", goals::mean(0.5)),
            Ratio::new("fresh ratio", "fresh", "FLINT fresh", goals::mean(0.5)),
            Ratio::new("into ratio", "into", "FLINT", goals::mean(0.5)),
        ],
    };
    let mut table = Table::new(layout, csv);
    for denominators in [false, true] {
        for bits in bits(options, &[8, 30, 62, 256]) {
            for len in lengths(options, &LENGTHS) {
                row(options, len, bits, denominators, &mut table);
            }
        }
    }
    table.finish();
}

fn row(options: &Options, len: usize, bits: usize, denominators: bool, table: &mut Table<'_>) {
    let inputs = rotation(4 * len);
    let mut random = generator(&[len as u64, bits as u64, denominators.into(), 0x51]);
    let pairs: Vec<[(RationalPoly, Poly<Rationals>, RationalVec); 2]> =
        (0..inputs).map(|_| [(); 2].map(|()| operand(&mut random, len, bits, denominators))).collect();
    for pair in &pairs[..if len <= 1024 { inputs } else { 1 }] {
        let mut expected = RationalPoly::new();
        expected.mul(&pair[0].0, &pair[1].0);
        let product = &pair[0].1 * &pair[1].1;
        assert!(same(&expected, &product), "the product differs from FLINT's");
        let mut written = pair[0].1.clone();
        pair[0].1.mul_into(&pair[1].1, &mut written);
        assert!(product == written, "the two products differ");
        let flat = convolution::rationals(&pair[0].2, &pair[1].2, &Want::full()).expect("under the limit");
        assert!(flat.to_rationals() == product.coefficients(), "the flat product differs");
    }
    let mut destination = RationalPoly::new();
    let (mut flat_destination, mut poly_destination) = (RationalVec::default(), Poly::zero(QQ));
    let mut contestants = vec![
        Contestant::new("FLINT", Role::Flint, inputs, |k| destination.mul(&pairs[k][0].0, &pairs[k][1].0)),
        Contestant::new("FLINT fresh", Role::Flint, inputs, |k| {
            let mut fresh = RationalPoly::new();
            fresh.mul(&pairs[k][0].0, &pairs[k][1].0);
            fresh
        }),
        Contestant::new("flat", Role::Monic, inputs, |k| {
            convolution::rationals(&pairs[k][0].2, &pairs[k][1].2, &Want::full()).expect("under the limit")
        }),
        Contestant::new("flat into", Role::Monic, inputs, |k| {
            let (a, b) = (&pairs[k][0].2, &pairs[k][1].2);
            convolution::rationals_into(a, b, &Want::full(), &mut flat_destination).expect("under the limit")
        }),
        Contestant::new("fresh", Role::Monic, inputs, |k| &pairs[k][0].1 * &pairs[k][1].1),
        Contestant::new("into", Role::Monic, inputs, |k| {
            pairs[k][0].1.mul_into(&pairs[k][1].1, &mut poly_destination)
        }),
    ];
    let times = measure(&mut contestants, options.effort);
    let bits = format!("{bits}{}", if denominators { "/16" } else { "" });
    let size = Size { length: len.to_string(), bits, sign: sign(true) };
    table.row(
        size,
        &contestants,
        &times,
        &[goals::reused(), goals::reused(), goals::fresh_words(), goals::reused()],
    );
}

fn operand(
    random: &mut StdRng,
    len: usize,
    bits: usize,
    denominators: bool,
) -> (RationalPoly, Poly<Rationals>, RationalVec) {
    let numerators = rows(random, len, bits, true).to_bigints();
    let below = if denominators { 17 } else { 2 };
    let fractions: Vec<(BigInt, u64)> =
        numerators.into_iter().map(|n| (n, random.random_range(1..below))).collect();
    let over_one: Vec<BigInt> = fractions.iter().map(|(n, d)| n * (DENOMINATOR / d)).collect();
    let over_one = IntegerPoly::from_rows(IntegerVec::from_bigints(&over_one).as_slice());
    let flint = RationalPoly::from_quotient(&over_one, &Integer::from_limbs(&[DENOMINATOR]));
    let fractions = fractions.into_iter().map(|(n, d)| BigRational::new(n, d.into()));
    let poly = Poly::from_vec(QQ, fractions.collect());
    let flat = RationalVec::from_rationals(poly.coefficients()).expect("under the limit");
    (flint, poly, flat)
}

/// Whether `numerators[k] / denominator = poly[k]` for all k.
pub(super) fn same(flint: &RationalPoly, poly: &Poly<Rationals>) -> bool {
    let (numerators, denominator) = (flint.numerators(), flint.denominator());
    let width = numerators.bits() / 64 + 1;
    let rows = IntegerVec::from_limbs(numerators.rows(0..numerators.len(), width), width);
    let limbs = denominator.limbs(denominator.bits() / 64 + 1);
    let limbs = [limbs.as_slice(), &[0]].concat();
    let denominator = IntegerSlice::new(&limbs, limbs.len()).get(0);
    numerators.len() == poly.len()
        && rows
            .iter()
            .zip(poly.iter())
            .all(|(n, fraction)| ZZ.mul(&n, fraction.denom()) == ZZ.mul(fraction.numer(), &denominator))
}
