//! Charts: axes with labels and ticks at round numbers, bars, areas, lines, points.

use super::backend::Backend;
use super::canvas::{self, BLACK, Canvas, GREY, PALE, Result};
use monic::distribution::to_f64;
use num_rational::BigRational;
use num_traits::Zero;
use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::{Color, RGBColor};
use std::ops::{Range, RangeInclusive};

pub(crate) type Chart<'a> = ChartContext<'a, Backend<'a>, Cartesian2d<Axis, Axis>>;

/// Room for the numbers and the label of the vertical axis, and beside the chart.
pub(crate) const SIDE: u32 = 74;
pub(crate) const MARGIN: u32 = 14;

/// The sizes of letters, and of what stands left of the vertical axis and below the horizontal one: smaller where several charts
/// are one picture.
struct Sizes {
    title: i32,
    label: i32,
    tick: i32,
    left: u32,
    below: u32,
}

const SINGLE: Sizes = Sizes { title: 24, label: 17, tick: 15, left: SIDE, below: 48 };
const PANEL: Sizes = Sizes { title: 17, label: 15, tick: 14, left: 46, below: 42 };

#[derive(Clone)]
pub(crate) struct Axis {
    pub(crate) label: String,
    pub(crate) range: Range<f64>,
    pub(crate) ticks: Vec<(f64, String)>,
}

impl Axis {
    /// An axis with about as many round numbers as said, at most.
    pub(crate) fn round(label: &str, range: Range<f64>, most: usize) -> Self {
        Axis { label: label.into(), ticks: round(&range, most), range }
    }

    /// An axis of integers `first..=last`, each in a slot of its own, with a tick for each `every`-th.
    pub(crate) fn slots(label: &str, first: i64, last: i64, every: i64) -> Self {
        let inside = (first..=last).filter(|k| k.rem_euclid(every) == 0);
        Axis {
            label: label.into(),
            range: first as f64 - 0.6..last as f64 + 0.6,
            ticks: inside.map(|k| (k as f64, k.to_string())).collect(),
        }
    }
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (low, high): (i32, i32)) -> i32 {
        let share = (value - self.range.start) / (self.range.end - self.range.start);
        low + (share * f64::from(high - low)).round() as i32
    }

    fn key_points<H: KeyPointHint>(&self, hint: H) -> Vec<f64> {
        // The light lines between the ticks are not wanted.
        if hint.weight().allow_light_points() {
            vec![]
        } else {
            self.ticks.iter().map(|tick| tick.0).collect()
        }
    }

    fn range(&self) -> Range<f64> {
        self.range.clone()
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, place: &f64) -> String {
        let tick = self.ticks.iter().find(|tick| tick.0 == *place);
        tick.map(|tick| tick.1.clone()).unwrap_or_default()
    }
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below `least`, as digit and exponent.
pub(crate) fn round_step(least: f64) -> (i64, i32) {
    let exponent = least.log10().floor() as i32;
    let digit =
        [1, 2, 5].into_iter().find(|&digit| digit as f64 * 10f64.powi(exponent) >= least * (1.0 - 1e-9));
    digit.map_or((1, exponent + 1), |digit| (digit, exponent))
}

/// Multiples of a round step within a range, `most` at most, as texts with the decimals that the step has.
fn round(range: &Range<f64>, most: usize) -> Vec<(f64, String)> {
    let (digit, exponent) = round_step((range.end - range.start) / most as f64);
    // A division where the step is below 1: so multiples are rounded once.
    let scaled = |k: i64| {
        if exponent < 0 {
            (k * digit) as f64 / 10f64.powi(-exponent)
        } else {
            (k * digit) as f64 * 10f64.powi(exponent)
        }
    };
    let from = (range.start / scaled(1)).ceil() as i64;
    (from..)
        .map(|k| (k, scaled(k)))
        .take_while(|(_, place)| *place <= range.end)
        .map(|(k, place)| {
            let text = match exponent {
                _ if k == 0 => "0".to_owned(),
                -5..0 => format!("{place:.*}", -exponent as usize),
                0..7 => format!("{place:.0}"),
                _ => format!("{}×10{}", k * digit, superscript(exponent)),
            };
            (place, text)
        })
        .collect()
}

fn superscript(n: i32) -> String {
    let digit = |c: char| match c.to_digit(10) {
        Some(d) => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][d as usize],
        None => '⁻',
    };
    n.to_string().chars().map(digit).collect()
}

/// A chart without its contents.
pub(crate) fn axes<'a>(canvas: &Canvas<'a>, title: &str, x: &Axis, y: &Axis) -> Result<Chart<'a>> {
    let sizes = sizes(canvas);
    let mut chart = overlay(canvas, title, x, y)?;
    let label =
        canvas::fitting(canvas, &x.label, sizes.label, canvas.dim_in_pixel().0 - 2 * MARGIN - sizes.left)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .bold_line_style(PALE)
        .axis_style(GREY)
        .label_style(canvas::style(sizes.tick, BLACK, canvas::CENTRE))
        .axis_desc_style(canvas::style(sizes.label, BLACK, canvas::CENTRE))
        .x_desc(label)
        .y_desc(&y.label)
        .draw()?;
    Ok(chart)
}

