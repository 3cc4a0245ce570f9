//! What coefficients are: a ring as a value, its elements plain data.
//!
//! [`Ring`] asks for five methods, the five of the textbook; everything else has a default. Elements
//! carry no ring: a residue is a word, and the modulus stands once in the ring. What the crate's own rings
//! do better than the default (products of whole coefficient sequences, above all) they do by overriding a
//! hook, so that generic code writes one bound, `R: Ring` or `R: Field`, and gets the fast path.
//!
//! The ladder is [`Ring`] > [`Domain`] > [`GcdDomain`] > [`Field`]. A rung is a promise about every
//! element; whatever holds only for some is a `try_` method of [`Ring`] itself.
//!
//! - [`generic`]: schoolbook, Karatsuba and powers over any ring
//! - [`norm`]: how large results become, before they are computed
//! - [`remainders`]: pseudo-division, gcd and resultant over domains
//! - `flat`: division and shifts over Z in words and rows of limbs; `images`: division, gcd, cofactors and resultant over Z and Q modulo primes
//! - [`text`]: how elements are written and read
//! - [`multidimensional`]: convolution of arrays
//! - [`Prepared`]: a sequence that is multiplied many times; `rooms`: what products of elements of any type work in
//! - [`map`]: from one ring into another, an element at a time
//! - [`laws`]: the axioms as a test, for rings of your own too
//! - [`FiniteField`]: what factoring over GF(q) asks of a field
//! - [`Elementary`]: `exp`, `log`, `sin`, ... of constants; `roots`: `k`-th roots of constants
//! - [`IntoElement`]: what converts into a coefficient
//! - [`ExtensionField`]: GF(p^k) and number fields; [`GaloisField`]: GF(p^k) with elements in words; [`FiniteField`]: what counts the elements
//! - one ring a file: [`Integers`], [`Rationals`], [`Checked`] machine integers, [`Zmod`] and [`PrimeField`] with their big
//!   forms, [`GaussianIntegers`] and [`GaussianRationals`], [`Reals`] and [`Complexes`], [`Native`] number types

mod berlekamp;
mod convert;
mod elementary;
mod engine;
pub(crate) mod extension;
mod finite;
mod flat;
mod floats;
mod fractions;
mod galois;
mod gaussian;
mod gaussian_product;
pub mod generic;
mod images;
mod integers;
pub mod laws;
mod machine;
pub mod map;
pub mod multidimensional;
mod native;
pub mod norm;
pub(crate) mod numbers;
mod prepared;
mod rationals;
pub mod remainders;
pub(crate) mod rooms;
pub(crate) mod roots;
mod short;
pub mod text;
mod word_series;
mod zmod;
mod zmod_big;

pub use convert::{IntegerScalar, IntoElement};
pub use elementary::Elementary;
pub use extension::{ExtensionField, NumberField};
pub use finite::{FiniteField, Multiples};
pub use floats::{CC, CC32, Complexes, FloatingPoint, RR, RR32, Reals};
pub use galois::GaloisField;
pub use gaussian::{GaussianIntegers, GaussianRationals, QQ_I, ZZ_I};
pub(crate) use images::trager;
pub use integers::{Integers, ZZ};
pub use machine::{Checked, I64, I128, MachineInteger};
pub use map::IntegerImage;
pub use native::{Native, NativeNumber};
pub use prepared::Prepared;
pub use rationals::{QQ, Rationals};
pub use text::{Literal, Style};
pub use zmod::{PrimeField, Zmod};
pub use zmod_big::{PrimeFieldBig, ZmodBig};

use crate::convolution::{
    Algorithm, Want,
    multidimensional::{Array, Mode},
    plan::Plan,
    tuning,
};
use crate::{Error, Result};
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use std::fmt;

/// Two sequences of coefficients that are multiplied.
pub type Pair<'a, R> = (&'a [<R as Ring>::Element], &'a [<R as Ring>::Element]);

/// A ring with one, as a value.
///
/// # Laws
/// `add` and `mul` are associative, `add` is commutative, `mul` distributes over `add`, `zero` and `one` are
/// neutral, `add(a, neg(a)) == zero`. Multiplication is commutative unless
/// [`is_commutative`](Ring::is_commutative) says otherwise. The zero ring (`one == zero`) is a ring. Rings that are
/// not [exact](Ring::is_exact) (floats) hold them up to rounding; rings that are partial (checked machine
/// integers) hold them wherever every value fits.
///
/// # Examples
/// The dual numbers `a + b*e` with `e^2 = 0`:
/// ```
/// use monic::ring::Ring;
/// #[derive(Clone, Debug, PartialEq)]
/// struct Duals;
/// impl Ring for Duals {
///     type Element = (i64, i64);
///     fn zero(&self) -> (i64, i64) { (0, 0) }
///     fn one(&self) -> (i64, i64) { (1, 0) }
///     fn add(&self, a: &(i64, i64), b: &(i64, i64)) -> (i64, i64) { (a.0 + b.0, a.1 + b.1) }
///     fn neg(&self, a: &(i64, i64)) -> (i64, i64) { (-a.0, -a.1) }
///     fn mul(&self, a: &(i64, i64), b: &(i64, i64)) -> (i64, i64) { (a.0 * b.0, a.0 * b.1 + a.1 * b.0) }
/// }
/// assert_eq!(Duals.pow(&(3, 1), 2), (9, 6)); // value and derivative of t^2 at 3
/// ```
pub trait Ring: Clone + PartialEq + fmt::Debug + Send + Sync {
    /// What a coefficient is.
    type Element: Clone + PartialEq + fmt::Debug + Send + Sync;

