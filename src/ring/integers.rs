//! Z: the integers, as `BigInt`.
//!
//! The ring that carries the others: Q, `Z[i]`, Q(i) and the checked machine integers multiply through it, on the
//! flat sequences of the engine.
//!
//! # Method
//! Products and powers of sequences: the engine. Values: Horner's rule, or by halves where the value is large, so that
//! the work is in a few products of large numbers. Division of polynomials: in words or rows of limbs ([`flat`]), by halves, or, as greatest
//! common divisors and resultants, modulo word primes ([`images`]).

use super::{
    Domain, GcdDomain, IntegerImage, Prepared, QQ, Ring, Style, engine,
    flat::{self, words::Outcome},
    fractions,
    generic::{self, QuoRem, division::inexact, series::Function},
    images::{self, division::Scaled},
    numbers, remainders, roots, text,
};
use crate::convolution::{
    Algorithm, Array, Mode, Want,
    integer_product::ExactDivisor,
    plan::{Plan, ceil_log2},
    tuning,
};
use crate::integer::gcd::signed_gcd;
use crate::{Error, Result};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::fmt;

/// The ring of integers.
///
/// # Examples
/// ```
/// use monic::{Ring, ZZ, convolution::Want};
/// let (f, g) = ([1, 2].map(Into::into), [3, 4].map(Into::into));
/// assert_eq!(ZZ.convolve(&f, &g, &Want::full())?, [3, 10, 8].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Integers;

/// The ring of integers, to write `ZZ.poly([1, 2, 3])`.
pub const ZZ: Integers = Integers;

/// As [`Display`](fmt::Display): errors name rings so.
impl fmt::Debug for Integers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Integers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ZZ")
    }
}

impl Ring for Integers {
    type Element = BigInt;

    fn zero(&self) -> BigInt {
        BigInt::zero()
    }
    fn one(&self) -> BigInt {
        BigInt::one()
    }
    fn add(&self, a: &BigInt, b: &BigInt) -> BigInt {
        a + b
    }
    fn neg(&self, a: &BigInt) -> BigInt {
        -a
    }
    fn mul(&self, a: &BigInt, b: &BigInt) -> BigInt {
        numbers::signed_product(a, b)
    }
    fn sub(&self, a: &BigInt, b: &BigInt) -> BigInt {
        a - b
    }
    fn is_zero(&self, a: &BigInt) -> bool {
        a.is_zero()
    }
    fn is_one(&self, a: &BigInt) -> bool {
        a.is_one()
    }
    fn from_integer(&self, n: BigInt) -> BigInt {
        n
    }
    fn try_root(&self, a: &BigInt, k: u64) -> Result<BigInt> {
        if let Some(root) = roots::trivial(self, a, k)? {
            return Ok(root);
        }
        roots::of_integer(a, k).ok_or_else(|| roots::none(self, a, k))
    }
    fn power_series(&self, function: &Function<'_, BigInt>, n: usize) -> Result<Vec<BigInt>> {
        fractions::series::over_integers(function, n)
    }
    fn quotient_series(&self, f: Option<&[BigInt]>, g: &[BigInt], n: usize) -> Result<Vec<BigInt>> {
        self.power_series(&f.map_or(Function::Inverse(g), |f| Function::Quotient(f, g)), n)
    }
    /// # Panics
    /// When the power is over the [limit](crate::limit).
    #[track_caller]
    fn pow(&self, a: &BigInt, n: u64) -> BigInt {
        match engine::integer_power(a, n) {
            Ok(power) => power,
            Err(error) => panic!("{error}"),
        }
    }
    fn try_inverse(&self, a: &BigInt) -> Result<BigInt> {
        if a.magnitude().is_one() {
            Ok(a.clone())
        } else if a.is_zero() {
            Err(Error::undefined("division by zero"))
        } else {
            Err(Error::undefined(format!("{} has no inverse in ZZ", text::abbreviated(a))))
        }
    }
    fn try_exact_quo(&self, a: &BigInt, b: &BigInt) -> Result<BigInt> {
        if b.is_zero() {
            return Err(Error::undefined("division by zero"));
        }
        let (quo, rem) = numbers::div_rem(a, b);
        if rem.is_zero() {
            Ok(quo)
        } else {
            Err(Error::not_exact(format!(
                "{} does not divide {}",
                text::abbreviated(b),
                text::abbreviated(a)
            )))
        }
    }
    fn fmt_element(&self, a: &BigInt, _: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        text::fmt_integer(a, f)
    }
    fn log2_norm(&self, f: &[BigInt]) -> f64 {
        super::norm::of_integers(f)
    }
    fn norm_bits(&self, f: &[BigInt]) -> u64 {
        f.iter().map(BigInt::bits).max().unwrap_or(0) + ceil_log2(f.len() as u64)
    }
    fn is_negative(&self, a: &BigInt) -> bool {
        a.sign() == Sign::Minus
    }

