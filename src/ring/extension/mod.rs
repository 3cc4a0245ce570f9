//! F\[x\]/(M) for a field F and an irreducible M: [`ExtensionField`], finite fields GF(p^k) and number fields Q(a).
//!
//! One type for all of them, because what differs is the field below: elements are its polynomials of degree below that of M, a product is one
//! convolution over it and a remainder. So products of polynomials over an extension are products over the field below, and towers are
//! extensions of extensions.
//!
//! - here: the type, its elements; `ring`: as a ring
//! - `sequences`: products of sequences by Kronecker substitution
//! - `finite`: over finite fields, Frobenius' map and its inverse; `irreducible`: Rabin's and Ben-Or's test, the first irreducible
//!   polynomial; `conway`: Conway polynomials
//! - `number_field`: products over Q(a) on integers
//!
//! # Method
//! The inverse is a cofactor of M, the norm a resultant with it. The trace is a linear form whose values at the powers of the generator are the
//! power sums of the roots of M, a series quotient (Newton). The minimal polynomial of `a` is that of the sequence of constant coordinates of
//! its powers: it divides the minimal polynomial, which is irreducible, and is not 1, since the sequence begins with 1.
//!
//! # Invariants
//! An element is a vector of at most `deg M` coordinates, ascending, without trailing zeros; operands included. M is monic. That M is irreducible is the word of
//! whoever made the field; with a reducible one, an inverse that does not exist is an error, and what promises one panics.

mod conway;
mod finite;
mod irreducible;
pub(super) mod number_field;
mod ring;
mod sequences;

use super::generic::{self, divisor::Divisor, series};
use super::text::Terms;
use super::{Field, IntoElement, Rationals, Ring, Style, rooms::Rooms};
use crate::convolution::Want;
use crate::{Error, Result};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Up to this degree the powers of the generator that a product reaches are kept reduced; beyond, a product is divided.
const TABLE: usize = 64;

/// A modulus of at most so many terms below the leading one is taken away term by term: the first irreducible polynomials have few. A product in GF(2^100)
/// has 99 coefficients to reduce, at 4 terms each in place of 100.
const FEW_TERMS: usize = 8;

/// The name of the generator where nobody chose one.
pub(crate) const NAME: &str = "a";

/// The field F\[x\]/(M), as a pointer to what it shares: GF(p^k) over a prime field, a number field over Q.
///
/// # Examples
/// ```
/// use monic::{ExtensionField, Ring, Zmod, ring::Field};
/// let field = ExtensionField::new(Zmod::prime(3)?, 2)?; // GF(9), its generator a root of x^2 + 1
/// let a = field.generator();
/// assert_eq!(field.mul(&a, &a), field.from_integer((-1).into()));
/// assert_eq!(field.inverse(&a), [0, 2]);
/// let f = field.parse("x^2 + (a + 1)*x + 2")?;
/// assert_eq!(f.square().to_string(), "x^4 + (2*a + 2)*x^3 + (2*a + 1)*x^2 + (a + 1)*x + 1");
/// # Ok::<(), monic::Error>(())
/// ```
pub struct ExtensionField<F: Field>(Arc<Inner<F>>);

/// Q(a): an extension of the rational numbers.
///
/// # Examples
/// ```
/// use monic::{NumberField, QQ};
/// let field = NumberField::with_modulus(&QQ.parse("x^3 - 2")?)?;
/// let a = field.element([1, 1]); // 1 plus the cube root of 2
/// assert_eq!(field.norm(&a), QQ.parse("3")?.coefficient(0));
/// assert_eq!(field.minimal_polynomial(&a).to_string(), "x^3 - 3*x^2 + 3*x - 3");
/// assert_eq!(field.parse("1/(a + 1)")?.to_string(), "1/3*a^2 - 1/3*a + 1/3");
/// # Ok::<(), monic::Error>(())
/// ```
pub type NumberField = ExtensionField<Rationals>;

