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

/// The subresultants `S_0, S_1, ..` of two polynomials of degrees `m` and `n`, as many as the smaller degree: `S_j` is the determinant of
/// the rows `x^(n-j-1)*f, .., f, x^(m-j-1)*g, .., g` with their leading `m + n - 2j - 1` columns, the last of which stands for all further ones as a
/// polynomial of degree at most `j`. `S_0` is the resultant; the first that is not zero is a multiple of the gcd.
///
/// # Errors
/// Kind undefined where one is zero; kind unsupported over rings that are not exact; those of the ring's own operations.
///
/// # Complexity
/// Quadratic in the degrees, in elements that grow linearly over Z.
///
/// # Source
/// L. Ducos, "Optimizations of the subresultant algorithm", J. Pure and Applied Algebra 145, 2000, section 2 (the algorithm of section 1);
/// M. El Kahoui, "An elementary approach to subresultants theory", J. Symbolic Computation 35, 2003.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::remainders};
/// let (f, g) = (ZZ.poly([-2, 0, 1]), ZZ.poly([-1, 2, 3])); // x^2 - 2, 3x^2 + 2x - 1
/// let chain = remainders::subresultants(&ZZ, f.coefficients(), g.coefficients())?;
/// assert_eq!(chain[1], [5.into(), 2.into()]); // 2x + 5
/// assert_eq!(chain[0], [17.into()]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn subresultants<R: Domain>(
    ring: &R,
    f: &[R::Element],
    g: &[R::Element],
) -> Result<Vec<Vec<R::Element>>> {
    if !ring.is_exact() {
        return Err(Error::unsupported(format!(
            "{ring:?} is not exact: subresultants would be rounding errors"
        )));
    }
    if f.is_empty() || g.is_empty() {
        return Err(Error::undefined("subresultants of the zero polynomial"));
    }
    let swapped = f.len() < g.len();
    let (f, g) = if swapped { (g, f) } else { (f, g) };
    let (m, n) = (f.len() - 1, g.len() - 1);
    let mut chain = vec![Vec::new(); n];
    if n > 0 {
        let negated = |v: &[R::Element]| v.iter().map(|c| ring.try_neg(c)).collect::<Result<Vec<_>>>();
        let mut scale = power(ring, &g[n], (m - n) as u64)?;
        let mut a = g.to_vec();
        let mut b = ring.pseudo_quo_rem(f, &negated(g)?)?.1;
        // `a` is a multiple of S_d for its degree d, and `b` is S_(d-1).
        while let Some(leading) = b.last().cloned() {
            let (d, e) = (a.len() - 1, b.len() - 1);
            let delta = (d - e) as u64;
            chain[d - 1] = b.clone();
            let next = if delta > 1 {
                // A drop of the degree: S_e is a multiple of S_(d-1), and those between are zero.
                let (up, down) = (power(ring, &leading, delta - 1)?, power(ring, &scale, delta - 1)?);
                let c: Vec<R::Element> = b
                    .iter()
                    .map(|c| ring.try_exact_quo(&ring.try_mul(c, &up)?, &down))
                    .collect::<Result<_>>()?;
                chain[e] = c.clone();
                c
            } else {
                b.clone()
            };
            if e == 0 {
                break;
            }
            let divisor = ring.try_mul(&power(ring, &scale, delta)?, &a[d])?;
            b = divide(ring, &ring.pseudo_quo_rem(&a, &negated(&b)?)?.1, &divisor)?;
            a = next;
            scale = a[e].clone();
        }
    }
    // The rows of the two change places.
    for (j, c) in chain.iter_mut().enumerate() {
        if swapped && (m - j) * (n - j) % 2 == 1 {
            *c = c.iter().map(|c| ring.try_neg(c)).collect::<Result<_>>()?;
        }
    }
    Ok(chain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{QQ, ZZ, Zmod};
    use num_bigint::BigInt;

    /// The determinant by elimination over a field.
    fn determinant<R: crate::ring::Field>(ring: &R, mut rows: Vec<Vec<R::Element>>) -> R::Element {
        let mut value = ring.one();
        for k in 0..rows.len() {
            let Some(pivot) = (k..rows.len()).find(|&i| !ring.is_zero(&rows[i][k])) else {
                return ring.zero();
            };
            if pivot != k {
                rows.swap(pivot, k);
                value = ring.neg(&value);
            }
            value = ring.mul(&value, &rows[k][k]);
            let inverse = ring.inverse(&rows[k][k]);
            let (done, rest) = rows.split_at_mut(k + 1);
            for row in rest {
                let factor = ring.mul(&row[k], &inverse);
                for (x, y) in row.iter_mut().zip(&done[k]).skip(k) {
                    *x = ring.sub(x, &ring.mul(&factor, y));
                }
            }
        }
        value
    }

    /// `S_j` as its definition says.
    fn naive<R: crate::ring::Field>(
        ring: &R,
        f: &[R::Element],
        g: &[R::Element],
        j: usize,
    ) -> Vec<R::Element> {
        let (m, n) = (f.len() - 1, g.len() - 1);
        let size = m + n - 2 * j;
        let coefficient = |v: &[R::Element], k: i64| {
            usize::try_from(k).ok().and_then(|k| v.get(k).cloned()).unwrap_or_else(|| ring.zero())
        };
        let mut value: Vec<R::Element> = (0..=j)
            .map(|k| {
                let rows = (0..n - j)
                    .map(|i| (f, n - j - 1 - i))
                    .chain((0..m - j).map(|i| (g, m - j - 1 - i)))
                    .map(|(v, shift)| {
                        let leading =
                            (0..size - 1).map(|c| coefficient(v, (m + n - j - 1 - c) as i64 - shift as i64));
                        leading.chain([coefficient(v, k as i64 - shift as i64)]).collect()
                    })
                    .collect();
                determinant(ring, rows)
            })
            .collect();
        trim(ring, &mut value);
        value
    }

    /// Against determinants: regular, with drops of the degree, with common factors, in either order, over a field and over Z.
    #[test]
    fn subresultants_are_determinants() {
        let cases: [(&[i64], &[i64]); 8] = [
            (&[-5, 2, 8, -3, -3, 0, 1, 0, 1], &[21, -9, -4, 0, 5, 0, 3]),
            (&[1, 0, 0, 0, 0, 1], &[2, 0, 0, 1]),
            (&[1, 2, 3, 4, 5], &[5, 4, 3, 2]),
            (&[-1, 0, 0, 0, 1], &[-1, 0, 1]),
            (&[3, 1], &[7, -2]),
            (&[1, 1, 0, 0, 0, 0, 2], &[1, 1, 0, 0, 0, 0, 3]),
            (&[4], &[1, 2, 3]),
            (&[6, 5, 1], &[6, 5, 1]),
        ];
        let field = Zmod::prime(101).unwrap();
        for (f, g) in cases {
            for (f, g) in [(f, g), (g, f)] {
                let over_z = |v: &[i64]| -> Vec<BigInt> { v.iter().map(|&c| c.into()).collect() };
                let chain = subresultants(&ZZ, &over_z(f), &over_z(g)).unwrap();
                assert_eq!(chain.len(), f.len().min(g.len()) - 1);
                let over_q = |v: &[i64]| QQ.poly(v.iter().copied()).into_coefficients();
                let over_p = |v: &[i64]| field.poly(v.iter().copied()).into_coefficients();
                let modular = subresultants(&field, &over_p(f), &over_p(g)).unwrap();
                for (j, s) in chain.iter().enumerate() {
                    let expected = naive(&QQ, &over_q(f), &over_q(g), j);
                    assert_eq!(QQ.poly(s.iter().cloned()).into_coefficients(), expected, "{f:?}, {g:?}: {j}");
                    assert_eq!(modular[j], naive(&field, &over_p(f), &over_p(g), j), "{f:?}, {g:?}: {j}");
                }
                if let Some(s) = chain.first() {
                    let value = s.first().cloned().unwrap_or_default();
                    assert_eq!(value, resultant(&ZZ, &over_z(f), &over_z(g)).unwrap());
                }
            }
        }
        assert!(subresultants(&ZZ, &[], &[1.into()]).is_err());
    }
}
