//! Products by transforms in floating point: `c = ifft(fft(a) * fft(b))`.
//!
//! Two kinds of product live here, and they share no code, because they promise different things:
//!
//! - [`floats`], [`complexes`] and their 32-bit forms multiply sequences of floats, by direct summation while
//!   that is faster and through `rustfft` beyond. Their result has an error, and a bound on it.
//!
//! Orders, normalisations and lengths of transforms do not show outside this folder.

mod approximate;
mod plans;

pub use approximate::{complexes, complexes32, floats, floats32};
