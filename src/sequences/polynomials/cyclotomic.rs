//! Cyclotomic polynomials, `Phi_n = prod over d | n of (x^d - 1)^mu(n/d)`.
//!
//! They stand apart because nothing is multiplied or divided but by `1 - x^d`: one addition a coefficient.
//!
//! # Method
//! `Phi_n(x) = Phi_m(x^(n/m))` with `m` the product of the primes of `n`, and `Phi_2m(x) = Phi_m(-x)` for odd `m`. Of `Phi_m` the lower half is the
//! power series of that product, the upper half its mirror image (A. Arnold, M. Monagan, "Calculating cyclotomic polynomials", Math. Comp. 80, 2011, the
//! sparse power series algorithm). Coefficients are at most `m^(2^(k-1)/k - 1)` for `k` odd primes (P. Bateman, C. Pomerance, R.
//! Vaughan, "On the size of the coefficients of the cyclotomic polynomial", 1984): they wrap around modulo 2^64 on the way where a signed word
//! holds that, and are put together from images modulo primes where it does not.

use crate::{
    Error, Poly, Result,
    integer::factor::prime_divisors,
    ring::Ring,
    sequences::{
        images,
        integers::{check, of_integers},
    },
};
use num_bigint::BigInt;
use num_traits::Zero;

/// The cyclotomic polynomial `Phi_n`, whose roots are the primitive `n`-th roots of unity.
///
/// # Errors
/// Kind undefined for `n = 0`; kind limit, before the work; kind overflow in partial rings.
///
/// # Complexity
/// `O(2^k * phi(n))` additions of words for `k` odd primes.
///
/// # Examples
/// ```
/// use monic::{ZZ, sequences::cyclotomic};
/// assert_eq!(cyclotomic(ZZ, 12)?.to_string(), "x^4 - x^2 + 1");
/// assert_eq!(cyclotomic(ZZ, 105)?.coefficient(7), (-2).into());
/// assert!(cyclotomic(ZZ, 1_000_000_000_000).is_err());
/// # Ok::<(), monic::Error>(())
/// ```
pub fn cyclotomic<R: Ring>(ring: R, n: u64) -> Result<Poly<R>> {
    /// The fields of a coefficient and the number itself.
    const BITS: f64 = 8.0 * size_of::<BigInt>() as f64;
    if n == 0 {
        return Err(Error::undefined("there is no cyclotomic polynomial of order 0"));
    }
    // phi(n) > n/8 for every word: 1.79*ln ln n + 3/ln ln n is below 8.
    check(n / 8, BITS)?;
    let primes = prime_divisors(n);
    let degree = primes.iter().fold(n, |phi, p| phi / p * (p - 1));
    check(degree, BITS)?;
    let kernel: u64 = primes.iter().product();
    let odd: Vec<u64> = primes.iter().copied().filter(|&p| p != 2).collect();
    let half = Half::new(&odd);
    let mut lower = half.lower()?;
    if odd.len() < primes.len() {
        // At -x; the degree is even but for n = 2.
        lower.iter_mut().skip(1).step_by(2).for_each(|c| *c = -std::mem::take(c));
    }
    let stride = (n / kernel) as usize;
    let degree = degree as usize;
    let mut coefficients = vec![BigInt::zero(); degree + 1];
    let inner = degree / stride;
    for (k, c) in lower.into_iter().enumerate() {
        if k < inner - k {
            coefficients[(inner - k) * stride] = c.clone();
        }
        coefficients[k * stride] = c;
    }
    if n == 1 {
        // The only one that is not its own mirror image.
        coefficients[0] = (-1).into();
    }
    of_integers(ring, coefficients)
}

/// The lower half of the coefficients of `Phi_m` for the product `m` of odd primes.
struct Half {
    /// Each divisor of `m`, and whether `1 - x^d` divides.
    factors: Vec<(u64, bool)>,
    len: usize,
    /// Bits of the largest coefficient.
    bits: f64,
}

