//! [`Words512`]: eight integers with 52-bit multiplication, and rows of words to columns and back.

use super::{Words512, memory_of, transpose512, with_words512, words_of_512};
use crate::convolution::ntt::simd::{
    arithmetic::Arithmetic,
    lane::{IntegerLane, Lane, Task},
};
use std::{arch::x86_64::*, sync::OnceLock};

/// Words of two vectors, by their positions: those of the second from 8 on.
#[inline(always)]
fn pick(_proof: Words512, a: __m512i, b: __m512i, [p, q, r, s, t, u, v, w]: [i64; 8]) -> __m512i {
    // SAFETY: the lane exists, so the instructions do.
    unsafe { _mm512_permutex2var_epi64(a, _mm512_setr_epi64(p, q, r, s, t, u, v, w), b) }
}

/// Eight rows of `W` words in the order of memory, to columns.
#[inline(always)]
fn gather_rows<const W: usize>(lane: Words512, v: [__m512i; W]) -> [__m512i; W] {
    let mut out = v;
    match W {
        1 => {}
        2 => {
            out[0] = pick(lane, v[0], v[1], [0, 2, 4, 6, 8, 10, 12, 14]);
            out[1] = pick(lane, v[0], v[1], [1, 3, 5, 7, 9, 11, 13, 15]);
        }
        3 => {
            // Row r has its word c at 3r + c: in the first two vectors up to 15.
            let a = pick(lane, v[0], v[1], [0, 3, 6, 9, 12, 15, 0, 0]);
            let b = pick(lane, v[0], v[1], [1, 4, 7, 10, 13, 0, 0, 0]);
            let c = pick(lane, v[0], v[1], [2, 5, 8, 11, 14, 0, 0, 0]);
            out[0] = pick(lane, a, v[2], [0, 1, 2, 3, 4, 5, 10, 13]);
            out[1] = pick(lane, b, v[2], [0, 1, 2, 3, 4, 8, 11, 14]);
            out[2] = pick(lane, c, v[2], [0, 1, 2, 3, 4, 9, 12, 15]);
        }
        4 => {
            const EVEN: [i64; 8] = [0, 4, 8, 12, 1, 5, 9, 13];
            const ODD: [i64; 8] = [2, 6, 10, 14, 3, 7, 11, 15];
            let (a, b) = (pick(lane, v[0], v[1], EVEN), pick(lane, v[2], v[3], EVEN));
            let (c, d) = (pick(lane, v[0], v[1], ODD), pick(lane, v[2], v[3], ODD));
            out[0] = pick(lane, a, b, [0, 1, 2, 3, 8, 9, 10, 11]);
            out[1] = pick(lane, a, b, [4, 5, 6, 7, 12, 13, 14, 15]);
            out[2] = pick(lane, c, d, [0, 1, 2, 3, 8, 9, 10, 11]);
            out[3] = pick(lane, c, d, [4, 5, 6, 7, 12, 13, 14, 15]);
        }
        _ => unreachable!("rows of one to four words"),
    }
    out
}

/// Undoes [`gather_rows`].
#[inline(always)]
fn scatter_rows<const W: usize>(lane: Words512, v: [__m512i; W]) -> [__m512i; W] {
    let mut out = v;
    match W {
        1 => {}
        2 => {
            out[0] = pick(lane, v[0], v[1], [0, 8, 1, 9, 2, 10, 3, 11]);
            out[1] = pick(lane, v[0], v[1], [4, 12, 5, 13, 6, 14, 7, 15]);
        }
        3 => {
            let a = pick(lane, v[0], v[1], [0, 8, 0, 1, 9, 0, 2, 10]);
            let b = pick(lane, v[0], v[1], [0, 3, 11, 0, 4, 12, 0, 5]);
            let c = pick(lane, v[0], v[1], [13, 0, 6, 14, 0, 7, 15, 0]);
            out[0] = pick(lane, a, v[2], [0, 1, 8, 3, 4, 9, 6, 7]);
            out[1] = pick(lane, b, v[2], [10, 1, 2, 11, 4, 5, 12, 7]);
            out[2] = pick(lane, c, v[2], [0, 13, 2, 3, 14, 5, 6, 15]);
        }
        4 => {
            const EVEN: [i64; 8] = [0, 4, 8, 12, 1, 5, 9, 13];
            const ODD: [i64; 8] = [2, 6, 10, 14, 3, 7, 11, 15];
            let (a, b) = (
                pick(lane, v[0], v[1], [0, 1, 2, 3, 8, 9, 10, 11]),
                pick(lane, v[0], v[1], [4, 5, 6, 7, 12, 13, 14, 15]),
            );
            let (c, d) = (
                pick(lane, v[2], v[3], [0, 1, 2, 3, 8, 9, 10, 11]),
                pick(lane, v[2], v[3], [4, 5, 6, 7, 12, 13, 14, 15]),
            );
            out[0] = pick(lane, a, c, EVEN);
            out[1] = pick(lane, a, c, ODD);
            out[2] = pick(lane, b, d, EVEN);
            out[3] = pick(lane, b, d, ODD);
        }
        _ => unreachable!("rows of one to four words"),
    }
    out
}

