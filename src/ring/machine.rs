//! Z inside `i64` and `i128`: exact where every value fits, an error where one does not.
//!
//! It stands apart from [`Integers`](super::Integers) because its elements are machine words, and from
//! [`Native`](super::Native) because nothing here wraps around. The ring is partial: the `try_` forms return an
//! error of kind overflow, the plain forms panic with the operands.
//!
//! # Method
//! Operations on whole sequences (products, powers, values, gcds) are computed over Z by the integer engine, products without a
//! `BigInt`, and checked once at the end. Checking every step instead would refuse results that fit: Karatsuba's sums of
//! halves and Horner's partial sums are larger than what they lead to. Arrays with small kernels and sums of products are checked step by step, which seldom
//! overflows, and where it does computed over Z.
//!
//! # Invariants
//! The smallest value has no negative and no normal form: `neg(i64::MIN)` overflows, and so does
//! `gcd(i64::MIN, 0)`.

use super::{
    Domain, GcdDomain, IntegerImage, Integers, Pair, Ring, Style, ZZ, engine, generic, multidimensional,
};
use crate::convolution::{
    self, Algorithm, Rows, Want, arrays,
    multidimensional::{Array, Job, Mode, integers_rows as array_rows},
    plan::{Plan, ceil_log2},
};
use crate::integer::{IntegerSlice, bigints::Extent};
use crate::{Error, ErrorKind, Result, limit};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{CheckedAdd, CheckedMul, CheckedSub, PrimInt, Signed};
use std::{fmt, marker::PhantomData};

mod sealed {
    pub trait Sealed {}
    impl Sealed for i64 {}
    impl Sealed for i128 {}
}

/// The machine integers of [`Checked`]: `i64` and `i128`.
pub trait MachineInteger:
    sealed::Sealed
    + PrimInt
    + Integer
    + Signed
    + CheckedAdd
    + CheckedSub
    + CheckedMul
    + Into<BigInt>
    + TryFrom<BigInt>
    + fmt::Debug
    + fmt::Display
    + Send
    + Sync
    + 'static
{
    /// `i64` or `i128`.
    const NAME: &'static str;

    /// Limbs of a row.
    const WIDTH: usize;

    /// The value as a row.
    fn write(self, row: &mut [u64]);

    /// Every row as a value, into the memory that `out` has.
    ///
    /// # Errors
    /// Kind overflow when one does not fit; `out` is as it was then.
    fn read_rows(rows: IntegerSlice<'_>, out: &mut Vec<Self>) -> Result<()>;

    /// The absolute value.
    fn magnitude(self) -> u128;
}

impl MachineInteger for i64 {
    const NAME: &'static str = "i64";

    const WIDTH: usize = 1;

    fn write(self, row: &mut [u64]) {
        row[0] = self as u64;
    }
    fn read_rows(rows: IntegerSlice<'_>, out: &mut Vec<i64>) -> Result<()> {
        rows.write_i64s(out)
    }
    fn magnitude(self) -> u128 {
        self.unsigned_abs().into()
    }
}

impl MachineInteger for i128 {
    const NAME: &'static str = "i128";

    const WIDTH: usize = 2;

    fn write(self, row: &mut [u64]) {
        (row[0], row[1]) = (self as u64, (self >> 64) as u64);
    }
    fn read_rows(rows: IntegerSlice<'_>, out: &mut Vec<i128>) -> Result<()> {
        rows.write_i128s(out)
    }
    fn magnitude(self) -> u128 {
        self.unsigned_abs()
    }
}

/// The integers that fit `T`, with overflow as an error.
///
/// # Examples
/// ```
/// use monic::{ErrorKind, I64, Ring};
/// assert_eq!(I64.mul(&6, &7), 42);
/// assert_eq!(I64.try_mul(&i64::MAX, &2).unwrap_err().kind(), ErrorKind::Overflow);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Checked<T>(PhantomData<T>);

/// The integers that fit an `i64`.
pub const I64: Checked<i64> = Checked(PhantomData);

/// The integers that fit an `i128`.
pub const I128: Checked<i128> = Checked(PhantomData);

impl<T> Default for Checked<T> {
    fn default() -> Self {
        Checked(PhantomData)
    }
}

impl<T: MachineInteger> fmt::Debug for Checked<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<T: MachineInteger> fmt::Display for Checked<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::NAME)
    }
}

