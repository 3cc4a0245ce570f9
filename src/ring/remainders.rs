//! Remainder sequences over domains: pseudo-division, gcd and resultant, `l^d*f = q*g + r`.
//!
//! They stand apart from [`generic`](super::generic), whose division needs units: here nothing is inverted, and every
//! division of elements is exact.
//!
//! # Method
//! The subresultant sequence (W. S. Brown, J. F. Traub, JACM 18, 1971; H. Cohen, A Course in Computational Algebraic
//! Number Theory, 1993, algorithms 3.1.2, 3.3.1 and 3.3.7): pseudo-remainders divided by a factor that is known to
//! divide them, so that coefficients grow linearly and no content has to be computed on the way.
//!
//! # Invariants
//! Sequences ascend and have no trailing zero, in and out.

use super::generic::{QuoRem, trim};
use super::{Domain, GcdDomain, Ring};
use crate::{Error, Result};

/// `(q, r)` with `l^d*f == q*g + r`, `l` the leading coefficient of `g` and `d = max(deg f - deg g + 1, 0)`; over
/// any commutative ring.
///
/// # Errors
/// Kind undefined when `g` is empty; those of the ring's own operations.
///
/// # Complexity
/// `O(d*(d + deg g))` products of elements.
pub fn pseudo_quo_rem<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element]) -> Result<QuoRem<R::Element>> {
    let Some((leading, rest)) = g.split_last() else {
        return Err(Error::undefined("division by the zero polynomial"));
    };
    let steps = (f.len() + 1).saturating_sub(g.len());
    let mut rem = f.to_vec();
    let mut quo: Vec<R::Element> = vec![ring.zero(); steps];
    for shift in (0..steps).rev() {
        let Some(top) = rem.pop() else { break };
        for c in &mut quo[shift + 1..] {
            *c = ring.try_mul(c, leading)?;
        }
        for c in &mut rem {
            *c = ring.try_mul(c, leading)?;
        }
        if !ring.is_zero(&top) {
            for (r, c) in rem[shift..].iter_mut().zip(rest) {
                *r = ring.try_sub(r, &ring.try_mul(&top, c)?)?;
            }
        }
        quo[shift] = top;
    }
    trim(ring, &mut quo);
    trim(ring, &mut rem);
    Ok((quo, rem))
}

/// The greatest common divisor of the coefficients, in normal form; zero of none.
pub fn content<R: GcdDomain>(ring: &R, f: &[R::Element]) -> R::Element {
    // From the top: the leading coefficient is often the smallest, and a content of one ends the search.
    let mut content = ring.zero();
    for c in f.iter().rev() {
        content = ring.gcd(&content, c);
        if ring.is_one(&content) {
            break;
        }
    }
    content
}

/// Every coefficient divided by `d`, exactly.
///
/// # Errors
/// Kind not exact, or undefined when `d` is zero.
pub fn divide<R: Ring>(ring: &R, f: &[R::Element], d: &R::Element) -> Result<Vec<R::Element>> {
    if ring.is_one(d) {
        return Ok(f.to_vec());
    }
    f.iter().map(|c| ring.try_exact_quo(c, d)).collect()
}

/// The greatest common divisor: primitive gcd times the gcd of the contents, in normal form.
///
/// # Errors
/// Kind unsupported over rings that are not exact; those of the ring's own operations.
pub fn gcd<R: GcdDomain>(ring: &R, f: &[R::Element], g: &[R::Element]) -> Result<Vec<R::Element>> {
    if !ring.is_exact() {
        return Err(Error::unsupported(format!(
            "{ring:?} is not exact: a gcd is not defined up to rounding"
        )));
    }
    let (long, short) = if f.len() < g.len() { (g, f) } else { (f, g) };
    let (content_a, content_b) = (content(ring, long), content(ring, short));
    let common = ring.gcd(&content_a, &content_b);
    if short.is_empty() {
        return normal_form(ring, long.to_vec(), None);
    }
    let mut a = divide(ring, long, &content_a)?;
    let mut b = divide(ring, short, &content_b)?;
    let (mut g, mut h) = (ring.one(), ring.one());
    loop {
        let delta = (a.len() - b.len()) as u64;
        let rem = pseudo_quo_rem(ring, &a, &b)?.1;
        match rem.len() {
            0 => break,
            1 => {
                b = vec![ring.one()];
                break;
            }
            _ => {}
        }
        let divisor = ring.try_mul(&g, &power(ring, &h, delta)?)?;
        a = std::mem::replace(&mut b, divide(ring, &rem, &divisor)?);
        g = a[a.len() - 1].clone();
        h = next_h(ring, &g, &h, delta)?;
    }
    let content_b = content(ring, &b);
    normal_form(ring, divide(ring, &b, &content_b)?, Some(&common))
}

