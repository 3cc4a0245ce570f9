//! Complex roots of integer polynomials in discs that are proved to have one root each, to any precision.
//!
//! # Method
//! From the roots in [double precision](super::float) by Aberth's iteration with twice the precision as often as it takes, in fixed point
//! with a bound of the error: `f(z)` and `f'(z)` are discs, and the disc about `z` of radius `n*|f(z)|/|f'(z)|` has a root. When all discs of a
//! square-free polynomial are disjoint, each has exactly one; then Newton's iteration doubles the digits of one root at a time. A new disc inside
//! of the old one has the same root.
//!
//! A root is real if the mirror image of its disc meets no other disc: the conjugate is in that image, and in one of the discs. So real roots are
//! real, and others come in pairs of which one is computed.

use super::float::{Approximation, Polynomial, Wide};
use crate::roots::{ball::ComplexBall, dyadic::Dyadic, evaluate::magnitude};
use crate::{Result, integer_product, progress};
use num_bigint::BigInt;
use num_complex::Complex;
use num_traits::Zero;

/// The discs of the roots of a square-free polynomial with integer coefficients, of degree 1 or more and not 0 at 0: those of real roots have real
/// centres, and of others there is the one above the axis.
pub(super) fn discs(f: &[BigInt]) -> Result<Vec<ComplexBall>> {
    let wide: Vec<Wide> = f.iter().map(wide).collect();
    let start = Polynomial::new(&wide).roots();
    let mut points: Vec<Point> = start.iter().map(Point::from_float).collect();
    let mut precision = 64u64;
    let derivative = derivative(f);
    for round in 0.. {
        progress::report("isolating complex roots", round, round + 1)?;
        if round > 0 {
            sweep(f, &derivative, &mut points, precision)?;
        }
        if let Some(discs) = isolated(f, &derivative, &points, precision) {
            return Ok(discs);
        }
        precision += precision / 2;
    }
    unreachable!("a loop without an end")
}

fn wide(c: &BigInt) -> Wide {
    let x = Dyadic::new(c.clone(), 0);
    let excess = x.magnitude().unwrap_or(0);
    Wide::new(x.scaled(-excess).to_f64().into(), excess)
}

fn derivative(f: &[BigInt]) -> Vec<BigInt> {
    f.iter().enumerate().skip(1).map(|(j, c)| c * j).collect()
}

/// An approximate root.
#[derive(Clone, Debug)]
struct Point {
    re: Dyadic,
    im: Dyadic,
}

impl Point {
    fn from_float(a: &Approximation) -> Self {
        let part = |x: f64| Dyadic::from_f64(x).unwrap_or_else(Dyadic::zero).scaled(a.exponent);
        Point { re: part(a.centre.re), im: part(a.centre.im) }
    }

    /// The smallest `k` with `|re|, |im| < 2^k`.
    fn magnitude(&self) -> i64 {
        self.re.magnitude().max(self.im.magnitude()).unwrap_or(0)
    }

    /// The point on a grid of `2^-bits` of its size.
    fn rounded(&self, bits: u64) -> Self {
        let unit = self.magnitude() - bits as i64;
        Point { re: self.re.floor_to(unit), im: self.im.floor_to(unit) }
    }

    /// The difference in double precision, in units of `2^k`.
    fn difference(&self, other: &Self, k: i64) -> Complex<f64> {
        let part = |a: &Dyadic, b: &Dyadic| (a - b).scaled(-k).to_f64();
        Complex::new(part(&self.re, &other.re), part(&self.im, &other.im))
    }
}

/// The value at a point, with an error of about `2^-precision` times the largest term.
fn value(f: &[BigInt], z: &Point, precision: u64) -> ComplexBall {
    // |z| < 2^k.
    let k = z.magnitude() + 1;
    let unit = magnitude(f, k) - precision as i64;
    let least = match (z.re.is_zero(), z.im.is_zero()) {
        (true, _) => z.im.exponent(),
        (_, true) => z.re.exponent(),
        _ => z.re.exponent().min(z.im.exponent()),
    };
    let spare = 2 * i64::from(usize::BITS - f.len().leading_zeros()) + 3;
    let bits = (k - least).clamp(1, precision as i64 + spare);
    let (x, y) = (z.re.floor_units(k - bits), z.im.floor_units(k - bits));
    let (mut re, mut im) = (BigInt::ZERO, BigInt::ZERO);
    let real = y.is_zero();
    for (j, c) in f.iter().enumerate().rev() {
        if real {
            re = integer_product(&re, &x) >> bits as u64;
        } else {
            let next = (integer_product(&re, &x) - integer_product(&im, &y)) >> bits as u64;
            im = (integer_product(&re, &y) + integer_product(&im, &x)) >> bits as u64;
            re = next;
        }
        let shift = k * j as i64 - unit;
        re += if shift >= 0 { c << shift as u64 } else { c >> shift.unsigned_abs() };
    }
    // Two cut parts and a cut coefficient at every step, and less than a unit for each part of the point that was cut.
    let error = Dyadic::new(BigInt::from(3 * f.len() + 3), unit);
    ComplexBall::new(Dyadic::new(re, unit), Dyadic::new(im, unit), error)
}

