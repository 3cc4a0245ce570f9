//! Composition and reversion of power series over Q, reversion over Z, and functions of short series over Q, by images.
//!
//! They stand apart from [`generic::series`](crate::ring::generic::series) because what comes up on the way there has the denominators of all coefficients at once; modulo
//! a prime a composition takes the time of a few products.
//!
//! # Method
//! As many primes as the coefficients of the result need, which is known before.
//!
//! Denominators: for `g = sum of g_k*x^k` there are integers `D_k` such that the denominator of every product of coefficients whose
//! indices add up to `k` divides `D_k`: `D_k` is the product of `e_j^(k/j)`, rounded down, over all `j`, where `e_k` is what the denominator of `g_k` has
//! that the product of those before it has not. Since `a/j + b/j` rounded down are at most `(a + b)/j`, `D_a*D_b` divides `D_(a+b)`. For `exp(x)` it
//! is `D_k = k!`. With a denominator `L` of `f`, `L*D_k` is one of the coefficient of `x^k` of `f(g)`, and so it is with one of its first `k` coefficients: `exp g` has
//! `k!*D_k`, `1/(1 - g)` has `D_k`. The reverse of an `x + ...` has
//! coefficients that are polynomials with integer coefficients in its own, of weight `k - 1` at `x^k`.
//!
//! Sizes: a coefficient of `f(g)` is no larger than that of the same composition of absolute values, and that is at most its value at `r` over
//! `r^k`, for every `r > 0` (A. Cauchy). By Lagrange, `k*[x^k]` of the reverse of `x*(1 - s)` is `[x^(k-1)] (1 - s)^(-k)`, which is largest, for absolute
//! values, where `s` has no negative coefficient. Of some `r` the least bound counts.
//!
//! # Invariants
//! Logarithms are off by less than is added to every bound.

use super::{Lift, Operand, field};
use crate::{
    Result,
    convolution::{images, tuning},
    integer::{WordModulus, gcd::signed_gcd},
    limit,
    ring::{
        Elementary, PrimeField, Ring,
        generic::series::{self, Function},
        norm::log2,
        numbers,
    },
};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Parts of a result that are put together from as many primes as their own coefficients need.
const PARTS: usize = 8;
/// What is added to the logarithm of a bound, and to that a part of itself: far more than is rounded.
const SLACK: (f64, f64) = (2.0, 1e-9);

/// `f(g)` modulo `x^n`; `None` for series that are too short, where `g` has a constant coefficient, and where there are not enough primes.
///
/// # Errors
/// Kind limit.
pub(in crate::ring) fn compose(
    f: &[BigRational],
    g: &[BigRational],
    n: usize,
) -> Result<Option<Vec<BigRational>>> {
    let (f, g) = (&f[..f.len().min(n)], &g[..g.len().min(n)]);
    if f.len().min(g.len()) < tuning::COMPOSITION_IMAGES || !g[0].is_zero() {
        return Ok(None);
    }
    let (outer, inner) = (Series::new(f)?, Series::new(g)?);
    let ratios = grading(&g[1..], n);
    let (f_sizes, g_sizes) = (sizes(f), sizes(&g[1..]));
    let bits = bits_of(&composition_bounds(&f_sizes, &g_sizes, n), &outer.denominator, &ratios);
    let (f_rows, g_rows) = (outer.operand()?, inner.operand()?);
    let (f_images, g_images) = (f_rows.images()?, g_rows.images()?);
    let numerators = numerators(&bits, &ratios, |i, field| {
        let unit = inner.unit(field)?;
        let mut g = g_images.residues(i);
        g.iter_mut().for_each(|c| *c = field.mul(c, &unit));
        series::compose(field, &f_images.residues(i), &g, n).ok()
    })?;
    Ok(numerators.map(|numerators| over(numerators, outer.denominator, &ratios)))
}

