//! Half of Euclid's algorithm: the matrix of all quotients until the remainders have half the bits, in a time near that of products.
//!
//! It stands apart because it computes with products of long numbers, which it takes from its caller; [`lehmer`](super::lehmer) has words.
//!
//! # Method
//! A. Schönhage ("Schnelle Berechnung von Kettenbruchentwicklungen", Acta Informatica 1, 1971) in the form of N. Möller ("On Schönhage's
//! algorithm and subquadratic integer GCD computation", Math. Comp. 77, 2008): the leading half of both numbers gives a matrix that holds
//! for all of them, and what leads in the three quarters that are left gives another one.
//!
//! # Why no sign is lost
//! [`reduce`] takes `y <= x < 2^n` to remainders `r` and `s` of at least `2^(ceil(n/2) + 1)`. As `x = d*r + b*s` and `y = c*r + a*s`, all of
//! `a, b, c, d` are below `2^(floor(n/2) - 1)`: where `k` bits follow, the remainders of all change by less than `2^(k + floor(n/2) - 1)` and
//! are at least `1.5 * 2^(k + ceil(n/2))`. In the second part `m` of the `n` bits are left, and `k = n + 2 - m` of them follow: so the
//! remainders are at least `2^(ceil(n/2) + 1)` again.

use super::super::{
    division::{self, Product},
    limbs::{low_bits, to_biguint},
};
use super::lehmer::{Quotients, STEP_BITS, order};
use super::{places, read};
use num_bigint::BigUint;
use num_traits::One;

/// Below so many bits quotients are found by words. Measured with `cargo bench --bench integers -- gcd`.
pub(crate) const HALVES_BITS: u64 = 64 * 120;

/// From one pair of a remainder sequence to a later one: `|a*x - b*y|` and `|c*x - d*y|` for the rows `(a, b)` and `(c, d)`, of which the
/// first is positive as it stands after an even number of quotients, and the second after an odd one.
#[derive(Clone, Debug)]
pub(crate) struct Matrix {
    pub(crate) first: (BigUint, BigUint),
    pub(crate) second: (BigUint, BigUint),
    pub(crate) even: bool,
}

impl Matrix {
    fn one() -> Self {
        Matrix { first: (BigUint::one(), BigUint::ZERO), second: (BigUint::ZERO, BigUint::one()), even: true }
    }

    pub(crate) fn is_one(&self) -> bool {
        self.even && self.first.1 == BigUint::ZERO && self.second.0 == BigUint::ZERO
    }

    /// One more quotient.
    fn push(&mut self, q: &BigUint, product: Product) {
        let next = |low: &BigUint, high: &BigUint| low + product(q, high);
        let second = (next(&self.first.0, &self.second.0), next(&self.first.1, &self.second.1));
        self.first = std::mem::replace(&mut self.second, second);
        self.even = !self.even;
    }

    /// The quotients of `self`, then those of `later`.
    fn then(self, later: Matrix, product: Product) -> Self {
        if self.is_one() {
            return later;
        }
        let row = |(p, q): &(BigUint, BigUint)| {
            let entry = |x: &BigUint, y: &BigUint| product(p, x) + product(q, y);
            (entry(&self.first.0, &self.second.0), entry(&self.first.1, &self.second.1))
        };
        Matrix { first: row(&later.first), second: row(&later.second), even: self.even == later.even }
    }
}

/// A pair of a remainder sequence, and what leads there from its beginning.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) matrix: Matrix,
    pub(crate) x: BigUint,
    pub(crate) y: BigUint,
}

impl Step {
    fn start(x: BigUint, y: BigUint) -> Self {
        Step { matrix: Matrix::one(), x, y }
    }

    /// The larger number first.
    fn ordered(mut self) -> Self {
        if self.x < self.y {
            std::mem::swap(&mut self.x, &mut self.y);
            std::mem::swap(&mut self.matrix.first, &mut self.matrix.second);
            self.matrix.even = !self.matrix.even;
        }
        self
    }

