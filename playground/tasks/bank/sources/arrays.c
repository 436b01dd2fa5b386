/*: add_two_arrays | easy | arrays loops | practice
Add two arrays of size ints element by element and store the sums in the third array, dst.
! void add_two_arrays(int* src1, int* src2, int* dst, int size)
= [[1,2,3],[4,5,6],{"zeros":3},3] [[1],[2],{"zeros":1},1] [[],[],{"zeros":0},0] [[7,8],[1,1],[9,9],0] [[-1,2147483647,0],[1,0,-2147483648],{"zeros":3},3] [[1,2,3,4],[10,20,30,40],[5,5,5,5],2] [[5,6],{"same_as":"src1"},{"same_as":"src1"},2] [[5,6],[1,2],{"same_as":"src2"},2]
*/
void add_two_arrays(int *src1, int *src2, int *dst, int size)
{
    for (int i = 0; i < size; i++)
        dst[i] = src1[i] + src2[i];
}

/*: sum_array | easy | arrays loops | practice
Return the sum of the n ints in a, as a 64-bit number.
= [[1,2,3],3] [[],0] [[5],1] [[-1,1],2] [[2147483647,2147483647],2] [[1,2,3,4],2] [[-2147483648,-2147483648],2]
= [[2147483647,2147483647,2147483647],3]
*/
long sum_array(const int *a, int n)
{
    long sum = 0;
    for (int i = 0; i < n; i++)
        sum += a[i];
    return sum;
}

/*: maximum_element | easy | arrays loops
Return the largest of the n numbers in a. n is at least 1.
= [[3,1,2],3] [[1,2,3],3] [[-5,-2,-9],3] [[7],1] [[2147483647,-2147483648],2] [[-2147483648],1] [[4,4],2] [[1,9,5,99],3]
~ for (int i = 0; i < n; i++)
~ if (a[i] >= best)
*/
int maximum_element(const int *a, int n)
{
    int best = a[0];
    for (int i = 1; i < n; i++)
        if (a[i] > best)
            best = a[i];
    return best;
}

/*: index_of_minimum | medium | arrays loops
At which index is the smallest element of a? If it occurs several times give the first index; if the array is empty give -1.
= [[3,1,2],3] [[],0] [[5],1] [[2,1,1],3] [[1,2,3],3] [[-1,-2,-3],3] [[0,0,0],3] [[9223372036854775807,-9223372036854775808],2] [[4294967296,1],2]
*/
int index_of_minimum(const long *a, int n)
{
    int best = -1;
    for (int i = 0; i < n; i++)
        if (best < 0 || a[i] < a[best])
            best = i;
    return best;
}

/*: find_value | easy | arrays loops | practice
Find x in the array a of n ints and return the index of its first occurrence, or -1 if it is not there.
= [[1,2,3],3,2] [[1,2,3],3,4] [[],0,1] [[5,5],2,5] [[7],1,7] [[1,2,3],2,3] [[-1,0,1],3,-1] [[1,2,9],3,9]
*/
int find_value(const int *a, int n, int x)
{
    for (int i = 0; i < n; i++)
        if (a[i] == x)
            return i;
    return -1;
}

/*: count_value | easy | arrays loops
Count how many of the n bytes in data are equal to value.
= [[1,2,1],3,1] [[],0,0] [[255,255],2,255] [[1,2,3],3,9] [[0],1,0] [[7,7,7],2,7] [[128,127],2,128]
*/
int count_value(const unsigned char *data, int n, unsigned char value)
{
    int count = 0;
    for (int i = 0; i < n; i++)
        if (data[i] == value)
            count++;
    return count;
}

/*: reverse_array | easy | arrays loops | practice
Reverse the array a of n ints in place.
= [[1,2,3],3] [[1,2,3,4],4] [[],0] [[7],1] [[1,2],2] [[1,2,3,4],3] [[-1,0,2147483647,5,-2147483648],5]
~ i <= j; i++, j--
*/
void reverse_array(int *a, int n)
{
    for (int i = 0, j = n - 1; i < j; i++, j--) {
        int t = a[i];
        a[i] = a[j];
        a[j] = t;
    }
}

/*: copy_array | easy | arrays loops
Copy n 64-bit numbers from src to dst.
= [[1,2,3],{"zeros":3},3] [[1,2,3],[9,9,9],0] [[5],{"zeros":1},1] [[1,2,3],[7,7,7],2] [[-1,-9223372036854775808],{"zeros":2},2] [[4294967296],[1],1]
*/
void copy_array(const long *src, long *dst, int n)
{
    for (int i = 0; i < n; i++)
        dst[i] = src[i];
}

