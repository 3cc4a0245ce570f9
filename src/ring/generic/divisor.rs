//! [`Divisor`]: a polynomial by which many others are divided, with the power series `1/g` and the transforms that take part in it.
//!
//! # Method
//! With `n = deg g` and the reversed inverse `w`, the quotient of `f` of degree below `2n` is the upper half of `f_1*w`, where `f = f_0 + f_1*x^n`
//! (P. Barrett, CRYPTO '86, for integers; V. Shoup, J. Symb. Comp. 20, 1995, section 7, for polynomials with their transforms): with both
//! factors prepared a division takes two transforms of length `2n` and two of length `n`. Longer operands go block by block from the top.

use super::{
    division::{QuoRem, cyclic_length, folded, remainder},
    series, trim,
};
use crate::{
    Error, Result,
    convolution::{Want, tuning},
    ring::{Prepared, Ring},
};
use num_bigint::BigUint;

/// Exponents of more bits are read four bits at a time, with the powers for all digits prepared.
const LONG_EXPONENT: u64 = 40;

/// A polynomial whose leading coefficient is a unit, prepared for many divisions, on coefficient sequences.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::divisor::Divisor};
/// let divisor = Divisor::new(&Zmod::new(7), &[1, 0, 1])?;
/// assert_eq!(divisor.quo_rem(&[0, 0, 0, 1])?, (vec![0, 1], vec![0, 6])); // x^3 = x*(x^2 + 1) - x
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Divisor<R: Ring> {
    ring: R,
    coefficients: Vec<R::Element>,
    series: Option<Series<R>>,
}

/// What divisors over a measured length have.
#[derive(Clone, Debug)]
struct Series<R: Ring> {
    /// `1/g`, both reversed, to the degree of `g`.
    inverse: Prepared<R>,
    /// `g` for products modulo `x^length - 1`, with the length of the longest quotient of a block.
    cyclic: Option<Prepared<R>>,
}

impl<R: Ring> Divisor<R> {
    /// A divisor; without trailing zeros.
    ///
    /// # Errors
    /// Kind undefined when `g` is empty or its leading coefficient has no inverse.
    pub fn new(ring: &R, g: &[R::Element]) -> Result<Self> {
        let Some(leading) = g.last() else { return Err(Error::undefined("division by the zero polynomial")) };
        ring.try_inverse(leading)?;
        let n = g.len() - 1;
        let series =
            if n <= tuning::DIVISOR_SERIES || ring.grows() || !ring.is_commutative() || !ring.is_exact() {
                None
            } else {
                let reversed: Vec<_> = g.iter().rev().cloned().collect();
                let mut inverse = series::inverse(ring, &reversed, n)?;
                inverse.reverse();
                let inverse = ring.prepare(inverse, &g[1..], &Want::range(n - 1..2 * n - 1))?;
                let prepare = |length| ring.prepare_cyclic(&folded(ring, g, length, length)?, length);
                let cyclic = cyclic_length(n, n).map(prepare).transpose()?;
                Some(Series { inverse, cyclic })
            };
        Ok(Divisor { ring: ring.clone(), coefficients: g.to_vec(), series })
    }

    /// The ring of the coefficients.
    pub fn ring(&self) -> &R {
        &self.ring
    }

    /// The divisor itself.
    pub fn coefficients(&self) -> &[R::Element] {
        &self.coefficients
    }

    /// The degree of the divisor.
    pub fn degree(&self) -> usize {
        self.coefficients.len() - 1
    }

    /// The quotient and the remainder of a sequence without trailing zeros.
    ///
    /// # Errors
    /// Those of the ring's products.
    pub fn quo_rem(&self, f: &[R::Element]) -> Result<QuoRem<R::Element>> {
        let n = self.degree();
        let count = (f.len() + 1).saturating_sub(self.coefficients.len());
        let Some(series) = self.series.as_ref().filter(|_| count > tuning::DIVISION_LONG) else {
            return self.ring.quo_rem(f, &self.coefficients);
        };
        let mut quo = vec![self.ring.zero(); count];
        let mut rem = f.to_vec();
        let mut end = count;
        while end > 0 {
            let start = end.saturating_sub(n);
            let upper = &rem[n + start..n + end];
            let block = self.ring.convolve_prepared(
                &series.inverse,
                upper,
                &Want::range(n - 1..n - 1 + upper.len()),
            )?;
            quo[start..start + block.len()].clone_from_slice(&block);
            let q = &quo[start..end];
            let below = remainder(&self.ring, &rem[start..n + end], (n, q.len()), |length| {
                match (&series.cyclic, length) {
                    (Some(g), Some(length)) => self.ring.convolve_cyclic_prepared(g, q, length),
                    (None, Some(length)) => self.ring.convolve_cyclic(q, &self.coefficients, length),
                    (_, None) => self.ring.convolve(q, &self.coefficients, &Want::low(n)),
                }
            })?;
            rem.truncate(start);
            rem.extend(below);
            end = start;
        }
        trim(&self.ring, &mut rem);
        Ok((quo, rem))
    }

    /// The remainder of a sequence without trailing zeros.
    ///
    /// # Errors
    /// Those of the ring's products.
    pub fn rem(&self, f: &[R::Element]) -> Result<Vec<R::Element>> {
        Ok(self.quo_rem(f)?.1)
    }

    /// `a * b` modulo the divisor.
    ///
    /// # Errors
    /// Those of the ring's products.
    pub fn mul(&self, a: &[R::Element], b: &[R::Element]) -> Result<Vec<R::Element>> {
        let mut product = self.ring.convolve(a, b, &Want::full())?;
        trim(&self.ring, &mut product);
        self.rem(&product)
    }

    /// `f^n` modulo the divisor; the zeroth power is one.
    ///
    /// # Errors
    /// Those of the ring's products.
    pub fn power(&self, f: &[R::Element], n: &BigUint) -> Result<Vec<R::Element>> {
        self.ring.power_modulo(&self.rem(f)?, n, self)
    }

    /// The same for a reduced `f`, by squaring, four bits of the exponent at a time where it is long; `x` itself is a shift.
    pub(crate) fn power_by_products(&self, f: &[R::Element], n: &BigUint) -> Result<Vec<R::Element>> {
        let mut one = vec![self.ring.one()];
        trim(&self.ring, &mut one);
        let mut power = self.rem(&one)?;
        let is_x = matches!(f, [a, b] if self.ring.is_zero(a) && self.ring.is_one(b));
        let window = if n.bits() > LONG_EXPONENT && !is_x { 4 } else { 1 };
        let mut powers = vec![f.to_vec()];
        while powers.len() + 1 < 1 << window {
            let next = self.mul(&powers[powers.len() - 1], f)?;
            powers.push(next);
        }
        let digits = n.bits().div_ceil(window);
        for digit in (0..digits).rev() {
            if digit + 1 < digits {
                for _ in 0..window {
                    power = self.mul(&power, &power)?;
                }
            }
            let bit = |i: u64| usize::from(n.bit(digit * window + i)) << i;
            let times: usize = (0..window).map(bit).sum();
            if times == 0 {
                continue;
            }
            power = if is_x {
                power.insert(0, self.ring.zero());
                trim(&self.ring, &mut power);
                self.rem(&power)?
            } else if digit + 1 == digits {
                powers[times - 1].clone()
            } else {
                self.mul(&power, &powers[times - 1])?
            };
        }
        Ok(power)
    }
}
