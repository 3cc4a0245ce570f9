//! Short vectors of pairs of floats, `(high + low) * 2^e`: the factors at the bottom of powers and of long products.
//!
//! They stand apart because an error at the bottom counts as often as the factor is used: of the thousand dice of a sum,
//! the product of the first two is used five hundred times. With 106 bits these errors do not count, and what is left is
//! one rounding of each factor of some dozen coefficients.

use super::convert::split;
use super::double_double::DoubleDouble;
use super::scaled::{MAX_EXPONENT, Scaled, UNIT, View, ZERO};
use crate::convolution::{Vectorise, vectorised};

/// Outputs side by side.
const LANES: usize = 8;

/// Numbers `(high + low) * 2^e` with `1 <= high < 2`, or 0 as in [`Scaled`].
#[derive(Clone, Debug)]
pub(super) struct Wide {
    high: Vec<f64>,
    low: Vec<f64>,
    e: Vec<i32>,
    /// Every coefficient is within this relative error.
    pub(super) error: f64,
}

impl Wide {
    /// Coefficients that have an error already.
    pub(super) fn new(v: View<'_>, error: f64) -> Self {
        Wide { high: v.m.to_vec(), low: vec![0.0; v.len()], e: v.e.to_vec(), error }
    }

    /// Numbers within a relative error.
    pub(super) fn from_pairs(pairs: impl IntoIterator<Item = DoubleDouble>, error: f64) -> Self {
        let mut out = Wide { high: vec![], low: vec![], e: vec![], error };
        pairs.into_iter().for_each(|pair| out.push(pair, 0));
        out
    }

    fn push(&mut self, value: DoubleDouble, e: i32) {
        let (m, own) = split(value.high());
        // Zero has no lower part, and neither has a number below the normal ones.
        let power = if own < -1022 { 0.0 } else { super::scaled::power_of_two(-i64::from(own)) };
        self.high.push(m);
        self.low.push(value.low() * power);
        self.e.push(if own == ZERO { ZERO } else { own + e });
    }

    pub(super) fn len(&self) -> usize {
        self.high.len()
    }

    pub(super) fn exponents(&self) -> &[i32] {
        &self.e
    }

    /// The leading parts, and the bound with their rounding.
    pub(super) fn rounded(self) -> (Scaled, f64) {
        let exact = self.low.iter().all(|&low| low == 0.0);
        let error = if exact { self.error } else { super::both(self.error, UNIT) };
        (Scaled { m: self.high, e: self.e }, error)
    }

    /// The product: products within `6*u^2`, sums within `3*u^2` each.
    pub(super) fn times(&self, other: &Wide) -> Wide {
        let (a, b) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        let mut out = Wide { high: vec![], low: vec![], e: vec![], error: 0.0 };
        vectorised(Product { a, b, out: &mut out });
        let own = (3 * a.len() + 9) as f64 * UNIT * UNIT;
        out.error = super::both(super::both(a.error, b.error), own);
        out
    }

    #[inline(always)]
    fn times_into(&self, other: &Wide, out: &mut Wide) {
        let len = self.len() + other.len() - 1;
        // Zeros around the other factor, so that every vector of outputs meets all of this one.
        let pad = self.len() - 1;
        let padded = len.next_multiple_of(LANES) + pad;
        let around = |v: &[f64]| {
            let mut w = vec![0.0; padded];
            w[pad..pad + v.len()].copy_from_slice(v);
            w
        };
        let (high, low) = (around(&other.high), around(&other.low));
        let mut e = vec![ZERO; padded];
        e[pad..pad + other.len()].copy_from_slice(&other.e);
        for start in (0..len).step_by(LANES) {
            let at = |i: usize| start + pad - i;
            // Sums of exponents with that of zero are below this.
            let mut most = [ZERO + MAX_EXPONENT; LANES];
            for (i, &x) in self.e.iter().enumerate() {
                let y: &[i32; LANES] = e[at(i)..].first_chunk().expect("padded");
                for (most, y) in most.iter_mut().zip(y) {
                    *most = (*most).max(x + y);
                }
            }
            let (mut sum, mut rest) = ([0.0; LANES], [0.0; LANES]);
            for i in 0..self.len() {
                let (x, own) = (DoubleDouble::raw(self.high[i], self.low[i]), self.e[i]);
                let h: &[f64; LANES] = high[at(i)..].first_chunk().expect("padded");
                let l: &[f64; LANES] = low[at(i)..].first_chunk().expect("padded");
                let y: &[i32; LANES] = e[at(i)..].first_chunk().expect("padded");
                for s in 0..LANES {
                    let e = (own + y[s]).max(most[s] - 301) - most[s];
                    let power = f64::from_bits(if e < -300 { 0 } else { ((e + 1023) as u64) << 52 });
                    let term = x.times(DoubleDouble::raw(h[s], l[s])).scaled(power);
                    let total = DoubleDouble::raw(sum[s], rest[s]).plus(term);
                    (sum[s], rest[s]) = (total.high(), total.low());
                }
            }
            for s in 0..LANES.min(len - start) {
                let zero = most[s] <= ZERO + MAX_EXPONENT;
                out.push(if zero { 0.0.into() } else { DoubleDouble::raw(sum[s], rest[s]) }, most[s]);
            }
        }
    }
}

struct Product<'a> {
    a: &'a Wide,
    b: &'a Wide,
    out: &'a mut Wide,
}

impl Vectorise for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.a.times_into(self.b, self.out);
    }
}
