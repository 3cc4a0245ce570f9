//! `f^N` for a sequence of integers or residues: three methods, the cheapest by estimate, flat to the end.
//!
//! Apart from repeated products because the size of every coefficient is known before: `|c_k| <= ||f||_1^N`.
//!
//! - *recurrence*: for few terms, each coefficient from those before it ([`recurrence`]); for a run of equal coefficients, the
//!   faces of a die, from three of them whatever the length of the run is ([`runs`]).
//! - *interpolation*: per prime one transform of `f` at the full length of the result, the `N`-th powers of the values,
//!   one transform back, and one remaindering in all.
//! - *binary*: squares and products through the engine, for residues and where the primes would be too many.

mod recurrence;
mod runs;

use super::{
    Want, integers, integers_mod, ntt,
    plan::{Facts, Family, Ntt, Plan, Shape, plan},
    tuning, words_mod,
};
use crate::{
    Error, Result,
    integer::{BigModulus, IntegerSlice, IntegerVec, WordModulus},
    limit,
};
use num_bigint::BigInt;
use runs::Run;
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
    let mut out = IntegerVec::default();
    integers_power_into(a, n, want, &mut out)?;
    Ok(out)
}

/// The wanted coefficients of `a^n` as numbers.
///
/// Those of a run leave the recurrence as numbers, one by one: a matrix of all of them would be twice the memory, and touching fresh memory
/// takes longer than the power.
pub(crate) fn bigints_power(a: IntegerSlice<'_>, n: u64, want: &Want) -> Result<Vec<BigInt>> {
    ntt::backend()?;
    let length = full_length(a.len(), n)?;
    let window = want.window(length, 1);
    let plain = a.len() > 1 && n > 1 && want.algorithm().is_none() && a.rows().all(|row| row == a.row(0));
    if plain && !window.is_empty() && a.row(0).iter().any(|&limb| limb != 0) {
        let bits = bits_bound(a, n, window.end);
        limit::check(window.len() as u64, bits)?;
        let power = Power { f: a, n, bits, length, window };
        if let Some(run) = Run::of(&power)
            && run.cost() <= power.interpolation_cost()
            && power.binary_cost(run.cost()) >= run.cost()
        {
            return run.values();
        }
    }
    Ok(integers_power(a, n, want)?.to_bigints())
}

