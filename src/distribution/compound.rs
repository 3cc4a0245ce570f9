//! Random numbers of rolls: compound sums and dice that explode.
//!
//! The sum of `N` independent copies of `X`, `N` random, has the generating function `G_N(G_X(x))`, a composition: with the
//! integer weights `n_k / E` and `w(x) / D`,
//! ```text
//! sum over k of n_k w(x)^k D^(K-k)  over  E D^K .
//! ```
//! A die that explodes at most `d` times is such a sum too: with `w = u + v`, `v` the faces that explode,
//! ```text
//! u D^d + u v D^(d-1) + ... + u v^(d-1) D + w v^d  over  D^(d+1) .
//! ```

use super::extent::{BITS_PER_WEIGHT, too_far};
use super::{Distribution, Extent, Truncated, composition};
use crate::poly::Poly;
use crate::ring::numbers::fraction;
use crate::ring::{Ring, ZZ};
use crate::{Error, Result, limit};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// A die that explodes at most so many times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exploded {
    /// The sum of all rolls, where the last one that is allowed counts as it falls.
    pub distribution: Distribution,
    /// The probability that the last roll allowed would explode again: what the limit cuts off.
    pub remainder: BigRational,
}

impl Distribution {
    /// The sum of a random number of independent copies of `each`; 0 for none.
    ///
    /// # Errors
    /// Kind undefined where the number may be negative; kind limit or overflow for a result that is too large, before any work.
    ///
    /// # Complexity
    /// Products of the size of the result, by halves: a logarithm of them.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let d6 = Distribution::die(6);
    /// let many = Distribution::die(4).compound(&d6)?; // roll a d4, then so many d6
    /// assert_eq!(many.mean().to_string(), "35/4");
    /// assert_eq!(many.probability(24).to_string(), "1/5184");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn compound(&self, each: &Self) -> Result<Self> {
        let extent = Extent::compound(&self.extent(), &each.extent())?;
        extent.check()?;
        if let Some(n) = self.as_constant() {
            return each.try_times(n as u64);
        }
        if let Some(outcome) = each.as_constant() {
            return self.clone().scaled(outcome);
        }
        let (first, count_step) = (self.offset as u64, self.step as u64);
        // One step more of the count moves the lattice of the sum by so much.
        let move_by = i128::from(each.offset) * i128::from(self.step) / i128::from(extent.step());
        let weights = each.weights.polynomial().try_inflate((each.step / extent.step()) as u64)?;
        let distance = usize::try_from(move_by.unsigned_abs())
            .map_err(|_| Error::limit("an outcome is too far away"))?;
        let (up, down) = if move_by < 0 { (0, distance) } else { (distance, 0) };
        let power = weights.try_pow(count_step)?.try_mul_x_pow(up as u64)?;
        let terms = self.weights.iter().map(|n| Poly::constant(ZZ, n.clone())).collect();
        let scale = ZZ.pow(&each.denominator, count_step);
        let sum = composition::by_halves(terms, &power, &scale, down)?.try_mul(&weights.try_pow(first)?)?;
        let denominator = &self.denominator * ZZ.pow(&each.denominator, self.max() as u64);
        Ok(Self::with_extent(&extent, sum, denominator))
    }

    /// A die that is rolled again and added, as long as `explodes` says so of the last roll and at most `depth` times.
    ///
    /// # Errors
    /// Kind limit or overflow for a result that is too large, before any work.
    ///
    /// # Complexity
    /// A few products of the size of the result: a geometric sum.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let open = Distribution::die(6).explode(2, |x| x == 6)?;
    /// assert_eq!(open.distribution.max(), 18);
    /// assert_eq!(open.distribution.probability(7).to_string(), "1/36");
    /// assert_eq!(open.remainder.to_string(), "1/216");
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn explode(&self, depth: u64, mut explodes: impl FnMut(i64) -> bool) -> Result<Exploded> {
        let faces: Vec<_> = self.outcomes().filter(|&(outcome, _)| explodes(outcome)).collect();
        let (Some(first), Some(last)) = (faces.first(), faces.last()) else {
            return Ok(Exploded { distribution: self.clone(), remainder: BigRational::zero() });
        };
        if let Some(face) = self.as_constant() {
            let sum = i64::try_from(i128::from(face) * (i128::from(depth) + 1)).map_err(|_| too_far())?;
            return Ok(Exploded { distribution: Self::constant(sum), remainder: BigRational::one() });
        }
        let extent = self.extent_of_faces(depth, &faces)?;
        extent.check()?;
        let mass: BigInt = faces.iter().map(|face| face.1).sum();
        let (mass, all) = fraction(mass, &self.denominator).into_raw();
        let remainder = BigRational::new_raw(ZZ.pow(&mass, depth + 1), ZZ.pow(&all, depth + 1));
        let step = i128::from(extent.step());
        // Exponents count from the lowest outcome of one roll; sums of several may lie below it.
        let index = |outcome: i64| ((i128::from(outcome) - i128::from(self.offset)) / step) as usize;
        let base = i128::from(first.0) / step;
        let mut explosive = vec![BigInt::ZERO; (i128::from(last.0) / step - base) as usize + 1];
        for (face, weight) in &faces {
            explosive[(i128::from(*face) / step - base) as usize].clone_from(weight);
        }
        let explosive = Poly::from_vec(ZZ, explosive);
        let mut all = vec![BigInt::ZERO; index(self.max()) + 1];
        for (face, weight) in self.outcomes() {
            all[index(face)].clone_from(weight);
        }
        let mut calm = all.clone();
        faces.iter().for_each(|face| calm[index(face.0)].set_zero());
        let (all, calm) = (Poly::from_vec(ZZ, all), Poly::from_vec(ZZ, calm));
        let down = base.min(0).unsigned_abs();
        let up = base.max(0).unsigned_abs();
        let down = usize::try_from(down).map_err(|_| too_far())?;
        let explosive = explosive.try_mul_x_pow(up as u64)?;
        let (last, sum) = composition::geometric(&explosive, &self.denominator, down, depth)?;
        let calm = calm.try_scale(&self.denominator)?.try_mul_x_pow(down as u64)?;
        let sum = sum.try_mul(&calm)?.try_add(&last.try_mul(&all)?)?;
        let lowest = i128::from(self.offset) - down as i128 * i128::from(depth) * step;
        let distribution = Self::from_lattice(lowest, step, sum)?;
        Ok(Exploded { distribution, remainder })
    }

    /// How large [`explode`](Self::explode) is at most and about how much work, without computing it.
    ///
    /// # Errors
    /// Kind overflow where an outcome does not fit.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let d6 = Distribution::die(6);
    /// assert_eq!(d6.extent_of_explode(2, |x| x == 6)?.max(), 18);
    /// assert!(d6.extent_of_explode(1 << 40, |x| x == 6)?.check().is_err());
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn extent_of_explode(&self, depth: u64, mut explodes: impl FnMut(i64) -> bool) -> Result<Extent> {
        let faces: Vec<_> = self.outcomes().filter(|&(outcome, _)| explodes(outcome)).collect();
        if faces.is_empty() { Ok(self.extent()) } else { self.extent_of_faces(depth, &faces) }
    }

    /// The same for some faces, which ascend.
    fn extent_of_faces(&self, depth: u64, faces: &[(i64, &BigInt)]) -> Result<Extent> {
        let ends = (faces[0].0, faces[faces.len() - 1].0);
        // The lattice that all sums lie on, however many rolls they are of.
        let step = faces.iter().fold(0, |gcd: i128, face| gcd.gcd(&self.extent().step_with(face.0)));
        self.extent().exploded(depth, ends, step)
    }

    /// A die that explodes as long as it may: what is known below `end`, and the exact probability of the rest.
    ///
    /// # Errors
    /// Kind undefined where a face that explodes is not positive, so that a sum could come back; kind limit or overflow for a result
    /// that is too large, before any work.
    ///
    /// # Examples
    /// ```
    /// use monic::distribution::Distribution;
    /// let open = Distribution::die(6).explode_below(19, |x| x == 6)?;
    /// assert_eq!(open.probability(13)?.to_string(), "1/216");
    /// assert_eq!(open.tail().to_string(), "1/216"); // three sixes
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn explode_below(&self, end: i64, mut explodes: impl FnMut(i64) -> bool) -> Result<Truncated> {
        let lowest = self.outcomes().map(|(face, _)| face).find(|&face| explodes(face));
        let depth = match lowest {
            Some(face) if face <= 0 => {
                return Err(Error::undefined(format!("the face {face} explodes and is not positive")));
            }
            // So many explosions reach the end, whatever comes after them.
            Some(face) => (i128::from(end) - i128::from(self.min().min(0))).max(0) / i128::from(face),
            None => 0,
        };
        let depth = u64::try_from(depth).map_err(|_| too_far())?;
        self.explode(depth, explodes)?.distribution.truncated(end)
    }
}

