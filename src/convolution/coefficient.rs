//! One coefficient of a product of residues, linear combinations of rows, and `out -= a*b` for an `a` of few coefficients: what long division and Euclid's
//! algorithm do, modulo a word.
//!
//! They stand apart from [`words`](super::words), whose products have all coefficients: here a step is too short to be a product of
//! its own, and reductions are all that counts. A sum of a few products is reduced once.

use super::{Vectorise, backend, short, tuning, vectorised};
use crate::Result;
use crate::integer::{WordModulus, limbs};

/// Coefficient `k` of the product: `sum of a[i]*b[k-i]`, reduced once.
pub(crate) fn coefficient(n: &WordModulus, a: &[u64], b: &[u64], k: usize) -> u64 {
    let to = a.len().min(k + 1);
    let from = (k + 1).saturating_sub(b.len()).min(to);
    let (a, b) = (&a[from..to], &b[(k + 1 - to).min(b.len())..(k + 1 - from).min(b.len())]);
    // So many products are below 2^128.
    let block = 1usize << (2 * n.modulus().leading_zeros()).saturating_sub(128).min(12);
    let (mut sum, mut carries) = (0u128, 0u64);
    for (a, b) in a.chunks(block).zip(b.rchunks(block)) {
        let mut part = 0u128;
        for (&x, &y) in a.iter().zip(b.iter().rev()) {
            part = part.wrapping_add(u128::from(x) * u128::from(y));
        }
        let (next, carry) = sum.overflowing_add(part);
        sum = next;
        carries += u64::from(carry);
    }
    if carries == 0 { n.reduce_u128(sum) } else { n.reduce_limbs(&[sum as u64, (sum >> 64) as u64, carries]) }
}

/// `sum of factors[i]*rows[i]`, to `len` coefficients.
pub(crate) fn linear_combination(n: &WordModulus, factors: &[u64], rows: &[&[u64]], len: usize) -> Vec<u64> {
    let mut sums = vec![0; len];
    add_combination(n, &mut sums, factors, rows);
    sums
}

/// So many sums stand on the stack.
const COLUMNS: usize = 64;

/// `out += sum of factors[i]*rows[i]`, as far as `out` reaches, each reduced once for some rows.
pub(crate) fn add_combination(n: &WordModulus, out: &mut [u64], factors: &[u64], rows: &[&[u64]]) {
    // So many products and what is left of those before are below 2^128.
    let few = 1usize << (2 * n.modulus().leading_zeros()).saturating_sub(129).min(12);
    for (part, out) in out.chunks_mut(COLUMNS).enumerate() {
        let mut sums = [0u128; COLUMNS];
        let sums = &mut sums[..out.len()];
        sums.iter_mut().zip(&*out).for_each(|(sum, &x)| *sum = x.into());
        for (block, (factors, rows)) in factors.chunks(few).zip(rows.chunks(few)).enumerate() {
            if block > 0 {
                sums.iter_mut().for_each(|sum| *sum = u128::from(n.reduce_u128(*sum)));
            }
            for (&factor, row) in factors.iter().zip(rows) {
                for (sum, &x) in sums.iter_mut().zip(row.iter().skip(part * COLUMNS)) {
                    *sum = sum.wrapping_add(u128::from(factor) * u128::from(x));
                }
            }
        }
        out.iter_mut().zip(sums).for_each(|(x, sum)| *x = n.reduce_u128(*sum));
    }
}

/// [`linear_combination`] of the same rows for each of several sequences of factors, in vectors where there are enough.
pub(crate) fn linear_combinations(
    n: &WordModulus,
    factors: &[&[u64]],
    rows: &[&[u64]],
    len: usize,
) -> Result<Vec<Vec<u64>>> {
    let backend = backend()?;
    if rows.len() >= tuning::COMBINATION_ROWS
        && len >= tuning::SUMS_LENGTH
        && factors.iter().all(|factors| factors.len() <= rows.len())
        && let Some(unit) = short::unit(backend)
        && let Some(combinations) = unit.combinations(n, factors, rows, len)?
    {
        return Ok(combinations);
    }
    Ok(factors.iter().map(|factors| linear_combination(n, factors, rows, len)).collect())
}

/// `out += a`, as far as both reach.
pub(crate) fn add(n: &WordModulus, out: &mut [u64], a: &[u64]) {
    // A sum and the sign of a difference fit in a word.
    match u64::try_from(n.modulus()) {
        Ok(modulus) if modulus < 1 << 63 => vectorised(Add { modulus, out, a }),
        _ => out.iter_mut().zip(a).for_each(|(x, &y)| *x = n.add(*x, y)),
    }
}

