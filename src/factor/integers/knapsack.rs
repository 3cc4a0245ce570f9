//! Recombination by lattice reduction: for many factors modulo `p^k`.
//!
//! # Method
//! A factor `g` of `f` is the product of the lifted factors `f_i` with `w_i = 1` of some vector `w` of zeros and ones. The map `g -> f*g'/g` turns
//! products into sums, its coefficients are bounded ([`bounds::Derivatives`]), and modulo `p^a` they are `sum of w_i * x_i` with `x_i` those
//! of `f*f_i'/f_i`. So the `w` lie in the lattice of integer vectors for which that sum is small modulo `p^a`, and no other short vector does
//! once there are enough coefficients (M. van Hoeij, "Factoring polynomials and the knapsack problem", J. Number Theory 95, 2002; with these
//! coefficients, a lattice that is reduced a little at a time, and lifting no further than needed: W. Hart, M. van Hoeij, A. Novocin, ISSAC 2011).
//!
//! A piece of information are the digits `b..c` in base `p` of a coefficient, `p^b` above its bound: with `x_i = l_i + p^b*y_i`, `|l_i| <= p^b/2`,
//! and `|sum of w_i*x_i| <= p^b` modulo `p^c`, the sum of the `w_i*y_i` is at most `r/2 + 1` modulo `p^(c-b)`, for `r` factors. The vectors of a basis are
//! multiplied by `r/2`, extended by their values, joined by the moduli of the values, and reduced; what is spanned by its short part is the new
//! lattice ([`lattice`]).
//!
//! # Proof
//! All `w` stay in the lattice. When its basis has as many different columns as vectors, the classes of equal columns are at least as
//! fine as the factors, because every `w` is constant on them; if each class gives a polynomial that divides `f`, these are the irreducible factors. With one
//! vector left `f` is irreducible.

use super::bounds::Derivatives;
use super::lattice;
use super::lift::{Lifting, Residues};
use super::subsets;
use crate::ring::{Integers, PrimeField, Ring, Zmod};
use crate::{Poly, Result};
use num_bigint::BigUint;
use num_traits::ToPrimitive;

/// Bits of the modulus of one piece of information: an entry of the lattice, exact as a double. For 128 factors of a Swinnerton-Dyer polynomial
/// 40 bits took 1.4 times as long, 32 bits 1.9 times.
const PIECE_BITS: f64 = 48.0;

/// Pieces that are put into the lattice together. There three took 1.4 times as long, six 1.7 times.
const PIECES: usize = 4;

/// Bits of information for each vector of the lattice before reducing it is worth the while.
const ENOUGH_BITS: f64 = 7.0;

/// The irreducible factors of a square-free primitive polynomial, from its lifted factors.
pub(super) fn factors(f: &Poly<Integers>, lifting: &mut Lifting) -> Result<Vec<Poly<Integers>>> {
    let count = lifting.factors().len();
    let mut lattice = Lattice::new(count);
    let bounds = Derivatives::new(f.coefficients());
    let n = f.len() - 1;
    let log2_p = (lifting.prime() as f64).log2();
    // Coefficients from both ends, where bounds are lowest; the highest one says nothing.
    let mut ends = (8 + count / 8).min((n - 1) / 2);
    let mut columns = Columns::new(&bounds, n, ends, log2_p);
    let enough = columns.exponent_for(ENOUGH_BITS * count as f64, log2_p);
    // Many factors of a polynomial are short, and seen long before others are ruled out.
    for part in [16, 8, 4, 2] {
        lifting.lift(enough.div_ceil(part))?;
        let residues = Residues::new(lifting.modulus())?;
        if let Some(classes) = lattice.classes()
            && let Some(factors) = divided(f, &lifting.factors(), &residues, &classes)?
        {
            return Ok(factors);
        }
    }
    let mut exponent = enough;
    loop {
        lifting.lift(exponent)?;
        let residues = Residues::new(lifting.modulus())?;
        let lifted = lifting.factors();
        let divided = |lattice: &Lattice| match lattice.classes() {
            Some(classes) => divided(f, &lifted, &residues, &classes),
            None => Ok(None),
        };
        // What was too short to see before may be seen now.
        if let Some(factors) = divided(&lattice)? {
            return Ok(factors);
        }
        let derivatives = columns.derivatives(f, &lifted, &residues, ends)?;
        for batch in columns.pieces(exponent, log2_p).chunks(PIECES) {
            let values: Vec<Values> =
                batch.iter().map(|piece| Values::of(piece, &derivatives, lifting.prime())).collect();
            if !lattice.reduce(&values)? {
                continue;
            }
            if lattice.rows.len() == 1 {
                return Ok(vec![f.clone()]);
            }
            if let Some(factors) = divided(&lattice)? {
                return Ok(factors);
            }
        }
        exponent *= 2;
        ends = (2 * ends).min((n - 1) / 2);
        columns = Columns::new(&bounds, n, ends, log2_p);
    }
}

