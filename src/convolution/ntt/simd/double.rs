//! [`Double`]: residues as integers in doubles, products by fused multiplication and addition.
//!
//! Values have a sign and are at most `8p < 2^52` in size. A product needs no reduction of its operand: with
//! `M = 1.5 * 2^52`,
//!
//! - `q = (y * (w/p) + M) - M` is `y*w/p` rounded to an integer: with `|w| <= p/2` the sum stays in `2^52 ..= 2^53`,
//!   where doubles are the integers. The rounded `w/p` is off by `2^-54` at most, `|y| <= 8p < 2^52`: `|q - y*w/p| <= 3/4`;
//! - `h = y*w` rounded, `l = y*w - h` exact (`fma`), `h - q*p` exact too: it is an integer, and
//!   `|h - q*p| <= |y*w - q*p| + |l| < 2^49 + 2^46`;
//! - their sum `y*w - q*p` is an integer of size at most `3p/4`.
//!
//! A layer adds `3p/4`: from `p/2`, nine layers stay below `8p`. In the other direction sums double, and a
//! reduction a pass is enough for the half that are sums of products.
//!
//! # Source
//! J. van der Hoeven, G. Lecerf, G. Quintin, "Modular SIMD arithmetic in Mathemagix", ACM TOMS 43 (2016); here with a
//! precomputed `w/p`, so that `q` and `h` do not wait for each other. Operations round to nearest, which Rust takes
//! for granted everywhere.

use super::{
    arithmetic::{Arithmetic, Bias, Chunk, Factor, Representation, Seed},
    convert::{Lay, Split, SplitWords, lay_columns},
    halves,
    lane::FloatLane,
    modular::Modulo,
    reconstruct::Rows,
};
use crate::convolution::{ROUND, ntt::prime::Prime};

/// Residues as doubles.
#[derive(Clone, Copy)]
pub(super) struct Double<L: FloatLane> {
    lane: L,
    /// The prime itself, for the checks.
    prime: f64,
    p: L::V,
    reciprocal: L::V,
    round: L::V,
}

impl<L: FloatLane> Double<L> {
    #[inline(always)]
    fn value(self, v: L::V, i: usize) -> f64 {
        f64::from_bits(self.lane.get(v, i))
    }

    /// Integers of at most `eighths * p / 8`.
    #[inline(always)]
    fn check(self, v: L::V, eighths: f64) {
        if L::CHECKED {
            self.check_each(v, eighths);
        }
    }

    #[inline(never)]
    fn check_each(self, v: L::V, eighths: f64) {
        for i in 0..L::N {
            let x = self.value(v, i);
            assert!(x.fract() == 0.0 && x.abs() <= self.prime * eighths / 8.0, "{x} over {eighths}p/8");
        }
    }

    /// `a * b` rounded to integers; below 2^51.
    #[inline(always)]
    fn quotients<const K: usize>(self, a: [L::V; K], b: [L::V; K]) -> [L::V; K] {
        let lane = self.lane;
        let mut q = a;
        for k in 0..K {
            q[k] = lane.mul_add(a[k], b[k], self.round);
            if L::CHECKED {
                self.check_rounded(q[k]);
            }
        }
        for q in &mut q {
            *q = lane.sub(*q, self.round);
        }
        q
    }

    /// Doubles that are the integers.
    #[inline(never)]
    fn check_rounded(self, v: L::V) {
        for i in 0..L::N {
            let sum = self.value(v, i);
            assert!((2f64.powi(52)..=2f64.powi(53)).contains(&sum), "{sum} does not round to integers");
        }
    }

    /// `t = y * b - q * p`, at most `6p/8`.
    #[inline(never)]
    fn check_product(self, (y, b): (L::V, L::V), q: L::V, t: L::V) {
        for i in 0..L::N {
            let [y, b, q, t] = [y, b, q, t].map(|v| self.value(v, i) as i128);
            assert_eq!(y * b - q * self.prime as i128, t, "an inexact product");
        }
        self.check(t, 6.0);
    }

