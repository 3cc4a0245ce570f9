//! Factors of polynomials of some hundred coefficients, and roots, over GF(p) for primes `p` below 256.
//!
//! It stands apart from factoring over other fields because residues are small and stand side by side in vectors: what costs there are the
//! operations around them, and the powers by which `a -> a^p` is computed. Here that map is a matrix.
//!
//! # Method
//! Roots are found by trying all elements side by side, and taken out by divisions by `x^(p^k) - a = (x - a)^(p^k)`, then by the product of all that are left. Then square-free factors as over
//! other fields, and of each the `h` with `h^p = h`: a space whose dimension is the number of factors, constants modulo each of them (E. Berlekamp, "Factoring polynomials over finite
//! fields", Bell System Technical Journal 46, 1967). `h^((p-1)/2)` of a random one is 0, 1 or -1 modulo each factor (E. Berlekamp, "Factoring polynomials over
//! large finite fields", Math. Comp. 24, 1970; D. Cantor, H. Zassenhaus, 1981).
//!
//! # Invariants
//! A residue is in `0..p`, in 16 bits, so that `a + b*c` fits. Polynomials have no zeros at the end. Random choices start from one seed.

use crate::convolution::{Vectorise, tuning, vectorised};

/// Coefficients, ascending.
type Digits = Vec<u16>;

/// The monic irreducible factors with their exponents, in no order, of a polynomial that is not zero; `None` where other ways are
/// faster.
pub(super) fn factors(p: u64, f: &[u64]) -> Option<Vec<(Vec<u64>, usize)>> {
    // What is square-free may be a good deal shorter.
    if p >= SMALL || work(p, f.len()) > 4 * tuning::BERLEKAMP {
        return None;
    }
    let field = Residues::new(p);
    let mut rest = field.monic(digits(f));
    let linear = |(root, exponent): (u16, usize)| (vec![(p - u64::from(root)) % p, 1], exponent);
    let mut factors: Vec<_> = field.take_roots(&mut rest).into_iter().map(linear).collect();
    for (part, exponent) in field.squarefree(rest) {
        if work(p, part.len()) > tuning::BERLEKAMP {
            return None;
        }
        // Below degree 4 what has no roots has no factors.
        let irreducible = if part.len() > 4 { field.split(part) } else { vec![part] };
        factors.extend(irreducible.into_iter().map(|f| (f.into_iter().map(u64::from).collect(), exponent)));
    }
    Some(factors)
}

/// The roots with their multiplicities, ascending, of a polynomial that is not zero; `None` where other ways are better.
pub(super) fn roots(p: u64, f: &[u64]) -> Option<Vec<(u64, usize)>> {
    if p >= SMALL || f.len() > LONG {
        return None;
    }
    let field = Residues::new(p);
    let roots = field.take_roots(&mut digits(f)).into_iter();
    Some(roots.map(|(root, multiplicity)| (u64::from(root), multiplicity)).collect())
}

/// `a + b*c` is below `2^16` for residues modulo what is less.
const SMALL: u64 = 256;
/// Roots of longer polynomials take long enough for their progress to be reported.
const LONG: usize = 1 << 16;

/// What [`tuning::BERLEKAMP`] limits.
fn work(p: u64, len: usize) -> u64 {
    p.saturating_mul((len as u64).saturating_pow(2))
}

fn digits(f: &[u64]) -> Digits {
    f.iter().map(|&c| c as u16).collect()
}

/// GF(p).
struct Residues {
    p: u16,
    /// `2^16/p`, rounded down.
    reciprocal: u16,
    /// `1/k` in place `k`.
    inverses: [u16; 256],
}

impl Residues {
    fn new(p: u64) -> Self {
        debug_assert!((2..SMALL).contains(&p));
        let p = p as u16;
        let mut field = Residues { p, reciprocal: ((1 << 16) / u32::from(p)) as u16, inverses: [1; 256] };
        for k in 2..p {
            // p = (p/k)*k + p%k
            field.inverses[usize::from(k)] = field.reduce((p - p / k) * field.inverses[usize::from(p % k)]);
        }
        field
    }

    #[inline(always)]
    fn reduce(&self, x: u16) -> u16 {
        let quotient = ((u32::from(x) * u32::from(self.reciprocal)) >> 16) as u16;
        // The quotient is at most one too small.
        let rest = x - quotient * self.p;
        rest.min(rest.wrapping_sub(self.p))
    }

