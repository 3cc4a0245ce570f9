//! Safe types around FLINT's, as far as the tables need them: each owns its C object and clears it.
//!
//! Memory that FLINT pools belongs to a thread. Objects are made, used and dropped on one: the tables are filled by one closure,
//! and whatever refers to an object through raw pointers is not `Send`.

mod integer;
mod integer_poly;
mod numbers;
mod rational_poly;
mod residue_poly;
mod roots;
mod word_factors;

pub use integer::Integer;
pub use integer_poly::{IntegerPoly, same};
pub use numbers::{Fractions, Integers};
pub use rational_poly::RationalPoly;
pub use residue_poly::{ModPoly, Modulus, WordPoly};
pub use word_factors::WordFactors;

use flint3_sys as sys;

/// The version of the library that is linked, from its header.
pub const VERSION: &str = env!("FLINT_VERSION");

/// How many threads FLINT may use on this thread.
pub fn set_threads(threads: usize) {
    // SAFETY: no FLINT computation runs on this thread meanwhile.
    unsafe { sys::flint_set_num_threads(threads as i32) }
}
