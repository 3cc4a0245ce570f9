//! Products of a few fractions on the stack from end to end.
//!
//! They stand apart from [`product`](super::product) as those over Z do from the engine
//! ([`ring::short`](crate::ring::short)): a plan, a limb matrix or an allocation costs more than the product. The kernels are
//! those of [`direct`].

use super::{Words, denominator::Denominator, read_words, word, write_rows};
use crate::convolution::{
    self, Backend, Want,
    arrays::{self, Long},
    direct::{self, Row, Sink},
    plan::ceil_log2,
};
use crate::{Result, limit};
use num_bigint::Sign;
use num_rational::BigRational;
use std::ops::Range;

/// Operands of up to so many coefficients.
pub(super) const MAX_LEN: usize = direct::WORDS;

/// The product into `out`, if it is a short one; operands and result as for [`product`](super::product), none of them empty.
pub(super) fn product(
    a: Option<&[BigRational]>,
    b: &[BigRational],
    want: &Want,
    out: &mut Vec<BigRational>,
) -> Result<bool> {
    // A wrong setting is reported by every product.
    let backend = convolution::backend()?;
    let (m, n) = (a.map_or(out.len(), <[_]>::len), b.len());
    let task = Task { m, n, window: want.window(m, n), backend };
    Ok(match m.max(n) {
        0..=4 => task.words::<4, 8>(a, b, out)? || task.longs::<4, 8>(a, b, out)?,
        5..=8 => task.words::<8, 16>(a, b, out)? || task.longs::<8, 16>(a, b, out)?,
        9..=16 => task.words::<16, 32>(a, b, out)? || task.longs::<16, 32>(a, b, out)?,
        17..=32 => task.words::<32, 64>(a, b, out)?,
        _ => task.words::<MAX_LEN, { 2 * MAX_LEN }>(a, b, out)?,
    })
}

/// Lengths, none of them 0, what is wanted, and with which instructions.
struct Task {
    m: usize,
    n: usize,
    window: Range<usize>,
    backend: Backend,
}

impl Task {
    /// The product of numerators that are words over their common denominators, if all are.
    fn words<const N: usize, const M: usize>(
        &self,
        a: Option<&[BigRational]>,
        b: &[BigRational],
        out: &mut Vec<BigRational>,
    ) -> Result<bool> {
        let first = a.unwrap_or(out);
        let read = |values: &[BigRational]| -> Option<([i64; N], Words)> {
            let mut words = [0; N];
            let known = read_words(values, &mut words, |word| word)?;
            Some((words, known))
        };
        let Some((x, p)) = read(first) else { return Ok(false) };
        let other = if std::ptr::eq(first, b) { None } else { Some(read(b)) };
        let (y, q) = match &other {
            None => (&x, &p),
            Some(Some((y, q))) => (y, q),
            Some(None) => return Ok(false),
        };
        let denominator = Denominator::new(p.common, q.common);
        let sink = Fractions { window: self.window.clone(), denominator: denominator.as_ref(), out };
        direct::of_words::<N, M>(self.backend, &(x, p.bits), &(*y, q.bits), (self.m, self.n), sink)?;
        Ok(true)
    }

    /// The product of numerators of up to five limbs over their common denominators.
    fn longs<const N: usize, const M: usize>(
        &self,
        a: Option<&[BigRational]>,
        b: &[BigRational],
        out: &mut Vec<BigRational>,
    ) -> Result<bool> {
        let first = a.unwrap_or(out);
        let Some(p) = Sizes::of(first) else { return Ok(false) };
        let Some(q) = (if std::ptr::eq(first, b) { Some(p) } else { Sizes::of(b) }) else { return Ok(false) };
        match p.bits.max(q.bits).div_ceil(64) {
            0..=2 => self.fixed::<2, 5, N, M>(a, b, (p, q), out)?,
            3 => self.fixed::<3, 7, N, M>(a, b, (p, q), out)?,
            4 => self.fixed::<4, 9, N, M>(a, b, (p, q), out)?,
            5 => self.fixed::<5, 11, N, M>(a, b, (p, q), out)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The product of numerators of up to `W` limbs.
    fn fixed<const W: usize, const S: usize, const N: usize, const M: usize>(
        &self,
        a: Option<&[BigRational]>,
        b: &[BigRational],
        (p, q): (Sizes, Sizes),
        out: &mut Vec<BigRational>,
    ) -> Result<()> {
        let first = a.unwrap_or(out);
        let x = read_longs::<W, N>(first, p.common);
        let y = if std::ptr::eq(first, b) { x } else { read_longs::<W, N>(b, q.common) };
        let mut sums = [[0; S]; M];
        arrays::longs::<W, S, N, M>(&mut sums, &x, &y, (self.m, self.n));
        let bits = p.bits + q.bits + ceil_log2(self.m.min(self.n) as u64);
        let denominator = Denominator::new(p.common, q.common);
        Fractions { window: self.window.clone(), denominator: denominator.as_ref(), out }.put(&sums, bits)
    }
}

/// The wanted sums as fractions, in the memory that `out` has.
struct Fractions<'a> {
    window: Range<usize>,
    denominator: Option<&'a Denominator>,
    out: &'a mut Vec<BigRational>,
}

impl Sink for Fractions<'_> {
    #[inline(always)]
    fn put<const W: usize, T: Row<W>>(self, sums: &[T], bits: u64) -> Result<()> {
        let sums = &sums[self.window];
        limit::check(sums.len() as u64, bits + 1)?;
        write_rows(sums.iter().map(Row::row), self.denominator, self.out);
        Ok(())
    }
}

/// How large numerators over a common denominator are, and that.
#[derive(Clone, Copy)]
struct Sizes {
    bits: u64,
    common: u64,
}

impl Sizes {
    fn of(values: &[BigRational]) -> Option<Self> {
        let common = super::common_word(values)?;
        let bits = values.iter().map(|value| value.numer().bits()).max().unwrap_or(0);
        Some(Sizes {
            bits: bits + if common == 1 { 0 } else { u64::from(64 - common.leading_zeros()) },
            common,
        })
    }
}

/// The numerators as magnitudes of `W` limbs with masks for their signs, zeros beyond them.
#[inline(always)]
fn read_longs<const W: usize, const N: usize>(values: &[BigRational], common: u64) -> [Long<W>; N] {
    let mut longs = [Long::ZERO; N];
    for (long, value) in longs.iter_mut().zip(values) {
        let factor = if common == 1 { 1 } else { common / word(value.denom()).expect("a divisor of a word") };
        let (mut digits, mut carry) = (value.numer().iter_u64_digits(), 0);
        let mut magnitude = [0; W];
        for limb in &mut magnitude {
            let t = u128::from(digits.next().unwrap_or(0)) * u128::from(factor) + u128::from(carry);
            *limb = t as u64;
            carry = (t >> 64) as u64;
        }
        *long = Long::new(magnitude, if value.numer().sign() == Sign::Minus { u64::MAX } else { 0 });
    }
    longs
}
