//! Every threshold and every cost constant of the engine, with how it was measured.
//!
//! All of them come from `cargo bench --bench crossover`, which prints the tables again: time an operation of
//! each kernel, and the lengths at which one algorithm overtakes another. Times are nanoseconds on a server
//! core of about 3.5 GHz, one thread, portable kernels. Only their ratios matter: a plan compares them.

/// A product by schoolbook, whatever its size.
pub const SCHOOLBOOK_START: f64 = 80.0;
/// Schoolbook, one pair of words into a 64-bit sum.
pub const SCHOOLBOOK_WORD: f64 = 0.35;
/// Schoolbook, one pair of words into a 128-bit sum.
pub const SCHOOLBOOK_DOUBLE: f64 = 0.45;
/// Schoolbook, one pair of words into a sum of three words.
pub const SCHOOLBOOK_TRIPLE: f64 = 0.8;
/// Schoolbook, one pair of limbs of two rows.
pub const SCHOOLBOOK_LIMB: f64 = 1.0;
/// Schoolbook, one pair of rows of the same one to four limbs: this times the square of the limbs, and this again.
pub const SCHOOLBOOK_FIXED: f64 = 0.7;
/// Schoolbook, one pair of rows, whatever their limbs.
pub const SCHOOLBOOK_ROW: f64 = 6.0;
/// One output of any algorithm, reduced modulo a word.
pub const REDUCE_WORD: f64 = 5.0;
/// Karatsuba, one addition of two limbs.
pub const KARATSUBA_ADD: f64 = 1.0;
/// A product by Karatsuba, whatever its size.
pub const KARATSUBA_START: f64 = 120.0;
/// Karatsuba falls back to schoolbook at and below this length, words.
pub const KARATSUBA_WORDS: usize = 32;
/// Karatsuba falls back to schoolbook at and below this length, rows of several limbs.
pub const KARATSUBA_ROWS: usize = 8;
/// The same for rows of at most four limbs.
pub const KARATSUBA_SHORT_ROWS: usize = 48;
/// Karatsuba over a ring that is only known by its operations.
pub const KARATSUBA_GENERIC: usize = 16;
/// One butterfly of the transform.
pub const NTT_BUTTERFLY: f64 = 1.2;
/// One pointwise product of two residues.
pub const NTT_POINTWISE: f64 = 2.0;
/// One limb of one coefficient into one residue.
pub const NTT_SPLIT: f64 = 1.4;
/// Chinese remaindering, one output, for each pair of primes.
pub const CRT_PAIR: f64 = 0.5;
/// Chinese remaindering, one output, for each prime.
pub const CRT_PRIME: f64 = 3.0;
/// A product by transform, whatever its size.
pub const NTT_START: f64 = 300.0;
/// Packing or unpacking one limb for Kronecker substitution.
pub const KRONECKER_LIMB: f64 = 1.5;
/// Beyond this number of primes the coefficients are cut into chunks instead.
pub const NTT_MAX_PRIMES: usize = 48;
/// Direct summation of floats, one pair; this and the following: `cargo bench --bench floats`. At 128 by 128
/// coefficients direct summation took 2.9 us and the transform 1.4 us, at 64 by 64 it was 0.83 and 1.13 us.
pub const FLOAT_PAIR: f64 = 0.18;
/// Direct summation of complex numbers, one pair.
pub const FLOAT_COMPLEX_PAIR: f64 = 0.7;
/// A planned transform of floats, one point of one layer.
pub const FFT_POINT: f64 = 0.17;
/// A planned transform of complex numbers, one point of one layer.
pub const FFT_COMPLEX_POINT: f64 = 0.27;
/// A product by planned transforms, whatever its size.
pub const FFT_START: f64 = 450.0;
/// The transform with a proved error, one real point of one layer; 1024 by 1024 residues modulo 257 took 27 us,
/// 47 to 63 us by the portable transform modulo a prime.
pub const FFT_EXACT_POINT: f64 = 0.33;
/// A product by the transform with a proved error, whatever its size.
pub const FFT_EXACT_START: f64 = 300.0;
/// One output of it, for each piece that it is put together from, modulo a word.
pub const FFT_EXACT_REDUCE: f64 = 3.0;
/// Points times primes from which transforms run on several threads: about 50 microseconds of work.
pub const PARALLEL_POINTS: usize = 1 << 13;
/// The recurrence of a power, one term, one limb.
pub const POWER_TERM: f64 = 0.6;
/// The recurrence of a power, one limb of the exact division.
pub const POWER_DIVISION: f64 = 2.5;

// Large integers: `cargo bench --bench integers -- product`.

/// Products of natural numbers go through transforms from this many limbs of the shorter one.
pub const INTEGER_PRODUCT_LIMBS: usize = 1100;
/// Squares go through transforms from this many limbs.
pub const INTEGER_SQUARE_LIMBS: usize = 600;
/// Bits of a coefficient when a large integer is cut into chunks: as many as four primes carry and three limbs hold with a sign.
pub const INTEGER_PRODUCT_BITS: u64 = 191;
