//! The roots of a product of different linear polynomials over GF(q).
//!
//! It stands apart from other degrees because the polynomial is moved in place of what is powered: modulo `f(x + c)` the power of `x` itself tells `r - c` for the roots
//! `r` of `f` apart, squares and others, and a product with `x` is a shift (M. Rabin, "Probabilistic algorithms in finite fields", SIAM J. Comput. 9,
//! 1980). Characteristic two goes with the other degrees.

use super::{super::random::Random, equal};
use crate::ring::FiniteField;
use crate::{Poly, Result, progress};

/// Appends the roots of a monic product of different linear polynomials; `half`, where it is known, is `x^((q-1)/2)` modulo a multiple of it, and `q` is odd then.
pub(super) fn roots<F: FiniteField>(
    f: Poly<F>,
    half: Option<&Poly<F>>,
    roots: &mut Vec<F::Element>,
) -> Result<()> {
    let field = f.ring().clone();
    if f.len() < 2 {
        return Ok(());
    }
    if !field.order().bit(0) {
        let mut factors = Vec::new();
        equal::split(f, 1, &Poly::x(field.clone()), &mut factors)?;
        roots.extend(factors.iter().map(|factor| field.neg(&factor.coefficients()[0])));
        return Ok(());
    }
    let total = f.len() as u64 - 1;
    let exponent = field.order() >> 1;
    let (x, one) = (Poly::x(field.clone()), Poly::one(field.clone()));
    let mut random = Random::new(equal::SEED);
    let half = half.map(|half| f.try_divisor()?.try_quo_rem(half).map(|(_, rem)| rem)).transpose()?;
    let mut stack = vec![(f, field.zero(), half)];
    while let Some((mut f, mut offset, mut half)) = stack.pop() {
        if f.len() <= 2 {
            if f.len() == 2 {
                roots.push(field.sub(&offset, &f.coefficients()[0]));
            }
            continue;
        }
        progress::report("roots", roots.len() as u64, total)?;
        let mut tries = 0..super::TRIES;
        let square = loop {
            tries.next().ok_or_else(|| super::no_field(&field))?;
            let half = match half.take() {
                Some(half) => half,
                None => {
                    let c = random.element(&field);
                    f = f.try_taylor_shift(&c)?;
                    offset = field.add(&offset, &c);
                    f.try_divisor()?.try_pow(&x, &exponent)?
                }
            };
            let square = f.try_gcd(&half.try_sub(&one)?)?;
            if square.len() > 1 && square.len() < f.len() {
                break square;
            }
        };
        let other = f.try_exact_quo(&square)?;
        stack.push((other, offset.clone(), None));
        stack.push((square, offset, None));
    }
    Ok(())
}
