//! The engine through its public functions, on slices: prepared operands, every ring against independent checks, every length, what is allocated.

mod allocations;
mod differential;
mod lengths;
mod sample;
mod transformed;
