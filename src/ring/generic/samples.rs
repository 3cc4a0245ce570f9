//! From the values `f(0), f(1), ..., f(d)` of a polynomial of degree at most `d` to `f(a), f(a+1), ..., f(a+m-1)`.
//!
//! It stands apart from [`points`](super::points) because no coefficient is ever computed.
//!
//! # Method
//! Lagrange's formula is a convolution for such points:
//!
//! `f(a+i) = prod over j of (a+i-j) * sum over j of c_j/(a+i-j)`, `c_j = (-1)^(d-j) * f(j)/(j! * (d-j)!)`,
//!
//! one middle product; the products in front are that of a window which moves (A. Bostan, P. Gaudry, É. Schost,
//! "Linear recurrences with polynomial coefficients and application to integer factorization and Cartier-Manin
//! operator", SIAM J. Comput. 36, 2007, section 3). A point `a+i` that is one of `0..=d` has its value from there.
//!
//! Where elements grow, and where some `a+i-j` is neither zero nor a unit, by differences: with `D` that of
//! neighbours, `(D^j f)(a)` is `sum over k of (D^(j+k) f)(0) * binomial(a, k)`, and from those come the values by
//! additions (I. Newton, "Methodus differentialis", 1711).

use super::{
    chains::{inverses, pairwise, products},
    factorials,
};
use crate::{Error, Result, convolution::Want, ring::Ring};

/// The values at `a, a+1, ..., a+m-1` of the polynomial of smallest degree that has these values at `0, 1, 2, ...`.
///
/// # Errors
/// Kind undefined where a number below the number of values is no unit, with the factor that it shares with a
/// modulus: then the values do not determine others. Kind not exact where values are outside of the ring; those of
/// the ring's products.
///
/// # Complexity
/// One middle product, of the length of the values by that plus `m`; by differences `O(d*(d + m))` sums.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::samples};
/// assert_eq!(samples::shift(&Zmod::new(101), &[0, 1, 4], &10, 3)?, [100, 20, 43]); // squares
/// # Ok::<(), monic::Error>(())
/// ```
pub fn shift<R: Ring>(ring: &R, values: &[R::Element], a: &R::Element, m: usize) -> Result<Vec<R::Element>> {
    if values.is_empty() || m == 0 {
        return Ok(vec![ring.zero(); m]);
    }
    if !ring.grows() && ring.is_commutative() && ring.is_exact() {
        match by_convolution(ring, values, a, m)? {
            Some(shifted) => return Ok(shifted),
            None => return by_differences(ring, values, a, m),
        }
    }
    by_differences(ring, values, a, m)
}

/// By one middle product; `None` where one of the `a+i-j` is neither zero nor a unit.
fn by_convolution<R: Ring>(
    ring: &R,
    values: &[R::Element],
    a: &R::Element,
    m: usize,
) -> Result<Option<Vec<R::Element>>> {
    let n = values.len();
    let over = match factorials::factorials(ring, n) {
        Ok(factorials) => factorials.inverses,
        Err(error) if error.factor().is_some() => return Err(error),
        Err(_) => {
            return Err(Error::undefined(format!(
                "{n} values at 0, 1, 2, ... determine no others: a number below {n} is no unit"
            )));
        }
    };
    let mut weighted = Vec::with_capacity(n);
    for (j, value) in values.iter().enumerate() {
        let c = ring.try_mul(value, &ring.try_mul(&over[j], &over[n - 1 - j])?)?;
        weighted.push(if (n - 1 - j) % 2 == 1 { ring.try_neg(&c)? } else { c });
    }
    // differences[t] = a - (n-1) + t, of which f(a+i) has those from i to i+n-1; in place of zeros stand ones.
    let mut differences = Vec::with_capacity(n + m - 1);
    let mut zeros = Vec::new();
    let mut difference = ring.try_add(&ring.try_neg(&factorials::numbers(ring, n)?[n - 1])?, a)?;
    for t in 0..n + m - 1 {
        if ring.is_zero(&difference) {
            zeros.push(t);
            differences.push(ring.one());
        } else {
            differences.push(difference.clone());
        }
        difference = ring.try_add(&difference, &ring.one())?;
    }
    let Ok(inverse) = inverses(ring, &differences) else { return Ok(None) };
    let sums = ring.convolve(&weighted, &inverse, &Want::range(n - 1..n - 1 + m))?;
    // The products of differences[i..i+n], each from the one before.
    let mut first = ring.one();
    for difference in &differences[..n] {
        first = ring.try_mul(&first, difference)?;
    }
    let mut steps = vec![first];
    steps.extend(pairwise(ring, &inverse[..m - 1], &differences[n..])?);
    let mut shifted = pairwise(ring, &products(ring, steps)?, &sums)?;
    for t in zeros {
        for i in (t + 1).saturating_sub(n)..m.min(t + 1) {
            shifted[i] = values[i + n - 1 - t].clone();
        }
    }
    Ok(Some(shifted))
}

