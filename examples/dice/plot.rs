//! A distribution as a bar chart, and a second one as a line over it.
//!
//! A bar stands for one outcome as long as there is room; beyond, a column of two pixels for the likeliest of several. Outcomes
//! that would be lower than a pixel are not within the axis, and its label says so.

use crate::support::canvas::{self, BLUE, Canvas, Kind, RED, Result};
use crate::support::chart::{self, Axis, Chart};
use monic::distribution::{Distribution, to_f64};
use monic::format_integer;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use std::ops::RangeInclusive;
use std::path::Path;

const SIZE: (u32, u32) = (960, 540);
/// Pixels between the axes and the right border.
const ROOM: u32 = SIZE.0 - chart::SIDE - 2 * chart::MARGIN;
/// Pixels of the narrowest column.
const COLUMN: u32 = 2;
/// What is less likely than the likeliest outcome by this factor is not seen.
const VISIBLE: u32 = 10_000;
/// The size of the fractions over bars.
const FRACTION: i32 = 14;

/// Draws into a file.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn draw(
    file: &Path,
    kind: Kind,
    first: (&str, &Distribution),
    second: Option<(&str, &Distribution)>,
) -> std::result::Result<(), String> {
    let picture =
        kind.paint(SIZE, |canvas| paint(canvas, first, second)).map_err(|error| error.to_string())?;
    std::fs::write(file, picture).map_err(|error| format!("cannot write {}: {error}", file.display()))
}

fn paint(canvas: &Canvas, first: (&str, &Distribution), second: Option<(&str, &Distribution)>) -> Result {
    let name = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let all: Vec<&Distribution> =
        [Some(first.1), second.map(|second| second.1)].into_iter().flatten().collect();
    let visible: Vec<Vec<(i64, f64)>> = all.iter().map(|distribution| visible(distribution)).collect();
    let slots = Slots::of(visible.iter().flatten().map(|point| point.0));
    let top = visible.iter().flatten().map(|point| point.1).fold(0.0, f64::max);

    let hidden = all.iter().any(|d| d.min() < *slots.outcomes.start() || d.max() > *slots.outcomes.end());
    let label = match hidden {
        false => "outcome".to_owned(),
        true => format!(
            "outcome, from {} to {} (those beyond are less than 1/{VISIBLE} as likely as the likeliest)",
            slots.outcomes.start(),
            slots.outcomes.end()
        ),
    };
    let title = match &second {
        None => name(first.0),
        Some(second) => format!("{} and {}", name(first.0), name(second.0)),
    };
    let x = Axis { label, range: slots.range(), ticks: slots.ticks(canvas)? };
    let y = Axis::round("probability", 0.0..top * 1.08, 8);
    let mut chart = chart::axes(canvas, &title, &x, &y)?;

    let heights = slots.heights(&visible[0]);
    if slots.wide() {
        chart::bars(&mut chart, &heights, 0.8, BLUE)?;
        if second.is_none() {
            fractions(canvas, &mut chart, &slots, first.1)?;
        }
    } else {
        chart::area(&mut chart, &slots.steps(&heights), slots.range().end, BLUE)?;
    }
    if let Some(second) = second {
        let steps = slots.steps(&slots.heights(&visible[1]));
        chart::line(&mut chart, chart::staircase(&steps, slots.range().end), RED, 2)?;
        chart::legend(canvas, &[(&name(first.0), BLUE), (&name(second.0), RED)])?;
    }
    Ok(())
}

/// The outcomes that can be seen, with their probabilities.
fn visible(distribution: &Distribution) -> Vec<(i64, f64)> {
    let most = distribution.weights().iter().max().expect("a distribution has an outcome");
    // Far fewer bits are far too small; then nothing is multiplied.
    let seen = |weight: &BigInt| most.bits() - weight.bits() < 16 && weight * VISIBLE >= *most;
    let probability =
        |weight: &BigInt| to_f64(&BigRational::new_raw(weight.clone(), distribution.denominator().clone()));
    distribution.outcomes().filter(|(_, w)| seen(w)).map(|(outcome, w)| (outcome, probability(w))).collect()
}

