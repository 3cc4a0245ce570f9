//! Densities and piecewise functions as data, with the feature `serde`: `{knots, pieces}`, coefficients of the pieces ascending, fractions as
//! text.
//!
//! It stands apart because what comes in is not trusted: it goes through the same checks as what a program gives, [`Density::new`] and
//! [`Piecewise::try_new`]. The pieces of a density are those between knots, those of a piecewise function the ones around them too.

use super::{Density, Piecewise};
use crate::distribution::serialized::{fraction, fraction_text};
use crate::{Error, Poly, QQ, Rationals, Result};
use num_rational::BigRational;
use num_traits::Zero;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    knots: Vec<String>,
    pieces: Vec<Vec<String>>,
}

/// With the feature `serde`.
///
/// # Examples
/// ```
/// use monic::density::Density;
/// let text = serde_json::to_string(&Density::triangular(0, 1, 2)).unwrap();
/// assert_eq!(text, r#"{"knots":["0","1","2"],"pieces":[["0","1"],["2","-1"]]}"#);
/// ```
impl Serialize for Density {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let function = self.try_piecewise().map_err(ser::Error::custom)?;
        let pieces = function.bounded_pieces().map(|(_, _, piece)| piece);
        Data::new(function.knots(), pieces).serialize(serializer)
    }
}

/// With the feature `serde`.
///
/// # Errors
/// Where [`Density::new`] is one, for knots where nothing changes, and for leading coefficients that are zero.
impl<'de> Deserialize<'de> for Density {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let data = Data::deserialize(deserializer)?;
        let density = data.read().and_then(|(knots, pieces)| {
            let count = knots.len();
            let density = Density::new(knots, pieces)?;
            kept(count, density.knots().len())?;
            Ok(density)
        });
        density.map_err(de::Error::custom)
    }
}

/// With the feature `serde`.
///
/// # Examples
/// ```
/// use monic::{QQ, density::Piecewise};
/// let absolute = Piecewise::new([0], [-QQ.x(), QQ.x()]);
/// let text = serde_json::to_string(&absolute).unwrap();
/// assert_eq!(text, r#"{"knots":["0"],"pieces":[["0","-1"],["0","1"]]}"#);
/// ```
impl Serialize for Piecewise {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        Data::new(self.knots(), self.pieces()).serialize(serializer)
    }
}

/// With the feature `serde`.
///
/// # Errors
/// Where [`Piecewise::try_new`] is one, for knots where nothing changes, and for leading coefficients that are zero.
impl<'de> Deserialize<'de> for Piecewise {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let data = Data::deserialize(deserializer)?;
        let function = data.read().and_then(|(knots, pieces)| {
            let count = knots.len();
            let function = Piecewise::try_new(knots, pieces)?;
            kept(count, function.knots().len())?;
            Ok(function)
        });
        function.map_err(de::Error::custom)
    }
}

impl Data {
    fn new<'a>(knots: &[BigRational], pieces: impl IntoIterator<Item = &'a Poly<Rationals>>) -> Self {
        let coefficients = |piece: &Poly<Rationals>| piece.iter().map(fraction_text).collect();
        Data {
            knots: knots.iter().map(fraction_text).collect(),
            pieces: pieces.into_iter().map(coefficients).collect(),
        }
    }

    fn read(&self) -> Result<(Vec<BigRational>, Vec<Poly<Rationals>>)> {
        let knots = self.knots.iter().enumerate().map(|(k, text)| fraction(&format!("knot {k}"), text));
        let pieces = self.pieces.iter().enumerate().map(|(k, texts)| {
            let coefficients = texts
                .iter()
                .enumerate()
                .map(|(i, text)| fraction(&format!("piece {k}, coefficient {i}"), text));
            let coefficients: Vec<_> = coefficients.collect::<Result<_>>()?;
            if coefficients.last().is_some_and(Zero::is_zero) {
                return Err(Error::undefined(format!("piece {k}: the leading coefficient is 0")));
            }
            Ok(Poly::from_vec(QQ, coefficients))
        });
        Ok((knots.collect::<Result<_>>()?, pieces.collect::<Result<_>>()?))
    }
}

/// Refuses knots that were dropped.
fn kept(given: usize, kept: usize) -> Result<()> {
    if kept < given {
        return Err(Error::undefined(format!("nothing changes at {} of the {given} knots", given - kept)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let gap =
            Density::new([0, 1, 2, 3], ["1/2", "0", "1/2"].map(|text| QQ.parse(text).unwrap())).unwrap();
        for density in
            [Density::irwin_hall(5), Density::uniform((-1, 3), (1, 7)) + Density::uniform(0, 5), gap]
        {
            let text = serde_json::to_string(&density).unwrap();
            assert_eq!(serde_json::from_str::<Density>(&text).unwrap(), density);
            let text = serde_json::to_string(density.cdf()).unwrap();
            assert_eq!(&serde_json::from_str::<Piecewise>(&text).unwrap(), density.cdf());
        }
        let line = Piecewise::new(Vec::<BigRational>::new(), [QQ.x()]);
        let text = serde_json::to_string(&line).unwrap();
        assert_eq!(serde_json::from_str::<Piecewise>(&text).unwrap(), line);
    }

    #[test]
    fn what_is_no_density_is_an_error() {
        for (knots, pieces, message) in [
            (r#""0","1""#, r#"["1"]"#, ""),
            (r#""0","1""#, r#"["2/2"]"#, ""),
            (r#""0","1""#, r#"["2"]"#, "the integral of the density is 2, not 1"),
            (r#""0","1""#, r#"["2","-4"]"#, "the density is "),
            (r#""0","1""#, r#"["1","0"]"#, "piece 0: the leading coefficient is 0"),
            (r#""0","1""#, r#"["1/0"]"#, "piece 0, coefficient 0: the denominator 0 is not positive"),
            (r#""0","x""#, r#"["1"]"#, "knot 1: 'x' is no digit of radix 10"),
            (r#""1","0""#, r#"["1"]"#, "the knots do not ascend: 1 stands before 0"),
            (r#""0""#, r#"["1"]"#, "1 knots have 0 pieces between them, not 1"),
            (r#""0","1","2""#, r#"["1/2"],["1/2"]"#, "nothing changes at 1 of the 3 knots"),
        ] {
            let text = format!(r#"{{"knots":[{knots}],"pieces":[{pieces}]}}"#);
            match serde_json::from_str::<Density>(&text) {
                Ok(_) => assert_eq!(message, "", "{text}"),
                Err(error) => {
                    assert!(!message.is_empty() && error.to_string().starts_with(message), "{text}: {error}")
                }
            }
        }
    }
}
