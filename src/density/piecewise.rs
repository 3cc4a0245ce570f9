//! [`Piecewise`]: functions that are a polynomial between neighbouring knots, `f(x) = p_i(x)` for `a_i <= x < a_(i+1)`.
//!
//! It stands apart from [`Density`](super::Density) because what is done with pieces one by one (values, products, derivatives, integrals, text) holds for
//! distribution functions, too, which are no densities.
//!
//! # Invariants
//! Knots ascend; there is one piece more than there are knots, the first before all of them and the last after; neighbouring pieces differ.

use crate::ring::IntoElement;
use crate::{Error, Poly, QQ, Rationals, Result, Ring};
use num_rational::BigRational;
use std::fmt;

/// A piecewise polynomial function over Q on the whole line.
///
/// # Examples
/// ```
/// use monic::{QQ, density::Piecewise};
/// let absolute = Piecewise::new([0], [-QQ.x(), QQ.x()]);
/// assert_eq!(absolute.to_string(), "(-oo, 0): -x; [0, oo): x");
/// assert_eq!(absolute.derivative().to_string(), "(-oo, 0): -1; [0, oo): 1");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Piecewise {
    knots: Vec<BigRational>,
    pieces: Vec<Poly<Rationals>>,
}

impl Piecewise {
    /// The function with these pieces: the first before the first knot, the last after the last. Knots where nothing changes are dropped.
    ///
    /// # Panics
    /// Unless knots ascend and there is one piece more than there are knots.
    #[track_caller]
    pub fn new<K: IntoElement<Rationals>>(
        knots: impl IntoIterator<Item = K>,
        pieces: impl IntoIterator<Item = Poly<Rationals>>,
    ) -> Self {
        let knots = knots.into_iter().map(|knot| knot.into_element(&QQ)).collect();
        crate::poly::settle(Self::try_new(knots, pieces.into_iter().collect()))
    }

    /// The function with these pieces.
    ///
    /// # Errors
    /// Kind undefined unless knots ascend and there is one piece more than there are knots.
    pub fn try_new(knots: Vec<BigRational>, pieces: Vec<Poly<Rationals>>) -> Result<Self> {
        if pieces.len() != knots.len() + 1 {
            return Err(Error::undefined(format!(
                "{} knots have {} pieces between and around them, not {}",
                knots.len(),
                knots.len() + 1,
                pieces.len()
            )));
        }
        if let Some(pair) = knots.windows(2).find(|pair| pair[0] >= pair[1]) {
            return Err(Error::undefined(format!(
                "the knots do not ascend: {} stands before {}",
                pair[0], pair[1]
            )));
        }
        let mut kept = Piecewise { knots: Vec::with_capacity(knots.len()), pieces: Vec::new() };
        let mut pieces = pieces.into_iter();
        kept.pieces.extend(pieces.next());
        for (knot, piece) in knots.into_iter().zip(pieces) {
            if kept.pieces.last() != Some(&piece) {
                kept.knots.push(knot);
                kept.pieces.push(piece);
            }
        }
        Ok(kept)
    }

    /// The points where the polynomial changes, ascending.
    pub fn knots(&self) -> &[BigRational] {
        &self.knots
    }

    /// The polynomials, ascending: before the first knot, between neighbours, after the last.
    pub fn pieces(&self) -> &[Poly<Rationals>] {
        &self.pieces
    }

    /// The pieces between knots, with their ends.
    pub(super) fn bounded_pieces(
        &self,
    ) -> impl Iterator<Item = (&BigRational, &BigRational, &Poly<Rationals>)> {
        self.knots.windows(2).zip(&self.pieces[1..]).map(|(ends, piece)| (&ends[0], &ends[1], piece))
    }

    /// The pieces on both sides of each knot.
    pub(super) fn neighbours(&self) -> impl Iterator<Item = (&Poly<Rationals>, &Poly<Rationals>)> {
        self.pieces.iter().zip(&self.pieces[1..])
    }

    /// The value at `x`; at a knot that of the piece which begins there, the limit from the right.
    ///
    /// # Panics
    /// For a value over the [limit](crate::limit).
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// assert_eq!(Density::uniform(0, 1).cdf().eval((1, 3)).to_string(), "1/3");
    /// ```
    #[track_caller]
    pub fn eval(&self, x: impl IntoElement<Rationals>) -> BigRational {
        let x = x.into_element(&QQ);
        self.pieces[self.knots.partition_point(|knot| *knot <= x)].eval(x)
    }

