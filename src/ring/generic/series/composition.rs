//! Composition `f(g)` modulo `x^n` of power series, for a `g` without constant coefficient, and its transpose, the coefficient of `x^(n-1)` of
//! `h*g^i` for all `i` at once.
//!
//! It stands apart from [`generic::composition`](crate::ring::generic::composition), which knows nothing of truncation: here products of polynomials in two
//! variables are cut in both.
//!
//! # Method
//! With the coefficients of `f` in reverse order, `f(g)` is the coefficient of `y^(N-1)` of `F(y)/Q(x, y)` with `Q = 1 - y*g(x)`. From `1/Q = Q(-x, y)/V(x^2, y)`,
//! where `V(x^2, y) = Q(x, y)*Q(-x, y)`, follows a recursion that halves the degree in `x` and doubles that in `y`: down to `V = 1`, where
//! nothing but `F` is left, then up again with a middle product in `y` on each level (Y. Kinoshita, B. Li, "Power series composition in near-linear time", FOCS 2024). The transpose
//! multiplies `P/Q` by `Q(-x, y)` and keeps the half of the powers of `x` from which the last coefficient comes, as A. Bostan and R. Mori
//! do in one variable. Nothing is divided, so both hold over every commutative ring.
//!
//! Here `Q = 1 + y*R`, one row of `R` for each power of `x`, the first being zero. With the even and odd part of `R`, `E(x^2) + x*O(x^2)`, and
//! `z = x^2` it is `Q(-x) = A + x*B` with `A = 1 + y*E` and `B = -y*O`, and `V = A*A - z*B*B`: the products are those of halves, row
//! behind row at the distance of the rows of `V` (L. Kronecker). What is one coefficient too long for that falls on the first of the next
//! row, which is known to be zero, so that the product stands as the next `R` does, one further. Each half is transformed once for the products that it stands in.
//!
//! Series of few coefficients, and those whose coefficients grow, go by baby steps and giant steps: rows of powers of `g`, which linear
//! combinations and Horner's rule in the next power put together (R. Brent, H. Kung, J. ACM 25, 1978).

use super::{
    Function,
    arithmetic::{Arithmetic, Pick, Rows},
    plain::Plain,
};
use crate::{Error, Result, convolution::tuning, limit, ring::Ring};

/// `f(g)` modulo `x^n`, where `g` has the constant coefficient 0.
///
/// # Errors
/// Kind undefined where `g` has another constant coefficient (a polynomial `f` may be [shifted](Ring::taylor_shift) by it first); kind unsupported over rings that do not commute; those of the ring's products.
///
/// # Complexity
/// `O(M(n) log n)`, and `O(M(n) log m)` for an `f` of `m` coefficients; `O(sqrt(n) M(n) + n^2)` for short series and where
/// coefficients grow.
///
/// # Examples
/// ```
/// use monic::{ZZ, ring::generic::series};
/// // 1/(1 - t) at t = x + x^2: the numbers of Fibonacci.
/// let f = [1, 1, 1, 1, 1].map(Into::into);
/// let fibonacci = series::compose(&ZZ, &f, &[0, 1, 1].map(Into::into), 5)?;
/// assert_eq!(fibonacci, [1, 1, 2, 3, 5].map(Into::into));
/// # Ok::<(), monic::Error>(())
/// ```
pub fn compose<R: Ring>(ring: &R, f: &[R::Element], g: &[R::Element], n: usize) -> Result<Vec<R::Element>> {
    ring.power_series(&Function::Composition(f, g), n)
}

