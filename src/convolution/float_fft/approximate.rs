//! Products of sequences of floats, `c[k] = sum over i+j=k of a[i]*b[j]` up to rounding.
//!
//! It stands apart from the exact products because its errors are part of its contract.
//!
//! # Method
//! Direct summation for short operands, `rustfft` beyond, by the plan of the engine; real data in half as many complex points. A window costs one cyclic transform of a length just above
//! what it needs; a long operand meets a short one in blocks (overlap-save: Oppenheim and Schafer, Discrete-Time Signal Processing, 8.7.3). A
//! square takes one forward transform.
//!
//! # Error
//! Let `u` be the unit roundoff (`2^-53` for `f64`, `2^-24` for `f32`).
//! Direct: `|c'[k] - c[k]| <= t*u*(|a|*|b|)[k] / (1 - t*u)` with `t` the number of terms plus one for real data, and `sqrt(2)` times that for complex data, whose
//! parts are two real sums each and their difference or sum (Higham, Accuracy and Stability of Numerical Algorithms, 2002, 3.1), so that
//! non-negative data keep a small error relative to every coefficient.
//! Transform: `|c'[k] - c[k]| <= 64*log2(N)*u*||a||*||b||` with Euclidean norms and `N` the length of the transform,
//! normwise: a coefficient far below `||a||*||b||` may have no correct digit. The form is that of Percival, Rapid
//! multiplication modulo the sum and difference of highly composite numbers, Math. Comp. 72, 2003, theorem 5.1: with
//! twiddles off by `mu`, `3*log2(N)*(1 + sqrt 5 + mu/u)*u` to first order. Planned twiddles come from angles that are
//! rounded before the cosine is taken, `mu <= 10u` for angles up to `2*pi`, so that `40*log2(N)*u` covers the
//! radix-2 graph; the constant leaves room for the other radices. Real data take a layer less in each transform, and a weight.
//! Neither holds for results that underflow.
//!
//! # What it does not do
//! Transforms of non-finite data: one infinity or NaN would reach every coefficient. Such operands go the direct
//! way, where it reaches only the coefficients that it is a term of. Karatsuba: its differences of sums lose the
//! digits of small coefficients as the transform does, and it is slower.

use super::{
    direct,
    plans::{self, Cache, Plan, good_length},
    points::Points,
};
use crate::convolution::{
    Algorithm, Vectorise, Want, backend,
    plan::{self, Facts, Shape},
    scratch,
    tuning::{self, Costs, Unit},
    vectorised, window,
};
use crate::{Error, Result, integer::ask_for, limit, pages};
use bytemuck::Pod;
use num_complex::Complex;
use num_traits::{Float, FromPrimitive, One, ToPrimitive, Zero};
use rustfft::FftNum;
use std::{
    cell::Cell,
    ops::{Add, Mul, Range},
    sync::Arc,
};

/// The product of two real sequences, the coefficients that `want` asks for.
///
/// # Units
/// Direct summation, or, where that is slower, a transform with a normwise error: each coefficient is off by at most
/// `64*log2(N)*2^-53*||a||*||b||`, where `N` is 18 or below `3*(a.len() + b.len())` and the norms are Euclidean. Forcing
/// [`Algorithm::Schoolbook`] gives every coefficient its own small error: for non-negative data a relative one.
/// Operands with infinities or NaN are summed directly. The result is the same on every run on one machine; another
/// instruction set may round otherwise.
///
/// # Errors
/// Kind unsupported for a forced algorithm other than schoolbook and the transform, or for the transform of
/// non-finite data, or where `MONIC_SIMD` names a back end that is not there; kind limit for a result over the limit, or where memory for the transforms is refused.
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

/// Products in place of their first operand: [`product_assign`].
macro_rules! assign {
    ($($name:ident $sample:ty),*) => { $(
        pub(crate) fn $name(a: &mut Vec<$sample>, b: &[$sample], want: &Want) -> Result<()> {
            product_assign(a, b, want)
        }
    )* };
}
assign!(floats_assign f64, floats32_assign f32, complexes_assign Complex<f64>, complexes32_assign Complex<f32>);

