/*: count_ones | easy | bits loops | practice
Count the one bits of a 64-bit number.
= [0] [1] [255] [18446744073709551615] [9223372036854775808] [1311768467463790320] [4294967296]
*/
int count_ones(unsigned long x)
{
    int count = 0;
    while (x != 0) {
        x &= x - 1;
        count++;
    }
    return count;
}

/*: is_power_of_two | easy | bits
Return 1 if x is a power of two and 0 if it is not. Zero is not one.
= [0] [1] [2] [3] [1024] [1023] [9223372036854775808] [18446744073709551615] [4294967297]
*/
int is_power_of_two(unsigned long x)
{
    return x != 0 && (x & (x - 1)) == 0;
}

/*: next_power_of_two | medium | bits loops
Give the smallest power of two that is not below x. For 0 give 1; x is at most 2^31.
= [0] [1] [2] [3] [5] [1024] [1025] [2147483648] [2147483647]
*/
unsigned next_power_of_two(unsigned x)
{
    unsigned power = 1;
    while (power < x)
        power <<= 1;
    return power;
}

/*: highest_set_bit | easy | bits loops
Return the position of the highest one bit (the lowest bit has position 0), or -1 if x is zero.
= [0] [1] [2] [3] [255] [256] [4294967295] [9223372036854775808]
*/
int highest_set_bit(unsigned long x)
{
    int position = -1;
    while (x != 0) {
        x >>= 1;
        position++;
    }
    return position;
}

/*: lowest_set_bit | easy | bits loops
Find the position of the lowest one bit of x, counted from 0. Give 64 when there is none.
= [0] [1] [2] [12] [255] [9223372036854775808] [4294967296] [18446744073709551614]
*/
int lowest_set_bit(unsigned long x)
{
    int position = 0;
    while (position < 64 && ((x >> position) & 1) == 0)
        position++;
    return position;
}

/*: reverse_bits | medium | bits loops
Reverse the order of the 32 bits of x.
= [0] [1] [2147483648] [4294967295] [305419896] [65535] [2863311530]
~ unsigned result = 1;
*/
unsigned reverse_bits(unsigned x)
{
    unsigned result = 0;
    for (int i = 0; i < 32; i++) {
        result = (result << 1) | (x & 1);
        x >>= 1;
    }
    return result;
}

/*: swap_bytes_32 | easy | bits
Swap the byte order of a 32-bit number (little endian to big endian).
= [0] [1] [305419896] [4294967295] [255] [65280] [4278190080] [287454020]
*/
unsigned swap_bytes_32(unsigned x)
{
    return (x >> 24) | ((x >> 8) & 0xff00) | ((x << 8) & 0xff0000) | (x << 24);
}

/*: swap_bytes_16 | easy | bits
Exchange the two bytes of a 16-bit number.
= [0] [1] [256] [4660] [65535] [65280] [32897]
*/
unsigned short swap_bytes_16(unsigned short x)
{
    return (unsigned short)((x << 8) | (x >> 8));
}

/*: rotate_left_32 | medium | bits
Rotate the 32-bit number x left by n bits. Only n modulo 32 counts.
= [1,1] [2147483648,1] [305419896,0] [305419896,8] [305419896,32] [305419896,31] [4294967294,33] [1,4294967295]
*/
unsigned rotate_left_32(unsigned x, unsigned n)
{
    n &= 31;
    return n == 0 ? x : (x << n) | (x >> (32 - n));
}

/*: rotate_right_64 | medium | bits
Rotate a 64-bit number right by n positions; use n modulo 64.
= [1,1] [1,0] [81985529216486895,16] [81985529216486895,64] [9223372036854775808,63] [3,65] [18446744073709551614,4]
= [18446744069414584320,4]
*/
unsigned long rotate_right_64(unsigned long x, unsigned n)
{
    n &= 63;
    return n == 0 ? x : (x >> n) | (x << (64 - n));
}

/*: get_bit | easy | bits
Return bit number n of x, which is 0 or 1. n is between 0 and 63.
= [1,0] [1,1] [2,1] [9223372036854775808,63] [18446744073709551615,32] [4294967296,32] [4294967296,0]
*/
int get_bit(unsigned long x, int n)
{
    return (int)((x >> n) & 1);
}

/*: set_bit | easy | bits
Return x with bit number n set to one (n from 0 to 63).
= [0,0] [0,63] [1,0] [255,8] [18446744073709551615,5] [0,32] [6,1]
*/
unsigned long set_bit(unsigned long x, int n)
{
    return x | (1UL << n);
}

/*: clear_bit | easy | bits
Return x with bit n cleared. Bits are counted from 0 at the low end, n is below 64.
= [1,0] [0,3] [255,7] [18446744073709551615,63] [18446744073709551615,32] [5,1] [4294967296,32]
*/
unsigned long clear_bit(unsigned long x, int n)
{
    return x & ~(1UL << n);
}

/*: toggle_bits | easy | bits
Flip every bit of x in which mask has a one.
= [0,0] [255,15] [4294967295,4294967295] [2863311530,1431655765] [0,4294967295] [6,3]
*/
unsigned toggle_bits(unsigned x, unsigned mask)
{
    return x ^ mask;
}

