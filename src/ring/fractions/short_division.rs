//! Division of short polynomials over Q whose numerators over a common denominator are words or double words: `f = q*g + r`.
//!
//! It stands apart from [`division`](super::division), which takes integers of any size: here gcds are those of words and double words, a step is one pass
//! over rows of limbs, and no integer is made but those of the result.
//!
//! # Method
//! That of [`least`](crate::ring::flat::least): with the leading coefficient `t` of what is left, a step multiplies that by `l/gcd(l, t)` and subtracts
//! `t/gcd(l, t)` times `G`, the primitive multiple of `g` with a leading coefficient `l > 0`. So denominators are products of divisors of `l`, and what a numerator
//! shares with them is found by [`leading`](super::leading).

use super::{
    Operand,
    leading::{Leading, MOST_BITS, Multiples, Terms, divide, limbs, mul_double, times},
    read_words,
};
use crate::{
    Result,
    convolution::sign_extend,
    integer::{
        gcd::word::{gcd_double_words, gcd_words},
        limbs::{add_carry, is_negative, negate, row_bits, sub_borrow, trimmed, write_row},
        try_zeroed, zeros,
    },
    ring::{
        QQ,
        flat::{by_words, rows::MATRIX},
        generic::{QuoRem, trim},
    },
};
use num_rational::BigRational;

/// The quotient of `f.len() - g.len() + 1` coefficients and the remainder without trailing zeros, for `f.len() >= g.len() >= 2`; `None` where numerators are
/// no double words or common denominators no words, or it would take too much memory.
///
/// # Errors
/// Kind limit when memory is refused.
pub(super) fn quo_rem(f: &[BigRational], g: &[BigRational]) -> Result<Option<QuoRem<BigRational>>> {
    let (Some(dividend), Some(mut divisor)) = (Numerators::read(f)?, Numerators::read(g)?) else {
        return Ok(None);
    };
    let turned = match divisor.values[g.len() - 1] {
        0 => return Ok(None),
        leading => leading < 0,
    };
    let content = divisor.values.iter().rev().fold(0, |content, c| match content {
        1 => 1,
        _ => gcd_double_words(content, c.unsigned_abs()),
    });
    if content > 1 || turned {
        for c in &mut divisor.values {
            *c = *c / content as i128 * if turned { -1 } else { 1 };
        }
        divisor.bits = divisor.values.iter().map(|c| length(&limbs(c.unsigned_abs()))).max().unwrap_or(0);
    }
    // f = F/m and g = c*G/n: the quotient of F by G is to be multiplied by n/(m*c).
    let (m, n) = (dividend.common, divisor.common);
    let Some(below) = u64::try_from(content).ok().and_then(|content| m.checked_mul(content)) else {
        return Ok(None);
    };
    let common = gcd_words(n, below);
    let (n, over) = (n / common, below / common);
    let leading = Leading::new(divisor.values[g.len() - 1] as u128);
    let Some(mut division) = Division::new(&dividend, &divisor, &leading)? else { return Ok(None) };
    let signs = division.magnitudes(g.len() - 1);
    let Division { limbs, stride, places, quotients, steps, factors } = division;
    let rows = || limbs.chunks_exact(stride).take(g.len() - 1).map(|row| &row[..places]);
    let quotients = || quotients.chunks_exact(stride);
    let mut terms = Terms::new(&leading, &factors, below);
    let factor = [n];
    terms.look(rows().chain(quotients()).chain([&factor[..]]));
    let (of_quotients, of_rows) = signs.split_at(steps.len());
    let numbered = quotients().zip(of_quotients).zip(&steps);
    let quo = numbered.map(|((row, sign), &steps)| terms.lowest((row, n), *sign != turned, steps, over));
    let quo = quo.collect();
    let numbered = rows().zip(of_rows);
    let rem = numbered.map(|(row, sign)| terms.lowest((row, 1), *sign, factors.len(), m));
    let mut rem = rem.collect();
    trim(&QQ, &mut rem);
    Ok(Some((quo, rem)))
}

/// Integers over a common denominator.
struct Numerators {
    values: Vec<i128>,
    /// Of the largest absolute value.
    bits: u64,
    common: u64,
}

