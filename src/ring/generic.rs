//! What any ring has for nothing: products by schoolbook and Karatsuba, powers, Horner, Euclid.
//!
//! It stands apart from the engine because the engine works on words and limbs; here an element is only what
//! the ring says.
//!
//! # Invariants
//! Sequences ascend. Products keep trailing zeros; [`trim`] removes them.

use super::Ring;
use crate::convolution::{Algorithm, Want};
use crate::{Error, Result};
use num_bigint::{BigInt, Sign};

/// Removes trailing zeros.
pub fn trim<R: Ring>(ring: &R, f: &mut Vec<R::Element>) {
    while f.last().is_some_and(|c| ring.is_zero(c)) {
        f.pop();
    }
}

/// The image of `n` in the ring by doubling and adding.
pub fn image_of_integer<R: Ring>(ring: &R, n: &BigInt) -> R::Element {
    let one = ring.one();
    let mut image = ring.zero();
    for i in (0..n.bits()).rev() {
        image = ring.add(&image, &image);
        if n.magnitude().bit(i) {
            image = ring.add(&image, &one);
        }
    }
    if n.sign() == Sign::Minus { ring.neg(&image) } else { image }
}

/// `a^n` by binary powering, `a^0 = 1`.
pub fn element_power<R: Ring>(ring: &R, a: &R::Element, n: u64) -> R::Element {
    let Some(top) = n.checked_ilog2() else { return ring.one() };
    let mut power = a.clone();
    for i in (0..top).rev() {
        power = ring.mul(&power, &power);
        if n >> i & 1 == 1 {
            power = ring.mul(&power, a);
        }
    }
    power
}

/// The product of two sequences over any ring.
///
/// # Errors
/// Kind unsupported for an algorithm other than schoolbook and Karatsuba, and those of the ring's own operations.
///
/// # Complexity
/// Schoolbook `m*n` products.
pub fn convolve<R: Ring>(
    ring: &R,
    a: &[R::Element],
    b: &[R::Element],
    want: &Want,
) -> Result<Vec<R::Element>> {
    match want.algorithm() {
        None | Some(Algorithm::Schoolbook) => schoolbook(ring, a, b, want),
        Some(other) => Err(Error::unsupported(format!("{other:?} does not apply over {ring:?}"))),
    }
}

fn schoolbook<R: Ring>(ring: &R, a: &[R::Element], b: &[R::Element], want: &Want) -> Result<Vec<R::Element>> {
    want.window(a.len(), b.len())
        .map(|k| {
            let mut sum = ring.zero();
            for i in (k + 1).saturating_sub(b.len())..=k.min(a.len() - 1) {
                sum = ring.try_add(&sum, &ring.try_mul(&a[i], &b[k - i])?)?;
            }
            Ok(sum)
        })
        .collect()
}

/// The `n`-th power of a sequence by binary powering on the ring's own products.
///
/// # Errors
/// Those of the ring's products.
pub fn power<R: Ring>(ring: &R, f: &[R::Element], n: u64, want: &Want) -> Result<Vec<R::Element>> {
    let mut power = vec![ring.one()];
    if let Some(top) = n.checked_ilog2() {
        power = f.to_vec();
        for i in (0..top).rev() {
            power = ring.convolve(&power, &power, &Want::full())?;
            if n >> i & 1 == 1 {
                power = ring.convolve(&power, f, &Want::full())?;
            }
        }
    }
    let window = want.window(power.len(), 1);
    power.truncate(window.end);
    power.drain(..window.start);
    Ok(power)
}

/// The value at `x` by Horner's rule.
///
/// # Errors
/// Those of the ring's own operations.
pub fn horner<R: Ring>(ring: &R, f: &[R::Element], x: &R::Element) -> Result<R::Element> {
    let Some((last, rest)) = f.split_last() else { return Ok(ring.zero()) };
    rest.iter().rev().try_fold(last.clone(), |sum, c| ring.try_add(&ring.try_mul(&sum, x)?, c))
}

/// Quotient and remainder by long division; `g` has no trailing zero.
///
/// # Errors
/// Kind undefined when `g` is empty or its leading coefficient has no inverse.
pub fn quo_rem<R: Ring>(
    ring: &R,
    f: &[R::Element],
    g: &[R::Element],
) -> Result<(Vec<R::Element>, Vec<R::Element>)> {
    let Some((leading, rest)) = g.split_last() else { return Err(Error::undefined("division by zero")) };
    let inverse = ring.try_inverse(leading)?;
    let mut rem = f.to_vec();
    let mut quo = vec![ring.zero(); (f.len() + 1).saturating_sub(g.len())];
    for shift in (0..quo.len()).rev() {
        let Some(top) = rem.pop() else { break };
        let q = ring.try_mul(&top, &inverse)?;
        if !ring.is_zero(&q) {
            for (r, c) in rem[shift..].iter_mut().zip(rest) {
                *r = ring.try_sub(r, &ring.try_mul(&q, c)?)?;
            }
        }
        quo[shift] = q;
    }
    trim(ring, &mut rem);
    Ok((quo, rem))
}

/// The monic greatest common divisor by the Euclidean algorithm.
///
/// # Errors
/// Kind unsupported over floats; kind undefined, with the factor where there is one, when a leading coefficient
/// has no inverse.
pub fn euclid<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element]) -> Result<Vec<R::Element>> {
    if !ring.is_exact() {
        return Err(Error::unsupported(format!(
            "{ring:?} is not exact: a gcd is not defined up to rounding"
        )));
    }
    let (mut a, mut b) = (f.to_vec(), g.to_vec());
    while !b.is_empty() {
        let (_, rem) = quo_rem(ring, &a, &b)?;
        a = std::mem::replace(&mut b, rem);
    }
    if let Some(leading) = a.last() {
        let inverse = ring.try_inverse(leading)?;
        for c in &mut a {
            *c = ring.mul(c, &inverse);
        }
    }
    Ok(a)
}
