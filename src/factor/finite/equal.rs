//! Equal degrees: the irreducible factors of a product of some that have one degree `d`.
//!
//! # Method
//! Modulo each factor the trace `t = a + a^q + ... + a^(q^(d-1))` of a random `a` is a random element of GF(q), and `(t + c)^((q-1)/2)` is `1` or
//! `-1` with about the same probability, so that its gcd with the product cuts it (D. Cantor, H. Zassenhaus, "A new algorithm for factoring
//! polynomials over finite fields", Math. Comp. 36, 1981). In characteristic two the trace of `c*t` down to GF(2) does. Traces are computed by doubling
//! (J. von zur Gathen, V. Shoup 1992): with `x_i = x^(q^i)` and `t_i` the sum of the first `i` terms, `t_(i+j) = t_i + t_j(x_i)` and `x_(i+j) = x_j(x_i)`.
//!
//! One trace serves all cuts: where it is different modulo two factors, some `c` tells them apart. A new one is drawn where it is the
//! same modulo all that are left together.

use super::super::random::Random;
use super::frobenius::Map;
use crate::ring::FiniteField;
use crate::{Divisor, Poly, Result, progress};
use num_bigint::BigUint;

/// The seed of all random choices.
pub(super) const SEED: u64 = 0x006D_6F6E_6963;

/// Traces of so many squarings are computed without compositions: an estimate.
const POWERS: u64 = 64;

/// Appends the irreducible factors of a product of some of degree `degree`; `frobenius` is `x^q` modulo a multiple.
pub(super) fn split<F: FiniteField>(
    f: Poly<F>,
    degree: usize,
    frobenius: &Poly<F>,
    factors: &mut Vec<Poly<F>>,
) -> Result<()> {
    let total = (f.len() - 1) / degree;
    let field = f.ring().clone();
    let mut random = Random::new(SEED);
    let mut found = 0;
    let mut stack = vec![(f, None::<Poly<F>>)];
    while let Some((f, trace)) = stack.pop() {
        if f.len() - 1 <= degree {
            factors.push(f);
            found += 1;
            continue;
        }
        progress::report("equal degrees", found, total as u64)?;
        let divisor = f.try_divisor()?;
        let mut trace = match trace {
            Some(trace) => divisor.try_quo_rem(&trace)?.1,
            None => Poly::zero(field.clone()),
        };
        let mut tries = 0..super::TRIES;
        let half = loop {
            tries.next().ok_or_else(|| super::no_field(&field))?;
            if trace.len() < 2 {
                trace = draw(&divisor, degree, frobenius, &mut random)?;
                continue;
            }
            let c = random.element(&field);
            let half = cut(&divisor, &trace, &c)?;
            if half.len() > 1 && half.len() < f.len() {
                break half;
            }
        };
        let other = f.try_exact_quo(&half)?;
        stack.push((other, Some(trace.clone())));
        stack.push((half, Some(trace)));
    }
    Ok(())
}

/// A polynomial that is in GF(q) modulo each factor.
fn draw<F: FiniteField>(
    divisor: &Divisor<F>,
    degree: usize,
    frobenius: &Poly<F>,
    random: &mut Random,
) -> Result<Poly<F>> {
    let field = divisor.poly().ring();
    if degree == 1 {
        // In GF(q) already, and different modulo all factors.
        return Ok(Poly::x(field.clone()));
    }
    let a = random.poly(field, divisor.poly().len() - 1);
    let mut trace = a.clone();
    let mut image = divisor.try_quo_rem(frobenius)?.1;
    if degree as u64 * field.order().bits() <= POWERS {
        let mut power = a;
        for _ in 1..degree {
            power = divisor.try_pow(&power, &field.order())?;
            trace = trace.try_add(&power)?;
        }
        return Ok(trace);
    }
    let first = Map::of(divisor, &image, 2 * degree.count_ones() as usize)?;
    for bit in (0..degree.ilog2()).rev() {
        let doubling = match bit + 1 == degree.ilog2() {
            true => None,
            false => Some(Map::of(divisor, &image, 2)?),
        };
        let doubling = doubling.as_ref().unwrap_or(&first);
        trace = trace.try_add(&doubling.apply(&trace, divisor)?)?;
        image = doubling.apply(&image, divisor)?;
        if degree >> bit & 1 == 1 {
            trace = a.try_add(&first.apply(&trace, divisor)?)?;
            image = first.apply(&image, divisor)?;
        }
    }
    Ok(trace)
}

/// A factor of the divisor, which may be one or all of it.
fn cut<F: FiniteField>(divisor: &Divisor<F>, trace: &Poly<F>, c: &F::Element) -> Result<Poly<F>> {
    let f = divisor.poly();
    let field = f.ring();
    let p = field.characteristic();
    if p == BigUint::from(2u8) {
        let mut power = if field.is_zero(c) { trace.clone() } else { trace.try_scale(c)? };
        let mut sum = power.clone();
        for _ in 1..field.extension_degree() {
            power = divisor.try_mul(&power, &power)?;
            sum = sum.try_add(&power)?;
        }
        return f.try_gcd(&sum);
    }
    let shifted = trace.try_add(&Poly::constant(field.clone(), c.clone()))?;
    let power = divisor.try_pow(&shifted, &(field.order() >> 1))?;
    f.try_gcd(&power.try_sub(&Poly::one(field.clone()))?)
}
