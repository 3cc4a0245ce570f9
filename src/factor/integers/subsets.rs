//! Recombination by trying subsets of the factors modulo `p^k`, the smallest first: for few of them.
//!
//! # Method
//! For a factor `g` of `f`, `G = lc(f)/lc(g) * g` is the product of some of the lifted factors times `lc(f)`, in the symmetric range of a modulus
//! that is more than twice as large as its coefficients (H. Zassenhaus 1969). A subset is looked at only if its degree may be that of a
//! factor; if the second coefficient of `G`, a sum of fractions of the modulus in fixed point, is small enough (the `d-1` test: J.
//! Abbott, V. Shoup, P. Zimmermann, "Factorization in Z[x]: the searching phase", ISSAC 2000); and if the constant coefficient of `G` divides
//! `lc(f)*f(0)`. What is left is divided by. Of a subset and the rest of the factors the one of lower degree is multiplied out.
//!
//! # Proof
//! With a modulus above twice the bound of factors of half the degree of `f`, subsets that are tried in the order of their sizes give irreducible
//! factors. With a smaller one they still give factors, which are irreducible where their degree or a single factor says so, or where their own bound
//! is below the modulus and a second search, among their own factors, finds nothing.

use super::bounds;
use super::lift::Residues;
use super::modular::Degrees;
use crate::ring::Integers;
use crate::{Poly, Result, progress};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

/// So many subsets of one size are tried without their traces: what is tried takes 3 us, and is tried again with a larger modulus.
const MOST_UNTRACED: usize = 128;

/// A factor of the polynomial, and which of the factors modulo the prime are its own.
pub(super) struct Found {
    pub(super) factor: Poly<Integers>,
    pub(super) indices: Vec<usize>,
    /// Whether it is known to be irreducible.
    pub(super) proven: bool,
}

/// The factors that subsets of the lifted factors give; together they are `f`, primitive with positive leading coefficient. While the modulus is small,
/// `all` subsets are too many.
pub(super) fn factors(
    f: &Poly<Integers>,
    lifted: &[&[BigUint]],
    residues: &Residues,
    degrees: &Degrees,
    all: bool,
) -> Result<Vec<Found>> {
    let search = search(f, lifted, residues, degrees, all)?;
    let whole = search.found.len() == 1;
    let mut factors = Vec::with_capacity(search.found.len());
    for (factor, indices) in search.found {
        let degree = factor.len() - 1;
        let simple = indices.len() == 1 || degrees.are_irreducible(degree);
        let bound = bounds::factor(bounds::norm(factor.coefficients()), degree / 2);
        let seen = bound + 2.0 < residues.modulus().bits() as f64 && (search.complete || !whole);
        if simple || whole || !seen {
            factors.push(Found { factor, indices, proven: simple || seen });
            continue;
        }
        let own: Vec<&[BigUint]> = indices.iter().map(|&i| lifted[i]).collect();
        for (factor, places) in self::search(&factor, &own, residues, degrees, true)?.found {
            let indices = places.iter().map(|&place| indices[place]).collect();
            factors.push(Found { factor, indices, proven: true });
        }
    }
    Ok(factors)
}

/// Tries subsets, the smallest first. If not `all` shall be tried, sizes with many subsets are left out where the modulus is so small that traces tell
/// nothing.
fn search<'a>(
    f: &Poly<Integers>,
    lifted: &'a [&'a [BigUint]],
    residues: &'a Residues,
    degrees: &'a Degrees,
    all: bool,
) -> Result<Search<'a>> {
    let mut search = Search {
        found: Vec::new(),
        rest: f.clone(),
        left: (0..lifted.len()).collect(),
        lifted,
        residues,
        degrees,
        complete: true,
    };
    let mut size = 1;
    // The number of subsets of this size.
    let subsets = |n: usize, size: usize| (0..size).fold(1, |count, i| count * (n - i) / (i + 1));
    while 2 * size <= search.left.len() {
        if !all && search.tolerance(size) == u64::MAX && subsets(search.left.len(), size) > MOST_UNTRACED {
            search.complete = false;
            break;
        }
        progress::report("trying products of factors", size as u64, lifted.len() as u64 / 2)?;
        if !search.of_size(size)? {
            size += 1;
        }
    }
    let last = (search.rest.clone(), std::mem::take(&mut search.left));
    search.found.push(last);
    Ok(search)
}

struct Search<'a> {
    /// Factors, each with its indices.
    found: Vec<(Poly<Integers>, Vec<usize>)>,
    /// What remains of `f`, and of the factors.
    rest: Poly<Integers>,
    left: Vec<usize>,
    lifted: &'a [&'a [BigUint]],
    residues: &'a Residues,
    degrees: &'a Degrees,
    /// Whether all subsets were tried.
    complete: bool,
}

