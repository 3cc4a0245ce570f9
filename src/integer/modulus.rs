//! [`BigModulus`]: `a + b`, `a * b`, `a^e`, `1/a` modulo `n`, for an `n >= 1` of any size.
//!
//! It stands apart from [`WordModulus`](super::WordModulus) because its residues are `BigUint`s, and because what is computed
//! once a modulus depends on its size: one word, up to some tens of limbs (division by limbs with a reciprocal of the two top
//! ones, or of all of them and two products where many rows are reduced, nothing allocated a row), or long (Newton reciprocal and two
//! products a reduction).
//!
//! # Invariants
//! A residue is in `0..n`, operands included (debug assertions check it). The modulus is shared: a clone is a pointer.

use super::division::{Product, Reciprocal, plain_product};
use super::gcd::cofactor;
use super::limbs::{Divisor, LimbProduct, is_negative, negate, sub_assign, to_biguint};
use super::{IntegerSlice, IntegerVec, WordModulus};
use crate::{Error, Result, limit};
use num_bigint::{BigInt, BigUint, Sign};
use num_traits::{One, Zero};
use std::{
    fmt, hash,
    sync::{Arc, OnceLock},
};

/// Moduli of so many limbs reduce by a Newton reciprocal, shorter ones limb by limb. An
/// estimate, not measured yet.
const NEWTON_LIMBS: usize = 200;
/// Rows are reduced by products modulo numbers of at least so many limbs: of 6, 8 and 16 limbs .70, .63 and .58 of the time limb by limb, but 4 by 4 residues of 4
/// limbs multiplied took a tenth longer; `zn` in benches/peers.
const PRODUCT_LIMBS: usize = 6;
/// The same for so many rows: the inverse takes as long as one.
const PRODUCT_ROWS: usize = 4;
/// Odd moduli below so many limbs raise to powers by num-bigint's Montgomery products. An estimate too.
const MONTGOMERY_LIMBS: usize = 200;

/// Arithmetic modulo a fixed `n >= 1` of any size.
///
/// Cloning shares the modulus; comparing tries the pointer first.
///
/// # Examples
/// ```
/// use monic::integer::BigModulus;
/// let m = BigModulus::new((num_bigint::BigUint::from(1u8) << 127) - 1u8)?;
/// let half = m.inverse(&2u8.into())?;
/// assert_eq!(m.add(&half, &half), 1u8.into());
/// assert_eq!(m.reduce(&(-1).into()), m.value() - 1u8);
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone)]
pub struct BigModulus(Arc<Inner>);

struct Inner {
    n: BigUint,
    /// The limbs of `n`.
    len: usize,
    method: Method,
    product: Product,
}

enum Method {
    Word(WordModulus),
    /// With the inverse of the divisor, from when it is needed first.
    Limbs(Divisor, OnceLock<Vec<u64>>),
    Newton(Reciprocal),
}

/// How rows are reduced by products, with the inverse of the divisor.
#[derive(Clone, Copy)]
struct ByProducts<'a> {
    divisor: &'a Divisor,
    inverse: &'a [u64],
    product: LimbProduct,
}

impl BigModulus {
    /// The modulus `n`, with num-bigint's product for what needs one.
    ///
    /// # Errors
    /// Kind undefined for `n = 0`.
    pub fn new(n: BigUint) -> Result<Self> {
        Self::with_product(n, plain_product)
    }

    /// The modulus `n`; long moduli multiply with `product`, [`natural_product`](crate::natural_product) in this crate.
    ///
    /// # Errors
    /// Kind undefined for `n = 0`.
    pub fn with_product(n: BigUint, product: Product) -> Result<Self> {
        let limbs = n.to_u64_digits();
        let method = match limbs[..] {
            [] => return Err(Error::undefined("a modulus is at least 1")),
            [word] => Method::Word(WordModulus::new(word)?),
            _ if limbs.len() < NEWTON_LIMBS => Method::Limbs(Divisor::new(&limbs), OnceLock::new()),
            _ => Method::Newton(Reciprocal::new(n.clone(), product)),
        };
        Ok(BigModulus(Arc::new(Inner { n, len: limbs.len(), method, product })))
    }

