//! Algorithms over Z and Q that compute modulo word primes and put the images together.
//!
//! They stand apart from the generic ones because over Z what comes up on the way is far larger than operands or results: a remainder
//! sequence, a power series, a fraction at every step. An image has one word whatever happens, and products of images are one transform.
//!
//! - here: operands that are read once, integers from images
//! - [`gcd`]: greatest common divisors; [`extension`]: those over number fields; [`trager`]: norms, and factors from their factors; [`resultant`]; [`cofactors`]: Bézout coefficients over Q
//! - [`division`]: exact quotients, quotients with remainder, pseudo-division
//! - [`points`]: interpolation, shifts of sampling points; [`recurrence`]: the shortest linear recurrence of a sequence
//! - [`series`]: power series over Q
//!
//! # Method
//! As many primes as a bound asks for, or as change something: where a result can be checked, fewer are tried first
//! ([`Schedule`]). The first primes are remaindered together by the engine; where some had to be left out, or there are more of them, on
//! a tree (J. von zur Gathen, J. Gerhard, Modern Computer Algebra, 5.4, 10.3).

pub(super) mod cofactors;
pub(super) mod division;
pub(super) mod extension;
pub(super) mod gcd;
pub(super) mod points;
pub(super) mod recurrence;
pub(super) mod resultant;
pub(super) mod series;
pub(crate) mod trager;

use super::{IntegerImage, PrimeField, engine, flat::log2_euclidean, numbers};
use crate::{
    Result,
    convolution::{images, natural_product},
    integer::{
        IntegerSlice, IntegerVec, WordModulus,
        bigints::{self, Extent},
        limbs::to_biguint,
    },
};
use num_bigint::{BigInt, BigUint};
use num_traits::One;

/// The field that image `i` is over.
pub(super) fn field(i: usize) -> PrimeField {
    PrimeField::of_prime(images::modulus(i))
}

/// A sequence of integers of which images are taken.
pub(super) struct Operand<'a> {
    values: &'a [BigInt],
    extent: Extent,
    /// Missing where a few coefficients are far larger than the others.
    rows: Option<IntegerVec>,
}

impl<'a> Operand<'a> {
    /// # Errors
    /// Kind limit when memory is refused.
    pub(super) fn new(values: &'a [BigInt]) -> Result<Self> {
        let mut words = vec![0; values.len()];
        if let Some(extent) = bigints::write_words(values.iter().map(bigints::parts), &mut words) {
            return Ok(Operand { values, extent, rows: Some(IntegerVec::from_limbs(words, 1)) });
        }
        let extent = Extent::of(values.iter().map(bigints::parts));
        let rows = if engine::fits(&extent) { Some(IntegerVec::try_from_bigints(values)?) } else { None };
        Ok(Operand { values, extent, rows })
    }

    /// Bits of the largest.
    pub(super) fn bits(&self) -> u64 {
        self.extent.bits
    }

    /// In rows, unless those would be far longer than what stands in them.
    pub(super) fn rows(&self) -> Option<IntegerSlice<'_>> {
        self.rows.as_ref().map(IntegerVec::as_slice)
    }

    /// The rows themselves.
    pub(super) fn into_rows(self) -> Option<IntegerVec> {
        self.rows
    }

    /// How to take its images.
    ///
    /// # Errors
    /// Kind unsupported where `MONIC_SIMD` names no back end of this machine.
    pub(super) fn images(&self) -> Result<Images<'_>> {
        let rows = self.rows.as_ref().map(|rows| images::Images::new(rows.as_slice())).transpose()?;
        let sparse = self.rows().is_some_and(|rows| rows.limbs().len() > 2 * self.extent.limbs);
        Ok(Images { values: self.values, rows, sparse })
    }
}

/// The images of an [`Operand`].
pub(super) struct Images<'a> {
    values: &'a [BigInt],
    rows: Option<images::Images<'a>>,
    /// Whether less than half of the rows is more than a sign.
    sparse: bool,
}

