//! The example programs as programs: what they print, byte for byte or read back, and how they end.

mod calculator;
mod dice;
mod generating;
mod plots;
mod probability;
mod program;