    /// The modulus.
    pub fn value(&self) -> &BigUint {
        &self.0.n
    }

    /// The number of bits of the modulus.
    pub fn bits(&self) -> u64 {
        self.0.n.bits()
    }

    /// The residue 1, which is 0 modulo 1.
    pub fn one(&self) -> BigUint {
        if self.0.n.is_one() { BigUint::ZERO } else { BigUint::one() }
    }

    /// `x mod n`, at least 0 for negative `x` too.
    pub fn reduce(&self, x: &BigInt) -> BigUint {
        let magnitude = self.reduce_natural(x.magnitude());
        if x.sign() == Sign::Minus { self.neg(&magnitude) } else { magnitude }
    }

    /// `x mod n`.
    pub fn reduce_natural(&self, x: &BigUint) -> BigUint {
        if x < &self.0.n {
            return x.clone();
        }
        match &self.0.method {
            Method::Word(m) => BigUint::from(m.reduce_biguint(x)),
            Method::Limbs(divisor, _) => {
                let mut limbs = x.to_u64_digits();
                limbs.push(0);
                divisor.reduce(&mut limbs, |_, _| ());
                limbs.truncate(self.0.len);
                to_biguint(&limbs)
            }
            Method::Newton(reciprocal) => reciprocal.div_rem(x).1,
        }
    }

    /// Limbs of a row that holds a residue and a sign bit.
    pub(crate) fn row_width(&self) -> usize {
        (self.bits() / 64 + 1) as usize
    }

    /// Replaces a natural number by its residue. The top limb has to be 0.
    pub(crate) fn reduce_limbs(&self, x: &mut [u64]) {
        match &self.0.method {
            Method::Word(m) => {
                let residue = m.reduce_limbs(x);
                x.fill(0);
                x[0] = residue;
            }
            Method::Limbs(divisor, _) => divisor.reduce(x, |_, _| ()),
            Method::Newton(_) => {
                let residue = self.reduce_natural(&to_biguint(x));
                x.fill(0);
                x.iter_mut().zip(residue.iter_u64_digits()).for_each(|(x, digit)| *x = digit);
            }
        }
    }

