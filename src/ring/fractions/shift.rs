//! Taylor shifts of polynomials over Q: `f(x + p/q)`, on integer numerators.
//!
//! They stand apart from the generic shift, which has a fraction in lowest terms for every sum.
//!
//! # Method
//! With `f = F/m` of degree `d` and `G(y) = q^d * F(y/q)`, which is integral, coefficient `k` of `f(x + p/q)` is that of `G(y + p)` over `m*q^(d-k)`. Numerators that are rows
//! over a word stay rows until the result.

use super::{Denominator, Operand, over_word, primes_of};
use crate::{
    Result,
    convolution::{sign_extend, tuning},
    integer::IntegerVec,
    ring::{Ring, ZZ, flat, numbers},
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;

/// `f(x + a)`, as many coefficients as `f` has.
///
/// # Errors
/// Those of products of integers.
pub(in crate::ring) fn taylor_shift(f: &[BigRational], a: &BigRational) -> Result<Vec<BigRational>> {
    if a.is_integer()
        && f.len() <= tuning::SHIFT_ROWS
        && let Ok(a) = i64::try_from(a.numer())
        && let Some(Operand { rows, extent, common }) = Operand::read(f)?
    {
        let width = flat::shift::width(extent.bits, f.len(), a);
        let mut wide = IntegerVec::try_zeros(f.len(), width)?;
        for (wide, row) in wide.limbs_mut().chunks_exact_mut(width).zip(rows.as_slice().rows()) {
            // Rows of numerators may have a limb more than the largest of them needs.
            sign_extend(row, wide);
        }
        flat::shift::in_rows(wide.limbs_mut(), width, a);
        let mut out = Vec::new();
        over_word(wide.as_slice(), Denominator::new(common, 1), &mut out);
        return Ok(out);
    }
    let (mut numerators, m) = numbers::cleared(f)?;
    if a.is_integer() {
        return Ok(super::divided(ZZ.taylor_shift(&numerators, a.numer())?, &m));
    }
    let mut power = BigInt::one();
    for c in numerators.iter_mut().rev().skip(1) {
        power = numbers::signed_product(&power, a.denom());
        *c = numbers::signed_product(c, &power);
    }
    let shifted = ZZ.taylor_shift(&numerators, a.numer())?;
    let base = numbers::signed_product(&m, a.denom());
    let mut below = m;
    let mut out = Vec::with_capacity(shifted.len());
    for c in shifted.into_iter().rev() {
        out.push(primes_of(c, &below, &base));
        below = numbers::signed_product(&below, a.denom());
    }
    out.reverse();
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{QQ, fractions::draw::Draw, generic};

    /// Against sums of fractions: words and longer ones, shifts of both signs, by integers and fractions, denominators with primes of those of the shift.
    #[test]
    fn against_fractions() {
        let mut draw = Draw::new();
        let shifts = [(0, 1), (1, 1), (-1, 1), (7, 1), (i64::MAX, 1), (1, 2), (-3, 4), (5, 6), (1, 7919)];
        for (bits, denominators) in [(0, 1), (0, 16), (8, 720_720), (70, 16), (300, 1000), (60, u64::MAX - 1)]
        {
            for len in [0, 1, 2, 5, 8, 20, 33] {
                let f: Vec<BigRational> = (0..len).map(|_| draw.fraction(bits, denominators)).collect();
                assert!(QQ.norm_bits(&f) as f64 >= QQ.log2_norm(&f) - 1e-9);
                for (p, q) in shifts {
                    let a = BigRational::new(p.into(), q.into());
                    let expected = generic::shift::halves(&QQ, &f, &a).unwrap();
                    let terms = |v: &[BigRational]| -> Vec<(BigInt, BigInt)> {
                        v.iter().map(|c| (c.numer().clone(), c.denom().clone())).collect()
                    };
                    let found = taylor_shift(&f, &a).unwrap();
                    assert!(terms(&found) == terms(&expected), "{bits}, {denominators}: {len} by {a}");
                }
            }
        }
    }
}
