/* Nearest centroid (Rocchio): a label's centroid is the mean of its documents, and a document gets the label whose
 * centroid points most nearly in its direction. Rocchio 1971; Manning, Raghavan and Schuetze 2008, section 14.2.
 *
 * A plugin of Dateline in C: this file and dateline/plugin.h are all there is to it. */
#include <dateline/plugin.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct dateline_model {
  uint64_t features, labels;
  /* labels x features; each row has length 1, or is 0 where its label has no documents. */
  float *centroids;
};

static dateline_model *make_model(uint64_t features, uint64_t labels) {
  if (features == 0 || labels == 0 || features > SIZE_MAX / sizeof(float) / labels) return NULL;
  dateline_model *model = malloc(sizeof *model);
  if (!model) return NULL;
  *model = (dateline_model){features, labels, calloc(features * labels, sizeof(float))};
  if (model->centroids) return model;
  free(model);
  return NULL;
}

static void destroy(dateline_model *model) {
  free(model->centroids);
  free(model);
}

/* Adds the documents to the sums of their labels. Returns 0 when it is asked to stop. */
static int add_documents(dateline_model *model, const dateline_training *training, double *sums) {
  const dateline_rows *rows = &training->rows;
  for (uint64_t row = 0; row < rows->row_count; row++) {
    if (row % 4096 == 0 && !training->progress(training->host, 0.9 * row / rows->row_count, "adding documents")) return 0;
    double weight = training->weights ? training->weights[row] : 1;
    for (uint64_t target = training->target_offsets[row]; target < training->target_offsets[row + 1]; target++) {
      double *sum = sums + (uint64_t)training->targets[target] * model->features;
      for (uint64_t place = rows->offsets[row]; place < rows->offsets[row + 1]; place++)
        sum[rows->columns[place]] += weight * rows->values[place];
    }
  }
  return 1;
}

/* A mean and a sum point in one direction, so the sum of each label is scaled to length 1. With a share of the other
 * labels' documents taken away, what all labels have in common counts less. */
static void normalise(dateline_model *model, const double *sums, double contrast) {
  double *mean = calloc(model->features, sizeof *mean);
  for (uint64_t label = 0; mean && label < model->labels; label++) {
    const double *sum = sums + label * model->features;
    double squares = 0;
    for (uint64_t i = 0; i < model->features; i++) squares += sum[i] * sum[i];
    if (squares > 0)
      for (uint64_t i = 0; i < model->features; i++) mean[i] += sum[i] / sqrt(squares) / (double)model->labels;
  }
  for (uint64_t label = 0; label < model->labels; label++) {
    const double *sum = sums + label * model->features;
    float *centroid = model->centroids + label * model->features;
    double squares = 0, length = 0;
    for (uint64_t i = 0; i < model->features; i++) squares += sum[i] * sum[i];
    if (squares <= 0) continue;
    for (uint64_t i = 0; i < model->features; i++) {
      double value = sum[i] / sqrt(squares) - (mean ? contrast * mean[i] : 0);
      centroid[i] = (float)value;
      length += value * value;
    }
    for (uint64_t i = 0; length > 0 && i < model->features; i++) centroid[i] = (float)(centroid[i] / sqrt(length));
  }
  free(mean);
}

static dateline_status train(const dateline_training *training, dateline_model **result, dateline_error *error) {
  uint64_t features = training->rows.column_count, labels = training->labels.count;
  /* For each label and feature a double while it learns, and a float in the model. */
  double needed = (double)features * (double)labels * (sizeof(double) + sizeof(float));
  if (training->memory_limit && needed > (double)training->memory_limit) {
    char message[200];
    snprintf(message, sizeof message, "%.0f MiB are needed for %llu features and %llu labels: use fewer features, such as "
             "--set hash-bits=16, or allow more", needed / 1048576, (unsigned long long)features, (unsigned long long)labels);
    return dateline_fail(error, DATELINE_ERROR_USAGE, message);
  }
  if (!training->progress(training->host, 0, "adding documents"))
    return dateline_fail(error, DATELINE_ERROR_CANCELLED, "the training was stopped");
  dateline_model *model = make_model(features, labels);
  double *sums = model ? calloc(features * labels, sizeof *sums) : NULL;
  if (!sums) {
    if (model) destroy(model);
    return dateline_fail(error, DATELINE_ERROR_INTERNAL, "not enough memory for a number for each feature and label");
  }
  if (!add_documents(model, training, sums)) {
    free(sums);
    destroy(model);
    return dateline_fail(error, DATELINE_ERROR_CANCELLED, "the training was stopped");
  }
  if (!training->progress(training->host, 0.95, "scaling centroids")) {
    free(sums);
    destroy(model);
    return dateline_fail(error, DATELINE_ERROR_CANCELLED, "the training was stopped");
  }
  normalise(model, sums, training->settings[0]->number);
  free(sums);
  training->report(training->host, "centroids", (double)labels);
  *result = model;
  return DATELINE_OK;
}

