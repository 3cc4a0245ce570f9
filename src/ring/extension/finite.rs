//! Extensions of finite fields: `a^p`, its inverse map, the elements by their numbers.
//!
//! # Method
//! `a^p` of `a = sum c[i]*x^i` is `sum c[i]^p * (x^p)^i`: coordinates go through the map of the field below, and the powers of `x^p` are kept. The inverse
//! map is the same with `x^(p^(n-1))`, for degree `n` over GF(p).

use super::{ExtensionField, TABLE, generic::composition, irreducible, kept, settle};
use crate::Result;
use crate::ring::{FiniteField, Ring, generic::trim};
use num_bigint::BigUint;
use num_integer::Integer;
use std::cmp::Ordering;

/// What the generator goes to under a map of the field that is linear over the field below, with its powers where a table pays.
pub(super) struct Substitution<F: Ring> {
    powers: Vec<Vec<F::Element>>,
}

impl<F: FiniteField> ExtensionField<F> {
    /// The extension of degree `k` by the first monic irreducible polynomial, in the order of its coefficients from the highest down, each in the order of
    /// their [numbers](FiniteField::nth_element).
    ///
    /// # Errors
    /// Kind undefined for `k = 0`.
    ///
    /// # Complexity
    /// Some `k` polynomials are looked at, most of which have a factor of a small degree.
    ///
    /// # Examples
    /// ```
    /// use monic::{ExtensionField, Zmod};
    /// let field = ExtensionField::new(Zmod::prime(2)?, 100)?;
    /// assert_eq!(field.modulus().to_string(), "x^100 + x^6 + x^5 + x^2 + 1");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn new(base: F, k: usize) -> Result<Self> {
        let modulus = irreducible::first(&base, k)?;
        Self::assume_irreducible(base, &modulus, super::NAME)
    }

    /// The map that is linear over the field below and takes the generator to `image`.
    fn substitution(&self, image: Vec<F::Element>) -> Result<Substitution<F>> {
        let k = self.degree();
        if k > TABLE {
            return Ok(Substitution { powers: vec![image] });
        }
        let mut powers = vec![self.one()];
        while powers.len() < k {
            powers.push(self.element_product(&powers[powers.len() - 1], &image)?);
        }
        Ok(Substitution { powers })
    }

    /// The linear map of a substitution.
    fn substitute(&self, a: &[F::Element], map: &Substitution<F>) -> Result<Vec<F::Element>> {
        if let [image] = map.powers.as_slice()
            && self.degree() > 1
        {
            return composition::modular(a, image, &self.0.modulus);
        }
        let rows: Vec<&[F::Element]> = map.powers[..a.len()].iter().map(Vec::as_slice).collect();
        let mut sum = self.base().linear_combination(a, &rows, self.degree())?;
        trim(self.base(), &mut sum);
        Ok(sum)
    }

    fn frobenius_map(&self) -> Result<&Substitution<F>> {
        kept(&self.0.frobenius, || self.substitution(self.pow_big(&self.generator(), &self.characteristic())))
    }

    fn try_frobenius(&self, a: &[F::Element]) -> Result<Vec<F::Element>> {
        let coordinates: Vec<F::Element> = a.iter().map(|c| self.base().frobenius(c)).collect();
        self.substitute(&coordinates, self.frobenius_map()?)
    }

    fn try_pth_root(&self, a: &[F::Element]) -> Result<Vec<F::Element>> {
        let map = kept(&self.0.pth_root, || {
            let mut image = self.generator();
            for _ in 1..self.extension_degree() {
                image = self.try_frobenius(&image)?;
            }
            self.substitution(image)
        })?;
        let coordinates: Vec<F::Element> = a.iter().map(|c| self.base().pth_root(c)).collect();
        self.substitute(&coordinates, map)
    }
}

impl<F: FiniteField> FiniteField for ExtensionField<F> {
    fn characteristic(&self) -> BigUint {
        self.base().characteristic()
    }
    fn extension_degree(&self) -> usize {
        self.degree() * self.base().extension_degree()
    }
    fn frobenius(&self, a: &Vec<F::Element>) -> Vec<F::Element> {
        // Powers of small exponents are cheaper than the images of all coordinates.
        let p = self.characteristic();
        if p.bits() <= 2 && self.degree() > 4 {
            return self.pow_big(a, &p);
        }
        settle(self.try_frobenius(a))
    }
    fn pth_root(&self, a: &Vec<F::Element>) -> Vec<F::Element> {
        settle(self.try_pth_root(a))
    }
    fn nth_element(&self, n: &BigUint) -> Vec<F::Element> {
        let (base, order) = (self.base(), self.base().order());
        let mut rest = n.clone();
        let mut coordinates = Vec::new();
        for _ in 0..self.degree() {
            if rest == BigUint::ZERO {
                break;
            }
            let (quotient, digit) = rest.div_rem(&order);
            coordinates.push(base.nth_element(&digit));
            rest = quotient;
        }
        trim(base, &mut coordinates);
        coordinates
    }
    fn compare(&self, a: &Vec<F::Element>, b: &Vec<F::Element>) -> Ordering {
        // Without trailing zeros, the longer one has the larger coordinate at the top.
        a.len().cmp(&b.len()).then_with(|| {
            let orders = a.iter().zip(b).rev().map(|(x, y)| self.base().compare(x, y));
            orders.fold(Ordering::Equal, Ordering::then)
        })
    }
}