/// What a product needs to know of `f32`, `f64` and the complex numbers over them.
trait Sample: Points<Self::Real> + Pod + Zero + PartialEq + Add<Output = Self> + Mul<Output = Self> {
    type Real: FftNum + Float + Pod;
    const FACTS: Facts;
    /// What `f` does with the transforms on so many points.
    fn with_plan<R>(points: usize, f: impl FnOnce(&Plan<Self::Real>) -> R) -> R;
    fn direct(a: &[Self], b: &[Self], window: &Range<usize>, c: &mut Vec<Self>);
    fn scale(self, factor: Self::Real) -> Self;
    /// The larger of the absolute values of the parts; NaN where either is.
    fn magnitude(self) -> Self::Real;
    /// The absolute values of the parts.
    fn absolute(self) -> Self;
}

macro_rules! samples {
    ($($real:ty: $block:literal, $complex_block:literal;)*) => { $(
        impl Sample for $real {
            samples!(@ $real, Facts::Floats, $block);
            #[inline(always)]
            fn magnitude(self) -> $real {
                self.abs()
            }
            #[inline(always)]
            fn absolute(self) -> Self {
                self.abs()
            }
        }
        impl Sample for Complex<$real> {
            samples!(@ $real, Facts::Complex, $complex_block);
            #[inline(always)]
            fn magnitude(self) -> $real {
                let (re, im) = (self.re.abs(), self.im.abs());
                if re >= im || re.is_nan() { re } else { im }
            }
            #[inline(always)]
            fn absolute(self) -> Self {
                Complex::new(self.re.abs(), self.im.abs())
            }
        }
    )* };
    // What both have.
    (@ $real:ty, $facts:expr, $block:literal) => {
        type Real = $real;
        const FACTS: Facts = $facts;
        fn with_plan<R>(points: usize, f: impl FnOnce(&Plan<$real>) -> R) -> R {
            static CACHE: Cache<Arc<Plan<$real>>> = Cache::new();
            thread_local! {
                static LAST: Cell<Option<Arc<Plan<$real>>>> = const { Cell::new(None) };
            }
            let plan = |points| Arc::new(Plan::new(points, <Self as Points<$real>>::WEIGHTED));
            plans::with_last(&LAST, points, |points| CACHE.get(points, plan), f)
        }
        fn direct(a: &[Self], b: &[Self], window: &Range<usize>, c: &mut Vec<Self>) {
            direct::direct::<Self, $block>(a, b, window, c);
        }
        #[inline(always)]
        fn scale(self, factor: $real) -> Self {
            self * factor
        }
    };
}
samples! {
    f32: 32, 16;
    f64: 16, 8;
}

fn product<E: Sample>(a: &[E], b: &[E], want: &Want, out: &mut Vec<E>) -> Result<()> {
    backend()?;
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
    let transforms = match forced {
        // As the plan does, which would also write down what it takes.
        None => choose(matches!(E::FACTS, Facts::Complex), &shape).is_some(),
        Some(algorithm) => plan::plan_by(&E::FACTS, &shape, algorithm)?.algorithm() == Algorithm::Fft,
    };
    if shape.window.is_empty() {
        out.clear();
        return Ok(());
    }
    let ask = |numbers: usize| ask_for(numbers.saturating_mul(size_of::<E>()) / size_of::<u64>());
    if transforms {
        let exponents = match are_plain([a, b]) {
            true => Some([0, 0]),
            false => exponent(a).zip(exponent(b)).map(|(x, y)| [x, y]),
        };
        if let Some([x, y]) = exponents {
            let blocks = Blocks::choose(a.len(), b.len(), &shape.window);
            let plain = [x, y] == [0, 0];
            // Nothing of what is to come can be refused: spectra, what the plan has, the result, scaled operands.
            let scaled = if plain { 0 } else { a.len() + b.len() };
            ask((8 * blocks.len).saturating_add(shape.window.len() + scaled))?;
            if plain {
                transformed(a, b, &shape.window, &blocks, square, out)?;
            } else {
                // Powers of two are exact, so scaling costs no accuracy.
                let by = |a: &[E], e: i32| a.iter().map(|&a| scale_by_power(a, -e)).collect::<Vec<_>>();
                transformed(&by(a, x), &by(b, y), &shape.window, &blocks, square, out)?;
                out.iter_mut().for_each(|c| *c = scale_by_power(*c, x + y));
            }
            return Ok(());
        }
        if forced.is_some() {
            return Err(Error::unsupported(
                "a transform would spread the infinity or NaN over every coefficient",
            ));
        }
    }
    if out.capacity() < shape.window.len() {
        // The old memory goes when the new one is there.
        ask(shape.window.len())?;
    }
    reserve(out, shape.window.len());
    E::direct(a, b, &shape.window, out);
    Ok(())
}

