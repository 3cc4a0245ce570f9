//! Products modulo 2: polynomials over GF(2) as strings of bits, 64 coefficients a word, multiplied without carries.
//!
//! They stand apart because nothing is carried and nothing reduced: a sum is an exclusive or, a square spreads the bits apart.
//!
//! # Method
//! Columns of products of words, by the processor's carry-less multiplication where it is there (S. Gueron, M. Kounavis 2010), else by a table of
//! the multiples of a word by four bits (R. P. Brent, P. Gaudry, E. Thomé, P. Zimmermann, ANTS-VIII, 2008); over it Karatsuba's method on
//! words. The longer operand goes in blocks of the length of the shorter one.
//!
//! # Invariants
//! Bit `i` of word `k` is coefficient `64*k + i`.

#[cfg(target_arch = "x86_64")]
mod x86;

use super::{
    Backend, backend,
    plan::Shape,
    scratch::{self, Scratch},
    tuning,
};
use crate::Result;
use std::ops::Range;

/// Operands of at most so many words are multiplied in columns.
const LEAF: usize = 16;

/// What multiplies words.
#[derive(Clone, Copy)]
pub(crate) enum Unit {
    /// Shifts and a table.
    Portable,
    /// The instruction of the processor.
    #[cfg(target_arch = "x86_64")]
    Clmul(x86::Clmul),
}

/// The unit of the back end in force.
///
/// # Errors
/// Kind unsupported where `MONIC_SIMD` names no back end of this machine.
pub(crate) fn unit() -> Result<Unit> {
    #[cfg(target_arch = "x86_64")]
    if backend()? != Backend::Portable
        && let Some(lane) = x86::Clmul::detect()
    {
        return Ok(Unit::Clmul(lane));
    }
    #[cfg(not(target_arch = "x86_64"))]
    let (Backend::Portable | Backend::Avx2 | Backend::Avx512 | Backend::Ifma) = backend()?;
    Ok(Unit::Portable)
}

impl Unit {
    /// The product of two words.
    #[inline]
    pub(crate) fn word(self, a: u64, b: u64) -> u128 {
        match self {
            Unit::Portable => Multiples::new(a).times(b),
            #[cfg(target_arch = "x86_64")]
            Unit::Clmul(lane) => lane.word(a, b),
        }
    }

    /// `out += a * b`, all of them.
    fn schoolbook(self, out: &mut [u64], a: &[u64], b: &[u64]) {
        match self {
            Unit::Portable => {
                for (i, &x) in a.iter().enumerate() {
                    let multiples = Multiples::new(x);
                    let mut carry = 0;
                    let (row, top) = out[i..=i + b.len()].split_at_mut(b.len());
                    for (o, &y) in row.iter_mut().zip(b) {
                        let product = multiples.times(y);
                        *o ^= product as u64 ^ carry;
                        carry = (product >> 64) as u64;
                    }
                    top[0] ^= carry;
                }
            }
            #[cfg(target_arch = "x86_64")]
            Unit::Clmul(lane) => lane.schoolbook(out, a, b),
        }
    }
}

/// The multiples of a word by the polynomials of degree below 4.
struct Multiples([u128; 16]);

impl Multiples {
    fn new(a: u64) -> Self {
        let mut table = [0; 16];
        for i in 1..16usize {
            table[i] = table[i / 2] << 1 ^ if i % 2 == 1 { u128::from(a) } else { 0 };
        }
        Multiples(table)
    }

    fn times(&self, b: u64) -> u128 {
        (0..16).rev().fold(0, |product, i| product << 4 ^ self.0[(b >> (4 * i)) as usize % 16])
    }
}

/// So many coefficients at most are multiplied as strings of bits.
pub(crate) fn most() -> usize {
    match unit() {
        Ok(Unit::Portable) | Err(_) => tuning::BITS_MOST_PORTABLE,
        #[cfg(target_arch = "x86_64")]
        Ok(Unit::Clmul(_)) => tuning::BITS_MOST,
    }
}

