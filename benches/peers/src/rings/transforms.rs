//! Bare transforms modulo one prime below 2^49, forward and back: tfhe-ntt's against this crate's. FLINT's have no interface.
//!
//! The two are not the same map (tfhe-ntt's is negacyclic, and orders its values in its own way), so their values are not compared. Neither is
//! scaled by the length on the way back: what goes in next are residues all the same.

use super::lengths;
use crate::{
    goals,
    options::Options,
    table::{Csv, Layout, RUST, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};
use monic::convolution::{Transforms, backend};

const LENGTHS: [usize; 8] = [64, 256, 1024, 4096, 16384, 65536, 262_144, 1_048_576];

pub fn transforms(options: &Options, csv: &mut Option<Csv>) {
    let layout = Layout {
        ring: "transform",
        title: "one transform forward and one back".into(),
        columns: vec!["tfhe-ntt", "monic"],
        ratios: vec![Ratio::new("Rust ratio", "monic", RUST, None)],
    };
    let mut table = Table::new(layout, csv);
    let transforms = backend().ok().and_then(Transforms::new).expect("the back end is there");
    let p = transforms.modulus();
    for n in lengths(options, &LENGTHS) {
        let data: Vec<u64> = (0..n as u64).map(|k| k.wrapping_mul(0x9e37_79b9_7f4a_7c15) % p).collect();
        let mut ours = data.clone();
        let mut contestants = vec![Contestant::new("monic", Role::Monic, 1, |_| {
            transforms.forward(&mut ours);
            transforms.inverse(&mut ours);
        })];
        #[cfg(feature = "tfhe")]
        let mut theirs = data.clone();
        #[cfg(feature = "tfhe")]
        if let Some(plan) = tfhe_ntt::prime64::Plan::try_new(n, p) {
            contestants.push(Contestant::new("tfhe-ntt", Role::Rust, 1, move |_| {
                plan.fwd(&mut theirs);
                plan.inv(&mut theirs);
            }));
        }
        let times = measure(&mut contestants, options.effort);
        let size = Size { length: n.to_string(), bits: "49".into(), sign: "" };
        table.row(size, &contestants, &times, &[goals::rust()]);
    }
    table.finish();
}
