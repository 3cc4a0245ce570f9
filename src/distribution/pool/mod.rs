//! Pools of dice that are sorted before they are added: the highest, the lowest, any slice of them.
//!
//! It stands apart from sums because sorted dice are not independent: there is no product of their generating functions.
//! But given the lowest and the highest value that is kept, the dice between them are, and there are few such values.
//!
//! - `identical`: equal dice, by thresholds at the faces; `horner`: the sums that they need, `count`: their numbers
//! - `mixed`: different dice, by borders between the faces
//! - `plan`: which of them, and how much work it is
//!
//! # Invariants
//! Places count from 0, the lowest. Groups of a pool have different dice.

mod count;
mod horner;
mod identical;
mod mixed;
mod plan;
#[cfg(test)]
mod tests;

use super::extent::too_far;
use super::{Distribution, Extent};
use crate::poly::Poly;
use crate::ring::{Ring, ZZ};
use crate::{Error, Result};
use count::Count;
use horner::{Planes, Products, Sum, Words};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};
use plan::{Method, Plan, Shape};
use std::borrow::{Borrow, Cow};
use std::ops::{Bound, RangeBounds};

/// Independent dice that are rolled together and sorted.
///
/// # Examples
/// ```
/// use monic::distribution::{Distribution, Pool};
/// let d6 = Distribution::die(6);
/// let ability = Pool::of(&d6, 4).keep_highest(3)?;
/// assert_eq!(ability.probability(18).to_string(), "7/432");
/// let advantage = Pool::of(&Distribution::die(20), 2).keep_highest(1)?;
/// assert_eq!(advantage.mean().to_string(), "553/40");
/// let mixed = Pool::new([4, 6, 8].map(Distribution::die));
/// assert_eq!(mixed.order_statistic(1)?.max(), 6); // the middle one
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Pool {
    groups: Vec<(Distribution, u64)>,
}

impl Pool {
    /// `n` equal dice.
    pub fn of(die: &Distribution, n: u64) -> Self {
        Pool { groups: if n == 0 { Vec::new() } else { vec![(die.clone(), n)] } }
    }

