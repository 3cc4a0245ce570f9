//! A product through transforms: operands to residues, transform, multiply, transform back, reconstruct.
//!
//! One prime at a time, so that its two buffers stay in the cache; primes and outputs in parallel above a
//! measured size. An operand much longer than the other is cut into blocks, overlapping by the shorter length,
//! against one prepared transform of the shorter operand.

mod gaussian;
mod slices;

pub(in crate::convolution) use gaussian::gaussian_into;
pub(in crate::convolution) use slices::slices_into;

use super::{
    Kernel, backend,
    chunks::{self, Chunks, Joint},
    prime::{Family, Prime, user_prime},
    simd::Planes,
    split,
    spread::Spread,
    values::Transform,
    wide,
};
use crate::{
    Result,
    convolution::{
        crt::{Basis, Crt, Modular, Modulus},
        plan::{Ntt, Shape},
        scratch::{self, Scratch},
        threads, tuning,
    },
    integer::{BigModulus, IntegerSlice, WordModulus},
    limit,
};
use std::{ops::Range, sync::Arc};

/// What is transformed.
#[derive(Clone, Copy)]
pub(in crate::convolution) enum Source<'a> {
    /// Integers of several limbs.
    Rows(IntegerSlice<'a>),
    /// The same with their digits laid out for a vector unit.
    Planes(IntegerSlice<'a>, &'a Planes),
    /// Residues modulo a word, taken as the integers closest to zero; modulo 0, signed integers.
    Words(&'a [u64], u64),
    /// Residues modulo the prime of the transform.
    Direct(&'a [u64]),
    /// Integers in chunks, for two primes.
    Chunks(Chunks<'a>),
    /// A sequence in blocks with zeros between them.
    Spread(&'a Source<'a>, Spread),
}

impl<'a> Source<'a> {
    pub(in crate::convolution) fn rows(rows: IntegerSlice<'a>, planes: &'a Option<Planes>) -> Self {
        match planes {
            Some(planes) => Source::Planes(rows, planes),
            None if rows.width() == 1 => Source::Words(rows.limbs(), 0),
            None => Source::Rows(rows),
        }
    }

    pub(in crate::convolution) fn len(&self) -> usize {
        match self {
            Source::Rows(rows) | Source::Planes(rows, _) => rows.len(),
            Source::Words(words, _) | Source::Direct(words) => words.len(),
            Source::Chunks(chunks) => chunks.len(),
            Source::Spread(source, spread) => spread.len(source.len()),
        }
    }

    /// Residues below 4p of coefficients `range` at the start of `out`.
    pub(super) fn fill(&self, kernel: &dyn Kernel, prime: &Prime, range: Range<usize>, out: &mut [u64]) {
        match self {
            Source::Direct(words) => out[..range.len()].copy_from_slice(&words[range]),
            Source::Words(words, n) => kernel.split_words(prime, &words[range], *n, out),
            Source::Chunks(chunks) => {
                let len = range.len();
                let cut =
                    |row: &[u64], first, out: &mut [u64]| kernel.cut_chunks(row, first, chunks.bits, out);
                chunks.fill(prime, range, &mut out[..len], cut);
            }
            Source::Rows(rows) => split::rows(prime, rows.range(range), out),
            Source::Planes(_, planes) => {
                let len = range.len();
                kernel.split_planes(prime, planes, range, &mut out[..len]);
            }
            Source::Spread(source, spread) => spread.fill(range, out, |range, out| {
                source.fill(kernel, prime, range, out);
            }),
        }
    }
}

/// A zeroed buffer, or an error when there is no memory for it.
pub(in crate::convolution) fn buffer(len: usize) -> Result<Vec<u64>> {
    let mut buffer = Vec::new();
    buffer
        .try_reserve_exact(len)
        .map_err(|_| crate::Error::limit(format!("no memory for {} bytes of a transform", 8 * len)))?;
    crate::pages::large(&mut buffer);
    buffer.resize(len, 0);
    Ok(buffer)
}

/// One product modulo one prime: the residues of the window, times [`Task::scale`].
struct Task<'a> {
    kernel: &'static dyn Kernel,
    a: Source<'a>,
    b: Source<'a>,
    shape: &'a Shape,
    plan: &'a Ntt,
}

impl Task<'_> {
    fn transform<'p>(&self, prime: &'p Prime) -> Transform<'p> {
        Transform { kernel: self.kernel, prime, length: self.plan.length }
    }

    /// By what the residues have to be multiplied.
    fn scale(&self, prime: &Prime) -> u64 {
        self.transform(prime).scale()
    }

    /// Words that [`residues`](Self::residues) needs.
    fn room(&self) -> usize {
        if self.plan.block > 0 { self.shape.window.len() } else { self.plan.length }
    }

    /// Points of all transforms modulo one prime.
    fn points(&self) -> usize {
        if self.plan.block > 0 { self.a.len().max(self.b.len()) } else { self.plan.length }
    }

    /// Where the window stands among those words.
    fn window(&self) -> Range<usize> {
        // Wrapped around, it is where it would be.
        if self.plan.block > 0 { 0..self.shape.window.len() } else { self.shape.window.clone() }
    }

    /// In [`room`](Self::room) words, on several threads where `many`.
    fn residues(&self, prime: &Prime, values: &mut [u64], many: bool) -> Result<()> {
        if self.plan.block > 0 {
            return self.blocks(prime, values, many);
        }
        let (transform, length) = (self.transform(prime), self.plan.length);
        if self.shape.square {
            transform.product(self.a, None, values, many);
        } else {
            let mut other = scratch::take(length)?;
            transform.product(self.a, Some((self.b, &mut other)), values, many);
        }
        Ok(())
    }

    /// The longer operand block by block.
    fn blocks(&self, prime: &Prime, out: &mut [u64], many: bool) -> Result<()> {
        let (long, short) = if self.a.len() >= self.b.len() { (self.a, self.b) } else { (self.b, self.a) };
        let transform = self.transform(prime);
        let mut prepared = scratch::take(transform.length)?;
        transform.forward(short, &mut prepared);
        let overlap = short.len() - 1;
        out.fill(0);
        let blocks = Blocks { transform, prepared: &prepared, long, overlap, block: self.plan.block };
        blocks.add(0..long.len(), self.shape.window.start, out, many)
    }
}

