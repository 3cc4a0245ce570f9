//! Composition, reversion and functions of power series over Q, and reversion over Z, by images.
//!
//! - here: what is computed, and the denominators of its coefficients; [`grading`]: numerators over such, and their images
//! - [`bounds`]: how large numerators are; [`lifting`]: numerators from images
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
//! `k!*D_k`, `1/(1 - g)` has `D_k`. All of those whose coefficients are integers over `k!`, which `1/(1 - x)` and `log(1 + x)` are as well, also have `k!*D_k` where `D_k` belongs to the
//! `k!*g_k`, because `g^m/m!` is a sum of products of those with integer factors (Faà di Bruno): the coefficients of `exp(x)` have no more than `k!` in all. The smaller ones are taken. The reverse of an `x + ...` has
//! coefficients that are polynomials with integer coefficients in its own, of weight `k - 1` at `x^k`.
//!
//! Sizes: a coefficient of `f(g)` is no larger than that of the same composition of absolute values. Where it is far smaller, as those of `1/exp(x)` are, fewer images give it, and the equation
//! that the function satisfies shows that it is right. By Lagrange, `k*[x^k]` of the reverse of `x*(1 - s)` is `[x^(k-1)] (1 - s)^(-k)`, which is largest, for absolute
//! values, where `s` has no negative coefficient.

mod bounds;
mod grading;
mod lifting;

use super::Operand;
use crate::{
    Result,
    convolution::tuning,
    limit,
    ring::{
        Elementary, Ring,
        generic::series::{self, Function},
        numbers,
    },
};
use bounds::{bits_of, composition_bounds, equation_bits, reversion_bounds, sizes};
use grading::{Coefficients, Grading, least_factor};
use lifting::numerators;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

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
    let (outer, denominator) = numbers::cleared(f)?;
    let (f_sizes, g_sizes) = (sizes(f), sizes(&g[1..]));
    let (grading, bits) = sized(n, |n| {
        let grading = Grading::new(&g[1..], n, false);
        let bits = bits_of(&composition_bounds(&f_sizes, &g_sizes, n), &denominator, &grading);
        (grading, bits)
    })?;
    let (outer, inner) = (Operand::new(&outer)?, Coefficients::new(g, &grading, 1)?);
    let rows = inner.operands()?;
    let (f_images, g_images) = (outer.images()?, rows.images()?);
    let numerators = numerators(
        &bits,
        &grading,
        |_| None,
        |i, field, scale| {
            let g = g_images.residues(i, scale)?;
            series::compose(field, &f_images.residues(i), &g, n).ok()
        },
    )?;
    Ok(numerators.map(|numerators| grading.over(numerators, denominator)))
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
    // The coefficient of x^(k+1) has the weight k.
    let sizes = sizes(&scaled[2..]);
    let (grading, bits) = sized(n, |n| {
        let grading = Grading::new(&scaled[2..], n - 1, false).shifted();
        let bits = bits_of(&reversion_bounds(&sizes, n), &BigInt::one(), &grading);
        (grading, bits)
    })?;
    let inner = Coefficients::new(&scaled, &grading, 1)?;
    let rows = inner.operands()?;
    let images = rows.images()?;
    let numerators = numerators(
        &bits,
        &grading,
        |_| None,
        |i, field, scale| {
            let g = images.residues(i, scale)?;
            series::reverse(field, &g, n).ok()
        },
    )?;
    let Some(numerators) = numerators else { return Ok(None) };
    let mut r = grading.over(numerators, BigInt::one());
    if !unit.is_one() {
        let mut power = unit.clone();
        for c in &mut r[1..] {
            *c = numbers::multiply_fractions(c, &power);
            power = numbers::multiply_fractions(&power, &unit);
        }
    }
    Ok(Some(r))
}

