"""Names of the standard headers: types, constants, and functions with their prototypes (C11 7, POSIX unistd.h)."""

from playground.data.direct.types import BOOL, INT, LONG, UNSIGNED, UNSIGNED_LONG, Integer, Type

TYPES: dict[str, Type] = {
    "size_t": UNSIGNED_LONG, "ssize_t": LONG, "ptrdiff_t": LONG, "intptr_t": LONG, "uintptr_t": UNSIGNED_LONG,
    "bool": BOOL, "_Bool": BOOL, "intmax_t": LONG, "uintmax_t": UNSIGNED_LONG, "off_t": LONG, "pid_t": INT,
    **{f"int{8 * size}_t": Integer(size, True) for size in (1, 2, 4, 8)},
    **{f"uint{8 * size}_t": Integer(size, False) for size in (1, 2, 4, 8)},
}  # fmt: skip

CONSTANTS: dict[str, tuple[int, Type]] = {
    "INT_MAX": (2**31 - 1, INT), "INT_MIN": (-(2**31), INT), "UINT_MAX": (2**32 - 1, UNSIGNED),
    "LONG_MAX": (2**63 - 1, LONG), "LONG_MIN": (-(2**63), LONG), "ULONG_MAX": (2**64 - 1, UNSIGNED_LONG),
    "CHAR_BIT": (8, INT), "SCHAR_MAX": (127, INT), "SCHAR_MIN": (-128, INT), "UCHAR_MAX": (255, INT),
    "SHRT_MAX": (2**15 - 1, INT), "SHRT_MIN": (-(2**15), INT), "USHRT_MAX": (2**16 - 1, INT),
    "EOF": (-1, INT), "NULL": (0, LONG), "true": (1, INT), "false": (0, INT), "SIZE_MAX": (2**64 - 1, UNSIGNED_LONG),
    "INT32_MAX": (2**31 - 1, INT), "INT32_MIN": (-(2**31), INT), "UINT32_MAX": (2**32 - 1, UNSIGNED),
    "INT64_MAX": (2**63 - 1, LONG), "INT64_MIN": (-(2**63), LONG), "UINT64_MAX": (2**64 - 1, UNSIGNED_LONG),
    "STDIN_FILENO": (0, INT), "STDOUT_FILENO": (1, INT), "STDERR_FILENO": (2, INT), "EXIT_SUCCESS": (0, INT),
    "EXIT_FAILURE": (1, INT), "RAND_MAX": (2**31 - 1, INT),
}  # fmt: skip

PROTOTYPES = """\
int printf(const char *format, ...); int scanf(const char *format, ...); int sprintf(char *s, const char *format, ...);
int snprintf(char *s, size_t n, const char *format, ...); int sscanf(const char *s, const char *format, ...);
int puts(const char *s); int putchar(int c); int getchar(void); ssize_t read(int fd, void *buffer, size_t n);
ssize_t write(int fd, const void *buffer, size_t n); void _exit(int status); void exit(int status); void abort(void);
size_t strlen(const char *s);
int strcmp(const char *a, const char *b); int strncmp(const char *a, const char *b, size_t n);
char *strcpy(char *to, const char *from); char *strncpy(char *to, const char *from, size_t n);
char *strcat(char *to, const char *from); char *strncat(char *to, const char *from, size_t n);
char *strchr(const char *s, int c); char *strrchr(const char *s, int c); char *strstr(const char *s, const char *word);
size_t strspn(const char *s, const char *set); size_t strcspn(const char *s, const char *set);
char *strpbrk(const char *s, const char *set);
void *memcpy(void *to, const void *from, size_t n); void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int c, size_t n); int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int c, size_t n); void *malloc(size_t n); void *calloc(size_t n, size_t size);
void *realloc(void *p, size_t n); void free(void *p); int abs(int x); long labs(long x);
int atoi(const char *s); long atol(const char *s); double atof(const char *s);
long strtol(const char *s, char **end, int base); unsigned long strtoul(const char *s, char **end, int base);
int isalpha(int c); int isdigit(int c); int isalnum(int c); int isspace(int c); int isupper(int c); int islower(int c);
int ispunct(int c); int isxdigit(int c); int isprint(int c); int toupper(int c); int tolower(int c); int rand(void);
void srand(unsigned seed); double pow(double x, double y); double sin(double x); double cos(double x);
double tan(double x); double exp(double x); double log(double x); double log10(double x); double log2(double x);
double atan(double x); double atan2(double y, double x);
double hypot(double x, double y); double fmod(double x, double y);
double floor(double x); double ceil(double x); double round(double x); double trunc(double x); double cbrt(double x);
double fmax(double x, double y); double fmin(double x, double y);
double sqrt(double x); float sqrtf(float x); double fabs(double x); float fabsf(float x);
"""
