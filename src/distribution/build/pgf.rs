//! Probability generating functions, `G(x) = sum of P(X = k) x^k`, in and out: polynomials over Q, and rational functions,
//! whose series are distributions without a last outcome.
//!
//! They stand apart from weights because a generating function is normalised, `G(1) = 1`, and has no negative outcomes. A
//! rational function is checked where it can be: it is reduced first; its value at 1 is 1; it has no pole in `0 < x <= 1`,
//! where a power series with coefficients that are not negative has its first one (A. Pringsheim, 1894), so that the series sums to 1.
//!
//! The way back, from a series to the rational function, is Padé's: the shortest linear recurrence of the first weights has the
//! denominator in it, and is believed only where weights that it was not made from agree, and where it sums to 1 with the tail.

use super::super::{Distribution, Extent, Reducer, Truncated, log2_above};
use crate::convolution::Want;
use crate::poly::Poly;
use crate::ring::{Integers, QQ, Rationals, Ring, ZZ, remainders};
use crate::sequences::Recurrence;
use crate::{Error, Result, limit};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::ops::Bound;

/// How many weights a recurrence is looked for in at first; then in twice as many.
const FIRST_WEIGHTS: usize = 16;

impl Distribution {
    /// The distribution with the probability generating function `g`: `P(X = k)` is the coefficient of `x^k`.
    ///
    /// # Errors
    /// Kind undefined for a negative coefficient, or a sum other than 1, which the message states.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, distribution::Distribution};
    /// let g = QQ.parse("1/4*x^2 + 1/2*x + 1/4")?;
    /// assert_eq!(Distribution::from_pgf(&g)?, Distribution::uniform(0..=1).times(2));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn from_pgf(g: &Poly<Rationals>) -> Result<Self> {
        Self::from_probabilities((0..).zip(g.iter().cloned()))
    }

    /// The probability generating function, the polynomial whose coefficient of `x^k` is `P(X = k)`.
    ///
    /// Its derivatives at 1 are the [factorial moments](Self::factorial_moment), its value at 0 is `P(X = 0)`.
    ///
    /// # Errors
    /// Kind undefined where an outcome is negative; kind limit where outcomes are so far apart that the polynomial would be too
    /// large.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let g = Distribution::die(3).pgf()?;
    /// assert_eq!(g.to_string(), "1/3*x^3 + 1/3*x^2 + 1/3*x");
    /// assert_eq!(g.derivative().eval(1).to_string(), "2"); // the mean
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn pgf(&self) -> Result<Poly<Rationals>> {
        let first = usize::try_from(self.min()).map_err(|_| {
            Error::undefined(format!(
                "outcomes down to {}: a generating function has no negative exponents",
                self.min()
            ))
        })?;
        let span = self.span()?;
        let places = (first as u64).saturating_add(span as u64);
        limit::check(places, 8 * size_of::<BigRational>() as u64)?;
        let mut coefficients = vec![BigRational::zero(); first + span];
        let reducer = Reducer::new(&self.denominator);
        for (slot, weight) in
            coefficients[first..].iter_mut().step_by(self.step as usize).zip(self.weights.iter())
        {
            *slot = reducer.fraction(weight);
        }
        Ok(Poly::from_vec(QQ, coefficients))
    }

    /// The generating function of the weights on all integers from the smallest outcome on: `(min, f)`, where the coefficient
    /// of `x^k` in `f` is the weight of `min + k`. [`from_generating_function`](Self::from_generating_function) is the way back.
    ///
    /// # Errors
    /// Kind limit where outcomes are so far apart that the polynomial would be too large.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let doubled = Distribution::die(3).scaled(2)?;
    /// let (first, f) = doubled.generating_function()?;
    /// assert_eq!((first, f.to_string().as_str()), (2, "x^4 + x^2 + 1"));
    /// assert_eq!(Distribution::from_generating_function(first, f)?, doubled);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn generating_function(&self) -> Result<(i64, Poly<Integers>)> {
        self.span()?;
        Ok((self.offset, self.weights.polynomial().inflate(self.step as usize)))
    }

    /// The probability generating function as a rational function `(p, q)` in lowest terms, `sum of P(X = k) x^k = p/q`: what
    /// [`pgf`](Self::pgf) is where no outcome is negative, and a power of `x` as the denominator where one is.
    ///
    /// # Errors
    /// Kind limit where outcomes are so far apart that the polynomials would be too large.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let (p, q) = (Distribution::die(3) - 2).rational_pgf()?;
    /// assert_eq!((p.to_string().as_str(), q.to_string().as_str()), ("1/3*x^2 + 1/3*x + 1/3", "x"));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn rational_pgf(&self) -> Result<(Poly<Rationals>, Poly<Rationals>)> {
        if self.min() >= 0 {
            return Ok((self.pgf()?, Poly::one(QQ)));
        }
        let mut first = self.clone();
        first.offset = 0;
        Ok((first.pgf()?, power_of_x(self.min().unsigned_abs())?))
    }

    /// How many integers there are from the smallest to the largest outcome, where a place for each is within the limit.
    pub(in super::super) fn span(&self) -> Result<usize> {
        let span = (self.weights.len() as u64 - 1).saturating_mul(self.step as u64).saturating_add(1);
        limit::check(span, 8 * size_of::<BigInt>() as u64)?;
        Ok(span as usize)
    }
}

