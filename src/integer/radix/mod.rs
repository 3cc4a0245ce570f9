//! Text to integer and back, `x = sum of digit[k] * radix^k`, below quadratic time for every radix in 2..=36.
//!
//! It stands apart because num-bigint is quadratic here (a million digits: most of a second to read), and because the
//! text of a user may well be that long. The product comes from the caller; with one of quasi-linear cost both directions
//! cost `O(M(n) log n)`.
//!
//! # Method
//! Digits are first taken in groups, as many as fit a word: base `R = radix^e`. A stretch of words is halved, evenly, down to leaves of
//! less than a threshold, and the powers of `R` that belong to the levels are squares of each other.
//!
//! - Reading: `high * R^m + low`; a leaf by Horner's rule, word by word.
//! - Writing (`writer`): `x = q * R^m + r` by a reciprocal that all nodes of a level share.
//!
//! Only the odd part of the radix is multiplied with: for `radix = odd * 2^t`, `R^m = odd^(e*m) * 2^(t*e*m)`, and the power of two is a
//! shift. For radix 10 that makes the multipliers a third shorter. For radices 2, 4, 8, 16, 32 nothing is left to multiply, and
//! digits are copied bit by bit in linear time.
//!
//! # Source
//! D. Knuth, TAOCP 2, section 4.4, answers to exercise 14 (A. Schönhage); R. Brent, P. Zimmermann, "Modern Computer Arithmetic", 2010, section 1.7.2.

mod writer;

use super::division::Product;
use super::limbs::{mul_word, to_biguint};
use crate::{Error, Result, limit, threads};
use num_bigint::BigUint;
use num_traits::Zero;
pub use writer::Writer;

/// Words of a leaf when reading. Of numbers of 200 and 400 limbs, leaves of 32 to 96 take 0.84 to 0.92 of the time of those of 128.
const PARSE_LEAF_WORDS: usize = 64;
/// Words from which the two halves of a node run on two threads: 0.4 ms each and more, where handing one over takes some 10 us.
const PARALLEL_WORDS: usize = 4096;

/// From which sizes on numbers are divided further. Text and numbers are the same whatever these are; only the time differs.
///
/// `cargo bench --bench integers -- leaves` times others beside the default ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cutoffs {
    /// Words of the largest leaf when writing.
    pub write_leaf: usize,
    /// Words of the shortest leaf that is divided into quarters.
    pub quartered: usize,
    /// Words of the largest leaf when reading.
    pub parse_leaf: usize,
}

impl Default for Cutoffs {
    fn default() -> Self {
        Cutoffs {
            write_leaf: writer::LEAF_WORDS,
            quartered: writer::QUARTERED_WORDS,
            parse_leaf: PARSE_LEAF_WORDS,
        }
    }
}

/// Reads a natural number: digits `0..9`, `a..z`, `A..Z`, nothing else.
///
/// # Errors
/// Kind parse with the byte offset of the first character that is no digit of the radix, or of the end of an empty
/// text; kind limit when the number is over the [limit].
///
/// # Panics
/// When the radix is not in 2..=36.
///
/// # Complexity
/// `O(M(n) log n)` for `n` digits and a product of cost `M`.
///
/// # Examples
/// ```
/// use monic::integer::{division::plain_product, radix};
/// assert_eq!(radix::parse("ff", 16, plain_product)?, 255u8.into());
/// assert_eq!(radix::parse("12x4", 10, plain_product).unwrap_err().position(), Some(2));
/// # Ok::<(), monic::Error>(())
/// ```
#[track_caller]
pub fn parse(text: &str, radix: u32, product: Product) -> Result<BigUint> {
    parse_with(text, radix, &Cutoffs::default(), product)
}

