#include <dlfcn.h>
#include <libxml/HTMLparser.h>

// The file of the interface that these headers describe.
#if LIBXML_VERSION >= 21400
#define DATELINE_XML_LIBRARY "libxml2.so.16"
#else
#define DATELINE_XML_LIBRARY "libxml2.so.2"
#endif

// The calls of a libxml2 that is opened when it is first needed.
typedef struct {
  __typeof__(xmlInitParser) *initialize;
  __typeof__(htmlNewParserCtxt) *new_context;
  __typeof__(htmlCtxtReadMemory) *read_memory;
  __typeof__(htmlFreeParserCtxt) *free_context;
  __typeof__(xmlFreeDoc) *free_document;
} dateline_xml_calls;

// Looks the calls up in a shared object; tells whether all of them are there.
static inline _Bool dateline_xml_find(void *library, dateline_xml_calls *calls) {
  calls->initialize = (__typeof__(calls->initialize))dlsym(library, "xmlInitParser");
  calls->new_context = (__typeof__(calls->new_context))dlsym(library, "htmlNewParserCtxt");
  calls->read_memory = (__typeof__(calls->read_memory))dlsym(library, "htmlCtxtReadMemory");
  calls->free_context = (__typeof__(calls->free_context))dlsym(library, "htmlFreeParserCtxt");
  calls->free_document = (__typeof__(calls->free_document))dlsym(library, "xmlFreeDoc");
  return calls->initialize && calls->new_context && calls->read_memory && calls->free_context && calls->free_document;
}
