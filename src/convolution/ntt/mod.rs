//! Exact products by number-theoretic transforms: `c = T^-1(T(a) * T(b))` modulo word primes.
//!
//! - [`prime`]: the family of primes, their roots and tables
//! - [`Kernel`]: what a back end has to provide; [`portable`] the reference, [`simd`] for vector units
//! - [`truncated`]: the top layers as steps on rows, also of lengths between powers of two; [`tiles`]: those steps in the cache
//! - [`values`]: one operand or product modulo one prime
//! - [`chunks`]: coefficients of many limbs in pieces shorter than a prime; [`wide`]: in pieces of whole limbs
//! - [`split`]: words and limbs to residues, one by one; [`images`]: residues and integers from them, for whoever computes modulo primes
//! - [`product`]: operands to residues, transforms, blocks of an unbalanced operand, results back
//!
//! The order of a transformed sequence is the back end's own (scrambled); nothing is ever bit-reversed.

pub(in crate::convolution) mod axes;
pub(crate) mod chunks;
pub(crate) mod images;
mod portable;
pub(crate) mod prime;
pub(crate) mod product;
mod simd;
mod split;
mod spread;
mod tiles;
mod truncated;
pub(crate) mod values;
pub(crate) mod wide;

use super::{
    crt::{Basis, Crt, Modular, Modulus, scalar},
    tuning,
};
use crate::{
    Error, Result,
    integer::{BigModulus, IntegerSlice, WordModulus},
};
use chunks::Joint;
use prime::{Family, Prime, Twiddle};
use product::Source;
pub(crate) use simd::Planes;
use std::{
    cell::Cell,
    fmt,
    ops::Range,
    sync::{Arc, OnceLock},
};
use truncated::{Program, Programs};

/// The longest transform that there are primes for.
pub(crate) const MAX_LENGTH: usize = Family::Long.max_length();

/// Transforms modulo one prime: the part of a product that a vector unit can do.
///
/// # Invariants
/// `forward` takes residues below `4p` and leaves values that only `pointwise` and `square` of the same back
/// end read. These leave the product divided by [`unfactor`](Self::unfactor), in the same form. `inverse` reads what
/// they left and leaves words congruent to the coefficients times the length, below 2^63; `reduce` brings them below `2p`.
///
/// `block` selects a transform modulo `x^len - z[block]`, `z[0] = 1`, `z[2j] = w[j]`, `z[2j+1] = -w[j]`: block
/// 0 is the cyclic one, the others are parts of a longer transform.
///
/// What combines rows works on words below `2p`, and leaves such.
pub(crate) trait Kernel: Sync {
    /// Coefficients to values; those from `filled` on are zero, whatever stands there.
    fn forward(&self, prime: &Prime, data: &mut [u64], block: usize, filled: usize);
    /// Values to coefficients, times `data.len()`.
    fn inverse(&self, prime: &Prime, data: &mut [u64], block: usize);
    /// `a *= b`, divided by [`unfactor`](Self::unfactor).
    fn pointwise(&self, prime: &Prime, a: &mut [u64], b: &[u64]);
    /// `a *= a`, divided by [`unfactor`](Self::unfactor).
    fn square(&self, prime: &Prime, a: &mut [u64]);
    /// `sum += a * b`, divided by [`unfactor`](Self::unfactor). Reads any values, leaves what `pointwise` leaves.
    fn accumulate(&self, prime: &Prime, sum: &mut [u64], a: &[u64], b: &[u64]) {
        for ((sum, &a), &b) in sum.iter_mut().zip(a).zip(b) {
            *sum = prime.reduce(*sum + prime.montgomery(u128::from(a) * u128::from(b)));
        }
    }

    /// `sum += w * a`. Reads any values, leaves what `pointwise` leaves.
    fn add_scaled(&self, prime: &Prime, sum: &mut [u64], a: &[u64], w: Twiddle) {
        for (sum, &a) in sum.iter_mut().zip(a) {
            *sum = prime.reduce(*sum + prime.mul(a, w));
        }
    }

    /// `a *= w`. Reads any values, leaves what `pointwise` leaves.
    fn multiply(&self, prime: &Prime, a: &mut [u64], w: Twiddle) {
        a.iter_mut().for_each(|a| *a = prime.mul(*a, w));
    }

    /// What a pointwise product has to be multiplied by: a reduced residue.
    fn unfactor(&self, prime: &Prime) -> u64;