    /// The neutral element of addition.
    fn zero(&self) -> Self::Element;

    /// The neutral element of multiplication.
    fn one(&self) -> Self::Element;

    /// `a + b`.
    fn add(&self, a: &Self::Element, b: &Self::Element) -> Self::Element;

    /// `-a`.
    fn neg(&self, a: &Self::Element) -> Self::Element;

    /// `a * b`.
    fn mul(&self, a: &Self::Element, b: &Self::Element) -> Self::Element;

    // ---- elements: provided

    /// `a - b`.
    fn sub(&self, a: &Self::Element, b: &Self::Element) -> Self::Element {
        self.add(a, &self.neg(b))
    }

    /// Whether `a` is zero.
    fn is_zero(&self, a: &Self::Element) -> bool {
        *a == self.zero()
    }

    /// Whether `a` is one.
    fn is_one(&self, a: &Self::Element) -> bool {
        *a == self.one()
    }

    /// `a^n` by binary powering; `a^0` is one.
    ///
    /// # Panics
    /// Where elements grow (Z, Q, `Z[i]`), when the power is over the [limit](crate::limit); in partial rings, when it does not
    /// fit.
    fn pow(&self, a: &Self::Element, n: u64) -> Self::Element {
        generic::element_power(self, a, n)
    }

    /// The image of an integer under the one ring map from Z.
    ///
    /// # Panics
    /// In partial rings (checked machine integers), where `n` does not fit.
    fn from_integer(&self, n: BigInt) -> Self::Element {
        generic::image_of_integer(self, &n)
    }

    /// `a + b`, for rings in which it may fail.
    fn try_add(&self, a: &Self::Element, b: &Self::Element) -> Result<Self::Element> {
        Ok(self.add(a, b))
    }

    /// `a - b`, for rings in which it may fail.
    fn try_sub(&self, a: &Self::Element, b: &Self::Element) -> Result<Self::Element> {
        Ok(self.sub(a, b))
    }

    /// `-a`, for rings in which it may fail.
    fn try_neg(&self, a: &Self::Element) -> Result<Self::Element> {
        Ok(self.neg(a))
    }

    /// `a * b`, for rings in which it may fail.
    fn try_mul(&self, a: &Self::Element, b: &Self::Element) -> Result<Self::Element> {
        Ok(self.mul(a, b))
    }

    /// The image of an integer, for rings in which it may fail.
    fn try_from_integer(&self, n: BigInt) -> Result<Self::Element> {
        Ok(self.from_integer(n))
    }

    /// The inverse of a unit.
    ///
    /// # Errors
    /// Kind undefined for a non-unit; it carries the common factor where one with a modulus was found. The
    /// default knows the units 1 and -1 only, and says kind unsupported of everything else.
    fn try_inverse(&self, a: &Self::Element) -> Result<Self::Element> {
        if self.is_one(a) || self.is_one(&self.neg(a)) {
            Ok(a.clone())
        } else if self.is_zero(a) {
            Err(Error::undefined("division by zero"))
        } else {
            Err(Error::unsupported(format!("{self:?} offers no inverse of {a:?}")))
        }
    }

    /// The `q` with `q*b == a`.
    ///
    /// # Errors
    /// Kind undefined where `b` is zero (or shares a factor with the modulus), kind not exact where there is
    /// no such `q`.
    fn try_exact_quo(&self, a: &Self::Element, b: &Self::Element) -> Result<Self::Element> {
        self.try_mul(a, &self.try_inverse(b)?)
    }

    /// An element whose `k`-th power is `a`: over ordered rings the one that is not negative, modulo a prime the smallest residue (of at most
    /// 65,536 roots; of more, one of them), over the complex numbers the principal value.
    ///
    /// # Errors
    /// Kind not exact where there is none; kind undefined for `k = 0`; kind unsupported where the ring cannot tell: the default knows
    /// the roots 0 and 1.
    ///
    /// # Examples
    /// ```
    /// use monic::{Ring, ZZ, Zmod};
    /// assert_eq!(Zmod::prime(13)?.try_root(&10, 2)?, 6);
    /// assert_eq!(Zmod::prime(13)?.try_root(&5, 2).unwrap_err().to_string(), "5 has no square root in GF(13)");
    /// assert_eq!(ZZ.try_root(&(-27).into(), 3)?, (-3).into());
    /// # Ok::<(), monic::Error>(())
    /// ```
    fn try_root(&self, a: &Self::Element, k: u64) -> Result<Self::Element> {
        roots::trivial(self, a, k)?.ok_or_else(|| {
            Error::unsupported(format!(
                "{self:?} offers no {} of {}",
                roots::name(k),
                text::short_element(self, a)
            ))
        })
    }

