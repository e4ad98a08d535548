package ai.mavster.credits.checkout;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packs that there are. */
@Singleton
public class Packs {

    private static final int MOST_ON_SALE = 50;

    private final PackRepository packs;

    Packs(PackRepository packs) {
        this.packs = packs;
    }

    /**
     * A pack as it is at one moment.
     *
     * @param version counts what it has been
     * @param active whether it can be bought
     */
    public record Offered(String packId, int version, String name, Credits credits, Money price, boolean active) {}

    /** Null: there is no such pack. Blocks. */
    public @Nullable Offered now(String packId) {
        return QuarkusTransaction.requiringNew()
                .call(() -> packs.findByIdOptional(packId).map(Packs::offered).orElse(null));
    }

    /** Those that can be bought, the smallest first. Blocks. */
    public List<Offered> onSale() {
        return QuarkusTransaction.requiringNew()
                .call(() -> packs.after(null, true, MOST_ON_SALE).stream()
                        .map(Packs::offered)
                        .sorted(Comparator.comparing(Offered::credits))
                        .toList());
    }

    private static Offered offered(Pack pack) {
        Pack.Offer offer = pack.offer();
        return new Offered(pack.packId, pack.version, offer.name(), offer.credits(), offer.price(), offer.active());
    }

    /** Why nothing is known of a pack. */
    public static Refusal noSuchPack(String packId) {
        return Refusal.of(
                Refusal.Code.PACK_NOT_FOUND, "There is no pack %s. GET /v1/packs lists them.".formatted(packId));
    }
}