struct Add<'a> {
    modulus: u64,
    out: &'a mut [u64],
    a: &'a [u64],
}

impl Vectorise for Add<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for (x, &y) in self.out.iter_mut().zip(self.a) {
            let z = (*x + y).wrapping_sub(self.modulus) as i64;
            *x = (z + (self.modulus as i64 & (z >> 63))) as u64;
        }
    }
}

/// `out -= a * b`, what would stand beyond the end of `out` left out.
pub(crate) fn sub_product(n: &WordModulus, out: &mut [u64], a: &[u64], b: &[u64]) {
    // So many products and a residue together are below n * 2^64.
    let few = match n.modulus() {
        0..=0x3FFF_FFFF_FFFF_FFFF => 4,
        0x4000_0000_0000_0000..=0x7FFF_FFFF_FFFF_FFFF => 2,
        _ => 1,
    };
    for (i, block) in a.chunks(few).enumerate() {
        let Some(out) = out.get_mut(i * few..) else { return };
        let factor = |i: usize| n.neg(block[i]);
        match block.len() {
            1 => add_products(n, out, [factor(0)], b),
            2 => add_products(n, out, [factor(0), factor(1)], b),
            3 => add_products(n, out, [factor(0), factor(1), factor(2)], b),
            _ => add_products(n, out, [factor(0), factor(1), factor(2), factor(3)], b),
        }
    }
}

/// `out = s*out - a*b`, the product cut at the end of `out`.
pub(crate) fn scale_sub_product(n: &WordModulus, out: &mut [u64], s: u64, a: &[u64], b: &[u64]) {
    // Three products are below n * 2^64 where n is below 2^62.
    if let ([x, y], true) = (a, n.modulus() < 1 << 62) {
        return scale_add_products(n, out, s, [n.neg(*x), n.neg(*y)], b);
    }
    for x in out.iter_mut() {
        *x = n.mul(s, *x);
    }
    sub_product(n, out, a, b);
}

/// `out = s*out + a*b`, for a modulus below 2^62.
fn scale_add_products(n: &WordModulus, out: &mut [u64], s: u64, a: [u64; 2], b: &[u64]) {
    let at = |k: usize| u128::from(b.get(k).copied().unwrap_or(0));
    let to = b.len().min(out.len());
    for k in (0..1.min(out.len())).chain(to.max(1)..out.len()) {
        let second = if k > 0 { u128::from(a[1]) * at(k - 1) } else { 0 };
        let sum = u128::from(s) * u128::from(out[k]) + u128::from(a[0]) * at(k) + second;
        out[k] = n.reduce_below(sum);
    }
    if to <= 1 {
        return;
    }
    let out = &mut out[1..to];
    let top = n.modulus() - 1;
    if Short::admits(n, 3) {
        let short = Short::new(n);
        let (s, a) = (short.enter(s), a.map(|x| short.enter(x)));
        each::<2>(out, b, |x, b| {
            short.reduced(half_product(s, x) + half_product(a[0], b[1]) + half_product(a[1], b[0]))
        });
    } else if top & 1 == 0 && out.len() >= MONTGOMERY_LEN {
        let montgomery = Montgomery::new(n);
        let (s, a) = (montgomery.enter(n, s), a.map(|x| montgomery.enter(n, x)));
        each::<2>(out, b, |x, b| {
            let sum = u128::from(s) * u128::from(x) + u128::from(a[0]) * u128::from(b[1]);
            montgomery.add_reduced(0, sum + u128::from(a[1]) * u128::from(b[0]))
        });
    } else {
        each::<2>(out, b, |x, b| {
            let sum = u128::from(s) * u128::from(x) + u128::from(a[0]) * u128::from(b[1]);
            n.reduce_below(sum + u128::from(a[1]) * u128::from(b[0]))
        });
    }
}

/// So many reductions are worth the constants of Montgomery's.
const MONTGOMERY_LEN: usize = 12;

