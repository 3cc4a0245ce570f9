//! [`Transformed`]: operands whose transforms are kept, `c = T^-1(sum of T(a_i) * T(b_i))`.
//!
//! Two thirds of a product by transforms are the transforms of its operands. Who multiplies by the same polynomial again
//! keeps its values; who adds products up (entries of matrices, steps of Newton's iteration) adds values and transforms back
//! once. It stands apart from [`ntt`](super::ntt) because of what has to be known to give either the exact result
//! or an error: how long a sum may have become, how large its coefficients, and where it wraps around.
//!
//! - [`Frame`]: length, primes and back end, decided once
//! - `operand`: what is transformed; `bound`: what its coefficients are below
//! - `back`: from values to coefficients
//! - `dot`, `matrix`: sums of products of plain operands
//! - `cyclic`: products that wrap around
//!
//! # Invariants
//! Values are those of the kernel of the frame, of a sequence of at most `len` coefficients below `bound`, divided by
//! [`unfactor`](super::ntt::Kernel::unfactor) once for every pointwise product on the way. Over a length that is no power of two
//! `len` is at most the length; over a power of two it may be more, and the sequence stands for its residue modulo `x^length - 1`.
//!
//! # Source
//! V. Shoup, "A new polynomial factorization algorithm and its implementation", J. Symb. Comp. 20 (1995), section 7: residues
//! of transforms kept between products.

mod back;
mod bound;
mod cyclic;
mod dot;
mod frame;
mod matrix;
mod operand;
#[cfg(test)]
mod tests;

pub use cyclic::words_mod_cyclic;
pub use dot::{integers_dot, words_mod_dot};
pub use frame::Frame;
pub(crate) use matrix::matrix_shape;
pub use matrix::words_mod_matrix;
pub use operand::Operand;

use super::{
    Algorithm, Want,
    ntt::{product::Source, values::Transform},
    scratch::{self, Scratch},
    threads,
};
use crate::{
    Error, Result,
    integer::{IntegerSlice, IntegerVec},
};
use bound::Bound;
use std::{fmt, ops::Range};

/// A sequence of coefficients by its values at roots of unity, made by [`Frame::transform`].
///
/// Products and sums of transformed operands of one [`Frame`] are products and sums of values, and have one transform back in the end
/// ([`to_integers`](Self::to_integers), [`to_words`](Self::to_words)). Length and size of the coefficients are followed: what
/// the frame cannot give back exactly is an error, never a wrong coefficient.
///
/// # Complexity
/// A transform in and one back O(n log n) word operations for each prime of the frame; everything between O(n).
///
/// # Examples
/// The entry `a*c + b*d` of a product of matrices, with one transform back:
/// ```
/// use monic::{convolution::{Frame, Want, plan::Shape}, integer::IntegerVec};
/// let [a, b, c, d] = [[1, 2], [3, -4], [5, 6], [-7, 8]].map(|f| IntegerVec::from_i64s(&f));
/// let frame = Frame::integers(&Shape::new(2, 2, &Want::full()), (4, 4), 2)?;
/// let mut entry = frame.transform(&a)?.mul(&frame.transform(&c)?)?;
/// entry.add_product(&frame.transform(&b)?, &frame.transform(&d)?)?;
/// assert_eq!(entry.to_integers(&Want::full())?.to_bigints(), [-16, 68, -20].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone)]
pub struct Transformed {
    frame: Frame,
    /// For each prime.
    values: Vec<Scratch>,
    len: usize,
    bound: Bound,
    /// Pointwise products that are not made up for.
    products: u32,
}

impl Transformed {
    fn new(frame: &Frame, operand: Operand<'_>) -> Result<Self> {
        let bound = operand.bound(frame)?;
        frame.check_bound(bound)?;
        let planes = operand.planes(frame);
        let source = operand.source(frame, &planes);
        let values = threads::each(frame.primes().len(), frame.many(), |i| {
            let transform = frame.at(i);
            let mut values = scratch::take(transform.length)?;
            transform.forward(source, &mut values);
            Ok(values.cut(0..frame.length()))
        })?;
        Ok(Transformed { frame: frame.clone(), values, len: operand.len(), bound, products: 0 })
    }

