//! Sums, products and remainders on coordinates that stand in the bit fields of a word.

use crate::convolution::bits::{self, Unit};
use crate::integer::WordModulus;
use crate::ring::{ExtensionField, PrimeField, generic::series};
use crate::{Error, Result};

/// The most coordinates of odd characteristic that a word holds: three bits each modulo 3.
const MOST: usize = 21;

/// Where the coordinates of an element stand, and what it takes to reduce products.
pub(super) struct Shape {
    modulus: WordModulus,
    p: u64,
    /// How many there are.
    degree: usize,
    /// Bits of one.
    width: u32,
    /// One in every field.
    ones: u64,
    kind: Kind,
}

enum Kind {
    /// The modulus below its leading term, and `floor(x^(2k) / M)` below its.
    Two { modulus: u64, inverse: u64 },
    /// `x^k, ..., x^(2k-2)`, row by row.
    Odd { rows: Vec<u64> },
}

impl Shape {
    /// # Errors
    /// Kind unsupported where the coordinates do not fit a word.
    pub(super) fn check(base: &PrimeField, degree: usize) -> Result<()> {
        let fits = u32::try_from(degree).ok().and_then(|k| k.checked_mul(width(base.characteristic())));
        match fits {
            Some(bits) if bits <= u64::BITS => Ok(()),
            _ => Err(Error::unsupported(format!(
                "an element of GF({}^{degree}) does not fit a word",
                base.characteristic()
            ))),
        }
    }

    pub(super) fn new(field: &ExtensionField<PrimeField>) -> Result<Self> {
        let (base, degree) = (field.base(), field.degree());
        Self::check(base, degree)?;
        let (p, width) = (base.characteristic(), width(base.characteristic()));
        let ones = (0..degree as u32).fold(0, |ones, i| ones | 1 << (i * width));
        let modulus = field.modulus_coefficients();
        let kind = if p == 2 {
            let reversed: Vec<u64> = modulus.iter().rev().copied().collect();
            let mut inverse = series::inverse(base, &reversed, degree + 1)?;
            inverse.resize(degree + 1, 0);
            let bits = |f: &mut dyn Iterator<Item = u64>| {
                f.take(degree).zip(0u32..).fold(0, |word, (c, i)| word | c << i)
            };
            Kind::Two {
                modulus: bits(&mut modulus.iter().copied()),
                inverse: bits(&mut inverse.into_iter().rev()),
            }
        } else {
            let mut rows = Vec::with_capacity(degree * degree);
            let mut row: Vec<u64> = modulus[..degree].iter().map(|&c| base.word_modulus().neg(c)).collect();
            for _ in degree..2 * degree - 1 {
                rows.extend_from_slice(&row);
                let top = row[degree - 1];
                row.rotate_right(1);
                row[0] = 0;
                for (c, &m) in row.iter_mut().zip(modulus) {
                    *c = base.word_modulus().sub(*c, base.word_modulus().mul(top, m));
                }
            }
            Kind::Odd { rows }
        };
        Ok(Shape { modulus: *base.word_modulus(), p, degree, width, ones, kind })
    }

    /// Bits of an element.
    #[inline]
    pub(super) fn bits(&self) -> u32 {
        self.width * self.degree as u32
    }

    /// Whether coordinates are bits.
    #[inline]
    pub(super) fn is_binary(&self) -> bool {
        matches!(self.kind, Kind::Two { .. })
    }

    fn mask(&self) -> u64 {
        u64::MAX >> (u64::BITS - self.width)
    }

    /// All coordinates.
    pub(super) fn unpack(&self, a: u64) -> Vec<u64> {
        (0..self.degree as u32).map(|i| a >> (i * self.width) & self.mask()).collect()
    }

    /// Into places that are there.
    #[inline]
    pub(super) fn unpack_into(&self, a: u64, out: &mut [u64]) {
        let mask = self.mask();
        for (o, i) in out.iter_mut().zip(0..self.degree as u32) {
            *o = a >> (i * self.width) & mask;
        }
    }

    /// A word of reduced coordinates.
    #[inline]
    pub(super) fn pack(&self, coordinates: &[u64]) -> u64 {
        coordinates.iter().zip(0u32..).fold(0, |word, (&c, i)| word | c << (i * self.width))
    }

    /// `p` taken away from every field that is not below it; fields are below `2p`.
    #[inline]
    fn settled(&self, a: u64) -> u64 {
        // A field of a + 2^(width-1) - p has its top bit just where a is not below p.
        let top = self.width - 1;
        let over = (a + self.ones * ((1 << top) - self.p)) >> top & self.ones;
        a - over * self.p
    }

    #[inline]
    pub(super) fn sum(&self, a: u64, b: u64) -> u64 {
        if self.is_binary() { a ^ b } else { self.settled(a + b) }
    }

    #[inline]
    pub(super) fn difference(&self, a: u64, b: u64) -> u64 {
        if self.is_binary() { a ^ b } else { self.settled(a + self.ones * self.p - b) }
    }

    /// `a * b`.
    pub(super) fn product(&self, a: u64, b: u64) -> u64 {
        match &self.kind {
            Kind::Two { .. } => match bits::unit() {
                Ok(unit) => self.remainder(unit, unit.word(a, b)),
                Err(error) => panic!("{error}"),
            },
            Kind::Odd { .. } => {
                let (mut x, mut y, mut product) = ([0; MOST], [0; MOST], [0; 2 * MOST]);
                let k = self.degree;
                self.unpack_into(a, &mut x);
                self.unpack_into(b, &mut y);
                for (t, slot) in product[..2 * k - 1].iter_mut().enumerate() {
                    let (first, last) = ((t + 1).saturating_sub(k), t.min(k - 1));
                    let sum = (first..=last).map(|i| u128::from(x[i]) * u128::from(y[t - i])).sum();
                    *slot = self.modulus.reduce_u128(sum);
                }
                self.reduce(&product[..2 * k - 1])
            }
        }
    }

    /// A product of two elements modulo 2, reduced.
    #[inline]
    pub(super) fn remainder(&self, unit: Unit, product: u128) -> u64 {
        let Kind::Two { modulus, inverse } = &self.kind else { return 0 };
        let k = self.degree as u32;
        let mask = u64::MAX >> (u64::BITS - k);
        let high = (product >> k) as u64;
        // floor(high * floor(x^(2k)/M) / x^k), the leading term of the inverse apart; below x^k what it takes away is the rest of the modulus.
        let quotient = high ^ (unit.word(high, *inverse) >> k) as u64;
        (product as u64 ^ unit.word(quotient, *modulus) as u64) & mask
    }

    /// Coordinates of any number up to `2k - 1`, each reduced modulo odd `p`, as an element.
    pub(super) fn reduce(&self, slot: &[u64]) -> u64 {
        let Kind::Odd { rows } = &self.kind else { return 0 };
        let k = self.degree;
        if slot.len() <= k {
            return self.pack(slot);
        }
        let (low, high) = slot.split_at(k);
        let mut element = 0;
        for (j, &c) in low.iter().enumerate() {
            let mut sum = u128::from(c);
            for (&h, row) in high.iter().zip(rows.chunks_exact(k)) {
                sum += u128::from(h) * u128::from(row[j]);
            }
            element |= self.modulus.reduce_u128(sum) << (j as u32 * self.width);
        }
        element
    }
}

/// Bits of a coordinate.
fn width(p: u64) -> u32 {
    if p == 2 { 1 } else { u64::BITS - (p - 1).leading_zeros() + 1 }
}
