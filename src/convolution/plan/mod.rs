//! Which algorithm a product takes, and with which parameters: a pure function of sizes.
//!
//! [`plan`] compares the estimated costs of all algorithms that apply and returns the cheapest as a
//! [`Plan`], plain data that can be printed, tested and forced ([`plan_by`]). It stands apart from the execution
//! so that a choice can be inspected without computing anything. The constants are in
//! [`tuning`]. It touches no coefficient.

mod cost;
mod kept;
mod parameters;

pub(crate) use parameters::whole_length;

pub use super::ntt::prime::Family;
use super::{
    Algorithm, Backend, Want, backend, bits,
    float_fft::{self, Layout},
    short::sums::Kind,
    tuning, window,
};
use crate::{Error, Result};
pub use cost::Work;
pub(crate) use cost::axes_cost;
use cost::{Tally, Time};
pub(crate) use parameters::{chunks_of, flat};
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

    /// Whether floats are complex numbers, where coefficients are floats.
    fn floating(&self) -> Option<bool> {
        match self {
            Facts::Floats => Some(false),
            Facts::Complex => Some(true),
            _ => None,
        }
    }

    /// The same without what tells one dense operand from another of the same size: the limbs that are not zero where most are not, in sixteenths, and those of
    /// single words, which nothing asks for. So products of random operands of one shape have one plan, which can be kept.
    fn rounded(&self, shape: &Shape) -> Facts {
        let Facts::Integers { bits, signed, limbs: Some((x, y)) } = *self else { return *self };
        let share = |limbs: u64, bits: u64, len: usize| {
            let most = bits.div_ceil(64).saturating_mul(len as u64);
            // Of more limbs than any memory has nothing is to be told.
            if most >> 59 > 0 || limbs.saturating_mul(2) < most {
                return limbs;
            }
            let sixteenths = (16 * limbs.min(most) + most / 2) / most.max(1);
            (sixteenths * most).div_ceil(16)
        };
        let limbs =
            (bits.0.max(bits.1) >= 64).then(|| (share(x, bits.0, shape.a), share(y, bits.1, shape.b)));
        Facts::Integers { bits, signed, limbs }
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
    /// The longest operands that are planned.
    pub(crate) const MOST: usize = if usize::BITS == 64 { 1 << 40 } else { usize::MAX / 4 };

    /// Two operands of lengths `a` and `b`, and what is wanted of their product.
    pub fn new(a: usize, b: usize, want: &Want) -> Self {
        Shape { a, b, window: want.window(a, b), square: false }
    }

    /// The whole square of one operand.
    pub fn square(n: usize) -> Self {
        Shape { a: n, b: n, window: Want::full().window(n, n), square: true }
    }

    /// Whether a length is over anything that there is memory for, and over what estimates are made for.
    fn is_impossible(&self) -> bool {
        self.a.max(self.b) > Self::MOST
    }

    /// The same, with shorter lengths.
    fn possible(&self) -> Shape {
        let [a, b] = [self.a, self.b].map(|length| length.min(Self::MOST));
        let full = if a.min(b) == 0 { 0 } else { a + b - 1 };
        let [start, end] = [self.window.start, self.window.end].map(|end| end.min(full));
        Shape { a, b, window: start..end, square: self.square }
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
        if self.window == (0..self.full()) {
            return self.clone();
        }
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
    /// The same with neighbouring outputs side by side in the vectors of the back end.
    Sums {
        /// How many products.
        pairs: u64,
        /// Bits of the words that are multiplied, with a sign: 16, 32 or 64, where sums of integers wrap modulo 2^64.
        bits: u32,
        /// How many products of 32 bits are summed before the sum parts into its halves; 0 for others.
        fold: usize,
    },
    /// Three half-size products instead of four, down to a length.
    Karatsuba {
        /// At and below this length: schoolbook.
        cutoff: usize,
    },
    /// The same for rows of limbs down to single coefficients, whose products are the lanes of a vector unit.
    Leaves {
        /// Digits of a row; how many bits they have is up to the back end.
        digits: usize,
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
    /// Bits of the slices that the longer coefficients are cut into, each a product with all of the shorter ones; 0 when they stay whole.
    pub slice: u64,
    /// Which primes, unless direct.
    pub family: Family,
}

impl Ntt {
    /// Whether no coefficient is cut.
    pub(crate) fn is_whole(&self) -> bool {
        self.chunk == 0 && self.slice == 0
    }
}

impl Plan {
    /// The family of the algorithm.
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Plan::Schoolbook { .. } | Plan::Sums { .. } => Algorithm::Schoolbook,
            Plan::Karatsuba { .. } | Plan::Leaves { .. } => Algorithm::Karatsuba,
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
            Plan::Sums { pairs, bits, fold: 0 } => write!(f, "schoolbook(pairs={pairs}, bits={bits})"),
            Plan::Sums { pairs, bits, fold } => {
                write!(f, "schoolbook(pairs={pairs}, bits={bits}, fold={fold})")
            }
            Plan::Karatsuba { cutoff } => write!(f, "karatsuba(cutoff={cutoff})"),
            Plan::Leaves { digits } => write!(f, "karatsuba(digits={digits})"),
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
                if ntt.slice > 0 {
                    write!(f, ", slice={}", ntt.slice)?;
                }
                if ntt.family == Family::Long {
                    f.write_str(", family=long")?;
                }
                f.write_str(if ntt.direct { ", direct=true)" } else { ")" })
            }
        }
    }
}

