//! Power series over Q with one denominator for all coefficients, and those over Z that leave it on the way.
//!
//! It stands apart from the algorithms because they do not see the denominator: it is what sums, products and quotients here are made of. The
//! coefficients of a series are not reduced one by one but all at once, and only those of the result are taken to lowest terms.
//!
//! # Method
//! A product takes that of the numerators and of the denominators, and then what all have in common out: the greatest common divisor of the
//! denominator and a sum of the numerators with small random factors, which is the content but for bad luck, and is corrected where a
//! numerator is no multiple of it.
//!
//! # Invariants
//! A denominator is positive.

use crate::{
    Error, ErrorKind, Result,
    convolution::{Want, tuning},
    integer::gcd::{signed_gcd, signed_lcm},
    limit,
    ring::{
        Elementary, Integers, Prepared, QQ, Rationals, Ring, ZZ, fractions,
        generic::series::{
            Function,
            arithmetic::{Arithmetic, Part, Pick, Rows},
            plainly,
        },
        images, numbers,
    },
};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};
use std::{borrow::Cow, ops::Range};

/// A function of power series over Q.
///
/// # Errors
/// Those of the [function](crate::ring::generic::series).
pub(in crate::ring) fn over_rationals(
    function: &Function<'_, BigRational>,
    n: usize,
) -> Result<Vec<BigRational>> {
    limit::check(n as u64, 8 * size_of::<BigRational>() as u64)?;
    let by_images = match *function {
        Function::Composition(f, g) => images::series::compose(f, g, n)?,
        Function::Reversion(f) => images::series::reverse(f, n)?,
        _ => None,
    };
    if let Some(result) = by_images {
        return Ok(result);
    }
    let few = few_terms(function);
    if few.is_none_or(|terms| SPARSE * terms > n)
        && let Some(result) = images::series::function(function, n)?
    {
        return Ok(result);
    }
    // Recurrences take the coefficients one by one, which may have far smaller denominators than all of them have.
    if few.is_some() { plainly(&QQ, function, n) } else { function.compute(&Common, n) }
}

/// Operands with fewer than one term in so many coefficients of the result are sparse.
const SPARSE: usize = 4;

/// The terms of the operand, where they are few, of a function that a recurrence computes.
fn few_terms(function: &Function<'_, BigRational>) -> Option<usize> {
    let few = |f: &[BigRational], most| {
        let terms = f.iter().filter(|c| !c.is_zero()).count();
        (terms <= most).then_some(terms)
    };
    let square = tuning::SERIES_TERMS.isqrt() + 1;
    match *function {
        Function::Inverse(f)
        | Function::Quotient(_, f)
        | Function::Power(f, _)
        | Function::SineCosine(f)
        | Function::Elementary(Elementary::Exp | Elementary::Log | Elementary::Sin | Elementary::Cos, f) => {
            few(f, tuning::SERIES_TERMS)
        }
        // The denominator is 1 + f^2.
        Function::Elementary(Elementary::Atan | Elementary::Atanh, f) => few(f, square),
        _ => None,
    }
}

