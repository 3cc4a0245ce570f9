//! The first remainder of a sequence that is not above a bound, with its cofactor: inverses and fractions from residues.
//!
//! It stands apart from the gcd, which may pass any remainder and keeps no cofactors. Here quotients are taken many at a time only as long as that
//! cannot pass the bound; cofactors alternate in sign, so that their absolute values are sums of products.

use super::super::{
    division::{self, Product},
    limbs::to_biguint,
};
use super::half::{HALVES_BITS, Step};
use super::lehmer::{Quotients, STEP_BITS, order};
use super::{places, read};
use num_bigint::BigUint;
use num_traits::One;

/// A remainder `rest` of `m` and `a` with `rest = cofactor * a` modulo `m`, or `-cofactor * a`.
#[derive(Debug)]
pub(crate) struct Remainder {
    /// The one before; the greatest common divisor, where `rest` is 0.
    pub(crate) before: BigUint,
    pub(crate) rest: BigUint,
    pub(crate) cofactor: BigUint,
    /// Of either value where `rest` is 0.
    pub(crate) negative: bool,
}

/// The first remainder of `m` and `a < m` that is not above the bound.
pub(crate) fn first_within(m: &BigUint, a: BigUint, bound: &BigUint, product: Product) -> Remainder {
    let (mut x, mut y) = (m.clone(), a);
    let (mut f, mut g) = (BigUint::ZERO, BigUint::one());
    let mut even = true;
    while y > *bound {
        let n = x.bits();
        // Both remainders are at least 2^(k + (n - k)/2), which is above the bound.
        let k = (2 * bound.bits()).saturating_sub(n);
        if n.saturating_sub(k) > 2 * HALVES_BITS {
            let step = Step::leading(&x, &y, k, n - k, product);
            if !step.matrix.is_one() {
                let row = |(p, q): &(BigUint, BigUint)| product(p, &f) + product(q, &g);
                (f, g) = (row(&step.matrix.first), row(&step.matrix.second));
                even = even == step.matrix.even;
                (x, y) = (step.x, step.y);
                continue;
            }
        } else if by_words((&mut x, &mut y), (&mut f, &mut g), &mut even, bound) {
            continue;
        }
        let (q, rest) = division::div_rem(&x, &y, product);
        let next = f + product(&q, &g);
        (x, y, f, g) = (y, rest, g, next);
        even = !even;
    }
    Remainder { before: x, rest: y, cofactor: g, negative: !even }
}

/// Quotients of leading words that leave both remainders above the bound; whether there were any.
fn by_words(
    (x, y): (&mut BigUint, &mut BigUint),
    (f, g): (&mut BigUint, &mut BigUint),
    even: &mut bool,
    bound: &BigUint,
) -> bool {
    let len = places(x);
    let (mut p, mut q) = (vec![0; len], vec![0; len]);
    let (mut p, mut q) = (read(x, &mut p), read(y, &mut q));
    let mut used = places(f).max(places(g));
    // Cofactors grow by the bits that the numbers lose, and a step by a limb at most.
    let room = used + len + 2;
    let (mut s, mut t) = (vec![0; room], vec![0; room]);
    read(f, &mut s);
    read(g, &mut t);
    let mut any = false;
    loop {
        if order(&mut p, &mut q, 0) {
            std::mem::swap(&mut s, &mut t);
            *even = !*even;
        }
        let n = 64 * p.len() as u64 - u64::from(p.last().map_or(0, |top| top.leading_zeros()));
        let quotients = if n >= bound.bits() + STEP_BITS {
            Quotients::of_limbs(p, q)
        } else {
            // The bound in units of 2^(n - 64), rounded up.
            let unit = n.saturating_sub(64);
            u64::try_from((bound >> unit) + 1u8)
                .ok()
                .and_then(|bound| Quotients::above(p, q, bound << (64 - (n - unit))))
        };
        let Some(quotients) = quotients else { break };
        quotients.apply(p, q);
        if !quotients.even {
            std::mem::swap(&mut p, &mut q);
        }
        *even = *even == quotients.even;
        let end = (used + 1).min(room);
        used += usize::from(quotients.extend(&mut s[..end], &mut t[..end]));
        any = true;
    }
    (*x, *y, *f, *g) = (to_biguint(p), to_biguint(q), to_biguint(&s), to_biguint(&t));
    any
}

