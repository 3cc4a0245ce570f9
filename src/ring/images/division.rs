//! Division over Z by images: exact quotients, quotients with remainder by a leading coefficient of 1 or -1, pseudo-division.
//!
//! It stands apart from the division by halves because quotient and remainder modulo a prime take a few products whatever their coefficients
//! are over Z, where each step of a division by halves multiplies what has grown so far.
//!
//! # Method
//! Coefficients of the pseudo-quotient and the pseudo-remainder are determinants of `d` shifts of `g` and one of `f`: with Hadamard's
//! inequality they are at most `|g|^d * |f|` in the Euclidean norm, which says how many images determine them. Often they are smaller: when
//! one more image is what the others predict, the identity is checked. An exact quotient is right if `q*g = f` modulo primes whose
//! product is more than twice either side, else the product says so (K. Geddes, S. Czapor, G. Labahn, Algorithms for Computer Algebra,
//! 1992, 5.5; G. Collins, "Computing multiplicative inverses in GF(p)" and "The calculation of multivariate polynomial resultants", 1971).

use super::{Lift, Operand, Schedule, field, norm_bits};
use crate::{
    Error, Result,
    convolution::{Want, images, tuning},
    limit,
    ring::{
        Ring, ZZ,
        generic::{QuoRem, division::inexact, trim},
    },
};
use num_bigint::BigInt;
use num_traits::One;

/// Whether quotient and remainder are sooner found by images than by halves: where coefficients are small, and there are many.
pub(in crate::ring) fn pays(f: &[BigInt], g: &[BigInt]) -> bool {
    let d = f.len() + 1 - g.len();
    d.min(g.len()) >= tuning::IMAGES_DIVISION
        && largest(g) <= tuning::IMAGES_DIVISION_BITS
        && norm_bits(g, d) + norm_bits(f, 1) <= images::bits(images::MOST)
}

/// The same of an exact quotient, which is small.
pub(in crate::ring) fn pays_exact(f: &[BigInt], g: &[BigInt]) -> bool {
    (f.len() + 1 - g.len()).min(g.len()) as u64
        >= tuning::IMAGES_EXACT.max(largest(f) / tuning::IMAGES_EXACT_BITS)
}

fn largest(f: &[BigInt]) -> u64 {
    f.iter().map(BigInt::bits).max().unwrap_or(0)
}

/// The `q` with `q*g = f`, for `f.len() >= g.len() >= 1`, both without trailing zeros.
///
/// # Errors
/// Kind not exact where there is none; kind limit when memory is refused.
pub(in crate::ring) fn exact(f: &[BigInt], g: &[BigInt]) -> Result<Vec<BigInt>> {
    let (dividend, divisor) = (Operand::new(f)?, Operand::new(g)?);
    let (x, y) = (dividend.images()?, divisor.images()?);
    let d = f.len() - g.len();
    // |q| <= 2^deg(q) * |f| (Mignotte); beyond that nothing more is found.
    let most = d as u64 + norm_bits(f, 1);
    let (mut lift, mut schedule) = (Lift::new(), Schedule::new());
    for i in 0..images::COUNT {
        let Some(y) = y.modulo(i) else { continue };
        let field = field(i);
        // Where the prime divides the leading coefficient of the dividend, that of the quotient vanishes.
        let mut x = x.residues(i);
        trim(&field, &mut x);
        let (mut q, r) = field.quo_rem(&x, &y)?;
        if !r.is_empty() {
            return Err(inexact());
        }
        q.resize(d + 1, 0);
        lift.push(i, q);
        let n = lift.len();
        let last = lift.bits() >= most;
        if !last && !(schedule.is_due(n) && (n == 1 || lift.is_settled(&sample(d + 1))?)) {
            continue;
        }
        let q = lift.integers(n)?;
        let terms = u64::from((g.len().min(q.len()) as u64).ilog2()) + 1;
        let product = largest(&q) + divisor.bits() + terms;
        if product.max(dividend.bits()) <= lift.bits() {
            return Ok(q);
        }
        if (last || n > 1) && ZZ.convolve(&q, g, &Want::full())? == f {
            return Ok(q);
        }
        if last {
            return Err(inexact());
        }
    }
    Err(Error::limit("a quotient is longer than all primes together".to_string()))
}

/// Some of `n` coefficients.
fn sample(n: usize) -> [usize; 3] {
    [0, n / 2, n - 1]
}

/// How quotient and remainder are scaled.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::ring) enum Scaled {
    /// Not at all: the leading coefficient of the divisor is 1 or -1.
    Not,
    /// By `d` factors of the leading coefficient of the divisor, for a quotient of `d` coefficients.
    ByLeading,
}