/// A function of power series over Z: quotients by monic series as they are, everything else over Q.
///
/// # Errors
/// Those of the [function](crate::ring::generic::series); kind not exact where a coefficient of the result is no integer.
pub(in crate::ring) fn over_integers(function: &Function<'_, BigInt>, n: usize) -> Result<Vec<BigInt>> {
    limit::check(n as u64, 8 * size_of::<BigInt>() as u64)?;
    let fractions = |f: &[BigInt]| f.iter().map(|c| c.clone().into()).collect::<Vec<BigRational>>();
    let first_is_unit = |g: &[BigInt]| g.first().is_none_or(|c| c.magnitude().is_one());
    let result = match *function {
        Function::Reversion(g) if g.get(1).is_some_and(|c| c.magnitude().is_one()) => {
            over_rationals(&Function::Reversion(&fractions(g)), n)?
        }
        Function::Inverse(_) | Function::Composition(..) | Function::Reversion(_) => {
            return plainly(&ZZ, function, n);
        }
        Function::Quotient(_, g) if first_is_unit(g) => return plainly(&ZZ, function, n),
        Function::Quotient(f, g) => over_rationals(&Function::Quotient(&fractions(f), &fractions(g)), n)?,
        Function::Elementary(of, f) => over_rationals(&Function::Elementary(of, &fractions(f)), n)?,
        Function::SineCosine(f) => over_rationals(&Function::SineCosine(&fractions(f)), n)?,
        Function::Power(f, e) => {
            // A power with a natural exponent is one of the engine, if it is not too long before it is cut.
            let natural = e.is_integer().then(|| u64::try_from(e.numer()).ok()).flatten();
            if let Some(e) = natural {
                match ZZ.power(&f[..f.len().min(n)], e, &Want::low(n)) {
                    Err(error) if error.kind() == ErrorKind::Limit => {}
                    power => {
                        let mut power = power?;
                        power.resize(n, BigInt::ZERO);
                        return Ok(power);
                    }
                }
            }
            // The root of a constant over Z, where there is none over Q either.
            if let (Some(c), Some(k)) = (f.iter().find(|c| !c.is_zero()), e.denom().to_u64())
                && n > 0
            {
                ZZ.try_root(c, k)?;
            }
            over_rationals(&Function::Power(&fractions(f), e), n)?
        }
    };
    integral(result)
}

/// The numerators of integers.
///
/// # Errors
/// Kind not exact, naming the first that is none.
fn integral(f: Vec<BigRational>) -> Result<Vec<BigInt>> {
    f.into_iter()
        .enumerate()
        .map(|(k, c)| match c.is_integer() {
            true => Ok(c.into_raw().0),
            false => Err(Error::not_exact(format!(
                "the coefficient of x^{k} is {}, no integer",
                crate::ring::text::short_element(&QQ, &c)
            ))),
        })
        .collect()
}

/// Series with one denominator.
#[derive(Debug)]
pub(crate) struct Common;

/// Numerators over a denominator.
#[derive(Clone, Debug)]
pub(crate) struct Fractions {
    numerators: Vec<BigInt>,
    denominator: BigInt,
}

impl Fractions {
    fn new(numerators: Vec<BigInt>, denominator: BigInt) -> Self {
        Fractions { numerators, denominator }
    }

    /// Without what all numerators and the denominator have in common.
    fn reduced(mut self) -> Self {
        if self.denominator.is_one() {
            return self;
        }
        let mut common = self.denominator.clone();
        let mut factor = 1u64;
        let mut sum = BigInt::ZERO;
        for c in &self.numerators {
            factor = factor.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            sum += c * (factor >> 40);
        }
        common = signed_gcd(&common, &numbers::div_rem(&sum, &common).1);
        if let Some(quotients) = super::lowest::exact_quotients(&self.numerators, &mut common) {
            self.numerators = quotients;
            self.denominator = numbers::div_rem(&self.denominator, &common).0;
        }
        self
    }

    /// The numerators over a multiple of the denominator.
    fn over(&self, denominator: &BigInt) -> Vec<BigInt> {
        if *denominator == self.denominator {
            return self.numerators.clone();
        }
        let factor = numbers::div_rem(denominator, &self.denominator).0;
        self.numerators.iter().map(|c| numbers::signed_product(c, &factor)).collect()
    }
}

impl Common {
    /// A part of a series, which is not copied where it is all of it.
    fn cut<'a>(&self, part: Part<'a, Fractions>) -> Result<Cow<'a, Fractions>> {
        if part.range.start == 0 && part.range.end >= part.of.numerators.len() {
            return Ok(Cow::Borrowed(part.of));
        }
        self.part(part.of, part.range).map(Cow::Owned)
    }

    fn combined(
        &self,
        f: Fractions,
        g: &Fractions,
        sum: impl Fn(&BigInt, &BigInt) -> BigInt,
    ) -> Result<Fractions> {
        let denominator = signed_lcm(&f.denominator, &g.denominator);
        let (mut x, y) = (f.over(&denominator), g.over(&denominator));
        limit::check(x.len().max(y.len()) as u64, denominator.bits())?;
        x.resize(x.len().max(y.len()), BigInt::ZERO);
        for (x, y) in x.iter_mut().zip(&y) {
            *x = sum(x, y);
        }
        Ok(Fractions::new(x, denominator))
    }
}

