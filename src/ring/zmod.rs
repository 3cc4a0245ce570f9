//! Z/n for a word `n`: [`Zmod`], any `1 <= n <= 2^64`, and [`PrimeField`], the same with `n` prime.
//!
//! Two types for one arithmetic, because a promise holds for one and not for the other: every element but zero
//! has an inverse. Both are a [`WordModulus`] with a name.
//!
//! # Invariants
//! An element is a `u64` in `0..n`. What goes into the operations must be reduced (debug assertions check
//! it); [`from_integer`](Ring::from_integer) and [`IntoElement`](super::IntoElement) reduce. In Z/1 the only element is 0, and `0 == 1`.

use super::{
    Domain, ExtensionField, Field, FiniteField, GcdDomain, IntegerImage, Prepared, Ring, Style, engine,
    generic, roots, word_series,
};
use crate::convolution::plan::{Facts, Plan, Shape};
use crate::convolution::{
    self, Algorithm, Array, Frame, Mode, Transformed, Want, bits, coefficient, euclid, horner, progressions,
    short_power, short_series, tuning, vandermonde,
};
use crate::integer::WordModulus;
use crate::{Error, Result};
use num_bigint::{BigInt, BigUint};
use num_traits::ToPrimitive;
use std::{borrow::Cow, fmt};

/// The integers modulo a word `n`.
///
/// # Examples
/// ```
/// use monic::{Ring, Zmod};
/// let ring = Zmod::new(6);
/// assert_eq!(ring.mul(&4, &5), 2);
/// assert_eq!(ring.from_integer((-1).into()), 5);
/// assert_eq!(ring.try_inverse(&4).unwrap_err().factor(), Some(&2.into()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zmod {
    modulus: WordModulus,
}

/// The field of the integers modulo a prime `p < 2^64`, from [`Zmod::prime`].
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::Field};
/// let field = Zmod::prime(7)?;
/// assert_eq!(field.inverse(&3), 5);
/// # Ok::<(), monic::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PrimeField {
    modulus: WordModulus,
}

impl Zmod {
    /// Z/n.
    ///
    /// # Panics
    /// When `n` is 0. (Z/0 is Z: [`ZZ`](super::ZZ). Z/2^64 is [`wrapping`](Self::wrapping).)
    #[track_caller]
    pub fn new(n: u64) -> Self {
        match Self::try_new(n) {
            Ok(ring) => ring,
            Err(error) => panic!("{error}"),
        }
    }

    /// Z/n, for a modulus that comes from data.
    ///
    /// # Errors
    /// Kind undefined when `n` is 0.
    pub fn try_new(n: u64) -> Result<Self> {
        match WordModulus::new(n) {
            Ok(modulus) => Ok(Zmod { modulus }),
            Err(_) => Err(Error::undefined("the modulus of Z/n is at least 1, not 0")),
        }
    }

    /// Z/2^64, the arithmetic of words that wrap around.
    pub fn wrapping() -> Self {
        Zmod { modulus: WordModulus::wrapping() }
    }

    /// The field Z/p.
    ///
    /// # Errors
    /// Kind undefined when `p` is not a prime; the error carries a factor where a small one was found.
    ///
    /// # Examples
    /// ```
    /// use monic::Zmod;
    /// let error = Zmod::prime(91).unwrap_err();
    /// assert_eq!(error.to_string(), "91 is not a prime: it is divisible by 7");
    /// ```
    pub fn prime(p: u64) -> Result<PrimeField> {
        if p < 2 {
            return Err(Error::undefined(format!("{p} is not a prime")));
        }
        let modulus = Self::try_new(p)?.modulus;
        if modulus.is_prime() {
            return Ok(PrimeField { modulus });
        }
        Err(match (2..100).find(|&factor| p.is_multiple_of(factor)) {
            Some(factor) => Error::undefined(format!("{p} is not a prime: it is divisible by {factor}"))
                .with_factor(factor.into()),
            None => Error::undefined(format!("{p} is not a prime")),
        })
    }
}

impl PrimeField {
    /// The field of a modulus that is known to be prime.
    pub(crate) fn of_prime(modulus: WordModulus) -> Self {
        debug_assert!(modulus.is_prime());
        PrimeField { modulus }
    }

    /// The same ring, without the promise that it is a field.
    pub fn to_zmod(self) -> Zmod {
        Zmod { modulus: self.modulus }
    }

