//! Remainders by many moduli, and the polynomial that has given remainders: `f = r_i` modulo `m_i`.
//!
//! It stands apart from interpolation, which is the case of moduli `x - x_i`, because inverses modulo `m_i` are gcds.
//!
//! # Method
//! With `M` the product of all moduli, `f = sum of c_i*M/m_i` with `c_i = r_i/(M/m_i)` modulo `m_i`. All `M/m_i`
//! modulo `m_i` are remainders of one polynomial, `sum of M/m_j`, because `m_i` divides every other term; both sums
//! go up a tree of products, the remainders down (A. Bostan, G. Lecerf, É. Schost, "Tellegen's principle into
//! practice", ISSAC 2003; J. von zur Gathen, J. Gerhard, Modern Computer Algebra, 10.3).

use super::{Poly, settle};
use crate::{
    Error, Result,
    ring::{Ring, generic::products::ProductTree},
};

impl<R: Ring> Poly<R> {
    /// The remainders by many polynomials.
    ///
    /// # Panics
    /// On different rings; where a modulus is zero or its leading coefficient no unit; where a partial ring overflows.
    ///
    /// # Examples
    /// ```
    /// use monic::ZZ;
    /// let moduli = [ZZ.poly([-1, 1]), ZZ.poly([1, 0, 1])];
    /// assert_eq!(ZZ.x().pow(3).rem_many(&moduli), [ZZ.poly([1]), ZZ.poly([0, -1])]);
    /// ```
    #[track_caller]
    pub fn rem_many(&self, moduli: &[Self]) -> Vec<Self> {
        settle(self.try_rem_many(moduli))
    }

    /// The remainders by many polynomials.
    ///
    /// # Errors
    /// Kind ring mismatch; kind undefined where a modulus is zero, or its leading coefficient is no unit, with the
    /// factor that it shares with the modulus of the ring; kind overflow in a partial ring.
    ///
    /// # Complexity
    /// `O(M(n) log k)` for `k` moduli whose degrees sum to `n`, the degree of this polynomial.
    pub fn try_rem_many(&self, moduli: &[Self]) -> Result<Vec<Self>> {
        let moduli = Moduli::new(&self.ring, moduli)?;
        Ok(moduli.remainders(&self.coefficients)?.into_iter().map(|r| self.sibling(r)).collect())
    }

    /// The polynomial of smallest degree that has these remainders modulo these polynomials, any two of which are coprime.
    ///
    /// # Errors
    /// Kind undefined where two moduli have a common factor, which is named; where a modulus is zero; where a leading
    /// coefficient on the way is no unit, with the factor that it shares with the modulus of the ring. Kind
    /// unsupported for another number of remainders than moduli, over floats, and where the ring knows no inverse;
    /// kind ring mismatch.
    ///
    /// # Complexity
    /// `O(M(n) log n)` over residues, for moduli whose degrees sum to `n`.
    ///
    /// # Examples
    /// ```
    /// use monic::{Poly, QQ};
    /// let residues = [QQ.poly([1]), QQ.poly([0, -1])];
    /// let moduli = [QQ.poly([-1, 1]), QQ.poly([1, 0, 1])];
    /// assert_eq!(Poly::try_crt(&QQ, &residues, &moduli)?, QQ.poly([1, -1, 1]));
    /// # Ok::<(), monic::Error>(())
    /// ```
    pub fn try_crt(ring: &R, residues: &[Self], moduli: &[Self]) -> Result<Self> {
        if residues.len() != moduli.len() {
            return Err(Error::unsupported(format!(
                "{} remainders modulo {} polynomials",
                residues.len(),
                moduli.len()
            )));
        }
        if let Some(other) = residues.iter().find(|r| r.ring != *ring) {
            return Err(Error::ring_mismatch(ring, &other.ring));
        }
        let prepared = Moduli::new(ring, moduli)?;
        let ones = vec![vec![ring.one()]; moduli.len()];
        let mut sum = prepared.numerator(ones)?;
        crate::ring::generic::trim(ring, &mut sum);
        let cofactors = prepared.remainders(&sum)?;
        let mut factors = Vec::with_capacity(moduli.len());
        for (i, (cofactor, (residue, modulus))) in
            cofactors.into_iter().zip(residues.iter().zip(moduli)).enumerate()
        {
            if modulus.is_constant() {
                factors.push(Vec::new());
                continue;
            }
            let (gcd, inverse, _) = Poly::from_vec(ring.clone(), cofactor).try_xgcd(modulus)?;
            if !gcd.is_one() {
                return Err(not_coprime(moduli, i));
            }
            factors.push(residue.try_mul(&inverse)?.try_rem(modulus)?.coefficients);
        }
        Ok(Poly::from_vec(ring.clone(), prepared.numerator(factors)?))
    }
}

