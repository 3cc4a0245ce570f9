//! Moments of every kind, exactly: `E[g(X)]` for polynomials `g`, central moments, cumulants, skewness and kurtosis.
//!
//! They stand apart from probabilities because all of them come from a few numbers, the binomial sums
//! `B_i = sum over j of C(j,i) w_j`, which are the derivatives of the generating function at 1 over factorials and take additions
//! only: Horner's rule for `F(1 + y)`. By Newton's interpolation on the outcomes `x_j = offset + step*j`,
//! `E[g(X)] = sum over i of (D^i g(x_0)) B_i / B_0`, where `D^i` is the `i`-th difference.
//!
//! # Limits
//! A moment of order `k` is as long as the `k`-th power of the largest outcome, a central one as that of the denominator: both
//! are looked at before any work, but for orders up to 4, which are never longer than a few of the weights.

use super::super::{Distribution, decimal_sqrt, log2_above};
use crate::poly::{Poly, settle};
use crate::ring::{Rationals, Ring, ZZ, numbers::fraction};
use crate::{Error, Result, limit};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Zero};

impl Distribution {
    /// The expected value.
    pub fn mean(&self) -> BigRational {
        self.raw_moment(1)
    }

    /// The expected squared distance from the mean.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(6).times(3).variance().to_string(), "35/4");
    /// ```
    pub fn variance(&self) -> BigRational {
        self.moment_about_mean(2)
    }

    /// The square root of the variance, correctly rounded to `digits` significant digits.
    ///
    /// # Panics
    /// When `digits` is 0.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(6).standard_deviation(6), "1.70783");
    /// ```
    #[track_caller]
    pub fn standard_deviation(&self, digits: usize) -> String {
        decimal_sqrt(&self.variance(), digits)
    }

    /// The expected value of a polynomial of the outcome, `E[g(X)]`.
    ///
    /// # Panics
    /// Where [`try_expected`](Self::try_expected) is an error.
    ///
    /// # Complexity
    /// `k+1` additions of long integers an outcome, for degree `k`.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, distribution::Distribution};
    /// let area = QQ.parse("x^2 - x/2")?;
    /// assert_eq!(Distribution::die(6).expected(&area).to_string(), "161/12");
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn expected(&self, g: &Poly<Rationals>) -> BigRational {
        settle(self.try_expected(g))
    }

    /// The expected value of a polynomial of the outcome, `E[g(X)]`.
    ///
    /// # Errors
    /// Kind limit for one that is too long, or too much work, before it is done.
    pub fn try_expected(&self, g: &Poly<Rationals>) -> Result<BigRational> {
        let (numerator, denominator) = g.numerator_denominator();
        let degree = numerator.degree().unwrap_or(0);
        let bits = degree as f64 * self.outcome_bits() + numerator.height_bits() as f64;
        self.check_sum(degree as u64, bits, log2_above(&self.denominator) + denominator.bits() as f64)?;
        limit::check_work(self.places(degree as u64) * degree as f64 * (bits / 64.0 + 1.0))?;
        let sum = self.sum_of(degree, |j| numerator.eval(self.exact_outcome(j)));
        Ok(fraction(sum, &(&self.denominator * denominator)))
    }

    /// The raw moment `E[X^k]`.
    ///
    /// # Panics
    /// Where [`try_moment`](Self::try_moment) is an error.
    ///
    /// # Complexity
    /// As for [`expected`](Self::expected).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(6).moment(2).to_string(), "91/6");
    /// ```
    #[track_caller]
    pub fn moment(&self, k: u32) -> BigRational {
        settle(self.try_moment(k))
    }

    /// The raw moment `E[X^k]`.
    ///
    /// # Errors
    /// Kind limit for one that is too long, or too much work, before it is done.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert!(Distribution::die(6).try_moment(u32::MAX).is_err()); // some 10^10 bits
    /// ```
    pub fn try_moment(&self, k: u32) -> Result<BigRational> {
        self.check_sum(k.into(), f64::from(k) * self.outcome_bits(), log2_above(&self.denominator))?;
        Ok(self.raw_moment(k))
    }

