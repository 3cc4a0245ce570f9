//! Composition `f(g)` of integer polynomials, in words, or on flat sequences from the operands to the result.
//!
//! It stands apart from the generic composition, which reads and writes `BigInt`s at every product: parts that grow from level to level are most of the
//! work, and of compositions in practice most are short.
//!
//! # Method
//! Coefficients of `f(g)` are at most `|f| * (1 + s + ... + s^(m-1))` for the 1-norm `s` of `g` and `m` coefficients of `f`. As long as that is a word or a
//! double word, by Horner's rule on the stack. Otherwise by halves, `f(g) = f_0(g) + g^h*f_1(g)` (R. Brent, H. Kung, 1978), from parts that are short in
//! this sense.

use crate::{
    Result,
    convolution::{self, Want, integer_product::mul_limbs, plan::ceil_log2},
    integer::{
        IntegerVec,
        bigints::{self, Extent, from_magnitude},
        limbs::{add_assign, negate, sub_assign, trimmed},
    },
    ring::{ZZ, engine, generic::trim, norm, short},
};
use num_bigint::{BigInt, Sign};

/// Results of so many coefficients at most are computed in arrays.
const WORDS: usize = 64;

/// The most coefficients of a part.
const PART: usize = 16;

/// `f(g)` without trailing zeros, for polynomials without such that are not constant; `None` where rows would be far longer than what stands in them, or
/// results are so long that transforms of powers are better shared.
///
/// # Errors
/// Those of products.
pub(in crate::ring) fn compose(f: &[BigInt], g: &[BigInt]) -> Result<Option<Vec<BigInt>>> {
    if let [low, high] = f {
        return Ok(Some(linear(low, high, g)));
    }
    let largest = f.iter().map(BigInt::bits).max().unwrap_or(0);
    // Of a part of so many coefficients: its sum of powers of s is below 2*s^(len-1) for s > 1, and as many terms for s = 1.
    let bound =
        |len: usize, growth: u64| largest + growth + 1 + if growth == 0 { ceil_log2(len as u64) } else { 0 };
    let len = (f.len() - 1) * (g.len() - 1) + 1;
    // By a bound that takes no logarithm: coefficients of `g` have so many bits.
    let most = g.iter().map(BigInt::bits).max().unwrap_or(0) + ceil_log2(g.len() as u64);
    let in_words = match (len, bound(f.len(), most * (f.len() as u64 - 1))) {
        (_, 128..) => None,
        (0..=8, bits) => in_words::<8>(f, g, len, bits),
        (9..=24, bits) => in_words::<24>(f, g, len, bits),
        (25..=WORDS, bits) => in_words::<WORDS>(f, g, len, bits),
        _ => None,
    };
    if in_words.is_some() {
        return Ok(in_words);
    }
    let norm = norm::of_integers(g);
    // And rounding.
    let bits = |len: usize| bound(len, ((len - 1) as f64 * norm).ceil() as u64) + 1;
    let bound = bits(f.len());
    let sizes = [f, g].map(|v| Extent::of(v.iter().map(bigints::parts)));
    if len as u64 * (bound / 64 + 1) > MOST || sizes.iter().any(|extent| !engine::fits(extent)) {
        return Ok(None);
    }
    by_halves(f, g, bits).map(Some)
}

/// Limbs of a result beyond which halves share transforms.
const MOST: u64 = 1 << 14;

/// `f(g)` of words, `len` coefficients of so many bits, in arrays.
#[inline(always)]
fn in_words<const N: usize>(f: &[BigInt], g: &[BigInt], len: usize, bits: u64) -> Option<Vec<BigInt>> {
    let ((x, _), (y, _)) = (short::read_words::<N>(f)?, short::read_words::<N>(g)?);
    let (x, y) = (&x[..f.len()], &y[..g.len()]);
    let mut composed = if bits < 64 {
        short::integers(&horner::<i64, N>(x, y)[..len])
    } else {
        short::integers(&horner::<i128, N>(x, y)[..len])
    };
    trim(&ZZ, &mut composed);
    Some(composed)
}

/// Linear polynomials of words are composed in an array up to this length of the other one.
const LINEAR: usize = 16;

