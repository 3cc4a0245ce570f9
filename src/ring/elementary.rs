//! The elementary functions of constants: what a function of a power series has as its constant coefficient.
//!
//! They stand apart because exact rings know few such values, `exp 0 = 1`, `log 1 = 0` and their kin, and floats know all.

use super::Ring;
use crate::{Error, Result};
use std::fmt;

/// An elementary function of one argument.
///
/// # Examples
/// ```
/// use monic::{QQ, RR, Ring, ring::Elementary};
/// assert_eq!(QQ.try_elementary(Elementary::Cos, &QQ.zero())?, QQ.one());
/// assert_eq!(RR.try_elementary(Elementary::Log, &2.0)?, 2f64.ln());
/// let error = QQ.try_elementary(Elementary::Exp, &QQ.one()).unwrap_err();
/// assert_eq!(error.to_string(), "exp of a power series is defined here for the constant coefficient 0, not 1");
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Elementary {
    /// The exponential.
    Exp,
    /// The natural logarithm.
    Log,
    /// The sine.
    Sin,
    /// The cosine.
    Cos,
    /// The tangent.
    Tan,
    /// The inverse of the sine.
    Asin,
    /// The inverse of the cosine.
    Acos,
    /// The inverse of the tangent.
    Atan,
    /// The hyperbolic sine.
    Sinh,
    /// The hyperbolic cosine.
    Cosh,
    /// The hyperbolic tangent.
    Tanh,
    /// The inverse of the hyperbolic sine.
    Asinh,
    /// The inverse of the hyperbolic cosine.
    Acosh,
    /// The inverse of the hyperbolic tangent.
    Atanh,
}

impl Elementary {
    /// All of them.
    pub const ALL: [Elementary; 14] = [
        Elementary::Exp,
        Elementary::Log,
        Elementary::Sin,
        Elementary::Cos,
        Elementary::Tan,
        Elementary::Asin,
        Elementary::Acos,
        Elementary::Atan,
        Elementary::Sinh,
        Elementary::Cosh,
        Elementary::Tanh,
        Elementary::Asinh,
        Elementary::Acosh,
        Elementary::Atanh,
    ];

    /// The argument at which the value is rational, and that value: 0 or 1 each.
    pub(crate) fn exact(self) -> (bool, bool) {
        match self {
            Elementary::Exp | Elementary::Cos | Elementary::Cosh => (false, true),
            Elementary::Log | Elementary::Acos | Elementary::Acosh => (true, false),
            _ => (false, false),
        }
    }
}

impl fmt::Display for Elementary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Elementary::Exp => "exp",
            Elementary::Log => "log",
            Elementary::Sin => "sin",
            Elementary::Cos => "cos",
            Elementary::Tan => "tan",
            Elementary::Asin => "asin",
            Elementary::Acos => "acos",
            Elementary::Atan => "atan",
            Elementary::Sinh => "sinh",
            Elementary::Cosh => "cosh",
            Elementary::Tanh => "tanh",
            Elementary::Asinh => "asinh",
            Elementary::Acosh => "acosh",
            Elementary::Atanh => "atanh",
        })
    }
}

/// The value in a ring that knows none but the rational one.
///
/// # Errors
/// Kind undefined at any other argument.
pub(crate) fn exact<R: Ring>(ring: &R, function: Elementary, a: &R::Element) -> Result<R::Element> {
    let number = |one| if one { ring.one() } else { ring.zero() };
    let (at, value) = function.exact();
    if *a == number(at) {
        return Ok(number(value));
    }
    Err(Error::undefined(format!(
        "{function} of a power series is defined here for the constant coefficient {}, not {}",
        u8::from(at),
        super::text::short_element(ring, a)
    )))
}

/// The value in floats, real or complex.
macro_rules! of_float {
    ($function:expr, $a:expr) => {
        match $function {
            Elementary::Exp => $a.exp(),
            Elementary::Log => $a.ln(),
            Elementary::Sin => $a.sin(),
            Elementary::Cos => $a.cos(),
            Elementary::Tan => $a.tan(),
            Elementary::Asin => $a.asin(),
            Elementary::Acos => $a.acos(),
            Elementary::Atan => $a.atan(),
            Elementary::Sinh => $a.sinh(),
            Elementary::Cosh => $a.cosh(),
            Elementary::Tanh => $a.tanh(),
            Elementary::Asinh => $a.asinh(),
            Elementary::Acosh => $a.acosh(),
            Elementary::Atanh => $a.atanh(),
        }
    };
}
pub(super) use of_float;
