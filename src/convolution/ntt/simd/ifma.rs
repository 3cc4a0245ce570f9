//! [`Ifma`]: residues as integers, products by 52-bit multiply-and-add.
//!
//! Values are the low 52 bits of a word; above them there may be garbage, which the next product ignores.
//! What shifts, compares or leaves the vector unit is masked first. With `w' = floor(w * 2^52 / p)`:
//!
//! - `y*w - (y*w' >> 52)*p` lies in `0..2p` for every `y < 2^52` (Shoup), since the quotient is short by less than
//!   `y/2^52 + 1 < 2`; modulo 2^52 it is three multiply-and-adds with `2^52 - p`.
//! - a reduction is the same for `w = 1`, two of them.
//! - both may start from a multiple of `p` (a [`Bias`]): a product from `2p` or `-2p` in place of 0, a reduction from a quotient of -2 or 2, of which
//!   the low 52 bits count, as of everything here.
//! - `p < 2^49` leaves values below `8p`: three layers of growth by `2p` from `2p`.
//! - the product divides by 2^52 (Montgomery): with `a*b = H*2^52 + l`, `q = l/p mod 2^52`, `q*p = G*2^52 + l` it is
//!   `H - G + p`; for `a, b < 2p`, `H < 4p^2/2^52 < p/2`, so it lies in `0..2p`.
//!
//! The butterfly has two forms with the same results. `FUSED` multiplies into the sum: 4 products, 1 other operation. The
//! other takes 3 and 3, and is a quarter shorter where a unit starts one product and two sums of 512 bits a cycle (Zen 4: 44
//! cycles for three layers on 64 points in place of 56; measured 48 to 50). Where products and sums start at the same rate
//! the first is shorter, by a sixth.
//!
//! # Source
//! D. Harvey, "Faster arithmetic for number-theoretic transforms", J. Symb. Comp. 60 (2014); P. Montgomery, Math.
//! Comp. 44 (1985); the 52-bit form after F. Boemer et al., "Intel HEXL" (2021).

use super::{
    arithmetic::{Arithmetic, Bias, Chunk, Factor, Representation, Seed},
    chunks, columns,
    convert::{self, Lay, Split, SplitWords},
    digits,
    lane::IntegerLane,
    modular::{self, Modulo},
    reconstruct::{self, Rows},
};
use crate::convolution::ntt::{chunks::Joint, prime::Prime};

/// The low 52 bits.
pub(super) const MASK: u64 = (1 << 52) - 1;

/// Residues as 52-bit integers.
#[derive(Clone, Copy)]
pub(super) struct Ifma<L: IntegerLane, const FUSED: bool> {
    lane: L,
    /// The prime itself, for the checks.
    prime: u64,
    zero: L::V,
    unit: L::V,
    two: L::V,
    minus_two: L::V,
    mask: L::V,
    p: L::V,
    /// `2^52 - p`.
    negative: L::V,
    twice: L::V,
    minus_twice: L::V,
    /// The factor 1: `floor(2^52 / p)`.
    one: L::V,
    /// `floor((2^52 mod p) * 2^52 / p)`, the next digits of `2^52 / p`.
    fraction: L::V,
    /// `p^-1 mod 2^52`.
    inverse: L::V,
    /// `floor(2^64 / p)`, below 2^52 for primes over 2^12.
    wide: L::V,
}

impl<L: IntegerLane, const FUSED: bool> Ifma<L, FUSED> {
    #[inline(always)]
    fn value(self, v: L::V, i: usize) -> u128 {
        u128::from(self.lane.get(v, i) & MASK)
    }

    /// The sum of two values did not leave the 52 bits, and stays below 8p.
    #[inline(always)]
    fn check_sum(self, sum: L::V, x: L::V, y: L::V) {
        if L::CHECKED {
            self.check_sums(sum, x, y);
        }
    }

    #[inline(never)]
    fn check_sums(self, sum: L::V, x: L::V, y: L::V) {
        for i in 0..L::N {
            let exact = self.value(x, i) + self.value(y, i);
            assert_eq!(self.value(sum, i), exact, "a sum over 52 bits");
            assert!(exact < 8 * u128::from(self.prime), "a sum over 8p");
        }
    }

