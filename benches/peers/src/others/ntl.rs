//! NTL: `ZZX`, its product into a destination that is used again.

use super::Series;
use crate::{
    flint::IntegerPoly,
    inputs::Operand,
    timing::{Contestant, Role},
};
use monic::integer::IntegerSlice;

const NAME: &str = "NTL";

/// `NTL::ZZX`, which this side never looks into.
#[repr(C)]
struct Opaque([u8; 0]);

unsafe extern "C" {
    fn peers_ntl_new() -> *mut Opaque;
    fn peers_ntl_delete(f: *mut Opaque);
    fn peers_ntl_mul(out: *mut Opaque, a: *const Opaque, b: *const Opaque);
    fn peers_ntl_set(f: *mut Opaque, rows: *const u64, len: usize, width: usize);
    fn peers_ntl_get(f: *const Opaque, rows: *mut u64, len: usize, width: usize);
}

/// A polynomial over Z.
struct Poly(*mut Opaque);

impl Drop for Poly {
    fn drop(&mut self) {
        // SAFETY: made by `peers_ntl_new`, deleted only here; so are all below initialised.
        unsafe { peers_ntl_delete(self.0) }
    }
}

impl Poly {
    fn new() -> Self {
        // SAFETY: has no conditions.
        Poly(unsafe { peers_ntl_new() })
    }

    fn from_rows(rows: IntegerSlice<'_>) -> Self {
        let poly = Self::new();
        // SAFETY: so many words are there.
        unsafe { peers_ntl_set(poly.0, rows.limbs().as_ptr(), rows.len(), rows.width()) };
        poly
    }

    fn mul(&mut self, a: &Self, b: &Self) {
        // SAFETY: as above.
        unsafe { peers_ntl_mul(self.0, a.0, b.0) }
    }

    fn rows(&self, len: usize, width: usize) -> Vec<u64> {
        let mut rows = vec![0; len * width];
        // SAFETY: so many words are there.
        unsafe { peers_ntl_get(self.0, rows.as_mut_ptr(), len, width) };
        rows
    }
}

pub fn contestant<'a>(
    series: &Series,
    pairs: &[[Operand; 2]],
    second: usize,
    expected: &IntegerPoly,
) -> Option<Contestant<'a>> {
    if !series.wants(NAME) {
        return None;
    }
    let operands: Vec<[Poly; 2]> =
        pairs.iter().map(|pair| pair.each_ref().map(|f| Poly::from_rows(f.flat.as_slice()))).collect();
    let mut destination = Poly::new();
    destination.mul(&operands[0][0], &operands[0][second]);
    let (len, width) = (expected.len(), expected.bits() / 64 + 1);
    assert!(destination.rows(len, width) == expected.rows(0..len, width), "{NAME} differs from FLINT");
    let run = move |k: usize| destination.mul(&operands[k][0], &operands[k][second]);
    Some(Contestant::new(NAME, Role::C, pairs.len(), run))
}
