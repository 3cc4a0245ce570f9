//! `f^N` for a sequence of integers or residues: three methods, the cheapest by estimate, flat to the end.
//!
//! Apart from repeated products because the size of every coefficient is known before: `|c_k| <= ||f||_1^N`.
//!
//! - *recurrence*: `f P' = N f' P` for `P = f^N` gives each coefficient from the `t` before it,
//!   `k f_0 c_k = sum over i of (i (N+1) - k) f_i c_(k-i)`, one word multiplication a term and limb and one exact
//!   division by a word: for few terms nothing is faster. A run of equal coefficients, `f = c (1 + ... + x^(S-1))`,
//!   the faces of a die, needs three terms whatever `S` is, from `(1-x)(1-x^S) P' = N (1 - S x^(S-1) + (S-1) x^S) P`.
//!   Palindromes are computed to the middle.
//! - *interpolation*: per prime one transform of `f` at the full length of the result, the `N`-th powers of the values,
//!   one transform back, and one remaindering in all.
//! - *binary*: squares and products through the engine, for residues and where the primes would be too many.
//!
//! # Source
//! The recurrence: L. Euler; J. C. P. Miller, in P. Henrici, "Automatic computations with power series", J. ACM 3
//! (1956); D. Knuth, TAOCP 2, section 4.7. Exact division modulo a power of the word: T. Jebelean, "An algorithm for
//! exact division", J. Symb. Comp. 15 (1993).

use super::{
    Want, integers, integers_mod,
    limbs::{self, add_signed_product, divide_exact, signed_size},
    ntt,
    plan::{Facts, Family, Ntt, Plan, Shape, plan},
    tuning, words_mod,
};
use crate::{
    Error, Result,
    integer::{BigModulus, IntegerSlice, IntegerVec, WordModulus},
    limit,
};
use num_bigint::BigInt;
use std::ops::Range;

/// The wanted coefficients of `a^n`; `a^0 = 1`, the empty sequence (zero) included.
///
/// # Shape
/// A sequence of `m >= 1` coefficients has a power of `n*(m-1) + 1`; the window of `want` is a part of that. Its algorithm is
/// that of the products where there are products, transforms force the interpolation, schoolbook the recurrence.
///
/// # Errors
/// As for [`integers`].
///
/// # Complexity
/// O(n m t) word operations times the limbs of a coefficient for `t` terms, or that of `n`-fold longer transforms.
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, integers_power}, integer::IntegerVec};
/// let die = IntegerVec::from_i64s(&[0, 1, 1, 1, 1, 1, 1]);
/// let hundred = integers_power(die.as_slice(), 100, &Want::full())?;
/// assert_eq!(hundred.len(), 601);
/// assert_eq!(hundred.to_bigints()[101], 100.into());
/// # Ok::<(), monic::Error>(())
/// ```
pub fn integers_power(a: IntegerSlice<'_>, n: u64, want: &Want) -> Result<IntegerVec> {
    ntt::backend()?;
    let full = full_length(a.len(), n)?;
    let wanted = want.window(full, 1);
    if n == 0 || a.is_empty() {
        let one = IntegerVec::from_i64s(if n == 0 { &[1] } else { &[] });
        return Ok(IntegerVec::from_limbs(one.limbs()[wanted].to_vec(), 1));
    }
    // What is zero at either end of `a` is zero at the ends of the power.
    let zero = |k: &usize| a.row(*k).iter().all(|&l| l == 0);
    let Some(first) = (0..a.len()).find(|k| !zero(k)) else {
        return Ok(IntegerVec::zeros(wanted.len(), 1));
    };
    let last = (0..a.len()).rfind(|k| !zero(k)).expect("one row is not zero");
    let core = a.range(first..last + 1);
    let shift = first as u64 * n;
    let length = (core.len() as u64 - 1) * n + 1;
    let part = |k: usize| (k as u64).clamp(shift, shift + length) - shift;
    let inner = part(wanted.start) as usize..part(wanted.end) as usize;
    let bits = bits_bound(core, n, inner.end);
    limit::check(wanted.len() as u64, bits)?;
    let width = bits.div_ceil(64) as usize;
    let power = if inner.is_empty() {
        IntegerVec::zeros(0, width)
    } else {
        Power { f: core, n, bits, length: length as usize, window: inner.clone() }.run(want)?
    };
    if power.len() == wanted.len() {
        return Ok(power);
    }
    let mut out = IntegerVec::zeros(wanted.len(), power.width());
    let at = ((shift + inner.start as u64).saturating_sub(wanted.start as u64) as usize).min(wanted.len());
    out.limbs_mut()[at * power.width()..][..power.limbs().len()].copy_from_slice(power.limbs());
    Ok(out)
}