/// The `r` with `g(r) = x` modulo `x^n`; `None` as for [`compose`], and where `g` has no linear coefficient.
///
/// # Errors
/// Kind limit.
pub(in crate::ring) fn reverse(g: &[BigRational], n: usize) -> Result<Option<Vec<BigRational>>> {
    let g = &g[..g.len().min(n)];
    if n < tuning::COMPOSITION_IMAGES || g.len() < 2 || !g[0].is_zero() || g[1].is_zero() {
        return Ok(None);
    }
    // With the coefficient 1 at x, at x/g_1.
    let unit = g[1].recip();
    let scaled: Vec<BigRational> = g.iter().map(|c| numbers::multiply_fractions(c, &unit)).collect();
    let inner = Series::new(&scaled)?;
    // The coefficient of x^(k+1) has the weight k.
    let mut ratios = grading(&scaled[2..], n - 1);
    ratios.insert(0, BigInt::one());
    let bits = bits_of(&reversion_bounds(&sizes(&scaled[2..]), n), &BigInt::one(), &ratios);
    let rows = inner.operand()?;
    let images = rows.images()?;
    let numerators = numerators(&bits, &ratios, |i, field| {
        let unit = inner.unit(field)?;
        let mut g = images.residues(i);
        g.iter_mut().for_each(|c| *c = field.mul(c, &unit));
        series::reverse(field, &g, n).ok()
    })?;
    let Some(numerators) = numerators else { return Ok(None) };
    let mut r = over(numerators, BigInt::one(), &ratios);
    if !unit.is_one() {
        let mut power = unit.clone();
        for c in &mut r[1..] {
            *c = numbers::multiply_fractions(c, &power);
            power = numbers::multiply_fractions(&power, &unit);
        }
    }
    Ok(Some(r))
}

/// A function that is a composition with a known series, modulo `x^n`; `None` for others, as for [`compose`], and where numerators have many bits or `n` is
/// beyond what is computed in words.
///
/// # Errors
/// Kind limit.
pub(in crate::ring) fn function(
    function: &Function<'_, BigRational>,
    n: usize,
) -> Result<Option<Vec<BigRational>>> {
    let Some((outer, g)) = Outer::of(function) else { return Ok(None) };
    let g = &g[..g.len().min(n)];
    if !(tuning::SERIES_IMAGES..=tuning::SERIES_WORDS).contains(&n) || g.first() != Some(&outer.constant()) {
        return Ok(None);
    }
    let inner = Series::new(g)?;
    let mut ratios = grading(&g[1..], n);
    ratios.iter_mut().enumerate().skip(1).for_each(|(k, ratio)| *ratio *= outer.ratio(k as u64));
    let bits = bits_of(&composition_bounds(&outer.sizes(n), &sizes(&g[1..]), n), &BigInt::one(), &ratios);
    if bits.iter().any(|&bits| bits > tuning::SERIES_IMAGES_BITS) {
        return Ok(None);
    }
    let rows = inner.operand()?;
    let images = rows.images()?;
    let numerators = numerators(&bits, &ratios, |i, field| {
        let unit = inner.unit(field)?;
        let mut g = images.residues(i);
        g.iter_mut().for_each(|c| *c = field.mul(c, &unit));
        let function = match *function {
            Function::Elementary(of, _) => Function::Elementary(of, &g),
            Function::Power(_, e) => Function::Power(&g, e),
            _ => Function::Inverse(&g),
        };
        field.power_series(&function, n).ok()
    })?;
    Ok(numerators.map(|numerators| over(numerators, BigInt::one(), &ratios)))
}

/// The series that others are put into, by its coefficients of `x^k`.
#[derive(Clone, Copy)]
enum Outer {
    /// Units.
    Geometric,
    /// Units over `k!`.
    Exponential,
    /// Integers over `k!`, no larger than that.
    Tangent,
    /// Units over `k`.
    Logarithm,
    /// Integers over `4^k`, no larger than that.
    Root,
}

impl Outer {
    /// That of a function, and what is put into it, which has a [constant](Self::constant) in front.
    fn of<'a>(function: &Function<'a, BigRational>) -> Option<(Self, &'a [BigRational])> {
        use Elementary::{Cos, Cosh, Exp, Log, Sin, Sinh, Tan, Tanh};
        Some(match *function {
            Function::Inverse(f) => (Outer::Geometric, f),
            Function::Elementary(Exp | Sin | Cos | Sinh | Cosh, f) => (Outer::Exponential, f),
            Function::Elementary(Tan | Tanh, f) => (Outer::Tangent, f),
            Function::Elementary(Log, f) => (Outer::Logarithm, f),
            Function::Power(f, e) if e.numer().is_one() && *e.denom() == 2.into() => (Outer::Root, f),
            _ => return None,
        })
    }

    fn constant(self) -> BigRational {
        match self {
            Outer::Exponential | Outer::Tangent => BigRational::zero(),
            Outer::Geometric | Outer::Logarithm | Outer::Root => BigRational::one(),
        }
    }

    /// What the denominators up to `k` have that those before have not, for `k > 0`.
    fn ratio(self, k: u64) -> u64 {
        match self {
            Outer::Geometric => 1,
            Outer::Exponential | Outer::Tangent => k,
            Outer::Root => 4,
            // A prime, for its powers.
            Outer::Logarithm => (2..=k).find(|p| k.is_multiple_of(*p)).map_or(1, |p| {
                let rest =
                    (0..k.ilog(p)).fold(k, |rest, _| if rest.is_multiple_of(p) { rest / p } else { rest });
                if rest == 1 { p } else { 1 }
            }),
        }
    }

    /// Logarithms of bounds for the first coefficients.
    fn sizes(self, n: usize) -> Vec<f64> {
        let mut factorial = 0.0;
        let size = |k: usize| {
            factorial += (k.max(1) as f64).log2();
            match self {
                Outer::Exponential => -factorial,
                Outer::Geometric | Outer::Tangent | Outer::Root => 0.0,
                Outer::Logarithm => -(k.max(1) as f64).log2(),
            }
        };
        (0..n).map(size).collect()
    }
}