/// The product in place of its first operand, from a copy of that.
///
/// # Errors
/// Those of [`floats`]; `a` is as it was then.
fn product_assign<E: Sample>(a: &mut Vec<E>, b: &[E], want: &Want) -> Result<()> {
    let mut room = scratch::take(size_of_val(a.as_slice()).div_ceil(size_of::<u64>()))?;
    let copy = &mut bytemuck::cast_slice_mut::<u64, E>(&mut room)[..a.len()];
    copy.copy_from_slice(a);
    product(copy, b, want, a)
}

/// The length of the transforms that a product takes; `None` where direct summation is faster.
pub(in crate::convolution) fn choose(complex: bool, shape: &Shape) -> Option<usize> {
    let pairs = window::pairs(shape.a, shape.b, &shape.window);
    if pairs <= tuning::FLOAT_FEW {
        return None;
    }
    let costs = costs();
    let direct = direct_cost(costs, complex, shape);
    if direct <= costs.nanoseconds(Unit::FloatFftStart) {
        return None;
    }
    let (length, transform) = transform_cost(costs, complex, shape);
    (transform < direct).then_some(length)
}

/// Those of the back end at hand.
pub(in crate::convolution) fn costs() -> &'static Costs {
    Costs::of(backend().unwrap_or(tuning::REFERENCE))
}

/// Nanoseconds by direct summation.
pub(in crate::convolution) fn direct_cost(costs: &Costs, complex: bool, shape: &Shape) -> f64 {
    let (block, pair) = if complex { (8, Unit::FloatComplexPair) } else { (16, Unit::FloatPair) };
    // At both ends of `b` half of a block is multiplied by zeros.
    let zeros = (block * shape.window.len()) as f64 / 2.0;
    let pairs = window::pairs(shape.a, shape.b, &shape.window) as f64 + zeros;
    costs.nanoseconds(Unit::FloatStart) + pairs * costs.nanoseconds(pair)
}

/// The length of the transforms that a product takes, and its time in nanoseconds.
pub(in crate::convolution) fn transform_cost(costs: &Costs, complex: bool, shape: &Shape) -> (usize, f64) {
    if shape.window.is_empty() {
        return (1, 0.0);
    }
    let blocks = Blocks::choose(shape.a.max(shape.b), shape.a.min(shape.b), &shape.window);
    let point = if complex { Unit::FloatFftComplexPoint } else { Unit::FloatFftPoint };
    let start = costs.nanoseconds(Unit::FloatFftStart);
    (blocks.len, start + costs.nanoseconds(point) * blocks.points(shape.square))
}

/// The sums of the absolute values of both operands; infinite or NaN where one of them is.
struct Totals<'a, E>([&'a [E]; 2]);

impl<E: Sample> Vectorise for Totals<'_, E> {
    type Output = [E; 2];

    #[inline(always)]
    fn run(self) -> [E; 2] {
        let mut totals = [E::zero(); 2];
        for (total, sequence) in totals.iter_mut().zip(self.0) {
            let mut sums = [E::zero(); 8];
            let (rows, rest) = sequence.as_chunks::<8>();
            for row in rows {
                sums.iter_mut().zip(row).for_each(|(sum, &x)| *sum = *sum + x.absolute());
            }
            for half in [4, 2, 1] {
                for l in 0..half {
                    sums[l] = sums[l] + sums[l + half];
                }
            }
            *total = rest.iter().fold(sums[0], |total, x| total + x.absolute());
        }
        totals
    }
}

/// Whether sums of products stay inside of the range without a look at every exponent: an operand is 0, or its largest number is of moderate size.
fn are_plain<E: Sample>(operands: [&[E]; 2]) -> bool {
    let quarter = E::Real::max_value().sqrt().sqrt();
    vectorised(Totals(operands)).into_iter().zip(operands).all(|(total, operand)| {
        let total = total.magnitude();
        let len = E::Real::from_usize(operand.len()).expect("a length is a number");
        total.is_zero() || (total < quarter && total > len / quarter)
    })
}

