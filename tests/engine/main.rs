//! The engine through its public functions, on slices: prepared operands, and every ring against independent checks.

mod differential;
mod sample;
mod transformed;
