//! Products by transforms in floating point: `c = ifft(fft(a) * fft(b))`.
//!
//! Two kinds of product live here, and they share no code, because they promise different things:
//!
//! - [`floats`], [`complexes`] and their 32-bit forms multiply sequences of floats, by direct summation while
//!   that is faster and through `rustfft` beyond. Their result has an error, and a bound on it.
//! - [`exact_integers`] and [`exact_residues`] multiply integers and residues by a small transform of the crate's own,
//!   whose rounding error is [`proved`] below 1/4, and refuse what the proof does not cover. Their result is exact.
//!
//! Orders, normalisations and lengths of transforms do not show outside this folder.

mod approximate;
mod direct;
mod exact;
mod negacyclic;
mod plans;
mod points;
mod transform;
mod twiddle;

pub(super) use approximate::{choose, costs, direct_cost, transform_cost};
pub use approximate::{
    complexes, complexes_into, complexes32, complexes32_into, floats, floats_into, floats32, floats32_into,
};
pub(crate) use approximate::{complexes_assign, complexes32_assign, floats_assign, floats32_assign};
pub use exact::{Layout, exact_integers, exact_residues, proved};
pub(super) use exact::{integers_by, largest_centred, residues_by};
pub(crate) use negacyclic::{MAX_NEGACYCLIC, negacyclic, negacyclic_error};
