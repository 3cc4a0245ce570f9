//! Division of integer sequences in words, as long as everything on the way stays in words: `f = q*g`, `f = q*g + r`, `l^d*f = q*g + r`.
//!
//! It stands apart from the generic long division, which has a `BigInt` for every step: most polynomials of a computer-algebra system have
//! coefficients of one word, and so have their quotients.
//!
//! # Method
//! Long division on words or double words. What a remainder may be is bounded step by step by `|f| + sum |q[k]|*|g|`; when that could
//! leave the words, the division is given up.
//!
//! # Invariants
//! Divisors have coefficients below 2^63 in absolute value and are not empty; dividends are not shorter. Remainders have no trailing
//! zeros.

use crate::{integer::bigints, ring::generic::QuoRem};
use num_bigint::{BigInt, Sign};

/// Where both are long, quotients times divisors of at most so many coefficients are divided in words.
pub(in crate::ring) const MOST_STEPS: usize = 1 << 17;

/// How a division in words ended.
#[derive(Debug, PartialEq)]
pub(in crate::ring) enum Outcome {
    Done(QuoRem<BigInt>),
    /// A leading coefficient does not divide.
    NotExact,
    /// Something would not fit.
    Beyond,
}

/// A signed word of one or two limbs.
trait Word: Copy + PartialEq + Into<BigInt> + Into<i128> + From<i64> {
    /// What absolute values stay below.
    const LIMIT: u128;
    /// The product where it fits, anything where it does not.
    fn wrapping_mul(self, other: Self) -> Self;
    fn wrapping_sub(self, other: Self) -> Self;
}

