//! `ring.poly(..)` and its kin: methods of every ring type of the crate, with nothing to import.
//!
//! A ring type of a user's own has the same through `Poly::new(ring, ..)`, `Poly::parse(ring, ..)` and so on.

use super::{Poly, settle};
use crate::Result;
use crate::ring::{self, IntoElement, Ring};

/// The inherent methods that make polynomials, for one ring type.
macro_rules! ring_methods {
    ([$($generics:tt)*] $ring:ty) => {
        impl<$($generics)*> $ring {
            /// The polynomial with these coefficients, ascending; anything that converts into the element. A
            /// vector of elements is taken as it is.
            ///
            /// # Panics
            /// In partial rings (checked machine integers), where a value does not fit.
            pub fn poly<T: IntoElement<Self>>(&self, coefficients: impl IntoIterator<Item = T>) -> Poly<Self> {
                Poly::new(self.clone(), coefficients)
            }

            /// Reads a polynomial: an expression of `+ - * / ^`, parentheses, numbers and one variable of any name.
            ///
            /// # Errors
            /// Kind parse with the byte position; and the errors of what the text asks for.
            pub fn parse(&self, text: &str) -> Result<Poly<Self>> {
                Poly::parse(self.clone(), text)
            }

            /// The polynomial `x`.
            pub fn x(&self) -> Poly<Self> {
                Poly::x(self.clone())
            }

            /// The sum of polynomials over this ring.
            ///
            /// # Panics
            /// When one is over another ring, or the sum does not fit a partial ring.
            #[track_caller]
            pub fn sum(&self, terms: impl IntoIterator<Item = Poly<Self>>) -> Poly<Self> {
                settle(Poly::try_sum(self.clone(), terms))
            }

            /// The product of polynomials over this ring, by a tree that is balanced by their sizes.
            ///
            /// # Panics
            /// When one is over another ring, when the product is over the limit, or does not fit a partial ring.
            #[track_caller]
            pub fn product(&self, factors: impl IntoIterator<Item = Poly<Self>>) -> Poly<Self> {
                settle(Poly::try_product(self.clone(), factors))
            }

            /// The sum of products of polynomials over this ring: an entry of a product of matrices. Where products go through
            /// exact transforms, one transform back serves all of them.
            ///
            /// # Panics
            /// When one is over another ring, when the sum is over the limit, or does not fit a partial ring.
            #[track_caller]
            pub fn sum_of_products(&self, pairs: &[(&Poly<Self>, &Poly<Self>)]) -> Poly<Self> {
                settle(Poly::try_sum_of_products(self, pairs))
            }
        }
    };
}

ring_methods!([] ring::Integers);
ring_methods!([] ring::Rationals);
ring_methods!([] ring::Zmod);
ring_methods!([] ring::PrimeField);
ring_methods!([] ring::ZmodBig);
ring_methods!([] ring::PrimeFieldBig);
ring_methods!([] ring::GaussianIntegers);
ring_methods!([] ring::GaussianRationals);
ring_methods!([] ring::GaloisField);
ring_methods!([F: ring::Field] ring::ExtensionField<F>);
ring_methods!([N: ring::MachineInteger] ring::Checked<N>);
ring_methods!([N: ring::FloatingPoint] ring::Reals<N>);
ring_methods!([N: ring::FloatingPoint] ring::Complexes<N>);
ring_methods!([N: ring::NativeNumber] ring::Native<N>);
ring_methods!([R: Ring] super::PolyRing<R>);
