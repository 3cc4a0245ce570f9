//! Stirling numbers, in rows: `x*(x-1)*...*(x-n+1) = sum of s(n, k)*x^k` and `x^n = sum of S(n, k)*x*(x-1)*...*(x-k+1)`.
//!
//! They stand apart because a row is a change of basis: the first kind a product, the second one convolution.
//!
//! # Method
//! First kind: the product of its roots, balanced. Second kind: `S(n, k) = sum over j of j^n/j! * (-1)^(k-j)/(k-j)!`, modulo primes; powers are
//! multiplied from those of primes. The row adds up to a Bell number, which bounds it.

use crate::{
    Result,
    convolution::Want,
    ring::{
        PrimeField, Ring, ZZ,
        generic::{factorials, products},
    },
    sequences::{
        images,
        integers::{check, log2_bell, log2_factorial},
    },
};
use num_bigint::BigInt;
use num_traits::One;

/// The Stirling numbers of the first kind `s(n, 0), ..., s(n, n)`, with signs `(-1)^(n-k)`: the coefficients of `x*(x-1)*...*(x-n+1)`.
///
/// # Errors
/// Kind limit, before the work.
///
/// # Complexity
/// `O(M(n) log n)` with numbers of `O(n log n)` bits.
///
/// # Examples
/// ```
/// use monic::sequences::stirling_first;
/// assert_eq!(stirling_first(4)?, [0, -6, 11, -6, 1].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn stirling_first(n: u64) -> Result<Vec<BigInt>> {
    check(n, log2_factorial(n))?;
    if n == 0 {
        return Ok(vec![BigInt::one()]);
    }
    let roots: Vec<BigInt> = (0..n).map(BigInt::from).collect();
    products::from_roots(&ZZ, &roots)
}

/// The Stirling numbers of the second kind `S(n, 0), ..., S(n, n)`: in how many ways `n` things fall into `k` parts.
///
/// # Errors
/// Kind limit, before the work.
///
/// # Complexity
/// One product of length `n` for each of `O(n log n)/49` primes.
///
/// # Examples
/// ```
/// use monic::sequences::stirling_second;
/// assert_eq!(stirling_second(4)?, [0, 1, 7, 6, 1].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn stirling_second(n: u64) -> Result<Vec<BigInt>> {
    let bits = log2_bell(n);
    check(n, bits)?;
    let len = n as usize + 1;
    images::integers(
        len,
        |_| bits.ceil() as u64 + 1,
        |field| {
            let of = factorials::factorials(field, len)?;
            let powers = powers(field, n, len);
            let first: Vec<u64> = powers.iter().zip(&of.inverses).map(|(p, i)| field.mul(p, i)).collect();
            let alternating = |(k, c): (usize, &u64)| if k % 2 == 1 { field.neg(c) } else { *c };
            let second: Vec<u64> = of.inverses.iter().enumerate().map(alternating).collect();
            field.convolve(&first, &second, &Want::low(len))
        },
    )
}

/// `j^n` for `j < len`; `0^0 = 1`.
pub(super) fn powers(field: &PrimeField, n: u64, len: usize) -> Vec<u64> {
    let n_of = field.word_modulus();
    let mut powers = vec![0; len];
    let mut primes = Vec::new();
    for j in 0..len {
        // The value of a multiple of a prime is there already.
        if j < 2 {
            powers[j] = if j == 1 || n == 0 { 1 } else { 0 };
            continue;
        }
        if powers[j] == 0 {
            powers[j] = n_of.pow(j as u64, n);
            primes.push(j);
        }
        // Every number is marked by its smallest prime once.
        for &p in &primes {
            if p * j >= len {
                break;
            }
            powers[p * j] = n_of.mul(powers[p], powers[j]);
            if j % p == 0 {
                break;
            }
        }
    }
    powers
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the triangles.
    #[test]
    fn against_triangles() {
        let (mut first, mut second) = (vec![BigInt::one()], vec![BigInt::one()]);
        for n in 0..80u64 {
            assert_eq!(stirling_first(n).unwrap(), first, "{n}");
            assert_eq!(stirling_second(n).unwrap(), second, "{n}");
            let at = |row: &[BigInt], k: usize| row.get(k).cloned().unwrap_or_default();
            let below = |row: &[BigInt], k: usize| if k == 0 { BigInt::ZERO } else { at(row, k - 1) };
            let len = n as usize + 2;
            first = (0..len).map(|k| below(&first, k) - at(&first, k) * n).collect();
            second = (0..len).map(|k| below(&second, k) + at(&second, k) * k).collect();
        }
        for n in [1u64 << 33, u64::MAX] {
            assert_eq!(stirling_first(n).unwrap_err().kind(), crate::ErrorKind::Limit);
            assert_eq!(stirling_second(n).unwrap_err().kind(), crate::ErrorKind::Limit);
        }
    }
}