/// The wanted coefficients of `a^e` modulo `n`; `a^0 = 1`, which is 0 modulo 1.
///
/// # Units
/// Residues in `0..n`, in and out.
///
/// # Errors
/// As for [`integers`].
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, words_mod_power}, integer::WordModulus};
/// let two = WordModulus::new(2)?;
/// assert_eq!(words_mod_power(&two, &[1, 1], 4, &Want::full())?, [1, 0, 0, 0, 1]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn words_mod_power(n: &WordModulus, a: &[u64], e: u64, want: &Want) -> Result<Vec<u64>> {
    ntt::backend()?;
    let full = full_length(a.len(), e)?;
    let wanted = want.window(full, 1);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    if e == 0 {
        return Ok(vec![n.one()]);
    }
    limit::check(wanted.len() as u64, 64)?;
    let forced = want.algorithm().is_some_and(|by| by != super::Algorithm::Ntt);
    let length = ntt::truncated_length(full);
    if !forced && a.len() > 1 && e > 2 && full >= 64 && wanted.end * 2 > full {
        let largest = ntt::direct_length(n.modulus());
        if largest >= length.next_power_of_two() {
            return ntt::product::words_power(n, a, e, length, &wanted);
        }
    }
    let cut = |v: Vec<u64>| -> Vec<u64> { v.into_iter().take(wanted.end).collect() };
    let low = |want: &Want, x: &[u64], y: &[u64]| {
        let mut low = Want::low(wanted.end);
        low.algorithm = want.algorithm();
        words_mod(n, x, y, &low)
    };
    let base = cut(a.to_vec());
    let mut power = base.clone();
    for bit in (0..e.ilog2()).rev() {
        power = low(want, &power, &power)?;
        if e >> bit & 1 == 1 {
            power = low(want, &power, &base)?;
        }
    }
    power.truncate(wanted.end);
    power.drain(..wanted.start.min(power.len()));
    Ok(power)
}

/// The wanted coefficients of `a^e` modulo `n` of any size; `a^0 = 1`, which is 0 modulo 1.
///
/// # Units
/// Rows in `0..n`, in and out.
///
/// # Errors
/// As for [`integers`].
pub fn integers_mod_power(n: &BigModulus, a: IntegerSlice<'_>, e: u64, want: &Want) -> Result<IntegerVec> {
    ntt::backend()?;
    let full = full_length(a.len(), e)?;
    let wanted = want.window(full, 1);
    limit::check(wanted.len() as u64, n.bits())?;
    let low = Want { algorithm: want.algorithm(), ..Want::low(wanted.end) };
    let base = n.try_reduce_rows(a.range(0..a.len().min(wanted.end)))?;
    let one = || n.try_reduce_rows(IntegerVec::from_i64s(&[1]).as_slice());
    let mut power = if e == 0 { one()? } else { base.clone() };
    for bit in (0..e.checked_ilog2().unwrap_or(0)).rev() {
        power = integers_mod(n, power.as_slice(), power.as_slice(), &low)?;
        if e >> bit & 1 == 1 {
            power = integers_mod(n, power.as_slice(), base.as_slice(), &low)?;
        }
    }
    let width = power.width();
    Ok(IntegerVec::from_limbs(power.as_slice().range(wanted).limbs().to_vec(), width))
}

/// The length of the power of a sequence of length `m`.
fn full_length(m: usize, n: u64) -> Result<usize> {
    if n == 0 {
        return Ok(1);
    }
    if m == 0 {
        return Ok(0);
    }
    let full = (m as u64 - 1).checked_mul(n).and_then(|d| d.checked_add(1));
    full.and_then(|full| usize::try_from(full).ok()).filter(|&full| full <= isize::MAX as usize).ok_or_else(
        || Error::limit(format!("the power {n} of {m} coefficients would have over 2^63 coefficients")),
    )
}

