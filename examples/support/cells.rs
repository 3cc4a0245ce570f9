//! Tables of cells: a grid of squares, each with a colour and a text.

use super::canvas::{self, BLACK, Canvas, GREY, Result, WHITE};
use plotters::element::Rectangle;
use plotters::style::{Color, RGBColor};

/// Where a table stands and how large its cells are.
#[derive(Clone, Copy)]
pub(crate) struct Cells {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

impl Cells {
    /// The middle of a cell.
    pub(crate) fn middle(&self, row: i32, column: i32) -> (i32, i32) {
        (self.left + self.width * column + self.width / 2, self.top + self.height * row + self.height / 2)
    }

    /// One cell, framed, with the largest letters of `size` and below that fit.
    pub(crate) fn cell(
        &self,
        canvas: &Canvas,
        (row, column): (i32, i32),
        words: &str,
        size: i32,
        colour: RGBColor,
    ) -> Result {
        let corner = (self.left + self.width * column, self.top + self.height * row);
        let opposite = (corner.0 + self.width, corner.1 + self.height);
        canvas.draw(&Rectangle::new([corner, opposite], colour.filled()))?;
        canvas.draw(&Rectangle::new([corner, opposite], GREY.stroke_width(1)))?;
        self.words(canvas, (row, column), words, size, readable_on(colour))
    }

    /// The text of a cell alone, for headings.
    pub(crate) fn words(
        &self,
        canvas: &Canvas,
        (row, column): (i32, i32),
        words: &str,
        mut size: i32,
        colour: RGBColor,
    ) -> Result {
        while size > 6 && canvas::width(canvas, words, size)? as i32 + 4 > self.width {
            size -= 1;
        }
        canvas::text(canvas, self.middle(row, column), words, size, colour, canvas::CENTRE)
    }
}

/// Squares of so many pixels, without frames.
pub(crate) fn pixels(
    canvas: &Canvas,
    squares: impl Iterator<Item = ((i32, i32), RGBColor)>,
    size: i32,
) -> Result {
    for ((left, top), colour) in squares {
        canvas.draw(&Rectangle::new([(left, top), (left + size, top + size)], colour.filled()))?;
    }
    Ok(())
}

/// Black or white, whichever stands out.
fn readable_on(RGBColor(r, g, b): RGBColor) -> RGBColor {
    let luma = 299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b);
    if luma > 130_000 { BLACK } else { WHITE }
}

/// A colour between two, `share` of the way.
pub(crate) fn between(from: RGBColor, to: RGBColor, share: f64) -> RGBColor {
    let mix =
        |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share.clamp(0.0, 1.0)).round() as u8;
    RGBColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}
