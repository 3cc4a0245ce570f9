//! Convolution of arrays, `c[k] = sum over i+j=k of a[i]*b[j]` with indices of several axes.
//!
//! It stands apart because it is all index arithmetic: which entries of an array reach which, where a window
//! starts, what lies beyond a border. It knows no ring; products of coefficients are closures.
//!
//! - [`Array`], [`Mode`], [`Border`]: what is multiplied, and what is wanted
//! - [`plan`](fn@plan): which way, for words and integers
//! - `job`: a product of arrays over anything; `product`: over words and integers, by the engine
//!
//! # Method
//! Direct summation over the wanted box; or one product of sequences: with each axis but the first stretched to the
//! length `m + n - 1` of its result, rows laid end to end do not run into each other, so that the array product
//! *is* a sequence product (Kronecker substitution of one variable by a power of another); or transforms along each axis,
//! of columns whose coefficients are rows of words, then of rows.
//!
//! # Conventions
//! Arrays are row-major, the last axis fastest. Convolution turns the kernel around (`c[k]` meets `b[j]` with
//! `a[k-j]`); correlation is convolution with [`Array::reversed`] and does not conjugate. Windows:
//! - full: every index with a term, `m + n - 1` an axis
//! - same: the shape of the *first* argument, from index `(n-1)/2` (rounded down) of the full result, an even kernel
//!   too: the rule of `scipy.signal.convolve` and `numpy.convolve`
//! - valid: only sums in which every entry of the kernel meets an entry, `m - n + 1` an axis; an error where the kernel
//!   is longer, never an exchange of the arguments
//!
//! # What it does not do
//! Broadcasting, views, strides in memory. `ndarray` was considered: its views and its release cycle would stand in
//! this crate's interface for the sake of a shape and a vector, which [`Array::into_data`] hands over for nothing.

mod job;
mod plan;
mod product;

pub use super::ntt::axes::Transforms;
use crate::{Error, Result};
pub(crate) use job::{Job, Shapes};
pub use plan::{Plan, Way, plan};
#[doc(hidden)]
pub use product::integers_full;
pub use product::words_mod;
pub(crate) use product::{integers_rows, words_mod_by};
use std::ops::Index;

/// A dense array: row-major data with a shape.
///
/// # Examples
/// ```
/// use monic::convolution::Array;
/// let a = Array::new([2, 3], vec![1, 2, 3, 4, 5, 6]);
/// assert_eq!(a[&[1, 0]], 4);
/// assert_eq!(a.reversed().data(), [6, 5, 4, 3, 2, 1]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Array<E> {
    shape: Vec<usize>,
    data: Vec<E>,
}

impl<E> Array<E> {
    /// An array of a shape from its entries in row-major order.
    ///
    /// # Panics
    /// When the number of entries is not the product of the shape; [`try_new`](Self::try_new) returns an error.
    #[track_caller]
    pub fn new(shape: impl Into<Vec<usize>>, data: Vec<E>) -> Self {
        match Self::try_new(shape, data) {
            Ok(array) => array,
            Err(error) => panic!("{error}"),
        }
    }

    /// An array of a shape from its entries in row-major order.
    ///
    /// # Errors
    /// Kind undefined when the number of entries is not the product of the shape.
    pub fn try_new(shape: impl Into<Vec<usize>>, data: Vec<E>) -> Result<Self> {
        let shape = shape.into();
        let count = shape.iter().try_fold(1usize, |count, &n| count.checked_mul(n));
        if count != Some(data.len()) {
            let entries = data.len();
            return Err(Error::undefined(format!(
                "{entries} entries do not fill an array of shape {shape:?}"
            )));
        }
        Ok(Array { shape, data })
    }

    /// An array whose entries are given by their indices.
    ///
    /// # Panics
    /// When the product of the shape does not fit a `usize`.
    ///
    /// # Examples
    /// ```
    /// use monic::convolution::Array;
    /// assert_eq!(Array::from_fn([2, 2], |k| 10 * k[0] + k[1]).data(), [0, 1, 10, 11]);
    /// ```
    pub fn from_fn(shape: impl Into<Vec<usize>>, mut entry: impl FnMut(&[usize]) -> E) -> Self {
        let shape = shape.into();
        let mut data = Vec::new();
        each_index(&shape, |index| data.push(entry(index)));
        Array::new(shape, data)
    }

