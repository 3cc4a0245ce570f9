//! Integers from their images modulo word primes, each from as many as it needs.
//!
//! It stands apart from [`ring::images`](crate::ring) because here the sizes are known, grow along the sequence, and are large: what takes time is not the
//! images but the remaindering.
//!
//! # Method
//! `X = sum of s_i*(M/p_i) - alpha*M` with `s_i = x_i*(M/p_i)^-1 mod p_i` (P. Montgomery, R. Silverman, "An FFT extension to the P-1
//! factoring algorithm", Math. Comp. 54, 1990, section 4). Up to the primes that the engine has tables for that is one call. Of more, the sums over
//! groups of primes are put together on a tree, `y/m + z/n = (y*n + z*m)/(m*n)`, and `alpha` is the nearest integer
//! to what is left over `M`.

use crate::{
    Error, Result,
    convolution::images,
    integer::{WordModulus, from_limbs, limbs},
    natural_product,
    ring::PrimeField,
};
use num_bigint::{BigInt, BigUint, Sign};
use num_traits::ToPrimitive;

/// Primes of a group on the tree.
const GROUP: usize = 48;

/// Numbers of one length of primes: each piece of a sequence is an eighth of it or more.
const PIECES: usize = 16;

/// The `len` integers with `|x(k)| < 2^bits(k)`, `bits` not decreasing, whose residues modulo a prime `image` computes.
///
/// # Errors
/// Those of `image`; kind limit for numbers that are longer than all primes together, and when memory is refused.
pub(super) fn integers(
    len: usize,
    bits: impl Fn(usize) -> u64,
    image: impl Fn(&PrimeField) -> Result<Vec<u64>>,
) -> Result<Vec<BigInt>> {
    let Some(last) = len.checked_sub(1) else { return Ok(Vec::new()) };
    let count = primes_for(bits(last));
    if count > images::COUNT {
        return Err(Error::limit(format!(
            "numbers of up to {} bits are longer than all primes together",
            bits(last)
        )));
    }
    let mut residues = Vec::with_capacity(count);
    for i in 0..count {
        let residue = image(&PrimeField::of_prime(images::modulus(i)))?;
        debug_assert_eq!(residue.len(), len);
        residues.push(residue);
    }
    let mut out = Vec::with_capacity(len);
    let piece = len.div_ceil(PIECES);
    for start in (0..len).step_by(piece) {
        let end = len.min(start + piece);
        let count = primes_for(bits(end - 1));
        let views: Vec<&[u64]> = residues[..count].iter().map(|r| &r[start..end]).collect();
        if count <= images::MOST {
            out.extend(images::lift(&views, images::width(count))?.to_bigints());
        } else {
            Groups::new((0..count).map(images::modulus).collect())?.lift(&views, &mut out);
        }
    }
    Ok(out)
}

/// How many primes determine integers of so many bits, with the sign.
fn primes_for(bits: u64) -> usize {
    // Prime i is above 2^49 - i*2^34 or so.
    let mut count = (bits + 3) / (images::PRIME_BITS - 1) + 1;
    if bits + 3 <= images::bits(images::MOST) {
        count = (bits + 3).div_ceil(images::PRIME_BITS) + 1;
    }
    count as usize
}

/// A group of primes.
struct Group {
    start: usize,
    /// The cofactors `m/p_i`, as many limbs each as `m`.
    cofactors: Vec<u64>,
    width: usize,
}

/// Words without common factors in groups, with what remaindering over them needs.
pub(super) struct Groups {
    moduli: Vec<WordModulus>,
    /// `(M/p_i)^-1 mod p_i`.
    inverses: Vec<u64>,
    groups: Vec<Group>,
    /// The products of the primes of the groups, then level by level of pairs of them; the last one is that of all.
    products: Vec<Vec<BigUint>>,
}