impl Arithmetic for Common {
    type Ring = Rationals;
    type Series = Fractions;
    type Factor = (Prepared<Integers>, BigInt);

    fn ring(&self) -> &Rationals {
        &QQ
    }

    fn base(&self) -> usize {
        tuning::SERIES_BASE_FRACTIONS
    }

    fn read(&self, f: &[BigRational]) -> Result<Fractions> {
        let (numerators, denominator) = numbers::cleared(f)?;
        Ok(Fractions::new(numerators, denominator))
    }

    fn write(&self, f: Fractions) -> Vec<BigRational> {
        fractions::divided(f.numerators, &f.denominator)
    }

    fn len(&self, f: &Fractions) -> usize {
        f.numerators.len()
    }

    fn coefficient(&self, f: &Fractions, k: usize) -> BigRational {
        match f.numerators.get(k) {
            Some(c) => numbers::fraction(c.clone(), &f.denominator),
            None => BigRational::zero(),
        }
    }

    fn terms(&self, f: &Fractions) -> usize {
        f.numerators.iter().filter(|c| !c.is_zero()).count()
    }

    fn part(&self, f: &Fractions, range: Range<usize>) -> Result<Fractions> {
        let end = range.end.min(f.numerators.len());
        let part = Fractions::new(f.numerators[range.start.min(end)..end].to_vec(), f.denominator.clone());
        Ok(if part.numerators.len() == f.numerators.len() { part } else { part.reduced() })
    }

    fn join(&self, low: Fractions, at: usize, high: Fractions) -> Result<Fractions> {
        let denominator = signed_lcm(&low.denominator, &high.denominator);
        limit::check((at + high.numerators.len()) as u64, denominator.bits())?;
        let mut numerators = low.over(&denominator);
        debug_assert!(numerators.len() <= at, "the parts do not overlap");
        numerators.resize(at, BigInt::ZERO);
        numerators.extend(high.over(&denominator));
        Ok(Fractions::new(numerators, denominator))
    }

    fn gather(&self, f: &Fractions, n: usize, pick: impl Fn(usize) -> Pick) -> Result<Fractions> {
        let at = |i: usize| f.numerators.get(i).cloned().unwrap_or_default();
        let numerators = (0..n)
            .map(|k| match pick(k) {
                Pick::Zero => BigInt::ZERO,
                Pick::At(i) => at(i),
            })
            .collect();
        Ok(Fractions::new(numerators, f.denominator.clone()))
    }

    fn sub(&self, f: Fractions, g: &Fractions) -> Result<Fractions> {
        self.combined(f, g, |x, y| x - y)
    }

    fn neg(&self, f: Fractions) -> Result<Fractions> {
        Ok(Fractions::new(f.numerators.into_iter().map(|c| -c).collect(), f.denominator))
    }

    fn scale(&self, f: Fractions, c: &BigRational) -> Result<Fractions> {
        let numerators = f.numerators.iter().map(|x| numbers::signed_product(x, c.numer())).collect();
        Ok(Fractions::new(numerators, numbers::signed_product(&f.denominator, c.denom())).reduced())
    }

    fn times_numbers(&self, f: Fractions, first: usize) -> Result<Fractions> {
        let numerators = f.numerators.into_iter().enumerate().map(|(k, c)| c * (first + k)).collect();
        Ok(Fractions::new(numerators, f.denominator))
    }

