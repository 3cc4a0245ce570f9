//! [`Words512`], [`Doubles512`], [`Doubles256`]: the lanes of x86-64. With those of short products the only unsafe
//! code of the crate.
//!
//! A lane is made by `detect` alone, when the processor (and the system) has its instructions: that is what every
//! block here relies on. What every lane of 512 bits does is here, an instance a file. Memory is only reached through references to whole chunks, with instructions that need no
//! alignment.
#![allow(unsafe_code, reason = "vector instructions are unsafe to call where they might not exist")]

mod doubles256;
mod doubles512;
mod words512;

use super::{
    arithmetic::Arithmetic,
    lane::{Lane, Task},
};
use crate::convolution::processor;
use std::arch::x86_64::*;

/// AVX-512 with 52-bit multiplication, eight integers.
#[derive(Clone, Copy)]
pub(super) struct Words512(());

/// AVX-512, eight doubles.
#[derive(Clone, Copy)]
pub(super) struct Doubles512(());

/// AVX2 with fused multiplication, four doubles.
#[derive(Clone, Copy)]
pub(super) struct Doubles256(());

impl Words512 {
    /// The lane, where the machine has it.
    pub(super) fn detect() -> Option<Self> {
        processor::avx512_ifma().then_some(Words512(()))
    }
}

impl Doubles512 {
    /// The lane, where the machine has it.
    pub(super) fn detect() -> Option<Self> {
        processor::avx512().then_some(Doubles512(()))
    }
}

impl Doubles256 {
    /// The lane, where the machine has it.
    pub(super) fn detect() -> Option<Self> {
        processor::avx2().then_some(Doubles256(()))
    }
}

#[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw,avx512ifma")]
fn with_words512<A: Arithmetic<Lane = Words512>, T: Task>(lane: Words512, task: T) -> T::Output {
    task.run::<A>(lane)
}

#[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw")]
fn with_doubles512<A: Arithmetic<Lane = Doubles512>, T: Task>(lane: Doubles512, task: T) -> T::Output {
    task.run::<A>(lane)
}

#[target_feature(enable = "avx2,fma")]
fn with_doubles256<A: Arithmetic<Lane = Doubles256>, T: Task>(lane: Doubles256, task: T) -> T::Output {
    task.run::<A>(lane)
}

/// Eight vectors of eight, rows to columns.
#[inline(always)]
fn transpose512(_proof: impl Lane, a: [__m512i; 8]) -> [__m512i; 8] {
    let (mut t, mut u, mut out) = (a, a, a);
    // SAFETY: a lane of 512 bits exists, so the instructions do.
    unsafe {
        for i in 0..4 {
            t[2 * i] = _mm512_unpacklo_epi64(a[2 * i], a[2 * i + 1]);
            t[2 * i + 1] = _mm512_unpackhi_epi64(a[2 * i], a[2 * i + 1]);
        }
        for i in 0..2 {
            for j in 0..2 {
                u[4 * i + j] = _mm512_shuffle_i64x2::<0x88>(t[4 * i + j], t[4 * i + 2 + j]);
                u[4 * i + 2 + j] = _mm512_shuffle_i64x2::<0xdd>(t[4 * i + j], t[4 * i + 2 + j]);
            }
        }
        for j in 0..4 {
            out[j] = _mm512_shuffle_i64x2::<0x88>(u[j], u[4 + j]);
            out[4 + j] = _mm512_shuffle_i64x2::<0xdd>(u[j], u[4 + j]);
        }
    }
    out
}

/// What every lane does with memory: chunks of `$n` words, loaded and stored whole.
macro_rules! memory_of {
    ($n:literal, $v:ty, $enter:ident, $load:ident, $store:ident) => {
        type V = $v;
        type Chunk = [u64; $n];
        const N: usize = $n;
        const CHECKED: bool = false;

        #[inline(always)]
        fn prefetch(self, word: &u64) {
            // SAFETY: every x86-64 has the instruction; the reference is to a readable word.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(word).cast()) }
        }
        #[inline(always)]
        fn enter<A: Arithmetic<Lane = Self>, T: Task>(self, task: T) -> T::Output {
            // SAFETY: the lane exists, so the processor has the instructions.
            unsafe { $enter::<A, T>(self, task) }
        }
        #[inline(always)]
        fn chunks(words: &[u64]) -> (&[[u64; $n]], &[u64]) {
            words.as_chunks()
        }
        #[inline(always)]
        fn chunks_mut(words: &mut [u64]) -> (&mut [[u64; $n]], &mut [u64]) {
            words.as_chunks_mut()
        }
        #[inline(always)]
        fn load(self, chunk: &[u64; $n]) -> $v {
            // SAFETY: the instructions exist; the reference is to a whole vector of readable bytes, of any alignment.
            unsafe { $load(chunk.as_ptr().cast()) }
        }
        #[inline(always)]
        fn store(self, chunk: &mut [u64; $n], v: $v) {
            // SAFETY: the instructions exist; the reference is to a whole vector of writable bytes, of any alignment.
            unsafe { $store(chunk.as_mut_ptr().cast(), v) }
        }
    };
}

