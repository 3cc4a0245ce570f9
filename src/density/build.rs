//! Densities from what is given: boxes, triangles, pieces, sums of boxes.
//!
//! That pieces are nowhere negative is decided exactly: a polynomial keeps its sign between neighbouring real roots, so one value between each two tells all.

use super::{Density, Piecewise, TruncatedPowers};
use crate::ring::IntoElement;
use crate::roots::RealRoot;
use crate::{Error, Poly, QQ, Rationals, Result};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::cmp::Ordering;

impl Density {
    /// The box: all numbers between `a` and `b`, equally likely.
    ///
    /// # Panics
    /// Unless `a < b`.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// assert_eq!(Density::uniform(-1, (3, 2)).to_string(), "[-1, 3/2): 2/5"); // (3, 2) is 3/2
    /// ```
    #[track_caller]
    pub fn uniform(a: impl IntoElement<Rationals>, b: impl IntoElement<Rationals>) -> Self {
        crate::poly::settle(Self::try_uniform(a, b))
    }

    /// The box: all numbers between `a` and `b`, equally likely.
    ///
    /// # Errors
    /// Kind undefined unless `a < b`.
    pub fn try_uniform(a: impl IntoElement<Rationals>, b: impl IntoElement<Rationals>) -> Result<Self> {
        let (a, b) = (a.into_element(&QQ), b.into_element(&QQ));
        if a >= b {
            return Err(Error::undefined(format!("a box from {a} to {b} has no width")));
        }
        let height = (&b - &a).recip();
        Self::known([a, b], [Poly::constant(QQ, height)])
    }

    /// The triangle from `a` to `b` with its peak at `peak`, which may be an end.
    ///
    /// # Panics
    /// Unless `a <= peak <= b` and `a < b`.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// assert_eq!(Density::triangular(0, 1, 4).to_string(), "[0, 1): 1/2*x; [1, 4): -1/6*x + 2/3");
    /// assert_eq!(Density::triangular(0, 2, 2).to_string(), "[0, 2): 1/2*x");
    /// ```
    #[track_caller]
    pub fn triangular(
        a: impl IntoElement<Rationals>,
        peak: impl IntoElement<Rationals>,
        b: impl IntoElement<Rationals>,
    ) -> Self {
        crate::poly::settle(Self::try_triangular(a, peak, b))
    }

    /// The triangle from `a` to `b` with its peak at `peak`, which may be an end.
    ///
    /// # Errors
    /// Kind undefined unless `a <= peak <= b` and `a < b`.
    pub fn try_triangular(
        a: impl IntoElement<Rationals>,
        peak: impl IntoElement<Rationals>,
        b: impl IntoElement<Rationals>,
    ) -> Result<Self> {
        let (a, c, b) = (a.into_element(&QQ), peak.into_element(&QQ), b.into_element(&QQ));
        if a >= b || c < a || b < c {
            return Err(Error::undefined(format!("no triangle from {a} to {b} has its peak at {c}")));
        }
        let height = BigRational::from_integer(2.into()) / (&b - &a);
        // From 0 at one end to the height at the peak.
        let edge = |end: &BigRational| {
            let slope = &height / (&c - end);
            Poly::from_vec(QQ, vec![-(&slope * end), slope])
        };
        if a == c {
            return Self::known([a, b.clone()], [edge(&b)]);
        }
        if c == b {
            return Self::known([a.clone(), b], [edge(&a)]);
        }
        Self::known([a.clone(), c.clone(), b.clone()], [edge(&a), edge(&b)])
    }

    /// The sum of `n` independent variables between 0 and 1: the density of Irwin and Hall.
    ///
    /// # Panics
    /// For `n = 0`, and over the [limit](crate::limit).
    ///
    /// # Complexity
    /// One power `(1 - z)^n`; the pieces, once they are asked for, one Taylor shift each.
    ///
    /// # Source
    /// J. O. Irwin and P. Hall, Biometrika 19, 1927.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let three = Density::irwin_hall(3);
    /// assert_eq!(three.to_string(), "[0, 1): 1/2*x^2; [1, 2): -x^2 + 3*x - 3/2; [2, 3): 1/2*x^2 - 3*x + 9/2");
    /// assert_eq!(three.eval((3, 2)).to_string(), "3/4");
    /// ```
    #[track_caller]
    pub fn irwin_hall(n: u64) -> Self {
        crate::poly::settle(Self::try_irwin_hall(n))
    }

    /// The sum of `n` independent variables between 0 and 1.
    ///
    /// # Errors
    /// Kind undefined for `n = 0`; kind limit, before any work.
    pub fn try_irwin_hall(n: u64) -> Result<Self> {
        Self::try_uniform(0, 1)?.try_times(n)
    }

