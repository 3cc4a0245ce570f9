//! Products of integer sequences: from the operands to a plan, from a plan to the rows of the result.
//!
//! Apart from [`residues`](super::residues) because here the size of the coefficients is found first, and it decides how wide a row
//! of the result is. Nothing is multiplied here: each algorithm has a file of its own.

use super::{
    Algorithm, Want, backend, choose, direct, float_fft, karatsuba, kronecker, limbs, ntt,
    plan::{self, Facts, Plan, Shape},
    same, schoolbook,
    scratch::{self, Scratch},
    short::{self, sums::Kind},
    threads, tuning, window,
};
use crate::{
    Result,
    integer::{IntegerSlice, IntegerVec},
    limit,
};

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
    if want.may_be(Algorithm::Schoolbook) && a.len().min(b.len()) > 0 {
        let window = want.window(a.len(), b.len());
        if !window.is_empty() && direct::integers_into(a, b, window, out)? {
            return Ok(());
        }
    }
    let Some(task) = Task::new(a, b, None, want)? else { return out.reset(0, 1) };
    out.reset(task.shape.window.len(), task.width)?;
    task.execute(out.limbs_mut())
}

/// Rows in working memory, in place of an [`IntegerVec`] that lives for one product.
pub(crate) struct Rows {
    pub(super) limbs: Scratch,
    pub(super) width: usize,
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
pub(super) struct Task<'a> {
    pub(super) plan: Plan,
    pub(super) a: IntegerSlice<'a>,
    pub(super) b: IntegerSlice<'a>,
    pub(super) shape: Shape,
    /// Limbs of a row of the result.
    pub(super) width: usize,
}

impl<'a> Task<'a> {
    /// Plans a product and holds it against the limit; `None` when nothing is wanted. Facts are those of the whole operands.
    pub(super) fn new(
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
    pub(super) fn execute(&self, out: &mut [u64]) -> Result<()> {
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

/// What the planner has to know of two integer sequences, in one pass over each.
pub(crate) fn integer_facts(a: IntegerSlice<'_>, b: IntegerSlice<'_>, square: bool) -> Facts {
    let many = !square && threads::many(a.limbs().len().min(b.limbs().len()) / 16, 1);
    let survey = |rows| limbs::Survey::new(rows);
    let (first, second) = threads::join(many, || survey(a), || if square { None } else { Some(survey(b)) });
    let second = second.unwrap_or(first);
    Facts::Integers {
        bits: (first.bits, second.bits),
        signed: first.negative || second.negative,
        limbs: Some((first.limbs, second.limbs)),
    }
}

/// The window of a product, into dirty rows of `width` limbs.
pub(super) fn execute_integers(
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
        Plan::Ntt(ntt) if ntt.is_whole() && ntt.block > 0 => 16 * ntt.block,
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
        Plan::Sums { bits, fold, .. } => {
            let unit = short::unit(backend()?).expect("planned for this back end");
            let kind = match bits {
                16 => Kind::Pairs,
                32 => Kind::Halves { fold: *fold },
                _ => Kind::Wrapping,
            };
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
        Plan::Kronecker { slot } => kronecker::packed_into(*slot, a, b, shape, out, width),
        Plan::Ntt(ntt) if ntt.chunk > 0 => kronecker::chunked_into(ntt, a, b, shape, out, width),
        Plan::Ntt(ntt) if ntt.slice > 0 => ntt::product::slices_into(ntt, a, b, shape, out, width),
        Plan::Ntt(ntt) => ntt::product::integers_into(ntt, a, b, shape, out, width),
        Plan::Schoolbook { .. } => {
            schoolbook::integers_into(out, width, a, b, shape.window.clone(), shape.square)
        }
        Plan::ExactFft(layout) => {
            // The plan admits only operands and results whose values fit one word, in rows of any width.
            let window = shape.window.clone();
            if a.width() == 1 && b.width() == 1 {
                return float_fft::integers_by(layout, (a.limbs(), b.limbs()), window, out);
            }
            let words = |v: IntegerSlice<'_>| {
                let mut words = scratch::take(v.len())?;
                words.iter_mut().zip(v.rows()).for_each(|(word, row)| *word = row[0]);
                Ok(words)
            };
            let x = words(a)?;
            let other = if shape.square { None } else { Some(words(b)?) };
            float_fft::integers_by(layout, (&x, other.as_ref().unwrap_or(&x)), window, out)
        }
        Plan::Fft { .. } => unreachable!("the plan of floats only"),
    }
}