/*: fill_array | easy | arrays loops
Set all n elements of the array a of shorts to value.
= [[1,2,3],3,7] [[1,2,3],0,7] [[1],1,-1] [[1,2,3],2,0] [{"zeros":4},4,32767] [{"zeros":2},2,-32768]
*/
void fill_array(short *a, int n, short value)
{
    for (int i = 0; i < n; i++)
        a[i] = value;
}

/*: scale_array | easy | arrays loops
Multiply every element of the array a (n ints) by factor, in place.
= [[1,2,3],3,2] [[1,2,3],3,0] [[],0,5] [[5],1,-1] [[1,2,3],2,10] [[-4,0,4],3,-3] [[1073741823],1,2]
*/
void scale_array(int *a, int n, int factor)
{
    for (int i = 0; i < n; i++)
        a[i] *= factor;
}

/*: dot_product | easy | arrays loops arithmetic
Compute the dot product of the two int vectors a and b of length n, in 64 bits.
= [[1,2,3],[4,5,6],3] [[],[],0] [[100000],[100000],1] [[-1,1],[5,5],2] [[1,2,3],[1,1,1],2] [[2147483647,1],[2147483647,-1],2]
= [[2147483647,2147483647],[2147483647,2147483647],2]
*/
long dot_product(const int *a, const int *b, int n)
{
    long sum = 0;
    for (int i = 0; i < n; i++)
        sum += (long)a[i] * b[i];
    return sum;
}

/*: prefix_sums | easy | arrays loops
Replace each element of a by the sum of all elements up to and including it.
= [[1,2,3,4],4] [[],0] [[5],1] [[1,-1,1,-1],4] [[1,2,3],2] [[10,20,30],3]
= [[5000000000,5000000000],2]
~ for (int i = 0; i < n; i++)
*/
void prefix_sums(long *a, int n)
{
    for (int i = 1; i < n; i++)
        a[i] += a[i - 1];
}

/*: sort_ascending | medium | arrays loops | practice
Sort the array a of n ints into ascending order.
= [[3,1,2],3] [[],0] [[1],1] [[2,1],2] [[1,2,3],3] [[5,4,3,2,1],5] [[1,1,0,-1,-1],5] [[2147483647,-2147483648,0],3] [[9,1,8,0],2]
~ a[j - 1] >= x) {
~ for (int i = 0; i < n; i++) {
*/
void sort_ascending(int *a, int n)
{
    for (int i = 1; i < n; i++) {
        int x = a[i];
        int j = i;
        while (j > 0 && a[j - 1] > x) {
            a[j] = a[j - 1];
            j--;
        }
        a[j] = x;
    }
}

/*: bubble_sort_descending | medium | arrays loops
Sort n unsigned bytes so that the largest comes first.
= [[1,2,3],3] [[],0] [[9],1] [[255,0,128,127],4] [[5,5,4,6],4] [[3,2,1],3] [[1,2,3],2]
~ if (a[j] <= a[j + 1]) {
~ for (int i = 0; i <= n; i++)
~ for (int j = 0; j - 1 < n - i; j++)
*/
void bubble_sort_descending(unsigned char *a, int n)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j + 1 < n - i; j++)
            if (a[j] < a[j + 1]) {
                unsigned char t = a[j];
                a[j] = a[j + 1];
                a[j + 1] = t;
            }
}

/*: is_sorted | easy | arrays loops
Return 1 if the n ints in a are in ascending order (equal neighbours are fine), otherwise 0.
= [[1,2,3],3] [[1,1],2] [[2,1],2] [[],0] [[5],1] [[1,2,1],2] [[-1,-2],2] [[-2147483648,2147483647],2] [[3,1,2],3]
*/
int is_sorted(const int *a, int n)
{
    for (int i = 1; i < n; i++)
        if (a[i - 1] > a[i])
            return 0;
    return 1;
}

