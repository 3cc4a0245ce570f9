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
    convolution::sign_extend,
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
    let leading = WordModulus::new(divisor[g.len() - 1] as u64)?;
    let Some(division) = Division::new((&dividend, known.bits), (&divisor, bits), &leading)? else {
        return Ok(None);
    };
    let Division { limbs, stride, places, quotients, steps, factors } = division;
    let mut terms = Terms::new(leading, &factors);
    let over = WordModulus::new(below)?;
    let rows = quotients.chunks_exact(stride).zip(&steps);
    let quo = rows.map(|(row, &steps)| terms.lowest(row, (n, turned), steps, &over)).collect();
    let over = WordModulus::new(m)?;
    let rows = limbs.chunks_exact(stride).take(g.len() - 1);
    let mut rem = rows.map(|row| terms.lowest(&row[..places], (1, false), factors.len(), &over)).collect();
    trim(&QQ, &mut rem);
    Ok(Some((quo, rem)))
}

/// A division of words, done.
struct Division {
    /// The remainder in rows of `stride` limbs, of which the first `places` are used.
    limbs: Vec<u64>,
    stride: usize,
    places: usize,
    /// The numerators of the quotient in such rows, and over how many of the factors each stands.
    quotients: Vec<u64>,
    steps: Vec<usize>,
    /// By what the steps have scaled.
    factors: Vec<u64>,
}

impl Division {
    /// Words, and the bits of the largest; the modulus is the leading coefficient of the divisor.
    fn new(
        (f, bits_f): (&[i64], u64),
        (g, bits_g): (&[i64], u64),
        modulus: &WordModulus,
    ) -> Result<Option<Self>> {
        let (n, d) = (g.len() - 1, f.len() + 1 - g.len());
        let (leading, rest) = (g[n] as u64, &g[..n]);
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
        let (mut quotients, mut steps, mut factors) =
            (vec![0; d * stride], vec![0; d], Vec::with_capacity(d));
        // The product of all factors, and two numbers of a step.
        let [mut scale, mut entering, mut top] = [(); 3].map(|()| Vec::with_capacity(stride + 1));
        scale.push(1);
        for shift in (0..d).rev() {
            let (window, leader) = limbs[shift * stride..(n + shift + 1) * stride].split_at_mut(n * stride);
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
                times(&mut scale, factor);
            }
            sign_extend(&top, &mut quotients[shift * stride..][..stride]);
            steps[shift] = factors.len();
        }
        Ok(Some(Division { limbs, stride, places, quotients, steps, factors }))
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

/// Multiplies a natural number by a word; by 0 nothing is left.
fn times(x: &mut Vec<u64>, word: u64) {
    if word == 0 {
        x.clear();
    } else if word > 1 {
        let carry = mul_word(x, word, 0);
        if carry > 0 {
            x.push(carry);
        }
    }
}

/// Divides a natural number by a word that divides it.
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

/// The gcd of a word that is not 0 and a natural number.
fn shared_with(word: u64, x: &[u64]) -> u64 {
    if word >> 32 != 0 {
        return WordModulus::new(word).map_or(1, |n| gcd_words(word, n.reduce_limbs(x)));
    }
    // Half a limb at a time.
    let rest = x.iter().rev().fold(0, |rest, limb| {
        let high = (rest << 32 | limb >> 32) % word;
        (high << 32 | limb & 0xFFFF_FFFF) % word
    });
    gcd_words(word, rest)
}

/// The factors of denominators, which are divisors of a word.
struct Terms<'a> {
    leading: WordModulus,
    factors: &'a [u64],
    /// Products of the first factors, of none, of one, and so on, and where each ends.
    products: Vec<u64>,
    ends: Vec<usize>,
    /// A numerator and a denominator.
    numerator: Vec<u64>,
    denominator: Vec<u64>,
}

impl<'a> Terms<'a> {
    fn new(leading: WordModulus, factors: &'a [u64]) -> Self {
        let len = factors.len();
        let mut products = Vec::with_capacity((len + 1) * (len + 2) / 2);
        let mut ends = Vec::with_capacity(len + 1);
        let mut product = Vec::with_capacity(len + 1);
        product.push(1);
        for factor in factors.iter().map(Some).chain([None]) {
            products.extend_from_slice(&product);
            ends.push(products.len());
            times(&mut product, *factor.unwrap_or(&1));
        }
        let [numerator, denominator] = [(); 2].map(|()| Vec::with_capacity(len + 3));
        Terms { leading, factors, products, ends, numerator, denominator }
    }

    /// A row in two's complement times a word, with the other sign where it is `turned`, over the first factors and one word more, in lowest terms.
    fn lowest(
        &mut self,
        row: &[u64],
        (factor, turned): (u64, bool),
        steps: usize,
        below: &WordModulus,
    ) -> BigRational {
        let (x, denominator) = (&mut self.numerator, &mut self.denominator);
        x.clear();
        x.extend_from_slice(row);
        let negative = is_negative(row);
        if negative {
            negate(x);
        }
        x.truncate(trimmed(x).len());
        if x.is_empty() {
            return BigRational::zero();
        }
        times(x, factor);
        let mut rest = below.modulus() as u64;
        if rest > 1 {
            let common = gcd_words(below.reduce_limbs(x), rest);
            divide(x, common);
            rest /= common;
        }
        // A numerator that a factor was found for shares nothing with what is left of the factor, and neither has its quotient by another.
        let mut shared = gcd_words(self.leading.reduce_limbs(x), self.leading.modulus() as u64);
        denominator.clear();
        let mut done = 0;
        if shared == 1 {
            let start = if steps == 0 { 0 } else { self.ends[steps - 1] };
            denominator.extend_from_slice(&self.products[start..self.ends[steps]]);
            done = steps;
        } else {
            denominator.push(1);
        }
        times(denominator, rest);
        for &factor in &self.factors[done..steps] {
            // What the numerator shares with a factor it shares with the leading coefficient.
            let common = if shared == 1 { 1 } else { gcd_words(factor % shared, shared) };
            if common > 1 {
                divide(x, common);
                shared = shared_with(shared, x);
            }
            times(denominator, factor / common);
        }
        let sign = if negative != turned { Sign::Minus } else { Sign::Plus };
        BigRational::new_raw(from_magnitude(sign, x), from_magnitude(Sign::Plus, denominator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{fractions::draw::Draw, generic};
    use num_bigint::BigInt;

    /// Against division fraction by fraction: signs, contents, factors that are shared at every step and at none, zeros.
    #[test]
    fn against_elements() {
        let mut draw = Draw::new();
        let mut taken = 0;
        for (len, of) in [(2, 2), (4, 2), (8, 4), (9, 8), (12, 3), (20, 7), (33, 20)] {
            for (bits, denominators) in [(1, 1), (3, 16), (8, 16), (20, 30), (40, 4), (50, 1), (8, 1000)] {
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
        assert!(taken > 60, "{taken}");
    }
}