    /// The number of elements.
    pub fn characteristic(&self) -> u64 {
        // A prime modulus is below 2^64.
        self.modulus.modulus() as u64
    }
}

/// What both types share.
macro_rules! word_ring {
    ($type:ident, $name:literal, $field:literal) => {
        impl $type {
            /// The modulus, up to 2^64.
            pub fn modulus(&self) -> u128 {
                self.modulus.modulus()
            }

            /// The arithmetic that the ring stands on.
            pub fn word_modulus(&self) -> &WordModulus {
                &self.modulus
            }

            /// The coefficients of a monic multiple, modulo which classes are the same.
            fn monic<'a>(&self, divisor: &'a generic::divisor::Divisor<Self>) -> Result<Cow<'a, [u64]>> {
                let mut g = Cow::Borrowed(divisor.coefficients());
                let leading = g[divisor.degree()];
                if !self.is_one(&leading) {
                    let inverse = self.modulus.prepare(self.try_inverse(&leading)?);
                    g.to_mut().iter_mut().for_each(|c| *c = self.modulus.mul_prepared(inverse, *c));
                }
                Ok(g)
            }

            /// The integer closest to zero in the class of `a`: `-n/2 < r <= n/2`.
            pub fn centred(&self, a: &u64) -> i128 {
                self.modulus.centred(*a)
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, $name, self.modulus())
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, $name, self.modulus())
            }
        }

        impl Ring for $type {
            type Element = u64;

            #[inline]
            fn zero(&self) -> u64 {
                0
            }
            #[inline]
            fn one(&self) -> u64 {
                self.modulus.one()
            }
            #[inline]
            fn add(&self, a: &u64, b: &u64) -> u64 {
                self.modulus.add(*a, *b)
            }
            #[inline]
            fn neg(&self, a: &u64) -> u64 {
                self.modulus.neg(*a)
            }
            #[inline]
            fn mul(&self, a: &u64, b: &u64) -> u64 {
                self.modulus.mul(*a, *b)
            }
            #[inline]
            fn sub(&self, a: &u64, b: &u64) -> u64 {
                self.modulus.sub(*a, *b)
            }
            #[inline]
            fn is_zero(&self, a: &u64) -> bool {
                *a == 0
            }
            #[inline]
            fn is_one(&self, a: &u64) -> bool {
                *a == self.modulus.one()
            }
            fn pow(&self, a: &u64, n: u64) -> u64 {
                self.modulus.pow(*a, n)
            }
            fn from_integer(&self, n: BigInt) -> u64 {
                match n.to_i128() {
                    Some(small) => self.modulus.reduce_i128(small),
                    None => self.modulus.reduce_bigint(&n),
                }
            }
            fn try_inverse(&self, a: &u64) -> Result<u64> {
                if *a == 0 && self.modulus() != 1 {
                    return Err(Error::undefined("division by zero"));
                }
                self.modulus.inverse(*a)
            }
            fn try_root(&self, a: &u64, k: u64) -> Result<u64> {
                match self.prime_order() {
                    Some(p) => roots::in_prime_field(self, &p.into(), a, k),
                    None => roots::of_residue(self, a, &(*a).into(), k),
                }
            }
            fn prime_order(&self) -> Option<u64> {
                u64::try_from(self.modulus()).ok().filter(|_| $field || self.modulus.is_prime())
            }
            fn fmt_element(&self, a: &u64, _: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{a}")
            }
            fn plan(&self, a: &[u64], b: &[u64], want: &Want) -> Result<Plan> {
                let facts = Facts::Word { modulus: self.modulus() };
                engine::choose(&facts, &generic::shape(a, b, want), want)
            }
            fn convolve(&self, a: &[u64], b: &[u64], want: &Want) -> Result<Vec<u64>> {
                convolution::words_mod(&self.modulus, a, b, want)
            }
            fn convolve_into(&self, a: &[u64], b: &[u64], want: &Want, out: &mut Vec<u64>) -> Result<()> {
                convolution::words_mod_into(&self.modulus, a, b, want, out)
            }
            fn convolve_assign(&self, a: &mut Vec<u64>, b: &[u64], want: &Want) -> Result<()> {
                engine::assign_words(self, a, b, want)
            }
            fn convolve_sum(&self, pairs: &[(&[u64], &[u64])], want: &Want) -> Result<Vec<u64>> {
                convolution::words_mod_dot(&self.modulus, pairs, want)
            }
            fn convolve_arrays(
                &self,
                a: &Array<u64>,
                b: &Array<u64>,
                mode: &Mode<u64>,
                algorithm: Option<Algorithm>,
            ) -> Result<Array<u64>> {
                convolution::multidimensional::words_mod_by(&self.modulus, a, b, mode, algorithm)
            }
            fn prepare(&self, f: Vec<u64>, like: &[u64], want: &Want) -> Result<Prepared<Self>> {
                let shape = Shape::new(f.len(), like.len(), want);
                Ok(match self.plan(&f, like, want)? {
                    Plan::Ntt(ntt) if ntt.block == 0 && ntt.is_whole() => {
                        let frame = Frame::words(&self.modulus, &shape, 1)?;
                        let transformed = frame.transform(&f)?;
                        Prepared::with_transformed(self, f, transformed)
                    }
                    _ => Prepared::plain(self, f),
                })
            }
            fn convolve_prepared(&self, f: &Prepared<Self>, g: &[u64], want: &Want) -> Result<Vec<u64>> {
                match f.transformed() {
                    Some(transformed) if transformed.admits(g, want) => transformed.mul_words(g, want),
                    _ => self.convolve(f.coefficients(), g, want),
                }
            }
            fn convolve_prepared_sum(
                &self,
                pairs: &[(&Prepared<Self>, &Prepared<Self>)],
                want: &Want,
            ) -> Result<Vec<u64>> {
                let transformed: Option<Vec<_>> =
                    pairs.iter().map(|(f, g)| f.transformed().zip(g.transformed())).collect();
                // What the frame does not hold, or no frame has, is multiplied as it stands.
                if let Some(transformed) = transformed
                    && !transformed.is_empty()
                    && let Ok(sum) = Transformed::dot_words(&transformed, want)
                {
                    return Ok(sum);
                }
                let pairs: Vec<_> = pairs.iter().map(|(f, g)| (f.coefficients(), g.coefficients())).collect();
                self.convolve_sum(&pairs, want)
            }
            fn convolve_prepared_into(
                &self,
                f: &Prepared<Self>,
                g: &[u64],
                want: &Want,
                out: &mut Vec<u64>,
            ) -> Result<()> {
                match f.transformed() {
                    Some(transformed) if transformed.admits(g, want) => {
                        transformed.mul_words_into(g, want, out)
                    }
                    _ => self.convolve_into(f.coefficients(), g, want, out),
                }
            }
            fn coefficient_of_product(&self, a: &[u64], b: &[u64], k: usize) -> Result<u64> {
                Ok(coefficient::coefficient(&self.modulus, a, b, k))
            }
            fn add_sequence(&self, out: &mut [u64], a: &[u64]) -> Result<()> {
                coefficient::add(&self.modulus, out, a);
                Ok(())
            }
            fn add_combination(&self, out: &mut [u64], factors: &[u64], rows: &[&[u64]]) -> Result<()> {
                coefficient::add_combination(&self.modulus, out, factors, rows);
                Ok(())
            }
            fn sub_product(&self, out: &mut [u64], a: &[u64], b: &[u64]) -> Result<()> {
                if a.len().min(b.len()) > tuning::DIVISION_HALVES {
                    return generic::sub_product(self, out, a, b);
                }
                coefficient::sub_product(&self.modulus, out, a, b);
                Ok(())
            }
            fn scale_sub_product(&self, out: &mut [u64], s: &u64, a: &[u64], b: &[u64]) -> Result<()> {
                coefficient::scale_sub_product(&self.modulus, out, *s, a, b);
                Ok(())
            }
            fn linear_combination(&self, factors: &[u64], rows: &[&[u64]], n: usize) -> Result<Vec<u64>> {
                Ok(coefficient::linear_combination(&self.modulus, factors, rows, n))
            }
            fn linear_combinations(
                &self,
                factors: &[&[u64]],
                rows: &[&[u64]],
                n: usize,
            ) -> Result<Vec<Vec<u64>>> {
                coefficient::linear_combinations(&self.modulus, factors, rows, n)
            }
            fn evaluate_each(&self, f: &[u64], points: &[u64]) -> Result<Vec<u64>> {
                Ok(vandermonde::values(&self.modulus, f, points))
            }
            fn evaluate_geometric(&self, f: &[u64], a: &u64, q: &u64, n: usize) -> Result<Vec<u64>> {
                if n.min(f.len()) > tuning::POINTS_GEOMETRIC_WORDS {
                    return generic::geometric::plain_values(self, f, a, q, n);
                }
                let points = progressions::progression(&self.modulus, *a, *q, n);
                Ok(vandermonde::values(&self.modulus, f, &points))
            }
            fn interpolate_geometric(&self, a: &u64, q: &u64, values: &[u64]) -> Result<Vec<u64>> {
                match progressions::interpolate(&self.modulus, *a, *q, values)? {
                    Some(mut f) => {
                        generic::trim(self, &mut f);
                        Ok(f)
                    }
                    None => generic::geometric::plain_interpolation(self, a, q, values),
                }
            }
            fn power_sums(&self, weights: &[u64], points: &[u64], n: usize) -> Result<Vec<u64>> {
                Ok(vandermonde::power_sums(&self.modulus, weights, points, n))
            }
            fn taylor_shift(&self, f: &[u64], a: &u64) -> Result<Vec<u64>> {
                if f.len() <= tuning::SHIFT_HORNER_WORDS {
                    return Ok(horner::taylor_shift(&self.modulus, f, *a));
                }
                if let Some(shifted) = generic::shift::convolution(self, f, a)? {
                    return Ok(shifted);
                }
                generic::shift::halves(self, f, a)
            }
            fn extend_inverses(&self, table: &mut Vec<u64>, n: usize) -> Result<()> {
                match self.prime_order() {
                    Some(p) if n as u64 <= p => {
                        extend_inverses(&self.modulus, p, table, n);
                        Ok(())
                    }
                    _ => generic::chains::extend_inverses(self, table, n),
                }
            }
            fn avoids_inverses(&self) -> bool {
                $field
            }
            fn reduces_pairs(&self) -> bool {
                // A leading coefficient that is no unit has to be found. Modulo 2 every second degree is left out, and a step is one row.
                $field && self.modulus() > 2
            }
            fn reduce_pair(
                &self,
                pair: [&mut Vec<u64>; 2],
                least: usize,
                matrix: Option<&mut [Vec<u64>; 4]>,
                leading: Option<&mut Vec<u64>>,
            ) -> Result<Option<u64>> {
                if self.reduces_pairs() {
                    euclid::reduce(&self.modulus, pair, least, matrix, leading).map(Some)
                } else {
                    Ok(None)
                }
            }
            fn euclid_lengths(&self) -> [usize; 2] {
                match (self.reduces_pairs(), self.modulus() < 1 << 30) {
                    (true, true) => tuning::GCD_HALVES,
                    (true, false) => tuning::GCD_WORDS,
                    (false, _) => [tuning::GCD_EUCLID, tuning::GCD_HALF],
                }
            }
            fn convolve_cyclic(&self, a: &[u64], b: &[u64], n: usize) -> Result<Vec<u64>> {
                // Modulo 2 a whole product is cheaper than transforms.
                if self.modulus() == 2 && n <= bits::most() {
                    return generic::convolve_cyclic(self, a, b, n);
                }
                convolution::words_mod_cyclic(&self.modulus, a, b, n)
            }
            fn prepare_cyclic(&self, f: &[u64], n: usize) -> Result<Prepared<Self>> {
                let bits = self.modulus() == 2 && n <= bits::most();
                if bits || f.len() > n || n < tuning::NTT_FEW_POINTS || !n.is_power_of_two() {
                    return Ok(Prepared::plain(self, f.to_vec()));
                }
                let frame = Frame::cyclic_words(&self.modulus, n)?;
                Ok(Prepared::with_transformed(self, f.to_vec(), frame.transform(f)?))
            }
            fn convolve_cyclic_prepared(&self, f: &Prepared<Self>, g: &[u64], n: usize) -> Result<Vec<u64>> {
                match f.transformed() {
                    Some(transformed) if transformed.frame().length() == n && g.len() <= n => {
                        transformed.mul_words_cyclic(g)
                    }
                    _ => self.convolve_cyclic(f.coefficients(), g, n),
                }
            }
            fn quo_rem(&self, f: &[u64], g: &[u64]) -> Result<generic::QuoRem<u64>> {
                let short = g.len().min((f.len() + 1).saturating_sub(g.len()));
                if short == 0 || short > tuning::DIVISION_WORDS {
                    return generic::quo_rem(self, f, g);
                }
                let inverse = self.try_inverse(&g[g.len() - 1])?;
                // A quotient that is far longer than the divisor, or very short, is no series.
                let count = f.len() + 1 - g.len();
                let balanced = count > tuning::DIVISION_LONG && count <= 2 * g.len();
                let both = if balanced { short_series::quo_rem(&self.modulus, f, g, inverse)? } else { None };
                let (quo, mut rem) = both.unwrap_or_else(|| {
                    let mut rem = f.to_vec();
                    (euclid::quo_rem(&self.modulus, &mut rem, g, inverse), rem)
                });
                generic::trim(self, &mut rem);
                Ok((quo, rem))
            }
            fn from_roots(&self, roots: &[u64]) -> Result<Vec<u64>> {
                if roots.len() > tuning::POINTS_WORDS || self.modulus() == 1 {
                    return generic::products::from_roots(self, roots);
                }
                Ok(horner::product_of_roots(&self.modulus, roots))
            }
            fn convolve_matrix(&self, a: &[&[u64]], b: &[&[u64]], inner: usize) -> Result<Vec<Vec<u64>>> {
                convolution::words_mod_matrix(&self.modulus, a, b, inner)
            }
            fn grows(&self) -> bool {
                false
            }
            fn power_modulo(
                &self,
                f: &[u64],
                n: &BigUint,
                divisor: &generic::divisor::Divisor<Self>,
            ) -> Result<Vec<u64>> {
                let degree = divisor.degree();
                let few = match self.modulus() {
                    n if short_power::admits(n, degree) => tuning::POWER_DOUBLES,
                    n if n < 1 << 30 => tuning::POWER_HALVES,
                    _ => tuning::POWER_WORDS,
                };
                if degree == 0 || degree > short_power::MAX_DEGREE.max(few).max(short_series::MAX_DEGREE) {
                    return divisor.power_by_products(f, n);
                }
                let g = self.monic(divisor)?;
                let in_blocks =
                    if degree > few { short_series::power(&self.modulus, f, n, &g)? } else { None };
                let mut power = match in_blocks {
                    Some(power) => power,
                    None if degree <= few.max(short_power::MAX_DEGREE) => {
                        short_power::power(&self.modulus, f, n, &g)
                    }
                    None => return divisor.power_by_products(f, n),
                };
                generic::trim(self, &mut power);
                Ok(power)
            }
            fn compose_modulo(
                &self,
                f: &[u64],
                g: &[u64],
                divisor: &generic::divisor::Divisor<Self>,
            ) -> Result<Vec<u64>> {
                let degree = divisor.degree();
                if (1..=short_series::MAX_DEGREE).contains(&degree) {
                    let inner = if g.len() > degree { Cow::Owned(divisor.rem(g)?) } else { Cow::Borrowed(g) };
                    let monic = self.monic(divisor)?;
                    if let Some(mut composition) =
                        short_series::modular_composition(&self.modulus, f, &inner, &monic)?
                    {
                        generic::trim(self, &mut composition);
                        return Ok(composition);
                    }
                }
                generic::composition::modular_by_steps(f, g, divisor)
            }
            fn power(&self, f: &[u64], n: u64, want: &Want) -> Result<Vec<u64>> {
                convolution::words_mod_power(&self.modulus, f, n, want)
            }
            fn compose(&self, f: &[u64], g: &[u64]) -> Result<Vec<u64>> {
                match word_series::composition(&self.modulus, f, g)? {
                    Some(mut composition) => {
                        generic::trim(self, &mut composition);
                        Ok(composition)
                    }
                    None => generic::composition::whole(self, f, g),
                }
            }
            fn power_series(
                &self,
                function: &generic::series::Function<'_, u64>,
                n: usize,
            ) -> Result<Vec<u64>> {
                match word_series::function(&self.modulus, $field, function, n)? {
                    Some(series) => Ok(series),
                    None => {
                        generic::series::plainly_from(self, word_series::most(&self.modulus), function, n)
                    }
                }
            }
            fn quotient_series(&self, f: Option<&[u64]>, g: &[u64], n: usize) -> Result<Vec<u64>> {
                match word_series::quotient(&self.modulus, f.unwrap_or(&[self.modulus.one()]), g, n)? {
                    Some(quotient) => Ok(quotient),
                    None => generic::series::plain_quotient(self, word_series::most(&self.modulus), f, g, n),
                }
            }
        }

        impl IntegerImage for $type {
            fn lift(&self, a: &u64) -> BigInt {
                (*a).into()
            }
            fn lift_centred(&self, a: &u64) -> BigInt {
                self.centred(a).into()
            }
        }
    };
}