/// Numerators over one denominator.
struct Series {
    numerators: Vec<BigInt>,
    denominator: BigInt,
}

impl Series {
    fn new(f: &[BigRational]) -> Result<Self> {
        let (numerators, denominator) = numbers::cleared(f)?;
        Ok(Series { numerators, denominator })
    }

    fn operand(&self) -> Result<Operand<'_>> {
        Operand::new(&self.numerators)
    }

    /// The image of `1/denominator`; `None` where it has none.
    fn unit(&self, field: &PrimeField) -> Option<u64> {
        field.try_inverse(&field.word_modulus().reduce_bigint(&self.denominator)).ok()
    }
}

/// `D_k/D_(k-1)` for `k < n`, from the coefficients of `x, x^2, ...`; the first is 1.
fn grading(g: &[BigRational], n: usize) -> Vec<BigInt> {
    let mut ratios = vec![BigInt::one(); n];
    let mut whole = BigInt::one();
    for k in 1..n {
        if !ratios[k].is_one() {
            whole *= &ratios[k];
        }
        let Some(denominator) = g.get(k - 1).map(BigRational::denom).filter(|d| !d.is_one()) else {
            continue;
        };
        let new = denominator / signed_gcd(denominator, &(&whole % denominator));
        if !new.is_one() {
            whole *= &new;
            ratios[k..].iter_mut().step_by(k).for_each(|ratio| *ratio *= &new);
        }
    }
    ratios
}

/// Logarithms of absolute values; that of 0 is infinite.
fn sizes(f: &[BigRational]) -> Vec<f64> {
    let size = |c: &BigRational| match c.is_zero() {
        true => f64::NEG_INFINITY,
        false => log2(c.numer().magnitude()) - log2(c.denom().magnitude()),
    };
    f.iter().map(size).collect()
}

/// The logarithm of `sum of 2^sizes[k] * 2^((first + k)*r)`.
fn log2_value(sizes: &[f64], first: usize, r: f64) -> f64 {
    let terms = || sizes.iter().enumerate().map(|(k, size)| size + (first + k) as f64 * r);
    let largest = terms().fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        return largest;
    }
    largest + terms().map(|term| (term - largest).exp2()).sum::<f64>().log2()
}

/// The largest `r` at which no term of `sum of 2^sizes[k] * 2^((1 + k)*r)` is over `2^target`.
fn radius(sizes: &[f64], target: f64) -> f64 {
    sizes.iter().enumerate().map(|(k, size)| (target - size) / (k + 1) as f64).fold(f64::INFINITY, f64::min)
}

/// Logarithms of bounds for the coefficients of `f(g)`, `g` from its linear coefficient on.
fn composition_bounds(f: &[f64], g: &[f64], n: usize) -> Vec<f64> {
    let mut bounds = vec![f64::INFINITY; n];
    let steps = (n as f64).log2().ceil() as i32 + 2;
    // Around where the terms of f are as large as each other.
    let middle = radius(&f[1..], 0.0).clamp(-1e9, 1e9);
    for step in -steps..=steps {
        let r = radius(g, middle + f64::from(step));
        if !r.is_finite() {
            break;
        }
        let value = log2_value(f, 0, log2_value(g, 1, r));
        for (k, bound) in bounds.iter_mut().enumerate() {
            *bound = bound.min(value - k as f64 * r);
        }
    }
    // Only the constant coefficient is left where g or the rest of f is 0.
    bounds.iter_mut().filter(|bound| bound.is_infinite()).for_each(|bound| *bound = f[0].max(0.0));
    bounds
}

