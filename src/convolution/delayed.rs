//! Sums of products of residues, reduced once: what recurrences are made of.
//!
//! They stand apart from the recurrences because a sum runs in one word, two words or three, as the modulus allows, and the reduction that
//! the next coefficient waits for differs. The second factor of a product is kept in a form of its own ([`enter`](Arithmetic::enter)), so that
//! a reduction takes two products of words.
//!
//! # Method
//! - [`Half`]: sums in one word, `x - floor(x*v/2^64)*p` with `v = floor(2^64/p)`, which is below `2p` for every word `x`
//!   (P. Barrett, CRYPTO '86), also for `v = floor((2^64 - 1)/p)`;
//! - [`Word`]: sums in two words modulo an odd number, divided by 2^64 (P. Montgomery, Math. Comp. 44, 1985), of which entered factors are multiples;
//! - [`Wide`]: sums in three words, modulo anything.

use crate::integer::{WordModulus, limbs};

/// Coefficients that are computed together.
pub(super) const BLOCK: usize = 8;

/// Sums of products modulo a word.
pub(super) trait Arithmetic: Copy {
    /// A sum of products of two blocks.
    type Sum: Copy;
    const ZERO: Self::Sum;

    /// 0 for 2^64.
    fn modulus(self) -> u64;

    /// What enters a residue: `x*entry` is `x` as the second factor of products.
    fn entry(self) -> u64;

    /// `sum + x*y`, for an entered `y`.
    fn add_product(self, sum: Self::Sum, x: u64, y: u64) -> Self::Sum;

    /// `known + sum`, not quite reduced: the first factor of one of the products may be such a value, if the sum has one product less than a block.
    fn reduce_loosely(self, known: u64, sum: Self::Sum) -> u64;

    /// The residue of what [`reduce_loosely`](Self::reduce_loosely) gives.
    fn correct(self, loose: u64) -> u64;

    /// The residue of a sum.
    #[inline(always)]
    fn reduce(self, sum: Self::Sum) -> u64 {
        self.correct(self.reduce_loosely(0, sum))
    }

    /// `x` as the second factor of products.
    #[inline(always)]
    fn enter(self, x: u64) -> u64 {
        self.mul(x, self.entry())
    }

    /// `x*y`, for an entered `y`; entered if both are.
    #[inline(always)]
    fn mul(self, x: u64, y: u64) -> u64 {
        self.reduce(self.add_product(Self::ZERO, x, y))
    }

    /// `x + y`.
    #[inline(always)]
    fn add(self, x: u64, y: u64) -> u64 {
        self.sub(x, self.modulus().wrapping_sub(y))
    }

    /// `x - y`, for a `y` up to the modulus.
    #[inline(always)]
    fn sub(self, x: u64, y: u64) -> u64 {
        let (difference, borrow) = x.overflowing_sub(y);
        difference.wrapping_add(self.modulus() & u64::from(borrow).wrapping_neg())
    }

    /// `-x`.
    #[inline(always)]
    fn neg(self, x: u64) -> u64 {
        self.sub(0, x)
    }
}

/// Modulo a number below 2^30.
#[derive(Clone, Copy, Debug)]
pub(super) struct Half {
    p: u64,
    /// `floor((2^64 - 1) / p)`.
    reciprocal: u64,
}

impl Half {
    /// Products that a word holds.
    pub(super) const TERMS: usize = 16;

    /// Where the modulus is small enough, and not 1.
    pub(super) fn new(n: &WordModulus) -> Option<Self> {
        let p = u64::try_from(n.modulus()).ok().filter(|p| (2..1 << 30).contains(p))?;
        Some(Half { p, reciprocal: u64::MAX / p })
    }

    pub(super) fn is_odd(self) -> bool {
        self.p % 2 == 1
    }

    /// For an odd modulus, that itself, its inverse, and the square and the cube of 2^32.
    #[inline(always)]
    pub(super) fn montgomery(self) -> [u64; 4] {
        let square = self.reduce(self.reduce(u64::MAX) + 1);
        [self.p, limbs::inverse_mod_word(self.p), square, self.reduce(square << 32)]
    }
}

impl Arithmetic for Half {
    type Sum = u64;
    const ZERO: u64 = 0;

    #[inline(always)]
    fn modulus(self) -> u64 {
        self.p
    }

    #[inline(always)]
    fn entry(self) -> u64 {
        1
    }

    #[inline(always)]
    fn enter(self, x: u64) -> u64 {
        x
    }

    #[inline(always)]
    fn add_product(self, sum: u64, x: u64, y: u64) -> u64 {
        sum.wrapping_add(x.wrapping_mul(y))
    }

    /// Below `2p`.
    #[inline(always)]
    fn reduce_loosely(self, known: u64, sum: u64) -> u64 {
        let sum = sum.wrapping_add(known);
        let q = ((u128::from(sum) * u128::from(self.reciprocal)) >> 64) as u64;
        sum.wrapping_sub(q.wrapping_mul(self.p))
    }

