//! Sums of products, direct: a window in plain floats, and one output of numbers of any magnitude.
//!
//! They stand apart because their errors are relative to every output by themselves: terms are not negative, so a sum
//! with `n` additions on the way of a term is within `(1 + u)^n`. Sums run in blocks of about the square root of
//! their length, so that this way is short. (N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2002, 4.2.)

use super::scaled::{UNIT, View, ZERO, normal, power_of_two};

/// Outputs side by side.
const LANES: usize = 16;

/// Terms a block for sums of so many.
fn block(terms: usize) -> usize {
    terms.isqrt().max(8)
}

/// The bound for [`direct`]: a product, the additions inside a block, and those of blocks.
pub(super) fn direct_error(terms: usize) -> f64 {
    let block = block(terms);
    let roundings = (1 + block.min(terms) + terms.div_ceil(block)) as f64;
    1.001 * roundings * UNIT
}

/// `out[k] = sum of a[i]*b[k + i]`: the first factor is reversed. `b` has at least `a.len() + out.len() - 1` entries,
/// and all that the last vector of outputs reads.
#[inline(always)]
pub(super) fn direct(a: &[f64], b: &[f64], out: &mut [f64]) {
    let block = block(a.len());
    let (whole, rest) = out.as_chunks_mut::<LANES>();
    let mut at = 0;
    for out in whole {
        *out = lanes(a, &b[at..], block);
        at += LANES;
    }
    if !rest.is_empty() {
        rest.copy_from_slice(&lanes(a, &b[at..], block)[..rest.len()]);
    }
}

/// How many entries of `b` a window of so many outputs reads.
pub(super) fn direct_reads(terms: usize, outputs: usize) -> usize {
    terms + outputs.next_multiple_of(LANES)
}

#[inline(always)]
fn lanes(a: &[f64], b: &[f64], block: usize) -> [f64; LANES] {
    let mut total = [0.0; LANES];
    for (a, start) in a.chunks(block).zip((0..).step_by(block)) {
        let mut sum = [0.0; LANES];
        for (i, &a) in (start..).zip(a) {
            let b: &[f64; LANES] = b[i..].first_chunk().expect("as many entries as are read");
            for (sum, b) in sum.iter_mut().zip(b) {
                *sum += a * b;
            }
        }
        for (total, sum) in total.iter_mut().zip(sum) {
            *total += sum;
        }
    }
    total
}

/// Partial sums of an output.
const WIDTH: usize = 8;

/// The bound for [`output`]: a product, the additions inside a block, those of blocks, and the last ones: at most seven entries beside
/// the vectors, and the partial sums.
pub(super) fn output_error(terms: usize) -> f64 {
    let vectors = terms / WIDTH;
    let block = block(vectors);
    let roundings = (1 + block.min(vectors) + vectors.div_ceil(block) + 1 + WIDTH) as f64;
    1.001 * roundings * UNIT
}

/// The sum of `a[i]*b[i]`, the second factor reversed already, over numbers of any magnitude.
///
/// Terms below `2^-1000` of the largest are left out: fewer than `2^-900` of the sum.
#[inline(always)]
pub(super) fn output(a: View<'_>, b: View<'_>) -> (f64, i32) {
    let mut most = 2 * ZERO;
    for (&x, &y) in a.e.iter().zip(b.e) {
        most = most.max(x + y);
    }
    if most <= ZERO + super::scaled::MAX_EXPONENT {
        return (0.0, ZERO);
    }
    let term = |x: f64, y: f64, e: i32| {
        // The sentinels of two zeros add up to the smallest integer.
        let e = e.max(most - 1001) - most;
        let power = f64::from_bits(if e < -1000 { 0 } else { ((e + 1023) as u64) << 52 });
        x * y * power
    };
    let mut totals = [0.0; WIDTH];
    let (am, at) = a.m.as_chunks::<WIDTH>();
    let (bm, bt) = b.m.as_chunks::<WIDTH>();
    let (ae, aet) = a.e.as_chunks::<WIDTH>();
    let (be, bet) = b.e.as_chunks::<WIDTH>();
    let block = block(am.len());
    for (((am, bm), ae), be) in
        am.chunks(block).zip(bm.chunks(block)).zip(ae.chunks(block)).zip(be.chunks(block))
    {
        let mut sums = [0.0; WIDTH];
        for (((am, bm), ae), be) in am.iter().zip(bm).zip(ae).zip(be) {
            for s in 0..WIDTH {
                sums[s] += term(am[s], bm[s], ae[s] + be[s]);
            }
        }
        for (total, sum) in totals.iter_mut().zip(sums) {
            *total += sum;
        }
    }
    for (((total, x), y), (e, f)) in totals.iter_mut().zip(at).zip(bt).zip(aet.iter().zip(bet)) {
        *total += term(*x, *y, e + f);
    }
    let (m, e) = normal(totals.iter().sum());
    (m, e + most)
}

/// The Euclidean norm, at least.
#[inline(always)]
pub(super) fn norm_above(a: &[f64]) -> f64 {
    let (whole, rest) = a.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for a in whole {
        for (sum, a) in sums.iter_mut().zip(a) {
            *sum += a * a;
        }
    }
    let sum: f64 = sums.iter().sum::<f64>() + rest.iter().map(|a| a * a).sum::<f64>();
    // Fewer than 2^22 roundings, and squares that underflow are below 2^-1000 together.
    (sum * (1.0 + 2f64.powi(-30)) + power_of_two(-990)).sqrt() * (1.0 + 2f64.powi(-50))
}
