//! Evaluation of a complex polynomial modulo `x^M - i` at the `M` roots of `x^M = i`, and back, `M = 2^L`.
//!
//! It stands apart because its operation graph is what the proof in [`exact`](super::exact) is about: `L` layers,
//! in each of them one product with a twiddle and one sum for every point, in exactly the order written here. It
//! knows nothing of coefficients or bounds.
//!
//! # Method
//! A layer splits every block `x^2m - r^2` into `x^m - r` and `x^m + r`: `lo + r*hi` and `lo - r*hi`. One twiddle `r`
//! serves a block, so the inner loops run over consecutive points, and no order is ever reversed: the values
//! come out in the order in which the inverse wants them. Two layers go through memory together, and the last four, on
//! sixteen points each, as four vectors that are transposed in between and stay so: where a value stands does
//! not matter to products. The operations are the same. (Gauss's splitting; D. J. Bernstein, Multidigit
//! multiplication for mathematicians, 2001, section 4.)
//!
//! # Invariants
//! Real parts in one slice, imaginary parts in another, each of `M` numbers. The inverse multiplies by `M`.
//! Sums and products are `f64` operations one by one (Rust neither fuses nor reorders them), so the result is the
//! same on every machine whose `f64` is IEEE 754.

use super::twiddle::{self, Layer};
use crate::convolution::{Vectorise, vectorised};

/// A twiddle.
#[derive(Clone, Copy)]
struct Root {
    re: f64,
    im: f64,
}

impl Layer {
    fn root(&self, block: usize) -> Root {
        Root { re: self.re[block], im: self.im[block] }
    }
}

impl Root {
    #[inline(always)]
    fn times(self, re: f64, im: f64) -> (f64, f64) {
        (self.re * re - self.im * im, self.re * im + self.im * re)
    }

    #[inline(always)]
    fn conjugate_times(self, re: f64, im: f64) -> (f64, f64) {
        (self.re * re + self.im * im, self.re * im - self.im * re)
    }
}

/// The values of the polynomial with coefficients `re + i*im`.
pub(super) fn forward(re: &mut [f64], im: &mut [f64]) {
    vectorised(Forward { re, im });
}

/// `M` times the coefficients of the polynomial with these values.
pub(super) fn inverse(re: &mut [f64], im: &mut [f64]) {
    vectorised(Inverse { re, im });
}

struct Forward<'a> {
    re: &'a mut [f64],
    im: &'a mut [f64],
}

impl Vectorise for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        forward_layers(self.re, self.im);
    }
}

struct Inverse<'a> {
    re: &'a mut [f64],
    im: &'a mut [f64],
}

impl Vectorise for Inverse<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        inverse_layers(self.re, self.im);
    }
}

/// Layers of the last step.
const LAST: usize = 4;

#[inline(always)]
fn forward_layers(re: &mut [f64], im: &mut [f64]) {
    let layers = re.len().ilog2() as usize;
    let mut l = 0;
    if layers % 2 == 1 {
        single(re, im, &[twiddle::layer(0).root(0)], |r, lo, hi| {
            let t = r.times(hi.0, hi.1);
            ((lo.0 + t.0, lo.1 + t.1), (lo.0 - t.0, lo.1 - t.1))
        });
        l = 1;
    }
    let last = layers.checked_sub(LAST).filter(|&last| last >= l);
    while l < last.unwrap_or(layers) {
        double(re, im, twiddle::layer(l), twiddle::layer(l + 1), forward_butterflies);
        l += 2;
    }
    if let Some(l) = last {
        forward_last(re, im, [0, 1, 2, 3].map(|i| twiddle::layer(l + i)));
    }
}

#[inline(always)]
fn inverse_layers(re: &mut [f64], im: &mut [f64]) {
    let layers = re.len().ilog2() as usize;
    let mut l = layers;
    if let Some(last) = layers.checked_sub(LAST) {
        inverse_last(re, im, [0, 1, 2, 3].map(|i| twiddle::layer(last + i)));
        l = last;
    }
    while l >= 2 {
        l -= 2;
        double(re, im, twiddle::layer(l), twiddle::layer(l + 1), inverse_butterflies);
    }
    if l == 1 {
        single(re, im, &[twiddle::layer(0).root(0)], |r, lo, hi| {
            ((lo.0 + hi.0, lo.1 + hi.1), r.conjugate_times(lo.0 - hi.0, lo.1 - hi.1))
        });
    }
}

