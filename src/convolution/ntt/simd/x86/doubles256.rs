//! [`Doubles256`]: four doubles.

use super::{Doubles256, memory_of, with_doubles256};
use crate::convolution::ntt::simd::{
    arithmetic::Arithmetic,
    lane::{FloatLane, Lane, Task},
};
use std::arch::x86_64::*;

/// `2^52`: the integer below it, in the low bits of the double above it.
const SHIFT: f64 = 4_503_599_627_370_496.0;

/// Two vectors of four at distance two, rows to columns: a group of eight words is two vectors.
#[inline(always)]
fn transpose256(_proof: Doubles256, [a, b, c, d]: [__m256d; 4]) -> [__m256d; 4] {
    // SAFETY: the lane exists, so the instructions do.
    unsafe {
        let (t0, t1) = (_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b));
        let (t2, t3) = (_mm256_unpacklo_pd(c, d), _mm256_unpackhi_pd(c, d));
        [
            _mm256_permute2f128_pd::<0x20>(t0, t2),
            _mm256_permute2f128_pd::<0x20>(t1, t3),
            _mm256_permute2f128_pd::<0x31>(t0, t2),
            _mm256_permute2f128_pd::<0x31>(t1, t3),
        ]
    }
}

impl Lane for Doubles256 {
    memory_of!(4, __m256d, with_doubles256, _mm256_loadu_pd, _mm256_storeu_pd);
    const SIDE_BY_SIDE: bool = false;

    #[inline(always)]
    fn splat(self, word: u64) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_set1_pd(f64::from_bits(word)) }
    }
    #[inline(always)]
    fn splat_half(self, word: u64) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_castsi256_pd(_mm256_set1_epi32(word as i32)) }
    }
    #[inline(always)]
    fn load_part(self, words: &[u64]) -> __m256d {
        // SAFETY: the instructions exist; words beyond the slice are not touched.
        unsafe {
            let there =
                _mm256_cmpgt_epi64(_mm256_set1_epi64x(words.len() as i64), _mm256_setr_epi64x(0, 1, 2, 3));
            _mm256_castsi256_pd(_mm256_maskload_epi64(words.as_ptr().cast(), there))
        }
    }
    #[inline(always)]
    fn store_part(self, words: &mut [u64], v: __m256d) {
        let mut chunk = [0; 4];
        self.store(&mut chunk, v);
        words.iter_mut().zip(chunk).for_each(|(word, v)| *word = v);
    }
    #[inline(always)]
    fn and(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_and_pd(a, b) }
    }
    #[inline(always)]
    fn or(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_or_pd(a, b) }
    }
    #[inline(always)]
    fn xor(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_xor_pd(a, b) }
    }
    #[inline(always)]
    fn word_add(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_castsi256_pd(_mm256_add_epi64(_mm256_castpd_si256(a), _mm256_castpd_si256(b))) }
    }
    #[inline(always)]
    fn word_sub(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_castsi256_pd(_mm256_sub_epi64(_mm256_castpd_si256(a), _mm256_castpd_si256(b))) }
    }
    #[inline(always)]
    fn shift_right<const BITS: u32>(self, a: __m256d) -> __m256d {
        self.shift_right_by(a, u64::from(BITS))
    }
    #[inline(always)]
    fn shift_right_by(self, a: __m256d, count: u64) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe {
            let count = _mm_cvtsi64_si128(count as i64);
            _mm256_castsi256_pd(_mm256_srl_epi64(_mm256_castpd_si256(a), count))
        }
    }
    #[inline(always)]
    fn shift_left_by(self, a: __m256d, count: u64) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe {
            let count = _mm_cvtsi64_si128(count as i64);
            _mm256_castsi256_pd(_mm256_sll_epi64(_mm256_castpd_si256(a), count))
        }
    }
    #[inline(always)]
    fn mul_halves(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_castsi256_pd(_mm256_mul_epu32(_mm256_castpd_si256(a), _mm256_castpd_si256(b))) }
    }
    #[inline(always)]
    fn sub_where_above(self, a: __m256d, bound: __m256d, b: __m256d) -> __m256d {
        // SAFETY: the instructions exist. Signed comparison is that without sign after the top bits are flipped.
        unsafe {
            let top = _mm256_set1_epi64x(i64::MIN);
            let flip = |v| _mm256_xor_si256(_mm256_castpd_si256(v), top);
            let above = _mm256_cmpgt_epi64(flip(a), flip(bound));
            let b = _mm256_and_si256(above, _mm256_castpd_si256(b));
            _mm256_castsi256_pd(_mm256_sub_epi64(_mm256_castpd_si256(a), b))
        }
    }
    #[inline(always)]
    fn transpose(self, [a, b, c, d, e, f, g, h]: [__m256d; 8]) -> [__m256d; 8] {
        let [a, c, e, g] = transpose256(self, [a, c, e, g]);
        let [b, d, f, h] = transpose256(self, [b, d, f, h]);
        [a, c, e, g, b, d, f, h]
    }
    #[inline(always)]
    fn untranspose(self, [a, c, e, g, b, d, f, h]: [__m256d; 8]) -> [__m256d; 8] {
        let [a, c, e, g] = transpose256(self, [a, c, e, g]);
        let [b, d, f, h] = transpose256(self, [b, d, f, h]);
        [a, b, c, d, e, f, g, h]
    }
}

impl FloatLane for Doubles256 {
    #[inline(always)]
    fn add(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_add_pd(a, b) }
    }
    #[inline(always)]
    fn sub(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_sub_pd(a, b) }
    }
    #[inline(always)]
    fn mul(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_mul_pd(a, b) }
    }
    #[inline(always)]
    fn div(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_div_pd(a, b) }
    }
    #[inline(always)]
    fn mul_add(self, a: __m256d, b: __m256d, c: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_fmadd_pd(a, b, c) }
    }
    #[inline(always)]
    fn mul_sub(self, a: __m256d, b: __m256d, c: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_fmsub_pd(a, b, c) }
    }
    #[inline(always)]
    fn neg_mul_add(self, a: __m256d, b: __m256d, c: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_fnmadd_pd(a, b, c) }
    }
    #[inline(always)]
    fn add_where_negative(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe {
            let negative = _mm256_cmp_pd::<_CMP_LT_OQ>(a, _mm256_setzero_pd());
            _mm256_add_pd(a, _mm256_and_pd(negative, b))
        }
    }
    #[inline(always)]
    fn from_words(self, chunk: &[u64; 4]) -> __m256d {
        // SAFETY: the instructions exist; the reference is to 32 readable bytes. The bits of 2^52 + x are those of 2^52
        // with x in the low ones.
        unsafe {
            let shift = _mm256_set1_pd(SHIFT);
            let words = _mm256_loadu_si256(chunk.as_ptr().cast());
            _mm256_sub_pd(_mm256_or_pd(_mm256_castsi256_pd(words), shift), shift)
        }
    }
    #[inline(always)]
    fn to_words(self, chunk: &mut [u64; 4], v: __m256d) {
        // SAFETY: the instructions exist; the reference is to 32 writable bytes. As above, back.
        unsafe {
            let shift = _mm256_set1_pd(SHIFT);
            let words = _mm256_castpd_si256(_mm256_xor_pd(_mm256_add_pd(v, shift), shift));
            _mm256_storeu_si256(chunk.as_mut_ptr().cast(), words);
        }
    }
}
