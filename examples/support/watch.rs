//! What a person at a terminal sees of a long computation, and Ctrl-C: a line on standard error, written anew and taken away at the end.
//!
//! It stands apart because programs that read from a pipe have neither. A thread of its own writes the line, so that it also
//! appears where the library does not report for a while.

use monic::progress::{self, Progress};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What Ctrl-C does while something is computed.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Press {
    /// It stops the computation; pressed again, it ends the program.
    #[allow(dead_code)] // a program has one of the two
    Stops,
    /// It ends the program.
    #[allow(dead_code)]
    Ends,
}

/// Whether Ctrl-C was pressed while something is computed.
static STOP: AtomicBool = AtomicBool::new(false);
/// Whether a line is there.
static SHOWN: Mutex<bool> = Mutex::new(false);

/// What is faster than this is not reported.
const QUIET: Duration = Duration::from_millis(1000);
/// The line is written anew so often.
const PERIOD: Duration = Duration::from_millis(200);
/// The status of a program that Ctrl-C ended, as shells have it.
const INTERRUPTED: i32 = 130;

/// Makes Ctrl-C do what is said.
///
/// # Errors
/// When the system does not offer it.
pub(crate) fn start(press: Press) -> io::Result<()> {
    let pressed = move || {
        if STOP.swap(true, Ordering::Relaxed) || press == Press::Ends {
            let mut shown = lock(&SHOWN);
            clear(&mut shown);
            process::exit(INTERRUPTED);
        }
    };
    ctrlc::set_handler(pressed).map_err(io::Error::other)
}

/// Runs `work`; a line on standard error says for how long, and how far it is where that is known.
pub(crate) fn over<T>(name: &str, work: impl FnOnce() -> T) -> T {
    STOP.store(false, Ordering::Relaxed);
    let last = Arc::new(Mutex::new(None::<Progress>));
    // The thread ends when this end of the channel is dropped, by a panic too.
    let (end, ended) = mpsc::channel::<()>();
    let (name, seen) = (name.to_owned(), Arc::clone(&last));
    let writer = thread::spawn(move || {
        let begin = Instant::now();
        let mut wait = QUIET;
        while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
            wait = PERIOD;
            let (progress, seconds) = (*lock(&seen), begin.elapsed().as_secs());
            let progress = progress.map(|progress| format!(", {progress}")).unwrap_or_default();
            let mut shown = lock(&SHOWN);
            *shown = true;
            write(&format!("{name}: {seconds} s{progress} (Ctrl-C stops it)"));
        }
        clear(&mut lock(&SHOWN));
    });
    let observer = move |progress: Progress| {
        *lock(&last) = Some(progress);
        if STOP.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let result = progress::watch(observer, work);
    drop(end);
    writer.join().expect("the thread only writes");
    result
}

/// Nothing is half done when a thread panics.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the line away, if there is one.
fn clear(shown: &mut bool) {
    if *shown {
        *shown = false;
        write("");
    }
}

/// Writes a line in place of the one before. Nothing is lost when standard error is closed.
fn write(text: &str) {
    let mut error = io::stderr().lock();
    let _ = write!(error, "\r\x1b[K{text}");
    let _ = error.flush();
}
