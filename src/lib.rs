//! Exact polynomials over any ring, multiplied by one convolution engine.

pub mod convolution;
mod error;
pub mod integer;
pub mod limit;

pub use error::{Error, ErrorKind, Result};
