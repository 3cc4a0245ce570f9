//! Real roots isolated, complex roots in balls.

use super::IntegerPoly;
use flint3_sys as sys;

impl IntegerPoly {
    /// The number of real roots of a square-free polynomial, each of which was isolated.
    pub fn isolate_real_roots(&self) -> usize {
        let len = self.len() as i64;
        let mut exponents = vec![0i64; len as usize];
        let (mut exact, mut intervals) = (0, 0);
        // SAFETY: vectors of as many initialised numbers as there can be roots, cleared before they go.
        unsafe {
            let roots = sys::_fmpq_vec_init(len);
            let ends = sys::_fmpz_vec_init(len);
            sys::fmpz_poly_isolate_real_roots(
                roots,
                &mut exact,
                ends,
                exponents.as_mut_ptr(),
                &mut intervals,
                self.as_ptr(),
            );
            sys::_fmpq_vec_clear(roots, len);
            sys::_fmpz_vec_clear(ends, len);
        }
        (exact + intervals) as usize
    }

    /// Finds the complex roots of a square-free polynomial to that relative precision.
    pub fn complex_roots(&self, bits: usize) {
        let degree = self.len() as i64 - 1;
        // SAFETY: a vector of as many balls as there are roots, cleared before it goes.
        unsafe {
            let roots = sys::_acb_vec_init(degree);
            sys::arb_fmpz_poly_complex_roots(roots, self.as_ptr(), 0, bits as i64);
            sys::_acb_vec_clear(roots, degree);
        }
    }
}
