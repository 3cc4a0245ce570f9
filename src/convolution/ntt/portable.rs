//! [`Portable`]: the transforms in plain 64-bit arithmetic, the reference for every other back end.
//!
//! Radix-4 passes, depth first beyond the first-level cache, no bit reversal: decimation by moduli
//! `x^M - w^2 = (x^(M/2) - w)(x^(M/2) + w)`. A prime below 2^49 leaves 15 bits of a word free, which decides the
//! shape of both directions:
//!
//! - forward, `(x + w*y, x - w*y + 2p)` with `w*y` in `0..2p` whatever `y` is: a layer adds `2p` to the bound,
//!   so all 28 layers pass without one reduction;
//! - inverse, `(x + y, (y - x + bound) * -1/w)`: sums double, products fall back to `2p`. Only the first of the
//!   four outputs of a pass is a plain sum; it is reduced every sixth or seventh pass.
//!
//! # Source
//! D. Harvey (2014), as in [`prime`](super::prime); the bounds are wider here than there because the primes are
//! shorter than the word.

use super::{
    Kernel,
    prime::{Prime, Twiddle},
};

/// Points that stay in the first-level cache.
const CACHE: usize = 4096;

/// The bound of inverse values, in units of p: 2^14 * 2^49 = 2^63.
const INVERSE_BOUND: u64 = 1 << 14;

/// Plain 64-bit arithmetic.
pub(super) struct Portable;

impl Kernel for Portable {
    fn forward(&self, prime: &Prime, data: &mut [u64], block: usize, filled: usize) {
        data[filled..].fill(0);
        debug_assert!(data.iter().all(|&x| x < 4 * prime.p()), "operands below 4p");
        let table = prime.table((block + 1) * data.len() / 2);
        forward(prime, &table, data, block);
        debug_assert!(data.iter().all(|&x| x < 60 * prime.p()), "2p a layer");
    }

    fn inverse(&self, prime: &Prime, data: &mut [u64], block: usize) {
        debug_assert!(data.iter().all(|&x| x < 4 * prime.p()), "operands below 4p");
        let table = prime.table((block + 1) * data.len() / 2);
        let bound = inverse(prime, &table, data, block);
        debug_assert!(data.iter().all(|&x| x < bound * prime.p()), "the bound of the last pass");
    }

    fn pointwise(&self, prime: &Prime, a: &mut [u64], b: &[u64]) {
        for (a, &b) in a.iter_mut().zip(b) {
            // Both below 60p < 2^55, so the high word is below 2^46, and the quotient below 2p.
            *a = prime.montgomery(u128::from(*a) * u128::from(b));
        }
    }

    fn square(&self, prime: &Prime, a: &mut [u64]) {
        for a in a {
            *a = prime.montgomery(u128::from(*a) * u128::from(*a));
        }
    }

    fn unfactor(&self, prime: &Prime) -> u64 {
        // Montgomery's reduction divides by 2^64.
        prime.power_of_two(64)
    }
}

fn quarters(data: &mut [u64]) -> (&mut [u64], &mut [u64], &mut [u64], &mut [u64]) {
    let quarter = data.len() / 4;
    let (low, high) = data.split_at_mut(2 * quarter);
    let (a, b) = low.split_at_mut(quarter);
    let (c, d) = high.split_at_mut(quarter);
    (a, b, c, d)
}

fn forward(prime: &Prime, table: &[Twiddle], data: &mut [u64], block: usize) {
    if data.len() > CACHE {
        forward_pass(prime, table, data, block);
        let quarter = data.len() / 4;
        for (k, part) in data.chunks_exact_mut(quarter).enumerate() {
            forward(prime, table, part, 4 * block + k);
        }
        return;
    }
    let (mut size, mut first) = (data.len(), block);
    while size > 4 {
        for (k, part) in data.chunks_exact_mut(size).enumerate() {
            forward_pass(prime, table, part, first + k);
        }
        size /= 4;
        first *= 4;
    }
    if size == 4 {
        for (k, x) in data.chunks_exact_mut(4).enumerate() {
            let j = first + k;
            let (w, v) = (prime.root(table, j), prime.root(table, 2 * j));
            let u = prime.root(table, 2 * j + 1);
            (x[0], x[1], x[2], x[3]) = forward_four(prime, x[0], x[1], x[2], x[3], w, v, u);
        }
    } else if size == 2 {
        for (k, x) in data.chunks_exact_mut(2).enumerate() {
            let y = prime.mul(x[1], prime.root(table, first + k));
            (x[0], x[1]) = (x[0] + y, x[0] + 2 * prime.p() - y);
        }
    }
}

