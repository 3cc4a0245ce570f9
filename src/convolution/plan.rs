//! Which algorithm a product takes, and with which parameters: a pure function of sizes.
//!
//! [`plan`] compares the estimated costs of all algorithms that apply and returns the cheapest as a
//! [`Plan`], plain data that can be printed, tested and forced ([`plan_by`]). It stands apart from the execution
//! so that a choice can be inspected without computing anything. The constants are in
//! [`tuning`]. It touches no coefficient.

use super::{
    Algorithm, Want,
    float_fft::{self, Layout},
    ntt, tuning, window,
};
use crate::{Error, Result};
use std::{fmt, ops::Range};

/// What is known of the coefficients of both operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Facts {
    /// Integers of any sign.
    Integers {
        /// The largest number of bits of an absolute value, per operand.
        bits: (u64, u64),
        /// Whether a coefficient of either is below zero.
        signed: bool,
        /// How many non-zero limbs each operand has together, where that is known: it tells sparse and skewed
        /// operands from dense ones.
        limbs: Option<(u64, u64)>,
    },
    /// Residues modulo a word, `1 <= modulus <= 2^64`.
    Word {
        /// The modulus.
        modulus: u128,
    },
    /// Residues modulo a larger number.
    Big {
        /// Bits of the modulus.
        bits: u64,
    },
    /// Floating-point numbers.
    Floats,
    /// Complex floating-point numbers.
    Complex,
    /// A ring of which only the operations are known.
    Generic,
}

impl Facts {
    /// Integers of at most these bits, of both signs and dense.
    pub fn integers(a_bits: u64, b_bits: u64) -> Self {
        Facts::Integers { bits: (a_bits, b_bits), signed: true, limbs: None }
    }
}

/// Lengths, window, and whether both operands are the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Length of the first operand.
    pub a: usize,
    /// Length of the second.
    pub b: usize,
    /// The wanted coefficients of the full product.
    pub window: Range<usize>,
    /// Both operands are the same sequence.
    pub square: bool,
}

impl Shape {
    /// Two operands of lengths `a` and `b`, and what is wanted of their product.
    pub fn new(a: usize, b: usize, want: &Want) -> Self {
        Shape { a, b, window: want.window(a, b), square: false }
    }

    /// The whole square of one operand.
    pub fn square(n: usize) -> Self {
        Shape { a: n, b: n, window: Want::full().window(n, n), square: true }
    }

    /// The shorter length.
    fn short(&self) -> usize {
        self.a.min(self.b)
    }

    /// The length of the full product.
    fn full(&self) -> usize {
        if self.short() == 0 { 0 } else { self.a + self.b - 1 }
    }

    /// The shape after cutting the operands to what the window needs.
    fn trimmed(&self) -> Shape {
        let cut = window::trim(self.a, self.b, &self.window);
        let square = self.square && cut.a == cut.b;
        Shape { a: cut.a.len(), b: cut.b.len(), window: cut.window, square }
    }

    fn pairs(&self) -> u64 {
        let pairs = window::pairs(self.a, self.b, &self.window);
        if self.square { pairs / 2 + self.window.len() as u64 / 2 } else { pairs }
    }
}

/// An algorithm with its parameters. `Display` writes `name(key=value, ...)`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Plan {
    /// Every product of a pair.
    Schoolbook {
        /// How many.
        pairs: u64,
    },
    /// Three half-size products instead of four, down to a length.
    Karatsuba {
        /// At and below this length: schoolbook.
        cutoff: usize,
    },
    /// One large integer an operand.
    Kronecker {
        /// Bits from one coefficient to the next.
        slot: u64,
    },
    /// Floating-point transforms.
    Fft {
        /// Their length.
        length: usize,
    },
    /// Floating-point transforms whose rounding error is proved below 1/4.
    ExactFft(Layout),
    /// Exact transforms modulo word primes.
    Ntt(Ntt),
}

/// The parameters of [`Plan::Ntt`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ntt {
    /// How many primes.
    pub primes: usize,
    /// Length of the transforms: a power of two, or a multiple of a sixteenth of one (truncated transform).
    pub length: usize,
    /// Coefficients of the longer operand a block; 0 when it is transformed as one.
    pub block: usize,
    /// The modulus of the ring is itself the prime, no remaindering.
    pub direct: bool,
    /// Bits of the chunks that every coefficient is cut into; 0 when coefficients stay whole.
    pub chunk: u64,
}

