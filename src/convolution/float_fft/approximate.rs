//! Products of sequences of floats, `c[k] = sum over i+j=k of a[i]*b[j]` up to rounding.
//!
//! It stands apart from the exact products because its errors are part of its contract.
//!
//! # Method
//! Direct summation for short operands, `rustfft` and `realfft` beyond, by the plan of the engine. A window costs one cyclic transform of a length just above what it needs; a long operand
//! meets a short one in blocks (overlap-save: Oppenheim and Schafer, Discrete-Time Signal Processing, 8.7.3). A
//! square takes one forward transform.
//!
//! # Error
//! Let `u` be the unit roundoff (`2^-53` for `f64`, `2^-24` for `f32`).
//! Direct: `|c'[k] - c[k]| <= t*u*(|a|*|b|)[k] / (1 - t*u)` with `t` the number of terms, plus one for real and plus
//! three for complex data (Higham, Accuracy and Stability of Numerical Algorithms, 2002, 3.1 and 3.6), so that
//! non-negative data keep a small error relative to every coefficient.
//! Transform: `|c'[k] - c[k]| <= 64*log2(N)*u*||a||*||b||` with Euclidean norms and `N` the length of the transform,
//! normwise: a coefficient far below `||a||*||b||` may have no correct digit. The form is that of Percival, Rapid
//! multiplication modulo the sum and difference of highly composite numbers, Math. Comp. 72, 2003, theorem 5.1: with
//! twiddles off by `mu`, `3*log2(N)*(1 + sqrt 5 + mu/u)*u` to first order. Planned twiddles come from angles that are
//! rounded before the cosine is taken, `mu <= 10u` for angles up to `2*pi`, so that `40*log2(N)*u` covers the
//! radix-2 graph; the constant leaves room for the other radices and for the step from real to complex data.
//! Neither holds for results that underflow.
//!
//! # What it does not do
//! Transforms of non-finite data: one infinity or NaN would reach every coefficient. Such operands go the direct
//! way, where it reaches only the coefficients that it is a term of. Karatsuba: its differences of sums lose the
//! digits of small coefficients as the transform does, and it is slower.

use super::plans::{Cache, ComplexPlan, Parts, RealPlan, Room, Transforms, good_length};
use crate::convolution::{
    Algorithm, Want,
    plan::{self, Facts, Shape},
    tuning, window,
};
use crate::{Error, Result, integer::ask_for, limit};
use num_complex::Complex;
use num_traits::{Float, One, ToPrimitive, Zero};
use rustfft::FftNum;
use std::{
    cell::RefCell,
    ops::{Add, Mul, Range},
};

/// The product of two real sequences, the coefficients that `want` asks for.
///
/// # Units
/// Direct summation, or, where that is slower, a transform with a normwise error: each coefficient is off by at most
/// `64*log2(N)*2^-53*||a||*||b||`, where `N` is below `3*(a.len() + b.len())` and the norms are Euclidean. Forcing
/// [`Algorithm::Schoolbook`] gives every coefficient its own small error: for non-negative data a relative one.
/// Operands with infinities or NaN are summed directly. The result is the same on every run on one machine; another
/// instruction set may round otherwise.
///
/// # Errors
/// Kind unsupported for a forced algorithm other than schoolbook and the transform, or for the transform of
/// non-finite data; kind limit for a result over the limit, or where memory for the transforms is refused.
///
/// # Complexity
/// `O(min(m*n, (m+n)*log(min(m, n))))`.
///
/// # Examples
/// ```
/// use monic::convolution::{Want, floats};
/// let c = floats(&[1.0, 2.0, 3.0], &[0.5, 0.5], &Want::full())?;
/// assert_eq!(c, [0.5, 1.5, 2.5, 1.5]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn floats(a: &[f64], b: &[f64], want: &Want) -> Result<Vec<f64>> {
    let mut out = Vec::new();
    floats_into(a, b, want, &mut out)?;
    Ok(out)
}