/// The wanted coefficients of `a^n`, into the memory that `out` has.
///
/// Whatever `out` held, it becomes exactly the rows that [`integers_power`] returns. Large results are worth keeping: the first
/// touch of fresh memory takes longer than the power of a die.
///
/// # Errors
/// As for [`integers`]; `out` is of any contents then.
///
/// # Examples
/// ```
/// use monic::{convolution::{Want, integers_power_into}, integer::IntegerVec};
/// let (coin, mut tosses) = (IntegerVec::from_i64s(&[1, 1]), IntegerVec::default());
/// for n in 0..100 {
///     integers_power_into(coin.as_slice(), n, &Want::full(), &mut tosses)?;
///     assert_eq!(tosses.len() as u64, n + 1);
/// }
/// # Ok::<(), monic::Error>(())
/// ```
pub fn integers_power_into(a: IntegerSlice<'_>, n: u64, want: &Want, out: &mut IntegerVec) -> Result<()> {
    ntt::backend()?;
    let full = full_length(a.len(), n)?;
    let wanted = want.window(full, 1);
    if n == 0 || a.is_empty() {
        out.reset(wanted.len(), 1)?;
        out.limbs_mut().fill(1);
        return Ok(());
    }
    // What is zero at either end of `a` is zero at the ends of the power.
    let zero = |k: &usize| a.row(*k).iter().all(|&l| l == 0);
    let Some(first) = (0..a.len()).find(|k| !zero(k)) else {
        out.reset(wanted.len(), 1)?;
        out.limbs_mut().fill(0);
        return Ok(());
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
    let count = inner.len();
    let power = Power { f: core, n, bits, length: length as usize, window: inner.clone() };
    if count == wanted.len() && count > 0 {
        return power.run(want, out);
    }
    let mut rows = IntegerVec::default();
    if count > 0 {
        power.run(want, &mut rows)?;
    }
    let width = if count > 0 { rows.width() } else { width };
    out.reset(wanted.len(), width)?;
    out.limbs_mut().fill(0);
    let at = ((shift + inner.start as u64).saturating_sub(wanted.start as u64) as usize).min(wanted.len());
    out.limbs_mut()[at * width..][..count * width].copy_from_slice(rows.limbs());
    Ok(())
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
    let length = ntt::fast_length(full);
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
    let bits = f.bits();
    let sizes: Vec<f64> = f.rows().map(|row| scaled_above(row, bits)).collect();
    // The rounding of sums and logarithms stays far below this, relatively.
    let slack = 1.0 + 1e-12 * (f.len() as f64);
    let bound = |j: i32| {
        let r = 2f64.powi(-j);
        let sum = sizes.iter().rev().fold(0.0, |sum, size| sum * r + size);
        let log = (bits as f64 + sum.log2()).max(0.0) * slack + 1e-12;
        log * n as f64 + f64::from(j) * (end as f64 - 1.0).max(0.0)
    };
    // A high window gains nothing; a low one is covered to within a few bits a coefficient. The bound is a convex function of j.
    let mut best = bound(0);
    for j in 1..=f64::MANTISSA_DIGITS as i32 {
        let next = bound(j);
        if next >= best {
            break;
        }
        best = next;
    }
    (best * (1.0 + 1e-12)) as u64 + 3
}

/// The absolute value of a row over `2^bits`, which is more, or slightly above; for what is not zero at least 2^-1000, so
/// that no sum with it is lost.
fn scaled_above(row: &[u64], bits: u64) -> f64 {
    let own = IntegerSlice::new(row, row.len()).bits();
    let Some(top) = own.checked_sub(1).map(|last| (last / 64) as usize) else { return 0.0 };
    let mask = ((row[row.len() - 1] as i64) >> 63) as u64;
    let limb = |k: usize| (row[k] ^ mask) as f64;
    // One more for what is below, and for what negation carries.
    let (value, shift) = match top {
        0 => (limb(0) + (mask & 1) as f64, 0),
        _ => (limb(top) * 2f64.powi(64) + limb(top - 1) + 1.0, 64 * (top as i64 - 1)),
    };
    let exponent = (shift - bits as i64).max(-1200) as i32;
    // In two steps, or the power would leave the range before the product is in it.
    (value * 2f64.powi(exponent / 2) * 2f64.powi(exponent - exponent / 2)).max(2f64.powi(-1000))
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
    fn run(&self, want: &Want, out: &mut IntegerVec) -> Result<()> {
        use super::Algorithm::{Ntt, Schoolbook};
        if self.f.len() == 1 || self.n == 1 {
            return self.binary(want, out);
        }
        let run = Run::of(self);
        let recurrence = if run.is_some() { None } else { self.recurrence() };
        match want.algorithm() {
            None => {
                let by_values = self.interpolation_cost();
                let step_by_step = match (&run, &recurrence) {
                    (Some(run), _) => run.cost(),
                    (_, Some(recurrence)) => self.recurrence_cost(recurrence),
                    _ => f64::INFINITY,
                };
                let least = by_values.min(step_by_step);
                if self.binary_cost(least) < least {
                    return self.binary(want, out);
                }
                match (run, recurrence) {
                    _ if by_values < step_by_step => self.by_interpolation(out),
                    (Some(run), _) => run.write(self.rows(out)?),
                    (_, Some(recurrence)) => self.by_recurrence(&recurrence, self.rows(out)?),
                    _ => self.binary(want, out),
                }
            }
            Some(Ntt) if self.interpolation_cost().is_finite() => self.by_interpolation(out),
            Some(Schoolbook) => match (run, recurrence) {
                (Some(run), _) => run.write(self.rows(out)?),
                (_, Some(recurrence)) => self.by_recurrence(&recurrence, self.rows(out)?),
                _ => self.binary(want, out),
            },
            Some(_) => self.binary(want, out),
        }
    }

    /// The rows of the window, of any contents.
    fn rows<'a>(&self, out: &'a mut IntegerVec) -> Result<&'a mut [u64]> {
        out.reset(self.window.len(), self.width())?;
        Ok(out.limbs_mut())
    }

    fn width(&self) -> usize {
        self.bits.div_ceil(64) as usize
    }

    /// Squares and products, the bits of the largest exponent first.
    fn binary(&self, want: &Want, out: &mut IntegerVec) -> Result<()> {
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
        out.reset(window.len(), power.width())?;
        out.limbs_mut().copy_from_slice(power.as_slice().range(window).limbs());
        Ok(())
    }

    /// By squares and products; anything that is over `most` where that much is reached.
    ///
    /// The last steps first: they are most of it, and where they cost too much the others need no plan.
    fn binary_cost(&self, most: f64) -> f64 {
        let (len, bits) = (self.f.len() as u64, self.f.bits());
        let per_factor = self.bits as f64 / self.n as f64;
        let mut total = 0.0;
        let step = |m: u64, other: u64| {
            let size = |m: u64| (((len - 1) * m + 1) as usize).min(self.window.end);
            let bit_size = |m: u64| (per_factor * m as f64) as u64 + 1;
            let (a, b) = (size(m), size(other));
            let mut shape = Shape::new(a, b, &Want::low(self.window.end));
            shape.square = m == other;
            let facts = Facts::integers(bit_size(m), if other == 1 { bits } else { bit_size(other) });
            plan(&facts, &shape).cost(&facts, &shape)
        };
        for bit in 0..self.n.ilog2() {
            let m = self.n >> (bit + 1);
            total += step(m, m);
            if total <= most && self.n >> bit & 1 == 1 {
                total += step(2 * m, 1);
            }
            if total > most {
                break;
            }
        }
        total
    }

    /// Transforms of the full length: primes and points, where the engine has as many.
    fn interpolation_plan(&self) -> Option<(usize, usize)> {
        let primes = ntt::primes_for(self.bits);
        let length = ntt::fast_length(self.length);
        (length <= ntt::MAX_LENGTH && primes <= Family::of_length(length).most_primes())
            .then_some((primes, length))
    }

    fn interpolation_cost(&self) -> f64 {
        let Some((primes, length)) = self.interpolation_plan() else {
            return f64::INFINITY;
        };
        let family = Family::of_length(length);
        let plan = Ntt { primes, length, block: 0, direct: false, chunk: 0, slice: 0, family };
        // The product of two halves, which is as long as the power.
        let half = self.length.div_ceil(2);
        let shape = Shape { a: half, b: self.length + 1 - half, window: self.window.clone(), square: true };
        let bits = self.f.bits();
        let once = Plan::Ntt(plan).cost(&Facts::integers(bits, bits), &shape);
        let more = f64::from(self.n.ilog2() + self.n.count_ones()) - 1.0;
        let costs = tuning::Costs::of(ntt::backend().unwrap_or(tuning::REFERENCE));
        once + more * (primes * length) as f64 * costs.nanoseconds(tuning::Unit::NttPoint)
    }

    fn by_interpolation(&self, out: &mut IntegerVec) -> Result<()> {
        let (primes, length) = self.interpolation_plan().expect("the cost was finite");
        let width = self.width();
        ntt::product::integers_power_into(
            primes,
            length,
            self.f,
            self.n,
            &self.window,
            width,
            self.rows(out)?,
        )
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

#[cfg(test)]
mod tests;
