//! Division without fractions in which every step scales by what it needs: `m*f = q*g + r` with `m` as small as it is seen to be on the way.
//!
//! It stands apart from [`rows`](super::rows), whose steps all scale by the leading coefficient `l` of `g`: where polynomials over Q have been brought to a
//! common denominator, `l` and what is divided share most of it at every step, and numbers would grow to several times the length that they need.
//!
//! # Method
//! With the leading coefficient `t` of what is left of `f`, a step multiplies that by `l/gcd(l, t)` and subtracts `t/gcd(l, t)` times `g`. Each coefficient of the quotient stands over the
//! product of the factors up to its own.
//!
//! # Invariants
//! Rows in two's complement, as wide as a bound of the largest asks for: it follows the steps and is taken anew when it reaches the width.

use super::rows::{Divisor, MATRIX, Magnitude, multiply, width};
use crate::{
    Result,
    integer::{
        IntegerVec,
        bigints::{self, from_row},
        gcd::signed_gcd,
        limbs::{is_negative, row_bits, write_row},
    },
    ring::{ZZ, generic::trim, numbers},
};
use num_bigint::{BigInt, Sign};
use num_traits::{One, Signed};

/// `f = q*g + r`: `q[j]` and the denominator of each coefficient of the quotient, the remainder without trailing zeros and its denominator. Denominators may be negative.
pub(in crate::ring) struct Quotient {
    pub(in crate::ring) quo: Vec<(BigInt, BigInt)>,
    pub(in crate::ring) rem: Vec<BigInt>,
    pub(in crate::ring) denominator: BigInt,
}

/// The rows of what is left.
struct Rows {
    limbs: Vec<u64>,
    width: usize,
    /// All values have at most so many bits.
    bits: u64,
}

impl Rows {
    /// Makes room for values of so many bits and a sign in the rows from `from` on; what stands below is zero.
    fn reserve(&mut self, bits: u64, from: usize) {
        if bits < 64 * self.width as u64 {
            return;
        }
        let places = (bits / 64 + 2) as usize;
        let mut limbs = vec![0; self.limbs.len() / self.width * places];
        let rows = self.limbs.chunks_exact(self.width).zip(limbs.chunks_exact_mut(places));
        for (row, wide) in rows.skip(from) {
            wide[..self.width].copy_from_slice(row);
            wide[self.width..].fill(if is_negative(row) { u64::MAX } else { 0 });
        }
        (self.limbs, self.width) = (limbs, places);
    }

    fn range(&mut self, range: std::ops::Range<usize>) -> &mut [u64] {
        &mut self.limbs[range.start * self.width..range.end * self.width]
    }
}

