//! [`Float`]: natural numbers times powers of two, cut to so many leading bits, `m * 2^e`.
//!
//! It stands apart because powers and inverses of real numbers need a bound of their error and nothing else: operands and results are cut
//! towards zero at a limb, so that an operation is off by less than `2^(2-bits)` of its value.

use crate::{
    convolution::integer_product::mul_limbs,
    integer::{from_limbs, limbs},
};
use num_bigint::BigUint;

/// `m * 2^e`, in limbs without leading zeros.
#[derive(Clone, Debug)]
pub(super) struct Float {
    m: Vec<u64>,
    e: i64,
}

/// Limbs that hold so many bits, whatever the leading one holds.
fn count(bits: u64) -> usize {
    (bits / 64) as usize + 2
}

impl Float {
    pub(super) fn new(mut m: Vec<u64>, e: i64) -> Self {
        m.truncate(limbs::trimmed(&m).len());
        Float { m, e }
    }

    pub(super) fn of(x: &BigUint, e: i64) -> Self {
        Float { m: x.iter_u64_digits().collect(), e }
    }

    /// The same times a power of two.
    pub(super) fn shifted(mut self, twos: i64) -> Self {
        self.e += twos;
        self
    }

    /// Bits before the point.
    pub(super) fn integer_bits(&self) -> u64 {
        (self.bits() as i64 + self.e).max(0) as u64
    }

    fn bits(&self) -> u64 {
        match self.m.last() {
            Some(top) => 64 * self.m.len() as u64 - u64::from(top.leading_zeros()),
            None => 0,
        }
    }

    /// The leading limbs, and the exponent that is theirs.
    fn leading(&self, bits: u64) -> (&[u64], i64) {
        let unused = self.m.len().saturating_sub(count(bits));
        (&self.m[unused..], self.e + 64 * unused as i64)
    }

    /// The leading bits.
    pub(super) fn cut(self, bits: u64) -> Self {
        let (m, e) = self.leading(bits);
        if m.len() == self.m.len() { self } else { Float { m: m.to_vec(), e } }
    }

    pub(super) fn mul(&self, other: &Float, bits: u64) -> Float {
        let ((x, first), (y, second)) = (self.leading(bits), other.leading(bits));
        Self::product(x, y, first + second, bits)
    }

    pub(super) fn square(&self, bits: u64) -> Float {
        let (x, e) = self.leading(bits);
        Self::product(x, x, 2 * e, bits)
    }

    fn product(x: &[u64], y: &[u64], e: i64, bits: u64) -> Float {
        let mut m = vec![0; x.len() + y.len()];
        mul_limbs(&mut m, x, y);
        Float::new(m, e).cut(bits)
    }

    /// `1/self`, off by less than `2^(2-bits)` of its value, by Newton's iteration `r := r + r*(1 - f*r)` with as many limbs as are right.
    pub(super) fn recip(&self, bits: u64) -> Float {
        // f = m/2^of_m is at least a half and below 1, in limbs with the leading bit set; r is 2^(64*k)/f, off by two units at most.
        let mut lengths = vec![count(bits).max(2)];
        while lengths[lengths.len() - 1] > 2 {
            lengths.push((lengths[lengths.len() - 1] + 1).div_ceil(2));
        }
        let of_m = self.bits();
        let most = lengths[0] + 2;
        let unused = self.m.len().saturating_sub(most);
        let mut f = vec![0; most.saturating_sub(self.m.len())];
        f.extend_from_slice(&self.m[unused..]);
        limbs::shift_left(&mut f, (of_m.wrapping_neg() % 64) as u32);
        let leading = |count: usize| &f[f.len() - count..];
        let first: BigUint = (BigUint::from(1u8) << (64 * (3 + 2))) / from_limbs(leading(3));
        let mut r: Vec<u64> = first.iter_u64_digits().collect();
        for step in lengths.windows(2).rev() {
            let (next, k) = (step[0], step[1]);
            let mut error = vec![0; next + 1 + r.len()];
            mul_limbs(&mut error, leading(next + 1), &r);
            // The distance from 1, which stands in the last limb.
            let below = error.pop() == Some(0);
            if below {
                limbs::negate(&mut error);
            }
            // Its limbs below the last one of r do not count.
            let error = limbs::trimmed(&error[k..]);
            let mut change = vec![0; r.len() + error.len()];
            mul_limbs(&mut change, &r, error);
            let change = limbs::trimmed(change.get(k + 1..).unwrap_or_default());
            let mut longer = vec![0; next - k];
            longer.append(&mut r);
            if below {
                limbs::add_assign(&mut longer, change);
            } else {
                limbs::sub_assign(&mut longer, change);
            }
            r = longer;
        }
        Float::new(r, -64 * lengths[0] as i64 - of_m as i64 - self.e)
    }

