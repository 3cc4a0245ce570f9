//! Which way to the sum of a slice, and about how much work it is.
//!
//! It stands apart because the choice depends on sizes alone, and a size is known before a die is built. Equal dice can be summed
//! in both ways: `identical` has an evaluation a class, a sum of as many terms as dice are kept; `mixed` has a product a
//! border, in which the dice that are dropped are counted. So of ten thousand dice all but two are summed by borders. And an
//! evaluation is by Horner's rule, with a step a face where faces are not equally likely, or by products.

use super::super::{Distribution, Extent};
use crate::{Error, Result, limit};
use num_bigint::BigInt;
use num_traits::Zero;

/// The number of kept dice from which products of the engine are faster than Horner's rule in planes of digits: half of the dice
/// kept, of 6 and of 20 faces, the former take 0.8 of the time of the latter at 256 and 1.4 of it at 128. Where dice are dropped at
/// both ends the work decides.
const PRODUCTS_MIN: f64 = 192.0;

/// Numbers below two words are counted in words.
const WORD_BITS: f64 = 63.99;
const TWO_WORDS_BITS: f64 = 127.99;

/// Longer ones in planes of digits, if the denominator of a die is below a digit.
const DIGIT_BITS: f64 = 31.99;

/// Word operations of an evaluation by products apart from the products: integers are made one by one.
const EVALUATION: f64 = 1e4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// Equal dice, by the lowest and the highest kept value: by Horner's rule in numbers of a word, of two words, of digits, ...
    Word,
    TwoWords,
    Digits,
    /// ... or by products.
    Products,
    /// Any dice, by borders between the faces.
    Borders,
}

/// What the work depends on, of a die.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// How many faces are possible.
    faces: f64,
    /// Whether faces between those that are kept are equally likely, and none is missing among them.
    even: bool,
}

impl Shape {
    /// For the places that are kept of many such dice.
    pub(super) fn of(die: &Distribution, [low, _, high]: [u64; 3]) -> Self {
        let weights = &die.weights;
        let faces: Vec<_> = (0..weights.len()).filter(|&k| !weights[k].is_zero()).collect();
        // Powers are those of what is above a face or below one.
        let between =
            faces.get(usize::from(low > 0)..faces.len() - usize::from(high > 0)).unwrap_or_default();
        let even =
            between.windows(2).all(|pair| pair[1] - pair[0] == 1 && weights[pair[0]] == weights[pair[1]]);
        Shape { faces: faces.len() as f64, even }
    }

    /// As a size tells it: a denominator counts the faces at least, and exactly where there are as many as places.
    pub(super) fn of_extent(die: &Extent) -> Self {
        let (points, bits) = (die.len() as f64, die.log2_denominator());
        Shape { faces: bits.exp2().clamp(1.0, points), even: (bits - points.log2()).abs() < 1e-9 }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) method: Method,
    /// Word operations.
    pub(super) work: f64,
    /// The numbers of ways that are held at a time.
    cells: f64,
    bits: f64,
}

impl Plan {
    /// For dice of these shapes on a common lattice of `points`.
    pub(super) fn new(groups: &[(Extent, u64)], shapes: &[Shape], points: u64, parts: [u64; 3]) -> Self {
        let bits = groups.iter().map(|(die, n)| die.log2_denominator() * *n as f64).sum();
        let borders = Self::borders(shapes, points, parts, bits);
        match (groups, shapes) {
            ([(die, _)], [shape]) => {
                let thresholds = Self::thresholds(die, *shape, points, parts, bits);
                if thresholds.work <= borders.work { thresholds } else { borders }
            }
            _ => borders,
        }
    }

    /// Refuses what would not fit on the way to a distribution.
    pub(super) fn check(&self, whole: &Extent) -> Result<()> {
        // `as` saturates.
        let (cells, bits) = (self.cells as u64, self.bits as u64);
        limit::check(cells, bits.saturating_add(8 * size_of::<BigInt>() as u64)).map_err(|_| {
            Error::limit(format!(
                "the distribution would have {} outcomes, and its dice would be sorted by {cells} numbers of up to {bits} bits, over \
                 the limit of {} bits in all",
                whole.len(),
                limit::result_bits()
            ))
        })
    }