    /// From `y <= x` as far as all bits but the last `k` lead, of which `x` has at most `n`: both remainders are at least
    /// `2^(k + ceil(n/2))`.
    pub(crate) fn leading(x: &BigUint, y: &BigUint, k: u64, n: u64, product: Product) -> Self {
        let Step { matrix, x: r, y: s } = reduce(x >> k, y >> k, n, product);
        if matrix.is_one() {
            return Step { matrix, x: x.clone(), y: y.clone() };
        }
        let (x, y) = (low_bits(x, k), low_bits(y, k));
        let whole = |r: BigUint, (p, q): &(BigUint, BigUint), x_first: bool| {
            let (p, q) = (product(p, &x), product(q, &y));
            let (plus, minus) = if x_first { (p, q) } else { (q, p) };
            (r << k) + plus - minus
        };
        let (x, y) = (whole(r, &matrix.first, matrix.even), whole(s, &matrix.second, !matrix.even));
        Step { matrix, x, y }.ordered()
    }

    /// One quotient, if the remainder has more than `least` bits.
    fn divide(&mut self, least: u64, product: Product) -> bool {
        if self.y.bits() <= least {
            return false;
        }
        let (q, rest) = division::div_rem(&self.x, &self.y, product);
        if rest.bits() <= least {
            return false;
        }
        self.matrix.push(&q, product);
        self.x = std::mem::replace(&mut self.y, rest);
        true
    }
}

/// Takes `y <= x < 2^n` through their remainder sequence while both are at least `2^(ceil(n/2) + 1)`; it may end some bits sooner.
pub(crate) fn reduce(x: BigUint, y: BigUint, n: u64, product: Product) -> Step {
    let least = n.div_ceil(2) + 1;
    let mut step = Step::start(x, y);
    if step.y.bits() <= least {
        return step;
    }
    if n < HALVES_BITS {
        loop {
            step = by_words(step, least);
            if step.x.bits() < least + STEP_BITS || !step.divide(least, product) {
                return step;
            }
        }
    }
    let k = n / 2;
    step = Step::leading(&step.x, &step.y, k, n - k, product);
    // A long quotient hides what comes after it from the leading bits.
    while step.x.bits() > k + (n - k) / 2 + 2 * STEP_BITS {
        if !step.divide(least, product) {
            return step;
        }
    }
    let m = step.x.bits();
    // At most n/2, since y has more than `least` bits wherever this is reached.
    let k = n + 2 - m;
    debug_assert!(step.y.bits() > least && k < m);
    let later = Step::leading(&step.x, &step.y, k, m - k, product);
    Step { matrix: step.matrix.then(later.matrix, product), x: later.x, y: later.y }
}

