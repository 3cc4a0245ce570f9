//! Sums of truncated powers `sum of c*(x - a)_+^k/k!`, where `y_+^k` is `y^k` for `y > 0` and else 0: how piecewise polynomials are convolved.
//!
//! It stands apart because it is another form of the same functions, in which a knot has the change of the polynomial there and nothing else:
//! the order of the first derivative that jumps is read off, and under Laplace's transform `(x - a)_+^k/k!` is `e^(-a*s)*u^(k+1)` with `u = 1/s`. A convolution is
//! the product of such sums, with one more factor `u`; the integral up to `x` is one more factor `u`. Where the knots lie close on a common lattice, sums are
//! polynomials in `z = e^(-h*s)` over Z\[u\] and go through the engine; else pairs of terms are multiplied.
//!
//! # Source
//! H. B. Curry, I. J. Schoenberg, "On Pólya frequency functions IV: the fundamental spline functions and their limits", 1966, for the truncated powers;
//! P.-S. Laplace, 1782, for the n-fold sum of boxes by them.
//!
//! # Invariants
//! Knots ascend, no polynomial is zero, `order` is the lowest `k` with a coefficient that is not zero, and numerators and the denominator, which is
//! positive, have no common factor: equal functions are equal values.

use super::Piecewise;
use crate::distribution::Reducer;
use crate::integer::gcd::signed_gcd;
use crate::ring::{GcdDomain, numbers};
use crate::sequences::factorial;
use crate::{Error, Integers, Poly, PolyRing, QQ, Result, Ring, ZZ, limit};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// `sum over terms (a, c) and over k of c[k]/denominator * (x - a)_+^(order + k)/(order + k)!`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct TruncatedPowers {
    order: usize,
    terms: Vec<(BigRational, Poly<Integers>)>,
    denominator: BigInt,
}

impl TruncatedPowers {
    /// Brings terms with distinct ascending knots to the form that is unique.
    fn reduced(order: usize, mut terms: Vec<(BigRational, Poly<Integers>)>, denominator: BigInt) -> Self {
        terms.retain(|(_, c)| !c.is_zero());
        let lowest = terms.iter().filter_map(|(_, c)| c.valuation()).min().unwrap_or(0);
        let mut common = denominator.clone();
        for c in terms.iter().flat_map(|(_, c)| c) {
            if common.is_one() {
                break;
            }
            common = signed_gcd(&common, c);
        }
        for (_, c) in &mut terms {
            *c = Poly::from_vec(ZZ, c.iter().skip(lowest).map(|c| c / &common).collect());
        }
        TruncatedPowers { order: order + lowest, terms, denominator: denominator / common }
    }

    /// The changes of a piecewise polynomial at its knots, each in powers of the distance from the knot.
    pub(super) fn from_piecewise(function: &Piecewise) -> Result<Self> {
        let mut jumps = Vec::new();
        let mut denominator = BigInt::one();
        for ((left, right), knot) in function.neighbours().zip(function.knots()) {
            let jump = right.try_sub(left)?.try_taylor_shift(knot)?;
            let mut factorial = BigInt::one();
            let derivatives = (0usize..).zip(&jump).map(|(k, c)| {
                factorial *= k.max(1);
                c * &factorial
            });
            let (jump, d) = Poly::from_vec(QQ, derivatives.collect()).numerator_denominator();
            denominator = denominator.lcm(&d);
            jumps.push((knot.clone(), jump, d));
        }
        let terms = jumps.into_iter().map(|(knot, jump, d)| Ok((knot, jump.try_scale(&(&denominator / d))?)));
        Ok(Self::reduced(0, terms.collect::<Result<_>>()?, denominator))
    }

    /// Masses at points. The transform of a mass at `a` is `e^(-a*s)`, without a factor `u`: as a term of order 0 it has one too many, so the
    /// sum is what [`multiplied`](Self::multiplied) gives.
    pub(super) fn from_masses(masses: impl Iterator<Item = (i64, BigInt)>, denominator: BigInt) -> Self {
        let terms = masses.map(|(a, mass)| (BigRational::from_integer(a.into()), Poly::constant(ZZ, mass)));
        Self::reduced(0, terms.collect(), denominator)
    }

