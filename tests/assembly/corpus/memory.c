/* Structures, strings, unions, aliasing, alignment, big frames, variable arrays, calls with many arguments. */
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct Point { double x, y; };
struct Large { long v[12]; char name[20]; };
union Value { int i; float f; unsigned char bytes[8]; };
typedef int (*Operation)(int, int);
static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { return a - b; }
static const Operation operations[] = {add, sub, add};
const char *const names[] = {"zero", "one \"two\"\n", "tab\there\\", "\001\177\377high", "caf\303\251"};
char buffer[100], aligned[64] __attribute__((aligned(64)));
static short zeros[1000];
int shared; extern int elsewhere; __attribute__((weak)) int maybe; extern int absent __attribute__((weak));
struct Point middle(struct Point a, struct Point b) { struct Point m = {(a.x + b.x) / 2, (a.y + b.y) / 2}; return m; }
struct Large fill(struct Large in, int k) { for (int i = 0; i < 12; i++) in.v[i] += k; strcpy(in.name, "filled"); return in; }
int variadic(const char *format, ...) { va_list list; va_start(list, format); int s = 0; double d = 0; for (; *format; format++) if (*format == 'd') s += va_arg(list, int); else d += va_arg(list, double); va_end(list); return s + (int)d; }
long many(char a, short b, int c, long d, unsigned char e, unsigned short f, unsigned g, unsigned long h, char i, long j, short k) { return a + b + c + d + e + f + g + (long)h + i + j + k; }
int sum(int n) { int v[n]; for (int i = 0; i < n; i++) v[i] = i * i; int s = 0; for (int i = 0; i < n; i++) s += v[i]; return s; }
size_t length(const char *s) { size_t n = 0; while (s[n]) n++; return n; }
void reverse(char *s) { for (size_t i = 0, j = length(s); i + 1 < j; i++, j--) { char c = s[i]; s[i] = s[j - 1]; s[j - 1] = c; } }
int big_frame(int n) { volatile char b[70000]; b[n] = 5; b[69999 - n] = 6; return b[n] + b[n + 1]; }
static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
int dispatch(int n) {
    static void *const targets[] = {&&one, &&two, &&three};
    goto *targets[n % 3];
one: return 1; two: return names[1][0]; three: return operations[n & 1](n, 3);
}
int choose(int n) { switch (n) { case 1: return 10; case 2: return 77; case 3: return -5; case 4: return fib(n); case 5: return 3; case 6: return 1; case 7: case 8: return shared; case 100: return elsewhere; case 1000: return maybe; } return -1; }
int main(int argc, char **argv) {
    struct Large large = {{1, 2, 3}, "start"}; union Value v; v.f = 1.5f; large = fill(large, argc); struct Point p = middle((struct Point){1, 2}, (struct Point){3, 4});
    printf("%s %d %f %ld\n", large.name, v.i, p.x, many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)); memset(buffer, argc, sizeof buffer); memcpy(aligned, buffer, 50); reverse(buffer); zeros[argc] = 3;
    qsort(zeros, 10, 2, (int (*)(const void *, const void *))add); fprintf(stderr, "%d\n", variadic("ddf", 1, 2, 3.0)); return sum(argc) + dispatch(argc) + choose(argc) + big_frame(argc) + (&absent ? absent : (int)(argv[0][0]));
}