    #[inline(always)]
    fn correct(self, loose: u64) -> u64 {
        // A difference below zero wraps around to the larger one.
        loose.min(loose.wrapping_sub(self.p))
    }
}

/// Modulo an odd number below 2^61.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    p: u64,
    /// `1/p` modulo 2^64.
    inverse: u64,
    /// `2^128` modulo `p`.
    square: u64,
    /// `floor((2^64 - 1) / p)`.
    reciprocal: u64,
}

impl Word {
    /// Products of which two words hold the sum.
    pub(super) const TERMS: usize = 64;

    /// Where the modulus is odd and small enough, and not 1.
    pub(super) fn new(n: &WordModulus) -> Option<Self> {
        let p = u64::try_from(n.modulus()).ok().filter(|p| p % 2 == 1 && (2..1 << 61).contains(p))?;
        let unit = n.reduce_u128(1 << 64);
        Some(Word {
            p,
            inverse: limbs::inverse_mod_word(p),
            square: n.mul(unit, unit),
            reciprocal: u64::MAX / p,
        })
    }

    /// The modulus, and with digits of 52 bits its negative inverse modulo one and the square of one.
    #[inline(always)]
    pub(super) fn digits(self) -> [u64; 3] {
        [self.p, self.inverse.wrapping_neg() & ((1 << 52) - 1), self.mul(1 << 40, self.square)]
    }

    /// The residue of any two words, over 2^64.
    #[inline(always)]
    pub(super) fn reduce_long(self, sum: u128) -> u64 {
        let (low, high) = (sum as u64, (sum >> 64) as u64);
        let q = ((u128::from(high) * u128::from(self.reciprocal)) >> 64) as u64;
        let high = high.wrapping_sub(q.wrapping_mul(self.p));
        self.reduce(u128::from(high.min(high.wrapping_sub(self.p))) << 64 | u128::from(low))
    }
}

impl Arithmetic for Word {
    type Sum = u128;
    const ZERO: u128 = 0;

    #[inline(always)]
    fn modulus(self) -> u64 {
        self.p
    }

    #[inline(always)]
    fn entry(self) -> u64 {
        self.square
    }

    #[inline(always)]
    fn add_product(self, sum: u128, x: u64, y: u64) -> u128 {
        sum.wrapping_add(u128::from(x) * u128::from(y))
    }

    /// Below `4p`: so is `known + high + p`, where `high` is below `(6 + 4)*p^2/2^64`.
    #[inline(always)]
    fn reduce_loosely(self, known: u64, sum: u128) -> u64 {
        let (low, high) = (sum as u64, (sum >> 64) as u64);
        let q = low.wrapping_mul(self.inverse);
        let carry = ((u128::from(q) * u128::from(self.p)) >> 64) as u64;
        high + known + self.p - carry
    }

    #[inline(always)]
    fn correct(self, loose: u64) -> u64 {
        // A difference below zero wraps around to the larger one.
        let loose = loose.min(loose.wrapping_sub(2 * self.p));
        loose.min(loose.wrapping_sub(self.p))
    }
}

/// Modulo anything.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wide(pub(super) WordModulus);

impl Arithmetic for Wide {
    /// The low two words, and the third.
    type Sum = (u128, u64);
    const ZERO: (u128, u64) = (0, 0);

    #[inline(always)]
    fn modulus(self) -> u64 {
        self.0.modulus() as u64
    }

    #[inline(always)]
    fn entry(self) -> u64 {
        1
    }

    #[inline(always)]
    fn enter(self, x: u64) -> u64 {
        x
    }

    #[inline(always)]
    fn add_product(self, (low, high): (u128, u64), x: u64, y: u64) -> (u128, u64) {
        let (low, carry) = low.overflowing_add(u128::from(x) * u128::from(y));
        (low, high + u64::from(carry))
    }

    #[inline(always)]
    fn reduce_loosely(self, known: u64, (low, high): (u128, u64)) -> u64 {
        // Where sums have a third word, the modulus is larger than that.
        self.add(known, self.0.reduce_wide(high, low))
    }

    #[inline(always)]
    fn correct(self, loose: u64) -> u64 {
        loose
    }
}

/// What is computed, with the sums that the modulus allows.
pub(super) trait Task {
    type Output;
    fn run<A: Arithmetic>(self, a: A) -> Self::Output;
}

/// Modulo anything but 1.
pub(super) fn compute<T: Task>(n: &WordModulus, task: T) -> T::Output {
    if let Some(a) = Half::new(n) {
        task.run(a)
    } else if let Some(a) = Word::new(n) {
        task.run(a)
    } else {
        task.run(Wide(*n))
    }
}
