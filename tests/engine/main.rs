//! The engine through its public functions, on slices: prepared operands, every ring against independent checks, every length, what is allocated, memory
//! that is refused.

mod allocations;
mod differential;
mod lengths;
#[cfg(target_os = "linux")]
mod memory;
mod sample;
mod transformed;