/// Logarithms of bounds for the coefficients of the reverse of `x + x^2*s`.
fn reversion_bounds(s: &[f64], n: usize) -> Vec<f64> {
    let mut bounds = vec![f64::INFINITY; n];
    let steps = 3 * ((n as f64).log2().ceil() as i32 + 2);
    for step in 1..=steps {
        let r = radius(s, -f64::from(step) / 3.0);
        if !r.is_finite() {
            break;
        }
        let value = log2_value(s, 1, r).exp2();
        if value < 0.999 {
            let factor = -(1.0 - value).log2();
            for (k, bound) in bounds.iter_mut().enumerate().skip(1) {
                *bound = bound.min(k as f64 * factor - (k - 1) as f64 * r);
            }
        }
    }
    bounds[0] = 0.0;
    bounds.iter_mut().filter(|bound| bound.is_infinite()).for_each(|bound| *bound = 0.0);
    bounds
}

/// Bits of the numerators over `first*D_k`.
fn bits_of(bounds: &[f64], first: &BigInt, ratios: &[BigInt]) -> Vec<u64> {
    let mut denominator = log2(first.magnitude());
    let bits = |(bound, ratio): (&f64, &BigInt)| {
        denominator += log2(ratio.magnitude());
        let bits = bound + denominator + SLACK.0 + SLACK.1 * (bound.abs() + denominator);
        bits.max(1.0).ceil() as u64
    };
    bounds.iter().zip(ratios).map(bits).collect()
}

/// Integers of so many bits from the images of their quotients by `D_k`; `None` where there are not enough primes.
fn numerators(
    bits: &[u64],
    ratios: &[BigInt],
    image: impl Fn(usize, &PrimeField) -> Option<Vec<u64>>,
) -> Result<Option<Vec<BigInt>>> {
    let n = bits.len();
    let most = bits.iter().copied().max().unwrap_or(0);
    limit::check(n as u64, most)?;
    if most >= 48 * (images::COUNT as u64 - 1000) {
        return Ok(None);
    }
    // What the engine puts together at once is not cut.
    let parts = if most <= images::bits(images::MOST) { 1 } else { PARTS };
    let len = n.div_ceil(parts);
    let mut lifts: Vec<(u64, Lift)> =
        bits.chunks(len).map(|bits| (bits.iter().copied().max().unwrap_or(0), Lift::new())).collect();
    let operand = Operand::new(ratios)?;
    let ratio_images = operand.images()?;
    for i in 0..images::COUNT {
        if lifts.iter().all(|(bits, lift)| lift.bits() >= *bits) {
            let mut numerators = Vec::with_capacity(n);
            for (_, lift) in &lifts {
                numerators.extend(lift.integers(lift.len())?);
            }
            return Ok(Some(numerators));
        }
        let field = field(i);
        // A prime may divide a denominator.
        let Some(mut residues) = image(i, &field) else { continue };
        multiply(field.word_modulus(), &mut residues, &ratio_images.residues(i));
        for ((bits, lift), part) in lifts.iter_mut().zip(residues.chunks(len)) {
            if lift.bits() < *bits {
                lift.push(i, part.to_vec());
            }
        }
    }
    Ok(None)
}

/// Every residue times the product of the ratios up to its own.
fn multiply(modulus: &WordModulus, residues: &mut [u64], ratios: &[u64]) {
    let mut whole = modulus.one();
    for (c, &ratio) in residues.iter_mut().zip(ratios) {
        whole = modulus.mul(whole, ratio);
        *c = modulus.mul(*c, whole);
    }
}

