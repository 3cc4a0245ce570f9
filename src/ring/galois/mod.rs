//! GF(p^k) with an element in a word: [`GaloisField`].
//!
//! It stands apart from [`ExtensionField`], whose elements are vectors, because small fields are for many elements: nothing is allocated, a sum is a
//! few instructions on all coordinates at once, and products in the smallest fields are a sum of logarithms.
//!
//! - here: the type, its elements
//! - `arithmetic`: sums, products, reductions on packed coordinates
//! - `sequences`: products of sequences
//!
//! # Method
//! The coordinates stand in bit fields, the constant one lowest. For `p = 2` a field is a bit, a product one carry-less multiplication, and the remainder by
//! the modulus two more (P. Barrett, CRYPTO '86, over GF(2)). For odd `p` a field has a spare bit at the top: a sum of two coordinates fits, and `p` is taken
//! away from those that reached it, all at once (L. Lamport, "Multiple byte processing with full-word instructions", CACM 18, 1975). Where elements have up to 16
//! bits, logarithms to a primitive element and their inverses are tabulated when the first product asks for them. What is asked for rarely goes through the
//! [`ExtensionField`] of the same modulus.
//!
//! # Invariants
//! Every coordinate is in `0..p`; what lies above the last one is zero. The numbers of the elements, hence their order, are those of the words.

mod arithmetic;
mod sequences;
#[cfg(test)]
mod tests;

use super::{
    Domain, ExtensionField, Field, FiniteField, GcdDomain, Literal, Pair, PrimeField, Ring, Style, engine,
    generic,
};
use crate::convolution::{Want, plan::Plan};
use crate::{Error, Result};
use num_bigint::{BigInt, BigUint};
use std::cmp::Ordering;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// The field of `p^k` elements, for elements that fit a word: `k` bits for `p = 2`, `k` coordinates with a spare bit each otherwise.
///
/// # Examples
/// ```
/// use monic::{GaloisField, Ring, Zmod, ring::Field};
/// let field = GaloisField::new(Zmod::prime(2)?, 8)?; // its generator a root of x^8 + x^4 + x^3 + x + 1
/// assert_eq!(field.mul(&0x53, &0xca), 1); // bits are coordinates: the example of the AES standard
/// assert_eq!(field.inverse(&0x53), 0xca);
/// let f = field.parse("x^2 + a*x + 1")?;
/// assert_eq!(f.square().to_string(), "x^4 + a^2*x^2 + 1");
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone)]
pub struct GaloisField(Arc<Inner>);

struct Inner {
    /// The same field, with vectors as elements.
    wide: ExtensionField<PrimeField>,
    shape: arithmetic::Shape,
    tables: OnceLock<Option<Tables>>,
}

/// Logarithms to a primitive element `g`, for elements of up to [`TABLE_BITS`] bits.
struct Tables {
    /// The logarithm of an element that is not zero.
    logarithms: Vec<u16>,
    /// `g^i` for `i` up to twice the order.
    powers: Vec<u16>,
}

/// Elements of so many bits have tables.
const TABLE_BITS: u32 = 16;

impl PartialEq for GaloisField {
    fn eq(&self, other: &Self) -> bool {
        self.0.wide == other.0.wide
    }
}

impl fmt::Debug for GaloisField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.wide)
    }
}

/// `GF(3, a^2 + 1)`.
impl fmt::Display for GaloisField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.wide.fmt(f)
    }
}

impl TryFrom<ExtensionField<PrimeField>> for GaloisField {
    type Error = Error;

    /// # Errors
    /// Kind unsupported where an element does not fit a word.
    fn try_from(wide: ExtensionField<PrimeField>) -> Result<Self> {
        let shape = arithmetic::Shape::new(&wide)?;
        Ok(GaloisField(Arc::new(Inner { wide, shape, tables: OnceLock::new() })))
    }
}

impl From<GaloisField> for ExtensionField<PrimeField> {
    fn from(field: GaloisField) -> Self {
        field.0.wide.clone()
    }
}

impl GaloisField {
    /// GF(p^k) by the first irreducible polynomial, as [`ExtensionField::new`].
    ///
    /// # Errors
    /// Kind unsupported where an element does not fit a word; kind undefined for `k = 0`.
    pub fn new(base: PrimeField, k: usize) -> Result<Self> {
        arithmetic::Shape::check(&base, k)?;
        ExtensionField::new(base, k)?.try_into()
    }

    /// GF(p^k) by the Conway polynomial, as [`ExtensionField::conway`].
    ///
    /// # Errors
    /// Kind unsupported where an element does not fit a word, and those of [`ExtensionField::conway`].
    pub fn conway(base: PrimeField, k: usize) -> Result<Self> {
        arithmetic::Shape::check(&base, k)?;
        ExtensionField::conway(base, k)?.try_into()
    }

