/* Thread-local storage, atomics, constructors, visibility, aliases, inline assembly, setjmp. */
#include <setjmp.h>
#include <stdatomic.h>
#include <stdint.h>
_Thread_local int counter = 7; static _Thread_local long zeroed[5]; extern _Thread_local int foreign __attribute__((weak));
atomic_int shared; _Atomic uint64_t wide; atomic_flag flag = ATOMIC_FLAG_INIT; _Atomic unsigned char narrow;
static int log_count; jmp_buf environment;
__attribute__((constructor)) static void begin(void) { log_count++; }
__attribute__((constructor(200))) static void begin_early(void) { log_count += 2; }
__attribute__((destructor)) static void end(void) { log_count--; }
__attribute__((visibility("hidden"))) int hidden = 3;
int original(int a) { return a + hidden; }
int alias_of(int) __attribute__((alias("original"))); int weak_alias(int) __attribute__((weak, alias("original")));
int bump(void) { counter++; zeroed[counter & 3] += counter; return counter; }
int atomics(int n) {
    int expected = n;
    atomic_fetch_add(&shared, n); atomic_fetch_or_explicit(&wide, (uint64_t)n << 33, memory_order_release); atomic_fetch_sub(&narrow, 1);
    atomic_compare_exchange_strong(&shared, &expected, 5); atomic_exchange(&wide, 9); while (atomic_flag_test_and_set(&flag)) {} atomic_flag_clear(&flag);
    atomic_thread_fence(memory_order_seq_cst); atomic_fetch_xor(&shared, 6); atomic_fetch_and(&wide, 0xff);
    return atomic_load(&shared) + (int)atomic_load_explicit(&wide, memory_order_acquire) + expected + (int)atomic_load(&narrow);
}
int assembly(int a) {
    int r;
#if defined(__x86_64__)
    __asm__ volatile("movl %1, %0\n\taddl $1, %0\n1:\tdecl %0\n\tjs 2f\n\tjnz 1b\n2:\tnop" : "=&r"(r) : "r"(a) : "cc");
#else
    __asm__ volatile("mov %w0, %w1\n\tadd %w0, %w0, 1\n1:\tsubs %w0, %w0, #1\n\tb.mi 2f\n\tb.ne 1b\n2:\tnop" : "=&r"(r) : "r"(a) : "cc");
#endif
    return r;
}
int jumps(int n) { volatile int k = n; if (setjmp(environment)) return k; k++; if (k < 10) longjmp(environment, 1); return -k; }
int main(int argc, char **argv) { (void)argv; return atomics(argc) + bump() + alias_of(2) + assembly(argc) + jumps(argc) + log_count; }