/// The same into the memory that `out` has; whatever it held, it becomes exactly the coefficients of the window.
///
/// # Errors
/// As for [`floats`]; `out` is as it was then.
pub fn floats_into(a: &[f64], b: &[f64], want: &Want, out: &mut Vec<f64>) -> Result<()> {
    product(a, b, want, out)
}

/// The product of two real sequences in single precision; as [`floats`] with `2^-24` in place of `2^-53`.
///
/// # Errors
/// As for [`floats`].
pub fn floats32(a: &[f32], b: &[f32], want: &Want) -> Result<Vec<f32>> {
    let mut out = Vec::new();
    floats32_into(a, b, want, &mut out)?;
    Ok(out)
}

/// The same into the memory that `out` has.
///
/// # Errors
/// As for [`floats_into`].
pub fn floats32_into(a: &[f32], b: &[f32], want: &Want, out: &mut Vec<f32>) -> Result<()> {
    product(a, b, want, out)
}

/// The product of two complex sequences; the bounds are those of [`floats`].
///
/// # Errors
/// As for [`floats`].
///
/// # Examples
/// ```
/// use monic::convolution::{Want, complexes};
/// use num_complex::Complex;
/// let i = Complex::<f64>::i();
/// assert_eq!(complexes(&[i, i], &[i], &Want::full())?, [-1.0 + 0.0 * i, -1.0 + 0.0 * i]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn complexes(a: &[Complex<f64>], b: &[Complex<f64>], want: &Want) -> Result<Vec<Complex<f64>>> {
    let mut out = Vec::new();
    complexes_into(a, b, want, &mut out)?;
    Ok(out)
}

/// The same into the memory that `out` has.
///
/// # Errors
/// As for [`floats_into`].
pub fn complexes_into(
    a: &[Complex<f64>],
    b: &[Complex<f64>],
    want: &Want,
    out: &mut Vec<Complex<f64>>,
) -> Result<()> {
    product(a, b, want, out)
}

/// The product of two complex sequences in single precision.
///
/// # Errors
/// As for [`floats`].
pub fn complexes32(a: &[Complex<f32>], b: &[Complex<f32>], want: &Want) -> Result<Vec<Complex<f32>>> {
    let mut out = Vec::new();
    complexes32_into(a, b, want, &mut out)?;
    Ok(out)
}

/// The same into the memory that `out` has.
///
/// # Errors
/// As for [`floats_into`].
pub fn complexes32_into(
    a: &[Complex<f32>],
    b: &[Complex<f32>],
    want: &Want,
    out: &mut Vec<Complex<f32>>,
) -> Result<()> {
    product(a, b, want, out)
}

/// What a product needs to know of `f32`, `f64` and the complex numbers over them.
trait Sample: Copy + Zero + PartialEq + Add<Output = Self> + Mul<Output = Self> {
    type Real: FftNum + Float;
    type Plan: Transforms<Self, Self::Real>;
    const FACTS: Facts;
    fn plan(len: usize) -> Self::Plan;
    /// What `f` does in the room that this thread keeps.
    fn in_room<R>(f: impl FnOnce(&mut Room<Self, Self::Real>) -> R) -> R;
    fn scale(self, factor: Self::Real) -> Self;
    /// The larger of the absolute values of the parts; NaN where either is.
    fn magnitude(self) -> Self::Real;
}

