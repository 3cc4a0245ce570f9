//! Conversions on doubles: residues from words and digits, remaindering in halves of limbs, residues modulo a word.
//!
//! Apart from the 52-bit integers because products of doubles lose their low halves, and those of integers take 32 bits.
//!
//! - A digit `d < 2^52` is taken as `d - 2^51`: the bits of `2^52 + d` are those of `2^52` with `d` in the low ones. Its product with a weight,
//!   closest to zero, is below `2^99`, and comes in two parts as in [`balanced`]: a multiple of `2^51`, summed on top of `H = 1.5 * 2^103`, and a
//!   rest of at most `2^50`. [`PRODUCTS`] of them keep `H` in its binade and the sum of the rests, `7 * 2^50`, exact; then the one sum is a
//!   product modulo `p`, the other is reduced.
//! - [`rows`]: `s_i = s' + 2^25 s''` times a half limb, 57 bits at most: up to 120 primes two sums of such products fit their words.
//! - Two primes: the low limb modulo 2^64, the high one as a double.
//! - [`words`]: with shares and weights closest to zero, `r = sum s_i w_i - Q n` for the nearest integer `Q` to
//!   `sum s_i (w_i/n)`, modulo 2^64. Up to four primes the sum is below 2^49, so that five roundings are off by `5 * 2^-5` at most, and the
//!   quotients, off by `2^-54`, add `4 * 2^-54 * 2^48`: less than 3/16 in all. So `r` lies between `-11n/16` and `11n/16`, and
//!   above `-3n/16` or below `3n/16` as the rest of the rounding has a sign. That tells which word modulo 2^64 it is, for every `n`.

use super::{
    arithmetic::{Arithmetic, Factor},
    balanced,
    convert::{self, DigitForm, GROUP, Residues, Split, SplitWords},
    double::{Double, centred},
    ifma::MASK,
    lane::{FloatLane, Lane},
    modular::Modulo,
    reconstruct::Rows,
};
use crate::convolution::{
    crt::{Crt, Modular, Modulus, scalar},
    ntt::{
        prime::{Prime, Twiddle},
        split::TOP,
    },
    scratch,
};
use std::sync::Arc;

/// `2^52`.
const SHIFT: f64 = 4_503_599_627_370_496.0;
/// `2^52 + 2^51`: a signed integer above it stands in the low bits of the double.
pub(super) const SIGNED: f64 = 1.5 * SHIFT;
/// Primes up to which sums of products of 57 bits fit a word.
const MOST_PRIMES: usize = 120;
/// Vectors of outputs that are remaindered together.
const BATCH: usize = 8;

/// The double of a digit less `2^51`.
#[inline(always)]
fn digit<L: FloatLane>(lane: L, word: L::V) -> L::V {
    let double = lane.or(word, lane.splat(SHIFT.to_bits()));
    lane.sub(double, lane.splat(SIGNED.to_bits()))
}

/// A factor in all elements.
#[inline(always)]
fn factor<L: FloatLane>(a: Double<L>, prime: &Prime, value: u64) -> Factor<L::V> {
    a.splat(Double::<L>::factor(prime, value))
}

/// `x = d1 * 2^52 + d0` with a signed `d1` of twelve bits.
struct Words<L: FloatLane> {
    a: Double<L>,
    half: L::V,
    n: L::V,
    shift: Factor<L::V>,
    middle: L::V,
}

impl<L: FloatLane> Words<L> {
    #[inline(always)]
    fn residues(&self, x: L::V) -> L::V {
        let (a, lane) = (self.a, self.a.lane());
        let x = lane.xor(lane.sub_where_above(x, self.half, self.n), lane.splat(TOP));
        let low = digit(lane, lane.and(x, lane.splat(MASK)));
        let top = lane.or(lane.shift_right::<52>(x), lane.splat(SHIFT.to_bits()));
        let top = lane.sub(top, lane.splat((SHIFT + 2048.0).to_bits()));
        a.add(a.mul(top, self.shift), a.add(low, self.middle))
    }
}

/// Residues of words.
#[inline(always)]
pub(super) fn split_words<L: FloatLane>(a: Double<L>, SplitWords { prime, words, n, out }: SplitWords<'_>) {
    let lane = a.lane();
    let constants = Words {
        a,
        half: lane.splat(if n == 0 { u64::MAX } else { n / 2 }),
        n: lane.splat(n),
        shift: factor(a, prime, prime.power_of_two(52)),
        middle: factor(a, prime, prime.power_of_two(51)).value,
    };
    let out = &mut out[..words.len()];
    let (chunks, rest) = L::chunks(words);
    let (to, to_rest) = L::chunks_mut(out);
    for (to, chunk) in to.iter_mut().zip(chunks) {
        a.store_words(to, constants.residues(lane.load(chunk)));
    }
    if !rest.is_empty() {
        let mut chunk = L::Chunk::default();
        a.store_words(&mut chunk, constants.residues(lane.load_part(rest)));
        to_rest.copy_from_slice(&chunk.as_ref()[..to_rest.len()]);
    }
}

