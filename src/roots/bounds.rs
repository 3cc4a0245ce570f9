//! Bounds of the absolute values of roots, and of the distance between two of them, as powers of two.
//!
//! They stand apart because each is a formula in the sizes of the coefficients, computed from their numbers of bits: a power of two is
//! what bisection starts from, and costs no arithmetic.
//!
//! # Source
//! Cauchy, "Exercices de mathématiques", 1829; M. Fujiwara, "Über die obere Schranke des absoluten Betrages der Wurzeln einer algebraischen Gleichung",
//! Tôhoku Math. J. 10, 1916; Lagrange, "Sur la résolution des équations numériques", 1767; A. Akritas, A. Strzeboński, P. Vigklas, "Improving the
//! performance of the continued fractions method using new bounds of positive roots", Nonlinear Analysis 13, 2008 (local maximum, quadratic); M.
//! Mignotte, "Some useful bounds", in Computer Algebra, 1982.
//!
//! # Invariants
//! Polynomials have no trailing zeros. Of a constant the bounds are 0.

use num_bigint::{BigInt, Sign};

/// The smallest `k` with `|c| < 2^k`, and the largest with `2^k <= |c|`.
fn size(c: &BigInt) -> Option<(i64, i64)> {
    (c.sign() != Sign::NoSign).then(|| (c.bits() as i64, c.bits() as i64 - 1))
}

/// `k` with `|x| < 2^k` for all complex roots: `1 + max |c[j]/c[n]|` (Cauchy).
///
/// # Examples
/// ```
/// use monic::{ZZ, roots::bounds};
/// let f = ZZ.parse("x^3 - 100*x + 3")?;
/// assert!(bounds::cauchy(f.coefficients()) <= 8); // below 256
/// assert!(bounds::fujiwara(f.coefficients()) <= 6); // below 64
/// # Ok::<(), monic::Error>(())
/// ```
pub fn cauchy(f: &[BigInt]) -> i64 {
    let Some((_, leading)) = f.last().and_then(size) else { return 0 };
    let largest = f[..f.len() - 1].iter().filter_map(size).map(|(high, _)| high - leading).max();
    // 1 + 2^m <= 2^(max(m, 0) + 1).
    largest.map_or(0, |m| m.max(0) + 1)
}

/// `k` with `|x| < 2^k` for all complex roots: `2 * max |c[n-j]/c[n]|^(1/j)` (Fujiwara), which is at most `2n` times the largest one.
pub fn fujiwara(f: &[BigInt]) -> i64 {
    let Some((_, leading)) = f.last().and_then(size) else { return 0 };
    let n = f.len() - 1;
    let each = f[..n].iter().enumerate().filter_map(|(j, c)| Some((size(c)?.0 - leading, (n - j) as i64)));
    // The quotient is below 2^bits, its root below 2^ceil(bits/j).
    each.map(|(bits, j)| -(-bits).div_euclid(j)).max().map_or(0, |k| k + 1)
}

/// `k` with `x < 2^k` for all real roots, from the negative coefficients alone (Lagrange): `1 + max |c[j]/c[n]|^(1/(n-m))` over the negative
/// `c[j]`, the highest of which is `c[m]`; signs are those beside a positive leading coefficient.
pub fn lagrange(f: &[BigInt]) -> i64 {
    let Some((_, leading)) = f.last().and_then(size) else { return 0 };
    let n = f.len() - 1;
    let opposite = |c: &&BigInt| c.sign() != Sign::NoSign && c.sign() != f[n].sign();
    let Some(gap) = f.iter().rev().position(|c| opposite(&c)) else { return 0 };
    let largest = f.iter().filter(opposite).filter_map(size).map(|(high, _)| high - leading).max();
    largest.map_or(0, |bits| (-(-bits).div_euclid(gap as i64)).max(0) + 1)
}

