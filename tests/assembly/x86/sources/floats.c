/* Floating point of every width, vectors, complex numbers, the mathematical library. */
#include <complex.h>
#include <math.h>
#define OPERATIONS(T, N) \
    T add_##N(T a, T b) { return a + b; } \
    T sub_##N(T a, T b) { return a - b; } \
    T mul_##N(T a, T b) { return a * b; } \
    T div_##N(T a, T b) { return a / b; } \
    T neg_##N(T a) { return -a; } \
    T poly_##N(T a) { return ((a * 3 + 1) * a - (T)0.1) / (a - 7); } \
    T pick_##N(T a, T b) { return a < b ? a : b; } \
    int cmp_##N(T a, T b) { return (a < b) + 2 * (a == b) + 4 * (a >= b) + 8 * (a != b); } \
    T sum_##N(const T *s, long n) { T t = 0; for (long i = 0; i < n; i++) t += s[i]; return t; } \
    void axpy_##N(T *y, const T *x, T a, long n) { for (long i = 0; i < n; i++) y[i] += a * x[i]; } \
    int toint_##N(T a) { return (int)a; } \
    unsigned long toulong_##N(T a) { return (unsigned long)a; } \
    T fromint_##N(int a) { return a; } \
    T fromulong_##N(unsigned long a) { return a; }
OPERATIONS(float, f) OPERATIONS(double, d) OPERATIONS(long double, l)
float narrow(double x) { return (float)x; }
double widen(float x) { return x; }
long double widen80(double x) { return x; }
double narrow80(long double x) { return (double)x; }
double roots(double x) { return sqrt(x) + fabs(x) + floor(x) + copysign(x, -1.0) + fmin(x, 2) + fmax(x, 3); }
float rootsf(float x) { return sqrtf(x) + fabsf(x) + rintf(x); }
long double rootsl(long double x) { return sqrtl(x) + fabsl(x) + 3.25L; }
double complex times(double complex a, double complex b) { return a * b; }
long rounded(double x) { return lrint(x); }
int classify(double x) { return isnan(x) + 2 * isinf(x) + 4 * (signbit(x) != 0); }
float dot(const float *a, const float *b, int n) { float s = 0; for (int i = 0; i < n; i++) s += a[i] * b[i]; return s; }
void scale(float *p) { for (int i = 0; i < 256; i++) p[i] = p[i] * 2.5f + 1.0f; }
void integers(int *p, const short *q, const unsigned char *r) { for (int i = 0; i < 256; i++) p[i] = p[i] * q[i] + r[i]; }
void minmax(int *p, unsigned char *q) { for (int i = 0; i < 256; i++) { p[i] = p[i] < 7 ? p[i] : 7; q[i] = q[i] > 9 ? q[i] : 9; } }
void absolute(int *p) { for (int i = 0; i < 256; i++) p[i] = p[i] < 0 ? -p[i] : p[i]; }
void convert(double *d, const int *s, float *f) { for (int i = 0; i < 64; i++) { d[i] = s[i]; f[i] = (float)d[i]; } }
