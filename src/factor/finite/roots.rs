//! Roots in GF(q) of polynomials over it: the linear factors, `gcd(f, x^q - x)`, apart.
//!
//! It stands apart from factoring because nothing else is computed. In a field of hardly more elements than `f` has roots all are tried.

use super::{frobenius, linear, squarefree};
use crate::ring::FiniteField;
use crate::{Poly, Result};
use num_traits::ToPrimitive;

/// In a field of at most so many elements for each coefficient all are tried: an estimate.
const TRIED: usize = 2;

/// The roots with their multiplicities, in no order, of a polynomial that is not zero.
pub(crate) fn of<F: FiniteField>(f: &Poly<F>) -> Result<Vec<(F::Element, usize)>> {
    if let Some(roots) = f.ring().own_roots(f.coefficients()) {
        return Ok(roots);
    }
    let mut roots = Vec::new();
    for (part, exponent) in squarefree::parts(f)? {
        roots.extend(simple(&part)?.into_iter().map(|root| (root, exponent)));
    }
    Ok(roots)
}

/// The roots of a monic square-free polynomial, in no order.
pub(crate) fn simple<F: FiniteField>(f: &Poly<F>) -> Result<Vec<F::Element>> {
    let field = f.ring();
    if f.len() < 2 {
        return Ok(Vec::new());
    }
    if f.len() == 2 {
        return Ok(vec![field.neg(&f.coefficients()[0])]);
    }
    if let Some(q) = field.order().to_usize().filter(|&q| q <= TRIED * f.len()) {
        let mut elements: Vec<_> = (0..q).map(|n| field.nth_element(&n.into())).collect();
        let mut values = f.try_eval_many(&elements)?.into_iter();
        elements.retain(|_| values.next().is_some_and(|value| field.is_zero(&value)));
        return Ok(elements);
    }
    let (divisor, x) = (f.try_divisor()?, Poly::x(field.clone()));
    // In passing, the power that makes the first cut.
    let mut half = None;
    let frobenius = if field.extension_degree() == 1 && field.order().bit(0) {
        let power = divisor.try_pow(&x, &(field.order() >> 1))?;
        let square = divisor.try_mul(&power, &power)?;
        half = Some(power);
        divisor.try_mul(&square, &x)?
    } else {
        frobenius::of_x(&divisor)?
    };
    let mut roots = Vec::new();
    linear::roots(f.try_gcd(&frobenius.try_sub(&x)?)?, half.as_ref(), &mut roots)?;
    Ok(roots)
}
