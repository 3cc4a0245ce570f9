//! Bézout coefficients over Q by images: `s*f + t*g = gcd(f, g)`.
//!
//! It stands apart because Euclid's algorithm over Q makes a fraction of every coefficient of every remainder; here there is one
//! denominator in the end, the resultant of `f` and `g` without their common factor.
//!
//! # Method
//! With `f` and `g` coprime over Z and `r` their resultant, `r*s` and `r*t` are integral, and their coefficients minors of Sylvester's
//! matrix: at most `|f|^deg(g) * |g|^deg(f)` in the Euclidean norm, as `r` itself. Modulo a prime that divides neither leading
//! coefficient nor `r`, one remainder sequence gives all three (J. von zur Gathen, J. Gerhard, Modern Computer Algebra, 6.7 and 6.10).

use super::{Lift, Operand, field, norm_bits};
use crate::{
    Error, Result,
    convolution::images,
    limit,
    ring::{Ring, generic::half_gcd},
};
use num_bigint::BigInt;

/// `(s, t, r)` with `s*f + t*g = r`, the resultant, `deg s < deg g` and `deg t < deg f`, for coprime `f` and `g` of positive degree without
/// trailing zeros. `s` and `t` may have some.
///
/// # Errors
/// Kind limit for coefficients that may be over the limit, and when memory is refused; kind unsupported where `MONIC_SIMD` names no back end
/// of this machine.
pub(in crate::ring) fn coprime(f: &[BigInt], g: &[BigInt]) -> Result<(Vec<BigInt>, Vec<BigInt>, BigInt)> {
    let (m, n) = (f.len() - 1, g.len() - 1);
    let bits = norm_bits(f, n) + norm_bits(g, m);
    limit::check((m + n) as u64, bits)?;
    let (f, g) = (Operand::new(f)?, Operand::new(g)?);
    let (f, g) = (f.images()?, g.images()?);
    let mut lift = Lift::new();
    for i in 0..images::COUNT {
        let (Some(x), Some(y)) = (f.modulo(i), g.modulo(i)) else { continue };
        let field = field(i);
        let ((_, mut s, mut t), r) = half_gcd::xgcd_with_resultant(&field, &x, &y)?;
        if r == 0 {
            continue;
        }
        s.resize(n, 0);
        t.resize(m, 0);
        s.append(&mut t);
        s.iter_mut().for_each(|c| *c = field.mul(c, &r));
        s.push(r);
        lift.push(i, s);
        if lift.bits() >= bits {
            let mut s = lift.integers(lift.len())?;
            let r = s.pop().unwrap_or_default();
            let t = s.split_off(n);
            return Ok((s, t, r));
        }
    }
    Err(Error::limit(format!("cofactors of up to {bits} bits are longer than all primes together")))
}
