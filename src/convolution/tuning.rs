//! Every threshold and every cost constant of the engine, with how it was measured.
//!
//! Unless something else is said they come from `cargo bench --bench crossover`, which checks every algorithm against the
//! others and prints microseconds, the quotient of estimate and measurement, and what the plan's choice loses on the best.
//! Times are nanoseconds of one thread of a server core, portable kernels; only their ratios matter. What the
//! constants were fitted to, length by length, microseconds:
//!
//! | coefficients | schoolbook | Karatsuba | Kronecker | NTT | first length where it wins |
//! |---|---|---|---|---|---|
//! | Z, 62 bits, 128 | 15.7 | 14.3 | 34.9 | 16.3 | Karatsuba 96, NTT 256 |
//! | Z, 62 bits, 1024 | 924 | 723 | 559 | 166 | |
//! | Z, 128 bits, 64 | 14.2 | 20.2 | 32.3 | 25.1 | NTT 128 |
//! | Z, 1024 bits, 64 | 1333 | 596 | 532 | 390 | Karatsuba 16, NTT 64 |
//! | Z, 8192 bits, 16 | 2798 | - | 1085 | 1020 | chunks 8 |
//! | Z/998244353, 128 | 12.5 | 10.3 | 15.9 | 4.4 | NTT 48 |
//! | Z/(2^61 - 1), 128 | 13.8 | 10.4 | 35.8 | 16.3 | Karatsuba 64, NTT 512 |
//! | Z/2^64, 256 | 24.0 | 18.1 | 103 | 35.8 | Karatsuba 128, NTT 1024 |

/// A product by schoolbook, whatever its size.
pub const SCHOOLBOOK_START: f64 = 80.0;
/// Schoolbook, one pair of words into a 64-bit sum.
pub const SCHOOLBOOK_WORD: f64 = 0.35;
/// Schoolbook, one pair of words into a 128-bit sum.
pub const SCHOOLBOOK_DOUBLE: f64 = 0.45;
/// Schoolbook, one pair of words into a sum of three words.
pub const SCHOOLBOOK_TRIPLE: f64 = 0.72;
/// Schoolbook, one pair of residues into two words.
pub const SCHOOLBOOK_RESIDUE: f64 = 0.66;
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
/// Karatsuba falls back to schoolbook at and below this length over a ring that is only known by its operations. With
/// this and the two that follow Karatsuba starts at length 17; `cargo bench --bench crossover -- rings`: integers of
/// 300 bits at 24 took 53 us by schoolbook and 43 by Karatsuba, at 128 1652 and 829; words, whose
/// products are as cheap as their sums, lose a fifth between 24 and 100 and win from 128 on, 63 and 46 us at 256.
pub const KARATSUBA_GENERIC: usize = 16;
/// One pair of elements of such a ring.
pub const GENERIC_PAIR: f64 = 20.0;
/// One sum of two such elements, against a limb of [`KARATSUBA_ADD`].
pub const GENERIC_ADD: f64 = 2.5;
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
/// The recurrence of a power, one term, one limb; this and the next: `cargo bench --bench crossover -- powers`,
/// where (1 + ... + x^5)^1000 took 0.48 ms.
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