/// `1/k = -floor(p/k)/(p mod k)` modulo a prime `p`, from `p = floor(p/k)*k + (p mod k)`: inverses from smaller ones, none waiting for the one before.
fn extend_inverses(modulus: &WordModulus, p: u64, table: &mut Vec<u64>, n: usize) {
    table.reserve_exact(n.saturating_sub(table.len() + 1));
    for k in table.len() as u64 + 1..n as u64 {
        table.push(match k {
            1 => 1,
            _ => modulus.neg(modulus.mul(p / k, table[(p % k) as usize - 1])),
        });
    }
}

word_ring!(Zmod, "ZZ/{}", false);
word_ring!(PrimeField, "GF({})", true);

impl Domain for PrimeField {
    fn poly_resultant(&self, f: &[u64], g: &[u64]) -> Result<u64> {
        if f.len() <= self.euclid_lengths()[0]
            && let Some(value) = euclid::resultant(&self.modulus, f, g)?
        {
            return Ok(value);
        }
        generic::half_gcd::resultant(self, f, g)
    }
}

impl GcdDomain for PrimeField {
    fn gcd(&self, a: &u64, b: &u64) -> u64 {
        u64::from(*a != 0 || *b != 0)
    }
    fn normalizing_unit(&self, a: &u64) -> u64 {
        if *a == 0 { 1 } else { self.inverse(a) }
    }
}

