/*: string_length | easy | strings loops | practice
Return the number of characters in the string s, without the terminating zero.
= [""] ["a"] ["hello"] ["hello world"] ["\n\t"] ["0123456789012345678901234567890123456789"]
*/
int string_length(const char *s)
{
    int n = 0;
    while (s[n] != '\0')
        n++;
    return n;
}

/*: count_character | easy | strings loops | practice
How often does the character c occur in s?
= ["banana",97] ["banana",98] ["",97] ["aaa",97] ["abc",122] ["a b c",32]
*/
int count_character(const char *s, char c)
{
    int count = 0;
    for (; *s != '\0'; s++)
        if (*s == c)
            count++;
    return count;
}

/*: to_upper_case | easy | strings loops
Turn all letters a to z in the string s into capitals, in place. Other characters stay.
= ["hello"] ["Hello, World 1"] [""] ["az"] ["AZ"] ["`{@["]
*/
void to_upper_case(char *s)
{
    for (; *s != '\0'; s++)
        if (*s >= 'a' && *s <= 'z')
            *s -= 32;
}

/*: swap_letter_case | medium | strings loops
In the string s make every small letter a capital and every capital small, in place.
= ["Hello"] ["aZ"] [""] ["123"] ["zA`{@["] ["mIxEd Case"]
*/
void swap_letter_case(char *s)
{
    for (; *s != '\0'; s++) {
        if (*s >= 'a' && *s <= 'z')
            *s = (char)(*s - 'a' + 'A');
        else if (*s >= 'A' && *s <= 'Z')
            *s = (char)(*s - 'A' + 'a');
    }
}

/*: reverse_string | easy | strings loops | practice
Reverse the string s in place.
= ["hello"] ["ab"] [""] ["x"] ["abcd"] ["A man"]
~ i <= j; i++, j--
*/
void reverse_string(char *s)
{
    int n = 0;
    while (s[n] != '\0')
        n++;
    for (int i = 0, j = n - 1; i < j; i++, j--) {
        char t = s[i];
        s[i] = s[j];
        s[j] = t;
    }
}

/*: is_palindrome | medium | strings loops
Return 1 if s reads the same forwards and backwards (the empty string does), otherwise 0. Case and spaces matter.
= ["level"] ["noon"] [""] ["x"] ["ab"] ["abca"] ["Level"] ["abba"] ["xabbay"]
= ["ba"] ["cabac"] ["cabad"]
~ for (int i = 0; i <= n / 2; i++)
~ i < n / 1;
~ i < n / 3;
*/
int is_palindrome(const char *s)
{
    int n = 0;
    while (s[n] != '\0')
        n++;
    for (int i = 0; i < n / 2; i++)
        if (s[i] != s[n - 1 - i])
            return 0;
    return 1;
}

/*: compare_strings | medium | strings loops
Compare two strings like strcmp, but return exactly -1, 0 or 1. Characters compare as unsigned bytes.
= ["abc","abc"] ["abc","abd"] ["abd","abc"] ["ab","abc"] ["abc","ab"] ["",""] ["","a"] ["é","z"] ["z","é"]
~ x <= y ?
*/
int compare_strings(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    unsigned char x = (unsigned char)*a, y = (unsigned char)*b;
    return x < y ? -1 : x > y;
}

/*: copy_string | easy | strings loops
Copy the string src, with its terminating zero, to dst. dst is large enough.
= [{"zeros":8},"hello"] [{"zeros":1},""] ["xxxxx","ab"] [{"zeros":2},"z"] ["12345678","1234"] [{"zeros":12},"hello world"]
*/
void copy_string(char *dst, const char *src)
{
    while ((*dst++ = *src++) != '\0')
        ;
}

/*: append_string | medium | strings loops
Append the string src to the string dst. There is room enough behind dst.
= [[97,98,0,1,1,1,1],"cd"] [[0,1,1,1],"x"] [[97,0],""] [[0],""] [[97,98,99,0,5,5,5,5,5],"defg"] [[32,0,9,9],"!"]
*/
void append_string(char *dst, const char *src)
{
    while (*dst != '\0')
        dst++;
    while (*src != '\0')
        *dst++ = *src++;
    *dst = '\0';
}

