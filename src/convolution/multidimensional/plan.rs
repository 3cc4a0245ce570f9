//! [`plan`](fn@plan): which way a product of arrays of words or integers takes, a pure function of sizes.
//!
//! Apart from the [plan of sequences](crate::convolution::plan), which it asks what one product of sequences costs.

use super::{Mode, Shapes};
use crate::{
    Error, Result,
    convolution::{
        Algorithm, Want,
        ntt::{
            self,
            axes::{Axis, SHORTEST_ROW, Transforms},
        },
        plan::{self as sequences, Facts, Shape},
        tuning, window,
    },
};
use std::{fmt, ops::Range};

/// How the product of two arrays is computed. `Display` writes `name(key=value, ...)`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Plan {
    /// Pair by pair.
    Direct {
        /// Entries of the smaller operand.
        kernel: usize,
    },
    /// One product of sequences.
    Sequence(sequences::Plan),
    /// Transforms along each axis.
    Axes(Transforms),
}

/// The ways of [`Plan`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Way {
    /// Pair by pair.
    Direct,
    /// One product of sequences.
    Sequence,
    /// Transforms along each axis.
    Axes,
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Plan::Direct { kernel } => write!(f, "direct(kernel={kernel})"),
            Plan::Sequence(plan) => write!(f, "sequence({plan})"),
            Plan::Axes(transforms) => {
                let lengths: Vec<_> = transforms.lengths().iter().map(usize::to_string).collect();
                write!(f, "axes(primes={}, lengths={}", transforms.primes, lengths.join("x"))?;
                f.write_str(if transforms.direct { ", direct=true)" } else { ")" })
            }
        }
    }
}

/// How the product of two arrays of these shapes is computed: the cheapest way, or the one that is given.
///
/// `facts` are those of integers or of residues modulo a word.
///
/// # Errors
/// Kind undefined for shapes that have no such product, kind unsupported for a way that does not apply to them.
///
/// # Examples
/// ```
/// use monic::convolution::{Mode, multidimensional::{Way, plan}, plan::Facts};
/// let mode: Mode<u64> = Mode::Full;
/// let facts = Facts::Word { modulus: 998_244_353 };
/// let large = plan(&facts, &[2048, 2048], &[2048, 2048], &mode, None)?;
/// assert_eq!(large.to_string(), "axes(primes=1, lengths=4096x4096, direct=true)");
/// let line = plan(&facts, &[1000], &[30], &mode, None)?;
/// assert!(line.to_string().starts_with("sequence("));
/// assert!(plan(&facts, &[1000], &[30], &mode, Some(Way::Axes)).is_err());
/// # Ok::<(), monic::Error>(())
/// ```
pub fn plan<E>(facts: &Facts, a: &[usize], b: &[usize], mode: &Mode<E>, way: Option<Way>) -> Result<Plan> {
    Shapes::new(a, b, mode)?.plan_with(facts, false, (None, way))
}

impl Shapes {
    /// The way that is given, or the cheapest one; by an algorithm where that is given.
    pub(super) fn plan_with(
        &self,
        facts: &Facts,
        square: bool,
        (algorithm, way): (Option<Algorithm>, Option<Way>),
    ) -> Result<Plan> {
        match way {
            Some(way) => self.plan_by(facts, square, way, algorithm),
            None => self.plan(facts, square, algorithm),
        }
    }

    /// The cheapest way, or the best one of an algorithm.
    pub(super) fn plan(&self, facts: &Facts, square: bool, algorithm: Option<Algorithm>) -> Result<Plan> {
        let is_direct = match algorithm {
            None => self.kernel() < tuning::ARRAY_DIRECT,
            Some(algorithm) => algorithm == Algorithm::Schoolbook,
        };
        if is_direct || self.is_empty() {
            return self.plan_by(facts, square, Way::Direct, None);
        }
        if let None | Some(Algorithm::Ntt) = algorithm
            && let Some(transforms) = self.transforms(facts)
            && transforms.points() >= tuning::ARRAY_POINTS as f64
        {
            let cost = sequences::axes_cost(facts, &transforms, square);
            let cheaper = match self.sequence(facts, square, algorithm) {
                Ok((shape, sequence)) => cost < sequence.cost(facts, &shape),
                Err(_) => true,
            };
            if cheaper {
                return Ok(Plan::Axes(transforms));
            }
        }
        self.plan_by(facts, square, Way::Sequence, algorithm)
    }

    /// One way, a product of sequences by an algorithm or the best one.
    pub(super) fn plan_by(
        &self,
        facts: &Facts,
        square: bool,
        way: Way,
        algorithm: Option<Algorithm>,
    ) -> Result<Plan> {
        match way {
            Way::Direct => Ok(Plan::Direct { kernel: self.kernel() }),
            Way::Sequence => Ok(Plan::Sequence(self.sequence(facts, square, algorithm)?.1)),
            Way::Axes => self.transforms(facts).map(Plan::Axes).ok_or_else(|| {
                Error::unsupported(format!("transforms along each axis do not apply to {:?}", self.operands))
            }),
        }
    }