impl Plan {
    /// The family of the algorithm.
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Plan::Schoolbook { .. } => Algorithm::Schoolbook,
            Plan::Karatsuba { .. } => Algorithm::Karatsuba,
            Plan::Kronecker { .. } => Algorithm::Kronecker,
            Plan::Fft { .. } | Plan::ExactFft(_) => Algorithm::Fft,
            Plan::Ntt(_) => Algorithm::Ntt,
        }
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Plan::Schoolbook { pairs } => write!(f, "schoolbook(pairs={pairs})"),
            Plan::Karatsuba { cutoff } => write!(f, "karatsuba(cutoff={cutoff})"),
            Plan::Kronecker { slot } => write!(f, "kronecker(slot={slot})"),
            Plan::Fft { length } => write!(f, "fft(length={length})"),
            Plan::ExactFft(layout) => layout.fmt(f),
            Plan::Ntt(ntt) => {
                write!(f, "ntt(primes={}, length={}", ntt.primes, ntt.length)?;
                if ntt.block > 0 {
                    write!(f, ", block={}", ntt.block)?;
                }
                if ntt.chunk > 0 {
                    write!(f, ", chunk={}", ntt.chunk)?;
                }
                f.write_str(if ntt.direct { ", direct=true)" } else { ")" })
            }
        }
    }
}

/// The cheapest algorithm for a product.
///
/// # Examples
/// ```
/// use monic::convolution::{Algorithm, Want, plan::{Facts, Shape, plan}};
/// let long = Shape::new(10_000, 10_000, &Want::full());
/// assert_eq!(plan(&Facts::integers(30, 30), &long).algorithm(), Algorithm::Ntt);
/// assert_eq!(plan(&Facts::Generic, &long).to_string(), "karatsuba(cutoff=16)");
/// let short = Shape::new(4, 4, &Want::full());
/// assert_eq!(plan(&Facts::integers(30, 30), &short).to_string(), "schoolbook(pairs=16)");
/// ```
pub fn plan(facts: &Facts, shape: &Shape) -> Plan {
    let all =
        [Algorithm::Schoolbook, Algorithm::Karatsuba, Algorithm::Kronecker, Algorithm::Ntt, Algorithm::Fft];
    let mut best: Option<(f64, Plan)> = None;
    for algorithm in all {
        if let Ok(candidate) = plan_by(facts, shape, algorithm) {
            let cost = candidate.cost(facts, shape);
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, candidate));
            }
        }
    }
    best.expect("schoolbook applies to everything").1
}

/// One algorithm with the best parameters for a product.
///
/// # Errors
/// Kind unsupported, when the algorithm does not apply to these coefficients or not to this length; the
/// message says why.
///
/// # Examples
/// ```
/// use monic::convolution::{Algorithm, Want, plan::{Facts, Shape, plan_by}};
/// let shape = Shape::new(100, 100, &Want::full());
/// assert!(plan_by(&Facts::Generic, &shape, Algorithm::Ntt).is_err());
/// ```
pub fn plan_by(facts: &Facts, shape: &Shape, algorithm: Algorithm) -> Result<Plan> {
    let shape = &shape.trimmed();
    let refuse = |why: &str| Err(Error::unsupported(format!("{algorithm} does not apply: {why}")));
    let floating = matches!(facts, Facts::Floats | Facts::Complex);
    match algorithm {
        Algorithm::Schoolbook => Ok(Plan::Schoolbook { pairs: shape.pairs() }),
        Algorithm::Karatsuba if floating => {
            refuse("its differences lose the accuracy of floating-point coefficients")
        }
        Algorithm::Karatsuba => Ok(Plan::Karatsuba { cutoff: karatsuba_cutoff(facts, shape) }),
        Algorithm::Fft => match facts {
            Facts::Floats | Facts::Complex => {
                Ok(Plan::Fft { length: float_fft::transform_cost(false, shape).0 })
            }
            _ => plan_exact_fft(facts, shape).map(Plan::ExactFft),
        },
        Algorithm::Kronecker => match integer_bits(facts) {
            Some((a, b)) => Ok(Plan::Kronecker { slot: result_bits(a, b, shape) + 1 }),
            None => refuse("the coefficients are no integers or residues"),
        },
        Algorithm::Ntt => match integer_bits(facts) {
            Some(bits) => plan_ntt(facts, bits, shape),
            None => refuse("the coefficients are no integers or residues"),
        },
    }
}