/// Which modulus has which factor in common with the one of number `i`.
fn not_coprime<R: Ring>(moduli: &[Poly<R>], i: usize) -> Error {
    for (j, other) in moduli.iter().enumerate().filter(|(j, _)| *j != i) {
        if let Ok(gcd) = moduli[i].try_gcd(other)
            && !gcd.is_constant()
        {
            let factor = match gcd.len() {
                ..10 => gcd.to_string(),
                len => format!("a factor of degree {}", len - 1),
            };
            let (first, second) = (i.min(j) + 1, i.max(j) + 1);
            return Error::undefined(format!(
                "the moduli are not coprime: number {first} and number {second} have {factor} in common"
            ));
        }
    }
    Error::undefined(format!(
        "the moduli are not coprime: number {} has a factor in common with others",
        i + 1
    ))
}

/// Moduli in the order of their degrees, over which a tree is balanced.
struct Moduli<R: Ring> {
    tree: ProductTree<R>,
    order: Vec<usize>,
}

impl<R: Ring> Moduli<R> {
    fn new(ring: &R, moduli: &[Poly<R>]) -> Result<Self> {
        if !ring.is_commutative() {
            return Err(Error::unsupported(format!(
                "{ring:?} does not commute: there is no remainder by a product"
            )));
        }
        for (i, modulus) in moduli.iter().enumerate() {
            if modulus.ring != *ring {
                return Err(Error::ring_mismatch(ring, &modulus.ring));
            }
            let Some(leading) = modulus.leading_coefficient() else {
                return Err(Error::undefined(format!("modulus number {} is zero", i + 1)));
            };
            ring.try_inverse(leading)?;
        }
        let mut order: Vec<usize> = (0..moduli.len()).collect();
        crate::sorting::by_key(&mut order, |&i| moduli[i].len());
        let leaves = order.iter().map(|&i| moduli[i].coefficients.clone()).collect();
        Ok(Moduli { tree: ProductTree::new(ring, leaves)?, order })
    }

    fn remainders(&self, f: &[R::Element]) -> Result<Vec<Vec<R::Element>>> {
        let mut remainders = vec![Vec::new(); self.order.len()];
        for (remainder, &i) in self.tree.remainders(f)?.into_iter().zip(&self.order) {
            remainders[i] = remainder;
        }
        Ok(remainders)
    }

    fn numerator(&self, mut values: Vec<Vec<R::Element>>) -> Result<Vec<R::Element>> {
        let values: Vec<_> = self.order.iter().map(|&i| std::mem::take(&mut values[i])).collect();
        self.tree.numerator(&values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use crate::ring::{QQ, ZZ, Zmod};

    #[test]
    fn remainders_and_back() {
        let field = Zmod::prime(998_244_353).unwrap();
        let draw = |len: usize, seed: u64| {
            field.poly((0..len as u64).map(|k| (k + seed).wrapping_mul(k * 3 + 0x9E37_79B9_7F4A_7C15) >> 3))
        };
        for degrees in [&[][..], &[3], &[0, 2], &[5, 1, 60, 2, 0, 33, 100], &[1; 40]] {
            let moduli: Vec<_> = degrees.iter().zip(1..).map(|(&n, i)| draw(n + 1, i * 77)).collect();
            let n: usize = degrees.iter().sum();
            let f = draw(n, 5);
            let remainders = f.rem_many(&moduli);
            for (r, m) in remainders.iter().zip(&moduli) {
                assert_eq!(*r, f.rem(m));
            }
            assert_eq!(Poly::try_crt(&field, &remainders, &moduli).unwrap(), f, "{degrees:?}");
        }
        let moduli = [QQ.poly([(1, 2), (3, 1)]), QQ.poly([(1, 1), (1, 1), (2, 3)])];
        let f = QQ.poly([(1, 2), (2, 3), (-5, 7)]);
        assert_eq!(Poly::try_crt(&QQ, &f.rem_many(&moduli), &moduli).unwrap(), f);
    }

    #[test]
    fn moduli_that_are_not_coprime() {
        let moduli = [QQ.poly([1, 1]), QQ.poly([1, 0, 1]), QQ.poly([-1, 0, 1])];
        let error = Poly::try_crt(&QQ, &[QQ.x(), QQ.x(), QQ.x()], &moduli).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Undefined);
        assert!(error.message().ends_with("number 1 and number 3 have x + 1 in common"), "{error}");
        let ring = Zmod::new(15);
        let error = Poly::try_crt(&ring, &[ring.x(), ring.x()], &[ring.poly([1, 1]), ring.poly([4, 1])]);
        assert_eq!(error.unwrap_err().factor(), Some(&3.into()));
        assert!(Poly::try_crt(&ZZ, &[ZZ.x()], &[]).is_err());
        assert!(ZZ.x().try_rem_many(&[ZZ.poly([0])]).is_err());
        assert!(ZZ.x().try_rem_many(&[ZZ.poly([1, 2])]).is_err());
        assert!(Poly::try_crt(&QQ, &[], &[]).unwrap().is_zero());
    }
}