/// The cheapest algorithm for a product. Lengths over 2^40, for which there is no memory, count as that.
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
    if shape.is_impossible() {
        return plan(facts, &shape.possible());
    }
    if matches!(facts, Facts::Word { modulus: 2 }) && bits::suits(&shape.trimmed()) {
        return Plan::Kronecker { slot: 1 };
    }
    if let Some(complex) = facts.floating() {
        // Two estimates take no longer than a look at what is kept.
        let shape = &shape.trimmed();
        return match float_fft::choose(complex, shape) {
            Some(length) => Plan::Fft { length },
            None => schoolbook(facts, shape),
        };
    }
    plan_short(facts, shape).unwrap_or_else(|| {
        let facts = facts.rounded(shape);
        kept::plan(&facts, shape, || cheapest(&facts, shape))
    })
}

/// The algorithm whose estimate is the least.
fn cheapest(facts: &Facts, shape: &Shape) -> Plan {
    let all =
        [Algorithm::Schoolbook, Algorithm::Karatsuba, Algorithm::Ntt, Algorithm::Fft, Algorithm::Kronecker];
    let mut best: Option<(f64, Plan)> = None;
    for algorithm in all {
        let least = best.as_ref().map_or(f64::INFINITY, |(least, _)| *least);
        if hopeless(facts, shape, algorithm, least) {
            continue;
        }
        if let Ok((cost, candidate)) = costed(facts, shape, algorithm)
            && (best.is_none() || cost < least)
        {
            best = Some((cost, candidate));
        }
    }
    best.expect("schoolbook applies to everything").1
}

/// Whether it is plain that an algorithm does not apply, whose message takes longer than many a product, or that it takes longer than another one.
fn hopeless(facts: &Facts, shape: &Shape, algorithm: Algorithm, least: f64) -> bool {
    match (algorithm, facts) {
        (Algorithm::Fft, &Facts::Integers { bits: (a, b), .. }) => result_bits(a, b, shape) > 63,
        (Algorithm::Fft, Facts::Big { .. } | Facts::Generic) => true,
        (Algorithm::Kronecker | Algorithm::Ntt, Facts::Generic) => true,
        // What one large product takes is not as quickly said.
        (Algorithm::Kronecker, _) => integer_bits(facts).is_some_and(|(a, b)| {
            let shape = &shape.trimmed();
            Time::of(|time| time.slots(result_bits(a, b, shape) + 1, shape)) > least
        }),
        _ => false,
    }
}

/// Products so short that weighing their costs would take longer than they do: decided by sizes alone.
fn plan_short(facts: &Facts, shape: &Shape) -> Option<Plan> {
    let short = shape.short();
    if short > tuning::PAIRS_SHORT {
        return None;
    }
    let most = match *facts {
        Facts::Integers { bits: (a, b), .. } => a.max(b),
        Facts::Word { .. } => 0,
        _ => return None,
    };
    let shape = &shape.trimmed();
    if most < 64 {
        let plan = schoolbook(facts, shape);
        let most = match plan {
            Plan::Sums { bits: 16, .. } => tuning::PAIRS_SHORT,
            Plan::Sums { .. } => tuning::SUMS_SHORT,
            _ => tuning::SCHOOLBOOK_SHORT,
        };
        return (short <= most).then_some(plan);
    }
    if short > tuning::SUMS_SHORT {
        return None;
    }
    if most <= 256 && shape.a.max(shape.b) <= tuning::ROWS_SHORT {
        return Some(schoolbook(facts, shape));
    }
    // One by one the pieces of a long operand would cost what transforms share.
    if shape.a.max(shape.b) > tuning::SUMS_SHORT {
        return None;
    }
    let limbs = most.div_ceil(64);
    // Where lanes have no products of 52 bits, rows by themselves are mostly faster.
    if backend() != Ok(Backend::Ifma)
        || most <= 256
        || limbs > tuning::LEAVES_SHORT_LIMBS
        || limbs * (short as u64) < tuning::LEAVES_SHORT
    {
        return None;
    }
    parameters::leaves(facts, shape).map(|(digits, _)| Plan::Leaves { digits })
}

