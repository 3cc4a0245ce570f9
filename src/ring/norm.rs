//! `log2` of the 1-norm, `log2(sum of |c|)`: how large powers and values become, before they are computed.
//!
//! The 1-norm is submultiplicative, so `|f^n|` has at most `n*log2|f|` bits a coefficient.

use super::engine;
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// The base-2 logarithm, to double precision; 0 for zero.
pub fn log2(n: &BigUint) -> f64 {
    let shift = n.bits().saturating_sub(64);
    let top = if shift == 0 { n.to_u64() } else { (n >> shift).to_u64() };
    match top {
        None | Some(0) => 0.0,
        Some(top) => (top as f64).log2() + shift as f64,
    }
}

/// `log2` of the sum of absolute values.
pub fn of_integers<'a>(f: impl IntoIterator<Item = &'a BigInt>) -> f64 {
    log2(&f.into_iter().map(BigInt::magnitude).sum())
}

/// `log2` of the common denominator plus that of the sum of absolute values of the numerators over it; infinite when
/// the denominator alone is over the [limit](crate::limit).
pub fn of_rationals<'a>(f: impl IntoIterator<Item = &'a BigRational> + Clone) -> f64 {
    let Ok(denominator) = engine::common_denominator(f.clone(), 1) else { return f64::INFINITY };
    let numerators = f.into_iter().map(|c| (c.numer() * (&denominator / c.denom())).into_parts().1).sum();
    log2(denominator.magnitude()) + log2(&numerators)
}