    fn thresholds(die: &Extent, shape: Shape, points: u64, parts: [u64; 3], bits: f64) -> Self {
        let [low, kept, high] = parts.map(|n| n as f64);
        let (faces, words) = (shape.faces, bits / 64.0 + 1.0);
        let degree = kept * points as f64;
        let both = low > 0.0 && high > 0.0;
        // Between two thresholds, coefficients are polynomials as long as the result, which products have to carry along.
        let carried = if both { product(kept * degree * words) } else { 0.0 };
        let products = product(degree * words) * kept.log2().max(1.0) + carried + EVALUATION;
        // A sum over a window a step, or a product with each face.
        let horner = kept * degree * words * if shape.even { 1.0 } else { faces };
        let short = if shape.even && !both { kept < PRODUCTS_MIN } else { horner <= products };
        let (method, evaluation) = if !short {
            (Method::Products, products)
        } else if bits < WORD_BITS {
            (Method::Word, horner)
        } else if bits < TWO_WORDS_BITS {
            (Method::TwoWords, horner)
        } else if die.log2_denominator() < DIGIT_BITS {
            (Method::Digits, horner)
        } else {
            (Method::Products, products)
        };
        // A number of ways: products of long integers are subquadratic.
        let number = words * words.min(64.0);
        let (work, cells) = if low == 0.0 || high == 0.0 {
            (faces * (evaluation + kept * number), degree + 4.0 * kept)
        } else if kept == 1.0 {
            (faces * (low + high) * number, 2.0 * (low + high) + degree)
        } else {
            let pairs = faces * faces / 2.0;
            let tables = faces * kept + low + high + kept * kept;
            (pairs * (evaluation / 3.0 + kept * kept / 2.0 * number) + tables * number, degree + 2.0 * tables)
        };
        Plan { method, work, cells, bits }
    }

    fn borders(shapes: &[Shape], points: u64, parts: [u64; 3], bits: f64) -> Self {
        let [low, kept, high] = parts.map(|n| n as f64);
        // What is dropped above only is dropped below from the other side.
        let (low, high) = if low == 0.0 { (high, low) } else { (low, high) };
        let (span, words) = ((points as f64 - 1.0).max(1.0), bits / 64.0 + 1.0);
        let faces = shapes.iter().map(|shape| shape.faces).sum::<f64>().min(points as f64);
        let both = (low + 1.0) * (2.0 * high + 1.0);
        // Of one kept die, the sum is the face at the border.
        let (classes, states, degree) = match (kept == 1.0, high == 0.0) {
            (true, true) => (faces, 1.0, 1.0),
            (true, false) => (faces, both, 1.0),
            (false, true) if kept <= low => (faces, kept, kept * span),
            (false, true) => (faces, both, (low + kept) * span),
            (false, false) => (faces * faces / 2.0, both, (low + kept + high) * span),
        };
        let table = states * degree * words;
        // The powers of a group, and the product of the groups.
        let powers = states.min(low + high + kept) * product(degree * words) + table;
        let products = if shapes.len() > 1 { product(table) } else { 0.0 };
        let counts_kept = high == 0.0 && kept <= low;
        let sums = span * if counts_kept { kept } else { low + kept + 2.0 * high };
        // Of equal dice there is a power at a time.
        let tables = if shapes.len() > 1 || counts_kept { 3.0 * states } else { 2.0 };
        Plan {
            method: Method::Borders,
            work: classes * shapes.len() as f64 * (powers + products) + sums,
            cells: tables * degree + sums,
            bits,
        }
    }
}

