//! The command line.

use crate::rings::{self, Ring};
use crate::timing::{Clock, Effort};
use lexopt::prelude::*;
use std::{path::PathBuf, time::Duration};

pub const HELP: &str = "\
peers [RING ...] [OPTIONS]

Prints one table a ring: size, FLINT, best other peer, this crate, ratio. Without a ring: all of them.

  --quick             a thin grid and little time a cell; without a ring, those whose calls are short
  --lengths 4,16      only these lengths (numbers of coefficients)
  --bits 62,128       only these sizes of coefficients (for zn, of the modulus: 30, 33, 61, 64, 65, 200, 1000)
  --signs s           nonneg or random; both without
  --time SECONDS      time a cell, for all contestants together (0.5; with --quick 0.05)
  --threads N         threads of this crate and of FLINT (1)
  --simd NAME         portable, avx2, avx512 or ifma: what MONIC_SIMD would force
  --flint-only        no other peers beside FLINT
  --untimed-drop      dropping the result does not belong to a call
  --polynomials DIR   z-factor: these files alone, a polynomial each as FLINT writes them
  --csv FILE          all times as CSV
  --list              the rings
  --help";

/// What is asked for.
pub struct Options {
    pub rings: Vec<&'static Ring>,
    pub quick: bool,
    pub lengths: Option<Vec<usize>>,
    pub bits: Option<Vec<usize>>,
    pub signs: Vec<bool>,
    pub effort: Effort,
    pub threads: usize,
    pub simd: Option<String>,
    pub flint_only: bool,
    pub polynomials: Option<PathBuf>,
    pub csv: Option<PathBuf>,
}

/// What the command line says; `None` when it was answered with text.
pub fn parse() -> Result<Option<Options>, lexopt::Error> {
    let mut options = Options {
        rings: Vec::new(),
        quick: false,
        lengths: None,
        bits: None,
        signs: vec![false, true],
        effort: Effort { cell: Duration::ZERO, drop_timed: true, clock: Clock::Cpu },
        threads: 1,
        simd: None,
        flint_only: false,
        polynomials: None,
        csv: None,
    };
    let mut time = None;
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("quick") => options.quick = true,
            Long("lengths") => options.lengths = Some(numbers(&parser.value()?.string()?)?),
            Long("bits") => options.bits = Some(numbers(&parser.value()?.string()?)?),
            Long("signs") => {
                options.signs = match parser.value()?.string()?.as_str() {
                    "nonneg" => vec![false],
                    "random" => vec![true],
                    other => return Err(format!("signs are nonneg or random, not {other:?}").into()),
                }
            }
            Long("time") => time = Some(parser.value()?.parse::<f64>()?),
            Long("threads") => options.threads = parser.value()?.parse()?,
            Long("simd") => options.simd = Some(parser.value()?.string()?),
            Long("flint-only") => options.flint_only = true,
            Long("polynomials") => options.polynomials = Some(parser.value()?.into()),
            Long("untimed-drop") => options.effort.drop_timed = false,
            Long("csv") => options.csv = Some(parser.value()?.into()),
            Long("list") => {
                rings::ALL.iter().for_each(|ring| println!("{:12} {}", ring.name, ring.about));
                return Ok(None);
            }
            Long("help") | Short('h') => {
                println!("{HELP}");
                return Ok(None);
            }
            Value(name) => {
                let name = name.string()?;
                let ring = rings::ALL.iter().find(|ring| ring.name == name);
                options.rings.push(ring.ok_or_else(|| format!("no ring {name:?}; see --list"))?);
            }
            _ => return Err(argument.unexpected()),
        }
    }
    if options.rings.is_empty() {
        options.rings = rings::ALL.iter().filter(|ring| ring.quick || !options.quick).collect();
    }
    let time = time.unwrap_or(if options.quick { 0.05 } else { 0.5 });
    options.effort.cell = Duration::try_from_secs_f64(time).map_err(|error| error.to_string())?;
    if options.threads > 1 {
        options.effort.clock = Clock::Wall;
    }
    Ok(Some(options))
}

fn numbers(text: &str) -> Result<Vec<usize>, lexopt::Error> {
    let parse = |part: &str| part.trim().parse().map_err(|_| format!("{part:?} is no number").into());
    text.split(',').map(parse).collect()
}