macro_rules! samples {
    ($($real:ty)*) => { $(
        impl Sample for $real {
            type Real = $real;
            type Plan = RealPlan<$real>;
            const FACTS: Facts = Facts::Floats;
            fn plan(len: usize) -> Self::Plan {
                static CACHE: Cache<RealPlan<$real>> = Cache::new();
                CACHE.get(len, RealPlan::new)
            }
            fn in_room<R>(f: impl FnOnce(&mut Room<Self, $real>) -> R) -> R {
                thread_local! {
                    static ROOM: RefCell<Room<$real, $real>> = const { RefCell::new(Room::new()) };
                }
                ROOM.with_borrow_mut(f)
            }
            fn scale(self, factor: $real) -> Self {
                self * factor
            }
            fn magnitude(self) -> $real {
                self.abs()
            }
        }
        impl Sample for Complex<$real> {
            type Real = $real;
            type Plan = ComplexPlan<$real>;
            const FACTS: Facts = Facts::Complex;
            fn plan(len: usize) -> Self::Plan {
                static CACHE: Cache<ComplexPlan<$real>> = Cache::new();
                CACHE.get(len, ComplexPlan::new)
            }
            fn in_room<R>(f: impl FnOnce(&mut Room<Self, $real>) -> R) -> R {
                thread_local! {
                    static ROOM: RefCell<Room<Complex<$real>, $real>> = const { RefCell::new(Room::new()) };
                }
                ROOM.with_borrow_mut(f)
            }
            fn scale(self, factor: $real) -> Self {
                self * factor
            }
            fn magnitude(self) -> $real {
                let (re, im) = (self.re.abs(), self.im.abs());
                if re >= im || re.is_nan() { re } else { im }
            }
        }
    )* };
}
samples!(f32 f64);

/// Terms of a sum up to which it is the fastest way, whatever the other length.
const SHORT: usize = 4;

/// Pairs up to which it is.
const FEW: usize = 256;

fn product<E: Sample>(a: &[E], b: &[E], want: &Want, out: &mut Vec<E>) -> Result<()> {
    let full = want.window(a.len(), b.len());
    limit::check(full.len() as u64, 8 * size_of::<E>() as u64)?;
    let cut = window::trim(a.len(), b.len(), &full);
    let square = std::ptr::eq(a, b) && cut.a == cut.b;
    let (mut a, mut b, window) = (&a[cut.a], &b[cut.b], cut.window);
    if a.len() < b.len() {
        std::mem::swap(&mut a, &mut b);
    }
    let shape = Shape { a: a.len(), b: b.len(), window, square };
    let forced = want.algorithm();
    // A comparison of costs would take longer than so few terms do.
    let by = match forced {
        None if b.len() <= SHORT || a.len().saturating_mul(b.len()) <= FEW => Algorithm::Schoolbook,
        None => plan::plan(&E::FACTS, &shape).algorithm(),
        Some(algorithm) => plan::plan_by(&E::FACTS, &shape, algorithm)?.algorithm(),
    };
    if shape.window.is_empty() {
        out.clear();
        return Ok(());
    }
    if by == Algorithm::Fft {
        if let (Some(x), Some(y)) = (exponent(a), exponent(b)) {
            let blocks = Blocks::choose(a.len(), b.len(), &shape.window);
            // Nothing of what is to come can be refused: two operands, their spectra, what the plan has, the result.
            let points = (8 * blocks.len).saturating_add(shape.window.len());
            ask_for(points.saturating_mul(size_of::<E>()) / size_of::<u64>())?;
            transformed(a, b, &shape.window, &blocks, (square, [x, y]), out);
            return Ok(());
        }
        if forced.is_some() {
            return Err(Error::unsupported(
                "a transform would spread the infinity or NaN over every coefficient",
            ));
        }
    }
    ask_for(shape.window.len().saturating_sub(out.capacity()) * size_of::<E>() / size_of::<u64>())?;
    direct(a, b, &shape.window, out);
    Ok(())
}

/// Nanoseconds by direct summation.
pub(in crate::convolution) fn direct_cost(complex: bool, shape: &Shape) -> f64 {
    let pairs = window::pairs(shape.a, shape.b, &shape.window) as f64;
    pairs * if complex { tuning::FLOAT_COMPLEX_PAIR } else { tuning::FLOAT_PAIR }
}

/// The length of the transforms that a product takes, and its time in nanoseconds.
pub(in crate::convolution) fn transform_cost(complex: bool, shape: &Shape) -> (usize, f64) {
    if shape.window.is_empty() {
        return (1, 0.0);
    }
    let blocks = Blocks::choose(shape.a.max(shape.b), shape.a.min(shape.b), &shape.window);
    let point = if complex { tuning::FFT_COMPLEX_POINT } else { tuning::FFT_POINT };
    (blocks.len, tuning::FFT_START + point * blocks.points(shape.square))
}