    /// `x + y` and `x + offset - y` of values that come with biases.
    #[inline(never)]
    fn check_butterfly(self, [sum, difference]: [L::V; 2], values: [L::V; 2], from: [Bias; 2], wide: bool) {
        let p = i128::from(self.prime);
        let biases = from.map(|bias| i128::from(bias.units()) * p);
        let word = |v: L::V, i: usize| self.value(v, i) as i128;
        let wrapped = |x: i128| x.rem_euclid(1 << 52);
        for i in 0..L::N {
            let [x, y] = [0, 1].map(|k| wrapped(word(values[k], i) - biases[k]));
            let exact = x - y + if wide { 4 * p } else { 2 * p };
            assert!((0..8 * p).contains(&exact), "a difference below 0 or over 8p");
            assert_eq!(word(difference, i), exact, "a difference with another bias");
            // Below zero it may be, over 8p never.
            let exact = x + y + biases[0] + biases[1];
            assert!(x.max(y).max(exact) < 8 * p, "a sum over 8p");
            assert_eq!(word(sum, i), wrapped(exact), "a sum with another bias");
        }
    }

    /// `x + offset - y` is not negative.
    #[inline(always)]
    fn check_difference(self, difference: L::V, x: L::V, offset: L::V, y: L::V) {
        if L::CHECKED {
            self.check_differences(difference, x, offset, y);
        }
    }

    /// `r = x - q * p`, less its bias below `2p`.
    #[inline(never)]
    fn check_reduced(self, seed: Seed<L::V>, x: L::V, q: L::V, r: L::V) {
        for i in 0..L::N {
            let quotient = self.lane.get(q, i).wrapping_sub(self.lane.get(seed.quotient, i));
            // What comes with a bias below zero is no value to reduce.
            assert!(self.value(x, i) < 8 * u128::from(self.prime), "a rest of what is over 8p");
            let exact = self.value(x, i) - u128::from(quotient) * u128::from(self.prime);
            self.check_biased(seed, r, exact, i);
        }
    }

    /// `t = y * w - q * p`, less its bias below `2p`.
    #[inline(never)]
    fn check_product(self, seed: Seed<L::V>, (y, w): (L::V, L::V), q: L::V, t: L::V) {
        for i in 0..L::N {
            let exact = self.value(y, i) * self.value(w, i) - self.value(q, i) * u128::from(self.prime);
            self.check_biased(seed, t, exact, i);
        }
    }

    fn check_biased(self, seed: Seed<L::V>, v: L::V, exact: u128, i: usize) {
        assert!(exact < 2 * u128::from(self.prime), "a product or a rest over 2p");
        assert_eq!(
            self.value(v, i),
            u128::from((exact as u64).wrapping_add(self.lane.get(seed.value, i)) & MASK)
        );
        let biases = [Bias::None, Bias::Up, Bias::Down].map(|bias| self.seed(bias));
        let same = |x: L::V, y: L::V| self.lane.get(x, i) == self.lane.get(y, i);
        assert!(biases.iter().any(|b| same(b.value, seed.value) && same(b.quotient, seed.quotient)));
    }

    #[inline(never)]
    fn check_differences(self, difference: L::V, x: L::V, offset: L::V, y: L::V) {
        for i in 0..L::N {
            let sum = self.value(x, i) + self.value(offset, i);
            assert!(sum >= self.value(y, i), "a difference below 0");
            assert_eq!(self.value(difference, i), sum - self.value(y, i), "a difference over 52 bits");
            assert!(sum - self.value(y, i) < 8 * u128::from(self.prime), "a difference over 8p");
        }
    }
}

impl<L: IntegerLane, const FUSED: bool> Ifma<L, FUSED> {
    /// A value as a word of 52 bits.
    #[inline(always)]
    pub(super) fn masked(self, v: L::V) -> L::V {
        self.lane.and(v, self.mask)
    }

    /// A residue of any word, plus `offset` below p: a word below 4p, without it below 3p.
    ///
    /// Of `x/p`, the twelve bits left out are less than 1/p * 2^12, what `2^64/p` lacks is less than one and counts
    /// for less than `2^52/2^52`, and the quotient is rounded down: it is short by less than 3.
    #[inline(always)]
    pub(super) fn reduce_word(self, x: L::V, offset: L::V) -> L::V {
        let lane = self.lane;
        let q = lane.high(self.zero, lane.shift_right::<12>(x), self.wide);
        let r = self.masked(lane.low(lane.add(x, offset), q, self.negative));
        if L::CHECKED {
            for i in 0..L::N {
                assert!(self.prime >> 13 != 0, "the quotient of a word over 52 bits");
                let (x, offset) = (lane.get(x, i), lane.get(offset, i));
                let exact = u128::from(x) - self.value(q, i) * u128::from(self.prime);
                assert_eq!(self.value(r, i), exact + u128::from(offset));
                assert!(
                    exact < 3 * u128::from(self.prime) && offset < self.prime,
                    "a word reduced to over 3p"
                );
            }
        }
        r
    }

