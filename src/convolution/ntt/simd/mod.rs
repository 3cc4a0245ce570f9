//! [`Vector`]: the transforms and what surrounds them, on vector units.
//!
//! - [`lane`]: what a vector unit offers; `x86` and, in tests, `emulation`: the instances
//! - [`arithmetic`]: lazily reduced residues in vectors, as integers ([`ifma`]) or doubles ([`double`])
//! - [`table`], [`transform`], [`tiles`], [`rows`]: written once over an arithmetic
//! - [`convert`], [`reconstruct`], [`modular`]: limbs to residues, and back to integers or residues modulo `n`, for
//!   52-bit integers; [`halves`], [`balanced`]: the same for doubles
//! - [`digits`]: products of single large numbers, no residues at all
//! - [`chunks`]: pieces of large numbers to residues of two primes and back
//!
//! Between `forward` and `inverse` data are in the representation of the arithmetic: words of 52 bits, or the bits of
//! doubles. Everywhere else they are the words that the portable kernel has, so that whatever is not done
//! here is done there. Transforms of less than 64 points are.
#![cfg_attr(
    not(any(target_arch = "x86_64", test)),
    allow(dead_code, unused_imports, reason = "the arithmetics have no lane on this machine")
)]

mod arithmetic;
mod balanced;
mod chunks;
mod columns;
mod convert;
mod digits;
mod double;
#[cfg(test)]
mod emulation;
mod halves;
mod ifma;
mod lane;
mod modular;
mod reconstruct;
mod rows;
mod table;
#[cfg(test)]
mod tests;
mod tiles;
mod transform;
#[cfg(target_arch = "x86_64")]
mod x86;

use super::{
    Backend, Kernel,
    chunks::Joint,
    portable::Portable,
    prime::{Prime, Twiddle},
    truncated::{Program, Programs},
};
use crate::{
    convolution::crt::{Crt, Modular},
    integer::IntegerSlice,
};
use arithmetic::{Arithmetic, Representation};
pub(crate) use convert::Planes;
use convert::{Lay, Split, SplitWords};
use lane::Lane;
use rows::Combination;
use std::ops::Range;
pub(super) use table::Cache;
use tiles::Tiles;
use transform::BASE;

/// The kernel of a back end, where the machine has it.
#[cfg(target_arch = "x86_64")]
pub(super) fn kernel(backend: Backend) -> Option<&'static dyn Kernel> {
    use double::Double;
    use ifma::Ifma;
    use std::sync::OnceLock;
    use x86::{Doubles256, Doubles512, Words512};

    static AVX2: OnceLock<Option<Vector<Double<Doubles256>>>> = OnceLock::new();
    static AVX512: OnceLock<Option<Vector<Double<Doubles512>>>> = OnceLock::new();
    static IFMA: OnceLock<Option<Vector<Ifma<Words512, false>>>> = OnceLock::new();

    fn some<A: Arithmetic>(
        cell: &'static OnceLock<Option<Vector<A>>>,
        detect: fn() -> Option<A::Lane>,
    ) -> Option<&'static dyn Kernel> {
        cell.get_or_init(|| detect().map(Vector)).as_ref().map(|kernel| kernel as &dyn Kernel)
    }
    match backend {
        Backend::Portable => Some(&Portable),
        Backend::Avx2 => some(&AVX2, Doubles256::detect),
        Backend::Avx512 => some(&AVX512, Doubles512::detect),
        Backend::Ifma => some(&IFMA, Words512::detect),
    }
}

/// The kernel of a back end, where the machine has it.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn kernel(backend: Backend) -> Option<&'static dyn Kernel> {
    match backend {
        Backend::Portable => Some(&Portable),
        _ => None,
    }
}

/// All arithmetics on emulated lanes, every bound checked.
#[cfg(test)]
pub(super) fn emulated() -> [(&'static str, &'static dyn Kernel); 4] {
    use double::Double;
    use emulation::{Floats, Integers};
    use ifma::Ifma;
    static FUSED: Vector<Ifma<Integers, true>> = Vector(Integers);
    static PLAIN: Vector<Ifma<Integers, false>> = Vector(Integers);
    static EIGHT: Vector<Double<Floats<8>>> = Vector(Floats);
    static FOUR: Vector<Double<Floats<4>>> = Vector(Floats);
    [("emulated fused", &FUSED), ("emulated", &PLAIN), ("emulated doubles", &EIGHT), ("emulated four", &FOUR)]
}

/// The kernel of an arithmetic.
struct Vector<A: Arithmetic>(A::Lane);

impl<A: Arithmetic> Kernel for Vector<A> {
    fn forward(&self, prime: &Prime, data: &mut [u64], block: usize, filled: usize) {
        assert!(data.len().is_power_of_two() && (block + 1) * data.len() <= prime.max_length().max(BASE / 2));
        debug_assert!(data[..filled].iter().all(|&x| x < 4 * prime.p()), "operands below 4p");
        if data.len() < BASE {
            Portable.forward(prime, data, block, filled);
            data.iter_mut().for_each(|x| *x = prime.reduce(*x));
            self.0.enter::<A, _>(rows::Import { prime, data });
        } else {
            let task = transform::Forward { prime, data, block, filled };
            if self.0.fast_products() {
                self.0.enter::<A::Fused, _>(task)
            } else {
                self.0.enter::<A, _>(task)
            }
        }
    }

