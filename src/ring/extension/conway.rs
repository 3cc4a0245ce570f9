//! Conway polynomials `C(p, n)`, from the definition and no table.
//!
//! # Method
//! `C(p, n)` is the first monic polynomial of degree `n` over GF(p) that is primitive and whose root `a` has, for every divisor `m < n` of `n`, the root
//! `a^((p^n - 1)/(p^m - 1))` of `C(p, m)`. First means: write it `x^n - c[n-1]*x^(n-1) + c[n-2]*x^(n-2) - ...` with signs that alternate and compare the
//! `c` from the highest down (R. Parker; F. Lübeck's pages; L. S. Heath, N. A. Loehr, J. Symb. Comp. 38, 2004). The constant is known: it is the
//! least primitive root, the root of `C(p, 1)`. The others are tried in order, a divisor `n/r` for a prime `r` at a time, largest first, which
//! refuses nearly all; degrees whose search would be too long are refused.

use super::{ExtensionField, NAME, irreducible};
use crate::integer::factor;
use crate::ring::generic::{self, divisor::Divisor};
use crate::ring::{FiniteField, norm};
use crate::{Error, Result, progress};
use num_bigint::BigUint;
use num_integer::Integer;
use std::collections::BTreeMap;

/// So many candidates times their degree are tried at most.
const MOST_WORK: u64 = 1 << 20;

impl<F: FiniteField> ExtensionField<F> {
    /// GF(p^k) by the Conway polynomial of degree `k`: its generator is a primitive element, and a power of it is the generator of each field
    /// between.
    ///
    /// # Errors
    /// Kind undefined for `k = 0`; kind unsupported where the field below is no prime field, where a divisor of `p^k - 1` is not factored, and where the
    /// search would be too long, as for most degrees with several divisors above 20 or so.
    ///
    /// # Examples
    /// ```
    /// use monic::{ExtensionField, Zmod};
    /// let field = ExtensionField::conway(Zmod::prime(5)?, 4)?;
    /// assert_eq!(field.modulus().to_string(), "x^4 + 4*x^2 + 4*x + 2");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn conway(base: F, k: usize) -> Result<Self> {
        if base.extension_degree() > 1 {
            return Err(Error::unsupported("Conway polynomials are over prime fields"));
        }
        if k == 0 {
            return Err(Error::undefined("an extension of degree 0"));
        }
        let mut known = BTreeMap::new();
        let divisors: Vec<usize> = (1..=k).filter(|m| k.is_multiple_of(*m)).collect();
        for &m in &divisors {
            // One in so many candidates has the roots that it should have, and one in m of those is irreducible.
            let free = m - 1 - (1..m).filter(|i| i.gcd(&m) == 1).count().min(m - 1);
            let bits = norm::log2(&base.characteristic()) * free as f64 + 2.0 * (m as f64).log2();
            if bits > MOST_WORK.ilog2().into() {
                return Err(too_long(&base, m));
            }
        }
        for m in divisors {
            let polynomial = search(&base, m, &known)?;
            known.insert(m, polynomial);
        }
        Self::assume_irreducible(base, &known[&k], NAME)
    }
}

