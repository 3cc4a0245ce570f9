//! Numbers of partitions, `sum of p(k)*x^k = prod 1/(1 - x^j)`.
//!
//! They stand apart because the product has an inverse with few terms, Euler's pentagonal number theorem:
//! `prod (1 - x^j) = sum of (-1)^j * x^(j*(3j-1)/2)` over all integers `j`.
//!
//! # Method
//! One inverse of a power series: in the ring that is asked for, or, where elements grow, modulo as many primes as
//! `p(n) < exp(pi*sqrt(2n/3))` takes (T. Apostol, Introduction to Analytic Number Theory, theorem 14.5).

use crate::{
    Result,
    convolution::Want,
    limit,
    ring::{Ring, generic::series},
    sequences::images,
};
use num_bigint::BigInt;

/// The numbers of partitions of `0, 1, ..., n - 1`, in any ring: the generating function modulo `x^n`.
///
/// # Errors
/// Kind limit, before the work; kind overflow in partial rings.
///
/// # Complexity
/// One inverse of a power series, `O(M(n))`; over Z for each of `0.08*sqrt(n)` primes.
///
/// # Examples
/// ```
/// use monic::{ZZ, Zmod, sequences::partitions};
/// assert_eq!(partitions(&ZZ, 8)?, [1, 1, 2, 3, 5, 7, 11, 15].map(Into::into));
/// assert_eq!(partitions(&Zmod::new(1_000_000_007), 101)?[100], 190_569_292);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn partitions<R: Ring>(ring: &R, n: usize) -> Result<Vec<R::Element>> {
    if ring.grows() {
        let numbers = all(n)?;
        return numbers.into_iter().map(|p| ring.try_from_integer(p)).collect();
    }
    limit::check(n as u64, 8 * size_of::<R::Element>() as u64)?;
    series::inverse(ring, &pentagonal(ring, n)?, n)
}

/// The number of partitions of `n`.
///
/// # Errors
/// Kind limit, before the work.
///
/// # Complexity
/// As for all up to `n`.
///
/// # Examples
/// ```
/// use monic::sequences::partition_number;
/// assert_eq!(partition_number(200)?, 3_972_999_029_388u64.into());
/// # Ok::<(), monic::Error>(())
/// ```
pub fn partition_number(n: u64) -> Result<BigInt> {
    limit::check(n.saturating_add(1), bits(n as f64))?;
    let n = n as usize;
    let mut last = images::integers(
        1,
        |_| bits(n as f64),
        |field| {
            // With g = 1/f modulo x^m and f*g = 1 + x^m*h, coefficient n of g - x^m*g*h.
            let f = pentagonal(field, n + 1)?;
            let m = n / 2 + 1;
            let g = series::inverse(field, &f, m)?;
            let h = field.convolve(&f, &g, &Want::range(m..n + 1))?;
            let change = if n < m { 0 } else { field.coefficient_of_product(&g, &h, n - m)? };
            Ok(vec![field.sub(g.get(n).unwrap_or(&0), &change)])
        },
    )?;
    Ok(last.swap_remove(0))
}

fn all(n: usize) -> Result<Vec<BigInt>> {
    limit::check(n as u64, bits(n as f64))?;
    images::integers(n, |k| bits(k as f64), |field| series::inverse(field, &pentagonal(field, n)?, n))
}

/// Bits of `exp(pi*sqrt(2n/3))`, rounded up.
fn bits(n: f64) -> u64 {
    (3.700_73 * n.sqrt()).ceil() as u64 + 1
}

/// The product of `1 - x^j` for all `j`, modulo `x^n`.
fn pentagonal<R: Ring>(ring: &R, n: usize) -> Result<Vec<R::Element>> {
    let (one, minus) = (ring.one(), ring.try_neg(&ring.one())?);
    let mut f = vec![ring.zero(); n];
    for j in 0.. {
        let at = j * (3 * j - usize::from(j > 0)) / 2;
        if at >= n {
            break;
        }
        let sign = if j % 2 == 0 { &one } else { &minus };
        f[at] = sign.clone();
        if let Some(c) = f.get_mut(at + j) {
            *c = sign.clone();
        }
    }
    Ok(f)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{I64, ZZ, Zmod};

    /// Against adding one part after the other.
    #[test]
    fn against_parts() {
        let n = 700;
        let mut expected = vec![BigInt::ZERO; n];
        expected[0] = 1.into();
        for part in 1..n {
            for k in part..n {
                expected[k] = &expected[k] + &expected[k - part];
            }
        }
        assert_eq!(partitions(&ZZ, n).unwrap(), expected);
        for n in [0, 1, 2, 3, 5, 6, 30] {
            assert_eq!(partitions(&ZZ, n).unwrap(), expected[..n]);
        }
        for k in [0usize, 1, 2, 99, 500, 699] {
            assert_eq!(partition_number(k as u64).unwrap(), expected[k]);
        }
        for modulus in [1u64, 2, 12, 998_244_353] {
            let ring = Zmod::new(modulus);
            let of: Vec<u64> = expected.iter().map(|p| ring.from_integer(p.clone())).collect();
            assert_eq!(partitions(&ring, n).unwrap(), of);
        }
        assert!(partitions(&I64, 400).is_ok() && partitions(&I64, 450).is_err());
    }

    #[test]
    fn limits() {
        for n in [1u64 << 40, u64::MAX] {
            assert_eq!(partition_number(n).unwrap_err().kind(), crate::ErrorKind::Limit);
        }
        assert_eq!(partitions(&ZZ, usize::MAX).unwrap_err().kind(), crate::ErrorKind::Limit);
    }
}