    /// The same field, with vectors of coordinates as elements: what is not asked for here is there.
    pub fn extension(&self) -> &ExtensionField<PrimeField> {
        &self.0.wide
    }

    /// GF(p).
    pub fn base(&self) -> &PrimeField {
        self.0.wide.base()
    }

    /// The degree over GF(p).
    pub fn degree(&self) -> usize {
        self.0.wide.degree()
    }

    /// The class of `x`, a root of the modulus.
    pub fn generator(&self) -> u64 {
        self.pack(&self.0.wide.generator())
    }

    /// The coordinates of an element, the constant one first, without trailing zeros.
    ///
    /// # Examples
    /// ```
    /// use monic::{GaloisField, Zmod};
    /// let field = GaloisField::new(Zmod::prime(7)?, 3)?;
    /// let a = field.pack(&[1, 0, 6]);
    /// assert_eq!(field.coordinates(a), [1, 0, 6]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn coordinates(&self, a: u64) -> Vec<u64> {
        let mut coordinates = self.0.shape.unpack(a);
        generic::trim(self.base(), &mut coordinates);
        coordinates
    }

    /// The element with these coordinates, residues modulo `p`, at most as many as the degree.
    ///
    /// # Panics
    /// When there are more coordinates than the degree.
    #[track_caller]
    pub fn pack(&self, coordinates: &[u64]) -> u64 {
        assert!(
            coordinates.len() <= self.degree(),
            "{} coordinates in an extension of degree {}",
            coordinates.len(),
            self.degree()
        );
        self.0.shape.pack(coordinates)
    }

    /// The sum of the conjugates.
    pub fn trace(&self, a: u64) -> u64 {
        self.0.wide.trace(&self.coordinates(a))
    }

    /// The product of the conjugates.
    pub fn norm(&self, a: u64) -> u64 {
        self.0.wide.norm(&self.coordinates(a))
    }

    /// The tables, where elements are that small.
    #[inline]
    fn tables(&self) -> Option<&Tables> {
        if self.0.shape.bits() > TABLE_BITS {
            return None;
        }
        self.0.tables.get_or_init(|| self.tabulate()).as_ref()
    }

    #[cold]
    fn tabulate(&self) -> Option<Tables> {
        let g = self.pack(&self.0.wide.try_primitive_element().ok()?);
        let order = usize::try_from(FiniteField::order(self)).ok()? - 1;
        let mut logarithms = vec![0; 1 << self.0.shape.bits()];
        let mut powers = Vec::with_capacity(2 * order);
        let mut power = 1;
        for i in 0..order {
            logarithms[power as usize] = i as u16;
            powers.push(power as u16);
            power = self.0.shape.product(power, g);
        }
        powers.extend_from_within(..);
        Some(Tables { logarithms, powers })
    }
}

impl Tables {
    fn order(&self) -> usize {
        self.powers.len() / 2
    }

    fn logarithm(&self, a: u64) -> usize {
        self.logarithms[a as usize].into()
    }

    #[inline]
    fn product(&self, a: u64, b: u64) -> u64 {
        if a == 0 || b == 0 {
            return 0;
        }
        self.powers[self.logarithm(a) + self.logarithm(b)].into()
    }

    /// `a^e` for an `a` that is not zero.
    fn power(&self, a: u64, e: u64) -> u64 {
        let e = e % self.order() as u64;
        self.powers[(self.logarithm(a) as u64 * e) as usize % self.order()].into()
    }
}

impl Ring for GaloisField {
    type Element = u64;

