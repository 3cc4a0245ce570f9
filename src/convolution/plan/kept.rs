//! Plans that a thread has made before: weighing five algorithms takes 0.2 to 1.3 us, as long as many a product of 20 to 200 coefficients takes, and
//! programs multiply polynomials of few shapes.
//!
//! Apart from [`plan`](super::plan), which stays a pure function: what is kept is what it gave for the same facts (which say no more of dense operands than
//! their size), shape and back end. A plan whose slot is
//! taken by another is made anew.

use super::{Backend, Facts, Plan, Shape, backend};
use std::cell::RefCell;

/// Slots of a thread, a power of two.
const SLOTS: usize = 64;

struct Kept {
    facts: Facts,
    shape: Shape,
    backend: Option<Backend>,
    plan: Plan,
}

thread_local! {
    static KEPT: RefCell<[Option<Kept>; SLOTS]> = const { RefCell::new([const { None }; SLOTS]) };
}

/// Where a product belongs.
fn slot(facts: &Facts, shape: &Shape) -> usize {
    let size = match *facts {
        Facts::Integers { bits: (a, b), .. } => a ^ b.rotate_left(32),
        Facts::Word { modulus } => modulus as u64,
        Facts::Big { bits } => bits,
        _ => 0,
    };
    let [a, b, start, end] = [shape.a, shape.b, shape.window.start, shape.window.end].map(|n| n as u64);
    let mixed = [a, b, start, end].iter().fold(size ^ u64::from(shape.square), |hash, &n| {
        // The fractional part of the golden ratio.
        (hash.rotate_left(25) ^ n).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    });
    (mixed >> (64 - SLOTS.ilog2())) as usize
}

/// The plan that is kept, or what `make` gives.
pub(super) fn plan(facts: &Facts, shape: &Shape, make: impl FnOnce() -> Plan) -> Plan {
    let (slot, backend) = (slot(facts, shape), backend().ok());
    let found = KEPT.with_borrow(|kept| {
        let own = |k: &&Kept| k.facts == *facts && k.shape == *shape && k.backend == backend;
        kept[slot].as_ref().filter(own).map(|k| k.plan.clone())
    });
    found.unwrap_or_else(|| {
        let plan = make();
        let kept = Kept { facts: *facts, shape: shape.clone(), backend, plan: plan.clone() };
        KEPT.with_borrow_mut(|all| all[slot] = Some(kept));
        plan
    })
}