/// Whether a product of residues modulo 2 is one of bits.
pub(super) fn suits(shape: &Shape) -> bool {
    shape.square || (tuning::BITS_FEWEST..=most()).contains(&shape.a.min(shape.b))
}

/// Residues modulo 2, packed.
fn pack(f: &[u64]) -> Result<Scratch> {
    let mut words = scratch::take(f.len().div_ceil(64))?;
    for (word, chunk) in words.iter_mut().zip(f.chunks(64)) {
        *word = chunk.iter().rev().fold(0, |word, &c| word << 1 | c);
    }
    Ok(words)
}

/// Bit `i` of a string.
fn bit(words: &[u64], i: usize) -> u64 {
    words[i / 64] >> (i % 64) & 1
}

/// The coefficients of the window of a product of residues modulo 2.
///
/// # Errors
/// Those of [`unit`].
pub(super) fn residues(
    a: &[u64],
    b: &[u64],
    square: bool,
    window: Range<usize>,
    out: &mut [u64],
) -> Result<()> {
    if square {
        for (o, k) in out.iter_mut().zip(window) {
            *o = if k % 2 == 0 { a[k / 2] } else { 0 };
        }
        return Ok(());
    }
    let product = product(&pack(a)?, &pack(b)?)?;
    for (o, k) in out.iter_mut().zip(window) {
        *o = bit(&product, k);
    }
    Ok(())
}

/// The product of two strings of words, as long as both together.
///
/// # Errors
/// Those of [`unit`]; kind limit, where memory is refused.
pub(crate) fn product(a: &[u64], b: &[u64]) -> Result<Scratch> {
    let unit = unit()?;
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut out = scratch::take(a.len() + b.len())?;
    out.fill(0);
    let n = short.len();
    if n <= LEAF {
        unit.schoolbook(&mut out, short, long);
        return Ok(out);
    }
    let mut room = scratch::take(6 * n + 4 * usize::BITS as usize)?;
    let mut part = scratch::take(2 * n)?;
    let add = |out: &mut [u64], part: &[u64]| out.iter_mut().zip(part).for_each(|(o, c)| *o ^= c);
    for (i, block) in long.chunks(n).enumerate() {
        if block.len() == n {
            karatsuba(unit, &mut part, short, block, &mut room);
            add(&mut out[i * n..], &part);
        } else {
            add(&mut out[i * n..], &product(block, short)?);
        }
    }
    Ok(out)
}

