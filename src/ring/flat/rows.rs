//! Long division of integer sequences in rows of limbs: `f = q*g + r` and `l^d*f = q*g + r`, `l` the leading coefficient of `g`.
//!
//! It stands apart from [`words`](super::words), whose rows are words: here a quotient has a few limbs, what is subtracted is a product of limbs, and
//! nothing is allocated at a step.
//!
//! # Method
//! The width of all rows is that of Hadamard's bound: after `i` steps a remainder consists of determinants of `i` shifts of `g` and one of
//! `f`, at most `|g|^i * |f|` in the Euclidean norm. With the power of `l`, a row is scaled when a step first reaches it.
//!
//! # Invariants
//! Rows are in two's complement, divisors magnitudes with a sign. Divisors have a leading coefficient; dividends are not shorter.

use super::log2_euclidean;
use crate::{
    Result,
    convolution::{
        integer_product::{ExactDivisor, mul_limbs},
        plan::ceil_log2,
    },
    integer::{
        IntegerVec,
        bigints::{self, from_magnitude},
        limbs::{
            add_assign, add_mul, is_negative, mul_word, negate, sub_assign, sub_mul, trimmed, write_row,
        },
    },
    ring::{
        Ring, ZZ,
        generic::{QuoRem, division::inexact, trim},
        numbers, remainders,
    },
};
use num_bigint::{BigInt, Sign};

/// The coefficients of a divisor but the leading one.
pub(super) struct Divisor {
    limbs: Vec<u64>,
    /// Where each ends, and whether it is negative.
    ends: Vec<(usize, bool)>,
}

impl Divisor {
    pub(super) fn new(g: &[BigInt]) -> Self {
        let mut limbs = Vec::new();
        let ends = g
            .iter()
            .map(|c| {
                limbs.extend(c.iter_u64_digits());
                (limbs.len(), c.sign() == Sign::Minus)
            })
            .collect();
        Divisor { limbs, ends }
    }

    /// `rows[j] -= q*g[j]`
    pub(super) fn subtract(&self, rows: &mut [u64], width: usize, q: &Magnitude, product: &mut Vec<u64>) {
        let mut start = 0;
        for (row, &(end, negative)) in rows.chunks_exact_mut(width).zip(&self.ends) {
            let c = &self.limbs[start..end];
            start = end;
            if !c.is_empty() {
                subtract(row, &q.limbs, c, q.negative != negative, product);
            }
        }
    }
}

/// `row -= a*b`, or `+=` where the product is negative; neither is empty, and the row holds the result.
fn subtract(row: &mut [u64], a: &[u64], b: &[u64], negative: bool, product: &mut Vec<u64>) {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let done = long.len();
    if let ([word], true) = (short, done < row.len()) {
        if negative {
            let carry = add_mul(row, long, *word);
            add_assign(&mut row[done..], &[carry]);
        } else {
            let owed = sub_mul(row, long, *word);
            sub_assign(&mut row[done..], &[owed]);
        }
        return;
    }
    product.resize(long.len() + short.len(), 0);
    mul_limbs(product, long, short);
    // What stands above the row is zeros: the product is at most twice what a row holds.
    let product = &product[..product.len().min(row.len())];
    if negative {
        add_assign(row, product);
    } else {
        sub_assign(row, product);
    }
}

/// An absolute value and a sign.
#[derive(Default)]
pub(super) struct Magnitude {
    limbs: Vec<u64>,
    negative: bool,
}

impl Magnitude {
    /// That of a row, in the memory that is there.
    pub(super) fn read(&mut self, row: &[u64]) {
        self.limbs.clear();
        self.limbs.extend_from_slice(row);
        self.negative = is_negative(row);
        if self.negative {
            negate(&mut self.limbs);
        }
        self.limbs.truncate(trimmed(&self.limbs).len());
    }

    pub(super) fn assign(&mut self, value: &BigInt) {
        self.negative = value.sign() == Sign::Minus;
        self.limbs.clear();
        self.limbs.extend(value.iter_u64_digits());
    }

    pub(super) fn is_zero(&self) -> bool {
        self.limbs.is_empty()
    }

