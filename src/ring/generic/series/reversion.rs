//! Reversion modulo `x^n`: the power series `r` with `g(r) = x`, for a `g = g_1*x + ...` with a unit `g_1`.
//!
//! It stands apart from [`composition`](super::composition) because it is not made of compositions where the numbers below `n` are units.
//!
//! # Method
//! By Lagrange's theorem `n*[x^n] g^i = i*[x^(n-i)] (x/r)^n`: the last coefficients of all powers of `g`, which are the transpose of
//! composition, are those of a power of `x/r`, and its root of order `-n` is `r/x` (Y. Kinoshita, B. Li, "Power series composition in near-linear
//! time", FOCS 2024).
//!
//! Short series, and those whose coefficients grow, take the theorem the other way round, `k*[x^k] r = [x^(k-1)] (x/g)^k`: with `m` baby steps
//! and as many giant steps each power is a product of two, of which one coefficient is wanted (F. Johansson, "A fast algorithm for reversion of power
//! series", Math. Comp. 84, 2015). Over Z the quotients by `k` are exact.
//!
//! Modulo a number with factors below `n` the reverse exists all the same, and Newton's iteration finds it without a quotient: what is `x` to `m`
//! coefficients, `g(r) = x + e`, has `r - e*r'` right to `2m - 1`, because `g'(r)*r' = 1 + e'`.

use super::{
    Function,
    arithmetic::{Arithmetic, Element, Pick},
    composition, exponential, newton,
};
use crate::{
    Error, Result,
    convolution::tuning,
    ring::{Ring, text},
};

/// The `r` with `g(r) = x` modulo `x^n`, and the constant coefficient 0.
///
/// # Errors
/// Kind undefined where the constant coefficient of `g` is not 0, or the next one is no unit, with the factor that it shares with a modulus; kind unsupported over rings
/// that do not commute; those of the ring's products.
///
/// # Complexity
/// That of a composition, an exponential and a logarithm; `O(sqrt(n) M(n) + n^2)` for short series and where coefficients grow; two compositions
/// where a number below `n` is no unit.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic::series};
/// // The inverse of x - x^2 counts binary trees.
/// let catalan = series::reverse(&ZZ, &[0, 1, -1].map(Into::into), 7)?;
/// assert_eq!(catalan, [0, 1, 1, 2, 5, 14, 42].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn reverse<R: Ring>(ring: &R, g: &[R::Element], n: usize) -> Result<Vec<R::Element>> {
    ring.power_series(&Function::Reversion(g), n)
}

/// The `r` with `g(r) = x` modulo `x^n`.
pub(super) fn reversed<A: Arithmetic>(a: &A, g: &A::Series, n: usize) -> Result<A::Series> {
    let ring = a.ring();
    if !ring.is_zero(&a.coefficient(g, 0)) {
        return Err(Error::undefined("the reversion of a power series whose constant coefficient is not 0"));
    }
    if n <= 1 {
        return a.read(&[]);
    }
    let unit = unit(ring, &a.coefficient(g, 1))?;
    if n == 2 {
        return a.read(&[ring.zero(), unit]);
    }
    if ring.grows() {
        return by_powers(a, g, n);
    }
    let ones = a.read(&vec![ring.one(); n - 1])?;
    if a.over_numbers(ones, 1).is_err() {
        return by_newton(a, g, &unit, n);
    }
    if n <= tuning::REVERSION_STEPS { by_powers(a, g, n) } else { by_projection(a, g, &unit, n) }
}

/// The inverse of the coefficient of `x`.
fn unit<R: Ring>(ring: &R, c: &R::Element) -> Result<R::Element> {
    ring.try_inverse(c).map_err(|why| {
        let message = format!(
            "the reversion of a power series whose coefficient of x, {}, is no unit in {ring:?}",
            text::short_element(ring, c)
        );
        Error::new(why.kind(), message).with_factor_of(&why)
    })
}