    /// Of the dense product. Sequences whose coefficients differ much in size are cut into parts that are planned on their own.
    fn plan(&self, a: &[BigInt], b: &[BigInt], want: &Want) -> Result<Plan> {
        engine::plan_bigints(a, b, want)
    }
    fn convolve(&self, a: &[BigInt], b: &[BigInt], want: &Want) -> Result<Vec<BigInt>> {
        let mut product = Vec::new();
        engine::bigints(Some(a), b, want, &mut product)?;
        Ok(product)
    }
    fn convolve_into(&self, a: &[BigInt], b: &[BigInt], want: &Want, out: &mut Vec<BigInt>) -> Result<()> {
        engine::bigints(Some(a), b, want, out)
    }
    fn convolve_assign(&self, a: &mut Vec<BigInt>, b: &[BigInt], want: &Want) -> Result<()> {
        engine::bigints(None, b, want, a)
    }
    fn convolve_sum(&self, pairs: &[(&[BigInt], &[BigInt])], want: &Want) -> Result<Vec<BigInt>> {
        engine::bigints_dot(pairs, want)
    }
    fn convolve_arrays(
        &self,
        a: &Array<BigInt>,
        b: &Array<BigInt>,
        mode: &Mode<BigInt>,
        algorithm: Option<Algorithm>,
    ) -> Result<Array<BigInt>> {
        engine::bigints_array(a, b, mode, algorithm)
    }
    fn prepare(&self, f: Vec<BigInt>, like: &[BigInt], want: &Want) -> Result<Prepared<Self>> {
        Ok(match engine::prepare_bigints(&f, like, want)? {
            Some(transformed) => Prepared::with_transformed(self, f, transformed),
            None => Prepared::plain(self, f),
        })
    }
    fn convolve_prepared(&self, f: &Prepared<Self>, g: &[BigInt], want: &Want) -> Result<Vec<BigInt>> {
        match f.transformed() {
            Some(transformed) => engine::bigints_prepared(f.coefficients(), transformed, g, want),
            None => self.convolve(f.coefficients(), g, want),
        }
    }
    fn power(&self, f: &[BigInt], n: u64, want: &Want) -> Result<Vec<BigInt>> {
        engine::check_power(self, f, n, want)?;
        engine::power_bigints(f, n, want)
    }
    fn evaluate(&self, f: &[BigInt], x: &BigInt) -> Result<BigInt> {
        let bits = f.iter().map(BigInt::bits).max().unwrap_or(0);
        // Powers of 1, -1 and 0 do not grow.
        let growth = if x.magnitude().is_one() { 0 } else { x.bits() };
        engine::check_value(bits, f.len(), growth)?;
        if growth.saturating_mul(f.len() as u64) < engine::HORNER_BITS {
            return generic::horner(self, f, x);
        }
        Ok(engine::evaluate_by_halves(f, x))
    }
    fn quo_rem(&self, f: &[BigInt], g: &[BigInt]) -> Result<QuoRem<BigInt>> {
        let Some(leading) = g.last() else { return generic::quo_rem(self, f, g) };
        self.try_inverse(leading)?;
        if f.len() < g.len() {
            return Ok((Vec::new(), f.to_vec()));
        }
        if let Some(both) = divided_in_words(f, g, flat::words::quo_rem)? {
            return Ok(both);
        }
        if let Some((mut q, mut r)) = divided_by_words(f, g)? {
            if leading.is_negative() && q.len() % 2 == 1 {
                // Scaled by an odd power of -1.
                q.iter_mut().chain(&mut r).for_each(|c| *c = -std::mem::take(c));
            }
            return Ok((q, r));
        }
        if images::division::pays(f, g) {
            return images::division::quo_rem(f, g, Scaled::Not);
        }
        generic::division::halved_onto(self, f, g, tuning::DIVISION_HALVES, &flat::rows::long)
    }
    /// Over Q, with the primitive multiple of the right part, which has a positive leading coefficient; the left part has integer coefficients then.
    fn decompose(&self, f: &[BigInt], s: usize) -> Result<Option<generic::decomposition::Pieces<Self>>> {
        if f.last().is_some_and(|c| c.magnitude().is_one()) {
            return generic::decomposition::monic_at(self, f, s);
        }
        let fractions: Vec<BigRational> = f.iter().map(|c| c.clone().into()).collect();
        let Some((mut g, mut h)) = QQ.decompose(&fractions, s)? else { return Ok(None) };
        // g(h) = g(c*(h/c)), and h/c is primitive for the content c.
        let content = h.iter().fold(QQ.zero(), |content, c| QQ.gcd(&content, c));
        let mut power = QQ.one();
        for c in &mut g {
            *c = QQ.mul(c, &power);
            power = QQ.mul(&power, &content);
        }
        for c in &mut h {
            *c = QQ.try_exact_quo(c, &content)?;
        }
        let integers = |f: Vec<BigRational>| -> Result<Vec<BigInt>> {
            f.into_iter().map(|c| self.try_exact_quo(c.numer(), c.denom())).collect()
        };
        Ok(Some((integers(g)?, integers(h)?)))
    }
    fn exact_quo(&self, f: &[BigInt], g: &[BigInt]) -> Result<Vec<BigInt>> {
        if f.len() < g.len() || g.is_empty() {
            return generic::division::exact(self, f, g);
        }
        if let Some((q, r)) = divided_in_words(f, g, flat::words::quo_rem)? {
            return if r.is_empty() { Ok(q) } else { Err(inexact()) };
        }
        // What is lowest has to divide what is lowest, and what leads what leads.
        let lowest = |v: &[BigInt]| v.iter().position(|c| !c.is_zero()).unwrap_or(0);
        let (low, valuation) = (lowest(g), lowest(f));
        let divides = |c: &BigInt, d: &BigInt| ExactDivisor::once(c.magnitude()).quotient(d).is_some();
        if valuation < low || !divides(&g[low], &f[valuation]) {
            return Err(inexact());
        }
        if images::division::pays_exact(f, g) {
            if !divides(&g[g.len() - 1], &f[f.len() - 1]) {
                return Err(inexact());
            }
            return images::division::exact(f, g);
        }
        let cutoff = tuning::DIVISION_HALVES;
        let (q, r) = generic::division::halved_onto(self, f, g, cutoff, &flat::rows::long)?;
        if r.is_empty() { Ok(q) } else { Err(inexact()) }
    }
    fn pseudo_quo_rem(&self, f: &[BigInt], g: &[BigInt]) -> Result<QuoRem<BigInt>> {
        if f.len() < g.len() || g.is_empty() {
            return remainders::pseudo_quo_rem(self, f, g);
        }
        if let Some(both) = divided_in_words(f, g, flat::words::pseudo_quo_rem)? {
            return Ok(both);
        }
        if let Some((mut q, r)) = divided_by_words(f, g)? {
            generic::trim(self, &mut q);
            return Ok((q, r));
        }
        let leading = &g[g.len() - 1];
        if !leading.magnitude().is_one() && !images::division::pays(f, g) {
            return flat::rows::pseudo(f, g);
        }
        let (mut q, mut r) = if leading.magnitude().is_one() {
            self.quo_rem(f, g)?
        } else {
            images::division::quo_rem(f, g, Scaled::ByLeading)?
        };
        if leading.is_negative() && leading.magnitude().is_one() && q.len() % 2 == 1 {
            // Scaled by an odd power of -1.
            q.iter_mut().chain(&mut r).for_each(|c| *c = -std::mem::take(c));
        }
        generic::trim(self, &mut q);
        Ok((q, r))
    }
    fn taylor_shift(&self, f: &[BigInt], a: &BigInt) -> Result<Vec<BigInt>> {
        let mut out = Vec::new();
        self.taylor_shift_into(f, a, &mut out)?;
        Ok(out)
    }
    fn taylor_shift_into(&self, f: &[BigInt], a: &BigInt, out: &mut Vec<BigInt>) -> Result<()> {
        if f.len() <= tuning::SHIFT_ROWS && flat::shift::horner(f, a, out) {
            return Ok(());
        }
        *out = generic::shift::halves_onto(self, f, a, tuning::SHIFT_ROWS / 2, &|part| {
            let mut out = Vec::new();
            match flat::shift::horner(part, a, &mut out) {
                true => Ok(out),
                false => generic::shift::halves(self, part, a),
            }
        })?;
        Ok(())
    }
    fn compose(&self, f: &[BigInt], g: &[BigInt]) -> Result<Vec<BigInt>> {
        match flat::composition::compose(f, g)? {
            Some(composed) => Ok(composed),
            None => generic::composition::whole(self, f, g),
        }
    }
    fn shortest_recurrence(&self, terms: &[BigInt]) -> Result<Vec<BigInt>> {
        let coefficients = images::recurrence::shortest(terms)?;
        let integral = |(i, c): (usize, BigRational)| {
            if c.is_integer() {
                return Ok(c.into_raw().0);
            }
            Err(Error::not_exact(format!("the coefficient of a(k-{}) is {c}, no integer", i + 1)))
        };
        coefficients.into_iter().enumerate().map(integral).collect()
    }
    fn poly_gcd(&self, f: &[BigInt], g: &[BigInt]) -> Result<Vec<BigInt>> {
        images::gcd::integers(f, g)
    }
    fn interpolate(&self, points: &[BigInt], values: &[BigInt]) -> Result<Vec<BigInt>> {
        if points.len() <= tuning::POINTS_DIFFERENCES || points.len() != values.len() {
            return generic::points::interpolate(self, points, values);
        }
        images::points::interpolate(points, values)
    }
    fn shift_samples(&self, values: &[BigInt], a: &BigInt, m: usize) -> Result<Vec<BigInt>> {
        if values.len() <= tuning::POINTS_DIFFERENCES || m == 0 {
            return generic::samples::shift(self, values, a, m);
        }
        images::points::shift(values, a, m)
    }
}

