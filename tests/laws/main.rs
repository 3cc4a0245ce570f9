//! Laws: every ring of the crate against the axioms, every algorithm of every ring against the naive product.

mod axioms;
mod products;
