//! `log2` of the 1-norm, `log2(sum of |c|)`: how large powers and values become, before they are computed.
//!
//! The 1-norm is submultiplicative, so `|f^n|` has at most `n*log2|f|` bits a coefficient.

use super::{Ring, numbers};
use num_bigint::{BigInt, BigUint, Sign};
use num_rational::BigRational;
use num_traits::ToPrimitive;

/// The base-2 logarithm, to double precision; 0 for zero.
pub fn log2(n: &BigUint) -> f64 {
    let shift = n.bits().saturating_sub(64);
    let top = if shift == 0 { n.to_u64() } else { (n >> shift).to_u64() };
    log2_word(top.unwrap_or(0)) + shift as f64
}

/// That of the absolute value; minus infinity for zero.
pub(crate) fn log2_abs(c: &BigInt) -> f64 {
    if c.sign() == Sign::NoSign { f64::NEG_INFINITY } else { log2(c.magnitude()) }
}

/// `log2` of the sum of absolute values.
pub fn of_integers<'a>(f: impl IntoIterator<Item = &'a BigInt>) -> f64 {
    let mut rest = f.into_iter();
    // Words as long as there are only such: memory of no more than 2^64 of them.
    let (mut words, mut long) = (0u128, None);
    for c in rest.by_ref() {
        let mut digits = c.iter_u64_digits();
        if digits.len() > 1 {
            long = Some(c.magnitude());
            break;
        }
        words += u128::from(digits.next().unwrap_or(0));
    }
    match long {
        None if words >> 64 == 0 => log2_word(words as u64),
        None => log2(&words.into()),
        Some(long) => log2(&(rest.map(BigInt::magnitude).sum::<BigUint>() + long + words)),
    }
}

/// The base-2 logarithm of a word; 0 for zero.
fn log2_word(n: u64) -> f64 {
    if n.is_power_of_two() { n.trailing_zeros().into() } else { (n.max(1) as f64).log2() }
}

/// `log2` of the common denominator plus that of the sum of absolute values of the numerators over it; infinite when
/// the denominator alone is over the [limit](crate::limit).
pub fn of_rationals<'a>(f: impl IntoIterator<Item = &'a BigRational> + Clone) -> f64 {
    let Ok(denominator) = numbers::common_denominator(f.clone(), 1) else { return f64::INFINITY };
    let numerators = f.into_iter().map(|c| (c.numer() * (&denominator / c.denom())).into_parts().1).sum();
    log2(denominator.magnitude()) + log2(&numerators)
}

/// A bound on the bits of every coefficient of `f^n` below `x^end`, from [`Ring::log2_norm`].
///
/// That is `n*log2|f|`, or, where only low coefficients are wanted, what `f = c + x*g` gives: `f^n` is the sum of
/// `binomial(n, j) c^(n-j) x^j g^j`, and only `j < end` reach below `x^end`.
pub fn of_power<R: Ring>(ring: &R, f: &[R::Element], n: u64, end: u64) -> f64 {
    let norm = ring.log2_norm(f).max(0.0);
    let constant = ring.log2_norm(f.get(..1).unwrap_or_default()).max(0.0);
    let (power, terms) = (n as f64, n.min(end.saturating_sub(1)) as f64);
    let low = power * constant + terms * (norm + power.max(1.0).log2()) + (terms + 1.0).log2();
    low.min(power * norm)
}