/// The blocks of a long operand against the transform of a short one.
struct Blocks<'a> {
    transform: Transform<'a>,
    prepared: &'a [u64],
    long: Source<'a>,
    /// Coefficients that a block shares with the next one.
    overlap: usize,
    /// Coefficients of a block.
    block: usize,
}

impl Blocks<'_> {
    /// Adds the product of coefficients `range`, which start with a block, to `out`, which starts at coefficient `first`.
    fn add(&self, range: Range<usize>, first: usize, out: &mut [u64], many: bool) -> Result<()> {
        // What starts beyond the end, or ends before the start, is not wanted.
        let range = range.start..range.end.min(first + out.len());
        if range.is_empty() || range.end + self.overlap <= first {
            return Ok(());
        }
        let count = range.len().div_ceil(self.block);
        let middle = range.start + count / 2 * self.block;
        if many && count > 1 && threads::many(count * self.transform.length / 4, 1) {
            // The left half ends within the right one: that part apart, and added in the end.
            let (left, right) = out.split_at_mut(middle.clamp(first, first + out.len()) - first);
            let start = first + left.len();
            let mut shared = scratch::take(self.overlap.min(right.len()))?;
            shared.fill(0);
            let (x, y) = threads::join(
                true,
                || {
                    self.add(range.start..middle, first, left, many)?;
                    self.last(range.start..middle, start, &mut shared)
                },
                || self.add(middle..range.end, start, right, many),
            );
            right.iter_mut().zip(shared.iter()).for_each(|(out, x)| *out += x);
            return x.and(y);
        }
        let mut values = scratch::take(self.transform.length)?;
        for start in range.clone().step_by(self.block) {
            self.one(start..(start + self.block).min(range.end), first, out, &mut values);
        }
        Ok(())
    }

    /// What the last block of a range adds from coefficient `first` on, which is not before the end of the range.
    fn last(&self, range: Range<usize>, first: usize, out: &mut [u64]) -> Result<()> {
        let mut values = scratch::take(self.transform.length)?;
        self.one(range.end - self.block..range.end, first, out, &mut values);
        Ok(())
    }

    fn one(&self, range: Range<usize>, first: usize, out: &mut [u64], values: &mut [u64]) {
        let (start, end) = (range.start, range.end + self.overlap);
        let (from, to) = (start.max(first), end.min(first + out.len()));
        if from >= to {
            return;
        }
        let Transform { kernel, prime, length } = self.transform;
        self.transform.forward_range(self.long, range, values);
        kernel.pointwise(prime, &mut values[..length], &self.prepared[..length]);
        self.transform.inverse(values);
        for (out, &x) in out[from - first..to - first].iter_mut().zip(&values[from - start..to - start]) {
            // A block is at least as long as the overlap, so that two blocks meet at most: below 4p.
            *out += prime.reduce(x);
        }
    }
}

