//! Swinnerton-Dyer polynomials, `prod (x + e1*sqrt(2) + e2*sqrt(3) + e3*sqrt(5) + ... + en*sqrt(p_n))` over all signs.
//!
//! They stand apart because their roots leave Z: one square root after the other is taken in, `S(x + sqrt(p))*S(x - sqrt(p)) = A^2 - p*B^2` with
//! `S(x + sqrt(p)) = A + sqrt(p)*B`.
//!
//! # Method
//! Modulo word primes a Taylor shift is one convolution with the exponential series, `A` takes its even terms and `B` its odd ones (A. Aho,
//! K. Steiglitz, J. Ullman, "Evaluating polynomials at fixed sets of points", 1975), and `|x| + sum of sqrt(p_i)` at `x = 1` bounds the coefficients.

use crate::{
    Poly, Result,
    convolution::Want,
    limit,
    ring::{PrimeField, Ring, generic::factorials},
    sequences::{images, integers::of_integers},
};

/// The Swinnerton-Dyer polynomial of degree `2^n`, the minimal polynomial of `sqrt(2) + sqrt(3) + sqrt(5) + ...`, the first `n` primes; `x` for `n = 0`. It is
/// irreducible, and modulo every prime it has factors of degree 1 and 2 alone.
///
/// # Errors
/// Kind limit, before the work; kind overflow in partial rings.
///
/// # Complexity
/// `O(2^n)` primes times a product of length `2^n`.
///
/// # Examples
/// ```
/// use monic::{ZZ, sequences::swinnerton_dyer};
/// assert_eq!(swinnerton_dyer(ZZ, 2)?.to_string(), "x^4 - 10*x^2 + 1");
/// # Ok::<(), monic::Error>(())
/// ```
pub fn swinnerton_dyer<R: Ring>(ring: R, n: u32) -> Result<Poly<R>> {
    let degree = 1u64.checked_shl(n).unwrap_or(u64::MAX);
    limit::check(degree, degree)?;
    let primes: Vec<u64> =
        (2u64..).filter(|p| (2..).take_while(|d| d * d <= *p).all(|d| p % d != 0)).take(n as usize).collect();
    let sum: f64 = primes.iter().map(|&p| (p as f64).sqrt()).sum();
    let bits = (degree as f64 * (1.0 + sum).log2()).ceil() as u64 + 1;
    limit::check(degree + 1, bits)?;
    let image = |field: &PrimeField| modulo(field, &primes, degree as usize);
    of_integers(ring, images::integers(degree as usize + 1, |_| bits, image)?)
}

fn modulo(field: &PrimeField, primes: &[u64], degree: usize) -> Result<Vec<u64>> {
    let of = factorials::factorials(field, degree + 1)?;
    let mut f = vec![0, 1];
    for &p in primes {
        let n = f.len();
        // Coefficient i times i!, from the highest down.
        let scaled: Vec<u64> = (0..n).rev().map(|i| field.mul(&f[i], &of.values[i])).collect();
        // sqrt(p)^k/k!, for even k and, without one root, for odd ones.
        let mut kernels = [vec![0; n], vec![0; n]];
        let mut power = 1;
        for k in 0..n {
            kernels[k % 2][k] = field.mul(&power, &of.inverses[k]);
            if k % 2 == 1 {
                power = field.mul(&power, &p);
            }
        }
        let mut parts = [&kernels[0], &kernels[1]].map(|kernel| {
            let mut shifted = field.convolve(&scaled, kernel, &Want::low(n))?;
            shifted.reverse();
            shifted.iter_mut().zip(&of.inverses).for_each(|(c, inverse)| *c = field.mul(c, inverse));
            Ok(shifted)
        });
        let b = std::mem::replace(&mut parts[1], Ok(Vec::new()))?;
        let a = std::mem::replace(&mut parts[0], Ok(Vec::new()))?;
        f = field.convolve(&a, &a, &Want::full())?;
        for (c, square) in f.iter_mut().zip(field.convolve(&b, &b, &Want::full())?) {
            *c = field.sub(c, &field.mul(&p, &square));
        }
    }
    Ok(f)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{ZZ, Zmod};

    /// Against resultants: `S(x + y)` and `y^2 - p`.
    #[test]
    fn against_products_of_pairs() {
        let mut expected = Poly::x(ZZ);
        for (n, p) in [2i64, 3, 5, 7, 11].into_iter().enumerate() {
            assert_eq!(swinnerton_dyer(ZZ, n as u32).unwrap(), expected);
            // f(x + y) in powers of y: f, f', f''/2, ...; y^2 = p.
            let (mut a, mut b) = (Poly::zero(ZZ), Poly::zero(ZZ));
            let (mut term, mut power) = (expected.clone(), ZZ.poly([1]));
            let mut k = 0i64;
            while !term.is_zero() {
                if k % 2 == 0 {
                    a += &term * &power
                } else {
                    b += &term * &power
                }
                if k % 2 == 1 {
                    power *= p;
                }
                k += 1;
                term = term.derivative().try_exact_quo(&ZZ.poly([k])).unwrap();
            }
            expected = a.square() - b.square() * p;
        }
        assert_eq!(swinnerton_dyer(ZZ, 5).unwrap(), expected);
        assert_eq!(swinnerton_dyer(Zmod::new(9), 2).unwrap().to_string(), "x^4 + 8*x^2 + 1");
        for n in [20, 63, 64, u32::MAX] {
            assert_eq!(swinnerton_dyer(ZZ, n).unwrap_err().kind(), crate::ErrorKind::Limit, "{n}");
        }
    }
}