    /// Residues below 4p of words: residues modulo `n`, taken as the integers closest to zero; with `n = 0`, which
    /// stands for 2^64, signed integers. For primes of the family.
    fn split_words(&self, prime: &Prime, words: &[u64], n: u64, out: &mut [u64]) {
        split::words(prime, words, n, out);
    }

    /// The digits of rows of limbs, laid out for [`split_planes`](Self::split_planes), where that pays.
    fn planes(&self, _rows: IntegerSlice<'_>) -> Option<Planes> {
        None
    }

    /// Residues below 4p of a range of the coefficients that [`planes`](Self::planes) laid out.
    fn split_planes(&self, _prime: &Prime, _planes: &Planes, _range: Range<usize>, _out: &mut [u64]) {
        unreachable!("this kernel lays out no digits")
    }

    /// Row `k - first` of `out`, `width` limbs in two's complement: the integer with residues `residues[i][k]`, which are
    /// as `inverse` leaves them, or below 4p.
    fn rows(&self, crt: &Crt, residues: &[&[u64]], first: usize, width: usize, out: &mut [u64]) {
        scalar::rows(crt, residues, first, width, out);
    }

    /// The same integers modulo a modulus, in rows of [its width](Modular::width).
    fn modular(&self, crt: &Crt, modular: &Modular, residues: &[&[u64]], first: usize, out: &mut [u64]) {
        scalar::modular(crt, modular, residues, first, out);
    }

    /// `out = a * b` for two natural numbers of limbs, `out.len() = a.len() + b.len()`, where there is a way that is faster
    /// than words; whether there was.
    fn integer_product(&self, _out: &mut [u64], _a: &[u64], _b: &[u64]) -> bool {
        false
    }

    /// Chunks of `bits` bits of a natural number, from bit `first` on.
    fn cut_chunks(&self, row: &[u64], first: u64, bits: u64, out: &mut [u64]) {
        chunks::cut(row, first, bits, out);
    }

    /// `out = sum x[t] * 2^(bits*t)` modulo the size of `out`, from the residues of the `x[t]` as `inverse` leaves them.
    fn join_chunks(&self, joint: &Joint, residues: [&[u64]; 2], out: &mut [u64]) {
        chunks::join(joint, residues, out);
    }

    /// What `inverse` leaves to words below `2p`.
    fn reduce(&self, prime: &Prime, data: &mut [u64]) {
        data.iter_mut().for_each(|x| *x = prime.reduce(*x));
    }

    /// What `inverse` leaves, times a factor, in `0..p`.
    fn scale(&self, prime: &Prime, data: &mut [u64], factor: Twiddle) {
        data.iter_mut().for_each(|x| *x = prime.canonical(prime.mul(*x, factor)));
    }

    /// A reduced residue as a factor of the steps of a [`Program`].
    fn factor(&self, prime: &Prime, value: u64) -> [u64; 2] {
        let w = prime.twiddle(value);
        [w.value, w.quotient]
    }

    /// The programs that the prime keeps with these factors.
    fn programs<'p>(&self, prime: &'p Prime) -> &'p Programs {
        &prime.programs()[0]
    }

    /// The steps of a program on some columns of its rows. What is read stands in them, or at the distance that `given` has in its words.
    fn tiles(
        &self,
        prime: &Prime,
        program: &Program,
        given: Option<(&[u64], usize)>,
        rows: &mut [&mut [u64]],
    ) {
        tiles::scalar(prime, program, given, rows);
    }

    /// `(x, y) = (x + w*y, x - w*y)`.
    fn split(&self, prime: &Prime, x: &mut [u64], y: &mut [u64], w: Twiddle) {
        for (x, y) in x.iter_mut().zip(y) {
            let t = prime.mul(*y, w);
            (*x, *y) = (prime.reduce(*x + t), prime.reduce(*x + 2 * prime.p() - t));
        }
    }

    /// `(x, y) = ((x + y) * half, (y - x) * inverse)`.
    fn join(&self, prime: &Prime, x: &mut [u64], y: &mut [u64], half: Twiddle, inverse: Twiddle) {
        for (x, y) in x.iter_mut().zip(y) {
            (*x, *y) = (prime.mul(*x + *y, half), prime.mul(*y + 2 * prime.p() - *x, inverse));
        }
    }
}

/// The instruction sets that transforms are written for.
///
/// Results are the same with each of them, bit for bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Backend {
    /// Plain 64-bit arithmetic, everywhere.
    Portable,
    /// Four doubles with fused multiplication and addition: x86-64 with AVX2 and FMA.
    Avx2,
    /// Eight doubles: x86-64 with AVX-512 (F, DQ, VL, BW).
    Avx512,
    /// Eight integers with 52-bit multiplication: the same with AVX-512 IFMA.
    Ifma,
}

