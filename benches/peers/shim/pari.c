/* PARI's polynomials over Z behind functions that know no GEN, as far as the tables need them.
 *
 * Coefficients cross as rows of limbs in two's complement, the lowest limb first. Polynomials are clones: they live outside of
 * PARI's stack, which a product leaves as it found it. */

#include <pari/pari.h>
#include <stddef.h>
#include <stdint.h>

void peers_pari_init(void) {
    /* 2 GB at first, 16 GB of addresses at most; INIT_DFTm alone: no signal handlers, no jumps out of errors. */
    pari_init_opts((size_t)1 << 31, 1 << 16, INIT_DFTm);
    paristack_setsize((size_t)1 << 31, (size_t)1 << 34);
}

void peers_pari_delete(GEN f) { gunclone(f); }

GEN peers_pari_new(const uint64_t *rows, size_t len, size_t width) {
    pari_sp before = avma;
    GEN f = cgetg((long)len + 2, t_POL);
    f[1] = evalsigne(1) | evalvarn(0);
    for (size_t k = 0; k < len; k++, rows += width) {
        int negative = rows[width - 1] >> 63;
        uint64_t carry = (uint64_t)negative;
        GEN c = cgeti((long)width + 2);
        c[1] = evalsigne(1) | evallgefint((long)width + 2);
        GEN word = int_LSW(c);
        for (size_t i = 0; i < width; i++, word = int_nextW(word)) {
            uint64_t limb = (negative ? ~rows[i] : rows[i]) + carry;
            carry = carry && limb == 0;
            *word = (long)limb;
        }
        c = int_normalize(c, 0);
        if (negative)
            setsigne(c, -1);
        gel(f, k + 2) = c;
    }
    f = gclone(normalizepol(f));
    avma = before;
    return f;
}

void peers_pari_mul(GEN a, GEN b) {
    pari_sp before = avma;
    ZX_mul(a, b);
    avma = before;
}

size_t peers_pari_factor(GEN f) {
    pari_sp before = avma;
    size_t count = (size_t)lg(gel(QX_factor(f), 1)) - 1;
    set_avma(before);
    return count;
}

void peers_pari_product(GEN a, GEN b, uint64_t *rows, size_t len, size_t width) {
    pari_sp before = avma;
    GEN product = ZX_mul(a, b);
    for (size_t k = 0; k < len; k++, rows += width) {
        GEN c = k + 2 < (size_t)lg(product) ? gel(product, k + 2) : gen_0;
        size_t limbs = (size_t)lgefint(c) - 2;
        GEN word = int_LSW(c);
        uint64_t carry = signe(c) < 0;
        int negative = signe(c) < 0;
        for (size_t i = 0; i < width; i++) {
            uint64_t limb = i < limbs ? (uint64_t)*word : 0;
            if (i < limbs)
                word = int_nextW(word);
            rows[i] = (negative ? ~limb : limb) + carry;
            carry = carry && rows[i] == 0;
        }
    }
    avma = before;
}
