//! [`Words512`], [`Halves512`], [`Halves256`]: the lanes of x86-64 for short products.
//!
//! A lane is made by `detect` alone, when the processor (and the system) has its instructions: that is what every
//! block here relies on. Memory is only reached through slices whose length is checked, with instructions that need no
//! alignment.
#![allow(unsafe_code, reason = "vector instructions are unsafe to call where they might not exist")]

use super::Vectorise;
use super::lane::{Lane, Task};
use crate::convolution::{Backend, processor};
use std::arch::x86_64::*;

/// AVX-512 with 52-bit multiplication: digits of 52 bits.
#[derive(Clone, Copy)]
pub(super) struct Words512(());

/// AVX-512: digits of 28 bits.
#[derive(Clone, Copy)]
pub(super) struct Halves512(());

/// AVX2: digits of 28 bits.
#[derive(Clone, Copy)]
pub(super) struct Halves256(());

impl Words512 {
    /// The lane, where the machine has it.
    pub(super) fn detect() -> Option<Self> {
        processor::avx512_ifma().then_some(Words512(()))
    }
}

impl Halves512 {
    /// The lane, where the machine has it.
    pub(super) fn detect() -> Option<Self> {
        processor::avx512().then_some(Halves512(()))
    }
}

impl Halves256 {
    /// The lane, where the machine has it.
    pub(super) fn detect() -> Option<Self> {
        processor::avx2().then_some(Halves256(()))
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw,avx512ifma")]
fn with_words512<T: Task>(lane: Words512, task: T) -> T::Output {
    task.run(lane)
}

#[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw")]
fn with_halves512<T: Task>(lane: Halves512, task: T) -> T::Output {
    task.run(lane)
}

#[target_feature(enable = "avx2,fma")]
fn with_halves256<T: Task>(lane: Halves256, task: T) -> T::Output {
    task.run(lane)
}

#[target_feature(enable = "avx2,fma")]
fn with_avx2<W: Vectorise>(work: W) -> W::Output {
    work.run()
}

/// Runs code that the compiler vectorises, with the instructions of AVX2 switched on where the machine has them.
#[inline(always)]
pub(super) fn vectorised<W: Vectorise>(backend: Backend, work: W) -> W::Output {
    if backend == Backend::Portable || !processor::avx2() {
        return work.run();
    }
    // SAFETY: the processor has the instructions.
    unsafe { with_avx2(work) }
}

/// Eight vectors of eight, rows to columns.
#[inline(always)]
fn transpose512(_proof: impl Lane, from: &[u64], starts: &[usize; 8], to: &mut [u64], stride: usize) {
    // SAFETY: a lane of 512 bits exists, so the instructions do; every access is through a slice of eight words.
    unsafe {
        let mut t = [_mm512_setzero_si512(); 8];
        for i in 0..4 {
            let a = _mm512_loadu_si512(from[starts[2 * i]..][..8].as_ptr().cast());
            let b = _mm512_loadu_si512(from[starts[2 * i + 1]..][..8].as_ptr().cast());
            t[2 * i] = _mm512_unpacklo_epi64(a, b);
            t[2 * i + 1] = _mm512_unpackhi_epi64(a, b);
        }
        let mut u = t;
        for i in 0..2 {
            for j in 0..2 {
                u[4 * i + j] = _mm512_shuffle_i64x2::<0x88>(t[4 * i + j], t[4 * i + 2 + j]);
                u[4 * i + 2 + j] = _mm512_shuffle_i64x2::<0xdd>(t[4 * i + j], t[4 * i + 2 + j]);
            }
        }
        for j in 0..4 {
            let (low, high) =
                (_mm512_shuffle_i64x2::<0x88>(u[j], u[4 + j]), _mm512_shuffle_i64x2::<0xdd>(u[j], u[4 + j]));
            _mm512_storeu_si512(to[j * stride..][..8].as_mut_ptr().cast(), low);
            _mm512_storeu_si512(to[(4 + j) * stride..][..8].as_mut_ptr().cast(), high);
        }
    }
}

macro_rules! common512 {
    ($with:ident) => {
        type V = __m512i;
        const N: usize = 8;

        #[inline(always)]
        fn enter<T: Task>(self, task: T) -> T::Output {
            // SAFETY: the lane exists, so the processor has the instructions.
            unsafe { $with(self, task) }
        }
        #[inline(always)]
        fn load(self, words: &[u64]) -> __m512i {
            // SAFETY: the instructions exist; the slice has 64 readable bytes, of any alignment.
            unsafe { _mm512_loadu_si512(words[..8].as_ptr().cast()) }
        }
        #[inline(always)]
        fn store(self, words: &mut [u64], v: __m512i) {
            // SAFETY: the instructions exist; the slice has 64 writable bytes, of any alignment.
            unsafe { _mm512_storeu_si512(words[..8].as_mut_ptr().cast(), v) }
        }
        #[inline(always)]
        fn splat(self, word: u64) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_set1_epi64(word as i64) }
        }
        #[inline(always)]
        fn splat_half(self, word: u64) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_set1_epi32(word as i32) }
        }
        #[inline(always)]
        fn add(self, a: __m512i, b: __m512i) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_add_epi64(a, b) }
        }
        #[inline(always)]
        fn sub(self, a: __m512i, b: __m512i) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_sub_epi64(a, b) }
        }
        #[inline(always)]
        fn correct(self, a: __m512i, n: __m512i) -> __m512i {
            // SAFETY: the instructions exist. A difference below zero wraps around to the larger one.
            unsafe { _mm512_min_epu64(a, _mm512_sub_epi64(a, n)) }
        }
        #[inline(always)]
        fn and(self, a: __m512i, b: __m512i) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_and_si512(a, b) }
        }
        #[inline(always)]
        fn or(self, a: __m512i, b: __m512i) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_or_si512(a, b) }
        }
        #[inline(always)]
        fn carry(self, a: __m512i) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_srai_epi64::<{ Self::BITS }>(a) }
        }
        #[inline(always)]
        fn half(self, a: __m512i) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_srai_epi64::<32>(a) }
        }
        #[inline(always)]
        fn upper(self, a: __m512i) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_srli_epi64::<32>(a) }
        }
        #[inline(always)]
        fn shift_right(self, a: __m512i, count: u32) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_srl_epi64(a, _mm_cvtsi32_si128(count as i32)) }
        }
        #[inline(always)]
        fn shift_left(self, a: __m512i, count: u32) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_sll_epi64(a, _mm_cvtsi32_si128(count as i32)) }
        }
        #[inline(always)]
        fn add_product_i32(self, sum: __m512i, x: __m512i, y: __m512i) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_add_epi64(sum, _mm512_mul_epi32(x, y)) }
        }
        #[inline(always)]
        fn add_product_u32(self, sum: __m512i, x: __m512i, y: __m512i) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_add_epi64(sum, _mm512_mul_epu32(x, y)) }
        }
        #[inline(always)]
        fn add_product_u64(self, sum: __m512i, x: __m512i, y: __m512i) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_add_epi64(sum, _mm512_mullo_epi64(x, y)) }
        }
        #[inline(always)]
        fn add_pairs_i16(self, sum: __m512i, x: __m512i, y: __m512i) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_add_epi32(sum, _mm512_madd_epi16(x, y)) }
        }
        #[inline(always)]
        fn add_i32(self, a: __m512i, b: __m512i) -> __m512i {
            // SAFETY: the instructions exist.
            unsafe { _mm512_add_epi32(a, b) }
        }
        #[inline(always)]
        fn transpose(self, from: &[u64], starts: &[usize; 8], to: &mut [u64], stride: usize) {
            transpose512(self, from, starts, to, stride);
        }
    };
}

