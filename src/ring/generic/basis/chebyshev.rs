//! The basis of Chebyshev polynomials of the first kind: `f = sum of c_k * T_k`, `T_0 = 1`, `T_1 = x`,
//! `T_(k+1) = 2*x*T_k - T_(k-1)`.
//!
//! # Method
//! To powers, by halves: `T_(m+j) = 2*T_m*T_j - T_(m-j)` makes of the coefficients above `m` others below it and a
//! factor of `T_m`; short parts by the recurrence of C. Clenshaw (1955). This divides by nothing.
//!
//! From powers: with `x = (z + 1/z)/2`, `T_k = (z^k + 1/z^k)/2`, so the coefficients are those of `f((z + 1/z)/2)`, a
//! Laurent polynomial. Its even and its odd part are polynomials in `(z + 1/z)^2 = (w + 1)^2/w` for `w = z^2`, which
//! is put in by halves. Division is by powers of 2: of the coefficients of `f` beforehand where 2 is a unit, else of
//! the result, after `2^(n-1)*f` was taken. (In one product for special fields: A. Bostan, B. Salvy, É. Schost,
//! "Power series composition and change of basis", ISSAC 2008.)

use super::super::{geometric::scaled, shift::joined, trim};
use crate::{
    Error, Result,
    convolution::{Want, tuning},
    ring::Ring,
};

/// The coefficients in the basis of Chebyshev, as many as `f` has.
///
/// # Errors
/// Kind undefined where 2 is no unit of a ring of residues, with the factor 2; kind not exact where coefficients are
/// outside of the ring; those of the ring's products.
///
/// # Complexity
/// `O(M(n) log n)`.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic::basis::chebyshev};
/// let f = [-1, 0, 2].map(Into::into);
/// assert_eq!(chebyshev::from_powers(&ZZ, &f)?, [0, 0, 1].map(Into::into)); // 2*x^2 - 1 = T_2
/// # Ok::<(), monic::Error>(())
/// ```
pub fn from_powers<R: Ring>(ring: &R, f: &[R::Element]) -> Result<Vec<R::Element>> {
    let n = f.len();
    if n <= 2 {
        return Ok(f.to_vec());
    }
    let two = ring.try_add(&ring.one(), &ring.one())?;
    let half = ring.try_inverse(&two).ok();
    if let Some(half) = half {
        let mut coefficients = in_laurent(ring, &scaled(ring, f, &half)?)?;
        for c in &mut coefficients[1..] {
            *c = ring.try_add(c, c)?;
        }
        return Ok(coefficients);
    }
    let backwards: Vec<R::Element> = f.iter().rev().cloned().collect();
    let mut multiple = scaled(ring, &backwards, &two)?;
    multiple.reverse();
    let mut coefficients = in_laurent(ring, &multiple)?;
    let low = ring.pow(&two, n as u64 - 2);
    if ring.is_zero(&low) && !ring.is_zero(&ring.one()) {
        return Err(Error::undefined(
            "Chebyshev polynomials of higher degree have leading coefficient 0 here",
        )
        .with_factor(2.into()));
    }
    coefficients[0] = ring.try_exact_quo(&coefficients[0], &ring.try_mul(&low, &two)?)?;
    for c in &mut coefficients[1..] {
        *c = ring.try_exact_quo(c, &low)?;
    }
    Ok(coefficients)
}

/// The coefficients of `z^0, z^1, ...` in `f(z + 1/z)`, as many as `f` has.
fn in_laurent<R: Ring>(ring: &R, f: &[R::Element]) -> Result<Vec<R::Element>> {
    let part = |start: usize| f[start..].iter().step_by(2).cloned().collect::<Vec<_>>();
    let (even, odd) = (upper_half(ring, part(0))?, upper_half(ring, part(1))?);
    let mut coefficients = Vec::with_capacity(f.len());
    for k in 0..f.len() {
        // (z + 1/z) times the odd part
        coefficients.push(if k % 2 == 0 {
            even[k / 2].clone()
        } else if let Some(above) = odd.get(k / 2 + 1) {
            ring.try_add(&odd[k / 2], above)?
        } else {
            odd[k / 2].clone()
        });
    }
    Ok(coefficients)
}

