//! Functions of power series modulo `x^n`: quotients, powers and roots, exponentials and logarithms, circular and hyperbolic functions.
//!
//! They stand apart from the polynomials because a series knows its first coefficients only: every result is cut at `x^n`, and its first
//! coefficients depend on those of the operands alone.
//!
//! - here: what can be asked for ([`Function`]), constant coefficients and powers of `x` taken out, so that the algorithms start from
//!   0 or 1
//! - `arithmetic`: what the algorithms run on: elements (`plain`), or numerators over one denominator; `numbers`: quotients by `1, 2, 3, ...`
//! - `newton`: `1/f`, `f/g`; `exponential`: `exp`, `log`; `roots`: `f^(1/k)`; `power`: `f^e`; `circular`: `sin`, `cos`
//! - `elementary`: all that follows from these; `outer`: which coefficients of the functions themselves a small characteristic leaves
//! - `composition`: `f(g)`, and its transpose; `reversion`: the inverse of that
//! - `recurrence`: the same coefficient by coefficient, for short series and operands of few terms
//!
//! # Invariants
//! Operands are polynomials, exact. Results have exactly `n` coefficients.

pub(crate) mod arithmetic;
mod circular;
mod composition;
mod elementary;
mod exponential;
mod newton;
pub(crate) mod numbers;
mod outer;
mod plain;
mod power;
mod recurrence;
mod reversion;
mod roots;

#[cfg(test)]
mod tests;

use crate::{
    Error, Result, limit,
    ring::{Elementary, Ring},
};
use arithmetic::Arithmetic;
pub use composition::{compose, project_powers};
use num_rational::BigRational;
use plain::Plain;
pub use reversion::reverse;