    /// Dice of any kind.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::{Distribution, Pool};
    /// let pool = Pool::new([6, 6, 10].map(Distribution::die));
    /// assert_eq!((pool.len(), pool.drop_lowest(1)?.max()), (3, 16));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn new(dice: impl IntoIterator<Item = Distribution>) -> Self {
        dice.into_iter().fold(Pool { groups: Vec::new() }, |pool, die| pool.and(die, 1))
    }

    /// The same pool with `n` more dice.
    pub fn and(mut self, die: Distribution, n: u64) -> Self {
        if n > 0 {
            match self.groups.iter_mut().find(|group| group.0 == die) {
                Some((_, count)) => *count = count.saturating_add(n),
                None => self.groups.push((die, n)),
            }
        }
        self
    }

    /// The number of dice.
    pub fn len(&self) -> u64 {
        self.groups.iter().fold(0, |sum: u64, group| sum.saturating_add(group.1))
    }

    /// Whether there is no die.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The sum of the `k` highest dice.
    ///
    /// # Errors
    /// As [`sum_of`](Self::sum_of).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::{Distribution, Pool};
    /// let best = Pool::of(&Distribution::die(6), 4).keep_highest(3)?;
    /// assert_eq!(best.mean().to_string(), "15869/1296");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn keep_highest(&self, k: u64) -> Result<Distribution> {
        self.sum(self.parts(self.len().checked_sub(k), Some(k), Some(0), || format!("keep the {k} highest"))?)
    }

    /// The sum of the `k` lowest dice.
    ///
    /// # Errors
    /// As [`sum_of`](Self::sum_of).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::{Distribution, Pool};
    /// let disadvantage = Pool::of(&Distribution::die(20), 2).keep_lowest(1)?;
    /// assert_eq!(disadvantage.mean().to_string(), "287/40");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn keep_lowest(&self, k: u64) -> Result<Distribution> {
        self.sum(self.parts(Some(0), Some(k), self.len().checked_sub(k), || format!("keep the {k} lowest"))?)
    }

    /// The sum of all but the `k` highest dice.
    ///
    /// # Errors
    /// As [`sum_of`](Self::sum_of).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::{Distribution, Pool};
    /// let rest = Pool::of(&Distribution::die(6), 3).drop_highest(1)?;
    /// assert_eq!(rest.probability(12).to_string(), "1/216"); // three sixes
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn drop_highest(&self, k: u64) -> Result<Distribution> {
        self.sum(self.parts(Some(0), self.len().checked_sub(k), Some(k), || format!("drop the {k} highest"))?)
    }

    /// The sum of all but the `k` lowest dice.
    ///
    /// # Errors
    /// As [`sum_of`](Self::sum_of).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::{Distribution, Pool};
    /// let rest = Pool::of(&Distribution::die(6), 3).drop_lowest(1)?;
    /// assert_eq!(rest.probability(12).to_string(), "2/27"); // two sixes or three
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn drop_lowest(&self, k: u64) -> Result<Distribution> {
        self.sum(self.parts(Some(k), self.len().checked_sub(k), Some(0), || format!("drop the {k} lowest"))?)
    }

    /// The die in one place of the ascending order: 0 is the lowest.
    ///
    /// # Errors
    /// As [`sum_of`](Self::sum_of).
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::{Distribution, Pool};
    /// let median = Pool::of(&Distribution::die(6), 3).order_statistic(1)?;
    /// assert_eq!(median.probability(1).to_string(), "2/27");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn order_statistic(&self, place: u64) -> Result<Distribution> {
        let above = self.len().checked_sub(place).and_then(|n| n.checked_sub(1));
        self.sum(self.parts(Some(place), Some(1), above, || format!("take the one in place {place}"))?)
    }

    /// The sum of the dice in a range of places of the ascending order: `0..k` are the `k` lowest.
    ///
    /// # Errors
    /// Kind undefined where there is no such place; kind limit or overflow for a result that is too large, before any work.
    ///
    /// # Complexity
    /// Equal dice: for each face (or, where dice are dropped at both ends, each pair of faces) one evaluation of a polynomial
    /// of as many terms as dice are kept at one with as many as the die has faces. Different dice: for each face (each pair) the
    /// product over the dice in two (three) variables.
    ///
    /// # Source
    /// For equal dice the classes of rolls by their lowest kept value; the derivations are in `identical` and `mixed`.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::{Distribution, Pool};
    /// let scores = Pool::of(&Distribution::die(10), 7);
    /// let trimmed = scores.sum_of(1..6)?; // without the best and the worst
    /// assert_eq!(trimmed.mean().to_string(), "55/2");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn sum_of(&self, places: impl RangeBounds<u64>) -> Result<Distribution> {
        self.sum(self.places(places)?)
    }

    /// How large [`sum_of`](Self::sum_of) is at most and about how much work, without computing it.
    ///
    /// # Errors
    /// Kind undefined where there is no such place, kind overflow where an outcome does not fit.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::{Distribution, Pool};
    /// let pool = Pool::of(&Distribution::die(6), 1_000_000_000);
    /// let half = pool.extent_of(500_000_000..)?;
    /// assert_eq!(half.len(), 2_500_000_001);
    /// assert!(half.check().is_err()); // and nothing was computed
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn extent_of(&self, places: impl RangeBounds<u64>) -> Result<Extent> {
        let parts = self.places(places)?;
        let (extents, shapes) = sizes(&self.groups, parts);
        Ok(estimate(&extents, &shapes, parts)?.0)
    }

    /// Dice below a range of places, in it and above it.
    fn places(&self, places: impl RangeBounds<u64>) -> Result<[u64; 3]> {
        let n = self.len();
        let start = match places.start_bound() {
            Bound::Included(&place) => Some(place),
            Bound::Excluded(&place) => place.checked_add(1),
            Bound::Unbounded => Some(0),
        };
        let end = match places.end_bound() {
            Bound::Included(&place) => place.checked_add(1),
            Bound::Excluded(&place) => Some(place),
            Bound::Unbounded => Some(n),
        };
        let kept = start.zip(end).and_then(|(start, end)| end.checked_sub(start));
        let what = || {
            let place = |place: Option<u64>| place.map_or_else(|| "2^64".to_owned(), |k| k.to_string());
            format!("take those in places {}..{}", place(start), place(end))
        };
        self.parts(start, kept, end.and_then(|end| n.checked_sub(end)), what)
    }

    /// How many of the dice an event happens for.
    ///
    /// # Errors
    /// Kind limit for a result that is too large, before any work.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::{Distribution, Pool};
    /// let pool = Pool::of(&Distribution::die(10), 5).and(Distribution::die(12), 1);
    /// assert_eq!(pool.count(|x| x >= 8)?.mean().to_string(), "23/12");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn count(&self, mut event: impl FnMut(i64) -> bool) -> Result<Distribution> {
        let hits = self.groups.iter().map(|(die, n)| die.count_successes(*n, &mut event));
        Distribution::try_sum(&hits.collect::<Result<Vec<_>>>()?)
    }

    /// Dice below the kept ones, kept and above them, where there are so many.
    fn parts(
        &self,
        low: Option<u64>,
        kept: Option<u64>,
        high: Option<u64>,
        what: impl Fn() -> String,
    ) -> Result<[u64; 3]> {
        let parts = low.zip(kept).zip(high).map(|((low, kept), high)| [low, kept, high]);
        let all = |parts: &[u64; 3]| parts.iter().try_fold(0u64, |n, &part| n.checked_add(part));
        parts
            .filter(|parts| all(parts) == Some(self.len()))
            .ok_or_else(|| Error::undefined(format!("cannot {} of {} dice", what(), self.len())))
    }

    /// The sum where `low` dice are dropped below, `high` above.
    fn sum(&self, parts: [u64; 3]) -> Result<Distribution> {
        let [low, kept, high] = parts;
        if kept == 0 {
            return Ok(Distribution::constant(0));
        }
        if low == 0 && high == 0 {
            let (extents, shapes) = sizes(&self.groups, parts);
            estimate(&extents, &shapes, parts)?.0.check()?;
            let parts = self.groups.iter().map(|(die, n)| die.try_times(*n)).collect::<Result<Vec<_>>>()?;
            return Distribution::try_sum(&parts);
        }
        let groups: Vec<_> = self.groups.iter().map(|(die, n)| (primitive(die), *n)).collect();
        let (extents, shapes) = sizes(&groups, parts);
        let (whole, plan) = estimate(&extents, &shapes, parts)?;
        whole.check()?;
        let Some(plan) = plan else { return Ok(Distribution::constant(whole.min())) };
        plan.check(&whole)?;
        match &groups[..] {
            [(die, n)] if plan.method != Method::Borders => equal(die, *n, parts, plan.method, &whole),
            groups => different(groups, &extents, parts),
        }
    }
}

