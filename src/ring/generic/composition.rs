//! Modular composition `f(g) mod h`, with fewer products modulo `h` than `f` has coefficients.
//!
//! # Method
//! Baby steps and giant steps: with `k` about the square root of the length of `f`, the powers `1, g, ..., g^(k-1)` modulo `h` are computed;
//! every part of `k` coefficients of `f` is a linear combination of them, and Horner's rule in `g^k` puts the parts together
//! (R. Brent, H. Kung, "Fast algorithms for manipulating formal power series", J. ACM 25, 1978, section 2.1).

use super::{divisor::Divisor, trim};
use crate::{Result, ring::Ring};

/// `f(g)` modulo the divisor.
///
/// # Errors
/// Those of the ring's products.
///
/// # Complexity
/// `O(sqrt(n))` products modulo the divisor and `O(n * deg h)` products of elements, for an `f` of `n` coefficients.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::{composition, divisor::Divisor}};
/// let h = Divisor::new(&Zmod::new(7), &[1, 0, 1])?; // x^2 = -1
/// assert_eq!(composition::modular(&[0, 0, 1], &[1, 1], &h)?, [0, 2]); // (x + 1)^2 = 2x
/// # Ok::<(), monic::Error>(())
/// ```
pub fn modular<R: Ring>(f: &[R::Element], g: &[R::Element], h: &Divisor<R>) -> Result<Vec<R::Element>> {
    let ring = h.ring();
    let n = h.degree();
    if f.is_empty() || n == 0 {
        return Ok(Vec::new());
    }
    let g = h.rem(g)?;
    let k = f.len().isqrt().max(1);
    let mut powers = vec![vec![ring.one()]];
    for _ in 0..k {
        let next = h.mul(&powers[powers.len() - 1], &g)?;
        powers.push(next);
    }
    let Some(step) = powers.pop() else { unreachable!("there is at least one power") };
    let rows: Vec<&[R::Element]> = powers.iter().map(Vec::as_slice).collect();
    let mut value: Vec<R::Element> = Vec::new();
    for part in f.chunks(k).rev() {
        value = h.mul(&value, &step)?;
        let mut sum = ring.linear_combination(part, &rows, n)?;
        for (s, c) in sum.iter_mut().zip(&value) {
            *s = ring.try_add(s, c)?;
        }
        trim(ring, &mut sum);
        value = sum;
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Poly, ring::Zmod};

    /// Against the composition followed by the division.
    #[test]
    fn against_whole_compositions() {
        for p in [7u64, 998_244_353, (1 << 61) - 1] {
            let field = Zmod::prime(p).unwrap();
            let draw = |len: usize, seed: u64| {
                field.poly(
                    (0..len as u64).map(|k| (k + 1).wrapping_mul(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15)),
                )
            };
            for (m, n) in [(0, 3), (1, 3), (2, 1), (5, 4), (17, 12), (30, 80)] {
                let (f, g) = (draw(m, 3), draw(n, 5));
                let h: Poly<_> = &draw(n, 11) + &field.x().pow(n as u64);
                let divisor = Divisor::new(&field, h.coefficients()).unwrap();
                let value = modular(f.coefficients(), g.coefficients(), &divisor).unwrap();
                assert_eq!(value, f.compose(&g).rem(&h).into_coefficients(), "{p}: {m}, {n}");
            }
        }
    }
}
