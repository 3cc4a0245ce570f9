//! Norms of polynomials over a number field and factors from the factors of norms, by images: the two long steps of B. M. Trager's algorithm
//! (SYMSAC '76).
//!
//! They stand apart from factoring, which decides what to compute, because here is nothing but arithmetic modulo primes.
//!
//! # Method
//! The norm of `f(x - s*a)` is a resultant with the modulus. Modulo a prime it is evaluated at as many points as it has coefficients, and interpolated;
//! a bound on its coefficients, the product of the sums of absolute values in the rows of Sylvester's matrix, says how many primes
//! determine it. A factor of `f` is what it has in common with a factor of the norm at `x + s*a`, whose remainder modulo `f` is all that is
//! needed; degrees are known beforehand, so that an unlucky prime is seen, and the product of all factors, once reconstructed, is compared with `f`.
//!
//! # Invariants
//! The generator is integral: the modulus is monic with integers as coefficients. Polynomials are [`Integral`]: numerators over one denominator.

use super::{Lift, Operand, Schedule, extension, field};
use crate::convolution::images;
use crate::progress;
use crate::ring::generic::{self, composition, divisor::Divisor};
use crate::ring::norm::{log2, of_integers};
use crate::ring::{Domain, ExtensionField, PrimeField, Rationals, Ring};
use crate::{Error, ErrorKind, Result};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Signed};

/// A monic polynomial over the field: `degree` coordinates of integers a coefficient, over a positive denominator, which is the last coefficient.
pub(crate) struct Integral {
    /// The degree of the field.
    pub(crate) degree: usize,
    /// The modulus of the field, ascending, monic.
    pub(crate) modulus: Vec<BigInt>,
    /// The coordinates of all coefficients one after the other.
    pub(crate) numerators: Vec<BigInt>,
    /// The denominator.
    pub(crate) denominator: BigInt,
}

impl Integral {
    /// The degree of the polynomial.
    fn len(&self) -> usize {
        self.numerators.len() / self.degree - 1
    }

    /// Bits that no coefficient of the norm of `f(x - s*a)` exceeds, times the power of the denominator that makes it integral.
    fn norm_bits(&self, s: i64) -> u64 {
        let (mut sum, mut height) = (BigUint::ZERO, 0);
        for (i, c) in self.numerators.chunks(self.degree).enumerate() {
            let absolute: BigUint = c.iter().map(|c| c.magnitude()).sum();
            sum += absolute * BigUint::from(s.unsigned_abs() + 1).pow(i as u32);
            let top = c.iter().rposition(|c| c.bits() > 0).unwrap_or(0);
            height = height.max(top + if s == 0 { 0 } else { i });
        }
        let modulus = of_integers(&self.modulus) * height as f64;
        (modulus + log2(&sum) * self.degree as f64).ceil() as u64 + 2
    }
}

/// Residues as elements.
fn elements(residues: &[u64], degree: usize) -> Vec<Vec<u64>> {
    let trimmed = |c: &[u64]| {
        let len = c.iter().rposition(|&x| x != 0).map_or(0, |k| k + 1);
        c[..len].to_vec()
    };
    residues.chunks(degree).map(trimmed).collect()
}

/// The modulus of the field modulo a prime.
fn image_of_modulus(f: &Integral, prime: &PrimeField) -> Vec<u64> {
    f.modulus.iter().map(|c| prime.word_modulus().reduce_bigint(c)).collect()
}

/// The norm modulo a prime, from the coefficients of `f` there: as many coefficients as its degree asks for, the last ones zero where the denominator is.
fn norm_image(ring: &ExtensionField<PrimeField>, f: &[Vec<u64>], s: i64) -> Result<Vec<u64>> {
    let prime = ring.base();
    let n = prime.word_modulus();
    let count = (f.len() - 1) * ring.degree() + 1;
    let points: Vec<u64> = (0..count as u64).collect();
    let mut values = Vec::with_capacity(count);
    for &t in &points {
        let at = ring.element([t, n.neg(n.reduce_i64(s))]);
        let value = generic::horner(ring, f, &at)?;
        values.push(prime.poly_resultant(ring.modulus_coefficients(), &value)?);
    }
    prime.interpolate(&points, &values)
}