/// The coefficients of `w^0, w^1, ...` in `sum of e_i * ((w + 1)^2/w)^i`.
fn upper_half<R: Ring>(ring: &R, e: Vec<R::Element>) -> Result<Vec<R::Element>> {
    let Some(lower) = e.len().checked_sub(1) else { return Ok(e) };
    let base = tuning::SERIES_BASE / 2;
    let parts = e.chunks(base).map(|part| squares(ring, part)).collect::<Result<_>>()?;
    // (w + 1)^(2*m) for the number m of coefficients that a whole part stands for
    let base = (&[ring.one(), ring.one()][..], 2 * base as u64);
    Ok(joined(ring, parts, base, |high| high.len().div_ceil(2))?.split_off(lower))
}

/// `w^(m-1)` times the sum over `m` coefficients, quadratic.
fn squares<R: Ring>(ring: &R, e: &[R::Element]) -> Result<Vec<R::Element>> {
    let mut p: Vec<R::Element> = Vec::with_capacity(2 * e.len());
    for c in e.iter().rev() {
        if p.is_empty() {
            p.push(c.clone());
            continue;
        }
        for _ in 0..2 {
            // p*(w + 1)
            p.push(ring.zero());
            for k in (1..p.len()).rev() {
                p[k] = ring.try_add(&p[k], &p[k - 1])?;
            }
        }
        let middle = p.len() / 2;
        p[middle] = ring.try_add(&p[middle], c)?;
    }
    Ok(p)
}

/// The polynomial with these coefficients in the basis of Chebyshev, without trailing zeros.
///
/// # Errors
/// Those of the ring's products.
///
/// # Complexity
/// `O(M(n) log n)`.
pub fn to_powers<R: Ring>(ring: &R, c: &[R::Element]) -> Result<Vec<R::Element>> {
    let base = tuning::SERIES_BASE;
    let mut chebyshev: Vec<Vec<R::Element>> = Vec::new();
    let mut m = base;
    while m < c.len() {
        let next = match chebyshev.last() {
            None => {
                let mut unit = vec![ring.zero(); base + 1];
                unit[base] = ring.one();
                clenshaw(ring, &unit)?
            }
            Some(t) => {
                // T_(2m) = 2*T_m^2 - 1
                let mut square = ring.convolve(t, t, &Want::full())?;
                for c in &mut square {
                    *c = ring.try_add(c, c)?;
                }
                square[0] = ring.try_sub(&square[0], &ring.one())?;
                square
            }
        };
        chebyshev.push(next);
        m *= 2;
    }
    let mut f = by_halves(ring, c.to_vec(), &chebyshev)?;
    trim(ring, &mut f);
    Ok(f)
}

/// The sum of at most twice as many coefficients as the degree of the last of `chebyshev`, which are `T_m` for `m`
/// from the base on, doubled each time.
fn by_halves<R: Ring>(
    ring: &R,
    mut c: Vec<R::Element>,
    chebyshev: &[Vec<R::Element>],
) -> Result<Vec<R::Element>> {
    let Some((t, below)) = chebyshev.split_last() else { return clenshaw(ring, &c) };
    let m = t.len() - 1;
    if c.len() <= m {
        return by_halves(ring, c, below);
    }
    let mut high = c.split_off(m);
    for (j, h) in high.iter_mut().enumerate().skip(1) {
        c[m - j] = ring.try_sub(&c[m - j], h)?;
        *h = ring.try_add(h, h)?;
    }
    let low = by_halves(ring, c, below)?;
    let high = by_halves(ring, high, below)?;
    let mut f = ring.convolve(&high, t, &Want::full())?;
    for (sum, c) in f.iter_mut().zip(&low) {
        *sum = ring.try_add(sum, c)?;
    }
    Ok(f)
}

