//! How coefficient sequences multiply: `c[k] = sum over i+j=k of a[i]*b[j]`.
//!
//! This layer knows no ring and no polynomial: it takes slices of words, limb matrices, residues and
//! floats. [`plan`](plan::plan) decides, one file an algorithm does the work.

pub(crate) mod arrays;
pub(crate) mod coefficient;
mod crt;
mod decimal;
pub mod float_fft;
mod gaussian;
pub(crate) mod integer_product;
mod karatsuba;
mod kronecker;
mod limbs;
pub mod multidimensional;
pub(crate) mod ntt;
pub mod plan;
mod power;
mod rationals;
mod schoolbook;
mod scratch;
mod short;
mod transformed;
pub mod tuning;
pub(crate) mod vandermonde;
pub(crate) mod window;
mod words;

pub use decimal::{format_integer, format_integer_radix, parse_integer, parse_integer_radix};
pub use float_fft::{complexes, complexes32, floats, floats32};
pub(crate) use gaussian::gaussian_rows;

use crate::{
    Result,
    integer::{BigModulus, IntegerSlice, IntegerVec, WordModulus, try_zeroed},
    limit,
};
pub use integer_product::{
    integer_div_rem, integer_product, integer_square, natural_product, try_integer_div_rem,
    try_integer_product,
};
pub use multidimensional::{Array, Border, Mode};
pub use ntt::{Backend, backend, with_backend};
#[doc(hidden)]
pub use ntt::{Conversions, Transforms};
use plan::{Facts, Plan, Shape};
pub use power::{integers_mod_power, integers_power, integers_power_into, words_mod_power};
pub use rationals::{RationalVec, rationals, rationals_into};
use scratch::Scratch;
use short::sums::Kind;
use std::ops::Range;
pub use transformed::{
    Frame, Operand, Transformed, integers_dot, words_mod_cyclic, words_mod_dot, words_mod_matrix,
};

/// The families of convolution algorithms, to force one or to ask which one ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// Every product of a pair, quadratic.
    Schoolbook,
    /// Three half-size products instead of four.
    Karatsuba,
    /// Packing the coefficients into one large integer.
    Kronecker,
    /// A transform in floating point.
    Fft,
    /// Exact number-theoretic transforms, with Chinese remaindering where one prime is too small.
    Ntt,
}

/// What is wanted of a product: which coefficients, and by which algorithm.
///
/// # Examples
/// ```
/// use monic::convolution::{Algorithm, Want};
/// let want = Want::low(10).by(Algorithm::Ntt);
/// assert_eq!(want.window(5, 5), 0..9); // clipped to the full length
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Want {
    window: Option<Range<usize>>,
    algorithm: Option<Algorithm>,
}

impl Want {
    /// The whole product, by whatever algorithm is best.
    pub fn full() -> Self {
        Self::default()
    }

    /// Coefficients `0..n`.
    pub fn low(n: usize) -> Self {
        Self::range(0..n)
    }

    /// Coefficients `range` of the full product.
    pub fn range(range: Range<usize>) -> Self {
        Want { window: Some(range), algorithm: None }
    }

    /// The same part of the product, by this algorithm or not at all.
    pub fn by(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = Some(algorithm);
        self
    }

    /// The algorithm that is forced.
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.algorithm
    }

    /// The wanted coefficients of a product of lengths `m` and `n`, clipped to those there are.
    pub fn window(&self, m: usize, n: usize) -> Range<usize> {
        let full = if m == 0 || n == 0 { 0 } else { m + n - 1 };
        match &self.window {
            None => 0..full,
            Some(range) => {
                let end = range.end.min(full);
                range.start.min(end)..end
            }
        }
    }
}

/// The product of two integer sequences: exactly the rows of the wanted window.
///
/// # Shape
/// Any lengths, any widths, any signs; an empty operand has an empty product. When both operands are the same
/// slice, the square is computed. The rows of the result are wide enough for every coefficient.
///
/// # Errors
/// Kind limit when the result would be over [the limit](crate::limit); kind unsupported when the forced
/// algorithm does not apply.
///
/// # Complexity
/// With lengths n and b bits a coefficient, O(n (b + log n) log n) word operations up to logarithmic factors,
/// by transforms; the quadratic algorithms where they are faster.
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, integers}, integer::IntegerVec};
/// let (f, g) = (IntegerVec::from_i64s(&[1, 2]), IntegerVec::from_i64s(&[-1, 0, 3]));
/// let product = integers(f.as_slice(), g.as_slice(), &Want::full())?;
/// assert_eq!(product.to_bigints(), [-1, -2, 3, 6].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn integers(a: IntegerSlice<'_>, b: IntegerSlice<'_>, want: &Want) -> Result<IntegerVec> {
    let mut out = IntegerVec::default();
    integers_into(a, b, want, &mut out)?;
    Ok(out)
}

