//! Balls: numbers known up to a radius, `|x - mid| <= rad`, real and complex, on [dyadic numbers](Dyadic).
//!
//! They stand apart from intervals of isolation, which have signs at their ends: a ball only says where a number is, and arithmetic on
//! balls says where the result is. No more than certified roots need.
//!
//! # Method
//! Midpoints are added and multiplied exactly, and cut where the caller says so; radii are rounded up to 32 bits. Quotients of discs: the inverse of the
//! disc about `m` of radius `r` is the disc about `conj(m)/(|m|^2 - r^2)` of radius `r/(|m|^2 - r^2)` (I. Gargantini, P. Henrici, "Circular arithmetic
//! and the determination of polynomial zeros", Numer. Math. 18, 1972).
//!
//! # Invariants
//! A radius is not negative. For numbers in the operands, the results of operations hold the results.

use super::Dyadic;
use crate::integer_div_rem;
use num_bigint::Sign;
use num_traits::{Signed, Zero};

/// The bits of a radius.
const RADIUS_BITS: u64 = 32;

/// Rounded up to the bits of a radius.
fn up(radius: &Dyadic) -> Dyadic {
    radius.ceil_bits(RADIUS_BITS)
}

/// `a/b` for positive `b`, cut downwards to some `bits` bits, and a bound of what was cut.
fn quotient(a: &Dyadic, b: &Dyadic, bits: u64) -> (Dyadic, Dyadic) {
    let shift = bits as i64 + b.mantissa().bits() as i64 - a.mantissa().bits() as i64 + 1;
    let (numerator, denominator) = if shift >= 0 {
        (a.mantissa() << shift as u64, b.mantissa().clone())
    } else {
        (a.mantissa().clone(), b.mantissa() << shift.unsigned_abs())
    };
    let (quotient, rest) = integer_div_rem(&numerator, &denominator);
    // Division of integers cuts towards zero.
    let floor = if rest.is_negative() { quotient - 1 } else { quotient };
    let exponent = a.exponent() - b.exponent() - shift;
    let cut = if rest.is_zero() { Dyadic::zero() } else { Dyadic::power_of_two(exponent) };
    (Dyadic::new(floor, exponent), cut)
}

/// `sqrt(x)` rounded up, to the bits of a radius.
fn sqrt_up(x: &Dyadic) -> Dyadic {
    if x.is_zero() {
        return Dyadic::zero();
    }
    let exponent = (x.magnitude().unwrap_or(0) / 2) - RADIUS_BITS as i64;
    up(&Dyadic::new(x.ceil_to(2 * exponent).floor_units(2 * exponent).sqrt() + 1, exponent))
}

/// `sqrt(x)` rounded down.
fn sqrt_down(x: &Dyadic) -> Dyadic {
    let exponent = (x.magnitude().unwrap_or(0) / 2) - RADIUS_BITS as i64;
    Dyadic::new(x.floor_units(2 * exponent).sqrt(), exponent)
}

/// A real number with `|x - mid| <= rad`.
///
/// # Examples
/// ```
/// use monic::roots::{Dyadic, ball::RealBall};
/// let third = RealBall::from(1).div(&RealBall::from(3), 50).unwrap();
/// assert!(third.radius() < &Dyadic::power_of_two(-50));
/// assert!(third.mul(&RealBall::from(3)).sub(&RealBall::from(1)).contains_zero());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RealBall {
    mid: Dyadic,
    rad: Dyadic,
}

impl RealBall {
    /// The ball with this centre and radius.
    ///
    /// # Panics
    /// When the radius is negative.
    pub fn new(mid: Dyadic, rad: Dyadic) -> Self {
        assert!(rad.sign() != Sign::Minus, "the radius {rad} is negative");
        RealBall { mid, rad: up(&rad) }
    }

    /// The centre.
    pub fn mid(&self) -> &Dyadic {
        &self.mid
    }

    /// The radius.
    pub fn radius(&self) -> &Dyadic {
        &self.rad
    }

    /// The smallest number in the ball.
    pub fn lower(&self) -> Dyadic {
        &self.mid - &self.rad
    }