/// The factors that the classes give, if all of them divide `f`.
fn divided(
    f: &Poly<Integers>,
    lifted: &[&[BigUint]],
    residues: &Residues,
    classes: &[Vec<usize>],
) -> Result<Option<Vec<Poly<Integers>>>> {
    let degree = |class: &&[usize]| class.iter().map(|&i| lifted[i].len() - 1).sum::<usize>();
    let mut classes: Vec<&[usize]> = classes.iter().map(Vec::as_slice).collect();
    // The longest factor is what the others leave: its coefficients need not be below the modulus.
    crate::sorting::by_key(&mut classes, degree);
    classes.pop();
    let mut rest = f.clone();
    let mut factors = Vec::new();
    for class in classes {
        let members: Vec<&[BigUint]> = class.iter().map(|&i| lifted[i]).collect();
        let Some((factor, quotient)) = subsets::candidate(&rest, &members, residues)? else {
            return Ok(None);
        };
        factors.push(factor);
        rest = quotient;
    }
    factors.push(rest);
    Ok(Some(factors))
}

/// The coefficients that are looked at, with the exponents of powers of `p` above their bounds.
struct Columns {
    /// Coefficient and exponent, the lowest bounds first.
    bounds: Vec<(usize, usize)>,
}

/// The digits of one piece of information.
fn digits(log2_p: f64) -> usize {
    ((PIECE_BITS / log2_p) as usize).max(1)
}

/// Less than a third of a piece costs a row of the lattice and tells little.
fn is_worth_a_row(known: usize, most: usize) -> bool {
    3 * known > most
}

/// Digits `low..high` in base `p` of the coefficients in a column.
struct Piece {
    column: usize,
    low: usize,
    high: usize,
}

impl Columns {
    fn new(bounds: &Derivatives, n: usize, ends: usize, log2_p: f64) -> Self {
        let mut columns: Vec<(usize, usize)> = (0..ends)
            .chain(n - 1 - ends..n - 1)
            .map(|j| (j, (bounds.coefficient(j).max(0.0) / log2_p).ceil() as usize))
            .collect();
        crate::sorting::by_key(&mut columns, |&(j, exponent)| (exponent, j));
        columns.dedup();
        Columns { bounds: columns }
    }

    /// The least exponent with which the first pieces of all columns have so many bits together.
    fn exponent_for(&self, bits: f64, log2_p: f64) -> usize {
        let (most, wanted) = (digits(log2_p), (bits / log2_p).ceil() as usize);
        let known = |exponent: usize| -> usize {
            let of_column = |&(_, bound): &(usize, usize)| exponent.saturating_sub(bound).min(most);
            self.bounds.iter().map(of_column).filter(|&known| is_worth_a_row(known, most)).sum()
        };
        let first = self.bounds.first().map_or(0, |&(_, bound)| bound);
        let last = self.bounds.last().map_or(0, |&(_, bound)| bound);
        (first + 1..last + most).find(|&exponent| known(exponent) >= wanted).unwrap_or(last + most)
    }

    /// Everything that is known at an exponent, in pieces: first the upper digits of all columns, then the next ones. Digits of one column alone
    /// say little where its entries have relations among each other, as they have for the power sums of sums of square roots.
    fn pieces(&self, exponent: usize, log2_p: f64) -> Vec<Piece> {
        let most = digits(log2_p);
        let mut pieces = Vec::new();
        for round in 0.. {
            let high = exponent.saturating_sub(round * most);
            let before = pieces.len();
            for (column, &(_, bound)) in self.bounds.iter().enumerate() {
                if is_worth_a_row(high.saturating_sub(bound), most) {
                    pieces.push(Piece { column, low: high.saturating_sub(most).max(bound), high });
                }
            }
            if pieces.len() == before {
                break;
            }
        }
        pieces
    }

