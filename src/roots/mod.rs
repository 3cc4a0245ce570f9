//! Real and complex roots.

mod dyadic;
mod isolate;
mod taylor;

pub use dyadic::Dyadic;
