//! Every threshold and every cost constant of the engine, with how it was measured.
//!
//! Two kinds. [`Unit`] is a kind of work with its time on each back end: a plan counts its work
//! ([`Work`](super::plan::Work)) and the cheapest plan is taken. Points of layers are from `cargo bench --bench transform`,
//! conversions from `cargo bench --bench convert`; the others are measurements of whole products, some on another machine. Two
//! commands see all of them together: `cargo bench --bench crossover -- regret` tells what the plan loses on some 700 products a back end, and `-- fit` solves for
//! all constants at once from the same times. On a server core with 52-bit multiplication the choice takes 1.019, 1.011, 1.009 and 1.010 of the best
//! algorithm's time on the portable back end, AVX2, AVX-512 and IFMA, on a core of another maker 1.022, 1.018, 1.018 and 1.015 (geometric means; with rows in lanes up to 32 limbs on all of them; before the portable column, `PairFixed`, `SumsPair`, `SumsWrapping`, `LeavesColumn`
//! and some of AVX-512 were set by it: 1.076, 1.050, 1.055, 1.055, beside other programs).
//! The rest are thresholds, each with its measurement and the command that repeats it. Times are
//! nanoseconds of one thread of a server core; only their ratios matter.

use super::Backend;

macro_rules! units {
    ($($(#[$doc:meta])* $name:ident: [$portable:expr, $avx2:expr, $avx512:expr, $ifma:expr],)*) => {
        /// A kind of work, counted by the plans.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Unit {
            $($(#[$doc])* $name,)*
        }

        impl Unit {
            /// All of them.
            pub const ALL: &'static [Unit] = &[$(Unit::$name),*];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();
        }

        static COSTS: [Costs; 4] = [
            Costs([$($portable),*]),
            Costs([$($avx2),*]),
            Costs([$($avx512),*]),
            Costs([$($ifma),*]),
        ];
    };
}

/// The time of every kind of work on one back end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Costs([f64; Unit::COUNT]);

impl Costs {
    /// Of a back end.
    pub fn of(backend: Backend) -> &'static Costs {
        &COSTS[match backend {
            Backend::Portable => 0,
            Backend::Avx2 => 1,
            Backend::Avx512 => 2,
            Backend::Ifma => 3,
        }]
    }

    /// Of one kind of work.
    pub fn nanoseconds(&self, unit: Unit) -> f64 {
        self.0[unit as usize]
    }
}

/// Whose costs are taken where there is no back end: `MONIC_SIMD` names none, which every product reports.
pub(super) const REFERENCE: Backend = Backend::Portable;

// Columns: portable, avx2, avx512, ifma.
#[rustfmt::skip]
units! {
    /// A product by schoolbook, whatever its size.
    SchoolbookStart: [80.0, 80.0, 80.0, 80.0],
    /// Schoolbook, one pair of words into a 64-bit sum.
    PairWord: [0.42, 0.35, 0.35, 0.35],
    /// Schoolbook, one pair of words into a 128-bit sum.
    PairDouble: [0.85, 0.45, 0.45, 0.45],
    /// Schoolbook, one pair of words into a sum of three words.
    PairTriple: [1.0, 0.72, 0.72, 0.72],
    /// Schoolbook, one pair of residues into two words.
    PairResidue: [0.66, 0.66, 0.66, 0.66],
    /// Schoolbook on vectors of outputs, whatever its size.
    SumsStart: [0.0, 40.0, 40.0, 40.0],
    /// One pair of words of 15 bits.
    SumsPacked: [0.0, 0.016, 0.013, 0.013],
    /// One pair of half words: 256 by 256 of 16 bits took 6.6, 4.0 and 3.8 us, 512 by 512 24, 14.5 and 14.
    SumsPair: [0.0, 0.088, 0.065, 0.06],
    /// Parting a sum into its halves, one output, each time that it is full: 256 by 256 of 30 bits, full after some eight products, took 10.6, 5.8 and 5.8 us.
    SumsFold: [0.0, 0.65, 0.2, 0.2],
    /// One pair of words, modulo 2^64.
    SumsWrapping: [0.0, 0.2, 0.08, 0.095],
    /// One pair of residues of more than 32 bits in two digits.
    SumsDigits: [0.0, 0.0, 0.0, 0.21],
    /// One output.
    SumsOut: [0.0, 1.0, 1.0, 1.0],
    /// One pair of limbs of two large integers, one by one: 16 by 16 limbs took 114 ns, 40 by 40 680.
    LimbPair: [0.44, 0.44, 0.44, 0.44],
    /// The same of longer ones, at 32 limbs; their time grows with a power, [`DIGITS_POWER`]. On IFMA 32, 128 and 512 limbs took 0.3, 2.3 and 19 us, elsewhere 32, 64, 128 and 256
    /// .44, 1.57, 5.2 and 16.5.
    DigitPair: [0.46, 0.46, 0.46, 0.28],
    /// The same of squares, which digits of 52 bits do not make shorter, with [`SQUARE_POWER`]: elsewhere .29, 1.03, 3.5 and 11.5 us.
    SquarePair: [0.29, 0.29, 0.29, 0.28],
    /// Schoolbook, one pair of rows of the same one to four limbs: this times the square of the limbs, and this again.
    PairFixed: [0.64, 0.52, 0.52, 0.56],
    /// Schoolbook, one pair of rows, whatever their limbs: 16 by 16 of 512 and 1024 bits took 17 and 43 us pair by pair, the squares 9.2 and 23.
    PairRow: [30.0, 30.0, 30.0, 30.0],
    /// Schoolbook, one pair of elements of a ring that is only known by its operations.
    PairGeneric: [20.0, 20.0, 20.0, 20.0],
    /// One output of an integer product by schoolbook.
    RowOut: [1.2, 2.0, 2.0, 2.0],
    /// One output of any algorithm, reduced modulo a word.
    ReduceWord: [1.9, 3.5, 3.5, 3.5],
    /// A product by Karatsuba, whatever its size.
    KaratsubaStart: [120.0, 120.0, 120.0, 120.0],
    /// Karatsuba, one addition of two words.
    KaratsubaLimb: [0.26, 0.6, 0.6, 0.6],
    /// The same of two limbs of rows: 32 by 32 of 1024 bits took 55 us, of which 243 products are 34, the square 41 and 24.
    KaratsubaRow: [0.3, 0.3, 0.3, 0.3],
    /// Rows of limbs in the lanes of a vector unit, a product, whatever its size.
    LeavesStart: [0.0, 300.0, 350.0, 350.0],
    /// One pair of digits of all lanes.
    LeavesPair: [0.0, 0.27, 0.2, 0.26],
    /// One digit of a product of single coefficients: carries, sums and differences in the lanes.
    LeavesColumn: [0.0, 13.0, 30.0, 27.5],
    /// One digit of a coefficient of a polynomial in a lane: into the lanes and back.
    LeavesTurn: [0.0, 7.0, 6.0, 5.0],
    /// One digit of a row outside of the lanes.
    LeavesRow: [0.0, 0.1, 0.2, 0.22],
    /// Kronecker substitution, packing and unpacking one limb. On doubles what the transforms of one large integer take more than their
    /// layers and remainders is in it: 64 by 64 of 4096 bits took 908 us this way and 653 in chunks. On IFMA 19 by 19 of 190 bits took 3.4 us, of which the product is 2.
    SlotLimb: [5.5, 20.0, 9.0, 5.0],
    /// Kronecker substitution, one coefficient of the product.
    Slot: [20.0, 20.0, 20.0, 20.0],
    /// A product by transforms, whatever its size.
    NttStart: [300.0, 300.0, 300.0, 300.0],
    /// One transform modulo one prime, whatever its size.
    NttTransform: [20.0, 20.0, 20.0, 20.0],
    /// One point of one layer of a transform.
    NttLayer: [0.6, 0.155, 0.11, 0.085],
    /// One point of a transform beyond [`FAR_POINTS`], on top.
    NttFar: [0.5, 0.5, 0.5, 0.5],
    /// One pointwise product of two residues.
    NttPoint: [2.0, 0.7, 0.5, 0.5],
    /// The first limb of a coefficient into one residue.
    SplitRow: [1.65, 0.8, 0.45, 0.19],
    /// Every further limb.
    SplitLimb: [1.15, 0.47, 0.33, 0.15],
    /// One output modulo the prime of the transform.
    DirectOut: [1.0, 1.0, 1.0, 1.0],
    /// Chinese remaindering, one output.
    CrtOut: [0.5, 0.5, 0.5, 0.5],
    /// Chinese remaindering, one output, for each prime.
    CrtPrime: [2.3, 1.6, 1.8, 0.35],
    /// Chinese remaindering, one output, for each pair of primes.
    CrtPair: [0.25, 0.19, 0.1, 0.08],
    /// Adding up chunks of whole limbs, one limb of an output. On IFMA narrow chunks, which are cut and joined in vectors, took over FLINT .39 at 256
    /// coefficients of 4096 bits and wide ones .43, .53 and .53 at 1024, .62 and .46 at 4096; on AVX2, 64 of 4096 bits 1.25 and 1.0, 16384 of
    /// 4096 bits 2.2 and 1.3.
    ChunkLimb: [1.2, 1.2, 1.2, 2.5],
    /// A product by the transform with a proved error, whatever its size. This and the next two: 256, 512, 1024 and 2048 coefficients of 8 bits took
    /// 2.9, 5.9, 12.4 and 26.2 us with AVX2, 1024 and 16384 of 22 bits, in two pieces each, 2.5 times as long as those of 8, where two primes took 1.1 to 1.3 times as long as they; without AVX2 the transforms alone took
    /// 1.2 times as long.
    FftStart: [320.0, 230.0, 230.0, 230.0],
    /// One real point of one layer of it.
    FftPoint: [0.15, 0.12, 0.135, 0.135],
    /// One point of one of its transforms beyond [`FFT_FAR_POINTS`], on top.
    FftFar: [0.3, 0.3, 0.3, 0.3],
    /// One output of it, for each piece that it is put together from.
    FftOut: [1.6, 1.6, 1.6, 1.6],
    /// The same, modulo a word: 1024 residues modulo 257, 998244353 and 2^61 - 1, of 1, 3 and 7 pieces, took 26, 79 and 162 us, with AVX2 21, 71 and 141.
    FftResidue: [7.5, 7.0, 7.0, 7.0],
    /// Direct summation of floats, whatever their number; this and the following: `cargo bench --bench floats`. With AVX2 32 by 32 took 130 ns, by transforms 173,
    /// 64 by 64 319 and 305, 100,000 by 10, 20, 30 and 50 90, 142, 203 and 324 us, 356, 176, 159 and 164; without it 64 by 64 519 and 320.
    FloatStart: [30.0, 30.0, 30.0, 30.0],
    /// The same, one pair.
    FloatPair: [0.11, 0.058, 0.058, 0.058],
    /// The same of complex numbers: with AVX2 24 by 24 took 204 ns, by transforms 239, 32 by 32 279 and 264, 100,000 by 10, 20 and 30 231, 384 and 533 us, 333, 329 and 295;
    /// without it 20 by 20 350 ns and 211.
    FloatComplexPair: [0.5, 0.165, 0.165, 0.165],
    /// A product of floats by planned transforms, whatever its size. Transforms of real data take 3 to 5 % longer without AVX2, up to 15 from 128 to 512 coefficients.
    FloatFftStart: [100.0, 100.0, 100.0, 100.0],
    /// One number of one layer of a planned transform of floats.
    FloatFftPoint: [0.08, 0.07, 0.07, 0.07],
    /// The same of complex numbers.
    FloatFftComplexPoint: [0.13, 0.13, 0.13, 0.13],
}

/// The power of their limbs that the time of products of large integers grows with, over limbs and over digits of 52 bits.
pub const DIGITS_POWER: [f64; 2] = [1.66, 1.5];
/// The same of squares.
pub const SQUARE_POWER: [f64; 2] = [1.78, 1.5];
/// Words multiply pair by pair up to this length of the shorter operand, without a comparison of costs: at 8 by 8
/// words that comparison alone took longer than the product.
pub const SCHOOLBOOK_SHORT: usize = 8;
/// The same where outputs fill vectors: at 32 by 32 half words no other algorithm is near.
pub const SUMS_SHORT: usize = 32;
/// The same for words of 15 bits whose sums have 31: 64 by 64 take 0.13 us, 128 by 128 0.28 us.
pub const PAIRS_SHORT: usize = 128;
/// Linear combinations of so many rows of residues, or more, are sums in vectors: the rows are packed first. An estimate.
pub const COMBINATION_ROWS: usize = 4;
/// Powers modulo polynomials of at most this degree over Z/n, `n < 2^30`, are computed coefficient by coefficient, in blocks beyond; `zp-algebra` in benches/peers:
/// modulo 998244353 to the power of that 5.7 us and 6.1 in blocks at degree 9, 10.7 and 6.2 at degree 12.
pub const POWER_HALVES: usize = 9;
/// The same for moduli so small that sums of products are exact in doubles. Modulo 10007 random polynomials of degree 10, 30 and 100 were factored in .64, .60 and .96
/// of the time that products of sequences took, and the roots of products of linear ones found in .75, .68 and .83: `zp-factor` in benches/peers.
pub const POWER_DOUBLES: usize = 64;
/// The same for other words; modulo 2^61 - 1 to the power of that 36 us and 42 in blocks at degree 12, 54 and 44 at degree 15.
pub const POWER_WORDS: usize = 13;
/// Outputs fill vectors from this length of the longer operand on.
pub const SUMS_LENGTH: usize = 9;
/// Rows of at most four limbs multiply pair by pair up to this length of the shorter operand, without a comparison.
pub const ROWS_SHORT: usize = 4;
/// Longer rows multiply in lanes without a comparison where a unit multiplies 52 bits, limbs times the shorter length are this much and neither operand has more than
/// [`SUMS_SHORT`] coefficients (10000 by 30 of 500 bits took 2.6 to 3.5 times as long as transforms): squares of 4 of 2300 bits took 4.7 us and 6.2 pair by
/// pair: `cargo bench --bench crossover -- regret`. 6 to 32 coefficients of as many limbs as make it 64, 100, 128 and 160 took .65 to .9, .6 to .8, .5 to .75 and .5 to .8 of the
/// time of the best other way: `cargo bench --bench crossover -- lanes`.
pub const LEAVES_SHORT: u64 = 100;
/// The most limbs of that: beyond, single products may be faster one by one.
pub const LEAVES_SHORT_LIMBS: u64 = KARATSUBA_WIDE_LIMBS - 1;
/// Rows of limbs multiply in lanes up to this length of the shorter operand.
pub const LEAVES_LENGTH: usize = 128;
/// Points from which a transform leaves the second-level cache.
pub const FAR_POINTS: usize = 1 << 17;
/// The same of a transform with a proved error; products of 4096, 8192 and 65536 coefficients of 8 bits took 3, 8 and 130 us more than their layers.
pub const FFT_FAR_POINTS: usize = 1 << 12;
/// How many times [`Unit::FftFar`] a point of such a transform beyond [`FAR_POINTS`] costs on top of its layers: 262144 and 1048576 coefficients of 8 bits took
/// 7.6 and 46 ms, their layers 4.7 and 20.
pub const FFT_DISTANT: f64 = 6.0;
/// Points from which each doubling makes a point of a transform of chunks dearer, by this times [`Unit::NttFar`]: so that narrow chunks, which
/// have fewer primes and more points, are taken for 10^7 bits (9.3 ms, and 10.8 by wide ones on IFMA), wide ones for 10^8 bits (146, and 166 by narrow
/// ones), for 4096 and 16384 coefficients of 4096 bits (34 and 46 ms, 164 and 222).
pub const DISTANT_POINTS: usize = 1 << 19;
/// See [`DISTANT_POINTS`].
pub const DISTANT_DOUBLING: f64 = 2.5;
/// Sixteenths of a power of two of so many points, or more, up to which a truncated transform is faster than the whole one: its rows are
/// short, and its top layers one by one. Modulo 998244353, with IFMA and AVX2, products by truncated transforms over those by whole ones: 3/4 of 256 points
/// 1.88 and 1.33; 5/8, 3/4 of 1024 1.29, 1.46 and 1.0, 1.15; 9/16, 5/8, 3/4 of 4096 .84, .91, 1.09 and .81, .88, 1.03; 9/16, 3/4, 7/8 of 16384 .78,
/// .99, 1.13 and .70, .92, 1.05; 3/4, 7/8 of 65536 .95, 1.10 and .88, 1.02; of 262144 .87, 1.02 and .84, .99: `cargo bench --bench crossover -- lengths`.
pub const TRUNCATED: [(usize, usize); 3] = [(1 << 18, 16), (1 << 14, 12), (1 << 12, 11)];
/// The top layers of a transform of so many points, or more, are done on columns of 64 rows; those of shorter truncated ones on 16
/// rows.
pub const TILED_POINTS: usize = 1 << 20;
/// Karatsuba falls back to schoolbook at and below this length, words.
pub const KARATSUBA_WORDS: usize = 32;
/// Karatsuba falls back to schoolbook at and below this length, rows of several limbs.
pub const KARATSUBA_ROWS: usize = 8;
/// Rows of so many limbs are cut down to single ones where digits of 52 bits are multiplied: their products cost more than any sum. An estimate: four by four of 64 limbs
/// are 9 products of 1.7 us in place of 16.
pub const KARATSUBA_WIDE_LIMBS: u64 = 32;
/// The same by bits elsewhere: on AVX2 8 by 8 coefficients of 310, 512, 1024 and 2048 bits took 4.5, 4.6, 11 and 25 us in lanes and 2.2, 2.7, 5.3 and 17 cut down to single ones, 32 by 32 of 512 34
/// and 24.
pub const KARATSUBA_BITS: u64 = 257;
/// The same for rows of at most four limbs.
pub const KARATSUBA_SHORT_ROWS: usize = 48;
/// Karatsuba falls back to schoolbook at and below this length over a ring that is only known by its operations. With
/// this and the two that follow Karatsuba starts at length 17; `cargo bench --bench crossover -- rings`: integers of
/// 300 bits at 24 took 53 us by schoolbook and 43 by Karatsuba, at 128 1652 and 829; words, whose
/// products are as cheap as their sums, lose a fifth between 24 and 100 and win from 128 on, 63 and 46 us at 256.
pub const KARATSUBA_GENERIC: usize = 16;
/// One sum of two such elements, against a limb of [`Unit::KaratsubaLimb`].
pub const GENERIC_ADD: f64 = 2.5;
/// Products of arrays are summed pair by pair where the smaller operand has fewer entries than this.
///
/// Direct summation over one sequence, with 128 x 128 entries of 8 bits over Z and modulo 998244353, on IFMA: 0.7 and 1.0 of its time with
/// 2 x 2 entries, 14 and 2.0 with 3 x 3, 58 and 5 with 5 x 5: `cargo bench --bench shapes -- arrays`.
pub const ARRAY_DIRECT: usize = 6;
/// One point of one layer of a transform of columns, against [`Unit::NttLayer`], with all that comes with it: so chosen that estimates part where times do.
/// Transforms along each axis over one sequence, on IFMA and AVX2, modulo 998244353, modulo 2^61 - 1, over Z with 30 bits: `cargo bench --bench shapes -- axes`
///
/// | | IFMA | AVX2 |
/// |---|---|---|
/// | 64 x 64 | 1.18 1.29 1.20 | 1.17 1.17 1.13 |
/// | 128 x 128 | 1.12 1.21 1.13 | 1.06 1.13 1.04 |
/// | 256 x 256 | .89 .99 .93 | .69 .86 .87 |
/// | 300 x 300 | 1.19 1.31 1.18 | 1.25 1.28 1.13 |
/// | 700 x 700 | .85 .98 .92 | .91 .98 .96 |
/// | 1024 x 1024 | .68 .72 .73 | .67 .77 .76 |
/// | 2048 x 2048 | .42 .68 .57 | .39 .75 .83 |
/// | 64 x 64 x 64 | .74 .82 .77 | .81 .83 .82 |
/// | 20 x 20 x 20 | 1.53 1.59 1.50 | 1.44 1.40 1.33 |
/// | 16 x 16384 | .72 .81 .77 | .79 .78 .77 |
/// | 1024 x 1024 by 256 x 256, valid | .45 .50 | .49 .50 |
/// | 1024 x 1024 by 31 x 31, full | 1.14 1.23 1.08 | 1.33 1.43 1.28 |
/// | the same, valid (taken as a sequence) | .86 .90 | .89 .99 |
/// | 1024 x 1024 by 5 x 5, same | 1.42 1.56 | 1.64 1.75 |
pub const ARRAY_LAYER: f64 = 1.6;
/// Transforms of another length than a power of two, below those that are always truncated, take so many times as long, by layers: see [`TRUNCATED`]; arrays of
/// 300 x 300, with rows of 640 points, take 1.14 to 1.29 times as long as one sequence, 700 x 700, with rows of 1408, .89 to .97.
pub const TRUNCATED_LAYER: f64 = 1.25;
/// Products of arrays of fewer points than this are summed or laid out as sequences.
pub const ARRAY_POINTS: usize = 1 << 14;
/// Beyond this number of primes the coefficients are cut into chunks instead.
pub const NTT_MAX_PRIMES: usize = 48;
/// The same for products of fewer than [`NTT_FEW_POINTS`] coefficients: at 16 coefficients of 1024 bits 43 primes took 158 us, and
/// chunks at 16 of 4096 bits 86 us.
pub const NTT_FEW_PRIMES: usize = 8;
/// Transforms of fewer points than this run on words.
pub const NTT_FEW_POINTS: usize = 64;
/// Bits of the longer coefficients from which slices of them are looked at, and how many times the bits of the shorter ones: below where they are
/// cheaper: `cargo bench --bench crossover -- sliced`. Beside 30 bits, as both plans were forced: 1000 coefficients of 1000 bits take the same time whole, 100 and 1000 of 2000 bits .64 and .9 of it.
/// Whether they are taken is a matter of costs.
pub const SLICED_BITS: u64 = 512;
/// See [`SLICED_BITS`].
pub const SLICED: u64 = 4;
/// Limbs of a slice: no two neighbours differ by more than half, and the time by far less.
pub const SLICE_LIMBS: [u64; 9] = [1, 2, 3, 4, 6, 8, 12, 16, 24];
/// Floats are summed directly up to so many pairs, without a comparison of costs, which would take longer: at 16 by 16 73 ns, 138 by transforms, of complex numbers 140
/// and 170.
pub const FLOAT_FEW: u64 = 256;
/// Points times primes from which transforms run on several threads: about 50 microseconds of work.
pub const PARALLEL_POINTS: usize = 1 << 13;
/// Outputs that a product of a long operand and a short one computes at a time, where its method leaves the choice.
pub const PIECE: usize = 1 << 14;
/// The recurrence of a power, one term, one limb; this and the next two: `cargo bench --bench crossover -- powers`.
pub const POWER_TERM: f64 = 0.6;
/// The recurrence of a power, one limb of the exact division.
pub const POWER_DIVISION: f64 = 2.5;
/// The power of a run of equal coefficients, one limb of the widest coefficient; (1 + ... + x^5)^1000, 2500 of 41 limbs, took
/// 0.33 ms.
pub const POWER_RUN: f64 = 3.2;

// Quotients and greatest common divisors: `zp-algebra` in benches/peers. Half gcds from degree 192 on took .82 (30 bits) of the time
// that those from 128 on took at length 256, and as long from 1024 on; series from length 32 on took 1.6 us at 64 coefficients modulo 998244353
// where those from 64 on took 2.9, but 3.8 in place of 2.7 modulo 2^61 - 1; trees with leaves of 32 points took .5 of the time of leaves of
// 64 at 1024 points, the products of leaves by halves at once. `DIVISION_HALVES`, `DIVISION_LONG`, `DIVISION_NEWTON`, `DIVISOR_SERIES`,
// `SHIFT_HORNER`, `POINTS_EACH`, `POINTS_GEOMETRIC` and `POINTS_FEW` are estimates. Interpolation over Z at 0, 1, 2, ... took, by differences and by images,
// 72 and 75 us at 32 points, 340 and 290 at 64, 1640 and 850 at 128; values elsewhere 34 and 29, 131 and 91, 561 and 335; over Q, by differences
// and on integers, 898 and 172 us, 6960 and 589, 46700 and 2240, and by differences 19 us at 8 points, 114 at 16.

/// Power series are divided coefficient by coefficient up to this length.
pub const SERIES_BASE: usize = 32;
/// The same modulo a word, in blocks; `zp-series` in benches/peers: `exp`, the square root and `1/f` to 256 coefficients took 6.9, 5.4 and 4.7 us modulo
/// 998244353 where Newton's step from 128 on took 20.7, 13.0 and 8.0, and 13.2, 12.1 and 10.8 modulo 2^61 - 1 in place of 25, 20 and 11.4. To 384 coefficients `1/f` took 10 and 23.
/// Newton's iterations start from them.
pub const SERIES_WORDS: usize = 256;
/// The same modulo numbers whose sums take three words: an estimate.
pub const SERIES_START: usize = 128;
/// The same over Q, where Newton's steps have one denominator: an estimate.
pub const SERIES_BASE_FRACTIONS: usize = 8;
/// Complex products of sine and cosine share the transforms of their factors from this length on: at 256 coefficients shared ones took twice as long.
pub const SERIES_SHARED: usize = 1024;
/// Power series of so few terms are operands of a recurrence, however long the result: of `exp` and `log` to 500,000 coefficients modulo 998244353 a term took
/// some 2 ms, and Newton's iteration 30 to 40.
pub const SERIES_TERMS: usize = 16;
/// Compositions of power series modulo `x^n` of so many coefficients by baby steps and giant steps, by halves beyond; `zp-series` in
/// benches/peers: modulo 998244353 by steps 38 us at 128 coefficients and 102 us at 256, by halves 158 us at 256 and 140 us at 512, where products are
/// transforms that halves share.
pub const COMPOSITION_STEPS: usize = 256;
/// Compositions of polynomials with so many coefficients modulo a word are computed in words: with 50 coefficients .71 us where products of sequences took 1.33
/// modulo 998244353, 1.6 and 2.0 modulo 2^61 - 1; `zp-algebra` in benches/peers.
pub const COMPOSITION_WORDS: usize = 64;
/// Reversions of power series up to this length by powers, by the transpose of composition beyond: 140 us at 256 coefficients by powers and 200 by the
/// transpose, which took 213 us at 512.
pub const REVERSION_STEPS: usize = 256;
/// Compositions and reversions of power series over Q of at least so many coefficients by images; `q-series` in benches/peers.
pub const COMPOSITION_IMAGES: usize = 16;
/// The same of other functions: of random fractions with 32 coefficients `exp`, `1/f` and the sine took 442, 342 and 430 us where one denominator took
/// 927, 923 and 2190, with 100 coefficients 6.5, 6.3 and 7.0 ms in place of 14.2, 9.6 and 25; the tangent with 16 coefficients 90 us and 1750, and 11 and 100 of `exp(x)`; `exp`, `1/f` and
/// the logarithm of `exp(x)` with 10,000 coefficients 6.0, 0.30 and 0.15 s and 24, 7.4 and 6.1. Beyond [`SERIES_WORDS`] only where denominators are long: of integers of 30 bits with 1500
/// coefficients `1/f` took 198 ms and 106.
pub const SERIES_IMAGES: usize = 8;
/// Long division up to this length of the quotient or the degree of the divisor, by halves beyond.
pub const DIVISION_HALVES: usize = 32;
/// Long division up to this length, through power series beyond, where elements have one size.
pub const DIVISION_LONG: usize = 4;
/// The same modulo a word, in blocks: at 64 by 64 it took .72 of the time of power series modulo 998244353 and .63 modulo 2^61 - 1, at 96 as long,
/// at 192 twice and 1.4 times as long.
pub const DIVISION_WORDS: usize = 96;
/// Quotients that are longer than twice such a divisor go in blocks, with its inverse kept.
pub const DIVISION_NEWTON: usize = 64;
/// Divisors of a higher degree that are prepared for many divisions keep their inverse.
pub const DIVISOR_SERIES: usize = 8;
// Divisors that quotients in blocks are handed to have an inverse.
const _: () = assert!(DIVISOR_SERIES <= DIVISION_NEWTON);
/// Resultants over Z modulo several primes at once, a lane of doubles each, up to this length: one by one and at once 34 and 19 us at 32 coefficients of 8 bits, of FLINT's time .49
/// and .28 at 128, .83 and .54 at 512 (`z-algebra` in benches/peers); beyond, half gcds gain.
pub const RESULTANT_LANES: usize = 512;
/// Taylor shifts by Horner's rule up to this length.
pub const SHIFT_HORNER: usize = 32;
/// The same modulo a word, four factors at a time, by a product beyond: at 64 coefficients modulo 998244353 1.4 us and a product 2.4, modulo 2^61 - 1 2.0 and 3.4; at
/// 128 4.3 and 11, about as long as products; `zp-algebra` in benches/peers.
pub const SHIFT_HORNER_WORDS: usize = 80;
/// Taylor shifts over Z by Horner's rule in rows of limbs up to this length.
pub const SHIFT_ROWS: usize = 256;
/// Up to so many points or coefficients a polynomial is evaluated point by point.
pub const POINTS_EACH: usize = 128;
/// The same for points of a geometric progression.
pub const POINTS_GEOMETRIC: usize = 24;
/// The same modulo a word: at 64 points 1.7 us modulo 998244353 where the chirp took 2.8, 2.4 and 3.7 modulo 2^61 - 1, at 128 6.0 and 5.1, 8.7 and 7.1;
/// `zp-algebra` and `zp-points` in benches/peers.
pub const POINTS_GEOMETRIC_WORDS: usize = 64;
/// Interpolation at so many such points modulo a word has sums for products. Not scanned: an estimate by operations.
pub const PROGRESSION_SUMS: usize = 16;
/// Up to so many values over Z interpolation is by divided differences, and other values by sums of differences.
pub const POINTS_DIFFERENCES: usize = 24;
/// The same for interpolation over Q.
pub const POINTS_DIFFERENCES_FRACTIONS: usize = 12;
/// Points of a leaf of a tree of products.
pub const POINTS_LEAF: usize = 32;
/// Points whose product is built factor by factor.
pub const POINTS_FEW: usize = 8;
/// The same modulo a word, four factors at a time.
pub const POINTS_WORDS: usize = 64;
/// Quotients over Z by divisors of words in rows of limbs, up to this length of the shorter of quotient and divisor where images are the other way: with 8 bits
/// a division of 256 coefficients by 128 took 225 us in rows and 437 by images, a pseudo-division of 128 by 64 took 62 and 134 (`z-algebra` in benches/peers).
pub const DIVISION_BY_WORDS: usize = 128;
/// Divisions over Z by images from this length of the shorter of quotient and divisor on,
pub const IMAGES_DIVISION: usize = 16;
/// for coefficients of the divisor up to so many bits.
pub const IMAGES_DIVISION_BITS: u64 = 32;
/// Exact quotients over Z by images from this length on,
pub const IMAGES_EXACT: u64 = 12;
/// which grows by one for so many bits of the dividend.
pub const IMAGES_EXACT_BITS: u64 = 100;
/// Factors over GF(p), p < 256, by Berlekamp's matrix where p times the square of the length is at most this. Random polynomials took, of the time of
/// distinct degrees by baby steps: .12 at degree 200 and .34 at 850 modulo 3, .28 at 100, .39 at 200 and 1.13 at 500 modulo 31, .58 at 100, .99 at 200
/// and 1.75 at 500 modulo 251; products of degree 5, at which distinct degrees are found soonest, 1.4 at 400 modulo 7 and 1.2 at 200 modulo 251.
pub const BERLEKAMP: u64 = 2_500_000;
/// Quotients over Q in rows that are scaled by what a step needs, up to this length of the quotient or the divisor; by images beyond. At 65 by 64 rows took a
/// fifth of the time (8 and 60 bits over denominators up to 16), and four times the length takes them 64 times as long, images 15 times:
/// `cargo run --release -- q-algebra` in `benches/peers`.
pub const DIVISION_LEAST: usize = 256;
/// The same with numerators that are words or double words, row by row with gcds of words, up to this length: of FLINT's time they took at 32, 128, 512 coefficients by half as many 0.68, 0.36, 0.26 with 8 bits and
/// 0.67, 0.50, 0.75 with 60; integers of any size took 0.99 and 0.90 at 128 (`q-algebra`).
pub const DIVISION_LEAST_WORDS: usize = 256;
/// Greatest common divisors over Z from values at a power of two: from this length of the shorter operand on (with 8 bits, from values and by images: 152 and
/// 369 us at 512 coefficients with a common factor of half the length, 431 and 2350 at 2048 coprime ones),
pub const GCD_VALUES: usize = 4;
/// coefficients up to so many bits,
pub const GCD_VALUES_BITS: u64 = 30;
/// and values of the shorter operand up to so many.
pub const GCD_VALUES_LENGTH: u64 = 1 << 17;
/// Euclid's algorithm on whole operands up to this length, without a matrix: at 192 it took 38 us modulo 998244353 and 52 modulo 2^61 - 1, which makes 68 and
/// 92 at 256, where half gcds took 90 and 132, and 273 and 370 at 512, where they took 291 and 445.
pub const GCD_EUCLID: usize = 512;
/// Euclid's algorithm with a matrix up to this degree, half gcds beyond.
pub const GCD_HALF: usize = 192;
/// The same two modulo a prime below 2^30, whose steps run in vectors (IFMA; with AVX2 they are twice as long, transforms too): gcds of 4096 coefficients modulo 998244353 took 1.32 ms
/// with a matrix up to degree 512, 1.17 up to 768, 1.64 up to 256, xgcds 1.63, 1.64 and 1.89; at 2048 Euclid's algorithm took 441 us, half gcds 382.
pub const GCD_HALVES: [usize; 2] = [1024, 512];
/// The same modulo larger primes of a word: modulo 2^61 - 1 gcds of 2048 coefficients took 1.48, 1.63 and 2.05 ms with a matrix up to degree 384, 256 and 192, half gcds of 1024 took 473 us
/// and Euclid's algorithm 450.
pub const GCD_WORDS: [usize; 2] = [768, 384];

// Large integers: `cargo bench --bench integers -- product`.

// Against the limbs of GMP 6.2 in one process, ratios of the least of many runs: by schoolbook 1.3 at 4 limbs, 1.1 at 16; by
// digits in registers .4 at 16, .3 at 24, in memory .5 from 100 to 400, .6 at 900; by Karatsuba over limbs 1.2 from 32 to 160, 1.4 at 300, 1.7 at 500, 2.4
// at 900; by transforms on IFMA .68 at 500, .57 at 600, .48 at 900, on AVX2 1.4 at 350, 1.1 at 600, portable 2.7 at 600, 2.1 at 900.

/// Schoolbook over limbs ends at this many limbs of the shorter operand where the longer one has at most 32 and a vector unit multiplies digits of 52
/// bits: all columns stand in registers then.
pub const INTEGER_COLUMNS_LIMBS: usize = 7;
/// The same where the longer one has more.
pub const INTEGER_DIGITS_LIMBS: usize = 18;
/// Karatsuba over limbs cuts operands of at least this many limbs: by schoolbook on two chains of carries 32 limbs took .90 of the time of one cut, 40 limbs .99.
pub const INTEGER_KARATSUBA_LIMBS: usize = 48;
/// The same for squares, at least as many: cut once 64 limbs took .98 of the time by schoolbook, 80 limbs .94.
pub const INTEGER_SQUARE_LIMBS: usize = 96;
/// Transforms from this many limbs of the shorter operand, on words.
pub const INTEGER_PRODUCT_LIMBS: usize = 800;
/// The same on doubles.
pub const INTEGER_PRODUCT_LIMBS_DOUBLES: usize = 330;
/// The same where digits of 52 bits are multiplied on a vector unit.
pub const INTEGER_PRODUCT_LIMBS_IFMA: usize = 600;
/// Exact quotients of many numbers by one of at least so many limbs by its inverse, as are they; limb by limb below: an estimate.
pub const INTEGER_EXACT_LIMBS: usize = 24;
/// The same for one quotient, whose inverse takes some three products more: an estimate.
pub const INTEGER_EXACT_ONCE_LIMBS: usize = 160;

// Products modulo 2 as strings of bits: `cargo test --release --lib -- --ignored --nocapture crossover_of_bits`.

// Least of three on two shared cores, operands of one length, by carry-less multiplication: 0.15 us against 0.24 by schoolbook at 32, 0.21 against 1.1 at
// 64; against transforms 2.3 us to 19 at 1,024, 105 to 746 at 16,384, 9.8 ms to 22.7 at 524,288, 27.5 to 27.7 at 1,048,576, 567 to 247 at 4,194,304. Portable:
// 0.23 us to 6.0 at 64, 11.4 to 155 at 1,024, 631 to 5,286 at 16,384, 22.2 ms to 21.6 at 131,072, 186 to 131 at 524,288.

/// Products modulo 2 of at least so many coefficients are products of strings of bits.
pub const BITS_FEWEST: usize = 24;
/// Beyond so many, transforms are faster than Karatsuba's method on strings of bits.
pub const BITS_MOST: usize = 1 << 20;
/// The same without carry-less multiplication.
pub const BITS_MOST_PORTABLE: usize = 1 << 17;