    /// The coefficients of `f*g'/g` for each lifted factor `g`, one row a column.
    fn derivatives(
        &self,
        f: &Poly<Integers>,
        lifted: &[&[BigUint]],
        residues: &Residues,
        ends: usize,
    ) -> Result<Vec<Vec<BigUint>>> {
        let n = f.len() - 1;
        let reverse = |v: &[BigUint]| v.iter().rev().cloned().collect::<Vec<_>>();
        let image = residues.image(f.coefficients());
        let reversed = reverse(&image);
        let mut rows = vec![Vec::with_capacity(lifted.len()); self.bounds.len()];
        for g in lifted {
            let derivative = derivative(g, residues);
            // f/g to as many coefficients at both ends as are asked for, then its product with g'.
            let (low, high) = (ends.max(1), (ends + 1).min(n));
            let below = product_low(&quotient_low(&image, g, low, residues)?, &derivative, low, residues)?;
            let above = quotient_low(&reversed, &reverse(g), high, residues)?;
            let above = product_low(&above, &reverse(&derivative), high, residues)?;
            for (&(j, _), row) in self.bounds.iter().zip(&mut rows) {
                // Coefficient n - 1 is the first one from above.
                let c = if j < ends { below.get(j) } else { above.get(n - 1 - j) };
                row.push(c.cloned().unwrap_or_default());
            }
        }
        Ok(rows)
    }
}

/// Values of the lifted factors under one piece of information, and their modulus.
struct Values {
    modulus: i64,
    values: Vec<i64>,
}

impl Values {
    fn of(piece: &Piece, derivatives: &[Vec<BigUint>], prime: u64) -> Self {
        let power = |exponent: usize| num_traits::pow(BigUint::from(prime), exponent);
        let (low, high) = (power(piece.low), power(piece.high));
        let (half, modulus) = (&low >> 1u8, (prime as i64).pow((piece.high - piece.low) as u32));
        let values = derivatives[piece.column]
            .iter()
            .map(|c| {
                // The multiple of p^low nearest to it.
                let value = ((c % &high + &half) / &low).to_i64().unwrap_or_default();
                if 2 * value > modulus { value - modulus } else { value }
            })
            .collect();
        Values { modulus, values }
    }

    /// The value of a vector of exponents times `scale`, closest to zero.
    fn value(&self, row: &[i64], scale: i64) -> i64 {
        let products = row.iter().zip(&self.values).map(|(&v, &x)| i128::from(v / scale) * i128::from(x));
        let value = products.sum::<i128>().rem_euclid(i128::from(self.modulus)) as i64;
        if 2 * value > self.modulus { value - self.modulus } else { value }
    }
}

/// The derivative, with as many coefficients as the degree.
fn derivative(g: &[BigUint], residues: &Residues) -> Vec<BigUint> {
    g.iter().enumerate().skip(1).map(|(i, c)| c * BigUint::from(i) % residues.modulus()).collect()
}

/// The first `count` coefficients of the power series `f/g`.
fn quotient_low(f: &[BigUint], g: &[BigUint], count: usize, residues: &Residues) -> Result<Vec<BigUint>> {
    // Of the reversed beginnings: the quotient of f_0*x^(d+count-1) + ... by g_0*x^d + ... has the same leading coefficients.
    let d = g.len().min(count) - 1;
    let numerator: Vec<BigUint> =
        (0..d + count).rev().map(|i| f.get(i).cloned().unwrap_or_default()).collect();
    let divisor: Vec<BigUint> = g[..=d].iter().rev().cloned().collect();
    let mut quotient = residues.exact_quo(&numerator, &divisor)?;
    quotient.reverse();
    Ok(quotient)
}

