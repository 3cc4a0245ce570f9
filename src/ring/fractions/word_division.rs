//! Division of short polynomials over Q whose numerators over a common denominator are words: `f = q*g + r`.
//!
//! It stands apart from [`division`](super::division), which takes integers of any size: here gcds are those of words, a step is one pass over rows of limbs, and
//! no integer is made but those of the result.
//!
//! # Method
//! That of [`least`](crate::ring::flat::least): with the leading coefficient `t` of what is left, a step multiplies that by `l/gcd(l, t)` and subtracts
//! `t/gcd(l, t)` times `G`, the primitive multiple of `g` with a leading coefficient `l > 0`. So denominators are products of divisors of `l`, and what a numerator
//! shares with them is found factor by factor, if it shares anything with `l`.

use super::read_words;
use crate::{
    Result,
    integer::{
        IntegerVec, WordModulus,
        bigints::from_magnitude,
        gcd::word::gcd_words,
        limbs::{
            div_exact_odd, inverse_mod_word, is_negative, mul_word, negate, row_bits, shift_right, trimmed,
            write_row,
        },
    },
    ring::{
        QQ,
        flat::{by_words, rows::MATRIX},
        generic::{QuoRem, trim},
    },
};
use num_bigint::Sign;
use num_rational::BigRational;
use num_traits::Zero;

/// The quotient of `f.len() - g.len() + 1` coefficients and the remainder without trailing zeros, for `f.len() >= g.len() >= 2`; `None` where numerators or denominators
/// are no words, or it would take too much memory.
///
/// # Errors
/// Kind limit when memory is refused.
pub(super) fn quo_rem(f: &[BigRational], g: &[BigRational]) -> Result<Option<QuoRem<BigRational>>> {
    let (mut dividend, mut divisor) = (vec![0; f.len()], vec![0; g.len()]);
    let Some(known) = read_words(f, &mut dividend, |word| word) else { return Ok(None) };
    let Some(of_divisor) = read_words(g, &mut divisor, |word| word) else { return Ok(None) };
    if divisor[g.len() - 1] == 0 {
        return Ok(None);
    }
    let content = divisor.iter().rev().fold(0, |content, c| match content {
        1 => 1,
        _ => gcd_words(content, c.unsigned_abs()),
    });
    let turned = divisor[g.len() - 1] < 0;
    for c in &mut divisor {
        *c = *c / content as i64 * if turned { -1 } else { 1 };
    }
    // f = F/m and g = c*G/n: the quotient of F by G is to be multiplied by n/(m*c).
    let (m, n) = (known.common, of_divisor.common);
    let Some(below) = m.checked_mul(content) else { return Ok(None) };
    let common = gcd_words(n, below);
    let (n, below) = (n / common, below / common);
    let most = divisor.iter().map(|c| c.unsigned_abs()).max().unwrap_or(0);
    let bits = u64::from(64 - most.leading_zeros());
    if bits >= by_words::MOST_BITS {
        return Ok(None);
    }
    let Some(Division { limbs, stride, places, quotients, factors }) =
        Division::new((&dividend, known.bits), (&divisor, bits))?
    else {
        return Ok(None);
    };
    let terms = Terms::new(divisor[g.len() - 1] as u64, &factors)?;
    let over = WordModulus::new(below)?;
    let quo = quotients
        .iter()
        .map(|(row, steps)| terms.lowest(row, (n, turned), *steps, &over))
        .collect::<Result<_>>()?;
    let over = WordModulus::new(m)?;
    let rows = limbs.chunks_exact(stride).take(g.len() - 1);
    let mut rem = rows
        .map(|row| terms.lowest(&row[..places], (1, false), factors.len(), &over))
        .collect::<Result<_>>()?;
    trim(&QQ, &mut rem);
    Ok(Some((quo, rem)))
}

/// A division of words, done.
struct Division {
    /// The remainder in rows of `stride` limbs, of which the first `places` are used.
    limbs: Vec<u64>,
    stride: usize,
    places: usize,
    /// Rows in two's complement, and over how many of the factors they stand.
    quotients: Vec<(Vec<u64>, usize)>,
    /// By what the steps have scaled.
    factors: Vec<u64>,
}

