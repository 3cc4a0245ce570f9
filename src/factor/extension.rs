//! Extension fields from moduli that are looked at: [`ExtensionField::with_modulus`].
//!
//! It stands apart from the fields because a modulus that is refused is factored, to say why.

use super::Factor;
use crate::ring::{ExtensionField, Field, extension};
use crate::{Error, Poly, Result};
use std::fmt;

/// What is said of a modulus that has factors.
fn reducible<F: Factor + fmt::Display>(modulus: &Poly<F>, name: &str) -> Error {
    let modulus_text = modulus.display(Default::default(), name);
    match modulus.try_factor().as_ref().map(|f| f.factors()) {
        Ok([(factor, _), ..]) => Error::undefined(format!(
            "{modulus_text} is reducible over {}: {} divides it",
            modulus.ring(),
            factor.display(Default::default(), name)
        )),
        Ok([]) => Error::undefined("the modulus of an extension is a constant"),
        Err(error) => error.clone(),
    }
}

impl<F: Factor + Field + fmt::Display> ExtensionField<F> {
    /// The extension by a root of `modulus`, which is called `a` in text.
    ///
    /// # Errors
    /// Kind undefined where the modulus is a constant or reducible; then a factor is named.
    ///
    /// # Examples
    /// ```
    /// use monic::{ExtensionField, NumberField, QQ, Zmod};
    /// let field = Zmod::prime(7)?;
    /// let error = ExtensionField::with_modulus(&field.parse("x^2 - 2")?).unwrap_err();
    /// assert_eq!(error.to_string(), "a^2 + 5 is reducible over GF(7): a + 3 divides it");
    /// assert_eq!(ExtensionField::with_modulus(&field.parse("x^2 - 3")?)?.to_string(), "GF(7, a^2 + 4)");
    /// let field = NumberField::with_modulus(&QQ.parse("x^2 - 2")?)?;
    /// assert_eq!(field.parse("x^4 - 4")?.factor().to_string(), "(x - a)*(x + a)*(x^2 + 2)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn with_modulus(modulus: &Poly<F>) -> Result<Self> {
        Self::with_generator(modulus, extension::NAME)
    }

    /// The extension by a root of `modulus`, with a name for it.
    ///
    /// # Errors
    /// As for [`with_modulus`](Self::with_modulus).
    ///
    /// # Examples
    /// ```
    /// use monic::{NumberField, QQ};
    /// let field = NumberField::with_generator(&QQ.parse("x^2 - 2")?, "r")?;
    /// assert_eq!(field.to_string(), "QQ(r, r^2 - 2)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn with_generator(modulus: &Poly<F>, name: &str) -> Result<Self> {
        if !modulus.try_is_irreducible()? {
            return Err(reducible(modulus, name));
        }
        Self::assume_irreducible(modulus.ring().clone(), modulus.coefficients(), name)
    }
}