impl Groups {
    /// # Errors
    /// Kind undefined where two have a factor in common.
    pub(super) fn new(moduli: Vec<WordModulus>) -> Result<Self> {
        let mut groups = Vec::new();
        let mut level: Vec<BigUint> = Vec::new();
        for (g, members) in moduli.chunks(GROUP).enumerate() {
            let product: BigUint = members.iter().map(|m| BigUint::from(m.modulus())).product();
            let width = product.iter_u64_digits().len();
            let mut cofactors = vec![0; width * members.len()];
            for (row, m) in cofactors.chunks_exact_mut(width).zip(members) {
                let cofactor = &product / m.modulus() as u64;
                row.iter_mut().zip(cofactor.iter_u64_digits()).for_each(|(to, digit)| *to = digit);
            }
            groups.push(Group { start: g * GROUP, cofactors, width });
            level.push(product);
        }
        let mut products = vec![level];
        while let Some(last) = products.last().filter(|last| last.len() > 1) {
            let next = last
                .chunks(2)
                .map(|pair| if let [x, y] = pair { natural_product(x, y) } else { pair[0].clone() })
                .collect();
            products.push(next);
        }
        let inverses = moduli
            .iter()
            .enumerate()
            .map(|(i, n)| {
                let others = moduli.iter().enumerate().filter(|(j, _)| *j != i);
                n.inverse(others.fold(n.one(), |rest, (_, m)| n.mul(rest, n.reduce(m.modulus() as u64))))
            })
            .collect::<Result<_>>()?;
        Ok(Groups { moduli, inverses, groups, products })
    }

    /// The product of all.
    pub(super) fn modulus(&self) -> &BigUint {
        &self.products[self.products.len() - 1][0]
    }

    /// Appends the integers with these residues, closest to zero.
    fn lift(&self, residues: &[&[u64]], out: &mut Vec<BigInt>) {
        let len = residues[0].len();
        out.extend((0..len).map(|k| self.integer(|i| residues[i][k])));
    }

    /// The integer with these residues, closest to zero.
    pub(super) fn integer(&self, residue: impl Fn(usize) -> u64) -> BigInt {
        let mut sum = Vec::new();
        let mut level: Vec<BigUint> = self
            .groups
            .iter()
            .map(|group| {
                sum.clear();
                sum.resize(group.width + 1, 0);
                for (j, row) in group.cofactors.chunks_exact(group.width).enumerate() {
                    let i = group.start + j;
                    let factor = self.moduli[i].mul(residue(i), self.inverses[i]);
                    let carry = limbs::add_mul(&mut sum[..group.width], row, factor);
                    // Below GROUP*m, and a limb is left above m.
                    sum[group.width] += carry;
                }
                from_limbs(limbs::trimmed(&sum))
            })
            .collect();
        for products in &self.products[..self.products.len() - 1] {
            level = level
                .chunks(2)
                .zip(products.chunks(2))
                .map(|(sums, products)| match (sums, products) {
                    ([x, y], [m, n]) => natural_product(x, n) + natural_product(y, m),
                    _ => sums[0].clone(),
                })
                .collect();
        }
        self.closest(level.swap_remove(0))
    }

    /// The representative closest to zero of a number that is a small multiple of `M` at most.
    fn closest(&self, sum: BigUint) -> BigInt {
        let all = self.modulus();
        // Off by far less than a quarter, which is what the sum is off a multiple of M at most.
        let shift = all.bits().saturating_sub(64);
        let top = |x: &BigUint| (x >> shift).to_f64().unwrap_or(f64::INFINITY);
        let alpha = (top(&sum) / top(all)).round() as u64;
        let multiple = all * alpha;
        if sum >= multiple {
            BigInt::from(sum - multiple)
        } else {
            BigInt::from_biguint(Sign::Minus, multiple - sum)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_traits::One;

    /// Numbers of all sizes up to their bounds come back, over few primes and over groups of them.
    #[test]
    fn there_and_back() {
        for most in [1u64, 47, 50, 300, 12_000, 13_000, 20_000] {
            let len = 18;
            let bound = |k: usize| most * (k as u64 + 1) / len as u64 + 1;
            let values: Vec<BigInt> = (0..len)
                .map(|k| {
                    let top: BigInt = (BigInt::one() << bound(k)) - 1u8;
                    match k % 4 {
                        0 => top,
                        1 => -top,
                        2 => top * 5 / 7,
                        _ => BigInt::ZERO,
                    }
                })
                .collect();
            let image = |field: &PrimeField| {
                Ok(values.iter().map(|v| field.word_modulus().reduce_bigint(v)).collect())
            };
            assert_eq!(integers(len, bound, image).unwrap(), values, "{most}");
        }
        let error = integers(1, |_| 1 << 30, |_| unreachable!("nothing is computed")).unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::Limit);
        assert_eq!(integers(0, |_| 0, |_| unreachable!("nothing to compute")).unwrap(), []);
    }
}
