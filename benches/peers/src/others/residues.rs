//! Peers for Z/p with a prime p of a word: polycore, and ark-poly for the one modulus that it is instantiated with here.

use super::Series;
use crate::timing::Contestant;
#[cfg(feature = "polycore")]
use crate::timing::Role;

/// Products of residues modulo the prime `p`; `expected` is the product of the first pair without leading zeros.
#[cfg_attr(
    not(all(feature = "polycore", feature = "ark")),
    allow(unused_variables, unused_mut, reason = "a peer that is left out asks for nothing")
)]
pub fn of_words<'a>(
    series: &Series,
    p: u64,
    pairs: &'a [[Vec<u64>; 2]],
    expected: &[u64],
) -> Vec<Contestant<'a>> {
    let mut contestants = Vec::new();
    if series.is_off() {
        return contestants;
    }
    #[cfg(feature = "polycore")]
    if series.wants("polycore")
        && let Some(field) = polycore::fast::PrimeField::new(p)
    {
        let run = move |k: usize| field.mul(&pairs[k][0], &pairs[k][1]);
        assert!(run(0) == expected, "polycore differs from FLINT");
        contestants.push(Contestant::new("polycore", Role::Rust, pairs.len(), run));
    }
    #[cfg(feature = "ark")]
    if series.wants("ark-poly") && p == ark::P {
        contestants.push(ark::contestant(pairs, expected));
    }
    contestants
}

#[cfg(feature = "ark")]
mod ark {
    use crate::timing::Contestant;
    #[cfg(feature = "polycore")]
    use crate::timing::Role;
    use ark_ff::{Fp64, MontBackend, MontConfig, PrimeField};
    use ark_poly::{DenseUVPolynomial, Polynomial, univariate::DensePolynomial};

    pub const P: u64 = 998_244_353;

    #[derive(MontConfig)]
    #[modulus = "998244353"]
    #[generator = "3"]
    pub struct Config;

    type Field = Fp64<MontBackend<Config, 1>>;

    pub fn contestant<'a>(pairs: &[[Vec<u64>; 2]], expected: &[u64]) -> Contestant<'a> {
        let convert = |f: &Vec<u64>| {
            DensePolynomial::from_coefficients_vec(f.iter().map(|&x| Field::from(x)).collect())
        };
        let operands: Vec<[DensePolynomial<Field>; 2]> =
            pairs.iter().map(|pair| pair.each_ref().map(convert)).collect();
        let run = move |k: usize| &operands[k][0] * &operands[k][1];
        let product = run(0);
        let words = product.coeffs().iter().map(|x| x.into_bigint().0[0]);
        assert!(
            product.degree() + 1 == expected.len() && words.eq(expected.iter().copied()),
            "ark-poly differs from FLINT"
        );
        Contestant::new("ark-poly", Role::Rust, pairs.len(), run)
    }
}
