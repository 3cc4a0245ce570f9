//! Quotients from leading words: what two long numbers do in Euclid's algorithm for some 60 bits, as one matrix.
//!
//! It stands apart because greatest common divisors, their cofactors and fractions from residues are all made of these two loops: words that
//! find a matrix, and one pass that applies it.
//!
//! # Method
//! D. H. Lehmer ("Euclid's algorithm for large numbers", American Mathematical Monthly 45, 1938) on the leading 128 bits, in two halves as
//! N. Möller halves long numbers ("On Schönhage's algorithm and subquadratic integer GCD computation", Math. Comp. 77, 2008): the first 64
//! bits give a matrix of half words, which goes over all 128, and what leads then gives another one. Two cofactors share a word: a
//! quotient is one division of words and two products.
//!
//! # Why no sign is lost
//! A remainder of words stays at `2^33` or above. For the pair `r = |a*X - b*Y|` and `s = |d*Y - c*X|` of words, `X = d*r + b*s` and
//! `Y = c*r + a*s`, so all of `a, b, c, d` are below `2^64 / 2^33 = 2^31`, and what lies behind the words changes `r` and `s` by less than
//! `2^31`. So after the first half both numbers are at least `1.5 * 2^96` where the larger one has been below `2^128`, and after the second,
//! shifted by 31 bits at most, at least `1.5 * 2^65`. The entries of the product are below `2 * 2^31 * 2^31 = 2^63`, so what lies behind the
//! 128 bits changes no sign: with `n` bits before, both remainders are above `2^(n - 63)`.
//!
//! A sequence of positive remainders with positive quotients is Euclid's, except that the last quotient may be smaller than his: where the
//! second number is not the smaller one.

/// Remainders of words end here.
const LEAST: u64 = 1 << 33;

/// Bits that quotients take from two numbers at most.
pub(crate) const STEP_BITS: u64 = 63;

/// The product of quotient matrices from one pair of a remainder sequence to a later one: `|a*x - b*y|` and `|c*x - d*y|`, of which
/// the first is positive as it stands after an even number of quotients, and the second after an odd one. All entries are below `2^63`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quotients {
    pub(crate) first: (u64, u64),
    pub(crate) second: (u64, u64),
    pub(crate) even: bool,
}

/// The quotients of `r >= s` while remainders are at least `least`, which is at least [`LEAST`]; `None` where there is none.
#[inline(always)]
fn half(mut r: u64, mut s: u64, least: u64) -> Option<Quotients> {
    // Two cofactors in a word: no half leaves its place, being at most X/s.
    let (mut first, mut second, mut even) = (1u64, 1u64 << 32, true);
    while s >= least {
        let q = r / s;
        let rest = r - q * s;
        if rest < least {
            break;
        }
        (first, second) = (second, first + q * second);
        (r, s) = (s, rest);
        even = !even;
    }
    let halves = |pair: u64| (pair & 0xFFFF_FFFF, pair >> 32);
    (first != 1).then(|| Quotients { first: halves(first), second: halves(second), even })
}

impl Quotients {
    /// The quotients that the leading 128 bits of two numbers settle, `x >= y`, of which `x` has the top bit; `None` where they do not
    /// settle one.
    #[inline]
    pub(crate) fn of(x: u128, y: u128) -> Option<Self> {
        let mut sooner = half((x >> 64) as u64, (y >> 64) as u64, LEAST)?;
        let (mut x, mut y) = sooner.apply_double(x, y);
        if x < y {
            (x, y) = (y, x);
            (sooner.first, sooner.second, sooner.even) = (sooner.second, sooner.first, !sooner.even);
        }
        let zeros = x.leading_zeros();
        let Some(later) = half((x << zeros >> 64) as u64, (y << zeros >> 64) as u64, LEAST) else {
            return Some(sooner);
        };
        let row = |(p, q): (u64, u64)| {
            (p * sooner.first.0 + q * sooner.second.0, p * sooner.first.1 + q * sooner.second.1)
        };
        Some(Quotients {
            first: row(later.first),
            second: row(later.second),
            even: sooner.even == later.even,
        })
    }

