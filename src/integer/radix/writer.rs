//! Writing natural numbers in a radix, many with the same preparation: by halves as long as numbers are long, then in leaves.
//!
//! It stands apart from reading because text takes divisions: all of them are by powers of one number, whose reciprocals are
//! prepared once, and every division is exact integer division, so no rounding has to be controlled.
//!
//! # Method
//! A node is divided by a [`Reciprocal`] that all nodes of a level share. A leaf, of at most [`LEAF_WORDS`] words in base `R`, is
//! divided into four quarters by schoolbook; the quarters are then divided by `R` again and again, all four in one loop, because
//! each division by a word waits for the one before it, and four of them fill the time of one.

use super::super::{
    division::{Product, Reciprocal},
    limbs::Divisor,
    word::WordDivisor,
};
use super::{Base, Cutoffs, Halving, both, check_radix, digit_character};
use num_bigint::BigUint;
use num_traits::Zero;
use std::fmt;

/// Words of a leaf. Of numbers of 200 and 400 limbs, leaves of 64 to 192 take the same time within 0.04, those of 32 and 256 more by 0.1 to 0.25.
pub(super) const LEAF_WORDS: usize = 128;
/// Words of the shortest leaf that is worth quartering: in quarters, numbers of 12 limbs take 1.1 of the time that they take otherwise, those of 16
/// as long, those of 20 limbs 0.86.
pub(super) const QUARTERED_WORDS: usize = 16;

/// Writes many natural numbers in one radix: the powers that they are divided by, and their reciprocals, are computed once.
///
/// # Examples
/// ```
/// use monic::integer::{division::plain_product, radix::Writer};
/// let writer = Writer::new(10, 200, plain_product);
/// let mut text = String::from("x = ");
/// writer.push(&1234u32.into(), &mut text);
/// assert_eq!(text, "x = 1234");
/// assert_eq!(writer.format(&0u32.into()), "0");
/// ```
pub struct Writer {
    base: Base,
    plan: Halving,
    /// `R^lower(level)` for level 1, 2, ...; none for a power of two.
    powers: Vec<Reciprocal>,
    leaf: Leaf,
    bits: u64,
}

impl Writer {
    /// For numbers of up to `bits` bits.
    ///
    /// # Panics
    /// When the radix is not in 2..=36.
    ///
    /// # Complexity
    /// About three products of half that size, and for the leaves products and shifts of numbers of a leaf.
    #[track_caller]
    pub fn new(radix: u32, bits: u64, product: Product) -> Self {
        Self::with_cutoffs(radix, bits, &Cutoffs::default(), product)
    }

    /// The same with other cutoffs.
    ///
    /// # Panics
    /// When the radix is not in 2..=36.
    #[track_caller]
    pub fn with_cutoffs(radix: u32, bits: u64, cutoffs: &Cutoffs, product: Product) -> Self {
        check_radix(radix);
        let base = Base::new(radix);
        if base.odd == 1 {
            let plan = Halving { leaf: 1, levels: 0 };
            return Writer { base, plan, powers: Vec::new(), leaf: Leaf::Short, bits };
        }
        let plan = Halving::new(bounded_words(bits, &base), cutoffs.write_leaf);
        let odd = plan.powers(&base, product).into_iter().zip(1..);
        let powers =
            odd.map(|(power, level)| Reciprocal::new(power << plan.shift(level, &base), product)).collect();
        let leaf = Leaf::new(plan.leaf, cutoffs.quartered, &base);
        Writer { base, plan, powers, leaf, bits }
    }

    /// The digits of a number, with lower-case letters, without leading zeros; 0 is "0".
    ///
    /// # Panics
    /// When the number has more bits than this was made for.
    #[track_caller]
    pub fn format(&self, x: &BigUint) -> String {
        let mut text = String::new();
        self.push(x, &mut text);
        text
    }

    /// Appends what [`format`](Self::format) returns.
    ///
    /// # Panics
    /// As for [`format`](Self::format).
    #[track_caller]
    pub fn push(&self, x: &BigUint, text: &mut String) {
        let bits = x.bits();
        assert!(bits <= self.bits, "a number of {bits} bits, prepared for {}", self.bits);
        let digits = match self.base.odd {
            _ if x.is_zero() => vec![b'0'],
            1 => unpack_bits(x, self.base.twos),
            _ => self.words(x),
        };
        let start = digits.iter().position(|&c| c != b'0').unwrap_or(0);
        text.push_str(std::str::from_utf8(&digits[start..]).expect("digits are ASCII"));
    }

    /// All digits, with leading zeros.
    fn words(&self, x: &BigUint) -> Vec<u8> {
        let words = bounded_words(x.bits(), &self.base);
        let levels = (0..self.plan.levels).find(|&level| self.plan.leaf << level >= words);
        let powers = &self.powers[..levels.unwrap_or(self.plan.levels) as usize];
        let mut text = vec![b'0'; self.base.digits * (self.plan.leaf << powers.len())];
        split(x.clone(), &mut text, &self.base, &self.plan, powers, &self.leaf);
        text
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Writer(radix {}, up to {} bits)", self.base.radix, self.bits)
    }
}

