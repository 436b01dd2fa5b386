/*: add_numbers | easy | arithmetic | practice
Add the numbers a and b.
= [8,120] [0,0] [-5,5] [2147483647,-1] [-2147483648,0] [-7,-8]
*/
int add_numbers(int a, int b)
{
    return a + b;
}

/*: difference | easy | arithmetic
Return a minus b, both 64-bit.
= [10,3] [3,10] [0,0] [-5,-9] [9223372036854775807,1] [-9223372036854775807,1]
= [1,4294967297] [4294967297,1]
*/
long difference(long a, long b)
{
    return a - b;
}

/*: gcd | easy | arithmetic loops | practice
Return the greatest common divisor of a and b. The gcd of 0 and x is x.
= [12,18] [18,12] [7,0] [0,5] [1,1] [100,75] [4294967296,6442450944] [18446744073709551615,5]
= [30000000000,20000000000] [20000000000,30000000000]
*/
unsigned long gcd(unsigned long a, unsigned long b)
{
    while (b != 0) {
        unsigned long r = a % b;
        a = b;
        b = r;
    }
    return a;
}

/*: lcm | medium | arithmetic loops
Compute the least common multiple of two unsigned ints as a 64-bit number. If either is zero the answer is 0.
= [4,6] [1,1] [0,5] [5,0] [7,13] [12,12] [100000,99999] [4294967295,2]
= [0,0]
~ if (a == 0 && b == 0)
*/
unsigned long lcm(unsigned a, unsigned b)
{
    if (a == 0 || b == 0)
        return 0;
    unsigned x = a, y = b;
    while (y != 0) {
        unsigned r = x % y;
        x = y;
        y = r;
    }
    return (unsigned long)(a / x) * b;
}

/*: absolute | easy | arithmetic
Return the absolute value of x. x is never the smallest int.
= [5] [-5] [0] [-1] [2147483647] [-2147483647]
~ return x <= 0 ? -x : x;
*/
int absolute(int x)
{
    return x < 0 ? -x : x;
}

/*: sign_of | easy | arithmetic
Return 1 if x is positive, -1 if it is negative and 0 if it is zero.
= [42] [-42] [0] [1] [-1] [9223372036854775807] [-9223372036854775808] [4294967296]
*/
int sign_of(long x)
{
    if (x > 0)
        return 1;
    if (x < 0)
        return -1;
    return 0;
}

/*: maximum_of_three | easy | arithmetic
What is the largest of a, b and c?
= [1,2,3] [3,2,1] [1,3,2] [-1,-2,-3] [5,5,5] [0,-1,0] [-2147483648,2147483647,0]
~ if (b >= m)
~ if (c >= m)
*/
int maximum_of_three(int a, int b, int c)
{
    int m = a;
    if (b > m)
        m = b;
    if (c > m)
        m = c;
    return m;
}

/*: median_of_three | medium | arithmetic
Return the middle one of three numbers, that is the value that would be second if they were sorted.
= [1,2,3] [1,3,2] [2,1,3] [2,3,1] [3,1,2] [3,2,1] [5,5,1] [1,5,5] [-3,-3,-3] [-1,0,1]
= [5000000000,6000000000,7000000000] [7000000000,5000000000,6000000000] [6000000000,7000000000,5000000000] [-5000000000,1,-6000000000]
~ if (c < a)
~ if (a >= b) {
~ return c <= b ? c : b;
*/
long median_of_three(long a, long b, long c)
{
    if (a > b) {
        long t = a;
        a = b;
        b = t;
    }
    if (c <= a)
        return a;
    return c < b ? c : b;
}

/*: clamp | easy | arithmetic
Limit x to the range from low to high: give low when x is below it, high when x is above it, otherwise x.
= [5,0,10] [-5,0,10] [15,0,10] [0,0,10] [10,0,10] [7,7,7] [-100,-50,-20] [-30,-50,-20] [-1,-50,-20]
~ if (x <= low)
~ if (x >= high)
*/
int clamp(int x, int low, int high)
{
    if (x < low)
        return low;
    if (x > high)
        return high;
    return x;
}

/*: average_floor | medium | arithmetic
Return the average of two unsigned 32-bit numbers, rounded down, without overflowing.
= [2,4] [1,2] [0,0] [4294967295,4294967295] [4294967295,4294967294] [0,1] [2147483648,2147483648]
*/
unsigned average_floor(unsigned a, unsigned b)
{
    return (unsigned)(((unsigned long)a + b) / 2);
}

/*: divide_rounding_up | easy | arithmetic
Divide a by b and round the result up to the next whole number. b is never zero.
= [10,3] [9,3] [0,5] [1,1000] [1000,1] [18446744073709551615,2] [7,7] [8,7]
= [10000000000,3] [10000000000,5000000001] [5000000001,10000000000]
*/
unsigned long divide_rounding_up(unsigned long a, unsigned long b)
{
    return a / b + (a % b != 0);
}

