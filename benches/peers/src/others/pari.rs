//! PARI: `ZX_mul`, its result on PARI's stack, which is set back after every product.

use super::Series;
use crate::{
    flint::IntegerPoly,
    inputs::Operand,
    timing::{Contestant, Role},
};
use monic::integer::IntegerSlice;
use monic::{Integers, Poly as Ours, integer::IntegerVec};
use std::cell::Cell;

const NAME: &str = "PARI";

/// What a `GEN` points to, which this side never looks into.
#[repr(C)]
struct Opaque([u8; 0]);

unsafe extern "C" {
    fn peers_pari_init();
    fn peers_pari_new(rows: *const u64, len: usize, width: usize) -> *mut Opaque;
    fn peers_pari_delete(f: *mut Opaque);
    fn peers_pari_mul(a: *const Opaque, b: *const Opaque);
    fn peers_pari_factor(f: *const Opaque) -> usize;
    fn peers_pari_product(a: *const Opaque, b: *const Opaque, rows: *mut u64, len: usize, width: usize);
}

/// A polynomial over Z, outside of PARI's stack.
struct Poly(*mut Opaque);

impl Drop for Poly {
    fn drop(&mut self) {
        // SAFETY: made by `peers_pari_new`, deleted only here.
        unsafe { peers_pari_delete(self.0) }
    }
}

impl Poly {
    fn from_rows(rows: IntegerSlice<'_>) -> Self {
        thread_local! {
            static READY: Cell<bool> = const { Cell::new(false) };
        }
        // PARI's state belongs to a thread.
        if !READY.replace(true) {
            // SAFETY: PARI is started once, and used on this thread alone.
            unsafe { peers_pari_init() };
        }
        // SAFETY: PARI is started, and so many words are there.
        Poly(unsafe { peers_pari_new(rows.limbs().as_ptr(), rows.len(), rows.width()) })
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
    let (len, width) = (expected.len(), expected.bits() / 64 + 1);
    let mut rows = vec![0; len * width];
    // SAFETY: both operands live, and there is room for so many rows.
    unsafe { peers_pari_product(operands[0][0].0, operands[0][second].0, rows.as_mut_ptr(), len, width) };
    assert!(rows == expected.rows(0..len, width), "{NAME} differs from FLINT");
    // SAFETY: both operands live in the closure.
    let run = move |k: usize| unsafe { peers_pari_mul(operands[k][0].0, operands[k][second].0) };
    Some(Contestant::new(NAME, Role::C, pairs.len(), run))
}

/// `QX_factor`, which has to find so many factors.
pub fn factoring<'a>(f: &Ours<Integers>, count: usize) -> Contestant<'a> {
    let f = Poly::from_rows(IntegerVec::from_bigints(f.coefficients()).as_slice());
    // SAFETY: the operand lives, here and in the closure.
    assert_eq!(unsafe { peers_pari_factor(f.0) }, count, "{NAME} has another number of factors");
    Contestant::new(NAME, Role::C, 1, move |_| {
        // The whole of it belongs to the closure.
        let f = &f;
        // SAFETY: as above.
        unsafe { peers_pari_factor(f.0) }
    })
}
