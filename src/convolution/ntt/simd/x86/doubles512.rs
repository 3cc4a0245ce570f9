//! [`Doubles512`]: eight doubles.

use super::{Doubles512, memory_of, transpose512, with_doubles512, words_of_512};
use crate::convolution::ntt::simd::{
    arithmetic::Arithmetic,
    lane::{FloatLane, Lane, Task},
};
use std::arch::x86_64::*;

impl Lane for Doubles512 {
    memory_of!(8, __m512d, with_doubles512, _mm512_loadu_pd, _mm512_storeu_pd);
    const SIDE_BY_SIDE: bool = true;

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