    fn inverse(&self, prime: &Prime, data: &mut [u64], block: usize) {
        assert!(data.len().is_power_of_two() && (block + 1) * data.len() <= prime.max_length().max(BASE / 2));
        if data.len() < BASE {
            self.0.enter::<A, _>(rows::Export { prime, data: &mut *data });
            Portable.inverse(prime, data, block);
            Portable.reduce(prime, data);
        } else {
            self.0.enter::<A, _>(transform::Inverse { prime, data, block });
        }
    }

    fn reduce(&self, prime: &Prime, data: &mut [u64]) {
        debug_assert!(data.iter().all(|&x| x < 2 * prime.p()), "this inverse leaves reduced words");
    }

    fn pointwise(&self, prime: &Prime, a: &mut [u64], b: &[u64]) {
        assert_eq!(a.len(), b.len(), "a pointwise product of different lengths");
        self.0.enter::<A, _>(rows::Pointwise { prime, a, b });
    }

    fn square(&self, prime: &Prime, a: &mut [u64]) {
        self.0.enter::<A, _>(rows::Square { prime, a });
    }

    fn accumulate(&self, prime: &Prime, sum: &mut [u64], a: &[u64], b: &[u64]) {
        assert!(sum.len() == a.len() && a.len() == b.len(), "a sum of products of different lengths");
        self.0.enter::<A, _>(rows::Accumulate { prime, sum, a, b });
    }

    fn add_scaled(&self, prime: &Prime, sum: &mut [u64], a: &[u64], w: Twiddle) {
        assert_eq!(sum.len(), a.len(), "a sum of different lengths");
        self.0.enter::<A, _>(rows::AddScaled { prime, sum, a, factor: A::factor(prime, w.value) });
    }

    fn multiply(&self, prime: &Prime, a: &mut [u64], w: Twiddle) {
        self.0.enter::<A, _>(rows::Multiply { prime, a, factor: A::factor(prime, w.value) });
    }

    fn split_words(&self, prime: &Prime, words: &[u64], n: u64, out: &mut [u64]) {
        assert!(prime.p() >> 13 != 0, "a prime of the family");
        self.0.enter::<A, _>(SplitWords { prime, words, n, out });
    }

    fn planes(&self, rows: IntegerSlice<'_>) -> Option<Planes> {
        let mut planes = Planes::new(rows)?;
        self.0.enter::<A, _>(Lay { rows, planes: &mut planes });
        Some(planes)
    }

    fn split_planes(&self, prime: &Prime, planes: &Planes, range: Range<usize>, out: &mut [u64]) {
        self.0.enter::<A, _>(Split { prime, planes, range, out });
    }

    fn rows(&self, crt: &Crt, residues: &[&[u64]], first: usize, width: usize, out: &mut [u64]) {
        self.0.enter::<A, _>(reconstruct::Rows { crt, residues, first, width, out });
    }

    fn modular(&self, crt: &Crt, modular: &Modular, residues: &[&[u64]], first: usize, out: &mut [u64]) {
        self.0.enter::<A, _>(modular::Modulo { crt, modular, residues, first, out });
    }

    fn integer_product(&self, out: &mut [u64], a: &[u64], b: &[u64]) -> bool {
        A::integer_product(self.0, out, a, b)
    }

    fn cut_chunks(&self, row: &[u64], first: u64, bits: u64, out: &mut [u64]) {
        if !A::cut_chunks(self.0, row, first, bits, out) {
            super::chunks::cut(row, first, bits, out);
        }
    }

    fn join_chunks(&self, joint: &Joint, residues: [&[u64]; 2], out: &mut [u64]) {
        if A::join_chunks(self.0, joint, residues, out) {
            return;
        }
        if joint.bits < chunks::NARROWEST {
            super::chunks::join(joint, residues, out);
        } else {
            self.0.enter::<A, _>(chunks::JoinWords { joint, residues, out });
        }
    }

    fn unfactor(&self, prime: &Prime) -> u64 {
        A::unfactor(prime)
    }

    fn scale(&self, prime: &Prime, data: &mut [u64], factor: Twiddle) {
        self.0.enter::<A, _>(rows::Scale { prime, data, factor: A::factor(prime, factor.value) });
    }

    fn factor(&self, prime: &Prime, value: u64) -> [u64; 2] {
        A::factor(prime, value)
    }

    fn programs<'p>(&self, prime: &'p Prime) -> &'p Programs {
        let kind = match A::REPRESENTATION {
            Representation::Words => 1,
            Representation::Doubles => 2,
        };
        &prime.programs()[kind]
    }

    fn tiles(
        &self,
        prime: &Prime,
        program: &Program,
        given: Option<(&[u64], usize)>,
        rows: &mut [&mut [u64]],
    ) {
        let task = Tiles { prime, program, given, rows };
        if self.0.fast_products() { self.0.enter::<A::Fused, _>(task) } else { self.0.enter::<A, _>(task) }
    }

    fn split(&self, prime: &Prime, x: &mut [u64], y: &mut [u64], w: Twiddle) {
        self.combine::<{ rows::SPLIT }>(prime, x, y, [w, w]);
    }

    fn join(&self, prime: &Prime, x: &mut [u64], y: &mut [u64], half: Twiddle, inverse: Twiddle) {
        self.combine::<{ rows::JOIN }>(prime, x, y, [half, inverse]);
    }
}

impl<A: Arithmetic> Vector<A> {
    fn combine<const WHAT: u8>(&self, prime: &Prime, x: &mut [u64], y: &mut [u64], w: [Twiddle; 2]) {
        assert_eq!(x.len(), y.len(), "rows of different lengths");
        let factors = w.map(|w| A::factor(prime, w.value));
        self.0.enter::<A, _>(Combination::<WHAT> { prime, x, y, factors });
    }
}
