//! Complex roots of integer polynomials in discs that are proved to have one root each, to any precision.
//!
//! # Method
//! From the roots in [double precision](super::float) by Aberth's iteration with twice the precision as often as it takes, in fixed point
//! with a bound of the error: `f(z)` and `f'(z)` are discs, and the disc about `z` of radius `n*|f(z)|/|f'(z)|` has a root. When all discs of a
//! square-free polynomial are disjoint, each has exactly one; then Newton's iteration on the disc doubles the digits of one root at a time (R. Moore,
//! Interval Analysis, 1966, with discs): what it gives has the root by itself, from one value at the new precision and a derivative at the old one.
//! A new disc inside of the old one has the same root.
//!
//! A root is real if the mirror image of its disc meets no other disc: the conjugate is in that image, and in one of the discs. So real roots are
//! real, and others come in pairs of which one is computed.

use super::clusters::Expansions;
use super::float::{Approximation, Polynomial, Wide};
use super::values::{Point, Values};
use crate::roots::{ball::ComplexBall, dyadic::Dyadic};
use crate::{Result, progress};
use num_bigint::{BigInt, Sign};
use num_complex::Complex;

/// The discs of the roots of a square-free polynomial with integer coefficients, of degree 1 or more and not 0 at 0: those of real roots have real
/// centres, and of others there is the one above the axis.
pub(super) fn discs(f: &Values) -> Result<Vec<ComplexBall>> {
    let wide: Vec<Wide> = f.coefficients().iter().map(wide).collect();
    let start = Polynomial::new(&wide).roots();
    let mut points: Vec<Point> = start.iter().map(Point::from_float).collect();
    let mut precision = 64u64;
    let derivative = f.derivative();
    let mut expansions = Expansions::new(f);
    let mut discs = vec![None; points.len()];
    let mut open = vec![true; points.len()];
    for round in 0.. {
        progress::report("isolating complex roots", round, round + 1)?;
        if round > 0 {
            expansions.restart(&mut points, &open, precision)?;
            sweep(f, &derivative, &mut points, &open, precision)?;
        }
        // A disc that meets no other stays.
        for i in (0..points.len()).filter(|&i| open[i]) {
            let z = &points[i];
            discs[i] = radius(f, &derivative, z, precision)
                .map(|radius| ComplexBall::new(z.re.clone(), z.im.clone(), radius));
        }
        open = unresolved(&discs);
        if !open.contains(&true) {
            break;
        }
        precision += precision / 2;
    }
    Ok(discs.into_iter().flatten().filter_map(representative).collect())
}

fn wide(c: &BigInt) -> Wide {
    let x = Dyadic::new(c.clone(), 0);
    let excess = x.magnitude().unwrap_or(0);
    Wide::new(x.scaled(-excess).to_f64().into(), excess)
}

impl Point {
    fn from_float(a: &Approximation) -> Self {
        let part = |x: f64| Dyadic::from_f64(x).unwrap_or_else(Dyadic::zero).scaled(a.exponent);
        Point { re: part(a.centre.re), im: part(a.centre.im) }
    }

    /// The point on a grid of `2^-bits` of its size.
    pub(super) fn rounded(&self, bits: u64) -> Self {
        let unit = self.magnitude() - bits as i64;
        Point { re: self.re.floor_to(unit), im: self.im.floor_to(unit) }
    }

    /// The point `step * 2^k` away.
    pub(super) fn moved(&self, step: Complex<f64>, k: i64) -> Self {
        let part = |x: f64| Dyadic::from_f64(x).unwrap_or_else(Dyadic::zero).scaled(k);
        Point { re: &self.re + &part(step.re), im: &self.im + &part(step.im) }
    }

    /// The difference in double precision in units of `2^e`, of about 1, and `e`; `None` for equal points.
    fn difference(&self, other: &Self) -> Option<(Complex<f64>, i64)> {
        let (re, im) = (&self.re - &other.re, &self.im - &other.im);
        let e = re.magnitude().max(im.magnitude())?;
        Some((Complex::new(re.scaled(-e).to_f64(), im.scaled(-e).to_f64()), e))
    }
}

