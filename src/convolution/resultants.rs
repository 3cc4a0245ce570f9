//! Resultants of regular remainder sequences modulo several primes at once, a lane of doubles a prime.
//!
//! They stand apart from [`euclid`](super::euclid), which takes one modulus: over Z a resultant is needed modulo some dozen primes, and all of them take the
//! same steps.
//!
//! # Method
//! Steps without divisions, as there; one inverse a prime in the end, by the extended Euclidean algorithm, whose quotients all lanes take together. A product modulo
//! `p < 2^49` is `(a*b - h) + (h - q*p)` with `h` the rounded product and `q` the closest integer to `h/p`: with fused multiplication both differences are exact,
//! and the sum is at most `0.6p` for factors of at most `0.6p` (J. van der Hoeven, G. Lecerf, G. Quintin, "Modular SIMD arithmetic in Mathemagix", ACM TOMS 43, 2016,
//! section 3.2).

use super::{ROUND, Vectorise, vectorised};
use crate::integer::{IntegerSlice, WordModulus};

/// How many primes are taken at once.
pub(crate) const LANES: usize = 8;

type Lanes = [f64; LANES];

/// The moduli and what is closest to their inverses.
struct Primes {
    p: Lanes,
    inverse: Lanes,
}

// Loops in place of closures, which would not have the instructions of the function around them.
impl Primes {
    /// Products modulo the primes.
    #[inline(always)]
    fn mul(&self, a: Lanes, b: Lanes) -> Lanes {
        let mut product = [0.0; LANES];
        for i in 0..LANES {
            let h = a[i] * b[i];
            let q = (h * self.inverse[i] + ROUND) - ROUND;
            product[i] = a[i].mul_add(b[i], -h) + (-q).mul_add(self.p[i], h);
        }
        product
    }

    /// Values of up to `2^51` to at most `0.51p` in absolute value.
    #[inline(always)]
    fn reduce(&self, mut a: Lanes) -> Lanes {
        for ((a, p), inverse) in a.iter_mut().zip(&self.p).zip(&self.inverse) {
            let q = (*a * inverse + ROUND) - ROUND;
            *a = (-q).mul_add(*p, *a);
        }
        a
    }

    /// From at most `p` in absolute value to `0..p`.
    #[inline(always)]
    fn canonical(&self, mut a: Lanes) -> Lanes {
        for (a, p) in a.iter_mut().zip(&self.p) {
            *a = if *a < 0.0 { *a + p } else { *a };
        }
        a
    }

    /// `1/a` for values between 0 and `p`, in the same range.
    #[inline(always)]
    fn invert(&self, a: Lanes) -> Lanes {
        // Cofactors alternate in sign and are at most p.
        let (mut r0, mut r1, mut s0, mut s1) = (self.p, a, [0.0; LANES], [1.0; LANES]);
        let mut sign = [-1.0; LANES];
        loop {
            let mut rest = 0.0;
            for i in 0..LANES {
                // Lanes that are done stay.
                let done = r1[i] == 0.0;
                // A quotient of integers below 2^49 is not rounded to the next integer.
                let q = (r0[i] / if done { 1.0 } else { r1[i] }).floor();
                let (r, s) = (r0[i] - q * r1[i], s0[i] + q * s1[i]);
                r0[i] = if done { r0[i] } else { r1[i] };
                r1[i] = if done { 0.0 } else { r };
                s0[i] = if done { s0[i] } else { s1[i] };
                s1[i] = if done { s1[i] } else { s };
                sign[i] = if done { sign[i] } else { -sign[i] };
                rest += r1[i];
            }
            if rest == 0.0 {
                break;
            }
        }
        for i in 0..LANES {
            s0[i] *= sign[i];
        }
        self.canonical(s0)
    }

    /// Rows in two's complement modulo the primes, at most `0.51p` in absolute value.
    #[inline(always)]
    fn residues(&self, rows: IntegerSlice<'_>) -> Vec<Lanes> {
        let size = [(1u64 << 32) as f64; LANES];
        let mut residues = Vec::with_capacity(rows.len());
        for row in rows.rows() {
            // From the top, half a limb at a time.
            let mut r = [0.0; LANES];
            let mut sign = (row[row.len() - 1] as i64 >> 63) as f64;
            for &limb in row.iter().rev() {
                for half in [(limb >> 32) as u32, limb as u32] {
                    r = self.mul(r, size);
                    let half = f64::from(half) + sign * (1u64 << 32) as f64;
                    sign = 0.0;
                    for c in &mut r {
                        *c += half;
                    }
                }
            }
            residues.push(self.reduce(r));
        }
        residues
    }
}

#[inline(always)]
fn sub(mut a: Lanes, b: Lanes) -> Lanes {
    for i in 0..LANES {
        a[i] -= b[i];
    }
    a
}

/// The resultants of two polynomials in rows of limbs modulo primes between `2^48` and `2^49`; `None` where the second has not the degree of the first or one less, a prime
/// divides a leading coefficient, or a degree is skipped on the way modulo one of them. Lanes beyond the primes repeat the last one.
pub(crate) fn regular(
    primes: &[WordModulus],
    f: IntegerSlice<'_>,
    g: IntegerSlice<'_>,
) -> Option<[u64; LANES]> {
    let (m, n) = (f.len(), g.len());
    if n == 0 || m != n && m != n + 1 || primes.is_empty() || primes.len() > LANES {
        return None;
    }
    let p: Lanes = std::array::from_fn(|i| primes[i.min(primes.len() - 1)].modulus() as f64);
    vectorised(Sequence { primes: Primes { p, inverse: p.map(f64::recip) }, f, g })
}