impl<T: MachineInteger> Checked<T> {
    fn fit(self, value: BigInt) -> Result<T> {
        T::try_from(value).map_err(|_| Error::overflow(format!("the value does not fit {}", T::NAME)))
    }

    /// The whole sequence, or an error that names the first coefficient that does not fit.
    fn fit_all(self, values: Vec<BigInt>, first: usize) -> Result<Vec<T>> {
        self.fit_each(values, |k| format!("coefficient {}", first + k))
    }

    /// A whole array, or an error that names the first entry that does not fit.
    fn fit_array(self, values: Vec<BigInt>, shape: &[usize]) -> Result<Array<T>> {
        let entry = |k: usize| {
            let mut rest = k;
            let mut index: Vec<usize> = shape
                .iter()
                .rev()
                .map(|n| {
                    let at = rest % n;
                    rest /= n;
                    at
                })
                .collect();
            index.reverse();
            format!("entry {index:?}")
        };
        Ok(Array::new(shape, self.fit_each(values, entry)?))
    }

    /// All values, or an error with the name of the first one that does not fit.
    fn fit_each(self, values: Vec<BigInt>, name: impl Fn(usize) -> String) -> Result<Vec<T>> {
        let fit = |(k, value): (usize, BigInt)| {
            T::try_from(value.clone()).map_err(|_| {
                Error::overflow(format!(
                    "{} of the result is {}, which does not fit {}",
                    name(k),
                    super::text::abbreviated(&value),
                    T::NAME
                ))
            })
        };
        values.into_iter().enumerate().map(fit).collect()
    }

    /// The product into `out`, whose memory is kept; without `a`, `out` itself is the first operand.
    ///
    /// # Errors
    /// As for [`convolve`](Ring::convolve); `out` is as it was then.
    fn product_of_sequences(self, a: Option<&[T]>, b: &[T], want: &Want, out: &mut Vec<T>) -> Result<()> {
        if want.algorithm().is_none() && self.short_product(a, b, want, out)? {
            return Ok(());
        }
        let a = a.unwrap_or(out);
        let first = want.window(a.len(), b.len()).start;
        let (x, sizes) = rows(a)?;
        let other = if std::ptr::eq(a, b) { None } else { Some(rows(b)?) };
        let (y, others) = other.as_ref().map_or((&x, &sizes), |(y, others)| (y, others));
        let facts = engine::facts(&sizes, others);
        let product = convolution::integers_rows(x.as_slice(), y.as_slice(), facts, want)?;
        if T::read_rows(product.as_slice(), out).is_err() {
            // The error names it by its place in the full product.
            *out = self.fit_all(product.as_slice().to_bigints(), first)?;
        }
        Ok(())
    }

    /// A product of a few words, as [`product_of_sequences`](Self::product_of_sequences); false when it takes the engine.
    fn short_product(self, a: Option<&[T]>, b: &[T], want: &Want, out: &mut Vec<T>) -> Result<bool> {
        let a = a.unwrap_or(out);
        let (m, n) = (a.len(), b.len());
        if m.max(n) > SHORT || m.min(n) == 0 {
            return Ok(false);
        }
        let (Some((x, x_bits)), Some((y, y_bits))) = (words(a), words(b)) else { return Ok(false) };
        let bits = x_bits + y_bits + ceil_log2(m.min(n) as u64);
        if bits >= 128 {
            return Ok(false);
        }
        convolution::backend()?;
        let window = want.window(m, n);
        limit::check(window.len() as u64, bits + 1)?;
        let sums: [i128; 2 * SHORT] = if bits < 64 {
            arrays::words::<i64, SHORT, { 2 * SHORT }>(&x, &y, (m, n)).map(i128::from)
        } else {
            arrays::words(&x, &y, (m, n))
        };
        let first = window.start;
        let sums = &sums[window];
        let values = sums.iter().map(|&sum| num_traits::cast(sum));
        if values.clone().all(|value: Option<T>| value.is_some()) {
            out.clear();
            out.reserve_exact(sums.len());
            out.extend(values.flatten());
        } else {
            *out = self.fit_all(sums.iter().map(|&sum| BigInt::from(sum)).collect(), first)?;
        }
        Ok(true)
    }
}