/// The product of two integer sequences, into the memory that `out` has.
///
/// Whatever `out` held, it becomes exactly the rows of the wanted window. Where it has room for them nothing is allocated.
///
/// # Errors
/// As for [`integers`]; `out` is unchanged when the plan or the limit refuses, and of any contents when memory is
/// refused on the way.
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, integers_into}, integer::IntegerVec};
/// let die = IntegerVec::from_i64s(&[1; 6]);
/// let (mut sum, mut next) = (die.clone(), IntegerVec::default());
/// for _ in 1..10 {
///     integers_into(sum.as_slice(), die.as_slice(), &Want::full(), &mut next)?;
///     std::mem::swap(&mut sum, &mut next);
/// }
/// assert_eq!(sum.to_i64s()?.iter().sum::<i64>(), 6i64.pow(10));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn integers_into(
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    want: &Want,
    out: &mut IntegerVec,
) -> Result<()> {
    let Some(task) = Task::new(a, b, None, want)? else { return out.reset(0, 1) };
    out.reset(task.shape.window.len(), task.width)?;
    task.execute(out.limbs_mut())
}

/// Rows in working memory, in place of an [`IntegerVec`] that lives for one product.
pub(crate) struct Rows {
    limbs: Scratch,
    width: usize,
}

impl Rows {
    /// So many rows of any contents.
    ///
    /// # Errors
    /// Kind limit when they are over the [limit](crate::limit) or memory is refused.
    pub(crate) fn take(len: usize, width: usize) -> Result<Self> {
        limit::check(len as u64, 64 * width as u64)?;
        Ok(Rows { limbs: scratch::take(len * width)?, width })
    }

    /// All limbs, row by row, to write.
    pub(crate) fn limbs_mut(&mut self) -> &mut [u64] {
        &mut self.limbs
    }

    pub(crate) fn as_slice(&self) -> IntegerSlice<'_> {
        IntegerSlice::new(&self.limbs, self.width)
    }
}

/// The product of two integer sequences of which the facts are known already, in working memory.
pub(crate) fn integers_rows(
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    facts: Facts,
    want: &Want,
) -> Result<Rows> {
    let Some(task) = Task::new(a, b, Some(facts), want)? else { return Rows::take(0, 1) };
    let mut rows = Rows { limbs: scratch::take(task.shape.window.len() * task.width)?, width: task.width };
    task.execute(&mut rows.limbs)?;
    Ok(rows)
}

/// A product of integers that is planned.
struct Task<'a> {
    plan: Plan,
    a: IntegerSlice<'a>,
    b: IntegerSlice<'a>,
    shape: Shape,
    /// Limbs of a row of the result.
    width: usize,
}

impl<'a> Task<'a> {
    /// Plans a product and holds it against the limit; `None` when nothing is wanted. Facts are those of the whole operands.
    fn new(
        a: IntegerSlice<'a>,
        b: IntegerSlice<'a>,
        facts: Option<Facts>,
        want: &Want,
    ) -> Result<Option<Self>> {
        let window = want.window(a.len(), b.len());
        let cut = window::trim(a.len(), b.len(), &window);
        let square = same(a.limbs(), b.limbs()) && a.width() == b.width() && cut.a == cut.b;
        let (a, b) = (a.range(cut.a), b.range(cut.b));
        if cut.window.is_empty() {
            return Ok(None);
        }
        let facts = facts.unwrap_or_else(|| integer_facts(a, b, square));
        let shape = Shape { a: a.len(), b: b.len(), window: cut.window, square };
        let plan = choose(&facts, &shape, want)?;
        let Facts::Integers { bits, .. } = facts else { unreachable!("a product of integers") };
        let bits = plan::result_bits(bits.0, bits.1, &shape) + 1;
        limit::check(shape.window.len() as u64, bits)?;
        if let Plan::Ntt(ntt) = &plan {
            ntt::product::check_size(ntt)?;
        }
        Ok(Some(Task { plan, a, b, shape, width: bits.div_ceil(64) as usize }))
    }

    /// Writes every row of the result.
    fn execute(&self, out: &mut [u64]) -> Result<()> {
        execute_integers(&self.plan, self.a, self.b, &self.shape, self.width, out)
    }
}

