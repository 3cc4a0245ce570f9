//! `f^e` for a rational `e`, and `f^(1/k)`: powers of `x` and the first coefficient taken out, and what is left by the fastest way that is
//! defined.
//!
//! # Method
//! `f = x^v*c*u` with `u = 1 + ...` gives `f^e = x^(v*e)*c^e*u^e`. Then `u^e` is
//! - a few products, for a small integer `e`;
//! - a recurrence as long as `u` has terms, where these are few;
//! - `exp(e*log u)`;
//! - where that would divide by a number that is no unit: binary powering, with roots by Newton's iteration; modulo a prime `p`, where
//!   `u(x)^p = u(x^p)`, the product of `u^d(x^(p^i))` for the digits `d` of the `p`-adic number `e`.

use super::{
    Function,
    arithmetic::{Arithmetic, Element, Pick},
    begins_below, cut,
    exponential::{exp, log},
    newton, recurrence,
    roots::{self, low_power},
    valuation,
};
use crate::{
    Error, ErrorKind, Result,
    convolution::{Want, tuning},
    ring::{Elementary, Ring, roots as constants},
};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// `f = x^v*c*u` with `u = 1 + ...` to `n` coefficients.
struct Parts<E, S> {
    v: usize,
    c: E,
    u: S,
}

impl<E, S> Parts<E, S> {
    /// Those of an `f` that begins with `x^v`.
    fn of<A>(a: &A, f: &[E], v: usize, n: usize) -> Result<Self>
    where
        A: Arithmetic<Series = S>,
        A::Ring: Ring<Element = E>,
        E: Clone,
    {
        let (ring, c) = (a.ring(), f[v].clone());
        let mut u = a.read(cut(&f[v..], n))?;
        if !ring.is_one(&c) {
            u = a.scale(u, &ring.try_inverse(&c)?)?;
        }
        Ok(Parts { v, c, u })
    }
}

/// Powers up to this one are products.
const FEW_PRODUCTS: u64 = 3;

/// `f^e` modulo `x^n`.
pub(super) fn power<A: Arithmetic>(a: &A, f: &[Element<A>], e: &BigRational, n: usize) -> Result<A::Series> {
    let ring = a.ring();
    if e.is_zero() {
        return a.read(&[ring.one()]);
    }
    let Some(v) = valuation(ring, f) else {
        return match e.is_negative() && !ring.is_zero(&ring.one()) {
            true => Err(Error::undefined("a negative power of the power series 0")),
            false => a.read(&[]),
        };
    };
    let shift = e * BigRational::from_integer(v.into());
    if !shift.is_integer() {
        return Err(no_root(e.denom(), &format_args!("x^{v}")));
    }
    if shift.is_negative() {
        return Err(begins_below(shift.numer()));
    }
    let Some(shift) = shift.numer().to_usize().filter(|&shift| shift < n) else {
        // Nothing of it is asked for; but there has to be one.
        ring.try_root(&f[v], degree(e)?)?;
        return a.read(&[]);
    };
    let left = n - shift;
    // Products need no inverse of the first coefficient.
    let natural = e.is_integer() && e.is_positive();
    let few = natural && *e.numer() <= FEW_PRODUCTS.into();
    let result = if few || natural && ring.try_inverse(&f[v]).is_err() {
        low_power(a, &a.read(cut(&f[v..], left))?, e.numer().magnitude(), left)?
    } else {
        let parts = Parts::of(a, f, v, left)?;
        let constant = constant_power(a, &parts.c, e)?;
        let unit = power_of_unit(a, &parts, f, e, left)?;
        if ring.is_one(&constant) { unit } else { a.scale(unit, &constant)? }
    };
    a.join(a.read(&[])?, shift, result)
}

fn no_root(k: &BigInt, of: &dyn std::fmt::Display) -> Error {
    let name = k.to_u64().map_or_else(|| format!("{k}-th root"), constants::name);
    Error::not_exact(format!("{of} has no {name} among the power series"))
}

