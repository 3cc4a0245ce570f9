//! The Fibonacci numbers `F(n) = F(n-1) + F(n-2)`, `F(0) = 0`, `F(1) = 1`, by doubling:
//! `F(2k) = F(k)*(2*F(k+1) - F(k))`, `F(2k+1) = F(k)^2 + F(k+1)^2`.
//!
//! They stand apart from other recurrences because two neighbours say everything: three products a bit of `n`.

use crate::{Result, limit, ring::Ring};

/// The Fibonacci number `F(n)` in a ring.
///
/// # Errors
/// Kind limit where elements grow, before numbers become large; kind overflow in partial rings.
///
/// # Complexity
/// `O(log n)` products; over Z the last three of them count.
///
/// # Examples
/// ```
/// use monic::{ZZ, Zmod, sequences::fibonacci};
/// assert_eq!(fibonacci(&ZZ, 100)?, 354_224_848_179_261_915_075u128.into());
/// assert_eq!(fibonacci(&Zmod::new(10), 1_000_000_000_000_000_000)?, 5);
/// assert!(fibonacci(&ZZ, 1_000_000_000_000_000_000).is_err());
/// # Ok::<(), monic::Error>(())
/// ```
pub fn fibonacci<R: Ring>(ring: &R, n: u64) -> Result<R::Element> {
    // F(k) and F(k+1) for the leading bits k of n.
    let (mut a, mut b) = (ring.zero(), ring.one());
    let bits = u64::BITS - n.leading_zeros();
    for i in (0..bits).rev() {
        check_growth(ring, &a, i + 1)?;
        let twice = ring.try_add(&b, &b)?;
        let even = ring.try_mul(&a, &ring.try_sub(&twice, &a)?)?;
        if i == 0 && n & 1 == 0 {
            return Ok(even);
        }
        let odd = ring.try_add(&ring.try_mul(&a, &a)?, &ring.try_mul(&b, &b)?)?;
        if i == 0 {
            return Ok(odd);
        }
        (a, b) = if n >> i & 1 == 1 { (odd.clone(), ring.try_add(&odd, &even)?) } else { (even, odd) };
    }
    Ok(a)
}

/// Refuses what is going to be over the limit after so many doublings.
fn check_growth<R: Ring>(ring: &R, a: &R::Element, doublings: u32) -> Result<()> {
    /// A number of so many bits has left the range of small ones, in which its size says little.
    const SIZED: f64 = 64.0;
    let bits = ring.log2_norm(std::slice::from_ref(a));
    if bits < SIZED {
        return Ok(());
    }
    // Each doubling squares and loses a bit at most.
    limit::check(1, ((bits - 2.0) * 2f64.powi(doublings as i32)) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{I64, ZZ, Zmod};
    use num_bigint::BigInt;

    #[test]
    fn against_sums() {
        let (mut a, mut b) = (BigInt::ZERO, BigInt::from(1));
        for n in 0..300 {
            assert_eq!(fibonacci(&ZZ, n).unwrap(), a, "{n}");
            let modulus = Zmod::new(1_000_007);
            assert_eq!(fibonacci(&modulus, n).unwrap(), modulus.from_integer(a.clone()));
            (a, b) = (b.clone(), a + b);
        }
        assert_eq!(fibonacci(&I64, 92), Ok(7_540_113_804_746_346_429));
        assert!(fibonacci(&I64, 94).is_err());
        assert_eq!(fibonacci(&ZZ, u64::MAX).unwrap_err().kind(), crate::ErrorKind::Limit);
        // F(p - (p/5)) = 0 modulo p
        assert_eq!(fibonacci(&Zmod::new(1_000_000_007), 2 * 1_000_000_008).unwrap(), 0);
    }
}
