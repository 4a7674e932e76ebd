#include "tests/fuzz/seeds.h"

#include <QDirIterator>
#include <QFile>
#include <gtest/gtest.h>

/// Every file of the corpus, the regressions among them, goes through its target in every build.

using namespace strop::fuzz;

namespace {

struct CorpusFile
{
    const Target *target;
    QString path;
};

void PrintTo(const CorpusFile &file, std::ostream *out)
{
    *out << file.path.toStdString();
}

std::vector<CorpusFile> corpusOf(const Target &target)
{
    std::vector<CorpusFile> files;
    QDirIterator found(QStringLiteral(STROP_FUZZ_CORPUS "/%1").arg(QLatin1String(target.name)), QDir::Files,
                       QDirIterator::Subdirectories);
    while (found.hasNext())
        files.push_back({&target, found.next()});
    std::sort(files.begin(), files.end(),
              [](const CorpusFile &a, const CorpusFile &b) { return a.path < b.path; });
    return files;
}

std::vector<CorpusFile> wholeCorpus()
{
    std::vector<CorpusFile> all;
    for (const Target &target : targets()) {
        const std::vector<CorpusFile> files = corpusOf(target);
        all.insert(all.end(), files.begin(), files.end());
    }
    return all;
}

/// "message_push" or "mutation_regression_empty_name".
std::string nameOf(const testing::TestParamInfo<CorpusFile> &info)
{
    QString name = QLatin1String(info.param.target->name) +
                   info.param.path.mid(QStringLiteral(STROP_FUZZ_CORPUS "/").size() +
                                       qsizetype(qstrlen(info.param.target->name)));
    for (QChar &letter : name) {
        if (!letter.isLetterOrNumber())
            letter = QLatin1Char('_');
    }
    return name.toStdString();
}

class Corpus : public testing::TestWithParam<CorpusFile>
{};

class FuzzTarget : public testing::TestWithParam<Target>
{};

} // namespace

TEST_P(Corpus, KeepsEveryPromise)
{
    QFile file(GetParam().path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_NO_THROW(GetParam().target->run(file.readAll()));
}
INSTANTIATE_TEST_SUITE_P(File, Corpus, testing::ValuesIn(wholeCorpus()), nameOf);

TEST_P(FuzzTarget, TakesWhatTheEncodersOfTodayWrite)
{
    const std::vector<Seed> seeds = seedsOf(GetParam());
    EXPECT_FALSE(seeds.empty());
    for (const Seed &seed : seeds)
        EXPECT_NO_THROW(GetParam().run(seed.bytes)) << seed.name.constData();
}

TEST_P(FuzzTarget, HasACorpus)
{
    EXPECT_FALSE(corpusOf(GetParam()).empty()) << "strop-fuzz-seeds tests/fuzz/corpus writes one";
}
INSTANTIATE_TEST_SUITE_P(Every, FuzzTarget, testing::ValuesIn(targets().begin(), targets().end()),
                         [](const auto &one) { return std::string(one.param.name); });
