//! `a * b` for large integers by the engine's transforms: chunks of `c` bits are the coefficients of two polynomials, and what
//! comes back is carried once.
//!
//! Apart from the rest of the ladder because it is the one step that calls the engine, and the engine, for coefficients of
//! many limbs, calls the ladder: it asks for transforms by name, never for Kronecker substitution.
//!
//! # Method
//! Chunks are natural numbers below `2^c`, so with `n` chunks in the shorter operand a coefficient of the product is below
//! `2^(2c) * n`. [`tuning::INTEGER_PRODUCT_BITS`] fixes the bits of a coefficient, and `c` is what they leave. An operand much longer than the other is
//! cut into blocks by the engine, which transforms the shorter one once.

use crate::{
    Result,
    convolution::{Algorithm, Want, integers, ntt, plan::ceil_log2, tuning},
    integer::IntegerVec,
};

/// `out = a * b`, `out.len() = a.len() + b.len()`, both operands ending in a limb that is not 0; the same slice twice is a
/// square.
///
/// # Errors
/// Kind limit, for buffers over the limit or where memory is refused.
pub(super) fn product(out: &mut [u64], a: &[u64], b: &[u64]) -> Result<()> {
    let bits = |x: &[u64]| x.last().map_or(0, |top| 64 * x.len() as u64 - u64::from(top.leading_zeros()));
    let (long, short) = (bits(a).max(bits(b)), bits(a).min(bits(b)));
    let chunk = chunk_bits(long, short);
    let want = Want::full().by(Algorithm::Ntt);
    let x = cut(a, bits(a), chunk)?;
    let product = if std::ptr::eq(a, b) {
        integers(x.as_slice(), x.as_slice(), &want)?
    } else {
        integers(x.as_slice(), cut(b, bits(b), chunk)?.as_slice(), &want)?
    };
    let limbs = carry(&product, chunk, out.len());
    out[..limbs.len()].copy_from_slice(&limbs);
    out[limbs.len()..].fill(0);
    Ok(())
}

/// Bits of a chunk: what the bits of a coefficient leave, more for operands that would be too long for a transform.
fn chunk_bits(long: u64, short: u64) -> u64 {
    let mut bits = tuning::INTEGER_PRODUCT_BITS;
    loop {
        // The number of terms depends on the chunk; a smaller chunk has more of them.
        let mut chunk = (bits - ceil_log2(short)) / 2;
        while 2 * (chunk + 1) + ceil_log2(short.div_ceil(chunk + 1)) <= bits {
            chunk += 1;
        }
        if long.div_ceil(chunk) + short.div_ceil(chunk) <= ntt::MAX_LENGTH as u64 {
            return chunk;
        }
        bits *= 2;
    }
}

/// Chunks of `chunk` bits, least significant first, as rows with a sign bit.
fn cut(limbs: &[u64], bits: u64, chunk: u64) -> Result<IntegerVec> {
    let (count, width) = (bits.div_ceil(chunk) as usize, (chunk / 64 + 1) as usize);
    let mut rows = IntegerVec::try_zeros(count, width)?;
    let limb = |k: usize| limbs.get(k).copied().unwrap_or(0);
    let mask = (1u64 << (chunk % 64)) - 1; // of the top limb; 0 when only the sign bit is there
    for (k, row) in rows.limbs_mut().chunks_exact_mut(width).enumerate() {
        let at = k as u64 * chunk;
        let (first, shift) = ((at / 64) as usize, at % 64);
        for (t, out) in row.iter_mut().enumerate() {
            let wide = u128::from(limb(first + t + 1)) << 64 | u128::from(limb(first + t));
            *out = (wide >> shift) as u64;
        }
        row[width - 1] &= mask;
    }
    Ok(rows)
}

/// `sum row[k] * 2^(chunk * k)` for rows of natural numbers, `len` limbs: one pass with a running sum.
fn carry(rows: &IntegerVec, chunk: u64, len: usize) -> Vec<u64> {
    match rows.width() {
        1 => carry_rows::<2>(rows, chunk, len),
        2 => carry_rows::<3>(rows, chunk, len),
        3 => carry_rows::<4>(rows, chunk, len),
        _ => carry_wide(rows, chunk, len),
    }
}

/// The same with a running sum of `N` limbs, one more than a row has: `sum < 2^(64 * width) + sum / 2^chunk` stays below
/// twice the largest row.
fn carry_rows<const N: usize>(rows: &IntegerVec, chunk: u64, len: usize) -> Vec<u64> {
    let mut out = Output::new(len);
    let mut sum = [0u64; N];
    for row in rows.limbs().chunks_exact(N - 1) {
        add(&mut sum, row);
        out.push(&sum, chunk);
        shift_down(&mut sum, chunk);
    }
    out.finish(&sum)
}