/// `c[k]`, `k` in the window, each summed in ascending order of the index into `b`, the shorter operand.
fn direct<E: Sample>(a: &[E], b: &[E], window: &Range<usize>, c: &mut Vec<E>) {
    c.clear();
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

/// The binary exponent of the largest magnitude where a sum of products with others like it could leave the range, 0 elsewhere; `None` where something is not
/// finite.
fn exponent<E: Sample>(a: &[E]) -> Option<i32> {
    // Side by side, and without a branch: `0*x` is 0 where x is finite, and NaN stays.
    let mut most = [E::Real::zero(); 8];
    let mut wrong = [E::Real::zero(); 8];
    let (eights, rest) = a.as_chunks::<8>();
    for part in eights.iter().map(|eight| &eight[..]).chain([rest]) {
        for ((most, wrong), &x) in most.iter_mut().zip(&mut wrong).zip(part) {
            let size = x.magnitude();
            *most = if size > *most { size } else { *most };
            *wrong = *wrong + size * E::Real::zero();
        }
    }
    if wrong.iter().any(|wrong| wrong.is_nan()) {
        return None;
    }
    let max = most.into_iter().fold(E::Real::zero(), E::Real::max);
    let quarter = E::Real::max_value().sqrt().sqrt();
    let is_plain = max < quarter && max > quarter.recip() || max.is_zero();
    if is_plain { Some(0) } else { max.log2().floor().to_i32() }
}

/// How a product is cut: transforms of one length, each giving some outputs.
struct Blocks {
    /// Length of a transform.
    len: usize,
    /// Outputs a block.
    step: usize,
    count: usize,
}

impl Blocks {
    /// The cheapest cut for lengths `m >= n`, both cut to the window.
    fn choose(m: usize, n: usize, window: &Range<usize>) -> Blocks {
        // In a cyclic product of length N the coefficients k and k + N fall together: a window is clean when it
        // lies below N and nothing beyond the product's end minus N.
        let len = good_length(window.end.max(m + n - 1 - window.start));
        let whole = Blocks { len, step: window.len(), count: 1 };
        [2, 4, 8]
            .map(|factor| {
                let len = good_length(factor * n);
                let step = len - (n - 1);
                Blocks { len, step, count: window.len().div_ceil(step) }
            })
            .into_iter()
            .filter(|cut| cut.count > 1)
            .fold(whole, |best, cut| if cut.points(false) < best.points(false) { cut } else { best })
    }

    /// Points times layers over all transforms.
    fn points(&self, square: bool) -> f64 {
        let transforms = if square && self.count == 1 { 2 } else { 2 * self.count + 1 };
        transforms as f64 * self.len as f64 * f64::from(self.len.ilog2() + 1)
    }
}

/// The product by transforms; the exponents are those that [`exponent`] gives.
fn transformed<E: Sample>(
    a: &[E],
    b: &[E],
    window: &Range<usize>,
    blocks: &Blocks,
    (square, exponents): (bool, [i32; 2]),
    out: &mut Vec<E>,
) {
    let plan = E::plan(blocks.len);
    E::in_room(|room| {
        in_parts(&plan, room.parts(blocks.len, &plan), (a, b), window, blocks, (square, exponents), out);
        room.shrink();
    });
}

/// The same with a plan, in what it works in.
fn in_parts<E: Sample>(
    plan: &E::Plan,
    Parts { x: padded, first, second, scratch }: Parts<'_, E, E::Real>,
    (a, b): (&[E], &[E]),
    window: &Range<usize>,
    blocks: &Blocks,
    (square, [x, y]): (bool, [i32; 2]),
    out: &mut Vec<E>,
) {
    // Powers of two are exact, so scaling costs no accuracy.
    let normal = <E::Real as num_traits::NumCast>::from(blocks.len).expect("a length is a number").recip();
    let pad = |padded: &mut [E], part: &[E], shift: usize, exponent: i32| {
        let (before, rest) = padded.split_at_mut(shift);
        let (own, after) = rest.split_at_mut(part.len().min(rest.len()));
        before.fill(E::zero());
        after.fill(E::zero());
        if exponent == 0 {
            own.copy_from_slice(&part[..own.len()]);
        } else {
            own.iter_mut().zip(part).for_each(|(to, &from)| *to = scale_by_power(from, -exponent));
        }
    };
    let unscale = |c: &mut [E]| {
        if x + y != 0 {
            c.iter_mut().for_each(|c| *c = scale_by_power(*c, x + y));
        }
    };
    pad(padded, b, 0, y);
    plan.forward(padded, second, scratch);
    if blocks.count == 1 {
        if square {
            second.iter_mut().for_each(|s| *s = *s * *s * normal);
        } else {
            pad(padded, a, 0, x);
            plan.forward(padded, first, scratch);
            second.iter_mut().zip(first).for_each(|(s, l)| *s = *s * *l * normal);
        }
        // In the result's own memory, which is somewhat longer at first.
        out.clear();
        out.resize(blocks.len, E::zero());
        plan.backward(second, out, scratch);
        out.copy_within(window.clone(), 0);
        out.truncate(window.len());
        return unscale(out);
    }
    second.iter_mut().for_each(|s| *s = *s * normal);
    out.clear();
    out.reserve_exact(window.len());
    let before = b.len() - 1;
    for start in window.clone().step_by(blocks.step) {
        // Outputs start.. of this block need a[start - before ..]; what lies outside of `a` is zero.
        let end = (start + blocks.step).min(window.end);
        let from = start.saturating_sub(before);
        pad(padded, &a[from.min(a.len())..end.min(a.len())], from + before - start, x);
        plan.forward(padded, first, scratch);
        first.iter_mut().zip(&*second).for_each(|(l, &s)| *l = *l * s);
        plan.backward(first, padded, scratch);
        let done = out.len();
        out.extend_from_slice(&padded[before..before + end - start]);
        unscale(&mut out[done..]);
    }
}

/// `x * 2^e`, in steps that stay inside the range of the powers.
fn scale_by_power<E: Sample>(x: E, e: i32) -> E {
    let two = E::Real::one() + E::Real::one();
    let third = e / 3;
    x.scale(two.powi(third)).scale(two.powi(third)).scale(two.powi(e - 2 * third))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Uniform in -1..1, from a fixed seed.
    fn random(seed: u64) -> impl FnMut() -> f64 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 11) as f64 / (1u64 << 52) as f64 - 1.0
        }
    }

    fn norm(a: &[f64]) -> f64 {
        a.iter().map(|x| x * x).sum::<f64>().sqrt()
    }

    /// The definition.
    fn naive(a: &[f64], b: &[f64]) -> Vec<f64> {
        let mut c = vec![0.0; if a.is_empty() || b.is_empty() { 0 } else { a.len() + b.len() - 1 }];
        for (i, x) in a.iter().enumerate() {
            for (j, y) in b.iter().enumerate() {
                c[i + j] += x * y;
            }
        }
        c
    }

    fn bound(m: usize, n: usize, unit: f64) -> f64 {
        64.0 * (3.0 * (m + n) as f64).log2() * unit
    }

    #[test]
    fn every_shape_and_window_agrees_with_the_definition() {
        let mut next = random(1);
        // Dirty, and long enough for every result: it stays where it is.
        let mut room = vec![7.0; 1100];
        let place = room.as_ptr();
        for (m, n) in
            [(0, 0), (0, 3), (1, 1), (1, 40), (2, 2), (17, 5), (64, 64), (65, 300), (700, 9), (513, 511)]
        {
            let a: Vec<f64> = (0..m).map(|_| next()).collect();
            let b: Vec<f64> = (0..n).map(|_| next()).collect();
            let c = naive(&a, &b);
            let size = norm(&a) * norm(&b) * bound(m, n, 2f64.powi(-53));
            let size32 = norm(&a) * norm(&b) * bound(m, n, 2f64.powi(-24));
            let len = c.len();
            for range in
                [0..len, 0..len / 2, len / 2..len, len / 3..len / 3 * 2, 0..1, len / 2..len / 2 + 1, 5..5]
            {
                for want in [Want::range(range.clone()), Want::range(range.clone()).by(Algorithm::Fft)] {
                    let window = want.window(m, n);
                    let got = floats(&a, &b, &want).unwrap();
                    assert_eq!(got.len(), window.len());
                    for (got, c) in got.iter().zip(&c[window.clone()]) {
                        assert!((got - c).abs() <= size, "{m} {n} {want:?}: {got} {c}");
                    }
                    floats_into(&a, &b, &want, &mut room).unwrap();
                    assert!(room == got && room.as_ptr() == place, "{m} {n} {want:?}");
                    let narrow = |a: &[f64]| a.iter().map(|&x| x as f32).collect::<Vec<_>>();
                    let got = floats32(&narrow(&a), &narrow(&b), &want).unwrap();
                    for (got, c) in got.iter().zip(&c[window.clone()]) {
                        assert!((f64::from(*got) - c).abs() <= size32, "{m} {n} {want:?}: {got} {c}");
                    }
                    let turn = |a: &[f64], by| a.iter().map(|&x| x * by).collect::<Vec<_>>();
                    let (u, v) = (Complex::new(0.6, 0.8), Complex::new(0.0, -1.0));
                    let got = complexes(&turn(&a, u), &turn(&b, v), &want).unwrap();
                    for (got, c) in got.iter().zip(&c[window]) {
                        assert!((got - u * v * c).norm() <= size, "{m} {n} {want:?}: {got} {c}");
                    }
                }
            }
        }
    }

    #[test]
    fn squares_and_long_blocks() {
        let mut next = random(2);
        let a: Vec<f64> = (0..300).map(|_| next()).collect();
        let long: Vec<f64> = (0..9000).map(|_| next()).collect();
        for (x, y) in [(&a, &a), (&a, &long), (&long, &a)] {
            let got = floats(x, y, &Want::full().by(Algorithm::Fft)).unwrap();
            let size = norm(x) * norm(y) * bound(x.len(), y.len(), 2f64.powi(-53));
            for (got, c) in got.iter().zip(naive(x, y)) {
                assert!((got - c).abs() <= size);
            }
        }
        assert!(Blocks::choose(9000, 300, &(0..9299)).count > 1);
        assert_eq!(Blocks::choose(300, 300, &(0..599)).count, 1);
    }

    #[test]
    fn extreme_ranges_are_scaled() {
        let a: Vec<f64> = (0..500).map(|i| f64::from(i % 7) * 1e307).collect();
        let b: Vec<f64> = (0..500).map(|i| f64::from(i % 5) * 1e-307).collect();
        let got = floats(&a, &b, &Want::full().by(Algorithm::Fft)).unwrap();
        let size = 3.0 * 500.0 * 6.0 * 4.0 * bound(500, 500, 2f64.powi(-53));
        for (got, c) in got.iter().zip(naive(&a, &b)) {
            assert!((got - c).abs() <= size, "{got} {c}");
        }
        assert!(floats(&a, &a, &Want::full()).unwrap().iter().skip(400).any(|c| c.is_infinite()));
    }

    #[test]
    fn what_is_not_finite_stays_in_its_place() {
        let mut a = vec![1.0; 2000];
        a[1000] = f64::INFINITY;
        a[10] = f64::NAN;
        let c = floats(&a, &vec![1.0; 300], &Want::full()).unwrap();
        for (k, c) in c.iter().enumerate() {
            let (nan, infinite) = ((10..310).contains(&k), (1000..1300).contains(&k));
            assert!(c.is_nan() == nan && c.is_infinite() == infinite, "{k}: {c}");
        }
        let error = floats(&a, &a, &Want::full().by(Algorithm::Fft)).unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::Unsupported);
    }

    #[test]
    fn algorithms_of_integers_are_refused() {
        for algorithm in [Algorithm::Karatsuba, Algorithm::Kronecker, Algorithm::Ntt] {
            let error = floats(&[1.0], &[1.0], &Want::full().by(algorithm)).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::Unsupported, "{algorithm:?}");
        }
    }
}
