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
        let step = outcomes.fold(0, |step: i128, outcome| step.gcd(&distance(outcome)));
        Self::between(min, max, step)
    }

    /// The smallest lattice that has all of these.
    pub(super) fn enclosing(lattices: impl Iterator<Item = Self> + Clone) -> Result<Self> {
        let (first, last) =
            (lattices.clone().map(|l| l.offset), lattices.clone().map(|l| l.outcome(l.len - 1)));
        let (Some(min), Some(max)) = (first.min(), last.max()) else {
            return Err(Error::undefined("no outcome has a positive weight"));
        };
        let steps = lattices.map(|l| {
            let distance = i128::from(l.offset) - i128::from(min);
            if l.len > 1 { distance.gcd(&l.step.into()) } else { distance }
        });
        Self::between(min, max, steps.fold(0, |step, distance| step.gcd(&distance)))
    }

    /// From one outcome to another; `step` is 0 where they are the same.
    fn between(min: i64, max: i64, step: i128) -> Result<Self> {
        let step = step.max(1);
        let len =
            usize::try_from((i128::from(max) - i128::from(min)) / step + 1).map_err(|_| too_far_apart())?;
        Ok(Lattice { offset: min, step: i64::try_from(step).map_err(|_| too_far_apart())?, len })
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
