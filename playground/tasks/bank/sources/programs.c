/*: program_add_8_and_120 | easy | arithmetic | practice
Add the numbers 8 and 120 and end the program with the sum as its exit status.
~ return -(8 + 120);
*/
int main(void)
{
    return 8 + 120;
}

/*: program_print_sum_of_8_and_120 | easy | arithmetic stdio | practice
Write a Assembler program that will add numbers 8 and 120 and print exactly "The sum of 8 and 120 is: 128", followed by a newline.
*/
#include <stdio.h>

int main(void)
{
    int a = 8, b = 120;
    printf("The sum of %d and %d is: %d\n", a, b, a + b);
    return 0;
}

/*: program_made_by | easy | arithmetic stdio | practice
Create a Assembler program that will first display "Made by Wojtekb30" on a line of its own and then add numbers 8 and 120 and display "The sum of 8 and 120 is: 128" on the next line.
*/
#include <stdio.h>

int main(void)
{
    int a = 8, b = 120;
    puts("Made by Wojtekb30");
    printf("The sum of %d and %d is: %d\n", a, b, a + b);
    return 0;
}

/*: program_hello | easy | stdio
Print "Hello, world!" and a newline.
*/
#include <stdio.h>

int main(void)
{
    puts("Hello, world!");
    return 0;
}

/*: program_hello_write | easy | system_calls
Print "Hello from a system call" and a newline with the write system call, then leave with the exit system call and status 3.
~ if (write(1
~ _exit(2);
~ // no: _exit(1);
~ _exit(0);
*/
#include <unistd.h>

int main(void)
{
    if (write(1, "Hello from a system call\n", 25) != 25)
        _exit(1);
    _exit(3);
}

/*: program_exit_status | easy | system_calls
End at once with exit status 42. Print nothing.
*/
int main(void)
{
    return 42;
}

/*: program_echo | medium | system_calls loops
Copy everything from the standard input to the standard output, unchanged, with the read and write system calls.
< "The first line\nthe second\n\nno newline at the end"
~ char buffer[6
~ sizeof buffer)) > 1)
~ sizeof buffer)) >= 
*/
#include <unistd.h>

int main(void)
{
    char buffer[64];
    ssize_t n;
    while ((n = read(0, buffer, sizeof buffer)) > 0)
        write(1, buffer, (size_t)n);
    return 0;
}

/*: program_count_bytes | medium | system_calls loops
Read the whole standard input and use the number of bytes in it as the exit status (there are fewer than 256).
< "thirty-one bytes are in here.\n\n"
~ char buffer[1
~ sizeof buffer)) > 1)
*/
#include <unistd.h>

int main(void)
{
    char buffer[16];
    int total = 0;
    ssize_t n;
    while ((n = read(0, buffer, sizeof buffer)) > 0)
        total += (int)n;
    return total;
}

/*: program_numbers_1_to_10 | easy | loops stdio
Print the numbers from 1 to 10, one a line.
*/
#include <stdio.h>

int main(void)
{
    for (int i = 1; i <= 10; i++)
        printf("%d\n", i);
    return 0;
}

/*: program_countdown | easy | loops stdio
Count down from 5 to 1, one number a line, then print "Liftoff!" on its own line.
*/
#include <stdio.h>

int main(void)
{
    for (int i = 5; i > 0; i--)
        printf("%d\n", i);
    puts("Liftoff!");
    return 0;
}

/*: program_fizzbuzz | medium | loops stdio
Print the numbers from 1 to 20, one a line, but "Fizz" for multiples of 3, "Buzz" for multiples of 5 and "FizzBuzz" for multiples of both.
*/
#include <stdio.h>

int main(void)
{
    for (int i = 1; i <= 20; i++) {
        if (i % 15 == 0)
            puts("FizzBuzz");
        else if (i % 3 == 0)
            puts("Fizz");
        else if (i % 5 == 0)
            puts("Buzz");
        else
            printf("%d\n", i);
    }
    return 0;
}

/*: program_sum_of_input | medium | loops stdio arithmetic
Read whole numbers from the standard input until it ends and print their sum and a newline.
< "10 -3\n7\n\n2000000000 2000000000\n"
*/
#include <stdio.h>

int main(void)
{
    long sum = 0, number;
    while (scanf("%ld", &number) == 1)
        sum += number;
    printf("%ld\n", sum);
    return 0;
}

/*: program_largest_of_input | medium | loops stdio
Read integers from the standard input until its end and print "max " followed by the largest one and a newline.
< "-5 -9\n-2 -7\n"
~ if (scanf("%d", &best)
~ return 2;
~ return (1) + 1;
~ return -(1);
~ if (number >= best)
~ return 0;
*/
#include <stdio.h>

