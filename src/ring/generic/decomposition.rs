//! Decomposition `f = g(h)`: both from `f` and the degree of `h`.
//!
//! # Method
//! For a monic `f` of degree `r*s`, the coefficients of `f` and of `h^r` above `x^(r*s-s)` are the same, so a monic
//! `h` of degree `s` with constant coefficient 0 is, backwards, the `r`-th root of `f` backwards modulo `x^s`: that
//! takes `1/r`, the tame case. Then `f` is written in powers of `h`, by halves, and is `g(h)` exactly if all digits
//! are constants (D. Kozen, S. Landau, "Polynomial decomposition algorithms", J. Symb. Comp. 7, 1989; J. von zur
//! Gathen, "Functional decomposition of polynomials: the tame case", J. Symb. Comp. 9, 1990). The root by Newton's
//! iteration `z := z + z*(1 - f*z^r)/r` for `z = f^(-1/r)`; with `f = h^r + ...` that is `1/h`, whose coefficients
//! are integers for an `h` over the integers, so that divisions by `r` are exact there too.

use super::{divisor::Divisor, series, trim};
use crate::{Error, ErrorKind, Result, convolution::Want, ring::Ring};

/// The left and the right part of a composition.
pub type Pieces<R> = (Vec<<R as Ring>::Element>, Vec<<R as Ring>::Element>);

/// `g` and `h` with `g(h) = f`, `h` of degree `s`, monic, and with constant coefficient 0; `None` where there are none.
///
/// # Errors
/// Kind unsupported where the characteristic divides `deg(f)/s` (the wild case), and over rings that are not exact or
/// do not commute; kind undefined where the leading coefficient or `deg(f)/s` is neither zero nor a unit of a ring of
/// residues, with the factor; those of the ring's products.
///
/// # Panics
/// Unless `s` divides the degree of `f` and is positive.
///
/// # Complexity
/// `O(M(n) log n)`.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic::decomposition};
/// let f = [1, 0, 2, 0, 1].map(Into::into); // x^4 + 2*x^2 + 1
/// let (g, h) = decomposition::monic_at(&ZZ, &f, 2)?.unwrap();
/// assert_eq!((g, h), (vec![1.into(), 2.into(), 1.into()], vec![0.into(), 0.into(), 1.into()]));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn monic_at<R: Ring>(ring: &R, f: &[R::Element], s: usize) -> Result<Option<Pieces<R>>> {
    assert!(s > 0 && f.len() % s == 1 % s && f.len() > s, "{s} is no divisor of the degree");
    if !ring.is_exact() || !ring.is_commutative() {
        return Err(Error::unsupported(format!(
            "decomposition over {ring:?}, which is not exact or does not commute"
        )));
    }
    let r = (f.len() - 1) / s;
    let leading = &f[f.len() - 1];
    let monic: Vec<R::Element> = if ring.is_one(leading) {
        f.to_vec()
    } else {
        let inverse = ring.try_inverse(leading)?;
        f.iter().map(|c| ring.try_mul(c, &inverse)).collect::<Result<_>>()?
    };
    let Some(h) = right_part(ring, &monic, r, s)? else { return Ok(None) };
    let mut powers = vec![Divisor::new(ring, &h)?];
    while 1 << powers.len() <= r {
        let h = powers[powers.len() - 1].coefficients();
        powers.push(Divisor::new(ring, &ring.convolve(h, h, &Want::full())?)?);
    }
    let mut g = vec![ring.zero(); r + 1];
    if !digits(&monic, &powers, &mut g)? {
        return Ok(None);
    }
    for c in &mut g {
        *c = ring.try_mul(c, leading)?;
    }
    Ok(Some((g, h)))
}

