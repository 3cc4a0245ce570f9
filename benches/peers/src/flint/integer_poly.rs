//! `fmpz_poly`: polynomials over Z.

use super::Integer;
use flint3_sys as sys;
use monic::integer::IntegerSlice;
use num_bigint::{BigInt, Sign};
use std::ops::Range;

/// A polynomial over Z.
pub struct IntegerPoly(sys::fmpz_poly_struct);

impl Drop for IntegerPoly {
    fn drop(&mut self) {
        // SAFETY: initialised by every constructor, cleared only here.
        unsafe { sys::fmpz_poly_clear(&mut self.0) }
    }
}

impl IntegerPoly {
    pub fn new() -> Self {
        let mut poly = sys::fmpz_poly_struct::default();
        // SAFETY: the place is this crate's, and no object stands in it yet.
        unsafe { sys::fmpz_poly_init(&mut poly) };
        IntegerPoly(poly)
    }

    pub fn from_rows(rows: IntegerSlice<'_>) -> Self {
        let mut poly = Self::new();
        let (len, width) = (rows.len(), rows.width());
        // SAFETY: `len` coefficients are allocated before they are written; a row has `width` words.
        unsafe {
            sys::fmpz_poly_fit_length(&mut poly.0, len as i64);
            for (k, row) in rows.rows().enumerate() {
                sys::fmpz_set_signed_ui_array(poly.0.coeffs.add(k), row.as_ptr(), width as i64);
            }
            sys::_fmpz_poly_set_length(&mut poly.0, len as i64);
            sys::_fmpz_poly_normalise(&mut poly.0);
        }
        poly
    }

    /// How many different irreducible factors there are.
    pub fn factor(&self) -> usize {
        // SAFETY: the place is this crate's; it is initialised before it is used, and cleared after.
        unsafe {
            let mut factors = std::mem::MaybeUninit::<sys::fmpz_poly_factor_struct>::uninit();
            sys::fmpz_poly_factor_init(factors.as_mut_ptr());
            let mut factors = factors.assume_init();
            sys::fmpz_poly_factor(&mut factors, &self.0);
            let count = factors.num;
            sys::fmpz_poly_factor_clear(&mut factors);
            count as usize
        }
    }