impl Lane for Words512 {
    memory_of!(8, __m512i, with_words512, _mm512_loadu_si512, _mm512_storeu_si512);
    const SIDE_BY_SIDE: bool = true;

    fn fast_products(self) -> bool {
        // The servers of Intel have two ports for vectors of 512 bits, of which each multiplies. Those of AMD add
        // at twice the rate.
        static INTEL: OnceLock<bool> = OnceLock::new();
        *INTEL.get_or_init(|| __cpuid(0).ebx == u32::from_le_bytes(*b"Genu"))
    }

    #[inline(always)]
    fn splat(self, word: u64) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_set1_epi64(word as i64) }
    }
    words_of_512!(__m512i, |v| v, |v| v);
    #[inline(always)]
    fn transpose(self, v: [__m512i; 8]) -> [__m512i; 8] {
        transpose512(self, v)
    }
    #[inline(always)]
    fn untranspose(self, v: [__m512i; 8]) -> [__m512i; 8] {
        transpose512(self, v)
    }
}

impl IntegerLane for Words512 {
    type D = __m512d;

    #[inline(always)]
    fn doubles(self, x: f64) -> __m512d {
        // SAFETY: the instructions exist.
        unsafe { _mm512_set1_pd(x) }
    }
    #[inline(always)]
    fn accumulate(self, sum: __m512d, a: __m512i, x: f64) -> __m512d {
        // SAFETY: the instructions exist.
        unsafe { _mm512_fmadd_pd(_mm512_cvtepu64_pd(a), _mm512_set1_pd(x), sum) }
    }
    #[inline(always)]
    fn floor(self, a: __m512d) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_cvttpd_epu64(a) }
    }
    #[inline(always)]
    fn low(self, c: __m512i, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_madd52lo_epu64(c, a, b) }
    }
    #[inline(always)]
    fn high(self, c: __m512i, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_madd52hi_epu64(c, a, b) }
    }
    #[inline(always)]
    fn shift_right_signed<const BITS: u32>(self, a: __m512i) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_srai_epi64::<BITS>(a) }
    }
    #[inline(always)]
    fn load_rows<const W: usize>(self, rows: &[[u64; 8]; W]) -> [__m512i; W] {
        gather_rows(self, rows.map(|chunk| self.load(&chunk)))
    }
    #[inline(always)]
    fn store_rows<const W: usize>(self, rows: &mut [[u64; 8]; W], v: [__m512i; W]) {
        for (chunk, v) in rows.iter_mut().zip(scatter_rows(self, v)) {
            self.store(chunk, v);
        }
    }
    #[inline(always)]
    fn min(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_min_epu64(a, b) }
    }
    #[inline(always)]
    fn shift_right_each(self, a: __m512i, counts: __m512i) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_srlv_epi64(a, counts) }
    }
    #[inline(always)]
    fn shift_left_each(self, a: __m512i, counts: __m512i) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_sllv_epi64(a, counts) }
    }
    #[inline(always)]
    fn pick(self, low: __m512i, high: __m512i, index: __m512i) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_permutex2var_epi64(low, index, high) }
    }
    #[inline(always)]
    fn window<const FROM: i32>(self, low: __m512i, high: __m512i) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_alignr_epi64::<FROM>(high, low) }
    }
    #[inline(always)]
    fn at_least(self, a: __m512i, b: __m512i) -> u8 {
        // SAFETY: the instructions exist.
        unsafe { _mm512_cmpge_epu64_mask(a, b) }
    }
    #[inline(always)]
    fn equal(self, a: __m512i, b: __m512i) -> u8 {
        // SAFETY: the instructions exist.
        unsafe { _mm512_cmpeq_epi64_mask(a, b) }
    }
    #[inline(always)]
    fn add_where(self, a: __m512i, bits: u8, b: __m512i) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_mask_add_epi64(a, bits, a, b) }
    }
}
