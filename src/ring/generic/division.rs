//! Division with remainder, `f = q*g + r` with `deg r < deg g`, for a `g` whose leading coefficient is a unit.
//!
//! Two ways, because coefficients differ: over Z and Q the power series `1/g` has coefficients far larger than the quotient, so
//! that only what long division computes may be computed, by products of halves ([`halved`]); where elements have one size, Newton's
//! iteration needs fewer products ([`newton`]).
//!
//! # Method
//! By halves: the upper half of a quotient depends on the upper half of the divisor only; it is found by recursion, times the rest of
//! the divisor it is subtracted, and the lower half follows in the same way (R. Moenck, A. Borodin, "Fast modular transforms via division",
//! 1972; C. Burnikel, J. Ziegler, "Fast recursive division", 1998, for integers). By Newton: with coefficients reversed, `q` is the power
//! series `f/g`; the remainder is `f - q*g` modulo `x^n - 1` for an `n` that it fits into (D. Bernstein, "Fast multiplication and
//! its applications", 2008, section 17).
//!
//! # Invariants
//! Operands without trailing zeros; a quotient has `len f - len g + 1` coefficients, remainders have no trailing zero.

use super::{divisor::Divisor, series, trim};
use crate::{
    Error, Result,
    convolution::{Want, tuning},
    ring::Ring,
};

/// A quotient and a remainder.
pub type QuoRem<E> = (Vec<E>, Vec<E>);

/// Quotient and remainder by what is best: through power series where elements have one size, by products of halves where they
/// grow, by long division over rings that are not exact, whose errors would grow too.
///
/// # Errors
/// Kind undefined when `g` is empty or its leading coefficient has no inverse.
///
/// # Complexity
/// `O(M(n))`, by halves `O(M(n) log n)`, for a quotient and a divisor of length `n`.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic};
/// let (q, r) = generic::quo_rem(&ZZ, &[1, 2, 3].map(Into::into), &[1, 1].map(Into::into))?;
/// assert_eq!((q, r), (vec![(-1).into(), 3.into()], vec![2.into()]));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn quo_rem<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element]) -> Result<QuoRem<R::Element>> {
    match (ring.is_exact(), ring.grows()) {
        (false, _) => long(ring, f, g),
        (true, true) => halved(ring, f, g),
        (true, false) => newton(ring, f, g),
    }
}

/// Quotient and remainder by products of halves.
///
/// # Errors
/// As for [`quo_rem`].
///
/// # Complexity
/// `O(M(n) log n)` for a quotient and a divisor of length `n`.
pub fn halved<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element]) -> Result<QuoRem<R::Element>> {
    divide(ring, f, g, &Leading::Inverse(inverse_of_leading(ring, g)?), tuning::DIVISION_HALVES)
}

/// Quotient and remainder by long division, whatever the lengths: nothing is computed but remainders.
///
/// # Errors
/// As for [`quo_rem`].
pub fn long<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element]) -> Result<QuoRem<R::Element>> {
    divide(ring, f, g, &Leading::Inverse(inverse_of_leading(ring, g)?), usize::MAX)
}

/// The `q` with `q*g = f`, for a `g` that is not empty: by products of halves, with exact quotients where the leading coefficient is no
/// unit; over rings that do not grow through power series.
///
/// # Errors
/// Kind not exact where there is none; kind undefined where the leading coefficient of `g` is a zero divisor; those of the ring's own
/// operations.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic::division};
/// let f = [-1, 0, 4].map(Into::into); // 4x^2 - 1
/// assert_eq!(division::exact(&ZZ, &f, &[1, 2].map(Into::into))?, [-1, 2].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn exact<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element]) -> Result<Vec<R::Element>> {
    let Some(leading) = g.last() else { return Err(Error::undefined("division by the zero polynomial")) };
    if f.is_empty() {
        return Ok(Vec::new());
    }
    if f.len() < g.len() {
        // A leading coefficient that is a zero divisor leaves it open: (2*x + 1)*3 == 3 modulo 6.
        return Err(ring.try_exact_quo(leading, leading).err().unwrap_or_else(inexact));
    }
    let unit = ring.try_inverse(leading).ok();
    let (quo, rem) = match unit {
        Some(_) if ring.is_exact() && !ring.grows() => newton(ring, f, g)?,
        _ => {
            let cutoff = if ring.is_exact() { tuning::DIVISION_HALVES } else { usize::MAX };
            divide(
                ring,
                f,
                g,
                &unit.map_or_else(|| Leading::Exact(leading.clone()), Leading::Inverse),
                cutoff,
            )?
        }
    };
    if rem.is_empty() { Ok(quo) } else { Err(inexact()) }
}

