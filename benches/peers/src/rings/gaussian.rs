//! Z[i][x]: FLINT's products against `&f * &g`.
//!
//! FLINT has no type of its own for these polynomials. `FLINT` is what one writes with its public functions: real and imaginary parts
//! as two `fmpz_poly`, three products (`(a + bi)(c + di)` from `ac`, `bd` and `(a + b)(c + d)`), temporaries used again; `FLINT 4`, the
//! same from four products, which is faster where the sums make coefficients outgrow a word. The better of the two counts.

use super::{bits, lengths, sign};
use crate::{
    flint::{IntegerPoly, same},
    goals,
    inputs::{generator, rotation, rows},
    options::Options,
    table::{Csv, FLINT, Layout, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};
use monic::{GaussianIntegers, Poly, ZZ_I};
use num_bigint::BigInt;
use num_complex::Complex;
use rand::rngs::StdRng;

const LENGTHS: [usize; 9] = [4, 16, 64, 256, 1024, 4096, 16384, 65536, 262_144];

/// A polynomial in the types of both.
struct Operand {
    re: IntegerPoly,
    im: IntegerPoly,
    poly: Poly<GaussianIntegers>,
}

/// A result of FLINT's, and what it needs on the way.
struct Workspace {
    re: IntegerPoly,
    im: IntegerPoly,
    first: IntegerPoly,
    second: IntegerPoly,
}

impl Workspace {
    fn new() -> Self {
        let [re, im, first, second] = [(); 4].map(|()| IntegerPoly::new());
        Workspace { re, im, first, second }
    }

    fn three(&mut self, f: &Operand, g: &Operand) {
        self.first.add(&f.re, &f.im);
        self.second.add(&g.re, &g.im);
        self.im.mul(&self.first, &self.second);
        self.first.mul(&f.re, &g.re);
        self.second.mul(&f.im, &g.im);
        self.im.sub_assign(&self.first);
        self.im.sub_assign(&self.second);
        self.re.sub(&self.first, &self.second);
    }

    fn four(&mut self, f: &Operand, g: &Operand) {
        self.re.mul(&f.re, &g.re);
        self.first.mul(&f.im, &g.im);
        self.re.sub_assign(&self.first);
        self.first.mul(&f.re, &g.im);
        self.second.mul(&f.im, &g.re);
        self.im.add(&self.first, &self.second);
    }
}

pub fn products(options: &Options, csv: &mut Option<Csv>) {
    let layout = Layout {
        ring: "gauss",
        title: "products in Z[i][x]; FLINT by three and by four products of integer polynomials".into(),
        columns: vec!["FLINT", "FLINT 4", "fresh", "into"],
        ratios: vec![
            Ratio::new("fresh ratio", "fresh", FLINT, goals::mean(0.5)),
            Ratio::new("into ratio", "into", FLINT, goals::mean(0.5)),
        ],
    };
    let mut table = Table::new(layout, csv);
    for bits in bits(options, &[8, 30, 62, 128, 256, 1024]) {
        let most = if options.quick { 1 << 23 } else { 400_000_000 };
        for len in lengths(options, &LENGTHS).into_iter().filter(|len| 4 * len * bits <= most) {
            row(options, len, bits, &mut table);
        }
    }
    table.finish();
}

fn row(options: &Options, len: usize, bits: usize, table: &mut Table<'_>) {
    let inputs = rotation(4 * len);
    let mut random = generator(&[len as u64, bits as u64, 0x69]);
    let pairs: Vec<[Operand; 2]> =
        (0..inputs).map(|_| [(); 2].map(|()| operand(&mut random, len, bits))).collect();
    for [f, g] in &pairs[..if len <= 1024 { inputs } else { 1 }] {
        let mut expected = Workspace::new();
        expected.three(f, g);
        let product = &f.poly * &g.poly;
        let mut written = f.poly.clone();
        f.poly.mul_into(&g.poly, &mut written);
        assert!(product == written, "the two products differ");
        let product = product.into_coefficients();
        let (re, im): (Vec<BigInt>, Vec<BigInt>) = product.into_iter().map(|z| (z.re, z.im)).unzip();
        assert!(same(&expected.re, &re) && same(&expected.im, &im), "the product differs from FLINT's");
    }
    let mut destination = Poly::zero(ZZ_I);
    let (mut three, mut four) = (Workspace::new(), Workspace::new());
    let mut contestants = vec![
        Contestant::new("FLINT", Role::Flint, inputs, |k| three.three(&pairs[k][0], &pairs[k][1])),
        Contestant::new("FLINT 4", Role::Flint, inputs, |k| four.four(&pairs[k][0], &pairs[k][1])),
        Contestant::new("fresh", Role::Monic, inputs, |k| &pairs[k][0].poly * &pairs[k][1].poly),
        Contestant::new("into", Role::Monic, inputs, |k| {
            pairs[k][0].poly.mul_into(&pairs[k][1].poly, &mut destination)
        }),
    ];
    let times = measure(&mut contestants, options.effort);
    let size = Size { length: len.to_string(), bits: bits.to_string(), sign: sign(true) };
    table.row(size, &contestants, &times, &[goals::fresh(len, bits), goals::reused()]);
}

fn operand(random: &mut StdRng, len: usize, bits: usize) -> Operand {
    let [re, im] = [(); 2].map(|()| rows(random, len, bits, true));
    let poly = re.iter().zip(im.iter()).map(|(re, im)| Complex::new(re, im)).collect();
    Operand {
        re: IntegerPoly::from_rows(re.as_slice()),
        im: IntegerPoly::from_rows(im.as_slice()),
        poly: Poly::from_vec(ZZ_I, poly),
    }
}
