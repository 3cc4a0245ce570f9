//! Distributions of which only the beginning is known: `P(X = k)` for `k` below some end, and the exact probability of the
//! rest.
//!
//! They stand apart because waiting times, explosions and other variables without a largest outcome have generating functions
//! that are power series: to a given order everything is exact, and what is beyond is one number, the tail. Sums follow the
//! rules of truncated series: `P(X + Y = c)` is known as long as no unknown outcome of one can reach `c` with the smallest of the other.
//!
//! # Invariants
//! Weights are not negative and sum to at most the denominator; the first is positive, so the offset is the smallest outcome,
//! or the first unknown one where nothing is known. Where the tail is zero the last weight is positive too: all is known.

use super::ask::check_quantile;
use super::{Distribution, Extent, Reducer, extent::too_far, log2_above};
use crate::convolution::Want;
use crate::poly::Poly;
use crate::ring::numbers::fraction;
use crate::ring::{Ring, ZZ};
use crate::{Error, Result};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Zero};

/// The beginning of an exact distribution on the integers: probabilities of all outcomes below an end, and the tail.
///
/// # Examples
/// Rolls of a die before the first six, twice.
/// ```
/// use monic::distribution::Distribution;
/// let once = Distribution::geometric(&"1/6".parse().unwrap(), 20)?;
/// let twice = once.try_add(&once)?;
/// assert_eq!(twice.probability(2)?.to_string(), "25/432");
/// assert_eq!(twice.at_least(20)?, twice.tail());
/// assert!(twice.probability(20).is_err()); // not known
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Truncated {
    offset: i64,
    weights: Vec<BigInt>,
    /// Of all weights that are known.
    known: BigInt,
    denominator: BigInt,
}