    pub(super) fn to_integer(&self) -> BigInt {
        from_magnitude(if self.negative { Sign::Minus } else { Sign::Plus }, &self.limbs)
    }
}

/// Limbs of rows for `d` steps.
pub(super) fn width(f: &[BigInt], g: &[BigInt], d: usize) -> usize {
    // A sign, and the products of a step, which are at most twice as large.
    let bits = log2_euclidean(f) + d as f64 * log2_euclidean(g);
    bits.ceil() as usize / 64 + 1 + usize::from(bits.ceil() as usize % 64 > 61)
}

fn matrix(values: &[BigInt], width: usize) -> Result<IntegerVec> {
    let mut rows = IntegerVec::try_zeros(values.len(), width)?;
    bigints::write_rows(values.iter().map(bigints::parts), rows.limbs_mut(), width);
    Ok(rows)
}

/// Coefficients of a quotient that are found in rows of one width.
const BLOCK: usize = 32;

/// Limbs of a matrix at most; beyond, what is divided has few coefficients that are long, or steps that are many.
pub(in crate::ring) const MATRIX: usize = 1 << 21;

/// Divides `rem`, of `quo.len()` coefficients more than the degree of `g`, in place: the remainder is left in its lower part, any
/// values in its upper one.
///
/// # Errors
/// Those of exact quotients, where the leading coefficient of `g` is no unit; kind limit when memory is refused.
pub(in crate::ring) fn long(rem: &mut [BigInt], g: &[BigInt], quo: &mut [BigInt]) -> Result<()> {
    let n = g.len() - 1;
    if n == 0 {
        for (q, c) in quo.iter_mut().zip(rem) {
            *q = ZZ.try_exact_quo(c, &g[0])?;
        }
        return Ok(());
    }
    let divisor = Divisor::new(&g[..n]);
    let mut end = quo.len();
    while end > 0 {
        let start = end.saturating_sub(BLOCK);
        block(&mut rem[start..n + end], g, &divisor, &mut quo[start..end])?;
        end = start;
    }
    Ok(())
}

/// [`long`] for a few coefficients of a quotient.
fn block(rem: &mut [BigInt], g: &[BigInt], divisor: &Divisor, quo: &mut [BigInt]) -> Result<()> {
    let (n, d) = (g.len() - 1, quo.len());
    let width = width(rem, g, d);
    // Where an exact quotient is small, so is all that is left on the way, and far smaller than the bound.
    let bits = rem.iter().map(BigInt::bits).max().unwrap_or(0);
    let narrow = (bits + 66) as usize / 64 + 1;
    if 2 * narrow < width && g[n].magnitude().bits() > 1 && in_rows(rem, g, divisor, quo, (narrow, bits))? {
        return Ok(());
    }
    let limbs: usize = rem.iter().map(|c| c.iter_u64_digits().len()).sum();
    if rem.len() * width > MATRIX.min(16 * (limbs + rem.len() + d * divisor.limbs.len())) {
        for shift in (0..d).rev() {
            let q = ZZ.try_exact_quo(&rem[n + shift], &g[n])?;
            ZZ.sub_product(&mut rem[shift..shift + n], std::slice::from_ref(&q), &g[..n])?;
            quo[shift] = q;
        }
        return Ok(());
    }
    in_rows(rem, g, divisor, quo, (width, 0)).map(|_| ())
}

