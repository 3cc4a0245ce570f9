//! What algorithms on power series ask of their coefficients: sums, windows of products, multiples and quotients by `1, 2, 3, ...`.
//!
//! It stands apart because one formula has two kinds of coefficients under it. Most rings compute element by element and product by
//! product ([`Plain`](super::plain::Plain)). Over Z and Q an element is a number with a denominator, and every step would take each of them to lowest terms: there
//! a whole series has one denominator, which a step reduces once (`fractions::series`).
//!
//! # Invariants
//! A series is a polynomial: what is beyond its length is zero. To which power of `x` it is the series that is meant, the algorithm knows.

use crate::{Result, ring::Ring};
use std::ops::Range;

/// Where a coefficient of a rearranged series comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pick {
    /// From nowhere: it is zero.
    Zero,
    /// The coefficient with this index.
    At(usize),
}

/// Blocks of a sequence, one row after the other, and where they go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) count: usize,
    /// Coefficients of a row.
    pub(crate) width: usize,
    /// Where the first row begins, and how far from row to row.
    pub(crate) from: (usize, usize),
    /// The same of where they are copied to.
    pub(crate) to: (usize, usize),
    /// Whether they change their sign.
    pub(crate) negative: bool,
}

impl Rows {
    /// Copies the rows. What they have beyond the end of `f` is left as it is.
    pub(crate) fn copy<E: Clone>(
        self,
        f: &[E],
        out: &mut [E],
        negative: impl Fn(&E) -> Result<E>,
    ) -> Result<()> {
        for row in 0..self.count {
            let (from, to) = (self.from.0 + row * self.from.1, self.to.0 + row * self.to.1);
            let f = &f[from.min(f.len())..(from + self.width).min(f.len())];
            let out = &mut out[to..to + f.len()];
            if self.negative {
                for (x, y) in out.iter_mut().zip(f) {
                    *x = negative(y)?;
                }
            } else if f.len() < SHORT_ROW {
                // A call for so few takes longer than a loop.
                out.iter_mut().zip(f).for_each(|(x, y)| x.clone_from(y));
            } else {
                out.clone_from_slice(f);
            }
        }
        Ok(())
    }
}

/// Shorter rows are copied one by one.
const SHORT_ROW: usize = 16;

/// Arithmetic on power series over a ring.
pub(crate) trait Arithmetic {
    /// The ring of the coefficients.
    type Ring: Ring;
    /// Coefficients, in a form that sums and products are fast in.
    type Series: Clone;
    /// A series that takes part in several products.
    type Factor;

    fn ring(&self) -> &Self::Ring;

    /// Up to this length coefficients are computed one by one, by recurrence.
    fn base(&self) -> usize;

    fn read(&self, f: &[Element<Self>]) -> Result<Self::Series>;

    /// The same from a vector that is there.
    fn read_vec(&self, f: Vec<Element<Self>>) -> Result<Self::Series> {
        self.read(&f)
    }

    /// The coefficients that are stored.
    fn write(&self, f: Self::Series) -> Vec<Element<Self>>;

    /// How many coefficients are stored.
    fn len(&self, f: &Self::Series) -> usize;

    /// Coefficient `k`.
    fn coefficient(&self, f: &Self::Series, k: usize) -> Element<Self>;

    /// How many of the stored coefficients are not zero.
    fn terms(&self, f: &Self::Series) -> usize;

    /// The stored coefficients of a range.
    fn part(&self, f: &Self::Series, range: Range<usize>) -> Result<Self::Series>;

    /// `low + x^at*high`, for a `low` of at most `at` coefficients.
    fn join(&self, low: Self::Series, at: usize, high: Self::Series) -> Result<Self::Series>;

    /// The `n` coefficients that `pick` names.
    fn gather(&self, f: &Self::Series, n: usize, pick: impl Fn(usize) -> Pick) -> Result<Self::Series>;

    fn add(&self, f: Self::Series, g: &Self::Series) -> Result<Self::Series> {
        self.add_part(f, Part::whole(g))
    }

    fn sub(&self, f: Self::Series, g: &Self::Series) -> Result<Self::Series>;

    fn neg(&self, f: Self::Series) -> Result<Self::Series>;

    /// `c*f`.
    fn scale(&self, f: Self::Series, c: &Element<Self>) -> Result<Self::Series>;

