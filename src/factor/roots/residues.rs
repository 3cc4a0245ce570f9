//! Roots modulo a prime power: those modulo the prime, and what lies over each.
//!
//! # Method
//! Over a simple root modulo `p` lies just one modulo `p^e`, by Newton's iteration. Over another one, `r`, lie the roots of `f(r + p*t)` in `t`, from which the power of `p`
//! that divides it is taken out; where nothing is left modulo `p^e`, every `t` is one (J. von zur Gathen, S. Hartlieb, "Factoring modular polynomials", J. Symb.
//! Comp. 26, 1998, on such trees). At every level the degrees of all branches together are at most that of `f`.

use super::{Root, Roots, finite, lifting};
use crate::integer::prime::is_probable_prime;
use crate::ring::{Integers, PrimeFieldBig, Ring, Zmod, ZmodBig, roots::nth_root};
use crate::{Error, Poly, Result, progress};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

/// The most roots that are listed.
const MOST_ROOTS: u64 = 1 << 20;

impl Roots for Zmod {
    fn poly_roots(&self, f: &Poly<Self>) -> Result<Vec<Root<Self>>> {
        if let Some(p) = self.prime_order() {
            let field = Zmod::prime(p)?;
            return field.poly_roots(&f.map(&field, |c| *c));
        }
        let roots = modulo(&self.modulus().into(), &f.lift())?;
        Ok(listed(
            f,
            roots.into_iter().map(|(root, simple)| (self.word_modulus().reduce_biguint(&root), simple)),
        ))
    }
}

impl Roots for ZmodBig {
    fn poly_roots(&self, f: &Poly<Self>) -> Result<Vec<Root<Self>>> {
        if self.big_modulus().is_probable_prime() {
            let field = ZmodBig::assume_prime(self.modulus().clone());
            return field.poly_roots(&f.map(&field, Clone::clone));
        }
        Ok(listed(f, modulo(self.modulus(), &f.lift())?.into_iter()))
    }
}

/// Roots, known to be simple or not, with their multiplicities.
fn listed<R: Ring>(f: &Poly<R>, roots: impl Iterator<Item = (R::Element, bool)>) -> Vec<Root<R>> {
    let listed = roots.map(|(root, simple)| {
        let times = if simple { 1 } else { multiplicity(f, &root) };
        (root, times)
    });
    listed.collect()
}

/// How often `x - r` divides a polynomial: by Horner's rule again and again.
fn multiplicity<R: Ring>(f: &Poly<R>, r: &R::Element) -> usize {
    let ring = f.ring();
    let mut quotient = f.coefficients().to_vec();
    for times in 0.. {
        let mut value = ring.zero();
        for c in quotient.iter_mut().rev() {
            value = ring.add(c, &ring.mul(&value, r));
            // What stands here is the next coefficient of the quotient.
            c.clone_from(&value);
        }
        if quotient.is_empty() || !ring.is_zero(&value) {
            return times;
        }
        quotient.remove(0);
    }
    unreachable!("degrees are finite")
}

/// `p` and `e` with `n = p^e`.
///
/// # Errors
/// Kind unsupported where there are none, with a factor of `n` where a small one was found.
fn prime_power(n: &BigUint) -> Result<(BigUint, u64)> {
    let refused = || Error::unsupported(format!("roots modulo {n}, which is no power of a prime"));
    if let Some(p) = (2..100u32).find(|&p| (n % p).is_zero()) {
        let (mut rest, mut exponent) = (n.clone(), 0);
        while (&rest % p).is_zero() {
            rest /= p;
            exponent += 1;
        }
        return if rest.is_one() { Ok((p.into(), exponent)) } else { Err(refused().with_factor(p.into())) };
    }
    // A prime over 100 has more than 6 bits.
    for exponent in (1..=n.bits() / 6).rev() {
        let Ok(k) = u32::try_from(exponent) else { continue };
        let root = if k == 1 { n.clone() } else { nth_root(n, k) };
        if root.pow(k) == *n && is_probable_prime(&root) {
            return Ok((root, exponent));
        }
    }
    Err(refused())
}

