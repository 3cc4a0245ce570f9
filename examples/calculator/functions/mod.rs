//! The table of functions: a row a function, with its arguments, its help, an example and what it does.
//!
//! A function that is new is a new row in the file of its group; parser, help and tests read the table.

mod arguments;
mod arithmetic;
mod basis;
mod division;
mod engine;
mod factoring;
mod points;
mod roots;
mod sequences;
mod series;
mod structure;
mod substitution;

pub use arguments::Arguments;

use crate::failure::Outcome;
use crate::parser::Parameter;
use crate::rings::Coefficients;
use crate::value::Value;
use monic::Integers;

/// A function of the calculator.
pub struct Row<R: Coefficients> {
    pub name: &'static str,
    /// How it is called: `mullow(f, g, n)`.
    pub usage: &'static str,
    pub parameters: &'static [Parameter],
    /// How many of the parameters may be left out, at the end.
    pub optional: usize,
    /// What it is, in one sentence without a full stop.
    pub help: &'static str,
    /// A line and what it prints over the ring of `example_ring`.
    pub example: (&'static str, &'static str),
    /// The ring of the example.
    pub example_ring: &'static str,
    pub call: fn(Arguments<'_, R>) -> Outcome<Value<R>>,
}

/// A group of functions.
pub struct Group<R: Coefficients> {
    pub name: &'static str,
    pub rows: Vec<Row<R>>,
}

/// The whole table, in the order of the help.
pub fn groups<R: Coefficients>() -> Vec<Group<R>> {
    vec![
        Group { name: "arithmetic", rows: arithmetic::rows() },
        Group { name: "structure", rows: structure::rows() },
        Group { name: "division", rows: division::division() },
        Group { name: "gcd", rows: division::gcd() },
        Group { name: "points", rows: points::rows() },
        Group { name: "substitution", rows: substitution::rows() },
        Group { name: "basis", rows: basis::rows() },
        Group { name: "series", rows: series::rows() },
        Group { name: "factoring", rows: [factoring::rows(), roots::rows()].into_iter().flatten().collect() },
        Group { name: "sequences", rows: sequences::rows() },
        Group { name: "engine", rows: engine::rows() },
    ]
}

/// All rows, in the order that their numbers count.
pub fn rows<R: Coefficients>() -> Vec<Row<R>> {
    groups().into_iter().flat_map(|group| group.rows).collect()
}

/// What does not depend on the ring.
pub fn signatures() -> Vec<Row<Integers>> {
    rows()
}