/// The same die with weights that have no common divisor: numbers of ways are powers of its denominator.
fn primitive(die: &Distribution) -> Cow<'_, Distribution> {
    let content = die.weights.content();
    if content.is_one() { Cow::Borrowed(die) } else { Cow::Owned(die.divided_by(&content)) }
}

fn sizes<D: Borrow<Distribution>>(groups: &[(D, u64)], parts: [u64; 3]) -> (Vec<(Extent, u64)>, Vec<Shape>) {
    let dice = groups.iter().map(|(die, n)| (die.borrow(), *n));
    dice.map(|(die, n)| ((die.extent(), n), Shape::of(die, parts))).unzip()
}

/// How large the sum of a slice is at most, if what it takes is within the limits; exact for equal dice.
pub(super) fn extent(groups: &[(Extent, u64)], parts: [u64; 3]) -> Result<Extent> {
    let shapes: Vec<_> = groups.iter().map(|(die, _)| Shape::of_extent(die)).collect();
    let (extent, plan) = estimate(groups, &shapes, parts)?;
    if let Some(plan) = plan {
        // The result first: that is what a message should be about.
        extent.check()?;
        plan.check(&extent)?;
    }
    Ok(extent)
}

/// The size of the sum of a slice, and how it is computed where dice are dropped and it is not constant.
fn estimate(groups: &[(Extent, u64)], shapes: &[Shape], parts: [u64; 3]) -> Result<(Extent, Option<Plan>)> {
    let [low, kept, high] = parts;
    if kept == 0 {
        return Ok((Extent::constant(0), None));
    }
    if low == 0 && high == 0 {
        let sums = groups.iter().map(|(die, n)| die.times(*n)).collect::<Result<Vec<_>>>()?;
        return Ok((Extent::sum(sums)?, None));
    }
    // The lowest of the kept sums is that of the dice that have the lowest faces in these places.
    let ends = |end: fn(&Extent) -> i64| {
        let mut ends: Vec<_> = groups.iter().map(|(die, n)| (end(die), *n)).collect();
        ends.sort_unstable();
        let (mut skip, mut take, mut sum) = (low, kept, 0i128);
        for (face, n) in ends {
            let here = (n - skip.min(n)).min(take);
            skip -= skip.min(n);
            take -= here;
            sum = sum.saturating_add(i128::from(face) * i128::from(here));
        }
        sum
    };
    let [min, max] = [ends(Extent::min), ends(Extent::max)].map(i64::try_from);
    let (Ok(min), Ok(max)) = (min, max) else { return Err(too_far()) };
    let dice: f64 = groups.iter().map(|(die, _)| die.work()).sum();
    if min == max {
        return Ok((Extent::constant(min).with_work(dice), None));
    }
    let (first, step) = lattice(groups);
    let points = |from: i64, to: i64| {
        let points = (i128::from(to) - i128::from(from)) / i128::from(step) + 1;
        u64::try_from(points).map_err(|_| too_far())
    };
    let bits = groups.iter().map(|(die, n)| die.log2_denominator() * *n as f64).sum();
    let extent = Extent::new(min, step, points(min, max)?, bits)?;
    let last = groups.iter().map(|(die, _)| die.max()).max().unwrap_or(first);
    let plan = Plan::new(groups, shapes, points(first, last)?, parts);
    Ok((extent.with_work(dice + plan.work), Some(plan)))
}

