//! Where a density is largest: knots, from either side, and roots of the derivative of a piece, `p'(x) = 0`.
//!
//! It stands apart because values at different algebraic numbers are compared exactly. A value and a rational number are compared by the sign of `p - c` at the
//! root; two values that floats tell apart have such a `c` between them; two that floats do not are algebraic numbers themselves, roots of the minimal polynomials of
//! `p(a)` over Q.

use super::Density;
use super::locate::rational;
use crate::distribution::to_f64;
use crate::roots::RealRoot;
use crate::{ExtensionField, Poly, QQ, Rationals, Result};
use num_bigint::Sign;
use num_rational::BigRational;
use std::cmp::Ordering;
use std::ops::RangeInclusive;

/// A place where a piece may be largest: a point, or where the piece is constant, an interval.
struct Peak<'a> {
    place: RangeInclusive<RealRoot>,
    piece: &'a Poly<Rationals>,
    /// The value, where the place is rational.
    value: Option<BigRational>,
}

impl Density {
    /// The modes: where the density is largest, as a limit from one side where it jumps. Each is a point, an interval with equal ends, or an interval on
    /// which the density is constant.
    ///
    /// # Errors
    /// Kind limit.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, density::Density};
    /// let text = |d: &Density| {
    ///     let modes = d.modes()?;
    ///     Ok::<_, monic::Error>(modes.iter().map(|m| format!("{} to {}", m.start(), m.end())).collect::<Vec<_>>())
    /// };
    /// assert_eq!(text(&Density::irwin_hall(5))?, ["5/2 to 5/2"]);
    /// assert_eq!(text(&(Density::uniform(0, 1) + Density::uniform(0, 3)))?, ["1 to 3"]);
    /// let d = Density::proportional_to([0, 1], [QQ.poly([0, 1, 0, -1])])?; // x - x^3
    /// assert_eq!(d.modes()?[0].start().to_decimal(10), "0.5773502692"); // 1/sqrt(3)
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn modes(&self) -> Result<Vec<RangeInclusive<RealRoot>>> {
        let mut best: Vec<Peak> = Vec::new();
        for (from, to, piece) in self.try_piecewise()?.bounded_pieces() {
            for peak in peaks(from, to, piece)? {
                let order = best.first().map_or(Ok(Ordering::Greater), |first| peak.compare(first))?;
                if order == Ordering::Greater {
                    best.clear();
                }
                if order != Ordering::Less {
                    best.push(peak);
                }
            }
        }
        // A knot is the end of two pieces.
        let mut modes: Vec<RangeInclusive<RealRoot>> = Vec::new();
        for Peak { place, .. } in best {
            match modes.last_mut() {
                Some(last) if last.end().compare(place.start()) == Ordering::Equal => {
                    *last = last.start().clone()..=place.end().clone();
                }
                _ => modes.push(place),
            }
        }
        Ok(modes)
    }
}

/// The ends of a piece and the roots of its derivative in between, ascending; all of it where the piece is constant.
fn peaks<'a>(from: &BigRational, to: &BigRational, piece: &'a Poly<Rationals>) -> Result<Vec<Peak<'a>>> {
    if piece.is_constant() {
        let value = Some(piece.coefficient(0));
        return Ok(vec![Peak { place: rational(from)..=rational(to), piece, value }]);
    }
    let roots = piece.try_derivative(1)?.try_real_roots()?;
    let inside = roots.into_iter().filter(|root| {
        root.compare_rational(from) == Ordering::Greater && root.compare_rational(to) == Ordering::Less
    });
    let places = [rational(from)].into_iter().chain(inside).chain([rational(to)]);
    places
        .map(|x| {
            let value = x.exact().map(|x| piece.try_eval(x)).transpose()?;
            Ok(Peak { place: x.clone()..=x, piece, value })
        })
        .collect()
}

impl Peak<'_> {
    /// The order of two values.
    fn compare(&self, other: &Self) -> Result<Ordering> {
        match (&self.value, &other.value) {
            (Some(a), Some(b)) => return Ok(a.cmp(b)),
            (None, Some(b)) => return self.compare_rational(b),
            (Some(a), None) => return Ok(other.compare_rational(a)?.reverse()),
            (None, None) => {}
        }
        if let (Some(a), Some(b)) = (self.approximation()?, other.approximation()?) {
            let middle = (&a + &b) / BigRational::from_integer(2.into());
            let (first, second) = (self.compare_rational(&middle)?, other.compare_rational(&middle)?);
            if first != second {
                return Ok(first.cmp(&second));
            }
        }
        Ok(self.as_root()?.compare(&other.as_root()?))
    }

    /// The order of the value and a rational number.
    fn compare_rational(&self, c: &BigRational) -> Result<Ordering> {
        let difference = self.piece.try_sub(&Poly::constant(QQ, c.clone()))?;
        Ok(match self.place.start().sign_of(&difference.numerator_denominator().0) {
            Sign::Minus => Ordering::Less,
            Sign::NoSign => Ordering::Equal,
            Sign::Plus => Ordering::Greater,
        })
    }

    /// A number with few digits near the value, where that is in the range of a float.
    fn approximation(&self) -> Result<Option<BigRational>> {
        let mut place = self.place.start().clone();
        place.refine(-64);
        Ok(BigRational::from_float(to_f64(&self.piece.try_eval(&place.interval().0)?)))
    }

    /// The value as an algebraic number.
    fn as_root(&self) -> Result<RealRoot> {
        let place = self.place.start();
        let factors = place.polynomial().try_factor()?;
        let (modulus, _) = factors
            .iter()
            .find(|(factor, _)| place.sign_of(factor) == Sign::NoSign)
            .expect("a root of a product is one of a factor");
        let modulus = modulus.to_ring(&QQ);
        let field = ExtensionField::assume_irreducible(QQ, modulus.coefficients(), "a")?;
        let image = self.piece.try_rem(&modulus)?;
        let candidates = field.minimal_polynomial(image.coefficients()).try_real_roots()?;
        for root in candidates {
            let (low, high) = root.interval();
            let equal = low == high && self.compare_rational(&low)? == Ordering::Equal;
            if equal
                || (self.compare_rational(&low)? == Ordering::Greater
                    && self.compare_rational(&high)? == Ordering::Less)
            {
                return Ok(root);
            }
        }
        unreachable!("the value is a root of its minimal polynomial")
    }
}
