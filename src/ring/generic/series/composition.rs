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
//! Here `Q = 1 + y*R`, and with the even and odd part `E(x^2) + x*O(x^2)` of `R` it is `V = 1 + y*(2E + y*(E^2 - z*O^2))` with `z = x^2`: the products
//! are those of halves, one row for each power of `z`, put behind each other at a distance that keeps the rows of a product apart (L. Kronecker).
//! Each half is transformed once for the two products that it stands in.
//!
//! Series of few coefficients, and those whose coefficients grow, go by baby steps and giant steps: rows of powers of `g`, which linear
//! combinations and Horner's rule in the next power put together (R. Brent, H. Kung, J. ACM 25, 1978).

use super::{
    Function,
    arithmetic::{Arithmetic, Pick, Plain, Rows},
};
use crate::{Error, Result, convolution::tuning, ring::Ring};

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
    /// The most that either may become.
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

    /// Rows of a half.
    fn half(self) -> usize {
        self.rows / 2
    }

    /// The distance of rows: those of products with `P` and of squares do not overlap, and those of products with `F/V` do where nothing is wanted.
    fn stride(self) -> usize {
        self.width + self.wanted
    }

    /// The power of `z` by which the even part has been divided: all its rows then fit, the first being zero.
    fn even_from(self) -> usize {
        self.rows % 2
    }

    /// Rows of the even part that are not zero.
    fn even(self) -> usize {
        (self.rows - 1) / 2
    }

    /// Coefficients of a half of `R`, row behind row.
    fn half_len(self) -> usize {
        (self.half() - 1) * self.stride() + self.width
    }

    /// `E` and `O` of `R`.
    fn halves<A: Arithmetic>(self, a: &A, r: &A::Series) -> Result<(A::Series, A::Series)> {
        let Level { width, .. } = self;
        let (stride, negative) = (self.stride(), false);
        let first = (1 - self.even_from()) * stride;
        let even =
            Rows { count: self.even(), width, from: (width, 2 * width), to: (first, stride), negative };
        let odd = Rows { count: self.half(), width, from: (0, 2 * width), to: (0, stride), negative };
        let len = self.half_len();
        Ok((a.arrange(len, &[(r, even)])?, a.arrange(len, &[(r, odd)])?))
    }

    /// The `R` of the next level, `2E + y*(E^2 - z*O^2)`.
    fn next_r<A: Arithmetic>(
        self,
        a: &A,
        r: &A::Series,
        even: &A::Factor,
        odd: &A::Factor,
    ) -> Result<A::Series> {
        let (Level { width, .. }, next, stride) = (self, self.next(), self.stride());
        let rows = next.rows - 1;
        let taken = (2 * width - 1).min(next.width - 1);
        // A row of a product stands one to the right of itself, for the factor y.
        let to = |row: usize| (row * next.width + 1, next.width);
        let twice =
            Rows { count: rows, width, from: (width, 2 * width), to: (0, next.width), negative: false };
        let mut parts = vec![(r.clone(), twice), (r.clone(), twice)];
        if taken > 0 {
            let square = a.dot(&[(odd, odd)], 0..(rows - 1) * stride + taken)?;
            let odd = Rows { count: rows, width: taken, from: (0, stride), to: to(0), negative: true };
            parts.push((square, odd));
            if rows > 1 {
                // z^2 is the first power in the square.
                let skipped = 2 * (1 - self.even_from());
                let count = rows - 1;
                let square = a.dot(&[(even, even)], 0..(skipped + count - 1) * stride + taken)?;
                let even = Rows {
                    count,
                    width: taken,
                    from: (skipped * stride, stride),
                    to: to(1),
                    negative: false,
                };
                parts.push((square, even));
            }
        }
        let parts: Vec<_> = parts.iter().map(|(f, rows)| (f, *rows)).collect();
        a.arrange(rows * next.width, &parts)
    }
}

