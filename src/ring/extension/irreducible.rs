//! Is a polynomial irreducible over GF(q)? The first one of a degree that is.
//!
//! It stands apart from factoring because a field needs the answer alone, and below polynomials as a type.
//!
//! # Method
//! `x^(q^i) - x` is the product of all monic irreducible polynomials whose degree divides `i`. So `f` of degree `n` is irreducible just when it shares
//! nothing with `x^(q^i) - x` for `i <= n/2` (M. Ben-Or, FOCS 1981). Most polynomials have a factor of a small degree, so the gcds of the first `i` are taken one
//! by one, those of later ones for products of more and more. `x^(q^(i+1))` is the `q`-th power of `x^(q^i)`, or `x^(q^i)` at `x^q`, where that takes
//! fewer products (J. von zur Gathen, V. Shoup, Comput. Complexity 2, 1992).

use crate::ring::generic::{self, composition, divisor::Divisor};
use crate::ring::{FiniteField, roots};
use crate::{Error, Result, convolution::Want, integer::factor::prime_divisors, progress};
use num_bigint::BigUint;
use num_traits::One;
use std::fmt;

/// Why a polynomial is reducible.
pub(super) enum Reducible {
    /// It is a constant.
    Constant,
    /// The least degree of a factor.
    Factor { degree: usize },
}

impl fmt::Display for Reducible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reducible::Constant => f.write_str("it is a constant"),
            Reducible::Factor { degree } => write!(f, "it has a factor of degree {degree}"),
        }
    }
}

/// So many degrees are tried one by one.
const ONE_BY_ONE: usize = 4;

/// What is known of a factor of `f`, without trailing zeros; `None` where it is irreducible.
pub(super) fn reducible<F: FiniteField>(field: &F, f: &[F::Element]) -> Result<Option<Reducible>> {
    let n = match f.len() {
        0 | 1 => return Ok(Some(Reducible::Constant)),
        2 => return Ok(None),
        len => len - 1,
    };
    if field.is_zero(&f[0]) {
        return Ok(Some(Reducible::Factor { degree: 1 }));
    }
    let divisor = Divisor::new(field, f)?;
    let q = field.order();
    let x = [field.zero(), field.one()];
    let first = power(&divisor, &x, &q)?;
    let by_composition = q.bits() as usize > 4 * n.isqrt() + 8;
    let mut image = first.clone();
    let (mut batch, mut product) = (Vec::new(), vec![field.one()]);
    let mut next = 1;
    for i in 1..=n / 2 {
        if i > 1 {
            image = match by_composition {
                true => composition::modular(&image, &first, &divisor)?,
                false => power(&divisor, &image, &q)?,
            };
        }
        let mut difference = image.clone();
        difference.resize(difference.len().max(2), field.zero());
        difference[1] = field.try_sub(&difference[1], &field.one())?;
        generic::trim(field, &mut difference);
        product = divisor.mul(&product, &difference)?;
        batch.push((i, difference));
        if i < next && i < n / 2 {
            continue;
        }
        if field.poly_gcd(f, &product)?.len() > 1 {
            for (degree, difference) in batch {
                if field.poly_gcd(f, &difference)?.len() > 1 {
                    return Ok(Some(Reducible::Factor { degree }));
                }
            }
            return Err(Error::undefined("a field with zero divisors"));
        }
        batch.clear();
        product = vec![field.one()];
        next = if i < ONE_BY_ONE { i + 1 } else { i + i / 2 };
    }
    Ok(None)
}

/// `a^e` modulo the divisor.
pub(super) fn power<F: FiniteField>(
    divisor: &Divisor<F>,
    a: &[F::Element],
    e: &BigUint,
) -> Result<Vec<F::Element>> {
    let ring = divisor.ring();
    let mut base = a.to_vec();
    generic::trim(ring, &mut base);
    let base = divisor.rem(&base)?;
    let mut power = divisor.rem(&[ring.one()])?;
    for i in (0..e.bits()).rev() {
        // One and the same slice is squared.
        let mut square = ring.convolve(&power, &power, &Want::full())?;
        generic::trim(ring, &mut square);
        power = divisor.rem(&square)?;
        if e.bit(i) {
            power = divisor.mul(&power, &base)?;
        }
    }
    Ok(power)
}

