//! [`Prime`]: one prime field of the transforms, with its roots of unity and their tables.
//!
//! The families: primes `p < 2^49` with `p = 1 mod 2^28`, of which there are about 10^5, and for transforms of more points those
//! with `p = 1 mod 2^32`, some 7,700, found by a descending search at first use. 49 bits, so that the
//! same primes serve back ends with 52-bit multipliers and with doubles. The primes of the second family lie further
//! apart: the product of n of them loses up to n^2/10^4 bits, hence the bound on how many are taken.
//! A user's own prime below 2^49 gets the same structure, as long as it is used.
//!
//! # Tables
//! Entry `j` of the table is `w[j]` with `w[0] = 1`, `w[2j]^2 = w[j]`, `w[2j+1]^2 = -w[j]`: the order in which a
//! transform without bit reversal needs them, the same for every length. Tables grow by doubling up to
//! [`TABLE`] entries and are shared by all threads; what lies beyond is computed from two entries,
//! `w[2^l + i] = w[2^l] * w[i]`. The inverses need no table: `w[j]^-1 = -w[3*2^l - 1 - j]` for `2^l <= j < 2^(l+1)`.
//!
//! # Source
//! Multiplication by a known factor: V. Shoup (NTL); D. Harvey, "Faster arithmetic for number-theoretic
//! transforms", J. Symb. Comp. 60 (2014). Montgomery's reduction: Math. Comp. 44 (1985).

use super::{simd::Cache, truncated::Programs};
use crate::integer::{WordModulus, limbs};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

/// Bits of a prime of the family.
pub(crate) const PRIME_BITS: u64 = 49;

/// The logarithm of the longest transform that there are primes for, where words count that far.
const MOST_LAYERS: u32 = if usize::BITS > 32 { 32 } else { 28 };

/// The primes of a product, by the lengths that they have transforms of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// `p = 1 mod 2^28`.
    Common,
    /// `p = 1 mod 2^32`.
    Long,
}

impl Family {
    /// The first one with transforms that hold `length` points, a power of two or a truncated length.
    pub(crate) fn of_length(length: usize) -> Family {
        #[cfg(test)]
        if let Some(family) = forced::FAMILY.get() {
            return family;
        }
        if length <= Family::Common.max_length() { Family::Common } else { Family::Long }
    }

    /// The longest transform.
    pub(crate) const fn max_length(self) -> usize {
        1 << match self {
            Family::Common => 28,
            Family::Long => MOST_LAYERS,
        }
    }

    /// How many primes together are known to be over `2^(49n - 1)`.
    pub(crate) const fn most_primes(self) -> usize {
        match self {
            Family::Common => 256,
            Family::Long => 64,
        }
    }
}

/// What tests run on another family than the length asks for.
#[cfg(test)]
pub(crate) mod forced {
    use super::Family;
    use std::cell::Cell;

    thread_local! {
        /// The family of all plans made on this thread.
        pub(super) static FAMILY: Cell<Option<Family>> = const { Cell::new(None) };
    }

    /// Plans that `f` makes are over this family.
    pub(crate) fn with_family<T>(family: Family, f: impl FnOnce() -> T) -> T {
        struct Restore(Option<Family>);
        impl Drop for Restore {
            fn drop(&mut self) {
                FAMILY.set(self.0);
            }
        }
        let _restore = Restore(FAMILY.replace(Some(family)));
        f()
    }
}

/// Powers of `2^52` that are kept.
const DIGIT_POWERS: usize = 24;

/// Entries of a table at most: one megabyte.
const TABLE: usize = 1 << 16;

/// A factor with its quotient `floor(value * 2^64 / p)`, for multiplication without division.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Twiddle {
    pub(crate) value: u64,
    pub(crate) quotient: u64,
}

/// A prime with what transforms modulo it need.
pub(crate) struct Prime {
    p: u64,
    modulus: WordModulus,
    /// `floor(2^128 / p)`, for quotients.
    reciprocal: u128,
    /// `p^-1 mod 2^64`.
    montgomery: u64,
    /// `1/p`, rounded.
    inverse: f64,
    /// `2^(52k) mod p`, what digits of long integers count.
    digit_powers: [u64; DIGIT_POWERS],
    /// `2^adicity` divides `p - 1`.
    adicity: u32,
    /// `powers[l] = w[2^l]`, a root of unity of order `2^(l+2)`.
    powers: Vec<Twiddle>,
    table: RwLock<Arc<Vec<Twiddle>>>,
    vectors: Cache,
    programs: [Programs; 3],
}

