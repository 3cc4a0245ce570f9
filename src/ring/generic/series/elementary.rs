//! The elementary functions: constants taken out by theorems of addition, and all but `exp`, `log`, `sin` and `cos` as quotients of these or as integrals.
//!
//! They stand apart because nothing is iterated here.
//!
//! # Method
//! `tan = sin/cos` where a constant coefficient is in the way; hyperbolic functions from `exp` and its inverse; `atan f`, `atanh f`, `asin f`, ... integrate `f'/(1 + f^2)`, `f'/(1 - f^2)`, `f'/sqrt(1 - f^2)`, ....

use super::{
    arithmetic::{Arithmetic, Element},
    circular, composition, cut, exponential, newton,
    outer::Outer,
    power, quotient_of, recurrence, valuation,
};
use crate::{
    Error, ErrorKind, Result,
    ring::{Elementary, Ring},
};
use num_rational::BigRational;

/// An elementary function of `f` modulo `x^n`.
///
/// With `f = c + a*x^v + ...` the result takes the coefficients of the function at `c + x` up to `(n - 1)/v` alone. In small characteristic these may be
/// there where the algorithms, which divide by all numbers below `n`, fail: then they are composed with `f - c`.
pub(super) fn of<A: Arithmetic>(
    a: &A,
    function: Elementary,
    f: &[Element<A>],
    n: usize,
) -> Result<A::Series> {
    let error = match directly(a, function, f, n) {
        Err(error) if error.kind() == ErrorKind::Undefined => error,
        result => return result,
    };
    let ring = a.ring();
    let (Some(outer), Some(v)) = (Outer::of(function), valuation(ring, f.get(1..).unwrap_or_default()))
    else {
        return Err(error);
    };
    if !ring.is_exact() || !ring.is_commutative() || ring.try_elementary(function, &f[0]).is_err() {
        return Err(error);
    }
    let outer = outer.coefficients(a, &f[0], v + 1, n)?;
    composition::composed(a, &a.read(&outer)?, &without_constant(a, cut(f, n))?, n)
}

/// `(sin f, cos f)` modulo `x^n`, one by one where they do not come together: of `sin x` over GF(p) fewer coefficients are defined.
pub(super) fn sine_and_cosine<A: Arithmetic>(
    a: &A,
    f: &[Element<A>],
    n: usize,
) -> Result<(A::Series, A::Series)> {
    match sine_cosine(a, cut(f, n), n) {
        Err(error) if error.kind() == ErrorKind::Undefined => {
            let ring = a.ring();
            let two_is_unit = ring.try_inverse(&ring.try_add(&ring.one(), &ring.one())?).is_ok();
            match (of(a, Elementary::Sin, f, n), of(a, Elementary::Cos, f, n)) {
                (Ok(sine), Ok(cosine)) => Ok((sine, cosine)),
                // Where an even number is the first that is no unit, the cosine ends before the sine.
                (Err(error), Ok(_)) | (Ok(_), Err(error)) => Err(error),
                (Err(sine), Err(cosine)) => Err(if two_is_unit { sine } else { cosine }),
            }
        }
        both => both,
    }
}

/// An elementary function of `f` modulo `x^n`, by Newton's iteration.
///
/// All of `f` is handed over: inverse functions at their branch points see more than `n` coefficients of it.
pub(super) fn directly<A: Arithmetic>(
    a: &A,
    function: Elementary,
    f: &[Element<A>],
    n: usize,
) -> Result<A::Series> {
    let ring = a.ring();
    let c = f.first().cloned().unwrap_or_else(|| ring.zero());
    let value = ring.try_elementary(function, &c)?;
    let whole = f;
    let f = cut(f, n);
    match function {
        Elementary::Exp => scaled(a, exponential::exp(a, &without_constant(a, f)?, n)?, &value),
        Elementary::Log => {
            let mut unit = a.read(f)?;
            if !ring.is_one(&c) {
                unit = a.scale(unit, &ring.try_inverse(&c)?)?;
            }
            plus(a, exponential::log(a, &unit, n)?, &value)
        }
        Elementary::Sin => Ok(sine_cosine(a, f, n)?.0),
        Elementary::Cos => Ok(sine_cosine(a, f, n)?.1),
        Elementary::Tan | Elementary::Tanh if ring.is_zero(&c) => {
            let h = without_constant(a, f)?;
            circular::tangent(a, &h, function == Elementary::Tanh, n)
        }
        Elementary::Tan => {
            let (sine, cosine) = sine_cosine(a, f, n)?;
            newton::quotient(a, &sine, &cosine, n)
        }
        Elementary::Sinh => Ok(hyperbolic(a, f, n)?.0),
        Elementary::Cosh => Ok(hyperbolic(a, f, n)?.1),
        Elementary::Tanh => {
            let (sine, cosine) = hyperbolic(a, f, n)?;
            newton::quotient(a, &sine, &cosine, n)
        }
        Elementary::Asin
        | Elementary::Acos
        | Elementary::Atan
        | Elementary::Asinh
        | Elementary::Acosh
        | Elementary::Atanh => plus(a, inverse_function(a, function, whole, n)?, &value),
    }
}

/// `(sin f, cos f)` modulo `x^n`.
fn sine_cosine<A: Arithmetic>(a: &A, f: &[Element<A>], n: usize) -> Result<(A::Series, A::Series)> {
    let ring = a.ring();
    let c = f.first().cloned().unwrap_or_else(|| ring.zero());
    let (s, t) = (ring.try_elementary(Elementary::Sin, &c)?, ring.try_elementary(Elementary::Cos, &c)?);
    let (sine, cosine) = circular::sine_cosine(a, &without_constant(a, f)?, n)?;
    if ring.is_zero(&s) && ring.is_one(&t) {
        return Ok((sine, cosine));
    }
    let sum = a.add(a.scale(cosine.clone(), &s)?, &a.scale(sine.clone(), &t)?)?;
    let difference = a.sub(a.scale(cosine, &t)?, &a.scale(sine, &s)?)?;
    Ok((sum, difference))
}