struct Inner<F: Field> {
    base: F,
    modulus: Divisor<F>,
    name: Box<str>,
    /// `x^k, ..., x^(2k-2)` modulo M, for degrees `k` up to [`TABLE`].
    table: Vec<Vec<F::Element>>,
    /// The exponents and coefficients of M below its leading term, for [`FEW_TERMS`] at most; else none.
    terms: Vec<(usize, F::Element)>,
    /// The traces of `1, x, ..., x^(k-1)`.
    traces: OnceLock<Vec<F::Element>>,
    frobenius: OnceLock<finite::Substitution<F>>,
    pth_root: OnceLock<finite::Substitution<F>>,
    /// What products of sequences work in: coordinates, and the operand whose place a product takes.
    coordinates: Rooms<F::Element>,
    operands: Rooms<Vec<F::Element>>,
}

impl<F: Field> Clone for ExtensionField<F> {
    fn clone(&self) -> Self {
        ExtensionField(self.0.clone())
    }
}

impl<F: Field> PartialEq for ExtensionField<F> {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.0, &other.0);
        Arc::ptr_eq(a, b)
            || a.base == b.base && a.name == b.name && a.modulus.coefficients() == b.modulus.coefficients()
    }
}

impl<F: Field> ExtensionField<F> {
    /// The field as text, with the text of the one below.
    fn text(&self, base: &str) -> String {
        let (name, modulus) = (&self.0.name, self.modulus_text());
        match base.strip_suffix(')').filter(|p| **name == *NAME && !p.contains(',')) {
            Some(prime) => format!("{prime}, {modulus})"),
            None => format!("{base}({name}, {modulus})"),
        }
    }
}

/// As it is displayed, with the form for programmers of the field below.
impl<F: Field> fmt::Debug for ExtensionField<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(&format!("{:?}", self.0.base)))
    }
}

/// `GF(3, a^2 + 1)`, `QQ(a, a^2 - 2)`.
impl<F: Field + fmt::Display> fmt::Display for ExtensionField<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(&self.0.base.to_string()))
    }
}