/// Words modulo several primes, prime by prime in one buffer.
pub(in crate::convolution) struct Residues {
    words: Scratch,
    /// Modulo each prime.
    room: usize,
    /// From one prime to the next: lines of the cache, an odd number, since remaindering reads the same place of all.
    stride: usize,
}

impl Residues {
    /// `room` words of any contents modulo each of so many primes.
    ///
    /// # Errors
    /// Kind limit, where memory is refused.
    pub(in crate::convolution) fn take(primes: usize, room: usize) -> Result<Self> {
        const LINE: usize = 8;
        let stride = (room.div_ceil(LINE) | 1) * LINE;
        Ok(Residues { words: scratch::take(primes * stride)?, room, stride })
    }

    /// Those modulo each prime, to write.
    pub(in crate::convolution) fn each(&mut self) -> impl Iterator<Item = &mut [u64]> {
        self.words.chunks_exact_mut(self.stride).map(|words| &mut words[..self.room])
    }

    /// Those modulo prime `i`.
    pub(in crate::convolution) fn of(&self, i: usize) -> &[u64] {
        &self.words[i * self.stride..][..self.room]
    }

    /// What `f` makes of a range of those modulo each prime.
    pub(in crate::convolution) fn view<T>(&self, range: Range<usize>, f: impl FnOnce(&[&[u64]]) -> T) -> T {
        let mut views: [&[u64]; tuning::NTT_MAX_PRIMES] = [&[]; _];
        let each = self.words.chunks_exact(self.stride).map(|words| &words[range.clone()]);
        let count = each.len();
        if count > views.len() {
            // Powers may have so many.
            return f(&each.collect::<Vec<_>>());
        }
        views.iter_mut().zip(each).for_each(|(view, words)| *view = words);
        f(&views[..count])
    }
}

/// The residues modulo all primes: whole primes side by side as long as there is one for every thread, the others each on several
/// threads.
fn residues(task: &Task<'_>, primes: &[Arc<Prime>], residues: &mut Residues) -> Result<()> {
    let points = task.points();
    let left = threads::left(points, primes.len());
    let whole = primes.len() - left;
    let many = threads::many(points, primes.len());
    let mut each = residues.each();
    threads::try_each(each.by_ref().take(whole), many && whole > 1, |i, values| {
        task.residues(&primes[i], values, false)
    })?;
    threads::try_each(each, many && left > 1, |i, values| task.residues(&primes[whole + i], values, true))
}

/// The window of a product of integers, into rows of `width` limbs.
pub(in crate::convolution) fn integers_into(
    plan: &Ntt,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    shape: &Shape,
    out: &mut [u64],
    width: usize,
) -> Result<()> {
    remaindered(plan, (a, b), None, shape, out, width, |kernel, crt, residues, first, out| {
        kernel.rows(crt, residues, first, width, out);
    })
}

/// The same modulo `n`, into rows that hold `n` and a sign bit.
pub(in crate::convolution) fn integers_mod_into(
    plan: &Ntt,
    n: &BigModulus,
    a: IntegerSlice<'_>,
    b: IntegerSlice<'_>,
    shape: &Shape,
    out: &mut [u64],
) -> Result<()> {
    let modular = Modular::of(Basis::of(plan.family, plan.primes), Modulus::Big(n.clone()));
    remaindered(plan, (a, b), None, shape, out, modular.width(), |kernel, crt, residues, first, out| {
        kernel.modular(crt, &modular, residues, first, out);
    })
}

