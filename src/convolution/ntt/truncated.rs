//! The top layers of a long transform, as a list of steps on rows: [`Cut`], [`Program`].
//!
//! A transform of `n` points is cut into rows of equally many points. Its top layers combine rows, and leave in row `k` the residue
//! modulo `x^points - z_k`, which is a transform of its own. There are two reasons to do so:
//!
//! - Truncation. A product that needs slightly more than `2^k` points would pay for `2^(k+1)`. The first `m` rows
//!   determine a polynomial of degree below `m*points`: forward, rows beyond `m` are not computed; backward, what is not known
//!   in the frequency domain is known in the time domain (zeros), and one recursion exchanges the two.
//! - The cache. All top layers on some columns of all rows are done in one go ([`tiles`](super::tiles)), so that a transform
//!   beyond the cache reads and writes its memory once for up to six layers.
//!
//! Which steps these are depends on the shape alone. So the recursion runs once, and leaves a [`Program`] that knows which rows are
//! zero; every tile follows it. Where three layers are all needed they are one step on eight rows, which is read and written once.
//!
//! # Source
//! J. van der Hoeven, "The truncated Fourier transform and applications", ISSAC 2004; here on rows, so that the recursion
//! costs nothing.

use super::{
    Kernel,
    prime::{Prime, Twiddle},
};
use crate::convolution::tuning;
use std::{
    ops::Range,
    sync::{Arc, PoisonError, RwLock},
};

/// Rows at most.
pub(super) const MOST_ROWS: usize = 64;

/// Points of a row at least: below them a row is not worth the vectors of a vector unit.
const MIN_POINTS: usize = 64;

/// How a transform is cut into rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Rows that are computed.
    pub(super) known: usize,
    /// Rows of the whole transform, a power of two.
    pub(super) rows: usize,
    /// Points of a row, a power of two.
    pub(super) points: usize,
}

/// Rows of a transform of `size` points, a power of two.
fn rows_of(size: usize) -> usize {
    let rows = if size < tuning::TILED_POINTS { 16 } else { MOST_ROWS };
    rows.min(size.div_ceil(MIN_POINTS))
}

impl Cut {
    /// Of a transform of a truncated length, or of one that is not done as a whole, for its size or for the sake of
    /// `many` threads.
    pub(super) fn of(length: usize, many: bool) -> Option<Cut> {
        let size = length.next_power_of_two();
        let rows = rows_of(size);
        let whole = length == size && (size < tuning::TILED_POINTS && !many || rows == 1);
        (!whole).then(|| Cut { known: length / (size / rows), rows, points: size / rows })
    }

    /// Whether rows are left out.
    pub(super) fn is_truncated(self) -> bool {
        self.known < self.rows
    }
}

/// The shortest length of at least `n` points.
pub(super) fn length(n: usize) -> usize {
    let size = n.next_power_of_two();
    n.next_multiple_of(size / rows_of(size))
}

/// What is done to rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `x = 0`.
    Clear,
    /// `y = x`.
    Copy,
    /// `(x, y) = (x + w*y, x - w*y)`.
    Split,
    /// `x += w*y`.
    Add,
    /// `x -= w*y`.
    Sub,
    /// `(x, y) = (x - w*y, x - 2*w*y)`.
    Exchange,
    /// `(x, y) = (x + y, (x - y) * w)`.
    Join,
    /// `(x, y) = ((x + y) * v, (x - y) * w)`.
    Halve,
    /// Three layers of splits on eight rows.
    Eight,
    /// The same where the last four rows are zero, whatever stands there.
    Half,
    /// Three layers of joins on eight rows.
    Back,
    /// The same, times `v`.
    BackHalve,
}

/// Factors of a step, as the kernel has [factors](Kernel::factor): of two rows, `w` first; of eight, those of the first layer, of the
/// second, of the third. `v` last.
pub(super) type Factors = [[u64; 2]; 8];

/// One step of a program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) kind: Kind,
    /// The first row.
    pub(super) x: usize,
    /// The second one, behind it; of eight, all at this distance.
    pub(super) y: usize,
    /// Which of the factors.
    pub(super) factors: usize,
}

