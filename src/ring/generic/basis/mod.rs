//! Other bases of the polynomials than the powers of `x`: coefficients from one into the other, both ways.
//!
//! - [`newton`]: `1, x - x_0, (x - x_0)*(x - x_1), ...`; with `x_i = i` the falling factorials
//! - [`bernstein`]: `binomial(n, k) * x^k * (1 - x)^(n-k)`
//! - [`chebyshev`]: `T_k`, with `T_k(cos t) = cos(k*t)`
//!
//! Each file has two functions, `from_powers` and `to_powers`; whatever a basis needs of the ring is said there.

pub mod bernstein;
pub mod chebyshev;
pub mod newton;