    /// The central moment `E[(X - mean)^k]`.
    ///
    /// # Panics
    /// Where [`try_central_moment`](Self::try_central_moment) is an error.
    ///
    /// # Complexity
    /// As for [`expected`](Self::expected).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(6).central_moment(4).to_string(), "707/48");
    /// ```
    #[track_caller]
    pub fn central_moment(&self, k: u32) -> BigRational {
        settle(self.try_central_moment(k))
    }

    /// The central moment `E[(X - mean)^k]`.
    ///
    /// # Errors
    /// Kind limit for one that is too long, or too much work, before it is done.
    pub fn try_central_moment(&self, k: u32) -> Result<BigRational> {
        let bits = f64::from(k) * self.central_bits();
        self.check_sum(k.into(), bits, bits)?;
        Ok(self.moment_about_mean(k))
    }

    /// The factorial moment `E[X (X-1) ... (X-k+1)]`, the `k`-th derivative of the generating function at 1.
    ///
    /// # Panics
    /// Where [`try_factorial_moment`](Self::try_factorial_moment) is an error.
    ///
    /// # Complexity
    /// As for [`expected`](Self::expected).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let hits = Distribution::binomial(10, &"1/3".parse().unwrap())?;
    /// assert_eq!(hits.factorial_moment(3).to_string(), "80/3"); // 10*9*8/27
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn factorial_moment(&self, k: u32) -> BigRational {
        settle(self.try_factorial_moment(k))
    }

    /// The factorial moment `E[X (X-1) ... (X-k+1)]`.
    ///
    /// # Errors
    /// Kind limit for one that is too long, or too much work, before it is done.
    pub fn try_factorial_moment(&self, k: u32) -> Result<BigRational> {
        // Each product has a factor 0.
        if self.min() >= 0 && self.max() < i64::from(k) {
            return Ok(BigRational::zero());
        }
        let bits = f64::from(k) * self.outcome_bits().max(f64::from(k).log2().max(0.0) + 1.0);
        self.check_sum(k.into(), bits, log2_above(&self.denominator))?;
        // One factor after the other.
        limit::check_work(f64::from(k) * (bits / 64.0 + 1.0) * self.places(k.into()))?;
        let falling = |x: BigInt| {
            // Zero from the first factor on that is.
            let count = if x.sign() == Sign::Minus {
                k
            } else {
                u32::try_from(&x).map_or(k, |x| k.min(x.saturating_add(1)))
            };
            (0..count).fold(BigInt::one(), |product, i| product * (&x - i))
        };
        let sum = self.sum_of(k as usize, |j| falling(self.exact_outcome(j)));
        Ok(fraction(sum, &self.denominator))
    }

    /// The cumulants 1 to `k`, coefficients of `ln E[e^(tX)]` times factorials; those of a sum of independent variables are
    /// the sums of theirs.
    ///
    /// # Panics
    /// Where [`try_cumulants`](Self::try_cumulants) is an error.
    ///
    /// # Complexity
    /// As for [`expected`](Self::expected), and `k^2` products.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let cumulants: Vec<_> = Distribution::die(6).cumulants(4).iter().map(|c| c.to_string()).collect();
    /// assert_eq!(cumulants, ["7/2", "35/12", "0", "-259/24"]);
    /// ```
    #[track_caller]
    pub fn cumulants(&self, k: usize) -> Vec<BigRational> {
        settle(self.try_cumulants(k))
    }

