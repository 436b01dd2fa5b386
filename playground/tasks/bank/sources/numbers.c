/*: is_prime | medium | loops arithmetic | practice
Return 1 if n is a prime number, otherwise 0.
= [0] [1] [2] [3] [4] [9] [25] [97] [7919] [7921] [65537] [1000003] [999981]
*/
int is_prime(unsigned n)
{
    if (n < 2)
        return 0;
    for (unsigned d = 2; d <= n / d; d++)
        if (n % d == 0)
            return 0;
    return 1;
}

/*: count_digits | easy | loops arithmetic
How many decimal digits does n have? Zero has one digit.
= [0] [9] [10] [99] [100] [12345] [18446744073709551615] [999999999999]
*/
int count_digits(unsigned long n)
{
    int count = 1;
    while (n >= 10) {
        n /= 10;
        count++;
    }
    return count;
}

/*: sum_of_digits | easy | loops arithmetic
Add up the decimal digits of n.
= [0] [7] [10] [123] [99999] [18446744073709551615] [1000000000000]
*/
int sum_of_digits(unsigned long n)
{
    int sum = 0;
    while (n != 0) {
        sum += (int)(n % 10);
        n /= 10;
    }
    return sum;
}

/*: reverse_digits | easy | loops arithmetic
Reverse the decimal digits of n; leading zeros of the result disappear, so 120 becomes 21.
= [0] [5] [10] [120] [123] [1001] [4294967295]
= [1999999999]
*/
unsigned long reverse_digits(unsigned n)
{
    unsigned long result = 0;
    while (n != 0) {
        result = result * 10 + n % 10;
        n /= 10;
    }
    return result;
}

/*: is_palindrome_number | medium | loops arithmetic
Does the non-negative number n read the same from left and right in decimal? Return 1 or 0. Negative numbers never do.
= [0] [7] [10] [11] [121] [123] [1221] [1231] [-121] [2147447412] [100]
*/
int is_palindrome_number(int n)
{
    if (n < 0)
        return 0;
    long reversed = 0;
    for (int rest = n; rest != 0; rest /= 10)
        reversed = reversed * 10 + rest % 10;
    return reversed == n;
}

/*: collatz_steps | medium | loops arithmetic
Count the steps until n becomes 1: an even n is halved, an odd n becomes 3n + 1. n is at least 1.
= [1] [2] [3] [6] [7] [27] [97] [837799]
*/
int collatz_steps(unsigned long n)
{
    int steps = 0;
    while (n != 1) {
        n = n % 2 == 0 ? n / 2 : 3 * n + 1;
        steps++;
    }
    return steps;
}

/*: integer_square_root | medium | loops arithmetic
Return the square root of n rounded down to a whole number.
= [0] [1] [2] [3] [4] [15] [16] [17] [1000000] [4294967295] [4294836225] [4294836224]
*/
unsigned integer_square_root(unsigned n)
{
    unsigned root = 0;
    for (unsigned bit = 1u << 15; bit != 0; bit >>= 1) {
        unsigned candidate = root | bit;
        if (candidate * candidate <= n)
            root = candidate;
    }
    return root;
}

/*: count_divisors | easy | loops arithmetic
How many positive divisors does n have? n is at least 1.
= [1] [2] [6] [12] [16] [97] [360] [1000]
*/
int count_divisors(unsigned n)
{
    int count = 0;
    for (unsigned d = 1; d <= n; d++)
        if (n % d == 0)
            count++;
    return count;
}

/*: is_perfect_number | medium | loops arithmetic
Return 1 if n equals the sum of its divisors smaller than itself (like 6 = 1 + 2 + 3), otherwise 0.
= [0] [1] [2] [6] [12] [28] [27] [496] [8128] [8127]
*/
int is_perfect_number(unsigned n)
{
    unsigned sum = 0;
    for (unsigned d = 1; d < n; d++)
        if (n % d == 0)
            sum += d;
    return n != 0 && sum == n;
}

/*: largest_prime_factor | hard | loops arithmetic
Return the largest prime factor of n. n is at least 2.
= [2] [3] [4] [12] [97] [600851475143] [1000000] [9409] [1000003]
= [30000000058] [15000000029]
~ unsigned long largest = 1;
~ p * p < n
~ p + p <= n
= [4294967311]
*/
unsigned long largest_prime_factor(unsigned long n)
{
    unsigned long largest = 0;
    for (unsigned long p = 2; p * p <= n; p++)
        while (n % p == 0) {
            largest = p;
            n /= p;
        }
    return n > 1 ? n : largest;
}