/// The coefficient of `x^(n-1)` of `h*g^i` for every `i < count`, where `g` has the constant coefficient 0: the transpose of composition.
///
/// # Errors
/// As for [`compose`].
///
/// # Complexity
/// That of [`compose`] for as many coefficients as there are powers.
///
/// # Examples
/// ```
/// use monic::{Zmod, ring::generic::series};
/// // The coefficients of x^3 of 1, x + x^2, (x + x^2)^2, (x + x^2)^3.
/// let powers = series::project_powers(&Zmod::new(7), &[1], &[0, 1, 1], 4, 4)?;
/// assert_eq!(powers, [0, 0, 2, 1]);
/// # Ok::<(), monic::Error>(())
/// ```
pub fn project_powers<R: Ring>(
    ring: &R,
    h: &[R::Element],
    g: &[R::Element],
    n: usize,
    count: usize,
) -> Result<Vec<R::Element>> {
    limit::check(n.max(count) as u64, 8 * size_of::<R::Element>() as u64)?;
    let a = Plain::new(ring);
    let (h, g) = (a.read(&h[..h.len().min(n)])?, a.read(&g[..g.len().min(n)])?);
    check(&a, &g)?;
    let mut values = a.write(projected(&a, &h, &g, n, count)?);
    values.resize(count, ring.zero());
    Ok(values)
}

/// Refuses what has no composition.
fn check<A: Arithmetic>(a: &A, g: &A::Series) -> Result<()> {
    if !a.ring().is_commutative() {
        return Err(Error::unsupported("power series over a ring that does not commute are not composed"));
    }
    if !a.ring().is_zero(&a.coefficient(g, 0)) {
        return Err(Error::undefined(
            "the composition of a power series with one whose constant coefficient is not 0",
        ));
    }
    Ok(())
}

/// `f(g)` modulo `x^n`.
pub(super) fn composed<A: Arithmetic>(a: &A, f: &A::Series, g: &A::Series, n: usize) -> Result<A::Series> {
    check(a, g)?;
    // No longer than the composition of the polynomials.
    let degree = |f: &A::Series| a.len(f).saturating_sub(1);
    let n = n.min(degree(f).saturating_mul(degree(g)).saturating_add(1));
    let valuation = (1..a.len(g).min(n)).find(|&k| !a.ring().is_zero(&a.coefficient(g, k)));
    let Some(valuation) = valuation else { return a.part(f, 0..n.min(1)) };
    // Higher powers of g are beyond x^n.
    let f = a.part(f, 0..n.div_ceil(valuation))?;
    let (terms, g) = (a.len(&f), &a.part(g, 0..n)?);
    if terms <= 1 {
        return Ok(f);
    }
    if a.ring().grows() || terms.min(n) <= tuning::COMPOSITION_STEPS {
        return by_steps(a, &f, g, valuation, n);
    }
    by_halves(a, &f, g, n)
}

/// `f(g)` by baby steps and giant steps, for a `g` that begins with `x^valuation`.
fn by_steps<A: Arithmetic>(
    a: &A,
    f: &A::Series,
    g: &A::Series,
    valuation: usize,
    n: usize,
) -> Result<A::Series> {
    let terms = a.len(f);
    let few = terms.isqrt() + usize::from(terms.isqrt().pow(2) < terms);
    let mut powers = vec![a.read(&[a.ring().one()])?, g.clone()];
    for i in 2..=few {
        let next = a.product(&powers[i / 2], &powers[i - i / 2], 0..n)?;
        powers.push(next);
    }
    let power = powers.split_off(few).swap_remove(0);
    // A step is x^step times a series.
    let step = few * valuation;
    let power = a.part(&power, step.min(n)..n)?;
    let lengths: Vec<usize> = (0..terms).step_by(few).map(|first| n - first * valuation).collect();
    let mut parts = a.combinations(f, &powers, &lengths)?;
    let Some(mut value) = parts.pop() else { return a.read(&[]) };
    for (part, length) in parts.iter().zip(lengths).rev() {
        let high = a.product(&power, &value, 0..length - step)?;
        value = a.add(a.join(a.read(&[])?, step, high)?, part)?;
    }
    Ok(value)
}