/// `low + high*g`
fn linear(low: &BigInt, high: &BigInt, g: &[BigInt]) -> Vec<BigInt> {
    if g.len() <= LINEAR
        && let Some(([low, high], _)) = short::read_words::<2>([low, high])
        && let Some((g_words, _)) = short::read_words::<LINEAR>(g)
    {
        // Below 2^126 and 2^63.
        let mut sums = g_words.map(|c| i128::from(c) * i128::from(high));
        sums[0] += i128::from(low);
        return short::integers(&sums[..g.len()]);
    }
    let factor: Vec<u64> = high.iter_u64_digits().collect();
    let (mut limbs, mut product) = (Vec::new(), Vec::new());
    let mut multiple = |c: &BigInt, more: &BigInt| {
        limbs.clear();
        limbs.extend(c.iter_u64_digits());
        if limbs.is_empty() {
            return more.clone();
        }
        product.resize(limbs.len() + factor.len(), 0);
        let (long, short) = if limbs.len() >= factor.len() { (&limbs, &factor) } else { (&factor, &limbs) };
        mul_limbs(&mut product, long, short);
        let mut sign = if c.sign() == high.sign() { Sign::Plus } else { Sign::Minus };
        if more.sign() != Sign::NoSign {
            limbs.clear();
            limbs.extend(more.iter_u64_digits());
            // And a limb for what is carried.
            product.resize(limbs.len().max(product.len()) + 1, 0);
            if more.sign() == sign {
                add_assign(&mut product, &limbs);
            } else if sub_assign(&mut product, &limbs) {
                negate(&mut product);
                sign = -sign;
            }
        }
        from_magnitude(sign, trimmed(&product))
    };
    g.iter().enumerate().map(|(k, c)| multiple(c, if k == 0 { low } else { &BigInt::ZERO })).collect()
}

/// A word or a double word.
trait Word: Copy + From<i64> {
    /// `self + x*y`, modulo the size of a word.
    fn plus(self, x: Self, y: i64) -> Self;
}

impl Word for i64 {
    #[inline(always)]
    fn plus(self, x: i64, y: i64) -> i64 {
        self.wrapping_add(x.wrapping_mul(y))
    }
}

impl Word for i128 {
    #[inline(always)]
    fn plus(self, x: i128, y: i64) -> i128 {
        self.wrapping_add(x.wrapping_mul(y.into()))
    }
}

/// `f(g)` by Horner's rule, zeros beyond; `f` is not empty.
#[inline(always)]
fn horner<W: Word, const N: usize>(f: &[i64], g: &[i64]) -> [W; N] {
    let zeros = [W::from(0); N];
    let (mut h, mut len) = (zeros, 1);
    h[0] = f[f.len() - 1].into();
    for &c in f[..f.len() - 1].iter().rev() {
        let mut next = zeros;
        for (j, &y) in g.iter().enumerate() {
            for (sum, &x) in next[j..].iter_mut().zip(&h[..len]) {
                *sum = sum.plus(x, y);
            }
        }
        next[0] = next[0].plus(c.into(), 1);
        (h, len) = (next, len + g.len() - 1);
    }
    h
}

