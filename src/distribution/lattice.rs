//! Lattices of outcomes, `offset + step*k`: those of a distribution, and of each quantity of a joint one.
//!
//! They stand apart because both have them, and because the distances between outcomes of a word do not fit one.

use super::Extent;
use crate::{Error, Result};
use num_integer::Integer;

/// The outcomes `offset + step*k`, `k < len`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lattice {
    pub(super) offset: i64,
    pub(super) step: i64,
    pub(super) len: usize,
}

impl Lattice {
    /// The one of a size.
    pub(super) fn of_extent(extent: &Extent) -> Self {
        Lattice { offset: extent.min(), step: extent.step(), len: extent.len() as usize }
    }

    /// The smallest lattice that has all these outcomes.
    pub(super) fn spanning(outcomes: impl Iterator<Item = i64> + Clone) -> Result<Self> {
        let (Some(min), Some(max)) = (outcomes.clone().min(), outcomes.clone().max()) else {
            return Err(Error::undefined("no outcome has a positive weight"));
        };
        let distance = |outcome: i64| i128::from(outcome) - i128::from(min);
        let step = outcomes.fold(0, |step: i128, outcome| step.gcd(&distance(outcome))).max(1);
        let len = usize::try_from(distance(max) / step + 1).map_err(|_| too_far_apart())?;
        Ok(Lattice { offset: min, step: i64::try_from(step).map_err(|_| too_far_apart())?, len })
    }

    /// The smallest lattice that has all of these.
    pub(super) fn enclosing(lattices: impl Iterator<Item = Self> + Clone) -> Result<Self> {
        let ends = lattices.clone().flat_map(|l| [l.outcome(0), l.outcome(l.len - 1)]);
        let Lattice { offset, step, .. } = Self::spanning(ends)?;
        let step = lattices.clone().filter(|l| l.len > 1).fold(step, |step, l| step.gcd(&l.step));
        let last = lattices.map(|l| l.outcome(l.len - 1)).max().unwrap_or(offset);
        let len = usize::try_from((i128::from(last) - i128::from(offset)) / i128::from(step) + 1);
        Ok(Lattice { offset, step, len: len.map_err(|_| too_far_apart())? })
    }

    /// The outcome of point `k`.
    pub(super) fn outcome(&self, k: usize) -> i64 {
        // The outcome fits, by construction; how far it lies from the first one may not: d{-9*10^18, 0, 9*10^18}.
        self.offset.wrapping_add(self.step.wrapping_mul(k as i64))
    }

    /// The point of an outcome, where it has one.
    pub(super) fn index(&self, outcome: i64) -> Option<usize> {
        let distance = i128::from(outcome) - i128::from(self.offset);
        let step = i128::from(self.step);
        let index = usize::try_from(distance / step).ok()?;
        (distance >= 0 && distance % step == 0 && index < self.len).then_some(index)
    }

    /// The size of as many outcomes, with weights of no bits.
    pub(super) fn extent(&self) -> Result<Extent> {
        Extent::new(self.offset, self.step, self.len as u64, 0.0)
    }
}

#[cold]
pub(super) fn too_far_apart() -> Error {
    Error::overflow("outcomes are over the limit of 2^63 - 1 apart")
}
