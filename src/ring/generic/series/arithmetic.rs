//! What algorithms on power series ask of their coefficients: sums, windows of products, multiples and quotients by `1, 2, 3, ...`.
//!
//! It stands apart because one formula has two kinds of coefficients under it. Most rings compute element by element and product by
//! product ([`Plain`]). Over Z and Q an element is a number with a denominator, and every step would take each of them to lowest terms: there
//! a whole series has one denominator, which a step reduces once (`fractions::series`).
//!
//! # Invariants
//! A series is a polynomial: what is beyond its length is zero. To which power of `x` it is the series that is meant, the algorithm knows.

use crate::{
    Error, Result,
    convolution::{Want, tuning},
    ring::{Prepared, Ring},
};
use std::{cell::RefCell, ops::Range};

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

    fn add(&self, f: Self::Series, g: &Self::Series) -> Result<Self::Series>;

    fn sub(&self, f: Self::Series, g: &Self::Series) -> Result<Self::Series>;

    fn neg(&self, f: Self::Series) -> Result<Self::Series>;

    /// `c*f`.
    fn scale(&self, f: Self::Series, c: &Element<Self>) -> Result<Self::Series>;

    /// Coefficient `k` times `first + k`.
    fn times_numbers(&self, f: Self::Series, first: usize) -> Result<Self::Series>;

    /// Coefficient `k` divided by `first + k`; where that is 0, the coefficient becomes 0.
    ///
    /// # Errors
    /// That of [`no_quotient`] where one of the numbers is no unit.
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
    fn as_slice(&self) -> &[E] {
        let end = self.range.end.min(self.of.len());
        &self.of[self.range.start.min(end)..end]
    }
}

/// The coefficients of an arithmetic.
pub(crate) type Element<A> = <<A as Arithmetic>::Ring as Ring>::Element;

/// Why the coefficient of `x^k` of a result is not defined: it would have to be divided by `k`.
#[cold]
pub(crate) fn no_quotient<R: Ring>(ring: &R, k: usize, why: &Error) -> Error {
    let error = Error::new(
        why.kind(),
        format!(
            "the coefficient of x^{k} would have to be divided by {k}, which is not possible in {ring:?}"
        ),
    );
    match why.factor() {
        Some(factor) => error.with_factor(factor.clone()),
        None => error,
    }
}

/// Quotients by the images of `1, 2, 3, ...`.
#[derive(Clone, Debug)]
pub(crate) struct Numbers<E> {
    /// `1/k` from 1 on, where elements have one size.
    inverses: Vec<E>,
}

impl<E> Numbers<E> {
    pub(crate) fn new() -> Self {
        Numbers { inverses: Vec::new() }
    }

    /// Those below `n`.
    ///
    /// # Errors
    /// That of [`no_quotient`] for the first that is no unit.
    pub(crate) fn below<R: Ring<Element = E>>(ring: &R, n: usize) -> Result<Self>
    where
        E: Clone,
    {
        let mut numbers = Self::new();
        numbers.reserve(ring, n)?;
        Ok(numbers)
    }

    /// Makes ready for quotients by numbers below `n`.
    ///
    /// # Errors
    /// That of [`no_quotient`] for the first that is no unit.
    fn reserve<R: Ring<Element = E>>(&mut self, ring: &R, n: usize) -> Result<()>
    where
        E: Clone,
    {
        let known = self.inverses.len();
        if ring.grows() || !ring.is_exact() || n <= known + 1 {
            return Ok(());
        }
        // Twice as many, so that a call for each number costs nothing more; as many as are wanted where one of the others is no unit.
        if ring.extend_inverses(&mut self.inverses, n.max(2 * known + 2).min(n + known + 32)).is_ok() {
            return Ok(());
        }
        ring.extend_inverses(&mut self.inverses, n).map_err(|error| {
            let unit =
                |k: &usize| ring.try_from_integer((*k).into()).and_then(|k| ring.try_inverse(&k)).is_ok();
            no_quotient(ring, (known + 1..n).find(|k| !unit(k)).unwrap_or(known + 1), &error)
        })
    }

