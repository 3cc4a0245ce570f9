//! Division of polynomials over Q: `f = q*g + r`, on integer numerators.
//!
//! It stands apart because each coefficient of the quotient stands over a denominator of its own, and which primes can cancel is known before: so none is scaled up
//! to be reduced again, and most take no gcd of long numbers.
//!
//! # Method
//! With `f = F/m` and `g = c*G/n`, `G` primitive, division of `F` by `G` that scales as little as it can ([`least`](flat::least)): what stands over a product `s` of divisors of
//! the leading coefficient of `G` there, `q[j]/s[j]` and `r/s`, is `n*q[j]/(s[j]*m*c)` and `r/(s*m)` here; what cancels: [`powers`](super::powers). Long ones by images, over a power of the leading
//! coefficient.

use super::{primes_of, short_division};
use crate::{
    Result,
    convolution::tuning,
    integer::gcd::{signed_gcd, signed_lcm},
    ring::{
        QQ, Ring, ZZ, engine,
        flat::{self, least::Quotient},
        generic::{self, QuoRem},
        numbers, remainders,
    },
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// The quotient of `f.len() - g.len() + 1` coefficients, or none where it is zero or exact division has it, and the remainder without trailing zeros.
///
/// # Errors
/// Kind undefined for a divisor of 0, kind limit for results over the limit.
pub(in crate::ring) fn quo_rem(f: &[BigRational], g: &[BigRational]) -> Result<QuoRem<BigRational>> {
    if f.len() < g.len() || g.len() < 2 {
        return generic::quo_rem(&QQ, f, g);
    }
    let d = f.len() + 1 - g.len();
    if d.min(g.len()) <= tuning::DIVISION_LEAST_WORDS
        && d <= 2 * g.len() + 64
        && let Some(both) = short_division::quo_rem(f, g)?
    {
        return Ok(both);
    }
    let ((dividend, m), (divisor, n)) = (numbers::cleared(f)?, numbers::cleared(g)?);
    let content = remainders::content(&ZZ, &divisor);
    let divisor = remainders::divide(&ZZ, &divisor, &content)?;
    let below = m.clone() * content;
    let common = signed_gcd(&n, &below);
    let (n, below) = (n / &common, below / common);
    // An exact quotient is integral, and has nothing to do with powers of the leading coefficient.
    let leading = &divisor[divisor.len() - 1];
    if numbers::div_rem(&dividend[dividend.len() - 1], leading).1.is_zero()
        && let Ok(quo) = ZZ.exact_quo(&dividend, &divisor)
    {
        return Ok((super::divided(scaled(quo, &n), &below), Vec::new()));
    }
    if leading.magnitude().is_one() {
        let (quo, rem) = ZZ.quo_rem(&dividend, &divisor)?;
        return Ok((super::divided(scaled(quo, &n), &below), super::divided(rem, &m)));
    }
    if d > 2 * g.len() + 64 {
        return generic::quo_rem(&QQ, f, g);
    }
    if d.min(g.len()) <= tuning::DIVISION_LEAST
        && let Some(Quotient { quo, rem, denominator }) = flat::least::quo_rem(&dividend, &divisor)?
    {
        let over = |value: BigInt, scale: &BigInt, below: &BigInt, base: &BigInt| {
            let value = if scale.is_negative() { -value } else { value };
            primes_of(value, &numbers::signed_product(&scale.abs(), below), base)
        };
        let base = signed_lcm(leading, &below);
        let quo = quo.into_iter().map(|(c, scale)| over(c * &n, &scale, &below, &base)).collect();
        let base = signed_lcm(leading, &m);
        return Ok((quo, rem.into_iter().map(|c| over(c, &denominator, &m, &base)).collect()));
    }
    over_power((&dividend, &m), (&divisor, &n), &below)
}

/// Quotient and remainder of `F/m` by `G/n`, the first of which is divided by `below/m` more, all over one power of the leading coefficient.
fn over_power(
    (dividend, m): (&[BigInt], &BigInt),
    (divisor, n): (&[BigInt], &BigInt),
    below: &BigInt,
) -> Result<QuoRem<BigRational>> {
    let d = dividend.len() + 1 - divisor.len();
    let (mut quo, rem) = ZZ.pseudo_quo_rem(dividend, divisor)?;
    quo.resize(d, BigInt::ZERO);
    let power = engine::integer_power(&divisor[divisor.len() - 1], d as u64)?;
    // The denominator is positive; its sign goes to the numerators.
    let (size, sign) = (power.abs(), power.signum());
    let rem = super::divided(scaled(rem, &sign), &numbers::signed_product(&size, m));
    Ok((super::divided(scaled(quo, &(n * sign)), &numbers::signed_product(&size, below)), rem))
}

fn scaled(f: Vec<BigInt>, factor: &BigInt) -> Vec<BigInt> {
    if factor.is_one() { f } else { f.into_iter().map(|c| c * factor).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{fractions::draw::Draw, images};

    /// Against division fraction by fraction: leading coefficients of either sign, and 1.
    #[test]
    fn against_elements() {
        let mut draw = Draw::new();
        for (len, of, bits) in
            [(4, 2, 40), (8, 4, 20), (9, 8, 100), (12, 3, 64), (20, 7, 200), (60, 30, 1), (6, 2, 0)]
        {
            for denominators in [1, 16, 720_720, u64::MAX - 1] {
                for leading in [None, Some(1), Some(-1)] {
                    let f: Vec<BigRational> = (0..len).map(|_| draw.fraction(bits, denominators)).collect();
                    let mut g: Vec<BigRational> =
                        (0..of).map(|_| draw.fraction(bits, denominators)).collect();
                    g.extend(leading.map(|c| BigRational::from_integer(c.into())));
                    let (mut quo, rem) = quo_rem(&f, &g).unwrap();
                    generic::trim(&QQ, &mut quo);
                    assert_eq!((quo, rem), generic::quo_rem(&QQ, &f, &g).unwrap(), "{len} by {of}, {bits}");
                }
            }
        }
    }

    /// Long ones, over a power of the leading coefficient: the same by images.
    #[test]
    fn over_one_power() {
        for leading in [3, -3, 50] {
            for len in [90, 91] {
                let f: Vec<BigInt> =
                    (0..len).map(|k| BigInt::from(k * k * 7919 % 100_003 - 50_000)).collect();
                let mut g: Vec<BigInt> = (0..45).map(|k| BigInt::from(k * 104_729 % 1009 - 500)).collect();
                g.push(leading.into());
                assert!(images::division::pays(&f, &g));
                let (m, n) = (BigInt::from(7), BigInt::from(10));
                let found = over_power((&f, &m), (&g, &n), &m).unwrap();
                let over = |f: &[BigInt], d: &BigInt| -> Vec<BigRational> {
                    f.iter().map(|c| BigRational::new(c.clone(), d.clone())).collect()
                };
                assert_eq!(found, quo_rem(&over(&f, &m), &over(&g, &n)).unwrap(), "{len}, {leading}");
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
