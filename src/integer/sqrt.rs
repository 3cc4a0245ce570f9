//! Square roots of long integers, with what is left over.
//!
//! They stand apart from roots of any order, which are Newton's iteration: here a root of half the length and one division of half the length
//! give the rest.
//!
//! # Method
//! With `n = n1*b^2 + a1*b + a0` and `n1 = s1^2 + r1`, the division `r1*b + a1 = 2*s1*q + u` gives the root `s1*b + q` and the rest
//! `u*b + a0 - q^2`, which is negative where the root is one too large; never more, since `s1 >= b`. P. Zimmermann, "Karatsuba Square Root", INRIA research
//! report 3805 (1999).

use super::division::{self, Product};
use super::limbs::low_bits;
use num_bigint::BigUint;

/// Up to so many bits num-bigint's root is taken. Measured with both, over divisions of num-bigint.
const BASE_BITS: u64 = 1024;

/// `(s, r)` with `n = s^2 + r` and `r <= 2*s`.
///
/// # Complexity
/// A few products of half the length.
pub(crate) fn sqrt_rem(n: &BigUint, product: Product) -> (BigUint, BigUint) {
    let bits = n.bits();
    if bits <= BASE_BITS {
        let root = n.sqrt();
        let rest = n - &root * &root;
        return (root, rest);
    }
    let k = (bits - 1) / 4;
    let (s, r) = sqrt_rem(&(n >> (2 * k)), product);
    let middle = low_bits(&(n >> k), k);
    let (q, u) = division::div_rem(&((r << k) + middle), &(&s << 1u8), product);
    let root = (s << k) + &q;
    let (rest, square) = ((u << k) + low_bits(n, k), product(&q, &q));
    if rest >= square {
        (root, rest - square)
    } else {
        let rest = rest + (&root << 1u8) - 1u8 - square;
        (root - 1u8, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::natural_product;
    use num_traits::One;
    use proptest::{collection::vec, prelude::*};

    fn check(n: &BigUint) {
        let (root, rest) = sqrt_rem(n, natural_product);
        assert_eq!(&root * &root + &rest, *n);
        assert!(rest <= &root << 1u8, "{n}");
    }

    #[test]
    fn beside_squares() {
        for bits in [0u32, 1, 63, 500, 511, 512, 513, 1024, 2047, 5000, 40_001] {
            for root in [BigUint::one() << bits, (BigUint::one() << bits) - 1u8, BigUint::from(3u8).pow(bits)]
            {
                let square = &root * &root;
                assert_eq!(sqrt_rem(&square, natural_product), (root.clone(), BigUint::ZERO));
                check(&(&square + 1u8));
                check(&(&square + &root + &root));
                if square > BigUint::ZERO {
                    check(&(square - 1u8));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_numbers(n in vec(any::<u32>(), 0..200), repeat in 1usize..6, zeros in 0u32..5000) {
            let n = BigUint::new(n.repeat(repeat));
            check(&n);
            check(&(n << zeros));
        }
    }
}
