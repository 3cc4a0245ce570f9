//! Exact products of integers by a floating-point transform whose rounding error is proved below 1/4.
//!
//! It stands apart from [`approximate`](super::approximate), which promises an error and not its absence; that one
//! may use any library's transform, this one only [`transform`], whose operations are known one by one.
//!
//! # Method
//! A real polynomial `f` modulo `x^N + 1`, `N = 2M`, is the complex polynomial `sum of (f[j] + i*f[j+M])*x^j` modulo
//! `x^M - i`, because `x^N + 1 = (x^M - i)(x^M + i)` and the second factor only repeats conjugates. So a real
//! product costs transforms of half its length, packing is the identity on memory, and no recombination adds
//! errors of its own. Coefficients `k` and `k + N` fall together with opposite signs; windows and blocks are
//! chosen so that this happens outside of what is wanted. Coefficients that are too large for the bound are cut
//! into `s` balanced pieces of `w` bits: the transforms of the pieces are multiplied and summed as polynomials in
//! `2^w`.
//!
//! # The bound
//! Let `u = 2^-53`, `M = 2^L`, and norms be Euclidean. (After R. P. Brent, C. Percival and P. Zimmermann, Error bounds
//! on complex floating-point multiplication, Math. Comp. 76, 2007, theorem 5.1, and C. Percival, Rapid multiplication
//! modulo the sum and difference of highly composite numbers, Math. Comp. 72, 2003; adapted to this graph.)
//!
//! 1. A sum of complex numbers is off by a factor `1 + d`, `|d| <= u`; a product, two real products and one sum a
//!    component and no fused operation, by `|d| < sqrt(5)*u` (Brent, Percival, Zimmermann, theorem 1).
//! 2. A twiddle of size 1 whose components are within `2^-54 + 2^-108` is off by at most
//!    `sqrt(2)*(2^-54 + 2^-108) < 0.7072*u`.
//! 3. *Forward.* One layer maps `(lo, hi)` to `(lo + t, lo - t)`, `t = r*hi`, which is `sqrt(2)` times a unitary map. The
//!    computed `t` is off by at most `e*|t|` with `1 + e = (1 + sqrt(5)*u)*(1 + 0.7072*u)`, so both sums together are off by
//!    at most `sqrt(2)*e*|t|` before their own rounding, and the layer is off by at most `E - 1` times the norm of its
//!    exact result, `E = (1 + u)*(1 + e)`. After `L` layers the values are off by at most `(E^L - 1)*||A||` where `A` are
//!    the exact values, `||A|| = sqrt(M)*||a||`: the packed coefficients have the norm of the real ones.
//! 4. *Products.* By Cauchy and Schwarz the sum over all points of the errors of `A*B` is at most
//!    `||A||*||B||*(E^2L * (1 + sqrt(5)*u) - 1)`, and the sum of the sizes of the computed products at most
//!    `||A||*||B||*E^2L*(1 + sqrt(5)*u)`. Where `s` such products are added, each is off by up to `s - 1` more factors
//!    `1 + u`, and the bounds add up to `s` times that.
//! 5. *Inverse.* An output is a sum over all values, each reaching it on one path of `L` layers, with a coefficient of
//!    size 1; on each layer a path meets one sum and at most one product with a twiddle. So an output is off by at
//!    most `E^L - 1` times the sum of the sizes of the values. With 4, and divided by `M` (a power of two: exact),
//!
//!    `|error| <= s*||a||*||b||*(E^3L * (1 + sqrt(5)*u) * (1 + u)^(s-1) - 1)`.
//!
//! 6. With `x = (3*3.9433*L + sqrt(5) + s - 1)*u < 2^-40` the bracket is at most `e^x - 1 < x*(1 + x)`, below
//!    `(12*L + 2 + s)*u`; what is left over, more than `0.7*u`, covers results below the normal range of `f64`: each
//!    operation loses at most `2^-1074` there, and fewer than `2^40` operations with factors of size at most `2^90`
//!    follow it. Nothing overflows: every value is below `2^51*M`.
//! 7. `||a|| <= max|a[i]| * sqrt(m)`. Hence with `P` and `Q` the largest sizes of the pieces, the error is below 1/4 if
//!
//!    `(s*(12*L + 2 + s)*P*Q)^2 * m*n < 2^102`,
//!
//!    which [`proved`] evaluates in integers. The result is the nearest integer, with a margin of another 1/4.
//!
//! # What it does not do
//! Products whose coefficients may leave an `i64`, or that would need more than five pieces or a transform of more than
//! 2^21 real points: they are refused. On targets whose `f64` operations are not rounded to double precision (x87) the
//! proof says nothing.