impl Images<'_> {
    /// The residues modulo prime `i`, as many as there are coefficients; `None` where that divides the last one.
    pub(super) fn modulo(&self, i: usize) -> Option<Vec<u64>> {
        let residues = self.residues(i);
        residues.last().is_none_or(|&c| c != 0).then_some(residues)
    }

    /// The residues modulo prime `i`.
    pub(super) fn residues(&self, i: usize) -> Vec<u64> {
        match &self.rows {
            // Beyond the first primes rows are reduced limb by limb.
            Some(rows) if i < images::MOST || !self.sparse => rows.modulo(i),
            _ => {
                let n = images::modulus(i);
                self.values.iter().map(|c| n.reduce_bigint(c)).collect()
            }
        }
    }
}

/// Bits of `|f|^n` in the Euclidean norm, rounded up.
pub(super) fn norm_bits(f: &[BigInt], n: usize) -> u64 {
    (log2_euclidean(f) * n as f64).ceil() as u64 + 1
}

/// Images of one sequence of integers modulo different primes.
pub(super) struct Lift {
    /// The primes by their numbers, ascending.
    primes: Vec<usize>,
    residues: Vec<Vec<u64>>,
    /// The base-2 logarithm of the product of the primes, from below.
    logarithm: f64,
}

impl Lift {
    pub(super) fn new() -> Self {
        Lift { primes: Vec::new(), residues: Vec::new(), logarithm: 0.0 }
    }

    /// Takes an image in; those of all primes have the same length.
    pub(super) fn push(&mut self, prime: usize, residues: Vec<u64>) {
        self.primes.push(prime);
        self.residues.push(residues);
        // Less by far more than what is rounded.
        self.logarithm += (images::modulus(prime).modulus() as f64).log2() - 1e-9;
    }

    /// How many images there are.
    pub(super) fn len(&self) -> usize {
        self.primes.len()
    }

    /// How many residues an image has.
    pub(super) fn width(&self) -> usize {
        self.residues.first().map_or(0, Vec::len)
    }

    /// Forgets all images.
    pub(super) fn clear(&mut self) {
        *self = Self::new();
    }

    /// The product of the primes.
    pub(super) fn modulus(&self) -> BigUint {
        self.primes.iter().map(|&i| BigUint::from(images::modulus(i).modulus())).product()
    }

    /// Bits of absolute values that all images determine: a quarter of the product of the primes is larger.
    pub(super) fn bits(&self) -> u64 {
        (self.logarithm - 2.0).max(0.0) as u64
    }

    /// Integers with the first `n` images: the closest to zero where those are below a quarter of the product of the primes, and below the
    /// product otherwise.
    ///
    /// # Errors
    /// Kind limit when memory is refused.
    pub(super) fn integers(&self, n: usize) -> Result<Vec<BigInt>> {
        let (primes, residues) = (&self.primes[..n], &self.residues[..n]);
        if let ([prime], [residues]) = (primes, residues) {
            let field = field(*prime);
            return Ok(residues.iter().map(|c| field.lift_centred(c)).collect());
        }
        if n <= images::MOST && primes.iter().enumerate().all(|(i, &prime)| i == prime) {
            let views: Vec<&[u64]> = residues.iter().map(Vec::as_slice).collect();
            // Below the product of the primes, whatever the images are.
            let width = images::width(n);
            return Ok(images::lift(&views, width)?.to_bigints());
        }
        on_a_tree(primes, residues)
    }

    /// The images of some coefficients alone.
    pub(super) fn part(&self, coefficients: &[usize]) -> Lift {
        let of_one = |residues: &Vec<u64>| coefficients.iter().map(|&k| residues[k]).collect();
        let residues = self.residues.iter().map(of_one).collect();
        Lift { primes: self.primes.clone(), residues, logarithm: self.logarithm }
    }

