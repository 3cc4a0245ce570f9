//! The top layers of a transform, tile by tile: [`forward`], [`inverse`].
//!
//! A tile is a few columns of all rows, copied into the first-level cache; all steps of a [`Program`] run on it before the next one
//! is looked at. So the memory of a transform is read and written once for all of them, and rows at distances of powers of two, which
//! compete for the same lines of a cache, meet only in the copy. What is transformed is made, strip by strip, just before, in a buffer of its
//! own. It stands apart from [`truncated`](super::truncated), which says what the steps are.
//!
//! On several threads, strips go to different ones: what a column becomes does not depend on the others.

use super::{
    Kernel,
    prime::{Prime, Twiddle},
    truncated::{Cut, Kind, MOST_ROWS, Program},
};
use crate::convolution::scratch;

/// Words of a tile: half a first-level cache.
pub(super) const TILE: usize = 1 << 11;

/// Words of a strip, of which tiles are cut: a part of a second-level cache.
const STRIP: usize = 1 << 15;

/// What becomes of coefficients: rows of residues, words below `4p`. The first `filled` of them are what `fill(first, out)` provides,
/// the others are zero.
pub(super) fn forward(
    kernel: &dyn Kernel,
    prime: &Prime,
    data: &mut [u64],
    cut: Cut,
    filled: usize,
    many: bool,
    fill: impl Fn(usize, &mut [u64]) + Send + Sync,
) {
    let given = filled.div_ceil(cut.points);
    let program = Program::forward(kernel, prime, cut, given);
    strips(data, cut, many, |first, rows| {
        let columns = rows[0].len();
        let mut strip = scratch::take(given * columns).expect("below the size that memory is refused for");
        for (row, k) in strip.chunks_exact_mut(columns).zip(0..) {
            let first = k * cut.points + first;
            let (there, beyond) = row.split_at_mut(filled.saturating_sub(first).min(columns));
            if !there.is_empty() {
                fill(first, there);
            }
            beyond.fill(0);
        }
        kernel.tiles(prime, &program, Some((&strip, columns)), rows);
    });
}

/// The same of residues below `4p` that stand in the rows.
pub(super) fn forward_residues(
    kernel: &dyn Kernel,
    prime: &Prime,
    data: &mut [u64],
    cut: Cut,
    filled: usize,
) {
    let given = filled.div_ceil(cut.points);
    data[filled..given * cut.points].fill(0);
    let program = Program::forward(kernel, prime, cut, given);
    strips(data, cut, false, |_, rows| kernel.tiles(prime, &program, None, rows));
}

/// Coefficients, words below `2p`, from residues; times the number of rows where all of them are there.
pub(super) fn inverse(kernel: &dyn Kernel, prime: &Prime, data: &mut [u64], cut: Cut, many: bool) {
    let program = Program::inverse(kernel, prime, cut);
    strips(data, cut, many, |_, rows| kernel.tiles(prime, &program, None, rows));
}

/// `work(first column, rows)` on one strip after the other, or side by side.
fn strips(data: &mut [u64], cut: Cut, many: bool, work: impl Fn(usize, &mut [&mut [u64]]) + Send + Sync) {
    let columns = (STRIP / cut.rows).min(cut.points);
    let mut rows = data[..cut.known * cut.points].chunks_mut(cut.points);
    let mut rows: [_; MOST_ROWS] =
        std::array::from_fn(|_| rows.next().unwrap_or_default().chunks_mut(columns));
    let mut next =
        || -> [&mut [u64]; MOST_ROWS] { std::array::from_fn(|row| rows[row].next().unwrap_or_default()) };
    let starts = (0..cut.points).step_by(columns);
    if many {
        let mut all: Vec<_> = starts.map(|first| (first, next())).collect();
        return crate::threads::for_each(&mut all, |_, (first, rows)| work(*first, &mut rows[..cut.known]));
    }
    starts.for_each(|first| work(first, &mut next()[..cut.known]));
}

