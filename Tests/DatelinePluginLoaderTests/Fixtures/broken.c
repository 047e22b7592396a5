/* Plugins with one mistake each: -DMISTAKE=... says which. */
#include <dateline/plugin.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NONE, NO_TABLE, WILD_TABLE, OTHER_ABI, SMALL, LYING_SIZE, NO_TRAIN, NO_NAME, WILD_NAME, BAD_DEFAULT, BAD_PARAMETER_SIZE,
       NO_UPDATE, FAILS, NO_MODEL, NOT_A_NUMBER, HUGE_WRITE, WILD_WRITE, FAILS_SCORE, SILENT, NO_END,
       WILD_TRAIN, INFINITE_RANGE, CHATTY, ODD_STATUS, TAKEN_NAME };
#ifndef MISTAKE
#define MISTAKE NONE
#endif

struct dateline_model { uint64_t labels; };

static dateline_status train(const dateline_training *training, dateline_model **model, dateline_error *error) {
  if (MISTAKE == FAILS) return dateline_fail(error, DATELINE_ERROR_INVALID_DATA, "this family never learns");
  if (MISTAKE == SILENT) return 77;
  if (MISTAKE == NO_END) {
    memset(error->message, 'x', error->capacity);
    return DATELINE_ERROR_INTERNAL;
  }
  if (MISTAKE == NO_MODEL) return DATELINE_OK;
  if (MISTAKE == ODD_STATUS) return dateline_fail(error, DATELINE_ERROR_CANCELLED, "nobody asked for it");
  if (MISTAKE == CHATTY) {
    for (int pass = 0; pass < 10; pass++) training->report(training->host, "passes", pass);
    training->report(training->host, "", 1);
    training->report(training->host, NULL, 1);
    training->report(training->host, "not a number", NAN);
    training->report(training->host, "a\nb", 1);
    training->warn(training->host, "red\033[31m text");
    training->warn(training->host, (const char *)8);
    training->progress(training->host, NAN, NULL);
  }
#ifdef NEEDS
  extern void NEEDS(void);
  NEEDS();
#endif
  *model = malloc(sizeof **model);
  (*model)->labels = training->labels.count;
  return DATELINE_OK;
}
static dateline_status score(const dateline_model *model, const dateline_rows *rows, double *scores, dateline_error *error) {
  if (MISTAKE == FAILS_SCORE) return dateline_fail(error, DATELINE_ERROR_INTERNAL, "this family never scores");
  for (uint64_t i = 0; i < rows->row_count * model->labels; i++) scores[i] = MISTAKE == NOT_A_NUMBER ? NAN : (double)i;
  return DATELINE_OK;
}
static dateline_status serialize(const dateline_model *model, const dateline_sink *sink, dateline_error *error) {
  (void)error;
  if (MISTAKE == HUGE_WRITE) return sink->write(sink->host, model, UINT64_MAX - 5);
  if (MISTAKE == WILD_WRITE) return sink->write(sink->host, (const void *)16, 1u << 20);
  return sink->write(sink->host, model, sizeof *model);
}
static dateline_status deserialize(const void *bytes, uint64_t count, const dateline_shape *shape, dateline_model **model,
                                   dateline_error *error) {
  (void)bytes;
  if (count != sizeof **model) return dateline_fail(error, DATELINE_ERROR_INVALID_DATA, "a model of another size");
  *model = malloc(sizeof **model);
  (*model)->labels = shape->labels.count;
  return DATELINE_OK;
}
static void destroy(dateline_model *model) { free(model); }

static const dateline_parameter parameters[] = {{
    .struct_size = MISTAKE == BAD_PARAMETER_SIZE ? 3 : sizeof(dateline_parameter), .kind = DATELINE_INTEGER, .name = MISTAKE == TAKEN_NAME ? "hash-bits" : "n",
    .help = "A number.", .default_value = MISTAKE == BAD_DEFAULT ? "ten" : "10", .minimum = 1,
    .maximum = MISTAKE == INFINITE_RANGE ? INFINITY : 100}};

static const dateline_plugin plugin = {
    .abi_version = MISTAKE == OTHER_ABI ? 2 : DATELINE_PLUGIN_ABI,
    .struct_size = MISTAKE == SMALL ? 16 : MISTAKE == LYING_SIZE ? 1u << 30 : sizeof(dateline_plugin),
    .identifier = MISTAKE == NO_NAME ? NULL : MISTAKE == WILD_NAME ? (const char *)24 : "broken",
    .version = "1.0",
    .summary = "A plugin with a mistake.",
    .capabilities = MISTAKE == NO_UPDATE ? DATELINE_INCREMENTAL : 0,
    .parameters = parameters,
    .parameter_count = 1,
    .train = MISTAKE == NO_TRAIN ? NULL : MISTAKE == WILD_TRAIN ? (dateline_train)24 : train,
    .score = score,
    .serialize = serialize,
    .deserialize = deserialize,
    .destroy = destroy};

const dateline_plugin *dateline_plugin_v1(void) {
  return MISTAKE == NO_TABLE ? NULL : MISTAKE == WILD_TABLE ? (const dateline_plugin *)4096 : &plugin;
}
