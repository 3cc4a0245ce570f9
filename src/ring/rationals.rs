//! Q: the rational numbers, as `BigRational`.
//!
//! # Method
//! Whole sequences run on integer numerators over one common denominator: a product of sequences is one product over
//! Z and a reduction to lowest terms a coefficient. A sum of fractions one by one would take a gcd a step. Denominators whose
//! least common multiple is a word stay rows of limbs from end to end ([`fractions`]). Division and cofactors of polynomials are those of
//! the numerators, modulo primes ([`images`]).
//!
//! # Invariants
//! A fraction is in lowest terms with a positive denominator.

use super::fractions::{self, divided};
use super::generic::{
    self, QuoRem,
    half_gcd::{self, Xgcd},
    series::Function,
};
use super::{
    Domain, ExtensionField, Field, GcdDomain, IntoElement, Literal, Ring, Style, ZZ, engine, extension,
    images, numbers, remainders, roots, text,
};
use crate::convolution::{
    Want,
    plan::{Plan, ceil_log2},
    tuning,
};
use crate::integer::gcd::{signed_gcd, signed_lcm};
use crate::{Error, Result};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::{BigRational, Ratio};
use num_traits::{One, Signed, Zero};
use std::fmt;

/// The field of rational numbers.
///
/// # Examples
/// ```
/// use monic::{QQ, Ring, ring::Literal};
/// let decimal = Literal::Decimal { digits: 125.into(), exponent: -2 };
/// assert_eq!(QQ.from_literal(&decimal)?.to_string(), "5/4"); // 1.25, exactly
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Rationals;

/// The field of rational numbers, to write `QQ.poly([1, 2, 3])`.
pub const QQ: Rationals = Rationals;

impl Ring for Rationals {
    type Element = BigRational;

    fn zero(&self) -> BigRational {
        BigRational::zero()
    }
    fn one(&self) -> BigRational {
        BigRational::one()
    }
    fn add(&self, a: &BigRational, b: &BigRational) -> BigRational {
        numbers::add_fractions(a, b)
    }
    fn neg(&self, a: &BigRational) -> BigRational {
        -a
    }
    fn mul(&self, a: &BigRational, b: &BigRational) -> BigRational {
        numbers::multiply_fractions(a, b)
    }
    fn from_integer(&self, n: BigInt) -> BigRational {
        n.into()
    }
    fn try_from_rational(&self, a: BigRational) -> Result<BigRational> {
        Ok(a)
    }
    fn try_inverse(&self, a: &BigRational) -> Result<BigRational> {
        if a.is_zero() { Err(Error::undefined("division by zero")) } else { Ok(a.recip()) }
    }
    fn sub(&self, a: &BigRational, b: &BigRational) -> BigRational {
        numbers::add_fractions(a, &-b)
    }
    fn is_zero(&self, a: &BigRational) -> bool {
        a.is_zero()
    }
    fn is_one(&self, a: &BigRational) -> bool {
        a.is_one()
    }
    /// That of numerator and denominator, which are coprime.
    fn try_root(&self, a: &BigRational, k: u64) -> Result<BigRational> {
        if let Some(root) = roots::trivial(self, a, k)? {
            return Ok(root);
        }
        match (roots::of_integer(a.numer(), k), roots::of_integer(a.denom(), k)) {
            (Some(numerator), Some(denominator)) => Ok(BigRational::new_raw(numerator, denominator)),
            _ => Err(roots::none(self, a, k)),
        }
    }
    fn power_series(&self, function: &Function<'_, BigRational>, n: usize) -> Result<Vec<BigRational>> {
        fractions::series::over_rationals(function, n)
    }
    fn quotient_series(
        &self,
        f: Option<&[BigRational]>,
        g: &[BigRational],
        n: usize,
    ) -> Result<Vec<BigRational>> {
        self.power_series(&f.map_or(Function::Inverse(g), |f| Function::Quotient(f, g)), n)
    }
    fn pow(&self, a: &BigRational, n: u64) -> BigRational {
        // Powers of coprime numbers are coprime.
        BigRational::new_raw(ZZ.pow(a.numer(), n), ZZ.pow(a.denom(), n))
    }
    fn fmt_element(&self, a: &BigRational, style: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if a.is_integer() {
            return text::fmt_integer(a.numer(), f);
        }
        if style == Style::Latex {
            f.write_str(if self.is_negative(a) { "-\\frac{" } else { "\\frac{" })?;
            text::fmt_integer(&a.numer().abs(), f)?;
            f.write_str("}{")?;
            text::fmt_integer(a.denom(), f)?;
            return f.write_str("}");
        }
        text::fmt_integer(a.numer(), f)?;
        f.write_str("/")?;
        text::fmt_integer(a.denom(), f)
    }
    fn log2_norm(&self, f: &[BigRational]) -> f64 {
        super::norm::of_rationals(f)
    }
    /// The common denominator is at most the product of all.
    fn norm_bits(&self, f: &[BigRational]) -> u64 {
        let denominators: u64 = f.iter().filter(|c| !c.is_integer()).map(|c| c.denom().bits()).sum();
        let numerators = f.iter().map(|c| c.numer().bits()).max().unwrap_or(0);
        2 * denominators + numerators + ceil_log2(f.len() as u64)
    }
    fn is_negative(&self, a: &BigRational) -> bool {
        a.numer().sign() == Sign::Minus
    }
    fn from_literal(&self, literal: &Literal<'_>) -> Result<BigRational> {
        let Literal::Decimal { digits, exponent } = literal else {
            return text::default_literal(self, literal);
        };
        if digits.is_zero() {
            return Ok(BigRational::zero());
        }
        let power = engine::integer_power(&BigInt::from(10), exponent.unsigned_abs())?;
        Ok(if *exponent < 0 { numbers::fraction(digits.clone(), &power) } else { (digits * power).into() })
    }

