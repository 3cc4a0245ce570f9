//! Runs an example as a program of its own.
//!
//! `cargo test` builds the examples beside the tests; a run of this test alone (`--test contracts`, `--tests`) may find them missing
//! or older than their sources and builds them first, with the same profile and features.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::SystemTime;

/// What a program printed and how it ended.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The executable of an example, up to date.
pub(crate) fn path(example: &str) -> PathBuf {
    static KNOWN: Mutex<Option<HashMap<String, PathBuf>>> = Mutex::new(None);
    // A panic while one example is built says nothing about the others.
    let mut known = KNOWN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    known.get_or_insert_default().entry(example.to_owned()).or_insert_with(|| find_or_build(example)).clone()
}

/// Runs an example with arguments and standard input.
pub(crate) fn run<S: AsRef<OsStr>>(example: &str, arguments: &[S], input: &[u8]) -> Output {
    let mut child = Command::new(path(example))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let output = std::thread::scope(|scope| {
        // A program that ends without reading its input closes the pipe.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().expect("the program ends")
    });
    Output {
        status: output.status.code().expect("no signal ends it"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn find_or_build(example: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a running test has a path");
    let profile = test.parent().and_then(Path::parent).expect("target/PROFILE/deps/TEST");
    let program = profile.join("examples").join(example).with_extension(std::env::consts::EXE_EXTENSION);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = ["src", "examples", "Cargo.toml"].iter().map(|part| newest(&root.join(part))).max();
    let built = program.metadata().and_then(|m| m.modified()).ok();
    if built < sources {
        let profile = match profile.file_name().and_then(OsStr::to_str).expect("a profile has a name") {
            "debug" => "dev",
            name => name,
        };
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--example", example, "--profile", profile]).current_dir(root);
        cargo.env("CARGO_TARGET_DIR", test.ancestors().nth(3).expect("target/PROFILE/deps/TEST"));
        // The features of this test: the library is built already.
        let features = [
            (cfg!(feature = "parallel"), "parallel"),
            (cfg!(feature = "rand"), "rand"),
            (cfg!(feature = "serde"), "serde"),
        ];
        let features: Vec<_> = features.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
        cargo.args(["--no-default-features", "--features", &features.join(",")]);
        assert!(cargo.status().expect("cargo starts").success(), "{example} does not build");
    }
    program
}

/// The last change of a file, or of any below a folder.
fn newest(path: &Path) -> SystemTime {
    match path.read_dir() {
        Ok(entries) => {
            entries.flatten().map(|entry| newest(&entry.path())).max().unwrap_or(SystemTime::UNIX_EPOCH)
        }
        Err(_) => path.metadata().and_then(|m| m.modified()).unwrap_or(SystemTime::UNIX_EPOCH),
    }
}
