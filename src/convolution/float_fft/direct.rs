//! Direct summation of floats, `c[k] = sum over i+j=k of a[i]*b[j]`: blocks of outputs stand in registers while the shorter operand runs by.
//!
//! It stands apart from the choice between it and transforms. A row at a time, each pair reads and writes its output; in a block it reads one
//! coefficient of the longer operand only. Complex numbers are pairs of reals: one sum with the real parts of the shorter operand, one with
//! its imaginary parts, put together at the end, so that nothing moves between the lanes of a vector.
//!
//! # Invariants
//! Every output is summed in ascending order of the index into the shorter operand, by products and sums that are
//! rounded one by one (Rust fuses none), so that it is the same on every back end. Blocks read zeros beyond both ends of the longer operand: operands
//! are finite, or else go row by row, where an infinity meets only what it is multiplied by.

use crate::convolution::{Vectorise, vectorised};
use num_complex::Complex;
use num_traits::Zero;
use std::{
    array,
    hint::black_box,
    ops::{Add, Mul, Range},
};

/// Numbers whose products are summed in blocks of `B` outputs.
pub(super) trait Summand<const B: usize>:
    Copy + Zero + Add<Output = Self> + Mul<Output = Self>
{
    /// The sums of a block.
    type Sums;
    fn none() -> Self::Sums;
    /// Adds `x[l]*y` to every sum.
    fn accumulate(sums: &mut Self::Sums, x: &[Self; B], y: Self);
    fn outputs(sums: Self::Sums) -> [Self; B];
}

macro_rules! summands {
    ($($real:ty: $block:literal, $complex_block:literal;)*) => { $(
        impl Summand<$block> for $real {
            type Sums = [$real; $block];
            #[inline(always)]
            fn none() -> Self::Sums {
                [0.0; $block]
            }
            #[inline(always)]
            fn accumulate(sums: &mut Self::Sums, x: &[Self; $block], y: Self) {
                sums.iter_mut().zip(x).for_each(|(sum, x)| *sum += x * y);
            }
            #[inline(always)]
            fn outputs(sums: Self::Sums) -> [Self; $block] {
                sums
            }
        }
        impl Summand<$complex_block> for Complex<$real> {
            type Sums = [[Self; $complex_block]; 2];
            #[inline(always)]
            fn none() -> Self::Sums {
                [[Complex::new(0.0, 0.0); $complex_block]; 2]
            }
            #[inline(always)]
            fn accumulate([re, im]: &mut Self::Sums, x: &[Self; $complex_block], y: Self) {
                for (part, y) in [(re, y.re), (im, y.im)] {
                    for (sum, x) in part.iter_mut().zip(x) {
                        sum.re += x.re * y;
                        sum.im += x.im * y;
                    }
                }
            }
            #[inline(always)]
            fn outputs(sums: Self::Sums) -> [Self; $complex_block] {
                // Sums that are known to be added crosswise in the end would be kept crosswise, with a shuffle for every product.
                let [re, im] = black_box(sums);
                array::from_fn(|l| Complex::new(re[l].re - im[l].im, re[l].im + im[l].re))
            }
        }
    )* };
}
// Four vectors of 256 bits, twice that of complex numbers. Of 8, 16, 24 and 32 outputs of `f64`, 64 by 64 took 412, 320, 352 and 325 ns with AVX2, 685, 541, 584
// and 908 without.
summands! {
    f32: 32, 16;
    f64: 16, 8;
}

/// Pairs up to which rows are the faster way: 8 by 8 took 46 ns in rows and 34 in blocks, of complex numbers 55 and 65, 4 by 4 27 and 28, 25 and 48.
const FEW: usize = 48;

/// Appends the outputs of a window that is not empty, for which there is room; `a` is no shorter than `b`.
pub(super) fn direct<E: Summand<B>, const B: usize>(a: &[E], b: &[E], window: &Range<usize>, c: &mut Vec<E>) {
    if a.len().saturating_mul(b.len()) <= FEW {
        rows(a, b, window, c);
    } else {
        vectorised(InBlocks { a, b, window, c });
    }
}

/// Row by row: one coefficient of `b` with all of `a`.
fn rows<E: Copy + Zero + Mul<Output = E>>(a: &[E], b: &[E], window: &Range<usize>, c: &mut Vec<E>) {
    c.resize(window.len(), E::zero());
    for (j, &y) in b.iter().enumerate() {
        // The i with i + j in the window.
        let from = window.start.saturating_sub(j);
        let to = window.end.saturating_sub(j).min(a.len());
        if from < to {
            let out = &mut c[from + j - window.start..];
            for (c, &x) in out.iter_mut().zip(&a[from..to]) {
                *c = *c + x * y;
            }
        }
    }
}

/// Block by block.
struct InBlocks<'a, E, const B: usize> {
    a: &'a [E],
    b: &'a [E],
    window: &'a Range<usize>,
    c: &'a mut Vec<E>,
}