    /// That of the product of the numerators.
    fn plan(&self, a: &[BigRational], b: &[BigRational], want: &Want) -> Result<Plan> {
        let first = numbers::cleared(a)?.0;
        if std::ptr::eq(a, b) {
            ZZ.plan(&first, &first, want)
        } else {
            ZZ.plan(&first, &numbers::cleared(b)?.0, want)
        }
    }
    fn convolve(&self, a: &[BigRational], b: &[BigRational], want: &Want) -> Result<Vec<BigRational>> {
        let mut out = Vec::new();
        self.convolve_into(a, b, want, &mut out)?;
        Ok(out)
    }
    fn convolve_into(
        &self,
        a: &[BigRational],
        b: &[BigRational],
        want: &Want,
        out: &mut Vec<BigRational>,
    ) -> Result<()> {
        if !fractions::product(Some(a), b, want, out)? {
            *out = over_long_denominators(a, b, want)?;
        }
        Ok(())
    }
    fn convolve_assign(&self, a: &mut Vec<BigRational>, b: &[BigRational], want: &Want) -> Result<()> {
        if !fractions::product(None, b, want, a)? {
            *a = over_long_denominators(a, b, want)?;
        }
        Ok(())
    }
    fn power(&self, f: &[BigRational], n: u64, want: &Want) -> Result<Vec<BigRational>> {
        let (numerators, denominator) = numbers::cleared(f)?;
        let power = ZZ.power(&numerators, n, want)?;
        Ok(divided(power, &engine::integer_power(&denominator, n)?))
    }
    /// With `f = F/m` and `x = p/q`, the value is `sum F[k] p^k q^(d-k)` over `m q^d`.
    fn evaluate(&self, f: &[BigRational], x: &BigRational) -> Result<BigRational> {
        let (numerators, denominator) = numbers::cleared(f)?;
        if x.is_integer() {
            return Ok(numbers::fraction(ZZ.evaluate(&numerators, x.numer())?, &denominator));
        }
        let bits = numerators.iter().map(BigInt::bits).max().unwrap_or(0);
        let point = x.numer().bits().max(x.denom().bits());
        engine::check_value(bits, f.len(), point)?;
        let Some(degree) = f.len().checked_sub(1) else { return Ok(BigRational::zero()) };
        if point.saturating_mul(f.len() as u64) < engine::HORNER_BITS {
            let mut scale = BigInt::one();
            let mut value = BigInt::ZERO;
            for c in numerators.iter().rev() {
                value = value * x.numer() + c * &scale;
                scale *= x.denom();
            }
            // One denominator too many: the last step multiplied once more.
            return Ok(numbers::fraction(value, &(scale / x.denom() * denominator)));
        }
        let value = engine::evaluate_homogeneous(&numerators, x.numer(), x.denom());
        Ok(numbers::fraction(value, &(ZZ.pow(x.denom(), degree as u64) * denominator)))
    }
    /// That of integer numerators, without fractions on the way.
    fn quo_rem(&self, f: &[BigRational], g: &[BigRational]) -> Result<QuoRem<BigRational>> {
        fractions::division::quo_rem(f, g)
    }
    /// That of integer numerators.
    fn taylor_shift(&self, f: &[BigRational], a: &BigRational) -> Result<Vec<BigRational>> {
        fractions::shift::taylor_shift(f, a)
    }
    /// That of numerators over common denominators.
    fn interpolate(&self, points: &[BigRational], values: &[BigRational]) -> Result<Vec<BigRational>> {
        if points.len() <= tuning::POINTS_DIFFERENCES_FRACTIONS || points.len() != values.len() {
            return generic::points::interpolate(self, points, values);
        }
        let ((points, q), (values, d)) = (numbers::cleared(points)?, numbers::cleared(values)?);
        fractions::points::interpolate((&points, &q), (&values, &d))
    }
    /// From integers to integers that of the numerators.
    fn shift_samples(&self, values: &[BigRational], a: &BigRational, m: usize) -> Result<Vec<BigRational>> {
        if !a.is_integer() {
            return generic::samples::shift(self, values, a, m);
        }
        let (numerators, denominator) = numbers::cleared(values)?;
        Ok(divided(ZZ.shift_samples(&numerators, a.numer(), m)?, &denominator))
    }
    fn poly_gcd(&self, f: &[BigRational], g: &[BigRational]) -> Result<Vec<BigRational>> {
        let gcd = ZZ.poly_gcd(&numbers::cleared(f)?.0, &numbers::cleared(g)?.0)?;
        let Some(leading) = gcd.last().cloned() else { return Ok(Vec::new()) };
        Ok(divided(gcd, &leading))
    }
    fn poly_xgcd(&self, f: &[BigRational], h: &[BigRational]) -> Result<Xgcd<BigRational>> {
        if f.len() < 2 || h.len() < 2 {
            return half_gcd::xgcd(self, f, h);
        }
        if f.len() > 2 * h.len() || h.len() > 2 * f.len() {
            // With f = q*h + r: a*h + b*r = b*f + (a - b*q)*h.
            let (long, short) = if f.len() > h.len() { (f, h) } else { (h, f) };
            let (q, r) = self.quo_rem(long, short)?;
            let (gcd, mut a, b) = self.poly_xgcd(short, &r)?;
            let product = self.convolve(&b, &q, &Want::full())?;
            a.resize(a.len().max(product.len()), BigRational::zero());
            for (c, x) in a.iter_mut().zip(&product) {
                *c = self.sub(c, x);
            }
            generic::trim(self, &mut a);
            return Ok(if f.len() > h.len() { (gcd, b, a) } else { (gcd, a, b) });
        }
        let ((x, m), (y, n)) = (numbers::cleared(f)?, numbers::cleared(h)?);
        let gcd = ZZ.poly_gcd(&x, &y)?;
        let (x, y) = if gcd.len() > 1 { (ZZ.exact_quo(&x, &gcd)?, ZZ.exact_quo(&y, &gcd)?) } else { (x, y) };
        if x.len() < 2 || y.len() < 2 {
            // One divides the other: the quotient is found in one step.
            return half_gcd::xgcd(self, f, h);
        }
        let (c, d) = (remainders::content(&ZZ, &x), remainders::content(&ZZ, &y));
        let (x, y) = (remainders::divide(&ZZ, &x, &c)?, remainders::divide(&ZZ, &y, &d)?);
        let (s, t, r) = images::cofactors::coprime(&x, &y)?;
        // s*x + t*y = r with f = c*gcd*x/m and h = d*gcd*y/n.
        let leading = gcd.last().filter(|_| gcd.len() > 1).cloned().unwrap_or_else(BigInt::one);
        let sign = r.signum();
        let scaled = |mut v: Vec<BigInt>, denominator: BigInt, content: BigInt| {
            generic::trim(&ZZ, &mut v);
            let factor = &sign * denominator;
            v.iter_mut().for_each(|c| *c *= &factor);
            divided(v, &(content * &leading * r.abs()))
        };
        let monic = if gcd.len() > 1 { divided(gcd.clone(), &leading) } else { vec![BigRational::one()] };
        Ok((monic, scaled(s, m, c), scaled(t, n, d)))
    }
    /// That of the numerators.
    fn shortest_recurrence(&self, terms: &[BigRational]) -> Result<Vec<BigRational>> {
        images::recurrence::shortest(&numbers::cleared(terms)?.0)
    }
}