/// `out += a * b` for so many coefficients that their products and a residue are below `n * 2^64`.
fn add_products<const N: usize>(n: &WordModulus, out: &mut [u64], a: [u64; N], b: &[u64]) {
    let end = out.len().min(b.len() + N - 1);
    let (from, to) = ((N - 1).min(end), b.len().min(end));
    // Where not all of them meet a coefficient of `b`.
    for k in (0..from).chain(to.max(from)..end) {
        let mut sum = u128::from(out[k]);
        for (i, &x) in a.iter().enumerate().take(k + 1) {
            sum = sum.wrapping_add(u128::from(x) * u128::from(b.get(k - i).copied().unwrap_or(0)));
        }
        out[k] = n.reduce_below(sum);
    }
    if to <= from {
        return;
    }
    let (out, b) = (&mut out[from..to], b);
    let top = n.modulus() - 1;
    if Short::admits(n, N.max(2)) {
        let short = Short::new(n);
        let a = a.map(|x| short.enter(x));
        return each::<N>(out, b, |x, b| {
            let sum = (0..N).fold(0, |sum, i| sum + half_product(a[i], b[N - 1 - i]));
            short.correct(x + short.reduced(sum))
        });
    }
    if top & 1 == 0 && top < 1 << 62 && out.len() >= MONTGOMERY_LEN {
        let montgomery = Montgomery::new(n);
        let a = a.map(|x| montgomery.enter(n, x));
        return each::<N>(out, b, |x, b| {
            let sum = (0..N).fold(0, |sum, i| sum + u128::from(a[i]) * u128::from(b[N - 1 - i]));
            montgomery.add_reduced(x, sum)
        });
    }
    each::<N>(out, b, |x, b| {
        let products = (0..N).map(|i| u128::from(a[i]) * u128::from(b[N - 1 - i]));
        n.reduce_below(products.fold(u128::from(x), u128::wrapping_add))
    });
}

/// Changes every element with the `N` of `b` that it meets.
#[inline(always)]
fn each<const N: usize>(out: &mut [u64], b: &[u64], change: impl Fn(u64, &[u64; N]) -> u64) {
    for (x, b) in out.iter_mut().zip(b.array_windows()) {
        *x = change(*x, b);
    }
}

/// `x*y` for half words: that their upper halves are zero the compiler does not see, and without it a product in vectors takes three.
#[inline(always)]
pub(super) fn half_product(x: u64, y: u64) -> u64 {
    u64::from(x as u32) * u64::from(y as u32)
}

/// Sums of products divided by 2^32, modulo an odd number: nothing but products of half words, which the compiler makes vectors of.
pub(super) struct Short {
    m: u64,
    /// `-1/m` modulo 2^32.
    inverse: u64,
}

impl Short {
    pub(super) fn new(n: &WordModulus) -> Self {
        let m = n.modulus() as u64;
        Short { m, inverse: u64::from((limbs::inverse_mod_word(m) as u32).wrapping_neg()) }
    }

    /// Whether sums of so many products can be divided.
    pub(super) fn admits(n: &WordModulus, products: usize) -> bool {
        let top = n.modulus() - 1;
        top & 1 == 0 && products as u128 * top < 1 << 32
    }

    /// `x * 2^32`, by which a product may be divided again.
    pub(super) fn enter(&self, x: u64) -> u64 {
        (x << 32) % self.m
    }

    /// A factor that enters: `reduced(x * entry)` is `x * 2^32`.
    pub(super) fn entry(&self) -> u64 {
        self.enter(self.enter(1))
    }

    /// `x` modulo `m`, for `x` below `2m`.
    #[inline(always)]
    pub(super) fn correct(&self, x: u64) -> u64 {
        let y = x.wrapping_sub(self.m);
        y.wrapping_add(self.m & (y >> 63).wrapping_neg())
    }

    /// `sum / 2^32` modulo `m`, for `m` below 2^31 and a sum below `m * 2^32` (so are N products where `N*m` is below 2^32): with
    /// `q*m`, which is below `m * 2^32` too, it is one word.
    #[inline(always)]
    pub(super) fn reduced(&self, sum: u64) -> u64 {
        let q = u64::from((sum as u32).wrapping_mul(self.inverse as u32));
        self.correct((sum + half_product(q, self.m)) >> 32)
    }
}

/// Sums of products divided by 2^64, modulo an odd number below 2^62 (P. Montgomery, Math. Comp. 44, 1985).
pub(super) struct Montgomery {
    m: u64,
    /// `1/m` modulo 2^64.
    inverse: u64,
    /// 2^64 modulo `m`.
    unit: u64,
}

impl Montgomery {
    pub(super) fn new(n: &WordModulus) -> Self {
        let m = n.modulus() as u64;
        Montgomery { m, inverse: limbs::inverse_mod_word(m), unit: n.reduce_u128(1 << 64) }
    }

    /// `x * 2^64`, by which a product may be divided again.
    pub(super) fn enter(&self, n: &WordModulus, x: u64) -> u64 {
        n.mul(x, self.unit)
    }