/// `(sinh f, cosh f)` modulo `x^n`.
fn hyperbolic<A: Arithmetic>(a: &A, f: &[Element<A>], n: usize) -> Result<(A::Series, A::Series)> {
    let ring = a.ring();
    let c = f.first().cloned().unwrap_or_else(|| ring.zero());
    let (s, t) = (ring.try_elementary(Elementary::Sinh, &c)?, ring.try_elementary(Elementary::Cosh, &c)?);
    let h = without_constant(a, f)?;
    let (sine, cosine) = match ring.try_inverse(&ring.try_add(&ring.one(), &ring.one())?) {
        Ok(half) => {
            let e = exponential::exp(a, &h, n)?;
            let g = newton::inner_inverse(a, &e, n)?;
            (a.scale(a.sub(e.clone(), &g)?, &half)?, a.scale(a.add(e, &g)?, &half)?)
        }
        // Where 2 is no unit there are few coefficients, if any.
        Err(_) => {
            let (sine, cosine) = recurrence::sine_cosine(ring, &a.write(h), true, n)?;
            (a.read_vec(sine)?, a.read_vec(cosine)?)
        }
    };
    if ring.is_zero(&s) && ring.is_one(&t) {
        return Ok((sine, cosine));
    }
    let first = a.add(a.scale(cosine.clone(), &s)?, &a.scale(sine.clone(), &t)?)?;
    let second = a.add(a.scale(cosine, &t)?, &a.scale(sine, &s)?)?;
    Ok((first, second))
}

/// The integral of the derivative of an inverse function, with constant coefficient 0.
fn inverse_function<A: Arithmetic>(
    a: &A,
    function: Elementary,
    f: &[Element<A>],
    n: usize,
) -> Result<A::Series> {
    let ring = a.ring();
    let Some(first) = valuation(ring, f.get(1..).unwrap_or_default()) else { return a.read(&[]) };
    let (first, c) = (first + 1, &f[0]);
    // The constant coefficient of 1 + f^2, 1 - f^2 or f^2 - 1.
    let square = ring.try_mul(c, c)?;
    let minus = !matches!(function, Elementary::Atan | Elementary::Asinh | Elementary::Acosh);
    let constant = match function {
        Elementary::Atan | Elementary::Asinh => ring.try_add(&ring.one(), &square)?,
        Elementary::Acosh => ring.try_sub(&square, &ring.one())?,
        _ => ring.try_sub(&ring.one(), &square)?,
    };
    // A square root that begins with x^(v/2) is known that much further.
    let v = if ring.is_zero(&constant) { first } else { 0 };
    let len = n + v;
    // With f = c + h, the rest is 2*c*h + h^2; of h^2 no coefficient is computed that is 0, which rounding would make of floats what decides.
    let h = without_constant(a, cut(f, len))?;
    let twice = ring.try_add(c, c)?;
    let shifted = a.part(&h, first..len)?;
    let known = len.saturating_sub(2 * first).min((2 * a.len(&shifted)).saturating_sub(1));
    let squared = a.join(a.read(&[])?, 2 * first, a.product(&shifted, &shifted, 0..known)?)?;
    let mut rest = a.add(a.scale(h.clone(), &twice)?, &squared)?;
    if minus {
        rest = a.neg(rest)?;
    }
    let mut denominator = a.write(plus(a, rest, &constant)?);
    let slope = a.write(a.times_numbers(h, 0)?);
    if !matches!(function, Elementary::Atan | Elementary::Atanh) {
        denominator =
            a.write(power::power(a, &denominator, &BigRational::new(1.into(), 2.into()), n + v / 2)?);
        if function == Elementary::Acosh && !ring.is_zero(&constant) {
            // acosh' is 1/(sqrt(c - 1)*sqrt(c + 1)), which may be the other root.
            let root = |c: Element<A>| ring.try_root(&c, 2);
            let expected =
                ring.try_mul(&root(ring.try_sub(c, &ring.one())?)?, &root(ring.try_add(c, &ring.one())?)?)?;
            let factor = ring.try_exact_quo(&expected, &denominator[0])?;
            for c in &mut denominator {
                *c = ring.try_mul(&factor, c)?;
            }
        }
    }
    let slope = quotient_of(a, &slope, &denominator, n)?;
    // Among floats it is what rounding leaves.
    if ring.is_exact() && !ring.is_zero(&a.coefficient(&slope, 0)) {
        return Err(Error::undefined(format!(
            "{function} of this power series would have a logarithm of x in it"
        )));
    }
    let sum = a.over_numbers(slope, 0)?;
    if function == Elementary::Acos { a.neg(sum) } else { Ok(sum) }
}

/// `f` with constant coefficient 0.
fn without_constant<A: Arithmetic>(a: &A, f: &[Element<A>]) -> Result<A::Series> {
    let mut f = f.to_vec();
    if let Some(c) = f.first_mut() {
        *c = a.ring().zero();
    }
    a.read(&f)
}

fn scaled<A: Arithmetic>(a: &A, f: A::Series, c: &Element<A>) -> Result<A::Series> {
    if a.ring().is_one(c) { Ok(f) } else { a.scale(f, c) }
}

fn plus<A: Arithmetic>(a: &A, f: A::Series, c: &Element<A>) -> Result<A::Series> {
    if a.ring().is_zero(c) { Ok(f) } else { a.add(f, &a.read(std::slice::from_ref(c))?) }
}
