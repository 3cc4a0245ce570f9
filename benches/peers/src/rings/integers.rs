//! Products of two integers: `fmpz_mul` against `integer_product_limbs`, `integer_product_into` and `integer_product`, with GMP's `mpn_mul` and num-bigint as other peers; and their greatest common
//! divisors, `fmpz_gcd`, which is GMP's, against `signed_gcd`.

use super::{lengths, operations::Operations};
use crate::{
    flint::Integer,
    gmp, goals,
    inputs::{generator, magnitude, rotation},
    options::Options,
    table::{Csv, Layout, RUST, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};
use monic::{integer::gcd::signed_gcd, integer_product, integer_product_into, integer_product_limbs};
use num_bigint::{BigInt, BigUint};

/// Limbs, to 10^8 bits.
const LENGTHS: [usize; 22] = [
    2, 4, 8, 12, 16, 24, 32, 48, 64, 100, 128, 157, 256, 512, 1024, 1563, 4096, 15625, 65536, 156_250,
    524_288, 1_562_500,
];
/// num-bigint takes seconds from here on.
const MAX_NUM_BIGINT: usize = 70_000;

pub fn products(options: &Options, csv: &mut Option<Csv>) {
    let layout = Layout {
        ring: "integers",
        title: "products of two integers of as many limbs".into(),
        columns: vec!["FLINT", "FLINT fresh", "flat into", "into", "fresh"],
        ratios: vec![
            Ratio::new("flat into", "flat into", "FLINT", None),
            Ratio::new("into ratio", "into", "FLINT", None),
            Ratio::new("fresh ratio", "fresh", "FLINT fresh", None),
            Ratio::new("Rust ratio", "fresh", RUST, None),
        ],
    };
    let mut table = Table::new(layout, csv);
    let most = if options.quick { 160_000 } else { usize::MAX };
    for limbs in lengths(options, &LENGTHS).into_iter().filter(|&limbs| limbs <= most) {
        row(options, limbs, &mut table);
    }
    table.finish();
}

fn row(options: &Options, limbs: usize, table: &mut Table<'_>) {
    let inputs = rotation(16 * limbs);
    let pairs = operands(limbs, inputs);
    let flint: Vec<_> = pairs.iter().map(|pair| pair.each_ref().map(|x| Integer::from_limbs(x))).collect();
    let ours: Vec<_> = pairs.iter().map(|pair| pair.each_ref().map(|x| integer(x))).collect();
    for k in 0..if limbs <= 4096 { inputs } else { 1 } {
        let mut expected = Integer::new();
        expected.mul(&flint[k][0], &flint[k][1]);
        let product = integer_product(&ours[k][0], &ours[k][1]);
        let digits = expected.limbs(2 * limbs);
        let end = digits.iter().rposition(|&x| x != 0).map_or(0, |last| last + 1);
        assert!(product.iter_u64_digits().eq(digits[..end].iter().copied()), "differs from FLINT's");
        let mut flat = vec![0; 2 * limbs];
        integer_product_limbs(&pairs[k][0], &pairs[k][1], &mut flat);
        assert!(
            flat[..end] == digits[..end] && flat[end..].iter().all(|&limb| limb == 0),
            "differs from FLINT's"
        );
    }
    let mut destination = Integer::new();
    let mut written = BigInt::ZERO;
    let mut buffer = vec![0; 2 * limbs];
    let mut flat = vec![0; 2 * limbs];
    let mut contestants = vec![
        Contestant::new("FLINT", Role::Flint, inputs, |k| destination.mul(&flint[k][0], &flint[k][1])),
        Contestant::new("FLINT fresh", Role::Flint, inputs, |k| {
            let mut fresh = Integer::new();
            fresh.mul(&flint[k][0], &flint[k][1]);
            fresh
        }),
        Contestant::new("flat into", Role::Monic, inputs, |k| {
            integer_product_limbs(&pairs[k][0], &pairs[k][1], &mut flat);
        }),
        Contestant::new("into", Role::Monic, inputs, |k| {
            integer_product_into(&ours[k][0], &ours[k][1], &mut written);
        }),
        Contestant::new("fresh", Role::Monic, inputs, |k| integer_product(&ours[k][0], &ours[k][1])),
    ];
    if !options.flint_only {
        contestants.push(Contestant::new("GMP", Role::C, inputs, |k| {
            gmp::mul(&mut buffer, &pairs[k][0], &pairs[k][1]);
        }));
        if limbs <= MAX_NUM_BIGINT {
            contestants
                .push(Contestant::new("num-bigint", Role::Rust, inputs, |k| &ours[k][0] * &ours[k][1]));
        }
    }
    let times = measure(&mut contestants, options.effort);
    let size = Size { length: limbs.to_string(), bits: (64 * limbs).to_string(), sign: "nonneg" };
    let limit = goals::integers(limbs);
    table.row(size, &contestants, &times, &[limit, limit, limit, goals::rust()]);
}

/// Pairs of random numbers.
fn operands(limbs: usize, inputs: usize) -> Vec<[Vec<u64>; 2]> {
    let mut random = generator(&[limbs as u64]);
    let mut number = || {
        let mut number = vec![0; limbs];
        magnitude(&mut random, &mut number, 64 * limbs, true);
        number
    };
    (0..inputs).map(|_| [number(), number()]).collect()
}

/// Limbs of numbers whose gcd is taken.
const GCD_LENGTHS: [usize; 11] = [1, 2, 4, 8, 16, 32, 64, 133, 512, 4096, 65536];

pub fn gcds(options: &Options, csv: &mut Option<Csv>) {
    let title = "greatest common divisors of two integers of as many limbs".into();
    let mut table = Operations::new("integer-gcd", title, "nonneg", options, csv);
    for limbs in lengths(options, &GCD_LENGTHS) {
        let inputs = rotation(16 * limbs);
        let pairs = operands(limbs, inputs);
        let flint: Vec<_> =
            pairs.iter().map(|pair| pair.each_ref().map(|x| Integer::from_limbs(x))).collect();
        let ours: Vec<_> = pairs.iter().map(|pair| pair.each_ref().map(|x| integer(x))).collect();
        let mut destination = Integer::new();
        for k in 0..inputs {
            destination.gcd(&flint[k][0], &flint[k][1]);
            let digits = destination.limbs(limbs);
            let found = signed_gcd(&ours[k][0], &ours[k][1]);
            assert_eq!(found, integer(&digits), "differs from FLINT's");
        }
        table.row(
            "gcd",
            limbs,
            inputs,
            |k| destination.gcd(&flint[k][0], &flint[k][1]),
            |k| signed_gcd(&ours[k][0], &ours[k][1]),
        );
    }
    table.finish();
}

fn integer(limbs: &[u64]) -> BigInt {
    BigUint::new(limbs.iter().flat_map(|&limb| [limb as u32, (limb >> 32) as u32]).collect()).into()
}
