//! Products of arrays modulo one prime, axis by axis: transforms of columns, then of rows.
//!
//! A column transform has rows of words for coefficients: a butterfly takes two rows and one factor. So it is a
//! [`Program`](super::truncated::Program) on rows, that of the top layers of a long transform, and it touches no column and no row that holds nothing but zeros. What makes it cheaper
//! than one product of [sequences](super::product) as long as the array: of an operand that fills a half of each axis, one product of sequences
//! transforms `4 n^2` points in `2 log n + 1` layers, columns of `n` words and then rows of `2n` take three quarters of that, in three axes little more than a
//! half. And windows wrap around in every axis.
//!
//! # Method
//! Depth first: the columns of the first axis in levels of a few layers, down to single entries, which are products of one axis less. The last level of
//! the last axis of columns is done on a few rows at a time, into buffers where they are transformed, multiplied, and taken back.
//! Arrays stand row-major without gaps.
//!
//! # Memory
//! Of each operand the points of the first axis times its own entries of the others, of the product modulo each prime those times the wanted ones: for full
//! products in two axes as much as one product of sequences takes, less for windows. Each further axis takes as much of one entry of the axis before.
//!
//! # Measured
//! Beside one product of sequences ([`ARRAY_LAYER`](crate::convolution::tuning::ARRAY_LAYER) has the table): 128 x 128 and less are
//! slower, since rows and columns are copied more often than what they save; 256 x 256 takes nine tenths or all of the time, 1024 x 1024 and more some seven tenths, three axes
//! of 64 eight, windows that wrap around a half.
//!
//! # What it does not do
//! Rows shorter than the vectors' own transforms, and blocks of an operand that is much longer than the other.

mod grid;

use super::{
    Kernel, backend,
    prime::{Family, Prime, user_prime},
    product::Source,
    truncated::{self, MOST_ROWS},
    values::Transform,
};
use crate::{
    Result,
    convolution::{
        crt::{Basis, Modular, Modulus},
        scratch::Scratch,
        threads,
    },
    integer::{IntegerSlice, WordModulus},
    limit,
};
use grid::Grid;
use std::{ops::Range, sync::Arc};

/// The shortest transform of a row.
pub(in crate::convolution) const SHORTEST_ROW: usize = 64;

/// Layers of a level at most: that many rows fit a tile.
const MOST_LAYERS: u32 = MOST_ROWS.ilog2();

/// Layers of a level that needs no tile.
const FEW_LAYERS: u32 = 3;

/// One axis of a product of two arrays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::convolution) struct Axis {
    /// Entries of each operand.
    pub(in crate::convolution) operands: [usize; 2],
    /// The wanted ones of the full product.
    pub(in crate::convolution) window: Range<usize>,
    /// Points of the transforms along it.
    pub(in crate::convolution) length: usize,
}

impl Axis {
    /// With the shortest transforms that leave the window clean; `row` where the axis is the last one.
    pub(in crate::convolution) fn new(operands: [usize; 2], window: Range<usize>, row: bool) -> Axis {
        let full = operands[0] + operands[1] - 1;
        let longest = operands[0].max(operands[1]);
        // Wrapped around, nothing from outside lands in the window.
        let wrapped = window.end.max(full - window.start).max(longest).next_power_of_two();
        let length = match row {
            true => wrapped.min(truncated::length(full)).max(SHORTEST_ROW),
            false => wrapped.min(column_length(full)),
        };
        Axis { operands, window, length }
    }
}

/// Transforms along each axis: the parameters of a product of arrays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transforms {
    pub(in crate::convolution) axes: Vec<Axis>,
    /// How many primes.
    pub(in crate::convolution) primes: usize,
    /// The modulus of the ring is itself the prime, no remaindering.
    pub(in crate::convolution) direct: bool,
    /// Bits of a result, without its sign.
    pub(in crate::convolution) bits: u64,
}

impl Transforms {
    /// Points of the transforms along each axis.
    pub fn lengths(&self) -> Vec<usize> {
        self.axes.iter().map(|axis| axis.length).collect()
    }

    /// Points of all of them together.
    pub(in crate::convolution) fn points(&self) -> f64 {
        self.axes.iter().map(|axis| axis.length as f64).product()
    }

    /// How many primes the transforms are modulo.
    pub fn primes(&self) -> usize {
        self.primes
    }

    /// Whether the modulus of the ring is itself the prime.
    pub fn is_direct(&self) -> bool {
        self.direct
    }

    fn family(&self) -> Family {
        Family::of_length(self.axes.iter().map(|axis| axis.length).max().unwrap_or(1))
    }
}

/// Layers of the levels in which columns of so many entries, a power of two, are transformed: a tile for the first, none for the others.
fn layers_of(size: usize) -> impl Iterator<Item = u32> {
    let all = size.trailing_zeros();
    let few = match all {
        0..MOST_LAYERS => 0,
        MOST_LAYERS => 1,
        _ => (all - MOST_LAYERS).div_ceil(FEW_LAYERS),
    };
    std::iter::once(all - few * FEW_LAYERS).chain(std::iter::repeat_n(FEW_LAYERS, few as usize))
}

/// Entries of the shortest transform of columns of at least `n`.
fn column_length(n: usize) -> usize {
    let size = n.next_power_of_two();
    n.next_multiple_of(size >> layers_of(size).next().expect("a level"))
}