    pub(super) fn knots(&self) -> impl DoubleEndedIterator<Item = &BigRational> + ExactSizeIterator {
        self.terms.iter().map(|(knot, _)| knot)
    }

    /// The order of the lowest derivative with a jump at `x`, and the jump.
    pub(super) fn first_jump(&self, x: &BigRational) -> Option<(usize, BigRational)> {
        let at = self.terms.binary_search_by(|(knot, _)| knot.cmp(x)).ok()?;
        let c = &self.terms[at].1;
        let k = c.valuation()?;
        Some((self.order + k, numbers::fraction(c.coefficient(k), &self.denominator)))
    }

    /// The integral from the far left to `x`.
    pub(super) fn integral(&self) -> Self {
        TruncatedPowers { order: self.order + 1, ..self.clone() }
    }

    /// The convolution.
    pub(super) fn convolved(&self, other: &Self) -> Result<Self> {
        self.multiplied(other).map(|product| product.integral())
    }

    /// The product under Laplace's transform, but for a factor `u`: the convolution with masses.
    pub(super) fn multiplied(&self, other: &Self) -> Result<Self> {
        let pairs = (self.terms.len() as u64).saturating_mul(other.terms.len() as u64);
        let step = self.step().gcd_with(&other.step());
        let points = step.points(&(self.span() + other.span()));
        let degree = self.degree() + other.degree();
        let size = self.log2_size() + other.log2_size() + (pairs as f64).log2();
        check(pairs.min(points), degree, size)?;
        // For pieces of degree 2 a pair takes 0.6 us, mostly for its knot, and a point of the lattice 0.4 us.
        let dense = points <= pairs;
        let products = if dense { points as f64 * (points as f64 + 2.0).log2() } else { pairs as f64 };
        limit::check_work(products * (degree + 1) as f64 * limbs(size))?;
        let order = self.order + other.order;
        let denominator = &self.denominator * &other.denominator;
        if dense {
            let product = self.on_lattice(&step).try_mul(&other.on_lattice(&step))?;
            return Ok(self.from_lattice(order, other.first(), &step, product, denominator));
        }
        let mut sums = BTreeMap::<BigRational, Poly<Integers>>::new();
        for (a, f) in &self.terms {
            for (b, g) in &other.terms {
                let product = f.try_mul(g)?;
                let sum = sums.entry(a + b).or_insert_with(|| Poly::zero(ZZ));
                *sum = sum.try_add(&product)?;
            }
        }
        Ok(Self::reduced(order, sums.into_iter().collect(), denominator))
    }