/// A function of power series, with its operands: polynomials, whose coefficients ascend.
///
/// Nothing is computed, and nothing refused, where no coefficients are asked for. It is what a ring is asked for ([`Ring::power_series`]); the functions of this module are its plain forms.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Function<'a, E> {
    /// `1/f`.
    Inverse(&'a [E]),
    /// `f/g`.
    Quotient(&'a [E], &'a [E]),
    /// An elementary function of `f`.
    Elementary(Elementary, &'a [E]),
    /// `sin f`, and behind it `cos f`: twice as many coefficients.
    SineCosine(&'a [E]),
    /// `f^e`.
    Power(&'a [E], &'a BigRational),
    /// `f(g)`.
    Composition(&'a [E], &'a [E]),
    /// The `r` with `f(r) = x`.
    Reversion(&'a [E]),
}

impl<E> Function<'_, E> {
    /// The first `n` coefficients.
    pub(crate) fn compute<A>(&self, a: &A, n: usize) -> Result<Vec<E>>
    where
        A: Arithmetic,
        A::Ring: Ring<Element = E>,
    {
        limit::check(n as u64, 8 * size_of::<E>() as u64)?;
        if n == 0 {
            return Ok(Vec::new());
        }
        if !a.ring().is_commutative() && !matches!(self, Function::Inverse(_) | Function::Quotient(..)) {
            return Err(Error::unsupported(format!(
                "functions of power series but quotients over {:?}, which does not commute",
                a.ring()
            )));
        }
        let result = match *self {
            Function::Inverse(f) => newton::inverse(a, &a.read(cut(f, n))?, n)?,
            Function::Quotient(f, g) => quotient_of(a, f, g, n)?,
            Function::Elementary(function, f) => elementary::of(a, function, f, n)?,
            Function::SineCosine(f) => {
                let (sine, cosine) = elementary::sine_and_cosine(a, f, n)?;
                let mut both = padded(a, sine, n);
                both.extend(padded(a, cosine, n));
                return Ok(both);
            }
            Function::Power(f, e) => power::power(a, f, e, n)?,
            Function::Composition(f, g) => {
                composition::composed(a, &a.read(cut(f, n))?, &a.read(cut(g, n))?, n)?
            }
            Function::Reversion(f) => reversion::reversed(a, &a.read(cut(f, n))?, n)?,
        };
        Ok(padded(a, result, n))
    }
}

/// The coefficients of a result, all `n`.
fn padded<A: Arithmetic>(a: &A, f: A::Series, n: usize) -> Vec<arithmetic::Element<A>> {
    let mut f = a.write(f);
    f.resize(n, a.ring().zero());
    f
}

fn cut<E>(f: &[E], n: usize) -> &[E] {
    &f[..f.len().min(n)]
}

/// The first coefficient that is not zero.
fn valuation<R: Ring>(ring: &R, f: &[R::Element]) -> Option<usize> {
    f.iter().position(|c| !ring.is_zero(c))
}

/// What is said of results that begin with a negative power of `x`.
#[cold]
fn begins_below(power: impl std::fmt::Display) -> Error {
    Error::undefined(format!("the result would begin with x^{power}"))
}

/// `f/g`, with the powers of `x` that both have taken out.
fn quotient_of<A: Arithmetic>(
    a: &A,
    f: &[arithmetic::Element<A>],
    g: &[arithmetic::Element<A>],
    n: usize,
) -> Result<A::Series> {
    let ring = a.ring();
    let v = match valuation(ring, g) {
        Some(v) => v,
        // In the ring in which 1 is 0, that is a unit too.
        None if ring.is_zero(&ring.one()) => return a.read(&[]),
        None => return Err(Error::undefined("division by the power series 0")),
    };
    match valuation(ring, f) {
        // With all its coefficients: an integral has to divide them.
        None => return a.read(&vec![ring.zero(); n]),
        Some(u) if u < v => return Err(begins_below(format_args!("-{}", v - u))),
        Some(_) => {}
    }
    newton::quotient(a, &a.read(cut(&f[v..], n))?, &a.read(cut(&g[v..], n))?, n)
}

/// Runs on the elements of a ring, one by one.
pub(crate) fn plainly<R: Ring>(
    ring: &R,
    function: &Function<'_, R::Element>,
    n: usize,
) -> Result<Vec<R::Element>> {
    function.compute(&Plain::new(ring), n)
}

/// The same for a ring that finds so many coefficients one by one.
pub(crate) fn plainly_from<R: Ring>(
    ring: &R,
    base: usize,
    function: &Function<'_, R::Element>,
    n: usize,
) -> Result<Vec<R::Element>> {
    function.compute(&Plain::with_base(ring, base), n)
}

/// `f/g`, or `1/g` where there is no `f`, on the elements of a ring, one by one; up to `base` coefficients by recurrence.
pub(crate) fn plain_quotient<R: Ring>(
    ring: &R,
    base: usize,
    f: Option<&[R::Element]>,
    g: &[R::Element],
    n: usize,
) -> Result<Vec<R::Element>> {
    limit::check(n as u64, 8 * size_of::<R::Element>() as u64)?;
    if n == 0 {
        return Ok(Vec::new());
    }
    let a = Plain::with_base(ring, base);
    let quotient = match f {
        None => newton::inverse(&a, &a.read(cut(g, n))?, n)?,
        Some(f) => quotient_of(&a, f, g, n)?,
    };
    Ok(padded(&a, quotient, n))
}

/// `1/f` modulo `x^n`.
///
/// # Errors
/// Kind undefined where the constant coefficient is no unit, with the factor that it shares with a modulus; those of the ring's
/// products.
///
/// # Complexity
/// Two products of length `n`, in sum over all steps; quadratic below a measured length.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic::series};
/// let geometric = series::inverse(&ZZ, &[1, -1].map(Into::into), 4)?;
/// assert_eq!(geometric, [1, 1, 1, 1].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn inverse<R: Ring>(ring: &R, f: &[R::Element], n: usize) -> Result<Vec<R::Element>> {
    ring.quotient_series(None, f, n)
}

/// `f/g` modulo `x^n`: the `q` with `q*g = f`. A power of `x` that both have goes first.
///
/// # Errors
/// As for [`inverse`], of `g`; kind undefined where the quotient would begin with a negative power of `x`.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic::series};
/// // (1 + x)/(1 - x) = 1 + 2x + 2x^2 + ...
/// let q = series::quotient(&ZZ, &[1, 1].map(Into::into), &[1, -1].map(Into::into), 4)?;
/// assert_eq!(q, [1, 2, 2, 2].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn quotient<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element], n: usize) -> Result<Vec<R::Element>> {
    ring.quotient_series(Some(f), g, n)
}

