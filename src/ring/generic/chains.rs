//! Products in a chain: powers `1, a, a^2, ...`, `1, 1, q, q^3, q^6, ...`, and `f_0, f_0*f_1, f_0*f_1*f_2, ...`.
//!
//! They stand apart because one such chain waits for each product before it starts the next: a product modulo a word
//! takes some fifteen cycles, and a new one can start every four. So several chains go side by side.
//!
//! # Method
//! Powers in steps of `a^8`; other products in eight blocks, each of which is multiplied by the product of those
//! before it at the end (the prefix sums of R. Ladner, M. Fischer, "Parallel prefix computation", J. ACM 27, 1980).
//! Where elements grow there is one chain: the number of products is what counts there.

use crate::{Result, ring::Ring};

/// Chains that go side by side.
const LANES: usize = 8;
/// Shorter sequences are one chain.
const MIN_LEN: usize = 8 * LANES;

/// `a^k` for `k < n`.
///
/// # Errors
/// Those of the ring's own operations.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::chains};
/// assert_eq!(chains::powers(&Zmod::new(100), &3, 6)?, [1, 3, 9, 27, 81, 43]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn powers<R: Ring>(ring: &R, a: &R::Element, n: usize) -> Result<Vec<R::Element>> {
    progression(ring, &ring.one(), a, n)
}

/// `a*q^k` for `k < n`.
///
/// # Errors
/// Those of the ring's own operations.
pub fn progression<R: Ring>(ring: &R, a: &R::Element, q: &R::Element, n: usize) -> Result<Vec<R::Element>> {
    let mut terms = Vec::with_capacity(n);
    let lanes = if ring.grows() || n < MIN_LEN { n } else { LANES };
    let mut next = a.clone();
    for k in 0..lanes {
        if k > 0 {
            next = ring.try_mul(&next, q)?;
        }
        terms.push(next.clone());
    }
    if lanes < n {
        let step = ring.pow(q, lanes as u64);
        for k in lanes..n {
            terms.push(ring.try_mul(&terms[k - lanes], &step)?);
        }
    }
    Ok(terms)
}

/// `q^C(k, 2)` for `k < n`, with `C(k, 2) = k*(k - 1)/2`.
///
/// # Errors
/// Those of the ring's own operations.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::chains};
/// assert_eq!(chains::triangular_powers(&Zmod::new(100), &2, 6)?, [1, 1, 2, 8, 64, 24]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn triangular_powers<R: Ring>(ring: &R, q: &R::Element, n: usize) -> Result<Vec<R::Element>> {
    let lanes = if ring.grows() || n < MIN_LEN { 1 } else { LANES };
    let mut powers = Vec::with_capacity(n);
    let (mut power, mut next) = (ring.one(), ring.one());
    for _ in 0..lanes.min(n) {
        powers.push(next.clone());
        next = ring.try_mul(&next, &power)?;
        power = ring.try_mul(&power, q)?;
    }
    // C(k + l, 2) = C(k, 2) + k*l + C(l, 2)
    let steps = progression(ring, &next, &ring.pow(q, lanes as u64), n.saturating_sub(lanes))?;
    for (k, step) in steps.iter().enumerate() {
        powers.push(ring.try_mul(&powers[k], step)?);
    }
    Ok(powers)
}

/// `f_0*f_1*...*f_k` for all `k`.
///
/// # Errors
/// Those of the ring's own operations.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::chains};
/// assert_eq!(chains::products(&Zmod::new(100), vec![1, 2, 3, 4, 5])?, [1, 2, 6, 24, 20]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn products<R: Ring>(ring: &R, mut factors: Vec<R::Element>) -> Result<Vec<R::Element>> {
    let n = factors.len();
    if ring.grows() || n < MIN_LEN {
        for k in 1..n {
            factors[k] = ring.try_mul(&factors[k - 1], &factors[k])?;
        }
        return Ok(factors);
    }
    let block = n.div_ceil(LANES);
    for i in 1..block {
        for k in (i..n).step_by(block) {
            factors[k] = ring.try_mul(&factors[k - 1], &factors[k])?;
        }
    }
    for start in (block..n).step_by(block) {
        let before = factors[start - 1].clone();
        for factor in &mut factors[start..n.min(start + block)] {
            *factor = ring.try_mul(&before, factor)?;
        }
    }
    Ok(factors)
}

/// `a_i*b_i`, one by one.
///
/// # Errors
/// Those of the ring's own operations.
pub fn pairwise<R: Ring>(ring: &R, a: &[R::Element], b: &[R::Element]) -> Result<Vec<R::Element>> {
    a.iter().zip(b).map(|(x, y)| ring.try_mul(x, y)).collect()
}

