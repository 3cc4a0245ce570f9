//! Proportions, `X/n` for a count `X` of something in `n`: outcomes that are fractions.
//!
//! They stand apart because a [`Distribution`] has integer outcomes: a proportion is one, seen in units of `1/n`.

use super::{Distribution, decimal_sqrt};
use crate::{Error, Result};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::fmt;

/// The exact distribution of `X/n`, for a [`Distribution`] of `X`.
///
/// # Examples
/// The share of heads in three tosses.
/// ```
/// use monic::distribution::Distribution;
/// let heads = Distribution::binomial(3, &"1/2".parse().unwrap())?;
/// let share = heads.proportion(3)?;
/// assert_eq!(share.to_string(), "0: 1/8, 1/3: 3/8, 2/3: 3/8, 1: 1/8");
/// assert_eq!(share.variance().to_string(), "1/12");
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proportion {
    count: Distribution,
    whole: u64,
}

impl Distribution {
    /// The proportion `X/whole`.
    ///
    /// # Errors
    /// Kind undefined for `whole = 0`.
    pub fn proportion(self, whole: u64) -> Result<Proportion> {
        if whole == 0 {
            return Err(Error::undefined("a proportion of 0"));
        }
        Ok(Proportion { count: self, whole })
    }
}

impl Proportion {
    /// The distribution of the count.
    pub fn count(&self) -> &Distribution {
        &self.count
    }

    /// What the count is a part of.
    pub fn whole(&self) -> u64 {
        self.whole
    }

    /// The possible proportions, ascending, each with its probability, both in lowest terms.
    pub fn probabilities(&self) -> impl Iterator<Item = (BigRational, BigRational)> {
        self.count.probabilities().map(|(k, p)| (self.share(k.into()), p))
    }

    /// P(X/n = share).
    pub fn probability(&self, share: &BigRational) -> BigRational {
        let count = share * self.unit();
        let outcome = if count.is_integer() { i64::try_from(count.numer()).ok() } else { None };
        outcome.map_or_else(BigRational::default, |outcome| self.count.probability(outcome))
    }

    /// P(X/n <= share).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let share = Distribution::die(6).proportion(6)?;
    /// assert_eq!(share.at_most(&"2/5".parse().unwrap()).to_string(), "1/3");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn at_most(&self, share: &BigRational) -> BigRational {
        match bound((share * self.unit()).floor()) {
            Ok(outcome) => self.count.at_most(outcome),
            Err(above) => certainty(above),
        }
    }

    /// P(X/n >= share).
    pub fn at_least(&self, share: &BigRational) -> BigRational {
        match bound((share * self.unit()).ceil()) {
            Ok(outcome) => self.count.at_least(outcome),
            Err(above) => certainty(!above),
        }
    }

    /// The expected proportion.
    pub fn mean(&self) -> BigRational {
        self.count.mean() / self.unit()
    }

    /// The expected squared distance from the mean.
    pub fn variance(&self) -> BigRational {
        self.count.variance() / self.unit().pow(2)
    }

    /// The square root of the variance, correctly rounded to `digits` significant digits.
    ///
    /// # Panics
    /// When `digits` is 0.
    #[track_caller]
    pub fn standard_deviation(&self, digits: usize) -> String {
        decimal_sqrt(&self.variance(), digits)
    }

    /// The median; half way between two proportions where each half of the probability ends at one of them.
    pub fn median(&self) -> BigRational {
        self.count.median() / self.unit()
    }

    /// The smallest proportion `x` with `P(X/n <= x) >= q`.
    ///
    /// # Errors
    /// Kind undefined for `q` outside of 0 to 1.
    pub fn quantile(&self, q: &BigRational) -> Result<BigRational> {
        Ok(self.share(self.count.quantile(q)?.into()))
    }

    fn share(&self, count: BigInt) -> BigRational {
        BigRational::new(count, self.unit())
    }

    fn unit(&self) -> BigInt {
        self.whole.into()
    }
}

/// `0: 1/8, 1/3: 3/8, ...`.
impl fmt::Display for Proportion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (k, (share, probability)) in self.probabilities().enumerate() {
            let separator = if k > 0 { ", " } else { "" };
            write!(f, "{separator}{share}: {probability}")?;
        }
        Ok(())
    }
}

/// A count as an outcome, or whether it is above all outcomes that there can be, not below.
fn bound(count: BigRational) -> std::result::Result<i64, bool> {
    let count = count.to_integer();
    i64::try_from(&count).map_err(|_| count > BigInt::ZERO)
}

fn certainty(certain: bool) -> BigRational {
    BigRational::from_integer(u8::from(certain).into())
}