    /// The value of an elementary function: over exact rings where it is rational, at 0 or at 1.
    ///
    /// # Errors
    /// Kind undefined where the ring has no such element.
    fn try_elementary(&self, function: Elementary, a: &Self::Element) -> Result<Self::Element> {
        elementary::exact(self, function, a)
    }

    /// The prime `p` where the ring is GF(p), in which every element is its own `p`-th power.
    fn prime_order(&self) -> Option<u64> {
        None
    }

    /// Whether `a*b == b*a` for all elements.
    fn is_commutative(&self) -> bool {
        true
    }

    /// Whether results are exact; false for floats, which gcd and factoring refuse.
    fn is_exact(&self) -> bool {
        true
    }

    /// Whether sums and products of elements become larger and larger, as integers do; false for residues. Where elements have one
    /// size, algorithms may take values on the way that have nothing to do with the size of the result.
    fn grows(&self) -> bool {
        true
    }

    /// The image of a fraction, numerator times inverse of the denominator.
    ///
    /// # Errors
    /// As for [`map::from_rational`].
    fn try_from_rational(&self, a: BigRational) -> Result<Self::Element> {
        map::from_rational(self, &a)
    }

    // ---- text: provided

    /// Writes one element, as it stands inside a polynomial, without parentheses around it.
    ///
    /// # Errors
    /// Those of the formatter.
    fn fmt_element(&self, a: &Self::Element, style: Style, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let _ = style;
        write!(f, "{a:?}")
    }

    /// Whether `a` is written with a leading minus, so that a term can be written as ` - |a|*x^k`.
    fn is_negative(&self, a: &Self::Element) -> bool {
        let _ = a;
        false
    }

    /// Whether `a` is written as a sum and needs parentheses as a factor, as `1 + 2*i` does.
    fn is_sum(&self, a: &Self::Element) -> bool {
        let _ = a;
        false
    }

    /// The element that a number or a name in text stands for.
    ///
    /// # Errors
    /// Kind parse for what the ring has no reading of: by default every name, and every decimal.
    fn from_literal(&self, literal: &Literal<'_>) -> Result<Self::Element> {
        text::default_literal(self, literal)
    }

    // ---- coefficient sequences: hooks with generic defaults

    /// The base-2 logarithm of a norm with `|f*g| <= |f|*|g|` that bounds the bits of every coefficient, so that the
    /// size of a power or a value is known before it is computed; 0 where all elements have the same size, and for
    /// zero.
    fn log2_norm(&self, f: &[Self::Element]) -> f64 {
        let _ = f;
        0.0
    }

    /// An upper bound of [`log2_norm`](Ring::log2_norm) in whole bits that takes no time: sizes are held against the limit by it first.
    fn norm_bits(&self, f: &[Self::Element]) -> u64 {
        self.log2_norm(f).max(0.0).ceil() as u64
    }

    /// How [`convolve`](Ring::convolve) would multiply two sequences: the algorithm and its parameters.
    ///
    /// # Errors
    /// Kind unsupported where the algorithm that `want` forces does not apply.
    ///
    /// # Examples
    /// ```
    /// use monic::{Ring, ZZ, convolution::Want};
    /// let f = ZZ.poly([1, 2, 3]);
    /// let plan = ZZ.plan(f.coefficients(), f.coefficients(), &Want::full())?;
    /// assert!(plan.to_string().starts_with("schoolbook"));
    /// # Ok::<(), monic::Error>(())
    /// ```
    fn plan(&self, a: &[Self::Element], b: &[Self::Element], want: &Want) -> Result<Plan> {
        generic::plan(self, &generic::shape(a, b, want), want)
    }

    /// The coefficients of the product of two sequences that `want` asks for; trailing zeros are kept.
    ///
    /// # Errors
    /// Kind unsupported where the algorithm that `want` forces does not apply, kind limit for a result over the
    /// limit, kind overflow in checked rings.
    fn convolve(&self, a: &[Self::Element], b: &[Self::Element], want: &Want) -> Result<Vec<Self::Element>> {
        generic::convolve(self, a, b, want)
    }

    /// The same into `out`, which keeps its memory and that of its elements where the ring can make use of it; what it
    /// held is gone.
    ///
    /// The rings of the crate do. The default makes a fresh one, since a ring may have a `convolve` of its own; one that has none calls
    /// [`generic::convolve_into`].
    ///
    /// # Errors
    /// As for [`convolve`](Ring::convolve); `out` holds any elements then.
    ///
    /// # Examples
    /// ```
    /// use monic::{Ring, ZZ, convolution::Want};
    /// let (f, g) = ([1, 2].map(Into::into), [3, 4].map(Into::into));
    /// let mut out = vec![7.into(); 100];
    /// ZZ.convolve_into(&f, &g, &Want::full(), &mut out)?;
    /// assert_eq!(out, [3, 10, 8].map(Into::into));
    /// # Ok::<(), monic::Error>(())
    /// ```
    fn convolve_into(
        &self,
        a: &[Self::Element],
        b: &[Self::Element],
        want: &Want,
        out: &mut Vec<Self::Element>,
    ) -> Result<()> {
        *out = self.convolve(a, b, want)?;
        Ok(())
    }

