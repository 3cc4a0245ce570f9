//! Labelled sets and cycles: `exp A`, `log 1/(1 - A)`, and those with a restricted number of components, `sum of A^j/j!` and `sum of A^j/j` over the allowed `j`.
//!
//! It stands apart from the unlabelled ones because labels break every symmetry, so that the components of a structure can be told apart: a set of `j` is a sequence of
//! `j` without its order.

use super::{Egf, checked, made_of, outer};
use crate::ring::Rationals;
use crate::{Error, Result, Series};
use num_traits::One;
use std::ops::RangeBounds;

impl Egf {
    /// Sets, of any number of components: `exp A`.
    ///
    /// # Errors
    /// Kind undefined for components of size 0; kind limit.
    ///
    /// # Complexity
    /// One exponential, `O(M(n))`.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Egf;
    /// // Involutions are sets of cycles of length 1 and 2.
    /// let involutions = Egf::atom(8).cycle_of(1..=2)?.set()?;
    /// assert_eq!(involutions.counts()?, [1, 1, 2, 4, 10, 26, 76, 232].map(Into::into));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn set(&self) -> Result<Self> {
        made_of("a set", &self.0, self.order(), || self.0.exp()).map(Egf)
    }

    /// Sets whose number of components is in a range.
    ///
    /// # Errors
    /// As for [`set`](Self::set).
    ///
    /// # Complexity
    /// One composition, `O(M(n) log n)`, or `O(M(n))` where all but a few numbers are allowed, or none but the first few.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Egf;
    /// let block = Egf::atom(8).set_of(1..)?;
    /// let stirling = block.set_of(3..=3)?; // partitions of a set into three blocks
    /// assert_eq!(stirling.count(7), 301.into());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn set_of(&self, range: impl RangeBounds<usize>) -> Result<Self> {
        let order = self.order();
        let some = |allowed| outer::composed(outer::sets(&allowed), &self.0);
        let make = || outer::restricted(&self.0, &range, || self.0.exp(), some);
        made_of("a set", &self.0, order, make).map(Egf)
    }

    /// Cycles, of any number of components but none: `log 1/(1 - A)`.
    ///
    /// # Errors
    /// Kind undefined for components of size 0; kind limit.
    ///
    /// # Complexity
    /// One logarithm, `O(M(n))`.
    pub fn cycle(&self) -> Result<Self> {
        made_of("a cycle", &self.0, self.order(), || self.all_cycles()).map(Egf)
    }

    fn all_cycles(&self) -> Result<Series<Rationals>> {
        (1 - &self.0).log()?.try_neg()
    }

    /// Cycles whose number of components is in a range; there is none of no components.
    ///
    /// # Errors
    /// As for [`cycle`](Self::cycle).
    ///
    /// # Complexity
    /// One composition, `O(M(n) log n)`, or `O(M(n))` where all but a few numbers are allowed, or none but the first few.
    pub fn cycle_of(&self, range: impl RangeBounds<usize>) -> Result<Self> {
        let order = self.order();
        let some = |allowed| outer::composed(outer::cycles(&allowed), &self.0);
        let make = || outer::restricted(&self.0, &range, || self.all_cycles(), some);
        made_of("a cycle", &self.0, order, make).map(Egf)
    }

    /// The components of which these structures are the sets: `log A`. Connected graphs are the components of graphs.
    ///
    /// # Errors
    /// Kind undefined unless there is one structure of size 0, the empty set; kind limit.
    ///
    /// # Complexity
    /// One logarithm, `O(M(n))`.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Egf;
    /// let graphs = Egf::new((0..6).map(|n| 1u64 << (n * (n - 1) / 2)), 6)?; // each pair is joined or not
    /// assert_eq!(graphs.components()?.counts()?, [0, 1, 1, 4, 38, 728].map(Into::into));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn components(&self) -> Result<Self> {
        checked(self.order())?;
        match self.0.coefficient(0) {
            None => Ok(Self::zero(0)),
            Some(empty) if !empty.is_one() => Err(Error::undefined(format!(
                "sets among which there are {empty} of size 0, where the empty one is"
            ))),
            Some(_) => self.0.log().map(Egf),
        }
    }

    /// Pairs of which the first has the smallest label: `integral of A'*B`.
    ///
    /// # Errors
    /// Kind limit.
    ///
    /// # Complexity
    /// One product, `O(M(n))`.
    ///
    /// # Source
    /// D. Greene, 1983; Flajolet and Sedgewick, section II.6.3.
    ///
    /// # Examples
    /// ```
    /// use monic::generating::Egf;
    /// // Increasing binary trees: the root has the smallest label, T = 1 + x boxed with T^2.
    /// let order = 8;
    /// let mut trees = Egf::one(order);
    /// for _ in 1..order {
    ///     trees = Egf::atom(order).boxed_product(&(&trees * &trees))? + 1;
    /// }
    /// assert_eq!(trees.count(7), 5040.into()); // as many as permutations
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn boxed_product(&self, other: &Self) -> Result<Self> {
        let order = self.order().min(other.order());
        if order == 0 {
            return Ok(Self::zero(0));
        }
        self.0.derivative()?.try_mul(&other.0)?.integral()?.truncate(order).map(Egf)
    }
}