/// A function that is a composition with a known series, modulo `x^n`; `None` for others, as for [`compose`], and where there are not enough primes.
///
/// # Errors
/// Kind limit.
pub(in crate::ring) fn function(
    function: &Function<'_, BigRational>,
    n: usize,
) -> Result<Option<Vec<BigRational>>> {
    let Some((outer, g)) = Outer::of(function) else { return Ok(None) };
    let g = &g[..g.len().min(n)];
    if n < tuning::SERIES_IMAGES || g.first() != Some(&outer.constant()) {
        return Ok(None);
    }
    let g_sizes = sizes(&g[1..]);
    let ((inner, grading), bits) = sized(n, |n| {
        let (grading, factor) = outer.grading(&g[1..], n);
        let inner = Coefficients::new(g, &grading, factor);
        let grading = grading.times(|_| factor);
        let bits = bits_of(&composition_bounds(&outer.sizes(n), &g_sizes, n), &BigInt::one(), &grading);
        ((inner, grading), bits)
    })?;
    let inner = inner?;
    if n > tuning::SERIES_WORDS && !outer.suits(g, &grading, bits[n - 1]) {
        return Ok(None);
    }
    let rows = inner.operands()?;
    let images = rows.images()?;
    let check = |numerators: &[BigInt]| {
        let factors = equation_factors(function)?;
        Some(equation_bits(factors, &g_sizes, numerators, &grading))
    };
    let numerators = numerators(&bits, &grading, check, |i, field, scale| {
        let g = images.residues(i, scale)?;
        let function = match *function {
            Function::Elementary(of, _) => Function::Elementary(of, &g),
            Function::Power(_, e) => Function::Power(&g, e),
            _ => Function::Inverse(&g),
        };
        field.power_series(&function, n).ok()
    })?;
    Ok(numerators.map(|numerators| grading.over(numerators, BigInt::one())))
}

/// What `n` coefficients are computed with, and the bits of their numerators; before that as many as the first ones have are held against the limit, which take less
/// time to find: `tan(x)` modulo `x^8000000` would take 20 s to be refused.
///
/// # Errors
/// Kind limit.
fn sized<T>(n: usize, of: impl Fn(usize) -> (T, Vec<u64>)) -> Result<(T, Vec<u64>)> {
    let mut part = FIRST_SIZED;
    while part < n / 2 {
        limit::check(n as u64, of(part).1.into_iter().max().unwrap_or(0))?;
        part *= 8;
    }
    Ok(of(n))
}

/// Coefficients that are looked at first where there are many more: of some hundred thousand the sizes take milliseconds.
const FIRST_SIZED: usize = 2048;

/// How many factors of an equation with integer coefficients that a function satisfies are coefficients of the function; `None` where it has no such equation alone.
fn equation_factors(function: &Function<'_, BigRational>) -> Option<u32> {
    match function {
        // f*h = 1, h' = f'*h, f*h' = f'
        Function::Inverse(_) | Function::Elementary(Elementary::Exp | Elementary::Log, _) => Some(1),
        // h^2 = f, h' = (1 + h^2)*f', h' = (1 - h^2)*f'
        Function::Power(..) | Function::Elementary(Elementary::Tan | Elementary::Tanh, _) => Some(2),
        _ => None,
    }
}

