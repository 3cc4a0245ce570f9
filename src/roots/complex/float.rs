//! Complex roots in double precision, all at once, each with a radius of a disc that has a root.
//!
//! # Method
//! O. Aberth, "Iteration methods for finding all zeros of a polynomial simultaneously", Math. Comp. 27, 1973 (after L. Ehrlich, 1967):
//! `z[i] -= N/(1 - N*S)` with `N = f/f'` at `z[i]` and `S = sum of 1/(z[i] - z[j])`, from the starting points of D. Bini, "Numerical computation of polynomial
//! zeros by means of Aberth's method", Numer. Algorithms 13, 1996: on circles whose radii are the slopes of the Newton polygon.
//!
//! Nothing overflows: `z = w*2^k` with `1/2 <= |w| < 1`, and values at `z` are those at `w` of a polynomial whose coefficients
//! `c[j]*2^(k*j)` are scaled to at most 1.
//!
//! # Accuracy
//! Of `f(w)` by Horner's rule: at most `4(n + 1)*2^-53` times `sum |c[j]*w^j|`, with the rounding of the coefficients. The disc about `z` of radius
//! `(C(n,k)*|f(z)|/|f^(k)(z)/k!|)^(1/k)` has a root for every `k` from 1 to `n` (P. Henrici, "Applied and Computational Complex Analysis 1", 1974, 6.4); the
//! smallest of them is taken, `k = 1` for single roots, more for clusters.

use crate::roots::newton_polygon;
use num_complex::Complex;
use std::{collections::HashMap, f64::consts::TAU};

/// A coefficient `mantissa * 2^exponent`; the larger part of the mantissa is between 1/2 and 1 in absolute value, or 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wide {
    pub(super) mantissa: Complex<f64>,
    pub(super) exponent: i64,
}

impl Wide {
    pub(super) fn new(value: Complex<f64>, exponent: i64) -> Self {
        let size = value.re.abs().max(value.im.abs());
        if size == 0.0 {
            return Wide { mantissa: Complex::default(), exponent: 0 };
        }
        let shift = exponent_of(size);
        Wide { mantissa: scaled(value, -shift), exponent: exponent + shift }
    }

    /// `log2 |c|`.
    fn log2(&self) -> f64 {
        if self.mantissa == Complex::default() {
            f64::NEG_INFINITY
        } else {
            self.mantissa.norm().log2() + self.exponent as f64
        }
    }

    /// The value; infinite or 0 beyond the range.
    pub(super) fn value(&self) -> Complex<f64> {
        scaled(self.mantissa, self.exponent)
    }
}

/// `e` with `2^(e-1) <= x < 2^e` for a positive finite `x`.
fn exponent_of(x: f64) -> i64 {
    let raw = (x.to_bits() >> 52) as i64;
    if raw > 0 { raw - 1022 } else { exponent_of(x * 2f64.powi(64)) - 64 }
}

/// `2^e`, 0 or infinite beyond the range.
fn power(e: i64) -> f64 {
    match e {
        -1022..=1023 => f64::from_bits(((e + 1023) as u64) << 52),
        ..-1100 => 0.0,
        1024.. => f64::INFINITY,
        _ => 2f64.powi(e as i32),
    }
}

/// `z * 2^e`; in two steps where one factor is out of range.
fn scaled(z: Complex<f64>, e: i64) -> Complex<f64> {
    let half = e.clamp(-2200, 2200) / 2;
    z * power(half) * power(e.clamp(-2200, 2200) - half)
}

/// A root, nearly: `(centre, radius) * 2^exponent`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Approximation {
    pub(super) centre: Complex<f64>,
    pub(super) radius: f64,
    pub(super) exponent: i64,
}

/// The coefficients at one scale.
struct Table {
    coefficients: Vec<Complex<f64>>,
    sizes: Vec<f64>,
}

/// A polynomial of degree 1 or more whose constant and leading coefficients are not 0.
pub(super) struct Polynomial<'a> {
    coefficients: &'a [Wide],
    tables: HashMap<i64, Table>,
}

/// Values at a point, in units of a table.
struct Values {
    value: Complex<f64>,
    slope: Complex<f64>,
    /// What both may be wrong by.
    error: f64,
    slope_error: f64,
}

impl<'a> Polynomial<'a> {
    pub(super) fn new(coefficients: &'a [Wide]) -> Self {
        Polynomial { coefficients, tables: HashMap::new() }
    }

    fn degree(&self) -> usize {
        self.coefficients.len() - 1
    }

    fn table(&mut self, k: i64) -> &Table {
        let coefficients = self.coefficients;
        self.tables.entry(k).or_insert_with(|| {
            let top = |(j, c): (usize, &Wide)| {
                (c.mantissa != Complex::default()).then(|| c.exponent + k * j as i64)
            };
            let largest = coefficients.iter().enumerate().filter_map(top).max().unwrap_or(0);
            let at = |(j, c): (usize, &Wide)| scaled(c.mantissa, c.exponent + k * j as i64 - largest);
            let coefficients: Vec<_> = coefficients.iter().enumerate().map(at).collect();
            Table { sizes: coefficients.iter().map(|c| c.norm()).collect(), coefficients }
        })
    }

    /// Value and derivative at `w*2^k`, the latter by `w`.
    fn values(&mut self, w: Complex<f64>, k: i64) -> Values {
        let n = self.degree() as f64;
        let table = self.table(k);
        let (mut value, mut slope) = (Complex::default(), Complex::default());
        let (mut size, mut slope_size) = (0.0, 0.0);
        let norm = w.norm();
        for (c, s) in table.coefficients.iter().zip(&table.sizes).rev() {
            slope = slope * w + value;
            value = value * w + c;
            slope_size = slope_size * norm + size;
            size = size * norm + s;
        }
        // Coefficients that were lost below the range count, too.
        let unit = 4.0 * (n + 2.0) * f64::EPSILON / 2.0;
        let lost = n * f64::MIN_POSITIVE;
        Values { value, slope, error: unit * size + lost, slope_error: 2.0 * unit * slope_size + n * lost }
    }