/// The steps of the top layers.
pub(crate) struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) factors: Vec<Factors>,
    /// Rows of the whole transform.
    pub(super) rows: usize,
    /// Rows that are read. Those that are left hold words below `4p` forward, below `2p` back.
    pub(super) given: usize,
    /// What the words that are read are below, in units of `p`.
    pub(super) bound: u64,
}

/// A program that is being written.
struct Writer<'a> {
    kernel: &'a dyn Kernel,
    prime: &'a Prime,
    table: Arc<Vec<Twiddle>>,
    steps: Vec<Step>,
    factors: Vec<Factors>,
    /// Rows that are zero, and whose words are anything.
    zero: [bool; MOST_ROWS],
}

impl<'a> Writer<'a> {
    fn new(kernel: &'a dyn Kernel, prime: &'a Prime, (block, rows): (usize, usize), given: usize) -> Self {
        let mut zero = [true; MOST_ROWS];
        zero[..given].fill(false);
        let (steps, factors) = (Vec::with_capacity(2 * rows), Vec::with_capacity(rows));
        Writer { kernel, prime, table: prime.table((block + 1) * rows), steps, factors, zero }
    }

    fn factor(&self, value: u64) -> [u64; 2] {
        self.kernel.factor(self.prime, value)
    }

    fn root(&self, block: usize) -> u64 {
        self.prime.root(&self.table, block).value
    }

    /// `1/w`.
    fn inverse_root(&self, block: usize) -> u64 {
        self.prime.p() - self.prime.negative_inverse_root(&self.table, block).value
    }

    /// Factors for the steps that follow: the roots of three layers, or of one.
    fn roots(&mut self, block: usize, layers: usize, root: impl Fn(&Self, usize) -> u64) {
        let indices =
            [block, 2 * block, 2 * block + 1, 4 * block, 4 * block + 1, 4 * block + 2, 4 * block + 3];
        let mut factors = [self.factor(root(self, block)); 8];
        for (factor, index) in factors.iter_mut().zip(indices).take(if layers == 3 { 7 } else { 1 }) {
            *factor = self.factor(root(self, index));
        }
        self.factors.push(factors);
    }

    /// A row that is read.
    fn present(&mut self, row: usize) {
        if std::mem::take(&mut self.zero[row]) {
            self.steps.push(Step { kind: Kind::Clear, x: row, y: row, factors: 0 });
        }
    }

    /// A step on two rows with the factors pushed last.
    fn two(&mut self, kind: Kind, x: usize, y: usize) {
        self.present(x);
        if kind != Kind::Copy {
            self.present(y);
        }
        self.zero[y] = false;
        self.steps.push(Step { kind, x, y, factors: self.factors.len() - 1 });
    }

    /// A step on eight rows, of which the first `read` are read.
    fn eight(&mut self, kind: Kind, x: usize, stride: usize, read: usize) {
        (0..read).for_each(|k| self.present(x + k * stride));
        (read..8).for_each(|k| self.zero[x + k * stride] = false);
        self.steps.push(Step { kind, x, y: stride, factors: self.factors.len() - 1 });
    }

    /// The residues modulo the first `known` of `blocks` moduli, whose first one is `block`; the first `filled` rows are not zero.
    fn forward(&mut self, row: usize, (block, blocks): (usize, usize), known: usize, filled: usize) {
        if blocks == 1 || known == 0 {
            return;
        }
        let half = blocks / 2;
        if blocks >= 8 && known > half {
            let stride = blocks / 8;
            self.roots(block, 3, Self::root);
            for j in 0..stride.min(filled) {
                let is_half = (filled - j).div_ceil(stride) <= 4;
                let (kind, read) = if is_half { (Kind::Half, 4) } else { (Kind::Eight, 8) };
                self.eight(kind, row + j, stride, read);
            }
            for k in 0..8 {
                let known = known.saturating_sub(k * stride).min(stride);
                self.forward(row + k * stride, (8 * block + k, stride), known, filled.min(stride));
            }
            return;
        }
        let right = known.saturating_sub(half);
        let present = filled.saturating_sub(half);
        self.roots(block, 1, Self::root);
        let kind = if right > 0 { Kind::Split } else { Kind::Add };
        for x in row..row + present {
            self.two(kind, x, x + half);
        }
        let filled = filled.min(half);
        if right > 0 {
            // Where y is zero, both halves are x.
            for x in row + present..row + filled {
                self.two(Kind::Copy, x, x + half);
            }
            self.forward(row + half, (2 * block + 1, half), right, filled);
        }
        self.forward(row, (2 * block, half), known.min(half), filled);
    }

