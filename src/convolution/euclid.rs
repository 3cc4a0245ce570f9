//! Long division and the resultant of a regular remainder sequence modulo a word, in place.
//!
//! They stand apart from the generic ones, which ask the ring for one coefficient after the other: here some coefficients of a quotient are found
//! before what they belong to is subtracted, and a resultant takes one inverse in all.
//!
//! # Method
//! Quotients by blocks of [`BLOCK`]: a coefficient depends on the leading ones of the dividend and the divisor, and on those of its block before it; then
//! [`sub_product`] reduces a sum of products once. Resultants without divisions: with `l` the leading coefficient of `b`, the step to
//! `r = l^2*a - q*b` multiplies the resultant by a power of `l`. Where every degree is one less than the one before, all powers are those of the partial
//! products of leading coefficients.

use super::coefficient::{scale_sub_product, sub_product};
use crate::integer::WordModulus;

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

/// The resultant modulo a prime, of two polynomials of which the second has the degree of the first or one less; `None` where another degree is
/// skipped on the way.
pub(crate) fn resultant(n: &WordModulus, f: &[u64], g: &[u64]) -> Option<u64> {
    let (mut a, mut b) = (f.to_vec(), g.to_vec());
    let degree = b.len().checked_sub(1)?;
    // res(f, g) = (-1)^(deg f * deg g) * res(g, f), which is the same for neighbouring degrees.
    let mut negative = false;
    let mut denominator = n.one();
    if a.len() == b.len() {
        if degree == 0 {
            return Some(n.one());
        }
        // r = l*f - t*g; res(g, r) = l^(m - 1) * res(g, f).
        negative = degree % 2 == 1;
        let (l, t) = (b[degree], a.pop()?);
        scale_sub_product(n, &mut a, l, &[t], &b[..degree]);
        denominator = n.pow(l, degree as u64 - 1);
        std::mem::swap(&mut a, &mut b);
    } else if a.len() != b.len() + 1 {
        return None;
    }
    // l_1 * .. * l_i of the leading coefficients of b so far.
    let mut product = n.one();
    loop {
        let k = b.len() - 1;
        let l = b[k];
        if l == 0 {
            return None;
        }
        if k == 0 {
            let value = n.mul(l, n.inverse(denominator).ok()?);
            return Some(if negative { n.neg(value) } else { value });
        }
        // l^2 * a = (q1*x + q0)*b + r, and res(b, r) = l^(2*(k-1)) * res(b, a).
        let low = n.sub(n.mul(l, a[k]), n.mul(a[k + 1], b[k - 1]));
        let q = [low, n.mul(l, a[k + 1])];
        a.truncate(k);
        scale_sub_product(n, &mut a, n.mul(l, l), &q, &b[..k]);
        if k > 1 {
            product = n.mul(product, l);
            denominator = n.mul(denominator, n.mul(product, product));
        }
        std::mem::swap(&mut a, &mut b);
    }
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
        for modulus in [2u64, 7, 101, 998_244_353, (1 << 49) - 69, (1 << 61) - 1, u64::MAX - 58] {
            let field = Zmod::prime(modulus).unwrap_or_else(|_| Zmod::prime(998_244_353).unwrap());
            let n = field.word_modulus();
            for len in 1..40 {
                for longer in 0..2 {
                    let (mut f, mut g) = (draw(n, len + longer, 3 + len as u64), draw(n, len, 5));
                    (f[len + longer - 1], g[len - 1]) = (n.one(), n.neg(n.one()));
                    let expected = half_gcd::resultant(&field, &f, &g).unwrap();
                    match resultant(n, &f, &g) {
                        Some(value) => assert_eq!(value, expected, "{modulus}: {len}, {longer}"),
                        None => skipped += 1,
                    }
                }
            }
        }
        assert!(skipped > 20);
        let n = WordModulus::new(101).unwrap();
        assert_eq!(resultant(&n, &[1, 2, 3], &[1]), None);
        assert_eq!(resultant(&n, &[1, 2, 3], &[2, 4, 6]), None);
    }
}
