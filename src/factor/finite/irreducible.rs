//! Whether a polynomial over GF(q) is irreducible.
//!
//! # Method
//! Most polynomials that are not have a factor of small degree: gcds with `x^(q^i) - x` for the first `i` (M. Ben-Or, "Probabilistic algorithms
//! in finite fields", FOCS 1981). What passes is irreducible just when `x^(q^n) = x` modulo `f`, and `x^(q^(n/r)) - x` is coprime to `f` for
//! every prime `r` that divides `n` (M. Rabin, "Probabilistic algorithms in finite fields", SIAM J. Comput. 9, 1980); these powers by doubling.

use super::frobenius::{self, Map};
use crate::integer::factor::prime_divisors;
use crate::ring::FiniteField;
use crate::{Divisor, Poly, Result, progress};

/// Whether a polynomial is irreducible.
pub(super) fn test<F: FiniteField>(f: &Poly<F>) -> Result<bool> {
    let n = match f.degree() {
        None | Some(0) => return Ok(false),
        Some(1) => return Ok(true),
        Some(n) => n,
    };
    let f = f.try_monic()?;
    if f.valuation() != Some(0) || !f.try_gcd(&f.try_derivative(1)?)?.is_one() {
        return Ok(false);
    }
    let divisor = f.try_divisor()?;
    let x = Poly::x(f.ring().clone());
    let first = frobenius::of_x(&divisor)?;
    // As many steps as Rabin's test has doublings.
    let few = (n.ilog2() as usize + 1).min(n / 2);
    let map = if few > 1 { Some(Map::first(&divisor, &first, few - 1)?) } else { None };
    let mut power = first.clone();
    for i in 1..=few {
        progress::report("irreducibility", i as u64, few as u64)?;
        if i > 1
            && let Some(map) = &map
        {
            power = map.apply(&power, &divisor)?;
        }
        if !f.try_gcd(&power.try_sub(&x)?)?.is_one() {
            return Ok(false);
        }
    }
    if few == n / 2 {
        return Ok(true);
    }
    let mut doubled = vec![first];
    if iterate(&divisor, &mut doubled, n)? != x {
        return Ok(false);
    }
    for r in prime_divisors(n as u64) {
        let power = iterate(&divisor, &mut doubled, n / r as usize)?;
        if !f.try_gcd(&power.try_sub(&x)?)?.is_one() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `x^(q^n)`, from the list of `x^(q^(2^i))`, which is continued.
fn iterate<F: FiniteField>(divisor: &Divisor<F>, doubled: &mut Vec<Poly<F>>, n: usize) -> Result<Poly<F>> {
    let mut power = None;
    for i in 0..=n.ilog2() as usize {
        progress::report("irreducibility", i as u64, n.ilog2().into())?;
        if i == doubled.len() {
            let last = &doubled[i - 1];
            doubled.push(divisor.try_compose(last, last)?);
        }
        if n >> i & 1 == 1 {
            power = Some(match power {
                None => doubled[i].clone(),
                Some(power) => divisor.try_compose(&power, &doubled[i])?,
            });
        }
    }
    Ok(power.unwrap_or_else(|| Poly::x(divisor.poly().ring().clone())))
}
