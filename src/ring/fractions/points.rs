//! Interpolation over Q, on integers from end to end.
//!
//! It stands apart from [`Tree::interpolate`](crate::ring::generic::points::Tree::interpolate) because weights and
//! values that are fractions would be brought to lowest terms at every step.
//!
//! # Method
//! With points `p_i/q` and values `V_i/D`, the polynomial `F(y) = D*f(y/q)` has the values `V_i` at `p_i`. For the
//! products `d_i` of all `p_i - p_j` and their least common multiple `m`, `m*F` is the sum of
//! `(V_i*m/d_i) * M/(y - p_i)`, which is a tree of products of integers; so `f = m*F(q*x)/(m*D)`.

use super::divided;
use crate::{
    Error, Result,
    integer::gcd::signed_lcm,
    ring::{
        Ring, ZZ,
        generic::{geometric, points::Tree},
    },
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// The polynomial with the values `V_i/D` at `p_i/q`, as many as there are points; without trailing zeros.
///
/// # Errors
/// Kind undefined where two points are the same; those of products over Z.
pub(in crate::ring) fn interpolate(
    (points, q): (&[BigInt], &BigInt),
    (values, d): (&[BigInt], &BigInt),
) -> Result<Vec<BigRational>> {
    let tree = Tree::new(&ZZ, points)?;
    let differences = tree.derivatives()?;
    if let Some(i) = differences.iter().position(BigInt::is_zero) {
        return Err(Error::undefined(format!("point number {} is there twice", i + 1)));
    }
    let multiple = differences.iter().fold(BigInt::one(), |m, d| signed_lcm(&m, d));
    let factors: Vec<BigInt> = values
        .iter()
        .zip(&differences)
        .map(|(v, d)| Ok(ZZ.mul(v, &ZZ.try_exact_quo(&multiple, d)?)))
        .collect::<Result<_>>()?;
    let mut numerator = tree.numerator(&factors)?;
    if !q.is_one() {
        numerator = geometric::scaled(&ZZ, &numerator, q)?;
    }
    Ok(divided(numerator, &ZZ.mul(&multiple, d)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{QQ, generic::points};

    #[test]
    fn against_differences() {
        for n in [1usize, 2, 7, 40] {
            let at: Vec<BigInt> = (0..n).map(|k| BigInt::from(k * k) - 20).collect();
            let values: Vec<BigInt> = (0..n).map(|k| BigInt::from(k * 37 % 11) << (k % 4 * 30)).collect();
            for (q, d) in [(1, 1), (6, 35)].map(|(q, d)| (BigInt::from(q), BigInt::from(d))) {
                let over = |v: &[BigInt], d: &BigInt| -> Vec<BigRational> {
                    v.iter().map(|c| BigRational::new(c.clone(), d.clone())).collect()
                };
                let expected = points::interpolate(&QQ, &over(&at, &q), &over(&values, &d)).unwrap();
                assert_eq!(interpolate((&at, &q), (&values, &d)).unwrap(), expected, "{n}");
            }
        }
        let twice = [1, 2, 1].map(BigInt::from);
        let one = BigInt::one();
        assert!(interpolate((&twice, &one), (&twice, &one)).is_err());
    }
}
