//! Square-free parts in characteristic 0: `f = f_1 * f_2^2 * f_3^3 * ...`, all `f_i` square-free and coprime in pairs.
//!
//! It stands apart because Z and number fields share it; where derivatives of more than constants vanish, in characteristic `p`, there is
//! another way (`finite`).
//!
//! # Method
//! D. Yun, "On square-free decomposition algorithms", SYMSAC '76: one gcd of `f` and `f'`, then gcds of what is left, whose degrees add up to
//! that of `f`.

use crate::ring::Ring;
use crate::{Poly, Result};

/// The parts that are not constant with their exponents, ascending, from a polynomial in normal form (monic, or primitive with positive leading coefficient);
/// so are the parts.
///
/// # Errors
/// Those of the ring's gcds and quotients.
pub(super) fn parts<R: Ring>(f: &Poly<R>) -> Result<Vec<(Poly<R>, usize)>> {
    let mut parts = Vec::new();
    if f.is_constant() {
        return Ok(parts);
    }
    let derivative = f.try_derivative(1)?;
    let common = f.try_gcd(&derivative)?;
    // v is the product of the parts from the exponent on, w a sum over them that leaves those of a higher one.
    let mut v = f.try_exact_quo(&common)?;
    let mut w = derivative.try_exact_quo(&common)?.try_sub(&v.try_derivative(1)?)?;
    let mut exponent = 1;
    while !v.is_constant() {
        let part = v.try_gcd(&w)?;
        v = v.try_exact_quo(&part)?;
        w = w.try_exact_quo(&part)?.try_sub(&v.try_derivative(1)?)?;
        if !part.is_constant() {
            parts.push((part, exponent));
        }
        exponent += 1;
    }
    Ok(parts)
}
