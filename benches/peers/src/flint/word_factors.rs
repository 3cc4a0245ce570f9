//! `nmod_poly_factor`: factors and roots of polynomials over Z/p.

use super::WordPoly;
use flint3_sys as sys;

/// Factors with exponents.
pub struct WordFactors(sys::nmod_poly_factor_struct);

impl Drop for WordFactors {
    fn drop(&mut self) {
        // SAFETY: initialised by the constructor, cleared only here.
        unsafe { sys::nmod_poly_factor_clear(&mut self.0) }
    }
}

impl WordFactors {
    fn new() -> Self {
        let mut factors = sys::nmod_poly_factor_struct::default();
        // SAFETY: the place is this crate's, and no object stands in it yet.
        unsafe { sys::nmod_poly_factor_init(&mut factors) };
        WordFactors(factors)
    }

    /// The monic irreducible factors.
    pub fn of(f: &WordPoly) -> Self {
        let mut factors = Self::new();
        // SAFETY: both are initialised.
        unsafe { sys::nmod_poly_factor(&mut factors.0, f.raw()) };
        factors
    }

    /// The linear ones of them.
    pub fn linear(f: &WordPoly) -> Self {
        let mut factors = Self::new();
        // SAFETY: both are initialised.
        unsafe { sys::nmod_poly_roots(&mut factors.0, f.raw(), 1) };
        factors
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.num as usize
    }

    /// The coefficients of all factors with their exponents, by degree and then from the highest coefficient down.
    pub fn sorted(&self) -> Vec<(Vec<u64>, usize)> {
        let mut factors: Vec<(Vec<u64>, usize)> = (0..self.len())
            .map(|k| {
                // SAFETY: so many factors and exponents are stored, and a factor has `length` coefficients.
                unsafe {
                    let f = &*self.0.p.add(k);
                    let words = std::slice::from_raw_parts(f.coeffs, f.length as usize);
                    (words.to_vec(), *self.0.exp.add(k) as usize)
                }
            })
            .collect();
        factors
            .sort_by(|(f, _), (g, _)| f.len().cmp(&g.len()).then_with(|| f.iter().rev().cmp(g.iter().rev())));
        factors
    }
}