/// Every numerator over `first*D_k`.
fn over(numerators: Vec<BigInt>, first: BigInt, ratios: &[BigInt]) -> Vec<BigRational> {
    let mut denominator = first;
    let quotient = |(c, ratio): (BigInt, &BigInt)| {
        if !ratio.is_one() {
            denominator *= ratio;
        }
        numbers::fraction(c, &denominator)
    };
    numerators.into_iter().zip(ratios).map(quotient).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{QQ, generic::series::plainly};

    /// Numerator and denominator, from an index and a random number.
    type Kind = fn(u64, i64) -> (i64, i64);

    fn draw(len: usize, constant: i64, seed: u64, of: Kind) -> Vec<BigRational> {
        (0..len as u64)
            .map(|k| {
                let word = (seed + k).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29).wrapping_mul(k | 1);
                let (numerator, denominator) = of(k, (word >> 34) as i64 - (1 << 29));
                let numerator = if k == 0 { constant } else { numerator };
                BigRational::new(numerator.into(), denominator.into())
            })
            .collect()
    }

    /// Against the same element by element: coefficients that are large and small, sparse ones, integers, those of `exp(x)`.
    #[test]
    fn against_elements() {
        let kinds: [Kind; 6] = [
            |_, word| (word, word % 97 + 98),
            |k, _| (1, (1..=k.min(18) as i64).product()),
            |_, word| (word, 1),
            |_, word| (1, word.abs() + 2),
            |k, word| (if k % 5 == 1 { word } else { 0 }, 3),
            |k, _| (i64::from(k == 1), 1),
        ];
        for n in [tuning::COMPOSITION_IMAGES, 24] {
            for (i, f_kind) in kinds.iter().enumerate() {
                for (j, g_kind) in kinds.iter().enumerate() {
                    // All pairs of the shortest ones only.
                    if n > tuning::COMPOSITION_IMAGES && i != j {
                        continue;
                    }
                    for short in [0, n / 5] {
                        let f = draw(n - short, 5, 3, *f_kind);
                        let g = draw(n - short, 0, 7, *g_kind);
                        let found = compose(&f, &g, n).unwrap();
                        let expected = plainly(&QQ, &Function::Composition(&f, &g), n).unwrap();
                        assert_eq!(found.unwrap_or_else(|| expected.clone()), expected, "{n}: {i} at {j}");
                        if i == j && !g[1].is_zero() {
                            let found = reverse(&g, n).unwrap().unwrap();
                            assert_eq!(found, plainly(&QQ, &Function::Reversion(&g), n).unwrap(), "{n}: {j}");
                        }
                    }
                }
            }
        }
    }

    /// All functions, from the shortest series on.
    #[test]
    fn functions() {
        use Elementary::{Cos, Cosh, Exp, Log, Sin, Sinh, Tan, Tanh};
        let kinds: [Kind; 5] = [
            |_, word| (word, word % 97 + 98),
            |k, _| (1, (1..=k.min(18) as i64).product()),
            |_, word| (word, 1),
            |k, word| (if k % 5 == 1 { word } else { 0 }, 3),
            |k, _| (i64::from(k == 0), 1),
        ];
        let n = tuning::SERIES_IMAGES + 2;
        for kind in kinds {
            for len in [n + 1, n / 2, 1] {
                let (f, mut unit) = (draw(len, 0, 3, kind), draw(len, 1, 5, kind));
                unit[0] = BigRational::one();
                let half = BigRational::new(1.into(), 2.into());
                let of_unit = [
                    Function::Inverse(&unit),
                    Function::Elementary(Log, &unit),
                    Function::Power(&unit, &half),
                ];
                let of_zero = [Exp, Sin, Cos, Sinh, Cosh, Tan, Tanh].map(|of| Function::Elementary(of, &f));
                for of in of_unit.into_iter().chain(of_zero) {
                    let found = function(&of, n).unwrap().expect("a short one");
                    assert_eq!(found, plainly(&QQ, &of, n).unwrap(), "{of:?}");
                }
                assert!(function(&Function::Inverse(&f), n).unwrap().is_none());
            }
        }
        // The least common multiple of the first numbers.
        let ratios: Vec<u64> = (1..17).map(|k| Outer::Logarithm.ratio(k)).collect();
        assert_eq!(ratios, [1, 2, 3, 2, 5, 1, 7, 2, 3, 1, 11, 1, 13, 1, 1, 2]);
    }

    #[test]
    fn too_short() {
        let f = draw(tuning::COMPOSITION_IMAGES, 0, 3, |_, word| (word, 7));
        let n = f.len() - 1;
        assert!(compose(&f, &f, n).unwrap().is_none() && reverse(&f, n).unwrap().is_none());
        assert!(compose(&f[..1], &f, n + 1).unwrap().is_none() && reverse(&f[..1], n + 1).unwrap().is_none());
    }

    #[test]
    fn denominators_of_exp() {
        let mut factorial = BigInt::one();
        let exp: Vec<BigRational> = (1..30)
            .map(|k| {
                factorial *= k;
                BigRational::new(BigInt::one(), factorial.clone())
            })
            .collect();
        // Of x, x^2, ...: D_k = k!.
        assert!(grading(&exp, 30).iter().enumerate().skip(1).all(|(k, ratio)| *ratio == BigInt::from(k)));
    }
}