    /// The quotients of two numbers with as many places each, `x >= y`, of which `x` uses all; `None` where the leading words do not settle one.
    #[inline]
    pub(crate) fn of_limbs(x: &[u64], y: &[u64]) -> Option<Self> {
        let zeros = x.last()?.leading_zeros();
        Self::of(leading(x, zeros), leading(y, zeros))
    }

    /// Some of the quotients of such numbers, after which both are above `bound * 2^(n - 64)`, where `x` has `n` bits.
    pub(crate) fn above(x: &[u64], y: &[u64], bound: u64) -> Option<Self> {
        let zeros = x.last()?.leading_zeros();
        let word = |limbs| (leading(limbs, zeros) >> 64) as u64;
        half(word(x), word(y), bound.checked_add(LEAST)?)
    }

    /// The later pair of two numbers of two words.
    #[inline(always)]
    pub(crate) fn apply_double(&self, x: u128, y: u128) -> (u128, u128) {
        // What is above 128 bits cancels.
        let difference =
            |(p, q): (u64, u64)| u128::from(p).wrapping_mul(x).wrapping_sub(u128::from(q).wrapping_mul(y));
        let (r, s) = (difference(self.first), difference(self.second));
        if self.even { (r, s.wrapping_neg()) } else { (r.wrapping_neg(), s) }
    }

    /// Replaces `x` and `y`, as many limbs each, by the later pair, the first of which stands in `y` after an odd number of quotients.
    #[inline]
    pub(crate) fn apply(&self, x: &mut [u64], y: &mut [u64]) {
        let ((a, b), (c, d)) = (self.first, self.second);
        if self.even {
            combine(x, y, (a, b), (d, c));
        } else {
            combine(y, x, (b, a), (c, d));
        }
    }

    /// Takes the cofactors `f` of the first number and `g` of the second, without signs, to those of the later pair; whether the last
    /// place of one is used.
    #[inline]
    pub(crate) fn extend(&self, f: &mut [u64], g: &mut [u64]) -> bool {
        let ((a, b), (c, d)) = (self.first, self.second);
        let wide = |factor: u64, limb: u64| u128::from(factor) * u128::from(limb);
        // Factors below 2^63: two products and a carry are below 2^128.
        let (mut first, mut second) = (0u128, 0u128);
        for (f, g) in f.iter_mut().zip(g) {
            first = (first >> 64) + wide(a, *f) + wide(b, *g);
            second = (second >> 64) + wide(c, *f) + wide(d, *g);
            (*f, *g) = (first as u64, second as u64);
        }
        debug_assert!(first >> 64 == 0 && second >> 64 == 0, "no room for a cofactor");
        (first | second) as u64 != 0
    }
}

/// `(x, y) = (p*x - q*y, r*y - s*x)`, both of which are positive and not longer.
#[inline]
fn combine(x: &mut [u64], y: &mut [u64], (p, q): (u64, u64), (r, s): (u64, u64)) {
    let wide = |factor: u64, limb: u64| (u128::from(factor) * u128::from(limb)) as i128;
    // Factors below 2^63: products, their differences and what is carried are below 2^127.
    let (mut first, mut second) = (0i128, 0i128);
    for (x, y) in x.iter_mut().zip(y) {
        first = (first >> 64) + (wide(p, *x) - wide(q, *y));
        second = (second >> 64) + (wide(r, *y) - wide(s, *x));
        (*x, *y) = (first as u64, second as u64);
    }
    debug_assert!(first >> 64 == 0 && second >> 64 == 0, "a remainder that is not positive, or longer");
}

/// 128 bits of `x` from the leading one of a number with as many limbs and `zeros` leading zero bits on; zeros after the last.
#[inline]
fn leading(x: &[u64], zeros: u32) -> u128 {
    let (high, middle, low) = match *x {
        [.., low, middle, high] => (high, middle, low),
        [middle, high] => (high, middle, 0),
        [high] => (high, 0, 0),
        [] => (0, 0, 0),
    };
    (u128::from(high) << 64 | u128::from(middle)) << zeros | u128::from(low) >> (64 - zeros)
}

