//! Sequences of fractions as rows of numerators over one common denominator, and back to lowest terms.
//!
//! It stands apart from [`numbers`], which takes one fraction at a time: over a denominator of one word a whole
//! sequence is scaled, multiplied and reduced without a `BigInt` but those of the result.
//!
//! # Method
//! The factor that a numerator shares with the denominator is found prime by prime: the denominators of practice are products of
//! small primes, and divisibility by a prime is one multiplication by its inverse modulo 2^64. What is left of
//! the denominator takes a gcd of words.
//!
//! # Source
//! Divisibility by the inverse: T. Granlund, P. Montgomery, "Division by invariant integers using multiplication",
//! PLDI 1994, section 9.

use super::{engine, numbers, short};
use crate::convolution::{Rows, Want, arrays};
use crate::integer::bigints::{self, Extent};
use crate::integer::limbs::{div_exact_odd, inverse_mod_word, is_negative, negate, shift_right, trimmed};
use crate::integer::{IntegerSlice, WordModulus};
use crate::{Result, limit};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Primes that are looked for in a denominator.
const PRIMES: [u64; 24] =
    [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97];

/// Operands of words up to this length are multiplied on the stack.
const SHORT: usize = 16;

/// The product of two sequences of fractions, where the denominators of each have a common multiple of one word and the numerators
/// over it do not differ too much in size; `None` for everything else.
pub(super) fn product(a: &[BigRational], b: &[BigRational], want: &Want) -> Result<Option<Vec<BigRational>>> {
    let square = std::ptr::eq(a, b);
    let Some(m) = common_word(a) else { return Ok(None) };
    let n = if square { m } else { common_word(b).unwrap_or(0) };
    if n == 0 || a.is_empty() || b.is_empty() {
        return Ok(None);
    }
    // Integers are not reduced.
    let denominator = ((m, n) != (1, 1)).then(|| Denominator::new(m, n));
    let denominator = denominator.as_ref();
    if want.algorithm().is_none() && a.len().max(b.len()) <= SHORT {
        let product = match a.len().max(b.len()) {
            0..=4 => short_product::<4, 8>((a, m), (b, n), want, denominator)?,
            _ => short_product::<SHORT, { 2 * SHORT }>((a, m), (b, n), want, denominator)?,
        };
        if product.is_some() {
            return Ok(product);
        }
    }
    let Some((x, sizes)) = numerators(a, m)? else { return Ok(None) };
    let other = if square { None } else { numerators(b, n)? };
    let (y, others) = match &other {
        Some((y, others)) => (y, others),
        None if square => (&x, &sizes),
        None => return Ok(None),
    };
    let outputs = want.window(a.len(), b.len()).len();
    if engine::sparse(&sizes, others, outputs) {
        return Ok(None);
    }
    let facts = engine::facts(&sizes, others);
    let product = crate::convolution::integers_rows(x.as_slice(), y.as_slice(), facts, want)?;
    Ok(Some(reduced(product.as_slice(), denominator)))
}

/// The least common multiple of the denominators, if it is a word.
fn common_word(values: &[BigRational]) -> Option<u64> {
    let mut lcm = 1u64;
    for value in values {
        let mut digits = value.denom().iter_u64_digits();
        let (low, long) = (digits.next().unwrap_or(1), digits.next().is_some());
        if long {
            return None;
        }
        if low != 1 && !lcm.is_multiple_of(low) {
            lcm = (lcm / lcm.gcd(&low)).checked_mul(low)?;
        }
    }
    Some(lcm)
}

/// The denominator of a fraction that has one of a word.
fn word(value: &BigRational) -> u64 {
    value.denom().iter_u64_digits().next().unwrap_or(1)
}

/// The numerators over a common multiple of the denominators, and how large they are; `None` when the matrix would be much
/// larger than what stands in it.
fn numerators(values: &[BigRational], common: u64) -> Result<Option<(Rows, Extent)>> {
    let mut extent = Extent::of(values.iter().map(|value| bigints::parts(value.numer())));
    if !engine::fits(&extent) {
        return Ok(None);
    }
    if common == 1 {
        let rows = engine::rows(values.iter().map(|value| bigints::parts(value.numer())), &extent)?;
        return Ok(Some((rows, extent)));
    }
    let width = ((extent.bits + u64::from(64 - common.leading_zeros())) / 64 + 1) as usize;
    let mut rows = Rows::take(values.len(), width)?;
    (extent.bits, extent.limbs) = (0, 0);
    for (row, value) in rows.limbs_mut().chunks_exact_mut(width).zip(values) {
        let factor = common / word(value);
        let (mut carry, mut used) = (0, 0);
        for (limb, digit) in row.iter_mut().zip(value.numer().iter_u64_digits()) {
            let t = u128::from(digit) * u128::from(factor) + u128::from(carry);
            *limb = t as u64;
            carry = (t >> 64) as u64;
            used += 1;
        }
        if carry > 0 {
            row[used] = carry;
            used += 1;
        }
        row[used..].fill(0);
        if used > 0 {
            extent.bits = extent.bits.max(64 * used as u64 - u64::from(row[used - 1].leading_zeros()));
            extent.limbs += used;
        }
        if value.numer().sign() == Sign::Minus {
            negate(row);
        }
    }
    Ok(Some((rows, extent)))
}

