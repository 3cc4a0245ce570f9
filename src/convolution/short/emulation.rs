//! [`Emulated`]: the lanes in plain code, bit for bit, with the bounds of sums checked.
//!
//! Nothing is inlined: the kernels unroll, and so much plain code in them would take minutes to compile.

use super::lane::{Lane, Task};
use crate::convolution::Backend;

/// `N` words, digits of `BITS` bits.
#[derive(Clone, Copy)]
pub(super) struct Emulated<const N: usize, const BITS: u32>;

const MASK52: u64 = (1 << 52) - 1;

impl<const N: usize, const BITS: u32> Emulated<N, BITS> {
    fn map(a: [u64; N], b: [u64; N], f: impl Fn(u64, u64) -> u64) -> [u64; N] {
        std::array::from_fn(|i| f(a[i], b[i]))
    }

    /// Sums of products of digits have no sign and stay below 2^63.
    fn sum(sum: [u64; N], x: [u64; N], y: [u64; N], f: impl Fn(u64, u64) -> u64) -> [u64; N] {
        std::array::from_fn(|i| {
            let next = sum[i].checked_add(f(x[i], y[i])).expect("a sum over 64 bits");
            assert!(next >> 63 == 0, "a sum over 63 bits");
            next
        })
    }
}

impl<const N: usize, const BITS: u32> Lane for Emulated<N, BITS> {
    type V = [u64; N];
    const N: usize = N;
    const BITS: u32 = BITS;
    const HALVES: bool = BITS == 52;
    const MAX_DIGITS: usize = if BITS == 52 { 512 } else { 100 };
    const BACKEND: Backend = if N == 8 { Backend::Ifma } else { Backend::Avx2 };

    fn enter<T: Task>(self, task: T) -> T::Output {
        task.run(self)
    }
    #[inline(never)]
    fn load(self, words: &[u64]) -> [u64; N] {
        std::array::from_fn(|i| words[i])
    }
    #[inline(never)]
    fn store(self, words: &mut [u64], v: [u64; N]) {
        words[..N].copy_from_slice(&v);
    }
    #[inline(never)]
    fn splat(self, word: u64) -> [u64; N] {
        [word; N]
    }
    #[inline(never)]
    fn splat_half(self, word: u64) -> [u64; N] {
        [(word & u64::from(u32::MAX)) * 0x1_0000_0001; N]
    }
    #[inline(never)]
    fn add(self, a: [u64; N], b: [u64; N]) -> [u64; N] {
        Self::map(a, b, u64::wrapping_add)
    }
    #[inline(never)]
    fn sub(self, a: [u64; N], b: [u64; N]) -> [u64; N] {
        Self::map(a, b, u64::wrapping_sub)
    }
    #[inline(never)]
    fn correct(self, a: [u64; N], n: [u64; N]) -> [u64; N] {
        assert!(a.iter().zip(&n).all(|(&a, &n)| a < 2 * n && a >> 63 == 0), "too large to be corrected");
        Self::map(a, n, |a, n| if a < n { a } else { a - n })
    }
    #[inline(never)]
    fn and(self, a: [u64; N], b: [u64; N]) -> [u64; N] {
        Self::map(a, b, |a, b| a & b)
    }
    #[inline(never)]
    fn or(self, a: [u64; N], b: [u64; N]) -> [u64; N] {
        Self::map(a, b, |a, b| a | b)
    }
    #[inline(never)]
    fn carry(self, a: [u64; N]) -> [u64; N] {
        a.map(|a| ((a as i64) >> BITS) as u64)
    }
    #[inline(never)]
    fn upper(self, a: [u64; N]) -> [u64; N] {
        // What stands beside the half is of no account.
        a.map(|a| a >> 32 | 0x5A5A_5A5A << 32)
    }
    #[inline(never)]
    fn shift_right(self, a: [u64; N], count: u32) -> [u64; N] {
        a.map(|a| a.checked_shr(count).unwrap_or(0))
    }
    #[inline(never)]
    fn shift_left(self, a: [u64; N], count: u32) -> [u64; N] {
        a.map(|a| a.checked_shl(count).unwrap_or(0))
    }
    #[inline(never)]
    fn add_low(self, sum: [u64; N], x: [u64; N], y: [u64; N]) -> [u64; N] {
        if BITS == 52 {
            let product = |x: u64, y: u64| u128::from(x & MASK52) * u128::from(y & MASK52);
            Self::sum(sum, x, y, |x, y| product(x, y) as u64 & MASK52)
        } else {
            Self::sum(sum, x, y, |x, y| u64::from(x as u32) * u64::from(y as u32))
        }
    }
    #[inline(never)]
    fn add_high(self, sum: [u64; N], x: [u64; N], y: [u64; N]) -> [u64; N] {
        let product = |x: u64, y: u64| u128::from(x & MASK52) * u128::from(y & MASK52);
        Self::sum(sum, x, y, |x, y| (product(x, y) >> 52) as u64)
    }
    #[inline(never)]
    fn half(self, a: [u64; N]) -> [u64; N] {
        a.map(|a| ((a as i64) >> 32) as u64)
    }
    #[inline(never)]
    fn add_product_i32(self, sum: [u64; N], x: [u64; N], y: [u64; N]) -> [u64; N] {
        std::array::from_fn(|i| {
            let product = i64::from(x[i] as i32) * i64::from(y[i] as i32);
            sum[i].wrapping_add(product as u64)
        })
    }
    #[inline(never)]
    fn add_product_u32(self, sum: [u64; N], x: [u64; N], y: [u64; N]) -> [u64; N] {
        std::array::from_fn(|i| sum[i].wrapping_add(u64::from(x[i] as u32) * u64::from(y[i] as u32)))
    }
    #[inline(never)]
    fn add_product_u64(self, sum: [u64; N], x: [u64; N], y: [u64; N]) -> [u64; N] {
        std::array::from_fn(|i| sum[i].wrapping_add(x[i].wrapping_mul(y[i])))
    }
    #[inline(never)]
    fn add_pairs_i16(self, sum: [u64; N], x: [u64; N], y: [u64; N]) -> [u64; N] {
        let quarter = |x: u64, k: usize| i64::from((x >> (16 * k)) as i16);
        std::array::from_fn(|i| {
            (0..2).fold(0, |word, h| {
                let pair = [2 * h, 2 * h + 1].map(|k| quarter(x[i], k) * quarter(y[i], k));
                let sum = i64::from((sum[i] >> (32 * h)) as i32) + pair[0] + pair[1];
                let sum = i32::try_from(sum).expect("a sum over 31 bits");
                word | u64::from(sum as u32) << (32 * h)
            })
        })
    }
    #[inline(never)]
    fn add_i32(self, a: [u64; N], b: [u64; N]) -> [u64; N] {
        Self::map(a, b, |a, b| {
            let halves = [0, 32].map(|k| u64::from(((a >> k) as u32).wrapping_add((b >> k) as u32)) << k);
            halves[0] | halves[1]
        })
    }
    #[inline(never)]
    fn transpose(self, from: &[u64], starts: &[usize; 8], to: &mut [u64], stride: usize) {
        for i in 0..N {
            for j in 0..N {
                to[j * stride + i] = from[starts[i] + j];
            }
        }
    }
}