/// `factor*f` with its leading coefficient in normal form.
fn normal_form<R: GcdDomain>(
    ring: &R,
    mut f: Vec<R::Element>,
    factor: Option<&R::Element>,
) -> Result<Vec<R::Element>> {
    let Some(leading) = f.last() else { return Ok(f) };
    // Over a field the unit makes it monic; where fractions have a gcd of their own (Q), the sign alone is normal.
    let unit = ring.normalizing_unit(leading);
    let factor = match factor {
        Some(factor) => ring.try_mul(&unit, factor)?,
        None => unit,
    };
    if !ring.is_one(&factor) {
        for c in &mut f {
            *c = ring.try_mul(c, &factor)?;
        }
    }
    Ok(f)
}

/// `a^n` by the ring's checked products.
fn power<R: Ring>(ring: &R, a: &R::Element, n: u64) -> Result<R::Element> {
    let mut power = ring.one();
    for i in (0..n.checked_ilog2().map_or(0, |top| top + 1)).rev() {
        power = ring.try_mul(&power, &power)?;
        if n >> i & 1 == 1 {
            power = ring.try_mul(&power, a)?;
        }
    }
    Ok(power)
}

/// `g^delta * h^(1 - delta)`, an exact quotient.
fn next_h<R: Ring>(ring: &R, g: &R::Element, h: &R::Element, delta: u64) -> Result<R::Element> {
    match delta {
        0 => Ok(h.clone()),
        1 => Ok(g.clone()),
        _ => ring.try_exact_quo(&power(ring, g, delta)?, &power(ring, h, delta - 1)?),
    }
}

/// The resultant: the product of `lc(f)^deg(g) * g(root)` over the roots of `f`; zero when either is zero.
///
/// # Errors
/// Kind unsupported over rings that are not exact; those of the ring's own operations.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::remainders};
/// let f = ZZ.poly([-2, 0, 1]); // x^2 - 2
/// let g = ZZ.poly([-1, 1]); // x - 1
/// assert_eq!(remainders::resultant(&ZZ, f.coefficients(), g.coefficients())?, (-1).into());
/// # Ok::<(), monic::Error>(())
/// ```
pub fn resultant<R: Domain>(ring: &R, f: &[R::Element], g: &[R::Element]) -> Result<R::Element> {
    if !ring.is_exact() {
        return Err(Error::unsupported(format!(
            "{ring:?} is not exact: a resultant would be rounding error"
        )));
    }
    if f.is_empty() || g.is_empty() {
        return Ok(ring.zero());
    }
    // res(f, g) = (-1)^(deg f * deg g) * res(g, f), at the start and in every step.
    let odd = |a: &[R::Element], b: &[R::Element]| a.len().is_multiple_of(2) && b.len().is_multiple_of(2);
    let mut negative = f.len() < g.len() && odd(f, g);
    let (mut a, mut b) = if f.len() < g.len() { (g.to_vec(), f.to_vec()) } else { (f.to_vec(), g.to_vec()) };
    let (mut g, mut h) = (ring.one(), ring.one());
    while b.len() > 1 {
        let delta = (a.len() - b.len()) as u64;
        negative ^= odd(&a, &b);
        let rem = pseudo_quo_rem(ring, &a, &b)?.1;
        if rem.is_empty() {
            return Ok(ring.zero());
        }
        let divisor = ring.try_mul(&g, &power(ring, &h, delta)?)?;
        a = std::mem::replace(&mut b, divide(ring, &rem, &divisor)?);
        g = a[a.len() - 1].clone();
        h = next_h(ring, &g, &h, delta)?;
    }
    let value = match (a.len() - 1) as u64 {
        0 => ring.one(),
        degree => {
            let top = power(ring, &b[0], degree)?;
            if degree == 1 { top } else { ring.try_exact_quo(&top, &power(ring, &h, degree - 1)?)? }
        }
    };
    if negative { ring.try_neg(&value) } else { Ok(value) }
}