    /// Every row modulo `n`, in `0..n`: rows of one width that holds `n` and a sign bit. One buffer, no allocation a
    /// row but for long moduli.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    pub fn try_reduce_rows(&self, rows: IntegerSlice<'_>) -> Result<IntegerVec> {
        let mut out = IntegerVec::default();
        self.try_reduce_rows_into(rows, &mut out, None)?;
        Ok(out)
    }

    /// The same into the memory that `out` has, with a product of limbs where there is one.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    pub(crate) fn try_reduce_rows_into(
        &self,
        rows: IntegerSlice<'_>,
        out: &mut IntegerVec,
        product: Option<LimbProduct>,
    ) -> Result<()> {
        let width = self.row_width();
        limit::check(rows.len() as u64, 64 * width as u64)?;
        out.reset(rows.len(), width)?;
        let by = self.by_products(rows.len(), rows.width(), product);
        let words = self.words(rows.width(), by);
        let mut room = Room::new(words);
        let scratch = room.words(words);
        for (to, from) in out.limbs_mut().chunks_exact_mut(width).zip(rows.rows()) {
            scratch[..from.len()].copy_from_slice(from);
            self.reduce_row(scratch, from.len(), to, by);
        }
        Ok(())
    }

    /// The same in the memory of the rows, where that is enough.
    ///
    /// # Errors
    /// Kind limit when the matrix is over the [limit](crate::limit) or memory is refused.
    pub(crate) fn try_reduce_in_place(&self, rows: &mut IntegerVec, product: LimbProduct) -> Result<()> {
        let (len, from, to) = (rows.len(), rows.width(), self.row_width());
        let wider = from < to;
        if wider && !rows.has_room(len, to) {
            *rows = self.try_reduce_rows(rows.as_slice())?;
            return Ok(());
        }
        let by = self.by_products(len, from, Some(product));
        let words = self.words(from, by);
        let mut room = Room::new(words);
        let scratch = room.words(words);
        if wider {
            rows.reset(len, to)?;
        }
        let limbs = rows.limbs_mut();
        // A row is read before anything is written to its place.
        let mut each = |k: usize| {
            scratch[..from].copy_from_slice(&limbs[k * from..(k + 1) * from]);
            self.reduce_row(scratch, from, &mut limbs[k * to..(k + 1) * to], by);
        };
        if wider {
            (0..len).rev().for_each(each);
            return Ok(());
        }
        (0..len).for_each(&mut each);
        rows.reset(len, to)
    }

    /// How so many rows of so many limbs are reduced by products, if they are.
    fn by_products(&self, rows: usize, width: usize, product: Option<LimbProduct>) -> Option<ByProducts<'_>> {
        let (product, len) = (product?, self.0.len);
        let Method::Limbs(divisor, inverse) = &self.0.method else { return None };
        // The digits of a short quotient are sooner found one by one.
        if len < PRODUCT_LIMBS || rows < PRODUCT_ROWS || 2 * width < 3 * len {
            return None;
        }
        Some(ByProducts { divisor, inverse: inverse.get_or_init(|| divisor.inverse()), product })
    }

    /// Words that [`reduce_row`](Self::reduce_row) works in.
    fn words(&self, width: usize, by: Option<ByProducts<'_>>) -> usize {
        let len = self.0.len;
        if by.is_some() { width.max(2 * len) + 1 + 4 * len } else { width.max(len) + 1 }
    }

    /// The residue of the row of `width` limbs that stands at the start of the scratch, whose other words, at least one, are
    /// anything.
    fn reduce_row(&self, scratch: &mut [u64], width: usize, to: &mut [u64], by: Option<ByProducts<'_>>) {
        let row = &mut scratch[..width];
        if let Method::Word(m) = &self.0.method {
            to.fill(0);
            to[0] = m.reduce_row(row);
            return;
        }
        let negative = is_negative(row);
        if negative {
            negate(row);
        }
        let above = if by.is_some() { scratch.len() - 4 * self.0.len } else { scratch.len() };
        scratch[width..above].fill(0);
        match (by, &self.0.method) {
            (Some(by), _) => {
                let (scratch, room) = scratch.split_at_mut(above);
                by.divisor.reduce_by(scratch, by.inverse, room, by.product);
            }
            (None, Method::Limbs(divisor, _)) => divisor.reduce(scratch, |_, _| ()),
            _ => {
                let x = self.reduce_natural(&to_biguint(scratch));
                scratch.fill(0);
                scratch.iter_mut().zip(x.iter_u64_digits()).for_each(|(s, digit)| *s = digit);
            }
        }
        let residue = &scratch[..self.0.len];
        to[self.0.len..].fill(0);
        if negative && residue.iter().any(|&l| l != 0) {
            let n = self.0.n.iter_u64_digits();
            to.iter_mut().zip(n).for_each(|(t, digit)| *t = digit);
            let borrow = sub_assign(&mut to[..self.0.len], residue);
            debug_assert!(!borrow);
        } else {
            to[..self.0.len].copy_from_slice(residue);
        }
    }

    /// `a + b`.
    pub fn add(&self, a: &BigUint, b: &BigUint) -> BigUint {
        self.check(a);
        self.check(b);
        let sum = a + b;
        if sum >= self.0.n { sum - &self.0.n } else { sum }
    }

    /// `a - b`.
    pub fn sub(&self, a: &BigUint, b: &BigUint) -> BigUint {
        self.check(a);
        self.check(b);
        if a >= b { a - b } else { &self.0.n - b + a }
    }

    /// `-a`.
    pub fn neg(&self, a: &BigUint) -> BigUint {
        self.check(a);
        if a.is_zero() { BigUint::ZERO } else { &self.0.n - a }
    }

    /// `a * b`.
    pub fn mul(&self, a: &BigUint, b: &BigUint) -> BigUint {
        self.check(a);
        self.check(b);
        self.reduce_natural(&(self.0.product)(a, b))
    }

    /// `a^exponent`; `0^0 = 1`.
    pub fn pow(&self, a: &BigUint, exponent: &BigUint) -> BigUint {
        self.check(a);
        if let Method::Word(m) = &self.0.method {
            let a = a.iter_u64_digits().next().unwrap_or(0);
            return BigUint::from(m.pow_big(a, exponent));
        }
        if self.0.len < MONTGOMERY_LIMBS && self.0.n.bit(0) {
            return a.modpow(exponent, &self.0.n);
        }
        let mut result = self.one();
        for k in (0..exponent.bits()).rev() {
            result = self.mul(&result, &result);
            if exponent.bit(k) {
                result = self.mul(&result, a);
            }
        }
        result
    }

    /// The inverse of `a`.
    ///
    /// # Errors
    /// Kind undefined when `gcd(a, n) > 1`; the error carries that gcd as its factor.
    ///
    /// # Complexity
    /// Quadratic in the limbs up to some hundred of them, then a logarithm times a product.
    pub fn inverse(&self, a: &BigUint) -> Result<BigUint> {
        self.check(a);
        if let Method::Word(m) = &self.0.method {
            return m.inverse(a.iter_u64_digits().next().unwrap_or(0)).map(BigUint::from);
        }
        cofactor::inverse(a, &self.0.n, self.0.product)
            .map_err(|factor| Error::not_invertible(a, BigInt::from(factor)))
    }

    /// Whether the modulus is a [probable prime](super::prime::is_probable_prime); up to 64 bits, a prime.
    pub fn is_probable_prime(&self) -> bool {
        super::prime::is_probable_prime(&self.0.n)
    }

    #[inline]
    fn check(&self, a: &BigUint) {
        debug_assert!(a < &self.0.n, "{a} is not reduced modulo {}", self.0.n);
    }
}