/// `(q, r)` with `l^d*f = q*g + r`, or without the power of `l`, for `f.len() >= g.len() >= 1`, both without trailing zeros; `d` coefficients of
/// the quotient, and a remainder without trailing zeros.
///
/// # Errors
/// Kind limit for a result that is over the limit, and when memory is refused.
pub(in crate::ring) fn quo_rem(f: &[BigInt], g: &[BigInt], scaled: Scaled) -> Result<QuoRem<BigInt>> {
    let d = f.len() + 1 - g.len();
    let bits = norm_bits(g, d) + norm_bits(f, 1);
    let (dividend, divisor) = (Operand::new(f)?, Operand::new(g)?);
    let (x, y) = (dividend.images()?, divisor.images()?);
    let (mut lift, mut schedule) = (Lift::new(), Schedule::new());
    for i in 0..images::COUNT {
        let Some(y) = y.modulo(i) else { continue };
        let field = field(i);
        let mut x = x.residues(i);
        if scaled == Scaled::ByLeading {
            let scale = field.pow(&y[y.len() - 1], d as u64);
            x.iter_mut().for_each(|c| *c = field.mul(c, &scale));
        }
        trim(&field, &mut x);
        let (mut both, mut r) = field.quo_rem(&x, &y)?;
        both.resize(d, 0);
        r.resize(g.len() - 1, 0);
        both.append(&mut r);
        lift.push(i, both);
        let n = lift.len();
        limit::check(f.len() as u64, lift.bits())?;
        let last = lift.bits() >= bits;
        if last || schedule.is_due(n) && lift.is_settled(&sample(f.len()))? {
            let (quo, rem) = split(&lift, d)?;
            if last || is_division(f, g, (&quo, &rem), scaled)? {
                return Ok((quo, rem));
            }
        }
    }
    Err(Error::limit("a quotient is longer than all primes together".to_string()))
}

fn split(lift: &Lift, d: usize) -> Result<QuoRem<BigInt>> {
    let mut quo = lift.integers(lift.len())?;
    let mut rem = quo.split_off(d);
    trim(&ZZ, &mut rem);
    Ok((quo, rem))
}

/// Whether `q*g + r` is what is divided.
fn is_division(
    f: &[BigInt],
    g: &[BigInt],
    (quo, rem): (&[BigInt], &[BigInt]),
    scaled: Scaled,
) -> Result<bool> {
    let mut sum = ZZ.convolve(quo, g, &Want::full())?;
    sum.iter_mut().zip(rem).for_each(|(c, r)| *c += r);
    let scale = match scaled {
        Scaled::Not => BigInt::one(),
        Scaled::ByLeading => ZZ.pow(&g[g.len() - 1], quo.len() as u64),
    };
    Ok(sum.iter().zip(f).all(|(c, x)| *c == x * &scale))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{generic::division, remainders};

    fn draw(len: usize, bits: u64, seed: u64) -> Vec<BigInt> {
        let word =
            |k: u64| (k + 1).wrapping_mul(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29) as i64;
        (0..len as u64).map(|k| ((BigInt::from(word(k)) << bits) >> 63u8) + 1).collect()
    }

    #[test]
    fn quotients() {
        for (m, n, bits) in [(1, 1, 8), (2, 1, 300), (5, 3, 60), (40, 25, 8), (33, 20, 700), (100, 1, 20)] {
            let (f, mut g) = (draw(m + n - 1, bits, 3), draw(n, bits, 5));
            let quotient = draw(m, bits, 7);
            let product = ZZ.convolve(&quotient, &g, &Want::full()).unwrap();
            assert_eq!(exact(&product, &g).unwrap(), quotient, "{m}, {n}, {bits}");
            let mut other = product.clone();
            other[0] += 1;
            if n > 1 {
                assert_eq!(exact(&other, &g).unwrap_err().kind(), crate::ErrorKind::NotExact);
            }
            let (mut q, r) = quo_rem(&f, &g, Scaled::ByLeading).unwrap();
            trim(&ZZ, &mut q);
            assert_eq!((q, r), remainders::pseudo_quo_rem(&ZZ, &f, &g).unwrap(), "{m}, {n}, {bits}");
            g[n - 1] = if bits % 3 == 0 { 1 } else { -1 }.into();
            assert_eq!(quo_rem(&f, &g, Scaled::Not).unwrap(), division::long(&ZZ, &f, &g).unwrap());
        }
        // The first primes divide leading coefficients, of the divisor and of the dividend.
        let p = BigInt::from(field(0).characteristic());
        let g = [BigInt::from(3), &p * 5];
        let q = [BigInt::from(-7), BigInt::from(2), p.clone()];
        let f = ZZ.convolve(&q, &g, &Want::full()).unwrap();
        assert_eq!(exact(&f, &g).unwrap(), q);
        assert_eq!(exact(&f, &q).unwrap(), g);
        assert_eq!(quo_rem(&f, &q, Scaled::ByLeading).unwrap().1, []);
        // A quotient that is not integral: every image divides.
        assert_eq!(
            exact(&[1.into(), 1.into()], &[2.into(), 2.into()]).unwrap_err().kind(),
            crate::ErrorKind::NotExact
        );
    }
}
