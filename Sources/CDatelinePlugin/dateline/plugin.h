/* The interface between Dateline and a classifier family that somebody else has built.
 *
 * A plugin is a shared object with one function, dateline_plugin_v1, that returns a table. Whatever language it is
 * written in, nothing but this header is needed. "Write a plugin" in Dateline's documentation begins with an example.
 *
 * Rules
 *
 * - Structs that may grow hold their size, struct_size. Later versions of this header only add members at their end. The
 *   host reads no members beyond the struct_size of a plugin's, and a plugin built with a later header must not read
 *   members beyond the struct_size that the host gives: so a plugin built today loads in every later version of Dateline.
 *   Structs without a size never change.
 * - Whoever allocates memory frees it. The host's arrays and strings are valid until the call returns; copy what you
 *   keep. The plugin's table, and all that it points to, is valid and constant until the program ends.
 * - Every call that can fail returns a dateline_status and, with any other than DATELINE_OK, may write a message for
 *   people with dateline_fail. Never throw, longjmp or exit through the host.
 * - Strings are UTF-8 and end with a zero byte. Arrays without elements may be NULL.
 * - train and update are called once at a time for one model, but for several models at once from several threads.
 *   score, contribution, constant and serialize are called from several threads at once with the same model: they must
 *   not change it.
 * - What train makes must depend on its arguments alone: not on the clock, the number of threads, or addresses.
 */
#ifndef DATELINE_PLUGIN_H
#define DATELINE_PLUGIN_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. It changes only if a table of version 1 could not be used any more. */
#define DATELINE_PLUGIN_ABI 1

/* How a call ended. */
typedef int32_t dateline_status;
enum {
  DATELINE_OK = 0,
  /* From train and update: the user asked for what does not fit together, or for more than there is memory. */
  DATELINE_ERROR_USAGE = 1,
  /* Data that cannot be learnt from, or a damaged model. */
  DATELINE_ERROR_INVALID_DATA = 2,
  /* From train and update: progress asked to stop. */
  DATELINE_ERROR_CANCELLED = 3,
  /* Memory is used up, or there was a mistake in the plugin. */
  DATELINE_ERROR_INTERNAL = 4
};

/* Where a call that fails writes its message; the host's. */
typedef struct dateline_error {
  /* Bytes that message has room for, the final zero included. */
  uint64_t capacity;
  char *message;
} dateline_error;

/* What a family can do, one bit each. */
enum {
  /* Learns labels that do not exclude each other: a document may have any number of them. */
  DATELINE_MULTI_LABEL = 1 << 0,
  /* Needs feature values that are 0 or more; the host refuses others before it calls. */
  DATELINE_NON_NEGATIVE_ONLY = 1 << 1,
  /* Can learn further documents into a model: update is there. */
  DATELINE_INCREMENTAL = 1 << 2,
  /* Explains its scores term by term: contribution and constant are there, and a score is their sum. */
  DATELINE_ADDITIVE = 1 << 3,
  /* The softmax of the scores of exclusive labels, and the logistic function of others', are probabilities. The host
   * calibrates them in any case, and makes probabilities of other scores as well. */
  DATELINE_PROBABILISTIC = 1 << 4
};

/* What values a parameter may have. */
enum {
  DATELINE_NUMBER = 0,   /* a number from minimum to maximum */
  DATELINE_INTEGER = 1,  /* a whole number from minimum to maximum, each at most 2^53 */
  DATELINE_CHOICE = 2,   /* one of words */
  DATELINE_FLAG = 3      /* true or false */
};

/* One parameter that users set with --set NAME=VALUE. The host checks values against it, and families and the vectorizer
 * share the names: take others than those of `dateline plugins show logistic-regression`' "text vectorizer". In an array
 * of parameters the next one begins struct_size bytes further on. */
typedef struct dateline_parameter {
  uint32_t struct_size;
  uint32_t kind;
  /* Letters, digits and hyphens, a letter first. */
  const char *name;
  /* A sentence or two for people. */
  const char *help;
  /* As a user would write it. */
  const char *default_value;
  /* Finite. Each should be a value that a small training can be done with. */
  double minimum;
  double maximum;
  /* For DATELINE_CHOICE. */
  const char *const *words;
  uint64_t word_count;
} dateline_parameter;

/* The value of a parameter, checked. */
typedef struct dateline_setting {
  uint32_t struct_size;
  uint32_t kind;
  const char *name;
  /* The value of a number or whole number; of a flag, 1 for true. */
  double number;
  /* The value as text, whatever kind it is. */
  const char *text;
} dateline_setting;

/* Documents as rows of features: a sparse matrix in compressed rows. */
typedef struct dateline_rows {
  uint64_t row_count;
  /* The number of features; every column is below it. */
  uint64_t column_count;
  /* row_count + 1 of them, ascending: where each row begins in columns and values. The first need not be 0. */
  const uint64_t *offsets;
  /* Strictly ascending within a row. */
  const uint32_t *columns;
  /* Finite. */
  const float *values;
} dateline_rows;

/* The labels of a facet, sorted by their bytes. Of a hierarchy, labels above others are among them only where documents have
 * them. */
typedef struct dateline_labels {
  uint64_t count;
  /* Paths such as Europe/Ukraine. */
  const char *const *names;
  /* Whether every document has exactly one of them; else any number. */
  uint32_t are_exclusive;
} dateline_labels;

