//! Products modulo `x^n - 1` of residues of a word: what transforms of length `n` compute by themselves, for a power of two.
//!
//! They stand apart from products with a window because nothing of them is read apart from what wraps around: who knows all but `n`
//! coefficients of a product, as division does, has the rest from transforms of length `n`.

use super::{Frame, Operand, Transformed, bound::Bound};
use crate::{
    Error, Result,
    convolution::{
        Want, choose,
        ntt::{self, product},
        plan::{Facts, Plan, Shape},
        tuning, words_mod,
    },
    integer::WordModulus,
};

/// The product of two sequences of residues modulo `n` and `x^length - 1`.
///
/// # Units
/// Residues in `0..n`, in and out.
///
/// # Errors
/// As for [`words_mod`].
///
/// # Panics
/// When `length` is 0; in debug builds, when an operand is not reduced.
///
/// # Complexity
/// Three transforms of that length where it is a power of two and the operands are no longer; else that of the whole product.
///
/// # Examples
/// ```
/// use monic::{convolution::words_mod_cyclic, integer::WordModulus};
/// // (1 + 2x)*(3 + 4x^2) = 3 + 6x + 4x^2 + 8x^3
/// assert_eq!(words_mod_cyclic(&WordModulus::new(100)?, &[1, 2], &[3, 0, 4], 3)?, [11, 6, 4]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn words_mod_cyclic(n: &WordModulus, a: &[u64], b: &[u64], length: usize) -> Result<Vec<u64>> {
    assert!(length > 0, "a cyclic convolution has a length of at least 1");
    let whole = || -> Result<Vec<u64>> {
        let mut product = words_mod(n, a, b, &Want::full())?;
        wrap(n, &mut product, length);
        Ok(product)
    };
    let wraps = !a.is_empty() && !b.is_empty() && a.len() + b.len() - 1 > length;
    if !wraps || !length.is_power_of_two() || !(tuning::NTT_FEW_POINTS..=ntt::MAX_LENGTH).contains(&length) {
        return whole();
    }
    let (x, y) = (folded(n, a, length), folded(n, b, length));
    let shape = Shape::new(x.len(), y.len(), &Want::full());
    let planned = choose(&Facts::Word { modulus: n.modulus() }, &shape, &Want::full())?;
    if !matches!(planned, Plan::Ntt(ntt) if ntt.block == 0) {
        return whole();
    }
    let Plan::Ntt(plan) = Frame::cyclic_words(n, length)?.plan() else {
        unreachable!("a frame is of transforms")
    };
    let mut out = product::buffer(length)?;
    product::words_into(&plan, n, &x, &y, &Shape { window: 0..length, ..shape }, &mut out)?;
    Ok(out)
}

/// The sequence modulo `x^length - 1`; itself where it is no longer.
fn folded<'a>(n: &WordModulus, a: &'a [u64], length: usize) -> std::borrow::Cow<'a, [u64]> {
    if a.len() <= length {
        return a.into();
    }
    let mut sum = a.to_vec();
    wrap(n, &mut sum, length);
    sum.into()
}

/// Takes a sequence modulo `x^length - 1`, to all `length` coefficients.
fn wrap(n: &WordModulus, a: &mut Vec<u64>, length: usize) {
    let over = a.split_off(length.min(a.len()));
    a.resize(length, 0);
    for block in over.chunks(length) {
        for (x, &c) in a.iter_mut().zip(block) {
            *x = n.add(*x, c);
        }
    }
}

impl Frame {
    /// For products of residues modulo `n` and `x^length - 1`, one product each.
    ///
    /// # Errors
    /// Kind unsupported where the length is no power of two, or over the largest transform; kind limit for buffers over [the
    /// limit](crate::limit).
    ///
    /// # Examples
    /// ```
    /// use monic::{convolution::Frame, integer::WordModulus};
    /// let (n, x) = (WordModulus::new(1_000_003)?, [0u64, 1]);
    /// let frame = Frame::cyclic_words(&n, 4)?;
    /// let shift = frame.transform(&x[..])?;
    /// assert_eq!(shift.mul_words_cyclic(&[1, 2, 3, 4])?, [4, 1, 2, 3]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn cyclic_words(n: &WordModulus, length: usize) -> Result<Frame> {
        if !length.is_power_of_two() {
            return Err(Error::unsupported(format!("cyclic transforms of length {length}, no power of two")));
        }
        Self::of_residues(n, length, Bound::new(length as u64))
    }
}

impl Transformed {
    /// The product with plain residues, wrapped around to the length of the frame: one transform in and one back.
    ///
    /// # Errors
    /// As for [`mul_words`](Self::mul_words), but for the window; kind unsupported for a frame that does not wrap around.
    pub fn mul_words_cyclic(&self, other: &[u64]) -> Result<Vec<u64>> {
        if !self.frame.is_cyclic() {
            return Err(Error::unsupported(format!(
                "a frame of length {} does not wrap around",
                self.frame.length()
            )));
        }
        let operand = Operand::Words(other);
        let (len, _) = self.product_of(operand.len(), operand.bound(&self.frame)?)?;
        if len == 0 {
            return product::buffer(self.frame.length());
        }
        let source = operand.source(&self.frame, &None);
        self.frame.words_of(0..self.frame.length(), |i, buffer| self.multiply_into(i, source, buffer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the whole product, folded.
    #[test]
    fn against_whole_products() {
        let draw = |len: usize, n: u128, seed: u64| -> Vec<u64> {
            (0..len as u64)
                .map(|k| (u128::from((k + seed).wrapping_mul(0x9E37_79B9_7F4A_7C15)) % n) as u64)
                .collect()
        };
        for n in [5u128, 998_244_353, (1 << 61) - 1, (1 << 64) - 59, 1 << 64] {
            let modulus = WordModulus::from_u128(n).unwrap();
            for length in [1, 3, 64, 100, 128, 512] {
                for (a, b) in
                    [(0, 5), (1, 1), (length, length), (length / 2 + 1, length), (3 * length, length + 1)]
                {
                    let (a, b) = (draw(a, n, 1), draw(b, n, 2));
                    let mut expected = words_mod(&modulus, &a, &b, &Want::full()).unwrap();
                    wrap(&modulus, &mut expected, length);
                    assert_eq!(words_mod_cyclic(&modulus, &a, &b, length).unwrap(), expected);
                    if length.is_power_of_two() && a.len() <= length && b.len() <= length {
                        let frame = Frame::cyclic_words(&modulus, length).unwrap();
                        let prepared = frame.transform(&a).unwrap();
                        assert_eq!(prepared.mul_words_cyclic(&b).unwrap(), expected, "{n} {length}");
                    }
                }
            }
        }
        assert!(Frame::cyclic_words(&WordModulus::new(7).unwrap(), 12).is_err());
    }
}
