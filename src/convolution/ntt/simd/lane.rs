//! What a vector unit has to offer: [`Lane`], [`IntegerLane`], [`FloatLane`].
//!
//! A lane is a value of no size that exists only where its instructions do; whoever holds one may use them. So
//! everything above this file is safe code, written once, and the instances (`x86`, the emulation of the tests)
//! are the only places that know an instruction set. All methods are inlined into a function that the instance
//! compiles with its instructions switched on, [`Lane::enter`].
//!
//! Data are words in memory, in chunks of [`Lane::N`]; a vector holds one chunk, as integers or as the bits of
//! doubles.

use super::arithmetic::Arithmetic;

/// Work that runs with the instructions of a lane switched on.
pub(super) trait Task {
    /// What it computes.
    type Output;
    /// The work. Has to be inlined always, otherwise it is compiled without the instructions.
    fn run<A: Arithmetic>(self, lane: A::Lane) -> Self::Output;
}

/// A vector of words.
pub(super) trait Lane: Copy + Send + Sync + 'static {
    /// The vector.
    type V: Copy;
    /// The words of one vector.
    type Chunk: Copy + Default + AsRef<[u64]> + AsMut<[u64]>;
    /// Words a vector: 4 or 8.
    const N: usize;
    /// Whether there are registers for two blocks of work, one beside the other, to hide latencies.
    const SIDE_BY_SIDE: bool;
    /// Whether the arithmetic checks its bounds, element by element.
    const CHECKED: bool;

    /// Whether as many products as sums start in a cycle.
    fn fast_products(self) -> bool {
        false
    }

    /// Asks for the line of the cache that a word stands in.
    fn prefetch(self, _word: &u64) {}

    /// Runs a task with the instructions switched on.
    fn enter<A: Arithmetic<Lane = Self>, T: Task>(self, task: T) -> T::Output;
    /// The whole chunks of a slice, and what is left.
    fn chunks(words: &[u64]) -> (&[Self::Chunk], &[u64]);
    /// The whole chunks of a slice, and what is left.
    fn chunks_mut(words: &mut [u64]) -> (&mut [Self::Chunk], &mut [u64]);
    /// The words of a chunk.
    fn load(self, chunk: &Self::Chunk) -> Self::V;
    /// The words into a chunk.
    fn store(self, chunk: &mut Self::Chunk, v: Self::V);
    /// The first words of a slice, zeros in place of those that it lacks.
    fn load_part(self, words: &[u64]) -> Self::V;
    /// The words into a slice, as many as it has.
    fn store_part(self, words: &mut [u64], v: Self::V);
    /// The same word everywhere.
    fn splat(self, word: u64) -> Self::V;
    /// The low half of a word, everywhere in both halves: the compiler clears the upper half of a word that it multiplies by halves, on its way
    /// into a vector.
    fn splat_half(self, word: u64) -> Self::V;
    /// `a & b`.
    fn and(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a | b`.
    fn or(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a ^ b`.
    fn xor(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a + b mod 2^64`, words.
    fn word_add(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a - b mod 2^64`, words.
    fn word_sub(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a >> BITS`, words, zeros from above.
    fn shift_right<const BITS: u32>(self, a: Self::V) -> Self::V;
    /// `a >> count`, words, zeros from above, 0 for 64 and more.
    fn shift_right_by(self, a: Self::V, count: u64) -> Self::V;
    /// `a << count`, words, 0 for 64 and more.
    fn shift_left_by(self, a: Self::V, count: u64) -> Self::V;
    /// The product of the low 32 bits of two words.
    fn mul_halves(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a - b mod 2^64` where `a > bound`, else `a`; words without sign.
    fn sub_where_above(self, a: Self::V, bound: Self::V, b: Self::V) -> Self::V;
    /// `N` groups of eight words, in the order of memory, to eight vectors: vector c has word c of every group.
    fn transpose(self, v: [Self::V; 8]) -> [Self::V; 8];
    /// Undoes [`transpose`](Self::transpose).
    fn untranspose(self, v: [Self::V; 8]) -> [Self::V; 8];

    /// Word `i`, for checks.
    fn get(self, v: Self::V, i: usize) -> u64 {
        let mut chunk = Self::Chunk::default();
        self.store(&mut chunk, v);
        chunk.as_ref()[i]
    }

    /// The words of a slice shorter than a chunk, filled up with zeros.
    #[inline(always)]
    fn partial(words: &[u64]) -> Self::Chunk {
        let mut chunk = Self::Chunk::default();
        chunk.as_mut()[..words.len()].copy_from_slice(words);
        chunk
    }
}

/// Eight integers, with products of 52 by 52 bits.
pub(super) trait IntegerLane: Lane<Chunk = [u64; 8]> {
    /// As many doubles.
    type D: Copy;
    /// `c + low 52 bits of (a * b)`, of which the low 52 bits of `a` and `b` count; wraps at 64 bits.
    fn low(self, c: Self::V, a: Self::V, b: Self::V) -> Self::V;
    /// `c + (a * b >> 52)`, of which the low 52 bits of `a` and `b` count; wraps at 64 bits.
    fn high(self, c: Self::V, a: Self::V, b: Self::V) -> Self::V;
    /// `a + b mod 2^64`.
    #[inline(always)]
    fn add(self, a: Self::V, b: Self::V) -> Self::V {
        self.word_add(a, b)
    }
    /// `a - b mod 2^64`.
    #[inline(always)]
    fn sub(self, a: Self::V, b: Self::V) -> Self::V {
        self.word_sub(a, b)
    }
    /// `a >> BITS`, the sign from above.
    fn shift_right_signed<const BITS: u32>(self, a: Self::V) -> Self::V;
    /// Eight rows of `W` words, one to four, to `W` vectors: vector c has word c of every row.
    fn load_rows<const W: usize>(self, rows: &[[u64; 8]; W]) -> [Self::V; W];
    /// Undoes [`load_rows`](Self::load_rows).
    fn store_rows<const W: usize>(self, rows: &mut [[u64; 8]; W], v: [Self::V; W]);
    /// The same double everywhere.
    fn doubles(self, x: f64) -> Self::D;
    /// `sum + a * x`, rounded once; `a` below 2^52.
    fn accumulate(self, sum: Self::D, a: Self::V, x: f64) -> Self::D;
    /// The integer part; for doubles in `0..2^52`.
    fn floor(self, a: Self::D) -> Self::V;
    /// The smaller, without signs.
    fn min(self, a: Self::V, b: Self::V) -> Self::V;
    /// Element by element `a >> count`, zeros from above, 0 for 64 and more.
    fn shift_right_each(self, a: Self::V, counts: Self::V) -> Self::V;
    /// Element by element `a << count`, 0 for 64 and more.
    fn shift_left_each(self, a: Self::V, counts: Self::V) -> Self::V;
    /// Element by element word `index mod 16` of the sixteen words of `low` and `high`.
    fn pick(self, low: Self::V, high: Self::V, index: Self::V) -> Self::V;
    /// Elements `FROM` to `FROM + 7` of the sixteen of `low` and `high`, 0 < `FROM` < 8.
    fn window<const FROM: i32>(self, low: Self::V, high: Self::V) -> Self::V;
    /// `v` moved up by one element, the last one of `before` in the first place.
    #[inline(always)]
    fn shift_in(self, v: Self::V, before: Self::V) -> Self::V {
        self.window::<7>(before, v)
    }
    /// A bit for every element, set where `a >= b`, without signs.
    fn at_least(self, a: Self::V, b: Self::V) -> u8;
    /// A bit for every element, set where `a = b`.
    fn equal(self, a: Self::V, b: Self::V) -> u8;
    /// `a + b mod 2^64` where a bit is set, `a` elsewhere.
    fn add_where(self, a: Self::V, bits: u8, b: Self::V) -> Self::V;
}

/// Doubles with fused multiplication and addition, each operation rounded once to nearest.
pub(super) trait FloatLane: Lane {
    /// `a + b`.
    fn add(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a - b`.
    fn sub(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a * b`.
    fn mul(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a / b`.
    fn div(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a * b + c`.
    fn mul_add(self, a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    /// `a * b - c`.
    fn mul_sub(self, a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    /// `c - a * b`.
    fn neg_mul_add(self, a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    /// `a` where it is at least 0, else `a + b`.
    fn add_where_negative(self, a: Self::V, b: Self::V) -> Self::V;
    /// Integers below 2^52 to doubles.
    fn from_words(self, chunk: &Self::Chunk) -> Self::V;
    /// Doubles that are integers in `0..2^52` to integers.
    fn to_words(self, chunk: &mut Self::Chunk, v: Self::V);
}
