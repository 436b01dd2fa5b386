#include <complex.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    volatile long double x = argc + 1.7L, y = -2.5L, third = 1.0L / 3;
    volatile __int128 big = (__int128)1 << 100;
    volatile unsigned __int128 huge = ~(unsigned __int128)0;
    volatile double d = 1e30;
    volatile unsigned long ul = ~0UL;
    int exponent;
    long double whole;

    printf("%.18Lf %.18Lf %.18Lf %.18Lf\n", x + y, x - y, x * third, x / third);
    printf("%d %d %d %d %d\n", x < y, x > y, x == y, x != y, x >= y);
    printf("%d %ld %u %lu\n", (int)y, (long)(x * 1e6L), (unsigned)x, (unsigned long)(x * 1e15L));
    printf("%.10Lf %.10Lf %.10f %.7f\n", (long double)ul, (long double)argc, (double)third, (double)(float)third);
    printf("%.15Lf %.1Lf %.1Lf %.1Lf %.1Lf\n", sqrtl(x), floorl(y), ceill(y), truncl(y), roundl(y));
    printf("%.10Lf %.10Lf %.10Lf %ld\n", fmodl(7.5L, 2), fabsl(y), copysignl(x, y), lroundl(y));
    printf("%.10Lf", frexpl(10.25L, &exponent));
    printf(" %d %.10Lf", exponent, modfl(-3.75L, &whole));
    printf(" %.1Lf %.3Lf\n", whole, ldexpl(1.5L, 5));
    printf("%.3f %.3f %.3f\n", (double)big, (double)huge, (double)(long long)(big >> 60));
    printf("%lld %llu\n", (long long)((__int128)d >> 40), (unsigned long long)(huge / 10 % 1000000007));
    printf("%.6f %.6f\n", cabs(3 + 4 * I), creal(csqrt(-4.0 + 0 * I) + 1));
    printf("%.25Lg %Lg %d\n", strtold("3.14159265358979323846264338", NULL), strtold("-1e-4940", NULL), isnan(x));
    printf("%La\n", x * 0.1L);
    return 0;
}
