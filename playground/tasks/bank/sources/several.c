/*: sum_of_factorials | medium | several_functions loops arithmetic | practice
Return 1! + 2! + ... + n! (0 for n = 0, n at most 20). Use a second function for the factorial.
= [0] [1] [2] [3] [5] [20]
~ while (n >= 1)
*/
static unsigned long factorial_of(unsigned n)
{
    unsigned long result = 1;
    while (n > 1)
        result *= n--;
    return result;
}

unsigned long sum_of_factorials(unsigned n)
{
    unsigned long sum = 0;
    for (unsigned i = 1; i <= n; i++)
        sum += factorial_of(i);
    return sum;
}

/*: twin_primes_below | hard | several_functions loops arithmetic
Count the pairs of primes p and p + 2 with p + 2 below n. Put the prime test in a function of its own.
= [0] [5] [6] [8] [14] [15] [100] [200]
~ d + d <= n
~ int p = 3;
*/
static int prime(int n)
{
    if (n < 2)
        return 0;
    for (int d = 2; d * d <= n; d++)
        if (n % d == 0)
            return 0;
    return 1;
}

int twin_primes_below(int n)
{
    int count = 0;
    for (int p = 2; p + 2 < n; p++)
        count += prime(p) && prime(p + 2);
    return count;
}

/*: sum_of_maxima | easy | several_functions arrays loops
For every index take the larger of a[i] and b[i] and return the sum of these. Write the maximum as its own function.
= [[1,5],[3,2],2] [[],[],0] [[-1],[-2],1] [[7],[7],1] [[1,2,9],[2,1,9],2] [[2147483647,2147483647],[0,0],2]
= [[0,0],[70000,-70000],2] [[2147483647,2147483647,2147483647],[0,0,0],3]
~ return a >= b ? a : b;
*/
static int larger(int a, int b)
{
    return a > b ? a : b;
}

long sum_of_maxima(const int *a, const int *b, int n)
{
    long sum = 0;
    for (int i = 0; i < n; i++)
        sum += larger(a[i], b[i]);
    return sum;
}

/*: capitalize_words | hard | several_functions strings loops
Make the first letter of every word of s a capital and all its other letters small, in place. A word is a run of letters; use helper functions to classify and change characters.
= ["hello world"] ["HELLO"] [""] ["a1b c"] ["don't STOP"] ["  x"] ["zZ aA"] ["@a`a[z{z"]
= ["aZ bY"] ["ab ab"] ["1a2b"] ["a b"] ["{a"] ["az"] ["z{"]
~ c <= '{' ? (char)(c - 32)
*/
static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

void capitalize_words(char *s)
{
    int inside = 0;
    for (; *s != '\0'; s++) {
        *s = inside ? lower(*s) : upper(*s);
        inside = is_letter(*s);
    }
}

/*: count_equal_neighbours | easy | several_functions arrays loops
Count the positions at which an element of a equals the one right before it. Compare through a helper function.
= [[1,1,2],3] [[],0] [[5],1] [[7,7,7],3] [[1,2,3],3] [[1,2,2],2] [[4294967296,0],2]
~ for (int i = 0; i < n; i++)
*/
static int equal(const long *x, const long *y)
{
    return *x == *y;
}

int count_equal_neighbours(const long *a, int n)
{
    int count = 0;
    for (int i = 1; i < n; i++)
        count += equal(a + i - 1, a + i);
    return count;
}

/*: selection_sort_with_swap | medium | several_functions arrays loops
Sort n shorts into ascending order by selection sort; exchange elements through a helper function that takes two pointers.
= [[3,1,2],3] [[],0] [[1],1] [[2,1],2] [[5,4,3,2,1],5] [[-1,-32768,32767,0],4] [[1,1,0],3] [[3,2,1],2]
~ int j = i + 0;
~ if (a[j] <= a[smallest])
~ int j = i - 1;
*/
static void exchange(short *a, short *b)
{
    short t = *a;
    *a = *b;
    *b = t;
}

void selection_sort_with_swap(short *a, int n)
{
    for (int i = 0; i < n; i++) {
        int smallest = i;
        for (int j = i + 1; j < n; j++)
            if (a[j] < a[smallest])
                smallest = j;
        exchange(a + i, a + smallest);
    }
}

