//! Division of polynomials over Q: `f = q*g + r`, on integer numerators.
//!
//! It stands apart because its coefficients stand over powers of the leading coefficient, each over its own: a
//! coefficient of the quotient that is found `e` steps after the first over the power `e + 1`, the remainder over the last one. So none is scaled up
//! to be reduced again, and which primes can cancel is known before.
//!
//! # Method
//! With `f = F/m` and `g = c*G/n`, `G` primitive with the leading coefficient `l`, division without fractions gives `l^d*F = Q*G + R`, where `Q[j]` is a multiple of `l^j`. So
//! `q[j] = (n*Q[j]/l^j) / (l^(d - j)*m*c)` and `r = R/(l^d*m)`; what cancels: [`powers`].

use super::powers;
use crate::{
    Result,
    convolution::integer_product::ExactDivisor,
    integer::gcd::{signed_gcd, signed_lcm},
    ring::{
        QQ, Ring, ZZ, flat,
        generic::{self, QuoRem},
        images::{self, division::Scaled},
        numbers, remainders,
    },
};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Signed};

/// The quotient of `f.len() - g.len() + 1` coefficients, or none where it is zero or exact division has it, and the remainder without trailing zeros.
///
/// # Errors
/// Kind undefined for a divisor of 0, kind limit for results over the limit.
pub(in crate::ring) fn quo_rem(f: &[BigRational], g: &[BigRational]) -> Result<QuoRem<BigRational>> {
    if f.len() < g.len() || g.len() < 2 {
        return generic::quo_rem(&QQ, f, g);
    }
    let ((dividend, m), (divisor, n)) = (numbers::cleared(f)?, numbers::cleared(g)?);
    let content = remainders::content(&ZZ, &divisor);
    let divisor = remainders::divide(&ZZ, &divisor, &content)?;
    let below = m.clone() * content;
    let common = signed_gcd(&n, &below);
    let (n, below) = (n / &common, below / common);
    // A quotient that is integral has nothing to do with powers of the leading coefficient.
    if let Ok(quo) = ZZ.exact_quo(&dividend, &divisor) {
        return Ok((super::divided(scaled(quo, &n), &below), Vec::new()));
    }
    let leading = &divisor[divisor.len() - 1];
    if leading.magnitude().is_one() {
        let (quo, rem) = ZZ.quo_rem(&dividend, &divisor)?;
        return Ok((super::divided(scaled(quo, &n), &below), super::divided(rem, &m)));
    }
    let d = f.len() + 1 - g.len();
    if d > 2 * g.len() + 64 {
        return generic::quo_rem(&QQ, f, g);
    }
    let (quo, rem) = steps(&dividend, &divisor)?;
    let (size, negative) = (BigInt::from(leading.magnitude().clone()), leading.is_negative());
    let (mut power, mut sign) = (BigInt::one(), false);
    let base = signed_lcm(&size, &below);
    let mut fractions: Vec<BigRational> = scaled(quo, &n)
        .into_iter()
        .rev()
        .map(|c| {
            power = numbers::signed_product(&power, &size);
            sign ^= negative;
            over(if sign { -c } else { c }, &numbers::signed_product(&power, &below), &base)
        })
        .collect();
    fractions.reverse();
    let (base, denominator) = (signed_lcm(&size, &m), numbers::signed_product(&power, &m));
    let rem = rem.into_iter().map(|c| over(if sign { -c } else { c }, &denominator, &base)).collect();
    Ok((fractions, rem))
}

/// A fraction whose denominator has the primes of `base`.
fn over(numerator: BigInt, denominator: &BigInt, base: &BigInt) -> BigRational {
    if powers::pays(base.bits(), denominator) {
        powers::fraction(numerator, denominator, base.magnitude())
    } else {
        numbers::fraction(numerator, denominator)
    }
}

fn scaled(f: Vec<BigInt>, factor: &BigInt) -> Vec<BigInt> {
    if factor.is_one() { f } else { f.into_iter().map(|c| c * factor).collect() }
}

