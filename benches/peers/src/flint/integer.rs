//! `fmpz`: one integer.

use flint3_sys as sys;

/// An integer.
pub struct Integer(sys::fmpz);

impl Drop for Integer {
    fn drop(&mut self) {
        // SAFETY: initialised by every constructor, cleared only here.
        unsafe { sys::fmpz_clear(&mut self.0) }
    }
}

impl Integer {
    pub fn new() -> Self {
        let mut integer = 0;
        // SAFETY: the place is this crate's.
        unsafe { sys::fmpz_init(&mut integer) };
        Integer(integer)
    }

    /// A natural number, the lowest limb first.
    pub fn from_limbs(limbs: &[u64]) -> Self {
        let mut integer = Self::new();
        // SAFETY: initialised, and so many limbs are there.
        unsafe { sys::fmpz_set_ui_array(&mut integer.0, limbs.as_ptr(), limbs.len() as i64) };
        integer
    }

    /// Of a natural number, the lowest `len` limbs, which hold it.
    pub fn limbs(&self, len: usize) -> Vec<u64> {
        let mut limbs = vec![0; len];
        let needed = self.bits().div_ceil(64);
        assert!(needed <= len, "{needed} limbs in {len}");
        // SAFETY: there is room for all.
        unsafe { sys::fmpz_get_ui_array(limbs.as_mut_ptr(), len as i64, &self.0) };
        limbs
    }

    /// `self = |self|`
    pub fn abs_assign(&mut self) {
        let place: *mut _ = &mut self.0;
        // SAFETY: initialised; FLINT allows the destination to be the operand.
        unsafe { sys::fmpz_abs(place, place) }
    }

    /// `self = a * b`
    pub fn mul(&mut self, a: &Self, b: &Self) {
        // SAFETY: all three are initialised.
        unsafe { sys::fmpz_mul(&mut self.0, &a.0, &b.0) }
    }

    /// `self = gcd(a, b)`
    pub fn gcd(&mut self, a: &Self, b: &Self) {
        // SAFETY: all three are initialised.
        unsafe { sys::fmpz_gcd(&mut self.0, &a.0, &b.0) }
    }

    pub fn bits(&self) -> usize {
        // SAFETY: initialised.
        unsafe { sys::fmpz_bits(&self.0) as usize }
    }

    pub(super) fn as_ptr(&self) -> *const sys::fmpz {
        &self.0
    }

    pub(super) fn as_mut_ptr(&mut self) -> *mut sys::fmpz {
        &mut self.0
    }
}
