//! Greatest common divisors of one and two words.
//!
//! They stand apart because every longer gcd ends here, and most fractions are never longer.
//!
//! # Method
//! Of words the binary algorithm (J. Stein, "Computational problems associated with Racah algebra", J. Comput. Phys. 1, 1967): the
//! difference of two odd numbers loses its zeros in one shift. Of two words [`Quotients`] first, which are exact there, until one number
//! is a word.

use super::lehmer::Quotients;

/// The greatest common divisor of two words; `gcd(0, b) = b`.
pub(crate) fn gcd_words(a: u64, b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let twos = (a | b).trailing_zeros();
    let (mut a, mut b) = (a >> a.trailing_zeros(), b >> b.trailing_zeros());
    // A word and 1, or a power of two: no step for every bit.
    if a == 1 || b == 1 {
        return 1 << twos;
    }
    while a != b {
        let (difference, below) = a.overflowing_sub(b);
        b = if below { a } else { b };
        // As many zeros in the difference as in its negative.
        let zeros = difference.trailing_zeros();
        a = if below { difference.wrapping_neg() } else { difference } >> zeros;
    }
    a << twos
}

/// The greatest common divisor of two double words; `gcd(0, b) = b`.
pub(crate) fn gcd_double_words(a: u128, b: u128) -> u128 {
    let (mut x, mut y) = if a < b { (b, a) } else { (a, b) };
    while y >> 64 != 0 {
        let zeros = x.leading_zeros();
        (x, y) = match Quotients::of(x << zeros, y << zeros) {
            Some(quotients) => quotients.apply_double(x, y),
            None => (y, x % y),
        };
        if x < y {
            (x, y) = (y, x);
        }
    }
    match (y as u64, (x >> 64) as u64) {
        (0, _) => x,
        (y, 0) => gcd_words(x as u64, y).into(),
        (y, _) => gcd_words((x % u128::from(y)) as u64, y).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn euclid(mut a: u128, mut b: u128) -> u128 {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    }

    #[test]
    fn bounds() {
        let values = [
            0,
            1,
            2,
            3,
            6,
            1 << 33,
            (1 << 33) - 1,
            1 << 63,
            u64::MAX.into(),
            1 << 64,
            (1 << 64) + 1,
            u128::MAX,
        ];
        let more = [
            u128::MAX - 1,
            1 << 127,
            (1 << 127) + (1 << 31),
            3 << 126,
            (1 << 97) - 1,
            12_200_160_415_121_876_738,
        ];
        for a in values.into_iter().chain(more) {
            for b in values.into_iter().chain(more) {
                assert_eq!(gcd_double_words(a, b), euclid(a, b), "{a}, {b}");
                if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
                    assert_eq!(u128::from(gcd_words(a, b)), euclid(a.into(), b.into()), "{a}, {b}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn against_euclid(a: u128, b: u128, c: u64, shift in 0u32..128) {
            prop_assert_eq!(gcd_double_words(a, b), euclid(a, b));
            prop_assert_eq!(gcd_double_words(a >> shift, b), euclid(a >> shift, b));
            let (x, y) = ((a >> 64) * u128::from(c), (b >> 64) * u128::from(c));
            prop_assert_eq!(gcd_double_words(x, y), euclid(x, y));
            let y = x.wrapping_add(b >> shift);
            prop_assert_eq!(gcd_double_words(x, y), euclid(x, y));
            let (x, y) = (a as u64, b as u64 >> (shift / 2));
            prop_assert_eq!(u128::from(gcd_words(x, y)), euclid(x.into(), y.into()));
        }
    }
}