/// At least the number of words that a number of `bits` bits has in base `R`.
fn bounded_words(bits: u64, base: &Base) -> usize {
    let log2 = f64::from(base.radix).log2() * base.digits as f64;
    // The relative error of `log2` is below 2^-48; 2^-40 of slack covers it, and the rounding below.
    (bits as f64 / log2 * (1.0 + 2f64.powi(-40))) as usize + 1
}

/// Writes `x` into all of `out`, whose end is the least significant digit.
fn split(x: BigUint, out: &mut [u8], base: &Base, plan: &Halving, powers: &[Reciprocal], leaf: &Leaf) {
    if x.is_zero() {
        return; // the text is full of zeros
    }
    let level = powers.len() as u32;
    let Some((power, below)) = powers.split_last() else {
        return leaf.write(&x, out, base);
    };
    let (quotient, low) = power.div_rem(&x);
    drop(x);
    let lower = plan.lower(level);
    let words = out.len() / base.digits;
    let (out_high, out_low) = out.split_at_mut((words - lower) * base.digits);
    both(
        words,
        || split(low, out_low, base, plan, below, leaf),
        || split(quotient, out_high, base, plan, below, leaf),
    );
}

/// What a leaf is divided by.
enum Leaf {
    /// `R` alone.
    Short,
    /// `R^(2m)` and `R^m`, for leaves of up to `4m` words.
    Quartered { half: Divisor, quarter: Divisor, words: usize },
}

impl Leaf {
    fn new(words: usize, shortest: usize, base: &Base) -> Self {
        if words < shortest.max(4) {
            return Leaf::Short;
        }
        let words = words.div_ceil(4);
        let power = BigUint::from(base.word).pow(words as u32);
        let divisor = |n: BigUint| Divisor::new(&n.to_u64_digits());
        Leaf::Quartered { half: divisor(&power * &power), quarter: divisor(power), words }
    }

    /// Writes all digits of `x` into the end of `out`, which is full of zeros.
    fn write(&self, x: &BigUint, out: &mut [u8], base: &Base) {
        let divisor = WordDivisor::new(base.word);
        let limbs = x.iter_u64_digits();
        match self {
            Leaf::Quartered { half, quarter, words } if limbs.len() > *words => {
                let mut quarters = quartered(limbs, half, quarter);
                for k in 0..*words {
                    // What is left of a quarter is below R^(words - k), hence below 2^64 to that.
                    let live = quarters.len().min(words - k);
                    let digits = divisor.div_rem_each(&mut quarters[..live]);
                    for (place, word) in digits.into_iter().enumerate() {
                        // The topmost quarter may have fewer words than the others; those beyond are zeros.
                        let above = base.digits * (place * words + k);
                        match out.len().checked_sub(above) {
                            Some(end @ 1..) => base.write_word(word, &mut out[end - base.digits..end]),
                            _ => debug_assert_eq!(word, 0, "more digits than there is room for"),
                        }
                    }
                }
            }
            _ => {
                let mut limbs: Vec<u64> = limbs.collect();
                for group in out.rchunks_mut(base.digits) {
                    if limbs.is_empty() {
                        return;
                    }
                    let word = divisor.div_rem_assign(&mut limbs);
                    while limbs.last() == Some(&0) {
                        limbs.pop();
                    }
                    base.write_word(word, group);
                }
                debug_assert!(limbs.is_empty(), "more digits than there is room for");
            }
        }
    }
}

/// The four quarters of a leaf, the least significant first, limb by limb beside each other.
fn quartered(x: impl Iterator<Item = u64>, half: &Divisor, quarter: &Divisor) -> Vec<[u64; 4]> {
    // A limb more in each, for the shift of a division.
    let mut whole: Vec<u64> = x.collect();
    whole.resize(2 * half.len() + 1, 0);
    let mut parts = vec![[0; 4]; quarter.len()];
    let mut upper = vec![0; 2 * quarter.len() + 1];
    half.reduce(&mut whole, |k, digit| upper[k] = digit);
    let mut lower = whole;
    lower.resize(half.len(), 0);
    lower.resize(2 * quarter.len() + 1, 0);
    for (mut part, place) in [(lower, 0), (upper, 2)] {
        quarter.reduce(&mut part, |k, digit| {
            // The quotient is below the divisor.
            if let Some(limb) = parts.get_mut(k) {
                limb[place + 1] = digit;
            }
        });
        for (limb, &digit) in parts.iter_mut().zip(&part) {
            limb[place] = digit;
        }
    }
    parts
}

/// The digits of `bits` bits each, most significant first.
fn unpack_bits(x: &BigUint, bits: u64) -> Vec<u8> {
    let limbs = x.to_u64_digits();
    (0..x.bits().div_ceil(bits))
        .rev()
        .map(|k| {
            let (place, shift) = ((k * bits / 64) as usize, k * bits % 64);
            let above = limbs.get(place + 1).copied().unwrap_or(0);
            let wide = u128::from(above) << 64 | u128::from(limbs[place]);
            digit_character((wide >> shift) as u8 & ((1 << bits) - 1))
        })
        .collect()
}
