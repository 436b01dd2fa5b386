/* Arithmetic, conversions, comparisons with NaN, vectorised loops, long double, math.h. */
#include <float.h>
#include <math.h>
#include <stdio.h>

static float dot(const float *a, const float *b, int n) { float s = 0; for (int i = 0; i < n; i++) s += a[i] * b[i]; return s; }
static double mean(const double *a, int n) { double s = 0; for (int i = 0; i < n; i++) s += a[i]; return s / n; }

int main(void) {
  volatile double zero = 0, one = 1, nan = zero / zero; volatile float third = 1.0f / 3;
  printf("%g %g %g %d %d %d\n", one / zero, -one / zero, -zero, nan == nan, nan < one, !(nan >= one));
  printf("%.17g %.9g %a %a\n", 0.1 + 0.2, third, third, DBL_MIN / 3);
  printf("%d %ld %u %d\n", (int)-2.9, (long)1e18, (unsigned)3e9, (int)third);
  printf("%.0f %.0f %.0f %.0f\n", rint(2.5), nearbyint(3.5), floor(-0.5), trunc(-7.9));
  float a[37], b[37]; double c[41];
  for (int i = 0; i < 37; i++) a[i] = i * 0.5f, b[i] = 37 - i;
  for (int i = 0; i < 41; i++) c[i] = sqrt(i) * (i & 1 ? -1 : 1);
  printf("%.6g %.12g\n", dot(a, b, 37), mean(c, 41));
  printf("%.15g %.15g %.15g %.15g\n", sqrt(2 * one), fabs(-3.5 * one), fmod(7.5, 2 + zero), fma(one, 3, 0.1));
  long double wide = 1.0L / 3; volatile long double more = wide * 3 - 1;
  printf("%.6Lf %d %.18Lg\n", wide, more == 0, wide + 1);
  unsigned char small[20]; int total = 0;
  for (int i = 0; i < 20; i++) small[i] = (unsigned char)(i * 13.7);
  for (int i = 0; i < 20; i++) total += small[i];
  printf("%d\n", total);
  return isnan(nan) && signbit(-zero) ? 42 : 1;
}
