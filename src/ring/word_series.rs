//! Functions of short power series modulo a word: which of them are computed coefficient by coefficient in words.
//!
//! It stands apart from [`zmod`](super::zmod) because what has a value at all is decided here, by constant coefficients and numbers to divide by; what
//! is left out, errors among it, is up to the [algorithms](super::generic::series) that every ring has.

use super::{Elementary, generic::series::Function};
use crate::{
    Result,
    convolution::{
        horner,
        short_series::{self, Function as Short},
        tuning,
    },
    integer::WordModulus,
};
use num_traits::One;

/// Divisors with fewer than one coefficient in so many of the quotient are sparse.
const SPARSE: usize = 8;

/// The most coefficients that are computed in words, from which Newton's iterations start.
pub(super) fn most(n: &WordModulus) -> usize {
    let n = n.modulus();
    if n % 2 == 1 && n < 1 << 61 { tuning::SERIES_WORDS } else { tuning::SERIES_START }
}

/// `f/g` to `len` coefficients, where they are few and `g` begins with a unit.
///
/// # Errors
/// Kind limit, where memory is refused.
pub(super) fn quotient(n: &WordModulus, f: &[u64], g: &[u64], len: usize) -> Result<Option<Vec<u64>>> {
    // A divisor of few terms is left to a sum over these.
    let short = (1..=most(n)).contains(&len) && len <= SPARSE * g.len();
    let Some(&constant) = g.first().filter(|&&c| c != 0 && short) else { return Ok(None) };
    let unit = if constant == 1 { 1 } else { n.inverse(constant).unwrap_or(0) };
    if unit == 0 {
        return Ok(None);
    }
    short_series::series(n, Short::Quotient(f, g, unit), len)
}

/// A function to `len` coefficients, where they are few, modulo a prime or any other number.
///
/// # Errors
/// Kind limit, where memory is refused.
pub(super) fn function(
    n: &WordModulus,
    prime: bool,
    function: &Function<'_, u64>,
    len: usize,
) -> Result<Option<Vec<u64>>> {
    if len > most(n) {
        return Ok(None);
    }
    // All numbers below the length are units.
    let divides = prime && len as u128 <= n.modulus();
    let begins = |f: &[u64], constant: u64| f.first().map_or(constant == 0, |&c| c == constant);
    let log;
    let short = match *function {
        Function::Inverse(f) => return quotient(n, &[n.one()], f, len),
        Function::Quotient(f, g) => return quotient(n, f, g, len),
        Function::Elementary(Elementary::Exp, f) if divides && begins(f, 0) => Short::Exp(f),
        Function::Elementary(Elementary::Log, f) if divides && begins(f, 1) => Short::Log(f),
        Function::Elementary(Elementary::Tan, f) if divides && begins(f, 0) => Short::Tangent(f),
        Function::Elementary(Elementary::Sin | Elementary::Cos, f) | Function::SineCosine(f)
            if divides && begins(f, 0) =>
        {
            Short::SineCosine(f)
        }
        Function::Power(f, e)
            if n.modulus() % 2 == 1 && begins(f, 1) && e.numer().is_one() && *e.denom() == 2.into() =>
        {
            Short::SquareRoot(f, (n.modulus() / 2 + 1) as u64)
        }
        Function::Power(f, e) if divides && begins(f, 1) => {
            let Ok(over) = n.inverse(n.reduce_bigint(e.denom())) else { return Ok(None) };
            let factor = n.prepare(n.mul(n.reduce_bigint(e.numer()), over));
            let Some(mut coefficients) = short_series::series(n, Short::Log(f), len)? else {
                return Ok(None);
            };
            coefficients.iter_mut().for_each(|c| *c = n.mul_prepared(factor, *c));
            log = coefficients;
            Short::Exp(&log)
        }
        Function::Composition(f, g) if begins(g, 0) => {
            // Higher powers of g are beyond the last coefficient.
            let valuation = g.iter().position(|&c| c != 0).unwrap_or(len);
            Short::Composition(&f[..f.len().min(len.div_ceil(valuation.max(1)))], g)
        }
        Function::Reversion(g) if divides && begins(g, 0) && len > 1 => {
            let Some(Ok(unit)) = g.get(1).filter(|&&c| c != 0).map(|&c| n.inverse(c)) else {
                return Ok(None);
            };
            Short::Reversion(g, unit)
        }
        _ => return Ok(None),
    };
    let mut result = short_series::series(n, short, len)?;
    if let Some(both) = &mut result {
        match function {
            Function::Elementary(Elementary::Sin, _) => both.truncate(len),
            Function::Elementary(Elementary::Cos, _) => drop(both.drain(..len)),
            _ => {}
        }
    }
    Ok(result)
}

/// `f(g)` for polynomials, where the result has few coefficients; neither is constant. There may be zeros at its end.
///
/// # Errors
/// Kind limit, where memory is refused.
pub(super) fn composition(n: &WordModulus, f: &[u64], g: &[u64]) -> Result<Option<Vec<u64>>> {
    let len = (f.len() - 1).saturating_mul(g.len() - 1).saturating_add(1);
    // Two by two nothing has to be prepared for.
    if len > tuning::COMPOSITION_WORDS || n.modulus() == 1 || f.len().max(g.len()) == 2 {
        return Ok(None);
    }
    if g.len() <= horner::INNER {
        return Ok(Some(horner::composition(n, f, g)));
    }
    short_series::series(n, Short::Composition(f, g), len)
}
