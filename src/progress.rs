//! Progress of long computations, and a way to stop them.
//!
//! It stands apart because what takes long is deep inside (lifting, recombination, distinct degrees), and who wants to know is far
//! outside (an interactive session). Without an observer a report costs the look at one thread-local flag.
//!
//! # Invariants
//! An observer belongs to the thread that called [`watch`]; work that runs on other threads is not reported. What stops a computation
//! is an error of kind [`Interrupted`](crate::ErrorKind::Interrupted), which passes through every `try_` form.

use crate::{Error, ErrorKind, Result};
use std::cell::RefCell;
use std::fmt;
use std::ops::ControlFlow;

/// Where a computation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done: `distinct degrees`, `lifting`, ...
    pub stage: &'static str,
    /// How many steps are behind.
    pub done: u64,
    /// How many steps there are at most.
    pub total: u64,
}

/// `lifting: 3 of 8`.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} of {}", self.stage, self.done, self.total)
    }
}

type Observer = Box<dyn FnMut(Progress) -> ControlFlow<()>>;

thread_local! {
    static OBSERVERS: RefCell<Vec<Option<Observer>>> = const { RefCell::new(Vec::new()) };
}

/// Runs `work`, and asks `observer` at each of its steps whether to go on.
///
/// An observer that breaks makes the computation fail with an error of kind [`Interrupted`](crate::ErrorKind::Interrupted). Of
/// nested calls the innermost is asked.
///
/// # Examples
/// ```
/// use monic::{ErrorKind, ZZ, progress};
/// use std::ops::ControlFlow;
/// let f = ZZ.parse("x^40 - 1")?.compose(&ZZ.parse("x^2 + x + 7")?);
/// let stopped = progress::watch(|_| ControlFlow::Break(()), || f.try_factor());
/// assert_eq!(stopped.unwrap_err().kind(), ErrorKind::Interrupted);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn watch<T>(observer: impl FnMut(Progress) -> ControlFlow<()> + 'static, work: impl FnOnce() -> T) -> T {
    with_observer(Some(Box::new(observer)), work)
}

/// Runs work that cannot fail: nobody is asked whether it goes on.
pub(crate) fn unwatched<T>(work: impl FnOnce() -> T) -> T {
    with_observer(None, work)
}

fn with_observer<T>(observer: Option<Observer>, work: impl FnOnce() -> T) -> T {
    /// Takes the observer away also when the work panics.
    struct Guard;
    impl Drop for Guard {
        fn drop(&mut self) {
            OBSERVERS.with_borrow_mut(|observers| observers.pop());
        }
    }
    OBSERVERS.with_borrow_mut(|observers| observers.push(observer));
    let _guard = Guard;
    work()
}

/// Tells the observer where a computation stands.
///
/// # Errors
/// Kind interrupted when the observer wants no more of it.
pub(crate) fn report(stage: &'static str, done: u64, total: u64) -> Result<()> {
    // The observer is taken out while it runs, so that it may compute on its own.
    let Some(mut observer) =
        OBSERVERS.with_borrow_mut(|observers| observers.last_mut().and_then(Option::take))
    else {
        return Ok(());
    };
    let answer = observer(Progress { stage, done, total });
    OBSERVERS.with_borrow_mut(|observers| {
        if let Some(last) = observers.last_mut() {
            *last = Some(observer);
        }
    });
    match answer {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => {
            Err(Error::new(ErrorKind::Interrupted, format!("interrupted while {stage}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    fn count(n: u64) -> Result<u64> {
        for k in 0..n {
            report("counting", k, n)?;
        }
        Ok(n)
    }

    #[test]
    fn observers_see_every_step_and_stop() {
        assert_eq!(count(5).unwrap(), 5);
        let seen = Rc::new(RefCell::new(Vec::new()));
        let log = Rc::clone(&seen);
        let observer = move |p: Progress| {
            log.borrow_mut().push(p.to_string());
            // A computation inside an observer is not observed.
            assert_eq!(count(3).unwrap(), 3);
            if p.done == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let error = watch(observer, || count(5)).unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Interrupted, "interrupted while counting"));
        assert_eq!(*seen.borrow(), ["counting: 0 of 5", "counting: 1 of 5", "counting: 2 of 5"]);
        assert_eq!(count(5).unwrap(), 5);
    }

    #[test]
    fn the_innermost_observer_is_asked() {
        let result = watch(
            |_| ControlFlow::Break(()),
            || watch(|_| ControlFlow::Continue(()), || count(4)).and_then(|_| count(1)),
        );
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Interrupted);
        let result = watch(|_| ControlFlow::Break(()), || (unwatched(|| count(4)), count(1)));
        assert_eq!((result.0.unwrap(), result.1.unwrap_err().kind()), (4, ErrorKind::Interrupted));
        assert!(std::panic::catch_unwind(|| watch(|_| ControlFlow::Break(()), || panic!())).is_err());
        assert_eq!(count(1).unwrap(), 1);
    }
}
