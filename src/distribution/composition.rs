//! Sums `f[0] e^(l-1) + f[1] m e^(l-2) + ... + f[l-1] m^(l-1)` of polynomials: one generating function put into another.
//!
//! It stands apart because pools and random numbers of dice need more than a composition `f(m)`: the coefficients are
//! polynomials of their own, and a common denominator keeps step with the powers, so that no number is larger than
//! in the result: `e = d x^k`, with a power of `x` where `m` has negative exponents.
//!
//! By halves: the sum of the first `2^i` terms times a power of `e`, and that of the others times `m^(2^i)`, which one squaring makes of
//! the power before.

use crate::poly::Poly;
use crate::ring::{Integers, Ring, ZZ};
use crate::{Result, progress};
use num_bigint::BigInt;
use num_traits::One;

/// How many terms are summed by Horner's rule.
const LEAF: usize = 8;

/// The sum of `f[i] * m^i * (d*x^k)^(f.len() - 1 - i)`.
pub(super) fn by_halves(
    f: Vec<Poly<Integers>>,
    m: &Poly<Integers>,
    d: &BigInt,
    k: usize,
) -> Result<Poly<Integers>> {
    let scaled = |f: Poly<Integers>, n: u64| {
        let f = if d.is_one() { f } else { f.try_scale(&ZZ.pow(d, n))? };
        if k == 0 { Ok(f) } else { f.try_mul_x_pow(n.saturating_mul(k as u64)) }
    };
    let count = f.len();
    let mut parts = Vec::with_capacity(count.div_ceil(LEAF));
    for terms in f.chunks(LEAF) {
        let mut sum = Poly::zero(ZZ);
        for (behind, term) in terms.iter().rev().enumerate() {
            sum = sum.try_mul(m)?.try_add(&scaled(term.clone(), behind as u64)?)?;
        }
        parts.push(sum);
    }
    let mut len = LEAF;
    let mut power = if parts.len() > 1 { m.try_pow(LEAF as u64)? } else { Poly::zero(ZZ) };
    let levels = parts.len().next_power_of_two().ilog2();
    while parts.len() > 1 {
        let above = parts.len().next_power_of_two().ilog2();
        progress::report("composition", u64::from(levels - above), levels.into())?;
        let mut sums = Vec::with_capacity(parts.len().div_ceil(2));
        let mut pairs = parts.into_iter();
        // How many terms are left, from the first of a pair on.
        let mut left = count;
        while let Some(low) = pairs.next() {
            sums.push(match pairs.next() {
                Some(high) => {
                    let behind = (left - len).min(len) as u64;
                    scaled(low, behind)?.try_add(&high.try_mul(&power)?)?
                }
                None => low,
            });
            left = left.saturating_sub(2 * len);
        }
        parts = sums;
        len *= 2;
        if parts.len() > 1 {
            power = power.try_mul(&power)?;
        }
    }
    Ok(parts.pop().unwrap_or_else(|| Poly::zero(ZZ)))
}

/// `m^n`, and the sum of `m^i * (d*x^k)^(n - 1 - i)` for `i` below `n`, by doubling `n`.
pub(super) fn geometric(
    m: &Poly<Integers>,
    d: &BigInt,
    k: usize,
    n: u64,
) -> Result<(Poly<Integers>, Poly<Integers>)> {
    let (mut sum, mut power, mut scale) = (Poly::zero(ZZ), Poly::one(ZZ), BigInt::one());
    let mut len = 0u64;
    let levels = u64::BITS - n.leading_zeros();
    for bit in (0..levels).rev() {
        progress::report("explosions", u64::from(levels - 1 - bit), levels.into())?;
        // The sum of 2 l terms is that of l, times m^l and times (d x^k)^l.
        let high = sum.try_mul(&power)?;
        sum = sum.try_scale(&scale)?.try_mul_x_pow(len.saturating_mul(k as u64))?.try_add(&high)?;
        (power, scale) = (power.try_mul(&power)?, ZZ.mul(&scale, &scale));
        len *= 2;
        if n >> bit & 1 == 1 {
            sum = sum.try_scale(d)?.try_mul_x_pow(k as u64)?.try_add(&power)?;
            (power, scale) = (power.try_mul(m)?, scale * d);
            len += 1;
        }
    }
    Ok((power, sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_agree_with_the_sum_of_powers() {
        let m = ZZ.poly([3, -1, 2]);
        for len in [0u64, 1, 2, 7, 8, 9, 15, 16, 17, 23, 24, 31, 32, 33, 100] {
            for (d, k) in [(1, 0), (7, 0), (-2, 3)] {
                let e = ZZ.poly([d]).mul_x_pow(k);
                let f: Vec<_> = (0..len as i64).map(|i| ZZ.poly([i - 5, i % 3])).collect();
                let terms = f.iter().zip(0..).map(|(f, i)| f * &m.pow(i) * e.pow(len - 1 - i));
                let expected: Poly<Integers> = terms.sum();
                assert_eq!(by_halves(f, &m, &d.into(), k).unwrap(), expected, "{len} terms");
                let expected: Poly<Integers> = (0..len).map(|i| &m.pow(i) * e.pow(len - 1 - i)).sum();
                assert_eq!(geometric(&m, &d.into(), k, len).unwrap(), (m.pow(len), expected));
            }
        }
    }
}