/// Digits as doubles, less `2^51`.
pub(super) struct Centred;

impl<L: FloatLane> DigitForm<L> for Centred {
    #[inline(always)]
    fn form(lane: L, digits: L::V) -> L::V {
        digit(lane, digits)
    }
}

/// Bits of the lower parts of products of digits.
const LOW_BITS: usize = 51;
/// `1.5 * 2^103`: the doubles next to it are multiples of `2^51`.
const HIGH: f64 = SIGNED * 2_251_799_813_685_248.0;
/// Products of `2^99` that keep it in its binade.
const PRODUCTS: usize = 7;

/// Digits with their weights.
struct Digits<'a, L: FloatLane> {
    a: Double<L>,
    /// `2^(52k) mod p` from `k = 1` on, closest to zero, the bits of doubles.
    weights: &'a [u64],
    /// `2^51 mod p`.
    high: Factor<L::V>,
    constant: L::V,
}

impl<L: FloatLane> Residues for Digits<'_, L> {
    #[inline(always)]
    fn residues(&self, digits: &[[u64; GROUP]], out: &mut [u64; GROUP]) {
        let (a, lane) = (self.a, self.a.lane());
        let (start, unit) = (lane.splat(HIGH.to_bits()), lane.splat(2f64.powi(-(LOW_BITS as i32)).to_bits()));
        let (first, digits) = digits.split_first().expect("a row has digits");
        for (h, out) in L::chunks_mut(out).0.iter_mut().enumerate() {
            // At most 4p + p/2, with `p` close to 2^49.
            let mut sum = a.add(lane.load(&L::chunks(first).0[h]), self.constant);
            for (digits, weights) in digits.chunks(PRODUCTS).zip(self.weights.chunks(PRODUCTS)) {
                let (mut high, mut low) = (start, lane.splat(0));
                for (d, &w) in digits.iter().zip(weights) {
                    let (d, w) = (lane.load(&L::chunks(d).0[h]), lane.splat(w));
                    let next = lane.mul_add(d, w, high);
                    let part = lane.sub(next, high);
                    let rest = lane.mul_sub(d, w, part);
                    if L::CHECKED {
                        balanced::check::<L, LOW_BITS>(lane, (d, w), (part, rest), next);
                    }
                    (high, low) = (next, lane.add(low, rest));
                }
                // 3p/4 and p/2 more.
                let high = a.mul(lane.mul(lane.sub(high, start), unit), self.high);
                sum = a.reduce(a.add(a.add(sum, high), a.reduce_wide(low)));
            }
            a.store_words(out, sum);
        }
    }
}

/// Residues of digits.
#[inline(always)]
pub(super) fn split<L: FloatLane>(a: Double<L>, split: Split<'_>) {
    let prime = split.prime;
    let m = prime.modulus();
    let weights = convert::weights(prime, split.planes.digits);
    // What is taken away from the digits, less the weight of the sign.
    let total = weights.iter().fold(0, |sum, &w| m.add(sum, w));
    let sign = m.neg(prime.power_of_two(64 * split.planes.width as u64 - 1));
    let constant = factor(a, prime, m.mul_add(prime.power_of_two(51), total, sign)).value;
    let mut centred_weights = scratch::list(weights.len() - 1);
    for (centred_weight, &w) in centred_weights.iter_mut().zip(&weights[1..]) {
        *centred_weight = centred(prime, w).to_bits();
    }
    let high = factor(a, prime, prime.power_of_two(LOW_BITS as u64));
    split.each(Digits { a, weights: &centred_weights, high, constant });
}

/// The step from residues to `s_i`, whose constants take divisions to compute.
#[derive(Clone, Copy)]
pub(super) struct Term<L: FloatLane> {
    a: Double<L>,
    factor: Factor<L::V>,
    pub(super) reciprocal: L::V,
}

impl<L: FloatLane> Term<L> {
    #[inline(always)]
    pub(super) fn new(lane: L, prime: &Prime, by: Twiddle) -> Self {
        Self::with(lane, prime, Double::<L>::factor(prime, by.value))
    }

