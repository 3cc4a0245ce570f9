//! Square-free factors: `f = f_1 * f_2^2 * f_3^3 * ...` with square-free `f_i`, coprime in pairs.
//!
//! It stands apart because in characteristic `p` a derivative loses the factors whose exponents are multiples of `p`.
//!
//! # Method
//! With `c = gcd(f, f')` the quotient `f/c` is the product of all factors whose exponents are no multiples of `p`, and every division of
//! `c` by its gcd with what is left of them lowers their exponents by one (R. Musser 1975; J. von zur Gathen, J. Gerhard, Modern
//! Computer Algebra, 14.6). What is left of `c` then is a `p`-th power, `sum of a^p*x^(p*k)`, and its root starts anew with all exponents
//! times `p`.

use crate::ring::FiniteField;
use crate::{Poly, Result, progress};
use num_traits::ToPrimitive;

/// A polynomial with its exponent.
type Power<F> = (Poly<F>, usize);

/// Monic square-free factors of a polynomial that is not zero, with exponents: coprime in pairs; of one exponent there may be several.
pub(super) fn parts<F: FiniteField>(f: &Poly<F>) -> Result<Vec<Power<F>>> {
    let field = f.ring();
    let mut parts = Vec::new();
    let mut f = f.try_monic()?;
    match f.valuation() {
        Some(k) if k > 0 => {
            parts.push((Poly::x(field.clone()), k));
            f = f.quo_x_pow(k);
        }
        _ => {}
    }
    let mut scale = 1;
    while f.len() > 1 {
        let mut rest = f.try_gcd(&f.try_derivative(1)?)?;
        if rest.is_one() {
            parts.push((f, scale));
            break;
        }
        let mut simple = f.try_exact_quo(&rest)?;
        let mut exponent = 1;
        while simple.len() > 1 {
            progress::report("square-free factors", exponent as u64, f.len() as u64)?;
            let more = simple.try_gcd(&rest)?;
            let factor = if more.len() == simple.len() { None } else { Some(simple.try_exact_quo(&more)?) };
            parts.extend(factor.map(|factor| (factor, exponent * scale)));
            rest = rest.try_exact_quo(&more)?;
            simple = more;
            exponent += 1;
        }
        // A p-th power that is not constant has a degree of at least p.
        let p = match field.characteristic().to_usize() {
            Some(p) if rest.len() > 1 => p,
            _ => break,
        };
        let roots = rest.iter().step_by(p).map(|c| field.pth_root(c)).collect();
        f = Poly::from_vec(field.clone(), roots);
        scale *= p;
    }
    Ok(parts)
}

/// One factor for each exponent.
pub(super) fn together<F: FiniteField>(mut parts: Vec<Power<F>>) -> Result<Vec<Power<F>>> {
    crate::sorting::by_key(&mut parts, |(_, exponent)| *exponent);
    let mut factors: Vec<Power<F>> = Vec::new();
    for (part, exponent) in parts {
        match factors.last_mut() {
            Some((factor, last)) if *last == exponent => *factor = factor.try_mul(&part)?,
            _ => factors.push((part, exponent)),
        }
    }
    Ok(factors)
}