impl Numerators {
    /// `None` for numerators of more than [`MOST_BITS`] and common denominators that are no words.
    fn read(values: &[BigRational]) -> Result<Option<Self>> {
        let mut numerators = zeros(values.len());
        if let Some(known) = read_words(values, &mut numerators, i128::from) {
            return Ok(Some(Numerators { values: numerators, bits: known.bits, common: known.common }));
        }
        let Some(Operand { rows, extent, common }) = Operand::read(values)? else { return Ok(None) };
        if extent.bits > MOST_BITS {
            return Ok(None);
        }
        for (value, row) in numerators.iter_mut().zip(rows.as_slice().rows()) {
            let mut limbs = [0; 2];
            match row {
                [] | [_] => sign_extend(row, &mut limbs),
                [low, high, ..] => limbs = [*low, *high],
            }
            *value = (u128::from(limbs[1]) << 64 | u128::from(limbs[0])) as i128;
        }
        Ok(Some(Numerators { values: numerators, bits: extent.bits, common }))
    }
}

/// A division of numerators, done.
struct Division {
    /// The remainder in rows of `stride` limbs, of which the first `places` are used.
    limbs: Vec<u64>,
    stride: usize,
    places: usize,
    /// The numerators of the quotient in such rows, and over how many of the factors each stands.
    quotients: Vec<u64>,
    steps: Vec<usize>,
    /// By what the steps have scaled.
    factors: Vec<u128>,
}

impl Division {
    /// By a divisor with this leading coefficient, which is positive.
    fn new(dividend: &Numerators, divisor: &Numerators, leading: &Leading) -> Result<Option<Self>> {
        let (f, g, bits_g) = (&dividend.values[..], &divisor.values[..], divisor.bits);
        let (n, d) = (g.len() - 1, f.len() + 1 - g.len());
        // A step makes what is left longer by no more than this.
        let stride = (dividend.bits + d as u64 * (bits_g + 1)) as usize / 64 + 1;
        if f.len().saturating_mul(stride) > MATRIX {
            return Ok(None);
        }
        let words: Option<Vec<i64>> =
            (bits_g < by_words::MOST_BITS).then(|| g[..n].iter().map(|&c| c as i64).collect());
        let mut rows = try_zeroed(f.len() * stride)?;
        let (mut places, mut bits) = ((dividend.bits / 64 + 1) as usize, dividend.bits);
        for (row, &c) in rows.chunks_exact_mut(stride).zip(f).skip(d - 1) {
            sign_extend(&limbs(c as u128)[..places], row);
        }
        let (mut quotients, mut steps, mut factors) =
            (try_zeroed(d * stride)?, zeros(d), Vec::with_capacity(d));
        // The product of all factors, and two numbers of a step.
        let [mut scale, mut entering, mut top] = [(); 3].map(|()| Vec::with_capacity(stride + 2));
        scale.push(1);
        for shift in (0..d).rev() {
            let (window, leader) = rows[shift * stride..(n + shift + 1) * stride].split_at_mut(n * stride);
            if shift + 1 < d {
                // What a step reaches first is scaled as all others are.
                entering.clear();
                entering.extend_from_slice(&scale);
                times(&mut entering, f[shift].unsigned_abs());
                bits = bits.max(length(&entering));
                let (first, others) = window.split_at_mut(stride);
                let wider = (bits / 64 + 1) as usize;
                widen(others.chunks_exact_mut(stride).chain([&mut *leader]), places, wider);
                places = places.max(wider);
                write_row(&mut first[..places], entering.iter().copied(), f[shift] < 0);
            }
            top.clear();
            top.extend_from_slice(&leader[..places]);
            let negative = is_negative(&top);
            if negative {
                negate(&mut top);
            }
            top.truncate(trimmed(&top).len());
            if top.is_empty() {
                continue;
            }
            let common = leading.shared(&top);
            divide(&mut top, common);
            let factor = leading.value() / common;
            let room = |bits: u64| (bits + length(&limbs(factor))).max(length(&top) + bits_g) + 1;
            if room(bits) >= 64 * places as u64 {
                // The bound has lost a bit a step.
                bits = window.chunks_exact(stride).map(|row| row_bits(&row[..places])).max().unwrap_or(0);
            }
            bits = room(bits);
            let wider = (bits / 64 + 1) as usize;
            widen(window.chunks_exact_mut(stride), places, wider);
            places = places.max(wider);
            top.resize(places, 0);
            if negative {
                negate(&mut top);
            }
            match &words {
                Some(words) => by_words::combine_rows((window, stride), &top, factor as u64, words),
                None => {
                    for (row, &c) in window.chunks_exact_mut(stride).zip(g) {
                        combine(&mut row[..places], &top, factor, c);
                    }
                }
            }
            if factor > 1 {
                factors.push(factor);
                times(&mut scale, factor);
            }
            sign_extend(&top, &mut quotients[shift * stride..][..stride]);
            steps[shift] = factors.len();
        }
        Ok(Some(Division { limbs: rows, stride, places, quotients, steps, factors }))
    }