/// The inverse of `a` modulo `m`, or the greatest common divisor of both where it is not 1. For `m = 1` the inverse is 0.
///
/// # Errors
/// The greatest common divisor.
pub(crate) fn inverse(a: &BigUint, m: &BigUint, product: Product) -> Result<BigUint, BigUint> {
    if m.is_one() {
        return Ok(BigUint::ZERO);
    }
    let Remainder { before, rest, cofactor, negative } =
        first_within(m, division::div_rem(a, m, product).1, &BigUint::one(), product);
    match rest.is_one() {
        true if negative => Ok(m - cofactor),
        true => Ok(cofactor),
        false => Err(before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integer::division::plain_product;
    use num_bigint::BigInt;
    use num_integer::Integer;
    use proptest::{collection::vec, prelude::*};

    /// Against Euclid's algorithm with one quotient at a time, for bounds that descend.
    fn check(m: &BigUint, a: &BigUint, bounds: &[BigUint]) {
        let (mut x, mut y) = (BigInt::from(m.clone()), BigInt::from(a.clone()));
        let (mut f, mut g) = (BigInt::ZERO, BigInt::one());
        for bound in bounds {
            while y.magnitude() > bound {
                let (q, r) = x.div_rem(&y);
                (x, y) = (y, r);
                (f, g) = (g.clone(), f - q * g);
            }
            let found = first_within(m, a.clone(), bound, plain_product);
            let pair = (&found.rest, &found.cofactor);
            assert_eq!(pair, (y.magnitude(), g.magnitude()), "{a} modulo {m} within {bound}");
            assert_eq!(found.before, *x.magnitude());
            assert!(found.rest == BigUint::ZERO || found.negative == (g < BigInt::ZERO));
        }
    }

    #[test]
    fn small_numbers() {
        for m in 1u32..40 {
            for a in 0..m {
                check(&m.into(), &a.into(), &[m, m / 2, m / 4, m / 20, 0].map(BigUint::from));
                let expected = BigUint::from(a).modinv(&m.into()).ok_or(BigUint::from(a.gcd(&m)));
                assert_eq!(inverse(&(a + m).into(), &m.into(), plain_product), expected, "{a} modulo {m}");
            }
        }
    }

    #[test]
    fn long_numbers() {
        // A prime.
        let m = (BigUint::one() << 19_937u32) - 1u8;
        let a = BigUint::from(3u8).pow(12_000);
        let bounds = [19_900, 15_000, 9969, 9968, 9900, 5000, 64, 1, 0].map(|bits| BigUint::one() << bits);
        check(&m, &a, &bounds);
        let found = inverse(&a, &m, plain_product).expect("coprime");
        assert_eq!(found * &a % &m, BigUint::one());
        assert_eq!(inverse(&a, &(m * 9u8), plain_product), Err(9u8.into()));
    }

    proptest! {
        #[test]
        fn any_numbers(m in vec(any::<u64>(), 1..8), a in vec(any::<u64>(), 1..8), bits in 0u64..600, near in 0u8..3, common in vec(any::<u64>(), 0..4)) {
            let common = to_biguint(&common) + 1u8;
            let m = (to_biguint(&m) + 1u8) * &common;
            let a = to_biguint(&a) * common % &m;
            let bound = (BigUint::one() << bits.min(m.bits())) - 1u8;
            // Remainders near the bound are what a step must not pass.
            let rest = first_within(&m, a.clone(), &bound, plain_product).rest;
            check(&m, &a, &[bound]);
            check(&m, &a, &[rest + near]);
            prop_assert_eq!(inverse(&a, &m, plain_product), a.modinv(&m).ok_or_else(|| a.gcd(&m)));
        }
    }
}
