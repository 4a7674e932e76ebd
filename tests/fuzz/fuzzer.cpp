#include "tests/fuzz/cbor_mutator.h"
#include "tests/fuzz/targets.h"

#include <QCoreApplication>
#include <cstring>
#include <random>

using namespace strop::fuzz;

/// libFuzzer's way into the target of this program. The names are libFuzzer's.
/// (https://llvm.org/docs/LibFuzzer.html,
/// https://github.com/google/fuzzing/blob/master/docs/structure-aware-fuzzing.md)

extern "C" {

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maxSize);
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maxSize, unsigned seed);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const QCoreApplication application(*argc, *argv); // QtSql loads its driver by it
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    targetNamed(STROP_FUZZ_TARGET).run(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maxSize, unsigned seed)
{
    std::minstd_rand random(seed);
    // Bytes that are no CBOR must be tried too.
    if (targetNamed(STROP_FUZZ_TARGET).isCbor && random() % 3 != 0) {
        const QByteArray mutated =
            mutatedCbor(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)), seed);
        if (!mutated.isEmpty() && size_t(mutated.size()) <= maxSize) {
            std::memcpy(data, mutated.constData(), size_t(mutated.size()));
            return size_t(mutated.size());
        }
    }
    return LLVMFuzzerMutate(data, size, maxSize);
}
}
