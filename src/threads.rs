//! Pieces of work side by side on the threads of `rayon`.
//!
//! It stands apart because it hands closures to the pool as objects: a call with types of its own is compiled to some 2,500 lines, and
//! the crate has hundreds of such calls. A call through an object is nothing beside waking a thread. (What is not called through here
//! are the few iterators of `rayon` that write into fresh memory.) Without the feature `parallel` everything runs in its order.

/// How many threads there are.
pub(crate) fn count() -> usize {
    #[cfg(feature = "parallel")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "parallel"))]
    1
}

/// Both, side by side.
pub(crate) fn join<T: Send, U: Send>(
    first: impl FnOnce() -> T + Send,
    second: impl FnOnce() -> U + Send,
) -> (T, U) {
    let (mut first, mut second) = (Some(first), Some(second));
    let (mut x, mut y) = (None, None);
    both(&mut || x = first.take().map(|first| first()), &mut || y = second.take().map(|second| second()));
    (x.expect("the first ran"), y.expect("the second ran"))
}

/// Both, side by side.
fn both(first: &mut (dyn FnMut() + Send), second: &mut (dyn FnMut() + Send)) {
    #[cfg(feature = "parallel")]
    rayon::join(first, second);
    #[cfg(not(feature = "parallel"))]
    {
        first();
        second();
    }
}

/// `f` on a thread of the pool: what it spreads then starts without a call into the pool each time.
pub(crate) fn inside<T: Send>(f: impl FnOnce() -> T + Send) -> T {
    let (mut f, mut out) = (Some(f), None);
    enter(&mut || out = f.take().map(|f| f()));
    out.expect("it ran")
}

/// Runs on a thread of the pool.
fn enter(run: &mut (dyn FnMut() + Send)) {
    #[cfg(feature = "parallel")]
    if rayon::current_thread_index().is_none() {
        return rayon::scope(|_| run());
    }
    run();
}

/// `step` on every item with its number, side by side.
pub(crate) fn for_each<S: Send>(items: &mut [S], step: impl Fn(usize, &mut S) + Send + Sync) {
    fn halves<S: Send>(items: &mut [S], first: usize, step: &(dyn Fn(usize, &mut S) + Sync)) {
        match items {
            [] => {}
            [item] => step(first, item),
            _ => {
                let (low, high) = items.split_at_mut(items.len() / 2);
                let middle = first + low.len();
                both(&mut || halves(low, first, step), &mut || halves(high, middle, step));
            }
        }
    }
    halves(items, 0, &step);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_runs_once_and_in_its_place() {
        assert_eq!(join(|| 1, || "two"), (1, "two"));
        assert_eq!(inside(|| vec![3]), [3]);
        for len in [0, 1, 2, 3, 100] {
            let mut items = vec![0; len];
            for_each(&mut items, |k, item| *item += k + 1);
            assert!(items.iter().enumerate().all(|(k, item)| *item == k + 1));
        }
    }

    #[test]
    fn a_panic_comes_back() {
        let message = |run: Box<dyn FnOnce() + std::panic::UnwindSafe>| {
            *std::panic::catch_unwind(run).expect_err("a panic").downcast::<&str>().expect("a message")
        };
        assert_eq!(message(Box::new(|| _ = join(|| panic!("first"), || 2))), "first");
        assert_eq!(message(Box::new(|| _ = join(|| 1, || panic!("second")))), "second");
        let third = |k, _: &mut i32| {
            if k == 2 {
                panic!("third")
            }
        };
        assert_eq!(message(Box::new(move || for_each(&mut [1, 2, 3], third))), "third");
    }
}
