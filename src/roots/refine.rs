//! Refinement of an isolating interval to any width.
//!
//! # Method
//! Quadratic interval refinement (J. Abbott, "Quadratic interval refinement for real roots", ISSAC 2006, poster; ACM Commun. Comput. Algebra 48, 2014):
//! the interval is cut into `2^m` parts, the secant through the values at the ends says which one has the root; where it has,
//! which two signs prove, `m` is doubled, else halved. In the end every step doubles the number of digits, and all is proved on the way.
//!
//! # Invariants
//! The ends are no roots and have different signs.

use super::{
    dyadic::Dyadic,
    evaluate::{relative, sign},
};
use crate::{Result, progress};
use num_bigint::{BigInt, Sign};
use num_traits::{One, Signed};

/// An interval with one root of a polynomial, which is below 0 at the lower end (`rising`) or at the upper one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bracket {
    pub(super) low: Dyadic,
    pub(super) high: Dyadic,
    pub(super) rising: bool,
}

impl Bracket {
    /// `high - low`.
    pub(super) fn width(&self) -> Dyadic {
        &self.high - &self.low
    }

    /// Whether a point with a value of that sign is below the root.
    fn is_below(&self, sign: Sign) -> bool {
        (sign == Sign::Minus) == self.rising
    }

    /// Makes the interval at most `2^exponent` wide.
    ///
    /// # Errors
    /// Kind interrupted; the interval still has the root then.
    pub(super) fn refine(&mut self, f: &[BigInt], exponent: i64) -> Result<()> {
        let target = Dyadic::power_of_two(exponent);
        let mut m = 2u64;
        let mut precision = 64;
        let mut total = 0;
        loop {
            let width = self.width();
            let Some(excess) = width.magnitude().map(|top| top - exponent).filter(|_| width > target) else {
                return Ok(());
            };
            total = total.max(excess.unsigned_abs());
            progress::report("refining a root", total - excess.unsigned_abs(), total)?;
            // No finer than is asked for.
            let parts = m.min(excess.unsigned_abs()).max(1);
            match self.part(f, &width, parts, &mut precision) {
                Some(part) => {
                    *self = part;
                    m = 2 * m.min(1 << 40);
                }
                None => {
                    self.halve(f);
                    m = (m / 2).max(1);
                }
            }
        }
    }

    /// The half with the root.
    fn halve(&mut self, f: &[BigInt]) {
        let middle = self.low.midpoint(&self.high);
        if self.is_below(sign(f, &middle)) {
            self.low = middle;
        } else {
            self.high = middle;
        }
    }

    /// That of `2^m` parts in which the secant has its zero, if the root is there, or in its neighbour.
    fn part(&self, f: &[BigInt], width: &Dyadic, m: u64, precision: &mut u64) -> Option<Bracket> {
        let bits = m + 4;
        let at = |x: &Dyadic, precision: &mut u64| relative(f, x, bits, precision);
        let (first, last) = (at(&self.low, precision).abs(), at(&self.high, precision).abs());
        let least = first.exponent().min(last.exponent());
        let (first, last) = (first.floor_units(least), last.floor_units(least));
        let sum = &first + last;
        let index: BigInt = ((first << (m + 1)) / sum + BigInt::one()) >> 1u32;
        let all = BigInt::one() << m;
        let part = width.scaled(-(m as i64));
        let point = |k: &BigInt| &self.low + &(&Dyadic::from(k.clone()) * &part);
        let inner = |k: &BigInt| k.is_positive() && *k < all;
        // The root is on one side of the point nearest to the zero of the secant.
        let near = point(&index);
        let below = if inner(&index) { self.is_below(sign(f, &near)) } else { !index.is_positive() };
        let other = if below { &index + 1 } else { &index - 1 };
        let far = point(&other);
        if inner(&other) && self.is_below(sign(f, &far)) == below {
            return None;
        }
        let (low, high) = if below { (near, far) } else { (far, near) };
        Some(Bracket { low, high, rising: self.rising })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ZZ;

    #[test]
    fn to_any_width() {
        for (text, low, high) in [
            ("x^2 - 2", 1, 2),
            ("2 - x^2", 1, 2),
            ("x^2 - 2", -100, 0),
            ("x^5 - x - 1", 0, 1000),
            ("x^30 - 2", 0, 8),
            ("10^20*x - 1", 0, 1),
            ("x^3 - x^2 + 1", -1, 0),
        ] {
            let f = ZZ.parse(text).unwrap().into_coefficients();
            let (low, high) = (Dyadic::from(low), Dyadic::from(high));
            let rising = sign(&f, &low) == Sign::Minus;
            for exponent in [3, 0, -1, -10, -200, -3000] {
                let mut bracket = Bracket { low: low.clone(), high: high.clone(), rising };
                bracket.refine(&f, exponent).unwrap();
                let Bracket { low, high, .. } = bracket;
                assert!(&high - &low <= Dyadic::power_of_two(exponent), "{text}");
                let signs = (sign(&f, &low), sign(&f, &high));
                assert!(matches!(signs, (Sign::Minus, Sign::Plus) | (Sign::Plus, Sign::Minus)), "{text}");
            }
        }
    }
}
