//! What a vector unit has to offer for short products: [`Lane`].
//!
//! A lane is a value of no size that exists only where its instructions do (`x86`; in tests an emulation that checks
//! every bound), so that everything above is safe code, written once. All methods are inlined into a function that the
//! instance compiles with its instructions switched on, [`Lane::enter`]. It stands apart from the lanes of the
//! transforms because nothing here is a residue: words, doubles and digits, multiplied and summed as they are.

use crate::convolution::Backend;

/// Work that runs with the instructions of a lane switched on.
pub(super) trait Task {
    /// What it computes.
    type Output;
    /// The work. Has to be inlined always, otherwise it is compiled without the instructions.
    fn run<L: Lane>(self, lane: L) -> Self::Output;
}

/// Vectors of `N` words.
pub(super) trait Lane: Copy + Send + Sync + 'static {
    /// The vector.
    type V: Copy;
    /// Words a vector: 4 or 8.
    const N: usize;
    /// Bits of a digit.
    const BITS: u32;
    /// Whether a product of two digits comes in two halves, each of `BITS` bits.
    const HALVES: bool;
    /// The most digits of a row, so that the sums of their products stay below 2^63.
    const MAX_DIGITS: usize;
    /// The back end whose instructions these are.
    const BACKEND: Backend;

    /// Runs a task with the instructions switched on.
    fn enter<T: Task>(self, task: T) -> T::Output;
    /// The first `N` words.
    fn load(self, words: &[u64]) -> Self::V;
    /// Into the first `N` words.
    fn store(self, words: &mut [u64], v: Self::V);
    /// The same word everywhere.
    fn splat(self, word: u64) -> Self::V;
    /// The low half of a word, everywhere in both halves: what is multiplied by halves is then not extended first.
    fn splat_half(self, word: u64) -> Self::V;
    /// `a + b mod 2^64`.
    fn add(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a - b mod 2^64`.
    fn sub(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a mod n` for an `a` below `2n`, below 2^63.
    fn correct(self, a: Self::V, n: Self::V) -> Self::V;
    /// `a & b`.
    fn and(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a | b`.
    fn or(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a >> BITS`, the sign from above.
    fn carry(self, a: Self::V) -> Self::V;
    /// `a >> 32`, the sign from above.
    fn half(self, a: Self::V) -> Self::V;
    /// The upper half of a word in place of the low one, beside anything.
    fn upper(self, a: Self::V) -> Self::V;
    /// `a >> count`, zeros from above, 0 for 64 and more.
    fn shift_right(self, a: Self::V, count: u32) -> Self::V;
    /// `a << count`, 0 for 64 and more.
    fn shift_left(self, a: Self::V, count: u32) -> Self::V;
    /// `sum +` the lower half of the product of two digits, or the whole of it.
    fn add_low(self, sum: Self::V, x: Self::V, y: Self::V) -> Self::V;
    /// `sum +` the upper half of the product of two digits, or nothing.
    fn add_high(self, sum: Self::V, x: Self::V, y: Self::V) -> Self::V;
    /// `sum + x * y mod 2^64` of the signed low halves of words.
    fn add_product_i32(self, sum: Self::V, x: Self::V, y: Self::V) -> Self::V;
    /// `sum + x * y mod 2^64` of the low halves of words, without signs.
    fn add_product_u32(self, sum: Self::V, x: Self::V, y: Self::V) -> Self::V;
    /// `sum + x * y mod 2^64`.
    fn add_product_u64(self, sum: Self::V, x: Self::V, y: Self::V) -> Self::V;
    /// `sum + x[0] * y[0] + x[1] * y[1]` of signed quarters of words, for each half of a word.
    fn add_pairs_i16(self, sum: Self::V, x: Self::V, y: Self::V) -> Self::V;
    /// `a + b` for each half of a word.
    fn add_i32(self, a: Self::V, b: Self::V) -> Self::V;
    /// `N` words from each of the first `N` starts on, columns to rows, `stride` words apart.
    fn transpose(self, from: &[u64], starts: &[usize; 8], to: &mut [u64], stride: usize);
}