/// The degree of a root.
///
/// # Errors
/// Kind unsupported where it is no word.
fn degree(e: &BigRational) -> Result<u64> {
    e.denom().to_u64().ok_or_else(|| Error::unsupported(format!("a root of degree {}, over 2^64", e.denom())))
}

/// `c^e`.
fn constant_power<A: Arithmetic>(a: &A, c: &Element<A>, e: &BigRational) -> Result<Element<A>> {
    let ring = a.ring();
    if ring.is_one(c) {
        return Ok(c.clone());
    }
    let (root, e) = (ring.try_root(c, degree(e)?)?, e.numer());
    if ring.is_one(&root) {
        return Ok(root);
    }
    let root = if e.is_negative() { ring.try_inverse(&root)? } else { root };
    if !ring.grows() {
        return Ok(constants::power(ring, &root, e.magnitude()));
    }
    let minus = ring.neg(&ring.one());
    if root == minus {
        return Ok(if e.is_even() { ring.one() } else { minus });
    }
    let e = e.magnitude().to_u64().ok_or_else(|| {
        Error::limit(format!("a power of the first coefficient with an exponent of {} bits", e.bits()))
    })?;
    let power = ring.power(&[root], e, &Want::full())?;
    Ok(power.into_iter().next().unwrap_or_else(|| ring.zero()))
}

/// `u^e` modulo `x^n` for the unit of the parts; `f` is what it came from, all of it.
fn power_of_unit<A: Arithmetic>(
    a: &A,
    parts: &Parts<Element<A>, A::Series>,
    f: &[Element<A>],
    e: &BigRational,
    n: usize,
) -> Result<A::Series> {
    let (ring, u) = (a.ring(), &parts.u);
    if e.numer().magnitude().is_one() && e.is_integer() {
        return newton::inverse(a, u, n);
    }
    let over = ring.try_from_integer(e.denom().clone()).and_then(|k| ring.try_inverse(&k));
    let over = match over {
        Ok(over) => over,
        Err(error) => {
            let k = degree(e)?;
            let Some(p) = ring.prime_order().filter(|p| k.is_multiple_of(*p)) else {
                return Err(error_of_degree(ring, k, &error));
            };
            let root = frobenius_root(a, parts, f, (k, p), n)?;
            return power_of_root(a, &root, e.numer(), n);
        }
    };
    if n == 1 || a.len(u) == 1 {
        return a.read(&[ring.one()]);
    }
    // Roots divide by their degree alone.
    let is_square_root = e.numer().magnitude().is_one() && *e.denom() == 2.into();
    if is_square_root && (n <= a.base() || !newton::is_sparse(a, u)) {
        return match e.is_negative() {
            true => roots::inverse_root(a, u, 2, &over, n),
            false => roots::root(a, u, 2, &over, n),
        };
    }
    match by_numbers(a, u, e, &over, n) {
        Err(error) if error.kind() == ErrorKind::Undefined || error.kind() == ErrorKind::NotExact => {}
        result => return result,
    }
    if let Some(p) = ring.prime_order() {
        return by_digits(a, u, e, p, n);
    }
    let root = roots::root(a, u, degree(e)?, &over, n)?;
    power_of_root(a, &root, e.numer(), n)
}

fn error_of_degree<R: Ring>(ring: &R, k: u64, why: &Error) -> Error {
    let message = format!("a {} divides by {k}, which is not possible in {ring:?}", constants::name(k));
    Error::new(why.kind(), message).with_factor_of(why)
}

