//! Tools for dice and probability: xdy in this process, those in Python by a script of their own.

use crate::timing::{Contestant, Role, Time};
use std::collections::HashMap;
use std::process::Command;

/// What the Python tools took, by job.
#[derive(Default)]
pub struct PythonTools(HashMap<String, Vec<(&'static str, Time)>>);

impl PythonTools {
    /// Runs the script; `PYTHON` names the interpreter where it is not `python3`.
    pub fn run() -> Self {
        let interpreter = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/python/tools.py");
        let output = match Command::new(&interpreter).arg(script).output() {
            Ok(output) => output,
            Err(error) => {
                println!("no Python tools: {interpreter}: {error}");
                return Self::default();
            }
        };
        print!("{}", String::from_utf8_lossy(&output.stderr));
        let mut tools = Self::default();
        let mut versions = Vec::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let [tool, version, job, seconds] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("a line of the script has four fields, not {line:?}")
            };
            let seconds: f64 = seconds.parse().expect("the script prints seconds");
            let time = Time { min: seconds * 1e9, median: seconds * 1e9 };
            tools.0.entry(job.into()).or_default().push((name(tool), time));
            let version = format!("{tool} {version}");
            if !versions.contains(&version) {
                versions.push(version);
            }
        }
        println!("{}", versions.join(", "));
        tools
    }

    /// Adds those that do a job to the contestants that were timed here.
    pub fn join(&self, job: &str, contestants: &mut Vec<Contestant<'_>>, times: &mut Vec<Time>) {
        for &(tool, time) in self.0.get(job).into_iter().flatten() {
            contestants.push(Contestant::new(tool, Role::Python, 1, |_| ()));
            times.push(time);
        }
    }
}

fn name(tool: &str) -> &'static str {
    ["icepool", "dyce", "fast-poibin", "scipy"]
        .into_iter()
        .find(|known| *known == tool)
        .unwrap_or_else(|| panic!("the script names the tool {tool:?}"))
}

/// xdy's exact distribution of an expression in its notation, text included.
#[cfg(feature = "xdy")]
pub fn xdy<'a>(source: &'static str, denominator: &num_bigint::BigInt) -> Contestant<'a> {
    use xdy::{Budget, Evaluator, Unobserved, compile};
    let run = move |_| {
        let evaluator = Evaluator::new(compile(source).expect("its notation"));
        let budget = Budget { steps: u64::MAX, cells: u64::MAX };
        let plan = evaluator.plan_distribution([]).expect("no parameters");
        plan.build(budget, &Unobserved).expect("an unlimited budget")
    };
    assert_eq!(run(0).total().to_string(), denominator.to_string(), "xdy: {source}");
    Contestant::new("xdy", Role::Rust, 1, run)
}
