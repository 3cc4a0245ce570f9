//! The program around the calculator: command line, pipes, terminal, exit status.
//!
//! # Contract
//! One line out for every line in that is not blank, in order, flushed. An error is such a line, on standard output so
//! that the lines keep in step. Exit status 0, 1 after an error, 2 for a wrong command line.

use crate::failure::{Failure, Outcome};
use crate::help;
use crate::rings;
use crate::session::Conversation;
use crate::watch;
use monic::limit;
use std::ffi::OsString;
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Instant;

/// How long a line may be.
pub const MAX_LINE: usize = 64 << 20;

/// How many bits a result may have unless `--limit-bits` says otherwise.
pub const DEFAULT_LIMIT_BITS: u64 = 1 << 32;

const USAGE: &str = "usage: calculator [--ring RING] [--limit-bits N] [EXPRESSION ...]
  RING          ZZ (default), QQ, ZZ/n, GF(p), GF(p^k), GF(p, MODULUS in a), QQ(a, MODULUS),
                ZZ[i], QQ[i], RR, CC, i64, i128
  --limit-bits  how many bits a result may have (default 4294967296)
  EXPRESSION    computed and printed, one line each; without any, lines are read
                from standard input; after -- everything is an expression
Examples: calculator '(x+1)^3'; calculator --ring 'GF(7)' 'factor(x^6 - 1)'
Inside a session, help lists the functions and help NAME explains one.";

/// What the command line asks for.
struct Options {
    ring: String,
    limit_bits: u64,
    expressions: Vec<Result<String, OsString>>,
    help: bool,
}

/// Runs the program on its arguments.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let options = match options(arguments) {
        Ok(options) => options,
        Err(message) => return usage_error(&message),
    };
    if options.help {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    limit::set_result_bits(options.limit_bits);
    let session = match rings::open(&options.ring) {
        Ok(session) => session,
        Err(failure) => return usage_error(&format!("--ring: {failure}")),
    };
    let mut program = Program { session, failed: false, interactive: false };
    let outcome = if !options.expressions.is_empty() {
        program.expressions(options.expressions)
    } else if io::stdin().is_terminal() {
        program.interactive = true;
        program.terminal()
    } else {
        program.lines(&mut io::stdin().lock())
    };
    match outcome {
        Ok(()) => {}
        // Whoever reads the answers has had enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => {
            let _ = writeln!(io::stderr(), "calculator: {error}");
            return ExitCode::FAILURE;
        }
    }
    if program.failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn usage_error(message: &str) -> ExitCode {
    // Nothing is left to tell anyone when standard error is closed.
    let _ = writeln!(io::stderr(), "error: {message}\n{USAGE}");
    ExitCode::from(2)
}

fn options(mut arguments: impl Iterator<Item = OsString>) -> Result<Options, String> {
    let mut options =
        Options { ring: "ZZ".into(), limit_bits: DEFAULT_LIMIT_BITS, expressions: Vec::new(), help: false };
    let mut only_expressions = false;
    while let Some(argument) = arguments.next() {
        let text = match argument.into_string() {
            Ok(text) if !only_expressions && text == "--" => {
                only_expressions = true;
                continue;
            }
            // A single minus begins an expression: -x^2.
            Ok(text) if !only_expressions && (text.starts_with("--") || text == "-h") => text,
            expression => {
                options.expressions.push(expression);
                continue;
            }
        };
        let (name, attached) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value.to_string())),
            None => (text.as_str(), None),
        };
        let mut value = || {
            let next = || arguments.next().map(|value| value.to_string_lossy().into_owned());
            attached.clone().or_else(next).ok_or_else(|| format!("{name} takes a value"))
        };
        match name {
            "--help" | "-h" => options.help = true,
            "--ring" => options.ring = value()?,
            "--limit-bits" => {
                let value = value()?;
                options.limit_bits =
                    value.parse().map_err(|_| format!("--limit-bits takes a number of bits, not {value}"))?;
            }
            _ => return Err(format!("unknown option {name}")),
        }
    }
    Ok(options)
}

/// Whether there is more to do.
#[derive(PartialEq)]
enum Next {
    More,
    Quit,
}

struct Program {
    session: Box<dyn Conversation>,
    failed: bool,
    interactive: bool,
}

impl Program {
    /// Every expression of the command line.
    fn expressions(&mut self, expressions: Vec<Result<String, OsString>>) -> io::Result<()> {
        for expression in expressions {
            let next = match expression {
                Ok(line) if line.trim().is_empty() => self.say(&Err(Failure::of("the expression is empty"))),
                Ok(line) => self.answer(&line),
                Err(_) => self.say(&Err(Failure::of("the expression is not UTF-8"))),
            };
            if next? == Next::Quit {
                break;
            }
        }
        Ok(())
    }