    /// `c/k`, for `k > 0`.
    ///
    /// # Errors
    /// That of [`no_quotient`].
    pub(crate) fn divide<R: Ring<Element = E>>(&mut self, ring: &R, c: &E, k: usize) -> Result<E>
    where
        E: Clone,
    {
        self.reserve(ring, k + 1)?;
        match self.inverses.get(k - 1) {
            Some(inverse) => ring.try_mul(c, inverse),
            None => {
                let number = ring.try_from_integer(k.into())?;
                ring.try_exact_quo(c, &number).map_err(|error| no_quotient(ring, k, &error))
            }
        }
    }
}

/// Series as sequences of elements, on the products of the ring.
#[derive(Debug)]
pub(crate) struct Plain<'a, R: Ring> {
    ring: &'a R,
    numbers: RefCell<Numbers<R::Element>>,
    /// Memory of series that were given back.
    pool: RefCell<Vec<Vec<R::Element>>>,
}

/// Vectors that are kept to be used again.
const POOL: usize = 4;

impl<'a, R: Ring> Plain<'a, R> {
    pub(crate) fn new(ring: &'a R) -> Self {
        Plain { ring, numbers: RefCell::new(Numbers::new()), pool: RefCell::new(Vec::new()) }
    }

    /// A vector with any elements in it.
    fn vector(&self) -> Vec<R::Element> {
        self.pool.borrow_mut().pop().unwrap_or_default()
    }

    fn padded(&self, mut f: Vec<R::Element>, n: usize) -> Vec<R::Element> {
        f.resize(n, self.ring.zero());
        f
    }
}

/// A factor of several products; prepared where the order of factors does not matter.
pub(crate) enum Multiplier<R: Ring> {
    Plain(Vec<R::Element>),
    Prepared(Prepared<R>),
}

impl<R: Ring> Multiplier<R> {
    fn coefficients(&self) -> &[R::Element] {
        match self {
            Multiplier::Plain(f) => f,
            Multiplier::Prepared(f) => f.coefficients(),
        }
    }
}

