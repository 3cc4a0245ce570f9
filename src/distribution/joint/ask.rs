//! What a joint distribution answers: probabilities, each quantity alone or given the other, how they depend on each other.

use super::Joint;
use crate::distribution::Distribution;
use crate::distribution::condition::impossible;
use crate::poly::Poly;
use crate::ring::ZZ;
use crate::ring::numbers::fraction;
use crate::{Error, Result};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

impl Joint {
    /// P(X = x, Y = y), in lowest terms.
    pub fn probability(&self, x: i64, y: i64) -> BigRational {
        fraction(self.weight(x, y), &self.denominator)
    }

    /// The probability of an event.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let both = Distribution::die(6).joint(&Distribution::die(6))?;
    /// assert_eq!(both.probability_of(|x, y| x + y == 7).to_string(), "1/6");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn probability_of(&self, mut event: impl FnMut(i64, i64) -> bool) -> BigRational {
        let weight = self.outcomes().filter(|&((x, y), _)| event(x, y)).map(|(_, weight)| weight).sum();
        fraction(weight, &self.denominator)
    }

    /// The first quantity alone.
    pub fn first(&self) -> Distribution {
        let sums = self.weights.chunks(self.second.len).map(|row| row.iter().sum());
        Distribution {
            offset: self.first.offset,
            step: self.first.step,
            weights: Poly::from_vec(ZZ, sums.collect()).into(),
            denominator: self.denominator.clone(),
        }
    }

    /// The second quantity alone.
    pub fn second(&self) -> Distribution {
        let mut sums = vec![BigInt::ZERO; self.second.len];
        for row in self.weights.chunks(self.second.len) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += weight;
            }
        }
        Distribution {
            offset: self.second.offset,
            step: self.second.step,
            weights: Poly::from_vec(ZZ, sums).into(),
            denominator: self.denominator.clone(),
        }
    }

    /// The second quantity, given the first.
    ///
    /// # Errors
    /// Kind undefined where that is impossible.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let both = Distribution::die(6).joint_map(|x| (x % 2, x))?;
    /// assert_eq!(both.given_first(0)?.min(), 2);
    /// assert!(both.given_first(2).is_err());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn given_first(&self, x: i64) -> Result<Distribution> {
        let row = self.first.index(x).map(|i| &self.weights[i * self.second.len..][..self.second.len]);
        let outcomes =
            row.unwrap_or_default().iter().enumerate().map(|(j, w)| (self.second.outcome(j), w.clone()));
        Distribution::from_weights(outcomes).map_err(|_| impossible(format!("the first being {x}")))
    }

    /// The first quantity, given the second.
    ///
    /// # Errors
    /// Kind undefined where that is impossible.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let both = Distribution::die(6).joint_map(|x| (x, x % 2))?;
    /// assert_eq!(both.given_second(0)?.mean().to_string(), "4");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn given_second(&self, y: i64) -> Result<Distribution> {
        let Some(j) = self.second.index(y) else {
            return Err(impossible(format!("the second being {y}")));
        };
        let column = self.weights.iter().skip(j).step_by(self.second.len);
        let outcomes = column.enumerate().map(|(i, w)| (self.first.outcome(i), w.clone()));
        Distribution::from_weights(outcomes).map_err(|_| impossible(format!("the second being {y}")))
    }

    /// Both quantities, given that an event happened.
    ///
    /// # Errors
    /// Kind undefined where that is impossible.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let d6 = Distribution::die(6);
    /// let both = d6.joint(&d6)?.given(|x, y| x + y >= 11)?;
    /// assert_eq!(both.first().mean().to_string(), "17/3");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn given(&self, mut event: impl FnMut(i64, i64) -> bool) -> Result<Self> {
        let kept = self.outcomes().filter(|&((x, y), _)| event(x, y));
        Joint::from_weights(kept.map(|(pair, w)| (pair, w.clone())))
            .map_err(|_| impossible("the event".into()))
    }

    /// The distribution of a function of both.
    ///
    /// # Errors
    /// Kind limit or overflow for outcomes too far apart.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let d6 = Distribution::die(6);
    /// assert_eq!(d6.joint(&d6)?.map(|x, y| x + y)?, d6.times(2));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn map(&self, mut f: impl FnMut(i64, i64) -> i64) -> Result<Distribution> {
        Distribution::from_weights(self.outcomes().map(|((x, y), weight)| (f(x, y), weight.clone())))
    }

    /// `E[(X - E X)(Y - E Y)]`.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let d6 = Distribution::die(6);
    /// assert_eq!(d6.joint_map(|x| (x, -2 * x))?.covariance().to_string(), "-35/6");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn covariance(&self) -> BigRational {
        let (mut x_sum, mut y_sum, mut product) = (BigInt::ZERO, BigInt::ZERO, BigInt::ZERO);
        for (i, row) in self.weights.chunks(self.second.len).enumerate() {
            let (mut all, mut moment) = (BigInt::ZERO, BigInt::ZERO);
            for (j, weight) in row.iter().enumerate() {
                moment += weight * j;
                all += weight;
            }
            product += &moment * i;
            x_sum += all * i;
            y_sum += moment;
        }
        let steps = BigInt::from(self.first.step) * self.second.step;
        let numerator = (product * &self.denominator - x_sum * y_sum) * steps;
        fraction(numerator, &(&self.denominator * &self.denominator))
    }

    /// The square of the correlation coefficient, which is exact; its sign is that of the [covariance](Self::covariance).
    ///
    /// # Errors
    /// Kind undefined where one of the quantities is constant.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let both = Distribution::die(6).joint_map(|x| (x, x * x))?;
    /// assert_eq!(both.correlation_squared()?.to_string(), "735/767");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn correlation_squared(&self) -> Result<BigRational> {
        let variances = self.first().variance() * self.second().variance();
        if variances.is_zero() {
            return Err(Error::undefined("a constant has no correlation with anything"));
        }
        let covariance = self.covariance();
        Ok(&covariance * &covariance / variances)
    }

    /// Whether the two quantities are independent: every weight is the product of those of its row and its column.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let d6 = Distribution::die(6);
    /// assert!(d6.joint(&d6)?.is_independent());
    /// assert!(!d6.joint_map(|x| (x, x % 2))?.is_independent());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn is_independent(&self) -> bool {
        let (first, second) = (self.first(), self.second());
        let products = first.weights.iter().flat_map(|a| second.weights.iter().map(move |b| a * b));
        self.weights.iter().zip(products).all(|(weight, product)| weight * &self.denominator == product)
    }
}
