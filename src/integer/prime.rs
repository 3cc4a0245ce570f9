//! Is `n` prime? Baillie-PSW: strong probable prime to base 2 and strong Lucas probable prime.
//!
//! It stands apart from [`WordModulus::is_prime`](super::WordModulus::is_prime), which proves its answer: for large `n` a "yes" here is
//! not a proof. No composite number is known that passes, and there is none below 2^64; a "no" is always right. Five more
//! bases are tried, which costs little beside the Lucas test.
//!
//! # Source
//! R. Baillie, S. Wagstaff, "Lucas pseudoprimes", Math. Comp. 35, 1980, section 6, with Selfridge's parameters (method A): `D` the first
//! of 5, -7, 9, -11, .. with Jacobi symbol `(D/n) = -1`, `P = 1`, `Q = (1 - D)/4`.

use super::{BigModulus, WordModulus, sqrt::sqrt_rem};
use crate::natural_product;
use num_bigint::{BigInt, BigUint};
use num_traits::{One, Zero};

/// Whether `n` is prime, but for an error that nobody has ever found: "no" is certain; "yes" is certain up to 64 bits, and above means
/// that `n` passes the Baillie-PSW test and the strong test to bases 3, 5, 7, 11 and 13.
///
/// # Complexity
/// About eight powers modulo `n`.
///
/// # Examples
/// ```
/// use monic::integer::prime::is_probable_prime;
/// use num_bigint::BigUint;
/// assert!(is_probable_prime(&((BigUint::from(1u8) << 127) - 1u8)));
/// assert!(!is_probable_prime(&((BigUint::from(1u8) << 129) - 1u8)));
/// ```
pub fn is_probable_prime(n: &BigUint) -> bool {
    if let Ok(word) = u64::try_from(n) {
        return WordModulus::new(word).is_ok_and(|m| m.is_prime());
    }
    // One pass over the limbs tries all small primes: gcd with 3 * 5 * ... * 53.
    const PRIMORIAL: u64 = 16_294_579_238_595_022_365;
    let Ok(small) = WordModulus::new(PRIMORIAL) else { return false };
    if !n.bit(0) || num_integer::gcd(small.reduce_biguint(n), PRIMORIAL) != 1 {
        return false;
    }
    let Ok(m) = BigModulus::new(n.clone()) else { return false };
    strong_probable_prime(&m, 2)
        && strong_lucas_probable_prime(&m)
        && [3, 5, 7, 11, 13].into_iter().all(|base| strong_probable_prime(&m, base))
}

/// `base^odd = 1` or `base^(odd * 2^j) = -1` for some `j < twos`, where `n - 1 = odd * 2^twos`; `n` is odd and above 64 bits.
fn strong_probable_prime(m: &BigModulus, base: u8) -> bool {
    let minus_one = m.value() - 1u8;
    let twos = minus_one.trailing_zeros().unwrap_or(0);
    let mut x = m.pow(&BigUint::from(base), &(&minus_one >> twos));
    if x.is_one() || x == minus_one {
        return true;
    }
    (1..twos).any(|_| {
        x = m.mul(&x, &x);
        x == minus_one
    })
}

/// `U_odd = 0` or `V_(odd * 2^j) = 0` for some `j < twos`, where `n + 1 = odd * 2^twos`.
fn strong_lucas_probable_prime(m: &BigModulus) -> bool {
    let n = m.value();
    // For a square no D would ever be found.
    if sqrt_rem(n, natural_product).1.is_zero() {
        return false;
    }
    let mut d = 5i64;
    loop {
        match jacobi(d, n) {
            -1 => break,
            // |d| < n, so a common factor is a proper one.
            0 => return false,
            _ => d = if d > 0 { -d - 2 } else { -d + 2 },
        }
    }
    let q = m.reduce(&BigInt::from((1 - d) / 4));
    let d = m.reduce(&BigInt::from(d));
    let plus_one = n + 1u8;
    let twos = plus_one.trailing_zeros().unwrap_or(0);
    let odd = &plus_one >> twos;
    // (U_k, V_k, Q^k), doubled for every bit of `odd` and stepped by one where the bit is set.
    let (mut u, mut v, mut power) = (BigUint::one(), BigUint::one(), q.clone());
    for bit in (0..odd.bits() - 1).rev() {
        u = m.mul(&u, &v);
        v = m.sub(&m.mul(&v, &v), &m.add(&power, &power));
        power = m.mul(&power, &power);
        if odd.bit(bit) {
            let next = halve(m.add(&u, &v), n);
            v = halve(m.add(&m.mul(&d, &u), &v), n);
            u = next;
            power = m.mul(&power, &q);
        }
    }
    if u.is_zero() || v.is_zero() {
        return true;
    }
    (1..twos).any(|_| {
        v = m.sub(&m.mul(&v, &v), &m.add(&power, &power));
        power = m.mul(&power, &power);
        v.is_zero()
    })
}

