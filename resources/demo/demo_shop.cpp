#include "resources/demo/demo_shop.h"

#include "resources/demo/diary.h"
#include "resources/demo/tables.h"
#include "shared/mutators/arguments.h"

namespace strop::demo {
namespace {

template <typename Entity>
void append(const std::vector<Entity> &entities, std::vector<mutators::Mutation> &mutations)
{
    for (const Entity &entity : entities)
        mutations.push_back(mutators::makeMutation(entity));
}

template <typename Entity>
auto idsOf(const std::vector<Entity> &entities)
{
    std::vector<decltype(Entity::id)> ids;
    for (const Entity &entity : entities)
        ids.push_back(entity.id);
    return ids;
}

} // namespace

DemoShop makeDemoShop(const DemoOptions &options)
{
    Q_ASSERT(options.today.isValid() && options.historyDays >= 0);
    Q_ASSERT(options.barbers >= 1 && size_t(options.barbers) <= barberProfiles.size());
    Q_ASSERT(options.fill >= 0 && options.fill <= 0.9);
    SeededRandom random(options.seed);
    const Catalogue catalogue = makeCatalogue(options, random);
    Clientele clientele(catalogue, options.today.addDays(-options.historyDays), random);

    DemoShop made{catalogue.shop.id, idsOf(catalogue.staff), idsOf(catalogue.services), {}};
    made.mutations.push_back(mutators::makeMutation(catalogue.shop));
    append(catalogue.staff, made.mutations);
    append(catalogue.services, made.mutations);
    append(catalogue.hours, made.mutations);
    append(clientele.customers(), made.mutations);
    writeDiary(options, catalogue, clientele, random, made.mutations);
    return made;
}

} // namespace strop::demo
