/* Structures by value in every class, function pointers, variadic functions of our own, recursion, unions. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct two { long a; double b; }; struct small { char c[3]; }; struct floats { float x, y, z; }; struct large { long v[6]; };
union either { double d; unsigned long u; };

static struct two swap(struct two t) { return (struct two){(long)t.b, (double)t.a}; }
static struct small next(struct small s) { for (int i = 0; i < 3; i++) s.c[i]++; return s; }
static struct floats scale(struct floats f, float by) { return (struct floats){f.x * by, f.y * by, f.z * by}; }
static struct large shift(struct large l, int by) { for (int i = 0; i < 6; i++) l.v[i] += by; return l; }
static long sum(int count, ...) {
  va_list list, again; va_start(list, count); va_copy(again, list);
  long total = 0; double floats = 0;
  for (int i = 0; i < count; i++) { total += va_arg(list, int); floats += va_arg(list, double); }
  va_end(list); total += va_arg(again, int); va_end(again);
  return total + (long)(floats * 100);
}
static int ackermann(int m, int n) { return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1)); }
static int add(int a, int b) { return a + b; } static int mul(int a, int b) { return a * b; }
static long nine(long a, long b, long c, long d, long e, long f, long g, long h, long i, char j, short k) { return a + 2*b + 3*c + 4*d + 5*e + 6*f + 7*g + 8*h + 9*i + 10*j + 11*k; }

int main(void) {
  struct two t = swap((struct two){7, 9.75}); struct small s = next((struct small){"ab"}); struct floats f = scale((struct floats){1, 2.5f, -3}, 2);
  struct large l = shift((struct large){{1, 2, 3, 4, 5, 6}}, 10);
  printf("%ld %g %d %d %d %g %g %g %ld %ld\n", t.a, t.b, s.c[0], s.c[1], s.c[2], f.x, f.y, f.z, l.v[0], l.v[5]);
  printf("%ld\n", sum(6, 1, 0.5, 2, 1.5, 3, 2.5, 4, 3.5, 5, 4.5, 6, 5.5));
  printf("%d\n", ackermann(2, 6));
  int (*table[])(int, int) = {add, mul};
  for (int i = 0; i < 4; i++) printf("%d ", table[i & 1](i + 2, i + 3));
  union either e = {.d = -1.5}; printf("%lx %ld\n", e.u, nine(1, 2, 3, 4, 5, 6, 7, 8, 9, -10, 1000));
  int n = 50; char text[n]; memset(text, 'x', n - 1); text[n - 1] = 0; printf("%s %zu\n", text, sizeof text);
  return ackermann(1, 10);
}
