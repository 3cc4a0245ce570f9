//! How large factors and their logarithmic derivatives can be, as base-2 logarithms, never below the truth.
//!
//! It stands apart because both ways of recombination ask it, and because a bound that is wrong is a factor that is missed.
//!
//! # Factors
//! With `M` the Mahler measure, `g | f` and `G = lc(f)/lc(g) * g`: `M(G) <= M(f) <= |f|_2` (Landau), and `|G_j| <= C(k, j)*M(G)` for `k = deg g`
//! (M. Mignotte 1974).
//!
//! # Logarithmic derivatives
//! `f*g'/g = sum of f/(x - a)` over the roots `a` of `g`. Coefficient `j` of `f/(x - a)` is `sum over i > j of f_i*a^(i-j-1)`, and, because `f(a) =
//! 0`, also `-sum over i <= j of f_i*a^(i-j-1)`: the first is small for `|a| <= r`, the second for `|a| >= r`. So coefficient `j` of `f*g'/g` is
//! at most `deg g` times the larger of the two sums of absolute values at any `r > 0` (W. Hart, M. van Hoeij, A. Novocin, "Practical
//! polynomial factoring in polynomial time", ISSAC 2011).

use crate::{ring::norm::log2_abs, roots::newton_polygon};
use num_bigint::BigInt;

/// More than all roundings of one logarithm.
const MARGIN: f64 = 1e-6;

/// `log2` of a sum of powers of two with these exponents.
fn log2_sum(logarithms: impl Iterator<Item = f64> + Clone) -> f64 {
    let largest = logarithms.clone().fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        return largest;
    }
    largest + logarithms.map(|l| (l - largest).exp2()).sum::<f64>().log2()
}

/// Of the Euclidean norm.
pub(super) fn norm(f: &[BigInt]) -> f64 {
    log2_sum(f.iter().map(|c| 2.0 * log2_abs(c))) / 2.0 + MARGIN
}

/// Of the coefficients of `lc(f)/lc(g) * g`, for a factor `g` of degree `k`, from the norm of `f`.
pub(super) fn factor(norm: f64, k: usize) -> f64 {
    // The largest binomial coefficient, C(k, k/2) <= 2^k.
    let binomial: f64 = (1..=k / 2).map(|i| ((k - k / 2 + i) as f64 / i as f64).log2()).sum();
    norm + binomial + MARGIN * (k + 1) as f64
}

/// Of the second coefficient of `lc(f)/lc(g) * g`, `k` the degree of `g`.
pub(super) fn trace(norm: f64, k: usize) -> f64 {
    norm + (k.max(1) as f64).log2() + MARGIN
}

/// Bounds of the coefficients of `f*g'/g` for factors `g` of `f`.
pub(super) struct Derivatives {
    logarithms: Vec<f64>,
    /// The vertices of the upper convex hull of the points `(i, log2 |f_i|)`.
    hull: Vec<usize>,
}

impl Derivatives {
    pub(super) fn new(f: &[BigInt]) -> Self {
        let logarithms: Vec<f64> = f.iter().map(log2_abs).collect();
        let hull = newton_polygon(&logarithms);
        Derivatives { logarithms, hull }
    }

    /// The bound of coefficient `j`, below the degree of `f`.
    pub(super) fn coefficient(&self, j: usize) -> f64 {
        let n = self.logarithms.len() - 1;
        // Any radius gives a bound; with that of the edge above `j` the largest terms of both sums are equal.
        let right = self.hull.partition_point(|&i| i <= j).clamp(1, self.hull.len() - 1);
        let (a, b) = (self.hull[right - 1], self.hull[right]);
        let rho = (self.logarithms[a] - self.logarithms[b]) / (b - a) as f64;
        let term = |(i, l): (usize, &f64)| l + (i as f64 - j as f64 - 1.0) * rho;
        let indexed = || self.logarithms.iter().enumerate();
        let below = log2_sum(indexed().take(j + 1).map(term));
        let above = log2_sum(indexed().skip(j + 1).map(term));
        below.max(above) + (n as f64).log2() + MARGIN * (n as f64 + 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Integers, Poly, ZZ};

    fn largest(f: &Poly<Integers>) -> f64 {
        f.iter().map(log2_abs).fold(f64::NEG_INFINITY, f64::max)
    }

    #[test]
    fn products_that_are_known() {
        for (g, h) in [
            ("x - 1", "x + 1"),
            ("3*x^2 - 1000*x + 1", "x^3 - 7*x + 12345678901234567890"),
            ("x^10 - 1", "7*x^12 + 5"),
            ("100000000000000000000000000000*x + 1", "x - 99999999999999999999999"),
            ("(x - 2)^20", "(3*x + 5)^9"),
        ] {
            let [g, h] = [g, h].map(|f| ZZ.parse(f).unwrap());
            let f = &g * &h;
            let norm = norm(f.coefficients());
            let derivatives = Derivatives::new(f.coefficients());
            for (g, h) in [(&g, &h), (&h, &g), (&f, &ZZ.poly([1]))] {
                let k = g.degree().unwrap();
                let scaled = g * &Poly::constant(ZZ, h.leading_coefficient().unwrap().clone());
                assert!(largest(&scaled) <= factor(norm, k));
                assert!(log2_abs(&scaled.coefficient(k - 1)) <= trace(norm, k));
                let product = &g.derivative() * h;
                for j in 0..f.len() - 1 {
                    let bound = derivatives.coefficient(j);
                    assert!(log2_abs(&product.coefficient(j)) <= bound, "{g}, {j}");
                    assert!(bound < 400.0);
                }
            }
        }
        assert!((factor(0.0, 10) - 252f64.log2()).abs() < 1e-3);
    }
}
