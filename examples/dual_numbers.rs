//! A ring of your own in five methods: the dual numbers `a + b*e` with `e^2 = 0`, and derivatives with them.
//!
//! `f(a + e) = f(a) + f'(a)*e`, so a value at a dual number is a value and a derivative at once. Everything that
//! polynomials do works over the new ring: products (Karatsuba included), powers, values, text.
//!
//! Run with `cargo run --example dual_numbers`.

use monic::{
    Poly, Ring,
    convolution::Want,
    ring::{IntoElement, laws},
};

/// The ring, as a value. It has no parameters, so it is a unit struct.
#[derive(Clone, Debug, PartialEq)]
struct Duals;

/// An element: `Dual(a, b)` is `a + b*e`.
#[derive(Clone, Debug, PartialEq)]
struct Dual(i64, i64);

impl Ring for Duals {
    type Element = Dual;

    fn zero(&self) -> Dual {
        Dual(0, 0)
    }
    fn one(&self) -> Dual {
        Dual(1, 0)
    }
    fn add(&self, x: &Dual, y: &Dual) -> Dual {
        Dual(x.0 + y.0, x.1 + y.1)
    }
    fn neg(&self, x: &Dual) -> Dual {
        Dual(-x.0, -x.1)
    }
    fn mul(&self, x: &Dual, y: &Dual) -> Dual {
        Dual(x.0 * y.0, x.0 * y.1 + x.1 * y.0)
    }
}

/// So that `Poly::new(Duals, [Dual(1, 2), ..])` takes elements; integers it takes without this.
impl IntoElement<Duals> for Dual {
    fn into_element(self, _: &Duals) -> Dual {
        self
    }
}

fn main() {
    // Does it deserve the name? The axioms on a few samples.
    let samples = [Dual(0, 0), Dual(1, 0), Dual(-1, 0), Dual(0, 1), Dual(2, 3), Dual(-5, 4)];
    assert_eq!(laws::check(&Duals, &samples), Ok(()));

    // Products and powers: (x + e)*(x - e) = x^2, for e^2 = 0.
    let f = Poly::new(Duals, [Dual(0, 1), Dual(1, 0)]);
    let g = Poly::new(Duals, [Dual(0, -1), Dual(1, 0)]);
    println!("({f}) * ({g}) = {}", &f * &g);
    assert_eq!(&f * &g, Poly::new(Duals, [0, 0, 1]));
    assert_eq!(f.to_string(), "x + Dual(0, 1)");

    let cube = f.pow(3); // x^3 + 3*e*x^2
    println!("({f})^3 = {cube}");
    assert_eq!(cube.coefficients(), [Dual(0, 0), Dual(0, 0), Dual(0, 3), Dual(1, 0)]);
    assert_eq!(cube.to_string(), "x^3 + Dual(0, 3)*x^2");

    // A long product goes through Karatsuba; the ring does nothing for it.
    let long = Poly::new(Duals, (0..200).map(|k| Dual(k % 7, k % 5)));
    let plan =
        Duals.plan(long.coefficients(), long.coefficients(), &Want::full()).expect("nothing is forced");
    println!("the square of a polynomial of 200 terms: {plan}");
    assert_eq!(plan.to_string(), "karatsuba(cutoff=16)");
    assert_eq!(long.square().len(), 399);

    // Value and derivative of x^4 - 3x^2 + 7 at 5: 557 and 4*5^3 - 6*5 = 470.
    let h = Poly::new(Duals, [7, 0, -3, 0, 1]);
    let Dual(value, derivative) = h.eval(Dual(5, 1));
    println!("h = x^4 - 3*x^2 + 7: h(5) = {value}, h'(5) = {derivative}");
    assert_eq!((value, derivative), (557, 470));
    assert_eq!(h.derivative().eval(5), Dual(470, 0));
}