    /// Refuses the convolution of several functions, each as often as it says, where it would be too large.
    pub(super) fn check_sum<'a>(terms: impl Iterator<Item = (&'a Self, u64)>) -> Result<()> {
        let (mut choices, mut degree, mut size) = (1u64, 0usize, 0.0);
        let (mut step, mut span) = (Step(BigRational::zero()), BigRational::zero());
        for (term, count) in terms {
            choices = choices.saturating_mul(multisets(term.terms.len() as u64, count));
            let times = usize::try_from(count).unwrap_or(usize::MAX);
            degree = degree.saturating_add(term.degree().saturating_mul(times));
            size += (term.log2_size() + (term.terms.len() as f64).log2()) * count as f64;
            step = step.gcd_with(&term.step());
            span += term.span() * BigInt::from(count);
        }
        check(choices.min(step.points(&span)), degree, size)
    }

    /// The n-fold convolution with itself, `n >= 1`.
    pub(super) fn power(&self, n: u64) -> Result<Self> {
        let step = self.step();
        let points = step.points(&(self.span() * BigInt::from(n)));
        let choices = multisets(self.terms.len() as u64, n);
        let pairs = choices.saturating_mul(n);
        let degree = (self.degree() as u64).saturating_mul(n);
        let order = (self.order as u64).saturating_mul(n).saturating_add(n - 1);
        let (Ok(degree), Ok(order)) = (usize::try_from(degree), usize::try_from(order)) else {
            return Err(Error::limit(format!("the {n}-fold sum has a degree of {order}, over 2^64")));
        };
        let size = (self.log2_size() + (self.terms.len() as f64).log2()) * n as f64;
        check(points.min(choices), degree, size)?;
        if points <= pairs {
            limit::check_work(points as f64 * (degree as f64 + 1.0) * limbs(size))?;
            let power = self.on_lattice(&step).try_pow(n)?;
            let first = self.first() * BigInt::from(n - 1);
            return Ok(self.from_lattice(order, &first, &step, power, ZZ.pow(&self.denominator, n)));
        }
        limit::check_work(pairs as f64 * (degree as f64 + 1.0) * limbs(size))?;
        let mut power = self.clone();
        for _ in 1..n {
            power = power.convolved(self)?;
        }
        Ok(power)
    }

    /// The sum of multiples.
    pub(super) fn combination<'a>(
        parts: impl Iterator<Item = (BigRational, &'a Self)> + Clone,
    ) -> Result<Self> {
        let order = parts.clone().map(|(_, f)| f.order).min().unwrap_or(0);
        let denominator = parts.clone().fold(BigInt::one(), |d, (p, f)| d.lcm(&(p.denom() * &f.denominator)));
        let knots = parts.clone().map(|(_, f)| f.terms.len() as u64).sum();
        let degree = parts.clone().map(|(_, f)| f.order - order + f.degree()).max().unwrap_or(0);
        let size = parts.clone().map(|(_, f)| f.log2_size()).fold(0.0, f64::max);
        check(knots, degree, size + denominator.bits() as f64)?;
        let mut sums = BTreeMap::<BigRational, Poly<Integers>>::new();
        for (p, f) in parts {
            let factor = p.numer() * (&denominator / (p.denom() * &f.denominator));
            for (knot, c) in &f.terms {
                let part = c.try_scale(&factor)?.try_mul_x_pow((f.order - order) as u64)?;
                let sum = sums.entry(knot.clone()).or_insert_with(|| Poly::zero(ZZ));
                *sum = sum.try_add(&part)?;
            }
        }
        Ok(Self::reduced(order, sums.into_iter().collect(), denominator))
    }

    /// `f(x - distance)`.
    pub(super) fn shifted(mut self, distance: &BigRational) -> Self {
        for (knot, _) in &mut self.terms {
            *knot += distance;
        }
        self
    }

    /// `f(x/r)/|r|`, for a function that vanishes on both sides: `(x/r - a)^k/r = (x - r*a)^k/r^(k+1)`, and where `r` is negative, `y_+^k` and
    /// `-(-1)^k*(-y)_+^k` differ by a whole power, of which the sum vanishes.
    pub(super) fn scaled(&self, r: &BigRational) -> Self {
        let degree = self.degree();
        // Over the common denominator p^(order + degree + 1) of all powers of 1/r = q/p.
        let (p, q) = (r.numer(), r.denom());
        let power = |base: &BigInt, k: usize| ZZ.pow(base, k as u64);
        let factors: Vec<BigInt> =
            (0..=degree).map(|k| power(q, self.order + k + 1) * power(p, degree - k)).collect();
        let denominator = &self.denominator * power(p, self.order + degree + 1);
        let sign = if denominator.is_negative() { -BigInt::one() } else { BigInt::one() };
        let scale = |c: &Poly<Integers>| {
            Poly::from_vec(ZZ, c.iter().zip(&factors).map(|(c, factor)| c * factor * &sign).collect())
        };
        let mut terms: Vec<_> = self.terms.iter().map(|(knot, c)| (knot * r, scale(c))).collect();
        if r.is_negative() {
            terms.reverse();
        }
        Self::reduced(self.order, terms, denominator.abs())
    }

    /// The value at `x`: right of a jump when `right`, else left of it.
    ///
    /// Over one denominator: with `x - a = p/q` for all knots, `p^order * sum of c[k]*p^k*w[k]` for each.
    pub(super) fn value(&self, x: &BigRational, right: bool) -> BigRational {
        let q = self.knots().fold(x.denom().clone(), |q, knot| q.lcm(knot.denom()));
        let (weights, denominator) = self.weights(&q);
        let mut sum = BigInt::ZERO;
        for (knot, c) in self.terms.iter().take_while(|(knot, _)| if right { knot <= x } else { knot < x }) {
            let distance = x - knot;
            let p = distance.numer() * (&q / distance.denom());
            let inner = c.iter().zip(&weights).rev().fold(BigInt::ZERO, |sum, (c, w)| sum * &p + c * w);
            sum += inner * ZZ.pow(&p, self.order as u64);
        }
        numbers::fraction(sum, &denominator)
    }

    /// The moment `integral of x^m*f(x)`, for a function that vanishes on both sides.
    ///
    /// The transform is `sum of (-s)^m/m! * moment`, and the powers of `s` below 0 cancel: in `e^(-a*s)*u^(k+1)` that of `s^m` is
    /// `(-a)^(m+k+1)/(m+k+1)!`.
    pub(super) fn moment(&self, m: usize) -> Result<BigRational> {
        let q = self.knots().fold(BigInt::one(), |q, knot| q.lcm(knot.denom()));
        let exponent = m.saturating_add(self.order + self.degree() + 1) as f64;
        let bits = self.log2_size() + exponent * (self.farthest(&q) as f64 + exponent.log2());
        limit::check(1, bits as u64)?;
        limit::check_work(self.terms.len() as f64 * limbs(bits) * (bits + 2.0).log2())?;
        let raised = TruncatedPowers { order: self.order + m + 1, ..self.clone() };
        let (weights, denominator) = raised.weights(&q);
        let mut sum = BigInt::ZERO;
        for (knot, c) in &self.terms {
            let p = -(knot.numer() * (&q / knot.denom()));
            let inner = c.iter().zip(&weights).rev().fold(BigInt::ZERO, |sum, (c, w)| sum * &p + c * w);
            sum += inner * ZZ.pow(&p, raised.order as u64);
        }
        let moment = numbers::fraction(sum * factorial(m as u64), &denominator);
        Ok(if m % 2 == 1 { -moment } else { moment })
    }

    /// The polynomials between the knots.
    ///
    /// Over one denominator, in `y = q*x` for knots with the common denominator `q`, they are sums of Taylor shifts of integer polynomials.
    pub(super) fn to_piecewise(&self) -> Result<Piecewise> {
        let q = self.knots().fold(BigInt::one(), |q, knot| q.lcm(knot.denom()));
        let (weights, denominator) = self.weights(&q);
        let top = self.order + self.degree();
        let growth = (self.farthest(&q) + 1) as f64 * top as f64;
        check(self.terms.len() as u64, top, growth + self.log2_size() + denominator.bits() as f64)?;
        // A Taylor shift, and a division by each prime of the factorial for lowest terms.
        let (shift, primes) = ((top as f64 + 2.0).log2(), top as f64 / (top as f64 + 2.0).ln());
        let per_piece = (top + 1) as f64 * limbs(growth) * (shift + primes);
        limit::check_work(self.terms.len() as f64 * per_piece)?;
        // Factorials have small primes only.
        let reducer = Reducer::new(&denominator);
        let mut sum = Poly::zero(ZZ);
        let mut pieces = vec![Poly::zero(QQ)];
        for (knot, c) in &self.terms {
            let scaled: Vec<_> = c.iter().zip(&weights).map(|(c, w)| c * w).collect();
            let place = -(knot.numer() * (&q / knot.denom()));
            let jump = match &scaled[..] {
                [c] => power_of_binomial(c, &place, self.order),
                _ => {
                    let jump = Poly::from_vec(ZZ, scaled).try_mul_x_pow(self.order as u64)?;
                    jump.try_taylor_shift(&place)?
                }
            };
            sum = sum.try_add(&jump)?;
            let mut power = BigInt::one();
            let fractions = sum.iter().map(|c| {
                let c = c * &power;
                power *= &q;
                reducer.fraction(&c)
            });
            pieces.push(Poly::from_vec(QQ, fractions.collect()));
        }
        Piecewise::try_new(self.knots().cloned().collect(), pieces)
    }

    /// `(w, d)` with `c[k]/denominator * t^(order + k)/(order + k)! = c[k]*w[k]*(q*t)^(order + k)/d`.
    fn weights(&self, q: &BigInt) -> (Vec<BigInt>, BigInt) {
        let degree = self.degree();
        let mut weights = vec![BigInt::one(); degree + 1];
        for k in (0..degree).rev() {
            weights[k] = &weights[k + 1] * q * (self.order + k + 1);
        }
        let factorial = factorial(self.order as u64);
        // w[0] is q^degree times the rest of the factorial.
        let denominator = &self.denominator * factorial * &weights[0] * ZZ.pow(q, self.order as u64);
        (weights, denominator)
    }

    /// The largest exponent above `order`.
    fn degree(&self) -> usize {
        self.terms.iter().filter_map(|(_, c)| c.degree()).max().unwrap_or(0)
    }

    /// An upper bound of log2 of numerators and the denominator together.
    fn log2_size(&self) -> f64 {
        let height = self.terms.iter().map(|(_, c)| c.height_bits()).max().unwrap_or(0);
        (height + self.denominator.bits()) as f64
    }

    /// The number of bits of the knots as multiples of `1/q`.
    fn farthest(&self, q: &BigInt) -> u64 {
        self.knots().map(|knot| knot.numer().bits() + q.bits() - knot.denom().bits() + 1).max().unwrap_or(0)
    }

    fn first(&self) -> &BigRational {
        &self.terms[0].0
    }

    fn span(&self) -> BigRational {
        &self.terms[self.terms.len() - 1].0 - self.first()
    }

    fn step(&self) -> Step {
        self.knots().fold(Step(BigRational::zero()), |step, knot| step.gcd_with(&Step(knot - self.first())))
    }

    /// The polynomial in `z` over Z\[u\] on a lattice that has all knots.
    fn on_lattice(&self, step: &Step) -> Poly<PolyRing<Integers>> {
        let points = step.points(&self.span()) as usize;
        let mut slots = vec![Poly::zero(ZZ); points];
        for (knot, c) in &self.terms {
            slots[step.points(&(knot - self.first())) as usize - 1] = c.clone();
        }
        Poly::from_vec(PolyRing::new(ZZ, "u"), slots)
    }

    /// The terms of a polynomial in `z`, the first at the sum of two knots.
    fn from_lattice(
        &self,
        order: usize,
        first: &BigRational,
        step: &Step,
        f: Poly<PolyRing<Integers>>,
        denominator: BigInt,
    ) -> Self {
        let first = self.first() + first;
        let knot = |k: usize| &first + &step.0 * BigInt::from(k);
        let terms =
            f.into_iter().enumerate().filter(|(_, c)| !c.is_zero()).map(|(k, c)| (knot(k), c)).collect();
        Self::reduced(order, terms, denominator)
    }
}

