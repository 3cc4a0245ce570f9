//! The powers `x^(q^i)` modulo a polynomial `f` over GF(q), and `a^(q^i)` for others.
//!
//! They stand apart because all of factoring asks for them, and because there are two ways: powers by squaring, and compositions, for
//! `a^(q^i) = a(x^(q^i))` where the coefficients are in GF(q).
//!
//! # Method
//! `x^q` for `q = p^k` from `x^p` by doubling: with `s` the map `c -> c^p` on coefficients, `x^(p^(i+j)) = s^j(x^(p^i))(x^(p^j))` (J. von zur Gathen,
//! V. Shoup, "Computing Frobenius maps and factoring polynomials", Computational Complexity 2, 1992, section 5).

use crate::poly::Argument;
use crate::ring::FiniteField;
use crate::{Divisor, Poly, Result};
use num_bigint::BigUint;

/// A composition takes about as long as this many squarings for each bit of the root of the degree: an estimate.
const COMPOSITION: u64 = 6;

/// `x^q` modulo the divisor.
pub(super) fn of_x<F: FiniteField>(divisor: &Divisor<F>) -> Result<Poly<F>> {
    let field = divisor.poly().ring();
    let x = Poly::x(field.clone());
    let (p, k) = (field.characteristic(), field.extension_degree());
    let doublings = u64::from(k.ilog2() + k.count_ones() - 1);
    if k as u64 * p.bits() <= doublings * composition_cost(divisor) {
        return divisor.try_pow(&x, &field.order());
    }
    let first = divisor.try_pow(&x, &p)?;
    let (mut power, mut exponent) = (first.clone(), 1);
    for bit in (0..k.ilog2()).rev() {
        power = divisor.try_compose(&twisted(&power, exponent), &power)?;
        exponent *= 2;
        if k >> bit & 1 == 1 {
            power = divisor.try_compose(&twisted(&power, 1), &first)?;
            exponent += 1;
        }
    }
    Ok(power)
}

/// The polynomial with all coefficients to the power `p^times`.
fn twisted<F: FiniteField>(f: &Poly<F>, times: usize) -> Poly<F> {
    let field = f.ring();
    let power = |c: &F::Element| (0..times).fold(c.clone(), |c, _| field.frobenius(&c));
    Poly::from_vec(field.clone(), f.iter().map(power).collect())
}

/// In squarings modulo the divisor.
fn composition_cost<F: FiniteField>(divisor: &Divisor<F>) -> u64 {
    COMPOSITION + 2 * divisor.poly().len().isqrt() as u64
}

/// The map `a -> a^q`, or a power of it, on polynomials modulo a divisor.
#[derive(Clone, Debug)]
pub(super) enum Map<F: FiniteField> {
    /// By powers.
    Power(BigUint),
    /// By compositions with the image of `x`.
    Composition(Argument<F>),
}

impl<F: FiniteField> Map<F> {
    /// `a -> a^q`, for so many applications, from the image of `x`.
    pub(super) fn first(divisor: &Divisor<F>, image: &Poly<F>, times: usize) -> Result<Self> {
        let order = divisor.poly().ring().order();
        // The powers of the argument are shared by all compositions.
        let cost = composition_cost(divisor) / times.max(1) as u64 + COMPOSITION;
        if order.bits() <= cost { Ok(Map::Power(order)) } else { Self::of(divisor, image, times) }
    }

    /// The map that takes `x` to this image.
    pub(super) fn of(divisor: &Divisor<F>, image: &Poly<F>, times: usize) -> Result<Self> {
        Ok(Map::Composition(divisor.try_argument(image, times)?))
    }

    /// The image of a polynomial.
    pub(super) fn apply(&self, f: &Poly<F>, divisor: &Divisor<F>) -> Result<Poly<F>> {
        match self {
            Map::Power(order) => divisor.try_pow(f, order),
            Map::Composition(argument) => argument.try_compose(f, divisor),
        }
    }

    /// The same map modulo a divisor of the divisor.
    pub(super) fn reduced(&self, divisor: &Divisor<F>) -> Result<Self> {
        Ok(match self {
            Map::Power(order) => Map::Power(order.clone()),
            Map::Composition(argument) => Map::Composition(argument.try_reduced(divisor)?),
        })
    }
}
