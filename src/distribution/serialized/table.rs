//! A joint distribution as data: `{offsets, steps, denominator, weights}`, weights in rows, one an outcome of the first quantity.
//!
//! It stands apart because a table has two lattices, each of which has to be the smallest one.

use super::{check_step, check_sum, integer, integers, texts};
use crate::distribution::Joint;
use crate::{Error, Result, format_integer};
use num_bigint::Sign;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    offsets: (i64, i64),
    steps: (i64, i64),
    denominator: String,
    weights: Vec<Vec<String>>,
}

/// With the feature `serde`.
///
/// # Examples
/// ```
/// use monic::distribution::Distribution;
/// let both = Distribution::die(2).joint_map(|x| (x, 3 * x)).unwrap();
/// let text = serde_json::to_string(&both).unwrap();
/// assert_eq!(text, r#"{"offsets":[1,3],"steps":[1,3],"denominator":"2","weights":[["1","0"],["0","1"]]}"#);
/// assert_eq!(serde_json::from_str::<monic::distribution::Joint>(&text).unwrap(), both);
/// ```
impl Serialize for Joint {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let (first, second) = self.lattices();
        let mut weights = texts(self.weights()).into_iter();
        let rows = (0..first.len).map(|_| weights.by_ref().take(second.len).collect());
        Table {
            offsets: (first.offset, second.offset),
            steps: (first.step, second.step),
            denominator: format_integer(self.denominator()),
            weights: rows.collect(),
        }
        .serialize(serializer)
    }
}

/// With the feature `serde`.
///
/// # Errors
/// Where the data violate an invariant of [`Joint`], with which one.
impl<'de> Deserialize<'de> for Joint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let table = Table::deserialize(deserializer)?;
        table.read().map_err(de::Error::custom)
    }
}

impl Table {
    fn read(&self) -> Result<Joint> {
        let denominator = integer("denominator", &self.denominator)?;
        let columns = self.weights.first().map_or(0, Vec::len);
        let uneven = self.weights.iter().enumerate().find(|(_, row)| row.len() != columns);
        if let Some((i, row)) = uneven {
            return Err(Error::undefined(format!(
                "row {i} has {} weights, the first one {columns}",
                row.len()
            )));
        }
        let mut pairs = Vec::with_capacity(self.weights.len() * columns);
        for (i, row) in self.weights.iter().enumerate() {
            let row = integers(row)
                .map_err(|error| Error::new(error.kind(), format!("row {i}, {}", error.message())))?;
            for (j, weight) in row.into_iter().enumerate() {
                if weight.sign() == Sign::Minus {
                    return Err(Error::undefined(format!("row {i}, weight {j} is negative: {weight}")));
                }
                pairs.push((
                    (outcome(self.offsets.0, self.steps.0, i)?, outcome(self.offsets.1, self.steps.1, j)?),
                    weight,
                ));
            }
        }
        let joint = Joint::from_weights(pairs)?;
        check_sum(joint.denominator(), &denominator)?;
        let (first, second) = joint.lattices();
        let given = (self.offsets, self.steps, self.weights.len(), columns);
        if given != ((first.offset, second.offset), (first.step, second.step), first.len, second.len) {
            return Err(Error::undefined(
                "a first or last row or column has no positive weight, or a step is not the greatest that there is",
            ));
        }
        Ok(joint)
    }
}

/// The outcome of a row or of a column.
fn outcome(offset: i64, step: i64, k: usize) -> Result<i64> {
    check_step(step)?;
    let outcome = i128::from(offset) + i128::from(step) * k as i128;
    i64::try_from(outcome).map_err(|_| crate::distribution::extent::too_far())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::Distribution;

    #[test]
    fn there_and_back() {
        let die = Distribution::die(6);
        let both = die.joint_map(|x| (5 - 7 * x, 3 * (x / 5))).unwrap().times(6);
        for joint in [
            both.swapped(),
            both,
            die.joint(&die).unwrap(),
            Joint::from_weights([((i64::MIN, i64::MAX), 1)]).unwrap(),
        ] {
            let text = serde_json::to_string(&joint).unwrap();
            let back: Joint = serde_json::from_str(&text).unwrap();
            assert_eq!((&back, back.denominator()), (&joint, joint.denominator()));
        }
    }

    #[test]
    fn what_is_no_joint_distribution_is_an_error() {
        // Room for a table of 10^10 would be asked for in vain.
        let uneven = format!("[{}]{}", vec![r#""1""#; 100_000].join(","), ",[]".repeat(100_000));
        let smallest = "a first or last row or column has no positive weight, or a step is not";
        for (offsets, steps, denominator, weights, message) in [
            ("0,0", "1,1", "3", r#"["1","0"],["1","1"]"#, ""),
            ("0,0", "1,0", "1", r#"["1"]"#, "the step 0 is not positive"),
            ("0,0", "1,1", "1", "", "no outcome has a positive weight"),
            ("0,0", "1,1", "1", r#"["0"]"#, "no outcome has a positive weight"),
            ("0,0", "1,1", "1", r#"["1","0"],["1"]"#, "row 1 has 1 weights, the first one 2"),
            ("0,0", "1,1", "1", &uneven, "row 1 has 0 weights, the first one 100000"),
            ("0,0", "1,1", "1", r#"["2","0"],["0","-1"]"#, "row 1, weight 1 is negative: -1"),
            ("0,0", "1,1", "1", r#"["2","y"]"#, "row 0, weight 1: 'y' is no digit of radix 10"),
            ("0,0", "1,1", "3", r#"["1","1"]"#, "the weights sum to 2, not to the denominator 3"),
            ("0,0", "1,1", "2", r#"["1","1"],["0","0"]"#, smallest),
            ("0,0", "1,1", "2", r#"["0","1"],["0","1"]"#, smallest),
            ("0,0", "1,1", "2", r#"["1"],["0"],["1"]"#, smallest),
            ("0,0", "2,1", "1", r#"["1"]"#, smallest),
            (
                "0,9223372036854775807",
                "1,1",
                "2",
                r#"["1","1"]"#,
                "an outcome would be over the limit of 2^63 - 1",
            ),
        ] {
            let text = format!(
                r#"{{"offsets":[{offsets}],"steps":[{steps}],"denominator":"{denominator}","weights":[{weights}]}}"#
            );
            match serde_json::from_str::<Joint>(&text) {
                Ok(_) => assert_eq!(message, "", "{text}"),
                Err(error) => {
                    assert!(!message.is_empty() && error.to_string().starts_with(message), "{text}: {error}")
                }
            }
        }
    }
}
