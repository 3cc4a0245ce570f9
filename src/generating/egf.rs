//! [`Egf`]: exponential generating functions, `sum of a(n)*x^n/n!` over the rationals.

use super::{Ogf, checked, ogf::unknown};
use crate::integer::gcd::signed_gcd;
use crate::ring::{IntoElement, QQ, Rationals, ZZ};
use crate::sequences::factorial;
use crate::{Error, Result, Series, integer_div_rem, integer_product};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::fmt;

/// The numbers of labelled structures of each size below an order: `a(0) + a(1)*x + a(2)*x^2/2! + ...`.
///
/// # Examples
/// ```
/// use monic::generating::Egf;
/// // A permutation is a set of cycles; a derangement is one of cycles of length 2 and more.
/// let atom = Egf::atom(11);
/// assert_eq!(atom.cycle()?.set()?.count(10), 3_628_800.into());
/// assert_eq!(atom.cycle_of(2..)?.set()?.count(10), 1_334_961.into());
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Egf(pub(super) Series<Rationals>);

impl Egf {
    /// The generating function with these counts `a(0), a(1), ...`, and zeros behind them; fractions are allowed.
    ///
    /// # Errors
    /// Kind limit.
    ///
    /// # Complexity
    /// A gcd of a count and `n!` for each.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Egf;
    /// assert_eq!(Egf::new([1, 1, 1, 1], 4)?.to_string(), "1 + x + 1/2*x^2 + 1/6*x^3 + O(x^4)");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn new<T: IntoElement<Rationals>>(counts: impl IntoIterator<Item = T>, order: usize) -> Result<Self> {
        checked(order)?;
        let mut factorial = BigInt::one();
        let coefficients = counts.into_iter().take(order).enumerate().map(|(n, count)| {
            factorial *= n.max(1);
            let count = count.into_element(&QQ);
            let common = signed_gcd(count.numer(), &factorial);
            BigRational::new_raw(count.numer() / &common, count.denom() * (&factorial / &common))
        });
        Ok(Egf(Series::from_vec(QQ, coefficients.collect(), order)))
    }

    /// The solution of `T = x*phi(T)`: rooted trees with labels in which `phi` says what the children of a node may be. Known to one coefficient
    /// more than `phi`.
    ///
    /// # Errors
    /// Kind limit.
    ///
    /// # Complexity
    /// One reversion, `O(M(n) log n)`.
    ///
    /// # Source
    /// J.-L. Lagrange, 1770.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Egf;
    /// let set = Egf::atom(10).set()?;
    /// let trees = Egf::lagrange(&set)?; // a root and a set of trees: n^(n-1) of them
    /// assert_eq!(trees.count(10), 1_000_000_000.into());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn lagrange(phi: &Self) -> Result<Self> {
        let order = phi.order().saturating_add(1);
        checked(order)?;
        match phi.0.coefficient(0) {
            Some(c) if !c.is_zero() => Series::x(QQ, order).quo(&phi.0)?.reversion().map(Egf),
            // T = x*phi(T) has no first term to begin with.
            _ => Ok(Self::zero(order)),
        }
    }

    /// The number of structures of size `n`, as a fraction where the series has such.
    ///
    /// # Errors
    /// Kind undefined where it is not known.
    ///
    /// # Examples
    /// ```
    /// use monic::{QQ, Series, generating::Egf};
    /// let x = Series::x(QQ, 13);
    /// let bernoulli = Egf::from_series(x.quo(&(x.exp()? - 1))?); // x/(e^x - 1)
    /// assert_eq!(bernoulli.value(10)?.to_string(), "5/66");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn value(&self, n: usize) -> Result<BigRational> {
        let c = self.0.coefficient(n).ok_or_else(|| unknown(n, self.order()))?;
        Ok(times(&c, &factorial(n as u64)))
    }

    /// The number of structures of size `n`.
    ///
    /// # Panics
    /// Where [`try_count`](Self::try_count) is an error.
    #[track_caller]
    pub fn count(&self, n: usize) -> BigInt {
        crate::poly::settle(self.try_count(n))
    }

    /// The number of structures of size `n`.
    ///
    /// # Errors
    /// Kind undefined where it is not known, for `n` from the order on; kind not exact where it is no integer.
    pub fn try_count(&self, n: usize) -> Result<BigInt> {
        integer(n, self.value(n)?)
    }

    /// All known counts, from size 0 on.
    ///
    /// # Errors
    /// Kind not exact where one is no integer.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Egf;
    /// let bell = Egf::atom(7).set_of(1..)?.set()?; // sets of sets that are not empty
    /// assert_eq!(bell.counts()?, [1, 1, 2, 5, 15, 52, 203].map(Into::into));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn counts(&self) -> Result<Vec<BigInt>> {
        let mut factorial = BigInt::one();
        let values = self.0.to_vec().into_iter().enumerate().map(|(n, c)| {
            factorial *= n.max(1);
            integer(n, times(&c, &factorial))
        });
        values.collect()
    }

    /// The ordinary generating function with the same counts (Laplace's transform).
    ///
    /// # Errors
    /// Kind not exact where a count is no integer.
    pub fn to_ogf(&self) -> Result<Ogf> {
        Ok(Ogf(Series::from_vec(ZZ, self.counts()?, self.order())))
    }
}

/// The product with a factorial, which most denominators divide.
fn times(c: &BigRational, factorial: &BigInt) -> BigRational {
    let (quotient, rest) = integer_div_rem(factorial, c.denom());
    if rest.is_zero() { integer_product(c.numer(), &quotient).into() } else { c * factorial }
}

fn integer(n: usize, value: BigRational) -> Result<BigInt> {
    if value.is_integer() {
        return Ok(value.to_integer());
    }
    Err(Error::not_exact(format!("the number of structures of size {n} would be {value}")))
}

/// The series, with `a(n)/n!` as coefficients.
impl fmt::Display for Egf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
