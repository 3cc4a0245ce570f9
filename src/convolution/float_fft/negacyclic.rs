//! Real products modulo `x^N + 1` in floating point, with a bound of the error that is proved.
//!
//! It stands apart from [`exact`](super::exact) because nothing is rounded to integers: whoever calls weighs the error
//! against the coefficients. Packing, transform and proof are those of `exact`, steps 1 to 6, for one product:
//! `|error| <= ||a||*||b||*(E^3L * (1 + sqrt(5)*u) - 1) < (12*L + 3)*u*||a||*||b||` at every coefficient, with Euclidean
//! norms, `u = 2^-53`, `N = 2^(L+1)`. What is left over of that constant, more than `0.7*u`, covers results below the
//! normal range for norms of at least `2^-400` and fewer than `2^40` operations.

use super::transform;
use crate::convolution::{Vectorise, vectorised};

/// `a = a*b mod x^N + 1`; `b` is scratch afterwards. The length is a power of two, at least 2.
pub(crate) fn negacyclic(a: &mut [f64], b: &mut [f64]) {
    let half = a.len() / 2;
    let (ar, ai) = a.split_at_mut(half);
    let (br, bi) = b.split_at_mut(half);
    transform::forward(ar, ai);
    transform::forward(br, bi);
    vectorised(Products { a: [&mut *ar, &mut *ai], b: [br, bi] });
    transform::inverse(ar, ai);
}

/// Values times values over their number, which is a power of two, so that this is exact.
struct Products<'a> {
    a: [&'a mut [f64]; 2],
    b: [&'a [f64]; 2],
}

impl Vectorise for Products<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let ([ar, ai], [br, bi]) = (self.a, self.b);
        let scale = (ar.len() as f64).recip();
        for (((x, y), p), q) in ar.iter_mut().zip(ai).zip(br).zip(bi) {
            (*x, *y) = ((*x * *p - *y * *q) * scale, (*x * *q + *y * *p) * scale);
        }
    }
}

/// `x` in the bound `x*||a||*||b||` of the error of [`negacyclic`] at every coefficient, for length `n`.
pub(crate) fn negacyclic_error(n: usize) -> f64 {
    f64::from(12 * (n.ilog2() - 1) + 3) * (f64::EPSILON / 2.0)
}

/// The longest product.
pub(crate) const MAX_NEGACYCLIC: usize = 2 << super::twiddle::MAX_LAYERS;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_stay_within_the_bound() {
        for layers in 1..=10 {
            let n = 1usize << layers;
            let a: Vec<f64> = (0..n).map(|k| ((k * k + 3) % 17) as f64 / 16.0).collect();
            let b: Vec<f64> = (0..n).map(|k| ((k * 7 + 1) % 13) as f64 / 8.0 - 0.5).collect();
            let (mut c, mut d) = (a.clone(), b.clone());
            negacyclic(&mut c, &mut d);
            let norm = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
            let bound = negacyclic_error(n) * norm(&a) * norm(&b);
            for (k, &c) in c.iter().enumerate() {
                // Sixteenths times eighths: exact.
                let exact: f64 =
                    (0..n).map(|i| if i <= k { a[i] * b[k - i] } else { -a[i] * b[n + k - i] }).sum();
                assert!((c - exact).abs() <= bound, "{n} {k}: {c} {exact}");
            }
        }
    }
}
