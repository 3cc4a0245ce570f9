//! What the processor at hand has, asked for in the sets in which the lanes of both folders of kernels use it.
//!
//! It stands apart because a lane is sound only where exactly its instructions were found: one list a set, for the transforms and for
//! short products alike.

/// AVX2 with fused multiplication.
pub(super) fn avx2() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
}

/// Carry-less multiplication.
pub(super) fn clmul() -> bool {
    is_x86_feature_detected!("pclmulqdq") && is_x86_feature_detected!("sse4.1")
}

/// The parts of AVX-512 that every lane of 512 bits needs.
pub(super) fn avx512() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512bw")
}

/// The same with the multiplication of 52 bits.
pub(super) fn avx512_ifma() -> bool {
    avx512() && is_x86_feature_detected!("avx512ifma")
}