/// `u^e` by a recurrence or `exp(e*log u)`: both divide by the numbers below `n`.
fn by_numbers<A: Arithmetic>(
    a: &A,
    u: &A::Series,
    e: &BigRational,
    over: &Element<A>,
    n: usize,
) -> Result<A::Series> {
    let ring = a.ring();
    let factor = ring.try_mul(&ring.try_from_integer(e.numer().clone())?, over)?;
    if n <= a.base().min(tuning::SERIES_BASE) || newton::is_sparse(a, u) {
        let u = a.write(u.clone());
        return a.read_vec(recurrence::power(ring, &u, &factor, n)?);
    }
    if n <= a.base() && !ring.grows() {
        // Few coefficients in the way that the ring may have for them.
        let log = ring.power_series(&Function::Elementary(Elementary::Log, &a.write(u.clone())), n)?;
        let power: Vec<_> = log.iter().map(|c| ring.try_mul(c, &factor)).collect::<Result<_>>()?;
        return a.read_vec(ring.power_series(&Function::Elementary(Elementary::Exp, &power), n)?);
    }
    exp(a, &a.scale(log(a, u, n)?, &factor)?, n)
}

/// The power of a root with an integer exponent, by binary powering.
fn power_of_root<A: Arithmetic>(a: &A, root: &A::Series, e: &BigInt, n: usize) -> Result<A::Series> {
    let power = low_power(a, root, e.magnitude(), n)?;
    if e.sign() == Sign::Minus { newton::inverse(a, &power, n) } else { Ok(power) }
}

/// `f(x^s)` modulo `x^n`.
fn spread<A: Arithmetic>(a: &A, f: &A::Series, s: usize, n: usize) -> Result<A::Series> {
    let len = (a.len(f).saturating_sub(1)).saturating_mul(s).saturating_add(1).min(n);
    a.gather(f, len, |k| if k.is_multiple_of(s) { Pick::At(k / s) } else { Pick::Zero })
}

/// `u^e` modulo a prime `p` that does not divide the denominator of `e`.
fn by_digits<A: Arithmetic>(a: &A, u: &A::Series, e: &BigRational, p: u64, n: usize) -> Result<A::Series> {
    let mut product = a.read(&[a.ring().one()])?;
    let (mut numerator, denominator, modulus) = (e.numer().clone(), e.denom(), BigInt::from(p));
    let inverse = denominator.modinv(&modulus).expect("it is prime to p");
    let mut stride = 1usize;
    while stride < n {
        // e = digit + p*rest with numerators over the same denominator.
        let digit = (&numerator * &inverse).mod_floor(&modulus);
        numerator = (numerator - &digit * denominator) / &modulus;
        if digit.is_positive() {
            let len = n.div_ceil(stride);
            let power = low_power(a, u, digit.magnitude(), len)?;
            product = a.product(&product, &spread(a, &power, stride, n)?, 0..n)?;
        }
        stride = usize::try_from(p).map_or(n, |p| stride.saturating_mul(p));
    }
    Ok(product)
}

/// `u^(1/k)` in characteristic `p`, which divides `k`, from all of `f`.
fn frobenius_root<A: Arithmetic>(
    a: &A,
    parts: &Parts<Element<A>, A::Series>,
    f: &[Element<A>],
    (mut k, p): (u64, u64),
    n: usize,
) -> Result<A::Series> {
    let ring = a.ring();
    let inverse = ring.try_inverse(&parts.c)?;
    let mut u: Vec<Element<A>> =
        f[parts.v..].iter().map(|c| ring.try_mul(&inverse, c)).collect::<Result<_>>()?;
    let needed = |k: u64| usize::try_from(k).unwrap_or(usize::MAX).saturating_mul(n);
    let degree = k;
    while k.is_multiple_of(p) {
        u.truncate(needed(k));
        let p = usize::try_from(p).unwrap_or(usize::MAX);
        if let Some(i) = u.iter().enumerate().position(|(i, c)| !i.is_multiple_of(p) && !ring.is_zero(c)) {
            return Err(Error::not_exact(format!(
                "no {} in characteristic {p}: the series has a term whose exponent, {i} above the first, is no multiple of {p}",
                constants::name(degree)
            )));
        }
        u = u.into_iter().step_by(p).collect();
        k /= p as u64;
    }
    u.truncate(n);
    let over = ring.try_inverse(&ring.try_from_integer(k.into())?)?;
    roots::root(a, &a.read(&u)?, k, &over, n)
}