use super::{transform, twiddle};
use crate::convolution::{Algorithm, ROUND, Vectorise, Want, scratch, vectorised, window};
use crate::{Error, Result, integer::WordModulus, limit};
use std::{fmt, ops::Range};

/// Coefficients are cut into at most this many pieces.
const MAX_PIECES: usize = 5;

/// Whether the rounding error of one transform product is proved to be below 1/4.
///
/// For coefficients of at most `max_a` and `max_b` in absolute value, `len_a` and `len_b` of them, multiplied in one
/// piece each and without blocks.
///
/// # Complexity
/// A few integer operations; nothing is rounded down.
///
/// # Source
/// The module's description derives the condition.
///
/// # Examples
/// ```
/// use monic::convolution::float_fft::proved;
/// assert!(proved(1 << 13, 1 << 13, 1 << 16, 1 << 16));
/// assert!(!proved(1 << 15, 1 << 15, 1 << 16, 1 << 16));
/// ```
pub fn proved(max_a: u64, max_b: u64, len_a: usize, len_b: usize) -> bool {
    if len_a == 0 || len_b == 0 {
        return true;
    }
    let Some(layers) = layers_for(len_a.saturating_add(len_b) - 1) else { return false };
    within(layers, 1, [max_a, max_b], [len_a, len_b])
}

/// The condition of step 7 for `terms` products of pieces a point.
fn within(layers: usize, terms: usize, max: [u64; 2], len: [usize; 2]) -> bool {
    let factor = terms * (12 * layers + 2 + terms);
    if max.contains(&0) || len.contains(&0) {
        return true;
    }
    // The left side from its logarithms, of which each is less than 1 too small: that decides most plans, which have to be quick.
    let log = 2 * (factor.ilog2() + max[0].ilog2() + max[1].ilog2()) + len[0].ilog2() + len[1].ilog2();
    if log >= LEFT_BITS || log + 8 <= LEFT_BITS {
        return log < LEFT_BITS;
    }
    let condition = || {
        let left = (factor as u128).checked_mul(max[0].into())?.checked_mul(max[1].into())?;
        left.checked_mul(left)?.checked_mul(len[0] as u128)?.checked_mul(len[1] as u128)
    };
    condition().is_some_and(|left| left < 1 << LEFT_BITS)
}

/// The left side of the condition is below 2 to this power.
const LEFT_BITS: u32 = 102;

/// The layers of the smallest transform of at least `n` real points.
fn layers_for(n: usize) -> Option<usize> {
    let layers = n.checked_next_power_of_two()?.max(2).ilog2() as usize - 1;
    (layers <= twiddle::MAX_LAYERS).then_some(layers)
}

/// How an exact product is cut into transforms. `Display` writes `fft(length=.., pieces=..)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Layout {
    /// `log2` of the complex points of a transform.
    pub layers: usize,
    /// Outputs a block.
    pub step: usize,
    /// How many blocks.
    pub blocks: usize,
    /// Bits of a piece.
    pub width: u32,
    /// Pieces of a coefficient of the longer and of the shorter operand.
    pub pieces: [usize; 2],
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fft(length={}, pieces={}x{}", self.length(), self.pieces[0], self.pieces[1])?;
        if self.blocks > 1 {
            write!(f, ", block={}", self.step)?;
        }
        f.write_str(")")
    }
}

impl Layout {
    /// Real points of a transform.
    pub fn length(&self) -> usize {
        2 << self.layers
    }

    /// How many transforms, forward and back.
    pub(crate) fn transforms(&self, square: bool) -> f64 {
        let [a, b] = self.pieces;
        let forward = if square && self.blocks == 1 { a } else { self.blocks * a + b };
        (forward + self.blocks * (a + b - 1)) as f64
    }

    /// Real points times layers over all transforms, with some layers for what is done to each point besides.
    pub(crate) fn points(&self, square: bool) -> f64 {
        self.transforms(square) * self.length() as f64 * (self.layers as f64 + 3.0)
    }