/// [`Kernel::tiles`] on words.
pub(super) fn scalar(
    prime: &Prime,
    program: &Program,
    given: Option<(&[u64], usize)>,
    rows: &mut [&mut [u64]],
) {
    let columns = rows[0].len();
    let most = (TILE / program.rows).min(columns);
    let mut tile = [0; TILE];
    let twiddle = |[value, quotient]: [u64; 2]| Twiddle { value, quotient };
    // From 4p and 2p, six layers leave less than the offset, which is far below a word.
    let (double, offset) = (2 * prime.p(), prime.p() << 10);
    for first in (0..columns).step_by(most) {
        let width = most.min(columns - first);
        for (k, tile) in tile.chunks_exact_mut(width).enumerate().take(program.given) {
            let row = given.map_or_else(|| &*rows[k], |(given, stride)| &given[k * stride..][..columns]);
            tile.copy_from_slice(&row[first..first + width]);
        }
        for step in &program.steps {
            let w = program
                .factors
                .get(step.factors)
                .map_or([Twiddle { value: 0, quotient: 0 }; 8], |f| f.map(twiddle));
            let at = |row: usize| row * width;
            for column in 0..width {
                let (x, y) = (at(step.x) + column, at(step.y) + column);
                let t = |y: u64| prime.mul(y, w[0]);
                match step.kind {
                    Kind::Clear => tile[x] = 0,
                    Kind::Copy => tile[y] = tile[x],
                    Kind::Split => {
                        let t = t(tile[y]);
                        (tile[x], tile[y]) = (tile[x] + t, tile[x] + double - t);
                    }
                    Kind::Add => tile[x] += t(tile[y]),
                    Kind::Sub => tile[x] = tile[x] + double - t(tile[y]),
                    Kind::Exchange => {
                        let t = t(tile[y]);
                        tile[x] = tile[x] + double - t;
                        tile[y] = tile[x] + double - t;
                    }
                    Kind::Join => {
                        (tile[x], tile[y]) = (tile[x] + tile[y], t(tile[x] + offset - tile[y]));
                    }
                    Kind::Halve => {
                        let sum = prime.mul(tile[x] + tile[y], w[7]);
                        (tile[x], tile[y]) = (sum, t(tile[x] + offset - tile[y]));
                    }
                    Kind::Eight | Kind::Half | Kind::Back | Kind::BackHalve => {
                        let row = |k: usize| at(step.x + k * step.y) + column;
                        let mut v: [u64; 8] = std::array::from_fn(|k| tile[row(k)]);
                        if step.kind == Kind::Half {
                            v[4..].fill(0);
                        }
                        for layer in 0..3 {
                            let forward = matches!(step.kind, Kind::Eight | Kind::Half);
                            // Blocks of 8, 4 and 2 rows, each with its factor.
                            let log = if forward { layer } else { 2 - layer };
                            let half = 4 >> log;
                            for block in 0..1 << log {
                                let w = w[(1 << log) - 1 + block];
                                for x in 2 * half * block..2 * half * block + half {
                                    let (left, right) = (v[x], v[x + half]);
                                    (v[x], v[x + half]) = if forward {
                                        let t = prime.mul(right, w);
                                        (left + t, left + double - t)
                                    } else {
                                        (left + right, prime.mul(left + offset - right, w))
                                    };
                                }
                            }
                        }
                        if step.kind == Kind::BackHalve {
                            v[..4].iter_mut().for_each(|x| *x = prime.mul(*x, w[7]));
                        }
                        (0..8).for_each(|k| tile[row(k)] = v[k]);
                    }
                }
            }
        }
        for (row, tile) in rows.iter_mut().zip(tile.chunks_exact(width)) {
            row[first..first + width].iter_mut().zip(tile).for_each(|(row, &x)| *row = prime.reduce(x));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::ntt::{
        prime::{Family, primes, user_prime},
        tests::{kernels, random},
    };

    /// `f` modulo `x^points - z` for the modulus of row `k`.
    fn residue(prime: &Prime, f: &[u64], points: usize, rows: usize, k: usize) -> Vec<u64> {
        let m = prime.modulus();
        let table = prime.table(rows);
        let root = prime.root(&table, k / 2).value;
        let z = match k {
            0 => 1,
            k if k % 2 == 0 => root,
            _ => m.neg(root),
        };
        let mut out = vec![0; points];
        for part in f.chunks(points).rev() {
            out.iter_mut().for_each(|x| *x = m.mul(*x, z));
            out.iter_mut().zip(part).for_each(|(x, &f)| *x = m.add(*x, m.reduce(f)));
        }
        out
    }

    #[test]
    fn rows_hold_residues_and_come_back() {
        for prime in [primes(Family::Common, 1)[0].clone(), user_prime(12_289).expect("prime")] {
            let m = *prime.modulus();
            for (rows, points) in [(2, 64), (4, 64), (8, 64), (16, 64), (16, 128), (32, 64), (64, 64)] {
                if rows * points > prime.max_length() {
                    continue;
                }
                let counts = [rows / 2, rows / 2 + 1, rows * 5 / 8, rows * 3 / 4 + 1, rows - 1, rows];
                for known in rows / 2..=rows {
                    let cut = Cut { known, rows, points };
                    let length = known * points;
                    let filled = [length / 2 + 5, length, 1, points, length / 3 + 1];
                    // The products of all counts of fewer rows are tested elsewhere.
                    for filled in filled.into_iter().take(if counts.contains(&known) { 5 } else { 2 }) {
                        let f: Vec<u64> = match filled % 2 {
                            0 => vec![4 * prime.p() - 1; filled],
                            _ => random(4 * prime.p(), filled, 3),
                        };
                        for (name, kernel) in kernels() {
                            let whole = filled == length && counts.contains(&known);
                            if name.starts_with("emulated") && (rows == 64 && !whole || rows == 32) {
                                continue;
                            }
                            let mut data = vec![u64::MAX; length];
                            forward(kernel, &prime, &mut data, cut, filled, false, |first, out| {
                                out.copy_from_slice(&f[first..first + out.len()]);
                            });
                            let mut same = vec![u64::MAX; length];
                            same[..filled].copy_from_slice(&f);
                            forward_residues(kernel, &prime, &mut same, cut, filled);
                            assert!(same == data, "{name}: {cut:?}, in place");
                            for (k, row) in data.chunks(points).enumerate() {
                                assert!(row.iter().all(|&x| x < 4 * prime.p()), "{name}: {cut:?}");
                                let found: Vec<u64> = row.iter().map(|&x| m.reduce(x)).collect();
                                let expected = residue(&prime, &f, points, rows, k);
                                assert!(found == expected, "{name}: row {k} of {cut:?}, {filled} filled");
                            }
                            data.iter_mut().for_each(|x| *x = prime.reduce(*x));
                            inverse(kernel, &prime, &mut data, cut, false);
                            assert!(data.iter().all(|&x| x < 2 * prime.p()), "{name}: {cut:?}");
                            let times = if known == rows { rows as u64 } else { 1 };
                            let back =
                                f.iter().map(|&x| m.mul(m.reduce(x), times)).chain(std::iter::repeat(0));
                            assert!(
                                data.iter().map(|&x| m.reduce(x)).zip(back).all(|(x, y)| x == y),
                                "{name}: {cut:?} back"
                            );
                        }
                    }
                }
            }
        }
    }
}