/// A radius within which there is a root; `None` where the derivative may vanish.
fn radius(f: &Values, derivative: &Values, z: &Point, precision: u64) -> Option<Dyadic> {
    let (value, slope) = (f.at(z, precision), derivative.at(z, precision));
    let (above, below) = (value.abs_upper(), slope.abs_lower());
    if below.is_zero() {
        return None;
    }
    // Twice what it takes, so that the next disc lies inside.
    let above = (&above * &Dyadic::from(f.degree() as i64)).scaled(1);
    // A quotient of two numbers of few bits, rounded up.
    let one = ComplexBall::new(above, Dyadic::zero(), Dyadic::zero());
    let quotient = one.div(&ComplexBall::new(below, Dyadic::zero(), Dyadic::zero()), 32)?;
    Some(quotient.abs_upper())
}

/// `sum of 1/(z - other)` over all others in units of `2^-e`, where `2^e` is about the distance of the nearest, and `e`.
fn repulsion(points: &[Point], i: usize, precision: u64) -> (Complex<f64>, i64) {
    let z = &points[i];
    let others = points.iter().enumerate().filter(|&(j, _)| j != i);
    let differences: Vec<(Complex<f64>, i64)> = others
        .map(|(_, other)| {
            // Equal points go apart: one of them is moved first.
            z.difference(other).unwrap_or((Complex::new(1.0, 0.0), z.magnitude() - 2 * precision as i64))
        })
        .collect();
    let nearest = differences.iter().map(|&(_, e)| e).min().unwrap_or_else(|| z.magnitude());
    let inverse =
        |&(d, e): &(Complex<f64>, i64)| d.conj() / d.norm_sqr() * ((nearest - e).max(-1000) as f64).exp2();
    (differences.iter().map(inverse).sum(), nearest)
}

/// The step of Aberth's iteration with `N = f/f'` and a repulsion `S*2^-e`; `None` where it has no end.
fn aberth(newton: &ComplexBall, sum: Complex<f64>, e: i64) -> Option<ComplexBall> {
    /// Steps that are longer by more bits than that are `-1/S`.
    const LONG: i64 = 50;
    let one = Complex::new(1.0, 0.0);
    let exact = |z: Complex<f64>| {
        Some(ComplexBall::new(Dyadic::from_f64(z.re)?, Dyadic::from_f64(z.im)?, Dyadic::zero()))
    };
    let size = newton.re().magnitude().max(newton.im().magnitude())?;
    if size - e > LONG && sum.norm() > 1e-9 {
        let step = exact(-one / sum)?;
        return Some(ComplexBall::new(step.re().scaled(e), step.im().scaled(e), Dyadic::zero()));
    }
    // N/(1 - N*S): the factor is wanted to few digits only.
    let n = Complex::new(newton.re().scaled(-e).to_f64(), newton.im().scaled(-e).to_f64());
    Some(newton.mul(&exact(one / (one - n * sum))?))
}

/// Aberth's iteration at one precision for those points that are `open`, until each is far nearer to a root than to another point.
fn sweep(f: &Values, derivative: &Values, points: &mut [Point], open: &[bool], precision: u64) -> Result<()> {
    /// What has not settled then has to wait for more precision.
    const SWEEPS: u64 = 12;
    // The radius of a disc is the degree times a step.
    let near = i64::from(u64::BITS - (points.len() as u64).leading_zeros()) + 6;
    let mut settled: Vec<bool> = open.iter().map(|open| !open).collect();
    for round in 0..SWEEPS {
        progress::report("isolating complex roots", round, SWEEPS)?;
        for i in 0..points.len() {
            if settled[i] {
                continue;
            }
            let z = points[i].clone();
            let (v, s) = (f.at(&z, precision), derivative.at(&z, precision));
            if v.contains_zero() {
                settled[i] = true;
                continue;
            }
            let centre =
                |ball: &ComplexBall| ComplexBall::new(ball.re().clone(), ball.im().clone(), Dyadic::zero());
            let Some(newton) = centre(&v).div(&centre(&s), precision) else { continue };
            let (sum, e) = repulsion(points, i, precision);
            let Some(step) = aberth(&newton, sum, e) else { continue };
            let next = Point { re: &z.re - step.re(), im: &z.im - step.im() };
            let moved = step.re().magnitude().max(step.im().magnitude()).unwrap_or(i64::MIN);
            settled[i] = moved < e - near;
            points[i] = next.rounded(precision);
        }
        if settled.iter().all(|&s| s) {
            break;
        }
    }
    Ok(())
}

