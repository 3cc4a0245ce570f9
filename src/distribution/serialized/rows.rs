//! A distribution as data: `{offset, step, denominator, weights}`; a [`Truncated`] one has no step, and its weights sum to at most the
//! denominator. They stand apart as the two that are rows of weights.

use super::{check_step, check_sum, integer, integers, texts};
use crate::distribution::{Distribution, Extent, Truncated, log2_above};
use crate::poly::Poly;
use crate::ring::ZZ;
use crate::{Error, Result, format_integer};
use num_bigint::Sign;
use num_integer::Integer;
use num_traits::Zero;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    offset: i64,
    step: i64,
    denominator: String,
    weights: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Beginning {
    offset: i64,
    denominator: String,
    weights: Vec<String>,
}

/// With the feature `serde`.
///
/// # Examples
/// ```
/// use monic::distribution::Distribution;
/// let text = serde_json::to_string(&Distribution::die(3).times(2)).unwrap();
/// assert_eq!(text, r#"{"offset":2,"step":1,"denominator":"9","weights":["1","2","3","2","1"]}"#);
/// ```
impl Serialize for Distribution {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let weights = texts(self.weights().coefficients());
        let denominator = format_integer(&self.denominator);
        Whole { offset: self.offset, step: self.step, denominator, weights }.serialize(serializer)
    }
}

/// With the feature `serde`.
///
/// # Errors
/// Where the data violate an invariant of [`Distribution`], with which one.
impl<'de> Deserialize<'de> for Distribution {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let whole = Whole::deserialize(deserializer)?;
        whole.read().map_err(de::Error::custom)
    }
}

/// With the feature `serde`.
impl Serialize for Truncated {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let weights = texts(self.weights());
        let denominator = format_integer(self.denominator());
        Beginning { offset: self.min(), denominator, weights }.serialize(serializer)
    }
}

/// With the feature `serde`.
///
/// # Errors
/// Where the data violate an invariant of [`Truncated`], with which one.
impl<'de> Deserialize<'de> for Truncated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let beginning = Beginning::deserialize(deserializer)?;
        beginning.read().map_err(de::Error::custom)
    }
}

impl Whole {
    fn read(&self) -> Result<Distribution> {
        let (offset, step) = (self.offset, self.step);
        let denominator = integer("denominator", &self.denominator)?;
        let weights = integers(&self.weights)?;
        check_step(step)?;
        let (Some(first), Some(last)) = (weights.first(), weights.last()) else {
            return Err(Error::undefined("a distribution without weights"));
        };
        if first.is_zero() || last.is_zero() {
            return Err(Error::undefined("the first or the last weight is 0"));
        }
        if let Some(k) = weights.iter().position(|w| w.sign() == Sign::Minus) {
            return Err(Error::undefined(format!("weight {k} is negative: {}", weights[k])));
        }
        check_sum(&weights.iter().sum(), &denominator)?;
        let positive = weights.iter().enumerate().filter(|(_, w)| !w.is_zero());
        let common = positive.fold(0, |common: usize, (k, _)| common.gcd(&k));
        if common > 1 || (weights.len() == 1 && step > 1) {
            return Err(Error::undefined(format!("the step {step} is not the greatest that there is")));
        }
        Extent::new(offset, step, weights.len() as u64, log2_above(&denominator))?;
        Ok(Distribution { offset, step, weights: Poly::from_vec(ZZ, weights).into(), denominator })
    }
}

impl Beginning {
    fn read(&self) -> Result<Truncated> {
        let weights = integers(&self.weights)?;
        let len = weights.len();
        let truncated = Truncated::new(self.offset, weights, integer("denominator", &self.denominator)?)?;
        if truncated.weights().len() < len {
            return Err(Error::undefined("the first weight, or the last one where there is no tail, is 0"));
        }
        Ok(truncated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let long = Distribution::die(6).times(200);
        let sparse = Distribution::from_weights([(-5, 3), (1, 2), (19, 1)]).unwrap();
        for distribution in [long, sparse, Distribution::constant(i64::MIN)] {
            let text = serde_json::to_string(&distribution).unwrap();
            let back: Distribution = serde_json::from_str(&text).unwrap();
            assert_eq!((&back, back.denominator()), (&distribution, distribution.denominator()));
        }
        for end in 0..4 {
            let waiting = Distribution::geometric(&"1/6".parse().unwrap(), end).unwrap();
            let text = serde_json::to_string(&waiting).unwrap();
            assert_eq!(serde_json::from_str::<Truncated>(&text).unwrap(), waiting);
        }
        let text = serde_json::to_string(&Distribution::die(2).truncated(2).unwrap()).unwrap();
        assert_eq!(text, r#"{"offset":1,"denominator":"2","weights":["1"]}"#);
    }

    #[test]
    fn what_is_no_distribution_is_an_error() {
        for (offset, step, denominator, weights, message) in [
            (0, 1, "2", r#""1","1""#, ""),
            (0, 0, "2", r#""1","1""#, "the step 0 is not positive"),
            (0, 1, "2", "", "a distribution without weights"),
            (0, 1, "2", r#""0","2""#, "the first or the last weight is 0"),
            (0, 1, "2", r#""2","-1","1""#, "weight 1 is negative: -1"),
            (0, 1, "3", r#""1","1""#, "the weights sum to 2, not to the denominator 3"),
            (0, 1, "2", r#""1","0","1""#, "the step 1 is not the greatest that there is"),
            (0, 2, "2", r#""2""#, "the step 2 is not the greatest that there is"),
            (i64::MAX, 1, "2", r#""1","1""#, "an outcome would be over the limit of 2^63 - 1"),
            (0, 1, "2", r#""1","1x""#, "weight 1: 'x' is no digit of radix 10, at position 2"),
            (0, 1, "", r#""1""#, "denominator: a number is missing, at position 1"),
        ] {
            let text = format!(
                r#"{{"offset":{offset},"step":{step},"denominator":"{denominator}","weights":[{weights}]}}"#
            );
            match serde_json::from_str::<Distribution>(&text) {
                Ok(_) => assert_eq!(message, "", "{text}"),
                Err(error) => {
                    assert!(!message.is_empty() && error.to_string().starts_with(message), "{text}: {error}")
                }
            }
        }
        let truncated =
            |text: &str| serde_json::from_str::<Truncated>(text).map_err(|error| error.to_string());
        for (text, message) in [
            (r#"{"offset":0,"denominator":"2","weights":["0","1"]}"#, "the first weight, or the last one"),
            (r#"{"offset":0,"denominator":"2","weights":["2","0"]}"#, "the first weight, or the last one"),
            (
                r#"{"offset":0,"denominator":"2","weights":["2","1"]}"#,
                "the probabilities sum to 3/2, more than 1",
            ),
            (r#"{"offset":0,"denominator":"0","weights":[]}"#, "the denominator 0 is not positive"),
            (r#"{"offset":0,"denominator":"2","weights":[],"step":1}"#, "unknown field `step`"),
        ] {
            let error = truncated(text).unwrap_err();
            assert!(error.starts_with(message), "{text}: {error}");
        }
        assert!(truncated(r#"{"offset":0,"denominator":"2","weights":["1","0"]}"#).is_ok());
    }
}