/// Quotient and remainder by products of halves, with long divisions of another one's making: `base` divides a remainder in place, of
/// as many coefficients more than the degree of the divisor as the quotient has, and leaves anything in its upper part.
///
/// # Errors
/// Those of the ring's products and of `base`.
pub(crate) fn halved_onto<R: Ring>(
    ring: &R,
    f: &[R::Element],
    g: &[R::Element],
    cutoff: usize,
    base: &impl Fn(&mut [R::Element], &[R::Element], &mut [R::Element]) -> Result<()>,
) -> Result<QuoRem<R::Element>> {
    let mut rem = f.to_vec();
    let mut quo = vec![ring.zero(); (f.len() + 1).saturating_sub(g.len())];
    if !quo.is_empty() {
        halves(ring, &mut rem, g, &mut quo, cutoff, base)?;
        rem.truncate(g.len() - 1);
    }
    trim(ring, &mut rem);
    Ok((quo, rem))
}

/// What is said of polynomials of which one does not divide the other.
pub(crate) fn inexact() -> Error {
    Error::not_exact("the polynomials do not divide exactly")
}

/// How quotients of leading coefficients are found.
enum Leading<E> {
    /// By the inverse of the divisor's.
    Inverse(E),
    /// By the divisor's itself, exactly or not at all.
    Exact(E),
}

impl<E> Leading<E> {
    fn quotient<R: Ring<Element = E>>(&self, ring: &R, top: &E) -> Result<E> {
        match self {
            Leading::Inverse(inverse) => ring.try_mul(top, inverse),
            Leading::Exact(leading) => ring.try_exact_quo(top, leading),
        }
    }
}

fn divide<R: Ring>(
    ring: &R,
    f: &[R::Element],
    g: &[R::Element],
    leading: &Leading<R::Element>,
    cutoff: usize,
) -> Result<QuoRem<R::Element>> {
    halved_onto(ring, f, g, cutoff, &|rem, g, quo| {
        let n = g.len() - 1;
        for shift in (0..quo.len()).rev() {
            if ring.is_zero(&rem[n + shift]) {
                continue;
            }
            let q = leading.quotient(ring, &rem[n + shift])?;
            if !ring.is_zero(&q) {
                ring.sub_product(&mut rem[shift..shift + n], std::slice::from_ref(&q), &g[..n])?;
            }
            quo[shift] = q;
        }
        Ok(())
    })
}

fn inverse_of_leading<R: Ring>(ring: &R, g: &[R::Element]) -> Result<R::Element> {
    match g.last() {
        Some(leading) => ring.try_inverse(leading),
        None => Err(Error::undefined("division by the zero polynomial")),
    }
}

/// Divides `rem`, of `quo.len()` coefficients more than the degree of `g`, in place: the remainder is left in its lower part, and any
/// values in its upper one.
fn halves<R: Ring>(
    ring: &R,
    rem: &mut [R::Element],
    g: &[R::Element],
    quo: &mut [R::Element],
    cutoff: usize,
    base: &impl Fn(&mut [R::Element], &[R::Element], &mut [R::Element]) -> Result<()>,
) -> Result<()> {
    let (n, d) = (g.len() - 1, quo.len());
    debug_assert_eq!(rem.len(), n + d);
    if n.min(d) <= cutoff {
        return base(rem, g, quo);
    }
    if d < n {
        // The quotient depends on the upper d + 1 coefficients of the divisor only.
        let k = n - d;
        halves(ring, &mut rem[k..], &g[k..], quo, cutoff, base)?;
        let product = ring.convolve(quo, &g[..k], &Want::full())?;
        for (r, c) in rem.iter_mut().zip(&product) {
            *r = ring.try_sub(r, c)?;
        }
        return Ok(());
    }
    if d > n {
        // Blocks of the degree of the divisor from the top.
        let mut end = d;
        while end > 0 {
            let start = end.saturating_sub(n);
            halves(ring, &mut rem[start..n + end], g, &mut quo[start..end], cutoff, base)?;
            end = start;
        }
        return Ok(());
    }
    let low = d / 2;
    halves(ring, &mut rem[low..], g, &mut quo[low..], cutoff, base)?;
    halves(ring, &mut rem[..n + low], g, &mut quo[..low], cutoff, base)
}