    /// The largest number in the ball.
    pub fn upper(&self) -> Dyadic {
        &self.mid + &self.rad
    }

    /// Whether a number is in the ball.
    pub fn contains(&self, x: &Dyadic) -> bool {
        (x - &self.mid).abs() <= self.rad
    }

    /// Whether 0 is in the ball.
    pub fn contains_zero(&self) -> bool {
        self.mid.abs() <= self.rad
    }

    /// The sign of all numbers in the ball, where they have the same.
    pub fn sign(&self) -> Option<Sign> {
        (!self.contains_zero() || self.rad.is_zero()).then(|| self.mid.sign())
    }

    /// The sum.
    pub fn add(&self, other: &Self) -> Self {
        RealBall { mid: &self.mid + &other.mid, rad: up(&(&self.rad + &other.rad)) }
    }

    /// The difference.
    pub fn sub(&self, other: &Self) -> Self {
        RealBall { mid: &self.mid - &other.mid, rad: up(&(&self.rad + &other.rad)) }
    }

    /// The product.
    pub fn mul(&self, other: &Self) -> Self {
        let (a, b) = (up(&self.mid.abs()), up(&other.mid.abs()));
        let cross = &(&a * &other.rad) + &(&b * &self.rad);
        RealBall { mid: &self.mid * &other.mid, rad: up(&(&cross + &(&self.rad * &other.rad))) }
    }

    /// The quotient to some `bits` bits; `None` where the divisor may be 0.
    pub fn div(&self, other: &Self, bits: u64) -> Option<Self> {
        if other.contains_zero() {
            return None;
        }
        let negative = other.mid.sign() == Sign::Minus;
        let (numerator, denominator) =
            (if negative { -&self.mid } else { self.mid.clone() }, other.mid.abs());
        let (mid, mid_cut) = quotient(&numerator, &denominator, bits);
        // |x/y - a/b| <= (|a|*s + |b|*r) / (|b|*(|b| - s)), and what was cut.
        let spread = &(&numerator.abs() * &other.rad) + &(&denominator * &self.rad);
        let least = &denominator * &(&denominator - &other.rad);
        let (spread, cut) = quotient(&spread, &least, RADIUS_BITS);
        Some(RealBall { mid, rad: up(&(&(&spread + &cut) + &mid_cut)) })
    }

    /// The same number with a centre of at most `bits` bits.
    pub fn rounded(&self, bits: u64) -> Self {
        let (mid, _) = self.mid.floor_bits(bits);
        let rad = up(&(&self.rad + &(&self.mid - &mid)));
        RealBall { mid, rad }
    }
}

impl From<i64> for RealBall {
    fn from(n: i64) -> Self {
        RealBall { mid: n.into(), rad: Dyadic::zero() }
    }
}

impl From<Dyadic> for RealBall {
    fn from(x: Dyadic) -> Self {
        RealBall { mid: x, rad: Dyadic::zero() }
    }
}

/// A complex number in a disc: `|z - (re + im*i)| <= rad`.
///
/// # Examples
/// ```
/// use monic::roots::{Dyadic, ball::ComplexBall};
/// let i = ComplexBall::new(Dyadic::zero(), Dyadic::from(1), Dyadic::power_of_two(-20));
/// let square = i.mul(&i);
/// assert_eq!(square.re(), &Dyadic::from(-1));
/// assert!(square.radius() > &Dyadic::power_of_two(-19) && square.radius() < &Dyadic::power_of_two(-18));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ComplexBall {
    re: Dyadic,
    im: Dyadic,
    rad: Dyadic,
}

impl ComplexBall {
    /// The disc about `re + im*i` of this radius.
    ///
    /// # Panics
    /// When the radius is negative.
    pub fn new(re: Dyadic, im: Dyadic, rad: Dyadic) -> Self {
        assert!(rad.sign() != Sign::Minus, "the radius {rad} is negative");
        ComplexBall { re, im, rad: up(&rad) }
    }

    /// The real part of the centre.
    pub fn re(&self) -> &Dyadic {
        &self.re
    }