/// `f(g)` by the recursion.
fn by_halves<A: Arithmetic>(a: &A, f: &A::Series, g: &A::Series, n: usize) -> Result<A::Series> {
    let terms = a.len(f);
    let mut r = a.neg(a.part(g, 1..n)?)?;
    let mut level = Level::first(n, terms);
    let mut levels = Vec::new();
    while level.rows > 1 {
        let len = level.half() * level.stride();
        let (even, odd) = level.halves(a, &r)?;
        let (even, odd) = (a.share(even, len, 0..len)?, a.share(odd, len, 0..len)?);
        if level.rows > 2 {
            r = level.next_r(a, &r, &even, &odd)?;
        }
        levels.push((level, even, odd));
        level = level.next();
    }
    // The last coefficient in y is that of y^(terms-1).
    let mut w = a.gather(f, terms, |k| Pick::At(terms - 1 - k))?;
    w = a.part(&w, terms - level.wanted..terms)?;
    while let Some((level, even, odd)) = levels.pop() {
        w = raised(a, level, &w, &even, &odd)?;
    }
    Ok(w)
}

/// What is wanted of `F/Q = Q(-x, y)*(F/V)(x^2, y)`, from what is of `F/V`.
fn raised<A: Arithmetic>(
    a: &A,
    level: Level,
    w: &A::Series,
    even: &A::Factor,
    odd: &A::Factor,
) -> Result<A::Series> {
    let (Level { rows, width, wanted, .. }, next, stride) = (level, level.next(), level.stride());
    let half = level.half();
    let len = half * stride;
    // The last wanted coefficients of a row at its end.
    let spread = Rows {
        count: half,
        width: next.wanted,
        from: (0, next.wanted),
        to: (stride - next.wanted, stride),
        negative: false,
    };
    let factor = a.share(a.arrange(len, &[(w, spread)])?, level.half_len(), 0..len)?;
    let odd = a.dot(&[(odd, &factor)], 0..len)?;
    let even = if level.even() > 0 { Some(a.dot(&[(even, &factor)], 0..len)?) } else { None };
    let first = next.wanted - wanted;
    let kept = Rows {
        count: next.rows,
        width: wanted,
        from: (first, next.wanted),
        to: (0, 2 * wanted),
        negative: false,
    };
    let odd_rows = Rows {
        count: half,
        width: wanted,
        from: (width - 1, stride),
        to: (wanted, 2 * wanted),
        negative: true,
    };
    let mut parts = vec![(w, kept), (&odd, odd_rows)];
    if let Some(even) = &even {
        let to = (level.even_from() * 2 * wanted, 2 * wanted);
        parts.push((even, Rows { to, negative: false, ..odd_rows }));
    }
    a.arrange(rows * wanted, &parts)
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
    let mut r = a.neg(a.part(g, 1..n)?)?;
    let mut level = Level::first(n, count);
    while level.rows > 1 {
        let len = level.half() * level.stride();
        let (even, odd) = level.halves(a, &r)?;
        let (even, odd) = (a.share(even, len, 0..len)?, a.share(odd, len, 0..len)?);
        p = lowered(a, level, &p, &even, &odd)?;
        if level.rows > 2 {
            r = level.next_r(a, &r, &even, &odd)?;
        }
        level = level.next();
    }
    Ok(p)
}

/// The half of `P*Q(-x, y)` from which the last coefficient comes.
fn lowered<A: Arithmetic>(
    a: &A,
    level: Level,
    p: &A::Series,
    even: &A::Factor,
    odd: &A::Factor,
) -> Result<A::Series> {
    let (Level { rows, wanted, .. }, next, stride) = (level, level.next(), level.stride());
    let (half, other) = (level.half(), rows % 2);
    // The part of P that is kept, P_e or P_o, and the other one; with them P_e + y*z*(P_e*E/z - P_o*O) or P_o + y*(P_o*E - P_e*O).
    let part = |of: usize, negative: bool| {
        let to = (0, stride);
        let part = Rows { count: half, width: wanted, from: (of * wanted, 2 * wanted), to, negative };
        let len = (half - 1) * stride + wanted;
        a.share(a.arrange(len, &[(p, part)])?, half * stride, 0..half * stride)
    };
    let (same, opposite) = (part(1 - other, false)?, part(other, true)?);
    let product = a.dot(&[(&same, even), (&opposite, odd)], 0..half * stride)?;
    let kept = Rows {
        count: next.rows,
        width: wanted,
        from: ((1 - other) * wanted, 2 * wanted),
        to: (0, next.wanted),
        negative: false,
    };
    let multiplied = Rows {
        count: half,
        width: (stride - 1).min(next.wanted - 1),
        from: (0, stride),
        to: (other * next.wanted + 1, next.wanted),
        negative: false,
    };
    a.arrange(next.rows * next.wanted, &[(p, kept), (&product, multiplied)])
}

#[cfg(test)]
mod tests;