/// The shape of `Q = 1 + y*R(x, y)` on a level of the recursion.
#[derive(Clone, Copy, Debug)]
struct Level {
    /// It is known modulo `x^rows`; so `R` has one row less, its first being zero.
    rows: usize,
    /// Coefficients in `y` of a row of `R`.
    width: usize,
    /// Coefficients in `y` that are wanted of `F/Q`, and that a row of `P` has.
    wanted: usize,
    /// The most that `wanted` may become.
    terms: usize,
}

impl Level {
    fn first(n: usize, terms: usize) -> Self {
        Level { rows: n, width: 1, wanted: 1, terms }
    }

    fn next(self) -> Self {
        Level {
            rows: self.rows.div_ceil(2),
            width: (2 * self.width).min(self.terms - 1),
            wanted: (2 * self.wanted).min(self.terms),
            terms: self.terms,
        }
    }

    /// The distance of rows: those of products with `P` do not overlap, those with `F/V` do where nothing is wanted, and those of squares in one
    /// coefficient, which is zero in one of them.
    fn stride(self) -> usize {
        self.width + self.wanted
    }

    /// Coefficients of all rows of a half of `Q`, of `P` or of `F/V`.
    fn len(self) -> usize {
        self.next().rows * self.stride()
    }

    /// `A` and `B`, and with them what `B` is multiplied by in `V`.
    fn halves<A: Arithmetic>(self, a: &A, r: &A::Series) -> Result<Halves<A>> {
        let Level { rows, width, .. } = self;
        let (stride, len) = (self.stride(), self.len());
        let even = Rows {
            count: (rows - 1) / 2,
            width,
            from: (width, 2 * width),
            to: (stride + 1, stride),
            negative: false,
        };
        let odd = Rows { count: rows / 2, from: (0, 2 * width), to: (1, stride), negative: true, ..even };
        // The last row of z*B is beyond what is known.
        let moved = Rows { count: (rows - 1) / 2, to: (stride + 1, stride), negative: false, ..odd };
        let one = a.read(&[a.ring().one()])?;
        let first = Rows { count: 1, width: 1, from: (0, 1), to: (0, 1), negative: false };
        let share = |parts: &[(&A::Series, Rows)]| a.share(a.arrange(len, parts)?, len, 0..len + 1);
        let square = if rows > 2 { Some(share(&[(r, moved)])?) } else { None };
        Ok(Halves { even: share(&[(&one, first), (r, even)])?, odd: share(&[(r, odd)])?, moved: square })
    }

    /// The `R` of the next level, where that has more than one row.
    fn next_r<A: Arithmetic>(self, a: &A, halves: &Halves<A>) -> Result<Option<A::Series>> {
        let (next, stride) = (self.next(), self.stride());
        let Some(moved) = &halves.moved else { return Ok(None) };
        let pairs = [(&halves.even, &halves.even), (&halves.odd, moved)];
        let square = a.dot(&pairs, stride + 1..self.len() + 1)?;
        if next.width == stride {
            return Ok(Some(square));
        }
        let rows = Rows {
            count: next.rows - 1,
            width: next.width,
            from: (0, stride),
            to: (0, next.width),
            negative: false,
        };
        a.arrange((next.rows - 1) * next.width, &[(&square, rows)]).map(Some)
    }
}

/// The halves of `Q(-x) = A + x*B`.
struct Halves<A: Arithmetic> {
    even: A::Factor,
    odd: A::Factor,
    /// `-z*B`, but for the last row.
    moved: Option<A::Factor>,
}

/// `f(g)` by the recursion.
fn by_halves<A: Arithmetic>(a: &A, f: &A::Series, g: &A::Series, n: usize) -> Result<A::Series> {
    let terms = a.len(f);
    let mut level = Level::first(n, terms);
    let mut levels = Vec::new();
    let mut next = Some(a.neg(a.part(g, 1..n)?)?);
    while level.rows > 1 {
        let Some(r) = next else { unreachable!("there is more than one row") };
        let mut halves = level.halves(a, &r)?;
        next = level.next_r(a, &halves)?;
        halves.moved = None;
        levels.push((level, halves));
        level = level.next();
    }
    // The last coefficient in y is that of y^(terms-1).
    let reversed = a.gather(f, terms, |k| Pick::At(terms - 1 - k))?;
    let mut w = a.part(&reversed, terms - level.wanted..terms)?;
    while let Some((level, halves)) = levels.pop() {
        w = raised(a, level, w, &halves)?;
    }
    Ok(w)
}