impl Truncated {
    /// The outcomes `offset`, `offset + 1`, ... with these weights over `denominator`; what they lack of it is the tail.
    ///
    /// # Errors
    /// Kind undefined for a denominator that is not positive, a negative weight, or weights that sum to more than the denominator;
    /// kind overflow where an outcome does not fit.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Truncated;
    /// let some = Truncated::new(1, [4, 2].map(Into::into).into(), 7.into())?;
    /// assert_eq!(some.tail().to_string(), "1/7");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn new(offset: i64, mut weights: Vec<BigInt>, denominator: BigInt) -> Result<Self> {
        if denominator.sign() != Sign::Plus {
            return Err(Error::undefined(format!("the denominator {denominator} is not positive")));
        }
        if let Some(k) = weights.iter().position(|w| w.sign() == Sign::Minus) {
            let outcome = i128::from(offset) + k as i128;
            return Err(Error::undefined(format!("the weight of {outcome} is negative: {}", weights[k])));
        }
        let known: BigInt = weights.iter().sum();
        if known > denominator {
            let sum = BigRational::new(known, denominator);
            return Err(Error::undefined(format!("the probabilities sum to {sum}, more than 1")));
        }
        let zeros = weights.iter().take_while(|w| w.is_zero()).count();
        weights.drain(..zeros);
        if known == denominator {
            while weights.last().is_some_and(Zero::is_zero) {
                weights.pop();
            }
        }
        let offset = moved(offset, zeros)?;
        moved(offset, weights.len())?;
        Ok(Truncated { offset, weights, known, denominator })
    }

    /// The smallest outcome; where nothing is known, the smallest that there can be.
    pub fn min(&self) -> i64 {
        self.offset
    }

    /// The first outcome that is not known: the probabilities of all smaller ones are. Where the tail is zero, that of this and all
    /// larger ones is known too, to be 0.
    pub fn end(&self) -> i64 {
        self.offset + self.weights.len() as i64
    }

    /// The weights of the outcomes from [`min`](Self::min) to before [`end`](Self::end), over the denominator.
    pub fn weights(&self) -> &[BigInt] {
        &self.weights
    }

    /// The common denominator of all probabilities, not reduced.
    pub fn denominator(&self) -> &BigInt {
        &self.denominator
    }

    /// P(X >= end), the probability of all that is not known.
    pub fn tail(&self) -> BigRational {
        fraction(&self.denominator - &self.known, &self.denominator)
    }

    /// Whether the tail is zero, so that nothing is unknown.
    pub fn is_complete(&self) -> bool {
        self.known == self.denominator
    }

    /// P(X = outcome).
    ///
    /// # Errors
    /// Kind undefined from [`end`](Self::end) on, unless the tail is zero.
    pub fn probability(&self, outcome: i64) -> Result<BigRational> {
        self.reach(i128::from(outcome) + 1)?;
        let place = usize::try_from(i128::from(outcome) - i128::from(self.offset));
        let weight = place.ok().and_then(|k| self.weights.get(k)).cloned().unwrap_or_default();
        Ok(fraction(weight, &self.denominator))
    }

    /// P(X <= outcome).
    ///
    /// # Errors
    /// Kind undefined from [`end`](Self::end) on, unless the tail is zero.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let waiting = Distribution::geometric(&"1/2".parse().unwrap(), 5)?;
    /// assert_eq!(waiting.at_most(1)?.to_string(), "3/4");
    /// assert_eq!(waiting.at_least(5)?.to_string(), "1/32");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn at_most(&self, outcome: i64) -> Result<BigRational> {
        self.below(i128::from(outcome) + 1)
    }

    /// P(X >= outcome).
    ///
    /// # Errors
    /// Kind undefined beyond [`end`](Self::end), unless the tail is zero.
    pub fn at_least(&self, outcome: i64) -> Result<BigRational> {
        Ok(BigRational::one() - self.below(outcome.into())?)
    }

    /// The known outcomes that are possible, ascending, each with its weight.
    pub fn outcomes(&self) -> impl Iterator<Item = (i64, &BigInt)> {
        // In this order, since the end may be the last number that there is.
        self.weights.iter().zip(self.offset..).filter(|(w, _)| !w.is_zero()).map(|(w, outcome)| (outcome, w))
    }

    /// The known outcomes that are possible, ascending, each with its probability in lowest terms.
    pub fn probabilities(&self) -> impl Iterator<Item = (i64, BigRational)> {
        let reducer = Reducer::new(&self.denominator);
        self.outcomes().map(move |(outcome, weight)| (outcome, reducer.fraction(weight)))
    }

    /// The smallest outcome `x` with `P(X <= x) >= q`.
    ///
    /// # Errors
    /// Kind undefined for `q` outside of 0 to 1, and where that outcome is not known.
    pub fn quantile(&self, q: &BigRational) -> Result<i64> {
        check_quantile(q)?;
        let goal = q.numer() * &self.denominator;
        let mut sum = BigInt::zero();
        for (outcome, weight) in self.outcomes() {
            sum += weight * q.denom();
            if sum >= goal {
                return Ok(outcome);
            }
        }
        Err(Error::undefined(format!("the quantile of {q} is not known: it is not below {}", self.end())))
    }

    /// A lower bound of the expected value, which would be it if the tail were all at [`end`](Self::end).
    ///
    /// There is no upper one: of the tail only its probability is known.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let waiting = Distribution::geometric(&"1/2".parse().unwrap(), 10)?;
    /// assert_eq!(waiting.mean_at_least().to_string(), "1023/1024"); // the mean is 1
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn mean_at_least(&self) -> BigRational {
        let tail = (&self.denominator - &self.known) * self.end();
        let sum: BigInt = self.outcomes().map(|(outcome, weight)| weight * outcome).sum();
        fraction(sum + tail, &self.denominator)
    }

    /// The distribution given that the outcome is below [`end`](Self::end).
    ///
    /// # Errors
    /// Kind undefined where that is impossible.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let waiting = Distribution::geometric(&"1/2".parse().unwrap(), 2)?;
    /// assert_eq!(waiting.conditional()?, Distribution::from_weights([(0, 2), (1, 1)])?);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn conditional(&self) -> Result<Distribution> {
        if self.known.is_zero() {
            return Err(Error::undefined(format!("an outcome below {} has probability 0", self.end())));
        }
        Distribution::from_generating_function(self.offset, Poly::from_vec(ZZ, self.weights.clone()))
    }

    /// The whole distribution, where nothing is unknown.
    ///
    /// # Errors
    /// Kind not exact where there is a tail, with its probability.
    pub fn to_distribution(&self) -> Result<Distribution> {
        if !self.is_complete() {
            let (tail, end) = (self.tail(), self.end());
            return Err(Error::not_exact(format!(
                "outcomes from {end} on, of probability {tail}, are not known"
            )));
        }
        self.conditional()
    }

    /// The sum of two independent variables. Where one is complete, see [`Distribution::truncated`], the other decides what is
    /// known.
    ///
    /// # Errors
    /// Kind limit or overflow for a result that is too large, before any work.
    ///
    /// # Complexity
    /// One low product of integer polynomials.
    pub fn try_add(&self, other: &Self) -> Result<Self> {
        let len = match (self.is_complete(), other.is_complete()) {
            (true, true) => self.weights.len() + other.weights.len() - 1,
            (true, false) => other.weights.len(),
            (false, true) => self.weights.len(),
            (false, false) => self.weights.len().min(other.weights.len()),
        };
        let all = self.extent()?.plus(&other.extent()?)?;
        let known = Extent::new(all.min(), 1, len.max(1) as u64, all.log2_denominator())?;
        known.with_work(all.work()).check()?;
        let mut weights = ZZ.convolve(&self.weights, &other.weights, &Want::low(len))?;
        weights.resize(len, BigInt::ZERO);
        Self::new(all.min(), weights, &self.denominator * &other.denominator)
    }

    /// The sum of `n` independent copies; 0 for none.
    ///
    /// # Errors
    /// Kind limit or overflow for a result that is too large, before any work.
    ///
    /// # Complexity
    /// One low power of an integer polynomial.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let p = "1/6".parse().unwrap();
    /// let thrice = Distribution::geometric(&p, 30)?.try_times(3)?;
    /// assert_eq!(thrice, Distribution::negative_binomial(3, &p, 30)?);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_times(&self, n: u64) -> Result<Self> {
        if n == 0 {
            return Self::new(0, vec![BigInt::one()], BigInt::one());
        }
        let all = self.extent()?.times(n)?;
        // What is not complete is not longer than before.
        let len = if self.is_complete() { all.len() as usize } else { self.weights.len() };
        let bits = log2_above(&self.denominator) * n as f64;
        Extent::new(all.min(), 1, len.max(1) as u64, bits)?
            .with_work(all.work().min(self.power_work(n)))
            .check()?;
        let mut weights =
            if self.weights.is_empty() { Vec::new() } else { ZZ.power(&self.weights, n, &Want::low(len))? };
        weights.resize(len, BigInt::ZERO);
        Self::new(all.min(), weights, ZZ.pow(&self.denominator, n))
    }

    /// Every outcome moved by `distance`.
    ///
    /// # Errors
    /// Kind overflow where an outcome does not fit.
    pub fn shifted(mut self, distance: i64) -> Result<Self> {
        let shifted = self.offset.checked_add(distance).ok_or_else(too_far)?;
        moved(shifted, self.weights.len())?;
        self.offset = shifted;
        Ok(self)
    }

    /// The size of what is known, as a distribution of its own.
    fn extent(&self) -> Result<Extent> {
        Extent::new(self.offset, 1, self.weights.len().max(1) as u64, log2_above(&self.denominator))
    }

    /// Word operations of a low power, as for [`Extent`].
    fn power_work(&self, n: u64) -> f64 {
        let words = self.weights.len() as f64 * (log2_above(&self.denominator) * n as f64 / 64.0 + 1.0);
        words * self.weights.len() as f64
    }

    /// P(X < bound).
    fn below(&self, bound: i128) -> Result<BigRational> {
        self.reach(bound)?;
        let count = (bound - i128::from(self.offset)).clamp(0, self.weights.len() as i128);
        Ok(fraction(self.weights[..count as usize].iter().sum(), &self.denominator))
    }

    /// Refuses a question about outcomes that are not known.
    fn reach(&self, bound: i128) -> Result<()> {
        if bound <= i128::from(self.end()) || self.is_complete() {
            return Ok(());
        }
        Err(Error::undefined(format!(
            "the probability of {} is not known: outcomes are below {}",
            bound - 1,
            self.end()
        )))
    }
}