    /// Every line of a pipe or a file.
    fn lines(&mut self, input: &mut impl BufRead) -> io::Result<()> {
        let mut line = Vec::new();
        loop {
            let next = match read_line(input, &mut line)? {
                Line::End => return Ok(()),
                Line::TooLong => self.say(&Err(Failure::new(
                    MAX_LINE,
                    format!("the line is over the limit of {MAX_LINE} bytes"),
                ))),
                Line::Read if line.iter().all(u8::is_ascii_whitespace) => Ok(Next::More),
                Line::Read => match std::str::from_utf8(&line) {
                    Ok(text) => self.answer(text),
                    Err(error) => self.say(&Err(Failure::new(error.valid_up_to(), "the line is not UTF-8"))),
                },
            };
            if next? == Next::Quit {
                return Ok(());
            }
        }
    }

    /// A session with line editing and history.
    fn terminal(&mut self) -> io::Result<()> {
        let mut editor = rustyline::DefaultEditor::new().map_err(io::Error::other)?;
        watch::start(watch::Press::Stops)?;
        println!("Polynomials over {}. help explains, quit ends.", self.session.title());
        loop {
            match editor.readline(&format!("{}> ", self.session.title())) {
                Ok(line) if line.trim().is_empty() => {}
                Ok(line) => {
                    // A history that is full or refuses a duplicate is no reason to stop.
                    let _ = editor.add_history_entry(line.as_str());
                    let next = match line.len() {
                        ..=MAX_LINE => self.answer(&line)?,
                        _ => self.say(&Err(Failure::of(format!(
                            "the line is over the limit of {MAX_LINE} bytes"
                        ))))?,
                    };
                    if next == Next::Quit {
                        break;
                    }
                }
                Err(rustyline::error::ReadlineError::Interrupted) => {}
                Err(rustyline::error::ReadlineError::Eof) => break,
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        // A slip of the pen at a terminal is no failure of the program.
        self.failed = false;
        Ok(())
    }

    /// Answers one line.
    fn answer(&mut self, line: &str) -> io::Result<Next> {
        let line = line.trim_end();
        let word = line.trim_start();
        let (command, rest) = word.split_once(char::is_whitespace).unwrap_or((word, ""));
        let rest = rest.trim_start();
        match command {
            "quit" | "exit" if rest.is_empty() => {
                if !self.interactive {
                    self.say(&Ok("bye".into()))?;
                }
                Ok(Next::Quit)
            }
            "help" if rest.is_empty() => self.say(&Ok(help::overview(self.interactive))),
            "help" => self.say(&help::of(rest)),
            "ring" if rest.is_empty() => self.say(&Ok(self.session.title())),
            "ring" => {
                let outcome = self.change_ring(rest);
                self.say(&outcome)
            }
            "time" if !rest.is_empty() => {
                let start = Instant::now();
                // The expression keeps its place in the line, for the places in messages.
                let offset = line.len() - rest.len();
                let outcome = self.compute(&(" ".repeat(offset) + rest));
                let seconds = start.elapsed().as_secs_f64();
                self.say(&outcome.map(|answer| format!("{seconds:.6} s: {answer}")))
            }
            _ => {
                let outcome = self.compute(line);
                self.say(&outcome)
            }
        }
    }

    /// The answer of the session.
    fn compute(&mut self, line: &str) -> Outcome<String> {
        guarded(self.interactive, || self.session.answer(line))
    }

    /// Computes over another ring from here on, with the names that convert.
    fn change_ring(&mut self, name: &str) -> Outcome<String> {
        let mut session = guarded(self.interactive, || rings::open(name))?;
        let dropped = session.adopt(self.session.assigned());
        self.session = session;
        let title = self.session.title();
        if dropped.is_empty() {
            Ok(title)
        } else {
            Ok(format!("{title} (no longer assigned: {})", dropped.join(", ")))
        }
    }

    /// Writes an answer or an error, one line, at once.
    fn say(&mut self, outcome: &Outcome<String>) -> io::Result<Next> {
        let mut out = io::stdout().lock();
        match outcome {
            Ok(answer) => {
                out.write_all(answer.as_bytes())?;
                out.write_all(b"\n")?;
            }
            Err(failure) => {
                self.failed = true;
                writeln!(out, "error: {failure}")?;
            }
        }
        out.flush()?;
        Ok(Next::More)
    }
}

enum Line {
    Read,
    TooLong,
    End,
}

/// Reads a line without its end; of one that is too long nothing is kept.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    let (mut too_long, mut started) = (false, false);
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            return Ok(match (started, too_long) {
                (false, _) => Line::End,
                (true, false) => Line::Read,
                (true, true) => Line::TooLong,
            });
        }
        started = true;
        let end = buffer.iter().position(|&b| b == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        too_long |= line.len() + part.len() > MAX_LINE;
        if too_long {
            *line = Vec::new();
        } else {
            line.extend_from_slice(part);
        }
        let used = end.map_or(buffer.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(if too_long { Line::TooLong } else { Line::Read });
        }
    }
}

/// What is computed, with its progress in an interactive session. Should there be a mistake in this program that ends in a panic, the other
/// lines are answered all the same; a line only reads and replaces whole values, so that nothing is left half done.
fn guarded<T>(interactive: bool, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    let work = || if interactive { watch::over("computing", work) } else { work() };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Failure::of("internal mistake of the calculator, please report this line")))
}