    /// The length of each axis.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The entries in row-major order.
    pub fn data(&self) -> &[E] {
        &self.data
    }

    /// The entries in row-major order, without a copy.
    pub fn into_data(self) -> Vec<E> {
        self.data
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.data.len()
    }

    /// Whether some axis has length zero.
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// The entry at an index, where there is one.
    pub fn get(&self, index: &[usize]) -> Option<&E> {
        if index.len() != self.shape.len() || index.iter().zip(&self.shape).any(|(k, n)| k >= n) {
            return None;
        }
        Some(&self.data[offset(index, &self.shape)])
    }

    /// Every entry through a function.
    pub fn map<F>(&self, entry: impl FnMut(&E) -> F) -> Array<F> {
        Array { shape: self.shape.clone(), data: self.data.iter().map(entry).collect() }
    }
}

impl<E: Clone> Array<E> {
    /// The same value everywhere.
    ///
    /// # Panics
    /// When the product of the shape does not fit a `usize`.
    pub fn filled(shape: impl Into<Vec<usize>>, value: E) -> Self {
        Self::from_fn(shape, |_| value.clone())
    }

    /// Turned around in every axis, in two dimensions by 180 degrees: what makes a convolution of a correlation.
    pub fn reversed(&self) -> Self {
        // Reversing every axis reverses the row-major order.
        Array { shape: self.shape.clone(), data: self.data.iter().rev().cloned().collect() }
    }

    /// Every `step`-th entry of each axis, from the first: what a stride leaves of a result.
    ///
    /// # Panics
    /// When there is not one positive step for each axis.
    #[track_caller]
    pub fn strided(&self, steps: &[usize]) -> Self {
        assert!(
            steps.len() == self.shape.len() && steps.iter().all(|&step| step > 0),
            "steps {steps:?} for an array of shape {:?}",
            self.shape
        );
        let shape: Vec<usize> = self.shape.iter().zip(steps).map(|(n, step)| n.div_ceil(*step)).collect();
        Array::from_fn(shape, |index| {
            let index: Vec<usize> = index.iter().zip(steps).map(|(k, step)| k * step).collect();
            self.data[offset(&index, &self.shape)].clone()
        })
    }

    /// The array continued over its border, `before` and `after` entries an axis.
    fn padded(&self, before: &[usize], after: &[usize], border: &Border<E>, zero: &E) -> Self {
        let shape: Vec<usize> =
            self.shape.iter().zip(before.iter().zip(after)).map(|(n, (b, a))| n + b + a).collect();
        let mut inside = vec![0; shape.len()];
        Array::from_fn(shape, |index| {
            for axis in 0..index.len() {
                let at = index[axis] as i64 - before[axis] as i64;
                match border.source(at, self.shape[axis]) {
                    Some(k) => inside[axis] = k,
                    None => return if let Border::Constant(c) = border { c.clone() } else { zero.clone() },
                }
            }
            self.data[offset(&inside, &self.shape)].clone()
        })
    }
}

impl<E, const N: usize> Index<&[usize; N]> for Array<E> {
    type Output = E;

    /// # Panics
    /// When the index lies outside of the array.
    #[track_caller]
    fn index(&self, index: &[usize; N]) -> &E {
        match self.get(index) {
            Some(entry) => entry,
            None => panic!("index {index:?} of an array of shape {:?}", self.shape),
        }
    }
}

/// What an array is beyond its border. `abcd` stands for an axis, the border for two entries on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Border<E> {
    /// `00|abcd|00`
    Zero,
    /// `vv|abcd|vv`
    Constant(E),
    /// `cb|abcd|cb`: mirrored about the outermost entries (`reflect` of numpy, `REFLECT_101` of OpenCV).
    Reflect,
    /// `ba|abcd|dc`: mirrored about the border itself (`symmetric` of numpy, `reflect` of scipy.ndimage).
    Symmetric,
    /// `aa|abcd|dd`: the outermost entry goes on (`edge` of numpy, `nearest` of scipy.ndimage).
    Replicate,
    /// `cd|abcd|ab`: periodic.
    Wrap,
}