impl Prime {
    /// The field of an odd prime below 2^49.
    pub(crate) fn new(p: u64) -> Self {
        debug_assert!(p > 2 && p >> PRIME_BITS == 0, "{p} is no odd prime below 2^49");
        let modulus = WordModulus::new(p).expect("a prime is not 0");
        let adicity = (p - 1).trailing_zeros();
        // Half of all elements are no squares, and the odd power of one generates the roots of order 2^k.
        let minus_one = p - 1;
        let generator = (2..)
            .find(|&x| modulus.pow(x % p, (p - 1) / 2) == minus_one)
            .expect("every odd prime has a non-residue");
        let root = modulus.pow(generator, (p - 1) >> adicity);
        let inverse = limbs::inverse_mod_word(p);
        let mut digit_powers = [1; DIGIT_POWERS];
        for k in 1..DIGIT_POWERS {
            digit_powers[k] = modulus.mul(digit_powers[k - 1], (1 << 52) % p);
        }
        let mut prime = Prime {
            p,
            modulus,
            reciprocal: u128::MAX / u128::from(p),
            montgomery: inverse,
            inverse: 1.0 / p as f64,
            digit_powers,
            adicity,
            powers: Vec::new(),
            table: RwLock::default(),
            vectors: Cache::default(),
            programs: Default::default(),
        };
        prime.powers = (2..=adicity).map(|k| prime.twiddle(modulus.pow(root, 1 << (adicity - k)))).collect();
        let one = prime.twiddle(1);
        prime.table = RwLock::new(Arc::new(vec![one]));
        prime
    }

    /// The prime itself.
    #[inline(always)]
    pub(crate) fn p(&self) -> u64 {
        self.p
    }

    /// The longest transform.
    pub(crate) fn max_length(&self) -> usize {
        1 << self.adicity.min(MOST_LAYERS)
    }

    /// Arithmetic on reduced residues.
    pub(crate) fn modulus(&self) -> &WordModulus {
        &self.modulus
    }

    /// `1/p`, rounded.
    #[inline(always)]
    pub(crate) fn float_inverse(&self) -> f64 {
        self.inverse
    }

    /// `2^e mod p`.
    pub(crate) fn power_of_two(&self, e: u64) -> u64 {
        match self.digit_powers.get((e / 52) as usize) {
            Some(&power) => match 1 << (e % 52) {
                1 => power,
                rest if rest < self.p => self.modulus.mul(power, rest),
                rest => self.modulus.mul(power, rest % self.p),
            },
            None => self.modulus.pow(2 % self.p, e),
        }
    }

    /// `2^(52k) mod p` from `k = 0` on, as far as they are kept.
    pub(crate) fn digit_powers(&self) -> &[u64] {
        &self.digit_powers
    }

    /// `1/n mod p` for a power of two that divides `p - 1`: `n * (p - (p-1)/n) = n*p - p + 1`.
    pub(crate) fn inverse_length(&self, n: usize) -> u64 {
        debug_assert!(n.is_power_of_two() && n.trailing_zeros() <= self.adicity);
        self.p - ((self.p - 1) >> n.trailing_zeros())
    }

    /// A reduced residue as a factor.
    #[inline]
    pub(crate) fn twiddle(&self, value: u64) -> Twiddle {
        debug_assert!(value < self.p);
        let (high, low) = ((self.reciprocal >> 64) as u64, self.reciprocal as u64);
        let quotient =
            value.wrapping_mul(high).wrapping_add(((u128::from(value) * u128::from(low)) >> 64) as u64);
        // The estimate is the quotient or one less.
        let rest = 0u64.wrapping_sub(quotient.wrapping_mul(self.p));
        Twiddle { value, quotient: quotient + u64::from(rest >= self.p) }
    }

    /// `y * w` in `0..2p`, for any word `y`.
    #[inline(always)]
    pub(crate) fn mul(&self, y: u64, w: Twiddle) -> u64 {
        let q = ((u128::from(y) * u128::from(w.quotient)) >> 64) as u64;
        y.wrapping_mul(w.value).wrapping_sub(q.wrapping_mul(self.p))
    }

    /// `y` in `0..2p`, for any word `y`.
    #[inline(always)]
    pub(crate) fn reduce(&self, y: u64) -> u64 {
        let q = ((u128::from(y) * (self.reciprocal >> 64)) >> 64) as u64;
        y.wrapping_sub(q.wrapping_mul(self.p))
    }

    /// `y` in `0..p`, for `y` in `0..2p`.
    #[inline(always)]
    pub(crate) fn canonical(&self, y: u64) -> u64 {
        debug_assert!(y < 2 * self.p);
        y.min(y.wrapping_sub(self.p))
    }

    /// `t / 2^64` as a residue: in `1 ..= t/2^64 + p`.
    #[inline(always)]
    pub(crate) fn montgomery(&self, t: u128) -> u64 {
        let q = (t as u64).wrapping_mul(self.montgomery);
        let high = ((u128::from(q) * u128::from(self.p)) >> 64) as u64;
        ((t >> 64) as u64).wrapping_sub(high).wrapping_add(self.p)
    }