    /// The limit from the left at `x`.
    ///
    /// # Panics
    /// For a value over the [limit](crate::limit).
    #[track_caller]
    pub fn eval_left(&self, x: impl IntoElement<Rationals>) -> BigRational {
        let x = x.into_element(&QQ);
        self.pieces[self.knots.partition_point(|knot| *knot < x)].eval(x)
    }

    /// The derivative of each piece; where the function jumps, it has none.
    ///
    /// # Panics
    /// Never over Q but for what is over the [limit](crate::limit).
    #[track_caller]
    pub fn derivative(&self) -> Self {
        Self::new(&self.knots, self.pieces.iter().map(Poly::derivative))
    }

    /// The product of two functions.
    ///
    /// # Errors
    /// Kind limit.
    ///
    /// # Examples
    /// ```
    /// use monic::density::Density;
    /// let unit = Density::uniform(0, 1);
    /// let larger = unit.cdf().try_mul(unit.cdf())?; // P(X <= x and Y <= x)
    /// assert_eq!(larger.to_string(), "[0, 1): x^2; [1, oo): 1");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_mul(&self, other: &Self) -> Result<Self> {
        let mut knots: Vec<BigRational> = self.knots.iter().chain(&other.knots).cloned().collect();
        crate::sorting::by(&mut knots, Ord::cmp);
        knots.dedup();
        let piece = |f: &Self, knot: &BigRational| f.knots.partition_point(|k| k <= knot);
        let mut pieces = vec![self.pieces[0].try_mul(&other.pieces[0])?];
        for knot in &knots {
            pieces.push(self.pieces[piece(self, knot)].try_mul(&other.pieces[piece(other, knot)])?);
        }
        Self::try_new(knots, pieces)
    }

    /// The integral over a bounded interval; negative for `to < from`.
    ///
    /// # Panics
    /// For a value over the [limit](crate::limit).
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, density::Piecewise};
    /// # use monic::Ring;
    /// let absolute = Piecewise::new(vec![QQ.zero()], vec![-QQ.x(), QQ.x()]);
    /// assert_eq!(absolute.integral(-2, 1).to_string(), "5/2");
    /// ```
    #[track_caller]
    pub fn integral(
        &self,
        from: impl IntoElement<Rationals>,
        to: impl IntoElement<Rationals>,
    ) -> BigRational {
        let (from, to) = (from.into_element(&QQ), to.into_element(&QQ));
        if to < from {
            return -self.integral(to, from);
        }
        let inside = self.knots.iter().filter(|&knot| from < *knot && *knot < to);
        let ends: Vec<&BigRational> = [&from].into_iter().chain(inside).chain([&to]).collect();
        let first = self.knots.partition_point(|knot| *knot <= from);
        let parts = ends.windows(2).zip(&self.pieces[first..]).map(|(ends, piece)| {
            let integral = piece.integral();
            integral.eval(ends[1]) - integral.eval(ends[0])
        });
        parts.fold(QQ.zero(), |sum, part| sum + part)
    }

    /// The function times a number on an interval, and zero elsewhere.
    pub(super) fn on_interval(
        &self,
        from: &BigRational,
        to: &BigRational,
        factor: &BigRational,
    ) -> Result<Self> {
        let inside = self.knots.iter().filter(|&knot| from < knot && knot < to);
        let knots: Vec<BigRational> = [from].into_iter().chain(inside).chain([to]).cloned().collect();
        let first = self.knots.partition_point(|knot| knot <= from);
        let mut pieces = vec![Poly::zero(QQ)];
        for piece in &self.pieces[first..first + knots.len() - 1] {
            pieces.push(piece.try_scale(factor)?);
        }
        pieces.push(Poly::zero(QQ));
        Self::try_new(knots, pieces)
    }
}

/// The pieces, each with the interval on which it holds; where nothing is said the function is zero.
impl fmt::Display for Piecewise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut first = true;
        for (k, piece) in self.pieces.iter().enumerate().filter(|(_, piece)| !piece.is_zero()) {
            if !std::mem::take(&mut first) {
                f.write_str("; ")?;
            }
            match k.checked_sub(1).map(|k| &self.knots[k]) {
                Some(knot) => write!(f, "[{knot}, ")?,
                None => f.write_str("(-oo, ")?,
            }
            match self.knots.get(k) {
                Some(knot) => write!(f, "{knot}): {piece}")?,
                None => write!(f, "oo): {piece}")?,
            }
        }
        if first { f.write_str("0") } else { Ok(()) }
    }
}

impl Default for Piecewise {
    /// The function that is zero everywhere.
    fn default() -> Self {
        Piecewise { knots: Vec::new(), pieces: vec![Poly::zero(QQ)] }
    }
}