/// A product of words on the stack; `None` when a numerator over the common denominator is longer.
fn short_product<const N: usize, const M: usize>(
    (a, m): (&[BigRational], u64),
    (b, n): (&[BigRational], u64),
    want: &Want,
    denominator: Option<&Denominator>,
) -> Result<Option<Vec<BigRational>>> {
    let Some((x, x_bits)) = scaled::<N>(a, m) else { return Ok(None) };
    let Some((y, y_bits)) = scaled::<N>(b, n) else { return Ok(None) };
    let bits = x_bits + y_bits + crate::convolution::plan::ceil_log2(a.len().min(b.len()) as u64);
    if bits >= 128 {
        return Ok(None);
    }
    crate::convolution::backend()?;
    let window = want.window(a.len(), b.len());
    limit::check(window.len() as u64, bits + 1)?;
    let fraction = |sum: i128| match denominator {
        None => BigRational::from_integer(bigints::fresh::<2, _>(&[sum as u64, (sum >> 64) as u64])),
        Some(denominator) => {
            let (magnitude, sign) = (sum.unsigned_abs(), if sum < 0 { Sign::Minus } else { Sign::Plus });
            denominator.fraction(sign, &mut [magnitude as u64, (magnitude >> 64) as u64])
        }
    };
    Ok(Some(if bits < 64 {
        let sums: [i64; M] = arrays::words(&x, &y, (a.len(), b.len()));
        sums[window].iter().map(|&sum| fraction(sum.into())).collect()
    } else {
        let sums: [i128; M] = arrays::words(&x, &y, (a.len(), b.len()));
        sums[window].iter().map(|&sum| fraction(sum)).collect()
    }))
}

/// The numerators over a common denominator as words.
fn scaled<const N: usize>(values: &[BigRational], common: u64) -> Option<([i64; N], u64)> {
    let (mut words, bits) = short::read_words::<N>(values.iter().map(BigRational::numer))?;
    if common == 1 {
        return Some((words, bits));
    }
    let mut all = 0;
    for (word, value) in words.iter_mut().zip(values) {
        let factor = i64::try_from(common / self::word(value)).ok()?;
        *word = word.checked_mul(factor)?;
        all |= word.unsigned_abs();
    }
    (all >> 63 == 0).then_some((words, u64::from(64 - all.leading_zeros())))
}

/// Every row over the denominator, in lowest terms.
fn reduced(rows: IntegerSlice<'_>, denominator: Option<&Denominator>) -> Vec<BigRational> {
    let Some(denominator) = denominator else {
        return rows.to_bigints().into_iter().map(BigRational::from_integer).collect();
    };
    let mut magnitude = vec![0; rows.width()];
    let fraction = |row: &[u64]| {
        magnitude.copy_from_slice(row);
        let negative = is_negative(row);
        if negative {
            negate(&mut magnitude);
        }
        denominator.fraction(if negative { Sign::Minus } else { Sign::Plus }, &mut magnitude)
    };
    rows.rows().map(fraction).collect()
}

/// A denominator of one word or of two, as one factor or two.
struct Denominator {
    first: Divisor,
    second: Divisor,
}

impl Denominator {
    fn new(m: u64, n: u64) -> Self {
        match m.checked_mul(n) {
            Some(product) => Denominator { first: Divisor::new(product), second: Divisor::new(1) },
            None => Denominator { first: Divisor::new(m), second: Divisor::new(n) },
        }
    }

    /// The fraction of a natural number, which is spoilt, with a sign.
    fn fraction(&self, sign: Sign, magnitude: &mut [u64]) -> BigRational {
        if trimmed(magnitude).is_empty() {
            return BigRational::zero();
        }
        // What is left after the first factor shares nothing with the rest of that factor, nor does its quotient by the second.
        let first = self.first.cancel(magnitude);
        let second = self.second.cancel(magnitude);
        let numerator = bigints::from_magnitude(sign, trimmed(magnitude));
        let denominator = match (first, second) {
            (1, 1) => BigInt::one(),
            (first, 1) => first.into(),
            (first, second) => (u128::from(first) * u128::from(second)).into(),
        };
        BigRational::new_raw(numerator, denominator)
    }
}