impl<E> Border<E> {
    /// Where inside an axis of length `n >= 1` the value at `at` comes from.
    fn source(&self, at: i64, n: usize) -> Option<usize> {
        let n = n as i64;
        let mirror = |period: i64, shift: i64| {
            let k = at.rem_euclid(period);
            if k < n { k } else { period - shift - k }
        };
        let k = match self {
            Border::Zero | Border::Constant(_) => return (0..n).contains(&at).then_some(at as usize),
            Border::Reflect if n == 1 => 0,
            Border::Reflect => mirror(2 * n - 2, 0),
            Border::Symmetric => mirror(2 * n, 1),
            Border::Replicate => at.clamp(0, n - 1),
            Border::Wrap => at.rem_euclid(n),
        };
        Some(k as usize)
    }
}

/// Which part of a convolution is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mode<E> {
    /// Every index with a term: `m + n - 1` an axis.
    Full,
    /// The shape of the first argument, with what it is beyond its border.
    Same(Border<E>),
    /// Only sums in which the whole kernel lies inside: `m - n + 1` an axis.
    Valid,
}

impl<E> Mode<E> {
    /// The same mode for other entries, with the image of a constant border.
    pub fn map<F>(&self, entry: impl FnOnce(&E) -> F) -> Mode<F> {
        match self {
            Mode::Full => Mode::Full,
            Mode::Valid => Mode::Valid,
            Mode::Same(border) => Mode::Same(match border {
                Border::Zero => Border::Zero,
                Border::Constant(value) => Border::Constant(entry(value)),
                Border::Reflect => Border::Reflect,
                Border::Symmetric => Border::Symmetric,
                Border::Replicate => Border::Replicate,
                Border::Wrap => Border::Wrap,
            }),
        }
    }
}

/// The place of an index in row-major order.
fn offset(index: &[usize], shape: &[usize]) -> usize {
    index.iter().zip(shape).fold(0, |sum, (k, n)| sum * n + k)
}

/// Visits every index of a shape in row-major order.
fn each_index(shape: &[usize], mut visit: impl FnMut(&[usize])) {
    if shape.contains(&0) {
        return;
    }
    let mut index = vec![0; shape.len()];
    loop {
        visit(&index);
        let Some(axis) = (0..shape.len()).rev().find(|&axis| index[axis] + 1 < shape[axis]) else { return };
        index[axis] += 1;
        index[axis + 1..].fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_as_their_pictures_say() {
        let row = Array::new([4], vec!['a', 'b', 'c', 'd']);
        let picture = |border| {
            let wide = row.padded(&[5], &[5], &border, &'0');
            wide.data().iter().collect::<String>()
        };
        assert_eq!(picture(Border::Zero), "00000abcd00000");
        assert_eq!(picture(Border::Constant('v')), "vvvvvabcdvvvvv");
        assert_eq!(picture(Border::Reflect), "bcdcbabcdcbabc");
        assert_eq!(picture(Border::Symmetric), "ddcbaabcddcbaa");
        assert_eq!(picture(Border::Replicate), "aaaaaabcdddddd");
        assert_eq!(picture(Border::Wrap), "dabcdabcdabcda");
        let one = Array::new([1], vec!['x']);
        for border in [Border::Reflect, Border::Symmetric, Border::Replicate, Border::Wrap] {
            assert_eq!(one.padded(&[2], &[3], &border, &'0').data(), ['x'; 6]);
        }
    }

    #[test]
    fn shapes_are_checked() {
        assert!(Array::try_new([2, 2], vec![1, 2, 3]).is_err());
        assert!(Array::try_new([usize::MAX, 2], vec![1, 2, 3]).is_err());
        let a = Array::from_fn([3, 4], |k| 4 * k[0] + k[1]);
        assert_eq!(a.data(), (0..12).collect::<Vec<_>>());
        assert_eq!(a.strided(&[2, 3]).data(), [0, 3, 8, 11]);
        assert_eq!((a.get(&[2, 3]), a.get(&[3, 0]), a.get(&[1])), (Some(&11), None, None));
        assert_eq!(Array::filled([0, 5], 1).len(), 0);
        assert_eq!(Array::filled([0usize; 0], 7).data(), [7]);
        let (tall, wide) = (Array::filled([1_000_000, 1], 1u8), Array::filled([1, 1_000_000], 1u8));
        let job = Job::new(&tall, &wide, &Mode::Same(Border::Wrap), &0);
        assert_eq!(job.map(drop).unwrap_err().kind(), crate::ErrorKind::Limit);
    }
}
