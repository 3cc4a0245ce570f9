//! [`RealRoot`]: a real algebraic number as a root of an integer polynomial in an interval.
//!
//! # Invariants
//! A root that is rational is exact. Any other lies strictly between two dyadic ends, with no other root of its polynomial, which is
//! square-free and has no rational root, in the closed interval.

use super::{
    dyadic::Dyadic,
    evaluate::{self, sign, sign_at_rational},
    refine::Bracket,
};
use crate::convolution::{format_integer, integer_div_rem, integer_product};
use crate::factor::roots::rationals;
use crate::ring::{Integers, Ring, ZZ};
use crate::{Error, Poly, Result, limit, progress};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use std::{cmp::Ordering, fmt, sync::Arc};

/// A real root of a polynomial: exact, or in an interval that can be made as small as one likes.
///
/// # Examples
/// ```
/// use monic::ZZ;
/// let f = ZZ.parse("(x^2 - 2)*(2*x - 1)^3")?;
/// let roots = f.real_roots();
/// assert_eq!(roots.len(), 3);
/// assert_eq!(roots[0].to_decimal(20), "-1.41421356237309504880");
/// assert_eq!((roots[1].exact().unwrap().to_string(), roots[1].multiplicity()), ("1/2".into(), 3));
/// assert_eq!(roots[2].to_f64(), 2f64.sqrt());
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RealRoot {
    polynomial: Arc<Poly<Integers>>,
    place: Place,
    multiplicity: usize,
}

#[derive(Clone, Debug)]
enum Place {
    Exact(BigRational),
    Between(Bracket),
}

impl RealRoot {
    /// The root of `q*x - p`.
    pub(super) fn from_rational(root: BigRational, multiplicity: usize) -> Self {
        let polynomial = Arc::new(rationals::linear(&root));
        RealRoot { polynomial, place: Place::Exact(root), multiplicity }
    }

    /// The root of a polynomial in an interval.
    pub(super) fn between(polynomial: Arc<Poly<Integers>>, bracket: Bracket, multiplicity: usize) -> Self {
        RealRoot { polynomial, place: Place::Between(bracket), multiplicity }
    }

    /// A square-free polynomial that has the root.
    pub fn polynomial(&self) -> &Poly<Integers> {
        &self.polynomial
    }

    /// How often it is a root of the polynomial that it was asked of.
    pub fn multiplicity(&self) -> usize {
        self.multiplicity
    }

    /// The root itself, where it is rational.
    pub fn exact(&self) -> Option<&BigRational> {
        match &self.place {
            Place::Exact(root) => Some(root),
            Place::Between(_) => None,
        }
    }