impl Backend {
    /// All of them, the best first.
    const ALL: [Backend; 4] = [Backend::Ifma, Backend::Avx512, Backend::Avx2, Backend::Portable];

    /// The back ends that this machine can run, the best first.
    ///
    /// # Examples
    /// ```
    /// use monic::convolution::Backend;
    /// assert_eq!(Backend::available().last(), Some(&Backend::Portable));
    /// ```
    pub fn available() -> Vec<Backend> {
        Self::ALL.into_iter().filter(|&backend| simd::kernel(backend).is_some()).collect()
    }

    /// What `MONIC_SIMD` calls it: `portable`, `avx2`, `avx512` or `ifma`.
    pub fn name(self) -> &'static str {
        match self {
            Backend::Portable => "portable",
            Backend::Avx2 => "avx2",
            Backend::Avx512 => "avx512",
            Backend::Ifma => "ifma",
        }
    }

    pub(crate) fn kernel(self) -> &'static dyn Kernel {
        simd::kernel(self).expect("only back ends of this machine are chosen")
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

thread_local! {
    /// What [`with_backend`] forces on this thread.
    static FORCED: Cell<Option<Backend>> = const { Cell::new(None) };
}

/// The back end of products: the best that the machine has, or what `MONIC_SIMD` names (`portable`, `avx2`,
/// `avx512`, `ifma`), chosen once; inside of [`with_backend`], what that was given.
///
/// # Errors
/// Kind unsupported, when `MONIC_SIMD` names none, or one that this machine lacks.
///
/// # Examples
/// ```
/// println!("{}", monic::convolution::backend()?);
/// # Ok::<(), monic::Error>(())
/// ```
#[inline]
pub fn backend() -> Result<Backend> {
    static CHOSEN: OnceLock<std::result::Result<Backend, String>> = OnceLock::new();
    if let Some(backend) = FORCED.get() {
        return Ok(backend);
    }
    match CHOSEN.get_or_init(detect) {
        Ok(backend) => Ok(*backend),
        Err(message) => Err(refused(message)),
    }
}

/// What [`backend`] is, where nothing forces it.
#[cold]
fn detect() -> std::result::Result<Backend, String> {
    let available = Backend::available();
    match std::env::var_os("MONIC_SIMD") {
        None => Ok(available[0]),
        Some(name) => choose(&name.to_string_lossy(), &available),
    }
}

#[cold]
fn refused(message: &str) -> Error {
    Error::unsupported(message.to_owned())
}

/// Runs `f` with a back end for all products that this thread starts meanwhile, whatever `MONIC_SIMD` says.
///
/// # Errors
/// Kind unsupported, when this machine lacks the instructions; `f` does not run then.
///
/// # Examples
/// ```
/// use monic::{convolution::{Backend, Want, integers, with_backend}, integer::IntegerVec};
/// let f = IntegerVec::from_i64s(&[1, 2]);
/// let square = with_backend(Backend::Portable, || integers(f.as_slice(), f.as_slice(), &Want::full()))??;
/// assert_eq!(square.to_bigints(), [1, 4, 4].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn with_backend<T>(backend: Backend, f: impl FnOnce() -> T) -> Result<T> {
    /// Puts the old value back, after a panic too.
    struct Restore(Option<Backend>);
    impl Drop for Restore {
        fn drop(&mut self) {
            FORCED.set(self.0);
        }
    }
    if simd::kernel(backend).is_none() {
        return Err(Error::unsupported(format!("this machine lacks the instructions of {backend}")));
    }
    let _restore = Restore(FORCED.replace(Some(backend)));
    Ok(f())
}

/// Bare transforms, for the benchmark that measures them.
#[doc(hidden)]
pub struct Transforms {
    prime: Arc<Prime>,
    kernel: &'static dyn Kernel,
}

#[doc(hidden)]
impl Transforms {
    /// Modulo the first prime.
    pub fn new(backend: Backend) -> Option<Self> {
        Some(Transforms {
            prime: prime::primes(Family::Common, 1)[0].clone(),
            kernel: simd::kernel(backend)?,
        })
    }

    /// The prime.
    pub fn modulus(&self) -> u64 {
        self.prime.p()
    }

