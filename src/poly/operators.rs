//! `+ - *` between polynomials in all reference forms, with scalars, and their `try_` twins.
//!
//! They stand apart because the reference forms and scalar types multiply. Scalars: any integer type on the
//! right, `i64` and `BigInt` on the left (more would leave `2 * &f` without a type), and the elements of the
//! crate's own rings on the right. `/` divides by an integer over a field; polynomials divide by named methods
//! (`quo_rem`, `exact_quo`), because `/` would mean the quotient to some and the exact quotient to others.

use super::{Poly, PolyRing, settle};
use crate::Result;
use crate::ring::{
    Complexes, Field, GaussianIntegers, GaussianRationals, IntegerScalar, Rationals, Reals, Ring,
};
use num_bigint::BigInt;
use num_complex::Complex;
use num_rational::BigRational;
use std::ops;

impl<R: Ring> Poly<R> {
    /// `self + other`.
    ///
    /// # Errors
    /// Kind ring mismatch; kind overflow in a partial ring.
    pub fn try_add(&self, other: &Self) -> Result<Self> {
        let mut sum = self.clone();
        sum.accumulate(other, R::try_add, |_, c| Ok(c.clone()))?;
        Ok(sum)
    }

    /// `self - other`.
    ///
    /// # Errors
    /// Kind ring mismatch; kind overflow in a partial ring.
    pub fn try_sub(&self, other: &Self) -> Result<Self> {
        let mut difference = self.clone();
        difference.accumulate(other, R::try_sub, R::try_neg)?;
        Ok(difference)
    }

    /// `self + other` in the storage of `self`.
    pub(super) fn try_add_owned(mut self, other: &Self) -> Result<Self> {
        self.accumulate(other, R::try_add, |_, c| Ok(c.clone()))?;
        Ok(self)
    }

    /// `-self`.
    ///
    /// # Errors
    /// Kind overflow in a partial ring.
    pub fn try_neg(&self) -> Result<Self> {
        let coefficients = self.coefficients.iter().map(|c| self.ring.try_neg(c)).collect::<Result<_>>()?;
        Ok(self.sibling(coefficients))
    }

    /// `self[k] = both(self[k], other[k])` where both have a coefficient, `alone(other[k])` beyond.
    fn accumulate(
        &mut self,
        other: &Self,
        both: impl Fn(&R, &R::Element, &R::Element) -> Result<R::Element>,
        alone: impl Fn(&R, &R::Element) -> Result<R::Element>,
    ) -> Result<()> {
        self.check_ring(other)?;
        let common = self.len().min(other.len());
        for (a, b) in self.coefficients.iter_mut().zip(&other.coefficients) {
            *a = both(&self.ring, a, b)?;
        }
        for b in &other.coefficients[common..] {
            self.coefficients.push(alone(&self.ring, b)?);
        }
        crate::ring::generic::trim(&self.ring, &mut self.coefficients);
        Ok(())
    }

    /// `c*self` for an element `c` of the ring.
    ///
    /// # Panics
    /// In a partial ring, where a product does not fit.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// assert_eq!(ZZ.poly([1, 2]).scale(&3.into()), ZZ.poly([3, 6]));
    /// ```
    #[track_caller]
    pub fn scale(&self, c: &R::Element) -> Self {
        settle(self.try_scale(c))
    }

    /// `c*self` for an element `c` of the ring.
    ///
    /// # Errors
    /// Kind overflow in a partial ring.
    pub fn try_scale(&self, c: &R::Element) -> Result<Self> {
        if self.ring.is_one(c) {
            return Ok(self.clone());
        }
        let coefficients =
            self.coefficients.iter().map(|a| self.ring.try_mul(c, a)).collect::<Result<_>>()?;
        Ok(self.sibling(coefficients))
    }
}

impl<R: Ring> ops::Neg for &Poly<R> {
    type Output = Poly<R>;
    #[track_caller]
    fn neg(self) -> Poly<R> {
        settle(self.try_neg())
    }
}

impl<R: Ring> ops::Neg for Poly<R> {
    type Output = Poly<R>;
    #[track_caller]
    fn neg(self) -> Poly<R> {
        settle(self.try_neg())
    }
}

// Results of owned operands go into the storage of one of them.
impl<R: Ring> Poly<R> {
    #[track_caller]
    fn add_owned(mut self, other: &Self) -> Self {
        settle(self.accumulate(other, R::try_add, |_, c| Ok(c.clone())));
        self
    }
    #[track_caller]
    fn sub_owned(mut self, other: &Self) -> Self {
        settle(self.accumulate(other, R::try_sub, R::try_neg));
        self
    }
    #[track_caller]
    fn mul_owned(mut self, other: &Self) -> Self {
        settle(self.try_mul_assign(other));
        self
    }
    /// The constant polynomial that an integer stands for.
    #[track_caller]
    fn image(&self, n: impl IntegerScalar) -> Self {
        Poly::constant(self.ring.clone(), settle(self.ring.try_from_integer(n.into())))
    }
}

