//! What the benches without a harness share: the test mode, `cargo bench -- --test`, in which each runs its small sizes
//! once, for its checks and not for its times.

/// Whether this run is a test.
pub(crate) fn testing() -> bool {
    std::env::args().any(|argument| argument == "--test")
}