    /// `(high * 2^52 + low) / 2^52` as a residue: a word in `0 ..= high + low/2^52`, for a `high` of at least p.
    #[inline(always)]
    pub(super) fn montgomery(self, high: L::V, low: L::V) -> L::V {
        let lane = self.lane;
        let q = lane.low(self.zero, low, self.inverse);
        let high = lane.add(high, lane.shift_right::<52>(low));
        let r = lane.sub(high, lane.high(self.zero, q, self.p));
        if L::CHECKED {
            for i in 0..L::N {
                let (high, low) = (u128::from(lane.get(high, i)), self.value(low, i));
                assert!(high >= u128::from(self.prime), "a quotient that may be negative");
                let exact = ((high << 52) + low - self.value(q, i) * u128::from(self.prime)) >> 52;
                assert_eq!(u128::from(lane.get(r, i)), exact);
            }
        }
        r
    }
}

impl<L: IntegerLane, const FUSED: bool> Arithmetic for Ifma<L, FUSED> {
    type Lane = L;
    type Fused = Ifma<L, true>;
    const REPRESENTATION: Representation = Representation::Words;
    const LIMIT: u32 = 64;
    const GROWTH: u32 = 16;
    const REDUCED: u32 = 16;
    const SIGNED: bool = false;

    #[inline(always)]
    fn new(lane: L, prime: &Prime) -> Self {
        let p = prime.p();
        // floor(2^104 / p): 52 bits before the point and 52 after it.
        let reciprocal = prime.reciprocal() >> 24;
        let (one, fraction) = ((reciprocal >> 52) as u64, reciprocal as u64 & MASK);
        Ifma {
            lane,
            prime: p,
            zero: lane.splat(0),
            unit: lane.splat(1),
            two: lane.splat(2),
            minus_two: lane.splat(2u64.wrapping_neg()),
            mask: lane.splat(MASK),
            p: lane.splat(p),
            negative: lane.splat((1 << 52) - p),
            twice: lane.splat(2 * p),
            minus_twice: lane.splat((2 * p).wrapping_neg()),
            one: lane.splat(one),
            fraction: lane.splat(fraction),
            inverse: lane.splat(prime.inverse_mod_word() & MASK),
            wide: lane.splat((prime.reciprocal() >> 64) as u64),
        }
    }

    #[inline(always)]
    fn lane(self) -> L {
        self.lane
    }

    #[inline(always)]
    fn factor(prime: &Prime, value: u64) -> [u64; 2] {
        // floor(floor(2^64 v / p) / 2^12)
        [value, prime.twiddle(value).quotient >> 12]
    }

    fn unfactor(prime: &Prime) -> u64 {
        prime.power_of_two(52)
    }

    #[inline(always)]
    fn load_words(self, chunk: &Chunk<Self>) -> L::V {
        self.lane.load(chunk)
    }

    #[inline(always)]
    fn store_words(self, chunk: &mut Chunk<Self>, v: L::V) {
        let v = self.lane.and(v, self.mask);
        if L::CHECKED {
            (0..L::N).for_each(|i| assert!(self.value(v, i) < 2 * u128::from(self.prime), "over 2p"));
        }
        self.lane.store(chunk, v);
    }

    #[inline(always)]
    fn store_canonical(self, chunk: &mut Chunk<Self>, v: L::V) {
        let v = self.lane.and(v, self.mask);
        let v = self.lane.min(v, self.lane.sub(v, self.p));
        if L::CHECKED {
            (0..L::N).for_each(|i| assert!(self.lane.get(v, i) < self.prime, "over p"));
        }
        self.lane.store(chunk, v);
    }

    #[inline(always)]
    fn reduce(self, x: L::V) -> L::V {
        self.reductions([x])[0]
    }

    #[inline(always)]
    fn mul(self, y: L::V, w: Factor<L::V>) -> L::V {
        self.products([y], [w])[0]
    }

    #[inline(always)]
    fn seed(self, bias: Bias) -> Seed<L::V> {
        match bias {
            Bias::None => Seed { value: self.zero, quotient: self.zero },
            Bias::Up => Seed { value: self.twice, quotient: self.minus_two },
            Bias::Down => Seed { value: self.minus_twice, quotient: self.two },
        }
    }

