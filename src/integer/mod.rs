//! Integers in flat form: what lies between `BigInt` at the edge and words inside.
//!
//! - [`sequence`]: [`IntegerVec`], a sequence of integers as one matrix of limbs
//! - [`word`]: arithmetic modulo a word
//! - [`radix`]: decimal text to integers and back, below quadratic time

pub mod division;
pub(crate) mod limbs;
pub mod radix;
mod sequence;
pub mod word;

pub(crate) use limbs::to_biguint as from_limbs;
pub use sequence::{IntegerSlice, IntegerVec};
pub use word::{PreparedResidue, WordModulus};
