//! What the plan loses: the time of a product as it is planned, over that of the fastest of all algorithms that can be forced.

use super::products::{self, Product, mean};
use monic::convolution::{Backend, with_backend};

/// Products that are listed one by one lose more than this.
const LISTED: f64 = 1.1;

/// A table a kind of coefficients, a row a length, a column a size; then the products that lose most.
fn report(backend: Backend, products: &[Product]) {
    let mut tables: Vec<&str> = products.iter().map(|p| p.table).collect();
    tables.sort_unstable();
    tables.dedup();
    for table in tables {
        let own = || products.iter().filter(|p| p.table == table);
        let distinct = |name: fn(&Product) -> &String| {
            let mut names: Vec<&String> = Vec::new();
            own().map(name).for_each(|name| {
                if !names.contains(&name) {
                    names.push(name);
                }
            });
            names
        };
        let columns = distinct(|p| &p.column);
        println!("\n{backend}, {table}: time as planned over the best");
        println!("{:>13} {}", "", columns.iter().map(|c| format!("{c:>9}")).collect::<String>());
        for row in distinct(|p| &p.row) {
            let cell = |column: &&String| {
                own()
                    .find(|p| p.row == *row && p.column == **column)
                    .map_or(format!("{:>9}", "-"), |p| format!("{:>9.2}", p.loss()))
            };
            println!("{row:>13} {}", columns.iter().map(cell).collect::<String>());
        }
    }
    let mut worst: Vec<&Product> = products.iter().filter(|p| p.loss() > LISTED).collect();
    worst.sort_by(|a, b| b.loss().total_cmp(&a.loss()));
    println!(
        "\n{backend}: {} products, mean {:.3}, over {LISTED}: {}",
        products.len(),
        mean(products.iter().map(Product::loss)),
        worst.len()
    );
    for p in worst {
        let best = p.best();
        println!(
            "{:>6.2} {p}: {} {:.0} ns, {} {:.0} ns",
            p.loss(),
            p.planned.plan,
            p.planned.nanoseconds,
            best.plan,
            best.nanoseconds
        );
    }
}

/// Measures and prints, on every back end of the machine.
pub(crate) fn regret() {
    for backend in [Backend::Portable, Backend::Avx2, Backend::Avx512, Backend::Ifma] {
        // One that the machine lacks has nothing to say.
        let _ = with_backend(backend, || report(backend, &products::all()));
    }
}
