//! Powers of a run of equal coefficients, `f = c (1 + x + ... + x^(S-1))`: sums of dice.
//!
//! They stand apart from [`recurrence`](super::recurrence) because three terms are enough whatever `S` is, and because all numbers are
//! natural: `(1-x)(1-x^S) P' = N (1 - S x^(S-1) + (S-1) x^S) P` for `P = f^N` gives
//!
//! `k c_k = (N-1+k) c_(k-1) - (S(N+1)-k) c_(k-S) + (N(S-1)+S+1-k) c_(k-S-1)`,
//!
//! where up to the middle no factor is negative; beyond that the power is a palindrome. All `c_k` have the sign of `c^N`, and
//! their absolute values do not decrease up to the middle.
//!
//! # Method
//! The three products and the exact division by `k` are one loop over the limbs. The last `S+1` coefficients stand in a ring that a
//! cache holds; the matrix of the result is written and not read.
//!
//! # Source
//! That of [`recurrence`](super::recurrence).

use super::Power;
use crate::Result;
use crate::convolution::{limbs::sign_extend, scratch, tuning};
use crate::integer::{
    IntegerVec,
    bigints::from_magnitude,
    limbs::{inverse_mod_word, negate, trimmed},
};
use num_bigint::{BigInt, Sign};
use std::ops::Range;

/// Factors stay below this, so that the sum of three products with a limb fits 127 bits.
const FACTORS: u64 = 1 << 60;

/// A power of a run.
pub(super) struct Run<'a> {
    power: &'a Power<'a>,
    /// Of the run, and the exponent.
    size: u64,
    n: u32,
    /// `S(N+1)`.
    product: u64,
}

impl<'a> Run<'a> {
    /// `None` where the coefficients differ or are too few for this to pay, or factors would leave their range.
    pub(super) fn of(power: &'a Power<'a>) -> Option<Self> {
        let f = power.f;
        let size = f.len() as u64;
        if size < 4 || f.rows().any(|row| row != f.row(0)) {
            return None;
        }
        let n = u32::try_from(power.n).ok()?;
        let product = size.checked_mul(u64::from(n) + 1).filter(|&product| product < FACTORS)?;
        Some(Run { power, size, n, product })
    }

    /// How many coefficients are computed: to the one that is nearest to the middle.
    fn steps(&self) -> usize {
        let (length, Range { start, end }) = (self.power.length, self.power.window.clone());
        let half = length.div_ceil(2);
        if end <= half { end } else { half.min(length - start) }
    }

    pub(super) fn cost(&self) -> f64 {
        let (steps, limbs) = (self.steps() as f64, self.power.width() as f64);
        steps * (20.0 + limbs * tuning::POWER_RUN)
    }

    /// The wanted coefficients into rows.
    pub(super) fn write(&self, out: &mut [u64]) -> Result<()> {
        let width = self.power.width();
        self.each(|place, _, magnitude, negative| {
            let row = &mut out[place * width..][..width];
            row[..magnitude.len()].copy_from_slice(magnitude);
            row[magnitude.len()..].fill(0);
            if negative {
                negate(row);
            }
        })
    }

    /// The wanted coefficients as numbers, without a matrix of all of them on the way.
    pub(super) fn values(&self) -> Result<Vec<BigInt>> {
        let mut out = vec![BigInt::ZERO; self.power.window.len()];
        self.each(|place, known, magnitude, negative| {
            out[place] = match known {
                Some(known) => out[known].clone(),
                None => from_magnitude(if negative { Sign::Minus } else { Sign::Plus }, trimmed(magnitude)),
            };
        })?;
        Ok(out)
    }