/// Bits, sign included, that hold every coefficient of `f^n` below `x^end`.
///
/// With `F(r) = sum |f_i| r^i`, coefficient `k` is at most `F(r)^n / r^k`, for every `r > 0`: for `r = 1` the norm,
/// for `r < 1` a bound that is smaller when only the low coefficients are wanted.
fn bits_bound(f: IntegerSlice<'_>, n: u64, end: usize) -> u64 {
    let sizes: Vec<f64> = (0..f.len()).map(|k| log2_above(f.row(k))).collect();
    let largest = sizes.iter().copied().fold(0.0, f64::max);
    // The rounding of sums and logarithms stays far below this, relatively.
    let slack = 1.0 + 1e-12 * (f.len() as f64);
    let bound = |j: i32| {
        let j = f64::from(j);
        let terms = sizes.iter().enumerate().map(|(i, size)| (size - largest - j * i as f64).exp2());
        let log = (largest + terms.sum::<f64>().log2()).max(0.0) * slack + 1e-12;
        log * n as f64 + j * (end as f64 - 1.0).max(0.0)
    };
    // A high window gains nothing; a low one is covered to within a few bits a coefficient.
    let best = (0..=f64::MANTISSA_DIGITS as i32).map(bound).fold(f64::INFINITY, f64::min);
    (best * (1.0 + 1e-12)) as u64 + 3
}

/// log2 of the absolute value of a row, or slightly more; far below zero for zero.
fn log2_above(row: &[u64]) -> f64 {
    let bits = IntegerSlice::new(row, row.len()).bits();
    if bits == 0 {
        return -1e9;
    }
    // The two highest limbs of the magnitude, and one more for what is below.
    let magnitude = limbs::Magnitudes::new(IntegerSlice::new(row, row.len()));
    let magnitude = magnitude.magnitude(0);
    let low = magnitude.len().saturating_sub(2);
    let top = magnitude[low..].iter().rev().fold(0.0, |x, &l| x * 2f64.powi(64) + l as f64);
    // The conversions round by 2^-52 at most, and so does what is left out.
    top.log2() + 1e-14 * bits as f64 + 1e-14 + 64.0 * low as f64
}

/// A power with a first and a last coefficient that are not zero.
struct Power<'a> {
    f: IntegerSlice<'a>,
    n: u64,
    /// Of a coefficient with its sign.
    bits: u64,
    /// Of the whole power.
    length: usize,
    window: Range<usize>,
}