macro_rules! word {
    ($type:ty, $bits:literal) => {
        impl Word for $type {
            const LIMIT: u128 = 1 << $bits;
            #[inline(always)]
            fn wrapping_mul(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
            #[inline(always)]
            fn wrapping_sub(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
        }
    };
}
word!(i64, 62);
word!(i128, 126);

/// What is read of the operands.
struct Operands<W> {
    f: Vec<W>,
    g: Vec<i64>,
    /// The largest absolute values.
    largest: u128,
    divisor: u128,
}

/// An integer below `2^126`.
fn double_word(c: &BigInt) -> Option<i128> {
    let mut digits = c.magnitude().iter_u64_digits();
    if digits.len() > 2 {
        return None;
    }
    let (low, high) = (digits.next().unwrap_or(0), digits.next().unwrap_or(0));
    let magnitude = u128::from(low) | u128::from(high) << 64;
    let value = i128::try_from(magnitude).ok().filter(|_| magnitude < i128::LIMIT)?;
    Some(if c.sign() == Sign::Minus { -value } else { value })
}

fn read(f: &[BigInt], g: &[BigInt]) -> Option<Operands<i128>> {
    let mut words = vec![0; g.len()];
    bigints::write_words(g.iter().map(bigints::parts), &mut words)?;
    let g: Vec<i64> = words.into_iter().map(|word| word as i64).collect();
    let f: Vec<i128> = f.iter().map(double_word).collect::<Option<_>>()?;
    let largest = f.iter().map(|c| c.unsigned_abs()).max().unwrap_or(0);
    let divisor = g.iter().map(|c| u128::from(c.unsigned_abs())).max().unwrap_or(0);
    Some(Operands { f, g, largest, divisor })
}

/// Quotient and remainder; the leading coefficient of the divisor has to divide whatever it meets.
pub(in crate::ring) fn quo_rem(f: &[BigInt], g: &[BigInt]) -> Outcome {
    let Some(Operands { mut f, g, largest, divisor }) = read(f, g) else { return Outcome::Beyond };
    if largest < i64::LIMIT >> 8 {
        let mut words: Vec<i64> = f.iter().map(|&c| c as i64).collect();
        let outcome = long(&mut words, &g, largest, divisor);
        if outcome != Outcome::Beyond {
            return outcome;
        }
    }
    long(&mut f, &g, largest, divisor)
}

fn long<W: Word>(rem: &mut [W], g: &[i64], mut largest: u128, divisor: u128) -> Outcome {
    let (n, d) = (g.len() - 1, rem.len() + 1 - g.len());
    let (leading, g) = (g[n], &g[..n]);
    let mut quo = vec![0i64; d];
    for shift in (0..d).rev() {
        let top: i128 = rem[n + shift].into();
        if top == 0 {
            continue;
        }
        let q = match (leading, i64::try_from(top)) {
            (1, _) => top,
            (-1, _) => -top,
            (_, Ok(top)) if top % leading != 0 => return Outcome::NotExact,
            (_, Ok(top)) => i128::from(top / leading),
            _ if top % i128::from(leading) != 0 => return Outcome::NotExact,
            _ => top / i128::from(leading),
        };
        let Some(q) = i64::try_from(q).ok().filter(|q| *q != i64::MIN) else { return Outcome::Beyond };
        // Below 2^126 + 2^63 * 2^63.
        largest += u128::from(q.unsigned_abs()) * divisor;
        if largest >= W::LIMIT {
            return Outcome::Beyond;
        }
        quo[shift] = q;
        let q = W::from(q);
        for (r, &c) in rem[shift..shift + n].iter_mut().zip(g) {
            *r = r.wrapping_sub(q.wrapping_mul(c.into()));
        }
    }
    Outcome::Done((integers(quo), trimmed(&rem[..n])))
}

/// Pseudo-quotient and pseudo-remainder, scaled by as many factors of the leading coefficient as the quotient has coefficients.
pub(in crate::ring) fn pseudo_quo_rem(f: &[BigInt], g: &[BigInt]) -> Outcome {
    let Some(Operands { f: mut rem, g, mut largest, divisor }) = read(f, g) else { return Outcome::Beyond };
    let (n, d) = (g.len() - 1, rem.len() + 1 - g.len());
    let (leading, g) = (i128::from(g[n]), &g[..n]);
    let mut quo = vec![0i128; d];
    let mut quotient = 0u128;
    for shift in (0..d).rev() {
        let top = rem[n + shift];
        let bound = |size: u128, by: u128| size.checked_mul(by).filter(|size| *size < i128::LIMIT);
        let (Some(scaled), Some(subtracted), Some(next)) = (
            bound(largest, leading.unsigned_abs()),
            bound(top.unsigned_abs(), divisor),
            bound(quotient, leading.unsigned_abs()),
        ) else {
            return Outcome::Beyond;
        };
        (largest, quotient) = (scaled + subtracted, next.max(top.unsigned_abs()));
        if largest >= i128::LIMIT {
            return Outcome::Beyond;
        }
        for c in quo[shift + 1..].iter_mut().chain(&mut rem[..n + shift]) {
            *c *= leading;
        }
        if top != 0 {
            for (r, &c) in rem[shift..shift + n].iter_mut().zip(g) {
                *r -= top * i128::from(c);
            }
        }
        quo[shift] = top;
    }
    Outcome::Done((trimmed(&quo), trimmed(&rem[..n])))
}

fn integers<W: Word>(words: Vec<W>) -> Vec<BigInt> {
    words.into_iter().map(Into::into).collect()
}

fn trimmed<W: Word>(words: &[W]) -> Vec<BigInt> {
    let len = words.iter().rposition(|&c| c != W::from(0)).map_or(0, |last| last + 1);
    words[..len].iter().map(|&c| c.into()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{ZZ, generic::division, remainders};

    fn draw(len: usize, bits: u32, seed: u64) -> Vec<BigInt> {
        let word =
            |k: u64| (k + 1).wrapping_mul(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29) as i64;
        let mut v: Vec<BigInt> = (0..len as u64)
            .map(|k| BigInt::from(word(k) >> (63 - bits.min(63))) << bits.saturating_sub(63))
            .collect();
        if let Some(last) = v.last_mut().filter(|c| **c == BigInt::ZERO) {
            *last = 1.into();
        }
        v
    }

    /// In words, in double words, and given up: where it ends, the generic ones say the same.
    #[test]
    fn agrees_with_long_division() {
        let mut ends = [0; 3];
        for bits in [1, 3, 8, 20, 40, 62, 63, 64, 100, 126, 127, 140] {
            for (m, n) in [(1, 1), (3, 1), (3, 2), (2, 9), (12, 7)] {
                let (f, mut g) = (draw(m + n - 1, bits, 3), draw(n, bits / 2, 5));
                let pseudo = pseudo_quo_rem(&f, &g);
                if let Outcome::Done(both) = &pseudo {
                    assert_eq!(*both, remainders::pseudo_quo_rem(&ZZ, &f, &g).unwrap());
                }
                for leading in [1, -1] {
                    g[n - 1] = leading.into();
                    match quo_rem(&f, &g) {
                        Outcome::Done(both) => {
                            assert_eq!(both, division::long(&ZZ, &f, &g).unwrap(), "{bits}: {m}, {n}");
                            ends[0] += 1;
                        }
                        Outcome::NotExact => panic!("a unit divides"),
                        Outcome::Beyond => ends[1] += 1,
                    }
                }
                ends[2] += usize::from(pseudo == Outcome::Beyond);
            }
        }
        assert!(ends.iter().all(|&n| n > 10), "{ends:?}");
        assert_eq!(quo_rem(&draw(3, 5, 3), &[7.into(), 1000.into()]), Outcome::NotExact);
        // The extremes of words.
        let min = BigInt::from(i64::MIN);
        assert_eq!(quo_rem(std::slice::from_ref(&min), &[1.into()]), Outcome::Beyond);
        assert_eq!(quo_rem(&[BigInt::from(3)], &[min]), Outcome::Beyond);
        let max = BigInt::from(i64::MAX);
        let (q, r) = division::long(&ZZ, &[max.clone(), max.clone()], &[max.clone(), 1.into()]).unwrap();
        assert_eq!(quo_rem(&[max.clone(), max.clone()], &[max, 1.into()]), Outcome::Done((q, r)));
    }
}
