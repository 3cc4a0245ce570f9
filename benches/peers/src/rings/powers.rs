//! Powers in Z[x], dice among them: `fmpz_poly_pow` against `convolution::integers_power` (flat) and `Poly::pow`.

use super::sign;
use crate::{
    flint::{IntegerPoly, same},
    goals,
    inputs::{Operand, generator},
    options::Options,
    table::{Csv, Layout, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};
use monic::{convolution, convolution::Want, integer::IntegerVec};

pub fn powers(options: &Options, csv: &mut Option<Csv>) {
    let layout = Layout {
        ring: "powers",
        title: "powers in Z[x]: Nd6 is (1 + x + ... + x^5)^N, the others have random coefficients".into(),
        columns: vec!["FLINT", "FLINT fresh", "flat", "flat into", "fresh"],
        ratios: vec![
            Ratio::new("flat ratio", "flat", "FLINT fresh", None),
            Ratio::new("flat into", "flat into", "FLINT", None),
            Ratio::new("fresh ratio", "fresh", "FLINT fresh", None),
        ],
    };
    let mut table = Table::new(layout, csv);
    for dice in [100u64, 1000, 10000] {
        let size = Size { length: format!("{dice}d6"), bits: "1".into(), sign: sign(false) };
        let die = Operand::from_rows(IntegerVec::from_i64s(&[1; 6]));
        row(options, size, &die, dice, &mut table);
    }
    for (len, bits, n) in [(100, 8, 50u64), (50, 1, 200), (1000, 8, 10)] {
        let size = Size { length: format!("{len}^{n}"), bits: bits.to_string(), sign: sign(false) };
        let base = Operand::random(&mut generator(&[len as u64, bits as u64, n]), len, bits, false);
        row(options, size, &base, n, &mut table);
    }
    table.finish();
}

fn row(options: &Options, size: Size, base: &Operand, n: u64, table: &mut Table<'_>) {
    let flat =
        || convolution::integers_power(base.flat.as_slice(), n, &Want::full()).expect("under the limit");
    let mut expected = IntegerPoly::new();
    expected.pow(&base.flint, n);
    let power = flat();
    assert!(
        power.limbs() == expected.rows(0..power.len(), power.width()),
        "the flat power differs from FLINT's"
    );
    assert!(same(&expected, base.poly.pow(n).coefficients()), "the power differs from FLINT's");
    let (mut destination, mut flat_destination) = (IntegerPoly::new(), IntegerVec::default());
    let mut contestants = vec![
        Contestant::new("FLINT", Role::Flint, 1, |_| destination.pow(&base.flint, n)),
        Contestant::new("FLINT fresh", Role::Flint, 1, |_| {
            let mut fresh = IntegerPoly::new();
            fresh.pow(&base.flint, n);
            fresh
        }),
        Contestant::new("flat", Role::Monic, 1, |_| flat()),
        Contestant::new("flat into", Role::Monic, 1, |_| {
            convolution::integers_power_into(base.flat.as_slice(), n, &Want::full(), &mut flat_destination)
                .expect("under the limit")
        }),
        Contestant::new("fresh", Role::Monic, 1, |_| base.poly.pow(n)),
    ];
    let times = measure(&mut contestants, options.effort);
    table.row(size, &contestants, &times, &[goals::reused(), goals::reused(), goals::reused()]);
}