impl Division {
    /// Words, and the bits of the largest.
    fn new((f, bits_f): (&[i64], u64), (g, bits_g): (&[i64], u64)) -> Result<Option<Self>> {
        let (n, d) = (g.len() - 1, f.len() + 1 - g.len());
        let (leading, rest) = (g[n] as u64, &g[..n]);
        let modulus = WordModulus::new(leading)?;
        // A step makes what is left longer by no more than this.
        let stride = (bits_f + d as u64 * (bits_g + 1)) as usize / 64 + 1;
        if f.len().saturating_mul(stride) > MATRIX {
            return Ok(None);
        }
        let mut limbs = IntegerVec::try_zeros(f.len(), stride)?.into_limbs();
        for (row, &c) in limbs.chunks_exact_mut(stride).zip(f).skip(d - 1) {
            row[0] = c as u64;
        }
        let (mut places, mut bits) = (1, bits_f);
        let mut scale = vec![1];
        let (mut quotients, mut factors) = (vec![(Vec::new(), 0); d], Vec::new());
        for shift in (0..d).rev() {
            let (window, top) = limbs[shift * stride..(n + shift + 1) * stride].split_at_mut(n * stride);
            if shift + 1 < d {
                // What a step reaches first is scaled as all others are.
                let entering = times(scale.clone(), f[shift].unsigned_abs());
                bits = bits.max(length(&entering));
                let (first, others) = window.split_at_mut(stride);
                let wider = (bits / 64 + 1) as usize;
                widen(others.chunks_exact_mut(stride).chain([&mut *top]), places, wider);
                places = places.max(wider);
                write_row(&mut first[..places], entering.into_iter(), f[shift] < 0);
            }
            let mut top = top[..places].to_vec();
            let negative = is_negative(&top);
            if negative {
                negate(&mut top);
            }
            top.truncate(trimmed(&top).len());
            if top.is_empty() {
                continue;
            }
            let common = gcd_words(leading, modulus.reduce_limbs(&top));
            divide(&mut top, common);
            let factor = leading / common;
            let room = |bits: u64| (bits + length(&[factor])).max(length(&top) + bits_g) + 1;
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
            by_words::combine_rows((window, stride), &top, factor, rest);
            if factor > 1 {
                factors.push(factor);
                scale = times(scale, factor);
            }
            quotients[shift] = (top, factors.len());
        }
        Ok(Some(Division { limbs, stride, places, quotients, factors }))
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

/// Bits of a natural number, whose last limb is not 0.
fn length(limbs: &[u64]) -> u64 {
    64 * limbs.len() as u64 - limbs.last().map_or(0, |top| u64::from(top.leading_zeros()))
}

/// The product of a natural number and a word that is not 0, or nothing for 0.
fn times(mut x: Vec<u64>, word: u64) -> Vec<u64> {
    if word == 0 {
        return Vec::new();
    }
    let carry = mul_word(&mut x, word, 0);
    if carry > 0 {
        x.push(carry);
    }
    x
}

/// The quotient of a natural number and a word that divides it.
fn divide(x: &mut Vec<u64>, word: u64) {
    if word > 1 {
        let twos = word.trailing_zeros();
        let odd = word >> twos;
        shift_right(x, twos);
        if odd > 1 {
            div_exact_odd(x, &[odd], inverse_mod_word(odd));
        }
        x.truncate(trimmed(x).len());
    }
}

/// The factors of denominators, which are divisors of a word.
struct Terms<'a> {
    leading: WordModulus,
    factors: &'a [u64],
    /// Products of the first factors, of none, of one, and so on.
    products: Vec<Vec<u64>>,
}

impl<'a> Terms<'a> {
    fn new(leading: u64, factors: &'a [u64]) -> Result<Self> {
        let mut products = vec![vec![1]];
        for &factor in factors {
            products.push(times(products[products.len() - 1].clone(), factor));
        }
        Ok(Terms { leading: WordModulus::new(leading)?, factors, products })
    }

    /// A row in two's complement times a word, with the other sign where it is `turned`, over the first factors and one word more, in lowest terms.
    fn lowest(
        &self,
        row: &[u64],
        (factor, turned): (u64, bool),
        steps: usize,
        below: &WordModulus,
    ) -> Result<BigRational> {
        let mut x = row.to_vec();
        let negative = is_negative(row);
        if negative {
            negate(&mut x);
        }
        x.truncate(trimmed(&x).len());
        if x.is_empty() {
            return Ok(BigRational::zero());
        }
        x = times(x, factor);
        // A numerator that a factor was found for shares nothing with what is left of the factor, and neither has its quotient by another.
        let mut cancel = |word: u64, modulus: &WordModulus| {
            let common = gcd_words(modulus.reduce_limbs(&x), word);
            divide(&mut x, common);
            word / common
        };
        let rest = cancel(below.modulus() as u64, below);
        let leading = self.leading.modulus() as u64;
        let shared = gcd_words(self.leading.reduce_limbs(&x), leading);
        let denominator = if shared == 1 {
            times(self.products[steps].clone(), rest)
        } else {
            let mut product = vec![rest];
            for &factor in &self.factors[..steps] {
                let mut rest = factor;
                if gcd_words(factor, shared) > 1 {
                    let common = gcd_words(WordModulus::new(factor)?.reduce_limbs(&x), factor);
                    divide(&mut x, common);
                    rest = factor / common;
                }
                product = times(product, rest);
            }
            product
        };
        let sign = if negative != turned { Sign::Minus } else { Sign::Plus };
        Ok(BigRational::new_raw(from_magnitude(sign, &x), from_magnitude(Sign::Plus, &denominator)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::generic;
    use num_bigint::BigInt;

    /// Against division fraction by fraction: signs, contents, factors that are shared at every step and at none, zeros.
    #[test]
    fn against_elements() {
        let mut word = 1u64;
        let mut draw = |bits: u32, denominators: u64| {
            word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let n = BigInt::from(word as i64 >> (63 - bits)) * (word % 7 / 2);
            BigRational::new(n, (word / 7 % denominators + 1).into())
        };
        let mut taken = 0;
        for (len, of) in [(2, 2), (4, 2), (8, 4), (9, 8), (12, 3), (20, 7), (33, 20)] {
            for (bits, denominators) in [(1, 1), (3, 16), (8, 16), (20, 30), (40, 4), (50, 1), (8, 1000)] {
                for content in [1i64, -60, 720_720] {
                    let mut f: Vec<BigRational> = (0..len).map(|_| draw(bits, denominators)).collect();
                    let mut g: Vec<BigRational> = (0..of).map(|_| draw(bits, denominators)).collect();
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
        assert!(taken > 60, "{taken}");
    }
}