/// Operations of a product with so many words.
fn product(words: f64) -> f64 {
    words * (2.0 * words.max(1.0).log2() + 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(faces: i64, parts: [u64; 3]) -> Plan {
        let die = Extent::uniform(1, faces).expect("a die");
        Plan::new(&[(die, parts.iter().sum())], &[Shape::of_extent(&die)], faces as u64, parts)
    }

    #[test]
    fn few_dropped_of_many_are_counted() {
        assert_eq!(plan(6, [1, 3, 0]).method, Method::Word);
        assert_eq!(plan(20, [10, 10, 0]).method, Method::TwoWords);
        assert_eq!(plan(20, [50, 50, 0]).method, Method::Digits);
        assert_eq!(plan(20, [300, 300, 0]).method, Method::Products);
        assert_eq!(plan(20, [25, 50, 25]).method, Method::Digits);
        assert_eq!(plan(6, [250, 500, 250]).method, Method::Digits);
        assert_eq!(plan(6, [50, 1, 49]).method, Method::Digits);
        assert_eq!(plan(6, [1, 9_998, 1]).method, Method::Borders);
        assert_eq!(plan(6, [0, 9_999, 1]).method, Method::Borders);
        let two = [(Extent::uniform(1, 6).expect("a die"), 2), (Extent::uniform(1, 8).expect("a die"), 1)];
        let shapes = two.map(|(die, _)| Shape::of_extent(&die));
        assert_eq!(Plan::new(&two, &shapes, 8, [1, 2, 0]).method, Method::Borders);
    }

    #[test]
    fn dice_that_are_not_fair_are_not_taken_for_fair_ones() {
        let die =
            |weights: &[(i64, i64)]| Distribution::from_weights(weights.iter().copied()).expect("a die");
        let even = |die: &Distribution, parts| Shape::of(die, parts).even;
        let again = die(&[(1, 1), (2, 5), (3, 5), (4, 5)]);
        assert!(even(&again, [1, 3, 0]) && !even(&again, [0, 3, 1]) && even(&again, [1, 1, 1]));
        let gap = die(&[(1, 1), (2, 1), (4, 1), (5, 1)]);
        assert!(!even(&gap, [1, 3, 0]) && !even(&gap, [0, 3, 1]) && !even(&gap, [1, 1, 1]));
        let ends = die(&[(1, 1), (3, 1), (4, 1)]);
        assert!(even(&ends, [1, 3, 0]) && even(&ends, [1, 1, 1]) && !even(&ends, [0, 3, 1]));
        assert!(even(&die(&[(0, 1), (1, 2)]), [1, 1, 1]));
        assert!(Shape::of(&ends, [1, 3, 0]).faces == 3.0 && Shape::of_extent(&ends.extent()).faces < 3.01);
        // A step a face, unless products are less.
        let faces = 10_000;
        let fair = Distribution::die(faces).extent();
        let rough = fair.rerolled(1).expect("small");
        assert!(!Shape::of_extent(&rough).even);
        let plan = |die: Extent| Plan::new(&[(die, 5)], &[Shape::of_extent(&die)], faces, [1, 4, 0]);
        assert_eq!((plan(fair).method, plan(rough).method), (Method::TwoWords, Method::Products));
        assert!(plan(rough).work > 10.0 * plan(fair).work);
        let few = Extent::new(1, 1, 4, 7.0).expect("small");
        assert_eq!(Plan::new(&[(few, 5)], &[Shape::of_extent(&few)], 4, [1, 4, 0]).method, Method::Word);
    }

    #[test]
    fn work_grows_and_what_is_too_large_is_refused() {
        let whole = Extent::constant(0);
        assert!(plan(6, [1, 3, 0]).work < 1e4 && plan(6, [1, 3, 0]).check(&whole).is_ok());
        assert!(plan(20, [500, 500, 0]).work > 10.0 * plan(20, [50, 50, 0]).work);
        assert!(plan(1000, [1 << 40, 1 << 40, 0]).check(&whole).is_err());
        // All but a few of many take little more than the result has.
        let few = plan(6, [1, 9_998, 1]);
        assert!(few.cells < 4.0 * 50_000.0, "{}", few.cells);
    }
}
