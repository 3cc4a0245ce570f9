//! Exact transforms modulo word primes.

/// The longest transform that the family of primes allows.
pub(crate) const MAX_LENGTH: usize = 1 << 28;

/// How many primes of the family hold a signed coefficient of `bits` bits.
pub(super) fn primes_for(bits: u64) -> usize {
    (bits as usize + 3).div_ceil(49)
}

/// The shortest truncated transform of at least `n` points.
pub(super) fn truncated_length(n: usize) -> usize {
    let power = n.next_power_of_two();
    if power < 256 { power } else { n.div_ceil(power / 16) * (power / 16) }
}

/// The longest transform modulo `modulus` itself; 0 when there is none.
pub(super) fn direct_length(_modulus: u128) -> usize {
    0
}
