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
use serde::{Serialize, Serializer, ser::SerializeSeq};
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

/// What makes a text that wide: a width of a format is 65535 at most.
fn padding(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(text.len()))
}

fn table(distribution: &Distribution, digits: usize, out: &mut impl Write) -> io::Result<()> {
    let most =
        distribution.outcomes().map(|(_, weight)| weight).max().expect("a distribution has an outcome");
    let outcome_width = width(&distribution.min()).max(width(&distribution.max())).max("outcome".len());
    // Lowest terms are no longer than the longest weight over the denominator.
    let longest = format_integer(most).len() + 1 + format_integer(distribution.denominator()).len();
    let fraction_width = longest.max("probability".len());
    let decimal_width = (digits + "0.000".len()).max("decimal".len());
    let heads = [padding("outcome", outcome_width), padding("probability", fraction_width)];
    writeln!(out, "{}outcome  {}probability  decimal", heads[0], heads[1])?;
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
        let outcome = outcome.to_string();
        let left = [padding(&outcome, outcome_width), padding(&fraction, fraction_width)];
        let right = padding(&decimal, decimal_width);
        let row = format!("{}{outcome}  {}{fraction}  {decimal}{right}  {bar}", left[0], left[1]);
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
    let mut decimals = Decimals::new(digits);
    let mut tail = |weight: &BigInt, numerator: String| {
        format!("{numerator},{}", decimals.write(weight.magnitude(), distribution.denominator().magnitude()))
    };
    rows(distribution, &mut tail, |outcome, tail| writeln!(out, "{outcome},{tail}"))
}

/// Writes each outcome with what `text` makes of its weight and of the digits of that.
fn rows<E>(
    distribution: &Distribution,
    text: &mut impl FnMut(&BigInt, String) -> String,
    mut write: impl FnMut(i64, &str) -> Result<(), E>,
) -> Result<(), E> {
    let (outcomes, weights): (Vec<i64>, Vec<&BigInt>) = distribution.outcomes().unzip();
    let writer = writer(distribution);
    // Sums of dice are symmetric: what was written for the lower half is kept for the upper one.
    let symmetric = weights.iter().eq(weights.iter().rev());
    let lower = if symmetric { weights.len().div_ceil(2) } else { weights.len() };
    let (mut kept, mut ends) = (String::new(), Vec::new());
    let parts = outcomes[..lower].chunks(BATCH).zip(weights[..lower].chunks(BATCH));
    for (batch, (outcomes, weights)) in parts.enumerate() {
        let rows = outcomes.iter().zip(weights).zip(writer.format_all(weights));
        for (k, ((outcome, weight), numerator)) in (batch * BATCH..).zip(rows) {
            let text = text(weight, numerator);
            write(*outcome, &text)?;
            if symmetric && ends.len() == k && kept.len() + text.len() <= KEPT_BYTES {
                kept += &text;
                ends.push(kept.len());
            }
        }
    }
    for (k, (outcome, weight)) in outcomes.iter().zip(&weights).enumerate().skip(lower) {
        let mirrored = weights.len() - 1 - k;
        match ends.get(mirrored) {
            Some(&end) => write(*outcome, &kept[if mirrored > 0 { ends[mirrored - 1] } else { 0 }..end])?,
            None => write(*outcome, &text(weight, writer.format(weight)))?,
        }
    }
    Ok(())
}

/// A writer of the weights.
fn writer(distribution: &Distribution) -> DecimalWriter {
    DecimalWriter::new(distribution.outcomes().map(|(_, weight)| weight.bits()).max().unwrap_or(0))
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
    let mut list = serializer.serialize_seq(Some(distribution.outcomes().count()))?;
    rows(distribution, &mut |_, numerator| numerator, |outcome, text| {
        list.serialize_element(&(outcome, text))
    })?;
    list.end()
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
