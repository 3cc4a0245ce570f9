//! Whether `g(x^q)` is irreducible, for an irreducible `g` and a prime `q`, told from roots of `g` modulo primes.
//!
//! It stands apart because nothing is factored over Z: the polynomials for which this counts, sums of square roots and their like, have many
//! factors modulo every prime, `q` times as long as those of `g`, and recombination has no harder ones.
//!
//! # Method
//! `g(x^q)` is irreducible unless a root `a` of `g` is a `q`-th power in Q(a), and for odd `q` that goes for `g(x^(q^k))` (A. Capelli 1897; S. Lang, Algebra, VI.9.1). If it is one, then modulo a prime
//! `p = 1` modulo `q` that does not divide the leading coefficient the norm of `a`, which is `g(0)/lc(g)` up to the sign, is a `q`-th power or 0, and so is every root
//! `r` of `g` whose multiplicity `m` is no multiple of `q`: `m` is the sum of the products of ramification and degree of the primes of Q(a) at which `a` is `r`, so one of the degrees
//! is no multiple of `q`, and in an extension of such a degree `r` is a `q`-th power only if it is one in GF(p). Over all primes `g` has one root on the average, and `1/q` of
//! them are `q`-th powers if `a` is none.
//!
//! Where roots tell nothing, roots in extensions may: modulo a prime for which `g` is square-free, a root of a factor of degree `k` is a `q`-th power in GF(p^k), which is to say
//! that `x^((p^k - 1)/q) = 1` modulo the factor if `q` divides `p^k - 1`. Roots in GF(p) are rare for a `g` with a large group.

use super::modular::Modular;
use crate::factor::finite;
use crate::integer::WordModulus;
use crate::ring::{FiniteField, Integers, PrimeField};
use crate::{Poly, Result};
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::Zero;

/// Primes modulo which the norm is looked at: one of two tells squares from others.
const NORMS: usize = 24;

/// Primes below this have all their elements tried as roots, in vectors.
const SMALL: u64 = 256;

/// Larger ones, if there are not so many small ones.
const ROOTS: usize = 4;

/// Primes modulo which `g` is factored: an estimate, for fields with roots of unity in which one of eight tells. A prime takes a thirtieth of the time that
/// `g(x^3)` of degree 324 takes.
const FACTORED: usize = 16;

/// Whether `g(x^q)` is known to be irreducible; `g` is, has a constant coefficient, and `q` is a prime.
pub(super) fn is_irreducible(g: &Poly<Integers>, q: u64) -> Result<bool> {
    Ok(by_roots(g, q)? || by_factors(g, q)?)
}

fn by_roots(g: &Poly<Integers>, q: u64) -> Result<bool> {
    let [constant, .., leading] = g.coefficients() else { return Ok(false) };
    let odd_degree = g.len().is_multiple_of(2);
    let step = if q == 2 { 2 } else { 2 * q };
    let mut roots = 0;
    for (done, modulus) in (1..).filter_map(|k| prime(k * step + 1)).enumerate() {
        let p = modulus.modulus() as u64;
        let rooted = p < SMALL || roots < ROOTS;
        if done >= NORMS && !rooted {
            break;
        }
        let [constant, leading] = [constant, leading].map(|c| modulus.reduce_bigint(c));
        if leading == 0 {
            continue;
        }
        let is_power = |a: u64| a == 0 || modulus.pow(a, (p - 1) / q) == 1;
        // (c/l)^((p-1)/q) = 1 where c*l^(q-1) is a q-th power.
        let norm = modulus.mul(constant, modulus.pow(leading, q - 1));
        if !is_power(if odd_degree { modulus.neg(norm) } else { norm }) {
            return Ok(true);
        }
        if rooted {
            roots += 1;
            let image = g.to_ring(&PrimeField::of_prime(modulus));
            let found = finite::roots::of(&image)?;
            let tells = |multiplicity: usize| !(multiplicity as u64).is_multiple_of(q);
            if found.iter().any(|&(root, multiplicity)| tells(multiplicity) && !is_power(root)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn by_factors(g: &Poly<Integers>, q: u64) -> Result<bool> {
    let mut modular = Modular::new(g);
    for _ in 0..FACTORED {
        for (part, degree) in modular.next_image()?.parts() {
            let (n, rest) = (part.ring().order().pow(degree as u32) - 1u8).div_rem(&BigUint::from(q));
            if rest.is_zero() && !part.try_divisor()?.try_pow(&Poly::x(*part.ring()), &n)?.is_one() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Arithmetic modulo a number that is a prime.
fn prime(p: u64) -> Option<WordModulus> {
    WordModulus::new(p).ok().filter(WordModulus::is_prime)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ZZ, sequences};

    fn known(g: &str, q: u64) -> bool {
        is_irreducible(&ZZ.parse(g).unwrap(), q).unwrap()
    }

    /// Never where there are factors: `g` is that of `h(x)*h(-x)`, and of norms of cubes and fifth powers.
    #[test]
    fn powers_of_elements() {
        for (g, q) in [
            ("x - 4", 2),
            ("x + 27", 3),
            ("x^2 + 4", 2),
            ("x^2 - 6*x + 1", 2),
            ("x^2 - 14*x - 1", 3),
            ("x^2 - 11*x - 1", 5),
        ] {
            assert!(!known(g, q), "{g}, {q}");
        }
        for n in 2..6 {
            // The squares of sums of square roots, of which one is shifted: h(x)*h(-x) in x^2.
            let h = sequences::swinnerton_dyer(ZZ, n).unwrap().taylor_shift(1);
            let product = &h * &h.compose(&ZZ.poly([0, -1]));
            let even = Poly::from_vec(ZZ, product.coefficients().iter().step_by(2).cloned().collect());
            assert!(!is_irreducible(&even, 2).unwrap());
        }
    }

    #[test]
    fn other_elements() {
        for (g, q) in [
            ("x - 2", 2),
            ("x + 4", 2),
            ("x - 4", 3),
            ("3*x - 4", 2),
            ("x^2 + 1", 2),
            ("x^2 + 5", 2),
            ("x^2 - 10*x + 1", 2),
            ("x^2 - x - 1", 2),
            ("x^2 - x - 1", 3),
            ("x^2 - x - 1", 11),
            ("x^2 - x - 1", 131),
            ("x^3 - x + 1", 7),
            ("x^2 - 14*x - 1", 2),
        ] {
            assert!(known(g, q), "{g}, {q}");
            assert!(q > 7 || by_factors(&ZZ.parse(g).unwrap(), q).unwrap(), "{g}, {q}");
        }
        // Sums of square roots are no squares in the fields of their squares: the only witnesses are primes modulo which no root is one.
        for n in 2..9 {
            let f = sequences::swinnerton_dyer(ZZ, n).unwrap();
            let g = Poly::from_vec(ZZ, f.coefficients().iter().step_by(2).cloned().collect());
            assert!(is_irreducible(&g, 2).unwrap(), "{n}");
        }
    }
}
