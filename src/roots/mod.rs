//! Real and complex roots: over Z and Q certified, to any number of digits; over R and C in double precision with a radius.
//!
//! [`Poly::real_roots`] gives each distinct real root once, ascending, as a [`RealRoot`]: exact where it is rational, else in an interval with dyadic
//! ends that can be refined. One subject a file:
//!
//! - `find`: multiplicities, powers of `x`, what is done in which order
//! - `isolate`, `taylor`: intervals with one root each, by bisection of truncated Taylor expansions
//! - `real`: [`RealRoot`]; `refine`: quadratic interval refinement; `evaluate`: values and signs
//! - [`bounds`]: where roots can be, from the coefficients
//! - [`sturm`]: Sturm's sequence, which counts roots in another way
//! - `complex`: complex roots, in double precision and certified
//! - [`Dyadic`]: numbers `m * 2^e`; [`ball`]: numbers up to a radius

pub mod ball;
pub mod bounds;
mod complex;
mod dyadic;
mod evaluate;
mod find;
mod isolate;
mod real;
mod refine;
pub mod sturm;
mod taylor;

pub use complex::{ComplexRoot, FloatRoot};
pub use dyadic::Dyadic;
pub(crate) use isolate::newton_polygon;
pub use real::RealRoot;

use crate::{Integers, Poly, Rationals, Result};
use num_rational::BigRational;
use std::{cmp::Ordering, ops::RangeBounds};

macro_rules! over {
    ($ring:ty, $integral:expr) => {
        impl Poly<$ring> {
            /// Each distinct real root once, ascending, with its multiplicity, in disjoint intervals.
            ///
            /// # Panics
            /// When the polynomial is zero.
            ///
            /// # Examples
            /// ```
            /// use monic::QQ;
            /// let roots = QQ.parse("x^3 - 3*x + 1")?.real_roots();
            /// let text: Vec<String> = roots.iter().map(|r| r.to_decimal(5)).collect();
            /// assert_eq!(text, ["-1.87939", "0.34730", "1.53209"]);
            /// # Ok::<(), monic::Error>(())
            /// ```
            #[track_caller]
            pub fn real_roots(&self) -> Vec<RealRoot> {
                crate::poly::settle(self.try_real_roots())
            }

            /// Each distinct real root once, ascending, with its multiplicity, in disjoint intervals.
            ///
            /// # Errors
            /// Kind undefined for the zero polynomial; kind interrupted, when an [observer](crate::progress::watch) stops the work.
            pub fn try_real_roots(&self) -> Result<Vec<RealRoot>> {
                find::real_roots(&$integral(self))
            }

            /// The number of distinct real roots in a range of rational numbers.
            ///
            /// # Errors
            /// Those of [`try_real_roots`](Self::try_real_roots).
            ///
            /// # Examples
            /// ```
            /// use monic::QQ;
            /// use num_rational::BigRational;
            /// let f = QQ.parse("(x - 1)^2*(x^2 - 2)")?;
            /// let one = BigRational::from_integer(1.into());
            /// assert_eq!((f.count_real_roots(..)?, f.count_real_roots(one.clone()..)?), (3, 2));
            /// assert_eq!((f.count_real_roots(..one.clone())?, f.count_real_roots(..=one)?), (1, 2));
            /// # Ok::<(), monic::Error>(())
            /// ```
            pub fn count_real_roots(&self, range: impl RangeBounds<BigRational>) -> Result<usize> {
                let roots = self.try_real_roots()?;
                Ok(roots.iter().filter(|root| contains(&range, root)).count())
            }
        }
    };
}
over!(Integers, |f: &Poly<Integers>| f.clone());
over!(Rationals, find::numerators);

fn contains(range: &impl RangeBounds<BigRational>, root: &RealRoot) -> bool {
    use std::ops::Bound::{Excluded, Included, Unbounded};
    let above = match range.start_bound() {
        Unbounded => true,
        Included(a) => root.compare_rational(a) != Ordering::Less,
        Excluded(a) => root.compare_rational(a) == Ordering::Greater,
    };
    above
        && match range.end_bound() {
            Unbounded => true,
            Included(b) => root.compare_rational(b) != Ordering::Greater,
            Excluded(b) => root.compare_rational(b) == Ordering::Less,
        }
}
