//! Polynomials that are known by name, in explicit coefficients.
//!
//! They stand apart from numbers because each is mapped into the ring that is asked for: over Z where its coefficients are integers, over every ring in
//! which their denominators are units otherwise.
//!
//! - `classical`: Chebyshev, Legendre, Hermite; `parameters`: Laguerre, Gegenbauer, Jacobi
//! - `cyclotomic`; `swinnerton_dyer`; `appell`: Bernoulli and Euler polynomials

mod appell;
mod classical;
mod cyclotomic;
mod parameters;
mod swinnerton_dyer;

pub use appell::{bernoulli_polynomial, euler_polynomial};
pub use classical::{chebyshev_t, chebyshev_u, hermite, legendre};
pub use cyclotomic::cyclotomic;
pub use parameters::{gegenbauer, jacobi, laguerre};
pub use swinnerton_dyer::swinnerton_dyer;
