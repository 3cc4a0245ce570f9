//! Convolution of arrays, `c[k] = sum over i+j=k of a[i]*b[j]` with indices of several axes.
//!
//! It stands apart because it is all index arithmetic: which entries of an array reach which, where a window
//! starts, what lies beyond a border. It knows no ring; products of coefficients are closures.
//!
//! # Method
//! Direct summation over the wanted box, or one product of sequences: with each axis but the first stretched to the
//! length `m + n - 1` of its result, rows laid end to end do not run into each other, so that the array product
//! *is* a sequence product (Kronecker substitution of one variable by a power of another).
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

use crate::{Error, Result};
use std::borrow::Cow;
use std::ops::{Index, Range};

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

/// The wanted box of a full convolution, with operands continued over the border where that is asked for.
pub(crate) struct Job<'a, E: Clone> {
    a: Cow<'a, Array<E>>,
    b: &'a Array<E>,
    /// Where the box starts in the full result.
    start: Vec<usize>,
    /// Its shape, which is that of the result.
    count: Vec<usize>,
}

impl<'a, E: Clone> Job<'a, E> {
    /// # Errors
    /// Kind undefined for different numbers of axes, and for a valid window with a kernel that is empty or longer than
    /// the array in some axis.
    pub(crate) fn new(a: &'a Array<E>, b: &'a Array<E>, mode: &Mode<E>, zero: &E) -> Result<Self> {
        let (m, n) = (&a.shape, &b.shape);
        if m.len() != n.len() {
            return Err(Error::undefined(format!("arrays of shapes {m:?} and {n:?} have different axes")));
        }
        let axes = || m.iter().zip(n);
        let zeros = vec![0; m.len()];
        let (a, start, count) = match mode {
            Mode::Full => {
                let count = axes().map(|(&m, &n)| if m == 0 || n == 0 { 0 } else { m + n - 1 }).collect();
                (Cow::Borrowed(a), zeros, count)
            }
            Mode::Valid => {
                if axes().any(|(&m, &n)| n == 0 || n > m) {
                    return Err(Error::undefined(format!(
                        "no entry of an array of shape {m:?} is covered by a whole kernel of shape {n:?}"
                    )));
                }
                (
                    Cow::Borrowed(a),
                    n.iter().map(|n| n - 1).collect(),
                    axes().map(|(m, n)| m - n + 1).collect(),
                )
            }
            Mode::Same(border) => {
                let from: Vec<usize> = n.iter().map(|n| n.saturating_sub(1) / 2).collect();
                if matches!(border, Border::Zero) || a.is_empty() || b.is_empty() {
                    (Cow::Borrowed(a), from, m.clone())
                } else {
                    // Output k of the box meets a[k + from - j], j < n.
                    let before: Vec<usize> = n.iter().zip(&from).map(|(n, from)| n - 1 - from).collect();
                    let padded = a.padded(&before, &from, border, zero);
                    (Cow::Owned(padded), n.iter().map(|n| n - 1).collect(), m.clone())
                }
            }
        };
        Ok(Job { a, b, start, count })
    }

    /// How many entries the result has.
    pub(crate) fn outputs(&self) -> usize {
        self.count.iter().product()
    }

    /// How many entries the smaller operand has.
    pub(crate) fn kernel(&self) -> usize {
        self.a.len().min(self.b.len())
    }