    #[inline(always)]
    fn seeds(self, biases: [Bias; 4]) -> Seed<L::V> {
        let (mut up, mut down) = ([0; 8], [0; 8]);
        for i in 0..8 {
            (up[i], down[i]) = match biases[i % 4] {
                Bias::None => (0, 0),
                Bias::Up => (u64::MAX, 0),
                Bias::Down => (0, u64::MAX),
            };
        }
        let lane = self.lane;
        let (up, down) = (lane.load(&up), lane.load(&down));
        Seed {
            value: lane.or(lane.and(up, self.twice), lane.and(down, self.minus_twice)),
            quotient: lane.or(lane.and(up, self.minus_two), lane.and(down, self.two)),
        }
    }

    #[inline(always)]
    fn raise(self, x: L::V, bias: Bias) -> L::V {
        match bias {
            Bias::None => x,
            Bias::Up => self.lane.add(x, self.twice),
            Bias::Down => self.lane.sub(x, self.twice),
        }
    }

    #[inline(always)]
    fn reductions_from<const K: usize>(self, seed: Seed<L::V>, x: [L::V; K]) -> [L::V; K] {
        let (mut q, mut r) = (x, x);
        for k in 0..K {
            q[k] = self.lane.high(seed.quotient, x[k], self.one);
        }
        for k in 0..K {
            r[k] = self.lane.low(x[k], q[k], self.negative);
        }
        if L::CHECKED {
            (0..K).for_each(|k| self.check_reduced(seed, x[k], q[k], r[k]));
        }
        r
    }

    #[inline(always)]
    fn products_from<const K: usize>(
        self,
        seeds: [Seed<L::V>; K],
        y: [L::V; K],
        w: [Factor<L::V>; K],
    ) -> [L::V; K] {
        let (mut q, mut t) = (y, y);
        for k in 0..K {
            q[k] = self.lane.high(self.zero, y[k], w[k].quotient);
        }
        for k in 0..K {
            t[k] = self.lane.low(seeds[k].value, y[k], w[k].value);
        }
        for k in 0..K {
            t[k] = self.lane.low(t[k], q[k], self.negative);
        }
        if L::CHECKED {
            (0..K).for_each(|k| self.check_product(seeds[k], (y[k], w[k].value), q[k], t[k]));
        }
        t
    }

    #[inline(always)]
    fn butterflies<const K: usize>(
        self,
        x: [[L::V; 4]; K],
        y: [[L::V; 4]; K],
        w: [[Factor<L::V>; 4]; K],
    ) -> [[[L::V; 4]; 2]; K] {
        let lane = self.lane;
        let mut out = [[[self.zero; 4]; 2]; K];
        if FUSED {
            for g in 0..K {
                let (mut q, [sum, difference]) = (y[g], &mut out[g]);
                for k in 0..4 {
                    q[k] = lane.high(self.zero, y[g][k], w[g][k].quotient);
                }
                for k in 0..4 {
                    sum[k] = lane.low(x[g][k], y[g][k], w[g][k].value);
                }
                for k in 0..4 {
                    difference[k] = lane.low(self.twice, x[g][k], self.two);
                }
                for k in 0..4 {
                    sum[k] = lane.low(sum[k], q[k], self.negative);
                }
                for k in 0..4 {
                    difference[k] = lane.sub(difference[k], sum[k]);
                }
            }
        } else {
            let mut t = y;
            for g in 0..K {
                t[g] = self.products(y[g], w[g]);
            }
            for g in 0..K {
                let [sum, difference] = &mut out[g];
                for k in 0..4 {
                    difference[k] = lane.add(x[g][k], self.twice);
                }
                for k in 0..4 {
                    sum[k] = lane.add(x[g][k], t[g][k]);
                }
                for k in 0..4 {
                    difference[k] = lane.sub(difference[k], t[g][k]);
                }
            }
        }
        if L::CHECKED {
            for (g, [sum, difference]) in out.iter().enumerate() {
                let t = self.products(y[g], w[g]);
                for k in 0..4 {
                    self.check_sum(sum[k], x[g][k], t[k]);
                    self.check_difference(difference[k], x[g][k], self.twice, t[k]);
                }
            }
        }
        out
    }

