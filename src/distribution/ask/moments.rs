//! Moments of every kind, exactly: `E[g(X)]` for polynomials `g`, central moments, cumulants, skewness and kurtosis.
//!
//! They stand apart from probabilities because all of them come from a few numbers, the binomial sums
//! `B_i = sum over j of C(j,i) w_j`, which are the derivatives of the generating function at 1 over factorials and take additions
//! only: Horner's rule for `F(1 + y)`. By Newton's interpolation on the outcomes `x_j = offset + step*j`,
//! `E[g(X)] = sum over i of (D^i g(x_0)) B_i / B_0`, where `D^i` is the `i`-th difference.

use super::super::{Distribution, decimal_sqrt};
use crate::poly::Poly;
use crate::ring::{GcdDomain, Rationals, Ring, ZZ};
use crate::{Error, Result};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Zero};

impl Distribution {
    /// The expected value.
    pub fn mean(&self) -> BigRational {
        self.moment(1)
    }

    /// The expected squared distance from the mean.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(6).times(3).variance().to_string(), "35/4");
    /// ```
    pub fn variance(&self) -> BigRational {
        self.central_moment(2)
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
    pub fn expected(&self, g: &Poly<Rationals>) -> BigRational {
        let (numerator, denominator) = g.numerator_denominator();
        let sum = self.sum_of(g.degree().unwrap_or(0), |j| numerator.eval(self.exact_outcome(j)));
        lowest(sum, &self.denominator * denominator)
    }

    /// The raw moment `E[X^k]`.
    ///
    /// # Complexity
    /// As for [`expected`](Self::expected).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(6).moment(2).to_string(), "91/6");
    /// ```
    pub fn moment(&self, k: u32) -> BigRational {
        let sum = self.sum_of(k as usize, |j| self.exact_outcome(j).pow(k));
        lowest(sum, self.denominator.clone())
    }

    /// The central moment `E[(X - mean)^k]`.
    ///
    /// # Complexity
    /// As for [`expected`](Self::expected).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// assert_eq!(Distribution::die(6).central_moment(4).to_string(), "707/48");
    /// ```
    pub fn central_moment(&self, k: u32) -> BigRational {
        let numerator = self.central_sums(k as usize).pop().expect("k + 1 of them");
        lowest(numerator * BigInt::from(self.step).pow(k), self.denominator.pow(k))
    }

    /// The factorial moment `E[X (X-1) ... (X-k+1)]`, the `k`-th derivative of the generating function at 1.
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
    pub fn factorial_moment(&self, k: u32) -> BigRational {
        let falling = |x: BigInt| (0..k).fold(BigInt::one(), |product, i| product * (&x - i));
        let sum = self.sum_of(k as usize, |j| falling(self.exact_outcome(j)));
        lowest(sum, self.denominator.clone())
    }

    /// The cumulants 1 to `k`, coefficients of `ln E[e^(tX)]` times factorials; those of a sum of independent variables are
    /// the sums of theirs.
    ///
    /// # Complexity
    /// As for [`expected`](Self::expected).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let cumulants: Vec<_> = Distribution::die(6).cumulants(4).iter().map(|c| c.to_string()).collect();
    /// assert_eq!(cumulants, ["7/2", "35/12", "0", "-259/24"]);
    /// ```
    pub fn cumulants(&self, k: usize) -> Vec<BigRational> {
        let moments = self.central_sums(k);
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
            _ => lowest(c * BigInt::from(self.step).pow(n as u32), self.denominator.pow(n as u32)),
        };
        cumulants.into_iter().enumerate().skip(1).map(scaled).collect()
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
        let third = self.central_moment(3);
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
        Ok(self.central_moment(4) / variance.pow(2))
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

    /// `D^k` times the central moments 0 to `k` of the lattice point, for the denominator `D`: integers.
    fn central_sums(&self, k: usize) -> Vec<BigInt> {
        let sums = self.binomial_sums(k.max(1));
        let first = sums.get(1).cloned().unwrap_or_default();
        let power = |n: u32| {
            // Congruent to (-first)^n times the sum of all weights modulo the denominator, hence divisible by it.
            let sum = newton_sum(&sums[..sums.len().min(n as usize + 1)], |j| {
                (&self.denominator * j - &first).pow(n)
            });
            ZZ.try_exact_quo(&sum, &self.denominator).expect("all weights sum to the denominator")
        };
        (0..=k as u32).map(power).collect()
    }

    /// The outcome of lattice point `j`, which may be beyond the largest one.
    fn exact_outcome(&self, j: usize) -> BigInt {
        BigInt::from(self.offset) + BigInt::from(self.step) * j
    }
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

/// A fraction in lowest terms, for a positive denominator; by the gcd for long integers.
pub(in super::super) fn lowest(numerator: BigInt, denominator: BigInt) -> BigRational {
    if numerator.is_zero() {
        return BigRational::zero();
    }
    let common = ZZ.gcd(&numerator, &denominator);
    if common.is_one() {
        return BigRational::new_raw(numerator, denominator);
    }
    let quotient = |n: &BigInt| ZZ.try_exact_quo(n, &common).expect("a common divisor");
    BigRational::new_raw(quotient(&numerator), quotient(&denominator))
}