    /// Entry by entry; `mul_add(c, x, y)` is `c += x*y`.
    pub(crate) fn direct(
        &self,
        zero: &E,
        mul_add: impl Fn(&mut E, &E, &E) -> Result<()>,
    ) -> Result<Array<E>> {
        let mut out = vec![zero.clone(); self.outputs()];
        let axes = self.count.len();
        let Some(last) = axes.checked_sub(1) else {
            mul_add(&mut out[0], &self.a.data[0], &self.b.data[0])?;
            return Ok(Array { shape: Vec::new(), data: out });
        };
        let (m, n, width) = (self.a.shape[last], self.b.shape[last], self.count[last]);
        let mut failed = Ok(());
        let mut row = 0;
        each_index(&self.count[..last], |at| {
            let out = &mut out[row * width..(row + 1) * width];
            row += 1;
            let mut kernel_row = 0;
            each_index(&self.b.shape[..last], |j| {
                let y = &self.b.data[kernel_row * n..(kernel_row + 1) * n];
                kernel_row += 1;
                // The row of `a` that this row of the kernel meets, where there is one.
                let mut a_row = 0;
                for axis in 0..last {
                    match (at[axis] + self.start[axis]).checked_sub(j[axis]) {
                        Some(k) if k < self.a.shape[axis] => a_row = a_row * self.a.shape[axis] + k,
                        _ => return,
                    }
                }
                let x = &self.a.data[a_row * m..(a_row + 1) * m];
                for (j, y) in y.iter().enumerate() {
                    let shift = self.start[last];
                    let from = j.saturating_sub(shift).min(width);
                    let to = (m + j).saturating_sub(shift).clamp(from, width);
                    for (k, c) in out[from..to].iter_mut().enumerate() {
                        if failed.is_ok() {
                            failed = mul_add(c, &x[k + from + shift - j], y);
                        }
                    }
                }
            });
        });
        failed.map(|()| Array { shape: self.count.clone(), data: out })
    }

    /// By one product of sequences, of which `product(x, y, range)` returns a range.
    ///
    /// # Errors
    /// Kind limit when the sequences would be too long to address, and those of the product.
    pub(crate) fn flattened(
        &self,
        zero: &E,
        product: impl FnOnce(&[E], &[E], Range<usize>) -> Result<Vec<E>>,
    ) -> Result<Array<E>> {
        if self.outputs() == 0 || self.a.is_empty() || self.b.is_empty() {
            return Ok(Array { shape: self.count.clone(), data: vec![zero.clone(); self.outputs()] });
        }
        // Distances between neighbours of each axis, in a full result laid out row-major.
        let mut stride = vec![1usize; self.count.len()];
        let too_long = || Error::limit("an array too large to be laid out as one sequence");
        for axis in (1..stride.len()).rev() {
            let full = self.a.shape[axis] + self.b.shape[axis] - 1;
            stride[axis - 1] = stride[axis].checked_mul(full).ok_or_else(too_long)?;
        }
        let at = |index: &[usize]| -> usize { index.iter().zip(&stride).map(|(k, s)| k * s).sum() };
        if let (Some(s), Some(m), Some(n)) = (stride.first(), self.a.shape.first(), self.b.shape.first()) {
            s.checked_mul(m + n).ok_or_else(too_long)?;
        }
        // Row by row along the last axis, which lies together.
        let outer = stride.len().saturating_sub(1);
        let lay = |array: &Array<E>| {
            let end: Vec<usize> = array.shape.iter().map(|n| n - 1).collect();
            let width = array.shape.last().copied().unwrap_or(1);
            let mut flat = Vec::with_capacity(at(&end) + 1);
            let mut rows = array.data.chunks_exact(width);
            each_index(&array.shape[..outer], |index| {
                flat.resize(at(index), zero.clone());
                flat.extend_from_slice(rows.next().expect("a row for each index"));
            });
            flat
        };
        let last: Vec<usize> = self.start.iter().zip(&self.count).map(|(s, c)| s + c - 1).collect();
        let first = at(&self.start);
        let x = lay(&self.a);
        let range = first..at(&last) + 1;
        let values = if std::ptr::eq(&*self.a, self.b) {
            // One and the same array: a square.
            product(&x, &x, range)?
        } else {
            product(&x, &lay(self.b), range)?
        };
        let mut values = values.into_iter();
        let mut data = Vec::with_capacity(self.outputs());
        let (width, mut taken) = (self.count.last().copied().unwrap_or(1), 0);
        each_index(&self.count[..outer], |index| {
            let from = at(index);
            data.extend(values.by_ref().skip(from - taken).take(width));
            taken = from + width;
        });
        Ok(Array { shape: self.count.clone(), data })
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
    }
}