/// Which discs are not known to have one root each, real or not: they are missing, meet others, or on the axis have an image that does.
fn unresolved(discs: &[Option<ComplexBall>]) -> Vec<bool> {
    let mut open: Vec<bool> = discs.iter().map(Option::is_none).collect();
    let mut all: Vec<(usize, &ComplexBall)> =
        discs.iter().enumerate().filter_map(|(i, disc)| Some((i, disc.as_ref()?))).collect();
    crate::sorting::by(&mut all, |a, b| a.1.re().cmp(b.1.re()));
    // The largest radius bounds how far along the axis discs can meet.
    let Some(reach) = all.iter().map(|(_, disc)| disc.radius()).max().map(|radius| radius.scaled(1)) else {
        return open;
    };
    for (at, &(i, disc)) in all.iter().enumerate() {
        let end = disc.re() + &reach;
        let after = all[at + 1..].iter().take_while(|(_, other)| *other.re() <= end);
        for &(j, _) in after.filter(|(_, other)| !other.is_disjoint(disc)) {
            (open[i], open[j]) = (true, true);
        }
        if meets_axis(disc) {
            // What stands for the root from now on is another disc, which has no other root either.
            let (image, centred) = (disc.conj(), on_axis(disc));
            let start = all.partition_point(|(_, other)| *other.re() < disc.re() - &reach);
            let about = all[start..].iter().take_while(|(_, other)| *other.re() <= end);
            for &(j, _) in about
                .filter(|&&(j, other)| j != i && !(other.is_disjoint(&image) && other.is_disjoint(&centred)))
            {
                (open[i], open[j]) = (true, true);
            }
        }
    }
    open
}

fn meets_axis(disc: &ComplexBall) -> bool {
    disc.im().abs() <= *disc.radius()
}

/// The disc with its centre moved to the axis.
fn on_axis(disc: &ComplexBall) -> ComplexBall {
    ComplexBall::new(disc.re().clone(), Dyadic::zero(), disc.radius().clone())
}

/// The disc that stands for a real root or a pair; `None` below the axis. Discs in all are as many as roots, and roots come in pairs.
fn representative(disc: ComplexBall) -> Option<ComplexBall> {
    if meets_axis(&disc) {
        return Some(on_axis(&disc));
    }
    (disc.im().sign() == Sign::Plus).then_some(disc)
}

/// Makes the radius of a disc with one root at most `2^-bits` times its absolute value.
///
/// # Errors
/// Kind interrupted; the disc still has the root then.
pub(super) fn refine(f: &Values, disc: &mut ComplexBall, bits: u64) -> Result<()> {
    let derivative = f.derivative();
    let enough = |disc: &ComplexBall| {
        disc.radius().is_zero() || *disc.radius() <= disc.abs_lower().scaled(-(bits as i64))
    };
    // What the values lose to cancellation, found on the way.
    let mut lost = 0u64;
    while !enough(disc) {
        let right =
            disc.abs_lower().magnitude().zip(disc.radius().magnitude()).map_or(0, |(z, r)| (z - r).max(0));
        progress::report("refining a root", right.unsigned_abs().min(bits), bits)?;
        let z = Point { re: disc.re().clone(), im: disc.im().clone() };
        let better = newton(f, &derivative, disc, &z, bits, &mut lost)
            .or_else(|| twice(f, &derivative, &z, bits + 16 + lost));
        match better.filter(|better| disc.holds(better) && better.radius().scaled(1) < *disc.radius()) {
            Some(better) => *disc = better,
            None => lost = (2 * lost).max(64),
        }
    }
    Ok(())
}