/*: starts_with | easy | strings loops
Return 1 if the string s begins with prefix, otherwise 0. Every string begins with the empty string.
= ["hello","he"] ["hello","lo"] ["hello",""] ["",""] ["","a"] ["he","hello"] ["abc","abc"] ["abd","abc"]
*/
int starts_with(const char *s, const char *prefix)
{
    while (*prefix != '\0') {
        if (*s != *prefix)
            return 0;
        s++;
        prefix++;
    }
    return 1;
}

/*: ends_with | medium | strings loops
Does s end with suffix? Return 1 or 0.
= ["hello","lo"] ["hello","he"] ["hello",""] ["",""] ["","a"] ["lo","hello"] ["abc","abc"] ["xbc","abc"] ["aaab","aab"]
~ i <= m; i++
*/
int ends_with(const char *s, const char *suffix)
{
    int n = 0, m = 0;
    while (s[n] != '\0')
        n++;
    while (suffix[m] != '\0')
        m++;
    if (m > n)
        return 0;
    for (int i = 0; i < m; i++)
        if (s[n - m + i] != suffix[i])
            return 0;
    return 1;
}

/*: find_character | easy | strings loops
Return the position of the first c in s, or -1 if there is none.
= ["hello",108] ["hello",104] ["hello",111] ["hello",122] ["",97] ["aXbX",88]
*/
int find_character(const char *s, char c)
{
    for (int i = 0; s[i] != '\0'; i++)
        if (s[i] == c)
            return i;
    return -1;
}

/*: find_last_character | easy | strings loops
Return the position of the last c in s, or -1 if it does not occur.
= ["hello",108] ["hello",104] ["hello",122] ["",97] ["aXbX",88] ["zz",122]
*/
int find_last_character(const char *s, char c)
{
    int found = -1;
    for (int i = 0; s[i] != '\0'; i++)
        if (s[i] == c)
            found = i;
    return found;
}

/*: find_substring | hard | strings loops
Return the index at which word first occurs in text, or -1 if it does not. The empty word occurs at 0.
= ["hello world","world"] ["hello","l"] ["hello","z"] ["","a"] ["",""] ["abc",""] ["aaab","aab"] ["ab","abc"] ["ababac","abac"]
*/
int find_substring(const char *text, const char *word)
{
    for (int i = 0;; i++) {
        int j = 0;
        while (word[j] != '\0' && text[i + j] == word[j])
            j++;
        if (word[j] == '\0')
            return i;
        if (text[i] == '\0')
            return -1;
    }
}

/*: parse_decimal | medium | strings loops arithmetic | practice
Read a decimal integer from the start of s: an optional minus sign, then digits. Stop at the first other character; without any digit the value is 0.
= ["123"] ["-45"] ["0"] [""] ["12abc"] ["-"] ["abc"] ["2147483648"] ["-9000000000"] ["19:/"]
*/
long parse_decimal(const char *s)
{
    int negative = *s == '-';
    if (negative)
        s++;
    long value = 0;
    while (*s >= '0' && *s <= '9')
        value = value * 10 + (*s++ - '0');
    return negative ? -value : value;
}

/*: parse_hexadecimal | medium | strings loops bits
Convert the hexadecimal digits at the start of s (0-9, a-f, A-F, no 0x) to a number and stop at the first character that is none.
= ["ff"] ["0"] [""] ["DeadBeef"] ["12g4"] ["7fffffffffffffff"] ["xyz"] ["a"] ["f/9:A@F`G"] ["9:"] ["a@"] ["a`"]
= ["A"] ["F"] ["G"] ["AF"] ["B0"] ["FFFFFFFFFF"]
*/
unsigned long parse_hexadecimal(const char *s)
{
    unsigned long value = 0;
    for (;; s++) {
        if (*s >= '0' && *s <= '9')
            value = value * 16 + (unsigned long)(*s - '0');
        else if (*s >= 'a' && *s <= 'f')
            value = value * 16 + (unsigned long)(*s - 'a' + 10);
        else if (*s >= 'A' && *s <= 'F')
            value = value * 16 + (unsigned long)(*s - 'A' + 10);
        else
            return value;
    }
}

/*: format_decimal | hard | strings loops arithmetic
Write the unsigned number n in decimal to out, with a terminating zero, and return how many digits it has.
= [0,{"zeros":4}] [7,{"zeros":4}] [10,{"zeros":4}] [123,{"zeros":4}] [18446744073709551615,{"zeros":24}] [1000000,{"zeros":10}] [909,"xxxxxxx"]
~ i <= count; i++
*/
int format_decimal(unsigned long n, char *out)
{
    char digits[20];
    int count = 0;
    do {
        digits[count++] = (char)('0' + n % 10);
        n /= 10;
    } while (n != 0);
    for (int i = 0; i < count; i++)
        out[i] = digits[count - 1 - i];
    out[count] = '\0';
    return count;
}