    /// The ends of an interval that has the root, and no other root of the polynomial that it was asked of: equal ends for one that is rational, and
    /// else `a < root < b` with dyadic ends.
    ///
    /// # Examples
    /// ```
    /// use monic::QQ;
    /// let f = QQ.parse("x^3/3 - x")?;
    /// let text: Vec<String> = f.real_roots().iter().map(|r| r.to_string()).collect();
    /// assert_eq!(text[1], "0");
    /// let (a, b) = f.real_roots()[2].interval();
    /// assert!(&a * &a < QQ.poly([3]).coefficient(0) && &b * &b > QQ.poly([3]).coefficient(0));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn interval(&self) -> (BigRational, BigRational) {
        match &self.place {
            Place::Exact(root) => (root.clone(), root.clone()),
            Place::Between(bracket) => (bracket.low.to_rational(), bracket.high.to_rational()),
        }
    }

    /// Makes the interval at most `2^exponent` wide.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let mut root = ZZ.parse("x^5 - x - 1")?.real_roots().remove(0);
    /// root.refine(-10_000);
    /// let (a, b) = root.interval();
    /// assert!((b - a).denom().bits() > 10_000);
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn refine(&mut self, exponent: i64) {
        crate::poly::settle(progress::unwatched(|| self.try_refine(exponent)));
    }

    /// Makes the interval at most `2^exponent` wide.
    ///
    /// # Errors
    /// Kind interrupted, when an [observer](progress::watch) stops the work; what was reached by then is kept.
    pub fn try_refine(&mut self, exponent: i64) -> Result<()> {
        match &mut self.place {
            Place::Between(bracket) => bracket.refine(self.polynomial.coefficients(), exponent),
            Place::Exact(_) => Ok(()),
        }
    }

    /// Makes the interval a quarter of what it is, or less.
    fn refine_somewhat(&mut self) -> Result<()> {
        match &self.place {
            Place::Between(bracket) => match bracket.width().magnitude() {
                Some(top) => self.try_refine(top - 3),
                None => Ok(()),
            },
            Place::Exact(_) => Ok(()),
        }
    }

    /// Whether two intervals have a point in common.
    pub(super) fn touches(&self, other: &Self) -> bool {
        match (&self.place, &other.place) {
            (Place::Between(a), Place::Between(b)) => a.low <= b.high && b.low <= a.high,
            _ => {
                let ((a, b), (c, d)) = (self.interval(), other.interval());
                a <= d && c <= b
            }
        }
    }

    /// By the lower ends of the intervals.
    pub(super) fn by_lower_end(&self, other: &Self) -> Ordering {
        match (&self.place, &other.place) {
            (Place::Between(a), Place::Between(b)) => a.low.cmp(&b.low),
            _ => self.interval().0.cmp(&other.interval().0),
        }
    }

    /// By the upper ends of the intervals.
    fn by_upper_end(&self, other: &Self) -> Ordering {
        match (&self.place, &other.place) {
            (Place::Between(a), Place::Between(b)) => a.high.cmp(&b.high),
            _ => self.interval().1.cmp(&other.interval().1),
        }
    }

    /// The sign of the root.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// use num_bigint::Sign;
    /// let signs: Vec<Sign> = ZZ.parse("x^3 - 2*x")?.real_roots().iter().map(|r| r.sign()).collect();
    /// assert_eq!(signs, [Sign::Minus, Sign::NoSign, Sign::Plus]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn sign(&self) -> Sign {
        match self.compare_rational(&BigRational::zero()) {
            Ordering::Less => Sign::Minus,
            Ordering::Equal => Sign::NoSign,
            Ordering::Greater => Sign::Plus,
        }
    }

    /// The order of the root and a rational number.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// use num_rational::BigRational;
    /// use std::cmp::Ordering;
    /// let root = &ZZ.parse("x^2 - 2")?.real_roots()[1];
    /// let close = BigRational::new(1_414_213_562.into(), 1_000_000_000.into());
    /// assert_eq!(root.compare_rational(&close), Ordering::Greater);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn compare_rational(&self, x: &BigRational) -> Ordering {
        match &self.place {
            Place::Exact(root) => root.cmp(x),
            Place::Between(bracket) => {
                let (low, high) = self.interval();
                if *x <= low {
                    return Ordering::Greater;
                }
                if *x >= high {
                    return Ordering::Less;
                }
                let negative = sign_at_rational(self.polynomial.coefficients(), x) == Sign::Minus;
                if negative == bracket.rising { Ordering::Greater } else { Ordering::Less }
            }
        }
    }

    /// The order of two roots, of the same or of different polynomials; multiplicities do not count.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// use std::cmp::Ordering;
    /// let two = &ZZ.parse("x^2 - 2")?.real_roots()[1];
    /// let four = &ZZ.parse("x^4 - 4")?.real_roots()[1];
    /// let close = &ZZ.parse("10^20*x^2 - 2*10^20 - 1")?.real_roots()[1];
    /// assert_eq!((two.compare(four), two.compare(close)), (Ordering::Equal, Ordering::Less));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn compare(&self, other: &Self) -> Ordering {
        match (self.exact(), other.exact()) {
            (_, Some(x)) => return self.compare_rational(x),
            (Some(x), _) => return other.compare_rational(x).reverse(),
            _ => {}
        }
        let (mut a, mut b) = (self.clone(), other.clone());
        if a.touches(&b) && a.equals(&b) {
            return Ordering::Equal;
        }
        while a.touches(&b) {
            for root in [&mut a, &mut b] {
                crate::poly::settle(progress::unwatched(|| root.refine_somewhat()));
            }
        }
        a.by_lower_end(&b)
    }

    /// Whether two irrational roots whose intervals overlap are the same: the common divisor of the polynomials changes its sign where both
    /// intervals are. It has at most one root there, and no end is one.
    fn equals(&self, other: &Self) -> bool {
        let (Place::Between(a), Place::Between(b)) = (&self.place, &other.place) else { return false };
        let common = self.polynomial.gcd(&other.polynomial);
        let f = common.coefficients();
        sign(f, (&a.low).max(&b.low)) != sign(f, (&a.high).min(&b.high))
    }

    /// The sign of another polynomial at the root.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// use num_bigint::Sign;
    /// let root = &ZZ.parse("x^2 - 2")?.real_roots()[1];
    /// assert_eq!(root.sign_of(&ZZ.parse("x^4 - 4")?), Sign::NoSign);
    /// assert_eq!(root.sign_of(&ZZ.parse("10^9*x - 1414213562")?), Sign::Plus);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn sign_of(&self, f: &Poly<Integers>) -> Sign {
        let Place::Between(bracket) = &self.place else {
            return self.exact().map_or(Sign::NoSign, |x| sign_at_rational(f.coefficients(), x));
        };
        if f.is_zero() {
            return Sign::NoSign;
        }
        let common = self.polynomial.gcd(f);
        // It divides the polynomial of the root, which has no other in the interval.
        if sign(common.coefficients(), &bracket.low) != sign(common.coefficients(), &bracket.high) {
            return Sign::NoSign;
        }
        let mut bracket = bracket.clone();
        let mut precision = 64;
        loop {
            let on = evaluate::sign_on(f.coefficients(), &bracket.low, &bracket.high, precision);
            if let Some(sign) = on {
                return sign;
            }
            let top = bracket.width().magnitude().unwrap_or(0);
            self.narrow(&mut bracket, top - precision as i64 / 2);
            precision *= 2;
        }
    }

    /// The root with `digits` decimals, the last of which is rounded to the nearest (ties, which only a rational root can be, away from
    /// zero).
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let roots = ZZ.parse("(x^2 - 3)*(8*x - 1)")?.real_roots();
    /// let text: Vec<String> = roots.iter().map(|r| r.to_decimal(2)).collect();
    /// assert_eq!(text, ["-1.73", "0.13", "1.73"]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    ///
    /// # Panics
    /// When ten to the number of digits is over the [limit](crate::limit).
    #[track_caller]
    pub fn to_decimal(&self, digits: u32) -> String {
        crate::poly::settle(progress::unwatched(|| self.try_to_decimal(digits)))
    }

    /// The root with `digits` decimals, the last of which is rounded to the nearest.
    ///
    /// # Errors
    /// Kind limit when ten to the number of digits is over the [limit](crate::limit); kind interrupted, when an [observer](progress::watch) stops
    /// the work.
    pub fn try_to_decimal(&self, digits: u32) -> Result<String> {
        let scale = power_of_ten(digits)?;
        let rounded = match &self.place {
            Place::Exact(root) => return Ok(rounded_decimal(root, &scale, digits)),
            Place::Between(bracket) => {
                let mut bracket = bracket.clone();
                let mut exponent = -(scale.bits() as i64) - 8;
                loop {
                    bracket.refine(self.polynomial.coefficients(), exponent)?;
                    let nearest = |x: &Dyadic| {
                        let scaled = &(x * &Dyadic::from(scale.clone())) + &Dyadic::power_of_two(-1);
                        scaled.floor_units(0)
                    };
                    let (low, high) = (nearest(&bracket.low), nearest(&bracket.high));
                    if low == high {
                        break low;
                    }
                    exponent -= 32;
                }
            }
        };
        Ok(decimal(&rounded, digits as usize))
    }

    /// Makes the interval of the root at most `2^exponent` wide.
    fn narrow(&self, bracket: &mut Bracket, exponent: i64) {
        let f = self.polynomial.coefficients();
        crate::poly::settle(progress::unwatched(|| bracket.refine(f, exponent)));
    }

    /// The nearest float; infinite beyond their range.
    pub fn to_f64(&self) -> f64 {
        match &self.place {
            Place::Exact(root) => nearest_float(root),
            Place::Between(bracket) => {
                let mut bracket = bracket.clone();
                loop {
                    let (low, high) = (bracket.low.to_f64(), bracket.high.to_f64());
                    // Zero of either sign is the nearest of what is that small.
                    if low == high {
                        return if low == 0.0 { 0.0 } else { low };
                    }
                    let size = bracket.low.magnitude().max(bracket.high.magnitude()).unwrap_or(0);
                    let width = bracket.width().magnitude().unwrap_or(0);
                    self.narrow(&mut bracket, (width - 8).min(size - 64));
                }
            }
        }
    }
}

