//! [`Ogf`]: ordinary generating functions, `sum of a(n)*x^n` over the integers.

use super::{Egf, checked};
use crate::ring::{Integers, IntoElement, QQ, ZZ};
use crate::sequences::Recurrence;
use crate::{Error, Poly, Rationals, Result, Series};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::fmt;

/// The numbers of unlabelled structures of each size below an order: `a(0) + a(1)*x + a(2)*x^2 + ...`.
///
/// # Examples
/// ```
/// use monic::generating::Ogf;
/// // A partition of n is a multiset of positive integers, and those are sequences of at least one atom.
/// let atom = Ogf::atom(101);
/// let partitions = atom.sequence_of(1..)?.multiset()?;
/// assert_eq!(partitions.count(5), 7.into());
/// assert_eq!(partitions.count(100), 190_569_292.into());
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Ogf(pub(super) Series<Integers>);

impl Ogf {
    /// The generating function with these counts from size 0 on, and zeros behind them.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Ogf;
    /// let coins = Ogf::new([0, 1, 1, 0, 0, 1], 101); // of 1, 2 and 5
    /// assert_eq!(coins.multiset()?.count(100), 541.into()); // ways to pay 100
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn new<T: IntoElement<Integers>>(counts: impl IntoIterator<Item = T>, order: usize) -> Self {
        Ogf(Series::new(ZZ, counts, order))
    }

    /// The generating function of a rational function `p/q`.
    ///
    /// # Errors
    /// Kind undefined where the constant coefficient of `q` is not 1 or -1 (and what is left of both when their powers of `x` are cancelled).
    ///
    /// # Examples
    /// ```
    /// use monic::{ZZ, generating::Ogf};
    /// let fibonacci = Ogf::rational(&ZZ.poly([0, 1]), &ZZ.poly([1, -1, -1]), 101)?;
    /// assert_eq!(fibonacci.count(100).to_string(), "354224848179261915075");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn rational(p: &Poly<Integers>, q: &Poly<Integers>, order: usize) -> Result<Self> {
        checked(order)?;
        // A common power of x costs as many coefficients.
        let more = order.saturating_add(q.valuation().unwrap_or(0));
        p.to_series(more).quo(&q.to_series(more))?.truncate(order).map(Ogf)
    }

    /// The terms of a linear recurrence.
    ///
    /// # Errors
    /// Kind limit. Terms far away without those before them: [`Recurrence::term`].
    ///
    /// # Examples
    /// ```
    /// use monic::{ZZ, generating::Ogf, sequences::Recurrence};
    /// let pell = Recurrence::new(ZZ, [2, 1], [0, 1])?;
    /// assert_eq!(Ogf::from_recurrence(&pell, 8)?.to_string(), "x + 2*x^2 + 5*x^3 + 12*x^4 + 29*x^5 + 70*x^6 + 169*x^7 + O(x^8)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn from_recurrence(recurrence: &Recurrence<Integers>, order: usize) -> Result<Self> {
        checked(order)?;
        Ok(Ogf(Series::from_vec(ZZ, recurrence.terms(0, order)?, order)))
    }

    /// The shortest linear recurrence of the counts, with which those far away are found; none where the known counts are too few to determine one.
    ///
    /// # Errors
    /// Kind not exact where a coefficient of the recurrence is no integer; kind limit.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Ogf;
    /// let dominoes = Ogf::new([0, 1, 1], 20).sequence()?; // tilings of a board of width 2
    /// let recurrence = dominoes.recurrence()?.unwrap();
    /// assert_eq!(recurrence.order(), 2);
    /// assert_eq!(recurrence.term(300)?, monic::sequences::fibonacci(&monic::ZZ, 301)?);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn recurrence(&self) -> Result<Option<Recurrence<Integers>>> {
        let found = Recurrence::shortest(ZZ, self.counts())?;
        Ok((2 * found.order() <= self.order()).then_some(found))
    }

    /// The solution of `T = x*phi(T)`: rooted plane trees in which `phi` says how many children there may be. Known to one coefficient more than `phi`.
    ///
    /// # Errors
    /// Kind limit.
    ///
    /// # Complexity
    /// One reversion, `O(M(n) log n)`.
    ///
    /// # Source
    /// J.-L. Lagrange, 1770: `n*[x^n] T = [u^(n-1)] phi(u)^n`.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Ogf;
    /// let children = Ogf::new([1, 0, 1], 20); // none or two
    /// let trees = Ogf::lagrange(&children)?;
    /// assert_eq!([1, 3, 5, 7, 9].map(|n| trees.count(n)), [1, 1, 2, 5, 14].map(Into::into));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn lagrange(phi: &Self) -> Result<Self> {
        let order = phi.order().saturating_add(1);
        checked(order)?;
        match phi.0.coefficient(0) {
            Some(c) if c.magnitude().is_one() => Series::x(ZZ, order).quo(&phi.0)?.reversion().map(Ogf),
            Some(c) if !c.is_zero() => {
                integers(&Series::x(QQ, order).quo(&rationals(&phi.0))?.reversion()?).map(Ogf)
            }
            // T = x*phi(T) has no first term to begin with.
            _ => Ok(Self::zero(order)),
        }
    }

    /// One coefficient of the solution of `T = x*phi(T)`, without those before it.
    ///
    /// # Errors
    /// Kind undefined where `phi` is not known to `n` coefficients; kind limit.
    ///
    /// # Complexity
    /// One power, `phi^n` modulo `x^n`.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Ogf;
    /// let motzkin = Ogf::new([1, 1, 1], 100);
    /// assert_eq!(Ogf::lagrange_count(&motzkin, 10)?, 835.into());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn lagrange_count(phi: &Self, n: usize) -> Result<BigInt> {
        if n == 0 {
            return Ok(BigInt::ZERO);
        }
        let phi = phi.truncate(n)?;
        let power = phi.0.to_poly().try_pow_low(n as u64, n)?;
        Ok(power.coefficient(n - 1) / n)
    }

    /// The number of structures of size `n`.
    ///
    /// # Panics
    /// Where it is not known: for `n` from the order on.
    #[track_caller]
    pub fn count(&self, n: usize) -> BigInt {
        crate::poly::settle(self.try_count(n))
    }

    /// The number of structures of size `n`.
    ///
    /// # Errors
    /// Kind undefined where it is not known.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Ogf;
    /// let error = Ogf::atom(10).try_count(10).unwrap_err();
    /// assert_eq!(error.to_string(), "the number of structures of size 10, where those of sizes below 10 are known");
    /// ```
    pub fn try_count(&self, n: usize) -> Result<BigInt> {
        self.0.coefficient(n).ok_or_else(|| unknown(n, self.order()))
    }

    /// All known counts, from size 0 on.
    pub fn counts(&self) -> Vec<BigInt> {
        self.0.to_vec()
    }

    /// The exponential generating function with the same counts: `sum of a(n)*x^n/n!` (Borel's transform).
    ///
    /// # Errors
    /// Never, but for memory.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Ogf;
    /// let orders = Ogf::new([1, 1, 2, 6, 24], 5); // linear orders
    /// assert_eq!(orders.to_egf()?, Ogf::atom(5).to_egf()?.sequence()?);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn to_egf(&self) -> Result<Egf> {
        Egf::new(self.0.coefficients(), self.order())
    }
}

