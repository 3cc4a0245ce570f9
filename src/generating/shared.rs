//! What ordinary and exponential generating functions have in common: they are series under a name, and sums, products, sequences, compositions,
//! derivatives and equations are those of the series.
//!
//! The product of exponential ones is the labelled product, `sum of binomial(n, k)*a(k)*b(n-k)`: the binomials are in the factorials.

use super::{Egf, Ogf, checked, made_of, newton, outer};
use crate::ring::{Integers, QQ, Rationals, ZZ};
use crate::{Result, Series, poly::settle};
use std::ops::{Add, Mul, RangeBounds, Sub};

macro_rules! shared {
    ($name:ident, $ring:ty, $value:expr) => {
        impl $name {
            /// The generating function that a series is.
            pub fn from_series(series: Series<$ring>) -> Self {
                Self(series)
            }

            /// The series.
            pub fn series(&self) -> &Series<$ring> {
                &self.0
            }

            /// The series itself.
            pub fn into_series(self) -> Series<$ring> {
                self.0
            }

            /// How many coefficients are known: those of sizes below the order.
            pub fn order(&self) -> usize {
                self.0.precision()
            }

            /// Nothing of any size.
            pub fn zero(order: usize) -> Self {
                Self(Series::from_vec($value, Vec::new(), order))
            }

            /// One structure of size 0.
            pub fn one(order: usize) -> Self {
                Self::zero(order) + 1
            }

            /// One structure of size 1: `x`.
            pub fn atom(order: usize) -> Self {
                Self(Series::x($value, order))
            }

            /// The same as far as a lower order.
            ///
            /// # Errors
            /// Kind undefined for a higher order.
            pub fn truncate(&self, order: usize) -> Result<Self> {
                self.0.truncate(order).map(Self)
            }

            /// The choice between structures of one kind and of another: the sum.
            ///
            /// # Errors
            /// Never, but for memory.
            pub fn try_add(&self, other: &Self) -> Result<Self> {
                self.0.try_add(&other.0).map(Self)
            }

            /// The difference: structures of one kind that are not of another.
            ///
            /// # Errors
            /// Never, but for memory.
            pub fn try_sub(&self, other: &Self) -> Result<Self> {
                self.0.try_sub(&other.0).map(Self)
            }

            /// Pairs of a structure of one kind and one of another: the product, as far as the smaller of the two orders.
            ///
            /// # Errors
            /// Kind limit.
            ///
            /// # Complexity
            /// One product, `O(M(n))`.
            pub fn try_mul(&self, other: &Self) -> Result<Self> {
                let order = self.order().min(other.order());
                self.0.try_mul(&other.0)?.truncate(order).map(Self)
            }

            /// Sequences, of any number of components: `1/(1 - A)`.
            ///
            /// # Errors
            /// Kind undefined for components of size 0; kind limit.
            ///
            /// # Complexity
            /// One inverse, `O(M(n))`.
            pub fn sequence(&self) -> Result<Self> {
                made_of("a sequence", &self.0, self.order(), || (1 - &self.0).inverse()).map(Self)
            }

            /// Sequences whose number of components is in a range.
            ///
            /// # Errors
            /// As for [`sequence`](Self::sequence).
            ///
            /// # Complexity
            /// One composition, `O(M(n) log n)`, or `O(M(n))` where all but a few numbers are allowed, or none but the first few.
            pub fn sequence_of(&self, range: impl RangeBounds<usize>) -> Result<Self> {
                let order = self.order();
                let all = || (1 - &self.0).inverse();
                let some = |allowed| outer::composed(outer::sequences(&$value, &allowed), &self.0);
                made_of("a sequence", &self.0, order, || outer::restricted(&self.0, &range, all, some))
                    .map(Self)
            }

            /// Structures of this kind with one of another in the place of each atom: `A(B(x))`. Without labels these are the numbers where the atoms of a
            /// structure can be told apart, as in a sequence or a plane tree.
            ///
            /// # Errors
            /// Kind undefined where there are structures of size 0 to put there; kind limit.
            ///
            /// # Complexity
            /// One composition, `O(M(n) log n)`.
            pub fn compose(&self, other: &Self) -> Result<Self> {
                let order = self.order().min(other.order());
                made_of("a composition", &other.0, order, || self.0.compose(&other.0)).map(Self)
            }

            /// Structures in which one atom is marked: `n*a(n)`, `x*A'(x)`.
            ///
            /// # Errors
            /// Never, but for memory.
            pub fn pointed(&self) -> Result<Self> {
                let slope = self.0.to_poly().try_derivative(1)?.try_mul_x_pow(1)?;
                Ok(Self(slope.to_series(self.order())))
            }

            /// The derivative `A'(x)`, known to one coefficient less.
            ///
            /// # Errors
            /// Never, but for memory.
            pub fn derivative(&self) -> Result<Self> {
                self.0.derivative().map(Self)
            }

            /// The solution of `T = H(T)` as far as `order`: `equation` is given `T` and gives back `H(T)` and its derivative with respect to `T`, for which
            /// `T(x^2)` and so on count as constants.
            ///
            /// # Errors
            /// Those of the equation; kind undefined for one that does not determine each coefficient from those before it (the derivative has structures of size 0), and for one
            /// that is known to fewer coefficients than it is given.
            ///
            /// # Complexity
            /// As the equation at full order: the number of known coefficients doubles in each step.
            ///
            /// # Source
            /// Newton's iteration (C. Pivoteau, B. Salvy, M. Soria, 2012).
            pub fn solve(order: usize, mut equation: impl FnMut(&Self) -> Result<(Self, Self)>) -> Result<Self> {
                checked(order)?;
                newton::solve(&$value, order, |t| {
                    let (value, slope) = equation(&Self(t.clone()))?;
                    Ok((value.0, slope.0))
                })
                .map(Self)
            }
        }

        shared!(@operators $name: $name, $name);
        shared!(@operators $name: $name, &$name);
        shared!(@operators $name: &$name, $name);
        shared!(@operators $name: &$name, &$name);
        shared!(@scalars $name, $name);
        shared!(@scalars $name, &$name);
    };
    (@operators $name:ident: $left:ty, $right:ty) => {
        /// The choice; panics where `try_add` is an error.
        impl Add<$right> for $left {
            type Output = $name;
            #[track_caller]
            fn add(self, other: $right) -> $name {
                settle(self.try_add(&other))
            }
        }
        /// The difference; panics where `try_sub` is an error.
        impl Sub<$right> for $left {
            type Output = $name;
            #[track_caller]
            fn sub(self, other: $right) -> $name {
                settle(self.try_sub(&other))
            }
        }
        /// Pairs; panics where `try_mul` is an error.
        impl Mul<$right> for $left {
            type Output = $name;
            #[track_caller]
            fn mul(self, other: $right) -> $name {
                settle(self.try_mul(&other))
            }
        }
    };
    (@scalars $name:ident, $type:ty) => {
        /// So many more structures of size 0.
        impl Add<i64> for $type {
            type Output = $name;
            fn add(self, count: i64) -> $name {
                $name(&self.0 + count)
            }
        }
        /// So many fewer structures of size 0.
        impl Sub<i64> for $type {
            type Output = $name;
            fn sub(self, count: i64) -> $name {
                $name(&self.0 - count)
            }
        }
        /// So many kinds of each structure.
        impl Mul<$type> for i64 {
            type Output = $name;
            fn mul(self, structures: $type) -> $name {
                $name(self * &structures.0)
            }
        }
    };
}

shared!(Ogf, Integers, ZZ);
shared!(Egf, Rationals, QQ);