/// Words for one row, on the stack for short ones: an allocation takes as long as the division of a row of four limbs.
#[allow(clippy::large_enum_variant, reason = "it lives on the stack, for one call")]
enum Room {
    Few([u64; 40]),
    /// Enough for the products of 16 limbs; more zeros than a short row takes.
    More([u64; 104]),
    Many(Vec<u64>),
}

impl Room {
    fn new(len: usize) -> Self {
        match len {
            0..=40 => Room::Few([0; 40]),
            41..=104 => Room::More([0; 104]),
            _ => Room::Many(vec![0; len]),
        }
    }

    /// The first words, as many as were asked for.
    fn words(&mut self, len: usize) -> &mut [u64] {
        match self {
            Room::Few(words) => &mut words[..len],
            Room::More(words) => &mut words[..len],
            Room::Many(words) => words,
        }
    }
}

impl PartialEq for BigModulus {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.n == other.0.n
    }
}

impl Eq for BigModulus {}

impl hash::Hash for BigModulus {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.n.hash(state);
    }
}

impl fmt::Debug for BigModulus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.bits() < 1 << 12 {
            write!(f, "BigModulus({})", self.0.n)
        } else {
            write!(f, "BigModulus({:#x})", self.0.n)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use num_integer::Integer;
    use proptest::{collection::vec, prelude::*};

    fn moduli() -> Vec<BigModulus> {
        let power = |bits: u32| BigUint::one() << bits;
        [
            power(0),
            power(1),
            power(64) - 1u8,
            power(64),
            power(64) + 1u8,
            power(127) - 1u8,
            power(128) - 1u8,
            power(128),
            power(200) - 6u8,
            power(380) - 12345u32,
            power(384) - 1u8,
            power(384 + 63),
            power(192) + 12345u32,
            (power(64) - 1u8) << 64,
            power(64 * NEWTON_LIMBS as u32 - 64) - 1u8,
            power(64 * NEWTON_LIMBS as u32 - 1) + 1u8,
            power(64 * NEWTON_LIMBS as u32 + 3) - 9u8,
        ]
        .into_iter()
        .map(|n| BigModulus::new(n).expect("above 0"))
        .collect()
    }

    #[test]
    fn edges_against_num_bigint() {
        for m in moduli() {
            let n = m.value();
            let edges: Vec<BigUint> =
                [BigUint::ZERO, BigUint::one(), n / 2u8, n / 3u8, n - 1u8].map(|a| a % n).to_vec();
            for a in &edges {
                for b in &edges {
                    assert_eq!(m.add(a, b), (a + b) % n);
                    assert_eq!(m.sub(a, b), (a + n - b) % n);
                    assert_eq!(m.mul(a, b), a * b % n);
                }
                assert_eq!(m.add(a, &m.neg(a)), BigUint::ZERO);
                assert_eq!(m.pow(a, &BigUint::from(5u8)), a.pow(5) % n);
                match m.inverse(a) {
                    Ok(inverse) => assert_eq!(m.mul(a, &inverse), m.one()),
                    Err(error) => {
                        assert_eq!(error.kind(), ErrorKind::Undefined);
                        assert_eq!(error.factor(), Some(&BigInt::from(a.gcd(n))));
                        assert!(!a.gcd(n).is_one());
                    }
                }
            }
            assert_eq!(m.pow(&BigUint::ZERO, &BigUint::ZERO), m.one());
        }
        assert_eq!(BigModulus::new(BigUint::ZERO).unwrap_err().kind(), ErrorKind::Undefined);
    }

    #[test]
    fn equality_is_by_value() {
        let m = moduli();
        assert_eq!(m[8], m[8].clone());
        assert_eq!(m[8], BigModulus::new(m[8].value().clone()).expect("above 0"));
        assert_ne!(m[8], m[9]);
        assert_eq!(format!("{:?}", m[1]), "BigModulus(2)");
    }

    /// A product of limbs.
    fn product(out: &mut [u64], a: &[u64], b: &[u64]) {
        let product = to_biguint(a) * to_biguint(b);
        out.fill(0);
        out.iter_mut().zip(product.iter_u64_digits()).for_each(|(out, digit)| *out = digit);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn rows_and_integers_agree(limbs in vec(prop_oneof![any::<u64>(), Just(0), Just(u64::MAX), Just(1 << 63)], 0..90), width in 1usize..12) {
            let len = limbs.len() / width * width;
            let rows = IntegerVec::from_limbs(limbs[..len].to_vec(), width);
            for m in moduli() {
                let n = BigInt::from(m.value().clone());
                let expected: Vec<BigInt> = rows.iter().map(|x| x.mod_floor(&n)).collect();
                let reduced = m.try_reduce_rows(rows.as_slice()).expect("small");
                prop_assert_eq!(reduced.to_bigints(), expected.clone());
                let mut in_place = rows.clone();
                m.try_reduce_in_place(&mut in_place, product).expect("small");
                prop_assert_eq!(in_place.to_bigints(), expected.clone());
                let mut by_products = IntegerVec::default();
                m.try_reduce_rows_into(rows.as_slice(), &mut by_products, Some(product)).expect("small");
                prop_assert_eq!(by_products.to_bigints(), expected.clone());
                let one_by_one: Vec<BigInt> = rows.iter().map(|x| m.reduce(&x).into()).collect();
                prop_assert_eq!(one_by_one, expected);
            }
        }
    }
}
