// Many bytes at once: what Swift 6.3 makes of its own vector types is many times slower than eight
// bytes in one number. Processors without these instructions have the portable ways in Swift. And a loop that its
// compiler makes slower than it has to be.

#include <stdint.h>

// Which of 64 bytes are of a kind, one bit a byte: the first byte is the lowest bit.
typedef struct {
  uint64_t letters;
  uint64_t digits;
  uint64_t apostrophes;
  uint64_t points;  // Full stops and commas.
  uint64_t beyond;  // From 0x80 on.
} dateline_ascii_kinds;

// FNV-1a of the bytes from `first` up to `end`, each with `bits` set (Fowler, Noll and Vo; the prime for 64 bits), where
// `hash` is that of what is before them. Swift's compiler writes such a loop out eight times, with what that takes before
// and behind it: for words, which have five letters, that is more work.
static inline uint64_t dateline_fnv1a(uint64_t hash, const void *bytes, long first, long end, uint8_t bits) {
#pragma clang loop unroll(disable)
  for (long place = first; place < end; place++) {
    hash = (hash ^ (((const uint8_t *)bytes)[place] | bits)) * 0x100000001B3ull;
  }
  return hash;
}

// Sixteen bytes as two little-endian numbers.
typedef struct {
  uint64_t first;
  uint64_t second;
} dateline_sixteen;

#if defined(__SSE2__)

#include <immintrin.h>

// The bits of the bytes from `first` on, `count` of them.
static inline uint64_t dateline_range(__m128i bytes, char first, char count) {
  const __m128i from_first = _mm_sub_epi8(bytes, _mm_set1_epi8(first));
  const __m128i last = _mm_set1_epi8((char)(count - 1));
  return (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(from_first, last), from_first));
}

static inline dateline_ascii_kinds dateline_narrow_ascii_kinds_of(const void *bytes) {
  dateline_ascii_kinds kinds = {0, 0, 0, 0, 0};
  for (int part = 0; part < 4; part++) {
    const int shift = 16 * part;
    const __m128i sixteen = _mm_loadu_si128((const __m128i *)bytes + part);
    kinds.letters |= dateline_range(_mm_or_si128(sixteen, _mm_set1_epi8(0x20)), 'a', 26) << shift;
    kinds.digits |= dateline_range(sixteen, '0', 10) << shift;
    kinds.apostrophes |= dateline_range(sixteen, '\'', 1) << shift;
    // The two differ in this bit only.
    kinds.points |= dateline_range(_mm_or_si128(sixteen, _mm_set1_epi8('.' ^ ',')), '.', 1) << shift;
    kinds.beyond |= (uint64_t)(uint32_t)_mm_movemask_epi8(sixteen) << shift;
  }
  return kinds;
}

// The same with 32 bytes at once, which compilers do not find from the other; for processors with AVX2.
__attribute__((target("avx2"))) static inline uint64_t dateline_wide_range(__m256i bytes, char first, char count) {
  const __m256i from_first = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first));
  const __m256i last = _mm256_set1_epi8((char)(count - 1));
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(from_first, last), from_first));
}

__attribute__((target("avx2"))) static inline dateline_ascii_kinds dateline_wide_ascii_kinds_of(const void *bytes) {
  dateline_ascii_kinds kinds = {0, 0, 0, 0, 0};
  for (int part = 0; part < 2; part++) {
    const int shift = 32 * part;
    const __m256i wide = _mm256_loadu_si256((const __m256i *)bytes + part);
    kinds.letters |= dateline_wide_range(_mm256_or_si256(wide, _mm256_set1_epi8(0x20)), 'a', 26) << shift;
    kinds.digits |= dateline_wide_range(wide, '0', 10) << shift;
    kinds.apostrophes |= dateline_wide_range(wide, '\'', 1) << shift;
    kinds.points |= dateline_wide_range(_mm256_or_si256(wide, _mm256_set1_epi8('.' ^ ',')), '.', 1) << shift;
    kinds.beyond |= (uint64_t)(uint32_t)_mm256_movemask_epi8(wide) << shift;
  }
  return kinds;
}

// Whether this processor can do that.
static inline int dateline_has_avx2(void) { return __builtin_cpu_supports("avx2"); }

static inline dateline_ascii_kinds dateline_ascii_kinds_of(const void *bytes) {
#if defined(__AVX2__)
  return dateline_wide_ascii_kinds_of(bytes);
#else
  return dateline_narrow_ascii_kinds_of(bytes);
#endif
}