impl Truncated {
    /// The sum of a random number of independent copies of `each`, where the number has no largest value: known as far as no number
    /// that is unknown reaches, and the exact probability of the rest.
    ///
    /// # Errors
    /// Kind undefined where the number may be negative, where `each` may be 0 or less (then any number may have any sum), or where
    /// nothing is known; kind limit or overflow for a result that is too large, before any work.
    ///
    /// # Examples
    /// A die is added for each tails before a coin first shows heads.
    /// ```
    /// use monic::distribution::Distribution;
    /// let rolls = Distribution::geometric(&"1/2".parse().unwrap(), 8)?;
    /// let sum = rolls.compound(&Distribution::die(6))?;
    /// assert_eq!((sum.end(), sum.probability(2)?.to_string()), (8, "13/288".into()));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn compound(&self, each: &Distribution) -> Result<Self> {
        if each.min() <= 0 {
            let least = each.min();
            return Err(Error::undefined(format!(
                "numbers that are unknown may have small sums: one may add {least}"
            )));
        }
        if self.is_complete() {
            let sum = self.to_distribution()?.compound(each)?;
            return sum.truncated(sum.max().checked_add(1).ok_or_else(too_far)?);
        }
        let known = self.conditional()?;
        let sum = known.compound(each)?;
        let end = self.end().checked_mul(each.min()).ok_or_else(too_far)?;
        let below = sum.truncated(end)?;
        // Probabilities given that the number is known, times the probability of that.
        let scale = self.denominator() * below.denominator() / known.denominator();
        // Sums between the largest of the known numbers and the end are known to be impossible.
        let len = (i128::from(end) - i128::from(below.min())).max(0) as u64;
        limit::check(len, BITS_PER_WEIGHT)?;
        let mut weights = below.weights().to_vec();
        weights.resize(len as usize, BigInt::ZERO);
        Truncated::new(below.min(), weights, scale)
    }
}
