//! Resultants over Z by images, as many as Hadamard's bound asks for.
//!
//! It stands apart from [`remainders`](crate::ring::remainders) because subresultants have coefficients as large as the result all the
//! way, and images have one word.
//!
//! # Method
//! `|res(f, g)| <= |f|^deg(g) * |g|^deg(f)` in the Euclidean norm (Hadamard's inequality on Sylvester's matrix). Primes that divide a
//! leading coefficient are left out, so that degrees stay (J. von zur Gathen, J. Gerhard, Modern Computer Algebra, 6.3 and 10.3).

use super::{Lift, Operand, field, norm_bits};
use crate::{
    Error, Result,
    convolution::{Backend, backend, images, resultants, tuning},
    limit,
    ring::{Domain, engine},
};
use num_bigint::BigInt;

/// The resultant of two integer polynomials without trailing zeros.
///
/// # Errors
/// Kind limit for one that may be over the limit, and when memory is refused; kind unsupported where `MONIC_SIMD` names no back end of this
/// machine.
pub(in crate::ring) fn integers(f: &[BigInt], g: &[BigInt]) -> Result<BigInt> {
    if f.is_empty() || g.is_empty() {
        return Ok(BigInt::ZERO);
    }
    if f.len() == 1 || g.len() == 1 {
        let (base, e) = if f.len() == 1 { (&f[0], g.len() - 1) } else { (&g[0], f.len() - 1) };
        return engine::integer_power(base, e as u64);
    }
    let bits = norm_bits(f, g.len() - 1) + norm_bits(g, f.len() - 1);
    limit::check(1, bits)?;
    let (f, g) = (Operand::new(f)?, Operand::new(g)?);
    // Several primes at once where polynomials are short and a vector has lanes for them.
    let lanes = f
        .rows()
        .zip(g.rows())
        .filter(|(f, g)| (g.len()..g.len() + 2).contains(&f.len()) && f.len() <= tuning::RESULTANT_LANES);
    let lanes = if backend()? == Backend::Portable { None } else { lanes };
    let (f, g) = (f.images()?, g.images()?);
    let mut lift = Lift::new();
    let mut next = 0;
    while next < images::COUNT {
        let missing = (bits + 2).saturating_sub(lift.bits()).div_ceil(images::PRIME_BITS) as usize;
        let count = if lanes.is_some() { missing.clamp(1, resultants::LANES) } else { 1 };
        let primes = next..(next + count).min(images::COUNT);
        next = primes.end;
        let values = match lanes {
            Some((f, g)) if count > 1 => {
                let moduli: Vec<_> = primes.clone().map(images::modulus).collect();
                resultants::regular(&moduli, f, g)
            }
            _ => None,
        };
        for (k, i) in primes.enumerate() {
            let value = match &values {
                Some(values) => values[k],
                None => {
                    let (Some(x), Some(y)) = (f.modulo(i), g.modulo(i)) else { continue };
                    field(i).poly_resultant(&x, &y)?
                }
            };
            lift.push(i, vec![value]);
        }
        if lift.bits() >= bits {
            return Ok(lift.integers(lift.len())?.swap_remove(0));
        }
    }
    Err(Error::limit(format!("a resultant of up to {bits} bits is longer than all primes together")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{ZZ, remainders};
    use num_traits::{One, Zero};

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
        // A leading coefficient that the first prime divides, and a result that it divides.
        let p = BigInt::from(field(0).characteristic());
        let f = [1.into(), p.clone()];
        assert_eq!(integers(&f, &[2.into(), 3.into()]).unwrap(), p.clone() * 2 - 3);
        assert_eq!(integers(&[p.clone(), 1.into()], &[0.into(), 1.into()]).unwrap(), -p);
    }
}
