//! Exact polynomials over any ring, multiplied by one convolution engine.

pub mod convolution;
pub mod distribution;
mod error;
pub mod integer;
pub mod limit;
pub mod poly;
pub mod ring;

pub use convolution::{
    format_integer, format_integer_radix, integer_div_rem, integer_product, integer_square, natural_product,
    parse_integer, parse_integer_radix, try_integer_div_rem, try_integer_product,
};
pub use error::{Error, ErrorKind, Result};
pub use poly::{Poly, PolyRing};
pub use ring::{
    CC, CC32, Checked, Complexes, Field, GaussianIntegers, GaussianRationals, I64, I128, Integers, Native,
    PrimeField, PrimeFieldBig, QQ, QQ_I, RR, RR32, Rationals, Reals, Ring, ZZ, ZZ_I, Zmod, ZmodBig,
};