/// The only `h` that can be: the polynomial part of the `r`-th root.
fn right_part<R: Ring>(ring: &R, f: &[R::Element], r: usize, s: usize) -> Result<Option<Vec<R::Element>>> {
    let number = ring.try_from_integer(r.into())?;
    let wild = || {
        Error::unsupported(format!(
            "the wild case: the characteristic divides the degree {r} of the left part"
        ))
    };
    let inverse = match ring.try_inverse(&number) {
        Ok(inverse) => Some(inverse),
        Err(_) if ring.is_zero(&number) => return Err(wild()),
        Err(_) if ring.grows() => None,
        Err(error) => return Err(error),
    };
    let over = |c: &R::Element| match &inverse {
        Some(inverse) => ring.try_mul(c, inverse),
        None => ring.try_exact_quo(c, &number),
    };
    let backwards: Vec<R::Element> = f.iter().rev().take(s).cloned().collect();
    let mut lengths = vec![s];
    while lengths[lengths.len() - 1] > 1 {
        lengths.push(lengths[lengths.len() - 1].div_ceil(2));
    }
    let mut z = vec![ring.one()];
    for (&n, &m) in lengths.iter().rev().skip(1).zip(lengths.iter().rev()) {
        // The coefficients of f*z^r from m to n, those below being 1, 0, 0, ...
        let power = ring.power(&z, r as u64, &Want::low(n))?;
        let error = ring.convolve(&backwards[..n], &power, &Want::range(m..n))?;
        let change = ring.convolve(&error, &z, &Want::low(n - m))?;
        for c in &change {
            match over(&ring.try_neg(c)?) {
                Ok(c) => z.push(c),
                Err(error) if error.kind() == ErrorKind::NotExact => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        z.resize(n, ring.zero());
    }
    let mut h = series::inverse(ring, &z, s)?;
    h.reverse();
    h.insert(0, ring.zero());
    Ok(Some(h))
}

/// Writes the digits of `f` in powers of the first divisor into `g`, the last divisor being the largest power needed;
/// whether all are constants.
fn digits<R: Ring>(f: &[R::Element], powers: &[Divisor<R>], g: &mut [R::Element]) -> Result<bool> {
    let Some((divisor, below)) = powers.split_last() else {
        if let (Some(c), Some(place)) = (f.first(), g.first_mut()) {
            *place = c.clone();
        }
        return Ok(f.len() <= 1);
    };
    let (mut quo, rem) = divisor.quo_rem(f)?;
    trim(divisor.ring(), &mut quo);
    let middle = g.len().min(1 << below.len());
    let (low, high) = g.split_at_mut(middle);
    Ok(digits(&rem, below, low)? && (quo.is_empty() || digits(&quo, below, high)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Poly;
    use crate::ring::{QQ, ZZ, Zmod};

    #[test]
    fn parts_of_compositions() {
        let field = Zmod::prime(998_244_353).unwrap();
        let draw = |n: usize, seed: u64| {
            field.poly((0..=n as u64).map(|k| (k + 1).wrapping_mul(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15)))
        };
        for (r, s) in [(1, 1), (1, 5), (5, 1), (2, 2), (3, 7), (8, 4), (30, 13), (4, 100), (100, 4)] {
            let g = draw(r, 3);
            let h = draw(s - 1, 7).mul_x_pow(1).monic();
            let f = g.compose(&h);
            let found = monic_at(&field, f.coefficients(), s).unwrap();
            assert_eq!(found, Some((g.into_coefficients(), h.into_coefficients())), "{r} of {s}");
            if r > 1 && s > 1 {
                let other = f + field.x();
                assert_eq!(monic_at(&field, other.coefficients(), s).unwrap(), None);
            }
        }
    }

    #[test]
    fn over_integers_and_fractions() {
        let (g, h) = (ZZ.poly([5, -2, 0, 1]), ZZ.poly([0, 7, -1, 1]));
        let f = g.compose(&h);
        let found = monic_at(&ZZ, f.coefficients(), 3).unwrap();
        assert_eq!(found, Some((g.into_coefficients(), h.into_coefficients())));
        assert_eq!(monic_at(&ZZ, (&f + ZZ.x()).coefficients(), 3).unwrap(), None);
        // x^4 + x^3 is no composition: the root has no integer coefficients.
        assert_eq!(monic_at(&ZZ, ZZ.poly([0, 0, 0, 1, 1]).coefficients(), 2).unwrap(), None);
        assert!(monic_at(&ZZ, ZZ.poly([1, 0, 2]).coefficients(), 1).is_err());
        let (g, h): (Poly<_>, Poly<_>) =
            (QQ.poly([(1, 2), (0, 1), (3, 5)]), QQ.poly([(0, 1), (2, 3), (0, 1), (1, 1)]));
        let found = monic_at(&QQ, g.compose(&h).coefficients(), 3).unwrap();
        assert_eq!(found, Some((g.into_coefficients(), h.into_coefficients())));
    }

    #[test]
    fn the_wild_case() {
        let field = Zmod::prime(3).unwrap();
        let cube = field.poly([1, 0, 0, 1, 0, 0, 1]);
        assert_eq!(monic_at(&field, cube.coefficients(), 2).unwrap_err().kind(), ErrorKind::Unsupported);
        // Of the other degree it is tame: (x^2 + x + 1) at x^3.
        assert!(monic_at(&field, cube.coefficients(), 3).unwrap().is_some());
        let error = monic_at(&Zmod::new(15), &[1, 0, 0, 1, 0, 0, 1], 2).unwrap_err();
        assert_eq!(error.factor(), Some(&3.into()));
    }
}
