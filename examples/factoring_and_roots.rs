//! A tour of factors, roots and the fields where they are: over the integers, finite fields and number fields; real roots in intervals and complex roots in discs
//! that are proved to have them, to as many digits as one likes.
//!
//! `cargo run --release --example factoring_and_roots`

use monic::ring::{Ring, Style};
use monic::{ExtensionField, QQ, Result, ZZ, Zmod};
use num_bigint::Sign;
use num_traits::{One, Zero};

fn main() -> Result<()> {
    over_the_integers()?;
    over_finite_fields()?;
    over_a_number_field()?;
    real_roots()?;
    complex_roots()
}

fn over_the_integers() -> Result<()> {
    let f = ZZ.parse("6*x^7 - 6*x")?;
    let factored = f.factor();
    println!("over Z      {f} = {factored}");
    assert_eq!(factored.to_string(), "6*(x - 1)*(x)*(x + 1)*(x^2 - x + 1)*(x^2 + x + 1)");
    assert_eq!(factored.expand(), f);

    // Irreducible, although it has factors modulo every prime.
    let f = ZZ.parse("x^4 - 10*x^2 + 1")?;
    assert!(f.is_irreducible());
    for p in [2, 3, 5, 7, 11] {
        let g = f.to_ring(&Zmod::prime(p)?);
        println!("modulo {p:<4} {f} = {}", g.factor());
        assert!(!g.is_irreducible());
    }
    Ok(())
}

fn over_finite_fields() -> Result<()> {
    // GF(8) with the first irreducible modulus: x^8 - x has every element as a root, once.
    let field = ExtensionField::new(Zmod::prime(2)?, 3)?;
    let f = field.parse("x^8 - x")?;
    println!("over {field}  {f} = {}", f.factor());
    let roots = f.roots();
    assert!(roots.len() == 8 && roots.iter().all(|(_, multiplicity)| *multiplicity == 1));

    // The generator's powers are all elements but 0: its multiplicative order is 7.
    let a = field.generator();
    let powers: Vec<_> = (0..7).map(|k| field.pow(&a, k)).collect();
    assert!(field.is_one(&field.pow(&a, 7)) && (1..7).all(|k| !field.is_one(&powers[k])));
    let text: Vec<String> = powers
        .iter()
        .map(|power| field.poly([power.clone()]).display(Style::Plain, "x").to_string())
        .collect();
    println!("powers of a {}", text.join(", "));
    Ok(())
}

fn over_a_number_field() -> Result<()> {
    // Over Q(sqrt 2) the polynomial of sqrt 2 + sqrt 3 is a product of two.
    let field = ExtensionField::with_modulus(&QQ.parse("x^2 - 2")?)?;
    let f = field.parse("x^4 - 10*x^2 + 1")?;
    let factored = f.factor();
    println!("over {field}  {f} = {factored}");
    assert_eq!(factored.to_string(), "(x^2 - 2*a*x - 1)*(x^2 + 2*a*x - 1)");
    assert_eq!(factored.expand(), f);
    Ok(())
}

fn real_roots() -> Result<()> {
    let f = ZZ.parse("(2*x - 1)^3*(x^3 - 3*x + 1)")?;
    let mut roots = f.real_roots();
    println!("real roots of {f}");
    for root in &mut roots {
        println!("  {:>13}  multiplicity {}, in {root}", root.to_decimal(10), root.multiplicity());
    }
    // 2*cos of 40, 80 and 160 degrees are the roots of x^3 - 3*x + 1.
    assert_eq!(roots.len(), 4);
    assert!((roots[0].to_f64() - 2.0 * 160f64.to_radians().cos()).abs() < 1e-15);
    let half = roots[2].exact().expect("a rational root is exact");
    assert!(half.numer().is_one() && roots[2].multiplicity() == 3);

    // As narrow as one likes; the signs at the ends prove that a root is inside.
    let root = &mut roots[3];
    root.refine(-1000);
    let (low, high) = root.interval();
    let g = root.polynomial().to_ring(&QQ);
    assert!(g.eval(low).numer().sign() == Sign::Minus && g.eval(high).numer().sign() == Sign::Plus);
    println!("  60 digits of the last: {}", root.to_decimal(60));
    Ok(())
}

fn complex_roots() -> Result<()> {
    // Two pairs that are 10^-30 apart: discs in which one root each is, and conjugate ones for conjugate roots.
    let f = ZZ.parse("10^60*(x^2 + 1)^2 - 1")?;
    let roots = f.complex_roots(200);
    println!("complex roots of {f}");
    for root in &roots {
        let (re, im) = root.to_decimal(40);
        println!("  {re} {}{im}*i", if im.starts_with('-') { "" } else { "+" });
        assert!(root.disc().re().is_zero() || root.to_complex().re.is_zero());
    }
    assert_eq!(roots.len(), 4);
    assert!(roots.iter().enumerate().all(|(i, a)| roots[..i].iter().all(|b| a.disc().is_disjoint(b.disc()))));
    Ok(())
}
