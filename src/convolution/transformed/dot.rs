//! Sums of products, `c = sum over k of a_k * b_k`, with one transform back: entries of matrices of polynomials.
//!
//! Each pair is planned on its own. Pairs that would go through transforms of like lengths share a frame: two transforms a pair
//! and one for all of them, in place of three a pair. The others (short ones, unbalanced ones in blocks, coefficients in
//! chunks) are multiplied one by one and added.
//!
//! Eight products of lengths from 64 to 16384 together took 0.5 to 0.87 of the time that they took one by one, sums included:
//! `cargo bench --bench shapes -- sums`.

use super::{
    Frame, Operand,
    bound::Bound,
    frame::{Coefficients, centred_bound},
};
use crate::{
    Result,
    convolution::{
        Want, choose, coefficient, integer_facts, integers,
        ntt::product::Source,
        plan::{self, Facts, Plan, Shape},
        same, scratch, words_mod,
    },
    integer::{IntegerSlice, IntegerVec, WordModulus},
};
use std::ops::Range;

/// The sum of the products of pairs of integer sequences: exactly the rows of the wanted window, counted over the longest of the
/// products.
///
/// # Errors
/// As for [`integers`].
///
/// # Complexity
/// For k products by transforms, 2k transforms and one back; with k products one by one it would be 3k.
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, integers_dot}, integer::IntegerVec};
/// let [a, b, c, d] = [[1, 2], [3, 4], [5, 6], [7, 8]].map(|f| IntegerVec::from_i64s(&f));
/// let pairs = [(a.as_slice(), b.as_slice()), (c.as_slice(), d.as_slice())];
/// assert_eq!(integers_dot(&pairs, &Want::full())?.to_bigints(), [38, 92, 56].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn integers_dot(pairs: &[(IntegerSlice<'_>, IntegerSlice<'_>)], want: &Want) -> Result<IntegerVec> {
    let full = pairs.iter().map(|(a, b)| full_length(a.len(), b.len())).max().unwrap_or(0);
    let window = want.window(full, 1);
    let part = want_by(&window, want);
    let mut sum = IntegerVec::try_zeros(window.len(), 1)?;
    let mut groups = Groups::default();
    for &(a, b) in pairs {
        let square = same(a.limbs(), b.limbs()) && a.width() == b.width();
        let (a, b) = (a.range(0..a.len().min(window.end)), b.range(0..b.len().min(window.end)));
        let shape = Shape { square, ..Shape::new(a.len(), b.len(), &part) };
        if shape.window.is_empty() {
            continue;
        }
        let facts = integer_facts(a, b, square);
        let plan = choose(&facts, &shape, want)?;
        let bits = (a.bits(), b.bits());
        let bound = Bound::of_bits(bits.0) * Bound::of_bits(bits.1);
        groups.add(&plan, (Operand::Integers(a), Operand::Integers(b)), shape, bound);
    }
    for group in groups.0 {
        match group.frame(&window, Coefficients::Integers)? {
            Some(frame) => {
                let mut product = group.with_sources(&frame, |pairs| {
                    frame.integers_of(group.window(&window), group.bound, |i, sum| {
                        accumulate(&frame, i, pairs, sum)
                    })
                })?;
                if sum.width() == 1 && sum.limbs().iter().all(|&l| l == 0) && product.len() == sum.len() {
                    std::mem::swap(&mut sum, &mut product);
                } else {
                    sum.try_add_assign_at(0, product.as_slice())?;
                }
            }
            None => {
                for (a, b) in &group.pairs {
                    let (Operand::Integers(a), Operand::Integers(b)) = (a, b) else {
                        unreachable!("added above")
                    };
                    sum.try_add_assign_at(0, integers(*a, *b, &part)?.as_slice())?;
                }
            }
        }
    }
    Ok(sum)
}

/// The sum of the products of pairs of sequences of residues modulo `n`: exactly the coefficients of the wanted window, counted
/// over the longest of the products.
///
/// # Units
/// Residues in `0..n`, in and out.
///
/// # Errors
/// As for [`integers`].
///
/// # Panics
/// In debug builds, when an operand is not reduced.
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, words_mod_dot}, integer::WordModulus};
/// let seven = WordModulus::new(7)?;
/// assert_eq!(words_mod_dot(&seven, &[(&[1, 2], &[3]), (&[4], &[5])], &Want::full())?, [2, 6]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn words_mod_dot(n: &WordModulus, pairs: &[(&[u64], &[u64])], want: &Want) -> Result<Vec<u64>> {
    let full = pairs.iter().map(|(a, b)| full_length(a.len(), b.len())).max().unwrap_or(0);
    let window = want.window(full, 1);
    let part = want_by(&window, want);
    let mut sum = Vec::new();
    let mut groups = Groups::default();
    let bound = Bound::new(centred_bound(n)) * Bound::new(centred_bound(n));
    for &(a, b) in pairs {
        let square = same(a, b);
        let (a, b) = (&a[..a.len().min(window.end)], &b[..b.len().min(window.end)]);
        let shape = Shape { square, ..Shape::new(a.len(), b.len(), &part) };
        if shape.window.is_empty() {
            continue;
        }
        let plan = choose(&Facts::Word { modulus: n.modulus() }, &shape, want)?;
        groups.add(&plan, (Operand::Words(a), Operand::Words(b)), shape, bound);
    }
    let mut add = |product: Vec<u64>| {
        if sum.is_empty() {
            sum = product;
            sum.resize(window.len(), 0);
        } else {
            coefficient::add(n, &mut sum, &product);
        }
    };
    for group in groups.0 {
        let coefficients = if group.direct { Coefficients::Direct(*n) } else { Coefficients::Residues(*n) };
        match group.frame(&window, coefficients)? {
            Some(frame) => add(group.with_sources(&frame, |pairs| {
                frame.words_of(group.window(&window), |i, sum| accumulate(&frame, i, pairs, sum))
            })?),
            None => {
                for (a, b) in &group.pairs {
                    let (Operand::Words(a), Operand::Words(b)) = (a, b) else { unreachable!("added above") };
                    add(words_mod(n, a, b, &part)?);
                }
            }
        }
    }
    sum.resize(window.len(), 0);
    Ok(sum)
}