/// A division in words, where it is short enough and stays in them.
fn divided_in_words(
    f: &[BigInt],
    g: &[BigInt],
    divide: fn(&[BigInt], &[BigInt]) -> Outcome,
) -> Result<Option<QuoRem<BigInt>>> {
    let (long, short) = ((f.len() + 1 - g.len()).max(g.len()), (f.len() + 1 - g.len()).min(g.len()));
    if short > tuning::DIVISION_HALVES && long.saturating_mul(short) > flat::words::MOST_STEPS {
        return Ok(None);
    }
    match divide(f, g) {
        Outcome::Done(both) => Ok(Some(both)),
        Outcome::NotExact => Err(inexact()),
        Outcome::Beyond => Ok(None),
    }
}

/// A division in rows by a divisor of words, where it is no longer than one by images or halves.
fn divided_by_words(f: &[BigInt], g: &[BigInt]) -> Result<Option<QuoRem<BigInt>>> {
    let short = (f.len() + 1 - g.len()).min(g.len());
    let most = if images::division::pays(f, g) { tuning::DIVISION_BY_WORDS } else { tuning::DIVISION_HALVES };
    if short > most { Ok(None) } else { flat::by_words::quo_rem(f, g, flat::rows::MATRIX) }
}

impl IntegerImage for Integers {
    fn lift(&self, a: &BigInt) -> BigInt {
        a.clone()
    }
}

impl Domain for Integers {
    fn poly_resultant(&self, f: &[BigInt], g: &[BigInt]) -> Result<BigInt> {
        images::resultant::integers(f, g)
    }
}

impl GcdDomain for Integers {
    fn gcd(&self, a: &BigInt, b: &BigInt) -> BigInt {
        signed_gcd(a, b)
    }
    fn normalizing_unit(&self, a: &BigInt) -> BigInt {
        BigInt::from(if a.sign() == Sign::Minus { -1 } else { 1 })
    }
}