/// `(q, r)` with `l^d*f = (sum of l^j*q[j]*x^j)*g + r`: `d` coefficients of the quotient, a remainder without trailing zeros.
fn steps(f: &[BigInt], g: &[BigInt]) -> Result<QuoRem<BigInt>> {
    let d = f.len() + 1 - g.len();
    if let flat::words::Outcome::Done((mut quo, rem)) = flat::words::steps(f, g) {
        quo.resize(d, BigInt::ZERO);
        return Ok((quo, rem));
    }
    let (mut quo, rem) = if images::division::pays(f, g) {
        images::division::quo_rem(f, g, Scaled::ByLeading)?
    } else if let Some(both) = flat::rows::steps(f, g)? {
        return Ok(both);
    } else {
        ZZ.pseudo_quo_rem(f, g)?
    };
    quo.resize(d, BigInt::ZERO);
    let leading = &g[g.len() - 1];
    let mut power = BigInt::one();
    for c in &mut quo {
        let quotient = ExactDivisor::new(power.magnitude()).quotient(c);
        let quotient = quotient.expect("scaled by every step after its own");
        *c = if power.sign() == Sign::Minus { -quotient } else { quotient };
        power = numbers::signed_product(&power, leading);
    }
    Ok((quo, rem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_traits::Zero;

    /// Against division fraction by fraction: quotients in words and in rows, leading coefficients of either sign, and 1.
    #[test]
    fn against_elements() {
        let mut word = 1u64;
        let mut draw = |bits: u32, denominators: u64| {
            word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let n = (BigInt::from(word as i64 >> 30) << bits) + (word >> 7) % 1000;
            BigRational::new(n, (word / 7 % denominators + 1).into())
        };
        for (len, of, bits) in
            [(4, 2, 40), (8, 4, 20), (9, 8, 100), (12, 3, 64), (20, 7, 200), (60, 30, 1), (6, 2, 0)]
        {
            for denominators in [1, 16, 720_720, u64::MAX - 1] {
                for leading in [None, Some(1), Some(-1)] {
                    let f: Vec<BigRational> = (0..len).map(|_| draw(bits, denominators)).collect();
                    let mut g: Vec<BigRational> = (0..of).map(|_| draw(bits, denominators)).collect();
                    g.extend(leading.map(|c| BigRational::from_integer(c.into())));
                    let (mut quo, rem) = quo_rem(&f, &g).unwrap();
                    generic::trim(&QQ, &mut quo);
                    assert_eq!((quo, rem), generic::quo_rem(&QQ, &f, &g).unwrap(), "{len} by {of}, {bits}");
                }
            }
        }
    }

    /// The same for long divisors of small coefficients, which go by images.
    #[test]
    fn by_images_against_elements() {
        for leading in [3, -3, 50] {
            for len in [90, 91] {
                let f: Vec<BigInt> =
                    (0..len).map(|k| BigInt::from(k * k * 7919 % 100_003 - 50_000)).collect();
                let mut g: Vec<BigInt> = (0..45).map(|k| BigInt::from(k * 104_729 % 1009 - 500)).collect();
                g.push(leading.into());
                assert!(images::division::pays(&f, &g));
                let [f, g] = [f, g].map(|f| f.into_iter().map(BigRational::from).collect::<Vec<_>>());
                let (quo, rem) = quo_rem(&f, &g).unwrap();
                assert_eq!(quo.len(), len as usize - 45);
                assert_eq!((quo, rem), generic::quo_rem(&QQ, &f, &g).unwrap(), "{len}, {leading}");
            }
        }
    }

    /// High powers of the primes of the leading coefficient, which numerators share with denominators.
    #[test]
    fn powers_of_two_in_numerators() {
        let mut chebyshev = [vec![BigRational::one()], vec![BigRational::zero(), BigRational::one()]];
        for _ in 0..120 {
            let [low, high] = &chebyshev;
            let mut next = vec![BigRational::zero(); high.len() + 1];
            for (slot, c) in next[1..].iter_mut().zip(high) {
                *slot += c * BigInt::from(2);
            }
            for (slot, c) in next.iter_mut().zip(low) {
                *slot -= c;
            }
            chebyshev = [high.clone(), next];
        }
        let mut g = vec![BigRational::zero(); 41];
        (g[0], g[40]) = (BigRational::one(), BigRational::from_integer(2.into()));
        let (mut quo, rem) = quo_rem(&chebyshev[1], &g).unwrap();
        generic::trim(&QQ, &mut quo);
        assert_eq!((quo, rem), generic::quo_rem(&QQ, &chebyshev[1], &g).unwrap());
    }

    #[test]
    fn without_remainder_and_by_zero() {
        let f: Vec<BigRational> = [6, 5, 1].map(|c| BigRational::new(c.into(), 7.into())).to_vec();
        let g: Vec<BigRational> = [2, 1].map(|c| BigRational::new(c.into(), 3.into())).to_vec();
        let (quo, rem) = quo_rem(&f, &g).unwrap();
        assert_eq!(quo, [9, 3].map(|c| BigRational::new(c.into(), 7.into())));
        assert!(rem.is_empty());
        assert!(quo_rem(&f, &[]).is_err());
        assert!(quo_rem(&[], &g).unwrap().0.iter().all(Zero::is_zero));
    }
}
