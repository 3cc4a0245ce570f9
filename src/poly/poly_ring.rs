//! R\[x\] as a ring of coefficients, so that polynomials over it have two variables.
//!
//! Products of sequences of polynomials go into the engine of the base ring by Kronecker substitution: every
//! coefficient gets a slot of the length that the coefficients of the product need (Kronecker 1882). Long ones, all of whose coefficients are
//! wanted, go there as arrays of two axes.

use super::Poly;
use crate::convolution::{Algorithm, Array, Mode, Want, tuning};
use crate::ring::{
    Domain, GcdDomain, IntoElement, Literal, Ring, Style, generic,
    rooms::{self, Rooms},
};
use crate::{Error, Result};
use num_bigint::BigInt;
use std::fmt;
use std::sync::Arc;

/// Kronecker substitution is taken once schoolbook would need this many products for each coefficient of the
/// packed result: substitution took 0.8 of the time of schoolbook at 1.7 of them, 1.6 times as long at 0.8. Measured with `cargo test --release --lib packed_cost -- --ignored --nocapture`.
const PACKED_COST: u64 = 1;

/// A power is taken in packed form once one in this many coefficients is stored.
const DENSE_POWER: usize = 8;

/// The ring of polynomials over `R` in a named variable.
///
/// # Examples
/// ```
/// use monic::{PolyRing, ZZ};
/// let zx = PolyRing::new(ZZ, "x");
/// let x = zx.generator();
/// let f = zx.poly([x.clone(), ZZ.poly([1])]); // the outer variable plus x
/// assert_eq!(f.square().display(Default::default(), "y").to_string(), "y^2 + 2*x*y + x^2");
/// ```
#[derive(Clone)]
pub struct PolyRing<R: Ring> {
    base: R,
    name: Arc<str>,
    /// What products of sequences work in.
    rooms: Arc<Rooms<R::Element>>,
}

impl<R: Ring> fmt::Debug for PolyRing<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolyRing").field("base", &self.base).field("name", &self.name).finish()
    }
}

impl<R: Ring> PartialEq for PolyRing<R> {
    fn eq(&self, other: &Self) -> bool {
        self.base == other.base && (Arc::ptr_eq(&self.name, &other.name) || self.name == other.name)
    }
}

impl<R: Ring + Eq> Eq for PolyRing<R> {}

impl<R: Ring> PolyRing<R> {
    /// The ring of polynomials over `base` in the variable `name`.
    pub fn new(base: R, name: impl Into<Arc<str>>) -> Self {
        PolyRing { base, name: name.into(), rooms: Arc::default() }
    }

    /// The ring of the coefficients.
    pub fn base(&self) -> &R {
        &self.base
    }

    /// The name of the variable.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The variable, as an element of this ring.
    pub fn generator(&self) -> Poly<R> {
        Poly::x(self.base.clone())
    }
}

impl<R: Ring> PolyRing<R> {
    /// The number of coefficients stored in all elements, and the largest in one.
    fn extent(&self, f: &[Poly<R>]) -> Result<(usize, usize)> {
        let (mut stored, mut longest) = (0, 0);
        for c in f {
            if *c.ring() != self.base {
                return Err(Error::ring_mismatch(&self.base, c.ring()));
            }
            stored += c.len();
            longest = longest.max(c.len());
        }
        Ok((stored, longest))
    }

    /// All elements, filled up with zeros to one length.
    fn array(&self, f: &[Poly<R>], longest: usize) -> Result<Array<R::Element>> {
        let mut data = Vec::new();
        self.pack(f, longest, &mut data)?;
        data.resize(f.len() * longest, self.base.zero());
        Ok(Array::new([f.len(), longest], data))
    }

    /// `f(x^stride)(x)`, into elements that are there: element `k` in the slot from `k*stride` on.
    fn pack(&self, f: &[Poly<R>], stride: usize, packed: &mut Vec<R::Element>) -> Result<()> {
        let check = |len| super::check_size(&self.base, len, 0);
        rooms::pack(f.iter().map(Poly::coefficients), stride, &self.base.zero(), packed, check)
    }

