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

use crate::ring::{generic::QuoRem, short};
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

/// The largest absolute value.
fn largest(words: &[i64]) -> u128 {
    words.iter().map(|c| c.unsigned_abs()).max().unwrap_or(0).into()
}

/// Words that take no allocation where they are few.
const FEW: usize = 128;

/// Calls a function with so many words that are zero.
#[inline(always)]
fn with_words<T>(len: usize, work: impl FnOnce(&mut [i64]) -> T) -> T {
    if len <= FEW { work(&mut [0; FEW][..len]) } else { work(&mut vec![0; len]) }
}

/// Quotient and remainder; the leading coefficient of the divisor has to divide whatever it meets.
pub(in crate::ring) fn quo_rem(f: &[BigInt], g: &[BigInt]) -> Outcome {
    let d = f.len() + 1 - g.len();
    with_words(f.len() + g.len() + d, |words| {
        let (quo, words) = words.split_at_mut(d);
        let (divisor, words) = words.split_at_mut(g.len());
        if short::write_words(g, divisor).is_none() {
            return Outcome::Beyond;
        }
        if let Some(0..=54) = short::write_words(f, words) {
            let largest = largest(words);
            let outcome = long(words, divisor, quo, largest);
            if outcome != Outcome::Beyond {
                return outcome;
            }
            quo.fill(0);
        }
        let Some(mut words) = f.iter().map(double_word).collect::<Option<Vec<_>>>() else {
            return Outcome::Beyond;
        };
        let largest = words.iter().map(|c| c.unsigned_abs()).max().unwrap_or(0);
        long(&mut words, divisor, quo, largest)
    })
}

/// Divides what has these largest absolute values; quotients are zeros before.
fn long<W: Word>(rem: &mut [W], g: &[i64], quo: &mut [i64], mut most: u128) -> Outcome {
    let divisor = largest(g);
    let n = g.len() - 1;
    let (leading, g) = (g[n], &g[..n]);
    for shift in (0..quo.len()).rev() {
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
        most += u128::from(q.unsigned_abs()) * divisor;
        if most >= W::LIMIT {
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
    let d = f.len() + 1 - g.len();
    with_words(f.len() + g.len(), |words| {
        let (divisor, words) = words.split_at_mut(g.len());
        let (Some(bits_g), Some(bits_f)) = (short::write_words(g, divisor), short::write_words(f, words))
        else {
            return Outcome::Beyond;
        };
        // So long are remainders mostly, where nothing cancels.
        let expected = bits_f.saturating_add(d as u64 * bits_g);
        if expected < 62 {
            let outcome = pseudo::<i64>(&mut words.to_vec(), divisor, d);
            if outcome != Outcome::Beyond {
                return outcome;
            }
        }
        if expected > 130 {
            return Outcome::Beyond;
        }
        let mut words: Vec<i128> = words.iter().map(|&c| c.into()).collect();
        pseudo(&mut words, divisor, d)
    })
}

/// The same in words of one kind. What a step does not reach yet is scaled when it does, a quotient in the end.
fn pseudo<W: Word>(rem: &mut [W], g: &[i64], d: usize) -> Outcome {
    let (n, divisor) = (g.len() - 1, largest(g));
    let (leading, g) = (W::from(g[n]), &g[..n]);
    let size = |c: W| Into::<i128>::into(c).unsigned_abs();
    let mut most = rem.iter().map(|&c| size(c)).max().unwrap_or(0);
    let mut quo = vec![W::from(0); d];
    let mut power = W::from(1);
    for shift in (0..d).rev() {
        rem[shift] = rem[shift].wrapping_mul(power);
        let top = rem[n + shift];
        // The bound grows by the leading coefficient at least: so powers times coefficients keep to it.
        let bound = |size: u128, by: u128| size.checked_mul(by).filter(|size| *size < W::LIMIT);
        match (bound(most, size(leading)), bound(size(top), divisor)) {
            (Some(scaled), Some(subtracted)) if scaled + subtracted < W::LIMIT => most = scaled + subtracted,
            _ => return Outcome::Beyond,
        }
        for (r, &c) in rem[shift..shift + n].iter_mut().zip(g) {
            *r = r.wrapping_mul(leading).wrapping_sub(top.wrapping_mul(c.into()));
        }
        quo[shift] = top;
        power = power.wrapping_mul(leading);
    }
    power = W::from(1);
    for c in &mut quo {
        *c = c.wrapping_mul(power);
        power = power.wrapping_mul(leading);
    }
    Outcome::Done((trimmed(&quo), trimmed(&rem[..n])))
}

fn integers<W: Word>(words: &[W]) -> Vec<BigInt> {
    words.iter().map(|&c| c.into()).collect()
}

fn trimmed<W: Word>(words: &[W]) -> Vec<BigInt> {
    let len = words.iter().rposition(|&c| c != W::from(0)).map_or(0, |last| last + 1);
    integers(&words[..len])
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
