//! Tables whose rows are operations: FLINT's and this crate's, one beside the other.

use crate::{
    goals,
    options::Options,
    table::{Csv, Layout, Ratio, Size, Table},
    timing::{Contestant, Role, measure},
};

/// A table of operations that is being filled.
pub struct Operations<'a> {
    table: Table<'a>,
    options: &'a Options,
    sign: &'static str,
}

impl<'a> Operations<'a> {
    pub fn new(
        ring: &'static str,
        title: String,
        sign: &'static str,
        options: &'a Options,
        csv: &'a mut Option<Csv>,
    ) -> Self {
        let layout = Layout {
            ring,
            title,
            columns: vec!["FLINT", "monic"],
            ratios: vec![Ratio::new("ratio", "monic", "FLINT", goals::mean(1.0))],
        };
        Operations { table: Table::new(layout, csv), options, sign }
    }

    /// Measures two calls for the `k`-th of some inputs.
    pub fn row<T, U>(
        &mut self,
        name: &str,
        len: usize,
        inputs: usize,
        theirs: impl FnMut(usize) -> T,
        ours: impl FnMut(usize) -> U,
    ) {
        let mut contestants = vec![
            Contestant::new("FLINT", Role::Flint, inputs, theirs),
            Contestant::new("monic", Role::Monic, inputs, ours),
        ];
        let times = measure(&mut contestants, self.options.effort);
        let size = Size { length: len.to_string(), bits: name.into(), sign: self.sign };
        self.table.row(size, &contestants, &times, &[goals::reused()]);
    }

    /// Prints what the table comes to.
    pub fn finish(self) {
        self.table.finish();
    }
}
