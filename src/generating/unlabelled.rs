//! Unlabelled multisets, sets and cycles, by Pólya's theory: equal components can be exchanged, so powers `A(x^k)` come in beside `A`.
//!
//! - multisets: `prod (1 - x^n)^(-a(n)) = exp(sum of A(x^k)/k)` (Euler's transform)
//! - sets, without repetition: `prod (1 + x^n)^a(n) = exp(sum of (-1)^(k-1)*A(x^k)/k)`
//! - cycles: `sum of phi(k)/k * log 1/(1 - A(x^k))`
//!
//! It stands apart from the labelled ones because of those powers. Logarithmic derivatives of all three have integer coefficients, sums over divisors, which are added up
//! in `O(n log n)` operations. With a restricted number of components multisets are the complete and sets the elementary symmetric functions of the components, which
//! Newton's identities give from the powers `A(x^k)`; cycles are a composition for each divisor.
//!
//! # Source
//! G. Pólya, "Kombinatorische Anzahlbestimmungen für Gruppen, Graphen und chemische Verbindungen", Acta Math. 68, 1937.

use super::ogf::{divided_by_size, integers};
use super::{Ogf, checked, made_of, outer};
use crate::ring::{Integers, QQ, ZZ};
use crate::{Error, Poly, Result, Series};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::ops::{Range, RangeBounds};