int main(void)
{
    int best, number;
    if (scanf("%d", &best) != 1)
        return 1;
    while (scanf("%d", &number) == 1)
        if (number > best)
            best = number;
    printf("max %d\n", best);
    return 0;
}

/*: program_multiplication_row | easy | loops stdio arithmetic
Print the multiplication table of 7 from 1 to 10, each line in the form "7 x 3 = 21".
*/
#include <stdio.h>

int main(void)
{
    for (int i = 1; i <= 10; i++)
        printf("7 x %d = %d\n", i, 7 * i);
    return 0;
}

/*: program_triangle_of_stars | medium | loops stdio
Print a triangle of stars with five lines: one star on the first line, five on the last.
*/
#include <stdio.h>

int main(void)
{
    for (int row = 1; row <= 5; row++) {
        for (int i = 0; i < row; i++)
            putchar('*');
        putchar('\n');
    }
    return 0;
}

/*: program_uppercase | medium | strings loops stdio
Read the standard input character by character and write it to the standard output with all letters a to z as capitals.
< "Hello, World 123\nabc xyz\n`{\n"
*/
#include <stdio.h>

int main(void)
{
    int c;
    while ((c = getchar()) != EOF)
        putchar(c >= 'a' && c <= 'z' ? c - 32 : c);
    return 0;
}

/*: program_count_lines | medium | strings loops stdio
Count the newline characters of the standard input and print the number followed by a newline.
< "one\ntwo\n\nfour"
*/
#include <stdio.h>

int main(void)
{
    int c, lines = 0;
    while ((c = getchar()) != EOF)
        if (c == '\n')
            lines++;
    printf("%d\n", lines);
    return 0;
}

/*: program_reverse_line | medium | strings arrays stdio
Read one line (at most 80 characters) and print it backwards, followed by a newline.
< "assembly playground\nnot this one\n"
~ while (n < 81
~ while (n < 79
~ while (n <= 80
~ char line[8
*/
#include <stdio.h>

int main(void)
{
    char line[81];
    int n = 0, c;
    while (n < 80 && (c = getchar()) != EOF && c != '\n')
        line[n++] = (char)c;
    while (n > 0)
        putchar(line[--n]);
    putchar('\n');
    return 0;
}

/*: program_primes_below_50 | medium | loops stdio arithmetic
Print all prime numbers below 50 on one line, separated by single spaces, and end the line after the last one without a space.
~ int first = 2;
~ d + d <= n
~ n < 49
~ n <= 50
~ n < 51
*/
#include <stdio.h>

int main(void)
{
    int first = 1;
    for (int n = 2; n < 50; n++) {
        int d = 2;
        while (d * d <= n && n % d != 0)
            d++;
        if (d * d > n) {
            printf(first ? "%d" : " %d", n);
            first = 0;
        }
    }
    putchar('\n');
    return 0;
}

/*: program_fibonacci_list | easy | loops stdio arithmetic
Print the first 12 Fibonacci numbers, beginning with 0 and 1, one a line.
*/
#include <stdio.h>

int main(void)
{
    int a = 0, b = 1;
    for (int i = 0; i < 12; i++) {
        printf("%d\n", a);
        int next = a + b;
        a = b;
        b = next;
    }
    return 0;
}

/*: program_hexadecimal | medium | stdio bits
Read an unsigned whole number and print it in hexadecimal with a 0x in front and at least eight lower-case digits, then a newline.
< "48879\n"
*/
#include <stdio.h>

int main(void)
{
    unsigned n;
    scanf("%u", &n);
    printf("0x%08x\n", n);
    return 0;
}

/*: program_average | medium | floating_point stdio loops
Read numbers with fractions until the input ends and print their average with two digits after the point.
< "1.5 2.5\n4\n"
*/
#include <stdio.h>

int main(void)
{
    double sum = 0, number;
    int count = 0;
    while (scanf("%lf", &number) == 1) {
        sum += number;
        count++;
    }
    printf("%.2f\n", sum / count);
    return 0;
}

/*: program_square_roots | medium | floating_point stdio loops
Print the square roots of 1 to 5 with four digits after the point, one a line, using the C library's sqrt.
*/
#include <math.h>
#include <stdio.h>

int main(void)
{
    for (int i = 1; i <= 5; i++)
        printf("%.4f\n", sqrt(i));
    return 0;
}

/*: program_sort_input | hard | arrays loops stdio
Read up to 20 whole numbers and print them in ascending order, one a line.
< "5 3 9 -1 3 0 100\n"
~ n < 21
~ n <= 20
~ n < 19
~ a[j - 1] >= x
~ int a[2
~ int a[1
~ for (int i = 0; i < n; i++) {
*/
#include <stdio.h>