impl Truncated {
    /// The distribution with the probability generating function `p/q`, known for outcomes in `0..end`: the series of the
    /// quotient.
    ///
    /// Where `p/q` is a polynomial and `end` above its degree, nothing is left over and
    /// [`to_distribution`](Truncated::to_distribution) has it.
    ///
    /// # Errors
    /// Kind undefined where `p/q` is no probability generating function: `q` or its value at 0 is zero, `p/q` is not 1 at 1, has
    /// a pole in `0 < x <= 1`, or a negative coefficient below `x^end`. Those beyond are not looked at. Kind limit for a series
    /// that is too large, before it is computed.
    ///
    /// # Complexity
    /// A gcd of `p` and `q`, a quotient of power series of order `end`, and a count of real roots.
    ///
    /// # Examples
    /// Rolls of a die until two sixes came in a row.
    /// ```
    /// use monic::{QQ, distribution::Truncated};
    /// let rolls = Truncated::from_rational_pgf(&QQ.parse("x^2")?, &QQ.parse("36 - 30*x - 5*x^2")?, 5)?;
    /// assert_eq!(rolls.probability(4)?.to_string(), "5/216");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn from_rational_pgf(p: &Poly<Rationals>, q: &Poly<Rationals>, end: usize) -> Result<Self> {
        if q.is_zero() {
            return Err(Error::undefined("a generating function with the denominator 0"));
        }
        let common = p.try_gcd(q)?;
        let (p, q) = (p.try_exact_quo(&common)?, q.try_exact_quo(&common)?);
        proper(&p, &q)?;
        if q.degree() > Some(0) {
            series_extent(&p, &q, end)?.check()?;
        }
        let (weights, denominator) = p.try_quo_series(&q, end)?.numerator_denominator();
        if let Some(k) = weights.iter().position(|w| w.sign() == Sign::Minus) {
            let weight = BigRational::new(weights.coefficient(k), denominator);
            return Err(Error::undefined(format!("the coefficient of x^{k} is negative: {weight}")));
        }
        let mut weights = weights.into_coefficients();
        weights.resize(end, BigInt::ZERO);
        Truncated::new(0, weights, denominator)
    }

    /// The probability generating function as a rational function `(p, q)` in lowest terms, found from what is known: `q` is 1 at 0, or
    /// has a power of `x` more where outcomes are negative. [`from_rational_pgf`](Self::from_rational_pgf) is the way back.
    ///
    /// It is the simplest one that agrees with everything that is known, the tail included. What is beyond is not known, so that it
    /// may be another one all the same; but at least one weight was not needed to find it, and agrees.
    ///
    /// # Errors
    /// Kind undefined where no rational function of so low degrees agrees with all weights, sums to 1 and has no pole in
    /// `0 < x <= 1`: numerator and denominator of degrees below and up to `d` take `2d + 1` known outcomes. Kind limit for too much work.
    ///
    /// # Complexity
    /// That of the [shortest recurrence](Recurrence::shortest) of at most four times as many weights as it takes, and of a
    /// product of order `end`.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let waiting = Distribution::geometric(&"1/6".parse().unwrap(), 10)?;
    /// let (p, q) = waiting.try_times(2)?.rational_pgf()?; // failures before the second six
    /// assert_eq!((p.to_string().as_str(), q.to_string().as_str()), ("1/36", "25/36*x^2 - 5/3*x + 1"));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn rational_pgf(&self) -> Result<(Poly<Rationals>, Poly<Rationals>)> {
        if self.is_complete() {
            return self.to_distribution()?.rational_pgf();
        }
        let count = self.weights().len();
        let (p, q) = self.shortest_quotient()?.ok_or_else(|| {
            Error::undefined(format!("{count} probabilities do not decide a rational generating function"))
        })?;
        let p = p.try_scale(&BigRational::new(BigInt::one(), self.denominator().clone()))?;
        proper(&p, &q).map_err(|error| {
            let what = "probabilities decide a rational function that is of no distribution";
            Error::new(error.kind(), format!("{count} {what}: {}", error.message()))
        })?;
        let power = power_of_x(self.min().unsigned_abs())?;
        Ok(if self.min() < 0 { (p, q.try_mul(&power)?) } else { (p.try_mul(&power)?, q) })
    }

    /// The rational function of the lowest degrees that the weights are the series of, where they are more than it takes.
    fn shortest_quotient(&self) -> Result<Option<(Poly<Rationals>, Poly<Rationals>)>> {
        let weights = self.weights();
        if weights.is_empty() {
            return Ok(None);
        }
        let mut known = FIRST_WEIGHTS;
        loop {
            let first = &weights[..known.min(weights.len())];
            // A recurrence has coefficients up to as long as all of its terms together, and takes as many primes.
            let n = first.len() as f64;
            let words = log2_above(self.denominator()) / 64.0 + 1.0;
            limit::check_work(n * n * words * (n + 1.0).log2().powi(2))?;
            let content = remainders::content(&ZZ, first);
            let terms = first.iter().map(|weight| BigRational::from_integer(weight / &content));
            let recurrence = Recurrence::shortest(QQ, terms)?;
            if 2 * recurrence.order() < first.len() {
                let (p, q) = recurrence.generating_function()?;
                let p = p.try_scale(&BigRational::from_integer(content))?;
                let (integers, scale) = q.numerator_denominator();
                let product = ZZ.convolve(weights, integers.coefficients(), &Want::low(weights.len()))?;
                let expected = p.try_scale(&BigRational::from_integer(scale))?;
                if QQ.poly(product) == expected {
                    return Ok(Some((p, q)));
                }
            }
            if known >= weights.len() {
                return Ok(None);
            }
            known *= 2;
        }
    }
}

