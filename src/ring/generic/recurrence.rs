//! The shortest linear recurrence `a(k) = c1*a(k-1) + ... + cL*a(k-L)` that the terms of a sequence satisfy, over a field.
//!
//! It stands apart from the remainder sequence that finds it because of what a sequence asks for: how long the recurrence is, and which one is taken
//! where the terms do not determine it.
//!
//! # Method
//! E. Berlekamp (1968) and J. Massey, "Shift-register synthesis and BCH decoding", IEEE Trans. Inf. Theory 15 (1969), as Euclid's
//! algorithm: J. Dornstetter, "On the equivalence between Berlekamp's and Euclid's algorithms", IEEE Trans. Inf. Theory 33 (1987). With `N`
//! terms and `S = a(N-1) + a(N-2)*x + ... + a(0)*x^(N-1)`, the polynomial `M = x^L - c1*x^(L-1) - ... - cL` is one of a
//! recurrence if and only if `M*S = R` modulo `x^N` with `deg R < L`. The `M` of smallest degree is the cofactor of the first remainder
//! of `x^N` and `S` whose degree is below that of its cofactor: the first one of degree below `N/2`, or else the next one. Both come from half
//! the remainder sequence ([`half_gcd`]), in quasi-linear time.
//!
//! # Invariants
//! Where twice its order is at most the number of terms the recurrence is the only one.

use super::{half_gcd, trim};
use crate::{Result, ring::Ring};

/// A recurrence, and where it comes from.
#[derive(Clone, Debug)]
pub struct Shortest<E> {
    /// `c1, c2, ..., cL`.
    pub coefficients: Vec<E>,
    /// The lengths of the cofactor and of the first remainder of degree below half the number of terms. Of the images of one sequence of
    /// integers those that are like the sequence have the largest.
    pub(crate) lengths: (usize, usize),
}

/// The shortest recurrence of a sequence.
///
/// # Errors
/// Kind undefined, with the factor, where a leading coefficient is no unit modulo a composite number; kind unsupported for floats;
/// those of the ring's products.
///
/// # Complexity
/// `O(M(n) log n)` for `n` terms, quadratic for few.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::recurrence};
/// let fibonacci = [0, 1, 1, 2, 3, 5, 1];
/// assert_eq!(recurrence::shortest(&Zmod::prime(7)?, &fibonacci)?.coefficients, [1, 1]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn shortest<R: Ring>(ring: &R, terms: &[R::Element]) -> Result<Shortest<R::Element>> {
    let n = terms.len();
    let mut reversed: Vec<R::Element> = terms.iter().rev().cloned().collect();
    trim(ring, &mut reversed);
    if reversed.is_empty() {
        return Ok(Shortest { coefficients: Vec::new(), lengths: (0, 0) });
    }
    let mut modulus = vec![ring.zero(); n];
    modulus.push(ring.one());
    let (r, mut m) = half_gcd::congruence(ring, &reversed, &modulus, n.div_ceil(2) - 1)?;
    let lengths = (m.len(), r.len());
    if r.len() >= m.len() {
        // The degree of the next cofactor is what the degree of this remainder is short of the modulus.
        m = if r.len() > 1 {
            half_gcd::congruence(ring, &reversed, &modulus, r.len() - 2)?.1
        } else {
            modulus
        };
    }
    let order = m.len() - 1;
    let coefficients = m[..order].iter().rev().map(|c| ring.try_neg(c)).collect::<Result<_>>()?;
    Ok(Shortest { coefficients, lengths })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{RR, Zmod};

    /// The shortest by trying every order: does the system of its equations have a solution?
    fn order_by_search(p: u64, terms: &[u64]) -> usize {
        let ring = Zmod::prime(p).unwrap();
        (0..=terms.len())
            .find(|&order| {
                // Rows [a(k-1), ..., a(k-order), a(k)], eliminated.
                let mut rows: Vec<Vec<u64>> = (order..terms.len())
                    .map(|k| (1..=order).map(|j| terms[k - j]).chain([terms[k]]).collect())
                    .collect();
                let mut rank = 0;
                for column in 0..order {
                    let Some(pivot) = (rank..rows.len()).find(|&i| rows[i][column] != 0) else { continue };
                    rows.swap(rank, pivot);
                    let unit = ring.try_inverse(&rows[rank][column]).unwrap();
                    let row: Vec<u64> = rows[rank].iter().map(|c| ring.mul(c, &unit)).collect();
                    for other in &mut rows[rank + 1..] {
                        let factor = other[column];
                        for (x, c) in other.iter_mut().zip(&row) {
                            *x = ring.sub(x, &ring.mul(&factor, c));
                        }
                    }
                    rank += 1;
                }
                rows[rank..].iter().all(|row| row[order] == 0)
            })
            .expect("the order of as many as there are")
    }

    pub(crate) fn holds<R: Ring>(ring: &R, terms: &[R::Element], c: &[R::Element]) -> bool {
        (c.len()..terms.len()).all(|k| {
            let sum = c
                .iter()
                .enumerate()
                .fold(ring.zero(), |sum, (j, c)| ring.add(&sum, &ring.mul(c, &terms[k - 1 - j])));
            sum == terms[k]
        })
    }

    /// Every sequence of up to eight terms over two and three elements.
    #[test]
    fn all_short_sequences() {
        for (p, most) in [(2u64, 9u32), (3, 6)] {
            let ring = Zmod::prime(p).unwrap();
            for n in 0..=most {
                for code in 0..p.pow(n) {
                    let terms: Vec<u64> = (0..n).map(|i| code / p.pow(i) % p).collect();
                    let found = shortest(&ring, &terms).unwrap().coefficients;
                    assert!(holds(&ring, &terms, &found), "{terms:?} {found:?}");
                    assert_eq!(found.len(), order_by_search(p, &terms), "{terms:?}");
                }
            }
        }
    }

    /// Recurrences of all orders come back from twice as many terms, by halves too; of random terms the order is half their number.
    #[test]
    fn recurrences_come_back() {
        let draw = |p: u64, seed: u64, len: usize| -> Vec<u64> {
            let word = |k: u64| (seed + k).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
            (0..len as u64).map(|k| word(k * k + 1).wrapping_mul(word(k)) % p).collect()
        };
        for p in [101u64, 998_244_353, (1 << 61) - 1] {
            let ring = Zmod::prime(p).unwrap();
            for order in [1usize, 2, 5, 40, 200, 700] {
                let mut c = draw(p, 3, order);
                c[order - 1] = 1;
                let mut terms = draw(p, 8, order);
                for k in order..2 * order + 3 {
                    let next =
                        (0..order).fold(0, |sum, j| ring.add(&sum, &ring.mul(&c[j], &terms[k - 1 - j])));
                    terms.push(next);
                }
                let found = shortest(&ring, &terms).unwrap().coefficients;
                assert!(holds(&ring, &terms, &found));
                assert!(found == c || found.len() < order, "{p} {order}");
                let random = draw(p, 11, 2 * order);
                assert!(holds(&ring, &random, &shortest(&ring, &random).unwrap().coefficients));
            }
        }
    }

    #[test]
    fn what_is_refused() {
        assert_eq!(shortest(&Zmod::new(6), &[2, 1, 1, 2, 3]).unwrap_err().factor(), Some(&2.into()));
        assert_eq!(shortest(&RR, &[1.0, 2.0]).unwrap_err().kind(), crate::ErrorKind::Unsupported);
        assert!(shortest(&Zmod::new(1), &[0, 0, 0]).unwrap().coefficients.is_empty());
    }
}