    /// The cheapest layout that the proof covers, for lengths `m >= n` trimmed to the window.
    pub(crate) fn choose(max: [u64; 2], len: [usize; 2], window: &Range<usize>) -> Option<Layout> {
        let [m, n] = len;
        if window.is_empty() {
            return None;
        }
        // (layers, outputs a block): the window whole, clean of what wraps around, or blocks of a few times n.
        let clean = window.end.max(m + n - 1 - window.start);
        let block = |factor: usize| {
            let layers = layers_for(n.checked_mul(factor)?)?;
            let step = (2 << layers) - (n - 1);
            (step < window.len()).then_some((layers, step))
        };
        let whole = layers_for(clean).map(|layers| (layers, window.len()));
        let cuts = [whole, block(2), block(4), block(8), block(16)];
        let (mut least, mut best) = (f64::INFINITY, None);
        for most in 1..=MAX_PIECES {
            let bits = bits_of(max[0].max(max[1])) + 1;
            let width = bits.div_ceil(most as u32);
            let pieces = max.map(|max| ((bits_of(max) + 1).div_ceil(width)) as usize);
            let size = |max: u64, pieces: usize| match pieces {
                1 => max,
                // Low pieces are balanced; the top one takes what is left, with a carry.
                _ => (1u64 << (width - 1)).max((max >> (width as usize * (pieces - 1))) + 1),
            };
            let sizes = [size(max[0], pieces[0]), size(max[1], pieces[1])];
            for (layers, step) in cuts.into_iter().flatten() {
                let layout = Layout { layers, step, blocks: window.len().div_ceil(step), width, pieces };
                let terms = pieces[0].min(pieces[1]);
                let points = layout.points(false);
                if points < least && within(layers, terms, sizes, [m.min(2 << layers), n]) {
                    (least, best) = (points, Some(layout));
                }
            }
        }
        best
    }
}

fn bits_of(n: u64) -> u32 {
    u64::BITS - n.leading_zeros()
}

/// The product of two integer sequences by the proved transform, the coefficients that `want` asks for.
///
/// # Units
/// The result is exact, or refused.
///
/// # Errors
/// Kind unsupported when the proof does not cover the sizes, when a coefficient of the product could leave an
/// `i64`, or when `want` forces another algorithm; kind limit for a result over the limit.
///
/// # Complexity
/// `O((m+n)*log(min(m, n)))` floating-point operations times the number of pieces.
///
/// # Examples
/// ```
/// use monic::convolution::{Want, float_fft::exact_integers};
/// assert_eq!(exact_integers(&[1, 2, 3], &[-4, 5], &Want::full())?, [-4, -3, -2, 15]);
/// let error = exact_integers(&[i64::MAX], &[2], &Want::full()).unwrap_err();
/// assert_eq!(error.kind(), monic::ErrorKind::Unsupported);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn exact_integers(a: &[i64], b: &[i64], want: &Want) -> Result<Vec<i64>> {
    let operands = Operands::cut(a, b, want)?;
    let max = [operands.a, operands.b].map(|x| x.iter().map(|c| c.unsigned_abs()).max().unwrap_or(0));
    let terms = window::terms(operands.a.len(), operands.b.len(), &operands.window);
    let largest = u128::from(max[0]).checked_mul(max[1].into()).and_then(|x| x.checked_mul(terms as u128));
    if largest.is_none_or(|largest| largest >= 1 << 63) {
        return Err(Error::unsupported(format!(
            "the transform gives coefficients below 2^63; here {terms} products of {} and {} bits may be added",
            bits_of(max[0]),
            bits_of(max[1])
        )));
    }
    let layout = operands.layout(max)?;
    let mut product = vec![0; operands.window.len()];
    operands.integers(&layout, |c| c, bytemuck::cast_slice_mut(&mut product))?;
    Ok(product)
}

/// The product of two sequences of residues modulo a word by the proved transform.
///
/// Representatives closest to zero are multiplied as integers, in pieces where one would be too large: modulo
/// 998244353, for one, in two pieces up to lengths of 2^14 and in three beyond.
///
/// # Units
/// Residues in `0..n`, fully reduced, in and out.
///
/// # Errors
/// As for [`exact_integers`]; the size of the result is never a reason.
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, float_fft::exact_residues}, integer::WordModulus};
/// let n = WordModulus::new(998_244_353)?;
/// assert_eq!(exact_residues(&n, &[998_244_352, 1], &[2, 3], &Want::full())?, [998_244_351, 998_244_352, 3]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn exact_residues(n: &WordModulus, a: &[u64], b: &[u64], want: &Want) -> Result<Vec<u64>> {
    let operands = Operands::cut(a, b, want)?;
    let layout = operands.layout([largest_centred(n.modulus()); 2])?;
    let mut product = vec![0; operands.window.len()];
    operands.residues(&layout, n, &mut product)?;
    Ok(product)
}

/// [`exact_integers`] with a layout chosen before, on operands trimmed to their window; words of two's complement.
///
/// # Errors
/// Kind limit when memory is refused.
pub(in crate::convolution) fn integers_by(
    layout: &Layout,
    (a, b): (&[u64], &[u64]),
    window: Range<usize>,
    out: &mut [u64],
) -> Result<()> {
    Operands::new(a, b, window).integers(layout, |c| c as i64, out)
}

