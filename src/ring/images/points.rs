//! Interpolation and shifts of sampling points over Z by images.
//!
//! They stand apart from [`generic::points`] and [`generic::samples`] because differences of values are as large as
//! the values all the way, and quadratically many; modulo a prime all of it takes a few products.
//!
//! # Method
//! Interpolation: values are far larger than the coefficients that they come from, so fewer primes than a bound asks
//! for are tried first, and what they agree on is evaluated at all points, which decides. If `f` has integer
//! coefficients, `f = sum of f(x_i)/M'(x_i) * M/(x - x_i)` and `|M'(x_i)| >= 1` bound them by
//! `n * max |f(x_i)| * prod (1 + |x_j|)`; once that many primes agree on another polynomial, it has not. Sampling
//! points: with the Lagrange polynomials `|L_j(x)| <= C(d, j) * C(|x| + d, d)` on integers, values are below
//! `max |f(j)| * 2^d * C(|x| + d, d)`, and as many primes are taken.

use super::{Lift, Operand, Schedule, field};
use crate::{
    Error, Result,
    convolution::images,
    limit,
    ring::{
        Ring, ZZ,
        generic::{points::Tree, samples},
        norm::log2,
    },
};
use num_bigint::BigInt;

/// The polynomial with integer coefficients that has as many values at as many points, without trailing zeros.
///
/// # Errors
/// Kind undefined where two points are the same; kind not exact where coefficients are no integers; kind limit.
pub(in crate::ring) fn interpolate(points: &[BigInt], values: &[BigInt]) -> Result<Vec<BigInt>> {
    let n = points.len();
    let mut sorted: Vec<&BigInt> = points.iter().collect();
    sorted.sort_unstable();
    if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(Error::undefined(format!("two of the points are {}", pair[0])));
    }
    // x - y divides f(x) - f(y): some pairs tell most polynomials that are none over Z.
    for stride in [1, 2, 3, n / 2] {
        for i in (0..n.saturating_sub(stride)).take_while(|_| stride > 0) {
            ZZ.try_exact_quo(&(&values[i] - &values[i + stride]), &(&points[i] - &points[i + stride]))?;
        }
    }
    let sizes = points.iter().map(|x| log2(&(x.magnitude() + 1u8))).sum::<f64>();
    let height = values.iter().map(BigInt::bits).max().unwrap_or(0);
    let bound = height + sizes.ceil() as u64 + (n as f64).log2().ceil() as u64 + 2;
    limit::check(n as u64, bound)?;
    let (places, operand) = (Operand::new(points)?, Operand::new(values)?);
    let (places, heights) = (places.images()?, operand.images()?);
    let (mut lift, mut schedule) = (Lift::new(), Schedule::new());
    for i in 0..images::COUNT {
        // A prime may divide the difference of two points.
        let Ok(mut image) = Tree::new(&field(i), &places.residues(i))?.interpolate(&heights.residues(i))
        else {
            continue;
        };
        image.resize(n, 0);
        lift.push(i, image);
        let last = lift.bits() >= bound;
        if last || schedule.is_due(lift.len()) && lift.is_settled(&[0, n / 3, n - 1 - n / 3, n - 1])? {
            let mut f = lift.integers(lift.len())?;
            crate::ring::generic::trim(&ZZ, &mut f);
            if ZZ.evaluate_each(&f, points)? == values {
                return Ok(f);
            }
        }
        if last {
            return Err(Error::not_exact("the polynomial through these values has no integer coefficients"));
        }
    }
    Err(Error::limit(format!("coefficients of up to {bound} bits are longer than all primes together")))
}