/// The distance of neighbours on a lattice, or 0 for a single point.
struct Step(BigRational);

impl Step {
    /// The coarsest lattice that has both.
    fn gcd_with(&self, other: &Self) -> Self {
        Step(QQ.gcd(&self.0, &other.0))
    }

    /// The number of points of an interval that has both its ends on the lattice; 2^64 - 1 stands for all larger ones.
    fn points(&self, span: &BigRational) -> u64 {
        if self.0.is_zero() {
            return 1;
        }
        (span / &self.0).to_integer().to_u64().unwrap_or(u64::MAX).saturating_add(1)
    }
}

/// The number of ways to choose `n` of `k` things, any of them any number of times, up to 2^64 - 1.
fn multisets(k: u64, n: u64) -> u64 {
    let mut count = 1u128;
    for i in 1..u128::from(k) {
        count = count * (u128::from(n) + i) / i;
        if count > u128::from(u64::MAX) {
            return u64::MAX;
        }
    }
    count as u64
}

fn limbs(bits: f64) -> f64 {
    bits / 64.0 + 1.0
}

/// `c*(y + a)^n`, each coefficient from the one above it.
fn power_of_binomial(c: &BigInt, a: &BigInt, n: usize) -> Poly<Integers> {
    let mut coefficients = vec![BigInt::ZERO; n + 1];
    let mut value = c.clone();
    for (k, slot) in coefficients.iter_mut().enumerate().rev() {
        slot.clone_from(&value);
        value = value * a * k / (n - k + 1);
    }
    Poly::from_vec(ZZ, coefficients)
}

/// Refuses polynomials at so many knots when they are over the limit together.
fn check(knots: u64, degree: usize, bits: f64) -> Result<()> {
    let coefficients = knots.saturating_mul((degree as u64).saturating_add(1));
    let bits = bits.ceil() as u64;
    limit::check(coefficients, bits.saturating_add(8 * size_of::<BigInt>() as u64)).map_err(|_| {
        Error::limit(format!(
            "the density would have {knots} knots and there polynomials of degree {degree} with coefficients of up to {bits} bits, over the limit of {} bits in all",
            limit::result_bits()
        ))
    })
}
