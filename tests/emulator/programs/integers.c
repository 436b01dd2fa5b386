/* Widths, signs, shifts, division, rotation, 128-bit products, bit fields, switch tables. */
#include <stdint.h>
#include <stdio.h>

struct bits { unsigned a : 3; int b : 5; unsigned long c : 40; signed char d; };

static int classify(int value) {
  switch (value) {
    case 0: return 10; case 1: return 21; case 2: return 32; case 3: return 43;
    case 4: return 54; case 5: return 65; case 6: return 76; case 100: return 1; default: return -1;
  }
}

static uint32_t crc(const unsigned char *data, int size) {
  uint32_t value = ~0u;
  for (int i = 0; i < size; i++) {
    value ^= data[i];
    for (int bit = 0; bit < 8; bit++) value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0);
  }
  return ~value;
}

int main(void) {
  volatile long big = -7000000000L; volatile int small = 3; volatile unsigned char byte = 200; volatile signed char minus = -3;
  printf("%ld %ld %d %d %u\n", big / small, big % small, -7 / small, -7 % small, 4000000000u / (unsigned)small);
  printf("%d %d %d %lx\n", byte + minus, (signed char)(byte + 100), minus >> 1, (unsigned long)minus << 3);
  __int128 wide = (__int128)big * big * 12345; unsigned __int128 quotient = (unsigned __int128)wide / 1000007;
  printf("%016lx%016lx %016lx%016lx\n", (long)(wide >> 64), (long)wide, (long)(quotient >> 64), (long)quotient);
  struct bits b = {5, -9, 0xABCDEF0123, -1};
  b.a += small; b.b -= small; b.c <<= 3;
  printf("%u %d %lx %d %zu\n", b.a, b.b, (unsigned long)b.c, b.d, sizeof b);
  for (int i = -1; i < 8; i++) printf("%d ", classify(i));
  printf("%d\n", classify(100));
  uint64_t x = 0x123456789ABCDEF0u + (unsigned)small;
  printf("%lx %lx %d %d %d\n", x << 13 | x >> 51, __builtin_bswap64(x), __builtin_popcountl(x), __builtin_clzl(x), __builtin_ctzl(x));
  printf("%08x\n", crc((const unsigned char *)"123456789", 9));
  long sum = 0;
  for (int i = 0; i < 5000; i++) sum += (i * 7919L) % 1009 - (i & 1 ? i : -i);
  printf("%ld\n", sum);
  return (int)(sum & 0x7f);
}