    /// The product in place of its first operand.
    ///
    /// The rings of the crate keep its memory, but `PolyRing`. The default makes a fresh one; a ring that has no `convolve` of its own calls
    /// [`generic::convolve_assign`].
    ///
    /// # Errors
    /// As for [`convolve`](Ring::convolve); `a` is as it was then.
    fn convolve_assign(&self, a: &mut Vec<Self::Element>, b: &[Self::Element], want: &Want) -> Result<()> {
        *a = self.convolve(a, b, want)?;
        Ok(())
    }

    /// The sum of the products of pairs of sequences, the coefficients that `want` asks for, counted over the longest product.
    ///
    /// Where products go through exact transforms, the sum has one transform back in all.
    ///
    /// # Errors
    /// As for [`convolve`](Ring::convolve).
    ///
    /// # Examples
    /// ```
    /// use monic::{Ring, Zmod, convolution::Want};
    /// let sum = Zmod::new(7).convolve_sum(&[(&[1, 2], &[3]), (&[4], &[5])], &Want::full())?;
    /// assert_eq!(sum, [2, 6]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    fn convolve_sum(&self, pairs: &[Pair<'_, Self>], want: &Want) -> Result<Vec<Self::Element>> {
        generic::convolve_sum(self, pairs, want)
    }

    /// The convolution of two arrays, by one algorithm or the best, as [`multidimensional::convolve_by`] says.
    ///
    /// # Errors
    /// Those of [`multidimensional::convolve_by`].
    fn convolve_arrays(
        &self,
        a: &Array<Self::Element>,
        b: &Array<Self::Element>,
        mode: &Mode<Self::Element>,
        algorithm: Option<Algorithm>,
    ) -> Result<Array<Self::Element>> {
        multidimensional::generic(self, a, b, mode, algorithm)
    }

    /// A sequence for many products, with partners as long as `like` and with coefficients as large as those of `like`, of
    /// which `want` is going to be read.
    ///
    /// # Errors
    /// Kind limit, when memory is refused.
    fn prepare(&self, f: Vec<Self::Element>, like: &[Self::Element], want: &Want) -> Result<Prepared<Self>> {
        let _ = (like, want);
        Ok(Prepared::plain(self, f))
    }

    /// The coefficients that `want` asks for of the product of a prepared sequence of this ring with any other.
    ///
    /// # Errors
    /// As for [`convolve`](Ring::convolve).
    fn convolve_prepared(
        &self,
        f: &Prepared<Self>,
        g: &[Self::Element],
        want: &Want,
    ) -> Result<Vec<Self::Element>> {
        self.convolve(f.coefficients(), g, want)
    }

    /// The sum of the products of pairs of prepared sequences of this ring, the coefficients that `want` asks for, counted over the longest
    /// product.
    ///
    /// Sequences that were prepared for partners of like lengths and the same window have one transform back in all.
    ///
    /// # Errors
    /// As for [`convolve`](Ring::convolve).
    ///
    /// # Examples
    /// ```
    /// use monic::{Ring, Zmod, convolution::Want};
    /// let ring = Zmod::new(7);
    /// let [f, g] = [[1, 2], [3, 4]].map(|f| ring.prepare(f.to_vec(), &[0, 0], &Want::full()).unwrap());
    /// assert_eq!(ring.convolve_prepared_sum(&[(&f, &f), (&f, &g)], &Want::low(2))?, [4, 0]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    fn convolve_prepared_sum(
        &self,
        pairs: &[(&Prepared<Self>, &Prepared<Self>)],
        want: &Want,
    ) -> Result<Vec<Self::Element>> {
        let pairs: Vec<Pair<'_, Self>> =
            pairs.iter().map(|(f, g)| (f.coefficients(), g.coefficients())).collect();
        self.convolve_sum(&pairs, want)
    }

    /// The same into `out`, which keeps its memory where the ring can make use of it; what it held is gone.
    ///
    /// # Errors
    /// As for [`convolve`](Ring::convolve); `out` holds any elements then.
    fn convolve_prepared_into(
        &self,
        f: &Prepared<Self>,
        g: &[Self::Element],
        want: &Want,
        out: &mut Vec<Self::Element>,
    ) -> Result<()> {
        *out = self.convolve_prepared(f, g, want)?;
        Ok(())
    }

    /// Coefficient `k` of the product of two sequences, which need not be as long.
    ///
    /// # Errors
    /// Those of the ring's own operations.
    fn coefficient_of_product(
        &self,
        a: &[Self::Element],
        b: &[Self::Element],
        k: usize,
    ) -> Result<Self::Element> {
        generic::coefficient_of_product(self, a, b, k)
    }

    /// `out += a` for a sequence that is no longer.
    ///
    /// # Errors
    /// Those of the ring's own operations.
    fn add_sequence(&self, out: &mut [Self::Element], a: &[Self::Element]) -> Result<()> {
        for (x, y) in out.iter_mut().zip(a) {
            *x = self.try_add(x, y)?;
        }
        Ok(())
    }

    /// `out -= a * b`, what would stand beyond the end of `out` left out: a step of long division, where `a` has few
    /// coefficients.
    ///
    /// # Errors
    /// Those of the ring's own operations; `out` holds any elements then.
    fn sub_product(&self, out: &mut [Self::Element], a: &[Self::Element], b: &[Self::Element]) -> Result<()> {
        generic::sub_product(self, out, a, b)
    }

    /// `out = s*out - a*b`, with `a*b` cut at the end of `out`: a step of division without an inverse.
    ///
    /// # Errors
    /// Those of the ring's own operations; `out` holds any elements then.
    fn scale_sub_product(
        &self,
        out: &mut [Self::Element],
        s: &Self::Element,
        a: &[Self::Element],
        b: &[Self::Element],
    ) -> Result<()> {
        generic::scale_sub_product(self, out, s, a, b)
    }

    /// `sum of factors[i]*rows[i]`, to `n` coefficients; a row need not have as many.
    ///
    /// # Errors
    /// Those of the ring's own operations.
    fn linear_combination(
        &self,
        factors: &[Self::Element],
        rows: &[&[Self::Element]],
        n: usize,
    ) -> Result<Vec<Self::Element>> {
        generic::linear_combination(self, factors, rows, n)
    }

    /// `out += sum of factors[i]*rows[i]`, as far as `out` reaches; a row need not have as many.
    ///
    /// # Errors
    /// Those of the ring's own operations; `out` holds any elements then.
    fn add_combination(
        &self,
        out: &mut [Self::Element],
        factors: &[Self::Element],
        rows: &[&[Self::Element]],
    ) -> Result<()> {
        let sum = self.linear_combination(factors, rows, out.len())?;
        self.add_sequence(out, &sum)
    }

    /// [`linear_combination`](Ring::linear_combination) of the same rows for each of several sequences of factors: a product of matrices.
    ///
    /// # Errors
    /// Those of the ring's own operations.
    fn linear_combinations(
        &self,
        factors: &[&[Self::Element]],
        rows: &[&[Self::Element]],
        n: usize,
    ) -> Result<Vec<Vec<Self::Element>>> {
        factors.iter().map(|factors| self.linear_combination(factors, rows, n)).collect()
    }

    /// The values of a polynomial at points, one by one: for few points.
    ///
    /// # Errors
    /// As for [`evaluate`](Ring::evaluate).
    fn evaluate_each(&self, f: &[Self::Element], points: &[Self::Element]) -> Result<Vec<Self::Element>> {
        points.iter().map(|x| self.evaluate(f, x)).collect()
    }

    /// The values at `a, a*q, a*q^2, ...`, `n` of them.
    ///
    /// # Errors
    /// Those of the ring's products and values.
    fn evaluate_geometric(
        &self,
        f: &[Self::Element],
        a: &Self::Element,
        q: &Self::Element,
        n: usize,
    ) -> Result<Vec<Self::Element>> {
        generic::geometric::plain_values(self, f, a, q, n)
    }

    /// [`interpolate`](Ring::interpolate) at `a, a*q, a*q^2, ...`.
    ///
    /// # Errors
    /// As for [`interpolate`](Ring::interpolate).
    fn interpolate_geometric(
        &self,
        a: &Self::Element,
        q: &Self::Element,
        values: &[Self::Element],
    ) -> Result<Vec<Self::Element>> {
        generic::geometric::plain_interpolation(self, a, q, values)
    }

    /// The polynomial of at most as many coefficients as there are points that has these values at them, without trailing zeros.
    ///
    /// # Errors
    /// Kind undefined where two points are the same, or their difference shares a factor with a modulus, which the error carries; kind not exact
    /// where the polynomial has coefficients outside of the ring; kind unsupported for points and values that are not as many.
    fn interpolate(&self, points: &[Self::Element], values: &[Self::Element]) -> Result<Vec<Self::Element>> {
        generic::points::interpolate(self, points, values)
    }

    /// The values at `a, a+1, ..., a+m-1` of the polynomial of fewest coefficients that has these values at `0, 1, 2, ...`.
    ///
    /// # Errors
    /// Kind undefined where a number below the number of values is no unit, with the factor it shares with a modulus; kind not exact where the
    /// new values are outside of the ring; those of the ring's products.
    fn shift_samples(
        &self,
        values: &[Self::Element],
        a: &Self::Element,
        m: usize,
    ) -> Result<Vec<Self::Element>> {
        generic::samples::shift(self, values, a, m)
    }

    /// `s[t] = sum of weights[i]*points[i]^t` for `t < n`: the transpose of evaluation.
    ///
    /// # Errors
    /// Those of the ring's own operations.
    fn power_sums(
        &self,
        weights: &[Self::Element],
        points: &[Self::Element],
        n: usize,
    ) -> Result<Vec<Self::Element>> {
        generic::power_sums(self, weights, points, n)
    }

    /// The polynomial `f(x + a)`, as many coefficients as `f` has.
    ///
    /// # Errors
    /// Those of the ring's products.
    fn taylor_shift(&self, f: &[Self::Element], a: &Self::Element) -> Result<Vec<Self::Element>> {
        generic::shift::halves(self, f, a)
    }

    /// [`taylor_shift`](Ring::taylor_shift) into `out`, whose memory is used again.
    ///
    /// # Errors
    /// As for [`taylor_shift`](Ring::taylor_shift); `out` holds any elements then.
    fn taylor_shift_into(
        &self,
        f: &[Self::Element],
        a: &Self::Element,
        out: &mut Vec<Self::Element>,
    ) -> Result<()> {
        *out = self.taylor_shift(f, a)?;
        Ok(())
    }

    /// The composition `f(g)`, without trailing zeros; neither operand has such, or is constant.
    ///
    /// # Errors
    /// Those of the ring's products.
    fn compose(&self, f: &[Self::Element], g: &[Self::Element]) -> Result<Vec<Self::Element>> {
        generic::composition::whole(self, f, g)
    }

    /// `g` and `h` with `f = g(h)`, `h` of degree `s` with constant coefficient 0, monic over fields; `None` where there are none. `s` is positive and
    /// divides the degree of `f`, which is not constant and has no trailing zeros.
    ///
    /// # Errors
    /// Kind unsupported where the characteristic divides the degree of `g`, and over rings that are not exact or do not commute; kind undefined where the leading coefficient
    /// or the degree of `g` is no unit; those of the ring's products.
    fn decompose(
        &self,
        f: &[Self::Element],
        s: usize,
    ) -> Result<Option<generic::decomposition::Pieces<Self>>> {
        generic::decomposition::monic_at(self, f, s)
    }

    /// Makes `table` that of `1/1, 1/2, ..., 1/(n-1)`, of which it holds the first ones: for rings whose elements have one size.
    ///
    /// # Errors
    /// Those of [`try_inverse`](Ring::try_inverse) for the first number that is no unit.
    fn extend_inverses(&self, table: &mut Vec<Self::Element>, n: usize) -> Result<()> {
        generic::chains::extend_inverses(self, table, n)
    }

    /// Whether Euclid's algorithm had better multiply remainders by a leading coefficient than invert that: where products are
    /// far cheaper than inverses, elements do not grow, and every element but zero is a unit.
    fn avoids_inverses(&self) -> bool {
        false
    }

    /// Whether [`reduce_pair`](Ring::reduce_pair) has a way: else quotients are better kept, and multiplied in the end.
    fn reduces_pairs(&self) -> bool {
        false
    }

    /// Steps of Euclid's algorithm at once, where elements are such that a ring has a better way than one operation after the other: as long as each degree is one less than
    /// the one before, and the second sequence has more than `least` coefficients, or one. The first one is one coefficient longer than the second, which has two at least; both
    /// change in place, without trailing zeros, and so do the rows of the matrix beside them. The leading coefficients that were divided by are appended to `leading`.
    ///
    /// A step from `(a, b)` with the leading coefficient `l` leads to `(b, u*l^2*a - q*b)`, for the `u` that is returned; nothing, and nothing has changed, where there is no way.
    ///
    /// # Errors
    /// Kind limit, where memory is refused; kind unsupported for a setting of `MONIC_SIMD` that names no back end.
    fn reduce_pair(
        &self,
        pair: [&mut Vec<Self::Element>; 2],
        least: usize,
        matrix: Option<&mut [Vec<Self::Element>; 4]>,
        leading: Option<&mut Vec<Self::Element>>,
    ) -> Result<Option<Self::Element>> {
        let _ = (pair, least, matrix, leading);
        Ok(None)
    }

    /// Lengths up to which Euclid's algorithm is better than half a gcd: without a matrix, and with one.
    fn euclid_lengths(&self) -> [usize; 2] {
        [tuning::GCD_EUCLID, tuning::GCD_HALF]
    }

    /// The product of two sequences modulo `x^n - 1`: a cyclic convolution of length `n`, at least 1.
    ///
    /// # Errors
    /// As for [`convolve`](Ring::convolve).
    ///
    /// # Panics
    /// When `n` is 0.
    ///
    /// # Examples
    /// ```
    /// use monic::{Ring, Zmod};
    /// // (1 + 2x)*(3 + 4x^2) = 3 + 6x + 4x^2 + 8x^3
    /// assert_eq!(Zmod::new(100).convolve_cyclic(&[1, 2], &[3, 0, 4], 3)?, [11, 6, 4]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    fn convolve_cyclic(
        &self,
        a: &[Self::Element],
        b: &[Self::Element],
        n: usize,
    ) -> Result<Vec<Self::Element>> {
        generic::convolve_cyclic(self, a, b, n)
    }

    /// A sequence for many [cyclic products](Ring::convolve_cyclic) of length `n`.
    ///
    /// # Errors
    /// Kind limit, when memory is refused.
    fn prepare_cyclic(&self, f: &[Self::Element], n: usize) -> Result<Prepared<Self>> {
        let _ = n;
        Ok(Prepared::plain(self, f.to_vec()))
    }

    /// The product modulo `x^n - 1` of a sequence that was prepared for this length with any other.
    ///
    /// # Errors
    /// As for [`convolve`](Ring::convolve).
    ///
    /// # Panics
    /// When `n` is 0.
    fn convolve_cyclic_prepared(
        &self,
        f: &Prepared<Self>,
        g: &[Self::Element],
        n: usize,
    ) -> Result<Vec<Self::Element>> {
        self.convolve_cyclic(f.coefficients(), g, n)
    }

    /// The product of two matrices of polynomials, row by row, `inner` columns of the first and rows of the second.
    ///
    /// Where products go through exact transforms, every entry is transformed once.
    ///
    /// # Errors
    /// As for [`convolve`](Ring::convolve).
    ///
    /// # Panics
    /// When the number of entries of either is no multiple of `inner`.
    ///
    /// # Examples
    /// ```
    /// use monic::{Ring, Zmod};
    /// let product = Zmod::new(7).convolve_matrix(&[&[1], &[0, 1]], &[&[2, 3], &[4]], 2)?; // 2 + 3x + 4x
    /// assert_eq!(product, [[2, 0]]);
    /// # Ok::<(), monic::Error>(())
    /// ```
    fn convolve_matrix(
        &self,
        a: &[&[Self::Element]],
        b: &[&[Self::Element]],
        inner: usize,
    ) -> Result<Vec<Vec<Self::Element>>> {
        generic::convolve_matrix(self, a, b, inner)
    }

    /// Quotient and remainder of two sequences without trailing zeros; so is the remainder, and the quotient has all
    /// `f.len() - g.len() + 1` coefficients.
    ///
    /// # Errors
    /// Kind undefined when `g` is empty or its leading coefficient is no unit; those of the ring's own operations.
    fn quo_rem(&self, f: &[Self::Element], g: &[Self::Element]) -> Result<generic::QuoRem<Self::Element>> {
        generic::quo_rem(self, f, g)
    }

    /// `(q, r)` with `l^d*f = q*g + r` for two sequences without trailing zeros, `l` the leading coefficient of `g` and
    /// `d = max(f.len() - g.len() + 1, 0)`; both have no trailing zeros.
    ///
    /// # Errors
    /// Kind undefined when `g` is empty; those of the ring's own operations.
    fn pseudo_quo_rem(
        &self,
        f: &[Self::Element],
        g: &[Self::Element],
    ) -> Result<generic::QuoRem<Self::Element>> {
        remainders::pseudo_quo_rem(self, f, g)
    }

    /// The `q` with `q*g = f`, both without trailing zeros, `g` not empty.
    ///
    /// # Errors
    /// Kind not exact where there is none; kind undefined where the leading coefficient of `g` is a zero divisor; those of the ring's own
    /// operations.
    fn exact_quo(&self, f: &[Self::Element], g: &[Self::Element]) -> Result<Vec<Self::Element>> {
        generic::division::exact(self, f, g)
    }

    /// The product of `x - x_i` over all roots; one for none.
    ///
    /// # Errors
    /// Those of the ring's products.
    fn from_roots(&self, roots: &[Self::Element]) -> Result<Vec<Self::Element>> {
        generic::products::from_roots(self, roots)
    }

    /// `f^n` modulo a divisor, for a reduced `f`, without trailing zeros.
    ///
    /// # Errors
    /// Those of the ring's products.
    fn power_modulo(
        &self,
        f: &[Self::Element],
        n: &BigUint,
        divisor: &generic::divisor::Divisor<Self>,
    ) -> Result<Vec<Self::Element>> {
        divisor.power_by_products(f, n)
    }

    /// `f(g)` modulo a divisor, without trailing zeros.
    ///
    /// # Errors
    /// Those of the ring's products.
    fn compose_modulo(
        &self,
        f: &[Self::Element],
        g: &[Self::Element],
        divisor: &generic::divisor::Divisor<Self>,
    ) -> Result<Vec<Self::Element>> {
        generic::composition::modular_by_steps(f, g, divisor)
    }

    /// The `n`-th power of a sequence, the coefficients that `want` asks for.
    ///
    /// # Errors
    /// As for [`convolve`](Ring::convolve).
    fn power(&self, f: &[Self::Element], n: u64, want: &Want) -> Result<Vec<Self::Element>> {
        generic::power(self, f, n, want)
    }

    /// A function of power series modulo `x^n`, to `n` coefficients (twice as many for a pair).
    ///
    /// # Errors
    /// Those of the [functions](generic::series).
    fn power_series(
        &self,
        function: &generic::series::Function<'_, Self::Element>,
        n: usize,
    ) -> Result<Vec<Self::Element>> {
        generic::series::plainly(self, function, n)
    }

    /// `f/g` modulo `x^n`, for power series; `1/g` where there is no `f`. What [`power_series`](Ring::power_series) gives, apart from it because division of
    /// polynomials stands on it: with all functions behind the division of every ring a program takes far longer to compile.
    ///
    /// # Errors
    /// Those of the [quotient](generic::series::quotient).
    fn quotient_series(
        &self,
        f: Option<&[Self::Element]>,
        g: &[Self::Element],
        n: usize,
    ) -> Result<Vec<Self::Element>> {
        generic::series::plain_quotient(self, tuning::SERIES_BASE, f, g, n)
    }

    /// The value of a polynomial at a point.
    ///
    /// # Errors
    /// Kind overflow in checked rings, kind limit for a value over the limit.
    fn evaluate(&self, f: &[Self::Element], x: &Self::Element) -> Result<Self::Element> {
        generic::horner(self, f, x)
    }

    /// The greatest common divisor of two polynomials, both without trailing zeros, in normal form: monic over a
    /// field; over Z the primitive gcd times the gcd of the contents, with positive leading coefficient.
    ///
    /// # Errors
    /// Kind undefined, with the factor, where a leading coefficient is not invertible modulo a composite number;
    /// kind unsupported for floats.
    fn poly_gcd(&self, f: &[Self::Element], g: &[Self::Element]) -> Result<Vec<Self::Element>> {
        generic::half_gcd::gcd(self, f, g)
    }

    /// `(g, s, t)` with `g = s*f + t*h` the monic greatest common divisor, for two sequences without trailing zeros, and the degrees that
    /// Euclid's algorithm gives: `deg s < deg h` and `deg t < deg f` where neither divides the other.
    ///
    /// # Errors
    /// Kind undefined, with the factor, where a leading coefficient is no unit; kind unsupported for floats.
    fn poly_xgcd(
        &self,
        f: &[Self::Element],
        h: &[Self::Element],
    ) -> Result<generic::half_gcd::Xgcd<Self::Element>> {
        generic::half_gcd::xgcd(self, f, h)
    }

    /// The shortest `[c1, c2, ...]` with `a(k) = c1*a(k-1) + c2*a(k-2) + ...` for all terms of a sequence that have so many before them.
    ///
    /// # Errors
    /// Kind undefined, with the factor, where a number on the way is no unit modulo a composite one; kind not exact over Z, where a
    /// coefficient is no integer; kind unsupported for floats.
    fn shortest_recurrence(&self, terms: &[Self::Element]) -> Result<Vec<Self::Element>> {
        Ok(generic::recurrence::shortest(self, terms)?.coefficients)
    }
}