    #[inline(always)]
    fn negative(&self, a: u16) -> u16 {
        if a == 0 { 0 } else { self.p - a }
    }

    /// `a += c*b`, as far as both go.
    #[inline(always)]
    fn add(&self, a: &mut [u16], c: u16, b: &[u16]) {
        for (a, &b) in a.iter_mut().zip(b) {
            *a = self.reduce(*a + c * b);
        }
    }

    #[inline(always)]
    fn scale(&self, a: &mut [u16], c: u16) {
        a.iter_mut().for_each(|a| *a = self.reduce(*a * c));
    }

    fn monic(&self, mut f: Digits) -> Digits {
        if let Some(&top) = f.last().filter(|&&top| top != 1) {
            self.scale(&mut f, self.inverses[usize::from(top)]);
        }
        f
    }

    fn derivative(&self, f: &[u16]) -> Digits {
        let p = usize::from(self.p);
        trimmed(f.iter().enumerate().skip(1).map(|(k, &c)| self.reduce((k % p) as u16 * c)).collect())
    }

    /// What `f` leaves modulo a monic polynomial; the quotient stands above it, from `g.len() - 1` on.
    fn divide(&self, f: &mut [u16], g: &[u16]) {
        let degree = g.len() - 1;
        for top in (degree..f.len()).rev() {
            let c = self.negative(f[top]);
            if c != 0 {
                self.add(&mut f[top - degree..top], c, &g[..degree]);
            }
        }
    }

    fn remainder(&self, mut f: Digits, g: &[u16]) -> Digits {
        if f.len() >= g.len() {
            self.divide(&mut f, g);
            f.truncate(g.len() - 1);
        }
        trimmed(f)
    }

    /// `f/g`, for a monic `g` that divides it.
    fn quotient(&self, mut f: Digits, g: &[u16]) -> Digits {
        self.divide(&mut f, g);
        f.split_off(g.len() - 1)
    }

    /// The monic greatest common divisor of two polynomials that are not both zero.
    fn gcd(&self, f: &[u16], g: &[u16]) -> Digits {
        let (mut f, mut g) = (f.to_vec(), self.monic(g.to_vec()));
        while !g.is_empty() {
            let rest = self.monic(self.remainder(f, &g));
            (f, g) = (g, rest);
        }
        self.monic(f)
    }

    /// Those of some points that are roots.
    fn zeros(&self, f: &[u16], points: &[u16]) -> Digits {
        let mut values = vec![0; points.len()];
        for &c in f.iter().rev() {
            for (value, &x) in values.iter_mut().zip(points) {
                *value = self.reduce(*value * x + c);
            }
        }
        points.iter().zip(values).filter(|(_, value)| *value == 0).map(|(&x, _)| x).collect()
    }

    /// The roots, ascending, with multiplicities; their factors leave `f`.
    fn take_roots(&self, f: &mut Digits) -> Vec<(u16, usize)> {
        let p = usize::from(self.p);
        let mut zeros = self.zeros(f, &(0..self.p).collect::<Digits>());
        let mut roots: Vec<(u16, usize)> = zeros.iter().map(|&root| (root, 0)).collect();
        if f.len() > p && !roots.is_empty() {
            for (root, multiplicity) in &mut roots {
                let mut power = p.pow((f.len() - 1).max(1).ilog(p));
                while power >= p {
                    while let Some(quotient) = self.over_power(f, *root, power) {
                        *f = quotient;
                        *multiplicity += power;
                    }
                    power /= p;
                }
            }
            zeros = self.zeros(f, &zeros);
        }
        // What is left of the multiplicities is below p.
        while !zeros.is_empty() {
            let mut linear = vec![1];
            for &root in &zeros {
                let mut next = [&[0], &linear[..]].concat();
                self.add(&mut next, self.negative(root), &linear);
                linear = next;
            }
            *f = self.quotient(std::mem::take(f), &linear);
            for (_, multiplicity) in roots.iter_mut().filter(|(root, _)| zeros.contains(root)) {
                *multiplicity += 1;
            }
            zeros = self.zeros(f, &zeros);
        }
        roots
    }