/// The same with other cutoffs.
///
/// # Errors
/// As for [`parse`].
///
/// # Panics
/// When the radix is not in 2..=36.
#[track_caller]
pub fn parse_with(text: &str, radix: u32, cutoffs: &Cutoffs, product: Product) -> Result<BigUint> {
    check_radix(radix);
    if text.is_empty() {
        return Err(Error::parse(0, "a number is missing"));
    }
    if let Some((position, c)) = text.char_indices().find(|(_, c)| !c.is_digit(radix)) {
        return Err(Error::parse(position, format!("{c:?} is no digit of radix {radix}")));
    }
    let digits = text.trim_start_matches('0').as_bytes();
    // ceil(log2) of the radix bounds the bits of a digit.
    limit::check(1, digits.len() as u64 * u64::from(u32::BITS - (radix - 1).leading_zeros()))?;
    let base = Base::new(radix);
    if base.odd == 1 {
        return Ok(pack_bits(digits, base.twos));
    }
    let words: Vec<u64> = digits.rchunks(base.digits).map(|group| base.read_word(group)).collect();
    let plan = Halving::new(words.len(), cutoffs.parse_leaf);
    let powers = plan.powers(&base, product);
    Ok(combine(&words, &base, &plan, &powers, product))
}

/// Writes a natural number, with lower-case letters, without leading zeros; 0 is "0".
///
/// # Panics
/// When the radix is not in 2..=36.
///
/// # Complexity
/// `O(M(n) log n)` for `n` digits and a product of cost `M`.
///
/// # Examples
/// ```
/// use monic::integer::{division::plain_product, radix};
/// assert_eq!(radix::format(&255u8.into(), 16, plain_product), "ff");
/// ```
#[track_caller]
pub fn format(x: &BigUint, radix: u32, product: Product) -> String {
    check_radix(radix);
    if x.is_zero() {
        return "0".to_owned();
    }
    Writer::new(radix, x.bits(), product).format(x)
}

#[track_caller]
fn check_radix(radix: u32) {
    assert!((2..=36).contains(&radix), "radix {radix} is not in 2..=36");
}

/// A radix and the largest power of it that fits a word.
struct Base {
    radix: u32,
    /// `radix = odd * 2^twos`.
    odd: u64,
    twos: u64,
    /// The `e` of the module header.
    digits: usize,
    /// `radix^digits`.
    word: u64,
}

impl Base {
    fn new(radix: u32) -> Self {
        let (mut digits, mut word) = (1, u64::from(radix));
        while let Some(next) = word.checked_mul(u64::from(radix)) {
            word = next;
            digits += 1;
        }
        let twos = radix.trailing_zeros();
        Base { radix, odd: u64::from(radix >> twos), twos: u64::from(twos), digits, word }
    }

    fn read_word(&self, digits: &[u8]) -> u64 {
        // The constant radix lets the compiler drop the multiplication's latency.
        match self.radix {
            10 => digits.iter().fold(0, |x, &c| x * 10 + u64::from(c & 15)),
            radix => digits.iter().fold(0, |x, &c| x * u64::from(radix) + u64::from(digit_value(c))),
        }
    }

    /// Writes exactly `out.len()` digits.
    fn write_word(&self, mut x: u64, out: &mut [u8]) {
        // A division by a constant is a multiplication.
        match self.radix {
            10 => {
                // Eight digits at a time, from two numbers that do not wait for each other.
                let mut parts = out.rchunks_exact_mut(8);
                for part in &mut parts {
                    let low = (x % 100_000_000) as u32;
                    x /= 100_000_000;
                    let four = |n: u32| [n / 1000, n / 100 % 10, n / 10 % 10, n % 10].map(|d| b'0' + d as u8);
                    part[..4].copy_from_slice(&four(low / 10_000));
                    part[4..8].copy_from_slice(&four(low % 10_000));
                }
                for c in parts.into_remainder().iter_mut().rev() {
                    *c = b'0' + (x % 10) as u8;
                    x /= 10;
                }
            }
            radix => {
                for c in out.iter_mut().rev() {
                    *c = digit_character((x % u64::from(radix)) as u8);
                    x /= u64::from(radix);
                }
            }
        }
        debug_assert_eq!(x, 0, "a word of more digits than there is room for");
    }
}

fn digit_value(c: u8) -> u8 {
    match c {
        b'0'..=b'9' => c - b'0',
        b'a'..=b'z' => c - b'a' + 10,
        _ => c - b'A' + 10,
    }
}

fn digit_character(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + value - 10 }
}

/// How a stretch of words is halved: `leaf * 2^levels` words or a little less.
struct Halving {
    leaf: usize,
    levels: u32,
}

