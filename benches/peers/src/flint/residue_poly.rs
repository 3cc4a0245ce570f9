//! `nmod_poly` and `fmpz_mod_poly`: polynomials over Z/n, for moduli of a word and for larger ones.

use super::Integer;
use flint3_sys as sys;
use monic::integer::IntegerSlice;
use std::rc::Rc;

/// A polynomial over Z/n with `n < 2^64`.
pub struct WordPoly(sys::nmod_poly_struct);

impl Drop for WordPoly {
    fn drop(&mut self) {
        // SAFETY: initialised by every constructor, cleared only here.
        unsafe { sys::nmod_poly_clear(&mut self.0) }
    }
}

impl WordPoly {
    pub fn new(modulus: u64) -> Self {
        let mut poly = sys::nmod_poly_struct::default();
        // SAFETY: the place is this crate's, and no object stands in it yet.
        unsafe { sys::nmod_poly_init(&mut poly, modulus) };
        WordPoly(poly)
    }

    pub fn from_words(modulus: u64, words: &[u64]) -> Self {
        let mut poly = Self::new(modulus);
        // SAFETY: the coefficients are allocated before they are written.
        unsafe {
            sys::nmod_poly_fit_length(&mut poly.0, words.len() as i64);
            std::ptr::copy_nonoverlapping(words.as_ptr(), poly.0.coeffs, words.len());
            poly.0.length = words.len() as i64;
            sys::_nmod_poly_normalise(&mut poly.0);
        }
        poly
    }

    /// The object itself.
    pub(super) fn raw(&self) -> &sys::nmod_poly_struct {
        &self.0
    }

    /// `self = a * b`
    pub fn mul(&mut self, a: &Self, b: &Self) {
        // SAFETY: all three are initialised.
        unsafe { sys::nmod_poly_mul(&mut self.0, &a.0, &b.0) }
    }

    /// `self, rem = a / b, a mod b`
    pub fn quo_rem(&mut self, rem: &mut Self, a: &Self, b: &Self) {
        // SAFETY: all four are initialised, over one modulus.
        unsafe { sys::nmod_poly_divrem(&mut self.0, &mut rem.0, &a.0, &b.0) }
    }

    /// `self = gcd(a, b)`
    pub fn gcd(&mut self, a: &Self, b: &Self) {
        // SAFETY: all three are initialised, over one modulus.
        unsafe { sys::nmod_poly_gcd(&mut self.0, &a.0, &b.0) }
    }

    /// `self = gcd(a, b) = s*a + t*b`
    pub fn xgcd(&mut self, s: &mut Self, t: &mut Self, a: &Self, b: &Self) {
        // SAFETY: all five are initialised, over one modulus.
        unsafe { sys::nmod_poly_xgcd(&mut self.0, &mut s.0, &mut t.0, &a.0, &b.0) }
    }

    /// `self = 1/a mod b`
    pub fn inverse_mod(&mut self, a: &Self, b: &Self) {
        // SAFETY: all three are initialised, over one modulus.
        let unit = unsafe { sys::nmod_poly_invmod(&mut self.0, &a.0, &b.0) };
        assert_eq!(unit, 1, "no inverse");
    }

    /// The resultant.
    pub fn resultant(&self, other: &Self) -> u64 {
        // SAFETY: both are initialised, over one modulus.
        unsafe { sys::nmod_poly_resultant(&self.0, &other.0) }
    }

    /// `self = a^e mod b`
    pub fn pow_mod(&mut self, a: &Self, e: u64, b: &Self) {
        // SAFETY: all three are initialised, over one modulus.
        unsafe { sys::nmod_poly_powmod_ui_binexp(&mut self.0, &a.0, e, &b.0) }
    }

