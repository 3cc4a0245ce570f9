//! Exact products by number-theoretic transforms: `c = T^-1(T(a) * T(b))` modulo word primes.
//!
//! - [`prime`]: the family of primes, their roots and tables
//! - [`Kernel`]: what a back end has to provide, [`portable`] the reference
//! - [`truncated`]: lengths between powers of two
//! - [`product`]: operands to residues, transforms, blocks of an unbalanced operand, results back
//!
//! The order of a transformed sequence is the back end's own (scrambled); nothing is ever bit-reversed.

mod portable;
pub(crate) mod prime;
pub(crate) mod product;
mod truncated;

use crate::{Error, Result};
use prime::Prime;
use std::{fmt, sync::OnceLock};

/// The longest transform that the family of primes allows.
pub(crate) const MAX_LENGTH: usize = 1 << 28;

/// Transforms modulo one prime: the part of a product that a vector unit can do.
///
/// # Invariants
/// `forward` takes residues below `4p` and leaves values that only `pointwise` and `square` of the same back
/// end read. These leave residues below `4p`, multiplied by [`factor`](Self::factor). `inverse` takes residues below
/// `4p` and leaves words congruent to the coefficients times the length, below 2^63.
///
/// `block` selects a transform modulo `x^len - z[block]`, `z[0] = 1`, `z[2j] = w[j]`, `z[2j+1] = -w[j]`: block
/// 0 is the cyclic one, the others are parts of a longer transform.
pub(crate) trait Kernel: Sync {
    /// Coefficients to values.
    fn forward(&self, prime: &Prime, data: &mut [u64], block: usize);
    /// Values to coefficients, times `data.len()`.
    fn inverse(&self, prime: &Prime, data: &mut [u64], block: usize);
    /// `a *= b * factor`.
    fn pointwise(&self, prime: &Prime, a: &mut [u64], b: &[u64]);
    /// `a *= a * factor`.
    fn square(&self, prime: &Prime, a: &mut [u64]);
    /// What a pointwise product is multiplied by, inverted: a reduced residue.
    fn unfactor(&self, prime: &Prime) -> u64;
}

/// The instruction sets that transforms are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Backend {
    /// Plain 64-bit arithmetic, everywhere.
    Portable,
}

impl Backend {
    /// The back ends that this machine can run, the best first.
    ///
    /// # Examples
    /// ```
    /// use monic::convolution::Backend;
    /// assert_eq!(Backend::available().last(), Some(&Backend::Portable));
    /// ```
    pub fn available() -> Vec<Backend> {
        vec![Backend::Portable]
    }

    /// What `MONIC_SIMD` calls it.
    pub fn name(self) -> &'static str {
        match self {
            Backend::Portable => "portable",
        }
    }

    fn kernel(self) -> &'static dyn Kernel {
        match self {
            Backend::Portable => &portable::Portable,
        }
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The back end of this process: the best that the machine has, or what `MONIC_SIMD` names. Chosen once.
///
/// # Errors
/// Kind unsupported, when `MONIC_SIMD` names none that exists here.
///
/// # Examples
/// ```
/// println!("{:?}", monic::convolution::backend()?);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn backend() -> Result<Backend> {
    static CHOSEN: OnceLock<std::result::Result<Backend, String>> = OnceLock::new();
    let chosen = CHOSEN.get_or_init(|| match std::env::var_os("MONIC_SIMD") {
        None => Ok(Backend::available()[0]),
        Some(name) => choose(&name.to_string_lossy()),
    });
    match chosen {
        Ok(backend) => Ok(*backend),
        Err(message) => Err(Error::unsupported(message.clone())),
    }
}

fn choose(name: &str) -> std::result::Result<Backend, String> {
    let available = Backend::available();
    available.iter().copied().find(|backend| backend.name() == name).ok_or_else(|| {
        let names: Vec<&str> = available.iter().map(|backend| backend.name()).collect();
        format!("MONIC_SIMD={name:?} names no back end of this machine; there is: {}", names.join(", "))
    })
}

/// How many primes of the family hold a signed coefficient of `bits` bits.
///
/// The product of n of them is over 2^(49n - 1), and [`crt`](super::crt) needs it over four times the coefficient.
pub(crate) fn primes_for(bits: u64) -> usize {
    (bits + 3).div_ceil(prime::PRIME_BITS) as usize
}

/// The shortest transform of at least `n` points.
pub(crate) fn truncated_length(n: usize) -> usize {
    let power = n.next_power_of_two();
    if power < truncated::MIN_LENGTH {
        power
    } else {
        n.div_ceil(power / truncated::BLOCKS) * (power / truncated::BLOCKS)
    }
}

/// The longest transform modulo `modulus` itself; 0 when there is none.
pub(crate) fn direct_length(modulus: u128) -> usize {
    u64::try_from(modulus).ok().and_then(prime::user_prime).map_or(0, |prime| prime.max_length())
}

#[cfg(test)]
mod tests;