    #[inline(always)]
    fn inverse_butterflies(
        self,
        x: [L::V; 4],
        y: [L::V; 4],
        w: [Factor<L::V>; 4],
        from: [[Bias; 2]; 4],
        wide: [bool; 4],
        to: [Seed<L::V>; 4],
    ) -> [[L::V; 4]; 2] {
        let lane = self.lane;
        let (mut sum, mut difference) = (x, x);
        for k in 0..4 {
            let raised = match (if wide[k] { 4 } else { 2 }) - from[k][0].units() + from[k][1].units() {
                0 => x[k],
                2 => lane.add(x[k], self.twice),
                _ => unreachable!("biases of more than the difference takes"),
            };
            difference[k] = lane.sub(raised, y[k]);
        }
        for k in 0..4 {
            sum[k] = lane.add(x[k], y[k]);
        }
        if L::CHECKED {
            for k in 0..4 {
                self.check_butterfly([sum[k], difference[k]], [x[k], y[k]], from[k], wide[k]);
            }
        }
        [sum, self.products_from(to, difference, w)]
    }

    #[inline(always)]
    fn add(self, x: L::V, y: L::V) -> L::V {
        let sum = self.lane.add(x, y);
        self.check_sum(sum, x, y);
        sum
    }

    #[inline(always)]
    fn sub(self, x: L::V, y: L::V) -> L::V {
        let difference = self.lane.sub(self.lane.add(x, self.twice), y);
        self.check_difference(difference, x, self.twice, y);
        difference
    }

    #[inline(always)]
    fn product(self, a: L::V, b: L::V) -> L::V {
        let lane = self.lane;
        let (a, b) = (self.reduce(a), self.reduce(b));
        let low = lane.low(self.zero, a, b);
        let high = lane.high(self.p, a, b);
        let q = lane.low(self.zero, low, self.inverse);
        let z = lane.sub(high, lane.high(self.zero, q, self.p));
        if L::CHECKED {
            for i in 0..L::N {
                let p = u128::from(self.prime);
                assert!(self.value(z, i) < 2 * p, "a Montgomery product over 2p");
                let product = self.value(a, i) % p * (self.value(b, i) % p) % p;
                assert_eq!((self.value(z, i) << 52) % p, product);
            }
        }
        z
    }

    #[inline(always)]
    fn split_words(self, split: SplitWords<'_>) {
        convert::split_words(self, split);
    }

    #[inline(always)]
    fn lay(lane: L, lay: Lay<'_>) {
        convert::lay(lane, lay);
    }

    #[inline(always)]
    fn split(self, split: Split<'_>) {
        convert::split(self, split);
    }

    #[inline(always)]
    fn rows(lane: L, rows: Rows<'_>) {
        reconstruct::rows(lane, rows);
    }

    #[inline(always)]
    fn modular(lane: L, modulo: Modulo<'_>) {
        modular::modular(lane, modulo);
    }

    fn integer_product(lane: L, out: &mut [u64], a: &[u64], b: &[u64]) -> bool {
        columns::product::<L, FUSED>(lane, out, a, b) || digits::product::<L, FUSED>(lane, out, a, b)
    }

    fn cut_chunks(lane: L, row: &[u64], first: u64, bits: u64, out: &mut [u64]) -> bool {
        lane.enter::<Self, _>(chunks::Cut { lane, row, first, bits, out });
        true
    }

    fn join_chunks(lane: L, joint: &Joint, residues: [&[u64]; 2], out: &mut [u64]) -> bool {
        let wide = joint.bits >= chunks::NARROWEST;
        if wide {
            lane.enter::<Self, _>(chunks::Join { lane, joint, residues, out });
        }
        wide
    }

    #[inline(always)]
    fn compose(self, v: L::V, w: Factor<L::V>) -> Factor<L::V> {
        let lane = self.lane;
        let product = lane.and(self.mul(v, w), self.mask);
        let value = lane.min(product, lane.sub(product, self.p));
        // value * 2^52 / p = value * one + value * fraction / 2^52 + less than 1/8: the integer is the quotient or one
        // less, which the rest tells.
        let quotient = lane.high(lane.low(self.zero, value, self.one), value, self.fraction);
        let rest = lane.and(lane.low(self.zero, quotient, self.negative), self.mask);
        let short = lane.shift_right::<63>(lane.sub(rest, self.p));
        let quotient = lane.and(lane.sub(lane.add(quotient, self.unit), short), self.mask);
        if L::CHECKED {
            for i in 0..L::N {
                let exact = (self.value(value, i) << 52) / u128::from(self.prime);
                assert_eq!(self.value(quotient, i), exact, "the quotient of a composed factor");
            }
        }
        Factor { value, quotient }
    }
}
