//! Roots so close together that Aberth's iteration does not see them apart, started anew where they are.
//!
//! It stands apart because nothing is proved here: a point that is moved to a wrong place costs time only. Without it the iteration goes on
//! with a bit or two for a sweep until the points are as near to a cluster as its roots are to each other.
//!
//! # Method
//! `m` points near each other and far from all others stand for `m` roots, next to which the derivative of order `m - 1` has a single one, to which Newton's
//! iteration converges from the mean of the points (V. Pan, E. Tsigaridas, "Accelerated approximation of the complex roots and factors of a univariate polynomial",
//! Theor. Comput. Sci. 681, 2017). The Newton polygon of the first `m + 1` Taylor coefficients there says how far from it the roots are: Bini's starting points at
//! the [whole polynomial](super::float), with the angles that the ends of an edge give when nothing lies between. A centre that is known to `p` bits is enough
//! where the constant coefficient is above its error; else the cluster has to wait for more precision.

use super::values::{Point, Values};
use crate::roots::{ball::ComplexBall, dyadic::Dyadic, newton_polygon};
use crate::{Result, progress};
use num_bigint::BigInt;
use num_complex::Complex;
use std::f64::consts::{PI, TAU};

/// By how many bits the next point has to be farther away than those of a cluster. Newton's iteration for the centre converges from 2 on; below that a cluster is no
/// worse for Aberth's iteration than other roots are.
const GAP: i64 = 3;

/// A polynomial and its derivatives of order `k` over `k!`, as far as they were asked for.
pub(super) struct Expansions<'a> {
    f: &'a Values,
    higher: Vec<Values>,
}

impl<'a> Expansions<'a> {
    pub(super) fn new(f: &'a Values) -> Self {
        Expansions { f, higher: Vec::new() }
    }

    /// Makes them known up to order `k`.
    fn extend(&mut self, k: usize) {
        while self.higher.len() < k {
            let last = self.higher.last().unwrap_or(self.f);
            let next = last.derivative().divided_by(self.higher.len() + 1);
            self.higher.push(next);
        }
    }

    /// `f^(k)(z)/k!`
    fn at(&self, k: usize, z: &Point, precision: u64) -> ComplexBall {
        let f = if k == 0 { self.f } else { &self.higher[k - 1] };
        f.at(z, precision)
    }

    /// Moves the points of clusters of those that are `open` to where their roots are about.
    ///
    /// # Errors
    /// Kind interrupted.
    pub(super) fn restart(&mut self, points: &mut [Point], open: &[bool], precision: u64) -> Result<()> {
        let mut done: Vec<bool> = open.iter().map(|open| !open).collect();
        for i in 0..points.len() {
            if done[i] {
                continue;
            }
            progress::report("isolating complex roots", i as u64, points.len() as u64)?;
            // Clusters in clusters are the smaller ones: what is known of the larger ones is how they came to be apart.
            for cluster in Cluster::about(points, i, precision) {
                if cluster.members.iter().any(|&j| done[j]) {
                    break;
                }
                let places = match self.places(&cluster, precision) {
                    Found::Nothing => continue,
                    Found::Later => Vec::new(),
                    Found::Places(places) => places,
                };
                for &j in &cluster.members {
                    done[j] = true;
                }
                for (&j, place) in cluster.members.iter().zip(places) {
                    points[j] = place;
                }
                break;
            }
        }
        Ok(())
    }