/// Two layers, on four points: roots of the upper one and of both halves of the lower one.
#[inline(always)]
fn forward_butterflies(r: Root, s: Root, t: Root, x: [Point; 4]) -> [Point; 4] {
    let (c, d) = (r.times(x[2].0, x[2].1), r.times(x[3].0, x[3].1));
    let (p, q) = ((x[0].0 + c.0, x[0].1 + c.1), (x[1].0 + d.0, x[1].1 + d.1));
    let (v, w) = ((x[0].0 - c.0, x[0].1 - c.1), (x[1].0 - d.0, x[1].1 - d.1));
    let (q, w) = (s.times(q.0, q.1), t.times(w.0, w.1));
    [(p.0 + q.0, p.1 + q.1), (p.0 - q.0, p.1 - q.1), (v.0 + w.0, v.1 + w.1), (v.0 - w.0, v.1 - w.1)]
}

/// The inverse of [`forward_butterflies`], but for a factor of 4.
#[inline(always)]
fn inverse_butterflies(r: Root, s: Root, t: Root, x: [Point; 4]) -> [Point; 4] {
    let (p, q) = ((x[0].0 + x[1].0, x[0].1 + x[1].1), s.conjugate_times(x[0].0 - x[1].0, x[0].1 - x[1].1));
    let (v, w) = ((x[2].0 + x[3].0, x[2].1 + x[3].1), t.conjugate_times(x[2].0 - x[3].0, x[2].1 - x[3].1));
    [
        (p.0 + v.0, p.1 + v.1),
        (q.0 + w.0, q.1 + w.1),
        r.conjugate_times(p.0 - v.0, p.1 - v.1),
        r.conjugate_times(q.0 - w.0, q.1 - w.1),
    ]
}

/// Four vectors, real parts or imaginary ones.
type Square = [[f64; 4]; 4];

#[inline(always)]
fn square(v: &[f64; 16]) -> Square {
    std::array::from_fn(|i| std::array::from_fn(|k| v[4 * i + k]))
}

#[inline(always)]
fn transposed(v: Square) -> Square {
    std::array::from_fn(|i| std::array::from_fn(|k| v[k][i]))
}

/// Butterflies on four vectors, whose roots may differ from lane to lane.
#[inline(always)]
fn lanes(
    re: Square,
    im: Square,
    roots: impl Fn(usize) -> [Root; 3],
    butterflies: impl Fn(Root, Root, Root, [Point; 4]) -> [Point; 4],
) -> (Square, Square) {
    let (mut out_re, mut out_im) = ([[0.0; 4]; 4], [[0.0; 4]; 4]);
    for k in 0..4 {
        let [r, s, t] = roots(k);
        let y = butterflies(r, s, t, std::array::from_fn(|i| (re[i][k], im[i][k])));
        for i in 0..4 {
            (out_re[i][k], out_im[i][k]) = y[i];
        }
    }
    (out_re, out_im)
}

/// The last four layers; values `4*i + k` of sixteen stand at `4*k + i` afterwards.
#[inline(always)]
fn forward_last(re: &mut [f64], im: &mut [f64], layers: [&Layer; LAST]) {
    let (re, im) = (re.as_chunks_mut::<16>().0, im.as_chunks_mut::<16>().0);
    for (j, (re, im)) in re.iter_mut().zip(im).enumerate() {
        let above = [layers[0].root(j), layers[1].root(2 * j), layers[1].root(2 * j + 1)];
        let (x, y) = lanes(square(re), square(im), |_| above, forward_butterflies);
        let below = Below::new(layers[2], layers[3], j);
        let (x, y) = lanes(transposed(x), transposed(y), |k| below.roots(k), forward_butterflies);
        re.copy_from_slice(x.as_flattened());
        im.copy_from_slice(y.as_flattened());
    }
}

/// The first four layers of the inverse, from values as [`forward_last`] leaves them.
#[inline(always)]
fn inverse_last(re: &mut [f64], im: &mut [f64], layers: [&Layer; LAST]) {
    let (re, im) = (re.as_chunks_mut::<16>().0, im.as_chunks_mut::<16>().0);
    for (j, (re, im)) in re.iter_mut().zip(im).enumerate() {
        let below = Below::new(layers[2], layers[3], j);
        let (x, y) = lanes(square(re), square(im), |k| below.roots(k), inverse_butterflies);
        let above = [layers[0].root(j), layers[1].root(2 * j), layers[1].root(2 * j + 1)];
        let (x, y) = lanes(transposed(x), transposed(y), |_| above, inverse_butterflies);
        re.copy_from_slice(x.as_flattened());
        im.copy_from_slice(y.as_flattened());
    }
}