/// Quotient and remainder through the power series `1/g`, for rings whose elements have one size.
///
/// # Errors
/// As for [`quo_rem`].
///
/// # Complexity
/// About three products of the length of the quotient or of the divisor, whichever is shorter, for each block of that length.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::division};
/// let (q, r) = division::newton(&Zmod::new(7), &[1, 2, 3], &[1, 1])?;
/// assert_eq!((q, r), (vec![6, 3], vec![2]));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn newton<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element]) -> Result<QuoRem<R::Element>> {
    let (n, d) = (g.len().saturating_sub(1), (f.len() + 1).saturating_sub(g.len()));
    if n.min(d) <= tuning::DIVISION_LONG {
        return long(ring, f, g);
    }
    if d >= 2 * n && n > tuning::DIVISION_NEWTON && ring.is_commutative() {
        return Divisor::new(ring, g)?.quo_rem(f);
    }
    inverse_of_leading(ring, g)?;
    let upper = |v: &[R::Element]| -> Vec<R::Element> { v.iter().rev().take(d).cloned().collect() };
    let mut quo = series::quotient(ring, &upper(f), &upper(g), d)?;
    quo.reverse();
    let mut rem = remainder(ring, f, (n, d), |length| match length {
        Some(length) => ring.convolve_cyclic(&quo, g, length),
        None => ring.convolve(&quo, g, &Want::low(n)),
    })?;
    trim(ring, &mut rem);
    Ok((quo, rem))
}

/// The first `n` coefficients of `f - q*g`, all there are, for a `g` of degree `n` and a `q` of `d` coefficients. `product` gives those
/// of `q*g`: modulo `x^length - 1` where a length is named, else as they are.
pub(super) fn remainder<R: Ring>(
    ring: &R,
    f: &[R::Element],
    (n, d): (usize, usize),
    product: impl FnOnce(Option<usize>) -> Result<Vec<R::Element>>,
) -> Result<Vec<R::Element>> {
    let length = cyclic_length(n, d);
    let mut rem = match length {
        Some(length) => folded(ring, f, length, n)?,
        None => f[..n].to_vec(),
    };
    for (r, c) in rem.iter_mut().zip(&product(length)?) {
        *r = ring.try_sub(r, c)?;
    }
    Ok(rem)
}

/// The cyclic length that makes the remainder of such a division cheaper, where one does.
pub(super) fn cyclic_length(n: usize, d: usize) -> Option<usize> {
    let length = n.next_power_of_two();
    (length < (n + d) / 4 * 3).then_some(length)
}