    /// Where the roots of a cluster are about.
    fn places(&mut self, cluster: &Cluster, precision: u64) -> Found {
        let m = cluster.members.len();
        self.extend(m);
        let Some(centre) = self.centre(cluster, precision) else { return Found::Nothing };
        let coefficients: Vec<ComplexBall> = (0..=m).map(|k| self.at(k, &centre, precision)).collect();
        let logs: Vec<f64> = coefficients.iter().map(|a| a.abs_upper().log2()).collect();
        let known = |a: &ComplexBall| a.abs_lower().scaled(1) > a.abs_upper();
        let hull = newton_polygon(&logs);
        // What is not told from 0 bounds the distance of the first ones, which is something unless it is all.
        let unknown = hull.iter().any(|&j| j > 0 && !known(&coefficients[j]));
        if unknown || (hull.len() == 2 && !known(&coefficients[0])) {
            return Found::Later;
        }
        let argument = |j: usize| {
            let (re, im) = (coefficients[j].re(), coefficients[j].im());
            let k = -re.magnitude().max(im.magnitude()).unwrap_or(0);
            im.scaled(k).to_f64().atan2(re.scaled(k).to_f64())
        };
        // A centre may be a root, exactly.
        let mut places = vec![centre.clone(); hull[0]];
        for edge in hull.windows(2) {
            let (i, j) = (edge[0], edge[1]);
            let count = (j - i) as f64;
            let log = (logs[i] - logs[j]) / count;
            let exponent = log.floor();
            if exponent as i64 + 2 > cluster.next {
                return Found::Nothing;
            }
            for t in 0..j - i {
                // a[i] + a[j]*x^count = 0, and a turn that no symmetry shares.
                let angle = (PI + argument(i) - argument(j) + TAU * t as f64 + 0.01) / count;
                let step = Complex::from_polar((log - exponent).exp2(), angle);
                places.push(centre.moved(step, exponent as i64));
            }
        }
        Found::Places(places)
    }

    /// The root of the derivative of order `m - 1`.
    fn centre(&self, cluster: &Cluster, precision: u64) -> Option<Point> {
        /// The digits double; what has not settled by then is no single root.
        const STEPS: usize = 24;
        let m = cluster.members.len();
        let mut z = cluster.mean.rounded(precision);
        let mut last = cluster.next;
        for _ in 0..STEPS {
            let (value, slope) = (self.at(m - 1, &z, precision), self.at(m, &z, precision));
            if value.contains_zero() {
                return Some(z);
            }
            // The derivative of f^(m-1)/(m-1)! is m times f^(m)/m!.
            let quotient = value.div(&slope, precision)?;
            let over = ComplexBall::from((m as i64, 0));
            let step = ComplexBall::new(quotient.re().clone(), quotient.im().clone(), Dyadic::zero())
                .div(&over, precision)?;
            let moved = step.re().magnitude().max(step.im().magnitude()).unwrap_or(i64::MIN);
            z = Point { re: &z.re - step.re(), im: &z.im - step.im() }.rounded(precision);
            if moved <= z.magnitude() - precision as i64 {
                return Some(z);
            }
            // Half a bit of a step is what a multiple root gives.
            if moved >= last {
                return None;
            }
            last = moved;
        }
        None
    }
}

/// Points near each other.
struct Cluster {
    members: Vec<usize>,
    mean: Point,
    /// All others are not nearer than `2^(next - 1)`.
    next: i64,
}

impl Cluster {
    /// Those about a point, the smallest first.
    fn about(points: &[Point], i: usize, precision: u64) -> Vec<Cluster> {
        let z = &points[i];
        let size = z.magnitude();
        let distance = |other: &Point| {
            let (re, im) = (&z.re - &other.re, &z.im - &other.im);
            re.magnitude().max(im.magnitude()).unwrap_or(size - 2 * precision as i64)
        };
        let mut near: Vec<(i64, usize)> =
            points.iter().enumerate().map(|(j, other)| (distance(other), j)).collect();
        near[i].0 = i64::MIN;
        near.sort_unstable();
        let next = |m: usize| near.get(m).map_or(size, |&(d, _)| d.min(size));
        let clusters = (2..=points.len()).filter(|&m| next(m) - near[m - 1].0 >= GAP);
        clusters
            .map(|m| {
                let members: Vec<usize> = near[..m].iter().map(|&(_, j)| j).collect();
                let count = BigInt::from(m);
                let mean = |part: fn(&Point) -> &Dyadic| {
                    let sum = members.iter().fold(Dyadic::zero(), |sum, &j| &sum + part(&points[j]));
                    let unit = size - precision as i64;
                    Dyadic::new(sum.floor_units(unit) / &count, unit)
                };
                let mean = Point { re: mean(|p| &p.re), im: mean(|p| &p.im) };
                Cluster { members, mean, next: next(m) }
            })
            .collect()
    }
}

/// What a precision says of a cluster.
enum Found {
    /// Where its roots are about.
    Places(Vec<Point>),
    /// Not told from one root as often as there are points.
    Later,
    /// That it is none.
    Nothing,
}