/// A radius within which there is a root; `None` where the derivative may vanish.
fn radius(f: &[BigInt], derivative: &[BigInt], z: &Point, precision: u64) -> Option<Dyadic> {
    let value = value(f, z, precision);
    let slope = self::value(derivative, z, precision);
    let (above, below) = (value.abs_upper(), slope.abs_lower());
    if below.is_zero() {
        return None;
    }
    // Twice what it takes, so that the next disc lies inside.
    let above = (&above * &Dyadic::from(f.len() as i64 - 1)).scaled(1);
    // A quotient of two numbers of few bits, rounded up.
    let one = ComplexBall::new(above, Dyadic::zero(), Dyadic::zero());
    let quotient = one.div(&ComplexBall::new(below, Dyadic::zero(), Dyadic::zero()), 32)?;
    Some(quotient.abs_upper())
}

/// Aberth's iteration at one precision, until nothing moves any more.
fn sweep(f: &[BigInt], derivative: &[BigInt], points: &mut [Point], precision: u64) -> Result<()> {
    /// What has not settled then has to wait for more precision.
    const SWEEPS: u64 = 12;
    let mut settled = vec![false; points.len()];
    for round in 0..SWEEPS {
        progress::report("isolating complex roots", round, SWEEPS)?;
        for i in 0..points.len() {
            if settled[i] {
                continue;
            }
            let z = points[i].clone();
            let k = z.magnitude();
            let (v, s) = (value(f, &z, precision), value(derivative, &z, precision));
            if v.contains_zero() {
                settled[i] = true;
                continue;
            }
            let centre =
                |ball: &ComplexBall| ComplexBall::new(ball.re().clone(), ball.im().clone(), Dyadic::zero());
            let Some(newton) = centre(&v).div(&centre(&s), precision) else { continue };
            let mut sum = Complex::new(0.0, 0.0);
            for (j, other) in points.iter().enumerate() {
                if j != i {
                    let difference = z.difference(other, k);
                    let norm = difference.norm_sqr();
                    if norm > 0.0 && norm.is_finite() {
                        sum += difference.conj() / norm;
                    }
                }
            }
            // N/(1 - N*S): the factor is wanted to few digits only.
            let n = Complex::new(newton.re().scaled(-k).to_f64(), newton.im().scaled(-k).to_f64());
            let factor = Complex::new(1.0, 0.0) / (Complex::new(1.0, 0.0) - n * sum);
            let (Some(re), Some(im)) = (Dyadic::from_f64(factor.re), Dyadic::from_f64(factor.im)) else {
                continue;
            };
            let step = newton.mul(&ComplexBall::new(re, im, Dyadic::zero()));
            let next = Point { re: &z.re - step.re(), im: &z.im - step.im() };
            let moved = step.re().magnitude().max(step.im().magnitude()).unwrap_or(i64::MIN);
            settled[i] = moved < k - precision as i64 / 2;
            points[i] = next.rounded(precision);
        }
        if settled.iter().all(|&s| s) {
            break;
        }
    }
    Ok(())
}