/*: binary_search | medium | arrays loops
The array a holds n ints in strictly ascending order. Return the index of x, or -1 if x is not in it.
= [[1,3,5,7],4,5] [[1,3,5,7],4,1] [[1,3,5,7],4,7] [[1,3,5,7],4,4] [[],0,1] [[2],1,2] [[2],1,3] [[-5,0,9],3,-5] [[1,3,5,7,9],5,9] [[1,3],2,0] [[1,3],2,4]
= [[1,3,5,7,9,11,13,15],8,11] [[1,3,5,7,9,11,13,15],8,3] [[1,3,5,7,9,11,13,15],8,14] [[1,3,5,7,9,11,13,15],8,16]
~ int middle = low + (high - low) / 1;
~ int middle = low + (high - low) / 3;
*/
int binary_search(const int *a, int n, int x)
{
    int low = 0, high = n - 1;
    while (low <= high) {
        int middle = low + (high - low) / 2;
        if (a[middle] == x)
            return middle;
        if (a[middle] < x)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return -1;
}

/*: merge_sorted | hard | arrays loops
Merge the sorted arrays a (n elements) and b (m elements) into the sorted array out.
= [[1,3,5],3,[2,4,6],3,{"zeros":6}] [[],0,[1,2],2,{"zeros":2}] [[1,2],2,[],0,{"zeros":2}] [[],0,[],0,[9]] [[1,1],2,[1],1,{"zeros":3}] [[-3,7],2,[-5,8],2,{"zeros":4}] [[5],1,[1,2,3],3,{"zeros":4}]
~ a[i] < b[j] ?
*/
void merge_sorted(const int *a, int n, const int *b, int m, int *out)
{
    int i = 0, j = 0, k = 0;
    while (i < n && j < m)
        out[k++] = a[i] <= b[j] ? a[i++] : b[j++];
    while (i < n)
        out[k++] = a[i++];
    while (j < m)
        out[k++] = b[j++];
}

/*: remove_duplicates | medium | arrays loops
a holds n ints in ascending order. Move the distinct values to the front and return how many there are; the rest of the array keeps whatever it had.
= [[1,1,2],3] [[1,2,3],3] [[],0] [[5],1] [[7,7,7],3] [[-1,-1,0,0,4],5] [[1,1,2,2],2]
*/
int remove_duplicates(int *a, int n)
{
    int kept = 0;
    for (int i = 0; i < n; i++)
        if (kept == 0 || a[i] != a[kept - 1])
            a[kept++] = a[i];
    return kept;
}

/*: rotate_array_left | medium | arrays loops
Rotate the n ints of a to the left by one place: the first element moves to the end.
= [[1,2,3],3] [[1],1] [[],0] [[1,2],2] [[4,5,6,7],3] [[-1,0,1,2],4]
~ if (n < 1)
~ if (n <= 2)
*/
void rotate_array_left(int *a, int n)
{
    if (n < 2)
        return;
    int first = a[0];
    for (int i = 1; i < n; i++)
        a[i - 1] = a[i];
    a[n - 1] = first;
}

/*: second_largest | medium | arrays loops
Return the second largest of n ints, counting equal values separately (so for 5, 5, 1 it is 5). n is at least 2.
= [[1,2],2] [[2,1],2] [[5,5,1],3] [[1,2,3],3] [[3,2,1],3] [[-1,-2,-3],3] [[2147483647,-2147483648],2] [[1,3,2],3] [[4,9,7,8],4]
= [[2,1,3,0],4] [[1,2,0],3] [[5,9],2] [[9,5],2] [[7,3,1],3]
~ a[0] >= a[1]
~ if (a[i] >= first) {
~ if (a[i] >= second) {
= [[1,2,5,4],4]
*/
int second_largest(const int *a, int n)
{
    int first = a[0] > a[1] ? a[0] : a[1];
    int second = a[0] > a[1] ? a[1] : a[0];
    for (int i = 2; i < n; i++) {
        if (a[i] > first) {
            second = first;
            first = a[i];
        } else if (a[i] > second) {
            second = a[i];
        }
    }
    return second;
}

/*: max_subarray_sum | hard | arrays loops
Return the largest sum that a non-empty run of neighbouring elements of a can have (n is at least 1).
= [[-2,1,-3,4,-1,2,1,-5,4],9] [[1],1] [[-1],1] [[-3,-2,-5],3] [[1,2,3],3] [[5,-10,6],3] [[0,0],2] [[4,-1,4],3]
= [[2000000000,2000000000],2]
~ here >= 0 ? here
~ if (here >= best)
*/
long max_subarray_sum(const int *a, int n)
{
    long best = a[0], here = a[0];
    for (int i = 1; i < n; i++) {
        here = here > 0 ? here + a[i] : a[i];
        if (here > best)
            best = here;
    }
    return best;
}

/*: count_even | easy | arrays loops
How many of the n ints in a are even? Negative ones count too.
= [[1,2,3,4],4] [[],0] [[0],1] [[-2,-1],2] [[1,3],2] [[2,4,6],2] [[-2147483648,2147483647],2]
*/
int count_even(const int *a, int n)
{
    int count = 0;
    for (int i = 0; i < n; i++)
        if (a[i] % 2 == 0)
            count++;
    return count;
}

/*: count_in_range | easy | arrays loops
Count the elements of a that lie between low and high, both included.
= [[1,5,10],3,1,10] [[1,5,10],3,2,9] [[],0,0,9] [[5],1,5,5] [[-5,-1,0],3,-3,0] [[1,2,3],2,3,3] [[4,4,4],3,5,6]
*/
int count_in_range(const int *a, int n, int low, int high)
{
    int count = 0;
    for (int i = 0; i < n; i++)
        count += a[i] >= low && a[i] <= high;
    return count;
}

/*: range_of_values | easy | arrays loops
Return the difference between the largest and the smallest of n shorts. It is 0 for an empty array.
= [[1,5,3],3] [[],0] [[9],1] [[-32768,32767],2] [[5,4,3],3] [[3,3],2] [[-4,-9,-1],3]
~ for (int i = 0; i < n; i++) {
~ if (a[i] <= low)
~ if (a[i] >= high)
*/
int range_of_values(const short *a, int n)
{
    if (n == 0)
        return 0;
    int low = a[0], high = a[0];
    for (int i = 1; i < n; i++) {
        if (a[i] < low)
            low = a[i];
        if (a[i] > high)
            high = a[i];
    }
    return high - low;
}

/*: swap_values | easy | arrays
Exchange the two longs that x and y point at.
= [[1],[2]] [[0],[0]] [[-1],[9223372036854775807]] [[4294967296],[1]] [[5],[-5]] [[7],{"same_as":"x"}]
*/
void swap_values(long *x, long *y)
{
    long t = *x;
    *x = *y;
    *y = t;
}

/*: divide_with_remainder | easy | arrays arithmetic
Store the quotient of a divided by b in quotient and the remainder in remainder (b is not zero; both round towards zero).
= [7,2,{"zeros":1},{"zeros":1}] [-7,2,{"zeros":1},{"zeros":1}] [7,-2,{"zeros":1},{"zeros":1}] [0,5,[9],[9]] [5,5,[1],[1]] [2147483647,10,{"zeros":1},{"zeros":1}] [3,100,[8],[8]]
*/
void divide_with_remainder(int a, int b, int *quotient, int *remainder)
{
    *quotient = a / b;
    *remainder = a % b;
}

/*: matrix_transpose | medium | arrays loops
a is a matrix of rows x columns ints stored row after row. Write its transpose, columns x rows, to out.
= [[1,2,3,4,5,6],2,3,{"zeros":6}] [[1],1,1,{"zeros":1}] [[1,2,3],1,3,{"zeros":3}] [[1,2,3],3,1,{"zeros":3}] [[],0,0,[]] [[1,2,3,4],2,2,{"zeros":4}] [[-1,0,1,2,5,9],3,2,{"zeros":6}]
*/
void matrix_transpose(const int *a, int rows, int columns, int *out)
{
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++)
            out[j * rows + i] = a[i * columns + j];
}

