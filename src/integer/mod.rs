//! Integers in flat form: what lies between `BigInt` at the edge and words inside.
//!
//! - [`IntegerVec`]: a sequence of integers as one matrix of limbs
//! - [`word`]: arithmetic modulo a word, [`BigModulus`] modulo anything larger
//! - [`prime`]: probable primes of any size; [`mod@factor`]: prime factors of numbers that are not too hard
//! - [`division`]: quotients of long integers by Newton's iteration
//! - [`mod@gcd`]: greatest common divisors, and least common multiples; [`rational_reconstruct`]: fractions from residues
//! - [`radix`]: text to integers and back
//!
//! Division and radix conversion take the product from their caller, since this layer knows no transform (but for the gcd, whose callers would all hand in the same);
//! [`natural_product`](crate::natural_product) is the one to hand in.

pub mod division;
pub mod factor;
pub mod gcd;
pub(crate) mod limbs;
mod modulus;
pub mod prime;
pub mod radix;
mod reconstruct;
mod sequence;
pub(crate) mod sqrt;
pub mod word;

pub(crate) use limbs::to_biguint as from_limbs;
pub use modulus::BigModulus;
pub use reconstruct::{rational_reconstruct, rational_reconstruct_within};
pub(crate) use sequence::bigints;
pub use sequence::{IntegerSlice, IntegerVec};
pub(crate) use sequence::{ask_for, try_zeroed, zeros};
pub use word::{PreparedResidue, WordModulus};
