//! Notes how FLINT was built, for the head of every table, and refuses one without its transforms: against such a FLINT
//! (`fft_small` switched off, as happens with an older compiler) every ratio would be worth nothing.

use std::{env, fs, path::Path};

fn main() {
    let include = env::var("DEP_FLINT_INCLUDE_DIR").expect("flint3-sys tells where its headers are");
    let include = Path::new(&include);
    let read = |path: &Path| {
        println!("cargo::rerun-if-changed={}", path.display());
        fs::read_to_string(path).unwrap_or_default()
    };
    let config = read(&include.join("flint/flint-config.h"));
    assert!(
        config.lines().any(|line| line.starts_with("#define FLINT_HAVE_FFT_SMALL")),
        "FLINT was built without fft_small; see README.md, \"How to build\""
    );
    let adx = config.lines().any(|line| line.starts_with("#define FLINT_HAVE_ASSEMBLY_x86_64_adx"));

    let makefile = read(&include.with_file_name("flint").join("Makefile"));
    let variable = |name: &str| {
        let value = makefile.lines().find_map(|line| {
            let (left, right) = line.split_once('=')?;
            (left.trim_end_matches(':').trim() == name).then(|| right.trim().to_string())
        });
        value.unwrap_or_else(|| "unknown".into())
    };
    let assembly = if adx { "adx assembly" } else { "no adx assembly" };
    println!(
        "cargo::rustc-env=FLINT_BUILD={} {}, fft_small, {assembly}, bundled sources",
        variable("CC"),
        variable("_CFLAGS").split(' ').filter(|flag| !flag.starts_with("-W")).collect::<Vec<_>>().join(" ")
    );
    let header = read(&include.join("flint/flint.h"));
    let version = header.lines().find_map(|line| line.strip_prefix("#define FLINT_VERSION "));
    println!("cargo::rustc-env=FLINT_VERSION={}", version.map_or("unknown", |v| v.trim().trim_matches('"')));

    let compiler = env::var("RUSTC").expect("cargo names the compiler");
    let version = std::process::Command::new(compiler).arg("--version").output();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_string());
    println!("cargo::rustc-env=RUSTC_VERSION={}", version.unwrap_or_else(|_| "unknown".into()));
    println!("cargo::rerun-if-changed=build.rs");
    shims();
}

/// The glue to NTL and PARI, where they are asked for.
fn shims() {
    println!("cargo::rerun-if-changed=shim");
    if env::var_os("CARGO_FEATURE_NTL").is_some() {
        // The C++ compiler, not the C compiler of `.cargo/config.toml`.
        cc::Build::new()
            .cpp(true)
            .compiler("g++")
            .flag("-march=native")
            .opt_level(3)
            .file("shim/ntl.cpp")
            .compile("peers_ntl");
        println!("cargo::rustc-link-lib=ntl");
        println!("cargo::rustc-link-lib=gmp");
    }
    if env::var_os("CARGO_FEATURE_PARI").is_some() {
        cc::Build::new().opt_level(3).file("shim/pari.c").compile("peers_pari");
        println!("cargo::rustc-link-lib=pari");
    }
}