    /// With a factor that the arithmetic has made already.
    #[inline(always)]
    fn with(lane: L, prime: &Prime, factor: [u64; 2]) -> Self {
        let a = Double::new(lane, prime);
        Term { a, factor: a.splat(factor), reciprocal: lane.splat(prime.float_inverse().to_bits()) }
    }

    /// `s_i`, closest to zero.
    #[inline(always)]
    pub(super) fn share(&self, residues: &[u64]) -> L::V {
        let x = match L::chunks(residues).0.first() {
            Some(chunk) => self.a.load_words(chunk),
            None => self.a.load_words(&L::partial(residues)),
        };
        self.a.reduce(self.a.mul(x, self.factor))
    }
}

/// `s', s''` of all primes, then `alpha` and 0, of at most a vector's number of outputs.
#[inline(always)]
fn halved_shares<L: FloatLane>(
    lane: L,
    (primes, factors): (&[Arc<Prime>], &[[u64; 2]]),
    residues: &[&[u64]],
    start: usize,
    count: usize,
    out: &mut [[L::Chunk; 2]],
) {
    let shift = lane.splat(SHIFT.to_bits());
    let mut sum = lane.splat(0);
    for (((prime, &factor), residues), out) in primes.iter().zip(factors).zip(residues).zip(&mut *out) {
        let term = Term::with(lane, prime, factor);
        let s = term.a.canonical(term.share(&residues[start..start + count]));
        sum = lane.mul_add(s, term.reciprocal, sum);
        let word = lane.add(s, shift);
        lane.store(&mut out[0], lane.and(word, lane.splat((1 << 25) - 1)));
        lane.store(&mut out[1], lane.and(lane.shift_right::<25>(word), lane.splat((1 << 24) - 1)));
    }
    // The sum of 2^52 and the quotients rounds to the nearest integer.
    let last = &mut out[primes.len()];
    lane.store(&mut last[0], lane.and(lane.add(sum, shift), lane.splat(MASK)));
    lane.store(&mut last[1], lane.splat(0));
}

/// Two limbs of all outputs; `carry` is what the limbs before leave.
#[cfg_attr(not(debug_assertions), inline(always))]
fn two_limbs<L: FloatLane>(
    lane: L,
    shares: &[[L::Chunk; 2]],
    halves: &[[u64; 4]],
    carry: &mut [L::V; 2],
    out: &mut [L::Chunk; 2],
) {
    let mut low = [lane.splat(0); 4];
    let mut high = low;
    for ([s0, s1], halves) in shares.iter().zip(halves) {
        let (s0, s1) = (lane.load(s0), lane.load(s1));
        for k in 0..4 {
            let half = lane.splat_half(halves[k]);
            low[k] = lane.word_add(low[k], lane.mul_halves(s0, half));
            high[k] = lane.word_add(high[k], lane.mul_halves(s1, half));
        }
    }
    // 2^25 times a sum above is its low seven bits here and the others one half higher.
    let [mut carry_word, mut above] = *carry;
    for k in 0..4 {
        let seven = lane.shift_left_by(lane.and(high[k], lane.splat(127)), 25);
        let total = lane.word_add(lane.word_add(low[k], seven), lane.word_add(carry_word, above));
        carry_word = lane.shift_right::<32>(total);
        above = lane.shift_right::<7>(high[k]);
        low[k] = lane.and(total, lane.splat(0xFFFF_FFFF));
    }
    *carry = [carry_word, above];
    for (k, out) in out.iter_mut().enumerate() {
        lane.store(out, lane.or(low[2 * k], lane.shift_left_by(low[2 * k + 1], 32)));
    }
}

/// Rows of limbs.
#[inline(always)]
pub(super) fn rows<L: FloatLane>(lane: L, rows: Rows<'_>) {
    match (rows.crt.len(), rows.width) {
        (1, _) => one_prime(lane, rows),
        (2, _) => two_primes(lane, rows),
        (3..=balanced::MOST_PRIMES, _) => balanced::rows(lane, rows),
        (n, _) if n < MOST_PRIMES => many_primes(lane, rows),
        _ => scalar::rows(rows.crt, rows.residues, rows.first, rows.width, rows.out),
    }
}

/// The residue closest to zero.
#[inline(always)]
fn one_prime<L: FloatLane>(lane: L, Rows { crt, residues, first, width, out }: Rows<'_>) {
    let term = Term::new(lane, &crt.basis.primes()[0], crt.factor(0));
    let signed = lane.splat(SIGNED.to_bits());
    let residues = &residues[0][first..first + out.len() / width];
    for (residues, out) in residues.chunks(L::N).zip(out.chunks_mut(L::N * width)) {
        let s = term.share(residues);
        let mut words = L::Chunk::default();
        lane.store(&mut words, lane.word_sub(lane.add(s, signed), signed));
        if width == 1 {
            out.copy_from_slice(&words.as_ref()[..out.len()]);
            continue;
        }
        for (row, &word) in out.chunks_exact_mut(width).zip(words.as_ref()) {
            row.fill(((word as i64) >> 63) as u64);
            row[0] = word;
        }
    }
}

