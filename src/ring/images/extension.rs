//! Greatest common divisors over a number field Q(a), by images.
//!
//! It stands apart from [`gcd`](super::gcd) because an image is over Z/p\[a\]/(M), which is a field for few primes or none, and because the gcd is
//! monic, with fractions as coordinates.
//!
//! # Method
//! Euclid's algorithm modulo a prime `p` and M; the images are combined by Chinese remaindering, the coordinates are reconstructed as fractions, and
//! what divides both operands is the gcd (L. Langemyr, S. McCallum, J. Symb. Comp. 8, 1989; M. J. Encarnación, J. Symb. Comp. 20, 1995). A prime is left
//! out where it divides a denominator, where a leading coefficient or M loses its degree, where M is not square-free modulo `p`, and where an
//! inverse does not exist. Why no image has too low a degree: let M be square-free modulo `p`. Then the integers of Q(a) that are integral at `p` are
//! Z_(p)\[a\]/(M), so by Gauss's lemma the monic gcd, which divides a polynomial with integral coefficients and a unit as the leading one, has integral coefficients,
//! and its image divides both images.

use super::{Images, Lift, Operand, Schedule, field};
use crate::convolution::images;
use crate::integer::{WordModulus, rational_reconstruct};
use crate::ring::{ExtensionField, PrimeField, Rationals, Ring, generic, numbers};
use crate::{ErrorKind, Result};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::Zero;

/// An element of a number field.
type Element = Vec<BigRational>;

/// Polynomials of which images are taken: the coordinates of all coefficients one after the other, over no denominator. What a multiple by an integer changes,
/// a gcd does not.
struct Numerators {
    values: Vec<BigInt>,
    degree: usize,
}

impl Numerators {
    fn new(f: &[Element], degree: usize) -> Result<Self> {
        let flat: Vec<BigRational> = f
            .iter()
            .flat_map(|c| c.iter().cloned().chain(std::iter::repeat_n(BigRational::zero(), degree - c.len())))
            .collect();
        Ok(Numerators { values: numbers::cleared(&flat)?.0, degree })
    }

    fn operand(&self) -> Result<Operand<'_>> {
        Operand::new(&self.values)
    }

    /// The image modulo prime `i`, as many coefficients as there are.
    fn image(&self, images: &Images<'_>, i: usize) -> Vec<Vec<u64>> {
        let trimmed = |c: &[u64]| {
            let len = c.iter().rposition(|&x| x != 0).map_or(0, |k| k + 1);
            c[..len].to_vec()
        };
        images.residues(i).chunks(self.degree).map(trimmed).collect()
    }
}

/// The ring Z/p\[a\]/(M) for prime `i`; `None` where M has no image, or one with a square.
pub(in crate::ring) fn image_field(
    modulus: &[BigRational],
    i: usize,
) -> Result<Option<ExtensionField<PrimeField>>> {
    let prime = field(i);
    let mut image = Vec::with_capacity(modulus.len());
    for c in modulus {
        match prime.try_from_rational(c.clone()) {
            Ok(c) => image.push(c),
            Err(_) => return Ok(None),
        }
    }
    let derivative: Vec<u64> = image
        .iter()
        .zip(0u64..)
        .skip(1)
        .map(|(c, k)| prime.mul(c, &prime.word_modulus().reduce(k)))
        .collect();
    let mut derivative = derivative;
    generic::trim(&prime, &mut derivative);
    if prime.poly_gcd(&image, &derivative)?.len() > 1 {
        return Ok(None);
    }
    ExtensionField::assume_irreducible(prime, &image, "a").map(Some)
}

/// Fractions with the first `n` images of a lift that has one more, where it confirms them.
pub(super) fn fractions(lift: &Lift, n: usize) -> Result<Option<Vec<BigRational>>> {
    let modulus = lift.modulus_of(n);
    let mut values = Vec::new();
    for residue in lift.integers(n)? {
        match reconstructed(&residue, &modulus) {
            Some(value) => values.push(value),
            None => return Ok(None),
        }
    }
    Ok(lift.confirms_fractions(n, &values).then_some(values))
}

fn reconstructed(residue: &BigInt, modulus: &BigUint) -> Option<BigRational> {
    // Small integers need no division.
    if 2 * residue.bits() + 2 < modulus.bits() {
        return Some(residue.clone().into());
    }
    rational_reconstruct(residue, modulus)
}