impl Ogf {
    /// Multisets, in which components may be equal, of any number of them.
    ///
    /// # Errors
    /// Kind undefined for components of size 0; kind limit.
    ///
    /// # Complexity
    /// One exponential, `O(M(n))`, and `O(n log n)` additions.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Ogf;
    /// let bits = 2 * &Ogf::atom(6); // two kinds of atoms
    /// let words = bits.sequence_of(1..)?;
    /// assert_eq!(words.multiset()?.counts(), [1, 2, 7, 20, 59, 162].map(Into::into));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn multiset(&self) -> Result<Self> {
        made_of("a multiset", &self.0, self.order(), || self.exponential(|_| false)).map(Ogf)
    }

    /// Sets, in which all components are different, of any number of them.
    ///
    /// # Errors
    /// Kind undefined for components of size 0; kind limit.
    ///
    /// # Complexity
    /// As for [`multiset`](Self::multiset).
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Ogf;
    /// // As many partitions into different parts as into odd ones (L. Euler, 1748).
    /// let parts = Ogf::atom(101).sequence_of(1..)?;
    /// let odd = Ogf::new((0..101).map(|n| n % 2), 101);
    /// assert_eq!(parts.powerset()?, odd.multiset()?);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn powerset(&self) -> Result<Self> {
        made_of("a set", &self.0, self.order(), || self.exponential(|k| k % 2 == 0)).map(Ogf)
    }

    /// `exp(sum of +-A(x^k)/k)`, with the signs that are asked for.
    fn exponential(&self, negative: impl Fn(usize) -> bool) -> Result<Series<Integers>> {
        let order = self.order();
        // n times the coefficient of x^n, the sum of +-d*a(d) over the divisors d = n/k.
        let mut sums = vec![BigInt::ZERO; order];
        for (d, count) in self.0.coefficients().iter().enumerate().skip(1) {
            let term = count * d;
            if !term.is_zero() {
                for (k, sum) in (1..).zip(sums.iter_mut().skip(d).step_by(d)) {
                    if negative(k) { *sum -= &term } else { *sum += &term }
                }
            }
        }
        let quotients =
            sums.into_iter().enumerate().map(|(n, sum)| BigRational::new(sum, n.max(1).into())).collect();
        integers(&Series::from_vec(QQ, quotients, order).exp()?)
    }

    /// The components of which these structures are the multisets: the inverse of Euler's transform.
    ///
    /// # Errors
    /// Kind undefined unless there is one structure of size 0, the empty multiset; kind limit.
    ///
    /// # Complexity
    /// One quotient, `O(M(n))`, and `O(n log n)` additions.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Ogf;
    /// let graphs = Ogf::new([1, 1, 2, 4, 11, 34, 156], 7); // by the number of vertices
    /// assert_eq!(graphs.components()?.counts(), [0, 1, 1, 2, 6, 21, 112].map(Into::into)); // connected ones
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn components(&self) -> Result<Self> {
        let order = self.order();
        checked(order)?;
        if order == 0 {
            return Ok(Self::zero(0));
        }
        let empty = self.count(0);
        if !empty.is_one() {
            return Err(Error::undefined(format!(
                "multisets among which there are {empty} of size 0, where the empty one is"
            )));
        }
        let mut sums = self.pointed()?.0.quo(&self.0)?.to_vec();
        // From the sums over all divisors to the terms d*a(d).
        for d in 1..order {
            let term = sums[d].clone();
            if !term.is_zero() {
                sums.iter_mut().skip(2 * d).step_by(d).for_each(|sum| *sum -= &term);
            }
        }
        divided_by_size(sums, order).map(Ogf)
    }

    /// Cycles, of any number of components but none, up to rotation.
    ///
    /// # Errors
    /// Kind undefined for components of size 0; kind limit.
    ///
    /// # Complexity
    /// One quotient, `O(M(n))`, and `O(n log n)` operations on integers.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Ogf;
    /// let beads = 2 * &Ogf::atom(9);
    /// let necklaces = beads.cycle()?;
    /// assert_eq!(necklaces.counts(), [0, 2, 3, 4, 6, 8, 14, 20, 36].map(Into::into));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn cycle(&self) -> Result<Self> {
        made_of("a cycle", &self.0, self.order(), || self.all_cycles()).map(Ogf)
    }

    fn all_cycles(&self) -> Result<Series<Integers>> {
        let order = self.order();
        // x*d/dx of log 1/(1 - A): n times its coefficients.
        let logarithm = self.pointed()?.0.quo(&(1 - &self.0))?;
        let totients = totients(order);
        let mut sums = vec![BigInt::ZERO; order];
        for (m, c) in logarithm.coefficients().iter().enumerate().skip(1).filter(|(_, c)| !c.is_zero()) {
            for (k, sum) in (1..).zip(sums.iter_mut().skip(m).step_by(m)) {
                *sum += c * totients[k];
            }
        }
        divided_by_size(sums, order)
    }

    /// Multisets whose number of components is in a range.
    ///
    /// # Errors
    /// As for [`multiset`](Self::multiset).
    ///
    /// # Complexity
    /// `k^2/2` products, where `k` is the last number of the range, or, of a range without one, the number before the first.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Ogf;
    /// let parts = Ogf::atom(101).sequence_of(1..)?;
    /// assert_eq!(parts.multiset_of(3..=3)?.count(100), 833.into()); // 100^2/12, rounded
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn multiset_of(&self, range: impl RangeBounds<usize>) -> Result<Self> {
        self.restricted("a multiset", &range, |_| false)
    }

    /// Sets of different components, whose number is in a range.
    ///
    /// # Errors
    /// As for [`powerset`](Self::powerset).
    ///
    /// # Complexity
    /// As for [`multiset_of`](Self::multiset_of).
    pub fn powerset_of(&self, range: impl RangeBounds<usize>) -> Result<Self> {
        self.restricted("a set", &range, |k| k % 2 == 0)
    }

    fn restricted(
        &self,
        what: &str,
        range: &impl RangeBounds<usize>,
        negative: impl Fn(usize) -> bool + Copy,
    ) -> Result<Self> {
        let order = self.order();
        let all = || self.exponential(negative);
        let some = |degrees| self.symmetric(degrees, negative);
        made_of(what, &self.0, order, || outer::restricted(&self.0, range, all, some)).map(Ogf)
    }

    /// The sum of the symmetric functions of some degrees: `j*h(j) = sum of +-A(x^i)*h(j-i)`.
    fn symmetric(&self, degrees: Range<usize>, negative: impl Fn(usize) -> bool) -> Result<Series<Integers>> {
        let order = self.order();
        let a = self.0.to_poly();
        let mut powers = vec![Poly::one(ZZ)];
        let mut functions = vec![Poly::one(ZZ)];
        for j in 1..degrees.end {
            let power = a.truncate(order.div_ceil(j)).try_inflate(j as u64)?.truncate(order);
            powers.push(if negative(j) { power.try_neg()? } else { power });
            let mut sum = Poly::zero(ZZ);
            for i in 1..=j {
                sum = sum.try_add(&powers[i].try_mul_low(&functions[j - i], order)?)?;
            }
            functions.push(sum.try_exact_quo(&Poly::constant(ZZ, j.into()))?);
        }
        let mut sum = Poly::zero(ZZ);
        for function in &functions[degrees] {
            sum = sum.try_add(function)?;
        }
        Ok(sum.to_series(order))
    }

    /// Cycles whose number of components is in a range; there is none of no components.
    ///
    /// # Errors
    /// As for [`cycle`](Self::cycle).
    ///
    /// # Complexity
    /// A composition to order `n/k` for each `k` up to the last of the range, `O(M(n) log^2 n)` in all.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Ogf;
    /// let beads = 3 * &Ogf::atom(7);
    /// assert_eq!(beads.cycle_of(4..=4)?.count(4), 24.into()); // necklaces of four beads in three colours
    /// assert_eq!(beads.cycle_of(..)?, beads.cycle()?);
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn cycle_of(&self, range: impl RangeBounds<usize>) -> Result<Self> {
        let order = self.order();
        let (all, some) = (|| self.all_cycles(), |allowed| self.cycles_of(allowed));
        made_of("a cycle", &self.0, order, || outer::restricted(&self.0, &range, all, some)).map(Ogf)
    }

    fn cycles_of(&self, allowed: Range<usize>) -> Result<Series<Integers>> {
        let order = self.order();
        let totients = totients(order);
        let a = super::ogf::rationals(&self.0);
        let mut sum = Poly::zero(QQ);
        for (k, &totient) in totients.iter().enumerate().take(allowed.end).skip(1) {
            // sum over m with k*m allowed of phi(k)/(k*m) * A(x^k)^m
            let order = order.div_ceil(k);
            let weight = |m: usize| {
                if m > 0 && allowed.contains(&(k * m)) {
                    BigRational::new(totient.into(), (k * m).into())
                } else {
                    BigRational::zero()
                }
            };
            let weights = (0..=(allowed.end - 1) / k).map(weight).collect();
            let composed = outer::composed(weights, &a.truncate(order)?)?;
            sum = sum.try_add(&composed.truncate(order)?.to_poly().try_inflate(k as u64)?)?;
        }
        integers(&sum.to_series(order))
    }
}

/// Euler's function below `n`: the sum over the divisors of `k` is `k`.
fn totients(n: usize) -> Vec<u64> {
    let mut phi: Vec<u64> = (0..n as u64).collect();
    for d in 1..n {
        let term = phi[d];
        phi.iter_mut().skip(2 * d).step_by(d).for_each(|sum| *sum -= term);
    }
    phi
}
