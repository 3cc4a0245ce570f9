//! What a person at a terminal sees of a long computation, and Ctrl-C, which stops it: a line on standard error, written anew and taken away at the end.
//!
//! It stands apart because programs that read from a pipe have neither.

use monic::progress::{self, Progress};
use std::cell::Cell;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::process;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Whether Ctrl-C was pressed while something is computed.
static STOP: AtomicBool = AtomicBool::new(false);

/// What is faster than this is not reported.
const QUIET: Duration = Duration::from_millis(900);
/// The line is written anew so often.
const PERIOD: Duration = Duration::from_millis(200);

/// Makes Ctrl-C stop what is computed, and end the program when it is pressed again.
///
/// # Errors
/// When the system does not offer it.
pub fn start() -> io::Result<()> {
    let pressed = || {
        if STOP.swap(true, Ordering::Relaxed) {
            process::exit(130);
        }
    };
    ctrlc::set_handler(pressed).map_err(io::Error::other)
}

/// Runs `work` with its progress on standard error.
pub fn over<T>(work: impl FnOnce() -> T) -> T {
    STOP.store(false, Ordering::Relaxed);
    let shown = Rc::new(Cell::new(false));
    let line = Rc::clone(&shown);
    let mut next = Instant::now() + QUIET;
    let observer = move |progress: Progress| {
        if STOP.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        let now = Instant::now();
        if now >= next {
            next = now + PERIOD;
            line.set(true);
            write(&format!("{progress} (Ctrl-C stops it)"));
        }
        ControlFlow::Continue(())
    };
    let result = progress::watch(observer, work);
    if shown.get() {
        write("");
    }
    result
}

/// Writes a line in place of the one before. Nothing is lost when standard error is closed.
fn write(text: &str) {
    let mut error = io::stderr().lock();
    let _ = write!(error, "\r\x1b[K{text}");
    let _ = error.flush();
}