    /// Whether integers have image `k`, which they were not made from.
    pub(super) fn confirms(&self, k: usize, values: &[BigInt]) -> bool {
        let n = images::modulus(self.primes[k]);
        values.iter().zip(&self.residues[k]).all(|(value, &c)| n.reduce_bigint(value) == c)
    }

    /// Whether the last image of some coefficients follows from the images before it: then all of them are worth a look.
    ///
    /// # Errors
    /// Kind limit when memory is refused.
    pub(super) fn is_settled(&self, coefficients: &[usize]) -> Result<bool> {
        let sample = self.part(coefficients);
        let n = self.len();
        Ok(n > 1 && sample.confirms(n - 1, &sample.integers(n - 1)?))
    }
}

/// Primes whose images are put together in words before long products begin.
const GROUP: usize = 32;
/// Limbs of their product, which the sum of residues and cofactors is below `GROUP` times.
const GROUP_LIMBS: usize = (49 * GROUP).div_ceil(64) + 1;

/// Up to [`GROUP`] primes.
struct Group {
    moduli: Vec<WordModulus>,
    product: BigUint,
    /// What a residue is multiplied by: the inverse of all other primes of the whole modulus.
    factors: Vec<u64>,
    /// Limb by limb: of the product over every prime.
    cofactors: Vec<u64>,
}

impl Group {
    /// Groups of primes, in their order; their factors are not there yet.
    fn all(primes: &[usize]) -> Vec<Group> {
        let group = |primes: &[usize]| {
            let moduli: Vec<WordModulus> = primes.iter().map(|&i| images::modulus(i)).collect();
            let product: BigUint = moduli.iter().map(|n| BigUint::from(n.modulus())).product();
            let mut cofactors = vec![0; GROUP_LIMBS * moduli.len()];
            for (i, n) in moduli.iter().enumerate() {
                for (t, limb) in (&product / n.modulus()).iter_u64_digits().enumerate() {
                    cofactors[t * moduli.len() + i] = limb;
                }
            }
            Group { moduli, product, factors: Vec::new(), cofactors }
        };
        primes.chunks(GROUP).map(group).collect()
    }

    /// The factors, where `rest` is congruent to the product of the primes of all other groups.
    fn factorise(&mut self, rest: &BigUint) -> Result<()> {
        let Group { moduli, product, factors, .. } = self;
        for n in moduli.iter() {
            let own = n.reduce_biguint(&(&*product / n.modulus()));
            factors.push(n.inverse(n.mul(own, n.reduce_biguint(rest)))?);
        }
        Ok(())
    }

    /// `sum of residue*factor*(product/p)`, each residue times its factor reduced.
    fn sum(&self, residues: &[Vec<u64>], k: usize) -> BigUint {
        let mut scaled = [0; GROUP];
        for (((s, n), r), &factor) in scaled.iter_mut().zip(&self.moduli).zip(residues).zip(&self.factors) {
            *s = n.mul(r[k], factor);
        }
        let mut limbs = [0; GROUP_LIMBS];
        // Sums of so many products of 49 and 64 bits are below 2^118.
        let mut sum = 0u128;
        for (limb, cofactors) in limbs.iter_mut().zip(self.cofactors.chunks_exact(self.moduli.len())) {
            for (&s, &c) in scaled.iter().zip(cofactors) {
                sum += u128::from(s) * u128::from(c);
            }
            *limb = sum as u64;
            sum >>= 64;
        }
        to_biguint(&limbs)
    }
}

/// `a` modulo `n`.
fn remainder(a: BigUint, n: &BigUint) -> BigUint {
    numbers::div_rem(&a.into(), &n.clone().into()).1.into_parts().1
}