/// The low limb by products modulo 2^64, the high one by a double: below 2^98 that is off by less than 2^47, so that
/// what it exceeds the low limb by is next to a multiple of 2^64.
#[inline(always)]
fn two_primes<L: FloatLane>(lane: L, Rows { crt, residues, first, width, out }: Rows<'_>) {
    let primes = crt.basis.primes();
    let terms: [Term<L>; 2] = std::array::from_fn(|i| Term::new(lane, &primes[i], crt.factor(i)));
    let weights = crt.basis.low_limbs();
    // The cofactor of a prime is the other one.
    let [p, q] = [0, 1].map(|i| primes[i].p() as f64 / 2f64.powi(64));
    let doubles = [q, p, -p * primes[1].p() as f64].map(|x| lane.splat(x.to_bits()));
    let (zero, signed, shift) = (lane.splat(0), lane.splat(SIGNED.to_bits()), lane.splat(SHIFT.to_bits()));
    for (g, out) in out.chunks_mut(L::N * width).enumerate() {
        let start = first + L::N * g;
        let count = out.len() / width;
        let (mut sum, mut value, mut products) = (zero, zero, [zero; 2]);
        for i in 0..2 {
            let s = terms[i].share(&residues[i][start..start + count]);
            sum = lane.mul_add(s, terms[i].reciprocal, sum);
            value = lane.mul_add(s, doubles[i], value);
            let word = lane.word_sub(lane.add(s, signed), signed);
            products = add_product(lane, products, word, weights[i]);
        }
        let above = lane.add(sum, signed);
        value = lane.mul_add(lane.sub(above, signed), doubles[2], value);
        products = add_product(lane, products, lane.word_sub(above, signed), weights[2]);
        let low = lane.word_add(products[0], lane.shift_left_by(products[1], 32));
        let mut words = [L::Chunk::default(); 2];
        lane.store(&mut words[0], low);
        if width == 1 {
            out.copy_from_slice(&words[0].as_ref()[..count]);
            continue;
        }
        let upper = lane.sub(lane.or(lane.shift_right::<32>(low), shift), shift);
        let high = lane.neg_mul_add(upper, lane.splat(2f64.powi(-32).to_bits()), value);
        lane.store(&mut words[1], lane.word_sub(lane.add(high, signed), signed));
        let [low, high] = &words;
        for ((row, &low), &high) in out.chunks_exact_mut(width).zip(low.as_ref()).zip(high.as_ref()) {
            row[0] = low;
            row[1] = high;
            if width > 2 {
                row[2..].fill(((high as i64) >> 63) as u64);
            }
        }
    }
}

/// In batches of [`BATCH`] vectors, so that neither step waits for the one before.
#[inline(always)]
fn many_primes<L: FloatLane>(lane: L, Rows { crt, residues, first, width, out }: Rows<'_>) {
    let halves = crt.basis.halves();
    let count = crt.len() + 1;
    // Limbs in pairs; beyond those of M there is the sign.
    let pairs = (halves.len() / count).min(width.div_ceil(2));
    let held = width.min(2 * pairs);
    let primes = crt.basis.primes();
    let mut words = scratch::list(2 * L::N * BATCH * (count + pairs));
    let (shares, limbs) = L::chunks_mut(&mut words).0.as_chunks_mut().0.split_at_mut(BATCH * count);
    let mut factors = scratch::list(2 * primes.len());
    let (factors, _) = factors.as_chunks_mut();
    for (i, (factor, prime)) in factors.iter_mut().zip(primes).enumerate() {
        *factor = Double::<L>::factor(prime, crt.factor(i).value);
    }
    for (b, out) in out.chunks_mut(BATCH * L::N * width).enumerate() {
        let rows = out.len() / width;
        let vectors = rows.div_ceil(L::N);
        for (v, shares) in shares.chunks_exact_mut(count).enumerate().take(vectors) {
            let start = L::N * v;
            let at = first + BATCH * L::N * b + start;
            halved_shares(lane, (primes, factors), residues, at, L::N.min(rows - start), shares);
        }
        let each = shares.chunks_exact(count).zip(limbs.chunks_exact_mut(pairs)).take(vectors);
        for (shares, limbs) in each {
            let mut carry = [lane.splat(0); 2];
            for (limbs, halves) in limbs.iter_mut().zip(halves.chunks_exact(count)) {
                two_limbs(lane, shares, halves, &mut carry, limbs);
            }
        }
        for (r, row) in out.chunks_exact_mut(width).enumerate() {
            let (row, beyond) = row.split_at_mut(held);
            let limbs = limbs[r / L::N * pairs..].as_flattened();
            for (out, limb) in row.iter_mut().zip(limbs) {
                *out = limb.as_ref()[r % L::N];
            }
            if !beyond.is_empty() {
                beyond.fill(((row[held - 1] as i64) >> 63) as u64);
            }
        }
    }
}