/// A commutative ring without zero divisors in which `1 != 0`.
pub trait Domain: Ring {
    /// The resultant of two polynomials, both without trailing zeros; zero when either is.
    ///
    /// # Errors
    /// Kind unsupported over floats; kind overflow in checked rings; kind limit for one that may be over the [limit](crate::limit).
    fn poly_resultant(&self, f: &[Self::Element], g: &[Self::Element]) -> Result<Self::Element> {
        remainders::resultant(self, f, g)
    }
}

/// A domain in which any two elements have a greatest common divisor.
pub trait GcdDomain: Domain {
    /// The greatest common divisor in normal form; `gcd(0, 0) == 0`.
    fn gcd(&self, a: &Self::Element, b: &Self::Element) -> Self::Element;

    /// The unit `u` for which `u*a` is the normal form of `a`: over Z its sign, over a field the inverse; one for
    /// zero.
    fn normalizing_unit(&self, a: &Self::Element) -> Self::Element;
}

/// A commutative ring in which every element but zero has an inverse.
///
/// # Examples
/// ```
/// use monic::ring::{Field, QQ, Ring};
/// assert_eq!(QQ.inverse(&QQ.from_integer(4.into())).to_string(), "1/4");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a field",
    note = "Z/n: use `Zmod::prime(p)` for a field, or the `try_` form; over Z use the exact, pseudo- or `try_` forms"
)]
pub trait Field: GcdDomain {
    /// The inverse.
    ///
    /// # Panics
    /// When `a` is zero.
    #[track_caller]
    fn inverse(&self, a: &Self::Element) -> Self::Element {
        match self.try_inverse(a) {
            Ok(inverse) => inverse,
            Err(error) => panic!("{error}"),
        }
    }

