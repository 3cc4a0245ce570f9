//! What a density answers: values, moments, probabilities, how two variables compare, how smooth it is, points of a plot.
//!
//! Everything is exact but for what is a float by its type, which is rounded once. Moments need no pieces: they are coefficients of Laplace's transform.

use super::Density;
use crate::distribution::{Comparison, Distribution, decimal_sqrt, to_f64};
use crate::poly::settle;
use crate::ring::IntoElement;
use crate::{Poly, QQ, Rationals};
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::ops::{Bound, RangeBounds};

impl Density {
    /// The density at `x`; at a knot the limit from the right.
    ///
    /// # Complexity
    /// One power of integers a knot; [`piecewise`](Self::piecewise), once computed, has values at many points for less.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let unit = Density::uniform(0, 1);
    /// assert_eq!([unit.eval(0), unit.eval(1)].map(|y| y.to_string()), ["1", "0"]);
    /// assert_eq!([unit.eval_left(0), unit.eval_left(1)].map(|y| y.to_string()), ["0", "1"]);
    /// assert_eq!(unit.times(10).eval(5).to_string(), "15619/36288");
    /// ```
    pub fn eval(&self, x: impl IntoElement<Rationals>) -> BigRational {
        self.terms.value(&x.into_element(&QQ), true)
    }

    /// The limit of the density at `x` from the left.
    pub fn eval_left(&self, x: impl IntoElement<Rationals>) -> BigRational {
        self.terms.value(&x.into_element(&QQ), false)
    }

    /// The density at `x`, correctly rounded; at a knot the limit from the right.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let close_to_normal = Density::irwin_hall(12).shifted(-6).eval_f64(0);
    /// assert!((close_to_normal - (2.0 * std::f64::consts::PI).sqrt().recip()).abs() < 0.006);
    /// ```
    pub fn eval_f64(&self, x: impl IntoElement<Rationals>) -> f64 {
        to_f64(&self.eval(x))
    }

    /// The order of the lowest derivative that jumps at `x`: 0 where the density itself does, 1 at a corner, and so on; none where all derivatives are
    /// continuous.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let unit = Density::uniform(0, 1);
    /// assert_eq!([unit.smoothness(0), unit.smoothness((1, 2))], [Some(0), None]);
    /// assert_eq!(unit.times(5).smoothness(2), Some(4)); // three derivatives are continuous, and the fourth is a staircase
    /// ```
    pub fn smoothness(&self, x: impl IntoElement<Rationals>) -> Option<usize> {
        self.terms.first_jump(&x.into_element(&QQ)).map(|(order, _)| order)
    }

    /// By how much the lowest derivative that jumps at `x` does, with its order.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let (order, jump) = Density::triangular(0, 1, 2).jump(1).unwrap();
    /// assert_eq!((order, jump.to_string()), (1, "-2".into())); // the slope goes from 1 to -1
    /// ```
    pub fn jump(&self, x: impl IntoElement<Rationals>) -> Option<(usize, BigRational)> {
        self.terms.first_jump(&x.into_element(&QQ))
    }

    /// The expected value of `X^k`.
    ///
    /// # Panics
    /// For numbers over the [limit](crate::limit).
    ///
    /// # Complexity
    /// One power of an integer a knot.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// assert_eq!(Density::uniform(0, 1).raw_moment(3).to_string(), "1/4");
    /// ```
    #[track_caller]
    pub fn raw_moment(&self, k: usize) -> BigRational {
        settle(self.terms.moment(k))
    }

    /// The expected value of `(X - mean)^k`.
    ///
    /// # Panics
    /// For numbers over the [limit](crate::limit).
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// assert_eq!(Density::triangular(0, 1, 2).central_moment(4).to_string(), "1/15");
    /// ```
    #[track_caller]
    pub fn central_moment(&self, k: usize) -> BigRational {
        settle(self.terms.clone().shifted(&-self.mean()).moment(k))
    }

    /// The expected value.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// assert_eq!(Density::triangular(0, 1, 5).mean().to_string(), "2");
    /// ```
    pub fn mean(&self) -> BigRational {
        self.raw_moment(1)
    }

    /// The expected squared distance from the mean.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// assert_eq!(Density::uniform(0, 1).variance().to_string(), "1/12");
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
    /// use monic::density::Density;
    /// assert_eq!(Density::uniform(0, 1).standard_deviation(10), "0.2886751346");
    /// ```
    #[track_caller]
    pub fn standard_deviation(&self, digits: usize) -> String {
        decimal_sqrt(&self.variance(), digits)
    }

