//! Short products: kernels for operands that are too short for transforms.
//!
//! - [`lane`]: what a vector unit offers; `x86` and, in tests, `emulation`: the instances
//! - [`sums`]: words, neighbouring outputs in a vector; [`blocks`]: shorter words, packed; [`few`]: those of short operands, as they are;
//!   [`digits`]: residues of more than 32 bits
//! - [`combinations`]: linear combinations of residues, a product of matrices
//! - [`remainders`]: steps of Euclid's algorithm modulo a word
//! - [`series`]: quotients and functions of power series modulo a word, coefficient by coefficient
//! - [`leaves`]: rows of limbs, by Karatsuba's method down to single coefficients, one product a lane
//! - [`Kernels`]: all that with the instructions of one back end
#![cfg_attr(
    not(any(target_arch = "x86_64", test)),
    allow(dead_code, reason = "nothing has a lane on this machine")
)]

mod blocks;
mod combinations;
mod digits;
#[cfg(test)]
mod emulation;
pub(super) mod few;
mod lane;
mod leaves;
pub(super) mod remainders;
pub(crate) mod series;
pub(super) mod sums;
#[cfg(test)]
mod tests;

#[cfg(target_arch = "x86_64")]
mod x86;

use super::{Backend, tuning::Unit};
use crate::{
    Result,
    integer::{IntegerSlice, WordModulus},
};
use few::Few;
use lane::Lane;
use remainders::{Remainders, Taken};
use series::Series;
use std::ops::Range;
use sums::Kind;

/// How much of every kind of work a product of rows in lanes takes.
pub(super) type Count = [(Unit, f64); 4];

/// The kernels of short products with the instructions of a back end.
pub(super) trait Kernels: Sync {
    /// Digits that a product of `m` by `n` rows of `bits` bits takes a row, and what there is to do; none when the digits
    /// are too many. The shorter factor has at most 256 rows.
    fn estimate(&self, bits: u64, m: usize, n: usize) -> Option<(usize, Count)>;
    /// The window of a product, into rows of `width` limbs; absolute values are below `2^bits`.
    fn leaves(
        &self,
        out: (&mut [u64], usize),
        operands: (IntegerSlice<'_>, IntegerSlice<'_>),
        bits: u64,
        window: Range<usize>,
        square: bool,
    ) -> Result<()>;
    /// The window of a product of `i64`, into rows of `width` words, one or two.
    fn sums(
        &self,
        kind: Kind,
        out: (&mut [u64], usize),
        operands: (&[u64], &[u64]),
        window: Range<usize>,
    ) -> Result<()>;
    /// A product of a few words of at most 31 bits.
    fn few(&self, few: Few<'_>);
    /// How products modulo `n` are summed, where there is a way, for so many coefficients of the shorter operand.
    fn kind_of_residues(&self, n: u128, short: usize) -> Option<Kind>;
    /// The window of a product of residues, of such a kind.
    fn residues(
        &self,
        kind: Kind,
        n: &WordModulus,
        out: &mut [u64],
        operands: (&[u64], &[u64]),
        window: Range<usize>,
    ) -> Result<()>;
    /// Linear combinations of rows of residues to `len` columns, where there is a way; a combination has at most as many factors as there are rows, of
    /// which there is one at least.
    fn combinations(
        &self,
        n: &WordModulus,
        factors: &[&[u64]],
        rows: &[&[u64]],
        len: usize,
    ) -> Result<Option<Vec<Vec<u64>>>>;
    /// A function of power series.
    fn series(&self, series: Series<'_>);
    /// Steps of Euclid's algorithm.
    fn remainders(&self, remainders: Remainders<'_>) -> Taken;
}

/// The unit of a lane.
struct On<L>(L);

impl<L: Lane> Kernels for On<L> {
    fn estimate(&self, bits: u64, m: usize, n: usize) -> Option<(usize, Count)> {
        leaves::estimate::<L>(bits, m, n)
    }

    fn leaves(
        &self,
        out: (&mut [u64], usize),
        operands: (IntegerSlice<'_>, IntegerSlice<'_>),
        bits: u64,
        window: Range<usize>,
        square: bool,
    ) -> Result<()> {
        leaves::integers_into(self.0, out, operands, bits, window, square)
    }

    fn sums(
        &self,
        kind: Kind,
        out: (&mut [u64], usize),
        operands: (&[u64], &[u64]),
        window: Range<usize>,
    ) -> Result<()> {
        sums::integers_into(self.0, kind, out, operands, window)
    }

    fn few(&self, few: Few<'_>) {
        self.0.enter(few);
    }

    fn kind_of_residues(&self, n: u128, short: usize) -> Option<Kind> {
        sums::kind_of_residues::<L>(n, short)
    }

    fn residues(
        &self,
        kind: Kind,
        n: &WordModulus,
        out: &mut [u64],
        operands: (&[u64], &[u64]),
        window: Range<usize>,
    ) -> Result<()> {
        sums::residues_into(self.0, kind, n, out, operands, window)
    }

    fn combinations(
        &self,
        n: &WordModulus,
        factors: &[&[u64]],
        rows: &[&[u64]],
        len: usize,
    ) -> Result<Option<Vec<Vec<u64>>>> {
        combinations::combinations(self.0, n, factors, rows, len)
    }

    fn series(&self, series: Series<'_>) {
        series.in_lanes(self.0);
    }

    fn remainders(&self, remainders: Remainders<'_>) -> Taken {
        self.0.enter(remainders)
    }
}

/// The unit of a back end, where it is one and the machine has it.
#[cfg(target_arch = "x86_64")]
pub(super) fn unit(backend: Backend) -> Option<&'static dyn Kernels> {
    use std::sync::OnceLock;
    use x86::{Halves256, Halves512, Words512};

    static AVX2: OnceLock<Option<On<Halves256>>> = OnceLock::new();
    static AVX512: OnceLock<Option<On<Halves512>>> = OnceLock::new();
    static IFMA: OnceLock<Option<On<Words512>>> = OnceLock::new();

    fn some<L: Lane>(
        cell: &'static OnceLock<Option<On<L>>>,
        detect: fn() -> Option<L>,
    ) -> Option<&'static dyn Kernels> {
        cell.get_or_init(|| detect().map(On)).as_ref().map(|unit| unit as &dyn Kernels)
    }
    match backend {
        Backend::Portable => None,
        Backend::Avx2 => some(&AVX2, Halves256::detect),
        Backend::Avx512 => some(&AVX512, Halves512::detect),
        Backend::Ifma => some(&IFMA, Words512::detect),
    }
}

/// The unit of a back end, where it is one and the machine has it.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn unit(_: Backend) -> Option<&'static dyn Kernels> {
    None
}

/// Plain code that the compiler vectorises, with what it works on.
///
/// It is a trait and no closure because `run` can be inlined always, into the function that has the instructions: a long closure, called with them
/// and without them, stays a function of its own, without them.
pub(crate) trait Vectorise {
    type Output;

    /// To be inlined always, as what it calls.
    fn run(self) -> Self::Output;
}

/// Runs code that the compiler vectorises, with the instructions of the back end as far as it can use them; the
/// result does not depend on it.
#[inline(always)]
pub(crate) fn vectorised<W: Vectorise>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    return x86::vectorised(super::backend().unwrap_or(Backend::Portable), work);
    #[cfg(not(target_arch = "x86_64"))]
    work.run()
}