    /// Coefficient `k` times `first + k`.
    fn times_numbers(&self, f: Self::Series, first: usize) -> Result<Self::Series>;

    /// Coefficient `k` divided by `first + k`; where that is 0, the coefficient becomes 0.
    ///
    /// # Errors
    /// That of [`no_quotient`](super::numbers::no_quotient) where one of the numbers is no unit.
    fn over_numbers(&self, f: Self::Series, first: usize) -> Result<Self::Series>;

    /// `f + g`, for a part of a series.
    fn add_part(&self, f: Self::Series, g: Part<'_, Self::Series>) -> Result<Self::Series>;

    /// The coefficients of a window of the product of two parts, as many as it is long.
    fn multiply(
        &self,
        f: Part<'_, Self::Series>,
        g: Part<'_, Self::Series>,
        window: Range<usize>,
    ) -> Result<Self::Series>;

    /// The coefficients of a window of `f*g`, as many as it is long.
    fn product(&self, f: &Self::Series, g: &Self::Series, window: Range<usize>) -> Result<Self::Series> {
        self.multiply(Part::whole(f), Part::whole(g), window)
    }

    /// `f` for products with series such as `like` of which `window` is wanted.
    fn factor(
        &self,
        f: Self::Series,
        like: Part<'_, Self::Series>,
        window: Range<usize>,
    ) -> Result<Self::Factor>;

    /// The coefficients of a window of `g*f`, as many as it is long, for a prepared `f`.
    fn after(
        &self,
        f: &Self::Factor,
        g: Part<'_, Self::Series>,
        window: Range<usize>,
    ) -> Result<Self::Series>;

    /// The coefficients of a window of `f*g`, as many as it is long, for a prepared `f`.
    fn before(
        &self,
        f: &Self::Factor,
        g: Part<'_, Self::Series>,
        window: Range<usize>,
    ) -> Result<Self::Series>;

    /// The series that was prepared.
    fn unfactor(&self, f: Self::Factor) -> Self::Series;

    /// The `n` coefficients that are rows of others, and zero where none of them are.
    fn arrange(&self, n: usize, parts: &[(&Self::Series, Rows)]) -> Result<Self::Series>;

    /// `f` for [sums](Self::dot) of products with others that were prepared for the same window, up to `like` coefficients long.
    fn share(&self, f: Self::Series, like: usize, window: Range<usize>) -> Result<Self::Factor>;

    /// The coefficients of a window of a sum of products of series made by [`share`](Self::share).
    fn dot(&self, pairs: &[(&Self::Factor, &Self::Factor)], window: Range<usize>) -> Result<Self::Series>;

    /// `sum of f[first + i]*rows[i]` for each first coefficient of as many as there are rows, to so many coefficients.
    fn combinations(
        &self,
        f: &Self::Series,
        rows: &[Self::Series],
        lengths: &[usize],
    ) -> Result<Vec<Self::Series>>;

    /// Coefficient `first + i` of `f*rows[i]`, for each row.
    fn coefficients_of_products(
        &self,
        f: &Self::Series,
        rows: &[Self::Series],
        first: usize,
    ) -> Result<Self::Series>;

    /// The series with room for `n` coefficients.
    fn reserve(&self, f: Self::Series, n: usize) -> Self::Series {
        let _ = n;
        f
    }

    /// Takes back a series that is not needed any more: its memory is used again.
    fn recycle(&self, f: Self::Series) {
        drop(f);
    }
}

/// Some of the coefficients of a series.
#[derive(Clone, Debug)]
pub(crate) struct Part<'a, S> {
    /// The series.
    pub(crate) of: &'a S,
    /// Which; it may end beyond the last that is stored.
    pub(crate) range: Range<usize>,
}

impl<'a, S> Part<'a, S> {
    /// Those of a range.
    pub(crate) fn new(of: &'a S, range: Range<usize>) -> Self {
        Part { of, range }
    }

    /// All of them.
    pub(crate) fn whole(of: &'a S) -> Self {
        Part { of, range: 0..usize::MAX }
    }
}

impl<E> Part<'_, Vec<E>> {
    pub(super) fn as_slice(&self) -> &[E] {
        let end = self.range.end.min(self.of.len());
        &self.of[self.range.start.min(end)..end]
    }
}

/// The coefficients of an arithmetic.
pub(crate) type Element<A> = <<A as Arithmetic>::Ring as Ring>::Element;