/// The refusal of an operation on two operands.
#[cold]
fn overflow<T: MachineInteger>(a: &T, operation: &str, b: &T) -> Error {
    Error::overflow(format!("{a} {operation} {b} does not fit {}", T::NAME))
}

/// A result of checked operations, or where one of them overflowed, which what it leads to need not do, that over Z.
fn or_wide<V>(checked: Result<V>, wide: impl FnOnce() -> Result<V>) -> Result<V> {
    match checked {
        Err(error) if error.kind() == ErrorKind::Overflow => wide(),
        other => other,
    }
}

/// The value, or a panic at the caller's place.
#[track_caller]
fn settle<T>(result: Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}

fn integers<T: MachineInteger>(values: &[T]) -> Vec<BigInt> {
    values.iter().map(|&v| v.into()).collect()
}

/// The sizes of a sequence.
fn extent<T: MachineInteger>(values: &[T]) -> Extent {
    let mut extent = Extent { len: values.len(), ..Extent::default() };
    let mut all = 0;
    for &value in values {
        let magnitude = value.magnitude();
        // The most bits of all are those of their union.
        all |= magnitude;
        extent.limbs += usize::from(magnitude > 0) + usize::from(magnitude >> 64 > 0);
        extent.terms += usize::from(magnitude > 0);
        extent.negative |= value.is_negative();
    }
    extent.bits = u64::from(128 - all.leading_zeros());
    extent
}

/// A sequence as rows in working memory.
fn rows<T: MachineInteger>(values: &[T]) -> Result<(Rows, Extent)> {
    let mut rows = Rows::take(values.len(), T::WIDTH)?;
    for (row, value) in rows.limbs_mut().chunks_exact_mut(T::WIDTH).zip(values) {
        value.write(row);
    }
    Ok((rows, extent(values)))
}

/// Operands up to this length are multiplied on the stack.
const SHORT: usize = 16;

/// The values as words, zeros beyond them, and the bits of the largest; `None` when one does not fit.
fn words<T: MachineInteger>(values: &[T]) -> Option<([i64; SHORT], u64)> {
    let (mut words, mut all) = ([0i64; SHORT], 0);
    for (word, &value) in words.iter_mut().zip(values) {
        *word = num_traits::cast(value)?;
        all |= word.unsigned_abs();
    }
    Some((words, u64::from(64 - all.leading_zeros())))
}

impl<T: MachineInteger> Ring for Checked<T> {
    type Element = T;