    fn over_numbers(&self, mut f: Fractions, first: usize) -> Result<Fractions> {
        if let (0, Some(c)) = (first, f.numerators.first_mut()) {
            *c = BigInt::ZERO;
        }
        // Quotients by all numbers have the least common multiple of the numbers as their denominator, and less where numerators are multiples.
        let mut numerators = f.numerators;
        let count = numerators.len() as u64;
        let mut multiple = BigInt::one();
        let mut divisors = Vec::with_capacity(numerators.len());
        for (k, c) in numerators.iter_mut().enumerate() {
            let number = BigInt::from((first + k).max(1));
            let common = number.gcd(&(&*c % &number));
            *c /= &common;
            let divisor = number / common;
            let missing = &divisor / divisor.gcd(&(&multiple % &divisor));
            multiple *= missing;
            limit::check(count, multiple.bits())?;
            divisors.push(divisor);
        }
        for (c, divisor) in numerators.iter_mut().zip(&divisors) {
            *c *= &multiple / divisor;
        }
        Ok(Fractions::new(numerators, numbers::signed_product(&f.denominator, &multiple)).reduced())
    }

    fn add_part(&self, f: Fractions, g: Part<'_, Fractions>) -> Result<Fractions> {
        self.combined(f, self.cut(g)?.as_ref(), |x, y| x + y)
    }

    fn multiply(
        &self,
        f: Part<'_, Fractions>,
        g: Part<'_, Fractions>,
        window: Range<usize>,
    ) -> Result<Fractions> {
        let square = std::ptr::eq(f.of, g.of) && f.range == g.range;
        let (n, want) = (window.len(), Want::range(window));
        let f = self.cut(f)?;
        let other = if square { None } else { Some(self.cut(g)?) };
        // One and the same slice, for a square.
        let g = other.as_ref().unwrap_or(&f);
        let mut numerators = ZZ.convolve(&f.numerators, &g.numerators, &want)?;
        numerators.resize(n, BigInt::ZERO);
        Ok(Fractions::new(numerators, numbers::signed_product(&f.denominator, &g.denominator)).reduced())
    }

    fn factor(&self, f: Fractions, like: Part<'_, Fractions>, window: Range<usize>) -> Result<Self::Factor> {
        let end = like.range.end.min(like.of.numerators.len());
        let like = &like.of.numerators[like.range.start.min(end)..end];
        Ok((ZZ.prepare(f.numerators, like, &Want::range(window))?, f.denominator))
    }

    fn after(&self, f: &Self::Factor, g: Part<'_, Fractions>, window: Range<usize>) -> Result<Fractions> {
        let (n, g) = (window.len(), self.cut(g)?);
        let mut numerators = ZZ.convolve_prepared(&f.0, &g.numerators, &Want::range(window))?;
        numerators.resize(n, BigInt::ZERO);
        Ok(Fractions::new(numerators, numbers::signed_product(&f.1, &g.denominator)).reduced())
    }

    fn before(&self, f: &Self::Factor, g: Part<'_, Fractions>, window: Range<usize>) -> Result<Fractions> {
        self.after(f, g, window)
    }

    fn unfactor(&self, (f, denominator): Self::Factor) -> Fractions {
        Fractions::new(f.into_coefficients(), denominator)
    }

    fn arrange(&self, n: usize, parts: &[(&Fractions, Rows)]) -> Result<Fractions> {
        let denominator = parts.iter().fold(BigInt::one(), |lcm, (f, _)| signed_lcm(&lcm, &f.denominator));
        let mut numerators = vec![BigInt::ZERO; n];
        for &(f, rows) in parts {
            let negative = |x: &BigInt| Ok(-x);
            if f.denominator == denominator {
                rows.copy(&f.numerators, &mut numerators, negative)?;
            } else {
                rows.copy(&f.clone().over(&denominator), &mut numerators, negative)?;
            }
        }
        Ok(Fractions::new(numerators, denominator))
    }

    fn share(&self, f: Fractions, _: usize, _: Range<usize>) -> Result<Self::Factor> {
        Ok((Prepared::plain(&ZZ, f.numerators), f.denominator))
    }