/// The roots of the last two layers for sixteen points: four blocks of four, eight of two.
struct Below {
    upper: [[f64; 4]; 2],
    lower: [[f64; 8]; 2],
}

impl Below {
    #[inline(always)]
    fn new(upper: &Layer, lower: &Layer, j: usize) -> Self {
        let four = |v: &[f64]| *v[4 * j..].first_chunk().expect("four roots for sixteen points");
        let eight = |v: &[f64]| *v[8 * j..].first_chunk().expect("eight roots for sixteen points");
        Below { upper: [four(&upper.re), four(&upper.im)], lower: [eight(&lower.re), eight(&lower.im)] }
    }

    #[inline(always)]
    fn roots(&self, k: usize) -> [Root; 3] {
        let lower = |k: usize| Root { re: self.lower[0][k], im: self.lower[1][k] };
        [Root { re: self.upper[0][k], im: self.upper[1][k] }, lower(2 * k), lower(2 * k + 1)]
    }
}

type Point = (f64, f64);

/// One layer, a root for each block.
#[inline(always)]
fn single(
    re: &mut [f64],
    im: &mut [f64],
    roots: &[Root],
    butterfly: impl Fn(Root, Point, Point) -> (Point, Point),
) {
    let block = re.len() / roots.len();
    for ((re, im), &r) in re.chunks_exact_mut(block).zip(im.chunks_exact_mut(block)).zip(roots) {
        let (re0, re1) = re.split_at_mut(block / 2);
        let (im0, im1) = im.split_at_mut(block / 2);
        for (((a, b), c), d) in re0.iter_mut().zip(im0).zip(re1).zip(im1) {
            ((*a, *b), (*c, *d)) = butterfly(r, (*a, *b), (*c, *d));
        }
    }
}

/// Two layers, `upper` with one root a block and `lower` with two.
#[inline(always)]
fn double(
    re: &mut [f64],
    im: &mut [f64],
    upper: &Layer,
    lower: &Layer,
    butterflies: impl Fn(Root, Root, Root, [Point; 4]) -> [Point; 4],
) {
    let block = re.len() / upper.re.len();
    let quarter = block / 4;
    for (j, (re, im)) in re.chunks_exact_mut(block).zip(im.chunks_exact_mut(block)).enumerate() {
        let (r, s, t) = (upper.root(j), lower.root(2 * j), lower.root(2 * j + 1));
        let (re01, re23) = re.split_at_mut(2 * quarter);
        let (im01, im23) = im.split_at_mut(2 * quarter);
        let ((re0, re1), (re2, re3)) = (re01.split_at_mut(quarter), re23.split_at_mut(quarter));
        let ((im0, im1), (im2, im3)) = (im01.split_at_mut(quarter), im23.split_at_mut(quarter));
        for k in 0..quarter {
            let x = [(re0[k], im0[k]), (re1[k], im1[k]), (re2[k], im2[k]), (re3[k], im3[k])];
            let y = butterflies(r, s, t, x);
            (re0[k], im0[k]) = y[0];
            (re1[k], im1[k]) = y[1];
            (re2[k], im2[k]) = y[2];
            (re3[k], im3[k]) = y[3];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_complex::Complex;

    #[test]
    fn values_at_the_roots_and_back() {
        for layers in 0..=8 {
            let m = 1usize << layers;
            let f: Vec<Complex<f64>> =
                (0..m).map(|k| Complex::new((k * k % 11) as f64 - 5.0, (k % 7) as f64)).collect();
            let (mut re, mut im): (Vec<f64>, Vec<f64>) = f.iter().map(|c| (c.re, c.im)).unzip();
            forward(&mut re, &mut im);
            let mut seen = vec![false; m];
            for k in 0..m {
                // The values belong to M different roots of x^M = i.
                let found = (0..m).find(|&t| {
                    let angle = std::f64::consts::PI * (0.5 + 2.0 * t as f64) / m as f64;
                    let x = Complex::from_polar(1.0, angle);
                    let value: Complex<f64> = f.iter().rev().fold(Complex::ZERO, |sum, c| sum * x + c);
                    !seen[t] && (value - Complex::new(re[k], im[k])).norm() < 1e-9
                });
                seen[found.expect("a value at a root")] = true;
            }
            inverse(&mut re, &mut im);
            for (k, c) in f.iter().enumerate() {
                assert!((c * m as f64 - Complex::new(re[k], im[k])).norm() < 1e-9);
            }
        }
    }
}