/// [`exact_residues`] with a layout chosen before, on operands trimmed to their window.
///
/// # Errors
/// Kind limit when memory is refused.
pub(in crate::convolution) fn residues_by(
    layout: &Layout,
    n: &WordModulus,
    (a, b): (&[u64], &[u64]),
    window: Range<usize>,
    out: &mut [u64],
) -> Result<()> {
    Operands::new(a, b, window).residues(layout, n, out)
}

/// The largest absolute value among the representatives closest to zero.
pub(in crate::convolution) fn largest_centred(modulus: u128) -> u64 {
    (modulus / 2) as u64
}

/// Two operands trimmed to their window, the longer one first.
struct Operands<'a, T> {
    a: &'a [T],
    b: &'a [T],
    window: Range<usize>,
    square: bool,
}

impl<'a, T: Copy> Operands<'a, T> {
    fn cut(a: &'a [T], b: &'a [T], want: &Want) -> Result<Self> {
        if let Some(other) = want.algorithm().filter(|&other| other != Algorithm::Fft) {
            return Err(Error::unsupported(format!("a product by transform cannot be done by {other:?}")));
        }
        let window = want.window(a.len(), b.len());
        limit::check(window.len() as u64, 64)?;
        let cut = window::trim(a.len(), b.len(), &window);
        Ok(Self::new(&a[cut.a], &b[cut.b], cut.window))
    }

    /// Operands that are trimmed already.
    fn new(a: &'a [T], b: &'a [T], window: Range<usize>) -> Self {
        let (a, b) = if a.len() < b.len() { (b, a) } else { (a, b) };
        Operands { square: std::ptr::eq(a, b), a, b, window }
    }

    /// The product as words of two's complement, for coefficients that are known to fit.
    fn integers(&self, layout: &Layout, read: impl Fn(T) -> i64, out: &mut [u64]) -> Result<()> {
        out.fill(0);
        self.multiply(layout, read, &mut |t, k, value| {
            // Only the sum over the pieces fits, so it is taken modulo 2^64, where it is right.
            let shift = layout.width as usize * t;
            let part = if shift < 64 { (value as u64) << shift } else { 0 };
            out[k] = out[k].wrapping_add(part);
        })
    }

    fn layout(&self, max: [u64; 2]) -> Result<Layout> {
        let len = [self.a.len(), self.b.len()];
        if self.window.is_empty() {
            // Nothing is computed, any layout will do.
            return Ok(Layout { layers: 0, step: 1, blocks: 0, width: 1, pieces: [1; 2] });
        }
        Layout::choose(max, len, &self.window).ok_or_else(|| {
            Error::unsupported(format!(
                "the rounding error is not proved below 1/4 for lengths {} and {} with coefficients of {} and {} bits",
                len[0],
                len[1],
                bits_of(max[0]),
                bits_of(max[1])
            ))
        })
    }

    /// Calls `put(t, k, c)` with output `k` of the product of pieces of weight `2^(width*t)`, ascending in `t` for
    /// each `k`.
    fn multiply(
        &self,
        layout: &Layout,
        read: impl Fn(T) -> i64,
        put: &mut impl FnMut(usize, usize, i64),
    ) -> Result<()> {
        self.observed(layout, read, put, &mut |distance| {
            debug_assert!(distance < 0.25, "a rounding error of {distance} contradicts the proof");
        })
    }