/// `out = a * b` for operands of one length, by three products of half of it.
fn karatsuba(unit: Unit, out: &mut [u64], a: &[u64], b: &[u64], room: &mut [u64]) {
    let n = a.len();
    if n <= LEAF {
        out.fill(0);
        unit.schoolbook(out, a, b);
        return;
    }
    let h = n.div_ceil(2);
    let ((a0, a1), (b0, b1)) = (a.split_at(h), b.split_at(h));
    karatsuba(unit, &mut out[..2 * h], a0, b0, room);
    karatsuba(unit, &mut out[2 * h..], a1, b1, room);
    let (sums, rest) = room.split_at_mut(2 * h);
    let (middle, rest) = rest.split_at_mut(2 * h);
    sums[..h].copy_from_slice(a0);
    sums[h..].copy_from_slice(b0);
    sums[..h].iter_mut().zip(a1).for_each(|(s, c)| *s ^= c);
    sums[h..].iter_mut().zip(b1).for_each(|(s, c)| *s ^= c);
    let (x, y) = sums.split_at(h);
    karatsuba(unit, middle, x, y, rest);
    middle.iter_mut().zip(&out[..2 * h]).for_each(|(m, c)| *m ^= c);
    middle.iter_mut().zip(&out[2 * h..]).for_each(|(m, c)| *m ^= c);
    out[h..].iter_mut().zip(&*middle).for_each(|(o, m)| *o ^= m);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::{Algorithm, Want, with_backend, words_mod};
    use crate::integer::WordModulus;

    fn random(len: usize, seed: u64) -> Vec<u64> {
        let mut x = seed;
        (0..len)
            .map(|_| {
                x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                x >> 63
            })
            .collect()
    }

    #[test]
    fn words() {
        for backend in Backend::available() {
            with_backend(backend, || {
                let unit = unit().unwrap();
                for a in [0, 1, 2, u64::MAX, 1 << 63, 0x9E37_79B9_7F4A_7C15] {
                    for b in [0, 1, 3, u64::MAX, 1 << 63, 0x1234_5678_9ABC_DEF1] {
                        let expected =
                            (0..64).fold(0, |p, i| p ^ if b >> i & 1 == 1 { u128::from(a) << i } else { 0 });
                        assert_eq!(unit.word(a, b), expected);
                    }
                }
            })
            .unwrap();
        }
    }

    /// Every shape around words, leaves and blocks, every window of some, against schoolbook; squares.
    #[test]
    fn against_schoolbook() {
        let two = WordModulus::new(2).unwrap();
        for backend in Backend::available() {
            with_backend(backend, || {
                for (m, n) in [
                    (1, 1),
                    (33, 40),
                    (64, 64),
                    (65, 127),
                    (70, 700),
                    (1024, 1025),
                    (1100, 2400),
                    (2113, 2113),
                    (3000, 90),
                ] {
                    for (a, b) in [(random(m, 1), random(n, 2)), (vec![1; m], vec![1; n])] {
                        let expected =
                            words_mod(&two, &a, &b, &Want::full().by(Algorithm::Schoolbook)).unwrap();
                        for window in [0..m + n - 1, 0..m, m / 2..m / 2 + n / 2, m + n - 2..m + n - 1] {
                            let mut out = vec![7; window.len()];
                            residues(&a, &b, false, window.clone(), &mut out).unwrap();
                            assert_eq!(out, expected[window.clone()], "{m} x {n}, {window:?}");
                            assert_eq!(
                                words_mod(&two, &a, &b, &Want::range(window.clone())).unwrap(),
                                expected[window]
                            );
                        }
                        let square =
                            words_mod(&two, &a, &a, &Want::full().by(Algorithm::Schoolbook)).unwrap();
                        assert_eq!(words_mod(&two, &a, &a, &Want::full()).unwrap(), square);
                        assert_eq!(words_mod(&two, &a, &a, &Want::range(3..m)).unwrap(), square[3.min(m)..m]);
                    }
                }
            })
            .unwrap();
        }
    }

    /// The table behind the constants: `cargo test --release --lib -- --ignored --nocapture crossover_of_bits`.
    #[test]
    #[ignore = "a measurement: cargo test --release --lib -- --ignored --nocapture"]
    fn crossover_of_bits() {
        let two = WordModulus::new(2).unwrap();
        println!("{:>10} {:>12} {:>12}", "length", "bits us", "others us");
        for n in [16usize, 32, 64, 128, 1024, 1 << 14, 1 << 17, 1 << 19, 1 << 20, 1 << 21, 1 << 22] {
            let (a, b) = (random(n, 1), random(n, 2));
            let rounds = ((1 << 22) / n).clamp(3, 20_000);
            let time = |run: &dyn Fn()| {
                let mut least = f64::INFINITY;
                for _ in 0..3 {
                    let start = std::time::Instant::now();
                    (0..rounds.div_ceil(3)).for_each(|_| run());
                    least = least.min(start.elapsed().as_secs_f64() * 1e6 / rounds.div_ceil(3) as f64);
                }
                least
            };
            let bits = time(&|| {
                let mut out = vec![0; 2 * n - 1];
                residues(&a, &b, false, 0..2 * n - 1, &mut out).unwrap();
                std::hint::black_box(out);
            });
            let algorithm = if n < 256 { Algorithm::Schoolbook } else { Algorithm::Ntt };
            let others = time(&|| {
                std::hint::black_box(words_mod(&two, &a, &b, &Want::full().by(algorithm)).unwrap());
            });
            println!("{n:>10} {bits:>12.2} {others:>12.2}");
        }
    }
}
