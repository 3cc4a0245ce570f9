//! Roots over Z and Q: those modulo a prime, lifted to a power of it that is larger than any root.
//!
//! # Method
//! Modulo a prime `p` that leaves the degree and keeps a square-free polynomial square-free, different roots stay different. Each root modulo `p` is lifted
//! by Newton's iteration (R. Loos, "Computing rational zeros of integral polynomials by p-adic expansion", SIAM J. Comput. 12, 1983); a rational root `r` times the
//! leading coefficient `a` is an integer, below `a` times a bound of M. Fujiwara (1916), `|r| <= 2*max |c_(n-k)/a|^(1/k)`, so that it is known from its residue.
//! What is found is checked by division. No coefficient is factored.

use super::{Root, Roots, finite, lifting};
use crate::integer::WordModulus;
use crate::ring::{IntegerImage, Integers, PrimeField, Rationals, Ring};
use crate::{Poly, Result, Zmod};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};

impl Roots for Integers {
    fn poly_roots(&self, f: &Poly<Self>) -> Result<Vec<Root<Self>>> {
        let roots = with_multiplicities(f, false)?.into_iter();
        Ok(roots.map(|(root, times)| (root.numer().clone(), times)).collect())
    }
}

impl Roots for Rationals {
    fn poly_roots(&self, f: &Poly<Self>) -> Result<Vec<Root<Self>>> {
        with_multiplicities(&f.numerator_denominator().0, true)
    }
}

/// The integer or the rational roots, ascending.
fn with_multiplicities(f: &Poly<Integers>, fractions: bool) -> Result<Vec<(BigRational, usize)>> {
    let zeros = f.valuation().unwrap_or(0);
    let f = f.quo_x_pow(zeros).primitive_part();
    let repeated = f.try_gcd(&f.try_derivative(1)?)?;
    let simple = if repeated.len() > 1 { f.try_exact_quo(&repeated)? } else { f };
    let mut roots: Vec<(BigRational, usize)> = Vec::new();
    for root in of_squarefree(&simple, fractions)? {
        let (factor, mut rest, mut times) = (linear(&root), repeated.clone(), 1);
        while rest.len() > 1 {
            let Ok(quotient) = rest.try_exact_quo(&factor) else { break };
            rest = quotient;
            times += 1;
        }
        roots.push((root, times));
    }
    if zeros > 0 {
        roots.push((BigRational::zero(), zeros));
    }
    crate::sorting::by(&mut roots, Ord::cmp);
    Ok(roots)
}

/// The primitive polynomial of degree 1 with this root.
pub(crate) fn linear(root: &BigRational) -> Poly<Integers> {
    Poly::from_vec(Integers, vec![-root.numer(), root.denom().clone()])
}

/// The integer or the rational roots of a primitive square-free polynomial whose constant coefficient is not zero.
pub(crate) fn of_squarefree(f: &Poly<Integers>, fractions: bool) -> Result<Vec<BigRational>> {
    let [constant, .., leading] = f.coefficients() else { return Ok(Vec::new()) };
    if none_modulo_small_primes(f)? {
        return Ok(Vec::new());
    }
    let (field, residues) = residues(f)?;
    let scale = if fractions { leading.clone() } else { BigInt::one() };
    let bits = scale.bits() + root_bits(f) + 1;
    let exponent = bits / u64::from(field.modulus().ilog2()) + 1;
    let (residues, ring) = lifting::simple(f, &field.modulus().into(), residues, exponent)?;
    let mut candidates = Vec::new();
    for residue in residues {
        let product = ring.mul(&residue, &ring.from_integer(scale.clone()));
        let root = BigRational::new(ring.lift_centred(&product), scale.clone());
        if constant.is_multiple_of(root.numer()) && leading.is_multiple_of(root.denom()) {
            candidates.push(root);
        }
    }
    // All at once, and one by one where one of them is none.
    let product = Poly::try_product(Integers, candidates.iter().map(linear))?;
    if f.try_exact_quo(&product).is_ok() {
        return Ok(candidates);
    }
    let mut rest = f.clone();
    candidates.retain(|root| match rest.try_exact_quo(&linear(root)) {
        Ok(quotient) => {
            rest = quotient;
            true
        }
        Err(_) => false,
    });
    Ok(candidates)
}

/// Whether there is a small prime that does not divide the leading coefficient and modulo which there is no root, as for most polynomials that
/// have no rational root.
fn none_modulo_small_primes(f: &Poly<Integers>) -> Result<bool> {
    /// The product is a word.
    const PRIMES: [u64; 15] = [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];
    let all = WordModulus::new(PRIMES.iter().product())?;
    let residues: Vec<u64> = f.iter().map(|c| all.reduce_bigint(c)).collect();
    Ok(PRIMES.iter().any(|&p| {
        let reduced: Vec<u64> = residues.iter().map(|c| c % p).collect();
        let value = |x: u64| reduced.iter().rev().fold(0, |sum, c| (sum * x + c) % p);
        reduced.last() != Some(&0) && (0..p).all(|x| value(x) != 0)
    }))
}

/// The roots are below 2 to this power.
fn root_bits(f: &Poly<Integers>) -> u64 {
    let Some((leading, below)) = f.coefficients().split_last() else { return 0 };
    let bits = below.iter().rev().zip(1i64..).map(|(c, k)| {
        let ratio = c.bits() as i64 - leading.bits() as i64 + 1;
        Integer::div_ceil(&ratio, &k) + 1
    });
    bits.max().unwrap_or(0).max(0) as u64
}

/// A prime modulo which a square-free polynomial is square-free and of the same degree, and the roots modulo it.
fn residues(f: &Poly<Integers>) -> Result<(PrimeField, Vec<BigUint>)> {
    // Few numbers are tried: of those near 2^61 one in 42 is a prime, and a prime that will not do divides the discriminant.
    let mut p = (1u64 << 61) - 1;
    loop {
        if let Ok(field) = Zmod::prime(p) {
            let image = f.try_to_ring(&field)?;
            if image.len() == f.len() && image.try_gcd(&image.try_derivative(1)?)?.is_one() {
                let roots = finite::roots::simple(&image.try_monic()?)?;
                return Ok((field, roots.into_iter().map(BigUint::from).collect()));
            }
        }
        p -= 2;
    }
}