    /// The slots as `len` elements, into those that are there; what they had goes to the slots.
    fn unpack(&self, packed: &mut [R::Element], stride: usize, len: usize, out: &mut Vec<Poly<R>>) {
        out.truncate(len);
        out.reserve_exact(len - out.len());
        out.resize_with(len, || self.zero());
        let slots = packed.chunks_mut(stride).map(Some).chain(std::iter::repeat_with(|| None));
        for (element, slot) in out.iter_mut().zip(slots) {
            let slot = slot.unwrap_or_default();
            let len = slot.iter().rposition(|c| !self.base.is_zero(c)).map_or(0, |last| last + 1);
            rooms::swap_in(&mut element.coefficients, &mut slot[..len], self.base.zero());
            if element.ring != self.base {
                element.ring = self.base.clone();
            }
        }
    }
}

impl<R: Ring> Ring for PolyRing<R> {
    type Element = Poly<R>;

    fn zero(&self) -> Poly<R> {
        Poly::zero(self.base.clone())
    }
    fn one(&self) -> Poly<R> {
        Poly::one(self.base.clone())
    }
    fn add(&self, a: &Poly<R>, b: &Poly<R>) -> Poly<R> {
        a + b
    }
    fn neg(&self, a: &Poly<R>) -> Poly<R> {
        -a
    }
    fn mul(&self, a: &Poly<R>, b: &Poly<R>) -> Poly<R> {
        a * b
    }
    fn sub(&self, a: &Poly<R>, b: &Poly<R>) -> Poly<R> {
        a - b
    }
    fn is_zero(&self, a: &Poly<R>) -> bool {
        a.is_zero()
    }
    fn is_one(&self, a: &Poly<R>) -> bool {
        a.is_one()
    }
    fn from_integer(&self, n: BigInt) -> Poly<R> {
        Poly::constant(self.base.clone(), self.base.from_integer(n))
    }
    fn try_add(&self, a: &Poly<R>, b: &Poly<R>) -> Result<Poly<R>> {
        a.try_add(b)
    }
    fn try_sub(&self, a: &Poly<R>, b: &Poly<R>) -> Result<Poly<R>> {
        a.try_sub(b)
    }
    fn try_neg(&self, a: &Poly<R>) -> Result<Poly<R>> {
        a.try_neg()
    }
    fn try_mul(&self, a: &Poly<R>, b: &Poly<R>) -> Result<Poly<R>> {
        a.try_mul(b)
    }
    fn try_from_integer(&self, n: BigInt) -> Result<Poly<R>> {
        Ok(Poly::constant(self.base.clone(), self.base.try_from_integer(n)?))
    }
    fn try_inverse(&self, a: &Poly<R>) -> Result<Poly<R>> {
        match a.coefficients() {
            [] => Err(Error::undefined("division by zero")),
            [c] => Ok(Poly::constant(self.base.clone(), self.base.try_inverse(c)?)),
            // Over a domain there is none; over Z/4, (1 + 2*x)^2 = 1.
            _ => Err(Error::undefined("inverses of polynomials of positive degree are not looked for")),
        }
    }
    fn try_exact_quo(&self, a: &Poly<R>, b: &Poly<R>) -> Result<Poly<R>> {
        a.try_exact_quo(b)
    }
    fn is_commutative(&self) -> bool {
        self.base.is_commutative()
    }
    fn is_exact(&self) -> bool {
        self.base.is_exact()
    }
    fn log2_norm(&self, f: &[Poly<R>]) -> f64 {
        // Bits of a coefficient are its length times those of one of its own: a power has the sum of the degrees.
        let degree = f.iter().filter_map(Poly::degree).max().unwrap_or(0);
        let flat: Vec<R::Element> = f.iter().flatten().cloned().collect();
        (degree * 8 * size_of::<R::Element>()) as f64 + self.base.log2_norm(&flat)
    }
    fn convolve(&self, a: &[Poly<R>], b: &[Poly<R>], want: &Want) -> Result<Vec<Poly<R>>> {
        let mut out = Vec::new();
        self.convolve_into(a, b, want, &mut out)?;
        Ok(out)
    }
    fn convolve_into(&self, a: &[Poly<R>], b: &[Poly<R>], want: &Want, out: &mut Vec<Poly<R>>) -> Result<()> {
        let window = want.window(a.len(), b.len());
        let (stored_a, longest_a) = self.extent(a)?;
        let (stored_b, longest_b) = self.extent(b)?;
        if window.is_empty() || longest_a == 0 || longest_b == 0 {
            self.unpack(&mut [], 1, window.len(), out);
            return Ok(());
        }
        let stride = longest_a + longest_b - 1;
        let packed = (stride as u64).saturating_mul(window.len() as u64);
        // A few long coefficients far apart: fewer products of pairs than slots, each of which is as long as such a product.
        let terms = |f: &[Poly<R>]| f.iter().filter(|c| !c.is_zero()).count() as u64;
        let dense = (stored_a as u64).saturating_mul(stored_b as u64) >= packed.saturating_mul(PACKED_COST)
            && terms(a).saturating_mul(terms(b)) >= window.len() as u64;
        let base_want = Want::range(window.start * stride..window.end * stride);
        let base_want = match want.algorithm() {
            Some(Algorithm::Schoolbook | Algorithm::Karatsuba) => {
                return generic::convolve_into(self, a, b, want, out);
            }
            None if !dense => return generic::convolve_into(self, a, b, want, out),
            // The substitution was asked for; what multiplies in the base ring is its own choice.
            None | Some(Algorithm::Kronecker) => base_want,
            Some(algorithm) => base_want.by(algorithm),
        };
        let full = window == (0..a.len() + b.len() - 1);
        if want.algorithm().is_none() && full && packed >= tuning::ARRAY_POINTS as u64 {
            // As arrays of two axes, which the base ring may transform one by one.
            let first = self.array(a, longest_a)?;
            let product = if std::ptr::eq(a, b) {
                self.base.convolve_arrays(&first, &first, &Mode::Full, None)?
            } else {
                self.base.convolve_arrays(&first, &self.array(b, longest_b)?, &Mode::Full, None)?
            };
            self.unpack(&mut product.into_data(), stride, window.len(), out);
            return Ok(());
        }
        let (mut first, mut product) = (self.rooms.take(), self.rooms.take());
        self.pack(a, stride, &mut first)?;
        if std::ptr::eq(a, b) {
            // One and the same sequence: the base ring squares.
            self.base.convolve_into(&first, &first, &base_want, &mut product)?;
        } else {
            let mut second = self.rooms.take();
            self.pack(b, stride, &mut second)?;
            self.base.convolve_into(&first, &second, &base_want, &mut product)?;
        }
        self.unpack(&mut product, stride, window.len(), out);
        Ok(())
    }
    fn power(&self, f: &[Poly<R>], n: u64, want: &Want) -> Result<Vec<Poly<R>>> {
        let (stored, longest) = self.extent(f)?;
        let degrees = |len: usize| ((len - 1) as u64).saturating_mul(n).saturating_add(1);
        if n < 2 || longest == 0 || stored.saturating_mul(DENSE_POWER) < f.len().saturating_mul(longest) {
            return generic::power(self, f, n, want);
        }
        super::check_size(&self.base, degrees(f.len()).saturating_mul(degrees(longest)), 0)?;
        let (len, stride) = (degrees(f.len()) as usize, degrees(longest) as usize);
        let window = want.window(len, 1);
        let mut base_want = Want::range(window.start * stride..window.end * stride);
        if let Some(algorithm) = want.algorithm() {
            base_want = base_want.by(algorithm);
        }
        let mut packed = self.rooms.take();
        self.pack(f, stride, &mut packed)?;
        let (mut power, mut out) = (self.base.power(&packed, n, &base_want)?, Vec::new());
        self.unpack(&mut power, stride, window.len(), &mut out);
        Ok(out)
    }
    fn fmt_element(&self, a: &Poly<R>, style: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&a.display(style, &self.name), f)
    }
    fn is_negative(&self, a: &Poly<R>) -> bool {
        !self.is_sum(a) && a.leading_coefficient().is_some_and(|c| self.base.is_negative(c))
    }
    fn is_sum(&self, a: &Poly<R>) -> bool {
        match a.valuation() {
            None => false,
            Some(0) if a.is_constant() => self.base.is_sum(&a.coefficients()[0]),
            Some(k) => k + 1 < a.len(),
        }
    }
    fn from_literal(&self, literal: &Literal<'_>) -> Result<Poly<R>> {
        match literal {
            Literal::Name(name) if *name == &*self.name => Ok(self.generator()),
            _ => Ok(Poly::constant(self.base.clone(), self.base.from_literal(literal)?)),
        }
    }
}