/// A polynomial in `t` that has to vanish modulo `p^exponent`, where `x = base + p^known*t`.
struct Branch {
    f: Poly<Integers>,
    exponent: u64,
    base: BigUint,
    known: u64,
}

/// The roots modulo `n` ascending, each with whether it is known to be simple modulo `p`.
fn modulo(n: &BigUint, f: &Poly<Integers>) -> Result<Vec<(BigUint, bool)>> {
    let (p, exponent) = prime_power(n)?;
    let field = ZmodBig::assume_prime(p.clone());
    let mut sets: Vec<(BigUint, u64, bool)> = Vec::new();
    let mut branches = vec![Branch { f: f.clone(), exponent, base: BigUint::zero(), known: 0 }];
    while let Some(mut branch) = branches.pop() {
        progress::report("roots modulo a prime power", branch.known, exponent)?;
        let whole = branch.exponent == exponent;
        let depth = branch.take_content(&p)?;
        if branch.exponent == 0 {
            sets.push((branch.base, branch.known, false));
            continue;
        }
        let scale = p.pow(branch.known as u32);
        let mut simple = Vec::new();
        for (root, times) in roots_modulo(&field, &branch.f)? {
            if times == 1 {
                simple.push(root);
                continue;
            }
            let shifted = branch.f.try_taylor_shift(&root.clone().into())?.try_dilate(&p.clone().into())?;
            let power = BigInt::from(p.pow(branch.exponent as u32));
            branches.push(Branch {
                f: shifted.map(&Integers, |c| c.mod_floor(&power)),
                exponent: branch.exponent,
                base: &branch.base + &scale * root,
                known: branch.known + 1,
            });
        }
        let (simple, _) = lifting::simple(&branch.f, &p, simple, branch.exponent)?;
        let known = branch.known + branch.exponent;
        let alone = whole && depth == 0;
        sets.extend(simple.into_iter().map(|root| (&branch.base + &scale * root, known, alone)));
    }
    // A set holds all x that are its first element modulo p^known.
    let mut count = 0u64;
    for (_, known, _) in &sets {
        let size = u32::try_from(exponent - known).ok().and_then(|e| p.to_u64()?.checked_pow(e));
        count = count.saturating_add(if exponent == *known { 1 } else { size.unwrap_or(u64::MAX) });
    }
    if count > MOST_ROOTS {
        return Err(Error::limit(format!("over {MOST_ROOTS} roots modulo {n}")));
    }
    let mut roots = Vec::new();
    for (first, known, simple) in sets {
        let step = p.pow(known as u32);
        let mut root = first;
        while root < *n {
            roots.push((root.clone(), simple));
            root += &step;
        }
    }
    crate::sorting::by(&mut roots, Ord::cmp);
    Ok(roots)
}

impl Branch {
    /// Divides by the power of `p` in all coefficients, as far as it matters; that exponent.
    fn take_content(&mut self, p: &BigUint) -> Result<u64> {
        let p = BigInt::from(p.clone());
        let mut taken = 0;
        while self.exponent > 0 && self.f.iter().all(|c| c.is_multiple_of(&p)) {
            self.f = self.f.try_map(&Integers, |c| Ok(c / &p))?;
            self.exponent -= 1;
            taken += 1;
        }
        Ok(taken)
    }
}

/// The roots modulo a prime with their multiplicities, of a polynomial that is not zero there.
fn roots_modulo(field: &PrimeFieldBig, f: &Poly<Integers>) -> Result<Vec<(BigUint, usize)>> {
    match field.modulus().to_u64() {
        Some(p) => {
            let field = Zmod::prime(p)?;
            let roots = finite::roots::of(&f.try_to_ring(&field)?)?;
            Ok(roots.into_iter().map(|(root, times)| (root.into(), times)).collect())
        }
        None => finite::roots::of(&f.try_to_ring(field)?),
    }
}
