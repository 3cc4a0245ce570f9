//! Random irreducible polynomials, with the feature `rand`.
//!
//! One monic polynomial of degree `n` in about `n` is irreducible, and most of the others have a factor of small degree, by which they are told soon.

use crate::integer::prime;
use crate::poly::settle;
use crate::ring::FiniteField;
use crate::{Error, Poly, Result};
use num_bigint::BigUint;
use rand::Rng;

impl<F: FiniteField> Poly<F> {
    /// A monic irreducible polynomial of this degree, each as likely as any other.
    ///
    /// # Panics
    /// Where [`try_random_irreducible`](Poly::try_random_irreducible) is an error.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, Zmod};
    /// use rand::{SeedableRng, rngs::StdRng};
    /// let f = Poly::random_irreducible(Zmod::prime(2)?, 20, &mut StdRng::seed_from_u64(1));
    /// assert!(f.degree() == Some(20) && f.is_irreducible());
    /// # Ok::<(), monic::Error>(())
    /// ```
    #[track_caller]
    pub fn random_irreducible(field: F, degree: usize, rng: &mut (impl Rng + ?Sized)) -> Self {
        settle(Self::try_random_irreducible(field, degree, rng))
    }

    /// A monic irreducible polynomial of this degree, each as likely as any other.
    ///
    /// # Errors
    /// Kind undefined for degree 0, and where none is found because the characteristic is no prime; kind limit, when memory is refused; kind interrupted, when an [observer](crate::progress::watch) stops the work.
    pub fn try_random_irreducible(field: F, degree: usize, rng: &mut (impl Rng + ?Sized)) -> Result<Self> {
        if degree == 0 {
            return Err(Error::undefined("no constant is irreducible"));
        }
        // Reduced modulo the order such numbers are as good as uniform.
        let digits = (field.order().bits() + 64).div_ceil(32);
        for tries in 0.. {
            // About one of as many as the degree is irreducible, in a field.
            if tries == degree && !prime::is_probable_prime(&field.characteristic()) {
                break;
            }
            let mut coefficients: Vec<F::Element> = (0..degree)
                .map(|_| field.nth_element(&BigUint::new((0..digits).map(|_| rng.next_u32()).collect())))
                .collect();
            coefficients.push(field.one());
            let f = Poly::from_vec(field.clone(), coefficients);
            if f.try_is_irreducible()? {
                return Ok(f);
            }
        }
        Err(Error::undefined(format!(
            "no polynomial of degree {degree} over {field:?} is irreducible: its characteristic is not prime"
        )))
    }
}
