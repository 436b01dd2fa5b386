/* float, double, long double: arithmetic, comparisons, conversions, constants, vector loops. */
#include <math.h>
#include <stdint.h>
#include <string.h>
#define OPERATIONS(name, type)                                                                                    \
    type name##_poly(type x) { return ((x * (type)2.5 - (type)0.1) * x + (type)1e10) / (x + (type)3); }           \
    type name##_pick(type a, type b) { return a < b ? -a : b >= (type)0 ? a * b : (type)1; }                       \
    int name##_order(type a, type b) { return (a == b) + 2 * (a <= b) + 4 * (a != a) + 8 * !(a > b); }             \
    int32_t name##_i32(type a) { return (int32_t)a; }                                                              \
    uint32_t name##_u32(type a) { return (uint32_t)a; }                                                            \
    int64_t name##_i64(type a) { return (int64_t)a; }                                                              \
    uint64_t name##_u64(type a) { return (uint64_t)a; }                                                            \
    type name##_from(int8_t a, uint16_t b, int32_t c, uint32_t d, int64_t e, uint64_t f) { return a + (type)b * c + (type)d - (type)e + (type)f; }
OPERATIONS(f, float) OPERATIONS(d, double) OPERATIONS(l, long double)
float narrow(double x) { return (float)x; }
double widen(float x) { return x; }
double rounds(double x) { return floor(x) + ceil(x) * 2 + trunc(x) * 4 + rint(x) + sqrt(x) + fabs(x) + fmax(x, 2) + copysign(x, -1.0); }
float small(float x) { return sqrtf(x) + fabsf(x) + 0.5f + 1.0f + 2.0f + 31.0f + -0.125f + 0.1f; }
double fused(double a, double b, double c) { return a * b + c - (a * b - c) + -(a * c); }
void scale(float *v, int n, float k) { for (int i = 0; i < n; i++) v[i] = v[i] * k + 1.0f; }
double dot(const double *a, const double *b, int n) { double s = 0; for (int i = 0; i < n; i++) s += a[i] * b[i]; return s; }
void convert(int32_t *d, const float *s, int n) { for (int i = 0; i < n; i++) d[i] = (int32_t)(s[i] * 4.0f); }
void widen_all(double *d, const float *s, int n) { for (int i = 0; i < n; i++) d[i] = s[i]; }
uint64_t raw(double x) { uint64_t u; memcpy(&u, &x, 8); return u; }
double table[] = {0.0, -0.0, 1.0, 3.141592653589793, 1e300, 1e-310, __builtin_inf(), __builtin_nan("")};
float singles[] = {1.5f, 3.4028235e38f, 1e-40f};
double many(double a, float b, double c, float d, double e, float f, double g, float h, double i, float j) { return a + b * c - d + e * f - g + h * i - j; }
int main(void) { return (int)(dot(table, table, 3) + many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10) + small(2) + rounds(table[3]) + (double)l_poly(2.0L)); }