pub(super) fn unknown(n: usize, order: usize) -> Error {
    Error::undefined(format!(
        "the number of structures of size {n}, where those of sizes below {order} are known"
    ))
}

pub(super) fn rationals(series: &Series<Integers>) -> Series<Rationals> {
    let coefficients = series.coefficients().iter().map(|c| BigRational::from_integer(c.clone()));
    Series::from_vec(QQ, coefficients.collect(), series.precision())
}

/// The series over Z that a series over Q is.
pub(super) fn integers(series: &Series<Rationals>) -> Result<Series<Integers>> {
    let integer = |(n, c): (usize, &BigRational)| {
        if c.is_integer() {
            Ok(c.numer().clone())
        } else {
            Err(Error::not_exact(format!("the number of structures of size {n} would be {c}")))
        }
    };
    let coefficients = series.coefficients().iter().enumerate().map(integer);
    Ok(Series::from_vec(ZZ, coefficients.collect::<Result<_>>()?, series.precision()))
}

/// The series with the coefficients `c(n)/n`.
pub(super) fn divided_by_size(counts: Vec<BigInt>, order: usize) -> Result<Series<Integers>> {
    let quotient = |(n, c): (usize, BigInt)| {
        let (q, r) = c.div_rem(&BigInt::from(n.max(1)));
        if r.is_zero() {
            Ok(q)
        } else {
            Err(Error::not_exact(format!("the number of structures of size {n} would be {c}/{n}")))
        }
    };
    let counts = counts.into_iter().enumerate().map(quotient);
    Ok(Series::from_vec(ZZ, counts.collect::<Result<_>>()?, order))
}

impl fmt::Display for Ogf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