    /// Starting points.
    fn start(&self) -> Vec<(Complex<f64>, i64)> {
        let logs: Vec<f64> = self.coefficients.iter().map(Wide::log2).collect();
        let n = self.degree() as f64;
        let mut points = Vec::new();
        for pair in newton_polygon(&logs).windows(2) {
            let count = pair[1] - pair[0];
            let log = (logs[pair[0]] - logs[pair[1]]) / count as f64;
            let k = log.floor() as i64 + 1;
            let radius = (log - k as f64).exp2();
            for t in 0..count {
                // An angle that no symmetry of the polynomial shares.
                let angle = TAU * (t as f64 / count as f64 + pair[0] as f64 / n) + 0.7;
                points.push((Complex::from_polar(radius, angle), k));
            }
        }
        points
    }

    /// All roots, in no order.
    pub(super) fn roots(&mut self) -> Vec<Approximation> {
        /// Sweeps before what has not settled is taken as it is: its radius says how far it got.
        const SWEEPS: usize = 100;
        let mut points = self.start();
        let mut settled = vec![false; points.len()];
        for _ in 0..SWEEPS {
            for i in 0..points.len() {
                if settled[i] {
                    continue;
                }
                let (w, k) = points[i];
                let Values { value, slope, error, .. } = self.values(w, k);
                if value.norm() <= 2.0 * error {
                    settled[i] = true;
                }
                let mut sum = Complex::default();
                for (j, &(v, l)) in points.iter().enumerate() {
                    if j != i {
                        let difference = w - if l == k { v } else { scaled_near(v, l - k) };
                        let norm = difference.norm_sqr();
                        if norm > 0.0 && norm.is_finite() {
                            sum += difference.conj() / norm;
                        }
                    }
                }
                // N/(1 - N*S) = f/(f' - f*S)
                let step = value / (slope - value * sum);
                if !(step.re.is_finite() && step.im.is_finite()) {
                    continue;
                }
                let next = w - step;
                if step.norm() <= f64::EPSILON * w.norm() {
                    settled[i] = true;
                }
                let size = next.norm();
                if size > 0.0 && size.is_finite() {
                    let shift = exponent_of(size);
                    points[i] = (next * power(-shift), k + shift);
                }
            }
            if settled.iter().all(|&s| s) {
                break;
            }
        }
        points.into_iter().map(|(w, k)| self.approximation(w, k)).collect()
    }

    /// The point with its radius.
    fn approximation(&mut self, w: Complex<f64>, k: i64) -> Approximation {
        let n = self.degree();
        let Values { value, slope, error, slope_error } = self.values(w, k);
        let above = value.norm() + error;
        let below = slope.norm() - slope_error;
        let mut radius = if below > 0.0 { n as f64 * above / below } else { f64::INFINITY };
        if radius > 1e-8 {
            radius = radius.min(self.cluster_radius(w, k, above));
        }
        // The norm of a value, the product and the quotient round, too.
        Approximation { centre: w, radius: radius * (1.0 + 1e-14), exponent: k }
    }

    /// The smallest of the radii for `k >= 2`.
    fn cluster_radius(&mut self, w: Complex<f64>, k: i64, above: f64) -> f64 {
        /// Clusters of more roots than this have the radius of the leading coefficient.
        const MOST: usize = 12;
        let n = self.degree();
        let table = self.table(k);
        let mut rest = table.coefficients.clone();
        let mut sizes = table.sizes.clone();
        let norm = w.norm();
        let mut best = f64::INFINITY;
        let mut binomial = 1.0;
        for order in 0..=n.min(MOST) {
            // Synthetic division by x - w leaves the next Taylor coefficient in front.
            for j in (order..n).rev() {
                let (next, size) = (rest[j + 1], sizes[j + 1]);
                rest[j] += next * w;
                sizes[j] += size * norm;
            }
            if order >= 2 {
                let error = 4.0 * (order as f64 + 1.0) * (n as f64 + 2.0) * f64::EPSILON * sizes[order];
                let below = rest[order].norm() - error;
                if below > 0.0 {
                    best = best.min((binomial * above / below).powf(1.0 / order as f64));
                }
            }
            binomial *= (n - order) as f64 / (order + 1) as f64;
        }
        let leading = table.sizes[n] * (1.0 - 1e-14);
        if leading > f64::MIN_POSITIVE { best.min((above / leading).powf(1.0 / n as f64)) } else { best }
    }
}

/// `z * 2^e`, which may be lost below the range.
fn scaled_near(z: Complex<f64>, e: i64) -> Complex<f64> {
    if (-1000..=1000).contains(&e) { z * power(e) } else { scaled(z, e) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_exponents() {
        for x in [1.0, 0.75, 1e300, 5e-324, 3e-310, -2.0] {
            let wide = Wide::new(Complex::new(x, 0.0), 0);
            assert!((0.5..1.0).contains(&wide.mantissa.re.abs()));
            assert_eq!(wide.value().re, x);
        }
        assert_eq!(Wide::new(Complex::new(1.0, 0.0), 5000).value().re, f64::INFINITY);
        assert_eq!(Wide::new(Complex::new(1.0, 0.0), -5000).value().re, 0.0);
        assert!((Wide::new(Complex::new(1.0, 0.0), 5000).log2() - 5000.0).abs() < 1e-9);
    }
}