impl Halving {
    fn new(words: usize, largest_leaf: usize) -> Self {
        let mut levels = 0;
        while words.div_ceil(1 << levels) > largest_leaf.max(1) {
            levels += 1;
        }
        Halving { leaf: words.div_ceil(1 << levels), levels }
    }

    /// Words below the upper half of a node on `level` (a leaf is on level 0).
    fn lower(&self, level: u32) -> usize {
        self.leaf << (level - 1)
    }

    /// The odd parts of `R^lower(level)` for level 1, 2, ..
    fn powers(&self, base: &Base, product: Product) -> Vec<BigUint> {
        let mut powers: Vec<BigUint> = Vec::new();
        for level in 1..=self.levels {
            let next = match powers.last() {
                Some(last) => product(last, last),
                None => BigUint::from(base.odd).pow((base.digits * self.lower(level)) as u32),
            };
            powers.push(next);
        }
        powers
    }

    /// The power of two that belongs to `R^lower(level)`.
    fn shift(&self, level: u32, base: &Base) -> u64 {
        base.twos * (base.digits * self.lower(level)) as u64
    }
}

/// The value of words in base `R`, least significant first.
fn combine(words: &[u64], base: &Base, plan: &Halving, powers: &[BigUint], product: Product) -> BigUint {
    let level = powers.len() as u32;
    let Some((power, below)) = powers.split_last() else {
        let mut limbs = Vec::with_capacity(words.len());
        for &word in words.iter().rev() {
            let carry = mul_word(&mut limbs, base.word, word);
            if carry != 0 {
                limbs.push(carry);
            }
        }
        return to_biguint(&limbs);
    };
    let lower = plan.lower(level);
    if words.len() <= lower {
        return combine(words, base, plan, below, product);
    }
    let (low, high) = words.split_at(lower);
    let (low, high) = both(
        words.len(),
        || combine(low, base, plan, below, product),
        || combine(high, base, plan, below, product),
    );
    (product(&high, power) << plan.shift(level, base)) + low
}

/// Both halves of a node, on two threads where it pays.
fn both<A: Send, B: Send>(
    words: usize,
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    if words >= PARALLEL_WORDS { threads::join(first, second) } else { (first(), second()) }
}