/// Lagrange's theorem with powers of `x/g` in baby steps and giant steps.
fn by_powers<A: Arithmetic>(a: &A, g: &A::Series, n: usize) -> Result<A::Series> {
    let last = n - 1;
    let h = newton::inverse(a, &a.part(g, 1..n)?, last)?;
    let few = last.isqrt() + usize::from(last.isqrt().pow(2) < last);
    let mut powers = vec![h];
    for i in 2..=few {
        let next = a.product(&powers[i / 2 - 1], &powers[i - i / 2 - 1], 0..last)?;
        powers.push(next);
    }
    let step = powers[few - 1].clone();
    let mut coefficients = a.read(&[])?;
    let mut giant: Option<A::Series> = None;
    for first in (0..last).step_by(few) {
        let rows = &powers[..few.min(last - first)];
        let next = match &giant {
            None => a.coefficients_of_products(&a.read(&[a.ring().one()])?, rows, 0)?,
            Some(giant) => a.coefficients_of_products(giant, rows, first)?,
        };
        coefficients = a.join(coefficients, first, next)?;
        if first + few < last {
            giant = Some(match giant {
                None => step.clone(),
                Some(giant) => a.product(&giant, &step, 0..last)?,
            });
        }
    }
    a.join(a.read(&[])?, 1, a.over_numbers(coefficients, 1)?)
}

/// Lagrange's theorem with the last coefficients of all powers of `g`.
fn by_projection<A: Arithmetic>(a: &A, g: &A::Series, unit: &Element<A>, n: usize) -> Result<A::Series> {
    let (ring, last) = (a.ring(), n - 1);
    // With the coefficient 1 at x the root has the constant coefficient 1.
    let monic = a.scale(a.part(g, 0..n)?, unit)?;
    let values = composition::projected(a, &a.read(&[ring.one()])?, &monic, n, n)?;
    let divided = a.over_numbers(a.part(&values, 1..n)?, 1)?;
    let number = ring.try_from_integer(last.into())?;
    let power = a.scale(a.gather(&divided, last, |k| Pick::At(last - 1 - k))?, &number)?;
    let exponent = ring.try_neg(&ring.try_inverse(&number)?)?;
    let log = a.scale(exponential::log(a, &power, last)?, &exponent)?;
    let root = a.write(exponential::exp(a, &log, last)?);
    // r(x) for g is that of g/g_1 at x/g_1.
    let mut scale = unit.clone();
    let mut r = Vec::with_capacity(n);
    r.push(ring.zero());
    for c in &root {
        r.push(ring.try_mul(c, &scale)?);
        scale = ring.try_mul(&scale, unit)?;
    }
    a.read(&r)
}