impl Lane for Words512 {
    common512!(with_words512);
    const BITS: u32 = 52;
    const HALVES: bool = true;
    const MAX_DIGITS: usize = 512;
    const BACKEND: Backend = Backend::Ifma;

    #[inline(always)]
    fn add_low(self, sum: __m512i, x: __m512i, y: __m512i) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_madd52lo_epu64(sum, x, y) }
    }
    #[inline(always)]
    fn add_high(self, sum: __m512i, x: __m512i, y: __m512i) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_madd52hi_epu64(sum, x, y) }
    }
}

impl Lane for Halves512 {
    common512!(with_halves512);
    const BITS: u32 = 28;
    const HALVES: bool = false;
    const MAX_DIGITS: usize = 100;
    const BACKEND: Backend = Backend::Avx512;

    #[inline(always)]
    fn add_low(self, sum: __m512i, x: __m512i, y: __m512i) -> __m512i {
        self.add_product_u32(sum, x, y)
    }
    #[inline(always)]
    fn add_high(self, sum: __m512i, _: __m512i, _: __m512i) -> __m512i {
        sum
    }
}

impl Lane for Halves256 {
    type V = __m256i;
    const N: usize = 4;
    const BITS: u32 = 28;
    const HALVES: bool = false;
    const MAX_DIGITS: usize = 100;
    const BACKEND: Backend = Backend::Avx2;

