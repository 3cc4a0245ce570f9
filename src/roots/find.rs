//! The real roots of a polynomial over Z or Q, with their multiplicities: what the parts of this module make together.
//!
//! # Method
//! Powers of `x` are taken out; the rest is split by multiplicity; rational roots are
//! found and divided out; `g(x) = h(x^k)` has the `k`-th roots of the roots of `h`; those are [isolated](super::isolate). Intervals of
//! different factors are refined until they are disjoint.

use super::{
    dyadic::Dyadic,
    isolate::{Isolated, isolate},
    real::{RealRoot, every_number, separated},
    refine::Bracket,
};
use crate::factor::roots::rationals;
use crate::ring::{Integers, QQ, Ring, ZZ, roots::nth_root};
use crate::{Poly, Result};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use std::sync::Arc;

/// The distinct real roots, ascending.
pub(super) fn real_roots(f: &Poly<Integers>) -> Result<Vec<RealRoot>> {
    let Some(zeros) = f.valuation() else { return Err(every_number()) };
    let mut roots = Vec::new();
    if zeros > 0 {
        roots.push(RealRoot::from_rational(BigRational::zero(), zeros));
    }
    for (g, multiplicity) in f.quo_x_pow(zeros).try_squarefree()?.into_factors() {
        of_squarefree(g, multiplicity, &mut roots)?;
    }
    separated(roots)
}

/// Appends the real roots of a square-free polynomial that is not 0 at 0.
fn of_squarefree(g: Poly<Integers>, multiplicity: usize, roots: &mut Vec<RealRoot>) -> Result<()> {
    let k = exponent(&g);
    let mut h = if k > 1 { g.deflate(k).unwrap_or(g) } else { g };
    let rational = rationals::of_squarefree(&h, true)?;
    if !rational.is_empty() {
        let factors = rational.iter().map(rationals::linear);
        h = h.try_exact_quo(&Poly::try_product(ZZ, factors)?)?;
        for root in rational {
            of_rational(root, k, multiplicity, roots)?;
        }
    }
    if h.is_constant() {
        return Ok(());
    }
    let even = k.is_multiple_of(2);
    let isolated = isolate(h.coefficients(), even)?;
    let shared = Arc::new(if k > 1 { h.inflate(k) } else { h });
    for found in isolated {
        // A root of h that is negative has a k-th root for odd k only: isolate gives none for even ones.
        let bracket = if k > 1 { kth_root(&found, k) } else { bracket(found) };
        if even {
            roots.push(RealRoot::between(Arc::clone(&shared), mirrored(&bracket), multiplicity));
        }
        roots.push(RealRoot::between(Arc::clone(&shared), bracket, multiplicity));
    }
    Ok(())
}

/// Appends the real `k`-th roots of a rational number other than 0.
fn of_rational(y: BigRational, k: usize, multiplicity: usize, roots: &mut Vec<RealRoot>) -> Result<()> {
    let even = k.is_multiple_of(2);
    if even && y.is_negative() {
        return Ok(());
    }
    if let Ok(x) = QQ.try_root(&y, k as u64) {
        if even {
            roots.push(RealRoot::from_rational(-&x, multiplicity));
        }
        roots.push(RealRoot::from_rational(x, multiplicity));
        return Ok(());
    }
    let mut f = Poly::try_monomial(ZZ, y.denom().clone(), k as u64)?;
    f = f.try_sub(&Poly::constant(ZZ, y.numer().clone()))?;
    let shared = Arc::new(f);
    // |y| = p/q with a root of some 32 bits.
    let (p, q) = (y.numer().abs(), y.denom());
    let exponent = (p.bits() as i64 - q.bits() as i64).div_euclid(k as i64) - 32;
    let shift = -exponent * k as i64;
    let units = if shift >= 0 { (p << shift as u64) / q } else { p / (q << shift.unsigned_abs()) };
    let floor = BigInt::from(nth_root(units.magnitude(), k as u32));
    let positive =
        Bracket { high: Dyadic::new(&floor + 1, exponent), low: Dyadic::new(floor, exponent), rising: true };
    if even || y.is_negative() {
        let negative = Bracket { rising: !even, ..mirrored(&positive) };
        roots.push(RealRoot::between(Arc::clone(&shared), negative, multiplicity));
    }
    if y.is_positive() {
        roots.push(RealRoot::between(shared, positive, multiplicity));
    }
    Ok(())
}

fn bracket(found: Isolated) -> Bracket {
    Bracket { low: found.low, high: found.high, rising: found.rising }
}