    /// The density with these polynomials between neighbouring knots, and zero outside of them.
    ///
    /// # Errors
    /// Kind undefined unless knots ascend, there is one less polynomial than there are knots, no value is negative (the error has one that is), and
    /// the integral is 1 (the error has what it is).
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, density::Density};
    /// let parabola = Density::new([-1, 1], [QQ.parse("3/4 - 3/4*x^2")?])?;
    /// assert_eq!(parabola.variance().to_string(), "1/5");
    /// let error = Density::new([0, 1, 3], [QQ.parse("1")?, QQ.parse("2 - x")?]).unwrap_err();
    /// assert_eq!(error.to_string(), "the density is -1/2 at 5/2");
    /// let error = Density::new([0, 1], [QQ.x()]).unwrap_err();
    /// assert_eq!(error.to_string(), "the integral of the density is 1/2, not 1");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn new<K: IntoElement<Rationals>>(
        knots: impl IntoIterator<Item = K>,
        pieces: impl IntoIterator<Item = Poly<Rationals>>,
    ) -> Result<Self> {
        let (function, total) = checked(knots, pieces)?;
        if !total.is_one() {
            return Err(Error::undefined(format!("the integral of the density is {total}, not 1")));
        }
        Ok(Self::from_terms(TruncatedPowers::from_piecewise(&function)?))
    }

    /// The density that is proportional to these polynomials between neighbouring knots: divided by their integral.
    ///
    /// # Errors
    /// As for [`new`](Self::new), but the integral may be any positive number.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, density::Density};
    /// let d = Density::proportional_to([0, 3], [QQ.x().pow(2)])?;
    /// assert_eq!(d.to_string(), "[0, 3): 1/9*x^2");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn proportional_to<K: IntoElement<Rationals>>(
        knots: impl IntoIterator<Item = K>,
        pieces: impl IntoIterator<Item = Poly<Rationals>>,
    ) -> Result<Self> {
        let (function, total) = checked(knots, pieces)?;
        if total.is_zero() {
            return Err(Error::undefined("the integral of the density is 0"));
        }
        let scaled = function.pieces().iter().map(|piece| piece.try_scale(&total.recip()));
        let function = Piecewise::try_new(function.knots().to_vec(), scaled.collect::<Result<_>>()?)?;
        Ok(Self::from_terms(TruncatedPowers::from_piecewise(&function)?))
    }

    /// What is a density by construction.
    fn known<const N: usize, const P: usize>(
        knots: [BigRational; N],
        pieces: [Poly<Rationals>; P],
    ) -> Result<Self> {
        let function = surrounded(knots.to_vec(), pieces.to_vec())?;
        Ok(Self::from_terms(TruncatedPowers::from_piecewise(&function)?))
    }
}

/// Zero outside of the knots.
fn surrounded(knots: Vec<BigRational>, mut pieces: Vec<Poly<Rationals>>) -> Result<Piecewise> {
    if knots.len() < 2 || pieces.len() + 1 != knots.len() {
        return Err(Error::undefined(format!(
            "{} knots have {} pieces between them, not {}",
            knots.len(),
            knots.len().saturating_sub(1),
            pieces.len()
        )));
    }
    pieces.insert(0, Poly::zero(QQ));
    pieces.push(Poly::zero(QQ));
    Piecewise::try_new(knots, pieces)
}

/// The function and its integral, once no value is negative.
fn checked<K: IntoElement<Rationals>>(
    knots: impl IntoIterator<Item = K>,
    pieces: impl IntoIterator<Item = Poly<Rationals>>,
) -> Result<(Piecewise, BigRational)> {
    let knots = knots.into_iter().map(|knot| knot.into_element(&QQ)).collect();
    let function = surrounded(knots, pieces.into_iter().collect())?;
    let mut total = BigRational::zero();
    for (from, to, piece) in function.bounded_pieces() {
        if let Some((x, value)) = negative_value(piece, from, to)? {
            return Err(Error::undefined(format!("the density is {value} at {x}")));
        }
        let integral = piece.try_integral()?;
        total += integral.try_eval(to)? - integral.try_eval(from)?;
    }
    Ok((function, total))
}

/// A place between `from` and `to` where a polynomial is negative, with its value; none if there is none.
fn negative_value(
    f: &Poly<Rationals>,
    from: &BigRational,
    to: &BigRational,
) -> Result<Option<(BigRational, BigRational)>> {
    if f.is_zero() {
        return Ok(None);
    }
    let inside = |root: &RealRoot| {
        root.compare_rational(from) == Ordering::Greater && root.compare_rational(to) == Ordering::Less
    };
    // Ends of intervals with one root each are no roots; those that are left of `from` or right of `to` come closer.
    let within = |mut root: RealRoot| {
        let mut exponent = 0;
        loop {
            let (low, high) = root.interval();
            if *from < low && high < *to {
                return (low, high);
            }
            root.refine(exponent);
            exponent -= 8;
        }
    };
    let intervals: Vec<_> = f.try_real_roots()?.into_iter().filter(inside).map(within).collect();
    let mut ends = vec![from.clone()];
    ends.extend(intervals.into_iter().flat_map(|(low, high)| [low, high]));
    ends.push(to.clone());
    for gap in ends.chunks(2) {
        let middle = (&gap[0] + &gap[1]) / BigRational::from_integer(2.into());
        let value = f.try_eval(&middle)?;
        if value.is_negative() {
            return Ok(Some((middle, value)));
        }
    }
    Ok(None)
}