    fn zero(&self) -> T {
        T::zero()
    }
    fn one(&self) -> T {
        T::one()
    }
    #[track_caller]
    fn add(&self, a: &T, b: &T) -> T {
        settle(self.try_add(a, b))
    }
    #[track_caller]
    fn neg(&self, a: &T) -> T {
        settle(self.try_neg(a))
    }
    #[track_caller]
    fn mul(&self, a: &T, b: &T) -> T {
        settle(self.try_mul(a, b))
    }
    #[track_caller]
    fn sub(&self, a: &T, b: &T) -> T {
        settle(self.try_sub(a, b))
    }
    fn is_zero(&self, a: &T) -> bool {
        a.is_zero()
    }
    fn is_one(&self, a: &T) -> bool {
        a.is_one()
    }
    #[track_caller]
    fn from_integer(&self, n: BigInt) -> T {
        settle(self.try_from_integer(n))
    }
    fn try_add(&self, a: &T, b: &T) -> Result<T> {
        a.checked_add(b).ok_or_else(|| overflow(a, "+", b))
    }
    fn try_sub(&self, a: &T, b: &T) -> Result<T> {
        a.checked_sub(b).ok_or_else(|| overflow(a, "-", b))
    }
    fn try_neg(&self, a: &T) -> Result<T> {
        T::zero().checked_sub(a).ok_or_else(|| Error::overflow(format!("-({a}) does not fit {}", T::NAME)))
    }
    fn try_mul(&self, a: &T, b: &T) -> Result<T> {
        a.checked_mul(b).ok_or_else(|| overflow(a, "*", b))
    }
    fn try_from_integer(&self, n: BigInt) -> Result<T> {
        T::try_from(n.clone()).map_err(|_| {
            Error::overflow(format!("{} does not fit {}", super::text::abbreviated(&n), T::NAME))
        })
    }
    fn try_inverse(&self, a: &T) -> Result<T> {
        ZZ.try_inverse(&(*a).into()).and_then(|b| self.fit(b))
    }
    fn try_exact_quo(&self, a: &T, b: &T) -> Result<T> {
        ZZ.try_exact_quo(&(*a).into(), &(*b).into()).and_then(|q| self.fit(q))
    }
    fn fmt_element(&self, a: &T, _: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{a}")
    }
    fn is_negative(&self, a: &T) -> bool {
        a.is_negative()
    }

    /// Over Z, where nothing overflows on the way.
    fn exact_quo(&self, f: &[T], g: &[T]) -> Result<Vec<T>> {
        let lift = |v: &[T]| v.iter().map(|&c| c.into()).collect::<Vec<BigInt>>();
        self.fit_all(ZZ.exact_quo(&lift(f), &lift(g))?, 0)
    }

    /// By long division, whose values are remainders: what products of halves sum up on the way need not fit.
    fn quo_rem(&self, f: &[T], g: &[T]) -> Result<generic::QuoRem<T>> {
        generic::division::long(self, f, g)
    }

    /// Over Z, where nothing overflows on the way.
    fn taylor_shift(&self, f: &[T], a: &T) -> Result<Vec<T>> {
        let lifted: Vec<BigInt> = f.iter().map(|&c| c.into()).collect();
        self.fit_all(ZZ.taylor_shift(&lifted, &(*a).into())?, 0)
    }