/// The product by integers of any size.
fn over_long_denominators(a: &[BigRational], b: &[BigRational], want: &Want) -> Result<Vec<BigRational>> {
    let (first, m) = numbers::cleared(a)?;
    if std::ptr::eq(a, b) {
        return Ok(divided(ZZ.convolve(&first, &first, want)?, &(&m * &m)));
    }
    let (second, n) = numbers::cleared(b)?;
    Ok(divided(ZZ.convolve(&first, &second, want)?, &(m * n)))
}

impl Domain for Rationals {
    /// With `f = F/m` and `g = G/n` that of `F` and `G` over `m^deg(g) * n^deg(f)`.
    fn poly_resultant(&self, f: &[BigRational], g: &[BigRational]) -> Result<BigRational> {
        if f.is_empty() || g.is_empty() {
            return Ok(BigRational::zero());
        }
        let ((numerators, m), (others, n)) = (numbers::cleared(f)?, numbers::cleared(g)?);
        let value = ZZ.poly_resultant(&numerators, &others)?;
        let m = engine::integer_power(&m, g.len() as u64 - 1)?;
        let n = engine::integer_power(&n, f.len() as u64 - 1)?;
        Ok(numbers::fraction(value, &(m * n)))
    }
}

/// The gcd of two fractions is that of the numerators over the lcm of the denominators, so that the primitive
/// part of a polynomial over Q is the primitive polynomial over Z (the convention of PARI/GP).
impl GcdDomain for Rationals {
    fn gcd(&self, a: &BigRational, b: &BigRational) -> BigRational {
        // The gcd of the numerators divides both, so it shares nothing with either denominator.
        BigRational::new_raw(signed_gcd(a.numer(), b.numer()), signed_lcm(a.denom(), b.denom()))
    }
    fn normalizing_unit(&self, a: &BigRational) -> BigRational {
        BigRational::from_integer(if self.is_negative(a) { -BigInt::one() } else { BigInt::one() })
    }
}