fn carry_wide(rows: &IntegerVec, chunk: u64, len: usize) -> Vec<u64> {
    let mut out = Output::new(len);
    let mut sum = vec![0u64; rows.width() + 1];
    for row in rows.rows() {
        add(&mut sum, row);
        out.push(&sum, chunk);
        shift_down(&mut sum, chunk);
    }
    out.finish(&sum)
}

/// `sum += row`, one limb shorter.
#[inline(always)]
fn add(sum: &mut [u64], row: &[u64]) {
    let mut carry = 0u128;
    for (sum, &limb) in sum.iter_mut().zip(row.iter().chain(&[0])) {
        carry += u128::from(*sum) + u128::from(limb);
        *sum = carry as u64;
        carry >>= 64;
    }
}

/// `sum >>= bits`.
#[inline(always)]
fn shift_down(sum: &mut [u64], bits: u64) {
    let (words, shift) = ((bits / 64) as usize, bits % 64);
    for k in 0..sum.len() {
        let low = sum.get(k + words).copied().unwrap_or(0);
        let high = sum.get(k + words + 1).copied().unwrap_or(0);
        sum[k] = ((u128::from(high) << 64 | u128::from(low)) >> shift) as u64;
    }
}

/// Bits, appended from the least significant one up.
struct Output {
    limbs: Vec<u64>,
    /// The limbs wanted; what is appended beyond them is 0.
    len: usize,
    /// Bits that do not fill a limb yet.
    held: u64,
    count: u64,
}

impl Output {
    fn new(len: usize) -> Self {
        Output { limbs: Vec::with_capacity(len), len, held: 0, count: 0 }
    }

    /// Appends the low `bits` bits of `value`.
    #[inline(always)]
    fn push(&mut self, value: &[u64], bits: u64) {
        let mut left = bits;
        for &limb in value {
            let take = left.min(64);
            let wide = u128::from(self.held) | (u128::from(limb) & ((1 << take) - 1)) << self.count;
            self.count += take;
            if self.count >= 64 {
                self.limbs.push(wide as u64);
                self.held = (wide >> 64) as u64;
                self.count -= 64;
            } else {
                self.held = wide as u64;
            }
            left -= take;
            if left == 0 {
                return;
            }
        }
    }

    fn finish(mut self, rest: &[u64]) -> Vec<u64> {
        self.push(rest, 64 * rest.len() as u64);
        self.limbs.push(self.held);
        debug_assert!(
            self.limbs.iter().skip(self.len).all(|&l| l == 0),
            "the product is longer than its factors"
        );
        self.limbs.truncate(self.len);
        self.limbs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integer::from_limbs;

    #[test]
    fn chunks_agree_with_num_bigint_in_every_shape() {
        let chunk = chunk_bits(5000, 5000);
        let number = |bits: u64, ones: bool| {
            let mut limbs: Vec<u64> = (0..bits.div_ceil(64))
                .map(|k| if ones { u64::MAX } else { 0x9E37_79B9_7F4A_7C15u64.wrapping_mul(k + 1) ^ k << 50 })
                .collect();
            let top = limbs.last_mut().expect("a bit");
            *top = (*top | 1 << 63) >> ((64 - bits % 64) % 64);
            limbs
        };
        for a_bits in [1, 2, 63, 64, 65, chunk - 1, chunk, chunk + 1, 2 * chunk, 5000, 20_011] {
            for b_bits in [1, 64, chunk, 2 * chunk + 1, 5000, 9999] {
                for (first, second) in [(true, true), (false, true), (false, false)] {
                    let (a, b) = (number(a_bits, first), number(b_bits, second));
                    let mut out = vec![7; a.len() + b.len()];
                    product(&mut out, &a, &b).expect("small");
                    assert_eq!(
                        from_limbs(&out),
                        from_limbs(&a) * from_limbs(&b),
                        "{a_bits} by {b_bits} bits"
                    );
                    let mut out = vec![7; 2 * a.len()];
                    product(&mut out, &a, &a).expect("small");
                    assert_eq!(from_limbs(&out), from_limbs(&a) * from_limbs(&a), "{a_bits} bits squared");
                }
            }
        }
    }

    #[test]
    fn chunks_leave_room_for_the_sum() {
        for bits in [1, 64, 1000, 1 << 20, 1 << 30, 1 << 36] {
            let chunk = chunk_bits(bits, bits);
            assert!(bits.div_ceil(chunk) * 2 <= ntt::MAX_LENGTH as u64);
            assert!(ntt::primes_for(2 * chunk + ceil_log2(bits.div_ceil(chunk))) <= tuning::NTT_MAX_PRIMES);
        }
    }
}
