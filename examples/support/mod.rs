//! What the pictures of the examples share: a canvas that becomes an SVG or a PNG, charts with axes, and tables of cells.
//!
//! Each example takes what it needs; the drawing itself is plotters'.

#![allow(dead_code, unused_imports)] // no example draws everything

mod backend;
pub(crate) mod canvas;
pub(crate) mod cells;
pub(crate) mod chart;

pub(crate) use canvas::{Canvas, Result};