/*: matrix_multiply | hard | arrays loops
Multiply the n x n matrices a and b (ints, row after row) and store the product in c.
= [[1,2,3,4],[5,6,7,8],{"zeros":4},2] [[3],[4],{"zeros":1},1] [[],[],[],0] [[1,0,0,1],[9,8,7,6],{"zeros":4},2] [[1,2,3,4,5,6,7,8,9],[9,8,7,6,5,4,3,2,1],{"zeros":9},3] [[-1,2,0,3],[4,-5,6,0],[7,7,7,7],2]
*/
void matrix_multiply(const int *a, const int *b, int *c, int n)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            int sum = 0;
            for (int k = 0; k < n; k++)
                sum += a[i * n + k] * b[k * n + j];
            c[i * n + j] = sum;
        }
}

/*: matrix_trace | easy | arrays loops
Return the trace of an n x n matrix of longs, that is the sum of its diagonal from the top left to the bottom right.
= [[1,2,3,4],2] [[5],1] [[],0] [[1,2,3,4,5,6,7,8,9],3] [[-1,9,9,-2],2] [[4294967296,0,0,4294967296],2]
= [[4294967296,0,0,1],2] [[3000000000,1,1,3000000000],2]
*/
long matrix_trace(const long *matrix, int n)
{
    long trace = 0;
    for (int i = 0; i < n; i++)
        trace += matrix[i * n + i];
    return trace;
}

/*: histogram | medium | arrays loops
Count how often each value from 0 to 9 occurs among the n bytes of data and store the ten counts in counts. Ignore bytes above 9.
= [[1,2,2,9],4,{"zeros":10}] [[],0,[5,5,5,5,5,5,5,5,5,5]] [[0],1,{"zeros":10}] [[10,255,9],3,{"zeros":10}] [[3,3,3],2,{"zeros":10}] [[0,9,10],3,[1,1,1,1,1,1,1,1,1,1]]
~ void histogram(const signed char *data
*/
void histogram(const unsigned char *data, int n, int *counts)
{
    for (int i = 0; i < 10; i++)
        counts[i] = 0;
    for (int i = 0; i < n; i++)
        if (data[i] < 10)
            counts[data[i]]++;
}