/// `f(g)` on flat sequences, for parts of `n` coefficients whose compositions have `bits(n)` bits.
fn by_halves(f: &[BigInt], g: &[BigInt], bits: impl Fn(usize) -> u64) -> Result<Vec<BigInt>> {
    let outer = IntegerVec::try_from_bigints(f)?;
    let inner = IntegerVec::try_from_bigints(g)?;
    // As many coefficients a part as give words, or two where they give double words.
    let mut part = 1;
    let fits = |part: usize, most| {
        part <= PART
            && (part - 1) * (g.len() - 1) < WORDS
            && outer.width() == 1
            && inner.width() == 1
            && bits(part) < most
    };
    while fits(2 * part, 64) {
        part *= 2;
    }
    let double = part == 1 && fits(2, 128);
    part *= 1 + usize::from(double);
    let words = |v: &IntegerVec| v.limbs().iter().map(|&limb| limb as i64).collect::<Vec<_>>();
    let mut parts: Vec<IntegerVec> = if part == 1 {
        (0..outer.len()).map(|k| outer.range(k..k + 1).to_vec()).collect()
    } else {
        let (x, y) = (words(&outer), words(&inner));
        let compose = |f: &[i64]| {
            let len = (f.len() - 1) * (g.len() - 1) + 1;
            if double {
                IntegerVec::from_i128s(&horner::<i128, WORDS>(f, &y)[..len])
            } else {
                IntegerVec::from_i64s(&horner::<i64, WORDS>(f, &y)[..len])
            }
        };
        x.chunks(part).map(compose).collect()
    };
    let square =
        |power: &IntegerVec| convolution::integers(power.as_slice(), power.as_slice(), &Want::full());
    let mut power = inner;
    for _ in 0..part.ilog2() {
        power = square(&power)?;
    }
    while parts.len() > 1 {
        let mut next = Vec::with_capacity(parts.len().div_ceil(2));
        let mut pairs = parts.into_iter();
        while let Some(low) = pairs.next() {
            next.push(match pairs.next() {
                None => low,
                Some(high) => {
                    let mut sum = convolution::integers(power.as_slice(), high.as_slice(), &Want::full())?;
                    sum.try_add_assign_at(0, low.as_slice())?;
                    sum
                }
            });
        }
        parts = next;
        if parts.len() > 1 {
            power = square(&power)?;
        }
    }
    let mut composed = parts.swap_remove(0).to_bigints();
    trim(&ZZ, &mut composed);
    Ok(composed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{Ring, generic};

    /// Against the generic composition: all sizes, signs, sparse ones, coefficients at their bounds.
    #[test]
    fn agrees_with_the_generic_one() {
        let mut taken = 0;
        for bits in [1u32, 2, 8, 20, 60, 64, 200] {
            for (m, n) in
                [(2, 2), (2, 5), (5, 2), (3, 3), (5, 5), (8, 8), (11, 11), (17, 3), (3, 30), (13, 12)]
            {
                for kind in 0..4 {
                    let top: BigInt = (BigInt::from(1) << bits) - 1;
                    let draw = |len: usize, seed: u64| -> Vec<BigInt> {
                        (0..len as u64)
                            .map(|k| match kind {
                                0 => top.clone(),
                                1 if k % 2 == 1 => -&top,
                                1 => top.clone(),
                                2 if k % 3 == 1 && k + 1 < len as u64 => BigInt::ZERO,
                                _ => {
                                    let word = (k + seed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                                    ((&top * (word >> 40)) >> 24u8) * (1 - 2 * (word % 2) as i32)
                                        + u64::from(k + 1 == len as u64)
                                }
                            })
                            .collect()
                    };
                    let (mut f, mut g) = (draw(m, 3), draw(n, 5));
                    for v in [&mut f, &mut g] {
                        if v.last() == Some(&BigInt::ZERO) {
                            *v.last_mut().unwrap() = (-1).into();
                        }
                    }
                    let expected = generic::composition::whole(&ZZ, &f, &g).unwrap();
                    if let Some(composed) = compose(&f, &g).unwrap() {
                        taken += 1;
                        assert!(composed == expected, "{bits}: {m}, {n}, {kind}");
                    }
                    assert!(ZZ.compose(&f, &g).unwrap() == expected, "{bits}: {m}, {n}, {kind}");
                }
            }
        }
        assert!(taken > 250, "{taken}");
        // A constant that is longer than the product, of either sign, and one that is carried into a limb more.
        for low in [BigInt::from(1) << 300, (BigInt::from(1) << 128) - 1] {
            for (f, g) in
                [([&low, &-&low], [1, 7]), ([&low, &(-3).into()], [2, -1]), ([&-&low, &1.into()], [0, 1])]
            {
                let (f, g) = (f.map(Clone::clone), g.map(BigInt::from));
                let expected = [&f[0] + &f[1] * &g[0], &f[1] * &g[1]];
                assert_eq!(compose(&f, &g).unwrap().unwrap(), expected);
            }
        }
        // One coefficient that is far longer than the others is not for rows.
        let mut f = vec![BigInt::from(1); 300];
        f[0] <<= 1_000_000u32;
        assert_eq!(compose(&f, &[1.into(), 1.into()]).unwrap(), None);
    }
}