/// By what results have to be multiplied.
fn scale(axes: &[Axis], kernel: &'static dyn Kernel, prime: &Prime) -> u64 {
    let (row, columns) = axes.split_last().expect("a row");
    let scale = Transform { kernel, prime, length: row.length }.scale();
    columns.iter().fold(scale, |scale, axis| {
        // The first level halves where it is truncated.
        let top = 1 << layers_of(axis.length.next_power_of_two()).next().expect("a level");
        let size = axis.length.next_power_of_two();
        let layers = if axis.length == size { size } else { size / top };
        prime.modulus().mul(scale, prime.inverse_length(layers))
    })
}

/// Words of an array: of both operands and of the window.
fn words_of(axes: &[Axis]) -> [usize; 3] {
    let product = |size: fn(&Axis) -> usize| axes.iter().map(size).product();
    [product(|axis| axis.operands[0]), product(|axis| axis.operands[1]), product(|axis| axis.window.len())]
}

/// Words that a product modulo so many primes needs beside operands and result.
fn room(axes: &[Axis], primes: usize) -> u64 {
    let words = words_of(&axes[1..]);
    axes[0].length as u64 * (words[0] as u64 + words[1] as u64 + words[2] as u64 * primes as u64)
}

/// The residues of a product modulo each prime: whole primes side by side as long as there is one for every thread, the others each on several threads.
fn residues(
    axes: &[Axis],
    kernel: &'static dyn Kernel,
    primes: &[Arc<Prime>],
    square: bool,
    [a, b]: [Source<'_>; 2],
) -> Result<Vec<Scratch>> {
    let points = axes.iter().map(|axis| axis.length).product();
    let whole = primes.len() - threads::left(points, primes.len());
    let many = threads::many(points, primes.len());
    let product = |prime: &Arc<Prime>, many| Grid::new(kernel, prime, axes, square).product(a, b, many);
    let mut residues = threads::each(whole, many && whole > 1, |i| product(&primes[i], false))?;
    for prime in &primes[whole..] {
        residues.push(product(prime, many)?);
    }
    Ok(residues)
}

/// The slices of what [`residues`] returns.
fn views(residues: &[Scratch]) -> Vec<&[u64]> {
    residues.iter().map(|residues| &residues[..]).collect()
}

/// The window of a product of residues modulo a word.
///
/// # Errors
/// Kind limit, when the buffers would be over [the limit](crate::limit) or memory is refused.
pub(in crate::convolution) fn words_into(
    n: &WordModulus,
    transforms: &Transforms,
    [a, b]: [&[u64]; 2],
    square: bool,
    out: &mut [u64],
) -> Result<()> {
    let Transforms { axes, primes, direct, .. } = transforms;
    limit::check_bytes(8 * room(axes, *primes))?;
    let kernel = backend()?.kernel();
    if *direct {
        let prime = user_prime(n.modulus() as u64).expect("a direct plan has a prime modulus");
        let sources = [Source::Direct(a), Source::Direct(b)];
        let many = threads::many(out.len(), 1);
        return threads::inside(many, || {
            let residues = residues(axes, kernel, std::slice::from_ref(&prime), square, sources)?;
            let scale = prime.twiddle(scale(axes, kernel, &prime));
            threads::fill_outputs(out, 1, many, |first, out| {
                out.copy_from_slice(&residues[0][first..first + out.len()]);
                kernel.scale(&prime, out, scale);
            });
            Ok(())
        });
    }
    let modulus = if n.is_wrapping() { 0 } else { n.modulus() as u64 };
    let basis = Basis::of(transforms.family(), *primes);
    let many = threads::many(out.len(), *primes);
    threads::inside(many, || {
        let sources = [Source::Words(a, modulus), Source::Words(b, modulus)];
        let residues = residues(axes, kernel, basis.primes(), square, sources)?;
        let (views, crt) = (views(&residues), basis.crt(|prime| scale(axes, kernel, prime)));
        let modular = Modular::of(basis, Modulus::Word(*n));
        threads::fill_outputs(out, 1, many, |first, out| kernel.modular(&crt, &modular, &views, first, out));
        Ok(())
    })
}

/// The window of a product of integers, into rows of `width` limbs.
///
/// # Errors
/// Those of [`words_into`].
pub(in crate::convolution) fn integers_into(
    transforms: &Transforms,
    [a, b]: [IntegerSlice<'_>; 2],
    square: bool,
    out: &mut [u64],
    width: usize,
) -> Result<()> {
    let Transforms { axes, primes, .. } = transforms;
    limit::check_bytes(8 * room(axes, *primes))?;
    let kernel = backend()?.kernel();
    let many = threads::many(out.len() / width, *primes);
    threads::inside(many, || {
        let planes =
            threads::join(many, || kernel.planes(a), || if square { None } else { kernel.planes(b) });
        let sources = [Source::rows(a, &planes.0), Source::rows(b, &planes.1)];
        let basis = Basis::of(transforms.family(), *primes);
        let residues = residues(axes, kernel, basis.primes(), square, sources)?;
        let (views, crt) = (views(&residues), basis.crt(|prime| scale(axes, kernel, prime)));
        threads::fill_outputs(out, width, many, |first, out| kernel.rows(&crt, &views, first, width, out));
        Ok(())
    })
}

#[cfg(test)]
mod tests;
