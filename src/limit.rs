//! How large a result may become before it is refused, for the whole process.
//!
//! Sizes are estimated before work starts. What would be over the limit is an error of kind
//! [`Limit`](crate::ErrorKind::Limit) from a `try_` form and a panic with the numbers from an operator;
//! nothing is allocated for it.

use crate::{Error, Result};
use std::sync::atomic::{AtomicU64, Ordering};

/// The limit in force at start: 2^37 bits, 16 GiB of coefficients.
pub const DEFAULT_RESULT_BITS: u64 = 1 << 37;

static RESULT_BITS: AtomicU64 = AtomicU64::new(DEFAULT_RESULT_BITS);

/// The number of bits that all coefficients of one result may have together.
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

/// Refuses `count` coefficients of `bits` bits each when they are over the limit together.
///
/// # Errors
/// Kind limit, with both numbers in the message; also when the product does not fit 64 bits.
pub fn check(count: u64, bits: u64) -> Result<()> {
    let limit = result_bits();
    match count.checked_mul(bits.max(1)) {
        Some(total) if total <= limit => Ok(()),
        _ => Err(Error::limit(format!(
            "the result would have {count} coefficients of up to {bits} bits, over the limit of {limit} bits"
        ))),
    }
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
