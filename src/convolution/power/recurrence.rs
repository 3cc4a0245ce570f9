//! Powers of a few terms: each coefficient from the `t` before it,
//! `k f_0 c_k = sum over i of (i (N+1) - k) f_i c_(k-i)`.
//!
//! It stands apart because it works on numbers one after the other, with one word multiplication a term and limb and one exact
//! division by a word: for few terms nothing is faster. Palindromes are computed to the middle.
//!
//! # Source
//! `f P' = N f' P` for `P = f^N`: L. Euler; J. C. P. Miller, in P. Henrici, "Automatic computations with power series", J. ACM 3
//! (1956); D. Knuth, TAOCP 2, section 4.7. Exact division modulo a power of the word: T. Jebelean, "An algorithm for
//! exact division", J. Symb. Comp. 15 (1993).

use super::Power;
use crate::convolution::{
    limbs::{self, add_signed_product, divide_exact, signed_size},
    scratch, tuning,
};
use crate::{Result, integer::IntegerVec};
use num_bigint::BigInt;

/// `divisor * k * c_k = sum over terms of (constant + slope * k) * c_(k - offset)`.
pub(super) struct Recurrence {
    terms: Vec<Term>,
    divisor: i64,
    palindrome: bool,
}

struct Term {
    offset: usize,
    constant: i64,
    slope: i64,
}

impl Power<'_> {
    /// The recurrence of the power, when all its factors are words.
    pub(super) fn recurrence(&self) -> Option<Recurrence> {
        if self.f.bits() > 62 || u32::try_from(self.n).is_err() {
            return None;
        }
        let (n, end) = (i64::try_from(self.n).ok()?, i64::try_from(self.length).ok()?);
        let f: Vec<i64> = (0..self.f.len()).map(|k| self.f.row(k)[0] as i64).collect();
        let term = |(offset, &x): (usize, &i64)| {
            let constant = i64::try_from(offset).ok()?.checked_mul(n.checked_add(1)?)?.checked_mul(x)?;
            Some(Term { offset, constant, slope: x.checked_neg()? })
        };
        let present = f.iter().enumerate().skip(1).filter(|(_, x)| **x != 0);
        let terms = present.map(term).collect::<Option<Vec<_>>>()?;
        let palindrome = f.iter().eq(f.iter().rev());
        let recurrence = Recurrence { terms, divisor: f[0], palindrome };
        // No factor leaves a word, k included.
        for term in &recurrence.terms {
            term.slope.checked_mul(end)?.checked_add(term.constant)?;
        }
        recurrence.divisor.checked_mul(end)?;
        Some(recurrence)
    }

    /// How many coefficients the recurrence computes.
    fn steps(&self, recurrence: &Recurrence) -> usize {
        if recurrence.palindrome { self.window.end.min(self.length.div_ceil(2)) } else { self.window.end }
    }

    pub(super) fn recurrence_cost(&self, recurrence: &Recurrence) -> f64 {
        let (steps, limbs) = (self.steps(recurrence) as f64, self.width() as f64);
        let terms = recurrence.terms.len() as f64;
        steps * (10.0 + terms * 4.0 + limbs * (terms * tuning::POWER_TERM + tuning::POWER_DIVISION))
    }

    /// The wanted coefficients into `out`, in rows of `width` limbs.
    pub(super) fn by_recurrence(&self, recurrence: &Recurrence, out: &mut [u64]) -> Result<()> {
        let width = self.width();
        let start = self.window.start * width;
        if start == 0 {
            self.from_first(recurrence, out);
            return Ok(());
        }
        let mut rows = scratch::take(self.length.min(self.window.end) * width)?;
        self.from_first(recurrence, &mut rows);
        out.copy_from_slice(&rows[start..]);
        Ok(())
    }

    /// Coefficients one after the other, each in as many limbs as it may need.
    fn from_first(&self, recurrence: &Recurrence, out: &mut [u64]) {
        let width = self.width();
        let count = out.len() / width;
        let steps = self.steps(recurrence);
        // Significant limbs of every row so far, sign limb included.
        let mut sizes = vec![0usize; steps];
        let exponent = u32::try_from(self.n).expect("a longer recurrence is refused");
        let first = BigInt::from(self.f.row(0)[0] as i64).pow(exponent);
        let first = IntegerVec::from_bigints(&[first]);
        limbs::sign_extend(first.row(0), &mut out[..width]);
        sizes[0] = first.width().min(width);
        let mut sum = vec![0u64; width + 3];
        for k in 1..steps {
            let (done, rest) = out.split_at_mut(k * width);
            let reach = recurrence.terms.iter().take_while(|term| term.offset <= k);
            let size = reach.clone().map(|term| sizes[k - term.offset]).max().unwrap_or(0);
            // One limb for the factor, one for the number of terms.
            let sum = &mut sum[..size + 2];
            sum.fill(0);
            for term in reach {
                // Within a word, as tested for the last k.
                let factor = term.constant + term.slope * k as i64;
                let from = k - term.offset;
                add_signed_product(sum, &done[from * width..from * width + sizes[from]], factor);
            }
            divide_exact(sum, recurrence.divisor * k as i64);
            let kept = signed_size(sum).min(width);
            sizes[k] = kept;
            let row = &mut rest[..width];
            row[..kept].copy_from_slice(&sum[..kept]);
            row[kept..].fill(((sum[kept - 1] as i64) >> 63) as u64);
        }
        if recurrence.palindrome {
            for k in steps..count {
                let from = self.length - 1 - k;
                out.copy_within(from * width..(from + 1) * width, k * width);
            }
        }
    }
}