/// `x / 2` modulo an odd `n`.
fn halve(x: BigUint, n: &BigUint) -> BigUint {
    if x.bit(0) { (x + n) >> 1 } else { x >> 1 }
}

/// The Jacobi symbol `(a/n)` for a small `a` and an odd `n` above 64 bits.
fn jacobi(a: i64, n: &BigUint) -> i32 {
    let low = n.iter_u64_digits().next().unwrap_or(0);
    let mut sign = 1;
    let mut a_left = a.unsigned_abs();
    if a < 0 && low % 4 == 3 {
        sign = -sign;
    }
    if a_left == 0 {
        return 0;
    }
    // The factors 2 first, then one step of reciprocity brings the symbol down to words.
    let twos = a_left.trailing_zeros();
    a_left >>= twos;
    if twos % 2 == 1 && matches!(low % 8, 3 | 5) {
        sign = -sign;
    }
    if a_left % 4 == 3 && low % 4 == 3 {
        sign = -sign;
    }
    let Ok(m) = WordModulus::new(a_left) else { return 0 };
    sign * jacobi_words(m.reduce_biguint(n), a_left)
}

/// The Jacobi symbol of words, `n` odd.
fn jacobi_words(a: u64, n: u64) -> i32 {
    let (mut a, mut n, mut sign) = (a % n, n, 1);
    while a != 0 {
        let twos = a.trailing_zeros();
        a >>= twos;
        if twos % 2 == 1 && matches!(n % 8, 3 | 5) {
            sign = -sign;
        }
        if a % 4 == 3 && n % 4 == 3 {
            sign = -sign;
        }
        (a, n) = (n % a, a);
    }
    if n == 1 { sign } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mersenne(k: u32) -> BigUint {
        (BigUint::one() << k) - 1u8
    }

    #[test]
    fn mersenne_numbers() {
        let found: Vec<u32> = (65..300).filter(|&k| is_probable_prime(&mersenne(k))).collect();
        assert_eq!(found, [89, 107, 127]);
        assert!(is_probable_prime(&mersenne(521)));
    }

    #[test]
    fn composites_without_small_factors() {
        let (p, q) = (mersenne(61), mersenne(89));
        for n in [&p * &p, &p * &q, &q * &q, &p * &p * &q] {
            assert!(!is_probable_prime(&n), "{n}");
        }
        // The least composite that passes the strong test to the first 12, and to the first 13 prime bases (Sorenson, Webster).
        for text in ["318665857834031151167461", "3317044064679887385961981"] {
            let n: BigUint = text.parse().expect("digits");
            let m = BigModulus::new(n.clone()).expect("above 0");
            assert!([2, 3, 5, 7, 11, 13, 37].into_iter().all(|base| strong_probable_prime(&m, base)));
            assert!(!strong_lucas_probable_prime(&m));
            assert!(!is_probable_prime(&n), "{n}");
        }
        assert!(!is_probable_prime(&(BigUint::one() << 64)));
    }

    /// The Lucas test alone, on words (from 13 on: 11 is one of the D): right but for the known strong Lucas pseudoprimes.
    #[test]
    fn lucas_test_on_small_numbers() {
        let passed = |n: u64| strong_lucas_probable_prime(&BigModulus::new(n.into()).expect("above 0"));
        let mut wrong = Vec::new();
        for n in (13..20_000u64).step_by(2) {
            let prime = WordModulus::new(n).is_ok_and(|m| m.is_prime());
            if passed(n) != prime {
                wrong.push(n);
            }
        }
        // OEIS A217255.
        assert_eq!(wrong, [5459, 5777, 10877, 16109, 18971]);
    }

    #[test]
    fn jacobi_symbols() {
        let p = WordModulus::new(1_000_003).expect("a prime");
        for a in 1..200i64 {
            for a in [a, -a] {
                let power = p.pow(p.reduce_i64(a), 500_001);
                let expected = if power == 1 { 1 } else { -1 };
                assert_eq!(jacobi(a, &BigUint::from(1_000_003u32)), expected, "({a}/1000003)");
            }
        }
        assert_eq!(jacobi(15, &BigUint::from(9u8)), 0);
    }
}