    /// The imaginary part of the centre.
    pub fn im(&self) -> &Dyadic {
        &self.im
    }

    /// The radius.
    pub fn radius(&self) -> &Dyadic {
        &self.rad
    }

    /// `|centre|^2`.
    fn norm(&self) -> Dyadic {
        &(&self.re * &self.re) + &(&self.im * &self.im)
    }

    /// An upper bound of `|z|`.
    pub fn abs_upper(&self) -> Dyadic {
        up(&(&sqrt_up(&self.norm()) + &self.rad))
    }

    /// A lower bound of `|z|`, 0 where 0 may be in the disc.
    pub fn abs_lower(&self) -> Dyadic {
        (&sqrt_down(&self.norm()) - &self.rad).max(Dyadic::zero())
    }

    /// Whether 0 is in the disc.
    pub fn contains_zero(&self) -> bool {
        self.norm() <= &self.rad * &self.rad
    }

    /// Whether two discs have no point in common.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        let (re, im, rad) = (&self.re - &other.re, &self.im - &other.im, &self.rad + &other.rad);
        &(&re * &re) + &(&im * &im) > &rad * &rad
    }

    /// Whether all of another disc is in this one.
    pub fn holds(&self, other: &Self) -> bool {
        let (re, im, rad) = (&self.re - &other.re, &self.im - &other.im, &self.rad - &other.rad);
        rad.sign() != Sign::Minus && &(&re * &re) + &(&im * &im) <= &rad * &rad
    }

    /// The mirror image: the disc of the conjugates.
    pub fn conj(&self) -> Self {
        ComplexBall { im: -&self.im, ..self.clone() }
    }

    /// The sum.
    pub fn add(&self, other: &Self) -> Self {
        let rad = up(&(&self.rad + &other.rad));
        ComplexBall { re: &self.re + &other.re, im: &self.im + &other.im, rad }
    }

    /// The difference.
    pub fn sub(&self, other: &Self) -> Self {
        let rad = up(&(&self.rad + &other.rad));
        ComplexBall { re: &self.re - &other.re, im: &self.im - &other.im, rad }
    }

    /// The product.
    pub fn mul(&self, other: &Self) -> Self {
        let (a, b) = (sqrt_up(&self.norm()), sqrt_up(&other.norm()));
        let cross = &(&a * &other.rad) + &(&b * &self.rad);
        ComplexBall {
            re: &(&self.re * &other.re) - &(&self.im * &other.im),
            im: &(&self.re * &other.im) + &(&self.im * &other.re),
            rad: up(&(&cross + &(&self.rad * &other.rad))),
        }
    }

    /// The quotient to some `bits` bits; `None` where the divisor may be 0.
    pub fn div(&self, other: &Self, bits: u64) -> Option<Self> {
        let least = &other.norm() - &(&other.rad * &other.rad);
        if least.sign() != Sign::Plus {
            return None;
        }
        // Times the disc about conj(b), and over |b|^2 - s^2.
        let product = self.mul(&other.conj());
        let bits = bits + 2;
        let ((re, re_cut), (im, im_cut)) =
            (quotient(&product.re, &least, bits), quotient(&product.im, &least, bits));
        let (rad, cut) = quotient(&product.rad, &least, RADIUS_BITS);
        let rad = [re_cut, im_cut, cut].iter().fold(rad, |sum, cut| &sum + cut);
        Some(ComplexBall { re, im, rad: up(&rad) })
    }

    /// The same number with parts of at most `bits` bits.
    pub fn rounded(&self, bits: u64) -> Self {
        let ((re, _), (im, _)) = (self.re.floor_bits(bits), self.im.floor_bits(bits));
        let cut = &(&self.re - &re) + &(&self.im - &im);
        ComplexBall { re, im, rad: up(&(&self.rad + &cut)) }
    }
}