/*: evaluate_operation | medium | several_functions arithmetic
Apply the operation op to a and b: 0 adds, 1 subtracts (a - b), 2 multiplies, 3 divides (a / b, or 0 if b is 0), anything else gives -1. Multiply and divide in functions of their own.
= [0,2,3] [1,2,3] [2,4,5] [3,7,2] [3,7,0] [4,1,1] [-1,1,1] [3,-7,2] [2,-3,100]
*/
static long times(long a, long b)
{
    return a * b;
}

static long divided(long a, long b)
{
    return b == 0 ? 0 : a / b;
}

long evaluate_operation(int op, long a, long b)
{
    switch (op) {
    case 0:
        return a + b;
    case 1:
        return a - b;
    case 2:
        return times(a, b);
    case 3:
        return divided(a, b);
    default:
        return -1;
    }
}

/*: digits_in_common | hard | several_functions loops bits
How many different decimal digits occur in both a and b? Use a helper function that returns the set of digits of a number as a bit mask.
= [123,321] [1,2] [0,0] [0,10] [1123,3114] [1234567890,9876543210] [99,9] [1200,21]
= [98765432109,1234567890] [1234567890,98765432109]
*/
static unsigned digit_set(unsigned long n)
{
    unsigned set = 0;
    do {
        set |= 1u << n % 10;
        n /= 10;
    } while (n != 0);
    return set;
}

int digits_in_common(unsigned long a, unsigned long b)
{
    unsigned both = digit_set(a) & digit_set(b);
    int count = 0;
    for (; both != 0; both >>= 1)
        count += (int)(both & 1);
    return count;
}

/*: weekday_letters | medium | strings
Return the English name of the day of the week n as a string: 0 is "Sunday", 6 is "Saturday". For any other n return "?".
= [0] [1] [3] [6] [7] [-1]
= [2] [4] [5]
*/
const char *weekday_letters(int n)
{
    static const char *const names[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    return n >= 0 && n < 7 ? names[n] : "?";
}

/*: roman_digit | easy | arithmetic
Return the value of a Roman numeral letter: I 1, V 5, X 10, L 50, C 100, D 500, M 1000, and 0 for any other character.
= [73] [86] [88] [76] [67] [68] [77] [65] [105] [0]
*/
int roman_digit(char c)
{
    switch (c) {
    case 'I':
        return 1;
    case 'V':
        return 5;
    case 'X':
        return 10;
    case 'L':
        return 50;
    case 'C':
        return 100;
    case 'D':
        return 500;
    case 'M':
        return 1000;
    default:
        return 0;
    }
}

/*: sum_with_library_sort | hard | several_functions arrays
Sort the n ints of a into ascending order with the C library's qsort and return the sum of the smallest two (n is at least 2).
= [[3,1,2],3] [[2,1],2] [[1,2],2] [[5,4,3,2,1],5] [[-1,-5,7,0],4] [[9,9,9],3] [[2147483647,0,-2147483647],3]
= [[4,3,2,1,0,-1,-2,-3],8] [[5,1,4,2,3,0],6]
~ (a >= b) - (a < b)
~ (a > b) - (a <= b)
= [[2147483647,2147483646],2]
*/
#include <stdlib.h>

static int ascending(const void *x, const void *y)
{
    int a = *(const int *)x, b = *(const int *)y;
    return (a > b) - (a < b);
}

long sum_with_library_sort(int *a, int n)
{
    qsort(a, (size_t)n, sizeof *a, ascending);
    return (long)a[0] + a[1];
}

/*: length_by_library | easy | several_functions strings
Return the length of a plus the length of b. Call the C library's strlen for both.
= ["",""] ["a",""] ["","bc"] ["hello","world"] ["x","y"] ["0123456789","012345678901234567890123456789"]
~ return (unsigned)(
*/
#include <string.h>

unsigned long length_by_library(const char *a, const char *b)
{
    return strlen(a) + strlen(b);
}

/*: print_into_buffer | medium | several_functions strings stdio
Write "x=" followed by the decimal value of x into the buffer out, with the C library's sprintf, and return the number of characters written.
= [0,{"zeros":8}] [5,{"zeros":8}] [-7,{"zeros":8}] [2147483647,{"zeros":16}] [-2147483648,{"zeros":16}] [100,"zzzzzzzz"]
*/
#include <stdio.h>

int print_into_buffer(int x, char *out)
{
    return sprintf(out, "x=%d", x);
}
