//! Products of matrices of polynomials modulo a word, `c[i][j] = sum over k of a[i][k]*b[k][j]`: every entry transformed once, one transform
//! back for each entry of the result.
//!
//! Two by two matrices have eight transforms in and four back in place of sixteen and eight.

use super::{Frame, Transformed};
use crate::{
    Result,
    convolution::{
        Want, choose,
        plan::{Facts, Plan, Shape},
        words_mod_dot,
    },
    integer::WordModulus,
};

/// The product of two matrices of polynomials modulo `n`, row by row, `inner` columns of the first and rows of the second.
///
/// # Shape
/// An entry has as many coefficients as the longest of its products.
///
/// # Errors
/// As for [`words_mod`](crate::convolution::words_mod).
///
/// # Panics
/// When the number of entries of either is no multiple of `inner`; in debug builds, when an entry is not reduced.
///
/// # Examples
/// ```
/// use monic::{convolution::words_mod_matrix, integer::WordModulus};
/// let product = words_mod_matrix(&WordModulus::new(7)?, &[&[1], &[0, 1]], &[&[2, 3], &[4]], 2)?; // 2 + 3x + 4x
/// assert_eq!(product, [[2, 0]]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn words_mod_matrix(n: &WordModulus, a: &[&[u64]], b: &[&[u64]], inner: usize) -> Result<Vec<Vec<u64>>> {
    let (rows, columns) = matrix_shape(a.len(), b.len(), inner);
    let longest = |m: &[&[u64]]| m.iter().map(|entry| entry.len()).max().unwrap_or(0);
    let shape = Shape::new(longest(a), longest(b), &Want::full());
    let plan = choose(&Facts::Word { modulus: n.modulus() }, &shape, &Want::full())?;
    let shared = matches!(plan, Plan::Ntt(ntt) if ntt.block == 0);
    if !shared || rows * columns < 2 {
        let entry = |i: usize, j: usize| {
            let pairs: Vec<(&[u64], &[u64])> =
                (0..inner).map(|k| (a[i * inner + k], b[k * columns + j])).collect();
            words_mod_dot(n, &pairs, &Want::full())
        };
        return (0..rows * columns).map(|at| entry(at / columns, at % columns)).collect();
    }
    let frame = Frame::words(n, &shape, inner)?;
    let transform = |m: &[&[u64]]| m.iter().map(|&entry| frame.transform(entry)).collect::<Result<Vec<_>>>();
    let (x, y) = (transform(a)?, transform(b)?);
    let entry = |i: usize, j: usize| {
        let pairs: Vec<_> = (0..inner).map(|k| (&x[i * inner + k], &y[k * columns + j])).collect();
        Transformed::dot_words(&pairs, &Want::full())
    };
    (0..rows * columns).map(|at| entry(at / columns, at % columns)).collect()
}

/// Rows of the first and columns of the second of two matrices.
///
/// # Panics
/// When the number of entries of either is no multiple of `inner`.
pub(crate) fn matrix_shape(a: usize, b: usize, inner: usize) -> (usize, usize) {
    let whole = inner > 0 && a.is_multiple_of(inner) && b.is_multiple_of(inner);
    assert!(whole, "matrices of {a} and {b} entries do not multiply over {inner}");
    (a / inner, b / inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against sums of products, for entries of all kinds of lengths.
    #[test]
    fn against_sums_of_products() {
        for n in [998_244_353u64, (1 << 61) - 1, u64::MAX] {
            let modulus = WordModulus::new(n).unwrap();
            for len in [1usize, 5, 70, 300] {
                let draw = |seed: u64, len: usize| -> Vec<u64> {
                    (0..len as u64).map(|k| (k + seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) % n).collect()
                };
                let a = [draw(1, len), draw(2, 0), draw(3, len / 2), draw(4, len + 3)];
                let b = [draw(5, len), draw(6, 2 * len), draw(7, 1), draw(8, len)];
                let (a, b) = (a.each_ref().map(|v| &v[..]), b.each_ref().map(|v| &v[..]));
                let product = words_mod_matrix(&modulus, &a, &b, 2).unwrap();
                assert_eq!(product.len(), 4);
                for (at, entry) in product.iter().enumerate() {
                    let pairs = [(a[at / 2 * 2], b[at % 2]), (a[at / 2 * 2 + 1], b[2 + at % 2])];
                    assert_eq!(*entry, words_mod_dot(&modulus, &pairs, &Want::full()).unwrap());
                }
            }
        }
    }
}