/// Bits of the integers that an exact product is made of.
fn integer_bits(facts: &Facts) -> Option<(u64, u64)> {
    match *facts {
        Facts::Integers { bits, .. } => Some(bits),
        Facts::Word { modulus } => {
            let bits = u64::from(128 - (modulus.max(1) - 1).leading_zeros());
            Some((bits, bits))
        }
        Facts::Big { bits } => Some((bits, bits)),
        Facts::Floats | Facts::Complex | Facts::Generic => None,
    }
}

/// A bound for the bits of a coefficient of the product.
pub(crate) fn result_bits(a_bits: u64, b_bits: u64, shape: &Shape) -> u64 {
    a_bits + b_bits + ceil_log2(window::terms(shape.a, shape.b, &shape.window) as u64)
}

/// The least `k` with `n <= 2^k`.
pub(crate) fn ceil_log2(n: u64) -> u64 {
    u64::from(64 - n.saturating_sub(1).leading_zeros())
}

fn karatsuba_cutoff(facts: &Facts, shape: &Shape) -> usize {
    match *facts {
        Facts::Generic => tuning::KARATSUBA_GENERIC,
        Facts::Word { .. } => tuning::KARATSUBA_WORDS,
        Facts::Integers { bits: (a, b), .. } if result_bits(a, b, shape) < 64 => tuning::KARATSUBA_WORDS,
        Facts::Integers { bits: (a, b), .. } if a.max(b) < 64 => {
            // A level makes the sums a bit longer: no deeper than they stay words.
            let levels = (63 - a.max(b)).min(32);
            (2 * tuning::KARATSUBA_WORDS).max(shape.short().div_ceil(1 << levels))
        }
        Facts::Integers { bits: (a, b), .. } if a.max(b) <= 256 => tuning::KARATSUBA_SHORT_ROWS,
        _ => tuning::KARATSUBA_ROWS,
    }
}

/// The cheapest layout that the proof covers; the result has to fit a word.
fn plan_exact_fft(facts: &Facts, shape: &Shape) -> Result<Layout> {
    let refuse = |why: String| Err(Error::unsupported(format!("fft does not apply: {why}")));
    let (a, b) = match *facts {
        Facts::Word { modulus } => {
            let half = float_fft::largest_centred(modulus);
            (half, half)
        }
        Facts::Integers { bits: (a, b), .. } => {
            let sum = result_bits(a, b, shape);
            if sum > 63 {
                return refuse(format!("coefficients of the product may have {sum} bits, the most is 63"));
            }
            (u64::MAX >> (64 - a.max(1)), u64::MAX >> (64 - b.max(1)))
        }
        _ => return refuse("rounding is not proved to be harmless for these coefficients".into()),
    };
    let max = if shape.a < shape.b { [b, a] } else { [a, b] };
    let len = [shape.a.max(shape.b), shape.short()];
    match Layout::choose(max, len, &shape.window) {
        Some(layout) => Ok(layout),
        None => refuse(format!(
            "the rounding error is not proved below 1/4 for lengths {} and {} with coefficients up to {} and {}",
            shape.a, shape.b, a, b
        )),
    }
}

fn plan_ntt(facts: &Facts, bits: (u64, u64), shape: &Shape) -> Result<Plan> {
    let direct = match *facts {
        Facts::Word { modulus } => ntt::direct_length(modulus),
        _ => 0,
    };
    // Residues of a word are centred first, which saves a bit of each operand.
    let centred = |b: u64| if matches!(facts, Facts::Word { .. }) { b.saturating_sub(1) } else { b };
    let bits = (centred(bits.0), centred(bits.1));
    let primes = ntt::primes_for(result_bits(bits.0, bits.1, shape));
    if primes > tuning::NTT_MAX_PRIMES {
        return plan_chunks(bits, shape);
    }
    let (length, block) = ntt_layout(shape);
    let plan = Ntt { primes, length, block, direct: false, chunk: 0 };
    if direct >= length.next_power_of_two() {
        return Ok(Plan::Ntt(Ntt { primes: 1, direct: true, ..plan }));
    }
    if length > ntt::MAX_LENGTH {
        return Err(Error::unsupported(format!(
            "ntt does not apply: length {length} is over the largest transform, {}",
            ntt::MAX_LENGTH
        )));
    }
    Ok(Plan::Ntt(plan))
}

