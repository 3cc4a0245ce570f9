//! What is done to integer sequences in words and in rows of limbs, step by step: long division, Taylor shifts, greatest common
//! divisors.
//!
//! It stands apart from the generic forms of the same, which make a `BigInt` at every step, and from [`images`](super::images), which
//! have a prime for every 49 bits of a result: here operands are short or results small, as most are in a computer-algebra system.
//!
//! - [`words`]: division as long as everything stays in words or double words
//! - [`rows`]: division in rows of as many limbs as a bound asks for
//! - [`by_words`]: division in rows by divisors of words, a pass over a row at a step
//! - [`least`]: the same over Q, scaled by no more than a step needs
//! - [`shift`]: `f(x + a)` in rows
//! - [`composition`]: `f(g)` in words and flat sequences
//! - [`gcd`]: the gcd of two polynomials from that of two values

pub(super) mod by_words;
pub(super) mod composition;
pub(super) mod gcd;
pub(super) mod least;
pub(super) mod rows;
pub(super) mod shift;
pub(super) mod words;

use num_bigint::BigInt;

/// An upper bound of the base-2 logarithm of the Euclidean norm of a sequence that is not zero; 0 for zeros.
pub(super) fn log2_euclidean(f: &[BigInt]) -> f64 {
    let bits = f.iter().map(BigInt::bits).max().unwrap_or(0);
    if bits == 0 {
        return 0.0;
    }
    let square = |c: &BigInt| {
        // The two leading limbs of c/2^bits, and one more in the last place for what they leave out.
        let len = c.iter_u64_digits().len();
        let mut leading = c.iter_u64_digits().skip(len.saturating_sub(2));
        let (low, high) = match (leading.next(), leading.next()) {
            (Some(low), Some(high)) => (low, high),
            (Some(only), None) => (0, only),
            _ => return 0.0,
        };
        let top = (high as f64 + (low as f64 + 1.0) / 2f64.powi(64)) / 2f64.powi(64);
        // Far below the largest a coefficient counts as little as this.
        let value = top * 2f64.powi((64 * len as i64 - bits as i64).max(-500) as i32);
        value * value
    };
    // Relative errors of sums of positive terms are below 2^-30 for any length that there is memory for.
    0.5 * f.iter().map(square).sum::<f64>().log2() + bits as f64 + 1e-6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn norms() {
        let close = |f: &[BigInt], expected: f64| {
            let bound = log2_euclidean(f);
            assert!(bound >= expected && bound < expected + 1e-4, "{bound} for {expected}");
        };
        close(&[3.into(), (-4).into()], 5f64.log2());
        close(&[BigInt::from(1) << 1000, 1.into()], 1000.0);
        close(&[1.into(), 0.into()], 0.0);
        close(&[u64::MAX.into(), u64::MAX.into()], 64.5);
        close(&[BigInt::from(u128::MAX), BigInt::from(3) << 127], 127.0 + 0.5 * 13f64.log2());
        assert_eq!(log2_euclidean(&[BigInt::ZERO]), 0.0);
    }
}
