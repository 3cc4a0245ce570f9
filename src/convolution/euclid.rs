//! Long division, steps of Euclid's algorithm and the resultant of a regular remainder sequence modulo a word, in place.
//!
//! They stand apart from the generic ones, which ask the ring for one coefficient after the other: here some coefficients of a quotient are found
//! before what they belong to is subtracted, and a resultant takes one inverse in all.
//!
//! # Method
//! Quotients by blocks of [`BLOCK`]: a coefficient depends on the leading ones of the dividend and the divisor, and on those of its block before it; then
//! [`sub_product`] reduces a sum of products once. Steps without divisions, in vectors: [`remainders`](super::short::remainders). Where every degree is one less than the one
//! before, the powers of leading coefficients in a resultant are those of their partial products.

use super::{
    backend,
    coefficient::{scale_sub_product, sub_product},
    scratch,
    short::{
        self, Kernels,
        remainders::{Remainders, Shape},
    },
};
use crate::{Result, integer::WordModulus};

/// Coefficients of a quotient that are found before they are used.
const BLOCK: usize = 4;

/// Divides in place: the quotient is returned, and the remainder left, as long as the degree of `g`. `inverse` is that of the leading
/// coefficient of `g`; dividends are not shorter.
pub(crate) fn quo_rem(n: &WordModulus, rem: &mut Vec<u64>, g: &[u64], inverse: u64) -> Vec<u64> {
    let degree = g.len() - 1;
    let mut quo = vec![0; rem.len() - degree];
    let mut end = quo.len();
    while end > 0 {
        let start = end.saturating_sub(BLOCK);
        for k in (start..end).rev() {
            let mut top = rem[degree + k];
            for (i, &q) in quo[k + 1..end].iter().enumerate().take(degree) {
                top = n.sub(top, n.mul(q, g[degree - 1 - i]));
            }
            quo[k] = n.mul(top, inverse);
        }
        sub_product(n, &mut rem[start..start + degree], &quo[start..end], &g[..degree]);
        end = start;
    }
    rem.truncate(degree);
    quo
}

/// Takes steps of a remainder sequence as long as each degree is one less than the one before and the second has more than `least` coefficients, or one: a first,
/// one degree higher, and a second of at least two coefficients change in place, without trailing zeros, and so do the rows of the matrix. The leading coefficients that were divided by are appended
/// where they are asked for; a remainder is scaled by what is returned times the square of its leading coefficient.
///
/// # Errors
/// Kind limit, where memory is refused; kind unsupported where `MONIC_SIMD` is wrong.
pub(crate) fn reduce(
    n: &WordModulus,
    pair: [&mut Vec<u64>; 2],
    least: usize,
    matrix: Option<&mut [Vec<u64>; 4]>,
    leading: Option<&mut Vec<u64>>,
) -> Result<u64> {
    reduce_by(short::unit(backend()?), n, pair, least, matrix, leading)
}

/// [`reduce`] in the lanes of a unit, or one coefficient after the other.
pub(super) fn reduce_by(
    unit: Option<&dyn Kernels>,
    n: &WordModulus,
    pair: [&mut Vec<u64>; 2],
    least: usize,
    matrix: Option<&mut [Vec<u64>; 4]>,
    leading: Option<&mut Vec<u64>>,
) -> Result<u64> {
    let [a, b] = pair;
    let (len, least) = (b.len(), least.max(1));
    debug_assert!(a.len() == len + 1 && len > 1);
    let width = matrix.as_ref().map_or(0, |m| m.iter().map(Vec::len).max().unwrap_or(0));
    let columns = if matrix.is_some() { 2 } else { 0 };
    let shape = Shape::new(len + 1, columns, width + len.saturating_sub(least));
    let [start, entries @ ..] = shape.places();
    let mut room = scratch::take(2 * shape.room())?;
    room.fill(0);
    let (first, second) = room.split_at_mut(shape.room());
    first[start..][..len + 1].copy_from_slice(a);
    second[start..][..len].copy_from_slice(b);
    if let Some(matrix) = &matrix {
        for (k, entry) in matrix.iter().enumerate() {
            let row = if k < 2 { &mut *first } else { &mut *second };
            row[entries[k % 2]..][..entry.len()].copy_from_slice(entry);
        }
    }
    let remainders = Remainders { n, rows: [first, second], shape, len, least, width, leading };
    let taken = match unit {
        Some(unit) => unit.remainders(remainders),
        None => remainders.one_by_one(),
    };
    let (first, second) = room.split_at(shape.room());
    let rows = if taken.steps % 2 == 0 { [first, second] } else { [second, first] };
    let set = |to: &mut Vec<u64>, from: &[u64]| {
        let len = from.len() - from.iter().rev().take_while(|&&x| x == 0).count();
        to.clear();
        to.extend_from_slice(&from[..len]);
    };
    let len = len - taken.steps;
    set(a, &rows[0][start..][..len + 1]);
    set(b, &rows[1][start..][..len]);
    if let Some(matrix) = matrix {
        for (k, entry) in matrix.iter_mut().enumerate() {
            set(entry, &rows[k / 2][entries[k % 2]..][..width + taken.steps]);
        }
    }
    Ok(taken.unit)
}