/// Refuses what is no probability generating function, in lowest terms, but for the signs of its coefficients.
fn proper(p: &Poly<Rationals>, q: &Poly<Rationals>) -> Result<()> {
    if q.coefficient(0).is_zero() {
        return Err(Error::undefined("the generating function has a pole at 0"));
    }
    let up_to_one = (Bound::Excluded(BigRational::zero()), Bound::Included(BigRational::one()));
    if q.count_real_roots(up_to_one)? > 0 {
        return Err(Error::undefined("the generating function has a pole in 0 < x <= 1"));
    }
    let value = p.eval(BigRational::one()) / q.eval(BigRational::one());
    if !value.is_one() {
        return Err(Error::undefined(format!("the generating function is {value} at 1, not 1")));
    }
    Ok(())
}

/// The size of the series of `p/q`, to order `end`, and its work. With `q` over the integers, the coefficient of `x^k` has the denominator
/// `q(0)^(k+1)`, and a numerator that grows as the sum of the magnitudes in `q` at most.
fn series_extent(p: &Poly<Rationals>, q: &Poly<Rationals>, end: usize) -> Result<Extent> {
    let ((numerators, content), (integers, _)) = (p.numerator_denominator(), q.numerator_denominator());
    let norm: BigInt = integers.iter().map(|c| BigInt::from(c.magnitude().clone())).sum();
    let bits = end as f64 * log2_above(&norm) + log2_above(&content) + numerators.height_bits() as f64;
    let extent = Extent::new(0, 1, end.max(1) as u64, bits)?;
    let by_hand = extent.words() * (log2_above(&norm) / 64.0 + 1.0) * q.len() as f64;
    Ok(extent.with_work(by_hand.min(4.0 * extent.product_work())))
}

/// `x^n` over the rationals, where there is room for it.
fn power_of_x(n: u64) -> Result<Poly<Rationals>> {
    limit::check(n, 8 * size_of::<BigRational>() as u64)?;
    Poly::one(QQ).try_mul_x_pow(n)
}