    #[inline(always)]
    fn enter<T: Task>(self, task: T) -> T::Output {
        // SAFETY: the lane exists, so the processor has the instructions.
        unsafe { with_halves256(self, task) }
    }
    #[inline(always)]
    fn load(self, words: &[u64]) -> __m256i {
        // SAFETY: the instructions exist; the slice has 32 readable bytes, of any alignment.
        unsafe { _mm256_loadu_si256(words[..4].as_ptr().cast()) }
    }
    #[inline(always)]
    fn store(self, words: &mut [u64], v: __m256i) {
        // SAFETY: the instructions exist; the slice has 32 writable bytes, of any alignment.
        unsafe { _mm256_storeu_si256(words[..4].as_mut_ptr().cast(), v) }
    }
    #[inline(always)]
    fn splat(self, word: u64) -> __m256i {
        // SAFETY: the instructions exist.
        unsafe { _mm256_set1_epi64x(word as i64) }
    }
    #[inline(always)]
    fn splat_half(self, word: u64) -> __m256i {
        // SAFETY: the instructions exist.
        unsafe { _mm256_set1_epi32(word as i32) }
    }
    #[inline(always)]
    fn add(self, a: __m256i, b: __m256i) -> __m256i {
        // SAFETY: the instructions exist.
        unsafe { _mm256_add_epi64(a, b) }
    }
    #[inline(always)]
    fn sub(self, a: __m256i, b: __m256i) -> __m256i {
        // SAFETY: the instructions exist.
        unsafe { _mm256_sub_epi64(a, b) }
    }
    #[inline(always)]
    fn correct(self, a: __m256i, n: __m256i) -> __m256i {
        // SAFETY: the instructions exist. The sign of the difference chooses.
        unsafe {
            let difference = _mm256_castsi256_pd(_mm256_sub_epi64(a, n));
            _mm256_castpd_si256(_mm256_blendv_pd(difference, _mm256_castsi256_pd(a), difference))
        }
    }
    #[inline(always)]
    fn and(self, a: __m256i, b: __m256i) -> __m256i {
        // SAFETY: the instructions exist.
        unsafe { _mm256_and_si256(a, b) }
    }
    #[inline(always)]
    fn or(self, a: __m256i, b: __m256i) -> __m256i {
        // SAFETY: the instructions exist.
        unsafe { _mm256_or_si256(a, b) }
    }
    #[inline(always)]
    fn carry(self, a: __m256i) -> __m256i {
        // SAFETY: the instructions exist. Moved up by 2^63 a word has no sign to shift.
        unsafe {
            let moved = _mm256_xor_si256(a, _mm256_set1_epi64x(i64::MIN));
            _mm256_sub_epi64(_mm256_srli_epi64::<28>(moved), _mm256_set1_epi64x(1 << 35))
        }
    }
    #[inline(always)]
    fn half(self, a: __m256i) -> __m256i {
        // SAFETY: the instructions exist. The upper halves, and their signs above them.
        unsafe {
            let upper = _mm256_shuffle_epi32::<0b1111_0101>(a);
            _mm256_blend_epi32::<0b1010_1010>(upper, _mm256_srai_epi32::<31>(a))
        }
    }
    #[inline(always)]
    fn upper(self, a: __m256i) -> __m256i {
        // SAFETY: the instructions exist. The compiler takes a shift before a product with signs for one with a sign, which AVX2 lacks.
        unsafe { _mm256_shuffle_epi32::<0b1111_0101>(a) }
    }
    #[inline(always)]
    fn shift_right(self, a: __m256i, count: u32) -> __m256i {
        // SAFETY: the instructions exist.
        unsafe { _mm256_srl_epi64(a, _mm_cvtsi32_si128(count as i32)) }
    }
    #[inline(always)]
    fn shift_left(self, a: __m256i, count: u32) -> __m256i {
        // SAFETY: the instructions exist.
        unsafe { _mm256_sll_epi64(a, _mm_cvtsi32_si128(count as i32)) }
    }
    #[inline(always)]
    fn add_low(self, sum: __m256i, x: __m256i, y: __m256i) -> __m256i {
        self.add_product_u32(sum, x, y)
    }
    #[inline(always)]
    fn add_high(self, sum: __m256i, _: __m256i, _: __m256i) -> __m256i {
        sum
    }
    #[inline(always)]
    fn add_product_i32(self, sum: __m256i, x: __m256i, y: __m256i) -> __m256i {
        // SAFETY: the instructions exist.
        unsafe { _mm256_add_epi64(sum, _mm256_mul_epi32(x, y)) }
    }
    #[inline(always)]
    fn add_product_u32(self, sum: __m256i, x: __m256i, y: __m256i) -> __m256i {
        // SAFETY: the instructions exist.
        unsafe { _mm256_add_epi64(sum, _mm256_mul_epu32(x, y)) }
    }
    #[inline(always)]
    fn add_product_u64(self, sum: __m256i, x: __m256i, y: __m256i) -> __m256i {
        // SAFETY: the instructions exist.
        unsafe {
            let swapped = _mm256_shuffle_epi32::<0b1011_0001>(y);
            let crossed = _mm256_mullo_epi32(x, swapped);
            // The sum of both crossed products, in the upper half.
            let upper = _mm256_add_epi32(_mm256_slli_epi64::<32>(crossed), crossed);
            let upper = _mm256_and_si256(upper, _mm256_set1_epi64x(-(1 << 32)));
            _mm256_add_epi64(_mm256_add_epi64(sum, upper), _mm256_mul_epu32(x, y))
        }
    }
    #[inline(always)]
    fn add_pairs_i16(self, sum: __m256i, x: __m256i, y: __m256i) -> __m256i {
        // SAFETY: the instructions exist.
        unsafe { _mm256_add_epi32(sum, _mm256_madd_epi16(x, y)) }
    }
    #[inline(always)]
    fn add_i32(self, a: __m256i, b: __m256i) -> __m256i {
        // SAFETY: the instructions exist.
        unsafe { _mm256_add_epi32(a, b) }
    }
    #[inline(always)]
    fn transpose(self, from: &[u64], starts: &[usize; 8], to: &mut [u64], stride: usize) {
        // SAFETY: the instructions exist; every access is through a slice of four words.
        unsafe {
            let mut rows = [_mm256_setzero_si256(); 4];
            for k in 0..4 {
                rows[k] = _mm256_loadu_si256(from[starts[k]..][..4].as_ptr().cast());
            }
            let [a, b, c, d] = rows;
            let (t0, t1) = (_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b));
            let (t2, t3) = (_mm256_unpacklo_epi64(c, d), _mm256_unpackhi_epi64(c, d));
            rows = [
                _mm256_permute2x128_si256::<0x20>(t0, t2),
                _mm256_permute2x128_si256::<0x20>(t1, t3),
                _mm256_permute2x128_si256::<0x31>(t0, t2),
                _mm256_permute2x128_si256::<0x31>(t1, t3),
            ];
            for k in 0..4 {
                _mm256_storeu_si256(to[k * stride..][..4].as_mut_ptr().cast(), rows[k]);
            }
        }
    }
}