/// Coefficients cut into chunks: a product of two variables, laid out as one.
fn plan_chunks(bits: (u64, u64), shape: &Shape) -> Result<Plan> {
    let mut best: Option<(f64, Ntt)> = None;
    for primes in 2..=8 {
        // A chunk product of the whole sequence sums at most this many terms.
        let mut chunk = (49 * primes as u64 - 4) / 2 - 8;
        let (outer, chunks) = loop {
            let chunks = (bits.0 / chunk + 1, bits.1 / chunk + 1);
            let terms = ceil_log2((shape.short() as u64).saturating_mul(chunks.0.min(chunks.1)));
            if ntt::primes_for(2 * chunk + terms) <= primes {
                break (chunks.0 + chunks.1 - 1, chunks);
            }
            chunk -= 1;
        };
        let long = |n: usize, c: u64| (n as u64 - 1).saturating_mul(outer).saturating_add(c);
        let full = long(shape.a, chunks.0).saturating_add(long(shape.b, chunks.1));
        if full > ntt::MAX_LENGTH as u64 {
            continue;
        }
        let flat = Shape {
            a: long(shape.a, chunks.0) as usize,
            b: long(shape.b, chunks.1) as usize,
            window: 0..full as usize - 1,
            square: shape.square,
        };
        let (length, block) = ntt_layout(&flat);
        let candidate = Ntt { primes, length, block, direct: false, chunk };
        let cost = ntt_cost(&candidate, (2, 2), &flat);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, candidate));
        }
    }
    match best {
        Some((_, ntt)) => Ok(Plan::Ntt(ntt)),
        None => Err(Error::unsupported("ntt does not apply: too many chunks for the largest transform")),
    }
}

/// Length of the transforms and of the blocks of the longer operand (0: one block).
fn ntt_layout(shape: &Shape) -> (usize, usize) {
    let (short, long) = (shape.short(), shape.a.max(shape.b));
    let full = shape.full();
    if full == 0 {
        return (1, 0);
    }
    // Wrapped around at `n`, the window stays clean when nothing outside `0..n` lands in it.
    let clean = shape.window.end.max(full - shape.window.start).max(short).max(long);
    let cyclic = clean.next_power_of_two();
    let whole = cyclic.min(ntt::truncated_length(full));
    let work = |n: usize| n as f64 * (n.next_power_of_two().trailing_zeros() as f64 + 2.0);
    let mut best = (1.5 * work(whole), whole, 0);
    if long / short.max(1) >= 4 {
        for k in 1..6 {
            let length = short.next_power_of_two().max(16) << k;
            let block = length - short + 1;
            if length >= whole || block < short {
                continue;
            }
            let cost = work(length) * (0.5 + long.div_ceil(block) as f64);
            if cost < best.0 {
                best = (cost, length, block);
            }
        }
    }
    (best.1, best.2)
}

/// Nanoseconds of a product by transforms, `limbs` a coefficient of each operand.
fn ntt_cost(ntt: &Ntt, limbs: (u64, u64), shape: &Shape) -> f64 {
    let primes = ntt.primes as f64;
    let length = ntt.length as f64;
    let layers = f64::from(ntt.length.next_power_of_two().trailing_zeros());
    let blocks = if ntt.block == 0 { 1.0 } else { shape.a.max(shape.b).div_ceil(ntt.block) as f64 };
    let transforms = match (shape.square, ntt.block) {
        (true, _) => 2.0,
        (false, 0) => 3.0,
        (false, _) => 1.0 + 2.0 * blocks,
    };
    let butterflies = primes * transforms * length * layers / 2.0 * tuning::NTT_BUTTERFLY;
    let pointwise = primes * blocks * length * tuning::NTT_POINTWISE;
    let (outputs, read) = (shape.window.len() as f64, (shape.a as u64 * limbs.0, shape.b as u64 * limbs.1));
    let split = if shape.square { read.0 } else { read.0 + read.1 } as f64 * primes * tuning::NTT_SPLIT;
    let back =
        if ntt.direct { outputs } else { outputs * primes * (tuning::CRT_PRIME + primes * tuning::CRT_PAIR) };
    tuning::NTT_START + butterflies + pointwise + split + back
}

