//! Sturm's sequence `f, f', -(f rem f'), ...`: the number of distinct real roots in an interval, from changes of sign at its ends.
//!
//! It stands apart from isolation, which is far faster: a second way that shares nothing with it but exact division.
//!
//! # Source
//! C. Sturm, "Mémoire sur la résolution des équations numériques", 1835. Remainders are pseudo-remainders by positive factors, divided by their
//! contents.

use super::evaluate::sign_at_rational;
use crate::{Integers, Poly, Result};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::Signed;

/// The sequence of a polynomial that is not zero.
///
/// # Examples
/// ```
/// use monic::{ZZ, roots::sturm::SturmSequence};
/// use num_rational::BigRational;
/// let sequence = SturmSequence::try_new(&ZZ.parse("x^3 - 3*x + 1")?)?;
/// let [zero, one] = [0, 1].map(|n| BigRational::from_integer(n.into()));
/// assert_eq!((sequence.count(), sequence.count_between(&zero, &one)), (3, 1));
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SturmSequence {
    terms: Vec<Poly<Integers>>,
}

impl SturmSequence {
    /// Computes the sequence.
    ///
    /// # Errors
    /// Kind undefined for the zero polynomial; kind limit, when memory is refused.
    ///
    /// # Complexity
    /// Cubic in the degree, at least.
    pub fn try_new(f: &Poly<Integers>) -> Result<Self> {
        if f.is_zero() {
            return Err(super::real::every_number());
        }
        let mut terms = vec![f.primitive_part()];
        let mut next = f.derivative().primitive_part();
        while !next.is_zero() {
            let last = &terms[terms.len() - 1];
            let mut rem = last.try_pseudo_quo_rem(&next)?.1;
            // The remainder is that of l^d*f: a negative power turns its sign.
            let d = last.len().saturating_sub(next.len()) + 1;
            let turned = next.leading_coefficient().is_some_and(BigInt::is_negative) && d % 2 == 1;
            if !turned {
                rem = rem.try_neg()?;
            }
            terms.push(next);
            next = rem.primitive_part();
        }
        // Where a multiple root is an end of an interval, all terms would be 0.
        if let Some(common) = terms.last().filter(|common| !common.is_constant()).cloned() {
            terms = terms.iter().map(|term| term.try_exact_quo(&common)).collect::<Result<_>>()?;
        }
        Ok(SturmSequence { terms })
    }

    /// The polynomials, each divided by its content and by the common divisor of all, which has the multiple roots.
    pub fn terms(&self) -> &[Poly<Integers>] {
        &self.terms
    }

    /// The number of distinct real roots.
    pub fn count(&self) -> usize {
        let at_infinity = |mirrored: bool| {
            changes(self.terms.iter().map(|f| {
                let sign = f.leading_coefficient().map_or(Sign::NoSign, BigInt::sign);
                if mirrored && f.len() % 2 == 0 { -sign } else { sign }
            }))
        };
        at_infinity(true).saturating_sub(at_infinity(false))
    }

    /// The number of distinct real roots with `a < x <= b`.
    pub fn count_between(&self, a: &BigRational, b: &BigRational) -> usize {
        let at = |x: &BigRational| changes(self.terms.iter().map(|f| sign_at_rational(f.coefficients(), x)));
        at(a).saturating_sub(at(b))
    }
}

fn changes(signs: impl Iterator<Item = Sign>) -> usize {
    let signs: Vec<Sign> = signs.filter(|&sign| sign != Sign::NoSign).collect();
    signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ZZ;

    #[test]
    fn counts() {
        for (text, count) in [
            ("5", 0),
            ("x - 3", 1),
            ("-x^2 + 2", 2),
            ("(x - 1)^3*(x + 2)", 2),
            ("x^4 + 1", 0),
            ("-2*x^5 + 20*x^3 - 7*x + 1", 5),
            ("x^5 - x - 1", 1),
        ] {
            let f = ZZ.parse(text).unwrap();
            assert_eq!(SturmSequence::try_new(&f).unwrap().count(), count, "{text}");
            assert_eq!(f.real_roots().len(), count, "{text}");
        }
        let sequence = SturmSequence::try_new(&ZZ.parse("x*(x - 1)*(x - 2)").unwrap()).unwrap();
        let n = |n: i64| BigRational::from_integer(n.into());
        assert_eq!(
            [(0, 2), (-1, 0), (1, 1), (0, 1)].map(|(a, b)| sequence.count_between(&n(a), &n(b))),
            [2, 1, 0, 1]
        );
        assert!(SturmSequence::try_new(&Poly::zero(ZZ)).is_err());
    }
}
