// NTL's polynomials over Z behind functions of C, as far as the tables need them.
//
// Coefficients cross as rows of limbs in two's complement, the lowest limb first.

#include <NTL/ZZX.h>
#include <cstdint>
#include <vector>

using NTL::ZZ;
using NTL::ZZX;

extern "C" {

ZZX *peers_ntl_new() { return new ZZX; }

void peers_ntl_delete(ZZX *f) { delete f; }

void peers_ntl_mul(ZZX *out, const ZZX *a, const ZZX *b) { NTL::mul(*out, *a, *b); }

void peers_ntl_set(ZZX *f, const uint64_t *rows, size_t len, size_t width) {
    std::vector<uint64_t> magnitude(width);
    f->SetLength(static_cast<long>(len));
    for (size_t k = 0; k < len; k++, rows += width) {
        bool negative = rows[width - 1] >> 63;
        uint64_t carry = negative;
        for (size_t i = 0; i < width; i++) {
            magnitude[i] = (negative ? ~rows[i] : rows[i]) + carry;
            carry = carry && magnitude[i] == 0;
        }
        ZZ &c = (*f)[static_cast<long>(k)];
        NTL::ZZFromBytes(c, reinterpret_cast<unsigned char *>(magnitude.data()), static_cast<long>(8 * width));
        if (negative)
            NTL::negate(c, c);
    }
    f->normalize();
}

void peers_ntl_get(const ZZX *f, uint64_t *rows, size_t len, size_t width) {
    for (size_t k = 0; k < len; k++, rows += width) {
        const ZZ &c = NTL::coeff(*f, static_cast<long>(k));
        // BytesFromZZ writes the absolute value.
        NTL::BytesFromZZ(reinterpret_cast<unsigned char *>(rows), c, static_cast<long>(8 * width));
        uint64_t carry = NTL::sign(c) < 0;
        for (size_t i = 0; carry && i < width; i++) {
            rows[i] = ~rows[i] + 1;
            if (rows[i] != 0) {
                for (i++; i < width; i++)
                    rows[i] = ~rows[i];
                carry = 0;
            }
        }
    }
}
}
