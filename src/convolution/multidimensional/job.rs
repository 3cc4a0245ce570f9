//! [`Job`]: a product of arrays over anything, by closures; [`Shapes`]: what of it does not depend on the entries.

use super::{Array, Border, Mode, each_index};
use crate::convolution::plan::Shape;
use crate::{Error, Result, limit};
use std::borrow::Cow;
use std::ops::Range;

/// The wanted box of a full convolution: sizes alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shapes {
    /// Of both operands, the first continued over its border where that is asked for.
    pub(super) operands: [Vec<usize>; 2],
    /// Where the box starts in the full result.
    pub(super) start: Vec<usize>,
    /// Its shape, which is that of the result.
    pub(super) count: Vec<usize>,
    /// Entries by which the first operand is continued before and after each axis.
    border: Option<[Vec<usize>; 2]>,
}

impl Shapes {
    /// # Errors
    /// Kind undefined for different numbers of axes, and for a valid window with a kernel that is empty or longer than
    /// the array in some axis; kind limit for axes that no memory holds.
    pub(crate) fn new<E>(m: &[usize], n: &[usize], mode: &Mode<E>) -> Result<Self> {
        if m.len() != n.len() {
            return Err(Error::undefined(format!("arrays of shapes {m:?} and {n:?} have different axes")));
        }
        let axes = || m.iter().zip(n);
        // Continued over its border, an operand is longer by the other one.
        if axes().any(|(m, n)| n.checked_mul(2).and_then(|n| m.checked_add(n)).is_none()) {
            return Err(Error::limit(format!("arrays of shapes {m:?} and {n:?} are too large")));
        }
        let ends = || n.iter().map(|n| n - 1).collect();
        let mut shapes = Shapes {
            operands: [m.to_vec(), n.to_vec()],
            start: vec![0; m.len()],
            count: m.to_vec(),
            border: None,
        };
        match mode {
            Mode::Full => {
                shapes.count = axes().map(|(&m, &n)| if m == 0 || n == 0 { 0 } else { m + n - 1 }).collect();
            }
            Mode::Valid => {
                if axes().any(|(&m, &n)| n == 0 || n > m) {
                    return Err(Error::undefined(format!(
                        "no entry of an array of shape {m:?} is covered by a whole kernel of shape {n:?}"
                    )));
                }
                shapes.start = ends();
                shapes.count = axes().map(|(m, n)| m - n + 1).collect();
            }
            Mode::Same(border) => {
                let from: Vec<usize> = n.iter().map(|n| n.saturating_sub(1) / 2).collect();
                if matches!(border, Border::Zero) || m.contains(&0) || n.contains(&0) {
                    shapes.start = from;
                } else {
                    // Output k of the box meets a[k + from - j], j < n.
                    let before: Vec<usize> = n.iter().zip(&from).map(|(n, from)| n - 1 - from).collect();
                    shapes.operands[0] = axes().map(|(m, n)| m + n - 1).collect();
                    shapes.start = ends();
                    shapes.border = Some([before, from]);
                }
            }
        }
        Ok(shapes)
    }

    /// The shape of the result.
    pub(crate) fn result(&self) -> &[usize] {
        &self.count
    }

    /// How many entries the result has.
    pub(crate) fn outputs(&self) -> usize {
        size(&self.count)
    }

    /// Whether the result has no entry or no term.
    pub(crate) fn is_empty(&self) -> bool {
        self.count.iter().chain(self.operands.iter().flatten()).any(|&n| n == 0)
    }

    /// How many entries the smaller operand has.
    pub(crate) fn kernel(&self) -> usize {
        let [a, b] = &self.operands;
        size(a).min(size(b))
    }

    /// The length of each axis of a full result; no operand is empty.
    fn full(&self) -> impl Iterator<Item = usize> {
        let [a, b] = &self.operands;
        a.iter().zip(b).map(|(m, n)| m + n - 1)
    }

    /// The layout as sequences.
    ///
    /// # Errors
    /// Kind limit when the sequences would be longer than any memory.
    pub(super) fn layout(&self) -> Result<Layout<'_>> {
        let too_long = || Error::limit("an array too large to be laid out as one sequence");
        let full: Vec<usize> = self.full().collect();
        let mut strides = vec![1usize; full.len()];
        for axis in (1..full.len()).rev() {
            strides[axis - 1] = strides[axis].checked_mul(full[axis]).ok_or_else(too_long)?;
        }
        if let (Some(stride), Some(full)) = (strides.first(), full.first()) {
            stride.checked_mul(*full).filter(|&len| len <= Shape::MOST).ok_or_else(too_long)?;
        }
        Ok(Layout { shapes: self, strides })
    }
}

/// The entries of a shape, which need not be that of an array that there is.
fn size(shape: &[usize]) -> usize {
    if shape.contains(&0) { 0 } else { shape.iter().fold(1, |size, &n| size.saturating_mul(n)) }
}

/// Arrays as sequences: with the distances that neighbours of each axis have in a full result, row-major.
pub(super) struct Layout<'a> {
    shapes: &'a Shapes,
    strides: Vec<usize>,
}

