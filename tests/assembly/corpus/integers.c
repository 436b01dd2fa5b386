/* Integer arithmetic of every width and sign, shifts, rotations, divisions, 128-bit products, bit counting. */
#include <stdint.h>
#include <stdlib.h>
#define OPERATIONS(name, type)                                                                     \
    type name##_add(type a, type b) { return a + b; }                                              \
    type name##_mul(type a, type b) { return a * b - 7; }                                          \
    type name##_div(type a, type b) { return b ? a / b : a % 13; }                                 \
    type name##_shift(type a, int n) { return (type)(a << (n & 7)) ^ (type)(a >> 3); }             \
    type name##_max(type a, type b) { return a > b ? a : b; }                                      \
    type name##_const(type a) { return (type)(a * 1000003 + 0x7f3a) & (type)0xfff0ff; }            \
    int name##_compare(type a, type b) { return a < b ? -1 : a != b; }
OPERATIONS(i8, int8_t) OPERATIONS(u8, uint8_t) OPERATIONS(i16, int16_t) OPERATIONS(u16, uint16_t)
OPERATIONS(i32, int32_t) OPERATIONS(u32, uint32_t) OPERATIONS(i64, int64_t) OPERATIONS(u64, uint64_t)
OPERATIONS(i128, __int128)
uint64_t constants(int n) {
    switch (n) {
    case 0: return 0x123456789abcdef0ull;
    case 1: return 0xffffffff00000000ull;
    case 2: return 0x00ff00ff00ff00ffull;
    case 3: return 0xfffffffffffff001ull;
    case 4: return 0x8000000000000000ull;
    case 5: return 0xffffffffull;
    case 6: return 0x7fffffffffffffffull;
    default: return n > 100 ? 0x5555555555555555ull : 0xdeadbeefcafebabeull;
    }
}
uint32_t rotate(uint32_t x, int n) { return x << (n & 31) | x >> (-n & 31); }
uint64_t swap(uint64_t x) { return __builtin_bswap64(x) + __builtin_bswap32((uint32_t)x) + __builtin_bswap16((uint16_t)x); }
int counts(uint64_t x, uint32_t y) {
    return __builtin_popcountll(x) + __builtin_clzll(x | 1) + __builtin_ctz(y | 8) + __builtin_ffs((int)y) + __builtin_parity(y);
}
int overflow(int a, int b, int64_t c) {
    int r; int64_t s;
    return __builtin_add_overflow(a, b, &r) + __builtin_mul_overflow(c, b, &s) + __builtin_sub_overflow(a, 5, &r);
}
struct Packed { unsigned a : 3; int b : 7; unsigned long long c : 40; signed d : 14; } packed = {5, -9, 0x123456789aull, -77};
int bits(struct Packed *p) { p->a += 2; p->b ^= 9; p->c *= 3; p->d--; return p->a + p->b + (int)p->c + p->d; }
static int table[16] = {1, -2, 3, -4, 5, -6, 7, -8, 9, -10, 11, -12, 13, -14, 15, -16};
int64_t sum(const int *v, long n) { int64_t s = 0; for (long i = 0; i < n; i++) s += v[i] * (i + 1); return s; }
void saturate(int16_t *d, const int32_t *s, int n) { for (int i = 0; i < n; i++) d[i] = s[i] > 32767 ? 32767 : s[i] < -32768 ? -32768 : (int16_t)s[i]; }
void bytes(uint8_t *d, const uint8_t *a, const uint8_t *b, int n) { for (int i = 0; i < n; i++) d[i] = (uint8_t)((a[i] * 3 + b[i]) >> 2); }
int main(int argc, char **argv) {
    (void)argv;
    return (int)(sum(table, 16) + rotate((uint32_t)argc, 5) + counts(swap(constants(argc)), 9u) + bits(&packed) + overflow(argc, 3, 9));
}
