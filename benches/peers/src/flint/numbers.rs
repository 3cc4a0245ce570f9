//! Vectors of `fmpz` and `fmpq`: Bell numbers, partitions, Stirling, Bernoulli and Euler numbers.

use flint3_sys as sys;

/// Integers that FLINT has computed.
pub struct Integers {
    values: *mut sys::fmpz,
    len: usize,
}

impl Drop for Integers {
    fn drop(&mut self) {
        // SAFETY: made by `_fmpz_vec_init` with that length, cleared only here.
        unsafe { sys::_fmpz_vec_clear(self.values, self.len as i64) }
    }
}

impl Integers {
    fn new(len: usize, fill: unsafe extern "C" fn(*mut sys::fmpz, i64)) -> Self {
        // SAFETY: `fill` writes so many initialised integers.
        let values = unsafe {
            let values = sys::_fmpz_vec_init(len as i64);
            fill(values, len as i64);
            values
        };
        Integers { values, len }
    }

    /// Bell numbers.
    pub fn bell(len: usize) -> Self {
        Self::new(len, sys::arith_bell_number_vec)
    }

    /// Numbers of partitions.
    pub fn partitions(len: usize) -> Self {
        Self::new(len, sys::arith_number_of_partitions_vec)
    }

    /// Euler numbers.
    pub fn euler(len: usize) -> Self {
        Self::new(len, sys::arith_euler_number_vec)
    }

    /// The limbs of the absolute value of number `k`.
    pub fn magnitude(&self, k: usize) -> Vec<u64> {
        assert!(k < self.len);
        // SAFETY: in bounds.
        unsafe { magnitude(self.values.add(k)) }
    }
}

/// Fractions that FLINT has computed.
pub struct Fractions {
    values: *mut sys::fmpq,
    len: usize,
}

impl Drop for Fractions {
    fn drop(&mut self) {
        // SAFETY: made by `_fmpq_vec_init` with that length, cleared only here.
        unsafe { sys::_fmpq_vec_clear(self.values, self.len as i64) }
    }
}

impl Fractions {
    /// Bernoulli numbers.
    pub fn bernoulli(len: usize) -> Self {
        // SAFETY: so many initialised fractions are written.
        let values = unsafe {
            let values = sys::_fmpq_vec_init(len as i64);
            sys::bernoulli_fmpq_vec_no_cache(values, 0, len as i64);
            values
        };
        Fractions { values, len }
    }

    /// One Bernoulli number, with nothing left over from others.
    pub fn bernoulli_alone(n: u64) -> Self {
        // SAFETY: one initialised fraction is written; no object of FLINT's caches is in use.
        let values = unsafe {
            sys::flint_cleanup();
            let values = sys::_fmpq_vec_init(1);
            sys::bernoulli_fmpq_ui(values, n);
            values
        };
        Fractions { values, len: 1 }
    }

    /// The limbs of the absolute value of numerator `k`.
    pub fn numerator(&self, k: usize) -> Vec<u64> {
        assert!(k < self.len);
        // SAFETY: in bounds; a numerator stands first in a fraction.
        unsafe { magnitude(self.values.add(k).cast()) }
    }
}

/// # Safety
/// An initialised integer.
unsafe fn magnitude(value: *const sys::fmpz) -> Vec<u64> {
    // SAFETY: initialised by the caller; there is room for all limbs.
    unsafe {
        let mut copy = 0;
        sys::fmpz_init(&mut copy);
        sys::fmpz_abs(&mut copy, value);
        let mut limbs = vec![0; sys::fmpz_bits(&copy).div_ceil(64) as usize];
        if !limbs.is_empty() {
            sys::fmpz_get_ui_array(limbs.as_mut_ptr(), limbs.len() as i64, &copy);
        }
        sys::fmpz_clear(&mut copy);
        limbs
    }
}