/// The float nearest to a fraction.
fn nearest_float(x: &BigRational) -> f64 {
    // A quotient of at least 64 bits, with a mark for what is left.
    let shift = 66 + x.denom().bits() as i64 - x.numer().bits() as i64;
    let numerator = x.numer().abs();
    let (numerator, denominator) = match shift >= 0 {
        true => (numerator << shift as u64, x.denom().clone()),
        false => (numerator, x.denom() << shift.unsigned_abs()),
    };
    let (quotient, rest) = numerator.div_rem(&denominator);
    let marked: BigInt = (quotient << 1u32) + i32::from(!rest.is_zero());
    let value = Dyadic::new(marked, -shift - 1).to_f64();
    if x.is_negative() { -value } else { value }
}

/// `10^digits`, if it is not over the limit.
pub(super) fn power_of_ten(digits: u32) -> Result<BigInt> {
    let digits = u64::from(digits);
    limit::check(1, digits * 10 / 3 + 1)?;
    Ok(ZZ.pow(&BigInt::from(10), digits))
}

/// A fraction with `digits` decimals, ties away from zero; the scale is their power of ten.
pub(super) fn rounded_decimal(x: &BigRational, scale: &BigInt, digits: u32) -> String {
    // floor(|x|*10^d + 1/2)
    let twice: BigInt = integer_product(&x.numer().abs(), scale) << 1u32;
    let nearest = integer_div_rem(&(twice + x.denom()), &(x.denom() << 1u32)).0;
    decimal(&if x.is_negative() { -nearest } else { nearest }, digits as usize)
}