/// The discs, if they prove to be disjoint and which of the roots are real.
fn isolated(
    f: &[BigInt],
    derivative: &[BigInt],
    points: &[Point],
    precision: u64,
) -> Option<Vec<ComplexBall>> {
    let mut all = Vec::new();
    for z in points {
        let radius = radius(f, derivative, z, precision)?;
        all.push(ComplexBall::new(z.re.clone(), z.im.clone(), radius));
    }
    all.sort_by(|a, b| a.re().cmp(b.re()));
    // The largest radius bounds how far along the axis discs can meet.
    let reach = all.iter().map(ComplexBall::radius).max()?.scaled(1);
    let near = |i: usize| {
        let end = all[i].re() + &reach;
        all[i + 1..].iter().take_while(move |other| *other.re() <= end)
    };
    if (0..all.len()).any(|i| near(i).any(|other| !other.is_disjoint(&all[i]))) {
        return None;
    }
    let mut out = Vec::new();
    let (mut real, mut above) = (0, 0);
    for (i, disc) in all.iter().enumerate() {
        if disc.im().abs() > *disc.radius() {
            if disc.im().sign() == num_bigint::Sign::Plus {
                above += 1;
                out.push(disc.clone());
            }
            continue;
        }
        let image = disc.conj();
        let start = all.partition_point(|other| *other.re() < disc.re() - &reach);
        let end = disc.re() + &reach;
        let meets = all[start..].iter().take_while(|other| *other.re() <= end).enumerate();
        if meets.into_iter().any(|(j, other)| start + j != i && !other.is_disjoint(&image)) {
            return None;
        }
        // What stands for the root from now on is another disc, which has no other root either.
        let centred = ComplexBall::new(disc.re().clone(), Dyadic::zero(), disc.radius().clone());
        let meets = all[start..].iter().take_while(|other| *other.re() <= end).enumerate();
        if meets.into_iter().any(|(j, other)| start + j != i && !other.is_disjoint(&centred)) {
            return None;
        }
        real += 1;
        out.push(centred);
    }
    (real + 2 * above == all.len()).then_some(out)
}

/// Makes the radius of a disc with one root at most `2^-bits` times its absolute value.
pub(super) fn refine(f: &[BigInt], disc: &mut ComplexBall, bits: u64) {
    let derivative = derivative(f);
    // The radius of a new disc is that many times its distance from the root.
    let factor = u64::from((2 * f.len()).ilog2());
    let enough = |disc: &ComplexBall| {
        disc.radius().is_zero() || *disc.radius() <= disc.abs_lower().scaled(-(bits as i64))
    };
    let mut z = Point { re: disc.re().clone(), im: disc.im().clone() };
    // What the values lose to cancellation, found on the way.
    let mut lost = 64u64;
    while !enough(disc) {
        let top = z.magnitude();
        let right = (top - disc.radius().magnitude().unwrap_or(top)).max(8) as u64;
        let precision = (2 * right + 16).min(bits + 16 + factor);
        let (v, s) = (value(f, &z, precision + lost), value(&derivative, &z, precision + lost));
        let step = v.div(&s, precision + 16);
        let next = step.map(|step| Point { re: &z.re - step.re(), im: &z.im - step.im() }.rounded(precision));
        let radius = next.as_ref().and_then(|next| radius(f, &derivative, next, precision + lost));
        if let (Some(next), Some(radius)) = (next, radius) {
            let better = ComplexBall::new(next.re.clone(), next.im.clone(), radius);
            if disc.holds(&better) && better.radius().scaled(1) < *disc.radius() {
                *disc = better;
                z = next;
                continue;
            }
        }
        lost *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ZZ;

    #[test]
    fn every_disc_has_a_root() {
        for (text, real, above) in [
            ("x - 3", 1, 0),
            ("x^2 + 1", 0, 1),
            ("x^4 - 10*x^2 + 1", 4, 0),
            ("x^5 - x - 1", 1, 2),
            ("x^20 - 2*(100*x - 1)^2", 4, 8),
            ("2^300*x^3 - x^2 + 5", 1, 1),
            ("x^12 - 2^2000", 2, 5),
            ("(x^2 + 1)*((10^20*x)^2 + 10^40 + 1)", 0, 2),
        ] {
            let f = ZZ.parse(text).unwrap().into_coefficients();
            let found = discs(&f).unwrap();
            let axis = found.iter().filter(|d| d.im().is_zero()).count();
            assert_eq!((axis, found.len() - axis), (real, above), "{text}");
            for mut disc in found {
                let old = disc.clone();
                refine(&f, &mut disc, 500);
                assert!(old.holds(&disc) && disc.radius() <= &disc.abs_lower().scaled(-500), "{text}");
                assert_eq!(old.im().is_zero(), disc.im().is_zero());
                let z = Point { re: disc.re().clone(), im: disc.im().clone() };
                // The value is as small as the radius says.
                let (v, s) = (value(&f, &z, 3000), value(&derivative(&f), &z, 3000));
                assert!(v.abs_lower() <= &s.abs_upper() * &disc.radius().scaled(1), "{text}");
            }
        }
    }
}