/// The resultant modulo a prime, of two polynomials of which the second has the degree of the first or one less; `None` where another degree is
/// skipped on the way.
///
/// # Errors
/// As for [`reduce`].
pub(crate) fn resultant(n: &WordModulus, f: &[u64], g: &[u64]) -> Result<Option<u64>> {
    let (mut a, mut b) = (f.to_vec(), g.to_vec());
    let Some(degree) = b.len().checked_sub(1) else { return Ok(None) };
    // res(f, g) = (-1)^(deg f * deg g) * res(g, f), which is the same for neighbouring degrees.
    let mut negative = false;
    let mut denominator = n.one();
    if a.len() == b.len() {
        if degree == 0 {
            return Ok(Some(n.one()));
        }
        // r = l*f - t*g; res(g, r) = l^(m - 1) * res(g, f).
        negative = degree % 2 == 1;
        let (l, t) = (b[degree], a[degree]);
        a.truncate(degree);
        scale_sub_product(n, &mut a, l, &[t], &b[..degree]);
        denominator = n.pow(l, degree as u64 - 1);
        std::mem::swap(&mut a, &mut b);
    } else if a.len() != b.len() + 1 {
        return Ok(None);
    }
    if b.last() == Some(&0) {
        return Ok(None);
    }
    let (mut leading, mut unit) = (Vec::with_capacity(b.len()), n.one());
    if b.len() > 1 {
        unit = reduce(n, [&mut a, &mut b], 1, None, Some(&mut leading))?;
    }
    let (&[constant], &[_, _]) = (&b[..], &a[..]) else { return Ok(None) };
    // res(a, b) = l^2 * res(b, r) / s^k for the step from a to r by b of degree k, whose scale is s = u*l^2: all powers together are those of the products of the first leading
    // coefficients, and u as often as there are pairs of them.
    let mut product = n.one();
    let mut products = n.one();
    for &l in &leading {
        product = n.mul(product, l);
        products = n.mul(products, product);
    }
    let steps = leading.len() as u64;
    let units = n.pow(unit, steps * (steps + 1) / 2);
    denominator = n.mul(n.mul(denominator, units), n.mul(products, products));
    let value = n.mul(n.mul(constant, n.mul(product, product)), n.inverse(denominator)?);
    Ok(Some(if negative { n.neg(value) } else { value }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{
        Zmod,
        generic::{division, half_gcd, trim},
    };

    fn draw(n: &WordModulus, len: usize, seed: u64) -> Vec<u64> {
        let word = |k: u64| (k + 1).wrapping_mul(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31);
        (0..len as u64).map(|k| n.reduce(word(k))).collect()
    }

    #[test]
    fn divisions() {
        for modulus in [2u64, 7, 998_244_353, 4_294_967_291, (1 << 61) - 1, u64::MAX - 58] {
            let ring = Zmod::new(modulus);
            let n = ring.word_modulus();
            for quotient in [1, 2, 3, 4, 5, 8, 13] {
                for len in [1, 2, 3, 4, 5, 6, 20] {
                    let (f, mut g) = (draw(n, quotient + len - 1, 3), draw(n, len, 5));
                    g[len - 1] = modulus - 1;
                    let mut rem = f.clone();
                    let quo = quo_rem(n, &mut rem, &g, modulus - 1);
                    assert_eq!(rem.len(), len - 1);
                    trim(&ring, &mut rem);
                    assert_eq!(
                        (quo, rem),
                        division::long(&ring, &f, &g).unwrap(),
                        "{modulus}: {quotient}, {len}"
                    );
                }
            }
        }
    }

    #[test]
    fn resultants() {
        let mut skipped = 0;
        for modulus in [2u64, 7, 101, 998_244_353, (1 << 49) - 81, (1 << 61) - 1, u64::MAX - 58] {
            let field = Zmod::prime(modulus).unwrap();
            let n = field.word_modulus();
            for len in 1..40 {
                for longer in 0..2 {
                    let (mut f, mut g) = (draw(n, len + longer, 3 + len as u64), draw(n, len, 5));
                    (f[len + longer - 1], g[len - 1]) = (n.one(), n.neg(n.one()));
                    let expected = half_gcd::resultant(&field, &f, &g).unwrap();
                    match resultant(n, &f, &g).unwrap() {
                        Some(value) => assert_eq!(value, expected, "{modulus}: {len}, {longer}"),
                        None => skipped += 1,
                    }
                }
            }
        }
        assert!(skipped > 20);
        let n = WordModulus::new(101).unwrap();
        assert_eq!(resultant(&n, &[1, 2, 3], &[1]).unwrap(), None);
        assert_eq!(resultant(&n, &[1, 2, 3], &[2, 4, 6]).unwrap(), None);
    }
}
