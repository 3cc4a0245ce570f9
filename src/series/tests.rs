//! What is claimed to be known, against what more coefficients of the operands change.

use super::*;
use crate::{
    ErrorKind, QQ, ZZ, Zmod,
    ring::{Elementary, PrimeField},
};
use num_rational::BigRational;

type F = Series<PrimeField>;

/// Whatever is unknown of the operands, what is known of the result stays as it is; and it is all that stays.
#[track_caller]
fn holds(f: &F, g: &F, function: impl Fn(&F, &F) -> Result<F>) {
    let (known, agree) = agreement(f, g, function);
    assert_eq!(agree, known, "all that is determined is claimed");
}

/// What is claimed to be known, and how many coefficients do not depend on what is not known of the operands.
#[track_caller]
fn agreement(f: &F, g: &F, function: impl Fn(&F, &F) -> Result<F>) -> (usize, usize) {
    let result = function(f, g).unwrap();
    // The operands, known to more coefficients in ways that differ.
    let longer = |f: &F, next: u64| {
        let mut coefficients = f.to_vec();
        coefficients.extend([next, 5, 3, next, 2, 8, 1, next]);
        Series::from_vec(*f.ring(), coefficients, f.precision() + 8)
    };
    let known = result.precision();
    let mut agree = usize::MAX;
    for (a, b) in [(0, 1), (7, 1), (7, 9)] {
        let other = function(&longer(f, a), &longer(g, b)).unwrap();
        assert!(other.precision() >= known);
        assert_eq!(other.truncate(known).unwrap(), result, "what is claimed holds");
        for c in [(3, 1), (0, 4), (11, 12)] {
            let another = function(&longer(f, c.0), &longer(g, c.1)).unwrap();
            let first = (0..other.precision().min(another.precision()))
                .find(|&k| other.coefficient(k) != another.coefficient(k));
            agree = agree.min(first.unwrap_or(usize::MAX));
        }
    }
    (known, agree)
}

#[test]
fn precision() {
    let field = Zmod::prime(998_244_353).unwrap();
    let series = |c: &[u64], n| Series::from_vec(field, c.to_vec(), n);
    let one = series(&[1, 2, 0, 4], 6);
    for (f, g) in [
        (series(&[3, 1, 4], 5), one.clone()),
        (series(&[0, 0, 9, 1], 6), series(&[0, 4, 1, 2], 4)),
        (series(&[0, 0, 0, 2], 9), series(&[0, 5], 7)),
    ] {
        holds(&f, &g, Series::try_mul);
        holds(&f, &g, Series::quo);
        holds(&f, &g, Series::try_add);
    }
    holds(&one, &one, |f, _| f.inverse());
    holds(&one, &one, |f, _| f.log());
    let angle = series(&[0, 3, 1], 7);
    for function in Elementary::ALL {
        let f = match function {
            Elementary::Log => &one,
            Elementary::Acos | Elementary::Acosh => &series(&[1, 0, field.neg(&2), 5], 7),
            _ => &angle,
        };
        if matches!(function, Elementary::Cos | Elementary::Cosh) {
            // Their derivatives begin with x here: more is determined than is claimed.
            let (known, agree) = agreement(f, f, |f, _| f.elementary(function));
            assert_eq!((known, agree), (7, 8));
        } else if function == Elementary::Acosh {
            holds(&series(&[1, 0, 2, 5], 7), f, |f, _| f.elementary(function));
        } else if function == Elementary::Acos {
            holds(&series(&[1, 0, field.neg(&8), 5], 7), f, |f, _| f.elementary(function));
        } else {
            holds(f, f, |f, _| f.elementary(function));
        }
    }
    let square = series(&[0, 0, 9, 1, 4], 8);
    for (a, b) in [(1, 2), (-1, 1), (3, 2), (5, 1)] {
        let f = if a < 0 { &one } else { &square };
        holds(f, f, |f, _| f.power(&BigRational::new(a.into(), b.into())));
    }
    holds(&one, &one, |f, _| f.derivative());
    holds(&one, &angle, Series::compose);
    holds(&series(&[5, 0, 1, 2], 4), &series(&[0, 0, 3, 1], 5), Series::compose);
    holds(&series(&[5, 0, 0], 3), &series(&[0, 0, 3, 1], 5), Series::compose);
    holds(&angle, &angle, |f, _| f.reversion());
}

#[test]
fn roots_in_small_characteristic() {
    let field = Zmod::prime(3).unwrap();
    let f = Series::new(field, [1, 0, 0, 2, 0, 0, 1], 8);
    assert_eq!(f.root(3).unwrap().to_string(), "1 + 2*x + x^2 + O(x^3)");
    assert_eq!(Series::new(field, [1, 1], 3).root(3).unwrap_err().kind(), ErrorKind::NotExact);
}

#[test]
fn what_is_not_known() {
    let nothing = Series::new(QQ, [1], 0);
    assert_eq!(nothing.to_string(), "O(1)");
    assert_eq!(nothing.exp().unwrap_err().to_string(), "nothing is known of a series modulo x^0");
    let zero = Series::<crate::Integers>::new(ZZ, [0], 3);
    assert_eq!(zero.to_string(), "O(x^3)");
    let error = Series::new(ZZ, [1], 3).quo(&zero).unwrap_err();
    assert_eq!(error.to_string(), "division by O(x^3), which may be 0");
    assert_eq!((&zero * &zero).precision(), 6);
    assert_eq!(zero.power(&BigRational::new(1.into(), 2.into())).unwrap().precision(), 2);
    assert!(zero.power(&BigRational::new((-1).into(), 2.into())).is_err());
    let x = Series::x(ZZ, 5);
    let error = x.power(&BigRational::new((-1).into(), 1.into())).unwrap_err();
    assert_eq!(error.to_string(), "the result would begin with x^-1");
    let huge = (&x + 1).power(&BigRational::from_integer(10u64.pow(18).into())).unwrap();
    assert_eq!(huge.coefficient(1), Some(10u64.pow(18).into()));
}

#[test]
fn no_composition() {
    let f = Series::new(QQ, [1, 1], 5);
    assert_eq!(f.compose(&f).unwrap_err().kind(), ErrorKind::Undefined);
    assert!(Series::new(Zmod::new(1), [0], 3).asin().is_ok());
    let far = Series::x(QQ, usize::MAX);
    assert_eq!(far.quo(&far).unwrap_err().kind(), ErrorKind::Limit);
}
