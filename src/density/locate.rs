//! Quantiles and the median, as algebraic numbers: `F(x) = q`.
//!
//! The distribution function is strictly increasing on a piece that is not zero, so a quantile is a knot or the one root of `F - q` between two.

use super::Density;
use crate::roots::RealRoot;
use crate::{Error, Poly, QQ, Result, ZZ};
use num_rational::BigRational;
use num_traits::{One, Signed};
use std::cmp::Ordering;

impl Density {
    /// The smallest `x` of the support with `P(X <= x) >= q`: exact where it is rational, else in an interval that can be refined.
    ///
    /// # Errors
    /// Kind undefined for `q` outside of 0 to 1; kind limit.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let triangle = Density::triangular(0, 1, 2);
    /// let quantile = |text: &str| triangle.quantile(&text.parse().unwrap());
    /// assert_eq!(quantile("1/8")?.exact().unwrap().to_string(), "1/2");
    /// assert_eq!(quantile("1/3")?.to_decimal(20), "0.81649658092772603273"); // sqrt(2/3)
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn quantile(&self, q: &BigRational) -> Result<RealRoot> {
        if q.is_negative() || *q > BigRational::one() {
            return Err(Error::undefined(format!("no quantile belongs to {q}: it is not between 0 and 1")));
        }
        let cdf = self.try_cdf()?;
        let knots = cdf.knots();
        let at = knots.partition_point(|knot| cdf.eval(knot) < *q);
        let Some(high) = knots.get(at) else { unreachable!("the distribution function ends at 1") };
        if at == 0 || cdf.eval(high) == *q {
            return Ok(rational(high));
        }
        let low = &knots[at - 1];
        let shifted = cdf.pieces()[at].try_sub(&Poly::constant(QQ, q.clone()))?;
        let inside = |root: &RealRoot| {
            root.compare_rational(low) == Ordering::Greater && root.compare_rational(high) == Ordering::Less
        };
        let mut roots = shifted.try_real_roots()?.into_iter().filter(inside);
        Ok(roots.next().expect("a continuous function that goes from below q to above q"))
    }

    /// The median; half way between two points where half of the probability lies on either side of the gap between them.
    ///
    /// # Errors
    /// Kind limit.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, density::Density};
    /// let rising = Density::new([0, 1], [QQ.poly([0, 2])])?;
    /// assert_eq!(rising.median()?.to_f64(), 0.5f64.sqrt());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn median(&self) -> Result<RealRoot> {
        let half = BigRational::new(1.into(), 2.into());
        let low = self.quantile(&half)?;
        let gap = low.exact().and_then(|low| {
            let next = self.knots().find(|&knot| knot > low)?;
            (self.at_most(next) == half).then(|| (low + next) * half)
        });
        Ok(gap.map_or(low, |middle| rational(&middle)))
    }
}

/// A rational number as a root.
pub(super) fn rational(x: &BigRational) -> RealRoot {
    ZZ.poly([-x.numer(), x.denom().clone()]).real_roots().remove(0)
}