impl<F: Field> ExtensionField<F> {
    /// F\[x\]/(M), on the word of the caller that M, its coefficients ascending, is irreducible; `name` is what the generator is called in text.
    ///
    /// # Errors
    /// Kind undefined for a constant M; those of the field's operations.
    ///
    /// # Examples
    /// ```
    /// use monic::{ExtensionField, QQ, Ring};
    /// let field = ExtensionField::assume_irreducible(QQ, QQ.poly([-2, 0, 1]).coefficients(), "r")?;
    /// assert_eq!(field.pow(&field.generator(), 4), field.from_integer(4.into()));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn assume_irreducible(base: F, modulus: &[F::Element], name: &str) -> Result<Self> {
        let mut modulus = modulus.to_vec();
        generic::trim(&base, &mut modulus);
        let Some(leading) = modulus.last().filter(|_| modulus.len() > 1) else {
            return Err(Error::undefined("the modulus of an extension is a constant"));
        };
        if !base.is_one(leading) {
            let inverse = base.try_inverse(leading)?;
            for c in &mut modulus {
                *c = base.try_mul(c, &inverse)?;
            }
        }
        let k = modulus.len() - 1;
        let divisor = Divisor::new(&base, &modulus)?;
        let mut table: Vec<Vec<F::Element>> = Vec::new();
        if k <= TABLE {
            for i in k..2 * k - 1 {
                // x times the power before, whose top coefficient takes a multiple of M away.
                let row = match table.last() {
                    None => modulus[..k].iter().map(|c| base.try_neg(c)).collect::<Result<Vec<_>>>()?,
                    Some(above) => {
                        let top = &above[k - 1];
                        let shifted = std::iter::once(base.zero()).chain(above[..k - 1].iter().cloned());
                        let step = |(c, m): (F::Element, _)| base.try_sub(&c, &base.try_mul(top, m)?);
                        shifted.zip(&modulus).map(step).collect::<Result<_>>()?
                    }
                };
                debug_assert_eq!(table.len(), i - k);
                table.push(row);
            }
        }
        let mut terms = Vec::new();
        for (i, c) in modulus[..k].iter().enumerate().filter(|(_, c)| !base.is_zero(c)) {
            terms.push((i, c.clone()));
        }
        if terms.len() > FEW_TERMS.min(k / 2) {
            terms.clear();
        }
        Ok(ExtensionField(Arc::new(Inner {
            base,
            terms,
            modulus: divisor,
            name: name.into(),
            table,
            traces: OnceLock::new(),
            frobenius: OnceLock::new(),
            pth_root: OnceLock::new(),
            coordinates: Rooms::default(),
            operands: Rooms::default(),
        })))
    }

    /// The field below.
    pub fn base(&self) -> &F {
        &self.0.base
    }

    /// The degree over the field below.
    pub fn degree(&self) -> usize {
        self.0.modulus.degree()
    }

    /// The coefficients of M, ascending, the last one 1.
    pub fn modulus_coefficients(&self) -> &[F::Element] {
        self.0.modulus.coefficients()
    }

    /// What the generator is called.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The class of `x`, a root of M.
    pub fn generator(&self) -> Vec<F::Element> {
        settle(self.reduce(vec![self.0.base.zero(), self.0.base.one()]))
    }

    /// An element of the field below as one of this.
    pub fn constant(&self, c: F::Element) -> Vec<F::Element> {
        if self.0.base.is_zero(&c) { Vec::new() } else { vec![c] }
    }

    /// The value at the generator of a polynomial of any degree, its coefficients ascending.
    ///
    /// # Panics
    /// Where numbers are over the [limit](crate::limit).
    ///
    /// # Examples
    /// ```
    /// use monic::{ExtensionField, Zmod};
    /// let field = ExtensionField::new(Zmod::prime(3)?, 2)?;
    /// assert_eq!(field.element([1, 1, 1]), [0, 1]); // a^2 = -1
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn element<T: IntoElement<F>>(&self, coefficients: impl IntoIterator<Item = T>) -> Vec<F::Element> {
        let coordinates = coefficients.into_iter().map(|c| c.into_element(&self.0.base)).collect();
        settle(self.reduce(coordinates))
    }

    /// The sum of the conjugates of `a` over the field below.
    ///
    /// # Examples
    /// ```
    /// use monic::{ExtensionField, Zmod};
    /// let field = ExtensionField::new(Zmod::prime(5)?, 3)?; // a^3 + a + 1 = 0
    /// assert_eq!((field.trace(&vec![1]), field.norm(&field.generator())), (3, 4));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn trace(&self, a: &[F::Element]) -> F::Element {
        let base = &self.0.base;
        let traces = settle(kept(&self.0.traces, || {
            // The power sums of the roots: the reversal of M' over that of M.
            let modulus = self.modulus_coefficients();
            let k = self.degree();
            let derivative =
                (1..=k).rev().map(|i| base.try_mul(&modulus[i], &base.try_from_integer(i.into())?));
            let derivative = derivative.collect::<Result<Vec<_>>>()?;
            let reversed: Vec<_> = modulus.iter().rev().cloned().collect();
            let mut sums = series::quotient(base, &derivative, &reversed, k)?;
            sums.resize(k, base.zero());
            Ok(sums)
        }));
        a.iter().zip(traces).fold(base.zero(), |sum, (c, t)| base.add(&sum, &base.mul(c, t)))
    }

    /// The product of the conjugates of `a` over the field below.
    pub fn norm(&self, a: &[F::Element]) -> F::Element {
        settle(self.0.base.poly_resultant(self.modulus_coefficients(), a))
    }

    /// The coefficients of the minimal polynomial over the field below, ascending, the last one 1.
    pub(crate) fn minimal_coefficients(&self, a: &[F::Element]) -> Result<Vec<F::Element>> {
        let base = &self.0.base;
        let mut power = self.one();
        let mut terms = Vec::with_capacity(2 * self.degree());
        for i in 0..2 * self.degree() {
            if i > 0 {
                power = self.element_product(&power, a)?;
            }
            terms.push(power.first().cloned().unwrap_or_else(|| base.zero()));
        }
        let recurrence = base.shortest_recurrence(&terms)?;
        let mut coefficients =
            recurrence.iter().rev().map(|c| base.try_neg(c)).collect::<Result<Vec<_>>>()?;
        coefficients.push(base.one());
        Ok(coefficients)
    }

    /// M in the name of the generator.
    fn modulus_text(&self) -> String {
        let coefficients = self.modulus_coefficients();
        let variable = self.name();
        Terms { ring: self.base(), coefficients, style: Style::Plain, variable, ascending: false }.to_string()
    }

    /// The remainder modulo M of a polynomial of any length.
    fn reduce(&self, mut a: Vec<F::Element>) -> Result<Vec<F::Element>> {
        let len = self.reduce_slot(&mut a)?;
        a.truncate(len);
        Ok(a)
    }

    /// The same in place: how many coordinates it has, without zeros at the end.
    fn reduce_slot(&self, a: &mut [F::Element]) -> Result<usize> {
        let (base, k) = (&self.0.base, self.degree());
        let trimmed = |a: &[F::Element]| a.iter().rposition(|c| !base.is_zero(c)).map_or(0, |last| last + 1);
        let len = trimmed(a);
        let Some(over) = len.checked_sub(k).filter(|&over| over > 0) else { return Ok(len) };
        if !self.0.terms.is_empty() {
            for i in (k..len).rev() {
                let c = std::mem::replace(&mut a[i], base.zero());
                if base.is_zero(&c) {
                    continue;
                }
                for (t, m) in &self.0.terms {
                    let slot = &mut a[i - k + t];
                    *slot = base.try_sub(slot, &base.try_mul(&c, m)?)?;
                }
            }
        } else if over > self.0.table.len() {
            let remainder = self.0.modulus.rem(&a[..len])?;
            let len = remainder.len();
            a.iter_mut().zip(remainder).for_each(|(slot, c)| *slot = c);
            return Ok(len);
        } else {
            let mut rows: [&[F::Element]; TABLE] = [&[]; TABLE];
            rows.iter_mut().zip(&self.0.table).for_each(|(row, power)| *row = power);
            let (low, high) = a[..len].split_at_mut(k);
            base.add_combination(low, high, &rows[..over])?;
        }
        Ok(trimmed(&a[..k]))
    }

    /// `a * b`.
    fn element_product(&self, a: &[F::Element], b: &[F::Element]) -> Result<Vec<F::Element>> {
        let base = &self.0.base;
        match (a, b) {
            ([], _) | (_, []) => Ok(Vec::new()),
            ([c], other) | (other, [c]) => other.iter().map(|x| base.try_mul(c, x)).collect(),
            _ => {
                let (mut product, second) = (Vec::with_capacity(1), [b]);
                let second = if std::ptr::eq(a, b) { None } else { Some(&second[..]) };
                F::extension_product(self, &[a], second, &Want::full(), a.len() + b.len() - 1, &mut product)?;
                Ok(product.pop().unwrap_or_default())
            }
        }
    }

    fn combine(
        &self,
        a: &[F::Element],
        b: &[F::Element],
        both: impl Fn(&F, &F::Element, &F::Element) -> Result<F::Element>,
        right: impl Fn(&F, &F::Element) -> Result<F::Element>,
    ) -> Result<Vec<F::Element>> {
        let base = &self.0.base;
        let common = a.len().min(b.len());
        let mut sum = Vec::with_capacity(a.len().max(b.len()));
        for (x, y) in a.iter().zip(b) {
            sum.push(both(base, x, y)?);
        }
        sum.extend_from_slice(&a[common..]);
        for y in &b[common..] {
            sum.push(right(base, y)?);
        }
        generic::trim(base, &mut sum);
        Ok(sum)
    }
}

/// The value that is kept, or that is computed now.
fn kept<T>(cell: &OnceLock<T>, compute: impl FnOnce() -> Result<T>) -> Result<&T> {
    match cell.get() {
        Some(value) => Ok(value),
        None => {
            let value = compute()?;
            Ok(cell.get_or_init(|| value))
        }
    }
}

#[track_caller]
fn settle<T>(result: Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}

/// The value at the generator of the polynomial with these coefficients.
impl<F: Field> IntoElement<ExtensionField<F>> for Vec<F::Element> {
    fn into_element(self, field: &ExtensionField<F>) -> Vec<F::Element> {
        settle(field.reduce(self))
    }
}

#[cfg(test)]
mod tests;
