//! One table a ring on the screen, row by row as they are measured, and the same as CSV.
//!
//! A ratio is time of this crate / time of the peer. A cell is over its limit when it is so by more than 3 %, and is marked `*`.

use crate::{
    machine::Machine,
    timing::{Contestant, Role, Time},
};
use std::io::Write;

/// By how much a ratio may exceed its limit before it counts: what remains of noise in minima.
const TOLERANCE: f64 = 1.03;

/// What a ratio is taken against when it is the best of the Rust peers that ran in a cell.
pub const RUST: &str = "best Rust peer";

/// What a ratio is taken against when it is the best that FLINT offers of several ways.
pub const FLINT: &str = "best FLINT";

/// One ratio that a table shows.
pub struct Ratio {
    pub name: &'static str,
    /// This crate's contestant.
    pub ours: &'static str,
    /// The peer's, or [`RUST`], or [`FLINT`].
    pub theirs: &'static str,
    /// What is asked of the geometric mean.
    pub goal: Option<f64>,
}

impl Ratio {
    pub fn new(name: &'static str, ours: &'static str, theirs: &'static str, goal: Option<f64>) -> Self {
        Ratio { name, ours, theirs, goal }
    }
}

/// Where and what a row is.
#[derive(Clone, Debug, Default)]
pub struct Size {
    pub length: String,
    pub bits: String,
    pub sign: &'static str,
}

/// What a table compares.
pub struct Layout {
    pub ring: &'static str,
    pub title: String,
    /// Columns of times, by contestants' names, in order.
    pub columns: Vec<&'static str>,
    pub ratios: Vec<Ratio>,
}

struct Row {
    size: Size,
    ratios: Vec<Option<(f64, bool)>>,
}

/// A table that is being filled.
pub struct Table<'a> {
    layout: Layout,
    rows: Vec<Row>,
    csv: &'a mut Option<Csv>,
}

impl<'a> Table<'a> {
    /// Prints the head.
    pub fn new(layout: Layout, csv: &'a mut Option<Csv>) -> Self {
        println!("\n## {}: {}\n", layout.ring, layout.title);
        let mut head = format!("| {:>13} | {:>9} | {:>6} |", "length", "bits", "sign");
        let mut rule = format!("|{}:|{}:|{}:|", "-".repeat(14), "-".repeat(10), "-".repeat(7));
        let mut column = |name: &str, width: usize| {
            head += &format!(" {name:>width$} |");
            rule += &format!("{}:|", "-".repeat(width + 1));
        };
        layout.columns.iter().for_each(|name| column(name, column_width(name)));
        column("best other peer", OTHER_WIDTH);
        layout.ratios.iter().for_each(|ratio| column(ratio.name, column_width(ratio.name)));
        println!("{head}\n{rule}");
        Table { layout, rows: Vec::new(), csv }
    }