/// Every product of a pair, in vectors where the back end has a way for such words.
fn schoolbook(facts: &Facts, shape: &Shape) -> Plan {
    let words = match *facts {
        Facts::Integers { bits: (a, b), .. } => a.max(b) < 64,
        Facts::Word { .. } => true,
        _ => false,
    };
    match parameters::sums(facts, shape) {
        Some(kind) => {
            let (bits, fold) = match kind {
                Kind::Pairs => (16, 0),
                Kind::Halves { fold } => (32, fold),
                Kind::Wrapping | Kind::Digits => (64, 0),
            };
            Plan::Sums { pairs: window::pairs(shape.a, shape.b, &shape.window), bits, fold }
        }
        // Sums of words and floats do not take the pairs of a square once.
        None if words || facts.floating().is_some() => {
            Plan::Schoolbook { pairs: window::pairs(shape.a, shape.b, &shape.window) }
        }
        None => Plan::Schoolbook { pairs: shape.pairs() },
    }
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
    if shape.is_impossible() {
        let (a, b) = (shape.a, shape.b);
        return Err(Error::unsupported(format!("{algorithm} does not apply to lengths {a} and {b}")));
    }
    costed(facts, shape, algorithm).map(|(_, plan)| plan)
}

/// The same with its cost.
fn costed(facts: &Facts, shape: &Shape, algorithm: Algorithm) -> Result<(f64, Plan)> {
    let shape = &shape.trimmed();
    let refuse = |why: &str| Err(Error::unsupported(format!("{algorithm} does not apply: {why}")));
    let floating = facts.floating().is_some();
    let plan = match algorithm {
        Algorithm::Schoolbook => schoolbook(facts, shape),
        Algorithm::Karatsuba if floating => {
            return refuse("its differences lose the accuracy of floating-point coefficients");
        }
        Algorithm::Karatsuba => {
            let cutoff = parameters::karatsuba_cutoff(facts, shape);
            let rows = Plan::Karatsuba { cutoff };
            // Their estimate takes longer than all others.
            if let Some((digits, count)) = parameters::leaves(facts, shape) {
                let lanes = (Time::of(|time| time.leaves(count)), Plan::Leaves { digits });
                if cutoff > 1 {
                    return Ok(lanes);
                }
                let cost = rows.cost(facts, shape);
                return Ok(if lanes.0 <= cost { lanes } else { (cost, rows) });
            }
            rows
        }
        Algorithm::Fft if floating => {
            Plan::Fft { length: float_fft::transform_cost(float_fft::costs(), false, shape).0 }
        }
        Algorithm::Fft => Plan::ExactFft(parameters::exact_fft(facts, shape)?),
        // Without carries a bit is enough.
        Algorithm::Kronecker if matches!(facts, Facts::Word { modulus: 2 }) => Plan::Kronecker { slot: 1 },
        Algorithm::Kronecker => match integer_bits(facts) {
            Some((a, b)) => Plan::Kronecker { slot: result_bits(a, b, shape) + 1 },
            None => return refuse("the coefficients are no integers or residues"),
        },
        Algorithm::Ntt => {
            let Some(bits) = integer_bits(facts) else {
                return refuse("the coefficients are no integers or residues");
            };
            let whole =
                parameters::transforms(facts, bits, shape).map(|plan| (plan.cost(facts, shape), plan));
            return match parameters::slices(bits, shape) {
                Some((cost, slices)) if whole.as_ref().map_or(true, |(least, _)| cost < *least) => {
                    Ok((cost, Plan::Ntt(slices)))
                }
                _ => whole,
            };
        }
    };
    Ok((plan.cost(facts, shape), plan))
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
