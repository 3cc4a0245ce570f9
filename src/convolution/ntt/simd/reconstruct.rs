//! [`Rows`]: explicit Chinese remaindering, eight integers at a time: `X = sum s_i*(M/p_i) - alpha*M` in digits of 52 bits.
//!
//! The sums and their exactness are those of [`crt`](crate::convolution::crt). Here a product with a digit is a low and
//! a high half, added to neighbouring digits: at most 518 of them below 2^52 and one carry pass from digit to digit.
//! `alpha` is one more term, with `-M` in two's complement. As many digits as hold `M` hold every result and its sign; a wider
//! row continues with the sign.
//!
//! For up to twelve primes shares and sums stay in registers. Beyond, the shares stand in memory and digits are taken eight at a
//! time.

use super::{
    arithmetic::{Arithmetic, Factor},
    convert::GROUP,
    ifma::MASK,
    lane::{IntegerLane, Task},
};
use crate::convolution::{
    crt::{Crt, TILE},
    ntt::prime::{Prime, Twiddle},
    scratch,
};

/// What [`Kernel::rows`](crate::convolution::ntt::Kernel::rows) computes.
pub(super) struct Rows<'a> {
    pub(super) crt: &'a Crt,
    pub(super) residues: &'a [&'a [u64]],
    pub(super) first: usize,
    pub(super) width: usize,
    pub(super) out: &'a mut [u64],
}

impl Task for Rows<'_> {
    type Output = ();
    #[inline(always)]
    fn run<A: Arithmetic>(self, lane: A::Lane) {
        A::rows(lane, self);
    }
}

/// The step from a residue to `s_i`.
#[derive(Clone, Copy)]
pub(super) struct Term<V> {
    factor: Factor<V>,
    p: V,
    /// `2^52 - p`.
    negative: V,
    reciprocal: f64,
}

impl<V> Term<V> {
    #[inline(always)]
    pub(super) fn new<L: IntegerLane<V = V>>(lane: L, prime: &Prime, factor: Twiddle) -> Self {
        Term {
            factor: Factor { value: lane.splat(factor.value), quotient: lane.splat(factor.quotient >> 12) },
            p: lane.splat(prime.p()),
            negative: lane.splat((1 << 52) - prime.p()),
            reciprocal: prime.float_inverse(),
        }
    }
}

/// `s_i` of a residue.
#[inline(always)]
pub(super) fn share<L: IntegerLane>(lane: L, x: L::V, term: &Term<L::V>) -> L::V {
    let zero = lane.splat(0);
    let q = lane.high(zero, x, term.factor.quotient);
    let t = lane.low(lane.low(zero, x, term.factor.value), q, term.negative);
    let t = lane.and(t, lane.splat(MASK));
    lane.min(t, lane.sub(t, term.p))
}

/// The residues of at most eight outputs.
#[inline(always)]
pub(super) fn load<L: IntegerLane>(lane: L, residues: &[u64], start: usize, count: usize) -> L::V {
    let residues = &residues[start..start + count];
    match <&[u64; GROUP]>::try_from(residues) {
        Ok(chunk) => lane.load(chunk),
        Err(_) => lane.load_part(residues),
    }
}

/// `s_1, ..., s_n` and `alpha` of at most eight outputs.
#[inline(always)]
pub(super) fn shares<L: IntegerLane, const N: usize>(
    lane: L,
    terms: &[Term<L::V>; N],
    residues: &[&[u64]; N],
    start: usize,
    count: usize,
) -> ([L::V; N], L::V) {
    let mut s = [lane.splat(0); N];
    let mut sum = lane.doubles(0.5);
    for i in 0..N {
        s[i] = share(lane, load(lane, residues[i], start, count), &terms[i]);
        sum = lane.accumulate(sum, s[i], terms[i].reciprocal);
    }
    (s, lane.floor(sum))
}

