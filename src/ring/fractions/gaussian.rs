//! Products of sequences of Gaussian rationals: the numerators of both parts over one common denominator of a word, and back to lowest terms.
//!
//! They stand apart from [`product`](super::product) because an operand is two matrices of limbs, multiplied together
//! ([`gaussian_rows`](convolution::gaussian_rows)), and the parts of a result lie apart.

use super::{Denominator, blank, common_word, numerators, write_each};
use crate::convolution::{self, Rows, Want, plan::Facts};
use crate::integer::IntegerSlice;
use crate::integer::bigints::{self, Extent};
use crate::{Result, ring::engine};
use num_complex::Complex;
use num_rational::BigRational;

type Element = Complex<BigRational>;

/// The product into `out`, whose memory is kept, where the denominators of each operand have a common multiple of one word and the numerators over it do
/// not differ too much in size; false for everything else. Without `a`, `out` itself is the first operand.
///
/// # Errors
/// Those of [`convolution::integers`]; `out` is as it was then.
pub(in crate::ring) fn product(
    a: Option<&[Element]>,
    b: &[Element],
    want: &Want,
    out: &mut Vec<Element>,
) -> Result<bool> {
    let a = a.unwrap_or(out);
    if a.is_empty() || b.is_empty() {
        out.clear();
        return Ok(true);
    }
    let square = std::ptr::eq(a, b);
    let Some(x) = Operand::read(a)? else { return Ok(false) };
    let other = if square { None } else { Operand::read(b)? };
    let y = match &other {
        Some(other) => other,
        None if square => &x,
        None => return Ok(false),
    };
    if engine::sparse(&x.extent, &y.extent, 2 * want.window(a.len(), b.len()).len()) {
        return Ok(false);
    }
    let facts = Facts::Integers {
        bits: (x.extent.bits, y.extent.bits),
        signed: true,
        limbs: Some((x.extent.limbs as u64 / 2, y.extent.limbs as u64 / 2)),
    };
    let [re, im] = convolution::gaussian_rows(x.slices(), y.slices(), facts, want)?;
    let denominator = Denominator::new(x.common, y.common);
    let len = re.as_slice().len();
    out.truncate(len);
    out.reserve_exact(len - out.len());
    out.resize_with(len, || Complex::new(blank(), blank()));
    write_each(re.as_slice(), denominator.as_ref(), out.iter_mut().map(|z| &mut z.re));
    write_each(im.as_slice(), denominator.as_ref(), out.iter_mut().map(|z| &mut z.im));
    Ok(true)
}

/// Numerators over a common denominator, the real and the imaginary parts.
struct Operand {
    parts: [Rows; 2],
    /// Of both parts together.
    extent: Extent,
    common: u64,
}

impl Operand {
    /// `None` where the common denominator is longer than a word, or a matrix would be much larger than what stands in it.
    fn read(values: &[Element]) -> Result<Option<Self>> {
        let Some(common) = common_word(values.iter().flat_map(|z| [&z.re, &z.im])) else { return Ok(None) };
        let all = values.iter().flat_map(|z| [&z.re, &z.im]);
        let mut extent = Extent::of(all.map(|value| bigints::parts(value.numer())));
        if !engine::fits(&extent) {
            return Ok(None);
        }
        // Rows of one width.
        let part = Extent { len: values.len(), ..extent };
        let (re, x) = numerators(values.iter().map(|z| &z.re), part, common)?;
        let (im, y) = numerators(values.iter().map(|z| &z.im), part, common)?;
        extent.bits = x.bits.max(y.bits);
        if common > 1 {
            extent.limbs = x.limbs + y.limbs;
        }
        Ok(Some(Operand { parts: [re, im], extent, common }))
    }

    fn slices(&self) -> [IntegerSlice<'_>; 2] {
        [self.parts[0].as_slice(), self.parts[1].as_slice()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{QQ_I, Ring, ring::generic};
    use num_bigint::BigInt;

    #[test]
    fn every_size_and_destination() {
        let mut taken = [0; 2];
        for (bits, below) in
            [(0, 1), (0, 16), (40, 30), (62, 1), (64, 97), (200, 12), (700, 7), (3, u64::MAX)]
        {
            let part = |k: u64| {
                let mixed = k.wrapping_mul(0x9E37_79B9_7F4A_7C15);
                let n = BigInt::from(mixed >> 3 & 7) * ((BigInt::from(1) << bits) - 1) - k;
                BigRational::new(if mixed & 1 == 0 { n } else { -n }, (mixed % below + 1).into())
            };
            let value = |k: u64| match k % 4 {
                0 => Complex::new(part(k), part(3 * k + 1)),
                1 => Complex::new(part(0), part(k)),
                _ => Complex::new(part(5 * k), part(k + 2)),
            };
            for (m, n) in [(0, 3), (1, 1), (4, 2), (5, 8), (17, 9), (40, 33)] {
                let a: Vec<_> = (0..m).map(value).collect();
                let b: Vec<_> = (3..n + 3).map(value).collect();
                for b in [&a, &b] {
                    for want in [Want::full(), Want::low(3), Want::range(2..9)] {
                        let expected = generic::convolve(&QQ_I, &a, b, &want).expect("small");
                        for dirty in [0, 3, 200] {
                            let mut out: Vec<_> = (0..dirty).map(|k| value(k + 1)).collect();
                            taken[usize::from(product(Some(&a), b, &want, &mut out).expect("small"))] += 1;
                            QQ_I.convolve_into(&a, b, &want, &mut out).expect("small");
                            assert_eq!(out, expected, "{bits} bits below {below}, {m} by {n}, {want:?}");
                        }
                        let mut out = a.clone();
                        QQ_I.convolve_assign(&mut out, b, &want).expect("small");
                        assert_eq!(
                            out, expected,
                            "{bits} bits below {below}, {m} by {n}, {want:?}, in place"
                        );
                    }
                }
            }
        }
        assert!(taken[0] > 0 && taken[1] > taken[0], "over a word and beyond");
    }
}
