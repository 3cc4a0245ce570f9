//! Which way to the sum of a slice, and about how much work it is.
//!
//! It stands apart because the choice depends on sizes alone, and a size is known before a die is built. Equal dice can be summed
//! in both ways: `identical` has an evaluation a class, a sum of as many terms as dice are kept; `mixed` has a product a
//! border, in which the dice that are dropped are counted. So of ten thousand dice all but two are summed by borders.

use super::super::Extent;
use crate::{Result, limit};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// Equal dice, by the lowest and the highest kept value.
    Thresholds,
    /// Any dice, by borders between the faces.
    Borders,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) method: Method,
    /// Word operations.
    pub(super) work: f64,
    /// The numbers of ways that are held at a time.
    cells: f64,
    bits: f64,
}

impl Plan {
    /// For dice on a common lattice of `points`.
    pub(super) fn new(groups: &[(Extent, u64)], points: u64, parts: [u64; 3]) -> Self {
        let bits = groups.iter().map(|(die, n)| die.log2_denominator() * *n as f64).sum();
        let borders = Self::borders(groups, points, parts, bits);
        match groups {
            [_] => {
                let thresholds = Self::thresholds(points, parts, bits);
                if thresholds.work <= borders.work { thresholds } else { borders }
            }
            _ => borders,
        }
    }

    /// Refuses what would not fit.
    pub(super) fn check(&self) -> Result<()> {
        // `as` saturates.
        limit::check(self.cells as u64, (self.bits as u64).saturating_add(64))
    }

    fn thresholds(points: u64, parts: [u64; 3], bits: f64) -> Self {
        let [low, kept, high] = parts.map(|n| n as f64);
        let (faces, words) = (points as f64, bits / 64.0 + 1.0);
        let degree = kept * faces;
        let products = product(degree * words) * kept.log2().max(1.0);
        // An evaluation by Horner's rule, a sum over a window a step.
        let evaluation = (kept * degree * words).min(products);
        // A number of ways: products of long integers are subquadratic.
        let number = words * words.min(64.0);
        let (work, cells) = if low == 0.0 || high == 0.0 {
            (faces * (evaluation + kept * number), degree + 4.0 * kept)
        } else if kept == 1.0 {
            (faces * (low + high) * number, 2.0 * (low + high) + faces)
        } else {
            let pairs = faces * faces / 2.0;
            let tables = faces * kept + low + high + kept * kept;
            (pairs * (evaluation / 3.0 + kept * kept / 2.0 * number) + tables * number, degree + 2.0 * tables)
        };
        Plan { method: Method::Thresholds, work, cells, bits }
    }

    fn borders(groups: &[(Extent, u64)], points: u64, parts: [u64; 3], bits: f64) -> Self {
        let [low, kept, high] = parts.map(|n| n as f64);
        // What is dropped above only is dropped below from the other side.
        let (low, high) = if low == 0.0 { (high, low) } else { (low, high) };
        let (span, words) = ((points as f64 - 1.0).max(1.0), bits / 64.0 + 1.0);
        let faces: f64 = groups.iter().map(|(die, _)| die.len() as f64).sum();
        let faces = faces.min(points as f64);
        let (classes, states, degree) = if high == 0.0 {
            let (states, dice) = if kept <= low { (kept, kept) } else { (low + 1.0, low + kept) };
            (faces, states, dice * span)
        } else if kept == 1.0 {
            (faces, (low + 1.0) * (2.0 * high + 1.0), 1.0)
        } else {
            (faces * faces / 2.0, (low + 1.0) * (2.0 * high + 1.0), (low + kept + high) * span)
        };
        let table = states * degree * words;
        // The powers of a group, and the product of the groups.
        let powers = states.min(low + high + kept) * product(degree * words) + table;
        let work =
            classes * groups.len() as f64 * (powers + if groups.len() > 1 { product(table) } else { 0.0 });
        // Of equal dice there is a power at a time.
        let tables = if groups.len() > 1 || high == 0.0 && kept <= low { 3.0 * states } else { 2.0 };
        let cells = tables * degree + (low + kept + 2.0 * high) * span;
        Plan { method: Method::Borders, work, cells, bits }
    }
}

/// Operations of a product with so many words.
fn product(words: f64) -> f64 {
    words * (2.0 * words.max(1.0).log2() + 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(faces: i64, parts: [u64; 3]) -> Plan {
        let die = Extent::uniform(1, faces).expect("a die");
        Plan::new(&[(die, parts.iter().sum())], faces as u64, parts)
    }

    #[test]
    fn few_dropped_of_many_are_counted() {
        assert_eq!(plan(6, [1, 3, 0]).method, Method::Thresholds);
        assert_eq!(plan(20, [50, 50, 0]).method, Method::Thresholds);
        assert_eq!(plan(20, [25, 50, 25]).method, Method::Thresholds);
        assert_eq!(plan(6, [50, 1, 49]).method, Method::Thresholds);
        assert_eq!(plan(6, [1, 9_998, 1]).method, Method::Borders);
        assert_eq!(plan(6, [0, 9_999, 1]).method, Method::Borders);
        let two = [(Extent::uniform(1, 6).expect("a die"), 2), (Extent::uniform(1, 8).expect("a die"), 1)];
        assert_eq!(Plan::new(&two, 8, [1, 2, 0]).method, Method::Borders);
    }

    #[test]
    fn work_grows_and_what_is_too_large_is_refused() {
        assert!(plan(6, [1, 3, 0]).work < 1e4 && plan(6, [1, 3, 0]).check().is_ok());
        assert!(plan(20, [500, 500, 0]).work > 10.0 * plan(20, [50, 50, 0]).work);
        assert!(plan(1000, [1 << 40, 1 << 40, 0]).check().is_err());
        // All but a few of many take little more than the result has.
        let few = plan(6, [1, 9_998, 1]);
        assert!(few.cells < 4.0 * 50_000.0, "{}", few.cells);
    }
}