/// The lattice of what is seen: slots of width 1 with the outcomes in their middles.
struct Slots {
    outcomes: RangeInclusive<i64>,
    step: u64,
    count: u64,
}

impl Slots {
    fn of(outcomes: impl Iterator<Item = i64> + Clone) -> Self {
        let (first, last) = outcomes.clone().fold((i64::MAX, i64::MIN), |(a, b), n| (a.min(n), b.max(n)));
        let step = outcomes.fold(0, |step: u64, n| step.gcd(&n.abs_diff(first))).max(1);
        Slots { outcomes: first..=last, step, count: (last.abs_diff(first) / step).saturating_add(1) }
    }

    /// The place of a number on the axis.
    fn place(&self, n: i128) -> f64 {
        // The difference first, or large outcomes would all be one.
        (n - i128::from(*self.outcomes.start())) as f64 / self.step as f64
    }

    fn range(&self) -> std::ops::Range<f64> {
        let beside = if self.count == 1 { 4.0 } else { 0.1 };
        -0.5 - beside..self.count as f64 - 0.5 + beside
    }

    /// Whether there is room for a bar with gaps beside it for every slot.
    fn wide(&self) -> bool {
        self.count * 5 <= u64::from(ROOM)
    }

    /// A height for each slot or column that has one, at its middle or its left end.
    fn heights(&self, points: &[(i64, f64)]) -> Vec<(f64, f64)> {
        let columns = u64::from(ROOM / COLUMN).min(self.count);
        let width = self.count as f64 / columns as f64;
        let mut heights = vec![0.0; columns as usize];
        for &(outcome, height) in points {
            let column = ((self.place(outcome.into()) / width) as usize).min(heights.len() - 1);
            heights[column] = height.max(heights[column]);
        }
        heights.iter().enumerate().map(|(k, &height)| (k as f64 * width, height)).collect()
    }

    /// The left ends of columns in place of the outcomes that stand in their middles.
    fn steps(&self, heights: &[(f64, f64)]) -> Vec<(f64, f64)> {
        heights.iter().map(|&(place, height)| (place - 0.5, height)).collect()
    }

    /// A number at each outcome, or at round ones, so that the texts do not touch.
    fn ticks(&self, canvas: &Canvas) -> Result<Vec<(f64, String)>> {
        let (first, last) = (i128::from(*self.outcomes.start()), i128::from(*self.outcomes.end()));
        let longest =
            canvas::width(canvas, &first.to_string(), 16)?.max(canvas::width(canvas, &last.to_string(), 16)?);
        // Long texts come out up to a fifth longer than they are estimated.
        let most = (ROOM / (longest + 14 + longest.saturating_sub(60) / 3)).clamp(2, 25);
        let every: Vec<i128> = if self.count <= u64::from(most) {
            (0..i128::from(self.count)).map(|k| first + k * i128::from(self.step)).collect()
        } else {
            let (digit, exponent) = chart::round_step((last - first) as f64 / f64::from(most.min(12) - 1));
            let step = i128::from(digit) * 10i128.pow(exponent.max(0) as u32);
            let begin = -(-first).div_euclid(step) * step;
            (0..).map(|k| begin + k * step).take_while(|&n| n <= last).collect()
        };
        Ok(every.into_iter().map(|n| (self.place(n), n.to_string())).collect())
    }
}

/// Exact probabilities over the bars, where all of them fit.
fn fractions(canvas: &Canvas, chart: &mut Chart, slots: &Slots, distribution: &Distribution) -> Result {
    let room = f64::from(ROOM) / (slots.range().end - slots.range().start);
    if distribution.denominator().bits() > 100 {
        return Ok(());
    }
    let mut texts = Vec::new();
    for (outcome, p) in distribution.probabilities().filter(|(n, _)| slots.outcomes.contains(n)) {
        let text = match p.is_integer() {
            true => format_integer(p.numer()),
            false => format!("{}/{}", format_integer(p.numer()), format_integer(p.denom())),
        };
        if f64::from(canvas::width(canvas, &text, FRACTION)?) + 4.0 > room {
            return Ok(());
        }
        texts.push((slots.place(outcome.into()), to_f64(&p), text));
    }
    chart::captions(chart, texts, FRACTION)
}
