//! Twiddles `exp(2*pi*i*(1 + 4*rev(j)) / 2^(l+3))`, each component within `2^-54 + 2^-108` of its value.
//!
//! They stand apart because a proof rests on them: nothing here calls a library's sine. `rev` reverses the `l`
//! bits of `j`; the transform says why these angles.
//!
//! # Method
//! Fixed point with 124 fractional bits. `exp(2*pi*i / 2^k)` comes from the Taylor series, and a twiddle is a
//! product of such roots, one for each bit of its index. Then each component is rounded to the nearest `f64`.
//!
//! # Error
//! In units of `2^-124`. A fixed-point product is cut: off by less than 1, plus the errors of the factors, which
//! are at most 1 in size. The angle is off by less than 2, and so is each term of the series by at most 4: the next one
//! is a product with the angle, which is below 0.8, divided by `n`, `e' <= (0.8*e + 2 + 1)/n + 1` with `e = 0` at first.
//! There are 36 terms, and the rest is below `0.8^36 / 36! < 2^-140`: a component of a root is off by
//! less than 150, the root by less than 300. A complex product of numbers of size about 1 adds the errors of the
//! factors, and 4 for its own cuts: 21 factors stay below `21 * 304 < 2^13`, and the second-order terms below 1.
//! So a component is off by less than `2^13 * 2^-124 < 2^-110` before the final rounding, which adds half a unit
//! in the last place of a number of size at most 1, `2^-54`. The conversion from `i128` rounds to nearest, and the
//! scaling by a power of two is exact.

use std::sync::OnceLock;

/// The transform has at most this many layers: 2^20 complex points, tables of 32 MB over all layers.
pub(super) const MAX_LAYERS: usize = 20;

/// The number of fractional bits.
const FRACTION: u32 = 124;

/// `floor(pi * 2^124)`: the hexadecimal digits of pi.
const PI: i128 = 0x3243_F6A8_885A_308D_3131_98A2_E037_0734;

/// The twiddles of one layer, in the order of its blocks.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) re: Vec<f64>,
    pub(super) im: Vec<f64>,
}

/// The layer with `2^l` blocks, made once.
pub(super) fn layer(l: usize) -> &'static Layer {
    static LAYERS: [OnceLock<Layer>; MAX_LAYERS] = [const { OnceLock::new() }; MAX_LAYERS];
    LAYERS[l].get_or_init(|| {
        let fixed = fixed_layer(l);
        let round = |x: i128| x as f64 * 2f64.powi(-(FRACTION as i32));
        Layer {
            re: fixed.iter().map(|w| round(w.0)).collect(),
            im: fixed.iter().map(|w| round(w.1)).collect(),
        }
    })
}

/// A complex number in fixed point.
type Fixed = (i128, i128);

fn fixed_layer(l: usize) -> Vec<Fixed> {
    // Bit b of j is worth 2^(l-1-b) after reversal, an angle of 1/2^(b+2) of a turn.
    let roots: Vec<Fixed> = (0..l).map(|b| root(b as u32 + 2)).collect();
    // above[b]: the factor common to all, times the roots of the bits b and up of the current index.
    let mut above = vec![root(l as u32 + 3); l + 1];
    let mut twiddles = Vec::with_capacity(1 << l);
    twiddles.push(above[l]);
    for j in 1..1usize << l {
        let low = j.trailing_zeros() as usize;
        let product = mul(above[low + 1], roots[low]);
        above[..=low].fill(product);
        twiddles.push(product);
    }
    twiddles
}

/// `exp(2*pi*i / 2^k)` for `k >= 2`.
fn root(k: u32) -> Fixed {
    if k == 2 {
        return (0, 1 << FRACTION);
    }
    let x = PI >> (k - 1);
    let (mut cos, mut sin, mut term) = (0, 0, 1i128 << FRACTION);
    for n in 0..36 {
        let part = if n % 4 < 2 { term } else { -term };
        if n % 2 == 0 {
            cos += part;
        } else {
            sin += part;
        }
        term = mul_real(term, x) / (n + 1);
    }
    (cos, sin)
}