impl Plan {
    /// An estimate of the time, in nanoseconds of one core; for comparisons.
    pub fn cost(&self, facts: &Facts, shape: &Shape) -> f64 {
        let shape = &shape.trimmed();
        if shape.window.is_empty() {
            return 0.0;
        }
        let bits = integer_bits(facts).unwrap_or((64, 64));
        let limbs = (bits.0 / 64 + 1, bits.1 / 64 + 1);
        let width = |b: u64| (b / 64 + 1) as f64;
        let outputs = shape.window.len() as f64;
        match self {
            Plan::Schoolbook { pairs } => {
                let pairs = *pairs as f64;
                match *facts {
                    Facts::Floats => float_fft::direct_cost(false, shape),
                    Facts::Complex => float_fft::direct_cost(true, shape),
                    // A ring that may not commute has no cheaper squares.
                    Facts::Generic => {
                        tuning::SCHOOLBOOK_START
                            + window::pairs(shape.a, shape.b, &shape.window) as f64 * tuning::GENERIC_PAIR
                    }
                    Facts::Word { .. } => {
                        let reduce = outputs * tuning::REDUCE_WORD;
                        tuning::SCHOOLBOOK_START + pairs * word_pair(facts, bits.0, shape) + reduce
                    }
                    _ => tuning::SCHOOLBOOK_START + pairs * integer_pair(facts, bits, shape) + outputs * 2.0,
                }
            }
            Plan::Karatsuba { cutoff } => {
                let (pair, limb) = match *facts {
                    Facts::Word { .. } => (word_pair(facts, bits.0, shape), 1.0),
                    Facts::Generic => (tuning::GENERIC_PAIR, tuning::GENERIC_ADD),
                    _ => {
                        (integer_pair(&facts.dense(), bits, shape), width(result_bits(bits.0, bits.1, shape)))
                    }
                };
                let reduce = if matches!(facts, Facts::Word { .. }) { tuning::REDUCE_WORD } else { 2.0 };
                karatsuba_cost(shape, *cutoff, (pair, reduce), limb * tuning::KARATSUBA_ADD)
            }
            Plan::Kronecker { slot } => {
                let words = |n: usize| (n as f64 * *slot as f64 / 64.0).max(1.0);
                let (short, long) = (words(shape.short()), words(shape.a.max(shape.b)));
                large_product(short, long, shape.square)
                    + 3.0 * words(shape.full()) * tuning::KRONECKER_LIMB
                    + 20.0 * shape.full() as f64
            }
            Plan::Fft { .. } => float_fft::transform_cost(matches!(facts, Facts::Complex), shape).1,
            Plan::ExactFft(layout) => {
                let reduce = match facts {
                    Facts::Word { .. } => tuning::FFT_EXACT_REDUCE,
                    _ => 0.5,
                };
                let pieces = (layout.pieces[0] + layout.pieces[1] - 1) as f64;
                tuning::FFT_EXACT_START
                    + layout.points(shape.square) * tuning::FFT_EXACT_POINT
                    + outputs * pieces * reduce
            }
            Plan::Ntt(ntt) if ntt.chunk > 0 => {
                let chunks = (bits.0 / ntt.chunk + 1, bits.1 / ntt.chunk + 1);
                let outer = (chunks.0 + chunks.1 - 1) as usize;
                let flat = Shape {
                    a: shape.a * outer,
                    b: shape.b * outer,
                    window: 0..shape.full() * outer,
                    square: shape.square,
                };
                ntt_cost(ntt, (1, 1), &flat)
            }
            Plan::Ntt(ntt) => ntt_cost(ntt, limbs, shape),
        }
    }

    /// Bytes of working memory beside the operands and the result.
    pub fn scratch(&self, facts: &Facts, shape: &Shape) -> u64 {
        let shape = shape.trimmed();
        let bits = integer_bits(facts).unwrap_or((64, 64));
        let limbs = result_bits(bits.0, bits.1, &shape) / 64 + 1;
        match self {
            Plan::Schoolbook { .. } => 8 * limbs,
            Plan::Karatsuba { .. } => 8 * limbs * 4 * shape.a.max(shape.b) as u64,
            Plan::Kronecker { slot } => (shape.full() as u64).saturating_mul(*slot) / 2,
            Plan::Fft { length } => 32 * *length as u64,
            Plan::ExactFft(layout) => {
                8 * (layout.length() * (layout.pieces[0] + layout.pieces[1] + 1)) as u64
            }
            Plan::Ntt(ntt) => 8 * ntt.primes as u64 * (2 * ntt.length as u64 + shape.full() as u64),
        }
    }
}