    /// On entry the first `known` rows are transformed and the others are coefficients; on return the first
    /// `known` are coefficients.
    fn inverse(&mut self, row: usize, (block, blocks): (usize, usize), known: usize, halve: bool) {
        if blocks == 1 || known == 0 {
            return;
        }
        let half = blocks / 2;
        if known < half {
            self.roots(block, 1, Self::root);
            let factors = self.factors.len() - 1;
            for x in row + known..row + half {
                if !self.zero[x + half] {
                    self.two(Kind::Add, x, x + half);
                }
            }
            self.inverse(row, (2 * block, half), known, halve);
            for x in row..row + known {
                if !self.zero[x + half] {
                    self.steps.push(Step { kind: Kind::Sub, x, y: x + half, factors });
                }
            }
            return;
        }
        let m = self.prime.modulus();
        if known == blocks && blocks >= 8 {
            let stride = blocks / 8;
            for k in 0..8 {
                self.inverse(row + k * stride, (8 * block + k, stride), stride, halve);
            }
            self.roots(block, 3, Self::inverse_root);
            if halve {
                let eighth = self.prime.inverse_length(8);
                let scaled = m.mul(self.inverse_root(block), eighth);
                let (first, v) = (self.factor(scaled), self.factor(eighth));
                let factors = self.factors.last_mut().expect("pushed");
                (factors[0], factors[7]) = (first, v);
            }
            for x in row..row + stride {
                self.eight(if halve { Kind::BackHalve } else { Kind::Back }, x, stride, 8);
            }
            return;
        }
        self.inverse(row, (2 * block, half), half, halve);
        let right = known - half;
        // x + w*y stands in the left half. Where y is known: x - w*y = (x + w*y) - 2*w*y.
        self.roots(block, 1, Self::root);
        for x in row + right..row + half {
            let kind = if self.zero[x + half] { Kind::Copy } else { Kind::Exchange };
            self.two(kind, x, x + half);
        }
        self.inverse(row + half, (2 * block + 1, half), right, halve);
        self.roots(block, 1, Self::inverse_root);
        if halve {
            let two = self.prime.inverse_length(2);
            let (w, v) = (self.factor(m.mul(self.inverse_root(block), two)), self.factor(two));
            let factors = self.factors.last_mut().expect("pushed");
            (factors[0], factors[7]) = (w, v);
        }
        for x in row..row + right {
            self.two(if halve { Kind::Halve } else { Kind::Join }, x, x + half);
        }
    }
}

impl Program {
    /// From coefficients to the residues of the first rows; coefficients from row `given` on are zero, and not read.
    pub(super) fn forward(kernel: &dyn Kernel, prime: &Prime, cut: Cut, given: usize) -> Arc<Program> {
        let key = Key { known: cut.known, rows: cut.rows, given: Some(given) };
        kernel.programs(prime).get(key, || Program::forward_block(kernel, prime, cut, 0, (given, 4)))
    }

    /// The same of block `block` of a longer transform, from words below `bound` times p.
    pub(super) fn forward_block(
        kernel: &dyn Kernel,
        prime: &Prime,
        Cut { known, rows, .. }: Cut,
        block: usize,
        (given, bound): (usize, u64),
    ) -> Program {
        let mut writer = Writer::new(kernel, prime, (block, rows), given);
        writer.forward(0, (block, rows), known, given);
        let Writer { steps, factors, .. } = writer;
        Program { steps, factors, rows, given, bound }
    }