/// The first monic irreducible polynomial of degree `k`, its coefficients compared from the highest down.
pub(super) fn first<F: FiniteField>(field: &F, k: usize) -> Result<Vec<F::Element>> {
    if k == 0 {
        return Err(Error::undefined("an extension of degree 0"));
    }
    let q = field.order();
    // The polynomials x^k + c come first: q of them, more than can be tried one by one. Where none of them is irreducible they are left out. What follows,
    // x^k + x + c, may have none in characteristics that divide k, as of degree 3 over GF(3^m) with odd m: large fields of this kind take long.
    let start = if has_binomials(&q, k) { BigUint::ZERO } else { q.clone() };
    for tried in 0.. {
        progress::report("looking for an irreducible polynomial", tried, k as u64)?;
        // The coefficients below the leading one are the digits of its number.
        let mut rest = &start + tried;
        let mut f = Vec::with_capacity(k + 1);
        for _ in 0..k {
            f.push(field.nth_element(&(&rest % &q)));
            rest /= &q;
        }
        f.push(field.one());
        if reducible(field, &f)?.is_none() {
            return Ok(f);
        }
    }
    Err(Error::undefined("a finite field without extensions"))
}

/// Whether some `x^k + c` over a field of `q` elements is irreducible: where every prime divisor of `k` divides `q - 1`, and 4 does if it divides `k`
/// (R. Lidl, H. Niederreiter, Finite Fields, 1997, theorem 3.75).
fn has_binomials(q: &BigUint, k: usize) -> bool {
    let divides = |r: u64| (q % r).is_one();
    prime_divisors(k as u64).into_iter().all(divides) && (!k.is_multiple_of(4) || divides(4))
}

/// Whether `a` is an element of order `order` in a field where `a^order = 1`.
pub(super) fn has_order<R: crate::ring::Ring>(
    ring: &R,
    a: &R::Element,
    order: &BigUint,
    primes: &[BigUint],
) -> bool {
    primes.iter().all(|r| !ring.is_one(&roots::power(ring, a, &(order / r))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::Zmod;

    /// Every monic polynomial of small degrees over small fields, against the products of two others.
    #[test]
    fn against_all_products() {
        for (p, n) in [(2u64, 7usize), (3, 5), (5, 4), (7, 3)] {
            let field = Zmod::prime(p).unwrap();
            let monic = |degree: usize| {
                (0..p.pow(degree as u32)).map(move |mut c| {
                    let mut f: Vec<u64> = (0..degree)
                        .map(|_| {
                            let d = c % p;
                            c /= p;
                            d
                        })
                        .collect();
                    f.push(1);
                    f
                })
            };
            let mut least = std::collections::HashMap::new();
            for d in (1..=n / 2).rev() {
                for f in monic(d) {
                    for g in monic(n - d) {
                        let mut product = vec![0; n + 1];
                        for (i, x) in f.iter().enumerate() {
                            g.iter()
                                .enumerate()
                                .for_each(|(j, y)| product[i + j] = (product[i + j] + x * y) % p);
                        }
                        least.insert(product, d);
                    }
                }
            }
            let (mut first_found, mut binomials) = (None, false);
            for f in monic(n) {
                let found = reducible(&field, &f).unwrap().map(|r| match r {
                    Reducible::Factor { degree } => degree,
                    Reducible::Constant => 0,
                });
                assert_eq!(found, least.get(&f).copied(), "{f:?} modulo {p}");
                binomials |= found.is_none() && f[1..n].iter().all(|&c| c == 0);
                if found.is_none() && first_found.is_none() {
                    first_found = Some(f);
                }
            }
            assert_eq!(Some(first(&field, n).unwrap()), first_found);
            assert_eq!(has_binomials(&p.into(), n), binomials, "degree {n} modulo {p}");
        }
    }

    #[test]
    fn degrees_and_large_fields() {
        let field = Zmod::prime((1 << 61) - 1).unwrap();
        for k in [1, 2, 3, 10] {
            let f = first(&field, k).unwrap();
            assert_eq!(f.len(), k + 1);
        }
        assert!(first(&field, 0).is_err());
        // No x^3 + c and no x^5 + c: neither 3 nor 5 divides p - 1.
        for k in [3, 5] {
            let f = first(&Zmod::prime(998_244_353).unwrap(), k).unwrap();
            assert!(f.len() == k + 1 && f[1] == 1);
        }
        // The product of two of degree 5.
        let (f, mut g) = (first(&field, 5).unwrap(), first(&field, 5).unwrap());
        g[0] += 1;
        while reducible(&field, &g).unwrap().is_some() {
            g[0] += 1;
        }
        let product = crate::ring::Ring::convolve(&field, &f, &g, &Want::full()).unwrap();
        assert!(matches!(reducible(&field, &product).unwrap(), Some(Reducible::Factor { degree: 5 })));
    }
}
