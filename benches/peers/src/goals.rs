//! What the ratios are held against: no cell above its limit, and the geometric mean of a table.

use monic::convolution::{Backend, backend};

/// A limit of a cell on the back end in use: one for 512-bit integers, one for 256-bit vectors, none for portable code,
/// which is not meant to compete with vectors.
fn limit(ifma: f64, vectors: f64) -> Option<f64> {
    match backend() {
        Ok(Backend::Ifma) => Some(ifma),
        Ok(Backend::Portable) | Err(_) => None,
        Ok(_) => Some(vectors),
    }
}

/// A result whose memory is there already.
pub fn reused() -> Option<f64> {
    limit(1.0, 1.1)
}

/// A fresh `Vec<BigInt>`: looser where allocation is most of the work, and where the peer's assembly rules.
pub fn fresh(shorter: usize, bits: usize) -> Option<f64> {
    let result = 2 * bits + shorter.ilog2() as usize;
    let loose = (65..=400).contains(&result) || (shorter <= 16 && bits > 256);
    let limit_ifma = if loose { 1.3 } else { 1.1 };
    limit(limit_ifma, limit_ifma)
}

/// A fresh result of residues.
pub fn fresh_words() -> Option<f64> {
    limit(1.1, 1.1)
}

/// A product of two integers of as many limbs.
pub fn integers(limbs: usize) -> Option<f64> {
    match limbs {
        ..100 => limit(1.3, 1.3),
        100..157 => None,
        157..1563 => limit(0.9, 1.1),
        _ => limit(0.7, 1.1),
    }
}

/// Against the best Rust peer, on every back end.
pub fn rust() -> Option<f64> {
    Some(1.0)
}

/// A geometric mean over the whole grid; over a part of it, it says little.
pub fn mean(ifma: f64) -> Option<f64> {
    limit(ifma, 0.8)
}