    /// The quotient by `x^m - a`, if that divides.
    fn over_power(&self, f: &[u16], a: u16, m: usize) -> Option<Digits> {
        if f.len() <= m {
            return None;
        }
        let mut f = f.to_vec();
        // Blocks of m coefficients, each with those above it.
        let mut end = f.len();
        while end > m {
            let start = end.saturating_sub(m).max(m);
            let (low, high) = f.split_at_mut(start);
            self.add(&mut low[start - m..], a, &high[..end - start]);
            end = start;
        }
        if f[..m].iter().any(|&c| c != 0) {
            return None;
        }
        Some(f.split_off(m))
    }

    /// Square-free factors of a monic polynomial with exponents, as for other fields (R. Musser, 1975): coprime in pairs.
    fn squarefree(&self, mut f: Digits) -> Vec<(Digits, usize)> {
        let mut parts = Vec::new();
        let mut scale = 1;
        while f.len() > 1 {
            let mut rest = self.gcd(&f, &self.derivative(&f));
            if rest.len() == 1 {
                parts.push((f, scale));
                break;
            }
            let mut simple = self.quotient(f, &rest);
            let mut exponent = 1;
            while simple.len() > 1 {
                let more = self.gcd(&simple, &rest);
                if more.len() < simple.len() {
                    parts.push((self.quotient(simple, &more), exponent * scale));
                }
                rest = self.quotient(rest, &more);
                simple = more;
                exponent += 1;
            }
            // A p-th power; and c^p = c.
            f = rest.into_iter().step_by(usize::from(self.p)).collect();
            scale *= usize::from(self.p);
        }
        parts
    }

    /// The irreducible factors of a monic square-free polynomial.
    fn split(&self, f: Digits) -> Vec<Digits> {
        let kernel = vectorised(Equations { field: self, f: &f });
        let count = kernel.free.len();
        let mut random = 0x006D_6F6E_6963_u64;
        let mut factors = vec![f];
        while factors.len() < count {
            let h = kernel.element(self, &mut random);
            for g in std::mem::take(&mut factors) {
                let h = self.remainder(h.clone(), &g);
                if h.len() < 2 {
                    factors.push(g);
                } else {
                    self.cut(g, &h, &mut factors);
                }
            }
        }
        factors
    }

    /// Takes the factors apart modulo which `h^((p-1)/2)` is 0, 1 and -1; modulo 2 `h` itself.
    fn cut(&self, g: Digits, h: &[u16], factors: &mut Vec<Digits>) {
        let mut power = if self.p > 3 { self.power(h, u64::from(self.p / 2), &g) } else { h.to_vec() };
        power.resize(g.len() - 1, 0);
        let mut rest = g;
        for value in 0..2.min(self.p - 1) {
            if rest.len() <= 2 {
                break;
            }
            power[0] = self.reduce(power[0] + (self.p - 1) * value);
            let part = self.gcd(&rest, &trimmed(power.clone()));
            if part.len() > 1 {
                rest = self.quotient(rest, &part);
                factors.push(part);
            }
        }
        if rest.len() > 1 {
            factors.push(rest);
        }
    }

    /// `h^n` modulo a monic polynomial, for `n > 0`.
    #[inline(always)]
    fn power(&self, h: &[u16], n: u64, g: &[u16]) -> Digits {
        let minus: Digits = g[..g.len() - 1].iter().map(|&c| self.negative(c)).collect();
        let mut h = h.to_vec();
        h.resize(minus.len(), 0);
        let mut power = h.clone();
        let mut product = vec![0; minus.len()];
        for bit in (0..n.ilog2()).rev() {
            self.multiply(&mut product, &power, &power, &minus);
            std::mem::swap(&mut power, &mut product);
            if n >> bit & 1 == 1 {
                self.multiply(&mut product, &power, &h, &minus);
                std::mem::swap(&mut power, &mut product);
            }
        }
        power
    }

    /// `out = a*b` modulo `x^n - minus`, all of `n` coefficients.
    #[inline(always)]
    fn multiply(&self, out: &mut [u16], a: &[u16], b: &[u16], minus: &[u16]) {
        out.fill(0);
        for &c in a.iter().rev() {
            self.times_x(out, minus);
            if c != 0 {
                self.add(out, c, b);
            }
        }
    }

