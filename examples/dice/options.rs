//! The command line: one expression, options before or after it.
//!
//! A single dash does not make an option of `-d6` or `-(2d6)`: what begins with one dash is an expression, or the
//! number that the option before it waits for.

use crate::Failure;
use crate::support::canvas::Kind;
use lexopt::{Arg, Parser};
use std::ffi::OsString;
use std::path::PathBuf;

pub(crate) const USAGE: &str = "\
usage: dice EXPRESSION [options]

  --format table|csv|json   how to print the distribution (default: table)
  --at-least N              the probability of N or more
  --at-most N               the probability of N or less
  --exactly N               the probability of N
  --compare EXPRESSION      the probabilities of rolling more, the same and less than another expression
  --plot FILE.svg|FILE.png  draws a bar chart as well
  --digits N                significant digits of decimals (default: 6)
  --limit-bits N            the size of the largest result in bits (default: 2^32)
  --limit-work N            the longest work in operations on words, by estimate (default: 2^38, some minutes)

expressions:
  3d6 + 2d4 - 1   d%   dF   d{1,1,2,5}   d{1:1/2, 2:1/3, 3:1/6}   2 * d6   -(d6 - 1)
  4d6kh3  keep the highest (kl: lowest; dh, dl: drop)   3d6!  explode, 10 times at most (3d6!4: 4 times)
  2d6r1   roll ones again, once (r<=2)                  5d10>=8  count successes (> <= < =)
  d6 d4   a random number of dice                       d6 * d6   max(d6, 2d4)   min(..)   abs(d6 - d6)";

/// As for the calculator.
const LIMIT_BITS: u64 = 1 << 32;

/// A program that answers is waited for: some minutes, where the library allows hours.
const LIMIT_WORK: u64 = 1 << 38;

/// More significant digits than any use has, few enough for every row of a table.
const MAX_DIGITS: usize = 100_000;

pub(crate) enum Request {
    Help,
    Run(Options),
}

pub(crate) struct Options {
    pub(crate) expression: String,
    pub(crate) format: Format,
    pub(crate) events: Vec<Event>,
    pub(crate) compare: Option<String>,
    pub(crate) plot: Option<(PathBuf, Kind)>,
    pub(crate) digits: usize,
    pub(crate) limit_bits: u64,
    pub(crate) limit_work: u64,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Format {
    Table,
    Csv,
    Json,
}

/// A question about the outcome.
#[derive(Clone, Copy)]
pub(crate) enum Event {
    AtLeast(i64),
    AtMost(i64),
    Exactly(i64),
}

pub(crate) fn parse() -> Result<Request, Failure> {
    let mut parser = Parser::from_env();
    let mut expression = None;
    let mut options = Options {
        expression: String::new(),
        format: Format::Table,
        events: Vec::new(),
        compare: None,
        plot: None,
        digits: 6,
        limit_bits: LIMIT_BITS,
        limit_work: LIMIT_WORK,
    };
    loop {
        if let Some(value) = dashed_expression(&mut parser) {
            take_expression(&mut expression, value)?;
            continue;
        }
        match parser.next().map_err(usage)? {
            None => break,
            Some(Arg::Value(value)) => take_expression(&mut expression, value)?,
            Some(Arg::Long("help") | Arg::Short('h')) => return Ok(Request::Help),
            Some(Arg::Long("format")) => {
                options.format = match value(&mut parser, "format")?.as_str() {
                    "table" => Format::Table,
                    "csv" => Format::Csv,
                    "json" => Format::Json,
                    other => {
                        return Err(Failure::Usage(format!("--format is table, csv or json, not {other:?}")));
                    }
                }
            }
            Some(Arg::Long("at-least")) => {
                options.events.push(Event::AtLeast(number(&mut parser, "at-least")?))
            }
            Some(Arg::Long("at-most")) => options.events.push(Event::AtMost(number(&mut parser, "at-most")?)),
            Some(Arg::Long("exactly")) => {
                options.events.push(Event::Exactly(number(&mut parser, "exactly")?))
            }
            Some(Arg::Long("compare")) => {
                let other = parser.value().map_err(usage)?;
                if options.compare.replace(utf8(other)?).is_some() {
                    return Err(Failure::Usage("--compare is given twice".into()));
                }
            }
            Some(Arg::Long("plot")) => {
                let file = PathBuf::from(parser.value().map_err(usage)?);
                let kind = Kind::of(&file).ok_or_else(|| {
                    Failure::Usage(format!("--plot: {file:?} ends neither in .svg nor in .png"))
                })?;
                if options.plot.replace((file, kind)).is_some() {
                    return Err(Failure::Usage("--plot is given twice".into()));
                }
            }
            Some(Arg::Long("digits")) => {
                options.digits = number(&mut parser, "digits")?;
                if !(1..=MAX_DIGITS).contains(&options.digits) {
                    return Err(Failure::Usage(format!("--digits is from 1 to {MAX_DIGITS}")));
                }
            }
            Some(Arg::Long("limit-bits")) => options.limit_bits = number(&mut parser, "limit-bits")?,
            Some(Arg::Long("limit-work")) => options.limit_work = number(&mut parser, "limit-work")?,
            Some(other) => return Err(usage(other.unexpected())),
        }
    }
    options.expression = expression.ok_or_else(|| Failure::Usage("an expression is missing".into()))?;
    Ok(Request::Run(options))
}

/// The next argument, where it begins with one dash and is no option.
fn dashed_expression(parser: &mut Parser) -> Option<OsString> {
    let mut rest = parser.try_raw_args()?;
    let next = rest.peek()?.as_encoded_bytes();
    let dashed = next.len() > 1 && next[0] == b'-' && next[1] != b'-' && next != b"-h";
    if dashed { rest.next() } else { None }
}

fn take_expression(expression: &mut Option<String>, value: OsString) -> Result<(), Failure> {
    match expression.replace(utf8(value)?) {
        None => Ok(()),
        Some(_) => Err(Failure::Usage("more than one expression: put quotes around it".into())),
    }
}

fn utf8(text: OsString) -> Result<String, Failure> {
    text.into_string().map_err(|text| {
        let bytes = text.as_encoded_bytes();
        let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        Failure::Expression(format!("the expression is not valid UTF-8, at position {}", valid + 1))
    })
}

fn value(parser: &mut Parser, option: &str) -> Result<String, Failure> {
    let value = parser.value().map_err(usage)?;
    value.into_string().map_err(|value| Failure::Usage(format!("--{option}: {value:?} is not valid UTF-8")))
}

fn number<T: std::str::FromStr>(parser: &mut Parser, option: &str) -> Result<T, Failure> {
    let value = parser.value().map_err(usage)?;
    let text = value.to_string_lossy().into_owned();
    text.parse().map_err(|_| Failure::Usage(format!("--{option}: {text:?} is no integer that fits")))
}

fn usage(error: lexopt::Error) -> Failure {
    Failure::Usage(error.to_string())
}
