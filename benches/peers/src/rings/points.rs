//! Z/p[x] at special points: products from roots, values and interpolation at geometric progressions.
//!
//! Where a table of products has the size of the coefficients, this one has the operation; the length is the number of points.

use super::lengths;
use crate::{
    flint::WordPoly,
    goals,
    inputs::{generator, rotation},
    options::Options,
    table::{Csv, Layout, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};
use monic::{Poly, Zmod};
use rand::RngExt;

const LENGTHS: [usize; 6] = [16, 64, 256, 1024, 16384, 131_072];
/// Moduli, with the names that they have in the table and the square root of a ratio of large order.
const MODULI: [(&str, u64, u64); 2] = [("998244353", 998_244_353, 3), ("2^61-1", (1 << 61) - 1, 37)];

/// `--bits` chooses moduli by their size.
pub fn special(options: &Options, csv: &mut Option<Csv>) {
    for (name, p, root) in MODULI {
        let size = 64 - p.leading_zeros() as usize;
        if options.bits.as_ref().is_some_and(|bits| !bits.contains(&size)) {
            continue;
        }
        let layout = Layout {
            ring: "zp-points",
            title: format!("points over Z/p, p = {name}"),
            columns: vec!["FLINT", "Poly"],
            ratios: vec![Ratio::new("ratio", "Poly", "FLINT", goals::mean(1.0))],
        };
        let mut table = Table::new(layout, csv);
        for len in lengths(options, &LENGTHS) {
            cells(options, p, root, len, &mut table);
        }
        table.finish();
    }
}

fn cells(options: &Options, p: u64, root: u64, len: usize, table: &mut Table<'_>) {
    let field = Zmod::prime(p).expect("a prime");
    let ratio = field.word_modulus().pow(root, 2);
    let inputs = rotation(2 * len);
    let mut random = generator(&[p, len as u64, 78]);
    let words: Vec<Vec<u64>> =
        (0..inputs).map(|_| (0..len).map(|_| random.random_range(1..p)).collect()).collect();
    let ours: Vec<_> = words.iter().map(|f| Poly::from_vec(field, f.clone())).collect();
    let theirs: Vec<_> = words.iter().map(|f| WordPoly::from_words(p, f)).collect();
    let mut row = |name: &'static str, theirs: Contestant<'_>, ours: Contestant<'_>| {
        let mut contestants = vec![theirs, ours];
        let times = measure(&mut contestants, options.effort);
        let size = Size { length: len.to_string(), bits: name.into(), sign: "" };
        table.row(size, &contestants, &times, &[goals::reused()]);
    };

    let mut product = WordPoly::new(p);
    product.product_of_roots(&words[0]);
    let roots = |k: usize| Poly::from_roots(field, words[k].iter().copied());
    assert!(roots(0).coefficients() == product.words(), "from roots: differs from FLINT's");
    row(
        "roots",
        Contestant::new("FLINT", Role::Flint, inputs, |k| product.product_of_roots(&words[k])),
        Contestant::new("Poly", Role::Monic, inputs, roots),
    );

    let mut values = vec![0; len];
    theirs[0].evaluate_geometric(root, &mut values);
    assert!(ours[0].eval_geometric(&1, &ratio, len) == values, "values: differ from FLINT's");
    row(
        "values",
        Contestant::new("FLINT", Role::Flint, inputs, |k| theirs[k].evaluate_geometric(root, &mut values)),
        Contestant::new("Poly", Role::Monic, inputs, |k| ours[k].eval_geometric(&1, &ratio, len)),
    );

    let through = |k: usize| {
        Poly::try_interpolate_geometric(&field, &1, &ratio, &words[k]).expect("the points are apart")
    };
    product.interpolate_geometric(root, &words[0]);
    assert!(through(0).coefficients() == product.words(), "interpolation: differs from FLINT's");
    row(
        "interpolation",
        Contestant::new("FLINT", Role::Flint, inputs, |k| product.interpolate_geometric(root, &words[k])),
        Contestant::new("Poly", Role::Monic, inputs, through),
    );
}
