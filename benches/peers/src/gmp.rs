//! GMP's product of limbs, which FLINT brings with it.

unsafe extern "C" {
    /// <https://gmplib.org/manual/Low_002dlevel-Functions>
    fn __gmpn_mul(rp: *mut u64, s1p: *const u64, s1n: i64, s2p: *const u64, s2n: i64) -> u64;
}

/// `out = a * b`
pub fn mul(out: &mut [u64], a: &[u64], b: &[u64]) {
    assert!(!b.is_empty() && a.len() >= b.len() && out.len() == a.len() + b.len(), "lengths of a product");
    // SAFETY: the lengths are those that the manual asks for; `out` overlaps nothing, being borrowed mutably.
    unsafe {
        __gmpn_mul(out.as_mut_ptr(), a.as_ptr(), a.len() as i64, b.as_ptr(), b.len() as i64);
    }
}