    fn zero(frame: &Frame) -> Result<Self> {
        let zeros = |_| {
            let mut values = scratch::take(frame.length())?;
            values.fill(0);
            Ok(values)
        };
        let values = (0..frame.primes().len()).map(zeros).collect::<Result<_>>()?;
        // As the product that it stands for.
        Ok(Transformed { frame: frame.clone(), values, len: 0, bound: Bound::ZERO, products: 1 })
    }

    /// The frame that it was made for.
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// How many coefficients there are at most.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no coefficient.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bits that hold every coefficient.
    pub fn bits(&self) -> u64 {
        self.bound.bits()
    }

    /// The coefficients that can be read: all of them, or, where the product is longer than the frame, those that nothing
    /// wraps around onto.
    ///
    /// # Examples
    /// ```
    /// use monic::{convolution::{Frame, Want, plan::Shape}, integer::IntegerVec};
    /// let (n, one) = (16, IntegerVec::from_i64s(&[1; 32]));
    /// // The middle n of the 3n - 1 coefficients, on 2n points.
    /// let frame = Frame::integers(&Shape::new(n, 2 * n, &Want::range(n - 1..2 * n - 1)), (1, 1), 1)?;
    /// let (f, g) = (frame.transform(one.range(0..n))?, frame.transform(&one)?);
    /// assert_eq!((frame.length(), f.mul(&g)?.window()), (2 * n, n - 1..2 * n));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn window(&self) -> Range<usize> {
        self.frame.clean(self.len)
    }

    /// The product of two operands.
    ///
    /// # Errors
    /// Kind ring mismatch for operands of different frames; kind limit for coefficients that the frame cannot give back, and
    /// when memory is refused; kind unsupported for a length that it cannot.
    pub fn mul(&self, other: &Transformed) -> Result<Transformed> {
        let (len, bound) = self.product(other)?;
        let values = self.map(|i, values| {
            let transform = self.frame.at(i);
            transform.kernel.pointwise(transform.prime, values, &other.values[i]);
        })?;
        let products = self.products + other.products + 1;
        Ok(Transformed { frame: self.frame.clone(), values, len, bound, products })
    }

    /// The product with itself.
    ///
    /// # Errors
    /// As for [`mul`](Self::mul).
    pub fn square(&self) -> Result<Transformed> {
        let (len, bound) = self.product(self)?;
        let values = self.map(|i, values| {
            let transform = self.frame.at(i);
            transform.kernel.square(transform.prime, values);
        })?;
        Ok(Transformed { frame: self.frame.clone(), values, len, bound, products: 2 * self.products + 1 })
    }

    /// `self += a * b`: a sum of products has one transform back in all.
    ///
    /// # Errors
    /// As for [`mul`](Self::mul); the sum is as it was then.
    pub fn add_product(&mut self, a: &Transformed, b: &Transformed) -> Result<()> {
        self.frame.check(&a.frame)?;
        let (len, bound) = a.product(b)?;
        let products = a.products + b.products + 1;
        if products != self.products {
            return self.add(&a.mul(b)?);
        }
        let sum = self.bound + bound;
        self.frame.check_bound(sum)?;
        self.change(|transform, i, values| {
            transform.kernel.accumulate(transform.prime, values, &a.values[i], &b.values[i]);
        });
        (self.len, self.bound) = (self.len.max(len), sum);
        Ok(())
    }

    /// `self += other`.
    ///
    /// # Errors
    /// As for [`mul`](Self::mul); the sum is as it was then.
    pub fn add(&mut self, other: &Transformed) -> Result<()> {
        self.add_times(other, false)
    }

    /// `self -= other`.
    ///
    /// # Errors
    /// As for [`add`](Self::add).
    pub fn sub(&mut self, other: &Transformed) -> Result<()> {
        self.add_times(other, true)
    }

    fn add_times(&mut self, other: &Transformed, negative: bool) -> Result<()> {
        self.frame.check(&other.frame)?;
        let sum = self.bound + other.bound;
        self.frame.check_bound(sum)?;
        let products = self.products.min(other.products);
        // Divided by as few products as the other.
        self.multiply_out(self.products - products);
        let missing = u64::from(other.products - products);
        self.change(|transform, i, values| {
            let m = transform.prime.modulus();
            let factor = m.pow(transform.kernel.unfactor(transform.prime), missing);
            let factor = transform.prime.twiddle(if negative { m.neg(factor) } else { factor });
            transform.kernel.add_scaled(transform.prime, values, &other.values[i], factor);
        });
        (self.len, self.bound) = (self.len.max(other.len), sum);
        Ok(())
    }

    /// `self *= c`.
    ///
    /// # Errors
    /// Kind limit for coefficients that the frame cannot give back; nothing has changed then.
    pub fn scale(&mut self, c: i64) -> Result<()> {
        let bound = self.bound * Bound::new(c.unsigned_abs());
        self.frame.check_bound(bound)?;
        self.change(|transform, _, values| {
            let factor = transform.prime.twiddle(transform.prime.modulus().reduce_i64(c));
            transform.kernel.multiply(transform.prime, values, factor);
        });
        self.bound = bound;
        Ok(())
    }

    /// The wanted coefficients of integers.
    ///
    /// # Errors
    /// Kind unsupported for coefficients onto which others wrap around, for another algorithm than transforms, and in a frame of
    /// residues; kind limit for a result over [the limit](crate::limit).
    pub fn to_integers(&self, want: &Want) -> Result<IntegerVec> {
        let window = self.readable(want, self.len)?;
        self.frame.integers_of(window, self.bound, |i, buffer| self.read(i, buffer))
    }

    /// The wanted coefficients modulo the word of the frame.
    ///
    /// # Errors
    /// As for [`to_integers`](Self::to_integers), in a frame of integers.
    pub fn to_words(&self, want: &Want) -> Result<Vec<u64>> {
        let window = self.readable(want, self.len)?;
        self.frame.words_of(window, |i, buffer| self.read(i, buffer))
    }

    /// The wanted coefficients of the product with plain integers: one transform in and one back.
    ///
    /// # Errors
    /// As for [`Frame::transform`], [`mul`](Self::mul) and [`to_integers`](Self::to_integers).
    ///
    /// # Examples
    /// ```
    /// use monic::{convolution::{Frame, Want, plan::Shape}, integer::IntegerVec};
    /// let f = IntegerVec::from_i64s(&[1, -1]);
    /// let differences = Frame::integers(&Shape::new(2, 5, &Want::full()), (1, 10), 1)?.transform(&f)?;
    /// let squares = IntegerVec::from_i64s(&[0, 1, 4, 9, 16]);
    /// let odd = differences.mul_integers(squares.as_slice(), &Want::range(1..5))?;
    /// assert_eq!(odd.to_bigints(), [1, 3, 5, 7].map(Into::into));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn mul_integers(&self, other: IntegerSlice<'_>, want: &Want) -> Result<IntegerVec> {
        let operand = Operand::Integers(other);
        let (len, bound) = self.product_of(operand.len(), operand.bound(&self.frame)?)?;
        let window = self.readable(want, len)?;
        let planes = operand.planes(&self.frame);
        let source = operand.source(&self.frame, &planes);
        self.frame.integers_of(window, bound, |i, buffer| self.multiply_into(i, source, buffer))
    }

    /// The wanted coefficients of the product with plain residues: one transform in and one back.
    ///
    /// # Errors
    /// As for [`Frame::transform`], [`mul`](Self::mul) and [`to_words`](Self::to_words).
    pub fn mul_words(&self, other: &[u64], want: &Want) -> Result<Vec<u64>> {
        let mut out = Vec::new();
        self.mul_words_into(other, want, &mut out)?;
        Ok(out)
    }

    /// The same into `out`, which keeps its memory; what it held is gone.
    ///
    /// # Errors
    /// As for [`mul_words`](Self::mul_words); `out` holds any words then.
    pub fn mul_words_into(&self, other: &[u64], want: &Want, out: &mut Vec<u64>) -> Result<()> {
        let operand = Operand::Words(other);
        let (len, _) = self.product_of(operand.len(), operand.bound(&self.frame)?)?;
        let window = self.readable(want, len)?;
        let source = operand.source(&self.frame, &None);
        self.frame.words_into(window, |i, buffer| self.multiply_into(i, source, buffer), out)
    }

    /// The wanted coefficients of a sum of products of transformed operands of one frame of residues, counted over the longest product: one
    /// transform back in all.
    ///
    /// # Errors
    /// As for [`mul`](Self::mul) and [`to_words`](Self::to_words).
    ///
    /// # Panics
    /// When there is no pair.
    ///
    /// # Examples
    /// ```
    /// use monic::{convolution::{Frame, Transformed, Want, plan::Shape}, integer::WordModulus};
    /// let n = WordModulus::new(1_000_003)?;
    /// let frame = Frame::words(&n, &Shape::new(2, 2, &Want::full()), 2)?;
    /// let (f, g) = (frame.transform(&[1u64, 2][..])?, frame.transform(&[3u64, 4][..])?);
    /// let sum = Transformed::dot_words(&[(&f, &f), (&f, &g)], &Want::full())?;
    /// assert_eq!(sum, [4, 14, 12]); // (1 + 2x)*(4 + 6x)
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn dot_words(pairs: &[(&Transformed, &Transformed)], want: &Want) -> Result<Vec<u64>> {
        let (first, second) = pairs[0];
        let products = first.products + second.products;
        let (frame, mut full, mut sum) = (&first.frame, 0, Bound::ZERO);
        for (a, b) in pairs {
            frame.check(&a.frame)?;
            let (len, bound) = a.product(b)?;
            (full, sum) = (full.max(len), sum + bound);
        }
        frame.check_bound(sum)?;
        if pairs.iter().any(|(a, b)| a.products + b.products != products) {
            let mut sum = frame.zero()?;
            pairs.iter().try_for_each(|(a, b)| sum.add_product(a, b))?;
            return sum.to_words(want);
        }
        let window = first.readable(want, full)?;
        frame.words_of(window, |i, buffer| {
            let transform = frame.at(i);
            let (kernel, prime) = (transform.kernel, transform.prime);
            let values = &mut buffer[..frame.length()];
            values.copy_from_slice(&first.values[i]);
            if std::ptr::eq(first, second) {
                kernel.square(prime, values);
            } else {
                kernel.pointwise(prime, values, &second.values[i]);
            }
            for (a, b) in &pairs[1..] {
                kernel.accumulate(prime, values, &a.values[i], &b.values[i]);
            }
            first.make_up(i, products + 1, values);
            Ok(())
        })
    }

    /// Whether the frame gives the wanted coefficients of the product with a plain operand, by transforms as asked for.
    ///
    /// # Examples
    /// ```
    /// use monic::{convolution::{Frame, Want, plan::Shape}, integer::IntegerVec};
    /// let f = IntegerVec::from_i64s(&[1; 10]);
    /// let f = Frame::integers(&Shape::new(10, 10, &Want::full()), (1, 8), 1)?.transform(&f)?;
    /// assert!(f.admits(&IntegerVec::from_i64s(&[255; 10]), &Want::full()));
    /// assert!(!f.admits(&IntegerVec::from_i64s(&[255; 100]), &Want::full()));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn admits<'a>(&self, operand: impl Into<Operand<'a>>, want: &Want) -> bool {
        let operand = operand.into();
        let product = operand.bound(&self.frame).and_then(|bound| self.product_of(operand.len(), bound));
        product.is_ok_and(|(len, _)| self.readable(want, len).is_ok())
    }

    /// Values as one product leaves them, into a buffer.
    fn read(&self, i: usize, buffer: &mut [u64]) -> Result<()> {
        buffer[..self.frame.length()].copy_from_slice(&self.values[i]);
        self.make_up(i, self.products, &mut buffer[..self.frame.length()]);
        Ok(())
    }

    /// The values of a product with a plain operand, into a buffer.
    fn multiply_into(&self, i: usize, source: Source<'_>, buffer: &mut [u64]) -> Result<()> {
        let transform = self.frame.at(i);
        transform.forward(source, buffer);
        let values = &mut buffer[..self.frame.length()];
        transform.kernel.pointwise(transform.prime, values, &self.values[i]);
        self.make_up(i, self.products + 1, values);
        Ok(())
    }

    /// From values of so many products to those of one.
    fn make_up(&self, i: usize, products: u32, values: &mut [u64]) {
        let transform = self.frame.at(i);
        let m = transform.prime.modulus();
        let unfactor = transform.kernel.unfactor(transform.prime);
        let factor = match products {
            1 => return,
            0 => m.inverse(unfactor).expect("a power of two"),
            _ => m.pow(unfactor, u64::from(products - 1)),
        };
        transform.kernel.multiply(transform.prime, values, transform.prime.twiddle(factor));
    }

    /// Makes up for so many pointwise products.
    fn multiply_out(&mut self, products: u32) {
        if products > 0 {
            self.change(|transform, _, values| {
                let m = transform.prime.modulus();
                let factor = m.pow(transform.kernel.unfactor(transform.prime), u64::from(products));
                transform.kernel.multiply(transform.prime, values, transform.prime.twiddle(factor));
            });
            self.products -= products;
        }
    }

    /// Length and bound of a product with another operand.
    fn product(&self, other: &Transformed) -> Result<(usize, Bound)> {
        self.frame.check(&other.frame)?;
        self.product_of(other.len, other.bound)
    }

    fn product_of(&self, len: usize, bound: Bound) -> Result<(usize, Bound)> {
        if self.len == 0 || len == 0 {
            return Ok((0, Bound::ZERO));
        }
        let full = self.len + len - 1;
        if full > self.frame.length() && !self.frame.is_cyclic() {
            return Err(Error::unsupported(format!(
                "a product of {full} coefficients in a frame of length {} that does not wrap around",
                self.frame.length()
            )));
        }
        let bound = self.bound * bound * Bound::new(self.len.min(len) as u64);
        self.frame.check_bound(bound)?;
        Ok((full, bound))
    }

    /// The wanted part of a sequence of `len` coefficients.
    fn readable(&self, want: &Want, len: usize) -> Result<Range<usize>> {
        if !matches!(want.algorithm(), None | Some(Algorithm::Ntt)) {
            return Err(Error::unsupported("transformed operands multiply by exact transforms only"));
        }
        let (window, clean) = (want.window(len, 1), self.frame.clean(len));
        if window.is_empty() || clean.start <= window.start && window.end <= clean.end {
            return Ok(window);
        }
        Err(Error::unsupported(format!(
            "coefficients {window:?} of {len}, of which a frame of length {} keeps {clean:?} apart",
            self.frame.length()
        )))
    }

    /// A copy of the values, changed.
    fn map(&self, change: impl Fn(usize, &mut [u64]) + Send + Sync) -> Result<Vec<Scratch>> {
        threads::each(self.values.len(), self.frame.many(), |i| {
            let mut values = self.values[i].clone();
            change(i, &mut values);
            Ok(values)
        })
    }

    /// Changes the values in place.
    fn change(&mut self, change: impl Fn(Transform<'_>, usize, &mut [u64]) + Send + Sync) {
        let frame = &self.frame;
        for (i, values) in self.values.iter_mut().enumerate() {
            change(frame.at(i), i, values);
        }
    }
}

impl fmt::Debug for Transformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Transformed({} coefficients of up to {} bits, {:?})", self.len, self.bits(), self.frame)
    }
}
