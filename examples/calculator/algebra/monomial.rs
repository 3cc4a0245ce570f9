//! A product of powers of variables, in lexicographic order: `x^2 > x*y > x > y^9 > 1`.

use super::{MAX_COEFFICIENTS, exponent_too_large};
use crate::failure::Outcome;
use std::cmp::Ordering;
use std::rc::Rc;

/// The name of a variable.
pub type Name = Rc<str>;

/// A product of powers; names ascend, exponents are at least 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Monomial(Vec<(Name, u32)>);

impl Monomial {
    /// The empty product.
    pub fn one() -> Self {
        Monomial(Vec::new())
    }

    /// `name^k`, with `k` below the limit.
    pub fn power(name: Name, k: u32) -> Self {
        if k == 0 { Self::one() } else { Monomial(vec![(name, k)]) }
    }

    /// The product of what is listed: names ascending, exponents of 0 left out.
    pub fn product(factors: impl IntoIterator<Item = (Name, u32)>) -> Self {
        Monomial(factors.into_iter().filter(|(_, k)| *k > 0).collect())
    }

    /// Whether it is the empty product.
    pub fn is_one(&self) -> bool {
        self.0.is_empty()
    }

    /// The variables with their exponents.
    pub fn factors(&self) -> std::slice::Iter<'_, (Name, u32)> {
        self.0.iter()
    }

    /// The first variable and its exponent.
    ///
    /// # Panics
    /// For the empty product.
    pub fn leading(&self) -> (&Name, u32) {
        let (name, k) = &self.0[0];
        (name, *k)
    }

    /// The only variable and its exponent.
    pub fn single(&self) -> Option<(&Name, u32)> {
        match self.0.as_slice() {
            [(name, k)] => Some((name, *k)),
            _ => None,
        }
    }

    /// The exponent of a variable, and what is left without it.
    pub fn split(&self, name: &str) -> (u32, Monomial) {
        let exponent = self.exponent(name);
        (exponent, Monomial(self.0.iter().filter(|(other, _)| **other != *name).cloned().collect()))
    }

    /// The exponent of a variable.
    pub fn exponent(&self, name: &str) -> u32 {
        self.0.iter().find(|(other, _)| **other == *name).map_or(0, |(_, k)| *k)
    }

    /// The product.
    ///
    /// # Errors
    /// For an exponent over the limit.
    pub fn times(&self, other: &Self) -> Outcome<Self> {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut product = Vec::with_capacity(self.0.len() + other.0.len());
        loop {
            let order = match (a.peek(), b.peek()) {
                (None, None) => return Ok(Monomial(product)),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(x), Some(y)) => x.0.cmp(&y.0),
            };
            let left = if order.is_le() { a.next() } else { None };
            let right = if order.is_ge() { b.next() } else { None };
            let exponents = left.iter().chain(&right).map(|(_, k)| u64::from(*k)).sum();
            let name = left.or(right).expect("one of them was taken").0.clone();
            product.push((name, checked(exponents)?));
        }
    }

    /// The power with every exponent times `n`.
    ///
    /// # Errors
    /// For an exponent over the limit.
    pub fn raised(&self, n: u64) -> Outcome<Self> {
        if n == 0 {
            return Ok(Self::one());
        }
        let power = |(name, k): &(Name, u32)| match u64::from(*k).checked_mul(n) {
            Some(k) => Ok((name.clone(), checked(k)?)),
            None => Err(exponent_too_large(u128::from(*k) * u128::from(n))),
        };
        self.0.iter().map(power).collect::<Outcome<_>>().map(Monomial)
    }

    /// The quotient, where it is a monomial.
    pub fn over(&self, other: &Self) -> Option<Self> {
        let mut quotient = self.0.clone();
        for (name, k) in &other.0 {
            let own = quotient.iter_mut().find(|(own, _)| own == name)?;
            own.1 = own.1.checked_sub(*k)?;
        }
        quotient.retain(|(_, k)| *k > 0);
        Some(Monomial(quotient))
    }
}

/// An exponent within the limit.
fn checked(exponent: u64) -> Outcome<u32> {
    match u32::try_from(exponent) {
        Ok(k) if exponent < MAX_COEFFICIENTS => Ok(k),
        _ => Err(exponent_too_large(exponent)),
    }
}

/// Lexicographic: the earlier variable weighs more, then its exponent.
impl Ord for Monomial {
    fn cmp(&self, other: &Self) -> Ordering {
        for ((x, j), (y, k)) in self.0.iter().zip(&other.0) {
            let order = if Rc::ptr_eq(x, y) { Ordering::Equal } else { y.cmp(x) };
            match order.then_with(|| j.cmp(k)) {
                Ordering::Equal => {}
                order => return order,
            }
        }
        self.0.len().cmp(&other.0.len())
    }
}

impl PartialOrd for Monomial {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monomial(factors: &[(&str, u32)]) -> Monomial {
        Monomial::product(factors.iter().map(|(name, k)| (Name::from(*name), *k)))
    }

    #[test]
    fn the_order_is_lexicographic() {
        let descending = [
            monomial(&[("x", 2)]),
            monomial(&[("x", 1), ("y", 2)]),
            monomial(&[("x", 1), ("y", 1), ("z", 5)]),
            monomial(&[("x", 1), ("y", 1)]),
            monomial(&[("x", 1), ("z", 7)]),
            monomial(&[("x", 1)]),
            monomial(&[("y", 9)]),
            Monomial::one(),
        ];
        assert!(descending.is_sorted_by(|a, b| a > b));
    }

    #[test]
    fn products_and_quotients() {
        let (a, b) = (monomial(&[("x", 2), ("z", 1)]), monomial(&[("x", 1), ("y", 3)]));
        let product = a.times(&b).expect("small");
        assert_eq!(product, monomial(&[("x", 3), ("y", 3), ("z", 1)]));
        assert_eq!(product.over(&b), Some(a.clone()));
        assert_eq!(a.over(&b), None);
        assert!(a.raised(1 << 40).is_err() && a.raised(u64::MAX).is_err());
        assert!(a.raised(1 << 27).is_err());
        assert_eq!(a.raised(0), Ok(Monomial::one()));
    }
}