    /// P(X in range); ends that belong to it or not make no difference.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let sum = Density::irwin_hall(3);
    /// let one = num_rational::BigRational::from_integer(1.into());
    /// assert_eq!(sum.probability_in(..one).to_string(), "1/6"); // a corner of the cube
    /// ```
    pub fn probability_in(&self, range: impl RangeBounds<BigRational>) -> BigRational {
        let (from, to) = self.clamped(&range);
        self.probability_between(from, to)
    }

    /// P(X <= x).
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// assert_eq!(Density::triangular(0, 1, 2).at_most((1, 2)).to_string(), "1/8");
    /// ```
    pub fn at_most(&self, x: impl IntoElement<Rationals>) -> BigRational {
        let x = x.into_element(&QQ);
        if x >= *self.support().1 { BigRational::one() } else { self.terms.integral().value(&x, true) }
    }

    /// P(X >= x).
    pub fn at_least(&self, x: impl IntoElement<Rationals>) -> BigRational {
        BigRational::one() - self.at_most(x)
    }

    /// The ends of a range, no further away than those of the support.
    pub(super) fn clamped<'a>(
        &'a self,
        range: &'a impl RangeBounds<BigRational>,
    ) -> (&'a BigRational, &'a BigRational) {
        let (low, high) = self.support();
        let end = |bound, open| match bound {
            Bound::Included(x) | Bound::Excluded(x) => x,
            Bound::Unbounded => open,
        };
        (end(range.start_bound(), low).max(low), end(range.end_bound(), high).min(high))
    }

    /// P(from <= X <= to); 0 for an empty interval.
    pub(super) fn probability_between(&self, from: &BigRational, to: &BigRational) -> BigRational {
        if from < to { self.at_most(to) - self.at_most(from) } else { BigRational::zero() }
    }

    /// The probabilities that this variable is greater than, equal to (which is 0) and less than another, independent one.
    ///
    /// # Errors
    /// Kind limit, as for the difference of the two.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let c = Density::uniform(0, 2).compare(&Density::uniform(0, 3))?;
    /// assert_eq!([c.greater, c.equal, c.less].map(|p| p.to_string()), ["1/3", "0", "2/3"]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn compare(&self, other: &Self) -> crate::Result<Comparison> {
        let less = self.try_sub(other)?.at_most(0);
        Ok(Comparison { greater: BigRational::one() - &less, equal: BigRational::zero(), less })
    }

    /// The probabilities that this variable is greater than, equal to (which is 0) and less than an independent discrete one.
    ///
    /// # Complexity
    /// One value of the distribution function an outcome.
    ///
    /// # Examples
    /// ```
    /// use monic::{density::Density, distribution::Distribution};
    /// let c = Density::uniform(0, 6).compare_discrete(&Distribution::die(6));
    /// assert_eq!([c.greater, c.less].map(|p| p.to_string()), ["5/12", "7/12"]);
    /// ```
    pub fn compare_discrete(&self, other: &Distribution) -> Comparison {
        let weighted = other.outcomes().map(|(outcome, weight)| self.at_most(outcome) * weight);
        let less = weighted.sum::<BigRational>() / other.denominator();
        Comparison { greater: BigRational::one() - &less, equal: BigRational::zero(), less }
    }

    /// Points of the graph, ascending, for a plot: some `n` of them spread evenly over the support, and both limits at each knot, so that
    /// jumps are vertical lines. Each value is rounded once.
    ///
    /// # Panics
    /// Where [`try_piecewise`](Self::try_piecewise) is an error.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let points = Density::uniform(0, 1).sample_points(2);
    /// assert_eq!(points, [(0.0, 0.0), (0.0, 1.0), (0.5, 1.0), (1.0, 1.0), (1.0, 0.0)]);
    /// ```
    #[track_caller]
    pub fn sample_points(&self, n: usize) -> Vec<(f64, f64)> {
        let (low, high) = self.support();
        let width = high - low;
        let ratio = |a: &BigRational, b: usize| a / BigRational::from_integer(b.into());
        let point = |piece: &Poly<Rationals>, x: &BigRational| (to_f64(x), to_f64(&piece.eval(x)));
        let mut points = Vec::new();
        for (from, to, piece) in self.pieces() {
            let share = (to - from) / &width * BigRational::from_integer(n.into());
            let parts: usize = share.ceil().to_integer().try_into().unwrap_or(1).max(1);
            let step = ratio(&(to - from), parts);
            points.extend(
                (0..=parts).map(|k| point(piece, &(from + &step * BigRational::from_integer(k.into())))),
            );
        }
        let outside = |x: &BigRational| (to_f64(x), 0.0);
        points.insert(0, outside(low));
        points.push(outside(high));
        points.dedup();
        points
    }
}