    /// The monic greatest common divisor of two polynomials over an extension of this field, both without trailing zeros.
    ///
    /// # Errors
    /// Those of the field's operations.
    fn extension_gcd(
        field: &ExtensionField<Self>,
        f: &[Vec<Self::Element>],
        g: &[Vec<Self::Element>],
    ) -> Result<Vec<Vec<Self::Element>>> {
        generic::half_gcd::gcd(field, f, g)
    }

    /// The product of two sequences over an extension of this field, or without `b` the square of one, into `out`, which keeps its memory and that of its
    /// elements. A coefficient of the product has `stride` coordinates before it is reduced; `want` is in coordinates, whole slots of so many.
    ///
    /// # Errors
    /// Those of the field's products; `out` holds any elements then.
    fn extension_product<A: AsRef<[Self::Element]>>(
        field: &ExtensionField<Self>,
        a: &[A],
        b: Option<&[A]>,
        want: &Want,
        stride: usize,
        out: &mut Vec<Vec<Self::Element>>,
    ) -> Result<()> {
        field.product_in_slots(a, b, want, stride, out)
    }

    /// A `k`-th root in an extension of this field, as for [`try_root`](Ring::try_root): by default that of an element of this field.
    ///
    /// # Errors
    /// As for [`try_root`](Ring::try_root).
    fn extension_root(
        field: &ExtensionField<Self>,
        a: &[Self::Element],
        k: u64,
    ) -> Result<Vec<Self::Element>> {
        let a = a.to_vec();
        if let Some(root) = roots::trivial(field, &a, k)? {
            return Ok(root);
        }
        if let [c] = a.as_slice()
            && let Ok(root) = field.base().try_root(c, k)
        {
            return Ok(vec![root]);
        }
        Err(Error::unsupported(format!(
            "{field:?} offers no {} of {}",
            roots::name(k),
            text::short_element(field, &a)
        )))
    }
}