/* The cosine, up to the length of the document: of one document that changes no order. */
static dateline_status score(const dateline_model *model, const dateline_rows *rows, double *scores, dateline_error *error) {
  (void)error;
  for (uint64_t row = 0; row < rows->row_count; row++)
    for (uint64_t label = 0; label < model->labels; label++) {
      const float *centroid = model->centroids + label * model->features;
      double sum = 0;
      for (uint64_t place = rows->offsets[row]; place < rows->offsets[row + 1]; place++)
        sum += (double)centroid[rows->columns[place]] * rows->values[place];
      scores[row * model->labels + label] = sum;
    }
  return DATELINE_OK;
}

static dateline_status contribution(const dateline_model *model, uint64_t feature, float value, uint64_t label,
                                    double *result, dateline_error *error) {
  (void)error;
  *result = (double)model->centroids[label * model->features + feature] * value;
  return DATELINE_OK;
}

static dateline_status constant(const dateline_model *model, uint64_t label, double *result, dateline_error *error) {
  (void)model, (void)label, (void)error;
  *result = 0;
  return DATELINE_OK;
}

static dateline_status serialize(const dateline_model *model, const dateline_sink *sink, dateline_error *error) {
  (void)error;
  return sink->write(sink->host, model->centroids, model->features * model->labels * sizeof(float));
}

static dateline_status deserialize(const void *bytes, uint64_t count, const dateline_shape *shape, dateline_model **result,
                                   dateline_error *error) {
  uint64_t features = shape->feature_count, labels = shape->labels.count;
  dateline_model *model = NULL;
  /* Compared by division: a product could be too large for its type. */
  if (labels && count / sizeof(float) / labels == features && count == features * labels * sizeof(float))
    model = make_model(features, labels);
  if (!model) return dateline_fail(error, DATELINE_ERROR_INVALID_DATA, "not as many numbers as labels times features");
  memcpy(model->centroids, bytes, count);
  for (uint64_t i = 0; i < features * labels; i++)
    if (!(fabsf(model->centroids[i]) <= 2)) {
      destroy(model);
      return dateline_fail(error, DATELINE_ERROR_INVALID_DATA, "a centroid that is longer than 1");
    }
  *result = model;
  return DATELINE_OK;
}

static const dateline_parameter parameters[] = {{
    .struct_size = sizeof(dateline_parameter),
    .kind = DATELINE_NUMBER,
    .name = "contrast",
    .help = "How much of the mean of all centroids is taken from each.",
    .default_value = "0.9",
    .minimum = 0,
    .maximum = 1,
}};

static const dateline_plugin plugin = {
    .abi_version = DATELINE_PLUGIN_ABI,
    .struct_size = sizeof(dateline_plugin),
    .identifier = "nearest-centroid",
    .version = "1.0",
    .summary = "The label whose documents' mean points most nearly in the document's direction (Rocchio).",
    .capabilities = DATELINE_MULTI_LABEL | DATELINE_ADDITIVE,
    .parameters = parameters,
    .parameter_count = 1,
    .train = train,
    .score = score,
    .serialize = serialize,
    .deserialize = deserialize,
    .destroy = destroy,
    .contribution = contribution,
    .constant = constant,
};

const dateline_plugin *dateline_plugin_v1(void) { return &plugin; }