/*: floor_modulo | medium | arithmetic
Compute a modulo m so that the result always lies between 0 and m - 1, also for a negative a. m is positive.
= [7,3] [-7,3] [0,5] [-5,5] [-1,10] [2147483647,10] [-2147483648,10] [4,5]
*/
int floor_modulo(int a, int m)
{
    int r = a % m;
    return r < 0 ? r + m : r;
}

/*: power_wrapping | medium | arithmetic loops
Raise base to the power exponent with 64-bit unsigned wrap-around. Anything to the power 0 is 1.
= [2,10] [3,0] [0,0] [0,5] [7,1] [2,63] [2,64] [10,19] [3,41] [1,4000000000]
= [10,15] [4294967297,2]
*/
unsigned long power_wrapping(unsigned long base, unsigned exponent)
{
    unsigned long result = 1;
    while (exponent > 0) {
        if (exponent & 1)
            result *= base;
        base *= base;
        exponent >>= 1;
    }
    return result;
}

/*: power_modulo | hard | arithmetic loops
Compute (base to the power exponent) mod modulus. The modulus is at least 1 and below 2^32.
= [2,10,1000] [3,0,7] [3,0,1] [0,0,5] [5,3,13] [123456789,987654321,1000000007] [2,4294967296,4294967291] [7,1,7]
= [4294967296,4294967297,4294967295] [18446744073709551615,2,4294967291]
~ return (unsigned)(result);
*/
unsigned long power_modulo(unsigned long base, unsigned long exponent, unsigned long modulus)
{
    unsigned long result = 1 % modulus;
    base %= modulus;
    while (exponent != 0) {
        if (exponent & 1)
            result = result * base % modulus;
        base = base * base % modulus;
        exponent >>= 1;
    }
    return result;
}

/*: add_saturating | medium | arithmetic
Add two signed 32-bit integers; instead of overflowing, stay at the largest or smallest value an int can have.
= [1,2] [2147483647,1] [-2147483648,-1] [2147483647,-2147483648] [-5,3] [2147483646,1] [-2147483647,-1] [2147483647,2147483647]
= [2147483647,0] [2147483646,0] [-2147483648,0] [-2147483647,0]
~ if (sum >= 2147483647)
~ if (sum <= -2147483648L)
~ if (sum > 2147483646)
~ if (sum < -2147483647L)
*/
int add_saturating(int a, int b)
{
    long sum = (long)a + b;
    if (sum > 2147483647)
        return 2147483647;
    if (sum < -2147483648L)
        return (int)-2147483648L;
    return (int)sum;
}

/*: multiply_high | hard | arithmetic
Multiply two unsigned 64-bit numbers and return the upper 64 bits of the 128-bit product.
= [2,3] [0,18446744073709551615] [18446744073709551615,18446744073709551615] [4294967296,4294967296] [9223372036854775808,2] [12345678901234567890,9876543210987654321] [4294967295,4294967297]
*/
unsigned long multiply_high(unsigned long a, unsigned long b)
{
    unsigned long a_low = a & 0xffffffff, a_high = a >> 32;
    unsigned long b_low = b & 0xffffffff, b_high = b >> 32;
    unsigned long low = a_low * b_low;
    unsigned long middle = a_high * b_low + (low >> 32);
    unsigned long other = a_low * b_high + (middle & 0xffffffff);
    return a_high * b_high + (middle >> 32) + (other >> 32);
}

/*: sum_to_n | easy | arithmetic loops | practice
Return the sum of all whole numbers from 1 to n. It is 0 when n is 0 or negative.
= [10] [1] [0] [-5] [100] [65535] [2]
= [100000]
~ for (int i = 0; i <= n; i++)
*/
long sum_to_n(int n)
{
    long sum = 0;
    for (int i = 1; i <= n; i++)
        sum += i;
    return sum;
}

/*: factorial | easy | arithmetic loops
Compute n factorial as an unsigned 64-bit number (n is at most 20; the factorial of 0 is 1).
= [0] [1] [2] [5] [10] [13] [20]
~ for (unsigned i = 1; i <= n; i++)
*/
unsigned long factorial(unsigned n)
{
    unsigned long result = 1;
    for (unsigned i = 2; i <= n; i++)
        result *= i;
    return result;
}

/*: fibonacci | easy | arithmetic loops | practice
Return the n-th Fibonacci number, where fibonacci(0) is 0 and fibonacci(1) is 1.
= [0] [1] [2] [3] [10] [47] [90]
*/
unsigned long fibonacci(unsigned n)
{
    unsigned long a = 0, b = 1;
    while (n-- > 0) {
        unsigned long next = a + b;
        a = b;
        b = next;
    }
    return a;
}

