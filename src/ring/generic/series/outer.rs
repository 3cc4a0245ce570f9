//! The elementary functions themselves, at the constant coefficients that exact rings have them for, where not all numbers are units.
//!
//! They stand apart because the algorithms divide by all numbers below a length, and the coefficients of the functions have some of them only: those of `cos x` the even ones,
//! those of `atan x` the odd ones.
//!
//! # Method
//! Let `q` be the least number that is no unit; it is a prime or shares all its factors with a modulus. Of `exp x = sum of x^k/k!` and `log(1 + x) = sum of ±x^k/k` the coefficients below `x^q` are
//! defined. Odd functions have none at even powers, even ones none at odd powers: `sin x` and `sinh x`, `asin x` and `asinh x`, whose coefficients are
//! `±binomial(2m, m)/(4^m*(2m + 1))` with `2m + 1 = q` and 1/6 for `q = 2`, begin to fail at the least odd number from `q` on, `cos x` and `cosh x` at the least even one. The coefficients of `atan x` and
//! `atanh x`, `±1/k` at odd `k`, and of `tan x` and `tanh x` have odd denominators: of the tangent number `T = 4^m*(4^m - 1)*|B_2m|/(2m)` over `(2m - 1)!` the power of 2 is as large as the sum of the binary digits
//! of `2m - 1` less the power of 2 in `2m`, which is not negative, and at `2m - 1 = q` it is `±1/q` in lowest terms but for multiples of `q` (K. von Staudt). They begin to fail at the least odd number that
//! is no unit.

use super::{
    Function,
    arithmetic::{Arithmetic, Element},
    elementary,
    numbers::no_quotient_by,
};
use crate::{
    Result,
    ring::{Elementary, QQ, Ring},
};
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Which coefficients a function has, at 0 (`log` at 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Powers {
    All,
    Even,
    Odd,
}

/// A function that is a power series where its argument has the constant coefficient for which exact rings have a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outer {
    function: Elementary,
    powers: Powers,
    /// Whether its denominators have odd factors only.
    has_odd_denominators: bool,
}

impl Outer {
    /// `None` for functions with a branch point there.
    pub(super) fn of(function: Elementary) -> Option<Self> {
        let (powers, has_odd_denominators) = match function {
            Elementary::Exp | Elementary::Log => (Powers::All, false),
            Elementary::Cos | Elementary::Cosh => (Powers::Even, false),
            Elementary::Sin | Elementary::Sinh | Elementary::Asin | Elementary::Asinh => (Powers::Odd, false),
            Elementary::Tan | Elementary::Tanh | Elementary::Atan | Elementary::Atanh => (Powers::Odd, true),
            Elementary::Acos | Elementary::Acosh => return None,
        };
        Some(Outer { function, powers, has_odd_denominators })
    }

    fn has(self, k: usize) -> bool {
        match self.powers {
            Powers::All => true,
            Powers::Even => k.is_multiple_of(2),
            Powers::Odd => !k.is_multiple_of(2),
        }
    }

    /// The coefficients at `c + x` that the function of `c + a*x^v + ...` takes modulo `x^n`.
    ///
    /// # Errors
    /// Kind undefined where one of them is not there, naming the coefficient of the result.
    pub(super) fn coefficients<A: Arithmetic>(
        self,
        a: &A,
        c: &Element<A>,
        v: usize,
        n: usize,
    ) -> Result<Vec<Element<A>>> {
        let ring = a.ring();
        let Some(last) = (0..=(n - 1) / v).rev().find(|&k| self.has(k)) else { return Ok(Vec::new()) };
        let needed = last + 1;
        let inverse_error =
            |k: usize| ring.try_from_integer(k.into()).and_then(|k| ring.try_inverse(&k)).err();
        let no_unit =
            |odd: bool| (2..needed).filter(|k| !odd || k % 2 == 1).find_map(|k| Some((k, inverse_error(k)?)));
        if let Some((q, why)) = no_unit(self.has_odd_denominators) {
            // In reach, as the last one is of the kind that the function has.
            let k = (q..needed).find(|&k| self.has(k)).unwrap_or(q);
            return Err(no_quotient_by(ring, k.saturating_mul(v), q, &why));
        }
        if self.powers == Powers::Odd && needed == 2 {
            return Ok(vec![ring.zero(), ring.one()]);
        }
        if self.has_odd_denominators && inverse_error(2).is_some() {
            return self.with_odd_denominators(ring, needed);
        }
        Ok(a.write(elementary::directly(a, self.function, &[c.clone(), ring.one()], needed)?))
    }

    /// The first coefficients of a function whose denominators are odd numbers that have inverses.
    fn with_odd_denominators<R: Ring>(self, ring: &R, n: usize) -> Result<Vec<R::Element>> {
        let element = |c: BigRational| -> Result<R::Element> {
            let (numerator, denominator) = c.into_raw();
            let inverse = ring.try_inverse(&ring.try_from_integer(denominator)?)?;
            ring.try_mul(&ring.try_from_integer(numerator)?, &inverse)
        };
        if matches!(self.function, Elementary::Tan | Elementary::Tanh) {
            let x = [BigRational::zero(), BigRational::one()];
            let series = QQ.power_series(&Function::Elementary(self.function, &x), n)?;
            return series.into_iter().map(element).collect();
        }
        let sign = |k: usize| if self.function == Elementary::Atan && k % 4 == 3 { -1 } else { 1 };
        (0..n)
            .map(|k| match k % 2 {
                0 => Ok(ring.zero()),
                _ => element(BigRational::new_raw(sign(k).into(), k.into())),
            })
            .collect()
    }
}
