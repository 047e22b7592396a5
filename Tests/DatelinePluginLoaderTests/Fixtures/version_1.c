/* A plugin as it was built with the first version of plugin.h: with the structs of that version, up to the members that
 * every table has. It must load in every later version, so nothing here may ever change.
 *
 * The family gives every document the scores 1, 2, 3 and so on times its first value. */
#include <stdint.h>
#include <stdlib.h>

typedef int32_t status;
typedef struct { uint64_t capacity; char *message; } error;
typedef struct { uint64_t row_count, column_count; const uint64_t *offsets; const uint32_t *columns; const float *values; } rows;
typedef struct { uint64_t count; const char *const *names; uint32_t are_exclusive; } labels;
typedef struct {
  uint32_t struct_size, kind;
  const char *name, *help, *default_value;
  double minimum, maximum;
  const char *const *words;
  uint64_t word_count;
} parameter;
typedef struct { uint32_t struct_size, kind; const char *name; double number; const char *text; } setting;
typedef struct {
  uint64_t struct_size;
  labels labels;
  rows rows;
  const uint64_t *target_offsets;
  const int32_t *targets;
  const double *weights;
  const setting *const *settings;
  uint64_t setting_count, seed;
  uint32_t threads;
  uint64_t memory_limit;
  int32_t (*progress)(void *, double, const char *);
  void (*report)(void *, const char *, double);
  void (*warn)(void *, const char *);
  void *host;
} training;
typedef struct { status (*write)(void *, const void *, uint64_t); void *host; } sink;
typedef struct { uint64_t struct_size, feature_count; labels labels; } shape;
typedef struct { uint64_t labels; double factor; } model;
typedef struct {
  uint32_t abi_version, struct_size;
  const char *identifier, *version, *summary;
  uint64_t capabilities;
  const parameter *parameters;
  uint64_t parameter_count;
  status (*train)(const training *, model **, error *);
  status (*score)(const model *, const rows *, double *, error *);
  status (*serialize)(const model *, const sink *, error *);
  status (*deserialize)(const void *, uint64_t, const shape *, model **, error *);
  void (*destroy)(model *);
} table;

static status train(const training *t, model **m, error *e) {
  (void)e;
  if (!t->progress(t->host, 0.5, "half")) return 3;
  t->report(t->host, "documents", (double)t->rows.row_count);
  t->warn(t->host, "a warning of the fixture");
  *m = malloc(sizeof(model));
  (*m)->labels = t->labels.count;
  (*m)->factor = t->setting_count == 1 ? t->settings[0]->number : -1;
  return 0;
}
static status score(const model *m, const rows *r, double *scores, error *e) {
  (void)e;
  for (uint64_t i = 0; i < r->row_count; i++)
    for (uint64_t k = 0; k < m->labels; k++)
      scores[i * m->labels + k] = r->offsets[i] < r->offsets[i + 1] ? (double)(k + 1) * m->factor * r->values[r->offsets[i]] : 0;
  return 0;
}
static status serialize(const model *m, const sink *s, error *e) {
  (void)e;
  return s->write(s->host, m, sizeof *m);
}
static status deserialize(const void *b, uint64_t n, const shape *s, model **m, error *e) {
  (void)e;
  if (n != sizeof(model)) return 2;
  *m = malloc(sizeof(model));
  **m = *(const model *)b;
  (*m)->labels = s->labels.count;
  return 0;
}
static void destroy(model *m) { free(m); }

static const parameter parameters[] = {
    {sizeof(parameter), 0, "factor", "What scores are multiplied by.", "1", 0.5, 4, 0, 0}};
static const table plugin = {1, sizeof(table), "version-one", "1.0", "A plugin of the first version.", 0, parameters, 1,
                             train, score, serialize, deserialize, destroy};
const table *dateline_plugin_v1(void) { return &plugin; }