/// What is wanted of `F/Q = Q(-x, y)*(F/V)(x^2, y)`, from what is of `F/V`.
fn raised<A: Arithmetic>(a: &A, level: Level, w: A::Series, halves: &Halves<A>) -> Result<A::Series> {
    let (Level { rows, width, wanted, .. }, next) = (level, level.next());
    let (stride, len) = (level.stride(), level.len());
    let spread = if next.wanted == stride {
        w
    } else {
        // The last wanted coefficients of a row at its end.
        let rows = Rows {
            count: next.rows,
            width: next.wanted,
            from: (0, next.wanted),
            to: (stride - next.wanted, stride),
            negative: false,
        };
        a.arrange(len, &[(&w, rows)])?
    };
    let factor = a.share(spread, len, 0..len + 1)?;
    let even = a.dot(&[(&halves.even, &factor)], 0..len)?;
    let odd = a.dot(&[(&halves.odd, &factor)], 0..len)?;
    let of = |count: usize, to: usize| Rows {
        count,
        width: wanted,
        from: (width, stride),
        to: (to, 2 * wanted),
        negative: false,
    };
    a.arrange(rows * wanted, &[(&even, of(next.rows, 0)), (&odd, of(rows / 2, wanted))])
}

/// The coefficient of `x^(n-1)` of `h*g^i` for every `i < count`.
pub(super) fn projected<A: Arithmetic>(
    a: &A,
    h: &A::Series,
    g: &A::Series,
    n: usize,
    count: usize,
) -> Result<A::Series> {
    if n == 0 || count == 0 {
        return a.read(&[]);
    }
    if count == 1 || n == 1 {
        return a.part(h, n - 1..n);
    }
    let mut p = a.part(h, 0..n)?;
    let mut level = Level::first(n, count);
    let mut next = Some(a.neg(a.part(g, 1..n)?)?);
    while level.rows > 1 {
        let Some(r) = next else { unreachable!("there is more than one row") };
        let halves = level.halves(a, &r)?;
        p = lowered(a, level, &p, &halves)?;
        next = level.next_r(a, &halves)?;
        level = level.next();
    }
    Ok(p)
}

/// The half of `P*Q(-x, y)` from which the last coefficient comes: `P_e*A + z*P_o*B` or `P_o*A + P_e*B`.
fn lowered<A: Arithmetic>(a: &A, level: Level, p: &A::Series, halves: &Halves<A>) -> Result<A::Series> {
    let (Level { rows, wanted, .. }, next) = (level, level.next());
    let (stride, len) = (level.stride(), level.len());
    let even = rows % 2;
    // Rows of P from this one on, every other one, and by how many they move.
    let part = |first: usize, by: usize| {
        let part = Rows {
            count: (rows - first).div_ceil(2),
            width: wanted,
            from: (first * wanted, 2 * wanted),
            to: (by * stride, stride),
            negative: false,
        };
        a.share(a.arrange(len, &[(p, part)])?, len, 0..len + 1)
    };
    let (kept, other) = (part(1 - even, 0)?, part(even, even)?);
    let product = a.dot(&[(&kept, &halves.even), (&other, &halves.odd)], 0..len)?;
    if next.wanted == stride {
        return Ok(product);
    }
    let rows = Rows {
        count: next.rows,
        width: next.wanted,
        from: (0, stride),
        to: (0, next.wanted),
        negative: false,
    };
    a.arrange(next.rows * next.wanted, &[(&product, rows)])
}

#[cfg(test)]
mod tests;