/*: format_binary | medium | strings loops bits
Write x as exactly eight binary digits, highest bit first, and a terminating zero to out.
= [0,{"zeros":9}] [255,{"zeros":9}] [1,{"zeros":9}] [128,{"zeros":9}] [170,{"zeros":9}] [15,[1,1,1,1,1,1,1,1,1]]
*/
void format_binary(unsigned char x, char *out)
{
    for (int i = 7; i >= 0; i--)
        *out++ = (char)('0' + ((x >> i) & 1));
    *out = '\0';
}

/*: count_words | medium | strings loops
Count the words in s. Words are separated by one or more spaces; there may be spaces at both ends.
= ["hello world"] [""] ["   "] ["one"] ["  a  b  c  "] ["a b"] ["x "] [" x"]
~ inside = 2;
*/
int count_words(const char *s)
{
    int count = 0, inside = 0;
    for (; *s != '\0'; s++) {
        if (*s == ' ')
            inside = 0;
        else if (!inside) {
            inside = 1;
            count++;
        }
    }
    return count;
}

/*: count_vowels | easy | strings loops
Return the number of vowels (a, e, i, o, u, small or capital) in s.
= ["hello"] ["AEIOU"] ["aeiou"] [""] ["xyz"] ["Programming in Assembly"]
*/
int count_vowels(const char *s)
{
    int count = 0;
    for (; *s != '\0'; s++) {
        char c = *s;
        if (c >= 'A' && c <= 'Z')
            c += 32;
        if (c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u')
            count++;
    }
    return count;
}

/*: remove_spaces | medium | strings loops
Delete all spaces from the string s, in place.
= ["a b c"] ["   "] [""] ["abc"] [" x "] ["two  spaces"]
*/
void remove_spaces(char *s)
{
    char *to = s;
    for (; *s != '\0'; s++)
        if (*s != ' ')
            *to++ = *s;
    *to = '\0';
}

/*: replace_character | easy | strings loops
Replace every character from in s by the character to and return how many were replaced.
= ["banana",97,111] ["banana",120,121] ["",97,98] ["aaa",97,98] ["a b",32,95] ["xyx",120,120]
*/
int replace_character(char *s, char from, char to)
{
    int count = 0;
    for (; *s != '\0'; s++)
        if (*s == from) {
            *s = to;
            count++;
        }
    return count;
}

/*: caesar_cipher | medium | strings loops arithmetic
Shift every letter of s by n places in the alphabet, in place, wrapping from z to a (and Z to A). n is between 0 and 25; other characters stay.
= ["abc",1] ["xyz",3] ["Hello, World!",13] ["",5] ["AZ",1] ["az",25] ["abc",0] ["`{@[",7]
*/
void caesar_cipher(char *s, int n)
{
    for (; *s != '\0'; s++) {
        if (*s >= 'a' && *s <= 'z')
            *s = (char)('a' + (*s - 'a' + n) % 26);
        else if (*s >= 'A' && *s <= 'Z')
            *s = (char)('A' + (*s - 'A' + n) % 26);
    }
}

/*: hash_djb2 | easy | strings loops arithmetic
Compute the djb2 hash of s in 32 bits: start with 5381 and for every byte c set h = h * 33 + c.
= [""] ["a"] ["hello"] ["Hello"] ["The quick brown fox jumps over the lazy dog"] ["é"]
*/
unsigned hash_djb2(const char *s)
{
    unsigned h = 5381;
    for (; *s != '\0'; s++)
        h = h * 33 + (unsigned char)*s;
    return h;
}

/*: are_anagrams | hard | strings loops arrays
Return 1 if a and b consist of the same characters in some order, otherwise 0.
= ["listen","silent"] ["abc","abd"] ["",""] ["a","aa"] ["aab","abb"] ["xyz","zyx"] ["A","a"] ["ab","a"]
= ["\u0001","\u0002"] ["aé","éa"]
~ for (int i = 1; i < 256; i++)
~ for (int i = 0; i < 257; i++)
~ for (int i = 0; i <= 256; i++)
*/
int are_anagrams(const char *a, const char *b)
{
    int counts[256];
    for (int i = 0; i < 256; i++)
        counts[i] = 0;
    for (; *a != '\0'; a++)
        counts[(unsigned char)*a]++;
    for (; *b != '\0'; b++)
        counts[(unsigned char)*b]--;
    for (int i = 0; i < 256; i++)
        if (counts[i] != 0)
            return 0;
    return 1;
}

/*: common_prefix_length | easy | strings loops
How many characters at the start of a and b are the same?
= ["hello","help"] ["abc","abc"] ["","abc"] ["abc",""] ["x","y"] ["ab","abc"]
*/
int common_prefix_length(const char *a, const char *b)
{
    int n = 0;
    while (a[n] != '\0' && a[n] == b[n])
        n++;
    return n;
}

/*: balanced_parentheses | medium | strings loops
Return 1 if every ( in s has its matching ) and no ) comes too early, otherwise 0. Other characters do not matter.
= ["()"] ["(())()"] [""] ["("] [")"] [")("] ["a(b)c"] ["(()"] ["())("] ["no"]
*/
int balanced_parentheses(const char *s)
{
    int depth = 0;
    for (; *s != '\0'; s++) {
        if (*s == '(')
            depth++;
        else if (*s == ')' && --depth < 0)
            return 0;
    }
    return depth == 0;
}

/*: run_length_encode | hard | strings loops
Encode s by runs: each run of the same character becomes the character followed by its length as one digit (a run is never longer than 9). Write the encoded string to out.
= ["aaabb",{"zeros":12}] ["",{"zeros":2}] ["x",{"zeros":4}] ["abc",{"zeros":8}] ["aaaaaaaaa",{"zeros":4}] ["aabbaa",[1,1,1,1,1,1,1,1,1]] ["zz",{"zeros":4}]
*/
void run_length_encode(const char *s, char *out)
{
    while (*s != '\0') {
        char c = *s;
        int length = 0;
        while (*s == c) {
            length++;
            s++;
        }
        *out++ = c;
        *out++ = (char)('0' + length);
    }
    *out = '\0';
}

/*: first_unique_character | medium | strings loops
Return the index of the first character of s that occurs only once in it, or -1 if there is none.
= ["swiss"] ["aabb"] [""] ["x"] ["aabc"] ["abcabcd"] ["abac"]
*/
int first_unique_character(const char *s)
{
    for (int i = 0; s[i] != '\0'; i++) {
        int count = 0;
        for (int j = 0; s[j] != '\0'; j++)
            if (s[j] == s[i])
                count++;
        if (count == 1)
            return i;
    }
    return -1;
}

/*: skip_spaces | easy | strings
Return a pointer to the first character of s that is not a space.
= ["  hello"] ["hello"] [""] ["   "] [" a b"] ["\t x"]
*/
const char *skip_spaces(const char *s)
{
    while (*s == ' ')
        s++;
    return s;
}

/*: find_in_string | medium | strings loops
Return a pointer to the first occurrence of c in s, or NULL (0) if there is none. The terminating zero counts as a character.
= ["hello",108] ["hello",122] ["hello",0] ["",97] ["",0] ["abc",97]
*/
char *find_in_string(const char *s, int c)
{
    for (;; s++) {
        if (*s == (char)c)
            return (char *)s;
        if (*s == '\0')
            return 0;
    }
}

/*: fits_in_buffer_copy | medium | strings loops
Copy src to dst, but write at most size bytes including the terminating zero, which is always written when size is at least 1 (like strlcpy). Return the length of src.
= [{"zeros":8},"hello",8] [{"zeros":4},"hello",4] ["xyz","hello",0] [{"zeros":1},"hello",1] [{"zeros":6},"hello",6] ["zzz","",3]
= [[7,7],"abc",1] [[7,7,7],"abc",2] [[9,9,9,9,9,9],"abc",3] [[9],"",1]
~ if (n + 0 < size)
~ if (n + 1 <= size)
~ if (size > 1)
~ if (size >= 0)
~ n <= size ? n
= [{"zeros":8},"hello",4294967299]
~ return (unsigned)(
*/
unsigned long fits_in_buffer_copy(char *dst, const char *src, unsigned long size)
{
    unsigned long n = 0;
    while (src[n] != '\0') {
        if (n + 1 < size)
            dst[n] = src[n];
        n++;
    }
    if (size > 0)
        dst[n < size ? n : size - 1] = '\0';
    return n;
}
