//! What is made of distributions as data: a proportion `{count, whole}`, explosions `{distribution, remainder}`, a comparison
//! `{greater, equal, less}`.
//!
//! They stand apart because their numbers are fractions, which have to be probabilities.

use super::{fraction, fraction_text};
use crate::distribution::{Comparison, Distribution, Exploded, Proportion};
use crate::{Error, Result};
use num_bigint::Sign;
use num_rational::BigRational;
use num_traits::One;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Share {
    count: Distribution,
    whole: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rolls {
    distribution: Distribution,
    remainder: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sides {
    greater: String,
    equal: String,
    less: String,
}

/// With the feature `serde`.
///
/// # Examples
/// ```
/// use monic::distribution::Distribution;
/// let share = Distribution::die(2).proportion(2).unwrap();
/// let text = serde_json::to_string(&share).unwrap();
/// assert_eq!(text, r#"{"count":{"offset":1,"step":1,"denominator":"2","weights":["1","1"]},"whole":2}"#);
/// ```
impl Serialize for Proportion {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        Share { count: self.count().clone(), whole: self.whole() }.serialize(serializer)
    }
}

/// With the feature `serde`.
///
/// # Errors
/// Where the data violate an invariant of the count, or are a proportion of 0.
impl<'de> Deserialize<'de> for Proportion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let Share { count, whole } = Share::deserialize(deserializer)?;
        count.proportion(whole).map_err(de::Error::custom)
    }
}

/// With the feature `serde`.
///
/// # Examples
/// ```
/// use monic::distribution::{Distribution, Exploded};
/// let open = Distribution::die(6).explode(2, |x| x == 6).unwrap();
/// let text = serde_json::to_string(&open).unwrap();
/// assert!(text.ends_with(r#""remainder":"1/216"}"#));
/// assert_eq!(serde_json::from_str::<Exploded>(&text).unwrap(), open);
/// ```
impl Serialize for Exploded {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let remainder = fraction_text(&self.remainder);
        Rolls { distribution: self.distribution.clone(), remainder }.serialize(serializer)
    }
}

/// With the feature `serde`.
///
/// # Errors
/// Where the data violate an invariant of the distribution, or the remainder is no probability.
impl<'de> Deserialize<'de> for Exploded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let Rolls { distribution, remainder } = Rolls::deserialize(deserializer)?;
        let remainder = probability("remainder", &remainder).map_err(de::Error::custom)?;
        Ok(Exploded { distribution, remainder })
    }
}

/// With the feature `serde`.
///
/// # Examples
/// ```
/// use monic::distribution::Distribution;
/// let comparison = Distribution::die(6).compare(&Distribution::die(4));
/// let text = serde_json::to_string(&comparison).unwrap();
/// assert_eq!(text, r#"{"greater":"7/12","equal":"1/6","less":"1/4"}"#);
/// ```
impl Serialize for Comparison {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let [greater, equal, less] = [&self.greater, &self.equal, &self.less].map(fraction_text);
        Sides { greater, equal, less }.serialize(serializer)
    }
}

/// With the feature `serde`.
///
/// # Errors
/// Where one of the three is no probability, or they do not sum to 1.
impl<'de> Deserialize<'de> for Comparison {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let sides = Sides::deserialize(deserializer)?;
        sides.read().map_err(de::Error::custom)
    }
}

impl Sides {
    fn read(&self) -> Result<Comparison> {
        let greater = probability("greater", &self.greater)?;
        let equal = probability("equal", &self.equal)?;
        let less = probability("less", &self.less)?;
        let sum = &greater + &equal + &less;
        if !sum.is_one() {
            return Err(Error::undefined(format!("greater, equal and less sum to {sum}, not to 1")));
        }
        Ok(Comparison { greater, equal, less })
    }
}

fn probability(what: &str, text: &str) -> Result<BigRational> {
    let p = fraction(what, text)?;
    if p.numer().sign() == Sign::Minus || p.numer() > p.denom() {
        return Err(Error::undefined(format!("{what}: {p} is no probability: it is not between 0 and 1")));
    }
    Ok(p)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Debug;

    fn back<T: Serialize + for<'de> Deserialize<'de> + PartialEq + Debug>(value: &T) {
        let text = serde_json::to_string(value).unwrap();
        assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
    }

    #[test]
    fn there_and_back() {
        let die = Distribution::die(6);
        back(&die.clone().proportion(u64::MAX).unwrap());
        back(&die.explode(3, |x| x > 4).unwrap());
        back(&die.explode(0, |_| true).unwrap());
        back(&die.compare(&die.times(2)));
        back(&die.compare(&Distribution::constant(7)));
    }

    #[test]
    fn what_is_no_answer_is_an_error() {
        let error = |result: std::result::Result<(), serde_json::Error>, message: &str| {
            let error = result.unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        };
        let die = r#"{"offset":1,"step":1,"denominator":"2","weights":["1","1"]}"#;
        let share = |text: &str| serde_json::from_str::<Proportion>(text).map(drop);
        error(share(&format!(r#"{{"count":{die},"whole":0}}"#)), "a proportion of 0");
        error(share(&format!(r#"{{"count":{die},"whole":-1}}"#)), "invalid value: integer `-1`");
        error(
            share(r#"{"count":{"offset":1,"step":1,"denominator":"2","weights":["1"]},"whole":1}"#),
            "the weights sum to 1",
        );
        for (remainder, message) in [
            ("3/2", "remainder: 3/2 is no probability: it is not between 0 and 1"),
            ("-1/2", "remainder: -1/2 is no probability"),
            ("1/0", "remainder: the denominator 0 is not positive"),
            ("1/-2", "remainder: the denominator -2 is not positive"),
            ("1/2/3", "remainder: '/' is no digit of radix 10"),
            ("", "remainder: a number is missing"),
        ] {
            let text = format!(r#"{{"distribution":{die},"remainder":"{remainder}"}}"#);
            error(serde_json::from_str::<Exploded>(&text).map(drop), message);
        }
        let sides = |text: &str| serde_json::from_str::<Comparison>(text).map(drop);
        error(
            sides(r#"{"greater":"1/2","equal":"1/3","less":"1/5"}"#),
            "greater, equal and less sum to 31/30, not to 1",
        );
        error(sides(r#"{"greater":"3/2","equal":"0","less":"-1/2"}"#), "greater: 3/2 is no probability");
        error(sides(r#"{"greater":"1","equal":"0","less":"0","more":"0"}"#), "unknown field `more`");
        assert!(sides(r#"{"greater":"2/4","equal":"0/1","less":"1/2"}"#).is_ok());
    }
}
