//! The basis of Newton on nodes `x_0, x_1, ...`: `f = sum of c_k * (x - x_0)*...*(x - x_(k-1))`.
//!
//! # Method
//! By halves on the tree of products over the nodes: with the product `m` over the first half, `f = q*m + r`, and `r`
//! has the first half of the coefficients, `q` the others (J. von zur Gathen, J. Gerhard, Modern Computer Algebra,
//! exercise 5.25 and section 10.1). Divisors are monic, so this is a basis over any commutative ring and for any
//! nodes, equal ones too.

use super::super::{products::ProductTree, trim};
use crate::{Error, Result, convolution::tuning, ring::Ring};

/// The coefficients in the basis of Newton, as many as `f` has.
///
/// # Errors
/// Kind unsupported for fewer nodes than the degree, and over a ring that does not commute; those of the ring's divisions.
///
/// # Complexity
/// `O(M(n) log n)`.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::basis::newton};
/// // x^2 = 1 + 3*(x - 1) + (x - 1)*(x - 2)
/// assert_eq!(newton::from_powers(&Zmod::new(101), &[0, 0, 1], &[1, 2])?, [1, 3, 1]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn from_powers<R: Ring>(ring: &R, f: &[R::Element], nodes: &[R::Element]) -> Result<Vec<R::Element>> {
    let Some(nodes) = needed(ring, f.len(), nodes)? else { return Ok(Vec::new()) };
    let mut coefficients = Vec::with_capacity(f.len());
    let tree = tree(ring, nodes)?;
    let mut blocks = nodes.chunks(tuning::POINTS_LEAF);
    let last = tree.digits(f, &mut |mut part| {
        let block = blocks.next().unwrap_or_default();
        part.resize(block.len(), ring.zero());
        // Horner's rule in place: a value, then the quotient by x - x_k above it.
        for (k, x) in block.iter().enumerate() {
            for i in (k..block.len() - 1).rev() {
                part[i] = ring.try_add(&part[i], &ring.try_mul(x, &part[i + 1])?)?;
            }
        }
        coefficients.extend(part);
        Ok(())
    })?;
    coefficients.extend(last);
    coefficients.resize(f.len(), ring.zero());
    Ok(coefficients)
}

/// The polynomial with these coefficients in the basis of Newton, without trailing zeros.
///
/// # Errors
/// As for [`from_powers`].
///
/// # Complexity
/// `O(M(n) log n)`.
pub fn to_powers<R: Ring>(ring: &R, c: &[R::Element], nodes: &[R::Element]) -> Result<Vec<R::Element>> {
    let Some(nodes) = needed(ring, c.len(), nodes)? else { return Ok(Vec::new()) };
    let tree = tree(ring, nodes)?;
    let mut parts = Vec::with_capacity(nodes.len().div_ceil(tuning::POINTS_LEAF) + 1);
    for (block, part) in nodes.chunks(tuning::POINTS_LEAF).zip(c.chunks(tuning::POINTS_LEAF)) {
        let mut part = part[..block.len()].to_vec();
        for (k, x) in block.iter().enumerate().rev() {
            for i in k..block.len() - 1 {
                part[i] = ring.try_sub(&part[i], &ring.try_mul(x, &part[i + 1])?)?;
            }
        }
        parts.push(part);
    }
    let mut f = tree.from_digits(parts, c[nodes.len()..].to_vec())?;
    trim(ring, &mut f);
    Ok(f)
}

/// The nodes that so many coefficients need; `None` where there are no coefficients.
fn needed<'a, R: Ring>(ring: &R, len: usize, nodes: &'a [R::Element]) -> Result<Option<&'a [R::Element]>> {
    if !ring.is_commutative() {
        return Err(Error::unsupported(format!("{ring:?} does not commute: there is no basis of Newton")));
    }
    let Some(degree) = len.checked_sub(1) else { return Ok(None) };
    match nodes.get(..degree) {
        Some(nodes) => Ok(Some(nodes)),
        None => Err(Error::unsupported(format!(
            "the basis of Newton up to degree {degree} has {degree} nodes, not {}",
            nodes.len()
        ))),
    }
}

fn tree<R: Ring>(ring: &R, nodes: &[R::Element]) -> Result<ProductTree<R>> {
    let leaves = nodes.chunks(tuning::POINTS_LEAF).map(|block| ring.from_roots(block));
    ProductTree::new(ring, leaves.collect::<Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{QQ, ZZ, Zmod, generic::factorials::numbers};
    use num_bigint::BigInt;

    /// Against the sum of products, and back, for nodes that are apart and for equal ones.
    #[test]
    fn there_and_back() {
        for p in [2u64, 6, 998_244_353] {
            let ring = Zmod::new(p);
            for len in [0usize, 1, 2, 3, 31, 32, 33, 34, 64, 65, 150, 300] {
                let c: Vec<u64> = (0..len as u64).map(|k| (k * k * 31 + 7 * k + 1) % p).collect();
                for step in [0u64, 1, 12_345] {
                    let nodes: Vec<u64> = (0..len as u64 + 1).map(|k| (k * step + 5) % p).collect();
                    let mut expected: Vec<u64> = Vec::new();
                    for (c, x) in c.iter().zip(&nodes).rev() {
                        // f := f*(y - x) + c in the variable y
                        expected.insert(0, 0);
                        for k in 0..expected.len() - 1 {
                            expected[k] = ring.sub(&expected[k], &ring.mul(x, &expected[k + 1]));
                        }
                        expected[0] = ring.add(&expected[0], c);
                    }
                    let mut trimmed = expected.clone();
                    trim(&ring, &mut trimmed);
                    assert_eq!(to_powers(&ring, &c, &nodes).unwrap(), trimmed, "{p} {len} {step}");
                    let back = from_powers(&ring, &expected, &nodes[..len.saturating_sub(1)]).unwrap();
                    assert_eq!(back, c, "{p} {len} {step}");
                }
            }
        }
        assert!(from_powers(&Zmod::new(7), &[1, 2, 3], &[1]).is_err());
    }

    /// Stirling numbers: `x^n` in falling factorials has those of the second kind.
    #[test]
    fn falling_factorials() {
        let x5 = [0, 0, 0, 0, 0, 1].map(BigInt::from);
        let stirling = from_powers(&ZZ, &x5, &numbers(&ZZ, 5).unwrap()).unwrap();
        assert_eq!(stirling, [0, 1, 15, 25, 10, 1].map(BigInt::from));
        let mut f = vec![BigInt::ZERO; 100];
        f[99] = 1.into();
        let nodes = numbers(&ZZ, 99).unwrap();
        assert_eq!(to_powers(&ZZ, &from_powers(&ZZ, &f, &nodes).unwrap(), &nodes).unwrap(), f);
        let f = QQ.poly([(1, 2), (1, 3), (-1, 4)]).into_coefficients();
        let c = from_powers(&QQ, &f, &numbers(&QQ, 2).unwrap()).unwrap();
        assert_eq!(c, QQ.poly([(1, 2), (1, 12), (-1, 4)]).into_coefficients());
    }
}