impl Power<'_> {
    fn run(&self, want: &Want) -> Result<IntegerVec> {
        use super::Algorithm::{Ntt, Schoolbook};
        if self.f.len() == 1 || self.n == 1 {
            return self.binary(want);
        }
        let recurrence = self.recurrence();
        match want.algorithm() {
            None => {
                let binary = self.binary_cost();
                let by_terms = recurrence.as_ref().map_or(f64::INFINITY, |r| self.recurrence_cost(r));
                let by_values = self.interpolation_cost();
                match recurrence {
                    Some(recurrence) if by_terms <= binary.min(by_values) => {
                        Ok(self.by_recurrence(&recurrence))
                    }
                    _ if by_values <= binary => self.by_interpolation(),
                    _ => self.binary(want),
                }
            }
            Some(Ntt) if self.interpolation_cost().is_finite() => self.by_interpolation(),
            Some(Schoolbook) if recurrence.is_some() => Ok(self.by_recurrence(&recurrence.expect("tested"))),
            Some(_) => self.binary(want),
        }
    }

    fn width(&self) -> usize {
        self.bits.div_ceil(64) as usize
    }

    /// Squares and products, the bits of the largest exponent first.
    fn binary(&self, want: &Want) -> Result<IntegerVec> {
        let low = Want { algorithm: want.algorithm(), ..Want::low(self.window.end) };
        let end = self.f.len().min(self.window.end);
        let base = self.f.range(0..end);
        let mut power = IntegerVec::from_limbs(base.limbs().to_vec(), base.width());
        for bit in (0..self.n.ilog2()).rev() {
            power = narrowed(integers(power.as_slice(), power.as_slice(), &low)?);
            if self.n >> bit & 1 == 1 {
                power = narrowed(integers(power.as_slice(), base, &low)?);
            }
        }
        let window = self.window.start.min(power.len())..self.window.end.min(power.len());
        let limbs = power.as_slice().range(window).limbs().to_vec();
        Ok(IntegerVec::from_limbs(limbs, power.width()))
    }

    fn binary_cost(&self) -> f64 {
        let (len, bits) = (self.f.len() as u64, self.f.bits());
        let per_factor = self.bits as f64 / self.n as f64;
        let mut total = 0.0;
        let mut m = 1u64;
        for bit in (0..self.n.ilog2()).rev() {
            let mut step = |m: u64, other: u64| {
                let size = |m: u64| (((len - 1) * m + 1) as usize).min(self.window.end);
                let bit_size = |m: u64| (per_factor * m as f64) as u64 + 1;
                let (a, b) = (size(m), size(other));
                let mut shape = Shape::new(a, b, &Want::low(self.window.end));
                shape.square = m == other;
                let facts = Facts::integers(bit_size(m), if other == 1 { bits } else { bit_size(other) });
                total += plan(&facts, &shape).cost(&facts, &shape);
            };
            step(m, m);
            m *= 2;
            if self.n >> bit & 1 == 1 {
                step(m, 1);
                m += 1;
            }
        }
        total
    }

    /// Transforms of the full length: primes and points, where the engine has as many.
    fn interpolation_plan(&self) -> Option<(usize, usize)> {
        let primes = ntt::primes_for(self.bits);
        let length = ntt::truncated_length(self.length);
        (length <= ntt::MAX_LENGTH && primes <= Family::of_length(length).most_primes())
            .then_some((primes, length))
    }

    fn interpolation_cost(&self) -> f64 {
        let Some((primes, length)) = self.interpolation_plan() else {
            return f64::INFINITY;
        };
        let family = Family::of_length(length);
        let plan = Ntt { primes, length, block: 0, direct: false, chunk: 0, family };
        // The product of two halves, which is as long as the power.
        let half = self.length.div_ceil(2);
        let shape = Shape { a: half, b: self.length + 1 - half, window: self.window.clone(), square: true };
        let bits = self.f.bits();
        let once = Plan::Ntt(plan).cost(&Facts::integers(bits, bits), &shape);
        let more = f64::from(self.n.ilog2() + self.n.count_ones()) - 1.0;
        let costs = tuning::Costs::of(ntt::backend().unwrap_or(tuning::REFERENCE));
        once + more * (primes * length) as f64 * costs.nanoseconds(tuning::Unit::NttPoint)
    }

    fn by_interpolation(&self) -> Result<IntegerVec> {
        let (primes, length) = self.interpolation_plan().expect("the cost was finite");
        ntt::product::integers_power(primes, length, self.f, self.n, &self.window, self.width())
    }
}

/// The same rows, no wider than their largest needs.
fn narrowed(v: IntegerVec) -> IntegerVec {
    let width = (v.bits() / 64 + 1) as usize;
    if width >= v.width() {
        return v;
    }
    let limbs = v.limbs().chunks_exact(v.width()).flat_map(|row| &row[..width]).copied().collect();
    IntegerVec::from_limbs(limbs, width)
}

/// `divisor * k * c_k = sum over terms of (constant + slope * k) * c_(k - offset)`.
struct Recurrence {
    terms: Vec<Term>,
    divisor: i64,
    palindrome: bool,
}

struct Term {
    offset: usize,
    constant: i64,
    slope: i64,
}