/*: extract_field | medium | bits
Extract the bit field of x that begins at bit low and is width bits wide, as an unsigned number. width is between 1 and 32, and low + width is at most 64.
= [255,0,4] [255,4,4] [81985529216486895,8,16] [18446744073709551615,32,32] [18446744073709551615,63,1] [1,1,1] [9223372036854775808,60,4]
*/
unsigned long extract_field(unsigned long x, int low, int width)
{
    return (x >> low) & ((1UL << width) - 1);
}

/*: sign_extend | medium | bits
Take the lowest n bits of x as a two's complement number and return its value. n is between 1 and 64.
= [255,8] [127,8] [128,8] [256,8] [1,1] [0,1] [4294967295,32] [4294967295,33] [18446744073709551615,64] [9223372036854775807,64]
= [72057594037927936,57] [4503599627370495,53] [140737488355327,48]
*/
long sign_extend(unsigned long x, int n)
{
    return (long)(x << (64 - n)) >> (64 - n);
}

/*: parity | easy | bits loops
Return 1 if x has an odd number of one bits, otherwise 0.
= [0] [1] [3] [7] [4294967295] [2147483648] [2147483649] [65536]
*/
int parity(unsigned x)
{
    int odd = 0;
    while (x != 0) {
        odd ^= (int)(x & 1);
        x >>= 1;
    }
    return odd;
}

/*: hamming_distance | easy | bits loops
In how many bit positions do a and b differ?
= [0,0] [1,0] [0,1] [255,0] [18446744073709551615,0] [12297829382473034410,6148914691236517205] [7,5] [4294967296,0]
*/
int hamming_distance(unsigned long a, unsigned long b)
{
    int count = 0;
    for (unsigned long x = a ^ b; x != 0; x >>= 1)
        count += (int)(x & 1);
    return count;
}

/*: interleave_bits | hard | bits loops
Interleave the bits of two 16-bit numbers into one 32-bit number: bit i of a goes to bit 2i, bit i of b to bit 2i + 1 (a Morton code).
= [0,0] [1,0] [0,1] [65535,0] [0,65535] [65535,65535] [4660,22136] [32768,32768]
= [0,43690] [43690,0]
~ for (int i = 0; i < 17; i++) {
~ for (int i = 0; i <= 16; i++) {
~ unsigned short a, short b)
~ (short a,
~ (signed short
*/
unsigned interleave_bits(unsigned short a, unsigned short b)
{
    unsigned result = 0;
    for (int i = 0; i < 16; i++) {
        result |= ((unsigned)(a >> i) & 1) << (2 * i);
        result |= ((unsigned)(b >> i) & 1) << (2 * i + 1);
    }
    return result;
}

/*: gray_code | easy | bits
Convert a number to its Gray code.
= [0] [1] [2] [3] [7] [8] [4294967295] [2147483648]
*/
unsigned gray_code(unsigned x)
{
    return x ^ (x >> 1);
}

/*: from_gray_code | medium | bits loops
Convert a 32-bit Gray code back to the ordinary number.
= [0] [1] [3] [2] [6] [2147483648] [4294967295] [12]
*/
unsigned from_gray_code(unsigned gray)
{
    unsigned value = 0;
    while (gray != 0) {
        value ^= gray;
        gray >>= 1;
    }
    return value;
}

/*: longest_run_of_ones | medium | bits loops
Return the length of the longest run of consecutive one bits in x.
= [0] [1] [3] [14] [4294967295] [1879048192] [2863311530] [2147483649] [61695]
*/
int longest_run_of_ones(unsigned x)
{
    int best = 0, run = 0;
    for (int i = 0; i < 32; i++) {
        if ((x >> i) & 1)
            run++;
        else
            run = 0;
        if (run > best)
            best = run;
    }
    return best;
}

/*: pack_rgb | easy | bits
Pack three bytes into 0x00RRGGBB: red in bits 16 to 23, green in bits 8 to 15, blue in bits 0 to 7.
= [0,0,0] [255,255,255] [255,0,0] [0,255,0] [0,0,255] [18,52,86] [128,128,128]
*/
unsigned pack_rgb(unsigned char red, unsigned char green, unsigned char blue)
{
    return ((unsigned)red << 16) | ((unsigned)green << 8) | blue;
}

/*: shift_arithmetic | easy | bits
Shift the signed number x right by n bits, keeping its sign (arithmetic shift). n is between 0 and 63.
= [8,1] [-8,1] [-1,63] [1,1] [-9223372036854775808,63] [9223372036854775807,62] [-7,1] [5,0]
= [9223372036854775807,4] [-9223372036854775807,3]
*/
long shift_arithmetic(long x, int n)
{
    return x >> n;
}

/*: round_up_to_multiple | medium | bits
Round x up to a multiple of alignment, which is a power of two. The result wraps around at 2^64.
= [0,8] [1,8] [8,8] [9,8] [4097,4096] [15,16] [17,1] [18446744073709551615,16]
= [5000000000,4096] [5000000000,8589934592]
*/
unsigned long round_up_to_multiple(unsigned long x, unsigned long alignment)
{
    return (x + alignment - 1) & ~(alignment - 1);
}
