//! Powers and products of many, by squaring and by a tree, with the bound of the whole.
//!
//! They stand apart because their order decides the error: that of a factor at the bottom counts as often as it is used, so the short
//! factors are multiplied in pairs of floats. A tree multiplies the shortest factors first (D. A. Huffman, 1952).
//! The recurrence for the coefficients of a power, which integers take, is no way here: it subtracts, and
//! beyond the middle its errors grow without bound.

use super::bernoulli;
use super::product::product;
use super::scaled::Scaled;
use super::wide::Wide;
use super::{Nonnegative, both, check_exponents, check_len};
use crate::{Error, Result, progress};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Factors are multiplied in pairs of floats up to as many pairs of entries.
const WIDE_PAIRS: usize = 1 << 12;

/// Products of a tree between two reports of progress.
const REPORT: usize = 256;

impl Nonnegative {
    /// The `n`-th power; 1 for `n = 0`.
    ///
    /// The error of the base counts `n` times, and that of every step as often as it is used; for a distribution that is
    /// known exactly, [`Distribution::times`](crate::distribution::Distribution::times) and one rounding is more accurate.
    ///
    /// # Errors
    /// As for [`try_mul`](Self::try_mul).
    ///
    /// # Complexity
    /// As of the last product, about twice.
    ///
    /// # Examples
    /// ```
    /// use monic::nonnegative::Nonnegative;
    /// let coins = Nonnegative::from_f64(&[0.5, 0.5])?.try_pow(5000)?;
    /// assert!((coins.log10(0) - 5000.0 * 0.5f64.log10()).abs() < 1e-9); // 1e-1505
    /// assert!(coins.relative_error() < 3e-12);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_pow(&self, n: u64) -> Result<Self> {
        if n == 0 {
            return Nonnegative::from_f64(&[1.0]);
        }
        let len = (self.len() as u64 - 1).checked_mul(n).and_then(|l| l.checked_add(1));
        check_len(len.unwrap_or(u64::MAX))?;
        let base = Part::Wide(Wide::new(self.values.view(), self.error));
        let mut power = base.clone();
        for bit in (0..n.ilog2()).rev() {
            power = power.clone().times(power)?;
            if n >> bit & 1 == 1 {
                power = power.times(base.clone())?;
            }
        }
        Ok(power.rounded().into())
    }

    /// The product of many factors; 1 for none.
    ///
    /// # Errors
    /// As for [`try_mul`](Self::try_mul).
    ///
    /// # Examples
    /// ```
    /// use monic::nonnegative::Nonnegative;
    /// let dice = [4, 6, 8].map(|n| Nonnegative::from_f64(&vec![1.0; n]).unwrap());
    /// assert_eq!(Nonnegative::try_product(&dice)?.coefficient(7), 23.0);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_product<'a>(factors: impl IntoIterator<Item = &'a Self>) -> Result<Self> {
        let mut len = 1u64;
        let factors: Vec<_> = factors.into_iter().inspect(|f| len += f.len() as u64 - 1).collect();
        check_len(len)?;
        let parts = factors.into_iter().map(|f| Part::Wide(Wide::new(f.values.view(), f.error))).collect();
        tree(parts)
    }

    /// The distribution of the number of successes in independent trials that succeed with these probabilities
    /// (Poisson-binomial).
    ///
    /// # Errors
    /// Kind undefined for a number that is no probability, with its index; otherwise as for [`try_mul`](Self::try_mul).
    ///
    /// # Complexity
    /// That of a tree of products; ten thousand trials take some 4 ms, with all probabilities within `5e-13`.
    ///
    /// # Examples
    /// ```
    /// use monic::nonnegative::Nonnegative;
    /// let p: Vec<f64> = (0..1000).map(|k| k as f64 / 1000.0).collect();
    /// let successes = Nonnegative::poisson_binomial(&p)?;
    /// assert!(successes.relative_error() < 1e-13);
    /// assert!((successes.coefficient(500) - 0.030_874_17).abs() < 1e-6);
    /// assert!(successes.log10(999) < -430.0);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn poisson_binomial(probabilities: &[f64]) -> Result<Self> {
        check_len(probabilities.len() as u64 + 1)?;
        if let Some(k) = probabilities.iter().position(|p| !(0.0..=1.0).contains(p)) {
            return Err(Error::undefined(format!(
                "probability {k} is {}, not between 0 and 1",
                probabilities[k]
            )));
        }
        tree(bernoulli::blocks(probabilities).into_iter().map(Part::Wide).collect())
    }
}

impl From<(Scaled, f64)> for Nonnegative {
    fn from((values, error): (Scaled, f64)) -> Self {
        Nonnegative { values, error }
    }
}

/// A factor on the way to a product.
#[derive(Clone)]
enum Part {
    Wide(Wide),
    /// With the bound of its relative errors.
    Rounded(Scaled, f64),
}

impl Part {
    fn len(&self) -> usize {
        match self {
            Part::Wide(w) => w.len(),
            Part::Rounded(v, _) => v.len(),
        }
    }

    fn exponents(&self) -> &[i32] {
        match self {
            Part::Wide(w) => w.exponents(),
            Part::Rounded(v, _) => &v.e,
        }
    }

    fn rounded(self) -> (Scaled, f64) {
        match self {
            Part::Wide(w) => w.rounded(),
            Part::Rounded(v, error) => (v, error),
        }
    }

    fn times(self, other: Part) -> Result<Part> {
        check_exponents(self.exponents(), other.exponents())?;
        if let (Part::Wide(a), Part::Wide(b)) = (&self, &other)
            && a.len() * b.len() <= WIDE_PAIRS
        {
            return Ok(Part::Wide(a.times(b)));
        }
        let ((a, x), (b, y)) = (self.rounded(), other.rounded());
        let (values, error) = product(a.view(), b.view())?;
        Ok(Part::Rounded(values, both(both(x, y), error)))
    }
}

/// The product of all, the shortest first.
fn tree(parts: Vec<Part>) -> Result<Nonnegative> {
    let mut parts: Vec<Option<Part>> = parts.into_iter().map(Some).collect();
    let mut heap: BinaryHeap<_> =
        parts.iter().flatten().enumerate().map(|(k, p)| Reverse((p.len(), k))).collect();
    let total = parts.len() as u64;
    while let (Some(Reverse((_, i))), Some(Reverse((_, j)))) = (heap.pop(), heap.pop()) {
        // Short products; a long one reports on its own.
        if parts.len().is_multiple_of(REPORT) {
            progress::report("product of many factors", parts.len() as u64 - total, total)?;
        }
        let (a, b) = (parts[i].take(), parts[j].take());
        let (a, b) = a.zip(b).expect("each part is in the heap once");
        let next = a.times(b)?;
        heap.push(Reverse((next.len(), parts.len())));
        parts.push(Some(next));
    }
    match parts.pop().flatten() {
        Some(whole) => Ok(whole.rounded().into()),
        None => Nonnegative::from_f64(&[1.0]),
    }
}