/// The text of `n/10^digits`.
fn decimal(n: &BigInt, digits: usize) -> String {
    let text = format_integer(&n.abs());
    // A width of a format is 65535 at most.
    let padded = "0".repeat((digits + 1).saturating_sub(text.len())) + &text;
    let (whole, fraction) = padded.split_at(padded.len() - digits);
    let sign = if n.is_negative() { "-" } else { "" };
    if digits == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// The exact value, or `(a, b)` for the ends of the interval.
impl fmt::Display for RealRoot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Exact(root) => write!(f, "{root}"),
            Place::Between(bracket) => write!(f, "({}, {})", bracket.low, bracket.high),
        }
    }
}

/// The error for the zero polynomial.
pub(super) fn every_number() -> Error {
    Error::undefined("every number is a root of the zero polynomial")
}

/// Makes all intervals disjoint and orders them.
pub(super) fn separated(mut roots: Vec<RealRoot>) -> Result<Vec<RealRoot>> {
    loop {
        crate::sorting::by(&mut roots, RealRoot::by_lower_end);
        // Intervals that meet one further down are met by it, too.
        let mut meet = vec![false; roots.len()];
        let mut reach = 0;
        for i in 1..roots.len() {
            if roots[i].touches(&roots[reach]) {
                (meet[i], meet[reach]) = (true, true);
            }
            if roots[i].by_upper_end(&roots[reach]) == Ordering::Greater {
                reach = i;
            }
        }
        if !meet.contains(&true) {
            return Ok(roots);
        }
        for (root, _) in roots.iter_mut().zip(meet).filter(|(_, meet)| *meet) {
            root.refine_somewhat()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use std::ops::ControlFlow;

    #[test]
    fn decimals_of_any_number() {
        let third = &ZZ.parse("3*x - 1").unwrap().real_roots()[0];
        assert_eq!(third.to_decimal(70_000), format!("0.{}", "3".repeat(70_000)));
        assert_eq!(third.to_decimal(0), "0");
        let small = &ZZ.parse("10^9*x + 15").unwrap().real_roots()[0];
        assert_eq!(
            (small.to_decimal(8), small.to_decimal(10)),
            ("-0.00000002".into(), "-0.0000000150".into())
        );
    }

    #[test]
    fn refinement_is_stopped() {
        let root = ZZ.parse("x^2 - 2").unwrap().real_roots().remove(1);
        let [text, error] = progress::watch(
            |_| ControlFlow::Break(()),
            || [Ok(root.to_decimal(50)), root.try_to_decimal(50)],
        );
        assert_eq!(text.unwrap(), root.try_to_decimal(50).unwrap());
        assert_eq!(error.unwrap_err().kind(), ErrorKind::Interrupted);
        // What plain forms do is not asked about.
        let four = ZZ.parse("x^2 - 2*10^40 - 1").unwrap().real_roots().remove(1);
        let (order, float) =
            progress::watch(|_| ControlFlow::Break(()), || (root.compare(&four), four.to_f64()));
        assert_eq!((order, float), (Ordering::Less, 2f64.sqrt() * 1e20));
    }
}
