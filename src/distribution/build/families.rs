//! Distributions with a name: Bernoulli, binomial, Poisson-binomial, hypergeometric, and the waiting times, geometric and
//! negative binomial, which have no last outcome and are [`Truncated`].
//!
//! They stand apart from what is given by its weights because their weights follow from a few parameters: powers and
//! products of `1-p + p*x`, or each weight from the one before it by a ratio of small integers, exactly.

use super::super::{Distribution, Extent, Truncated, log2_above};
use crate::poly::Poly;
use crate::ring::{Ring, ZZ};
use crate::{Error, Result, convolution::integer_product};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Zero};

impl Distribution {
    /// 1 with probability `p`, otherwise 0.
    ///
    /// # Errors
    /// Kind undefined for `p` outside of 0 to 1.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let coin = Distribution::bernoulli(&"1/3".parse().unwrap())?;
    /// assert_eq!(coin.variance().to_string(), "2/9");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn bernoulli(p: &BigRational) -> Result<Self> {
        let (success, failure) = odds(p)?;
        Self::from_weights([(0, failure), (1, success)])
    }

    /// Successes in `n` independent trials with probability `p` each: `P(k) = C(n,k) p^k (1-p)^(n-k)`, the coefficients of
    /// `(1-p + p*x)^n`.
    ///
    /// # Errors
    /// Kind undefined for `p` outside of 0 to 1, kind limit for a result that is too large.
    ///
    /// # Complexity
    /// One power of two terms.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let heads = Distribution::binomial(10, &"1/2".parse().unwrap())?;
    /// assert_eq!(heads.probability(5).to_string(), "63/256");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn binomial(n: u64, p: &BigRational) -> Result<Self> {
        Self::bernoulli(p)?.try_times(n)
    }

    /// Successes in independent trials, each with a probability of its own.
    ///
    /// # Errors
    /// Kind undefined for a probability outside of 0 to 1, kind limit for a result that is too large.
    ///
    /// # Complexity
    /// A tree of products of integer polynomials.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let trials = ["1/2", "1/3", "1/4"].map(|p| p.parse().unwrap());
    /// let successes = Distribution::poisson_binomial(&trials)?;
    /// assert_eq!(successes.probability(0).to_string(), "1/4");
    /// assert_eq!(successes.mean().to_string(), "13/12");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn poisson_binomial<'a>(probabilities: impl IntoIterator<Item = &'a BigRational>) -> Result<Self> {
        let trials = probabilities.into_iter().map(Self::bernoulli).collect::<Result<Vec<_>>>()?;
        Self::try_sum(&trials)
    }

    /// Marked ones among `draws` out of `population`, `marked` of which are marked, without putting back:
    /// `P(k) = C(marked,k) C(population-marked, draws-k) / C(population,draws)`.
    ///
    /// # Errors
    /// Kind undefined where more are drawn or marked than there are, kind limit for a result that is too large.
    ///
    /// # Complexity
    /// Two products and a division of a long integer by short ones an outcome.
    ///
    /// # Examples
    /// Aces in a hand of five cards.
    /// ```
    /// use monic::distribution::Distribution;
    /// let aces = Distribution::hypergeometric(52, 4, 5)?;
    /// assert_eq!(aces.probability(4).to_string(), "1/54145");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn hypergeometric(population: u64, marked: u64, draws: u64) -> Result<Self> {
        if marked.max(draws) > population {
            return Err(Error::undefined(format!(
                "{marked} marked and {draws} drawn ones out of {population}: there are not as many"
            )));
        }
        // What is drawn and what is marked change places freely; the fewer choices have the smaller denominator.
        let choices = |n: u64| n.min(population - n);
        let (marked, draws) =
            if choices(marked) < choices(draws) { (draws, marked) } else { (marked, draws) };
        let first = marked - (population - draws).min(marked);
        let last = marked.min(draws);
        let offset = i64::try_from(first)
            .map_err(|_| Error::overflow(format!("{first} is over the limit of 2^63 - 1")))?;
        let few = choices(draws) as f64;
        let bits = few * (population.max(1) as f64).log2();
        let len = last - first + 1;
        let extent = Extent::new(offset, 1, len, bits)?;
        extent.with_work(few * bits / 64.0 + len as f64 * (bits / 8.0 + 100.0)).check()?;
        let rest = population - marked;
        let mut weight =
            if first == 0 { binomial_coefficient(rest, draws) } else { binomial_coefficient(marked, first) };
        let mut weights = Vec::with_capacity(len as usize);
        for k in first..=last {
            if k > first {
                // From C(marked,k-1) C(rest,draws-k+1), which is divided exactly.
                let factor = u128::from(marked + 1 - k) * u128::from(draws + 1 - k);
                let divisor = u128::from(k) * u128::from(rest - (draws - k));
                weight = weight * factor / divisor;
            }
            weights.push(weight.clone());
        }
        Self::from_generating_function(offset, Poly::from_vec(ZZ, weights))
    }

    /// Failures before the `successes`-th success in independent trials with probability `p`:
    /// `P(k) = C(k+r-1, k) p^r (1-p)^k`, known for `k` in `0..end`.
    ///
    /// The number of trials is that of failures and successes: [`shifted`](Truncated::shifted) by `successes`.
    ///
    /// # Errors
    /// Kind undefined for `p = 0`, where there is no such trial, or outside of 0 to 1; kind limit for a result that is too large.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let failures = Distribution::negative_binomial(3, &"1/2".parse().unwrap(), 10)?;
    /// assert_eq!(failures.probability(2)?.to_string(), "3/16");
    /// assert_eq!(failures.tail().to_string(), "79/4096"); // at least ten
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn negative_binomial(successes: u64, p: &BigRational, end: u64) -> Result<Truncated> {
        let (success, failure) = odds(p)?;
        if success.is_zero() && successes > 0 {
            return Err(Error::undefined("a success of probability 0 is never reached"));
        }
        let all = &success + &failure;
        // Over all^(successes + end - 1).
        let exponent = successes as f64 + end as f64;
        let bits = exponent * log2_above(&all);
        let words = bits / 64.0 + 1.0;
        Extent::new(0, 1, end.max(1), bits)?.with_work(8.0 * end as f64 * words).check()?;
        let Some(most) = end.checked_sub(1) else {
            return Truncated::new(0, Vec::new(), BigInt::one());
        };
        // Where nothing fails, the base is 1 and the exponent may be any.
        let denominator = ZZ.pow(&all, most.saturating_add(successes));
        let mut weight = integer_product(&ZZ.pow(&success, successes), &ZZ.pow(&all, most));
        let mut weights = Vec::with_capacity(end as usize);
        for k in 0..end {
            if k > 0 {
                weight = weight * (u128::from(k - 1) + u128::from(successes)) * &failure / (&all * k);
            }
            weights.push(weight.clone());
        }
        Truncated::new(0, weights, denominator)
    }

    /// Failures before the first success in independent trials with probability `p`: `P(k) = p (1-p)^k`, known for `k` in
    /// `0..end`.
    ///
    /// # Errors
    /// As for [`negative_binomial`](Self::negative_binomial).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let waiting = Distribution::geometric(&"1/6".parse().unwrap(), 4)?;
    /// assert_eq!(waiting.probability(3)?.to_string(), "125/1296");
    /// assert_eq!(waiting.tail().to_string(), "625/1296");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn geometric(p: &BigRational, end: u64) -> Result<Truncated> {
        Self::negative_binomial(1, p, end)
    }
}

/// The weights of success and failure.
fn odds(p: &BigRational) -> Result<(BigInt, BigInt)> {
    let failure = p.denom() - p.numer();
    if p.numer().sign() == Sign::Minus || failure.sign() == Sign::Minus {
        return Err(Error::undefined(format!("{p} is no probability: it is not between 0 and 1")));
    }
    Ok((p.numer().clone(), failure))
}

/// `C(n, k)` for `k <= n`: a product of neighbours over a factorial.
fn binomial_coefficient(n: u64, k: u64) -> BigInt {
    let k = k.min(n - k);
    if k == 0 {
        return BigInt::one();
    }
    // Above n - k, so that `n = 2^64 - 1` is no exception.
    product_above(n - k, n) / product_above(0, k)
}

/// The product of `low+1..=high`, by halves.
fn product_above(low: u64, high: u64) -> BigInt {
    if high - low <= 16 {
        return (low..high).fold(BigInt::one(), |product, k| product * (u128::from(k) + 1));
    }
    let middle = low + (high - low) / 2;
    integer_product(&product_above(low, middle), &product_above(middle, high))
}