fn product_low(f: &[BigUint], g: &[BigUint], count: usize, residues: &Residues) -> Result<Vec<BigUint>> {
    let mut product = residues.convolve(&f[..f.len().min(count)], &g[..g.len().min(count)])?;
    product.truncate(count);
    Ok(product)
}

/// The vectors that may still be those of factors.
struct Lattice {
    /// A basis: the exponents of the lifted factors, multiplied by `scale`, and values of them.
    rows: Vec<Vec<i64>>,
    count: usize,
    scale: i64,
}

impl Lattice {
    fn new(count: usize) -> Self {
        let scale = (count as i64 / 2).max(1);
        let rows = (0..count).map(|i| (0..count).map(|j| if i == j { scale } else { 0 }).collect()).collect();
        Lattice { rows, count, scale }
    }

    /// Takes pieces of information in; whether all of it is in the exponents now, and these are fewer than before.
    fn reduce(&mut self, pieces: &[Values]) -> Result<bool> {
        let (r, before) = (self.count, self.rows.len());
        // Values of all vectors, of the pieces that say anything about them.
        let columns: Vec<(i64, Vec<i64>)> = pieces
            .iter()
            .map(|piece| (piece.modulus, self.rows.iter().map(|row| piece.value(row, self.scale)).collect()))
            .filter(|(_, values): &(i64, Vec<i64>)| values.iter().any(|&value| value != 0))
            .collect();
        if columns.is_empty() {
            return Ok(false);
        }
        let old = self.rows[0].len();
        let width = old + columns.len();
        let mut rows: Vec<Vec<i64>> = (0..columns.len())
            .map(|i| (0..width).map(|j| if j == old + i { columns[i].0 } else { 0 }).collect())
            .collect();
        for (i, vector) in self.rows.iter().enumerate() {
            rows.push(vector.iter().copied().chain(columns.iter().map(|(_, values)| values[i])).collect());
        }
        let value = r as f64 / 2.0 + 1.0;
        let bound = (self.scale * self.scale) as f64 * r as f64 + (width - r) as f64 * value * value;
        self.rows = lattice::short_part(rows, bound * (1.0 + 1e-9))?;
        // While a vector of values alone is among the combinations, the values are needed.
        let exponents: Vec<Vec<i64>> = self.rows.iter().map(|row| row[..r].to_vec()).collect();
        if rank(&exponents)? < exponents.len() {
            return Ok(false);
        }
        self.rows = exponents;
        Ok(self.rows.len() < before || before == 1)
    }

    /// The classes of equal columns, if there are as many as vectors.
    fn classes(&self) -> Option<Vec<Vec<usize>>> {
        if self.rows[0].len() > self.count {
            return None;
        }
        let column = |i: usize| self.rows.iter().map(move |row| row[i]);
        let mut classes: Vec<Vec<usize>> = Vec::new();
        for i in 0..self.count {
            match classes.iter_mut().find(|class| column(class[0]).eq(column(i))) {
                Some(class) => class.push(i),
                None => classes.push(vec![i]),
            }
            if classes.len() > self.rows.len() {
                return None;
            }
        }
        (classes.len() == self.rows.len()).then_some(classes)
    }
}

/// The rank modulo a prime, which is at most the rank.
fn rank(rows: &[Vec<i64>]) -> Result<usize> {
    let field: PrimeField = Zmod::prime((1 << 61) - 1)?;
    let m = field.word_modulus();
    let mut rows: Vec<Vec<u64>> =
        rows.iter().map(|row| row.iter().map(|&c| m.reduce_i64(c)).collect()).collect();
    let width = rows.first().map_or(0, Vec::len);
    let mut rank = 0;
    for column in 0..width {
        let Some(pivot) = (rank..rows.len()).find(|&i| rows[i][column] != 0) else { continue };
        rows.swap(rank, pivot);
        let inverse = field.try_inverse(&rows[rank][column])?;
        let (above, below) = rows.split_at_mut(rank + 1);
        let pivot = &above[rank];
        for row in below.iter_mut().filter(|row| row[column] != 0) {
            let factor = m.neg(m.mul(row[column], inverse));
            row.iter_mut().zip(pivot).skip(column).for_each(|(c, &p)| *c = m.mul_add(factor, p, *c));
        }
        rank += 1;
    }
    Ok(rank)
}