impl Search<'_> {
    fn degree(&self, i: usize) -> usize {
        self.lifted[i].len() - 1
    }

    /// How large the sum of so many second coefficients of a factor can be, in units of fractions of 64 bits.
    fn tolerance(&self, size: usize) -> u64 {
        // Each fraction was rounded down by less than a unit.
        let log2_modulus = self.residues.modulus().bits() as f64 - 1.0;
        let norm = bounds::norm(self.rest.coefficients());
        let bound = bounds::trace(norm, self.rest.len() - 1) - log2_modulus + 64.0;
        if bound >= 62.0 { u64::MAX } else { bound.exp2() as u64 + size as u64 + 2 }
    }

    /// Looks for one subset of this size; whether there was one.
    fn of_size(&mut self, size: usize) -> Result<bool> {
        let modulus = self.residues.modulus();
        let Some(leading) = self.rest.leading_coefficient() else { return Ok(false) };
        // The second coefficients times the leading one, as fractions of the modulus.
        let traces: Vec<u64> = self
            .left
            .iter()
            .map(|&i| {
                let f = self.lifted[i];
                let second = BigInt::from(f[f.len() - 2].clone()) * leading;
                let whole = BigInt::from(modulus.clone());
                let fraction: BigInt = (second.mod_floor(&whole) << 64u8) / whole;
                // Below 2^64.
                fraction.to_u64().unwrap_or(u64::MAX)
            })
            .collect();
        let tolerance = self.tolerance(size);
        let count = self.left.len();
        let mut chosen: Vec<usize> = (0..size).collect();
        loop {
            let degree: usize = chosen.iter().map(|&c| self.degree(self.left[c])).sum();
            let sum = chosen.iter().fold(0u64, |sum, &c| sum.wrapping_add(traces[c]));
            let small = sum.min(sum.wrapping_neg()) <= tolerance;
            if small && self.degrees.contains(degree) && self.try_subset(&chosen, degree)? {
                return Ok(true);
            }
            // The next subset in lexicographic order. Of half of all factors those with the first suffice.
            let Some(i) = (0..size).rev().find(|&i| chosen[i] < count - size + i) else { return Ok(false) };
            if i == 0 && 2 * size == count {
                return Ok(false);
            }
            chosen[i] += 1;
            for j in i + 1..size {
                chosen[j] = chosen[j - 1] + 1;
            }
        }
    }

    /// Whether a subset of what is left gives a factor, which is taken out then.
    fn try_subset(&mut self, chosen: &[usize], degree: usize) -> Result<bool> {
        let subset: Vec<usize> = chosen.iter().map(|&c| self.left[c]).collect();
        let others: Vec<usize> = self.left.iter().copied().filter(|i| !subset.contains(i)).collect();
        let complement = 2 * degree > self.rest.len() - 1;
        let side = if complement { &others } else { &subset };
        let factors: Vec<&[BigUint]> = side.iter().map(|&i| self.lifted[i]).collect();
        let Some((factor, quotient)) = candidate(&self.rest, &factors, self.residues)? else {
            return Ok(false);
        };
        let (factor, rest) = if complement { (quotient, factor) } else { (factor, quotient) };
        self.found.push((factor, subset));
        self.rest = rest;
        self.left = others;
        Ok(true)
    }
}

/// The primitive polynomial that is `lc(f)` times a product of lifted factors, up to a constant, and the cofactor, if it divides `f`.
pub(super) fn candidate(
    f: &Poly<Integers>,
    factors: &[&[BigUint]],
    residues: &Residues,
) -> Result<Option<(Poly<Integers>, Poly<Integers>)>> {
    let (Some(leading), Some(constant)) = (f.leading_coefficient(), f.coefficients().first()) else {
        return Ok(None);
    };
    // The constant coefficient first, which rules most of them out.
    let mut product = vec![BigUint::from(1u8)];
    for factor in factors {
        product = residues.convolve(&product, &factor[..1])?;
    }
    let Some(value) = residues.centred(&product, leading).pop() else { return Ok(None) };
    if value.is_zero() || !(leading * constant).is_multiple_of(&value) {
        return Ok(None);
    }
    let mut products: Vec<Vec<BigUint>> = factors.iter().map(|f| f.to_vec()).collect();
    while products.len() > 1 {
        crate::sorting::by_key(&mut products, |f| std::cmp::Reverse(f.len()));
        if let (Some(a), Some(b)) = (products.pop(), products.pop()) {
            products.push(residues.convolve(&a, &b)?);
        }
    }
    let Some(product) = products.pop() else { return Ok(None) };
    let scaled = Poly::from_vec(Integers, residues.centred(&product, leading));
    let primitive = scaled.primitive_part();
    let negative = primitive.leading_coefficient().is_some_and(Signed::is_negative);
    let factor = if negative { -primitive } else { primitive };
    match f.try_exact_quo(&factor) {
        Ok(quotient) => Ok(Some((factor, quotient))),
        Err(error) if error.kind() == crate::ErrorKind::NotExact => Ok(None),
        Err(error) => Err(error),
    }
}