/// The same without axes, to draw upon what is there.
pub(crate) fn overlay<'a>(canvas: &Canvas<'a>, title: &str, x: &Axis, y: &Axis) -> Result<Chart<'a>> {
    let sizes = sizes(canvas);
    let title = canvas::fitting(canvas, title, sizes.title, canvas.dim_in_pixel().0 - 2 * MARGIN)?;
    // Without a label the numbers alone need less room.
    let left = if y.label.is_empty() { sizes.left } else { sizes.left.max(SIDE) };
    // The last number may stand at the end of its axis.
    let last = x.ticks.last().map_or("", |tick| &tick.1);
    let beside = MARGIN.max(canvas::width(canvas, last, sizes.tick)? / 2 + 4);
    let chart = ChartBuilder::on(canvas)
        .margin(MARGIN)
        .margin_right(beside)
        .caption(title, canvas::style(sizes.title, BLACK, canvas::CENTRE))
        .x_label_area_size(sizes.below)
        .y_label_area_size(left)
        .build_cartesian_2d(x.clone(), y.clone())?;
    Ok(chart)
}

fn sizes(canvas: &Canvas) -> Sizes {
    if canvas.dim_in_pixel().0 < 640 { PANEL } else { SINGLE }
}

/// A chart of fractions at integers: bars from 0 to `top`, each with its value over it.
pub(crate) fn fractions(
    canvas: &Canvas,
    title: &str,
    label: &str,
    places: RangeInclusive<i64>,
    top: f64,
    values: &[(i64, BigRational)],
    colour: impl Fn(i64) -> RGBColor,
) -> Result {
    let x = Axis::slots(label, *places.start(), *places.end(), 1);
    let mut chart = axes(canvas, title, &x, &Axis::round("", 0.0..top * 1.08, 6))?;
    for (place, value) in values {
        bars(&mut chart, &[(*place as f64, to_f64(value))], 0.8, colour(*place))?;
    }
    let shown = values.iter().filter(|(_, value)| !value.is_zero());
    captions(&mut chart, shown.map(|(k, value)| (*k as f64, to_f64(value), value.to_string())).collect(), 13)
}

/// A bar for each `(x, height)`, so wide that it takes a share of a slot of width 1.
pub(crate) fn bars(chart: &mut Chart, bars: &[(f64, f64)], share: f64, colour: RGBColor) -> Result {
    let corners = |(x, height): (f64, f64)| [(x - share / 2.0, height), (x + share / 2.0, 0.0)];
    chart.draw_series(bars.iter().map(|&bar| Rectangle::new(corners(bar), colour.filled())))?;
    Ok(())
}

/// The area under a staircase, each step from `left` with a height up to the next one; the last ends at `end`.
pub(crate) fn area(chart: &mut Chart, steps: &[(f64, f64)], end: f64, colour: RGBColor) -> Result {
    let mut outline = staircase(steps, end);
    outline.insert(0, (steps[0].0, 0.0));
    outline.push((end, 0.0));
    chart.draw_series([Polygon::new(outline, colour.filled())])?;
    Ok(())
}

pub(crate) fn polygon(chart: &mut Chart, corners: Vec<(f64, f64)>, colour: RGBColor) -> Result {
    chart.draw_series([Polygon::new(corners, colour.filled())])?;
    Ok(())
}

/// The corners of a staircase.
pub(crate) fn staircase(steps: &[(f64, f64)], end: f64) -> Vec<(f64, f64)> {
    let ends = steps.iter().skip(1).map(|step| step.0).chain([end]);
    steps.iter().zip(ends).flat_map(|(&(left, height), right)| [(left, height), (right, height)]).collect()
}

pub(crate) fn line(chart: &mut Chart, points: Vec<(f64, f64)>, colour: RGBColor, thick: u32) -> Result {
    chart.draw_series([PathElement::new(points, colour.stroke_width(thick))])?;
    Ok(())
}

pub(crate) fn points(chart: &mut Chart, points: &[(f64, f64)], radius: i32, colour: RGBColor) -> Result {
    chart.draw_series(points.iter().map(|&point| Circle::new(point, radius, colour.filled())))?;
    Ok(())
}

/// Texts above points.
pub(crate) fn captions(chart: &mut Chart, texts: Vec<(f64, f64, String)>, size: i32) -> Result {
    let style = canvas::style(size, BLACK, canvas::ABOVE);
    chart.draw_series(texts.into_iter().map(|(x, y, text)| Text::new(text, (x, y), style.clone())))?;
    Ok(())
}

/// Names with their colours, in the upper right corner, below each other.
pub(crate) fn legend(canvas: &Canvas, names: &[(&str, RGBColor)]) -> Result {
    legend_at(canvas, (canvas.dim_in_pixel().0 as i32 - 3 * MARGIN as i32, 62), names)
}

/// Names with their colours, below each other, the first of them ending at a point.
pub(crate) fn legend_at(canvas: &Canvas, (right, top): (i32, i32), names: &[(&str, RGBColor)]) -> Result {
    for ((name, colour), k) in names.iter().zip(0..) {
        let y = top + 20 * k;
        canvas.draw(&Rectangle::new([(right - 8, y - 6), (right + 6, y + 6)], colour.filled()))?;
        let name = canvas::fitting(canvas, name, SINGLE.tick, canvas.dim_in_pixel().0 / 2)?;
        canvas::text(canvas, (right - 14, y), &name, SINGLE.tick, BLACK, canvas::RIGHT)?;
    }
    Ok(())
}
