//! Z/p[x] at special points: products from roots, values and interpolation at geometric progressions.
//!
//! Where a table of products has the size of the coefficients, this one has the operation; the length is the number of points.

use super::{lengths, operations::Operations};
use crate::{
    flint::WordPoly,
    inputs::{generator, rotation},
    options::Options,
    table::Csv,
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
        let mut table =
            Operations::new("zp-points", format!("points over Z/p, p = {name}"), "", options, csv);
        for len in lengths(options, &LENGTHS) {
            cells(p, root, len, &mut table);
        }
        table.finish();
    }
}

fn cells(p: u64, root: u64, len: usize, table: &mut Operations<'_>) {
    let field = Zmod::prime(p).expect("a prime");
    let ratio = field.word_modulus().pow(root, 2);
    let inputs = rotation(2 * len);
    let mut random = generator(&[p, len as u64, 78]);
    let words: Vec<Vec<u64>> =
        (0..inputs).map(|_| (0..len).map(|_| random.random_range(1..p)).collect()).collect();
    let ours: Vec<_> = words.iter().map(|f| Poly::from_vec(field, f.clone())).collect();
    let theirs: Vec<_> = words.iter().map(|f| WordPoly::from_words(p, f)).collect();

    let mut product = WordPoly::new(p);
    product.product_of_roots(&words[0]);
    let roots = |k: usize| Poly::from_roots(field, words[k].iter().copied());
    assert!(roots(0).coefficients() == product.words(), "from roots: differs from FLINT's");
    table.row("roots", len, inputs, |k| product.product_of_roots(&words[k]), roots);

    let mut values = vec![0; len];
    theirs[0].evaluate_geometric(root, &mut values);
    assert!(ours[0].eval_geometric(&1, &ratio, len) == values, "values: differ from FLINT's");
    table.row(
        "values",
        len,
        inputs,
        |k| theirs[k].evaluate_geometric(root, &mut values),
        |k| ours[k].eval_geometric(&1, &ratio, len),
    );

    let through = |k: usize| {
        Poly::try_interpolate_geometric(&field, &1, &ratio, &words[k]).expect("the points are apart")
    };
    product.interpolate_geometric(root, &words[0]);
    assert!(through(0).coefficients() == product.words(), "interpolation: differs from FLINT's");
    table.row("interpolation", len, inputs, |k| product.interpolate_geometric(root, &words[k]), through);
}
