//! Lists the back ends of the engine that this machine has, one a line: the values that `MONIC_SIMD` accepts here.

fn main() {
    for backend in monic::convolution::Backend::available() {
        println!("{backend}");
    }
}