impl IntegerVec {
    /// The product with another sequence, all coefficients, by the algorithm that is best.
    ///
    /// # Panics
    /// When the result would be over [the limit](crate::limit); [`convolution::integers`](integers) returns an
    /// error instead.
    ///
    /// # Examples
    /// ```
    /// use monic::integer::IntegerVec;
    /// let die = IntegerVec::from_i64s(&[1; 6]);
    /// assert_eq!(die.convolve(&die).limbs(), [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]);
    /// ```
    #[track_caller]
    pub fn convolve(&self, other: &IntegerVec) -> IntegerVec {
        match integers(self.as_slice(), other.as_slice(), &Want::full()) {
            Ok(product) => product,
            Err(error) => panic!("{error}"),
        }
    }
}

/// The product of two sequences of residues modulo `n`: exactly the coefficients of the wanted window.
///
/// # Units
/// Residues in `0..n`, in and out. When both operands are the same slice, the square is computed.
///
/// # Errors
/// As for [`integers`].
///
/// # Panics
/// In debug builds, when an operand is not reduced.
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, words_mod}, integer::WordModulus};
/// let seven = WordModulus::new(7)?;
/// assert_eq!(words_mod(&seven, &[6, 1], &[6, 1], &Want::full())?, [1, 5, 1]); // (x - 1)^2
/// # Ok::<(), monic::Error>(())
/// ```
pub fn words_mod(n: &WordModulus, a: &[u64], b: &[u64], want: &Want) -> Result<Vec<u64>> {
    let mut out = Vec::new();
    words_mod_into(n, a, b, want, &mut out)?;
    Ok(out)
}

/// The product of two sequences of residues modulo `n`, into the memory that `out` has.
///
/// Whatever `out` held, it becomes exactly the coefficients of the wanted window. Where it has room for them nothing is
/// allocated.
///
/// # Errors
/// As for [`integers_into`].
///
/// # Panics
/// In debug builds, when an operand is not reduced.
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, words_mod_into}, integer::WordModulus};
/// let (seven, mut out) = (WordModulus::new(7)?, Vec::new());
/// words_mod_into(&seven, &[6, 1], &[6, 1], &Want::full(), &mut out)?; // (x - 1)^2
/// assert_eq!(out, [1, 5, 1]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn words_mod_into(n: &WordModulus, a: &[u64], b: &[u64], want: &Want, out: &mut Vec<u64>) -> Result<()> {
    debug_assert!(a.iter().chain(b).all(|&x| u128::from(x) < n.modulus()), "operands are reduced");
    let cut = window::trim(a.len(), b.len(), &want.window(a.len(), b.len()));
    let square = same(a, b) && cut.a == cut.b;
    let (a, b) = (&a[cut.a], &b[cut.b]);
    if cut.window.is_empty() {
        out.clear();
        return Ok(());
    }
    let shape = Shape { a: a.len(), b: b.len(), window: cut.window, square };
    let plan = choose(&Facts::Word { modulus: n.modulus() }, &shape, want)?;
    let count = shape.window.len();
    limit::check(count as u64, 64)?;
    if let Plan::Ntt(ntt) = &plan {
        ntt::product::check_size(ntt)?;
    }
    if count > out.capacity() {
        *out = try_zeroed(count)?;
    } else {
        out.resize(count, 0);
    }
    match plan {
        Plan::Karatsuba { cutoff } => {
            let full = a.len() + b.len() - 1;
            if count == full {
                return words::karatsuba_into(n, out, a, b, cutoff);
            }
            let mut product = scratch::take(full)?;
            words::karatsuba_into(n, &mut product, a, b, cutoff)?;
            out.copy_from_slice(&product[shape.window]);
            Ok(())
        }
        Plan::Ntt(ntt) => ntt::product::words_into(&ntt, n, a, b, &shape, out),
        Plan::Kronecker { slot } => {
            // Closest to zero every residue is an `i64`; modulo 2^64, all words are.
            let half = ((n.modulus() - 1) / 2) as u64;
            let centred = |x: &[u64]| -> Vec<u64> {
                x.iter().map(|&x| if x > half { x.wrapping_sub(n.modulus() as u64) } else { x }).collect()
            };
            let (x, y) = (centred(a), centred(b));
            let (x, y) = (IntegerSlice::new(&x, 1), IntegerSlice::new(&y, 1));
            let whole = kronecker::packed(slot, x, y, &shape, slot.div_ceil(64) as usize)?;
            for (out, row) in out.iter_mut().zip(whole.rows()) {
                *out = n.reduce_row(row);
            }
            Ok(())
        }
        Plan::Schoolbook { .. } => {
            words::schoolbook_into(n, out, a, b, shape.window);
            Ok(())
        }
        Plan::Sums { fold, .. } => {
            let unit = short::unit(backend()?).expect("planned for this back end");
            let kind = if fold == 0 { Kind::Wrapping } else { Kind::Halves { fold } };
            unit.residues(kind, n, out, (a, b), shape.window)
        }
        Plan::ExactFft(layout) => {
            out.copy_from_slice(&float_fft::residues_by(&layout, n, a, b, shape.window));
            Ok(())
        }
        Plan::Fft { .. } | Plan::Leaves { .. } => unreachable!("the plans of floats and of integers"),
    }
}

