//! Exact polynomials over any ring, multiplied by one convolution engine.
//!
//! Multiplying polynomials is convolving their coefficient sequences,
//! `(f*g)[k] = sum over i+j=k of f[i]*g[j]`. One engine does it, by schoolbook, Karatsuba, Kronecker substitution,
//! floating-point FFT or exact number-theoretic transforms, whichever suits the lengths, the coefficient sizes and the
//! ring; everything else stands on it.
//!
//! ```
//! use monic::{Integers, Poly, QQ, ZZ, Zmod};
//!
//! let f = ZZ.poly([-1, 0, 1]);                   // x^2 - 1, anything that converts into the coefficient
//! let g: Poly<Integers> = "x^3 + 2x + 1".parse()?;
//! let h = &f * &g + 3;                           // operators by reference and by value, with scalars
//! assert_eq!(h.to_string(), "x^5 + x^3 + x^2 - 2*x + 2");
//! let f7 = Zmod::prime(7)?.poly([6, 0, 1]);      // a modulus known at run time
//! assert_eq!(f7.gcd(&f7.ring().parse("x^2 + 3x + 2")?).to_string(), "x + 1");
//! let (q, r) = h.try_quo_rem(&f)?;               // total over a field: quo_rem
//! assert_eq!(&q * &f + &r, h);
//! # Ok::<(), monic::Error>(())
//! ```
//!
//! # The map
//! | module | holds |
//! |---|---|
//! | [`poly`] | [`Poly`] over any ring: arithmetic, text, division, gcd, evaluation; [`PolyRing`], polynomials as coefficients |
//! | [`series`] | [`Series`]: power series that know how many of their coefficients are right |
//! | [`roots`] | real roots, isolated and to any number of digits; complex roots in discs; balls |
//! | [`factor`] | irreducible and square-free factors, irreducibility |
//! | [`ring`] | the traits [`Ring`] to [`Field`], and the rings: [`ZZ`], [`QQ`], [`RR`], [`CC`], [`Zmod`], [`GaloisField`], [`NumberField`], ... |
//! | [`sequences`] | linear recurrences, polynomials and numbers that are known by name |
//! | [`generating`] | generating functions: how many structures there are of each size, with labels and without |
//! | [`distribution`] | exact discrete distributions: sums of dice and their kin, pools of sorted dice, joint distributions, dice notation |
//! | [`nonnegative`] | floats of any magnitude: products, powers and sums of trials with a bound of every coefficient's relative error |
//! | [`density`] | exact densities of continuous variables: boxes, triangles and their sums, piecewise polynomials |
//! | [`convolution`] | the engine on slices, its plans; large integers: products, quotients, decimal text |
//! | [`integer`] | integer sequences without a `BigInt`, arithmetic modulo a word and modulo a big integer |
//! | [`limit`], [`progress`] | how large a result may become; how far a long computation is, and stopping it |
//!
//! [`guide`] teaches the subject from the beginning.
//!
//! # Exactness, errors, panics
//! Over an exact ring the result is the exact result, on every machine and with any number of threads. What depends on the
//! data (no inverse, not divisible, malformed text, too large) is an [`Error`] from a `try_` form; the plain form
//! panics with the same message. Operators on polynomials of two different rings panic.
//!
//! # Features
//! - `parallel` (default): transforms run on rayon's threads where that pays.
//! - `rand`: random polynomials, samples of distributions.
//! - `serde`: `Serialize` and `Deserialize` for distributions, what is asked of them, and densities.
//!
//! # Environment
//! `MONIC_SIMD` forces a back end of the exact transforms and of all that runs in vectors beside them, one of [`Backend::available`](convolution::Backend::available).

pub mod convolution;
pub mod density;
pub mod distribution;
mod error;
pub mod factor;
pub mod generating;
pub mod guide;
pub mod integer;
pub mod limit;
pub mod nonnegative;
mod pages;
pub mod poly;
pub mod progress;
pub mod ring;
pub mod roots;
pub mod sequences;
pub mod series;
mod sorting;
mod threads;

pub use convolution::{
    DecimalWriter, format_integer, format_integer_radix, integer_div_rem, integer_product,
    integer_product_into, integer_product_limbs, integer_square, natural_product, parse_integer,
    parse_integer_radix, try_integer_div_rem, try_integer_product, try_integer_product_into,
};
pub use error::{Error, ErrorKind, Result};
pub use factor::Factored;
pub use poly::{Divisor, Nodes, Poly, PolyRing};
pub use ring::{
    CC, CC32, Checked, Complexes, ExtensionField, Field, GaloisField, GaussianIntegers, GaussianRationals,
    I64, I128, Integers, Native, NumberField, PrimeField, PrimeFieldBig, QQ, QQ_I, RR, RR32, Rationals,
    Reals, Ring, ZZ, ZZ_I, Zmod, ZmodBig,
};
pub use series::Series;

/// The README's example, as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