impl<R: Ring> Arithmetic for Plain<'_, R> {
    type Ring = R;
    type Series = Vec<R::Element>;
    type Factor = Multiplier<R>;

    fn ring(&self) -> &R {
        self.ring
    }

    fn base(&self) -> usize {
        tuning::SERIES_BASE
    }

    fn read(&self, f: &[R::Element]) -> Result<Vec<R::Element>> {
        Ok(f.to_vec())
    }

    fn read_vec(&self, f: Vec<R::Element>) -> Result<Vec<R::Element>> {
        Ok(f)
    }

    fn write(&self, f: Vec<R::Element>) -> Vec<R::Element> {
        f
    }

    fn len(&self, f: &Vec<R::Element>) -> usize {
        f.len()
    }

    fn coefficient(&self, f: &Vec<R::Element>, k: usize) -> R::Element {
        f.get(k).cloned().unwrap_or_else(|| self.ring.zero())
    }

    fn terms(&self, f: &Vec<R::Element>) -> usize {
        f.iter().filter(|c| !self.ring.is_zero(c)).count()
    }

    fn part(&self, f: &Vec<R::Element>, range: Range<usize>) -> Result<Vec<R::Element>> {
        let end = range.end.min(f.len());
        Ok(f[range.start.min(end)..end].to_vec())
    }

    fn join(&self, low: Vec<R::Element>, at: usize, high: Vec<R::Element>) -> Result<Vec<R::Element>> {
        debug_assert!(low.len() <= at, "the parts do not overlap");
        let mut f = self.padded(low, at);
        let mut high = high;
        f.append(&mut high);
        self.recycle(high);
        Ok(f)
    }

    fn gather(&self, f: &Vec<R::Element>, n: usize, pick: impl Fn(usize) -> Pick) -> Result<Vec<R::Element>> {
        (0..n)
            .map(|k| match pick(k) {
                Pick::At(i) if i < f.len() => Ok(f[i].clone()),
                _ => Ok(self.ring.zero()),
            })
            .collect()
    }

    fn add(&self, mut f: Vec<R::Element>, g: &Vec<R::Element>) -> Result<Vec<R::Element>> {
        let common = f.len().min(g.len());
        for (x, y) in f.iter_mut().zip(g) {
            *x = self.ring.try_add(x, y)?;
        }
        f.extend_from_slice(&g[common..]);
        Ok(f)
    }

    fn sub(&self, mut f: Vec<R::Element>, g: &Vec<R::Element>) -> Result<Vec<R::Element>> {
        let common = f.len().min(g.len());
        for (x, y) in f.iter_mut().zip(g) {
            *x = self.ring.try_sub(x, y)?;
        }
        for y in &g[common..] {
            f.push(self.ring.try_neg(y)?);
        }
        Ok(f)
    }

    fn neg(&self, mut f: Vec<R::Element>) -> Result<Vec<R::Element>> {
        for x in &mut f {
            *x = self.ring.try_neg(x)?;
        }
        Ok(f)
    }

    fn scale(&self, mut f: Vec<R::Element>, c: &R::Element) -> Result<Vec<R::Element>> {
        for x in &mut f {
            *x = self.ring.try_mul(c, x)?;
        }
        Ok(f)
    }

    fn times_numbers(&self, mut f: Vec<R::Element>, first: usize) -> Result<Vec<R::Element>> {
        let mut number = self.ring.try_from_integer(first.into())?;
        for (k, x) in f.iter_mut().enumerate() {
            if k > 0 {
                number = self.ring.try_add(&number, &self.ring.one())?;
            }
            *x = self.ring.try_mul(&number, x)?;
        }
        Ok(f)
    }

    fn over_numbers(&self, mut f: Vec<R::Element>, first: usize) -> Result<Vec<R::Element>> {
        if f.is_empty() {
            return Ok(f);
        }
        let mut numbers = self.numbers.borrow_mut();
        numbers.reserve(self.ring, first + f.len())?;
        let skipped = usize::from(first == 0).min(f.len());
        f[..skipped].fill(self.ring.zero());
        let (first, rest) = (first + skipped, &mut f[skipped..]);
        match numbers.inverses.get(first - 1..first - 1 + rest.len()) {
            Some(inverses) => {
                for (x, inverse) in rest.iter_mut().zip(inverses) {
                    *x = self.ring.try_mul(x, inverse)?;
                }
            }
            None => {
                for (k, x) in rest.iter_mut().enumerate() {
                    *x = numbers.divide(self.ring, x, first + k)?;
                }
            }
        }
        Ok(f)
    }

    fn add_part(&self, mut f: Vec<R::Element>, g: Part<'_, Vec<R::Element>>) -> Result<Vec<R::Element>> {
        let g = g.as_slice();
        let common = f.len().min(g.len());
        for (x, y) in f.iter_mut().zip(g) {
            *x = self.ring.try_add(x, y)?;
        }
        f.extend_from_slice(&g[common..]);
        Ok(f)
    }

    fn multiply(
        &self,
        f: Part<'_, Vec<R::Element>>,
        g: Part<'_, Vec<R::Element>>,
        window: Range<usize>,
    ) -> Result<Vec<R::Element>> {
        let (n, mut out) = (window.len(), self.vector());
        self.ring.convolve_into(f.as_slice(), g.as_slice(), &Want::range(window), &mut out)?;
        Ok(self.padded(out, n))
    }

    fn factor(
        &self,
        f: Vec<R::Element>,
        like: Part<'_, Vec<R::Element>>,
        window: Range<usize>,
    ) -> Result<Multiplier<R>> {
        if !self.ring.is_commutative() || f.len() <= tuning::SERIES_BASE {
            return Ok(Multiplier::Plain(f));
        }
        self.ring.prepare(f, like.as_slice(), &Want::range(window)).map(Multiplier::Prepared)
    }

    fn after(
        &self,
        f: &Multiplier<R>,
        g: Part<'_, Vec<R::Element>>,
        window: Range<usize>,
    ) -> Result<Vec<R::Element>> {
        let (n, want, mut out) = (window.len(), Want::range(window), self.vector());
        match f {
            Multiplier::Plain(f) => self.ring.convolve_into(g.as_slice(), f, &want, &mut out)?,
            Multiplier::Prepared(f) => self.ring.convolve_prepared_into(f, g.as_slice(), &want, &mut out)?,
        }
        Ok(self.padded(out, n))
    }

    fn before(
        &self,
        f: &Multiplier<R>,
        g: Part<'_, Vec<R::Element>>,
        window: Range<usize>,
    ) -> Result<Vec<R::Element>> {
        match f {
            Multiplier::Plain(f) => self.multiply(Part::whole(f), g, window),
            Multiplier::Prepared(_) => self.after(f, g, window),
        }
    }

    fn unfactor(&self, f: Multiplier<R>) -> Vec<R::Element> {
        match f {
            Multiplier::Plain(f) => f,
            Multiplier::Prepared(f) => f.into_coefficients(),
        }
    }

    fn arrange(&self, n: usize, parts: &[(&Vec<R::Element>, Rows)]) -> Result<Vec<R::Element>> {
        let mut out = vec![self.ring.zero(); n];
        for &(f, rows) in parts {
            rows.copy(f, &mut out, |x| self.ring.try_neg(x))?;
        }
        Ok(out)
    }

    fn share(&self, f: Vec<R::Element>, like: usize, window: Range<usize>) -> Result<Multiplier<R>> {
        if !self.ring.is_commutative() || self.ring.grows() || f.len() <= tuning::SERIES_BASE {
            return Ok(Multiplier::Plain(f));
        }
        let like = vec![self.ring.zero(); like];
        self.ring.prepare(f, &like, &Want::range(window)).map(Multiplier::Prepared)
    }

    fn dot(
        &self,
        pairs: &[(&Multiplier<R>, &Multiplier<R>)],
        window: Range<usize>,
    ) -> Result<Vec<R::Element>> {
        let (n, want) = (window.len(), Want::range(window));
        let prepared: Option<Vec<_>> = pairs
            .iter()
            .map(|pair| match pair {
                (Multiplier::Prepared(f), Multiplier::Prepared(g)) => Some((f, g)),
                _ => None,
            })
            .collect();
        let sum = match prepared {
            Some(pairs) => self.ring.convolve_prepared_sum(&pairs, &want),
            None => {
                let pairs: Vec<_> = pairs.iter().map(|(f, g)| (f.coefficients(), g.coefficients())).collect();
                match pairs[..] {
                    [(f, g)] => self.ring.convolve(f, g, &want),
                    _ => self.ring.convolve_sum(&pairs, &want),
                }
            }
        };
        Ok(self.padded(sum?, n))
    }

    fn combinations(
        &self,
        f: &Vec<R::Element>,
        rows: &[Vec<R::Element>],
        lengths: &[usize],
    ) -> Result<Vec<Vec<R::Element>>> {
        let rows: Vec<&[R::Element]> = rows.iter().map(Vec::as_slice).collect();
        f.chunks(rows.len())
            .zip(lengths)
            .map(|(part, &n)| self.ring.linear_combination(part, &rows[..part.len()], n))
            .collect()
    }

    fn coefficients_of_products(
        &self,
        f: &Vec<R::Element>,
        rows: &[Vec<R::Element>],
        first: usize,
    ) -> Result<Vec<R::Element>> {
        rows.iter().enumerate().map(|(i, row)| self.ring.coefficient_of_product(f, row, first + i)).collect()
    }

    fn reserve(&self, mut f: Vec<R::Element>, n: usize) -> Vec<R::Element> {
        f.reserve_exact(n.saturating_sub(f.len()));
        f
    }

    fn recycle(&self, f: Vec<R::Element>) {
        let mut pool = self.pool.borrow_mut();
        if pool.len() < POOL && f.capacity() > 0 {
            pool.push(f);
            // The one with the most room last, where it is taken first.
            pool.sort_unstable_by_key(Vec::capacity);
        }
    }
}
