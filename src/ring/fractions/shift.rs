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
    integer::{IntegerSlice, IntegerVec, limbs::mul_word},
    limit,
    ring::{Ring, ZZ, flat, numbers},
};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::One;

/// Numerators of `F(x + a)` into `out`, whose memory is kept, and by what they are too large, where it is not 1.
///
/// # Errors
/// Those of products of integers.
pub(super) fn flat(f: IntegerSlice<'_>, a: &BigRational, out: &mut IntegerVec) -> Result<Option<BigUint>> {
    let (len, degree) = (f.len(), f.len().saturating_sub(1));
    let power = || a.denom().magnitude().pow(degree as u32);
    if len <= tuning::SHIFT_ROWS
        && let (Ok(p), Ok(q)) = (i64::try_from(a.numer()), u64::try_from(a.denom()))
    {
        let scaled = if q == 1 { 0 } else { degree as u64 * u64::from(64 - q.leading_zeros()) };
        let width = flat::shift::width(f.bits() + scaled, len, p);
        limit::check(len as u64, 64 * width as u64)?;
        out.reset(len, width)?;
        for (wide, row) in out.limbs_mut().chunks_exact_mut(width).zip(f.rows()) {
            sign_extend(row, wide);
        }
        if q == 1 {
            flat::shift::in_rows(out.limbs_mut(), width, p);
            return Ok(None);
        }
        dilate(out.limbs_mut().chunks_exact_mut(width).rev(), q);
        flat::shift::in_rows(out.limbs_mut(), width, p);
        dilate(out.limbs_mut().chunks_exact_mut(width), q);
        return Ok(Some(power()));
    }
    let mut numerators = f.to_bigints();
    let shifted = over_powers(&mut numerators, a)?;
    if a.is_integer() {
        *out = IntegerVec::try_from_bigints(&shifted)?;
        return Ok(None);
    }
    numerators.clear();
    let mut scale = BigInt::one();
    for c in shifted {
        numerators.push(numbers::signed_product(&c, &scale));
        scale = numbers::signed_product(&scale, a.denom());
    }
    *out = IntegerVec::try_from_bigints(&numerators)?;
    Ok(Some(power()))
}

/// Row `k` in two's complement times `q^k`, modulo the size of a row.
fn dilate<'a>(rows: impl Iterator<Item = &'a mut [u64]>, q: u64) {
    // As many factors as a word holds.
    let at_once = u64::MAX.ilog(q);
    let whole = q.pow(at_once);
    for (k, row) in rows.enumerate() {
        for _ in 0..k as u32 / at_once {
            mul_word(row, whole, 0);
        }
        mul_word(row, q.pow(k as u32 % at_once), 0);
    }
}

/// Coefficient `k` of `F(x + p/q)` times `q^(d-k)`, for `F` of degree `d`; spoils the numerators.
fn over_powers(numerators: &mut [BigInt], a: &BigRational) -> Result<Vec<BigInt>> {
    if !a.is_integer() {
        let mut power = BigInt::one();
        for c in numerators.iter_mut().rev().skip(1) {
            power = numbers::signed_product(&power, a.denom());
            *c = numbers::signed_product(c, &power);
        }
    }
    ZZ.taylor_shift(numerators, a.numer())
}

/// `f(x + a)`, as many coefficients as `f` has.
///
/// # Errors
/// Those of products of integers.
pub(in crate::ring) fn taylor_shift(f: &[BigRational], a: &BigRational) -> Result<Vec<BigRational>> {
    if a.is_integer()
        && f.len() <= tuning::SHIFT_ROWS
        && i64::try_from(a.numer()).is_ok()
        && let Some(Operand { rows, common, .. }) = Operand::read(f)?
    {
        let mut wide = IntegerVec::default();
        flat(rows.as_slice(), a, &mut wide)?;
        let mut out = Vec::new();
        over_word(wide.as_slice(), Denominator::new(common, 1), &mut out);
        return Ok(out);
    }
    let (mut numerators, m) = numbers::cleared(f)?;
    let shifted = over_powers(&mut numerators, a)?;
    if a.is_integer() {
        return Ok(super::divided(shifted, &m));
    }
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
    use crate::{
        convolution::RationalVec,
        ring::{QQ, fractions::draw::Draw, generic},
    };

    /// Against sums of fractions: words and longer ones, shifts of both signs, by integers and fractions, denominators with primes of those of the shift.
    #[test]
    fn against_fractions() {
        let mut draw = Draw::new();
        let shifts = [
            (0, 1),
            (1, 1),
            (-1, 1),
            (7, 1),
            (i64::MAX, 1),
            (1, 2),
            (-3, 4),
            (5, 6),
            (1, 7919),
            (1, i64::MAX),
        ];
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
                    let rows = RationalVec::from_rationals(&f).unwrap();
                    let expected = RationalVec::from_rationals(&expected).unwrap();
                    assert!(
                        rows.try_taylor_shift(&a).unwrap() == expected,
                        "{bits}, {denominators}: {len} by {a}"
                    );
                }
            }
        }
    }
}