    /// `self = 1/a mod x^n`
    pub fn inverse_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised.
        unsafe { sys::fmpz_poly_inv_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = a(b) mod x^n`
    pub fn compose_series(&mut self, a: &Self, b: &Self, n: usize) {
        // SAFETY: all are initialised.
        unsafe { sys::fmpz_poly_compose_series(&mut self.0, &a.0, &b.0, n as i64) }
    }

    /// `self = the inverse of a mod x^n`
    pub fn revert_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised.
        unsafe { sys::fmpz_poly_revert_series(&mut self.0, &a.0, n as i64) }
    }

    pub(super) fn as_ptr(&self) -> *const sys::fmpz_poly_struct {
        &self.0
    }

    pub(super) fn as_mut_ptr(&mut self) -> *mut sys::fmpz_poly_struct {
        &mut self.0
    }

    pub fn len(&self) -> usize {
        self.0.length as usize
    }

    /// Coefficients `range`, in rows of `width` limbs; what the polynomial does not have is zero.
    pub fn rows(&self, range: Range<usize>, width: usize) -> Vec<u64> {
        let mut limbs = vec![0; range.len() * width];
        for (k, row) in range.zip(limbs.chunks_exact_mut(width)) {
            if k < self.len() {
                // SAFETY: the coefficient exists, and the row has `width` words.
                unsafe {
                    let coefficient = self.0.coeffs.add(k);
                    let needed = sys::fmpz_bits(coefficient) / 64 + 1;
                    assert!(needed <= width as u64, "a coefficient of {needed} limbs in rows of {width}");
                    sys::fmpz_get_signed_ui_array(row.as_mut_ptr(), width as i64, coefficient);
                }
            }
        }
        limbs
    }

    /// The longest coefficient, in bits without sign.
    pub fn bits(&self) -> usize {
        // SAFETY: the object is initialised.
        unsafe { sys::fmpz_poly_max_bits(&self.0) }.unsigned_abs() as usize
    }

    /// Memory of the coefficients: a word each, and for those of more than 62 bits GMP's integer of 16 bytes and its limbs.
    pub fn bytes(&self) -> u64 {
        let coefficient = |k: usize| {
            // SAFETY: the coefficient exists.
            let bits = unsafe { sys::fmpz_bits(self.0.coeffs.add(k)) };
            8 + if bits > 62 { 16 + 8 * bits.div_ceil(64) } else { 0 }
        };
        (0..self.len()).map(coefficient).sum()
    }

    /// `self = a * b`
    pub fn mul(&mut self, a: &Self, b: &Self) {
        // SAFETY: all three are initialised; so in all that follow.
        unsafe { sys::fmpz_poly_mul(&mut self.0, &a.0, &b.0) }
    }

    /// `self = a * a`
    pub fn square(&mut self, a: &Self) {
        // SAFETY: as above.
        unsafe { sys::fmpz_poly_sqr(&mut self.0, &a.0) }
    }

    /// `self = a * b mod x^n`
    pub fn mul_low(&mut self, a: &Self, b: &Self, n: usize) {
        // SAFETY: as above.
        unsafe { sys::fmpz_poly_mullow(&mut self.0, &a.0, &b.0, n as i64) }
    }

    /// Coefficients `range` of `a * b`, shifted down.
    pub fn mul_mid(&mut self, a: &Self, b: &Self, range: Range<usize>) {
        // SAFETY: as above.
        unsafe { sys::fmpz_poly_mulmid(&mut self.0, &a.0, &b.0, range.start as i64, range.end as i64) }
    }

    /// `self = a + b`
    pub fn add(&mut self, a: &Self, b: &Self) {
        // SAFETY: as above.
        unsafe { sys::fmpz_poly_add(&mut self.0, &a.0, &b.0) }
    }

    /// `self -= a`
    pub fn sub_assign(&mut self, a: &Self) {
        let place: *mut _ = &mut self.0;
        // SAFETY: as above; FLINT allows the destination to be an operand.
        unsafe { sys::fmpz_poly_sub(place, place, &a.0) }
    }

    /// `self = a - b`
    pub fn sub(&mut self, a: &Self, b: &Self) {
        // SAFETY: as above.
        unsafe { sys::fmpz_poly_sub(&mut self.0, &a.0, &b.0) }
    }

    /// `self = self * a + c`
    pub fn horner(&mut self, a: &Self, c: &Integer) {
        let place: *mut _ = &mut self.0;
        // SAFETY: as above; FLINT allows the destination to be an operand.
        unsafe {
            sys::fmpz_poly_mul(place, place, &a.0);
            sys::fmpz_poly_add_fmpz(place, place, c.as_ptr().cast_mut());
        }
    }

    /// `self += x^n * a`, where `a` is used up
    pub fn add_shifted(&mut self, mut a: Self, n: usize) {
        let (place, shifted): (*mut _, *mut _) = (&mut self.0, &mut a.0);
        // SAFETY: as above.
        unsafe {
            sys::fmpz_poly_shift_left(shifted, shifted, n as i64);
            sys::fmpz_poly_add(place, place, shifted);
        }
    }

    /// `self = a^n`
    pub fn pow(&mut self, a: &Self, n: u64) {
        // SAFETY: as above.
        unsafe { sys::fmpz_poly_pow(&mut self.0, &a.0, n) }
    }

    /// `a = self * b + remainder`
    pub fn quo_rem(&mut self, remainder: &mut Self, a: &Self, b: &Self) {
        // SAFETY: as above.
        unsafe { sys::fmpz_poly_divrem(&mut self.0, &mut remainder.0, &a.0, &b.0) }
    }

    /// `self = a / b` where that is exact; whether it is.
    pub fn divide(&mut self, a: &Self, b: &Self) -> bool {
        // SAFETY: as above.
        unsafe { sys::fmpz_poly_divides(&mut self.0, &a.0, &b.0) != 0 }
    }

    /// `lc(b)^d * a = self * b + remainder`; `d`.
    pub fn pseudo_quo_rem(&mut self, remainder: &mut Self, a: &Self, b: &Self) -> u64 {
        let mut exponent = 0;
        // SAFETY: as above.
        unsafe { sys::fmpz_poly_pseudo_divrem(&mut self.0, &mut remainder.0, &mut exponent, &a.0, &b.0) }
        exponent
    }

    /// `self = gcd(a, b)`
    pub fn gcd(&mut self, a: &Self, b: &Self) {
        // SAFETY: as above.
        unsafe { sys::fmpz_poly_gcd(&mut self.0, &a.0, &b.0) }
    }

    /// `result = res(self, other)`
    pub fn resultant(&self, other: &Self, result: &mut Integer) {
        // SAFETY: as above.
        unsafe { sys::fmpz_poly_resultant(result.as_mut_ptr(), &self.0, &other.0) }
    }

    /// `self = a(x + c)`
    pub fn taylor_shift(&mut self, a: &Self, c: &Integer) {
        // SAFETY: as above.
        unsafe { sys::fmpz_poly_taylor_shift(&mut self.0, &a.0, c.as_ptr()) }
    }

    /// `self = a(b)`
    pub fn compose(&mut self, a: &Self, b: &Self) {
        // SAFETY: as above.
        unsafe { sys::fmpz_poly_compose(&mut self.0, &a.0, &b.0) }
    }
}

/// Whether a polynomial of FLINT's has these coefficients, and no others.
pub fn same(flint: &IntegerPoly, coefficients: &[BigInt]) -> bool {
    if flint.len() > coefficients.len() {
        return false;
    }
    let width = flint.bits() / 64 + 1;
    let rows = flint.rows(0..coefficients.len(), width);
    coefficients.iter().zip(rows.chunks_exact(width)).all(|(coefficient, row)| {
        let mut digits = coefficient.iter_u64_digits();
        let mut carry = true;
        // The magnitude's digits against the row, or against the row's negative.
        row.iter().all(|&limb| {
            let limb = if coefficient.sign() == Sign::Minus {
                let (negated, over) = (!limb).overflowing_add(u64::from(carry));
                carry = over;
                negated
            } else {
                limb
            };
            limb == digits.next().unwrap_or(0)
        }) && digits.next().is_none()
    })
}