/// Equal when they know the same probabilities, whatever the denominators.
impl PartialEq for Truncated {
    fn eq(&self, other: &Self) -> bool {
        (self.offset, self.weights.len()) == (other.offset, other.weights.len())
            && self
                .weights
                .iter()
                .zip(&other.weights)
                .all(|(a, b)| a * &other.denominator == b * &self.denominator)
    }
}

impl Eq for Truncated {}

impl Distribution {
    /// What is known of this distribution when only outcomes below `end` are looked at; complete where there are no others.
    ///
    /// # Errors
    /// Kind limit where outcomes are too far apart for a place for each integer between them.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let low = Distribution::die(6).truncated(5)?;
    /// assert_eq!(low.tail().to_string(), "1/3");
    /// assert_eq!(Distribution::die(6).truncated(7)?.to_distribution()?, Distribution::die(6));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn truncated(&self, end: i64) -> Result<Truncated> {
        let places = (i128::from(end) - i128::from(self.offset)).max(0) as u128;
        let kept = places.div_ceil(self.step as u128).min(self.weights.len() as u128) as usize;
        let last = self.weights.len() == kept;
        // To the end, or to the largest outcome, where there is no other one.
        let len = if last { self.span()? } else { places as usize };
        crate::limit::check(len as u64, 8 * size_of::<BigInt>() as u64)?;
        let mut weights = vec![BigInt::ZERO; len];
        for (slot, weight) in weights.iter_mut().step_by(self.step as usize).zip(self.weights.iter()) {
            slot.clone_from(weight);
        }
        Truncated::new(self.offset.min(end), weights, self.denominator.clone())
    }
}