    /// The product as one of sequences.
    fn sequence(
        &self,
        facts: &Facts,
        square: bool,
        algorithm: Option<Algorithm>,
    ) -> Result<(Shape, sequences::Plan)> {
        if self.is_empty() {
            let shape = Shape::new(0, 0, &Want::full());
            return Ok((shape.clone(), sequences::plan(facts, &shape)));
        }
        let layout = self.layout()?;
        let shape =
            Shape { square, ..Shape::new(layout.len(0), layout.len(1), &Want::range(layout.range())) };
        let plan = match algorithm {
            None => sequences::plan(facts, &shape),
            Some(algorithm) => sequences::plan_by(facts, &shape, algorithm)?,
        };
        Ok((shape, plan))
    }

    /// Transforms along each axis that has a length, where there are such.
    fn transforms(&self, facts: &Facts) -> Option<Transforms> {
        if self.is_empty() {
            return None;
        }
        let [a, b] = &self.operands;
        let axes: Vec<_> = (0..a.len())
            .map(|k| ([a[k], b[k]], self.start[k]..self.start[k] + self.count[k]))
            .filter(|(operands, _)| *operands != [1, 1])
            .collect();
        // What is wanted may begin beyond what there is.
        let refused =
            |([m, n], window): &([usize; 2], Range<usize>)| window.end > m + n - 1 || m + n > ntt::MAX_LENGTH;
        if axes.len() < 2 || axes.iter().any(refused) {
            return None;
        }
        let [m, n] = axes.last()?.0;
        if 2 * (m + n - 1) <= SHORTEST_ROW {
            return None;
        }
        let mut terms = 1u64;
        for ([m, n], window) in &axes {
            terms = terms.saturating_mul(window::terms(*m, *n, window) as u64);
        }
        let last = axes.len() - 1;
        let axes: Vec<Axis> = axes
            .into_iter()
            .enumerate()
            .map(|(k, (operands, window))| Axis::new(operands, window, k == last))
            .collect();
        let longest = axes.iter().map(|axis| axis.length.next_power_of_two()).max()?;
        let (bits, direct) = match *facts {
            Facts::Integers { bits, .. } => (bits, false),
            Facts::Word { modulus } => {
                // Residues are centred.
                let bits = u64::from(128 - (modulus.max(1) - 1).leading_zeros()).saturating_sub(1);
                ((bits, bits), ntt::direct_length(modulus) >= longest)
            }
            _ => return None,
        };
        let bits = bits.0 + bits.1 + sequences::ceil_log2(terms);
        let primes = if direct { 1 } else { ntt::primes_for(bits) };
        let applies = longest <= ntt::MAX_LENGTH && primes <= tuning::NTT_MAX_PRIMES;
        applies.then_some(Transforms { axes, primes, direct, bits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_follow_shapes_and_windows() {
        let facts = Facts::Word { modulus: 998_244_353 };
        let of = |m: &[usize], n: &[usize], mode: &Mode<u64>| {
            plan(&facts, m, n, mode, None).map(|plan| plan.to_string())
        };
        let full = &Mode::Full;
        assert_eq!(of(&[100, 100], &[1, 2], full).unwrap(), "direct(kernel=2)");
        assert_eq!(of(&[0, 100], &[9, 9], full).unwrap(), "direct(kernel=0)");
        // Wrapped around in both axes, and cut after two thirds.
        let valid = of(&[1024, 1024], &[256, 256], &Mode::Valid).unwrap();
        assert_eq!(valid, "axes(primes=1, lengths=1024x1024, direct=true)");
        let cut = of(&[1400, 1024], &[1400, 1024], full).unwrap();
        assert_eq!(cut, "axes(primes=1, lengths=2816x2048, direct=true)");
        // Each axis has the roots that a sequence as long as both lacks.
        let roots = plan(&Facts::Word { modulus: 12_289 }, &[512, 512], &[512, 512], full, None).unwrap();
        assert_eq!(roots.to_string(), "axes(primes=1, lengths=1024x1024, direct=true)");
        // An axis of one entry is none.
        assert!(of(&[1, 100_000], &[1, 100_000], full).unwrap().starts_with("sequence(ntt("));
        assert!(plan(&Facts::Floats, &[512, 512], &[512, 512], full, Some(Way::Axes)).is_err());
    }

    #[test]
    fn shapes_beyond_all_memory_have_plans_or_errors() {
        let facts = Facts::integers(30, 30);
        for huge in [1 << 29, 1 << 40, usize::MAX / 2, usize::MAX] {
            for shape in [&[huge, 40][..], &[40, huge], &[huge, huge], &[huge, huge, huge], &[0, huge]] {
                for mode in [Mode::<u64>::Full, Mode::Valid, Mode::Same(super::super::Border::Wrap)] {
                    for way in [None, Some(Way::Sequence), Some(Way::Axes)] {
                        let _ = plan(&facts, shape, shape, &mode, way).map(|plan| plan.to_string());
                    }
                }
            }
            let by_axes = plan(&facts, &[huge, 40], &[huge, 40], &Mode::<u64>::Full, Some(Way::Axes));
            assert_eq!(by_axes.is_ok(), huge < ntt::MAX_LENGTH / 2);
        }
    }
}
