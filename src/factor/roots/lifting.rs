//! Simple roots modulo a prime, lifted to roots modulo a power of it: `r - f(r)/f'(r)`, twice as many digits a step.
//!
//! It stands apart because Z, Q and the residues modulo prime powers all ask for it.
//!
//! # Method
//! Newton's iteration in the `p`-adic integers (K. Hensel), all roots at once. The last steps cost most, so that the exponents of the steps before are halves,
//! rounded up, of the one that is asked for.

use crate::ring::{Integers, Ring, ZmodBig};
use crate::{Poly, Result, progress};
use num_bigint::BigUint;

/// The roots modulo `p^exponent`, with the ring that they are in, of simple roots modulo `p`; the exponent is at least 1.
pub(super) fn simple(
    f: &Poly<Integers>,
    p: &BigUint,
    mut roots: Vec<BigUint>,
    exponent: u64,
) -> Result<(Vec<BigUint>, ZmodBig)> {
    let mut ring = ZmodBig::new(p.clone());
    let mut exponents = vec![exponent];
    while let Some(&last @ 2..) = exponents.last() {
        exponents.push(last.div_ceil(2));
    }
    let derivative = f.try_derivative(1)?;
    let (total, mut power) = (exponents.len() as u64, p.clone());
    for (step, pair) in exponents.windows(2).rev().enumerate() {
        progress::report("lifting roots", step as u64, total)?;
        // p^e from p^ceil(e/2).
        power = &power * &power;
        if pair[0] < 2 * pair[1] {
            power /= p;
        }
        if roots.is_empty() {
            continue;
        }
        ring = ZmodBig::new(power.clone());
        let values = f.try_to_ring(&ring)?.try_eval_many(&roots)?;
        let slopes = derivative.try_to_ring(&ring)?.try_eval_many(&roots)?;
        for ((root, value), slope) in roots.iter_mut().zip(&values).zip(&slopes) {
            *root = ring.sub(root, &ring.mul(value, &ring.try_inverse(slope)?));
        }
    }
    Ok((roots, ring))
}