    /// `p^-1 mod 2^64`.
    pub(super) fn inverse_mod_word(&self) -> u64 {
        self.montgomery
    }

    /// `floor(2^128 / p)`.
    pub(super) fn reciprocal(&self) -> u128 {
        self.reciprocal
    }

    /// Steps with their factors: with those of words, and of the two representations of vector units.
    pub(super) fn programs(&self) -> &[Programs; 3] {
        &self.programs
    }

    /// The tables of the vector units.
    pub(super) fn vectors(&self) -> &Cache {
        &self.vectors
    }

    /// `w[0..n]`, or as much of it as is kept.
    pub(crate) fn table(&self, n: usize) -> Arc<Vec<Twiddle>> {
        let n = n.next_power_of_two().min(TABLE).min(self.max_length() / 2).max(1);
        let read = self.table.read().unwrap_or_else(PoisonError::into_inner);
        if read.len() >= n {
            return Arc::clone(&read);
        }
        drop(read);
        let mut write = self.table.write().unwrap_or_else(PoisonError::into_inner);
        if write.len() < n {
            let mut grown = Vec::with_capacity(n);
            grown.extend_from_slice(&write);
            while grown.len() < n {
                let w = self.powers[grown.len().trailing_zeros() as usize];
                for i in 0..grown.len() {
                    let value = self.canonical(self.mul(grown[i].value, w));
                    grown.push(self.twiddle(value));
                }
            }
            *write = Arc::new(grown);
        }
        Arc::clone(&write)
    }

    /// `w[j]`, whether the table holds it or not.
    #[inline(always)]
    pub(crate) fn root(&self, table: &[Twiddle], j: usize) -> Twiddle {
        match table.get(j) {
            Some(&w) => w,
            None => self.far_root(table, j),
        }
    }

    /// `w[j]` beyond the table: the product over the bits of `j` above it.
    fn far_root(&self, table: &[Twiddle], j: usize) -> Twiddle {
        let mut value = table[j & (table.len() - 1)].value;
        let mut high = j & !(table.len() - 1);
        while high != 0 {
            value = self.canonical(self.mul(value, self.powers[high.trailing_zeros() as usize]));
            high &= high - 1;
        }
        self.twiddle(value)
    }

    /// `-w[j]^-1` (for `j = 0`: -1, too), as an entry of the same table where `j > 0`.
    #[inline(always)]
    pub(crate) fn negative_inverse_root(&self, table: &[Twiddle], j: usize) -> Twiddle {
        if j == 0 {
            return Twiddle { value: self.p - 1, quotient: u64::MAX - (self.reciprocal >> 64) as u64 };
        }
        let level = 1 << j.ilog2();
        self.root(table, 3 * level - 1 - j)
    }
}

/// The primes of each family that were found so far, largest first.
static FAMILIES: [RwLock<Vec<Arc<Prime>>>; 2] = [const { RwLock::new(Vec::new()) }; 2];

/// The first prime of a family below `bound`, which is one itself or `2^49 + 1`.
fn next_prime(family: Family, bound: u64) -> WordModulus {
    let mut candidate = bound;
    loop {
        candidate -= family.max_length() as u64;
        if let Some(modulus) = WordModulus::new(candidate).ok().filter(WordModulus::is_prime) {
            return modulus;
        }
    }
}

/// What `read` takes from the first `n` primes of a family.
fn with_primes<T>(family: Family, n: usize, read: impl Fn(&[Arc<Prime>]) -> T) -> T {
    debug_assert!(n <= family.most_primes());
    let primes = &FAMILIES[family as usize];
    let found = primes.read().unwrap_or_else(PoisonError::into_inner);
    if found.len() >= n {
        return read(&found[..n]);
    }
    drop(found);
    let mut found = primes.write().unwrap_or_else(PoisonError::into_inner);
    while found.len() < n {
        let next = next_prime(family, found.last().map_or((1 << PRIME_BITS) + 1, |p| p.p()));
        found.push(Arc::new(Prime::new(next.modulus() as u64)));
    }
    read(&found[..n])
}

/// The first `n` primes of a family, largest first.
pub(crate) fn primes(family: Family, n: usize) -> Vec<Arc<Prime>> {
    with_primes(family, n, <[_]>::to_vec)
}

/// Prime `i` of the first family, one of those that are kept.
pub(crate) fn family_prime(i: usize) -> Arc<Prime> {
    with_primes(Family::Common, i + 1, |primes| Arc::clone(&primes[i]))
}

