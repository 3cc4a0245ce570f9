//! One Bernoulli number modulo small primes: what the numerator is known modulo, so that fewer bits of it are left to the real number.
//!
//! It stands apart because nothing of it is a real number: a bit of the numerator costs the same whether it is one of the leading or of the lowest
//! ones, and primes `p` up to `X` give `1.44*X` of the lowest for some `X^2/log X` bits of fractions `s/p`.
//!
//! # Method
//! Voronoi's congruence for 2, `(2^n - 1)*B(n)/n = 2^(n-1) * sum of j^(n-1)*floor(2j/p) mod p` over `0 < j < p`, for `p - 1` that do not divide `n`. In the
//! class of `s` modulo the powers of 2, `floor(2j/p)` for `j = s*2^t` is a bit of the binary expansion of `s/p`: 64 of them come from one
//! quotient, and what stands before them is added up for each value of four bits. Since `p - j` has the other bit and the other sign, half of all `j` are enough.
//!
//! # Source
//! D. Harvey, "A multimodular algorithm for computing Bernoulli numbers", Math. Comp. 79 (2010), sections 2 to 5.

use crate::{Result, integer::WordModulus, sequences::images::Groups};
use num_bigint::BigUint;

/// An integer between 0 and a modulus, and that.
pub(super) struct Known {
    pub(super) residue: BigUint,
    pub(super) modulus: BigUint,
}

/// `|B(n)|` times its denominator modulo the product of all primes from 5 to `most` that do not divide the denominator, or a little less; `n` even.
///
/// # Errors
/// None so far.
pub(super) fn magnitude(n: u64, denominator: &BigUint, most: u64) -> Result<Option<Known>> {
    let factor = smallest_factors(most);
    // Products of primes that fit a word, with residues.
    let mut moduli: Vec<(u64, u64)> = Vec::new();
    for p in (5..=most).filter(|&p| factor[p as usize] == p && !n.is_multiple_of(p - 1)) {
        let Some(b) = modulo(n, p, &factor) else { continue };
        let numerator = b * (denominator % p).iter_u64_digits().next().unwrap_or(0) % p;
        let residue = if n.is_multiple_of(4) { (p - numerator) % p } else { numerator };
        match moduli.last_mut() {
            Some((modulus, known))
                if *modulus >> 62 == 0 && (u128::from(*modulus) * u128::from(p)) >> 62 == 0 =>
            {
                // known + modulus*x = residue modulo p
                let missing = (residue + p - *known % p) % p;
                let x = missing * power(*modulus % p, p - 2, p) % p;
                *known += *modulus * x;
                *modulus *= p;
            }
            _ => moduli.push((p, residue)),
        }
    }
    if moduli.len() < 2 {
        return Ok(None);
    }
    let words = moduli.iter().map(|(modulus, _)| WordModulus::new(*modulus)).collect::<Result<_>>()?;
    let groups = Groups::new(words)?;
    let modulus = groups.modulus().clone();
    let (sign, residue) = groups.integer(|i| moduli[i].1).into_parts();
    let residue = if sign == num_bigint::Sign::Minus { &modulus - residue } else { residue };
    Ok(Some(Known { residue, modulus }))
}

/// The smallest prime factor of every number.
fn smallest_factors(most: u64) -> Vec<u64> {
    let mut factor: Vec<u64> = (0..=most).collect();
    for p in (2..).take_while(|p| p * p <= most) {
        if factor[p as usize] == p {
            for k in (p * p..=most).step_by(p as usize) {
                if factor[k as usize] == k {
                    factor[k as usize] = p;
                }
            }
        }
    }
    factor
}

/// `a^n mod p`, for `p` below 2^32.
fn power(mut a: u64, mut n: u64, p: u64) -> u64 {
    let mut power = 1;
    while n > 0 {
        if n & 1 == 1 {
            power = power * a % p;
        }
        a = a * a % p;
        n >>= 1;
    }
    power
}

/// `1 + a + ... + a^(n-1)` modulo `p`.
fn geometric(a: u64, n: u64, p: u64) -> u64 {
    if a == 1 { n % p } else { (power(a, n, p) + p - 1) * power((a + p - 1) % p, p - 2, p) % p }
}

