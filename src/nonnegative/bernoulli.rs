//! Products of factors `1 - p + p*x`, some dozen at a time: the bottom of the sum of many different trials.
//!
//! It stands apart because these are most of the work of a long sum when they are multiplied one by one: eight blocks of up to
//! 64 factors run side by side, `c[k] = c[k]*(1 - p) + c[k-1]*p` in pairs of floats, `1 - p` exactly.
//!
//! # Error
//! A step is two products within `6*u^2` each and a sum within `3*u^2`. Nothing underflows: only factors with both
//! coefficients at least `2^-14` are taken, a coefficient of 64 of them is at least `2^-896`, and what is rounded off is
//! above `2^-1022`.

use super::double_double::DoubleDouble;
use super::scaled::UNIT;
use super::wide::Wide;
use crate::convolution::{Vectorise, vectorised};

/// Blocks side by side.
const LANES: usize = 8;

/// Factors a block, at most.
const FACTORS: usize = 64;

/// The product of all factors, in blocks; a factor with a small coefficient stays alone.
pub(super) fn blocks(probabilities: &[f64]) -> Vec<Wide> {
    let least = 2f64.powi(-14);
    let (ordinary, others): (Vec<f64>, Vec<f64>) =
        probabilities.iter().partition(|&&p| p >= least && 1.0 - p >= least);
    let mut out = Vec::with_capacity(ordinary.len() / FACTORS + LANES + others.len());
    for group in ordinary.chunks(LANES * FACTORS) {
        vectorised(SideBySide { group, out: &mut out });
    }
    out.extend(
        others.into_iter().map(|p| Wide::from_pairs([DoubleDouble::difference(1.0, p), p.into()], 0.0)),
    );
    out
}

struct SideBySide<'a> {
    group: &'a [f64],
    out: &'a mut Vec<Wide>,
}

impl Vectorise for SideBySide<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        side_by_side(self.group, self.out);
    }
}

#[inline(always)]
fn side_by_side(group: &[f64], out: &mut Vec<Wide>) {
    let each = group.len().div_ceil(LANES);
    let (mut high, mut low) = ([[0.0; LANES]; FACTORS + 1], [[0.0; LANES]; FACTORS + 1]);
    high[0] = [1.0; LANES];
    for t in 0..each {
        // A lane without a factor left multiplies by 1.
        let p: [f64; LANES] = std::array::from_fn(|s| group.get(s * each + t).copied().unwrap_or(0.0));
        let q = p.map(|p| DoubleDouble::difference(1.0, p));
        for k in (0..=t + 1).rev() {
            for s in 0..LANES {
                let mut next = DoubleDouble::raw(high[k][s], low[k][s]).times(q[s]);
                if k > 0 {
                    next = next.plus(DoubleDouble::raw(high[k - 1][s], low[k - 1][s]).times(p[s].into()));
                }
                (high[k][s], low[k][s]) = (next.high(), next.low());
            }
        }
    }
    for s in 0..LANES {
        let factors = group.len().saturating_sub(s * each).min(each);
        if factors > 0 {
            let pairs = (0..=factors).map(|k| DoubleDouble::raw(high[k][s], low[k][s]));
            out.push(Wide::from_pairs(pairs, 14.0 * factors as f64 * UNIT * UNIT));
        }
    }
}