/// Quotients of leading words, while both remainders are at least `2^least`.
fn by_words(step: Step, least: u64) -> Step {
    let len = places(&step.x);
    let (mut x, mut y) = (vec![0; len], vec![0; len]);
    let (mut x, mut y) = (read(&step.x, &mut x), read(&step.y, &mut y));
    let Matrix { first: (a, b), second: (c, d), mut even } = step.matrix;
    let mut used = [&a, &b, &c, &d].map(places).into_iter().max().unwrap_or(0);
    // Entries grow by the bits that the numbers lose, and a step by a limb at most.
    let room = used + (step.x.bits().saturating_sub(least) / 64) as usize + 3;
    let column = |entry: &BigUint| {
        let mut limbs = vec![0; room];
        read(entry, &mut limbs);
        limbs
    };
    let (mut a, mut b, mut c, mut d) = (column(&a), column(&b), column(&c), column(&d));
    loop {
        if order(&mut x, &mut y, 0) {
            (a, b, c, d) = (c, d, a, b);
            even = !even;
        }
        let bits = 64 * x.len() as u64 - u64::from(x.last().map_or(0, |top| top.leading_zeros()));
        if bits < least + STEP_BITS {
            break;
        }
        let Some(quotients) = Quotients::of_limbs(x, y) else { break };
        quotients.apply(x, y);
        if !quotients.even {
            std::mem::swap(&mut x, &mut y);
        }
        even = even == quotients.even;
        let end = (used + 1).min(room);
        let longer =
            quotients.extend(&mut a[..end], &mut c[..end]) | quotients.extend(&mut b[..end], &mut d[..end]);
        used += usize::from(longer);
    }
    let matrix =
        Matrix { first: (to_biguint(&a), to_biguint(&b)), second: (to_biguint(&c), to_biguint(&d)), even };
    Step { matrix, x: to_biguint(x), y: to_biguint(y) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::integer::division::plain_product;
    use num_bigint::BigInt;
    use proptest::{collection::vec, prelude::*};

    /// What a step says of a pair: rows, sizes, and that it is Euclid's sequence.
    fn check(x: &BigUint, y: &BigUint, step: &Step, least: u64) {
        let Matrix { first: (a, b), second: (c, d), even } = &step.matrix;
        let value = |p: &BigUint, q: &BigUint, positive: bool| {
            let value = BigInt::from(p * x) - BigInt::from(q * y);
            if positive { value } else { -value }
        };
        assert_eq!(value(a, b, *even), step.x.clone().into());
        assert_eq!(value(c, d, !even), step.y.clone().into());
        assert!(step.x >= step.y);
        if step.matrix.is_one() {
            return;
        }
        assert!(step.y.bits() > least, "{} bits of {}", step.y.bits(), x.bits());
        // Entries that are not negative with this determinant are products of quotients, and of one sequence only.
        let determinant = BigInt::from(a * d) - BigInt::from(b * c);
        assert_eq!(determinant, if *even { 1.into() } else { (-1).into() });
    }

    /// That quotients are taken as far as they may be, within some bits or one long quotient.
    fn progress(x: &BigUint, y: &BigUint) {
        let (n, least) = (x.bits(), x.bits().div_ceil(2) + 1);
        let step = reduce(x.clone(), y.clone(), n, plain_product);
        let (mut p, mut q) = (step.x, step.y);
        for _ in 0..2 {
            if p.bits() <= least + 2 * STEP_BITS || q == BigUint::ZERO {
                return;
            }
            let rest = &p % &q;
            (p, q) = (q, rest);
        }
        assert!(q.bits() <= least + 2 * STEP_BITS, "{} of {n} bits are left", q.bits());
    }

    /// Numbers with these quotients.
    fn continued(quotients: &[BigUint]) -> (BigUint, BigUint) {
        let mut pair = (BigUint::one(), BigUint::ZERO);
        for q in quotients {
            pair = (q * &pair.0 + &pair.1, pair.0);
        }
        pair
    }

    #[test]
    fn long_numbers_and_long_quotients() {
        let ones = |count: usize| vec![BigUint::one(); count];
        let long = |bits: u32| (BigUint::one() << (bits + 2)) - 3u8;
        // Fibonacci's, with long quotients at both ends, in the middle and everywhere, and of powers of two.
        let mut samples = vec![ones(25_000), [ones(5000), vec![long(9000)], ones(5000)].concat()];
        samples.push([vec![long(8000)], ones(12_000), vec![long(8000)]].concat());
        samples.push((1..200).map(|k| long(k * 37 % 300 + 1)).collect());
        samples.push((1..60).map(|k| long(if k % 7 == 0 { 2000 } else { k % 40 + 1 })).collect());
        samples.push((0..150).map(|k| BigUint::one() << (k * 5 % 130)).collect());
        for quotients in samples {
            let (x, y) = continued(&quotients);
            let n = x.bits();
            progress(&x, &y);
            check(&x, &y, &reduce(x.clone(), y.clone(), n, plain_product), n.div_ceil(2) + 1);
            for k in [1, 63, 64, n / 3, n / 2] {
                check(&x, &y, &Step::leading(&x, &y, k, n - k, plain_product), k + (n - k).div_ceil(2));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn any_numbers(x in vec(any::<u64>(), 4..20), y in vec(any::<u64>(), 4..20), repeat in 1usize..40, shift in 0u64..500) {
            let (x, y) = (to_biguint(&x.repeat(repeat.min(20))), to_biguint(&y.repeat(repeat)));
            let (x, y) = if x < y { (y, x) } else { (x, y) };
            let n = x.bits();
            progress(&x, &y);
            check(&x, &y, &reduce(x.clone(), y.clone(), n, plain_product), n.div_ceil(2) + 1);
            let k = shift.min(n / 2);
            check(&x, &y, &Step::leading(&x, &y, k, n - k, plain_product), k + (n - k).div_ceil(2));
        }
    }
}
