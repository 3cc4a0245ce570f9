//! [`Clmul`]: carry-less multiplication of x86-64.
//!
//! A lane is made by `detect` alone, when the processor has its instructions: that is what every block here relies on. No memory is reached but through
//! slices, whose lengths are checked.
#![allow(unsafe_code, reason = "vector instructions are unsafe to call where they might not exist")]

use crate::convolution::processor;
use std::arch::x86_64::*;

/// PCLMULQDQ, with SSE 4.1.
#[derive(Clone, Copy)]
pub(crate) struct Clmul(());

impl Clmul {
    /// The lane, where the machine has it.
    pub(super) fn detect() -> Option<Self> {
        processor::clmul().then_some(Clmul(()))
    }

    /// The product of two words.
    #[inline]
    pub(super) fn word(self, a: u64, b: u64) -> u128 {
        // SAFETY: the lane exists, so the instructions do.
        unsafe { word(a, b) }
    }

    /// `out += a * b`, column by column.
    pub(super) fn schoolbook(self, out: &mut [u64], a: &[u64], b: &[u64]) {
        // SAFETY: the lane exists, so the instructions do.
        unsafe { schoolbook(out, a, b) }
    }
}

#[target_feature(enable = "pclmulqdq,sse4.1")]
fn word(a: u64, b: u64) -> u128 {
    let product = _mm_clmulepi64_si128::<0>(_mm_cvtsi64_si128(a as i64), _mm_cvtsi64_si128(b as i64));
    let (low, high) = (_mm_cvtsi128_si64(product) as u64, _mm_extract_epi64::<1>(product) as u64);
    u128::from(high) << 64 | u128::from(low)
}

#[target_feature(enable = "pclmulqdq,sse4.1")]
fn schoolbook(out: &mut [u64], a: &[u64], b: &[u64]) {
    let (m, n) = (a.len(), b.len());
    if m == 0 || n == 0 {
        return;
    }
    let mut carry = 0;
    for k in 0..m + n - 1 {
        let (first, last) = ((k + 1).saturating_sub(n), k.min(m - 1));
        let mut sum = _mm_setzero_si128();
        for (&x, &y) in a[first..=last].iter().zip(b[k - last..=k - first].iter().rev()) {
            let product = _mm_clmulepi64_si128::<0>(_mm_cvtsi64_si128(x as i64), _mm_cvtsi64_si128(y as i64));
            sum = _mm_xor_si128(sum, product);
        }
        out[k] ^= carry ^ _mm_cvtsi128_si64(sum) as u64;
        carry = _mm_extract_epi64::<1>(sum) as u64;
    }
    out[m + n - 1] ^= carry;
}