fn moved(offset: i64, places: usize) -> Result<i64> {
    i64::try_from(places).ok().and_then(|places| offset.checked_add(places)).ok_or_else(too_far)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    fn ratio(p: i64, q: i64) -> BigRational {
        BigRational::new(p.into(), q.into())
    }

    /// What is known of a sum is what the sum of the whole distributions says, and as much as can be known.
    #[test]
    fn sums_know_what_they_can() {
        let weights = |d: &[i64]| Distribution::from_weights((-2..).zip(d.iter().copied())).unwrap();
        let (a, b) = (weights(&[1, 0, 2, 3, 0, 1]), weights(&[0, 4, 1, 1]));
        let sum = &a + &b;
        let triple = a.times(3);
        for end_a in -3..6 {
            let short = a.truncated(end_a).unwrap();
            assert_eq!(short.is_complete(), end_a > a.max());
            let thrice = short.try_times(3).unwrap();
            // The smallest outcomes of the other copies, those that are known or may be.
            let end = if short.is_complete() { 20 } else { short.end() + 2 * short.min() };
            for c in -10..20 {
                let known = thrice.probability(c);
                if c < end {
                    assert_eq!(known.unwrap(), triple.probability(c), "{end_a}: {c}")
                } else {
                    assert!(known.is_err())
                }
            }
            for end_b in -3..4 {
                let other = b.truncated(end_b).unwrap();
                let found = short.try_add(&other).unwrap();
                let end = match (short.is_complete(), other.is_complete()) {
                    (true, true) => 20,
                    (true, false) => short.min() + other.end(),
                    (false, true) => short.end() + other.min(),
                    (false, false) => (short.end() + other.min()).min(short.min() + other.end()),
                };
                for c in -10..20 {
                    assert_eq!(
                        found.probability(c).ok(),
                        (c < end).then(|| sum.probability(c)),
                        "{end_a} {end_b} {c}"
                    );
                    assert_eq!(found.at_most(c).ok(), (c < end).then(|| sum.at_most(c)));
                    assert_eq!(found.at_least(c).ok(), (c <= end).then(|| sum.at_least(c)));
                }
                assert!(found.mean_at_least() <= sum.mean());
                assert_eq!(found.mean_at_least() == sum.mean(), found.is_complete());
                let tail: BigRational = sum.probabilities().filter(|(c, _)| *c >= end).map(|(_, p)| p).sum();
                assert_eq!(found.tail(), tail);
            }
        }
    }

    #[test]
    fn quantiles_end_where_knowledge_does() {
        let waiting = Distribution::geometric(&ratio(1, 2), 4).unwrap();
        assert_eq!(waiting.quantile(&ratio(1, 2)).unwrap(), 0);
        assert_eq!(waiting.quantile(&ratio(15, 16)).unwrap(), 3);
        for q in [ratio(31, 32), ratio(1, 1), ratio(-1, 2), ratio(3, 2)] {
            assert_eq!(waiting.quantile(&q).unwrap_err().kind(), ErrorKind::Undefined, "{q}");
        }
    }

    #[test]
    fn steps_and_ends() {
        let even = Distribution::die(3).scaled(2).unwrap();
        for end in 0..9 {
            let low = even.truncated(end).unwrap();
            for c in -1..9 {
                assert_eq!(
                    low.probability(c).ok(),
                    (c < end || end > 6).then(|| even.probability(c)),
                    "{end}: {c}"
                );
            }
        }
        let far = Distribution::from_faces([0, 1 << 50]).unwrap();
        assert_eq!(far.truncated(5).unwrap().tail(), ratio(1, 2));
        assert_eq!(far.truncated(i64::MAX).unwrap_err().kind(), ErrorKind::Limit);
    }

    #[test]
    fn what_is_no_distribution_is_an_error() {
        let new = |offset, weights: &[i64], denominator: i64| {
            Truncated::new(offset, weights.iter().map(|&w| w.into()).collect(), denominator.into())
        };
        assert_eq!(new(0, &[1, -1], 3).unwrap_err().message(), "the weight of 1 is negative: -1");
        assert_eq!(new(0, &[1, 3], 3).unwrap_err().message(), "the probabilities sum to 4/3, more than 1");
        assert_eq!(new(0, &[], 0).unwrap_err().kind(), ErrorKind::Undefined);
        assert_eq!(new(i64::MAX, &[1, 1], 3).unwrap_err().kind(), ErrorKind::Overflow);
        let last = new(i64::MAX - 1, &[1], 3).unwrap();
        assert_eq!((last.outcomes().count(), last.end()), (1, i64::MAX));
        let nothing = new(5, &[0, 0], 3).unwrap();
        assert_eq!((nothing.min(), nothing.end(), nothing.tail()), (7, 7, ratio(1, 1)));
        assert_eq!(nothing.conditional().unwrap_err().kind(), ErrorKind::Undefined);
        assert_eq!(nothing.try_times(4).unwrap().end(), 28);
        assert_eq!(nothing.try_add(&new(0, &[1, 1], 2).unwrap()).unwrap().end(), 7);
        assert_eq!(new(0, &[1, 1], 2).unwrap(), new(0, &[2, 2, 0], 4).unwrap());
        assert_eq!(new(0, &[1, 1], 2).unwrap().shifted(i64::MAX).unwrap_err().kind(), ErrorKind::Overflow);
    }
}