/// Prime `i` of the first family, however far that is.
pub(crate) fn image_modulus(i: usize) -> WordModulus {
    /// Those beyond the ones that are kept with their tables.
    static FURTHER: RwLock<Vec<WordModulus>> = RwLock::new(Vec::new());
    const KEPT: usize = Family::Common.most_primes();
    /// The first ones, without a lock: where polynomials are short they are asked for more often than anything else takes.
    static FIRST: [OnceLock<WordModulus>; KEPT] = [const { OnceLock::new() }; KEPT];
    if let Some(first) = FIRST.get(i) {
        return *first.get_or_init(|| with_primes(Family::Common, i + 1, |primes| primes[i].modulus));
    }
    let found = FURTHER.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(modulus) = found.get(i - KEPT) {
        return *modulus;
    }
    drop(found);
    let last = family_prime(KEPT - 1);
    let mut found = FURTHER.write().unwrap_or_else(PoisonError::into_inner);
    while found.len() <= i - KEPT {
        let bound = found.last().map_or(last.p(), |m| m.modulus() as u64);
        found.push(next_prime(Family::Common, bound));
    }
    found[i - KEPT]
}

/// The prime of the first family that this is, where it was asked for as such before.
fn known(n: u64) -> Option<Arc<Prime>> {
    if (n - 1).trailing_zeros() < Family::Common.max_length().trailing_zeros() {
        return None;
    }
    let found = FAMILIES[Family::Common as usize].read().unwrap_or_else(PoisonError::into_inner);
    let at = found.binary_search_by(|p| n.cmp(&p.p())).ok()?;
    Some(Arc::clone(&found[at]))
}

/// How many moduli of users keep their tables.
const USER_PRIMES: usize = 16;

/// Moduli, least recently used first, with their fields; `None` for those that have none.
type Users = Vec<(u64, Option<Arc<Prime>>)>;

static USERS: Mutex<Users> = Mutex::new(Vec::new());

/// The field of a user's modulus, when it is a prime that transforms of a useful length exist for.
pub(crate) fn user_prime(n: u64) -> Option<Arc<Prime>> {
    if n >> PRIME_BITS != 0 || n < 3 || (n - 1).trailing_zeros() < 4 {
        return None;
    }
    if let Some(prime) = known(n) {
        return Some(prime);
    }
    let mut users = USERS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(at) = users.iter().position(|(m, _)| *m == n) {
        let entry = users.remove(at);
        users.push(entry);
        return users.last().and_then(|(_, p)| p.clone());
    }
    let prime = WordModulus::new(n).is_ok_and(|m| m.is_prime()).then(|| Arc::new(Prime::new(n)));
    if users.len() == USER_PRIMES {
        users.remove(0);
    }
    users.push((n, prime.clone()));
    prime
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_families_are_prime_and_large_enough() {
        for family in [Family::Common, Family::Long] {
            let mut lost = 0.0;
            for prime in primes(family, family.most_primes()) {
                assert!(prime.modulus().is_prime() && prime.p() % family.max_length() as u64 == 1);
                assert!(prime.max_length() >= family.max_length());
                lost += PRIME_BITS as f64 - (prime.p() as f64).log2();
            }
            // The product of n primes is over 2^(49n - 1).
            assert!(lost < 0.99, "{family:?} loses {lost} bits");
        }
        assert_eq!(Family::of_length(1 << 28), Family::Common);
        assert_eq!(Family::of_length((1 << 28) + 1), Family::Long);
    }

    #[test]
    fn roots_square_to_each_other_within_and_beyond_the_table() {
        for prime in [
            primes(Family::Common, 1)[0].clone(),
            primes(Family::Long, 1)[0].clone(),
            user_prime(998_244_353).expect("prime"),
            user_prime(97).expect("prime"),
        ] {
            let (m, p) = (*prime.modulus(), prime.p());
            let table = prime.table(8);
            for j in 0..(prime.max_length() / 4).min(1000) {
                let w = prime.root(&table, j).value;
                assert_eq!(m.mul(prime.root(&table, 2 * j).value, prime.root(&table, 2 * j).value), w);
                assert_eq!(
                    m.mul(prime.root(&table, 2 * j + 1).value, prime.root(&table, 2 * j + 1).value),
                    p - w
                );
                let inverse = prime.negative_inverse_root(&table, j);
                assert_eq!(m.mul(inverse.value, w), p - 1);
                assert_eq!(u128::from(inverse.quotient), (u128::from(inverse.value) << 64) / u128::from(p));
            }
        }
    }

    #[test]
    fn moduli_without_transforms_are_refused() {
        assert!(user_prime(998_244_353 - 1).is_none());
        assert!(user_prime(7).is_none());
        assert!(user_prime((1 << 61) - 1).is_none());
        // 2^32 + 1 is not prime.
        assert!(user_prime((1 << 32) + 1).is_none());
    }
}
