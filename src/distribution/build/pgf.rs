//! Probability generating functions, `G(x) = sum of P(X = k) x^k`, in and out: polynomials over Q, and rational functions,
//! whose series are distributions without a last outcome.
//!
//! They stand apart from weights because a generating function is normalised, `G(1) = 1`, and has no negative outcomes. A
//! rational function is checked where it can be: it is reduced first; its value at 1 is 1; it has no pole in `0 < x <= 1`,
//! where a power series with coefficients that are not negative has its first one (A. Pringsheim, 1894), so that the series sums to 1.

use super::super::{Distribution, Reducer, Truncated};
use crate::poly::Poly;
use crate::ring::{Integers, QQ, Rationals};
use crate::{Error, Result, limit};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::ops::Bound;

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
        Ok((self.offset, self.weights.whole().inflate(self.step as usize)))
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
    /// a pole in `0 < x <= 1`, or a negative coefficient below `x^end`. Those beyond are not looked at.
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
        let (weights, denominator) = p.try_quo_series(&q, end)?.numerator_denominator();
        if let Some(k) = weights.iter().position(|w| w.sign() == Sign::Minus) {
            let weight = BigRational::new(weights.coefficient(k), denominator);
            return Err(Error::undefined(format!("the coefficient of x^{k} is negative: {weight}")));
        }
        let mut weights = weights.into_coefficients();
        weights.resize(end, BigInt::ZERO);
        Truncated::new(0, weights, denominator)
    }
}
