//! [`Float`]: natural numbers times powers of two, cut to so many bits, `m * 2^e`.
//!
//! It stands apart because powers and quotients of real numbers need a bound of their error and nothing else: each operation cuts towards zero and is
//! off by less than `2^(1-bits)` of its value.

use crate::{natural_product, try_integer_div_rem};
use num_bigint::{BigInt, BigUint};
use num_traits::One;

/// `m * 2^e`.
#[derive(Clone, Debug)]
pub(super) struct Float {
    pub(super) m: BigUint,
    pub(super) e: i64,
}

impl Float {
    pub(super) fn new(m: BigUint, e: i64) -> Self {
        Float { m, e }
    }

    /// The leading bits.
    pub(super) fn cut(self, bits: u64) -> Self {
        let more = self.m.bits().saturating_sub(bits);
        if more == 0 { self } else { Float { m: self.m >> more, e: self.e + more as i64 } }
    }

    pub(super) fn mul(&self, other: &Float, bits: u64) -> Float {
        Float { m: natural_product(&self.m, &other.m), e: self.e + other.e }.cut(bits)
    }

    pub(super) fn div(&self, other: &Float, bits: u64) -> Float {
        let more = (bits + other.m.bits()).saturating_sub(self.m.bits());
        let quotient = quotient(&self.m << more, &other.m);
        Float { m: quotient, e: self.e - more as i64 - other.e }.cut(bits)
    }

    /// The power, off by less than `2^(2-bits)*n` of its value where that is far below 1.
    pub(super) fn pow(&self, n: u64, bits: u64) -> Float {
        let mut power = Float::new(BigUint::one(), 0);
        let base = self.clone().cut(bits);
        for i in (0..u64::BITS - n.leading_zeros()).rev() {
            let square = Float { m: natural_product(&power.m, &power.m), e: 2 * power.e };
            power = square.cut(bits);
            if n >> i & 1 == 1 {
                power = power.mul(&base, bits);
            }
        }
        power
    }

    /// `floor(self * 2^bits)`, up to what was cut before.
    pub(super) fn fixed(self, bits: u64) -> BigUint {
        let shift = self.e + bits as i64;
        if shift >= 0 { self.m << shift } else { self.m >> -shift }
    }
}

/// `floor(a/b)`.
pub(super) fn quotient(a: BigUint, b: &BigUint) -> BigUint {
    match try_integer_div_rem(&BigInt::from(a), &BigInt::from(b.clone())) {
        Ok((quotient, _)) => quotient.into_parts().1,
        Err(_) => unreachable!("a divisor that is not zero"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_and_quotients() {
        let third = Float::new(BigUint::one(), 0).div(&Float::new(3u8.into(), 0), 200);
        assert_eq!(third.clone().fixed(10), BigUint::from(341u16));
        // 2^250/3^100
        let power = third.pow(100, 150).fixed(250);
        let exact = (BigUint::one() << 250u32) / BigUint::from(3u8).pow(100);
        assert!(&exact - &power <= BigUint::one());
        assert_eq!(Float::new(5u8.into(), 3).pow(0, 10).fixed(0), BigUint::one());
        assert_eq!(Float::new(5u8.into(), 3).pow(3, 100).fixed(0), BigUint::from(64_000u32));
    }
}