/// The same in rows of `width` limbs; false, and nothing divided, where what is left might become longer. Values of `bits` bits are there at first; none where the width
/// is known to do.
fn in_rows(
    rem: &mut [BigInt],
    g: &[BigInt],
    divisor: &Divisor,
    quo: &mut [BigInt],
    (width, bits): (usize, u64),
) -> Result<bool> {
    let (n, d) = (g.len() - 1, quo.len());
    let leading = &g[n];
    // As many products as there are steps, and what is there at first.
    let most = (64 * width as u64 - 1).saturating_sub(ceil_log2(d as u64 + 1));
    let bits_g = g[..n].iter().map(BigInt::bits).max().unwrap_or(0);
    if bits > most {
        return Ok(false);
    }
    let mut rows = matrix(rem, width)?;
    let rows = rows.limbs_mut();
    let unit = leading.magnitude().bits() == 1;
    let mut exact = if unit { None } else { Some(ExactDivisor::new(leading.magnitude())) };
    let (mut q, mut product) = (Magnitude::default(), Vec::new());
    for shift in (0..d).rev() {
        q.read(&rows[(n + shift) * width..(n + shift + 1) * width]);
        if q.limbs.is_empty() {
            quo[shift] = BigInt::ZERO;
            continue;
        }
        q.negative ^= leading.sign() == Sign::Minus;
        quo[shift] = match &mut exact {
            None => q.to_integer(),
            Some(divisor) => {
                let quotient = divisor.quotient(&q.to_integer()).ok_or_else(inexact)?;
                q.assign(&quotient);
                quotient
            }
        };
        if bits > 0 && quo[shift].bits() + bits_g > most {
            return Ok(false);
        }
        divisor.subtract(&mut rows[shift * width..(n + shift) * width], width, &q, &mut product);
    }
    for (c, row) in rem[..n].iter_mut().zip(rows.chunks_exact(width)) {
        *c = bigints::from_row(row);
    }
    Ok(true)
}

/// `(q, r)` with `l^d*f = q*g + r`, both without trailing zeros.
///
/// # Errors
/// Kind limit when memory is refused.
pub(in crate::ring) fn pseudo(f: &[BigInt], g: &[BigInt]) -> Result<QuoRem<BigInt>> {
    let (n, d) = (g.len() - 1, f.len() + 1 - g.len());
    let width = width(f, g, d);
    if f.len().saturating_mul(width) > MATRIX {
        return remainders::pseudo_quo_rem(&ZZ, f, g);
    }
    // Rows that the first step does not reach wait for the power that they have then.
    let mut rows = matrix(f, width)?;
    let rows = rows.limbs_mut();
    let (leading, divisor) = (&g[n], Divisor::new(&g[..n]));
    let scale: Vec<u64> = leading.iter_u64_digits().collect();
    let negative = leading.sign() == Sign::Minus;
    let (mut q, mut product) = (Magnitude::default(), Vec::new());
    let mut power = BigInt::from(1);
    let mut quo = vec![BigInt::ZERO; d];
    for shift in (0..d).rev() {
        if shift + 1 < d {
            let entering = numbers::signed_product(&f[shift], &power);
            let row = &mut rows[shift * width..(shift + 1) * width];
            write_row(row, entering.iter_u64_digits(), entering.sign() == Sign::Minus);
        }
        power = numbers::signed_product(&power, leading);
        let (window, top) = rows[shift * width..(n + shift + 1) * width].split_at_mut(n * width);
        q.read(top);
        for row in window.chunks_exact_mut(width) {
            multiply(row, &scale, negative, &mut product);
        }
        if !q.limbs.is_empty() {
            divisor.subtract(window, width, &q, &mut product);
            quo[shift] = q.to_integer();
        }
    }
    // A coefficient of the quotient is scaled by all steps after its own.
    let mut power = BigInt::from(1);
    for c in &mut quo {
        *c = numbers::signed_product(c, &power);
        power = numbers::signed_product(&power, leading);
    }
    let mut rem: Vec<BigInt> = rows[..n * width].chunks_exact(width).map(bigints::from_row).collect();
    trim(&ZZ, &mut quo);
    trim(&ZZ, &mut rem);
    Ok((quo, rem))
}