    /// The power, off by less than `2^(4-bits)*n` of its value where that is far below 1.
    pub(super) fn pow(&self, n: u64, bits: u64) -> Float {
        let mut power = Float { m: vec![1], e: 0 };
        for i in (0..u64::BITS - n.leading_zeros()).rev() {
            power = power.square(bits);
            if n >> i & 1 == 1 {
                power = power.mul(self, bits);
            }
        }
        power
    }

    /// `floor(self * 2^bits)`.
    pub(super) fn fixed(&self, bits: u64) -> Vec<u64> {
        let shift = self.e + bits as i64;
        let (skip, rest) = (shift.div_euclid(64), shift.rem_euclid(64) as u32);
        // In limbs, less 64 bits and then up again by what is not a whole limb.
        let mut m = if skip >= 0 {
            let mut m = vec![0; skip as usize];
            m.extend_from_slice(&self.m);
            m
        } else {
            // One limb more, whose upper bits are shifted in.
            let skip = skip.unsigned_abs() as usize - 1;
            self.m.get(skip..).unwrap_or_default().to_vec()
        };
        let carry = limbs::shift_left(&mut m, rest);
        m.push(carry);
        if skip < 0 {
            m.remove(0);
        }
        m.truncate(limbs::trimmed(&m).len());
        m
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;
    use num_traits::One;

    fn natural(limbs: Vec<u64>) -> BigUint {
        from_limbs(&limbs)
    }

    #[test]
    fn fixed_points() {
        let m = BigUint::from(0x0123_4567_89AB_CDEFu64).pow(5);
        for e in [-400i64, -320, -130, -129, -128, -127, -64, -63, -1, 0, 1, 63, 64, 65, 200] {
            for bits in [0u64, 1, 63, 64, 65, 128, 300] {
                let shift = e + bits as i64;
                let exact = if shift >= 0 { &m << shift } else { &m >> -shift };
                assert_eq!(natural(Float::of(&m, e).fixed(bits)), exact, "{e} {bits}");
            }
        }
    }

    #[test]
    fn powers_and_inverses() {
        for m in [1u64, 2, 3, 5, 10_005, 1 << 40, (1 << 63) + 1, u64::MAX] {
            for (power, bits) in [(1u32, 60u64), (1, 129), (17, 64), (17, 1000), (40, 3333), (90, 500)] {
                let m = BigUint::from(m).pow(power);
                let behind = bits + m.bits() + 64;
                let found = natural(Float::of(&m, -5).recip(bits).fixed(behind));
                let exact = (BigUint::one() << (behind + 5)) / &m;
                let error = (BigInt::from(found) - BigInt::from(exact.clone())).magnitude().bits();
                assert!(error + bits <= exact.bits() + 2, "{m} {bits}: 2^{error} of {exact}");
            }
        }
        let power = Float::of(&3u8.into(), 0).recip(200).pow(100, 150);
        let exact = (BigUint::one() << 350u32) / BigUint::from(3u8).pow(100);
        let error =
            (BigInt::from(natural(power.fixed(350))) - BigInt::from(exact.clone())).magnitude().bits();
        assert!(error + 150 <= exact.bits() + 4 + 7);
        assert_eq!(natural(Float::of(&5u8.into(), 3).pow(0, 10).fixed(0)), BigUint::one());
        assert_eq!(natural(Float::of(&5u8.into(), 3).pow(3, 100).fixed(0)), BigUint::from(64_000u32));
    }
}
