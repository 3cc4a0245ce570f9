//! `a * b` for large integers by the engine's transforms: chunks of `c` bits are the coefficients of two polynomials, and what
//! comes back is carried once.
//!
//! Apart from the rest of the ladder because it is the one step that calls the engine. It is the product of two polynomials of
//! one coefficient each, natural numbers in [`chunks`](crate::convolution::ntt::chunks). An operand much longer than the other is
//! cut into blocks by the engine, which transforms the shorter one once.

use crate::{
    Result,
    convolution::{
        ntt::{self, chunks::Chunks},
        plan::{self, Shape},
    },
    integer::IntegerSlice,
};

/// `out = a * b`, `out.len() = a.len() + b.len()`, both operands ending in a limb that is not 0; the same slice twice is a
/// square.
///
/// # Errors
/// Kind limit, for buffers over the limit or where memory is refused; kind unsupported, for more chunks than the longest
/// transform has points.
pub(super) fn product(out: &mut [u64], a: &[u64], b: &[u64]) -> Result<()> {
    let bits = |x: &[u64]| x.last().map_or(0, |top| 64 * x.len() as u64 - u64::from(top.leading_zeros()));
    let (bits, square) = ((bits(a), bits(b)), std::ptr::eq(a, b));
    let shape = Shape { a: 1, b: 1, window: 0..1, square };
    let plan = plan::chunks_of(bits, &shape, false)?;
    let (flat, counts) = plan::flat(bits, &shape, false, plan.chunk);
    let stride = (counts.0 + counts.1 - 1) as usize;
    let chunks = |x, count| {
        let rows = IntegerSlice::new(x, x.len());
        Chunks { rows, bits: plan.chunk, count: count as usize, stride, signed: false }
    };
    let width = out.len();
    ntt::product::chunks_into(&plan, chunks(a, counts.0), chunks(b, counts.1), &flat, out, width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integer::from_limbs;

    #[test]
    fn chunks_agree_with_num_bigint_in_every_shape() {
        let chunk = 44;
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
}
