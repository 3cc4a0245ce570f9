//! Resultants over Z by images modulo word primes, as many as Hadamard's bound asks for.
//!
//! It stands apart from [`remainders`](super::remainders) because subresultants have coefficients as large as the result all the way, and images have
//! one word.
//!
//! # Method
//! `|res(f, g)| <= |f|^deg(g) * |g|^deg(f)` in the Euclidean norm (Hadamard's inequality on Sylvester's matrix). Primes that divide a leading coefficient
//! are left out, so that degrees stay; the images are put together by the Chinese remainder theorem, by halves (J. von zur Gathen, J. Gerhard,
//! Modern Computer Algebra, 6.3 and 10.3).

use super::{Domain, IntegerImage, PrimeField, poly_gcd};
use crate::{
    Result,
    convolution::{integer_product, integer_square, try_integer_div_rem},
    integer::WordModulus,
    limit,
};
use num_bigint::BigInt;
use num_traits::{One, Signed};

/// The resultant of two integer polynomials without trailing zeros.
pub(super) fn integers(f: &[BigInt], g: &[BigInt]) -> Result<BigInt> {
    let (Some(lf), Some(lg)) = (f.last(), g.last()) else { return Ok(BigInt::ZERO) };
    let bits = bound(f, g.len() - 1) + bound(g, f.len() - 1) + 2;
    limit::check(1, bits)?;
    let (mut images, mut known) = (Vec::new(), 0);
    for field in poly_gcd::primes() {
        if known > bits {
            break;
        }
        let n = field.word_modulus();
        if n.reduce_bigint(lf) == 0 || n.reduce_bigint(lg) == 0 {
            continue;
        }
        let image = |v: &[BigInt]| -> Vec<u64> { v.iter().map(|c| n.reduce_bigint(c)).collect() };
        images.push((field, field.poly_resultant(&image(f), &image(g))?));
        known += u64::from(field.characteristic().ilog2());
    }
    combine(&images)
}

/// Bits of `|f|^n` in the Euclidean norm, rounded up.
fn bound(f: &[BigInt], n: usize) -> u64 {
    let squares: BigInt = f.iter().map(integer_square).sum();
    // |f| = sqrt(squares) < 2^(bits/2).
    (squares.bits() * n as u64).div_ceil(2) + 1
}

/// The integer closest to zero that has these images.
fn combine(images: &[(PrimeField, u64)]) -> Result<BigInt> {
    // Sum of c * M/p over all primes, c = image/(M/p) modulo p, on a tree of pairs (sum, product).
    let mut level: Vec<(BigInt, BigInt)> = Vec::with_capacity(images.len());
    for (i, (field, image)) in images.iter().enumerate() {
        let n: &WordModulus = field.word_modulus();
        let others = images.iter().enumerate().filter(|(j, _)| *j != i);
        let rest = others.fold(1, |rest, (_, (other, _))| n.mul(rest, n.reduce(other.characteristic())));
        let c = n.mul(*image, n.inverse(rest)?);
        level.push((field.lift_centred(&c), field.characteristic().into()));
    }
    while level.len() > 1 {
        level = level
            .chunks(2)
            .map(|pair| match pair {
                [(x, m), (y, n)] => {
                    let product = integer_product;
                    (product(x, n) + product(y, m), product(m, n))
                }
                _ => pair[0].clone(),
            })
            .collect();
    }
    let Some((sum, modulus)) = level.pop() else { return Ok(BigInt::one()) };
    let (_, mut value) = try_integer_div_rem(&sum, &modulus)?;
    let half = &modulus >> 1u8;
    if value.magnitude() > half.magnitude() {
        if value.is_negative() {
            value += &modulus;
        } else {
            value -= &modulus;
        }
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{ZZ, remainders};
    use num_traits::Zero;

    /// Against subresultants, with leading coefficients that have many primes, and of either sign.
    #[test]
    fn agrees_with_subresultants() {
        let draw = |len: usize, seed: i64| -> Vec<BigInt> {
            (0..len as i64)
                .map(|k| BigInt::from((k * k + 3) * seed % 1_000_003 - 500_000) << ((k * seed % 5) * 20))
                .map(|c| if c.is_zero() { BigInt::one() } else { c })
                .collect()
        };
        for (m, n) in [(1, 1), (1, 4), (4, 1), (2, 3), (7, 7), (20, 13)] {
            let (f, g) = (draw(m, 7919), draw(n, 104_729));
            assert_eq!(integers(&f, &g).unwrap(), remainders::resultant(&ZZ, &f, &g).unwrap(), "{m}, {n}");
            assert_eq!(integers(&g, &f).unwrap(), remainders::resultant(&ZZ, &g, &f).unwrap(), "{n}, {m}");
        }
        assert_eq!(integers(&[], &draw(3, 5)).unwrap(), BigInt::ZERO);
        assert_eq!(integers(&draw(3, 5), &draw(3, 5)).unwrap(), BigInt::ZERO);
        let p = BigInt::from(poly_gcd::primes().next().unwrap().characteristic());
        let f = [1.into(), p.clone()];
        assert_eq!(integers(&f, &[2.into(), 3.into()]).unwrap(), p * 2 - 3);
    }
}