/// The residues of a product of integers, each operand with zeros between blocks where it is spread, which `write` makes into rows of
/// `width` limbs.
fn remaindered(
    plan: &Ntt,
    (a, b): (IntegerSlice<'_>, IntegerSlice<'_>),
    spread: Option<[Spread; 2]>,
    shape: &Shape,
    out: &mut [u64],
    width: usize,
    write: impl Fn(&dyn Kernel, &Crt, &[&[u64]], usize, &mut [u64]) + Send + Sync,
) -> Result<()> {
    let kernel = backend()?.kernel();
    let many = threads::many(shape.a.max(shape.b), plan.primes);
    let planes =
        threads::join(many, || kernel.planes(a), || if shape.square { None } else { kernel.planes(b) });
    let dense = [Source::rows(a, &planes.0), Source::rows(b, &planes.1)];
    let [a, b] = match spread {
        None => dense,
        Some([x, y]) => [Source::Spread(&dense[0], x), Source::Spread(&dense[1], y)],
    };
    let task = Task { kernel, a, b, shape, plan };
    let basis = Basis::of(plan.family, plan.primes);
    let mut values = Residues::take(plan.primes, task.room())?;
    threads::inside(many, || {
        residues(&task, basis.primes(), &mut values)?;
        let crt = basis.crt(|prime| task.scale(prime));
        let many = threads::many(shape.window.len(), plan.primes);
        values.view(task.window(), |views| {
            threads::fill_outputs(out, width, many, |first, out| write(kernel, &crt, views, first, out));
        });
        Ok(())
    })
}

/// The window of a product of integers in chunks, `plan` and `shape` those of the chunks: whole rows of `width` limbs, `a.stride`
/// chunks each.
pub(in crate::convolution) fn chunks_into(
    plan: &Ntt,
    a: Chunks<'_>,
    b: Chunks<'_>,
    shape: &Shape,
    out: &mut [u64],
    width: usize,
) -> Result<()> {
    check_size(plan)?;
    if wide::is_wide(plan.chunk) {
        return wide_chunks_into(plan, a, b, shape, out, width);
    }
    let kernel = backend()?.kernel();
    let task = Task { kernel, a: Source::Chunks(a), b: Source::Chunks(b), shape, plan };
    let mut values = Residues::take(2, task.room())?;
    threads::inside(threads::many(plan.length, 2), || {
        residues(&task, chunks::pair(plan.family), &mut values)?;
        let residues = [0, 1].map(|i| &values.of(i)[task.window()]);
        let joint = Joint::new(plan.family, a.bits, a.signed, |prime| task.scale(prime));
        let many = threads::many(shape.window.len(), 1);
        threads::fill_outputs(out, width, many, |first, out| {
            for (k, row) in (first..).zip(out.chunks_exact_mut(width)) {
                let end = ((k + 1) * a.stride).min(shape.window.len());
                let part = |i: usize| &residues[i][k * a.stride..end];
                kernel.join_chunks(&joint, [part(0), part(1)], row);
            }
        });
        Ok(())
    })
}

/// The same in chunks of whole limbs.
fn wide_chunks_into(
    plan: &Ntt,
    a: Chunks<'_>,
    b: Chunks<'_>,
    shape: &Shape,
    out: &mut [u64],
    width: usize,
) -> Result<()> {
    let digits = (wide::digits(&a)?, if shape.square { None } else { Some(wide::digits(&b)?) });
    let limbs = plan.chunk as usize / 64;
    let x = IntegerSlice::new(&digits.0, limbs);
    let y = digits.1.as_ref().map_or(x, |digits| IntegerSlice::new(digits, limbs));
    let spread = [&a, &b].map(|chunks| Spread { block: chunks.count, stride: chunks.stride });
    remaindered(plan, (x, y), Some(spread), shape, out, width, |kernel, crt, residues, first, out| {
        wide::join(kernel, crt, residues, &a, (first, width), out);
    })
}

/// The window of a product of residues modulo a word.
pub(in crate::convolution) fn words_into(
    plan: &Ntt,
    n: &WordModulus,
    a: &[u64],
    b: &[u64],
    shape: &Shape,
    out: &mut [u64],
) -> Result<()> {
    let kernel = backend()?.kernel();
    if plan.direct {
        let prime = user_prime(n.modulus() as u64).expect("a direct plan has a prime modulus");
        let task = Task { kernel, a: Source::Direct(a), b: Source::Direct(b), shape, plan };
        let mut values = scratch::take(task.room())?;
        let many = threads::left(task.points(), 1) > 0;
        return threads::inside(many, || {
            task.residues(&prime, &mut values, many)?;
            let residues = &values[task.window()];
            let scale = prime.twiddle(task.scale(&prime));
            threads::fill_outputs(out, 1, many, |first, out| {
                out.copy_from_slice(&residues[first..first + out.len()]);
                kernel.scale(&prime, out, scale);
            });
            Ok(())
        });
    }
    let modulus = if n.is_wrapping() { 0 } else { n.modulus() as u64 };
    let task = Task { kernel, a: Source::Words(a, modulus), b: Source::Words(b, modulus), shape, plan };
    let basis = Basis::of(plan.family, plan.primes);
    let mut values = Residues::take(plan.primes, task.room())?;
    threads::inside(threads::many(task.points(), plan.primes), || {
        residues(&task, basis.primes(), &mut values)?;
        let crt = basis.crt(|prime| task.scale(prime));
        let modular = Modular::of(basis, Modulus::Word(*n));
        let many = threads::many(out.len(), plan.primes);
        values.view(task.window(), |views| {
            threads::fill_outputs(out, 1, many, |first, out| {
                kernel.modular(&crt, &modular, views, first, out);
            });
        });
        Ok(())
    })
}