/// `B(n)` modulo a prime `p` from 5 on, for even `n` that `p - 1` does not divide; `None` where 2 tells nothing.
fn modulo(n: u64, p: u64, factor: &[u64]) -> Option<u64> {
    let e = n % (p - 1);
    let twos = power(2, e, p);
    if twos == 1 {
        return None;
    }
    let e = (e + p - 2) % (p - 1);
    let u = power(2, e, p);
    // The order of 2, and a generator of the classes modulo 2 and -1.
    let mut primes = Vec::new();
    let mut rest = p - 1;
    while rest > 1 {
        let q = factor[rest as usize];
        primes.push(q);
        while rest.is_multiple_of(q) {
            rest /= q;
        }
    }
    let mut order = p - 1;
    for &q in &primes {
        while order.is_multiple_of(q) && power(2, order / q, p) == 1 {
            order /= q;
        }
    }
    let length = if order.is_multiple_of(2) { order / 2 } else { order };
    let classes = (p - 1) / 2 / length;
    let generates = |g: &u64| primes.iter().all(|q| power(*g, (p - 1) / q, p) != 1);
    let g = if classes == 1 { 1 } else { (2..).find(generates).unwrap_or(1) };
    let h = power(g, e, p);

    // 2^64 = quotient*p + remainder.
    let (quotient, remainder) = (u64::MAX / p, (u64::MAX % p + 1) % p);
    let step = power(u, 64, p);
    let mut table = [[0u64; 16]; 16];
    let (mut start, mut first) = (1, 1);
    for _ in 0..classes {
        let (mut s, mut weight) = (start, first);
        let mut left = length;
        while left > 0 {
            let product = s * remainder;
            let mut bits = s * quotient + product / p;
            s = product % p;
            if left < 64 {
                bits &= u64::MAX << (64 - left);
            }
            left = left.saturating_sub(64);
            for (k, sums) in table.iter_mut().enumerate() {
                sums[(bits >> (60 - 4 * k)) as usize & 15] += weight;
            }
            weight = weight * step % p;
        }
        start = start * g % p;
        first = first * h % p;
    }
    // Bit 4k + i of the words: the values of four bits that have it.
    let (mut sum, mut weight) = (0, 1);
    for sums in &table {
        for i in 0..4 {
            let total: u64 = (0..16).filter(|v| v >> (3 - i) & 1 == 1).map(|v: usize| sums[v]).sum();
            sum = (sum + total % p * weight) % p;
            weight = weight * u % p;
        }
    }
    // Each j with the bit 1 against p - j, and the other way round.
    let all = geometric(h, classes, p) * geometric(u, length, p) % p;
    let sum = (2 * sum + p - all) % p;
    let scaled = n % p * u % p * sum % p;
    Some(scaled * power(twos - 1, p - 2, p) % p)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ring::Zmod,
        ring::map::from_rational,
        sequences::{bernoulli_number, bernoulli_numbers},
    };

    /// Against the numbers, for all small primes; one by one and put together.
    #[test]
    fn against_the_numbers() {
        let factor = smallest_factors(300);
        let numbers = bernoulli_numbers(400).unwrap();
        let mut count = 0;
        for n in (2..400u64).step_by(2) {
            let b = &numbers[n as usize];
            for p in (5..300).filter(|&p| factor[p as usize] == p && !n.is_multiple_of(p - 1)) {
                if let Some(found) = modulo(n, p, &factor) {
                    assert_eq!(found, from_rational(&Zmod::new(p), b).unwrap(), "B({n}) modulo {p}");
                    count += 1;
                }
            }
            let denominator = b.denom().magnitude();
            let known = magnitude(n, denominator, 299).unwrap().unwrap();
            assert_eq!(b.numer().magnitude() % &known.modulus, known.residue, "{n}");
            assert!(known.modulus.bits() > 300);
        }
        assert!(count > 8000, "{count}");
    }

    /// Numbers of which some residues are known have others too.
    #[test]
    fn primes_beyond_the_known_ones() {
        for n in [3998u64, 4000, 4320, 5002] {
            let number = bernoulli_number(n).unwrap();
            let factor = smallest_factors(n);
            for p in (n / 2 + 1..n / 2 + 150).filter(|&p| factor[p as usize] == p && !n.is_multiple_of(p - 1))
            {
                if let Some(found) = modulo(n, p, &factor) {
                    assert_eq!(found, from_rational(&Zmod::new(p), &number).unwrap(), "B({n}) modulo {p}");
                }
            }
        }
    }
}