    #[inline]
    fn zero(&self) -> u64 {
        0
    }
    #[inline]
    fn one(&self) -> u64 {
        1
    }
    #[inline]
    fn add(&self, a: &u64, b: &u64) -> u64 {
        self.0.shape.sum(*a, *b)
    }
    #[inline]
    fn neg(&self, a: &u64) -> u64 {
        self.0.shape.difference(0, *a)
    }
    #[inline]
    fn mul(&self, a: &u64, b: &u64) -> u64 {
        match self.tables() {
            Some(tables) => tables.product(*a, *b),
            None => self.0.shape.product(*a, *b),
        }
    }
    #[inline]
    fn sub(&self, a: &u64, b: &u64) -> u64 {
        self.0.shape.difference(*a, *b)
    }
    #[inline]
    fn is_zero(&self, a: &u64) -> bool {
        *a == 0
    }
    #[inline]
    fn is_one(&self, a: &u64) -> bool {
        *a == 1
    }
    fn pow(&self, a: &u64, n: u64) -> u64 {
        match self.tables() {
            Some(tables) if *a != 0 => tables.power(*a, n),
            _ => generic::element_power(self, a, n),
        }
    }
    fn from_integer(&self, n: BigInt) -> u64 {
        self.base().from_integer(n)
    }
    fn try_inverse(&self, a: &u64) -> Result<u64> {
        match self.tables() {
            _ if *a == 0 => Err(Error::undefined("division by zero")),
            Some(tables) => Ok(tables.powers[tables.order() - tables.logarithm(*a)].into()),
            None => Ok(self.pack(&self.0.wide.try_inverse(&self.coordinates(*a))?)),
        }
    }
    fn try_root(&self, a: &u64, k: u64) -> Result<u64> {
        self.kth_root(a, k)
    }
    fn fmt_element(&self, a: &u64, style: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.wide.fmt_element(&self.coordinates(*a), style, f)
    }
    fn is_sum(&self, a: &u64) -> bool {
        self.coordinates(*a).iter().filter(|c| **c != 0).count() > 1
    }
    fn from_literal(&self, literal: &Literal<'_>) -> Result<u64> {
        Ok(self.pack(&self.0.wide.from_literal(literal)?))
    }
    fn plan(&self, a: &[u64], b: &[u64], want: &Want) -> Result<Plan> {
        self.plan_of_sequences(a, b, want)
    }
    fn convolve(&self, a: &[u64], b: &[u64], want: &Want) -> Result<Vec<u64>> {
        let mut out = Vec::new();
        self.product_of_sequences(a, b, want, &mut out)?;
        Ok(out)
    }
    fn convolve_into(&self, a: &[u64], b: &[u64], want: &Want, out: &mut Vec<u64>) -> Result<()> {
        self.product_of_sequences(a, b, want, out)
    }
    fn convolve_assign(&self, a: &mut Vec<u64>, b: &[u64], want: &Want) -> Result<()> {
        engine::assign_words(self, a, b, want)
    }
    fn convolve_sum(&self, pairs: &[Pair<'_, Self>], want: &Want) -> Result<Vec<u64>> {
        generic::convolve_sum(self, pairs, want)
    }
    fn coefficient_of_product(&self, a: &[u64], b: &[u64], k: usize) -> Result<u64> {
        Ok(self.convolve(a, b, &Want::range(k..k + 1))?.pop().unwrap_or(0))
    }
    fn sub_product(&self, out: &mut [u64], a: &[u64], b: &[u64]) -> Result<()> {
        let product = self.convolve(a, b, &Want::low(out.len()))?;
        for (o, c) in out.iter_mut().zip(product) {
            *o = self.0.shape.difference(*o, c);
        }
        Ok(())
    }
    fn linear_combination(&self, factors: &[u64], rows: &[&[u64]], n: usize) -> Result<Vec<u64>> {
        Ok(self.combinations(&[factors], rows, n)?.pop().unwrap_or_default())
    }
    fn linear_combinations(&self, factors: &[&[u64]], rows: &[&[u64]], n: usize) -> Result<Vec<Vec<u64>>> {
        self.combinations(factors, rows, n)
    }
    fn extend_inverses(&self, table: &mut Vec<u64>, n: usize) -> Result<()> {
        self.base().extend_inverses(table, n)
    }
    fn avoids_inverses(&self) -> bool {
        self.0.shape.bits() > TABLE_BITS
    }
    fn grows(&self) -> bool {
        false
    }
}

impl Domain for GaloisField {
    fn poly_resultant(&self, f: &[u64], g: &[u64]) -> Result<u64> {
        generic::half_gcd::resultant(self, f, g)
    }
}

impl GcdDomain for GaloisField {
    fn gcd(&self, a: &u64, b: &u64) -> u64 {
        u64::from(*a != 0 || *b != 0)
    }
    fn normalizing_unit(&self, a: &u64) -> u64 {
        if *a == 0 { 1 } else { self.inverse(a) }
    }
}

impl Field for GaloisField {
    fn extension_root(field: &ExtensionField<Self>, a: &[u64], k: u64) -> Result<Vec<u64>> {
        field.kth_root(&a.to_vec(), k)
    }
}

impl FiniteField for GaloisField {
    fn characteristic(&self) -> BigUint {
        FiniteField::characteristic(self.base())
    }
    fn extension_degree(&self) -> usize {
        self.degree()
    }
    fn frobenius(&self, a: &u64) -> u64 {
        match self.tables() {
            Some(_) => self.pow(a, self.base().characteristic()),
            None if self.base().characteristic() == 2 => self.mul(a, a),
            None => self.pack(&self.0.wide.frobenius(&self.coordinates(*a))),
        }
    }
    fn pth_root(&self, a: &u64) -> u64 {
        match self.tables() {
            // The inverse of p modulo q - 1 is q/p.
            Some(tables) => self.pow(a, (tables.order() as u64 + 1) / self.base().characteristic()),
            None => self.pack(&self.0.wide.pth_root(&self.coordinates(*a))),
        }
    }
    fn nth_element(&self, n: &BigUint) -> u64 {
        self.pack(&self.0.wide.nth_element(n))
    }
    fn compare(&self, a: &u64, b: &u64) -> Ordering {
        a.cmp(b)
    }
}