    /// From the residues of the first rows to coefficients, of which those beyond are zero. A whole transform comes back times the
    /// number of its rows.
    pub(super) fn inverse(kernel: &dyn Kernel, prime: &Prime, cut: Cut) -> Arc<Program> {
        let key = Key { known: cut.known, rows: cut.rows, given: None };
        kernel.programs(prime).get(key, || Program::inverse_block(kernel, prime, cut, 0))
    }

    /// The same of block `block` of a longer transform.
    pub(super) fn inverse_block(kernel: &dyn Kernel, prime: &Prime, cut: Cut, block: usize) -> Program {
        let Cut { known, rows, .. } = cut;
        let mut writer = Writer::new(kernel, prime, (block, rows), known);
        writer.inverse(0, (block, rows), known, cut.is_truncated());
        let Writer { steps, factors, .. } = writer;
        Program { steps, factors, rows, given: known, bound: 2 }
    }
}

/// Which program: back where nothing is given.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    known: usize,
    rows: usize,
    given: Option<usize>,
}

/// Programs that a prime keeps for one kind of factors: of a transform of some hundred points they take a tenth of the time, and products of
/// one shape, one after the other, ask for the same ones. Short ones, of some 4 KiB, have [`KEPT`] places, each its own: what is asked for
/// takes the place of another. Long ones, of some 12 KiB, are the [`KEPT_LONG`] that were written last: a product asks for one or two forward and one back, so that
/// four shapes in turn find theirs.
#[derive(Default)]
pub(crate) struct Programs(RwLock<Vec<Option<Kept>>>);

/// One of them.
type Kept = (Key, Arc<Program>);

/// How many short ones.
const KEPT: usize = 32;

/// How many long ones.
const KEPT_LONG: usize = 12;

/// Rows of short programs.
const SHORT_ROWS: usize = 16;

impl Key {
    /// Where it may be kept.
    fn places(self) -> Range<usize> {
        if self.rows > SHORT_ROWS {
            return KEPT..KEPT + KEPT_LONG;
        }
        let place = (self.known + self.given.map_or(KEPT / 2, |given| 5 * given)) % KEPT;
        place..place + 1
    }
}

impl Programs {
    fn get(&self, key: Key, write: impl FnOnce() -> Program) -> Arc<Program> {
        let find = |kept: &[Option<Kept>]| {
            let mut kept = kept.get(key.places())?.iter().flatten();
            kept.find(|(of, _)| *of == key).map(|(_, program)| Arc::clone(program))
        };
        if let Some(program) = find(&self.0.read().unwrap_or_else(PoisonError::into_inner)) {
            return program;
        }
        let program = Arc::new(write());
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        kept.resize(KEPT + KEPT_LONG, None);
        // Another thread may have been faster.
        find(&kept).unwrap_or_else(|| {
            let places = &mut kept[key.places()];
            places.rotate_right(1);
            places[0] = Some((key, Arc::clone(&program)));
            program
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_kept_is_not_written_again() {
        let programs = Programs::default();
        let written = |key: Key| {
            let mut written = false;
            let program = programs.get(key, || {
                written = true;
                let (steps, factors) = (Vec::new(), Vec::new());
                Program { steps, factors, rows: key.rows, given: key.given.unwrap_or(key.known), bound: 2 }
            });
            assert_eq!((program.rows, program.given), (key.rows, key.given.unwrap_or(key.known)));
            written
        };
        for rows in [16, MOST_ROWS] {
            // Those of a product.
            let known = rows / 2 + 3;
            let product = [Some(rows / 4), Some(rows / 2), None].map(|given| Key { known, rows, given });
            assert_eq!(product.map(written), [true; 3]);
            assert_eq!(product.map(written), [false; 3]);
            // What differs in one number is another one.
            assert!(written(Key { known: known + 1, rows, given: None }));
            assert!(!written(product[2]) && !written(product[0]));
        }
        let long = |known| Key { known, rows: MOST_ROWS, given: Some(1) };
        assert!((33..=33 + KEPT_LONG).all(|known| written(long(known))));
        assert!(
            !written(long(33 + KEPT_LONG)) && written(long(33)),
            "the first one is gone, the last one stays"
        );
    }
}