    /// `x + sum / 2^64` modulo `m`, for a sum of up to four products of residues.
    #[inline(always)]
    pub(super) fn add_reduced(&self, x: u64, sum: u128) -> u64 {
        let (low, high) = (sum as u64, (sum >> 64) as u64);
        let q = low.wrapping_mul(self.inverse);
        let carry = ((u128::from(q) * u128::from(self.m)) >> 64) as u64;
        // The upper half is below m, four products of numbers below 2^62 being below m * 2^64; so is the carry.
        let x = x + high;
        // A difference below zero wraps around to the larger one: no branch that depends on the data.
        let y = x.min(x.wrapping_sub(self.m)) + self.m - carry;
        y.min(y.wrapping_sub(self.m))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::{Backend, with_backend};

    #[test]
    fn combinations() {
        for modulus in [1u128, 7, 998_244_353, (1 << 61) - 1, (1 << 63) + 29, (1 << 64) - 59, 1 << 64] {
            let n = WordModulus::from_u128(modulus).unwrap();
            let top = (modulus - 1) as u64;
            for (x, y) in [(top, top), (top, 0), (0, top), (top / 2, top - top / 2)] {
                let mut sum = [x; 9];
                add(&n, &mut sum, &[y; 8]);
                assert!(sum[..8].iter().all(|&sum| sum == n.add(x, y)) && sum[8] == x, "{modulus}");
            }
            let rows: Vec<Vec<u64>> = (0..40).map(|i| vec![top; i % 7]).collect();
            let rows: Vec<&[u64]> = rows.iter().map(Vec::as_slice).collect();
            let factors = vec![top; 40];
            let expected: Vec<u64> = (0..6)
                .map(|k| rows.iter().filter(|row| row.len() > k).fold(0, |sum, _| n.mul_add(top, top, sum)))
                .collect();
            assert_eq!(linear_combination(&n, &factors, &rows, 6), expected);
            let parts = [&factors[..], &factors[..7], &[]];
            let each = parts.map(|part| linear_combination(&n, part, &rows, 12));
            for backend in Backend::available() {
                let all =
                    with_backend(backend, || linear_combinations(&n, &parts, &rows, 12)).unwrap().unwrap();
                assert_eq!(all, each, "modulo {modulus} on {backend}");
            }
        }
    }

    /// Against one product after the other, at all lengths and with the largest residues.
    #[test]
    fn sums_of_few_products() {
        // Around 2^31 and 2^32 where half words end.
        let half = [(1u128 << 31) - 1, (1 << 31) + 11, 3_000_000_019, 4_294_967_291, (1 << 32) - 1];
        let others = [1u128, 2, 7, 998_244_353, (1 << 62) - 57, (1 << 62) + 135, (1 << 63) + 29, 1 << 64];
        for modulus in half.into_iter().chain(others) {
            let n = WordModulus::from_u128(modulus).unwrap();
            let top = (modulus - 1) as u64;
            let draw = |len: usize, step: u64| -> Vec<u64> {
                (0..len as u64).map(|k| if k % 3 == 2 { n.reduce(k * step) } else { top }).collect()
            };
            for m in 0..8 {
                for len in 0..12 {
                    let (a, b) = (draw(m, 5), draw(len, 7));
                    for k in 0..m + len {
                        let expected = (0..m)
                            .filter(|&i| i <= k && k - i < len)
                            .fold(0, |sum, i| n.mul_add(a[i], b[k - i], sum));
                        assert_eq!(coefficient(&n, &a, &b, k), expected);
                    }
                    for room in 0..m + len + 2 {
                        let mut out = draw(room, 11);
                        let mut expected = out.clone();
                        for (k, x) in expected.iter_mut().enumerate().take((m + len).saturating_sub(1)) {
                            *x = n.sub(*x, coefficient(&n, &a, &b, k));
                        }
                        let start = out.clone();
                        sub_product(&n, &mut out, &a, &b);
                        assert_eq!(out, expected, "modulo {modulus}: {m} x {len} into {room}");
                        let (s, mut scaled) = (n.reduce(top), start.clone());
                        scale_sub_product(&n, &mut scaled, s, &a, &b);
                        for (k, x) in expected.iter_mut().enumerate() {
                            *x = n.add(n.sub(*x, start[k]), n.mul(s, start[k]));
                        }
                        assert_eq!(scaled, expected, "modulo {modulus}: {m} x {len} into {room}");
                    }
                }
            }
        }
    }
}