    /// An integer below 2^53 in size, reduced.
    #[inline(always)]
    pub(super) fn reduce_wide(self, x: L::V) -> L::V {
        let q = self.quotients([x], [self.reciprocal])[0];
        let r = self.lane.neg_mul_add(q, self.p, x);
        self.check(r, 4.01);
        r
    }

    /// A reduced value in `0..p`.
    #[inline(always)]
    pub(super) fn canonical(self, x: L::V) -> L::V {
        self.check(x, 4.01);
        self.lane.add_where_negative(x, self.p)
    }

    /// `y * b - q * p`, which have to be small.
    #[inline(always)]
    fn rests<const K: usize>(self, y: [L::V; K], b: [L::V; K], h: [L::V; K], q: [L::V; K]) -> [L::V; K] {
        let lane = self.lane;
        let (mut high, mut low) = (y, y);
        for k in 0..K {
            low[k] = lane.mul_sub(y[k], b[k], h[k]);
        }
        for k in 0..K {
            high[k] = lane.neg_mul_add(q[k], self.p, h[k]);
        }
        for k in 0..K {
            high[k] = lane.add(high[k], low[k]);
            if L::CHECKED {
                self.check_product((y[k], b[k]), q[k], high[k]);
            }
        }
        high
    }
}

/// The representative of a residue that is closest to zero.
pub(super) fn centred(prime: &Prime, value: u64) -> f64 {
    if value > prime.p() / 2 { -((prime.p() - value) as f64) } else { value as f64 }
}

impl<L: FloatLane> Arithmetic for Double<L> {
    type Lane = L;
    type Fused = Self;
    const REPRESENTATION: Representation = Representation::Doubles;
    const LIMIT: u32 = 64;
    const GROWTH: u32 = 6;
    const REDUCED: u32 = 5;
    const SIGNED: bool = true;

    #[inline(always)]
    fn new(lane: L, prime: &Prime) -> Self {
        let p = prime.p() as f64;
        let splat = |x: f64| lane.splat(x.to_bits());
        Double { lane, prime: p, p: splat(p), reciprocal: splat(prime.float_inverse()), round: splat(ROUND) }
    }

    #[inline(always)]
    fn lane(self) -> L {
        self.lane
    }

    fn factor(prime: &Prime, value: u64) -> [u64; 2] {
        let value = centred(prime, value);
        [value.to_bits(), (value / prime.p() as f64).to_bits()]
    }

    fn unfactor(_prime: &Prime) -> u64 {
        1
    }

    #[inline(always)]
    fn load_words(self, chunk: &Chunk<Self>) -> L::V {
        self.lane.from_words(chunk)
    }

    #[inline(always)]
    fn store_words(self, chunk: &mut Chunk<Self>, v: L::V) {
        // In p/4 .. 7p/4, or for p = 3 in 0 ..= 2p.
        self.lane.to_words(chunk, self.lane.add(self.reduce(v), self.p));
    }

    #[inline(always)]
    fn store_canonical(self, chunk: &mut Chunk<Self>, v: L::V) {
        self.lane.to_words(chunk, self.lane.add_where_negative(self.reduce(v), self.p));
    }

    #[inline(always)]
    fn reduce(self, x: L::V) -> L::V {
        self.reductions([x])[0]
    }

    #[inline(always)]
    fn mul(self, y: L::V, w: Factor<L::V>) -> L::V {
        self.products([y], [w])[0]
    }

    /// Of values with signs nobody reads it.
    #[inline(always)]
    fn seed(self, _bias: Bias) -> Seed<L::V> {
        Seed { value: self.p, quotient: self.p }
    }

    #[inline(always)]
    fn seeds(self, _biases: [Bias; 4]) -> Seed<L::V> {
        self.seed(Bias::None)
    }

    #[inline(always)]
    fn raise(self, x: L::V, _bias: Bias) -> L::V {
        x
    }