fn full_length(m: usize, n: usize) -> usize {
    if m == 0 || n == 0 { 0 } else { m + n - 1 }
}

/// A window of every product, by the algorithm that is forced.
fn want_by(window: &Range<usize>, want: &Want) -> Want {
    let part = Want::range(window.clone());
    match want.algorithm() {
        Some(algorithm) => part.by(algorithm),
        None => part,
    }
}

/// Pairs that can share a frame, or that are multiplied one by one.
struct Group<'a> {
    pairs: Vec<(Operand<'a>, Operand<'a>)>,
    /// The power of two of their transforms; none, where one by one.
    class: Option<usize>,
    direct: bool,
    /// The longest product, and the longest operand.
    full: usize,
    longest: usize,
    bound: Bound,
}

#[derive(Default)]
struct Groups<'a>(Vec<Group<'a>>);

impl<'a> Groups<'a> {
    fn add(&mut self, plan: &Plan, pair: (Operand<'a>, Operand<'a>), shape: Shape, coefficients: Bound) {
        let (class, direct) = match plan {
            Plan::Ntt(ntt) if ntt.block == 0 && ntt.is_whole() => (
                Some(plan::whole_length(shape.a + shape.b - 1, shape.a.max(shape.b), &shape.window)),
                ntt.direct,
            ),
            _ => (None, false),
        };
        let class = class.map(usize::next_power_of_two);
        let at = self.0.iter().position(|group| group.class == class && group.direct == direct);
        let at = at.unwrap_or_else(|| {
            self.0.push(Group { pairs: Vec::new(), class, direct, full: 0, longest: 0, bound: Bound::ZERO });
            self.0.len() - 1
        });
        let group = &mut self.0[at];
        group.full = group.full.max(shape.a + shape.b - 1);
        group.longest = group.longest.max(shape.a.max(shape.b));
        group.bound = group.bound + coefficients * Bound::new(shape.a.min(shape.b) as u64);
        group.pairs.push(pair);
    }
}

/// A pair as the kernel reads it; no second operand, for a square.
type Sources<'a> = (Source<'a>, Option<Source<'a>>);

impl<'a> Group<'a> {
    /// The wanted coefficients of its products.
    fn window(&self, window: &Range<usize>) -> Range<usize> {
        window.start.min(self.full)..window.end.min(self.full)
    }

    /// What they share, where that saves a transform.
    fn frame(&self, window: &Range<usize>, coefficients: Coefficients) -> Result<Option<Frame>> {
        if self.class.is_none() || self.pairs.len() < 2 {
            return Ok(None);
        }
        let length = plan::whole_length(self.full, self.longest, &self.window(window));
        Frame::holding(length, self.bound, coefficients).map(Some)
    }

    /// Runs `f` with all pairs as the kernel reads them.
    fn with_sources<T>(&self, frame: &Frame, f: impl FnOnce(&[Sources<'_>]) -> T) -> T {
        let planes: Vec<_> = self.pairs.iter().map(|(a, b)| (a.planes(frame), b.planes(frame))).collect();
        let sources: Vec<Sources<'_>> = self
            .pairs
            .iter()
            .zip(&planes)
            .map(|((a, b), (x, y))| (a.source(frame, x), (!a.is(b)).then(|| b.source(frame, y))))
            .collect();
        f(&sources)
    }
}

/// The values of the sum of all products modulo prime `i`.
fn accumulate(frame: &Frame, i: usize, pairs: &[Sources<'_>], sum: &mut [u64]) -> Result<()> {
    let transform = frame.at(i);
    let (kernel, prime) = (transform.kernel, transform.prime);
    let (mut x, mut y) = (scratch::take(transform.length)?, scratch::take(transform.length)?);
    for (k, (a, b)) in pairs.iter().enumerate() {
        let first = if k == 0 { &mut *sum } else { &mut x[..] };
        transform.forward(*a, first);
        if let Some(b) = b {
            transform.forward(*b, &mut y);
        }
        match (k, b) {
            (0, None) => kernel.square(prime, sum),
            (0, Some(_)) => kernel.pointwise(prime, sum, &y),
            (_, None) => kernel.accumulate(prime, sum, &x, &x),
            (_, Some(_)) => kernel.accumulate(prime, sum, &x, &y),
        }
    }
    Ok(())
}
