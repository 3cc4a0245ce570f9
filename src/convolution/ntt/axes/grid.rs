//! [`Grid`]: one product of arrays modulo one prime.
//!
//! Apart from the [folder](super), which says what the axes are and goes from prime to prime, because here is the recursion: levels of an axis, its entries, and the
//! axes below.

use super::{Axis, FEW_LAYERS, layers_of, words_of};
use crate::{
    Result,
    convolution::{
        ntt::{
            Kernel,
            prime::Prime,
            product::Source,
            tiles,
            truncated::{Cut, MOST_ROWS, Program},
            values::Transform,
        },
        scratch::{self, Scratch},
        threads,
    },
};

/// Words of the rows that are transformed side by side: a part of a second-level cache.
const SIDE_BY_SIDE: usize = 1 << 15;

/// Some layers of the transforms along an axis.
struct Level {
    /// Rows of a block.
    rows: usize,
    /// Those that are computed.
    known: usize,
    /// Entries of the axis in a row.
    entries: usize,
    /// Entries of a block that are not zero, of each operand.
    filled: [usize; 2],
    /// What words are below, in units of `p`.
    bound: u64,
    /// The steps of every block, where they are taken more than once.
    steps: Vec<Steps>,
}

/// What is done to the rows of a block.
struct Steps {
    first: Program,
    /// For the second operand, where that is another one.
    second: Option<Program>,
    inverse: Program,
}

impl Level {
    fn cut(&self, words: usize) -> Cut {
        Cut { known: self.known, rows: self.rows, points: self.entries * words }
    }

    fn steps(&self, kernel: &dyn Kernel, prime: &Prime, block: usize) -> Steps {
        let cut = self.cut(1);
        let [a, b] = self.filled.map(|filled| filled.div_ceil(self.entries));
        let forward = |given| Program::forward_block(kernel, prime, cut, block, (given, self.bound));
        Steps {
            first: forward(a),
            second: (a != b).then(|| forward(b)),
            inverse: Program::inverse_block(kernel, prime, cut, block),
        }
    }
}

/// Runs a program on rows.
fn run<'r>(
    kernel: &dyn Kernel,
    prime: &Prime,
    program: &Program,
    given: Option<(&[u64], usize)>,
    known: usize,
    mut rows: impl Iterator<Item = &'r mut [u64]>,
) {
    if known <= 1 << FEW_LAYERS {
        let mut rows: [&mut [u64]; 1 << FEW_LAYERS] =
            std::array::from_fn(|_| rows.next().unwrap_or_default());
        kernel.tiles(prime, program, given, &mut rows[..known]);
    } else {
        let mut rows: [&mut [u64]; MOST_ROWS] = std::array::from_fn(|_| rows.next().unwrap_or_default());
        kernel.tiles(prime, program, given, &mut rows[..known]);
    }
}

/// Buffers of one thread.
struct Room {
    /// Of each axis of columns but the first: both operands and the product.
    axes: Vec<[Scratch; 3]>,
    /// Rows of both operands.
    rows: [Scratch; 2],
}

/// Words of both operands and of the product.
type Words<'a> = [&'a mut [u64]; 3];

/// A product of arrays modulo one prime.
pub(super) struct Grid<'a> {
    kernel: &'static dyn Kernel,
    prime: &'a Prime,
    axes: &'a [Axis],
    /// Of each axis of columns.
    levels: Vec<Vec<Level>>,
    /// Words of an entry of each axis of columns: of both operands and of the window.
    words: Vec<[usize; 3]>,
    square: bool,
    /// Rows that are transformed side by side; 1 where the last level is done in place.
    side_by_side: usize,
}

impl<'a> Grid<'a> {
    /// For arrays of at least two axes.
    pub(super) fn new(kernel: &'static dyn Kernel, prime: &'a Prime, axes: &'a [Axis], square: bool) -> Self {
        let (row, columns) = axes.split_last().expect("a row");
        let mut levels: Vec<Vec<Level>> = Vec::with_capacity(columns.len());
        let mut words = Vec::with_capacity(columns.len());
        for (at, axis) in columns.iter().enumerate() {
            words.push(words_of(&axes[at + 1..]));
            let size = axis.length.next_power_of_two();
            let (mut entries, mut filled, mut blocks) = (size, axis.operands, 1);
            let mut of_axis = Vec::new();
            for layers in layers_of(size) {
                let rows = 1 << layers;
                entries /= rows;
                let top = of_axis.is_empty();
                let known = if top { axis.length / entries } else { rows };
                // Residues are below 4p, what another level has left is below 2p.
                let bound = if at == 0 && top { 4 } else { 2 };
                let mut level = Level { rows, known, entries, filled, bound, steps: Vec::new() };
                if at > 0 {
                    level.steps = (0..blocks).map(|block| level.steps(kernel, prime, block)).collect();
                }
                of_axis.push(level);
                filled = filled.map(|filled| filled.min(entries));
                blocks *= known;
            }
            levels.push(of_axis);
        }
        let side_by_side = match &levels.last().expect("columns")[..] {
            [_, .., last] if last.known * row.length <= SIDE_BY_SIDE => last.known,
            _ => 1,
        };
        Grid { kernel, prime, axes, levels, words, square, side_by_side }
    }

