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

    pub(super) fn as_ptr(&self) -> *const sys::fmpz {
        &self.0
    }
}