/// The product of two sequences of residues modulo `n`, of any size: exactly the rows of the wanted window.
///
/// # Units
/// Rows in `0..n`, in and out; the result in rows that hold `n` and a sign bit. Operands that are not reduced are allowed,
/// they only cost more. When both operands are the same slice, the square is computed.
///
/// # Errors
/// As for [`integers`].
///
/// # Complexity
/// That of the product over the integers, and one reduction an output. By transforms over few primes, results are
/// remaindered modulo `n` directly, with no integer of the product's size between.
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, integers_mod}, integer::{BigModulus, IntegerVec}};
/// let n = BigModulus::new((num_bigint::BigUint::from(1u8) << 200) + 9u8)?;
/// let f = IntegerVec::from_bigints(&[num_bigint::BigInt::from(1) << 199, 1.into()]);
/// let square = integers_mod(&n, f.as_slice(), f.as_slice(), &Want::full())?;
/// assert_eq!(square.to_bigints()[1], num_bigint::BigInt::from(1) << 200); // 2 * 2^199
/// # Ok::<(), monic::Error>(())
/// ```
pub fn integers_mod(
    n: &BigModulus,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    want: &Want,
) -> Result<IntegerVec> {
    let mut out = IntegerVec::default();
    integers_mod_into(n, a, b, want, &mut out)?;
    Ok(out)
}

/// The product of two sequences of residues modulo `n`, of any size, into the memory that `out` has.
///
/// Whatever `out` held, it becomes exactly the rows that [`integers_mod`] returns.
///
/// # Errors
/// As for [`integers_into`].
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, integers_mod_into}, integer::{BigModulus, IntegerVec}};
/// let n = BigModulus::new((num_bigint::BigUint::from(1u8) << 200) + 9u8)?;
/// let (mut power, mut next) = (IntegerVec::from_i64s(&[1, 2]), IntegerVec::default());
/// for _ in 0..5 {
///     integers_mod_into(&n, power.as_slice(), power.as_slice(), &Want::low(3), &mut next)?;
///     std::mem::swap(&mut power, &mut next);
/// }
/// assert_eq!(power.to_bigints(), [1, 64, 1984].map(Into::into)); // (1 + 2x)^32
/// # Ok::<(), monic::Error>(())
/// ```
pub fn integers_mod_into(
    n: &BigModulus,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    want: &Want,
    out: &mut IntegerVec,
) -> Result<()> {
    let Some(task) = Task::new(a, b, None, want)? else { return out.reset(0, n.row_width()) };
    match &task.plan {
        Plan::Ntt(ntt) if ntt.chunk == 0 && n.bits() <= 64 * task.width as u64 => {
            out.reset(task.shape.window.len(), n.row_width())?;
            ntt::product::integers_mod_into(ntt, n, task.a, task.b, &task.shape, out.limbs_mut())
        }
        _ => {
            let mut product = Rows::take(task.shape.window.len(), task.width)?;
            task.execute(product.limbs_mut())?;
            *out = n.try_reduce_rows(product.as_slice())?;
            Ok(())
        }
    }
}

/// The plan that is forced, or the best one.
fn choose(facts: &Facts, shape: &Shape, want: &Want) -> Result<Plan> {
    // A wrong setting is reported by every product, not only by those that come to need a transform.
    backend()?;
    match want.algorithm() {
        None => Ok(plan::plan(facts, shape)),
        Some(algorithm) => plan::plan_by(facts, shape, algorithm),
    }
}

/// What the planner has to know of two integer sequences, in one pass over each.
fn integer_facts(a: IntegerSlice<'_>, b: IntegerSlice<'_>, square: bool) -> Facts {
    let first = limbs::Survey::new(a);
    let second = if square { first } else { limbs::Survey::new(b) };
    Facts::Integers {
        bits: (first.bits, second.bits),
        signed: first.negative || second.negative,
        limbs: Some((first.limbs, second.limbs)),
    }
}