/// `C(p, n)` from those of the divisors of `n`.
fn search<F: FiniteField>(
    field: &F,
    n: usize,
    known: &BTreeMap<usize, Vec<F::Element>>,
) -> Result<Vec<F::Element>> {
    let p = field.characteristic();
    let order: BigUint = num_traits::pow(p.clone(), n) - 1u8;
    if n == 1 {
        let root = field.try_primitive_element()?;
        return Ok(vec![field.neg(&root), field.one()]);
    }
    let primes: Vec<BigUint> = factor::power_minus_one(&p, n)?.into_iter().map(|(r, _)| r).collect();
    let root = field.neg(&known[&1][0]);
    // Of the divisors, those that are n/r for a prime r imply the others; larger ones refuse more.
    let tests: Vec<(BigUint, &Vec<F::Element>)> = factor::prime_divisors(n as u64)
        .into_iter()
        .map(|r| n / r as usize)
        .filter(|&m| m > 1)
        .map(|m| (&order / (num_traits::pow(p.clone(), m) - 1u8), &known[&m]))
        .collect();
    for number in 0..MOST_WORK / n as u64 {
        let mut f = vec![field.zero(); n + 1];
        f[n] = field.one();
        f[0] = if n.is_multiple_of(2) { root.clone() } else { field.neg(&root) };
        let mut rest = BigUint::from(number);
        for (i, slot) in f.iter_mut().enumerate().take(n).skip(1) {
            let c = field.nth_element(&(&rest % &p));
            *slot = if (n - i).is_multiple_of(2) { c } else { field.neg(&c) };
            rest /= &p;
        }
        if rest > BigUint::ZERO {
            break;
        }
        progress::report("looking for the Conway polynomial", number, MOST_WORK / n as u64)?;
        if is_conway(field, &f, &order, &primes, &tests)? {
            return Ok(f);
        }
    }
    Err(too_long(field, n))
}

#[cold]
fn too_long<F: FiniteField>(field: &F, n: usize) -> Error {
    Error::unsupported(format!("the Conway polynomial of degree {n} over {field:?} takes too long a search"))
}

fn is_conway<F: FiniteField>(
    field: &F,
    f: &[F::Element],
    order: &BigUint,
    primes: &[BigUint],
    tests: &[(BigUint, &Vec<F::Element>)],
) -> Result<bool> {
    let divisor = Divisor::new(field, f)?;
    let x = [field.zero(), field.one()];
    for (exponent, polynomial) in tests {
        let y = irreducible::power(&divisor, &x, exponent)?;
        // Horner's rule modulo f.
        let mut value: Vec<F::Element> = Vec::new();
        for c in polynomial.iter().rev() {
            value = divisor.mul(&value, &y)?;
            value.resize(value.len().max(1), field.zero());
            value[0] = field.try_add(&value[0], c)?;
            generic::trim(field, &mut value);
        }
        if !value.is_empty() {
            return Ok(false);
        }
    }
    if irreducible::reducible(field, f)?.is_some() {
        return Ok(false);
    }
    let extension = ExtensionField::assume_irreducible(field.clone(), f, NAME)?;
    Ok(irreducible::has_order(&extension, &extension.generator(), order, primes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::Zmod;

    /// F. Lübeck, "Conway polynomials for finite fields": a row a field, coefficients ascending.
    #[test]
    fn of_the_published_tables() {
        for (p, n, expected) in [
            (2u64, 1, vec![1u64, 1]),
            (2, 2, vec![1, 1, 1]),
            (2, 3, vec![1, 1, 0, 1]),
            (2, 4, vec![1, 1, 0, 0, 1]),
            (2, 6, vec![1, 1, 0, 1, 1, 0, 1]),
            (2, 8, vec![1, 0, 1, 1, 1, 0, 0, 0, 1]),
            (2, 12, vec![1, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 0, 1]),
            (3, 2, vec![2, 2, 1]),
            (3, 3, vec![1, 2, 0, 1]),
            (3, 4, vec![2, 0, 0, 2, 1]),
            (3, 6, vec![2, 2, 1, 0, 2, 0, 1]),
            (5, 2, vec![2, 4, 1]),
            (5, 3, vec![3, 3, 0, 1]),
            (7, 4, vec![3, 4, 5, 0, 1]),
            (11, 2, vec![2, 7, 1]),
            (109, 2, vec![6, 108, 1]),
        ] {
            let field = ExtensionField::conway(Zmod::prime(p).unwrap(), n).unwrap();
            assert_eq!(field.modulus_coefficients(), expected, "C({p}, {n})");
        }
        let error = ExtensionField::conway(Zmod::prime(2).unwrap(), 210).unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::Unsupported);
    }
}
