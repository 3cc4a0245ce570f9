//! A calculator for polynomials: expressions in, one line each out.
//!
//! ```text
//! cargo run --release --example calculator -- "(x+1)^3"
//! echo "gcd(x^4 - 1, x^6 - 1)" | cargo run --release --example calculator -- --ring QQ
//! cargo run --release --example calculator          # a session with line editing; `help` says more
//! ```
//!
//! From the line to the answer: [`lexer`], [`parser`] (postfix steps), [`session`] (runs them on a stack of
//! [`value`]s), [`functions`] (the table), [`algebra`] (polynomials in any number of variables), [`rings`] (what
//! `--ring` takes), [`output`]. [`program`] talks to the terminal, to pipes and to the command line, [`watch`] shows and
//! stops long computations.

// `pub` marks what a module offers to the others; nothing leaves a program anyway.
#![allow(unreachable_pub)]

mod algebra;
mod failure;
mod functions;
mod help;
mod lexer;
mod output;
mod parser;
mod program;
mod rings;
mod session;
mod value;
#[path = "../support/watch.rs"]
mod watch;

use std::process::ExitCode;

fn main() -> ExitCode {
    program::run(std::env::args_os().skip(1))
}
