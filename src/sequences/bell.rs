//! Bell numbers, `sum of B(k)*x^k/k! = exp(exp(x) - 1)`: in how many ways `k` things fall into parts.
//!
//! They stand apart from other numbers because all of them are one exponential of a power series, and one alone is a sum.
//!
//! # Method
//! All: the exponential modulo word primes. One: `B(n) = sum over j of j^n/j! * sum of (-1)^i/i! for i <= n - j`, the sum over a row of Stirling
//! numbers, modulo word primes. `B(n) < (0.792*n/ln(n+1))^n` bounds them (D. Berend, T. Tassa, "Improved bounds on Bell numbers and on
//! moments of sums of random variables", 2010).

use super::{
    images,
    integers::{check, log2_bell},
    stirling,
};
use crate::{
    Result,
    integer::{from_limbs, limbs},
    ring::{
        Elementary, PrimeField, Ring,
        generic::{factorials, series},
    },
};
use num_bigint::BigInt;

/// The Bell number `B(n)`.
///
/// # Errors
/// Kind limit, before the work: where all Bell numbers up to it are over the limit.
///
/// # Complexity
/// `O(n)` operations modulo each of `O(n log n)/49` primes.
///
/// # Examples
/// ```
/// use monic::sequences::bell_number;
/// assert_eq!(bell_number(10)?, 115_975.into());
/// assert!(bell_number(1_000_000_000).is_err());
/// # Ok::<(), monic::Error>(())
/// ```
pub fn bell_number(n: u64) -> Result<BigInt> {
    let bits = log2_bell(n);
    check(n, bits)?;
    let len = n as usize + 1;
    let one = |field: &PrimeField| {
        let of = factorials::factorials(field, len)?;
        let powers = stirling::powers(field, n, len);
        let (mut sum, mut partial) = (0, 0);
        for i in 0..len {
            partial = if i % 2 == 1 {
                field.sub(&partial, &of.inverses[i])
            } else {
                field.add(&partial, &of.inverses[i])
            };
            let j = len - 1 - i;
            sum = field.add(&sum, &field.mul(&field.mul(&powers[j], &of.inverses[j]), &partial));
        }
        Ok(vec![sum])
    };
    Ok(images::integers(1, |_| bits.ceil() as u64 + 1, one)?.swap_remove(0))
}

/// The Bell numbers `B(0), ..., B(n - 1)`.
///
/// # Errors
/// Kind limit, before the work.
///
/// # Complexity
/// One exponential of length `n` for each of `O(n log n)/49` primes.
///
/// # Examples
/// ```
/// use monic::sequences::bell_numbers;
/// assert_eq!(bell_numbers(7)?, [1, 1, 2, 5, 15, 52, 203].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn bell_numbers(n: usize) -> Result<Vec<BigInt>> {
    check(n as u64, log2_bell(n as u64))?;
    if n <= TRIANGLE {
        return Ok(triangle(n));
    }
    by_images(n)
}

/// The first `n` numbers, modulo primes.
fn by_images(n: usize) -> Result<Vec<BigInt>> {
    images::integers(
        n,
        |k| log2_bell(k as u64).ceil() as u64 + 1,
        |field| {
            let of = factorials::factorials(field, n)?;
            let mut exponent = of.inverses.clone();
            if let Some(constant) = exponent.first_mut() {
                *constant = 0;
            }
            let mut b = series::elementary(field, Elementary::Exp, &exponent, n)?;
            b.iter_mut().zip(&of.values).for_each(|(c, factorial)| *c = field.mul(c, factorial));
            Ok(b)
        },
    )
}

/// Up to so many numbers the triangle is faster: a row begins with the last entry of the one before it, and each entry is the sum of the one
/// to the left of it and the one above that.
const TRIANGLE: usize = 400;

fn triangle(n: usize) -> Vec<BigInt> {
    let width = (log2_bell(n as u64) as usize + 2).div_ceil(64);
    let mut row = vec![0u64; width * n];
    let mut left = vec![0; width];
    if let Some(first) = row.first_mut() {
        *first = 1;
    }
    let mut numbers = Vec::with_capacity(n);
    for len in 0..n {
        // The last entry of a row begins the next one.
        let last = width * len.saturating_sub(1);
        left.copy_from_slice(&row[last..last + width]);
        numbers.push(from_limbs(limbs::trimmed(&left)).into());
        for entry in row[..width * len].chunks_exact_mut(width) {
            let mut carry = false;
            for (above, left) in entry.iter_mut().zip(&mut left) {
                let old = std::mem::replace(above, *left);
                (*left, carry) = limbs::add_carry(old, *left, carry);
            }
        }
        row[width * len..][..width].copy_from_slice(&left);
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::{Backend, with_backend};
    use num_traits::One;

    /// Against the triangle, with the bound.
    #[test]
    fn against_the_triangle() {
        let mut row = vec![BigInt::one()];
        let mut expected = Vec::new();
        for n in 0..350u64 {
            expected.push(row[0].clone());
            assert!((row[0].bits() as f64) <= log2_bell(n).ceil() + 1.0, "{n}");
            let mut next = vec![row[row.len() - 1].clone()];
            for c in &row {
                next.push(&next[next.len() - 1] + c);
            }
            row = next;
        }
        assert_eq!(bell_numbers(350).unwrap(), expected);
        for n in [0usize, 1, 2, 3, 10] {
            assert_eq!(bell_numbers(n).unwrap(), expected[..n]);
        }
        for n in [0usize, 1, 2, 3, 50, 123, 349] {
            assert_eq!(bell_number(n as u64).unwrap(), expected[n]);
        }
        assert_eq!(by_images(350).unwrap(), expected);
        for backend in Backend::available() {
            let again = with_backend(backend, || (by_images(120), bell_number(119))).unwrap();
            assert_eq!(again, (Ok(expected[..120].to_vec()), Ok(expected[119].clone())), "{backend:?}");
        }
        assert_eq!(bell_number(u64::MAX).unwrap_err().kind(), crate::ErrorKind::Limit);
    }
}