/// Residues modulo a modulus: of one word up to four primes in vectors.
#[inline(always)]
pub(super) fn modular<L: FloatLane>(lane: L, Modulo { crt, modular, residues, first, out }: Modulo<'_>) {
    match (crt.len(), modular.modulus()) {
        (1, Modulus::Word(_)) => words::<L, 1>(lane, crt, modular, residues, first, out),
        (2, Modulus::Word(_)) => words::<L, 2>(lane, crt, modular, residues, first, out),
        (3, Modulus::Word(_)) => words::<L, 3>(lane, crt, modular, residues, first, out),
        (4, Modulus::Word(_)) => words::<L, 4>(lane, crt, modular, residues, first, out),
        _ => scalar::modular(crt, modular, residues, first, out),
    }
}

/// `low + cross * 2^32` plus the product of two words, modulo 2^64.
#[inline(always)]
fn add_product<L: Lane>(lane: L, [low, cross]: [L::V; 2], s: L::V, w: u64) -> [L::V; 2] {
    let (w0, w1) = (lane.splat(w), lane.splat(w >> 32));
    let product = lane.word_add(lane.mul_halves(s, w1), lane.mul_halves(lane.shift_right::<32>(s), w0));
    [lane.word_add(low, lane.mul_halves(s, w0)), lane.word_add(cross, product)]
}

#[cfg_attr(not(debug_assertions), inline(always))]
fn words<L: FloatLane, const N: usize>(
    lane: L,
    crt: &Crt,
    modular: &Modular,
    residues: &[&[u64]],
    first: usize,
    out: &mut [u64],
) {
    let terms: [Term<L>; N] = std::array::from_fn(|i| Term::new(lane, &crt.basis.primes()[i], crt.factor(i)));
    let weights = modular.centred();
    let (last_weight, last_ratio) = weights[N];
    let Modulus::Word(n) = modular.modulus() else { unreachable!("a modulus of one word") };
    // 0 for 2^64, of which no quotient is taken away.
    let n = if n.is_wrapping() { 0 } else { n.modulus() as u64 };
    let negative = lane.splat(n.wrapping_neg());
    let thresholds = [n / 4, n - n.div_ceil(4)].map(|t| lane.splat(t));
    let flip = lane.xor(thresholds[0], thresholds[1]);
    let (zero, signed) = (lane.splat(0), lane.splat(SIGNED.to_bits()));
    for (g, out) in out.chunks_mut(L::N).enumerate() {
        let start = first + L::N * g;
        let (mut sum, mut quotient, mut products) = (zero, zero, [zero; 2]);
        for i in 0..N {
            let s = terms[i].share(&residues[i][start..start + out.len()]);
            sum = lane.mul_add(s, terms[i].reciprocal, sum);
            quotient = lane.mul_add(s, lane.splat(weights[i].1.to_bits()), quotient);
            let word = lane.word_sub(lane.add(s, signed), signed);
            products = add_product(lane, products, word, weights[i].0);
        }
        let above = lane.add(sum, signed);
        let alpha = lane.sub(above, signed);
        quotient = lane.mul_add(alpha, lane.splat(last_ratio.to_bits()), quotient);
        products = add_product(lane, products, lane.word_sub(above, signed), last_weight);
        let above = lane.add(quotient, signed);
        products = add_product(lane, products, lane.word_sub(above, signed), n.wrapping_neg());
        let r = lane.word_add(products[0], lane.shift_left_by(products[1], 32));
        // Below zero, where it is over n/4 with a negative rest, or over 3n/4 with another.
        let rest = lane.sub(quotient, lane.sub(above, signed));
        let sign = lane.word_sub(zero, lane.shift_right::<63>(rest));
        let threshold = lane.xor(thresholds[1], lane.and(flip, sign));
        let r = lane.sub_where_above(r, threshold, negative);
        match L::chunks_mut(out).0.first_mut() {
            Some(chunk) => lane.store(chunk, r),
            None => lane.store_part(out, r),
        }
    }
}