impl<R: Domain> Domain for PolyRing<R> {}

/// Normal form: the leading coefficient is in normal form.
impl<R: GcdDomain> GcdDomain for PolyRing<R> {
    fn gcd(&self, a: &Poly<R>, b: &Poly<R>) -> Poly<R> {
        a.gcd(b)
    }
    fn normalizing_unit(&self, a: &Poly<R>) -> Poly<R> {
        let unit = a.leading_coefficient().map_or_else(|| self.base.one(), |c| self.base.normalizing_unit(c));
        Poly::constant(self.base.clone(), unit)
    }
}

impl<R: Ring> IntoElement<PolyRing<R>> for Poly<R> {
    fn into_element(self, _: &PolyRing<R>) -> Poly<R> {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::ZZ;
    use std::time::Instant;

    #[test]
    fn long_products_are_those_of_arrays() {
        let zx = PolyRing::new(ZZ, "x");
        // The last elements are shorter, and some are zero.
        let f = |outer: i64, inner: i64, sign: i64| {
            let len = move |k: i64| if k % 7 == 3 { 0 } else { inner - k % 5 };
            zx.poly(
                (0..outer).map(move |k| ZZ.poly((0..len(k)).map(move |j| sign * (1000 * k - 37 * j + 5)))),
            )
        };
        for (f, g) in [(f(90, 120, 1), f(110, 90, -1)), (f(128, 64, 1), f(128, 64, -1))] {
            assert!((2 * f.len() - 1) * 127 >= tuning::ARRAY_POINTS);
            assert!(&f * &g == f.mul_by(&g, Algorithm::Kronecker).expect("applies"));
            assert!(f.square() == f.mul_by(&f.clone(), Algorithm::Kronecker).expect("applies"));
        }
    }

    /// Prints the products that schoolbook needs for each coefficient of the packed result, and its time over that
    /// of Kronecker substitution: [`PACKED_COST`] is where the second number crosses one.
    #[test]
    #[ignore = "a measurement: cargo test --release --lib -- --ignored --nocapture"]
    fn packed_cost() {
        let zx = PolyRing::new(ZZ, "x");
        println!("{:>6} {:>6} {:>6} {:>10} {:>10}", "outer", "inner", "gap", "products", "ratio");
        for (outer, inner, gap) in [
            (2, 2, 1),
            (4, 2, 1),
            (4, 4, 1),
            (8, 4, 1),
            (8, 8, 1),
            (16, 16, 1),
            (16, 8, 4),
            (32, 8, 8),
            (32, 4, 16),
            (64, 8, 16),
        ] {
            // Every gap-th coefficient is full, the others are zero.
            let f = zx.poly((0..outer).map(|k: i64| {
                let len = if k % gap == 0 || k == outer - 1 { inner } else { 0 };
                ZZ.poly((0..len).map(|j| 1000 * k - 37 * j + 5))
            }));
            let time = |algorithm| {
                let rounds = 2000 / outer;
                let start = Instant::now();
                for _ in 0..rounds {
                    std::hint::black_box(f.mul_by(&f, algorithm).expect("applies"));
                }
                start.elapsed().as_secs_f64() / rounds as f64
            };
            let (stored, longest) = zx.extent(f.coefficients()).expect("one ring");
            let packed = (2 * longest - 1) * (2 * f.len() - 1);
            let ratio = time(Algorithm::Schoolbook) / time(Algorithm::Kronecker);
            let products = (stored * stored) as f64 / packed as f64;
            println!("{outer:>6} {inner:>6} {gap:>6} {products:>10.2} {ratio:>10.2}");
        }
    }
}
