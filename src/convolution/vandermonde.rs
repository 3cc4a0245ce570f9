//! Values of one polynomial at several points modulo a word, and the transpose of that, `s[t] = sum of w[i]*x[i]^t`.
//!
//! They stand apart from trees of products, whose leaves they are: quadratic, but with nothing in a step but one sum of products. Several points go side by side, because one alone would wait for each product before it starts the next.

use super::{
    Vectorise,
    coefficient::{Short, half_product},
    delayed::{Arithmetic, Wide, Word},
    vectorised,
};
use crate::integer::{WordModulus, zeros};

/// Points that go side by side.
const LANES: usize = 8;

/// The values at all points by Horner's rule, four coefficients at a time.
pub(crate) fn values(n: &WordModulus, f: &[u64], points: &[u64]) -> Vec<u64> {
    let mut values = zeros(points.len());
    if n.modulus() == 1 {
        return values;
    }
    if Short::admits(n, STEP) {
        vectorised(SideBySide(n, f, points, &mut values));
    } else if let Some(a) = Word::new(n) {
        each_few(points, &mut values, |points| one_by_one(a, f, points));
    } else {
        each_few(points, &mut values, |points| one_by_one(Wide(*n), f, points));
    }
    values
}

/// The values at all points, from those at some of them.
#[inline(always)]
fn each_few(points: &[u64], values: &mut [u64], few: impl Fn(&[u64; LANES]) -> [u64; LANES]) {
    for (values, points) in values.chunks_mut(LANES).zip(points.chunks(LANES)) {
        let mut at = [0; LANES];
        at[..points.len()].copy_from_slice(points);
        values.copy_from_slice(&few(&at)[..points.len()]);
    }
}

/// Values with half words, which the compiler makes vectors of.
struct SideBySide<'a>(&'a WordModulus, &'a [u64], &'a [u64], &'a mut [u64]);

impl Vectorise for SideBySide<'_> {
    type Output = ();
    #[inline(always)]
    fn run(self) {
        let SideBySide(n, f, points, values) = self;
        let short = Short::new(n);
        let entry = short.entry();
        each_few(points, values, |points| {
            let (mut x, mut square, mut cube, mut fourth) = (*points, [0; LANES], [0; LANES], [0; LANES]);
            for l in 0..LANES {
                x[l] = short.reduced(half_product(x[l], entry));
                square[l] = short.reduced(half_product(x[l], x[l]));
                cube[l] = short.reduced(half_product(x[l], square[l]));
                fourth[l] = short.reduced(half_product(square[l], square[l]));
            }
            let mut y = [0; LANES];
            for [c0, c1, c2, c3] in steps(f) {
                for l in 0..LANES {
                    let odd = half_product(x[l], c1) + half_product(cube[l], c3);
                    let even = half_product(square[l], c2) + half_product(fourth[l], y[l]);
                    y[l] = short.correct(c0 + short.reduced(odd + even));
                }
            }
            y
        });
    }
}

/// Coefficients that a step adds.
const STEP: usize = 4;

/// The coefficients from the last ones down, so many at a time.
fn steps(f: &[u64]) -> impl Iterator<Item = [u64; STEP]> {
    f.chunks(STEP).rev().map(|part| std::array::from_fn(|i| part.get(i).copied().unwrap_or(0)))
}

/// Values each for itself.
#[inline(always)]
fn one_by_one<A: Arithmetic>(a: A, f: &[u64], points: &[u64; LANES]) -> [u64; LANES] {
    let mut powers = [[0; STEP]; LANES];
    for (powers, &x) in powers.iter_mut().zip(points) {
        let x = a.enter(x);
        let square = a.mul(x, x);
        *powers = [x, square, a.mul(square, x), a.mul(square, square)];
    }
    let mut y = [0; LANES];
    for c in steps(f) {
        for (y, x) in y.iter_mut().zip(&powers) {
            let sum = (1..STEP).fold(A::ZERO, |sum, i| a.add_product(sum, c[i], x[i - 1]));
            *y = a.reduce_loosely(c[0], a.add_product(sum, *y, x[STEP - 1]));
        }
    }
    for y in &mut y {
        *y = a.correct(*y);
    }
    y
}

/// `s[t] = sum of weights[i]*points[i]^t` for `t < len`.
pub(crate) fn power_sums(n: &WordModulus, weights: &[u64], points: &[u64], len: usize) -> Vec<u64> {
    let mut sums = vec![0; len];
    for (weights, points) in weights.chunks(LANES).zip(points.chunks(LANES)) {
        let mut x = [n.prepare(0); LANES];
        x.iter_mut().zip(points).for_each(|(x, &point)| *x = n.prepare(point));
        let mut w = [0; LANES];
        w[..weights.len()].copy_from_slice(weights);
        for sum in &mut sums {
            let part = w.iter().fold(0, |part, &w| part + u128::from(w));
            *sum = n.add(*sum, n.reduce_u128(part));
            for (w, x) in w.iter_mut().zip(&x) {
                *w = n.mul_prepared(*x, *w);
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn against_powers() {
        for modulus in [1u128, 2, 7, 998_244_353, (1 << 30) - 35, (1 << 61) - 1, (1 << 64) - 59, 1 << 64] {
            let n = WordModulus::from_u128(modulus).unwrap();
            let top = (modulus - 1) as u64;
            let draw =
                |len: u64| -> Vec<u64> { (0..len).map(|k| n.reduce(top.wrapping_sub(k * k))).collect() };
            for (len, count) in [(0, 3), (1, 1), (5, 0), (5, 7), (9, 8), (20, 17)] {
                let (f, points) = (draw(len), draw(count));
                let expected: Vec<u64> =
                    points.iter().map(|&x| f.iter().rev().fold(0, |y, &c| n.mul_add(y, x, c))).collect();
                assert_eq!(values(&n, &f, &points), expected, "{len} at {count} modulo {modulus}");
                let sums: Vec<u64> = (0..len)
                    .map(|t| points.iter().fold(0, |sum, &x| n.mul_add(x, n.pow(x, t), sum)))
                    .collect();
                assert_eq!(power_sums(&n, &points, &points, len as usize), sums);
            }
        }
    }
}