/*: count_multiples | easy | loops
Count the numbers from 1 to n that can be divided by 3 or by 5.
= [0] [1] [3] [5] [14] [15] [16] [1000] [-7]
~ for (int i = 2; i <= n; i++)
~ for (int i = 0; i <= n; i++)
*/
int count_multiples(int n)
{
    int count = 0;
    for (int i = 1; i <= n; i++)
        if (i % 3 == 0 || i % 5 == 0)
            count++;
    return count;
}

/*: sum_of_squares | easy | loops arithmetic
Return 1*1 + 2*2 + ... + n*n. It is 0 for n below 1.
= [0] [1] [2] [3] [10] [1000] [-4]
= [2000]
~ for (long i = 0; i <= n; i++)
*/
long sum_of_squares(int n)
{
    long sum = 0;
    for (long i = 1; i <= n; i++)
        sum += i * i;
    return sum;
}

/*: alternating_sum | easy | loops arithmetic
Compute 1 - 2 + 3 - 4 + ... up to n, where odd numbers are added and even ones subtracted.
= [0] [1] [2] [3] [4] [101] [1000]
~ for (int i = 0; i <= n; i++)
*/
int alternating_sum(int n)
{
    int sum = 0;
    for (int i = 1; i <= n; i++)
        sum += i % 2 != 0 ? i : -i;
    return sum;
}

/*: digital_root | easy | loops arithmetic
Replace n by the sum of its decimal digits until a single digit is left, and return that digit.
= [0] [9] [10] [18] [38] [999999999999] [18446744073709551615] [11]
*/
int digital_root(unsigned long n)
{
    while (n >= 10) {
        unsigned long sum = 0;
        for (; n != 0; n /= 10)
            sum += n % 10;
        n = sum;
    }
    return (int)n;
}

/*: binomial | medium | loops arithmetic
Compute the binomial coefficient n over k. Give 0 when k is larger than n. n is at most 30.
= [0,0] [5,0] [5,5] [5,2] [5,3] [10,5] [30,15] [3,4] [30,1]
*/
unsigned long binomial(unsigned n, unsigned k)
{
    if (k > n)
        return 0;
    unsigned long result = 1;
    for (unsigned i = 1; i <= k; i++)
        result = result * (n - k + i) / i;
    return result;
}

/*: to_other_base_digits | medium | loops arithmetic
How many digits does n need when it is written in the given base? The base is at least 2; zero needs one digit.
= [0,2] [1,2] [2,2] [255,2] [255,16] [256,16] [1000,10] [18446744073709551615,2] [80,3] [81,3]
*/
int to_other_base_digits(unsigned long n, unsigned base)
{
    int digits = 1;
    while (n >= base) {
        n /= base;
        digits++;
    }
    return digits;
}

/*: day_of_week | hard | arithmetic
Return the day of the week of a Gregorian date from 1583 on, with 0 for Sunday to 6 for Saturday.
= [2024,1,1] [2024,2,29] [2000,3,1] [1999,12,31] [1900,1,1] [1583,10,15] [2023,7,16] [2100,2,28] [1969,7,20] [2025,8,2]
*/
int day_of_week(int year, int month, int day)
{
    if (month < 3) {
        month += 12;
        year--;
    }
    int h = (day + 13 * (month + 1) / 5 + year + year / 4 - year / 100 + year / 400) % 7;
    return (h + 6) % 7;
}

/*: josephus | medium | loops arithmetic
n people stand in a circle, numbered from 0; every k-th one is removed, starting the count at person 0, until one is left. Return that person's number. n and k are at least 1.
= [1,1] [1,5] [2,1] [7,3] [41,3] [10,2] [5,1] [100,7]
~ for (int people = 1; people <= n; people++)
*/
int josephus(int n, int k)
{
    int survivor = 0;
    for (int people = 2; people <= n; people++)
        survivor = (survivor + k) % people;
    return survivor;
}

/*: linear_congruential | easy | loops arithmetic bits
Starting from seed, apply x = x * 1664525 + 1013904223 (modulo 2^32) n times and return the last x.
= [0,0] [0,1] [1,1] [12345,10] [4294967295,3] [42,1000] [7,2]
*/
unsigned linear_congruential(unsigned seed, unsigned n)
{
    while (n-- != 0)
        seed = seed * 1664525u + 1013904223u;
    return seed;
}

/*: count_primes_below | hard | loops arithmetic
How many primes are smaller than n?
= [0] [2] [3] [4] [10] [30] [100] [1000]
= [200]
~ divisor - divisor
~ divisor + divisor <= candidate
*/
int count_primes_below(int n)
{
    int count = 0;
    for (int candidate = 2; candidate < n; candidate++) {
        int divisor = 2;
        while (divisor * divisor <= candidate && candidate % divisor != 0)
            divisor++;
        if (divisor * divisor > candidate)
            count++;
    }
    return count;
}