impl Field for Rationals {
    fn extension_gcd(
        field: &ExtensionField<Self>,
        f: &[Vec<BigRational>],
        g: &[Vec<BigRational>],
    ) -> Result<Vec<Vec<BigRational>>> {
        images::extension::gcd(field, f, g)
    }
    fn extension_product<A: AsRef<[BigRational]>>(
        field: &ExtensionField<Self>,
        a: &[A],
        b: Option<&[A]>,
        want: &Want,
        stride: usize,
        out: &mut Vec<Vec<BigRational>>,
    ) -> Result<()> {
        extension::number_field::product(field, a, b, want, stride, out)
    }
}

impl<T: Clone + Integer + Into<BigInt>> IntoElement<Rationals> for Ratio<T> {
    fn into_element(self, _: &Rationals) -> BigRational {
        let (numerator, denominator) = self.into_raw();
        BigRational::new(numerator.into(), denominator.into())
    }
}

/// A numerator and a denominator: `QQ.poly([(1, 2), (1, 3)])`.
///
/// # Panics
/// When the denominator is 0.
impl<N: Into<BigInt>, D: Into<BigInt>> IntoElement<Rationals> for (N, D) {
    #[track_caller]
    fn into_element(self, _: &Rationals) -> BigRational {
        let (numerator, denominator) = (self.0.into(), self.1.into());
        assert!(!denominator.is_zero(), "the denominator of {numerator}/0 is zero");
        BigRational::new(numerator, denominator)
    }
}

/// As [`Display`](fmt::Display): errors name rings so.
impl fmt::Debug for Rationals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Rationals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QQ")
    }
}