/// The smallest face of all dice, of which one varies, and the greatest common divisor of all distances.
fn lattice(groups: &[(Extent, u64)]) -> (i64, i64) {
    let first = groups[0].0.min();
    let mut step = 0i128;
    for (die, _) in groups {
        step = step.gcd(&(i128::from(die.min()) - i128::from(first)));
        if die.len() > 1 {
            step = step.gcd(&die.step().into());
        }
    }
    let min = groups.iter().map(|group| group.0.min()).min().unwrap_or(first);
    (min, i64::try_from(step).expect("it divides the step of the die that varies"))
}

/// Dice that are equal and have no common divisor.
fn equal(
    die: &Distribution,
    n: u64,
    parts: [u64; 3],
    method: Method,
    whole: &Extent,
) -> Result<Distribution> {
    let [low, kept, _] = parts;
    let last = die.weights.len() - 1;
    let len = kept as usize * last + 1;
    // What is dropped above the kept dice is dropped below those of the reversed die.
    let reversed = low == 0;
    let turned = if reversed { [parts[2], kept, 0] } else { parts };
    let faces = die.weights.iter().enumerate().filter(|(_, weight)| !weight.is_zero());
    let mut faces: Vec<(usize, BigInt)> =
        faces.map(|(k, weight)| (if reversed { last - k } else { k }, weight.clone())).collect();
    if reversed {
        faces.reverse();
    }
    let mut weights = match method {
        Method::Word => in_words::<u64>(&faces, turned, len)?,
        Method::TwoWords => in_words::<u128>(&faces, turned, len)?,
        // All numbers count some of the `denominator^n` rolls.
        Method::Digits => with(&faces, turned, Planes::new(len, whole.weight_bits()))?,
        Method::Products | Method::Borders => with(&faces, turned, Products::new(len))?,
    };
    if reversed {
        weights.reverse();
    }
    Ok(Distribution::with_extent(whole, Poly::from_vec(ZZ, weights), ZZ.pow(&die.denominator, n)))
}

fn in_words<N: Count + Copy>(faces: &[(usize, BigInt)], parts: [u64; 3], len: usize) -> Result<Vec<BigInt>> {
    let faces: Vec<_> = faces.iter().map(|(face, weight)| (*face, N::from_bigint(weight))).collect();
    with(&faces, parts, Words::new(len))
}

fn with<N: Count, S: Sum<N>>(faces: &[(usize, N)], parts: [u64; 3], mut sum: S) -> Result<Vec<BigInt>> {
    identical::slice(faces, parts, &mut sum)?;
    Ok(sum.finish())
}

fn different(
    groups: &[(Cow<'_, Distribution>, u64)],
    extents: &[(Extent, u64)],
    parts: [u64; 3],
) -> Result<Distribution> {
    let [low, kept, _] = parts;
    let (min, step) = lattice(extents);
    let index = |outcome: i64| ((i128::from(outcome) - i128::from(min)) / i128::from(step)) as usize;
    let span = groups.iter().map(|(die, _)| index(die.max())).max().unwrap_or(0);
    let reversed = low == 0;
    let turned = if reversed { [parts[2], kept, 0] } else { parts };
    let groups: Vec<_> = groups
        .iter()
        .map(|(die, count)| {
            let faces = die.outcomes().map(|(outcome, weight)| {
                let k = index(outcome);
                (if reversed { span - k } else { k }, weight.clone())
            });
            let mut faces: Vec<_> = faces.collect();
            if reversed {
                faces.reverse();
            }
            mixed::Group::new(faces, *count)
        })
        .collect();
    let mut weights = mixed::slice(&groups, span, turned)?;
    if reversed {
        weights.reverse();
    }
    Distribution::from_lattice(i128::from(min) * i128::from(kept), step.into(), Poly::from_vec(ZZ, weights))
}