/// The monic gcd.
pub(in crate::ring) fn gcd(
    extension: &ExtensionField<Rationals>,
    f: &[Element],
    g: &[Element],
) -> Result<Vec<Element>> {
    if f.len() < 2 || g.len() < 2 {
        return generic::half_gcd::gcd(extension, f, g);
    }
    let k = extension.degree();
    let (x, y) = (Numerators::new(f, k)?, Numerators::new(g, k)?);
    let (x_operand, y_operand) = (x.operand()?, y.operand()?);
    let (x_images, y_images) = (x_operand.images()?, y_operand.images()?);
    let (mut lift, mut schedule, mut len) = (Lift::new(), Schedule::new(), usize::MAX);
    for i in 0..images::COUNT {
        let Some(image) = image_field(extension.modulus_coefficients(), i)? else { continue };
        let (a, b) = (x.image(&x_images, i), y.image(&y_images, i));
        if a.last().is_none_or(Vec::is_empty) || b.last().is_none_or(Vec::is_empty) {
            continue;
        }
        let gcd = match image.poly_gcd(&a, &b) {
            Ok(gcd) => gcd,
            // A zero divisor.
            Err(error) if error.kind() == ErrorKind::Undefined => continue,
            Err(error) => return Err(error),
        };
        if gcd.len() == 1 {
            return Ok(vec![extension.one()]);
        }
        if gcd.len() > len {
            continue;
        }
        if gcd.len() < len {
            // All primes so far were unlucky.
            len = gcd.len();
            lift.clear();
            schedule = Schedule::new();
        }
        let coordinates =
            gcd[..len - 1].iter().flat_map(|c| c.iter().copied().chain(std::iter::repeat_n(0, k - c.len())));
        lift.push(i, coordinates.collect());
        let n = lift.len();
        if n < 2 || !schedule.is_due(n) {
            continue;
        }
        let Some(values) = fractions(&lift, n - 1)? else { continue };
        let mut candidate: Vec<Element> = values
            .chunks(k)
            .map(|c| {
                let mut c = c.to_vec();
                generic::trim(&Rationals, &mut c);
                c
            })
            .collect();
        candidate.push(extension.one());
        if divides(extension, &candidate, f)? && divides(extension, &candidate, g)? {
            return Ok(candidate);
        }
    }
    generic::half_gcd::gcd(extension, f, g)
}

fn divides(extension: &ExtensionField<Rationals>, g: &[Element], f: &[Element]) -> Result<bool> {
    Ok(extension.quo_rem(f, g)?.1.is_empty())
}

impl Lift {
    /// The product of the first `n` primes.
    fn modulus_of(&self, n: usize) -> BigUint {
        self.primes[..n].iter().map(|&i| BigUint::from(images::modulus(i).modulus())).product()
    }

    /// Whether fractions have image `k`, which they were not made from.
    fn confirms_fractions(&self, k: usize, values: &[BigRational]) -> bool {
        let n: WordModulus = images::modulus(self.primes[k]);
        values
            .iter()
            .zip(&self.residues[k])
            .all(|(value, &c)| n.reduce_bigint(value.numer()) == n.mul(n.reduce_bigint(value.denom()), c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::QQ;

    /// Against Euclid's algorithm over the field; conjugates modulo many primes, fractions, a modulus with denominators.
    #[test]
    fn against_euclid() {
        let moduli = [
            QQ.poly([-2, 0, 1]),
            QQ.poly([1, 1, 1]),
            QQ.poly([-2, 0, 0, 1]),
            QQ.poly([(1, 3), (-1, 2), (0, 1), (0, 1), (1, 1)]),
        ];
        for modulus in moduli {
            let k = ExtensionField::assume_irreducible(QQ, modulus.coefficients(), "a").unwrap();
            let value = |i: i64, large: i64| {
                k.element(
                    (0..k.degree() as i64)
                        .map(|j| ((i * i - 7 * j * i + j) % 11 * large + j, 1 + (i * j).rem_euclid(3))),
                )
            };
            for large in [1, 1_000_003, 1 << 55] {
                let part = |from: i64, len: i64| {
                    k.poly((from..from + len).map(|i| value(i, large)).chain([k.one()]))
                };
                let (f, g, h) = (part(1, 3), part(5, 2), part(9, 2));
                let (a, b) = (&f * &h, &g * &h * 5);
                let gcd = gcd(&k, a.coefficients(), b.coefficients()).unwrap();
                assert_eq!(gcd, generic::half_gcd::gcd(&k, a.coefficients(), b.coefficients()).unwrap());
                assert!(h.divides(&a.gcd(&b)));
                assert_eq!(f.gcd(&g), k.poly([1]), "coprime");
                assert_eq!((&a * &a).gcd(&(&a * &h)), &a * &h);
            }
        }
    }
}