/// The values at `a, a+1, ..., a+m-1` of the polynomial that has these values at `0, 1, 2, ...`; at least one of
/// them, and `m` positive.
///
/// # Errors
/// Kind limit.
pub(in crate::ring) fn shift(values: &[BigInt], a: &BigInt, m: usize) -> Result<Vec<BigInt>> {
    let d = values.len() - 1;
    let farthest = log2(&(a.magnitude() + (m + d) as u64));
    // log2 of C(x, d) <= (e*x/d)^d
    let binomial = d as f64 * (farthest - (d.max(1) as f64).log2() + std::f64::consts::LOG2_E).max(1.0);
    let height = values.iter().map(BigInt::bits).max().unwrap_or(0);
    let bound = height + d as u64 + binomial.ceil() as u64 + 2;
    limit::check(m as u64, bound)?;
    let operand = Operand::new(values)?;
    let heights = operand.images()?;
    let mut lift = Lift::new();
    for i in 0..images::COUNT {
        let field = field(i);
        let start = field.word_modulus().reduce_bigint(a);
        lift.push(i, samples::shift(&field, &heights.residues(i), &start, m)?);
        if lift.bits() >= bound {
            return lift.integers(lift.len());
        }
    }
    Err(Error::limit(format!("values of up to {bound} bits are longer than all primes together")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use crate::ring::generic::points;

    #[test]
    fn against_differences() {
        for n in [1usize, 2, 5, 40, 70] {
            let f: Vec<BigInt> = (1..=n).map(|k| ((BigInt::from(k * k) - 50) << (k % 5 * 40)) + 1).collect();
            let at: Vec<BigInt> = (0..n).map(|k| (BigInt::from(k) - 20) << (k % 2 * 30)).collect();
            let at = if n < 40 { (0..n).map(BigInt::from).collect() } else { at };
            let mut at = at;
            at.sort_unstable();
            at.dedup();
            let f = &f[..at.len()];
            let values = ZZ.evaluate_each(f, &at).unwrap();
            assert_eq!(interpolate(&at, &values).unwrap(), f, "{n}");
            assert_eq!(points::interpolate(&ZZ, &at, &values).unwrap(), f);
        }
        // The first prime divides the difference of two points.
        let p = BigInt::from(field(0).characteristic());
        let at = [0.into(), p.clone(), 5.into()];
        let f = [p.clone(), 1.into(), -p];
        let values = ZZ.evaluate_each(&f, &at).unwrap();
        assert_eq!(interpolate(&at, &values).unwrap(), f);
    }

    #[test]
    fn what_is_not_over_the_integers() {
        let kind = |at: &[i64], values: &[i64]| {
            let integers = |v: &[i64]| v.iter().map(|&x| x.into()).collect::<Vec<BigInt>>();
            interpolate(&integers(at), &integers(values)).unwrap_err().kind()
        };
        assert_eq!(kind(&[0, 1, 2], &[0, 1, 3]), ErrorKind::NotExact);
        assert_eq!(kind(&[3, 1, 3], &[0, 1, 3]), ErrorKind::Undefined);
        // Every difference of two values is divisible, and f = x*(x - 1)*(x - 3)*(x - 4)/2 all the same.
        let f = |x: i64| x * (x - 1) * (x - 3) * (x - 4) / 2;
        let at = [0, 1, 3, 4, 5];
        assert_eq!(kind(&at, &at.map(f)), ErrorKind::NotExact);
    }

    #[test]
    fn values_elsewhere() {
        for n in [1usize, 2, 7, 50] {
            let f: Vec<BigInt> = (1..=n).map(|k| (BigInt::from(k * k) - 50) << (k % 3 * 20)).collect();
            let at = |start: &BigInt, m: usize| -> Vec<BigInt> { (0..m).map(|k| start + k).collect() };
            let values = ZZ.evaluate_each(&f, &at(&BigInt::ZERO, n)).unwrap();
            for a in [BigInt::ZERO, 3.into(), (-40).into(), BigInt::from(1) << 90] {
                for m in [1, n, 60] {
                    let expected = ZZ.evaluate_each(&f, &at(&a, m)).unwrap();
                    assert_eq!(shift(&values, &a, m).unwrap(), expected, "{n} at {a}");
                }
            }
        }
    }
}