int main(void)
{
    int a[20], n = 0;
    while (n < 20 && scanf("%d", &a[n]) == 1)
        n++;
    for (int i = 1; i < n; i++) {
        int x = a[i], j = i;
        for (; j > 0 && a[j - 1] > x; j--)
            a[j] = a[j - 1];
        a[j] = x;
    }
    for (int i = 0; i < n; i++)
        printf("%d\n", a[i]);
    return 0;
}

/*: program_word_count | hard | strings loops stdio
Count lines, words and characters of the standard input, like wc: print the three numbers separated by single spaces, and a newline.
< "the quick brown\n  fox\njumps \n"
~ inside = 2;
*/
#include <stdio.h>

int main(void)
{
    int c, lines = 0, words = 0, characters = 0, inside = 0;
    while ((c = getchar()) != EOF) {
        characters++;
        if (c == '\n')
            lines++;
        if (c == ' ' || c == '\n' || c == '\t')
            inside = 0;
        else if (!inside) {
            inside = 1;
            words++;
        }
    }
    printf("%d %d %d\n", lines, words, characters);
    return 0;
}

/*: program_collatz | medium | loops stdio arithmetic several_functions
Print the Collatz sequence that starts with 6, one number a line, down to 1. Compute the next number in a function of its own.
*/
#include <stdio.h>

static int next(int n)
{
    return n % 2 == 0 ? n / 2 : 3 * n + 1;
}

int main(void)
{
    int n = 6;
    printf("%d\n", n);
    while (n != 1) {
        n = next(n);
        printf("%d\n", n);
    }
    return 0;
}

/*: program_recursive_factorial | medium | recursion stdio arithmetic several_functions
Print "10! = 3628800" and a newline; compute the value with a recursive function.
~ return -(n < 2
~ n < 1 ?
~ n <= 2 ?
*/
#include <stdio.h>

static long factorial(int n)
{
    return n < 2 ? 1 : n * factorial(n - 1);
}

int main(void)
{
    printf("%d! = %ld\n", 10, factorial(10));
    return 0;
}

/*: program_standard_error | easy | stdio
Print "out" and a newline to the standard output and "err" and a newline to the standard error, and end with status 1.
~ fprintf(stderr
*/
#include <stdio.h>

int main(void)
{
    fprintf(stderr, "err\n");
    printf("out\n");
    return 1;
}

/*: program_heap_squares | hard | arrays loops stdio
Allocate room for ten ints with malloc, store the squares of 0 to 9 there, print the sum of all as "sum 285" and a newline, and free the memory.
~ for (int i = 1; i < 10; i++)
~ malloc(9 
~ malloc(11 
~ malloc(10 +
~ return 2;
~ return (1) + 1;
~ return -(1);
~ free(squares)
~ // no: free
~ return 0;
*/
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *squares = malloc(10 * sizeof *squares);
    if (squares == NULL)
        return 1;
    int sum = 0;
    for (int i = 0; i < 10; i++)
        squares[i] = i * i;
    for (int i = 0; i < 10; i++)
        sum += squares[i];
    printf("sum %d\n", sum);
    free(squares);
    return 0;
}

/*: program_greet_by_name | easy | strings stdio
Read a name (one word, at most 30 letters) and print "Hello, NAME!" with it, and a newline.
< "Ada\n"
~ if (scanf
~ return 2;
~ return (1) + 1;
~ return -(1);
~ char name[3
~ return 0;
*/
#include <stdio.h>

int main(void)
{
    char name[31];
    if (scanf("%30s", name) != 1)
        return 1;
    printf("Hello, %s!\n", name);
    return 0;
}

/*: program_print_number_by_hand | hard | system_calls loops arithmetic strings
Print the number 9081726354 and a newline. Convert it to digits yourself and use only the write system call, no printf.
~ char text[2
~ < 1;
~ <= 0;
~ -(write
~ return 0;
*/
#include <unistd.h>

int main(void)
{
    char text[24];
    int at = sizeof text;
    unsigned long n = 9081726354UL;
    text[--at] = '\n';
    do {
        text[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n != 0);
    return write(1, text + at, sizeof text - (size_t)at) < 0;
}

/*: program_rotate_letters | medium | strings loops stdio arithmetic
Apply ROT13 to the standard input: shift every letter by 13 places, capitals and small letters each among themselves, and copy all other characters.
< "Hello, World!\naAzZ mMnN bByY @[`{\n"
~ c + 'A' + 13
*/
#include <stdio.h>

int main(void)
{
    int c;
    while ((c = getchar()) != EOF) {
        if (c >= 'a' && c <= 'z')
            c = 'a' + (c - 'a' + 13) % 26;
        else if (c >= 'A' && c <= 'Z')
            c = 'A' + (c - 'A' + 13) % 26;
        putchar(c);
    }
    return 0;
}