impl<E: Summand<B>, const B: usize> Vectorise for InBlocks<'_, E, B> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let InBlocks { a, b, window, c } = self;
        if !is_finite(a) || !is_finite(b) {
            return rows(a, b, window, c);
        }
        let few = a.len().min(B);
        // Zeros before the first coefficients, and after the last ones.
        let (mut head, mut tail) = ([[E::zero(); B]; 2], [[E::zero(); B]; 2]);
        head[1][..few].copy_from_slice(&a[..few]);
        tail[0][B - few..].copy_from_slice(&a[a.len() - few..]);
        for start in window.clone().step_by(B) {
            // Output start + l takes a[start + l - j]: where these begin within `a`, and where they end there.
            let within = (start + 1).min(b.len());
            let first = (start + 1).saturating_sub(a.len()).min(within);
            let inside = (start + B).saturating_sub(a.len()).clamp(first, within);
            let last = (start + B).min(b.len());
            let mut sums = E::none();
            // The `a` that they begin with, one earlier for each j: in what ends with zeros, in `a`, in what begins with them.
            let (after, before, end) = (tail.as_flattened(), head.as_flattened(), start + B);
            if first < inside {
                let from = end + 1 - a.len() - inside;
                add(&mut sums, &after[from..from + inside - first + B - 1], &b[first..inside]);
            }
            if inside < within {
                let from = start + 1 - within;
                add(&mut sums, &a[from..from + within - inside + B - 1], &b[inside..within]);
            }
            if within < last {
                let from = end + 1 - last;
                add(&mut sums, &before[from..from + last - within + B - 1], &b[within..last]);
            }
            let outputs = E::outputs(sums);
            match outputs.get(..window.end - start) {
                None => c.extend_from_slice(&outputs),
                Some(last) => c.extend_from_slice(last),
            }
        }
    }
}

/// Adds the products of `y` with the rows of `x`, the last one first.
#[inline(always)]
fn add<E: Summand<B>, const B: usize>(sums: &mut E::Sums, x: &[E], y: &[E]) {
    for (row, &y) in x.windows(B).rev().zip(y) {
        E::accumulate(sums, row.first_chunk().expect("a row has B numbers"), y);
    }
}

/// Whether nothing is infinite or NaN, which times 0 is NaN.
#[inline(always)]
fn is_finite<E: Summand<B>, const B: usize>(x: &[E]) -> bool {
    let (rows, rest) = x.as_chunks();
    let mut last = [E::zero(); B];
    last[..rest.len()].copy_from_slice(rest);
    let mut sums = E::none();
    for row in rows.iter().chain([&last]) {
        E::accumulate(&mut sums, row, E::zero());
    }
    E::outputs(sums).iter().all(E::is_zero)
}

#[cfg(test)]
mod tests {
    use super::{super::approximate::tests::random, *};

    /// Blocks against rows: the same sums in the same order.
    fn agree<E: Summand<B> + PartialEq + std::fmt::Debug, const B: usize>(a: &[E], b: &[E]) {
        let full = a.len() + b.len() - 1;
        for window in
            [0..full, 0..full.div_ceil(2), full / 2..full, full / 3..full - full / 4, full - 1..full]
        {
            let (mut blocks, mut by_rows) = (Vec::new(), Vec::new());
            vectorised(InBlocks { a, b, window: &window, c: &mut blocks });
            rows(a, b, &window, &mut by_rows);
            assert_eq!(blocks, by_rows, "{} by {}, {window:?}", a.len(), b.len());
        }
    }

    #[test]
    fn blocks_are_rows() {
        let mut next = random(1);
        for m in (1..40).chain([63, 64, 65, 100, 200]) {
            for n in (1..=m.min(40)).chain([m]) {
                let [a, b]: [Vec<f64>; 2] = [m, n].map(|len| (0..len).map(|_| next()).collect());
                agree(&a, &b);
                let single = |a: &[f64]| a.iter().map(|&x| x as f32).collect::<Vec<_>>();
                agree(&single(&a), &single(&b));
                // Sums of integers have no rounding, in whatever order.
                let whole = |a: &[f64]| {
                    a.iter()
                        .map(|x| Complex::new((x * 1e3).round(), (x * 1e6).round() % 1e3))
                        .collect::<Vec<_>>()
                };
                agree(&whole(&a), &whole(&b));
                let single = |a: &[f64]| {
                    a.iter()
                        .map(|x| Complex::new((x * 1e2).round() as f32, (x * 1e4).round() as f32 % 1e2))
                        .collect::<Vec<_>>()
                };
                agree(&single(&a), &single(&b));
            }
        }
    }

    #[test]
    fn what_is_not_finite_stays_in_its_place() {
        for (at, what) in [(0, f64::INFINITY), (20, f64::NAN), (39, f64::NEG_INFINITY)] {
            let (mut a, b) = (vec![1.0; 40], vec![0.5; 20]);
            a[at] = what;
            let c = |a: &[f64], b: &[f64]| {
                let mut c = Vec::new();
                direct(a, b, &(0..59), &mut c);
                c
            };
            for (k, c) in c(&a, &b).into_iter().enumerate() {
                assert_eq!(c.is_finite(), !(at..at + 20).contains(&k), "{k}: {c}");
            }
        }
    }
}
