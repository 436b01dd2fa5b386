/*: factorial_recursive | easy | recursion arithmetic | practice
Compute n factorial with a recursive function. factorial of 0 is 1; n is at most 20.
= [0] [1] [2] [3] [10] [20]
~ n < 1 ?
~ n <= 0 ?
~ n <= 2 ?
*/
unsigned long factorial_recursive(unsigned n)
{
    return n <= 1 ? 1 : n * factorial_recursive(n - 1);
}

/*: fibonacci_recursive | medium | recursion arithmetic
Return the n-th Fibonacci number recursively: it is n for n below 2, otherwise the sum of the two before it.
= [0] [1] [2] [3] [7] [15]
*/
unsigned fibonacci_recursive(unsigned n)
{
    return n < 2 ? n : fibonacci_recursive(n - 1) + fibonacci_recursive(n - 2);
}

/*: ackermann | hard | recursion arithmetic
Compute the Ackermann function: A(0, n) = n + 1; A(m, 0) = A(m - 1, 1); A(m, n) = A(m - 1, A(m, n - 1)).
= [0,0] [0,5] [1,0] [1,3] [2,2] [2,3] [3,3]
*/
unsigned ackermann(unsigned m, unsigned n)
{
    if (m == 0)
        return n + 1;
    if (n == 0)
        return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

/*: power_recursive | medium | recursion arithmetic
Compute base to the power exponent recursively by halving the exponent. Wrap around at 64 bits.
= [2,10] [5,0] [0,0] [0,3] [3,7] [-2,3] [7,1] [3,13]
= [3,25]
*/
long power_recursive(long base, unsigned exponent)
{
    if (exponent == 0)
        return 1;
    long half = power_recursive(base, exponent / 2);
    return exponent % 2 != 0 ? half * half * base : half * half;
}

/*: hanoi_moves | easy | recursion arithmetic
How many moves does the Tower of Hanoi with n discs need? No disc needs no move; n discs need twice the moves of n - 1 discs and one more.
= [0] [1] [2] [3] [10] [40]
*/
unsigned long hanoi_moves(unsigned n)
{
    return n == 0 ? 0 : 2 * hanoi_moves(n - 1) + 1;
}

/*: gcd_recursive | easy | recursion arithmetic
Recursive greatest common divisor: gcd(a, 0) is a, otherwise it is gcd(b, a mod b).
= [12,18] [18,12] [0,0] [5,0] [0,5] [17,4] [4294967295,65535]
*/
unsigned gcd_recursive(unsigned a, unsigned b)
{
    return b == 0 ? a : gcd_recursive(b, a % b);
}

/*: sum_recursive | easy | recursion arrays
Sum up the n ints in a recursively: the first element plus the sum of the rest.
= [[1,2,3],3] [[],0] [[7],1] [[-1,1],2] [[1,2,3],2] [[2147483647,1],2]
= [[2147483647,2147483647,2147483647],3]
~ return n < 0 ?
*/
long sum_recursive(const int *a, int n)
{
    return n <= 0 ? 0 : a[0] + sum_recursive(a + 1, n - 1);
}

/*: count_paths | medium | recursion arithmetic
Count the ways from the top left corner to the bottom right one of a grid when you may only step right or down: rows and columns say how many steps down and right are needed. With none of one kind there is one way.
= [0,0] [1,0] [0,3] [1,1] [2,2] [3,2] [5,5]
*/
unsigned count_paths(unsigned rows, unsigned columns)
{
    if (rows == 0 || columns == 0)
        return 1;
    return count_paths(rows - 1, columns) + count_paths(rows, columns - 1);
}

/*: is_even_mutual | medium | recursion several_functions
Decide whether n is even with two functions that call each other: 0 is even, and n is even if n - 1 is odd. Return 1 or 0.
= [0] [1] [2] [7] [100] [101]
*/
static int is_odd_mutual(unsigned n);

int is_even_mutual(unsigned n)
{
    return n == 0 ? 1 : is_odd_mutual(n - 1);
}

static int is_odd_mutual(unsigned n)
{
    return n == 0 ? 0 : is_even_mutual(n - 1);
}

/*: quick_sort | hard | recursion arrays
Sort the n ints in a into ascending order with quicksort.
= [[3,1,2],3] [[],0] [[1],1] [[2,1],2] [[5,4,3,2,1],5] [[1,1,1],3] [[9,-3,7,0,7,2147483647,-2147483648],7] [[3,2,1],2]
= [[2,1,3,1,2,0],6] [[1,2,3,4,5,6,7,8],8] [[8,3,5,1,9,2,7],7] [[4,4,1,4],4]
~ if (n < 1)
~ if (i < j) {
~ while (i < j) {
*/
void quick_sort(int *a, int n)
{
    if (n < 2)
        return;
    int pivot = a[n / 2];
    int i = 0, j = n - 1;
    while (i <= j) {
        while (a[i] < pivot)
            i++;
        while (a[j] > pivot)
            j--;
        if (i <= j) {
            int t = a[i];
            a[i++] = a[j];
            a[j--] = t;
        }
    }
    quick_sort(a, j + 1);
    quick_sort(a + i, n - i);
}

/*: binary_digits_recursive | medium | recursion strings bits
Write n in binary without leading zeros (0 becomes "0") to out, with a terminating zero, using recursion. Return the number of digits.
= [0,{"zeros":4}] [1,{"zeros":4}] [2,{"zeros":4}] [5,{"zeros":8}] [255,{"zeros":12}] [4294967295,{"zeros":40}]
~ out[count + 2] = '\0';
~ out[count - 1] = '\0';
~ // no: out[count + 1]
*/
int binary_digits_recursive(unsigned n, char *out)
{
    int count = n > 1 ? binary_digits_recursive(n / 2, out) : 0;
    out[count] = (char)('0' + n % 2);
    out[count + 1] = '\0';
    return count + 1;
}
