//! Which window comes next and how it is multiplied: the one that costs least an output.
//!
//! It stands apart because a choice has no part in the proof: windows are certified afterwards. Windows are tried from the length of
//! the one before on, so that a choice costs less than the window; how far outputs of transforms may fall is learnt from those
//! that were certified or not.

use super::plan::{NEGLECTED, Plan, Window};
use crate::convolution::float_fft::MAX_NEGACYCLIC;
use std::ops::{Range, RangeInclusive};

/// Bits below the maximum at which entries may end, for windows that are multiplied directly and by transforms.
const DIRECT_RESERVE: f64 = NEGLECTED + 8.0;
const TRANSFORM_RESERVE: f64 = 48.0;

/// How far outputs of a window may fall, in bits: what stays in the range of a float, and where a transform is expected to
/// be accurate at first.
const DIRECT_DROP: f64 = 150.0;
const TRANSFORM_DROP: f64 = 3.4;

/// Outputs of windows that are multiplied directly, and the entries from which a transform is considered instead.
const DIRECT_LENGTHS: RangeInclusive<usize> = 32..=512;
const TRANSFORM_ENTRIES: usize = 128;

/// Nanoseconds on Zen 4, the least of many runs of the kernels by themselves: a pair of entries of a direct window (512 by 512: 0.059), an entry
/// tilted, measured or restored (4096: 1.15), a point of a layer of a transform (three transforms of 512 to 2^17 points with their products: 0.20
/// to 0.23); and what a window takes besides, with its choice.
pub(super) const PAIR: f64 = 0.06;
const ENTRY: f64 = 1.2;
const LAYER_POINT: f64 = 0.21;
const START: f64 = 1000.0;

/// How a window is multiplied.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kernel {
    Direct,
    /// By a transform of so many points.
    Transform(usize),
}

/// What was learnt from the windows before.
pub(super) struct Choice {
    /// How far outputs of a transform may fall.
    drop: f64,
    /// Outputs of the last direct window that was the best one.
    len: usize,
}

impl Default for Choice {
    fn default() -> Self {
        Choice { drop: TRANSFORM_DROP, len: 128 }
    }
}

impl Choice {
    /// Whether all outputs of a transform were certified.
    pub(super) fn learn(&mut self, all: bool) {
        self.drop = if all { (self.drop + 0.05).min(6.0) } else { (self.drop - 0.25).max(1.0) };
    }

    /// The window at the start of `outputs` that costs least an output.
    pub(super) fn next(
        &mut self,
        plan: &Plan<'_>,
        outputs: &Range<usize>,
        transform: bool,
    ) -> (Window, Kernel) {
        let direct = |len: usize, cut: Option<usize>| {
            plan.by_length(outputs.start..(outputs.start + len).min(outputs.end), DIRECT_RESERVE, cut)
        };
        let each = |cost: f64, window: &Window| cost / window.outputs.len() as f64;
        // What was best for the last window, then what is longer or shorter, of the factor that is cut in this one.
        let mut len = self.len.min(outputs.len());
        let mut window = direct(len, None);
        while window.drop > DIRECT_DROP && len > 1 {
            len = len.div_ceil(2);
            window = direct(len, None);
        }
        let cut = Some(window.cut);
        let mut best = (each(direct_cost(&window), &window), window, Kernel::Direct);
        for longer in [true, false] {
            let before = len;
            loop {
                let next = if longer { 2 * len } else { len / 2 };
                if !DIRECT_LENGTHS.contains(&next) || len > outputs.len() {
                    break;
                }
                let window = direct(next, cut);
                let cost = each(direct_cost(&window), &window);
                if cost >= best.0 || window.drop > DIRECT_DROP {
                    break;
                }
                best = (cost, window, Kernel::Direct);
                len = next;
            }
            if len != before {
                break;
            }
        }
        if best.1.outputs.end < outputs.end {
            self.len = len.max(*DIRECT_LENGTHS.start());
        }
        if transform && best.1.entries.len() >= TRANSFORM_ENTRIES {
            for share in [1.0, 0.5, 0.25] {
                let mut window =
                    plan.by_drop(outputs.start, outputs.end, share * self.drop, TRANSFORM_RESERVE, cut);
                // Much longer than the factor, a window is only less accurate.
                let most = 16 * window.entries.len().next_power_of_two() - window.entries.len();
                if window.outputs.len() > most {
                    let outputs = outputs.start..outputs.start + most;
                    window = plan.by_length(outputs, TRANSFORM_RESERVE, cut);
                }
                let Some(n) = points(plan, &window) else { continue };
                let cost = each(transform_cost(n, window.outputs.len()), &window);
                if cost < best.0 {
                    best = (cost, window, Kernel::Transform(n));
                }
            }
        }
        (best.1, best.2)
    }
}

/// The points of the transform of a window, where there is one.
fn points(plan: &Plan<'_>, window: &Window) -> Option<usize> {
    let others = window.others();
    let from = others.start.max(0) as usize;
    let to = (others.end as usize).min(plan.factors[1 - window.cut].len());
    let first = window.outputs.start - window.entries.start - from;
    let end = first + window.outputs.len();
    // What wraps around stays below the first output that is wanted.
    let full = window.entries.len() + (to - from) - 1;
    let n =
        end.max(full - first.min(full)).max(to - from).max(window.entries.len()).max(64).next_power_of_two();
    (n <= MAX_NEGACYCLIC).then_some(n)
}

fn direct_cost(window: &Window) -> f64 {
    let (terms, outputs) = (window.entries.len() as f64, window.outputs.len() as f64);
    // A vector of outputs is computed whole.
    PAIR * terms * outputs.max(16.0) + ENTRY * 2.0 * (terms + outputs) + START
}

pub(super) fn transform_cost(n: usize, outputs: usize) -> f64 {
    let points = n as f64;
    3.0 * LAYER_POINT * points * f64::from(n.ilog2()) + ENTRY * (2.0 * points + outputs as f64) + 3.0 * START
}
