//! Densities: sums commute and associate, moments add, pieces and truncated powers are the same functions.

use super::{Outcome, config};
use monic::QQ;
use monic::density::Density;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;
use proptest::prelude::*;

/// Small fractions, so that knots meet often.
fn small() -> impl Strategy<Value = BigRational> {
    (-6i64..=6, 1i64..=3).prop_map(|(p, q)| BigRational::new(p.into(), q.into()))
}

/// Squares of polynomials between a few knots, with gaps.
fn density() -> impl Strategy<Value = Density> {
    let piece = prop::collection::vec(small(), 0..3);
    (prop::collection::btree_set(small(), 2..5), prop::collection::vec(piece, 4)).prop_filter_map(
        "zero everywhere",
        |(knots, pieces)| {
            let squares = pieces.iter().take(knots.len() - 1).map(|c| QQ.poly(c).square());
            Density::proportional_to(&knots, squares).ok()
        },
    )
}

fn sums(f: &Density, g: &Density, h: &Density) -> Outcome {
    let sum = f + g;
    prop_assert_eq!(&sum, &(g + f));
    prop_assert_eq!(&sum + h, f + (g + h));
    prop_assert_eq!(sum.raw_moment(0), BigRational::one());
    prop_assert_eq!(sum.mean(), f.mean() + g.mean());
    prop_assert_eq!(sum.variance(), f.variance() + g.variance());
    prop_assert_eq!(sum.central_moment(3), f.central_moment(3) + g.central_moment(3));
    prop_assert_eq!(f.times(3), f + (f + &f.clone()));
    prop_assert_eq!(f - g, -(g - f));
    Ok(())
}

fn forms(f: &Density, factor: &BigRational, x: &BigRational) -> Outcome {
    let pieces = f.pieces().map(|(_, _, piece)| piece.clone());
    prop_assert_eq!(&Density::new(f.knots(), pieces).unwrap(), f);
    prop_assert_eq!([f.eval(x), f.eval_left(x)], [f.piecewise().eval(x), f.piecewise().eval_left(x)]);
    prop_assert_eq!([f.at_most(x), f.at_most(x)], [f.cdf().eval(x), f.cdf().eval_left(x)]);
    if *factor != BigRational::from(BigInt::ZERO) {
        let scaled = f.scaled(factor);
        prop_assert_eq!(scaled.scaled(factor.recip()), f.clone());
        prop_assert_eq!(scaled.mean(), f.mean() * factor);
        // A median is a point, or the middle of a gap, and moves along.
        let (mut median, mut moved) = (f.median()?, scaled.median()?);
        median.refine(-30);
        moved.refine(-30);
        let ends = [median.interval(), moved.interval()];
        let images = [&ends[0].0 * factor, &ends[0].1 * factor];
        let (low, high) =
            (images[0].clone().min(images[1].clone()), images[0].clone().max(images[1].clone()));
        prop_assert!(low <= ends[1].1 && ends[1].0 <= high);
    }
    // Between 0 and 1, and where it says.
    let q = (f.at_most(x) + BigRational::one()) / BigRational::from(BigInt::from(2));
    let mut quantile = f.quantile(&q).unwrap();
    quantile.refine(-20);
    let (low, high) = quantile.interval();
    prop_assert!(f.at_most(low) <= q && q <= f.at_most(high));
    Ok(())
}

fn orders(f: &Density, g: &Density) -> Outcome {
    let (larger, smaller) = (f.maximum(g).unwrap(), f.minimum(g).unwrap());
    prop_assert_eq!(larger.raw_moment(2) + smaller.raw_moment(2), f.raw_moment(2) + g.raw_moment(2));
    prop_assert!(larger.compare(&smaller).unwrap().greater >= BigRational::new(1.into(), 2.into()));
    let (there, back) = (f.compare(g).unwrap(), g.compare(f).unwrap());
    prop_assert_eq!((&there.greater, &there.less), (&back.less, &back.greater));
    // No value is above that at a mode.
    let modes = f.modes().unwrap();
    let mode = modes[0].start();
    let at = mode.exact().map(|x| f.eval(x).max(f.eval_left(x)));
    for x in f.knots() {
        if let Some(peak) = &at {
            prop_assert!(f.eval(x) <= *peak && f.eval_left(x) <= *peak);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..config() })]

    #[test]
    fn sums_of_independent_variables(f in density(), g in density(), h in density()) {
        sums(&f, &g, &h)?;
    }

    #[test]
    fn two_forms_of_a_density(f in density(), factor in small(), x in small()) {
        forms(&f, &factor, &x)?;
    }

    #[test]
    fn largest_and_smallest(f in density(), g in density()) {
        orders(&f, &g)?;
    }

    #[test]
    fn negative_densities_are_refused(c in small(), a in 0i64..6) {
        // (x - c)^2 - 1/100 is negative near c.
        let f = QQ.poly([-c.clone(), BigRational::one()]).square() - QQ.poly([BigRational::new(1.into(), 100.into())]);
        let [low, high] = [-a - 1, a + 1].map(|end| BigRational::from(BigInt::from(end)));
        let inside = low <= c && c <= high;
        let result = Density::proportional_to([low, high], [f]);
        prop_assert_eq!(result.is_err(), inside);
    }
}