/*: most_frequent | hard | arrays loops
Return the value that occurs most often among the n ints in a; among equally frequent values, the one that comes first. n is at least 1.
= [[1,2,2,3],4] [[5],1] [[1,2],2] [[3,1,1,3,3],5] [[-1,-1,0],3] [[4,4,5,5],4] [[5,4,4],3] [[2,9,9,2,9],4]
~ int count = 1;
~ best_count = 1;
*/
int most_frequent(const int *a, int n)
{
    int best = a[0], best_count = 0;
    for (int i = 0; i < n; i++) {
        int count = 0;
        for (int j = 0; j < n; j++)
            if (a[j] == a[i])
                count++;
        if (count > best_count) {
            best = a[i];
            best_count = count;
        }
    }
    return best;
}

/*: move_zeros_to_end | medium | arrays loops
Move all zeros of a to its end; the other elements keep their order.
= [[0,1,0,3],4] [[],0] [[0],1] [[1,2],2] [[0,0,5],3] [[1,0,2,0],2] [[-1,0,-2],3]
*/
void move_zeros_to_end(int *a, int n)
{
    int kept = 0;
    for (int i = 0; i < n; i++)
        if (a[i] != 0)
            a[kept++] = a[i];
    while (kept < n)
        a[kept++] = 0;
}

/*: arrays_equal | easy | arrays loops
Return 1 if the first n elements of a and b are all equal, otherwise 0.
= [[1,2],[1,2],2] [[1,2],[1,3],2] [[],[],0] [[1],[2],0] [[1,2],[1,3],1] [[2,1],[1,1],2] [[-1],[4294967295],1]
*/
int arrays_equal(const int *a, const int *b, int n)
{
    for (int i = 0; i < n; i++)
        if (a[i] != b[i])
            return 0;
    return 1;
}

/*: widen_bytes | easy | arrays loops
Convert n signed bytes from src to ints in dst, keeping their signs.
= [[1,-1,127,-128],{"zeros":4},4] [[],[],0] [[5],[9],1] [[1,2],[7,7],1] [[-5,0],[1,1],2] [[100],[1],1]
*/
void widen_bytes(const signed char *src, int *dst, int n)
{
    for (int i = 0; i < n; i++)
        dst[i] = src[i];
}

/*: xor_checksum | easy | arrays loops bits
Combine all n bytes of data with exclusive or and return the result.
= [[1,2,4],3] [[],0] [[255],1] [[255,255],2] [[170,85],2] [[1,2,3],2] [[128,1,7],3]
*/
unsigned char xor_checksum(const unsigned char *data, int n)
{
    unsigned char sum = 0;
    for (int i = 0; i < n; i++)
        sum ^= data[i];
    return sum;
}

/*: fletcher_16 | hard | arrays loops arithmetic
Compute the Fletcher-16 checksum of n bytes: two sums modulo 255 that start at 0; for every byte the first adds the byte and the second adds the first. Return second * 256 + first.
= [[1,2],2] [[],0] [[97,98,99,100,101],5] [[255],1] [[254,1,1],3] [[0,0,5],3] [[200,100,55,7],4] [[1,2,3],2]
*/
unsigned short fletcher_16(const unsigned char *data, int n)
{
    unsigned first = 0, second = 0;
    for (int i = 0; i < n; i++) {
        first = (first + data[i]) % 255;
        second = (second + first) % 255;
    }
    return (unsigned short)(second * 256 + first);
}

/*: shift_within_buffer | medium | arrays loops
Move the count bytes that begin at index from of buffer so that they begin at index to. The two places may overlap; the moved bytes must arrive unchanged.
= [[1,2,3,4,5],0,2,3] [[1,2,3,4,5],2,0,3] [[1,2,3],0,0,3] [[1,2,3],0,1,0] [[1,2,3,4,5,6],1,2,4] [[9,8],1,0,1] [[1,2,3,4,5,6],2,1,4]
~ if (from <= to)
*/
void shift_within_buffer(unsigned char *buffer, int from, int to, int count)
{
    if (from < to)
        for (int i = count - 1; i >= 0; i--)
            buffer[to + i] = buffer[from + i];
    else
        for (int i = 0; i < count; i++)
            buffer[to + i] = buffer[from + i];
}
