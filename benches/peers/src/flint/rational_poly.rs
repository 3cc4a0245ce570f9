//! `fmpq_poly`: polynomials over Q, as numerators over one denominator.

use super::{Integer, IntegerPoly};
use flint3_sys as sys;

/// A polynomial over Q.
pub struct RationalPoly(sys::fmpq_poly_struct);

impl Drop for RationalPoly {
    fn drop(&mut self) {
        // SAFETY: initialised by every constructor, cleared only here.
        unsafe { sys::fmpq_poly_clear(&mut self.0) }
    }
}

impl RationalPoly {
    pub fn new() -> Self {
        let mut poly = sys::fmpq_poly_struct::default();
        // SAFETY: the place is this crate's, and no object stands in it yet.
        unsafe { sys::fmpq_poly_init(&mut poly) };
        RationalPoly(poly)
    }

    /// `numerators / denominator`, in lowest terms.
    pub fn from_quotient(numerators: &IntegerPoly, denominator: &Integer) -> Self {
        let mut poly = Self::new();
        let place: *mut _ = &mut poly.0;
        // SAFETY: all are initialised; FLINT allows the destination to be the operand.
        unsafe {
            sys::fmpq_poly_set_fmpz_poly(place, numerators.as_ptr());
            sys::fmpq_poly_scalar_div_fmpz(place, place, denominator.as_ptr());
        }
        poly
    }

    /// `self = a * b`
    pub fn mul(&mut self, a: &Self, b: &Self) {
        // SAFETY: all three are initialised.
        unsafe { sys::fmpq_poly_mul(&mut self.0, &a.0, &b.0) }
    }

    /// `a = self * b + remainder`
    pub fn quo_rem(&mut self, remainder: &mut Self, a: &Self, b: &Self) {
        // SAFETY: all are initialised; so in all that follow.
        unsafe { sys::fmpq_poly_divrem(&mut self.0, &mut remainder.0, &a.0, &b.0) }
    }

    /// `self = gcd(a, b)`, monic.
    pub fn gcd(&mut self, a: &Self, b: &Self) {
        // SAFETY: as above.
        unsafe { sys::fmpq_poly_gcd(&mut self.0, &a.0, &b.0) }
    }

    /// `self = gcd(a, b) = s*a + t*b`, monic.
    pub fn xgcd(&mut self, s: &mut Self, t: &mut Self, a: &Self, b: &Self) {
        // SAFETY: as above.
        unsafe { sys::fmpq_poly_xgcd(&mut self.0, &mut s.0, &mut t.0, &a.0, &b.0) }
    }

    /// `self = a(x + c)`, the numerators shifted: what they have in common stays, and so does the denominator. There is no function for it.
    pub fn taylor_shift(&mut self, a: &Self, c: &Integer) {
        // SAFETY: as above; the polynomial has as many coefficients as its length.
        unsafe {
            sys::fmpq_poly_set(&mut self.0, &a.0);
            sys::_fmpz_poly_taylor_shift(self.0.coeffs, c.as_ptr(), self.0.length);
        }
    }

    /// `self = a(b)`
    pub fn compose(&mut self, a: &Self, b: &Self) {
        // SAFETY: as above.
        unsafe { sys::fmpq_poly_compose(&mut self.0, &a.0, &b.0) }
    }

    /// The resultant, as a numerator and a denominator.
    pub fn resultant(&self, other: &Self, numerator: &mut Integer, denominator: &mut Integer) {
        let mut value = sys::fmpq::default();
        // SAFETY: the place is this crate's; it is initialised before it is used, and cleared after.
        unsafe {
            sys::fmpq_init(&mut value);
            sys::fmpq_poly_resultant(&mut value, &self.0, &other.0);
            sys::fmpz_swap(numerator.as_mut_ptr(), &mut value.num);
            sys::fmpz_swap(denominator.as_mut_ptr(), &mut value.den);
            sys::fmpq_clear(&mut value);
        }
    }

    /// `self = 1/a mod x^n`
    pub fn inverse_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised.
        unsafe { sys::fmpq_poly_inv_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = exp a mod x^n`
    pub fn exp_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised.
        unsafe { sys::fmpq_poly_exp_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = log a mod x^n`
    pub fn log_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised.
        unsafe { sys::fmpq_poly_log_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = sqrt a mod x^n`
    pub fn sqrt_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised.
        unsafe { sys::fmpq_poly_sqrt_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = sin a mod x^n`
    pub fn sin_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised.
        unsafe { sys::fmpq_poly_sin_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = tan a mod x^n`
    pub fn tan_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised.
        unsafe { sys::fmpq_poly_tan_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = a(b) mod x^n`
    pub fn compose_series(&mut self, a: &Self, b: &Self, n: usize) {
        // SAFETY: all are initialised.
        unsafe { sys::fmpq_poly_compose_series(&mut self.0, &a.0, &b.0, n as i64) }
    }

    /// `self = the inverse of a mod x^n`
    pub fn revert_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised.
        unsafe { sys::fmpq_poly_revert_series(&mut self.0, &a.0, n as i64) }
    }

    /// The numerators.
    pub fn numerators(&self) -> IntegerPoly {
        let mut numerators = IntegerPoly::new();
        // SAFETY: both are initialised.
        unsafe { sys::fmpq_poly_get_numerator(numerators.as_mut_ptr(), &self.0) };
        numerators
    }

    /// The common denominator.
    pub fn denominator(&self) -> Integer {
        let mut denominator = Integer::new();
        // SAFETY: both are initialised.
        unsafe { sys::fmpz_set(denominator.as_mut_ptr(), &self.0.den[0]) };
        denominator
    }
}