use memory_of;

/// What a lane of 512 bits does to words, whatever else its vectors are.
macro_rules! words_of_512 {
    ($v:ty, $in:expr, $out:expr) => {
        #[inline(always)]
        fn load_part(self, words: &[u64]) -> $v {
            let mask = ((1u32 << words.len().min(8)) - 1) as u8;
            // SAFETY: the instructions exist; words beyond the slice are not touched.
            unsafe { $out(_mm512_maskz_loadu_epi64(mask, words.as_ptr().cast())) }
        }
        #[inline(always)]
        fn store_part(self, words: &mut [u64], v: $v) {
            let mask = ((1u32 << words.len().min(8)) - 1) as u8;
            // SAFETY: the instructions exist; words beyond the slice are not touched.
            unsafe { _mm512_mask_storeu_epi64(words.as_mut_ptr().cast(), mask, $in(v)) }
        }
        #[inline(always)]
        fn and(self, a: $v, b: $v) -> $v {
            // SAFETY: the instructions exist.
            unsafe { $out(_mm512_and_si512($in(a), $in(b))) }
        }
        #[inline(always)]
        fn or(self, a: $v, b: $v) -> $v {
            // SAFETY: the instructions exist.
            unsafe { $out(_mm512_or_si512($in(a), $in(b))) }
        }
        #[inline(always)]
        fn xor(self, a: $v, b: $v) -> $v {
            // SAFETY: the instructions exist.
            unsafe { $out(_mm512_xor_si512($in(a), $in(b))) }
        }
        #[inline(always)]
        fn word_add(self, a: $v, b: $v) -> $v {
            // SAFETY: the instructions exist.
            unsafe { $out(_mm512_add_epi64($in(a), $in(b))) }
        }
        #[inline(always)]
        fn word_sub(self, a: $v, b: $v) -> $v {
            // SAFETY: the instructions exist.
            unsafe { $out(_mm512_sub_epi64($in(a), $in(b))) }
        }
        #[inline(always)]
        fn shift_right<const BITS: u32>(self, a: $v) -> $v {
            // SAFETY: the instructions exist.
            unsafe { $out(_mm512_srli_epi64::<BITS>($in(a))) }
        }
        #[inline(always)]
        fn shift_right_by(self, a: $v, count: u64) -> $v {
            // SAFETY: the instructions exist.
            unsafe { $out(_mm512_srl_epi64($in(a), _mm_cvtsi64_si128(count as i64))) }
        }
        #[inline(always)]
        fn shift_left_by(self, a: $v, count: u64) -> $v {
            // SAFETY: the instructions exist.
            unsafe { $out(_mm512_sll_epi64($in(a), _mm_cvtsi64_si128(count as i64))) }
        }
        #[inline(always)]
        fn splat_half(self, word: u64) -> $v {
            // SAFETY: the instructions exist.
            unsafe { $out(_mm512_set1_epi32(word as i32)) }
        }
        #[inline(always)]
        fn mul_halves(self, a: $v, b: $v) -> $v {
            // SAFETY: the instructions exist.
            unsafe { $out(_mm512_mul_epu32($in(a), $in(b))) }
        }
        #[inline(always)]
        fn sub_where_above(self, a: $v, bound: $v, b: $v) -> $v {
            // SAFETY: the instructions exist.
            unsafe {
                let above = _mm512_cmpgt_epu64_mask($in(a), $in(bound));
                $out(_mm512_mask_sub_epi64($in(a), above, $in(a), $in(b)))
            }
        }
    };
}

use words_of_512;