/*: celsius_to_fahrenheit | easy | arithmetic
Convert whole degrees Celsius to Fahrenheit, c * 9 / 5 + 32, with integer division that drops the fraction (towards zero).
= [0] [100] [-40] [37] [-1] [-273] [1]
*/
int celsius_to_fahrenheit(int c)
{
    return c * 9 / 5 + 32;
}

/*: triangle_kind | medium | arithmetic
Given the three side lengths of a triangle return 3 if all sides are equal, 2 if exactly two are equal, 1 if all differ, and 0 if they form no triangle (a side is not positive, or one is not shorter than the other two together).
= [3,3,3] [3,3,5] [5,3,3] [3,5,3] [3,4,5] [1,2,3] [3,1,2] [2,3,1] [0,1,1] [-3,-3,-3] [2,2,4] [2000000000,2000000000,2000000000]
= [1,1,1] [1,1,2] [0,0,5] [5,0,0] [0,5,0] [5,-5,1] [-1,5,5] [5,5,-1]
~ if (a < 0 ||
~ b < 0 ||
~ c < 0)
*/
int triangle_kind(int a, int b, int c)
{
    if (a <= 0 || b <= 0 || c <= 0)
        return 0;
    if ((long)a + b <= c || (long)b + c <= a || (long)a + c <= b)
        return 0;
    if (a == b && b == c)
        return 3;
    return a == b || b == c || a == c ? 2 : 1;
}

/*: is_leap_year | easy | arithmetic
Is the year a leap year in the Gregorian calendar? Return 1 for yes and 0 for no.
= [2024] [2023] [1900] [2000] [4] [100] [400] [2100] [1]
*/
int is_leap_year(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/*: days_in_month | medium | arithmetic
How many days has the given month (1 to 12)? leap is nonzero in a leap year. Return 0 for a month that does not exist.
= [1,0] [2,0] [2,1] [4,0] [6,1] [7,0] [8,0] [9,0] [11,0] [12,1] [0,0] [13,0] [-1,1] [3,0] [5,0] [10,1]
*/
int days_in_month(int month, int leap)
{
    if (month < 1 || month > 12)
        return 0;
    if (month == 2)
        return leap ? 29 : 28;
    if (month == 4 || month == 6 || month == 9 || month == 11)
        return 30;
    return 31;
}

/*: seconds_of_time | easy | arithmetic
Turn hours, minutes and seconds into a number of seconds. The parts may be large, so use 64 bits.
= [1,1,1] [0,0,0] [23,59,59] [1000000,0,0] [0,0,59] [-1,0,0] [0,90,30]
*/
long seconds_of_time(int hours, int minutes, int seconds)
{
    return (long)hours * 3600 + (long)minutes * 60 + seconds;
}

/*: polynomial | easy | arithmetic
Evaluate 3x^3 - 2x^2 + 5x - 7 for a 64-bit integer x.
= [0] [1] [-1] [2] [10] [-10] [100000]
*/
long polynomial(long x)
{
    return ((3 * x - 2) * x + 5) * x - 7;
}

/*: seven_arguments_and_more | medium | arithmetic
Return a + 2b + 3c + 4d + 5e + 6f + 7g + 8h + 9i + 10j. Some of the ten arguments arrive on the stack.
= [1,1,1,1,1,1,1,1,1,1] [0,0,0,0,0,0,0,0,0,0] [1,2,3,4,5,6,7,8,9,10] [10,9,8,7,6,5,4,3,2,1] [-1,1,-1,1,-1,1,-1,1,-1,1] [1000000000000,0,0,0,0,0,0,0,0,1] [0,0,0,0,0,0,100,10,1,0]
= [-5000000000,5000000000,-5000000000,5000000000,-5000000000,5000000000,-5000000000,5000000000,-5000000000,5000000000] [0,5000000000,7000000000,-9000000000,11000000000,13000000000,17000000000,19000000000,23000000000,29000000000]
*/
long seven_arguments_and_more(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j)
{
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j;
}

/*: mixed_widths | medium | arithmetic
Add a signed 8-bit, an unsigned 8-bit, a signed 16-bit and an unsigned 16-bit number and return the sum as an int.
= [1,2,3,4] [-128,255,-32768,65535] [127,0,32767,0] [-1,0,-1,0] [0,128,0,32768] [0,0,0,0]
~ int mixed_widths(short a, 
*/
int mixed_widths(signed char a, unsigned char b, short c, unsigned short d)
{
    return a + b + c + d;
}

/*: narrow_to_byte | easy | arithmetic bits
Return x reduced to a signed 8-bit number: keep the lowest eight bits and treat them as two's complement.
= [0] [127] [128] [255] [256] [-1] [-129] [305419896]
= [100] [-128]
~ short narrow_to_byte(int x)
*/
signed char narrow_to_byte(int x)
{
    return (signed char)x;
}
