//! Expressions against distributions built by hand, errors with their positions, and any text at all.

use super::*;
use crate::ErrorKind;
use proptest::prelude::*;

fn roll(text: &str) -> Distribution {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn expressions_mean_what_they_say() {
    let die = Distribution::die;
    let d6 = die(6);
    for (text, expected) in [
        ("d6", d6.clone()),
        (" 2 D 6 ", d6.times(2)),
        ("3d6+2d4-1", d6.times(3) + die(4).times(2) - 1),
        ("1-2d6", 1 * -d6.times(2) + 1),
        ("-2d6", -d6.times(2)),
        ("--d6", d6.clone()),
        ("d6-d6", &d6 - &d6),
        ("d6 - -d6 - +1", d6.times(2) - 1),
        ("-(d6 - (2 - d4))", -(&d6 + die(4) - 2)),
        ("2 * d6", d6.clone() * 2),
        ("d6*-3", d6.clone() * -3),
        ("-2*-(d6+1)*3", (d6.clone() + 1) * 6),
        ("2*3+d6*2*2", d6.clone() * 4 + 6),
        ("0*d6", Distribution::constant(0)),
        ("0d6", Distribution::constant(0)),
        ("0d1000000000000", Distribution::constant(0)),
        ("d1*d6", d6.clone()),
        ("d%", die(100)),
        ("2dF", Distribution::uniform(-1..=1).times(2)),
        ("d{1,1,2,5}", Distribution::from_faces([1, 1, 2, 5]).unwrap()),
        ("3d{-1, 0 ,4}", Distribution::from_faces([-1, 0, 4]).unwrap().times(3)),
        ("d{1:1/2, 2:1/3, 3:1/6}", Distribution::from_weights([(1, 3), (2, 2), (3, 1)]).unwrap()),
        (
            "2d{0:0.75,1:.25}".replace(":.", ":0.").as_str(),
            Distribution::from_weights([(0, 3), (1, 1)]).unwrap().times(2),
        ),
        ("d{7:1}", Distribution::constant(7)),
        ("(1+1)d6", d6.times(2)),
        ("-(2)d6d{3:1}".replace("d{3:1}", "").as_str(), -d6.times(2)),
        ("2d1d6", d6.times(2)),
        ("((((d6))))", d6.clone()),
        ("7", Distribution::constant(7)),
    ] {
        assert_eq!(roll(text), expected, "{text}");
    }
}

#[test]
fn wrong_expressions_are_refused_at_their_place() {
    use ErrorKind::{Limit, Overflow, Parse, Undefined, Unsupported};
    for (text, kind, position) in [
        ("", Parse, 0),
        ("   ", Parse, 0),
        ("3d6 +", Parse, 5),
        ("* 2", Parse, 0),
        ("(d6", Parse, 0),
        ("2*(3+(d6)", Parse, 2),
        ("d6)", Parse, 2),
        ("()", Parse, 1),
        ("d", Parse, 1),
        ("3d+1", Parse, 2),
        ("d-6", Parse, 1),
        ("2d6 3", Parse, 4),
        ("2.5", Parse, 1),
        ("3(d6+1)", Parse, 1),
        ("d6(2)", Parse, 2),
        ("d6 ^ 2", Parse, 3),
        ("d6/2", Parse, 2),
        ("x + 1", Parse, 0),
        ("d6 + é", Parse, 5),
        ("d0", Undefined, 1),
        ("d{}", Parse, 2),
        ("d{1,}", Parse, 4),
        ("d{1,2", Parse, 1),
        ("d{1;2}", Parse, 3),
        ("d{1, 2:1/2}", Parse, 5),
        ("d{1:1/2, 2:1/3}", Undefined, 1),
        ("d{1:1/0}", Undefined, 6),
        ("d{1:-1/2, 2:3/2}", Undefined, 4),
        ("d{1:x}", Parse, 4),
        ("(1-3)d6", Undefined, 5),
        ("4d6kh3", Unsupported, 3),
        ("4d6 kl1", Unsupported, 4),
        ("4d6dh1", Unsupported, 3),
        ("4d6dl1", Unsupported, 3),
        ("4dFkh1", Unsupported, 3),
        ("5d10>=8", Unsupported, 4),
        ("3d6!", Unsupported, 3),
        ("3d6!4", Unsupported, 3),
        ("2d6r1", Unsupported, 3),
        ("max(d6, d8)", Unsupported, 0),
        ("1 + min(d6, d8)", Unsupported, 4),
        ("d6 * d6", Unsupported, 3),
        ("d6 d4", Unsupported, 3),
        ("2d6d4", Unsupported, 3),
        ("(d6)d4", Unsupported, 4),
        ("d(6)", Unsupported, 1),
        ("1 + 1000000000d6", Limit, 4),
        ("d1000000000000", Limit, 0),
        ("0 * d1000000000000", Limit, 4),
        ("d99999999999999999999", Limit, 1),
        ("99999999999999999999", Limit, 0),
        ("d{1,2,9223372036854775807}", Limit, 1),
        ("d6 + 1000000000000*d6", Limit, 0),
        ("9223372036854775807 * d6", Overflow, 20),
        ("9223372036854775807d6", Overflow, 0),
        ("9223372036854775807 + 1", Overflow, 0),
    ] {
        match text.parse::<Distribution>() {
            Ok(value) => panic!("{text} is read as {value:?}"),
            Err(error) => {
                assert_eq!((error.kind(), error.position()), (kind, Some(position)), "{text}: {error}")
            }
        }
    }
}

#[test]
fn nesting_is_bounded_and_nothing_recurses() {
    let nested = |n: usize| format!("{}d6{}", "-(".repeat(n), ")".repeat(n));
    assert_eq!(roll(&nested(MAX_DEPTH)), Distribution::die(6));
    let error = nested(MAX_DEPTH + 1).parse::<Distribution>().unwrap_err();
    assert_eq!((error.kind(), error.position()), (ErrorKind::Limit, Some(2 * MAX_DEPTH + 1)));
    assert!("(".repeat(100_000).parse::<Distribution>().is_err());
    assert_eq!(roll(&format!("{}d6", "-".repeat(100_001))), -Distribution::die(6));
    assert_eq!(roll(&("d6 + ".repeat(40) + "0")), Distribution::die(6).times(40));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_answered(text in "[0-9dDkhlrF%{}(),:/!<>=*+ .é-]{0,24}", anything in "\\PC{0,12}") {
        // Sizes only: a random expression may be large and within the limits.
        for text in [text, anything] {
            if let Err(error) = text.parse::<Expression>().and_then(|e| e.extent()) {
                prop_assert!(error.position().is_some_and(|at| text.is_char_boundary(at)), "{}: {}", text, error);
            }
        }
    }

    #[test]
    fn sizes_are_those_of_the_distributions(a in 1u64..5, b in 1i64..9, c in 1u64..4, scale in -3i64..4) {
        let text = format!("{scale} * ({a}d{b} + 2*{c}dF) - {a}d{{0,{b},{}}}", 3 * b);
        let expression: Expression = text.parse().unwrap();
        let (extent, value) = (expression.extent().unwrap(), expression.distribution().unwrap());
        prop_assert_eq!((extent.min(), extent.max(), extent.step(), extent.len()), (value.min(), value.max(), value.step(), value.weights().len() as u64), "{}", text);
        prop_assert!(value.weights().iter().all(|w| w.bits() <= extent.weight_bits()));
    }
}