impl Field for PrimeField {
    fn extension_root(field: &ExtensionField<Self>, a: &[u64], k: u64) -> Result<Vec<u64>> {
        field.kth_root(&a.to_vec(), k)
    }
}

impl From<PrimeField> for Zmod {
    fn from(field: PrimeField) -> Self {
        field.to_zmod()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn bounds_of_the_modulus() {
        assert_eq!(Zmod::try_new(0).unwrap_err().kind(), ErrorKind::Undefined);
        assert_eq!(Zmod::new(1).one(), 0);
        assert_eq!(Zmod::new(1).try_inverse(&0), Ok(0));
        assert_eq!(Zmod::wrapping().add(&u64::MAX, &1), 0);
        assert_eq!(Zmod::wrapping().to_string(), "ZZ/18446744073709551616");
        assert_ne!(Zmod::new(6), Zmod::new(7));
        assert_eq!(format!("{:?}", Zmod::prime(7).unwrap()), "GF(7)");
    }

    #[test]
    fn inverses_of_numbers() {
        for p in [2u64, 3, 7, 101, 998_244_353, (1 << 61) - 1, 18_446_744_073_709_551_557] {
            let field = Zmod::prime(p).unwrap();
            let mut table = Vec::new();
            for n in [0, 1, 2, 7, 8, 60, 200].into_iter().filter(|&n| n <= p) {
                field.extend_inverses(&mut table, n as usize).unwrap();
                assert!(table.len() as u64 + 1 >= n);
            }
            for (i, inverse) in table.iter().enumerate() {
                assert_eq!(field.mul(inverse, &(i as u64 + 1)), 1, "{p} {i}");
            }
            assert!(
                field.to_zmod().extend_inverses(&mut table, 1 + p.min(300) as usize).is_err() == (p < 300)
            );
        }
    }

    #[test]
    #[should_panic(expected = "at least 1, not 0")]
    fn modulus_zero() {
        let _ = Zmod::new(0);
    }

    #[test]
    fn composite_moduli_are_no_fields() {
        for (n, factor) in [(4, 2), (6, 2), (561, 3), (4_294_967_291 * 3, 3)] {
            let error = Zmod::prime(n).unwrap_err();
            assert_eq!((error.kind(), error.factor()), (ErrorKind::Undefined, Some(&BigInt::from(factor))));
        }
        assert!(Zmod::prime(1).is_err());
        assert!(Zmod::prime(4_294_967_291 * 4_294_967_279).unwrap_err().factor().is_none());
    }
}