    /// Makes all numerators absolute values; which were negative, those of the quotient first, then so many of the remainder.
    fn magnitudes(&mut self, rest: usize) -> Vec<bool> {
        let rows = self.limbs.chunks_exact_mut(self.stride).take(rest).map(|row| &mut row[..self.places]);
        let all = self.quotients.chunks_exact_mut(self.stride).chain(rows);
        all.map(|row| {
            let negative = is_negative(row);
            if negative {
                negate(row);
            }
            negative
        })
        .collect()
    }
}

/// Signs go on in the limbs from `places` to `wider`.
fn widen<'a>(rows: impl Iterator<Item = &'a mut [u64]>, places: usize, wider: usize) {
    if wider > places {
        for row in rows {
            let sign = if is_negative(&row[..places]) { u64::MAX } else { 0 };
            row[places..wider].fill(sign);
        }
    }
}

/// Bits of a natural number.
fn length(limbs: &[u64]) -> u64 {
    let limbs = trimmed(limbs);
    64 * limbs.len() as u64 - limbs.last().map_or(0, |top| u64::from(top.leading_zeros()))
}

/// `row = row*factor - top*c`, modulo the size of a row.
fn combine(row: &mut [u64], top: &[u64], factor: u128, c: i128) {
    if factor > 1 {
        mul_double(row, factor);
    }
    let (mut multiples, mut carry) = (Multiples::of(c.unsigned_abs()), false);
    for (x, &y) in row.iter_mut().zip(top) {
        let product = multiples.next(y);
        (*x, carry) = if c < 0 { add_carry(*x, product, carry) } else { sub_borrow(*x, product, carry) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{fractions::draw::Draw, generic};
    use num_bigint::BigInt;
    use num_traits::Zero;

    /// Against division fraction by fraction: signs, contents, factors that are shared at every step and at none, zeros.
    #[test]
    fn against_elements() {
        let mut draw = Draw::new();
        let mut taken = 0;
        for (len, of) in [(2, 2), (4, 2), (8, 4), (9, 8), (12, 3), (20, 7), (33, 20)] {
            for (bits, denominators) in
                [(1, 1), (3, 16), (8, 16), (20, 30), (40, 4), (50, 1), (8, 1000), (60, 16), (62, 900)]
            {
                for content in [1i64, -60, 720_720] {
                    let mut f: Vec<BigRational> = (0..len).map(|_| draw.short(bits, denominators)).collect();
                    let mut g: Vec<BigRational> = (0..of).map(|_| draw.short(bits, denominators)).collect();
                    for v in [&mut f, &mut g] {
                        if v.last().is_some_and(Zero::is_zero) {
                            *v.last_mut().unwrap() = BigRational::new((-6).into(), 7.into());
                        }
                    }
                    g.iter_mut().for_each(|c| *c *= BigInt::from(content));
                    if let Some((mut quo, rem)) = quo_rem(&f, &g).unwrap() {
                        taken += 1;
                        assert_eq!(quo.len(), len - of + 1);
                        trim(&QQ, &mut quo);
                        let terms = |v: &[BigRational]| -> Vec<(BigInt, BigInt)> {
                            v.iter().map(|c| (c.numer().clone(), c.denom().clone())).collect()
                        };
                        let expected = generic::quo_rem(&QQ, &f, &g).unwrap();
                        assert_eq!(
                            terms(&quo),
                            terms(&expected.0),
                            "{len} by {of}, {bits}, {denominators}, {content}"
                        );
                        assert_eq!(
                            terms(&rem),
                            terms(&expected.1),
                            "{len} by {of}, {bits}, {denominators}, {content}"
                        );
                    }
                }
            }
        }
        assert!(taken > 150, "{taken}");
    }

    /// Numerators of as many bits as a step has room for, which differ little, so that factors are long; and longer ones, which are not taken.
    #[test]
    fn the_longest_numerators() {
        let top: BigInt = (BigInt::from(1) << MOST_BITS) - 1;
        let f: Vec<BigRational> = (0..9).map(|k| BigRational::from_integer(&top - k)).collect();
        for sign in [1, -1] {
            let g: Vec<BigRational> =
                (1..5).map(|k| BigRational::from_integer((&top - k * k) * sign)).collect();
            let (mut quo, rem) = quo_rem(&f, &g).unwrap().expect("double words");
            trim(&QQ, &mut quo);
            assert_eq!((quo, rem), generic::quo_rem(&QQ, &f, &g).unwrap());
        }
        let longer = vec![BigRational::from_integer(top + 1); 2];
        assert!(quo_rem(&f, &longer).unwrap().is_none());
        assert!(quo_rem(&longer, &f[..2]).unwrap().is_none());
    }
}