    /// `a*x` modulo `x^n - minus`.
    #[inline(always)]
    fn times_x(&self, a: &mut [u16], minus: &[u16]) {
        let last = a.len() - 1;
        let top = a[last];
        a.copy_within(..last, 1);
        a[0] = 0;
        if top != 0 {
            self.add(a, top, minus);
        }
    }
}

/// The `h` modulo a polynomial with `h^p = h`: a system of equations for their coefficients, in echelon form.
struct Kernel {
    n: usize,
    /// The equations, row by row, each from its pivot on, which is 1.
    rows: Vec<u16>,
    /// The columns of the pivots, ascending.
    pivots: Vec<usize>,
    /// The others.
    free: Vec<usize>,
}

/// What a [`Kernel`] is made from: a monic square-free polynomial.
struct Equations<'a> {
    field: &'a Residues,
    f: &'a [u16],
}

impl Vectorise for Equations<'_> {
    type Output = Kernel;

    #[inline(always)]
    fn run(self) -> Kernel {
        Kernel::of(self.field, self.f)
    }
}

impl Kernel {
    /// Of a monic square-free polynomial.
    #[inline(always)]
    fn of(field: &Residues, f: &[u16]) -> Self {
        let n = f.len() - 1;
        let minus: Digits = f[..n].iter().map(|&c| field.negative(c)).collect();
        let p = u64::from(field.p);
        // The powers of x^p, each from the one before: by p shifts, or by a product, which is n of them with a sum each.
        let step = (field.p as usize > 2 * n).then(|| field.power(&[0, 1], p, f));
        let (mut power, mut next) = (vec![0; n], vec![0; n]);
        power[0] = 1;
        let mut rows = vec![0; n * n];
        for column in 0..n {
            for (row, &c) in rows.chunks_exact_mut(n).zip(&power) {
                row[column] = c;
            }
            let diagonal = &mut rows[column * n + column];
            *diagonal = field.reduce(*diagonal + field.p - 1);
            match &step {
                Some(step) => {
                    field.multiply(&mut next, &power, step, &minus);
                    std::mem::swap(&mut power, &mut next);
                }
                None => (0..p).for_each(|_| field.times_x(&mut power, &minus)),
            }
        }
        let mut kernel = Kernel { n, rows, pivots: Vec::new(), free: Vec::new() };
        kernel.eliminate(field);
        kernel
    }

    #[inline(always)]
    fn eliminate(&mut self, field: &Residues) {
        let n = self.n;
        for column in 0..n {
            let rank = self.pivots.len();
            let Some(row) = (rank..n).find(|row| self.rows[row * n + column] != 0) else {
                self.free.push(column);
                continue;
            };
            let (above, below) = self.rows.split_at_mut((rank + 1) * n);
            let pivot = &mut above[rank * n..];
            if row > rank {
                pivot.swap_with_slice(&mut below[(row - rank - 1) * n..][..n]);
            }
            let pivot = &mut pivot[column..];
            field.scale(pivot, field.inverses[usize::from(pivot[0])]);
            for row in below.chunks_exact_mut(n) {
                let c = field.negative(row[column]);
                if c != 0 {
                    field.add(&mut row[column..], c, pivot);
                }
            }
            self.pivots.push(column);
        }
    }

    /// A random element, without zeros at the end.
    fn element(&self, field: &Residues, random: &mut u64) -> Digits {
        let mut h = vec![0; self.n];
        for &column in &self.free {
            // xorshift64 (G. Marsaglia, 2003).
            *random ^= *random << 13;
            *random ^= *random >> 7;
            *random ^= *random << 17;
            h[column] = ((*random >> 32) % u64::from(field.p)) as u16;
        }
        for (row, &pivot) in self.rows.chunks_exact(self.n).zip(&self.pivots).rev() {
            let products = row[pivot + 1..].iter().zip(&h[pivot + 1..]);
            let sum: u32 = products.map(|(&a, &b)| u32::from(a) * u32::from(b)).sum();
            h[pivot] = field.negative((sum % u32::from(field.p)) as u16);
        }
        trimmed(h)
    }
}

/// Without zeros at the end.
fn trimmed(mut f: Digits) -> Digits {
    f.truncate(f.iter().rposition(|&c| c != 0).map_or(0, |k| k + 1));
    f
}

#[cfg(test)]
mod tests;