/// A word, with what finds the factors that it shares with many numbers.
struct Divisor {
    value: u64,
    modulus: WordModulus,
    twos: u32,
    /// An odd prime, its inverse modulo 2^64, the largest quotient by it, and how often it divides the word.
    primes: Vec<(u64, u64, u64, u32)>,
    /// The part of the word without these.
    rest: u64,
}

impl Divisor {
    fn new(value: u64) -> Self {
        let modulus = WordModulus::new(value).expect("a denominator is not 0");
        let twos = value.trailing_zeros();
        let (mut rest, mut primes) = (value >> twos, Vec::new());
        for p in PRIMES {
            let mut times = 0;
            while rest.is_multiple_of(p) {
                rest /= p;
                times += 1;
            }
            if times > 0 {
                primes.push((p, inverse_mod_word(p), u64::MAX / p, times));
            }
            if rest == 1 {
                break;
            }
        }
        Divisor { value, modulus, twos, primes, rest }
    }

    /// Divides a natural number that is not 0 by what it shares with the word; returns the rest of the word.
    fn cancel(&self, x: &mut [u64]) -> u64 {
        if self.value == 1 {
            return 1;
        }
        let common = self.gcd(self.modulus.reduce_limbs(trimmed(x)));
        if common > 1 {
            let twos = common.trailing_zeros();
            shift_right(x, twos);
            let odd = common >> twos;
            if odd > 1 {
                let exact = div_exact_odd(x, &[odd], inverse_mod_word(odd));
                debug_assert!(exact, "a common factor divides");
            }
        }
        self.value / common
    }

    /// The gcd with a number of this residue.
    fn gcd(&self, residue: u64) -> u64 {
        if residue == 0 {
            return self.value;
        }
        let mut common = 1 << self.twos.min(residue.trailing_zeros());
        for &(p, inverse, most, times) in &self.primes {
            let mut quotient = residue;
            for _ in 0..times {
                // Only multiples have a product with the inverse that small: their quotient.
                quotient = quotient.wrapping_mul(inverse);
                if quotient > most {
                    break;
                }
                common *= p;
            }
        }
        if self.rest > 1 { common * (residue % self.rest).gcd(&self.rest) } else { common }
    }
}

/// Every integer over a positive denominator.
pub(super) fn divided(f: Vec<BigInt>, denominator: &BigInt) -> Vec<BigRational> {
    f.into_iter().map(|c| numbers::fraction(c, denominator)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divisors_against_the_gcd() {
        let mut state = 88_172_645_463_325_252u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        let words =
            [1, 2, 3, 4, 96, 720_720, 720_720 * 720_720, 101 * 103 * 97, 1 << 63, u64::MAX, (1 << 61) - 1];
        for value in words {
            let divisor = Divisor::new(value);
            for k in 0..300 {
                let residue = match k {
                    0 => 0,
                    _ if k % 3 == 0 => next() % value,
                    _ => (next() % 5000 + 1).wrapping_mul(720_720 >> (k % 4)) % value,
                };
                assert_eq!(divisor.gcd(residue), residue.gcd(&value), "{residue} and {value}");
            }
        }
    }

    #[test]
    fn every_size_of_numerators_and_denominators() {
        let value = |k: u64, bits: u32, below: u64| {
            let n: BigInt = BigInt::from(k.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 3)
                * ((BigInt::from(1) << bits) - 1)
                - k;
            BigRational::new(if k.is_multiple_of(3) { -n } else { n }, (k * k % below + 1).into())
        };
        let tables = [(0, 1), (0, 16), (3, 40), (60, 16), (60, 1 << 20), (100, 16), (300, 97), (0, u64::MAX)];
        for (bits, below) in tables {
            for (m, n) in [(1, 1), (3, 4), (9, 16), (17, 2), (30, 20)] {
                let a: Vec<_> = (0..m).map(|k| value(k, bits, below)).collect();
                let b: Vec<_> = (0..n).map(|k| value(k + 7, bits, below)).collect();
                for (a, b) in [(&a, &b), (&a, &a)] {
                    let mut expected = vec![BigRational::zero(); a.len() + b.len() - 1];
                    for (i, x) in a.iter().enumerate() {
                        for (j, y) in b.iter().enumerate() {
                            expected[i + j] += x * y;
                        }
                    }
                    for want in [Want::full(), Want::low(5), Want::range(2..30)] {
                        let window = want.window(a.len(), b.len());
                        if let Some(product) = product(a, b, &want).expect("small") {
                            assert_eq!(
                                product, expected[window],
                                "{bits} bits, denominators to {below}, {want:?}"
                            );
                        }
                    }
                }
            }
        }
    }
}
