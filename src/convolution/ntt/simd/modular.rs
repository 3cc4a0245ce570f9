//! [`Modulo`]: results modulo `n` from residues, eight at a time: `sum s_i * w_i - Q*n` in digits of 52 bits.
//!
//! The weights and the quotient `Q`, which leaves `0..2n`, are those of [`crt`](crate::convolution::crt); a subtraction that
//! is undone without a branch makes the result canonical. Modulo 2^64 nothing is reduced.

use super::{
    arithmetic::Arithmetic,
    convert::GROUP,
    ifma::MASK,
    lane::{IntegerLane, Task},
    reconstruct::{Term, emit, emit_many, many_shares, room, shares, sums},
};
use crate::convolution::{
    crt::{Crt, Modular},
    scratch,
};

/// What [`Kernel::modular`](crate::convolution::ntt::Kernel::modular) computes.
pub(super) struct Modulo<'a> {
    pub(super) crt: &'a Crt,
    pub(super) modular: &'a Modular,
    pub(super) residues: &'a [&'a [u64]],
    pub(super) first: usize,
    pub(super) out: &'a mut [u64],
}

impl Task for Modulo<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        A::modular(lane, self);
    }
}

/// Rows of residues.
#[inline(always)]
pub(super) fn modular<L: IntegerLane>(lane: L, modulo: Modulo<'_>) {
    match (modulo.crt.len(), modulo.modular.digits().count) {
        (1, 1) => some_primes::<L, 1, 1>(lane, modulo),
        (2, 1) => some_primes::<L, 2, 1>(lane, modulo),
        (3, 1) => some_primes::<L, 3, 1>(lane, modulo),
        (1, 2) => some_primes::<L, 1, 2>(lane, modulo),
        (2, 2) => some_primes::<L, 2, 2>(lane, modulo),
        (3, 2) => some_primes::<L, 3, 2>(lane, modulo),
        (4, 2) => some_primes::<L, 4, 2>(lane, modulo),
        _ => many_primes(lane, modulo),
    }
}

/// One share times the digits of a weight.
#[inline(always)]
fn add_term<L: IntegerLane, const D: usize>(lane: L, sums: &mut [L::V; D], s: L::V, weight: &[L::V; D]) {
    for k in 0..D {
        sums[k] = lane.low(sums[k], s, weight[k]);
        if k + 1 < D {
            sums[k + 1] = lane.high(sums[k + 1], s, weight[k]);
        }
    }
}

/// Digits below 2^52 of sums; returns what is carried out of the last one.
#[inline(always)]
fn carried<L: IntegerLane, const D: usize>(lane: L, sums: &mut [L::V; D]) -> L::V {
    let mut carry = lane.splat(0);
    for sum in sums {
        let total = lane.add(*sum, carry);
        carry = lane.shift_right::<52>(total);
        *sum = lane.and(total, lane.splat(MASK));
    }
    carry
}