/// `k` with `x < 2^k` for all real roots (local maximum, quadratic): each negative coefficient is held against all positive ones above it, of which a
/// part is used up each time. Signs are those beside a positive leading coefficient.
///
/// # Complexity
/// Quadratic in the degree.
///
/// # Examples
/// ```
/// use monic::{ZZ, roots::bounds};
/// let f = ZZ.parse("x^5 + 1000*x^4 - 1000*x^3 + 7")?;
/// assert_eq!(bounds::positive(f.coefficients()), 2);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn positive(f: &[BigInt]) -> i64 {
    let Some(sign) = f.last().map(BigInt::sign) else { return 0 };
    let mut used = vec![0i64; f.len()];
    let mut bound = None;
    for i in (0..f.len()).rev() {
        let Some((high, _)) = size(&f[i]).filter(|_| f[i].sign() != sign) else { continue };
        let best = (i + 1..f.len())
            .filter(|&j| f[j].sign() == sign)
            .filter_map(|j| {
                // (2^t * |c[i]| / c[j])^(1/(j - i))
                let bits = used[j] + 1 + high - size(&f[j])?.1;
                Some((-(-bits).div_euclid((j - i) as i64), j))
            })
            .min();
        if let Some((k, j)) = best {
            used[j] += 1;
            bound = bound.max(Some(k));
        }
    }
    bound.unwrap_or(i64::MIN / 2).max(-(1 << 40))
}

/// `k` so that two different complex roots of a square-free polynomial are more than `2^k` apart (Mignotte):
/// `sqrt(3*|disc|) / (n^(n/2 + 1) * |f|^(n-1))` with `|disc| >= 1` and the Euclidean norm `|f|`.
///
/// # Examples
/// ```
/// use monic::{ZZ, roots::bounds};
/// assert!(bounds::separation(ZZ.parse("x^2 - 2")?.coefficients()) <= 1);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn separation(f: &[BigInt]) -> i64 {
    if f.len() < 3 {
        return 0;
    }
    let n = f.len() as i64 - 1;
    let bits = f.iter().map(|c| c.bits() as i64).max().unwrap_or(0);
    let log = |n: i64| i64::from(64 - n.leading_zeros());
    // |f| < sqrt(n + 1) * 2^bits.
    let norm = bits + (log(n + 1) + 1) / 2;
    -((n + 2) * log(n) / 2 + 1 + (n - 1) * norm)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Poly, ZZ};

    #[test]
    fn bounds_hold() {
        for roots in [&[1i64, 2, 3][..], &[-5, 7], &[0, 0, 100], &[-1, -2], &[1], &[1000, -1000, 3, 4]] {
            let f = Poly::from_roots(ZZ, roots.iter().copied());
            let (c, largest) = (f.coefficients(), roots.iter().map(|r| r.unsigned_abs()).max().unwrap());
            for k in [cauchy(c), fujiwara(c)] {
                assert!(1u64 << k > largest, "{roots:?}: {k}");
            }
            let largest = roots.iter().copied().max().unwrap();
            for k in [lagrange(c), positive(c)] {
                assert!(largest <= 0 || 1i64 << k >= largest, "{roots:?}: {k}");
            }
            let mut sorted = roots.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            let f = Poly::from_roots(ZZ, sorted.iter().copied());
            assert!(separation(f.coefficients()) <= 0);
        }
        assert_eq!([cauchy(&[]), fujiwara(&[5.into()]), lagrange(&[]), separation(&[])], [0; 4]);
        // x^2 - 2^100: the bounds follow the size of the root.
        let f = ZZ.parse("x^2 - 2^100").unwrap();
        assert!((50..=52).contains(&fujiwara(f.coefficients())));
        // Scaled down.
        let f = ZZ.parse("2^100*x^2 - 3").unwrap();
        assert!((-49..=-47).contains(&fujiwara(f.coefficients())));
        assert!((-49..=-46).contains(&positive(f.coefficients())));
    }
}