    fn dot(&self, pairs: &[(&Self::Factor, &Self::Factor)], window: Range<usize>) -> Result<Fractions> {
        let mut sum: Option<Fractions> = None;
        for (f, g) in pairs {
            let want = Want::range(window.clone());
            let mut numerators = ZZ.convolve(f.0.coefficients(), g.0.coefficients(), &want)?;
            numerators.resize(window.len(), BigInt::ZERO);
            let product = Fractions::new(numerators, numbers::signed_product(&f.1, &g.1)).reduced();
            sum = Some(match sum {
                None => product,
                Some(sum) => self.add(sum, &product)?,
            });
        }
        Ok(sum.unwrap_or_else(|| Fractions::new(Vec::new(), BigInt::one())))
    }

    fn combinations(&self, f: &Fractions, rows: &[Fractions], lengths: &[usize]) -> Result<Vec<Fractions>> {
        let denominator = rows.iter().fold(BigInt::one(), |lcm, row| signed_lcm(&lcm, &row.denominator));
        let rows: Vec<Vec<BigInt>> = rows.iter().map(|row| row.clone().over(&denominator)).collect();
        let rows: Vec<&[BigInt]> = rows.iter().map(Vec::as_slice).collect();
        let mut first = 0;
        lengths
            .iter()
            .map(|&n| {
                let factors = self.part(f, first..first + rows.len())?;
                first += rows.len();
                let sum = ZZ.linear_combination(&factors.numerators, &rows[..factors.numerators.len()], n)?;
                Ok(Fractions::new(sum, numbers::signed_product(&factors.denominator, &denominator)).reduced())
            })
            .collect()
    }

    fn coefficients_of_products(&self, f: &Fractions, rows: &[Fractions], first: usize) -> Result<Fractions> {
        let denominator = rows.iter().fold(BigInt::one(), |lcm, row| signed_lcm(&lcm, &row.denominator));
        let coefficients: Vec<BigInt> = rows
            .iter()
            .enumerate()
            .map(|(i, row)| {
                let c = ZZ.coefficient_of_product(&f.numerators, &row.numerators, first + i)?;
                Ok(c * (&denominator / &row.denominator))
            })
            .collect::<Result<_>>()?;
        Ok(Fractions::new(coefficients, numbers::signed_product(&denominator, &f.denominator)).reduced())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::generic::series;

    /// One denominator against fraction by fraction.
    #[test]
    fn against_elements() {
        let value = |k: u64| {
            let word = k.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            BigRational::new(((word >> 40) as i64 - (1 << 23)).into(), (word % 61 + 1).into())
        };
        for n in [1, 2, 3, 7, 8, 9, 16, 17, 30] {
            let f: Vec<BigRational> =
                std::iter::once(QQ.zero()).chain((1..n as u64 + 3).map(value)).collect();
            let mut unit = f.clone();
            unit[0] = QQ.one();
            let [half, third] = [2, 3].map(|k| BigRational::new(BigInt::one(), k.into()));
            let functions = [
                Function::Inverse(&unit),
                Function::Quotient(&f, &unit),
                Function::Elementary(Elementary::Exp, &f),
                Function::Elementary(Elementary::Log, &unit),
                Function::Power(&unit, &half),
                Function::Power(&unit, &third),
                Function::SineCosine(&f),
            ];
            for function in functions {
                assert_eq!(
                    QQ.power_series(&function, n).unwrap(),
                    plainly(&QQ, &function, n).unwrap(),
                    "{function:?} to {n}"
                );
            }
        }
    }

    #[test]
    fn integers_that_stay_integers() {
        let root = series::root(&ZZ, &[1, -4].map(Into::into), 2, 6).unwrap();
        assert_eq!(root, [1, -2, -2, -4, -10, -28].map(Into::into));
        let error = series::elementary(&ZZ, Elementary::Exp, &[0, 1].map(Into::into), 3).unwrap_err();
        assert_eq!(error.to_string(), "the coefficient of x^2 is 1/2, no integer");
        let q = series::quotient(&ZZ, &[4, 2].map(Into::into), &[2, 1].map(Into::into), 3).unwrap();
        assert_eq!(q, [2, 0, 0].map(Into::into));
    }
}