    /// As [`multiply`](Self::multiply), and `observe` sees how far each value is from the integer it is rounded to.
    fn observed(
        &self,
        layout: &Layout,
        read: impl Fn(T) -> i64,
        put: &mut impl FnMut(usize, usize, i64),
        observe: &mut impl FnMut(f64),
    ) -> Result<()> {
        if self.window.is_empty() {
            return Ok(());
        }
        let (window, length) = (&self.window, layout.length());
        let points = length / 2;
        let scale = (points as f64).recip();
        // One after the other.
        let spectra = |part: &[T], shift: usize, pieces: usize| {
            let mut words = scratch::take(pieces * length)?;
            let spectra = bytemuck::cast_slice_mut(&mut words);
            spectra.fill(0.0);
            split(part, shift, layout.width, &read, spectra, length);
            for spectrum in spectra.chunks_exact_mut(length) {
                let (re, im) = spectrum.split_at_mut(points);
                transform::forward(re, im);
            }
            Ok(words)
        };
        let short = spectra(self.b, 0, layout.pieces[1])?;
        let mut words = scratch::take(length)?;
        let product: &mut [f64] = bytemuck::cast_slice_mut(&mut words);
        let before = self.b.len() - 1;
        for start in window.clone().step_by(layout.step) {
            let end = (start + layout.step).min(window.end);
            // Where output `start` lies in the transform, and the part of the long operand that reaches the block.
            let own;
            let (at, long) = if layout.blocks == 1 {
                own = if self.square { None } else { Some(spectra(self.a, 0, layout.pieces[0])?) };
                (start, own.as_ref().unwrap_or(&short))
            } else {
                let from = start.saturating_sub(before).min(self.a.len());
                let part = &self.a[from..end.min(self.a.len())];
                own = Some(spectra(part, (before + from).saturating_sub(start), layout.pieces[0])?);
                (before, own.as_ref().unwrap_or(&short))
            };
            let [long, short] = [long, &short].map(|words| bytemuck::cast_slice::<u64, f64>(words));
            let [n, m] = [long.len() / length, short.len() / length];
            for t in 0..n + m - 1 {
                let first = t.saturating_sub(m - 1);
                for i in first..=t.min(n - 1) {
                    let (x, y) = (&long[i * length..][..length], &short[(t - i) * length..][..length]);
                    vectorised(Pointwise { a: x, b: y, out: &mut *product, add: i > first });
                }
                let (re, im) = product.split_at_mut(points);
                transform::inverse(re, im);
                for (k, &x) in product[at..at + end - start].iter().enumerate() {
                    let x = x * scale;
                    let nearest = round(x);
                    observe((x - nearest as f64).abs());
                    put(t, start - window.start + k, nearest);
                }
            }
        }
        Ok(())
    }
}

impl Operands<'_, u64> {
    fn residues(&self, layout: &Layout, n: &WordModulus, out: &mut [u64]) -> Result<()> {
        let two = n.reduce(2);
        let power: [u64; 2 * MAX_PIECES] =
            std::array::from_fn(|t| n.pow(two, u64::from(layout.width) * t as u64));
        // Modulo 2^64 the representative 2^63 is one too many for an i64; its class holds -2^63 as well.
        let centred = |c: u64| n.centred(c) as i64;
        self.multiply(layout, centred, &mut |t, k, value| {
            let value = n.reduce_i64(value);
            out[k] = if t == 0 { value } else { n.mul_add(value, power[t], out[k]) };
        })
    }
}

/// `out (+)= a*b`, point by point, real parts in the first half.
struct Pointwise<'a> {
    a: &'a [f64],
    b: &'a [f64],
    out: &'a mut [f64],
    add: bool,
}

impl Vectorise for Pointwise<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Pointwise { a, b, out, add } = self;
        let points = out.len() / 2;
        let ((ar, ai), (br, bi)) = (a.split_at(points), b.split_at(points));
        let (or, oi) = out.split_at_mut(points);
        let each = or.iter_mut().zip(oi).zip(ar).zip(ai).zip(br).zip(bi);
        let product = |ar: f64, ai: f64, br: f64, bi: f64| (ar * br - ai * bi, ar * bi + ai * br);
        if add {
            for (((((or, oi), &ar), &ai), &br), &bi) in each {
                let (re, im) = product(ar, ai, br, bi);
                (*or, *oi) = (*or + re, *oi + im);
            }
        } else {
            for (((((or, oi), &ar), &ai), &br), &bi) in each {
                (*or, *oi) = product(ar, ai, br, bi);
            }
        }
    }
}

/// The nearest integer of a number below `2^51` in size.
fn round(x: f64) -> i64 {
    // With its units in the last place; the two patterns differ by the integer.
    (x + ROUND).to_bits() as i64 - ROUND.to_bits() as i64
}

/// Writes the balanced pieces of `width` bits of each coefficient to `out`, which has `length` places for each: to `shift + index`
/// among those of the piece.
fn split<T: Copy>(
    part: &[T],
    shift: usize,
    width: u32,
    read: impl Fn(T) -> i64,
    out: &mut [f64],
    length: usize,
) {
    let (low, top) = out.split_at_mut(out.len() - length);
    for (k, &c) in part.iter().enumerate() {
        let mut rest = read(c);
        for piece in low.chunks_exact_mut(length) {
            let digit = rest << (64 - width) >> (64 - width);
            // The remainder of at most 2^63 in size less a digit may leave an i64 by one bit: halve first.
            rest = (rest >> width) + i64::from(digit < 0);
            piece[shift + k] = digit as f64;
        }
        top[shift + k] = rest as f64;
    }
}

#[cfg(test)]
mod tests;
