//! [`Doubles512`]: eight doubles.

use super::{Doubles512, transpose512, with_doubles512, words_of_512};
use crate::convolution::ntt::simd::{
    arithmetic::Arithmetic,
    lane::{FloatLane, Lane, Task},
};
use std::arch::x86_64::*;

impl Lane for Doubles512 {
    type V = __m512d;
    type Chunk = [u64; 8];
    const N: usize = 8;
    const SIDE_BY_SIDE: bool = true;
    const CHECKED: bool = false;

    #[inline(always)]
    fn prefetch(self, word: &u64) {
        // SAFETY: every x86-64 has the instruction; the reference is to a readable word.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(word).cast()) }
    }
    #[inline(always)]
    fn enter<A: Arithmetic<Lane = Self>, T: Task>(self, task: T) -> T::Output {
        // SAFETY: the lane exists, so the processor has the instructions.
        unsafe { with_doubles512::<A, T>(self, task) }
    }
    #[inline(always)]
    fn chunks(words: &[u64]) -> (&[[u64; 8]], &[u64]) {
        words.as_chunks()
    }
    #[inline(always)]
    fn chunks_mut(words: &mut [u64]) -> (&mut [[u64; 8]], &mut [u64]) {
        words.as_chunks_mut()
    }
    #[inline(always)]
    fn load(self, chunk: &[u64; 8]) -> __m512d {
        // SAFETY: the instructions exist; the reference is to 64 readable bytes, of any alignment.
        unsafe { _mm512_loadu_pd(chunk.as_ptr().cast()) }
    }
    #[inline(always)]
    fn store(self, chunk: &mut [u64; 8], v: __m512d) {
        // SAFETY: the instructions exist; the reference is to 64 writable bytes, of any alignment.
        unsafe { _mm512_storeu_pd(chunk.as_mut_ptr().cast(), v) }
    }
    #[inline(always)]
    fn splat(self, word: u64) -> __m512d {
        // SAFETY: the instructions exist.
        unsafe { _mm512_set1_pd(f64::from_bits(word)) }
    }
    words_of_512!(__m512d, _mm512_castpd_si512, _mm512_castsi512_pd);
    #[inline(always)]
    fn transpose(self, v: [__m512d; 8]) -> [__m512d; 8] {
        let mut out = v;
        // SAFETY: the instructions exist; the casts change no bits.
        unsafe {
            let mut words = [_mm512_castpd_si512(v[0]); 8];
            for k in 1..8 {
                words[k] = _mm512_castpd_si512(v[k]);
            }
            let words = transpose512(self, words);
            for k in 0..8 {
                out[k] = _mm512_castsi512_pd(words[k]);
            }
        }
        out
    }
    #[inline(always)]
    fn untranspose(self, v: [__m512d; 8]) -> [__m512d; 8] {
        self.transpose(v)
    }
}

impl FloatLane for Doubles512 {
    #[inline(always)]
    fn add(self, a: __m512d, b: __m512d) -> __m512d {
        // SAFETY: the instructions exist.
        unsafe { _mm512_add_pd(a, b) }
    }
    #[inline(always)]
    fn sub(self, a: __m512d, b: __m512d) -> __m512d {
        // SAFETY: the instructions exist.
        unsafe { _mm512_sub_pd(a, b) }
    }
    #[inline(always)]
    fn mul(self, a: __m512d, b: __m512d) -> __m512d {
        // SAFETY: the instructions exist.
        unsafe { _mm512_mul_pd(a, b) }
    }
    #[inline(always)]
    fn div(self, a: __m512d, b: __m512d) -> __m512d {
        // SAFETY: the instructions exist.
        unsafe { _mm512_div_pd(a, b) }
    }
    #[inline(always)]
    fn mul_add(self, a: __m512d, b: __m512d, c: __m512d) -> __m512d {
        // SAFETY: the instructions exist.
        unsafe { _mm512_fmadd_pd(a, b, c) }
    }
    #[inline(always)]
    fn mul_sub(self, a: __m512d, b: __m512d, c: __m512d) -> __m512d {
        // SAFETY: the instructions exist.
        unsafe { _mm512_fmsub_pd(a, b, c) }
    }
    #[inline(always)]
    fn neg_mul_add(self, a: __m512d, b: __m512d, c: __m512d) -> __m512d {
        // SAFETY: the instructions exist.
        unsafe { _mm512_fnmadd_pd(a, b, c) }
    }
    #[inline(always)]
    fn add_where_negative(self, a: __m512d, b: __m512d) -> __m512d {
        // SAFETY: the instructions exist.
        unsafe {
            let negative = _mm512_cmp_pd_mask::<_CMP_LT_OQ>(a, _mm512_setzero_pd());
            _mm512_mask_add_pd(a, negative, a, b)
        }
    }
    #[inline(always)]
    fn from_words(self, chunk: &[u64; 8]) -> __m512d {
        // SAFETY: the instructions exist; the reference is to 64 readable bytes.
        unsafe { _mm512_cvtepi64_pd(_mm512_loadu_si512(chunk.as_ptr().cast())) }
    }
    #[inline(always)]
    fn to_words(self, chunk: &mut [u64; 8], v: __m512d) {
        // SAFETY: the instructions exist; the reference is to 64 writable bytes.
        unsafe { _mm512_storeu_si512(chunk.as_mut_ptr().cast(), _mm512_cvtpd_epi64(v)) }
    }
}