fn mul(a: Fixed, b: Fixed) -> Fixed {
    (mul_real(a.0, b.0) - mul_real(a.1, b.1), mul_real(a.0, b.1) + mul_real(a.1, b.0))
}

/// `a*b / 2^124`, cut towards zero, for factors of size about 1.
fn mul_real(a: i128, b: i128) -> i128 {
    let (x, y) = (a.unsigned_abs(), b.unsigned_abs());
    let low = u128::from(u64::MAX);
    let (x1, x0, y1, y0) = (x >> 64, x & low, y >> 64, y & low);
    // The operands are below 2^125, so the sum of the middle products has room.
    let middle = x1 * y0 + x0 * y1 + ((x0 * y0) >> 64);
    let high = x1 * y1 + (middle >> 64);
    // high * 2^128 + (middle mod 2^64) * 2^64 + less than 2^64.
    let product = (high << (128 - FRACTION)) | ((middle & low) >> (FRACTION - 64));
    // Below 2^127, since the product is about 1 at most.
    let product = product as i128;
    if (a < 0) != (b < 0) { -product } else { product }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

    #[test]
    fn fixed_products_are_cut_towards_zero() {
        let one = 1i128 << FRACTION;
        for a in [0, 1, -1, one, -one, one / 3, one - 1, PI / 4, -(PI / 5), (one / 7) | 1] {
            for b in [0, 1, -1, one, -one, one / 3, one - 1, PI / 4, -(PI / 5)] {
                let expected = BigInt::from(a) * b / (BigInt::from(1) << FRACTION);
                assert_eq!(BigInt::from(mul_real(a, b)), expected, "{a} {b}");
            }
        }
    }

    /// Identities that only right values satisfy, to 2^-108: size 1, and powers that reach i.
    #[test]
    fn twiddles_are_the_roots_that_they_should_be() {
        let one = BigInt::from(1) << FRACTION;
        let near = |a: BigInt, b: &BigInt| assert!((&a - b).bits() <= FRACTION as u64 - 108, "{a} {b}");
        for l in 0..=10 {
            for (j, &w) in fixed_layer(l).iter().enumerate() {
                let (re, im) = (BigInt::from(w.0), BigInt::from(w.1));
                near((&re * &re + &im * &im) >> FRACTION, &one);
                // Squared, it is the root of the block of the layer above: +parent for even, -parent for odd.
                let (square_re, square_im) = mul(w, w);
                let (parent_re, parent_im) =
                    if l == 0 { (0, 1 << FRACTION) } else { fixed_layer(l - 1)[j / 2] };
                let sign = if j % 2 == 0 { 1 } else { -1 };
                near(square_re.into(), &(BigInt::from(parent_re) * sign));
                near(square_im.into(), &(BigInt::from(parent_im) * sign));
                assert!(w.1 > 0, "of the two square roots, the one in the upper half plane");
            }
        }
    }

    /// No component lies so close to the middle between two `f64` that its error could turn the rounding, so the
    /// tables are correctly rounded, not only within the bound; and libm agrees to its own accuracy.
    #[test]
    fn components_are_correctly_rounded() {
        for l in 0..=12 {
            for (j, &(re, im)) in fixed_layer(l).iter().enumerate() {
                for x in [re, im] {
                    assert_eq!((x - (1 << 14)) as f64, (x + (1 << 14)) as f64);
                }
                let turns = (1 + 4 * (j.reverse_bits() >> (usize::BITS as usize - l).min(63))) as f64;
                let angle = 2.0 * std::f64::consts::PI * turns / (8u64 << l) as f64;
                if l > 0 {
                    assert!((layer(l).re[j] - angle.cos()).abs() < 1e-15);
                    assert!((layer(l).im[j] - angle.sin()).abs() < 1e-15);
                }
            }
        }
    }
}