/// The first `n` coefficients of `f` modulo `x^length - 1`.
pub(super) fn folded<R: Ring>(
    ring: &R,
    f: &[R::Element],
    length: usize,
    n: usize,
) -> Result<Vec<R::Element>> {
    let mut sum: Vec<R::Element> = f[..f.len().min(n)].to_vec();
    sum.resize(n, ring.zero());
    for block in f.chunks(length).skip(1) {
        for (s, c) in sum.iter_mut().zip(block) {
            *s = ring.try_add(s, c)?;
        }
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{QQ, ZZ, Zmod};
    use num_bigint::BigInt;

    fn draw(n: u64, len: usize, seed: u64) -> Vec<u64> {
        let mut v: Vec<u64> = (0..len as u64)
            .map(|k| (k + 1).wrapping_mul(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31) % n)
            .collect();
        if let Some(last) = v.last_mut() {
            *last = 1;
        }
        v
    }

    /// Every way gives the same, around all thresholds, for short and long quotients.
    #[test]
    fn all_ways_agree() {
        let (halves, newton_length) = (tuning::DIVISION_HALVES, tuning::DIVISION_NEWTON);
        for n in [2u64, 6, 998_244_353, 4_294_967_291, (1 << 61) - 1, u64::MAX] {
            let ring = Zmod::new(n);
            let lengths =
                [0, 1, 2, halves, halves + 1, 3 * halves, newton_length + 1, newton_length + 2, 1100];
            for quotient in lengths {
                for divisor in lengths.into_iter().skip(1) {
                    let (f, g) = (draw(n, divisor + quotient - 1, 3), draw(n, divisor, 5));
                    let expected = long(&ring, &f, &g).unwrap();
                    assert_eq!(quo_rem(&ring, &f, &g).unwrap(), expected, "{n}: {quotient} by {divisor}");
                    assert_eq!(halved(&ring, &f, &g).unwrap(), expected, "{n}: {quotient} by {divisor}");
                    let divisor = Divisor::new(&ring, &g).unwrap();
                    assert_eq!(divisor.quo_rem(&f).unwrap(), expected);
                }
            }
            // Many blocks.
            let (f, g) = (draw(n, 5000, 3), draw(n, 300, 5));
            assert_eq!(newton(&ring, &f, &g).unwrap(), long(&ring, &f, &g).unwrap());
        }
    }

    /// Over Z nothing becomes larger than in long division, and over Q nothing is lost.
    #[test]
    fn integers_and_fractions() {
        let word = |k: u64| BigInt::from((k as i64 + 1).wrapping_mul(0x1E37_79B9_7F4A_7C15));
        let f: Vec<BigInt> = (0..200).map(word).collect();
        let mut g: Vec<BigInt> = (300..400).map(word).collect();
        g.push((-1).into());
        let (q, r) = quo_rem(&ZZ, &f, &g).unwrap();
        assert_eq!((q, r), long(&ZZ, &f, &g).unwrap());
        let fractions = |v: &[BigInt]| QQ.poly(v.iter().cloned()).into_coefficients();
        let (f, g) = (fractions(&f[..90]), fractions(&g[40..80]));
        assert_eq!(quo_rem(&QQ, &f, &g).unwrap(), long(&QQ, &f, &g).unwrap());
        assert!(quo_rem(&ZZ, &[1.into()], &[2.into()]).is_err());
        // As many blocks as would fill a stack, were each a call within the one before: x^(33*k) = (-1)^k modulo x^33 + 1.
        let mut f = vec![BigInt::ZERO; 33 * 20_001];
        f.push(1.into());
        let mut g = vec![BigInt::ZERO; 34];
        (g[0], g[33]) = (1.into(), 1.into());
        let (q, r) = quo_rem(&ZZ, &f, &g).unwrap();
        assert_eq!((q.len(), r), (33 * 20_000 + 1, vec![BigInt::from(-1)]));
        // Exactly, by a divisor whose leading coefficient is no unit.
        let (f, g): (Vec<BigInt>, Vec<BigInt>) =
            ((0..150).map(word).collect(), (200..300).map(word).collect());
        let mut product = ZZ.convolve(&f, &g, &Want::full()).unwrap();
        assert_eq!(exact(&ZZ, &product, &g).unwrap(), f);
        assert_eq!(exact(&ZZ, &product, &f).unwrap(), g);
        product[7] += 1;
        assert_eq!(exact(&ZZ, &product, &g).unwrap_err().kind(), crate::ErrorKind::NotExact);
        assert_eq!(exact(&Zmod::new(6), &[3], &[1, 2]).unwrap_err().kind(), crate::ErrorKind::Undefined);
        assert_eq!(newton(&Zmod::new(6), &[1, 2], &[1, 3]).unwrap_err().factor(), Some(&3.into()));
        assert!(newton(&Zmod::new(6), &[1, 2], &[]).is_err());
    }
}