/// Newton's iteration on compositions.
fn by_newton<A: Arithmetic>(a: &A, g: &A::Series, unit: &Element<A>, n: usize) -> Result<A::Series> {
    let mut lengths = vec![n];
    let mut next = n;
    while next > 2 {
        // A step goes from m to 2m - 1.
        next = next / 2 + 1;
        lengths.push(next);
    }
    let mut r = a.read(&[a.ring().zero(), unit.clone()])?;
    for step in lengths.windows(2).rev() {
        let (n, m) = (step[0], step[1]);
        let value = composition::composed(a, g, &r, n)?;
        let slope = a.times_numbers(a.part(&r, 1..n - m + 1)?, 1)?;
        let change = a.product(&a.part(&value, m..n)?, &slope, 0..n - m)?;
        r = a.join(r, m, a.neg(change)?)?;
    }
    Ok(r)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ErrorKind,
        ring::{QQ, ZZ, Zmod, generic::series::plain::Plain},
    };
    use num_bigint::BigInt;
    use num_rational::BigRational;

    fn check<R: Ring>(ring: &R, g: &[R::Element], r: &[R::Element], n: usize) {
        let mut x = vec![ring.zero(); n];
        if n > 1 {
            x[1] = ring.one();
        }
        assert_eq!(composition::compose(ring, g, r, n).unwrap(), x);
        if n > 0 {
            assert!(ring.is_zero(&r[0]));
        }
    }

    fn draw(n: u64, len: usize, seed: u64, linear: u64) -> Vec<u64> {
        let word =
            |k: u64| (seed + k).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29).wrapping_mul(k | 1);
        let mut g: Vec<u64> = (0..len as u64).map(|k| word(k) % n).collect();
        for (c, x) in g.iter_mut().zip([0, linear % n]) {
            *c = x;
        }
        g
    }

    /// `g(r) = x`, by all three methods where they apply.
    #[test]
    fn reverses() {
        for (modulus, linear) in
            [(2, 1), (6, 5), (1 << 32, 7), (101, 3), (998_244_353, 12345), ((1 << 61) - 1, 77)]
        {
            let ring = Zmod::new(modulus);
            let a = Plain::new(&ring);
            for n in (2..20).chain([31, 32, 33, 65, 102]) {
                for len in [n, n + 4, 2, n / 2 + 2] {
                    let g = draw(modulus, len, 3, linear);
                    let r = reverse(&ring, &g, n).unwrap();
                    check(&ring, &g, &r, n);
                    let unit = ring.try_inverse(&linear).unwrap();
                    let padded = |mut r: Vec<u64>| {
                        r.resize(n, 0);
                        r
                    };
                    assert_eq!(padded(by_newton(&a, &g, &unit, n).unwrap()), r, "{modulus}: {n}, {len}");
                    if modulus > 100 && modulus % 2 == 1 && n <= 101 {
                        assert_eq!(padded(by_powers(&a, &g, n).unwrap()), r, "{modulus}: {n}, {len}");
                        if n > 2 {
                            assert_eq!(by_projection(&a, &g, &unit, n).unwrap(), r, "{modulus}: {n}, {len}");
                        }
                    }
                }
            }
        }
        assert_eq!(reverse(&Zmod::new(1), &[0, 0], 3).unwrap(), [0, 0, 0]);
        assert_eq!(reverse(&ZZ, &[], 0).unwrap(), []);
        assert_eq!(reverse(&ZZ, &[], 1).unwrap(), [BigInt::ZERO]);
    }

    #[test]
    fn longer_ones() {
        for (modulus, linear, n) in [
            (998_244_353, 12345, tuning::REVERSION_STEPS),
            ((1 << 61) - 1, 77, tuning::REVERSION_STEPS + 1),
            (293, 5, 290),
            (1 << 20, 3, 257),
        ] {
            let ring = Zmod::new(modulus);
            let g = draw(modulus, n, 3, linear);
            check(&ring, &g, &reverse(&ring, &g, n).unwrap(), n);
        }
    }

    #[test]
    fn over_integers_and_fractions() {
        for n in [2, 3, 4, 5, 10, 17, 40] {
            for linear in [1, -1] {
                let mut g: Vec<BigInt> = (0..n as i64).map(|k| (k * (17 - k)).into()).collect();
                g[1] = linear.into();
                check(&ZZ, &g, &reverse(&ZZ, &g, n).unwrap(), n);
            }
            let g: Vec<BigRational> =
                (0..n as i64).map(|k| BigRational::new((3 * k).into(), (k * k + 1).into())).collect();
            check(&QQ, &g, &reverse(&QQ, &g, n).unwrap(), n);
        }
    }

    #[test]
    fn refused() {
        assert_eq!(reverse(&ZZ, &[1, 1].map(BigInt::from), 3).unwrap_err().kind(), ErrorKind::Undefined);
        assert!(reverse(&ZZ, &[0, 2].map(BigInt::from), 3).is_err());
        let error = reverse(&Zmod::new(6), &[0, 4, 1], 3).unwrap_err();
        assert_eq!(error.factor(), Some(&2.into()));
        assert!(error.to_string().contains("coefficient of x"));
    }
}