/// Whether the norm of `f(x - s*a)` is square-free: `true` is certain, `false` may be the fault of the primes, which are others at each attempt.
pub(crate) fn has_squarefree_norm(f: &Integral, s: i64, attempt: usize) -> Result<bool> {
    let operand = Operand::new(&f.numerators)?;
    let taken = operand.images()?;
    // The second prime is for one that divides what it should not; those that divide the denominator tell nothing.
    let usable = |i: &usize| field(*i).word_modulus().reduce_bigint(&f.denominator) != 0;
    for i in (0..images::COUNT).filter(usable).skip(2 * attempt).take(2) {
        let prime = field(i);
        let ring = ExtensionField::assume_irreducible(prime, &image_of_modulus(f, &prime), "a")?;
        let norm = norm_image(&ring, &elements(&taken.residues(i), f.degree), s)?;
        let mut derivative: Vec<u64> =
            norm.iter().zip(0u64..).skip(1).map(|(c, k)| prime.mul(c, &k)).collect();
        generic::trim(&prime, &mut derivative);
        if prime.poly_gcd(&norm, &derivative)?.len() == 1 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The norm of `f(x - s*a)`, a multiple by an integer.
pub(crate) fn norm(f: &Integral, s: i64) -> Result<Vec<BigInt>> {
    let operand = Operand::new(&f.numerators)?;
    let taken = operand.images()?;
    let bits = f.norm_bits(s);
    let len = f.len() * f.degree + 1;
    let mut lift = Lift::new();
    for i in 0..images::COUNT {
        progress::report("computing the norm", lift.bits().min(bits), bits)?;
        let prime = field(i);
        let ring = ExtensionField::assume_irreducible(prime, &image_of_modulus(f, &prime), "a")?;
        let mut image = norm_image(&ring, &elements(&taken.residues(i), f.degree), s)?;
        image.resize(len, 0);
        lift.push(i, image);
        if lift.bits() > bits {
            return lift.integers(lift.len());
        }
    }
    Err(Error::limit(format!("the norm of a polynomial has {bits} bits, more than all primes determine")))
}

/// The factors of `f` that belong to the factors of the norm of `f(x - s*a)`, which is square-free: coordinates, `degree` a coefficient, all but the last coefficient,
/// which is 1.
pub(crate) fn factors(f: &Integral, s: i64, norms: &[Vec<BigInt>]) -> Result<Vec<Vec<BigRational>>> {
    let operand = Operand::new(&f.numerators)?;
    let taken = operand.images()?;
    let modulus: Vec<BigRational> = f.modulus.iter().map(|c| c.clone().into()).collect();
    let degrees: Vec<usize> = norms.iter().map(|norm| (norm.len() - 1) / f.degree).collect();
    let mut lifts: Vec<Lift> = norms.iter().map(|_| Lift::new()).collect();
    let mut schedule = Schedule::new();
    for i in 0..images::COUNT {
        let Some(ring) = extension::image_field(&modulus, i)? else { continue };
        let n = *ring.base().word_modulus();
        let Ok(scale) = n.inverse(n.reduce_bigint(&f.denominator)) else { continue };
        let residues: Vec<u64> = taken.residues(i).iter().map(|&c| n.mul(c, scale)).collect();
        let image = elements(&residues, f.degree);
        let found = match images_of_factors(&ring, &image, s, norms) {
            Ok(found) => found,
            // A zero divisor.
            Err(error) if error.kind() == ErrorKind::Undefined => continue,
            Err(error) => return Err(error),
        };
        if found.iter().zip(&degrees).any(|(factor, degree)| factor.len() != degree + 1) {
            continue;
        }
        for (lift, factor) in lifts.iter_mut().zip(found) {
            let padded = factor[..factor.len() - 1]
                .iter()
                .flat_map(|c| c.iter().copied().chain(std::iter::repeat_n(0, f.degree - c.len())));
            lift.push(i, padded.collect());
        }
        let count = lifts[0].len();
        progress::report("lifting factors over the field", count as u64, count as u64 + 1)?;
        if count < 2 || !schedule.is_due(count) {
            continue;
        }
        let mut values = Vec::with_capacity(lifts.len());
        for lift in &lifts {
            match extension::fractions(lift, count - 1)? {
                Some(factor) => values.push(factor),
                None => break,
            }
        }
        if values.len() == lifts.len() && is_product(f, &values)? {
            return Ok(values);
        }
    }
    Err(Error::limit("factors over a number field that more than all primes determine"))
}

/// `gcd(f, norm(x + s*a))` for each of the norms.
fn images_of_factors(
    ring: &ExtensionField<PrimeField>,
    f: &[Vec<u64>],
    s: i64,
    norms: &[Vec<BigInt>],
) -> Result<Vec<Vec<Vec<u64>>>> {
    let n = ring.base().word_modulus();
    let divisor = Divisor::new(ring, f)?;
    let shifted = [ring.element([0, n.reduce_i64(s)]), ring.one()];
    let of_one = |norm: &Vec<BigInt>| {
        let coefficients: Vec<Vec<u64>> = norm.iter().map(|c| ring.constant(n.reduce_bigint(c))).collect();
        let value = composition::modular(&coefficients, &shifted, &divisor)?;
        ring.poly_gcd(f, &value)
    };
    norms.iter().map(of_one).collect()
}

/// Whether the product of monic polynomials is `f`.
fn is_product(f: &Integral, factors: &[Vec<BigRational>]) -> Result<bool> {
    let modulus: Vec<BigRational> = f.modulus.iter().map(|c| c.clone().into()).collect();
    let field = ExtensionField::assume_irreducible(Rationals, &modulus, "a")?;
    let monic = |coordinates: &Vec<BigRational>| {
        let mut poly: Vec<Vec<BigRational>> =
            coordinates.chunks(f.degree).map(|c| field.element(c.iter().cloned())).collect();
        poly.push(field.one());
        poly
    };
    let product = generic::products::product(&field, factors.iter().map(monic).collect())?;
    debug_assert!(f.denominator.is_positive());
    let expected = f
        .numerators
        .chunks(f.degree)
        .map(|c| field.element(c.iter().map(|c| BigRational::new(c.clone(), f.denominator.clone()))));
    Ok(product.len() == f.len() + 1 && product.into_iter().eq(expected))
}

/// A monic polynomial of a number field with numerators over one denominator, in the generator `d*a` that is integral, and `d`.
pub(crate) fn integral(
    field: &ExtensionField<Rationals>,
    f: &[Vec<BigRational>],
) -> Result<(Integral, BigInt)> {
    let degree = field.degree();
    let (_, d) = crate::ring::numbers::cleared(field.modulus_coefficients())?;
    let mut powers = vec![BigInt::one()];
    while powers.len() <= degree {
        powers.push(&powers[powers.len() - 1] * &d);
    }
    let modulus = field.modulus_coefficients().iter().zip(powers.iter().rev());
    let modulus = modulus.map(|(c, power)| c.numer() * power / c.denom()).collect();
    let coordinate =
        |c: &Vec<BigRational>, j: usize| c.get(j).map_or_else(|| BigInt::ZERO.into(), |c| c / &powers[j]);
    let flat: Vec<BigRational> =
        f.iter().flat_map(|c| (0..degree).map(move |j| (c, j))).map(|(c, j)| coordinate(c, j)).collect();
    let (numerators, denominator) = crate::ring::numbers::cleared(&flat)?;
    Ok((Integral { degree, modulus, numerators, denominator }, d))
}