    /// `self = 1/a mod x^n`
    pub fn inverse_series(&mut self, a: &Self, n: usize) {
        // SAFETY: both are initialised, over one modulus.
        unsafe { sys::nmod_poly_inv_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = a/b mod x^n`
    pub fn div_series(&mut self, a: &Self, b: &Self, n: usize) {
        // SAFETY: all are initialised, over one modulus.
        unsafe { sys::nmod_poly_div_series(&mut self.0, &a.0, &b.0, n as i64) }
    }

    /// `self = exp a mod x^n`
    pub fn exp_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised, over one modulus.
        unsafe { sys::nmod_poly_exp_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = log a mod x^n`
    pub fn log_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised, over one modulus.
        unsafe { sys::nmod_poly_log_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = sqrt a mod x^n`
    pub fn sqrt_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised, over one modulus.
        unsafe { sys::nmod_poly_sqrt_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = sin a mod x^n`
    pub fn sin_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised, over one modulus.
        unsafe { sys::nmod_poly_sin_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = cos a mod x^n`
    pub fn cos_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised, over one modulus.
        unsafe { sys::nmod_poly_cos_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = tan a mod x^n`
    pub fn tan_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised, over one modulus.
        unsafe { sys::nmod_poly_tan_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = a^e mod x^n`
    pub fn power_series(&mut self, a: &Self, e: u64, n: usize) {
        // SAFETY: all are initialised, over one modulus.
        unsafe { sys::nmod_poly_pow_trunc(&mut self.0, &a.0, e, n as i64) }
    }

    /// `self = a(b) mod x^n`
    pub fn compose_series(&mut self, a: &Self, b: &Self, n: usize) {
        // SAFETY: all are initialised, over one modulus.
        unsafe { sys::nmod_poly_compose_series(&mut self.0, &a.0, &b.0, n as i64) }
    }

    /// `self = the inverse of a mod x^n`
    pub fn revert_series(&mut self, a: &Self, n: usize) {
        // SAFETY: all are initialised, over one modulus.
        unsafe { sys::nmod_poly_revert_series(&mut self.0, &a.0, n as i64) }
    }

    /// `self = a(x + c)`
    pub fn taylor_shift(&mut self, a: &Self, c: u64) {
        // SAFETY: both are initialised, over one modulus.
        unsafe { sys::nmod_poly_taylor_shift(&mut self.0, &a.0, c) }
    }

    /// The values at points.
    pub fn evaluate(&self, points: &[u64], values: &mut [u64]) {
        assert_eq!(points.len(), values.len());
        // SAFETY: so many points are read and values written.
        unsafe {
            sys::nmod_poly_evaluate_nmod_vec(
                values.as_mut_ptr(),
                &self.0,
                points.as_ptr(),
                points.len() as i64,
            );
        }
    }

    /// `self(points[i]) = values[i]`
    pub fn interpolate(&mut self, points: &[u64], values: &[u64]) {
        assert_eq!(points.len(), values.len());
        // SAFETY: so many points and values are read.
        unsafe {
            sys::nmod_poly_interpolate_nmod_vec(
                &mut self.0,
                points.as_ptr(),
                values.as_ptr(),
                points.len() as i64,
            );
        }
    }

    /// The values at `1, r^2, r^4, ...`.
    pub fn evaluate_geometric(&self, r: u64, values: &mut [u64]) {
        // SAFETY: so many values are written.
        unsafe {
            sys::nmod_poly_evaluate_geometric_nmod_vec_fast(
                values.as_mut_ptr(),
                &self.0,
                r,
                values.len() as i64,
            );
        }
    }

    /// `self(r^(2*i)) = values[i]`
    pub fn interpolate_geometric(&mut self, r: u64, values: &[u64]) {
        // SAFETY: so many values are read.
        unsafe {
            sys::nmod_poly_interpolate_geometric_nmod_vec_fast(
                &mut self.0,
                r,
                values.as_ptr(),
                values.len() as i64,
            );
        }
    }

    /// The product of all `x - roots[i]`.
    pub fn product_of_roots(&mut self, roots: &[u64]) {
        // SAFETY: so many roots are read.
        unsafe { sys::nmod_poly_product_roots_nmod_vec(&mut self.0, roots.as_ptr(), roots.len() as i64) }
    }

    /// `self = a(b) mod c`
    pub fn compose_mod(&mut self, a: &Self, b: &Self, c: &Self) {
        // SAFETY: all four are initialised, over one modulus.
        unsafe { sys::nmod_poly_compose_mod(&mut self.0, &a.0, &b.0, &c.0) }
    }

    /// `self = a(b)`
    pub fn compose(&mut self, a: &Self, b: &Self) {
        // SAFETY: all three are initialised, over one modulus.
        unsafe { sys::nmod_poly_compose(&mut self.0, &a.0, &b.0) }
    }

    /// The coefficients, without leading zeros.
    pub fn words(&self) -> &[u64] {
        if self.0.length == 0 {
            return &[];
        }
        // SAFETY: so many coefficients are initialised.
        unsafe { std::slice::from_raw_parts(self.0.coeffs, self.0.length as usize) }
    }
}

/// A modulus of any size.
pub struct Modulus(sys::fmpz_mod_ctx_struct);

impl Modulus {
    /// The modulus of these limbs. It has an address of its own, since FLINT's context may refer to itself.
    pub fn new(limbs: &[u64]) -> Rc<Self> {
        let n = Integer::from_limbs(limbs);
        let mut modulus = Rc::new(Modulus(Default::default()));
        let place = Rc::get_mut(&mut modulus).expect("just made");
        // SAFETY: the place is this crate's, and no object stands in it yet.
        unsafe { sys::fmpz_mod_ctx_init(&mut place.0, n.as_ptr()) };
        modulus
    }
}

impl Drop for Modulus {
    fn drop(&mut self) {
        // SAFETY: initialised by the constructor, cleared only here.
        unsafe { sys::fmpz_mod_ctx_clear(&mut self.0) }
    }
}

/// A polynomial over Z/n with any `n`.
pub struct ModPoly {
    poly: sys::fmpz_mod_poly_struct,
    modulus: Rc<Modulus>,
}

impl Drop for ModPoly {
    fn drop(&mut self) {
        // SAFETY: initialised by every constructor, cleared only here.
        unsafe { sys::fmpz_mod_poly_clear(&mut self.poly, &self.modulus.0) }
    }
}

impl ModPoly {
    pub fn new(modulus: &Rc<Modulus>) -> Self {
        let mut poly = sys::fmpz_mod_poly_struct::default();
        // SAFETY: the place is this crate's, and no object stands in it yet.
        unsafe { sys::fmpz_mod_poly_init(&mut poly, &modulus.0) };
        ModPoly { poly, modulus: Rc::clone(modulus) }
    }

    /// Rows are residues.
    pub fn from_rows(modulus: &Rc<Modulus>, rows: IntegerSlice<'_>) -> Self {
        let mut result = Self::new(modulus);
        let (poly, len, width) = (&mut result.poly, rows.len(), rows.width());
        // SAFETY: `len` coefficients are allocated before they are written; a row has `width` words.
        unsafe {
            sys::fmpz_mod_poly_fit_length(poly, len as i64, &modulus.0);
            for (k, row) in rows.rows().enumerate() {
                sys::fmpz_set_signed_ui_array(poly.coeffs.add(k), row.as_ptr(), width as i64);
            }
            sys::_fmpz_mod_poly_set_length(poly, len as i64);
            sys::_fmpz_mod_poly_normalise(poly);
        }
        result
    }

    /// `self = a * b`
    pub fn mul(&mut self, a: &Self, b: &Self) {
        // SAFETY: all three are initialised, over one modulus.
        unsafe { sys::fmpz_mod_poly_mul(&mut self.poly, &a.poly, &b.poly, &self.modulus.0) }
    }

    /// The first `len` coefficients in rows of `width` limbs, which hold a residue and a sign bit.
    pub fn rows(&self, len: usize, width: usize) -> Vec<u64> {
        let mut limbs = vec![0; len * width];
        for (k, row) in limbs.chunks_exact_mut(width).enumerate().take(self.poly.length as usize) {
            // SAFETY: the coefficient exists, and the row has room for any residue.
            unsafe {
                sys::fmpz_get_signed_ui_array(row.as_mut_ptr(), width as i64, self.poly.coeffs.add(k));
            }
        }
        limbs
    }
}
