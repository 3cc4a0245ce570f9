//! Evaluation of a complex polynomial modulo `x^M - i` at the `M` roots of `x^M = i`, and back, `M = 2^L`.
//!
//! It stands apart because its operation graph is what the proof in [`exact`](super::exact) is about: `L` layers,
//! in each of them one product with a twiddle and one sum for every point, in exactly the order written here. It
//! knows nothing of coefficients or bounds.
//!
//! # Method
//! A layer splits every block `x^2m - r^2` into `x^m - r` and `x^m + r`: `lo + r*hi` and `lo - r*hi`. One twiddle `r`
//! serves a block, so the inner loops run over consecutive points, and no order is ever reversed: the values
//! come out in the order in which the inverse wants them. Two layers go through memory together. (Gauss's splitting; D. J. Bernstein, Multidigit
//! multiplication for mathematicians, 2001, section 4.) How long a row is that a loop runs over decides whether the compiler makes vectors of it: long
//! rows, rows of four and single points have a loop each, with the same operations.
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

/// Layers of the last steps, on rows of four points and on points.
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
        double(re, im, [0, 1].map(|i| twiddle::layer(l + i)), forward_butterflies);
        l += 2;
    }
    if let Some(l) = last {
        fours(re, im, [0, 1].map(|i| twiddle::layer(l + i)), forward_butterflies);
        ones(re, im, [2, 3].map(|i| twiddle::layer(l + i)), forward_butterflies);
    }
}

#[inline(always)]
fn inverse_layers(re: &mut [f64], im: &mut [f64]) {
    let layers = re.len().ilog2() as usize;
    let mut l = layers;
    if let Some(last) = layers.checked_sub(LAST) {
        ones(re, im, [2, 3].map(|i| twiddle::layer(last + i)), inverse_butterflies);
        fours(re, im, [0, 1].map(|i| twiddle::layer(last + i)), inverse_butterflies);
        l = last;
    }
    while l >= 2 {
        l -= 2;
        double(re, im, [0, 1].map(|i| twiddle::layer(l + i)), inverse_butterflies);
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

/// The roots of two layers for a block: one of the upper layer, two of the lower one.
#[inline(always)]
fn roots([upper, lower]: [&Layer; 2], block: usize) -> [Root; 3] {
    [upper.root(block), lower.root(2 * block), lower.root(2 * block + 1)]
}

/// Two layers.
#[inline(always)]
fn double(
    re: &mut [f64],
    im: &mut [f64],
    layers: [&Layer; 2],
    butterflies: impl Fn(Root, Root, Root, [Point; 4]) -> [Point; 4],
) {
    let block = re.len() / layers[0].re.len();
    for (j, (re, im)) in re.chunks_exact_mut(block).zip(im.chunks_exact_mut(block)).enumerate() {
        let roots = roots(layers, j);
        let ([re0, re1, re2, re3], re_rest) = quarters(re);
        let ([im0, im1, im2, im3], im_rest) = quarters(im);
        let each = re0.iter_mut().zip(re1).zip(re2).zip(re3).zip(im0).zip(im1).zip(im2).zip(im3);
        for (((((((a, b), c), d), e), f), g), h) in each {
            ([*a, *b, *c, *d], [*e, *f, *g, *h]) =
                rows([*a, *b, *c, *d], [*e, *f, *g, *h], roots, &butterflies);
        }
        // Of blocks of four or eight points.
        let [r, s, t] = roots;
        for k in 0..re_rest[0].len() {
            let y = butterflies(r, s, t, std::array::from_fn(|i| (re_rest[i][k], im_rest[i][k])));
            for i in 0..4 {
                (re_rest[i][k], im_rest[i][k]) = y[i];
            }
        }
    }
}

/// The quarters of a block, four numbers at a time, and what is left of each.
#[inline(always)]
fn quarters(block: &mut [f64]) -> ([&mut [[f64; 4]]; 4], [&mut [f64]; 4]) {
    let (half, upper) = block.split_at_mut(block.len() / 2);
    let ((a, b), (c, d)) = (half.split_at_mut(half.len() / 2), upper.split_at_mut(upper.len() / 2));
    let [a, b, c, d] = [a, b, c, d].map(|quarter| quarter.as_chunks_mut());
    ([a.0, b.0, c.0, d.0], [a.1, b.1, c.1, d.1])
}

/// Two layers of blocks of four rows of four points.
#[inline(always)]
fn fours(
    re: &mut [f64],
    im: &mut [f64],
    layers: [&Layer; 2],
    butterflies: impl Fn(Root, Root, Root, [Point; 4]) -> [Point; 4],
) {
    let (re, im) = (re.as_chunks_mut().0.as_chunks_mut().0, im.as_chunks_mut().0.as_chunks_mut().0);
    for (j, (re, im)) in re.iter_mut().zip(im).enumerate() {
        (*re, *im) = rows(*re, *im, roots(layers, j), &butterflies);
    }
}

/// Four rows of four numbers, real parts or imaginary ones.
type Rows = [[f64; 4]; 4];

/// Butterflies on four rows.
#[inline(always)]
fn rows(
    re: Rows,
    im: Rows,
    [r, s, t]: [Root; 3],
    butterflies: &impl Fn(Root, Root, Root, [Point; 4]) -> [Point; 4],
) -> (Rows, Rows) {
    let (mut out_re, mut out_im) = ([[0.0; 4]; 4], [[0.0; 4]; 4]);
    for k in 0..4 {
        let y = butterflies(r, s, t, std::array::from_fn(|i| (re[i][k], im[i][k])));
        for i in 0..4 {
            (out_re[i][k], out_im[i][k]) = y[i];
        }
    }
    (out_re, out_im)
}

/// The last two layers, of blocks of four points.
#[inline(always)]
fn ones(
    re: &mut [f64],
    im: &mut [f64],
    [upper, lower]: [&Layer; 2],
    butterflies: impl Fn(Root, Root, Root, [Point; 4]) -> [Point; 4],
) {
    let (re, im) = (re.as_chunks_mut::<4>().0, im.as_chunks_mut::<4>().0);
    let n = re.len();
    // As many, which the compiler has to know.
    let (im, upper_re, upper_im) = (&mut im[..n], &upper.re[..n], &upper.im[..n]);
    let [lower_re, lower_im] = [&lower.re, &lower.im].map(|v| &v.as_chunks::<2>().0[..n]);
    for j in 0..n {
        let (x, y) = (re[j], im[j]);
        let r = Root { re: upper_re[j], im: upper_im[j] };
        let [s, t] = [0, 1].map(|i| Root { re: lower_re[j][i], im: lower_im[j][i] });
        let z = butterflies(r, s, t, std::array::from_fn(|i| (x[i], y[i])));
        (re[j], im[j]) = (z.map(|z| z.0), z.map(|z| z.1));
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