/// `b` where the carry is 1, `a` where it is 0.
#[inline(always)]
fn select<L: IntegerLane>(lane: L, a: L::V, b: L::V, carry: L::V) -> L::V {
    let all = lane.sub(lane.splat(0), carry);
    lane.xor(a, lane.and(lane.xor(a, b), all))
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn some_primes<L: IntegerLane, const N: usize, const D: usize>(
    lane: L,
    Modulo { crt, modular, residues, first, out }: Modulo<'_>,
) {
    let terms = std::array::from_fn(|i| Term::new(lane, &crt.basis.primes()[i], crt.factor(i)));
    let residues: &[&[u64]; N] = residues.try_into().expect("as many as primes");
    let table = modular.digits();
    let weight =
        |i: usize| -> [L::V; D] { std::array::from_fn(|k| lane.splat(table.rows[i * table.stride + 1 + k])) };
    let weights: [[L::V; D]; N] = std::array::from_fn(weight);
    let (last, negative) = (weight(N), weight(N + 1));
    let fraction = |i: usize| lane.splat(modular.fractions().0[i]);
    let fractions: [L::V; N] = std::array::from_fn(fraction);
    let last_fraction = fraction(N);
    let (wrapping, width) = (modular.is_wrapping(), modular.width());
    for (g, out) in out.chunks_mut(GROUP * width).enumerate() {
        let (s, alpha) = shares(lane, &terms, residues, first + GROUP * g, out.len() / width);
        let mut r = [lane.splat(0); D];
        for i in 0..N {
            add_term(lane, &mut r, s[i], &weights[i]);
        }
        add_term(lane, &mut r, alpha, &last);
        if wrapping {
            carried(lane, &mut r);
        } else {
            let mut low = lane.low(lane.splat(0), alpha, last_fraction);
            let mut high = lane.high(lane.splat(0), alpha, last_fraction);
            for i in 0..N {
                low = lane.low(low, s[i], fractions[i]);
                high = lane.high(high, s[i], fractions[i]);
            }
            let quotient = lane.add(high, lane.shift_right::<52>(low));
            add_term(lane, &mut r, quotient, &negative);
            carried(lane, &mut r);
            let mut less = r;
            for k in 0..D {
                less[k] = lane.add(less[k], negative[k]);
            }
            let carry = carried(lane, &mut less);
            for k in 0..D {
                r[k] = select(lane, r[k], less[k], carry);
            }
        }
        // Residues leave the top bit of their digits free; 2^64 has 104 bits for them.
        emit(lane, r, width, out);
    }
}

#[inline(always)]
fn many_primes<L: IntegerLane>(lane: L, Modulo { crt, modular, residues, first, out }: Modulo<'_>) {
    let table = modular.digits();
    let (count, width, terms) = (table.count, modular.width(), crt.len() + 1);
    let (high_fractions, low_fractions) = modular.fractions();
    // After the shares, the two digits of the quotient.
    let room = room(count, width);
    let mut words = scratch::list(GROUP * (terms + 2 + room + count));
    let (shares, rest) = words.as_chunks_mut().0.split_at_mut(terms + 2);
    let (digits, less) = rest.split_at_mut(room);
    let zero = lane.splat(0);
    for (g, out) in out.chunks_mut(GROUP * width).enumerate() {
        many_shares(lane, crt, residues, first + GROUP * g, out.len() / width, shares);
        let (mut low, mut middle, mut high) = (zero, zero, zero);
        for (i, share) in shares[..terms].iter().enumerate() {
            let s = lane.load(share);
            let (f1, f0) = (lane.splat(high_fractions[i]), lane.splat(low_fractions[i]));
            low = lane.high(low, s, f0);
            middle = lane.low(middle, s, f1);
            high = lane.high(high, s, f1);
        }
        let below = lane.add(low, middle);
        let quotient = lane.add(high, lane.shift_right::<52>(below));
        let kept = if modular.is_wrapping() { zero } else { lane.splat(u64::MAX) };
        let quotient = lane.and(quotient, kept);
        lane.store(&mut shares[terms], lane.and(quotient, lane.splat(MASK)));
        lane.store(&mut shares[terms + 1], lane.shift_right::<52>(quotient));
        sums(lane, shares, (&table.rows, table.stride), count, digits);
        // Less n, where that does not go below 0.
        let negative = &table.rows[terms * table.stride + 1..][..count];
        let mut carry = zero;
        for ((less, digit), &n) in less.iter_mut().zip(&*digits).zip(negative) {
            let sum = lane.add(lane.add(lane.load(digit), lane.splat(n)), carry);
            carry = lane.shift_right::<52>(sum);
            lane.store(less, lane.and(sum, lane.splat(MASK)));
        }
        let carry = lane.and(carry, kept);
        for (digit, less) in digits.iter_mut().zip(&*less).take(count) {
            let kept = select(lane, lane.load(digit), lane.load(less), carry);
            lane.store(digit, kept);
        }
        emit_many(lane, digits, count, width, out);
    }
}