    /// The cumulants 1 to `k`.
    ///
    /// # Errors
    /// Kind limit for ones that are too long together, or too much work, before it is done.
    pub fn try_cumulants(&self, k: usize) -> Result<Vec<BigRational>> {
        let order = k as f64;
        // Factorials come in: cumulants grow faster than moments.
        let bits = order * (self.central_bits() + (order + 1.0).log2());
        limit::check(k as u64, (bits as u64).saturating_add(8 * size_of::<BigRational>() as u64))?;
        limit::check_work(order * (order * product_work(bits) + gcd_work(bits)))?;
        self.check_sum(k as u64, bits, bits)?;
        let (sums, first) = self.first_sums(k);
        let moments: Vec<_> = (0..=k as u32).map(|n| self.central_sum(&sums, &first, n)).collect();
        // m_n = sum over i of C(n-1, i-1) c_i m_(n-i), where the first central moment is zero.
        let mut cumulants = vec![BigInt::ZERO; k + 1];
        for n in 2..=k {
            let mut binomial = BigInt::one();
            let mut rest = moments[n].clone();
            for i in 2..n {
                binomial = binomial * (n + 1 - i) / (i - 1);
                rest -= &binomial * &cumulants[i] * &moments[n - i];
            }
            cumulants[n] = rest;
        }
        let scaled = |(n, c): (usize, BigInt)| match n {
            1 => self.mean(),
            _ if c.is_zero() => BigRational::zero(),
            _ => fraction(c * BigInt::from(self.step).pow(n as u32), &ZZ.pow(&self.denominator, n as u64)),
        };
        Ok(cumulants.into_iter().enumerate().skip(1).map(scaled).collect())
    }

