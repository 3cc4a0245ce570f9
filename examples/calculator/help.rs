//! What `help` and `help NAME` say.

use crate::failure::{Failure, Outcome};
use crate::functions;

/// All functions, on one line for a program or a line a group for a person.
pub fn overview(interactive: bool) -> String {
    let groups = functions::groups::<monic::Integers>();
    let list = |rows: &[functions::Row<monic::Integers>]| {
        rows.iter().map(|row| row.name).collect::<Vec<_>>().join(" ")
    };
    if !interactive {
        let all: Vec<_> = groups.iter().map(|group| list(&group.rows)).collect();
        return format!("commands: help NAME, time EXPR, ring RING, quit; functions: {}", all.join(" "));
    }
    let mut text = String::from(
        "An expression such as (x+1)^3 is computed and printed; f = x^2 - 1 gives it a name.\n\
         + - * / ^ and parentheses, lists [a, b, c], 2x for 2*x; x(x+1) and x y are errors.\n\
         help NAME   what a function does, with an example\n\
         time EXPR   the result and how long it took\n\
         ring RING   ZZ QQ ZZ/n GF(p) GF(p^k) GF(p, MODULUS) QQ(a, MODULUS) ZZ[i] QQ[i] RR CC i64 i128; names keep their values where these convert\n\
         quit        or the end of the input\n",
    );
    for group in &groups {
        text.push_str(&format!("{:<12} {}\n", group.name, list(&group.rows)));
    }
    text.truncate(text.trim_end().len());
    text
}

/// One function, with an example.
///
/// # Errors
/// For a name that is no function.
pub fn of(name: &str) -> Outcome<String> {
    if let Some(row) = functions::signatures().iter().find(|row| row.name == name) {
        let (line, answer) = row.example;
        let ring =
            if row.example_ring == "ZZ" { String::new() } else { format!(" over {}", row.example_ring) };
        return Ok(format!("{}: {}; example{ring}: {line} -> {answer}", row.usage, row.help));
    }
    match COMMANDS.iter().find(|(command, _)| *command == name) {
        Some((_, text)) => Ok((*text).into()),
        None => Err(Failure::of(format!("there is no function {name}"))),
    }
}

const COMMANDS: &[(&str, &str)] = &[
    ("help", "help NAME: what a function does, with an example; example: help gcd"),
    ("time", "time EXPR: the seconds that it takes, then the result; example: time (x+1)^1000"),
    ("ring", "ring RING: computes over another ring from here on; example: ring ZZ/7"),
    ("quit", "quit: ends the session"),
];