// Which of 16 bytes are letters or digits, one bit a byte.
static inline uint32_t dateline_letters_and_digits(const void *bytes) {
  const __m128i sixteen = _mm_loadu_si128((const __m128i *)bytes);
  const uint64_t letters = dateline_range(_mm_or_si128(sixteen, _mm_set1_epi8(0x20)), 'a', 26);
  return (uint32_t)(letters | dateline_range(sixteen, '0', 10));
}

// Which of 16 bytes are small letters, one bit a byte.
static inline uint32_t dateline_small_letters(const void *bytes) {
  return (uint32_t)dateline_range(_mm_loadu_si128((const __m128i *)bytes), 'a', 26);
}

// Which of 16 bytes are a full stop, an exclamation or question mark, a line feed or from 0xE0 on, one bit a byte.
static inline uint32_t dateline_half_sentence_marks(const void *bytes) {
  const __m128i sixteen = _mm_loadu_si128((const __m128i *)bytes);
  const __m128i stops = _mm_cmpeq_epi8(sixteen, _mm_set1_epi8('.'));
  const __m128i exclamations = _mm_cmpeq_epi8(sixteen, _mm_set1_epi8('!'));
  const __m128i questions = _mm_cmpeq_epi8(sixteen, _mm_set1_epi8('?'));
  const __m128i lines = _mm_cmpeq_epi8(sixteen, _mm_set1_epi8('\n'));
  const __m128i beyond = _mm_cmpeq_epi8(_mm_min_epu8(sixteen, _mm_set1_epi8((char)0xE0)), _mm_set1_epi8((char)0xE0));
  const __m128i marks = _mm_or_si128(_mm_or_si128(stops, exclamations), _mm_or_si128(questions, lines));
  return (uint32_t)_mm_movemask_epi8(_mm_or_si128(marks, beyond));
}

// The same of 32 bytes.
static inline uint32_t dateline_sentence_marks(const void *bytes) {
  return dateline_half_sentence_marks(bytes) | dateline_half_sentence_marks((const char *)bytes + 16) << 16;
}

// Which of 16 bytes are one of two, one bit a byte.
static inline uint32_t dateline_either_of(const void *bytes, uint8_t one, uint8_t other) {
  const __m128i sixteen = _mm_loadu_si128((const __m128i *)bytes);
  const __m128i equal_one = _mm_cmpeq_epi8(sixteen, _mm_set1_epi8((char)one));
  const __m128i equal_other = _mm_cmpeq_epi8(sixteen, _mm_set1_epi8((char)other));
  return (uint32_t)_mm_movemask_epi8(_mm_or_si128(equal_one, equal_other));
}

// Which of 16 numbers are equal to one, one bit a number: the first number is the lowest bit.
static inline uint32_t dateline_equal_numbers(const uint32_t *numbers, uint32_t number) {
  const __m128i wanted = _mm_set1_epi32((int)number);
  const __m128i *parts = (const __m128i *)numbers;
  const __m128i first = _mm_cmpeq_epi32(_mm_loadu_si128(parts), wanted);
  const __m128i second = _mm_cmpeq_epi32(_mm_loadu_si128(parts + 1), wanted);
  const __m128i third = _mm_cmpeq_epi32(_mm_loadu_si128(parts + 2), wanted);
  const __m128i fourth = _mm_cmpeq_epi32(_mm_loadu_si128(parts + 3), wanted);
  return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(_mm_packs_epi32(first, second), _mm_packs_epi32(third, fourth)));
}

// The first `count` of 16 bytes, each with bit 5 set, and zeros behind them.
static inline dateline_sixteen dateline_lowercased(const void *bytes, long count) {
  static const uint64_t masks[4] = {~0ull, ~0ull, 0, 0};
  const __m128i mask = _mm_loadu_si128((const __m128i *)((const char *)masks + 16 - count));
  const __m128i sixteen = _mm_loadu_si128((const __m128i *)bytes);
  const __m128i lowercased = _mm_and_si128(_mm_or_si128(sixteen, _mm_set1_epi8(0x20)), mask);
  const dateline_sixteen result = {
      (uint64_t)_mm_cvtsi128_si64(lowercased), (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(lowercased, lowercased))};
  return result;
}

#endif