/// Quotient and remainder over denominators, for `f.len() >= g.len() >= 1`, both without trailing zeros; `None` for what would take too much memory.
///
/// # Errors
/// Kind limit when memory is refused.
pub(in crate::ring) fn quo_rem(f: &[BigInt], g: &[BigInt]) -> Result<Option<Quotient>> {
    let (n, d) = (g.len() - 1, f.len() + 1 - g.len());
    if f.len().saturating_mul(width(f, g, d)) > MATRIX {
        return Ok(None);
    }
    let (leading, divisor) = (&g[n], Divisor::new(&g[..n]));
    let most = |v: &[BigInt]| v.iter().map(BigInt::bits).max().unwrap_or(0);
    let (bits_f, bits_g) = (most(f), most(&g[..n]));
    let places = (bits_f / 64 + 2) as usize;
    let mut rows = IntegerVec::try_zeros(f.len(), places)?;
    bigints::write_rows(
        f[d - 1..].iter().map(bigints::parts),
        &mut rows.limbs_mut()[(d - 1) * places..],
        places,
    );
    let mut rows = Rows { limbs: rows.into_limbs(), width: places, bits: bits_f };
    let (mut top, mut product) = (Magnitude::default(), Vec::new());
    let mut scale = BigInt::one();
    let mut quo = vec![(BigInt::ZERO, BigInt::one()); d];
    for shift in (0..d).rev() {
        if shift + 1 < d {
            let entering = numbers::signed_product(&f[shift], &scale);
            rows.bits = rows.bits.max(entering.bits());
            rows.reserve(rows.bits, shift + 1);
            write_row(
                rows.range(shift..shift + 1),
                entering.iter_u64_digits(),
                entering.sign() == Sign::Minus,
            );
        }
        top.read(rows.range(n + shift..n + shift + 1));
        if top.is_zero() {
            continue;
        }
        let mut quotient = top.to_integer();
        let common = signed_gcd(leading, &quotient);
        let mut factor = leading.clone();
        if !common.is_one() {
            factor /= &common;
            quotient /= common;
            top.assign(&quotient);
        }
        let room = |bits: u64| (bits + factor.bits()).max(quotient.bits() + bits_g) + 1;
        if room(rows.bits) >= 64 * rows.width as u64 {
            // The bound has lost a bit a step.
            let width = rows.width;
            let bits = rows.range(shift..n + shift).chunks_exact(width).map(row_bits).max();
            rows.bits = bits.unwrap_or(0);
            rows.reserve(room(rows.bits), shift);
        }
        rows.bits = room(rows.bits);
        let width = rows.width;
        let window = rows.range(shift..n + shift);
        if !factor.is_one() {
            let (limbs, negative) = (factor.iter_u64_digits().collect::<Vec<_>>(), factor.is_negative());
            for row in window.chunks_exact_mut(width) {
                multiply(row, &limbs, negative, &mut product);
            }
            scale = numbers::signed_product(&scale, &factor);
        }
        divisor.subtract(window, width, &top, &mut product);
        quo[shift] = (quotient, scale.clone());
    }
    let width = rows.width;
    let mut rem: Vec<BigInt> = rows.range(0..n).chunks_exact(width).map(from_row).collect();
    trim(&ZZ, &mut rem);
    Ok(Some(Quotient { quo, rem, denominator: scale }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{QQ, generic};
    use num_rational::BigRational;

    /// Against division over Q: one limb and several, common factors at every step and none, zeros between.
    #[test]
    fn against_fractions() {
        let mut word = 1u64;
        let mut draw = |bits: u32, factor: u64| {
            word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let n = (BigInt::from(word as i64 >> 30) << bits) + (word >> 7) % 1000;
            n * (factor / (word / 11 % 16 + 1)) * ((word >> 60) % 5)
        };
        for (len, of) in [(1, 1), (5, 1), (4, 4), (8, 4), (9, 8), (12, 3), (25, 9)] {
            for (bits, factor) in [(0, 16), (0, 720_720), (30, 720_720), (64, 16), (200, 720_720)] {
                let mut f: Vec<BigInt> = (0..len).map(|_| draw(bits, factor)).collect();
                let mut g: Vec<BigInt> = (0..of).map(|_| draw(bits, factor)).collect();
                for v in [&mut f, &mut g] {
                    let sign = if v.len() % 2 == 0 { -1 } else { 1 };
                    let last = v.len() - 1;
                    v[last] = (draw(bits, factor).abs() + 720) * sign;
                }
                let fractions =
                    |v: &[BigInt]| v.iter().map(|c| c.clone().into()).collect::<Vec<BigRational>>();
                let (quo, rem) = generic::quo_rem(&QQ, &fractions(&f), &fractions(&g)).unwrap();
                let found = quo_rem(&f, &g).unwrap().expect("short");
                let over = |(n, d): (BigInt, BigInt)| BigRational::new(n, d);
                assert_eq!(found.quo.into_iter().map(over).collect::<Vec<_>>(), quo, "{len} by {of}, {bits}");
                let found = found.rem.into_iter().map(|c| over((c, found.denominator.clone())));
                assert_eq!(found.collect::<Vec<_>>(), rem, "{len} by {of}, {bits}");
            }
        }
    }
}