impl Power<'_> {
    /// The recurrence of the power, when all its factors are words.
    fn recurrence(&self) -> Option<Recurrence> {
        if self.f.bits() > 62 || u32::try_from(self.n).is_err() {
            return None;
        }
        let (n, end) = (i64::try_from(self.n).ok()?, i64::try_from(self.length).ok()?);
        let f: Vec<i64> = (0..self.f.len()).map(|k| self.f.row(k)[0] as i64).collect();
        let size = i64::try_from(f.len()).ok()?;
        let palindrome = f.iter().eq(f.iter().rev());
        let mut recurrence = if size > 3 && f.iter().all(|x| *x == f[0]) {
            // k c_k = (k-1+N) c_(k-1) + (k-S-NS) c_(k-S) + (N(S-1)-k+1+S) c_(k-1-S), for the run of ones.
            let product = n.checked_mul(size)?;
            let terms = vec![
                Term { offset: 1, constant: n - 1, slope: 1 },
                Term { offset: f.len(), constant: (-size).checked_sub(product)?, slope: 1 },
                Term { offset: f.len() + 1, constant: (product - n).checked_add(size + 1)?, slope: -1 },
            ];
            Recurrence { terms, divisor: 1, palindrome }
        } else {
            let term = |(offset, &x): (usize, &i64)| {
                let constant = i64::try_from(offset).ok()?.checked_mul(n.checked_add(1)?)?.checked_mul(x)?;
                Some(Term { offset, constant, slope: x.checked_neg()? })
            };
            let present = f.iter().enumerate().skip(1).filter(|(_, x)| **x != 0);
            Recurrence { terms: present.map(term).collect::<Option<_>>()?, divisor: f[0], palindrome }
        };
        // No factor leaves a word, k included.
        for term in &recurrence.terms {
            term.slope.checked_mul(end)?.checked_add(term.constant)?;
        }
        recurrence.divisor.checked_mul(end)?;
        recurrence.terms.sort_by_key(|term| term.offset);
        Some(recurrence)
    }

    /// How many coefficients the recurrence computes.
    fn steps(&self, recurrence: &Recurrence) -> usize {
        if recurrence.palindrome { self.window.end.min(self.length.div_ceil(2)) } else { self.window.end }
    }

    fn recurrence_cost(&self, recurrence: &Recurrence) -> f64 {
        let (steps, limbs) = (self.steps(recurrence) as f64, self.width() as f64);
        let terms = recurrence.terms.len() as f64;
        steps * (10.0 + terms * 4.0 + limbs * (terms * tuning::POWER_TERM + tuning::POWER_DIVISION))
    }

    /// Coefficients one after the other, each in as many limbs as it may need.
    fn by_recurrence(&self, recurrence: &Recurrence) -> IntegerVec {
        let width = self.width();
        let count = self.length.min(self.window.end);
        let steps = self.steps(recurrence);
        let mut out = IntegerVec::zeros(count, width);
        // Significant limbs of every row so far, sign limb included.
        let mut sizes = vec![0usize; steps];
        let exponent = u32::try_from(self.n).expect("a longer recurrence is refused");
        let first = BigInt::from(self.f.row(0)[0] as i64).pow(exponent);
        let first = IntegerVec::from_bigints(&[first]);
        limbs::sign_extend(first.row(0), &mut out.limbs_mut()[..width]);
        sizes[0] = first.width().min(width);
        let mut sum = vec![0u64; width + 3];
        for k in 1..steps {
            let (done, rest) = out.limbs_mut().split_at_mut(k * width);
            let reach = recurrence.terms.iter().take_while(|term| term.offset <= k);
            let size = reach.clone().map(|term| sizes[k - term.offset]).max().unwrap_or(0);
            // One limb for the factor, one for the number of terms.
            let sum = &mut sum[..size + 2];
            sum.fill(0);
            for term in reach {
                // Within a word, as tested for the last k.
                let factor = term.constant + term.slope * k as i64;
                let from = k - term.offset;
                add_signed_product(sum, &done[from * width..from * width + sizes[from]], factor);
            }
            divide_exact(sum, recurrence.divisor * k as i64);
            let kept = signed_size(sum).min(width);
            sizes[k] = kept;
            let row = &mut rest[..width];
            row[..kept].copy_from_slice(&sum[..kept]);
            row[kept..].fill(((sum[kept - 1] as i64) >> 63) as u64);
        }
        if recurrence.palindrome {
            for k in steps..count {
                let from = self.length - 1 - k;
                out.limbs_mut().copy_within(from * width..(from + 1) * width, k * width);
            }
        }
        let mut limbs = out.into_limbs();
        limbs.drain(..self.window.start * width);
        IntegerVec::from_limbs(limbs, width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::{Algorithm, schoolbook::naive};

    fn reference(f: &[BigInt], n: u64) -> Vec<BigInt> {
        (0..n).fold(vec![1.into()], |power, _| naive(&power, f))
    }

    #[test]
    fn every_method_gives_the_repeated_product() {
        let cases: [&[i64]; 13] = [
            &[1, 1],
            &[1, -1],
            &[2, 3],
            &[1, 1, 1, 1, 1, 1],
            &[0, 1, 1, 1, 1, 1, 1],
            &[-3, -3, -3, -3],
            &[1, 2, 3, 2, 1],
            &[0, 0, 5, 0, 0, -7, 0, 0],
            &[4],
            &[0, -1],
            &[i64::MAX, i64::MIN, 3],
            &[1 << 40, -(1 << 41), 7, 1],
            &[-6, 0, 0, 0, 0, 0, 0, 0, 1],
        ];
        for f in cases {
            let rows = IntegerVec::from_i64s(f);
            let big = rows.to_bigints();
            for n in [0, 1, 2, 3, 7, 20] {
                let expected = reference(&big, n);
                let (full, half) = (expected.len(), expected.len() / 2);
                for window in [0..full, 0..half, half..full, 0..1, full - 1..full, half..half] {
                    for by in
                        [None, Some(Algorithm::Schoolbook), Some(Algorithm::Ntt), Some(Algorithm::Karatsuba)]
                    {
                        let mut want = Want::range(window.clone());
                        want.algorithm = by;
                        let power = integers_power(rows.as_slice(), n, &want).expect("small");
                        assert!(power.to_bigints() == expected[window.clone()], "{f:?}^{n} {want:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn wide_coefficients_and_zero() {
        let f: Vec<BigInt> = (0..9).map(|k: i32| BigInt::from(k - 4) << (30 * k)).collect();
        let rows = IntegerVec::from_bigints(&f);
        let power = integers_power(rows.as_slice(), 6, &Want::full()).expect("small");
        assert!(power.to_bigints() == reference(&f, 6));
        let zero = IntegerVec::zeros(3, 2);
        let power = integers_power(zero.as_slice(), 4, &Want::full()).expect("small");
        assert_eq!(power.to_bigints(), vec![BigInt::ZERO; 9]);
        let none = IntegerVec::zeros(0, 1);
        assert_eq!(integers_power(none.as_slice(), 0, &Want::full()).expect("small").len(), 1);
        assert_eq!(integers_power(none.as_slice(), 2, &Want::full()).expect("small").len(), 0);
    }

    #[test]
    fn low_coefficients_of_a_huge_power() {
        // Binomials of 10^9 over k.
        let power = integers_power(IntegerVec::from_i64s(&[1, 1]).as_slice(), 1_000_000_000, &Want::low(4));
        let n = BigInt::from(1_000_000_000);
        let pairs: BigInt = &n * (&n - 1) / 2;
        let triples = &pairs * (&n - 2) / 3;
        assert_eq!(power.expect("small").to_bigints(), [1.into(), n, pairs, triples]);
    }

    #[test]
    fn sizes_over_the_limit_are_refused() {
        let f = IntegerVec::from_i64s(&[1, 1]);
        for n in [u64::MAX, 1 << 62, 1 << 40] {
            let error = integers_power(f.as_slice(), n, &Want::full()).expect_err("too large");
            assert_eq!(error.kind(), crate::ErrorKind::Limit);
            let seven = WordModulus::new(7).expect("not 0");
            assert!(words_mod_power(&seven, &[1, 1], n, &Want::full()).is_err());
        }
    }

    #[test]
    fn powers_modulo_a_large_number() {
        let n = BigModulus::new((num_bigint::BigUint::from(1u8) << 200) + 235u8).expect("not 0");
        let f: Vec<BigInt> = (1..6).map(|k: i32| (BigInt::from(k) << (200 - k)) - k).collect();
        let rows = IntegerVec::from_bigints(&f);
        for e in 0..9 {
            let expected: Vec<BigInt> = reference(&f, e).iter().map(|c| n.reduce(c).into()).collect();
            for window in [0..expected.len(), 0..1, expected.len() / 2..expected.len()] {
                let power = integers_mod_power(&n, rows.as_slice(), e, &Want::range(window.clone()));
                assert!(power.expect("small").to_bigints() == expected[window]);
            }
        }
    }

    #[test]
    fn powers_of_residues() {
        for n in [1, 2, 6, 97, 998_244_353, (1 << 61) - 1, 1 << 64] {
            let modulus = WordModulus::from_u128(n).expect("in range");
            let f: Vec<u64> =
                (1..8u64).map(|k| modulus.reduce(k.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
            let mut expected = vec![modulus.one()];
            for e in 0..40 {
                let full = expected.len();
                for window in [0..full, 0..full.div_ceil(3), full / 2..full] {
                    let power =
                        words_mod_power(&modulus, &f, e, &Want::range(window.clone())).expect("small");
                    assert_eq!(power, expected[window], "modulo {n} to the {e}");
                }
                let by = Want::full().by(Algorithm::Schoolbook);
                expected = words_mod(&modulus, &expected, &f, &by).expect("small");
            }
        }
    }
}