/// The integers closest to zero, for any primes: sums of `c*M/p` with `c = residue/(M/p)` modulo `p`, those of a group in words, and then on a tree of pairs of sums and
/// products.
fn on_a_tree(primes: &[usize], residues: &[Vec<u64>]) -> Result<Vec<BigInt>> {
    let mut groups = Group::all(primes);
    // Products, level by level; the last one is that of all primes.
    let mut products: Vec<Vec<BigUint>> = vec![groups.iter().map(|group| group.product.clone()).collect()];
    while let Some(last) = products.last().filter(|last| last.len() > 1) {
        let next = last
            .chunks(2)
            .map(|pair| if let [x, y] = pair { natural_product(x, y) } else { pair[0].clone() })
            .collect();
        products.push(next);
    }
    let Some(modulus) = products.pop().and_then(|mut level| level.pop()) else { return Ok(Vec::new()) };
    // The products of all other primes, modulo those below: from a pair to its two.
    let mut rests = vec![BigUint::one()];
    for level in products.iter().rev() {
        let of_one = |(i, own): (usize, &BigUint)| {
            let rest = &rests[i / 2];
            match level.get(i ^ 1) {
                Some(other) => remainder(natural_product(rest, other), own),
                None => rest.clone(),
            }
        };
        rests = level.iter().enumerate().map(of_one).collect();
    }
    groups.iter_mut().zip(&rests).try_for_each(|(group, rest)| group.factorise(rest))?;
    let half = &modulus >> 1u8;
    (0..residues[0].len())
        .map(|k| {
            let mut sums: Vec<BigUint> =
                groups.iter().zip(residues.chunks(GROUP)).map(|(group, part)| group.sum(part, k)).collect();
            for level in &products {
                sums = sums
                    .chunks(2)
                    .zip(level.chunks(2))
                    .map(|(sums, moduli)| match (sums, moduli) {
                        ([x, y], [m, n]) => natural_product(x, n) + natural_product(y, m),
                        _ => sums[0].clone(),
                    })
                    .collect();
            }
            let value = &sums[0] % &modulus;
            Ok(if value > half { BigInt::from(value) - BigInt::from(modulus.clone()) } else { value.into() })
        })
        .collect()
}

/// After how many images a result is looked at: 1, 2, 3, 4, 6, 9, 13, ..., each half as many again.
pub(super) struct Schedule(usize);

impl Schedule {
    pub(super) fn new() -> Self {
        Schedule(1)
    }

    /// Whether to look now, with so many.
    pub(super) fn is_due(&mut self, images: usize) -> bool {
        let due = images >= self.0;
        if due {
            self.0 = images + images / 2 + usize::from(images < 2);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Over the first primes, over others, and over more than the engine remainders together.
    #[test]
    fn lifts() {
        for primes in
            [vec![3], vec![0, 1, 2], vec![0, 2], (1..40).collect::<Vec<_>>(), (0..images::MOST + 3).collect()]
        {
            let mut bound = Lift::new();
            primes.iter().for_each(|&i| bound.push(i, Vec::new()));
            let bits = bound.bits();
            let product: BigInt =
                primes.iter().map(|&i| BigInt::from(images::modulus(i).modulus())).product();
            assert!((product.bits() - 4..product.bits() - 1).contains(&bits), "{bits} of {}", product.bits());
            let top = (BigInt::from(1) << bits) - 1;
            let values: Vec<BigInt> =
                (0..6).map(|k| (&top >> (k * bits / 5)) * (1 - 2 * (k % 2) as i32)).collect();
            let operand = Operand::new(&values).unwrap();
            let images = operand.images().unwrap();
            let mut lift = Lift::new();
            for &i in &primes {
                let n = images::modulus(i);
                let residues: Vec<u64> = values.iter().map(|v| n.reduce_bigint(v)).collect();
                assert_eq!(images.modulo(i).unwrap_or_else(|| residues.clone()), residues);
                lift.push(i, residues);
            }
            assert_eq!(lift.integers(primes.len()).unwrap(), values, "{} primes", primes.len());
            assert!(lift.confirms(0, &values));
        }
        let mut schedule = Schedule::new();
        let due: Vec<usize> = (1..20).filter(|&n| schedule.is_due(n)).collect();
        assert_eq!(due, [1, 2, 3, 4, 6, 9, 13, 19]);
    }
}
