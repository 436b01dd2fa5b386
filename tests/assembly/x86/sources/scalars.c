/* Integer operations of every width and sign, bit counting, rotation, switch tables, variable arguments. */
#include <stdarg.h>
#include <stdint.h>
#define OPERATIONS(T, N) \
    T add_##N(T a, T b) { return a + b; } \
    T sub_##N(T a, T b) { return a - b; } \
    T mul_##N(T a, T b) { return a * b; } \
    T div_##N(T a, T b) { return a / b; } \
    T rem_##N(T a, T b) { return a % b; } \
    T div7_##N(T a) { return a / 7; } \
    T shl_##N(T a, int n) { return a << n; } \
    T shr_##N(T a, int n) { return a >> n; } \
    T neg_##N(T a) { return -a; } \
    T not_##N(T a) { return ~a; } \
    T max_##N(T a, T b) { return a > b ? a : b; } \
    int cmp_##N(T a, T b) { return (a < b) + 2 * (a == b) + 4 * (a <= b) + 8 * (a > 100); } \
    void copy_##N(T *d, const T *s, long n) { for (long i = 0; i < n; i++) d[i] = s[i] + 3; } \
    T sum_##N(const T *s, long n) { T t = 0; for (long i = 0; i < n; i++) t += s[i]; return t; } \
    T xor_##N(T *p, T v) { *p ^= v; *p |= 0x55; *p &= (T)0x7fffff33; return *p; } \
    double todouble_##N(T a) { return a; } \
    float tofloat_##N(T a) { return a; } \
    long double tolong_##N(T a) { return a; } \
    T fromdouble_##N(double a) { return (T)a; } \
    T fromlong_##N(long double a) { return (T)a; } \
    T atomic_add_##N(T *p, T v) { return __atomic_fetch_add(p, v, 5); } \
    T atomic_xchg_##N(T *p, T v) { return __atomic_exchange_n(p, v, 5); } \
    int atomic_cas_##N(T *p, T e, T v) { return __atomic_compare_exchange_n(p, &e, v, 0, 5, 5); }
OPERATIONS(int8_t, i8) OPERATIONS(uint8_t, u8) OPERATIONS(int16_t, i16) OPERATIONS(uint16_t, u16)
OPERATIONS(int32_t, i32) OPERATIONS(uint32_t, u32) OPERATIONS(int64_t, i64) OPERATIONS(uint64_t, u64)

uint64_t big(void) { return 0xfedcba9876543210u; }
int64_t minimum(void) { return INT64_MIN; }
uint32_t rol(uint32_t x, int n) { return x << (n & 31) | x >> (-n & 31); }
uint64_t swap(uint64_t x) { return __builtin_bswap64(x) ^ __builtin_bswap32(x) ^ __builtin_bswap16(x); }
int counts(uint64_t x) { return __builtin_clzll(x) + __builtin_ctzll(x) + __builtin_popcountll(x) + __builtin_parityll(x) + __builtin_ffsll(x); }
__int128 wide(__int128 a, __int128 b) { return a * b + (a >> 3) - (b << 70); }
unsigned __int128 widediv(unsigned __int128 a, unsigned __int128 b) { return a / b; }
int overflow(int a, int b, int *r) { return __builtin_mul_overflow(a, b, r) | __builtin_add_overflow(a, b, r); }

int choose(int n)
{
    switch (n) {
    case 0: return 12; case 1: return 44; case 2: return 9; case 3: return -7; case 4: return 100; case 5: return 3;
    case 6: return 5; case 7: return n * 3; case 9: return n + 300; default: return 0;
    }
}

_Thread_local int counter = 5;
static _Thread_local long hidden;
extern _Thread_local int outside;
int next(void) { return counter++ + (int)hidden++ + outside; }

int total(int n, ...)
{
    va_list list;
    int t = 0;
    va_start(list, n);
    while (n-- > 0) t += va_arg(list, int) + (int)va_arg(list, double);
    va_end(list);
    return t;
}

struct big { long v[20]; char c[7]; };
struct big global_big, *pointer = &global_big;
struct big pass(struct big b) { b.v[3]++; return b; }
int (*table[4])(int) = {choose, choose};
int through(int i, int x) { return table[i](x); }
int tail(int i) { return choose(i + 1); }
void zero(char *p) { for (int i = 0; i < 64; i++) p[i] = 0; }
long strings(const char *s) { return __builtin_strlen(s) + __builtin_memcmp(s, "hello", 5); }
void *alloca_it(long n) { extern void use(void *); void *p = __builtin_alloca(n); use(p); return 0; }
void bits(unsigned long *p, int n) { *p |= 1ul << n; *p ^= 1ul << (n + 1); *p &= ~(1ul << (n + 2)); }
int has(unsigned long x, int n) { return x >> n & 1; }
void goto_it(int i) { static void *labels[] = {&&a, &&b}; extern void f(int); goto *labels[i]; a: f(1); b: f(2); }
extern int weak_function(void) __attribute__((weak));
int maybe(void) { return weak_function ? weak_function() : 0; }
