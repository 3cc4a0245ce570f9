//! Chinese remaindering on doubles for three to nine primes: `X = sum s_i*(M/p_i) - alpha*M` in balanced digits of 48 bits.
//!
//! Apart from [`halves`](super::halves) because a digit takes half the operations of two halves of a limb, and because what makes it exact
//! holds for few terms. With `|s| < 2^48 * 1.01` and a digit `|w| <= 2^47`, and `H` a multiple of `2^48` in `2^100..2^101`, where
//! those are the doubles:
//!
//! - `H' = s*w + H`, rounded, is `H + h` with `h` the multiple of `2^48` closest to `s*w`; the bits of `H'` are those of `H` plus `h/2^48`;
//! - `l = s*w - h` is an integer of size at most `2^47`, and exact: one more fused operation.
//!
//! Nine terms keep `H` in its binade. `alpha` is at most 5 in size, so that its products with the digits of `M` are exact, and the sum of
//! all low parts of a digit is at most `(9 + 5) * 2^47 < 2^51`: a signed integer in the low bits of `2^52 + 2^51` and more. One carry pass has them
//! all, biased by `2^62`, since shifts know no sign; what is left above the last digit is the sign.

use super::{
    halves::{SIGNED, Term},
    lane::{FloatLane, Lane},
    reconstruct::Rows,
};
use crate::convolution::{crt::BALANCED_BITS, scratch};

/// The most primes.
pub(super) const MOST_PRIMES: usize = 9;

/// Vectors of outputs that are remaindered together.
const BATCH: usize = 8;

/// `1.5 * 2^100`: the doubles next to it are multiples of `2^48`.
const HIGH: f64 = SIGNED * 281_474_976_710_656.0;

/// What makes sums of digits positive, and what of it a carry has.
const BIAS: u64 = 1 << 62;
const CARRIED: u64 = BIAS >> BALANCED_BITS;