impl Half {
    fn new(primes: &[u64]) -> Self {
        let mut factors = vec![(1u64, primes.len() % 2 == 1)];
        for &p in primes {
            // mu(m/d): another prime in d is one less in m/d.
            let further: Vec<_> = factors.iter().map(|&(d, divides)| (d * p, !divides)).collect();
            factors.extend(further);
        }
        let degree: u64 = primes.iter().map(|p| p - 1).product();
        let (k, m) = (primes.len() as i32, primes.iter().map(|&p| (p as f64).log2()).sum::<f64>());
        let bits = if k > 1 { m * (2f64.powi(k - 1) / f64::from(k) - 1.0) } else { 0.0 };
        Half { factors, len: degree as usize / 2 + 1, bits }
    }

    fn lower(&self) -> Result<Vec<BigInt>> {
        if self.bits < 62.0 {
            let words = self.series(1u64, u64::wrapping_add, u64::wrapping_sub);
            return Ok(words.into_iter().map(|c| (c as i64).into()).collect());
        }
        let bits = self.bits as u64 + 2;
        images::integers(
            self.len,
            |_| bits,
            |field| {
                let n = field.word_modulus();
                Ok(self.series(1, |a, b| n.add(a, b), |a, b| n.sub(a, b)))
            },
        )
    }

    /// The power series of the product.
    fn series<T: Copy + Default>(&self, one: T, add: impl Fn(T, T) -> T, sub: impl Fn(T, T) -> T) -> Vec<T> {
        let mut c = vec![T::default(); self.len];
        c[0] = one;
        for &(d, divides) in self.factors.iter().filter(|(d, _)| *d < self.len as u64) {
            let d = d as usize;
            if divides {
                for k in d..c.len() {
                    c[k] = add(c[k], c[k - d]);
                }
            } else {
                for k in (d..c.len()).rev() {
                    c[k] = sub(c[k], c[k - d]);
                }
            }
        }
        c
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{ZZ, Zmod};

    /// `x^n - 1` is the product over the divisors of `n`.
    #[test]
    fn products_over_divisors() {
        for n in 1..130u64 {
            let divisors = (1..=n).filter(|d| n.is_multiple_of(*d));
            let product = Poly::try_product(ZZ, divisors.map(|d| cyclotomic(ZZ, d).unwrap())).unwrap();
            assert_eq!(product, Poly::monomial(ZZ, 1.into(), n as usize) - 1, "{n}");
        }
    }

    /// Both ways to the coefficients, up to five primes; heights from A. Arnold and M. Monagan's tables (OEIS A046887 begins 105, 385, 1365).
    #[test]
    fn words_against_images() {
        for primes in [vec![3], vec![3, 5], vec![3, 5, 7], vec![5, 7, 11, 13], vec![3, 5, 7, 11, 13]] {
            let mut half = Half::new(&primes);
            let words = half.lower().unwrap();
            half.bits = 100.0;
            assert_eq!(half.lower().unwrap(), words, "{primes:?}");
        }
        for (n, height) in [(105u64, 2), (385, 3), (1365, 4), (15_015, 23)] {
            let top = cyclotomic(ZZ, n).unwrap().iter().map(|c| c.magnitude().clone()).max().unwrap();
            assert_eq!(top, num_bigint::BigUint::from(height as u64), "{n}");
        }
    }

    #[test]
    fn small_orders_and_limits() {
        for (n, text) in
            [(1, "x - 1"), (2, "x + 1"), (4, "x^2 + 1"), (6, "x^2 - x + 1"), (9, "x^6 + x^3 + 1")]
        {
            assert_eq!(cyclotomic(ZZ, n).unwrap().to_string(), text);
        }
        assert_eq!(cyclotomic(Zmod::new(2), 6).unwrap().to_string(), "x^2 + x + 1");
        assert_eq!(cyclotomic(ZZ, 999_983).unwrap().len(), 999_983);
        for n in [10u64.pow(12), u64::MAX, 2u64.pow(61) - 1] {
            assert_eq!(cyclotomic(ZZ, n).unwrap_err().kind(), crate::ErrorKind::Limit);
        }
        assert!(cyclotomic(ZZ, 0).is_err());
    }
}
