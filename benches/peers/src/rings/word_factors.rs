//! Factors and roots over Z/p.
//!
//! A call factors all polynomials of a set, since times differ with degrees that chance gives: what is compared is the time of the same set.

use super::{lengths, operations::Operations};
use crate::{
    flint::{WordFactors, WordPoly},
    inputs::generator,
    options::Options,
    table::Csv,
};
use monic::{Poly, PrimeField, Zmod};
use rand::{RngExt, rngs::StdRng};

/// Degrees.
const LENGTHS: [usize; 6] = [10, 30, 100, 300, 1000, 3000];
/// Moduli, with the names that they have in the table.
const MODULI: [(&str, u64); 4] =
    [("3", 3), ("10007", 10_007), ("998244353", 998_244_353), ("2^61-1", (1 << 61) - 1)];

/// `--bits` chooses moduli by their size, `--lengths` are degrees.
pub fn over_words(options: &Options, csv: &mut Option<Csv>) {
    for (name, p) in MODULI {
        let size = 64 - p.leading_zeros() as usize;
        if options.bits.as_ref().is_some_and(|bits| !bits.contains(&size)) {
            continue;
        }
        let title = format!("factors over Z/p, p = {name}");
        let mut table = Operations::new("zp-factor", title, "", options, csv);
        for degree in lengths(options, &LENGTHS) {
            cells(Zmod::prime(p).expect("a prime"), degree, &mut table);
        }
        table.finish();
    }
}

fn monic(field: PrimeField, degree: usize, random: &mut StdRng) -> Poly<PrimeField> {
    let p = field.characteristic();
    let coefficients = (0..degree).map(|_| random.random_range(0..p)).chain([1]).collect();
    Poly::from_vec(field, coefficients)
}

/// A product of irreducible polynomials of one degree.
fn product(field: PrimeField, count: usize, degree: usize, random: &mut StdRng) -> Poly<PrimeField> {
    let irreducible = |random: &mut StdRng| loop {
        let f = monic(field, degree, random);
        if f.is_irreducible() {
            return f;
        }
    };
    let factors = (0..count).map(|_| irreducible(random));
    Poly::try_product(field, factors).expect("small")
}

fn cells(field: PrimeField, degree: usize, table: &mut Operations<'_>) {
    let p = field.characteristic();
    let mut random = generator(&[p, degree as u64, 91]);
    let count = (1000 / degree).clamp(1, 10);
    type Draw = fn(PrimeField, usize, &mut StdRng) -> Poly<PrimeField>;
    let kinds: [(&str, Draw); 4] = [
        ("random", monic),
        ("two", |field, degree, random| product(field, 2, degree / 2, random)),
        ("of degree 5", |field, degree, random| product(field, degree / 5, 5, random)),
        ("linear", |field, degree, random| product(field, degree, 1, random)),
    ];
    for (name, draw) in kinds {
        let ours: Vec<_> = (0..count).map(|_| draw(field, degree, &mut random)).collect();
        let theirs: Vec<_> = ours.iter().map(|f| WordPoly::from_words(p, f.coefficients())).collect();
        for (f, g) in ours.iter().zip(&theirs) {
            let found = f.factor().into_factors().into_iter().map(|(f, e)| (f.into_coefficients(), e));
            assert!(found.eq(WordFactors::of(g).sorted()), "{name}: differs from FLINT's");
        }
        table.row(
            name,
            degree,
            1,
            |_| theirs.iter().map(|f| WordFactors::of(f).len()).sum::<usize>(),
            |_| ours.iter().map(|f| f.factor().len()).sum::<usize>(),
        );
        if name == "linear" {
            table.row(
                "roots",
                degree,
                1,
                |_| theirs.iter().map(|f| WordFactors::linear(f).len()).sum::<usize>(),
                |_| ours.iter().map(|f| f.roots().len()).sum::<usize>(),
            );
        }
    }
}
