//! What is printed: a table with bars, CSV or JSON of the distribution, or the answers to questions about it.
//!
//! Rows are written as they are computed, so that a large table needs no memory for its text. Every number is
//! exact, but for decimals, which are rounded once.

use crate::options::{Event, Format, Options};
use monic::distribution::language::Evaluated;
use monic::distribution::{Decimals, Distribution, decimal, to_f64};
use monic::{DecimalWriter, format_integer};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use serde::{Serialize, Serializer};
use std::collections::HashMap;
use std::io::{self, Write};

/// Characters of the longest bar.
const BAR: f64 = 40.0;

/// Modes, or remainders, that are listed before there are too many to read.
const LISTED: usize = 10;

/// Texts of denominators that are kept; reduced fractions of one table share a few.
const KEPT_TEXTS: usize = 256;

/// Numerators that are written at once.
const BATCH: usize = 256;

/// Text of half a symmetric table that is kept.
const KEPT_BYTES: usize = 1 << 28;

pub(crate) fn print(
    options: &Options,
    evaluated: &Evaluated,
    other: Option<&Distribution>,
    out: &mut impl Write,
) -> io::Result<()> {
    let distribution = &evaluated.distribution;
    if options.events.is_empty() && other.is_none() {
        return match options.format {
            Format::Table => {
                table(distribution, options.digits, out)?;
                cut_off(&evaluated.remainders, options.digits, out)
            }
            Format::Csv => csv(distribution, options.digits, out),
            Format::Json => json(&options.expression, distribution, out),
        };
    }
    let mut answers: Vec<Answer> = options.events.iter().map(|event| event.answer(distribution)).collect();
    if let Some(other) = other {
        let comparison = distribution.compare(other);
        answers.push(Answer { event: "first > second".into(), probability: comparison.greater });
        answers.push(Answer { event: "first = second".into(), probability: comparison.equal });
        answers.push(Answer { event: "first < second".into(), probability: comparison.less });
    }
    match options.format {
        Format::Table => {
            for Answer { event, probability } in answers {
                writeln!(out, "P({event}) = {}", with_decimal(&probability, options.digits))?;
            }
            Ok(())
        }
        Format::Csv => {
            writeln!(out, "event,fraction,probability")?;
            for Answer { event, probability } in answers {
                writeln!(
                    out,
                    "{event},{},{}",
                    fraction(&probability),
                    decimal(&probability, options.digits)
                )?;
            }
            Ok(())
        }
        Format::Json => {
            let probabilities = answers.into_iter().map(|Answer { event, probability }| AnswerDocument {
                event,
                fraction: fraction(&probability),
                probability: decimal(&probability, options.digits),
            });
            let expression = &options.expression;
            let compare = options.compare.as_deref();
            write_json(&AnswersDocument { expression, compare, probabilities: probabilities.collect() }, out)
        }
    }
}

/// An event and how likely it is.
struct Answer {
    event: String,
    probability: BigRational,
}

impl Event {
    fn answer(self, distribution: &Distribution) -> Answer {
        let (event, probability) = match self {
            Event::AtLeast(n) => (format!("X >= {n}"), distribution.at_least(n)),
            Event::AtMost(n) => (format!("X <= {n}"), distribution.at_most(n)),
            Event::Exactly(n) => (format!("X = {n}"), distribution.probability(n)),
        };
        Answer { event, probability }
    }
}

fn table(distribution: &Distribution, digits: usize, out: &mut impl Write) -> io::Result<()> {
    let most = distribution.weights().iter().max().expect("a distribution has an outcome");
    let outcome_width = width(&distribution.min()).max(width(&distribution.max())).max("outcome".len());
    // Lowest terms are no longer than the longest weight over the denominator.
    let longest = format_integer(most).len() + 1 + format_integer(distribution.denominator()).len();
    let fraction_width = longest.max("probability".len());
    let decimal_width = (digits + "0.000".len()).max("decimal".len());
    writeln!(out, "{:>outcome_width$}  {:>fraction_width$}  decimal", "outcome", "probability")?;
    let writer = writer(distribution);
    let mut decimals = Decimals::new(digits);
    let mut denominators = HashMap::<BigInt, String>::new();
    for ((outcome, probability), (_, weight)) in distribution.probabilities().zip(distribution.outcomes()) {
        let (numerator, denominator) = (probability.numer(), probability.denom());
        if denominators.len() > KEPT_TEXTS {
            denominators.clear();
        }
        let known = denominators.contains_key(denominator);
        if !known {
            denominators.insert(denominator.clone(), format_integer(denominator));
        }
        let fraction = match &denominators[denominator] {
            one if one == "1" => writer.format(numerator),
            text => format!("{}/{text}", writer.format(numerator)),
        };
        let decimal = decimals.write(weight.magnitude(), distribution.denominator().magnitude());
        let share = to_f64(&BigRational::new_raw(weight.clone(), most.clone()));
        let bar = "#".repeat((share * BAR).round() as usize);
        let row = format!(
            "{outcome:>outcome_width$}  {fraction:>fraction_width$}  {decimal:<decimal_width$}  {bar}"
        );
        writeln!(out, "{}", row.trim_end())?;
    }
    writeln!(out)?;
    writeln!(out, "mean                {}", with_decimal(&distribution.mean(), digits))?;
    writeln!(out, "variance            {}", with_decimal(&distribution.variance(), digits))?;
    writeln!(out, "standard deviation  {}", distribution.standard_deviation(digits))?;
    let modes = distribution.modes();
    let listed: Vec<_> = modes.iter().take(LISTED).map(i64::to_string).collect();
    let more = if modes.len() > LISTED { format!(", ... ({} modes)", modes.len()) } else { String::new() };
    writeln!(out, "mode                {}{more}", listed.join(", "))?;
    writeln!(out, "median              {}", with_decimal(&distribution.median(), digits))
}