#[inline]
fn forward_pass(prime: &Prime, table: &[Twiddle], data: &mut [u64], j: usize) {
    let (w, v) = (prime.root(table, j), prime.root(table, 2 * j));
    let u = prime.root(table, 2 * j + 1);
    let (a, b, c, d) = quarters(data);
    for (((a, b), c), d) in a.iter_mut().zip(b).zip(c).zip(d) {
        (*a, *b, *c, *d) = forward_four(prime, *a, *b, *c, *d, w, v, u);
    }
}

/// Two layers on four points: `w` for the first, `v` and `u` for the halves of the second.
#[inline(always)]
#[allow(clippy::too_many_arguments)]
fn forward_four(
    prime: &Prime,
    a: u64,
    b: u64,
    c: u64,
    d: u64,
    w: Twiddle,
    v: Twiddle,
    u: Twiddle,
) -> (u64, u64, u64, u64) {
    let offset = 2 * prime.p();
    let (c, d) = (prime.mul(c, w), prime.mul(d, w));
    let (a, c) = (a + c, a + offset - c);
    let (b, d) = (prime.mul(b + d, v), prime.mul(b + offset - d, u));
    (a + b, a + offset - b, c + d, c + offset - d)
}

/// Returns the bound of the values, in units of p.
fn inverse(prime: &Prime, table: &[Twiddle], data: &mut [u64], block: usize) -> u64 {
    if data.len() > CACHE {
        let quarter = data.len() / 4;
        let mut bound = 0;
        for (k, part) in data.chunks_exact_mut(quarter).enumerate() {
            bound = inverse(prime, table, part, 4 * block + k);
        }
        return inverse_pass(prime, table, data, block, bound);
    }
    let mut bound = 4;
    // An odd layer stands at the bottom, as in the forward direction.
    let mut size = if data.len().trailing_zeros() % 2 == 1 { 2 } else { 1 };
    if size == 2 {
        let first = block * (data.len() / 2);
        for (k, x) in data.chunks_exact_mut(2).enumerate() {
            let w = prime.negative_inverse_root(table, first + k);
            (x[0], x[1]) = (x[0] + x[1], prime.mul(x[1] + 4 * prime.p() - x[0], w));
        }
        bound = 8;
    }
    while size < data.len() {
        size *= 4;
        let first = block * (data.len() / size);
        if size == 4 {
            for (k, x) in data.chunks_exact_mut(4).enumerate() {
                let roots = inverse_roots(prime, table, first + k);
                (x[0], x[1], x[2], x[3]) = inverse_four(prime, x[0], x[1], x[2], x[3], roots, bound);
            }
            bound *= 4;
        } else {
            let mut next = bound;
            for (k, part) in data.chunks_exact_mut(size).enumerate() {
                next = inverse_pass(prime, table, part, first + k, bound);
            }
            bound = next;
        }
    }
    bound
}

#[inline(always)]
fn inverse_roots(prime: &Prime, table: &[Twiddle], j: usize) -> [Twiddle; 3] {
    let root = |j| prime.negative_inverse_root(table, j);
    [root(j), root(2 * j), root(2 * j + 1)]
}

/// Undoes [`forward_pass`], times four. Returns the new bound.
#[inline]
fn inverse_pass(prime: &Prime, table: &[Twiddle], data: &mut [u64], j: usize, bound: u64) -> u64 {
    let roots = inverse_roots(prime, table, j);
    let (a, b, c, d) = quarters(data);
    let points = a.iter_mut().zip(b).zip(c).zip(d);
    if 4 * bound <= INVERSE_BOUND {
        for (((a, b), c), d) in points {
            (*a, *b, *c, *d) = inverse_four(prime, *a, *b, *c, *d, roots, bound);
        }
        4 * bound
    } else {
        for (((a, b), c), d) in points {
            let x = [*a, *b, *c, *d].map(|x| prime.reduce(x));
            (*a, *b, *c, *d) = inverse_four(prime, x[0], x[1], x[2], x[3], roots, 2);
        }
        8
    }
}

/// Two layers back, for values below `bound * p`; the first output is below `4 * bound * p`.
#[inline(always)]
fn inverse_four(
    prime: &Prime,
    a: u64,
    b: u64,
    c: u64,
    d: u64,
    [w, v, u]: [Twiddle; 3],
    bound: u64,
) -> (u64, u64, u64, u64) {
    let p = prime.p();
    debug_assert!([a, b, c, d].iter().all(|&x| x < bound * p), "lazy values below {bound} p");
    let offset = bound * p;
    let (a, b) = (a + b, prime.mul(b + offset - a, v));
    let (c, d) = (c + d, prime.mul(d + offset - c, u));
    (a + c, b + d, prime.mul(c + 2 * offset - a, w), prime.mul(d + 2 * p - b, w))
}