/// Polynomials whose remainder sequence is one degree shorter at a step.
struct Sequence<'a> {
    primes: Primes,
    f: IntegerSlice<'a>,
    g: IntegerSlice<'a>,
}

impl Vectorise for Sequence<'_> {
    type Output = Option<[u64; LANES]>;

    #[inline(always)]
    fn run(self) -> Self::Output {
        let primes = self.primes;
        let (mut a, mut b) = (primes.residues(self.f), primes.residues(self.g));
        if a[a.len() - 1].contains(&0.0) || b[b.len() - 1].contains(&0.0) {
            return None;
        }
        let mut denominator = [1.0; LANES];
        // res(f, g) = (-1)^(deg f * deg g) * res(g, f), which is the same for neighbouring degrees.
        let mut negative = false;
        if a.len() == b.len() {
            let degree = b.len() - 1;
            let top = a.pop()?;
            if degree == 0 {
                return Some([1; LANES]);
            }
            // r = l*f - t*g; res(g, r) = l^(m - 1) * res(g, f).
            negative = degree % 2 == 1;
            let l = b[degree];
            for (x, &y) in a.iter_mut().zip(&b) {
                *x = primes.reduce(sub(primes.mul(l, *x), primes.mul(top, y)));
            }
            for _ in 1..degree {
                denominator = primes.reduce(primes.mul(denominator, l));
            }
            std::mem::swap(&mut a, &mut b);
        }
        // l_1 * .. * l_i of the leading coefficients of b so far.
        let mut product = [1.0; LANES];
        loop {
            let k = b.len() - 1;
            let l = b[k];
            if l.contains(&0.0) {
                return None;
            }
            if k == 0 {
                let inverse = primes.invert(primes.canonical(denominator));
                let value = primes.reduce(primes.mul(l, primes.reduce(inverse)));
                let value = primes.canonical(if negative { sub([0.0; LANES], value) } else { value });
                let mut residues = [0; LANES];
                for (residue, c) in residues.iter_mut().zip(value) {
                    *residue = c as u64;
                }
                return Some(residues);
            }
            // l^2 * a = (q1*x + q0)*b + r, and res(b, r) = l^(2*(k-1)) * res(b, a).
            let low = primes.reduce(sub(primes.mul(l, a[k]), primes.mul(a[k + 1], b[k - 1])));
            let (high, square) = (primes.reduce(primes.mul(l, a[k + 1])), primes.reduce(primes.mul(l, l)));
            a.truncate(k);
            let mut below = [0.0; LANES];
            for (x, &y) in a.iter_mut().zip(&b) {
                let scaled = primes.mul(square, *x);
                *x = primes.reduce(sub(sub(scaled, primes.mul(high, below)), primes.mul(low, y)));
                below = y;
            }
            if k > 1 {
                product = primes.reduce(primes.mul(product, l));
                let square = primes.reduce(primes.mul(product, product));
                denominator = primes.reduce(primes.mul(denominator, square));
            }
            std::mem::swap(&mut a, &mut b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        convolution::{euclid, images},
        integer::IntegerVec,
    };

    /// Every length, of one limb and more, extremes among them, against one prime at a time; leading coefficients that a prime divides, and sequences that skip a degree.
    #[test]
    fn agrees_with_one_at_a_time() {
        let mut ends = [0; 2];
        let mut word = 1u64;
        let mut draw = |len: usize, width: usize, kind: usize| {
            let limbs = (0..len * width).map(|k| {
                word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                match kind {
                    0 => word.rotate_left(31),
                    // 2^(64w-1) - 1 and -2^(64w-1) among them, and words around multiples of the first prime.
                    1 if k % width == width - 1 => [i64::MAX, i64::MIN][word as usize >> 40 & 1] as u64,
                    1 => [0, u64::MAX][word as usize >> 40 & 1],
                    2 if width == 1 => {
                        (images::modulus(0).modulus() as u64) * (k as u64 % 5) + (word >> 40) % 3
                    }
                    _ => (word >> 40) % 3,
                }
            });
            IntegerVec::from_limbs(limbs.collect(), width)
        };
        for count in [1, 2, LANES] {
            let primes: Vec<WordModulus> = (0..count).map(|i| images::modulus(5 * i)).collect();
            for (len, longer) in (1..25).flat_map(|len| [(len, 0), (len, 1), (len, 2)]) {
                for (width, kind) in [(1, 0), (1, 1), (1, 2), (2, 0), (3, 1), (5, 0), (2, 2)] {
                    let (f, g) = (draw(len + longer, width, kind), draw(len, width, kind));
                    let of_prime = |n: &WordModulus| {
                        let residues =
                            |v: &IntegerVec| v.rows().map(|row| n.reduce_row(row)).collect::<Vec<_>>();
                        let (f, g) = (residues(&f), residues(&g));
                        let leading = f[f.len() - 1] != 0 && g[g.len() - 1] != 0;
                        if leading { euclid::resultant(n, &f, &g).unwrap() } else { None }
                    };
                    let each: Option<Vec<u64>> = primes.iter().map(of_prime).collect();
                    let found = regular(&primes, f.as_slice(), g.as_slice());
                    let found = found.map(|values| values[..count].to_vec());
                    ends[usize::from(found.is_some())] += 1;
                    assert_eq!(found, each, "{count}: {len}, {longer}, {width}, {kind}");
                }
            }
        }
        assert!(ends.iter().all(|&n| n > 300), "{ends:?}");
    }
}