/// `m - f(m)/f'(D)` for the disc `D` about `m`: where it has one root, that root is there too, because `f(m) = f(m) - f(r)` is `m - r` times a mean of the
/// derivative on `D`. The number of digits doubles. `None` where the disc is too large for the derivative to be told from 0.
fn newton(
    f: &Values,
    derivative: &Values,
    disc: &ComplexBall,
    z: &Point,
    bits: u64,
    lost: &mut u64,
) -> Option<ComplexBall> {
    let log = z.log2();
    let radius = disc.radius().magnitude()?;
    let right = log - radius as f64;
    if right < 2.0 {
        return None;
    }
    // |f''| on the disc, where |z| is at most 5/4 of what it is in the middle.
    let bend = f.second_derivative(log + 0.33);
    let low = derivative.at(z, *lost + right as u64 + 8);
    let spread = match bend.is_finite() {
        true => Dyadic::power_of_two(bend.ceil() as i64 + radius),
        false => Dyadic::zero(),
    };
    let slope = ComplexBall::new(low.re().clone(), low.im().clone(), low.radius() + &spread);
    let least = slope.abs_lower();
    let size = least.magnitude()?;
    // The error of the quotient is that of the slope in proportion: so many digits are not won.
    let loss = (bend + log - size as f64).max(0.0) as u64 + 4;
    let most = (2 * right as u64).checked_sub(loss).filter(|&most| most > loss + 8)?;
    // As many digits at every step as the last one needs, so that it is not far from doubling.
    let mut goal = bits + 4;
    while goal > most {
        goal = goal.midpoint(loss) + 2;
    }
    // The largest term over f'(z)*z is what cancels.
    *lost = (*lost).max((f.magnitude(log) as f64 - size as f64 - log).max(0.0) as u64 + 4);
    let value = f.at(z, goal + *lost + 8);
    let step = value.div(&slope, goal.saturating_sub(right as u64) + 16)?;
    let unit = log as i64 - goal as i64 - 4;
    let rounded = |x: Dyadic| x.floor_to(unit);
    let (re, im) = (rounded(&z.re - step.re()), rounded(&z.im - step.im()));
    Some(ComplexBall::new(re, im, step.radius() + &Dyadic::power_of_two(unit + 1)))
}

/// A step of Newton's iteration and a disc about the point where it ends.
fn twice(f: &Values, derivative: &Values, z: &Point, precision: u64) -> Option<ComplexBall> {
    let step = f.at(z, precision).div(&derivative.at(z, precision), precision)?;
    let next = Point { re: &z.re - step.re(), im: &z.im - step.im() }.rounded(precision);
    let radius = radius(f, derivative, &next, precision)?;
    Some(ComplexBall::new(next.re, next.im, radius))
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
            // Clusters whose roots are closer than any float tells apart, also in clusters, and with one at the centre.
            ("10^400*(x^2 - 2)^2 + 1", 0, 2),
            ("10^500*(x - 1)^3 - 2", 1, 1),
            ("10^700*(x - 1)^2 - 2", 2, 0),
            ("(x^2 + 1)*(10^400*(x^2 + 1) + 1)", 0, 2),
            ("(x - 1)*(10^300*(x - 1)^2 - 1)*(x^2 - 3)", 5, 0),
            ("10^900*(10^100*(x^2 - 2)^2 + 1)^2 + 1", 0, 4),
            ("10^600*(x - 1)^12 - x", 2, 5),
            ("x^30 - 2*(10^30*x - 1)^6", 4, 13),
        ] {
            let f = Values::new(ZZ.parse(text).unwrap().into_coefficients());
            let found = discs(&f).unwrap();
            let axis = found.iter().filter(|d| d.im().is_zero()).count();
            assert_eq!((axis, found.len() - axis), (real, above), "{text}");
            for mut disc in found {
                let old = disc.clone();
                refine(&f, &mut disc, 500).unwrap();
                assert!(old.holds(&disc) && disc.radius() <= &disc.abs_lower().scaled(-500), "{text}");
                assert_eq!(old.im().is_zero(), disc.im().is_zero());
                let z = Point { re: disc.re().clone(), im: disc.im().clone() };
                // The value is as small as the radius says.
                let (v, s) = (f.at(&z, 3000), f.derivative().at(&z, 3000));
                assert!(v.abs_lower() <= &s.abs_upper() * &disc.radius().scaled(1), "{text}");
            }
        }
    }
}
