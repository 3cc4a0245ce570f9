//! How large a result may become, and how much work it may be, before it is refused, for the whole process.
//!
//! Sizes are estimated before work starts. What would be over the limit is an error of kind
//! [`Limit`](crate::ErrorKind::Limit) from a `try_` form and a panic with the numbers from an operator;
//! nothing is allocated for it. Work is estimated where a small result can be a long way off: for
//! [distributions](crate::distribution::Extent::work).

use crate::{Error, Result};
use std::sync::atomic::{AtomicU64, Ordering};

/// The limit in force at start: 2^37 bits, 16 GiB of coefficients.
pub const DEFAULT_RESULT_BITS: u64 = 1 << 37;

/// The limit in force at start: 2^45 word operations, some hours of one thread.
pub const DEFAULT_WORK: u64 = 1 << 45;

static RESULT_BITS: AtomicU64 = AtomicU64::new(DEFAULT_RESULT_BITS);
static WORK: AtomicU64 = AtomicU64::new(DEFAULT_WORK);

/// The number of bits that all coefficients of one result may have together.
#[inline]
pub fn result_bits() -> u64 {
    RESULT_BITS.load(Ordering::Relaxed)
}

/// Sets the limit for every thread of the process.
///
/// # Examples
/// ```
/// monic::limit::set_result_bits(1 << 30);
/// assert_eq!(monic::limit::result_bits(), 1 << 30);
/// # monic::limit::set_result_bits(monic::limit::DEFAULT_RESULT_BITS);
/// ```
pub fn set_result_bits(bits: u64) {
    RESULT_BITS.store(bits, Ordering::Relaxed);
}

/// The number of word operations that one result may take, by estimate.
pub fn work() -> u64 {
    WORK.load(Ordering::Relaxed)
}

/// Sets the limit for every thread of the process.
///
/// # Examples
/// ```
/// monic::limit::set_work(1 << 40);
/// assert_eq!(monic::limit::work(), 1 << 40);
/// # monic::limit::set_work(monic::limit::DEFAULT_WORK);
/// ```
pub fn set_work(operations: u64) {
    WORK.store(operations, Ordering::Relaxed);
}

/// Refuses work of about so many word operations when it is over the limit.
///
/// # Errors
/// Kind limit, with both numbers in the message.
///
/// # Examples
/// ```
/// let error = monic::limit::check_work(1e20).unwrap_err();
/// assert!(error.message().starts_with("it would take about 1e20 word operations, over the limit of "));
/// ```
pub fn check_work(operations: f64) -> Result<()> {
    let limit = work();
    if operations <= limit as f64 {
        return Ok(());
    }
    let about = format!("{operations:.1e}").replace(".0e", "e");
    Err(Error::limit(format!("it would take about {about} word operations, over the limit of {limit}")))
}

/// Refuses `count` coefficients of `bits` bits each when they are over the limit together.
///
/// # Errors
/// Kind limit, with both numbers in the message; also when the product does not fit 64 bits.
#[inline]
pub fn check(count: u64, bits: u64) -> Result<()> {
    let limit = result_bits();
    match count.checked_mul(bits.max(1)) {
        Some(total) if total <= limit => Ok(()),
        _ => Err(over(count, bits, limit)),
    }
}

#[cold]
fn over(count: u64, bits: u64, limit: u64) -> Error {
    Error::limit(format!(
        "the result would have {count} coefficients of up to {bits} bits, over the limit of {limit} bits"
    ))
}

/// Refuses working memory of so many bytes when it is over the limit, taken in bytes.
///
/// # Errors
/// Kind limit, with both numbers in the message.
pub(crate) fn check_bytes(bytes: u64) -> Result<()> {
    let limit = result_bits() / 8;
    if bytes <= limit {
        return Ok(());
    }
    Err(Error::limit(format!("the transforms would need {bytes} bytes, over the limit of {limit} bytes")))
}