/// Digits of `bits` bits each, most significant first, as a number.
fn pack_bits(digits: &[u8], bits: u64) -> BigUint {
    let mut limbs = vec![0u64; (digits.len() as u64 * bits).div_ceil(64) as usize];
    for (k, &c) in digits.iter().rev().enumerate() {
        let at = k as u64 * bits;
        let wide = u128::from(digit_value(c)) << (at % 64);
        let place = (at / 64) as usize;
        limbs[place] |= wide as u64;
        if let Some(above) = limbs.get_mut(place + 1) {
            *above |= (wide >> 64) as u64;
        }
    }
    to_biguint(&limbs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use crate::integer::division::plain_product;
    use proptest::prelude::*;

    /// `count` digits from a fixed seed, the first one not 0.
    fn digits(count: usize, radix: u32) -> String {
        let mut state = 0x2545_F491_4F6C_DD1Du64 ^ count as u64;
        (0..count)
            .map(|k| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let digit = (state >> 40) as u8 % radix as u8;
                char::from(digit_character(if k == 0 { digit.max(1) } else { digit }))
            })
            .collect()
    }

    fn agrees(text: &str, radix: u32) {
        let expected = BigUint::parse_bytes(text.as_bytes(), radix).expect("digits");
        let x = parse(text, radix, plain_product).expect("digits");
        assert_eq!(x, expected, "{} digits in radix {radix}", text.len());
        assert_eq!(format(&x, radix, plain_product), text, "{} digits in radix {radix}", text.len());
    }

    #[test]
    fn every_radix_around_a_word() {
        for radix in 2..=36 {
            let e = Base::new(radix).digits;
            for count in [1, 2, e - 1, e, e + 1, 2 * e, 2 * e + 1, 5 * e + 3, 400] {
                agrees(&digits(count, radix), radix);
            }
            // radix^k - 1 and radix^k, all nines and a one with zeros.
            let nines = String::from(char::from(digit_character(radix as u8 - 1))).repeat(3 * e);
            agrees(&nines, radix);
            agrees(&format!("1{}", "0".repeat(3 * e)), radix);
        }
    }

    #[test]
    fn either_side_of_each_threshold() {
        for radix in [3, 10, 16, 36] {
            let e = Base::new(radix).digits;
            for leaf in [writer::LEAF_WORDS, PARSE_LEAF_WORDS] {
                for words in [leaf, 2 * leaf] {
                    for count in [words * e - 1, words * e, words * e + 1] {
                        agrees(&digits(count, radix), radix);
                    }
                }
            }
        }
        // Newton reciprocals, and halves on two threads.
        agrees(&digits(25_000, 10), 10);
        agrees(&"9".repeat(13_000), 10);
        agrees(&format!("1{}", "0".repeat(12_999)), 10);
    }

    /// One writer for numbers of every size below that which it was made for.
    #[test]
    fn a_writer_writes_what_is_shorter_too() {
        for radix in [3, 10, 16, 36] {
            for most in [1u64, 64, 1000, 20_000, 60_000] {
                let writer = Writer::new(radix, most, plain_product);
                let mut text = String::new();
                for bits in [0, 1, 63, 64, 65, 200, 999, 1000, 3200, 6400, 19_999, 20_000, 41_000, 60_000] {
                    if bits <= most {
                        let x = (BigUint::from(1u8) << bits) - 1u8;
                        text.clear();
                        writer.push(&x, &mut text);
                        assert_eq!(text, x.to_str_radix(radix), "{bits} of {most} bits in radix {radix}");
                        assert_eq!(writer.format(&x), text);
                    }
                }
            }
        }
    }

    #[test]
    #[should_panic(expected = "a number of 65 bits, prepared for 64")]
    fn a_writer_refuses_what_is_longer() {
        let _ = Writer::new(10, 64, plain_product).format(&(BigUint::from(1u8) << 64));
    }

    #[test]
    fn cutoffs_change_nothing_but_the_time() {
        let text = digits(3000, 10);
        let x = parse(&text, 10, plain_product).expect("digits");
        for (write_leaf, quartered, parse_leaf) in
            [(0, 0, 0), (1, 1, 1), (3, 2, 5), (16, 99, 16), (1000, 4, 1000)]
        {
            let cutoffs = Cutoffs { write_leaf, quartered, parse_leaf };
            assert_eq!(
                Writer::with_cutoffs(10, x.bits(), &cutoffs, plain_product).format(&x),
                text,
                "{cutoffs:?}"
            );
            assert_eq!(parse_with(&text, 10, &cutoffs, plain_product).as_ref(), Ok(&x), "{cutoffs:?}");
        }
    }

    #[test]
    fn bad_text_is_located() {
        let error = |text: &str, radix| {
            let error = parse(text, radix, plain_product).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Parse);
            error.position()
        };
        assert_eq!(error("", 10), Some(0));
        assert_eq!(error("-1", 10), Some(0));
        assert_eq!(error("12a", 10), Some(2));
        assert_eq!(error("102", 2), Some(2));
        assert_eq!(error("1é", 36), Some(1));
        assert_eq!(error(&format!("{}z", "1".repeat(5000)), 35), Some(5000));
        assert_eq!(parse("000", 10, plain_product).expect("zero"), BigUint::ZERO);
        assert_eq!(parse("00Zz", 36, plain_product).expect("both cases"), BigUint::from(1295u32));
        assert_eq!(format(&BigUint::ZERO, 7, plain_product), "0");
    }

    #[test]
    #[should_panic(expected = "radix 37")]
    fn radix_out_of_range() {
        let _ = format(&BigUint::from(1u8), 37, plain_product);
    }

    proptest! {
        #[test]
        fn round_trip(limbs in proptest::collection::vec(any::<u64>(), 1..60), radix in 2u32..=36) {
            let x = to_biguint(&limbs);
            let text = format(&x, radix, plain_product);
            prop_assert_eq!(&text, &x.to_str_radix(radix));
            prop_assert_eq!(parse(&text, radix, plain_product).expect("digits"), x);
        }
    }
}