/// Says with which probability a die would have exploded further, where it was stopped.
fn cut_off(remainders: &[BigRational], digits: usize, out: &mut impl Write) -> io::Result<()> {
    let mut listed = Vec::<String>::new();
    for remainder in remainders {
        let text = with_decimal(remainder, digits);
        if listed.contains(&text) {
            continue;
        }
        if listed.len() == LISTED {
            listed.push("...".into());
            break;
        }
        listed.push(text);
    }
    if listed.is_empty() { Ok(()) } else { writeln!(out, "exploding further   {}", listed.join(", ")) }
}

fn csv(distribution: &Distribution, digits: usize, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# denominator: {}", format_integer(distribution.denominator()))?;
    writeln!(out, "outcome,numerator,probability")?;
    let weights = distribution.weights().coefficients();
    let writer = writer(distribution);
    let mut decimals = Decimals::new(digits);
    // Sums of dice are symmetric: what was written for the lower half is kept for the upper one.
    let symmetric = weights.iter().eq(weights.iter().rev());
    let lower = if symmetric { weights.len().div_ceil(2) } else { weights.len() };
    let (mut kept, mut ends) = (String::new(), Vec::new());
    let mut decimal =
        |weight: &BigInt| decimals.write(weight.magnitude(), distribution.denominator().magnitude());
    // Every outcome fits; its distance from the smallest may not.
    let outcome = |k: usize| distribution.min().wrapping_add(distribution.step().wrapping_mul(k as i64));
    for (batch, part) in weights[..lower].chunks(BATCH).enumerate() {
        for (k, (weight, numerator)) in (batch * BATCH..).zip(part.iter().zip(writer.format_all(part))) {
            let tail = format!("{numerator},{}", decimal(weight));
            write_row(outcome(k), weight, &tail, out)?;
            if symmetric && ends.len() == k && kept.len() + tail.len() <= KEPT_BYTES {
                kept += &tail;
                ends.push(kept.len());
            }
        }
    }
    for (k, weight) in weights.iter().enumerate().skip(lower) {
        let mirrored = weights.len() - 1 - k;
        match ends.get(mirrored) {
            Some(&end) => {
                let start = if mirrored > 0 { ends[mirrored - 1] } else { 0 };
                write_row(outcome(k), weight, &kept[start..end], out)?;
            }
            None => {
                let tail = format!("{},{}", writer.format(weight), decimal(weight));
                write_row(outcome(k), weight, &tail, out)?;
            }
        }
    }
    Ok(())
}

/// Nothing for an outcome that is impossible.
fn write_row(outcome: i64, weight: &BigInt, tail: &str, out: &mut impl Write) -> io::Result<()> {
    if weight.is_zero() { Ok(()) } else { writeln!(out, "{outcome},{tail}") }
}

/// A writer of the weights.
fn writer(distribution: &Distribution) -> DecimalWriter {
    DecimalWriter::new(distribution.weights().height_bits())
}

#[derive(Serialize)]
struct Document<'a> {
    expression: &'a str,
    denominator: String,
    #[serde(serialize_with = "outcomes")]
    outcomes: &'a Distribution,
    mean: String,
    variance: String,
}

#[derive(Serialize)]
struct AnswersDocument<'a> {
    expression: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    compare: Option<&'a str>,
    probabilities: Vec<AnswerDocument>,
}

#[derive(Serialize)]
struct AnswerDocument {
    event: String,
    fraction: String,
    probability: String,
}

/// `[[outcome, "numerator"], ...]`, one row at a time.
fn outcomes<S: Serializer>(distribution: &Distribution, serializer: S) -> Result<S::Ok, S::Error> {
    let writer = writer(distribution);
    serializer.collect_seq(distribution.outcomes().map(|(outcome, weight)| (outcome, writer.format(weight))))
}

fn json(expression: &str, distribution: &Distribution, out: &mut impl Write) -> io::Result<()> {
    let document = Document {
        expression,
        denominator: format_integer(distribution.denominator()),
        outcomes: distribution,
        mean: fraction(&distribution.mean()),
        variance: fraction(&distribution.variance()),
    };
    write_json(&document, out)
}

fn write_json(document: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, document)?;
    writeln!(out)
}

/// A fraction, with its decimal where that says something new.
fn with_decimal(value: &BigRational, digits: usize) -> String {
    let (fraction, decimal) = (fraction(value), decimal(value, digits));
    if fraction == decimal { fraction } else { format!("{fraction} = {decimal}") }
}

fn fraction(value: &BigRational) -> String {
    if value.is_integer() {
        format_integer(value.numer())
    } else {
        format!("{}/{}", format_integer(value.numer()), format_integer(value.denom()))
    }
}

fn width(n: &i64) -> usize {
    n.to_string().len()
}