/// Rows of limbs.
#[inline(always)]
pub(super) fn rows<L: FloatLane>(lane: L, rows: Rows<'_>) {
    match rows.crt.len() {
        3 => some_primes::<L, 3>(lane, rows),
        4 => some_primes::<L, 4>(lane, rows),
        5 => some_primes::<L, 5>(lane, rows),
        6 => some_primes::<L, 6>(lane, rows),
        7 => some_primes::<L, 7>(lane, rows),
        8 => some_primes::<L, 8>(lane, rows),
        _ => some_primes::<L, MOST_PRIMES>(lane, rows),
    }
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn some_primes<L: FloatLane, const N: usize>(lane: L, Rows { crt, residues, first, width, out }: Rows<'_>) {
    let (cofactors, product) = crt.basis.balanced().split_at(N * N);
    let (cofactors, _) = cofactors.as_chunks::<N>();
    let terms: [Term<L>; N] = std::array::from_fn(|i| Term::new(lane, &crt.basis.primes()[i], crt.factor(i)));
    let residues: &[&[u64]; N] = residues.try_into().expect("as many as primes");
    let signed = lane.splat(SIGNED.to_bits());
    let mut shares = [([L::Chunk::default(); N], L::Chunk::default()); BATCH];
    // Three limbs take four digits; those beyond the last are the sign's.
    let triples = width.div_ceil(3);
    let room = (4 * triples).max(N + 1);
    let mut words = scratch::list(L::N * BATCH * (room + 3 * triples));
    let (digits, limbs) = L::chunks_mut(&mut words).0.split_at_mut(BATCH * room);
    for (b, out) in out.chunks_mut(BATCH * L::N * width).enumerate() {
        let rows = out.len() / width;
        let vectors = rows.div_ceil(L::N);
        for (v, (shares, alpha)) in shares.iter_mut().enumerate().take(vectors) {
            let start = first + L::N * (BATCH * b + v);
            let count = L::N.min(rows - L::N * v);
            let mut sum = lane.splat(0);
            for i in 0..N {
                let s = terms[i].share(&residues[i][start..start + count]);
                sum = lane.mul_add(s, terms[i].reciprocal, sum);
                lane.store(&mut shares[i], s);
            }
            lane.store(alpha, lane.sub(lane.add(sum, signed), signed));
        }
        for ((shares, alpha), digits) in shares.iter().zip(digits.chunks_exact_mut(room)).take(vectors) {
            sums(lane, shares, lane.load(alpha), (cofactors, product), digits);
        }
        let each = digits.chunks_exact(room).zip(limbs.chunks_exact_mut(3 * triples)).take(vectors);
        for (digits, limbs) in each {
            pack(lane, digits, limbs);
        }
        for (out, limbs) in out.chunks_mut(L::N * width).zip(limbs.chunks_exact(3 * triples)) {
            for (r, row) in out.chunks_exact_mut(width).enumerate() {
                for (out, limb) in row.iter_mut().zip(limbs) {
                    *out = limb.as_ref()[r];
                }
            }
        }
    }
}

/// All digits below 2^48 of a vector of outputs, and those of the sign as far as there is room.
#[inline(always)]
fn sums<L: FloatLane, const N: usize>(
    lane: L,
    shares: &[L::Chunk; N],
    alpha: L::V,
    table: (&[[f64; N]], &[f64]),
    digits: &mut [L::Chunk],
) {
    let mask = lane.splat((1 << BALANCED_BITS) - 1);
    // A high part and a carry that are nothing.
    let below = [lane.splat(HIGH.to_bits()), lane.splat(CARRIED)];
    // Up to six digits have room in registers.
    let [above, carry] = match N {
        3 => tile::<L, N, 3>(lane, shares, alpha, table, 0, below, digits),
        4 => tile::<L, N, 4>(lane, shares, alpha, table, 0, below, digits),
        5 => tile::<L, N, 5>(lane, shares, alpha, table, 0, below, digits),
        6 => tile::<L, N, 6>(lane, shares, alpha, table, 0, below, digits),
        _ => {
            let below = tile::<L, N, 4>(lane, shares, alpha, table, 0, below, digits);
            match N {
                7 => tile::<L, N, 3>(lane, shares, alpha, table, 4, below, digits),
                8 => tile::<L, N, 4>(lane, shares, alpha, table, 4, below, digits),
                _ => tile::<L, N, 5>(lane, shares, alpha, table, 4, below, digits),
            }
        }
    };
    let low = lane.mul(alpha, lane.splat(table.1[N].to_bits()));
    let top = total(lane, low, above, carry);
    // Biased, so that what lies below the bias is negative.
    let negative = lane.shift_right::<63>(lane.word_sub(top, lane.splat(BIAS)));
    let sign = lane.and(lane.word_sub(lane.splat(0), negative), mask);
    lane.store(&mut digits[N], lane.and(top, mask));
    for digit in &mut digits[N + 1..] {
        lane.store(digit, sign);
    }
}

/// The sum of the low parts of a digit, the high ones of that below and the carry, biased.
#[inline(always)]
fn total<L: FloatLane>(lane: L, low: L::V, above: L::V, carry: L::V) -> L::V {
    let bits = SIGNED.to_bits().wrapping_add(HIGH.to_bits()).wrapping_add(CARRIED).wrapping_sub(BIAS);
    let low = lane.word_sub(lane.add(low, lane.splat(SIGNED.to_bits())), lane.splat(bits));
    lane.word_add(low, lane.word_add(above, carry))
}

/// `T` digits, `from` on; returns the high part and the carry of the last one.
#[inline(always)]
fn tile<L: FloatLane, const N: usize, const T: usize>(
    lane: L,
    shares: &[L::Chunk; N],
    alpha: L::V,
    (cofactors, product): (&[[f64; N]], &[f64]),
    from: usize,
    [mut above, mut carry]: [L::V; 2],
    digits: &mut [L::Chunk],
) -> [L::V; 2] {
    let mut high = [lane.splat(HIGH.to_bits()); T];
    let mut low = [lane.splat(0); T];
    for (s, cofactor) in shares.iter().zip(cofactors) {
        let s = lane.load(s);
        let cofactor: &[f64; T] = cofactor[from..from + T].try_into().expect("as many digits");
        for k in 0..T {
            let w = lane.splat(cofactor[k].to_bits());
            let sum = lane.mul_add(s, w, high[k]);
            let h = lane.sub(sum, high[k]);
            high[k] = sum;
            let l = lane.mul_sub(s, w, h);
            if L::CHECKED {
                check::<L, BALANCED_BITS>(lane, (s, w), (h, l), sum);
            }
            low[k] = lane.add(low[k], l);
        }
    }
    let mask = lane.splat((1 << BALANCED_BITS) - 1);
    for k in 0..T {
        let sum = lane.mul_add(alpha, lane.splat(product[from + k].to_bits()), low[k]);
        let sum = total(lane, sum, above, carry);
        lane.store(&mut digits[from + k], lane.and(sum, mask));
        above = high[k];
        carry = lane.shift_right::<48>(sum);
    }
    [above, carry]
}

/// A product is its two parts, a multiple of `2^BITS` and what is left, and their sums do not round.
pub(super) fn check<L: FloatLane, const BITS: usize>(
    lane: L,
    (s, w): (L::V, L::V),
    (h, l): (L::V, L::V),
    sum: L::V,
) {
    for i in 0..L::N {
        let [s, w, h, l, sum] = [s, w, h, l, sum].map(|v| f64::from_bits(lane.get(v, i)));
        assert_eq!(s as i128 * w as i128, h as i128 + l as i128, "an inexact product");
        let binade = 2f64.powi(BITS as i32 + 52);
        assert!(
            l.abs() <= 2f64.powi(BITS as i32 - 1) && (binade..2.0 * binade).contains(&sum),
            "parts out of range"
        );
    }
}

/// Limbs from digits: three from four.
#[inline(always)]
fn pack<L: Lane>(lane: L, digits: &[L::Chunk], limbs: &mut [L::Chunk]) {
    for (digits, limbs) in digits.as_chunks::<4>().0.iter().zip(limbs.as_chunks_mut::<3>().0) {
        let (a, b) = (lane.load(&digits[0]), lane.load(&digits[1]));
        let (c, d) = (lane.load(&digits[2]), lane.load(&digits[3]));
        lane.store(&mut limbs[0], lane.or(a, lane.shift_left_by(b, 48)));
        lane.store(&mut limbs[1], lane.or(lane.shift_right::<16>(b), lane.shift_left_by(c, 32)));
        lane.store(&mut limbs[2], lane.or(lane.shift_right::<32>(c), lane.shift_left_by(d, 16)));
    }
}