/// By `b_k = c_k + 2*x*b_(k+1) - b_(k+2)`, quadratic; the sum is `c_0 + x*b_1 - b_2`. As many coefficients as there
/// are given.
fn clenshaw<R: Ring>(ring: &R, c: &[R::Element]) -> Result<Vec<R::Element>> {
    let n = c.len();
    let (mut first, mut second) = (vec![ring.zero(); n], vec![ring.zero(); n]);
    for (k, c) in c.iter().enumerate().rev() {
        // second := c_k + (2*)x*first - second, up to the degree n - 1 - k
        for i in 0..n - k {
            let mut next = ring.try_neg(&second[i])?;
            if i > 0 {
                let product = &first[i - 1];
                next = ring.try_add(&next, product)?;
                if k > 0 {
                    next = ring.try_add(&next, product)?;
                }
            } else {
                next = ring.try_add(&next, c)?;
            }
            second[i] = next;
        }
        std::mem::swap(&mut first, &mut second);
    }
    Ok(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use crate::ring::{QQ, RR, ZZ, Zmod};
    use num_bigint::BigInt;

    /// Single basis polynomials against the recurrence, and everything there and back.
    #[test]
    fn there_and_back() {
        let field = Zmod::prime(998_244_353).unwrap();
        let (mut last, mut this) = (vec![1u64], vec![0, 1]);
        for k in 1..200usize {
            let mut c = vec![0; k + 1];
            c[k] = 1;
            assert_eq!(to_powers(&field, &c).unwrap(), this, "T_{k}");
            assert_eq!(from_powers(&field, &this).unwrap(), c, "T_{k}");
            let mut next = field.convolve(&this, &[0, 2], &Want::full()).unwrap();
            next.iter_mut().zip(&last).for_each(|(n, l)| *n = field.sub(n, l));
            (last, this) = (this, next);
        }
        for len in [0usize, 1, 2, 3, 31, 32, 33, 63, 64, 65, 66, 127, 128, 129, 300] {
            let c: Vec<u64> = (0..len as u64).map(|k| k * k * 998_877 % 998_244_353 + 1).collect();
            let f = to_powers(&field, &c).unwrap();
            assert_eq!(from_powers(&field, &f).unwrap(), c, "{len}");
            let c: Vec<BigInt> = (0..len).map(|k| BigInt::from(k * k) - 40).collect();
            let f = to_powers(&ZZ, &c).unwrap();
            assert_eq!(from_powers(&ZZ, &f).unwrap(), c, "{len}");
        }
        let f = QQ.poly([(1, 2), (1, 3), (-1, 4), (5, 1)]).into_coefficients();
        let c = from_powers(&QQ, &f).unwrap();
        assert_eq!(c, QQ.poly([(3, 8), (49, 12), (-1, 8), (5, 4)]).into_coefficients());
        assert_eq!(to_powers(&QQ, &c).unwrap(), f);
        assert_eq!(from_powers(&RR, &[0.0, 0.0, 1.0]).unwrap(), [0.5, 0.0, 0.5]);
    }

    #[test]
    fn what_has_no_such_form() {
        assert_eq!(from_powers(&ZZ, &[0, 0, 1].map(BigInt::from)).unwrap_err().kind(), ErrorKind::NotExact);
        assert_eq!(from_powers(&Zmod::new(6), &[0, 0, 1]).unwrap_err().factor(), Some(&2.into()));
        assert_eq!(from_powers(&Zmod::new(2), &[0, 0, 0, 1]).unwrap_err().kind(), ErrorKind::Undefined);
        // T_0 and T_1 are there in any ring.
        assert_eq!(from_powers(&Zmod::new(6), &[4, 5]).unwrap(), [4, 5]);
        assert_eq!(from_powers(&ZZ, &[4, 5].map(BigInt::from)).unwrap(), [4, 5].map(BigInt::from));
        assert_eq!(from_powers(&Zmod::new(1), &[0; 5]).unwrap(), [0; 5]);
    }
}