/// An elementary function of `f` modulo `x^n`.
///
/// Over exact rings the constant coefficient of `f` is 0 (1 for `log`, `acos` and `acosh`); floats take any at which the function has a value.
///
/// # Errors
/// Kind undefined for another constant coefficient, and where a coefficient would have to be divided by a number that is no unit: the error
/// says which. Over GF(p), with `f = c + a*x^v + ...`, that is `x^(p*v)` for `exp` and `log`, and for odd and even functions the first odd or even multiple of `v` from there on. Kind not
/// exact for results outside of the ring (over Z).
///
/// # Complexity
/// Some 3.3 products of length `n` for `exp`, 2.2 for `log`, 5 for `sin` and `cos`, 4.5 for `tan` and `tanh`. Where 2 is no unit, `tan` and `tanh` take as long as `tan x` over Q, and what that
/// [cannot hold](crate::limit) is refused.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::{Elementary, generic::series}};
/// let field = Zmod::prime(7)?;
/// assert_eq!(series::elementary(&field, Elementary::Exp, &[0, 1], 4)?, [1, 1, 4, 6]); // 1, 1, 1/2, 1/6
/// let error = series::elementary(&field, Elementary::Exp, &[0, 1], 8).unwrap_err();
/// assert!(error.to_string().starts_with("the coefficient of x^7 would have to be divided by 7"));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn elementary<R: Ring>(
    ring: &R,
    function: Elementary,
    f: &[R::Element],
    n: usize,
) -> Result<Vec<R::Element>> {
    ring.power_series(&Function::Elementary(function, f), n)
}

/// Two sequences of coefficients.
pub type Pair<E> = (Vec<E>, Vec<E>);

/// `(sin f, cos f)` modulo `x^n`, in the time of one of them.
///
/// # Errors
/// As for [`elementary`].
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::series};
/// let (sine, cosine) = series::sine_cosine(&Zmod::prime(11)?, &[0, 1], 4)?;
/// assert_eq!((sine, cosine), (vec![0, 1, 0, 9], vec![1, 0, 5, 0])); // -1/6 = 9, -1/2 = 5
/// # Ok::<(), monic::Error>(())
/// ```
pub fn sine_cosine<R: Ring>(ring: &R, f: &[R::Element], n: usize) -> Result<Pair<R::Element>> {
    let mut sine = ring.power_series(&Function::SineCosine(f), n)?;
    let cosine = sine.split_off(n);
    Ok((sine, cosine))
}

/// `f^(1/k)` modulo `x^n`: the root whose first coefficient is the [root](Ring::try_root) of the first of `f`.
///
/// # Errors
/// Kind undefined for `k = 0`, and where `k` is no unit, but for a `p`-th power over GF(p), where `f` is looked at to `k*n` coefficients; kind not exact
/// where there is no root.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic::series};
/// let catalan = series::root(&ZZ, &[1, -4].map(Into::into), 2, 5)?; // 1 - 2x*(1 + x + 2x^2 + 5x^3 + ...)
/// assert_eq!(catalan, [1, -2, -2, -4, -10].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn root<R: Ring>(ring: &R, f: &[R::Element], k: u64, n: usize) -> Result<Vec<R::Element>> {
    if k == 0 {
        return Err(Error::undefined("a 0-th root"));
    }
    power(ring, f, &BigRational::new_raw(1.into(), k.into()), n)
}

/// `f^e` modulo `x^n`, for any rational `e`.
///
/// # Errors
/// Kind undefined where the result would begin with a negative power of `x`, and where a coefficient would have to be divided by what is no unit;
/// kind not exact where a root that `e` asks for is not there; kind limit for a power of the first coefficient over [the limit](crate::limit).
///
/// # Complexity
/// Some 5.5 products of length `n`, whatever `e` is; `n*t` operations for an `f` of few terms, `t`.
///
/// # Examples
/// ```
/// use monic::{QQ, ring::generic::series};
/// use num_rational::BigRational;
/// let f = [1, 1].map(|c| BigRational::from_integer(c.into()));
/// let power = series::power(&QQ, &f, &BigRational::new((-1).into(), 2.into()), 3)?; // 1/sqrt(1 + x)
/// assert_eq!(power.iter().map(ToString::to_string).collect::<Vec<_>>(), ["1", "-1/2", "3/8"]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn power<R: Ring>(ring: &R, f: &[R::Element], e: &BigRational, n: usize) -> Result<Vec<R::Element>> {
    ring.power_series(&Function::Power(f, e), n)
}