/// `row *= c`, or `-c`; the row holds the result.
pub(super) fn multiply(row: &mut [u64], c: &[u64], negative: bool, product: &mut Vec<u64>) {
    let sign = is_negative(row);
    if sign {
        negate(row);
    }
    if let [word] = c {
        mul_word(row, *word, 0);
    } else {
        let magnitude = trimmed(row);
        product.resize(magnitude.len() + c.len(), 0);
        mul_limbs(product, magnitude, c);
        let len = product.len().min(row.len());
        row[..len].copy_from_slice(&product[..len]);
        row[len..].fill(0);
    }
    if sign != negative {
        negate(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::generic::division;
    use num_traits::Signed;

    fn draw(len: usize, bits: u64, seed: u64) -> Vec<BigInt> {
        let mut x = seed;
        let mut next = || {
            x = x.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
            x
        };
        let mut v: Vec<BigInt> = (0..len)
            .map(|_| {
                let limbs =
                    (0..bits.div_ceil(64)).fold(BigInt::from(next() as i64), |c, _| (c << 64u8) + next());
                &limbs >> limbs.bits().saturating_sub(bits)
            })
            .collect();
        if let Some(last) = v.last_mut().filter(|c| **c == BigInt::ZERO) {
            *last = 1.into();
        }
        v
    }

    /// All sizes, signs and widths against the generic ones; coefficients of all ones, and at the bound.
    #[test]
    fn agrees_with_the_generic_ones() {
        for bits in [1, 2, 8, 60, 63, 64, 65, 127, 128, 300, 1000] {
            for (m, n) in [(1, 1), (2, 1), (4, 2), (3, 9), (9, 6), (20, 3)] {
                let (f, mut g) = (draw(m + n - 1, bits, 3), draw(n, bits, 5));
                assert_eq!(
                    pseudo(&f, &g).unwrap(),
                    remainders::pseudo_quo_rem(&ZZ, &f, &g).unwrap(),
                    "{bits}: {m}, {n}"
                );
                // Powers of two at their bound: (2^b - 1) everywhere.
                let ones = |len: usize| vec![(BigInt::from(1) << bits) - 1; len];
                let (x, y) = (ones(m + n - 1), ones(n));
                assert_eq!(pseudo(&x, &y).unwrap(), remainders::pseudo_quo_rem(&ZZ, &x, &y).unwrap());
                for leading in [1, -1] {
                    g[n - 1] = leading.into();
                    let (mut rem, mut quo) = (f.clone(), vec![BigInt::ZERO; m]);
                    long(&mut rem, &g, &mut quo).unwrap();
                    rem.truncate(n - 1);
                    trim(&ZZ, &mut rem);
                    assert_eq!((quo, rem), division::long(&ZZ, &f, &g).unwrap(), "{bits}: {m}, {n}");
                }
                // Exactly, by a leading coefficient that is no unit.
                g[n - 1] = (BigInt::from(1) << bits) - 1;
                let q = draw(m, bits, 7);
                let mut rem = ZZ.convolve(&q, &g, &crate::convolution::Want::full()).unwrap();
                let mut quo = vec![BigInt::ZERO; m];
                long(&mut rem, &g, &mut quo).unwrap();
                assert_eq!(quo, q);
                assert!(rem[..n - 1].iter().all(|c| !c.is_positive() && !c.is_negative()));
            }
        }
        // Many blocks, of a width each; a constant; a divisor with one long coefficient.
        let f = draw(2000, 130, 3);
        for g in [vec![BigInt::from(-1), 1.into()], vec![5.into(), 0.into(), (-1).into()]] {
            let (mut rem, mut quo) = (f.clone(), vec![BigInt::ZERO; f.len() + 1 - g.len()]);
            long(&mut rem, &g, &mut quo).unwrap();
            rem.truncate(g.len() - 1);
            trim(&ZZ, &mut rem);
            assert_eq!((quo, rem), division::long(&ZZ, &f, &g).unwrap());
        }
        let c = BigInt::from(3) << 900;
        let mut rem: Vec<BigInt> = f.iter().map(|x| x * &c).collect();
        let mut quo = vec![BigInt::ZERO; f.len()];
        long(&mut rem, &[c], &mut quo).unwrap();
        assert_eq!(quo, f);
        let mut g = vec![BigInt::ZERO; 1001];
        (g[0], g[1000]) = (BigInt::from(1) << 1_000_000, 1.into());
        let mut rem = vec![BigInt::ZERO; 1002];
        rem[1001] = 1.into();
        let mut quo = vec![BigInt::ZERO; 2];
        long(&mut rem, &g, &mut quo).unwrap();
        assert_eq!((&quo[1], &rem[1]), (&1.into(), &-&g[0]));
        let mut rem = [1.into(), 1.into()];
        assert!(long(&mut rem, &[1.into(), 2.into()], &mut [BigInt::ZERO]).is_err());
    }
}
