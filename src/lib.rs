//! Exact polynomials over any ring, multiplied by one convolution engine.

pub mod convolution;
pub mod distribution;
mod error;
pub mod integer;
pub mod limit;
pub mod poly;
pub mod ring;

pub use error::{Error, ErrorKind, Result};
pub use poly::{Poly, PolyRing};
pub use ring::{Integers, QQ, Rationals, Ring, ZZ};