/// The binary exponent of the largest magnitude where a sum of products with others like it could leave the range, 0 elsewhere; `None` where something is not
/// finite.
fn exponent<E: Sample>(a: &[E]) -> Option<i32> {
    let mut max = E::Real::zero();
    for x in a {
        let magnitude = x.magnitude();
        if !magnitude.is_finite() {
            return None;
        }
        max = max.max(magnitude);
    }
    let quarter = E::Real::max_value().sqrt().sqrt();
    let is_plain = max.is_zero() || max < quarter && max > quarter.recip();
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
        if window.len() <= 3 * n {
            return whole;
        }
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

/// The product by transforms, of plain magnitudes.
fn transformed<E: Sample>(
    a: &[E],
    b: &[E],
    window: &Range<usize>,
    blocks: &Blocks,
    square: bool,
    out: &mut Vec<E>,
) -> Result<()> {
    let len = blocks.len / E::FOLD;
    E::with_plan(len, |plan| {
        let words = (2 * len + plan.scratch_len()) * size_of::<Complex<E::Real>>() / size_of::<u64>();
        let mut room = scratch::take(words)?;
        let points = bytemuck::cast_slice_mut(&mut room);
        reserve(out, window.len());
        vectorised(Transformed { plan, points, a, b, window, blocks, square, out });
        Ok(())
    })
}

/// Empties a vector and makes it long enough.
fn reserve<E>(out: &mut Vec<E>, len: usize) {
    out.clear();
    if out.capacity() < len {
        *out = Vec::with_capacity(len);
        pages::large(out);
    }
}

/// A product by transforms, with its points and their scratch.
struct Transformed<'a, E: Sample> {
    plan: &'a Plan<E::Real>,
    points: &'a mut [Complex<E::Real>],
    a: &'a [E],
    b: &'a [E],
    window: &'a Range<usize>,
    blocks: &'a Blocks,
    square: bool,
    out: &'a mut Vec<E>,
}

impl<E: Sample> Vectorise for Transformed<'_, E> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Transformed { plan, points, a, b, window, blocks, square, out } = self;
        let (len, weights) = (plan.len(), plan.weights());
        let factor = E::Real::from_usize(len).expect("a length is a number").recip();
        let (points, scratch) = points.split_at_mut(2 * len);
        let (first, second) = points.split_at_mut(len);
        E::lay(b, weights, second);
        if blocks.count == 1 && !square {
            E::lay(a, weights, first);
            plan.forward(points, scratch);
            let (first, second) = points.split_at_mut(len);
            pointwise(first, second);
            plan.backward(first, scratch);
            return E::take(first, weights, factor, window.clone(), out);
        }
        plan.forward(second, scratch);
        if blocks.count == 1 {
            second.iter_mut().for_each(|y| *y = *y * *y);
            plan.backward(second, scratch);
            return E::take(second, weights, factor, window.clone(), out);
        }
        for start in window.clone().step_by(blocks.step) {
            // Outputs start..end need a[start - (b.len() - 1) .. end]; what is wrapped falls on outputs before them.
            let end = (start + blocks.step).min(window.end);
            let from = (start + 1).saturating_sub(b.len()).min(a.len());
            E::lay(&a[from..end.min(a.len())], weights, first);
            plan.forward(first, scratch);
            pointwise(first, second);
            plan.backward(first, scratch);
            E::take(first, weights, factor, start - from..end - from, out);
        }
    }
}

#[inline(always)]
fn pointwise<T: FftNum>(x: &mut [Complex<T>], y: &[Complex<T>]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x = *x * *y);
}

/// `x * 2^e`, in steps that stay inside the range of the powers.
fn scale_by_power<E: Sample>(x: E, e: i32) -> E {
    let two = E::Real::one() + E::Real::one();
    let third = e / 3;
    x.scale(two.powi(third)).scale(two.powi(third)).scale(two.powi(e - 2 * third))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Uniform in -1..1, from a fixed seed.
    pub(in super::super) fn random(seed: u64) -> impl FnMut() -> f64 {
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