/// Cuts two numbers with as many places to the places that one of them uses, but for `few`, and takes the larger one first; whether they were exchanged.
#[inline]
pub(crate) fn order<'a>(x: &mut &'a mut [u64], y: &mut &'a mut [u64], few: usize) -> bool {
    let mut len = x.len();
    while len > few && x[len - 1] | y[len - 1] == 0 {
        len -= 1;
    }
    let cut = |limbs: &mut &'a mut [u64]| *limbs = &mut std::mem::take(limbs)[..len];
    cut(x);
    cut(y);
    // From the leading limb down: most pairs differ there.
    let exchanged = x.iter().rev().lt(y.iter().rev());
    if exchanged {
        std::mem::swap(x, y);
    }
    exchanged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integer::limbs::to_biguint;
    use num_bigint::{BigInt, BigUint};
    use num_integer::Integer;
    use proptest::{collection::vec, prelude::*};

    /// What a matrix says of a pair: the determinant is 1 or -1, the remainders are positive, above the bound, and the quotients are Euclid's.
    fn check(x: &mut [u64], y: &mut [u64], quotients: &Quotients) {
        let number = |limbs: &[u64]| BigInt::from(to_biguint(limbs));
        let before = (number(x), number(y));
        let ((a, b), (c, d)) = (quotients.first, quotients.second);
        assert!([a, b, c, d].iter().all(|entry| entry >> 63 == 0), "{quotients:?}");
        let sign = if quotients.even { 1 } else { -1 };
        let determinant = i128::from(a) * i128::from(d) - i128::from(b) * i128::from(c);
        assert_eq!(determinant, sign, "{quotients:?}");
        let first = (&before.0 * a - &before.1 * b) * sign;
        let second = (&before.1 * d - &before.0 * c) * sign;
        quotients.apply(x, y);
        let after = if quotients.even { (number(x), number(y)) } else { (number(y), number(x)) };
        assert_eq!(after, (first.clone(), second.clone()));
        for value in [&first, &second] {
            assert!(value.bits() + STEP_BITS > before.0.bits(), "{value} from {}", before.0);
        }
        // Euclid's sequence has the smaller of the two.
        let smaller = first.min(second);
        let (mut p, mut q) = before;
        while q > smaller {
            (p, q) = (q.clone(), p.mod_floor(&q));
        }
        assert_eq!(q, smaller);
    }

    proptest! {
        #[test]
        fn matrices(mut x in vec(any::<u64>(), 1..6), y in vec(any::<u64>(), 6), top in 1..=u64::MAX, shift in 0u32..100, bound: u64) {
            let last = x.len() - 1;
            x[last] = top;
            // Shorter by some bits, or nearly the same.
            for near in [false, true] {
                let mut y = (to_biguint(&y[..x.len()]) >> shift).to_u64_digits();
                if near {
                    y = (to_biguint(&x) - to_biguint(&y).min(to_biguint(&x))).to_u64_digits();
                }
                y.resize(x.len(), 0);
                if x.iter().rev().lt(y.iter().rev()) {
                    continue;
                }
                if let Some(quotients) = Quotients::of_limbs(&x, &y) {
                    check(&mut x.clone(), &mut y.clone(), &quotients);
                }
                let bound = bound >> shift.min(63);
                if let Some(quotients) = Quotients::above(&x, &y, bound) {
                    let (mut p, mut q) = (x.clone(), y.clone());
                    check(&mut p, &mut q, &quotients);
                    let scaled = BigUint::from(bound) << (to_biguint(&x).bits()) >> 64u32;
                    prop_assert!(to_biguint(&p) > scaled && to_biguint(&q) > scaled);
                }
            }
        }
    }

    #[test]
    fn nothing_is_settled_of_equal_or_far_numbers() {
        assert!(Quotients::of(u128::MAX, u128::MAX).is_none());
        assert!(Quotients::of(u128::MAX, 1 << 96).is_none());
        assert!(Quotients::of(1 << 127, 0).is_none());
        assert!(Quotients::of_limbs(&[], &[]).is_none());
    }

    #[test]
    fn places_and_order() {
        let (mut a, mut b) = ([5, 0, 0], [1, 2, 0]);
        let (mut x, mut y) = (a.as_mut_slice(), b.as_mut_slice());
        assert!(order(&mut x, &mut y, 0));
        assert_eq!((&*x, &*y), ([1, 2].as_slice(), [5, 0].as_slice()));
        assert!(!order(&mut x, &mut y, 2));
    }
}
