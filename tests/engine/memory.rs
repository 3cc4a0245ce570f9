//! Memory that is refused is an error of kind limit, not the end of the process: products in a process of its own, whose address space is limited.
//!
//! Apart from [`allocations`](crate::allocations), which counts what is allocated where there is memory.

use monic::{
    ErrorKind, Poly, RR, Result, ZZ,
    convolution::{Want, integers, words_mod},
    integer::{IntegerVec, WordModulus},
    try_integer_product,
};
use num_bigint::BigInt;
use std::process::Command;

/// What the process has, in KiB.
const LIMIT: usize = 750_000;

/// Sizes at which operands fit and products do not.
const MANY: usize = 20_000_000;

#[test]
fn refused_memory_is_an_error() {
    let program = std::env::current_exe().expect("this program");
    let run = format!("ulimit -v {LIMIT} && exec \"$0\" --ignored --exact memory::products_without_memory");
    // Of a shell, which limits itself; one thread, since every thread of a pool reserves address space.
    let done = Command::new("sh")
        .args(["-c", &run])
        .arg(program)
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .expect("a shell");
    let text = String::from_utf8_lossy(&done.stdout);
    assert!(
        done.status.success() && text.contains("1 passed"),
        "{text}{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

fn refused<T>(name: &str, result: Result<T>) {
    match result {
        Ok(_) => panic!("{name}: there was memory"),
        Err(error) => assert_eq!(error.kind(), ErrorKind::Limit, "{name}: {error}"),
    }
}

#[test]
#[ignore = "for a process of its own, which another test starts"]
fn products_without_memory() {
    let words = vec![3; MANY];
    let n = WordModulus::new(998_244_353).expect("not 0");
    refused("residues", words_mod(&n, &words, &words, &Want::full()));
    let rows = IntegerVec::from_limbs(words, 1);
    refused("words", integers(rows.as_slice(), rows.as_slice(), &Want::full()));
    let rows = IntegerVec::from_limbs(rows.limbs().to_vec(), MANY / 1000);
    refused("rows", integers(rows.as_slice(), rows.as_slice(), &Want::full()));
    drop(rows);
    let f = Poly::from_vec(RR, vec![1.0; MANY / 2]);
    refused("doubles", f.try_mul(&f));
    drop(f);
    let large = BigInt::from(1) << (64 * MANY);
    refused("integers", try_integer_product(&large, &large));
    drop(large);
    // The rows of the product fit, its integers do not.
    let f = ZZ.poly(vec![BigInt::from(1); 3 * MANY / 5]);
    refused("polynomials", f.try_mul(&ZZ.poly([2])));
    assert_eq!(f.try_mul_low(&ZZ.poly([2]), 1000).map(|low| low.len()), Ok(1000));
}