/* All that a training is given. */
typedef struct dateline_training {
  uint64_t struct_size;
  dateline_labels labels;
  dateline_rows rows;
  /* The labels of document i are targets[target_offsets[i]] to targets[target_offsets[i + 1] - 1], ascending. */
  const uint64_t *target_offsets;
  const int32_t *targets;
  /* How much each document counts, 0 or more; NULL where all count 1. */
  const double *weights;
  /* One for each parameter of the table, in its order. */
  const dateline_setting *const *settings;
  uint64_t setting_count;
  /* The seed of anything random. */
  uint64_t seed;
  /* How many threads the plugin may use. Their number must not change the result. */
  uint32_t threads;
  /* Bytes that the training may take; 0 where nobody has set a limit. */
  uint64_t memory_limit;
  /* Tells how far the work is, 0 to 1 and never back, in a few words: at least at the beginning and near the end. When it
   * returns 0, stop and return DATELINE_ERROR_CANCELLED. A call takes a microsecond or so. The three functions can be called
   * from several threads, until train or update returns. */
  int32_t (*progress)(void *host, double fraction, const char *what);
  /* Notes a figure for the model file and people, such as "passes"; of two with one name the later one counts. */
  void (*report)(void *host, const char *name, double value);
  /* Notes a sentence for people, such as that an iteration limit was met. */
  void (*warn)(void *host, const char *message);
  /* The first argument of the three. */
  void *host;
} dateline_training;

/* What has been learnt; the plugin's own. A function that makes one puts it into *model and returns DATELINE_OK; with any
 * other status *model is not looked at. */
typedef struct dateline_model dateline_model;

/* Takes bytes of a model; call it as often as you like, in order. */
typedef struct dateline_sink {
  /* Returns DATELINE_OK, or what to return from serialize. */
  dateline_status (*write)(void *host, const void *bytes, uint64_t count);
  void *host;
} dateline_sink;

/* The shape of a model, which the host keeps for the plugin, with the number of its bytes: deserialize gets all of the bytes
 * that serialize wrote, or is not called, and always for as many features and labels. */
typedef struct dateline_shape {
  uint64_t struct_size;
  uint64_t feature_count;
  dateline_labels labels;
} dateline_shape;

/* The functions of a family. */

/* Learns a model. */
typedef dateline_status (*dateline_train)(
    const dateline_training *training, dateline_model **model, dateline_error *error);

/* Scores documents: writes as many scores as there are labels for each row, row after row. Scores are finite, and comparable
 * among the labels of one document. */
typedef dateline_status (*dateline_score)(
    const dateline_model *model, const dateline_rows *rows, double *scores, dateline_error *error);

/* Writes the model. */
typedef dateline_status (*dateline_serialize)(
    const dateline_model *model, const dateline_sink *sink, dateline_error *error);

/* Makes a model of what serialize wrote. The bytes come from a file: they may be damaged, or hostile. Whatever they hold,
 * return DATELINE_ERROR_INVALID_DATA or a model that gives finite scores. They are valid until the call returns, and aligned
 * for numbers of eight bytes. The model's scores are those of the one that was written, to the bit, and it serializes to the
 * same bytes. */
typedef dateline_status (*dateline_deserialize)(
    const void *bytes, uint64_t count, const dateline_shape *shape, dateline_model **model, dateline_error *error);

/* Frees a model. */
typedef void (*dateline_destroy)(dateline_model *model);

/* Learns further documents. The result is that of learning the earlier and the further ones together. For each feature and
 * label of the model, feature_map and label_map hold its number among those of the training, ascending. The model stays as
 * it is. */
typedef dateline_status (*dateline_update)(
    const dateline_model *model, const dateline_training *training, const uint64_t *feature_map,
    const uint64_t *label_map, dateline_model **updated, dateline_error *error);

/* What a feature with a value adds to the score of a label. The constant and the contributions add up to the score, up to
 * rounding in single precision. */
typedef dateline_status (*dateline_contribution)(
    const dateline_model *model, uint64_t feature, float value, uint64_t label, double *contribution,
    dateline_error *error);

/* The score of a label without any feature. */
typedef dateline_status (*dateline_constant)(
    const dateline_model *model, uint64_t label, double *constant, dateline_error *error);

/* A classifier family. */
typedef struct dateline_plugin {
  /* DATELINE_PLUGIN_ABI */
  uint32_t abi_version;
  /* sizeof(dateline_plugin), as the plugin was built. */
  uint32_t struct_size;
  /* The name on the command line and in model files: lower-case letters, digits and hyphens. */
  const char *identifier;
  /* A model remembers it. */
  const char *version;
  /* One sentence for people. */
  const char *summary;
  /* DATELINE_MULTI_LABEL and so on. */
  uint64_t capabilities;
  const dateline_parameter *parameters;
  uint64_t parameter_count;

  dateline_train train;
  dateline_score score;
  dateline_serialize serialize;
  dateline_deserialize deserialize;
  dateline_destroy destroy;

  /* NULL unless DATELINE_INCREMENTAL. */
  dateline_update update;
  /* NULL unless DATELINE_ADDITIVE, both. */
  dateline_contribution contribution;
  dateline_constant constant;
} dateline_plugin;

/* The least size of a table, up to destroy; members behind it may be missing. */
enum { DATELINE_PLUGIN_MINIMUM_SIZE = offsetof(dateline_plugin, update) };

/* The one symbol of a plugin. */
const dateline_plugin *dateline_plugin_v1(void);

/* Writes a message as far as there is room, and gives the status back: return dateline_fail(error, ..., "..."). */
static inline dateline_status dateline_fail(dateline_error *error, dateline_status status, const char *message) {
  if (error && error->message && error->capacity) snprintf(error->message, error->capacity, "%s", message);
  return status;
}

#ifdef __cplusplus
}
#endif

#endif