    fn row(&self) -> &Axis {
        self.axes.last().expect("a row")
    }

    fn transform(&self) -> Transform<'_> {
        Transform { kernel: self.kernel, prime: self.prime, length: self.row().length }
    }

    fn room(&self) -> Result<Room> {
        let mut axes = Vec::new();
        for (axis, words) in self.axes.iter().zip(&self.words).skip(1) {
            axes.push(self.buffers(axis, words)?);
        }
        let words = self.side_by_side * self.row().length;
        Ok(Room { axes, rows: [scratch::take(words)?, scratch::take(if self.square { 0 } else { words })?] })
    }

    fn buffers(&self, axis: &Axis, words: &[usize; 3]) -> Result<[Scratch; 3]> {
        Ok([
            scratch::take(axis.length * words[0])?,
            scratch::take(if self.square { 0 } else { axis.length * words[1] })?,
            scratch::take(axis.length * words[2])?,
        ])
    }

    /// The residues of the window, times [`scale`](super::scale), on several threads where `many`.
    pub(super) fn product(&self, a: Source<'_>, b: Source<'_>, many: bool) -> Result<Scratch> {
        let (axis, words, level) = (&self.axes[0], self.words[0], &self.levels[0][0]);
        let [mut x, mut y, mut z] = self.buffers(axis, &words)?;
        let fill = |source: Source<'_>, words, out: &mut [u64]| {
            let cut = level.cut(words);
            tiles::forward(self.kernel, self.prime, out, cut, source.len(), many, |first, out| {
                source.fill(self.kernel, self.prime, first..first + out.len(), out);
            });
        };
        threads::join(
            many,
            || fill(a, words[0], &mut x),
            || {
                if !self.square {
                    fill(b, words[1], &mut y);
                }
            },
        );
        if many {
            self.rows_on_threads([&mut x, &mut y, &mut z])?;
        } else {
            let mut room = self.room()?;
            for k in 0..level.known {
                self.below(0, 0, k, self.block(0, 0, k, [&mut x, &mut y, &mut z]), &mut room);
            }
        }
        drop((x, y));
        tiles::inverse(self.kernel, self.prime, &mut z, level.cut(words[2]), many);
        Ok(z.cut(axis.window.start * words[2]..axis.window.end * words[2]))
    }

    /// All rows of the first level, some on each thread.
    fn rows_on_threads(&self, [x, y, z]: Words<'_>) -> Result<()> {
        let entries = self.levels[0][0].entries;
        let [a, b, c] = self.words[0].map(|words| words * entries);
        let mut empty = [(); MOST_ROWS].map(|()| [0; 0]);
        let mut others: Vec<&mut [u64]> = match self.square {
            true => empty.iter_mut().map(|empty| &mut empty[..]).collect(),
            false => y.chunks_mut(b).collect(),
        };
        let mut failed = Vec::new();
        failed.resize_with(self.levels[0][0].known, || Ok(()));
        let rows = x.chunks_mut(a).zip(others.iter_mut()).zip(z.chunks_mut(c)).zip(&mut failed);
        crate::threads::for_each(&mut rows.collect::<Vec<_>>(), |k, (((x, y), z), failed)| {
            match self.room() {
                Ok(mut room) => self.below(0, 0, k, [x, y, z], &mut room),
                Err(error) => **failed = Err(error),
            }
        });
        failed.into_iter().collect()
    }

    /// Row `k` of a level.
    fn block<'w>(&self, axis: usize, level: usize, k: usize, [x, y, z]: Words<'w>) -> Words<'w> {
        let entries = self.levels[axis][level].entries;
        let [a, b, c] = self.words[axis].map(|words| words * entries);
        let y = if self.square { y } else { &mut y[k * b..(k + 1) * b] };
        [&mut x[k * a..(k + 1) * a], y, &mut z[k * c..(k + 1) * c]]
    }

    /// What is below a row: the next level of the axis, or one of its entries.
    fn below(&self, axis: usize, level: usize, block: usize, data: Words<'_>, room: &mut Room) {
        if level + 1 < self.levels[axis].len() {
            self.level(axis, level + 1, block, data, room);
        } else {
            self.entry(axis + 1, data, room);
        }
    }

    /// A block of a level: entries of both operands to those of the product.
    fn level(&self, axis: usize, level: usize, block: usize, data: Words<'_>, room: &mut Room) {
        let at = &self.levels[axis][level];
        match at.steps.get(block) {
            Some(steps) => self.level_by(axis, level, (block, steps), data, room),
            None => {
                self.level_by(axis, level, (block, &at.steps(self.kernel, self.prime, block)), data, room);
            }
        }
    }

    fn level_by(
        &self,
        axis: usize,
        level: usize,
        (block, steps): (usize, &Steps),
        [x, y, z]: Words<'_>,
        room: &mut Room,
    ) {
        let (at, words) = (&self.levels[axis][level], self.words[axis]);
        let second = steps.second.as_ref().unwrap_or(&steps.first);
        let run = |program, given, rows: &mut dyn Iterator<Item = &mut [u64]>| {
            run(self.kernel, self.prime, program, given, at.known, rows);
        };
        let last = axis + 2 == self.axes.len() && level > 0 && level + 1 == self.levels[axis].len();
        if last && self.side_by_side > 1 {
            let (row, [p, q]) = (self.row(), &mut room.rows);
            let rows = |data, words| <[u64]>::chunks_mut(data, row.length).map(move |row| &mut row[..words]);
            run(&steps.first, Some((x, words[0])), &mut rows(p, words[0]));
            if !self.square {
                run(second, Some((y, words[1])), &mut rows(q, words[1]));
            }
            for k in 0..at.known {
                let part = k * row.length..(k + 1) * row.length;
                let q = if self.square { &mut [][..] } else { &mut q[part.clone()] };
                self.multiply(&mut p[part], q);
            }
            return run(
                &steps.inverse,
                Some((&p[row.window.start..], row.length)),
                &mut z.chunks_mut(words[2]),
            );
        }
        let forward = |program, which: usize, data: &mut [u64]| {
            let given = at.filled[which].next_multiple_of(at.entries);
            data[at.filled[which] * words[which]..given * words[which]].fill(0);
            run(program, None, &mut data.chunks_mut(at.entries * words[which]));
        };
        forward(&steps.first, 0, x);
        if !self.square {
            forward(second, 1, y);
        }
        for k in 0..at.known {
            let data = self.block(axis, level, k, [&mut *x, &mut *y, &mut *z]);
            self.below(axis, level, block * at.rows + k, data, room);
        }
        run(&steps.inverse, None, &mut z.chunks_mut(at.entries * words[2]));
    }

    /// One entry of the axis before: a product of one axis less.
    fn entry(&self, axis: usize, [x, y, z]: Words<'_>, room: &mut Room) {
        if axis + 1 == self.axes.len() {
            let (row, [p, q]) = (self.row(), &mut room.rows);
            p[..x.len()].copy_from_slice(x);
            if !self.square {
                q[..y.len()].copy_from_slice(y);
            }
            let q = if self.square { &mut [][..] } else { &mut q[..row.length] };
            self.multiply(&mut p[..row.length], q);
            return z.copy_from_slice(&p[row.window.clone()]);
        }
        let empty = || scratch::take(0).expect("nothing");
        let [mut p, mut q, mut r] = std::mem::replace(&mut room.axes[axis - 1], [(); 3].map(|()| empty()));
        p[..x.len()].copy_from_slice(x);
        if !self.square {
            q[..y.len()].copy_from_slice(y);
        }
        self.level(axis, 0, 0, [&mut p, &mut q, &mut r], room);
        let (window, words) = (&self.axes[axis].window, self.words[axis][2]);
        z.copy_from_slice(&r[window.start * words..window.end * words]);
        room.axes[axis - 1] = [p, q, r];
    }

    /// The product of two rows, words below 2p, in the first.
    fn multiply(&self, p: &mut [u64], q: &mut [u64]) {
        let (transform, row) = (self.transform(), self.row());
        transform.forward_residues(p, row.operands[0]);
        if self.square {
            self.kernel.square(self.prime, p);
        } else {
            transform.forward_residues(q, row.operands[1]);
            self.kernel.pointwise(self.prime, p, q);
        }
        transform.inverse(p);
        self.kernel.reduce(self.prime, &mut p[row.window.clone()]);
    }
}