/// That of the polynomial in `-x`.
fn mirrored(bracket: &Bracket) -> Bracket {
    Bracket { low: -&bracket.high, high: -&bracket.low, rising: !bracket.rising }
}

/// The greatest `k` for which the polynomial is one in `x^k`.
fn exponent(f: &Poly<Integers>) -> usize {
    f.iter().enumerate().filter(|(_, c)| !c.is_zero()).fold(0, |k, (j, _)| k.gcd(&j))
}

/// The interval of the `k`-th root. Isolated intervals have at least half of their width as room on either side, which leaves, of a `k`-th root, a
/// quarter: the ends are moved by a fortieth at most.
fn kth_root(found: &Isolated, k: usize) -> Bracket {
    let negative = found.low.sign() == Sign::Minus;
    let (near, far) =
        if negative { (-&found.high, -&found.low) } else { (found.low.clone(), found.high.clone()) };
    let mut exponent = far.magnitude().unwrap_or(0).div_euclid(k as i64) - 8;
    let (near, far) = loop {
        let (floor, ceil) = (root_units(&near, k, exponent), root_units(&far, k, exponent) + 1);
        if &ceil - &floor > 40.into() {
            break (Dyadic::new(floor, exponent), Dyadic::new(ceil, exponent));
        }
        exponent -= 16;
    };
    let (low, high) = if negative { (-&far, -&near) } else { (near, far) };
    Bracket { low, high, rising: found.rising }
}

/// `floor(x^(1/k) / 2^exponent)` for a positive `x`.
fn root_units(x: &Dyadic, k: usize, exponent: i64) -> BigInt {
    // floor(floor(y)^(1/k)) = floor(y^(1/k)).
    let units = x.floor_units(exponent * k as i64);
    nth_root(units.magnitude(), k as u32).into()
}

/// The same over Q: that of the numerators.
pub(super) fn numerators(f: &Poly<crate::Rationals>) -> Poly<Integers> {
    f.numerator_denominator().0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(f: &str) -> String {
        let roots = real_roots(&ZZ.parse(f).unwrap()).unwrap();
        let text = roots.iter().map(|r| format!("{}^{}", r.to_decimal(4), r.multiplicity()));
        text.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn with_multiplicities() {
        assert_eq!(text("7"), "");
        assert_eq!(text("x^5"), "0.0000^5");
        assert_eq!(text("-3*(x - 1)^2*(x^2 - 2)^3*x*(x^2 + 1)^2"), "-1.4142^3 0.0000^1 1.0000^2 1.4142^3");
        assert_eq!(text("x^6 - 5*x^3 + 3"), "0.8867^1 1.6265^1");
        assert_eq!(text("x^4 - 3"), "-1.3161^1 1.3161^1");
        assert_eq!(text("x^9 + 3"), "-1.1298^1");
        assert_eq!(
            text("(x^2 - 2)*(10^6*x - 1414213)*(10^7*x - 14142136)"),
            "-1.4142^1 1.4142^1 1.4142^1 1.4142^1"
        );
        assert_eq!(text("x^2 - 2"), "-1.4142^1 1.4142^1");
        assert_eq!(
            text("(x^4 - 4)*(x^4 - 9)*(x^4 - 16)"),
            "-2.0000^1 -1.7321^1 -1.4142^1 1.4142^1 1.7321^1 2.0000^1"
        );
        assert_eq!(text("(x^3 + 2)*(x^3 - 8)*(x^6 - x^3 - 1)"), "-1.2599^1 -0.8518^1 1.1740^1 2.0000^1");
        assert!(real_roots(&Poly::zero(ZZ)).is_err());
    }

    /// The intervals of a polynomial in a power are as good as any.
    #[test]
    fn roots_of_powers() {
        for text in [
            "x^100 - 3",
            "(x^2 - 2)*(x^2 - 3)*(x^2 - 5)",
            "x^6 - 300*x^2 + 1",
            "x^33 - 5*x^11 + 1",
            "x^14 - 2^50",
        ] {
            let f = ZZ.parse(text).unwrap();
            let roots = real_roots(&f).unwrap();
            for r in &roots {
                let (a, b) = r.interval();
                assert!(a < b);
                let ends = [a, b].map(|x| f.to_ring(&QQ).eval(x).numer().sign());
                assert_eq!(ends[0], -ends[1], "{text}");
            }
            assert!(roots.windows(2).all(|p| p[0].interval().1 < p[1].interval().0), "{text}");
        }
    }
}