/// The window of the `n`-th power of a sequence of integers, in rows of `width` limbs: the power of every value.
pub(in crate::convolution) fn integers_power_into(
    primes: usize,
    length: usize,
    f: IntegerSlice<'_>,
    n: u64,
    window: &Range<usize>,
    width: usize,
    out: &mut [u64],
) -> Result<()> {
    let family = Family::of_length(length);
    let plan = Ntt { primes, length, block: 0, direct: false, chunk: 0, slice: 0, family };
    check_size(&plan)?;
    let shape = Shape { a: f.len(), b: f.len(), window: window.clone(), square: true };
    let kernel = backend()?.kernel();
    let planes = kernel.planes(f);
    let source = Source::rows(f, &planes);
    let task = Task { kernel, a: source, b: source, shape: &shape, plan: &plan };
    let basis = Basis::of(family, primes);
    let many = primes > 1 && threads::many(length, primes);
    let mut values = Residues::take(primes, length)?;
    threads::try_each(values.each(), many, |i, values| task.power(&basis.primes()[i], n, values))?;
    let crt = basis.crt(|prime| task.power_scale(prime, n));
    let many = threads::many(window.len(), primes);
    values.view(window.clone(), |views| {
        threads::fill_outputs(out, width, many, |first, out| kernel.rows(&crt, views, first, width, out));
    });
    Ok(())
}

/// The window of the `e`-th power of a sequence of residues, modulo a prime that has transforms of this length.
pub(in crate::convolution) fn words_power(
    n: &WordModulus,
    f: &[u64],
    e: u64,
    length: usize,
    window: &Range<usize>,
) -> Result<Vec<u64>> {
    let plan = Ntt { primes: 1, length, block: 0, direct: true, chunk: 0, slice: 0, family: Family::Common };
    check_size(&plan)?;
    let prime = user_prime(n.modulus() as u64).expect("the caller has asked for its length");
    let shape = Shape { a: f.len(), b: f.len(), window: window.clone(), square: true };
    let source = Source::Direct(f);
    let kernel = backend()?.kernel();
    let task = Task { kernel, a: source, b: source, shape: &shape, plan: &plan };
    let mut values = scratch::take(length)?;
    task.power(&prime, e, &mut values)?;
    let mut out = values[window.clone()].to_vec();
    let scale = prime.twiddle(task.power_scale(&prime, e));
    kernel.scale(&prime, &mut out, scale);
    Ok(out)
}

impl Task<'_> {
    /// The residues of `a^n`, times [`Task::power_scale`].
    fn power(&self, prime: &Prime, n: u64, values: &mut [u64]) -> Result<()> {
        let (transform, used) = (self.transform(prime), self.plan.length);
        let mut base = scratch::take(transform.length)?;
        transform.forward(self.a, &mut base);
        values[..used].copy_from_slice(&base[..used]);
        for bit in (0..n.ilog2()).rev() {
            self.kernel.square(prime, &mut values[..used]);
            if n >> bit & 1 == 1 {
                self.kernel.pointwise(prime, &mut values[..used], &base[..used]);
            }
        }
        transform.inverse(values);
        Ok(())
    }

    /// Of `n - 1` pointwise products.
    fn power_scale(&self, prime: &Prime, n: u64) -> u64 {
        let m = prime.modulus();
        let unfactor = self.kernel.unfactor(prime);
        let once = m.inverse(unfactor).expect("a power of two");
        m.mul(self.scale(prime), m.mul(m.pow(unfactor, n - 1), once))
    }
}

/// Refuses what the buffers of a plan would need beyond [the limit](crate::limit).
pub(in crate::convolution) fn check_size(plan: &Ntt) -> Result<()> {
    let buffers = if plan.slice > 0 { 2 * plan.primes } else { plan.primes + 2 };
    limit::check_bytes(8 * plan.length as u64 * buffers as u64)
}
