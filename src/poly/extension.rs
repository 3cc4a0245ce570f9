//! What [`ExtensionField`] has to do with polynomials: its modulus, minimal and characteristic polynomials, elements as values.
//!
//! It stands apart from the field itself, which is below polynomials as a type.

use super::{Poly, settle};
use crate::ring::{ExtensionField, Field, IntoElement};

impl<F: Field> ExtensionField<F> {
    /// The monic irreducible polynomial whose root the generator is.
    pub fn modulus(&self) -> Poly<F> {
        Poly::from_vec(self.base().clone(), self.modulus_coefficients().to_vec())
    }

    /// The element as a polynomial in the generator, of degree below that of the modulus.
    pub fn to_poly(&self, a: &[F::Element]) -> Poly<F> {
        Poly::from_vec(self.base().clone(), a.to_vec())
    }

    /// The monic polynomial of least degree over the field below whose value at `a` is zero.
    ///
    /// # Panics
    /// Where numbers are over the [limit](crate::limit).
    ///
    /// # Examples
    /// ```
    /// use monic::{ExtensionField, Ring, Zmod};
    /// let field = ExtensionField::new(Zmod::prime(2)?, 4)?;
    /// let a = field.generator();
    /// assert_eq!(field.minimal_polynomial(&a).to_string(), "x^4 + x + 1");
    /// assert_eq!(field.minimal_polynomial(&field.pow(&a, 5)).to_string(), "x^2 + x + 1"); // in GF(4)
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn minimal_polynomial(&self, a: &[F::Element]) -> Poly<F> {
        Poly::from_vec(self.base().clone(), settle(self.minimal_coefficients(a)))
    }

    /// The characteristic polynomial of multiplication by `a` over the field below: a power of the minimal polynomial, of the degree of
    /// this field.
    ///
    /// # Panics
    /// Where numbers are over the [limit](crate::limit).
    #[track_caller]
    pub fn characteristic_polynomial(&self, a: &[F::Element]) -> Poly<F> {
        let minimal = self.minimal_polynomial(a);
        let exponent = self.degree() / minimal.degree().unwrap_or(1);
        minimal.pow(exponent as u64)
    }
}

/// The value at the generator.
impl<F: Field> IntoElement<ExtensionField<F>> for Poly<F> {
    #[track_caller]
    fn into_element(self, field: &ExtensionField<F>) -> Vec<F::Element> {
        assert!(*self.ring() == *field.base(), "different rings: {:?} and {:?}", self.ring(), field.base());
        self.into_coefficients().into_element(field)
    }
}
