//! Equations `T = H(T)` for power series, by Newton's iteration: with `y = T + O(x^m)`, `y + (H(y) - y)/(1 - H'(y)) = T + O(x^(2m))`.
//!
//! It stands apart because a step needs no more of the equation than `H` and its derivative at a series; what is differentiated is the dependence on `T` itself, not
//! that on `T(x^2)` and so on, which are known to twice as many coefficients as `T`.
//!
//! # Source
//! C. Pivoteau, B. Salvy, M. Soria, "Algorithms for combinatorial structures: well-founded systems and Newton iterations", J. Combin. Theory A 119, 2012.

use crate::{Error, Result, Series, ring::Ring};

/// The solution modulo `x^order`; `equation` gives `H` and `H'` at a series, as far as that is known.
pub(super) fn solve<R: Ring>(
    ring: &R,
    order: usize,
    mut equation: impl FnMut(&Series<R>) -> Result<(Series<R>, Series<R>)>,
) -> Result<Series<R>> {
    let mut known = 0;
    let mut solution = Series::from_vec(ring.clone(), Vec::new(), 0);
    while known < order {
        let next = order.min(if known == 0 { 1 } else { 2 * known });
        // What is beyond is not right yet, and taken as zero.
        let y = Series::from_vec(ring.clone(), solution.coefficients().to_vec(), next);
        let (value, slope) = equation(&y)?;
        let (value, slope) = (known_to(&value, next)?, known_to(&slope, next)?);
        if slope.coefficient(0).is_some_and(|c| !ring.is_zero(&c)) {
            return Err(Error::undefined("an equation T = H(T) whose derivative has a constant coefficient"));
        }
        let one = Series::constant(ring.clone(), ring.one(), next);
        let step = value.try_sub(&y)?.quo(&one.try_sub(&slope)?)?;
        solution = y.try_add(&step)?;
        if known == 0 {
            let again = equation(&solution)?.0;
            if known_to(&again, 1)? != solution {
                return Err(Error::undefined(
                    "an equation T = H(T) that does not determine the constant coefficient",
                ));
            }
        }
        known = next;
    }
    Ok(solution)
}

fn known_to<R: Ring>(series: &Series<R>, order: usize) -> Result<Series<R>> {
    if series.precision() < order {
        return Err(Error::undefined(format!(
            "an equation that is known modulo x^{} is solved modulo x^{order}",
            series.precision()
        )));
    }
    series.truncate(order)
}
