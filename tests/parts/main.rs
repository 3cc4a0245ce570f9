//! The parts of the calculator that have tests of their own beside their code: reading lines, and polynomials in several variables.
//!
//! They are compiled here without the rest of the program, which stands for every function over every ring and takes as
//! long to build as the library. `cargo test` builds the program once, as a program: the contracts run it.

// What the tests do not call belongs to the program.
#![allow(dead_code, unreachable_pub)]

#[path = "../../examples/calculator/algebra/mod.rs"]
mod algebra;
#[path = "../../examples/calculator/failure.rs"]
mod failure;
#[path = "../../examples/calculator/lexer.rs"]
mod lexer;
#[path = "../../examples/calculator/parser/mod.rs"]
mod parser;