/// Rows of limbs.
#[inline(always)]
pub(super) fn rows<L: IntegerLane>(lane: L, rows: Rows<'_>) {
    match rows.crt.len() {
        1 => one_prime(lane, rows),
        2 => some_primes::<L, 2>(lane, rows),
        3 => some_primes::<L, 3>(lane, rows),
        4 => some_primes::<L, 4>(lane, rows),
        5 => some_primes::<L, 5>(lane, rows),
        6 => some_primes::<L, 6>(lane, rows),
        7 => some_primes::<L, 7>(lane, rows),
        8 => some_primes::<L, 8>(lane, rows),
        9 => some_primes::<L, 9>(lane, rows),
        10 => some_primes::<L, 10>(lane, rows),
        11 => some_primes::<L, 11>(lane, rows),
        12 => some_primes::<L, 12>(lane, rows),
        _ => many_primes(lane, rows),
    }
}

/// The residue itself, or `p` less above `p/2`.
#[inline(always)]
fn one_prime<L: IntegerLane>(lane: L, Rows { crt, residues, first, width, out }: Rows<'_>) {
    let prime = &crt.basis.primes()[0];
    let term = Term::new(lane, prime, crt.factor(0));
    // p is odd.
    let half = lane.splat(prime.p() / 2);
    for (g, out) in out.chunks_mut(GROUP * width).enumerate() {
        let x = load(lane, residues[0], first + GROUP * g, out.len() / width);
        let x = lane.sub_where_above(share(lane, x, &term), half, term.p);
        // A row beyond its first limb is all sign.
        emit(lane, [x], width, out);
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn some_primes<L: IntegerLane, const N: usize>(lane: L, Rows { crt, residues, first, width, out }: Rows<'_>) {
    let terms = std::array::from_fn(|i| Term::new(lane, &crt.basis.primes()[i], crt.factor(i)));
    let residues: &[&[u64]; N] = residues.try_into().expect("as many as primes");
    let digits = crt.basis.digits();
    debug_assert_eq!(digits.count, N, "up to 17 primes, as many digits");
    let row = |i: usize| -> &[u64; N] {
        digits.rows[i * digits.stride + 1..][..N].try_into().expect("a row of the table")
    };
    let cofactors: [&[u64; N]; N] = std::array::from_fn(row);
    let negative = row(N);
    for (g, out) in out.chunks_mut(GROUP * width).enumerate() {
        let (s, alpha) = shares(lane, &terms, residues, first + GROUP * g, out.len() / width);
        let mut sums = [lane.splat(0); N];
        for k in 0..N {
            // A cofactor has one digit less.
            if k + 1 < N {
                for i in 0..N {
                    let digit = lane.splat(cofactors[i][k]);
                    sums[k] = lane.low(sums[k], s[i], digit);
                    sums[k + 1] = lane.high(sums[k + 1], s[i], digit);
                }
                sums[k + 1] = lane.high(sums[k + 1], alpha, lane.splat(negative[k]));
            }
            sums[k] = lane.low(sums[k], alpha, lane.splat(negative[k]));
        }
        let mut carry = lane.splat(0);
        for sum in &mut sums {
            let total = lane.add(*sum, carry);
            carry = lane.shift_right::<52>(total);
            *sum = lane.and(total, lane.splat(MASK));
        }
        sums[N - 1] = signed(lane, sums[N - 1]);
        emit(lane, sums, width, out);
    }
}

/// A digit of 52 bits as a signed word.
#[inline(always)]
fn signed<L: IntegerLane>(lane: L, digit: L::V) -> L::V {
    lane.shift_right_signed::<12>(lane.shift_left_by(digit, 12))
}

/// Limb `t` of digits, the last of which is signed.
#[inline(always)]
fn limb<L: IntegerLane, const N: usize>(lane: L, digits: &[L::V; N], t: usize) -> L::V {
    let sign = lane.shift_right_signed::<63>(digits[N - 1]);
    let digit = |k: usize| if k < N { digits[k] } else { sign };
    if N == 1 {
        // It fills its word.
        return digit(t);
    }
    let (k, shift) = (64 * t / 52, (64 * t % 52) as u64);
    // A limb has bits of two digits, or of three.
    let low = match () {
        _ if k + 1 < N => lane.shift_right_by(digit(k), shift),
        _ => signed_shift(lane, digit(k), shift),
    };
    let middle = lane.shift_left_by(digit(k + 1), 52 - shift);
    let high = lane.shift_left_by(digit(k + 2), 104 - shift);
    lane.or(low, lane.or(middle, high))
}

/// `a >> count` for a signed word and a count below 52.
#[inline(always)]
fn signed_shift<L: IntegerLane>(lane: L, a: L::V, count: u64) -> L::V {
    // 2^63 above the smallest word; the difference of what both leave is the signed quotient.
    let top = lane.splat(1 << 63);
    let shifted = lane.shift_right_by(lane.xor(a, top), count);
    lane.sub(shifted, lane.shift_right_by(top, count))
}

/// At most eight rows of limbs, from digits the last of which is signed.
#[inline(always)]
pub(super) fn emit<L: IntegerLane, const N: usize>(
    lane: L,
    digits: [L::V; N],
    width: usize,
    out: &mut [u64],
) {
    match width {
        1 => emit_rows::<L, N, 1>(lane, digits, out),
        2 => emit_rows::<L, N, 2>(lane, digits, out),
        3 => emit_rows::<L, N, 3>(lane, digits, out),
        4 => emit_rows::<L, N, 4>(lane, digits, out),
        _ => {
            let sign = lane.shift_right_signed::<63>(digits[N - 1]);
            // What lies beyond the digits first: a store may reach into the next row.
            for from in (2 * GROUP..width).step_by(GROUP).rev() {
                store_columns(lane, [sign; GROUP], from, width, out);
            }
            if width > GROUP {
                store_columns(lane, eight_limbs(lane, &digits, GROUP), GROUP, width, out);
            }
            store_columns(lane, eight_limbs(lane, &digits, 0), 0, width, out);
        }
    }
}

#[inline(always)]
fn eight_limbs<L: IntegerLane, const N: usize>(lane: L, digits: &[L::V; N], from: usize) -> [L::V; GROUP] {
    let mut v = [lane.splat(0); GROUP];
    for (t, v) in v.iter_mut().enumerate() {
        *v = limb(lane, digits, from + t);
    }
    v
}

#[inline(always)]
fn emit_rows<L: IntegerLane, const N: usize, const W: usize>(lane: L, digits: [L::V; N], out: &mut [u64]) {
    let mut v = [lane.splat(0); W];
    for (t, v) in v.iter_mut().enumerate() {
        *v = limb(lane, &digits, t);
    }
    let (chunks, _) = out.as_chunks_mut::<GROUP>();
    if let Ok(rows) = <&mut [[u64; GROUP]; W]>::try_from(chunks) {
        lane.store_rows(rows, v);
    } else {
        let mut rows = [[0; GROUP]; W];
        lane.store_rows(&mut rows, v);
        out.copy_from_slice(&rows.as_flattened()[..out.len()]);
    }
}

/// Limbs `from..from + 8` of at most eight rows, those that the rows have. Eight words are written as long as there are
/// so many: what lies in the next row is written later, since limbs are stored from the last ones down.
#[inline(always)]
fn store_columns<L: IntegerLane>(lane: L, v: [L::V; GROUP], from: usize, width: usize, out: &mut [u64]) {
    let rows = out.len() / width;
    for (r, v) in lane.untranspose(v).into_iter().enumerate().take(rows) {
        let words = &mut out[r * width + from..];
        match words.first_chunk_mut::<GROUP>() {
            Some(chunk) => lane.store(chunk, v),
            None => lane.store_part(words, v),
        }
    }
}

/// `s_1, ..., s_n, alpha` of at most eight outputs, in memory.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn many_shares<L: IntegerLane>(
    lane: L,
    crt: &Crt,
    residues: &[&[u64]],
    start: usize,
    count: usize,
    shares: &mut [[u64; GROUP]],
) {
    let mut sum = lane.doubles(0.5);
    let primes = crt.basis.primes();
    for i in 0..primes.len() {
        let term = Term::new(lane, &primes[i], crt.factor(i));
        let s = share(lane, load(lane, residues[i], start, count), &term);
        sum = lane.accumulate(sum, s, term.reciprocal);
        lane.store(&mut shares[i], s);
    }
    lane.store(&mut shares[primes.len()], lane.floor(sum));
}

/// All digits of the sums of shares times rows of a table, below 2^52 each; a carry out of the last one is dropped.
#[inline(always)]
pub(super) fn sums<L: IntegerLane>(
    lane: L,
    shares: &[[u64; GROUP]],
    table: (&[u64], usize),
    count: usize,
    out: &mut [[u64; GROUP]],
) {
    let (mut from, mut carry) = (0, lane.splat(0));
    while from < count {
        carry = match count - from {
            1 | 2 => tile::<L, 2>(lane, shares, table, from, carry, out),
            3 => tile::<L, 3>(lane, shares, table, from, carry, out),
            4 => tile::<L, 4>(lane, shares, table, from, carry, out),
            5 => tile::<L, 5>(lane, shares, table, from, carry, out),
            6 => tile::<L, 6>(lane, shares, table, from, carry, out),
            7 => tile::<L, 7>(lane, shares, table, from, carry, out),
            _ => tile::<L, TILE>(lane, shares, table, from, carry, out),
        };
        from += TILE;
    }
}

/// `N` digits of all integers of a group, `from` on; returns the carry.
#[cfg_attr(not(debug_assertions), inline(always))]
fn tile<L: IntegerLane, const N: usize>(
    lane: L,
    shares: &[[u64; GROUP]],
    (digits, stride): (&[u64], usize),
    from: usize,
    carry: L::V,
    out: &mut [[u64; GROUP]],
) -> L::V {
    let mut sums = [lane.splat(0); N];
    for (share, digits) in shares.iter().zip(digits.chunks_exact(stride)) {
        let s = lane.load(share);
        // The digit before the first belongs to the high halves.
        let digits = &digits[from..from + N + 1];
        for k in 0..N {
            sums[k] = lane.high(sums[k], s, lane.splat(digits[k]));
        }
        for k in 0..N {
            sums[k] = lane.low(sums[k], s, lane.splat(digits[k + 1]));
        }
    }
    let (mask, mut carry) = (lane.splat(MASK), carry);
    let out = &mut out[from..from + N];
    for k in 0..N {
        let sum = lane.add(sums[k], carry);
        carry = lane.shift_right::<52>(sum);
        lane.store(&mut out[k], lane.and(sum, mask));
    }
    carry
}

/// Words that digits of `count` take in memory, with the sign behind them for [`emit_many`].
pub(super) fn room(count: usize, width: usize) -> usize {
    // Two digits more than the first of the last limb, and what a tile writes.
    (64 * width / 52 + 3).max(count.next_multiple_of(TILE))
}

/// At most eight rows from digits in memory, the last of `count` with a sign.
#[inline(always)]
pub(super) fn emit_many<L: IntegerLane>(
    lane: L,
    digits: &mut [[u64; GROUP]],
    count: usize,
    width: usize,
    out: &mut [u64],
) {
    let top = signed(lane, lane.load(&digits[count - 1]));
    // All bits of the sign, as far as digits are read; as a digit it is masked, as all others.
    let sign = lane.and(lane.shift_right_signed::<63>(top), lane.splat(MASK));
    for digit in &mut digits[count..] {
        lane.store(digit, sign);
    }
    for from in (0..width).step_by(GROUP).rev() {
        let mut v = [lane.splat(0); GROUP];
        for (t, v) in (from..width).zip(&mut v) {
            let (k, shift) = (64 * t / 52, (64 * t % 52) as u64);
            let low = lane.shift_right_by(lane.load(&digits[k]), shift);
            let middle = lane.shift_left_by(lane.load(&digits[k + 1]), 52 - shift);
            let high = lane.shift_left_by(lane.load(&digits[k + 2]), 104 - shift);
            *v = lane.or(low, lane.or(middle, high));
        }
        store_columns(lane, v, from, width, out);
    }
}

#[inline(always)]
fn many_primes<L: IntegerLane>(lane: L, Rows { crt, residues, first, width, out }: Rows<'_>) {
    let table = crt.basis.digits();
    // Digits beyond the row are not computed.
    let count = table.count.min((64 * width).div_ceil(52));
    let (terms, room) = (crt.len() + 1, room(count, width));
    let mut words = scratch::list(GROUP * (terms + room));
    let (shares, digits) = words.as_chunks_mut().0.split_at_mut(terms);
    for (g, out) in out.chunks_mut(GROUP * width).enumerate() {
        many_shares(lane, crt, residues, first + GROUP * g, out.len() / width, shares);
        sums(lane, shares, (&table.rows, table.stride), count, digits);
        emit_many(lane, digits, count, width, out);
    }
}