macro_rules! operator {
    ($trait:ident $method:ident, $assign_trait:ident $assign:ident, $owned:ident $try_:ident) => {
        impl<R: Ring> ops::$trait<&Poly<R>> for &Poly<R> {
            type Output = Poly<R>;
            #[track_caller]
            fn $method(self, other: &Poly<R>) -> Poly<R> {
                settle(self.$try_(other))
            }
        }
        impl<R: Ring> ops::$trait<Poly<R>> for Poly<R> {
            type Output = Poly<R>;
            #[track_caller]
            fn $method(self, other: Poly<R>) -> Poly<R> {
                self.$owned(&other)
            }
        }
        impl<R: Ring> ops::$trait<&Poly<R>> for Poly<R> {
            type Output = Poly<R>;
            #[track_caller]
            fn $method(self, other: &Poly<R>) -> Poly<R> {
                self.$owned(other)
            }
        }
        impl<R: Ring> ops::$trait<Poly<R>> for &Poly<R> {
            type Output = Poly<R>;
            #[track_caller]
            fn $method(self, other: Poly<R>) -> Poly<R> {
                settle(self.$try_(&other))
            }
        }
        impl<R: Ring> ops::$assign_trait<&Poly<R>> for Poly<R> {
            #[track_caller]
            fn $assign(&mut self, other: &Poly<R>) {
                let old = std::mem::replace(self, Poly::zero(self.ring.clone()));
                *self = old.$owned(other);
            }
        }
        impl<R: Ring> ops::$assign_trait<Poly<R>> for Poly<R> {
            #[track_caller]
            fn $assign(&mut self, other: Poly<R>) {
                let old = std::mem::replace(self, Poly::zero(self.ring.clone()));
                *self = old.$owned(&other);
            }
        }
        // One generic implementation, so that the type of `3` in `f + 3` is settled by the fallback to i32.
        impl<R: Ring, T: IntegerScalar> ops::$trait<T> for Poly<R> {
            type Output = Poly<R>;
            #[track_caller]
            fn $method(self, n: T) -> Poly<R> {
                let n = self.image(n);
                self.$owned(&n)
            }
        }
        impl<R: Ring, T: IntegerScalar> ops::$trait<T> for &Poly<R> {
            type Output = Poly<R>;
            #[track_caller]
            fn $method(self, n: T) -> Poly<R> {
                settle(self.$try_(&self.image(n)))
            }
        }
        impl<R: Ring, T: IntegerScalar> ops::$assign_trait<T> for Poly<R> {
            #[track_caller]
            fn $assign(&mut self, n: T) {
                let n = self.image(n);
                let old = std::mem::replace(self, Poly::zero(self.ring.clone()));
                *self = old.$owned(&n);
            }
        }
        operator!(@left $trait $method $owned i64);
        operator!(@left $trait $method $owned BigInt);
        element_operator!([] Rationals, BigRational, $trait $method, $assign_trait $assign);
        element_operator!([] Reals<f64>, f64, $trait $method, $assign_trait $assign);
        element_operator!([] Reals<f32>, f32, $trait $method, $assign_trait $assign);
        element_operator!([] Complexes<f64>, f64, $trait $method, $assign_trait $assign);
        element_operator!([] Complexes<f32>, f32, $trait $method, $assign_trait $assign);
        element_operator!([] Complexes<f64>, Complex<f64>, $trait $method, $assign_trait $assign);
        element_operator!([] Complexes<f32>, Complex<f32>, $trait $method, $assign_trait $assign);
        element_operator!([] GaussianIntegers, Complex<BigInt>, $trait $method, $assign_trait $assign);
        element_operator!([] GaussianRationals, BigRational, $trait $method, $assign_trait $assign);
        element_operator!([] GaussianRationals, Complex<BigRational>, $trait $method, $assign_trait $assign);
        element_operator!([R: Ring] PolyRing<R>, Poly<R>, $trait $method, $assign_trait $assign);
    };
    (@left $trait:ident $method:ident $owned:ident $integer:ty) => {
        impl<R: Ring> ops::$trait<Poly<R>> for $integer {
            type Output = Poly<R>;
            #[track_caller]
            fn $method(self, f: Poly<R>) -> Poly<R> {
                f.image(self).$owned(&f)
            }
        }
        impl<R: Ring> ops::$trait<&Poly<R>> for $integer {
            type Output = Poly<R>;
            #[track_caller]
            fn $method(self, f: &Poly<R>) -> Poly<R> {
                f.image(self).$owned(f)
            }
        }
    };
}

/// An element of the ring on the right of an operator.
macro_rules! element_operator {
    ([$($generics:tt)*] $ring:ty, $element:ty, $trait:ident $method:ident, $assign_trait:ident $assign:ident) => {
        impl<$($generics)*> ops::$trait<$element> for Poly<$ring> {
            type Output = Self;
            #[track_caller]
            fn $method(self, c: $element) -> Self {
                let c = Poly::new(self.ring.clone(), [c]);
                self.$method(&c)
            }
        }
        impl<$($generics)*> ops::$trait<$element> for &Poly<$ring> {
            type Output = Poly<$ring>;
            #[track_caller]
            fn $method(self, c: $element) -> Poly<$ring> {
                let c = Poly::new(self.ring.clone(), [c]);
                self.$method(&c)
            }
        }
        impl<$($generics)*> ops::$assign_trait<$element> for Poly<$ring> {
            #[track_caller]
            fn $assign(&mut self, c: $element) {
                let c = Poly::new(self.ring.clone(), [c]);
                self.$assign(&c);
            }
        }
    };
}

operator!(Add add, AddAssign add_assign, add_owned try_add);
operator!(Sub sub, SubAssign sub_assign, sub_owned try_sub);
operator!(Mul mul, MulAssign mul_assign, mul_owned try_mul);

/// Division of every coefficient by an integer.
impl<R: Field, T: IntegerScalar> ops::Div<T> for Poly<R> {
    type Output = Poly<R>;
    #[track_caller]
    fn div(self, n: T) -> Poly<R> {
        &self / n
    }
}

/// Division of every coefficient by an integer.
impl<R: Field, T: IntegerScalar> ops::Div<T> for &Poly<R> {
    type Output = Poly<R>;
    #[track_caller]
    fn div(self, n: T) -> Poly<R> {
        let n = settle(self.ring.try_from_integer(n.into()));
        self.scale(&settle(self.ring.try_inverse(&n)))
    }
}