    /// That of the product over Z.
    fn plan(&self, a: &[T], b: &[T], want: &Want) -> Result<Plan> {
        engine::choose(&engine::facts(&extent(a), &extent(b)), &generic::shape(a, b, want), want)
    }
    fn convolve(&self, a: &[T], b: &[T], want: &Want) -> Result<Vec<T>> {
        let mut product = Vec::new();
        self.product_of_sequences(Some(a), b, want, &mut product)?;
        Ok(product)
    }
    fn convolve_into(&self, a: &[T], b: &[T], want: &Want, out: &mut Vec<T>) -> Result<()> {
        self.product_of_sequences(Some(a), b, want, out)
    }
    fn convolve_assign(&self, a: &mut Vec<T>, b: &[T], want: &Want) -> Result<()> {
        self.product_of_sequences(None, b, want, a)
    }
    fn convolve_sum(&self, pairs: &[Pair<'_, Self>], want: &Want) -> Result<Vec<T>> {
        or_wide(generic::convolve_sum(self, pairs, want), || {
            let wide: Vec<_> = pairs.iter().map(|(a, b)| (integers(a), integers(b))).collect();
            let wide: Vec<Pair<'_, Integers>> = wide.iter().map(|(a, b)| (&a[..], &b[..])).collect();
            let full = pairs.iter().map(|(a, b)| Want::full().window(a.len(), b.len()).end).max();
            let first = want.window(full.unwrap_or(0), 1).start;
            self.fit_all(ZZ.convolve_sum(&wide, want)?, first)
        })
    }
    fn convolve_arrays(
        &self,
        a: &Array<T>,
        b: &Array<T>,
        mode: &Mode<T>,
        algorithm: Option<Algorithm>,
    ) -> Result<Array<T>> {
        let job = Job::new(a, b, mode, &T::zero())?;
        if multidimensional::is_direct(&job, algorithm) {
            return or_wide(multidimensional::generic(self, a, b, mode, algorithm), || {
                let wide = |&c: &T| -> BigInt { c.into() };
                let product = ZZ.convolve_arrays(&a.map(wide), &b.map(wide), &mode.map(wide), algorithm)?;
                let shape = product.shape().to_vec();
                self.fit_array(product.into_data(), &shape)
            });
        }
        limit::check(job.shapes.outputs() as u64, 8 * size_of::<T>() as u64)?;
        let [x, y] = job.operands();
        let (x, sizes) = rows(x)?;
        let other = if job.is_square() { None } else { Some(rows(y)?) };
        let (y, others) = other.as_ref().map_or((&x, &sizes), |(y, others)| (y, others));
        let (facts, operands) = (engine::facts(&sizes, others), [x.as_slice(), y.as_slice()]);
        let product = array_rows(&job.shapes, operands, facts, (algorithm, None))?;
        let mut values = Vec::new();
        match T::read_rows(product.as_slice(), &mut values) {
            Ok(()) => Ok(job.array(values)),
            Err(_) => self.fit_array(product.as_slice().to_bigints(), job.shapes.result()),
        }
    }
    fn power(&self, f: &[T], n: u64, want: &Want) -> Result<Vec<T>> {
        let first = want.window(generic::power_len(f.len(), n)?, 1).start;
        self.fit_all(ZZ.power(&integers(f), n, want)?, first)
    }
    fn evaluate(&self, f: &[T], x: &T) -> Result<T> {
        let value = ZZ.evaluate(&integers(f), &(*x).into())?;
        self.try_from_integer(value)
    }
    fn poly_gcd(&self, f: &[T], g: &[T]) -> Result<Vec<T>> {
        self.fit_all(ZZ.poly_gcd(&integers(f), &integers(g))?, 0)
    }
    fn shortest_recurrence(&self, terms: &[T]) -> Result<Vec<T>> {
        self.fit_all(ZZ.shortest_recurrence(&integers(terms))?, 0)
    }
    fn decompose(&self, f: &[T], s: usize) -> Result<Option<generic::decomposition::Pieces<Self>>> {
        let pieces = ZZ.decompose(&integers(f), s)?;
        pieces.map(|(g, h)| Ok((self.fit_all(g, 0)?, self.fit_all(h, 0)?))).transpose()
    }
}

impl<T: MachineInteger> Domain for Checked<T> {}

impl<T: MachineInteger> GcdDomain for Checked<T> {
    /// # Panics
    /// When the gcd is `2^63` (`2^127`), which does not fit: both arguments are 0 or the smallest value.
    #[track_caller]
    fn gcd(&self, a: &T, b: &T) -> T {
        settle(self.fit(ZZ.gcd(&(*a).into(), &(*b).into())))
    }
    fn normalizing_unit(&self, a: &T) -> T {
        if a.is_negative() { -T::one() } else { T::one() }
    }
}

impl<T: MachineInteger> IntegerImage for Checked<T> {
    fn lift(&self, a: &T) -> BigInt {
        (*a).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convolution::Border;

    #[test]
    fn overflow_is_an_error_and_names_the_coefficient() {
        let error = I64.convolve(&[1, i64::MAX], &[2, 3], &Want::full()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Overflow);
        assert!(error.message().contains("coefficient 1 of the result is 18446744073709551617"), "{error}");
        let error = I64.convolve(&[1, i64::MAX], &[2, 3], &Want::range(2..3)).unwrap_err();
        assert!(error.message().contains("coefficient 2 "), "{error}");
        assert_eq!(I64.try_neg(&i64::MIN).unwrap_err().kind(), ErrorKind::Overflow);
        assert_eq!(I64.try_exact_quo(&i64::MIN, &-1).unwrap_err().kind(), ErrorKind::Overflow);
        assert_eq!(I64.try_exact_quo(&i64::MIN, &0).unwrap_err().kind(), ErrorKind::Undefined);
    }

    #[test]
    fn what_fits_is_not_refused_for_its_intermediate_values() {
        // Horner would pass through 2*10^18 * 10 on its way to 0.
        let x = 10;
        assert_eq!(I64.evaluate(&[0, -20_000_000_000_000_000, 2_000_000_000_000_000], &x).unwrap(), 0);
        assert_eq!(
            I64.evaluate(&[0, 0, -2_000_000_000_000_000_000, 200_000_000_000_000_000], &x).unwrap(),
            0
        );
        // The outer coefficient of the product overflows, the wanted one does not.
        assert_eq!(I64.convolve(&[1, i64::MAX], &[1, 2], &Want::low(1)).unwrap(), [1]);
        // Sums whose order decides what stands in between, and products that cancel.
        let line = |v: &[i64]| Array::new([v.len()], v.to_vec());
        let (ones, most) = (line(&[1, 1, 1]), i64::MAX);
        for v in [[-most, most, most], [most, most, -most], [most, -most, most]] {
            let sum = multidimensional::convolve(&I64, &line(&v), &ones, &Mode::Valid).unwrap();
            assert_eq!(sum.data(), [most]);
        }
        let same = Mode::Same(Border::Constant(most));
        let found = multidimensional::convolve(&I64, &line(&[-most, -most]), &ones, &same).unwrap();
        assert_eq!(found.data(), [-most, -most]);
        // What is not wanted need not fit, in either layout.
        let square = Array::new([10, 10], vec![most; 100]);
        let columns = Array::from_fn([10, 3], |k| 1 - k[1] as i64);
        for algorithm in [None, Some(Algorithm::Schoolbook), Some(Algorithm::Ntt)] {
            let product = I64.convolve_arrays(&square, &columns, &Mode::Valid, algorithm).unwrap();
            assert!(product.shape() == [1, 8] && product.data().iter().all(|&c| c == 0));
        }
        for algorithm in [None, Some(Algorithm::Schoolbook)] {
            // The first row of ones, as the kernel grows into it.
            let error = I64.convolve_arrays(&square, &columns, &Mode::Full, algorithm).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Overflow, "{error}");
            assert!(
                error.message().starts_with("entry [1, 0] of the result is 18446744073709551614"),
                "{error}"
            );
        }
        let pairs: [Pair<'_, Checked<i64>>; 2] = [(&[most, 7], &[2]), (&[most, 1], &[-2])];
        assert_eq!(I64.convolve_sum(&pairs, &Want::full()).unwrap(), [0, 12]);
        assert_eq!(I64.convolve_sum(&pairs, &Want::range(1..2)).unwrap(), [12]);
        let error = I64.convolve_sum(&[(&[0, most], &[2]), (&[1], &[1])], &Want::full()).unwrap_err();
        assert!(error.message().contains("coefficient 1 of the result is 18446744073709551614"), "{error}");
        assert_eq!(I64.gcd(&i64::MIN, &6), 2);
        assert_eq!(I64.normalizing_unit(&i64::MIN), -1);
    }

    #[test]
    #[should_panic(expected = "9223372036854775807 + 1 does not fit i64")]
    fn plain_forms_panic_with_the_operands() {
        let _ = I64.add(&i64::MAX, &1);
    }

    #[test]
    #[should_panic(expected = "does not fit i64")]
    fn the_gcd_that_does_not_fit() {
        let _ = I64.gcd(&i64::MIN, &0);
    }
}