    #[inline(always)]
    fn reductions_from<const K: usize>(self, _seed: Seed<L::V>, x: [L::V; K]) -> [L::V; K] {
        let q = self.quotients(x, [self.reciprocal; K]);
        let mut r = x;
        for k in 0..K {
            self.check(x[k], 64.0);
            r[k] = self.lane.neg_mul_add(q[k], self.p, x[k]);
            self.check(r[k], 4.01);
        }
        r
    }

    #[inline(always)]
    fn products_from<const K: usize>(
        self,
        _seeds: [Seed<L::V>; K],
        y: [L::V; K],
        w: [Factor<L::V>; K],
    ) -> [L::V; K] {
        let lane = self.lane;
        let (mut values, mut quotients) = (y, y);
        for k in 0..K {
            (values[k], quotients[k]) = (w[k].value, w[k].quotient);
            self.check(y[k], 64.0);
            self.check(w[k].value, 4.0);
        }
        let q = self.quotients(y, quotients);
        let mut h = y;
        for k in 0..K {
            h[k] = lane.mul(y[k], values[k]);
        }
        self.rests(y, values, h, q)
    }

    #[inline(always)]
    fn butterflies<const K: usize>(
        self,
        x: [[L::V; 4]; K],
        y: [[L::V; 4]; K],
        w: [[Factor<L::V>; 4]; K],
    ) -> [[[L::V; 4]; 2]; K] {
        let (mut t, mut out) = (y, [[[self.p; 4]; 2]; K]);
        for g in 0..K {
            t[g] = self.products(y[g], w[g]);
        }
        for g in 0..K {
            let [sum, difference] = &mut out[g];
            for k in 0..4 {
                sum[k] = self.add(x[g][k], t[g][k]);
                difference[k] = self.sub(x[g][k], t[g][k]);
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
        _from: [[Bias; 2]; 4],
        _wide: [bool; 4],
        _to: [Seed<L::V>; 4],
    ) -> [[L::V; 4]; 2] {
        let (mut sum, mut difference) = (x, x);
        for k in 0..4 {
            difference[k] = self.sub(x[k], y[k]);
        }
        for k in 0..4 {
            sum[k] = self.add(x[k], y[k]);
        }
        [sum, self.products(difference, w)]
    }

    #[inline(always)]
    fn add(self, x: L::V, y: L::V) -> L::V {
        let sum = self.lane.add(x, y);
        self.check(sum, 64.0);
        sum
    }

    #[inline(always)]
    fn sub(self, x: L::V, y: L::V) -> L::V {
        let difference = self.lane.sub(x, y);
        self.check(difference, 64.0);
        difference
    }

    #[inline(always)]
    fn product(self, a: L::V, b: L::V) -> L::V {
        // Both at most p/2 or so, so that h/p < 2^47 and its rounding error is far below 1/4.
        let (a, b) = (self.reduce(a), self.reduce(b));
        let h = self.lane.mul(a, b);
        let q = self.quotients([h], [self.reciprocal]);
        self.rests([a], [b], [h], q)[0]
    }

    #[inline(always)]
    fn split_words(self, split: SplitWords<'_>) {
        halves::split_words(self, split);
    }

    #[inline(always)]
    fn lay(lane: L, lay: Lay<'_>) {
        lay_columns::<L, halves::Centred>(lane, lay);
    }

    #[inline(always)]
    fn split(self, split: Split<'_>) {
        halves::split(self, split);
    }

    #[inline(always)]
    fn rows(lane: L, rows: Rows<'_>) {
        halves::rows(lane, rows);
    }

    #[inline(always)]
    fn modular(lane: L, modulo: Modulo<'_>) {
        halves::modular(lane, modulo);
    }

    #[inline(always)]
    fn compose(self, v: L::V, w: Factor<L::V>) -> Factor<L::V> {
        // |v| <= p/2: the product exceeds p/2 by less than p/16; reduced once more, by less than one.
        let value = self.reduce(self.mul(v, w));
        Factor { value, quotient: self.lane.div(value, self.p) }
    }
}