/// By the differences of neighbours, `f(k+1) - f(k)`, and those of these.
fn by_differences<R: Ring>(
    ring: &R,
    values: &[R::Element],
    a: &R::Element,
    m: usize,
) -> Result<Vec<R::Element>> {
    let n = values.len();
    let mut differences = values.to_vec();
    for j in 1..n {
        for k in (j..n).rev() {
            differences[k] = ring.try_sub(&differences[k], &differences[k - 1])?;
        }
    }
    while differences.len() > 1 && differences.last().is_some_and(|c| ring.is_zero(c)) {
        differences.pop();
    }
    let n = differences.len();
    // binomial(a, n-1), ..., binomial(a, 0)
    let mut binomials = vec![ring.one()];
    let mut factor = a.clone();
    for number in factorials::numbers(ring, n)?.iter().skip(1) {
        let product = ring.try_mul(&binomials[binomials.len() - 1], &factor)?;
        binomials.push(ring.try_exact_quo(&product, number)?);
        factor = ring.try_sub(&factor, &ring.one())?;
    }
    binomials.reverse();
    let mut differences = ring.convolve(&differences, &binomials, &Want::range(n - 1..2 * n - 1))?;
    let mut shifted = Vec::with_capacity(m);
    for i in 0..m {
        shifted.push(differences[0].clone());
        // The last values need no more than the first differences.
        let needed = n.min(m - i);
        for j in 0..needed - 1 {
            differences[j] = ring.try_add(&differences[j], &differences[j + 1])?;
        }
    }
    Ok(shifted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use crate::ring::{QQ, ZZ, Zmod, generic::horner};
    use num_bigint::BigInt;

    /// Against Horner's rule, also where the new points are partly old ones, from both sides and around.
    #[test]
    fn values_elsewhere() {
        for p in [101u64, 998_244_353, (1 << 61) - 1, 1009 * 1013] {
            let ring = Zmod::new(p);
            for n in [1usize, 2, 3, 10, 60, 101] {
                let f: Vec<u64> = (0..n as u64)
                    .map(|k| (k + 3).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(9) % p)
                    .collect();
                let values: Vec<u64> = (0..n as u64).map(|x| horner(&ring, &f, &(x % p)).unwrap()).collect();
                let near = [0, 1, n as u64 / 2, n as u64, p - 1, p - n as u64 / 2 - 1, p / 3, 1000];
                for a in near.map(|a| a % p) {
                    for m in [0usize, 1, 2, n, 3 * n + 5] {
                        let expected: Vec<u64> = (0..m as u64)
                            .map(|i| {
                                horner(
                                    &ring,
                                    &f,
                                    &((u128::from(a) + u128::from(i)) % u128::from(p)).try_into().unwrap(),
                                )
                                .unwrap()
                            })
                            .collect();
                        assert_eq!(shift(&ring, &values, &a, m).unwrap(), expected, "{p}: {n} to {a}, {m}");
                    }
                }
            }
        }
    }

    #[test]
    fn over_integers_and_fractions() {
        // binomial(x, 3) has integer values and no integer coefficients.
        let values = [0, 0, 0, 1, 4].map(BigInt::from);
        assert_eq!(shift(&ZZ, &values, &10.into(), 3).unwrap(), [120, 165, 220].map(BigInt::from));
        assert_eq!(shift(&ZZ, &values, &(-2).into(), 3).unwrap(), [-4, -1, 0].map(BigInt::from));
        assert_eq!(shift(&ZZ, &[5.into()], &7.into(), 2).unwrap(), [5, 5].map(BigInt::from));
        assert_eq!(shift(&ZZ, &[], &7.into(), 2).unwrap(), [0, 0].map(BigInt::from));
        let squares = QQ.poly([(0, 1), (1, 1), (4, 1)]).into_coefficients();
        let half = QQ.poly([(1, 2)]).into_coefficients().remove(0);
        let values = shift(&QQ, &squares[..], &half, 2).unwrap();
        assert_eq!(values, QQ.poly([(1, 4), (9, 4)]).into_coefficients());
    }

    #[test]
    fn numbers_that_are_no_units() {
        let error = shift(&Zmod::new(5), &[1; 6], &2, 3).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Undefined);
        assert_eq!(shift(&Zmod::new(15), &[1; 4], &2, 3).unwrap_err().factor(), Some(&3.into()));
        assert_eq!(shift(&Zmod::new(1), &[0; 4], &0, 3).unwrap(), [0; 3]);
    }
}
