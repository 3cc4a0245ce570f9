//! Exact distributions of dice: `cargo run --release --example dice -- "3d6 + 2d4 - 1"`.
//!
//! Prints every outcome with its probability, or answers questions about them. The notation and the mathematics
//! are the library's (`monic::distribution`); here are the command line ([`options`]) and the output ([`print`], [`plot`]).
//! On a terminal, what takes over a second says so on standard error ([`watch`]).
//!
//! Exit status: 0; 1 for a wrong expression, with one `error:` line on standard output; 2 for a wrong command
//! line, with the usage on standard error. A reader that closes the pipe ends the program quietly.

mod options;
mod plot;
mod print;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/watch.rs"]
mod watch;

use monic::distribution::language::{Evaluated, Expression};
use monic::{ErrorKind, limit};
use options::Request;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

/// What went wrong, and so how to end.
enum Failure {
    /// An expression, or something that is not supported yet.
    Expression(String),
    /// The command line.
    Usage(String),
    /// The file of a picture.
    Picture(String),
    /// Standard output.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}

fn main() -> ExitCode {
    // Buffered, since standard output itself is flushed at every line.
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let result = run(&mut out).and_then(|()| Ok(out.flush()?));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Expression(message)) => {
            match writeln!(out, "error: {message}").and_then(|()| out.flush()) {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => eprintln!("error: {message}"),
                _ => {}
            }
            ExitCode::from(1)
        }
        Err(Failure::Usage(message)) => {
            eprintln!("error: {message}\n\n{}", options::USAGE);
            ExitCode::from(2)
        }
        Err(Failure::Picture(message)) => {
            eprintln!("error: {message}");
            ExitCode::from(1)
        }
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => {
            eprintln!("error: cannot write: {error}");
            ExitCode::from(1)
        }
    }
}

fn run(out: &mut impl Write) -> Result<(), Failure> {
    let options = match options::parse()? {
        Request::Help => return Ok(writeln!(out, "{}", options::USAGE)?),
        Request::Run(options) => options,
    };
    limit::set_result_bits(options.limit_bits);
    limit::set_work(options.limit_work);
    let watched = io::stderr().is_terminal();
    if watched {
        watch::start(watch::Press::Ends).map_err(Failure::Output)?;
    }
    let compute = || -> Result<_, Failure> {
        let evaluated = evaluate(&options.expression, "")?;
        let other = options.compare.as_deref().map(|text| evaluate(text, "--compare: ")).transpose()?;
        let other = other.map(|other| other.distribution);
        if let Some((file, kind)) = &options.plot {
            let other = options.compare.as_deref().zip(other.as_ref());
            plot::draw(file, *kind, (&options.expression, &evaluated.distribution), other)
                .map_err(Failure::Picture)?;
        }
        Ok((evaluated, other))
    };
    let (evaluated, other) = if watched { watch::over("computing", compute)? } else { compute()? };
    // A line between the rows would be in the way.
    let mut print = || print::print(&options, &evaluated, other.as_ref(), out);
    if watched && !io::stdout().is_terminal() {
        watch::over("writing", print)?
    } else {
        print()?
    }
    Ok(())
}

/// Reads and computes one expression; `place` says which one in an error.
fn evaluate(text: &str, place: &str) -> Result<Evaluated, Failure> {
    text.parse::<Expression>().and_then(|expression| expression.evaluate()).map_err(|error| {
        let work = error.kind() == ErrorKind::Limit && error.message().contains("word operations");
        let hint = if work { " (--limit-work N allows more)" } else { "" };
        Failure::Expression(format!("{place}{error}{hint}"))
    })
}