/// The window of a product, into dirty rows of `width` limbs.
fn execute_integers(
    plan: &Plan,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    shape: &Shape,
    width: usize,
    out: &mut [u64],
) -> Result<()> {
    let Some(piece) = piece(plan, shape) else { return execute_whole(plan, a, b, shape, width, out) };
    for (start, out) in shape.window.clone().step_by(piece).zip(out.chunks_mut(piece * width)) {
        let cut = window::trim(a.len(), b.len(), &(start..start + out.len() / width));
        let (a, b) = (a.range(cut.a), b.range(cut.b));
        let part = Shape { a: a.len(), b: b.len(), window: cut.window, square: false };
        execute_whole(plan, a, b, &part, width, out)?;
    }
    Ok(())
}

/// How many outputs of a product of a long operand and a short one are computed at a time, where that is not all: what is
/// needed beside them then stays in a cache, and in the memory that the thread keeps.
fn piece(plan: &Plan, shape: &Shape) -> Option<usize> {
    let (short, outputs) = (shape.a.min(shape.b), shape.window.len());
    let least = match plan {
        Plan::Leaves { .. } => 64 * short,
        Plan::Schoolbook { .. } | Plan::Sums { .. } => 0,
        // The short operand is transformed once more for each piece.
        Plan::Ntt(ntt) if ntt.chunk == 0 && ntt.block > 0 => 16 * ntt.block,
        _ => return None,
    };
    let piece = least.max(tuning::PIECE);
    let count = outputs / piece;
    (count > 1 && !shape.square && shape.a.max(shape.b) >= 4 * short).then(|| outputs.div_ceil(count))
}

/// The same without pieces.
fn execute_whole(
    plan: &Plan,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    shape: &Shape,
    width: usize,
    out: &mut [u64],
) -> Result<()> {
    match plan {
        Plan::Karatsuba { cutoff } => {
            let full = a.len() + b.len() - 1;
            if shape.window == (0..full) {
                return karatsuba::integers_into(out, width, a, b, *cutoff);
            }
            let mut product = scratch::take(full * width)?;
            karatsuba::integers_into(&mut product, width, a, b, *cutoff)?;
            out.copy_from_slice(&product[shape.window.start * width..shape.window.end * width]);
            Ok(())
        }
        Plan::Sums { fold, .. } => {
            let unit = short::unit(backend()?).expect("planned for this back end");
            let kind = if *fold == 0 { Kind::Wrapping } else { Kind::Halves { fold: *fold } };
            let window = shape.window.clone();
            if a.width() == 1 && b.width() == 1 {
                return unit.sums(kind, (out, width), (a.limbs(), b.limbs()), window);
            }
            let mut words = scratch::take(a.len() + b.len())?;
            let (x, y) = words.split_at_mut(a.len());
            x.iter_mut().zip(a.rows()).for_each(|(x, row)| *x = row[0]);
            y.iter_mut().zip(b.rows()).for_each(|(y, row)| *y = row[0]);
            unit.sums(kind, (out, width), (x, y), window)
        }
        Plan::Leaves { .. } => {
            let unit = short::unit(backend()?).expect("planned for this back end");
            let bits = a.bits().max(b.bits());
            unit.leaves((out, width), (a, b), bits, shape.window.clone(), shape.square)
        }
        Plan::Kronecker { slot } => {
            out.copy_from_slice(kronecker::packed(*slot, a, b, shape, width)?.limbs());
            Ok(())
        }
        Plan::Ntt(ntt) if ntt.chunk > 0 => kronecker::chunked_into(ntt, a, b, shape, out, width),
        Plan::Ntt(ntt) => ntt::product::integers_into(ntt, a, b, shape, out, width),
        Plan::Schoolbook { .. } => {
            schoolbook::integers_into(out, width, a, b, shape.window.clone(), shape.square)
        }
        Plan::ExactFft(layout) => {
            // The plan admits only operands and results whose values fit one word, in rows of any width.
            let words = |v: IntegerSlice<'_>| v.rows().map(|row| row[0]).collect::<Vec<_>>();
            let window = shape.window.clone();
            let product = match (a.width(), b.width()) {
                (1, 1) => float_fft::integers_by(layout, a.limbs(), b.limbs(), window),
                _ if shape.square => {
                    let a = words(a);
                    float_fft::integers_by(layout, &a, &a, window)
                }
                _ => float_fft::integers_by(layout, &words(a), &words(b), window),
            };
            out.copy_from_slice(&product);
            Ok(())
        }
        Plan::Fft { .. } => unreachable!("the plan of floats only"),
    }
}

/// Whether two slices are one and the same.
fn same<T>(a: &[T], b: &[T]) -> bool {
    std::ptr::eq(a, b)
}

#[cfg(test)]
mod tests;