    /// The square of the skewness `E[(X - mean)^3] / variance^(3/2)`, with the sign of the skewness: exact, where the
    /// skewness itself is a square root.
    ///
    /// # Errors
    /// Kind undefined for a constant, whose variance is zero.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let hits = Distribution::binomial(3, &"1/4".parse().unwrap())?;
    /// assert_eq!(hits.skewness_squared()?.to_string(), "4/9");
    /// assert_eq!(hits.skewness(6)?, "0.666667");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn skewness_squared(&self) -> Result<BigRational> {
        let variance = self.positive_variance("skewness")?;
        let third = self.moment_about_mean(3);
        let square = &third * &third / variance.pow(3);
        Ok(if third.numer().sign() == Sign::Minus { -square } else { square })
    }

    /// The skewness `E[(X - mean)^3] / variance^(3/2)`, correctly rounded to `digits` significant digits.
    ///
    /// # Errors
    /// Kind undefined for a constant, whose variance is zero.
    ///
    /// # Panics
    /// When `digits` is 0.
    #[track_caller]
    pub fn skewness(&self, digits: usize) -> Result<String> {
        let square = self.skewness_squared()?;
        Ok(if square.numer().sign() == Sign::Minus {
            format!("-{}", decimal_sqrt(&-square, digits))
        } else {
            decimal_sqrt(&square, digits)
        })
    }

    /// The kurtosis `E[(X - mean)^4] / variance^2`; 3 less is the excess over that of a normal distribution.
    ///
    /// # Errors
    /// Kind undefined for a constant, whose variance is zero.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(2).kurtosis()?.to_string(), "1");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn kurtosis(&self) -> Result<BigRational> {
        let variance = self.positive_variance("kurtosis")?;
        Ok(self.moment_about_mean(4) / variance.pow(2))
    }

    fn positive_variance(&self, what: &str) -> Result<BigRational> {
        match self.as_constant() {
            Some(outcome) => {
                Err(Error::undefined(format!("the {what} of the constant {outcome}, whose variance is 0")))
            }
            None => Ok(self.variance()),
        }
    }

    /// `B_0, ..., B_k`, as far as there are that many outcomes: those beyond are zero.
    fn binomial_sums(&self, k: usize) -> Vec<BigInt> {
        let mut sums = vec![BigInt::ZERO; k.min(self.weights.len() - 1) + 1];
        for weight in self.weights.iter().rev() {
            for i in (1..sums.len()).rev() {
                let (low, high) = sums.split_at_mut(i);
                high[0] += &low[i - 1];
            }
            sums[0] += weight;
        }
        sums
    }

    /// The sum of `w_j g(j)` for a polynomial `g` of degree at most `k` of the lattice point.
    fn sum_of(&self, k: usize, g: impl Fn(usize) -> BigInt) -> BigInt {
        newton_sum(&self.binomial_sums(k), g)
    }

    fn raw_moment(&self, k: u32) -> BigRational {
        let sum = self.sum_of(k as usize, |j| ZZ.pow(&self.exact_outcome(j), k.into()));
        fraction(sum, &self.denominator)
    }

    fn moment_about_mean(&self, k: u32) -> BigRational {
        if self.as_constant().is_some() {
            return if k == 0 { BigRational::one() } else { BigRational::zero() };
        }
        let (sums, first) = self.first_sums(k as usize);
        let numerator = self.central_sum(&sums, &first, k) * ZZ.pow(&self.step.into(), k.into());
        fraction(numerator, &ZZ.pow(&self.denominator, k.into()))
    }

    /// The binomial sums up to that of `k`, and that of 1, which is `D` times the mean of the lattice point.
    fn first_sums(&self, k: usize) -> (Vec<BigInt>, BigInt) {
        let sums = self.binomial_sums(k.max(1));
        let first = sums.get(1).cloned().unwrap_or_default();
        (sums, first)
    }

    /// `D^n` times the central moment `n` of the lattice point, for the denominator `D`: an integer.
    fn central_sum(&self, sums: &[BigInt], first: &BigInt, n: u32) -> BigInt {
        // Congruent to (-first)^n times the sum of all weights modulo the denominator, hence divisible by it.
        let sum = newton_sum(&sums[..sums.len().min(n as usize + 1)], |j| {
            ZZ.pow(&(&self.denominator * j - first), n.into())
        });
        ZZ.try_exact_quo(&sum, &self.denominator).expect("all weights sum to the denominator")
    }

    /// Binomial sums, and so points of Newton's interpolation, for degree `k`.
    fn places(&self, k: u64) -> f64 {
        self.weights.len().min(k.saturating_add(1) as usize) as f64
    }

    /// Bits of an outcome.
    fn outcome_bits(&self) -> f64 {
        let largest = self.min().unsigned_abs().max(self.max().unsigned_abs());
        (largest as f64).log2().max(0.0)
    }

    /// Bits of `D` times the distance of a lattice point from the mean, and of the step.
    fn central_bits(&self) -> f64 {
        if self.as_constant().is_some() {
            return 0.0;
        }
        log2_above(&self.denominator) + (self.weights.len() as f64).log2() + (self.step as f64).log2()
    }

    /// Refuses a sum of the weights times a polynomial of degree `k`, with values of so many bits, over a denominator of so many,
    /// where it is too long or too much work: values at each point and their differences, the sum, and the gcd for lowest terms,
    /// with as much room again.
    fn check_sum(&self, k: u64, bits: f64, denominator: f64) -> Result<()> {
        let (places, weight) = (self.places(k), log2_above(&self.denominator));
        limit::check(2 * places as u64 + 8, (bits as u64).saturating_add(weight as u64))?;
        let additions = places * self.weights.len() as f64 * ((weight + places) / 64.0 + 1.0);
        let differences = places * places * (bits / 64.0 + 1.0);
        let products = (places + 1.0) * product_work(bits + weight);
        limit::check_work(additions + differences + products + gcd_work(denominator.min(bits + weight)))
    }

    /// The outcome of lattice point `j`, which may be beyond the largest one.
    fn exact_outcome(&self, j: usize) -> BigInt {
        BigInt::from(self.offset) + BigInt::from(self.step) * j
    }
}

/// Word operations of a product of so many bits.
fn product_work(bits: f64) -> f64 {
    let words = bits / 64.0 + 1.0;
    words * (2.0 * words.log2() + 10.0).min(words)
}

/// Word operations of a gcd where the shorter number has so many bits.
fn gcd_work(bits: f64) -> f64 {
    (bits / 64.0 + 1.0).powi(2)
}

/// The sum of `D^i g(0) B_i`, with the differences of `g` at 0.
fn newton_sum(sums: &[BigInt], g: impl Fn(usize) -> BigInt) -> BigInt {
    let mut differences: Vec<BigInt> = (0..sums.len()).map(g).collect();
    for i in 1..differences.len() {
        for j in (i..differences.len()).rev() {
            let (low, high) = differences.split_at_mut(j);
            high[0] -= &low[j - 1];
        }
    }
    differences.iter().zip(sums).map(|(difference, sum)| difference * sum).sum()
}