/// The inverses of units, by one inverse and some products each; where that fails, one by one, for the error.
///
/// # Errors
/// Those of [`try_inverse`](Ring::try_inverse) for the first that is no unit.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::chains};
/// assert_eq!(chains::inverses(&Zmod::new(9), &[2, 4, 5])?, [5, 7, 2]);
/// assert_eq!(chains::inverses(&Zmod::new(9), &[2, 3]).unwrap_err().factor(), Some(&3.into()));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn inverses<R: Ring>(ring: &R, units: &[R::Element]) -> Result<Vec<R::Element>> {
    if ring.grows() {
        // The product of all would be far larger than each.
        return units.iter().map(|unit| ring.try_inverse(unit)).collect();
    }
    let mut before = products(ring, units.to_vec())?;
    let inverse = match before.pop() {
        None => return Ok(Vec::new()),
        Some(product) => ring.try_inverse(&product),
    };
    let Ok(inverse) = inverse else {
        return units.iter().map(|unit| ring.try_inverse(unit)).collect();
    };
    before.insert(0, ring.one());
    // The inverse of the product up to each unit, from the last one down.
    let mut over = vec![inverse];
    over.extend(units[1..].iter().rev().cloned());
    let over = products(ring, over)?;
    before.iter().zip(over.iter().rev()).map(|(x, y)| ring.try_mul(x, y)).collect()
}

/// Makes `table` that of `1/1, 1/2, ..., 1/(n-1)`, of which it holds the first ones.
///
/// # Errors
/// Those of [`try_inverse`](Ring::try_inverse) for the first number that is no unit; kind overflow in partial rings.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::chains};
/// let mut table = vec![1, 5];
/// chains::extend_inverses(&Zmod::new(9), &mut table, 3)?;
/// assert_eq!(table, [1, 5]);
/// assert_eq!(chains::extend_inverses(&Zmod::new(9), &mut table, 5).unwrap_err().factor(), Some(&3.into()));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn extend_inverses<R: Ring>(ring: &R, table: &mut Vec<R::Element>, n: usize) -> Result<()> {
    let known = table.len() + 1;
    if n <= known {
        return Ok(());
    }
    let mut numbers = Vec::with_capacity(n - known);
    let mut next = ring.try_from_integer(known.into())?;
    for k in known..n {
        if k > known {
            next = ring.try_add(&next, &ring.one())?;
        }
        numbers.push(next.clone());
    }
    table.extend(inverses(ring, &numbers)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{ZZ, Zmod};
    use num_bigint::BigInt;

    /// One chain against several, for all lengths around that where they begin.
    #[test]
    fn lanes_against_one_chain() {
        for n in [2u64, 15, 998_244_353, (1 << 61) - 1] {
            let ring = Zmod::new(n);
            for len in (0..10).chain(MIN_LEN - 2..MIN_LEN + 20).chain([199, 200, 201, 1000]) {
                let factors: Vec<u64> = (0..len as u64).map(|k| (k * k * 77 + 5) % n).collect();
                let mut product = 1;
                let expected: Vec<u64> = factors
                    .iter()
                    .map(|f| {
                        product = ring.mul(&product, f);
                        product
                    })
                    .collect();
                assert_eq!(products(&ring, factors.clone()).unwrap(), expected, "{n} {len}");
                let expected: Vec<u64> = (0..len as u64).map(|k| ring.pow(&(7 % n), k)).collect();
                assert_eq!(powers(&ring, &(7 % n), len).unwrap(), expected);
                let triangular = |k: u64| ring.pow(&(7 % n), k * k.saturating_sub(1) / 2);
                let expected: Vec<u64> = (0..len as u64).map(triangular).collect();
                assert_eq!(triangular_powers(&ring, &(7 % n), len).unwrap(), expected);
                match inverses(&ring, &factors) {
                    Ok(inverses) => {
                        assert_eq!(inverses.len(), len);
                        assert!(factors.iter().zip(&inverses).all(|(f, i)| ring.mul(f, i) == 1));
                    }
                    Err(_) => assert!(factors.iter().any(|f| ring.try_inverse(f).is_err())),
                }
            }
        }
        let expected: Vec<BigInt> = (0..100u32).map(|k| BigInt::from(-3).pow(k)).collect();
        assert_eq!(powers(&ZZ, &(-3).into(), 100).unwrap(), expected);
        let expected: Vec<BigInt> =
            (0..20u32).map(|k| BigInt::from(-3).pow(k * k.saturating_sub(1) / 2)).collect();
        assert_eq!(triangular_powers(&ZZ, &(-3).into(), 20).unwrap(), expected);
        assert_eq!(inverses(&Zmod::new(1), &[0, 0]).unwrap(), [0, 0]);
    }
}