/// The series that others are put into, by its coefficients of `x^k`.
#[derive(Clone, Copy, PartialEq)]
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

    /// What the denominators up to `k` have that those before have not, for `k > 0`, but for the powers of 4 of a root.
    fn ratio(self, k: u64) -> u64 {
        match self {
            Outer::Geometric | Outer::Root => 1,
            Outer::Exponential | Outer::Tangent => k,
            // A prime, for its powers.
            Outer::Logarithm if k > 1 => {
                let p = least_factor(k);
                if p.pow(k.ilog(p)) == k { p } else { 1 }
            }
            Outer::Logarithm => 1,
        }
    }

    /// Denominators of the coefficients, with `g` from its linear coefficient on, but for the powers of a word with the index as exponent; and that word.
    fn grading(self, g: &[BigRational], n: usize) -> (Grading, u64) {
        let (plain_factor, divided_factor) = if self == Outer::Root { (4, 2) } else { (1, 1) };
        let plain = || (Grading::new(g, n, false).times(|k| self.ratio(k)), plain_factor);
        let divided = || (Grading::new(g, n, true).times(|k| k), divided_factor);
        let bits = |(grading, factor): &(Grading, u64)| {
            grading.logarithms().zip(0u32..).map(|(d, k)| d + f64::from(k * factor.ilog2())).sum::<f64>()
        };
        // No denominators are less than those of the coefficients themselves on the one hand, and than the factorials on the other.
        let own: f64 = g.iter().take(n - 1).map(|c| c.denom().bits() as f64).sum();
        let factorials: f64 = (1..n).map(|k| (n - k) as f64 * (k as f64).log2()).sum();
        let (first, second, least): (&dyn Fn() -> _, &dyn Fn() -> _, _) =
            if own < factorials { (&plain, &divided, factorials) } else { (&divided, &plain, own) };
        let found = first();
        // Sums of the same numbers in another order may differ in their last places.
        if bits(&found) <= least * (1.0 + 1e-9) {
            return found;
        }
        let other = second();
        if bits(&other) < bits(&found) { other } else { found }
    }

    /// Whether a long result, whose last numerator takes so many bits, is found faster by images than over one denominator: where denominators are what makes numerators long,
    /// unless they are products of small numbers, which may cancel.
    fn suits(self, g: &[BigRational], grading: &Grading, bits: u64) -> bool {
        let longest = g.iter().map(|c| c.denom().bits()).max().unwrap_or(0);
        let (whole, product) = grading.bits;
        16 * longest >= bits
            || match self {
                Outer::Root => true,
                Outer::Geometric | Outer::Logarithm => 4 * whole >= bits,
                Outer::Exponential | Outer::Tangent => {
                    32 * product >= bits || !grading.factorials && 4 * whole < bits
                }
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

    /// Results that are far smaller than bounds, from fewer images than those ask for, and ones that are not: functions of `exp(x)`.
    #[test]
    fn small_results() {
        let n = 120;
        let one = BigInt::one();
        let with = |of: &dyn Fn(u64) -> BigInt, first: i64| {
            let mut whole = BigInt::one();
            let mut f: Vec<BigRational> = (0..n as u64)
                .map(|k| {
                    whole *= k.max(1);
                    numbers::fraction(of(k), &whole)
                })
                .collect();
            f[0] = BigRational::from_integer(first.into());
            f
        };
        let exp = with(&|_| one.clone(), 1);
        let half = BigRational::new(1.into(), 2.into());
        // exp(-x), exp(x/2)
        let inverse = with(&|k| if k % 2 == 0 { one.clone() } else { -one.clone() }, 1);
        let mut power = BigRational::one();
        let root: Vec<BigRational> = (0..n as i64)
            .map(|k| {
                power = &power / BigInt::from((2 * k).max(1));
                power.clone()
            })
            .collect();
        let mut logarithm = vec![BigRational::zero(); n];
        logarithm[1] = BigRational::one();
        assert_eq!(function(&Function::Inverse(&exp), n).unwrap().unwrap(), inverse);
        assert_eq!(function(&Function::Power(&exp, &half), n).unwrap().unwrap(), root);
        let of = |of, f: &[BigRational]| function(&Function::Elementary(of, f), n).unwrap().unwrap();
        assert_eq!(of(Elementary::Log, &exp), logarithm);
        // Tangents of arcs.
        let of_arc = |sign: i64| -> Vec<BigRational> {
            let sign = |k: i64| if k % 4 == 3 { sign } else { 1 };
            (0..n as i64).map(|k| BigRational::new((k % 2 * sign(k)).into(), k.max(1).into())).collect()
        };
        assert_eq!(of(Elementary::Tan, &of_arc(-1)), logarithm);
        assert_eq!(of(Elementary::Tanh, &of_arc(1)), logarithm);
        // Bell numbers, each the first of a row of their triangle.
        let mut less = exp.clone();
        less[0] = BigRational::zero();
        let (mut bell, mut row) = (Vec::new(), vec![BigInt::one()]);
        for _ in 0..n {
            bell.push(row[0].clone());
            let mut next = vec![row[row.len() - 1].clone()];
            row.iter().for_each(|above| next.push(&next[next.len() - 1] + above));
            row = next;
        }
        assert_eq!(of(Elementary::Exp, &less), with(&|k| bell[k as usize].clone(), 1));
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
        let ratios = Grading::new(&exp, 30, false).ratios;
        assert!(ratios.iter().enumerate().skip(1).all(|(k, ratio)| *ratio == BigInt::from(k)));
        assert!(Grading::new(&exp, 30, true).ratios.iter().all(One::is_one));
    }
}