    /// Calls `put` with each place of the window, a place that has the same number already, its absolute value, and whether it is negative.
    fn each(&self, mut put: impl FnMut(usize, Option<usize>, &[u64], bool)) -> Result<()> {
        let (width, steps) = (self.power.width(), self.steps());
        let c = self.power.f.row(0);
        let first = crate::integer::bigints::from_row::<BigInt>(c).pow(self.n);
        let negative = first.sign() == Sign::Minus;
        let first = IntegerVec::from_bigints(&[if negative { -first } else { first }]);
        // A limb more, which stays zero: what is read of a number that has become longer meanwhile.
        let stride = width + 1;
        let slots = steps.min(self.size as usize + 2).max(2);
        let mut ring = scratch::take((slots + 1) * stride)?;
        ring.fill(0);
        let (ring, zeros) = ring.split_at_mut(slots * stride);
        sign_extend(first.row(0), &mut ring[..width]);
        self.both(0, &ring[..width], negative, &mut put);
        let mut len = trimmed(&ring[..width]).len();
        for k in 1..steps {
            // By the ratio of neighbours, at most N, a coefficient has a limb more than the last.
            len = (len + 1).min(width);
            let slot = k % slots;
            let (left, rest) = ring.split_at_mut(slot * stride);
            let (row, right) = rest.split_at_mut(stride);
            let before = |back: usize| -> &[u64] {
                let Some(at) = k.checked_sub(back) else { return &zeros[..=len] };
                let at = at % slots;
                if at < slot {
                    &left[at * stride..][..=len]
                } else {
                    &right[(at - slot - 1) * stride..][..=len]
                }
            };
            let size = self.size as usize;
            let mut step = Step::new(self, k as u64);
            step.row(&mut row[..len], [before(1), before(size), before(size + 1)]);
            len = trimmed(&row[..len]).len();
            self.both(k, &row[..len], negative, &mut put);
        }
        Ok(())
    }

    /// Puts a number in both places where it stands, as far as they are wanted.
    fn both(
        &self,
        k: usize,
        magnitude: &[u64],
        negative: bool,
        put: &mut impl FnMut(usize, Option<usize>, &[u64], bool),
    ) {
        let window = &self.power.window;
        let mirrored = self.power.length - 1 - k;
        let mut known = None;
        for at in [k, mirrored] {
            if window.contains(&at) {
                put(at - window.start, known, magnitude, negative);
                known = Some(at - window.start);
            }
            if mirrored == k {
                break;
            }
        }
    }
}

/// One coefficient, limb by limb.
struct Step {
    /// Of the coefficients 1, S and S+1 before; the second is subtracted.
    factors: [u64; 3],
    /// The odd part of `k`, its inverse modulo 2^64, and how many twos there are.
    odd: u64,
    inverse: u64,
    twos: u32,
    /// What the sum of the products so far carries, and what the division owes.
    carry: i128,
    owed: u64,
    /// The last limb of the quotient by the odd part.
    last: u64,
}

impl Step {
    fn new(run: &Run<'_>, k: u64) -> Self {
        let n = u64::from(run.n);
        let twos = k.trailing_zeros();
        let odd = k >> twos;
        let factors = [n - 1 + k, run.product - k, run.product - n + 1 - k];
        Step { factors, odd, inverse: inverse_mod_word(odd), twos, carry: 0, owed: 0, last: 0 }
    }

    /// The coefficient from three others, each with one limb more.
    fn row(&mut self, out: &mut [u64], [x, y, z]: [&[u64]; 3]) {
        self.limb(x[0], y[0], z[0]);
        for (((out, &x), &y), &z) in out.iter_mut().zip(&x[1..]).zip(&y[1..]).zip(&z[1..]) {
            *out = self.limb(x, y, z);
        }
    }

    /// Takes a limb of each, gives the limb below of the quotient.
    #[inline(always)]
    fn limb(&mut self, x: u64, y: u64, z: u64) -> u64 {
        let product = |factor: u64, limb: u64| (u128::from(factor) * u128::from(limb)) as i128;
        let [p, q, r] = self.factors;
        let sum = self.carry + product(p, x) - product(q, y) + product(r, z);
        self.carry = sum >> 64;
        let (value, borrow) = (sum as u64).overflowing_sub(self.owed);
        let digit = value.wrapping_mul(self.inverse);
        self.owed = ((u128::from(digit) * u128::from(self.odd)) >> 64) as u64 + u64::from(borrow);
        let limb = self.last >> self.twos | digit << 1 << (63 - self.twos);
        self.last = digit;
        limb
    }
}
