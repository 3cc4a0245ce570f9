//! The first numbers all at once, from tangent and secant numbers: `tan x = sum of T(j)*x^(2j-1)/(2j-1)!`, `1/cos x = sum of S(j)*x^(2j)/(2j)!`.
//!
//! It stands apart from the [descent](super::descent) because nothing is a real number here. A step adds multiples of two numbers by words, and while numbers are
//! short all steps together take less than what the descent begins with.
//!
//! # Source
//! R. Brent, D. Harvey, "Fast computation of Bernoulli, Tangent and Secant numbers" (2013), section 6, with `|E(2j)| = S(j)` and
//! `|B(2j)| = 2j*T(j)/(4^j*(4^j - 1))`.

use super::{FIRST, Kind};
use crate::integer::{
    from_limbs,
    limbs::{div_exact_odd, inverse_mod_word, trimmed},
};
use num_bigint::BigUint;

/// `|B(k)|` or `|E(k)|` times their denominators, for even `k` from `FIRST` on and below `n`, ascending.
pub(super) fn magnitudes<'a>(kind: Kind, n: u64, denominator: impl Fn(u64) -> &'a BigUint) -> Vec<BigUint> {
    if n <= FIRST {
        return Vec::new();
    }
    let last = (n - 1) & !1;
    // Of T(j) = B(2j)*4^j*(4^j - 1)/2j, and of the first of them.
    let (more, first, apart) = match kind {
        Kind::Bernoulli => (2 * last, 1, 2),
        Kind::Euler => (0, 0, 1),
    };
    let width = (kind.log2(last) as usize + more as usize + 2) / 64 + 1;
    let count = last as usize / 2 + 1 - first;
    let mut numbers = vec![0; count * width];
    let mut lens = vec![1; count];
    numbers[0] = 1;
    for k in 0..count {
        // At first i!, then (i - k)*U(i - 1) + (i - k + apart)*U(i).
        for i in k.max(1)..count {
            let (below, number) = numbers[(i - 1) * width..][..2 * width].split_at_mut(width);
            let factors = if k == 0 { [i, 0] } else { [i - k, i - k + apart] };
            lens[i] = combine(factors.map(|f| f as u64), &below[..lens[i - 1]], number, lens[i]);
        }
    }
    let number = |k: u64| {
        let i = k as usize / 2 - first;
        let number = from_limbs(&numbers[i * width..][..lens[i]]);
        match kind {
            Kind::Bernoulli => over_powers(number * (denominator(k) * k), k),
            Kind::Euler => number,
        }
    };
    (FIRST..=last).step_by(2).map(number).collect()
}

/// `y := a*x + b*y`, for a `y` of `len` limbs and zeros behind them, and factors below 2^63; how many limbs it has then.
fn combine([a, b]: [u64; 2], x: &[u64], y: &mut [u64], len: usize) -> usize {
    let mut carry = 0u128;
    let mut len = len.max(x.len());
    for (i, y) in y[..len].iter_mut().enumerate() {
        let x = x.get(i).copied().unwrap_or(0);
        carry += u128::from(a) * u128::from(x) + u128::from(b) * u128::from(*y);
        *y = carry as u64;
        carry >>= 64;
    }
    if carry > 0 {
        y[len] = carry as u64;
        len += 1;
    }
    len
}

/// `x/(2^k*(2^k - 1))`, which is a number.
fn over_powers(x: BigUint, k: u64) -> BigUint {
    let mut quotient: Vec<u64> = (x >> k).iter_u64_digits().collect();
    let mut divisor = vec![u64::MAX; k.div_ceil(64) as usize];
    if !k.is_multiple_of(64) {
        divisor[k as usize / 64] = (1 << (k % 64)) - 1;
    }
    let exact = div_exact_odd(&mut quotient, &divisor, inverse_mod_word(divisor[0]));
    debug_assert!(exact, "tangent numbers are multiples");
    from_limbs(trimmed(&quotient))
}
