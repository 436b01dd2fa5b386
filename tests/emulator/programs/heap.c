/* Linked lists, hash table, sorting, strings, realloc, standard input. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct word { struct word *next; int count; char text[]; };
static struct word *table[64];

static struct word *find(const char *text) {
  unsigned hash = 5381; for (const char *p = text; *p; p++) hash = hash * 33 + (unsigned char)*p;
  for (struct word *w = table[hash % 64]; w; w = w->next) if (!strcmp(w->text, text)) return w;
  struct word *made = malloc(sizeof *made + strlen(text) + 1);
  strcpy(made->text, text); made->count = 0; made->next = table[hash % 64]; table[hash % 64] = made; return made;
}
static int by_count(const void *a, const void *b) {
  const struct word *x = *(struct word *const *)a, *y = *(struct word *const *)b;
  return x->count != y->count ? y->count - x->count : strcmp(x->text, y->text);
}

int main(void) {
  char buffer[64]; int length = 0, c; size_t words = 0, room = 1; struct word **all = malloc(sizeof *all);
  while ((c = getchar()) != EOF) {
    if (isalpha(c)) { if (length < 63) buffer[length++] = (char)tolower(c); continue; }
    if (length) { buffer[length] = 0; find(buffer)->count++; length = 0; }
  }
  for (int i = 0; i < 64; i++) for (struct word *w = table[i]; w; w = w->next) {
    if (words == room) all = realloc(all, (room *= 2) * sizeof *all);
    all[words++] = w;
  }
  qsort(all, words, sizeof *all, by_count);
  for (size_t i = 0; i < words && i < 5; i++) printf("%-8s%4d\n", all[i]->text, all[i]->count);
  fprintf(stderr, "%zu words\n", words);
  char *copy = strdup("a,b;;c"); for (char *t = strtok(copy, ",;"); t; t = strtok(NULL, ",;")) printf("<%s>", t);
  printf(" %ld %g\n", strtol("-0x1fz", NULL, 0), atof("2.5e1x"));
  free(copy); for (size_t i = 0; i < words; i++) free(all[i]);
  free(all);
  return (int)words;
}