    /// Adds the row of a size; `limits` stand in the order of the ratios.
    pub fn row(
        &mut self,
        size: Size,
        contestants: &[Contestant<'_>],
        times: &[Time],
        limits: &[Option<f64>],
    ) {
        let best = |of: &dyn Fn(Role) -> bool| {
            let others = contestants.iter().zip(times).filter(|(c, _)| of(c.role));
            others.min_by(|a, b| a.1.min.total_cmp(&b.1.min)).map(|(c, time)| (c.name, *time))
        };
        let time = |name: &str| match name {
            RUST => best(&|role| role == Role::Rust).map(|(_, time)| time),
            FLINT => best(&|role| role == Role::Flint).map(|(_, time)| time),
            _ => contestants.iter().position(|c| c.name == name).map(|i| times[i]),
        };
        let mut line = format!("| {:>13} | {:>9} | {:>6} |", size.length, size.bits, size.sign);
        let mut column = |text: String, width: usize| line += &format!(" {text:>width$} |");
        for name in &self.layout.columns {
            column(time(name).map_or(String::new(), |time| duration(time.min)), column_width(name));
        }
        let best = best(&|role| matches!(role, Role::Rust | Role::C | Role::Python));
        column(best.map_or(String::new(), |(name, t)| format!("{name} {}", duration(t.min))), OTHER_WIDTH);
        let mut ratios = Vec::new();
        for (Ratio { name, ours, theirs, .. }, limit) in self.layout.ratios.iter().zip(limits) {
            let ratio = time(ours).zip(time(theirs)).map(|(ours, theirs)| {
                let ratio = ours.min / theirs.min;
                (ratio, limit.is_some_and(|limit| ratio > limit * TOLERANCE))
            });
            column(ratio.map_or(String::new(), marked), column_width(name));
            ratios.push(ratio);
        }
        println!("{line}");
        let _ = std::io::stdout().flush();
        if let Some(csv) = self.csv {
            for (contestant, time) in contestants.iter().zip(times) {
                csv.row(self.layout.ring, &size, contestant.name, *time);
            }
        }
        self.rows.push(Row { size, ratios });
    }

    /// Prints the geometric means, how many cells are over their limits, and the ten worst.
    pub fn finish(self) {
        println!();
        for (i, Ratio { name, ours, theirs, goal }) in self.layout.ratios.iter().enumerate() {
            let mut cells: Vec<((f64, bool), &Size)> =
                self.rows.iter().filter_map(|row| row.ratios[i].map(|ratio| (ratio, &row.size))).collect();
            if cells.is_empty() {
                continue;
            }
            let mean = (cells.iter().map(|cell| cell.0.0.ln()).sum::<f64>() / cells.len() as f64).exp();
            let over = cells.iter().filter(|cell| cell.0.1).count();
            let goal = goal.map_or(String::new(), |goal| {
                let mark = if mean > goal { ", missed" } else { "" };
                format!(" (goal of the whole grid {goal}{mark})")
            });
            println!(
                "{name} = {ours} / {theirs}: geometric mean {mean:.3}{goal}, {over} of {} cells over the limit",
                cells.len()
            );
            cells.sort_by(|a, b| b.0.0.total_cmp(&a.0.0));
            let worst = cells.iter().take(10).map(|(ratio, size)| {
                format!("{}x{}{} {}", size.length, size.bits, sign_mark(size.sign), marked(*ratio))
            });
            println!("    worst: {}", worst.collect::<Vec<_>>().join(", "));
        }
    }
}

/// Room for the best other peer: its name and its time.
const OTHER_WIDTH: usize = 21;

fn column_width(name: &str) -> usize {
    name.len().max(8)
}

/// A ratio, with its mark where it is over the limit.
fn marked((ratio, over): (f64, bool)) -> String {
    format!("{}{ratio:.2}", if over { "*" } else { "" })
}

/// The sign of a size in a list of cells: nothing for non-negative data.
fn sign_mark(sign: &str) -> &'static str {
    if sign == "random" { "s" } else { "" }
}

/// Nanoseconds, in a unit that leaves three digits.
pub fn duration(ns: f64) -> String {
    let (value, unit) = match ns {
        ns if ns < 1e3 => (ns, "ns"),
        ns if ns < 1e6 => (ns / 1e3, "us"),
        ns if ns < 1e9 => (ns / 1e6, "ms"),
        ns => (ns / 1e9, "s"),
    };
    let digits = if value < 9.995 { 2 } else { usize::from(value < 99.95) };
    format!("{value:.digits$} {unit}")
}

/// A file of all measured times.
pub struct Csv {
    out: std::io::BufWriter<std::fs::File>,
    prefix: String,
}

impl Csv {
    pub fn create(path: &std::path::Path, machine: &Machine) -> std::io::Result<Self> {
        let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
        writeln!(out, "date,machine,simd,threads,versions,ring,length,bits,sign,peer,ns_min,ns_median")?;
        let prefix = format!(
            "{},{},{},{},{}",
            machine.date,
            field(&machine.cpu),
            machine.simd,
            machine.threads,
            field(&machine.versions())
        );
        Ok(Csv { out, prefix })
    }

    /// Adds one time.
    pub fn row(&mut self, ring: &str, size: &Size, peer: &str, time: Time) {
        let Size { length, bits, sign } = size;
        let row = format!(
            "{},{ring},{length},{bits},{sign},{},{:.1},{:.1}",
            self.prefix,
            field(peer),
            time.min,
            time.median
        );
        // A row at a time reaches the file: a run that is broken off keeps what it measured.
        writeln!(self.out, "{row}").and_then(|()| self.out.flush()).expect("the CSV file is writable");
    }
}

/// A field of a CSV line, quoted where it has to be.
fn field(text: &str) -> String {
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.into() }
}