/// The disc of one point.
impl From<(i64, i64)> for ComplexBall {
    fn from((re, im): (i64, i64)) -> Self {
        ComplexBall { re: re.into(), im: im.into(), rad: Dyadic::zero() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_rational::BigRational;

    /// Points of balls: the centre, and both ends or four points of the circle.
    fn points(ball: &RealBall) -> Vec<BigRational> {
        [ball.mid().clone(), ball.lower(), ball.upper()].map(|x| x.to_rational()).into()
    }

    #[test]
    fn real_balls_hold_their_results() {
        let balls: Vec<RealBall> =
            [(0, 0, 0), (3, 1, -3), (-7, 1, -1), (1 << 40, 5, -70), (5, 9, 0), (-12345, 0, 0)]
                .map(|(m, r, e): (i64, i64, i64)| RealBall::new(m.into(), Dyadic::new(r, e)))
                .into();
        for a in &balls {
            for b in &balls {
                for x in points(a) {
                    for y in points(b) {
                        let holds = |ball: &RealBall, value: BigRational| {
                            ball.lower().to_rational() <= value && value <= ball.upper().to_rational()
                        };
                        assert!(
                            holds(&a.add(b), &x + &y)
                                && holds(&a.sub(b), &x - &y)
                                && holds(&a.mul(b), &x * &y)
                        );
                        assert!(holds(&a.mul(b).rounded(3), &x * &y));
                        match a.div(b, 20) {
                            Some(quotient) => assert!(holds(&quotient, &x / &y)),
                            None => assert!(b.contains_zero()),
                        }
                    }
                }
            }
            assert_eq!(a.sign().is_none(), a.contains_zero() && !a.radius().is_zero());
            assert!(a.contains(&a.lower()) && a.contains(a.mid()));
        }
    }

    #[test]
    fn complex_balls_hold_their_results() {
        let balls: Vec<ComplexBall> =
            [(0, 0, 0, 0), (3, -1, 1, -3), (-7, 20, 1, 0), (1 << 30, 5, 5, -70), (1, 1, 9, 0)]
                .map(|(re, im, r, e): (i64, i64, i64, i64)| {
                    ComplexBall::new(re.into(), im.into(), Dyadic::new(r, e))
                })
                .into();
        type Point = (BigRational, BigRational);
        let around = |ball: &ComplexBall| -> Vec<Point> {
            let (re, im, rad) = (ball.re.to_rational(), ball.im.to_rational(), ball.rad.to_rational());
            vec![
                (re.clone(), im.clone()),
                (&re + &rad, im.clone()),
                (&re - &rad, im.clone()),
                (re.clone(), &im + &rad),
                (re, im - rad),
            ]
        };
        let holds = |ball: &ComplexBall, (x, y): Point| {
            let (re, im, rad) = (ball.re.to_rational(), ball.im.to_rational(), ball.rad.to_rational());
            let (u, v) = (x - re, y - im);
            &u * &u + &v * &v <= &rad * &rad
        };
        for a in &balls {
            for (x, y) in around(a) {
                let norm = &x * &x + &y * &y;
                let (low, high) = (a.abs_lower().to_rational(), a.abs_upper().to_rational());
                assert!(&low * &low <= norm && norm <= &high * &high);
            }
            for b in &balls {
                for (x, y) in around(a) {
                    for (u, v) in around(b) {
                        assert!(holds(&a.add(b), (&x + &u, &y + &v)) && holds(&a.sub(b), (&x - &u, &y - &v)));
                        let product = (&x * &u - &y * &v, &x * &v + &y * &u);
                        assert!(holds(&a.mul(b), product.clone()) && holds(&a.mul(b).rounded(2), product));
                        let norm = &u * &u + &v * &v;
                        match a.div(b, 20) {
                            Some(q) => {
                                let quotient = ((&x * &u + &y * &v) / &norm, (&y * &u - &x * &v) / &norm);
                                assert!(holds(&q, quotient));
                            }
                            None => assert!(b.contains_zero()),
                        }
                    }
                }
            }
        }
        assert!(balls[1].is_disjoint(&balls[2]) && !balls[4].is_disjoint(&balls[1]));
        assert!(balls[4].holds(&balls[1]) && !balls[1].holds(&balls[4]));
    }
}