    /// The values of residues.
    pub fn forward(&self, data: &mut [u64]) {
        self.kernel.forward(&self.prime, data, 0, data.len());
    }

    /// `a *= b`, values.
    pub fn pointwise(&self, a: &mut [u64], b: &[u64]) {
        self.kernel.pointwise(&self.prime, a, b);
    }

    /// The coefficients of a product of values, not scaled.
    pub fn inverse(&self, data: &mut [u64]) {
        self.kernel.inverse(&self.prime, data, 0);
    }

    /// Scales those, canonical.
    pub fn scale(&self, data: &mut [u64]) {
        let m = self.prime.modulus();
        let inverse = m.inverse(m.reduce(data.len() as u64)).expect("odd");
        let factor = self.prime.twiddle(m.mul(inverse, self.kernel.unfactor(&self.prime)));
        self.kernel.scale(&self.prime, data, factor);
    }
}

/// Bare conversions over the first primes of the family, for the benchmark that measures them.
#[doc(hidden)]
pub struct Conversions {
    basis: &'static Basis,
    kernel: &'static dyn Kernel,
}

#[doc(hidden)]
impl Conversions {
    /// Over so many primes.
    pub fn new(backend: Backend, primes: usize) -> Option<Self> {
        Some(Conversions { basis: Basis::of(Family::Common, primes), kernel: simd::kernel(backend)? })
    }

    /// The primes.
    pub fn moduli(&self) -> Vec<u64> {
        self.basis.primes().iter().map(|prime| prime.p()).collect()
    }

    /// Residues below 4p of integers, prime by prime.
    pub fn split(&self, rows: IntegerSlice<'_>, out: &mut [u64]) {
        let planes = self.kernel.planes(rows);
        let source = Source::rows(rows, &planes);
        for (prime, out) in self.basis.primes().iter().zip(out.chunks_exact_mut(rows.len())) {
            source.fill(self.kernel, prime, 0..rows.len(), out);
        }
    }

    /// The integers with residues, in rows of `width` limbs.
    pub fn rows(&self, residues: &[&[u64]], width: usize, out: &mut [u64]) {
        self.kernel.rows(&self.basis.crt(|_| 1), residues, 0, width, out);
    }

    /// The same modulo a word.
    pub fn words(&self, residues: &[&[u64]], n: &WordModulus, out: &mut [u64]) {
        let modular = Modular::of(self.basis, Modulus::Word(*n));
        self.kernel.modular(&self.basis.crt(|_| 1), &modular, residues, 0, out);
    }

    /// The same modulo a large modulus, in rows that hold it and a sign bit.
    pub fn rows_mod(&self, residues: &[&[u64]], n: &BigModulus, out: &mut [u64]) {
        let modular = Modular::of(self.basis, Modulus::Big(n.clone()));
        self.kernel.modular(&self.basis.crt(|_| 1), &modular, residues, 0, out);
    }
}

fn choose(name: &str, available: &[Backend]) -> std::result::Result<Backend, String> {
    let there_is = available.iter().map(|backend| backend.name()).collect::<Vec<_>>().join(", ");
    match Backend::ALL.into_iter().find(|backend| backend.name() == name) {
        Some(backend) if available.contains(&backend) => Ok(backend),
        Some(_) => {
            Err(format!("MONIC_SIMD={name}: this machine lacks the instructions; there is: {there_is}"))
        }
        None => Err(format!("MONIC_SIMD={name:?} names no back end; there is: {there_is}")),
    }
}

/// How many primes of a family hold a signed coefficient of `bits` bits.
///
/// The product of n of them is over 2^(49n - 1), and [`crt`](super::crt) needs it over four times the coefficient.
pub(crate) fn primes_for(bits: u64) -> usize {
    (bits + 3).div_ceil(prime::PRIME_BITS) as usize
}

/// The length of the fastest transform of at least `n` points: a truncated one, or a power of two.
pub(crate) fn fast_length(n: usize) -> usize {
    let (size, truncated) = (n.next_power_of_two(), truncated::length(n));
    let most = tuning::TRUNCATED.iter().find(|(from, _)| size >= *from);
    most.filter(|(_, sixteenths)| truncated.div_ceil(size / 16) <= *sixteenths).map_or(size, |_| truncated)
}

/// The longest transform modulo `modulus` itself; 0 when there is none.
pub(crate) fn direct_length(modulus: u128) -> usize {
    u64::try_from(modulus).ok().and_then(prime::user_prime).map_or(0, |prime| prime.max_length())
}

#[cfg(test)]
pub(super) mod tests;