impl Facts {
    /// The same without the knowledge of zero limbs, which only schoolbook makes use of.
    fn dense(&self) -> Facts {
        match *self {
            Facts::Integers { bits, signed, .. } => Facts::Integers { bits, signed, limbs: None },
            other => other,
        }
    }
}

/// Schoolbook time a pair of residues of so many bits; modulo 2^64 everything wraps in one word.
fn word_pair(facts: &Facts, bits: u64, shape: &Shape) -> f64 {
    let wraps = matches!(facts, Facts::Word { modulus } if *modulus == 1 << 64);
    match result_bits(bits, bits, shape) {
        _ if wraps => tuning::SCHOOLBOOK_WORD,
        0..=64 => tuning::SCHOOLBOOK_WORD,
        65..=128 => tuning::SCHOOLBOOK_RESIDUE,
        _ => tuning::SCHOOLBOOK_TRIPLE,
    }
}

/// Schoolbook time a pair of integers.
fn integer_pair(facts: &Facts, bits: (u64, u64), shape: &Shape) -> f64 {
    let sum = result_bits(bits.0, bits.1, shape);
    if bits.0.max(bits.1) < 64 {
        return match sum {
            0..64 => tuning::SCHOOLBOOK_WORD,
            64..128 => tuning::SCHOOLBOOK_DOUBLE,
            _ => tuning::SCHOOLBOOK_TRIPLE,
        };
    }
    let per_row = match *facts {
        // Only what is not zero is multiplied.
        Facts::Integers { limbs: Some((a, b)), .. } => {
            (a as f64 / shape.a.max(1) as f64, b as f64 / shape.b.max(1) as f64)
        }
        _ => ((bits.0 / 64 + 1) as f64, (bits.1 / 64 + 1) as f64),
    };
    let limbs = bits.0.div_ceil(64);
    if limbs == bits.1.div_ceil(64) && limbs <= 4 && per_row.0.min(per_row.1) * 4.0 >= limbs as f64 {
        return tuning::SCHOOLBOOK_FIXED * (limbs * limbs + 1) as f64;
    }
    let present = per_row.0.min(1.0) * per_row.1.min(1.0);
    present * tuning::SCHOOLBOOK_ROW
        + large_product(per_row.0.min(per_row.1), per_row.0.max(per_row.1), false)
}

/// Time of a product of two large integers of so many limbs.
fn large_product(short: f64, long: f64, square: bool) -> f64 {
    let quadratic = tuning::SCHOOLBOOK_LIMB * short * long * if square { 0.7 } else { 1.0 };
    // Karatsuba and Toom-Cook in between, in blocks of the shorter one; then transforms of chunks of about 88 bits.
    let base = tuning::SCHOOLBOOK_LIMB * 32.0 * 32.0;
    let toom = base * (short / 32.0).powf(1.5) * (long / short);
    let points = (short + long) * 64.0 / 88.0;
    let transform =
        tuning::NTT_START + 4.0 * points * (1.5 * points.max(2.0).log2() * tuning::NTT_BUTTERFLY + 12.0);
    if short < 32.0 {
        quadratic
    } else if short < tuning::INTEGER_PRODUCT_LIMBS as f64 {
        toom
    } else {
        toom.min(transform)
    }
}

/// Karatsuba on blocks of the shorter length.
fn karatsuba_cost(shape: &Shape, cutoff: usize, (pair, reduce): (f64, f64), add: f64) -> f64 {
    let (short, long) = (shape.short(), shape.a.max(shape.b));
    let (mut n, mut products, mut additions) = (short, 1.0, 0.0);
    while n > cutoff {
        n = n.div_ceil(2);
        additions += products * 8.0 * n as f64;
        products *= 3.0;
    }
    let blocks = long.div_ceil(short.max(1)) as f64;
    let bases = products * ((n * n) as f64 * pair + 2.0 * n as f64 * reduce);
    blocks * (bases + additions * add + 4.0 * short as f64 * add) + tuning::KARATSUBA_START
}

impl fmt::Display for Algorithm {
    /// The name that [`Plan`] and a calculator use.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Algorithm::Schoolbook => "schoolbook",
            Algorithm::Karatsuba => "karatsuba",
            Algorithm::Kronecker => "kronecker",
            Algorithm::Fft => "fft",
            Algorithm::Ntt => "ntt",
        })
    }
}