impl Layout<'_> {
    fn at(&self, index: &[usize]) -> usize {
        index.iter().zip(&self.strides).map(|(k, s)| k * s).sum()
    }

    /// The length of an operand's sequence; no axis is empty.
    pub(super) fn len(&self, which: usize) -> usize {
        self.shapes.operands[which].iter().zip(&self.strides).map(|(n, s)| (n - 1) * s).sum::<usize>() + 1
    }

    /// The coefficients from the first of the box to the last.
    pub(super) fn range(&self) -> Range<usize> {
        let Shapes { start, count, .. } = self.shapes;
        let last: Vec<usize> = start.iter().zip(count).map(|(s, c)| s + c - 1).collect();
        self.at(start)..self.at(&last) + 1
    }

    /// An operand as a sequence into zeros, `unit` elements an entry.
    pub(super) fn lay<T: Clone>(&self, which: usize, data: &[T], unit: usize, flat: &mut [T]) {
        // Row by row along the last axis, which lies together.
        let shape = &self.shapes.operands[which];
        let width = unit * shape.last().copied().unwrap_or(1);
        let mut rows = data.chunks_exact(width);
        each_index(&shape[..shape.len().saturating_sub(1)], |index| {
            let row = rows.next().expect("a row for each index");
            flat[unit * self.at(index)..][..width].clone_from_slice(row);
        });
    }

    /// How long a row of the box is.
    pub(super) fn width(&self) -> usize {
        self.shapes.count.last().copied().unwrap_or(1)
    }

    /// Where each row of the box starts within the [range](Self::range).
    pub(super) fn rows(&self, mut visit: impl FnMut(usize)) {
        let count = &self.shapes.count;
        each_index(&count[..count.len().saturating_sub(1)], |index| visit(self.at(index)));
    }
}

/// A product of two arrays, the first one continued over the border where that is asked for.
pub(crate) struct Job<'a, E: Clone> {
    pub(super) a: Cow<'a, Array<E>>,
    pub(super) b: &'a Array<E>,
    pub(crate) shapes: Shapes,
}

impl<'a, E: Clone> Job<'a, E> {
    /// # Errors
    /// Those of [`Shapes::new`]; kind limit for an array that is too large with its border.
    pub(crate) fn new(a: &'a Array<E>, b: &'a Array<E>, mode: &Mode<E>, zero: &E) -> Result<Self> {
        let shapes = Shapes::new(&a.shape, &b.shape, mode)?;
        let a = match (mode, &shapes.border) {
            (Mode::Same(border), Some([before, after])) => {
                limit::check(size(&shapes.operands[0]) as u64, 8 * size_of::<E>() as u64)?;
                Cow::Owned(a.padded(before, after, border, zero))
            }
            _ => Cow::Borrowed(a),
        };
        Ok(Job { a, b, shapes })
    }

    /// The entries of both operands.
    pub(crate) fn operands(&self) -> [&[E]; 2] {
        [&self.a.data, &self.b.data]
    }

    /// Whether both operands are one and the same array.
    pub(crate) fn is_square(&self) -> bool {
        std::ptr::eq(&*self.a, self.b)
    }

    /// The result, row-major.
    pub(crate) fn array<F>(&self, data: Vec<F>) -> Array<F> {
        debug_assert_eq!(data.len(), self.shapes.outputs());
        Array { shape: self.shapes.count.clone(), data }
    }

    /// Entry by entry; `mul_add(c, x, y)` is `c += x*y`.
    pub(crate) fn direct(
        &self,
        zero: &E,
        mul_add: impl Fn(&mut E, &E, &E) -> Result<()>,
    ) -> Result<Array<E>> {
        let Shapes { start, count, .. } = &self.shapes;
        let mut out = vec![zero.clone(); self.shapes.outputs()];
        let axes = count.len();
        let Some(last) = axes.checked_sub(1) else {
            mul_add(&mut out[0], &self.a.data[0], &self.b.data[0])?;
            return Ok(Array { shape: Vec::new(), data: out });
        };
        let (m, n, width) = (self.a.shape[last], self.b.shape[last], count[last]);
        let mut failed = Ok(());
        let mut row = 0;
        each_index(&count[..last], |at| {
            let out = &mut out[row * width..(row + 1) * width];
            row += 1;
            let mut kernel_row = 0;
            each_index(&self.b.shape[..last], |j| {
                let y = &self.b.data[kernel_row * n..(kernel_row + 1) * n];
                kernel_row += 1;
                // The row of `a` that this row of the kernel meets, where there is one.
                let mut a_row = 0;
                for axis in 0..last {
                    match (at[axis] + start[axis]).checked_sub(j[axis]) {
                        Some(k) if k < self.a.shape[axis] => a_row = a_row * self.a.shape[axis] + k,
                        _ => return,
                    }
                }
                let x = &self.a.data[a_row * m..(a_row + 1) * m];
                for (j, y) in y.iter().enumerate() {
                    let shift = start[last];
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
        failed.map(|()| self.array(out))
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
        if self.shapes.is_empty() {
            return Ok(self.array(vec![zero.clone(); self.shapes.outputs()]));
        }
        let layout = self.shapes.layout()?;
        let flat = |which: usize, array: &Array<E>| {
            let mut flat = vec![zero.clone(); layout.len(which)];
            layout.lay(which, &array.data, 1, &mut flat);
            flat
        };
        let x = flat(0, &self.a);
        let values = if self.is_square() {
            product(&x, &x, layout.range())?
        } else {
            product(&x, &flat(1, self.b), layout.range())?
        };
        let (width, mut taken) = (layout.width(), 0);
        let mut values = values.into_iter();
        let mut data = Vec::with_capacity(self.shapes.outputs());
        layout.rows(|from| {
            data.extend(values.by_ref().skip(from - taken).take(width));
            taken = from + width;
        });
        Ok(self.array(data))
    }
}
