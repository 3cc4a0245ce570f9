//! [`Words512`], [`Doubles512`], [`Doubles256`]: the lanes of x86-64. With those of short products the only unsafe
//! code of the crate.
//!
//! A lane is made by `detect` alone, when the processor (and the system) has its instructions: that is what every
//! block here relies on. Memory is only reached through references to whole chunks, with instructions that need no
//! alignment.
#![allow(unsafe_code, reason = "vector instructions are unsafe to call where they might not exist")]

use super::{
    arithmetic::Arithmetic,
    lane::{FloatLane, IntegerLane, Lane, Task},
};
use std::{arch::x86_64::*, sync::OnceLock};

/// AVX-512 with 52-bit multiplication, eight integers.
#[derive(Clone, Copy)]
pub(super) struct Words512(());

/// AVX-512, eight doubles.
#[derive(Clone, Copy)]
pub(super) struct Doubles512(());

/// AVX2 with fused multiplication, four doubles.
#[derive(Clone, Copy)]
pub(super) struct Doubles256(());

fn avx512() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512bw")
}

impl Words512 {
    /// The lane, where the machine has it.
    pub(super) fn detect() -> Option<Self> {
        (avx512() && is_x86_feature_detected!("avx512ifma")).then_some(Words512(()))
    }
}

impl Doubles512 {
    /// The lane, where the machine has it.
    pub(super) fn detect() -> Option<Self> {
        avx512().then_some(Doubles512(()))
    }
}

impl Doubles256 {
    /// The lane, where the machine has it.
    pub(super) fn detect() -> Option<Self> {
        (is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")).then_some(Doubles256(()))
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

/// What a lane of 512 bits does to words, whatever else its vectors are.
macro_rules! words512 {
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

impl Lane for Words512 {
    type V = __m512i;
    type Chunk = [u64; 8];
    const N: usize = 8;
    const SIDE_BY_SIDE: bool = true;
    const CHECKED: bool = false;

    fn fast_products(self) -> bool {
        // The servers of Intel have two ports for vectors of 512 bits, of which each multiplies. Those of AMD add
        // at twice the rate.
        static INTEL: OnceLock<bool> = OnceLock::new();
        *INTEL.get_or_init(|| __cpuid(0).ebx == u32::from_le_bytes(*b"Genu"))
    }

    #[inline(always)]
    fn enter<A: Arithmetic<Lane = Self>, T: Task>(self, task: T) -> T::Output {
        // SAFETY: the lane exists, so the processor has the instructions.
        unsafe { with_words512::<A, T>(self, task) }
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
    fn load(self, chunk: &[u64; 8]) -> __m512i {
        // SAFETY: the instructions exist; the reference is to 64 readable bytes, of any alignment.
        unsafe { _mm512_loadu_si512(chunk.as_ptr().cast()) }
    }
    #[inline(always)]
    fn store(self, chunk: &mut [u64; 8], v: __m512i) {
        // SAFETY: the instructions exist; the reference is to 64 writable bytes, of any alignment.
        unsafe { _mm512_storeu_si512(chunk.as_mut_ptr().cast(), v) }
    }
    #[inline(always)]
    fn splat(self, word: u64) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_set1_epi64(word as i64) }
    }
    words512!(__m512i, |v| v, |v| v);
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
    fn shift_in(self, v: __m512i, before: __m512i) -> __m512i {
        // SAFETY: the instructions exist.
        unsafe { _mm512_alignr_epi64::<7>(v, before) }
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

/// `2^52`: the integer below it, in the low bits of the double above it.
const SHIFT: f64 = 4_503_599_627_370_496.0;

impl Lane for Doubles512 {
    type V = __m512d;
    type Chunk = [u64; 8];
    const N: usize = 8;
    const SIDE_BY_SIDE: bool = true;
    const CHECKED: bool = false;

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
    words512!(__m512d, _mm512_castpd_si512, _mm512_castsi512_pd);
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
    type V = __m256d;
    type Chunk = [u64; 4];
    const N: usize = 4;
    const SIDE_BY_SIDE: bool = false;
    const CHECKED: bool = false;

    #[inline(always)]
    fn enter<A: Arithmetic<Lane = Self>, T: Task>(self, task: T) -> T::Output {
        // SAFETY: the lane exists, so the processor has the instructions.
        unsafe { with_doubles256::<A, T>(self, task) }
    }
    #[inline(always)]
    fn chunks(words: &[u64]) -> (&[[u64; 4]], &[u64]) {
        words.as_chunks()
    }
    #[inline(always)]
    fn chunks_mut(words: &mut [u64]) -> (&mut [[u64; 4]], &mut [u64]) {
        words.as_chunks_mut()
    }
    #[inline(always)]
    fn load(self, chunk: &[u64; 4]) -> __m256d {
        // SAFETY: the instructions exist; the reference is to 32 readable bytes, of any alignment.
        unsafe { _mm256_loadu_pd(chunk.as_ptr().cast()) }
    }
    #[inline(always)]
    fn store(self, chunk: &mut [u64; 4], v: __m256d) {
        // SAFETY: the instructions exist; the reference is to 32 writable bytes, of any alignment.
        unsafe { _mm256_storeu_pd(chunk.as_mut_ptr().cast(), v) }
    }
    #[inline(always)]
    fn splat(self, word: u64) -> __m256d {
        // SAFETY: the instructions exist.
        unsafe { _mm256_set1_pd(f64::from_bits(word)) }
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
